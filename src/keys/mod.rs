//! Makes the certificates and keys of an attempt: an authority of its own, and what each host with TLS is to have, right or
//! wrong as the scenario wants it. Beside the lab's clock this is the only place that draws real randomness; what comes out
//! is recorded with the attempt and never made anew.
//!
//! The keys of certificates are ECDSA on P-256, which every client accepts and which cost little: an authority and a host take well under a
//! millisecond. Those for mail are RSA, because they must decrypt, and sign the same each time; one takes a tenth of a second.

mod mail;
#[cfg(test)]
mod tests;

use crate::mail::dkim::{DkimAlgorithm, DkimKey};
use crate::mail::{CertificateKind, CertificateOrder, HostKeys, Keyring, MailOrder, SigningOrder};
use crate::units::{Bytes, Time};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, date_time_ymd,
};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

/// A day in seconds.
const DAY: i64 = 86_400;
/// How long an authority is good for.
const AUTHORITY_DAYS: i64 = 3_652;
/// How long a host's certificate is good for: less than the 398 days that browsers and mail programs allow, and long
/// enough for the time that is let pass in an attempt.
const HOST_DAYS: i64 = 365;
/// For how long an expired certificate has been so when the attempt begins.
const EXPIRED_DAYS: i64 = 30;
/// The longest commonName (RFC 5280 appendix A.1, ub-common-name). A longer name stands in the subjectAltName alone.
const COMMON_NAME: usize = 64;
/// The dates that are written: no calendar but this one's middle is needed, and nothing in it can overflow.
const DATES: std::ops::RangeInclusive<i64> = 0..=220_000_000_000;

/// Why certificates could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysFault {
    /// The host or the person whose certificate it was; the authority's where there is none.
    pub host: Option<String>,
    /// What was wrong.
    pub what: String,
}

impl std::fmt::Display for KeysFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.host {
            Some(host) => write!(f, "no certificate for {host}: {}", self.what),
            None => write!(f, "no certificate authority: {}", self.what),
        }
    }
}

impl std::error::Error for KeysFault {}

/// An authority with its key.
struct Authority {
    certificate: Bytes,
    issuer: Issuer<'static, KeyPair>,
}

/// Makes what was ordered, for an attempt that begins at `start`. Where nothing was, nothing is made.
///
/// # Errors
/// A name that cannot stand in a certificate, or no randomness.
pub fn make(orders: &[CertificateOrder], start: Time) -> Result<Keyring, KeysFault> {
    make_with_mail(orders, &[], start)
}

/// The same, and certificates for mail by the same authority.
///
/// # Errors
/// A name that cannot stand in a certificate, or no randomness.
pub fn make_with_mail(
    orders: &[CertificateOrder],
    mail: &[MailOrder],
    start: Time,
) -> Result<Keyring, KeysFault> {
    if orders.is_empty() && mail.is_empty() {
        return Ok(Keyring::default());
    }
    let mut authorities = Authorities { own: Authority::named("helo lab CA", start)?, stranger: None, start };
    let mut hosts = BTreeMap::new();
    for order in orders {
        let fault = |e: rcgen::Error| KeysFault { host: Some(order.host.clone()), what: e.to_string() };
        let signer = authorities.signer(&order.kind)?;
        hosts.insert(order.host.clone(), host_keys(order, signer, start).map_err(fault)?);
    }
    let mut owners = BTreeMap::new();
    for order in mail {
        let fault = |e: rcgen::Error| KeysFault { host: Some(order.owner.clone()), what: e.to_string() };
        let signer = authorities.signer(&order.kind)?;
        owners.insert(order.owner.to_lowercase(), mail::keys(order, signer, start).map_err(fault)?);
    }
    let authority = Some(authorities.own.certificate);
    Ok(Keyring { authority, hosts, dkim: BTreeMap::new(), mail: owners })
}

/// Who issues certificates.
struct Authorities {
    /// The attempt's own, which the workstation trusts.
    own: Authority,
    /// One that nobody knows, as soon as it is wanted.
    stranger: Option<Authority>,
    start: Time,
}

impl Authorities {
    /// Who signs a certificate of this kind; `None` where it signs itself.
    fn signer(&mut self, kind: &CertificateKind) -> Result<Option<&Authority>, KeysFault> {
        match kind {
            CertificateKind::SelfSigned => Ok(None),
            CertificateKind::UnknownIssuer => {
                if self.stranger.is_none() {
                    self.stranger = Some(Authority::named("unlisted CA", self.start)?);
                }
                Ok(self.stranger.as_ref())
            }
            CertificateKind::Valid | CertificateKind::Expired | CertificateKind::OtherName(_) => {
                Ok(Some(&self.own))
            }
        }
    }
}

/// Adds the keys that domains are to sign with. One for RSA has 2048 bits and takes a good part of a second; one for
/// Ed25519 takes no time.
///
/// # Errors
/// No randomness.
pub fn add_signing(keyring: &mut Keyring, orders: &[SigningOrder]) -> Result<(), KeysFault> {
    for order in orders {
        let key = match order.algorithm {
            DkimAlgorithm::Ed25519Sha256 => ed25519(),
            DkimAlgorithm::RsaSha256 => rsa_2048(),
        };
        let fault = || KeysFault { host: Some(order.name.clone()), what: "no key could be made".to_owned() };
        let (private, public) = key.ok_or_else(fault)?;
        keyring.dkim.insert(order.name.clone(), DkimKey { algorithm: order.algorithm, private, public });
    }
    Ok(())
}

fn ed25519() -> Option<(Bytes, Bytes)> {
    let key = Ed25519KeyPair::generate().ok()?;
    let private = key.to_pkcs8v1().ok()?;
    Some((private.as_ref().into(), key.public_key().as_ref().into()))
}

fn rsa_2048() -> Option<(Bytes, Bytes)> {
    let key = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).ok()?;
    let private = AsDer::<Pkcs8V1Der<'_>>::as_der(&key).ok()?;
    let public = AsDer::<PublicKeyX509Der<'_>>::as_der(key.public_key()).ok()?;
    Some((private.as_ref().into(), public.as_ref().into()))
}

impl Authority {
    fn named(name: &str, start: Time) -> Result<Authority, KeysFault> {
        Authority::new(name, start).map_err(|e| KeysFault { host: None, what: e.to_string() })
    }

    /// A new one, by a name that it shares with no other: the first digits of its key's hash stand in it.
    fn new(name: &str, start: Time) -> Result<Authority, rcgen::Error> {
        let key = key_pair()?;
        let mut params = CertificateParams::default();
        let id: String =
            params.key_identifier(&key).iter().take(3).map(|octet| format!("{octet:02X}")).collect();
        params.distinguished_name = distinguished_name(&format!("{name} {id}"));
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        valid(&mut params, start, -1..AUTHORITY_DAYS);
        let certificate = params.self_signed(&key)?;
        Ok(Authority { certificate: certificate.der().as_ref().into(), issuer: Issuer::new(params, key) })
    }
}

/// A host's key and certificate, signed by `signer` or, without one, by itself.
fn host_keys(
    order: &CertificateOrder,
    signer: Option<&Authority>,
    start: Time,
) -> Result<HostKeys, rcgen::Error> {
    let key = key_pair()?;
    let mut params = CertificateParams::new(names(order))?;
    params.distinguished_name = match &order.kind {
        CertificateKind::OtherName(name) => distinguished_name(name),
        _ => distinguished_name(&order.host),
    };
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = signer.is_some();
    valid(&mut params, start, days(&order.kind));
    let certificate = match signer {
        Some(authority) => params.signed_by(&key, &authority.issuer)?,
        None => params.self_signed(&key)?,
    };
    Ok(HostKeys { chain: vec![certificate.der().as_ref().into()], key: key.serialized_der().into() })
}

/// From when to when a certificate of this kind is valid, in days from the attempt's start.
fn days(kind: &CertificateKind) -> std::ops::Range<i64> {
    match kind {
        CertificateKind::Expired => -EXPIRED_DAYS - HOST_DAYS..-EXPIRED_DAYS,
        _ => -1..HOST_DAYS - 1,
    }
}

fn key_pair() -> Result<KeyPair, rcgen::Error> {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)
}

/// What a certificate is for. At a real port the host is the learner's own machine, so that stands there too; not where
/// the name is to be wrong.
fn names(order: &CertificateOrder) -> Vec<String> {
    if let CertificateKind::OtherName(name) = &order.kind {
        return vec![name.clone()];
    }
    let local = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)].map(|ip| ip.to_string());
    let mut names = order.names.clone();
    for name in std::iter::once("localhost".to_owned()).chain(local) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn distinguished_name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, "helo");
    if common.len() <= COMMON_NAME {
        name.push(DnType::CommonName, common);
    }
    name
}

/// From when to when a certificate is valid, in days from the attempt's start.
fn valid(params: &mut CertificateParams, start: Time, days: std::ops::Range<i64>) {
    let (first, last) = (DATES.start(), DATES.end());
    let epoch = date_time_ymd(1970, 1, 1);
    let moment = |day: i64| {
        let seconds = start.unix_seconds().saturating_add(day * DAY).clamp(*first, *last);
        let distance = Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 { epoch - distance } else { epoch + distance }
    };
    (params.not_before, params.not_after) = (moment(days.start), moment(days.end));
}
