//! A scenario as its file has it: variables not drawn, names not filled in, every part with its place in the file.
//!
//! What a part needs and what could not be read is `None`; the fault is reported where it was found, and what
//! depends on it is passed over in silence, so that one mistake gives one fault.

mod pattern;
mod post;

pub(crate) use pattern::{
    EncryptedModel, ExpectModel, FlaggedModel, HowModel, ImapPatternModel, LetterPattern, LikeModel,
    ParamModel, Pop3Model, ReasonModel, ReportedModel, SenderPatternModel, SignedModel, SmtpModel,
    SoughtModel, TieModel, TlsPatternModel, WhatModel,
};
pub(crate) use post::{
    FolderModel, ForwardModel, MailKeyModel, PlaceModel, PostModel, ProtectModel, QueueModel, SmarthostModel,
};

use super::task::Hidden;
use super::template::{At, Str, Texts};
use crate::event::{CommonMistake, FaultKind, TlsLevel, TlsVersion};
use crate::mail::CertificateKind;
use crate::mail::compose::ReceiptMode;
use crate::mail::dkim::DkimAlgorithm;
use crate::mail::sasl::Mechanism;
use crate::units::{Points, Zone};
use crate::world::{Network, VerifySetup};
use jiff::civil::Date;
use std::ops::{Range, RangeInclusive};
use std::time::Duration;

/// The whole file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) id: Option<Str>,
    pub(crate) title: Option<Texts>,
    pub(crate) topics: Vec<String>,
    pub(crate) minutes: u32,
    pub(crate) order: Option<u32>,
    pub(crate) after: Vec<Str>,
    /// No hints, and nothing is told before it is handed in.
    pub(crate) exam: bool,
    pub(crate) brief: Option<Texts>,
    pub(crate) closing: Option<Texts>,
    pub(crate) real: Option<Texts>,
    pub(crate) vars: Vec<Var>,
    pub(crate) workstation: WorkstationModel,
    pub(crate) hosts: Vec<HostModel>,
    pub(crate) domains: Vec<DomainModel>,
    pub(crate) mailboxes: Vec<MailboxModel>,
    pub(crate) mail_keys: Vec<MailKeyModel>,
    pub(crate) faults: Vec<FaultModel>,
    pub(crate) people: Vec<PersonModel>,
    pub(crate) files: Vec<(Str, Texts)>,
    pub(crate) ports: Vec<(Str, Str)>,
    pub(crate) steps: Vec<StepModel>,
    pub(crate) common: CommonModel,
    pub(crate) solutions: Vec<ScriptModel>,
    pub(crate) counterexamples: Vec<CounterModel>,
    /// Variables that decide what there is.
    pub(crate) decides: Vec<String>,
    /// What there is differs from draw to draw, or a number or word does, so that each draw is read by itself.
    pub(crate) varies: bool,
    /// Every string of the file.
    pub(crate) strings: Vec<Str>,
    /// Every text in both languages.
    pub(crate) translations: Vec<Texts>,
    /// Some hosts have no readable name, so that a reference to a host may be right after all.
    pub(crate) lost_hosts: bool,
    /// Likewise steps and their ids.
    pub(crate) lost_steps: bool,
    /// Likewise domains, mailboxes, certificates for mail and variables.
    pub(crate) lost_domains: bool,
    pub(crate) lost_mailboxes: bool,
    pub(crate) lost_mail_keys: bool,
    pub(crate) lost_vars: bool,
}

/// A variable of `[vars]`.
#[derive(Debug, Clone)]
pub(crate) struct Var {
    pub(crate) name: Str,
    pub(crate) kind: VarKind,
    /// A hint must not give it away.
    pub(crate) secret: bool,
}

/// Where a variable's value comes from.
#[derive(Debug, Clone)]
pub(crate) enum VarKind {
    /// One of these; where it is one, every attempt has it.
    Pick(Vec<Texts>),
    /// An everyday word.
    Word,
    /// A first name in lower case.
    Name,
    /// An address in this network.
    Ip(At<Network>),
    /// A whole number, both ends included.
    Number(i64, i64),
    /// A domain of an everyday word below this one.
    Domain(Str),
    /// A day, both ends included.
    Date(Date, Date),
    /// These in any order.
    Shuffle(Vec<Texts>),
    /// Worked out from variables above it.
    Derived(Derivation, Vec<Texts>),
}

/// How a variable's value is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Derivation {
    /// The text as it is.
    Text,
    /// In base64 (RFC 4648 section 4).
    Base64,
    /// Its MD5 in hexadecimal.
    Md5,
    /// In capitals.
    Upper,
    /// In small letters.
    Lower,
    /// The sum of the numbers.
    Sum,
}

impl Derivation {
    /// All of them with their keys.
    pub(crate) const ALL: [(&'static str, Derivation); 6] = [
        ("text", Derivation::Text),
        ("base64", Derivation::Base64),
        ("md5", Derivation::Md5),
        ("upper", Derivation::Upper),
        ("lower", Derivation::Lower),
        ("sum", Derivation::Sum),
    ];
}

/// `[workstation]`.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorkstationModel {
    pub(crate) name: Option<Str>,
    pub(crate) ip: Option<Str>,
    pub(crate) user: Option<Str>,
    pub(crate) resolver: Option<Str>,
    pub(crate) zone: Option<Zone>,
    pub(crate) account: Option<AccountModel>,
}

/// `[[host]]`.
#[derive(Debug, Clone)]
pub(crate) struct HostModel {
    pub(crate) name: Str,
    pub(crate) ip: Option<Str>,
    pub(crate) ptr: PtrModel,
    pub(crate) zone: Zone,
    pub(crate) domains: Option<Vec<Str>>,
    pub(crate) relay: RelayModel,
    pub(crate) relay_for: Vec<Str>,
    pub(crate) tls: Option<TlsModel>,
    pub(crate) outgoing: Option<OutgoingModel>,
    /// The learner may look into it and change its settings.
    pub(crate) open: bool,
    pub(crate) verify: VerifySetup,
    pub(crate) smtp: Option<ServiceModel>,
    /// `smtp = false`: that it takes no mail is meant so.
    pub(crate) no_smtp: bool,
    pub(crate) pop3: Option<ServiceModel>,
    pub(crate) imap: Option<ImapModel>,
    pub(crate) dns: bool,
    pub(crate) post: PostModel,
}

/// `tls` of a host.
#[derive(Debug, Clone)]
pub(crate) struct TlsModel {
    pub(crate) certificate: CertificateModel,
    pub(crate) names: Vec<Str>,
    pub(crate) versions: RangeInclusive<TlsVersion>,
}

/// `outgoing` of a host.
#[derive(Debug, Clone, Default)]
pub(crate) struct OutgoingModel {
    pub(crate) level: Option<TlsLevel>,
    /// The names of the level `secure`.
    pub(crate) names: Vec<Str>,
    pub(crate) versions: Option<RangeInclusive<TlsVersion>>,
}

/// `[[fault]]`.
#[derive(Debug, Clone)]
pub(crate) struct FaultModel {
    pub(crate) id: Str,
    pub(crate) kind: FaultKind,
    /// The text of a reply, which `kind` has not yet.
    pub(crate) text: Option<Str>,
    pub(crate) on: Option<Str>,
    pub(crate) from: Option<Str>,
    pub(crate) tries: Option<u32>,
    pub(crate) after: Duration,
    pub(crate) lasts: Option<Duration>,
    pub(crate) sender: Option<Str>,
    /// A recipient, or the mailbox that it is about.
    pub(crate) recipient: Option<Str>,
    pub(crate) name: Option<Str>,
    pub(crate) span: Range<usize>,
}

/// `certificate` of a host.
#[derive(Debug, Clone)]
pub(crate) enum CertificateModel {
    Kind(CertificateKind),
    OtherName(Str),
}

/// What the reverse look-up says.
#[derive(Debug, Clone)]
pub(crate) enum PtrModel {
    /// The host's own name.
    Own,
    /// Nothing.
    Nothing,
    /// This.
    Other(Str),
}

/// `relay`.
#[derive(Debug, Clone)]
pub(crate) enum RelayModel {
    Nobody,
    Anybody,
    Networks(Vec<Str>),
}

/// `smtp` or `pop3` of a host.
#[derive(Debug, Clone)]
pub(crate) struct ServiceModel {
    pub(crate) style: Option<Str>,
    pub(crate) banner_name: Option<Str>,
    pub(crate) ports: Option<Vec<At<u16>>>,
    /// Further ports, at which TLS comes first.
    pub(crate) tls_ports: Vec<At<u16>>,
    pub(crate) strict: bool,
    pub(crate) size_limit: Option<u64>,
    pub(crate) without: Vec<Str>,
    /// What POP3 alone has.
    pub(crate) pop3: Pop3Keys,
    pub(crate) texts: Vec<(Str, Texts)>,
    /// What an SMTP server can be told beside that.
    pub(crate) smtp: SmtpServiceModel,
    pub(crate) span: Range<usize>,
}

/// Keys of `pop3` beside those it shares with `smtp`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pop3Keys {
    pub(crate) auth: Option<Vec<Mechanism>>,
    pub(crate) apop: bool,
    pub(crate) auth_without_tls: Option<bool>,
    pub(crate) autologout: Option<Duration>,
}

/// `imap` of a host.
#[derive(Debug, Clone)]
pub(crate) struct ImapModel {
    pub(crate) service: ServiceModel,
    /// The mechanisms it offers.
    pub(crate) auth: Option<Vec<Str>>,
    pub(crate) auth_without_tls: bool,
}

/// What `smtp` of a host says about TLS, AUTH and weaknesses.
#[derive(Debug, Clone, Default)]
pub(crate) struct SmtpServiceModel {
    /// Further ports, for the host's own users.
    pub(crate) submission_ports: Vec<At<u16>>,
    pub(crate) auth: Vec<Str>,
    pub(crate) auth_without_tls: bool,
    pub(crate) require_tls: bool,
    pub(crate) own_sender: bool,
    pub(crate) vulnerable: Vec<Str>,
}

/// `[[domain]]`.
#[derive(Debug, Clone)]
pub(crate) struct DomainModel {
    pub(crate) name: Str,
    pub(crate) records: Vec<Str>,
    /// The learner may change it.
    pub(crate) open: bool,
    pub(crate) dkim: Vec<SigningModel>,
}

/// `dkim` of a domain.
#[derive(Debug, Clone)]
pub(crate) struct SigningModel {
    pub(crate) selector: Str,
    pub(crate) algorithm: DkimAlgorithm,
    pub(crate) publish: bool,
    pub(crate) host: Option<Str>,
}

/// `[[mailbox]]`.
#[derive(Debug, Clone)]
pub(crate) struct MailboxModel {
    pub(crate) address: Str,
    pub(crate) host: Option<Str>,
    pub(crate) password: Option<Str>,
    pub(crate) folders: Vec<FolderModel>,
    pub(crate) messages: Vec<(LetterModel, PlaceModel)>,
    pub(crate) quota: Option<u64>,
    pub(crate) forward: Option<ForwardModel>,
}

/// `account` of the workstation, and that of a person.
#[derive(Debug, Clone)]
pub(crate) struct AccountModel {
    pub(crate) name: Option<Texts>,
    pub(crate) address: Str,
    pub(crate) password: Option<Str>,
    /// Where mail is handed in.
    pub(crate) smtp: Option<Str>,
    /// Where mail is fetched.
    pub(crate) mailbox: Option<Str>,
}

/// `[[person]]`.
#[derive(Debug, Clone)]
pub(crate) struct PersonModel {
    pub(crate) account: AccountModel,
    pub(crate) ip: Option<Str>,
    pub(crate) device: Option<Str>,
    pub(crate) zone: Zone,
    pub(crate) limit: Option<u32>,
    pub(crate) habits: Vec<HabitModel>,
}

/// One of `does`.
#[derive(Debug, Clone)]
pub(crate) struct HabitModel {
    pub(crate) occasion: OccasionModel,
    pub(crate) after: Option<Duration>,
    pub(crate) once: bool,
    /// What they write is signed, and encrypted.
    pub(crate) smime: (bool, bool),
    pub(crate) act: ActModel,
}

/// What makes a person do something.
#[derive(Debug, Clone)]
pub(crate) enum OccasionModel {
    Mail(LetterPattern),
    At(Duration),
    Login(Str),
    Delivered(Str, LetterPattern),
}

/// What a person does.
#[derive(Debug, Clone)]
pub(crate) enum ActModel {
    Read,
    Reply {
        text: Texts,
        all: bool,
        quote: bool,
    },
    Forward {
        to: Str,
        text: Option<Texts>,
    },
    Away {
        text: Texts,
        subject: Option<Texts>,
    },
    /// `None`: never.
    Receipt(Option<ReceiptMode>),
    File(Str),
    Flag(Vec<Str>),
    Send(Box<WrittenModel>),
}

/// A letter that a person writes.
#[derive(Debug, Clone)]
pub(crate) struct WrittenModel {
    pub(crate) to: Option<Texts>,
    pub(crate) cc: Option<Texts>,
    pub(crate) bcc: Option<Texts>,
    pub(crate) reply_to: Option<Texts>,
    pub(crate) subject: Option<Texts>,
    pub(crate) body: Option<Texts>,
    pub(crate) receipt: bool,
    pub(crate) further: Vec<(String, Texts)>,
}

/// A message that lies in a mailbox from the start.
#[derive(Debug, Clone)]
pub(crate) enum LetterModel {
    /// Its whole text.
    Raw(Texts),
    /// The text of one of `[files]`.
    File(Str),
    /// Its fields in their order, and the body.
    Fields(Vec<(String, Texts)>, Option<Texts>),
}

/// `[[step]]`.
#[derive(Debug, Clone)]
pub(crate) struct StepModel {
    pub(crate) id: Str,
    pub(crate) points: Option<At<Points>>,
    /// Not needed for the whole to be done.
    pub(crate) optional: bool,
    pub(crate) title: Option<Texts>,
    pub(crate) task: Option<Texts>,
    pub(crate) check: Option<CheckModel>,
    pub(crate) hints: Vec<HintModel>,
    pub(crate) mistakes: Vec<MistakeModel>,
    pub(crate) hides: Vec<Hidden>,
}

/// What a step asks for.
#[derive(Debug, Clone)]
pub(crate) enum CheckModel {
    /// One of these ways.
    Events(Vec<WayModel>),
    Question {
        ask: Option<Texts>,
        answer: Option<AnswerModel>,
        wrong: Vec<(Option<Str>, Texts)>,
    },
}

/// One way to do a step: what is expected, where, in which order.
#[derive(Debug, Clone)]
pub(crate) struct WayModel {
    pub(crate) on: Option<Str>,
    /// In the order written; where nothing is said, with `on` it is.
    pub(crate) ordered: Option<bool>,
    pub(crate) expect: Vec<ExpectModel>,
}

/// The right answer.
#[derive(Debug, Clone)]
pub(crate) enum AnswerModel {
    Ip(Str),
    Text(Vec<Str>),
    Number(Str),
    /// A moment, as mail writes dates.
    Time(Str),
    /// A line of a message, and the mailbox whose newest message offers its lines.
    Line {
        right: Vec<Str>,
        of: Option<Str>,
    },
    Choice {
        options: Vec<(Str, Texts)>,
        right: Str,
    },
    /// Those of the options that are right, and what is said while some of them are missing.
    Several {
        options: Vec<(Str, Texts)>,
        right: Vec<Str>,
        missing: Option<Box<Texts>>,
    },
}

/// One of `hints`.
#[derive(Debug, Clone)]
pub(crate) struct HintModel {
    pub(crate) cost: Points,
    /// What it says; `None` for `commands = true`.
    pub(crate) text: Option<Texts>,
    pub(crate) span: Range<usize>,
}

/// `[[step.mistake]]`.
#[derive(Debug, Clone)]
pub(crate) struct MistakeModel {
    pub(crate) id: At<String>,
    pub(crate) on: OnModel,
    pub(crate) when: Option<SoughtModel>,
    pub(crate) even_if_expected: bool,
    pub(crate) say: Option<Texts>,
}

/// Where a mistake is looked for.
#[derive(Debug, Clone)]
pub(crate) enum OnModel {
    /// Where the step is done.
    AsStep,
    /// Anywhere.
    Anywhere,
    /// There.
    There(Str),
}

/// `[mistakes]`.
#[derive(Debug, Clone, Default)]
pub(crate) struct CommonModel {
    pub(crate) silenced: Vec<CommonMistake>,
    pub(crate) said: Vec<(CommonMistake, Texts)>,
}

/// `[[solution]]`, and the script of a counterexample.
#[derive(Debug, Clone)]
pub(crate) struct ScriptModel {
    pub(crate) name: String,
    pub(crate) script: Option<Texts>,
}

/// `[[counterexample]]`.
#[derive(Debug, Clone)]
pub(crate) struct CounterModel {
    pub(crate) script: ScriptModel,
    pub(crate) earns: Vec<(Str, Points)>,
    pub(crate) says: Vec<Str>,
}
