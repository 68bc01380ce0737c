//! Host styles: how well-known IMAP servers greet, order what they say and cut names into levels. Their words stand in
//! `texts`.

use super::texts::{Key, ROWS, Row};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Whose manner a server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Courier.
    Courier,
    /// Cyrus 3.
    Cyrus,
    /// Dovecot 2.
    Dovecot,
    /// The University of Washington's, as the RFC's own example shows it.
    Uw,
}

impl Style {
    /// All of them.
    pub const ALL: &[Style] = &[Style::Courier, Style::Cyrus, Style::Dovecot, Style::Uw];

    /// Its name, as scenarios write it.
    pub fn name(self) -> &'static str {
        match self {
            Style::Courier => "courier",
            Style::Cyrus => "cyrus",
            Style::Dovecot => "dovecot",
            Style::Uw => "uw",
        }
    }

    /// The keys of the texts that a host may word in its own way, in the table's order.
    pub fn reply_keys() -> impl Iterator<Item = &'static str> {
        ROWS.iter().map(|row| row.name)
    }

    /// The placeholders that the text of `key` may use, without their braces; `None` where there is no such key.
    /// `host` and `user` can be used everywhere and come first.
    pub fn placeholders(key: &str) -> Option<Vec<&'static str>> {
        let row = ROWS.iter().find(|row| row.name == key)?;
        Some(["host", "user"].iter().chain(row.fills).copied().collect())
    }

    /// The style's own text for `key`, placeholders unfilled and status and code in front; `None` where there is no
    /// such key.
    pub fn text(self, key: &str) -> Option<&'static str> {
        ROWS.iter().find(|row| row.name == key).map(|row| row.of(self))
    }

    /// The capabilities of this style, each of which a host may be without.
    pub fn extensions(self) -> impl Iterator<Item = &'static str> {
        let manner = self.manner();
        let late = manner.late.iter().filter(|c| !manner.early.contains(c));
        manner.early.iter().chain(late).copied().filter(|c| *c != "IMAP4rev1" && *c != "STARTTLS")
    }

    /// How many connections from one address it takes; with more, [`ServerSession::busy`](super::ServerSession::busy)
    /// is due.
    pub fn connection_limit(self) -> u32 {
        self.manner().connection_limit
    }

    /// The path of a name as this server shows it, with `/` between levels; `None` where no mailbox can be called that.
    pub fn path(self, name: &str) -> Option<String> {
        self.manner().path(name).ok()
    }

    pub(super) fn manner(self) -> &'static Manner {
        match self {
            Style::Courier => &COURIER,
            Style::Cyrus => &CYRUS,
            Style::Dovecot => &DOVECOT,
            Style::Uw => &UW,
        }
    }
}

impl std::str::FromStr for Style {
    type Err = ();
    fn from_str(s: &str) -> Result<Style, ()> {
        Style::ALL.iter().copied().find(|style| style.name() == s).ok_or(())
    }
}

impl Key {
    /// The text's row in the table.
    pub(super) fn row(self) -> &'static Row {
        // The table has each key once and in order (tested), so the first row is never a stand-in.
        ROWS.iter().find(|row| row.key == self).unwrap_or(&ROWS[0])
    }
}

/// A line that a server sends when a folder is opened (RFC 3501 section 6.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    Flags,
    PermanentFlags,
    Exists,
    Recent,
    Unseen,
    Validity,
    Next,
}

/// What tells the servers apart beside their words.
#[derive(Debug)]
pub(super) struct Manner {
    /// What stands between two levels of a name.
    pub(super) separator: char,
    /// What stands before every name but INBOX.
    pub(super) prefix: &'static str,
    /// Capabilities before the login. `AUTH=`, `STARTTLS` and `LOGINDISABLED` are put in place of `STARTTLS`.
    pub(super) early: &'static [&'static str],
    /// Capabilities after it.
    pub(super) late: &'static [&'static str],
    /// The greeting, and the answer to the login, say the capabilities.
    pub(super) tells_capabilities: bool,
    /// The lines when a folder is opened.
    pub(super) opening: &'static [Opening],
    /// The flags in the order in which they are listed as possible, \Recent among them where it is.
    pub(super) flags: &'static str,
    /// SELECT says that it closes what was open.
    pub(super) tells_closed: bool,
    /// EXPUNGE from the last message on.
    pub(super) descending: bool,
    /// FLAGS that FETCH itself changed come before the other items.
    pub(super) flags_first: bool,
    /// So many mistakes in a row before the login and after it, and the session ends.
    pub(super) bears: (Option<u32>, Option<u32>),
    /// Before the login it says of no command what is wrong with its arguments.
    pub(super) terse_early: bool,
    /// After the login it still answers the last of them.
    pub(super) bears_and_says: bool,
    /// Blanks between the words of a command may be more than one.
    pub(super) bears_blanks: bool,
    /// Silence after which the session ends.
    pub(super) patience: Duration,
    pub(super) connection_limit: u32,
    /// What it says to ID.
    pub(super) id: &'static str,
}

/// RFC 3501 section 5.4: no less than 30 minutes.
const HALF_AN_HOUR: Duration = Duration::from_secs(1800);

use Opening as O;

static DOVECOT: Manner = Manner {
    separator: '/',
    prefix: "",
    early: &["IMAP4rev1", "SASL-IR", "ID", "ENABLE", "IDLE", "LITERAL+", "STARTTLS"],
    late: &[
        "IMAP4rev1",
        "SASL-IR",
        "ID",
        "ENABLE",
        "IDLE",
        "UNSELECT",
        "CHILDREN",
        "NAMESPACE",
        "UIDPLUS",
        "LIST-EXTENDED",
        "ESEARCH",
        "LIST-STATUS",
        "MOVE",
        "STATUS=SIZE",
        "LITERAL+",
        "SPECIAL-USE",
    ],
    tells_capabilities: true,
    opening: &[O::Flags, O::PermanentFlags, O::Exists, O::Recent, O::Unseen, O::Validity, O::Next],
    flags: "\\Answered \\Flagged \\Deleted \\Seen \\Draft",
    tells_closed: true,
    descending: true,
    flags_first: true,
    bears: (Some(3), Some(20)),
    terse_early: true,
    bears_and_says: true,
    bears_blanks: true,
    patience: HALF_AN_HOUR,
    // Dovecot takes 10 of each user; here all users come from one machine.
    connection_limit: 50,
    id: "(\"name\" \"Dovecot\")",
};

static CYRUS: Manner = Manner {
    separator: '/',
    prefix: "",
    early: &["IMAP4rev1", "LITERAL+", "ID", "ENABLE", "STARTTLS", "SASL-IR"],
    late: &[
        "IMAP4rev1",
        "LITERAL+",
        "ID",
        "ENABLE",
        "CHILDREN",
        "ESEARCH",
        "LIST-EXTENDED",
        "LIST-STATUS",
        "MOVE",
        "NAMESPACE",
        "SASL-IR",
        "SPECIAL-USE",
        "STATUS=SIZE",
        "UIDPLUS",
        "UNSELECT",
        "IDLE",
    ],
    tells_capabilities: true,
    opening: &[O::Exists, O::Recent, O::Flags, O::PermanentFlags, O::Unseen, O::Validity, O::Next],
    flags: "\\Answered \\Flagged \\Draft \\Deleted \\Seen",
    tells_closed: true,
    descending: false,
    flags_first: true,
    bears: (None, None),
    terse_early: false,
    bears_and_says: false,
    bears_blanks: false,
    patience: HALF_AN_HOUR,
    connection_limit: 100,
    id: "(\"name\" \"Cyrus IMAPD\")",
};

static COURIER: Manner = Manner {
    separator: '.',
    prefix: "INBOX.",
    early: &[
        "IMAP4rev1",
        "UIDPLUS",
        "CHILDREN",
        "NAMESPACE",
        "IDLE",
        "STARTTLS",
        "SASL-IR",
        "LITERAL+",
        "ENABLE",
    ],
    late: &[
        "IMAP4rev1",
        "UIDPLUS",
        "CHILDREN",
        "NAMESPACE",
        "IDLE",
        "LITERAL+",
        "ENABLE",
        "UNSELECT",
        "MOVE",
        "ESEARCH",
        "LIST-EXTENDED",
        "SPECIAL-USE",
        "STATUS=SIZE",
        "ID",
    ],
    tells_capabilities: true,
    opening: &[O::Flags, O::PermanentFlags, O::Exists, O::Recent, O::Validity, O::Next],
    flags: "\\Draft \\Answered \\Flagged \\Deleted \\Seen \\Recent",
    tells_closed: false,
    descending: false,
    flags_first: true,
    bears: (None, None),
    terse_early: false,
    bears_and_says: false,
    bears_blanks: false,
    patience: HALF_AN_HOUR,
    connection_limit: 4,
    id: "(\"name\" \"Courier-IMAP\")",
};

static UW: Manner = Manner {
    separator: '/',
    prefix: "",
    early: &["IMAP4rev1", "LITERAL+", "SASL-IR", "STARTTLS"],
    late: &[
        "IMAP4rev1",
        "LITERAL+",
        "IDLE",
        "UIDPLUS",
        "NAMESPACE",
        "CHILDREN",
        "UNSELECT",
        "ESEARCH",
        "MOVE",
        "SPECIAL-USE",
        "LIST-EXTENDED",
        "STATUS=SIZE",
        "ENABLE",
        "ID",
    ],
    tells_capabilities: false,
    opening: &[O::Exists, O::Flags, O::Recent, O::Unseen, O::Validity, O::Next, O::PermanentFlags],
    flags: "\\Answered \\Flagged \\Deleted \\Seen \\Draft",
    tells_closed: false,
    descending: false,
    flags_first: false,
    bears: (None, None),
    terse_early: false,
    bears_and_says: false,
    bears_blanks: false,
    patience: HALF_AN_HOUR,
    connection_limit: 10,
    id: "NIL",
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_each_key_and_each_name_once_and_every_text_a_status() {
        let names: BTreeSet<&str> = Style::reply_keys().collect();
        assert_eq!(names.len(), ROWS.len());
        for (place, row) in ROWS.iter().enumerate() {
            assert_eq!(row.key as usize, place, "{}", row.name);
            let offered = Style::placeholders(row.name).unwrap();
            for style in Style::ALL {
                let text = row.of(*style);
                let status = text.split(' ').next().unwrap();
                assert!(["OK", "NO", "BAD", "BYE", "+"].contains(&status), "{}: {text}", row.name);
                for used in text.split('{').skip(1) {
                    let name = used.split('}').next().unwrap();
                    assert!(name == "secs" || offered.contains(&name), "{}: {{{name}}}", row.name);
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
        assert_eq!("exchange".parse::<Style>(), Err(()));
    }
}
