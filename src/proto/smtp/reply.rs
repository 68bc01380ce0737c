//! From a typed reason to the reply on the wire: which row of the table speaks, and how its text is filled in.

use super::command::printable;
use super::replies::Key;
use super::style::Style;
use crate::event::{EnhancedCode, LooksLike, Reply, SmtpCommand, SmtpReason, SmtpVerb};
use crate::mail::AddressFaultKind;
use crate::proto::template::fill;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The longest reply line, its CRLF not counted (RFC 5321 section 4.5.3.1.5).
const LINE_LIMIT: usize = 510;
/// Sendmail shows this much of a long line it repeats.
const SHOWN: usize = 203;

/// Whose replies, and with which texts of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice<'a> {
    /// The style.
    pub(super) style: Style,
    /// Texts of this host alone, by key.
    pub(super) texts: &'a BTreeMap<String, String>,
    /// Enhanced codes are sent where the style has them.
    pub(super) enhanced: bool,
}

/// The row of the table that answers `command` for `reason`.
pub(super) fn key(command: &SmtpCommand, reason: &SmtpReason) -> Key {
    use SmtpReason as R;
    match reason {
        R::Greeting => Key::Greeting,
        R::Hello if command.verb() == Some(SmtpVerb::Ehlo) => Key::Ehlo,
        R::Hello => Key::Helo,
        R::SenderAccepted => Key::SenderOk,
        R::RecipientAccepted => Key::RecipientOk,
        R::StartMail => Key::StartMail,
        R::MessageAccepted { .. } => Key::Accepted,
        R::Reset => Key::Reset,
        R::Nothing => Key::Noop,
        R::Help => Key::Help,
        R::NotVerified => Key::NotVerified,
        R::Verified { .. } => Key::Verified,
        R::Expanded { .. } => Key::Expanded,
        R::Closing => Key::Closing,
        R::NestedMail => Key::NestedMail,
        R::NoRecipients => Key::NoRecipients,
        R::NoSuchUser { .. } => Key::NoSuchUser,
        R::RelayDenied { .. } => Key::RelayDenied,
        R::NoSuchDomain { .. } => Key::NoSuchDomain,
        R::MailboxFull { .. } => Key::MailboxFull,
        R::TooManyRecipients { .. } => Key::TooManyRecipients,
        R::TooManyConnections { .. } => Key::TooManyConnections,
        R::TooManyErrors { .. } => Key::TooManyErrors,
        R::LineTooLong { .. } => Key::LineTooLong,
        R::TooManyHops { .. } => Key::TooManyHops,
        R::SpfFailed { .. } => Key::SpfFailed,
        R::DmarcFailed { .. } => Key::DmarcFailed,
        R::BareLineEnd { carriage_return: false } => Key::BareLineFeed,
        R::BareLineEnd { carriage_return: true } => Key::BareCarriageReturn,
        R::TimedOut => Key::TimedOut,
        R::TooBig { .. } if matches!(command, SmtpCommand::Message { .. }) => Key::TooBig,
        R::TooBig { .. } => Key::AnnouncedTooBig,
        R::NoRoom if matches!(command, SmtpCommand::Message { .. }) => Key::NotStored,
        R::NoRoom => Key::NoRoom,
        R::SenderRefused { .. } if matches!(command, SmtpCommand::Malformed { .. }) => {
            Key::SenderWithoutDomain
        }
        R::SenderRefused { .. } => Key::SenderRefused,
        R::UnknownCommand | R::NotImplemented => no_command(command),
        R::OutOfOrder { .. } => match command.verb() {
            Some(SmtpVerb::Data) => Key::DataTooEarly,
            Some(SmtpVerb::Bdat) => Key::DataTooEarly,
            Some(SmtpVerb::Rcpt) => Key::MailFirst,
            Some(SmtpVerb::Auth | SmtpVerb::Starttls) => Key::EhloFirst,
            _ => Key::HeloFirst,
        },
        R::MissingArgument
        | R::MissingKeyword { .. }
        | R::MissingColon
        | R::MissingBrackets
        | R::UnclosedBracket
        | R::SpaceAroundColon
        | R::BadAddress(_)
        | R::BadHostName
        | R::UnexpectedArgument
        | R::UnknownParameter { .. }
        | R::BadParameter { .. }
        | R::ParameterWithoutEhlo { .. } => malformed(command.verb(), reason),
        _ => of_extension(command, reason),
    }
}

/// Answers of STARTTLS, AUTH, BDAT and ETRN.
fn of_extension(command: &SmtpCommand, reason: &SmtpReason) -> Key {
    use SmtpReason as R;
    match reason {
        R::StartTls => Key::StartTls,
        R::TlsActive => Key::TlsActive,
        R::TlsRequired => Key::TlsFirst,
        R::EncryptionNeeded { .. } => Key::TlsForAuth,
        R::AuthRequired => Key::AuthFirst,
        R::Challenge => Key::Challenge,
        R::Authenticated { .. } => Key::Authenticated,
        R::AuthFailed { .. } => Key::AuthFailed,
        R::AuthCancelled => Key::AuthCancelled,
        R::BadBase64 => Key::BadBase64,
        R::AuthTooLong { .. } => Key::AuthTooLong,
        R::UnknownMechanism { .. } => Key::UnknownMechanism,
        R::AlreadyAuthenticated => Key::AlreadyAuthenticated,
        R::InTransaction if command.verb() == Some(SmtpVerb::Starttls) => Key::TlsInTransaction,
        R::InTransaction if command.verb() == Some(SmtpVerb::Etrn) => Key::EtrnInTransaction,
        R::InTransaction => Key::AuthInTransaction,
        R::SenderNotOwned { .. } => Key::SenderNotOwned,
        R::ChunkAccepted { .. } => Key::Chunk,
        R::AfterChunk => Key::AfterChunk,
        R::ChunkDropped => Key::ChunkDropped,
        R::EmptyChunk => Key::EmptyChunk,
        R::BinaryNeedsBdat => Key::BinaryNeedsBdat,
        R::QueueStarted { .. } => Key::EtrnStarted,
        R::QueueUnknown { .. } => Key::EtrnRefused,
        // All others have a row of their own in `key`.
        _ => Key::UnknownCommand,
    }
}

fn no_command(command: &SmtpCommand) -> Key {
    match command {
        SmtpCommand::NotOffered { verb: SmtpVerb::Expn } => Key::NoExpn,
        SmtpCommand::NotOffered { verb: SmtpVerb::Starttls } => Key::NoStarttls,
        SmtpCommand::NotOffered { verb: SmtpVerb::Auth } => Key::NoAuth,
        SmtpCommand::NotOffered { verb: SmtpVerb::Vrfy } => Key::NoVrfy,
        SmtpCommand::NotOffered { verb: SmtpVerb::Bdat } => Key::NoBdat,
        SmtpCommand::NotOffered { verb: SmtpVerb::Etrn } => Key::NoEtrn,
        SmtpCommand::NotOffered { .. } => Key::NotImplemented,
        SmtpCommand::Unknown { looks_like: Some(LooksLike::Empty), .. } => Key::EmptyLine,
        _ => Key::UnknownCommand,
    }
}

fn malformed(verb: Option<SmtpVerb>, reason: &SmtpReason) -> Key {
    use AddressFaultKind as K;
    use SmtpReason as R;
    let mail = verb == Some(SmtpVerb::Mail);
    let by = |sender, recipient| if mail { sender } else { recipient };
    match (verb, reason) {
        (Some(SmtpVerb::Auth), _) => Key::AuthSyntax,
        (Some(SmtpVerb::Bdat), _) => Key::BdatSyntax,
        (Some(SmtpVerb::Etrn), R::BadHostName) => Key::EtrnBadDomain,
        (Some(SmtpVerb::Etrn), _) => Key::EtrnSyntax,
        (_, R::UnexpectedArgument) => Key::NoArgument,
        (_, R::UnknownParameter { .. } | R::ParameterWithoutEhlo { .. }) => Key::UnknownParameter,
        (_, R::BadParameter { name }) if name == "SIZE" => Key::BadSize,
        (_, R::BadParameter { name }) if name == "BODY" => Key::BadBody,
        (_, R::BadParameter { .. }) => by(Key::BadMailParameter, Key::BadRcptParameter),
        (_, R::BadHostName) => Key::BadName,
        (Some(SmtpVerb::Helo | SmtpVerb::Ehlo), _) => Key::NoName,
        (Some(SmtpVerb::Vrfy | SmtpVerb::Expn), _) => Key::VrfySyntax,
        (_, R::MissingArgument) => by(Key::NoSender, Key::NoRecipient),
        (_, R::UnclosedBracket) => by(Key::UnclosedSender, Key::UnclosedRecipient),
        (_, R::MissingBrackets) => by(Key::BadSender, Key::BadRecipient),
        (_, R::BadAddress(fault)) => match fault.kind {
            K::OpenQuote | K::StrayBracket => by(Key::UnclosedSender, Key::UnclosedRecipient),
            K::MissingDomain => by(Key::SenderWithoutHost, Key::RecipientWithoutHost),
            K::TwoAts => by(Key::SenderWithTwoAts, Key::RecipientWithTwoAts),
            K::NotAscii => by(Key::AsciiSender, Key::AsciiRecipient),
            K::BadLabel | K::BadLiteral => by(Key::BadSenderDomain, Key::BadRecipientDomain),
            _ => by(Key::BadSender, Key::BadRecipient),
        },
        _ => by(Key::MailSyntax, Key::RcptSyntax),
    }
}

impl Voice<'_> {
    /// The reply of the row `key`, its text replaced where the host has its own, filled in with what `term` knows for the
    /// name of a placeholder.
    pub(super) fn say<'t>(&self, key: Key, term: impl Fn(&str) -> Option<Cow<'t, str>>) -> Reply {
        let (code, enhanced, text) = parts(key.template(self.style));
        let text = self.texts.get(key.name()).map_or(text, String::as_str);
        let enhanced = enhanced.filter(|_| self.enhanced);
        let lines = text.split('\n').map(|line| fill(line, &term)).collect();
        Reply { code, enhanced, lines }
    }
}

/// A row's code, enhanced code and text. The table is checked by a test; what could not be read would be a 451.
fn parts(template: &str) -> (u16, Option<EnhancedCode>, &str) {
    let (code, text) = template.split_once(' ').unwrap_or((template, ""));
    let code = code.parse().unwrap_or(451);
    match text.split_once(' ').and_then(|(first, rest)| Some((EnhancedCode::parse(first)?, rest))) {
        Some((enhanced, rest)) => (code, Some(enhanced), rest),
        None => (code, None, text),
    }
}

/// What a reply may repeat of what a client sent: no control characters, and not all of it where it is long.
pub(super) fn quotable(octets: &[u8]) -> String {
    let text: Vec<char> = printable(octets).chars().collect();
    if text.len() <= SHOWN {
        return text.into_iter().collect();
    }
    let half = (SHOWN - 3) / 2;
    let (head, tail) = (text.iter().take(half), text.iter().skip(text.len() - half));
    head.chain(&['.', '.', '.']).chain(tail).collect()
}

/// The reply as it stands on the wire: each line with the code, a hyphen in all but the last (RFC 5321 section
/// 4.2.1), and the enhanced code again in each (RFC 2034 section 4).
pub(super) fn wire(reply: &Reply) -> Vec<u8> {
    let mut octets = Vec::new();
    let last = reply.lines.len().saturating_sub(1);
    for (n, text) in reply.lines.iter().enumerate() {
        let sign = if n == last { ' ' } else { '-' };
        let mut line = match reply.enhanced {
            Some(enhanced) => format!("{:03}{sign}{enhanced} {text}", reply.code),
            None => format!("{:03}{sign}{text}", reply.code),
        };
        let mut end = line.len().min(LINE_LIMIT);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        line.truncate(end);
        octets.extend_from_slice(line.as_bytes());
        octets.extend_from_slice(b"\r\n");
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::smtp::replies::PLACEHOLDERS;

    #[test]
    fn every_row_reads_as_a_reply_and_names_known_placeholders() {
        for key in Key::ALL {
            for style in Style::ALL {
                let template = key.template(style);
                let (code, enhanced, text) = parts(template);
                let class = u16::from(enhanced.map_or((code / 100) as u8, |e| e.0));
                let own = [Key::NotSmtp, Key::TlsFirst].contains(key) || class == code / 100;
                assert!((200..=555).contains(&code) && own && !text.is_empty(), "{template}");
                assert!(enhanced.is_none() || ![Style::Qmail, Style::Exim].contains(&style), "{template}");
                for name in text.split('{').skip(1).filter_map(|t| t.split_once('}')).map(|(n, _)| n) {
                    assert!(PLACEHOLDERS.contains(&name), "{template}");
                }
            }
        }
    }

    #[test]
    fn keys_are_the_names_in_their_order() {
        assert_eq!(Key::ALL.iter().map(|k| k.name()).collect::<Vec<_>>(), Key::NAMES);
    }

    #[test]
    fn texts_of_a_host_replace_the_words_and_keep_the_codes() {
        let texts =
            BTreeMap::from([("sender-ok".to_owned(), "fine, {address}\nindeed {nobody} {".to_owned())]);
        let term = |name: &str| (name == "address").then_some("{host}@x".into());
        let voice = Voice { style: Style::Postfix, texts: &texts, enhanced: true };
        let reply = voice.say(Key::SenderOk, term);
        assert_eq!(wire(&reply), b"250-2.1.0 fine, {host}@x\r\n250 2.1.0 indeed {nobody} {\r\n");
        let plain = Voice { enhanced: false, ..voice }.say(Key::Closing, term);
        assert_eq!(wire(&plain), b"221 Bye\r\n");
    }

    #[test]
    fn what_is_repeated_is_short_and_printable() {
        assert_eq!(quotable(b"a\x1b[2Jb\r\x00\xff"), "a?[2Jb??\u{fffd}");
        assert_eq!(quotable(&[b'x'; 300]).len(), SHOWN);
        let long = Reply { code: 250, enhanced: None, lines: vec!["ü".repeat(400)] };
        assert_eq!(wire(&long).len(), LINE_LIMIT + 2);
    }

    #[test]
    fn enhanced_codes() {
        for (word, is) in
            [("2.1.5", true), ("5.7.27", true), ("3.1.5", false), ("2.1", false), ("2.1.5.", false)]
        {
            assert_eq!(EnhancedCode::parse(word).is_some(), is, "{word}");
        }
    }
}
