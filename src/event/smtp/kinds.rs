//! The kinds of reasons and resemblances by name, as scenarios, statistics and messages write them. The names are
//! those serde gives the variants; a test keeps the two in step.

use super::{LooksLike, SmtpReason};

macro_rules! kinds {
    ($type:ident { $($variant:ident => $name:literal,)* }) => {
        impl $type {
            /// The names of all kinds.
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
    NoRoom => "no-room",
    TimedOut => "timed-out",
} }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{AddressFault, AddressFaultKind};
    use crate::units::{MessageId, Span};

    fn tag(value: serde_json::Value) -> String {
        match value {
            serde_json::Value::String(s) => s,
            serde_json::Value::Object(o) => o.keys().next().unwrap().clone(),
            other => panic!("not an enum: {other}"),
        }
    }

    #[test]
    fn the_kinds_of_resemblances_are_the_names_serde_writes() {
        use LooksLike as L;
        let (name, verb) = (|| "Subject".to_owned(), || "LIST".to_owned());
        let all = [
            L::Header { name: name() },
            L::Pop3 { verb: verb() },
            L::Imap { verb: verb() },
            L::Smtp { verb: verb() },
            L::Http,
            L::Shell { program: verb() },
            L::Tls,
            L::Misspelt { verb: verb() },
            L::LoneDot,
            L::Reply,
            L::Text,
            L::Empty,
        ];
        let written: Vec<String> = all.iter().map(|l| tag(serde_json::to_value(l).unwrap())).collect();
        assert_eq!(written, L::KINDS);
        assert_eq!(all.each_ref().map(L::kind).as_slice(), L::KINDS);
    }

    #[test]
    fn the_kinds_of_reasons_are_the_names_serde_writes() {
        use SmtpReason as R;
        let s = || String::from("x");
        let all = [
            R::Greeting,
            R::Hello,
            R::SenderAccepted,
            R::RecipientAccepted,
            R::StartMail,
            R::MessageAccepted { id: MessageId(1), queue_id: s() },
            R::Reset,
            R::Nothing,
            R::Help,
            R::NotVerified,
            R::Verified { address: s() },
            R::Closing,
            R::UnknownCommand,
            R::NotImplemented,
            R::OutOfOrder { wanted: vec![] },
            R::NestedMail,
            R::NoRecipients,
            R::MissingArgument,
            R::MissingKeyword { keyword: s(), found: s() },
            R::MissingColon,
            R::MissingBrackets,
            R::UnclosedBracket,
            R::SpaceAroundColon,
            R::BadAddress(AddressFault { span: Span::at(0), kind: AddressFaultKind::Empty }),
            R::BadHostName,
            R::UnexpectedArgument,
            R::UnknownParameter { name: s() },
            R::BadParameter { name: s() },
            R::ParameterWithoutEhlo { name: s() },
            R::NoSuchUser { address: s() },
            R::RelayDenied { address: s() },
            R::NoSuchDomain { domain: s() },
            R::SenderRefused { address: s() },
            R::MailboxFull { address: s() },
            R::TooBig { limit: 1 },
            R::TooManyRecipients { limit: 1 },
            R::TooManyConnections { limit: 1 },
            R::TooManyErrors { limit: 1 },
            R::LineTooLong { limit: 1 },
            R::TooManyHops { limit: 1 },
            R::BareLineEnd { carriage_return: false },
            R::NoRoom,
            R::TimedOut,
        ];
        let written: Vec<String> = all.iter().map(|r| tag(serde_json::to_value(r).unwrap())).collect();
        assert_eq!(written, R::KINDS);
        assert_eq!(all.each_ref().map(R::kind).as_slice(), R::KINDS);
    }
}
