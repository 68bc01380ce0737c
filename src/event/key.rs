//! Keys that are not text.

use serde::{Deserialize, Serialize};

/// A key that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Key {
    /// Ctrl-C: interrupt.
    #[serde(rename = "^C")]
    Interrupt,
    /// Ctrl-D: end of file.
    #[serde(rename = "^D")]
    EndOfFile,
    /// Ctrl-]: telnet's escape character.
    #[serde(rename = "^]")]
    Escape,
    /// Ctrl-Z: suspend; the workstation has no job control and says so.
    #[serde(rename = "^Z")]
    Suspend,
}

impl Key {
    /// All of them.
    pub const ALL: [Key; 4] = [Key::Interrupt, Key::EndOfFile, Key::Escape, Key::Suspend];

    /// The key in caret notation, as terminals, JSON and scripts write it.
    pub fn name(self) -> &'static str {
        match self {
            Key::Interrupt => "^C",
            Key::EndOfFile => "^D",
            Key::Escape => "^]",
            Key::Suspend => "^Z",
        }
    }
}
