//! Reading the small pieces of a command: blanks, words, strings, numbers, sets, flags, dates (RFC 3501 section 9).

use super::super::ast::{Flag, InternalDate, MailboxName, Num, SequenceSet};
use super::super::reader::Literal;
use super::super::utf7;
use crate::event::ImapArgument;
use crate::units::{Offset, Span, Time};
use jiff::civil::{Date, DateTime};

/// How deep parentheses and NOT may stand in one another.
pub(super) const DEPTH: usize = 32;
/// How many parts one argument may have: items of FETCH, keys of SEARCH, ranges of a set apart.
pub(super) const PARTS: usize = 256;

/// What is wrong with a command's arguments, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Fault {
    pub(in super::super) wanted: ImapArgument,
    /// Empty where something is missing.
    pub(in super::super) span: Span,
    /// The word at fault, as typed.
    pub(in super::super) word: String,
}

impl Fault {
    /// Is there nothing where something should be?
    pub(in super::super) fn missing(&self) -> bool {
        self.span.start == self.span.end
    }
}

pub(super) type Parsed<T> = Result<T, Fault>;

/// Reads a command from left to right.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    octets: &'a [u8],
    literals: &'a [Literal],
    pub(super) at: usize,
    /// More than one blank is as good as one.
    lenient: bool,
    /// There were more than one where the grammar has one, or some where it has none.
    pub(super) surplus: bool,
}

/// `ATOM-CHAR`: what an atom consists of.
pub(super) fn atom_char(b: u8) -> bool {
    b.is_ascii_graphic() && !matches!(b, b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']')
}

/// `ASTRING-CHAR`.
pub(super) fn astring_char(b: u8) -> bool {
    atom_char(b) || b == b']'
}

/// `list-char`: what a pattern of LIST consists of.
fn list_char(b: u8) -> bool {
    astring_char(b) || matches!(b, b'%' | b'*')
}

impl<'a> Cursor<'a> {
    pub(super) fn new(octets: &'a [u8], literals: &'a [Literal]) -> Cursor<'a> {
        Cursor { octets, literals, at: 0, lenient: false, surplus: false }
    }

    /// The same that bears more blanks than there should be.
    pub(super) fn lenient(self, lenient: bool) -> Cursor<'a> {
        Cursor { lenient, ..self }
    }

    /// Goes past the blank between two words, if there is one, and past more of them where that is borne.
    pub(super) fn gap(&mut self) -> bool {
        let found = self.eat(b' ');
        if found {
            self.more_blanks();
        }
        found
    }

    /// Goes past blanks that are too many, where that is borne.
    pub(super) fn more_blanks(&mut self) {
        if self.lenient && !self.run(|b| b == b' ').is_empty() {
            self.surplus = true;
        }
    }

    /// Goes past blanks before a closing parenthesis, where that is borne.
    pub(super) fn blanks_before_end(&mut self) {
        let mut ahead = self.clone();
        ahead.more_blanks();
        if ahead.peek() == Some(b')') {
            *self = ahead;
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.octets.get(self.at).copied()
    }

    /// Goes past this octet, if it is next.
    pub(super) fn eat(&mut self, b: u8) -> bool {
        let found = self.peek() == Some(b);
        self.at += usize::from(found);
        found
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a [u8] {
        self.octets.get(start..end).unwrap_or_default()
    }

    /// The octets here that pass, which it goes past.
    pub(super) fn run(&mut self, passes: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(&passes) {
            self.at += 1;
        }
        self.slice(start, self.at)
    }

    /// The fault that something else should stand here: at the word that does, or nowhere where there is nothing.
    pub(super) fn wanted<T>(&self, wanted: ImapArgument) -> Parsed<T> {
        let rest = self.octets.get(self.at..).unwrap_or_default();
        let ends = |b: &u8| matches!(b, b' ' | b'(' | b')' | b'\r' | b'\n');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let length = if length == 0 && !rest.is_empty() { 1 } else { length };
        self.fault(wanted, self.at, self.at + length)
    }

    /// A fault in what stands from `start` to `end`.
    pub(super) fn fault<T>(&self, wanted: ImapArgument, start: usize, end: usize) -> Parsed<T> {
        let word = String::from_utf8_lossy(self.slice(start, end)).into_owned();
        Err(Fault { wanted, span: Span::new(start, end), word })
    }

    /// One blank; `next` is what comes after it, and what is missing where the command ends here.
    pub(super) fn blank(&mut self, next: ImapArgument) -> Parsed<()> {
        if self.gap() {
            return Ok(());
        }
        self.wanted(if self.peek().is_none() { next } else { ImapArgument::Blank })
    }

    /// Nothing more; blanks at the end of a line do no harm.
    pub(super) fn end(&mut self) -> Parsed<()> {
        let start = self.at;
        self.run(|b| b == b' ');
        if self.peek().is_none() {
            return Ok(());
        }
        self.at = start;
        self.fault(ImapArgument::End, start, self.octets.len())
    }

    /// One or more of the octets that pass, as text.
    pub(super) fn word(&mut self, passes: impl Fn(u8) -> bool, wanted: ImapArgument) -> Parsed<&'a str> {
        let start = self.at;
        let word = self.run(passes);
        match std::str::from_utf8(word) {
            Ok(word) if !word.is_empty() => Ok(word),
            _ => {
                self.at = start;
                self.wanted(wanted)
            }
        }
    }

    /// An atom.
    pub(super) fn atom(&mut self, wanted: ImapArgument) -> Parsed<&'a str> {
        self.word(atom_char, wanted)
    }

    /// An atom, a quoted string or a literal.
    pub(super) fn astring(&mut self, wanted: ImapArgument) -> Parsed<Vec<u8>> {
        match self.peek() {
            Some(b'"' | b'{') => self.string(wanted),
            _ => self.word(astring_char, wanted).map(|word| word.as_bytes().to_vec()),
        }
    }

    /// The same as text. What is no UTF-8 is shown as such; no user and no password is.
    pub(super) fn text(&mut self, wanted: ImapArgument) -> Parsed<String> {
        self.astring(wanted).map(|octets| String::from_utf8_lossy(&octets).into_owned())
    }

    /// A quoted string or a literal. Octets beyond ASCII are let pass in quotes, as servers do.
    pub(super) fn string(&mut self, wanted: ImapArgument) -> Parsed<Vec<u8>> {
        if let Some(literal) = self.literal() {
            return Ok(literal.to_vec());
        }
        let start = self.at;
        if !self.eat(b'"') {
            return self.wanted(wanted);
        }
        let mut text = Vec::new();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => match self.octets.get(self.at + 1) {
                    Some(b @ (b'"' | b'\\')) => {
                        text.push(*b);
                        self.at += 2;
                    }
                    _ => return self.fault(wanted, start, (self.at + 2).min(self.octets.len())),
                },
                None | Some(b'\r' | b'\n') => {
                    self.at = start;
                    return self.fault(ImapArgument::ClosingQuote, start, self.octets.len());
                }
                Some(0) => return self.fault(wanted, start, self.at + 1),
                Some(b) => {
                    text.push(b);
                    self.at += 1;
                }
            }
        }
    }

    /// The literal here, if there is one.
    pub(super) fn literal(&mut self) -> Option<&'a [u8]> {
        let literal = self.literals.iter().find(|l| l.head == self.at)?;
        self.at = literal.end;
        Some(self.slice(literal.start, literal.end))
    }

    /// Is this word next, in any case, and then something that does not belong to it? It goes past it.
    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let end = self.at + word.len();
        let here = self.slice(self.at, end).eq_ignore_ascii_case(word.as_bytes());
        let over = self.octets.get(end).is_none_or(|b| !atom_char(*b));
        let found = here && over;
        if found {
            self.at = end;
        }
        found
    }

    /// A number of 32 bits.
    pub(super) fn number(&mut self, wanted: ImapArgument) -> Parsed<u32> {
        let start = self.at;
        let digits = self.run(|b| b.is_ascii_digit());
        let push = |n: u32, d: &u8| n.checked_mul(10)?.checked_add(u32::from(d - b'0'));
        match digits.iter().try_fold(0, push) {
            Some(n) if !digits.is_empty() => Ok(n),
            Some(_) => self.wanted(wanted),
            None => self.fault(wanted, start, self.at),
        }
    }

    /// `sequence-set`.
    pub(super) fn set(&mut self) -> Parsed<SequenceSet> {
        let start = self.at;
        let mut ranges = Vec::new();
        loop {
            let from = self.set_number(start)?;
            let to = if self.eat(b':') { self.set_number(start)? } else { from };
            ranges.push((from, to));
            if !self.eat(b',') {
                break;
            }
        }
        match self.peek() {
            None | Some(b' ' | b')') => Ok(SequenceSet(ranges)),
            Some(_) => self.whole_word(ImapArgument::Set, start),
        }
    }

    fn set_number(&mut self, start: usize) -> Parsed<Num> {
        if self.eat(b'*') {
            return Ok(Num::Last);
        }
        match self.number(ImapArgument::Set) {
            Ok(n) if n > 0 => Ok(Num::Of(n)),
            _ => self.whole_word(ImapArgument::Set, start),
        }
    }

    /// A fault in the whole word that begins at `start`.
    pub(super) fn whole_word<T>(&mut self, wanted: ImapArgument, start: usize) -> Parsed<T> {
        self.at = start;
        self.wanted(wanted)
    }

    /// A mailbox's name.
    pub(super) fn mailbox(&mut self) -> Parsed<MailboxName> {
        let start = self.at;
        let octets = self.astring(ImapArgument::Mailbox)?;
        match decoded(&octets) {
            Some(name) => Ok(name),
            None => self.fault(ImapArgument::Mailbox, start, self.at),
        }
    }

    /// A mailbox's name with wildcards. One that is no modified UTF-7 stands for itself; hardly a name will fit it.
    pub(super) fn pattern(&mut self) -> Parsed<String> {
        let octets = match self.peek() {
            Some(b'"' | b'{') => self.string(ImapArgument::Pattern)?,
            _ => self.word(list_char, ImapArgument::Pattern)?.as_bytes().to_vec(),
        };
        Ok(utf7::decode(&octets).unwrap_or_else(|| String::from_utf8_lossy(&octets).into_owned()))
    }

    /// `( ... )`: parts with a blank between two, none too where `empty`.
    pub(super) fn list<T>(
        &mut self,
        wanted: ImapArgument,
        empty: bool,
        part: impl Fn(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        if !self.eat(b'(') {
            return self.wanted(wanted);
        }
        let mut parts = Vec::new();
        self.more_blanks();
        if empty && self.eat(b')') {
            return Ok(parts);
        }
        loop {
            if parts.len() >= PARTS {
                return self.wanted(wanted);
            }
            parts.push(part(self)?);
            self.blanks_before_end();
            if self.eat(b')') {
                return Ok(parts);
            }
            if self.peek().is_none() {
                return self.wanted(ImapArgument::ClosingParenthesis);
            }
            self.blank(ImapArgument::ClosingParenthesis)?;
        }
    }

    /// A flag that clients can set.
    pub(super) fn flag(&mut self) -> Parsed<Flag> {
        let start = self.at;
        self.eat(b'\\');
        self.run(atom_char);
        let word = String::from_utf8_lossy(self.slice(start, self.at)).into_owned();
        match Flag::parse(&word) {
            Some(flag) => Ok(flag),
            None => self.whole_word(ImapArgument::Flags, start),
        }
    }

    /// `date`: `1-Feb-1994`, in quotes too.
    pub(super) fn date(&mut self) -> Parsed<Date> {
        let start = self.at;
        let text = self.astring(ImapArgument::Date)?;
        let text = String::from_utf8_lossy(&text);
        match date(&text) {
            Some(date) => Ok(date),
            None => self.fault(ImapArgument::Date, start, self.at),
        }
    }

    /// `date-time`: `"17-Jul-1996 02:44:25 -0700"`.
    pub(super) fn date_time(&mut self) -> Parsed<InternalDate> {
        let start = self.at;
        let text = self.string(ImapArgument::DateTime)?;
        match date_time(&String::from_utf8_lossy(&text)) {
            Some(date) => Ok(date),
            None => self.fault(ImapArgument::DateTime, start, self.at),
        }
    }
}

/// The name that these octets stand for.
fn decoded(octets: &[u8]) -> Option<MailboxName> {
    let name = utf7::decode(octets)?;
    Some(MailboxName(if name.eq_ignore_ascii_case("INBOX") { "INBOX".to_owned() } else { name }))
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn digits(text: &str, least: usize, most: usize) -> Option<i16> {
    let good = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = (1..).zip(MONTHS).find(|(_, name)| name.eq_ignore_ascii_case(month))?.0;
    let (day, year) = (i8::try_from(digits(day, 1, 2)?).ok()?, digits(year, 4, 4)?);
    if parts.next().is_some() { None } else { Date::new(year, month, day).ok() }
}

impl InternalDate {
    /// Reads `17-Jul-1996 02:44:25 -0700` (RFC 3501 section 9, date-time, without its quotes).
    pub fn parse(text: &str) -> Option<InternalDate> {
        date_time(text)
    }
}

fn date_time(text: &str) -> Option<InternalDate> {
    let mut parts = text.strip_prefix(' ').unwrap_or(text).split(' ');
    let (day, clock, zone) = (parts.next()?, parts.next()?, parts.next()?);
    let mut time = clock.split(':');
    let mut two = || digits(time.next()?, 2, 2).and_then(|n| i8::try_from(n).ok());
    let (hour, minute, second) = (two()?, two()?, two()?);
    let (sign, hhmm) = (zone.get(..1)?, digits(zone.get(1..)?, 4, 4)?);
    let offset = hhmm / 100 * 60 + hhmm % 100;
    if hhmm % 100 > 59 || offset > 14 * 60 || parts.next().is_some() || time.next().is_some() {
        return None;
    }
    let offset = match sign {
        "+" => offset,
        "-" => -offset,
        _ => return None,
    };
    let day = date(day)?;
    let civil = DateTime::new(day.year(), day.month(), day.day(), hour, minute, second, 0).ok()?;
    let seconds = civil.duration_since(DateTime::new(1970, 1, 1, 0, 0, 0, 0).ok()?).as_secs();
    let at = Time((seconds - i64::from(offset) * 60).saturating_mul(1_000_000));
    Some(InternalDate { at, zone: Offset(offset) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let at = date_time("17-Jul-1996 02:44:25 -0700").unwrap();
        assert_eq!(at.at.rfc5322(at.zone), "Wed, 17 Jul 1996 02:44:25 -0700");
        assert!(date_time(" 7-Jul-1996 02:44:25 +0000").is_some());
        for wrong in ["17-Jul-1996 02:44:25", "17-Jul-1996 25:44:25 +0000", "31-Feb-1996 02:44:25 +0000", ""]
        {
            assert_eq!(date_time(wrong), None, "{wrong}");
        }
        assert_eq!(date("1-feb-1994"), Date::new(1994, 2, 1).ok());
        for wrong in ["1-Feb-94", "Feb-1-1994", "1-Feb-1994-1", "001-Feb-1994"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }
}
