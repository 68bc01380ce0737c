//! What a file says is looked for: one event, what must have come before it, what must never come.

use crate::event::{CloseReason, Expansion, RecordType, Side, TlsVersion};
use crate::mail::dmarc::DmarcPolicy;
use crate::mail::report::Action;
use crate::mail::sasl::Mechanism;
use crate::scenario::template::Str;
use crate::scenario::{CodePattern, ImapKind, Same, SenderKind, SmtpKind, TlsKind};
use crate::units::Points;
use std::ops::Range;
use std::time::Duration;

/// One of `expect`.
#[derive(Debug, Clone)]
pub(crate) struct ExpectModel {
    pub(crate) sought: SoughtModel,
    pub(crate) points: Option<Points>,
    pub(crate) how: HowModel,
    pub(crate) optional: bool,
}

/// When an expectation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HowModel {
    /// Once it has happened.
    Happened,
    /// While it is so.
    Now,
    /// As long as it has not happened, there.
    Never(Option<Same>),
}

/// An event that is looked for, and what comes before it.
#[derive(Debug, Clone)]
pub(crate) struct SoughtModel {
    pub(crate) what: WhatModel,
    /// The server's place.
    pub(crate) at: Option<Str>,
    /// The host that opened the connection.
    pub(crate) client: Option<Str>,
    pub(crate) after: Option<Box<TieModel>>,
    pub(crate) before: Option<Box<TieModel>>,
    pub(crate) span: Range<usize>,
}

/// `after` or `before`.
#[derive(Debug, Clone)]
pub(crate) struct TieModel {
    pub(crate) sought: SoughtModel,
    pub(crate) same: Option<Same>,
    pub(crate) within: Option<Duration>,
}

/// What a text must be like: a pattern, several of which one must fit, and those that must not.
#[derive(Debug, Clone, Default)]
pub(crate) struct LikeModel {
    pub(crate) like: Vec<Str>,
    pub(crate) without: Vec<Str>,
}

impl From<&Str> for LikeModel {
    fn from(text: &Str) -> LikeModel {
        LikeModel { like: vec![text.clone()], without: Vec::new() }
    }
}

/// The kinds of events.
#[derive(Debug, Clone)]
pub(crate) enum WhatModel {
    Smtp(Box<SmtpModel>),
    Pop3(Box<Pop3Model>),
    Imap(Box<ImapPatternModel>),
    Dns { name: Option<LikeModel>, qtype: Option<RecordType>, answered: Option<bool> },
    Connect { to: Str, answered: bool },
    Closed { to: Str, by: Option<Side>, why: Option<CloseReason> },
    Tls(Box<TlsPatternModel>),
    Delivered { to: LikeModel, folder: Option<LikeModel>, message: LetterPattern },
    Sender(Box<SenderPatternModel>),
    Removed { from: LikeModel, message: LetterPattern },
    Flagged(Box<FlaggedModel>),
    Holds { mailbox: LikeModel, folder: Option<LikeModel>, message: LetterPattern, count: Option<u32> },
    Undeliverable { to: LikeModel, status: Option<LikeModel>, expired: Option<bool> },
    Deferred { to: LikeModel, status: Option<LikeModel> },
    Reported(Box<ReportedModel>),
    Expanded { from: LikeModel, into: Option<LikeModel>, by: Option<Expansion> },
    Person { who: LikeModel, does: Option<String>, to: Option<LikeModel> },
    Ran { program: Str, args: Option<LikeModel> },
    Fault(Str),
    Setting { name: Str, host: Option<LikeModel>, value: Option<LikeModel> },
    Zone { record: LikeModel, zone: Option<LikeModel>, added: bool },
}

/// Messages that have flags.
#[derive(Debug, Clone)]
pub(crate) struct FlaggedModel {
    pub(crate) mailbox: LikeModel,
    pub(crate) folder: Option<LikeModel>,
    pub(crate) flags: Vec<Str>,
    pub(crate) unset: Vec<Str>,
    pub(crate) message: LetterPattern,
}

/// A delivery report.
#[derive(Debug, Clone)]
pub(crate) struct ReportedModel {
    pub(crate) action: Option<Action>,
    pub(crate) recipient: Option<LikeModel>,
    pub(crate) to: Option<LikeModel>,
    pub(crate) status: Option<LikeModel>,
}

/// Something about TLS that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct TlsPatternModel {
    pub(crate) what: TlsKind,
    pub(crate) to: Option<Str>,
    pub(crate) from: Option<Str>,
    pub(crate) version: Option<TlsVersion>,
    pub(crate) name: Option<LikeModel>,
    pub(crate) reason: Option<String>,
}

/// Something that a host found out about a sender that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct SenderPatternModel {
    pub(crate) kind: SenderKind,
    pub(crate) result: Option<&'static str>,
    pub(crate) host: Option<LikeModel>,
    pub(crate) domain: Option<LikeModel>,
    pub(crate) selector: Option<LikeModel>,
    pub(crate) disposition: Option<DmarcPolicy>,
}

/// An SMTP exchange that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct SmtpModel {
    pub(crate) command: SmtpKind,
    pub(crate) name: Option<LikeModel>,
    pub(crate) from: Option<LikeModel>,
    pub(crate) to: Option<LikeModel>,
    pub(crate) params: Vec<(String, ParamModel)>,
    pub(crate) reply: Option<CodePattern>,
    pub(crate) mechanism: Option<Mechanism>,
    pub(crate) tls: Option<bool>,
    pub(crate) pipelined: Option<bool>,
    pub(crate) auth: Option<LikeModel>,
    pub(crate) message: Option<LetterPattern>,
    pub(crate) word: Option<LikeModel>,
    pub(crate) looks_like: Option<String>,
    pub(crate) reason: Option<ReasonModel>,
}

/// A parameter of MAIL or RCPT.
#[derive(Debug, Clone)]
pub(crate) enum ParamModel {
    /// It was given, with such a value.
    Given(LikeModel),
    /// It was not given.
    Missing,
}

/// Why a server answered so.
#[derive(Debug, Clone)]
pub(crate) struct ReasonModel {
    pub(crate) kind: String,
    /// What stands behind the slash.
    pub(crate) part: Option<Str>,
}

/// A POP3 exchange that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Pop3Model {
    pub(crate) command: Option<String>,
    pub(crate) ok: Option<bool>,
    pub(crate) user: Option<LikeModel>,
    pub(crate) mechanism: Option<String>,
    pub(crate) tls: Option<bool>,
    pub(crate) pipelined: Option<bool>,
    pub(crate) number: Option<u32>,
    pub(crate) message: Option<LetterPattern>,
    pub(crate) word: Option<LikeModel>,
    pub(crate) looks_like: Option<String>,
    pub(crate) reason: Option<ReasonModel>,
}

/// An IMAP exchange that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct ImapPatternModel {
    pub(crate) command: ImapKind,
    pub(crate) ok: Option<bool>,
    pub(crate) user: Option<LikeModel>,
    pub(crate) mailbox: Option<LikeModel>,
    pub(crate) set: Option<LikeModel>,
    pub(crate) uid: Option<bool>,
    pub(crate) tls: Option<bool>,
    pub(crate) pipelined: Option<bool>,
    pub(crate) items: Vec<Str>,
    pub(crate) flags: Vec<Str>,
    pub(crate) message: Option<LetterPattern>,
    pub(crate) word: Option<LikeModel>,
    pub(crate) looks_like: Option<String>,
    pub(crate) reason: Option<ReasonModel>,
}

/// What a message must be like.
#[derive(Debug, Clone, Default)]
pub(crate) struct LetterPattern {
    pub(crate) fields: Vec<(String, LikeModel)>,
    pub(crate) headers: Vec<Str>,
    pub(crate) without: Vec<Str>,
    pub(crate) body: Option<LikeModel>,
    pub(crate) empty_line: Option<bool>,
    pub(crate) signed: Option<SignedModel>,
    pub(crate) encrypted: Option<EncryptedModel>,
}

/// Whether a message is signed.
#[derive(Debug, Clone)]
pub(crate) enum SignedModel {
    Not,
    /// By whom, and what is wrong; nothing may be where no reason is named.
    Is {
        by: Option<LikeModel>,
        reason: Option<String>,
    },
}

/// Whether a message is encrypted.
#[derive(Debug, Clone)]
pub(crate) enum EncryptedModel {
    Not,
    /// For whom.
    Is(Option<LikeModel>),
}
