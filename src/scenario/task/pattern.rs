//! What is looked for in the transcript: one event, what comes before it, what lies where.

use crate::event::{CloseReason, Expansion, ImapVerb, RecordType, Side, SmtpVerb, TlsVersion};
use crate::mail::dmarc::DmarcPolicy;
use crate::mail::report::Action;
use crate::mail::sasl::Mechanism;
use crate::mail::{Glob, Like, MessagePattern};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// An event that is looked for, where, and what has come before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// The event.
    pub what: Pattern,
    /// The server on whose connection it happened.
    pub at: Option<(Glob, Option<u16>)>,
    /// The host that opened that connection.
    pub client: Option<Glob>,
    /// It came after this.
    pub after: Option<Tie>,
    /// This had not come yet.
    pub before: Option<Tie>,
}

/// An event that another is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The event.
    pub sought: Arc<Sought>,
    /// What both must have in common.
    pub same: Same,
    /// How long ago it may be.
    pub within: Option<Duration>,
}

/// What two events have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// The mail transaction (RFC 5321 section 3.3).
    Mail,
    /// The connection.
    Connection,
    /// Nothing but the attempt.
    Attempt,
}

impl Same {
    /// All of them with their names.
    pub const ALL: [(&'static str, Same); 3] =
        [("mail", Same::Mail), ("connection", Same::Connection), ("attempt", Same::Attempt)];
}

impl From<Pattern> for Sought {
    fn from(what: Pattern) -> Sought {
        Sought { what, at: None, client: None, after: None, before: None }
    }
}

/// An event that is looked for. Fields that are `None` or empty match anything.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// An SMTP server heard this.
    Smtp(Box<SmtpPattern>),
    /// A POP3 server heard this.
    Pop3(Box<Pop3Pattern>),
    /// An IMAP server heard this.
    Imap(Box<ImapPattern>),
    /// A DNS question was answered.
    Dns(DnsPattern),
    /// The workstation connected to a host and port, or tried to.
    Connect {
        /// The host's name.
        host: Glob,
        /// The port.
        port: Option<u16>,
        /// Somebody answered there; `false`: nobody did, or the host refused.
        answered: bool,
    },
    /// A connection of the workstation ended.
    Closed {
        /// The host that listened.
        host: Glob,
        /// The port.
        port: Option<u16>,
        /// Who ended it.
        by: Option<Side>,
        /// How.
        why: Option<CloseReason>,
    },
    /// TLS came about on a connection of the workstation, or did not, or its certificate was looked at.
    Tls(TlsPattern),
    /// A host found something out about a sender.
    Sender(SenderPattern),
    /// A message was put into a mailbox.
    Delivered {
        /// The mailbox's address.
        to: Like,
        /// The folder it was put into.
        folder: Option<Like>,
        /// What the message must be like.
        message: MessagePattern,
    },
    /// A message left a mailbox for good.
    Removed {
        /// The mailbox's address.
        from: Like,
        /// What one of the messages that left must be like.
        message: MessagePattern,
    },
    /// Messages in a mailbox were given flags, or have them now.
    Flagged(Box<FlaggedPattern>),
    /// So many messages lie in a mailbox now.
    Holds {
        /// The mailbox's address.
        mailbox: Like,
        /// The folder.
        folder: Option<Like>,
        /// What a message must be like to be counted.
        message: MessagePattern,
        /// How many; one at least where nothing is said.
        count: Option<u32>,
    },
    /// A host gave a recipient up.
    Undeliverable {
        /// The recipient's address.
        to: Like,
        /// The status code, such as `5.1.1`.
        status: Option<Like>,
        /// Because it took too long; `false`: because it was of no use.
        expired: Option<bool>,
    },
    /// A host keeps a message for another try.
    Deferred {
        /// The recipient's address.
        to: Like,
        /// The status code, such as `4.4.1`.
        status: Option<Like>,
    },
    /// A host told the sender what became of a recipient.
    Reported {
        /// What became of it.
        action: Option<Action>,
        /// The recipient's address.
        recipient: Option<Like>,
        /// To whom the report goes.
        to: Option<Like>,
        /// The status code.
        status: Option<Like>,
    },
    /// Other recipients took the place of one.
    Expanded {
        /// The recipient's address.
        from: Like,
        /// One of those who took its place.
        into: Option<Like>,
        /// Why they did.
        by: Option<Expansion>,
    },
    /// A person read a message or wrote one.
    Person {
        /// Their address.
        who: Like,
        /// What they did: `read`, or the kind of what they wrote.
        does: Option<String>,
        /// To whom they wrote, one of them.
        to: Option<Like>,
    },
    /// A program was run on the workstation.
    Ran {
        /// The program.
        program: String,
        /// Its arguments, joined by single spaces.
        args: Like,
    },
    /// A fault of the scenario struck.
    Fault {
        /// Its name.
        id: String,
    },
    /// A setting of a host was given a value.
    Setting {
        /// The setting's name.
        name: String,
        /// The host.
        host: Option<Like>,
        /// The value.
        value: Option<Like>,
    },
    /// A record was put into a zone, or taken out.
    Zone {
        /// The record in one line: name, type, value.
        record: Like,
        /// The zone.
        zone: Option<Like>,
        /// Put in.
        added: bool,
    },
}

/// Something that a host found out about a sender, and that is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SenderPattern {
    /// By which check.
    pub kind: SenderKind,
    /// The result by its name in headers, such as `softfail` (RFC 8601 section 2.7).
    pub result: Option<&'static str>,
    /// The host that checked.
    pub host: Option<Like>,
    /// The domain that was asked: that of MAIL FROM, the signer's, the author's.
    pub domain: Option<Like>,
    /// The signer's selector.
    pub selector: Option<Like>,
    /// What DMARC makes of the message.
    pub disposition: Option<DmarcPolicy>,
}

/// A check of a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SenderKind {
    /// SPF.
    Spf,
    /// DKIM; each signature is looked at, and a message without any is `none`.
    Dkim,
    /// DMARC.
    Dmarc,
}

/// Something about TLS that is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct TlsPattern {
    /// What happened.
    pub what: TlsKind,
    /// The host that opened the connection; the workstation where nothing is said.
    pub from: Option<Like>,
    /// The host the connection leads to, by name or address.
    pub host: Option<Like>,
    /// And its port.
    pub port: Option<u16>,
    /// The version that was agreed on.
    pub version: Option<TlsVersion>,
    /// The name that was asked for in the handshake (SNI), or that the certificate was to be for.
    pub name: Option<Like>,
    /// The kind of what went wrong, such as `no-common-version`, or of what is wrong with the certificate, such as
    /// `expired`.
    pub reason: Option<String>,
}

/// Messages with flags that are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct FlaggedPattern {
    /// The mailbox's address.
    pub mailbox: Like,
    /// The folder.
    pub folder: Option<Like>,
    /// Flags that a message must all have; case does not matter.
    pub flags: Vec<String>,
    /// Flags that it must not have.
    pub unset: Vec<String>,
    /// What the message must be like.
    pub message: MessagePattern,
}

impl Pattern {
    /// Does it come when the servers get to it, after the connection on which the message came, be that open or not?
    pub fn is_aftermath(&self) -> bool {
        matches!(
            self,
            Pattern::Delivered { .. }
                | Pattern::Undeliverable { .. }
                | Pattern::Deferred { .. }
                | Pattern::Reported { .. }
                | Pattern::Expanded { .. }
        )
    }

    /// Is it about one connection, or about a message that came over one?
    pub fn is_on_connection(&self) -> bool {
        let exchange = matches!(self, Pattern::Smtp(_) | Pattern::Pop3(_) | Pattern::Imap(_));
        let line = match self {
            Pattern::Connect { answered, .. } => *answered,
            Pattern::Closed { .. } | Pattern::Tls(_) => true,
            _ => false,
        };
        exchange || line || self.is_aftermath()
    }

    /// Is it something that can be undone, so that it may be so now?
    pub fn is_state(&self) -> bool {
        matches!(
            self,
            Pattern::Setting { .. } | Pattern::Zone { .. } | Pattern::Flagged(_) | Pattern::Holds { .. }
        )
    }

    /// The verb of SMTP that is meant, where it is one.
    pub fn smtp_verb(&self) -> Option<SmtpVerb> {
        let Pattern::Smtp(smtp) = self else { return None };
        match smtp.command {
            SmtpKind::Verb(verb) => Some(verb),
            _ if smtp.from.is_some() => Some(SmtpVerb::Mail),
            _ if smtp.to.is_some() => Some(SmtpVerb::Rcpt),
            _ if smtp.message.is_some() => Some(SmtpVerb::Data),
            _ => None,
        }
    }

    /// Is this a command that is expected to be refused? It changes nothing in its session, and is not held to be part
    /// of a mail transaction.
    pub fn is_refused(&self) -> bool {
        let Pattern::Smtp(smtp) = self else { return false };
        match smtp.reply {
            Some(CodePattern::Exact(code)) => code >= 400,
            Some(CodePattern::Class(class)) => class >= 4,
            None => false,
        }
    }

    /// MAIL, RCPT, DATA and what becomes of the message make one transaction.
    pub fn is_of_mail(&self) -> bool {
        let verb = matches!(self.smtp_verb(), Some(SmtpVerb::Mail | SmtpVerb::Rcpt | SmtpVerb::Data));
        (verb && !self.is_refused()) || self.is_aftermath()
    }
}

/// What about TLS a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsKind {
    /// Everything is encrypted from here on.
    Established,
    /// There is no TLS.
    Failed,
    /// The client checked the certificate and found it good.
    Verified,
    /// The client checked the certificate and found something wrong.
    Distrusted,
}

/// An SMTP exchange that is looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SmtpPattern {
    /// Which command; HELO and EHLO are both meant by `Hello`.
    pub command: SmtpKind,
    /// The name in HELO or EHLO.
    pub name: Option<Like>,
    /// The address of MAIL; the null path is the empty string.
    pub from: Option<Like>,
    /// The address of RCPT.
    pub to: Option<Like>,
    /// Parameters of MAIL or RCPT by name in lower case, as in [`MailParams`](crate::event::MailParams); `None`: it was
    /// not given.
    pub params: BTreeMap<String, Option<Like>>,
    /// The reply's code.
    pub reply: Option<CodePattern>,
    /// The mechanism of AUTH.
    pub mechanism: Option<Mechanism>,
    /// It happened under TLS; `false`: in the clear.
    pub tls: Option<bool>,
    /// It was sent before the command ahead of it was answered (RFC 2920).
    pub pipelined: Option<bool>,
    /// Who had logged in on the connection, by address.
    pub auth: Option<Like>,
    /// For a finished message: what it must be like.
    pub message: Option<MessagePattern>,
    /// For what is no command: its first word.
    pub word: Option<Like>,
    /// For what is no command: what it looks like (`header`, `pop3`, `imap`, `http`, `shell`, `tls`,
    /// `misspelt`, `lone-dot`, `reply`, `text`, `empty`).
    pub looks_like: Option<String>,
    /// Why the server answered so.
    pub reason: Option<ReasonPattern>,
}

/// Why a server answered as it did.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonPattern {
    /// The kind of the reason in kebab-case, such as `out-of-order` or `no-such-user`.
    pub kind: String,
    /// A part of it, such as `plain-parts` of `auth-failed`.
    pub part: Option<Glob>,
}

/// Which SMTP command a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SmtpKind {
    /// Any, known or not.
    #[default]
    Any,
    /// The greeting.
    Connect,
    /// HELO or EHLO.
    Hello,
    /// This verb.
    Verb(SmtpVerb),
    /// What is no command of SMTP.
    Unknown,
}

/// A POP3 exchange that is looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pop3Pattern {
    /// The verb in capitals; `CONNECT` is the greeting, `UNKNOWN` what is no command; `None` any.
    pub command: Option<String>,
    /// `+OK` or `-ERR`.
    pub ok: Option<bool>,
    /// The user's name of the session.
    pub user: Option<Like>,
    /// For AUTH, in all its lines: the mechanism.
    pub mechanism: Option<String>,
    /// Under TLS or not.
    pub tls: Option<bool>,
    /// It was sent before the command ahead of it was answered.
    pub pipelined: Option<bool>,
    /// The message number of LIST, UIDL, RETR, TOP or DELE.
    pub number: Option<u32>,
    /// For RETR and TOP: the message that was given must be like this.
    pub message: Option<MessagePattern>,
    /// For what is no command: its first word.
    pub word: Option<Like>,
    /// For what is no command: what it looks like.
    pub looks_like: Option<String>,
    /// Why the server answered so.
    pub reason: Option<ReasonPattern>,
}

/// An IMAP exchange that is looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImapPattern {
    /// Which command.
    pub command: ImapKind,
    /// `OK` or a request to go on; `false`: `NO`, `BAD`, `BYE`.
    pub ok: Option<bool>,
    /// The user's address of the session.
    pub user: Option<Like>,
    /// The mailbox that the command names, else the one that is open.
    pub mailbox: Option<Like>,
    /// Message numbers or unique ids as written, such as `12` or `1:*`.
    pub set: Option<Like>,
    /// Came after UID, or not.
    pub uid: Option<bool>,
    /// Under TLS or not.
    pub tls: Option<bool>,
    /// It was sent before the command ahead of it was answered.
    pub pipelined: Option<bool>,
    /// Words that are all among the items of FETCH, STATUS, STORE or the keys of SEARCH; case does not matter.
    pub items: Vec<String>,
    /// Flags that are all among those of STORE or APPEND; case does not matter.
    pub flags: Vec<String>,
    /// For FETCH and APPEND: a message that was given or put there is like this.
    pub message: Option<MessagePattern>,
    /// For what is no command: its first word.
    pub word: Option<Like>,
    /// For what is no command: what it looks like.
    pub looks_like: Option<String>,
    /// Why the server answered so.
    pub reason: Option<ReasonPattern>,
}

/// Which IMAP command a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImapKind {
    /// Any, known or not.
    #[default]
    Any,
    /// The greeting.
    Connect,
    /// This verb.
    Verb(ImapVerb),
    /// The end of IDLE.
    Done,
    /// What the server says of its own accord: news, or good-bye.
    News,
    /// What is no command of IMAP.
    Unknown,
}

/// A DNS question that is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct DnsPattern {
    /// The name, or for PTR an address in its usual form.
    pub name: Like,
    /// The type.
    pub qtype: Option<RecordType>,
    /// It was answered with at least one record.
    pub answered: Option<bool>,
}

/// Which codes match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePattern {
    /// Just this one.
    Exact(u16),
    /// All that begin with this digit: 2, 3, 4 or 5.
    Class(u8),
}
