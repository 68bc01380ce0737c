//! Where each command of SMTP, of POP3 and of IMAP is described.

use super::{ImapVerb, SmtpVerb};
use crate::rfc::{Section, section};

impl ImapVerb {
    /// The section that describes it.
    pub fn rule(self) -> Section {
        use ImapVerb as V;
        match self {
            V::Capability => section(3501, "6.1.1"),
            V::Noop => section(3501, "6.1.2"),
            V::Logout => section(3501, "6.1.3"),
            V::Id => section(2971, "3.1"),
            V::Starttls => section(3501, "6.2.1"),
            V::Authenticate => section(3501, "6.2.2"),
            V::Login => section(3501, "6.2.3"),
            V::Enable => section(5161, "3.1"),
            V::Select => section(3501, "6.3.1"),
            V::Examine => section(3501, "6.3.2"),
            V::Create => section(3501, "6.3.3"),
            V::Delete => section(3501, "6.3.4"),
            V::Rename => section(3501, "6.3.5"),
            V::Subscribe => section(3501, "6.3.6"),
            V::Unsubscribe => section(3501, "6.3.7"),
            V::List => section(3501, "6.3.8"),
            V::Lsub => section(3501, "6.3.9"),
            V::Namespace => section(2342, "5"),
            V::Status => section(3501, "6.3.10"),
            V::Append => section(3501, "6.3.11"),
            V::Idle => section(2177, "3"),
            V::Check => section(3501, "6.4.1"),
            V::Close => section(3501, "6.4.2"),
            V::Unselect => section(3691, "2"),
            V::Expunge => section(3501, "6.4.3"),
            V::Search => section(3501, "6.4.4"),
            V::Fetch => section(3501, "6.4.5"),
            V::Store => section(3501, "6.4.6"),
            V::Copy => section(3501, "6.4.7"),
            V::Move => section(6851, "3.1"),
        }
    }
}

impl SmtpVerb {
    /// The section that describes it.
    pub fn rule(self) -> Section {
        use SmtpVerb as V;
        match self {
            V::Helo | V::Ehlo => section(5321, "4.1.1.1"),
            V::Mail => section(5321, "4.1.1.2"),
            V::Rcpt => section(5321, "4.1.1.3"),
            V::Data => section(5321, "4.1.1.4"),
            V::Rset => section(5321, "4.1.1.5"),
            V::Vrfy => section(5321, "4.1.1.6"),
            V::Expn => section(5321, "4.1.1.7"),
            V::Help => section(5321, "4.1.1.8"),
            V::Noop => section(5321, "4.1.1.9"),
            V::Quit => section(5321, "4.1.1.10"),
            V::Starttls => section(3207, "4"),
            V::Auth => section(4954, "4"),
            V::Bdat => section(3030, "2"),
            V::Etrn => section(1985, "5.1"),
        }
    }
}

/// The section that describes a verb of POP3, whatever its case; of any other word the one that says how commands look.
pub fn pop3_verb_rule(verb: &str) -> Section {
    match verb.to_ascii_uppercase().as_str() {
        "STAT" | "LIST" | "RETR" | "DELE" | "NOOP" | "RSET" => section(1939, "5"),
        "QUIT" => section(1939, "6"),
        "USER" | "PASS" | "APOP" | "TOP" | "UIDL" => section(1939, "7"),
        "CAPA" => section(2449, "5"),
        "AUTH" => section(5034, "4"),
        "STLS" => section(2595, "4"),
        "UTF8" => section(6856, "2"),
        "LANG" => section(6856, "3"),
        _ => section(1939, "3"),
    }
}
