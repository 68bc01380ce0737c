//! Excerpts: which lines stand around what, and how much of them.

use super::{Lines, Part};
use crate::event::{Entry, Event, Reply, SmtpCommand, SmtpExchange, SmtpReason};
use crate::rfc::section;
use crate::units::{ConnId, EventNo, InputNo, Lang, TermId, Time};
use crate::web::ui::Ui;

fn answered(line: &str, code: u16, lines: &[&str]) -> SmtpExchange {
    SmtpExchange {
        command: SmtpCommand::Noop,
        line: line.into(),
        reply: Reply { code, enhanced: None, lines: lines.iter().map(|l| (*l).to_owned()).collect() },
        reason: SmtpReason::Closing,
        span: None,
        tolerated: Vec::new(),
        rule: section(5321, "4.1.1.9"),
        transaction: 0,
    }
}

fn exchange(conn: u32, line: &str, code: u16, lines: &[&str]) -> Event {
    Event::Smtp { conn: ConnId(conn), exchange: answered(line, code, lines) }
}

fn letter(octets: &str) -> Event {
    let command = SmtpCommand::Message { octets: octets.into() };
    Event::Smtp { conn: ConnId(1), exchange: SmtpExchange { command, ..answered("", 250, &["queued"]) } }
}

fn typed(text: &str, conn: Option<u32>) -> Event {
    Event::Typed { term: TermId(1), text: text.into(), conn: conn.map(ConnId) }
}

fn printed(text: &str) -> Event {
    Event::Printed { term: TermId(1), text: text.to_owned(), conn: None }
}

/// The excerpt about these events, one line each; what it is about has a star.
fn quoted(events: Vec<Event>, about: &[u64]) -> Vec<String> {
    let entry = |(n, event)| Entry { n: EventNo(n), at: Time(0), input: InputNo(1), event };
    let entries: Vec<Entry> = (1..).zip(events).map(entry).collect();
    let about: Vec<EventNo> = about.iter().map(|n| EventNo(*n)).collect();
    let lines = Lines::of(Ui::of(Lang::En), &entries);
    let shown = |part: &Part<'_>| match part {
        Part::Line { line, about } => {
            let star = if *about { "*" } else { "" };
            format!("{star}{} {} {}", line.n, line.who.mark(), line.text)
        }
        Part::Gap => "…".to_owned(),
        Part::End => "end".to_owned(),
    };
    lines.around(&about).iter().map(shown).collect()
}

#[test]
fn the_lines_around_an_exchange_are_those_of_its_connection() {
    let events = || {
        vec![
            typed("telnet a 25", None),
            printed("Trying\nlab$ "),
            exchange(1, "", 220, &["a"]),
            exchange(2, "OTHER", 250, &["b"]),
            exchange(1, "ONE", 250, &["x", "y"]),
            typed("TWO", Some(1)),
            exchange(1, "TWO", 500, &["no"]),
            exchange(2, "OTHER", 250, &["b"]),
            exchange(1, "THREE", 250, &["ok"]),
            exchange(1, "FOUR", 250, &["ok"]),
        ]
    };
    assert_eq!(
        quoted(events(), &[7]),
        ["5 C: ONE", "5 S: 250-x", "…", "*7 C: TWO", "7 S: 500 no", "…", "9 C: THREE", "9 S: 250 ok"]
    );
    assert_eq!(quoted(events(), &[1]), ["*1 $ telnet a 25", "2  Trying"], "the prompt is no line");
    assert_eq!(quoted(events(), &[6, 99]), Vec::<String>::new(), "what has no lines has none around it");
}

#[test]
fn of_a_long_letter_the_beginning_is_quoted_and_of_many_events_so_many_lines() {
    let text: String = (0..20).map(|n| format!("line {n}\r\n")).collect();
    let lines = quoted(vec![letter(&text)], &[1]);
    assert_eq!((lines.len(), lines[0].as_str()), (8 + 1 + 1 + 1, "*1 C: line 0"));
    assert_eq!(lines[8..], ["1 C: [+12]", "1 C: .", "1 S: 250 queued"]);

    let many: Vec<Event> = (0..100).map(|_| exchange(1, "NOOP", 250, &["ok"])).collect();
    let all: Vec<u64> = (1..=100).collect();
    let lines = quoted(many, &all);
    assert_eq!((lines.len(), lines[60].as_str()), (61, "end"));
}

#[test]
fn what_could_deceive_is_marked() {
    let lines = quoted(vec![exchange(1, "SUB\u{202e}JECT\u{7}", 500, &["no"])], &[1]);
    assert!(lines[0].contains("U+202E") && lines[0].contains("U+0007"), "{}", lines[0]);
}
