//! The replies of well-known servers: one row for each situation here, and the words of each style in a file of its own,
//! as they stand on the wire. Words in braces are filled in (see [`PLACEHOLDERS`]); `\n` begins another line of the same
//! reply.

mod exchange;
mod exim;
mod postfix;
mod qmail;
mod sendmail;

use super::Style;

/// What a template may name.
pub(super) const PLACEHOLDERS: &[&str] = &[
    // The server's name, the client's address, its reverse name (`unknown` without), both as Sendmail shows them, its
    // reverse name or else what it calls itself.
    "host",
    "client",
    "client_name",
    "peer",
    "visitor",
    // The name of HELO or EHLO, the verb in capitals and as typed, what follows it, that up to a colon, the line.
    "helo",
    "verb",
    "word",
    "argument",
    "scanned",
    "line",
    // The address in question without brackets, the path as typed, what does not end in it, a domain; a parameter as
    // typed, its name as typed and in capitals, its value.
    "address",
    "path",
    "delimiter",
    "domain",
    "parameter",
    "keyword",
    "name",
    "value",
    // Who has logged in, with which mechanism, what the mechanism says, and which word of the client's is meant.
    "user",
    "mechanism",
    "challenge",
    "response",
    // Why a sender is not believed, in the words of those who check.
    "explanation",
    // A limit, a number of octets, the host's name for the message, the date.
    "limit",
    "size",
    "queue_id",
    "date",
];

macro_rules! situations {
    ($($(#[$doc:meta])* $key:ident $name:literal,)*) => {
        /// A situation in which a server replies.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Key {
            $($(#[$doc])* $key,)*
        }

        impl Key {
            /// All of them.
            pub(super) const ALL: &'static [Key] = &[$(Key::$key),*];
            /// How many there are.
            const COUNT: usize = Key::ALL.len();
            /// Their names in scenarios, in the same order.
            pub(super) const NAMES: &'static [&'static str] = &[$($name),*];
        }
    };
}

situations! {
    /// The connection was opened.
    Greeting "greeting",
    /// HELO.
    Helo "helo",
    /// The first line after EHLO; the keywords follow.
    Ehlo "ehlo",
    /// MAIL was accepted.
    SenderOk "sender-ok",
    /// RCPT was accepted.
    RecipientOk "recipient-ok",
    /// The message may come.
    StartMail "start-mail",
    /// The message was taken.
    Accepted "accepted",
    /// RSET.
    Reset "reset",
    /// NOOP.
    Noop "noop",
    /// HELP without a topic, or on any topic where there are none.
    Help "help",
    /// HELP on what there is no help for.
    NoSuchTopic "no-such-topic",
    /// QUIT.
    Closing "closing",
    /// VRFY, and the server does not say or only half says.
    NotVerified "not-verified",
    /// VRFY found the user.
    Verified "verified",
    /// EXPN: one line of this for each member.
    Expanded "expanded",
    /// VRFY is switched off.
    NoVrfy "no-vrfy",
    /// No command.
    UnknownCommand "unknown-command",
    /// An empty line.
    EmptyLine "empty-line",
    /// Octets that are not UTF-8.
    NotText "not-text",
    /// Another protocol or a message's header, on which the server hangs up.
    NotSmtp "not-smtp",
    /// A verb of SMTP that the server does not have.
    NotImplemented "not-implemented",
    /// EXPN.
    NoExpn "no-expn",
    /// STARTTLS without TLS.
    NoStarttls "no-starttls",
    /// AUTH where nobody can log in.
    NoAuth "no-auth",
    /// MAIL without HELO or EHLO before it.
    HeloFirst "helo-first",
    /// RCPT without MAIL before it.
    MailFirst "mail-first",
    /// DATA without MAIL before it.
    DataTooEarly "data-too-early",
    /// DATA without an accepted recipient.
    NoRecipients "no-recipients",
    /// MAIL within a transaction.
    NestedMail "nested-mail",
    /// HELO or EHLO without a name.
    NoName "no-name",
    /// HELO or EHLO with a name no host can have.
    BadName "bad-name",
    /// MAIL that cannot be read up to its path.
    MailSyntax "mail-syntax",
    /// RCPT that cannot be read up to its path.
    RcptSyntax "rcpt-syntax",
    /// MAIL without an address.
    NoSender "no-sender",
    /// RCPT without an address.
    NoRecipient "no-recipient",
    /// VRFY without an argument.
    VrfySyntax "vrfy-syntax",
    /// An argument where the command has none.
    NoArgument "no-argument",
    /// The sender's address cannot be read.
    BadSender "bad-sender",
    /// The recipient's address cannot be read.
    BadRecipient "bad-recipient",
    /// The sender's domain cannot be read.
    BadSenderDomain "bad-sender-domain",
    /// The recipient's domain cannot be read.
    BadRecipientDomain "bad-recipient-domain",
    /// The sender's address has an `@` and no domain.
    SenderWithoutHost "sender-without-host",
    /// The recipient's address has an `@` and no domain.
    RecipientWithoutHost "recipient-without-host",
    /// The sender's address has two `@`.
    SenderWithTwoAts "sender-with-two-ats",
    /// The recipient's address has two `@`.
    RecipientWithTwoAts "recipient-with-two-ats",
    /// The sender's path or a quoted string in it does not end.
    UnclosedSender "unclosed-sender",
    /// The recipient's path or a quoted string in it does not end.
    UnclosedRecipient "unclosed-recipient",
    /// A MAIL or RCPT parameter the server does not know, or any text after the address.
    UnknownParameter "unknown-parameter",
    /// A SIZE that is no number.
    BadSize "bad-size",
    /// A BODY that is neither 7BIT nor 8BITMIME.
    BadBody "bad-body",
    /// Nobody of that name.
    NoSuchUser "no-such-user",
    /// Another domain, and the client may not relay.
    RelayDenied "relay-denied",
    /// Nothing in DNS under that domain.
    NoSuchDomain "no-such-domain",
    /// The sender is not welcome.
    SenderRefused "sender-refused",
    /// The sender has no domain.
    SenderWithoutDomain "sender-without-domain",
    /// The recipient's mailbox is full.
    MailboxFull "mailbox-full",
    /// MAIL announces a message that is too large.
    AnnouncedTooBig "announced-too-big",
    /// The message is too large.
    TooBig "too-big",
    /// More recipients than the server takes at once.
    TooManyRecipients "too-many-recipients",
    /// More connections from the client than the server takes.
    TooManyConnections "too-many-connections",
    /// More mistakes than the server bears.
    TooManyErrors "too-many-errors",
    /// A command line that is too long.
    LineTooLong "line-too-long",
    /// A line of the message that ends with a bare LF.
    BareLineFeed "bare-line-feed",
    /// A bare CR in the message.
    BareCarriageReturn "bare-carriage-return",
    /// The message goes round in circles.
    TooManyHops "too-many-hops",
    /// SPF says that the client may not send for the sender's domain.
    SpfFailed "spf-failed",
    /// The author's domain wants the mail refused (DMARC).
    DmarcFailed "dmarc-failed",
    /// No room, said to MAIL.
    NoRoom "no-room",
    /// No room, said after the message.
    NotStored "not-stored",
    /// The client was silent too long.
    TimedOut "timed-out",
    /// STARTTLS; the handshake follows.
    StartTls "starttls",
    /// STARTTLS under TLS.
    TlsActive "tls-active",
    /// STARTTLS within a transaction, where that is refused.
    TlsInTransaction "tls-in-transaction",
    /// Nothing is done before STARTTLS.
    TlsFirst "tls-first",
    /// STARTTLS or AUTH before EHLO.
    EhloFirst "ehlo-first",
    /// Nobody sends before they have logged in.
    AuthFirst "auth-first",
    /// AUTH without a mechanism, or with too much.
    AuthSyntax "auth-syntax",
    /// AUTH with a mechanism that is not offered.
    UnknownMechanism "unknown-mechanism",
    /// AUTH with a mechanism that is offered under TLS only.
    TlsForAuth "tls-for-auth",
    /// AUTH a second time.
    AlreadyAuthenticated "already-authenticated",
    /// AUTH within a transaction.
    AuthInTransaction "auth-in-transaction",
    /// The server's turn in an authentication; the words are the mechanism's.
    Challenge "challenge",
    /// The client has logged in.
    Authenticated "authenticated",
    /// Name or password is wrong.
    AuthFailed "auth-failed",
    /// The client gave an authentication up with `*`.
    AuthCancelled "auth-cancelled",
    /// What belongs to an authentication is no base64.
    BadBase64 "bad-base64",
    /// A line of an authentication is longer than RFC 4954 allows.
    AuthTooLong "auth-too-long",
    /// The sender is not the one who has logged in.
    SenderNotOwned "sender-not-owned",
    /// RET, ENVID or AUTH with a value that cannot be.
    BadMailParameter "bad-mail-parameter",
    /// NOTIFY or ORCPT with a value that cannot be.
    BadRcptParameter "bad-rcpt-parameter",
    /// A sender beyond ASCII without SMTPUTF8.
    AsciiSender "ascii-sender",
    /// A recipient beyond ASCII without SMTPUTF8.
    AsciiRecipient "ascii-recipient",
    /// BDAT where it is not offered.
    NoBdat "no-bdat",
    /// BDAT without a number of octets.
    BdatSyntax "bdat-syntax",
    /// A chunk has arrived and another is to follow.
    Chunk "chunk",
    /// A chunk of nothing that is not the last.
    EmptyChunk "empty-chunk",
    /// A chunk after one that was refused.
    ChunkDropped "chunk-dropped",
    /// The chunks together are larger than a message may be.
    ChunkTooBig "chunk-too-big",
    /// DATA or RCPT while chunks are on their way.
    AfterChunk "after-chunk",
    /// DATA for a message announced as BINARYMIME.
    BinaryNeedsBdat "binary-needs-bdat",
    /// ETRN where it is not offered.
    NoEtrn "no-etrn",
    /// ETRN within a transaction.
    EtrnInTransaction "etrn-in-transaction",
    /// ETRN with a domain no host can have.
    EtrnBadDomain "etrn-bad-domain",
    /// ETRN without a domain.
    EtrnSyntax "etrn-syntax",
    /// What waits for the domain is being sent.
    EtrnStarted "etrn-started",
    /// The server keeps nothing for the domain.
    EtrnRefused "etrn-refused",
}

impl Key {
    /// The name in scenarios.
    pub(super) fn name(self) -> &'static str {
        Key::NAMES.get(self as usize).copied().unwrap_or_default()
    }

    /// What a server of this style says.
    pub(super) fn template(self, style: Style) -> &'static str {
        let texts = match style {
            Style::Postfix => &postfix::TEXTS,
            Style::Sendmail => &sendmail::TEXTS,
            Style::Qmail => &qmail::TEXTS,
            Style::Exim => &exim::TEXTS,
            Style::Exchange => &exchange::TEXTS,
        };
        texts.get(self as usize).map_or("451 no words", |(_, text)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_has_every_row_in_its_place() {
        for texts in [&postfix::TEXTS, &sendmail::TEXTS, &qmail::TEXTS, &exim::TEXTS, &exchange::TEXTS] {
            assert!(texts.iter().map(|(key, _)| key).eq(Key::ALL));
        }
    }
}
