//! Signing (RFC 6376 section 5). The same message, key and time always give the same signature.

use super::DkimAlgorithm;
use super::canonical::{Canonicalization, chosen, header};
use crate::mail::Fields;
use crate::units::Bytes;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// What is signed where nothing else is said: what a reader sees, and what binds the mail to its time and thread (RFC 6376
/// section 5.4.1).
pub const SIGNED_FIELDS: [&str; 12] = [
    "From",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "To",
    "Cc",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "In-Reply-To",
    "References",
];
/// The most instances of one field that are signed.
const INSTANCES: usize = 32;

/// A key to sign with. It is made outside the core and recorded with the attempt.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DkimKey {
    /// What it signs with.
    pub algorithm: DkimAlgorithm,
    /// The private half in PKCS #8 (RFC 5958).
    pub private: Bytes,
    /// The public half as `p=` has it: SubjectPublicKeyInfo for RSA, the 32 octets themselves for Ed25519.
    pub public: Bytes,
}

/// The private half hides itself.
impl std::fmt::Debug for DkimKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DkimKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

impl DkimKey {
    /// The text of the record that publishes it (RFC 6376 section 3.6.1).
    pub fn record(&self) -> String {
        format!("v=DKIM1; k={}; p={}", self.algorithm.key_kind(), STANDARD.encode(&self.public[..]))
    }

    /// The same in strings of at most 255 octets, as a TXT record has them (RFC 1035 section 3.3).
    pub fn strings(&self) -> Vec<String> {
        self.record().as_bytes().chunks(255).map(|part| String::from_utf8_lossy(part).into_owned()).collect()
    }
}

/// Who signs, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer<'a> {
    /// The domain that takes responsibility.
    pub domain: &'a str,
    /// Which of its keys.
    pub selector: &'a str,
    /// The key.
    pub key: &'a DkimKey,
    /// The header's form.
    pub header: Canonicalization,
    /// The body's form.
    pub body: Canonicalization,
    /// When, in seconds since 1970.
    pub now: i64,
}

/// Why nothing was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignFault {
    /// The key cannot be used.
    Key,
    /// The message has no From field, which must be signed.
    NoFrom,
}

impl Signer<'_> {
    /// The DKIM-Signature field for a message, with CRLF at its end, to be put on top of it. From is signed once more than
    /// it is there, so that nobody can put another one on top (RFC 6376 section 8.15).
    ///
    /// # Errors
    /// The key cannot be used, or there is no From.
    pub fn sign(&self, message: &[u8]) -> Result<String, SignFault> {
        let fields = Fields::parse(message);
        if fields.get("From").is_none() {
            return Err(SignFault::NoFrom);
        }
        let mut names: Vec<String> = Vec::new();
        for name in SIGNED_FIELDS {
            let there = fields.all(name).count().min(INSTANCES);
            let more = usize::from(name == "From");
            names.extend(std::iter::repeat_n(name.to_ascii_lowercase(), there + more));
        }
        let span = fields.split.body;
        let body = self.body.body(message.get(span.start..span.end).unwrap_or_default());
        let hash = STANDARD.encode(digest(&SHA256, &body).as_ref());
        let mut field = format!(
            "DKIM-Signature: v=1; a={}; c={}/{};\r\n\td={}; s={}; t={};\r\n\th={};\r\n\tbh={hash};\r\n\tb=",
            self.key.algorithm.name(),
            self.header.name(),
            self.body.name(),
            self.domain,
            self.selector,
            self.now,
            folded_list(&names),
        );
        let text =
            header(self.header, message, &chosen(&fields, &names, None), field.as_bytes(), "DKIM-Signature");
        let signature = STANDARD.encode(self.signature(&text)?);
        for (n, chunk) in signature.as_bytes().chunks(72).enumerate() {
            field.push_str(if n == 0 { "" } else { "\r\n\t " });
            field.push_str(&String::from_utf8_lossy(chunk));
        }
        field.push_str("\r\n");
        Ok(field)
    }

    fn signature(&self, text: &[u8]) -> Result<Vec<u8>, SignFault> {
        let hash = digest(&SHA256, text);
        match self.key.algorithm {
            DkimAlgorithm::Ed25519Sha256 => {
                let key = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&self.key.private);
                let key = key.map_err(|_| SignFault::Key)?;
                let signature = key.try_sign(hash.as_ref()).map_err(|_| SignFault::Key)?;
                Ok(signature.as_ref().to_vec())
            }
            DkimAlgorithm::RsaSha256 => {
                let key = KeyPair::from_pkcs8(&self.key.private).map_err(|_| SignFault::Key)?;
                let mut signature = vec![0; key.public_modulus_len()];
                let signed = key.sign_digest(&RSA_PKCS1_SHA256, &hash, &mut signature);
                signed.map(|()| signature).map_err(|_| SignFault::Key)
            }
        }
    }
}

/// Names with colons between them, in lines that are not too long.
fn folded_list(names: &[String]) -> String {
    let mut text = String::new();
    let mut line = 0;
    for (n, name) in names.iter().enumerate() {
        if n > 0 {
            text.push(':');
            line += 1;
            if line + name.len() > 70 {
                text.push_str("\r\n\t ");
                line = 0;
            }
        }
        text.push_str(name);
        line += name.len();
    }
    text
}
