//! Whatever is typed, pasted and pressed: nothing panics, nothing hangs, and the same input gives the same events.

mod small_internet;
mod tls_hosts;

use helo::event::{Event, Key};
use helo::units::{TermId, Time};
use helo::workstation::Workstation;
use helo::world::World;
use proptest::prelude::*;
use small_internet::{START, drawn};
use std::time::Duration;

const INTERNET: &str = r#"
[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
domains = ["example.tld"]
smtp = { style = "qmail", ports = [25, 465] }
pop3 = { style = "courier", ports = [110, 995] }
dns = true

[[domain]]
name = "example.tld"
records = ["@ MX 10 mail.example.tld.", "silent A 203.0.113.77"]
"#;

/// Something a person does at a terminal.
#[derive(Debug, Clone)]
enum Act {
    Line(u8, Vec<u8>),
    Paste(u8, Vec<u8>),
    Press(u8, Key),
    Wait(u64),
}

/// Words of shell and protocols, so that what is typed gets further than "command not found".
const WORDS: &[&str] = &[
    "telnet",
    "nc",
    "dig",
    "host",
    "base64",
    "printf",
    "echo",
    "cat",
    "ls",
    "sleep",
    "openssl",
    "openssl s_client",
    "openssl s_client -connect mail.example.tld:465",
    "openssl s_client -quiet -crlf -starttls smtp mail.example.tld:25",
    "-starttls",
    "imap",
    "-brief",
    "-connect",
    "-nocommands",
    "-tls1_2",
    "-CAfile",
    "/etc/ssl/certs/ca-certificates.crt",
    "x509",
    "-noout",
    "-text",
    "-in",
    "-out",
    "-outform",
    "der",
    "openssl base64",
    "-A",
    "rand",
    "-hex",
    "dgst",
    "-hmac",
    "md5sum",
    "swaks",
    "swaks -s mail.example.tld -t a@example.tld",
    "--to",
    "--data",
    "--body",
    "--attach",
    "@f",
    "-tlsc",
    "--tls",
    "--auth",
    "-q",
    "--pipeline",
    "--h-Subject",
    "RCPT TO:<a@b.example>",
    "R",
    "history",
    "exit",
    "head",
    "wc",
    "grep",
    "sed",
    "date",
    "help",
    "rm",
    "mail.example.tld",
    "silent.example.tld",
    "192.0.2.25",
    "25",
    "110",
    "pop3",
    "smtp",
    "MX",
    "-x",
    "+short",
    "+noall",
    "@192.0.2.25",
    "@silent.example.tld",
    "-d",
    "-w",
    "-C",
    "-N",
    "-q",
    "-z",
    "-v",
    "-l",
    "-n",
    "-e",
    "--help",
    "'%s %d %b\\n'",
    "'%*.*f'",
    "\\",
    "'",
    "\"",
    "$HOME",
    "$?",
    "${X}",
    "$(",
    "`",
    "|",
    "||",
    "&&",
    "&",
    ";",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    ">>",
    "<<",
    "<<<",
    "2>&1",
    "&>",
    "f",
    "*",
    "?",
    "~",
    "!!",
    "!-1",
    "!x",
    "#",
    "=",
    "X=1",
    "EHLO",
    "ws",
    "MAIL FROM:<a@b.example>",
    "DATA",
    ".",
    "QUIT",
    "USER",
    "status",
    "send",
    "ip",
    "quit",
    "open",
    "close",
    "0.5",
    "1h",
    "infinity",
    "ä",
    "“",
    "-1",
    "99999999999999999999",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        9 => proptest::sample::select(WORDS).prop_map(|w| w.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    let blank = prop_oneof![4 => Just(b" ".to_vec()), 1 => Just(Vec::new())];
    proptest::collection::vec((word, blank), 0..8).prop_map(|words| {
        let joined: Vec<u8> = words.into_iter().flat_map(|(w, b)| [w, b].concat()).collect();
        joined.into_iter().filter(|b| *b != b'\n').collect()
    })
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let keys = [Key::Interrupt, Key::EndOfFile, Key::Escape, Key::Suspend];
    let act = prop_oneof![
        8 => (1..=2u8, text()).prop_map(|(t, l)| Act::Line(t, l)),
        1 => (1..=8u8, proptest::collection::vec(text(), 0..5)).prop_map(|(t, l)| Act::Paste(t, l.join(&b'\n'))),
        2 => (1..=2u8, proptest::sample::select(keys.to_vec())).prop_map(|(t, k)| Act::Press(t, k)),
        2 => (0..400u64).prop_map(Act::Wait),
    ];
    proptest::collection::vec(act, 0..20)
}

/// Does it all; the events.
fn events(acts: &[Act]) -> Vec<(Time, Event)> {
    let drawn = drawn(INTERNET);
    let setup = tls_hosts::with_tls(&drawn.setup);
    let mut world = World::new(&setup, 1, START);
    let mut ws = Workstation::new(&setup.workstation, &mut world);
    let mut all = Vec::new();
    for act in acts {
        match act {
            Act::Line(term, text) => ws.line(&mut world, TermId(*term), text),
            Act::Paste(term, text) => ws.paste(&mut world, TermId(*term), text),
            Act::Press(term, key) => ws.key(&mut world, TermId(*term), *key),
            Act::Wait(seconds) => {
                let end = world.now().plus(Duration::from_secs(*seconds));
                let mut rounds = 0;
                while let Some(due) = world.next_wakeup().into_iter().chain(ws.next_wakeup()).min() {
                    if due > end {
                        break;
                    }
                    world.advance(due);
                    ws.wake(&mut world);
                    rounds += 1;
                    assert!(rounds < 10_000, "somebody wants to be woken for ever");
                }
                world.advance(end);
                ws.wake(&mut world);
            }
        }
        ws.notices(&mut world);
        all.extend(world.take_log());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_has_the_same_harmless_events(acts in acts()) {
        let first = events(&acts);
        prop_assert_eq!(&first, &events(&acts));
        for (_, event) in &first {
            if let Event::Printed { text, .. } = event {
                let control = |c: char| c.is_control() && c != '\n' && c != '\t';
                prop_assert!(!text.contains(control), "{:?}", text);
            }
        }
    }
}
