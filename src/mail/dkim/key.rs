//! The record with a signer's public key (RFC 6376 section 3.6.1, RFC 8463), and checking a signature with it.

use super::signature::Signature;
use super::tags::Tags;
use super::{DkimAlgorithm, DkimFault};
use crate::mail::lookup::folded;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rsa::{PublicKey, RsaParameters};
use aws_lc_rs::signature::{ED25519, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The shortest RSA key that proves anything (RFC 8301 section 3.2), and the longest that is computed with.
pub const RSA_BITS: std::ops::RangeInclusive<u32> = 1024..=4096;

/// A key record that has a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyRecord {
    /// RSA, else Ed25519.
    rsa: bool,
    /// Of an RSA key.
    pub(super) bits: Option<u32>,
    key: Vec<u8>,
    /// `t=y`: the domain only tries.
    pub(super) testing: bool,
    /// `t=s`: the identity's domain is the signer's own.
    strict: bool,
    hashes: Option<Vec<String>>,
}

impl KeyRecord {
    /// Reads a record.
    pub(super) fn read(text: &str) -> Result<KeyRecord, DkimFault> {
        let tags = Tags::parse(text).ok_or(DkimFault::KeyUnreadable)?;
        if tags.get("v").is_some_and(|v| v != "DKIM1" || tags.first() != Some("v")) {
            return Err(DkimFault::KeyUnreadable);
        }
        let rsa = match tags.get("k").unwrap_or("rsa") {
            kind if kind.eq_ignore_ascii_case("rsa") => true,
            kind if kind.eq_ignore_ascii_case("ed25519") => false,
            _ => return Err(DkimFault::KeyOfOtherKind),
        };
        let services = tags.list("s").unwrap_or_else(|| vec!["*".to_owned()]);
        if !services.iter().any(|s| s == "*" || s.eq_ignore_ascii_case("email")) {
            return Err(DkimFault::KeyNotForMail);
        }
        let key = tags.packed("p").ok_or(DkimFault::KeyUnreadable)?;
        if key.is_empty() {
            return Err(DkimFault::KeyRevoked);
        }
        let key = STANDARD.decode(key).map_err(|_| DkimFault::KeyUnreadable)?;
        let flags = tags.list("t").unwrap_or_default();
        let flag = |wanted: &str| flags.iter().any(|f| f.eq_ignore_ascii_case(wanted));
        let (key, bits) = match rsa {
            false if key.len() == 32 => (key, None),
            false => return Err(DkimFault::KeyUnreadable),
            true => {
                let key = PublicKey::from_der(&key).map_err(|_| DkimFault::KeyUnreadable)?;
                let key = key.as_ref().to_vec();
                let bits = RsaParameters::public_modulus_len(&key).map_err(|_| DkimFault::KeyUnreadable)?;
                (key, Some(bits))
            }
        };
        let hashes = tags.list("h");
        Ok(KeyRecord { rsa, bits, key, testing: flag("y"), strict: flag("s"), hashes })
    }

    /// May a signature use this key (RFC 6376 section 6.1.2)?
    pub(super) fn allows(&self, signature: &Signature) -> Result<(), DkimFault> {
        if self.rsa != (signature.algorithm == DkimAlgorithm::RsaSha256) {
            return Err(DkimFault::KeyOfOtherKind);
        }
        if self.hashes.as_ref().is_some_and(|h| !h.iter().any(|hash| hash.eq_ignore_ascii_case("sha256"))) {
            return Err(DkimFault::HashNotAllowed);
        }
        let of_identity = signature.identity.rsplit_once('@').map(|(_, domain)| folded(domain));
        if self.strict && of_identity.as_deref() != Some(&signature.domain) {
            return Err(DkimFault::IdentityNotStrict);
        }
        match self.bits {
            Some(bits) if bits < *RSA_BITS.start() => Err(DkimFault::KeyTooShort { bits }),
            Some(bits) if bits > *RSA_BITS.end() => Err(DkimFault::KeyTooLong { bits }),
            _ => Ok(()),
        }
    }

    /// Was `header` signed with the private half of this key?
    pub(super) fn verifies(&self, header: &[u8], signature: &[u8]) -> bool {
        if self.rsa {
            let key = UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, &self.key);
            return key.verify(header, signature).is_ok();
        }
        // RFC 8463 section 3: Ed25519 signs the hash as its message.
        let hash = digest(&SHA256, header);
        UnparsedPublicKey::new(&ED25519, &self.key).verify(hash.as_ref(), signature).is_ok()
    }
}
