//! The arguments of SEARCH (RFC 3501 section 6.4.4, RFC 4731 section 3.1).

use super::super::ast::{Search, SearchKey, SearchReturn, SystemFlag};
use super::cursor::{Cursor, DEPTH, PARTS, Parsed};
use crate::event::{ImapArgument as A, SearchArgument, SearchRole, SearchWord};

pub(super) fn search(c: &mut Cursor<'_>) -> Parsed<Search> {
    let returns = if c.keyword("RETURN") {
        c.blank(A::Options)?;
        let returns = c.list(A::Options, true, option)?;
        c.blank(A::SearchKey)?;
        Some(returns)
    } else {
        None
    };
    let charset = if c.keyword("CHARSET") {
        c.blank(A::String)?;
        let charset = c.text(A::String)?;
        c.blank(A::SearchKey)?;
        Some(charset)
    } else {
        None
    };
    let mut keys = Keys { left: PARTS };
    let mut found = vec![keys.key(c, 0)?];
    while c.peek() == Some(b' ') {
        let before = c.at;
        c.gap();
        if c.peek().is_none() {
            c.at = before;
            break;
        }
        found.push(keys.key(c, 0)?);
    }
    Ok(Search { returns, charset, keys: found })
}

fn option(c: &mut Cursor<'_>) -> Parsed<SearchReturn> {
    for (name, option) in [
        ("MIN", SearchReturn::Min),
        ("MAX", SearchReturn::Max),
        ("ALL", SearchReturn::All),
        ("COUNT", SearchReturn::Count),
    ] {
        if c.keyword(name) {
            return Ok(option);
        }
    }
    c.wanted(A::Options)
}

/// Reads keys, no more than so many in all.
struct Keys {
    left: usize,
}

impl Keys {
    fn key(&mut self, c: &mut Cursor<'_>, depth: usize) -> Parsed<SearchKey> {
        use SearchKey as K;
        if depth > DEPTH || self.left == 0 {
            return c.wanted(A::SearchKey);
        }
        self.left -= 1;
        match c.peek() {
            Some(b'(') => {
                c.at += 1;
                c.more_blanks();
                let mut all = vec![self.key(c, depth + 1)?];
                c.blanks_before_end();
                while !c.eat(b')') {
                    if c.peek().is_none() {
                        return c.wanted(A::ClosingParenthesis);
                    }
                    c.blank(A::ClosingParenthesis)?;
                    all.push(self.key(c, depth + 1)?);
                    c.blanks_before_end();
                }
                return Ok(K::And(all));
            }
            Some(b'0'..=b'9' | b'*') => return Ok(K::Numbers(c.set()?)),
            _ => {}
        }
        let start = c.at;
        let word = SearchWord::find(c.atom(A::SearchKey)?).filter(|word| word.role == SearchRole::Key);
        let Some(SearchWord { name, takes, .. }) = word else {
            return c.whole_word(A::SearchKey, start);
        };
        match (*name, *takes) {
            ("OR", _) => {
                c.blank(A::SearchKey)?;
                let one = self.key(c, depth + 1)?;
                c.blank(A::SearchKey)?;
                Ok(K::Or(Box::new(one), Box::new(self.key(c, depth + 1)?)))
            }
            (_, [SearchArgument::Key]) => {
                c.blank(A::SearchKey)?;
                Ok(K::Not(Box::new(self.key(c, depth + 1)?)))
            }
            (_, [first, ..]) => with_argument(c, name, wanted(*first)),
            (_, []) => Ok(alone(name)),
        }
    }
}

/// A key without argument.
fn alone(name: &str) -> SearchKey {
    use SearchKey as K;
    use SystemFlag as F;
    match name {
        "ANSWERED" => K::Has(F::Answered),
        "DELETED" => K::Has(F::Deleted),
        "DRAFT" => K::Has(F::Draft),
        "FLAGGED" => K::Has(F::Flagged),
        "SEEN" => K::Has(F::Seen),
        "UNANSWERED" => K::HasNot(F::Answered),
        "UNDELETED" => K::HasNot(F::Deleted),
        "UNDRAFT" => K::HasNot(F::Draft),
        "UNFLAGGED" => K::HasNot(F::Flagged),
        "UNSEEN" => K::HasNot(F::Seen),
        "NEW" => K::New,
        "OLD" => K::Old,
        "RECENT" => K::Recent,
        _ => K::All,
    }
}

/// What a server misses where this is not there.
fn wanted(argument: SearchArgument) -> A {
    match argument {
        SearchArgument::Date => A::Date,
        SearchArgument::Number => A::Number,
        SearchArgument::Uids => A::Set,
        SearchArgument::Flag => A::Flags,
        SearchArgument::Key => A::SearchKey,
        SearchArgument::Options => A::Options,
        SearchArgument::String | SearchArgument::Field | SearchArgument::Charset => A::String,
    }
}

/// A key with what follows it, which is `wanted` first.
fn with_argument(c: &mut Cursor<'_>, name: &str, wanted: A) -> Parsed<SearchKey> {
    use SearchKey as K;
    c.blank(wanted)?;
    Ok(match name {
        "BEFORE" => K::Before(c.date()?),
        "ON" => K::On(c.date()?),
        "SINCE" => K::Since(c.date()?),
        "SENTBEFORE" => K::SentBefore(c.date()?),
        "SENTON" => K::SentOn(c.date()?),
        "SENTSINCE" => K::SentSince(c.date()?),
        "LARGER" => K::Larger(c.number(wanted)?),
        "SMALLER" => K::Smaller(c.number(wanted)?),
        "UID" => K::Uid(c.set()?),
        "KEYWORD" => K::Keyword(c.atom(wanted)?.to_owned()),
        "UNKEYWORD" => K::Unkeyword(c.atom(wanted)?.to_owned()),
        "HEADER" => {
            let field = c.text(wanted)?;
            c.blank(wanted)?;
            K::Header(field, c.astring(wanted)?)
        }
        "BCC" => K::Bcc(c.astring(wanted)?),
        "CC" => K::Cc(c.astring(wanted)?),
        "FROM" => K::From(c.astring(wanted)?),
        "TO" => K::To(c.astring(wanted)?),
        "SUBJECT" => K::Subject(c.astring(wanted)?),
        "BODY" => K::Body(c.astring(wanted)?),
        _ => K::Text(c.astring(wanted)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::SEARCH_WORDS;

    /// The key that a line of arguments is, where it is one and nothing is left.
    fn read(line: &str) -> Option<SearchKey> {
        let mut c = Cursor::new(line.as_bytes(), &[]);
        let found = search(&mut c).ok()?;
        assert!(c.peek().is_none(), "{line}");
        (found.keys.len() == 1).then(|| found.keys.into_iter().next())?
    }

    #[test]
    fn each_key_of_the_table_is_a_key_of_its_own() {
        let argument = |argument: &SearchArgument| match argument {
            SearchArgument::Key => " SEEN",
            SearchArgument::Date => " 1-Feb-2026",
            SearchArgument::Number | SearchArgument::Uids => " 7",
            SearchArgument::Options => " (MIN)",
            _ => " word",
        };
        let mut seen: Vec<SearchKey> = Vec::new();
        for word in SEARCH_WORDS {
            let line = word.name.to_owned() + &word.takes.iter().map(argument).collect::<String>();
            let key = read(&line);
            assert_eq!(key.is_some(), word.role == SearchRole::Key, "{line}");
            if let Some(key) = key {
                assert!(!seen.contains(&key), "{line} is read as another key: {key:?}");
                seen.push(key);
            }
            let cut = line.rsplit_once(' ').and_then(|(cut, _)| read(cut));
            assert_eq!(cut, None, "{line} without its last part");
        }
    }
}
