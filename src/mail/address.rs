//! Addresses: mailboxes, the envelope's paths, and what can be wrong with one (RFC 5321 section 4.1.2).

use crate::units::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// The right-hand side of an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// A host or domain name, as it was written (compare without case).
    Name(String),
    /// An address literal such as `[192.0.2.1]` (RFC 5321 section 4.1.3).
    Literal(IpAddr),
}

/// An address: local part and domain, such as `noname@example.tld`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mailbox {
    /// The local part without quoting.
    pub local: String,
    /// The domain; `None` for a bare name such as `root`, which many servers take as local.
    pub domain: Option<Domain>,
}

/// Where delivery reports go: the argument of MAIL FROM. `None` is the null path `<>` (RFC 5321 section 4.5.5).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReversePath(pub Option<Mailbox>);

/// One recipient: the argument of RCPT TO. `<postmaster>` is a mailbox without domain (RFC 5321 section 4.5.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ForwardPath(pub Mailbox);

/// What is wrong with an address, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressFault {
    /// The octets at fault, counted in the text that was parsed.
    pub span: Span,
    /// What is wrong there.
    pub kind: AddressFaultKind,
}

/// The ways in which an address can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressFaultKind {
    /// Nothing where an address was expected.
    Empty,
    /// No `@`, and a domain was needed.
    MissingDomain,
    /// Nothing before the `@`.
    EmptyLocalPart,
    /// Two `@` that are not quoted.
    TwoAts,
    /// A dot at the beginning or end of the local part, or two in a row.
    MisplacedDot,
    /// A character that must be quoted in a local part, or may not stand in a domain.
    BadCharacter,
    /// A quoted string that does not end.
    OpenQuote,
    /// A domain label that is empty, too long, or begins or ends with a hyphen.
    BadLabel,
    /// `[...]` that is not an address literal.
    BadLiteral,
    /// A `>` to which no `<` belongs.
    StrayBracket,
    /// Local part over 64, domain over 255 or path over 256 octets (RFC 5321 section 4.5.3.1).
    TooLong,
    /// Octets beyond ASCII, which need SMTPUTF8 (RFC 6531).
    NotAscii,
}

/// A path as it stands at the beginning of a text, found before its address is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathText {
    /// How it is delimited.
    pub brackets: Brackets,
    /// A source route in front of the address (RFC 5321 section 3.6.1), its colon included.
    pub route: Option<Span>,
    /// The address, empty in `<>`.
    pub address: Span,
    /// One past the last octet of the path.
    pub end: usize,
}

/// How a path is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brackets {
    /// `<` and `>`, as the standard demands.
    Both,
    /// None; the path ends at white space.
    Neither,
    /// A `<` whose `>` never comes.
    Unclosed,
}

const LOCAL_LIMIT: usize = 64;
const DOMAIN_LIMIT: usize = 255;
/// A path has 256 octets at most, its brackets included.
const ADDRESS_LIMIT: usize = 254;

impl PathText {
    /// Finds the path at the beginning of `text`. Quoted strings may contain what would end it elsewhere.
    pub fn find(text: &[u8]) -> PathText {
        let bracketed = text.first() == Some(&b'<');
        let start = usize::from(bracketed);
        let (mut end, mut quoted, mut escaped) = (text.len(), false, false);
        for (at, &b) in text.iter().enumerate().skip(start) {
            match b {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = !quoted,
                b'>' if bracketed && !quoted => {
                    end = at;
                    break;
                }
                b' ' | b'\t' if !bracketed && !quoted => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        let brackets = match (bracketed, end < text.len()) {
            (true, true) => Brackets::Both,
            (true, false) => Brackets::Unclosed,
            (false, _) => Brackets::Neither,
        };
        let inner = text.get(start..end).unwrap_or_default();
        let colon = inner.iter().position(|&b| b == b':').filter(|_| inner.first() == Some(&b'@'));
        let route = colon.map(|c| Span::new(start, start + c + 1));
        let address = Span::new(route.map_or(start, |r| r.end), end);
        PathText { brackets, route, address, end: end + usize::from(brackets == Brackets::Both) }
    }
}

impl Mailbox {
    /// Reads an address such as `noname@example.tld`; a name without `@` is a mailbox without domain.
    ///
    /// # Errors
    /// What is not an address by RFC 5321 section 4.1.2, and where.
    pub fn parse(text: &str) -> Result<Mailbox, AddressFault> {
        Mailbox::parse_octets(text.as_bytes())
    }

    /// The same for octets from the wire.
    ///
    /// # Errors
    /// As [`Mailbox::parse`].
    pub fn parse_octets(text: &[u8]) -> Result<Mailbox, AddressFault> {
        if text.is_empty() {
            return fault(0..0, AddressFaultKind::Empty);
        }
        let (local, at) = if text.first() == Some(&b'"') { quoted_local(text)? } else { plain_local(text)? };
        if at > LOCAL_LIMIT {
            return fault(0..at, AddressFaultKind::TooLong);
        }
        let Some(after) = text.get(at + 1..) else { return Ok(Mailbox { local, domain: None }) };
        let domain = Domain::parse_at(after, at + 1)?;
        if text.len() > ADDRESS_LIMIT {
            return fault(0..text.len(), AddressFaultKind::TooLong);
        }
        Ok(Mailbox { local, domain: Some(domain) })
    }

    /// The same for an address that may go beyond ASCII (RFC 6531 section 3.3).
    ///
    /// # Errors
    /// As [`Mailbox::parse`]; what is no UTF-8 is no address here either.
    pub fn parse_utf8(text: &[u8]) -> Result<Mailbox, AddressFault> {
        let beyond = match Mailbox::parse_octets(text) {
            Err(fault) if fault.kind == AddressFaultKind::NotAscii => fault,
            other => return other,
        };
        let Ok(letters) = std::str::from_utf8(text) else { return Err(beyond) };
        // Whatever stands where a letter may stand is one.
        let in_ascii: String = letters.chars().map(|c| if c.is_ascii() { c } else { 'x' }).collect();
        Mailbox::parse(&in_ascii).map_err(|_| beyond)?;
        Ok(Mailbox::as_written(text))
    }

    /// What a server makes of an address that is none, if it takes it as it stands: the last `@` parts it.
    pub fn as_written(text: &[u8]) -> Mailbox {
        let text = String::from_utf8_lossy(text);
        match text.rsplit_once('@') {
            Some((local, domain)) => {
                Mailbox { local: local.to_owned(), domain: Some(Domain::Name(domain.to_owned())) }
            }
            None => Mailbox { local: text.into_owned(), domain: None },
        }
    }

    /// As servers log it: the local part without its quotes.
    pub fn unquoted(&self) -> String {
        match &self.domain {
            Some(domain) => format!("{}@{domain}", self.local),
            None => self.local.clone(),
        }
    }

    /// Is it the same mailbox? Domains compare without case by the standard, local parts by the custom of every
    /// server that helo plays (RFC 5321 section 2.4 leaves them to the receiving host).
    pub fn same_as(&self, other: &Mailbox) -> bool {
        let domains = match (&self.domain, &other.domain) {
            (Some(a), Some(b)) => a.same_as(b),
            (a, b) => a.is_none() && b.is_none(),
        };
        domains && self.local.to_lowercase() == other.local.to_lowercase()
    }

    /// The domain's name where it has one, as it was written.
    pub fn domain_name(&self) -> Option<&str> {
        match &self.domain {
            Some(Domain::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// Is it `postmaster`, which every server takes without a domain too (RFC 5321 section 4.5.1)?
    pub fn is_postmaster(&self) -> bool {
        self.local.eq_ignore_ascii_case("postmaster")
    }
}

impl Domain {
    /// Reads a domain name or an address literal.
    ///
    /// # Errors
    /// What is neither, and where.
    pub fn parse(text: &str) -> Result<Domain, AddressFault> {
        Domain::parse_at(text.as_bytes(), 0)
    }

    /// Is it the same domain? Names compare without case.
    pub fn same_as(&self, other: &Domain) -> bool {
        match (self, other) {
            (Domain::Name(a), Domain::Name(b)) => a.eq_ignore_ascii_case(b),
            (Domain::Literal(a), Domain::Literal(b)) => a == b,
            _ => false,
        }
    }

    /// The same where `text` begins at octet `base` of what spans count in.
    fn parse_at(text: &[u8], base: usize) -> Result<Domain, AddressFault> {
        use AddressFaultKind as K;
        let place = |r: Range<usize>| base + r.start..base + r.end;
        if text.is_empty() {
            return fault(place(0..0), K::MissingDomain);
        }
        if let Some(at) = text.iter().position(|&b| b == b'@') {
            return fault(place(at..at + 1), K::TwoAts);
        }
        if text.first() == Some(&b'[') {
            let inner = text.strip_prefix(b"[").and_then(|t| t.strip_suffix(b"]"));
            let ip = inner.and_then(|t| std::str::from_utf8(t).ok()).and_then(literal);
            return ip.map(Domain::Literal).map_or_else(|| fault(place(0..text.len()), K::BadLiteral), Ok);
        }
        if text.len() > DOMAIN_LIMIT {
            return fault(place(0..text.len()), K::TooLong);
        }
        let mut start = 0;
        for label in text.split(|&b| b == b'.') {
            let odd = label.iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'-'));
            if let Some(at) = odd.map(|o| start + o) {
                return not_a_character(text, at, base);
            }
            if !is_host_label(label) {
                return fault(place(start..start + label.len()), K::BadLabel);
            }
            start += label.len() + 1;
        }
        Ok(Domain::Name(String::from_utf8_lossy(text).into_owned()))
    }
}

fn fault<T>(at: Range<usize>, kind: AddressFaultKind) -> Result<T, AddressFault> {
    Err(AddressFault { span: Span::new(at.start, at.end), kind })
}

/// The fault of an octet that may not stand where it stands: beyond ASCII it is one, within it another.
fn not_a_character<T>(text: &[u8], at: usize, base: usize) -> Result<T, AddressFault> {
    let run = text.iter().skip(at).take_while(|b| !b.is_ascii()).count();
    match run {
        0 => fault(base + at..base + at + 1, AddressFaultKind::BadCharacter),
        n => fault(base + at..base + at + n, AddressFaultKind::NotAscii),
    }
}

/// Can a host's name have this label? Letters, digits and hyphens in between, at most 63 (RFC 952, RFC 1123
/// section 2.1).
pub fn is_host_label(label: &[u8]) -> bool {
    (1..=63).contains(&label.len())
        && label.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        && !label.starts_with(b"-")
        && !label.ends_with(b"-")
}

fn is_atext(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b)
}

/// A local part without quotes, and where it ends: at the `@` or at the end.
fn plain_local(text: &[u8]) -> Result<(String, usize), AddressFault> {
    let mut before = b'.';
    let mut end = text.len();
    for (at, &b) in text.iter().enumerate() {
        match b {
            b'@' => {
                end = at;
                break;
            }
            b'.' if before == b'.' => return fault(at..at + 1, AddressFaultKind::MisplacedDot),
            b'.' => {}
            _ if is_atext(b) => {}
            _ => return not_a_character(text, at, 0),
        }
        before = b;
    }
    if end == 0 {
        return fault(0..0, AddressFaultKind::EmptyLocalPart);
    }
    if before == b'.' {
        return fault(end - 1..end, AddressFaultKind::MisplacedDot);
    }
    Ok((String::from_utf8_lossy(text.get(..end).unwrap_or_default()).into_owned(), end))
}

/// A quoted local part without its quotes, and where it ends.
fn quoted_local(text: &[u8]) -> Result<(String, usize), AddressFault> {
    let mut local = String::new();
    let mut octets = text.iter().enumerate().skip(1);
    while let Some((at, &b)) = octets.next() {
        let literal = match b {
            b'"' => match text.get(at + 1) {
                None | Some(b'@') if local.is_empty() => {
                    return fault(0..2, AddressFaultKind::EmptyLocalPart);
                }
                None | Some(b'@') => return Ok((local, at + 1)),
                Some(_) => return not_a_character(text, at + 1, 0),
            },
            b'\\' => octets.next().map_or(0, |(_, &escaped)| escaped),
            other => other,
        };
        if !(b' '..=b'~').contains(&literal) {
            return not_a_character(text, if b == b'\\' { at + 1 } else { at }.min(text.len() - 1), 0);
        }
        local.push(char::from(literal));
    }
    fault(0..text.len(), AddressFaultKind::OpenQuote)
}

/// The address in `[...]`: IPv4 plain, IPv6 with its tag.
fn literal(text: &str) -> Option<IpAddr> {
    let tagged = text.get(..5).filter(|tag| tag.eq_ignore_ascii_case("IPv6:")).and_then(|_| text.get(5..));
    match tagged {
        Some(v6) => v6.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => text.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Domain::Name(name) => f.write_str(name),
            Domain::Literal(IpAddr::V4(ip)) => write!(f, "[{ip}]"),
            Domain::Literal(IpAddr::V6(ip)) => write!(f, "[IPv6:{ip}]"),
        }
    }
}

/// As it is written in a path: the local part is quoted where it must be.
impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| !c.is_ascii() || u8::try_from(c).is_ok_and(is_atext);
        if self.local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(plain)) {
            f.write_str(&self.local)?;
        } else {
            f.write_str("\"")?;
            for c in self.local.chars() {
                if matches!(c, '"' | '\\') {
                    f.write_str("\\")?;
                }
                write!(f, "{c}")?;
            }
            f.write_str("\"")?;
        }
        match &self.domain {
            Some(domain) => write!(f, "@{domain}"),
            None => Ok(()),
        }
    }
}

/// In its brackets: `<noname@example.tld>`, or `<>`.
impl fmt::Display for ReversePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(mailbox) => write!(f, "<{mailbox}>"),
            None => f.write_str("<>"),
        }
    }
}

/// In its brackets: `<noname@example.tld>`.
impl fmt::Display for ForwardPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

impl std::str::FromStr for Mailbox {
    type Err = AddressFault;
    fn from_str(text: &str) -> Result<Mailbox, AddressFault> {
        Mailbox::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_what_is_wrong_with_them() {
        let long = format!("{}@example.tld", "a".repeat(65));
        let wide = format!("a@{}tld", "a23456789.".repeat(26));
        let rows: &[(&str, &str)] = &[
            ("noname@example.tld", "noname at example.tld"),
            ("root", "root"),
            ("a.b+c=d@x-1.tld", "a.b+c=d at x-1.tld"),
            (r#""a b\"c"@x.tld"#, r#"a b"c at x.tld"#),
            (r#""a@b"@x.tld"#, "a@b at x.tld"),
            ("a@[192.0.2.1]", "a at [192.0.2.1]"),
            ("a@[IPv6:2001:db8::1]", "a at [IPv6:2001:db8::1]"),
            ("", "Empty 0..0"),
            ("@x.tld", "EmptyLocalPart 0..0"),
            (r#"""@x.tld"#, "EmptyLocalPart 0..2"),
            ("a@", "MissingDomain 2..2"),
            ("a@b@c", "TwoAts 3..4"),
            (".a@x.tld", "MisplacedDot 0..1"),
            ("a..b@x.tld", "MisplacedDot 2..3"),
            ("a.@x.tld", "MisplacedDot 1..2"),
            ("a b@x.tld", "BadCharacter 1..2"),
            ("a,b@x.tld", "BadCharacter 1..2"),
            ("a@x_y.tld", "BadCharacter 3..4"),
            ("\"a\\", "BadCharacter 2..3"),
            ("\"a\"b@x.tld", "BadCharacter 3..4"),
            ("\"a b@x.tld", "OpenQuote 0..10"),
            ("a@x..tld", "BadLabel 4..4"),
            ("a@-x.tld", "BadLabel 2..4"),
            ("a@x.tld.", "BadLabel 8..8"),
            ("a@[192.0.2]", "BadLiteral 2..11"),
            ("a@[192.0.2.1", "BadLiteral 2..12"),
            ("müller@x.tld", "NotAscii 1..3"),
            ("a@müller.tld", "NotAscii 3..5"),
            (&long, "TooLong 0..65"),
            (&wide, "TooLong 2..265"),
        ];
        for (text, expected) in rows {
            let said = match Mailbox::parse(text) {
                Ok(Mailbox { local, domain: None }) => local,
                Ok(Mailbox { local, domain: Some(domain) }) => format!("{local} at {domain}"),
                Err(f) => format!("{:?} {}..{}", f.kind, f.span.start, f.span.end),
            };
            assert_eq!(&said, expected, "{text}");
        }
    }

    #[test]
    fn paths_at_the_beginning_of_a_text() {
        let rows: &[(&str, &str)] = &[
            ("<a@b.tld> SIZE=1", "Both address=a@b.tld rest= SIZE=1"),
            ("<>", "Both address= rest="),
            ("<@x.tld,@y.tld:a@b.tld>", "Both route=@x.tld,@y.tld: address=a@b.tld rest="),
            (r#"<"a> b"@b.tld>x"#, r#"Both address="a> b"@b.tld rest=x"#),
            ("<a@b.tld", "Unclosed address=a@b.tld rest="),
            ("a@b.tld (or else)", "Neither address=a@b.tld rest= (or else)"),
            (r#""a b"@b.tld c"#, r#"Neither address="a b"@b.tld rest= c"#),
            ("", "Neither address= rest="),
        ];
        for (text, expected) in rows {
            let p = PathText::find(text.as_bytes());
            let at = |s: Span| &text[s.start..s.end];
            let route = p.route.map_or(String::new(), |r| format!("route={} ", at(r)));
            let said = format!("{:?} {route}address={} rest={}", p.brackets, at(p.address), &text[p.end..]);
            assert_eq!(&said, expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same_again() {
        for text in ["a@b.tld", r#""a b"@b.tld"#, r#""a\"\\"@[192.0.2.1]"#, r#""..x"@b.tld"#, "root"] {
            let mailbox = Mailbox::parse(text).unwrap();
            assert_eq!(mailbox.to_string(), text);
            assert_eq!(Mailbox::parse(&mailbox.to_string()).unwrap(), mailbox);
        }
        let a: Mailbox = "Noname@Example.TLD".parse().unwrap();
        assert!(a.same_as(&"noname@example.tld".parse().unwrap()));
        assert!(!a.same_as(&"noname".parse().unwrap()));
        assert_eq!(ReversePath(None).to_string(), "<>");
        assert_eq!(ForwardPath(a).to_string(), "<Noname@Example.TLD>");
    }
}
