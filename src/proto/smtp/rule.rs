//! The rule behind each answer: where the standards say what the server did.

use crate::event::{SmtpCommand, SmtpReason, SmtpVerb};
use crate::rfc::{Section, section};

/// The section that is the rule for answering `command` with `reason`.
pub(super) fn rule(command: &SmtpCommand, reason: &SmtpReason) -> Section {
    use SmtpReason as R;
    match reason {
        R::Greeting => section(5321, "4.3.1"),
        R::Hello => section(5321, "4.1.1.1"),
        R::SenderAccepted
        | R::RecipientAccepted
        | R::StartMail
        | R::Reset
        | R::Nothing
        | R::Help
        | R::Closing => of_verb(command.verb()),
        R::MessageAccepted { .. } => section(5321, "4.2.5"),
        R::NotVerified | R::Verified { .. } => section(5321, "3.5.3"),
        R::Expanded { .. } => section(5321, "4.1.1.7"),
        R::UnknownCommand | R::NotImplemented => section(5321, "4.2.4"),
        R::OutOfOrder { .. } | R::NestedMail | R::NoRecipients => section(5321, "4.1.4"),
        R::BadHostName => section(5321, "4.1.1.1"),
        R::BadAddress(_) => section(5321, "4.1.2"),
        R::MissingArgument
        | R::MissingKeyword { .. }
        | R::MissingColon
        | R::MissingBrackets
        | R::UnclosedBracket
        | R::SpaceAroundColon
        | R::UnexpectedArgument => of_verb(command.verb()),
        R::UnknownParameter { .. } | R::ParameterWithoutEhlo { .. } => section(5321, "4.1.1.11"),
        R::BadParameter { name } => of_parameter(name),
        R::TooBig { .. } if matches!(command, SmtpCommand::Message { .. }) => section(1870, "6.3"),
        R::TooBig { .. } => section(1870, "6.1"),
        R::NoSuchUser { .. } | R::NoSuchDomain { .. } => section(5321, "3.3"),
        R::RelayDenied { .. } => section(5321, "3.6.2"),
        R::SenderRefused { .. } => section(5321, "7.9"),
        R::MailboxFull { .. } | R::NoRoom => section(5321, "4.2.3"),
        R::TooManyRecipients { .. } => section(5321, "4.5.3.1.8"),
        R::TooManyConnections { .. } | R::TooManyErrors { .. } => section(5321, "3.8"),
        R::LineTooLong { .. } => section(5321, "4.5.3.1.4"),
        R::TooManyHops { .. } => section(5321, "6.3"),
        R::SpfFailed { .. } => section(7208, "8.4"),
        R::DmarcFailed { .. } => section(9989, "4.7"),
        R::BareLineEnd { .. } => section(5321, "2.3.8"),
        R::TimedOut => section(5321, "4.5.3.2.7"),
        R::Greylisted { .. } => section(6647, "2"),
        R::Trouble { .. } => section(5321, "4.2.1"),
        R::StartTls | R::TlsRequired => section(3207, "4"),
        R::TlsActive => section(3207, "4.2"),
        R::InTransaction if command.verb() == Some(SmtpVerb::Starttls) => section(3207, "4"),
        R::InTransaction if command.verb() == Some(SmtpVerb::Etrn) => section(1985, "5.2"),
        R::EncryptionNeeded { .. }
        | R::Challenge
        | R::Authenticated { .. }
        | R::AuthCancelled
        | R::BadBase64
        | R::AuthTooLong { .. }
        | R::UnknownMechanism { .. }
        | R::AlreadyAuthenticated
        | R::InTransaction => section(4954, "4"),
        R::AuthFailed { .. } => section(4954, "6"),
        R::AuthRequired => section(6409, "4.3"),
        R::SenderNotOwned { .. } => section(6409, "6.1"),
        R::ChunkAccepted { .. } | R::AfterChunk | R::ChunkDropped | R::EmptyChunk => section(3030, "2"),
        R::BinaryNeedsBdat => section(3030, "3"),
        R::QueueStarted { .. } | R::QueueUnknown { .. } => section(1985, "5.3"),
    }
}

fn of_parameter(name: &str) -> Section {
    match name {
        "SIZE" => section(1870, "3"),
        "BODY" => section(6152, "2"),
        "SMTPUTF8" => section(6531, "3.4"),
        "RET" => section(3461, "4.3"),
        "ENVID" => section(3461, "4.4"),
        "NOTIFY" => section(3461, "4.1"),
        "ORCPT" => section(3461, "4.2"),
        "AUTH" => section(4954, "5"),
        "BDAT" => section(3030, "2"),
        _ => section(5321, "4.1.1.11"),
    }
}

fn of_verb(verb: Option<SmtpVerb>) -> Section {
    verb.map_or_else(|| section(5321, "4.1.1"), SmtpVerb::rule)
}
