//! Reading a command line: the verb, its arguments, and what is wrong with them and where (RFC 1939 section 3).

use super::style::{Key, Manner};
use crate::event::Pop3Command;
use crate::proto::looks_like::{Protocol, looks_like};
use crate::units::{Bytes, Span};

/// A command line as the server understood it.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) command: Pop3Command,
    /// The line without its end.
    pub(super) line: Bytes,
    /// Where the verb stands.
    pub(super) verb: Span,
    /// Where the arguments stand.
    pub(super) argument: Span,
    /// The message number, also where something after it is wrong: servers look for the message first.
    pub(super) number: Option<u32>,
    /// Where it stands.
    pub(super) number_at: Span,
    /// The password of PASS, the digest of APOP.
    pub(super) password: String,
    /// What AUTH brings of the exchange, in base64.
    pub(super) initial: Option<Vec<u8>>,
    /// What is wrong with the arguments.
    pub(super) fault: Option<Fault>,
}

/// What is wrong with the arguments, and where.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    /// Empty where something is missing.
    pub(super) span: Span,
    /// What a server quotes that shows what it could not read.
    pub(super) quoted: String,
}

/// The ways in which arguments can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    UserMissing,
    PasswordMissing,
    ApopMissing,
    BadDigest,
    NumberMissing,
    BadNumber,
    NumberTooLarge,
    NumberNoise,
    LinesMissing,
    BadLines,
    LinesTooLarge,
    LinesNoise,
}

impl FaultKind {
    /// What the server says to it.
    pub(super) fn key(self) -> Key {
        match self {
            FaultKind::UserMissing => Key::UserMissing,
            FaultKind::PasswordMissing => Key::PasswordMissing,
            FaultKind::ApopMissing | FaultKind::BadDigest => Key::BadApop,
            FaultKind::NumberMissing => Key::NumberMissing,
            FaultKind::BadNumber => Key::BadNumber,
            FaultKind::NumberTooLarge => Key::NumberTooLarge,
            FaultKind::NumberNoise => Key::NumberNoise,
            FaultKind::LinesMissing => Key::LinesMissing,
            FaultKind::BadLines => Key::BadLines,
            FaultKind::LinesTooLarge => Key::LinesTooLarge,
            FaultKind::LinesNoise => Key::LinesNoise,
        }
    }
}

impl Heard {
    /// A line that was not read as a command, or none.
    pub(super) fn new(command: Pop3Command, line: Vec<u8>) -> Heard {
        let nowhere = Span::at(0);
        Heard {
            command,
            line: line.into(),
            verb: nowhere,
            argument: nowhere,
            number: None,
            number_at: nowhere,
            password: String::new(),
            initial: None,
            fault: None,
        }
    }

    /// Is it this command, well-formed or not?
    pub(super) fn is(&self, verb: &str) -> bool {
        self.command.verb() == Some(verb)
    }

    /// The verb in capitals as servers quote it, known or not.
    pub(super) fn name(&self) -> String {
        let word = slice(&self.line, self.verb.start, self.verb.end);
        String::from_utf8_lossy(word).to_ascii_uppercase()
    }

    fn malformed(&mut self, verb: String, fault: Fault) -> Pop3Command {
        self.fault = Some(fault);
        Pop3Command::Malformed { verb }
    }

    fn missing(&mut self, verb: &str, kind: FaultKind) -> Pop3Command {
        let fault = Fault { kind, span: Span::at(self.line.len()), quoted: String::new() };
        self.malformed(verb.to_owned(), fault)
    }
}

/// Verbs of POP3 that helo's servers know and never offer: UTF8 and LANG (RFC 6856), and LAST, which POP3 has lost.
const NOT_OFFERED: &[&str] = &["UTF8", "LANG", "LAST"];

/// What this host offers of what a host may do without.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offered<'a> {
    /// Verbs it does not offer although it could.
    pub(super) without: &'a [String],
    pub(super) apop: bool,
    pub(super) auth: bool,
    pub(super) stls: bool,
}

impl Offered<'_> {
    fn has(&self, verb: &str) -> bool {
        match verb {
            "APOP" => self.apop,
            "AUTH" => self.auth,
            "STLS" => self.stls,
            "TOP" | "UIDL" | "CAPA" => !self.without.iter().any(|w| w.eq_ignore_ascii_case(verb)),
            _ => !NOT_OFFERED.contains(&verb),
        }
    }
}

/// Reads a command line without its end.
pub(super) fn parse(line: Vec<u8>, manner: &Manner, offered: &Offered<'_>) -> Heard {
    let blank = |b: &u8| *b == b' ' || manner.lenient && matches!(*b, b'\t' | b'\r');
    let start = if manner.lenient { skip(&line, 0, blank) } else { 0 };
    let end = skip(&line, start, |b| !blank(b));
    let mut heard = Heard::new(Pop3Command::Noop, line);
    heard.verb = Span::new(start, end);
    heard.argument = Span::new((end + 1).min(heard.line.len()), heard.line.len());
    heard.command = understood(&mut heard, manner, offered);
    heard
}

fn understood(heard: &mut Heard, manner: &Manner, offered: &Offered<'_>) -> Pop3Command {
    let verb = heard.name();
    if !offered.has(&verb) {
        return Pop3Command::NotOffered { verb };
    }
    match verb.as_str() {
        "USER" => user(heard, manner),
        "PASS" => pass(heard, manner),
        "LIST" | "UIDL" | "RETR" | "DELE" | "TOP" => {
            let line = heard.line.clone();
            let mut arguments = Arguments { line: &line, at: heard.argument.start, manner };
            match about_a_message(&verb, heard, &mut arguments) {
                Ok(command) => command,
                Err(fault) => heard.malformed(verb, fault),
            }
        }
        "APOP" => apop(heard),
        "AUTH" => auth(heard),
        "STLS" => Pop3Command::Stls,
        "STAT" => Pop3Command::Stat,
        "RSET" => Pop3Command::Rset,
        "NOOP" => Pop3Command::Noop,
        "CAPA" => Pop3Command::Capa,
        "QUIT" => Pop3Command::Quit,
        _ => Pop3Command::Unknown {
            verb: String::from_utf8_lossy(slice(&heard.line, heard.verb.start, heard.verb.end)).into_owned(),
            looks_like: looks_like(&heard.line, Protocol::Pop3),
        },
    }
}

/// The commands whose first argument is a message number, which LIST and UIDL can do without.
fn about_a_message(
    verb: &str,
    heard: &mut Heard,
    arguments: &mut Arguments<'_>,
) -> Result<Pop3Command, Fault> {
    let at_end = arguments.skip_blanks();
    if matches!(verb, "LIST" | "UIDL") && at_end {
        let number = None;
        return Ok(if verb == "LIST" { Pop3Command::List { number } } else { Pop3Command::Uidl { number } });
    }
    let start = arguments.at;
    let number = arguments.number(verb == "TOP")?;
    heard.number = Some(number);
    heard.number_at = Span::new(start, arguments.at);
    Ok(match verb {
        "LIST" => Pop3Command::List { number: Some(number) },
        "UIDL" => Pop3Command::Uidl { number: Some(number) },
        "RETR" => Pop3Command::Retr { number },
        "DELE" => Pop3Command::Dele { number },
        _ => Pop3Command::Top { number, lines: arguments.lines()? },
    })
}

/// USER: one name. Blanks around it are no part of it, though a name may have them inside.
fn user(heard: &mut Heard, manner: &Manner) -> Pop3Command {
    let rest = slice(&heard.line, heard.argument.start, heard.argument.end);
    let name = String::from_utf8_lossy(rest).trim_matches([' ', '\t', '\r']).to_owned();
    if name.is_empty() && !manner.takes_empty_name {
        return heard.missing("USER", FaultKind::UserMissing);
    }
    Pop3Command::User { name }
}

/// PASS: everything after the first blank, blanks too, is the password (RFC 1939 section 7).
fn pass(heard: &mut Heard, manner: &Manner) -> Pop3Command {
    let rest = slice(&heard.line, heard.argument.start, heard.argument.end);
    if rest.is_empty() && !manner.takes_empty_name {
        return heard.missing("PASS", FaultKind::PasswordMissing);
    }
    heard.password = String::from_utf8_lossy(rest).into_owned();
    Pop3Command::Pass
}

/// APOP: a name and 32 hexadecimal digits.
fn apop(heard: &mut Heard) -> Pop3Command {
    let rest = String::from_utf8_lossy(slice(&heard.line, heard.argument.start, heard.argument.end));
    let rest = rest.trim_matches([' ', '\t', '\r']);
    let Some((name, digest)) = rest.rsplit_once([' ', '\t']) else {
        return heard.missing("APOP", FaultKind::ApopMissing);
    };
    let (name, digest) = (name.trim_end().to_owned(), digest.to_owned());
    if digest.len() != 32 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
        let fault = Fault { kind: FaultKind::BadDigest, span: heard.argument, quoted: digest };
        return heard.malformed("APOP".to_owned(), fault);
    }
    heard.password = digest;
    Pop3Command::Apop { name }
}

/// AUTH: perhaps a mechanism, perhaps the client's first message after it (RFC 5034 section 4).
fn auth(heard: &mut Heard) -> Pop3Command {
    let rest = slice(&heard.line, heard.argument.start, heard.argument.end);
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mechanism = words.next().map(|word| String::from_utf8_lossy(word).to_ascii_uppercase());
    // What stands behind the message makes it no base64, blank and all.
    let initial: Vec<&[u8]> = words.collect();
    let initial = (!initial.is_empty()).then(|| initial.join(&b' '));
    heard.initial = initial;
    Pop3Command::Auth { mechanism }
}

/// Reads one argument after the other.
struct Arguments<'a> {
    line: &'a [u8],
    at: usize,
    manner: &'a Manner,
}

/// Why digits make no number.
enum NotANumber {
    NoDigits,
    TooLarge,
}

impl Arguments<'_> {
    fn blank(&self, b: &u8) -> bool {
        *b == b' ' || self.manner.lenient && matches!(*b, b'\t' | b'\r')
    }

    /// Goes to the next argument; `true` where there is none.
    fn skip_blanks(&mut self) -> bool {
        self.at = skip(self.line, self.at, |b| self.blank(b));
        self.at == self.line.len()
    }

    /// A message number; another argument follows where `more`.
    fn number(&mut self, more: bool) -> Result<u32, Fault> {
        if self.skip_blanks() {
            return Err(self.fault(FaultKind::NumberMissing, self.at));
        }
        let start = self.at;
        let number = self.digits().map_err(|why| match why {
            NotANumber::NoDigits => self.fault(FaultKind::BadNumber, start),
            // What does not even fit 64 bits is quoted; else it is what follows the digits.
            NotANumber::TooLarge if self.at - start >= 20 => self.fault(FaultKind::NumberTooLarge, start),
            NotANumber::TooLarge => {
                Fault { span: Span::new(start, self.at), ..self.fault(FaultKind::NumberTooLarge, self.at) }
            }
        })?;
        let end = self.at;
        match self.line.get(end) {
            _ if self.manner.lenient => self.at = skip(self.line, end, |b| !self.blank(b)),
            None if more => return Err(self.fault(FaultKind::LinesMissing, end)),
            Some(b' ') if more => {}
            Some(_) => return Err(self.fault(FaultKind::NumberNoise, end)),
            None => {}
        }
        Ok(number)
    }

    /// TOP's number of lines. More than can be counted are all there are.
    fn lines(&mut self) -> Result<u32, Fault> {
        if self.skip_blanks() {
            let kind = if self.manner.lenient { FaultKind::LinesMissing } else { FaultKind::BadLines };
            return Err(self.fault(kind, self.at));
        }
        let start = self.at;
        let lines = self.digits();
        let end = self.at;
        match lines {
            // Courier takes what is no number for none.
            Err(NotANumber::NoDigits) if self.manner.lenient => Ok(0),
            Err(NotANumber::NoDigits) => Err(self.fault(FaultKind::BadLines, start)),
            // Below 20 digits it still fits the 64 bits the real one counts in.
            Err(NotANumber::TooLarge) if self.manner.lenient || end - start < 20 => Ok(u32::MAX),
            Err(NotANumber::TooLarge) => Err(self.fault(FaultKind::LinesTooLarge, start)),
            Ok(_) if end < self.line.len() && !self.manner.lenient => {
                Err(self.fault(FaultKind::LinesNoise, end))
            }
            Ok(lines) => Ok(lines),
        }
    }

    /// The digits here, which it goes past.
    fn digits(&mut self) -> Result<u32, NotANumber> {
        let start = self.at;
        self.at = skip(self.line, start, u8::is_ascii_digit);
        let digits = slice(self.line, start, self.at);
        if digits.is_empty() {
            return Err(NotANumber::NoDigits);
        }
        let push = |n: u32, d: &u8| n.checked_mul(10)?.checked_add(u32::from(d - b'0'));
        digits.iter().try_fold(0, push).ok_or(NotANumber::TooLarge)
    }

    /// A fault in what stands from `start` to the end of the line, which is quoted too.
    fn fault(&self, kind: FaultKind, start: usize) -> Fault {
        let quoted = String::from_utf8_lossy(slice(self.line, start, self.line.len())).into_owned();
        Fault { kind, span: Span::new(start, self.line.len()), quoted }
    }
}

/// The first place from `at` on where `passes` is not true.
fn skip(line: &[u8], at: usize, passes: impl Fn(&u8) -> bool) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    rest.iter().position(|b| !passes(b)).map_or(line.len(), |n| at + n)
}

fn slice(line: &[u8], start: usize, end: usize) -> &[u8] {
    line.get(start..end).unwrap_or_default()
}
