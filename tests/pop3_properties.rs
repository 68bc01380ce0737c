//! What holds for every POP3 session, whatever comes in.

mod pop3_host;

use helo::event::Pop3Exchange;
use helo::proto::Session;
use helo::proto::TlsOffer;
use helo::proto::pop3::{ServerConfig, ServerSession, Style};
use helo::units::Time;
use pop3_host::{Host, Mailbox};
use proptest::prelude::*;
use std::time::Duration;

fn mailbox(messages: Vec<Vec<u8>>) -> Mailbox {
    let messages = (1..).zip(messages).map(|(n, m): (u32, _)| (format!("uidl-{n}"), m)).collect();
    Mailbox {
        user: "anna".to_owned(),
        password: "tulpe".to_owned(),
        messages,
        locked: false,
        nonce: "1896.697170952".to_owned(),
    }
}

fn style() -> impl Strategy<Value = Style> {
    prop::sample::select(Style::ALL)
}

/// A host of any style that does APOP or not, wants TLS before passwords or not, at a port of any kind.
fn host_kind() -> impl Strategy<Value = (ServerConfig, TlsOffer)> {
    let offer = prop::sample::select(vec![TlsOffer::None, TlsOffer::Upgrade, TlsOffer::Implicit]);
    (style(), any::<bool>(), any::<bool>(), offer).prop_map(|(style, apop, auth_without_tls, offer)| {
        let config = ServerConfig::new(style, "mail.example.tld");
        (ServerConfig { apop, auth_without_tls, ..config }, offer)
    })
}

/// A line a client may send, and nonsense.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let verb = prop::sample::select(vec![
        "USER",
        "PASS",
        "STAT",
        "LIST",
        "UIDL",
        "RETR",
        "TOP",
        "DELE",
        "RSET",
        "NOOP",
        "CAPA",
        "QUIT",
        "APOP",
        "STLS",
        "AUTH",
        "AUTH PLAIN",
        "AUTH LOGIN",
        "AUTH CRAM-MD5",
        "AUTH SCRAM-SHA-256",
        "*",
        "EHLO",
        "",
    ]);
    let argument =
        prop::sample::select(vec!["", " ", " 1", " 2", " 3 ", " 1 1", "\t1", " anna", " x", " 99999999999"]);
    let end = prop::sample::select(vec!["\r\n", "\n", "\r\r\n", ""]);
    let command = (verb, argument, end).prop_map(|(v, a, e)| format!("{v}{a}{e}").into_bytes());
    prop_oneof![
        8 => command,
        1 => Just(b"USER anna\r\nPASS tulpe\r\n".to_vec()),
        1 => prop::sample::select(vec![
            // The name and a password in base64; PLAIN's message; SCRAM's first.
            "YW5uYQ==\r\n", "dHVscGU=\r\n", "AGFubmEAdHVscGU=\r\n", "biwsbj1hbm5hLHI9eA==\r\n", "=\r\n",
            "AUTH PLAIN AGFubmEAdHVscGU=\r\n", "APOP anna c4c9334bac560ecc979e58001b3e22fb\r\n",
        ]).prop_map(|line| line.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..300),
    ]
}

fn input() -> impl Strategy<Value = Vec<u8>> {
    let login = prop::sample::select(vec![&b"USER anna\r\nPASS tulpe\r\n"[..], b""]);
    (login, prop::collection::vec(line(), 0..25)).prop_map(|(login, lines)| [login, &lines.concat()].concat())
}

/// A message whose lines end in CRLF.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let octet = prop_oneof![Just(b'.'), Just(b'x'), Just(b'\r'), any::<u8>()];
    let line = prop::collection::vec(octet, 0..6).prop_map(|mut line: Vec<u8>| {
        line.retain(|b| *b != b'\n');
        // A CR before the line's end would be one more CR, which is no CRLF line either.
        while line.last() == Some(&b'\r') {
            line.pop();
        }
        line.extend_from_slice(b"\r\n");
        line
    });
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

/// What a session said to `chunks`.
fn played(
    (config, offer): &(ServerConfig, TlsOffer),
    chunks: &[&[u8]],
) -> (Vec<u8>, Vec<Pop3Exchange>, Option<Vec<u32>>) {
    let messages = vec![b"Subject: hi\r\n\r\n.dot\r\nText\r\n".to_vec(), b"Subject: two\r\n\r\n".to_vec()];
    let mut host = Host::with(ServerSession::new(config).with_tls(*offer), mailbox(messages));
    for chunk in chunks {
        host.feed(chunk);
    }
    host.end();
    assert!(host.closed.is_some(), "a session ends with its input");
    (host.said(), host.exchanges, host.removed)
}

/// The lines after the first up to the lone dot, dot-stuffing undone.
fn unstuffed(reply: &[u8]) -> Vec<u8> {
    let mut lines = reply.split_inclusive(|b| *b == b'\n');
    assert!(lines.next().unwrap().starts_with(b"+OK"));
    let mut octets = Vec::new();
    for line in lines {
        if line == b".\r\n" {
            return octets;
        }
        octets.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
    }
    panic!("no lone dot at the end");
}

fn command(host: &mut Host, line: &str) -> Vec<u8> {
    host.said();
    host.feed(format!("{line}\r\n").as_bytes());
    host.said()
}

/// The numbers of a reply's first line.
fn numbers(reply: &[u8]) -> Vec<usize> {
    let text = String::from_utf8_lossy(reply).into_owned();
    let first = text.lines().next().unwrap().strip_prefix("+OK ").unwrap().to_owned();
    first.split(' ').map(|n| n.parse().unwrap()).collect()
}

proptest! {
    #[test]
    fn every_chunking_gives_the_same(kind in host_kind(), input in input(), size in 1usize..40) {
        let whole = played(&kind, &[&input]);
        let bytes: Vec<&[u8]> = input.chunks(1).collect();
        let chunks: Vec<&[u8]> = input.chunks(size).collect();
        prop_assert_eq!(&whole, &played(&kind, &bytes));
        prop_assert_eq!(&whole, &played(&kind, &chunks));
    }

    #[test]
    fn what_retr_sends_is_what_is_stored_and_what_is_counted(
        style in style(),
        messages in prop::collection::vec(message(), 0..4),
    ) {
        let mut host = Host::new(&ServerConfig::new(style, "mail.example.tld"), mailbox(messages.clone()));
        host.feed(b"USER anna\r\nPASS tulpe\r\n");
        let mut sum = 0;
        for (number, stored) in (1..).zip(&messages) {
            let sent = unstuffed(&command(&mut host, &format!("RETR {number}")));
            prop_assert_eq!(&sent, stored);
            prop_assert_eq!(numbers(&command(&mut host, &format!("LIST {number}"))), vec![number, sent.len()]);
            let top = unstuffed(&command(&mut host, &format!("TOP {number} 999")));
            prop_assert_eq!(&top, stored);
            let top = unstuffed(&command(&mut host, &format!("TOP {number} 1")));
            prop_assert!(stored.starts_with(&top));
            sum += sent.len();
        }
        prop_assert_eq!(numbers(&command(&mut host, "STAT")), vec![messages.len(), sum]);
        let listed = unstuffed(&command(&mut host, "LIST"));
        prop_assert_eq!(listed.split(|b| *b == b'\n').count() - 1, messages.len());
    }

    #[test]
    fn messages_of_any_octets_are_sent_as_long_as_they_are_counted(
        style in style(),
        stored in prop::collection::vec(prop_oneof![Just(b'.'), Just(b'\r'), Just(b'\n'), any::<u8>()], 0..40),
    ) {
        let mut host = Host::new(&ServerConfig::new(style, "mail.example.tld"), mailbox(vec![stored]));
        host.feed(b"USER anna\r\nPASS tulpe\r\n");
        let sent = unstuffed(&command(&mut host, "RETR 1"));
        prop_assert_eq!(numbers(&command(&mut host, "LIST 1")), vec![1, sent.len()]);
    }

    #[test]
    fn nothing_panics_and_every_reply_is_a_reply(
        (config, offer) in host_kind(),
        input in prop::collection::vec(line(), 0..20),
        waits in prop::collection::vec(0u64..700, 0..20),
        texts in prop::collection::vec((prop::sample::select(Style::reply_keys().collect::<Vec<_>>()), ".{0,20}"), 0..5),
    ) {
        let mut config = config;
        config.texts = texts.into_iter().map(|(k, t)| (k.to_owned(), t)).collect();
        let session = ServerSession::new(&config).with_tls(offer);
        let mut host = Host::with(session, mailbox(vec![b"A: 1\r\n\r\nx\r\n".to_vec()]));
        let mut waits = waits.into_iter();
        for chunk in input {
            host.feed(&chunk);
            if host.tls_due {
                host.secure();
            }
            host.wait(Duration::from_secs(waits.next().unwrap_or(0)));
            host.session.wake(Time(0));
        }
        host.end();
        prop_assert!(host.closed.is_some());
        let said = host.said();
        prop_assert!(said.is_empty() || said.ends_with(b"\r\n"));
        for exchange in &host.exchanges {
            prop_assert!(!exchange.text.contains(['\r', '\n']));
            if let Some(span) = exchange.span {
                prop_assert!(span.start <= span.end && span.end <= exchange.line.len());
            }
        }
    }

    /// What comes after STLS in the clear is never heard, and whoever is let in knows the password.
    #[test]
    fn nothing_pipelined_after_stls_is_executed(
        style in style(),
        before in prop::sample::select(vec!["", "USER anna\r\n", "CAPA\r\nUSER anna\r\n"]),
        injected in prop::collection::vec(line(), 1..6),
        size in 1usize..60,
    ) {
        let config = ServerConfig::new(style, "mail.example.tld");
        let mut host = Host::with(ServerSession::new(&config).with_tls(TlsOffer::Upgrade), mailbox(vec![]));
        host.feed(before.as_bytes());
        let heard = host.exchanges.len();
        let input = [b"STLS\r\n", &*injected.concat()].concat();
        for chunk in input.chunks(size) {
            // Even an owner that goes on feeding is of no use to whoever injects.
            host.session.feed(host.now, chunk);
            host.take();
        }
        prop_assert_eq!(host.exchanges.len(), heard + 1);
        host.secure();
        prop_assert_eq!(host.exchanges.len(), heard + 1, "nor is it once TLS stands");
        host.feed(b"PASS tulpe\r\n");
        prop_assert_eq!(host.exchanges.last().unwrap().reason.kind(), "user-first");
        prop_assert!(host.exchanges.last().unwrap().tls);
    }
}
