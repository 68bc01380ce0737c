//! A certificate (RFC 5280) as the commands of OpenSSL look at it.

use super::names::{Form, written};
use crate::mail::certificate::Certificate as Read;
use crate::mail::pem;
use crate::units::{Offset, Time};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use der::{Decode as _, Encode as _};
use std::net::IpAddr;
use x509_cert::certificate::Certificate as Parsed;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;

/// ecdsa-with-SHA256 (RFC 5758 section 3.2).
const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";
/// Months as OpenSSL writes them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A certificate with its octets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Certificate {
    /// In DER.
    pub(super) der: Vec<u8>,
    /// What it says.
    pub(super) parsed: Parsed,
}

impl Certificate {
    /// The certificate of these octets.
    pub(super) fn from_der(der: &[u8]) -> Option<Certificate> {
        Parsed::from_der(der).ok().map(|parsed| Certificate { der: der.to_vec(), parsed })
    }

    /// All certificates of a PEM file; blocks that are none are passed over.
    pub(super) fn from_pem(octets: &[u8]) -> Vec<Certificate> {
        let labels = [pem::CERTIFICATE, "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
        let blocks = pem::decode(&String::from_utf8_lossy(octets));
        let blocks = blocks.iter().filter(|(label, _)| labels.contains(&label.as_str()));
        blocks.filter_map(|(_, der)| Certificate::from_der(der)).collect()
    }

    /// As a PEM block.
    pub(super) fn pem(&self) -> String {
        pem::encode(pem::CERTIFICATE, &self.der)
    }

    fn subject_name(&self) -> &Name {
        self.parsed.tbs_certificate().subject()
    }

    fn issuer_name(&self) -> &Name {
        self.parsed.tbs_certificate().issuer()
    }

    /// Whose it is.
    pub(super) fn subject(&self, form: Form) -> String {
        written(self.subject_name(), form)
    }

    /// Who issued it.
    pub(super) fn issuer(&self, form: Form) -> String {
        written(self.issuer_name(), form)
    }

    /// From when on it is valid.
    pub(super) fn not_before(&self) -> Time {
        moment(self.parsed.tbs_certificate().validity().not_before)
    }

    /// Until when it is valid.
    pub(super) fn not_after(&self) -> Time {
        moment(self.parsed.tbs_certificate().validity().not_after)
    }

    /// Does it name itself as its issuer?
    pub(super) fn is_self_issued(&self) -> bool {
        self.subject_name() == self.issuer_name()
    }

    /// Does it name `issuer` as its issuer?
    pub(super) fn names(&self, issuer: &Certificate) -> bool {
        self.issuer_name() == issuer.subject_name()
    }

    /// Is its signature that of `issuer`? Signatures of a kind this workstation does not know are taken for wrong.
    pub(super) fn signed_by(&self, issuer: &Certificate) -> bool {
        let Ok(signed) = self.parsed.tbs_certificate().to_der() else { return false };
        let key = issuer.key();
        let known = self.parsed.signature_algorithm().oid.to_string() == ECDSA_SHA256;
        let signature = self.parsed.signature().raw_bytes();
        known && UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key).verify(&signed, signature).is_ok()
    }

    /// The public key's octets.
    pub(super) fn key(&self) -> &[u8] {
        self.parsed.tbs_certificate().subject_public_key_info().subject_public_key.raw_bytes()
    }

    /// The subject's alternative names.
    fn alternatives(&self) -> Vec<GeneralName> {
        let found = self.parsed.tbs_certificate().get_extension::<SubjectAltName>();
        found.ok().flatten().map(|(_, names)| names.0).unwrap_or_default()
    }

    /// The mail addresses it is for, as `-email` prints them: those of the subject, then the alternative names.
    pub(super) fn emails(&self) -> Vec<String> {
        Read::read(&self.der).map(|read| read.mail_addresses()).unwrap_or_default()
    }

    /// The names of hosts it is for (RFC 6125 section 6.4): its dNSNames, or where it has none its common name.
    pub(super) fn is_for_host(&self, host: &str) -> bool {
        let names: Vec<String> = self
            .alternatives()
            .iter()
            .filter_map(|n| match n {
                GeneralName::DnsName(name) => Some(name.as_str().to_owned()),
                _ => None,
            })
            .collect();
        if !names.is_empty() {
            return names.iter().any(|name| matches_host(name, host));
        }
        let common = self.subject_name().common_name().ok().flatten();
        common.is_some_and(|name| matches_host(&name.value(), host))
    }

    /// Is it for this address (RFC 5280 section 4.2.1.6)?
    pub(super) fn is_for_address(&self, ip: IpAddr) -> bool {
        let octets = match ip {
            IpAddr::V4(ip) => ip.octets().to_vec(),
            IpAddr::V6(ip) => ip.octets().to_vec(),
        };
        self.alternatives()
            .iter()
            .any(|n| matches!(n, GeneralName::IpAddress(address) if address.as_bytes() == octets))
    }
}

/// A name with at most one star, which stands for one whole label at its beginning (RFC 6125 section 6.4.3).
fn matches_host(name: &str, host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    match name.strip_prefix("*.") {
        Some(rest) => host.split_once('.').is_some_and(|(label, domain)| {
            !label.is_empty() && rest.contains('.') && domain.eq_ignore_ascii_case(rest)
        }),
        None => name.eq_ignore_ascii_case(host),
    }
}

fn moment(time: x509_cert::time::Time) -> Time {
    let micros = i64::try_from(time.to_unix_duration().as_micros());
    Time(micros.unwrap_or(i64::MAX))
}

/// `Nov 25 21:55:55 2026 GMT`.
pub(super) fn date(time: Time) -> String {
    let c = time.civil(Offset(0));
    let month = MONTHS.get(usize::from(c.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or("Bad");
    format!("{month} {:>2} {:02}:{:02}:{:02} {} GMT", c.day(), c.hour(), c.minute(), c.second(), c.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_match_as_rfc_6125_says() {
        for (name, host, matches) in [
            ("mail.example.tld", "MAIL.example.tld", true),
            ("mail.example.tld", "mail.example.tld.", true),
            ("*.example.tld", "mail.example.tld", true),
            ("*.example.tld", "a.mail.example.tld", false),
            ("*.example.tld", "example.tld", false),
            ("*.tld", "example.tld", false),
            ("*", "example", false),
            ("mail.example.tld", "example.tld", false),
        ] {
            assert_eq!(matches_host(name, host), matches, "{name} {host}");
        }
    }

    #[test]
    fn dates_as_openssl_writes_them() {
        assert_eq!(date(Time(1_756_713_600_000_000)), "Sep  1 08:00:00 2025 GMT");
    }
}
