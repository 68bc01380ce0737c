//! DKIM (RFC 6376, 8301, 8463): a domain signs a message, and whoever gets it can see that the domain did and that nothing
//! signed has changed. Pure: keys are looked up through whoever is passed in, signing keys come in as data, and every
//! step is kept.

mod canonical;
mod key;
mod sign;
mod signature;
pub(in crate::mail) mod tags;
mod verify;

pub use canonical::Canonicalization;
pub use key::RSA_BITS;
pub use sign::{DkimKey, SIGNED_FIELDS, SignFault, Signer};
pub use verify::{SIGNATURES, verify};

use super::lookup::Lookup;
use serde::{Deserialize, Serialize};

/// The algorithms a signature can have. RSA with SHA-1 is none any more (RFC 8301 section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DkimAlgorithm {
    /// RSA (PKCS #1 v1.5) with SHA-256 (RFC 6376 section 3.3.2).
    #[serde(rename = "rsa-sha256")]
    RsaSha256,
    /// Ed25519 over a SHA-256 hash (RFC 8463).
    #[serde(rename = "ed25519-sha256")]
    Ed25519Sha256,
}

/// What came of a signature (RFC 8601 section 2.7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DkimResult {
    /// There is no signature.
    None,
    /// The domain signed, and nothing signed has changed.
    Pass,
    /// Something has changed, or another key signed.
    Fail,
    /// The signature was good and is not accepted for another reason.
    Policy,
    /// It was not looked at.
    Neutral,
    /// DNS did not answer.
    TempError,
    /// The signature, or the key's record, cannot be used.
    PermError,
}

/// Why a signature does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DkimFault {
    /// The field is no list of tags.
    Unreadable,
    /// Not version 1.
    UnknownVersion,
    /// A tag that must be there is not.
    MissingTag {
        /// Its name.
        tag: String,
    },
    /// A tag has a value that cannot be.
    BadTag {
        /// Its name.
        tag: String,
    },
    /// An algorithm that does not exist.
    UnknownAlgorithm,
    /// `rsa-sha1`, which nobody may accept any more (RFC 8301 section 3.1).
    Sha1,
    /// The From field is not signed (RFC 6376 section 5.4).
    FromNotSigned,
    /// The identity (`i=`) does not lie in the domain (`d=`).
    IdentityOutside,
    /// No known way of asking for the key (`q=`).
    UnknownQuery,
    /// The signature's time is over (`x=`).
    Expired {
        /// When, in seconds since 1970.
        at: i64,
    },
    /// More signatures than are looked at ([`SIGNATURES`]).
    TooMany,
    /// There is no record with the key.
    NoKey,
    /// DNS did not answer.
    DnsTrouble,
    /// The key's record cannot be read.
    KeyUnreadable,
    /// The key was taken back: `p=` is empty (RFC 6376 section 3.6.1).
    KeyRevoked,
    /// The key is not for mail (`s=`).
    KeyNotForMail,
    /// The key is of another kind than the signature (`k=`).
    KeyOfOtherKind,
    /// The key does not allow SHA-256 (`h=`).
    HashNotAllowed,
    /// The key allows no identity below the domain (`t=s`).
    IdentityNotStrict,
    /// An RSA key that proves nothing (RFC 8301 section 3.2).
    KeyTooShort {
        /// Its length.
        bits: u32,
    },
    /// An RSA key that nobody need compute with.
    KeyTooLong {
        /// Its length.
        bits: u32,
    },
    /// The signature is about more octets than the body has (`l=`).
    BodyTooShort,
    /// The body is another than the one signed.
    BodyChanged,
    /// The signed fields are others, or another key signed them.
    SignatureWrong,
}

/// One signature, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DkimCheck {
    /// The domain that takes responsibility (`d=`).
    pub domain: String,
    /// Which of its keys (`s=`).
    pub selector: String,
    /// The algorithm as named (`a=`).
    pub algorithm: String,
    /// On whose behalf (`i=`), where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// What came of it.
    pub result: DkimResult,
    /// Why it does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<DkimFault>,
    /// The domain says that it is only trying (`t=y`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub testing: bool,
    /// The first characters of the signature, by which results tell several apart (RFC 6008).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub beginning: String,
    /// How it came about, in order.
    pub steps: Vec<DkimStep>,
}

/// One step of checking a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DkimStep {
    /// The field was read.
    Read {
        /// The header's and the body's form, as `c=` writes it.
        form: String,
        /// The names of the signed fields, as `h=` has them.
        fields: Vec<String>,
        /// The identity.
        identity: String,
        /// When it was signed, in seconds since 1970 (`t=`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signed: Option<i64>,
        /// Until when it is good (`x=`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<i64>,
    },
    /// The key was looked up.
    LookedUp(Lookup),
    /// The key's record was read.
    Key {
        /// Of an RSA key, its length.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bits: Option<u32>,
    },
    /// The body's hash was computed and compared.
    Body {
        /// How many octets of its canonical form were hashed.
        octets: u64,
        /// How many came after those: anybody could have added them (`l=`).
        #[serde(default, skip_serializing_if = "is_zero")]
        beyond: u64,
        /// The hash in base64.
        computed: String,
        /// The one in the signature (`bh=`).
        claimed: String,
    },
    /// The signed fields were put together, and the signature compared.
    Header {
        /// Names in `h=` that no field (or no further one) has; nobody may add one.
        absent: Vec<String>,
        /// The canonical form, cut where it gets long.
        text: String,
        /// Its hash in base64.
        hash: String,
        /// The key fits the signature.
        good: bool,
    },
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl DkimAlgorithm {
    /// As `a=` writes it.
    pub fn name(self) -> &'static str {
        match self {
            DkimAlgorithm::RsaSha256 => "rsa-sha256",
            DkimAlgorithm::Ed25519Sha256 => "ed25519-sha256",
        }
    }

    /// The key's kind, as `k=` writes it.
    pub fn key_kind(self) -> &'static str {
        match self {
            DkimAlgorithm::RsaSha256 => "rsa",
            DkimAlgorithm::Ed25519Sha256 => "ed25519",
        }
    }

    fn parse(name: &str) -> Result<DkimAlgorithm, DkimFault> {
        match name.to_ascii_lowercase().as_str() {
            "rsa-sha256" => Ok(DkimAlgorithm::RsaSha256),
            "ed25519-sha256" => Ok(DkimAlgorithm::Ed25519Sha256),
            "rsa-sha1" => Err(DkimFault::Sha1),
            _ => Err(DkimFault::UnknownAlgorithm),
        }
    }
}

impl DkimResult {
    /// All of them.
    pub const ALL: [DkimResult; 7] = [
        DkimResult::None,
        DkimResult::Pass,
        DkimResult::Fail,
        DkimResult::Policy,
        DkimResult::Neutral,
        DkimResult::TempError,
        DkimResult::PermError,
    ];

    /// The result as headers write it (RFC 8601 section 2.7.1).
    pub fn name(self) -> &'static str {
        match self {
            DkimResult::None => "none",
            DkimResult::Pass => "pass",
            DkimResult::Fail => "fail",
            DkimResult::Policy => "policy",
            DkimResult::Neutral => "neutral",
            DkimResult::TempError => "temperror",
            DkimResult::PermError => "permerror",
        }
    }
}

impl DkimFault {
    /// What it makes of the signature.
    pub fn result(&self) -> DkimResult {
        match self {
            DkimFault::DnsTrouble => DkimResult::TempError,
            DkimFault::TooMany => DkimResult::Neutral,
            DkimFault::BodyChanged | DkimFault::SignatureWrong => DkimResult::Fail,
            _ => DkimResult::PermError,
        }
    }
}
