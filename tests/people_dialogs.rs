//! Persons and the mail program in a small internet: dialogues as a mail person reads them, in `tests/dialogs/people`.
//!
//! Above the line of equals signs stands what the internet has beside the hosts below, as a scenario writes it. Under it a
//! line that begins with `$ ` is typed; `$^C` presses a key; `$wait 1h` lets time pass; `$wire 3` shows connection 3,
//! `$mail bob@lab.test` all that lies in a mailbox, `$everywhere WORD` where a word stands in any message or on any wire.
//! What the terminal shows stands there as it is, without the shell's prompt and with `\` behind a line without its end;
//! what happens in the world behind `|`.

use helo::attempt::Record;
use helo::author::Player;
use helo::event::{Event, Key, Side};
use helo::explain::Explainer;
use helo::scenario::{Scenario, ScriptLine, render};
use helo::units::{Bytes, ConnId, Lang, Offset, TermId};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PROMPT: &str = "lab@ws:~$ ";
const TERM: TermId = TermId(1);

const INTERNET: &str = r#"
format = 1
id = "people"
title = { de = "Leute", en = "People" }
brief = { de = "-", en = "-" }
minutes = 1

[[host]]
name = "mail.lab.test"
ip = "198.51.100.25"
tls = true
smtp = { style = "postfix", submission_ports = [587], auth = ["PLAIN", "LOGIN"] }
pop3 = { style = "dovecot" }
imap = { style = "dovecot" }

[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
tls = true
domains = ["example.tld"]
smtp = { style = "postfix", submission_ports = [587], auth = ["PLAIN"] }
pop3 = { style = "dovecot" }
imap = { style = "dovecot" }

[[domain]]
name = "lab.test"
records = ["@ MX 10 mail.lab.test."]

[[domain]]
name = "example.tld"
records = ["@ MX 10 mail.example.tld."]

[[mailbox]]
address = "anna@lab.test"
password = "tulpe"

[[mailbox]]
address = "bob@lab.test"
password = "nelke"

[[mailbox]]
address = "hedwig@example.tld"
password = "rose"

[[mailbox]]
address = "otto@example.tld"
password = "veilchen"

[[step]]
id = "anything"
title = { de = "-", en = "-" }
task = { de = "-", en = "-" }
expect = [{ run = "telnet" }]
"#;

const ACCOUNT: &str = "[workstation]\nname = \"ws.lab.test\"\nip = \"198.51.100.17\"\naccount = { address = \
                       \"anna@lab.test\", name = \"Anna Müller\" }\n";

struct Stage {
    scenario: Scenario,
    player: Player,
    /// Events up to here were shown.
    seen: usize,
    explainer: Explainer,
}

impl Stage {
    fn new(parts: &str) -> Stage {
        let account = if parts.contains("[workstation]") { "" } else { ACCOUNT };
        let text = format!("{INTERNET}\n{account}\n{parts}");
        let scenario = Scenario::load("people.toml", &text)
            .unwrap_or_else(|faults| panic!("{}", render("people.toml", &text, &faults, false)));
        let player = Player::begin(&scenario, 1, Lang::En).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let seen = player.attempt().entries().len();
        Stage { scenario, player, seen, explainer: Explainer::new(Lang::En) }
    }

    /// The record brings the same events about once more, as it must after a restart.
    fn is_replayed(&self) {
        let attempt = self.player.attempt();
        let record = attempt.record().expect("nothing was handed over");
        let decoded = Record::decode(&record.encode()).expect("it can be read");
        let again = decoded.replay(&self.scenario).expect("nothing differs");
        assert_eq!(again.entries(), attempt.entries());
    }

    /// Does what a `$` line says; what is to be read then.
    fn act(&mut self, action: &str) -> String {
        let perform = |stage: &mut Stage, line: ScriptLine| {
            stage.player.perform(&line);
            // A look on, so that what is under way ends.
            stage.player.perform(&ScriptLine::Wait(Duration::from_secs(1)));
            stage.news()
        };
        let press = |key| ScriptLine::Press { term: TERM, key };
        if let Some(line) = action.strip_prefix(' ') {
            return perform(self, ScriptLine::Type { term: TERM, text: line.into() });
        }
        match action.split_once(' ').unwrap_or((action, "")) {
            ("^C", _) => perform(self, press(Key::Interrupt)),
            ("^D", _) => perform(self, press(Key::EndOfFile)),
            ("wait", time) => perform(self, ScriptLine::Wait(duration(time))),
            ("wire", number) => self.wire(ConnId(number.parse().expect("a number"))),
            ("mail", address) => self.mailbox(address),
            ("everywhere", word) => self.everywhere(word),
            _ => panic!("no such action: ${action}"),
        }
    }

    /// What was printed and what happened since the last call.
    fn news(&mut self) -> String {
        let mut out = String::new();
        let entries = &self.player.attempt().entries()[self.seen..];
        for entry in entries {
            match &entry.event {
                Event::Printed { text, .. } => {
                    for part in text.replace(PROMPT, "\u{0}").split_inclusive(['\n', '\u{0}']) {
                        let text = part.trim_end_matches('\u{0}');
                        out.push_str(text);
                        if !text.is_empty() && !text.ends_with('\n') {
                            out.push_str("\\\n");
                        }
                    }
                }
                Event::Person { .. }
                | Event::Delivered { .. }
                | Event::Undeliverable { .. }
                | Event::Deferred { .. }
                | Event::Flagged { .. }
                | Event::Removed { .. }
                | Event::Copied { .. }
                | Event::LimitReached { .. } => {
                    out.push_str(&format!("| {}\n", self.explainer.describe(&entry.event, Offset(0))));
                }
                _ => {}
            }
        }
        self.seen = self.player.attempt().entries().len();
        out
    }

    /// A connection line by line, as it stood on the wire; what went under TLS is marked.
    fn wire(&self, wanted: ConnId) -> String {
        let mut out = String::new();
        for entry in self.player.attempt().entries() {
            let Event::Wire { conn, from, octets, tls } = &entry.event else { continue };
            if *conn != wanted {
                continue;
            }
            let side = if *from == Side::Client { 'C' } else { 'S' };
            let lock = if *tls { "*" } else { "" };
            for line in octets.lossy().lines() {
                out.push_str(&format!("{side}{lock}: {}\n", line));
            }
        }
        out
    }

    /// The messages that were put into a mailbox, as they lie there.
    fn mailbox(&self, address: &str) -> String {
        let mut out = String::new();
        for entry in self.player.attempt().entries() {
            if let Event::Delivered { mailbox, message, .. } = &entry.event
                && mailbox == address
            {
                message.octets.lossy().lines().for_each(|line| out.push_str(&format!("  {}\n", line)));
            }
        }
        out
    }

    /// In which events a word stands: stored messages by their place, octets on the wire by their connection.
    fn everywhere(&self, word: &str) -> String {
        let has = |octets: &Bytes| octets.lossy().contains(word);
        let mut out = String::new();
        for entry in self.player.attempt().entries() {
            match &entry.event {
                Event::Delivered { mailbox, message, .. } if has(&message.octets) => {
                    out.push_str(&format!("mailbox {mailbox}\n"));
                }
                Event::Accepted { host, message, .. } if has(&message.octets) => {
                    out.push_str(&format!("queue of {host}\n"));
                }
                Event::Wire { conn, from: Side::Client, octets, .. } => {
                    for line in octets.lossy().lines().filter(|line| line.contains(word)) {
                        out.push_str(&format!("wire of {conn}: {line}\n"));
                    }
                }
                _ => {}
            }
        }
        out
    }
}

fn duration(text: &str) -> Duration {
    let (number, unit) = text.split_at(text.len() - 1);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => panic!("{text}"),
    };
    Duration::from_secs(number.parse::<u64>().expect("a number") * seconds)
}

fn dialogues() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/people");
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).expect("the dialogues").map(|e| e.expect("an entry").path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    found.sort();
    assert!(found.len() >= 5, "the dialogues were not found");
    found
}

/// Plays the `$` lines of a dialogue; the dialogue as it then really is.
fn played(dialogue: &str) -> String {
    let (head, body) = dialogue.split_once("=====\n").expect("a line of equals signs");
    let mut stage = Stage::new(head);
    let mut out = format!("{head}=====\n");
    for line in body.lines() {
        if line.starts_with('#') {
            out.push_str(&format!("{line}\n"));
        } else if let Some(action) = line.strip_prefix('$') {
            out.push_str(&format!("{line}\n"));
            out.push_str(&stage.act(action));
        }
    }
    stage.is_replayed();
    out
}

#[test]
fn dialogues_go_as_they_are_written() {
    let mut wrong = Vec::new();
    for path in dialogues() {
        let written = fs::read_to_string(&path).expect("a dialogue");
        let really = played(&written);
        // What really came of it lies there to be compared, and to be taken over where it is right.
        let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(path.file_name().unwrap_or_default());
        if really != written {
            fs::write(&beside, &really).expect("a file for what really came of it");
            wrong.push(format!("{}: what really came of it is in {}", path.display(), beside.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
