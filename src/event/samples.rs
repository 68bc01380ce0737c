//! For tests: one of each reason and resemblance, in the order of the variants.

use super::{
    EnhancedCode, FaultKind, ImapArgument, ImapReason, ImapState, LegTrouble, LooksLike, Pop3Reason,
    Pop3State, Reply, SmtpReason, SmtpStage, SmtpVerb, TlsFailure,
};
use crate::mail::certificate::CertificateFault;
use crate::mail::sasl::{ClientFault, Mechanism, SaslFault};
use crate::mail::{AddressFault, AddressFaultKind};
use crate::units::{MessageId, Span};

/// One of each [`LooksLike`].
pub(crate) fn resemblances() -> Vec<LooksLike> {
    use LooksLike as L;
    let (name, verb) = (|| "Subject".to_owned(), || "LIST".to_owned());
    vec![
        L::Header { name: name() },
        L::Pop3 { verb: verb() },
        L::Imap { verb: verb() },
        L::Smtp { verb: verb() },
        L::Http,
        L::Shell { program: verb() },
        L::Tls,
        L::Misspelt { verb: verb() },
        L::LoneDot,
        L::Reply,
        L::Text,
        L::Empty,
    ]
}

/// One of each [`SmtpReason`].
pub(crate) fn smtp_reasons() -> Vec<SmtpReason> {
    use SmtpReason as R;
    let s = || String::from("x@example.tld");
    let mut reasons = vec![
        R::Greeting,
        R::Hello,
        R::SenderAccepted,
        R::RecipientAccepted,
        R::StartMail,
        R::MessageAccepted { id: MessageId(1), queue_id: s() },
        R::Reset,
        R::Nothing,
        R::Help,
        R::NotVerified,
        R::Verified { address: s() },
        R::Expanded { list: s(), members: vec![s(), s()] },
        R::Closing,
        R::UnknownCommand,
        R::NotImplemented,
        R::OutOfOrder { wanted: vec![SmtpVerb::Mail] },
        R::NestedMail,
        R::NoRecipients,
        R::MissingArgument,
        R::MissingKeyword { keyword: s(), found: s() },
        R::MissingColon,
        R::MissingBrackets,
        R::UnclosedBracket,
        R::SpaceAroundColon,
        R::BadAddress(AddressFault { span: Span::at(0), kind: AddressFaultKind::Empty }),
        R::BadHostName,
        R::UnexpectedArgument,
        R::UnknownParameter { name: s() },
        R::BadParameter { name: s() },
        R::ParameterWithoutEhlo { name: s() },
        R::NoSuchUser { address: s() },
        R::RelayDenied { address: s() },
        R::NoSuchDomain { domain: s() },
        R::SenderRefused { address: s() },
        R::MailboxFull { address: s() },
        R::TooBig { limit: 1 },
        R::TooManyRecipients { limit: 1 },
        R::TooManyConnections { limit: 1 },
        R::TooManyErrors { limit: 1 },
        R::LineTooLong { limit: 1 },
        R::TooManyHops { limit: 1 },
        R::BareLineEnd { carriage_return: false },
        R::SpfFailed { domain: s(), explanation: None },
        R::DmarcFailed { domain: s() },
        R::NoRoom,
        R::TimedOut,
        R::Greylisted { seconds: 300 },
        R::Trouble { permanent: false },
    ];
    reasons.extend(smtp_extension_reasons());
    reasons
}

/// Those of STARTTLS, AUTH, BDAT and ETRN.
fn smtp_extension_reasons() -> Vec<SmtpReason> {
    use SmtpReason as R;
    let s = || String::from("x");
    vec![
        R::StartTls,
        R::TlsActive,
        R::TlsRequired,
        R::EncryptionNeeded { mechanism: s() },
        R::AuthRequired,
        R::Challenge,
        R::Authenticated { user: s() },
        R::AuthFailed { fault: SaslFault::Wrong },
        R::AuthCancelled,
        R::BadBase64,
        R::AuthTooLong { limit: 1 },
        R::UnknownMechanism { name: s() },
        R::AlreadyAuthenticated,
        R::InTransaction,
        R::SenderNotOwned { address: s(), user: s() },
        R::ChunkAccepted { octets: 1 },
        R::AfterChunk,
        R::ChunkDropped,
        R::EmptyChunk,
        R::BinaryNeedsBdat,
        R::QueueStarted { domain: s() },
        R::QueueUnknown { domain: s() },
    ]
}

/// One of each [`Pop3Reason`].
pub(crate) fn pop3_reasons() -> Vec<Pop3Reason> {
    use Pop3Reason as R;
    let id = MessageId(1);
    vec![
        R::Greeting,
        R::NameTaken,
        R::LoggedIn { messages: 2 },
        R::Done,
        R::MessageGiven { id },
        R::Marked { id },
        R::Closing { removed: 1 },
        R::UnknownCommand,
        R::NotImplemented,
        R::WrongState { wanted: Pop3State::Transaction },
        R::UserFirst,
        R::MissingArgument,
        R::BadArgument,
        R::LoginFailed,
        R::Locked { by: None },
        R::Challenge { mechanism: Mechanism::Plain, number: 1 },
        R::AuthCancelled,
        R::BadBase64,
        R::AuthFailed { fault: SaslFault::PlainParts },
        R::UnknownMechanism { name: "NTLM".into() },
        R::TlsRequired,
        R::TlsBegins,
        R::TlsActive,
        R::NoSuchMessage { number: 3, messages: 2 },
        R::AlreadyDeleted { number: 1 },
        R::LineTooLong { limit: 255 },
        R::TooManyConnections { limit: 10 },
        R::TooManyErrors { limit: 20 },
        R::TimedOut,
    ]
}

/// One of each [`ImapReason`].
pub(crate) fn imap_reasons() -> Vec<ImapReason> {
    use ImapReason as R;
    let s = || String::from("Archive");
    vec![
        R::Greeting,
        R::Done,
        R::LoggedIn,
        R::Selected { messages: 2, read_only: false },
        R::Fetched { ids: vec![MessageId(1)] },
        R::Found { messages: 2 },
        R::Stored { messages: 2 },
        R::Copied { messages: 2, moved: false },
        R::Appended { id: MessageId(1) },
        R::Expunged { messages: 2 },
        R::Listed { mailboxes: 2 },
        R::TlsBegins,
        R::LiteralWanted { octets: 2 },
        R::Challenge,
        R::Idling,
        R::News { messages: Some(2), expunged: 2, flags: 2 },
        R::Closing,
        R::MissingTag,
        R::MissingCommand,
        R::UnknownCommand,
        R::NotImplemented,
        R::WrongState { state: ImapState::Selected, wanted: ImapState::Selected },
        R::MissingArgument { wanted: ImapArgument::Mailbox },
        R::BadArgument { wanted: ImapArgument::Mailbox },
        R::UnexpectedArgument,
        R::EightBitAtom,
        R::LoginFailed,
        R::LoginDisabled,
        R::NoSuchMechanism { mechanism: s() },
        R::Cancelled,
        R::Sasl { fault: SaslFault::NotText },
        R::TlsNotOffered,
        R::TlsAlready,
        R::NoSuchMailbox { mailbox: s() },
        R::NotSelectable { mailbox: s() },
        R::AlreadyExists { mailbox: s() },
        R::HasChildren { mailbox: s() },
        R::InboxStays,
        R::BadName { mailbox: s() },
        R::TooManyMailboxes { limit: 2 },
        R::NoSuchMessage { number: 2, messages: 2 },
        R::StatusOfOpen,
        R::MessagesGone,
        R::NoSuchFlag { flag: s() },
        R::TooManyKeywords { limit: 2 },
        R::ReadOnly,
        R::UnknownCharset { charset: s() },
        R::MailboxFull,
        R::NoRoom,
        R::LineTooLong { limit: 2 },
        R::LiteralTooBig { limit: 2 },
        R::TooManyConnections { limit: 2 },
        R::TooManyErrors { limit: 2 },
        R::TimedOut,
        R::MailboxGone,
    ]
}

/// One of each [`LegTrouble`].
pub(crate) fn leg_troubles() -> Vec<LegTrouble> {
    use LegTrouble as T;
    let reply = || Reply { code: 554, enhanced: Some(EnhancedCode(5, 7, 1)), lines: vec!["no".to_owned()] };
    vec![
        T::TurnedAway(reply()),
        T::TlsNotOffered,
        T::TlsRefused(reply()),
        T::Handshake(TlsFailure::NoCommonVersion),
        T::Certificate(CertificateFault::SelfSigned),
        T::NoMechanism,
        T::LoginRefused(reply()),
        T::LoginBroken(ClientFault::OtherNonce),
        T::NoSmtpUtf8,
        T::TooBig { limit: 1000 },
    ]
}

/// One of each [`FaultKind`], and each way of saying it.
pub(crate) fn faults() -> Vec<FaultKind> {
    use FaultKind as F;
    let at = SmtpStage::Rcpt;
    vec![
        F::Reply { at, code: 451, text: None },
        F::Reply { at, code: 554, text: None },
        F::Greylist { delay: 300 },
        F::Greylist { delay: 1 },
        F::Tarpit { delay: 1500 },
        F::Slow { rate: 100 },
        F::Refused,
        F::NoAnswer,
        F::Reset,
        F::Silent { at },
        F::Cut { at },
        F::Cut { at: SmtpStage::End },
        F::CutMessage { octets: 100 },
        F::Full,
        F::StripTls { masked: true },
        F::StripTls { masked: false },
        F::ServFail,
        F::DnsSilent,
        F::Locked,
        F::Renumbered,
    ]
}
