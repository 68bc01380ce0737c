//! A record as text, one JSON value a line: the header, then each input followed by its events. It can be appended
//! to, and what was written before a crash can be read: a last line that was cut off is left out.

use super::{Header, Input, Record};
use crate::event::Entry;
use crate::units::{InputNo, Time};
use serde::{Deserialize, Serialize};

/// The version of this encoding.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    Attempt { format: u32, header: Header },
    Input { n: InputNo, at: Time, input: Input },
    Event(Box<Entry>),
}

/// What is wrong with a journal, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFault {
    /// The line, from 1.
    pub line: usize,
    /// What came and what was expected.
    pub message: String,
}

impl std::fmt::Display for JournalFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "journal line {}: {}", self.line, self.message)
    }
}

impl Record {
    /// The record as a journal.
    pub fn encode(&self) -> String {
        let mut text = String::new();
        push(&mut text, &Line::Attempt { format: FORMAT, header: self.header.clone() });
        let mut entries = self.entries.iter().peekable();
        let mut events_of = |text: &mut String, input: u64| {
            while let Some(entry) = entries.next_if(|e| e.input.0 <= input) {
                push(text, &Line::Event(Box::new(entry.clone())));
            }
        };
        events_of(&mut text, 0);
        for (n, (at, input)) in (1..).zip(&self.inputs) {
            push(&mut text, &Line::Input { n: InputNo(n), at: *at, input: input.clone() });
            events_of(&mut text, n);
        }
        text
    }

    /// Reads a journal. A last line without its end is what a crash left of a write, and is left out.
    ///
    /// # Errors
    /// The first line that cannot be read, or does not follow from the ones before.
    pub fn decode(journal: &str) -> Result<Record, JournalFault> {
        let complete = journal.rfind('\n').map_or("", |end| &journal[..=end]);
        let mut record: Option<Record> = None;
        for (number, text) in (1..).zip(complete.lines()) {
            let fault = |message: String| JournalFault { line: number, message };
            let line = serde_json::from_str::<Line>(text).map_err(|e| fault(e.to_string()))?;
            match (line, &mut record) {
                (Line::Attempt { format: FORMAT, header }, none @ None) => {
                    *none = Some(Record { header, inputs: Vec::new(), entries: Vec::new() });
                }
                (Line::Attempt { format, .. }, None) => {
                    return Err(fault(format!("format {format}; this helo reads format {FORMAT}")));
                }
                (Line::Input { n, at, input }, Some(r)) => {
                    let expected = r.inputs.len() as u64 + 1;
                    if n.0 != expected {
                        return Err(fault(format!("input {n}, but {expected} is next")));
                    }
                    r.inputs.push((at, input));
                }
                (Line::Event(entry), Some(r)) => {
                    let expected = r.entries.len() as u64 + 1;
                    if entry.n.0 != expected || entry.input.0 != r.inputs.len() as u64 {
                        let (n, input) = (entry.n, entry.input);
                        return Err(fault(format!(
                            "event {n} of input {input}, but event {expected} of input {} is next",
                            r.inputs.len()
                        )));
                    }
                    r.entries.push(*entry);
                }
                (Line::Attempt { .. }, Some(_)) => return Err(fault("a second header".to_owned())),
                (_, None) => return Err(fault("a journal begins with its header".to_owned())),
            }
        }
        record.ok_or_else(|| JournalFault { line: 1, message: "the journal is empty".to_owned() })
    }
}

fn push(text: &mut String, line: &Line) {
    // Serializing these types cannot fail: no maps with keys that are not strings, no foreign types.
    if let Ok(json) = serde_json::to_string(line) {
        text.push_str(&json);
        text.push('\n');
    }
}
