//! What the arguments of IMAP commands say, as types (RFC 3501 section 9 and the extensions named). Reading them from
//! the wire is `command`'s job; what they mean for messages is worked out by pure functions over these.

use crate::units::{MessageId, Offset, Time};
use jiff::civil::Date;
use std::sync::Arc;

/// The name of a mailbox, decoded from modified UTF-7 (RFC 3501 section 5.1.3) and as the client wrote it otherwise,
/// hierarchy separators of the host included. INBOX in any case is `INBOX`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailboxName(pub String);

/// One end of a range in a sequence set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Num {
    /// A number, never 0.
    Of(u32),
    /// `*`: the largest number in use.
    Last,
}

/// Message numbers or unique ids (RFC 3501 section 9, sequence-set): ranges in the order they were written, a single
/// number being a range to itself. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequenceSet(pub Vec<(Num, Num)>);

impl SequenceSet {
    /// Its ranges, each from the smaller to the larger end, `last` being the largest number in use. With no message
    /// at all (`last` 0) only what was written in digits is in it.
    pub fn ranges(&self, last: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let number = move |n: Num| match n {
            Num::Of(n) => n,
            Num::Last => last,
        };
        self.0.iter().map(move |(a, b)| {
            let (a, b) = (number(*a), number(*b));
            (a.min(b), a.max(b))
        })
    }

    /// Is the number in it, `last` being the largest in use?
    pub fn contains(&self, n: u32, last: u32) -> bool {
        self.ranges(last).any(|(from, to)| from <= n && n <= to)
    }
}

/// The flags the standard defines (RFC 3501 section 2.3.2), \Recent apart, which no client can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SystemFlag {
    /// `\Answered`.
    Answered,
    /// `\Flagged`.
    Flagged,
    /// `\Deleted`.
    Deleted,
    /// `\Seen`.
    Seen,
    /// `\Draft`.
    Draft,
}

impl SystemFlag {
    /// All of them, in the order in which servers list them.
    pub const ALL: [SystemFlag; 5] =
        [SystemFlag::Answered, SystemFlag::Flagged, SystemFlag::Deleted, SystemFlag::Seen, SystemFlag::Draft];

    /// Its name with the backslash.
    pub fn name(self) -> &'static str {
        match self {
            SystemFlag::Answered => "\\Answered",
            SystemFlag::Flagged => "\\Flagged",
            SystemFlag::Deleted => "\\Deleted",
            SystemFlag::Seen => "\\Seen",
            SystemFlag::Draft => "\\Draft",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A flag as a client names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// One of the standard's.
    System(SystemFlag),
    /// A keyword (RFC 3501 section 2.3.2): an atom; case does not matter when two are compared.
    Keyword(String),
}

impl Flag {
    /// As it is written.
    pub fn name(&self) -> &str {
        match self {
            Flag::System(flag) => flag.name(),
            Flag::Keyword(word) => word,
        }
    }
}

impl Flag {
    /// The flag of this name; `None` where no client can set it.
    pub fn parse(name: &str) -> Option<Flag> {
        let known = SystemFlag::ALL.into_iter().find(|f| f.name().eq_ignore_ascii_case(name));
        let atom = |b: u8| {
            b.is_ascii_graphic() && !matches!(b, b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']')
        };
        match known {
            Some(flag) => Some(Flag::System(flag)),
            None => (!name.is_empty() && name.bytes().all(atom)).then(|| Flag::Keyword(name.to_owned())),
        }
    }
}

/// The keywords of one folder. A message names its own by their places here, so that a flag costs a bit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keywords(Vec<String>);

impl Keywords {
    /// How many keywords a folder can have.
    pub const MOST: usize = 64;

    /// Its place, if there is such a keyword.
    pub fn find(&self, word: &str) -> Option<u8> {
        let place = self.0.iter().position(|known| known.eq_ignore_ascii_case(word))?;
        u8::try_from(place).ok()
    }

    /// Its place, a new one where there was none; `None` where there are [`Keywords::MOST`] already.
    pub fn add(&mut self, word: &str) -> Option<u8> {
        if let Some(place) = self.find(word) {
            return Some(place);
        }
        if self.0.len() >= Keywords::MOST {
            return None;
        }
        self.0.push(word.to_owned());
        self.find(word)
    }

    /// The keywords in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The flags of one message, \Recent apart, which belongs to a session and not to the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    system: u8,
    keywords: u64,
}

impl Flags {
    /// Is this flag set?
    pub fn has(self, flag: SystemFlag) -> bool {
        self.system & flag.bit() != 0
    }

    /// Is the keyword at this place set?
    pub fn has_keyword(self, place: u8) -> bool {
        self.keywords & (1u64.checked_shl(u32::from(place)).unwrap_or(0)) != 0
    }

    /// With this flag.
    #[must_use]
    pub fn with(self, flag: SystemFlag) -> Flags {
        Flags { system: self.system | flag.bit(), ..self }
    }

    /// With the keyword at this place.
    #[must_use]
    pub fn with_keyword(self, place: u8) -> Flags {
        Flags { keywords: self.keywords | 1u64.checked_shl(u32::from(place)).unwrap_or(0), ..self }
    }

    /// With all flags of both.
    #[must_use]
    pub fn union(self, other: Flags) -> Flags {
        Flags { system: self.system | other.system, keywords: self.keywords | other.keywords }
    }

    /// Without the flags of the other.
    #[must_use]
    pub fn without(self, other: Flags) -> Flags {
        Flags { system: self.system & !other.system, keywords: self.keywords & !other.keywords }
    }

    /// The names, the standard's first, then keywords in the folder's order.
    pub fn names(self, keywords: &Keywords) -> Vec<&str> {
        self.system_names().chain(self.keyword_names(keywords)).collect()
    }

    /// The names of the standard's.
    pub fn system_names<'a>(self) -> impl Iterator<Item = &'a str> {
        SystemFlag::ALL.iter().filter(move |f| self.has(**f)).map(|f| f.name())
    }

    /// Keywords in the folder's order.
    pub fn keyword_names(self, keywords: &Keywords) -> impl Iterator<Item = &str> {
        let own = keywords.0.iter().zip(0u8..).filter(move |(_, place)| self.has_keyword(*place));
        own.map(|(word, _)| word.as_str())
    }
}

/// When a message came into its folder (RFC 3501 section 2.3.3), with the time zone in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InternalDate {
    /// The moment; whole seconds are shown.
    pub at: Time,
    /// The time zone.
    pub zone: Offset,
}

/// A message in a folder as a session sees it. Cheap to clone: the octets are shared.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredMessage {
    /// The message. Copies of one message have the same.
    pub id: MessageId,
    /// Its unique id in this folder (RFC 3501 section 2.3.1.1).
    pub uid: u32,
    /// Its flags.
    pub flags: Flags,
    /// \Recent: this session is the first that was told of it (RFC 3501 section 2.3.2).
    pub recent: bool,
    /// When it came.
    pub date: InternalDate,
    /// The whole message with CRLF line ends.
    pub octets: Arc<[u8]>,
}

/// How STORE changes flags (RFC 3501 section 6.4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreMode {
    /// `FLAGS`: these and no others.
    Replace,
    /// `+FLAGS`.
    Add,
    /// `-FLAGS`.
    Remove,
}

/// What FETCH is asked for (RFC 3501 section 6.4.5). The macros ALL, FAST and FULL are written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchItem {
    /// `FLAGS`.
    Flags,
    /// `INTERNALDATE`.
    InternalDate,
    /// `ENVELOPE`.
    Envelope,
    /// `UID`.
    Uid,
    /// `RFC822.SIZE`.
    Size,
    /// `RFC822`: as `BODY[]`, under this name.
    Rfc822,
    /// `RFC822.HEADER`: as `BODY.PEEK[HEADER]`, under this name.
    Rfc822Header,
    /// `RFC822.TEXT`: as `BODY[TEXT]`, under this name.
    Rfc822Text,
    /// `BODY`: the structure without extension data.
    Body,
    /// `BODYSTRUCTURE`.
    BodyStructure,
    /// `BODY[...]<...>` or `BODY.PEEK[...]<...>`.
    Section {
        /// Which part.
        section: Section,
        /// It does not set \Seen.
        peek: bool,
        /// Which octets of it.
        partial: Option<Partial>,
    },
}

impl FetchItem {
    /// Does it set \Seen where it is not set?
    pub fn sets_seen(&self) -> bool {
        matches!(self, FetchItem::Rfc822 | FetchItem::Rfc822Text | FetchItem::Section { peek: false, .. })
    }
}

/// A part of a message (RFC 3501 section 6.4.5, section-spec).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The numbers that lead to the part, each from 1; none: the message itself.
    pub part: Vec<u32>,
    /// What of the part.
    pub text: SectionText,
}

/// What of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionText {
    /// Everything: the whole message, or the part's content.
    All,
    /// `HEADER`: the header of the message, or of the one that the part encloses.
    Header,
    /// `HEADER.FIELDS` and `HEADER.FIELDS.NOT`: some lines of it.
    HeaderFields {
        /// All but these.
        not: bool,
        /// Names of fields as written; never none.
        names: Vec<String>,
    },
    /// `TEXT`: what comes after the header.
    Text,
    /// `MIME`: the part's own header; only with a part number.
    Mime,
}

/// `<start.octets>` (RFC 3501 section 6.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partial {
    /// The first octet, from 0.
    pub start: u32,
    /// How many at most; never 0.
    pub octets: u32,
}

/// SEARCH with its arguments (RFC 3501 section 6.4.4, RFC 4731 section 3.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// `RETURN (...)`: what the answer is to say; `None` without RETURN, empty for `RETURN ()`, which means ALL.
    pub returns: Option<Vec<SearchReturn>>,
    /// `CHARSET`, as written.
    pub charset: Option<String>,
    /// All of these must hold; never none.
    pub keys: Vec<SearchKey>,
}

/// What the answer to an extended search says (RFC 4731 section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchReturn {
    /// The smallest number found.
    Min,
    /// The largest.
    Max,
    /// All, as a sequence set.
    All,
    /// How many.
    Count,
}

/// One key of SEARCH (RFC 3501 section 6.4.4). Strings are octets in the search's charset. Dates are compared without
/// time and zone.
#[derive(Debug, Clone, PartialEq)]
pub enum SearchKey {
    /// `ALL`.
    All,
    /// `ANSWERED`, `DELETED`, `DRAFT`, `FLAGGED`, `SEEN`.
    Has(SystemFlag),
    /// `UNANSWERED`, `UNDELETED`, `UNDRAFT`, `UNFLAGGED`, `UNSEEN`.
    HasNot(SystemFlag),
    /// `KEYWORD`.
    Keyword(String),
    /// `UNKEYWORD`.
    Unkeyword(String),
    /// `NEW`: recent and not seen.
    New,
    /// `OLD`: not recent.
    Old,
    /// `RECENT`.
    Recent,
    /// `BCC`.
    Bcc(Vec<u8>),
    /// `CC`.
    Cc(Vec<u8>),
    /// `FROM`.
    From(Vec<u8>),
    /// `TO`.
    To(Vec<u8>),
    /// `SUBJECT`.
    Subject(Vec<u8>),
    /// `BODY`: in the text of the message.
    Body(Vec<u8>),
    /// `TEXT`: in header or text.
    Text(Vec<u8>),
    /// `HEADER`: in the field of this name; the empty string: the field is there.
    Header(String, Vec<u8>),
    /// `BEFORE`: the internal date.
    Before(Date),
    /// `ON`.
    On(Date),
    /// `SINCE`.
    Since(Date),
    /// `SENTBEFORE`: the Date field.
    SentBefore(Date),
    /// `SENTON`.
    SentOn(Date),
    /// `SENTSINCE`.
    SentSince(Date),
    /// `LARGER`.
    Larger(u32),
    /// `SMALLER`.
    Smaller(u32),
    /// `UID`.
    Uid(SequenceSet),
    /// Message numbers.
    Numbers(SequenceSet),
    /// `NOT`.
    Not(Box<SearchKey>),
    /// `OR`.
    Or(Box<SearchKey>, Box<SearchKey>),
    /// `(...)`: all of these; never none.
    And(Vec<SearchKey>),
}

/// What STATUS is asked for (RFC 3501 section 6.3.10, RFC 8438 section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusItem {
    /// `MESSAGES`.
    Messages,
    /// `RECENT`.
    Recent,
    /// `UIDNEXT`.
    UidNext,
    /// `UIDVALIDITY`.
    UidValidity,
    /// `UNSEEN`.
    Unseen,
    /// `SIZE` (RFC 8438 section 3).
    Size,
}

impl StatusItem {
    /// All of them.
    pub const ALL: [StatusItem; 6] = [
        StatusItem::Messages,
        StatusItem::Recent,
        StatusItem::UidNext,
        StatusItem::UidValidity,
        StatusItem::Unseen,
        StatusItem::Size,
    ];

    /// Its name in capitals.
    pub fn name(self) -> &'static str {
        match self {
            StatusItem::Messages => "MESSAGES",
            StatusItem::Recent => "RECENT",
            StatusItem::UidNext => "UIDNEXT",
            StatusItem::UidValidity => "UIDVALIDITY",
            StatusItem::Unseen => "UNSEEN",
            StatusItem::Size => "SIZE",
        }
    }
}

/// LIST with its arguments (RFC 3501 section 6.3.8, RFC 5258 section 3), also LSUB with none of the options.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListOptions {
    /// Written in the extended form, with options or several patterns.
    pub extended: bool,
    /// Which mailboxes.
    pub select: ListSelect,
    /// The reference name, decoded.
    pub reference: String,
    /// The patterns, decoded, with their `*` and `%`; never none.
    pub patterns: Vec<String>,
    /// `RETURN (SUBSCRIBED)`.
    pub return_subscribed: bool,
    /// `RETURN (CHILDREN)`.
    pub return_children: bool,
    /// `RETURN (SPECIAL-USE)` (RFC 6154 section 2).
    pub return_special_use: bool,
    /// `RETURN (STATUS (...))` (RFC 5819 section 2); empty: not asked for.
    pub return_status: Vec<StatusItem>,
}

/// The selection options of LIST (RFC 5258 section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListSelect {
    /// `SUBSCRIBED`.
    pub subscribed: bool,
    /// `REMOTE`.
    pub remote: bool,
    /// `RECURSIVEMATCH`.
    pub recursive: bool,
    /// `SPECIAL-USE` (RFC 6154 section 2).
    pub special_use: bool,
}

/// What a folder is for (RFC 6154 section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpecialUse {
    /// `\All`.
    All,
    /// `\Archive`.
    Archive,
    /// `\Drafts`.
    Drafts,
    /// `\Flagged`.
    Flagged,
    /// `\Junk`.
    Junk,
    /// `\Sent`.
    Sent,
    /// `\Trash`.
    Trash,
}

impl SpecialUse {
    /// All of them.
    pub const ALL: [SpecialUse; 7] = [
        SpecialUse::All,
        SpecialUse::Archive,
        SpecialUse::Drafts,
        SpecialUse::Flagged,
        SpecialUse::Junk,
        SpecialUse::Sent,
        SpecialUse::Trash,
    ];

    /// Its name with the backslash.
    pub fn name(self) -> &'static str {
        match self {
            SpecialUse::All => "\\All",
            SpecialUse::Archive => "\\Archive",
            SpecialUse::Drafts => "\\Drafts",
            SpecialUse::Flagged => "\\Flagged",
            SpecialUse::Junk => "\\Junk",
            SpecialUse::Sent => "\\Sent",
            SpecialUse::Trash => "\\Trash",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_count_from_either_end() {
        let set = SequenceSet(vec![(Num::Of(4), Num::Of(2)), (Num::Of(7), Num::Last)]);
        let members = |last: u32| (1..=9).filter(|n| set.contains(*n, last)).collect::<Vec<_>>();
        assert_eq!(members(9), [2, 3, 4, 7, 8, 9]);
        assert_eq!(members(7), [2, 3, 4, 7]);
        // 7:* is also *:7, and so holds the last message even where it has a smaller number.
        assert_eq!(members(5), [2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn flags_are_bits_and_know_their_names() {
        let mut keywords = Keywords::default();
        assert_eq!(keywords.add("$Forwarded"), Some(0));
        assert_eq!(keywords.add("$forwarded"), Some(0));
        assert_eq!(keywords.add("lab"), Some(1));
        let flags = Flags::default().with(SystemFlag::Seen).with_keyword(1).with(SystemFlag::Answered);
        assert_eq!(flags.names(&keywords), ["\\Answered", "\\Seen", "lab"]);
        assert_eq!(
            flags.without(Flags::default().with_keyword(1)).names(&keywords),
            ["\\Answered", "\\Seen"]
        );
        assert!(!flags.has_keyword(200));
        for n in 2..Keywords::MOST {
            assert!(keywords.add(&format!("k{n}")).is_some());
        }
        assert_eq!(keywords.add("one-too-many"), None);
    }
}
