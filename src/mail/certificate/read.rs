//! Reading a certificate out of its DER.

use super::{
    AlternativeName, Certificate, CertificateFault, DistinguishedName, KeyKind, KeyUsage, PublicKey,
    SignatureAlgorithm,
};
use crate::units::{Bytes, Time};
use der::asn1::{Any, ObjectIdentifier};
use der::{Decode as _, Encode as _, Reader as _, SliceReader, Tag, Tagged as _};
use std::net::IpAddr;
use x509_cert::TbsCertificate;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage as KeyUsages, SubjectAltName,
    SubjectKeyIdentifier,
};
use x509_cert::name::Name;

/// How many octets a certificate may have: far more than any server's.
const OCTETS: usize = 64 << 10;

const P256: &str = "1.2.840.10045.3.1.7";
const P384: &str = "1.3.132.0.34";
const EC: &str = "1.2.840.10045.2.1";
const RSA: &str = "1.2.840.113549.1.1.1";
const ED25519: &str = "1.3.101.112";
const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
const EMAIL_PROTECTION: &str = "1.3.6.1.5.5.7.3.4";
const ANY_USE: &str = "2.5.29.37.0";
/// The extensions that are understood here.
const UNDERSTOOD: [&str; 6] = ["2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.35", "2.5.29.37"];

impl Certificate {
    /// Reads one certificate.
    ///
    /// # Errors
    /// [`CertificateFault::Malformed`].
    pub fn read(octets: &[u8]) -> Result<Certificate, CertificateFault> {
        if octets.len() > OCTETS {
            return Err(CertificateFault::Malformed);
        }
        read(octets).map_err(|_| CertificateFault::Malformed)
    }
}

fn read(octets: &[u8]) -> der::Result<Certificate> {
    let whole = x509_cert::Certificate::from_der(octets)?;
    let tbs = whole.tbs_certificate();
    let spki = tbs.subject_public_key_info();
    let constraints = extension::<BasicConstraints>(tbs)?;
    let usage = extension::<KeyUsages>(tbs)?;
    let purposes = extension::<ExtendedKeyUsage>(tbs)?;
    let names = extension::<SubjectAltName>(tbs)?;
    let octets_of = |bits: Option<&[u8]>| Bytes::from(bits.unwrap_or_default());
    let key = octets_of(spki.subject_public_key.as_bytes());
    let own_id = extension::<SubjectKeyIdentifier>(tbs)?.map(|id| Bytes::from(id.0.as_bytes()));
    let issuers_id = extension::<AuthorityKeyIdentifier>(tbs)?;
    let issuers_id = issuers_id.and_then(|id| id.key_identifier).map(|id| Bytes::from(id.as_bytes()));
    let unknown =
        |e: &&x509_cert::ext::Extension| e.critical && !UNDERSTOOD.contains(&e.extn_id.to_string().as_str());
    Ok(Certificate {
        der: octets.into(),
        version: tbs.version() as u8 + 1,
        serial: tbs.serial_number().as_bytes().into(),
        subject: distinguished(tbs.subject())?,
        issuer: distinguished(tbs.issuer())?,
        not_before: moment(tbs.validity().not_before),
        not_after: moment(tbs.validity().not_after),
        names: names.map(|n| n.0.iter().map(alternative).collect()).unwrap_or_default(),
        key: PublicKey {
            kind: key_kind(&spki.algorithm.oid, spki.algorithm.parameters.as_ref(), &key),
            info: spki.to_der()?.into(),
            octets: key,
        },
        signed_with: signature_algorithm(&whole.signature_algorithm().oid),
        authority: constraints.as_ref().is_some_and(|c| c.ca),
        path_length: constraints.and_then(|c| c.path_len_constraint),
        key_usage: usage.map(|usage| KeyUsage {
            digital_signature: usage.digital_signature(),
            non_repudiation: usage.non_repudiation(),
            certificates: usage.key_cert_sign(),
            revocations: usage.crl_sign(),
            key_encipherment: usage.key_encipherment(),
        }),
        for_servers: purposes.as_ref().map(|p| is_among(p, SERVER_AUTH)),
        for_mail: purposes.as_ref().map(|p| is_among(p, EMAIL_PROTECTION)),
        key_ids: (own_id, issuers_id),
        unknown_critical: tbs.extensions().into_iter().flatten().find(unknown).map(|e| e.extn_id.to_string()),
        signed: signed_part(octets)?.into(),
        signature: octets_of(whole.signature().as_bytes()),
    })
}

fn extension<'a, T>(tbs: &'a TbsCertificate) -> der::Result<Option<T>>
where
    T: der::Decode<'a, Error = der::Error> + x509_cert::der::oid::AssociatedOid,
{
    Ok(tbs.get_extension::<T>()?.map(|(_, value)| value))
}

/// Is it for this, or for everything?
fn is_among(purposes: &ExtendedKeyUsage, one: &str) -> bool {
    purposes.0.iter().any(|oid| [one, ANY_USE].contains(&oid.to_string().as_str()))
}

/// The octets that the signature is over, as they stand there.
fn signed_part(octets: &[u8]) -> der::Result<Vec<u8>> {
    let mut reader = SliceReader::new(octets)?;
    reader.sequence(|inner| {
        let signed = inner.tlv_bytes()?.to_vec();
        inner.drain(inner.remaining_len())?;
        Ok::<_, der::Error>(signed)
    })
}

fn moment(time: x509_cert::time::Time) -> Time {
    Time(0).plus(time.to_unix_duration())
}

fn distinguished(name: &Name) -> der::Result<DistinguishedName> {
    let attributes = name.iter().map(|a| (attribute(&a.oid), value(&a.value))).collect();
    Ok(DistinguishedName { attributes, der: name.to_der()?.into() })
}

/// An attribute's usual short name (RFC 4514 section 3).
fn attribute(oid: &ObjectIdentifier) -> String {
    let oid = oid.to_string();
    let known = match oid.as_str() {
        "2.5.4.3" => "CN",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "1.2.840.113549.1.9.1" => "emailAddress",
        "0.9.2342.19200300.100.1.25" => "DC",
        _ => return oid,
    };
    known.to_owned()
}

/// A string of any of ASN.1's kinds; control characters cannot do anything to a screen.
fn value(any: &Any) -> String {
    let octets = any.value();
    let text = match any.tag() {
        Tag::BmpString => {
            let units = octets.chunks_exact(2).map(|two| two.iter().fold(0, |n, b| n << 8 | u16::from(*b)));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        _ => String::from_utf8_lossy(octets).into_owned(),
    };
    text.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

fn alternative(name: &GeneralName) -> AlternativeName {
    match name {
        GeneralName::DnsName(name) => AlternativeName::Dns(name.to_string()),
        GeneralName::IpAddress(octets) => address(octets.as_bytes()),
        GeneralName::Rfc822Name(name) => AlternativeName::Other("email", name.to_string()),
        GeneralName::UniformResourceIdentifier(name) => AlternativeName::Other("URI", name.to_string()),
        GeneralName::DirectoryName(name) => AlternativeName::Other(
            "DirName",
            distinguished(name).map(|name| name.to_string()).unwrap_or_default(),
        ),
        GeneralName::RegisteredId(oid) => AlternativeName::Other("Registered ID", oid.to_string()),
        GeneralName::OtherName(_) | GeneralName::EdiPartyName(_) => {
            AlternativeName::Other("othername", "<unsupported>".to_owned())
        }
    }
}

fn address(octets: &[u8]) -> AlternativeName {
    let four = <[u8; 4]>::try_from(octets).map(IpAddr::from);
    let ip = four.or_else(|_| <[u8; 16]>::try_from(octets).map(IpAddr::from));
    ip.map_or_else(|_| AlternativeName::Other("IP Address", "<invalid>".to_owned()), AlternativeName::Ip)
}

fn key_kind(oid: &ObjectIdentifier, parameters: Option<&Any>, key: &[u8]) -> KeyKind {
    let oid = oid.to_string();
    let curve = || parameters.and_then(|p| p.decode_as::<ObjectIdentifier>().ok()).map(|c| c.to_string());
    match oid.as_str() {
        EC => match curve() {
            Some(curve) if curve == P256 => KeyKind::P256,
            Some(curve) if curve == P384 => KeyKind::P384,
            other => KeyKind::Other(other.unwrap_or(oid)),
        },
        RSA => KeyKind::Rsa(modulus_bits(key).unwrap_or_default()),
        ED25519 => KeyKind::Ed25519,
        _ => KeyKind::Other(oid),
    }
}

/// How many bits RSA's modulus has, the first number of its key.
fn modulus_bits(key: &[u8]) -> Option<usize> {
    let mut reader = SliceReader::new(key).ok()?;
    let bits = reader.sequence(|inner| {
        let modulus = der::asn1::UintRef::decode(inner)?;
        inner.drain(inner.remaining_len())?;
        let octets = modulus.as_bytes();
        let leading = octets.first().map_or(0, |first| first.leading_zeros() as usize);
        Ok::<_, der::Error>(octets.len() * 8 - leading)
    });
    bits.ok()
}

fn signature_algorithm(oid: &ObjectIdentifier) -> SignatureAlgorithm {
    let oid = oid.to_string();
    match oid.as_str() {
        "1.2.840.10045.4.3.2" => SignatureAlgorithm::EcdsaSha256,
        "1.2.840.10045.4.3.3" => SignatureAlgorithm::EcdsaSha384,
        "1.2.840.113549.1.1.11" => SignatureAlgorithm::RsaSha256,
        "1.2.840.113549.1.1.12" => SignatureAlgorithm::RsaSha384,
        "1.2.840.113549.1.1.13" => SignatureAlgorithm::RsaSha512,
        ED25519 => SignatureAlgorithm::Ed25519,
        _ => SignatureAlgorithm::Other(oid),
    }
}
