//! Everything that can be done to an attempt from outside.

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
