//! The mistakes that people really make, in whichever scenario: recognised from events without an author's doing.

use serde::{Deserialize, Serialize};

macro_rules! mistakes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)*) => {
        /// A mistake of the shared catalogue. What a mistake is depends on nothing a scenario says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum CommonMistake {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl CommonMistake {
            /// All of them.
            pub const ALL: &'static [CommonMistake] = &[$(CommonMistake::$variant),*];

            /// Its name, as scenarios write it.
            pub fn name(self) -> &'static str {
                match self {
                    $(CommonMistake::$variant => $name,)*
                }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<CommonMistake> {
                CommonMistake::ALL.iter().copied().find(|mistake| mistake.name() == name)
            }
        }
    };
}

mistakes! {
    /// A header field where SMTP expects a command.
    HeadersBeforeData => "headers-before-data",
    /// A message whose text follows its header without an empty line (RFC 5322 section 2.1).
    NoEmptyLine => "no-empty-line",
    /// A message that begins with text and has no header field at all.
    NoHeader => "no-header",
    /// The second line of a header field does not begin with white space (RFC 5322 section 2.2.3).
    FoldedWithoutSpace => "folded-without-space",
    /// An address without `<` and `>` at a host that insists.
    NoBrackets => "no-brackets",
    /// A `<` without its `>`.
    OpenBracket => "open-bracket",
    /// No colon after FROM or TO.
    NoColon => "no-colon",
    /// White space around the colon at a host that insists on none.
    SpaceAtColon => "space-at-colon",
    /// `MAIL TO`, `RCPT FROM`, or neither word.
    FromAndToSwapped => "from-and-to-swapped",
    /// RCPT without MAIL.
    RcptBeforeMail => "rcpt-before-mail",
    /// DATA without a recipient.
    DataBeforeRcpt => "data-before-rcpt",
    /// A transaction without HELO or EHLO.
    MailBeforeHello => "mail-before-hello",
    /// MAIL within a transaction.
    SecondMail => "second-mail",
    /// A lone dot within the text has ended the message, and what follows is taken for commands.
    DotInsideText => "dot-inside-text",
    /// A lone dot where no message is to be ended.
    DotOutsideText => "dot-outside-text",
    /// A command where the message's text is read.
    CommandInText => "command-in-text",
    /// `HELLO` for HELO or EHLO.
    HelloForHelo => "hello-for-helo",
    /// A mail address where HELO and EHLO want the name of a machine.
    HelloWithAddress => "hello-with-address",
    /// After STARTTLS on as if the server still knew the client (RFC 3207 section 4.2).
    NoEhloAfterStarttls => "no-ehlo-after-starttls",
    /// A password before TLS, where the host takes none in the clear.
    AuthBeforeTls => "auth-before-tls",
    /// Anything before STARTTLS, where the host insists on it.
    TlsFirst => "tls-first",
    /// Sending without having logged in, where the host insists on it.
    AuthFirst => "auth-first",
    /// AUTH PLAIN without the two NULs (RFC 4616 section 2).
    PlainWithoutNul => "plain-without-nul",
    /// What was encoded ends with a line's end: echo in the place of printf.
    CredentialsWithNewline => "credentials-with-newline",
    /// Something other than base64 in an authentication.
    NotBase64 => "not-base64",
    /// Mail for another domain at a server that does not pass it on.
    WrongServer => "wrong-server",
    /// SMTP spoken to a server of another protocol.
    SmtpElsewhere => "smtp-elsewhere",
    /// POP3 spoken to a server of another protocol.
    Pop3Elsewhere => "pop3-elsewhere",
    /// IMAP spoken to a server of another protocol.
    ImapElsewhere => "imap-elsewhere",
    /// A browser's words at a mail server.
    HttpSpoken => "http-spoken",
    /// A program of the workstation called within a session.
    ShellInSession => "shell-in-session",
    /// A command of a protocol typed at the shell.
    SessionInShell => "session-in-shell",
    /// A server's reply typed or pasted back.
    ReplyTyped => "reply-typed",
    /// A command with a slip of the fingers.
    Misspelt => "misspelt",
    /// Plain text to a port where TLS comes first.
    PlainToTlsPort => "plain-to-tls-port",
    /// Plain text where the server, asked for TLS, waits for a handshake.
    PlainAfterStarttls => "plain-after-starttls",
    /// A TLS handshake at a port where plain text comes first.
    TlsToPlainPort => "tls-to-plain-port",
    /// A line that begins with Q or R was taken by `openssl s_client` itself.
    ClientTookLine => "client-took-line",
    /// Typographic quotation marks or dashes in a command that was refused.
    TypographicMarks => "typographic-marks",
    /// A key that corrects a line elsewhere has become an octet of a line that was refused: Backspace, Delete, a cursor key.
    BackspaceInLine => "backspace-in-line",
    /// telnet without a port, which is port 23.
    NoPort => "no-port",
    /// A colon between host and port, for a program that wants two words.
    PortAfterColon => "port-after-colon",
    /// A connection to the workstation itself.
    OwnMachine => "own-machine",
    /// A POP3 command that needs the login.
    RetrBeforePass => "retr-before-pass",
    /// PASS without USER.
    PassBeforeUser => "pass-before-user",
    /// Messages were marked with DELE, and the session ended without QUIT (RFC 1939 section 6).
    DeleWithoutQuit => "dele-without-quit",
    /// Name or password in brackets or quotation marks.
    QuotedLogin => "quoted-login",
    /// A message number that there is not.
    NoSuchNumber => "no-such-number",
    /// A message that is marked as deleted.
    GoneAlready => "gone-already",
    /// A line without a tag (RFC 3501 section 2.2.1).
    NoTag => "no-tag",
    /// An IMAP command that needs the login.
    LoginFirst => "login-first",
    /// An IMAP command that needs an open mailbox.
    SelectFirst => "select-first",
    /// The end of IDLE with a tag before it, or another word (RFC 2177 section 3).
    NotDone => "not-done",
    /// A system flag without its backslash, which makes it a keyword (RFC 3501 section 2.3.2).
    NoBackslash => "no-backslash",
}
