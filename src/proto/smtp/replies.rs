//! The replies of well-known servers, one row for each situation and one column for each style, as they stand on the
//! wire. Words in braces are filled in (see [`PLACEHOLDERS`]); `\n` begins another line of the same reply.
//!
//! Wording and codes follow Postfix 3.9 and later, Sendmail 8 and notqmail 1.9 with their usual configuration.
//! Sendmail introduces itself as 8.13 and asks for the mail in that version's words (8.18 says what Postfix says);
//! with line ends it is as strict as 8.18. Where an original has no such reply (a stock qmail knows nothing of full
//! mailboxes) its usual patches speak, or the reply is made in its manner.

use super::Style;

/// What a template may name.
pub(super) const PLACEHOLDERS: &[&str] = &[
    // The server's name, the client's address, its reverse name (`unknown` without), both as Sendmail shows them.
    "host",
    "client",
    "client_name",
    "peer",
    // The name of HELO or EHLO, the verb in capitals and as typed, what follows it, that up to a colon, the line.
    "helo",
    "verb",
    "word",
    "argument",
    "scanned",
    "line",
    // The address in question without brackets, the path as typed, what does not end in it, a domain; a parameter,
    // its name and its value.
    "address",
    "path",
    "delimiter",
    "domain",
    "parameter",
    "keyword",
    "value",
    // A limit, the host's name for the message, the date.
    "limit",
    "queue_id",
    "date",
];

macro_rules! replies {
    ($($(#[$doc:meta])* $key:ident $name:literal { $postfix:literal, $sendmail:literal, $qmail:literal })*) => {
        /// A situation in which a server replies.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Key {
            $($(#[$doc])* $key,)*
        }

        impl Key {
            /// All of them.
            #[cfg(test)]
            pub(super) const ALL: &'static [Key] = &[$(Key::$key),*];
            /// Their names in scenarios, in the same order.
            pub(super) const NAMES: &'static [&'static str] = &[$($name),*];

            /// The name in scenarios.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Key::$key => $name,)*
                }
            }

            /// What a server of this style says.
            pub(super) fn template(self, style: Style) -> &'static str {
                let [postfix, sendmail, qmail] = match self {
                    $(Key::$key => [$postfix, $sendmail, $qmail],)*
                };
                match style {
                    Style::Postfix => postfix,
                    Style::Sendmail => sendmail,
                    Style::Qmail => qmail,
                }
            }
        }
    };
}

replies! {
    /// The connection was opened.
    Greeting "greeting" {
        "220 {host} ESMTP Postfix",
        "220 {host} ESMTP Sendmail 8.13.8/8.13.8; {date}",
        "220 {host} ESMTP"
    }
    /// HELO.
    Helo "helo" {
        "250 {host}",
        "250 {host} Hello {peer}, pleased to meet you",
        "250 {host}"
    }
    /// The first line after EHLO; the keywords follow.
    Ehlo "ehlo" {
        "250 {host}",
        "250 {host} Hello {peer}, pleased to meet you",
        "250 {host}"
    }
    /// MAIL was accepted.
    SenderOk "sender-ok" {
        "250 2.1.0 Ok",
        "250 2.1.0 {path}... Sender ok",
        "250 ok"
    }
    /// RCPT was accepted.
    RecipientOk "recipient-ok" {
        "250 2.1.5 Ok",
        "250 2.1.5 {path}... Recipient ok",
        "250 ok"
    }
    /// The message may come.
    StartMail "start-mail" {
        "354 End data with <CR><LF>.<CR><LF>",
        "354 Enter mail, end with \".\" on a line by itself",
        "354 go ahead"
    }
    /// The message was taken.
    Accepted "accepted" {
        "250 2.0.0 Ok: queued as {queue_id}",
        "250 2.0.0 {queue_id} Message accepted for delivery",
        "250 ok {queue_id}"
    }
    /// RSET.
    Reset "reset" {
        "250 2.0.0 Ok",
        "250 2.0.0 Reset state",
        "250 flushed"
    }
    /// NOOP.
    Noop "noop" {
        "250 2.0.0 Ok",
        "250 2.0.0 OK",
        "250 ok"
    }
    /// HELP without a topic, or on any topic where there are none.
    Help "help" {
        "214 2.0.0 Commands: DATA EHLO HELO HELP MAIL NOOP QUIT RCPT RSET VRFY",
        "214 2.0.0 This is sendmail version 8.13.8\nTopics:\n\tHELO\tEHLO\tMAIL\tRCPT\tDATA\n\tRSET\tNOOP\tQUIT\tHELP\tVRFY\nFor more info use \"HELP <topic>\".\nEnd of HELP info",
        "214 notqmail home page: https://notqmail.org"
    }
    /// HELP on what there is no help for.
    NoSuchTopic "no-such-topic" {
        "214 2.0.0 Commands: DATA EHLO HELO HELP MAIL NOOP QUIT RCPT RSET VRFY",
        "504 5.3.0 HELP topic \"{argument}\" unknown",
        "214 notqmail home page: https://notqmail.org"
    }
    /// QUIT.
    Closing "closing" {
        "221 2.0.0 Bye",
        "221 2.0.0 {host} closing connection",
        "221 {host}"
    }
    /// VRFY, and the server does not say or only half says.
    NotVerified "not-verified" {
        "252 2.0.0 {argument}",
        "252 2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)",
        "252 send some mail, i'll try my best"
    }
    /// VRFY found the user.
    Verified "verified" {
        "252 2.0.0 {argument}",
        "250 2.1.5 <{address}>",
        "252 send some mail, i'll try my best"
    }
    /// VRFY is switched off.
    NoVrfy "no-vrfy" {
        "502 5.5.1 VRFY command is disabled",
        "252 2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)",
        "252 send some mail, i'll try my best"
    }
    /// No command.
    UnknownCommand "unknown-command" {
        "500 5.5.2 Error: command not recognized",
        "500 5.5.1 Command unrecognized: \"{line}\"",
        "502 unimplemented (#5.5.1)"
    }
    /// An empty line.
    EmptyLine "empty-line" {
        "500 5.5.2 Error: bad syntax",
        "500 5.5.1 Command unrecognized: \"\"",
        "502 unimplemented (#5.5.1)"
    }
    /// Octets that are not UTF-8.
    NotText "not-text" {
        "500 5.5.2 Error: bad UTF-8 syntax",
        "500 5.5.1 Command unrecognized: \"{line}\"",
        "502 unimplemented (#5.5.1)"
    }
    /// Another protocol or a message's header, on which the server hangs up.
    NotSmtp "not-smtp" {
        "221 2.7.0 Error: I can break rules, too. Goodbye.",
        "421 4.7.0 {host} Rejecting open proxy {peer}",
        "502 unimplemented (#5.5.1)"
    }
    /// A verb of SMTP that the server does not have.
    NotImplemented "not-implemented" {
        "502 5.5.1 Error: command not implemented",
        "500 5.5.1 Command unrecognized: \"{line}\"",
        "502 unimplemented (#5.5.1)"
    }
    /// EXPN.
    NoExpn "no-expn" {
        "500 5.5.2 Error: command not recognized",
        "502 5.7.0 Sorry, we do not allow this operation",
        "502 unimplemented (#5.5.1)"
    }
    /// STARTTLS without TLS.
    NoStarttls "no-starttls" {
        "502 5.5.1 Error: command not implemented",
        "454 4.3.3 TLS not available after start",
        "502 unimplemented (#5.5.1)"
    }
    /// AUTH where nobody can log in.
    NoAuth "no-auth" {
        "503 5.5.1 Error: authentication not enabled",
        "503 5.3.3 AUTH not available",
        "502 unimplemented (#5.5.1)"
    }
    /// MAIL without HELO or EHLO before it.
    HeloFirst "helo-first" {
        "503 5.5.1 Error: send HELO/EHLO first",
        "503 5.0.0 Polite people say HELO first",
        "503 HELO first (#5.5.1)"
    }
    /// RCPT without MAIL before it.
    MailFirst "mail-first" {
        "503 5.5.1 Error: need MAIL command",
        "503 5.0.0 Need MAIL before RCPT",
        "503 MAIL first (#5.5.1)"
    }
    /// DATA without MAIL before it.
    DataTooEarly "data-too-early" {
        "503 5.5.1 Error: need RCPT command",
        "503 5.0.0 Need MAIL command",
        "503 MAIL first (#5.5.1)"
    }
    /// DATA without an accepted recipient.
    NoRecipients "no-recipients" {
        "554 5.5.1 Error: no valid recipients",
        "503 5.0.0 Need RCPT (recipient)",
        "503 RCPT first (#5.5.1)"
    }
    /// MAIL within a transaction.
    NestedMail "nested-mail" {
        "503 5.5.1 Error: nested MAIL command",
        "503 5.5.0 Sender already specified",
        "503 sorry, one MAIL at a time (#5.5.1)"
    }
    /// HELO or EHLO without a name.
    NoName "no-name" {
        "501 Syntax: {verb} hostname",
        "501 5.0.0 {word} requires domain address",
        "501 {verb} requires a name (#5.5.4)"
    }
    /// HELO or EHLO with a name no host can have.
    BadName "bad-name" {
        "501 Syntax: {verb} hostname",
        "501 5.0.0 Invalid domain name",
        "501 {verb} requires a name (#5.5.4)"
    }
    /// MAIL that cannot be read up to its path.
    MailSyntax "mail-syntax" {
        "501 5.5.4 Syntax: MAIL FROM:<address>",
        "501 5.5.2 Syntax error in parameters scanning \"{scanned}\"",
        "555 syntax error (#5.5.4)"
    }
    /// RCPT that cannot be read up to its path.
    RcptSyntax "rcpt-syntax" {
        "501 5.5.4 Syntax: RCPT TO:<address>",
        "501 5.5.2 Syntax error in parameters scanning \"{scanned}\"",
        "555 syntax error (#5.5.4)"
    }
    /// VRFY without an argument.
    VrfySyntax "vrfy-syntax" {
        "501 5.5.4 Syntax: VRFY address",
        "501 5.5.2 Argument required",
        "555 syntax error (#5.5.4)"
    }
    /// An argument where the command has none.
    NoArgument "no-argument" {
        "501 5.5.4 Syntax: {verb}",
        "501 5.5.2 Syntax error (no parameters allowed)",
        "555 syntax error (#5.5.4)"
    }
    /// The sender's address cannot be read.
    BadSender "bad-sender" {
        "501 5.1.7 Bad sender address syntax",
        "553 5.1.3 {path}... User address required",
        "555 syntax error (#5.5.4)"
    }
    /// The recipient's address cannot be read.
    BadRecipient "bad-recipient" {
        "501 5.1.3 Bad recipient address syntax",
        "553 5.1.3 {path}... User address required",
        "555 syntax error (#5.5.4)"
    }
    /// The sender's domain cannot be read.
    BadSenderDomain "bad-sender-domain" {
        "501 5.1.7 Bad sender address syntax",
        "553 5.1.2 {path}... Invalid host name",
        "555 syntax error (#5.5.4)"
    }
    /// The recipient's domain cannot be read.
    BadRecipientDomain "bad-recipient-domain" {
        "501 5.1.3 Bad recipient address syntax",
        "553 5.1.2 {path}... Invalid host name",
        "555 syntax error (#5.5.4)"
    }
    /// The sender's address has an `@` and no domain.
    SenderWithoutHost "sender-without-host" {
        "501 5.1.7 Bad sender address syntax",
        "553 5.1.3 {path}... Hostname required",
        "555 syntax error (#5.5.4)"
    }
    /// The recipient's address has an `@` and no domain.
    RecipientWithoutHost "recipient-without-host" {
        "501 5.1.3 Bad recipient address syntax",
        "553 5.1.3 {path}... Hostname required",
        "555 syntax error (#5.5.4)"
    }
    /// The sender's address has two `@`.
    SenderWithTwoAts "sender-with-two-ats" {
        "501 5.1.7 Bad sender address syntax",
        "553 5.1.3 {path}... Invalid route address",
        "555 syntax error (#5.5.4)"
    }
    /// The recipient's address has two `@`.
    RecipientWithTwoAts "recipient-with-two-ats" {
        "501 5.1.3 Bad recipient address syntax",
        "553 5.1.3 {path}... Invalid route address",
        "555 syntax error (#5.5.4)"
    }
    /// The sender's path or a quoted string in it does not end.
    UnclosedSender "unclosed-sender" {
        "501 5.1.7 Bad sender address syntax",
        "553 5.0.0 {path}... Unbalanced '{delimiter}'",
        "555 syntax error (#5.5.4)"
    }
    /// The recipient's path or a quoted string in it does not end.
    UnclosedRecipient "unclosed-recipient" {
        "501 5.1.3 Bad recipient address syntax",
        "553 5.0.0 {path}... Unbalanced '{delimiter}'",
        "555 syntax error (#5.5.4)"
    }
    /// A MAIL or RCPT parameter the server does not know, or any text after the address.
    UnknownParameter "unknown-parameter" {
        "555 5.5.4 Unsupported option: {parameter}",
        "555 5.5.4 {keyword} parameter unrecognized",
        "555 syntax error (#5.5.4)"
    }
    /// A SIZE that is no number.
    BadSize "bad-size" {
        "501 5.5.4 Bad message size syntax",
        "501 5.5.2 SIZE requires a value",
        "555 syntax error (#5.5.4)"
    }
    /// A BODY that is neither 7BIT nor 8BITMIME.
    BadBody "bad-body" {
        "555 5.5.4 Unsupported option: {parameter}",
        "501 5.5.4 Unknown BODY type {value}",
        "555 syntax error (#5.5.4)"
    }
    /// Nobody of that name.
    NoSuchUser "no-such-user" {
        "550 5.1.1 <{address}>: Recipient address rejected: User unknown in local recipient table",
        "550 5.1.1 {path}... User unknown",
        "550 sorry, no mailbox here by that name. (#5.1.1)"
    }
    /// Another domain, and the client may not relay.
    RelayDenied "relay-denied" {
        "554 5.7.1 <{address}>: Relay access denied",
        "550 5.7.1 {path}... Relaying denied",
        "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"
    }
    /// Nothing in DNS under that domain.
    NoSuchDomain "no-such-domain" {
        "450 4.1.2 <{address}>: Recipient address rejected: Domain not found",
        "550 5.1.2 {path}... Host unknown (Name server: {domain}: host not found)",
        "550 sorry, I couldn't find any host named {domain}. (#5.1.2)"
    }
    /// The sender is not welcome.
    SenderRefused "sender-refused" {
        "554 5.7.1 <{address}>: Sender address rejected: Access denied",
        "550 5.7.1 {path}... Access denied",
        "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)"
    }
    /// The sender has no domain.
    SenderWithoutDomain "sender-without-domain" {
        "504 5.5.2 <{address}>: Sender address rejected: need fully-qualified address",
        "553 5.5.4 {path}... Domain name required for sender address {address}",
        "555 syntax error (#5.5.4)"
    }
    /// The recipient's mailbox is full.
    MailboxFull "mailbox-full" {
        "552 5.2.2 <{address}>: Recipient address rejected: Mailbox is full",
        "552 5.2.2 {path}... Mailbox full",
        "552 sorry, the recipient's mailbox is full (#5.2.2)"
    }
    /// MAIL announces a message that is too large.
    AnnouncedTooBig "announced-too-big" {
        "552 5.3.4 Message size exceeds fixed limit",
        "552 5.2.3 {path}... Message size exceeds fixed maximum message size ({limit})",
        "552 sorry, that message size exceeds my databytes limit (#5.3.4)"
    }
    /// The message is too large.
    TooBig "too-big" {
        "552 5.3.4 Error: message file too big",
        "552 5.2.3 Message exceeds maximum fixed size ({limit})",
        "552 sorry, that message size exceeds my databytes limit (#5.3.4)"
    }
    /// More recipients than the server takes at once.
    TooManyRecipients "too-many-recipients" {
        "452 4.5.3 Error: too many recipients",
        "452 4.5.3 {path}... Too many recipients",
        "452 sorry, too many recipients (#4.5.3)"
    }
    /// More connections from the client than the server takes.
    TooManyConnections "too-many-connections" {
        "421 4.7.0 {host} Error: too many connections from {client}",
        "421 4.3.2 Too many open connections.",
        "421 sorry, too many connections from your host (#4.7.0)"
    }
    /// More mistakes than the server bears.
    TooManyErrors "too-many-errors" {
        "421 4.7.0 {host} Error: too many errors",
        "421 4.7.0 {host} Too many bad commands; closing connection",
        "421 too many errors (#4.7.0)"
    }
    /// A command line that is too long.
    LineTooLong "line-too-long" {
        "500 5.5.2 {host} Error: command too long",
        "421 4.7.0 {host} Command too long, possible attack {peer}",
        "555 syntax error (#5.5.4)"
    }
    /// A line of the message that ends with a bare LF.
    BareLineFeed "bare-line-feed" {
        "550 5.5.2 {host} Error: bare <LF> received",
        "421 4.5.0 Bare linefeed (LF) not allowed",
        "451 See https://cr.yp.to/docs/smtplf.html."
    }
    /// A bare CR in the message.
    BareCarriageReturn "bare-carriage-return" {
        "550 5.5.2 {host} Error: bare <CR> received",
        "421 4.5.0 Bare carriage return (CR) not allowed",
        "451 See https://cr.yp.to/docs/smtplf.html."
    }
    /// The message goes round in circles.
    TooManyHops "too-many-hops" {
        "554 5.4.0 Error: too many hops",
        "554 5.4.6 Too many hops",
        "554 too many hops, this message is looping (#5.4.6)"
    }
    /// No room, said to MAIL.
    NoRoom "no-room" {
        "452 4.3.1 Insufficient system storage",
        "452 4.4.5 Insufficient disk space; try again later",
        "451 qqt failure (#4.3.0)"
    }
    /// No room, said after the message.
    NotStored "not-stored" {
        "451 4.3.0 Error: queue file write error",
        "452 4.4.5 Insufficient disk space; try again later",
        "451 qq write error or disk full (#4.3.0)"
    }
    /// The client was silent too long.
    TimedOut "timed-out" {
        "421 4.4.2 {host} Error: timeout exceeded",
        "421 4.4.1 {host} Lost input channel from {peer}",
        "451 timeout (#4.4.2)"
    }
}
