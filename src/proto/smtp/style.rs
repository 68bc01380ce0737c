//! Host styles: whose manners and wording a server has. The manners are in `manners`, the wording is in `replies`.

use super::manners::{self, Manners};
use super::replies::{Key, PLACEHOLDERS};
use serde::{Deserialize, Serialize};

/// Whose wording a server uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Postfix 3.
    #[default]
    Postfix,
    /// Sendmail 8.
    Sendmail,
    /// qmail 1.03 and notqmail.
    Qmail,
    /// Exim 4.
    Exim,
    /// Microsoft Exchange.
    Exchange,
}

impl Style {
    /// All of them.
    pub const ALL: [Style; 5] = [Style::Postfix, Style::Sendmail, Style::Qmail, Style::Exim, Style::Exchange];

    /// Its name in scenarios.
    pub fn name(self) -> &'static str {
        match self {
            Style::Postfix => "postfix",
            Style::Sendmail => "sendmail",
            Style::Qmail => "qmail",
            Style::Exim => "exim",
            Style::Exchange => "exchange",
        }
    }

    /// The keys under which a host may have texts of its own.
    pub fn reply_keys() -> &'static [&'static str] {
        Key::NAMES
    }

    /// What a text may name in braces, such as `{host}`.
    pub fn placeholders() -> &'static [&'static str] {
        PLACEHOLDERS
    }

    /// The EHLO keywords of this style, each of which a host may be without.
    pub fn extensions(self) -> impl Iterator<Item = &'static str> {
        self.manners().keywords.iter().filter_map(|k| k.split([' ', '=']).next())
    }

    /// The largest message it takes where a host says nothing else, in octets.
    pub fn message_size(self) -> u64 {
        self.manners().message_size
    }

    /// Has a message with so many `Received` lines come too far? Then [`crate::event::PolicyVerdict::TooManyHops`] is due
    /// (RFC 5321 section 6.3).
    pub fn too_many_hops(self, lines: u64) -> bool {
        let manners = self.manners();
        let limit = u64::from(manners.hop_limit);
        if manners.counts_own_hop { lines.saturating_add(1) >= limit } else { lines > limit }
    }

    /// How many connections from one address it takes; with more, [`ServerSession::busy`](super::ServerSession::busy)
    /// is due. `None` where it does not count.
    pub fn connection_limit(self) -> Option<u32> {
        self.manners().connection_limit
    }

    /// Does the original look a recipient's mailbox up at RCPT? A stock qmail takes mail for every name of its
    /// domains and sends a bounce afterwards.
    pub fn looks_up_recipients(self) -> bool {
        self.manners().looks_up_recipients
    }

    /// Is a local part that names a further stop, such as `noname%other.tld` or `other!noname`, relaying to the
    /// original? Otherwise it is a name like any other.
    pub fn stops_in_local_part(self) -> bool {
        self.manners().stops_in_local_part
    }

    pub(super) fn manners(self) -> &'static Manners {
        match self {
            Style::Postfix => &manners::POSTFIX,
            Style::Sendmail => &manners::SENDMAIL,
            Style::Qmail => &manners::QMAIL,
            Style::Exim => &manners::EXIM,
            Style::Exchange => &manners::EXCHANGE,
        }
    }
}

impl std::str::FromStr for Style {
    type Err = ();
    fn from_str(name: &str) -> Result<Style, ()> {
        Style::ALL.into_iter().find(|s| s.name() == name).ok_or(())
    }
}
