//! Who wrote what: rows, and the property that every octet has exactly one author whatever was done to a message.

use super::*;
use proptest::prelude::*;

fn host(name: &str) -> Author {
    Author::Host(name.to_owned())
}

/// `author: octets` of each stretch.
fn shown(message: &Message) -> Vec<String> {
    let text = |a: &Authored<'_>| {
        let octets = message.octets[a.span.start..a.span.end].escape_ascii();
        format!("{:?}: {octets}", a.by)
    };
    message.authors().iter().map(text).collect()
}

#[test]
fn what_a_host_puts_on_top_stands_above_what_the_sender_wrote() {
    let sent = Message::new("Received: from faked.tester.tld\r\nSubject: Ein Test\r\n\r\nText\r\n");
    let there = sent.stamped("mail.example.tld", "Received: from m198p010 (HELO tester.tld)\r\n");
    let received: Vec<String> = there.fields().all("Received").map(|f| f.value.clone()).collect();
    assert_eq!(received, ["from m198p010 (HELO tester.tld)", "from faked.tester.tld"]);
    assert_eq!(there.marks, [Mark { by: host("mail.example.tld"), octets: 43 }]);
    assert_eq!(there.text(), "Text\r\n");
    assert_eq!(there.octets.get(43..), Some(&sent.octets[..]));
}

#[test]
fn a_field_put_in_at_the_end_of_the_header_has_its_own_author() {
    let sent = Message::by(Author::Learner, "From: a\r\nBcc: b\r\n\r\nText\r\n");
    let mut edit = sent.edit();
    edit.keep(Span::new(0, 9));
    edit.write(&host("msa"), b"Date: now\r\n");
    edit.keep(Span::new(17, 99));
    let completed = edit.finish();
    assert_eq!(
        shown(&completed),
        ["Learner: From: a\\r\\n", "Host(\"msa\"): Date: now\\r\\n", "Learner: \\r\\nText\\r\\n"]
    );
    assert_eq!(completed.origin, Author::Learner);
    let relayed = completed.stamped("mx", "Received: x\r\n").stamped("mx", "Return-Path: <>\r\n");
    let parts: Vec<(Option<String>, Author)> =
        relayed.parts().iter().map(|p| (p.name.clone(), p.by().unwrap().clone())).collect();
    let named = |name: &str, by| (Some(name.to_owned()), by);
    assert_eq!(
        parts,
        [
            named("Return-Path", host("mx")),
            named("Received", host("mx")),
            named("From", Author::Learner),
            named("Date", host("msa")),
            (None, Author::Learner),
        ]
    );
}

#[test]
fn what_changed_on_a_connection_is_the_carriers() {
    let rows: [(&str, &str, &[&str]); 5] = [
        ("A: 1\r\n\r\nx\r\n", "A: 1\r\n\r\nx\r\n", &["Learner: A: 1\\r\\n\\r\\nx\\r\\n"]),
        ("A: 1\r\n\r\nx", "A: 1\r\n\r\nx\r\n", &["Learner: A: 1\\r\\n\\r\\nx", "Host(\"r\"): \\r\\n"]),
        ("aab", "aaab", &["Learner: aa", "Host(\"r\"): a", "Learner: b"]),
        ("aaab", "aab", &["Learner: aab"]),
        ("", "x", &["Host(\"r\"): x"]),
    ];
    for (sent, came, authors) in rows {
        let sent = Message::by(Author::Learner, sent);
        let there = sent.arrived(&Bytes::from(came), &host("r"));
        assert_eq!(there.octets, Bytes::from(came));
        assert_eq!(shown(&there), authors);
    }
}

#[test]
fn a_changed_line_has_both_authors_and_belongs_to_the_first() {
    let sent = Message::by(Author::Learner, "From me\r\nA: 1\r\n");
    let mut edit = sent.edit();
    edit.write(&host("mx"), b"X-Mailbox-Line: ");
    edit.keep(Span::new(0, 15));
    let there = edit.finish();
    let parts = there.parts();
    assert_eq!(parts[0].by(), Some(&host("mx")));
    assert_eq!(parts[0].authors.len(), 2);
    assert_eq!(parts[1].by(), Some(&Author::Learner));
}

#[test]
fn json_of_before_can_be_read_and_what_does_not_fit_is_cut() {
    let message: Message =
        serde_json::from_str(r#"{"octets":"A: 1\r\n","marks":[{"by":{"host":"mx"},"octets":99}]}"#).unwrap();
    assert_eq!(shown(&message), ["Host(\"mx\"): A: 1\\r\\n"]);
    let json = serde_json::to_string(&Message::by(Author::Learner, "x")).unwrap();
    assert_eq!(json, r#"{"octets":"x","marks":[],"origin":"learner"}"#);
}

/// One thing that happens to a message.
#[derive(Debug, Clone)]
enum Change {
    Stamp(u8, String),
    Insert(usize, u8, Vec<u8>),
    Remove(usize, usize),
    Arrive(u8, usize, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let octets =
        || proptest::collection::vec(prop_oneof![Just(b'a'), Just(b'\n'), Just(b':'), any::<u8>()], 0..6);
    prop_oneof![
        (0..3u8, "[A-C]{1,2}: [a-z]{0,3}\r\n").prop_map(|(h, line)| Change::Stamp(h, line)),
        (0..80usize, 0..3u8, octets()).prop_map(|(at, h, o)| Change::Insert(at, h, o)),
        (0..80usize, 0..20usize).prop_map(|(at, n)| Change::Remove(at, n)),
        (0..3u8, 0..80usize, octets()).prop_map(|(h, at, o)| Change::Arrive(h, at, o)),
    ]
}

/// The same changes made with one author written beside every octet.
fn plainly(tagged: &mut Vec<(u8, Author)>, change: &Change) {
    let by = |h: &u8| host(&h.to_string());
    let at = |n: usize| n.min(tagged.len());
    match change {
        Change::Stamp(h, line) => {
            let new: Vec<_> = line.bytes().map(|o| (o, by(h))).collect();
            tagged.splice(0..0, new);
        }
        Change::Insert(place, h, octets) => {
            let place = at(*place);
            let new: Vec<_> = octets.iter().map(|o| (*o, by(h))).collect();
            tagged.splice(place..place, new);
        }
        Change::Remove(start, n) => {
            let (start, end) = (at(*start), at(start + n));
            tagged.drain(start..end);
        }
        Change::Arrive(..) => {}
    }
}

proptest! {
    #[test]
    fn every_octet_has_exactly_one_author(
        text in proptest::collection::vec(any::<u8>(), 0..40),
        changes in proptest::collection::vec(change(), 0..8),
    ) {
        let mut message = Message::by(Author::Learner, text.clone());
        let mut tagged: Vec<(u8, Author)> = text.iter().map(|o| (*o, Author::Learner)).collect();
        for change in &changes {
            let length = message.octets.len();
            message = match change {
                Change::Stamp(h, line) => message.stamped(&h.to_string(), line),
                Change::Insert(at, h, octets) => {
                    let at = (*at).min(length);
                    let mut edit = message.edit();
                    edit.keep(Span::new(0, at));
                    edit.write(&host(&h.to_string()), octets);
                    edit.keep(Span::new(at, length));
                    edit.finish()
                }
                Change::Remove(at, n) => {
                    let mut edit = message.edit();
                    edit.keep(Span::new(0, (*at).min(length)));
                    edit.keep(Span::new((at + n).min(length), length));
                    edit.finish()
                }
                Change::Arrive(h, at, octets) => {
                    let at = (*at).min(length);
                    let mut came = message.octets.to_vec();
                    came.splice(at..at, octets.clone());
                    let there = message.arrived(&came.clone().into(), &host(&h.to_string()));
                    prop_assert_eq!(&there.octets[..], &came[..]);
                    // What was there keeps its author; where the new octets came in may lie elsewhere among equal ones.
                    let carried = there.authors().iter().filter(|a| *a.by == host(&h.to_string())).count();
                    let before = message.authors().iter().filter(|a| *a.by == host(&h.to_string())).count();
                    prop_assert!(carried <= before + 1 + usize::from(!octets.is_empty()));
                    message
                }
            };
            plainly(&mut tagged, change);
        }
        let octets: Vec<u8> = tagged.iter().map(|(o, _)| *o).collect();
        prop_assert_eq!(&message.octets[..], &octets[..]);
        let mut spread: Vec<Author> = Vec::new();
        let mut joined: Vec<u8> = Vec::new();
        for stretch in message.authors() {
            prop_assert_eq!(stretch.span.start, spread.len());
            prop_assert!(stretch.span.start < stretch.span.end);
            joined.extend(&message.octets[stretch.span.start..stretch.span.end]);
            spread.extend((stretch.span.start..stretch.span.end).map(|_| stretch.by.clone()));
        }
        prop_assert_eq!(&joined[..], &message.octets[..]);
        let expected: Vec<Author> = tagged.into_iter().map(|(_, by)| by).collect();
        prop_assert_eq!(spread, expected);
        let parts = message.parts();
        let mut at = 0;
        for part in &parts {
            prop_assert_eq!(part.span.start, at);
            let covered: usize = part.authors.iter().map(|a| a.span.end - a.span.start).sum();
            prop_assert_eq!(covered, part.span.end - part.span.start);
            at = part.span.end;
        }
        prop_assert_eq!(at, message.octets.len());
    }
}

/// Postfix puts the empty line before a text that has none; the text is still the learner's.
#[test]
fn a_body_is_whose_text_it_is() {
    let typed = Message::by(Author::Learner, &b"Subject: x\r\nHello.\r\n"[..]);
    let by = Author::Host("mail.test".to_owned());
    let mut edit = typed.edit();
    edit.keep(Span::new(0, 12));
    edit.write(&by, b"\r\n");
    edit.keep(Span::new(12, typed.octets.len()));
    let message = edit.finish();
    let whose: Vec<_> = message.parts().iter().map(|part| (part.name.clone(), part.by().cloned())).collect();
    assert_eq!(whose, [(Some("Subject".to_owned()), Some(Author::Learner)), (None, Some(Author::Learner))]);
}
