//! Composing a message as a mail program does: the header in order, names and subject encoded, charset and transfer
//! encoding chosen, attachments put beside the text, the envelope taken from the header and Bcc taken out of it
//! (RFC 5322 section 3.6, RFC 2045 to 2047, RFC 2183). Pure: date and ids are arguments.

mod answer;
mod automatic;
mod body;
mod correspondent;
mod header;
mod receipt;
#[cfg(test)]
mod tests;

pub use answer::{Quoting, answer_subject, forwarded_subject};
pub use automatic::{Restraint, may_answer, restraint};
pub use correspondent::{Correspondent, NotAnAddress};
pub use header::encoded_words;
pub use receipt::{Receipt, ReceiptMode};

use super::{ForwardPath, Mailbox, ReversePath};
use crate::units::{Bytes, Offset, Time};
use body::Encoded;
use header::Field;

/// A message to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who writes.
    pub from: Correspondent,
    /// Where answers are to go, where not to `from`.
    pub reply_to: Vec<Correspondent>,
    /// To whom.
    pub to: Vec<Correspondent>,
    /// A copy to these.
    pub cc: Vec<Correspondent>,
    /// A copy to these too, and nobody is to see it (RFC 5322 section 3.6.3).
    pub bcc: Vec<Correspondent>,
    /// The subject, as a person reads it.
    pub subject: String,
    /// When it was written, and in which time zone.
    pub date: (Time, Offset),
    /// Its id without brackets.
    pub message_id: String,
    /// The id of what it answers, in its brackets.
    pub in_reply_to: Vec<String>,
    /// The ids of the thread it belongs to, the oldest first, in their brackets.
    pub references: Vec<String>,
    /// To whom a receipt is to go once it was read (RFC 8098 section 2.1).
    pub receipt_to: Vec<Correspondent>,
    /// Further fields by name.
    pub further: Vec<(String, String)>,
    /// The program that wrote it, for User-Agent.
    pub agent: Option<String>,
    /// Its text, lines ending in LF or CRLF.
    pub body: String,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// Text beyond ASCII goes as it is (8bit), for servers that take it.
    pub eight_bit: bool,
}

/// Something attached to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its file's name.
    pub name: String,
    /// What is in it.
    pub octets: Bytes,
}

impl Letter {
    /// An empty letter of this writer.
    pub fn new(from: Correspondent, date: (Time, Offset), message_id: &str) -> Letter {
        Letter {
            from,
            reply_to: Vec::new(),
            to: Vec::new(),
            cc: Vec::new(),
            bcc: Vec::new(),
            subject: String::new(),
            date,
            message_id: message_id.to_owned(),
            in_reply_to: Vec::new(),
            references: Vec::new(),
            receipt_to: Vec::new(),
            further: Vec::new(),
            agent: None,
            body: String::new(),
            attachments: Vec::new(),
            eight_bit: false,
        }
    }

    /// The envelope: the writer, and everybody in To, Cc and Bcc, each once (RFC 5321 section 3.3).
    pub fn envelope(&self) -> (ReversePath, Vec<ForwardPath>) {
        let mut to: Vec<ForwardPath> = Vec::new();
        for one in self.to.iter().chain(&self.cc).chain(&self.bcc) {
            if !to.iter().any(|known| known.0.same_as(&one.address)) {
                to.push(ForwardPath(one.address.clone()));
            }
        }
        (ReversePath(Some(self.from.address.clone())), to)
    }

    /// The message, lines ending in CRLF, without Bcc.
    pub fn octets(&self) -> Bytes {
        let mut out = self.header();
        let text = body::text(&self.body, self.eight_bit);
        if self.attachments.is_empty() {
            out.push_str(&text_part(&text));
            out.push_str("\r\n");
            out.push_str(&text.text);
        } else {
            let mut parts = vec![format!("{}\r\n{}", text_part(&text), text.text)];
            parts.extend(self.attachments.iter().map(Attachment::part));
            out.push_str(&multipart("multipart/mixed", &[], &self.message_id, &parts));
        }
        out.as_str().into()
    }

    /// All fields save those of the body.
    fn header(&self) -> String {
        let mut out = Field::new("Date").text(&self.date.0.rfc5322(self.date.1)).done();
        out.push_str(&Field::new("From").addresses(std::slice::from_ref(&self.from)).done());
        for (name, list) in [("Reply-To", &self.reply_to), ("To", &self.to), ("Cc", &self.cc)] {
            if !list.is_empty() {
                out.push_str(&Field::new(name).addresses(list).done());
            }
        }
        if !self.subject.trim().is_empty() {
            out.push_str(&Field::new("Subject").text(&self.subject).done());
        }
        out.push_str(&Field::new("Message-ID").text(&format!("<{}>", self.message_id)).done());
        for (name, ids) in [("In-Reply-To", &self.in_reply_to), ("References", &self.references)] {
            if !ids.is_empty() {
                out.push_str(&Field::new(name).ids(ids).done());
            }
        }
        if !self.receipt_to.is_empty() {
            out.push_str(&Field::new("Disposition-Notification-To").addresses(&self.receipt_to).done());
        }
        for (name, value) in &self.further {
            out.push_str(&Field::new(name).text(value).done());
        }
        if let Some(agent) = &self.agent {
            out.push_str(&Field::new("User-Agent").text(agent).done());
        }
        out.push_str("MIME-Version: 1.0\r\n");
        out
    }
}

impl Attachment {
    /// The part it becomes: text by its encoding, all else in base64.
    fn part(&self) -> String {
        let kind = media_type(&self.name);
        let text = std::str::from_utf8(&self.octets).ok().filter(|_| kind.starts_with("text/"));
        let encoded = match text {
            Some(text) => body::text(text, false),
            None => Encoded { encoding: "base64", charset: "", text: body::base64(&self.octets) },
        };
        // Octets that are no text are not to be taken for some.
        let kind =
            if text.is_none() && kind.starts_with("text/") { "application/octet-stream" } else { kind };
        let mut field = Field::new("Content-Type").text(kind);
        if !encoded.charset.is_empty() {
            field = field.parameter("charset", encoded.charset);
        }
        let mut part = field.done();
        part.push_str(
            &Field::new("Content-Disposition").text("attachment").parameter("filename", &self.name).done(),
        );
        part.push_str(&format!("Content-Transfer-Encoding: {}\r\n\r\n{}", encoded.encoding, encoded.text));
        part
    }
}

/// The fields of a text part.
fn text_part(text: &Encoded) -> String {
    format!(
        "Content-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: {}\r\n",
        text.charset, text.encoding
    )
}

/// Several parts in one body, with the Content-Type of the whole before them. The boundary is made of the message's id:
/// `=_` stands in no base64 and in no quoted-printable (RFC 2045 section 6.7), and what is left is looked at.
fn multipart(kind: &str, parameters: &[(&str, &str)], id: &str, parts: &[String]) -> String {
    let id: String = id.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    let taken = |boundary: &str| parts.iter().any(|part| part.contains(boundary));
    let mut boundary = format!("=_{id}");
    let mut number = 0u32;
    while taken(&boundary) {
        number += 1;
        boundary = format!("=_{id}_{number}");
    }
    let mut field = Field::new("Content-Type").text(kind);
    for (name, value) in parameters {
        field = field.parameter(name, value);
    }
    let mut out = field.parameter("boundary", &boundary).done();
    out.push_str("\r\n");
    for part in parts {
        out.push_str(&format!("--{boundary}\r\n{part}"));
        if !part.ends_with("\r\n") {
            out.push_str("\r\n");
        }
        // The line end before a boundary belongs to it (RFC 2046 section 5.1.1).
        out.push_str("\r\n");
    }
    out.push_str(&format!("--{boundary}--\r\n"));
    out
}

/// The media type by a file's name.
fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "txt" | "text" | "log" | "md" => "text/plain",
        "html" | "htm" => "text/html",
        "csv" => "text/csv",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "json" => "application/json",
        "pem" | "crt" => "application/x-pem-file",
        _ => "application/octet-stream",
    }
}

/// Free text that goes into one field, as [`Letter::octets`] writes it: encoded where it must be, folded.
pub fn field(name: &str, value: &str) -> String {
    Field::new(name).text(value).done()
}

/// Is it this mailbox's own address?
fn is_own(own: &[Mailbox], one: &Mailbox) -> bool {
    own.iter().any(|own| own.same_as(one))
}
