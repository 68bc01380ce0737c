//! SPF (RFC 7208): may this client send mail in the name of this domain? Pure: the answers to DNS questions come from
//! whoever is passed in as [`Resolver`], and every step is kept as data, so that it can be shown and graded.

mod check;
mod header;
mod macros;
mod record;

pub use macros::MacroString;
pub use record::{
    Directive, Mechanism, Prefix, Qualifier, RECORD_OCTETS, Record as SpfRecord, RecordFault, TermFault,
};

use super::lookup::{Lookup, Resolver};
use super::{Domain, ReversePath};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// How many terms of all records of one check may cause look-ups (RFC 7208 section 4.6.4).
pub const LOOKUPS: u32 = 10;
/// How many look-ups may find nothing (RFC 7208 section 4.6.4).
pub const VOID_LOOKUPS: u32 = 2;
/// How many mail hosts of a domain, and how many names of an address, are looked at (RFC 7208 section 4.6.4).
pub const NAMES: usize = 10;
/// How many steps of one check are kept; what comes after them is done and not told.
const STEPS: usize = 400;

/// What is asked: may `client` use `domain`?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpfQuery {
    /// The address the mail comes from.
    pub client: IpAddr,
    /// What the client called itself.
    pub helo: String,
    /// Which identity is checked.
    pub identity: SpfIdentity,
    /// The local part of the identity; empty where it has none.
    pub local: String,
    /// Its domain.
    pub domain: String,
    /// The host that checks.
    pub receiver: String,
    /// Seconds since 1970 on its clock.
    pub seconds: i64,
}

/// The name that a check is about (RFC 7208 section 2.3 and 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpfIdentity {
    /// The name in HELO or EHLO.
    Helo,
    /// The sender in MAIL FROM; where that is null, `postmaster` at the name in HELO.
    MailFrom,
}

/// What came of a check (RFC 7208 section 2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpfResult {
    /// The domain has no record, or there is no domain to ask about.
    None,
    /// The record says nothing of this client.
    Neutral,
    /// The client may.
    Pass,
    /// It may not.
    Fail,
    /// It probably may not.
    SoftFail,
    /// DNS did not answer; another time it may.
    TempError,
    /// The record cannot be understood, or asks for too much.
    PermError,
}

/// A whole check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpfCheck {
    /// The address the mail comes from.
    pub client: IpAddr,
    /// What the client called itself.
    pub helo: String,
    /// Which identity was checked.
    pub identity: SpfIdentity,
    /// The identity: an address for [`SpfIdentity::MailFrom`].
    pub sender: String,
    /// The domain that was asked.
    pub domain: String,
    /// What came of it.
    pub result: SpfResult,
    /// The term that decided, as written in the record; `None` where no term did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// What the domain has to say about a fail (RFC 7208 section 6.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Why it is an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<SpfFault>,
    /// How it came about, in order.
    pub steps: Vec<SpfStep>,
}

/// Why a check ended in an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpfFault {
    /// DNS did not answer.
    DnsTrouble {
        /// The name that was looked up.
        name: String,
    },
    /// A term cannot be read.
    Record(RecordFault),
    /// The domain has more than one record (RFC 7208 section 4.5).
    SeveralRecords {
        /// The domain.
        domain: String,
    },
    /// More than [`LOOKUPS`] terms cause look-ups.
    TooManyLookups,
    /// More than [`VOID_LOOKUPS`] look-ups found nothing.
    TooManyVoidLookups,
    /// The domain has more than [`NAMES`] mail hosts.
    TooManyExchanges {
        /// The domain.
        domain: String,
    },
    /// `include:` or `redirect=` names a domain without a record (RFC 7208 section 5.2 and 6.1).
    NoRecordThere {
        /// The domain.
        domain: String,
    },
}

/// One step of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpfStep {
    /// How many `include`s and `redirect`s deep.
    #[serde(default, skip_serializing_if = "is_top")]
    pub depth: u8,
    /// What was done.
    pub what: SpfWhat,
}

fn is_top(depth: &u8) -> bool {
    *depth == 0
}

/// What was done in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpfWhat {
    /// The domain cannot have a record: it is no domain name, or of one label.
    NoDomain {
        /// As given.
        domain: String,
    },
    /// Something was looked up.
    LookedUp(Lookup),
    /// The domain has no record.
    NoRecord {
        /// The domain.
        domain: String,
    },
    /// This record counts from here on.
    Record {
        /// The domain.
        domain: String,
        /// The record.
        text: String,
    },
    /// A macro was filled in (RFC 7208 section 7).
    Expanded {
        /// The term.
        term: String,
        /// The name that came of it.
        to: String,
    },
    /// A mechanism was compared with the client.
    Tried {
        /// The term as written.
        term: String,
        /// It is about this client.
        matched: bool,
    },
    /// The record of an included domain has been gone through (RFC 7208 section 5.2).
    Included {
        /// The domain.
        domain: String,
        /// What its record says.
        result: SpfResult,
    },
    /// No mechanism matched, and another domain's record takes over (RFC 7208 section 6.1).
    Redirected {
        /// The domain.
        domain: String,
    },
    /// No mechanism matched, and nothing takes over: neutral (RFC 7208 section 4.7).
    NothingMatched,
    /// A term cannot be read, and none of the record counts.
    Unreadable(RecordFault),
    /// A bound was reached.
    Limit(SpfLimit),
}

/// A bound of RFC 7208 section 4.6.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpfLimit {
    /// [`LOOKUPS`].
    Lookups,
    /// [`VOID_LOOKUPS`].
    VoidLookups,
    /// [`NAMES`] mail hosts.
    Exchanges,
    /// [`NAMES`] names of an address; those after them were passed over.
    Names,
}

impl SpfResult {
    /// All of them.
    pub const ALL: [SpfResult; 7] = [
        SpfResult::None,
        SpfResult::Neutral,
        SpfResult::Pass,
        SpfResult::Fail,
        SpfResult::SoftFail,
        SpfResult::TempError,
        SpfResult::PermError,
    ];

    /// The result as headers write it (RFC 8601 section 2.7.2).
    pub fn name(self) -> &'static str {
        match self {
            SpfResult::None => "none",
            SpfResult::Neutral => "neutral",
            SpfResult::Pass => "pass",
            SpfResult::Fail => "fail",
            SpfResult::SoftFail => "softfail",
            SpfResult::TempError => "temperror",
            SpfResult::PermError => "permerror",
        }
    }
}

impl SpfIdentity {
    /// The identity as headers write it (RFC 7208 section 9.1).
    pub fn name(self) -> &'static str {
        match self {
            SpfIdentity::Helo => "helo",
            SpfIdentity::MailFrom => "mailfrom",
        }
    }
}

impl SpfQuery {
    /// The check of MAIL FROM (RFC 7208 section 2.4).
    pub fn mail_from(
        client: IpAddr,
        helo: &str,
        from: &ReversePath,
        receiver: &str,
        seconds: i64,
    ) -> SpfQuery {
        let (local, domain) = match &from.0 {
            None => ("postmaster".to_owned(), helo.to_owned()),
            Some(mailbox) => {
                let domain = match &mailbox.domain {
                    None => String::new(),
                    Some(Domain::Name(name)) => name.clone(),
                    Some(Domain::Literal(ip)) => format!("[{ip}]"),
                };
                (mailbox.local.clone(), domain)
            }
        };
        let (helo, receiver) = (helo.to_owned(), receiver.to_owned());
        SpfQuery { client, helo, identity: SpfIdentity::MailFrom, local, domain, receiver, seconds }
    }

    /// The check of the name in HELO (RFC 7208 section 2.3).
    pub fn helo(client: IpAddr, helo: &str, receiver: &str, seconds: i64) -> SpfQuery {
        SpfQuery {
            client,
            helo: helo.to_owned(),
            identity: SpfIdentity::Helo,
            local: "postmaster".to_owned(),
            domain: helo.to_owned(),
            receiver: receiver.to_owned(),
            seconds,
        }
    }

    /// Carries the check out.
    pub fn check(&self, resolver: &mut dyn Resolver) -> SpfCheck {
        check::check(self, resolver)
    }
}
