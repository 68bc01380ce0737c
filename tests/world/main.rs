//! What happens between hosts: relaying, retries, bounces refused, loops, limits. Each test is a small internet written
//! as a scenario, a client that speaks to it as a program on the workstation would, and the events that follow.

mod internet;
mod openssl;
mod sender;
#[path = "../small_internet/mod.rs"]
mod small_internet;
mod tls;
mod traces;
mod users;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use helo::event::{ConnectFailure, DeliveryFailure, Event, Holder, Limit, PolicyVerdict, Pop3Reason, Side};
use helo::mail::sasl::{Client, Mechanism};
use helo::units::{Bounds, Bytes, ConnId, TermId};
use helo::world::EVENT_OCTETS_PER_INPUT;
use internet::Internet;

/// Two hosts: `relay` takes mail from the workstation and passes it on to `far`.
const TWO_HOSTS: &str = r#"
[[host]]
name = "relay.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
relay = ["198.51.100.0/24"]
smtp = { style = "postfix" }

[[host]]
name = "mx.example.net"
ip = "203.0.113.5"
domains = ["example.net"]
smtp = { style = "sendmail" }
pop3 = { style = "dovecot" }

[[domain]]
name = "example.org"
records = ["@ MX 10 relay.example.org."]

[[domain]]
name = "example.net"
records = ["@ MX 10 mx.example.net."]

[[mailbox]]
address = "anna@example.org"
host = "relay.example.org"
password = "x"

[[mailbox]]
address = "ben@example.net"
host = "mx.example.net"
password = "tulpe"
"#;

#[test]
fn a_relay_passes_mail_on_and_every_line_of_it_is_on_the_wire() {
    let mut net = Internet::new(TWO_HOSTS);
    let smtp = net.connect("192.0.2.25", 25);
    net.say(smtp, "EHLO ws.lab.test");
    net.say(smtp, "MAIL FROM:<anna@example.org>");
    net.say(smtp, "RCPT TO:<ben@example.net>");
    net.say(smtp, "DATA");
    let events = net.say(smtp, "Subject: Hi\r\n\r\n.. a dot\r\nbye\r\n.");

    let delivered = internet::delivered(&events);
    let (mailbox, message) = delivered.first().expect("it was delivered");
    assert_eq!(mailbox, "ben@example.net");
    let text = message.octets.lossy().into_owned();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Return-Path: <anna@example.org>");
    assert!(
        lines[1].starts_with("Received: from relay.example.org (relay.example.org [192.0.2.25])"),
        "{text}"
    );
    assert!(lines[2].starts_with("\tby mx.example.net"), "{text}");
    assert!(lines.iter().any(|l| l.starts_with("Received: from ws.lab.test (")), "{text}");
    assert!(text.ends_with("\r\nSubject: Hi\r\n\r\n. a dot\r\nbye\r\n"), "{text}");
    let writers: Vec<&str> = message.marks.iter().filter_map(|m| m.by.host()).collect();
    assert_eq!(writers.first(), Some(&"mx.example.net"));
    assert_eq!(writers.last(), Some(&"relay.example.org"));
    let marked: usize = message.marks.iter().map(|m| m.octets).sum();
    assert!(message.octets[marked..].starts_with(b"Subject: Hi\r\n"));

    // The second leg is a session like the first.
    let wire = internet::wire(&events, 2);
    assert!(wire.starts_with("S: 220 mx.example.net ESMTP Sendmail"), "{wire}");
    for line in [
        "C: EHLO relay.example.org",
        "C: MAIL FROM:<anna@example.org>",
        "C: RCPT TO:<ben@example.net>",
        "C: DATA",
    ] {
        assert!(wire.contains(line), "{line} in\n{wire}");
    }
    assert!(wire.contains("C: .. a dot\r\n"), "the dot is stuffed again\n{wire}");
    assert!(wire.contains("C: QUIT"), "{wire}");
}

#[test]
fn what_the_next_host_refuses_for_good_is_undeliverable() {
    let mut net = Internet::new(TWO_HOSTS);
    let events = net.send_mail("192.0.2.25", "anna@example.org", &["nobody@example.net", "ben@example.net"]);
    let failures = internet::undeliverable(&events);
    assert_eq!(failures.len(), 1, "{failures:?}");
    let (recipient, why) = &failures[0];
    assert_eq!(recipient, "nobody@example.net");
    assert!(matches!(why, DeliveryFailure::Reply(reply) if reply.code == 550), "{why:?}");
    let delivered = internet::delivered(&events);
    let to: Vec<&str> = delivered.iter().map(|(mailbox, _)| mailbox.as_str()).collect();
    assert_eq!(
        to,
        ["ben@example.net", "anna@example.org"],
        "the other recipient has it, and the sender a report"
    );
}

#[test]
fn domains_that_do_not_exist_or_take_no_mail() {
    let rows = [
        ("x@nowhere.example", DeliveryFailure::NoSuchDomain),
        ("x@null.example.org", DeliveryFailure::NullMx),
    ];
    for (recipient, expected) in rows {
        let world = TWO_HOSTS.replace(
            r#"records = ["@ MX 10 relay.example.org."]"#,
            r#"records = ["@ MX 10 relay.example.org.", "null MX 0 ."]"#,
        );
        let mut net = Internet::new(&world);
        let events = net.send_mail("192.0.2.25", "anna@example.org", &[recipient]);
        let failures = internet::undeliverable(&events);
        assert_eq!(failures, [(recipient.to_owned(), expected)], "{recipient}");
    }
}

#[test]
fn the_best_mx_is_down_and_the_second_takes_it_after_the_time_out() {
    let world = TWO_HOSTS.replace(
        r#"records = ["@ MX 10 mx.example.net."]"#,
        r#"records = ["@ MX 5 down.example.net.", "down A 203.0.113.77", "@ MX 10 mx.example.net."]"#,
    );
    let mut net = Internet::new(&world);
    let events = net.send_mail("192.0.2.25", "anna@example.org", &["ben@example.net"]);
    assert!(internet::delivered(&events).is_empty(), "not before the first host has timed out");
    let events = net.pass(200);
    assert!(events.iter().any(|e| matches!(e, Event::ConnectFailed { why: ConnectFailure::TimedOut, .. })));
    assert_eq!(internet::delivered(&events).len(), 1);
}

#[test]
fn a_long_list_of_hosts_that_refuse_is_tried_to_its_end() {
    let records: String =
        (1..=2000).map(|preference| format!(r#""@ MX {preference} mx.example.net.", "#)).collect();
    let world = TWO_HOSTS
        .replace(r#"records = ["@ MX 10 mx.example.net."]"#, &format!("records = [{records}]"))
        .replace(r#"smtp = { style = "sendmail" }"#, "smtp = false");
    let mut net = Internet::new(&world);
    let events = net.send_mail("192.0.2.25", "anna@example.org", &["ben@example.net"]);
    let refused = |e: &&Event| matches!(e, Event::ConnectFailed { why: ConnectFailure::Refused, .. });
    assert_eq!(events.iter().filter(refused).count(), 2000);
    assert_eq!(events.iter().filter(|e| matches!(e, Event::Deferred { .. })).count(), 1);
}

#[test]
fn a_host_that_is_down_for_a_week_is_tried_again_and_again_and_then_given_up() {
    let world = TWO_HOSTS.replace(
        r#"records = ["@ MX 10 mx.example.net."]"#,
        r#"records = ["@ MX 10 down.example.net.", "down A 203.0.113.77"]"#,
    );
    let mut net = Internet::new(&world);
    net.send_mail("192.0.2.25", "anna@example.org", &["ben@example.net"]);
    let first = net.pass(140);
    let deferred = first.iter().filter(|e| matches!(e, Event::Deferred { .. })).count();
    assert_eq!(deferred, 1, "{first:#?}");
    let week = net.pass(7 * 24 * 3600);
    let tries = week.iter().filter(|e| matches!(e, Event::Deferred { .. })).count();
    assert!((50..200).contains(&tries), "{tries} tries in five days");
    assert_eq!(
        internet::undeliverable(&week),
        [("ben@example.net".to_owned(), DeliveryFailure::Connect(ConnectFailure::TimedOut))]
    );
    assert!(net.pass(30 * 24 * 3600).is_empty(), "nothing more after that");
}

#[test]
fn a_host_that_is_the_best_mx_of_a_domain_it_does_not_know_stops_the_loop() {
    let world = TWO_HOSTS.replace(
        r#"records = ["@ MX 10 mx.example.net."]"#,
        r#"records = ["@ MX 10 mx.example.net.", "lost MX 10 relay.example.org."]"#,
    );
    let mut net = Internet::new(&world);
    let events = net.send_mail("192.0.2.25", "anna@example.org", &["y@lost.example.net"]);
    assert_eq!(
        internet::undeliverable(&events),
        [("y@lost.example.net".to_owned(), DeliveryFailure::LoopsBack)]
    );
}

#[test]
fn a_message_with_too_many_received_lines_is_taken_for_a_loop() {
    for (hops, code) in [(25, "250"), (26, "554")] {
        let mut net = Internet::new(TWO_HOSTS);
        let conn = net.connect("203.0.113.5", 25);
        net.say(conn, "EHLO ws\r\nMAIL FROM:<x@example.org>\r\nRCPT TO:<ben@example.net>\r\nDATA");
        net.heard(conn);
        let trace = "Received: from here by there; Mon, 1 Sep 2025 08:00:00 +0000\r\n".repeat(hops);
        net.say(conn, &format!("{trace}Subject: round and round\r\n\r\n."));
        let reply = net.heard(conn);
        assert!(reply.starts_with(code), "{hops}: {reply}");
    }
}

#[test]
fn no_more_connections_than_a_server_takes() {
    let mut net = Internet::new(TWO_HOSTS);
    let greetings: Vec<String> = (0..52)
        .map(|_| {
            let conn = net.connect("192.0.2.25", 25);
            net.heard(conn).trim_end().to_owned()
        })
        .collect();
    assert!(greetings[..50].iter().all(|g| g.starts_with("220 ")), "{greetings:?}");
    assert_eq!(greetings[50], "421 4.7.0 relay.example.org Error: too many connections from 198.51.100.17");
    assert_eq!(greetings[51], greetings[50]);
}

#[test]
fn one_input_causes_events_of_so_many_octets_and_no_more() {
    let mut net = Internet::new(TWO_HOSTS);
    let octets = Bytes::from(vec![b'x'; 16 << 20]);
    for _ in 0..20 {
        net.world().log(Event::Wire {
            conn: ConnId(1),
            from: Side::Client,
            octets: octets.clone(),
            tls: false,
        });
    }
    assert!(net.world().exhausted());
    let log = net.world().take_log();
    let limit = Event::LimitReached { limit: Limit::EventOctetsPerInput, at: EVENT_OCTETS_PER_INPUT };
    assert_eq!(log.len(), 17);
    assert_eq!(log.last().map(|(_, event)| event), Some(&limit));
    assert!(!net.world().exhausted(), "the next input begins anew");
}

#[test]
fn copies_of_a_message_count_until_the_world_is_full() {
    let users: Vec<String> = (0..20).map(|n| format!("user{n}@example.net")).collect();
    let mailbox =
        |user| format!("[[mailbox]]\naddress = \"{user}\"\nhost = \"mx.example.net\"\npassword = \"x\"\n\n");
    let mut net = Internet::new(&format!("{TWO_HOSTS}\n{}", users.iter().map(mailbox).collect::<String>()));
    let conn = net.connect("203.0.113.5", 25);
    net.say(conn, "EHLO ws\r\nMAIL FROM:<>");
    for user in &users {
        net.say(conn, &format!("RCPT TO:<{user}>"));
    }
    net.say(conn, "DATA");
    let text = "x".repeat(8 << 20);
    let events = net.say(conn, &format!("Subject: x\r\n\r\n{text}\r\n."));
    assert!(net.heard(conn).contains("250 2.0.0"));
    // One copy on the host and one for each mailbox, of a little more than 8 MiB each, go into 128 MiB.
    assert_eq!(internet::delivered(&events).len(), 14);
    let lost = internet::undeliverable(&events);
    assert_eq!(lost.len(), 6);
    assert!(lost.iter().all(|(_, why)| *why == DeliveryFailure::NoRoom), "{lost:?}");
    let limit = Event::LimitReached { limit: Limit::MessageOctets, at: Bounds::LEARNER.message_octets };
    assert!(events.contains(&limit));
    for line in ["MAIL FROM:<x@far.test>", "RCPT TO:<ben@example.net>", "DATA"] {
        net.say(conn, line);
    }
    net.heard(conn);
    let events = net.say(conn, &format!("Subject: x\r\n\r\n{text}\r\n."));
    // What the host had of the first is gone from its queue, so that it takes the next and has nowhere to put it.
    assert!(net.heard(conn).starts_with("250 2.0.0"));
    assert!(events.contains(&limit));
    assert!(internet::delivered(&events).is_empty());
    assert_eq!(internet::undeliverable(&events)[0].1, DeliveryFailure::NoRoom);
}

#[test]
fn a_recipient_in_capitals_is_the_same_recipient() {
    let mut net = Internet::new(TWO_HOSTS);
    let events = net.send_mail("203.0.113.5", "x@far.test", &["ben@example.net", "Ben@Example.NET"]);
    assert_eq!(internet::delivered(&events).len(), 1);
}

#[test]
fn relaying_is_for_the_networks_a_host_knows() {
    let stranger = TWO_HOSTS.replace(r#"relay = ["198.51.100.0/24"]"#, r#"relay = ["10.0.0.0/8"]"#);
    let open = TWO_HOSTS.replace(r#"relay = ["198.51.100.0/24"]"#, r#"relay = "anybody""#);
    for (world, code) in [(TWO_HOSTS, "250"), (&stranger, "554"), (&open, "250")] {
        let mut net = Internet::new(world);
        let conn = net.connect("192.0.2.25", 25);
        net.say(conn, "HELO ws");
        net.say(conn, "MAIL FROM:<x@far.test>");
        net.heard(conn);
        net.say(conn, "RCPT TO:<ben@example.net>");
        assert!(net.heard(conn).starts_with(code), "{code}");
    }
}

#[test]
fn a_host_that_stands_in_for_a_domain_takes_its_mail_from_anybody_and_passes_it_on() {
    let backup =
        TWO_HOSTS.replace(r#"relay = ["198.51.100.0/24"]"#, r#"relay_for = ["Example.NET"]"#).replace(
            r#"records = ["@ MX 10 mx.example.net."]"#,
            r#"records = ["@ MX 10 mx.example.net.", "@ MX 20 relay.example.org."]"#,
        );
    for (recipient, code) in [
        ("ben@example.net", "250"),
        ("nobody@example.net", "250"),
        ("x@example.com", "554"),
        ("x@sub.example.net", "554"),
    ] {
        let mut net = Internet::new(&backup);
        let conn = net.connect("192.0.2.25", 25);
        net.say(conn, "HELO ws");
        net.say(conn, "MAIL FROM:<x@far.test>");
        net.heard(conn);
        net.say(conn, &format!("RCPT TO:<{recipient}>"));
        assert!(net.heard(conn).starts_with(code), "{recipient}");
    }
    let mut net = Internet::new(&backup);
    let events = net.send_mail("192.0.2.25", "x@far.test", &["ben@example.net"]);
    assert_eq!(internet::delivered(&events).len(), 1, "the better host has it");

    // While the better host is down, the mail waits; nobody else is tried, least of all the host itself.
    let mut net = Internet::new(&backup.replace(r#"smtp = { style = "sendmail" }"#, "smtp = false"));
    let events = net.send_mail("192.0.2.25", "x@far.test", &["ben@example.net"]);
    let why = events.iter().find_map(|e| match e {
        Event::Deferred { why, .. } => Some(why.clone()),
        _ => None,
    });
    assert_eq!(why, Some(DeliveryFailure::Connect(ConnectFailure::Refused)));
}

#[test]
fn a_further_stop_in_the_local_part_is_relaying_and_so_is_asking_for_one_elsewhere() {
    let stranger = TWO_HOSTS.replace(r#"relay = ["198.51.100.0/24"]"#, r#"relay = ["10.0.0.0/8"]"#);
    let qmail = stranger.replace(r#"style = "sendmail""#, r#"style = "qmail""#);
    let rows = [
        (TWO_HOSTS, "192.0.2.25", "RCPT TO:<ben%example.net@example.org>", "550 5.1.1"),
        (&stranger, "192.0.2.25", "RCPT TO:<ben%example.net@example.org>", "554 5.7.1"),
        (&stranger, "192.0.2.25", "RCPT TO:<far!ben@example.org>", "554 5.7.1"),
        (&stranger, "192.0.2.25", "RCPT TO:<ben@example.net@example.org>", "554 5.7.1"),
        (&stranger, "203.0.113.5", "RCPT TO:<anna%example.org@example.net>", "550 5.7.1"),
        (&qmail, "203.0.113.5", "RCPT TO:<anna%example.org@example.net>", "250 ok"),
        (&qmail, "203.0.113.5", "RCPT TO:<anna@>", "553 sorry"),
        (&stranger, "192.0.2.25", "VRFY anna", "252 2.0.0"),
        (&stranger, "192.0.2.25", "VRFY nobody", "550 5.1.1"),
        (&stranger, "192.0.2.25", "VRFY ben@example.net", "554 5.7.1"),
        (TWO_HOSTS, "192.0.2.25", "VRFY ben@example.net", "252 2.0.0"),
        (&stranger, "203.0.113.5", "VRFY anna@example.org", "252 2.5.2"),
    ];
    for (world, ip, line, answer) in rows {
        let mut net = Internet::new(world);
        let conn = net.connect(ip, 25);
        net.say(conn, "HELO ws");
        net.say(conn, "MAIL FROM:<x@far.test>");
        net.heard(conn);
        net.say(conn, line);
        let heard = net.heard(conn);
        assert!(heard.starts_with(answer), "{line}: {heard}");
    }
}

#[test]
fn one_maildrop_one_session() {
    let mut net = Internet::new(TWO_HOSTS);
    net.send_mail("203.0.113.5", "x@example.org", &["ben@example.net"]);
    let first = net.connect("203.0.113.5", 110);
    let second = net.connect("203.0.113.5", 110);
    for conn in [first, second] {
        net.say(conn, "USER ben");
        net.heard(conn);
        net.say(conn, "PASS tulpe");
    }
    assert!(net.heard(first).starts_with("+OK"));
    assert!(net.heard(second).starts_with("-ERR"));
    net.say(first, "DELE 1");
    let events = net.say(first, "QUIT");
    assert!(events.iter().any(|e| matches!(e, Event::Removed { .. })), "{events:?}");
    let third = net.connect("203.0.113.5", 110);
    net.say(third, "USER ben@example.net");
    net.say(third, "PASS tulpe");
    net.heard(third);
    net.say(third, "STAT");
    assert_eq!(net.heard(third), "+OK 0 0\r\n");
}

/// A host that does all of POP3 but TLS.
const POP3_HOST: &str = r#"
[[host]]
name = "mail.example.net"
ip = "203.0.113.5"
domains = ["example.net"]
pop3 = { style = "dovecot", apop = true, auth = ["SCRAM-SHA-256", "CRAM-MD5"], autologout = "90s" }

[[mailbox]]
address = "ben@example.net"
password = "tulpe"
"#;

#[test]
fn whoever_is_locked_out_hears_who_has_the_maildrop() {
    for (term, holder) in [(None, None), (Some(TermId(2)), Some(TermId(2)))] {
        let mut net = Internet::new(POP3_HOST);
        let first = net.connect("203.0.113.5", 110);
        let second = net.connect("203.0.113.5", 110);
        if let Some(term) = term {
            net.world().belongs_to(first, term);
        }
        net.say(first, "USER ben");
        net.say(first, "PASS tulpe");
        net.heard(second);
        net.say(second, "USER ben");
        net.heard(second);
        let events = net.say(second, "PASS tulpe");
        assert_eq!(net.heard(second), "-ERR [IN-USE] Mailbox is locked by another POP3 session.\r\n");
        let by = Some(Holder { conn: first, term: holder });
        let verdict = PolicyVerdict::Locked { by };
        assert!(
            events.iter().any(|e| matches!(e, Event::Policy { verdict: v, .. } if *v == verdict)),
            "{events:?}"
        );
        let reason = Pop3Reason::Locked { by };
        assert!(
            events.iter().any(|e| matches!(e, Event::Pop3 { exchange, .. } if exchange.reason == reason)),
            "{events:?}"
        );
    }
}

#[test]
fn a_greeting_with_a_timestamp_is_new_each_time_and_the_same_for_a_seed() {
    let greetings = || {
        let mut net = Internet::new(POP3_HOST);
        let conns = [net.connect("203.0.113.5", 110), net.connect("203.0.113.5", 110)];
        conns.map(|conn| net.heard(conn))
    };
    let [first, second] = greetings();
    assert!(
        first.starts_with("+OK Dovecot ready. <") && first.ends_with("@mail.example.net>\r\n"),
        "{first}"
    );
    assert_ne!(first, second);
    assert_eq!([first, second], greetings());
}

#[test]
fn every_mechanism_opens_the_maildrop_and_only_with_the_password() {
    for (mechanism, password, opens) in [
        (Mechanism::CramMd5, "tulpe", true),
        (Mechanism::CramMd5, "rose", false),
        (Mechanism::ScramSha256, "tulpe", true),
        (Mechanism::ScramSha256, "rose", false),
    ] {
        let mut net = Internet::new(POP3_HOST);
        let conn = net.connect("203.0.113.5", 110);
        let mut client = Client::new(mechanism, "ben", password, "fyko+d2lbbFgONRv9qkxdawL");
        let initial = client.initial().map(|m| format!(" {}", BASE64.encode(m))).unwrap_or_default();
        net.heard(conn);
        net.say(conn, &format!("AUTH {}{initial}", mechanism.name()));
        let mut heard = net.heard(conn);
        while let Some(challenge) = heard.strip_prefix("+ ") {
            let answer = client.answer(&BASE64.decode(challenge.trim_end()).unwrap()).unwrap();
            net.say(conn, &BASE64.encode(answer));
            heard = net.heard(conn);
        }
        let said = if opens { "+OK Logged in.\r\n" } else { "-ERR [AUTH] Authentication failed.\r\n" };
        assert_eq!(heard, said, "{} {password}", mechanism.name());
        assert_eq!(client.accepted(None).is_ok(), opens || mechanism == Mechanism::CramMd5);
        net.say(conn, "STAT");
        assert_eq!(net.heard(conn).starts_with("+OK 0 0"), opens);
    }
}

#[test]
fn a_host_says_which_mechanisms_it_takes_and_how_long_it_waits() {
    let mut net = Internet::new(POP3_HOST);
    let conn = net.connect("203.0.113.5", 110);
    net.heard(conn);
    net.say(conn, "AUTH PLAIN");
    assert_eq!(net.heard(conn), "-ERR [AUTH] Unsupported authentication mechanism.\r\n");
    net.say(conn, "AUTH");
    assert_eq!(net.heard(conn), "+OK\r\nSCRAM-SHA-256\r\nCRAM-MD5\r\n.\r\n");
    net.pass(89);
    assert_eq!(net.heard(conn), "");
    net.pass(1);
    assert_eq!(net.heard(conn), "-ERR Disconnected for inactivity.\r\n");
}
