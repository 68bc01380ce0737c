//! What the Content fields of a part say (RFC 2045, 2046, 2183, 3282, 2557). Values are octets: what their charset is,
//! nobody promises. A parameter in pieces is put together, and one in another charset keeps its name's asterisk, its
//! charset and its percent signs, as IMAP wants it (RFC 2231).

use super::text::to_text;
use super::token::{Reader, Went};
use crate::mail::decode_words;

/// A value with parameters: a content type's or a disposition's.
pub type Parameters = Vec<(Vec<u8>, Vec<u8>)>;

/// The most parameters that are read of one field.
const PARAMETERS: usize = 256;

/// The Content fields of one part. What is missing is empty or `None`; defaults are the reader's business.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// Content-Type (RFC 2045 section 5), broken or not.
    pub kind: Option<ContentType>,
    /// Content-ID (RFC 2045 section 7).
    pub id: Option<Vec<u8>>,
    /// Content-Description (RFC 2045 section 8).
    pub description: Option<Vec<u8>>,
    /// Content-Transfer-Encoding (RFC 2045 section 6).
    pub encoding: Option<Vec<u8>>,
    /// Content-MD5 (RFC 1864).
    pub md5: Option<Vec<u8>>,
    /// Content-Disposition with its parameters (RFC 2183).
    pub disposition: Option<(Vec<u8>, Parameters)>,
    /// Content-Language (RFC 3282).
    pub languages: Vec<Vec<u8>>,
    /// Content-Location (RFC 2557 section 4).
    pub location: Option<Vec<u8>>,
}

/// A content type as it was written, letter case included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentType {
    /// The type, such as `text`; empty where the field is broken.
    pub main: Vec<u8>,
    /// The subtype, such as `plain`.
    pub sub: Vec<u8>,
    /// The parameters in their order.
    pub parameters: Parameters,
}

impl ContentType {
    /// Reads the value of a Content-Type field. One that is broken has an empty type, and is no text then; where it is
    /// nothing but a type, that is kept.
    pub(super) fn parse(value: &[u8]) -> ContentType {
        let mut reader = Reader::new(value);
        let (mut main, mut sub) = (Vec::new(), Vec::new());
        if reader.blank() == Went::On && reader.token(&mut main) == Went::End {
            return ContentType { main, ..ContentType::default() };
        }
        let whole = !main.is_empty()
            && reader.peek() == Some(b'/')
            && {
                reader.skip();
                reader.blank() == Went::On
            }
            && !reader.token(&mut sub).is_broken()
            && !sub.is_empty()
            && matches!(reader.peek(), None | Some(b';'));
        if !whole {
            return ContentType::default();
        }
        ContentType { main, sub, parameters: parameters(&mut reader) }
    }

    /// Is this the type, letter case aside? An empty `sub` stands for any.
    pub fn is(&self, main: &str, sub: &str) -> bool {
        self.main.eq_ignore_ascii_case(main.as_bytes())
            && (sub.is_empty() || self.sub.eq_ignore_ascii_case(sub.as_bytes()))
    }

    /// The parameter of this name, letter case aside.
    pub fn parameter(&self, name: &str) -> Option<&[u8]> {
        let wanted = |(n, _): &&(Vec<u8>, Vec<u8>)| n.eq_ignore_ascii_case(name.as_bytes());
        self.parameters.iter().find(wanted).map(|(_, value)| value.as_slice())
    }
}

impl Content {
    /// The name that the sender gave the part as a file, as people read it (RFC 2183 section 2.3, RFC 2231 section 4; RFC
    /// 2047's encoded words too, which do not belong there and are common); it may be a path and anything else.
    pub fn filename(&self) -> Option<String> {
        let disposition = self.disposition.iter().map(|(_, parameters)| (parameters, "filename"));
        let kind = self.kind.iter().map(|kind| (&kind.parameters, "name"));
        disposition.chain(kind).find_map(|(parameters, wanted)| {
            let is = |(name, _): &&(Vec<u8>, Vec<u8>)| {
                name.strip_suffix(b"*").unwrap_or(name).eq_ignore_ascii_case(wanted.as_bytes())
            };
            let (name, value) = parameters.iter().find(is)?;
            Some(if name.ends_with(b"*") {
                extended(value)
            } else {
                decode_words(&String::from_utf8_lossy(value))
            })
        })
    }

    /// Takes in a field, where it is one of these. The first of several holds.
    pub(super) fn field(&mut self, name: &[u8], value: impl Fn() -> Vec<u8>) {
        let Some((start, what)) = name.split_at_checked("Content-".len()) else {
            return;
        };
        if !start.eq_ignore_ascii_case(b"Content-") {
            return;
        }
        let is = |wanted: &str| what.eq_ignore_ascii_case(wanted.as_bytes());
        let text = |slot: &mut Option<Vec<u8>>| {
            slot.get_or_insert_with(&value);
        };
        match what.first().map(u8::to_ascii_lowercase) {
            Some(b'i') if is("ID") => text(&mut self.id),
            Some(b'm') if is("MD5") => text(&mut self.md5),
            Some(b'd') if is("Description") => text(&mut self.description),
            Some(b'd') if is("Disposition") && self.disposition.is_none() => {
                self.disposition = disposition(&value());
            }
            Some(b'l') if is("Location") => text(&mut self.location),
            Some(b'l') if is("Language") && self.languages.is_empty() => self.languages = languages(&value()),
            Some(b't') if is("Type") => {
                self.kind.get_or_insert_with(|| ContentType::parse(&value()));
            }
            Some(b't') if is("Transfer-Encoding") && self.encoding.is_none() => {
                self.encoding = encoding(&value())
            }
            _ => {}
        }
    }
}

fn encoding(value: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(value);
    let mut token = Vec::new();
    let read = !reader.blank().is_broken() && !reader.token(&mut token).is_broken();
    (read && reader.peek().is_none() && !token.is_empty()).then_some(token)
}

fn disposition(value: &[u8]) -> Option<(Vec<u8>, Parameters)> {
    let mut reader = Reader::new(value);
    let mut token = Vec::new();
    if reader.blank().is_broken() || reader.token(&mut token).is_broken() {
        return None;
    }
    Some((token, parameters(&mut reader)))
}

fn languages(value: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = Reader::new(value);
    let mut languages = Vec::new();
    let _ = reader.blank();
    loop {
        let mut language = Vec::new();
        if reader.atom(&mut language).is_broken() {
            return languages;
        }
        languages.push(language);
        if reader.peek() != Some(b',') {
            return languages;
        }
        reader.skip();
        let _ = reader.blank();
    }
}

/// A value with its charset before it and percent signs in it (RFC 2231 section 4): `utf-8''%e2%82%ac`.
fn extended(value: &[u8]) -> String {
    let mut parts = value.splitn(3, |b| *b == b'\'');
    let (charset, text) = match (parts.next(), parts.next(), parts.next()) {
        (Some(charset), Some(_), Some(text)) => (charset, text),
        _ => (&b""[..], value),
    };
    let mut octets = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(octet) = text.get(at) {
        let digits = text.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        let escaped = digits.filter(|_| *octet == b'%').and_then(|d| u8::from_str_radix(d, 16).ok());
        octets.push(escaped.unwrap_or(*octet));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    to_text(&octets, charset).unwrap_or_else(|| String::from_utf8_lossy(&octets).into_owned())
}

/// A piece of a value that is written in several parameters (RFC 2231 section 3), or a whole one with a charset.
struct Piece {
    name: Vec<u8>,
    number: u32,
    /// Percent signs are in use, and a charset (section 4).
    extended: bool,
    value: Vec<u8>,
}

/// All parameters up to the value's end. What cannot be read is passed over.
fn parameters(reader: &mut Reader<'_>) -> Parameters {
    let mut found: Parameters = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    for _ in 0..PARAMETERS {
        match parameter(reader) {
            Next::Parameter(name, value) => sort_in(name, value, &mut found, &mut pieces),
            Next::Broken if reader.peek().is_some() => reader.skip(),
            Next::Broken | Next::Nothing => break,
        }
    }
    join(pieces, &mut found);
    found
}

/// What comes next in a list of parameters.
enum Next {
    Nothing,
    Broken,
    Parameter(Vec<u8>, Vec<u8>),
}

/// The next `; name=value`.
fn parameter(reader: &mut Reader<'_>) -> Next {
    match reader.peek() {
        None => return Next::Nothing,
        Some(b';') => reader.skip(),
        Some(_) => return Next::Broken,
    }
    let (mut name, mut value) = (Vec::new(), Vec::new());
    if reader.blank() != Went::On || reader.token(&mut name) != Went::On || reader.peek() != Some(b'=') {
        return Next::Broken;
    }
    reader.skip();
    let went = match (reader.blank(), reader.peek()) {
        (Went::On, Some(b'"')) => reader.quoted(&mut value),
        // An encoded word that should not be here (RFC 2047 section 5) is taken as people mean it.
        (Went::On, Some(b'=')) => {
            while let Some(b) = reader.peek().filter(|b| !b"; \t\r\n".contains(b)) {
                value.push(b);
                reader.skip();
            }
            Went::On
        }
        (Went::On, _) => reader.token(&mut value),
        (went, _) => went,
    };
    if went.is_broken() { Next::Broken } else { Next::Parameter(name, value) }
}

/// A parameter is plain, or extended (`name*`), or a piece of one (`name*0`, `name*0*`).
fn sort_in(name: Vec<u8>, value: Vec<u8>, found: &mut Parameters, pieces: &mut Vec<Piece>) {
    let Some(star) = name.iter().position(|b| *b == b'*') else {
        return add(found, name, value);
    };
    let (plain, marks) = name.split_at(star);
    let marks = marks.get(1..).unwrap_or_default();
    let (digits, tail) = marks.split_at(marks.iter().take_while(|b| b.is_ascii_digit()).count());
    let number = std::str::from_utf8(digits).ok().and_then(|d| d.parse().ok());
    let (number, extended) = match (number, tail) {
        (Some(number), b"" | b"*") => (number, tail == b"*"),
        (None, b"") if digits.is_empty() => (0, true),
        _ => return add(found, name, value),
    };
    pieces.push(Piece { name: plain.to_vec(), number, extended, value });
}

fn add(found: &mut Parameters, name: Vec<u8>, value: Vec<u8>) {
    if !found.iter().any(|(n, _)| n.eq_ignore_ascii_case(&name)) {
        found.push((name, value));
    }
}

/// Joins the pieces of each name where none is missing; else they stand for themselves.
fn join(mut pieces: Vec<Piece>, found: &mut Parameters) {
    pieces.sort_by(|a, b| (&a.name, a.number).cmp(&(&b.name, b.number)));
    for group in pieces.chunk_by(|a, b| a.name.eq_ignore_ascii_case(&b.name)) {
        let star = |extended: bool| if extended { "*" } else { "" };
        if group.iter().zip(0_u32..).all(|(piece, n)| piece.number == n) {
            let Some(first) = group.first() else { continue };
            let mut name = first.name.clone();
            name.extend_from_slice(star(group.iter().any(|piece| piece.extended)).as_bytes());
            add(found, name, group.iter().flat_map(|piece| piece.value.iter().copied()).collect());
            continue;
        }
        for piece in group {
            let mut name = piece.name.clone();
            name.extend_from_slice(format!("*{}{}", piece.number, star(piece.extended)).as_bytes());
            add(found, name, piece.value.clone());
        }
    }
}
