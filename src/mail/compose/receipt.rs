//! Receipts: message disposition notifications, with which a reader's mail program tells the writer that a message was
//! displayed (RFC 8098).

use super::automatic::{Restraint, restraint, sender};
use super::header::harmless;
use super::{Correspondent, Letter, Quoting, multipart};
use crate::mail::{Fields, Mailbox};
use crate::units::{Bytes, Lang, Offset, Time};

/// Who decided that a receipt is sent (RFC 8098 section 3.2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptMode {
    /// The reader was asked and said yes.
    Manual,
    /// The mail program does so by itself.
    Automatic,
}

/// A receipt to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Whose it is: the reader.
    pub from: Correspondent,
    /// Where it goes.
    pub to: Vec<Correspondent>,
    /// When the message was read.
    pub date: (Time, Offset),
    /// The id of the receipt without brackets.
    pub message_id: String,
    /// Who decided.
    pub mode: ReceiptMode,
    /// The program, as `host; product`.
    pub agent: String,
    /// The language of its words.
    pub lang: Lang,
}

impl Receipt {
    /// Where the receipt for a message is to go, if one is asked for and may be sent (RFC 8098 section 2.1).
    ///
    /// # Errors
    /// What speaks against it.
    pub fn wanted(
        original: &[u8],
        own: &[Mailbox],
        mode: ReceiptMode,
    ) -> Result<Vec<Correspondent>, Restraint> {
        let fields = Fields::parse(original);
        let asked = fields.get("Disposition-Notification-To").map(|f| Correspondent::all_in(&f.value));
        let to = asked.filter(|to| !to.is_empty()).ok_or(Restraint::NotAskedFor)?;
        let is_receipt = fields
            .get("Content-Type")
            .is_some_and(|f| f.value.to_ascii_lowercase().contains("disposition-notification"));
        if is_receipt {
            return Err(Restraint::Receipt);
        }
        match restraint(&fields, own) {
            None => {}
            // A person may tell even a list's author that they have read it; a program may not.
            Some(Restraint::List | Restraint::RoleSender) if mode == ReceiptMode::Manual => {}
            Some(why) => return Err(why),
        }
        // Somebody else's address there would make a machine that showers them with receipts.
        let back = sender(&fields).0;
        let elsewhere = to.len() > 1
            || !to.iter().any(|one| back.as_ref().is_some_and(|back| back.same_as(&one.address)));
        if mode == ReceiptMode::Automatic && elsewhere {
            return Err(Restraint::OtherAddress);
        }
        Ok(to)
    }

    /// The receipt for `original` as a message: what happened for a person, for a machine, and the header of what was read.
    pub fn octets(&self, original: &[u8]) -> Bytes {
        let fields = Fields::parse(original);
        let mut letter = Letter::new(self.from.clone(), self.date, &self.message_id);
        letter.answer(original, false, &[], Quoting::Nothing);
        letter.to = self.to.clone();
        let subject = fields.get("Subject").map(|f| f.decoded()).unwrap_or_default();
        let (title, said) = self.words(&subject, &fields);
        letter.subject = format!("{title}: {subject}");
        if self.mode == ReceiptMode::Automatic {
            letter.further.push(("Auto-Submitted".to_owned(), "auto-replied".to_owned()));
        }
        let text = super::body::text(&said, false);
        let read = original.get(fields.split.header.start..fields.split.header.end).unwrap_or_default();
        let read = super::body::with_crlf(&String::from_utf8_lossy(read));
        let parts = [
            format!("{}\r\n{}", super::text_part(&text), text.text),
            format!("Content-Type: message/disposition-notification\r\n\r\n{}", self.fields(&fields)),
            format!("Content-Type: text/rfc822-headers\r\n\r\n{read}"),
        ];
        let kind = [("report-type", "disposition-notification")];
        let body = multipart("multipart/report", &kind, &self.message_id, &parts);
        (letter.header() + &body).as_str().into()
    }

    /// The fields that a machine reads (RFC 8098 section 3.2).
    fn fields(&self, original: &Fields) -> String {
        let mut out = format!("Reporting-UA: {}\r\n", harmless(&self.agent));
        if let Some(field) = original.get("Original-Recipient") {
            out.push_str(&format!("Original-Recipient: {}\r\n", harmless(&field.value)));
        }
        out.push_str(&format!("Final-Recipient: rfc822;{}\r\n", self.from.address));
        if let Some(id) = original.get("Message-ID") {
            out.push_str(&format!("Original-Message-ID: {}\r\n", harmless(&id.value)));
        }
        let mode = match self.mode {
            ReceiptMode::Manual => "manual-action/MDN-sent-manually",
            ReceiptMode::Automatic => "automatic-action/MDN-sent-automatically",
        };
        out.push_str(&format!("Disposition: {mode}; displayed\r\n"));
        out
    }

    /// The title and the words for a person.
    fn words(&self, subject: &str, original: &Fields) -> (&'static str, String) {
        let date = original.get("Date").map(|f| f.value.clone()).unwrap_or_default();
        let (who, when) = (self.from.shown(), self.date.0.rfc5322(self.date.1));
        match self.lang {
            Lang::En => (
                "Read",
                format!(
                    "Your message\n\n  Subject: {subject}\n  Date: {date}\n\nwas displayed to {who} on {when}.\n\nThis does \
                     not say that it was read or understood.\n"
                ),
            ),
            Lang::De => (
                "Gelesen",
                format!(
                    "Deine Nachricht\n\n  Betreff: {subject}\n  Datum: {date}\n\nwurde {who} am {when} angezeigt.\n\nOb sie \
                     auch gelesen oder verstanden wurde, sagt das nicht.\n"
                ),
            ),
        }
    }
}
