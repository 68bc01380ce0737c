//! Domain names: text and labels, what is legal, comparing without case (RFC 1034 section 3.1, RFC 1035 section 5.1).
//!
//! As text a name has no final dot, the root is empty, and what is no plain printable character stands as `\.` or
//! `\DDD`, so that any octets a message may carry survive.

use std::fmt::Write as _;

/// The longest label in octets (RFC 1035 section 2.3.4).
const LABEL: usize = 63;
/// The longest name on the wire, with the length octets and the root's zero (RFC 1035 section 2.3.4).
const NAME: usize = 255;

/// Why a name cannot be sent. Shown as dig words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// Two dots in a row, or a dot at the beginning.
    EmptyLabel,
    /// A label over 63 octets.
    LabelTooLong,
    /// More than 255 octets in all.
    NameTooLong,
    /// A backslash that escapes nothing, or a number above 255.
    BadEscape,
}

impl std::fmt::Display for NameFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NameFault::EmptyLabel => "empty label",
            NameFault::LabelTooLong => "label too long",
            NameFault::NameTooLong => "ran out of space",
            NameFault::BadEscape => "bad escape",
        })
    }
}

impl std::error::Error for NameFault {}

/// Can this name be asked for? A final dot is allowed.
///
/// # Errors
/// What keeps it from being a name.
pub fn check_name(name: &str) -> Result<(), NameFault> {
    labels(name).map(|_| ())
}

/// A name in the form in which names are compared: lower case, no final dot, escapes only where needed.
/// What is no legal name is merely lowered.
pub fn canonical(name: &str) -> String {
    match labels(name) {
        Ok(labels) => join(labels.iter()).to_ascii_lowercase(),
        Err(_) => name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase(),
    }
}

/// Is `name` the domain `domain` or below it? Both canonical.
pub fn is_within(name: &str, domain: &str) -> bool {
    domain.is_empty()
        || name == domain
        || name
            .strip_suffix(domain)
            .is_some_and(|front| front.ends_with('.') && ancestors(name).any(|a| a == domain))
}

/// The labels of a name, escapes undone.
pub(super) fn labels(name: &str) -> Result<Vec<Vec<u8>>, NameFault> {
    let mut labels = Vec::new();
    let mut label = Vec::new();
    let mut octets = name.bytes();
    if name.is_empty() || name == "." {
        return Ok(labels);
    }
    let mut total = 1;
    while let Some(octet) = octets.next() {
        match octet {
            b'.' => {
                total += push(&mut labels, &mut label)?;
            }
            b'\\' => label.push(escaped(&mut octets)?),
            other => label.push(other),
        }
    }
    if !label.is_empty() {
        total += push(&mut labels, &mut label)?;
    }
    if total > NAME { Err(NameFault::NameTooLong) } else { Ok(labels) }
}

/// Ends a label and returns how many octets it takes on the wire.
fn push(labels: &mut Vec<Vec<u8>>, label: &mut Vec<u8>) -> Result<usize, NameFault> {
    let label = std::mem::take(label);
    let size = match label.len() {
        0 => return Err(NameFault::EmptyLabel),
        1..=LABEL => label.len() + 1,
        _ => return Err(NameFault::LabelTooLong),
    };
    labels.push(label);
    Ok(size)
}

/// The octet that an escape stands for, the backslash being read already.
fn escaped(octets: &mut std::str::Bytes<'_>) -> Result<u8, NameFault> {
    let first = octets.next().ok_or(NameFault::BadEscape)?;
    if !first.is_ascii_digit() {
        return Ok(first);
    }
    let mut number = u16::from(first - b'0');
    for _ in 0..2 {
        let digit = octets.next().filter(u8::is_ascii_digit).ok_or(NameFault::BadEscape)?;
        number = number * 10 + u16::from(digit - b'0');
    }
    u8::try_from(number).map_err(|_| NameFault::BadEscape)
}

/// A name from its labels.
pub(super) fn join(labels: impl Iterator<Item = impl AsRef<[u8]>>) -> String {
    let mut name = String::new();
    for label in labels {
        if !name.is_empty() {
            name.push('.');
        }
        for &octet in label.as_ref() {
            match octet {
                b'"' | b'(' | b')' | b'.' | b';' | b'\\' | b'@' | b'$' => {
                    name.push('\\');
                    name.push(char::from(octet));
                }
                0x21..=0x7e => name.push(char::from(octet)),
                _ => {
                    let _ = write!(name, "\\{octet:03}");
                }
            }
        }
    }
    name
}

/// The name without its first label; `None` for the root.
pub(super) fn parent(name: &str) -> Option<&str> {
    if name.is_empty() {
        return None;
    }
    let mut escape = false;
    for (at, octet) in name.bytes().enumerate() {
        match octet {
            _ if escape => escape = false,
            b'\\' => escape = true,
            b'.' => return name.get(at + 1..),
            _ => {}
        }
    }
    Some("")
}

/// The name itself, then each domain above it, the root last.
pub(super) fn ancestors(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |n| parent(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_in_one_form() {
        for (written, compared) in [
            ("Mail.Example.TLD.", "mail.example.tld"),
            (".", ""),
            ("", ""),
            (r"a\.b.tld", r"a\.b.tld"),
            (r"\097\066.tld", "ab.tld"),
            ("müller.tld", r"m\195\188ller.tld"),
            ("a..b", "a..b"),
        ] {
            assert_eq!(canonical(written), compared, "{written}");
        }
    }

    #[test]
    fn what_is_no_name_says_why() {
        let label = "a".repeat(63);
        let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
        for (name, result) in [
            ("example.tld", Ok(())),
            (&longest, Ok(())),
            (&format!("{longest}a"), Err(NameFault::NameTooLong)),
            (&format!("{label}a.tld"), Err(NameFault::LabelTooLong)),
            ("a..b", Err(NameFault::EmptyLabel)),
            (".a", Err(NameFault::EmptyLabel)),
            (r"a\", Err(NameFault::BadEscape)),
            (r"\256", Err(NameFault::BadEscape)),
            (r"\1", Err(NameFault::BadEscape)),
        ] {
            assert_eq!(check_name(name), result, "{name}");
        }
    }

    #[test]
    fn within_counts_whole_labels() {
        for (name, domain, within) in [
            ("mail.example.tld", "example.tld", true),
            ("example.tld", "example.tld", true),
            ("badexample.tld", "example.tld", false),
            ("tld", "example.tld", false),
            (r"a\.example.tld", "example.tld", false),
            ("anything", "", true),
        ] {
            assert_eq!(is_within(name, domain), within, "{name} in {domain}");
        }
    }

    #[test]
    fn ancestors_end_at_the_root() {
        assert_eq!(ancestors(r"x\.y.b.c").collect::<Vec<_>>(), [r"x\.y.b.c", "b.c", "c", ""]);
        assert_eq!(ancestors("").collect::<Vec<_>>(), [""]);
    }
}
