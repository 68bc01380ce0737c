//! The words of the protocols that have a meaning of their own, by table: as they stand on the wire, and the messages
//! that say what they mean. The reference is built from the same tables, so that each text exists once.

use super::super::Explainer;
use super::super::say::Say;
use crate::event::{EnhancedCode, ImapVerb, SEARCH_WORDS, SmtpVerb};

/// Words of one kind, as they stand on the wire.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// How the keys of their messages begin.
    prefix: &'static str,
    /// The words.
    pub all: &'static [&'static str],
    /// The message for any other; empty where there is none.
    other: &'static str,
}

const fn words(prefix: &'static str, all: &'static [&'static str], other: &'static str) -> Words {
    Words { prefix, all, other }
}

/// The keywords of the answer to EHLO (RFC 5321 section 4.1.1.1).
pub const EHLO: Words = words(
    "ehlo",
    &[
        "PIPELINING",
        "SIZE",
        "VRFY",
        "EXPN",
        "ETRN",
        "STARTTLS",
        "AUTH",
        "ENHANCEDSTATUSCODES",
        "8BITMIME",
        "DSN",
        "SMTPUTF8",
        "CHUNKING",
        "BINARYMIME",
        "HELP",
    ],
    "ehlo-other",
);

/// The verbs of POP3 (RFC 1939 and its extensions).
pub const POP3: Words = words(
    "pop3-verb",
    &[
        "USER", "PASS", "APOP", "AUTH", "STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET", "NOOP",
        "CAPA", "STLS", "QUIT", "UTF8", "LANG", "LAST",
    ],
    "",
);

/// The capabilities of POP3 (RFC 2449 section 6).
pub const CAPA: Words = words(
    "capa",
    &[
        "CAPA",
        "TOP",
        "UIDL",
        "USER",
        "SASL",
        "STLS",
        "RESP-CODES",
        "AUTH-RESP-CODE",
        "PIPELINING",
        "IMPLEMENTATION",
        "EXPIRE",
        "LOGIN-DELAY",
        "UTF8",
        "LANG",
    ],
    "capa-other",
);

/// The response codes of POP3 (RFC 2449 section 8).
pub const POP3_CODES: Words =
    words("pop3-code", &["IN-USE", "LOGIN-DELAY", "SYS/TEMP", "SYS/PERM", "AUTH"], "");

/// The capabilities of IMAP (RFC 3501 section 7.2.1).
pub const CAPABILITIES: Words = words(
    "imap-cap",
    &[
        "IMAP4rev1",
        "STARTTLS",
        "LOGINDISABLED",
        "AUTH=",
        "SASL-IR",
        "LITERAL+",
        "ID",
        "ENABLE",
        "IDLE",
        "NAMESPACE",
        "UIDPLUS",
        "UNSELECT",
        "CHILDREN",
        "LIST-EXTENDED",
        "LIST-STATUS",
        "ESEARCH",
        "MOVE",
        "STATUS=SIZE",
        "SPECIAL-USE",
    ],
    "imap-cap-other",
);

/// The response codes of IMAP (RFC 3501 section 7.1, RFC 4315, RFC 5530).
pub const CODES: Words = words(
    "imap-code",
    &[
        "ALERT",
        "BADCHARSET",
        "CAPABILITY",
        "PARSE",
        "PERMANENTFLAGS",
        "READ-ONLY",
        "READ-WRITE",
        "TRYCREATE",
        "UIDNEXT",
        "UIDVALIDITY",
        "UNSEEN",
        "APPENDUID",
        "COPYUID",
        "UIDNOTSTICKY",
        "CLOSED",
        "UNAVAILABLE",
        "AUTHENTICATIONFAILED",
        "AUTHORIZATIONFAILED",
        "EXPIRED",
        "PRIVACYREQUIRED",
        "CONTACTADMIN",
        "NOPERM",
        "INUSE",
        "EXPUNGEISSUED",
        "CORRUPTION",
        "SERVERBUG",
        "CLIENTBUG",
        "CANNOT",
        "LIMIT",
        "OVERQUOTA",
        "ALREADYEXISTS",
        "NONEXISTENT",
        "TOOBIG",
    ],
    "imap-code-other",
);

/// What an IMAP server tells without a tag (RFC 3501 section 2.2.2).
pub const UNTAGGED: Words = words(
    "untagged",
    &[
        "EXISTS",
        "RECENT",
        "EXPUNGE",
        "FETCH",
        "FLAGS",
        "LIST",
        "LSUB",
        "SEARCH",
        "ESEARCH",
        "STATUS",
        "CAPABILITY",
        "NAMESPACE",
        "ID",
        "ENABLED",
    ],
    "",
);

/// How an IMAP answer begins (RFC 3501 section 7.1).
pub const STATUS_WORDS: Words = words("imap-answer", &["OK", "NO", "BAD", "BYE", "PREAUTH"], "");

/// What FETCH can be asked for (RFC 3501 section 6.4.5), sections of BODY apart.
pub const FETCH: Words = words(
    "fetch",
    &[
        "ALL",
        "FAST",
        "FULL",
        "FLAGS",
        "INTERNALDATE",
        "ENVELOPE",
        "UID",
        "RFC822",
        "RFC822.SIZE",
        "RFC822.HEADER",
        "RFC822.TEXT",
        "BODY",
        "BODYSTRUCTURE",
    ],
    "",
);

/// What stands between the brackets of BODY (RFC 3501 section 6.4.5).
pub const SECTIONS: Words =
    words("section", &["HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"], "");

/// What STATUS can be asked for (RFC 3501 section 6.3.10, RFC 8438).
pub const STATUS: Words =
    words("status", &["MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "SIZE"], "");

/// The keys of SEARCH (RFC 3501 section 6.4.4), and what RETURN may ask for (RFC 4731 section 3.1).
pub const SEARCH: Words = words("search", &SEARCH_NAMES, "");

const SEARCH_NAMES: [&str; SEARCH_WORDS.len()] = {
    let mut names = [""; SEARCH_WORDS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = SEARCH_WORDS[at].name;
        at += 1;
    }
    names
};

/// Flags of messages (RFC 3501 section 2.3.2), and keywords that many clients know.
pub const FLAGS: Words = words(
    "flag",
    &[
        "\\Seen",
        "\\Answered",
        "\\Flagged",
        "\\Deleted",
        "\\Draft",
        "\\Recent",
        "\\*",
        "$Forwarded",
        "$MDNSent",
        "$Junk",
        "$NotJunk",
    ],
    "flag-keyword",
);

/// Attributes of mailboxes (RFC 3501 section 7.2.2, RFC 5258, RFC 6154 section 2).
pub const ATTRIBUTES: Words = words(
    "attribute",
    &[
        "\\Noselect",
        "\\Noinferiors",
        "\\Marked",
        "\\Unmarked",
        "\\HasChildren",
        "\\HasNoChildren",
        "\\NonExistent",
        "\\Subscribed",
        "\\All",
        "\\Archive",
        "\\Drafts",
        "\\Flagged",
        "\\Junk",
        "\\Sent",
        "\\Trash",
    ],
    "attribute-other",
);

/// The reply codes of SMTP (RFC 5321 section 4.2.3 and the extensions).
pub const REPLY_CODES: &[u16] = &[
    211, 214, 220, 221, 235, 250, 251, 252, 253, 334, 354, 421, 432, 450, 451, 452, 454, 455, 458, 459, 500,
    501, 502, 503, 504, 521, 523, 530, 534, 535, 538, 541, 550, 551, 552, 553, 554, 555, 556,
];

/// Subject and detail of the enhanced status codes (RFC 3463 section 2, RFC 7372, Exchange's own).
pub const ENHANCED: &[(u16, &[u16])] = &[
    (0, &[0]),
    (1, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    (2, &[0, 1, 2, 3, 4]),
    (3, &[0, 1, 2, 3, 4, 5]),
    (4, &[0, 1, 2, 3, 4, 5, 6, 7]),
    (5, &[0, 1, 2, 3, 4, 5, 6]),
    (6, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]),
    (7, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 21, 22, 23, 24, 25, 26, 27, 54, 57, 60, 509]),
];

/// All tables of words.
pub const TABLES: &[&Words] = &[
    &EHLO,
    &POP3,
    &CAPA,
    &POP3_CODES,
    &CAPABILITIES,
    &CODES,
    &UNTAGGED,
    &STATUS_WORDS,
    &FETCH,
    &SECTIONS,
    &STATUS,
    &SEARCH,
    &FLAGS,
    &ATTRIBUTES,
];

impl Words {
    /// The word as the table has it, whatever its case.
    pub fn find(&self, word: &str) -> Option<&'static str> {
        self.all.iter().find(|known| known.eq_ignore_ascii_case(word)).copied()
    }

    /// The key of a word's message.
    pub(super) fn key(&self, word: &str) -> String {
        let plain = match word {
            "\\*" => "any".to_owned(),
            "LITERAL+" => "literal-plus".to_owned(),
            _ => {
                let lower = word.trim_start_matches(['\\', '$']).trim_end_matches('=').to_ascii_lowercase();
                lower.replace(|c: char| !c.is_ascii_alphanumeric(), "-")
            }
        };
        format!("{}-{plain}", self.prefix)
    }

    /// What a word means; the text for others where the table does not have it.
    pub(super) fn say(&self, word: &str) -> Option<Say> {
        match self.find(word) {
            Some(known) => Some(Say::keyed(self.key(known))),
            None => (!self.other.is_empty()).then(|| Say::new(self.other)),
        }
    }
}

/// What a verb of SMTP means.
pub(super) fn smtp_verb(verb: SmtpVerb) -> Say {
    Say::keyed(format!("smtp-verb-{}", verb.name().to_ascii_lowercase()))
}

/// What a verb of IMAP means.
pub(super) fn imap_verb(verb: ImapVerb) -> Say {
    Say::keyed(format!("imap-verb-{}", verb.name().to_ascii_lowercase()))
}

/// What a reply code means as a whole.
pub(super) fn reply_code(code: u16) -> Say {
    match REPLY_CODES.contains(&code) {
        true => Say::keyed(format!("smtp-code-{code}")),
        false => Say::new("smtp-code-other"),
    }
}

/// What each digit of a reply code means (RFC 5321 section 4.2.1).
pub(super) fn reply_digits(code: u16) -> [Say; 3] {
    let (first, second, third) = (code / 100 % 10, code / 10 % 10, code % 10);
    let other = |digit: u16| Say::new("smtp-third").own("digit", digit.to_string());
    [
        if (1..=5).contains(&first) { Say::keyed(format!("smtp-digit-{first}")) } else { other(first) },
        match second {
            0..=3 | 5 => Say::keyed(format!("smtp-second-{second}")),
            _ => other(second),
        },
        other(third),
    ]
}

/// What class, subject and detail of an enhanced status code mean (RFC 3463 section 2).
pub(super) fn enhanced(code: EnhancedCode) -> [Say; 3] {
    let EnhancedCode(class, subject, detail) = code;
    let known = ENHANCED.iter().find(|(s, _)| *s == subject).map(|(_, details)| *details);
    [
        Say::keyed(format!("enhanced-class-{}", if matches!(class, 2 | 4) { class } else { 5 })),
        match known {
            Some(_) => Say::keyed(format!("enhanced-subject-{subject}")),
            None => Say::new("enhanced-subject-other").own("subject", subject.to_string()),
        },
        match known.is_some_and(|details| details.contains(&detail)) {
            true => Say::keyed(format!("enhanced-{subject}-{detail}")),
            false => Say::new("enhanced-detail-other").own("detail", detail.to_string()),
        },
    ]
}

impl Explainer {
    /// What a verb of SMTP means: one to three sentences.
    pub fn smtp_verb(&self, verb: SmtpVerb) -> String {
        self.say(smtp_verb(verb))
    }

    /// What a verb of POP3 means, `None` for what is none.
    pub fn pop3_verb(&self, verb: &str) -> Option<String> {
        self.word(&POP3, verb)
    }

    /// What a verb of IMAP means.
    pub fn imap_verb(&self, verb: ImapVerb) -> String {
        self.say(imap_verb(verb))
    }

    /// What a word of one of the tables means ([`EHLO`], [`CAPA`], [`FETCH`] and so on); `None` where it is not in it and
    /// the table has no text for others.
    pub fn word(&self, table: &Words, word: &str) -> Option<String> {
        table.say(word).map(|say| self.say(say))
    }

    /// What an SMTP reply code means as a whole.
    pub fn reply_code(&self, code: u16) -> String {
        self.say(reply_code(code))
    }

    /// What each digit of an SMTP reply code means.
    pub fn reply_digits(&self, code: u16) -> [String; 3] {
        reply_digits(code).map(|say| self.say(say))
    }

    /// What class, subject and detail of an enhanced status code mean.
    pub fn enhanced_code(&self, code: EnhancedCode) -> [String; 3] {
        enhanced(code).map(|say| self.say(say))
    }
}
