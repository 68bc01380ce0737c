//! What FETCH asks for and what it brings: items, sections, ENVELOPE and BODYSTRUCTURE (RFC 3501 sections 6.4.5, 7.4.2).

use super::super::names;
use super::super::opening::Opening;
use super::value::{Value, What};
use crate::explain::say::Say;
use crate::mail::decode_words;
use crate::rfc::section;

/// The items of a FETCH command: one, or a list of them.
pub(super) fn items(o: &mut Opening<'_>, value: &Value) {
    o.rule(section(3501, "6.4.5"));
    match value.list() {
        Some(items) => items.iter().for_each(|item| self::item(o, 0, &item.source)),
        None => item(o, 0, &value.source),
    }
}

/// An item, with its section where it has one.
fn item(o: &mut Opening<'_>, depth: u8, item: &str) {
    let Some((name, rest)) = item.split_once('[') else {
        let say = names::FETCH.say(item).unwrap_or_else(|| Say::new("line-argument"));
        return o.part(depth, item, say);
    };
    let peek = name.to_ascii_uppercase().ends_with(".PEEK");
    o.part(depth, item, Say::new(if peek { "fetch-peek" } else { "fetch-section" }));
    let (inside, partial) = rest.split_once(']').unwrap_or((rest, ""));
    section_spec(o, depth + 1, inside);
    let partial = partial.trim_matches(['<', '>']);
    match partial.split_once('.') {
        Some((start, octets)) => {
            let say = Say::new("section-partial").own("start", start.to_owned());
            o.part(depth + 1, format!("<{partial}>"), say.number("octets", octets.parse().unwrap_or(0)));
        }
        None if !partial.is_empty() => {
            let say = Say::new("section-origin").own("start", partial.to_owned());
            o.part(depth + 1, format!("<{partial}>"), say);
        }
        None => {}
    }
}

/// What stands between the brackets: part numbers, what of the part, names of fields.
fn section_spec(o: &mut Opening<'_>, depth: u8, inside: &str) {
    if inside.is_empty() {
        return o.part(depth, "[]", Say::new("section-all"));
    }
    let (words, names_of_fields) = match inside.split_once('(') {
        Some((words, names)) => (words.trim(), Some(names.trim_end_matches(')'))),
        None => (inside, None),
    };
    let text = words.find(|c: char| c.is_ascii_alphabetic());
    let (numbers, text) = words.split_at(text.unwrap_or(words.len()));
    let numbers = numbers.trim_end_matches('.');
    if !numbers.is_empty() {
        o.part(depth, numbers, Say::new("section-part").text("part", numbers));
    }
    if let Some(say) = names::SECTIONS.say(text) {
        o.part(depth, text, say);
    }
    if let Some(fields) = names_of_fields {
        o.part(depth, fields, Say::new("section-names"));
        for field in fields.split_whitespace().take(50) {
            let kind = crate::mail::trace::FieldKind::of(field);
            o.part(depth + 1, field, crate::explain::trace::field(kind));
        }
    }
}

/// The data of `* n FETCH (...)`: names and values by turns.
pub(super) fn data(o: &mut Opening<'_>, list: &[Value]) {
    o.rule(section(3501, "7.4.2"));
    for pair in list.chunks(2) {
        let [name, value] = pair else { continue };
        item(o, 0, &name.source);
        match name.source.to_ascii_uppercase().as_str() {
            "FLAGS" => flags(o, 1, value),
            "ENVELOPE" => envelope(o, 1, value),
            "BODY" | "BODYSTRUCTURE" => structure(o, 1, value, ""),
            _ if matches!(value.what, What::Literal(_)) => {
                o.part(1, &value.source, Say::new("imap-answer-literal"));
            }
            _ => o.part(1, &value.source, Say::new("imap-answer-values")),
        }
    }
}

/// Flags in parentheses, or one.
pub(super) fn flags(o: &mut Opening<'_>, depth: u8, value: &Value) {
    o.rule(section(3501, "2.3.2"));
    let one = std::slice::from_ref(value);
    for flag in value.list().unwrap_or(one) {
        if let Some(say) = names::FLAGS.say(&flag.source) {
            o.part(depth, &flag.source, say);
        }
    }
}

/// The ten fields of an ENVELOPE.
fn envelope(o: &mut Opening<'_>, depth: u8, value: &Value) {
    const KEYS: [&str; 10] = [
        "envelope-date",
        "envelope-subject",
        "envelope-from",
        "envelope-sender",
        "envelope-reply-to",
        "envelope-to",
        "envelope-cc",
        "envelope-bcc",
        "envelope-in-reply-to",
        "envelope-message-id",
    ];
    for (key, field) in KEYS.into_iter().zip(value.list().unwrap_or_default()) {
        o.part(depth, &field.source, Say::new(key));
        for address in field.list().unwrap_or_default().iter().take(50) {
            o.part(depth + 1, &address.source, Say::new("envelope-address"));
            decoded(o, depth + 2, address.list().and_then(<[Value]>::first));
        }
        if field.list().is_none() {
            decoded(o, depth + 1, Some(field));
        }
    }
}

/// The encoded words in a string, decoded.
fn decoded(o: &mut Opening<'_>, depth: u8, value: Option<&Value>) {
    let Some(value) = value else { return };
    let (text, plain) = (value.text(), decode_words(&value.text()));
    if text != plain {
        o.rule(section(2047, "2"));
        o.part(depth, &value.source, Say::new("envelope-decoded").text("text", &plain));
    }
}

/// A part of a BODYSTRUCTURE; `number` is its place such as `1.2`, empty for the message itself.
fn structure(o: &mut Opening<'_>, depth: u8, value: &Value, number: &str) {
    let Some(list) = value.list() else { return };
    if depth > 12 {
        return o.part(depth, &value.source, Say::new("imap-answer-values"));
    }
    let parts = list.iter().take_while(|v| v.list().is_some()).count();
    if !number.is_empty() {
        o.part(depth - 1, &value.source, Say::new("body-part").own("part", number.to_owned()));
    }
    if parts == 0 {
        return single(o, depth, list);
    }
    let (inner, rest) = list.split_at(parts);
    for (at, part) in inner.iter().enumerate() {
        let number = if number.is_empty() { (at + 1).to_string() } else { format!("{number}.{}", at + 1) };
        structure(o, depth + 1, part, &number);
    }
    if let Some(subtype) = rest.first() {
        o.part(depth, &subtype.source, Say::new("body-multipart"));
    }
    const EXTENSION: [&str; 4] = ["body-parameters", "body-disposition", "body-language", "body-location"];
    named(o, depth, rest.get(1..).unwrap_or_default(), &EXTENSION);
}

/// A part that is not made of parts.
fn single(o: &mut Opening<'_>, depth: u8, list: &[Value]) {
    const BASIC: [&str; 7] = [
        "body-type",
        "body-subtype",
        "body-parameters",
        "body-id",
        "body-description",
        "body-encoding",
        "body-octets",
    ];
    const EXTENSION: [&str; 4] = ["body-md5", "body-disposition", "body-language", "body-location"];
    named(o, depth, list.get(..7).unwrap_or(list), &BASIC);
    let rest = list.get(7..).unwrap_or_default();
    let is = |at: usize, word: &str| list.get(at).is_some_and(|v| v.text().eq_ignore_ascii_case(word));
    let own: &[&str] = if is(0, "text") {
        &["body-lines"]
    } else if is(0, "message") && is(1, "rfc822") {
        &["body-envelope", "body-structure", "body-lines"]
    } else {
        &[]
    };
    named(o, depth, rest.get(..own.len()).unwrap_or(rest), own);
    named(o, depth, rest.get(own.len()..).unwrap_or_default(), &EXTENSION);
}

fn named(o: &mut Opening<'_>, depth: u8, values: &[Value], keys: &[&'static str]) {
    let keys = keys.iter().copied().chain(std::iter::repeat("body-extension"));
    for (value, key) in values.iter().zip(keys) {
        o.part(depth, &value.source, Say::new(key));
    }
}
