//! Reasons of POP3 servers as messages.

use super::say::Say;
use super::smtp::{resembles, unknown};
use crate::event::{Holder, Pop3Command, Pop3Exchange, Pop3Reason, Pop3State};
use crate::mail::sasl::SaslFault;

/// The message for the reason of an exchange.
pub(super) fn reason(exchange: &Pop3Exchange) -> Say {
    use Pop3Reason as R;
    let line = exchange.line.lossy();
    let verb = exchange.command.verb().or_else(|| line.split_whitespace().next()).unwrap_or_default();
    let say = Say::new;
    let with_verb = |key| say(key).text("verb", verb);
    let with_limit = |key, limit: u64| say(key).own("limit", limit.to_string());
    match &exchange.reason {
        R::Greeting => say("pop3-greeting"),
        R::NameTaken => say("pop3-name-taken").text("user", &exchange.user),
        R::LoggedIn { messages } => say("pop3-logged-in").number("messages", u64::from(*messages)),
        R::Done => with_verb("pop3-done"),
        R::MessageGiven { .. } => with_verb("pop3-message-given"),
        R::Marked { .. } => say("pop3-marked"),
        R::Closing { removed } => say("pop3-closing").number("removed", u64::from(*removed)),
        R::UnknownCommand => unknown("pop3-unknown-command", &exchange.line),
        R::NotImplemented => with_verb("pop3-not-implemented"),
        R::WrongState { wanted } => with_verb("pop3-wrong-state").own("wanted", state(*wanted)),
        R::UserFirst => say("pop3-user-first"),
        R::MissingArgument => with_verb("pop3-missing-argument"),
        R::BadArgument => with_verb("pop3-bad-argument").own("shape", shape(verb)),
        R::LoginFailed => with_verb("pop3-login-failed"),
        R::Locked { by } => locked(say("pop3-locked"), by.as_ref()),
        R::Challenge { mechanism, number } => {
            say("pop3-challenge").own("which", format!("{}-{number}", mechanism.name()))
        }
        R::AuthCancelled => say("pop3-auth-cancelled"),
        R::BadBase64 => say("pop3-bad-base64"),
        R::AuthFailed { fault } => say("pop3-auth-failed").own("fault", fault_name(*fault)),
        R::UnknownMechanism { name } => say("pop3-unknown-mechanism").text("name", name),
        R::TlsRequired => with_verb("pop3-tls-required"),
        R::TlsBegins => say("pop3-tls-begins"),
        R::TlsActive => say("pop3-tls-active"),
        R::NoSuchMessage { number, messages } => say("pop3-no-such-message")
            .own("number", number.to_string())
            .number("messages", u64::from(*messages)),
        R::AlreadyDeleted { number } => say("pop3-already-deleted").own("number", number.to_string()),
        R::LineTooLong { limit } => with_limit("pop3-line-too-long", *limit as u64),
        R::TooManyConnections { limit } => with_limit("pop3-too-many-connections", u64::from(*limit)),
        R::TooManyErrors { limit } => with_limit("pop3-too-many-errors", u64::from(*limit)),
        R::TimedOut => say("pop3-timed-out"),
    }
}

/// Says who has a maildrop open.
pub(super) fn locked(say: Say, by: Option<&Holder>) -> Say {
    let (holder, term, conn) = match by {
        None => ("other", String::new(), String::new()),
        Some(Holder { conn, term: None }) => ("connection", String::new(), conn.to_string()),
        Some(Holder { conn, term: Some(term) }) => ("terminal", term.to_string(), conn.to_string()),
    };
    say.own("holder", holder).own("term", term).own("conn", conn)
}

/// A fault's name in kebab-case.
fn fault_name(fault: SaslFault) -> &'static str {
    match fault {
        SaslFault::PlainParts => "plain-parts",
        SaslFault::NotText => "not-text",
        SaslFault::EmptyUser => "empty-user",
        SaslFault::ServerFirst => "server-first",
        SaslFault::DigestForm => "digest-form",
        SaslFault::ScramForm => "scram-form",
        SaslFault::ChannelBinding => "channel-binding",
        SaslFault::OtherNonce => "other-nonce",
        SaslFault::Wrong => "wrong",
    }
}

/// What else is to be said about an exchange.
pub(super) fn notes(exchange: &Pop3Exchange) -> Vec<Say> {
    match &exchange.command {
        Pop3Command::Unknown { looks_like: Some(looks_like), .. } => vec![resembles(looks_like, "pop3")],
        _ => Vec::new(),
    }
}

/// What belongs after a verb.
fn shape(verb: &str) -> &'static str {
    match verb {
        "STAT" | "NOOP" | "RSET" | "CAPA" | "QUIT" => "alone",
        "LIST" | "UIDL" | "RETR" | "DELE" => "number",
        "TOP" => "top",
        "APOP" => "apop",
        _ => "other",
    }
}

fn state(state: Pop3State) -> &'static str {
    match state {
        Pop3State::Authorization => "authorization",
        Pop3State::Transaction => "transaction",
        Pop3State::Update => "update",
    }
}
