//! The certificates of an attempt: what a host is to have, and what it has got. Making them draws randomness and is done
//! outside the core; here they are data.

use super::certificate::Certificate;
use super::dkim::{DkimAlgorithm, DkimKey};
use super::smime::{self, PrivateKey};
use super::{Directory, pem};
use crate::units::Bytes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is right or wrong with a host's certificate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// Issued by the attempt's own authority, for the host's name, valid now.
    #[default]
    Valid,
    /// Its time is over.
    Expired,
    /// Issued for another name than the host's.
    OtherName(String),
    /// Signed with its own key.
    SelfSigned,
    /// Issued by an authority that the workstation does not know.
    UnknownIssuer,
}

/// A certificate that a host is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateOrder {
    /// The host, by its name in the scenario.
    pub host: String,
    /// The names it is to be valid for (subjectAltName, RFC 6125 section 6.4), the host's first.
    pub names: Vec<String>,
    /// What is right or wrong with it.
    pub kind: CertificateKind,
}

/// A certificate for mail that somebody is to have (RFC 8550), with an RSA key that signs and decrypts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailOrder {
    /// Whose it is, by the address under which the keyring has it.
    pub owner: String,
    /// The name in it.
    pub name: String,
    /// The addresses it is for. [`CertificateKind::OtherName`] stands for another one.
    pub addresses: Vec<String>,
    /// What is right or wrong with it.
    pub kind: CertificateKind,
    /// It is for servers, and not for mail.
    pub for_servers: bool,
}

/// A key that a domain is to sign with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningOrder {
    /// The name its record has: `lab._domainkey.example.tld`.
    pub name: String,
    /// What it signs with.
    pub algorithm: DkimAlgorithm,
}

/// A host's certificate with its key, or a person's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostKeys {
    /// The chain in DER, the host's own certificate first, without the authority at its root.
    pub chain: Vec<Bytes>,
    /// The private key in PKCS#8 (RFC 5958).
    pub key: Bytes,
}

/// All certificates and keys of an attempt. They are made once, when it begins, and recorded with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Keyring {
    /// The certificate of the attempt's own authority in DER, which the workstation trusts; `None` where no host has TLS.
    pub authority: Option<Bytes>,
    /// By the host's name in the scenario.
    pub hosts: BTreeMap<String, HostKeys>,
    /// The keys that domains sign with, by the names of their records.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dkim: BTreeMap<String, DkimKey>,
    /// The certificates and keys of those who sign mail or get it encrypted, by their addresses in small letters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mail: BTreeMap<String, HostKeys>,
}

impl Keyring {
    /// Is there nothing in it?
    pub fn is_empty(&self) -> bool {
        self.authority.is_none() && self.hosts.is_empty() && self.dkim.is_empty() && self.mail.is_empty()
    }

    /// The certificate and the key for mail of whoever has this address.
    pub fn mail_of(&self, address: &str) -> Option<(Certificate, PrivateKey)> {
        let keys = self.mail.get(&address.to_lowercase())?;
        let certificate = Certificate::read(keys.chain.first()?).ok()?;
        Some((certificate, PrivateKey::from_pkcs8(&keys.key)?))
    }

    /// What is in a message that was encrypted for whoever has this address; `None` where it was not.
    pub fn opened(&self, address: &str, message: &[u8]) -> Option<Vec<u8>> {
        let (certificate, key) = self.mail_of(address)?;
        smime::opened(message, &key, &certificate)
    }

    /// Whom everybody in this world believes, and who has a certificate for mail.
    pub fn directory(&self) -> Directory {
        let first = |keys: &HostKeys| keys.chain.first().and_then(|der| Certificate::read(der).ok());
        Directory {
            roots: self.authority.iter().cloned().collect(),
            certificates: self.mail.values().filter_map(first).collect(),
        }
    }

    /// The authority's certificate in PEM, as programs want it in a file; `None` where no host has TLS.
    pub fn authority_pem(&self) -> Option<String> {
        self.authority.as_ref().map(|der| pem::encode(pem::CERTIFICATE, der))
    }
}

/// The key hides itself.
impl std::fmt::Debug for HostKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HostKeys").field("chain", &self.chain.len()).finish_non_exhaustive()
    }
}
