//! What a client brings to prove who it is, and how a host that knows the password checks it.

use aws_lc_rs::{hmac, pbkdf2};
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// Who somebody claims to be, and the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whom they want to act as, where that was said (the authorization identity of RFC 4422 section 2).
    pub acting_as: Option<String>,
    /// Who they are.
    pub user: String,
    /// The proof.
    pub proof: Proof,
}

/// A proof that somebody knows a password.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// The password itself.
    Password(String),
    /// MD5 of the banner's timestamp and the password, in hexadecimal (APOP, RFC 1939 section 7).
    Apop {
        /// The timestamp with its brackets, as in the banner.
        timestamp: String,
        /// What the client computed.
        digest: String,
    },
    /// HMAC-MD5 of the challenge keyed with the password, in hexadecimal (RFC 2195).
    CramMd5 {
        /// The challenge with its brackets.
        challenge: String,
        /// What the client computed.
        digest: String,
    },
    /// A SCRAM client proof (RFC 5802 section 3).
    Scram {
        /// What the host gave out for this exchange.
        salted: Salted,
        /// The AuthMessage.
        auth_message: String,
        /// ClientProof.
        proof: Vec<u8>,
    },
}

/// The host's part of a SCRAM exchange (RFC 5802 section 5.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salted {
    /// The host's part of the nonce: printable ASCII without comma.
    pub nonce: String,
    /// The salt of the user's password.
    pub salt: Vec<u8>,
    /// How often the hash is applied.
    pub iterations: u32,
}

/// That a proof is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// With what the host proves in turn that it knows the password (SCRAM's ServerSignature); empty for the other
    /// mechanisms.
    pub signature: Vec<u8>,
}

/// Proofs hide themselves, so that no password lands in a log.
impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Proof::Password(_) => "Password(..)",
            Proof::Apop { .. } => "Apop(..)",
            Proof::CramMd5 { .. } => "CramMd5(..)",
            Proof::Scram { .. } => "Scram(..)",
        })
    }
}

impl Proof {
    /// Does it prove that its maker knows `password`?
    pub fn check(&self, password: &str) -> Option<Verified> {
        let plain = |right: bool| right.then(|| Verified { signature: Vec::new() });
        match self {
            Proof::Password(given) => plain(given == password),
            Proof::Apop { timestamp, digest } => {
                plain(apop(timestamp, password).eq_ignore_ascii_case(digest))
            }
            Proof::CramMd5 { challenge, digest } => {
                plain(cram_md5(challenge, password).eq_ignore_ascii_case(digest))
            }
            Proof::Scram { salted, auth_message, proof } => {
                let keys = ScramKeys::new(password, &salted.salt, salted.iterations);
                (keys.proof(auth_message) == *proof)
                    .then(|| Verified { signature: keys.signature(auth_message) })
            }
        }
    }
}

/// The digest of APOP.
pub(super) fn apop(timestamp: &str, password: &str) -> String {
    hex(&Md5::new().chain_update(timestamp).chain_update(password).finalize())
}

/// The digest of CRAM-MD5: HMAC (RFC 2104) over MD5.
pub(super) fn cram_md5(challenge: &str, password: &str) -> String {
    let mut key = [0u8; 64];
    let short = Md5::digest(password);
    let used: &[u8] = if password.len() > key.len() { &short } else { password.as_bytes() };
    for (k, p) in key.iter_mut().zip(used) {
        *k = *p;
    }
    let inner = Md5::new().chain_update(key.map(|b| b ^ 0x36)).chain_update(challenge).finalize();
    hex(&Md5::new().chain_update(key.map(|b| b ^ 0x5c)).chain_update(inner).finalize())
}

fn hex(octets: &[u8]) -> String {
    use std::fmt::Write as _;
    octets.iter().fold(String::new(), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}

/// What both sides of SCRAM-SHA-256 compute from the password (RFC 5802 section 3).
pub(super) struct ScramKeys {
    salted_password: [u8; 32],
}

impl ScramKeys {
    pub(super) fn new(password: &str, salt: &[u8], iterations: u32) -> ScramKeys {
        let mut salted_password = [0; 32];
        let rounds = NonZeroU32::new(iterations).unwrap_or(NonZeroU32::MIN);
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, rounds, salt, password.as_bytes(), &mut salted_password);
        ScramKeys { salted_password }
    }

    fn keyed(key: &[u8], message: &[u8]) -> Vec<u8> {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message).as_ref().to_vec()
    }

    /// ClientProof.
    pub(super) fn proof(&self, auth_message: &str) -> Vec<u8> {
        let client_key = ScramKeys::keyed(&self.salted_password, b"Client Key");
        let stored = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &client_key);
        let signature = ScramKeys::keyed(stored.as_ref(), auth_message.as_bytes());
        client_key.iter().zip(&signature).map(|(k, s)| k ^ s).collect()
    }

    /// ServerSignature.
    pub(super) fn signature(&self, auth_message: &str) -> Vec<u8> {
        let server_key = ScramKeys::keyed(&self.salted_password, b"Server Key");
        ScramKeys::keyed(&server_key, auth_message.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 1939 section 7 and RFC 2195 section 2.
    #[test]
    fn digests_of_the_rfcs() {
        let timestamp = "<1896.697170952@dbc.mtview.ca.us>";
        assert_eq!(apop(timestamp, "tanstaaf"), "c4c9334bac560ecc979e58001b3e22fb");
        let challenge = "<1896.697170952@postoffice.reston.mci.net>";
        assert_eq!(cram_md5(challenge, "tanstaaftanstaaf"), "b913a602c7eda7a495b4e6e7334d3890");
    }
}
