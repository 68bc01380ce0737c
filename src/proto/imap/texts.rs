//! What the styles say, as one table of data: status, a code in brackets where there is always one, words.
//!
//! `{secs}` is the time that Dovecot says a command has taken. `+` alone on its line is followed by a blank, which clients
//! want to see (RFC 3501 section 7.5).

use super::style::Style;

/// Names a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Greeting,
    LoggedIn,
    LoginFailed,
    LoginDisabled,
    NoSuchMechanism,
    Cancelled,
    BadSasl,
    BadBase64,
    Challenge,
    TlsBegins,
    TlsNotOffered,
    TlsAlready,
    Capability,
    CapabilityEarly,
    Noop,
    Bye,
    Logout,
    Id,
    Enable,
    Select,
    Examine,
    Flags,
    NoFlags,
    Unseen,
    Validity,
    Next,
    Create,
    Delete,
    Rename,
    Subscribe,
    Unsubscribe,
    List,
    Lsub,
    Namespace,
    Status,
    StatusOpen,
    Append,
    IdleBegins,
    Idle,
    IdleExpected,
    Check,
    Close,
    Unselect,
    Expunge,
    Search,
    Fetch,
    Store,
    Copy,
    Move,
    Literal,
    UnknownCommand,
    UnknownEarly,
    MissingTag,
    MissingCommand,
    NotOffered,
    LoginFirst,
    SelectFirst,
    AlreadyLoggedIn,
    MissingArgument,
    BadArgument,
    ExtraArgument,
    BadSet,
    BadFlag,
    BadItem,
    BadSection,
    BadStatusItem,
    BadCriterion,
    OpenQuote,
    OpenParenthesis,
    OpenBracket,
    EmptyList,
    EightBit,
    BadEncoding,
    NoSuchMailbox,
    NoSuchTarget,
    NotSelectable,
    AlreadyExists,
    HasChildren,
    InboxStays,
    BadName,
    MessagesGone,
    TooManyMailboxes,
    TooManyKeywords,
    ReadOnly,
    UnknownCharset,
    MailboxFull,
    NoRoom,
    LineTooLong,
    LiteralTooBig,
    TooManyConnections,
    TooManyErrors,
    TimedOut,
    MailboxGone,
    Closed,
}

/// One text in each style.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) key: Key,
    pub(super) name: &'static str,
    dovecot: &'static str,
    cyrus: &'static str,
    courier: &'static str,
    uw: &'static str,
    pub(super) fills: &'static [&'static str],
}

impl Row {
    /// The style's text.
    pub(super) fn of(&self, style: Style) -> &'static str {
        match style {
            Style::Courier => self.courier,
            Style::Cyrus => self.cyrus,
            Style::Dovecot => self.dovecot,
            Style::Uw => self.uw,
        }
    }
}

const fn row(key: Key, name: &'static str, fills: &'static [&'static str], texts: [&'static str; 4]) -> Row {
    let [dovecot, cyrus, courier, uw] = texts;
    Row { key, name, dovecot, cyrus, courier, uw, fills }
}

/// Key, name for scenarios, placeholders; Dovecot's text, Cyrus's, Courier's, UW's.
#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    row(Key::Greeting, "greeting", &[], [
        "OK Dovecot (Debian) ready.", "OK {host} Cyrus IMAP 3.6.1-Debian-3.6.1-4 server ready",
        "OK Courier-IMAP ready. Copyright 1998-2022 Double Precision, Inc.  See COPYING for distribution information.", "OK IMAP4rev1 Service Ready",
    ]),
    row(Key::LoggedIn, "logged-in", &["command"], [
        "OK Logged in", "OK User logged in",
        "OK LOGIN Ok.", "OK {command} completed",
    ]),
    row(Key::LoginFailed, "login-failed", &["command"], [
        "NO [AUTHENTICATIONFAILED] Authentication failed.", "NO [AUTHENTICATIONFAILED] Login failed: authentication failure",
        "NO Login failed.", "NO {command} failed",
    ]),
    row(Key::LoginDisabled, "login-disabled", &["command"], [
        "NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.", "NO [PRIVACYREQUIRED] Login only available under a layer",
        "NO [PRIVACYREQUIRED] Login is not possible without TLS.", "NO [PRIVACYREQUIRED] {command} is disabled until STARTTLS",
    ]),
    row(Key::NoSuchMechanism, "no-such-mechanism", &["mechanism"], [
        "NO [ALERT] Unsupported authentication mechanism.", "NO no mechanism available",
        "NO Unknown authentication mechanism.", "NO AUTHENTICATE {mechanism} failed",
    ]),
    row(Key::Cancelled, "cancelled", &[], [
        "BAD Authentication aborted by client.", "BAD Authentication cancelled",
        "NO Login aborted.", "BAD AUTHENTICATE cancelled",
    ]),
    row(Key::BadSasl, "bad-sasl", &[], [
        "NO [AUTHENTICATIONFAILED] Authentication failed.", "NO bad protocol / cancel",
        "NO Login failed.", "NO AUTHENTICATE failed",
    ]),
    row(Key::BadBase64, "bad-base64", &[], [
        "BAD Invalid base64 data in continued response", "BAD Invalid base64 string",
        "NO Invalid base64.", "BAD AUTHENTICATE: invalid base64",
    ]),
    row(Key::Challenge, "challenge", &[], [
        "+ ", "+ ",
        "+ ", "+ ",
    ]),
    row(Key::TlsBegins, "tls-begins", &[], [
        "OK Begin TLS negotiation now.", "OK Begin TLS negotiation now",
        "OK Begin SSL/TLS negotiation now.", "OK STARTTLS completed",
    ]),
    row(Key::TlsNotOffered, "tls-not-offered", &[], [
        "BAD TLS support isn't enabled.", "NO Starttls not available",
        "NO STARTTLS failed: TLS is not available.", "NO STARTTLS failed",
    ]),
    row(Key::TlsAlready, "tls-already", &[], [
        "BAD TLS is already active.", "NO TLS already active",
        "NO STARTTLS failed: already in TLS.", "BAD STARTTLS: already under TLS",
    ]),
    row(Key::Capability, "capability", &[], [
        "OK Capability completed{secs}", "OK Completed",
        "OK CAPABILITY completed", "OK CAPABILITY completed",
    ]),
    row(Key::CapabilityEarly, "capability-early", &[], [
        "OK Pre-login capabilities listed, post-login capabilities have more.", "OK Completed",
        "OK CAPABILITY completed", "OK CAPABILITY completed",
    ]),
    row(Key::Noop, "noop", &[], [
        "OK NOOP completed{secs}", "OK Completed",
        "OK NOOP completed", "OK NOOP completed",
    ]),
    row(Key::Bye, "bye", &[], [
        "BYE Logging out", "BYE LOGOUT received",
        "BYE Courier-IMAP server shutting down", "BYE IMAP4rev1 server terminating connection",
    ]),
    row(Key::Logout, "logout", &[], [
        "OK Logout completed{secs}", "OK Completed",
        "OK LOGOUT completed", "OK LOGOUT completed",
    ]),
    row(Key::Id, "id", &[], [
        "OK ID completed{secs}", "OK Completed",
        "OK ID completed", "OK ID completed",
    ]),
    row(Key::Enable, "enable", &[], [
        "OK Enabled{secs}", "OK Completed",
        "OK ENABLE completed", "OK ENABLE completed",
    ]),
    row(Key::Select, "select", &[], [
        "OK Select completed{secs}", "OK Completed",
        "OK Ok", "OK SELECT completed",
    ]),
    row(Key::Examine, "examine", &[], [
        "OK Examine completed{secs}", "OK Completed",
        "OK Ok", "OK EXAMINE completed",
    ]),
    row(Key::Flags, "flags", &[], [
        "OK Flags permitted.", "OK Ok",
        "OK Limited", "OK Permanent flags",
    ]),
    row(Key::NoFlags, "no-flags", &[], [
        "OK Read-only mailbox.", "OK Ok",
        "OK No permanent flags permitted", "OK Permanent flags",
    ]),
    row(Key::Unseen, "unseen", &["number"], [
        "OK First unseen.", "OK Ok",
        "OK Ok", "OK Message {number} is the first unseen message",
    ]),
    row(Key::Validity, "validity", &[], [
        "OK UIDs valid", "OK Ok",
        "OK Ok", "OK UIDs valid",
    ]),
    row(Key::Next, "next", &[], [
        "OK Predicted next UID", "OK Ok",
        "OK Ok", "OK Predicted next UID",
    ]),
    row(Key::Create, "create", &["mailbox"], [
        "OK Create completed{secs}", "OK Completed",
        "OK \"{mailbox}\" created.", "OK CREATE completed",
    ]),
    row(Key::Delete, "delete", &["mailbox"], [
        "OK Delete completed{secs}", "OK Completed",
        "OK Folder deleted.", "OK DELETE completed",
    ]),
    row(Key::Rename, "rename", &["mailbox"], [
        "OK Rename completed{secs}", "OK Completed",
        "OK Folder renamed.", "OK RENAME completed",
    ]),
    row(Key::Subscribe, "subscribe", &["mailbox"], [
        "OK Subscribe completed{secs}", "OK Completed",
        "OK Folder subscribed.", "OK SUBSCRIBE completed",
    ]),
    row(Key::Unsubscribe, "unsubscribe", &["mailbox"], [
        "OK Unsubscribe completed{secs}", "OK Completed",
        "OK Folder unsubscribed.", "OK UNSUBSCRIBE completed",
    ]),
    row(Key::List, "list", &[], [
        "OK List completed{secs}", "OK Completed (0.000 secs)",
        "OK LIST completed", "OK LIST completed",
    ]),
    row(Key::Lsub, "lsub", &[], [
        "OK Lsub completed{secs}", "OK Completed (0.000 secs)",
        "OK LSUB completed", "OK LSUB completed",
    ]),
    row(Key::Namespace, "namespace", &[], [
        "OK Namespace completed{secs}", "OK Completed",
        "OK NAMESPACE completed", "OK NAMESPACE completed",
    ]),
    row(Key::Status, "status", &[], [
        "OK Status completed{secs}", "OK Completed",
        "OK STATUS Completed.", "OK STATUS completed",
    ]),
    row(Key::StatusOpen, "status-open", &[], [
        "OK [CLIENTBUG] Status on selected mailbox completed{secs}", "OK Completed",
        "OK STATUS Completed.", "OK STATUS completed",
    ]),
    row(Key::Append, "append", &[], [
        "OK Append completed{secs}", "OK Completed",
        "OK APPEND Ok.", "OK APPEND completed",
    ]),
    row(Key::IdleBegins, "idle-begins", &[], [
        "+ idling", "+ idling",
        "+ entering idle mode", "+ idling",
    ]),
    row(Key::Idle, "idle", &[], [
        "OK Idle completed{secs}", "OK Completed",
        "OK IDLE completed", "OK IDLE completed",
    ]),
    row(Key::IdleExpected, "idle-expected", &[], [
        "BAD Expected DONE{secs}", "BAD Invalid Idle continuation",
        "NO Error in IMAP command received by server.", "BAD Expected DONE",
    ]),
    row(Key::Check, "check", &[], [
        "OK Check completed{secs}", "OK Completed",
        "OK CHECK completed", "OK CHECK completed",
    ]),
    row(Key::Close, "close", &[], [
        "OK Close completed{secs}", "OK Completed",
        "OK mailbox closed.", "OK CLOSE completed",
    ]),
    row(Key::Unselect, "unselect", &[], [
        "OK Unselect completed{secs}", "OK Completed",
        "OK mailbox closed.", "OK UNSELECT completed",
    ]),
    row(Key::Expunge, "expunge", &[], [
        "OK Expunge completed{secs}", "OK Completed",
        "OK EXPUNGE completed", "OK EXPUNGE completed",
    ]),
    row(Key::Search, "search", &[], [
        "OK Search completed{secs}", "OK Completed (0.000 secs)",
        "OK SEARCH done.", "OK SEARCH completed",
    ]),
    row(Key::Fetch, "fetch", &[], [
        "OK Fetch completed{secs}", "OK Completed (0.000 sec)",
        "OK FETCH completed.", "OK FETCH completed",
    ]),
    row(Key::Store, "store", &["how"], [
        "OK Store completed{secs}", "OK Completed",
        "OK STORE completed.", "OK {how} completed",
    ]),
    row(Key::Copy, "copy", &[], [
        "OK Copy completed{secs}", "OK Completed",
        "OK COPY completed.", "OK COPY completed",
    ]),
    row(Key::Move, "move", &[], [
        "OK Move completed{secs}", "OK Completed",
        "OK MOVE completed.", "OK MOVE completed",
    ]),
    row(Key::Literal, "literal", &[], [
        "+ OK", "+ go ahead",
        "+ OK", "+ Ready for literal data",
    ]),
    row(Key::UnknownCommand, "unknown-command", &["verb"], [
        "BAD Error in IMAP command {verb}: Unknown command{secs}", "BAD Unrecognized command",
        "NO Error in IMAP command received by server.", "BAD Command unrecognized: {verb}",
    ]),
    row(Key::UnknownEarly, "unknown-early", &["verb"], [
        "BAD Error in IMAP command received by server.", "BAD Please login first",
        "NO Error in IMAP command received by server.", "BAD Command unrecognized/login please: {verb}",
    ]),
    row(Key::MissingTag, "missing-tag", &[], [
        "BAD Error in IMAP tag: Invalid tag{secs}", "BAD Invalid tag",
        "BAD Invalid tag", "BAD Missing command tag",
    ]),
    row(Key::MissingCommand, "missing-command", &[], [
        "BAD Error in IMAP command: Invalid command name{secs}", "BAD Null command",
        "NO Error in IMAP command received by server.", "BAD Missing command",
    ]),
    row(Key::NotOffered, "not-offered", &["verb"], [
        "BAD Error in IMAP command {verb}: Unknown command{secs}", "BAD Unrecognized command",
        "NO Error in IMAP command received by server.", "BAD Command unrecognized: {verb}",
    ]),
    row(Key::LoginFirst, "login-first", &["verb"], [
        "BAD Error in IMAP command received by server.", "BAD Please login first",
        "NO Error in IMAP command received by server.", "BAD Command unrecognized/login please: {verb}",
    ]),
    row(Key::SelectFirst, "select-first", &["verb"], [
        "BAD No mailbox selected{secs}", "BAD Please select a mailbox first",
        "NO Error in IMAP command received by server.", "BAD Command unrecognized: {verb}",
    ]),
    row(Key::AlreadyLoggedIn, "already-logged-in", &["verb"], [
        "BAD Error in IMAP command {verb}: Unknown command{secs}", "BAD Already logged in",
        "NO Error in IMAP command received by server.", "BAD Command unrecognized: {verb}",
    ]),
    row(Key::MissingArgument, "missing-argument", &["verb", "name"], [
        "BAD Error in IMAP command {verb}: Missing arguments{secs}", "BAD Missing required argument to {name}",
        "BAD Missing argument.", "BAD Missing or invalid argument to {verb}",
    ]),
    row(Key::BadArgument, "bad-argument", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Invalid arguments{secs}", "BAD Invalid argument to {name}",
        "BAD Invalid argument.", "BAD Missing or invalid argument to {verb}",
    ]),
    row(Key::ExtraArgument, "extra-argument", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Invalid arguments{secs}", "BAD Unexpected extra arguments to {name}",
        "BAD Too many arguments.", "BAD Unexpected text after command {verb}: {argument}",
    ]),
    row(Key::BadSet, "bad-set", &["verb", "name", "argument", "sets"], [
        "BAD Error in IMAP command {verb}: Invalid {sets}{secs}", "BAD Invalid sequence in {name}",
        "BAD Invalid message set.", "BAD Bogus sequence in {verb}: {argument}",
    ]),
    row(Key::BadFlag, "bad-flag", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Invalid system flag {argument}{secs}", "BAD Invalid system flag in {name} command",
        "BAD Invalid flag.", "BAD Unknown flag in {verb}: {argument}",
    ]),
    row(Key::BadItem, "bad-item", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Unknown parameter: {argument}{secs}", "BAD Invalid {name} attribute {argument}",
        "BAD Invalid {verb} parameter.", "BAD Unknown message data item in {verb}: {argument}",
    ]),
    row(Key::BadSection, "bad-section", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Invalid BODY[..] section{secs}", "BAD Invalid {name} body section",
        "BAD Invalid {verb} parameter.", "BAD Syntax error in section specifier",
    ]),
    row(Key::BadStatusItem, "bad-status-item", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Invalid status item {argument}{secs}", "BAD Invalid Status attributes {argument}",
        "BAD Invalid status item.", "BAD Unknown status data item in STATUS: {argument}",
    ]),
    row(Key::BadCriterion, "bad-criterion", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Unknown argument {argument}{secs}", "BAD Invalid Search criteria",
        "BAD Invalid search criteria.", "BAD Unknown search criterion in {verb}: {argument}",
    ]),
    row(Key::OpenQuote, "open-quote", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Missing '\"'{secs}", "BAD Missing required argument to {name}",
        "BAD Missing closing quote.", "BAD Missing or invalid argument to {verb}",
    ]),
    row(Key::OpenParenthesis, "open-parenthesis", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Missing ')'{secs}", "BAD Missing close parenthesis in {name}",
        "BAD Missing closing parenthesis.", "BAD Missing or invalid argument to {verb}",
    ]),
    row(Key::OpenBracket, "open-bracket", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: Invalid BODY[..] parameter: Missing ']'{secs}", "BAD Invalid {name} body section",
        "BAD Invalid {verb} parameter.", "BAD Syntax error in section specifier",
    ]),
    row(Key::EmptyList, "empty-list", &["verb", "name", "detail"], [
        "BAD Error in IMAP command {verb}: {detail}{secs}", "BAD Missing required argument to {name}",
        "BAD Missing argument.", "BAD Missing or invalid argument to {verb}",
    ]),
    row(Key::EightBit, "eight-bit", &["verb", "name", "argument"], [
        "BAD Error in IMAP command {verb}: 8bit data in atom{secs}", "BAD Invalid argument to {name}",
        "BAD Invalid argument.", "BAD Missing or invalid argument to {verb}",
    ]),
    row(Key::BadEncoding, "bad-encoding", &["verb"], [
        "NO Mailbox name is not valid mUTF-7{secs}", "NO Invalid mailbox name",
        "NO Invalid mailbox name.", "NO {verb} failed: invalid mailbox name",
    ]),
    row(Key::NoSuchMailbox, "no-such-mailbox", &["verb", "mailbox"], [
        "NO [NONEXISTENT] Mailbox doesn't exist: {mailbox}{secs}", "NO [NONEXISTENT] Mailbox does not exist",
        "NO Unable to open this mailbox.", "NO {verb} failed: no such mailbox",
    ]),
    row(Key::NoSuchTarget, "no-such-target", &["verb", "mailbox"], [
        "NO [TRYCREATE] Mailbox doesn't exist: {mailbox}{secs}", "NO [TRYCREATE] Mailbox does not exist",
        "NO [TRYCREATE] Must create the folder first.", "NO [TRYCREATE] {verb} failed: no such mailbox",
    ]),
    row(Key::NotSelectable, "not-selectable", &["verb", "mailbox"], [
        "NO Mailbox isn't selectable: {mailbox}{secs}", "NO Mailbox does not exist",
        "NO Unable to open this mailbox.", "NO {verb} failed: not a selectable mailbox",
    ]),
    row(Key::AlreadyExists, "already-exists", &["verb", "mailbox", "which"], [
        "NO [ALREADYEXISTS] {which} already exists{secs}", "NO [ALREADYEXISTS] Mailbox already exists",
        "NO [ALREADYEXISTS] Folder already exists.", "NO [ALREADYEXISTS] {verb} failed: mailbox already exists",
    ]),
    row(Key::HasChildren, "has-children", &["verb", "mailbox"], [
        "NO [CANNOT] Mailbox has children, delete them first{secs}", "NO [CANNOT] Mailbox has children",
        "NO [CANNOT] Folder has subfolders.", "NO {verb} failed: mailbox has inferiors",
    ]),
    row(Key::InboxStays, "inbox-stays", &["verb", "mailbox"], [
        "NO [CANNOT] INBOX can't be deleted{secs}", "NO [CANNOT] Operation is not supported on mailbox",
        "NO [CANNOT] INBOX can't be deleted.", "NO {verb} failed: INBOX can not be deleted",
    ]),
    row(Key::BadName, "bad-name", &["verb", "mailbox", "detail"], [
        "NO [CANNOT] Invalid mailbox name{detail}{secs}", "NO [CANNOT] Invalid mailbox name",
        "NO [CANNOT] Invalid mailbox name.", "NO [CANNOT] {verb} failed: invalid mailbox name",
    ]),
    row(Key::MessagesGone, "messages-gone", &["verb"], [
        "NO [EXPUNGEISSUED] Some of the requested messages no longer exist{secs}", "NO [EXPUNGEISSUED] Some of the requested messages no longer exist",
        "NO [EXPUNGEISSUED] Some of these messages are gone.", "NO [EXPUNGEISSUED] {verb} failed: some messages no longer exist",
    ]),
    row(Key::TooManyMailboxes, "too-many-mailboxes", &["verb", "limit"], [
        "NO [LIMIT] Too many mailboxes{secs}", "NO [LIMIT] Too many mailboxes",
        "NO [LIMIT] Too many folders.", "NO [LIMIT] {verb} failed: too many mailboxes",
    ]),
    row(Key::TooManyKeywords, "too-many-keywords", &["verb", "limit"], [
        "NO [LIMIT] Maximum number of different keywords reached{secs}", "NO [LIMIT] Too many user flags in mailbox",
        "NO [LIMIT] Too many keywords.", "NO [LIMIT] {verb} failed: too many keywords",
    ]),
    row(Key::ReadOnly, "read-only", &["verb"], [
        "NO [CANNOT] Mailbox is read-only{secs}", "NO [CANNOT] Permission denied",
        "NO [CANNOT] Mailbox is read-only.", "NO [CANNOT] {verb} failed: mailbox is read-only",
    ]),
    row(Key::UnknownCharset, "unknown-charset", &["verb", "argument"], [
        "NO [BADCHARSET] Unknown charset{secs}", "NO [BADCHARSET (UTF-8 US-ASCII)] Unrecognized character set",
        "NO [BADCHARSET] The requested character set is not supported.", "NO [BADCHARSET (US-ASCII UTF-8)] {verb} failed: unknown charset",
    ]),
    row(Key::MailboxFull, "mailbox-full", &["verb"], [
        "NO [OVERQUOTA] Quota exceeded (mailbox for user is full){secs}", "NO [OVERQUOTA] Over quota",
        "NO [OVERQUOTA] You exceeded your mail quota.", "NO [OVERQUOTA] {verb} failed: quota exceeded",
    ]),
    row(Key::NoRoom, "no-room", &["verb"], [
        "NO [LIMIT] Not enough disk space{secs}", "NO [LIMIT] System I/O error",
        "NO [LIMIT] No room left.", "NO [LIMIT] {verb} failed: no room left",
    ]),
    row(Key::LineTooLong, "line-too-long", &["limit"], [
        "BAD Error in IMAP command received by server.", "BAD Command line too long",
        "BAD Line too long.", "BAD Command line too long",
    ]),
    row(Key::LiteralTooBig, "literal-too-big", &["verb", "limit"], [
        "NO [TOOBIG] Message is too large{secs}", "NO [TOOBIG] Message size exceeds fixed limit",
        "NO [TOOBIG] Message is too large.", "NO [TOOBIG] {verb} failed: literal is too large",
    ]),
    row(Key::TooManyConnections, "too-many-connections", &["limit"], [
        "BYE Maximum number of connections from user+IP exceeded (mail_max_userip_connections={limit})", "BYE Too many open connections",
        "BYE Maximum connection limit reached.", "BYE Too many connections",
    ]),
    row(Key::TooManyErrors, "too-many-errors", &["limit"], [
        "BYE Too many invalid IMAP commands.", "BYE Too many errors",
        "BYE Too many errors.", "BYE Too many bad commands",
    ]),
    row(Key::TimedOut, "timed-out", &[], [
        "BYE Disconnected for inactivity.", "BYE idle for too long",
        "BYE Disconnected for inactivity.", "BYE Autologout; idle for too long",
    ]),
    row(Key::MailboxGone, "mailbox-gone", &[], [
        "BYE Selected mailbox was deleted, have to disconnect.", "BYE Mailbox has been deleted",
        "BYE Mailbox was deleted.", "BYE Mailbox was deleted",
    ]),
    row(Key::Closed, "closed", &[], [
        "OK [CLOSED] Previous mailbox closed.", "OK [CLOSED] Ok", "OK [CLOSED] Ok", "OK [CLOSED] Closed",
    ]),
];
