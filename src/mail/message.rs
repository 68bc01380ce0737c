//! A message on its way: its octets, and which host put which lines on top.

use crate::units::Bytes;
use serde::{Deserialize, Serialize};

/// Lines that a host put on top of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The host that wrote them.
    pub host: String,
    /// How many octets they are.
    pub octets: usize,
}

/// A message with its trace: everything below the marked lines was handed over by the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The whole message with CRLF line ends, the marked lines first.
    pub octets: Bytes,
    /// Who put what on top, the topmost first.
    pub marks: Vec<Mark>,
}

impl Message {
    /// A message as a sender handed it over.
    pub fn new(octets: impl Into<Bytes>) -> Message {
        Message { octets: octets.into(), marks: Vec::new() }
    }

    /// The message with `lines` (each ending in CRLF) put on top by `host`.
    pub fn stamped(&self, host: &str, lines: &str) -> Message {
        let mut octets = lines.as_bytes().to_vec();
        octets.extend_from_slice(&self.octets);
        let mut marks = vec![Mark { host: host.to_owned(), octets: lines.len() }];
        marks.extend_from_slice(&self.marks);
        Message { octets: octets.into(), marks }
    }
}
