//! Whether a chain of certificates shows that a server, or somebody who signs mail, is who it says (RFC 5280 section 6.1, RFC
//! 6125 section 6), asked in the order in which OpenSSL asks, so that the same fault is found first.

use super::{Certificate, CertificateFault, KeyKind, SignatureAlgorithm};
use crate::units::Time;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ED25519,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey,
    VerificationAlgorithm,
};

/// How many certificates may stand between the server's and the root.
const DEPTH: usize = 8;
/// How many of those that a server sends, and how many roots, are looked at.
const LOOKED_AT: usize = 64;

/// What a certificate is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Anything.
    Any,
    /// Signing mail (RFC 8550 section 4.4).
    Mail,
    /// Encrypting mail for its owner.
    MailEncryption,
}

impl Purpose {
    /// Is the certificate for this?
    fn fits(self, certificate: &Certificate) -> bool {
        if self == Purpose::Any {
            return true;
        }
        let usage = certificate.key_usage.is_none_or(|usage| match self {
            Purpose::Mail => usage.digital_signature || usage.non_repudiation,
            Purpose::MailEncryption => usage.key_encipherment,
            Purpose::Any => true,
        });
        certificate.for_mail != Some(false) && usage
    }
}

/// Does `chain` (somebody's own certificate first, the others in any order) lead to one of `roots`, may it be used for
/// `purpose`, and is it valid at `now`?
///
/// # Errors
/// The first thing that is wrong, in this order.
pub fn verify_for(
    purpose: Purpose,
    chain: &[impl AsRef<[u8]>],
    roots: &[impl AsRef<[u8]>],
    now: Time,
) -> Result<(), CertificateFault> {
    let (own, others, mut roots) = read(chain, roots)?;
    // As OpenSSL without -partial_chain has it, a chain ends with somebody who vouches for themselves.
    roots.retain(Certificate::self_issued);
    let path = path(&own, &others, &roots)?;
    if !purpose.fits(&own) || path.iter().any(|c| c.unknown_critical.is_some()) {
        return Err(CertificateFault::WrongPurpose);
    }
    path.iter().rev().try_for_each(|certificate| valid_at(certificate, now))
}

/// Somebody's own certificate, the others that came with it, and the roots. What cannot be read of the last two leads
/// nowhere, and that is told.
fn read(
    chain: &[impl AsRef<[u8]>],
    roots: &[impl AsRef<[u8]>],
) -> Result<(Certificate, Vec<Certificate>, Vec<Certificate>), CertificateFault> {
    let own = chain.first().ok_or(CertificateFault::Malformed)?;
    let own = Certificate::read(own.as_ref())?;
    let read = |octets: &[u8]| Certificate::read(octets).ok();
    let others = chain.iter().skip(1).take(LOOKED_AT).filter_map(|o| read(o.as_ref())).collect();
    let roots = roots.iter().take(LOOKED_AT).filter_map(|o| read(o.as_ref())).collect();
    Ok((own, others, roots))
}

/// Does `chain` (the server's own certificate first, the others in any order) lead to one of `roots`, is it valid at
/// `now`, and is it for `name`, where a name is asked for?
///
/// # Errors
/// The first thing that is wrong: first whether it leads to somebody trusted, then the signatures and the times, the
/// server's own last, then the name.
pub fn verify(
    chain: &[impl AsRef<[u8]>],
    roots: &[impl AsRef<[u8]>],
    name: Option<&str>,
    now: Time,
) -> Result<(), CertificateFault> {
    let (own, others, roots) = read(chain, roots)?;
    let path = path(&own, &others, &roots)?;
    for certificate in path.iter().rev() {
        valid_at(certificate, now)?;
    }
    if own.for_servers == Some(false) || path.iter().any(|c| c.unknown_critical.is_some()) {
        return Err(CertificateFault::WrongPurpose);
    }
    match name {
        Some(name) if !own.is_for(name) => {
            let found = own.names.iter().map(ToString::to_string).collect();
            Err(CertificateFault::WrongName { wanted: name.to_owned(), found })
        }
        _ => Ok(()),
    }
}

/// The way from the server's certificate to a root, both included; every signature on it is right.
fn path<'c>(
    own: &'c Certificate,
    others: &'c [Certificate],
    roots: &'c [Certificate],
) -> Result<Vec<&'c Certificate>, CertificateFault> {
    let mut path = vec![own];
    for depth in 0..=DEPTH {
        let Some(last) = path.last().copied() else { break };
        if roots.iter().any(|root| root.der == last.der) {
            return Ok(path);
        }
        if let Some(root) = issuer(last, roots, depth)? {
            path.push(root);
            return Ok(path);
        }
        if last.self_issued() && signed_by(last, last) {
            let unknown = CertificateFault::UnknownIssuer { issuer: last.issuer.to_string() };
            return Err(if depth == 0 { CertificateFault::SelfSigned } else { unknown });
        }
        match issuer(last, others, depth)? {
            Some(next) if !path.iter().any(|c| c.der == next.der) => path.push(next),
            _ => return Err(CertificateFault::UnknownIssuer { issuer: last.issuer.to_string() }),
        }
    }
    Err(CertificateFault::UnknownIssuer { issuer: own.issuer.to_string() })
}

/// Who of `candidates` has issued this one, with `below` authorities between it and the server's own. Several may have
/// the same name; one has signed.
///
/// # Errors
/// Somebody has that name and that key's digest, but has not signed or may not.
fn issuer<'c>(
    certificate: &Certificate,
    candidates: &'c [Certificate],
    below: usize,
) -> Result<Option<&'c Certificate>, CertificateFault> {
    let (_, wanted) = &certificate.key_ids;
    let named = |c: &&Certificate| {
        let same_key = wanted.is_none() || c.key_ids.0.is_none() || c.key_ids.0 == *wanted;
        c.subject.der == certificate.issuer.der && same_key
    };
    let named: Vec<&Certificate> = candidates.iter().filter(named).collect();
    if named.is_empty() {
        return Ok(None);
    }
    let Some(signer) = named.into_iter().find(|c| signed_by(certificate, c)) else {
        return Err(CertificateFault::BadSignature);
    };
    let usage = signer.key_usage.is_none_or(|usage| usage.certificates);
    let deep = signer.path_length.is_some_and(|most| below > usize::from(most));
    // Very old roots have no extensions at all, and are trusted as they are.
    let old_root = signer.version < 3 && signer.self_issued();
    if (signer.authority || old_root) && usage && !deep {
        Ok(Some(signer))
    } else {
        Err(CertificateFault::NotAnAuthority)
    }
}

/// Is the signature on `certificate` that of `signer`'s key?
fn signed_by(certificate: &Certificate, signer: &Certificate) -> bool {
    use {KeyKind as K, SignatureAlgorithm as S};
    let algorithm: &'static dyn VerificationAlgorithm = match (&certificate.signed_with, &signer.key.kind) {
        (S::EcdsaSha256, K::P256) => &ECDSA_P256_SHA256_ASN1,
        (S::EcdsaSha384, K::P256) => &ECDSA_P256_SHA384_ASN1,
        (S::EcdsaSha256, K::P384) => &ECDSA_P384_SHA256_ASN1,
        (S::EcdsaSha384, K::P384) => &ECDSA_P384_SHA384_ASN1,
        (S::RsaSha256, K::Rsa(_)) => &RSA_PKCS1_2048_8192_SHA256,
        (S::RsaSha384, K::Rsa(_)) => &RSA_PKCS1_2048_8192_SHA384,
        (S::RsaSha512, K::Rsa(_)) => &RSA_PKCS1_2048_8192_SHA512,
        (S::Ed25519, K::Ed25519) => &ED25519,
        _ => return false,
    };
    let key = UnparsedPublicKey::new(algorithm, &*signer.key.octets);
    key.verify(&certificate.signed, &certificate.signature).is_ok()
}

fn valid_at(certificate: &Certificate, now: Time) -> Result<(), CertificateFault> {
    let (from, until) = (certificate.not_before, certificate.not_after);
    // A certificate's times are whole seconds, and its last second counts.
    let second = Time(now.unix_seconds().saturating_mul(1_000_000));
    if second < from {
        Err(CertificateFault::NotYetValid { from })
    } else if second > until {
        Err(CertificateFault::Expired { until })
    } else {
        Ok(())
    }
}
