//! Reading an SPF record (RFC 7208 sections 4.6.1, 5, 6 and 12).

use super::macros::MacroString;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The longest record that is read, in octets. Real ones stay below 450 (RFC 7208 section 3.4).
pub const RECORD_OCTETS: usize = 8192;

/// What a mechanism says of a client that it matches (RFC 7208 section 4.6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// `+`, or nothing.
    Pass,
    /// `-`.
    Fail,
    /// `~`.
    SoftFail,
    /// `?`.
    Neutral,
}

/// How many bits of an address must agree, for each family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix {
    /// Of 32.
    pub v4: u8,
    /// Of 128.
    pub v6: u8,
}

impl Prefix {
    /// All bits.
    const WHOLE: Prefix = Prefix { v4: 32, v6: 128 };

    /// Do two addresses of one family agree?
    pub(super) fn agree(self, a: IpAddr, b: IpAddr) -> bool {
        let top = |bits: u128, width: u32, prefix: u8| {
            let drop = width.saturating_sub(u32::from(prefix));
            bits.checked_shr(drop).unwrap_or(0)
        };
        match (a, b) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                top(u32::from(a).into(), 32, self.v4) == top(u32::from(b).into(), 32, self.v4)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => top(a.into(), 128, self.v6) == top(b.into(), 128, self.v6),
            _ => false,
        }
    }
}

/// A mechanism (RFC 7208 section 5). Where a domain may be left out, it is the one whose record this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mechanism {
    /// Everybody.
    All,
    /// Whoever the record of another domain lets pass.
    Include(MacroString),
    /// The addresses of a name.
    A(Option<MacroString>, Prefix),
    /// The addresses of a domain's mail hosts.
    Mx(Option<MacroString>, Prefix),
    /// Names of the client's address that lie in a domain.
    Ptr(Option<MacroString>),
    /// An address or a network.
    Ip(IpAddr, Prefix),
    /// A name that has an IPv4 address.
    Exists(MacroString),
}

/// A mechanism with its qualifier, and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// What a match means.
    pub qualifier: Qualifier,
    /// What is compared.
    pub mechanism: Mechanism,
    /// The term as it stands in the record.
    pub text: String,
}

/// An SPF record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// In their order.
    pub directives: Vec<Directive>,
    /// `redirect=`: whose record counts where no mechanism matches, with the term as written.
    pub redirect: Option<(MacroString, String)>,
    /// `exp=`: where the explanation of a fail stands.
    pub explanation: Option<MacroString>,
}

/// What is wrong with a term of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermFault {
    /// No mechanism has that name.
    UnknownMechanism,
    /// The mechanism takes no argument, or not this kind.
    UnexpectedArgument,
    /// The mechanism or modifier needs one.
    MissingArgument,
    /// No name of a domain, or a macro in it that cannot be.
    BadDomain,
    /// No address of that family.
    BadAddress,
    /// No length of a prefix.
    BadPrefix,
    /// A modifier stands there twice that may only once.
    Twice,
    /// A modifier's name or value that cannot be.
    BadModifier,
    /// Not ASCII, or a control character.
    NotText,
    /// The record is longer than [`RECORD_OCTETS`].
    TooLong,
}

/// The first term of a record that cannot be read; the whole record is void by it (RFC 7208 section 4.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordFault {
    /// The term as written, cut where it gets long.
    pub term: String,
    /// What is wrong with it.
    pub kind: TermFault,
}

/// Is a TXT record one of SPF (RFC 7208 section 4.5)?
pub(super) fn is_spf(text: &str) -> bool {
    let version = text.get(..6).is_some_and(|v| v.eq_ignore_ascii_case("v=spf1"));
    version && matches!(text.as_bytes().get(6), None | Some(b' '))
}

impl Record {
    /// Reads a record that begins with `v=spf1`.
    ///
    /// # Errors
    /// The first term that is wrong, wherever it stands: nothing of such a record counts.
    pub fn parse(text: &str) -> Result<Record, RecordFault> {
        let fault = |term: &str, kind| RecordFault { term: super::super::lookup::kept(term), kind };
        if text.len() > RECORD_OCTETS {
            return Err(fault(text, TermFault::TooLong));
        }
        let mut record = Record::default();
        for term in text.get(6..).unwrap_or_default().split(' ').filter(|t| !t.is_empty()) {
            record.term(term).map_err(|kind| fault(term, kind))?;
        }
        Ok(record)
    }

    fn term(&mut self, term: &str) -> Result<(), TermFault> {
        if !term.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(TermFault::NotText);
        }
        let name = term.find([':', '/', '=']).unwrap_or(term.len());
        let (name, rest) = term.split_at_checked(name).unwrap_or((term, ""));
        if let Some(value) = rest.strip_prefix('=') {
            return self.modifier(name, value, term);
        }
        let (qualifier, name) = match name.split_at_checked(1) {
            Some(("+", name)) => (Qualifier::Pass, name),
            Some(("-", name)) => (Qualifier::Fail, name),
            Some(("~", name)) => (Qualifier::SoftFail, name),
            Some(("?", name)) => (Qualifier::Neutral, name),
            _ => (Qualifier::Pass, name),
        };
        let mechanism = mechanism(name, rest)?;
        self.directives.push(Directive { qualifier, mechanism, text: term.to_owned() });
        Ok(())
    }

    /// RFC 7208 section 6: modifiers that are not known are passed over.
    fn modifier(&mut self, name: &str, value: &str, term: &str) -> Result<(), TermFault> {
        let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.bytes().all(word) {
            return Err(TermFault::BadModifier);
        }
        let known = ["redirect", "exp"].into_iter().find(|known| name.eq_ignore_ascii_case(known));
        let Some(known) = known else {
            return MacroString::parse(value).map(drop).ok_or(TermFault::BadModifier);
        };
        let domain = domain(value)?;
        let twice = match known {
            "redirect" => self.redirect.replace((domain, term.to_owned())).is_some(),
            _ => self.explanation.replace(domain).is_some(),
        };
        if twice { Err(TermFault::Twice) } else { Ok(()) }
    }
}

/// A mechanism by its name and what follows it, which begins with `:` or `/` where there is anything.
fn mechanism(name: &str, rest: &str) -> Result<Mechanism, TermFault> {
    let argument = rest.strip_prefix(':');
    match name.to_ascii_lowercase().as_str() {
        "all" if rest.is_empty() => Ok(Mechanism::All),
        "all" => Err(TermFault::UnexpectedArgument),
        "include" => Ok(Mechanism::Include(needed(argument, rest)?)),
        "exists" => Ok(Mechanism::Exists(needed(argument, rest)?)),
        "ptr" if rest.is_empty() => Ok(Mechanism::Ptr(None)),
        "ptr" => Ok(Mechanism::Ptr(Some(needed(argument, rest)?))),
        "a" => with_prefix(rest).map(|(domain, prefix)| Mechanism::A(domain, prefix)),
        "mx" => with_prefix(rest).map(|(domain, prefix)| Mechanism::Mx(domain, prefix)),
        "ip4" => address(argument, false),
        "ip6" => address(argument, true),
        _ => Err(TermFault::UnknownMechanism),
    }
}

fn needed(argument: Option<&str>, rest: &str) -> Result<MacroString, TermFault> {
    match argument {
        Some(text) => domain(text),
        None if rest.is_empty() => Err(TermFault::MissingArgument),
        None => Err(TermFault::UnexpectedArgument),
    }
}

/// A domain-spec: text that ends in a macro, or in a label that a top-level domain can have (RFC 7208 section 7.1).
fn domain(text: &str) -> Result<MacroString, TermFault> {
    if text.is_empty() {
        return Err(TermFault::MissingArgument);
    }
    let parsed = MacroString::parse(text).ok_or(TermFault::BadDomain)?;
    if parsed.uses_explanation_letters() {
        return Err(TermFault::BadDomain);
    }
    let ends_well = parsed.ends_in_macro() || {
        let text = text.strip_suffix('.').unwrap_or(text);
        text.rsplit_once('.').is_some_and(|(_, top)| is_top_label(top))
    };
    if ends_well { Ok(parsed) } else { Err(TermFault::BadDomain) }
}

/// Letters, digits and hyphens within, and not digits alone.
fn is_top_label(label: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    label.bytes().all(word)
        && !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && !label.bytes().all(|b| b.is_ascii_digit())
}

/// `[":" domain-spec] [dual-cidr-length]`. The prefix is what the end looks like; all before it belongs to the domain.
fn with_prefix(rest: &str) -> Result<(Option<MacroString>, Prefix), TermFault> {
    let mut prefix = Prefix::WHOLE;
    let mut head = rest;
    if let Some((before, digits)) = head.rsplit_once("//")
        && is_digits(digits)
    {
        prefix.v6 = bits(digits, 128)?;
        head = before;
    }
    if let Some((before, digits)) = head.rsplit_once('/')
        && is_digits(digits)
        && !before.ends_with('/')
    {
        prefix.v4 = bits(digits, 32)?;
        head = before;
    }
    match head.strip_prefix(':') {
        Some(text) => Ok((Some(domain(text)?), prefix)),
        None if head.is_empty() => Ok((None, prefix)),
        None => Err(TermFault::BadPrefix),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The length of a prefix, without a leading zero (RFC 7208 section 5.6).
fn bits(text: &str, most: u8) -> Result<u8, TermFault> {
    let good = is_digits(text) && (text == "0" || !text.starts_with('0'));
    let number = text.parse().ok().filter(|n: &u8| good && *n <= most);
    number.ok_or(TermFault::BadPrefix)
}

fn address(argument: Option<&str>, six: bool) -> Result<Mechanism, TermFault> {
    let argument = argument.filter(|a| !a.is_empty()).ok_or(TermFault::MissingArgument)?;
    let (address, digits) = match argument.split_once('/') {
        Some((address, digits)) => (address, Some(digits)),
        None => (argument, None),
    };
    let mut prefix = Prefix::WHOLE;
    if let Some(digits) = digits {
        let (place, most) = if six { (&mut prefix.v6, 128) } else { (&mut prefix.v4, 32) };
        *place = bits(digits, most)?;
    }
    let ip: IpAddr = address.parse().map_err(|_| TermFault::BadAddress)?;
    if ip.is_ipv6() == six { Ok(Mechanism::Ip(ip, prefix)) } else { Err(TermFault::BadAddress) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_that_can_be_read_and_terms_that_cannot() {
        use TermFault as F;
        for (term, expected) in [
            ("all", None),
            ("-ALL", None),
            ("~all", None),
            ("?all", None),
            ("--all", Some(F::UnknownMechanism)),
            ("all:x.tld", Some(F::UnexpectedArgument)),
            ("all/8", Some(F::UnexpectedArgument)),
            ("include:x.tld", None),
            ("include", Some(F::MissingArgument)),
            ("include:", Some(F::MissingArgument)),
            ("include/24", Some(F::UnexpectedArgument)),
            ("a", None),
            ("a/24", None),
            ("a//64", None),
            ("a/24//64", None),
            ("a:x.tld/24//64", None),
            ("a:x.tld./24", None),
            ("a:/24", Some(F::MissingArgument)),
            ("a:x.tld/33", Some(F::BadPrefix)),
            ("a:x.tld/024", Some(F::BadPrefix)),
            ("a:x.tld//129", Some(F::BadPrefix)),
            ("a:x.tld/", Some(F::BadDomain)),
            ("a:x.tld:25", Some(F::BadDomain)),
            ("a:tld", Some(F::BadDomain)),
            ("a:x.1", Some(F::BadDomain)),
            ("a:x.-a", Some(F::BadDomain)),
            ("a/x", Some(F::BadPrefix)),
            ("a:%{d}", None),
            ("a:x.%{d1r}/24", None),
            ("a:%{t}.x.tld", Some(F::BadDomain)),
            ("a:%{d0}.x.tld", Some(F::BadDomain)),
            ("a:%.x.tld", Some(F::BadDomain)),
            ("mx", None),
            ("mxx", Some(F::UnknownMechanism)),
            ("ptr", None),
            ("ptr:x.tld", None),
            ("ptr/24", Some(F::UnexpectedArgument)),
            ("ip4:192.0.2.1", None),
            ("ip4:192.0.2.0/24", None),
            ("ip4:192.0.2.0/", Some(F::BadPrefix)),
            ("ip4:192.0.2", Some(F::BadAddress)),
            ("ip4:2001:db8::", Some(F::BadAddress)),
            ("ip4", Some(F::MissingArgument)),
            ("ip6:2001:db8::/32", None),
            ("ip6:192.0.2.1", Some(F::BadAddress)),
            ("exists:%{ir}.x.tld", None),
            ("redirect=x.tld", None),
            ("redirect=", Some(F::MissingArgument)),
            ("-redirect=x.tld", Some(F::BadModifier)),
            ("exp=x.tld", None),
            ("moo=", None),
            ("moo.cow-far_out=%{l}", None),
            ("moo=%{x}", Some(F::BadModifier)),
            ("1moo=x", Some(F::BadModifier)),
            ("=x", Some(F::BadModifier)),
            ("a\u{e4}", Some(F::NotText)),
            ("", None),
        ] {
            let record = Record::parse(&format!("v=spf1 {term}  "));
            assert_eq!(record.err().map(|f| f.kind), expected, "{term}");
        }
        assert!(Record::parse("v=spf1 redirect=x.tld redirect=y.tld").is_err());
        assert!(Record::parse(&format!("v=spf1 {}", "a ".repeat(RECORD_OCTETS))).is_err());
    }

    #[test]
    fn prefixes_compare_as_many_bits_as_they_say() {
        let ip = |s: &str| s.parse::<IpAddr>().unwrap();
        for (prefix, a, b, agree) in [
            (24, "192.0.2.1", "192.0.2.255", true),
            (25, "192.0.2.1", "192.0.2.255", false),
            (0, "192.0.2.1", "10.0.0.1", true),
            (32, "192.0.2.1", "192.0.2.1", true),
            (0, "192.0.2.1", "::1", false),
            (64, "2001:db8::1", "2001:db8::ffff", true),
            (65, "2001:db8::1", "2001:db8:0:0:8000::", false),
        ] {
            let both = Prefix { v4: prefix, v6: prefix };
            assert_eq!(both.agree(ip(a), ip(b)), agree, "{a} {b} /{prefix}");
        }
    }

    #[test]
    fn which_txt_records_are_meant() {
        for (text, spf) in [
            ("v=spf1", true),
            ("V=SPF1 -all", true),
            ("v=spf10 -all", false),
            ("v=spf1-all", false),
            ("v=spf2.0/pra", false),
            (" v=spf1", false),
            ("äv=spf1", false),
            ("", false),
        ] {
            assert_eq!(is_spf(text), spf, "{text}");
        }
    }
}
