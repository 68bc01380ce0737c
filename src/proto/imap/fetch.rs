//! What FETCH answers about one message (RFC 3501 section 7.4.2). The message is taken apart only where an item needs
//! it, once for all items.

use super::bodystructure::{BodyWords, write_envelope, write_structure};
use super::section::{cut, section_name, section_octets};
use super::strings::write_literal;
use super::{FetchItem, Flags, InternalDate, Keywords, Section, SectionText, StoredMessage};
use crate::mail::mime::{Envelope, Part, header};
use crate::units::Span;
use std::cell::OnceCell;

/// A message, and what has been found out about it. Make one for each message of a command.
#[derive(Debug)]
pub struct Fetched<'a> {
    message: &'a StoredMessage,
    structure: OnceCell<Part>,
}

impl<'a> Fetched<'a> {
    /// Nothing has been looked at.
    pub fn new(message: &'a StoredMessage) -> Fetched<'a> {
        Fetched { message, structure: OnceCell::new() }
    }

    fn structure(&self) -> &Part {
        self.structure.get_or_init(|| Part::parse(&self.message.octets))
    }

    /// Writes the answer to `items`, parentheses included: what comes after `* 12 FETCH `. An item asked for twice is
    /// answered once.
    pub fn write(&self, items: &[FetchItem], keywords: &Keywords, words: BodyWords, out: &mut Vec<u8>) {
        out.push(b'(');
        for (at, item) in items.iter().enumerate() {
            if items.iter().take(at).any(|before| same(before, item)) {
                continue;
            }
            if at > 0 {
                out.push(b' ');
            }
            self.item(item, keywords, words, out);
        }
        out.push(b')');
    }

    fn item(&self, item: &FetchItem, keywords: &Keywords, words: BodyWords, out: &mut Vec<u8>) {
        let octets: &[u8] = &self.message.octets;
        let whole = |text| Section { part: Vec::new(), text };
        match item {
            FetchItem::Flags => {
                out.extend_from_slice(b"FLAGS ");
                write_flags(self.message.flags, self.message.recent, keywords, out);
            }
            FetchItem::InternalDate => {
                out.extend_from_slice(
                    format!("INTERNALDATE \"{}\"", date_time(self.message.date)).as_bytes(),
                );
            }
            FetchItem::Envelope => {
                out.extend_from_slice(b"ENVELOPE ");
                let header = self.structure.get().map_or_else(|| header(octets), |part| part.header);
                write_envelope(&Envelope::parse(octets, header), out);
            }
            FetchItem::Uid => out.extend_from_slice(format!("UID {}", self.message.uid).as_bytes()),
            FetchItem::Size => out.extend_from_slice(format!("RFC822.SIZE {}", octets.len()).as_bytes()),
            FetchItem::Rfc822 => self.named("RFC822", &whole(SectionText::All), out),
            FetchItem::Rfc822Header => self.named("RFC822.HEADER", &whole(SectionText::Header), out),
            FetchItem::Rfc822Text => self.named("RFC822.TEXT", &whole(SectionText::Text), out),
            FetchItem::Body => {
                out.extend_from_slice(b"BODY ");
                write_structure(self.structure(), octets, false, words, out);
            }
            FetchItem::BodyStructure => {
                out.extend_from_slice(b"BODYSTRUCTURE ");
                write_structure(self.structure(), octets, true, words, out);
            }
            FetchItem::Section { section, partial, .. } => {
                out.extend_from_slice(section_name(section, *partial).as_bytes());
                out.push(b' ');
                match self.octets_of(section) {
                    None => write_literal(b"", out),
                    Some(octets) => write_literal(cut(&octets, *partial), out),
                }
            }
        }
    }

    fn named(&self, name: &str, section: &Section, out: &mut Vec<u8>) {
        out.extend_from_slice(name.as_bytes());
        out.push(b' ');
        write_literal(&self.octets_of(section).unwrap_or_default(), out);
    }

    /// The octets of a section; the message's own header and text need no structure.
    fn octets_of(&self, section: &Section) -> Option<std::borrow::Cow<'_, [u8]>> {
        let octets: &[u8] = &self.message.octets;
        if !section.part.is_empty() {
            return section_octets(octets, self.structure(), section);
        }
        let header = header(octets);
        let body = Span::new(header.end, octets.len());
        let outline = Part {
            header,
            body,
            lines: 0,
            content: crate::mail::mime::Content::default(),
            inside: crate::mail::mime::Inside::Text,
        };
        section_octets(octets, &outline, section)
    }
}

/// Do two items give the same answer?
fn same(a: &FetchItem, b: &FetchItem) -> bool {
    match (a, b) {
        (
            FetchItem::Section { section: one, partial: first, .. },
            FetchItem::Section { section: other, partial: second, .. },
        ) => one == other && first == second,
        _ => a == b,
    }
}

/// Writes flags in their parentheses: the standard's, \Recent, keywords.
pub fn write_flags(flags: Flags, recent: bool, keywords: &Keywords, out: &mut Vec<u8>) {
    let recent = recent.then_some("\\Recent");
    out.push(b'(');
    for (n, name) in flags.system_names().chain(recent).chain(flags.keyword_names(keywords)).enumerate() {
        if n > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(name.as_bytes());
    }
    out.push(b')');
}

/// `17-Jul-1996 02:44:25 -0700` (RFC 3501 section 9, date-time, without its quotes).
pub fn date_time(date: InternalDate) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let civil = date.at.civil(date.zone);
    let month = MONTHS.get(usize::from(civil.month().unsigned_abs()).wrapping_sub(1)).unwrap_or(&"Jan");
    format!(
        "{:02}-{month}-{:04} {:02}:{:02}:{:02} {}",
        civil.day(),
        civil.year(),
        civil.hour(),
        civil.minute(),
        civil.second(),
        date.zone.hhmm()
    )
}
