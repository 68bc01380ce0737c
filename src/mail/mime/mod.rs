//! A message taken apart, octets kept: its MIME parts and where they stand, what their headers say, its envelope
//! (RFC 2045, RFC 2046, RFC 5322). For those who must name octets exactly; who only wants to read a text, see
//! [`text_body`](super::text_body).
//!
//! Broken mail is the normal case here. Nothing fails, everything takes linear time, depth and number of parts are
//! bounded, and what is odd is taken as Dovecot takes it, so that a mail program sees the same message at both.

mod address;
mod content;
mod envelope;
mod lines;
mod seven_bit;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod token;

pub use address::EnvelopeAddress;
pub(in crate::mail) use address::{MISSING_HOST, MISSING_MAILBOX};
pub use content::{Content, ContentType, Parameters};
pub use envelope::Envelope;
pub use lines::{Line, Lines};
pub use seven_bit::{quoted_printable, seven_bit};
pub use structure::{Inside, Part};
pub use text::{Decoded, to_text};

use crate::units::Span;

/// The value of a field as IMAP shows it and as structured fields are read: the blanks before it and the CR of folds
/// left out; the LF of a fold stays.
pub fn field_value(message: &[u8], value: Span) -> Vec<u8> {
    lines::value_of(message, value)
}

/// Reads an address list such as the value of To; never fails, and fills in what is missing.
pub fn address_list(value: &[u8]) -> Vec<EnvelopeAddress> {
    address::addresses(value)
}

/// The header of a message: from its start to the first empty line, which is part of it, or all of it.
pub fn header(message: &[u8]) -> Span {
    Span::new(0, lines::header_end(message, 0, message.len()))
}
