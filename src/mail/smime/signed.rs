//! Signed data (RFC 5652 section 5): reading it, and whether a signature is what its signer's key makes of the content.

use super::ber::{self, CONTEXT_0, CONTEXT_1, OCTET_STRING, OID, Reader, SEQUENCE, SET, Unreadable, Value};
use super::names;
use super::{CmsFault, Signer};
use crate::mail::certificate::{Certificate, KeyKind};
use crate::units::{Bytes, Offset, Time};
use aws_lc_rs::digest::{Algorithm, digest};
use aws_lc_rs::signature::{self as algorithms, UnparsedPublicKey, VerificationAlgorithm};

/// How many certificates are looked at.
const CERTIFICATES: usize = 64;
/// How many signatures are looked at.
pub const SIGNERS: usize = 8;
/// How many attributes a signature may have.
const ATTRIBUTES: usize = 64;

/// Signed data, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedData {
    /// The content, where it stands in it; a detached signature has none.
    pub content: Option<Bytes>,
    /// The certificates that came with it, in the order in which they stand there.
    pub certificates: Vec<Certificate>,
    signatures: Vec<Signature>,
}

/// One signature (SignerInfo, RFC 5652 section 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature {
    signer: Signer,
    digest: Vec<u8>,
    attributes: Option<Attributes>,
    algorithm: Vec<u8>,
    octets: Vec<u8>,
}

/// What is signed beside the content (RFC 5652 section 11).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Attributes {
    /// As they are signed: a SET OF in DER.
    der: Vec<u8>,
    content_type: Option<Vec<u8>>,
    digest: Option<Vec<u8>>,
    time: Option<Time>,
}

/// One signature, held against the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The signer's certificate, where it is known.
    pub certificate: Option<Certificate>,
    /// When they say that they signed.
    pub time: Option<Time>,
    /// Why it does not hold.
    pub fault: Option<CmsFault>,
}

impl SignedData {
    /// Reads it: a ContentInfo (RFC 5652 section 3) in DER or in BER.
    ///
    /// # Errors
    /// It cannot be read, or is something else.
    pub fn read(octets: &[u8]) -> Result<SignedData, CmsFault> {
        let content = super::content_of(octets, names::SIGNED_DATA)?;
        read(content).map_err(|Unreadable| CmsFault::Unreadable)
    }

    /// Each signature, held against `content` or, without that, against the content in it. Whose it is, is looked for among
    /// the certificates that came with it and in `others`. There may be none.
    pub fn check(&self, content: Option<&[u8]>, others: &[Certificate]) -> Vec<Checked> {
        let content = content.or(self.content.as_deref());
        let checked = self.signatures.iter().map(|signature| {
            let mut known = self.certificates.iter().chain(others);
            let certificate = known.find(|c| signature.signer.is(c)).cloned();
            let fault = match (&certificate, content) {
                (_, None) => Some(CmsFault::NoContent),
                (None, _) => Some(CmsFault::NoSigner),
                (Some(certificate), Some(content)) => signature.fault(content, certificate),
            };
            Checked { certificate, time: signature.attributes.as_ref().and_then(|a| a.time), fault }
        });
        checked.collect()
    }
}

fn read(mut reader: Reader<'_>) -> Result<SignedData, Unreadable> {
    let mut data = reader.inside(SEQUENCE)?;
    data.one(ber::INTEGER)?;
    data.one(SET)?;
    let mut inside = data.inside(SEQUENCE)?;
    inside.one(OID)?;
    let content = match inside.maybe(CONTEXT_0)? {
        Some(explicit) => Some(Bytes::from(&*Reader::new(explicit.content).octets()?)),
        None => None,
    };
    let mut certificates = Vec::new();
    if let Some(set) = data.maybe(CONTEXT_0)? {
        // What is not an X.509 certificate (RFC 5652 section 10.2.2), or cannot be read, is passed over.
        let all = Reader::new(set.content).all(CERTIFICATES)?;
        certificates
            .extend(all.iter().filter(|v| v.tag == SEQUENCE).filter_map(|v| Certificate::read(v.whole).ok()));
    }
    data.maybe(CONTEXT_1)?;
    let signers = data.inside(SET)?.all(SIGNERS)?;
    let signatures = signers.into_iter().map(signature).collect::<Result<_, _>>()?;
    Ok(SignedData { content, certificates, signatures })
}

fn signature(value: Value<'_>) -> Result<Signature, Unreadable> {
    if value.tag != SEQUENCE {
        return Err(Unreadable);
    }
    let mut info = Reader::new(value.content);
    info.one(ber::INTEGER)?;
    let signer = Signer::read(info.any()?)?;
    let digest = info.inside(SEQUENCE)?.one(OID)?.content.to_vec();
    let signed = info.maybe(CONTEXT_0)?.map(|set| attributes(set.content)).transpose()?;
    let algorithm = info.inside(SEQUENCE)?.one(OID)?.content.to_vec();
    let octets = info.octets()?.into_owned();
    Ok(Signature { signer, digest, attributes: signed, algorithm, octets })
}

fn attributes(set: &[u8]) -> Result<Attributes, Unreadable> {
    // They are signed as a SET OF in DER, whatever they were sent as (RFC 5652 section 5.4).
    let all = Reader::new(set).all(ATTRIBUTES)?;
    let mut found = Attributes { der: ber::der(SET, &[set]), content_type: None, digest: None, time: None };
    for attribute in all {
        let mut inside = Reader::new(attribute.content);
        let name = inside.one(OID)?.content;
        let value = inside.inside(SET)?.any()?;
        match name {
            names::CONTENT_TYPE => found.content_type = Some(value.content.to_vec()),
            names::MESSAGE_DIGEST => found.digest = Some(value.string(OCTET_STRING)?.into_owned()),
            names::SIGNING_TIME => found.time = moment(value),
            _ => {}
        }
    }
    Ok(found)
}

/// A UTCTime or GeneralizedTime in UTC.
fn moment(value: Value<'_>) -> Option<Time> {
    let text = std::str::from_utf8(value.content).ok()?.strip_suffix('Z')?;
    let text = match value.tag {
        // Two digits of the year: 1950 to 2049 (RFC 5652 section 11.3).
        ber::UTC_TIME if text.len() == 12 => {
            let century = if text.get(..2)?.parse::<u8>().ok()? < 50 { "20" } else { "19" };
            format!("{century}{text}")
        }
        ber::GENERALIZED_TIME if text.len() == 14 => text.to_owned(),
        _ => return None,
    };
    let part = |at: usize| text.get(at..at + 2).and_then(|t| t.parse::<i8>().ok());
    let year = text.get(..4)?.parse::<i16>().ok()?;
    Time::of_clock((year, part(4)?, part(6)?), (part(8)?, part(10)?, part(12)?), Offset::default())
}

impl Signature {
    /// Why it is not what the certificate's key makes of the content.
    fn fault(&self, content: &[u8], certificate: &Certificate) -> Option<CmsFault> {
        let unknown = |oid: &[u8]| Some(CmsFault::UnknownAlgorithm { oid: ber::dotted(oid) });
        let Some(hash) = hash(&self.digest) else { return unknown(&self.digest) };
        let Some(algorithm) = self.verification(certificate) else { return unknown(&self.algorithm) };
        let signed = match &self.attributes {
            None => content,
            Some(attributes) => {
                // The digest stands among what is signed; where it is another one, the content is not what was signed.
                if attributes.digest.as_deref() != Some(digest(hash, content).as_ref()) {
                    return Some(CmsFault::ContentChanged);
                }
                &attributes.der
            }
        };
        let kind = self.attributes.as_ref().and_then(|a| a.content_type.as_deref());
        let key = UnparsedPublicKey::new(algorithm, &*certificate.key.octets);
        let good = key.verify(signed, &self.octets).is_ok() && kind.is_none_or(|kind| kind == names::DATA);
        (!good).then_some(CmsFault::SignatureWrong)
    }

    fn verification(&self, certificate: &Certificate) -> Option<&'static dyn VerificationAlgorithm> {
        use algorithms as a;
        if self.algorithm == names::RSA_PSS {
            return None;
        }
        Some(match (&certificate.key.kind, self.digest.as_slice()) {
            (KeyKind::Rsa(_), names::SHA256) => &a::RSA_PKCS1_2048_8192_SHA256,
            (KeyKind::Rsa(_), names::SHA384) => &a::RSA_PKCS1_2048_8192_SHA384,
            (KeyKind::Rsa(_), names::SHA512) => &a::RSA_PKCS1_2048_8192_SHA512,
            (KeyKind::P256, names::SHA256) => &a::ECDSA_P256_SHA256_ASN1,
            (KeyKind::P256, names::SHA384) => &a::ECDSA_P256_SHA384_ASN1,
            (KeyKind::P256, names::SHA512) => &a::ECDSA_P256_SHA512_ASN1,
            (KeyKind::P384, names::SHA256) => &a::ECDSA_P384_SHA256_ASN1,
            (KeyKind::P384, names::SHA384) => &a::ECDSA_P384_SHA384_ASN1,
            (KeyKind::P384, names::SHA512) => &a::ECDSA_P384_SHA512_ASN1,
            (KeyKind::Ed25519, names::SHA512) => &a::ED25519,
            _ => return None,
        })
    }
}

fn hash(oid: &[u8]) -> Option<&'static Algorithm> {
    match oid {
        names::SHA256 => Some(&aws_lc_rs::digest::SHA256),
        names::SHA384 => Some(&aws_lc_rs::digest::SHA384),
        names::SHA512 => Some(&aws_lc_rs::digest::SHA512),
        _ => None,
    }
}

impl Signer {
    /// A SignerIdentifier or RecipientIdentifier.
    pub(super) fn read(value: Value<'_>) -> Result<Signer, Unreadable> {
        match value.tag {
            SEQUENCE => {
                let mut inside = Reader::new(value.content);
                let issuer = inside.one(SEQUENCE)?.whole.into();
                let serial = inside.one(ber::INTEGER)?.content.into();
                Ok(Signer::Certificate { issuer, serial })
            }
            ber::PLAIN_0 => Ok(Signer::Key { id: value.content.into() }),
            CONTEXT_0 => Ok(Signer::Key { id: (*Reader::new(value.content).octets()?).into() }),
            _ => Err(Unreadable),
        }
    }
}
