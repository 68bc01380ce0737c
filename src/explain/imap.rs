//! Reasons of IMAP servers as messages.

use super::say::Say;
use super::smtp::resembles;
use crate::event::{
    FolderChange, FolderRefusal, ImapArgument, ImapCommand, ImapExchange, ImapReason, ImapState, ImapStatus,
    ImapVerb, LooksLike,
};
use crate::mail::sasl::SaslFault;

/// The message for the reason of an exchange.
pub(super) fn reason(exchange: &ImapExchange) -> Say {
    use ImapReason as R;
    let say = Say::new;
    let verb = verb(exchange);
    let with_verb = |key| say(key).text("verb", &verb);
    let about = |key, mailbox: &str| with_verb(key).text("mailbox", mailbox);
    let with_limit = |key, limit: u64| say(key).own("limit", limit.to_string());
    let of = |key, messages: u32| say(key).number("messages", u64::from(messages));
    match &exchange.reason {
        R::Greeting => say("imap-greeting"),
        R::Done => with_verb("imap-done"),
        R::LoggedIn => say("imap-logged-in"),
        R::Selected { messages, read_only } => of("imap-selected", *messages).choice("read-only", *read_only),
        R::Fetched { ids } => say("imap-fetched").number("messages", ids.len() as u64),
        R::Found { messages } => of("imap-found", *messages),
        R::Stored { messages } => of("imap-stored", *messages),
        R::Copied { messages, moved } => of("imap-copied", *messages).choice("moved", *moved),
        R::Appended { .. } => say("imap-appended"),
        R::Expunged { messages } => of("imap-expunged", *messages),
        R::Listed { mailboxes } => say("imap-listed").number("mailboxes", u64::from(*mailboxes)),
        R::TlsBegins => say("imap-tls-begins"),
        R::LiteralWanted { octets } => say("imap-literal-wanted").number("octets", u64::from(*octets)),
        R::Challenge => say("imap-challenge"),
        R::Idling => say("imap-idling"),
        R::News { messages, expunged, flags } => {
            of("imap-news", messages.unwrap_or(0)).own("what", news(*messages, *expunged, *flags))
        }
        R::Closing => say("imap-closing"),
        R::MissingTag => missing_tag(exchange),
        R::MissingCommand => say("imap-missing-command").text("tag", &exchange.tag),
        R::UnknownCommand => with_verb("imap-unknown-command"),
        R::NotImplemented => with_verb("imap-not-implemented"),
        R::WrongState { state, wanted } => {
            with_verb("imap-wrong-state").own("state", name(*state)).own("wanted", name(*wanted))
        }
        R::MissingArgument { wanted } => with_verb("imap-missing-argument").own("wanted", shape(*wanted)),
        R::BadArgument { wanted } => with_verb("imap-bad-argument").own("wanted", shape(*wanted)),
        R::UnexpectedArgument => with_verb("imap-unexpected-argument"),
        R::EightBitAtom => say("imap-eight-bit-atom"),
        R::LoginFailed => say("imap-login-failed"),
        R::LoginDisabled => say("imap-login-disabled"),
        R::NoSuchMechanism { mechanism } => say("imap-no-such-mechanism").text("mechanism", mechanism),
        R::Cancelled => say("imap-cancelled"),
        R::Sasl { fault } => say("imap-sasl").own("fault", sasl(*fault)),
        R::TlsNotOffered => say("imap-tls-not-offered"),
        R::TlsAlready => say("imap-tls-already"),
        R::NoSuchMailbox { mailbox } => about("imap-no-such-mailbox", mailbox),
        R::NotSelectable { mailbox } => about("imap-not-selectable", mailbox),
        R::AlreadyExists { mailbox } => about("imap-already-exists", mailbox),
        R::HasChildren { mailbox } => about("imap-has-children", mailbox),
        R::InboxStays => say("imap-inbox-stays"),
        R::BadName { mailbox } => about("imap-bad-name", mailbox),
        R::TooManyMailboxes { limit } => with_limit("imap-too-many-mailboxes", u64::from(*limit)),
        R::NoSuchMessage { number, messages } => {
            of("imap-no-such-message", *messages).own("number", number.to_string())
        }
        R::StatusOfOpen => say("imap-status-of-open"),
        R::MessagesGone => say("imap-messages-gone"),
        R::NoSuchFlag { flag } => say("imap-no-such-flag").text("flag", flag),
        R::TooManyKeywords { limit } => with_limit("imap-too-many-keywords", u64::from(*limit)),
        R::ReadOnly => say("imap-read-only"),
        R::UnknownCharset { charset } => say("imap-unknown-charset").text("charset", charset),
        R::MailboxFull => say("imap-mailbox-full"),
        R::NoRoom => say("imap-no-room"),
        R::LineTooLong { limit } => with_limit("imap-line-too-long", *limit as u64),
        R::LiteralTooBig { limit } => with_limit("imap-literal-too-big", *limit as u64),
        R::TooManyConnections { limit } => with_limit("imap-too-many-connections", u64::from(*limit)),
        R::TooManyErrors { limit } => with_limit("imap-too-many-errors", u64::from(*limit)),
        R::TimedOut => say("imap-timed-out"),
        R::MailboxGone => say("imap-mailbox-gone"),
    }
}

/// What else is to be said about an exchange.
pub(super) fn notes(exchange: &ImapExchange) -> Vec<Say> {
    match &exchange.command {
        // That the tag is missing is said already.
        ImapCommand::Unknown { looks_like: Some(LooksLike::Imap { .. }), .. } => Vec::new(),
        ImapCommand::Unknown { looks_like: Some(looks_like), .. } => vec![resembles(looks_like, "imap")],
        ImapCommand::Known(known) if known.surplus_blanks => vec![Say::new("imap-surplus-blanks")],
        _ => Vec::new(),
    }
}

/// How the line of an exchange is named in a transcript: its command in capitals; a dash where nothing came.
pub(super) fn verb(exchange: &ImapExchange) -> String {
    if let Some(verb) = exchange.command.verb() {
        return verb.name().to_owned();
    }
    match &exchange.command {
        ImapCommand::NotOffered { verb } | ImapCommand::Unknown { verb, .. } => verb.clone(),
        _ => "-".to_owned(),
    }
}

/// How an answer is named in a transcript.
pub(super) fn status(exchange: &ImapExchange) -> &'static str {
    match exchange.status {
        ImapStatus::Data => "*",
        status => status.word(),
    }
}

/// The whole line seems to be a command without its tag, or the tag is not one.
fn missing_tag(exchange: &ImapExchange) -> Say {
    let line = exchange.line.lossy();
    let word = line.split_whitespace().next().unwrap_or_default();
    let forgotten = word.parse::<ImapVerb>().is_ok() || word.eq_ignore_ascii_case("UID");
    Say::new("imap-missing-tag").choice("forgotten", forgotten).text("line", line.trim())
}

/// Which of several things that are told is the one to explain.
fn news(messages: Option<u32>, expunged: u32, flags: u32) -> &'static str {
    match (messages, expunged, flags) {
        (Some(_), _, _) => "arrived",
        (None, 1.., _) => "gone",
        (None, 0, 1..) => "flags",
        _ => "other",
    }
}

fn name(state: ImapState) -> &'static str {
    match state {
        ImapState::NotAuthenticated => "not-authenticated",
        ImapState::Authenticated => "authenticated",
        ImapState::Selected => "selected",
        ImapState::Logout => "logout",
    }
}

/// The name of an argument's kind for the messages.
fn shape(argument: ImapArgument) -> &'static str {
    use ImapArgument as A;
    match argument {
        A::Blank => "blank",
        A::End => "end",
        A::User => "user",
        A::Password => "password",
        A::Mechanism => "mechanism",
        A::Mailbox => "mailbox",
        A::Pattern => "pattern",
        A::Set => "set",
        A::StatusItems => "status-items",
        A::Flags => "flags",
        A::StoreItem => "store-item",
        A::FetchItems => "fetch-items",
        A::Section => "section",
        A::Partial => "partial",
        A::SearchKey => "search-key",
        A::Date => "date",
        A::DateTime => "date-time",
        A::Number => "number",
        A::String => "string",
        A::Message => "message",
        A::Options => "options",
        A::Capabilities => "capabilities",
        A::IdPairs => "id-pairs",
        A::Base64 => "base64",
        A::ClosingQuote => "closing-quote",
        A::ClosingParenthesis => "closing-parenthesis",
        A::UidCommand => "uid-command",
    }
}

fn sasl(fault: SaslFault) -> &'static str {
    match fault {
        SaslFault::PlainParts => "plain-parts",
        SaslFault::NotText => "not-text",
        SaslFault::EmptyUser => "empty-user",
        SaslFault::DigestForm => "digest-form",
        SaslFault::ScramForm => "scram-form",
        SaslFault::ChannelBinding => "channel-binding",
        SaslFault::OtherNonce => "other-nonce",
        SaslFault::ServerFirst => "scram-form",
        SaslFault::Wrong => "wrong",
    }
}

/// Why a host did not do something about folders.
pub(super) fn refusal(refusal: &FolderRefusal) -> Say {
    Say::new(match refusal {
        FolderRefusal::NoSuchFolder => "verdict-no-such-folder",
        FolderRefusal::NotSelectable => "verdict-not-selectable",
        FolderRefusal::Exists => "verdict-folder-exists",
        FolderRefusal::HasChildren => "verdict-has-children",
        FolderRefusal::InboxStays => "verdict-inbox-stays",
        FolderRefusal::BadName => "verdict-bad-name",
        FolderRefusal::MessagesGone => "verdict-messages-gone",
        FolderRefusal::TooManyFolders { .. } => "verdict-too-many-folders",
        FolderRefusal::TooManyKeywords { .. } => "verdict-too-many-keywords",
        FolderRefusal::Full => "verdict-mailbox-full",
        FolderRefusal::NoRoom => "verdict-no-room",
    })
}

/// What happened to folders.
pub(super) fn change(what: &FolderChange) -> Say {
    match what {
        FolderChange::Created { folder } => Say::new("folder-created").text("folder", folder),
        FolderChange::Deleted { folder } => Say::new("folder-deleted").text("folder", folder),
        FolderChange::Renamed { from, to } => Say::new("folder-renamed").text("from", from).text("to", to),
        FolderChange::Subscribed { folder } => Say::new("folder-subscribed").text("folder", folder),
        FolderChange::Unsubscribed { folder } => Say::new("folder-unsubscribed").text("folder", folder),
    }
}
