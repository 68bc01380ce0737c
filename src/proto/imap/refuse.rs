//! What is wrong with a command before anything is done about it: tag, verb, state, arguments.

use super::command::{Fault, Heard};
use super::reply::Reply;
use super::server::ServerSession;
use super::texts::Key;
use crate::event::{ImapArgument as A, ImapCommand, ImapReason, ImapState, ImapVerb};
use crate::units::Span;

impl ServerSession {
    /// What is wrong with a command before anything is done: tag, verb, state, arguments, in this order.
    pub(super) fn refused(&self, heard: &Heard) -> Option<Reply> {
        let early = self.user.is_empty();
        let say = |key, reason| self.voice.say(key, &[("verb", heard.name())], reason);
        if heard.is_untagged() {
            let key = match (heard.tag.is_empty(), early) {
                (true, true) if self.manner.terse_early => Key::UnknownEarly,
                (true, _) => Key::MissingTag,
                (false, true) => Key::UnknownEarly,
                (false, false) if heard.verb_at.start == heard.verb_at.end => Key::MissingCommand,
                (false, false) => Key::UnknownCommand,
            };
            return Some(say(key, ImapReason::MissingTag).at(heard.tag_at));
        }
        if heard.verb_at.start == heard.verb_at.end {
            let key = if early { Key::UnknownEarly } else { Key::MissingCommand };
            return Some(say(key, ImapReason::MissingCommand).at(heard.verb_at));
        }
        let not_offered = || say(Key::NotOffered, ImapReason::NotImplemented).at(heard.verb_at);
        let verb = match &heard.command {
            ImapCommand::NotOffered { .. } => return Some(not_offered()),
            command => command.verb(),
        };
        let Some(verb) = verb else {
            if heard.uid {
                let wanted = A::UidCommand;
                let alone = heard.verb_at.end - heard.verb_at.start <= "UID".len();
                let (key, reason) = if alone {
                    (Key::MissingCommand, ImapReason::MissingArgument { wanted })
                } else {
                    (Key::UnknownCommand, ImapReason::BadArgument { wanted })
                };
                return Some(say(key, reason).at(heard.verb_at));
            }
            let key = if early { Key::UnknownEarly } else { Key::UnknownCommand };
            return Some(say(key, ImapReason::UnknownCommand).at(heard.verb_at));
        };
        if needs(verb, heard.uid).is_some_and(|capability| self.without(capability)) {
            return Some(not_offered());
        }
        if let Some((key, wanted)) = self.out_of_place(verb) {
            let reason = ImapReason::WrongState { state: self.state(), wanted };
            return Some(say(key, reason).at(heard.verb_at));
        }
        match &heard.request {
            Ok(_) => None,
            Err(fault) => Some(self.faulty(heard, fault.as_ref())),
        }
    }

    /// Does this command belong to another state (RFC 3501 section 6)?
    fn out_of_place(&self, verb: ImapVerb) -> Option<(Key, ImapState)> {
        use ImapVerb as V;
        let state = self.state();
        match verb {
            V::Capability | V::Noop | V::Logout | V::Id => None,
            V::Starttls | V::Authenticate | V::Login => (state != ImapState::NotAuthenticated)
                .then_some((Key::AlreadyLoggedIn, ImapState::NotAuthenticated)),
            _ if state == ImapState::NotAuthenticated => {
                let wanted = if of_messages(verb) { ImapState::Selected } else { ImapState::Authenticated };
                Some((Key::LoginFirst, wanted))
            }
            _ if of_messages(verb) && state == ImapState::Authenticated => {
                Some((Key::SelectFirst, ImapState::Selected))
            }
            _ => None,
        }
    }

    /// What the server says to arguments it cannot read.
    fn faulty(&self, heard: &Heard, fault: Option<&Fault>) -> Reply {
        let (wanted, span, word) = match fault {
            Some(fault) => (fault.wanted, fault.span, fault.word.as_str()),
            None => (A::String, heard.verb_at, ""),
        };
        // Nothing stands in the parentheses where the end of them is at fault.
        let empty = word == ")" && !matches!(wanted, A::End);
        let missing = empty || fault.is_some_and(Fault::missing);
        let eight_bit = eight_bit_atom(&heard.line, span);
        let key = match wanted {
            _ if self.user.is_empty() && self.manner.terse_early => Key::UnknownEarly,
            _ if eight_bit.is_some() => Key::EightBit,
            A::End => Key::ExtraArgument,
            A::ClosingQuote => Key::OpenQuote,
            A::ClosingParenthesis => Key::OpenParenthesis,
            _ if empty => Key::EmptyList,
            A::Section | A::Partial if missing => Key::OpenBracket,
            _ if missing => Key::MissingArgument,
            A::Set => Key::BadSet,
            A::Flags if word.starts_with('\\') => Key::BadFlag,
            A::FetchItems => Key::BadItem,
            A::Section | A::Partial => Key::BadSection,
            A::StatusItems => Key::BadStatusItem,
            A::SearchKey => Key::BadCriterion,
            A::Mailbox | A::Pattern if word.contains('&') || !word.is_ascii() => Key::BadEncoding,
            _ => Key::BadArgument,
        };
        let reason = match wanted {
            _ if eight_bit.is_some() => ImapReason::EightBitAtom,
            A::End => ImapReason::UnexpectedArgument,
            A::Flags if word.starts_with('\\') => ImapReason::NoSuchFlag { flag: word.to_owned() },
            _ if missing => ImapReason::MissingArgument { wanted },
            _ => ImapReason::BadArgument { wanted },
        };
        let verb = heard.name();
        let mut name = verb.to_ascii_lowercase();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let argument = word.chars().take(64).collect::<String>().to_ascii_uppercase();
        let sets = if heard.uid { "uidset" } else { "messageset" }.to_owned();
        let fills = [
            ("verb", verb),
            ("name", name),
            ("argument", argument),
            ("sets", sets),
            ("detail", nothing_in(wanted).to_owned()),
        ];
        let (span, end) = (eight_bit.unwrap_or(span), heard.line.len());
        self.voice.say(key, &fills, reason).at(Span::new(span.start.min(end), span.end.min(end)))
    }
}

/// What Dovecot says where the parentheses have nothing in them.
fn nothing_in(wanted: A) -> &'static str {
    match wanted {
        A::FetchItems => "FETCH list is empty",
        A::StatusItems => "Empty status list",
        A::SearchKey => "No search parameters inside list",
        _ => "Missing arguments",
    }
}

/// Where in what is at fault a word without quotes begins to be beyond ASCII: whatever else the word should have been,
/// it could not be read because of that.
fn eight_bit_atom(line: &[u8], fault: Span) -> Option<Span> {
    let ends = |b: &u8| matches!(b, b' ' | b'(' | b')' | b'"' | b'\r' | b'\n');
    let rest = line.get(fault.start..fault.end.min(line.len()))?;
    let blanks = rest.iter().take_while(|b| **b == b' ').count();
    let word = rest.get(blanks..)?;
    let word = word.get(..word.iter().position(ends).unwrap_or(word.len()))?;
    let place = word.iter().position(|b| !b.is_ascii())?;
    let start = fault.start + blanks;
    Some(Span::new(start + place, start + word.len()))
}

/// The capability without which a host does not have this command.
fn needs(verb: ImapVerb, uid: bool) -> Option<&'static str> {
    Some(match verb {
        ImapVerb::Id => "ID",
        ImapVerb::Enable => "ENABLE",
        ImapVerb::Idle => "IDLE",
        ImapVerb::Namespace => "NAMESPACE",
        ImapVerb::Unselect => "UNSELECT",
        ImapVerb::Move => "MOVE",
        ImapVerb::Expunge if uid => "UIDPLUS",
        _ => return None,
    })
}

/// Commands of the selected state.
fn of_messages(verb: ImapVerb) -> bool {
    use ImapVerb as V;
    matches!(
        verb,
        V::Check | V::Close | V::Unselect | V::Expunge | V::Search | V::Fetch | V::Store | V::Copy | V::Move
    )
}
