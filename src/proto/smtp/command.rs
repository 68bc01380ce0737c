//! A line that came in, read as a command: what was understood, what is wrong with it and where, and what was let
//! pass. How much is let pass depends on the style, and on whether the host insists on the letter of the standard.

use super::manners::Manners;
use super::path::{Found, PathFault, envelope_argument};
use crate::event::{SmtpCommand, SmtpReason, SmtpVerb, Tolerance};
use crate::mail::{Domain, ForwardPath, ReversePath};
use crate::proto::line::{Line, LineEnd};
use crate::proto::looks_like::{Protocol, looks_like};
use crate::units::Span;

/// What decides how a line is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// What the style lets pass.
    pub(super) manners: &'static Manners,
    /// The host insists on the letter of the standard.
    pub(super) strict: bool,
    /// The client greeted with EHLO.
    pub(super) esmtp: bool,
    /// The transaction takes addresses beyond ASCII.
    pub(super) utf8: bool,
    /// What the server offers at this door.
    pub(super) offers: Offers,
}

/// Extensions on offer, as far as they decide how a line is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Offers {
    /// `SIZE=` (RFC 1870).
    pub(super) size: bool,
    /// `BODY=` (RFC 6152).
    pub(super) body: bool,
    /// `BODY=BINARYMIME` (RFC 3030).
    pub(super) binary: bool,
    /// BDAT (RFC 3030).
    pub(super) chunking: bool,
    /// `RET=`, `ENVID=`, `NOTIFY=`, `ORCPT=` (RFC 3461).
    pub(super) dsn: bool,
    /// `SMTPUTF8` (RFC 6531).
    pub(super) utf8: bool,
    /// STARTTLS, now or before TLS came (RFC 3207).
    pub(super) starttls: bool,
    /// AUTH, now or under TLS (RFC 4954).
    pub(super) auth: bool,
    /// ETRN (RFC 1985).
    pub(super) etrn: bool,
    /// EXPN.
    pub(super) expn: bool,
}

/// A line as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heard {
    /// The command.
    pub(super) command: SmtpCommand,
    /// What is wrong with it, were it in order.
    pub(super) fault: Option<Fault>,
    /// The place of the argument, which a reply may name.
    pub(super) argument: Span,
    /// The place of the path as typed, brackets included.
    pub(super) path: Span,
    /// What was let pass.
    pub(super) tolerated: Vec<Tolerance>,
}

/// What is wrong with a line, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    /// What.
    pub(super) reason: SmtpReason,
    /// Where.
    pub(super) span: Option<Span>,
}

impl Fault {
    pub(super) fn at(reason: SmtpReason, span: Span) -> Fault {
        Fault { reason, span: Some(span) }
    }
}

/// Reads a line.
pub(super) fn read(line: &Line, rules: Rules) -> Heard {
    let text = line.text.as_slice();
    let nul = text.iter().position(|&b| b == 0).filter(|_| rules.manners.ends_at_nul);
    let text = nul.and_then(|at| text.get(..at)).unwrap_or(text);
    let mut tolerated = Vec::new();
    if line.end == LineEnd::Lf {
        tolerated.push(Tolerance::BareLineFeed);
    }
    let begin = text.iter().take_while(|&&b| is_space(b)).count();
    let lenient = rules.manners.leading_space && !rules.strict;
    if begin > 0 && begin < text.len() && lenient {
        tolerated.push(Tolerance::LeadingSpace);
    }
    let begin = if lenient { begin } else { 0 };
    let parts = |b: u8| b == b' ' || rules.manners.tab_parts && is_space(b);
    let after = |from: usize, is: &dyn Fn(u8) -> bool| {
        text.iter().skip(from).position(|&b| is(b)).map_or(text.len(), |n| from + n)
    };
    let verb_end = after(begin, &parts);
    let argument = Span::new(after(verb_end, &|b| !parts(b)), trimmed_end(text));
    let argument = Span::new(argument.start.min(text.len()), argument.end.max(argument.start));
    let word = text.get(begin..verb_end).unwrap_or_default();
    let Some(verb) = verb(word) else { return unknown(text, word, tolerated) };
    if argument.end < text.len() {
        tolerated.push(Tolerance::TrailingSpace);
    }
    let line = Words { text, verb: Span::new(begin, verb_end), argument, rules };
    line.command(verb, tolerated)
}

/// The verb of this name, in any case (RFC 5321 section 2.4).
fn verb(word: &[u8]) -> Option<SmtpVerb> {
    SmtpVerb::ALL.into_iter().find(|verb| word.eq_ignore_ascii_case(verb.name().as_bytes()))
}

pub(super) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | 0x0b | 0x0c)
}

fn trimmed_end(text: &[u8]) -> usize {
    text.iter().rposition(|&b| !is_space(b)).map_or(0, |last| last + 1)
}

fn unknown(text: &[u8], word: &[u8], tolerated: Vec<Tolerance>) -> Heard {
    let word = String::from_utf8_lossy(word).into_owned();
    let looks = looks_like(text, Protocol::Smtp);
    Heard {
        command: SmtpCommand::Unknown { verb: word, looks_like: looks },
        fault: Some(Fault::at(SmtpReason::UnknownCommand, Span::new(0, text.len()))),
        argument: Span::new(0, text.len()),
        path: Span::at(text.len()),
        tolerated,
    }
}

/// A line whose verb is known.
struct Words<'a> {
    text: &'a [u8],
    verb: Span,
    argument: Span,
    rules: Rules,
}

impl Words<'_> {
    fn command(&self, verb: SmtpVerb, tolerated: Vec<Tolerance>) -> Heard {
        use SmtpCommand as C;
        let bare = |command| self.without_argument(verb, command, tolerated.clone());
        match verb {
            SmtpVerb::Mail | SmtpVerb::Rcpt => self.envelope(verb, tolerated),
            SmtpVerb::Helo | SmtpVerb::Ehlo => self.hello(verb, tolerated),
            SmtpVerb::Data => bare(C::Data),
            SmtpVerb::Rset => bare(C::Rset),
            SmtpVerb::Quit => bare(C::Quit),
            SmtpVerb::Noop => self.heard(C::Noop, None, tolerated),
            SmtpVerb::Help => {
                let topic = Some(self.argument_text()).filter(|t| !t.is_empty());
                self.heard(C::Help { topic }, None, tolerated)
            }
            SmtpVerb::Vrfy => self.vrfy(tolerated),
            SmtpVerb::Starttls if self.rules.offers.starttls => bare(C::Starttls),
            SmtpVerb::Auth if self.rules.offers.auth => self.auth(tolerated),
            SmtpVerb::Bdat if self.rules.offers.chunking => self.bdat(tolerated),
            SmtpVerb::Etrn if self.rules.offers.etrn => self.etrn(tolerated),
            SmtpVerb::Expn if self.rules.offers.expn => self.expn(tolerated),
            SmtpVerb::Expn | SmtpVerb::Starttls | SmtpVerb::Auth | SmtpVerb::Bdat | SmtpVerb::Etrn => {
                let fault = Fault::at(SmtpReason::NotImplemented, self.verb);
                self.heard(C::NotOffered { verb }, Some(fault), tolerated)
            }
        }
    }

    fn heard(&self, command: SmtpCommand, fault: Option<Fault>, tolerated: Vec<Tolerance>) -> Heard {
        Heard { command, fault, argument: self.argument, path: self.argument, tolerated }
    }

    fn argument_octets(&self) -> &[u8] {
        self.text.get(self.argument.start..self.argument.end).unwrap_or_default()
    }

    fn argument_text(&self) -> String {
        String::from_utf8_lossy(self.argument_octets()).into_owned()
    }

    fn without_argument(&self, verb: SmtpVerb, command: SmtpCommand, mut tolerated: Vec<Tolerance>) -> Heard {
        if self.argument_octets().is_empty() {
            return self.heard(command, None, tolerated);
        }
        if self.rules.strict || self.rules.manners.no_argument.contains(&verb) {
            let fault = Fault::at(SmtpReason::UnexpectedArgument, self.argument);
            return self.heard(SmtpCommand::Malformed { verb }, Some(fault), tolerated);
        }
        tolerated.push(Tolerance::ExtraArgument);
        self.heard(command, None, tolerated)
    }

    fn malformed(&self, verb: SmtpVerb, reason: SmtpReason, span: Span, tolerated: Vec<Tolerance>) -> Heard {
        self.heard(SmtpCommand::Malformed { verb }, Some(Fault::at(reason, span)), tolerated)
    }

    /// AUTH mechanism [initial response] (RFC 4954 section 4).
    fn auth(&self, tolerated: Vec<Tolerance>) -> Heard {
        let mut words = self.argument_octets().split(|&b| is_space(b)).filter(|word| !word.is_empty());
        match (words.next(), words.nth(1)) {
            (Some(mechanism), None) => {
                let mechanism = printable(mechanism);
                self.heard(SmtpCommand::Auth { mechanism }, None, tolerated)
            }
            (None, _) => self.malformed(
                SmtpVerb::Auth,
                SmtpReason::MissingArgument,
                Span::at(self.verb.end),
                tolerated,
            ),
            (Some(_), Some(_)) => {
                self.malformed(SmtpVerb::Auth, SmtpReason::UnexpectedArgument, self.argument, tolerated)
            }
        }
    }

    /// BDAT size [LAST] (RFC 3030 section 2).
    fn bdat(&self, tolerated: Vec<Tolerance>) -> Heard {
        let text = self.argument_text();
        let mut words = text.split_whitespace();
        let size = words.next().filter(|w| w.bytes().all(|b| b.is_ascii_digit())).map(str::parse::<u64>);
        let last = match (words.next(), words.next()) {
            (None, _) => Some(false),
            (Some(word), None) if word.eq_ignore_ascii_case("LAST") => Some(true),
            _ => None,
        };
        match (size, last) {
            (Some(Ok(octets)), Some(last)) => self.heard(SmtpCommand::Bdat { octets, last }, None, tolerated),
            _ if text.is_empty() => self.malformed(
                SmtpVerb::Bdat,
                SmtpReason::MissingArgument,
                Span::at(self.verb.end),
                tolerated,
            ),
            _ => {
                let reason = SmtpReason::BadParameter { name: "BDAT".to_owned() };
                self.malformed(SmtpVerb::Bdat, reason, self.argument, tolerated)
            }
        }
    }

    /// ETRN domain (RFC 1985 section 5.1).
    fn etrn(&self, tolerated: Vec<Tolerance>) -> Heard {
        let text = self.argument_text();
        if text.is_empty() {
            let place = Span::at(self.verb.end);
            return self.malformed(SmtpVerb::Etrn, SmtpReason::MissingArgument, place, tolerated);
        }
        let domain = text.trim_start_matches(['@', '#']);
        if !is_host(domain.as_bytes()) {
            return self.malformed(SmtpVerb::Etrn, SmtpReason::BadHostName, self.argument, tolerated);
        }
        self.heard(SmtpCommand::Etrn { domain: domain.to_owned() }, None, tolerated)
    }

    /// VRFY (RFC 5321 section 4.1.1.6) and whether its answer may go beyond ASCII (RFC 6531 section 3.7.4.2).
    fn vrfy(&self, tolerated: Vec<Tolerance>) -> Heard {
        let typed = self.argument_octets();
        let last = typed.iter().rposition(|&b| is_space(b)).map_or(0, |space| space + 1);
        let named = |word: &[u8]| word.eq_ignore_ascii_case(b"SMTPUTF8");
        let smtputf8 = self.rules.offers.utf8 && typed.get(last..).is_some_and(named);
        let before = typed.get(..last).filter(|_| smtputf8).unwrap_or(typed);
        let argument = Span::new(self.argument.start, self.argument.start + trimmed_end(before));
        let what = String::from_utf8_lossy(before.trim_ascii_end()).into_owned();
        if what.is_empty() && (self.rules.manners.verifies || self.rules.strict) {
            let fault = Fault::at(SmtpReason::MissingArgument, Span::at(self.verb.end));
            return self.heard(SmtpCommand::Malformed { verb: SmtpVerb::Vrfy }, Some(fault), tolerated);
        }
        let heard = self.heard(SmtpCommand::Vrfy { what, smtputf8 }, None, tolerated);
        Heard { argument, path: argument, ..heard }
    }

    /// EXPN (RFC 5321 section 4.1.1.7).
    fn expn(&self, tolerated: Vec<Tolerance>) -> Heard {
        let what = self.argument_text();
        if what.is_empty() {
            let place = Span::at(self.verb.end);
            return self.malformed(SmtpVerb::Expn, SmtpReason::MissingArgument, place, tolerated);
        }
        self.heard(SmtpCommand::Expn { what }, None, tolerated)
    }

    /// HELO and EHLO (RFC 5321 section 4.1.1.1). The name is a domain or, for who has none, an address literal.
    fn hello(&self, verb: SmtpVerb, mut tolerated: Vec<Tolerance>) -> Heard {
        let (manners, strict) = (self.rules.manners, self.rules.strict);
        let malformed = |reason, span, tolerated| {
            self.heard(SmtpCommand::Malformed { verb }, Some(Fault::at(reason, span)), tolerated)
        };
        let octets = self.argument_octets();
        if octets.is_empty() {
            if manners.name_required || strict {
                return malformed(SmtpReason::MissingArgument, Span::at(self.verb.end), tolerated);
            }
            tolerated.push(Tolerance::NoName);
        }
        let plausible = |b: &u8| b.is_ascii_alphanumeric() || b"[].-_#:".contains(b);
        if manners.name_checked && !octets.iter().all(plausible) || strict && !is_host(octets) {
            return malformed(SmtpReason::BadHostName, self.argument, tolerated);
        }
        let name = printable(octets);
        let command =
            if verb == SmtpVerb::Helo { SmtpCommand::Helo { name } } else { SmtpCommand::Ehlo { name } };
        self.heard(command, None, tolerated)
    }

    fn envelope(&self, verb: SmtpVerb, mut tolerated: Vec<Tolerance>) -> Heard {
        let found = envelope_argument(self.text, self.argument, verb, self.rules, &mut tolerated);
        match found {
            Ok(found) => {
                let path = found.path;
                Heard { path, ..self.heard(command_of(verb, found), None, tolerated) }
            }
            Err(PathFault { fault, path }) => {
                let heard = self.heard(SmtpCommand::Malformed { verb }, Some(fault), tolerated);
                Heard { path: path.unwrap_or(self.argument), ..heard }
            }
        }
    }
}

/// MAIL or RCPT with its address. Only MAIL may be without (`<>`); its reader sees to that.
fn command_of(verb: SmtpVerb, found: Found) -> SmtpCommand {
    match (verb, found.mailbox) {
        (SmtpVerb::Rcpt, Some(mailbox)) => {
            SmtpCommand::Rcpt { to: ForwardPath(mailbox), params: found.params.rcpt }
        }
        (SmtpVerb::Rcpt, None) => SmtpCommand::Malformed { verb },
        (_, mailbox) => SmtpCommand::Mail { from: ReversePath(mailbox), params: found.params.mail },
    }
}

/// A domain name or an address literal (RFC 5321 section 4.1.3).
fn is_host(octets: &[u8]) -> bool {
    std::str::from_utf8(octets).is_ok_and(|text| Domain::parse(text).is_ok())
}

/// Text with a question mark in the place of each octet that a terminal or a header line should not meet.
pub(super) fn printable(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}
