//! Everything that can be done to an attempt from outside.

use super::INPUT_OCTETS;
use crate::event::{CloseReason, Key, TlsFailure, TlsSession};
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
    /// Keys were pressed, each of which goes to the program in the foreground at once, where that takes keys; a carriage
    /// return is Enter. Who takes lines gets the lines that end here, corrected as a terminal corrects them.
    Keys {
        /// The terminal.
        term: TermId,
        /// What a terminal sends for them.
        octets: Bytes,
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
    /// An exam is handed in: what comes later does not count.
    HandIn,
    /// A program outside of the world did something at a real port.
    Socket {
        /// Its connection; they are numbered from 1 in the order in which they are opened.
        socket: u32,
        /// What it did.
        what: SocketInput,
    },
}

/// What a program does at a real port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SocketInput {
    /// It connected to the port of this service, by its name in `[ports]`.
    Open(String),
    /// It sent octets; under TLS, what stood in the envelopes.
    Octets(Bytes),
    /// The TLS handshake that was due has succeeded.
    Secured(TlsSession),
    /// The TLS handshake that was due has failed.
    TlsFailed(TlsFailure),
    /// It will send nothing more, and may still listen.
    End,
    /// It is gone.
    Closed(CloseReason),
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
            Input::Keys { term, octets } => Input::Keys { term, octets: shortened(octets) },
            Input::Hint { step } => Input::Hint { step: beginning(step) },
            Input::Answer { step, text } => Input::Answer { step: beginning(step), text: beginning(text) },
            Input::Socket { socket, what } => {
                let what = match what {
                    SocketInput::Open(service) => SocketInput::Open(beginning(service)),
                    SocketInput::Octets(octets) => SocketInput::Octets(shortened(octets)),
                    other => other,
                };
                Input::Socket { socket, what }
            }
            other => other,
        }
    }

    /// The terminal that it is done at, where it is done at one.
    pub fn terminal(&self) -> Option<TermId> {
        match self {
            Input::Line { term, .. }
            | Input::Keys { term, .. }
            | Input::Key { term, .. }
            | Input::Paste { term, .. } => Some(*term),
            Input::OpenTerminal
            | Input::Pass
            | Input::Hint { .. }
            | Input::Answer { .. }
            | Input::HandIn
            | Input::Socket { .. } => None,
        }
    }

    /// About how many octets it takes in memory and in a record.
    pub fn octets(&self) -> u64 {
        let held = match self {
            Input::Line { text, .. } | Input::Paste { text, .. } => text.len(),
            Input::Keys { octets, .. } => octets.len(),
            Input::Hint { step } => step.len(),
            Input::Answer { step, text } => step.len() + text.len(),
            Input::Socket { what: SocketInput::Octets(octets), .. } => octets.len(),
            Input::Key { .. } | Input::OpenTerminal | Input::Pass | Input::HandIn | Input::Socket { .. } => 0,
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
