//! DMARC (RFC 9989, and RFC 7489 where it says the same): does the domain that a reader sees in From stand behind the
//! mail, and what does it want done where it does not? Pure, every step kept.
//!
//! Which domains belong to one organization is found by RFC 9989's walk up the DNS tree, so that no list of public
//! suffixes is needed, which in a made-up internet would say nothing anyhow.

mod evaluate;
mod record;

pub use evaluate::{author, evaluate};
pub use record::{AlignmentMode, DmarcPolicy, DmarcRecord, PublicSuffix};

use super::dkim::DkimResult;
use super::lookup::Lookup;
use super::spf::SpfResult;
use serde::{Deserialize, Serialize};

/// How many questions one walk up the tree asks at most (RFC 9989 section 4.10).
pub const WALK: usize = 8;

/// What came of it (RFC 8601 section 2.7.1, RFC 7489 section 11.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DmarcResult {
    /// The domain has no record.
    None,
    /// SPF or DKIM has passed for a domain of the author's organization.
    Pass,
    /// Neither has.
    Fail,
    /// DNS did not answer.
    TempError,
    /// There is no author whom DMARC could ask about.
    PermError,
}

/// Why DMARC has nothing to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DmarcFault {
    /// The message has no From field, or none with an address in it.
    NoAuthor,
    /// It has several From fields, or authors in several domains.
    SeveralAuthors,
    /// The author's domain is no domain name.
    BadDomain,
    /// DNS did not answer.
    DnsTrouble,
}

/// A whole evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DmarcCheck {
    /// The domain in From; empty where there is none.
    pub author: String,
    /// What came of it.
    pub result: DmarcResult,
    /// Why there is nothing to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<DmarcFault>,
    /// The domain whose record counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_by: Option<String>,
    /// What that record wants done with a mail of this author that fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<DmarcPolicy>,
    /// What is to be done with this mail: the policy where it has failed.
    pub disposition: DmarcPolicy,
    /// How it came about, in order.
    pub steps: Vec<DmarcStep>,
}

/// One step of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DmarcStep {
    /// Something was looked up.
    LookedUp(Lookup),
    /// There is a record at this domain.
    Record {
        /// The domain.
        domain: String,
        /// The record.
        text: String,
    },
    /// What stands there is no record, or there are several, of which none counts.
    NoUse {
        /// The domain.
        domain: String,
    },
    /// The organization of a domain was found (RFC 9989 section 4.10.2).
    Organization {
        /// The domain.
        of: String,
        /// The domain of its organization.
        domain: String,
    },
    /// Which record counts, and what it wants (RFC 9989 section 4.10.1).
    Policy {
        /// Whose record.
        domain: String,
        /// The tag that counts: `p`, `sp` or `np`.
        tag: String,
        /// What it wants.
        policy: DmarcPolicy,
        /// The domain only tries: the next milder policy is applied.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        testing: bool,
        /// `pct=` of RFC 7489, to which nobody holds any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        percent: Option<u8>,
    },
    /// SPF was compared with the author (RFC 9989 section 4.4.2).
    Spf {
        /// The domain that SPF was about.
        domain: String,
        /// What came of SPF.
        result: SpfResult,
        /// How alike the domains must be.
        mode: AlignmentMode,
        /// SPF passed, and the domains are alike.
        aligned: bool,
    },
    /// A signature was compared with the author (RFC 9989 section 4.4.1).
    Dkim {
        /// The domain that signed.
        domain: String,
        /// What came of the signature.
        result: DkimResult,
        /// How alike the domains must be.
        mode: AlignmentMode,
        /// The signature is good, and the domains are alike.
        aligned: bool,
    },
}

impl DmarcResult {
    /// All of them.
    pub const ALL: [DmarcResult; 5] = [
        DmarcResult::None,
        DmarcResult::Pass,
        DmarcResult::Fail,
        DmarcResult::TempError,
        DmarcResult::PermError,
    ];

    /// The result as headers write it (RFC 7489 section 11.2).
    pub fn name(self) -> &'static str {
        match self {
            DmarcResult::None => "none",
            DmarcResult::Pass => "pass",
            DmarcResult::Fail => "fail",
            DmarcResult::TempError => "temperror",
            DmarcResult::PermError => "permerror",
        }
    }
}
