//! The arguments of MAIL and RCPT: keyword, colon, path and parameters (RFC 5321 sections 4.1.1.2, 4.1.1.3, 4.1.1.11).

use super::command::{Fault, Rules, is_space};
use super::params::{self, Params};
use crate::event::{SmtpReason, SmtpVerb, Tolerance};
use crate::mail::{AddressFault, AddressFaultKind, Brackets, Domain, Mailbox, PathText};
use crate::units::Span;

/// What MAIL or RCPT named.
#[derive(Debug)]
pub(super) struct Found {
    /// The address; `None` for `<>`.
    pub(super) mailbox: Option<Mailbox>,
    /// The parameters.
    pub(super) params: Params,
    /// The place of the path as typed.
    pub(super) path: Span,
}

/// What is wrong with an argument.
#[derive(Debug)]
pub(super) struct PathFault {
    /// What and where.
    pub(super) fault: Fault,
    /// The place of the path, where reading got as far.
    pub(super) path: Option<Span>,
}

impl From<Fault> for PathFault {
    fn from(fault: Fault) -> PathFault {
        PathFault { fault, path: None }
    }
}

/// Reads the argument of MAIL or RCPT, which stands at `argument` in `text`.
pub(super) fn envelope_argument(
    text: &[u8],
    argument: Span,
    verb: SmtpVerb,
    rules: Rules,
    tolerated: &mut Vec<Tolerance>,
) -> Result<Found, PathFault> {
    let mut reader = Reader { text, end: argument.end, verb, rules, utf8: rules.utf8, tolerated };
    if argument.start >= argument.end && !(reader.anywhere() && verb == SmtpVerb::Mail) {
        return Err(Fault::at(SmtpReason::MissingArgument, Span::at(argument.end)).into());
    }
    let begin = reader.keyword(argument.start)?;
    let (path, rest) = reader.path(begin)?;
    let in_path = |fault| PathFault { fault, path: Some(path) };
    let after = Span::new(rest, argument.end);
    // What addresses may hold depends on a parameter that comes after the address (RFC 6531 section 3.4).
    reader.utf8 |= verb == SmtpVerb::Mail && rules.offers.utf8 && params::ask_for_utf8(text, after);
    let mailbox = reader.mailbox(path).map_err(in_path)?;
    let params = params::read(text, after, verb, rules, reader.tolerated).map_err(in_path)?;
    Ok(Found { mailbox, params, path })
}

struct Reader<'a> {
    text: &'a [u8],
    end: usize,
    verb: SmtpVerb,
    rules: Rules,
    /// Addresses may go beyond ASCII.
    utf8: bool,
    tolerated: &'a mut Vec<Tolerance>,
}

impl Reader<'_> {
    fn octets(&self, span: Span) -> &[u8] {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn lossy(&self, span: Span) -> String {
        String::from_utf8_lossy(self.octets(span)).into_owned()
    }

    /// The first place from `from` on whose octet is as asked, else the argument's end.
    fn find(&self, from: usize, is: impl Fn(u8) -> bool) -> usize {
        let rest = self.octets(Span::new(from, self.end));
        rest.iter().position(|&b| is(b)).map_or(self.end, |n| from + n)
    }

    fn anywhere(&self) -> bool {
        self.rules.manners.address_anywhere && !self.rules.strict
    }

    /// Reads `FROM:` or `TO:` and returns where the path begins.
    fn keyword(&mut self, start: usize) -> Result<usize, Fault> {
        let keyword = if self.verb == SmtpVerb::Mail { "FROM" } else { "TO" };
        let word_end = self.find(start, |b| b == b':' || b == b'<' || is_space(b));
        let colon = self.find(word_end, |b| !is_space(b));
        let named = self.octets(Span::new(start, word_end)).eq_ignore_ascii_case(keyword.as_bytes());
        let has_colon = self.text.get(colon) == Some(&b':') && colon < self.end;
        if self.anywhere() && !(named && has_colon) {
            return Ok(self.wherever(start));
        }
        if !named {
            let found = Span::new(start, word_end);
            let (keyword, what) = (keyword.to_owned(), self.lossy(found));
            return Err(Fault::at(SmtpReason::MissingKeyword { keyword, found: what }, found));
        }
        if !has_colon {
            return Err(Fault::at(SmtpReason::MissingColon, Span::at(word_end)));
        }
        if colon > word_end {
            if self.rules.strict {
                return Err(Fault::at(SmtpReason::SpaceAroundColon, Span::new(word_end, colon)));
            }
            if !self.rules.manners.space_before_colon {
                return Err(Fault::at(SmtpReason::MissingColon, Span::new(word_end, colon)));
            }
            self.tolerated.push(Tolerance::SpaceBeforeColon);
        }
        let begin = self.find(colon + 1, |b| !is_space(b));
        if begin > colon + 1 && begin < self.end {
            if self.rules.strict {
                return Err(Fault::at(SmtpReason::SpaceAroundColon, Span::new(colon + 1, begin)));
            }
            self.tolerated.push(Tolerance::SpaceAfterColon);
        }
        Ok(begin)
    }

    /// Where a server looks for the path that does not care what stands before it: at a `<`, else after a colon.
    fn wherever(&mut self, start: usize) -> usize {
        self.tolerated.push(Tolerance::NoKeyword);
        let bracket = self.find(start, |b| b == b'<');
        if bracket < self.end {
            return bracket;
        }
        let colon = self.find(start, |b| b == b':');
        self.find((colon + 1).min(self.end), |b| !is_space(b))
    }

    /// Delimits the path at `begin`; returns its place and where what follows it begins.
    fn path(&mut self, begin: usize) -> Result<(Span, usize), PathFault> {
        let found = PathText::find(self.octets(Span::new(begin, self.end)));
        let path = Span::new(begin, begin + found.end);
        let empty = Span::at(self.end);
        let strict_or = |lenient: bool| self.rules.strict || !lenient;
        let fault = match found.brackets {
            Brackets::Unclosed if strict_or(self.rules.manners.address_anywhere) => {
                Some(self.unclosed(path, found.address))
            }
            Brackets::Neither if path.start == path.end => {
                let null = self.anywhere() && self.verb == SmtpVerb::Mail;
                (!null).then(|| Fault::at(SmtpReason::MissingArgument, empty))
            }
            Brackets::Neither if self.rules.strict => Some(Fault::at(SmtpReason::MissingBrackets, path)),
            _ => None,
        };
        if let Some(fault) = fault {
            return Err(PathFault { fault, path: Some(path) });
        }
        match found.brackets {
            Brackets::Both => {}
            Brackets::Unclosed => self.tolerated.push(Tolerance::OddAddress),
            Brackets::Neither if path.start == path.end => {}
            Brackets::Neither => self.tolerated.push(Tolerance::NoBrackets),
        }
        if found.route.is_some() {
            self.tolerated.push(Tolerance::SourceRoute);
        }
        if self.rules.manners.blank_ends_path && found.brackets == Brackets::Both {
            return self.up_to_blank(path).map(|end| (path, end));
        }
        Ok((path, path.end))
    }

    /// Where a path ends that goes on to the next blank. Nothing may stand there but more of its `>`.
    fn up_to_blank(&mut self, path: Span) -> Result<usize, PathFault> {
        let end = self.find(path.end, is_space);
        let glued = Span::new(path.end, end);
        if glued.start == glued.end {
            return Ok(end);
        }
        let brackets = self.octets(glued).iter().all(|&b| b == b'>');
        if brackets && !self.rules.strict {
            self.tolerated.push(Tolerance::OddAddress);
            return Ok(end);
        }
        let kind = if brackets { AddressFaultKind::StrayBracket } else { AddressFaultKind::BadCharacter };
        let reason = SmtpReason::BadAddress(AddressFault { span: glued, kind });
        Err(PathFault { fault: Fault::at(reason, glued), path: Some(Span::new(path.start, end)) })
    }

    /// A path whose `>` does not come, or comes within a quoted string that does not end.
    fn unclosed(&self, path: Span, address: Span) -> Fault {
        let address = Span::new(path.start + address.start, path.start + address.end);
        match Mailbox::parse_octets(self.octets(address)) {
            Err(fault) if fault.kind == AddressFaultKind::OpenQuote => {
                Fault::at(SmtpReason::BadAddress(AddressFault { span: address, ..fault }), address)
            }
            _ => Fault::at(SmtpReason::UnclosedBracket, path),
        }
    }

    /// Reads the address of the path at `path`. The null path is for MAIL alone.
    fn mailbox(&mut self, path: Span) -> Result<Option<Mailbox>, Fault> {
        let found = PathText::find(self.octets(path));
        let mut address = Span::new(path.start + found.address.start, path.start + found.address.end);
        if found.brackets == Brackets::Neither && self.rules.manners.blank_ends_path && !self.rules.strict {
            let kept = self.octets(address).iter().rposition(|&b| b != b'>').map_or(0, |last| last + 1);
            let end = address.start + kept;
            if kept > 0 && end < address.end {
                self.tolerated.push(Tolerance::OddAddress);
                address = Span::new(address.start, end);
            }
        }
        if address.start == address.end && self.verb == SmtpVerb::Mail {
            return Ok(None);
        }
        let read = match Mailbox::parse_octets(self.octets(address)) {
            Err(fault) if fault.kind == AddressFaultKind::NotAscii => self.beyond_ascii(address).ok_or(fault),
            other => other,
        };
        match read {
            Ok(_) if self.dash_first(address) => {
                let span = Span::new(address.start, address.start + 1);
                let fault = AddressFault { span, kind: AddressFaultKind::BadCharacter };
                Err(Fault::at(SmtpReason::BadAddress(fault), span))
            }
            Ok(mailbox) => self.domain_needed(self.named_domain(mailbox, address)?, address).map(Some),
            Err(fault) => match self.loose_domain(address).or_else(|| self.without_blanks(address)) {
                Some(mailbox) => {
                    self.tolerated.push(Tolerance::OddAddress);
                    Ok(Some(mailbox))
                }
                None => self.odd(fault, address).map(Some),
            },
        }
    }

    /// The address that is in order save that it goes beyond ASCII, where it may (RFC 6531 section 3.3).
    fn beyond_ascii(&self, address: Span) -> Option<Mailbox> {
        Mailbox::parse_utf8(self.octets(address)).ok().filter(|_| self.utf8)
    }

    /// Does the address begin with a dash, which is an option to many programs?
    fn dash_first(&self, address: Span) -> bool {
        self.rules.manners.no_dash_first && self.octets(address).first() == Some(&b'-')
    }

    /// An IP address in the place of a domain needs its brackets.
    fn named_domain(&self, mailbox: Mailbox, address: Span) -> Result<Mailbox, Fault> {
        let digits = |name: &str| name.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match mailbox.domain_name() {
            Some(name) if self.rules.manners.named_domains && digits(name) => {
                let span = Span::new(address.end.saturating_sub(name.len()), address.end);
                let kind = AddressFaultKind::BadLiteral;
                Err(Fault::at(SmtpReason::BadAddress(AddressFault { span, kind }), span))
            }
            _ => Ok(mailbox),
        }
    }

    /// The address that is in order save for a dot at the end of the domain, or underscores in it.
    fn loose_domain(&self, address: Span) -> Option<Mailbox> {
        if self.rules.strict || !self.rules.manners.loose_domains {
            return None;
        }
        let text = std::str::from_utf8(self.octets(address)).ok()?;
        let (local, domain) = text.rsplit_once('@')?;
        let domain = domain.strip_suffix('.').unwrap_or(domain);
        let mailbox = Mailbox::parse(&format!("{local}@{}", domain.replace('_', "x"))).ok()?;
        mailbox.domain_name()?;
        Some(Mailbox { domain: Some(Domain::Name(domain.to_owned())), ..mailbox })
    }

    /// The address that is in order save for blanks beside the signs that part its words (RFC 5322 section 3.4.1 has them
    /// in header fields, RFC 5321 section 4.1.2 nowhere).
    fn without_blanks(&self, address: Span) -> Option<Mailbox> {
        let octets = self.octets(address);
        if self.rules.strict || !self.rules.manners.blanks_in_address || octets.contains(&b'"') {
            return None;
        }
        let sign = |b: Option<&u8>| b.is_none_or(|b| matches!(b, b'@' | b'.'));
        let mut kept = Vec::with_capacity(octets.len());
        let mut parted = false;
        for b in octets {
            if is_space(*b) {
                parted = true;
                continue;
            }
            if parted && !sign(kept.last()) && !sign(Some(b)) {
                return None;
            }
            parted = false;
            kept.push(*b);
        }
        Mailbox::parse_octets(&kept).ok().filter(|_| kept.len() < octets.len())
    }

    /// A mailbox without domain is for `postmaster` alone by the standard; servers take such names as local ones.
    fn domain_needed(&self, mailbox: Mailbox, address: Span) -> Result<Mailbox, Fault> {
        let mail = self.verb == SmtpVerb::Mail;
        if mailbox.domain.is_some() || !mail && mailbox.is_postmaster() {
            return Ok(mailbox);
        }
        if self.rules.strict {
            let fault = AddressFault { span: Span::at(address.end), kind: AddressFaultKind::MissingDomain };
            return Err(Fault::at(SmtpReason::BadAddress(fault), Span::at(address.end)));
        }
        if !mail && !self.rules.manners.unqualified_recipient {
            let fault = AddressFault { span: Span::at(address.end), kind: AddressFaultKind::MissingDomain };
            return Err(Fault::at(SmtpReason::BadAddress(fault), Span::at(address.end)));
        }
        if mail && !self.rules.manners.unqualified_sender {
            return Err(Fault::at(SmtpReason::SenderRefused { address: mailbox.to_string() }, address));
        }
        Ok(mailbox)
    }

    /// An address that is none: some servers do not mind. Spans of faults count in the line.
    fn odd(&mut self, fault: AddressFault, address: Span) -> Result<Mailbox, Fault> {
        use AddressFaultKind as K;
        let octets = self.octets(address);
        let fault = match fault.kind {
            K::BadCharacter if octets.get(fault.span.start) == Some(&b'>') => {
                AddressFault { kind: K::StrayBracket, ..fault }
            }
            K::NotAscii if self.rules.manners.ascii_domains && !self.rules.strict => {
                ascii_domain(octets, fault)
            }
            _ => fault,
        };
        let odd = &self.rules.manners.odd_addresses;
        let only_ats = fault.kind != K::TwoAts || odd.contains(&K::EmptyLocalPart) || but_for_ats(octets);
        let lenient = !self.rules.strict && odd.contains(&fault.kind) && only_ats;
        let valid_text = std::str::from_utf8(self.octets(address)).is_ok();
        if lenient && (valid_text || !self.rules.manners.wants_text) {
            self.tolerated.push(Tolerance::OddAddress);
            return Ok(Mailbox::as_written(self.octets(address)));
        }
        let span = Span::new(address.start + fault.span.start, address.start + fault.span.end);
        Err(Fault::at(SmtpReason::BadAddress(AddressFault { span, ..fault }), span))
    }
}

/// The fault that a domain is beyond ASCII, where it is that and not the local part alone.
fn ascii_domain(address: &[u8], fault: AddressFault) -> AddressFault {
    let at = address.iter().rposition(|&b| b == b'@').map_or(0, |at| at + 1);
    let beyond = at > 0 && address.get(at..).is_some_and(|domain| !domain.is_ascii());
    if beyond {
        AddressFault { span: Span::new(at, address.len()), kind: AddressFaultKind::BadLabel }
    } else {
        fault
    }
}

/// Are the `@` before the last all that is wrong with the address?
fn but_for_ats(address: &[u8]) -> bool {
    let Some(last) = address.iter().rposition(|&b| b == b'@') else { return false };
    let doubled = address.windows(2).any(|two| two == b"@@");
    let one: Vec<u8> =
        address.iter().enumerate().map(|(at, &b)| if b == b'@' && at != last { b'x' } else { b }).collect();
    !doubled && Mailbox::parse_octets(&one).is_ok()
}
