//! What the placeholders of a reply stand for.

use super::reply::{self, Terms};
use super::server::{ServerSession, Turn};
use crate::event::{SmtpCommand, SmtpReason, SmtpVerb};
use crate::mail::{AddressFault, AddressFaultKind, Mailbox};
use crate::units::Span;

impl Turn {
    fn quoted(&self, span: Span) -> String {
        reply::quotable(self.line.get(span.start..span.end).unwrap_or_default())
    }
}

impl ServerSession {
    /// Everything a reply to this turn may name.
    pub(super) fn terms(&self, turn: &Turn, reason: &SmtpReason, span: Option<Span>) -> Terms {
        let mut terms = Terms::new();
        let verb = turn.heard.command.verb().map_or("", SmtpVerb::name);
        let helo = self.hello.as_ref().map_or(String::new(), |h| h.name.clone());
        let peer = match &self.client_name {
            Some(name) => format!("{name} [{}]", self.client),
            None => format!("[{}]", self.client),
        };
        terms.insert("host", self.config.name.clone());
        terms.insert("client", self.client.to_string());
        terms.insert("client_name", self.client_name.clone().unwrap_or_else(|| "unknown".to_owned()));
        terms.insert("peer", peer);
        terms.insert("visitor", self.client_name.clone().unwrap_or_else(|| helo.clone()));
        terms.insert("helo", helo);
        terms.insert("user", self.user.clone().unwrap_or_default());
        terms.insert("challenge", turn.challenge.clone().unwrap_or_default());
        let answer = matches!(turn.heard.command, SmtpCommand::AuthResponse { .. });
        let response = if answer { "continued response" } else { "initial response" };
        terms.insert("response", response.to_owned());
        terms.insert("verb", verb.to_owned());
        terms.insert("date", self.now.rfc5322(self.offset));
        let word = turn.line.trim_ascii_start().split(u8::is_ascii_whitespace).next().unwrap_or_default();
        terms.insert("word", reply::quotable(word));
        terms.insert("line", reply::quotable(&turn.line));
        terms.insert("argument", turn.quoted(turn.heard.argument));
        let argument = turn.line.get(turn.heard.argument.start..turn.heard.argument.end).unwrap_or_default();
        let scanned = argument.split(|b| *b == b':' || b.is_ascii_whitespace()).next().unwrap_or_default();
        terms.insert("scanned", reply::quotable(scanned));
        terms.insert("path", turn.quoted(turn.heard.path));
        let parameter = turn.quoted(span.unwrap_or(turn.heard.argument));
        let (keyword, value) = parameter.split_once('=').unwrap_or((&parameter, ""));
        terms.insert("keyword", keyword.to_owned());
        terms.insert("value", value.to_owned());
        terms.insert("parameter", parameter);
        terms.insert("limit", self.config.size_limit.to_string());
        let address = match &turn.heard.command {
            SmtpCommand::Rcpt { to, .. } => Some(&to.0),
            SmtpCommand::Mail { from, .. } => from.0.as_ref(),
            _ => None,
        };
        let address = address.map_or(String::new(), Mailbox::unquoted);
        terms.insert("address", reply::quotable(address.as_bytes()));
        if let SmtpCommand::Bdat { octets, .. } = turn.heard.command {
            terms.insert("size", octets.to_string());
        }
        reason_terms(reason, &mut terms);
        terms
    }
}

/// What a reason adds to what a reply may name.
fn reason_terms(reason: &SmtpReason, terms: &mut Terms) {
    use SmtpReason as R;
    let mut set = |name, value: String| {
        terms.insert(name, value);
    };
    match reason {
        R::NoSuchUser { address }
        | R::RelayDenied { address }
        | R::SenderRefused { address }
        | R::MailboxFull { address }
        | R::Verified { address } => set("address", reply::quotable(address.as_bytes())),
        R::SpfFailed { domain, explanation } => {
            // RFC 7208 section 8.4: whose words these are is said, for anybody can write anything there.
            let said = explanation.as_ref().map(|text| format!(". The domain {domain} explains: {text}"));
            let text = format!("SPF fail - not authorized{}", said.unwrap_or_default());
            set("explanation", reply::quotable(text.as_bytes()));
        }
        R::DmarcFailed { domain } => set("domain", reply::quotable(domain.as_bytes())),
        R::NoSuchDomain { domain } => set("domain", reply::quotable(domain.as_bytes())),
        R::MessageAccepted { queue_id, .. } => set("queue_id", queue_id.clone()),
        R::TooBig { limit } => set("limit", limit.to_string()),
        R::TooManyRecipients { limit }
        | R::TooManyConnections { limit }
        | R::TooManyErrors { limit }
        | R::TooManyHops { limit } => set("limit", limit.to_string()),
        R::UnknownMechanism { name } | R::EncryptionNeeded { mechanism: name } => {
            set("mechanism", reply::quotable(name.as_bytes()));
        }
        R::SenderNotOwned { address, .. } => set("address", reply::quotable(address.as_bytes())),
        R::BadParameter { name } => set("name", name.clone()),
        R::ChunkAccepted { octets } => set("size", octets.to_string()),
        R::LineTooLong { limit } => set("limit", limit.to_string()),
        R::UnclosedBracket => set("delimiter", "<".to_owned()),
        R::BadAddress(AddressFault { kind: AddressFaultKind::StrayBracket, .. }) => {
            set("delimiter", ">".to_owned());
        }
        R::BadAddress(_) => set("delimiter", "\"".to_owned()),
        _ => {}
    }
}
