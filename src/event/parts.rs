//! The parts of reasons by name: which fault of an address, which mechanism, which parameter. Scenarios write them
//! behind the kind, as in `auth-failed/plain-parts`.

use super::{ImapArgument, ImapReason, ImapState, Pop3Reason, Pop3State, SmtpReason};
use crate::mail::AddressFaultKind;
use crate::mail::sasl::SaslFault;

/// What the parts of a kind of reason can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// One of these.
    Of(&'static [&'static str]),
    /// A word of the protocol or of the client's, such as a parameter's name.
    Any,
}

macro_rules! names {
    ($name:ident of $type:ident { $($variant:ident => $text:literal,)* }) => {
        /// The names of all variants, in their order.
        const $name: &[&str] = &[$($text),*];

        impl $type {
            /// Its name in kebab-case.
            pub fn part(self) -> &'static str {
                match self {
                    $($type::$variant => $text,)*
                }
            }
        }
    };
}

names! { SASL of SaslFault {
    PlainParts => "plain-parts",
    NotText => "not-text",
    EmptyUser => "empty-user",
    ServerFirst => "server-first",
    DigestForm => "digest-form",
    ScramForm => "scram-form",
    ChannelBinding => "channel-binding",
    OtherNonce => "other-nonce",
    Wrong => "wrong",
} }

names! { ADDRESS of AddressFaultKind {
    Empty => "empty",
    MissingDomain => "missing-domain",
    EmptyLocalPart => "empty-local-part",
    TwoAts => "two-ats",
    MisplacedDot => "misplaced-dot",
    BadCharacter => "bad-character",
    OpenQuote => "open-quote",
    BadLabel => "bad-label",
    BadLiteral => "bad-literal",
    StrayBracket => "stray-bracket",
    TooLong => "too-long",
    NotAscii => "not-ascii",
} }

names! { POP3_STATES of Pop3State {
    Authorization => "authorization",
    Transaction => "transaction",
    Update => "update",
} }

names! { IMAP_STATES of ImapState {
    NotAuthenticated => "not-authenticated",
    Authenticated => "authenticated",
    Selected => "selected",
    Logout => "logout",
} }

names! { IMAP_ARGUMENTS of ImapArgument {
    Blank => "blank",
    End => "end",
    User => "user",
    Password => "password",
    Mechanism => "mechanism",
    Mailbox => "mailbox",
    Pattern => "pattern",
    Set => "set",
    StatusItems => "status-items",
    Flags => "flags",
    StoreItem => "store-item",
    FetchItems => "fetch-items",
    Section => "section",
    Partial => "partial",
    SearchKey => "search-key",
    Date => "date",
    DateTime => "date-time",
    Number => "number",
    String => "string",
    Message => "message",
    Options => "options",
    Capabilities => "capabilities",
    IdPairs => "id-pairs",
    Base64 => "base64",
    ClosingQuote => "closing-quote",
    ClosingParenthesis => "closing-parenthesis",
    UidCommand => "uid-command",
} }

impl SmtpReason {
    /// The kinds that have parts, with what these can be.
    pub const PARTS: &'static [(&'static str, Parts)] = &[
        ("out-of-order", Parts::Any),
        ("missing-keyword", Parts::Of(&["FROM", "TO"])),
        ("bad-address", Parts::Of(ADDRESS)),
        ("unknown-parameter", Parts::Any),
        ("bad-parameter", Parts::Any),
        ("parameter-without-ehlo", Parts::Any),
        ("bare-line-end", Parts::Of(&["cr", "lf"])),
        ("trouble", Parts::Of(&["permanent", "temporary"])),
        ("encryption-needed", Parts::Any),
        ("auth-failed", Parts::Of(SASL)),
        ("unknown-mechanism", Parts::Any),
    ];

    /// Its parts: for `out-of-order` the verbs that would have been right.
    pub fn parts(&self) -> Vec<&str> {
        use SmtpReason as R;
        match self {
            R::OutOfOrder { wanted } => wanted.iter().map(|verb| verb.name()).collect(),
            R::MissingKeyword { keyword, .. } => vec![keyword],
            R::BadAddress(fault) => vec![fault.kind.part()],
            R::UnknownParameter { name } | R::BadParameter { name } | R::ParameterWithoutEhlo { name } => {
                vec![name]
            }
            R::BareLineEnd { carriage_return } => vec![if *carriage_return { "cr" } else { "lf" }],
            R::Trouble { permanent } => vec![if *permanent { "permanent" } else { "temporary" }],
            R::EncryptionNeeded { mechanism } => vec![mechanism],
            R::AuthFailed { fault } => vec![fault.part()],
            R::UnknownMechanism { name } => vec![name],
            _ => Vec::new(),
        }
    }
}

impl Pop3Reason {
    /// The kinds that have parts, with what these can be.
    pub const PARTS: &'static [(&'static str, Parts)] = &[
        ("wrong-state", Parts::Of(POP3_STATES)),
        ("challenge", Parts::Any),
        ("auth-failed", Parts::Of(SASL)),
        ("unknown-mechanism", Parts::Any),
    ];

    /// Its parts: for `wrong-state` the state that would have been right.
    pub fn parts(&self) -> Vec<&str> {
        use Pop3Reason as R;
        match self {
            R::WrongState { wanted } => vec![wanted.part()],
            R::Challenge { mechanism, .. } => vec![mechanism.name()],
            R::AuthFailed { fault } => vec![fault.part()],
            R::UnknownMechanism { name } => vec![name],
            _ => Vec::new(),
        }
    }
}

impl ImapReason {
    /// The kinds that have parts, with what these can be.
    pub const PARTS: &'static [(&'static str, Parts)] = &[
        ("wrong-state", Parts::Of(IMAP_STATES)),
        ("missing-argument", Parts::Of(IMAP_ARGUMENTS)),
        ("bad-argument", Parts::Of(IMAP_ARGUMENTS)),
        ("no-such-mechanism", Parts::Any),
        ("sasl", Parts::Of(SASL)),
        ("no-such-flag", Parts::Any),
        ("unknown-charset", Parts::Any),
    ];

    /// Its parts: for `wrong-state` the state that would have been right.
    pub fn parts(&self) -> Vec<&str> {
        use ImapReason as R;
        match self {
            R::WrongState { wanted, .. } => vec![wanted.part()],
            R::MissingArgument { wanted } | R::BadArgument { wanted } => vec![wanted.part()],
            R::NoSuchMechanism { mechanism } => vec![mechanism],
            R::Sasl { fault } => vec![fault.part()],
            R::NoSuchFlag { flag } => vec![flag],
            R::UnknownCharset { charset } => vec![charset],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::samples;
    use std::collections::BTreeSet;

    /// The kinds that give parts are those of the table, and closed lists hold what is given.
    fn check<'a>(
        table: &[(&'static str, Parts)],
        reasons: impl Iterator<Item = (&'static str, Vec<&'a str>)>,
    ) {
        let mut given = BTreeSet::new();
        for (kind, parts) in reasons.filter(|(_, parts)| !parts.is_empty()) {
            given.insert(kind);
            let (_, known) = table.iter().find(|(name, _)| *name == kind).expect(kind);
            if let Parts::Of(names) = known {
                // Samples have made-up words where a client's own may stand.
                let made_up = |part: &&str| part.contains('@');
                assert!(parts.iter().all(|part| names.contains(part) || made_up(part)), "{kind} {parts:?}");
            }
        }
        assert_eq!(given, table.iter().map(|(kind, _)| *kind).collect());
    }

    #[test]
    fn the_tables_hold_every_part_that_is_given() {
        check(SmtpReason::PARTS, samples::smtp_reasons().iter().map(|r| (r.kind(), r.parts())));
        check(Pop3Reason::PARTS, samples::pop3_reasons().iter().map(|r| (r.kind(), r.parts())));
        check(ImapReason::PARTS, samples::imap_reasons().iter().map(|r| (r.kind(), r.parts())));
    }

    #[test]
    fn the_names_are_those_that_serde_writes() {
        let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        for (found, part) in [
            (serde_json::to_value(SaslFault::PlainParts), SaslFault::PlainParts.part()),
            (serde_json::to_value(AddressFaultKind::TwoAts), AddressFaultKind::TwoAts.part()),
            (serde_json::to_value(Pop3State::Authorization), Pop3State::Authorization.part()),
            (serde_json::to_value(ImapState::NotAuthenticated), ImapState::NotAuthenticated.part()),
        ] {
            assert_eq!(name(found.unwrap()), part);
        }
    }
}
