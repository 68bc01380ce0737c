//! DNS as the checks of a mail's sender see it: a question, what came of it, and who is asked. The checks do not know where
//! the answers come from; in the lab they come from the world's zones and nowhere else.

use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// How many values of an answer a record of the check keeps; the answer itself stands in the transcript as a whole.
const KEPT_VALUES: usize = 12;
/// How many characters of such a value are kept.
const KEPT_CHARACTERS: usize = 1024;

/// The record types that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LookupType {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// A mail exchanger.
    Mx,
    /// Text.
    Txt,
    /// A name for an address.
    Ptr,
}

impl LookupType {
    /// The mnemonic in capitals (RFC 1035 section 3.2.2).
    pub fn mnemonic(self) -> &'static str {
        match self {
            LookupType::A => "A",
            LookupType::Aaaa => "AAAA",
            LookupType::Mx => "MX",
            LookupType::Txt => "TXT",
            LookupType::Ptr => "PTR",
        }
    }
}

/// One value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An address (A, AAAA).
    Ip(IpAddr),
    /// A mail exchanger's preference and name (MX).
    Exchange(u16, String),
    /// A name (PTR).
    Name(String),
    /// A text, its strings joined without anything between them (TXT, RFC 7208 section 3.3).
    Text(String),
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Found::Ip(ip) => ip.fmt(f),
            Found::Exchange(preference, name) => write!(f, "{preference} {name}"),
            Found::Name(name) | Found::Text(name) => f.write_str(name),
        }
    }
}

/// Why a look-up has no values to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookupFailure {
    /// There is no such name (NXDOMAIN).
    NoSuchName,
    /// No answer, or none that says anything: a time-out, SERVFAIL.
    Trouble,
}

/// What a look-up brought: the values, which may be none, or why there are none.
pub type Answer = Result<Vec<Found>, LookupFailure>;

/// Whoever answers DNS questions.
pub trait Resolver {
    /// The records of this type at `name`, aliases followed. `name` is absolute, without the final dot.
    fn look_up(&mut self, name: &str, rtype: LookupType) -> Answer;
}

impl<F: FnMut(&str, LookupType) -> Answer> Resolver for F {
    fn look_up(&mut self, name: &str, rtype: LookupType) -> Answer {
        self(name, rtype)
    }
}

/// A look-up as a check records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The name asked for.
    pub name: String,
    /// The type asked for.
    #[serde(rename = "type")]
    pub rtype: LookupType,
    /// The values found, the first dozen of them; or why there are none.
    pub outcome: Result<Vec<String>, LookupFailure>,
}

impl Lookup {
    /// The record of a question and its answer.
    pub fn new(name: &str, rtype: LookupType, answer: &Answer) -> Lookup {
        let shown = |found: &Found| kept(&found.to_string());
        let outcome = match answer {
            Ok(found) => Ok(found.iter().take(KEPT_VALUES).map(shown).collect()),
            Err(why) => Err(*why),
        };
        Lookup { name: name.to_owned(), rtype, outcome }
    }

    /// Was nothing found: no such name, or no record of this type?
    pub fn is_void(&self) -> bool {
        match &self.outcome {
            Ok(found) => found.is_empty(),
            Err(why) => *why == LookupFailure::NoSuchName,
        }
    }
}

/// As much of a text as a check's record keeps.
pub(super) fn kept(text: &str) -> String {
    text.chars().take(KEPT_CHARACTERS).collect()
}

/// Can a name be looked up: labels of 1 to 63 octets, 253 octets at most together (RFC 1035 section 2.3.4)? A final dot
/// may be there.
pub(super) fn is_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    !name.is_empty() && name.len() <= 253 && name.split('.').all(|l| (1..=63).contains(&l.len()))
}

/// The name in small letters, without a final dot.
pub(super) fn folded(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// Is `name` the domain itself or below it? Both folded.
pub(super) fn is_below(name: &str, domain: &str) -> bool {
    name == domain || name.strip_suffix(domain).is_some_and(|head| head.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_can_be_looked_up() {
        let long = "a".repeat(64);
        for (name, good) in [
            ("example.tld", true),
            ("example.tld.", true),
            ("a", true),
            ("", false),
            (".", false),
            ("a..b", false),
            (&long, false),
            (&"a.".repeat(128), false),
        ] {
            assert_eq!(is_name(name), good, "{name}");
        }
        assert!(is_below("a.b.tld", "b.tld") && is_below("b.tld", "b.tld"));
        assert!(!is_below("ab.tld", "b.tld") && !is_below("tld", "b.tld"));
    }

    #[test]
    fn a_record_of_a_look_up_is_bounded() {
        let many: Answer = Ok((0..99).map(|_| Found::Text("x".repeat(9000))).collect());
        let record = Lookup::new("a.tld", LookupType::Txt, &many);
        let kept: Vec<usize> = record.outcome.unwrap().iter().map(String::len).collect();
        assert_eq!(kept, [KEPT_CHARACTERS; KEPT_VALUES]);
    }
}
