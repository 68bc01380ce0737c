//! What is wrong with the form of a message as it was typed.

use crate::event::CommonMistake as M;
use crate::mail::Outline;

/// Fields that a line of text hardly begins like; what continues one of the others is not judged.
const FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "sender",
    "reply-to",
    "message-id",
    "in-reply-to",
    "references",
    "received",
    "return-path",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "user-agent",
    "x-mailer",
];

/// The mistake in this message's header, if there is one.
pub(super) fn mistake(octets: &[u8]) -> Option<M> {
    let fields = Outline::of(octets);
    let body = octets.get(fields.split.body.start..).unwrap_or_default();
    if fields.split.has_empty_line() || body.is_empty() {
        return None;
    }
    if fields.iter().next().is_none() {
        return Some(M::NoHeader);
    }
    // The header ended at a line that is no field. Where fields go on behind it, it was meant to be one's second line.
    let lines = body.split(|b| *b == b'\n').skip(1);
    let header =
        lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line)).take_while(|line| !line.is_empty());
    let mut named =
        header.filter_map(|line| line.split(|b| *b == b':').next().filter(|name| name.len() < line.len()));
    let goes_on = named.any(|name| FIELDS.iter().any(|field| field.as_bytes().eq_ignore_ascii_case(name)));
    Some(if goes_on { M::FoldedWithoutSpace } else { M::NoEmptyLine })
}
