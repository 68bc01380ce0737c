//! Everything that can be done to an attempt from outside.

use super::INPUT_OCTETS;
use crate::event::Key;
use crate::units::{Bytes, TermId};
use serde::{Deserialize, Serialize};

/// One input. With the time it came at, it is all that an attempt's record needs to be replayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// A line was typed, Enter pressed.
    Line {
        /// The terminal.
        term: TermId,
        /// The line without its end.
        text: Bytes,
    },
    /// A key was pressed.
    Key {
        /// The terminal.
        term: TermId,
        /// The key.
        key: Key,
    },
    /// Text was pasted: each complete line is as if typed, one after the other; a last line without its end is too.
    Paste {
        /// The terminal.
        term: TermId,
        /// The text.
        text: Bytes,
    },
    /// Another terminal is opened; it gets the next number.
    OpenTerminal,
    /// Nothing but time passes, up to the time the input came at.
    Pass,
    /// The next hint of a step is taken.
    Hint {
        /// The step.
        step: String,
    },
    /// A step's question is answered.
    Answer {
        /// The step.
        step: String,
        /// The answer.
        text: String,
    },
}

/// How many octets of a step's id and of an answer are looked at.
const ANSWER_OCTETS: usize = 4_096;

impl Input {
    /// The input without what an attempt does not look at, so that a record does not hold it. Of a text that is too
    /// long one octet more is kept, by which the attempt knows, in a replay too, that there was more.
    pub(super) fn cut(self) -> Input {
        let shortened = |text: Bytes| text.get(..=INPUT_OCTETS).map(Bytes::from).unwrap_or(text.clone());
        match self {
            Input::Line { term, text } => Input::Line { term, text: shortened(text) },
            Input::Paste { term, text } => Input::Paste { term, text: shortened(text) },
            Input::Hint { step } => Input::Hint { step: beginning(step) },
            Input::Answer { step, text } => Input::Answer { step: beginning(step), text: beginning(text) },
            other => other,
        }
    }

    /// About how many octets it takes in memory and in a record.
    pub(super) fn octets(&self) -> u64 {
        let held = match self {
            Input::Line { text, .. } | Input::Paste { text, .. } => text.len(),
            Input::Hint { step } => step.len(),
            Input::Answer { step, text } => step.len() + text.len(),
            Input::Key { .. } | Input::OpenTerminal | Input::Pass => 0,
        };
        (std::mem::size_of::<Input>() + held) as u64
    }
}

/// As many octets of a text as are looked at, to the end of a character.
fn beginning(mut text: String) -> String {
    let end = (0..=ANSWER_OCTETS.min(text.len())).rev().find(|n| text.is_char_boundary(*n));
    text.truncate(end.unwrap_or(0));
    text
}
