//! What happens between hosts, and what goes wrong there: dialogues in `tests/dialogs/legs`.
//!
//! A dialogue begins with a little internet as a scenario file writes it, up to a line of dashes. Then come things that are
//! done, each on a line of its own, and below each what happened:
//!
//! ```text
//! > mail anna@example.org ben@example.net     hands a mail to the first host of the file
//! > smuggle anna@example.org ben@example.net  the same with a letter in its text, behind an end with a bare line feed
//! > nest anna@example.org ben@example.net     the same, and in that letter a third one
//! > number                                    tells from here on which message it is that a host takes
//! > open 192.0.2.25 25                        connects from the workstation; `> say LINE` and `> close` follow
//! > wait 300                                  lets seconds pass
//! > ask example.net MX                        asks the resolver
//! > set mx.example.net mynetworks 192.0.2.0/24    changes a setting of an open host
//! ```
//!
//! `[2] C:` and `[2] S:` are the lines of connection 2, with `*` where they are encrypted and `~` for what arrived in their
//! place. Lines of a connection that `mail` opens are left out.

mod small_internet;

use helo::event::{Event, Question, Side, TlsEvent};
use helo::keys;
use helo::units::{ConnId, Time};
use helo::world::{Setup, World};
use proptest::prelude::*;
use small_internet::{START, drawn};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A world being told about.
struct Story {
    world: World,
    first: std::net::IpAddr,
    resolver: std::net::IpAddr,
    /// Connections that are not told.
    quiet: BTreeSet<ConnId>,
    open: Option<ConnId>,
    /// Messages are told with their numbers.
    numbers: bool,
    told: String,
}

impl Story {
    fn new(toml: &str) -> Story {
        let mut setup = Setup::clone(&drawn(toml).setup);
        setup.keyring = Arc::new(keys::make(&setup.certificates(), START).expect("certificates"));
        let mut world = World::new(&setup, 1, START);
        world.take_log();
        Story {
            world,
            first: setup.hosts[0].ip,
            resolver: setup.workstation.resolver,
            quiet: BTreeSet::new(),
            open: None,
            numbers: false,
            told: String::new(),
        }
    }

    fn act(&mut self, line: &str) {
        let _ = writeln!(self.told, "> {line}");
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["mail", from, to @ ..] => self.mail(from, to, "Subject: x\r\n\r\nx\r\n"),
            ["mail8bit", from, to @ ..] => {
                let head = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
                let text = format!("{head}Content-Transfer-Encoding: 8bit\r\nSubject: x\r\n\r\nGrüße\r\n");
                self.mail(from, to, &text);
            }
            ["smuggle", from, to] => self.mail(from, &[to], &smuggled(from, to, &["one", "two"])),
            ["nest", from, to] => self.mail(from, &[to], &smuggled(from, to, &["one", "two", "three"])),
            ["number"] => self.numbers = true,
            ["open", ip, port] => {
                let ip = ip.parse().expect("an address");
                self.open = Some(self.world.connect(ip, port.parse().expect("a port")));
            }
            ["say", ..] => {
                let conn = self.open.expect("an open connection");
                let line = line.split_once(' ').map_or("", |(_, line)| line);
                self.world.send(conn, format!("{line}\r\n").as_bytes());
            }
            ["close"] => {
                let conn = self.open.expect("an open connection");
                self.world.close(conn, helo::event::CloseReason::Closed);
            }
            ["wait", seconds] => {
                let seconds = Duration::from_secs(seconds.parse().expect("seconds"));
                let end = self.world.now().plus(seconds);
                while let Some(due) = self.world.next_wakeup().filter(|due| *due <= end) {
                    self.world.advance(due);
                    self.tell();
                }
                self.world.advance(end);
            }
            ["set", host, name, value @ ..] => {
                self.world.change_setting(host, name, &value.join(" ")).expect("a setting");
            }
            ["ask", name, qtype] => {
                let question = Question { name: (*name).to_owned(), qtype: qtype.parse().expect("a type") };
                let _ = self.world.resolve(self.resolver, question);
            }
            _ => panic!("what is to be done with {line:?}?"),
        }
        self.tell();
    }

    /// Lets seconds pass, and keeps what happens.
    fn pass(&mut self, seconds: u64, events: &mut Vec<(Time, Event)>) {
        let end = self.world.now().plus(Duration::from_secs(seconds));
        while let Some(due) = self.world.next_wakeup().filter(|due| *due <= end) {
            self.world.advance(due);
            while self.world.next_notice().is_some() {}
            events.extend(self.world.take_log());
        }
        self.world.advance(end);
    }

    /// Hands a mail to the first host, which is not told.
    fn mail(&mut self, from: &str, to: &[&str], message: &str) {
        let conn = self.world.connect(self.first, 25);
        self.quiet.insert(conn);
        let recipients: String = to.iter().map(|to| format!("RCPT TO:<{to}>\r\n")).collect();
        let utf8 = if from.is_ascii() && to.iter().all(|to| to.is_ascii()) { "" } else { " SMTPUTF8" };
        let text =
            format!("EHLO ws\r\nMAIL FROM:<{from}>{utf8}\r\n{recipients}DATA\r\n{message}.\r\nQUIT\r\n");
        self.world.send(conn, text.as_bytes());
    }

    fn tell(&mut self) {
        while self.world.next_notice().is_some() {}
        let mut time = None;
        for (at, event) in self.world.take_log() {
            let mut told = String::new();
            self.event(&event, &mut told);
            if !told.is_empty() && time != Some(at) {
                time = Some(at);
                let _ = writeln!(self.told, "{}", clock(at));
            }
            self.told.push_str(&told);
        }
    }

    fn event(&self, event: &Event, told: &mut String) {
        let conn = match event {
            Event::Connected { conn, .. }
            | Event::ConnectFailed { conn, .. }
            | Event::Closed { conn, .. }
            | Event::Wire { conn, .. }
            | Event::Tampered { conn, .. }
            | Event::Tls { conn, .. } => Some(*conn),
            Event::Fault { conn, .. } => *conn,
            _ => None,
        };
        if conn.is_some_and(|conn| self.quiet.contains(&conn)) {
            return;
        }
        let on = conn.map_or_else(String::new, |conn| format!("[{}] ", conn.0));
        let _ = match event {
            Event::Connected { from, to, .. } => {
                writeln!(told, "{on}{} -> {}:{}", from.host, to.host, to.port)
            }
            Event::ConnectFailed { from, to, why, .. } => {
                writeln!(told, "{on}{} -> {}:{}: {why:?}", from.host, to.host, to.port)
            }
            Event::Closed { by, why, .. } => writeln!(told, "{on}the {by:?} closes ({why:?})"),
            Event::Wire { from, octets, tls, .. } => {
                lines(told, &on, *from, if *tls { "*" } else { "" }, &octets.lossy())
            }
            Event::Tampered { from, octets, .. } => lines(told, &on, *from, "~", &octets.lossy()),
            Event::Tls { what: TlsEvent::Established(s), .. } => {
                writeln!(told, "{on}TLS: {} {}", s.version.name(), s.cipher)
            }
            Event::Tls { what: TlsEvent::Failed(why), .. } => writeln!(told, "{on}no TLS: {}", why.kind()),
            Event::Tls { what: TlsEvent::Verified { name, fault }, .. } => {
                let name = name.as_deref().unwrap_or("whomever");
                let fault = fault.as_ref().map_or("good", |f| f.kind());
                writeln!(told, "{on}certificate for {name}: {fault}")
            }
            Event::Fault { fault, what, place, .. } => {
                writeln!(told, "{on}fault {fault} at {place}: {}", what.name())
            }
            Event::Setting { host, name, value } => writeln!(told, "{host}: {name} = {value}"),
            Event::Dns { question, outcome, .. } if *outcome != Ok(helo::event::Rcode::NoError) => {
                writeln!(told, "dns {} {}: {outcome:?}", question.name, question.qtype)
            }
            Event::Accepted { id, host, conn, .. } if self.numbers => {
                writeln!(told, "[{}] {host} takes message {}", conn.0, id.0)
            }
            Event::Delivered { mailbox, message, .. } => {
                let fields = message.fields();
                let with: Vec<&str> = fields.all("Received").filter_map(|f| with(&f.value)).collect();
                writeln!(told, "delivered to {mailbox}, with {}", with.join(" after "))
            }
            Event::Deferred { host, recipient, until, why, .. } => {
                writeln!(told, "{host} keeps it for {recipient} until {}: {}", clock(*until), short(why))
            }
            Event::Undeliverable { host, recipient, why, .. } => {
                writeln!(told, "{host} gives up on {recipient}: {}", short(why))
            }
            _ => Ok(()),
        };
    }
}

/// The texts, each as a letter within the one before it, for a server that takes `LF.CRLF` for its end.
fn smuggled(from: &str, to: &str, texts: &[&str]) -> String {
    let next = format!("\n.\r\nMAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n");
    let letters: Vec<String> = texts.iter().map(|text| format!("Subject: {text}\r\n\r\n{text}")).collect();
    letters.join(&next) + "\r\n"
}

/// `ESMTPS`, out of a Received line.
fn with(received: &str) -> Option<&str> {
    let protocol = |part: &&str| part.to_ascii_uppercase().contains("SMTP") && !part.contains('(');
    received.split(" with ").filter_map(|part| part.split_whitespace().next()).filter(protocol).last()
}

fn short(why: &helo::event::DeliveryFailure) -> String {
    match why {
        helo::event::DeliveryFailure::Reply(reply) => format!("{} {}", reply.code, reply.lines.join(" / ")),
        helo::event::DeliveryFailure::Leg(trouble) => {
            format!(
                "{} {}",
                trouble.status(),
                format!("{trouble:?}").split([' ', '(']).next().unwrap_or_default()
            )
        }
        other => format!("{other:?}"),
    }
}

/// Hours, minutes and seconds since the beginning.
fn clock(at: Time) -> String {
    let seconds = at.since(START).as_secs();
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn lines(told: &mut String, on: &str, from: Side, mark: &str, text: &str) -> std::fmt::Result {
    let who = if from == Side::Client { "C" } else { "S" };
    for line in text.lines() {
        let line =
            if mark == "~" { format!("{on}{who}~ {line}") } else { format!("{on}{who}{mark}: {line}") };
        writeln!(told, "{}", line.trim_end())?;
    }
    Ok(())
}

#[test]
fn dialogues_between_hosts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/legs");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    assert!(paths.len() >= 10, "there are dialogues");
    let mut wrong = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("text");
        let (toml, rest) = text.split_once("\n----\n").expect("a line of dashes");
        let mut story = Story::new(toml);
        for line in rest.lines() {
            if let Some(action) = line.strip_prefix("> ") {
                story.act(action);
            }
        }
        if story.told.trim() != rest.trim() {
            wrong.push(format!("{}\n{toml}\n----\n{}", path.display(), story.told));
        }
    }
    assert!(wrong.is_empty(), "{} dialogues are otherwise now:\n{}", wrong.len(), wrong.join("\n====\n"));
}

/// Two hosts and a zone, for whatever may go wrong between them.
const FRAIL: &str = r#"
[[host]]
name = "relay.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
relay = ["198.51.100.0/24"]
tls = true
smtp = { style = "postfix" }

[[host]]
name = "mx.example.net"
ip = "203.0.113.5"
domains = ["example.net"]
tls = true
smtp = { style = "postfix" }
pop3 = { style = "dovecot" }

[[domain]]
name = "example.net"
records = ["@ MX 10 mx.example.net."]

[[mailbox]]
address = "ben@example.net"
host = "mx.example.net"
password = "tulpe"
"#;

/// What goes wrong, in the words of a scenario, without its name and its limits.
fn wrong() -> impl Strategy<Value = String> {
    let stage = prop::sample::select(vec!["connect", "helo", "mail", "rcpt", "data", "end"]);
    let on = "on = \"mx.example.net\"\n";
    prop_oneof![
        (stage.clone(), prop::sample::select(vec![421, 450, 451, 550, 554]))
            .prop_map(move |(at, code)| format!("{on}reply = {{ at = \"{at}\", code = {code} }}")),
        stage.clone().prop_map(move |at| format!("{on}cut = \"{at}\"")),
        stage.prop_map(move |at| format!("{on}silent = \"{at}\"")),
        (1..400u32).prop_map(move |octets| format!("{on}cut = \"message\"\noctets = {octets}")),
        (1..90u32).prop_map(move |s| format!("{on}tarpit = \"{s}s\"")),
        (1..2000u32).prop_map(move |rate| format!("{on}slow = {rate}")),
        (1..60u32).prop_map(move |m| format!("{on}greylist = \"{m}m\"")),
        prop::sample::select(vec!["refused", "no-answer", "reset"])
            .prop_map(move |how| format!("{on}connection = \"{how}\"")),
        prop::sample::select(vec!["mask", "drop"]).prop_map(move |how| format!("{on}strip_tls = \"{how}\"")),
        prop::sample::select(vec!["servfail", "no-answer"])
            .prop_map(|how| format!("name = \"example.net\"\ndns = \"{how}\"")),
        Just("mailbox = \"ben@example.net\"\nfull = true".to_owned()),
        Just("mailbox = \"ben@example.net\"\nafter = \"1h\"\nnew_uidvalidity = true".to_owned()),
    ]
}

/// How often and for how long.
fn limits() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        (1..5u32).prop_map(|n| format!("tries = {n}\n")),
        (1..20u32).prop_map(|h| format!("lasts = \"{h}h\"\n")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever goes wrong, the world goes on, and each mail that a host has taken over is delivered or given up within
    /// the days for which it is tried.
    #[test]
    fn no_fault_loses_a_mail(
        faults in prop::collection::vec((wrong(), limits()), 1..4),
        level in prop::sample::select(vec!["none", "may", "encrypt", "verify"]),
    ) {
        let mut toml = FRAIL.replacen("tls = true", &format!("tls = true\noutgoing = {{ tls = \"{level}\" }}"), 1);
        for (n, (what, limits)) in faults.iter().enumerate() {
            let _ = write!(toml, "\n[[fault]]\nid = \"fault-{n}\"\n{limits}{what}\n");
        }
        let mut story = Story::new(&toml);
        let mut events = Vec::new();
        for _ in 0..3 {
            story.mail("anna@example.org", &["ben@example.net"], "Subject: x\r\n\r\nx\r\n");
            events.extend(story.world.take_log());
            story.pass(3600, &mut events);
        }
        story.pass(7 * 24 * 3600, &mut events);
        prop_assert!(!events.iter().any(|(_, e)| matches!(e, Event::LimitReached { .. })), "runs away");
        let accepted = events.iter().filter_map(|(_, e)| match e {
            Event::Accepted { id, host, .. } if host == "relay.example.org" => Some(*id),
            _ => None,
        });
        for id in accepted {
            let ends = events.iter().filter(|(_, e)| match e {
                Event::Delivered { id: of, .. } | Event::Undeliverable { id: of, .. } => *of == id,
                _ => false,
            });
            prop_assert!(ends.count() >= 1, "message {id} is lost");
        }
    }
}
