//! One record as a line of a zone file (RFC 1035 section 5.1): `NAME [TTL] [IN] TYPE VALUE`.
//!
//! Names without a final dot are relative to the origin, `@` is the origin itself. Two things are easier than in a
//! real zone file: the name always stands first, and a TXT value without quotes is one string, spaces and `;`
//! included.

use super::name::{canonical, check_name, is_within, labels};
use super::present::absolute;
use crate::event::{Record, RecordData, RecordType};
use crate::mail::is_host_label;
use crate::units::Span;
use std::net::IpAddr;

/// Time to live of a record that names none, in seconds.
const TTL: u32 = 3600;
/// The longest time to live (RFC 2181 section 8).
const MAX_TTL: u32 = i32::MAX.unsigned_abs();
/// The longest string of a TXT record in octets (RFC 1035 section 3.3).
const STRING: usize = 255;

/// Why a line is no record, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFault {
    /// The octets of the line at fault.
    pub span: Span,
    /// What came and what was expected.
    pub message: String,
}

impl std::fmt::Display for RecordFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RecordFault {}

/// Reads a record of the zone `origin`.
///
/// # Errors
/// The first fault of the line.
pub fn parse_record(line: &str, origin: &str) -> Result<Record, RecordFault> {
    let mut words = Words { line, origin, at: 0 };
    let owner = words.need("a name (`@` for the domain itself), a type such as MX, and its value")?;
    let name = owner_name(&owner, origin)?;
    let mut ttl = None;
    let rtype = loop {
        let Some(word) = words.next()? else { return Err(no_type(&owner, words.end())) };
        if word.quoted {
            return fault(word.span, "expected a record type here, not a string in quotes");
        }
        if let Ok(rtype) = word.text.parse::<RecordType>() {
            break rtype_of_record(rtype, &word)?;
        }
        match word.text.to_ascii_uppercase().as_str() {
            "IN" => {}
            "CH" | "CS" | "HS" => {
                return fault(word.span, "expected the class IN: the lab's zones have no other");
            }
            _ if word.text.starts_with(|c: char| c.is_ascii_digit()) && ttl.is_none() => {
                ttl = Some(time_to_live(&word)?);
            }
            _ if owner.text.parse::<RecordType>().is_ok() => return Err(no_type(&owner, owner.span)),
            _ => {
                let known = "A, AAAA, MX, TXT, CNAME, PTR, NS, SOA";
                return fault(
                    word.span,
                    format!("`{}` is no record type the lab knows ({known})", word.text),
                );
            }
        }
    };
    let data = words.data(rtype)?;
    if rtype != RecordType::Txt
        && let Some(extra) = words.next()?
    {
        return fault(
            extra.span,
            format!("`{}` is too much: the {rtype} record is complete before it", extra.text),
        );
    }
    owner_fits(&owner, &name, rtype, origin)?;
    Ok(Record { name, ttl: ttl.unwrap_or(TTL), data })
}

fn fault<T>(span: Span, message: impl Into<String>) -> Result<T, RecordFault> {
    Err(RecordFault { span, message: message.into() })
}

fn no_type(owner: &Word<'_>, span: Span) -> RecordFault {
    let message = if owner.text.parse::<RecordType>().is_ok() {
        format!("a record begins with a name: write `@ {} …` for the domain itself", owner.text)
    } else {
        format!("expected a record type such as A, MX or TXT after `{}`", owner.text)
    };
    RecordFault { span, message }
}

fn rtype_of_record(rtype: RecordType, word: &Word<'_>) -> Result<RecordType, RecordFault> {
    match rtype {
        RecordType::Any => fault(word.span, "ANY is a type for questions, no record has it"),
        other => Ok(other),
    }
}

/// A word of the line, or a string in quotes with its escapes undone.
#[derive(Debug, Clone, PartialEq)]
struct Word<'a> {
    text: std::borrow::Cow<'a, str>,
    span: Span,
    quoted: bool,
}

struct Words<'a> {
    line: &'a str,
    origin: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn end(&self) -> Span {
        Span::at(self.line.trim_end().len())
    }

    fn skip_space(&mut self) {
        self.at = self.line.len() - self.rest().trim_start().len();
    }

    /// The next word; `None` at the end of the line or at a comment.
    fn next(&mut self) -> Result<Option<Word<'a>>, RecordFault> {
        self.skip_space();
        let (rest, start) = (self.rest(), self.at);
        match rest.chars().next() {
            None | Some(';') => Ok(None),
            Some('"') => self.string().map(Some),
            Some(_) => {
                let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                self.at += length;
                let text = rest.get(..length).unwrap_or_default().into();
                Ok(Some(Word { text, span: Span::new(start, self.at), quoted: false }))
            }
        }
    }

    /// A word that must be there.
    fn need(&mut self, expected: &str) -> Result<Word<'a>, RecordFault> {
        match self.next()? {
            Some(word) => Ok(word),
            None => fault(self.end(), format!("expected {expected}")),
        }
    }

    /// A string in quotes (RFC 1035 section 5.1), the line standing at the opening quote.
    fn string(&mut self) -> Result<Word<'a>, RecordFault> {
        let start = self.at;
        let mut octets = Vec::new();
        let mut rest = self.rest().bytes().enumerate().skip(1);
        while let Some((i, octet)) = rest.next() {
            match octet {
                b'"' => {
                    self.at += i + 1;
                    let span = Span::new(start, self.at);
                    return match String::from_utf8(octets) {
                        Ok(text) => Ok(Word { text: text.into(), span, quoted: true }),
                        Err(_) => fault(span, "the numbers after `\\` make no UTF-8 text"),
                    };
                }
                b'\\' => {
                    let digits = self.line.get(start + i + 1..start + i + 4).unwrap_or_default();
                    if digits.len() == 3 && digits.bytes().all(|d| d.is_ascii_digit()) {
                        let Ok(octet) = digits.parse() else {
                            let span = Span::new(start + i, start + i + 4);
                            return fault(span, format!("`\\{digits}` is beyond 255, the largest octet"));
                        };
                        octets.push(octet);
                        rest.nth(2);
                    } else if let Some((_, next)) = rest.next() {
                        octets.push(next);
                    }
                }
                other => octets.push(other),
            }
        }
        fault(Span::new(start, self.line.len()), "this string has no closing `\"`")
    }

    fn data(&mut self, rtype: RecordType) -> Result<RecordData, RecordFault> {
        Ok(match rtype {
            RecordType::A => RecordData::A(self.address("A", "an IPv4 address such as 192.0.2.25")?),
            RecordType::Aaaa => {
                RecordData::Aaaa(self.address("AAAA", "an IPv6 address such as 2001:db8::25")?)
            }
            RecordType::Mx => self.mx()?,
            RecordType::Txt => RecordData::Txt(self.strings()?),
            RecordType::Cname => RecordData::Cname(self.name("CNAME needs the name it stands for")?),
            RecordType::Ptr => RecordData::Ptr(self.name("PTR needs the name of the host")?),
            RecordType::Ns => RecordData::Ns(self.host("NS needs the name of a name server")?),
            RecordType::Soa | RecordType::Any => self.soa()?,
        })
    }

    fn address<A: std::str::FromStr>(&mut self, rtype: &str, expected: &str) -> Result<A, RecordFault> {
        let word = self.need(&format!("{expected} after {rtype}"))?;
        match word.text.parse() {
            Ok(address) => Ok(address),
            Err(_) => fault(word.span, format!("`{}` is not {expected}", word.text)),
        }
    }

    /// RFC 1035 section 3.3.9; the null MX is RFC 7505.
    fn mx(&mut self) -> Result<RecordData, RecordFault> {
        const NEEDS: &str = "MX needs a preference (a number, the lowest is tried first) before the host";
        let Some(word) = self.next()? else { return fault(self.end(), NEEDS) };
        let Ok(preference) = word.text.parse::<u16>() else {
            let too_big = word.text.bytes().all(|b| b.is_ascii_digit());
            let message = if too_big { "a preference is at most 65535" } else { NEEDS };
            return fault(word.span, message);
        };
        let exchange = self.host("MX needs the name of a host after the preference")?;
        if exchange.is_empty() && preference != 0 {
            return fault(word.span, "a null MX (`0 .`) has preference 0");
        }
        Ok(RecordData::Mx { preference, exchange })
    }

    /// RFC 1035 section 3.3.14.
    fn strings(&mut self) -> Result<Vec<String>, RecordFault> {
        self.skip_space();
        if !self.rest().starts_with('"') {
            let text = self.rest().trim_end();
            self.at = self.line.len();
            return if text.is_empty() { fault(self.end(), "TXT needs a text") } else { Ok(pieces(text)) };
        }
        let mut strings = Vec::new();
        while let Some(word) = self.next()? {
            if !word.quoted {
                return fault(
                    word.span,
                    "expected another string in quotes: text without quotes must stand alone",
                );
            }
            if word.text.len() > STRING {
                let message =
                    format!("a string holds at most {STRING} octets: split it into several, \"…\" \"…\"");
                return fault(word.span, message);
            }
            strings.push(word.text.into_owned());
        }
        Ok(strings)
    }

    /// RFC 1035 section 3.3.13.
    fn soa(&mut self) -> Result<RecordData, RecordFault> {
        let mname = self.name("SOA needs the name of the primary server")?;
        let before = self.at;
        let contact = self.need("a contact after the server: `hostmaster` or `hostmaster.example.tld.`")?;
        if contact.text.contains('@') {
            return fault(contact.span, "in an SOA the `@` of the contact's address is written as a dot");
        }
        self.at = before;
        let rname = self.name("SOA needs a contact")?;
        let mut numbers = [0; 5];
        for (n, what) in numbers.iter_mut().zip(["serial", "refresh", "retry", "expire", "minimum"]) {
            let word = self.need(&format!(
                "SOA's {what}: serial, refresh, retry, expire and minimum follow the names"
            ))?;
            *n = match what {
                "serial" => word.text.parse().or_else(|_| {
                    fault(word.span, format!("`{}` is no serial, a number up to 4294967295", word.text))
                })?,
                _ => time_to_live(&word)?,
            };
        }
        let [serial, refresh, retry, expire, minimum] = numbers;
        Ok(RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum })
    }

    /// The name of a host (RFC 1123 section 2.1), `.` for none.
    fn host(&mut self, needs: &str) -> Result<String, RecordFault> {
        self.skip_space();
        let start = self.at;
        let name = self.name(needs)?;
        match host_fault(&name) {
            Some(why) if !name.is_empty() => fault(Span::new(start, self.at), why),
            _ => Ok(name),
        }
    }

    fn name(&mut self, needs: &str) -> Result<String, RecordFault> {
        let Some(word) = self.next()? else { return fault(self.end(), needs) };
        if word.text.parse::<IpAddr>().is_ok() {
            let message = format!("{needs}; `{}` is an address: give it a name with an A record", word.text);
            return fault(word.span, message);
        }
        relative(&word, self.origin)
    }
}

/// A text of any length as strings of at most 255 octets.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        match pieces.last_mut() {
            Some(last) if last.len() + c.len_utf8() <= STRING => last.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

/// A time in seconds, or with BIND's units: `1h30m`, `2d`.
fn time_to_live(word: &Word<'_>) -> Result<u32, RecordFault> {
    let wrong =
        || fault(word.span, format!("`{}` is no time: expected seconds, or 30m, 1h, 2d, 1w", word.text));
    let (mut total, mut number) = (0_u64, None::<u64>);
    for c in word.text.chars() {
        let unit = match c.to_ascii_lowercase() {
            '0'..='9' => {
                let digit = u64::from(c.to_digit(10).unwrap_or_default());
                number = Some(number.unwrap_or_default().saturating_mul(10).saturating_add(digit));
                continue;
            }
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return wrong(),
        };
        let Some(n) = number.take() else { return wrong() };
        total = total.saturating_add(n.saturating_mul(unit));
    }
    total = total.saturating_add(number.unwrap_or_default());
    match u32::try_from(total) {
        _ if word.text.is_empty() => wrong(),
        Ok(seconds) if seconds <= MAX_TTL => Ok(seconds),
        _ => fault(
            word.span,
            format!("`{}` is longer than {MAX_TTL} seconds, the longest time DNS has", word.text),
        ),
    }
}

fn owner_name(owner: &Word<'_>, origin: &str) -> Result<String, RecordFault> {
    if owner.quoted {
        return fault(owner.span, "expected a name first, not a string in quotes");
    }
    let name = relative(owner, origin)?;
    if is_within(&canonical(&name), &canonical(origin)) {
        Ok(name)
    } else {
        fault(owner.span, format!("`{}` does not lie in the zone `{}`", owner.text, absolute(origin)))
    }
}

/// May a record of this type stand at this name?
fn owner_fits(owner: &Word<'_>, name: &str, rtype: RecordType, origin: &str) -> Result<(), RecordFault> {
    match rtype {
        RecordType::Cname if canonical(name) == canonical(origin) => fault(
            owner.span,
            "a domain's own name cannot be an alias: it has SOA and NS records, and a CNAME stands alone",
        ),
        RecordType::Soa if canonical(name) != canonical(origin) => {
            fault(owner.span, "an SOA stands at the zone's own name: write `@`")
        }
        RecordType::A | RecordType::Aaaa | RecordType::Mx => {
            match host_fault(name.strip_prefix("*.").unwrap_or(name)) {
                Some(why) => fault(owner.span, why),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// What keeps a name from being a host's (RFC 952, RFC 1123 section 2.1).
fn host_fault(name: &str) -> Option<String> {
    let labels = labels(name).ok()?;
    let wrong = labels.iter().find(|label| !is_host_label(label))?;
    let wrong = String::from_utf8_lossy(wrong);
    Some(format!("`{wrong}` cannot be part of a host's name: letters, digits, and hyphens in between"))
}

/// A name as written, relative to the origin unless it ends with a dot; without that dot.
fn relative(word: &Word<'_>, origin: &str) -> Result<String, RecordFault> {
    let (text, origin) = (word.text.as_ref(), origin.strip_suffix('.').unwrap_or(origin));
    let name = match text {
        "@" => origin.to_owned(),
        "." => String::new(),
        _ if text.ends_with('.') && !text.ends_with("\\.") => {
            text.get(..text.len() - 1).unwrap_or_default().to_owned()
        }
        _ if origin.is_empty() => text.to_owned(),
        _ => {
            let (written, zone) = (canonical(text), canonical(origin));
            if is_within(&written, &zone) {
                let message = format!(
                    "`{text}` without a final dot means `{text}.{}`: add the dot, or leave the domain away",
                    absolute(origin)
                );
                return fault(word.span, message);
            }
            format!("{text}.{origin}")
        }
    };
    match check_name(&name) {
        Ok(()) => Ok(name),
        Err(why) => fault(word.span, format!("`{text}` is no domain name: {why}")),
    }
}

#[cfg(test)]
mod tests;
