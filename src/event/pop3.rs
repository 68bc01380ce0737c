//! What a POP3 server heard and said, with the typed reason for each answer. RFC 1939 where nothing else is named.

use super::LooksLike;
use crate::rfc::Section;
use crate::units::{Bytes, MessageId, Span};
use serde::{Deserialize, Serialize};

/// The states of a POP3 session (section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pop3State {
    /// Before the login.
    Authorization,
    /// With the maildrop open.
    Transaction,
    /// After QUIT, while deletions are carried out.
    Update,
}

/// What the server understood. Message numbers are the session's, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pop3Command {
    /// Nothing yet: the server greets.
    Connect,
    /// USER.
    User {
        /// The name.
        name: String,
    },
    /// PASS. The password itself stands in the exchange's line, as it stood on the wire.
    Pass,
    /// STAT.
    Stat,
    /// LIST, of one message or of all.
    List {
        /// Which.
        number: Option<u32>,
    },
    /// UIDL, of one message or of all.
    Uidl {
        /// Which.
        number: Option<u32>,
    },
    /// RETR.
    Retr {
        /// Which.
        number: u32,
    },
    /// TOP.
    Top {
        /// Which.
        number: u32,
        /// How many lines of the body.
        lines: u32,
    },
    /// DELE.
    Dele {
        /// Which.
        number: u32,
    },
    /// RSET.
    Rset,
    /// NOOP.
    Noop,
    /// CAPA (RFC 2449).
    Capa,
    /// QUIT.
    Quit,
    /// A known verb whose argument could not be read.
    Malformed {
        /// The verb in capitals.
        verb: String,
    },
    /// A verb that POP3 has and this server does not offer.
    NotOffered {
        /// The verb in capitals.
        verb: String,
    },
    /// No command of POP3.
    Unknown {
        /// The first word as typed.
        verb: String,
        /// What the line looks like instead.
        looks_like: Option<LooksLike>,
    },
    /// A line longer than the server reads.
    Overlong {
        /// Its length in octets.
        octets: usize,
    },
    /// Nothing: the server speaks up by itself, because the client was silent too long, the connection is one too
    /// many or the mistakes are.
    Silence,
}

/// Why the server answered as it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pop3Reason {
    /// The greeting.
    Greeting,
    /// A name was given; whether it exists is not told (section 7, USER).
    NameTaken,
    /// The maildrop is open.
    LoggedIn {
        /// How many messages lie in it.
        messages: u32,
    },
    /// What was asked for was given.
    Done,
    /// One message was given.
    MessageGiven {
        /// The message.
        id: MessageId,
    },
    /// A message is marked; it goes at QUIT.
    Marked {
        /// The message.
        id: MessageId,
    },
    /// Good-bye; what was marked is gone.
    Closing {
        /// How many were removed.
        removed: u32,
    },
    /// No such command.
    UnknownCommand,
    /// A command this server does not offer.
    NotImplemented,
    /// A command of another state.
    WrongState {
        /// The state in which it would be right.
        wanted: Pop3State,
    },
    /// PASS without USER right before it.
    UserFirst,
    /// The command needs an argument.
    MissingArgument,
    /// An argument that is no message number, or too many arguments.
    BadArgument,
    /// Name or password is wrong; which of the two is not told.
    LoginFailed,
    /// Another session has the maildrop (section 4).
    Locked,
    /// No message has this number.
    NoSuchMessage {
        /// The number.
        number: u32,
        /// How many there are.
        messages: u32,
    },
    /// The message is marked as deleted.
    AlreadyDeleted {
        /// The number.
        number: u32,
    },
    /// The command line is longer than the server reads.
    LineTooLong {
        /// The limit in octets.
        limit: usize,
    },
    /// More connections from one client than the server takes.
    TooManyConnections {
        /// The limit.
        limit: u32,
    },
    /// More mistakes in one session than the server bears.
    TooManyErrors {
        /// The limit.
        limit: u32,
    },
    /// The client was silent too long (section 3).
    TimedOut,
}

/// One command and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pop3Exchange {
    /// What the server understood.
    pub command: Pop3Command,
    /// The line as it came, without its end; empty for the greeting.
    pub line: Bytes,
    /// `+OK` or `-ERR`.
    pub ok: bool,
    /// The first line of the answer after `+OK` or `-ERR`.
    pub text: String,
    /// Why.
    pub reason: Pop3Reason,
    /// The place in the line that the reason is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The rule.
    pub rule: Section,
    /// The name the session is logged in as or, before that, the last USER; empty before any.
    pub user: String,
}

impl Pop3Command {
    /// The verb in capitals, for what is a command of POP3.
    pub fn verb(&self) -> Option<&str> {
        use Pop3Command as C;
        Some(match self {
            C::User { .. } => "USER",
            C::Pass => "PASS",
            C::Stat => "STAT",
            C::List { .. } => "LIST",
            C::Uidl { .. } => "UIDL",
            C::Retr { .. } => "RETR",
            C::Top { .. } => "TOP",
            C::Dele { .. } => "DELE",
            C::Rset => "RSET",
            C::Noop => "NOOP",
            C::Capa => "CAPA",
            C::Quit => "QUIT",
            C::Malformed { verb } | C::NotOffered { verb } => verb,
            C::Connect | C::Unknown { .. } | C::Overlong { .. } | C::Silence => return None,
        })
    }
}

impl Pop3Reason {
    /// Every [`Pop3Reason::kind`], in the order of the variants.
    pub const KINDS: &[&str] = &[
        "greeting",
        "name-taken",
        "logged-in",
        "done",
        "message-given",
        "marked",
        "closing",
        "unknown-command",
        "not-implemented",
        "wrong-state",
        "user-first",
        "missing-argument",
        "bad-argument",
        "login-failed",
        "locked",
        "no-such-message",
        "already-deleted",
        "line-too-long",
        "too-many-connections",
        "too-many-errors",
        "timed-out",
    ];

    /// The reason's name without its parameters, in kebab-case, as JSON and scenarios write it.
    pub fn kind(&self) -> &'static str {
        use Pop3Reason as R;
        match self {
            R::Greeting => "greeting",
            R::NameTaken => "name-taken",
            R::LoggedIn { .. } => "logged-in",
            R::Done => "done",
            R::MessageGiven { .. } => "message-given",
            R::Marked { .. } => "marked",
            R::Closing { .. } => "closing",
            R::UnknownCommand => "unknown-command",
            R::NotImplemented => "not-implemented",
            R::WrongState { .. } => "wrong-state",
            R::UserFirst => "user-first",
            R::MissingArgument => "missing-argument",
            R::BadArgument => "bad-argument",
            R::LoginFailed => "login-failed",
            R::Locked => "locked",
            R::NoSuchMessage { .. } => "no-such-message",
            R::AlreadyDeleted { .. } => "already-deleted",
            R::LineTooLong { .. } => "line-too-long",
            R::TooManyConnections { .. } => "too-many-connections",
            R::TooManyErrors { .. } => "too-many-errors",
            R::TimedOut => "timed-out",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Pop3Reason as R;

    /// One of each; the match in `kind` keeps the compiler's eye on new variants, the length below on this list.
    fn one_of_each() -> Vec<Pop3Reason> {
        let id = MessageId(1);
        vec![
            R::Greeting,
            R::NameTaken,
            R::LoggedIn { messages: 2 },
            R::Done,
            R::MessageGiven { id },
            R::Marked { id },
            R::Closing { removed: 1 },
            R::UnknownCommand,
            R::NotImplemented,
            R::WrongState { wanted: Pop3State::Transaction },
            R::UserFirst,
            R::MissingArgument,
            R::BadArgument,
            R::LoginFailed,
            R::Locked,
            R::NoSuchMessage { number: 3, messages: 2 },
            R::AlreadyDeleted { number: 1 },
            R::LineTooLong { limit: 255 },
            R::TooManyConnections { limit: 10 },
            R::TooManyErrors { limit: 20 },
            R::TimedOut,
        ]
    }

    #[test]
    fn kinds_are_the_names_that_json_uses() {
        let kinds: Vec<&str> = one_of_each().iter().map(R::kind).collect();
        assert_eq!(kinds, R::KINDS);
        for reason in one_of_each() {
            let name = match serde_json::to_value(&reason).unwrap() {
                serde_json::Value::String(name) => name,
                other => other.as_object().unwrap().keys().next().unwrap().clone(),
            };
            assert_eq!(reason.kind(), name);
        }
    }
}
