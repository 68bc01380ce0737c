//! The mistakes of the shared catalogue: what each is, and what to do instead.

use super::say::Say;
use crate::event::CommonMistake as M;
use crate::rfc::{Section, section};

/// What is said, and the rule where it is one of an RFC.
pub(super) fn text(mistake: M) -> (Say, Option<Section>) {
    let (key, rule) = match mistake {
        M::HeadersBeforeData => ("mistake-headers-before-data", Some(section(5321, "3.3"))),
        M::NoEmptyLine => ("mistake-no-empty-line", Some(section(5322, "2.1"))),
        M::NoHeader => ("mistake-no-header", Some(section(5322, "3.6"))),
        M::FoldedWithoutSpace => ("mistake-folded-without-space", Some(section(5322, "2.2.3"))),
        M::NoBrackets => ("mistake-no-brackets", Some(section(5321, "4.1.2"))),
        M::OpenBracket => ("mistake-open-bracket", Some(section(5321, "4.1.2"))),
        M::NoColon => ("mistake-no-colon", Some(section(5321, "4.1.1.2"))),
        M::SpaceAtColon => ("mistake-space-at-colon", Some(section(5321, "3.3"))),
        M::FromAndToSwapped => ("mistake-from-and-to-swapped", Some(section(5321, "3.3"))),
        M::RcptBeforeMail => ("mistake-rcpt-before-mail", Some(section(5321, "3.3"))),
        M::DataBeforeRcpt => ("mistake-data-before-rcpt", Some(section(5321, "3.3"))),
        M::MailBeforeHello => ("mistake-mail-before-hello", Some(section(5321, "4.1.1.1"))),
        M::SecondMail => ("mistake-second-mail", Some(section(5321, "4.1.4"))),
        M::DotInsideText => ("mistake-dot-inside-text", Some(section(5321, "4.5.2"))),
        M::DotOutsideText => ("mistake-dot-outside-text", Some(section(5321, "4.1.1.4"))),
        M::CommandInText => ("mistake-command-in-text", Some(section(5321, "4.1.1.4"))),
        M::HelloForHelo => ("mistake-hello-for-helo", Some(section(5321, "3.2"))),
        M::HelloWithAddress => ("mistake-hello-with-address", Some(section(5321, "4.1.1.1"))),
        M::NoEhloAfterStarttls => ("mistake-no-ehlo-after-starttls", Some(section(3207, "4.2"))),
        M::AuthBeforeTls => ("mistake-auth-before-tls", Some(section(4954, "4"))),
        M::TlsFirst => ("mistake-tls-first", Some(section(3207, "4"))),
        M::AuthFirst => ("mistake-auth-first", Some(section(6409, "4.3"))),
        M::PlainWithoutNul => ("mistake-plain-without-nul", Some(section(4616, "2"))),
        M::CredentialsWithNewline => ("mistake-credentials-with-newline", Some(section(4616, "2"))),
        M::NotBase64 => ("mistake-not-base64", Some(section(4954, "4"))),
        M::WrongServer => ("mistake-wrong-server", Some(section(5321, "3.6.2"))),
        M::SmtpElsewhere => ("mistake-smtp-elsewhere", None),
        M::Pop3Elsewhere => ("mistake-pop3-elsewhere", None),
        M::ImapElsewhere => ("mistake-imap-elsewhere", None),
        M::HttpSpoken => ("mistake-http-spoken", None),
        M::ShellInSession => ("mistake-shell-in-session", None),
        M::SessionInShell => ("mistake-session-in-shell", None),
        M::ReplyTyped => ("mistake-reply-typed", Some(section(5321, "4.2"))),
        M::Misspelt => ("mistake-misspelt", None),
        M::PlainToTlsPort => ("mistake-plain-to-tls-port", Some(section(8314, "3"))),
        M::TlsToPlainPort => ("mistake-tls-to-plain-port", Some(section(8314, "3"))),
        M::BackspaceInLine => ("mistake-backspace-in-line", None),
        M::ClientTookLine => ("mistake-client-took-line", None),
        M::TypographicMarks => ("mistake-typographic-marks", None),
        M::NoPort => ("mistake-no-port", None),
        M::OwnMachine => ("mistake-own-machine", None),
        M::RetrBeforePass => ("mistake-retr-before-pass", Some(section(1939, "4"))),
        M::PassBeforeUser => ("mistake-pass-before-user", Some(section(1939, "7"))),
        M::DeleWithoutQuit => ("mistake-dele-without-quit", Some(section(1939, "6"))),
        M::QuotedLogin => ("mistake-quoted-login", Some(section(1939, "7"))),
        M::NoSuchNumber => ("mistake-no-such-number", None),
        M::GoneAlready => ("mistake-gone-already", Some(section(1939, "5"))),
        M::NoTag => ("mistake-no-tag", Some(section(3501, "2.2.1"))),
        M::LoginFirst => ("mistake-login-first", Some(section(3501, "3"))),
        M::SelectFirst => ("mistake-select-first", Some(section(3501, "3"))),
        M::NotDone => ("mistake-not-done", Some(section(2177, "3"))),
        M::NoBackslash => ("mistake-no-backslash", Some(section(3501, "2.3.2"))),
    };
    (Say::new(key), rule)
}
