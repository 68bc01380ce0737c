//! Lines: wrapped as each program wraps them, ended with CRLF.

use super::Told;
use crate::mail::xtext;
use crate::units::{Offset, Time};

/// Lines under construction.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<u8>);

impl Lines {
    /// One line, or several where there are line feeds in it.
    pub(super) fn line(&mut self, text: impl AsRef<str>) -> &mut Lines {
        for line in text.as_ref().split('\n') {
            self.0.extend(line.bytes().filter(|b| *b != b'\r'));
            self.0.extend_from_slice(b"\r\n");
        }
        self
    }

    /// Octets as they are; their last line is ended.
    pub(super) fn octets(&mut self, octets: &[u8]) -> &mut Lines {
        self.0.extend_from_slice(octets);
        if !octets.is_empty() && !octets.ends_with(b"\n") {
            self.0.extend_from_slice(b"\r\n");
        }
        self
    }

    pub(super) fn done(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }
}

/// Parts a text into lines of `width` characters at most, at blanks, the second and later ones indented.
pub(super) fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            out.push_str(indent);
            column = indent.chars().count();
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// `Mon, 30 Jun 2014 10:56:27 +0200 (CEST)`.
pub(super) fn with_zone_name(at: Time, offset: Offset) -> String {
    let date = at.rfc5322(offset);
    match offset.0 {
        0 => format!("{date} (UTC)"),
        60 if !at.is_summer() => format!("{date} (CET)"),
        120 if at.is_summer() => format!("{date} (CEST)"),
        _ => date,
    }
}

/// `20140630085627`, as it stands in Message-IDs.
pub(super) fn digits(at: Time) -> String {
    let c = at.civil(Offset(0));
    let (day, time) = ((c.year(), c.month(), c.day()), (c.hour(), c.minute(), c.second()));
    format!("{:04}{:02}{:02}{:02}{:02}{:02}", day.0, day.1, day.2, time.0, time.1, time.2)
}

/// What may stand in a field's value: no line end, and not without end.
pub(super) fn field(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(900).collect()
}

/// The sender's own words for a recipient, with their kind: letters beyond ASCII as they are where the report may hold them,
/// else spelt out (RFC 6533 section 3).
pub(super) fn original(told: &Told, beyond_ascii: bool) -> String {
    let (kind, address) = &told.original;
    if beyond_ascii || !kind.eq_ignore_ascii_case(xtext::UTF8_KIND) {
        return format!("{};{}", field(kind), field(address));
    }
    format!("{};{}", field(kind), xtext::encode_utf8(&field(address)))
}

/// The domain of an address, or all of it.
pub(super) fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}

/// The name before the `@`.
pub(super) fn local(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(local, _)| local)
}
