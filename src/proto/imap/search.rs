//! SEARCH: does a message fit? (RFC 3501 section 6.4.4). The keys are made ready once for all messages; of a message only
//! what a key needs is looked at, and the cheap keys come first.

use super::fold::fold;
use super::numbers::NumberSet;
use super::{Keywords, Search, SearchKey, SequenceSet, StoredMessage, SystemFlag};
use crate::mail::decode_words;
use crate::mail::mime::{EnvelopeAddress, Inside, Lines, Part, address_list, field_value, header, to_text};
use crate::units::Span;
use jiff::civil::Date;
use mail_parser::parsers::MessageStream;
use memchr::memmem::Finder;
use std::cell::OnceCell;

/// Nobody knows the charset that the strings of a search are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCharset(pub String);

/// The charsets that are named to a client who asked for one that nobody knows. Others are known too.
pub const CHARSETS: [&str; 2] = ["US-ASCII", "UTF-8"];

/// What the numbers in a search are measured by.
#[derive(Debug, Clone, Copy)]
pub struct Bounds<'a> {
    /// How many messages there are: what `*` stands for among message numbers.
    pub messages: u32,
    /// The largest unique id in the mailbox: what `*` stands for among those.
    pub last_uid: u32,
    /// The mailbox's keywords.
    pub keywords: &'a Keywords,
}

/// A search made ready.
#[derive(Debug)]
pub struct Searcher(Vec<Test>);

#[derive(Debug)]
enum Test {
    All,
    Flag(SystemFlag),
    /// The keyword's place; `None` is one that no message has.
    Keyword(Option<u8>),
    Recent,
    Numbers(NumberSet),
    Uids(NumberSet),
    Larger(u32),
    Smaller(u32),
    Internal(When),
    Sent(When),
    Field(String, Shape, Needle),
    Body(Needle),
    Text(Needle),
    Not(Box<Test>),
    Any(Box<Test>, Box<Test>),
    Every(Vec<Test>),
}

/// When something was, days alone compared.
#[derive(Debug)]
enum When {
    Before(Date),
    On(Date),
    Since(Date),
}

/// How a field's value is read before it is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// As it stands.
    Plain,
    /// White space counts as one blank.
    OneBlank,
    /// A list of addresses, written the same way always.
    Addresses,
}

/// What is looked for; `None` is the empty string, which is in everything.
#[derive(Debug)]
struct Needle(Option<Finder<'static>>);

impl Needle {
    fn is_in(&self, folded: &str) -> bool {
        self.0.as_ref().is_none_or(|finder| finder.find(folded.as_bytes()).is_some())
    }
}

impl When {
    fn holds(&self, date: Date) -> bool {
        match self {
            When::Before(day) => date < *day,
            When::On(day) => date == *day,
            When::Since(day) => date >= *day,
        }
    }
}

impl Searcher {
    /// Makes a search ready. Strings are taken for UTF-8 where it names no charset.
    pub fn new(search: &Search, bounds: Bounds<'_>) -> Result<Searcher, UnknownCharset> {
        let charset = search.charset.as_deref().unwrap_or("UTF-8");
        to_text(b"", charset.as_bytes()).ok_or_else(|| UnknownCharset(charset.to_owned()))?;
        let reader = Reader { charset, bounds };
        Ok(Searcher(reader.every(&search.keys)))
    }

    /// Does the message with this number fit?
    pub fn fits(&self, number: u32, message: &StoredMessage) -> bool {
        let candidate = Candidate { number, message, structure: OnceCell::new() };
        self.0.iter().all(|test| candidate.passes(test))
    }
}

/// Reads keys into tests.
struct Reader<'a> {
    charset: &'a str,
    bounds: Bounds<'a>,
}

impl Reader<'_> {
    fn every(&self, keys: &[SearchKey]) -> Vec<Test> {
        let mut tests: Vec<Test> = keys.iter().map(|key| self.test(key)).collect();
        tests.sort_by_key(Test::cost);
        tests
    }

    fn test(&self, key: &SearchKey) -> Test {
        let not = |test| Test::Not(Box::new(test));
        match key {
            SearchKey::All => Test::All,
            SearchKey::Has(flag) => Test::Flag(*flag),
            SearchKey::HasNot(flag) => not(Test::Flag(*flag)),
            SearchKey::Keyword(word) => Test::Keyword(self.bounds.keywords.find(word)),
            SearchKey::Unkeyword(word) => not(Test::Keyword(self.bounds.keywords.find(word))),
            SearchKey::New => Test::Every(vec![Test::Recent, not(Test::Flag(SystemFlag::Seen))]),
            SearchKey::Old => not(Test::Recent),
            SearchKey::Recent => Test::Recent,
            SearchKey::Bcc(text) => self.field("Bcc", text),
            SearchKey::Cc(text) => self.field("Cc", text),
            SearchKey::From(text) => self.field("From", text),
            SearchKey::To(text) => self.field("To", text),
            SearchKey::Subject(text) => self.field("Subject", text),
            SearchKey::Header(name, text) => self.field(name, text),
            SearchKey::Body(text) => Test::Body(self.needle(text)),
            SearchKey::Text(text) => Test::Text(self.needle(text)),
            SearchKey::Before(day) => Test::Internal(When::Before(*day)),
            SearchKey::On(day) => Test::Internal(When::On(*day)),
            SearchKey::Since(day) => Test::Internal(When::Since(*day)),
            SearchKey::SentBefore(day) => Test::Sent(When::Before(*day)),
            SearchKey::SentOn(day) => Test::Sent(When::On(*day)),
            SearchKey::SentSince(day) => Test::Sent(When::Since(*day)),
            SearchKey::Larger(octets) => Test::Larger(*octets),
            SearchKey::Smaller(octets) => Test::Smaller(*octets),
            SearchKey::Uid(set) => Test::Uids(NumberSet::of(set, self.bounds.last_uid)),
            SearchKey::Numbers(set) => Test::Numbers(self.numbers(set)),
            SearchKey::Not(key) => not(self.test(key)),
            SearchKey::Or(one, other) => {
                let (one, other) = (self.test(one), self.test(other));
                let (first, second) = if one.cost() <= other.cost() { (one, other) } else { (other, one) };
                Test::Any(Box::new(first), Box::new(second))
            }
            SearchKey::And(keys) => Test::Every(self.every(keys)),
        }
    }

    fn numbers(&self, set: &SequenceSet) -> NumberSet {
        NumberSet::of(set, self.bounds.messages)
    }

    fn field(&self, name: &str, text: &[u8]) -> Test {
        let is = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
        let shape = match () {
            () if is(&["Bcc", "Cc", "From", "To", "Sender", "Reply-To"]) => Shape::Addresses,
            () if is(&["Subject"]) => Shape::OneBlank,
            () => Shape::Plain,
        };
        Test::Field(name.to_owned(), shape, self.needle(text))
    }

    fn needle(&self, text: &[u8]) -> Needle {
        let text = to_text(text, self.charset.as_bytes()).unwrap_or_default();
        Needle((!text.is_empty()).then(|| Finder::new(fold(&text).as_bytes()).into_owned()))
    }
}

impl Test {
    /// How much of a message must be looked at.
    fn cost(&self) -> u8 {
        match self {
            Test::All | Test::Flag(_) | Test::Keyword(_) | Test::Recent => 0,
            Test::Numbers(_) | Test::Uids(_) | Test::Larger(_) | Test::Smaller(_) | Test::Internal(_) => 1,
            Test::Sent(_) | Test::Field(..) => 2,
            Test::Body(_) | Test::Text(_) => 3,
            Test::Not(test) => test.cost(),
            Test::Any(one, other) => one.cost().max(other.cost()),
            Test::Every(tests) => tests.iter().map(Test::cost).max().unwrap_or(0),
        }
    }
}

/// One message, and what has been found out about it.
struct Candidate<'a> {
    number: u32,
    message: &'a StoredMessage,
    structure: OnceCell<Part>,
}

impl Candidate<'_> {
    fn octets(&self) -> &[u8] {
        &self.message.octets
    }

    fn structure(&self) -> &Part {
        self.structure.get_or_init(|| Part::parse(self.octets()))
    }

    fn passes(&self, test: &Test) -> bool {
        let message = self.message;
        match test {
            Test::All => true,
            Test::Flag(flag) => message.flags.has(*flag),
            Test::Keyword(place) => place.is_some_and(|place| message.flags.has_keyword(place)),
            Test::Recent => message.recent,
            Test::Numbers(set) => set.contains(self.number),
            Test::Uids(set) => set.contains(message.uid),
            Test::Larger(octets) => message.octets.len() > *octets as usize,
            Test::Smaller(octets) => message.octets.len() < *octets as usize,
            Test::Internal(when) => when.holds(message.date.at.civil(message.date.zone).date()),
            Test::Sent(when) => self.sent().is_some_and(|date| when.holds(date)),
            Test::Field(name, shape, needle) => self.field(name, *shape, needle),
            Test::Body(needle) => self.any_part(self.structure(), &|part| self.is_in_body(part, needle)),
            Test::Text(needle) => self.any_part(self.structure(), &|part| {
                self.is_in_header(part.header, needle) || self.is_in_body(part, needle)
            }),
            Test::Not(test) => !self.passes(test),
            Test::Any(one, other) => self.passes(one) || self.passes(other),
            Test::Every(tests) => tests.iter().all(|test| self.passes(test)),
        }
    }

    /// The day in the Date field as it is written there, time and zone aside.
    fn sent(&self) -> Option<Date> {
        let octets = self.octets();
        let is_date =
            |name: Span| octets.get(name.start..name.end).is_some_and(|n| n.eq_ignore_ascii_case(b"Date"));
        let line = Lines::new(octets, header(octets)).find(|line| is_date(line.name))?;
        let mut value = field_value(octets, line.value);
        value.push(b'\n');
        let date = MessageStream::new(&value).parse_date().into_datetime()?;
        let (year, month, day) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
        Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
    }

    /// Is there such a field in the message's header that has this in it?
    fn field(&self, name: &str, shape: Shape, needle: &Needle) -> bool {
        let octets = self.octets();
        let named = |span: Span| {
            octets.get(span.start..span.end).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        };
        Lines::new(octets, header(octets)).filter(|line| named(line.name)).any(|line| {
            let value = field_value(octets, line.value);
            let has = |shape| needle.is_in(&fold(&readable(&value, shape)));
            // Addresses that cannot be read still have a text, which HEADER asks for (RFC 3501 section 6.4.4).
            needle.0.is_none() || has(shape) || matches!(shape, Shape::Addresses) && has(Shape::OneBlank)
        })
    }

    /// Does the test hold for a part that is in this one, or for this one?
    fn any_part(&self, part: &Part, test: &dyn Fn(&Part) -> bool) -> bool {
        test(part)
            || match &part.inside {
                Inside::Parts(parts) => parts.iter().any(|part| self.any_part(part, test)),
                Inside::Message(message) => self.any_part(message, test),
                _ => false,
            }
    }

    fn is_in_body(&self, part: &Part, needle: &Needle) -> bool {
        needle.0.is_none() || part.readable(self.octets()).is_some_and(|text| needle.is_in(&fold(&text)))
    }

    /// In the lines of a header, each with its name, its folds undone and its encoded words decoded.
    fn is_in_header(&self, header: Span, needle: &Needle) -> bool {
        let octets = self.octets();
        let mut lines = String::new();
        for line in Lines::new(octets, header) {
            let start = octets.get(line.whole.start..line.value.start).unwrap_or_default();
            let value = octets.get(line.value.start..line.value.end).unwrap_or_default();
            lines.push_str(&String::from_utf8_lossy(start));
            lines.push_str(&readable(value, Shape::Plain));
            lines.push_str("\r\n");
        }
        needle.is_in(&fold(&lines))
    }
}

/// A field's value as it is searched.
fn readable(value: &[u8], shape: Shape) -> String {
    match shape {
        Shape::Plain => {
            let unfolded: Vec<u8> = value.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
            decode_words(&String::from_utf8_lossy(&unfolded))
        }
        Shape::OneBlank => {
            let text = String::from_utf8_lossy(value);
            decode_words(&text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
        }
        Shape::Addresses => decode_words(&written(&address_list(value))),
    }
}

/// Addresses in one form: `"name" <local@host>`, groups with colon and semicolon.
fn written(people: &[EnvelopeAddress]) -> String {
    let text = |part: &Option<Vec<u8>>| {
        part.as_deref().map(|part| String::from_utf8_lossy(part).into_owned()).unwrap_or_default()
    };
    let mut out = String::new();
    let mut in_group = false;
    let mut first = true;
    for person in people {
        if person.is_group_mark() {
            if person.mailbox.is_some() {
                out.push_str(if first { "" } else { ", " });
                out.push_str(&quoted_if_needed(&text(&person.mailbox), false));
                out.push_str(": ");
                first = true;
            } else {
                out.push(';');
                first = false;
            }
            in_group = person.mailbox.is_some();
            continue;
        }
        out.push_str(if first { "" } else { ", " });
        first = false;
        if let Some(name) = person.name.as_ref().filter(|name| !name.is_empty()) {
            let name = String::from_utf8_lossy(name);
            // Encoded words stay as they are, to be decoded.
            out.push_str(&if name.contains("=?") {
                name.into_owned()
            } else {
                quoted_if_needed(&name, false)
            });
            out.push(' ');
        }
        let route = text(&person.route);
        let colon = if route.is_empty() { "" } else { ":" };
        let (local, host) = (quoted_if_needed(&text(&person.mailbox), true), text(&person.host));
        out.push_str(&format!("<{route}{colon}{local}@{host}>"));
    }
    if in_group {
        out.push(';');
    }
    out
}

/// In quotes where it is no atom (with dots, in a local part).
fn quoted_if_needed(text: &str, dots: bool) -> String {
    let plain = |b: u8| {
        b.is_ascii_alphanumeric() || b >= 0x80 || b"!#$%&'*+-/=?^_`{|}~".contains(&b) || (dots && b == b'.')
    };
    if text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\'"))
}
