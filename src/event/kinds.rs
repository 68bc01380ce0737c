//! The kinds of reasons and resemblances by name, as scenarios, statistics and messages write them. The names are
//! those serde gives the variants; a test keeps the two in step.

use super::{ImapReason, LooksLike, Pop3Reason, SmtpReason};

macro_rules! kinds {
    ($type:ident { $($variant:ident => $name:literal,)* }) => {
        impl $type {
            /// The names of all kinds, in the order of the variants.
            pub const KINDS: &'static [&'static str] = &[$($name),*];

            /// The name of this kind in kebab-case.
            pub fn kind(&self) -> &'static str {
                match self {
                    $($type::$variant { .. } => $name,)*
                }
            }
        }
    };
}

kinds! { LooksLike {
    Header => "header",
    Pop3 => "pop3",
    Imap => "imap",
    Smtp => "smtp",
    Http => "http",
    Shell => "shell",
    Tls => "tls",
    Misspelt => "misspelt",
    LoneDot => "lone-dot",
    Reply => "reply",
    Text => "text",
    Empty => "empty",
} }

kinds! { SmtpReason {
    Greeting => "greeting",
    Hello => "hello",
    SenderAccepted => "sender-accepted",
    RecipientAccepted => "recipient-accepted",
    StartMail => "start-mail",
    MessageAccepted => "message-accepted",
    Reset => "reset",
    Nothing => "nothing",
    Help => "help",
    NotVerified => "not-verified",
    Verified => "verified",
    Expanded => "expanded",
    Closing => "closing",
    UnknownCommand => "unknown-command",
    NotImplemented => "not-implemented",
    OutOfOrder => "out-of-order",
    NestedMail => "nested-mail",
    NoRecipients => "no-recipients",
    MissingArgument => "missing-argument",
    MissingKeyword => "missing-keyword",
    MissingColon => "missing-colon",
    MissingBrackets => "missing-brackets",
    UnclosedBracket => "unclosed-bracket",
    SpaceAroundColon => "space-around-colon",
    BadAddress => "bad-address",
    BadHostName => "bad-host-name",
    UnexpectedArgument => "unexpected-argument",
    UnknownParameter => "unknown-parameter",
    BadParameter => "bad-parameter",
    ParameterWithoutEhlo => "parameter-without-ehlo",
    NoSuchUser => "no-such-user",
    RelayDenied => "relay-denied",
    NoSuchDomain => "no-such-domain",
    SenderRefused => "sender-refused",
    MailboxFull => "mailbox-full",
    TooBig => "too-big",
    TooManyRecipients => "too-many-recipients",
    TooManyConnections => "too-many-connections",
    TooManyErrors => "too-many-errors",
    LineTooLong => "line-too-long",
    TooManyHops => "too-many-hops",
    BareLineEnd => "bare-line-end",
    SpfFailed => "spf-failed",
    DmarcFailed => "dmarc-failed",
    NoRoom => "no-room",
    TimedOut => "timed-out",
    Greylisted => "greylisted",
    Trouble => "trouble",
    StartTls => "start-tls",
    TlsActive => "tls-active",
    TlsRequired => "tls-required",
    EncryptionNeeded => "encryption-needed",
    AuthRequired => "auth-required",
    Challenge => "challenge",
    Authenticated => "authenticated",
    AuthFailed => "auth-failed",
    AuthCancelled => "auth-cancelled",
    BadBase64 => "bad-base64",
    AuthTooLong => "auth-too-long",
    UnknownMechanism => "unknown-mechanism",
    AlreadyAuthenticated => "already-authenticated",
    InTransaction => "in-transaction",
    SenderNotOwned => "sender-not-owned",
    ChunkAccepted => "chunk-accepted",
    AfterChunk => "after-chunk",
    ChunkDropped => "chunk-dropped",
    EmptyChunk => "empty-chunk",
    BinaryNeedsBdat => "binary-needs-bdat",
    QueueStarted => "queue-started",
    QueueUnknown => "queue-unknown",
} }

kinds! { Pop3Reason {
    Greeting => "greeting",
    NameTaken => "name-taken",
    LoggedIn => "logged-in",
    Done => "done",
    MessageGiven => "message-given",
    Marked => "marked",
    Closing => "closing",
    UnknownCommand => "unknown-command",
    NotImplemented => "not-implemented",
    WrongState => "wrong-state",
    UserFirst => "user-first",
    MissingArgument => "missing-argument",
    BadArgument => "bad-argument",
    LoginFailed => "login-failed",
    Locked => "locked",
    Challenge => "challenge",
    AuthCancelled => "auth-cancelled",
    BadBase64 => "bad-base64",
    AuthFailed => "auth-failed",
    UnknownMechanism => "unknown-mechanism",
    TlsRequired => "tls-required",
    TlsBegins => "tls-begins",
    TlsActive => "tls-active",
    NoSuchMessage => "no-such-message",
    AlreadyDeleted => "already-deleted",
    LineTooLong => "line-too-long",
    TooManyConnections => "too-many-connections",
    TooManyErrors => "too-many-errors",
    TimedOut => "timed-out",
} }

kinds! { ImapReason {
    Greeting => "greeting",
    Done => "done",
    LoggedIn => "logged-in",
    Selected => "selected",
    Fetched => "fetched",
    Found => "found",
    Stored => "stored",
    Copied => "copied",
    Appended => "appended",
    Expunged => "expunged",
    Listed => "listed",
    TlsBegins => "tls-begins",
    LiteralWanted => "literal-wanted",
    Challenge => "challenge",
    Idling => "idling",
    News => "news",
    Closing => "closing",
    MissingTag => "missing-tag",
    MissingCommand => "missing-command",
    UnknownCommand => "unknown-command",
    NotImplemented => "not-implemented",
    WrongState => "wrong-state",
    MissingArgument => "missing-argument",
    BadArgument => "bad-argument",
    UnexpectedArgument => "unexpected-argument",
    EightBitAtom => "eight-bit-atom",
    LoginFailed => "login-failed",
    LoginDisabled => "login-disabled",
    NoSuchMechanism => "no-such-mechanism",
    Cancelled => "cancelled",
    Sasl => "sasl",
    TlsNotOffered => "tls-not-offered",
    TlsAlready => "tls-already",
    NoSuchMailbox => "no-such-mailbox",
    NotSelectable => "not-selectable",
    AlreadyExists => "already-exists",
    HasChildren => "has-children",
    InboxStays => "inbox-stays",
    BadName => "bad-name",
    TooManyMailboxes => "too-many-mailboxes",
    NoSuchMessage => "no-such-message",
    StatusOfOpen => "status-of-open",
    MessagesGone => "messages-gone",
    NoSuchFlag => "no-such-flag",
    TooManyKeywords => "too-many-keywords",
    ReadOnly => "read-only",
    UnknownCharset => "unknown-charset",
    MailboxFull => "mailbox-full",
    NoRoom => "no-room",
    LineTooLong => "line-too-long",
    LiteralTooBig => "literal-too-big",
    TooManyConnections => "too-many-connections",
    TooManyErrors => "too-many-errors",
    TimedOut => "timed-out",
    MailboxGone => "mailbox-gone",
} }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::samples;
    use serde::Serialize;

    /// The name serde gives the variant.
    fn tag(value: &impl Serialize) -> String {
        match serde_json::to_value(value).unwrap() {
            serde_json::Value::String(s) => s,
            serde_json::Value::Object(o) => o.keys().next().unwrap().clone(),
            other => panic!("not an enum: {other}"),
        }
    }

    macro_rules! same_names {
        ($type:ident, $all:expr) => {
            let all = $all;
            assert_eq!(all.iter().map(tag).collect::<Vec<_>>(), $type::KINDS);
            assert_eq!(all.iter().map($type::kind).collect::<Vec<_>>(), $type::KINDS);
        };
    }

    #[test]
    fn the_kinds_are_the_names_serde_writes() {
        same_names!(LooksLike, samples::resemblances());
        same_names!(SmtpReason, samples::smtp_reasons());
        same_names!(Pop3Reason, samples::pop3_reasons());
        same_names!(ImapReason, samples::imap_reasons());
    }
}
