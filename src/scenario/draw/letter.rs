//! Messages that lie in mailboxes from the start: octets out of an author's fields and text, as a mail program
//! would have written them.

use crate::mail::compose::encoded_words;
use crate::units::Bytes;

/// A whole message as the author wrote it, each line ending in CRLF (RFC 5322 section 2.1).
pub(super) fn raw(text: &str) -> Bytes {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        out.push_str(line);
        out.push_str("\r\n");
    }
    out.as_str().into()
}

/// A message of header fields and a body. Letters beyond ASCII are encoded in fields (RFC 2047) and declared for the
/// body (RFC 2045 section 6), unless the author wrote those fields.
pub(super) fn compose(fields: &[(String, String)], body: &str) -> Bytes {
    let mut head = String::new();
    for (name, value) in fields {
        head.push_str(&format!("{name}: {}\r\n", field_value(value)));
    }
    let has = |name: &str| fields.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
    if !body.is_ascii() && !has("Content-Type") {
        if !has("MIME-Version") {
            head.push_str("MIME-Version: 1.0\r\n");
        }
        head.push_str("Content-Type: text/plain; charset=utf-8\r\n");
        if !has("Content-Transfer-Encoding") {
            head.push_str("Content-Transfer-Encoding: 8bit\r\n");
        }
    }
    head.push_str("\r\n");
    head.push_str(&raw(body).lossy());
    head.as_str().into()
}

/// A field's value: further lines are folded (RFC 5322 section 2.2.3).
fn field_value(value: &str) -> String {
    let lines: Vec<String> = value.lines().map(str::trim).filter(|l| !l.is_empty()).map(encoded).collect();
    lines.join("\r\n ")
}

/// Words beyond ASCII become encoded words; a quoted name that has one is encoded as a whole, without its quotes,
/// because nothing inside quotes is decoded (RFC 2047 section 5). Addresses stay as they are.
fn encoded(line: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let flush = |run: &mut Vec<&str>, out: &mut Vec<String>| {
        if !run.is_empty() {
            out.push(encoded_words(&run.join(" ")).join("\r\n "));
            run.clear();
        }
    };
    for token in tokens(line) {
        let name = token.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(token);
        if token.is_ascii() || token.contains('@') {
            flush(&mut run, &mut out);
            out.push(token.to_owned());
        } else {
            run.push(name);
        }
    }
    flush(&mut run, &mut out);
    out.join(" ")
}

/// Words, a quoted string counting as one.
fn tokens(line: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let quoted = rest.strip_prefix('"').and_then(|r| r.find('"')).map(|close| close + 2);
        let end = quoted.unwrap_or_else(|| rest.find(' ').unwrap_or(rest.len()));
        let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_as_a_mail_program_does() {
        for (value, written) in [
            ("\"The Faker\" <test@tester.tld>", "\"The Faker\" <test@tester.tld>"),
            ("Jörg <j@example.org>", "=?utf-8?Q?J=C3=B6rg?= <j@example.org>"),
            ("\"Jörg Maß\" <j@example.org>", "=?utf-8?Q?J=C3=B6rg_Ma=C3=9F?= <j@example.org>"),
            ("Grüße aus Köln", "=?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus =?utf-8?Q?K=C3=B6ln?="),
            ("schöne Grüße", "=?utf-8?Q?sch=C3=B6ne_Gr=C3=BC=C3=9Fe?="),
            ("from a.test\n  by b.test", "from a.test\r\n by b.test"),
            ("", ""),
        ] {
            assert_eq!(field_value(value), written, "{value}");
        }
        let long = field_value(&"ü".repeat(40));
        assert!(long.split("\r\n ").all(|word| word.len() <= 75 && word.ends_with("?=")), "{long}");
    }

    #[test]
    fn a_message_is_fields_an_empty_line_and_the_body() {
        let fields =
            [("From".to_owned(), "a@example.org".to_owned()), ("Subject".to_owned(), "x".to_owned())];
        for (body, message) in [
            ("Hello\nthere", "From: a@example.org\r\nSubject: x\r\n\r\nHello\r\nthere\r\n"),
            (
                "schön",
                "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
                 Content-Transfer-Encoding: 8bit\r\n\r\nschön\r\n",
            ),
        ] {
            assert_eq!(compose(&fields, body).lossy(), message);
        }
        assert_eq!(raw("A: b\r\n\nc").lossy(), "A: b\r\n\r\nc\r\n");
    }
}
