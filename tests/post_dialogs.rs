//! Journeys of mail between hosts as a mail person tells them, in `tests/dialogs/post`.
//!
//! A file has three parts. Above the first line of `---` stand hosts, domains and mailboxes as a scenario file writes them.
//! Below it, what is done and what then happens:
//!
//! ```text
//! MAIL a@b -> c@d e@f     the workstation hands a small mail to the host named in the line `AT ip`
//! NOTIFY=... RET=...      words after the recipients in brackets are said with RCPT and MAIL: [RCPT NOTIFY=NEVER] [MAIL RET=HDRS]
//! AT 192.0.2.25           to which host the next mails go
//! WAIT 4h                 time passes
//! EMPTY c@d               somebody reads and removes what lies in the mailbox (POP3)
//! READ c@d                the newest message in the mailbox, shown whole
//! * host: what happened   an event, in order: delivered, deferred, undeliverable, expanded, reported, unreported
//! > line                  a line of the message that READ shows
//! ```
//!
//! Lines with `#` are remarks. What happens must be written down completely; `> ...` stands for any further lines of a message.

#[path = "small_internet/mod.rs"]
mod small_internet;

use helo::event::Event;
use helo::mail::Message;
use helo::units::{Offset, Time};
use helo::world::{Notice, Setup, World};
use small_internet::{START, drawn};
use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

struct Stage {
    world: World,
    at: IpAddr,
    /// The newest message of each mailbox.
    newest: BTreeMap<String, Message>,
    passwords: BTreeMap<String, (IpAddr, String)>,
    ids: Vec<(String, String)>,
}

impl Stage {
    fn new(hosts: &str) -> Stage {
        let setup: Setup = Setup::clone(&drawn(hosts).setup);
        let ip_of = |name: &str| setup.hosts.iter().find(|h| h.name == name).map(|h| h.ip);
        let passwords = setup
            .mailboxes
            .iter()
            .filter_map(|m| Some((m.address.clone(), (ip_of(&m.host)?, m.password.clone()))));
        let mut world = World::new(&setup, 1, START);
        world.take_log();
        let at = setup.hosts.first().map_or(IpAddr::from([0, 0, 0, 0]), |h| h.ip);
        let passwords = passwords.collect();
        Stage { world, at, newest: BTreeMap::new(), passwords, ids: Vec::new() }
    }

    fn talk(&mut self, to: IpAddr, port: u16, text: &str) -> String {
        let conn = self.world.connect(to, port);
        self.world.send(conn, text.as_bytes());
        let mut heard = String::new();
        while let Some(notice) = self.world.next_notice() {
            if let Notice::Data(_, octets) = notice {
                heard.push_str(&String::from_utf8_lossy(&octets));
            }
        }
        heard
    }

    /// Does what a line says; what came of it.
    fn act(&mut self, line: &str) -> Vec<String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "AT" => self.at = rest.parse().expect("an address"),
            "WAIT" => {
                let (number, unit) = rest.split_at(rest.len() - 1);
                let unit = match unit {
                    "s" => 1,
                    "m" => 60,
                    "h" => 3600,
                    "d" => 86_400,
                    other => panic!("{other}"),
                };
                let end = self
                    .world
                    .now()
                    .plus(Duration::from_secs(number.parse::<u64>().expect("a number") * unit));
                return self.pass(end);
            }
            "MAIL" => self.mail(rest),
            "EMPTY" => {
                let (ip, password) = self.passwords.get(rest).cloned().expect("a mailbox");
                let text = format!("USER {rest}\r\nPASS {password}\r\nDELE 1\r\nDELE 2\r\nQUIT\r\n");
                let heard = self.talk(ip, 110, &text);
                assert!(heard.contains("+OK"), "{heard}");
            }
            "READ" => {
                let message = self.newest.get(rest).expect("a message").octets.lossy().into_owned();
                return message.lines().map(|l| format!("> {l}").trim_end().to_owned()).collect();
            }
            _ => panic!("no such line: {line}"),
        }
        self.happened()
    }

    fn mail(&mut self, line: &str) {
        let (envelope, said) = line.split_once(" [").map_or((line, ""), |(e, s)| (e, s));
        let said_with = |verb: &str| {
            let mut parts = said.split('[').map(|p| p.trim_end_matches([']', ' ']));
            parts.find_map(|p| p.strip_prefix(verb)).map(|p| format!(" {}", p.trim())).unwrap_or_default()
        };
        let (from, to) = envelope.split_once(" -> ").expect("sender -> recipients");
        let from = from.trim_matches(['<', '>']);
        let to: String = to.split(' ').map(|to| format!("RCPT TO:<{to}>{}\r\n", said_with("RCPT"))).collect();
        let head = "Subject: Hi\r\nMessage-ID: <1@ws.lab.test>\r\nDate: Mon, 1 Sep 2025 08:00:00 +0000";
        let text = format!(
            "EHLO ws.lab.test\r\nMAIL FROM:<{from}>{}\r\n{to}DATA\r\nFrom: {from}\r\n{head}\r\n\r\nHello.\r\n.\r\nQUIT\r\n",
            said_with("MAIL")
        );
        let heard = self.talk(self.at, 25, &text);
        assert!(heard.contains("\r\n354 "), "{line}: {heard}");
    }

    fn pass(&mut self, end: Time) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(due) = self.world.next_wakeup().filter(|due| *due <= end) {
            self.world.advance(due);
            lines.extend(self.happened());
        }
        self.world.advance(end);
        lines
    }

    fn happened(&mut self) -> Vec<String> {
        let log = self.world.take_log();
        log.into_iter().filter_map(|(_, event)| self.told(event)).collect()
    }

    fn told(&mut self, event: Event) -> Option<String> {
        let code = |status: Option<helo::event::EnhancedCode>| {
            status.map_or(String::new(), |status| format!(" {status}"))
        };
        Some(match event {
            Event::Accepted { queue_id, .. } => {
                self.ids.push((queue_id, format!("ID{}", self.ids.len() + 1)));
                return None;
            }
            Event::Delivered { host, mailbox, message, .. } => {
                self.newest.insert(mailbox.clone(), message);
                format!("* {host}: delivered to {mailbox}")
            }
            Event::Deferred { host, recipient, until, status, .. } => {
                let time = until.rfc5322(Offset(0));
                format!("* {host}: deferred{} {recipient} until {}", code(status), &time[5..25])
            }
            Event::Undeliverable { host, recipient, status, expired, .. } => {
                let late = if expired { ", expired" } else { "" };
                format!("* {host}: undeliverable{} {recipient}{late}", code(status))
            }
            Event::Expanded { host, recipient, into, by, .. } => {
                format!("* {host}: {} {recipient} -> {}", by.name(), into.join(" "))
            }
            Event::Reported { host, to, recipients, queue_id, .. } => {
                self.ids.push((queue_id, format!("ID{}", self.ids.len() + 1)));
                let said = recipients.iter();
                let said: Vec<String> =
                    said.map(|r| format!("{} {} {}", r.recipient, r.action.name(), r.status)).collect();
                format!("* {host}: reported to {to}: {}", said.join(", "))
            }
            Event::Unreported { host, recipients, why, .. } => {
                format!("* {host}: unreported {} ({why:?})", recipients.join(" "))
            }
            Event::LimitReached { limit, .. } => format!("* limit {limit:?}"),
            _ => return None,
        })
    }
}

/// Plays what is done; the dialogue as it then really is.
fn played(text: &str) -> String {
    let (hosts, dialogue) = text.split_once("---\n").expect("a line of --- below the hosts");
    let mut stage = Stage::new(hosts);
    let mut out = format!("{hosts}---\n");
    let mut lines = dialogue.lines().peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() || line.starts_with('#') {
            out.push_str(&format!("{line}\n"));
        } else if !line.starts_with(['*', '>']) {
            out.push_str(&format!("{line}\n"));
            let came = stage.act(line);
            let mut written: Vec<&str> = Vec::new();
            while let Some(next) = lines.next_if(|l| l.starts_with(['*', '>'])) {
                written.push(next);
            }
            for line in merged(&came, &written, &stage.ids) {
                out.push_str(&format!("{line}\n"));
            }
        }
    }
    out
}

/// What came, with `> ...` where the dialogue has it and names of its own for queue ids.
fn merged(came: &[String], written: &[&str], ids: &[(String, String)]) -> Vec<String> {
    let named =
        |line: &String| ids.iter().fold(line.clone(), |line, (id, name)| line.replace(id.as_str(), name));
    let came: Vec<String> = came.iter().map(named).collect();
    if !written.contains(&"> ...") {
        return came;
    }
    let (mut shown, mut at) = (Vec::new(), 0);
    for (n, line) in written.iter().enumerate() {
        if *line != "> ..." {
            match came.get(at) {
                Some(line) => shown.push(line.clone()),
                None => shown.push("(nothing more)".to_owned()),
            }
            at += 1;
            continue;
        }
        shown.push((*line).to_owned());
        // Up to the line that is written next.
        at = match written.get(n + 1) {
            Some(next) => came.iter().skip(at).position(|l| l == next).map_or(at, |n| at + n),
            None => came.len(),
        };
    }
    shown.extend(came.iter().skip(at).cloned());
    shown
}

#[test]
fn journeys_go_as_they_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/post");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("the dialogues").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    assert!(files.len() >= 10, "dialogues were found: {}", files.len());
    let mut failed = Vec::new();
    for path in files {
        let written = fs::read_to_string(&path).expect("a dialogue");
        let really = played(&written);
        let name = path.file_name().unwrap_or_default();
        if really != written {
            let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
            fs::write(&beside, &really).expect("a file for what really came of it");
            let pairs = written.lines().zip(really.lines());
            let first = pairs.clone().position(|(a, b)| a != b).unwrap_or(pairs.count());
            let line = |text: &str| text.lines().nth(first).unwrap_or("(the end)").to_owned();
            failed.push(format!(
                "{}:{}\nwritten {}\nreally  {}\nall of it in {}",
                name.to_string_lossy(),
                first + 1,
                line(&written),
                line(&really),
                beside.display()
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
