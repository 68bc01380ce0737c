//! Macros in SPF records (RFC 7208 section 7): reading and filling in.

use std::net::IpAddr;

/// The longest text that macros are expanded to in an explanation, in octets.
const EXPANDED: usize = 4096;
/// The longest domain name (RFC 7208 section 7.3: what is longer loses labels on the left).
const DOMAIN: usize = 253;

/// A text with macros in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacroString {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Macro { letter: u8, escaped: bool, keep: Option<usize>, reversed: bool, delimiters: Vec<char> },
}

/// What macro letters stand for.
pub(super) struct Values<'a> {
    /// The sender's local part and domain (`l`, `o`, and both for `s`).
    pub(super) local: &'a str,
    pub(super) sender_domain: &'a str,
    /// The domain whose record it is (`d`).
    pub(super) domain: &'a str,
    /// The client (`i`, `v`, `c`).
    pub(super) client: IpAddr,
    /// Its name, looked up and confirmed (`p`); asked for only where [`MacroString::uses_name`].
    pub(super) name: &'a str,
    /// HELO (`h`).
    pub(super) helo: &'a str,
    /// The host that checks (`r`), and its clock in seconds since 1970 (`t`).
    pub(super) receiver: &'a str,
    pub(super) seconds: i64,
}

impl MacroString {
    /// Reads a text; `None` where a `%` begins no macro, or a character may not stand there.
    pub(super) fn parse(text: &str) -> Option<MacroString> {
        MacroString::read(text, |c| c.is_ascii_graphic())
    }

    /// The same for an explanation, which may have spaces in it (RFC 7208 section 6.2).
    pub(super) fn parse_explanation(text: &str) -> Option<MacroString> {
        MacroString::read(text, |c| c.is_ascii_graphic() || c == ' ')
    }

    fn read(text: &str, allowed: impl Fn(char) -> bool) -> Option<MacroString> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c != '%' {
                if !allowed(c) {
                    return None;
                }
                literal.push(c);
                rest = rest.get(c.len_utf8()..)?;
                continue;
            }
            let after = rest.get(1..)?;
            let (plain, length) = match after.chars().next()? {
                '%' => ("%", 1),
                '_' => (" ", 1),
                '-' => ("%20", 1),
                '{' => ("", after.find('}')?),
                _ => return None,
            };
            if plain.is_empty() {
                if !literal.is_empty() {
                    parts.push(Part::Literal(std::mem::take(&mut literal)));
                }
                parts.push(expression(after.get(1..length)?)?);
                rest = after.get(length + 1..)?;
            } else {
                literal.push_str(plain);
                rest = after.get(length..)?;
            }
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        Some(MacroString { parts })
    }

    /// Does it end in a macro, so that its end is known only when it is filled in?
    pub(super) fn ends_in_macro(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Macro { .. }))
    }

    /// Are there letters that only an explanation may have?
    pub(super) fn uses_explanation_letters(&self) -> bool {
        self.uses(b"crt")
    }

    /// Is the client's name needed?
    pub(super) fn uses_name(&self) -> bool {
        self.uses(b"p")
    }

    /// Is there anything to fill in?
    pub(super) fn has_macros(&self) -> bool {
        self.parts.iter().any(|p| matches!(p, Part::Macro { .. }))
    }

    fn uses(&self, letters: &[u8]) -> bool {
        self.parts.iter().any(|p| matches!(p, Part::Macro { letter, .. } if letters.contains(letter)))
    }

    /// The text with its macros filled in, cut at the length of the longest explanation.
    pub(super) fn expand(&self, values: &Values<'_>) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Macro { letter, escaped, keep, reversed, delimiters } => {
                    let value = values.value(*letter);
                    let value = transformed(&value, *keep, *reversed, delimiters);
                    text.push_str(&if *escaped { url_escaped(&value) } else { value });
                }
            }
            if text.len() > EXPANDED {
                let end = (0..=EXPANDED).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                text.truncate(end);
                break;
            }
        }
        text
    }

    /// The same as a domain: without a final dot, and without labels on the left where it would be too long.
    pub(super) fn expand_domain(&self, values: &Values<'_>) -> String {
        let text = self.expand(values);
        let mut domain = text.strip_suffix('.').unwrap_or(&text);
        while domain.len() > DOMAIN {
            match domain.split_once('.') {
                Some((_, rest)) => domain = rest,
                None => break,
            }
        }
        domain.to_owned()
    }
}

/// What stands between the braces: a letter, digits, `r`, delimiters.
fn expression(text: &str) -> Option<Part> {
    let (letter, rest) = text.split_at_checked(1)?;
    let letter = *letter.as_bytes().first()?;
    let (lower, escaped) = (letter.to_ascii_lowercase(), letter.is_ascii_uppercase());
    if !b"slodiphcrtv".contains(&lower) {
        return None;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = rest.split_at_checked(digits)?;
    // More parts than any name has are all of them; none at all is no number (RFC 7208 section 7.1).
    let keep = match digits {
        "" => None,
        digits => Some(digits.parse().unwrap_or(usize::MAX)),
    };
    if keep == Some(0) {
        return None;
    }
    let (reversed, rest) = match rest.strip_prefix(['r', 'R']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let delimiters: Vec<char> = rest.chars().collect();
    if !delimiters.iter().all(|c| ".-+,/_=".contains(*c)) {
        return None;
    }
    Some(Part::Macro { letter: lower, escaped, keep, reversed, delimiters })
}

/// Splits at the delimiters, turns around, keeps the parts on the right, joins with dots (RFC 7208 section 7.3).
fn transformed(value: &str, keep: Option<usize>, reversed: bool, delimiters: &[char]) -> String {
    if keep.is_none() && !reversed && delimiters.is_empty() {
        return value.to_owned();
    }
    let mut parts: Vec<&str> = match delimiters {
        [] => value.split('.').collect(),
        delimiters => value.split(|c| delimiters.contains(&c)).collect(),
    };
    if reversed {
        parts.reverse();
    }
    let skip = keep.map_or(0, |keep| parts.len().saturating_sub(keep));
    parts.get(skip..).unwrap_or_default().join(".")
}

/// Everything but unreserved characters as `%` and two digits (RFC 3986 section 2.3).
fn url_escaped(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

impl Values<'_> {
    fn value(&self, letter: u8) -> String {
        match letter {
            b's' => format!("{}@{}", self.local, self.sender_domain),
            b'l' => self.local.to_owned(),
            b'o' => self.sender_domain.to_owned(),
            b'd' => self.domain.to_owned(),
            b'i' => dotted(self.client),
            b'p' => self.name.to_owned(),
            b'v' => if self.client.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
            b'h' => self.helo.to_owned(),
            b'c' => self.client.to_string(),
            b'r' => self.receiver.to_owned(),
            b't' => self.seconds.to_string(),
            _ => String::new(),
        }
    }
}

/// The address in parts between dots: an IPv6 address as 32 hexadecimal digits. The RFC's own example has small letters,
/// its public test suite capitals; in a name they are the same.
fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let digits = ip.octets().into_iter().flat_map(|o| [o >> 4, o & 15]);
            digits.map(|d| format!("{d:X}")).collect::<Vec<_>>().join(".")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 7208 section 7.4.
    #[test]
    fn the_examples_of_the_rfc() {
        let four = "192.0.2.3".parse().unwrap();
        let six = "2001:db8::cb01".parse().unwrap();
        for (client, text, expected) in [
            (four, "%{s}", "strong-bad@email.example.com"),
            (four, "%{o}", "email.example.com"),
            (four, "%{d}", "email.example.com"),
            (four, "%{d4}", "email.example.com"),
            (four, "%{d3}", "email.example.com"),
            (four, "%{d2}", "example.com"),
            (four, "%{d1}", "com"),
            (four, "%{dr}", "com.example.email"),
            (four, "%{d2r}", "example.email"),
            (four, "%{l}", "strong-bad"),
            (four, "%{l-}", "strong.bad"),
            (four, "%{lr}", "strong-bad"),
            (four, "%{lr-}", "bad.strong"),
            (four, "%{l1r-}", "strong"),
            (four, "%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            (four, "%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
            (four, "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
            (
                six,
                "%{ir}.%{v}._spf.%{d2}",
                "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com",
            ),
            (four, "%{S}", "strong-bad%40email.example.com"),
            (four, "a%%b%_c%-d", "a%b c%20d"),
            (four, "%{d999999999999999999999}", "email.example.com"),
            (six, "%{c}", "2001:db8::cb01"),
            (four, "%{t}", "7"),
        ] {
            let values = Values {
                local: "strong-bad",
                sender_domain: "email.example.com",
                domain: "email.example.com",
                client,
                name: "unknown",
                helo: "mx.example.org",
                receiver: "mx.example.com",
                seconds: 7,
            };
            let expanded = MacroString::parse(text).unwrap().expand(&values);
            // Names: in any case.
            let same = if text.contains("%{i") {
                expanded.eq_ignore_ascii_case(expected)
            } else {
                expanded == expected
            };
            assert!(same, "{text}: {expanded} and not {expected}");
        }
        for text in ["%", "%{", "%{}", "%{x}", "%{d0}", "%{d", "%a", "%{d*}", "%{rr2}", "a b", "%{d2rr}"] {
            assert_eq!(MacroString::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_that_would_be_too_long_loses_labels_on_the_left() {
        let domain = format!("{}.example.com", ["a".repeat(60), "a".repeat(60), "a".repeat(60)].join("."));
        let values = Values {
            local: "x",
            sender_domain: "y.tld",
            domain: &domain,
            client: "::1".parse().unwrap(),
            name: "",
            helo: "",
            receiver: "",
            seconds: 0,
        };
        let name = MacroString::parse("%{d}.%{d}").unwrap().expand_domain(&values);
        assert!(name.len() <= DOMAIN && name.ends_with(&domain), "{name}");
    }
}
