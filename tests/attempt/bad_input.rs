//! Input that is too long, too much, or no text at all gets the answer the real program or server would give.

use crate::{begin, line, scenario};
use helo::attempt::{Attempt, INPUT_OCTETS, Input};
use helo::event::{Event, Limit, Side};
use helo::units::{Lang, TermId};
use std::time::Duration;

/// What the terminal showed since `from`.
fn shown(attempt: &Attempt, from: usize) -> String {
    let printed = attempt.entries().iter().skip(from).filter_map(|e| match &e.event {
        Event::Printed { text, .. } => Some(text.as_str()),
        _ => None,
    });
    printed.collect()
}

/// Types lines at terminal 1; what the terminal showed for the last of them.
fn last_answer(attempt: &mut Attempt, lines: &[&[u8]]) -> String {
    let mut from = 0;
    for text in lines {
        from = attempt.entries().len();
        line(attempt, 1, text);
    }
    shown(attempt, from)
}

#[test]
fn each_bad_line_gets_the_answer_of_the_real_thing() {
    let telnet: &[u8] = b"telnet mail.example.org 25";
    let long = [b"NOOP ".as_slice(), &[b'x'; 5000]].concat();
    let header = [b"x".as_slice(), &[b'y'; 100_000]].concat();
    let rows: Vec<(&str, Vec<&[u8]>, &str)> = vec![
        ("an unknown command", vec![telnet, b"HELLO there"], "500 5.5.2 Error: command not recognized\n"),
        ("an over-long command", vec![telnet, &long], "500 5.5.2 mail.example.org Error: command too long\n"),
        ("binary", vec![telnet, b"\x00\xff\xfe\x01"], "500 5.5.2 Error: bad UTF-8 syntax\n"),
        ("an unknown program", vec![b"tellnet mail.example.org 25"], "tellnet: command not found\n"),
        ("an over-long program", vec![&header], "command not found\n"),
        ("a host that does not exist", vec![b"telnet nowhere.example.org 25"], "nowhere.example.org"),
        ("a port where nothing listens", vec![b"telnet mail.example.org 26"], "Connection refused\n"),
        ("dig for nothing", vec![b"dig +short nowhere.example.org"], "lab@"),
    ];
    for (what, lines, expected) in rows {
        let mut attempt =
            Attempt::begin(&scenario("send-by-hand"), 1, Lang::En, crate::START).expect("it begins");
        let answer = last_answer(&mut attempt, &lines);
        assert!(answer.contains(expected), "{what}: expected {expected:?} in {answer:.400?}");
    }
}

#[test]
fn a_host_that_does_not_answer_is_waited_for_and_can_be_interrupted() {
    let mut attempt = begin();
    let answer = last_answer(&mut attempt, &[b"telnet 192.0.2.99 25"]);
    assert_eq!(answer, "Trying 192.0.2.99...\n");
    assert!(!attempt.ready(TermId(1)));
    let from = attempt.entries().len();
    let later = attempt.now().plus(Duration::from_secs(200));
    attempt.apply(later, Input::Pass);
    assert!(shown(&attempt, from).contains("Connection timed out"), "{}", shown(&attempt, from));
    assert!(attempt.ready(TermId(1)));
}

#[test]
fn ten_megabytes_pasted_into_data_are_too_big_for_the_server_and_no_trouble_for_the_lab() {
    let mut attempt =
        Attempt::begin(&scenario("send-by-hand"), 1, Lang::En, crate::START).expect("it begins");
    for text in ["telnet mail.example.org 25", "EHLO ws", "MAIL FROM:<x@example.org>"] {
        line(&mut attempt, 1, text.as_bytes());
    }
    let recipient = attempt.drawn().setup.mailboxes[0].address.clone();
    line(&mut attempt, 1, format!("RCPT TO:<{recipient}>").as_bytes());
    line(&mut attempt, 1, b"DATA");
    let mut text = b"Subject: big\n\n".to_vec();
    while text.len() < 11 << 20 {
        text.extend_from_slice(b"All work and no play makes Jack a dull boy. 0123456789\n");
    }
    text.extend_from_slice(b".\n");
    let from = attempt.entries().len();
    let at = attempt.now();
    attempt.apply(at, Input::Paste { term: TermId(1), text: text.into() });
    let answer = shown(&attempt, from);
    assert!(answer.contains("552 5.3.4"), "{answer:.300}");
    assert!(attempt.entries().len() - from < 5_000, "{} events", attempt.entries().len() - from);
    let from = attempt.entries().len();
    line(&mut attempt, 1, b"NOOP");
    assert_eq!(shown(&attempt, from), "250 2.0.0 Ok\n");
}

#[test]
fn ten_megabytes_of_nonsense_end_in_the_servers_patience() {
    let mut attempt =
        Attempt::begin(&scenario("send-by-hand"), 1, Lang::En, crate::START).expect("it begins");
    line(&mut attempt, 1, b"telnet mail.example.org 25");
    let text = b"blah blah\n".repeat(1 << 20);
    let from = attempt.entries().len();
    let at = attempt.now();
    attempt.apply(at, Input::Paste { term: TermId(1), text: text.into() });
    let answer = shown(&attempt, from);
    assert!(answer.contains("421 4.7.0"), "{answer:.300}");
    assert!(answer.contains("Connection closed by foreign host."), "{answer:.300}");
    let from = attempt.entries().len();
    line(&mut attempt, 1, b"echo alive");
    assert!(shown(&attempt, from).starts_with("alive\n"), "{}", shown(&attempt, from));
}

#[test]
fn ten_megabytes_pasted_into_a_program_are_some_hundred_events() {
    let mut attempt =
        Attempt::begin(&scenario("send-by-hand"), 1, Lang::En, crate::START).expect("it begins");
    line(&mut attempt, 1, b"cat");
    let text = b"All work and no play makes Jack a dull boy.\n".repeat((10 << 20) / 44);
    let from = attempt.entries().len();
    let at = attempt.now();
    // As the page cuts it.
    for piece in text.chunks(256 << 10) {
        attempt.apply(at, Input::Paste { term: TermId(1), text: piece.into() });
    }
    let events = attempt.entries().len() - from;
    assert!(events < 2_000, "{events} events");
    assert!(shown(&attempt, from).starts_with("All work and no play"));
    attempt.apply(at, Input::Key { term: TermId(1), key: helo::event::Key::EndOfFile });
    let from = attempt.entries().len();
    line(&mut attempt, 1, b"echo alive");
    assert!(shown(&attempt, from).starts_with("alive\n"), "{}", shown(&attempt, from));
}

#[test]
fn what_a_program_leaves_of_a_long_paste_is_the_shells() {
    let mut attempt =
        Attempt::begin(&scenario("send-by-hand"), 1, Lang::En, crate::START).expect("it begins");
    let mut text = b"telnet\nquit\n".to_vec();
    for n in 0..1_200 {
        text.extend_from_slice(format!("echo line {n}x\n").as_bytes());
    }
    let from = attempt.entries().len();
    let at = attempt.now();
    attempt.apply(at, Input::Paste { term: TermId(1), text: text.into() });
    let answer = shown(&attempt, from);
    assert!(answer.starts_with("telnet> "), "{answer:.200}");
    // Of the block that telnet was the first to read, and of what came after it.
    for shown in ["\nline 0x\n", "\nline 1x\n", "$ line 600x\n", "$ line 1199x\n"] {
        assert!(answer.contains(shown), "not typed at the shell: {shown}");
    }
}

#[test]
fn fifty_connections_and_then_one_more() {
    let mut attempt =
        Attempt::begin(&scenario("send-by-hand"), 1, Lang::En, crate::START).expect("it begins");
    for term in 1..=51 {
        line(&mut attempt, term, b"telnet mail.example.org 25");
    }
    let greetings: Vec<String> = attempt
        .entries()
        .iter()
        .filter_map(|e| match &e.event {
            Event::Wire { from: Side::Server, octets, .. } => Some(octets.lossy()[..3].to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(greetings.len(), 51);
    assert!(greetings[..50].iter().all(|g| g == "220"), "{greetings:?}");
    assert_eq!(greetings[50], "421");
}

#[test]
fn a_record_holds_no_more_of_an_input_than_is_looked_at_and_replays_all_the_same() {
    let mut attempt = begin();
    let term = TermId(1);
    let at = attempt.now();
    attempt.apply(at, Input::Line { term, text: vec![b'x'; INPUT_OCTETS + 1000].into() });
    attempt.apply(at, Input::Hint { step: "x".repeat(1 << 20) });
    attempt.apply(at, Input::Answer { step: "origin".to_owned(), text: "ä".repeat(1 << 20) });
    let record = attempt.record().unwrap();
    let octets = |input: &Input| match input {
        Input::Line { text, .. } => text.len(),
        Input::Hint { step } => step.len(),
        Input::Answer { text, .. } => text.len(),
        other => panic!("{other:?}"),
    };
    let kept: Vec<usize> = record.inputs.iter().map(|(_, input)| octets(input)).collect();
    assert_eq!(kept, [INPUT_OCTETS + 1, 4096, 4096]);
    let limit = Event::LimitReached { limit: Limit::InputOctets, at: INPUT_OCTETS as u64 };
    assert!(record.entries.iter().any(|entry| entry.event == limit));
    assert!(record.replay(&scenario("forge-a-sender")).is_ok());
}
