//! ASN.1 as CMS needs it: a reader for BER (X.690), because mail programs that sign while they read write lengths they do not
//! know yet as indefinite and strings in pieces, and a writer for DER. Nothing is ever read beyond its bounds.

use std::borrow::Cow;

/// How deep values may lie in one another.
const DEPTH: usize = 24;
/// How many pieces a string may be in: one for each 8 octets of the largest message would be none that anybody sends.
const PIECES: usize = 1 << 16;

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OID: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// The tag of a context, constructed: `[0]`.
pub(super) const CONTEXT_0: u8 = 0xa0;
/// `[1]`, constructed.
pub(super) const CONTEXT_1: u8 = 0xa1;
/// `[0]`, primitive.
pub(super) const PLAIN_0: u8 = 0x80;
/// The bit that says that other values lie in a value.
const CONSTRUCTED: u8 = 0x20;

/// What could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// One value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    /// Its tag, the bit for constructed values included.
    pub(super) tag: u8,
    /// What is in it.
    pub(super) content: &'a [u8],
    /// All of it, as it stands there.
    pub(super) whole: &'a [u8],
}

/// Values one after the other.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(octets: &'a [u8]) -> Reader<'a> {
        Reader { rest: octets }
    }

    /// Does nothing follow?
    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of what follows.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next value.
    pub(super) fn any(&mut self) -> Result<Value<'a>, Unreadable> {
        let (value, rest) = value(self.rest, DEPTH)?;
        self.rest = rest;
        Ok(value)
    }

    /// The next value, which must have this tag.
    pub(super) fn one(&mut self, tag: u8) -> Result<Value<'a>, Unreadable> {
        if self.peek() == Some(tag) { self.any() } else { Err(Unreadable) }
    }

    /// The next value, where it has this tag.
    pub(super) fn maybe(&mut self, tag: u8) -> Result<Option<Value<'a>>, Unreadable> {
        if self.peek() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// What is in the next value, which must have this tag.
    pub(super) fn inside(&mut self, tag: u8) -> Result<Reader<'a>, Unreadable> {
        self.one(tag).map(|value| Reader::new(value.content))
    }

    /// A string of octets, whole or in pieces.
    pub(super) fn octets(&mut self) -> Result<Cow<'a, [u8]>, Unreadable> {
        let value = self.any()?;
        value.string(OCTET_STRING)
    }

    /// All values that are left, at most so many.
    pub(super) fn all(mut self, most: usize) -> Result<Vec<Value<'a>>, Unreadable> {
        let mut found = Vec::new();
        while !self.is_empty() {
            if found.len() >= most {
                return Err(Unreadable);
            }
            found.push(self.any()?);
        }
        Ok(found)
    }
}

impl<'a> Value<'a> {
    /// The octets of a string with this tag: its content, or that of its pieces one after the other, which are strings of
    /// octets whatever the string's own tag is.
    pub(super) fn string(&self, tag: u8) -> Result<Cow<'a, [u8]>, Unreadable> {
        if self.tag == tag {
            return Ok(Cow::Borrowed(self.content));
        }
        if self.tag != tag | CONSTRUCTED {
            return Err(Unreadable);
        }
        let mut joined = Vec::new();
        pieces(self.content, DEPTH, &mut 0, &mut joined)?;
        Ok(Cow::Owned(joined))
    }
}

fn pieces(octets: &[u8], depth: usize, seen: &mut usize, joined: &mut Vec<u8>) -> Result<(), Unreadable> {
    let depth = depth.checked_sub(1).ok_or(Unreadable)?;
    let mut reader = Reader::new(octets);
    while !reader.is_empty() {
        *seen += 1;
        if *seen > PIECES {
            return Err(Unreadable);
        }
        let piece = reader.any()?;
        match piece.tag {
            OCTET_STRING => joined.extend_from_slice(piece.content),
            tag if tag == OCTET_STRING | CONSTRUCTED => pieces(piece.content, depth, seen, joined)?,
            _ => return Err(Unreadable),
        }
    }
    Ok(())
}

/// The first value in `octets`, and what follows it. `depth` is how deep indefinite lengths may still lie.
fn value(octets: &[u8], depth: usize) -> Result<(Value<'_>, &[u8]), Unreadable> {
    let depth = depth.checked_sub(1).ok_or(Unreadable)?;
    let (&tag, &first) = octets.first().zip(octets.get(1)).ok_or(Unreadable)?;
    // Tags of more than one octet do not occur in CMS.
    if tag & 0x1f == 0x1f {
        return Err(Unreadable);
    }
    let (start, length) = match first {
        0x80 if tag & CONSTRUCTED != 0 => return indefinite(octets, tag, depth),
        0x80 => return Err(Unreadable),
        short @ 0..=0x7f => (2, usize::from(short)),
        long => {
            let count = usize::from(long & 0x7f);
            let digits = octets.get(2..2 + count).filter(|_| count <= 4).ok_or(Unreadable)?;
            (2 + count, digits.iter().fold(0usize, |n, digit| n << 8 | usize::from(*digit)))
        }
    };
    let end = start.checked_add(length).ok_or(Unreadable)?;
    let content = octets.get(start..end).ok_or(Unreadable)?;
    let (whole, rest) = octets.split_at(end);
    Ok((Value { tag, content, whole }, rest))
}

/// A value whose end is marked by two zeros (X.690 section 8.1.3.6).
fn indefinite(octets: &[u8], tag: u8, depth: usize) -> Result<(Value<'_>, &[u8]), Unreadable> {
    let inside = octets.get(2..).ok_or(Unreadable)?;
    let mut rest = inside;
    loop {
        if let [0, 0, ..] = rest {
            let length = inside.len() - rest.len();
            let content = inside.get(..length).ok_or(Unreadable)?;
            let (whole, after) = octets.split_at(length + 4);
            return Ok((Value { tag, content, whole }, after));
        }
        (_, rest) = value(rest, depth)?;
    }
}

/// A value in DER, made of its parts.
pub(super) fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let digits = length.to_be_bytes();
            let digits = digits.get(digits.iter().take_while(|d| **d == 0).count()..).unwrap_or_default();
            out.push(0x80 | digits.len() as u8);
            out.extend_from_slice(digits);
        }
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// A SET OF in DER: its members stand in the order of their octets (X.690 section 11.6).
pub(super) fn set_of(tag: u8, mut members: Vec<Vec<u8>>) -> Vec<u8> {
    members.sort();
    let members: Vec<&[u8]> = members.iter().map(Vec::as_slice).collect();
    der(tag, &members)
}

/// An object identifier in DER, from its encoded content.
pub(super) fn oid(content: &[u8]) -> Vec<u8> {
    der(OID, &[content])
}

/// An object identifier as people write it, from its encoded content; as much of it as a line holds.
pub(super) fn dotted(content: &[u8]) -> String {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number: u64 = 0;
    for octet in content.iter().take(32) {
        number = (number << 7) | u64::from(octet & 0x7f);
        if octet & 0x80 == 0 {
            numbers.push(number);
            number = 0;
        }
    }
    let mut shown: Vec<String> = Vec::new();
    for (i, number) in numbers.iter().enumerate() {
        if i == 0 {
            let first = (number / 40).min(2);
            shown.push(first.to_string());
            shown.push((number - first * 40).to_string());
        } else {
            shown.push(number.to_string());
        }
    }
    shown.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_written_as_der_wants_them_and_read_again() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let content = vec![7; length];
            let written = der(OCTET_STRING, &[&content]);
            let mut reader = Reader::new(&written);
            let value = reader.any().unwrap();
            assert_eq!((value.content, value.whole), (&content[..], &written[..]));
            assert!(reader.is_empty());
        }
    }

    #[test]
    fn an_indefinite_length_ends_at_its_zeros_and_strings_are_joined() {
        // [0] { OCTET STRING in pieces "ab", "c" } as OpenSSL streams it, and something behind it.
        let octets = [0xa0, 0x80, 0x24, 0x80, 4, 2, b'a', b'b', 4, 1, b'c', 0, 0, 0, 0, 5, 0];
        let mut reader = Reader::new(&octets);
        let mut inside = reader.inside(CONTEXT_0).unwrap();
        assert_eq!(&*inside.octets().unwrap(), b"abc");
        assert!(inside.is_empty());
        assert_eq!(reader.any().unwrap().tag, NULL);
        assert!(reader.is_empty());
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        let deep = [SEQUENCE, 0x80].repeat(10_000);
        assert!(Reader::new(&deep).any().is_err());
    }

    #[test]
    fn identifiers_are_shown_as_people_write_them() {
        assert_eq!(dotted(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]), "1.2.840.113549.1.7.2");
        assert_eq!(dotted(&[0x55, 0x1d, 0x0f]), "2.5.29.15");
    }

    proptest! {
        #[test]
        fn anything_is_read_within_its_bounds(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut reader = Reader::new(&octets);
            while let Ok(value) = reader.any() {
                prop_assert!(value.content.len() <= value.whole.len());
                let _ = value.string(OCTET_STRING);
            }
        }
    }
}
