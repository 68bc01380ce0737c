//! `[[mail_certificate]]`, and `smime` of a message and of what a person writes: who has a certificate for mail, what is right
//! or wrong with it, and what is signed and encrypted.

use super::keys::{Keys, Node, Reader};
use super::tables;
use crate::mail::CertificateKind;
use crate::mail::smime::SmimeFault;
use crate::scenario::model::{
    CertificateModel, EncryptedModel, MailKeyModel, Model, ProtectModel, SignedModel,
};

/// What `certificate` may be called; `true` for one that is for servers.
const KINDS: [(&str, (CertificateKind, bool)); 5] = [
    ("valid", (CertificateKind::Valid, false)),
    ("expired", (CertificateKind::Expired, false)),
    ("self-signed", (CertificateKind::SelfSigned, false)),
    ("unknown-issuer", (CertificateKind::UnknownIssuer, false)),
    ("for-servers", (CertificateKind::Valid, true)),
];
const ADDRESS: &str = "\"hedwig@example.tld\"";

pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>, model: &mut Model) {
    for node in tables(r, keys, "mail_certificate") {
        let key = r.table(&node, "a certificate for mail", "...").and_then(|keys| mail_key(r, keys));
        model.lost_mail_keys |= key.is_none();
        model.mail_keys.extend(key);
    }
}

fn mail_key(r: &mut Reader, mut keys: Keys<'_>) -> Option<MailKeyModel> {
    let owner = keys.need("address", ADDRESS).and_then(|n| r.word(&n, ADDRESS));
    let name = keys.need("name", "\"Hedwig Busch\"").and_then(|n| r.word(&n, "\"Hedwig Busch\""));
    let certificate = match keys.get("certificate") {
        Some(node) => kind(r, &node),
        None => Some((CertificateModel::Kind(CertificateKind::Valid), false)),
    };
    let file = keys.get("file").and_then(|n| r.word(&n, "\"hedwig.pem\""));
    let key_file = keys.get("key_file").and_then(|n| r.word(&n, "\"hedwig.key\""));
    keys.finish(r);
    let (certificate, for_servers) = certificate?;
    Some(MailKeyModel { owner: owner?, name: name?, certificate, for_servers, file, key_file })
}

fn kind(r: &mut Reader, node: &Node<'_>) -> Option<(CertificateModel, bool)> {
    if !node.is_table() {
        let indexed: Vec<(&'static str, usize)> =
            KINDS.iter().enumerate().map(|(i, (name, _))| (*name, i)).collect();
        let found = r.one_of(node, &indexed)?;
        return KINDS.get(found).map(|(_, (kind, servers))| (CertificateModel::Kind(kind.clone()), *servers));
    }
    let example = "{ other_address = \"eve@other.test\" }";
    let mut keys = r.table(node, "a certificate for another address", example)?;
    let other = keys.need("other_address", "\"eve@other.test\"");
    let other = other.and_then(|n| r.word(&n, "\"eve@other.test\""));
    keys.finish(r);
    other.map(|other| (CertificateModel::OtherName(other), false))
}

/// `smime` of a message that lies in a mailbox.
pub(super) fn of_message(r: &mut Reader, keys: &mut Keys<'_>) -> Option<ProtectModel> {
    let node = keys.get("smime")?;
    let example = "{ sign = \"hedwig@example.tld\" }";
    let mut keys = r.table(&node, "how a message is protected", example)?;
    let sign = keys.get("sign").and_then(|n| r.word(&n, ADDRESS));
    let opaque = keys.get("opaque").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let change = keys.get("change").and_then(|n| {
        let mut keys = r.table(&n, "what changes on the way", "{ from = \"12\", to = \"21\" }")?;
        let from = keys.need("from", "\"12\"").and_then(|n| r.world_text(&n));
        let to = keys.need("to", "\"21\"").and_then(|n| r.world_text(&n));
        keys.finish(r);
        Some((from?, to?))
    });
    let encrypt = keys.get("encrypt").map(|n| {
        let whom = r.strings(&n, "[\"hedwig@example.tld\"]");
        if n.value.as_array().is_some_and(|list| list.is_empty()) {
            r.bad_value(n.span, "encrypted for nobody", "name who is to read it, or leave out `encrypt`");
        }
        whom
    });
    if change.is_some() && (sign.is_none() || opaque) {
        let help = "add `sign`, and leave out `opaque`: inside a signature nobody changes a word";
        r.bad_value(keys.span(), "only signed text can be changed on its way", help);
    }
    if sign.is_none() && encrypt.is_none() {
        r.bad_value(keys.span(), "neither signed nor encrypted", "add `sign` or `encrypt`");
    }
    keys.finish(r);
    Some(ProtectModel { sign, opaque, change, encrypt: encrypt.unwrap_or_default() })
}

/// `sign` and `encrypt` of what a person writes.
pub(super) fn of_habit(r: &mut Reader, keys: &mut Keys<'_>) -> (bool, bool) {
    let mut flag = |r: &mut Reader, key| keys.get(key).and_then(|n| r.boolean(&n)).unwrap_or(false);
    (flag(r, "sign"), flag(r, "encrypt"))
}

/// `signed` of what a message must be like: `true`, `false`, or by whom and what is wrong with it.
pub(super) fn signed(r: &mut Reader, keys: &mut Keys<'_>) -> Option<SignedModel> {
    let node = keys.get("signed")?;
    if node.value.as_str().is_some_and(|text| !text.contains("{{")) {
        r.wrong_type(&node, "`true`, `false` or a table", "{ by = \"hedwig@example.tld\" }");
        return None;
    }
    if !node.is_table() {
        let is = r.boolean(&node)?;
        return Some(if is { SignedModel::Is { by: None, reason: None } } else { SignedModel::Not });
    }
    let mut keys = r.table(&node, "a signature", "{ by = \"hedwig@example.tld\" }")?;
    let by = super::pattern::like(r, &mut keys, "by");
    let reason = keys.get("reason").and_then(|n| super::pattern::known(r, &n, SmimeFault::KINDS));
    keys.finish(r);
    Some(SignedModel::Is { by, reason })
}

/// `encrypted` of what a message must be like: `true`, `false`, or for whom.
pub(super) fn encrypted(r: &mut Reader, keys: &mut Keys<'_>) -> Option<EncryptedModel> {
    let node = keys.get("encrypted")?;
    if node.value.as_bool().is_some() {
        let is = r.boolean(&node)?;
        return Some(if is { EncryptedModel::Is(None) } else { EncryptedModel::Not });
    }
    r.like(&node, ADDRESS).map(|whom| EncryptedModel::Is(Some(whom)))
}
