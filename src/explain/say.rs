//! A message to be said: its key in the locales and its parameters.

use crate::units::{Lang, visible};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;

/// The texts of a language: on events and reasons, and on what stands in lines.
macro_rules! texts {
    ($lang:literal) => {
        [
            include_str!(concat!(env!("OUT_DIR"), "/explain.", $lang, ".ftl")),
            include_str!(concat!(env!("OUT_DIR"), "/lines.", $lang, ".ftl")),
        ]
    };
}

const GERMAN: [&str; 2] = texts!("de");
const ENGLISH: [&str; 2] = texts!("en");

/// The most characters of a parameter that are shown.
const SHOWN: usize = 80;
/// The same where more is worth showing.
const LONG: usize = 600;

/// The sources of a language's messages, the one on events and reasons first.
pub(super) fn sources(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::De => &GERMAN,
        Lang::En => &ENGLISH,
    }
}

/// A language's messages. A test makes sure that all of them can be read, so that nothing is lost here.
pub(super) fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let locale = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks are for text of mixed direction; in a terminal and in HTML they are only in the way.
    bundle.set_use_isolating(false);
    for source in sources(lang) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A message with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Say {
    pub(super) key: Cow<'static, str>,
    args: Vec<(&'static str, Arg)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Arg {
    Text(String),
    Number(u64),
}

impl Say {
    /// A message without parameters so far.
    pub(super) fn new(key: &'static str) -> Say {
        Say { key: Cow::Borrowed(key), args: Vec::new() }
    }

    /// The same with a key that was put together; a test goes through all that there can be.
    pub(super) fn keyed(key: String) -> Say {
        Say { key: Cow::Owned(key), args: Vec::new() }
    }

    /// With a text, shortened and made harmless.
    pub(super) fn text(mut self, name: &'static str, value: &str) -> Say {
        self.args.push((name, Arg::Text(shown(value))));
        self
    }

    /// With a text of which more is worth showing: a record, a header line.
    pub(super) fn long(mut self, name: &'static str, value: &str) -> Say {
        self.args.push((name, Arg::Text(cut(value, LONG))));
        self
    }

    /// With a text that helo wrote itself, as it is.
    pub(super) fn own(mut self, name: &'static str, value: impl Into<String>) -> Say {
        self.args.push((name, Arg::Text(value.into())));
        self
    }

    /// With a number that the message counts by.
    pub(super) fn number(mut self, name: &'static str, value: u64) -> Say {
        self.args.push((name, Arg::Number(value)));
        self
    }

    /// With `yes` or `no`, for the message to choose by.
    pub(super) fn choice(self, name: &'static str, value: bool) -> Say {
        self.own(name, if value { "yes" } else { "no" })
    }

    /// The text in the bundle's language.
    pub(super) fn format(&self, bundle: &FluentBundle<FluentResource>) -> String {
        self.checked(bundle).0
    }

    /// The text, and how many faults there were in making it (a missing message or parameter).
    pub(super) fn checked(&self, bundle: &FluentBundle<FluentResource>) -> (String, usize) {
        let Some(pattern) = bundle.get_message(&self.key).and_then(|m| m.value()) else {
            return (self.key.clone().into_owned(), 1);
        };
        let mut args = FluentArgs::new();
        for (name, value) in &self.args {
            args.set(
                *name,
                match value {
                    Arg::Text(t) => FluentValue::from(t.as_str()),
                    Arg::Number(n) => FluentValue::from(*n),
                },
            );
        }
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut faults).into_owned();
        (text, faults.len())
    }
}

/// What came from outside, with control characters made visible and cut where it gets long.
pub(super) fn shown(text: &str) -> String {
    cut(text, SHOWN)
}

fn cut(text: &str, most: usize) -> String {
    let mut characters = text.chars();
    let beginning: String = characters.by_ref().take(most).collect();
    let cut = if characters.next().is_some() { "…" } else { "" };
    visible(beginning.as_bytes()) + cut
}
