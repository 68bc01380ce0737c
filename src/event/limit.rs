//! The bounds of the lab.

use serde::{Deserialize, Serialize};

/// A bound that was reached, so that nothing can grow for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Octets typed or pasted in one input.
    InputOctets,
    /// Octets a terminal printed for one input.
    OutputOctets,
    /// Events one input may cause.
    EventsPerInput,
    /// Octets of the events one input may cause.
    EventOctetsPerInput,
    /// Messages in this world.
    Messages,
    /// Octets of all messages in this world.
    MessageOctets,
    /// Terminals.
    Terminals,
    /// Octets of the workstation's files.
    FileOctets,
    /// Inputs of the whole attempt.
    Inputs,
    /// Octets of the whole attempt's record.
    RecordOctets,
    /// Copies of messages that COPY and MOVE make in folders.
    Copies,
    /// How often hosts take one message over from each other.
    CopiesOfMessage,
}
