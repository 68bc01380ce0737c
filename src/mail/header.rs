//! Header fields: splitting a message into fields and body without losing or changing an octet, and reading what
//! a field or a text body says to a person (RFC 5322 section 2.2, RFC 2047, RFC 2045).

use crate::units::{Span, lossy};
use mail_parser::MessageParser;
use mail_parser::parsers::MessageStream;

/// One header field. All spans count octets of the message it was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name as it was written, such as `Message-Id`; compare without regard to case.
    pub name: String,
    /// The octets after the colon up to the end of the field's last line, that line's end not included.
    pub raw: Span,
    /// The whole field with its folded lines and their ends.
    pub span: Span,
    /// The value with its folds undone (RFC 5322 section 2.2.3) and white space at both ends taken off. Octets
    /// that are not UTF-8 are U+FFFD.
    pub value: String,
}

/// The header fields of a message, and where its body is.
///
/// What real mail breaks is taken as an MTA takes it: lines may end in a bare LF, a line that is no field ends the
/// header even without an empty line before it, and so does the end of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// Where header and body are.
    pub split: Split,
    fields: Vec<Field>,
}

/// Where a message's header ends and its body begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The octets of all fields; empty where there is none.
    pub header: Span,
    /// The octets of the body, without the empty line before it.
    pub body: Span,
}

/// Where a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: Span,
    /// As [`Field::raw`].
    pub raw: Span,
    /// As [`Field::span`].
    pub span: Span,
}

/// Where the fields of a message are, and where its body is: [`Fields`] for whoever need not read them all, which every
/// host that a message passes would do several times.
#[derive(Debug)]
pub struct Outline<'m> {
    /// Where header and body are.
    pub split: Split,
    message: &'m [u8],
    fields: Vec<Place>,
}

impl Fields {
    /// Splits a message. Never fails: what is no field is body.
    pub fn parse(message: &[u8]) -> Fields {
        let outline = Outline::of(message);
        let field = |f: &Place| Field {
            name: lossy(outline.part(f.name)).into_owned(),
            raw: f.raw,
            span: f.span,
            value: outline.value(f),
        };
        Fields { split: outline.split, fields: outline.fields.iter().map(field).collect() }
    }

    /// The fields in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    /// The first field of this name.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.all(name).next()
    }

    /// All fields of this name, the topmost first.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |f| f.name.eq_ignore_ascii_case(name))
    }
}

impl Split {
    /// Did an empty line end the header? Else a line that is no field did, or the message was over.
    pub fn has_empty_line(&self) -> bool {
        self.body.start > self.header.end
    }
}

impl Place {
    /// Does a colon follow the name at once?
    pub fn is_tidy(&self) -> bool {
        self.raw.start == self.name.end + 1
    }
}

impl<'m> Outline<'m> {
    /// Where everything is. Never fails: what is no field is body.
    pub fn of(message: &'m [u8]) -> Outline<'m> {
        let mut fields: Vec<Place> = Vec::new();
        let mut at = 0;
        let mut body = message.len();
        while at < message.len() {
            let end = line_end(message, at);
            let line = part(message, at, end);
            if content(line).is_empty() {
                body = end;
                break;
            }
            let folded = line.first().is_some_and(|b| is_blank(*b));
            match (folded, fields.last_mut(), name_length(line)) {
                (true, Some(field), _) => field.span.end = end,
                (false, _, Some((name, colon))) => fields.push(Place {
                    name: Span::new(at, at + name),
                    raw: Span::at(at + colon + 1),
                    span: Span::new(at, end),
                }),
                _ => {
                    body = at;
                    break;
                }
            }
            at = end;
        }
        for field in &mut fields {
            field.raw.end = field.raw.start + content(part(message, field.raw.start, field.span.end)).len();
        }
        let header = Span::new(0, fields.last().map_or(0, |f| f.span.end));
        Outline { split: Split { header, body: Span::new(body, message.len()) }, message, fields }
    }

    /// The fields in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.fields.iter()
    }

    /// All fields of this name, the topmost first.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Place> {
        self.fields.iter().filter(move |f| self.is(f, name))
    }

    /// Has a field this name?
    pub fn is(&self, field: &Place, name: &str) -> bool {
        self.part(field.name).eq_ignore_ascii_case(name.as_bytes())
    }

    /// A field's value, as [`Field::value`] has it.
    pub fn value(&self, field: &Place) -> String {
        unfold(self.part(field.raw))
    }

    /// How many servers the message went through: its Received fields, counted to find mail that goes round in
    /// circles (RFC 5321 section 6.3).
    pub fn hops(&self) -> usize {
        self.all("Received").count()
    }

    fn part(&self, span: Span) -> &'m [u8] {
        part(self.message, span.start, span.end)
    }
}

impl Field {
    /// The value as a mail program shows it: encoded words decoded (RFC 2047), everything else as it stands.
    pub fn decoded(&self) -> String {
        decode_words(&self.value)
    }
}

/// The body of a message as a person reads it: its first text part, transfer encoding and charset undone (RFC 2045
/// section 6). A message that is no MIME, or that has no text part, is given as it stands, with U+FFFD in the place
/// of what is not UTF-8.
pub fn text_body(message: &[u8]) -> String {
    let fields = Fields::parse(message);
    let body = part(message, fields.split.body.start, fields.split.body.end);
    let raw = || String::from_utf8_lossy(body).into_owned();
    if fields.get("Content-Type").is_none() && fields.get("Content-Transfer-Encoding").is_none() {
        return raw();
    }
    // The parser gets the split made here, so that both see the same body in a message without an empty line.
    let mut whole = part(message, 0, fields.split.header.end).to_vec();
    if !whole.ends_with(b"\n") {
        whole.extend_from_slice(b"\r\n");
    }
    whole.extend_from_slice(b"\r\n");
    whole.extend_from_slice(body);
    let parsed = MessageParser::default().parse(&whole);
    parsed.as_ref().and_then(|m| m.body_text(0)).map_or_else(raw, std::borrow::Cow::into_owned)
}

/// The octets from `start` to `end`, as many of them as there are.
fn part(octets: &[u8], start: usize, end: usize) -> &[u8] {
    octets.get(start..end).unwrap_or_default()
}

fn is_blank(b: u8) -> bool {
    b == b' ' || b == b'\t'
}

/// One past the line feed of the line that starts at `at`, or the end of the message.
fn line_end(message: &[u8], at: usize) -> usize {
    let rest = message.get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(message.len(), |n| at + n + 1)
}

/// A line without its end.
fn content(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The length of a field's name and the place of its colon; `None` where the line is no field. White space before
/// the colon is obsolete but read (RFC 5322 section 4.5).
fn name_length(line: &[u8]) -> Option<(usize, usize)> {
    let name = line.iter().position(|b| !(33..=126).contains(b) || *b == b':')?;
    let rest = line.get(name..)?;
    let blanks = rest.iter().position(|b| !is_blank(*b))?;
    (name > 0 && rest.get(blanks) == Some(&b':')).then_some((name, name + blanks))
}

/// Takes out the line ends before white space: all that are left in a value.
fn unfold(raw: &[u8]) -> String {
    if memchr::memchr(b'\n', raw).is_none() {
        return lossy(raw).trim_matches([' ', '\t']).to_owned();
    }
    let mut value = Vec::with_capacity(raw.len());
    for line in raw.split_inclusive(|b| *b == b'\n') {
        value.extend_from_slice(if line.ends_with(b"\n") { content(line) } else { line });
    }
    lossy(&value).trim_matches([' ', '\t']).to_owned()
}

/// Decodes the encoded words in a value. White space between two of them is part of neither (RFC 2047 section 6.2).
pub fn decode_words(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    // What stands after an encoded word is held back until it is clear whether another one follows.
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let (before, from_here) = rest.split_at(start);
        let word = encoded_word_length(from_here).and_then(|length| {
            let (word, rest) = from_here.split_at_checked(length)?;
            // The parser begins after the `=`.
            Some((MessageStream::new(word.as_bytes().get(1..)?).decode_rfc2047()?, rest))
        });
        let between_words = after_word && word.is_some() && before.bytes().all(is_blank);
        decoded.push_str(if between_words { "" } else { before });
        after_word = word.is_some();
        match word {
            Some((text, next)) => {
                decoded.push_str(&text);
                rest = next;
            }
            None => {
                decoded.push_str("=?");
                rest = from_here.get(2..).unwrap_or_default();
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// The length of the encoded word `=?charset?encoding?text?=` at the start of `s`. No part of it has a `?` in it.
fn encoded_word_length(s: &str) -> Option<usize> {
    let mut marks = s.bytes().enumerate().filter(|(_, b)| *b == b'?').map(|(at, _)| at);
    let end = marks.nth(3)?;
    (s.as_bytes().get(end + 1) == Some(&b'=')).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `name=value` of each field, then the body.
    fn split(message: &str) -> (Vec<String>, String) {
        let fields = Fields::parse(message.as_bytes());
        let shown = fields.iter().map(|f| format!("{}={}", f.name, f.value)).collect();
        (shown, message[fields.split.body.start..fields.split.body.end].to_owned())
    }

    #[test]
    fn fields_and_body() {
        for (message, fields, body) in [
            ("A: 1\r\nB: 2\r\n\r\nText\r\n", vec!["A=1", "B=2"], "Text\r\n"),
            ("A: 1\nB:2\n\nText\n", vec!["A=1", "B=2"], "Text\n"),
            ("A: one\r\n two\r\n\tthree  \r\n\r\n", vec!["A=one two\tthree"], ""),
            ("A: one\r\n \r\n\r\nText", vec!["A=one"], "Text"),
            ("A : old\r\n\r\n", vec!["A=old"], ""),
            ("A:\r\n\r\n", vec!["A="], ""),
            ("A: 1", vec!["A=1"], ""),
            ("A: 1\r\n", vec!["A=1"], ""),
            ("A: 1\r\n\r\n\r\nText", vec!["A=1"], "\r\nText"),
            ("A: 1\r\nno field\r\nB: 2\r\n", vec!["A=1"], "no field\r\nB: 2\r\n"),
            ("From me: x\r\nA: 1\r\n", vec![], "From me: x\r\nA: 1\r\n"),
            (": x\r\n", vec![], ": x\r\n"),
            (" A: 1\r\n", vec![], " A: 1\r\n"),
            ("\r\nA: 1\r\n", vec![], "A: 1\r\n"),
            ("Text, Text, Text\r\nZeile 2\r\n", vec![], "Text, Text, Text\r\nZeile 2\r\n"),
            ("Ä: 1\r\n", vec![], "Ä: 1\r\n"),
            ("A: x: y\r\n", vec!["A=x: y"], ""),
            ("A: 1\rB: 2\r\n", vec!["A=1\rB: 2"], ""),
            ("", vec![], ""),
        ] {
            let (got, rest) = split(message);
            assert_eq!(got, fields, "{message:?}");
            assert_eq!(rest, body, "{message:?}");
        }
    }

    #[test]
    fn spans_point_into_the_message() {
        let message = b"To: a\r\nSubject: one\r\n two \r\n\r\nText";
        let fields = Fields::parse(message);
        let subject = fields.get("SUBJECT").unwrap();
        assert_eq!(&message[subject.span.start..subject.span.end], b"Subject: one\r\n two \r\n");
        assert_eq!(&message[subject.raw.start..subject.raw.end], b" one\r\n two ");
        assert_eq!(fields.split.header, Span::new(0, 28));
        assert_eq!(fields.split.body, Span::new(30, 34));
        assert_eq!(fields.get("Cc"), None);
    }

    #[test]
    fn hops_are_the_received_fields_of_the_header_alone() {
        for (message, hops) in [
            ("Received: a\r\nreceived: b\r\nX-Received: c\r\n\r\nReceived: d\r\n", 2),
            ("Return-Path: <>\r\nReceived: from x\r\n\tby y; today\r\nSubject: s\r\n", 1),
            ("Subject: s\r\n\r\n", 0),
        ] {
            assert_eq!(Outline::of(message.as_bytes()).hops(), hops, "{message:?}");
        }
    }

    #[test]
    fn values_as_people_read_them() {
        for (value, read) in [
            ("Ein Test", "Ein Test"),
            ("=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
            ("=?iso-8859-1?q?Gr=FC=DFe_aus_K=F6ln?=", "Grüße aus Köln"),
            ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
            ("\"=?utf-8?Q?M=C3=BCller?=\" <m@example.tld>", "\"Müller\" <m@example.tld>"),
            ("=?utf-8?Q?M=C3=BCller?= <m@example.tld>", "Müller <m@example.tld>"),
            ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
            ("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?= c", "ab c"),
            ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
            ("Re: =?utf-8?Q?=C3=A4?=", "Re: ä"),
            ("=?no-such-charset?Q?a?=", "a"),
            ("=?utf-8?X?a?= =?", "=?utf-8?X?a?= =?"),
            ("=?utf-8?Q?open", "=?utf-8?Q?open"),
            ("wirklich=? ja =?utf-8?q?=C3=BC?=", "wirklich=? ja ü"),
        ] {
            let fields = Fields::parse(format!("Subject: {value}\r\n\r\n").as_bytes());
            assert_eq!(fields.get("subject").unwrap().decoded(), read, "{value:?}");
        }
    }

    #[test]
    fn text_bodies_as_people_read_them() {
        let two = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\
                   Content-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==\r\n--x\r\n\r\nzwei\r\n--x--\r\n";
        let latin = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe\r\n";
        let image = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n";
        let qp = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                  Gr=C3=BC=C3=9Fe an =\r\nalle\r\n";
        for (message, text) in [
            (&b"Subject: s\r\n\r\nText\r\nZeile 2\r\n"[..], "Text\r\nZeile 2\r\n"),
            (b"Text ohne Kopf\r\n", "Text ohne Kopf\r\n"),
            (b"Subject: s\r\n\r\nGr\xfce\r\n", "Gr\u{fffd}e\r\n"),
            (latin, "Grüße\r\n"),
            (qp.as_bytes(), "Grüße an alle\r\n"),
            (two.as_bytes(), "Grüße"),
            (image.as_bytes(), "AAAA\r\n"),
            (b"Content-Type: text/plain\r\nno field\r\nText", "no field\r\nText"),
            (b"Content-Type: text/plain", ""),
            (b"", ""),
        ] {
            assert_eq!(text_body(message), text, "{}", message.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_panics(message in prop::collection::vec(
            prop_oneof![Just(b'\r'), Just(b'\n'), Just(b':'), Just(b' '), Just(b'='), Just(b'?'), Just(b'A'), any::<u8>()],
            0..200,
        )) {
            let fields = Fields::parse(&message);
            let mut at = 0;
            for field in fields.iter() {
                prop_assert_eq!(field.span.start, at);
                prop_assert!(field.span.start < field.raw.start && field.raw.start <= field.raw.end);
                prop_assert!(field.raw.end <= field.span.end);
                prop_assert!(!field.value.contains('\n'));
                field.decoded();
                at = field.span.end;
            }
            prop_assert_eq!(fields.split.header, Span::new(0, at));
            let gap = &message[at..fields.split.body.start];
            prop_assert!(matches!(gap, b"" | b"\n" | b"\r\n" | b"\r"), "{:?}", gap);
            prop_assert_eq!(fields.split.body.end, message.len());
            text_body(&message);
        }

        #[test]
        fn mime_of_any_kind_does_not_panic(rest in prop::collection::vec(any::<u8>(), 0..200)) {
            for head in ["multipart/mixed; boundary=x\r\n\r\n--x\r\n", "text/plain; charset=", "message/rfc822\r\n\r\n"] {
                text_body(&[b"Content-Type: ", head.as_bytes(), &rest].concat());
            }
        }
    }
}
