//! Messages into octets, names compressed (RFC 1035 section 4.1.4).

use super::message::{Edns, Flags, Message, WireRecord};
use super::name::{NameFault, join, labels};
use super::{Type, WireQuestion};
use crate::event::{Record, RecordData};
use std::collections::BTreeMap;

/// Offsets a pointer can hold are below this.
const POINTER: usize = 0x4000;

/// Why a message cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodeFault {
    /// A name in it is no legal name.
    Name(NameFault),
    /// It is, or a value in it is, longer than the 65535 octets that DNS can carry.
    TooLong,
}

impl std::fmt::Display for EncodeFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EncodeFault::Name(fault) => fault.fmt(f),
            EncodeFault::TooLong => f.write_str("message too long"),
        }
    }
}

impl std::error::Error for EncodeFault {}

/// The octets of a message. Strings of TXT records over 255 octets are cut into several.
///
/// # Errors
/// What in the message does not fit into DNS.
pub fn encode(message: &Message) -> Result<Vec<u8>, EncodeFault> {
    let mut w = Writer { octets: Vec::new(), names: BTreeMap::new() };
    w.u16(message.id);
    w.u16(flag_bits(message));
    w.count(message.questions.len())?;
    w.count(message.answers.len())?;
    w.count(message.authority.len())?;
    w.count(message.additional.len() + usize::from(message.edns.is_some()))?;
    for question in &message.questions {
        w.question(question)?;
    }
    for record in message.answers.iter().chain(&message.authority).chain(&message.additional) {
        w.record(record)?;
    }
    if let Some(edns) = &message.edns {
        w.edns(edns, message.status)?;
    }
    if w.octets.len() > usize::from(u16::MAX) { Err(EncodeFault::TooLong) } else { Ok(w.octets) }
}

fn flag_bits(message: &Message) -> u16 {
    let Flags {
        response,
        authoritative,
        truncated,
        recursion_desired,
        recursion_available,
        authentic,
        checking_disabled,
    } = message.flags;
    let bits = [
        (response, 15),
        (authoritative, 10),
        (truncated, 9),
        (recursion_desired, 8),
        (recursion_available, 7),
        (authentic, 5),
        (checking_disabled, 4),
    ];
    let flags = bits.iter().fold(0, |word, (set, bit)| word | (u16::from(*set) << bit));
    flags | (u16::from(message.opcode.0 & 15) << 11) | (message.status & 15)
}

struct Writer {
    octets: Vec<u8>,
    /// Where each name (and each name's end) was written, for pointers to it. Compared with case, so that names
    /// come out as they went in.
    names: BTreeMap<String, u16>,
}

impl Writer {
    fn u16(&mut self, n: u16) {
        self.octets.extend(n.to_be_bytes());
    }

    fn u32(&mut self, n: u32) {
        self.octets.extend(n.to_be_bytes());
    }

    fn count(&mut self, n: usize) -> Result<(), EncodeFault> {
        self.u16(u16::try_from(n).map_err(|_| EncodeFault::TooLong)?);
        Ok(())
    }

    fn name(&mut self, name: &str) -> Result<(), EncodeFault> {
        let labels = labels(name).map_err(EncodeFault::Name)?;
        for (i, label) in labels.iter().enumerate() {
            let rest = join(labels.iter().skip(i));
            if let Some(at) = self.names.get(&rest) {
                self.u16(0xc000 | at);
                return Ok(());
            }
            if let Ok(at) = u16::try_from(self.octets.len())
                && usize::from(at) < POINTER
            {
                self.names.insert(rest, at);
            }
            // `labels` lets no label over 63 octets pass.
            self.octets.push(u8::try_from(label.len()).unwrap_or(63));
            self.octets.extend(label);
        }
        self.octets.push(0);
        Ok(())
    }

    fn question(&mut self, question: &WireQuestion) -> Result<(), EncodeFault> {
        self.name(&question.name)?;
        self.u16(question.qtype.number());
        self.u16(question.class);
        Ok(())
    }

    fn record(&mut self, record: &WireRecord) -> Result<(), EncodeFault> {
        match record {
            WireRecord::Known(Record { name, ttl, data }) => {
                self.head(name, Type::Known(data.rtype()).number(), 1, *ttl)?;
                self.with_length(|w| w.data(data))
            }
            WireRecord::Other { name, rtype, class, ttl, data } => {
                self.head(name, *rtype, *class, *ttl)?;
                self.with_length(|w| {
                    w.octets.extend(data);
                    Ok(())
                })
            }
        }
    }

    fn head(&mut self, name: &str, rtype: u16, class: u16, ttl: u32) -> Result<(), EncodeFault> {
        self.name(name)?;
        self.u16(rtype);
        self.u16(class);
        self.u32(ttl);
        Ok(())
    }

    /// Writes something with its length in two octets before it.
    fn with_length(
        &mut self,
        write: impl FnOnce(&mut Writer) -> Result<(), EncodeFault>,
    ) -> Result<(), EncodeFault> {
        let at = self.octets.len();
        self.u16(0);
        write(self)?;
        let length = u16::try_from(self.octets.len() - at - 2).map_err(|_| EncodeFault::TooLong)?;
        if let Some(place) = self.octets.get_mut(at..at + 2) {
            place.copy_from_slice(&length.to_be_bytes());
        }
        Ok(())
    }

    fn data(&mut self, data: &RecordData) -> Result<(), EncodeFault> {
        match data {
            RecordData::A(a) => self.octets.extend(a.octets()),
            RecordData::Aaaa(a) => self.octets.extend(a.octets()),
            RecordData::Mx { preference, exchange } => {
                self.u16(*preference);
                self.name(exchange)?;
            }
            RecordData::Txt(strings) => self.strings(strings),
            RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => self.name(name)?,
            RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum } => {
                self.name(mname)?;
                self.name(rname)?;
                for n in [serial, refresh, retry, expire, minimum] {
                    self.u32(*n);
                }
            }
        }
        Ok(())
    }

    /// One octet of length before each string (RFC 1035 section 3.3); no string at all is an empty one.
    fn strings(&mut self, strings: &[String]) {
        for string in strings {
            let octets = string.as_bytes();
            let pieces = if octets.is_empty() { vec![octets] } else { octets.chunks(255).collect() };
            for piece in pieces {
                self.octets.push(u8::try_from(piece.len()).unwrap_or(u8::MAX));
                self.octets.extend(piece);
            }
        }
        if strings.is_empty() {
            self.octets.push(0);
        }
    }

    fn edns(&mut self, edns: &Edns, status: u16) -> Result<(), EncodeFault> {
        let flags = u32::from(edns.dnssec_ok) << 15;
        let ttl = (u32::from(status >> 4 & 0xff) << 24) | (u32::from(edns.version) << 16) | flags;
        self.head("", 41, edns.udp_size, ttl)?;
        self.with_length(|w| {
            for (number, value) in &edns.options {
                w.u16(*number);
                w.with_length(|w| {
                    w.octets.extend(value);
                    Ok(())
                })?;
            }
            Ok(())
        })
    }
}
