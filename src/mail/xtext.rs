//! xtext (RFC 3461 section 4): text fit to be a parameter's value, with `+` and two hexadecimal digits for what is not;
//! and what stands for it in addresses beyond ASCII (RFC 6533 section 3), with `\x{F6}` for an `ö`.

/// The kind of an address that may go beyond ASCII (RFC 6533 section 3).
pub const UTF8_KIND: &str = "utf-8";

/// The text as xtext.
pub fn encode(text: &str) -> String {
    let mut out = String::new();
    for b in text.bytes() {
        match b {
            b'+' | b'=' => out.push_str(&format!("+{b:02X}")),
            b'!'..=b'~' => out.push(char::from(b)),
            _ => out.push_str(&format!("+{b:02X}")),
        }
    }
    out
}

/// What the xtext stands for; `None` where it is none, or stands for no text that can be shown.
pub fn decode(xtext: &str) -> Option<String> {
    let mut octets = Vec::new();
    let mut rest = xtext.as_bytes();
    while let Some((&b, after)) = rest.split_first() {
        rest = after;
        match b {
            b'+' => {
                let (digits, after) = rest.split_at_checked(2)?;
                let upper = |b: &u8| b.is_ascii_digit() || (b'A'..=b'F').contains(b);
                if !digits.iter().all(upper) {
                    return None;
                }
                octets.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
                rest = after;
            }
            b'=' => return None,
            b'!'..=b'~' => octets.push(b),
            _ => return None,
        }
    }
    String::from_utf8(octets).ok().filter(|text| !text.chars().any(char::is_control))
}

/// An address of the kind [`UTF8_KIND`] in ASCII alone, so that every server may be told it (`utf-8-addr-xtext`).
pub fn encode_utf8(address: &str) -> String {
    let mut out = String::new();
    for c in address.chars() {
        match c {
            '!'..='~' if !matches!(c, '+' | '=' | '\\') => out.push(c),
            _ => out.push_str(&format!("\\x{{{:02X}}}", u32::from(c))),
        }
    }
    out
}

/// The address behind what stands in ORCPT, letters beyond ASCII written out or as they are; `None` where a `\x{` is not
/// followed by the number of a character and `}`, or where the address cannot be shown.
pub fn decode_utf8(coded: &str) -> Option<String> {
    let mut parts = coded.split("\\x{");
    let mut address = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}')?;
        let number = digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| number)?;
        address.push(char::from_u32(number)?);
        address.push_str(rest);
    }
    Some(address).filter(|address| !address.chars().any(|c| c.is_control() || c == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xtext_there_and_back() {
        for (text, coded) in [
            ("QQ314159", "QQ314159"),
            ("e=mc2@example.com", "e+3Dmc2@example.com"),
            ("a+b", "a+2Bb"),
            ("zwei Wörter", "zwei+20W+C3+B6rter"),
            ("", ""),
        ] {
            assert_eq!(encode(text), coded);
            assert_eq!(decode(coded).as_deref(), Some(text));
        }
        for bad in ["a=b", "a b", "+", "+4", "+4g", "+3d", "ä", "+0D+0A", "+FF", "+00"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses_beyond_ascii_there_and_back() {
        for (address, coded) in [
            ("noname@example.org", "noname@example.org"),
            ("jörg@example.org", r"j\x{F6}rg@example.org"),
            ("a+b=c@example.org", r"a\x{2B}b\x{3D}c@example.org"),
            (r"a\b@example.org", r"a\x{5C}b@example.org"),
            ("日本@例.example", r"\x{65E5}\x{672C}@\x{4F8B}.example"),
            ("😀@example.org", r"\x{1F600}@example.org"),
        ] {
            assert_eq!(encode_utf8(address), coded);
            assert_eq!(decode_utf8(coded).as_deref(), Some(address));
            assert_eq!(decode_utf8(address).as_deref(), Some(address));
        }
        for bad in [
            r"\x{",
            r"\x{}",
            r"\x{F6",
            r"\x{G}",
            r"\x{D800}",
            r"\x{110000}",
            r"\x{+41}",
            r"\x{0A}",
            r"\x{20}",
        ] {
            assert_eq!(decode_utf8(bad), None, "{bad}");
        }
    }
}
