//! The same inputs give the same events, whatever was typed; and a record survives its journal.

use crate::{START, begin, line, scenario};
use helo::attempt::{Attempt, Input, Record, ReplayFault};
use helo::event::Key;
use helo::units::{Bytes, EventNo, Lang, TermId};
use proptest::collection::vec;
use proptest::prelude::*;
use std::time::Duration;

/// Things people type, right ones, wrong ones, and noise.
fn typed() -> impl Strategy<Value = Bytes> {
    let lines = prop::sample::select(vec![
        "dig +short MX example.tld",
        "dig nowhere.invalid",
        "host -t TXT example.tld",
        "dig -x 192.0.2.25",
        "telnet mail.example.tld 25",
        "telnet mail.example.tld 110",
        "telnet 192.0.2.99 25",
        "nc mail.example.tld 25",
        "nc -C mail.example.tld smtp",
        "helo faked.tester.tld",
        "EHLO x",
        "mail from: test@tester.tld",
        "MAIL FROM:<a@b.example> SIZE=99999999999",
        "RCPT TO:<noname@example.tld>",
        "rcpt to: hedwig@example.tld",
        "data",
        "Subject: x",
        "",
        "text",
        ".",
        "quit",
        "RSET",
        "user hedwig",
        "user noname",
        "pass secret",
        "list",
        "retr 1",
        "dele 1",
        "sleep 30",
        "sleep 1h",
        "echo $? 'a b' | base64",
        "printf '\\0a\\0b' | base64 -d",
        "cat",
        "ls -l",
        "help",
        "history",
        "!!",
        "exit",
        "\u{201c}quoted\u{201d}",
        "^]",
        "GET / HTTP/1.0",
    ]);
    prop_oneof![
        6 => lines.prop_map(Bytes::from),
        1 => vec(any::<u8>(), 0..80).prop_map(Bytes::from),
        1 => "[ -~]{0,60}".prop_map(|l| Bytes::from(l.as_str())),
    ]
}

fn inputs() -> impl Strategy<Value = Vec<(u64, Input)>> {
    let term = || (1u8..4).prop_map(TermId);
    let key = prop::sample::select(vec![Key::Interrupt, Key::EndOfFile, Key::Escape, Key::Suspend]);
    let input = prop_oneof![
        12 => (term(), typed()).prop_map(|(term, text)| Input::Line { term, text }),
        2 => (term(), key).prop_map(|(term, key)| Input::Key { term, key }),
        3 => (term(), typed(), any::<bool>()).prop_map(|(term, keys, enter)| {
            let octets = [&keys[..], if enter { b"\r" } else { b"" }].concat().into();
            Input::Keys { term, octets }
        }),
        1 => (term(), vec(typed(), 0..8)).prop_map(|(term, lines)| {
            let text: Vec<u8> = lines.iter().flat_map(|l| [&l[..], b"\n"].concat()).collect();
            Input::Paste { term, text: text.into() }
        }),
        1 => Just(Input::OpenTerminal),
        1 => Just(Input::Pass),
        1 => prop::sample::select(vec!["hand-over", "origin", "nonsense"]).prop_map(|s| Input::Hint { step: s.into() }),
        1 => ("(origin|find-mx|x)", "[ -~]{0,20}").prop_map(|(step, text)| Input::Answer { step, text }),
    ];
    vec((0u64..400, input), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_record_replays_to_the_same_events(inputs in inputs(), seed in 0u64..1000) {
        let scenario = scenario("forge-a-sender");
        let mut attempt = Attempt::begin(&scenario, seed, Lang::De, START).expect("it begins");
        for (wait, input) in inputs {
            let at = attempt.now().plus(Duration::from_secs(wait));
            let applied = attempt.apply(at, input);
            prop_assert_eq!(applied.entries.end, attempt.entries().len());
        }
        let record = attempt.record().unwrap();
        let journal = record.encode();
        let decoded = Record::decode(&journal).expect("it can be read");
        prop_assert_eq!(&decoded, &record);
        let again = decoded.replay(&scenario).expect("nothing differs");
        prop_assert_eq!(again.report(), attempt.report());
    }

    #[test]
    fn a_journal_that_was_cut_off_anywhere_reads_as_what_was_whole(cut in 0.0f64..1.0) {
        let mut attempt = begin();
        for text in ["dig MX example.tld", "telnet mail.example.tld 25", "helo x", "quit"] {
            line(&mut attempt, 1, text.as_bytes());
        }
        let journal = attempt.record().unwrap().encode();
        let cut = (journal.len() as f64 * cut) as usize;
        let cut = (0..=cut).rev().find(|n| journal.is_char_boundary(*n)).unwrap_or(0);
        match Record::decode(&journal[..cut]) {
            Ok(part) => {
                prop_assert!(part.inputs.len() <= 4);
                prop_assert_eq!(&part.entries[..], &attempt.entries()[..part.entries.len()]);
            }
            Err(fault) => prop_assert!(!journal[..cut].contains('\n'), "{}", fault),
        }
    }
}

#[test]
fn a_record_that_differs_is_told_and_not_rewritten() {
    let mut attempt = begin();
    line(&mut attempt, 1, b"dig MX example.tld");
    let mut record = attempt.record().unwrap();
    let entry = record.entries.last_mut().expect("something happened");
    entry.input.0 += 7;
    let at = entry.n;
    assert_eq!(record.replay(&scenario("forge-a-sender")).err(), Some(ReplayFault::Diverged { at }));

    let mut record = attempt.record().unwrap();
    record.entries.pop();
    let missing = EventNo(record.entries.len() as u64 + 1);
    assert_eq!(record.replay(&scenario("forge-a-sender")).err(), Some(ReplayFault::Diverged { at: missing }));

    let other = attempt.record().unwrap().replay(&scenario("send-by-hand")).err();
    assert!(matches!(other, Some(ReplayFault::OtherScenario { .. })), "{other:?}");
}

#[test]
fn a_journal_with_gaps_is_refused_by_line() {
    let mut attempt = begin();
    line(&mut attempt, 1, b"echo hi");
    let journal = attempt.record().unwrap().encode();
    let lines: Vec<&str> = journal.lines().collect();
    let without = |skip: usize| {
        let kept: String =
            lines.iter().enumerate().filter(|(n, _)| *n != skip).map(|(_, l)| format!("{l}\n")).collect();
        Record::decode(&kept).err().map(|f| f.line)
    };
    assert_eq!(without(0), Some(1), "the header");
    assert_eq!(without(1), Some(2), "the first event");
    assert_eq!(Record::decode("").err().map(|f| f.message), Some("the journal is empty".to_owned()));
    assert_eq!(Record::decode("nonsense\n").err().map(|f| f.line), Some(1));
}
