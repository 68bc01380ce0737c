//! S/MIME (RFC 8551): mail that is signed or encrypted with certificates of its people. CMS (RFC 5652) is read and made here;
//! who the signer is, whether the content is what they signed and whether they are believed, are findings of their own.
//! Pure: time, keys and whom to trust are arguments, and what must be random is drawn by whoever passes it in.

mod ber;
mod entity;
mod enveloped;
mod judge;
mod key;
mod names;
mod rsa;
mod sign;
mod signed;

pub use entity::{EntityFault, Types, Wrapped, alone, beside, canonical, unwrap};
pub use enveloped::{Cipher, EnvelopedData, RECIPIENTS, SealFault, seal};
pub use judge::{
    Protection, SmimeCheck, SmimeFault, Trust, bared, judge, opened, outer_fields, readable_text,
    says_what_the_body_is, signed_content,
};
pub use key::{PRIVATE_KEY, PrivateKey};
pub use sign::{SignFault, Signing};
pub use signed::{Checked, SIGNERS, SignedData};

use super::certificate::Certificate;
use crate::units::Bytes;
use ber::{CONTEXT_0, OID, Reader, SEQUENCE, der, oid};
use serde::{Deserialize, Serialize};

/// What is wrong with CMS, or with a signature in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CmsFault {
    /// It cannot be read.
    Unreadable,
    /// It is something else, by its object identifier.
    OtherContent {
        /// What it is.
        oid: String,
    },
    /// What was signed is not there.
    NoContent,
    /// The signer's certificate is not there.
    NoSigner,
    /// An algorithm that is not known here.
    UnknownAlgorithm {
        /// Its object identifier.
        oid: String,
    },
    /// The content is not the one that was signed: it has another digest.
    ContentChanged,
    /// The signature is not that of the signer's key.
    SignatureWrong,
    /// It was encrypted for others.
    NotForThis,
    /// The key does not open it.
    WrongKey,
}

impl CmsFault {
    /// Its kind in kebab-case.
    pub fn kind(&self) -> &'static str {
        match self {
            CmsFault::Unreadable => "unreadable",
            CmsFault::OtherContent { .. } => "other-content",
            CmsFault::NoContent => "no-content",
            CmsFault::NoSigner => "no-signer",
            CmsFault::UnknownAlgorithm { .. } => "unknown-algorithm",
            CmsFault::ContentChanged => "content-changed",
            CmsFault::SignatureWrong => "signature-wrong",
            CmsFault::NotForThis => "not-for-this",
            CmsFault::WrongKey => "wrong-key",
        }
    }
}

/// Who signed, or for whom something is encrypted, as CMS names them (RFC 5652 sections 5.3 and 6.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signer {
    /// By their certificate.
    Certificate {
        /// Its issuer's name in DER.
        issuer: Bytes,
        /// Its number, as encoded.
        serial: Bytes,
    },
    /// By their key (RFC 5280 section 4.2.1.2).
    Key {
        /// Its identifier.
        id: Bytes,
    },
}

impl Signer {
    /// Is it this certificate's owner?
    pub fn is(&self, certificate: &Certificate) -> bool {
        match self {
            Signer::Certificate { issuer, serial } => {
                issuer == certificate.issuer.der() && number(serial) == number(&certificate.serial)
            }
            Signer::Key { id } => certificate.key_ids.0.as_ref() == Some(id),
        }
    }
}

/// A number without the zeros before it.
fn number(octets: &[u8]) -> &[u8] {
    octets.get(octets.iter().take_while(|octet| **octet == 0).count()..).unwrap_or_default()
}

/// What is in a ContentInfo (RFC 5652 section 3) of this type.
fn content_of<'a>(octets: &'a [u8], wanted: &[u8]) -> Result<Reader<'a>, CmsFault> {
    let unreadable = |ber::Unreadable| CmsFault::Unreadable;
    let mut info = Reader::new(octets).inside(SEQUENCE).map_err(unreadable)?;
    let kind = info.one(OID).map_err(unreadable)?.content;
    if kind != wanted {
        return Err(CmsFault::OtherContent { oid: ber::dotted(kind) });
    }
    info.inside(CONTEXT_0).map_err(unreadable)
}

/// A ContentInfo.
fn content_info(kind: &[u8], content: &[u8]) -> Vec<u8> {
    der(SEQUENCE, &[&oid(kind), &der(CONTEXT_0, &[content])])
}
