//! What a learner is to do: the steps of a scenario with its variables drawn, as the grader and the pages read them.
//!
//! Texts and patterns stand behind [`Arc`]: those without a variable come out the same in every attempt, and all
//! attempts at a scenario share them in memory.

use crate::event::{Expansion, ImapVerb, RecordType, SmtpVerb, TlsVersion};
use crate::mail::dmarc::DmarcPolicy;
use crate::mail::report::Action;
use crate::mail::sasl::Mechanism;
use crate::mail::{Glob, MessagePattern};
use crate::units::{Points, Text, Time};
use std::net::IpAddr;
use std::sync::Arc;

/// One step, variables filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its id, unique in the scenario.
    pub id: String,
    /// What it is worth in all.
    pub points: Points,
    /// Its heading.
    pub title: Arc<Text>,
    /// What is to be done.
    pub task: Arc<Text>,
    /// How it is known to be done.
    pub check: Check,
    /// Its hints, in the order in which they are given.
    pub hints: Vec<Hint>,
    /// What people get wrong here.
    pub mistakes: Vec<Arc<Mistake>>,
}

/// How a step is known to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// By what happened.
    Events(Conversation),
    /// By an answer to a question.
    Question {
        /// The question.
        ask: Arc<Text>,
        /// The right answer.
        answer: Answer,
        /// Wrong answers that deserve a word of their own.
        wrong: Vec<WrongAnswer>,
    },
}

/// Expectations that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// All of them on one connection to this host and port; `None`: anywhere, each by itself.
    pub on: Option<(String, u16)>,
    /// In the order written, or in any.
    pub ordered: bool,
    /// What is expected.
    pub expect: Vec<Expectation>,
}

/// One expected event.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// What must happen.
    pub what: Arc<Pattern>,
    /// Points for this alone, out of the step's.
    pub points: Option<Points>,
}

/// An event that is looked for. Fields that are `None` or empty match anything.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// An SMTP server heard this.
    Smtp(SmtpPattern),
    /// A POP3 server heard this.
    Pop3(Pop3Pattern),
    /// An IMAP server heard this.
    Imap(ImapPattern),
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
    /// TLS came about on a connection of the workstation, or did not, or its certificate was looked at.
    Tls(TlsPattern),
    /// A host found something out about a sender.
    Sender(SenderPattern),
    /// A message was put into a mailbox.
    Delivered {
        /// The mailbox's address.
        to: Glob,
        /// The folder it was put into.
        folder: Option<Glob>,
        /// What the message must be like.
        message: MessagePattern,
    },
    /// A message left a mailbox for good.
    Removed {
        /// The mailbox's address.
        from: Glob,
        /// What one of the messages that left must be like.
        message: MessagePattern,
    },
    /// A host gave a recipient up.
    Undeliverable {
        /// The recipient's address.
        to: Glob,
        /// The status code, such as `5.1.1`.
        status: Option<Glob>,
        /// Because it took too long; `false`: because it was of no use.
        expired: Option<bool>,
    },
    /// A host keeps a message for another try.
    Deferred {
        /// The recipient's address.
        to: Glob,
        /// The status code, such as `4.4.1`.
        status: Option<Glob>,
    },
    /// A host told the sender what became of a recipient.
    Reported {
        /// What became of it.
        action: Option<Action>,
        /// The recipient's address.
        recipient: Option<Glob>,
        /// To whom the report goes.
        to: Option<Glob>,
        /// The status code.
        status: Option<Glob>,
    },
    /// Other recipients took the place of one.
    Expanded {
        /// The recipient's address.
        from: Glob,
        /// One of those who took its place.
        into: Option<Glob>,
        /// Why they did.
        by: Option<Expansion>,
    },
    /// A person read a message or wrote one.
    Person {
        /// Their address.
        who: Glob,
        /// What they did: `read`, or the kind of what they wrote.
        does: Option<String>,
        /// To whom they wrote, one of them.
        to: Option<Glob>,
    },
    /// A program was run on the workstation.
    Ran {
        /// The program.
        program: String,
        /// Its arguments, joined by single spaces.
        args: Glob,
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
        host: Option<Glob>,
        /// The value.
        value: Option<Glob>,
    },
    /// A record was put into a zone, or taken out.
    Zone {
        /// The record in one line: name, type, value.
        record: Glob,
        /// The zone.
        zone: Option<Glob>,
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
    pub host: Option<Glob>,
    /// The domain that was asked: that of MAIL FROM, the signer's, the author's.
    pub domain: Option<Glob>,
    /// The signer's selector.
    pub selector: Option<Glob>,
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
    pub from: Option<Glob>,
    /// The host the connection leads to, by name or address.
    pub host: Option<Glob>,
    /// And its port.
    pub port: Option<u16>,
    /// The version that was agreed on.
    pub version: Option<TlsVersion>,
    /// The name that was asked for in the handshake (SNI), or that the certificate was to be for.
    pub name: Option<Glob>,
    /// The kind of what went wrong, such as `no-common-version`, or of what is wrong with the certificate, such as
    /// `expired`.
    pub reason: Option<String>,
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
    pub name: Option<Glob>,
    /// The address of MAIL; the null path is the empty string.
    pub from: Option<Glob>,
    /// The address of RCPT.
    pub to: Option<Glob>,
    /// The reply's code.
    pub reply: Option<CodePattern>,
    /// The mechanism of AUTH.
    pub mechanism: Option<Mechanism>,
    /// It happened under TLS; `false`: in the clear.
    pub tls: Option<bool>,
    /// Who had logged in on the connection, by address.
    pub auth: Option<Glob>,
    /// For a finished message: what it must be like.
    pub message: Option<MessagePattern>,
    /// For what is no command: what it looks like (`header`, `pop3`, `imap`, `http`, `shell`, `tls`,
    /// `misspelt`, `lone-dot`, `reply`, `text`, `empty`).
    pub looks_like: Option<String>,
    /// The kind of the reason in kebab-case, such as `out-of-order` or `no-such-user`.
    pub reason: Option<String>,
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
    pub user: Option<Glob>,
    /// For AUTH, in all its lines: the mechanism.
    pub mechanism: Option<String>,
    /// Under TLS or not.
    pub tls: Option<bool>,
    /// The message number of LIST, UIDL, RETR, TOP or DELE.
    pub number: Option<u32>,
    /// For RETR and TOP: the message that was given must be like this.
    pub message: Option<MessagePattern>,
    /// For what is no command: what it looks like.
    pub looks_like: Option<String>,
    /// The kind of the reason in kebab-case.
    pub reason: Option<String>,
}

/// An IMAP exchange that is looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImapPattern {
    /// Which command.
    pub command: ImapKind,
    /// `OK` or a request to go on; `false`: `NO`, `BAD`, `BYE`.
    pub ok: Option<bool>,
    /// The user's address of the session.
    pub user: Option<Glob>,
    /// The mailbox that the command names, else the one that is open.
    pub mailbox: Option<Glob>,
    /// Message numbers or unique ids as written, such as `12` or `1:*`.
    pub set: Option<Glob>,
    /// Came after UID, or not.
    pub uid: Option<bool>,
    /// Words that are all among the items of FETCH, STATUS, STORE or the keys of SEARCH; case does not matter.
    pub items: Vec<String>,
    /// Flags that are all among those of STORE or APPEND; case does not matter.
    pub flags: Vec<String>,
    /// For FETCH and APPEND: a message that was given or put there is like this.
    pub message: Option<MessagePattern>,
    /// For what is no command: what it looks like.
    pub looks_like: Option<String>,
    /// The kind of the reason in kebab-case.
    pub reason: Option<String>,
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
    pub name: Glob,
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

/// The right answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// An address.
    Ip(IpAddr),
    /// A text, any of these.
    Text(Vec<Glob>),
    /// A whole number.
    Number(i64),
    /// A moment.
    Time(Time),
    /// A line of a message's header, any of these, white space and folds not counted.
    Line {
        /// The right ones.
        right: Vec<Glob>,
        /// The mailbox whose newest message offers its lines to pick from.
        of: Option<String>,
    },
    /// One of several, by its id.
    Choice {
        /// The ids with what the learner reads, in the order shown.
        options: Vec<(String, Arc<Text>)>,
        /// The right one's id.
        right: String,
    },
}

/// A wrong answer that deserves a word of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongAnswer {
    /// What was answered.
    pub is: Glob,
    /// What is said then.
    pub say: Arc<Text>,
}

/// A hint.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// What it costs, out of the step's points.
    pub cost: Points,
    /// What it says; where it is commands, one on each line.
    pub text: Arc<Text>,
    /// It is the commands themselves, to be shown as they are typed.
    pub commands: bool,
}

/// Something people get wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// Its id, unique in the step; its number from 1 where the author gave none.
    pub id: String,
    /// Restricts it to connections to this host and port; the step's `on` unless the author says otherwise.
    pub on: Option<(String, u16)>,
    /// What gives it away.
    pub when: Arc<Pattern>,
    /// What is said then, once.
    pub say: Arc<Text>,
}
