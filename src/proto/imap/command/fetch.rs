//! The arguments of FETCH and STORE (RFC 3501 sections 6.4.5 and 6.4.6).

use super::super::ast::{FetchItem, Flag, Partial, Section, SectionText, StoreMode};
use super::cursor::{Cursor, Parsed};
use crate::event::ImapArgument as A;

/// `ALL`, `FAST` or `FULL`, one item, or several in parentheses.
pub(super) fn items(c: &mut Cursor<'_>) -> Parsed<Vec<FetchItem>> {
    use FetchItem as I;
    if c.peek() == Some(b'(') {
        return c.list(A::FetchItems, false, item);
    }
    for (name, items) in [
        ("ALL", vec![I::Flags, I::InternalDate, I::Size, I::Envelope]),
        ("FAST", vec![I::Flags, I::InternalDate, I::Size]),
        ("FULL", vec![I::Flags, I::InternalDate, I::Size, I::Envelope, I::Body]),
    ] {
        if c.keyword(name) {
            return Ok(items);
        }
    }
    Ok(vec![item(c)?])
}

fn item(c: &mut Cursor<'_>) -> Parsed<FetchItem> {
    let start = c.at;
    let name = c.word(|b| b.is_ascii_alphanumeric() || b == b'.', A::FetchItems)?.to_ascii_uppercase();
    if c.peek() == Some(b'[') {
        let peek = match name.as_str() {
            "BODY" => false,
            "BODY.PEEK" => true,
            _ => return c.whole_word(A::FetchItems, start),
        };
        return Ok(FetchItem::Section { section: section(c)?, peek, partial: partial(c)? });
    }
    let item = match name.as_str() {
        "FLAGS" => FetchItem::Flags,
        "INTERNALDATE" => FetchItem::InternalDate,
        "ENVELOPE" => FetchItem::Envelope,
        "UID" => FetchItem::Uid,
        "RFC822.SIZE" => FetchItem::Size,
        "RFC822" => FetchItem::Rfc822,
        "RFC822.HEADER" => FetchItem::Rfc822Header,
        "RFC822.TEXT" => FetchItem::Rfc822Text,
        "BODY" => FetchItem::Body,
        "BODYSTRUCTURE" => FetchItem::BodyStructure,
        _ => return c.whole_word(A::FetchItems, start),
    };
    match c.peek() {
        None | Some(b' ' | b')') => Ok(item),
        Some(_) => c.whole_word(A::FetchItems, start),
    }
}

/// `[...]`.
fn section(c: &mut Cursor<'_>) -> Parsed<Section> {
    c.eat(b'[');
    let mut part = Vec::new();
    while c.peek().is_some_and(|b| b.is_ascii_digit()) {
        let start = c.at;
        match c.number(A::Section)? {
            0 => return c.fault(A::Section, start, c.at),
            n => part.push(n),
        }
        if !c.eat(b'.') {
            return closed(c, Section { part, text: SectionText::All });
        }
    }
    if part.is_empty() && c.peek() == Some(b']') {
        return closed(c, Section { part, text: SectionText::All });
    }
    let start = c.at;
    let name = c.run(|b| b.is_ascii_alphabetic() || b == b'.').to_ascii_uppercase();
    let text = match name.as_slice() {
        b"HEADER" => SectionText::Header,
        b"TEXT" => SectionText::Text,
        b"MIME" if !part.is_empty() => SectionText::Mime,
        b"HEADER.FIELDS" | b"HEADER.FIELDS.NOT" => {
            c.blank(A::Section)?;
            let names = c.list(A::Section, false, |c| c.text(A::Section))?;
            SectionText::HeaderFields { not: name.ends_with(b".NOT"), names }
        }
        _ if c.at == start => return c.wanted(A::Section),
        _ => return c.fault(A::Section, start, c.at),
    };
    closed(c, Section { part, text })
}

fn closed(c: &mut Cursor<'_>, section: Section) -> Parsed<Section> {
    if c.eat(b']') { Ok(section) } else { c.wanted(A::Section) }
}

/// `<start.octets>`, if it is there.
fn partial(c: &mut Cursor<'_>) -> Parsed<Option<Partial>> {
    let start = c.at;
    if !c.eat(b'<') {
        return Ok(None);
    }
    let from = c.number(A::Partial)?;
    if !c.eat(b'.') {
        return c.whole_word(A::Partial, start);
    }
    match c.number(A::Partial)? {
        0 => c.whole_word(A::Partial, start),
        _ if c.peek() != Some(b'>') => c.whole_word(A::Partial, start),
        octets => {
            c.at += 1;
            Ok(Some(Partial { start: from, octets }))
        }
    }
}

/// `+FLAGS.SILENT (...)` and the like: how, whether silently, which.
pub(super) fn store(c: &mut Cursor<'_>) -> Parsed<(StoreMode, bool, Vec<Flag>)> {
    let start = c.at;
    let mode = match c.peek() {
        Some(b'+') => StoreMode::Add,
        Some(b'-') => StoreMode::Remove,
        _ => StoreMode::Replace,
    };
    if mode != StoreMode::Replace {
        c.at += 1;
    }
    let silent = c.keyword("FLAGS.SILENT");
    if !silent && !c.keyword("FLAGS") {
        return c.whole_word(A::StoreItem, start);
    }
    c.blank(A::Flags)?;
    if c.peek() == Some(b'(') {
        return Ok((mode, silent, flags(c)?));
    }
    let mut flags = vec![c.flag()?];
    while c.peek() == Some(b' ') && flags.len() < super::cursor::PARTS {
        let before = c.at;
        c.gap();
        // Blanks at the end of the line are no flag.
        if c.peek().is_none() {
            c.at = before;
            break;
        }
        flags.push(c.flag()?);
    }
    Ok((mode, silent, flags))
}

/// Flags in parentheses.
pub(super) fn flags(c: &mut Cursor<'_>) -> Parsed<Vec<Flag>> {
    c.list(A::Flags, true, Cursor::flag)
}
