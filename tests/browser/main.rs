//! helo's pages in a real browser, headless Chromium, driven from here. Where there is none, these tests are skipped
//! and say so once; under `HELO_CI` that is a failure.

mod driver;
mod itself;
mod served;
