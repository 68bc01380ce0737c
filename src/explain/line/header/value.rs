//! What the value of a header field says: addresses, dates, identifiers, encoded words, a Received line's clauses.

use super::super::opening::{Opening, text};
use crate::explain::say::Say;
use crate::mail::mime::{address_list, field_value};
use crate::mail::trace::{Dated, FieldKind, Received, Word, date};
use crate::mail::{Field, decode_words};
use crate::rfc::section;
use crate::units::Offset;

/// The parts of a field's value, whole folds and all.
pub(super) fn parts(o: &mut Opening<'_>, kind: FieldKind, message: &[u8], field: &Field) {
    use FieldKind as K;
    let value = field.value.as_str();
    if value.is_empty() {
        return;
    }
    match kind {
        K::From | K::Sender | K::ReplyTo | K::To | K::Cc | K::Bcc | K::Resent | K::ReceiptRequest => {
            addresses(o, &field_value(message, field.raw));
        }
        K::ReturnPath | K::DeliveredTo | K::XSender => o.part(0, value, Say::new("value-path")),
        K::Date => dated(o, 0, value),
        K::Subject => {
            o.part(0, value, Say::new("value-subject"));
        }
        K::MessageId | K::InReplyTo | K::References => ids(o, value),
        K::Received => received(o, &Received::parse(message, field.span, field.raw)),
        K::ContentType => content_type(o, value),
        K::ContentTransferEncoding => o.part(0, value, Say::new(encoding(value))),
        K::Priority => priority(o, value),
        K::MimeVersion => o.part(0, value, Say::new("value-mime-version")),
        K::ContentLanguage => o.part(0, value, Say::new("value-language")),
        _ => o.part(0, value, Say::new("value-other")),
    }
    encoded_words(o, value);
}

/// The moment that stands there, and what it is in UTC.
fn dated(o: &mut Opening<'_>, depth: u8, value: &str) {
    o.rule(section(5322, "3.3"));
    let Some(read) = date(value) else {
        return o.part(depth, value, Say::new("value-no-date"));
    };
    let Dated { at, offset, wrong_day, .. } = read;
    let utc = at.rfc5322(Offset(0));
    match offset {
        None => o.part(depth, value, Say::new("value-date-no-zone")),
        Some(offset) => {
            let zone = i64::from(offset.0);
            let says = Say::new("value-date").own("utc", utc).choice("ahead", zone >= 0);
            let zone = zone.unsigned_abs();
            o.part(depth, value, says.own("hours", format!("{}:{:02}", zone / 60, zone % 60)));
        }
    }
    if let Some((said, right)) = wrong_day {
        o.part(depth + 1, said, Say::new("value-wrong-day").own("right", right));
    }
}

/// A list of addresses, each in its parts.
fn addresses(o: &mut Opening<'_>, value: &[u8]) {
    o.rule(section(5322, "3.4"));
    for address in address_list(value).iter().take(100) {
        let of = |part: &Option<Vec<u8>>| part.as_deref().map(text);
        let (name, local, host) = (of(&address.name), of(&address.mailbox), of(&address.host));
        if address.is_group_mark() {
            if let Some(group) = local {
                o.part(0, group, Say::new("value-group"));
            }
            continue;
        }
        let (local, host) = (local.unwrap_or_default(), host.unwrap_or_default());
        o.part(0, format!("{local}@{host}"), Say::new("value-address"));
        if let Some(name) = name {
            o.part(1, &name, Say::new("value-display-name"));
        }
        o.part(1, local, Say::new("smtp-part-local"));
        o.part(1, host, Say::new("value-domain"));
    }
}

/// Message-IDs.
fn ids(o: &mut Opening<'_>, value: &str) {
    o.rule(section(5322, "3.6.4"));
    for id in value.split_whitespace().take(100) {
        o.part(0, id, Say::new("value-message-id"));
        if let Some((left, right)) = id.trim_matches(['<', '>']).split_once('@') {
            o.part(1, left, Say::new("value-id-left"));
            o.part(1, right, Say::new("value-id-right"));
        }
    }
}

/// The clauses of a Received line (RFC 5321 section 4.4).
fn received(o: &mut Opening<'_>, line: &Received) {
    let mut word = |word: &Option<Word>, key: &'static str| {
        if let Some(word) = word {
            o.part(0, &word.text, Say::new(key));
        }
    };
    word(&line.helo, "received-helo");
    word(&line.reverse, "received-reverse");
    if let Some(address) = &line.address {
        word(&Some(address.word.clone()), "received-address");
    }
    word(&line.user, "received-user");
    word(&line.by, "received-by");
    word(&line.with, "received-with");
    word(&line.id, "received-id");
    word(&line.recipient, "received-for");
    if line.forged {
        o.part(0, "may be forged", Say::new("received-forged"));
    }
    if line.inside.is_some() {
        o.what(Say::new("received-inside"));
    }
    if let Some(date) = &line.date_text {
        dated(o, 0, &date.text);
    }
    o.what(Say::new("received-clock"));
}

/// Type, subtype and parameters.
fn content_type(o: &mut Opening<'_>, value: &str) {
    let mut pieces = value.split(';');
    let kind = pieces.next().unwrap_or_default().trim();
    let known = match kind.to_ascii_lowercase().as_str() {
        "text/plain" => "value-text-plain",
        "text/html" => "value-text-html",
        "multipart/mixed" => "value-multipart-mixed",
        "multipart/alternative" => "value-multipart-alternative",
        "multipart/signed" => "value-multipart-signed",
        "multipart/report" => "value-multipart-report",
        "message/rfc822" => "value-message-rfc822",
        lower if lower.starts_with("multipart/") => "value-multipart-other",
        _ => "value-content-type",
    };
    o.part(0, kind, Say::new(known));
    for parameter in pieces.map(str::trim).filter(|p| !p.is_empty()).take(20) {
        let name = parameter.split('=').next().unwrap_or_default().trim().to_ascii_lowercase();
        let key = match name.trim_end_matches('*') {
            "charset" => "value-charset",
            "boundary" => "value-boundary",
            "name" => "value-name",
            "format" => "value-format",
            _ => "value-parameter",
        };
        o.part(1, parameter, Say::new(key));
    }
}

/// The boundary that a Content-Type names.
pub(super) fn boundary(value: &str) -> Option<String> {
    let parameter = value
        .split(';')
        .map(str::trim)
        .find(|p| p.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("boundary=")))?;
    let boundary = parameter.get(9..)?.trim_matches('"');
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

fn encoding(value: &str) -> &'static str {
    match value.to_ascii_lowercase().as_str() {
        "7bit" => "value-7bit",
        "8bit" => "value-8bit",
        "quoted-printable" => "value-quoted-printable",
        "base64" => "value-base64",
        "binary" => "value-binary",
        _ => "value-encoding-other",
    }
}

fn priority(o: &mut Opening<'_>, value: &str) {
    let level = value.bytes().next().map_or("other", |b| match b {
        b'1' => "1",
        b'2' => "2",
        b'3' => "3",
        b'4' => "4",
        b'5' => "5",
        _ => "other",
    });
    o.part(0, value, Say::new("value-priority").own("level", level));
}

/// The encoded words in a value, decoded one by one (RFC 2047).
fn encoded_words(o: &mut Opening<'_>, value: &str) {
    let whole = decode_words(value);
    if whole == value {
        return;
    }
    o.rule(section(2047, "2"));
    for word in value.split_whitespace().filter(|w| w.starts_with("=?")).take(50) {
        let pieces: Vec<&str> = word.split('?').collect();
        let [_, charset, encoding, inside, ..] = pieces.as_slice() else { continue };
        o.part(0, word, Say::new("value-encoded-word"));
        o.part(1, charset, Say::new("value-word-charset"));
        let base64 = encoding.eq_ignore_ascii_case("b");
        o.part(1, encoding, Say::new("value-word-encoding").choice("base64", base64));
        o.part(1, inside, Say::new("value-word-text").text("decoded", &decode_words(word)));
    }
    o.part(0, whole, Say::new("value-decoded"));
}

/// A line of quoted-printable, decoded (RFC 2045 section 6.7).
pub(super) fn unquoted(line: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some((&octet, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        match (octet, hex) {
            (b'=', Some(octet)) => {
                decoded.push(octet);
                rest = after.get(2..).unwrap_or_default();
                continue;
            }
            // At the line's end: the next line belongs to it.
            (b'=', None) if after.is_empty() => {}
            _ => decoded.push(octet),
        }
        rest = after;
    }
    decoded
}
