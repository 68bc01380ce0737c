//! The text of a part, transfer encoding and charset undone (RFC 2045 section 6): what a person reads and a search
//! looks at.

use super::lines::slice;
use super::structure::{Inside, Part};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use std::borrow::Cow;

impl Part {
    /// The text of this part of `message`; `None` where it is nothing that people read. Reports and other messages that
    /// were not taken apart (`message/delivery-status`) are text too. What cannot be decoded is given as it stands,
    /// with U+FFFD in the place of what is not UTF-8.
    pub fn readable<'a>(&self, message: &'a [u8]) -> Option<Cow<'a, str>> {
        let is_message = self.content.kind.as_ref().is_some_and(|kind| kind.is("message", ""));
        match self.inside {
            Inside::Text => {}
            Inside::Data | Inside::TooDeep if is_message => {}
            _ => return None,
        }
        let charset =
            self.content.kind.as_ref().and_then(|kind| kind.parameter("charset")).unwrap_or_default();
        Some(match self.octets(message).octets {
            Cow::Owned(octets) => Cow::Owned(decoded(&octets, charset).into_owned()),
            Cow::Borrowed(octets) => decoded(octets, charset),
        })
    }

    /// The octets of this part of `message` with the transfer encoding undone (RFC 2045 section 6). What cannot be
    /// decoded is given as it stands.
    pub fn octets<'a>(&self, message: &'a [u8]) -> Decoded<'a> {
        let body = slice(message, self.body.start, self.body.end);
        let encoding = self.content.encoding.as_deref().unwrap_or_default();
        let is = |name: &str| encoding.eq_ignore_ascii_case(name.as_bytes());
        let undone = match () {
            () if is("base64") => Some(base64_decode(body)),
            () if is("quoted-printable") => Some(quoted_printable_decode(body)),
            () => None,
        };
        match undone {
            Some(Some(octets)) => Decoded { octets: Cow::Owned(octets), broken: false },
            Some(None) => Decoded { octets: Cow::Borrowed(body), broken: true },
            None => Decoded { octets: Cow::Borrowed(body), broken: false },
        }
    }
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The octets.
    pub octets: Cow<'a, [u8]>,
    /// They are not encoded as the header says, and are given as they stand.
    pub broken: bool,
}

/// Octets of this charset as text; what is unknown is taken for UTF-8.
fn decoded<'a>(octets: &'a [u8], charset: &[u8]) -> Cow<'a, str> {
    if octets.is_ascii() && !is_stateful(charset) {
        return String::from_utf8_lossy(octets);
    }
    to_text(octets, charset).map_or_else(|| String::from_utf8_lossy(octets), Cow::Owned)
}

/// Octets of a named charset as text, with U+FFFD in the place of what it does not have; `None` where nobody knows the
/// charset.
pub fn to_text(octets: &[u8], charset: &[u8]) -> Option<String> {
    let is = |name: &str| charset.eq_ignore_ascii_case(name.as_bytes());
    if is("utf-8") || is("utf8") || is("us-ascii") || is("ascii") {
        return Some(String::from_utf8_lossy(octets).into_owned());
    }
    charset_decoder(charset).map(|decode| decode(octets))
}

/// Charsets whose octets look like ASCII and are not.
fn is_stateful(charset: &[u8]) -> bool {
    ["iso-2022", "utf-7", "utf7", "hz-gb", "utf-16", "utf16"]
        .iter()
        .any(|start| charset.get(..start.len()).is_some_and(|c| c.eq_ignore_ascii_case(start.as_bytes())))
}
