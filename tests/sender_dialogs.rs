//! Whether senders are believed, as dialogs to read: tests/dialogs/sender/*.txt. Each has three parts: the world as a
//! scenario writes it, what the learner types, and lines of the transcript that must stand there in this order. `*` in such a
//! line is anything; a line that begins with `! ` may stand nowhere.

use helo::author::Player;
use helo::capture;
use helo::explain::Explainer;
use helo::mail::Glob;
use helo::scenario::{Scenario, Script};
use helo::units::{Lang, Offset};
use std::path::Path;

/// What every scenario must have beside the hosts.
const FRAME: &str = r#"
format = 1
id = "dialog"
title = { de = "-", en = "-" }
brief = { de = "-", en = "-" }
minutes = 1
workstation = { name = "ws.lab.test", ip = "198.51.100.17" }

[[step]]
id = "anything"
title = { de = "-", en = "-" }
task = { de = "-", en = "-" }
expect = [{ run = "telnet" }]
"#;

/// Number and time before each line.
const HEAD: usize = 17;

fn play(world: &str, typed: &str) -> Vec<String> {
    let scenario = Scenario::load("dialog.toml", &format!("{FRAME}{world}"))
        .unwrap_or_else(|faults| panic!("{faults:#?}"));
    let script = Script::parse(typed.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?}"));
    let mut player = Player::begin(&scenario, 1, Lang::En).unwrap_or_else(|faults| panic!("{faults:#?}"));
    for (_, line) in &script.lines {
        player.perform(line);
    }
    player.finish();
    let entries: Vec<_> = player.attempt().entries().to_vec();
    // The record of it all can be read again.
    let json = serde_json::to_string(&entries).unwrap();
    let again: Vec<helo::event::Entry> = serde_json::from_str(&json).unwrap();
    assert_eq!(again, entries);
    let text = capture::text(&entries, &Explainer::new(Lang::En), Offset(0));
    text.lines().map(|line| line.chars().skip(HEAD).collect()).collect()
}

/// What hosts find out about senders can be expected, and is not met by something else.
#[test]
fn what_is_found_out_earns_points() {
    let world = r#"
[[host]]
name = "mx.example.tld"
ip = "192.0.2.25"
smtp = { style = "postfix" }
verify = { dkim = true, dmarc = "enforce" }

[[domain]]
name = "example.tld"
records = ["@ MX 10 mx.example.tld."]

[[domain]]
name = "bank.test"
records = ["@ TXT v=spf1 -all", '_dmarc TXT "v=DMARC1; p=quarantine"']

[[mailbox]]
address = "hedwig@example.tld"
password = "tulpe"
"#;
    let step = |id: usize, what: &str| {
        let (title, task) = (r#"{ de = "-", en = "-" }"#, r#"{ de = "-", en = "-" }"#);
        format!(
            "\n[[step]]\nid = \"s{id}\"\npoints = 1\ntitle = {title}\ntask = {task}\nexpect = [{{ {what} }}]\n"
        )
    };
    let rows = [
        (r#"spf = "fail", host = "mx.*", domain = "bank.test""#, true),
        (r#"spf = "any""#, true),
        (r#"spf = "pass""#, false),
        (r#"spf = "fail", domain = "other.test""#, false),
        (r#"dkim = "none""#, true),
        (r#"dkim = "any", selector = "lab""#, false),
        (r#"dmarc = "fail", domain = "bank.test", disposition = "quarantine""#, true),
        (r#"dmarc = "fail", disposition = "reject""#, false),
        (r#"dmarc = "fail", host = "mail.*""#, false),
        (r#"delivered = "hedwig@example.tld", folder = "Junk""#, true),
        (r#"delivered = "hedwig@example.tld", folder = "INBOX""#, false),
    ];
    let steps: String = rows.iter().enumerate().map(|(id, (what, _))| step(id, what)).collect();
    let text = format!("{FRAME}{steps}{world}");
    let scenario = Scenario::load("dialog.toml", &text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let mut player = Player::begin(&scenario, 1, Lang::En).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let typed = "telnet mx.example.tld 25\nEHLO ws.lab.test\nMAIL FROM:<a@bank.test>\nRCPT TO:<hedwig@example.tld>\n\
                 DATA\nFrom: a@bank.test\n\nx\n.\nQUIT\n";
    for (_, line) in &Script::parse(typed.as_bytes()).unwrap().lines {
        player.perform(line);
    }
    player.finish();
    let report = player.attempt().report();
    for (id, (what, met)) in rows.iter().enumerate() {
        let step = report.steps.iter().find(|step| step.id == format!("s{id}")).unwrap();
        assert_eq!(step.done, *met, "{what}");
    }
}

#[test]
fn every_dialog_goes_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/sender");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 9, "the dialogs were not found");
    let mut faults = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let mut parts = text.split("\n== ");
        let _about = parts.next();
        let mut part = |wanted: &str| {
            let part = parts.next().unwrap_or_else(|| panic!("{name}: no part {wanted}"));
            part.strip_prefix(wanted).unwrap_or_else(|| panic!("{name}: expected {wanted}")).to_owned()
        };
        let (world, typed, transcript) = (part("world\n"), part("typed\n"), part("transcript\n"));
        let lines = play(&world, &typed);
        let mut rest = lines.iter();
        for wanted in transcript.lines().filter(|line| !line.trim().is_empty()) {
            let (never, wanted) = match wanted.strip_prefix("! ") {
                Some(line) => (true, line),
                None => (false, wanted),
            };
            let glob = Glob(wanted.to_owned());
            let found = match never {
                true => !lines.iter().any(|line| glob.matches(line)),
                false => rest.any(|line| glob.matches(line)),
            };
            if !found {
                faults.push_str(&format!(
                    "{name}: {wanted:?} {}\n",
                    if never { "stands there" } else { "is not there" }
                ));
                faults.push_str(&format!("{}\n\n", lines.join("\n")));
                break;
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
