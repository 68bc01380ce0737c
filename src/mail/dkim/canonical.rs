//! What is signed of a message: its canonical forms (RFC 6376 section 3.4), and which header fields (section 5.4.2).

use crate::mail::{Field, Fields};
use serde::{Deserialize, Serialize};

/// How much a message may change on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Canonicalization {
    /// Not at all (RFC 6376 sections 3.4.1 and 3.4.3).
    #[default]
    Simple,
    /// In white space, and in the case of fields' names (sections 3.4.2 and 3.4.4).
    Relaxed,
}

impl Canonicalization {
    /// As `c=` writes it.
    pub fn name(self) -> &'static str {
        match self {
            Canonicalization::Simple => "simple",
            Canonicalization::Relaxed => "relaxed",
        }
    }

    /// As `c=` writes it; `None` for anything else.
    pub(super) fn parse(word: &str) -> Option<Canonicalization> {
        [Canonicalization::Simple, Canonicalization::Relaxed].into_iter().find(|c| c.name() == word)
    }

    /// The body in this form.
    pub(super) fn body(self, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(body.len() + 2);
        for line in lines(body) {
            match self {
                Canonicalization::Simple => out.extend_from_slice(line),
                Canonicalization::Relaxed => squeeze(line, &mut out),
            }
            out.extend_from_slice(b"\r\n");
        }
        while out.ends_with(b"\r\n\r\n") {
            out.truncate(out.len() - 2);
        }
        match (out == b"\r\n", self) {
            // An empty body: one line's end, or nothing at all.
            (true, Canonicalization::Relaxed) => Vec::new(),
            (false, Canonicalization::Simple) if out.is_empty() => b"\r\n".to_vec(),
            _ => out,
        }
    }

    /// A header field in this form, without its last line's end. `octets` are the whole field, `colon` the length of what
    /// stands before the colon.
    pub(super) fn field(self, octets: &[u8], name: &str, colon: usize) -> Vec<u8> {
        let octets = without_end(octets);
        if self == Canonicalization::Simple {
            return octets.to_vec();
        }
        let value = octets.get(colon + 1..).unwrap_or_default();
        let unfolded: Vec<u8> = value.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
        let mut out = name.to_ascii_lowercase().into_bytes();
        out.push(b':');
        let mut squeezed = Vec::new();
        squeeze(&unfolded, &mut squeezed);
        out.extend_from_slice(squeezed.strip_prefix(b" ").unwrap_or(&squeezed));
        out
    }
}

/// The lines of a body without their ends; what follows the last end is a line where there is anything.
fn lines(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(body).filter(|b| !b.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memmem::find(text, b"\r\n");
        let line = text.get(..end.unwrap_or(text.len()))?;
        rest = end.and_then(|end| text.get(end + 2..)).filter(|rest| !rest.is_empty());
        Some(line)
    })
}

/// Runs of blanks become one space, and those at the end none.
fn squeeze(line: &[u8], out: &mut Vec<u8>) {
    let blank = |b: &u8| matches!(b, b' ' | b'\t');
    let mut waiting = false;
    for b in line {
        if blank(b) {
            waiting = true;
            continue;
        }
        if std::mem::take(&mut waiting) {
            out.push(b' ');
        }
        out.push(*b);
    }
}

/// A field without the end of its last line.
fn without_end(octets: &[u8]) -> &[u8] {
    let octets = octets.strip_suffix(b"\n").unwrap_or(octets);
    octets.strip_suffix(b"\r").unwrap_or(octets)
}

/// The octets of a field.
pub(super) fn octets<'m>(message: &'m [u8], field: &Field) -> &'m [u8] {
    message.get(field.span.start..field.span.end).unwrap_or_default()
}

/// How many octets stand before a field's colon.
pub(super) fn colon(field: &Field) -> usize {
    field.raw.start.saturating_sub(field.span.start + 1)
}

/// The fields that `names` choose, in that order: of several with one name the lowest first, and `None` where there is no
/// further one (RFC 6376 section 5.4.2). `own`, by its place, is none of them.
pub(super) fn chosen<'f>(fields: &'f Fields, names: &[String], own: Option<usize>) -> Vec<Option<&'f Field>> {
    let all: Vec<(usize, &Field)> = fields.iter().enumerate().filter(|(n, _)| Some(*n) != own).collect();
    let mut taken = std::collections::BTreeMap::<String, usize>::new();
    names
        .iter()
        .map(|name| {
            let count = taken.entry(name.to_ascii_lowercase()).or_default();
            let mut same = all.iter().rev().filter(|(_, f)| f.name.eq_ignore_ascii_case(name));
            let field = same.nth(*count).map(|(_, f)| *f);
            *count += 1;
            field
        })
        .collect()
}

/// What a signature over the header is computed from: the chosen fields, each with a line's end, then the signature's own
/// field without one (RFC 6376 section 3.7).
pub(super) fn header(
    form: Canonicalization,
    message: &[u8],
    chosen: &[Option<&Field>],
    own: &[u8],
    own_name: &str,
) -> Vec<u8> {
    let mut out = Vec::new();
    for field in chosen.iter().flatten() {
        out.extend(form.field(octets(message, field), &field.name, colon(field)));
        out.extend_from_slice(b"\r\n");
    }
    let colon = own.iter().position(|b| *b == b':').unwrap_or(own.len());
    out.extend(form.field(own, own_name, colon));
    out
}

/// A signature's field with the value of its `b=` taken out (RFC 6376 section 3.5).
pub(super) fn without_signature(field: &[u8]) -> Vec<u8> {
    let start = field.iter().position(|b| *b == b':').map_or(0, |at| at + 1);
    let mut at = start;
    for part in field.get(start..).unwrap_or_default().split(|b| *b == b';') {
        let equals = part.iter().position(|b| *b == b'=');
        let name: Vec<u8> =
            part.iter().take(equals.unwrap_or(0)).copied().filter(|b| !b.is_ascii_whitespace()).collect();
        if let (b"b", Some(equals)) = (name.as_slice(), equals) {
            let mut out = field.get(..=at + equals).unwrap_or_default().to_vec();
            out.extend_from_slice(field.get(at + part.len()..).unwrap_or_default());
            return out;
        }
        at += part.len() + 1;
    }
    field.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 6376 section 3.4.5, and what it leaves out.
    #[test]
    fn bodies() {
        use Canonicalization::{Relaxed, Simple};
        for (form, body, expected) in [
            (Relaxed, " C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"),
            (Simple, " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n"),
            (Simple, "", "\r\n"),
            (Relaxed, "", ""),
            (Simple, "\r\n\r\n", "\r\n"),
            (Relaxed, "\r\n\r\n", ""),
            (Relaxed, " \t\r\n\r\n", ""),
            (Simple, "a", "a\r\n"),
            (Relaxed, "a", "a\r\n"),
            (Relaxed, "a \t", "a\r\n"),
            (Relaxed, "\r\n\r\na\r\n \r\n", "\r\n\r\na\r\n"),
            (Simple, "a\nb\rc\r\n", "a\nb\rc\r\n"),
        ] {
            let out = String::from_utf8(form.body(body.as_bytes())).unwrap();
            assert_eq!(out, expected, "{form:?} {body:?}");
        }
    }

    #[test]
    fn fields_and_their_choice() {
        let message = b"A: X\r\nB : Y\t\r\n\tZ  \r\na:2\r\n\r\n";
        let fields = Fields::parse(message);
        let names: Vec<String> = ["a", "A", "a", "b", "c"].map(str::to_owned).to_vec();
        let shown = |form, own| {
            let chosen = chosen(&fields, &names, own);
            String::from_utf8(header(form, message, &chosen, b"D: b=1;c", "D")).unwrap()
        };
        assert_eq!(shown(Canonicalization::Relaxed, None), "a:2\r\na:X\r\nb:Y Z\r\nd:b=1;c");
        assert_eq!(shown(Canonicalization::Simple, Some(0)), "a:2\r\nB : Y\t\r\n\tZ  \r\nD: b=1;c");
    }

    #[test]
    fn the_signature_is_taken_out() {
        for (field, expected) in [
            ("D: v=1; b=abc; h=x\r\n", "D: v=1; b=; h=x\r\n"),
            ("D: b=abc\r\n def", "D: b="),
            ("D: bh=abc; \r\n b \r\n = d\r\n e;x=1", "D: bh=abc; \r\n b \r\n =;x=1"),
            ("D: bh=abc", "D: bh=abc"),
            ("b=1", "b="),
            ("D: x=b=1", "D: x=b=1"),
        ] {
            assert_eq!(String::from_utf8(without_signature(field.as_bytes())).unwrap(), expected, "{field}");
        }
    }
}
