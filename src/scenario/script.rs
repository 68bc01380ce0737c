//! Script lines: what a learner types, as solutions, counterexamples, `helo play` and the tests write it.
//!
//! A line is typed at terminal 1; `@2 LINE` goes to terminal 2, `@key ^]` presses a key (`@2 key ^]` there),
//! `@wait 60s` lets time pass, `@hint STEP` takes the next hint, `@answer STEP TEXT` answers a question,
//! `@paste` ... `@end` pastes several lines at once, `@@` at the start of a line is a literal `@`.

use crate::event::Key;
use crate::units::{Bytes, TermId};
use std::time::Duration;

/// A parsed script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// What happens, with the number of its line in the script, from 1.
    pub lines: Vec<(usize, ScriptLine)>,
}

/// One thing a learner does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptLine {
    /// Types a line and Enter.
    Type {
        /// Where.
        term: TermId,
        /// The line.
        text: Bytes,
    },
    /// Presses a key.
    Press {
        /// Where.
        term: TermId,
        /// The key.
        key: Key,
    },
    /// Pastes text, line ends included.
    Paste {
        /// Where.
        term: TermId,
        /// The text.
        text: Bytes,
    },
    /// Lets time pass.
    Wait(Duration),
    /// Takes the next hint of a step.
    Hint {
        /// The step.
        step: String,
    },
    /// Answers a step's question.
    Answer {
        /// The step.
        step: String,
        /// The answer.
        text: String,
    },
}

/// A script line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFault {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// Every line that cannot be read.
    pub fn parse(text: &[u8]) -> Result<Script, Vec<ScriptFault>> {
        unimplemented!("{text:?}")
    }
}
