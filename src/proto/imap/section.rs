//! `BODY[...]`: which octets a section names, and what it is called in the answer (RFC 3501 sections 6.4.5 and 7.4.2).

use super::{Partial, Section, SectionText};
use crate::mail::mime::{Inside, Lines, Part};
use crate::units::Span;
use std::borrow::Cow;

/// The octets that a section names; `None` where the message has no such part.
pub fn section_octets<'a>(octets: &'a [u8], whole: &Part, section: &Section) -> Option<Cow<'a, [u8]>> {
    let cut = |span: Span| Cow::Borrowed(octets.get(span.start..span.end).unwrap_or_default());
    if section.part.is_empty() {
        return Some(match &section.text {
            SectionText::All | SectionText::Mime => Cow::Borrowed(octets),
            SectionText::Header => cut(whole.header),
            SectionText::HeaderFields { not, names } => {
                Cow::Owned(some_fields(octets, whole.header, *not, names))
            }
            SectionText::Text => cut(whole.body),
        });
    }
    let part = whole.find(&section.part)?;
    // A message in a part has a header and a text of its own; nothing else has.
    let enclosed = match &part.inside {
        Inside::Message(message) => Some(message),
        _ => None,
    };
    Some(match &section.text {
        SectionText::All => cut(part.body),
        SectionText::Mime => cut(part.header),
        SectionText::Header => cut(enclosed?.header),
        SectionText::HeaderFields { not, names } => {
            Cow::Owned(some_fields(octets, enclosed?.header, *not, names))
        }
        SectionText::Text => cut(enclosed?.body),
    })
}

/// The fields with these names, or all others, in the order of the header, and the empty line where there is one.
pub(super) fn some_fields(octets: &[u8], header: Span, not: bool, names: &[String]) -> Vec<u8> {
    let mut found = Vec::new();
    let mut end = header.start;
    for line in Lines::new(octets, header) {
        let name = octets.get(line.name.start..line.name.end).unwrap_or_default();
        let named = names.iter().any(|wanted| wanted.as_bytes().eq_ignore_ascii_case(name));
        end = line.whole.end;
        if named != not {
            found.extend_from_slice(octets.get(line.whole.start..line.whole.end).unwrap_or_default());
        }
    }
    if !found.is_empty() && !found.ends_with(b"\n") {
        found.extend_from_slice(b"\r\n");
    }
    found.extend_from_slice(octets.get(end..header.end).unwrap_or_default());
    found
}

/// The part of `octets` that is asked for; empty where it begins after their end.
pub(super) fn cut(octets: &[u8], partial: Option<Partial>) -> &[u8] {
    let Some(Partial { start, octets: count }) = partial else { return octets };
    let start = octets.len().min(start as usize);
    let end = octets.len().min(start.saturating_add(count as usize));
    octets.get(start..end).unwrap_or_default()
}

/// What a section is called in an answer: `BODY[1.HEADER.FIELDS (FROM TO)]<0>`.
pub fn section_name(section: &Section, partial: Option<Partial>) -> String {
    let numbers: Vec<String> = section.part.iter().map(u32::to_string).collect();
    let text = match &section.text {
        SectionText::All => String::new(),
        SectionText::Header => "HEADER".to_owned(),
        SectionText::HeaderFields { not, names } => {
            let not = if *not { ".NOT" } else { "" };
            let names: Vec<String> = names.iter().map(|name| field_name(name)).collect();
            format!("HEADER.FIELDS{not} ({})", names.join(" "))
        }
        SectionText::Text => "TEXT".to_owned(),
        SectionText::Mime => "MIME".to_owned(),
    };
    let dot = if numbers.is_empty() || text.is_empty() { "" } else { "." };
    let start = partial.map_or_else(String::new, |partial| format!("<{}>", partial.start));
    format!("BODY[{}{dot}{text}]{start}", numbers.join("."))
}

/// A field's name in capitals, quoted where it is no atom (RFC 3501 section 9, header-fld-name).
fn field_name(name: &str) -> String {
    let is_atom =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && !b"(){%*\"\\".contains(&b));
    let name = name.to_ascii_uppercase();
    if is_atom { name } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}
