//! A message on its way: its octets, and who wrote which of them.
//!
//! The authors are the truth that the lab knows and no mail system does. Hosts put lines on top, into the middle or take
//! some out; each change goes through [`Message::stamped`] or an [`Edit`], which carry the authors along, so that every
//! octet has exactly one.

use super::Fields;
use super::smime::readable_text;
use crate::units::{Bytes, Span};
use serde::{Deserialize, Serialize};

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// Whoever handed it over; nobody looked who that was.
    #[default]
    Unknown,
    /// The learner.
    Learner,
    /// A program of the workstation that makes mail, by its name.
    Program(String),
    /// A person of the scenario.
    Person(String),
    /// A host's mail system.
    Host(String),
    /// The scenario: it lay there when the attempt began.
    Scenario,
}

/// A run of octets that one author wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Who.
    pub by: Author,
    /// How many octets.
    pub octets: usize,
}

/// A message, and who wrote what of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The whole message with CRLF line ends.
    pub octets: Bytes,
    /// Who wrote what, from the first octet on. What comes after the last of them is the originator's.
    pub marks: Vec<Mark>,
    /// The originator: whoever wrote the letter and set it going.
    #[serde(default, skip_serializing_if = "Author::is_unknown")]
    pub origin: Author,
}

/// A stretch of a message by one author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authored<'a> {
    /// Who wrote it.
    pub by: &'a Author,
    /// Where it stands.
    pub span: Span,
}

/// A header field with its folds, or the body with the empty line before it, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// The field's name; `None` for the body.
    pub name: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// Who wrote its stretches; more than one where a host changed a line of somebody else's.
    pub authors: Vec<Authored<'a>>,
}

/// A message being made anew out of another: what is kept keeps its authors.
#[derive(Debug)]
pub struct Edit<'a> {
    from: &'a Message,
    octets: Vec<u8>,
    marks: Vec<Mark>,
}

impl Author {
    /// Is it not known?
    pub fn is_unknown(&self) -> bool {
        *self == Author::Unknown
    }

    /// The host, where a host wrote it.
    pub fn host(&self) -> Option<&str> {
        match self {
            Author::Host(name) => Some(name),
            _ => None,
        }
    }
}

impl Message {
    /// A message as a sender handed it over, of whom nothing is known yet.
    pub fn new(octets: impl Into<Bytes>) -> Message {
        Message::by(Author::Unknown, octets)
    }

    /// A message that one author wrote.
    pub fn by(origin: Author, octets: impl Into<Bytes>) -> Message {
        Message { octets: octets.into(), marks: Vec::new(), origin }
    }

    /// The message with `lines` (each ending in CRLF) put on top by `host`.
    pub fn stamped(&self, host: &str, lines: &str) -> Message {
        let mut edit = self.edit();
        edit.write(&Author::Host(host.to_owned()), lines.as_bytes());
        edit.keep(Span::new(0, self.octets.len()));
        edit.finish()
    }

    /// Has this host written something into it: has it had the message before?
    pub fn passed(&self, host: &str) -> bool {
        self.marks.iter().any(|mark| mark.by.host().is_some_and(|name| name == host))
    }

    /// Begins the message anew.
    pub fn edit(&self) -> Edit<'_> {
        Edit { from: self, octets: Vec::with_capacity(self.octets.len() + 256), marks: Vec::new() }
    }

    /// The message as it came out at the other end of a connection over which `carrier` sent it: what is the same kept its
    /// authors, and where something differs the carrier has changed it.
    pub fn arrived(&self, octets: &Bytes, carrier: &Author) -> Message {
        if *octets == self.octets {
            return Message { octets: octets.clone(), ..self.clone() };
        }
        let same = |pair: &(&u8, &u8)| pair.0 == pair.1;
        let start = self.octets.iter().zip(octets.iter()).take_while(same).count();
        let shorter = self.octets.len().min(octets.len()) - start;
        let end = self.octets.iter().rev().zip(octets.iter().rev()).take(shorter).take_while(same).count();
        let mut edit = self.edit();
        edit.keep(Span::new(0, start));
        edit.write(carrier, octets.get(start..octets.len() - end).unwrap_or_default());
        edit.keep(Span::new(self.octets.len() - end, self.octets.len()));
        edit.finish()
    }

    /// Who wrote which stretch, from the first octet to the last, without gap or overlap; none is empty.
    pub fn authors(&self) -> Vec<Authored<'_>> {
        let length = self.octets.len();
        let mut stretches: Vec<Authored<'_>> = Vec::with_capacity(self.marks.len() + 1);
        let mut at = 0usize;
        let rest = std::iter::once((&self.origin, length));
        for (by, octets) in self.marks.iter().map(|m| (&m.by, m.octets)).chain(rest) {
            let end = at.saturating_add(octets).min(length);
            match stretches.last_mut() {
                Some(last) if last.by == by => last.span.end = end,
                _ if end > at => stretches.push(Authored { by, span: Span::new(at, end) }),
                _ => {}
            }
            at = end;
        }
        stretches
    }

    /// Who wrote this stretch.
    pub fn authors_of(&self, span: Span) -> Vec<Authored<'_>> {
        let cut = |a: Authored<'_>| Span::new(a.span.start.max(span.start), a.span.end.min(span.end));
        let stretches = self.authors().into_iter().map(|a| Authored { span: cut(a), ..a });
        stretches.filter(|a| a.span.start < a.span.end).collect()
    }

    /// The header fields and then the body, together the whole message, with their authors.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let fields = self.fields();
        let body = Span::new(fields.split.header.end, self.octets.len());
        let named = fields.iter().map(|f| (Some(f.name.clone()), f.span));
        let parts = named.chain((body.start < body.end).then_some((None, body)));
        let authors = self.authors();
        let mut first = 0;
        let part = |(name, span): (Option<String>, Span)| {
            // Both lists go upwards, so that no stretch is looked at again once it is passed.
            let rest = authors.get(first..).unwrap_or_default();
            first += rest.iter().take_while(|a| a.span.end <= span.start).count();
            let within =
                authors.get(first..).unwrap_or_default().iter().take_while(|a| a.span.start < span.end);
            let cut = |a: &Authored<'_>| Span::new(a.span.start.max(span.start), a.span.end.min(span.end));
            Part { name, span, authors: within.map(|a| Authored { by: a.by, span: cut(a) }).collect() }
        };
        parts.map(part).collect()
    }

    /// Its header fields, and where its body is.
    pub fn fields(&self) -> Fields {
        Fields::parse(&self.octets)
    }

    /// Its text as a person reads it; where it lies inside a signature (RFC 8551 section 3.5.2), that.
    pub fn text(&self) -> String {
        readable_text(&self.octets)
    }
}

impl<'a> Part<'a> {
    /// Whose it is: of a field who began it, of the body who wrote most of it. A server that puts the missing empty line before
    /// a text has not written the text.
    pub fn by(&self) -> Option<&'a Author> {
        let most = |a: &&Authored<'_>| a.span.end - a.span.start;
        let whose = match self.name {
            Some(_) => self.authors.first(),
            // Of two who wrote as much the first.
            None => self.authors.iter().rev().max_by_key(most),
        };
        whose.map(|a| a.by)
    }
}

impl Edit<'_> {
    /// Goes on with this stretch of the message that is changed, as it stands there.
    pub fn keep(&mut self, span: Span) {
        for Authored { by, span } in self.from.authors_of(span) {
            let octets = self.from.octets.get(span.start..span.end).unwrap_or_default();
            add(&mut self.octets, &mut self.marks, by, octets);
        }
    }

    /// Goes on with something new.
    pub fn write(&mut self, by: &Author, octets: &[u8]) {
        add(&mut self.octets, &mut self.marks, by, octets);
    }

    /// The new message. Its originator is that of the first.
    pub fn finish(mut self) -> Message {
        let origin = self.from.origin.clone();
        if self.marks.last().is_some_and(|last| last.by == origin) {
            self.marks.pop();
        }
        Message { octets: self.octets.into(), marks: self.marks, origin }
    }
}

fn add(octets: &mut Vec<u8>, marks: &mut Vec<Mark>, by: &Author, new: &[u8]) {
    if new.is_empty() {
        return;
    }
    octets.extend_from_slice(new);
    match marks.last_mut().filter(|last| last.by == *by) {
        Some(last) => last.octets += new.len(),
        None => marks.push(Mark { by: by.clone(), octets: new.len() }),
    }
}

#[cfg(test)]
mod tests;
