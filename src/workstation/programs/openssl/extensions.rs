//! The extensions of a certificate (RFC 5280 section 4.2) in words, as `openssl x509 -text` shows them.

use der::Decode as _;
use std::net::IpAddr;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectAltName,
    SubjectKeyIdentifier,
};

/// Object identifier, the name with which `-ext` asks for it, its title.
const KNOWN: [(&str, &str, &str); 10] = [
    ("2.5.29.19", "basicConstraints", "X509v3 Basic Constraints"),
    ("2.5.29.15", "keyUsage", "X509v3 Key Usage"),
    ("2.5.29.37", "extendedKeyUsage", "X509v3 Extended Key Usage"),
    ("2.5.29.17", "subjectAltName", "X509v3 Subject Alternative Name"),
    ("2.5.29.14", "subjectKeyIdentifier", "X509v3 Subject Key Identifier"),
    ("2.5.29.35", "authorityKeyIdentifier", "X509v3 Authority Key Identifier"),
    ("2.5.29.30", "nameConstraints", "X509v3 Name Constraints"),
    ("2.5.29.31", "crlDistributionPoints", "X509v3 CRL Distribution Points"),
    ("2.5.29.32", "certificatePolicies", "X509v3 Certificate Policies"),
    ("1.3.6.1.5.5.7.1.1", "authorityInfoAccess", "Authority Information Access"),
];

const KEY_USAGES: [(KeyUsages, &str); 9] = [
    (KeyUsages::DigitalSignature, "Digital Signature"),
    (KeyUsages::NonRepudiation, "Non Repudiation"),
    (KeyUsages::KeyEncipherment, "Key Encipherment"),
    (KeyUsages::DataEncipherment, "Data Encipherment"),
    (KeyUsages::KeyAgreement, "Key Agreement"),
    (KeyUsages::KeyCertSign, "Certificate Sign"),
    (KeyUsages::CRLSign, "CRL Sign"),
    (KeyUsages::EncipherOnly, "Encipher Only"),
    (KeyUsages::DecipherOnly, "Decipher Only"),
];

const PURPOSES: [(&str, &str); 5] = [
    ("1.3.6.1.5.5.7.3.1", "TLS Web Server Authentication"),
    ("1.3.6.1.5.5.7.3.2", "TLS Web Client Authentication"),
    ("1.3.6.1.5.5.7.3.3", "Code Signing"),
    ("1.3.6.1.5.5.7.3.4", "E-mail Protection"),
    ("1.3.6.1.5.5.7.3.8", "Time Stamping"),
];

/// Does `-ext` call it so?
pub(super) fn is_called(extension: &Extension, name: &str) -> bool {
    let oid = extension.extn_id.to_string();
    oid == name || KNOWN.iter().any(|(o, n, _)| *o == oid && *n == name)
}

/// One extension: its title and its value, the value four blanks further in.
pub(super) fn shown(extension: &Extension, indent: &str) -> String {
    let oid = extension.extn_id.to_string();
    let title = KNOWN.iter().find(|(o, ..)| *o == oid).map_or(oid.as_str(), |(_, _, title)| title);
    let critical = if extension.critical { "critical" } else { "" };
    format!("{indent}{title}: {critical}\n{indent}    {}\n", value(&oid, extension.extn_value.as_bytes()))
}

/// What it says; octets that are not understood stand in hexadecimal.
fn value(oid: &str, octets: &[u8]) -> String {
    let read = match oid {
        "2.5.29.19" => BasicConstraints::from_der(octets).ok().map(basic),
        "2.5.29.15" => KeyUsage::from_der(octets).ok().map(|usage| {
            let named = KEY_USAGES.iter().filter(|(u, _)| usage.0.contains(*u)).map(|(_, name)| *name);
            named.collect::<Vec<_>>().join(", ")
        }),
        "2.5.29.37" => ExtendedKeyUsage::from_der(octets).ok().map(|usage| {
            let named = usage.0.iter().map(|o| {
                let o = o.to_string();
                PURPOSES.iter().find(|(p, _)| *p == o).map_or(o, |(_, name)| (*name).to_owned())
            });
            named.collect::<Vec<_>>().join(", ")
        }),
        "2.5.29.17" => SubjectAltName::from_der(octets)
            .ok()
            .map(|names| names.0.iter().map(general).collect::<Vec<_>>().join(", ")),
        "2.5.29.14" => SubjectKeyIdentifier::from_der(octets).ok().map(|id| colons(id.0.as_bytes())),
        "2.5.29.35" => AuthorityKeyIdentifier::from_der(octets)
            .ok()
            .and_then(|id| id.key_identifier.map(|id| colons(id.as_bytes()))),
        _ => None,
    };
    read.unwrap_or_else(|| {
        octets.iter().map(|b| if (0x20..0x7f).contains(b) { char::from(*b) } else { '.' }).collect()
    })
}

fn basic(constraints: BasicConstraints) -> String {
    let ca = if constraints.ca { "CA:TRUE" } else { "CA:FALSE" };
    match constraints.path_len_constraint {
        Some(length) => format!("{ca}, pathlen:{length}"),
        None => ca.to_owned(),
    }
}

fn general(name: &GeneralName) -> String {
    match name {
        GeneralName::DnsName(name) => format!("DNS:{}", name.as_str()),
        GeneralName::Rfc822Name(name) => format!("email:{}", name.as_str()),
        GeneralName::UniformResourceIdentifier(uri) => format!("URI:{}", uri.as_str()),
        GeneralName::IpAddress(octets) => match octets.as_bytes() {
            [a, b, c, d] => format!("IP Address:{}", IpAddr::from([*a, *b, *c, *d])),
            six => match <[u8; 16]>::try_from(six) {
                Ok(six) => {
                    let groups = std::net::Ipv6Addr::from(six).segments().map(|g| format!("{g:X}"));
                    format!("IP Address:{}", groups.join(":"))
                }
                Err(_) => "IP Address:<invalid>".to_owned(),
            },
        },
        _ => "othername:<unsupported>".to_owned(),
    }
}

/// Octets in large hexadecimal with colons.
pub(super) fn colons(octets: &[u8]) -> String {
    octets.iter().map(|b| format!("{b:02X}")).collect::<Vec<_>>().join(":")
}
