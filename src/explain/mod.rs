//! Events and reasons in German and English. The wording lives in locales/.
