//! DNS questions and records as data (RFC 1035).

use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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

impl RecordType {
    /// All of them, as zone files and dig write them.
    pub const ALL: [RecordType; 9] = [
        RecordType::A,
        RecordType::Aaaa,
        RecordType::Mx,
        RecordType::Txt,
        RecordType::Cname,
        RecordType::Ptr,
        RecordType::Ns,
        RecordType::Soa,
        RecordType::Any,
    ];

    /// The mnemonic in capitals: `A`, `AAAA`, `MX` ... (RFC 1035 section 3.2.2).
    pub fn mnemonic(self) -> &'static str {
        match self {
            RecordType::A => "A",
            RecordType::Aaaa => "AAAA",
            RecordType::Mx => "MX",
            RecordType::Txt => "TXT",
            RecordType::Cname => "CNAME",
            RecordType::Ptr => "PTR",
            RecordType::Ns => "NS",
            RecordType::Soa => "SOA",
            RecordType::Any => "ANY",
        }
    }
}

impl std::fmt::Display for RecordType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.mnemonic())
    }
}

/// A word that is no record type of the lab's zones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRecordType;

impl std::fmt::Display for UnknownRecordType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("expected one of the record types")?;
        RecordType::ALL.iter().enumerate().try_for_each(|(i, t)| {
            let before = if i == 0 { " " } else { ", " };
            write!(f, "{before}{t}")
        })
    }
}

impl std::error::Error for UnknownRecordType {}

impl std::str::FromStr for RecordType {
    type Err = UnknownRecordType;

    /// Reads a mnemonic, in capitals or not.
    fn from_str(s: &str) -> Result<RecordType, UnknownRecordType> {
        RecordType::ALL.into_iter().find(|t| t.mnemonic().eq_ignore_ascii_case(s)).ok_or(UnknownRecordType)
    }
}

impl Rcode {
    /// All of them, in the order of their numbers.
    pub const ALL: [Rcode; 6] =
        [Rcode::NoError, Rcode::FormErr, Rcode::ServFail, Rcode::NxDomain, Rcode::NotImp, Rcode::Refused];

    /// The mnemonic in capitals, as dig's `status:` shows it.
    pub fn mnemonic(self) -> &'static str {
        match self {
            Rcode::NoError => "NOERROR",
            Rcode::FormErr => "FORMERR",
            Rcode::ServFail => "SERVFAIL",
            Rcode::NxDomain => "NXDOMAIN",
            Rcode::NotImp => "NOTIMP",
            Rcode::Refused => "REFUSED",
        }
    }

    /// The number on the wire (RFC 1035 section 4.1.1).
    pub fn number(self) -> u8 {
        match self {
            Rcode::NoError => 0,
            Rcode::FormErr => 1,
            Rcode::ServFail => 2,
            Rcode::NxDomain => 3,
            Rcode::NotImp => 4,
            Rcode::Refused => 5,
        }
    }
}

impl std::fmt::Display for Rcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.mnemonic())
    }
}

impl Question {
    /// The reverse look-up of an address (RFC 1035 section 3.5, RFC 3596 section 2.5).
    pub fn reverse(address: IpAddr) -> Question {
        let name = match address {
            IpAddr::V4(a) => {
                let [a, b, c, d] = a.octets();
                format!("{d}.{c}.{b}.{a}.in-addr.arpa")
            }
            IpAddr::V6(a) => {
                let nibbles = a.octets().into_iter().rev().flat_map(|o| [o & 15, o >> 4]);
                nibbles.fold(String::new(), |name, n| name + &format!("{n:x}.")) + "ip6.arpa"
            }
        };
        Question { name, qtype: RecordType::Ptr }
    }

    /// The address whose reverse look-up this question's name is, if it is one.
    pub fn reversed_address(&self) -> Option<IpAddr> {
        let name = self.name.to_ascii_lowercase();
        let name = name.strip_suffix('.').unwrap_or(&name);
        let address: IpAddr = if let Some(octets) = name.strip_suffix(".in-addr.arpa") {
            let octets: Vec<&str> = octets.rsplit('.').collect();
            octets.join(".").parse::<Ipv4Addr>().ok()?.into()
        } else {
            let nibbles: Vec<&str> = name.strip_suffix(".ip6.arpa")?.rsplit('.').collect();
            let nibble = |n: &&str| n.len() == 1 && n.bytes().all(|b| b.is_ascii_hexdigit());
            if nibbles.len() != 32 || !nibbles.iter().all(nibble) {
                return None;
            }
            Ipv6Addr::from(u128::from_str_radix(&nibbles.concat(), 16).ok()?).into()
        };
        Some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mnemonics_are_read_back_in_any_case() {
        for t in RecordType::ALL {
            assert_eq!(t.to_string().parse(), Ok(t));
            assert_eq!(t.to_string().to_lowercase().parse(), Ok(t));
            assert_eq!(serde_json::to_string(&t).unwrap(), format!("\"{t}\""));
        }
        assert_eq!("MAIL".parse::<RecordType>(), Err(UnknownRecordType));
        for r in Rcode::ALL {
            assert_eq!(serde_json::to_string(&r).unwrap(), format!("\"{r}\""));
        }
    }

    #[test]
    fn reverse_names_and_addresses() {
        for (address, name) in [
            ("192.0.2.25", "25.2.0.192.in-addr.arpa"),
            ("2001:db8::25", "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"),
        ] {
            let q = Question::reverse(address.parse().unwrap());
            assert_eq!(q.name, name);
            assert_eq!(q.reversed_address(), Some(address.parse().unwrap()));
        }
        let shouted = Question { name: "25.2.0.192.IN-ADDR.ARPA".into(), qtype: RecordType::Ptr };
        assert_eq!(shouted.reversed_address(), Some([192, 0, 2, 25].into()));
        let sign = format!("{}+.ip6.arpa", "1.".repeat(31));
        for name in [
            "mail.example.tld",
            "25.2.0.192",
            "2.0.192.in-addr.arpa",
            "300.2.0.192.in-addr.arpa",
            "x.2.0.192.in-addr.arpa",
            "1.ip6.arpa",
            "+5.2.ip6.arpa",
            &sign,
            "",
        ] {
            let q = Question { name: name.into(), qtype: RecordType::Ptr };
            assert_eq!(q.reversed_address(), None, "{name}");
        }
    }
}
