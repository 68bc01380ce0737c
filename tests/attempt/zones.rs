//! The workstation's clock in a zone with summer time, in the night in which it is put back: at the terminal, in mail that is
//! written there, and in the transcript.

use crate::line;
use helo::attempt::{Attempt, Input};
use helo::capture;
use helo::event::Event;
use helo::explain::Explainer;
use helo::scenario::Scenario;
use helo::units::{Lang, Time};
use std::time::Duration;

const SCENARIO: &str = r#"
format = 1
id = "night"
title = { en = "A night", de = "Eine Nacht" }
brief = { en = "-", de = "-" }
minutes = 1

[workstation]
timezone = "Europe/Berlin"

[[host]]
name = "mail.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
smtp = {}

[[mailbox]]
address = "anna@example.org"
password = "tulpe"

[[step]]
id = "anything"
title = { en = "-", de = "-" }
task = { en = "-", de = "-" }
expect = [{ run = "date" }]
"#;

/// 2025-10-26 00:30:00 UTC: half past two in Berlin, for the first time.
const NIGHT: Time = Time(1_761_438_600_000_000);

/// What the terminal has shown.
fn shown(attempt: &Attempt) -> String {
    let printed = attempt.entries().iter().filter_map(|entry| match &entry.event {
        Event::Printed { text, .. } => Some(text.as_str()),
        _ => None,
    });
    printed.collect()
}

#[test]
fn the_clock_is_put_back_everywhere_at_once() {
    let scenario = Scenario::load("night.toml", SCENARIO).unwrap_or_else(|f| panic!("{f:#?}"));
    let mut attempt = Attempt::begin(&scenario, 1, Lang::En, NIGHT).unwrap_or_else(|f| panic!("{f:#?}"));
    let swaks = b"swaks --to anna@example.org --server mail.example.org";
    for text in [&b"date"[..], b"date -R", b"date -u", b"echo x > early", swaks] {
        line(&mut attempt, 1, text);
    }
    attempt.apply(attempt.now().plus(Duration::from_secs(3600)), Input::Pass);
    for text in [&b"date"[..], b"date -R", b"ls -l", b"dig mail.example.org", swaks] {
        line(&mut attempt, 1, text);
    }
    let shown = shown(&attempt);
    for once in [
        "~$ Sun Oct 26 02:30:01 CEST 2025\n",
        "~$ Sun, 26 Oct 2025 02:30:02 +0200\n",
        "~$ Sun Oct 26 00:30:03 UTC 2025\n",
        "Date: Sun, 26 Oct 2025 02:30:05 +0200\n",
        "~$ Sun Oct 26 02:30:06 CET 2025\n",
        "~$ Sun, 26 Oct 2025 02:30:07 +0100\n",
        "Oct 26 02:30 early\n",
        ";; WHEN: Sun Oct 26 02:30:09 CET 2025\n",
        "Date: Sun, 26 Oct 2025 02:30:10 +0100\n",
    ] {
        assert_eq!(shown.matches(once).count(), 1, "{once:?} in\n{shown}");
    }
    let zone = attempt.drawn().setup.workstation.zone;
    let text = capture::text(attempt.entries(), &Explainer::new(Lang::En), zone);
    assert!(text.lines().next().unwrap_or_default().contains("+0200, +0100"), "{text}");
    assert!(text.contains(" 02:30:01  1> date\n") && text.contains(" 02:30:06  1> date\n"), "{text}");
    assert!(text.contains("Sun, 26 Oct 2025 02:30:05 +0100"), "where time has passed to:\n{text}");
}
