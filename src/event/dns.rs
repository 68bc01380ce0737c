//! DNS questions and records as data (RFC 1035).

use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The record types of the lab's zones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// An IPv4 address.
    A,
    /// An IPv6 address (RFC 3596).
    Aaaa,
    /// A mail exchanger.
    Mx,
    /// Text.
    Txt,
    /// An alias.
    Cname,
    /// A name for an address.
    Ptr,
    /// A name server.
    Ns,
    /// The start of a zone.
    Soa,
    /// Any of them (RFC 8482).
    Any,
}

/// What was asked. Names are absolute, lower case or as typed, without the final dot; the root is empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Question {
    /// The name.
    pub name: String,
    /// The type.
    pub qtype: RecordType,
}

/// The status of an answer (RFC 1035 section 4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Rcode {
    /// Answered, be it with no record.
    NoError,
    /// The server could not read the question.
    FormErr,
    /// The server could not find out.
    ServFail,
    /// There is no such name.
    NxDomain,
    /// The server does not do this.
    NotImp,
    /// The server does not want to.
    Refused,
}

/// Why there was no answer at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DnsFailure {
    /// Nobody answers at that address.
    TimedOut,
    /// The host is there and runs no name server.
    PortUnreachable,
}

/// One resource record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The owner, without the final dot.
    pub name: String,
    /// Seconds it may be kept.
    pub ttl: u32,
    /// Type and value.
    pub data: RecordData,
}

/// Type and value of a record. Names are without the final dot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordData {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// A mail exchanger.
    Mx {
        /// Lower is tried first.
        preference: u16,
        /// The host; empty for a null MX (RFC 7505).
        exchange: String,
    },
    /// Text, in strings of at most 255 octets.
    Txt(Vec<String>),
    /// An alias.
    Cname(String),
    /// A name for an address.
    Ptr(String),
    /// A name server.
    Ns(String),
    /// The start of a zone.
    Soa {
        /// Primary server.
        mname: String,
        /// Mailbox of the person responsible, `@` written as a dot.
        rname: String,
        /// Version.
        serial: u32,
        /// Seconds between a secondary's look-ups.
        refresh: u32,
        /// Seconds before it tries again.
        retry: u32,
        /// Seconds after which it gives up.
        expire: u32,
        /// Seconds a negative answer may be kept (RFC 2308).
        minimum: u32,
    },
}

impl RecordData {
    /// The type of this record.
    pub fn rtype(&self) -> RecordType {
        match self {
            RecordData::A(_) => RecordType::A,
            RecordData::Aaaa(_) => RecordType::Aaaa,
            RecordData::Mx { .. } => RecordType::Mx,
            RecordData::Txt(_) => RecordType::Txt,
            RecordData::Cname(_) => RecordType::Cname,
            RecordData::Ptr(_) => RecordType::Ptr,
            RecordData::Ns(_) => RecordType::Ns,
            RecordData::Soa { .. } => RecordType::Soa,
        }
    }
}
