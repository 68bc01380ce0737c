//! Addresses: mailboxes, the envelope's paths, and what can be wrong with one (RFC 5321 section 4.1.2).

use crate::units::Span;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The right-hand side of an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// A host or domain name, as it was written (compare without case).
    Name(String),
    /// An address literal such as `[192.0.2.1]` (RFC 5321 section 4.1.3).
    Literal(IpAddr),
}

/// An address: local part and domain, such as `noname@example.tld`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mailbox {
    /// The local part without quoting.
    pub local: String,
    /// The domain; `None` for a bare name such as `root`, which many servers take as local.
    pub domain: Option<Domain>,
}

/// Where delivery reports go: the argument of MAIL FROM. `None` is the null path `<>` (RFC 5321 section 4.5.5).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReversePath(pub Option<Mailbox>);

/// One recipient: the argument of RCPT TO. `<postmaster>` is a mailbox without domain (RFC 5321 section 4.5.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ForwardPath(pub Mailbox);

/// What is wrong with an address, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressFault {
    /// The octets at fault, counted in the text that was parsed.
    pub span: Span,
    /// What is wrong there.
    pub kind: AddressFaultKind,
}

/// The ways in which an address can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressFaultKind {
    /// Nothing where an address was expected.
    Empty,
    /// No `@`, and a domain was needed.
    MissingDomain,
    /// Nothing before the `@`.
    EmptyLocalPart,
    /// Two `@` that are not quoted.
    TwoAts,
    /// A dot at the beginning or end of the local part, or two in a row.
    MisplacedDot,
    /// A character that must be quoted in a local part, or may not stand in a domain.
    BadCharacter,
    /// A quoted string that does not end.
    OpenQuote,
    /// A domain label that is empty, too long, or begins or ends with a hyphen.
    BadLabel,
    /// `[...]` that is not an address literal.
    BadLiteral,
    /// Local part over 64, domain over 255 or path over 256 octets (RFC 5321 section 4.5.3.1).
    TooLong,
    /// Octets beyond ASCII, which need SMTPUTF8 (RFC 6531).
    NotAscii,
}
