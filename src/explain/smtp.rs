//! Reasons of SMTP servers, what they let pass, and what a line resembles, as messages.

use super::say::Say;
use crate::event::{LooksLike, SmtpCommand, SmtpExchange, SmtpReason, SmtpVerb, Tolerance};
use crate::mail::AddressFaultKind;
use crate::mail::sasl::{Mechanism, SaslFault};
use crate::rfc::{Section, section};
use crate::units::{Bytes, Span};

/// The message for the reason of an exchange.
pub(super) fn reason(exchange: &SmtpExchange) -> Say {
    use SmtpReason as R;
    let verb = exchange.command.verb().map_or("", SmtpVerb::name);
    let say = Say::new;
    let with_verb = |key| say(key).own("verb", verb);
    let with_example = |key| say(key).own("example", example(verb));
    let with_limit = |key, limit: u64| say(key).own("limit", limit.to_string());
    let with_address = |key, address: &str| say(key).text("address", address);
    match &exchange.reason {
        R::Greeting => say("smtp-greeting"),
        R::Hello => with_verb("smtp-hello"),
        R::SenderAccepted => sender(exchange),
        R::RecipientAccepted => with_address("smtp-recipient-accepted", &recipient(exchange)),
        R::StartMail => say("smtp-start-mail"),
        R::MessageAccepted { queue_id, .. } => say("smtp-message-accepted").text("queue", queue_id),
        R::Reset => say("smtp-reset"),
        R::Nothing => say("smtp-nothing"),
        R::Help => say("smtp-help"),
        R::NotVerified => say("smtp-not-verified"),
        R::Verified { address } => with_address("smtp-verified", address),
        R::Expanded { list, members } => {
            say("smtp-expanded").text("list", list).number("count", members.len() as u64)
        }
        R::Closing => say("smtp-closing"),
        R::UnknownCommand => unknown("smtp-unknown-command", &exchange.line),
        R::NotImplemented => with_verb("smtp-not-implemented"),
        R::OutOfOrder { wanted } => out_of_order(wanted, verb),
        R::NestedMail => say("smtp-nested-mail"),
        R::NoRecipients => say("smtp-no-recipients"),
        R::MissingArgument => with_verb("smtp-missing-argument"),
        R::MissingKeyword { keyword, found } => with_example("smtp-missing-keyword")
            .own("verb", verb)
            .text("keyword", keyword)
            .text("found", found)
            .choice("bare", found.trim().is_empty()),
        R::MissingColon => with_example("smtp-missing-colon"),
        R::MissingBrackets => with_example("smtp-missing-brackets"),
        R::UnclosedBracket => with_example("smtp-unclosed-bracket"),
        R::SpaceAroundColon => with_example("smtp-space-around-colon"),
        R::BadAddress(fault) => address(fault.kind, verb, &there(&exchange.line, exchange.span)),
        R::BadHostName => say("smtp-bad-host-name").text("word", &argument(&exchange.line)),
        R::UnexpectedArgument => with_verb("smtp-unexpected-argument"),
        R::UnknownParameter { name } => say("smtp-unknown-parameter").text("name", name),
        R::BadParameter { name } => say("smtp-bad-parameter").text("name", name),
        R::ParameterWithoutEhlo { name } => say("smtp-parameter-without-ehlo").text("name", name),
        R::NoSuchUser { address } => with_address("smtp-no-such-user", address),
        R::RelayDenied { address } => with_address("smtp-relay-denied", address),
        R::NoSuchDomain { domain } => say("smtp-no-such-domain").text("domain", domain),
        R::SenderRefused { address } => with_address("smtp-sender-refused", address),
        R::MailboxFull { address } => {
            with_address("smtp-mailbox-full", address).choice("temporary", exchange.reply.code < 500)
        }
        R::TooBig { limit } => with_limit("smtp-too-big", *limit),
        R::TooManyRecipients { limit } => with_limit("smtp-too-many-recipients", u64::from(*limit)),
        R::TooManyConnections { limit } => with_limit("smtp-too-many-connections", u64::from(*limit)),
        R::TooManyErrors { limit } => with_limit("smtp-too-many-errors", u64::from(*limit)),
        R::LineTooLong { limit } => with_limit("smtp-line-too-long", *limit as u64),
        R::TooManyHops { limit } => with_limit("smtp-too-many-hops", u64::from(*limit)),
        R::BareLineEnd { carriage_return } => {
            say(if *carriage_return { "smtp-bare-carriage-return" } else { "smtp-bare-line-feed" })
        }
        R::SpfFailed { domain, .. } => say("smtp-spf-failed").text("domain", domain),
        R::DmarcFailed { domain } => say("smtp-dmarc-failed").text("domain", domain),
        R::NoRoom => say("smtp-no-room"),
        R::TimedOut => say("smtp-timed-out"),
        _ => extension(exchange, verb),
    }
}

/// The same for STARTTLS, AUTH, BDAT and ETRN.
fn extension(exchange: &SmtpExchange, verb: &'static str) -> Say {
    use SmtpReason as R;
    let say = Say::new;
    match &exchange.reason {
        R::StartTls => say("smtp-start-tls"),
        R::TlsActive => say("smtp-tls-active"),
        R::TlsRequired => say("smtp-tls-required").own("verb", verb),
        R::EncryptionNeeded { mechanism } => say("smtp-encryption-needed").text("mechanism", mechanism),
        R::AuthRequired => say("smtp-auth-required"),
        R::Challenge => challenge(exchange),
        R::Authenticated { user } => say("smtp-authenticated").text("user", user),
        R::AuthFailed { fault } => sasl_fault(*fault),
        R::AuthCancelled => say("smtp-auth-cancelled"),
        R::BadBase64 => say("smtp-bad-base64"),
        R::AuthTooLong { limit } => say("smtp-auth-too-long").own("limit", limit.to_string()),
        R::UnknownMechanism { name } => say("smtp-unknown-mechanism").text("name", name),
        R::AlreadyAuthenticated => say("smtp-already-authenticated"),
        R::InTransaction => say("smtp-in-transaction").own("verb", verb),
        R::SenderNotOwned { address, user } => {
            say("smtp-sender-not-owned").text("address", address).text("user", user)
        }
        R::ChunkAccepted { octets } => say("smtp-chunk-accepted").own("octets", octets.to_string()),
        R::AfterChunk => say("smtp-after-chunk").own("verb", verb),
        R::ChunkDropped => say("smtp-chunk-dropped"),
        R::EmptyChunk => say("smtp-empty-chunk"),
        R::BinaryNeedsBdat => say("smtp-binary-needs-bdat"),
        R::QueueStarted { domain } => say("smtp-queue-started").text("domain", domain),
        R::QueueUnknown { domain } => say("smtp-queue-unknown").text("domain", domain),
        R::Greylisted { seconds } => say("smtp-greylisted").number("seconds", u64::from(*seconds)),
        R::Trouble { permanent } => say("smtp-trouble").choice("permanent", *permanent),
        // All others have their message above.
        _ => say("smtp-nothing"),
    }
}

/// What the server asks for with 334, as far as the mechanism and the moment tell.
fn challenge(exchange: &SmtpExchange) -> Say {
    let first = !matches!(exchange.command, SmtpCommand::AuthResponse { .. });
    let name = match &exchange.command {
        SmtpCommand::Auth { mechanism } => Mechanism::parse(mechanism),
        SmtpCommand::AuthResponse { mechanism } => Some(*mechanism),
        _ => None,
    };
    let said = exchange.reply.lines.first().map_or("", String::as_str);
    Say::new(match (name, first) {
        (Some(Mechanism::Plain), _) => "smtp-challenge-plain",
        (Some(Mechanism::Login), _) if said == "VXNlcm5hbWU6" => "smtp-challenge-username",
        (Some(Mechanism::Login), _) => "smtp-challenge-password",
        (Some(Mechanism::CramMd5), _) => "smtp-challenge-cram",
        (Some(Mechanism::ScramSha256), true) if said.is_empty() => "smtp-challenge-scram-begin",
        (Some(Mechanism::ScramSha256), true) => "smtp-challenge-scram",
        (Some(Mechanism::ScramSha256), false) => "smtp-challenge-scram-next",
        (None, _) => "smtp-challenge",
    })
}

fn sasl_fault(fault: SaslFault) -> Say {
    Say::new(match fault {
        SaslFault::ServerFirst => "sasl-server-first",
        SaslFault::PlainParts => "sasl-plain-parts",
        SaslFault::NotText => "sasl-not-text",
        SaslFault::EmptyUser => "sasl-empty-user",
        SaslFault::DigestForm => "sasl-digest-form",
        SaslFault::ScramForm => "sasl-scram-form",
        SaslFault::ChannelBinding => "sasl-channel-binding",
        SaslFault::OtherNonce => "sasl-other-nonce",
        SaslFault::Wrong => "sasl-wrong",
    })
}

/// What else is to be said about an exchange.
pub(super) fn notes(exchange: &SmtpExchange) -> Vec<Say> {
    let mut notes: Vec<Say> = exchange.tolerated.iter().map(|t| tolerance(*t)).collect();
    if let SmtpCommand::Unknown { looks_like: Some(looks_like), .. } = &exchange.command {
        notes.push(resembles(looks_like, "smtp"));
    }
    notes
}

/// How the command is typed as the standard has it.
fn example(verb: &str) -> &'static str {
    if verb == "RCPT" { "RCPT TO:<bert@example.org>" } else { "MAIL FROM:<anna@example.org>" }
}

/// What is wrong with an address in the argument of `verb`; `there` is the text at fault.
pub(super) fn address(kind: AddressFaultKind, verb: &str, there: &str) -> Say {
    let there = |key| Say::new(key).text("there", there);
    match kind {
        AddressFaultKind::Empty => Say::new("address-empty").own("verb", verb).own("example", example(verb)),
        AddressFaultKind::MissingDomain => there("address-missing-domain"),
        AddressFaultKind::EmptyLocalPart => Say::new("address-empty-local-part"),
        AddressFaultKind::TwoAts => Say::new("address-two-ats"),
        AddressFaultKind::MisplacedDot => Say::new("address-misplaced-dot"),
        AddressFaultKind::BadCharacter => there("address-bad-character"),
        AddressFaultKind::OpenQuote => Say::new("address-open-quote"),
        AddressFaultKind::BadLabel => there("address-bad-label"),
        AddressFaultKind::BadLiteral => Say::new("address-bad-literal"),
        AddressFaultKind::StrayBracket => Say::new("address-stray-bracket"),
        AddressFaultKind::TooLong => Say::new("address-too-long"),
        AddressFaultKind::NotAscii => there("address-not-ascii"),
    }
}

/// The rule that an address breaks.
pub(super) fn address_rule(kind: AddressFaultKind) -> Section {
    match kind {
        AddressFaultKind::BadLiteral => section(5321, "4.1.3"),
        AddressFaultKind::TooLong => section(5321, "4.5.3.1"),
        AddressFaultKind::NotAscii => section(6531, "3.1"),
        AddressFaultKind::BadLabel => section(1035, "2.3.1"),
        _ => section(5321, "4.1.2"),
    }
}

fn tolerance(tolerance: Tolerance) -> Say {
    Say::new(match tolerance {
        Tolerance::NoBrackets => "tolerance-no-brackets",
        Tolerance::SpaceAfterColon => "tolerance-space-after-colon",
        Tolerance::SpaceBeforeColon => "tolerance-space-before-colon",
        Tolerance::TrailingSpace => "tolerance-trailing-space",
        Tolerance::TextAfterAddress => "tolerance-text-after-address",
        Tolerance::ExtraArgument => "tolerance-extra-argument",
        Tolerance::BareLineFeed => "tolerance-bare-line-feed",
        Tolerance::NoGreeting => "tolerance-no-greeting",
        Tolerance::NoName => "tolerance-no-name",
        Tolerance::SourceRoute => "tolerance-source-route",
        Tolerance::NoKeyword => "tolerance-no-keyword",
        Tolerance::LeadingSpace => "tolerance-leading-space",
        Tolerance::OddAddress => "tolerance-odd-address",
    })
}

/// What a line resembles that is no command of `protocol` (`smtp` or `pop3`).
pub(super) fn resembles(looks_like: &LooksLike, protocol: &'static str) -> Say {
    match looks_like {
        LooksLike::Header { name } => {
            Say::new("looks-like-header").text("name", name).own("protocol", protocol)
        }
        LooksLike::Pop3 { verb } => Say::new("looks-like-pop3").text("verb", verb).own("protocol", protocol),
        LooksLike::Imap { verb } => Say::new("looks-like-imap").text("verb", verb),
        LooksLike::Smtp { verb } => Say::new("looks-like-smtp").text("verb", verb).own("protocol", protocol),
        LooksLike::Http => Say::new("looks-like-http"),
        LooksLike::Shell { program } => Say::new("looks-like-shell").text("program", program),
        LooksLike::Tls => Say::new("looks-like-tls"),
        LooksLike::Misspelt { verb } => Say::new("looks-like-misspelt").text("verb", verb),
        LooksLike::LoneDot => Say::new("looks-like-lone-dot"),
        LooksLike::Reply => Say::new("looks-like-reply"),
        LooksLike::Text => Say::new("looks-like-text").own("protocol", protocol),
        LooksLike::Empty => Say::new("looks-like-empty"),
    }
}

/// A line whose first word is no command.
pub(super) fn unknown(key: &'static str, line: &Bytes) -> Say {
    let line = line.lossy();
    let word = line.split_whitespace().next().unwrap_or_default();
    Say::new(key).choice("empty", word.is_empty()).text("word", word)
}

fn sender(exchange: &SmtpExchange) -> Say {
    let from = match &exchange.command {
        SmtpCommand::Mail { from, .. } => from.0.as_ref(),
        _ => None,
    };
    let address = from.map(ToString::to_string).unwrap_or_default();
    Say::new("smtp-sender-accepted").choice("null", from.is_none()).text("address", &address)
}

fn recipient(exchange: &SmtpExchange) -> String {
    match &exchange.command {
        SmtpCommand::Rcpt { to, .. } => to.0.to_string(),
        _ => argument(&exchange.line),
    }
}

fn out_of_order(wanted: &[SmtpVerb], verb: &'static str) -> Say {
    let names: Vec<&str> = wanted.iter().map(|v| v.name()).collect();
    Say::new("smtp-out-of-order")
        .own("first", names.first().copied().unwrap_or_default())
        .own("wanted", names.join(" / "))
        .own("verb", verb)
}

/// What follows the verb.
fn argument(line: &Bytes) -> String {
    line.lossy().trim().split_once(char::is_whitespace).map(|(_, a)| a.trim().to_owned()).unwrap_or_default()
}

/// The text that an address fault is about; the path where the place is not known or nothing stands there.
fn there(line: &Bytes, span: Option<Span>) -> String {
    match span.and_then(|s| line.get(s.start..s.end)) {
        Some(octets) if !octets.is_empty() => String::from_utf8_lossy(octets).into_owned(),
        _ => {
            let argument = argument(line);
            let path = argument.split_once(':').map_or(argument.as_str(), |(_, path)| path).trim();
            path.trim_start_matches('<').trim_end_matches('>').to_owned()
        }
    }
}
