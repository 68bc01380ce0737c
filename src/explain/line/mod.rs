//! A line, opened: what it is, why it is so, its parts one by one with what each means, the rules, and what is possible
//! next. All of it comes from the typed events around the line; what is printed is read only where it is itself what
//! there is to explain, such as the data of an IMAP answer or the output of `dig`.

pub mod names;

use super::Explainer;
use crate::event::{Entry, Event};
use crate::rfc::Section;
use crate::units::EventNo;

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As it stands there; it comes from outside.
    pub piece: String,
    /// What it means; words of a learner's or a mail's in it are shortened and harmless.
    pub meaning: String,
    /// 0, or how deep it lies in the part before it.
    pub depth: u8,
}

/// What there is to see behind a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// What it is, what happened and why: a sentence or two each.
    pub what: Vec<String>,
    /// Its parts in their order.
    pub parts: Vec<Part>,
    /// The rules, without repetition.
    pub rules: Vec<Section>,
    /// What could be typed now, and what it would do; empty where nothing can.
    pub next: Vec<Part>,
}

impl Explainer {
    /// Opens line `line`, counted from 0, of the text of event `n` (something typed or printed): of what is printed the
    /// lines that end in it. `entries` is the transcript. `None` where there is no such line.
    pub fn open_line(&self, entries: &[Entry], n: EventNo, line: usize) -> Option<Opened> {
        let _ = line;
        self.open_event(entries, n)
    }

    /// Opens event `n` itself, with all its lines: an exchange with a server (command and answer), a DNS question, what
    /// happened to TLS. `None` where there is no such event, or nothing to say about it beyond its own line.
    pub fn open_event(&self, entries: &[Entry], n: EventNo) -> Option<Opened> {
        let why = match &entries.iter().find(|e| e.n == n)?.event {
            Event::Smtp { exchange, .. } => self.explain_smtp(exchange),
            Event::Pop3 { exchange, .. } => self.explain_pop3(exchange),
            Event::Imap { exchange, .. } => self.explain_imap(exchange),
            Event::Dns { server, question, outcome, answers, .. } => {
                self.explain_dns(*server, question, outcome, answers)
            }
            _ => return None,
        };
        let what = std::iter::once(why.text).chain(why.notes).collect();
        Some(Opened { what, rules: why.rule.into_iter().collect(), ..Opened::default() })
    }
}

#[cfg(test)]
mod tests;
