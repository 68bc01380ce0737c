//! Messages whole and broken, and what holds of all of them.

use super::*;
use proptest::prelude::*;

fn cut(message: &[u8], span: Span) -> String {
    message[span.start..span.end].escape_ascii().to_string()
}

/// The parts of a message, one a line: its path, what it is, its body.
fn parts(message: &str) -> Vec<String> {
    fn walk(message: &[u8], part: &Part, path: &str, found: &mut Vec<String>) {
        let what = match &part.inside {
            Inside::Text => "text",
            Inside::Data => "data",
            Inside::Parts(_) => "parts",
            Inside::Message(_) => "message",
            Inside::TooDeep => "too deep",
        };
        found.push(format!("{path} {what} {} {}", part.lines, cut(message, part.body)));
        match &part.inside {
            Inside::Parts(parts) => {
                for (part, n) in parts.iter().zip(1..) {
                    walk(message, part, &format!("{path}.{n}"), found);
                }
            }
            Inside::Message(inner) => walk(message, inner, &format!("{path}/"), found),
            _ => {}
        }
    }
    let message = message.replace('\n', "\r\n").into_bytes();
    let mut found = Vec::new();
    walk(&message, &Part::parse(&message), "", &mut found);
    found
}

#[test]
fn a_message_is_taken_apart() {
    let multipart = |boundary: &str| format!("Content-Type: multipart/mixed; boundary={boundary}\n\n");
    for (message, wanted) in [
        ("Subject: s\n\nText\nZeile 2\n".to_owned(), vec![" text 2 Text\\r\\nZeile 2\\r\\n"]),
        ("Subject: s".to_owned(), vec![" text 0 "]),
        (String::new(), vec![" text 0 "]),
        ("\nText".to_owned(), vec![" text 0 Text"]),
        ("Content-Type: image/png\n\nx\n".to_owned(), vec![" data 1 x\\r\\n"]),
        (
            format!("{}before\n--b\n\none\n--b\n\ntwo\n\n--b--\nafter\n", multipart("b")),
            vec![
                " parts 10 before\\r\\n--b\\r\\n\\r\\none\\r\\n--b\\r\\n\\r\\ntwo\\r\\n\\r\\n--b--\\r\\nafter\\r\\n",
                ".1 text 0 one",
                ".2 text 1 two\\r\\n",
            ],
        ),
        (
            format!("{}--b\n\nno end", multipart("b")),
            vec![" parts 2 --b\\r\\n\\r\\nno end", ".1 text 0 no end"],
        ),
        ("Content-Type: multipart/mixed\n\n--b\n\nx\n".to_owned(), vec![" parts 3 --b\\r\\n\\r\\nx\\r\\n"]),
        (
            "Content-Type: message/rfc822\n\nSubject: in\n\nText\n".to_owned(),
            vec![" message 3 Subject: in\\r\\n\\r\\nText\\r\\n", "/ text 1 Text\\r\\n"],
        ),
    ] {
        assert_eq!(parts(&message), wanted, "{message:?}");
    }
}

#[test]
fn nesting_ends_somewhere() {
    let mut message = "Content-Type: message/rfc822\n\n".repeat(5000);
    message.push_str("Subject: bottom\n\n");
    let parts = parts(&message);
    assert_eq!(parts.len(), 100);
    assert!(parts.last().unwrap().contains("too deep"));
    let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(20_000));
    let Inside::Parts(parts) = Part::parse(many.as_bytes()).inside else { panic!("no parts") };
    assert_eq!(parts.len(), 9999);
}

#[test]
fn parts_are_found_by_their_numbers() {
    let message = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Type: message/rfc822\n\n\
                   Content-Type: multipart/mixed; boundary=c\n\n--c\n\ntwo.one\n--c\n\ntwo.two\n--c--\n\
                   --b\nContent-Type: message/rfc822\n\nSubject: s\n\nthree\n--b--\n";
    let whole = Part::parse(message.as_bytes());
    for (path, body) in [
        (&[1][..], Some("one")),
        (&[1, 1], Some("one")),
        (&[1, 1, 1], None),
        (&[1, 2], None),
        (&[2, 1], Some("two.one")),
        (&[2, 2], Some("two.two")),
        (&[2, 3], None),
        (&[3, 1], Some("three")),
        (&[3, 1, 1], None),
        (&[4], None),
        (&[0], None),
        (&[u32::MAX], None),
    ] {
        let found = whole.find(path).map(|part| cut(message.as_bytes(), part.body));
        assert_eq!(found.as_deref(), body, "{path:?}");
    }
    let plain = Part::parse(b"Subject: s\n\nText");
    assert_eq!(plain.find(&[1]).map(|part| part.body), Some(Span::new(12, 16)));
    assert_eq!(plain.find(&[1, 1]), None);
}

#[test]
fn content_fields_are_read() {
    let message = b"Content-Type: Text/HTML; Charset=\"utf-8\"; name*0=a; name*1=\"b c\"; x*=utf-8'de'%C3%BC\r\n\
                    Content-Transfer-Encoding: 8bit (sure)\r\nContent-Disposition: attachment; filename=\"a\\\"b\"\r\n\
                    Content-ID: <1@x>\r\nContent-Language: de, en (mostly)\r\nContent-Type: text/plain\r\n\r\n";
    let content = Part::parse(message).content;
    let kind = content.kind.unwrap();
    assert!(kind.is("text", "html") && kind.is("text", "") && !kind.is("text", "plain"));
    assert_eq!(kind.parameter("CHARSET"), Some(&b"utf-8"[..]));
    assert_eq!(kind.parameter("name"), Some(&b"ab c"[..]));
    assert_eq!(kind.parameter("x*"), Some(&b"utf-8'de'%C3%BC"[..]));
    assert_eq!(content.encoding.as_deref(), Some(&b"8bit"[..]));
    assert_eq!(content.id.as_deref(), Some(&b"<1@x>"[..]));
    assert_eq!(content.languages, [b"de".to_vec(), b"en".to_vec()]);
    let (disposition, parameters) = content.disposition.unwrap();
    assert_eq!(disposition, b"attachment");
    assert_eq!(parameters, [(b"filename".to_vec(), b"a\"b".to_vec())]);
    // Neither MIME-Version nor Content-Type: no MIME (RFC 2045 section 4).
    assert_eq!(Part::parse(b"Content-ID: <1@x>\r\n\r\n").content, Content::default());
}

/// `name|route|mailbox|host` of each.
fn shown(value: &str) -> String {
    let show = |part: &Option<Vec<u8>>| {
        part.as_ref().map_or("-".to_owned(), |part| String::from_utf8_lossy(part).into_owned())
    };
    let one = |a: &EnvelopeAddress| [&a.name, &a.route, &a.mailbox, &a.host].map(show).join("|");
    address_list(value.as_bytes()).iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn addresses_whole_and_broken() {
    for (value, wanted) in [
        ("anna@example.tld", "-|-|anna|example.tld"),
        ("<anna@example.tld>", "-|-|anna|example.tld"),
        ("Anna B. <anna@example.tld>", "Anna B.|-|anna|example.tld"),
        ("\"B, Anna\" <anna@example.tld>", "B, Anna|-|anna|example.tld"),
        ("anna@example.tld (Anna)", "Anna|-|anna|example.tld"),
        ("a@b.tld, c@d.tld", "-|-|a|b.tld -|-|c|d.tld"),
        ("<@r1.tld,@r2.tld:a@b.tld>", "-|@r1.tld,@r2.tld|a|b.tld"),
        ("Friends: a@b.tld;", "-|-|Friends|- -|-|a|b.tld -|-|-|-"),
        ("nobody:;", "-|-|nobody|- -|-|-|-"),
        ("\"a b\"@[192.0.2.1]", "-|-|a b|[192.0.2.1]"),
        ("anna", "-|-|anna|MISSING_DOMAIN"),
        ("Anna Berta", "Anna Berta|-|MISSING_MAILBOX|MISSING_DOMAIN"),
        ("<>", "-|-|MISSING_MAILBOX|MISSING_DOMAIN"),
        ("<a@b.tld", "-|-|a|SYNTAX_ERROR"),
        ("", ""),
        ("(", "-|-|MISSING_MAILBOX|MISSING_DOMAIN"),
    ] {
        assert_eq!(shown(value), wanted, "{value:?}");
    }
}

#[test]
fn the_envelope_of_a_message() {
    let message = b"Date:  Mon, 1 Jan 2024\r\nFROM: a@b.tld\r\nSubject: one\r\n two\r\nto: c@d.tld\r\nTo: e@f.tld\r\n\r\nFrom: x";
    let envelope = Envelope::parse(message, header(message));
    assert_eq!(envelope.date.as_deref(), Some(&b"Mon, 1 Jan 2024"[..]));
    assert_eq!(envelope.subject.as_deref(), Some(&b"one\n two"[..]));
    assert_eq!(envelope.sender_or_from(), envelope.from);
    assert_eq!(envelope.reply_to_or_from(), envelope.from);
    assert_eq!(envelope.to.len(), 2);
    assert_eq!(envelope.message_id, None);
}

/// Pieces that mail is made of, so that chance hits upon structure.
const PIECES: &[&[u8]] = &[
    b"\r\n",
    b"\n",
    b"\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n",
    b"Content-Type: multipart/digest; boundary=ab\r\n\r\n",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: text/plain",
    b"--a\r\n",
    b"--a--\r\n",
    b"--ab\r\n",
    b"--ab--",
    b"From: \"a\" <@x:b@c>, d (e)",
    b"To: g: h@i;",
    b"(",
    b"\"",
    b"\\",
    b"<",
    b"; x*0*=y'z'%41",
    b"\xff\0",
    b"word ",
];

fn mail() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn check(message: &[u8], part: &Part, around: Span) -> Result<(), TestCaseError> {
    prop_assert!(around.start <= part.header.start && part.body.end <= around.end, "{part:?} in {around:?}");
    prop_assert!(part.header.start <= part.header.end && part.header.end == part.body.start, "{part:?}");
    prop_assert!(part.body.start <= part.body.end, "{part:?}");
    let lines = message[part.body.start..part.body.end].iter().filter(|b| **b == b'\n').count();
    prop_assert_eq!(part.lines, lines, "{:?}", part);
    match &part.inside {
        Inside::Parts(parts) => {
            let mut from = part.body.start;
            for inner in parts {
                check(message, inner, Span::new(from, part.body.end))?;
                from = inner.body.end;
            }
            Ok(())
        }
        Inside::Message(inner) => {
            prop_assert_eq!(inner.body.end, part.body.end);
            check(message, inner, part.body)
        }
        _ => Ok(()),
    }
}

proptest! {
    #[test]
    fn parts_lie_in_each_other_and_side_by_side(message in mail()) {
        let whole = Part::parse(&message);
        prop_assert_eq!(whole.header.start, 0);
        prop_assert_eq!(whole.body.end, message.len());
        check(&message, &whole, Span::new(0, message.len()))?;
        prop_assert_eq!(header(&message), whole.header);
        let _ = Envelope::parse(&message, whole.header);
    }

    #[test]
    fn nothing_panics(octets in prop::collection::vec(any::<u8>(), 0..300), path in prop::collection::vec(0u32..4, 0..4)) {
        let whole = Part::parse(&octets);
        let _ = whole.find(&path);
        let _ = Envelope::parse(&octets, whole.header);
        let _ = address_list(&octets);
    }

    #[test]
    fn built_messages_come_apart_as_they_were_put_together(
        bodies in prop::collection::vec("[a-z \r\n]{0,30}", 1..6),
    ) {
        let mut message = "Content-Type: multipart/mixed; boundary=\"the boundary\"\r\n\r\n".to_owned();
        for body in &bodies {
            message += &format!("--the boundary\r\n\r\n{body}\r\n");
        }
        message += "--the boundary--\r\n";
        let Inside::Parts(parts) = Part::parse(message.as_bytes()).inside else { panic!("no parts") };
        let got: Vec<&str> = parts.iter().map(|part| &message[part.body.start..part.body.end]).collect();
        prop_assert_eq!(got, bodies);
    }
}

#[test]
fn file_names_as_people_read_them() {
    for (fields, name) in [
        ("Content-Disposition: attachment; filename=a.txt", Some("a.txt")),
        ("Content-Disposition: attachment; filename=\"../../etc/passwd\"", Some("../../etc/passwd")),
        ("Content-Type: image/png; name=\"=?utf-8?q?Gr=C3=BC=C3=9Fe?=.png\"", Some("Grüße.png")),
        ("Content-Disposition: inline; filename*=utf-8''%e2%82%ac%20x", Some("€ x")),
        ("Content-Disposition: inline; filename*=iso-8859-1'de'%fcber", Some("über")),
        ("Content-Disposition: inline; filename*0*=utf-8''%c3; filename*1*=%bc", Some("ü")),
        ("Content-Disposition: inline; filename*=broken%", Some("broken%")),
        ("Content-Disposition: attachment", None),
    ] {
        let message = format!("MIME-Version: 1.0\r\n{fields}\r\n\r\nx");
        assert_eq!(Part::parse(message.as_bytes()).content.filename().as_deref(), name, "{fields}");
    }
}

#[test]
fn octets_of_a_part_are_decoded_or_given_as_they_stand() {
    for (encoding, body, octets, broken) in [
        ("base64", "AAEC", &[0_u8, 1, 2][..], false),
        ("quoted-printable", "a=3Db", b"a=b", false),
        ("7bit", "AAEC", b"AAEC", false),
        ("x-unknown", "AAEC", b"AAEC", false),
    ] {
        let message = format!("MIME-Version: 1.0\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}");
        let part = Part::parse(message.as_bytes());
        let decoded = part.octets(message.as_bytes());
        assert_eq!((&*decoded.octets, decoded.broken), (octets, broken), "{encoding}");
    }
}
