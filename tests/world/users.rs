//! Who a client is, and what that changes: logging in, TLS, and what hosts write about both into a message.

use crate::internet::{self, Internet};
use helo::event::{Event, TlsVersion};
use helo::units::ConnId;
use helo::world::ClientHello;

/// `mail` knows anna and takes mail for her domain; `mx` is somebody else's.
fn hosts(smtp: &str) -> String {
    format!(
        r#"
[[host]]
name = "mail.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
relay_for = ["later.example.net"]
tls = true
smtp = {{ {smtp} }}

[[host]]
name = "mx.example.net"
ip = "203.0.113.5"
domains = ["example.net"]
smtp = {{ style = "sendmail" }}

[[domain]]
name = "example.org"
records = ["@ MX 10 mail.example.org."]

[[domain]]
name = "example.net"
records = ["@ MX 10 mx.example.net.", "later MX 10 away.example.net.", "away A 203.0.113.77"]

[[mailbox]]
address = "anna@example.org"
host = "mail.example.org"
password = "tulpe"

[[mailbox]]
address = "ben@example.net"
host = "mx.example.net"
password = "x"
"#
    )
}

const LOGIN: &str = "AUTH PLAIN AGFubmEAdHVscGU=";

fn internet(smtp: &str) -> Internet {
    Internet::new(&hosts(smtp))
}

fn starttls(net: &mut Internet, conn: ConnId) {
    net.say(conn, "EHLO ws.lab.test");
    net.say(conn, "STARTTLS");
    let versions = TlsVersion::Tls12..=TlsVersion::Tls13;
    net.world().start_tls(conn, &ClientHello { server_name: None, versions });
    net.heard(conn);
}

fn send(net: &mut Internet, conn: ConnId, mail: &str, rcpt: &str) -> Vec<Event> {
    net.say(conn, mail);
    net.say(conn, rcpt);
    net.say(conn, "DATA");
    net.say(conn, "Subject: Hi\r\n\r\nHi\r\n.")
}

/// The first lines of the message that was delivered, its dates taken out.
fn trace(events: &[Event], lines: usize) -> String {
    let (_, message) = internet::delivered(events).pop().expect("it was delivered");
    let text = message.octets.lossy().into_owned();
    text.lines().take(lines).map(|line| format!("{line}\n")).collect()
}

#[test]
fn who_has_logged_in_may_send_anywhere_and_the_message_says_so() {
    let mut net = internet(r#"style = "postfix", auth = ["PLAIN"], auth_without_tls = true"#);
    let conn = net.connect("192.0.2.25", 25);
    net.say(conn, "EHLO ws.lab.test");
    let (mail, rcpt) = ("MAIL FROM:<anna@example.org>", "RCPT TO:<ben@example.net>");
    net.say(conn, mail);
    net.heard(conn);
    net.say(conn, rcpt);
    assert!(net.heard(conn).starts_with("554 5.7.1 <ben@example.net>: Relay access denied"));
    net.say(conn, "RSET");
    net.say(conn, LOGIN);
    assert!(net.heard(conn).ends_with("235 2.7.0 Authentication successful\r\n"));
    let events = send(&mut net, conn, mail, rcpt);
    let (_, message) = internet::delivered(&events).pop().expect("it was delivered");
    let text = message.octets.lossy().into_owned();
    assert!(
        text.contains(
            "\t(Authenticated sender: anna@example.org)\r\n\tby mail.example.org (Postfix) with ESMTPA id "
        ),
        "{text}"
    );
}

#[test]
fn a_submission_port_is_for_the_hosts_own_users_and_completes_their_mail() {
    let mut net = internet(r#"style = "postfix", submission_ports = [587], own_sender = true"#);
    let conn = net.connect("192.0.2.25", 587);
    starttls(&mut net, conn);
    net.say(conn, "EHLO ws.lab.test");
    assert!(net.heard(conn).contains("250-AUTH PLAIN LOGIN\r\n"));
    net.say(conn, "MAIL FROM:<anna@example.org>");
    assert_eq!(net.heard(conn), "530 5.7.0 Authentication required\r\n");
    net.say(conn, LOGIN);
    net.say(conn, "MAIL FROM:<ben@example.net>");
    net.heard(conn);
    net.say(conn, "RCPT TO:<ben@example.net>");
    let refused =
        "553 5.7.1 <ben@example.net>: Sender address rejected: not owned by user anna@example.org\r\n";
    assert_eq!(net.heard(conn), refused);
    net.say(conn, "RSET");
    let events = send(&mut net, conn, "MAIL FROM:<anna@example.org>", "RCPT TO:<ben@example.net>");
    let text = internet::delivered(&events).pop().expect("it was delivered").1.octets.lossy().into_owned();
    for part in [
        "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n",
        "\t(Authenticated sender: anna@example.org)\r\n",
        "(Postfix) with ESMTPSA id ",
    ] {
        assert!(text.contains(part), "{part:?} in\n{text}");
    }
    // At the end of the header, the id first, with the moment to the second and the name in the queue.
    let (_, added) = text.split_once("\r\nMessage-Id: <").expect("it has an id");
    let (id, rest) = added.split_once("@mail.example.org>\r\n").expect("of this host");
    let (moment, queue_id) = id.split_once('.').expect("in two parts");
    assert!(moment.len() == 14 && moment.bytes().all(|b| b.is_ascii_digit()), "{moment}");
    assert!(text.contains(&format!(" id {queue_id}\r\n")), "{queue_id} in\n{text}");
    let date = rest.lines().next().and_then(|line| line.strip_prefix("Date: ")).expect("then the date");
    assert!(
        date.ends_with(" +0000 (UTC)") || date.ends_with(" (CET)") || date.ends_with(" (CEST)"),
        "{date}"
    );
    assert!(rest.split_once("\r\n").is_some_and(|(_, body)| body.starts_with("\r\n")), "{text}");
    // At the port for other servers nobody need log in, nothing is completed, and AUTH is not on offer.
    let conn = net.connect("192.0.2.25", 25);
    net.say(conn, "EHLO mx.example.net");
    assert!(!net.heard(conn).contains("AUTH"));
    let events = send(&mut net, conn, "MAIL FROM:<ben@example.net>", "RCPT TO:<anna@example.org>");
    assert!(!internet::delivered(&events)[0].1.octets.lossy().contains("\r\nDate: "));
}

#[test]
fn trace_lines_of_every_style() {
    for (style, lines, expected) in [
        (
            "exim",
            8,
            "Return-path: <ben@example.net>\nEnvelope-to: anna@example.org\nDelivery-date: DATE\nReceived: from \
             ws.lab.test ([198.51.100.17])\n\tby mail.example.org with esmtpsa (TLS1.3) tls \
             TLS_AES_256_GCM_SHA384\n\t(Exim 4.96)\n\t(envelope-from <ben@example.net>)\n\tid ID\n",
        ),
        (
            "exchange",
            4,
            "Return-Path: ben@example.net\nReceived: from ws.lab.test (198.51.100.17) by mail.example.org\n \
             (192.0.2.25) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id\n \
             15.2.1544.4; DATE\n",
        ),
        (
            "sendmail",
            5,
            "Return-Path: <ben@example.net>\nReceived: from ws.lab.test (ws.lab.test \
             [198.51.100.17])\n\t(authenticated bits=0)\n\tby mail.example.org (8.13.8/8.13.8) with ESMTPSA id \
             ID\n\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NO)\n",
        ),
        (
            "qmail",
            4,
            "Return-Path: <ben@example.net>\nReceived: (qmail PID invoked from network); DATE\nReceived: from \
             ws.lab.test (anna@example.org@198.51.100.17)\n  by mail.example.org with (TLS_AES_256_GCM_SHA384 \
             encrypted) ESMTPSA; DATE\n",
        ),
    ] {
        let mut net = internet(&format!(r#"style = "{style}", auth = ["PLAIN"]"#));
        let conn = net.connect("192.0.2.25", 25);
        starttls(&mut net, conn);
        net.say(conn, "EHLO ws.lab.test");
        net.say(conn, LOGIN);
        let events = send(&mut net, conn, "MAIL FROM:<ben@example.net>", "RCPT TO:<anna@example.org>");
        assert_eq!(tidied(&trace(&events, lines)), expected, "{style}");
    }
}

/// What differs from message to message, by name.
fn tidied(trace: &str) -> String {
    let line = |line: &str| {
        let line = match line.split_once("Mon, 1 Sep 2025").or_else(|| line.split_once("Mon, 01 Sep 2025")) {
            Some((before, _)) => format!("{before}DATE"),
            None => line.to_owned(),
        };
        let line = match line.split_once("; 1 Sep 2025") {
            Some((before, _)) => format!("{before}; DATE"),
            None => line,
        };
        match (line.split_once("qmail "), line.rsplit_once("id ")) {
            (Some((before, after)), _) if after.contains("invoked") => {
                format!("{before}qmail PID{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            (_, Some((before, id))) if id.len() > 12 && !id.contains(' ') => format!("{before}id ID"),
            _ => line,
        }
    };
    trace.lines().map(|l| format!("{}\n", line(l))).collect()
}

#[test]
fn what_was_asked_of_reports_goes_on_to_the_next_host() {
    let mut net = internet(r#"style = "postfix", auth = ["PLAIN"], auth_without_tls = true"#);
    let conn = net.connect("192.0.2.25", 25);
    net.say(conn, "EHLO ws.lab.test");
    net.say(conn, LOGIN);
    let mail = "MAIL FROM:<anna@example.org> RET=HDRS ENVID=QQ314159";
    let rcpt = "RCPT TO:<ben@example.net> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;ben+2Bx@example.net";
    let events = send(&mut net, conn, mail, rcpt);
    let wire = internet::wire(&events, 2);
    assert!(wire.contains("ENVID=QQ314159 RET=HDRS\r\n"), "{wire}");
    let rcpt = "C: RCPT TO:<ben@example.net> ORCPT=rfc822;ben+2Bx@example.net NOTIFY=SUCCESS,DELAY\r\n";
    assert!(wire.contains(rcpt), "{wire}");
    // Postfix says whom it was for even where nobody asked for anything.
    let events = send(&mut net, conn, "MAIL FROM:<anna@example.org>", "RCPT TO:<ben@example.net>");
    let wire: String = (3..9).map(|conn| internet::wire(&events, conn)).collect();
    assert!(wire.contains("C: RCPT TO:<ben@example.net> ORCPT=rfc822;ben@example.net\r\n"), "{wire}");
}

#[test]
fn etrn_sends_at_once_what_waits_for_the_domain() {
    let mut net = internet(r#"style = "postfix""#);
    let conn = net.connect("192.0.2.25", 25);
    net.say(conn, "EHLO ws.lab.test");
    send(&mut net, conn, "MAIL FROM:<anna@example.org>", "RCPT TO:<ben@later.example.net>");
    let events = net.pass(140);
    assert_eq!(events.iter().filter(|e| matches!(e, Event::Deferred { .. })).count(), 1);
    net.heard(conn);
    net.say(conn, "ETRN example.net");
    assert_eq!(net.heard(conn), "459 <example.net>: service unavailable\r\n");
    net.say(conn, "ETRN later.example.net");
    assert_eq!(net.heard(conn), "250 Queuing started\r\n");
    let events = net.pass(140);
    assert_eq!(
        events.iter().filter(|e| matches!(e, Event::Deferred { .. })).count(),
        1,
        "it was tried again"
    );
}
