//! What a POP3 server heard and said, with the typed reason for each answer. RFC 1939 where nothing else is named.

use super::{Holder, LooksLike};
use crate::mail::sasl::{Mechanism, SaslFault};
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
    /// APOP. The digest stands in the exchange's line.
    Apop {
        /// The name.
        name: String,
    },
    /// AUTH (RFC 5034), which without a mechanism asks for the list of them.
    Auth {
        /// The mechanism as named, in capitals.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mechanism: Option<String>,
    },
    /// A client's answer in the exchange that AUTH began. What it says stands in the exchange's line.
    AuthAnswer {
        /// The mechanism.
        mechanism: Mechanism,
    },
    /// STLS (RFC 2595).
    Stls,
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
    Locked {
        /// Who has it, where it is one of the learner's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Holder>,
    },
    /// The next message of an authentication is the client's (RFC 5034 section 4). Neither `+OK` nor `-ERR`.
    Challenge {
        /// The mechanism.
        mechanism: Mechanism,
        /// Which challenge of the exchange it is, from 1.
        number: u32,
    },
    /// The client gave the authentication up with `*`.
    AuthCancelled,
    /// What should be base64 is none.
    BadBase64,
    /// The client's message is not what the mechanism wants.
    AuthFailed {
        /// What is wrong with it.
        fault: SaslFault,
    },
    /// The server does not offer this mechanism.
    UnknownMechanism {
        /// As named.
        name: String,
    },
    /// The password would travel in the clear, and the host takes it under TLS only.
    TlsRequired,
    /// TLS begins right after this answer.
    TlsBegins,
    /// The connection is under TLS already.
    TlsActive,
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
    /// It happened under TLS.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tls: bool,
}

impl Pop3Exchange {
    /// How the answer begins: `+OK`, `-ERR`, or the `+` of a challenge.
    pub fn status(&self) -> &'static str {
        match (&self.reason, self.ok) {
            (Pop3Reason::Challenge { .. }, _) => "+",
            (_, true) => "+OK",
            (_, false) => "-ERR",
        }
    }

    /// The mechanism of an authentication in capitals.
    pub fn mechanism(&self) -> Option<&str> {
        match &self.command {
            Pop3Command::Auth { mechanism } => mechanism.as_deref(),
            Pop3Command::AuthAnswer { mechanism } => Some(mechanism.name()),
            _ => None,
        }
    }
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
            C::Apop { .. } => "APOP",
            C::Auth { .. } | C::AuthAnswer { .. } => "AUTH",
            C::Stls => "STLS",
            C::Quit => "QUIT",
            C::Malformed { verb } | C::NotOffered { verb } => verb,
            C::Connect | C::Unknown { .. } | C::Overlong { .. } | C::Silence => return None,
        })
    }
}
