//! helo's pages in a real browser, headless Chromium, driven from here. Where there is none, these tests are skipped
//! and say so once; under `HELO_CI` that is a failure.
//!
//! `cargo test --test browser screenshots -- --ignored` makes pictures of all pages in `target/screenshots`.

#[path = "../common/hostile_mail.rs"]
mod hostile_mail;
#[path = "../common/http.rs"]
#[expect(dead_code, reason = "each test binary uses its part of what is shared")]
mod http;
#[path = "../common/learner.rs"]
#[expect(dead_code, reason = "each test binary uses its part of what is shared")]
mod learner;
#[path = "../common/process.rs"]
#[expect(dead_code, reason = "each test binary uses its part of what is shared")]
mod process;

mod aloud;
mod author;
mod barriers;
mod console;
mod driver;
mod exam;
mod folders;
mod hostile;
mod itself;
mod keyboard;
mod lab;
mod letter;
mod lines;
mod looks;
mod network;
mod ports;
mod recall;
mod reference;
mod resume;
mod screenshots;
mod served;
mod shared;
mod time;
mod weight;
mod wire;
