//! What a server heard and answered, against what is looked for.

use super::{Seen, says};
use crate::event::{
    ImapCommand, ImapExchange, ImapReason, ImapStatus, ImapVerb, LooksLike, Pop3Command, Pop3Exchange,
    Pop3Reason, SmtpCommand, SmtpExchange, SmtpVerb,
};
use crate::mail::sasl::Mechanism;
use crate::mail::{Like, ReversePath};
use crate::scenario::{ImapKind, ImapPattern, Pop3Pattern, ReasonPattern, SmtpKind, SmtpPattern};
use crate::units::ConnId;

impl<'a> Seen<'a> {
    /// Is the connection as private, and whoever talks on it who they should be?
    pub(super) fn is_secured(&self, wanted: &SmtpPattern) -> bool {
        let user = self.link().and_then(|link| link.user.as_deref());
        self.is_under_tls(wanted.tls) && self.is_sent(wanted.pipelined) && says(&wanted.auth, user)
    }

    fn is_under_tls(&self, wanted: Option<bool>) -> bool {
        wanted.is_none_or(|tls| self.link().is_some_and(|link| link.tls == tls))
    }

    /// Was the command sent before the one ahead of it was answered?
    fn is_sent(&self, pipelined: Option<bool>) -> bool {
        pipelined.is_none_or(|wanted| self.link().is_some_and(|link| link.pipelined() == wanted))
    }

    pub(super) fn is_smtp(&self, wanted: &SmtpPattern, exchange: &'a SmtpExchange) -> bool {
        let command = &exchange.command;
        let kind = match wanted.command {
            SmtpKind::Any => true,
            SmtpKind::Connect => *command == SmtpCommand::Connect,
            SmtpKind::Hello => matches!(command, SmtpCommand::Helo { .. } | SmtpCommand::Ehlo { .. }),
            // A message with a line is one whose last chunk came with it.
            SmtpKind::Verb(SmtpVerb::Bdat) if !exchange.line.is_empty() => {
                matches!(command, SmtpCommand::Message { .. }) || command.verb() == Some(SmtpVerb::Bdat)
            }
            SmtpKind::Verb(verb) => command.verb() == Some(verb),
            SmtpKind::Unknown => {
                matches!(command, SmtpCommand::Unknown { .. } | SmtpCommand::Overlong { .. })
            }
        };
        let (name, from, to, octets, unknown) = match command {
            SmtpCommand::Helo { name } | SmtpCommand::Ehlo { name } => (Some(name), None, None, None, None),
            SmtpCommand::Mail { from, .. } => (None, Some(address(from)), None, None, None),
            SmtpCommand::Rcpt { to, .. } => (None, None, Some(to.0.to_string()), None, None),
            SmtpCommand::Message { octets } => (None, None, None, Some(octets), None),
            SmtpCommand::Unknown { verb, looks_like } => {
                (None, None, None, None, Some((verb.as_str(), looks_like.as_ref())))
            }
            _ => (None, None, None, None, None),
        };
        let mechanism = match command {
            SmtpCommand::Auth { mechanism } => Mechanism::parse(mechanism),
            SmtpCommand::AuthResponse { mechanism } => Some(*mechanism),
            _ => None,
        };
        kind && says(&wanted.name, name.map(String::as_str))
            && wanted.mechanism.is_none_or(|wanted| mechanism == Some(wanted))
            && says(&wanted.from, from.as_deref())
            && says(&wanted.to, to.as_deref())
            && wanted.params.iter().all(|(name, like)| has_param(command, name, like.as_ref()))
            && wanted.reply.is_none_or(|code| code.matches(exchange.reply.code))
            && is_word(&wanted.word, &wanted.looks_like, unknown)
            && is_why(&wanted.reason, exchange.reason.kind(), || exchange.reason.parts())
            && wanted.message.as_ref().is_none_or(|wanted| octets.is_some_and(|o| self.is_like(wanted, o)))
    }

    pub(super) fn is_pop3(&self, wanted: &Pop3Pattern, conn: ConnId, exchange: &Pop3Exchange) -> bool {
        let command = &exchange.command;
        let kind = wanted.command.as_deref().is_none_or(|verb| match verb {
            "CONNECT" => *command == Pop3Command::Connect,
            "UNKNOWN" => matches!(command, Pop3Command::Unknown { .. } | Pop3Command::Overlong { .. }),
            _ => command.verb().is_some_and(|spoken| spoken.eq_ignore_ascii_case(verb)),
        });
        let (number, unknown) = match command {
            Pop3Command::List { number } | Pop3Command::Uidl { number } => (*number, None),
            Pop3Command::Retr { number } | Pop3Command::Dele { number } => (Some(*number), None),
            Pop3Command::Top { number, .. } => (Some(*number), None),
            Pop3Command::Unknown { verb, looks_like } => (None, Some((verb.as_str(), looks_like.as_ref()))),
            _ => (None, None),
        };
        // A challenge is neither.
        let challenge = matches!(exchange.reason, Pop3Reason::Challenge { .. });
        let named = |wanted: &String| exchange.mechanism().is_some_and(|m| m.eq_ignore_ascii_case(wanted));
        kind && wanted.ok.is_none_or(|ok| ok == exchange.ok && !challenge)
            && wanted.mechanism.as_ref().is_none_or(named)
            && wanted.tls.is_none_or(|tls| tls == exchange.tls)
            && wanted.user.as_ref().is_none_or(|user| user.matches(&exchange.user))
            && wanted.number.is_none_or(|wanted| number == Some(wanted))
            && self.is_sent(wanted.pipelined)
            && is_word(&wanted.word, &wanted.looks_like, unknown)
            && is_why(&wanted.reason, exchange.reason.kind(), || exchange.reason.parts())
            && wanted.message.as_ref().is_none_or(|wanted| match exchange.reason {
                Pop3Reason::MessageGiven { id } => self.known.given(conn, id, wanted),
                _ => false,
            })
    }

    pub(super) fn is_imap(&self, wanted: &ImapPattern, exchange: &ImapExchange) -> bool {
        let known = match &exchange.command {
            ImapCommand::Known(known) => Some(known),
            _ => None,
        };
        let unknown = match &exchange.command {
            ImapCommand::Unknown { verb, looks_like } => Some((verb.as_str(), looks_like.as_ref())),
            _ => None,
        };
        let ok = matches!(exchange.status, ImapStatus::Ok | ImapStatus::Continue | ImapStatus::Data);
        let mailbox = known.and_then(|known| known.mailbox.as_deref()).or(exchange.mailbox.as_deref());
        is_imap_command(wanted.command, &exchange.command)
            && wanted.ok.is_none_or(|wanted| wanted == ok)
            && wanted.user.as_ref().is_none_or(|user| user.matches(&exchange.user))
            && says(&wanted.mailbox, mailbox)
            && says(&wanted.set, known.and_then(|known| known.set.as_deref()))
            && wanted.uid.is_none_or(|uid| known.is_some_and(|known| known.uid == uid))
            && all_among(&wanted.items, &asked(known.map(|known| known.items.as_slice()).unwrap_or_default()))
            && all_among(&wanted.flags, known.map(|known| known.flags.as_slice()).unwrap_or_default())
            && self.is_under_tls(wanted.tls)
            && self.is_sent(wanted.pipelined)
            && is_word(&wanted.word, &wanted.looks_like, unknown)
            && is_why(&wanted.reason, exchange.reason.kind(), || exchange.reason.parts())
            && wanted.message.as_ref().is_none_or(|wanted| match &exchange.reason {
                ImapReason::Fetched { ids } => {
                    ids.iter().any(|id| self.known.held(&exchange.user, *id, wanted))
                }
                ImapReason::Appended { id } => self.known.held(&exchange.user, *id, wanted),
                _ => false,
            })
    }
}

fn is_imap_command(wanted: ImapKind, command: &ImapCommand) -> bool {
    match wanted {
        ImapKind::Any => true,
        ImapKind::Connect => *command == ImapCommand::Connect,
        ImapKind::Verb(verb) => {
            command.verb() == Some(verb)
                && !matches!(command, ImapCommand::Continuation { verb: ImapVerb::Idle })
        }
        ImapKind::Done => matches!(command, ImapCommand::Continuation { verb: ImapVerb::Idle }),
        ImapKind::News => *command == ImapCommand::Silence,
        ImapKind::Unknown => matches!(command, ImapCommand::Unknown { .. } | ImapCommand::Overlong { .. }),
    }
}

/// Items with the macros of FETCH, other spellings of the same, and what they stand for; a whole message has its header and
/// its text (RFC 3501 section 6.4.5).
fn asked(items: &[String]) -> Vec<String> {
    let mut asked = items.to_vec();
    for item in items {
        let plain = item.to_ascii_uppercase().replace("BODY.PEEK[", "BODY[");
        let stands_for: &[&str] = match plain.as_str() {
            "FAST" => &["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
            "ALL" => &["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"],
            "FULL" => &["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"],
            // STORE does the same in silence (RFC 3501 section 6.4.6).
            "FLAGS.SILENT" => &["FLAGS"],
            "+FLAGS.SILENT" => &["+FLAGS"],
            "-FLAGS.SILENT" => &["-FLAGS"],
            "BODY[]" | "RFC822" => &["BODY[]", "BODY[HEADER]", "BODY[TEXT]"],
            "RFC822.HEADER" => &["BODY[HEADER]"],
            "RFC822.TEXT" => &["BODY[TEXT]"],
            section if section.starts_with("BODY[") => &[section],
            _ => &[],
        };
        asked.extend(stands_for.iter().map(|item| (*item).to_owned()));
    }
    asked
}

/// Is each of these words among those found, case aside?
fn all_among(wanted: &[String], found: &[String]) -> bool {
    wanted.iter().all(|word| found.iter().any(|f| f.eq_ignore_ascii_case(word)))
}

/// The address of MAIL as a pattern names it: nothing for the null path.
fn address(from: &ReversePath) -> String {
    from.0.as_ref().map(|mailbox| mailbox.to_string()).unwrap_or_default()
}

/// Was this parameter of MAIL or RCPT given, with such a value; or, where `wanted` is nothing, not given?
fn has_param(command: &SmtpCommand, name: &str, wanted: Option<&Like>) -> bool {
    let value = match command {
        SmtpCommand::Mail { params, .. } => params.value(name),
        SmtpCommand::Rcpt { params, .. } => params.value(name),
        _ => return false,
    };
    match (wanted, value) {
        (Some(like), Some(value)) => like.matches(&value),
        (None, None) => true,
        _ => false,
    }
}

/// Is what is no command this word, and does it look like that?
fn is_word(
    word: &Option<Like>,
    looks_like: &Option<String>,
    found: Option<(&str, Option<&LooksLike>)>,
) -> bool {
    let (first, resembles) = (found.map(|(first, _)| first), found.and_then(|(_, looks_like)| looks_like));
    says(word, first)
        && looks_like.as_ref().is_none_or(|kind| resembles.is_some_and(|found| found.kind() == kind))
}

/// Is this why the server answered so?
fn is_why<'r>(wanted: &Option<ReasonPattern>, kind: &str, parts: impl FnOnce() -> Vec<&'r str>) -> bool {
    wanted.as_ref().is_none_or(|wanted| {
        wanted.kind == kind
            && wanted.part.as_ref().is_none_or(|part| parts().into_iter().any(|found| part.matches(found)))
    })
}
