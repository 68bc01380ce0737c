//! What sessions ask their host, and what the host decided: the policy, off the wire.

use super::fault::SmtpStage;
use super::sender::SenderRefusal;
use super::smtp::{MailParams, RcptParams, Reply};
use super::tls::TlsSession;
use super::{FolderRefusal, ImapVerb};
use crate::mail::{ForwardPath, ReversePath};
use crate::units::{ConnId, MessageId, TermId};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Sender and recipients of one mail transaction, with who handed it over (RFC 5321 section 2.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// MAIL FROM.
    pub from: ReversePath,
    /// Each RCPT TO that was accepted.
    pub to: Vec<ForwardPath>,
    /// The name given in HELO or EHLO; empty where the server let it pass without.
    pub helo: String,
    /// Greeted with EHLO.
    pub esmtp: bool,
    /// The address the client connected from.
    pub client: IpAddr,
    /// What MAIL said beside the sender.
    #[serde(default, skip_serializing_if = "MailParams::is_empty")]
    pub params: MailParams,
    /// What RCPT said beside each of `to`, in their order; empty where it said nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rcpt_params: Vec<RcptParams>,
    /// Who had logged in, by address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The TLS it came under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<Box<TlsSession>>,
    /// It was handed in at a submission port (RFC 6409).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub submission: bool,
}

impl Envelope {
    /// The parameters of the recipient at this place of `to`.
    pub fn of_recipient(&self, place: usize) -> RcptParams {
        self.rcpt_params.get(place).cloned().unwrap_or_default()
    }
}

/// The session that has a maildrop open, as the learner knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its connection.
    pub conn: ConnId,
    /// The terminal it was opened at; `None` for a real program at a real port.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<TermId>,
}

/// What a session asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyQuestion {
    /// May this sender begin a transaction?
    Sender {
        /// MAIL FROM.
        from: ReversePath,
    },
    /// Is mail for this recipient taken, from this client?
    Recipient {
        /// RCPT TO.
        to: ForwardPath,
    },
    /// Does the server answer here as it should?
    Stage {
        /// Where in the session.
        at: SmtpStage,
    },
    /// Take this message.
    Message {
        /// Its size in octets.
        octets: usize,
    },
    /// Is there such a user (VRFY)?
    User {
        /// As asked.
        what: String,
    },
    /// Who is behind this list (EXPN)?
    List {
        /// As asked.
        what: String,
    },
    /// Open the maildrop of this user.
    Login {
        /// The name given.
        user: String,
    },
    /// Numbers for a challenge: a nonce, and the salt of this user's password.
    Numbers {
        /// The user, where the mechanism has named one.
        user: Option<String>,
    },
    /// Does this proof show that somebody is this user?
    Authenticate {
        /// The name given.
        user: String,
    },
    /// Send what waits for this domain (ETRN).
    Flush {
        /// The domain.
        domain: String,
    },
    /// Remove these messages.
    Remove {
        /// Which.
        ids: Vec<MessageId>,
    },
    /// Do something about folders or what lies in them (IMAP).
    Folders {
        /// Whose.
        user: String,
        /// For this command.
        verb: ImapVerb,
        /// Which folder, where the command names one.
        folder: Option<String>,
    },
}

/// What the host decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyVerdict {
    /// Yes.
    Yes,
    /// On a recipient.
    Recipient(RecipientVerdict),
    /// The message was taken under this name.
    Taken {
        /// The message.
        id: MessageId,
        /// The host's name for it.
        queue_id: String,
    },
    /// The maildrop is open and holds so many messages.
    Opened {
        /// The mailbox's address.
        mailbox: String,
        /// How many.
        messages: u32,
    },
    /// Numbers were given out.
    Numbers {
        /// The nonce.
        nonce: String,
    },
    /// The user is who they say.
    Authenticated {
        /// The user's address.
        user: String,
    },
    /// The user is known under this address.
    Known {
        /// The address.
        address: String,
    },
    /// For whom the list stands in the end.
    Members {
        /// Their addresses.
        addresses: Vec<String>,
    },
    /// Nothing is done about the folder.
    Refused(FolderRefusal),
    /// Something is wrong with the host, and this is what it says.
    Trouble {
        /// The reply.
        reply: Reply,
        /// For greylisting: how many seconds the sender has to wait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait: Option<u32>,
    },
    /// The sender's address is not one of whoever has logged in.
    NotYours,
    /// Another session has the maildrop.
    Locked {
        /// Who has it, where it is one of the learner's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Holder>,
    },
    /// Its sender is not believed.
    NotBelieved(SenderRefusal),
    /// No room for it.
    NoRoom,
    /// The message went through too many hosts.
    TooManyHops,
    /// No.
    No,
}

/// What a host says to a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecipientVerdict {
    /// A mailbox here.
    Local,
    /// Not here, and it will be passed on.
    Relay,
    /// A domain of this host, but nobody of that name.
    NoSuchUser,
    /// Not a domain of this host, and it does not pass on for this client.
    RelayDenied,
    /// Nothing in DNS under that domain.
    NoSuchDomain,
    /// The mailbox has no room.
    MailboxFull,
}
