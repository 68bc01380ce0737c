//! What the placeholders of a reply stand for.

use super::reply;
use super::server::{ServerSession, Turn};
use crate::event::{SmtpCommand, SmtpReason, SmtpVerb};
use crate::mail::{AddressFault, AddressFaultKind, Mailbox};
use crate::units::Span;
use std::borrow::Cow;

/// Everything a reply to a turn may name. Most replies name nothing, so that nothing is put into words before a text asks
/// for it.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) session: &'a ServerSession,
    pub(super) turn: &'a Turn,
    pub(super) reason: &'a SmtpReason,
    pub(super) span: Option<Span>,
}

impl<'a> Terms<'a> {
    /// What stands for this placeholder; `None` where nothing does. What the reason says goes before what was said.
    pub(super) fn get(self, name: &str) -> Option<Cow<'a, str>> {
        of_reason(self.reason, name).or_else(|| self.of_turn(name))
    }

    fn of_turn(self, name: &str) -> Option<Cow<'a, str>> {
        let Terms { session, turn, .. } = self;
        let heard = &turn.heard;
        let helo = || session.hello.as_ref().map_or("", |h| &h.name);
        let shown = |octets: &[u8]| Cow::Owned(reply::quotable(octets));
        Some(match name {
            "host" => session.config.name.as_str().into(),
            "client" => session.client.to_string().into(),
            "client_name" => session.client_name.as_deref().unwrap_or("unknown").into(),
            "peer" => match &session.client_name {
                Some(name) => format!("{name} [{}]", session.client).into(),
                None => format!("[{}]", session.client).into(),
            },
            "visitor" => session.client_name.as_deref().unwrap_or_else(helo).into(),
            "helo" => helo().into(),
            "user" => session.user.as_deref().unwrap_or_default().into(),
            "challenge" => turn.challenge.as_deref().unwrap_or_default().into(),
            "response" => match heard.command {
                SmtpCommand::AuthResponse { .. } => "continued response".into(),
                _ => "initial response".into(),
            },
            "verb" => heard.command.verb().map_or("", SmtpVerb::name).into(),
            "date" => session.now.rfc5322(session.offset).into(),
            "word" => {
                let mut words = turn.line.trim_ascii_start().split(u8::is_ascii_whitespace);
                shown(words.next().unwrap_or_default())
            }
            "line" => shown(&turn.line),
            "argument" => shown(turn.part(heard.argument)),
            "scanned" => {
                let mut parts = turn.part(heard.argument).split(|b| *b == b':' || b.is_ascii_whitespace());
                shown(parts.next().unwrap_or_default())
            }
            "path" => shown(turn.part(heard.path)),
            "parameter" => self.parameter().into(),
            "keyword" => self.parameter().split('=').next().unwrap_or_default().to_owned().into(),
            "value" => self.parameter().split_once('=').map_or("", |(_, value)| value).to_owned().into(),
            "limit" => session.config.size_limit.to_string().into(),
            "address" => {
                let address = match &heard.command {
                    SmtpCommand::Rcpt { to, .. } => Some(&to.0),
                    SmtpCommand::Mail { from, .. } => from.0.as_ref(),
                    _ => None,
                };
                shown(address.map_or(String::new(), Mailbox::unquoted).as_bytes())
            }
            "size" => match heard.command {
                SmtpCommand::Bdat { octets, .. } => octets.to_string().into(),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn parameter(self) -> String {
        reply::quotable(self.turn.part(self.span.unwrap_or(self.turn.heard.argument)))
    }
}

impl Turn {
    fn part(&self, span: Span) -> &[u8] {
        self.line.get(span.start..span.end).unwrap_or_default()
    }
}

/// What a reason says of this placeholder.
fn of_reason<'a>(reason: &'a SmtpReason, name: &str) -> Option<Cow<'a, str>> {
    use SmtpReason as R;
    let shown = |text: &str| Cow::Owned(reply::quotable(text.as_bytes()));
    Some(match (name, reason) {
        (
            "address",
            R::NoSuchUser { address }
            | R::RelayDenied { address }
            | R::SenderRefused { address }
            | R::MailboxFull { address }
            | R::Verified { address }
            | R::SenderNotOwned { address, .. },
        ) => shown(address),
        ("explanation", R::SpfFailed { domain, explanation }) => {
            // RFC 7208 section 8.4: whose words these are is said, for anybody can write anything there.
            let said = explanation.as_ref().map(|text| format!(". The domain {domain} explains: {text}"));
            shown(&format!("SPF fail - not authorized{}", said.unwrap_or_default()))
        }
        ("domain", R::DmarcFailed { domain } | R::NoSuchDomain { domain }) => shown(domain),
        ("queue_id", R::MessageAccepted { queue_id, .. }) => queue_id.as_str().into(),
        ("limit", R::TooBig { limit }) => limit.to_string().into(),
        (
            "limit",
            R::TooManyRecipients { limit }
            | R::TooManyConnections { limit }
            | R::TooManyErrors { limit }
            | R::TooManyHops { limit },
        ) => limit.to_string().into(),
        ("limit", R::LineTooLong { limit }) => limit.to_string().into(),
        ("mechanism", R::UnknownMechanism { name } | R::EncryptionNeeded { mechanism: name }) => shown(name),
        ("name", R::BadParameter { name }) => name.as_str().into(),
        ("size", R::ChunkAccepted { octets }) => octets.to_string().into(),
        ("delimiter", R::UnclosedBracket) => "<".into(),
        ("delimiter", R::BadAddress(AddressFault { kind: AddressFaultKind::StrayBracket, .. })) => ">".into(),
        ("delimiter", R::BadAddress(_)) => "\"".into(),
        _ => return None,
    })
}
