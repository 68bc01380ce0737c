//! Who has a certificate for mail (RFC 8550), and what of the world's mail is signed and encrypted (RFC 8551): by persons, and
//! by those who wrote what lies in mailboxes at the start.

use super::{Setup, WorkstationSetup};
use crate::mail::certificate::Certificate;
use crate::mail::smime::{
    Cipher, PRIVATE_KEY, PrivateKey, Signing, Types, alone, beside, canonical, outer_fields,
    says_what_the_body_is, seal,
};
use crate::mail::{CertificateKind, Fields, Keyring, MailOrder, pem};
use crate::units::{Bytes, Stream, Time};
use std::sync::Arc;

/// Somebody's certificate for mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailKeySetup {
    /// Whose it is: the address under which mail is signed with it, and encrypted for it.
    pub owner: String,
    /// The name in it.
    pub name: String,
    /// What is right or wrong with it.
    pub kind: CertificateKind,
    /// It is for servers, and not for mail.
    pub for_servers: bool,
    /// The workstation's file with the certificate.
    pub file: Option<String>,
    /// The workstation's file with its key.
    pub key_file: Option<String>,
}

/// How a message is protected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProtectSetup {
    /// By the address of whoever signs it.
    pub sign: Option<String>,
    /// The signature does not stand beside the content but around it.
    pub opaque: bool,
    /// What becomes of the signed text on its way: each of these is replaced by the other.
    pub change: Option<(String, String)>,
    /// By the addresses of those for whom it is encrypted.
    pub encrypt: Vec<String>,
}

impl MailKeySetup {
    fn order(&self) -> MailOrder {
        MailOrder {
            owner: self.owner.clone(),
            name: self.name.clone(),
            addresses: vec![self.owner.clone()],
            kind: self.kind.clone(),
            for_servers: self.for_servers,
        }
    }
}

impl Setup {
    /// The certificates for mail that the people of this world are to have.
    pub fn mail_certificates(&self) -> Vec<MailOrder> {
        self.mail_keys.iter().map(MailKeySetup::order).collect()
    }

    /// Lays certificates and keys into the workstation's files, where they are to lie there, and signs and encrypts what lies
    /// in mailboxes at the start. What must be random is drawn from `seed`.
    pub fn use_mail_keys(&mut self, seed: u64, start: Time) {
        let keyring = self.keyring.clone();
        if keyring.mail.is_empty() {
            return;
        }
        let workstation = Arc::make_mut(&mut self.workstation);
        for one in &self.mail_keys {
            hand_out(workstation, one, &keyring);
        }
        for mailbox in &mut self.mailboxes {
            let mut random = Stream::new(seed, &format!("smime {}", mailbox.address));
            for message in &mut mailbox.messages {
                if let Some(protect) = message.protect.take() {
                    let done = protect.apply(&message.octets, &keyring, start, &mut random);
                    message.octets = done.0;
                }
            }
        }
    }
}

fn hand_out(workstation: &mut WorkstationSetup, one: &MailKeySetup, keyring: &Keyring) {
    let Some(keys) = keyring.mail.get(&one.owner.to_lowercase()) else { return };
    let certificate = keys.chain.first().map(|der| pem::encode(pem::CERTIFICATE, der));
    let mut lay = |name: &Option<String>, text: Option<String>| {
        if let (Some(name), Some(text)) = (name, text) {
            workstation.files.insert(name.clone(), text.as_str().into());
        }
    };
    lay(&one.file, certificate);
    lay(&one.key_file, Some(pem::encode(PRIVATE_KEY, &keys.key)));
}

impl ProtectSetup {
    /// Is there anything to do?
    pub fn is_empty(&self) -> bool {
        self.sign.is_none() && self.encrypt.is_empty()
    }

    /// Has everybody a certificate who needs one?
    pub fn can_be_done(&self, keyring: &Keyring) -> bool {
        self.sign.iter().chain(&self.encrypt).all(|who| keyring.mail.contains_key(&who.to_lowercase()))
    }

    /// A message, signed and encrypted as this says. Where somebody has no certificate it stays as it is.
    pub fn apply(&self, message: &[u8], keyring: &Keyring, now: Time, random: &mut Stream) -> Bytes {
        let mut whole = message.to_vec();
        if let Some((certificate, key)) = self.sign.as_ref().and_then(|who| keyring.mail_of(who)) {
            whole = self.signed(&whole, &certificate, &key, now, random).unwrap_or(whole);
        }
        let recipients: Vec<Certificate> =
            self.encrypt.iter().filter_map(|who| keyring.mail_of(who)).map(|(c, _)| c).collect();
        if !self.encrypt.is_empty() && recipients.len() == self.encrypt.len() {
            whole = encrypted(&whole, &recipients, random).unwrap_or(whole);
        }
        whole.into()
    }

    fn signed(
        &self,
        message: &[u8],
        certificate: &Certificate,
        key: &PrivateKey,
        now: Time,
        random: &mut Stream,
    ) -> Option<Vec<u8>> {
        let (mut fields, entity) = split(message);
        let signing = Signing {
            certificate,
            key,
            others: &[],
            now,
            opaque: self.opaque,
            with_certificate: true,
            with_attributes: true,
        };
        let cms = signing.sign(&entity).ok()?;
        let body = match self.opaque {
            true => alone(&cms, "signed-data", Types::Usual),
            false => {
                let boundary: String = octets(random, 16).iter().map(|b| format!("{b:02X}")).collect();
                let entity = match &self.change {
                    Some((from, to)) => replaced(&entity, from.as_bytes(), to.as_bytes()),
                    None => entity,
                };
                beside(&entity, &cms, &format!("----{boundary}"), Types::Usual)
            }
        };
        fields.extend(canonical(&body));
        Some(fields)
    }
}

/// `message` encrypted: its fields stay outside, save those that say what the body is.
fn encrypted(message: &[u8], recipients: &[Certificate], random: &mut Stream) -> Option<Vec<u8>> {
    let (mut fields, entity) = split(message);
    let cms = seal(&entity, recipients, Cipher::Aes256, &mut |n| octets(random, n)).ok()?;
    fields.extend(canonical(&alone(&cms, "enveloped-data", Types::Usual)));
    Some(fields)
}

/// A message's fields without those that say what its body is, and the body with these: the entity that is signed or
/// encrypted (RFC 8551 section 3.1). MIME-Version is written anew.
fn split(message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let fields = Fields::parse(message);
    let mut entity = Vec::new();
    for field in fields.iter().filter(|field| says_what_the_body_is(&field.name)) {
        if !field.name.eq_ignore_ascii_case("MIME-Version") {
            entity.extend_from_slice(message.get(field.span.start..field.span.end).unwrap_or_default());
        }
    }
    if entity.is_empty() {
        entity.extend_from_slice(b"Content-Type: text/plain; charset=utf-8\r\n");
    }
    entity.extend_from_slice(b"\r\n");
    let body = fields.split.body;
    entity.extend_from_slice(message.get(body.start..body.end).unwrap_or_default());
    (outer_fields(message), canonical(&entity))
}

/// Octets with each `from` replaced by `to`.
fn replaced(octets: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while !rest.is_empty() {
        if !from.is_empty() && rest.starts_with(from) {
            out.extend_from_slice(to);
            rest = rest.get(from.len()..).unwrap_or_default();
        } else if let Some((first, after)) = rest.split_first() {
            out.push(*first);
            rest = after;
        }
    }
    out
}

fn octets(random: &mut Stream, count: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(count + 8);
    while out.len() < count {
        out.extend_from_slice(&random.bits().to_be_bytes());
    }
    out.truncate(count);
    out
}
