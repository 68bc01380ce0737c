//! DNS messages (RFC 1035 section 4) as data, between [`decode`](super::decode()) and [`encode`](super::encode()).

use super::Response;
use crate::event::{Question, Rcode, Record, RecordType};

/// What a message is about (RFC 1035 section 4.1.1): four bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opcode(pub u8);

impl Opcode {
    /// A standard query.
    pub const QUERY: Opcode = Opcode(0);
}

/// The bits of the header (RFC 1035 section 4.1.1; AD and CD: RFC 4035 section 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// QR: it is a response.
    pub response: bool,
    /// AA: the server is one of the zone's own.
    pub authoritative: bool,
    /// TC: it was cut short.
    pub truncated: bool,
    /// RD: the server shall ask others.
    pub recursion_desired: bool,
    /// RA: the server would ask others.
    pub recursion_available: bool,
    /// AD: verified by DNSSEC, or in a query: tell me.
    pub authentic: bool,
    /// CD: do not verify.
    pub checking_disabled: bool,
}

/// A record type: one of the lab's, or another's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// One the lab's zones know.
    Known(RecordType),
    /// Any other.
    Other(u16),
}

/// A question as it stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireQuestion {
    /// The name, without the final dot.
    pub name: String,
    /// The type.
    pub qtype: Type,
    /// The class; 1 is IN.
    pub class: u16,
}

/// A record as it stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireRecord {
    /// A record of class IN and a type the lab knows, whose value can be read.
    Known(Record),
    /// Any other, its value untouched (RFC 3597 section 3).
    Other {
        /// The owner, without the final dot.
        name: String,
        /// The type's number.
        rtype: u16,
        /// The class's number.
        class: u16,
        /// Seconds it may be kept.
        ttl: u32,
        /// The value.
        data: Vec<u8>,
    },
}

/// What the OPT pseudo-record says (RFC 6891 section 6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edns {
    /// The largest UDP payload the sender takes, in octets.
    pub udp_size: u16,
    /// The version, 0.
    pub version: u8,
    /// DO: the sender wants DNSSEC's records (RFC 3225 section 3).
    pub dnssec_ok: bool,
    /// Options as number and value, such as the cookie (10, RFC 7873) that dig sends.
    pub options: Vec<(u16, Vec<u8>)>,
}

/// A whole message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Joins response and query.
    pub id: u16,
    /// What it is about.
    pub opcode: Opcode,
    /// The bits.
    pub flags: Flags,
    /// Status: twelve bits, the upper eight being in the OPT record (RFC 6891 section 6.1.3). See [`Message::rcode`].
    pub status: u16,
    /// Usually one.
    pub questions: Vec<WireQuestion>,
    /// The answer section.
    pub answers: Vec<WireRecord>,
    /// The authority section.
    pub authority: Vec<WireRecord>,
    /// The additional section without the OPT record.
    pub additional: Vec<WireRecord>,
    /// The OPT record.
    pub edns: Option<Edns>,
}

impl Message {
    /// A query as a stub resolver sends it: recursion desired, EDNS with `udp_size`.
    pub fn query(id: u16, question: &Question, udp_size: u16) -> Message {
        Message {
            id,
            opcode: Opcode::QUERY,
            flags: Flags { recursion_desired: true, ..Flags::default() },
            status: 0,
            questions: vec![WireQuestion::new(question)],
            answers: Vec::new(),
            authority: Vec::new(),
            additional: Vec::new(),
            edns: Some(Edns { udp_size, version: 0, dnssec_ok: false, options: Vec::new() }),
        }
    }

    /// The message that carries `response` to the query `to`; it has EDNS where the query has (RFC 6891 section 7).
    pub fn response(to: &Message, response: &Response) -> Message {
        let section = |records: &[Record]| records.iter().cloned().map(WireRecord::Known).collect();
        Message {
            id: to.id,
            opcode: to.opcode,
            flags: Flags {
                response: true,
                authoritative: response.authoritative,
                recursion_desired: to.flags.recursion_desired,
                recursion_available: response.recursion,
                checking_disabled: to.flags.checking_disabled,
                ..Flags::default()
            },
            status: response.rcode.number().into(),
            questions: vec![WireQuestion::new(&response.question)],
            answers: section(&response.answers),
            authority: section(&response.authority),
            additional: section(&response.additional),
            edns: to.edns.as_ref().map(|_| Edns {
                udp_size: 1232,
                version: 0,
                dnssec_ok: false,
                options: Vec::new(),
            }),
        }
    }

    /// The status, where it is one the lab knows.
    pub fn rcode(&self) -> Option<Rcode> {
        Rcode::ALL.into_iter().find(|r| u16::from(r.number()) == self.status)
    }
}

impl WireQuestion {
    /// A question of class IN.
    pub fn new(question: &Question) -> WireQuestion {
        let name = question.name.strip_suffix('.').unwrap_or(&question.name).to_owned();
        WireQuestion { name, qtype: Type::Known(question.qtype), class: 1 }
    }

    /// The question, where it is of class IN and a type the lab knows.
    pub fn known(&self) -> Option<Question> {
        match self.qtype {
            Type::Known(qtype) if self.class == 1 => Some(Question { name: self.name.clone(), qtype }),
            _ => None,
        }
    }
}

impl Type {
    /// The number on the wire (RFC 1035 section 3.2.2; AAAA: RFC 3596 section 2.1).
    pub fn number(self) -> u16 {
        match self {
            Type::Other(n) => n,
            Type::Known(t) => match t {
                RecordType::A => 1,
                RecordType::Ns => 2,
                RecordType::Cname => 5,
                RecordType::Soa => 6,
                RecordType::Ptr => 12,
                RecordType::Mx => 15,
                RecordType::Txt => 16,
                RecordType::Aaaa => 28,
                RecordType::Any => 255,
            },
        }
    }

    /// The type of a number.
    pub fn from_number(n: u16) -> Type {
        RecordType::ALL.into_iter().map(Type::Known).find(|t| t.number() == n).unwrap_or(Type::Other(n))
    }
}
