//! The octets: which is of which kind, and page by page.

use super::super::bytes::{Dump, Kind, dump};
use super::*;

fn kinds(dump: &Dump) -> Vec<(Kind, String)> {
    let runs = dump.rows.iter().flat_map(|r| &r.runs);
    runs.filter(|r| r.kind != Kind::Plain).map(|r| (r.kind, r.text.clone())).collect()
}

#[test]
fn line_ends_and_dots_are_told_apart() {
    let start = || smtp("DATA", SmtpCommand::Data, 354, SmtpReason::StartMail);
    let letter = "..a\r\nb\nc\rd\r\n\t\x1bü\u{202e}\r\n.\r\n";
    let entries = transcript(vec![said("..\r\nDATA\r\n"), start(), said(letter)]);
    let of = |n: u64| dump(&entries, CONN, move |p| p.n == n, 0, 1000);
    let eol = || (Kind::LineEnd, "CR LF".to_owned());
    assert_eq!(kinds(&of(2)), [eol(), eol()], "before DATA a dot is a dot");
    let of = of(4);
    assert_eq!(
        kinds(&of),
        [
            (Kind::Stuffed, ".".to_owned()),
            eol(),
            (Kind::BareLf, "LF".to_owned()),
            (Kind::BareCr, "CR".to_owned()),
            eol(),
            (Kind::Control, "^[".to_owned()),
            (Kind::High, "·····".to_owned()),
            eol(),
            (Kind::End, ".".to_owned()),
            eol(),
        ]
    );
    assert_eq!(of.found[&Kind::LineEnd], 4);
    assert_eq!(of.size, letter.len());
    assert_eq!(of.rows[0].runs[0].hex, "2e");
    assert_eq!(of.rows[1].offset, "0005", "each line begins a row");
}

#[test]
fn a_letter_that_comes_line_by_line_is_read_alike() {
    let start = || smtp("DATA", SmtpCommand::Data, 354, SmtpReason::StartMail);
    let lines = ["data \r\n", "..a\r\n", ".\r\n", "..b\r\n"];
    let mut events: Vec<Event> = lines.iter().map(|l| said(l)).collect();
    events.insert(1, start());
    let all = dump(&transcript(events), CONN, |_| true, 0, 1000);
    let dots: Vec<Kind> = kinds(&all).iter().map(|k| k.0).filter(|k| *k != Kind::LineEnd).collect();
    assert_eq!(dots, [Kind::Stuffed, Kind::End], "after the end a dot is a dot again");
    assert_eq!(all.rows.iter().filter_map(|r| r.piece).map(|p| p.0).collect::<Vec<_>>(), [2, 4, 5, 6]);
}

#[test]
fn long_answers_of_pop3_end_with_a_dot() {
    let list =
        pop3("RETR 1", Pop3Command::Retr { number: 1 }, true, Pop3Reason::MessageGiven { id: MessageId(1) });
    let answer = wire(Side::Server, b"+OK\r\n..x\r\n.\r\n", false);
    let all = dump(&transcript(vec![said("RETR 1\r\n"), list, answer]), CONN, |_| true, 0, 1000);
    let dots: Vec<Kind> = kinds(&all).iter().map(|k| k.0).filter(|k| *k != Kind::LineEnd).collect();
    assert_eq!(dots, [Kind::Stuffed, Kind::End]);
}

#[test]
fn bytes_come_in_pages() {
    let entries = transcript(vec![said(&"0123456789abcde\n".repeat(10)), said("end\r\n")]);
    let first = dump(&entries, CONN, |_| true, 0, 100);
    assert_eq!((first.rows.len(), first.next, first.size), (7, Some(100), 165));
    let rest = dump(&entries, CONN, |_| true, 100, 100);
    assert_eq!((rest.rows.len(), rest.next), (5, None));
    assert_eq!(rest.rows[0].offset, "0064");
    assert_eq!(rest.found[&Kind::BareLf], 10, "counted is all");
    assert!(dump(&entries, CONN, |_| true, usize::MAX, usize::MAX).rows.is_empty());
}
