//! Signing (RFC 5652 section 5.4). RSA with PKCS #1 v1.5: the same content, key and time always give the same signature.

use super::ber::{self, CONTEXT_0, INTEGER, NULL, OCTET_STRING, SEQUENCE, SET, UTC_TIME, der, oid, set_of};
use super::key::PrivateKey;
use super::names;
use crate::mail::certificate::Certificate;
use crate::units::{Offset, Time};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;

/// Who signs, and how.
#[derive(Debug)]
pub struct Signing<'a> {
    /// The signer's certificate.
    pub certificate: &'a Certificate,
    /// Its key.
    pub key: &'a PrivateKey,
    /// Certificates to be sent beside the signer's, such as those between it and the root.
    pub others: &'a [Certificate],
    /// When, as the signature says.
    pub now: Time,
    /// The content stands in the result (opaque), not beside it (detached).
    pub opaque: bool,
    /// The signer's certificate stands in the result.
    pub with_certificate: bool,
    /// What else is signed than the content (RFC 5652 section 11): its digest, the time, and what the signer can decrypt.
    pub with_attributes: bool,
}

/// Why nothing was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignFault {
    /// The key is not the certificate's.
    OtherKey,
    /// The key does not sign.
    Key,
}

impl Signing<'_> {
    /// Signs `content`, which is canonical (RFC 8551 section 3.1.1): a ContentInfo with signed data, in DER.
    ///
    /// # Errors
    /// The key cannot be used, or is not the certificate's.
    pub fn sign(&self, content: &[u8]) -> Result<Vec<u8>, SignFault> {
        if !self.key.is_of(self.certificate) {
            return Err(SignFault::OtherKey);
        }
        let sha256 = der(SEQUENCE, &[&oid(names::SHA256)]);
        let attributes = self.with_attributes.then(|| set_of(SET, self.attributes(content)));
        let signed = self.signature(attributes.as_deref().unwrap_or(content))?;
        // In the message the attributes are tagged [0]; what is signed is tagged as a set (RFC 5652 section 5.4).
        let attributes = attributes.map(|mut set| {
            if let Some(tag) = set.first_mut() {
                *tag = CONTEXT_0;
            }
            set
        });
        let info = der(
            SEQUENCE,
            &[
                &der(INTEGER, &[&[1]]),
                &issuer_and_serial(self.certificate),
                &sha256,
                &attributes.unwrap_or_default(),
                &der(SEQUENCE, &[&oid(names::RSA), &der(NULL, &[])]),
                &der(OCTET_STRING, &[&signed]),
            ],
        );
        let inside = match self.opaque {
            true => der(CONTEXT_0, &[&der(OCTET_STRING, &[content])]),
            false => Vec::new(),
        };
        let own = self.with_certificate.then_some(self.certificate);
        let sent: Vec<Vec<u8>> = own.into_iter().chain(self.others).map(|c| c.der.to_vec()).collect();
        let sent = if sent.is_empty() { Vec::new() } else { set_of(CONTEXT_0, sent) };
        let data = der(
            SEQUENCE,
            &[
                &der(INTEGER, &[&[1]]),
                &der(SET, &[&sha256]),
                &der(SEQUENCE, &[&oid(names::DATA), &inside]),
                &sent,
                &der(SET, &[&info]),
            ],
        );
        Ok(super::content_info(names::SIGNED_DATA, &data))
    }

    fn attributes(&self, content: &[u8]) -> Vec<Vec<u8>> {
        let attribute = |name: &[u8], value: &[u8]| der(SEQUENCE, &[&oid(name), &der(SET, &[value])]);
        let can: Vec<Vec<u8>> = [names::AES_256_CBC, names::AES_192_CBC, names::AES_128_CBC]
            .into_iter()
            .map(|cipher| der(SEQUENCE, &[&oid(cipher)]))
            .collect();
        let can: Vec<&[u8]> = can.iter().map(Vec::as_slice).collect();
        vec![
            attribute(names::CONTENT_TYPE, &oid(names::DATA)),
            attribute(names::SIGNING_TIME, &time(self.now)),
            attribute(names::MESSAGE_DIGEST, &der(OCTET_STRING, &[digest(&SHA256, content).as_ref()])),
            attribute(names::CAPABILITIES, &der(SEQUENCE, &can)),
        ]
    }

    fn signature(&self, octets: &[u8]) -> Result<Vec<u8>, SignFault> {
        let pair = self.key.pair().ok_or(SignFault::Key)?;
        let mut signature = vec![0; pair.public_modulus_len()];
        let signed = pair.sign_digest(&RSA_PKCS1_SHA256, &digest(&SHA256, octets), &mut signature);
        signed.map(|()| signature).map_err(|_| SignFault::Key)
    }
}

/// Which certificate (RFC 5652 section 10.2.4): its issuer's name and its number.
pub(super) fn issuer_and_serial(certificate: &Certificate) -> Vec<u8> {
    der(SEQUENCE, &[certificate.issuer.der(), &der(INTEGER, &[&certificate.serial])])
}

/// A moment as CMS writes it (RFC 5652 section 11.3): with two digits of the year up to 2049.
fn time(now: Time) -> Vec<u8> {
    let civil = now.civil(Offset::default());
    let (tag, year) = match civil.year() {
        1950..2050 => (UTC_TIME, format!("{:02}", civil.year().rem_euclid(100))),
        other => (ber::GENERALIZED_TIME, format!("{:04}", other.max(0))),
    };
    let rest = [civil.month(), civil.day(), civil.hour(), civil.minute(), civil.second()];
    let rest: String = rest.iter().map(|n| format!("{n:02}")).collect();
    der(tag, &[format!("{year}{rest}Z").as_bytes()])
}
