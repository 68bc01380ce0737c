//! Octets into messages (RFC 1035 section 4). Every length is checked and every pointer must point back, so that
//! no octets can make it panic, loop or take more memory than they are worth.

use super::message::{Edns, Flags, Message, Opcode, WireRecord};
use super::name::join;
use super::{Type, WireQuestion};
use crate::event::{Record, RecordData, RecordType};
use std::net::{Ipv4Addr, Ipv6Addr};

/// What is wrong with octets that are no DNS message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeFault {
    /// Where, counted in octets from 0.
    pub at: usize,
    /// What.
    pub kind: DecodeFaultKind,
}

/// The ways in which octets can fail to be a DNS message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeFaultKind {
    /// They end where more was announced.
    Short,
    /// A name's pointer does not point to something before it.
    BadPointer,
    /// A label of a kind that was never put to use (RFC 6891 section 5).
    BadLabel,
    /// A name over 255 octets.
    LongName,
    /// A value that is shorter or longer than its type says.
    BadValue,
    /// More than one OPT record (RFC 6891 section 6.1.1).
    SecondOpt,
    /// Octets after the last record.
    Trailing,
}

impl std::fmt::Display for DecodeFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self.kind {
            DecodeFaultKind::Short => "more octets were announced than came",
            DecodeFaultKind::BadPointer => "expected a pointer to an earlier name",
            DecodeFaultKind::BadLabel => "expected a label of at most 63 octets or a pointer",
            DecodeFaultKind::LongName => "expected a name of at most 255 octets",
            DecodeFaultKind::BadValue => "the value does not have the length its type asks for",
            DecodeFaultKind::SecondOpt => "expected at most one OPT record",
            DecodeFaultKind::Trailing => "expected nothing after the last record",
        };
        write!(f, "octet {}: {what}", self.at)
    }
}

impl std::error::Error for DecodeFault {}

/// Reads a message.
///
/// # Errors
/// The first thing that is wrong.
pub fn decode(octets: &[u8]) -> Result<Message, DecodeFault> {
    let mut r = Reader { octets, at: 0, edns: None };
    let id = r.u16()?;
    let bits = r.u16()?;
    let [questions, answers, authority, additional] = [r.u16()?, r.u16()?, r.u16()?, r.u16()?];
    let questions = (0..questions).map(|_| r.question()).collect::<Result<_, _>>()?;
    let [answers, authority, additional] =
        [r.section(answers)?, r.section(authority)?, r.section(additional)?];
    if r.at < octets.len() {
        return r.fault(DecodeFaultKind::Trailing);
    }
    let bit = |n: u16| bits >> n & 1 == 1;
    let (upper, edns) = r.edns.unzip();
    Ok(Message {
        id,
        opcode: Opcode((bits >> 11 & 15) as u8),
        flags: Flags {
            response: bit(15),
            authoritative: bit(10),
            truncated: bit(9),
            recursion_desired: bit(8),
            recursion_available: bit(7),
            authentic: bit(5),
            checking_disabled: bit(4),
        },
        status: upper.unwrap_or_default() | (bits & 15),
        questions,
        answers,
        authority,
        additional,
        edns,
    })
}

struct Reader<'a> {
    octets: &'a [u8],
    at: usize,
    /// The OPT record, with the upper bits of the status in their place.
    edns: Option<(u16, Edns)>,
}

impl<'a> Reader<'a> {
    fn fault<T>(&self, kind: DecodeFaultKind) -> Result<T, DecodeFault> {
        Err(DecodeFault { at: self.at, kind })
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], DecodeFault> {
        match self.octets.get(self.at..self.at.saturating_add(n)) {
            Some(taken) => {
                self.at += n;
                Ok(taken)
            }
            None => self.fault(DecodeFaultKind::Short),
        }
    }

    fn u8(&mut self) -> Result<u8, DecodeFault> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    fn u16(&mut self) -> Result<u16, DecodeFault> {
        Ok(u16::from(self.u8()?) << 8 | u16::from(self.u8()?))
    }

    fn u32(&mut self) -> Result<u32, DecodeFault> {
        Ok(u32::from(self.u16()?) << 16 | u32::from(self.u16()?))
    }

    /// A name. Each pointer must lead to a place before the part of the name that it ends, so there are finitely
    /// many; the reader goes on after the first.
    fn name(&mut self) -> Result<String, DecodeFault> {
        let mut labels: Vec<&[u8]> = Vec::new();
        let (mut size, mut part, mut after) = (1, self.at, None);
        loop {
            let length = self.u8()?;
            match length {
                0 => break,
                1..=63 => {
                    labels.push(self.take(usize::from(length))?);
                    size += usize::from(length) + 1;
                    if size > 255 {
                        return self.fault(DecodeFaultKind::LongName);
                    }
                }
                0xc0.. => {
                    let target = usize::from(length & 0x3f) << 8 | usize::from(self.u8()?);
                    if target >= part {
                        return self.fault(DecodeFaultKind::BadPointer);
                    }
                    after.get_or_insert(self.at);
                    (self.at, part) = (target, target);
                }
                _ => return self.fault(DecodeFaultKind::BadLabel),
            }
        }
        self.at = after.unwrap_or(self.at);
        Ok(join(labels.iter()))
    }

    fn question(&mut self) -> Result<WireQuestion, DecodeFault> {
        Ok(WireQuestion { name: self.name()?, qtype: Type::from_number(self.u16()?), class: self.u16()? })
    }

    fn section(&mut self, count: u16) -> Result<Vec<WireRecord>, DecodeFault> {
        let mut records = Vec::new();
        for _ in 0..count {
            let name = self.name()?;
            let (rtype, class, ttl) = (self.u16()?, self.u16()?, self.u32()?);
            let length = usize::from(self.u16()?);
            let end = self.at + length;
            if self.octets.len() < end {
                return self.fault(DecodeFaultKind::Short);
            }
            if rtype == 41 {
                self.opt(class, ttl, end)?;
                continue;
            }
            let record = match Type::from_number(rtype) {
                Type::Known(known) if class == 1 && known != RecordType::Any => {
                    WireRecord::Known(Record { name, ttl, data: self.data(known, end)? })
                }
                _ => WireRecord::Other { name, rtype, class, ttl, data: self.take(length)?.to_vec() },
            };
            if self.at != end {
                return self.fault(DecodeFaultKind::BadValue);
            }
            records.push(record);
        }
        Ok(records)
    }

    fn data(&mut self, rtype: RecordType, end: usize) -> Result<RecordData, DecodeFault> {
        Ok(match rtype {
            RecordType::A => RecordData::A(Ipv4Addr::from(self.u32()?)),
            RecordType::Aaaa => {
                let halves = [self.u32()?, self.u32()?, self.u32()?, self.u32()?];
                RecordData::Aaaa(Ipv6Addr::from(halves.iter().fold(0, |a, h| a << 32 | u128::from(*h))))
            }
            RecordType::Mx => RecordData::Mx { preference: self.u16()?, exchange: self.name()? },
            RecordType::Txt | RecordType::Any => {
                let mut strings = Vec::new();
                while self.at < end {
                    let length = usize::from(self.u8()?);
                    strings.push(String::from_utf8_lossy(self.take(length)?).into_owned());
                }
                RecordData::Txt(strings)
            }
            RecordType::Cname => RecordData::Cname(self.name()?),
            RecordType::Ptr => RecordData::Ptr(self.name()?),
            RecordType::Ns => RecordData::Ns(self.name()?),
            RecordType::Soa => RecordData::Soa {
                mname: self.name()?,
                rname: self.name()?,
                serial: self.u32()?,
                refresh: self.u32()?,
                retry: self.u32()?,
                expire: self.u32()?,
                minimum: self.u32()?,
            },
        })
    }

    fn opt(&mut self, udp_size: u16, ttl: u32, end: usize) -> Result<(), DecodeFault> {
        if self.edns.is_some() {
            return self.fault(DecodeFaultKind::SecondOpt);
        }
        let mut options = Vec::new();
        while self.at < end {
            let (number, length) = (self.u16()?, self.u16()?);
            options.push((number, self.take(length.into())?.to_vec()));
        }
        if self.at != end {
            return self.fault(DecodeFaultKind::BadValue);
        }
        let version = (ttl >> 16 & 0xff) as u8;
        let upper = ((ttl >> 24) as u16) << 4;
        self.edns = Some((upper, Edns { udp_size, version, dnssec_ok: ttl >> 15 & 1 == 1, options }));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
