//! One `Received` line, as any mail system writes it (RFC 5321 section 4.4): who handed over, what the server saw of
//! them, who took it, how, when. Lenient: whatever stands there is read as far as it goes.

use super::date::{self, Dated};
use crate::units::Span;
use std::net::IpAddr;

/// Something that stands in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// An address in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As it stands there.
    pub word: Word,
    /// The address; `None` where there can be none such, as with a number above 255.
    pub ip: Option<IpAddr>,
}

/// The mail system that writes such lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Postfix.
    Postfix,
    /// Sendmail.
    Sendmail,
    /// qmail.
    Qmail,
    /// Exim.
    Exim,
    /// Microsoft Exchange.
    Exchange,
    /// Another one, or it does not say.
    Other,
}

/// A hand-over inside of a host, over no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// qmail's note that its queue was called by its own SMTP server; the line below tells the rest.
    Network,
    /// From a user or a program of the host.
    User,
    /// By a forwarding rule of the host.
    Alias,
    /// A report that the host made.
    Report,
}

/// What a line says. Of all this, a server knows only what it saw: the address, and what DNS says to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The whole field.
    pub span: Span,
    /// Which system's handwriting it is.
    pub system: System,
    /// What the client called itself in HELO or EHLO, where the line tells.
    pub helo: Option<Word>,
    /// The name that a reverse look-up gave.
    pub reverse: Option<Word>,
    /// A reverse look-up gave no name.
    pub nameless: bool,
    /// The name does not lead back to the address ("may be forged").
    pub forged: bool,
    /// The address that called.
    pub address: Option<Address>,
    /// Who had logged in.
    pub user: Option<Word>,
    /// It came under TLS.
    pub tls: bool,
    /// Who took it.
    pub by: Option<Word>,
    /// The address of whoever took it.
    pub by_address: Option<Address>,
    /// The protocol.
    pub with: Option<Word>,
    /// The name in the queue.
    pub id: Option<Word>,
    /// For whom.
    pub recipient: Option<Word>,
    /// The date as it stands there.
    pub date_text: Option<Word>,
    /// The date.
    pub date: Option<Dated>,
    /// The message was handed over inside of the host.
    pub inside: Option<Inside>,
}

impl Received {
    /// Reads the line whose field is `span` and whose value is `raw`, both in `message`.
    pub fn parse(message: &[u8], span: Span, raw: Span) -> Received {
        let value = message.get(raw.start..raw.end).unwrap_or_default();
        let tokens = tokens(value, raw.start);
        let mut line = Received::empty(span);
        let last = tokens.iter().rposition(|t| matches!(t, Token::Semicolon(_)));
        let (clauses, date) = match last.and_then(|n| tokens.split_at_checked(n)) {
            Some((clauses, [Token::Semicolon(at), ..])) => (clauses, Some(*at + 1)),
            _ => (tokens.as_slice(), None),
        };
        if let Some(start) = date {
            // Courier writes its id behind the date.
            let behind = last.and_then(|n| tokens.get(n + 1..)).unwrap_or_default();
            let is_id = |t: &Token| matches!(t, Token::Word(w) if w.text.eq_ignore_ascii_case("id"));
            let mut end = raw.end;
            if let Some([Token::Word(keyword), Token::Word(id), ..]) =
                behind.iter().position(is_id).and_then(|n| behind.get(n..))
            {
                end = keyword.span.start;
                line.id = Some(id.clone());
            }
            line.date_text = trimmed(message, Span::new(start, end));
            line.date = line.date_text.as_ref().and_then(|w| date::date(&w.text));
        }
        let clauses = self::clauses(clauses);
        line.system = system(&clauses);
        for clause in &clauses {
            line.take(clause);
        }
        line
    }

    fn empty(span: Span) -> Received {
        Received {
            span,
            system: System::Other,
            helo: None,
            reverse: None,
            nameless: false,
            forged: false,
            address: None,
            user: None,
            tls: false,
            by: None,
            by_address: None,
            with: None,
            id: None,
            recipient: None,
            date_text: None,
            date: None,
            inside: None,
        }
    }

    /// The address that called, where it is one.
    pub fn ip(&self) -> Option<IpAddr> {
        self.address.as_ref().and_then(|a| a.ip)
    }

    fn take(&mut self, clause: &Clause) {
        let first = clause.words.first();
        match clause.name {
            "" => self.note(clause),
            "from" => self.from(clause),
            "by" => {
                self.by = first.cloned().map(bare_name);
                for comment in &clause.comments {
                    self.remark(comment);
                    let seen = Seen::read(comment);
                    self.by_address = self.by_address.take().or(seen.bracketed).or(seen.plain);
                }
            }
            "with" => {
                let microsoft = first.is_some_and(|w| w.text.eq_ignore_ascii_case("microsoft"));
                let end = clause.words.last().filter(|_| microsoft).or(first);
                self.with = first.zip(end).map(|(first, end)| {
                    let words: Vec<&str> = clause
                        .words
                        .iter()
                        .take_while(|w| w.span.start <= end.span.start)
                        .map(|w| w.text.as_str())
                        .collect();
                    Word { text: words.join(" "), span: Span::new(first.span.start, end.span.end) }
                });
                if let Some(with) = &self.with {
                    let with = with.text.to_ascii_uppercase();
                    self.tls |= ["SMTPS", "SMTPSA", "LMTPS", "LMTPSA"].iter().any(|s| with.ends_with(s));
                    if with == "LOCAL" {
                        self.inside = Some(Inside::User);
                        // Exim names the user where a host would stand.
                        self.user = self.helo.take();
                    }
                }
                clause.comments.iter().for_each(|c| self.remark(c));
            }
            "id" => {
                self.id = first.cloned();
                clause.comments.iter().for_each(|c| self.remark(c));
            }
            "for" => {
                self.recipient = first.cloned();
                clause.comments.iter().for_each(|c| self.remark(c));
            }
            _ => {}
        }
    }

    /// The client: what it said of itself, and what the server saw.
    fn from(&mut self, clause: &Clause) {
        let name = clause.words.first().cloned();
        let literal = name.as_ref().and_then(|w| address(&w.text, w.span));
        let mut seen = Seen::default();
        for comment in &clause.comments {
            self.remark(comment);
            if !is_remark(&comment.text) {
                seen.add(Seen::read(comment));
            }
        }
        self.forged = seen.forged;
        self.user = self.user.take().or(seen.user);
        let unknown = |w: &Word| w.text.eq_ignore_ascii_case("unknown");
        let name = name.map(bare_name);
        if let Some(bracketed) = seen.bracketed {
            self.address = Some(bracketed);
            if seen.helo.is_some() || self.system == System::Exim {
                // Exim: the name is the one it found, and HELO is told only where it is another.
                self.helo = seen.helo.or(name.clone());
                self.reverse = name;
            } else {
                self.helo = name;
                self.nameless = seen.name.is_none();
                self.reverse = seen.name;
            }
        } else if let Some(literal) = literal.filter(|_| seen.plain.is_none()) {
            self.address = Some(literal);
            self.helo = seen.helo;
            self.nameless = true;
        } else if let Some(plain) = seen.plain {
            self.address = Some(plain);
            if self.system == System::Exchange {
                self.helo = name;
            } else {
                // qmail: the same the other way round.
                self.helo = seen.helo.or(name.clone().filter(|n| !unknown(n)));
                self.reverse = name;
            }
        } else {
            self.helo = seen.helo.or(name);
            self.reverse = seen.name;
        }
        if self.reverse.as_ref().is_some_and(unknown) {
            self.reverse = None;
            self.nameless = true;
        }
    }

    /// A comment that tells of TLS or of a login.
    fn remark(&mut self, comment: &Word) {
        let lower = comment.text.to_ascii_lowercase();
        let version = ["using tls", "version=tls", "tls:", "tls1"].iter().any(|s| lower.starts_with(s));
        self.tls |= version || lower.contains(" tls: ") || lower.ends_with(" encrypted");
        for mark in ["authenticated sender: ", "auth: login ", "auth: plain ", "authenticated: "] {
            if let Some(rest) = lower.strip_prefix(mark) {
                let start = comment.text.len() - rest.len();
                let end = rest.find([',', ' ']).map_or(comment.text.len(), |n| start + n);
                let text = comment.text.get(start..end).unwrap_or_default().to_owned();
                let span = within(comment.span, comment.span.start + 1 + start, text.len());
                self.user = Some(Word { text, span });
            }
        }
        if lower.contains("from userid ") {
            self.inside = Some(Inside::User);
        }
    }

    /// A line that begins with a comment: qmail's notes.
    fn note(&mut self, clause: &Clause) {
        let Some(comment) = clause.comments.first() else { return };
        let lower = comment.text.to_ascii_lowercase();
        if !lower.starts_with("qmail ") {
            return;
        }
        self.inside = Some(match lower {
            l if l.contains("from network") => Inside::Network,
            l if l.contains("by alias") => Inside::Alias,
            l if l.contains("for bounce") => Inside::Report,
            _ => Inside::User,
        });
    }
}

/// Comments that tell of the connection, not of the client.
fn is_remark(comment: &str) -> bool {
    let lower = comment.to_ascii_lowercase();
    let marks = ["using ", "no client", "client ", "version=", "auth", "tls", "envelope-from"];
    marks.iter().any(|m| lower.starts_with(m)) || lower.ends_with(" encrypted")
}

/// What a comment behind the client's name says.
#[derive(Debug, Default)]
struct Seen {
    helo: Option<Word>,
    name: Option<Word>,
    bracketed: Option<Address>,
    plain: Option<Address>,
    user: Option<Word>,
    forged: bool,
}

impl Seen {
    fn read(comment: &Word) -> Seen {
        let mut seen = Seen { forged: comment.text.contains("may be forged"), ..Seen::default() };
        let mut helo_next = false;
        for word in spaced(comment) {
            let lower = word.text.to_ascii_lowercase();
            if std::mem::take(&mut helo_next) {
                seen.helo = Some(word);
            } else if lower == "helo" || lower == "ehlo" {
                helo_next = true;
            } else if let Some(n) = lower.strip_prefix("helo=").map(|_| 5) {
                seen.helo = Some(cut(&word, n, word.text.len()));
            } else if lower.contains('=') {
                // Exim's port= and ident=.
            } else {
                seen.word(&word);
            }
        }
        seen
    }

    /// A word that is a name or an address, perhaps with a user before it.
    fn word(&mut self, word: &Word) {
        let at = word.text.rfind('@');
        let rest = at.map_or_else(|| word.clone(), |n| cut(word, n + 1, word.text.len()));
        let bracketed = rest.text.starts_with('[');
        let found = address(&rest.text, rest.span);
        let is_name = |text: &str| text.contains('.') || ["localhost", "unknown"].contains(&text);
        if let Some(found) = found {
            let place = if bracketed { &mut self.bracketed } else { &mut self.plain };
            place.get_or_insert(found);
        } else if is_name(&rest.text.to_ascii_lowercase()) && self.name.is_none() {
            self.name = Some(bare_name(rest));
        } else {
            return;
        }
        if let Some(n) = at {
            let start = if word.text.to_ascii_uppercase().starts_with("IDENT:") { 6 } else { 0 };
            self.user = Some(cut(word, start, n)).filter(|u| !u.text.is_empty());
        }
    }

    fn add(&mut self, other: Seen) {
        self.helo = self.helo.take().or(other.helo);
        self.name = self.name.take().or(other.name);
        self.bracketed = self.bracketed.take().or(other.bracketed);
        self.plain = self.plain.take().or(other.plain);
        self.user = self.user.take().or(other.user);
        self.forged |= other.forged;
    }
}

/// An address, also in brackets, with a port behind them or with `IPv6:` in front (RFC 5321 section 4.1.3).
fn address(text: &str, span: Span) -> Option<Address> {
    let trimmed = text.trim_end_matches([',', ';', ')']);
    let inner = match trimmed.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None => trimmed,
    };
    let bare = match inner.get(..5).filter(|p| p.eq_ignore_ascii_case("IPv6:")) {
        Some(_) => inner.get(5..)?,
        None => inner,
    };
    let word = || Word { text: bare.to_owned(), span: Span::new(span.start, span.start + trimmed.len()) };
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return Some(Address { word: word(), ip: Some(ip.to_canonical()) });
    }
    // Four numbers that are no address: somebody made it up.
    let numbers: Vec<&str> = bare.split('.').collect();
    let digits = |n: &&str| !n.is_empty() && n.len() <= 9 && n.bytes().all(|b| b.is_ascii_digit());
    (numbers.len() == 4 && numbers.iter().all(digits)).then(|| Address { word: word(), ip: None })
}

/// A name without the root's dot.
fn bare_name(word: Word) -> Word {
    match word.text.strip_suffix('.') {
        Some(bare) if !bare.is_empty() => cut(&word, 0, bare.len()),
        _ => word,
    }
}

fn cut(word: &Word, from: usize, to: usize) -> Word {
    let text = word.text.get(from..to).unwrap_or_default().to_owned();
    let span = within(word.span, word.span.start + from, text.len());
    Word { text, span }
}

/// So many octets from `start` on, as far as they lie in `span`: what is not UTF-8 is longer as text than it was.
fn within(span: Span, start: usize, length: usize) -> Span {
    Span::new(start.min(span.end), (start + length).min(span.end))
}

/// The words of a comment.
fn spaced(comment: &Word) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = comment.span.start + 1;
    for text in comment.text.split(|c: char| c.is_ascii_whitespace()) {
        let trimmed = text.trim_start_matches('(');
        let start = at + text.len() - trimmed.len();
        at += text.len() + 1;
        if !trimmed.is_empty() {
            words.push(Word { text: trimmed.to_owned(), span: within(comment.span, start, trimmed.len()) });
        }
    }
    words
}

/// A keyword with what follows it.
#[derive(Debug)]
struct Clause {
    name: &'static str,
    words: Vec<Word>,
    comments: Vec<Word>,
}

const KEYWORDS: [&str; 6] = ["from", "by", "via", "with", "id", "for"];

fn clauses(tokens: &[Token]) -> Vec<Clause> {
    let mut clauses = vec![Clause { name: "", words: Vec::new(), comments: Vec::new() }];
    for token in tokens {
        let Some(last) = clauses.last_mut() else { break };
        match token {
            Token::Comment(comment) => last.comments.push(comment.clone()),
            Token::Semicolon(_) => {}
            Token::Word(word) => {
                // A keyword needs something after the keyword before it: `from by` is a host called "by".
                let keyword = KEYWORDS.iter().find(|k| word.text.eq_ignore_ascii_case(k));
                match keyword.filter(|_| last.name.is_empty() || !last.words.is_empty()) {
                    Some(name) => clauses.push(Clause { name, words: Vec::new(), comments: Vec::new() }),
                    None => last.words.push(word.clone()),
                }
            }
        }
    }
    clauses
}

/// Whose handwriting is it?
fn system(clauses: &[Clause]) -> System {
    let comments = || clauses.iter().flat_map(|c| &c.comments);
    let begins = |mark: &str| comments().any(|c| c.text.starts_with(mark));
    let with = clauses.iter().find(|c| c.name == "with");
    let exchange = with.is_some_and(|c| c.words.first().is_some_and(|w| w.text == "Microsoft"));
    let version = |c: &Word| {
        let mut numbers = c.text.split('/');
        let number = |n: Option<&str>| n.is_some_and(|n| n.starts_with("8.") && n.len() < 24);
        number(numbers.next()) && number(numbers.next())
    };
    if exchange {
        System::Exchange
    } else if begins("Postfix") {
        System::Postfix
    } else if begins("Exim") {
        System::Exim
    } else if begins("qmail ") || begins("HELO ") {
        System::Qmail
    } else if comments().any(version) {
        System::Sendmail
    } else {
        System::Other
    }
}

#[derive(Debug)]
enum Token {
    Word(Word),
    /// A comment's inside; the span has its parentheses too.
    Comment(Word),
    /// Its place.
    Semicolon(usize),
}

/// Words, comments and semicolons of a value that begins at octet `base` of the message. Parentheses nest, and one
/// that is never closed goes to the end.
fn tokens(value: &[u8], base: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&octet) = value.get(at) {
        let start = at;
        match octet {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b';' => {
                tokens.push(Token::Semicolon(base + at));
                at += 1;
            }
            b'(' => {
                let mut depth = 0usize;
                while let Some(&octet) = value.get(at) {
                    at += 1;
                    match octet {
                        b'(' => depth += 1,
                        b')' => depth = depth.saturating_sub(1),
                        b'\\' => at += 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
                at = at.min(value.len());
                let end = if depth_closed(value, start, at) { at.saturating_sub(1) } else { at };
                let inside = value.get(start + 1..end.max(start + 1)).unwrap_or_default();
                let text = String::from_utf8_lossy(inside).into_owned();
                tokens.push(Token::Comment(Word { text, span: Span::new(base + start, base + at) }));
            }
            _ => {
                let ends = |b: &u8| b" \t\r\n;(".contains(b);
                let rest = value.get(at..).unwrap_or_default();
                at += rest.iter().position(ends).unwrap_or(rest.len()).max(1);
                let text = String::from_utf8_lossy(value.get(start..at).unwrap_or_default()).into_owned();
                tokens.push(Token::Word(Word { text, span: Span::new(base + start, base + at) }));
            }
        }
    }
    tokens
}

/// Does the comment from `start` up to `end` end with its parenthesis?
fn depth_closed(value: &[u8], start: usize, end: usize) -> bool {
    end > start + 1 && value.get(end - 1) == Some(&b')')
}

/// What stands in a stretch without white space around it; `None` where that is nothing.
fn trimmed(message: &[u8], span: Span) -> Option<Word> {
    let octets = message.get(span.start..span.end)?;
    let blank = |b: &u8| b.is_ascii_whitespace();
    let start = span.start + octets.iter().take_while(|b| blank(b)).count();
    let end = span.end - octets.iter().rev().take_while(|b| blank(b)).count();
    let text = String::from_utf8_lossy(message.get(start..end)?).into_owned();
    (start < end).then_some(Word { text, span: Span::new(start, end) })
}

#[cfg(test)]
mod tests;
