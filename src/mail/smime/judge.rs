//! What a reader's program makes of a message's signature or encryption: the signature itself, the signer's certificate, and
//! whether the address in it is the sender's (RFC 8550 section 3).

use super::entity::{Wrapped, unwrap};
use super::enveloped::EnvelopedData;
use super::signed::{Checked, SignedData};
use super::{CmsFault, PrivateKey, Signer};
use crate::mail::certificate::{Certificate, CertificateFault, Purpose, verify_for};
use crate::mail::mime::address_list;
use crate::mail::{Fields, text_body};
use crate::units::{Bytes, Time};
use serde::{Deserialize, Serialize};

/// Whom a reader believes, and when it is.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'a> {
    /// The certificates of authorities that are believed, in DER.
    pub roots: &'a [Bytes],
    /// The time.
    pub now: Time,
}

/// How a message is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protection {
    /// Not at all.
    None,
    /// It is signed; one finding for each signature.
    Signed(Vec<SmimeCheck>),
    /// It is encrypted, for these and so many others of whom nothing is known.
    Encrypted(Vec<Signer>, usize),
    /// It should be one of both, and cannot be read.
    Broken(CmsFault),
}

/// What was found out about one signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmimeCheck {
    /// Whose certificate it is: `O = helo, CN = Anna`; empty where it is not there.
    pub subject: String,
    /// The mail addresses it is for.
    pub addresses: Vec<String>,
    /// Who issued it.
    pub issuer: String,
    /// When the signer says that they signed.
    pub signed_at: Option<Time>,
    /// What is wrong, the most telling first; nothing where everything holds.
    pub faults: Vec<SmimeFault>,
}

/// Something wrong with a signed message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmimeFault {
    /// The signature does not hold.
    Signature(CmsFault),
    /// The signer's certificate shows not who they are.
    Certificate(CertificateFault),
    /// The certificate is for other addresses than the sender's (RFC 8550 section 3).
    OtherSender {
        /// What From, and Sender, say.
        from: Vec<String>,
    },
}

impl SmimeFault {
    /// The kinds by name, as scenarios write them.
    pub const KINDS: &'static [&'static str] = &[
        "content-changed",
        "signature-wrong",
        "no-signer",
        "no-content",
        "unknown-algorithm",
        "unreadable",
        "expired",
        "not-yet-valid",
        "self-signed",
        "unknown-issuer",
        "not-an-authority",
        "bad-signature",
        "wrong-purpose",
        "other-sender",
    ];

    /// Its kind in kebab-case.
    pub fn kind(&self) -> &'static str {
        match self {
            SmimeFault::Signature(fault) => fault.kind(),
            SmimeFault::Certificate(fault) => fault.kind(),
            SmimeFault::OtherSender { .. } => "other-sender",
        }
    }
}

impl SmimeCheck {
    /// Does everything hold?
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Looks at a message as it lies in a mailbox.
pub fn judge(message: &[u8], trust: Trust<'_>) -> Protection {
    let (content, cms) = match unwrap(message) {
        Ok(Wrapped::Beside { content, cms }) => (Some(content), cms),
        Ok(Wrapped::Alone { cms }) => (None, cms),
        Err(_) => return Protection::None,
    };
    if content.is_none()
        && let Ok(enveloped) = EnvelopedData::read(&cms)
    {
        return Protection::Encrypted(enveloped.recipients, enveloped.others);
    }
    let data = match SignedData::read(&cms) {
        Ok(data) => data,
        Err(fault) => return Protection::Broken(fault),
    };
    let senders = senders(message);
    let checked = data.check(content.as_deref(), &[]);
    Protection::Signed(checked.into_iter().map(|one| finding(one, &data, &senders, trust)).collect())
}

fn finding(checked: Checked, data: &SignedData, senders: &[String], trust: Trust<'_>) -> SmimeCheck {
    let mut faults: Vec<SmimeFault> = checked.fault.into_iter().map(SmimeFault::Signature).collect();
    let Some(certificate) = checked.certificate else {
        let (subject, issuer) = (String::new(), String::new());
        return SmimeCheck { subject, addresses: Vec::new(), issuer, signed_at: checked.time, faults };
    };
    let chain: Vec<&[u8]> =
        std::iter::once(&certificate).chain(&data.certificates).map(|c| &c.der[..]).collect();
    let fault = verify_for(Purpose::Mail, &chain, trust.roots, trust.now).err();
    faults.extend(fault.map(SmimeFault::Certificate));
    let addresses = certificate.mail_addresses();
    let same = |a: &String| senders.iter().any(|sender| sender.eq_ignore_ascii_case(a));
    if !addresses.is_empty() && !addresses.iter().any(same) {
        faults.push(SmimeFault::OtherSender { from: senders.to_vec() });
    }
    let (subject, issuer) = (certificate.subject.to_string(), certificate.issuer.to_string());
    SmimeCheck { subject, addresses, issuer, signed_at: checked.time, faults }
}

/// What is in an encrypted message, as its recipient's program shows it: the fields outside, save those that say what the
/// body is, and the entity that was encrypted (RFC 8551 section 3.1). `None` where it is not encrypted, or not for this key.
pub fn opened(message: &[u8], key: &PrivateKey, certificate: &Certificate) -> Option<Vec<u8>> {
    let Ok(Wrapped::Alone { cms }) = unwrap(message) else { return None };
    let entity = EnvelopedData::read(&cms).ok()?.open(key, Some(certificate)).ok()?;
    let mut out = outer_fields(message);
    out.extend_from_slice(&entity);
    Some(out)
}

/// The text inside an opaque signature (RFC 8551 section 3.5.2), which everybody can read, whether the signature holds or
/// not; `None` where there is none.
pub fn signed_content(message: &[u8]) -> Option<Vec<u8>> {
    let Ok(Wrapped::Alone { cms }) = unwrap(message) else { return None };
    SignedData::read(&cms).ok()?.content.map(|content| content.to_vec())
}

/// A message whose text lies inside an opaque signature, as if that were not around it: the fields outside and the entity that
/// was signed. `None` where there is none.
pub fn bared(message: &[u8]) -> Option<Vec<u8>> {
    let content = signed_content(message)?;
    let mut out = outer_fields(message);
    out.extend_from_slice(&content);
    Some(out)
}

/// The text of a message as a person reads it, be it inside a signature.
pub fn readable_text(message: &[u8]) -> String {
    let kind = Fields::parse(message).get("Content-Type").map(|field| field.value.to_ascii_lowercase());
    let may_be = kind.is_some_and(|kind| kind.contains("pkcs7-mime") || kind.contains("octet-stream"));
    match may_be.then(|| signed_content(message)).flatten() {
        Some(inside) => text_body(&inside),
        None => text_body(message),
    }
}

/// The fields of a message without those that say what its body is, which are written anew with another body.
pub fn outer_fields(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for field in Fields::parse(message).iter().filter(|field| !says_what_the_body_is(&field.name)) {
        out.extend_from_slice(message.get(field.span.start..field.span.end).unwrap_or_default());
    }
    out
}

/// Does a field of this name go with the body (RFC 2045 section 3)?
pub fn says_what_the_body_is(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("content-") || name == "mime-version"
}

/// The addresses in From and Sender, one of which the certificate must be for (RFC 8550 section 3).
fn senders(message: &[u8]) -> Vec<String> {
    let fields = Fields::parse(message);
    let fields = ["From", "Sender"].into_iter().flat_map(|name| fields.all(name));
    let shown = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let lists = fields.map(|field| address_list(field.value.as_bytes()));
    let one = lists.flatten().filter_map(|a| Some(format!("{}@{}", shown(&a.mailbox?), shown(&a.host?))));
    one.take(16).collect()
}

impl Certificate {
    /// The mail addresses it is for: those among its alternative names and in its subject (RFC 8550 section 3).
    pub fn mail_addresses(&self) -> Vec<String> {
        let mut found: Vec<String> = self.emails().map(str::to_owned).collect();
        let named = self.subject.attributes.iter().filter(|(name, _)| name == "emailAddress");
        for (_, address) in named {
            if !found.iter().any(|known| known.eq_ignore_ascii_case(address)) {
                found.push(address.clone());
            }
        }
        found
    }
}
