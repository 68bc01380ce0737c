//! Wording a reply: the style's text or the host's own, its placeholders filled.

use super::server::ServerConfig;
use super::style::Key;
use crate::event::{Pop3Command, Pop3Reason, pop3_verb_rule};
use crate::proto::template::{fill, without};
use crate::rfc::{Section, section};
use crate::units::Span;

/// One reply.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) ok: bool,
    /// What follows `+OK` or `-ERR`.
    pub(super) text: String,
    pub(super) reason: Pop3Reason,
    /// The place in the command line that the reason is about.
    pub(super) span: Option<Span>,
    /// The lines after the first, with the lone dot; empty where there are none.
    pub(super) data: Vec<u8>,
}

impl Reply {
    /// `+OK` on one line.
    pub(super) fn ok(text: String, reason: Pop3Reason) -> Reply {
        Reply { ok: true, text, reason, span: None, data: Vec::new() }
    }

    /// The same with `data`, lines with their ends and dots stuffed, and the lone dot after them.
    pub(super) fn with_data(self, mut data: Vec<u8>) -> Reply {
        data.extend_from_slice(b".\r\n");
        Reply { data, ..self }
    }
}

/// Words replies as one host does.
#[derive(Debug)]
pub(super) struct Voice {
    config: ServerConfig,
}

/// The values of placeholders, by name.
pub(super) type Fills<'a> = &'a [(&'a str, String)];

impl Voice {
    pub(super) fn new(config: &ServerConfig) -> Voice {
        Voice { config: config.clone() }
    }

    /// The host it speaks for.
    pub(super) fn config(&self) -> &ServerConfig {
        &self.config
    }

    /// Does the host have words of its own for this?
    pub(super) fn own(&self, key: Key) -> bool {
        self.config.texts.contains_key(key.row().name)
    }

    /// What follows `+OK` or `-ERR`: one line, whatever a host's own text or a quoted command has in it.
    pub(super) fn text(&self, key: Key, fills: Fills<'_>) -> String {
        let own = |key: Key| self.config.texts.get(key.row().name);
        let template = own(key).or_else(|| own(key.general()?));
        let template = template.map_or_else(|| key.row().of(self.config.style), String::as_str);
        let value = |name: &str| fills.iter().find(|(known, _)| *known == name).map(|(_, v)| v.into());
        without(fill(template, value), &['\r', '\n'])
    }
}

/// The first line of a reply with its end. An empty text leaves `+OK` or `-ERR` alone on its line; a challenge of no
/// octets keeps the blank after its `+` (RFC 5034 section 4).
pub(super) fn status_line(status: &str, text: &str) -> Vec<u8> {
    let space = if text.is_empty() && status != "+" { "" } else { " " };
    format!("{status}{space}{text}\r\n").into_bytes()
}

/// Where the rule stands that an answer follows.
pub(super) fn rule(command: &Pop3Command, reason: &Pop3Reason) -> Section {
    match reason {
        Pop3Reason::Greeting | Pop3Reason::LoggedIn { .. } | Pop3Reason::Locked { .. } => section(1939, "4"),
        Pop3Reason::LineTooLong { .. } => section(2449, "4"),
        Pop3Reason::TlsRequired => section(2595, "2.3"),
        Pop3Reason::WrongState { .. } => section(1939, "3"),
        _ => pop3_verb_rule(command.verb().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::*;

    #[test]
    fn texts_and_their_placeholders() {
        let fills = [("host", "pop.domain.ext".to_owned()), ("number", "{host}\r\n+OK".to_owned())];
        for (own, key, text) in [
            ("", Key::Greeting, "Dovecot ready."),
            ("greeting={host} POP3-Server", Key::Greeting, "pop.domain.ext POP3-Server"),
            ("greeting={host}{host} {nothing} {", Key::Greeting, "pop.domain.extpop.domain.ext {nothing} {"),
            ("greeting={{host}}", Key::Greeting, "{pop.domain.ext}"),
            ("greeting=a\r\n+OK b", Key::Greeting, "a  +OK b"),
            ("", Key::NoSuchMessage, "There's no message {host}  +OK."),
            ("", Key::QuitDeleted, "Logging out, messages deleted."),
            ("quit=bye", Key::QuitDeleted, "bye"),
            ("quit=bye", Key::QuitEarly, "bye"),
            ("greeting=", Key::Greeting, ""),
        ] {
            let mut config = ServerConfig::new(Style::Dovecot, "pop.domain.ext");
            config.texts.extend(own.split_once('=').map(|(k, v)| (k.to_owned(), v.to_owned())));
            assert_eq!(Voice::new(&config).text(key, &fills), text, "{own}");
        }
    }

    #[test]
    fn status_lines() {
        assert_eq!(status_line("+OK", "1 236"), b"+OK 1 236\r\n");
        assert_eq!(status_line("+OK", ""), b"+OK\r\n");
        assert_eq!(status_line("-ERR", "Login failed."), b"-ERR Login failed.\r\n");
        assert_eq!(status_line("+", ""), b"+ \r\n");
    }
}
