//! The arguments of LIST, LSUB and STATUS (RFC 3501 sections 6.3.8 to 6.3.10, RFC 5258 section 3).

use super::super::ast::{ListOptions, ListSelect, StatusItem};
use super::super::utf7;
use super::cursor::{Cursor, Parsed, astring_char};
use crate::event::ImapArgument as A;

/// LIST in the plain and in the extended form.
pub(super) fn list(c: &mut Cursor<'_>) -> Parsed<ListOptions> {
    let mut options = ListOptions::default();
    if c.peek() == Some(b'(') {
        options.extended = true;
        options.select = select(c)?;
        c.blank(A::Mailbox)?;
    }
    options.reference = reference(c)?;
    c.blank(A::Pattern)?;
    if c.peek() == Some(b'(') {
        options.extended = true;
        options.patterns = c.list(A::Pattern, false, Cursor::pattern)?;
    } else {
        options.patterns = vec![c.pattern()?];
    }
    let before = c.at;
    if c.gap() {
        if !c.keyword("RETURN") {
            c.at = before;
            return Ok(options);
        }
        options.extended = true;
        c.blank(A::Options)?;
        returns(c, &mut options)?;
    }
    Ok(options)
}

/// LSUB: the plain form alone.
pub(super) fn lsub(c: &mut Cursor<'_>) -> Parsed<ListOptions> {
    let reference = reference(c)?;
    c.blank(A::Pattern)?;
    Ok(ListOptions { reference, patterns: vec![c.pattern()?], ..ListOptions::default() })
}

fn reference(c: &mut Cursor<'_>) -> Parsed<String> {
    let start = c.at;
    let octets = match c.peek() {
        Some(b'"' | b'{') => c.string(A::Mailbox)?,
        _ => c.word(|b| astring_char(b) || matches!(b, b'%' | b'*'), A::Mailbox)?.as_bytes().to_vec(),
    };
    match utf7::decode(&octets) {
        Some(name) => Ok(name),
        None => c.fault(A::Mailbox, start, c.at),
    }
}

fn select(c: &mut Cursor<'_>) -> Parsed<ListSelect> {
    let start = c.at;
    let mut select = ListSelect::default();
    let names = c.list(A::Options, true, |c| {
        let start = c.at;
        let name = c.atom(A::Options)?.to_ascii_uppercase();
        match name.as_str() {
            "SUBSCRIBED" | "REMOTE" | "RECURSIVEMATCH" | "SPECIAL-USE" => Ok(name),
            _ => c.whole_word(A::Options, start),
        }
    })?;
    for name in names {
        match name.as_str() {
            "SUBSCRIBED" => select.subscribed = true,
            "REMOTE" => select.remote = true,
            "RECURSIVEMATCH" => select.recursive = true,
            _ => select.special_use = true,
        }
    }
    // RFC 5258 section 3.1: RECURSIVEMATCH needs another option to recur over.
    if select.recursive && !select.subscribed && !select.special_use {
        return c.fault(A::Options, start, c.at);
    }
    Ok(select)
}

/// `RETURN (...)`.
fn returns(c: &mut Cursor<'_>, options: &mut ListOptions) -> Parsed<()> {
    let found = c.list(A::Options, true, |c| {
        let start = c.at;
        let name = c.atom(A::Options)?.to_ascii_uppercase();
        match name.as_str() {
            "SUBSCRIBED" | "CHILDREN" | "SPECIAL-USE" => Ok((name, Vec::new())),
            "STATUS" => {
                c.blank(A::StatusItems)?;
                Ok((name, status_items(c)?))
            }
            _ => c.whole_word(A::Options, start),
        }
    })?;
    for (name, items) in found {
        match name.as_str() {
            "SUBSCRIBED" => options.return_subscribed = true,
            "CHILDREN" => options.return_children = true,
            "SPECIAL-USE" => options.return_special_use = true,
            _ => options.return_status = items,
        }
    }
    Ok(())
}

/// `(MESSAGES UNSEEN)` and the like.
pub(super) fn status_items(c: &mut Cursor<'_>) -> Parsed<Vec<StatusItem>> {
    c.list(A::StatusItems, false, |c| match StatusItem::ALL.into_iter().find(|item| c.keyword(item.name())) {
        Some(item) => Ok(item),
        None => c.wanted(A::StatusItems),
    })
}
