//! SASL (RFC 4422) apart from any protocol: the messages of the mechanisms PLAIN (RFC 4616), LOGIN, CRAM-MD5 (RFC 2195)
//! and SCRAM-SHA-256 (RFC 5802, RFC 7677), and what a host computes to check them. Base64 and the lines around it are
//! the protocol's; here are the octets inside.
//!
//! A server drives a [`ServerExchange`]: [`ServerExchange::start`] once, then whatever the [`Step`] asks for, until
//! [`Step::Done`] or [`Step::Fault`]. A client drives a [`Client`].
//!
//! Names and passwords are compared as they come: SASLprep (RFC 4013), which RFC 4616 and RFC 5802 ask for, changes
//! nothing in ASCII and is not done for the rest.

mod client;
mod exchange;
mod proof;
#[cfg(test)]
mod tests;

pub use client::{Client, ClientFault};
pub use exchange::{SaslFault, ServerExchange, Step};
pub use proof::{Credentials, Proof, Salted, Verified};

use serde::{Deserialize, Serialize};

/// A mechanism.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mechanism {
    /// RFC 4616: user and password in one message, in the clear.
    #[serde(rename = "PLAIN")]
    Plain,
    /// Never standardised (draft-murchison-sasl-login): user, then password, each asked for.
    #[serde(rename = "LOGIN")]
    Login,
    /// RFC 2195: the password keys a digest of the server's challenge.
    #[serde(rename = "CRAM-MD5")]
    CramMd5,
    /// RFC 7677: each side proves that it knows the password, and neither sends it.
    #[serde(rename = "SCRAM-SHA-256")]
    ScramSha256,
}

impl Mechanism {
    /// All of them.
    pub const ALL: [Mechanism; 4] =
        [Mechanism::Plain, Mechanism::Login, Mechanism::CramMd5, Mechanism::ScramSha256];

    /// Its registered name.
    pub fn name(self) -> &'static str {
        match self {
            Mechanism::Plain => "PLAIN",
            Mechanism::Login => "LOGIN",
            Mechanism::CramMd5 => "CRAM-MD5",
            Mechanism::ScramSha256 => "SCRAM-SHA-256",
        }
    }

    /// The mechanism of this name, in any case (RFC 4422 section 3.1).
    pub fn parse(name: &str) -> Option<Mechanism> {
        Mechanism::ALL.into_iter().find(|m| m.name().eq_ignore_ascii_case(name))
    }

    /// Does the password itself travel, so that without TLS everybody on the way can read it?
    pub fn sends_password(self) -> bool {
        matches!(self, Mechanism::Plain | Mechanism::Login)
    }
}
