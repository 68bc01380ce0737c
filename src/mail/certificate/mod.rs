//! Certificates (X.509, RFC 5280): what stands in one, and whether a chain of them shows that a server is who it says. Pure:
//! the time, the roots and the name are arguments.

mod read;
mod verify;

pub use verify::{Purpose, verify, verify_for};

use crate::units::{Bytes, Time};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// A certificate, read. Only what programs show and checks need stands here; the octets are all there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The whole of it in DER.
    pub der: Bytes,
    /// Its version as people count: 3, or 1 for very old ones.
    pub version: u8,
    /// The serial number, big-endian, as encoded.
    pub serial: Bytes,
    /// Whose it is.
    pub subject: DistinguishedName,
    /// Who issued it.
    pub issuer: DistinguishedName,
    /// The first moment at which it is valid.
    pub not_before: Time,
    /// The last moment at which it is valid.
    pub not_after: Time,
    /// What it is valid for (subjectAltName, RFC 5280 section 4.2.1.6).
    pub names: Vec<AlternativeName>,
    /// Whose signatures it vouches for.
    pub key: PublicKey,
    /// How it was signed.
    pub signed_with: SignatureAlgorithm,
    /// It may issue certificates (basicConstraints, RFC 5280 section 4.2.1.9).
    pub authority: bool,
    /// How many authorities may stand below it.
    pub path_length: Option<u8>,
    /// What its key may be used for (keyUsage, RFC 5280 section 4.2.1.3); `None` where nothing is said.
    pub key_usage: Option<KeyUsage>,
    /// It says what it is for (extKeyUsage), and servers are among it; `None` where nothing is said.
    pub for_servers: Option<bool>,
    /// The same of mail (emailProtection, RFC 8550 section 4.4.4).
    pub for_mail: Option<bool>,
    /// The key it is about by its digest, and the one it was signed with (RFC 5280 sections 4.2.1.1 and 4.2.1.2).
    pub key_ids: (Option<Bytes>, Option<Bytes>),
    /// An extension that must be understood and is not, by its object identifier.
    pub unknown_critical: Option<String>,
    /// What the signature is over.
    signed: Bytes,
    signature: Bytes,
}

/// Somebody's name in a certificate, attribute by attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistinguishedName {
    /// The attributes: `CN`, `O` ... or an object identifier, and the value.
    pub attributes: Vec<(String, String)>,
    /// As encoded, for comparing.
    der: Bytes,
}

/// Something that a certificate is valid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlternativeName {
    /// A host by name; the first label may be `*`.
    Dns(String),
    /// A host by address.
    Ip(IpAddr),
    /// Something else, such as a mail address: what kind, and its text.
    Other(&'static str, String),
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Of what kind.
    pub kind: KeyKind,
    /// The SubjectPublicKeyInfo in DER.
    pub info: Bytes,
    /// The key alone: a point on the curve, or RSA's numbers.
    pub octets: Bytes,
}

/// The kinds of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyKind {
    /// On the curve P-256.
    P256,
    /// On the curve P-384.
    P384,
    /// RSA, with how many bits.
    Rsa(usize),
    /// Edwards' curve.
    Ed25519,
    /// Another, by its object identifier.
    Other(String),
}

/// The ways of signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// ECDSA with SHA-256.
    EcdsaSha256,
    /// ECDSA with SHA-384.
    EcdsaSha384,
    /// RSA (PKCS #1 v1.5) with SHA-256.
    RsaSha256,
    /// RSA (PKCS #1 v1.5) with SHA-384.
    RsaSha384,
    /// RSA (PKCS #1 v1.5) with SHA-512.
    RsaSha512,
    /// Edwards' curve.
    Ed25519,
    /// Another, by its object identifier.
    Other(String),
}

/// What a key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage {
    /// Signing what is not a certificate, as in a handshake.
    pub digital_signature: bool,
    /// Signing certificates.
    pub certificates: bool,
    /// Signing lists of revoked certificates.
    pub revocations: bool,
    /// Signing what one wants to be held to later.
    pub non_repudiation: bool,
    /// Encrypting other keys, as RSA did in old handshakes and does in mail.
    pub key_encipherment: bool,
}

/// Why a chain of certificates does not show that a server is who it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateFault {
    /// There is none, or it cannot be read.
    Malformed,
    /// The server's certificate is signed with its own key and by nobody who is trusted.
    SelfSigned,
    /// The chain ends before it has come to somebody who is trusted.
    UnknownIssuer {
        /// The issuer that is not known, such as `O = helo, CN = unlisted CA`.
        issuer: String,
    },
    /// The chain leads over somebody who may not issue certificates.
    NotAnAuthority,
    /// A signature is wrong, or of a kind that is not accepted.
    BadSignature,
    /// It is not valid yet.
    NotYetValid {
        /// From when on it is.
        from: Time,
    },
    /// It is not valid any more.
    Expired {
        /// Until when it was.
        until: Time,
    },
    /// It is for something other than what it is used for, or demands something that is not understood.
    WrongPurpose,
    /// It is for other names.
    WrongName {
        /// The name asked for.
        wanted: String,
        /// The names it is for.
        found: Vec<String>,
    },
}

impl CertificateFault {
    /// The kinds by name, as scenarios write them.
    pub const KINDS: &'static [&'static str] = &[
        "malformed",
        "self-signed",
        "unknown-issuer",
        "not-an-authority",
        "bad-signature",
        "not-yet-valid",
        "expired",
        "wrong-purpose",
        "wrong-name",
    ];

    /// Its kind in kebab-case.
    pub fn kind(&self) -> &'static str {
        match self {
            CertificateFault::Malformed => "malformed",
            CertificateFault::SelfSigned => "self-signed",
            CertificateFault::UnknownIssuer { .. } => "unknown-issuer",
            CertificateFault::NotAnAuthority => "not-an-authority",
            CertificateFault::BadSignature => "bad-signature",
            CertificateFault::NotYetValid { .. } => "not-yet-valid",
            CertificateFault::Expired { .. } => "expired",
            CertificateFault::WrongPurpose => "wrong-purpose",
            CertificateFault::WrongName { .. } => "wrong-name",
        }
    }
}

impl Certificate {
    /// SHA-256 of the certificate: its fingerprint.
    pub fn fingerprint(&self) -> Bytes {
        aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &self.der).as_ref().into()
    }

    /// Is its issuer by name the same as its subject?
    pub fn self_issued(&self) -> bool {
        self.subject.der == self.issuer.der
    }

    /// Is it valid for this host name or address (RFC 6125 section 6.4)? The subject's commonName does not count.
    pub fn is_for(&self, name: &str) -> bool {
        let name = name.strip_suffix('.').unwrap_or(name);
        match name.parse::<IpAddr>() {
            Ok(ip) => self.names.contains(&AlternativeName::Ip(ip)),
            Err(_) => self.names.iter().any(|n| matches!(n, AlternativeName::Dns(p) if matches(p, name))),
        }
    }
}

/// A name with, it may be, `*` for its first label: just one label, and a whole one (RFC 6125 section 6.4.3). A single
/// label after the star would be everybody under a top-level domain, and is not accepted.
fn matches(pattern: &str, name: &str) -> bool {
    let Some(rest) = pattern.strip_prefix("*.") else { return pattern.eq_ignore_ascii_case(name) };
    let after_first = name.split_once('.').filter(|(first, _)| !first.is_empty()).map(|(_, rest)| rest);
    rest.contains('.') && after_first.is_some_and(|after| after.eq_ignore_ascii_case(rest))
}

impl Certificate {
    /// The mail addresses among its alternative names.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(|name| match name {
            AlternativeName::Other("email", address) => Some(address.as_str()),
            _ => None,
        })
    }
}

impl DistinguishedName {
    /// As encoded.
    pub fn der(&self) -> &Bytes {
        &self.der
    }
}

impl std::fmt::Display for DistinguishedName {
    /// As OpenSSL 3.0 shows it: `O = helo, CN = mail.example.org`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, (key, value)) in self.attributes.iter().enumerate() {
            write!(f, "{}{key} = {value}", if i > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}

impl std::fmt::Display for AlternativeName {
    /// As OpenSSL shows it: `DNS:mail.example.org`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AlternativeName::Dns(name) => write!(f, "DNS:{name}"),
            AlternativeName::Ip(ip) => write!(f, "IP Address:{ip}"),
            AlternativeName::Other(kind, text) => write!(f, "{kind}:{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_rfc_6125_says() {
        for (pattern, name, good) in [
            ("mail.example.org", "MAIL.example.org", true),
            ("mail.example.org", "mail.example.net", false),
            ("*.example.org", "mail.example.org", true),
            ("*.example.org", "example.org", false),
            ("*.example.org", "a.mail.example.org", false),
            ("*.example.org", ".example.org", false),
            ("*.org", "example.org", false),
            ("m*.example.org", "mail.example.org", false),
            ("*", "localhost", false),
        ] {
            assert_eq!(matches(pattern, name), good, "{pattern} {name}");
        }
    }
}
