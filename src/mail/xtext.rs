//! xtext (RFC 3461 section 4): text fit to be a parameter's value, with `+` and two hexadecimal digits for what is not.

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
}
