//! The workstation in a small internet: terminal dialogues as a learner sees them, in `tests/dialogs/workstation`.
//!
//! In a dialogue a line that begins with `$ ` is typed, whoever reads it; `$^C` presses a key; `$wait 5s` lets time
//! pass. All else is what the terminal shows, without the shell's prompt. A line that the program left without its end
//! stands with `\` at the end. After each line typed, time passes until the terminal reads again.

mod small_internet;
mod tls_hosts;

use helo::event::{Event, Key};
use helo::units::{TermId, Time};
use helo::workstation::Workstation;
use helo::world::World;
use small_internet::{START, drawn};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PROMPT: &str = "lab@ws:~$ ";
const TERM: TermId = TermId(1);

const INTERNET: &str = r#"
[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
domains = ["example.tld"]
smtp = { style = "postfix", ports = [25, 465] }
pop3 = { style = "dovecot", ports = [110, 995] }
dns = true

[[host]]
name = "expired.example.tld"
ip = "192.0.2.31"
smtp = { style = "postfix", ports = [25, 465] }

[[host]]
name = "wrong.example.tld"
ip = "192.0.2.32"
smtp = { style = "postfix", ports = [25, 465] }

[[host]]
name = "self.example.tld"
ip = "192.0.2.33"
smtp = { style = "postfix", ports = [25, 465] }

[[host]]
name = "unknown.example.tld"
ip = "192.0.2.34"
smtp = { style = "postfix", ports = [25, 465] }

[[host]]
name = "old.example.tld"
ip = "192.0.2.35"
relay = ["198.51.100.0/24"]
open = true
smtp = { style = "postfix", ports = [25, 465] }

[[domain]]
name = "example.tld"
records = [
  "@ MX 10 mail.example.tld.",
  "@ MX 20 backup.example.tld.",
  "@ TXT v=spf1 mx -all",
  "www CNAME mail.example.tld.",
  "backup A 192.0.2.26",
  "silent A 203.0.113.77",
]

[[host]]
name = "mail.example.org"
ip = "192.0.2.40"
open = true
domains = ["example.org"]
relay = ["198.51.100.0/24"]
smtp = { style = "postfix" }

[[domain]]
name = "example.org"
records = ["@ MX 10 mail.example.org."]
open = true

[[mailbox]]
address = "noname@example.tld"
host = "mail.example.tld"
password = "tulpe"
"#;

/// A workstation in its internet.
struct Desk {
    world: World,
    ws: Workstation,
    shown: String,
}

impl Desk {
    fn new() -> Desk {
        let drawn = drawn(INTERNET);
        let setup = tls_hosts::with_tls(&drawn.setup);
        let mut world = World::new(&setup, 1, START);
        let ws = Workstation::new(&setup.workstation, &mut world);
        world.take_log();
        Desk { world, ws, shown: String::new() }
    }

    fn take(&mut self) {
        for (_, event) in self.world.take_log() {
            if let Event::Printed { text, .. } = event {
                self.shown.push_str(&text);
            }
        }
    }

    fn pass(&mut self, to: Time) {
        self.world.advance(to);
        self.ws.wake(&mut self.world);
        self.ws.notices(&mut self.world);
        self.take();
    }

    fn settle(&mut self) {
        self.ws.notices(&mut self.world);
        while !self.ws.ready(TERM) {
            let due = self.world.next_wakeup().into_iter().chain(self.ws.next_wakeup()).min();
            self.pass(due.expect("a program that does not read waits for a time"));
        }
        self.take();
    }

    /// Does what a `$` line says.
    fn act(&mut self, action: &str) {
        let key = |key: Key, desk: &mut Desk| desk.ws.key(&mut desk.world, TERM, key);
        match action {
            "^C" => key(Key::Interrupt, self),
            "^D" => key(Key::EndOfFile, self),
            "^]" => key(Key::Escape, self),
            "^Z" => key(Key::Suspend, self),
            _ => match (action.strip_prefix(' '), action.strip_prefix("wait ")) {
                (Some(line), _) => self.ws.line(&mut self.world, TERM, line.as_bytes()),
                (None, Some(wait)) => {
                    let seconds = wait.trim_end_matches('s').parse().expect("seconds");
                    self.pass(self.world.now().plus(Duration::from_secs(seconds)));
                }
                (None, None) => panic!("no such action: ${action}"),
            },
        }
        self.settle();
    }
}

fn dialogues() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/workstation");
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).expect("the dialogues").map(|e| e.expect("an entry").path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    found.sort();
    assert!(found.len() >= 5, "the dialogues were not found");
    found
}

/// Plays the `$` lines of a dialogue; the dialogue as it then really is.
fn played(dialogue: &str) -> String {
    let mut desk = Desk::new();
    let mut out = String::new();
    for line in dialogue.lines() {
        if line.starts_with('#') {
            out.push_str(line);
            out.push('\n');
        } else if let Some(action) = line.strip_prefix('$').filter(|a| a.starts_with([' ', '^', 'w'])) {
            out.push_str(line);
            out.push('\n');
            desk.act(action);
            let shown = std::mem::take(&mut desk.shown).replace(PROMPT, "\u{0}");
            for part in shown.split_inclusive(['\n', '\u{0}']) {
                let text = part.trim_end_matches('\u{0}');
                out.push_str(text);
                if !text.is_empty() && !text.ends_with('\n') {
                    out.push_str("\\\n");
                }
            }
        }
    }
    out
}

#[test]
fn dialogues_go_as_they_are_written() {
    for path in dialogues() {
        let written = fs::read_to_string(&path).expect("a dialogue");
        let really = played(&written);
        // What really came of it lies there to be compared, and to be taken over where it is right.
        let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(path.file_name().unwrap_or_default());
        if really != written {
            fs::write(&beside, &really).expect("a file for what really came of it");
        }
        assert_eq!(really, written, "{}: what really came of it is in {}", path.display(), beside.display());
    }
}
