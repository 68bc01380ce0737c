//! A private key for mail: RSA, as it lies in a file or in an attempt's keyring.

use super::ber::{self, INTEGER, NULL, OCTET_STRING, SEQUENCE, der, oid};
use super::names;
use crate::mail::certificate::Certificate;
use crate::mail::pem;
use crate::units::Bytes;
use aws_lc_rs::rsa::{KeyPair, Pkcs1PrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::KeyPair as _;

/// The labels under which a private key stands in a PEM file: PKCS #8 (RFC 5958), and RSA's own form (RFC 8017 appendix A.1.2).
pub const PRIVATE_KEY: &str = "PRIVATE KEY";
const RSA_PRIVATE_KEY: &str = "RSA PRIVATE KEY";
/// How many octets a key may have.
const OCTETS: usize = 16 << 10;

/// A private key.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    /// In PKCS #8.
    pkcs8: Bytes,
}

/// It hides itself.
impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateKey").finish_non_exhaustive()
    }
}

impl PrivateKey {
    /// The key in these octets of PKCS #8; `None` where they are none, or none of RSA.
    pub fn from_pkcs8(octets: &[u8]) -> Option<PrivateKey> {
        let key = PrivateKey { pkcs8: octets.get(..octets.len().min(OCTETS + 1))?.into() };
        (octets.len() <= OCTETS && key.pair().is_some()).then_some(key)
    }

    /// The first private key in a PEM file.
    pub fn from_pem(text: &str) -> Option<PrivateKey> {
        pem::decode(text).iter().find_map(|(label, octets)| match label.as_str() {
            PRIVATE_KEY => PrivateKey::from_pkcs8(octets),
            RSA_PRIVATE_KEY => {
                let algorithm = der(SEQUENCE, &[&oid(names::RSA), &der(NULL, &[])]);
                let version = der(INTEGER, &[&[0]]);
                PrivateKey::from_pkcs8(&der(SEQUENCE, &[&version, &algorithm, &der(OCTET_STRING, &[octets])]))
            }
            _ => None,
        })
    }

    pub(super) fn pair(&self) -> Option<KeyPair> {
        KeyPair::from_pkcs8(&self.pkcs8).ok()
    }

    /// Is it the certificate's key?
    pub fn is_of(&self, certificate: &Certificate) -> bool {
        self.pair().is_some_and(|pair| pair.public_key().as_ref() == &*certificate.key.octets)
    }

    /// What was encrypted for it with PKCS #1 v1.5 (RFC 8017 section 7.2.2).
    pub(super) fn decrypt(&self, octets: &[u8]) -> Option<Vec<u8>> {
        let key = PrivateDecryptingKey::from_pkcs8(&self.pkcs8).ok()?;
        let key = Pkcs1PrivateDecryptingKey::new(key).ok()?;
        let mut out = vec![0; key.min_output_size()];
        key.decrypt(octets, &mut out).ok().map(|plain| plain.to_vec())
    }
}

/// RSA's modulus and exponent in a certificate's key.
pub(super) fn public_numbers(certificate: &Certificate) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut numbers = ber::Reader::new(&certificate.key.octets).inside(SEQUENCE).ok()?;
    let modulus = numbers.one(INTEGER).ok()?.content.to_vec();
    let exponent = numbers.one(INTEGER).ok()?.content.to_vec();
    Some((modulus, exponent))
}
