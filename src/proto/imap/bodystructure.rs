//! ENVELOPE, BODY and BODYSTRUCTURE on the wire (RFC 3501 section 7.4.2).

use super::strings::{write_nstring, write_readable, write_string, write_unfolded};
use crate::mail::mime::{Content, Envelope, EnvelopeAddress, Inside, Part};

/// How a host writes what is not the message's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyWords {
    /// Types as the message writes them, defaults in small letters: Dovecot.
    #[default]
    AsWritten,
    /// Types, names of parameters and encodings in capitals, defaults too: UW, Cyrus.
    Capitals,
}

impl BodyWords {
    fn put(self, word: &[u8], out: &mut Vec<u8>) {
        match self {
            BodyWords::AsWritten => write_string(word, out),
            BodyWords::Capitals => write_string(&word.to_ascii_uppercase(), out),
        }
    }
}

/// Writes an envelope in its parentheses. Sender and Reply-To are taken from From where they are missing.
pub fn write_envelope(envelope: &Envelope, out: &mut Vec<u8>) {
    out.push(b'(');
    write_unfolded(envelope.date.as_deref(), out);
    out.push(b' ');
    match &envelope.subject {
        None => out.extend_from_slice(b"NIL"),
        Some(subject) => write_readable(subject, out),
    }
    for people in [
        &envelope.from,
        envelope.sender_or_from(),
        envelope.reply_to_or_from(),
        &envelope.to,
        &envelope.cc,
        &envelope.bcc,
    ] {
        out.push(b' ');
        write_addresses(people, out);
    }
    for id in [&envelope.in_reply_to, &envelope.message_id] {
        out.push(b' ');
        write_unfolded(id.as_deref(), out);
    }
    out.push(b')');
}

fn write_addresses(people: &[EnvelopeAddress], out: &mut Vec<u8>) {
    if people.is_empty() {
        return out.extend_from_slice(b"NIL");
    }
    out.push(b'(');
    for address in people {
        out.push(b'(');
        match &address.name {
            None => out.extend_from_slice(b"NIL"),
            Some(name) => write_readable(name, out),
        }
        for part in [&address.route, &address.mailbox, &address.host] {
            out.push(b' ');
            write_nstring(part.as_deref(), out);
        }
        out.push(b')');
    }
    out.push(b')');
}

/// Writes the structure of `message`, whose octets `octets` are, in its parentheses; `extended` for BODYSTRUCTURE.
pub fn write_structure(part: &Part, octets: &[u8], extended: bool, words: BodyWords, out: &mut Vec<u8>) {
    Writer { octets, extended, words }.part(part, out);
}

struct Writer<'a> {
    octets: &'a [u8],
    extended: bool,
    words: BodyWords,
}

impl Writer<'_> {
    fn part(&self, part: &Part, out: &mut Vec<u8>) {
        out.push(b'(');
        match &part.inside {
            Inside::Parts(parts) => self.multipart(part, parts, out),
            _ => self.single(part, out),
        }
        out.push(b')');
    }

    fn multipart(&self, part: &Part, parts: &[Part], out: &mut Vec<u8>) {
        for part in parts {
            self.part(part, out);
        }
        if parts.is_empty() {
            // There must be one: an empty text.
            let empty = Part {
                header: part.body,
                body: crate::units::Span::at(part.body.start),
                lines: 0,
                content: Content::default(),
                inside: Inside::Text,
            };
            self.part(&empty, out);
        }
        out.push(b' ');
        let kind = part.content.kind.as_ref();
        self.words.put(kind.map_or(b"", |kind| &kind.sub), out);
        if self.extended {
            out.push(b' ');
            self.parameters(kind.map_or(&[], |kind| &kind.parameters), false, out);
            self.extension(&part.content, out);
        }
    }

    fn single(&self, part: &Part, out: &mut Vec<u8>) {
        let content = &part.content;
        let (main, sub): (&[u8], &[u8]) = match (&part.inside, &content.kind) {
            (Inside::Message(_), _) => (b"message", b"rfc822"),
            (Inside::TooDeep, _) => (b"application", b"octet-stream"),
            (_, Some(kind)) => (&kind.main, &kind.sub),
            (_, None) => (b"text", b"plain"),
        };
        self.words.put(main, out);
        out.push(b' ');
        self.words.put(sub, out);
        out.push(b' ');
        let is_text = part.inside == Inside::Text;
        self.parameters(content.kind.as_ref().map_or(&[], |kind| &kind.parameters), is_text, out);
        for text in [&content.id, &content.description] {
            out.push(b' ');
            write_unfolded(text.as_deref(), out);
        }
        out.push(b' ');
        self.words.put(content.encoding.as_deref().unwrap_or(b"7bit"), out);
        out.extend_from_slice(format!(" {}", part.body.end - part.body.start).as_bytes());
        if let Inside::Message(message) = &part.inside {
            out.push(b' ');
            write_envelope(&Envelope::parse(self.octets, message.header), out);
            out.push(b' ');
            self.part(message, out);
        }
        if matches!(part.inside, Inside::Text | Inside::Message(_)) {
            out.extend_from_slice(format!(" {}", part.lines).as_bytes());
        }
        if self.extended {
            out.push(b' ');
            write_unfolded(content.md5.as_deref(), out);
            self.extension(content, out);
        }
    }

    /// Disposition, language, location.
    fn extension(&self, content: &Content, out: &mut Vec<u8>) {
        match &content.disposition {
            None => out.extend_from_slice(b" NIL"),
            Some((kind, parameters)) => {
                out.extend_from_slice(b" (");
                self.words.put(kind, out);
                out.push(b' ');
                self.parameters(parameters, false, out);
                out.push(b')');
            }
        }
        if content.languages.is_empty() {
            out.extend_from_slice(b" NIL");
        } else {
            out.extend_from_slice(b" (");
            for (at, language) in content.languages.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                write_string(language, out);
            }
            out.push(b')');
        }
        out.push(b' ');
        write_unfolded(content.location.as_deref(), out);
    }

    /// Parameters in parentheses, NIL where there are none. Text has a charset in any case (RFC 2045 section 5.2).
    fn parameters(&self, parameters: &[(Vec<u8>, Vec<u8>)], is_text: bool, out: &mut Vec<u8>) {
        let adds_charset =
            is_text && !parameters.iter().any(|(name, _)| name.eq_ignore_ascii_case(b"charset"));
        if parameters.is_empty() && !adds_charset {
            return out.extend_from_slice(b"NIL");
        }
        let charset = adds_charset.then_some((&b"charset"[..], &b"us-ascii"[..]));
        let all = parameters.iter().map(|(name, value)| (name.as_slice(), value.as_slice())).chain(charset);
        out.push(b'(');
        for (at, (name, value)) in all.enumerate() {
            if at > 0 {
                out.push(b' ');
            }
            self.words.put(name, out);
            out.push(b' ');
            if adds_charset && at == parameters.len() {
                self.words.put(value, out)
            } else {
                write_string(value, out)
            }
        }
        out.push(b')');
    }
}
