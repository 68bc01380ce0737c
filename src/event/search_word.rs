//! The words of IMAP's SEARCH, each with what follows it: one table for the server that reads them, the explanations and
//! Tab at the workstation.

/// What a word of SEARCH is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchRole {
    /// A key that messages fit or do not (RFC 3501 section 6.4.4).
    Key,
    /// What `RETURN` asks for (RFC 4731 section 3.1); `ALL` is a key as well.
    Option,
    /// What stands before the keys: `CHARSET`, `RETURN`.
    Before,
}

/// What follows a word of SEARCH.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchArgument {
    /// Another key.
    Key,
    /// A word, a quoted string or a literal.
    String,
    /// The name of a header field.
    Field,
    /// A day such as `1-Feb-2026`.
    Date,
    /// A size in octets.
    Number,
    /// Unique identifiers.
    Uids,
    /// A keyword that a message may be flagged with.
    Flag,
    /// The name of a character set.
    Charset,
    /// Options in parentheses.
    Options,
}

/// A word of SEARCH.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchWord {
    /// In capitals.
    pub name: &'static str,
    /// What it is.
    pub role: SearchRole,
    /// What follows it, in this order.
    pub takes: &'static [SearchArgument],
}

const fn key(name: &'static str, takes: &'static [SearchArgument]) -> SearchWord {
    SearchWord { name, role: SearchRole::Key, takes }
}

const fn before(name: &'static str, takes: &'static [SearchArgument]) -> SearchWord {
    SearchWord { name, role: SearchRole::Before, takes }
}

const fn option(name: &'static str) -> SearchWord {
    SearchWord { name, role: SearchRole::Option, takes: &[] }
}

/// All words of SEARCH by their names.
pub const SEARCH_WORDS: [SearchWord; 40] = {
    use SearchArgument as A;
    [
        key("ALL", &[]),
        key("ANSWERED", &[]),
        key("BCC", &[A::String]),
        key("BEFORE", &[A::Date]),
        key("BODY", &[A::String]),
        key("CC", &[A::String]),
        before("CHARSET", &[A::Charset]),
        option("COUNT"),
        key("DELETED", &[]),
        key("DRAFT", &[]),
        key("FLAGGED", &[]),
        key("FROM", &[A::String]),
        key("HEADER", &[A::Field, A::String]),
        key("KEYWORD", &[A::Flag]),
        key("LARGER", &[A::Number]),
        option("MAX"),
        option("MIN"),
        key("NEW", &[]),
        key("NOT", &[A::Key]),
        key("OLD", &[]),
        key("ON", &[A::Date]),
        key("OR", &[A::Key, A::Key]),
        key("RECENT", &[]),
        before("RETURN", &[A::Options]),
        key("SEEN", &[]),
        key("SENTBEFORE", &[A::Date]),
        key("SENTON", &[A::Date]),
        key("SENTSINCE", &[A::Date]),
        key("SINCE", &[A::Date]),
        key("SMALLER", &[A::Number]),
        key("SUBJECT", &[A::String]),
        key("TEXT", &[A::String]),
        key("TO", &[A::String]),
        key("UID", &[A::Uids]),
        key("UNANSWERED", &[]),
        key("UNDELETED", &[]),
        key("UNDRAFT", &[]),
        key("UNFLAGGED", &[]),
        key("UNKEYWORD", &[A::Flag]),
        key("UNSEEN", &[]),
    ]
};

impl SearchWord {
    /// The word of this name, whatever its case.
    pub fn find(name: &str) -> Option<&'static SearchWord> {
        const WORDS: &[SearchWord] = &SEARCH_WORDS;
        WORDS.iter().find(|word| word.name.eq_ignore_ascii_case(name))
    }
}
