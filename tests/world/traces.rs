//! What an honest analyst concludes from a message, against what the world knows: over many journeys, whatever the sender
//! has typed into the header.

use crate::internet::{Internet, delivered};
use crate::small_internet::drawn;
use helo::event::Event;
use helo::mail::trace::{Trace, View};
use helo::mail::{Author, Message};
use proptest::prelude::*;
use std::net::IpAddr;

const STYLES: [&str; 5] = ["postfix", "sendmail", "qmail", "exim", "exchange"];

/// `mx` has the mailbox, `front` stands in for it, `relay` is another provider's.
fn hosts(styles: [usize; 3], ptr: bool) -> String {
    let [mx, front, relay] = styles.map(|n| STYLES[n % STYLES.len()]);
    let reverse = if ptr { "" } else { "ptr = false\n" };
    format!(
        r#"
[[host]]
name = "mx.example.net"
ip = "203.0.113.5"
domains = ["example.net"]
smtp = {{ style = "{mx}", banner_name = "inside.example.net" }}
pop3 = {{ style = "dovecot" }}

[[host]]
name = "front.example.net"
ip = "203.0.113.6"
relay_for = ["example.net"]
{reverse}smtp = {{ style = "{front}" }}

[[host]]
name = "relay.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
relay = ["198.51.100.0/24"]
{reverse}smtp = {{ style = "{relay}" }}

[[domain]]
name = "example.org"
records = ["@ MX 10 relay.example.org."]

[[domain]]
name = "example.net"
records = ["@ MX 10 mx.example.net.", "@ MX 20 front.example.net."]

[[mailbox]]
address = "ben@example.net"
host = "mx.example.net"
password = "tulpe"
"#
    )
}

/// Lines a liar types: in the hand of every system, in the name of every host.
fn lie() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("mx.example.net"),
        Just("inside.example.net"),
        Just("front.example.net"),
        Just("relay.example.org"),
        Just("ws.lab.test"),
        Just("faked.tester.tld"),
    ];
    let ip = prop_oneof![
        Just("203.0.113.5"),
        Just("203.0.113.6"),
        Just("192.0.2.25"),
        Just("198.51.100.17"),
        Just("127.0.0.1"),
        Just("300.1.2.3"),
    ];
    (name.clone(), name, ip, 0..9usize).prop_map(|(from, by, ip, form)| match form {
        0 => format!("Received: from {from} ({from} [{ip}])\r\n\tby {by} (Postfix) with ESMTP id 1; 1 Sep 2025 08:00:00 +0000\r\n"),
        1 => format!("Received: from {from} (HELO x) ({ip})\r\n  by {by} with SMTP; 1 Sep 2025 08:00:00 -0000\r\n"),
        2 => format!("Received: from {from} ([{ip}] helo=x)\r\n\tby {by} with esmtp (Exim 4.96) id 1; Mon, 01 Sep 2025 08:00:00 +0000\r\n"),
        3 => format!("Received: from {from} ({ip}) by {by} (192.0.2.9) with Microsoft SMTP Server id 15.2; Mon, 1 Sep 2025 08:00:00 +0000\r\n"),
        4 => "Received: (qmail 7881 invoked from network); 1 Sep 2025 08:00:00 -0000\r\n".to_owned(),
        5 => format!("Received: by {by} (Postfix, from userid 0) id 1; 1 Sep 2025 08:00:00 +0000\r\n"),
        6 => format!("Authentication-Results: {by}; spf=pass\r\n"),
        7 => format!("Return-Path: <chef@{by}>\r\n"),
        _ => "Subject: urgent\r\n".to_owned(),
    })
}

/// A mail over one of the doors; its message in the mailbox, and who called at the first host that the reader trusts.
fn journey(hosts: &str, door: usize, helo: &str, header: &str) -> (Message, IpAddr) {
    let mut net = Internet::new(hosts);
    let conn = net.connect(["203.0.113.5", "203.0.113.6", "192.0.2.25"][door % 3], 25);
    let mut events = Vec::new();
    for line in [
        format!("HELO {helo}"),
        "MAIL FROM:<a@example.org>".to_owned(),
        "RCPT TO:<ben@example.net>".to_owned(),
        "DATA".to_owned(),
    ] {
        events.extend(net.say(conn, &line));
    }
    events.extend(net.say(conn, &format!("{header}\r\nText\r\n.")));
    events.extend(net.pass(600));
    let taken: Vec<(String, IpAddr)> = events
        .iter()
        .filter_map(|e| match e {
            Event::Accepted { host, envelope, .. } => Some((host.clone(), envelope.client)),
            _ => None,
        })
        .collect();
    let trusted = taken.iter().rev().take_while(|(host, _)| host.ends_with("example.net"));
    let caller = trusted.last().expect("a trusted host took it").1;
    let (_, message) = delivered(&events).pop().expect("it was delivered");
    (message, caller)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn the_analyst_never_believes_the_sender_and_names_the_true_origin(
        styles in [0..5usize, 0..5usize, 0..5usize],
        ptr in any::<bool>(),
        door in 0..3usize,
        helo in prop_oneof![Just("ws.lab.test"), Just("mx.example.net"), Just("front.example.net"), Just("localhost")],
        lies in proptest::collection::vec(lie(), 0..6),
    ) {
        let hosts = hosts(styles, ptr);
        let setup = drawn(&hosts).setup;
        let trusted = setup.trusted_by("ben@example.net", "mx.example.net");
        prop_assert_eq!(trusted.len(), 2);
        let (message, caller) = journey(&hosts, door, helo, &lies.concat());
        let text = message.octets.lossy().into_owned();
        let trace = Trace::of(&message.octets, View { trusted: &trusted, now: None });
        let own = |by: &Author| by.host().is_some_and(|h| h.ends_with("example.net"));
        // Every octet above the boundary is by a host that the reader trusts.
        for stretch in message.authors() {
            prop_assert!(own(stretch.by) || stretch.span.start >= trace.boundary, "{:?}\n{}", stretch, text);
        }
        // And no line of such a host is left out.
        for hop in trace.hops.iter().filter(|h| !h.trusted) {
            let by = message.authors_of(hop.line.span)[0].by;
            prop_assert!(!own(by), "{:?}\n{}", hop, text);
        }
        let origin = trace.origin.as_ref().and_then(|o| o.ip);
        prop_assert_eq!(origin, Some(caller), "{}", text);
        prop_assert!(message.origin == Author::Learner);
        // What hosts write can be read: an address, a moment and, but for qmail's note, a name.
        for hop in trace.trusted_hops() {
            prop_assert!(hop.line.date.is_some() && (hop.line.inside.is_some() || hop.line.by.is_some()), "{}", text);
        }
    }
}

#[test]
fn a_name_that_does_not_lead_back_is_shown_as_each_system_shows_it() {
    for (style, expected) in [
        ("postfix", "from pc (unknown [198.51.100.40])"),
        ("sendmail", "from pc (mail.bank.example [198.51.100.40] (may be forged))"),
        ("qmail", "from mail.bank.example (HELO pc) (198.51.100.40)"),
        ("exim", "from [198.51.100.40] (helo=pc)"),
        ("exchange", "from pc (198.51.100.40) by"),
    ] {
        let world = format!(
            "{}\n[[host]]\nname = \"pc.example.org\"\nip = \"198.51.100.40\"\nptr = \"mail.bank.example\"\nrelay = [\"198.51.100.0/24\"]\nsmtp = {{ style = \"postfix\", banner_name = \"pc\" }}\n",
            hosts([STYLES.iter().position(|s| *s == style).unwrap(), 0, 0], true)
        );
        let mut net = Internet::new(&world);
        let events = net.send_mail("198.51.100.40", "a@example.org", &["ben@example.net"]);
        let (_, message) = delivered(&events).pop().expect("delivered");
        let text = message.octets.lossy().into_owned();
        assert!(text.contains(&format!("Received: {expected}")), "{style}: {text}");
        let trusted = drawn(&world).setup.trusted_by("ben@example.net", "mx.example.net");
        let trace = Trace::of(&message.octets, View { trusted: &trusted, now: None });
        assert_eq!(trace.origin.and_then(|o| o.ip), "198.51.100.40".parse().ok(), "{style}");
    }
}
