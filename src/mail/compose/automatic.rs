//! Whether a message may be answered without a person deciding so: out-of-office notes and automatic receipts must never
//! answer machines, lists or each other (RFC 3834 section 2, RFC 5230 section 4.6).

use super::Correspondent;
use super::is_own;
use crate::mail::{Fields, Mailbox, ReversePath};
use serde::{Deserialize, Serialize};

/// Why a message is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restraint {
    /// It came with the null sender: a report, to which nobody waits for an answer (RFC 3834 section 2).
    NullSender,
    /// A machine wrote it: Auto-Submitted says something other than `no` (RFC 3834 section 5).
    AutoSubmitted,
    /// It came through a list or in bulk: a field List-*, or Precedence (RFC 2369, RFC 3834 section 2).
    List,
    /// Its sender is a machine by its name: `mailer-daemon`, `owner-...`, `...-request`, `noreply`.
    RoleSender,
    /// The address stands neither in To nor in Cc (RFC 3834 section 2).
    NotAddressed,
    /// This sender was told before (RFC 3834 section 2).
    ToldBefore,
    /// The person's own message.
    Own,
    /// No receipt is asked for.
    NotAskedFor,
    /// The receipt is to go elsewhere than the message came from, so that only a person may decide (RFC 8098 section 2.1).
    OtherAddress,
    /// The person does not want to.
    Denied,
    /// It is a receipt itself (RFC 8098 section 2.1).
    Receipt,
    /// This person has written as much as the scenario lets them.
    Enough,
    /// It is to be encrypted, and somebody it goes to has no certificate (RFC 8551 section 3.3).
    NoCertificate,
}

impl Restraint {
    /// All of them.
    pub const ALL: [Restraint; 13] = [
        Restraint::NullSender,
        Restraint::AutoSubmitted,
        Restraint::List,
        Restraint::RoleSender,
        Restraint::NotAddressed,
        Restraint::ToldBefore,
        Restraint::Own,
        Restraint::NotAskedFor,
        Restraint::OtherAddress,
        Restraint::Denied,
        Restraint::Receipt,
        Restraint::Enough,
        Restraint::NoCertificate,
    ];

    /// Its name, as serde writes it.
    pub fn kind(self) -> &'static str {
        match self {
            Restraint::NullSender => "null-sender",
            Restraint::AutoSubmitted => "auto-submitted",
            Restraint::List => "list",
            Restraint::RoleSender => "role-sender",
            Restraint::NotAddressed => "not-addressed",
            Restraint::ToldBefore => "told-before",
            Restraint::Own => "own",
            Restraint::NotAskedFor => "not-asked-for",
            Restraint::OtherAddress => "other-address",
            Restraint::Denied => "denied",
            Restraint::Receipt => "receipt",
            Restraint::Enough => "enough",
            Restraint::NoCertificate => "no-certificate",
        }
    }
}

/// The sender the final host wrote down (Return-Path), or From where it wrote none.
pub(super) fn sender(fields: &Fields) -> ReversePath {
    if let Some(path) = fields.get("Return-Path") {
        let inside = path.value.trim().trim_start_matches('<').trim_end_matches('>').trim();
        return ReversePath(Mailbox::parse(inside).ok());
    }
    let from = fields.get("From").map(|f| Correspondent::all_in(&f.value)).unwrap_or_default();
    ReversePath(from.into_iter().next().map(|one| one.address))
}

/// What speaks against any answer by a machine, whoever it would go to.
pub fn restraint(fields: &Fields, own: &[Mailbox]) -> Option<Restraint> {
    let Some(from) = sender(fields).0 else { return Some(Restraint::NullSender) };
    let word = |name: &str| {
        let value = fields.get(name).map(|f| f.value.to_ascii_lowercase()).unwrap_or_default();
        value.split([';', ' ', '(']).next().unwrap_or_default().to_owned()
    };
    let submitted = word("Auto-Submitted");
    if !submitted.is_empty() && submitted != "no" {
        return Some(Restraint::AutoSubmitted);
    }
    let list =
        fields.iter().any(|f| f.name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("List-")));
    if list || matches!(word("Precedence").as_str(), "list" | "bulk" | "junk") {
        return Some(Restraint::List);
    }
    let local = from.local.to_ascii_lowercase();
    let named = ["mailer-daemon", "postmaster", "noreply", "no-reply", "listserv", "majordomo"];
    if named.contains(&local.as_str()) || local.starts_with("owner-") || local.ends_with("-request") {
        return Some(Restraint::RoleSender);
    }
    is_own(own, &from).then_some(Restraint::Own)
}

/// May an out-of-office note be sent, and to whom? It goes to the envelope's sender (RFC 3834 section 4), and only where
/// the person's address stands in To or Cc.
///
/// # Errors
/// What speaks against it.
pub fn may_answer(fields: &Fields, own: &[Mailbox]) -> Result<Mailbox, Restraint> {
    if let Some(why) = restraint(fields, own) {
        return Err(why);
    }
    let addressed = ["To", "Cc", "Bcc", "Resent-To", "Resent-Cc"].iter().any(|name| {
        let people = fields.all(name).flat_map(|f| Correspondent::all_in(&f.value)).collect::<Vec<_>>();
        people.iter().any(|one| is_own(own, &one.address))
    });
    if !addressed {
        return Err(Restraint::NotAddressed);
    }
    sender(fields).0.ok_or(Restraint::NullSender)
}
