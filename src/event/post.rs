//! What becomes of mail that hosts have taken: why it is not passed on, recipients that stand for others, reports.

use super::{ConnectFailure, EnhancedCode, LegTrouble, Reply};
use crate::mail::report::Action;
use serde::{Deserialize, Serialize};

/// Why a host could not pass a message on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryFailure {
    /// The next host said no.
    Reply(Reply),
    /// No connection to the next host.
    Connect(ConnectFailure),
    /// The connection ended before the message was taken.
    ConnectionLost,
    /// Sender and next host did not come to terms about TLS, AUTH or an extension.
    Leg(LegTrouble),
    /// DNS knows no such domain.
    NoSuchDomain,
    /// DNS did not answer.
    DnsTrouble,
    /// The domain says it takes no mail (a null MX, RFC 7505).
    NullMx,
    /// The message went round in circles (RFC 5321 section 6.3).
    TooManyHops,
    /// The domain's best mail host is this host itself, which does not know the domain as its own.
    LoopsBack,
    /// The mailbox is full.
    MailboxFull,
    /// The domain is this host's, and nobody has that name.
    NoSuchUser,
    /// The world holds as many messages as it may.
    NoRoom,
    /// DNS knows the domain, but no mail host of it has an address.
    NoMailHost,
    /// The message has been in this mailbox before: forwarding leads back to it.
    ForwardingLoop,
    /// Aliases of the host lead back to themselves.
    AliasLoop,
}

/// Why other recipients took the place of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expansion {
    /// The address is another name for them (RFC 5321 section 3.9.1).
    Alias,
    /// Nobody has the name, and somebody takes what comes for nobody.
    CatchAll,
    /// What stands behind the delimiter (`anna+list`) is the owner's own affair (RFC 5233 section 1).
    Extension,
    /// The owner of the mailbox has it sent on.
    Forward,
}

impl Expansion {
    /// All of them.
    pub const ALL: [Expansion; 4] =
        [Expansion::Alias, Expansion::CatchAll, Expansion::Extension, Expansion::Forward];

    /// Its name in scenarios.
    pub fn name(self) -> &'static str {
        match self {
            Expansion::Alias => "alias",
            Expansion::CatchAll => "catch-all",
            Expansion::Extension => "extension",
            Expansion::Forward => "forward",
        }
    }
}

/// What a report says of one recipient (RFC 3464 section 2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The recipient.
    pub recipient: String,
    /// What became of it.
    pub action: Action,
    /// The status.
    pub status: EnhancedCode,
}

/// Why a host reports nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Silence {
    /// The message has the null path for its sender: it is a report itself, and nobody waits for an answer (RFC 5321
    /// section 4.5.5).
    NullSender,
    /// The sender asked not to hear of this (NOTIFY, RFC 3461 section 4.1).
    NotWanted,
    /// The world holds as many messages as it may.
    NoRoom,
}

impl Silence {
    /// All of them.
    pub const ALL: [Silence; 3] = [Silence::NullSender, Silence::NotWanted, Silence::NoRoom];
}

impl DeliveryFailure {
    /// The status code that says so (RFC 3463), where no host said another: 4 for what may pass, 5 for what will not.
    pub fn status(&self) -> EnhancedCode {
        use DeliveryFailure as D;
        match self {
            D::Reply(reply) => {
                reply.enhanced.unwrap_or(EnhancedCode(if reply.code < 500 { 4 } else { 5 }, 0, 0))
            }
            D::Connect(ConnectFailure::Refused | ConnectFailure::TimedOut | ConnectFailure::Unreachable) => {
                EnhancedCode(4, 4, 1)
            }
            D::Connect(_) => EnhancedCode(4, 4, 1),
            D::ConnectionLost => EnhancedCode(4, 4, 2),
            D::Leg(trouble) => trouble.status(),
            D::NoSuchDomain | D::NoMailHost => EnhancedCode(5, 4, 4),
            D::DnsTrouble => EnhancedCode(4, 4, 3),
            D::NullMx => EnhancedCode(5, 1, 10),
            D::TooManyHops | D::LoopsBack | D::ForwardingLoop | D::AliasLoop => EnhancedCode(5, 4, 6),
            D::MailboxFull => EnhancedCode(5, 2, 2),
            D::NoSuchUser => EnhancedCode(5, 1, 1),
            D::NoRoom => EnhancedCode(5, 3, 1),
        }
    }

    /// May it pass by itself?
    pub fn is_temporary(&self) -> bool {
        self.status().0 == 4
    }
}
