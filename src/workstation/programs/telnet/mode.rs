//! Line mode and character mode, and what telnet asks of the other side for it (RFC 857, RFC 858, RFC 1184), as inetutils
//! does: it asks once and goes by what it has asked for, whether or not an answer comes. A mail server gives none, and
//! takes the octets for the beginning of the next line.

use super::super::super::io::Io;
use super::nvt::{DO, DONT, IAC, WILL};
use crate::event::Event;

const ECHO: u8 = 1;
const SUPPRESS_GO_AHEAD: u8 = 3;
const LINEMODE: u8 = 34;

/// How a connection's input goes out.
#[derive(Debug, Default)]
pub(super) struct Mode {
    character: bool,
    /// LINEMODE was offered; that is done once.
    offered: bool,
}

impl Mode {
    /// Does each key go out as it is pressed?
    pub(super) fn character(&self) -> bool {
        self.character
    }

    /// Changes the mode; gives the octets that ask the other side for it.
    pub(super) fn set(&mut self, io: &mut Io, character: bool) -> Vec<u8> {
        let mut asks = Vec::new();
        let changes = self.character != character;
        self.character = character;
        if changes {
            asks.extend([IAC, if character { DO } else { DONT }, SUPPRESS_GO_AHEAD]);
        }
        if !character && !std::mem::replace(&mut self.offered, true) {
            asks.extend([IAC, WILL, LINEMODE]);
        }
        if changes {
            asks.extend([IAC, if character { DO } else { DONT }, ECHO]);
            let term = io.term;
            io.log(Event::KeyMode { term, on: character });
        }
        if !asks.is_empty() {
            let octets = asks.iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
            io.hint(&format!(
                "telnet asked the server for this with the octets {octets}; a mail server takes them for the beginning of the \
                 next line, and answers the line that they spoil",
            ));
        }
        if changes && character {
            io.hint("each key now goes out at once, and telnet leaves it to the server to show it, which a mail server never does");
        }
        asks
    }

    /// The connection is gone, and with it the mode.
    pub(super) fn leave(&mut self, io: &mut Io) {
        if std::mem::take(&mut self.character) {
            let term = io.term;
            io.log(Event::KeyMode { term, on: false });
        }
    }
}
