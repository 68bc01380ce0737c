//! Host styles: how well-known POP3 servers word their replies and what they let pass, as one table of data.

use crate::mail::sasl::Mechanism;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Whose wording a server uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Courier.
    Courier,
    /// Dovecot 2.
    Dovecot,
}

impl Style {
    /// All of them.
    pub const ALL: &[Style] = &[Style::Courier, Style::Dovecot];

    /// Its name, as scenarios write it.
    pub fn name(self) -> &'static str {
        match self {
            Style::Courier => "courier",
            Style::Dovecot => "dovecot",
        }
    }

    /// The keys of the texts that a host may word in its own way, in the table's order.
    pub fn reply_keys() -> impl Iterator<Item = &'static str> {
        TEXTS.iter().map(|row| row.name)
    }

    /// The placeholders that the text of `key` may use, without their braces; `None` where there is no such key.
    /// `host`, `user`, `messages` and `octets` (of what is left in the maildrop, unless the row says otherwise) can
    /// be used everywhere and come first.
    pub fn placeholders(key: &str) -> Option<Vec<&'static str>> {
        let row = TEXTS.iter().find(|row| row.name == key)?;
        Some(EVERYWHERE.iter().chain(row.fills).copied().collect())
    }

    /// The style's own text for `key`, placeholders unfilled; `None` where there is no such key.
    pub fn text(self, key: &str) -> Option<&'static str> {
        TEXTS.iter().find(|row| row.name == key).map(|row| row.of(self))
    }

    /// The capabilities of this style by their keywords, each of which a host may be without.
    pub fn extensions(self) -> impl Iterator<Item = &'static str> {
        self.manner().capabilities.iter().filter_map(|(line, _)| line.split(' ').next())
    }

    /// How many connections from one address it takes; with more, [`ServerSession::busy`](super::ServerSession::busy)
    /// is due.
    pub fn connection_limit(self) -> u32 {
        self.manner().connection_limit
    }

    /// What it lets pass and what it does not.
    pub(super) fn manner(self) -> &'static Manner {
        match self {
            Style::Courier => &COURIER,
            Style::Dovecot => &DOVECOT,
        }
    }
}

impl std::str::FromStr for Style {
    type Err = ();
    fn from_str(s: &str) -> Result<Style, ()> {
        Style::ALL.iter().copied().find(|style| style.name() == s).ok_or(())
    }
}

/// Names a text. Those with a state in them fall back to the general one where a host words only that in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Greeting,
    User,
    LoggedIn,
    List,
    Uidl,
    Retr,
    Top,
    Dele,
    Rset,
    Noop,
    Capa,
    Quit,
    QuitDeleted,
    QuitEarly,
    Unknown,
    UnknownEarly,
    EmptyLine,
    LoginFirst,
    AlreadyLoggedIn,
    NotOffered,
    NotOfferedEarly,
    NoApop,
    NoAuth,
    NoStls,
    UserFirst,
    UserMissing,
    PasswordMissing,
    LoginFailed,
    BadApop,
    AuthList,
    AuthMissing,
    BadMechanism,
    BadInitial,
    BadBase64,
    AuthCancelled,
    AuthFailed,
    TlsRequired,
    TlsRequiredAuth,
    Stls,
    TlsActive,
    Locked,
    NumberMissing,
    BadNumber,
    NumberTooLarge,
    NumberNoise,
    NoSuchMessage,
    Deleted,
    LinesMissing,
    BadLines,
    LinesTooLarge,
    LinesNoise,
    NotRemoved,
    LineTooLong,
    LineTooLongEarly,
    TooManyErrors,
    TooManyErrorsEarly,
    TooManyConnections,
    TimedOut,
}

/// One text in each style.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) key: Key,
    pub(super) name: &'static str,
    courier: &'static str,
    dovecot: &'static str,
    fills: &'static [&'static str],
}

impl Row {
    /// The style's text.
    pub(super) fn of(&self, style: Style) -> &'static str {
        match style {
            Style::Courier => self.courier,
            Style::Dovecot => self.dovecot,
        }
    }
}

impl Key {
    /// The text's row in the table.
    pub(super) fn row(self) -> &'static Row {
        // The table has each key once (tested), so the last row is never a stand-in.
        TEXTS.iter().find(|row| row.key == self).unwrap_or(&LAST)
    }

    /// The general text that a host's own wording of which also covers this one.
    pub(super) fn general(self) -> Option<Key> {
        match self {
            Key::QuitDeleted | Key::QuitEarly => Some(Key::Quit),
            Key::UnknownEarly => Some(Key::Unknown),
            Key::NotOfferedEarly | Key::NoApop | Key::NoAuth | Key::NoStls => Some(Key::NotOffered),
            Key::AuthFailed => Some(Key::LoginFailed),
            Key::BadInitial => Some(Key::BadBase64),
            Key::TlsRequiredAuth => Some(Key::TlsRequired),
            Key::LineTooLongEarly => Some(Key::LineTooLong),
            Key::TooManyErrorsEarly => Some(Key::TooManyErrors),
            _ => None,
        }
    }
}

const EVERYWHERE: &[&str] = &["host", "user", "messages", "octets"];
const VERB: &[&str] = &["verb"];
const NUMBER: &[&str] = &["number"];
const ARGUMENT: &[&str] = &["argument"];
const LIMIT: &[&str] = &["limit"];

const fn row(
    key: Key,
    name: &'static str,
    courier: &'static str,
    dovecot: &'static str,
    fills: &'static [&'static str],
) -> Row {
    Row { key, name, courier, dovecot, fills }
}

static LAST: Row = row(Key::TimedOut, "timed-out", "", "Disconnected for inactivity.", &[]);

/// What follows `+OK` or `-ERR`. An empty text leaves those alone on their line. STAT, and LIST and UIDL of one
/// message, have no text: clients read their numbers (RFC 1939 section 5).
#[rustfmt::skip]
static TEXTS: &[Row] = &[
    //   key                       name                     courier                                                  dovecot                                     placeholders
    row(Key::Greeting,           "greeting",              "Hello there.",                                          "Dovecot ready.",                             &[]),
    row(Key::User,               "user",                  "Password required.",                                    "",                                           &[]),
    row(Key::LoggedIn,           "logged-in",             "logged in.",                                            "Logged in.",                                 &[]),
    row(Key::List,               "list",                  "POP3 clients that break here, they violate STD53.",     "{messages} messages:",                       &[]),
    row(Key::Uidl,               "uidl",                  "",                                                      "",                                           &[]),
    // For these three, `octets` are those of the message.
    row(Key::Retr,               "retr",                  "{octets} octets follow.",                               "{octets} octets",                            NUMBER),
    row(Key::Top,                "top",                   "headers follow.",                                       "",                                           &["number", "lines"]),
    row(Key::Dele,               "dele",                  "Deleted.",                                              "Marked to be deleted.",                      NUMBER),
    row(Key::Rset,               "rset",                  "Resurrected.",                                          "",                                           &[]),
    row(Key::Noop,               "noop",                  "Yup.",                                                  "",                                           &[]),
    row(Key::Capa,               "capa",                  "Here's what I can do:",                                 "",                                           &[]),
    row(Key::Quit,               "quit",                  "Bye-bye.",                                              "Logging out.",                               &[]),
    row(Key::QuitDeleted,        "quit-deleted",          "Bye-bye.",                                              "Logging out, messages deleted.",             &["removed"]),
    row(Key::QuitEarly,          "quit-early",            "Better luck next time.",                                "Logging out",                                &[]),
    row(Key::Unknown,            "unknown",               "Invalid command.",                                      "Unknown command: {verb}",                    VERB),
    row(Key::UnknownEarly,       "unknown-early",         "Invalid command.",                                      "Unknown command.",                           VERB),
    row(Key::EmptyLine,          "empty-line",            "Invalid command.",                                      "Unknown command.",                           &[]),
    row(Key::LoginFirst,         "login-first",           "Invalid command.",                                      "Unknown command.",                           VERB),
    row(Key::AlreadyLoggedIn,    "already-logged-in",     "Invalid command.",                                      "Unknown command: {verb}",                    VERB),
    row(Key::NotOffered,         "not-offered",           "Invalid command.",                                      "Unknown command: {verb}",                    VERB),
    row(Key::NotOfferedEarly,    "not-offered-early",     "Invalid command.",                                      "Unknown command.",                           VERB),
    row(Key::NoApop,             "no-apop",               "Invalid command.",                                      "APOP not enabled.",                          VERB),
    row(Key::NoAuth,             "no-auth",               "Invalid command.",                                      "[AUTH] Unsupported authentication mechanism.", VERB),
    row(Key::NoStls,             "no-stls",               "TLS support not available.",                            "TLS support isn't enabled.",                 VERB),
    row(Key::UserFirst,          "user-first",            "USER/PASS required.",                                   "No username given.",                         &[]),
    row(Key::UserMissing,        "user-missing",          "Invalid command.",                                      "Invalid parameters.",                        &[]),
    row(Key::PasswordMissing,    "password-missing",      "USER/PASS required.",                                   "Invalid parameters.",                        &[]),
    row(Key::LoginFailed,        "login-failed",          "Login failed.",                                         "[AUTH] Authentication failed.",              &[]),
    // Courier has no APOP; this is what it says to arguments it cannot use.
    row(Key::BadApop,            "bad-apop",              "Invalid command.",                                      "Invalid parameters.",                        &[]),
    row(Key::AuthList,           "auth-list",             "",                                                      "",                                           &[]),
    // Dovecot lists its mechanisms there.
    row(Key::AuthMissing,        "auth-missing",          "Invalid command.",                                      "[AUTH] Unsupported authentication mechanism.", &[]),
    row(Key::BadMechanism,       "bad-mechanism",         "Authentication failed.",                                "[AUTH] Unsupported authentication mechanism.", &[]),
    row(Key::BadInitial,         "bad-initial",           "Authentication aborted.",                               "[AUTH] Invalid base64 data in initial response", &[]),
    row(Key::BadBase64,          "bad-base64",            "Authentication aborted.",                               "[AUTH] Invalid base64 in response",          &[]),
    row(Key::AuthCancelled,      "auth-cancelled",        "Authentication aborted.",                               "Authentication aborted by client.",          &[]),
    row(Key::AuthFailed,         "auth-failed",           "Authentication failed.",                                "[AUTH] Authentication failed.",              &[]),
    row(Key::TlsRequired,        "tls-required",          "TLS required to log in.",                               "[AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.", VERB),
    row(Key::TlsRequiredAuth,    "tls-required-auth",     "TLS required to log in.",                               "[AUTH] Plaintext authentication disabled.",  VERB),
    row(Key::Stls,               "stls",                  "Begin SSL/TLS negotiation now.",                        "Begin TLS negotiation now.",                 &[]),
    row(Key::TlsActive,          "tls-active",            "TLS support not available.",                            "TLS is already active.",                     &[]),
    // Courier serves several sessions of one maildrop at once; this is what it says in a world that locks.
    row(Key::Locked,             "locked",                "Maildrop already locked.",                              "[IN-USE] Mailbox is locked by another POP3 session.", &[]),
    row(Key::NumberMissing,      "number-missing",        "Invalid message number.",                               "Invalid message number: ",                   &[]),
    row(Key::BadNumber,          "bad-number",            "Invalid message number.",                               "Invalid message number: {argument}",         ARGUMENT),
    row(Key::NumberTooLarge,     "number-too-large",      "Invalid message number.",                               "Message number too large: {argument}",       ARGUMENT),
    row(Key::NumberNoise,        "number-noise",          "Invalid message number.",                               "Noise after message number: {argument}",     ARGUMENT),
    row(Key::NoSuchMessage,      "no-such-message",       "Invalid message number.",                               "There's no message {number}.",               NUMBER),
    row(Key::Deleted,            "deleted",               "Invalid message number.",                               "Message is deleted.",                        NUMBER),
    row(Key::LinesMissing,       "lines-missing",         "Invalid command.",                                      "Noise after message number: ",               &[]),
    row(Key::BadLines,           "bad-lines",             "Invalid command.",                                      "Invalid size: {argument}",                   ARGUMENT),
    row(Key::LinesTooLarge,      "lines-too-large",       "Invalid command.",                                      "Size too large: {argument}",                 ARGUMENT),
    row(Key::LinesNoise,         "lines-noise",           "Invalid command.",                                      "Noise after size: {argument}",               ARGUMENT),
    row(Key::NotRemoved,         "not-removed",           "some deleted messages not removed",                     "[SYS/TEMP] Internal error occurred. Refer to server log for more information.", &[]),
    row(Key::LineTooLong,        "line-too-long",         "Invalid command.",                                      "Input line too long.",                       LIMIT),
    row(Key::LineTooLongEarly,   "line-too-long-early",   "Invalid command.",                                      "Input buffer full, aborting",                LIMIT),
    // Courier bears any number of mistakes.
    row(Key::TooManyErrors,      "too-many-errors",       "Too many errors.",                                      "Too many bad commands.",                     LIMIT),
    row(Key::TooManyErrorsEarly, "too-many-errors-early", "Too many errors.",                                      "Too many invalid bad commands.",             LIMIT),
    // The real ones close without a word (Courier) or only after the login (Dovecot).
    row(Key::TooManyConnections, "too-many-connections",  "Too many connections.",                                 "[IN-USE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections={limit})", LIMIT),
    row(Key::TimedOut,           "timed-out",             "",                                                      "Disconnected for inactivity.",               &[]),
];

/// What a server lets pass and what it does not.
#[derive(Debug)]
pub(super) struct Manner {
    /// Blanks before the verb and tabs are skipped, numbers end where their digits end, what follows the last
    /// argument is ignored.
    pub(super) lenient: bool,
    /// USER without a name is taken; the login fails later.
    pub(super) takes_empty_name: bool,
    /// After a failed PASS the name still stands, another PASS may follow.
    pub(super) keeps_name: bool,
    /// A line that is too long, and a maildrop that is locked, end the session.
    pub(super) gives_up: bool,
    /// The longest command line it reads, CRLF included, before the login and after it.
    pub(super) line_limits: (usize, usize),
    /// How many unknown commands in a row it bears before the login.
    pub(super) bears_early: Option<u32>,
    /// How many mistakes in a row it bears after the login.
    pub(super) bears: Option<u32>,
    /// Connections from one address: Courier's MAXPERIP and Dovecot's mail_max_userip_connections.
    pub(super) connection_limit: u32,
    /// The session ends without a word after too long a silence, as RFC 1939 section 3 has it.
    pub(super) ends_silently: bool,
    /// AUTH without a mechanism lists them.
    pub(super) lists_mechanisms: bool,
    /// The mechanisms of AUTH that it offers where the host says nothing else.
    pub(super) mechanisms: &'static [Mechanism],
    /// The capabilities it lists (RFC 2449), and whether only before the login; SASL with its mechanisms, and STLS and
    /// USER where they can be done. What the real ones list beyond these (UTF8, Courier's LOGIN-DELAY, which it
    /// announces and does not keep) does not work here.
    pub(super) capabilities: &'static [(&'static str, bool)],
}

/// The longest command line, CRLF included, that a server must read (RFC 2449 section 4), and the longest Courier does.
pub(super) const LINE_LIMIT: usize = 255;

/// The longest line of an authentication, CRLF included: what RFC 4954 section 4 asks of SMTP's servers does here too.
pub(super) const ANSWER_LIMIT: usize = 12_288;

/// The least silence after which a server may end the session (RFC 1939 section 3), and what these wait unless the
/// host says otherwise. The real ones have less patience before the login.
pub(super) const IDLE_LIMIT: Duration = Duration::from_secs(600);

static COURIER: Manner = Manner {
    lenient: true,
    takes_empty_name: false,
    keeps_name: true,
    gives_up: false,
    line_limits: (LINE_LIMIT, LINE_LIMIT),
    bears_early: None,
    bears: None,
    connection_limit: 4,
    ends_silently: true,
    lists_mechanisms: false,
    mechanisms: &[Mechanism::Login, Mechanism::CramMd5, Mechanism::Plain],
    capabilities: &[
        ("SASL", true),
        ("STLS", true),
        ("TOP", false),
        ("USER", false),
        ("PIPELINING", false),
        ("UIDL", false),
        ("IMPLEMENTATION Courier Mail Server", false),
    ],
};

static DOVECOT: Manner = Manner {
    lenient: false,
    takes_empty_name: true,
    keeps_name: false,
    gives_up: true,
    line_limits: (1030, 2048),
    bears_early: Some(2),
    bears: Some(20),
    connection_limit: 10,
    ends_silently: false,
    lists_mechanisms: true,
    mechanisms: &[Mechanism::Plain, Mechanism::Login, Mechanism::CramMd5, Mechanism::ScramSha256],
    capabilities: &[
        ("CAPA", false),
        ("TOP", false),
        ("UIDL", false),
        ("RESP-CODES", false),
        ("PIPELINING", false),
        ("AUTH-RESP-CODE", false),
        ("STLS", true),
        ("USER", true),
        ("SASL", true),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_each_key_and_each_name_once() {
        let names: BTreeSet<&str> = Style::reply_keys().collect();
        assert_eq!(names.len(), TEXTS.len());
        // The enum's last variant is the last row, and every row's place is its key's.
        for (place, row) in TEXTS.iter().enumerate() {
            assert_eq!(row.key as usize, place, "{}", row.name);
            assert_eq!(row.key.row().name, row.name);
        }
        assert_eq!(TEXTS.last().map(|row| row.key), Some(Key::TimedOut));
        assert_eq!(Style::text(Style::Dovecot, "timed-out"), Some(LAST.dovecot));
    }

    #[test]
    fn the_styles_own_texts_use_only_the_placeholders_they_offer() {
        for row in TEXTS {
            let offered = Style::placeholders(row.name).unwrap();
            for text in [row.courier, row.dovecot] {
                for used in text.split('{').skip(1) {
                    let name = used.split('}').next().unwrap();
                    assert!(offered.contains(&name), "{}: {{{name}}}", row.name);
                }
            }
        }
    }

    #[test]
    fn styles_are_found_by_their_names() {
        for style in Style::ALL {
            assert_eq!(style.name().parse(), Ok(*style));
            assert_eq!(serde_json::to_value(style).unwrap(), style.name());
        }
        assert_eq!("qpopper".parse::<Style>(), Err(()));
        assert_eq!(Style::placeholders("greetings"), None);
        assert_eq!(Style::placeholders("retr").unwrap(), ["host", "user", "messages", "octets", "number"]);
    }
}
