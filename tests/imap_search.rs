//! What SEARCH finds among the messages of tests/imap_data, compared with what Dovecot 2.3 found: search.golden has the
//! keys in one line and the names of the messages in the next. Dates and flags go by the place of a message: the n-th,
//! from 0, came n days after the first of January 2024.

use helo::proto::imap::{
    Bounds, Flags, InternalDate, Keywords, Num, Search, SearchKey, Searcher, SequenceSet, StoredMessage,
    SystemFlag,
};
use helo::units::{MessageId, Offset, Time};
use std::path::{Path, PathBuf};

/// 2024-01-01 12:00:00 +0000, in seconds.
const FIRST: i64 = 1_704_110_400;

fn flags(n: usize, keywords: &mut Keywords) -> Flags {
    use SystemFlag::{Answered, Deleted, Draft, Flagged, Seen};
    let mut own = |word| keywords.add(word).unwrap();
    let none = Flags::default();
    match n % 7 {
        0 => none.with(Seen),
        1 => none.with(Answered).with(Seen),
        2 => none.with(Flagged).with_keyword(own("$Forwarded")),
        3 => none.with(Deleted),
        4 => none.with(Draft),
        5 => none.with(Seen).with_keyword(own("lab")),
        _ => none,
    }
}

fn mailbox(keywords: &mut Keywords) -> Vec<(String, StoredMessage)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imap_data");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "eml"));
    files.sort_by_key(|path| path.file_stem().unwrap().to_owned());
    let one = |(n, path): (usize, &PathBuf)| {
        let at = Time((FIRST + 86_400 * n as i64) * 1_000_000);
        let message = StoredMessage {
            id: MessageId(n as u32 + 1),
            uid: n as u32 + 1,
            flags: flags(n, keywords),
            recent: false,
            date: InternalDate { at, zone: Offset(0) },
            octets: std::fs::read(path).unwrap().into(),
        };
        (path.file_stem().unwrap().to_string_lossy().into_owned(), message)
    };
    files.iter().enumerate().map(one).collect()
}

/// Reads keys as they stand in the golden file; the session's own reader has tests of its own.
struct Words<'a>(&'a str);

impl Words<'_> {
    fn word(&mut self) -> String {
        self.0 = self.0.trim_start();
        if let Some(quoted) = self.0.strip_prefix('"') {
            let (mut word, mut rest) = (String::new(), quoted.chars());
            while let Some(c) = rest.next().filter(|c| *c != '"') {
                word.push(if c == '\\' { rest.next().unwrap() } else { c });
            }
            self.0 = rest.as_str();
            return word;
        }
        let end = self.0.find([' ', ')']).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word.to_owned()
    }

    fn keys(&mut self) -> Vec<SearchKey> {
        let mut keys = Vec::new();
        while !self.0.trim_start().is_empty() && !self.0.trim_start().starts_with(')') {
            keys.push(self.key());
        }
        keys
    }

    fn key(&mut self) -> SearchKey {
        use SystemFlag::{Answered, Deleted, Draft, Flagged, Seen};
        if let Some(inside) = self.0.trim_start().strip_prefix('(') {
            self.0 = inside;
            let keys = self.keys();
            self.0 = self.0.trim_start().strip_prefix(')').unwrap();
            return SearchKey::And(keys);
        }
        let word = self.word();
        let text = |words: &mut Self| words.word().into_bytes();
        let date = |words: &mut Self| jiff::civil::Date::strptime("%d-%b-%Y", words.word()).unwrap();
        match word.as_str() {
            "ALL" => SearchKey::All,
            "SEEN" => SearchKey::Has(Seen),
            "UNSEEN" => SearchKey::HasNot(Seen),
            "ANSWERED" => SearchKey::Has(Answered),
            "UNANSWERED" => SearchKey::HasNot(Answered),
            "FLAGGED" => SearchKey::Has(Flagged),
            "UNFLAGGED" => SearchKey::HasNot(Flagged),
            "DELETED" => SearchKey::Has(Deleted),
            "UNDELETED" => SearchKey::HasNot(Deleted),
            "DRAFT" => SearchKey::Has(Draft),
            "UNDRAFT" => SearchKey::HasNot(Draft),
            "KEYWORD" => SearchKey::Keyword(self.word()),
            "UNKEYWORD" => SearchKey::Unkeyword(self.word()),
            "NOT" => SearchKey::Not(Box::new(self.key())),
            "OR" => SearchKey::Or(Box::new(self.key()), Box::new(self.key())),
            "UID" => SearchKey::Uid(set(&self.word())),
            "FROM" => SearchKey::From(text(self)),
            "TO" => SearchKey::To(text(self)),
            "CC" => SearchKey::Cc(text(self)),
            "BCC" => SearchKey::Bcc(text(self)),
            "SUBJECT" => SearchKey::Subject(text(self)),
            "HEADER" => SearchKey::Header(self.word(), text(self)),
            "BODY" => SearchKey::Body(text(self)),
            "TEXT" => SearchKey::Text(text(self)),
            "BEFORE" => SearchKey::Before(date(self)),
            "ON" => SearchKey::On(date(self)),
            "SINCE" => SearchKey::Since(date(self)),
            "SENTBEFORE" => SearchKey::SentBefore(date(self)),
            "SENTON" => SearchKey::SentOn(date(self)),
            "SENTSINCE" => SearchKey::SentSince(date(self)),
            "LARGER" => SearchKey::Larger(self.word().parse().unwrap()),
            "SMALLER" => SearchKey::Smaller(self.word().parse().unwrap()),
            numbers => SearchKey::Numbers(set(numbers)),
        }
    }
}

fn set(text: &str) -> SequenceSet {
    let number = |n: &str| if n == "*" { Num::Last } else { Num::Of(n.parse().unwrap()) };
    let range = |part: &str| {
        let (from, to) = part.split_once(':').unwrap_or((part, part));
        (number(from), number(to))
    };
    SequenceSet(text.split(',').map(range).collect())
}

fn found(keys: Vec<SearchKey>, charset: Option<&str>) -> Vec<String> {
    let mut keywords = Keywords::default();
    let mailbox = mailbox(&mut keywords);
    let last = mailbox.len() as u32;
    let search = Search { returns: None, charset: charset.map(str::to_owned), keys };
    let searcher =
        Searcher::new(&search, Bounds { messages: last, last_uid: last, keywords: &keywords }).unwrap();
    let fits = |(n, (name, message)): (usize, &(String, StoredMessage))| {
        searcher.fits(n as u32 + 1, message).then(|| name.clone())
    };
    mailbox.iter().enumerate().filter_map(fits).collect()
}

#[test]
fn every_search_finds_what_dovecot_finds() {
    let golden = include_str!("imap_data/search.golden");
    let lines: Vec<&str> = golden.split('\n').collect();
    let mut wrong = Vec::new();
    let mut searches = 0;
    for pair in lines.chunks(2) {
        let [text, wanted] = pair else { break };
        let got = found(Words(text).keys(), Some("UTF-8")).join(" ");
        searches += 1;
        if got != *wanted {
            wrong.push(format!("{text}\n  Dovecot {wanted}\n  helo    {got}"));
        }
    }
    assert!(searches > 80);
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn strings_are_in_the_charset_of_the_search() {
    for (charset, text) in [
        (None, "straße".as_bytes()),
        (Some("utf-8"), "stra\u{df}e".as_bytes()),
        (Some("ISO-8859-1"), b"stra\xdfe"),
        (Some("US-ASCII"), b"liebe leute"),
    ] {
        assert_eq!(found(vec![SearchKey::Body(text.to_vec())], charset), ["base64"], "{charset:?}");
    }
    let keywords = Keywords::default();
    let search = Search { returns: None, charset: Some("x-klingon".to_owned()), keys: vec![SearchKey::All] };
    let bounds = Bounds { messages: 0, last_uid: 0, keywords: &keywords };
    assert_eq!(Searcher::new(&search, bounds).unwrap_err().0, "x-klingon");
}

#[test]
fn addresses_that_cannot_be_read_are_found_by_their_text() {
    let message = StoredMessage {
        id: MessageId(1),
        uid: 1,
        flags: Flags::default(),
        recent: false,
        date: InternalDate { at: Time(0), zone: Offset(0) },
        octets: b"Sender: A <J\xf6@[192.0.2.1]>, Foo \"q q\"@[192.0.2.1], Foo Bar: J\xf6@[192.0.2.1], z@y;\r\n\r\n"
            .to_vec()
            .into(),
    };
    let keywords = Keywords::default();
    let bounds = Bounds { messages: 1, last_uid: 1, keywords: &keywords };
    for (text, there) in [("z@y", true), ("q q\"@[192", true), ("nobody", false)] {
        let key = SearchKey::Header("Sender".to_owned(), text.as_bytes().to_vec());
        let search = Search { returns: None, charset: None, keys: vec![key] };
        assert_eq!(Searcher::new(&search, bounds).unwrap().fits(1, &message), there, "{text}");
    }
}
