//! The envelope of a message as IMAP means the word: the fields a list of mails is made from (RFC 3501 section 7.4.2).

use super::address::{EnvelopeAddress, addresses};
use super::lines::{Lines, slice, value_of};
use crate::units::Span;

/// Date, subject and people of a message, as they stand in its header, nothing decoded. Where a field stands there
/// twice, which it may not (RFC 5322 section 3.6), people are put together, and of the others the last holds.
///
/// What RFC 3501 fills in where a field is missing (Sender and Reply-To from From) is the reader's business:
/// [`Envelope::sender_or_from`], [`Envelope::reply_to_or_from`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Envelope {
    /// Date.
    pub date: Option<Vec<u8>>,
    /// Subject.
    pub subject: Option<Vec<u8>>,
    /// From.
    pub from: Vec<EnvelopeAddress>,
    /// Sender.
    pub sender: Vec<EnvelopeAddress>,
    /// Reply-To.
    pub reply_to: Vec<EnvelopeAddress>,
    /// To.
    pub to: Vec<EnvelopeAddress>,
    /// Cc.
    pub cc: Vec<EnvelopeAddress>,
    /// Bcc.
    pub bcc: Vec<EnvelopeAddress>,
    /// In-Reply-To.
    pub in_reply_to: Option<Vec<u8>>,
    /// Message-ID.
    pub message_id: Option<Vec<u8>>,
}

impl Envelope {
    /// The envelope of the header at `header`.
    pub fn parse(octets: &[u8], header: Span) -> Envelope {
        let mut envelope = Envelope::default();
        for line in Lines::new(octets, header) {
            envelope.field(slice(octets, line.name.start, line.name.end), || value_of(octets, line.value));
        }
        envelope
    }

    fn field(&mut self, name: &[u8], value: impl Fn() -> Vec<u8>) {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
        match name.first().map(u8::to_ascii_lowercase) {
            Some(b'b') if is("Bcc") => self.bcc.extend(addresses(&value())),
            Some(b'c') if is("Cc") => self.cc.extend(addresses(&value())),
            Some(b'd') if is("Date") => self.date = Some(value()),
            Some(b'f') if is("From") => self.from.extend(addresses(&value())),
            Some(b'i') if is("In-Reply-To") => self.in_reply_to = Some(value()),
            Some(b'm') if is("Message-Id") => self.message_id = Some(value()),
            Some(b'r') if is("Reply-To") => self.reply_to.extend(addresses(&value())),
            Some(b's') if is("Subject") => self.subject = Some(value()),
            Some(b's') if is("Sender") => self.sender.extend(addresses(&value())),
            Some(b't') if is("To") => self.to.extend(addresses(&value())),
            _ => {}
        }
    }

    /// Sender, or From where there is none.
    pub fn sender_or_from(&self) -> &[EnvelopeAddress] {
        if self.sender.is_empty() { &self.from } else { &self.sender }
    }

    /// Reply-To, or From where there is none.
    pub fn reply_to_or_from(&self) -> &[EnvelopeAddress] {
        if self.reply_to.is_empty() { &self.from } else { &self.reply_to }
    }
}
