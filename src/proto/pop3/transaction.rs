//! The commands on an open maildrop (RFC 1939 sections 5 and 7) and the list of capabilities (RFC 2449).

use super::command::Heard;
use super::maildrop::{Entry, NotThere};
use super::reply::Reply;
use super::server::ServerSession;
use super::style::Key;
use crate::event::{Pop3Command, Pop3Reason, Pop3State};

impl ServerSession {
    /// A command with the maildrop open, QUIT apart.
    pub(super) fn transaction(&mut self, heard: &Heard) -> Reply {
        match &heard.command {
            Pop3Command::Stat => {
                let (messages, octets) = (self.maildrop.left().count(), self.maildrop.octets());
                Reply::ok(format!("{messages} {octets}"), Pop3Reason::Done)
            }
            Pop3Command::List { number: None } => self.listing(Key::List, |m| m.size().to_string()),
            Pop3Command::List { number: Some(number) } => {
                self.one_listed(heard, *number, |m| m.size().to_string())
            }
            Pop3Command::Uidl { number: None } => self.listing(Key::Uidl, |m| m.uidl.clone()),
            Pop3Command::Uidl { number: Some(number) } => self.one_listed(heard, *number, |m| m.uidl.clone()),
            Pop3Command::Retr { number } => self.retr(heard, *number),
            Pop3Command::Top { number, lines } => self.top(heard, *number, *lines),
            Pop3Command::Dele { number } => self.dele(heard, *number),
            Pop3Command::Rset => {
                self.maildrop.unmark_all();
                Reply::ok(self.text(Key::Rset, &[]), Pop3Reason::Done)
            }
            Pop3Command::Noop => Reply::ok(self.text(Key::Noop, &[]), Pop3Reason::Done),
            Pop3Command::Capa => self.capabilities(true),
            Pop3Command::Unknown { .. } | Pop3Command::NotOffered { .. } => self.not_known(heard, true),
            Pop3Command::Malformed { verb } if !matches!(verb.as_str(), "USER" | "PASS" | "APOP") => {
                let found = heard.number.map(|number| self.find(heard, number));
                match found {
                    Some(Err(refusal)) => refusal,
                    _ => self.faulty(heard),
                }
            }
            _ => {
                let reason = Pop3Reason::WrongState { wanted: Pop3State::Authorization };
                self.refusal(Key::AlreadyLoggedIn, &[("verb", heard.name())], reason, Some(heard.verb))
            }
        }
    }

    /// CAPA: what works here, in the style's order.
    pub(super) fn capabilities(&self, logged_in: bool) -> Reply {
        let held_back = |capability: &str| {
            let keyword = capability.split(' ').next().unwrap_or_default();
            self.voice.config().without.iter().any(|w| w.eq_ignore_ascii_case(keyword))
        };
        let mut data = Vec::new();
        for (capability, only_early) in self.manner.capabilities {
            if held_back(capability) || *only_early && logged_in || !self.does(capability) {
                continue;
            }
            data.extend_from_slice(capability.as_bytes());
            if *capability == "SASL" {
                data.extend(self.mechanisms().flat_map(|m| [b" ", m.name().as_bytes()].concat()));
            }
            data.extend_from_slice(b"\r\n");
        }
        Reply::ok(self.text(Key::Capa, &[]), Pop3Reason::Done).with_data(data)
    }

    /// Does what a capability names work in the present state?
    fn does(&self, capability: &str) -> bool {
        match capability {
            "SASL" => self.mechanisms().next().is_some(),
            "STLS" => self.can_start_tls(),
            "USER" => !self.too_open(),
            _ => true,
        }
    }

    /// A line of every message that is not marked.
    fn listing(&self, key: Key, show: impl Fn(&Entry) -> String) -> Reply {
        let mut data = Vec::new();
        for (number, entry) in self.maildrop.left() {
            data.extend_from_slice(format!("{number} {}\r\n", show(entry)).as_bytes());
        }
        Reply::ok(self.text(key, &[]), Pop3Reason::Done).with_data(data)
    }

    fn one_listed(&self, heard: &Heard, number: u32, show: impl Fn(&Entry) -> String) -> Reply {
        match self.find(heard, number) {
            Ok(entry) => Reply::ok(format!("{number} {}", show(entry)), Pop3Reason::Done),
            Err(refusal) => refusal,
        }
    }

    fn retr(&self, heard: &Heard, number: u32) -> Reply {
        match self.find(heard, number) {
            Ok(entry) => {
                let fills = [("number", number.to_string()), ("octets", entry.size().to_string())];
                let text = self.text(Key::Retr, &fills);
                Reply::ok(text, Pop3Reason::MessageGiven { id: entry.id }).with_data(entry.stuffed())
            }
            Err(refusal) => refusal,
        }
    }

    fn top(&self, heard: &Heard, number: u32, lines: u32) -> Reply {
        match self.find(heard, number) {
            Ok(entry) => {
                let fills = [
                    ("number", number.to_string()),
                    ("octets", entry.size().to_string()),
                    ("lines", lines.to_string()),
                ];
                let text = self.text(Key::Top, &fills);
                Reply::ok(text, Pop3Reason::MessageGiven { id: entry.id }).with_data(entry.top(lines))
            }
            Err(refusal) => refusal,
        }
    }

    fn dele(&mut self, heard: &Heard, number: u32) -> Reply {
        let (id, size) = match self.find(heard, number) {
            Ok(entry) => (entry.id, entry.size()),
            Err(refusal) => return refusal,
        };
        self.maildrop.mark(number);
        let fills = [("number", number.to_string()), ("octets", size.to_string())];
        Reply::ok(self.text(Key::Dele, &fills), Pop3Reason::Marked { id })
    }

    /// The message of this number, or what is said where there is none.
    fn find(&self, heard: &Heard, number: u32) -> Result<&Entry, Reply> {
        self.maildrop.get(number).map_err(|why| {
            let (key, reason) = match why {
                NotThere::NoSuchNumber => {
                    let messages = self.maildrop.count();
                    (Key::NoSuchMessage, Pop3Reason::NoSuchMessage { number, messages })
                }
                NotThere::Deleted => (Key::Deleted, Pop3Reason::AlreadyDeleted { number }),
            };
            self.refusal(key, &[("number", number.to_string())], reason, Some(heard.number_at))
        })
    }
}
