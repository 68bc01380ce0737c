//! What hosts find out about where mail comes from, and what follows from it: SPF, DKIM, DMARC.

use crate::mail::dkim::DkimCheck;
use crate::mail::dmarc::DmarcCheck;
use crate::mail::spf::SpfCheck;
use crate::units::MessageId;
use serde::{Deserialize, Serialize};

/// Something a host found out about a mail's sender, or did about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SenderEvent {
    /// It asked the sender's domain whether this client may send for it (RFC 7208).
    Spf(SpfCheck),
    /// It checked the message's signatures (RFC 6376); there may be none.
    Dkim(Vec<DkimCheck>),
    /// It asked the author's domain whether SPF and DKIM are enough, and what to do where they are not (RFC 9989).
    Dmarc(DmarcCheck),
    /// It took Authentication-Results out of the message that claimed to be its own (RFC 8601 section 5).
    ForgedResults {
        /// How many.
        count: u32,
    },
    /// It will put the message among the junk, as the author's domain wants it.
    Quarantined {
        /// The message.
        id: MessageId,
        /// The author's domain.
        domain: String,
    },
    /// It signed a message of one of its users.
    Signed {
        /// The message.
        id: MessageId,
        /// The domain that takes responsibility.
        domain: String,
        /// Which of its keys.
        selector: String,
        /// The algorithm, as `a=` names it.
        algorithm: String,
    },
}

/// Why a host does not take a mail because of where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SenderRefusal {
    /// The sender's domain says that this client may not send for it (SPF fail).
    Spf {
        /// The domain.
        domain: String,
        /// What the domain has to say about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<String>,
    },
    /// The author's domain wants mail refused that neither SPF nor DKIM vouch for.
    Dmarc {
        /// The domain.
        domain: String,
    },
}

impl SenderEvent {
    /// About how many octets it holds.
    pub(super) fn octets(&self) -> usize {
        let (size, steps) = match self {
            SenderEvent::Spf(check) => (size_of_val(check.steps.as_slice()), check.steps.len()),
            SenderEvent::Dkim(checks) => {
                (size_of_val(checks.as_slice()), checks.iter().map(|c| c.steps.len()).sum())
            }
            SenderEvent::Dmarc(check) => (size_of_val(check.steps.as_slice()), check.steps.len()),
            _ => (0, 0),
        };
        // A step holds a name or a record, seldom more.
        size + steps * 160
    }
}
