//! `tls` of a host: that it has a certificate, what is right or wrong with it, and which versions it speaks.

use super::keys::{Keys, Node, Reader};
use crate::event::{TlsLevel, TlsVersion};
use crate::mail::CertificateKind;
use crate::scenario::model::{CertificateModel, OutgoingModel, TlsModel};
use std::ops::RangeInclusive;

const EXAMPLE: &str = "{ certificate = \"expired\" }";
/// What a host speaks where nothing else is said: what OpenSSL does today.
const VERSIONS: RangeInclusive<TlsVersion> = TlsVersion::Tls12..=TlsVersion::Tls13;
/// What `certificate` may be called.
const KINDS: [(&str, CertificateKind); 4] = [
    ("valid", CertificateKind::Valid),
    ("expired", CertificateKind::Expired),
    ("self-signed", CertificateKind::SelfSigned),
    ("unknown-issuer", CertificateKind::UnknownIssuer),
];

/// `true`, or a table; `None` for `false` and for nothing.
pub(super) fn read(r: &mut Reader, keys: &mut Keys<'_>) -> Option<TlsModel> {
    let node = keys.get("tls")?;
    let usual = TlsModel {
        certificate: CertificateModel::Kind(CertificateKind::Valid),
        names: Vec::new(),
        versions: VERSIONS,
    };
    if !node.is_table() {
        if node.value.as_bool().is_none() {
            r.wrong_type(&node, "`true`, `false` or a table", EXAMPLE);
        }
        // What is written wrong is meant, so that ports are not said to lack it.
        return (node.value.as_bool() != Some(false)).then_some(usual);
    }
    let mut keys = r.table(&node, "a host's TLS", EXAMPLE)?;
    let certificate = keys.get("certificate").and_then(|n| certificate(r, &n)).unwrap_or(usual.certificate);
    let names = keys.get("names").map(|n| r.strings(&n, "[\"imap.example.tld\"]")).unwrap_or_default();
    let versions = keys.get("versions").and_then(|n| versions(r, &n)).unwrap_or(VERSIONS);
    keys.finish(r);
    Some(TlsModel { certificate, names, versions })
}

/// `outgoing` of a host: what it asks of TLS where it is the client.
pub(super) fn outgoing(r: &mut Reader, keys: &mut Keys<'_>) -> Option<OutgoingModel> {
    let node = keys.get("outgoing")?;
    let mut keys = r.table(&node, "what a host does as a client", "{ tls = \"encrypt\" }")?;
    let levels = ["none", "may", "encrypt", "verify", "secure"];
    let words: Vec<(&'static str, usize)> = levels.iter().enumerate().map(|(i, name)| (*name, i)).collect();
    let level = keys.get("tls").and_then(|n| r.one_of(&n, &words));
    // Names belong to the level that asks for them.
    let names = match level {
        Some(4) => {
            let names = keys.need("names", "[\"example.net\", \".example.net\"]");
            names.map(|n| r.strings(&n, "[\"example.net\", \".example.net\"]")).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let versions = keys.get("versions").and_then(|n| versions(r, &n));
    keys.finish(r);
    let level = level.map(|level| match level {
        0 => TlsLevel::None,
        1 => TlsLevel::May,
        2 => TlsLevel::Encrypt,
        _ => TlsLevel::Verify(Vec::new()),
    });
    Some(OutgoingModel { level, names, versions })
}

fn certificate(r: &mut Reader, node: &Node<'_>) -> Option<CertificateModel> {
    if !node.is_table() {
        let indexed: Vec<(&'static str, usize)> =
            KINDS.iter().enumerate().map(|(i, (name, _))| (*name, i)).collect();
        let found = r.one_of(node, &indexed)?;
        return KINDS.get(found).map(|(_, kind)| CertificateModel::Kind(kind.clone()));
    }
    let mut keys = r.table(node, "a certificate", "{ other_name = \"mail.other.test\" }")?;
    let name = keys.need("other_name", "\"mail.other.test\"");
    let name = name.and_then(|n| r.word(&n, "\"mail.other.test\""));
    keys.finish(r);
    name.map(CertificateModel::OtherName)
}

/// A list of versions without a gap: a server has an oldest and a newest one.
fn versions(r: &mut Reader, node: &Node<'_>) -> Option<RangeInclusive<TlsVersion>> {
    let words = TlsVersion::ALL.map(|version| (version.number(), version));
    let items = r.list(node, "[\"1.2\", \"1.3\"]");
    let known: Vec<TlsVersion> = items.iter().filter_map(|item| r.one_of(item, &words)).collect();
    if known.len() < items.len() || !node.is_list() {
        return None;
    }
    let ends = known.iter().min().copied().zip(known.iter().max().copied());
    let Some((oldest, newest)) = ends else {
        r.bad_value(node.span.clone(), "no version of TLS", "leave `tls` out where the host speaks none");
        return None;
    };
    let between = TlsVersion::ALL.into_iter().filter(|v| (oldest..=newest).contains(v));
    if !between.clone().all(|v| known.contains(&v)) {
        let all: Vec<String> = between.map(|v| format!("\"{}\"", v.number())).collect();
        r.bad_value(
            node.span.clone(),
            "a server speaks all versions between its oldest and its newest",
            format!("write [{}]", all.join(", ")),
        );
    }
    Some(oldest..=newest)
}
