//! DNS (RFC 1034, 1035): zones, answers, and messages as octets.

mod decode;
mod encode;
mod message;
mod name;
mod present;
mod text;
mod zone;

pub use decode::{DecodeFault, DecodeFaultKind, decode};
pub use encode::{EncodeFault, encode};
pub use message::{Edns, Flags, Message, Opcode, Type, WireQuestion, WireRecord};
pub use name::{NameFault, canonical, check_name, is_within};
pub use present::{absolute, value};
pub use text::{RecordFault, parse_record};
pub use zone::{HostData, ZoneData, Zones};

use crate::event::{Question, Rcode, Record};

/// An answer with its three sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// What was asked.
    pub question: Question,
    /// Status.
    pub rcode: Rcode,
    /// The server answers for this zone itself (`aa`).
    pub authoritative: bool,
    /// The server asks others on the client's behalf (`ra`).
    pub recursion: bool,
    /// The answers; aliases first, in the order they were followed.
    pub answers: Vec<Record>,
    /// The zone's SOA where there is no answer (RFC 2308).
    pub authority: Vec<Record>,
    /// Addresses that belong to names in the answers.
    pub additional: Vec<Record>,
}
