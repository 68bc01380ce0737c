//! Mistakes within a session of the learner's with a server.

use super::{message, typographic};
use crate::event::{
    CommonMistake as M, ImapCommand, ImapExchange, ImapReason, ImapState, ImapStatus, ImapVerb, LooksLike,
    Pop3Command, Pop3Exchange, Pop3Reason, Pop3State, Side, SmtpCommand, SmtpExchange, SmtpReason, SmtpVerb,
    Tolerance,
};
use crate::mail::sasl::SaslFault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What must be known of a session.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Talk {
    /// Under TLS.
    pub(super) tls: bool,
    /// Something was said in plain text.
    pub(super) spoken: bool,
    /// TLS came by an upgrade, and the client has not greeted again.
    stranger: bool,
    /// The client has greeted.
    greeted: bool,
    /// The server reads a message.
    in_text: bool,
    /// A message has just ended.
    after_text: bool,
    /// A POP3 session has marked messages.
    marked: bool,
}

impl Talk {
    /// TLS has begun: what was said before counts no more (RFC 3207 section 4.2).
    pub(super) fn secured(&mut self) {
        (self.stranger, self.tls) = (self.greeted, true);
        self.greeted = false;
    }

    /// The connection is over.
    pub(super) fn closed(self, by: Side) -> Option<M> {
        (self.marked && by == Side::Client).then_some(M::DeleWithoutQuit)
    }

    /// Octets of the client, before the server makes anything of them.
    pub(super) fn sent(self, octets: &[u8]) -> Option<M> {
        let line = octets.trim_ascii();
        let begins = |with: &[u8]| line.get(..with.len()).is_some_and(|word| word.eq_ignore_ascii_case(with));
        let command = || line.eq_ignore_ascii_case(b"quit") || begins(b"mail from:") || begins(b"rcpt to:");
        (self.in_text && command()).then_some(M::CommandInText)
    }

    /// An SMTP exchange.
    pub(super) fn smtp(&mut self, exchange: &SmtpExchange) -> Option<M> {
        use SmtpCommand as C;
        self.spoken = true;
        let (command, reason) = (&exchange.command, &exchange.reason);
        let after_text = std::mem::replace(&mut self.after_text, matches!(command, C::Message { .. }));
        match command {
            C::Data => self.in_text = *reason == SmtpReason::StartMail,
            C::Message { .. } => self.in_text = false,
            C::Helo { .. } | C::Ehlo { .. } if *reason == SmtpReason::Hello => {
                (self.greeted, self.stranger) = (true, false);
            }
            _ => {}
        }
        if exchange.reply.code >= 400 && keys_in(&exchange.line) {
            return Some(M::BackspaceInLine);
        }
        if self.stranger && smtp_wants_hello(exchange) {
            return Some(M::NoEhloAfterStarttls);
        }
        match command {
            C::Message { octets } => message::mistake(octets),
            C::Unknown { looks_like, .. } => match looks_like {
                Some(LooksLike::Text | LooksLike::LoneDot | LooksLike::Header { .. }) if after_text => {
                    Some(M::DotInsideText)
                }
                Some(LooksLike::Header { .. }) => Some(M::HeadersBeforeData),
                Some(LooksLike::Smtp { .. }) => None,
                _ => resemblance(looks_like.as_ref(), &exchange.line),
            },
            _ => smtp_reason(exchange),
        }
        .or_else(|| {
            (exchange.reply.code >= 400 && typographic(&exchange.line)).then_some(M::TypographicMarks)
        })
    }

    /// A POP3 exchange.
    pub(super) fn pop3(&mut self, exchange: &Pop3Exchange) -> Option<M> {
        use Pop3Reason as R;
        self.spoken = true;
        match &exchange.reason {
            R::Marked { .. } => self.marked = true,
            R::Closing { .. } => self.marked = false,
            R::Done if exchange.command == Pop3Command::Rset => self.marked = false,
            _ => {}
        }
        if !exchange.ok && keys_in(&exchange.line) {
            return Some(M::BackspaceInLine);
        }
        if let Pop3Command::Unknown { looks_like, .. } = &exchange.command {
            return resemblance(looks_like.as_ref(), &exchange.line);
        }
        match &exchange.reason {
            R::WrongState { wanted: Pop3State::Transaction } => Some(M::RetrBeforePass),
            R::UserFirst => Some(M::PassBeforeUser),
            R::TlsRequired => Some(M::AuthBeforeTls),
            R::LoginFailed if quoted(&exchange.line) => Some(M::QuotedLogin),
            R::LoginFailed => credentials(&exchange.line),
            R::NoSuchMessage { .. } => Some(M::NoSuchNumber),
            R::AlreadyDeleted { .. } => Some(M::GoneAlready),
            R::BadBase64 => Some(M::NotBase64),
            R::AuthFailed { fault } => sasl(*fault, &exchange.line),
            _ => None,
        }
        .or_else(|| (!exchange.ok && typographic(&exchange.line)).then_some(M::TypographicMarks))
    }

    /// An IMAP exchange.
    pub(super) fn imap(&mut self, exchange: &ImapExchange) -> Option<M> {
        use ImapReason as R;
        self.spoken = true;
        let refused = matches!(exchange.status, ImapStatus::No | ImapStatus::Bad);
        if refused && keys_in(&exchange.line) {
            return Some(M::BackspaceInLine);
        }
        if let ImapCommand::Continuation { verb: ImapVerb::Idle } = exchange.command
            && exchange.status == ImapStatus::Bad
        {
            return Some(M::NotDone);
        }
        if let ImapCommand::Unknown { looks_like: Some(like), .. } = &exchange.command
            && !matches!(like, LooksLike::Imap { .. } | LooksLike::Empty | LooksLike::Text)
        {
            return resemblance(Some(like), &exchange.line);
        }
        match &exchange.reason {
            R::MissingTag => Some(M::NoTag),
            R::WrongState { wanted: ImapState::Authenticated, .. } => Some(M::LoginFirst),
            R::WrongState { wanted: ImapState::Selected, state } => Some(match state {
                ImapState::NotAuthenticated => M::LoginFirst,
                _ => M::SelectFirst,
            }),
            R::LoginDisabled => Some(M::AuthBeforeTls),
            R::NoSuchMessage { .. } => Some(M::NoSuchNumber),
            R::BadArgument { wanted: crate::event::ImapArgument::Base64 } => Some(M::NotBase64),
            R::Sasl { fault } => sasl(*fault, &exchange.line),
            R::LoginFailed if exchange.command.verb() == Some(ImapVerb::Authenticate) => {
                credentials(&exchange.line)
            }
            _ => no_backslash(exchange),
        }
        .or_else(|| (refused && typographic(&exchange.line)).then_some(M::TypographicMarks))
    }
}

/// Would the server have liked to be greeted before this command, whether it said so or let it pass?
fn smtp_wants_hello(exchange: &SmtpExchange) -> bool {
    match &exchange.reason {
        SmtpReason::OutOfOrder { wanted } => {
            wanted.iter().any(|verb| matches!(verb, SmtpVerb::Helo | SmtpVerb::Ehlo))
        }
        _ => exchange.tolerated.contains(&Tolerance::NoGreeting),
    }
}

/// What the reason for a server's answer to a command of SMTP says.
fn smtp_reason(exchange: &SmtpExchange) -> Option<M> {
    use SmtpReason as R;
    use SmtpVerb as V;
    let verb = exchange.command.verb();
    Some(match &exchange.reason {
        _ if smtp_wants_hello(exchange) => M::MailBeforeHello,
        R::OutOfOrder { wanted } if verb == Some(V::Rcpt) && wanted.contains(&V::Mail) => M::RcptBeforeMail,
        R::OutOfOrder { .. } if verb == Some(V::Data) => M::DataBeforeRcpt,
        R::NoRecipients => M::DataBeforeRcpt,
        R::NestedMail => M::SecondMail,
        R::MissingBrackets => M::NoBrackets,
        R::UnclosedBracket => M::OpenBracket,
        R::MissingColon => M::NoColon,
        R::SpaceAroundColon => M::SpaceAtColon,
        R::MissingKeyword { .. } => M::FromAndToSwapped,
        R::BadHostName if exchange.line.contains(&b'@') => M::HelloWithAddress,
        R::EncryptionNeeded { .. } => M::AuthBeforeTls,
        R::TlsRequired if verb == Some(V::Auth) => M::AuthBeforeTls,
        R::TlsRequired => M::TlsFirst,
        R::AuthRequired => M::AuthFirst,
        R::BadBase64 => M::NotBase64,
        R::AuthFailed { fault } => return sasl(*fault, &exchange.line),
        R::RelayDenied { .. } => M::WrongServer,
        _ => return None,
    })
}

/// What a line that is no command of the protocol spoken looks like.
fn resemblance(like: Option<&LooksLike>, line: &[u8]) -> Option<M> {
    Some(match like? {
        LooksLike::Smtp { .. } => M::SmtpElsewhere,
        LooksLike::Pop3 { .. } => M::Pop3Elsewhere,
        LooksLike::Imap { .. } => M::ImapElsewhere,
        LooksLike::Http => M::HttpSpoken,
        LooksLike::Shell { .. } => M::ShellInSession,
        LooksLike::Reply => M::ReplyTyped,
        LooksLike::LoneDot => M::DotOutsideText,
        LooksLike::Misspelt { .. } if line.to_ascii_uppercase().starts_with(b"HELLO") => M::HelloForHelo,
        LooksLike::Misspelt { verb } if matches!(verb.as_str(), "HELO" | "EHLO") => M::HelloForHelo,
        LooksLike::Misspelt { .. } => M::Misspelt,
        LooksLike::Header { .. } | LooksLike::Tls | LooksLike::Text | LooksLike::Empty => return None,
    })
}

/// Keys that correct a line elsewhere are octets of this one: Backspace, Delete, or the cursor keys' escape sequence.
fn keys_in(line: &[u8]) -> bool {
    line.iter().any(|b| matches!(b, 0x08 | 0x7f)) || line.windows(2).any(|w| w == b"\x1b[")
}

/// What an authentication failed at.
fn sasl(fault: SaslFault, line: &[u8]) -> Option<M> {
    match fault {
        SaslFault::PlainParts => Some(M::PlainWithoutNul),
        _ => credentials(line),
    }
}

/// What the last word of the line stands for ends with a line's end, as echo makes it.
fn credentials(line: &[u8]) -> Option<M> {
    let word = line.trim_ascii().rsplit(|b| *b == b' ').next()?;
    let decoded = STANDARD.decode(word).ok()?;
    decoded.ends_with(b"\n").then_some(M::CredentialsWithNewline)
}

/// The argument of a login stands in brackets or quotation marks, which POP3 takes for part of it.
fn quoted(line: &[u8]) -> bool {
    let argument = line.trim_ascii().splitn(2, |b| *b == b' ').nth(1).unwrap_or_default().trim_ascii();
    matches!(argument, [b'<', .., b'>'] | [b'"', .., b'"'] | [b'\'', .., b'\''])
}

/// A flag that is spelt like a system flag and has no backslash.
fn no_backslash(exchange: &ImapExchange) -> Option<M> {
    const SYSTEM: [&str; 5] = ["seen", "answered", "flagged", "deleted", "draft"];
    let ImapCommand::Known(known) = &exchange.command else { return None };
    let bare = |flag: &String| SYSTEM.iter().any(|name| name.eq_ignore_ascii_case(flag));
    (known.verb == ImapVerb::Store && known.flags.iter().any(bare)).then_some(M::NoBackslash)
}
