//! What holds in every world, whatever is sent: each recipient of an accepted message ends in exactly one of delivered, given
//! up, passed on to the next host, replaced by others, or is still in a queue. None is lost, none is doubled; and the same
//! inputs give the same events.

#[path = "small_internet/mod.rs"]
mod small_internet;

use helo::event::{Event, Limit};
use helo::scenario::Drawn;
use helo::units::{MessageId, Time};
use helo::world::{EVENTS_PER_INPUT, World};
use proptest::prelude::*;
use small_internet::{START, drawn};
use std::collections::BTreeMap;
use std::time::Duration;

const DOMAINS: [&str; 3] = ["a.test", "b.test", "c.test"];
const STYLES: [&str; 5] = ["postfix", "sendmail", "qmail", "exim", "exchange"];
const NAMES: [&str; 4] = ["anna", "ben", "cora", "dora"];

/// A world that proptest makes up.
#[derive(Debug, Clone)]
struct Plan {
    styles: [usize; 3],
    /// Which hosts have no server, whatever their MX records say.
    down: Option<usize>,
    backup: bool,
    defers: bool,
    /// On which host, and whom it stands for: (host, name, members).
    aliases: Vec<(usize, usize, Vec<usize>)>,
    /// (host, name, target, keep, own sender)
    forwards: Vec<(usize, usize, usize, bool, bool)>,
    small: bool,
    mails: Vec<(usize, usize, Vec<usize>)>,
    pause: u64,
}

/// The addresses that recipients are chosen from: mailboxes, aliases, nobody, and a domain that is not there.
fn address(n: usize) -> String {
    match n % 22 {
        n @ 0..12 => format!("{}@{}", NAMES[n % 4], DOMAINS[n / 4]),
        n @ 12..18 => format!("list{}@{}", n % 2, DOMAINS[(n - 12) / 2]),
        n @ 18..21 => format!("nobody@{}", DOMAINS[n - 18]),
        _ => "x@nowhere.example".to_owned(),
    }
}

fn plan() -> impl Strategy<Value = Plan> {
    let alias = (0..3usize, 0..2usize, prop::collection::vec(0..22usize, 1..4));
    let forward = (0..3usize, 0..4usize, 0..22usize, any::<bool>(), any::<bool>());
    let mail = (0..3usize, 0..23usize, prop::collection::vec(0..22usize, 1..6));
    (
        [0..5usize, 0..5usize, 0..5usize],
        prop::option::of(0..3usize),
        (any::<bool>(), any::<bool>(), any::<bool>()),
        prop::collection::vec(alias, 0..4),
        prop::collection::vec(forward, 0..4),
        prop::collection::vec(mail, 1..4),
        0..200_000u64,
    )
        .prop_map(|(styles, down, (backup, defers, small), aliases, forwards, mails, pause)| Plan {
            styles,
            down,
            backup,
            defers,
            aliases,
            forwards,
            small,
            mails,
            pause,
        })
}

fn internet(plan: &Plan) -> Drawn {
    let mut text = String::new();
    for (n, domain) in DOMAINS.iter().enumerate() {
        let style = STYLES[plan.styles[n]];
        let smtp =
            if plan.down == Some(n) { "false".to_owned() } else { format!("{{ style = \"{style}\" }}") };
        let full = if plan.defers { "defer" } else { "refuse" };
        text.push_str(&format!(
            "[[host]]\nname = \"mx.{domain}\"\nip = \"192.0.2.{}\"\ndomains = [\"{domain}\"]\nrelay = \"anybody\"\nopen = true\n\
             full = \"{full}\"\nsmtp = {smtp}\nqueue = {{ expire = \"3d\", warn = \"4h\" }}\n",
            n + 1
        ));
        let mut lists: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (_, name, members) in plan.aliases.iter().filter(|(host, ..)| *host == n) {
            lists.entry(*name).or_default().extend(members.iter().map(|m| format!("\"{}\"", address(*m))));
        }
        text.push_str("[host.aliases]\n");
        for (name, members) in lists {
            text.push_str(&format!("list{name} = [{}]\n", members.join(", ")));
        }
        let backup =
            if plan.backup { format!(", \"@ MX 20 mx.{}.\"", DOMAINS[(n + 1) % 3]) } else { String::new() };
        text.push_str(&format!(
            "\n[[domain]]\nname = \"{domain}\"\nrecords = [\"@ MX 10 mx.{domain}.\"{backup}]\n\n"
        ));
    }
    for n in 0..12 {
        let forward = plan.forwards.iter().find(|(host, name, ..)| host * 4 + name == n);
        let forward = forward.map_or(String::new(), |(_, _, to, keep, own)| {
            let sender = if *own { "own" } else { "original" };
            format!("forward = {{ to = \"{}\", keep = {keep}, sender = \"{sender}\" }}\n", address(*to))
        });
        let quota = if plan.small && n % 4 == 3 { "quota = 900\n" } else { "" };
        text.push_str(&format!(
            "[[mailbox]]\naddress = \"{}\"\nhost = \"mx.{}\"\npassword = \"x\"\n{quota}{forward}\n",
            address(n),
            DOMAINS[n / 4]
        ));
    }
    drawn(&text)
}

/// Whom a host is still responsible for, by message, host and address: how often it took them on, and was done with them.
#[derive(Debug, Default)]
struct Books {
    taken: BTreeMap<(MessageId, String, String), usize>,
    done: BTreeMap<(MessageId, String, String), usize>,
    bounded: bool,
}

impl Books {
    fn add(&mut self, id: MessageId, host: &str, address: &str) {
        *self.taken.entry((id, host.to_owned(), address.to_lowercase())).or_default() += 1;
    }

    fn strike(&mut self, id: MessageId, host: &str, address: &str) {
        *self.done.entry((id, host.to_owned(), address.to_lowercase())).or_default() += 1;
    }

    /// Takes in what happened.
    fn enter(&mut self, events: &[(Time, Event)]) {
        let mut from: BTreeMap<u32, String> = BTreeMap::new();
        for (_, event) in events {
            match event {
                Event::Connected { conn, from: end, .. } => _ = from.insert(conn.0, end.host.clone()),
                Event::Accepted { id, host, conn, envelope, .. } => {
                    let sender = from.get(&conn.0).cloned().unwrap_or_default();
                    for to in &envelope.to {
                        if sender.starts_with("mx.") {
                            self.strike(*id, &sender, &to.0.to_string());
                        }
                        self.add(*id, host, &to.0.to_string());
                    }
                }
                Event::Delivered { id, host, mailbox, .. } => self.strike(*id, host, mailbox),
                Event::Undeliverable { id, host, recipient, .. } => self.strike(*id, host, recipient),
                Event::Expanded { id, host, recipient, into, .. } => {
                    self.strike(*id, host, recipient);
                    into.iter().for_each(|one| self.add(*id, host, one));
                }
                Event::Reported { id, host, to, .. } => self.add(*id, host, to),
                Event::LimitReached { limit, .. } => {
                    assert!(matches!(
                        limit,
                        Limit::CopiesOfMessage | Limit::MessageOctets | Limit::EventsPerInput
                    ));
                    self.bounded = true;
                }
                _ => {}
            }
        }
    }

    /// Nothing was done twice; what is not done must be in `queued`.
    fn balance(&self, queued: &[(String, String)]) -> Result<(), TestCaseError> {
        for (key, done) in &self.done {
            let taken = self.taken.get(key).copied().unwrap_or_default();
            prop_assert!(*done <= taken, "{key:?}: {taken} taken on, {done} done with");
        }
        for (id, host, address) in self.taken.keys() {
            let done = self.done.contains_key(&(*id, host.clone(), address.clone()));
            let waits = queued.iter().any(|(at, to)| at == host && to.to_lowercase() == *address);
            prop_assert!(done || waits, "{id} for {address} on {host} is lost");
        }
        Ok(())
    }
}

fn send(world: &mut World, host: usize, from: &str, to: &[usize]) {
    let conn = world.connect(format!("192.0.2.{}", host + 1).parse().unwrap(), 25);
    let mut text = format!("EHLO ws\r\nMAIL FROM:<{from}>\r\n");
    for to in to {
        text.push_str(&format!("RCPT TO:<{}>\r\n", address(*to)));
    }
    text.push_str("DATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n");
    world.send(conn, text.as_bytes());
    while world.next_notice().is_some() {}
}

fn queued(world: &mut World) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for domain in DOMAINS {
        let host = format!("mx.{domain}");
        if let Some((_, queue)) = world.queue_of(&host) {
            for one in queue {
                found.extend(one.recipients.into_iter().map(|r| (host.clone(), r.address)));
            }
        }
    }
    found
}

/// Everything that happens in a world of this plan until nothing does any more.
fn played(plan: &Plan) -> Result<Vec<(Time, Event)>, TestCaseError> {
    let drawn = internet(plan);
    let mut world = World::new(&drawn.setup, 7, START);
    let (mut books, mut all) = (Books::default(), world.take_log());
    let settle = |world: &mut World, books: &mut Books, all: &mut Vec<(Time, Event)>| {
        let log = world.take_log();
        books.enter(&log);
        all.extend(log);
    };
    for (host, from, to) in &plan.mails {
        let from = if *from == 22 { String::new() } else { address(*from) };
        send(&mut world, *host, &from, to);
        settle(&mut world, &mut books, &mut all);
    }
    let pause = START.plus(Duration::from_secs(plan.pause));
    while let Some(due) = world.next_wakeup().filter(|due| *due <= pause) {
        world.advance(due);
        settle(&mut world, &mut books, &mut all);
    }
    let waits = queued(&mut world);
    settle(&mut world, &mut books, &mut all);
    if !books.bounded {
        books.balance(&waits)?;
    }
    let mut turns = 0;
    while let Some(due) = world.next_wakeup() {
        world.advance(due);
        settle(&mut world, &mut books, &mut all);
        turns += 1;
        prop_assert!(turns < 20_000, "it goes on and on");
    }
    prop_assert!(due_within(&all, 30), "everything is over after a month");
    let waits = queued(&mut world);
    prop_assert!(waits.is_empty(), "{waits:?}");
    if !books.bounded {
        books.balance(&[])?;
    }
    Ok(all)
}

fn due_within(all: &[(Time, Event)], days: u64) -> bool {
    let end = START.plus(Duration::from_secs(days * 86_400));
    all.last().is_none_or(|(at, _)| *at <= end)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_recipient_is_lost_or_doubled_and_a_replay_is_the_same(plan in plan()) {
        let first = played(&plan)?;
        let second = played(&plan)?;
        prop_assert!(first == second, "a replay differs");
    }
}

#[test]
fn the_books_find_what_is_lost_and_what_is_doubled() {
    let (id, host, mailbox) = (MessageId(1), || "mx.a.test".to_owned(), || "anna@a.test".to_owned());
    let message = || helo::mail::Message::new("Subject: x\r\n\r\nx\r\n");
    let report = Event::Reported {
        id,
        about: id,
        host: host(),
        queue_id: String::new(),
        to: mailbox(),
        recipients: Vec::new(),
        message: message(),
    };
    let delivered = || Event::Delivered {
        id,
        host: host(),
        mailbox: mailbox(),
        message: message(),
        folder: "INBOX".to_owned(),
    };
    for (deliveries, waits, good) in [(0, false, false), (0, true, true), (1, false, true), (2, false, false)]
    {
        let mut books = Books::default();
        let mut events = vec![(START, report.clone())];
        events.extend((0..deliveries).map(|_| (START, delivered())));
        books.enter(&events);
        let queued = if waits { vec![(host(), mailbox())] } else { Vec::new() };
        assert_eq!(books.balance(&queued).is_ok(), good, "{deliveries} deliveries");
    }
}

/// Two hosts with nothing between them but a thousand mails.
const STORM: &str = r#"
[[host]]
name = "mx.a.test"
ip = "192.0.2.1"
domains = ["a.test"]
relay = "anybody"
open = true
smtp = { style = "postfix" }

[[host]]
name = "mx.b.test"
ip = "192.0.2.2"
domains = ["b.test"]
smtp = false

[[domain]]
name = "a.test"
records = ["@ MX 10 mx.a.test."]

[[domain]]
name = "b.test"
records = ["@ MX 10 mx.b.test."]

[[mailbox]]
address = "anna@a.test"
password = "x"
"#;

#[test]
fn a_queue_of_a_thousand_mails_for_a_host_that_is_down() {
    let drawn = drawn(STORM);
    let mut world = World::new(&drawn.setup, 1, START);
    let conn = world.connect("192.0.2.1".parse().unwrap(), 25);
    world.send(conn, b"EHLO ws\r\n");
    for n in 0..1000 {
        let text = format!(
            "MAIL FROM:<anna@a.test>\r\nRCPT TO:<x{n}@b.test>\r\nDATA\r\nSubject: {n}\r\n\r\nx\r\n.\r\n"
        );
        world.send(conn, text.as_bytes());
        world.take_log();
    }
    let (_, queue) = world.queue_of("mx.a.test").unwrap();
    assert_eq!(queue.len(), 1000);
    let tried =
        |log: &[(Time, Event)]| log.iter().filter(|(_, e)| matches!(e, Event::ConnectFailed { .. })).count();
    // One try stands for all that come within the minute after it.
    world.take_log();
    world.advance(START.plus(Duration::from_secs(310)));
    let log = world.take_log();
    assert_eq!(tried(&log), 1, "the host is tried once, and not for each mail");
    assert_eq!(log.iter().filter(|(_, e)| matches!(e, Event::Deferred { .. })).count(), 1000);
    let (mut most, mut bounced) = (log.len(), 0);
    while let Some(due) = world.next_wakeup() {
        world.advance(due);
        let log = world.take_log();
        most = most.max(log.len());
        bounced += log.iter().filter(|(_, e)| matches!(e, Event::Reported { .. })).count();
    }
    assert_eq!(bounced, 1000, "each has come back");
    assert!(most < EVENTS_PER_INPUT, "{most} events at once");
    assert!(world.queue_of("mx.a.test").unwrap().1.is_empty());
}

#[test]
fn lists_that_feed_each_other_end() {
    let hosts = STORM.replace("smtp = false", "smtp = { style = \"exim\" }\nrelay = \"anybody\"").replace(
        "open = true",
        "open = true\naliases = { list = [\"list@b.test\", \"more@b.test\"], more = [\"list@b.test\", \"more@b.test\"] }",
    );
    let hosts = hosts.replace(
        "domains = [\"b.test\"]",
        "domains = [\"b.test\"]\naliases = { list = [\"list@a.test\", \"more@a.test\"], more = [\"list@a.test\", \"more@a.test\"] }",
    );
    let drawn = drawn(&hosts);
    let mut world = World::new(&drawn.setup, 1, START);
    let conn = world.connect("192.0.2.1".parse().unwrap(), 25);
    let text =
        "EHLO ws\r\nMAIL FROM:<anna@a.test>\r\nRCPT TO:<list@a.test>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\n";
    world.send(conn, text.as_bytes());
    let mut events = world.take_log();
    for _ in 0..2000 {
        let Some(due) = world.next_wakeup() else { break };
        world.advance(due);
        events.extend(world.take_log());
        assert!(events.len() < 500_000, "{} events", events.len());
    }
    assert!(events.iter().any(|(_, e)| matches!(e, Event::Undeliverable { .. })), "it was stopped");
    let reports = events.iter().filter(|(_, e)| matches!(e, Event::Reported { .. })).count();
    assert!(reports < 100, "{reports} reports");
}
