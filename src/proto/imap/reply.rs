//! Wording an answer: the style's text or the host's own, its placeholders filled; and where its rule stands.

use super::server::ServerConfig;
use super::texts::Key;
use crate::event::{ImapArgument, ImapCommand, ImapReason, ImapStatus, ImapVerb};
use crate::proto::template::{fill, without};
use crate::rfc::{Section, section};
use crate::units::Span;

/// One answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: ImapStatus,
    /// The response code without its brackets.
    pub(super) code: Option<String>,
    pub(super) text: String,
    pub(super) reason: ImapReason,
    /// The place in the command that the reason is about.
    pub(super) span: Option<Span>,
    /// Untagged lines before it.
    pub(super) data: Vec<u8>,
}

impl Reply {
    /// With this code instead of the text's own.
    pub(super) fn coded(self, code: String) -> Reply {
        Reply { code: Some(code), ..self }
    }

    /// With untagged lines before it.
    pub(super) fn with(self, data: Vec<u8>) -> Reply {
        Reply { data, ..self }
    }

    /// About this place.
    pub(super) fn at(self, span: Span) -> Reply {
        Reply { span: Some(span), ..self }
    }
}

/// Words answers as one host does.
#[derive(Debug)]
pub(super) struct Voice {
    config: ServerConfig,
    /// Somebody has logged in. Before that Dovecot says no times.
    pub(super) late: bool,
}

/// The values of placeholders, by name.
pub(super) type Fills<'a> = &'a [(&'a str, String)];

impl Voice {
    pub(super) fn new(config: &ServerConfig) -> Voice {
        Voice { config: config.clone(), late: false }
    }

    /// The host it speaks for.
    pub(super) fn config(&self) -> &ServerConfig {
        &self.config
    }

    /// Status, code and words for `key`, on one line whatever a host's own text or a quoted command has in it.
    pub(super) fn say(&self, key: Key, fills: Fills<'_>, reason: ImapReason) -> Reply {
        let (status, code, words) = taken_apart(key.row().of(self.config.style));
        let words = self.config.texts.get(key.row().name).map_or(words, String::as_str);
        let value = |name: &str| match name {
            "host" => Some(self.config.name.as_str().into()),
            "secs" => Some(if self.late { " (0.001 + 0.000 secs)." } else { "." }.into()),
            _ => fills.iter().find(|(known, _)| *known == name).map(|(_, v)| v.into()),
        };
        let text = without(fill(words, value), &['\r', '\n', '\0']);
        Reply { status, code: code.map(str::to_owned), text, reason, span: None, data: Vec::new() }
    }
}

/// Status, code and words of a text in the table.
fn taken_apart(text: &'static str) -> (ImapStatus, Option<&'static str>, &'static str) {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let status = match word {
        "OK" => ImapStatus::Ok,
        "NO" => ImapStatus::No,
        "BYE" => ImapStatus::Bye,
        "+" => ImapStatus::Continue,
        _ => ImapStatus::Bad,
    };
    match rest.strip_prefix('[').and_then(|r| r.split_once("] ")) {
        Some((code, words)) => (status, Some(code), words),
        None => (status, None, rest),
    }
}

/// An answer's line with its end: `tag` is the command's, `*`, or empty for `+`.
pub(super) fn line(tag: &str, reply: &Reply) -> Vec<u8> {
    let blank = if tag.is_empty() { "" } else { " " };
    let (open, code, close) = reply.code.as_ref().map_or(("", "", ""), |code| ("[", code.as_str(), "] "));
    [tag, blank, reply.status.word(), " ", open, code, close, &reply.text, "\r\n"].concat().into_bytes()
}

/// Where the rule stands that an answer follows.
pub(super) fn rule(command: &ImapCommand, reason: &ImapReason) -> Section {
    use ImapReason as R;
    match reason {
        R::Greeting => section(3501, "3"),
        R::MissingTag | R::MissingCommand => section(3501, "2.2.1"),
        R::UnknownCommand | R::NotImplemented => section(3501, "9"),
        R::WrongState { .. } => section(3501, "3"),
        R::LiteralWanted { .. } => section(3501, "7.5"),
        R::LiteralTooBig { .. } => section(7888, "4"),
        R::News { .. } => section(3501, "5.2"),
        R::TimedOut => section(3501, "5.4"),
        R::TooManyErrors { .. } | R::TooManyConnections { .. } | R::MailboxGone => section(3501, "7.1.5"),
        R::LoginDisabled => section(3501, "11.2"),
        R::BadName { .. } => section(3501, "5.1"),
        R::EightBitAtom => section(3501, "4.3"),
        R::BadArgument { wanted: ImapArgument::Mailbox | ImapArgument::Pattern } => section(3501, "5.1.3"),
        R::BadArgument { wanted: ImapArgument::ClosingQuote | ImapArgument::String } => section(3501, "4.3"),
        R::NoSuchFlag { .. } | R::TooManyKeywords { .. } => section(3501, "2.3.2"),
        R::MailboxFull | R::NoRoom | R::TooManyMailboxes { .. } | R::MessagesGone => section(5530, "3"),
        _ => command.verb().map_or_else(|| section(3501, "7.1"), ImapVerb::rule),
    }
}
