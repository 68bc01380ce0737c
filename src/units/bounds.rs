//! How far an attempt may go before it must be begun anew.

use serde::{Deserialize, Serialize};

/// How much of everything an attempt may have as a whole. It decides what comes out of an input, so it is told with the
/// attempt's record and stays the attempt's own, whoever goes on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bounds {
    /// How many inputs it takes. Each read from a program at a real port is one.
    pub inputs: u64,
    /// How many octets its inputs and events may have together. Packed as they lie on the disk they take less.
    pub record_octets: u64,
    /// How many messages come into its world: handed in, appended, written by a host, there from the start. Removing one
    /// makes no room for another: the record keeps them all.
    pub messages: u32,
    /// How many octets the messages may have together that lie in its world at the same time, in queues and folders, each
    /// copy that costs memory counted.
    pub message_octets: u64,
    /// How many copies of messages COPY and MOVE may make in folders (RFC 3501 section 6.4.7, RFC 6851). Their octets are
    /// shared, so one costs about a hundred octets of memory.
    pub copies: u32,
}

impl Bounds {
    /// What a learner's attempt has. More than anybody types, and little enough that a course fits on one machine.
    pub const LEARNER: Bounds = Bounds {
        inputs: 200_000,
        record_octets: 512 << 20,
        messages: 20_000,
        message_octets: 128 << 20,
        copies: 50_000,
    };

    /// What an attempt has whose machine serves nobody else: enough for hours of a load test, some thousand messages each
    /// second. What is reached first where nobody empties the mailboxes is the memory of the messages.
    pub const ALONE: Bounds = Bounds {
        inputs: 1_000_000_000,
        record_octets: 1 << 40,
        messages: 100_000_000,
        message_octets: 4 << 30,
        copies: 5_000_000,
    };

    /// Are these what a learner's attempt has?
    pub fn is_learners(&self) -> bool {
        *self == Bounds::LEARNER
    }
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds::LEARNER
    }
}
