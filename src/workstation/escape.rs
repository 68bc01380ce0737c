//! Backslash escapes, as `printf`, `echo -e` and `$'...'` undo them.

/// Which letters and forms an escape may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `printf`'s format and `$'...'`: `\NNN` is octal, up to three digits.
    Format,
    /// `printf %b` and `echo -e`: `\0NNN` is octal with up to three digits after the zero; `\c` ends all output.
    Echo,
}

/// What one escape stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Escape {
    /// These octets.
    Octets(Vec<u8>),
    /// No more output.
    Stop,
    /// `\x`, `\u` or `\U` without a hexadecimal digit: the letter.
    NoDigits(char),
}

/// Undoes the escape in `text`, which is what stands after the backslash: what it is and how many octets it took.
pub(super) fn one(text: &[u8], dialect: Dialect) -> (Escape, usize) {
    let octet = |b: u8| (Escape::Octets(vec![b]), 1);
    let digits = |from: usize, most: usize, radix: u32| {
        let s = text.get(from..).unwrap_or_default();
        s.iter().take(most).take_while(|b| char::from(**b).is_digit(radix)).count()
    };
    let value = |from: usize, n: usize, radix: u32| {
        let s = text.get(from..from + n).unwrap_or_default();
        s.iter().fold(0u32, |v, b| v * radix + char::from(*b).to_digit(radix).unwrap_or(0))
    };
    let hex = |most: usize| match digits(1, most, 16) {
        0 => None,
        n => Some((value(1, n, 16), n + 1)),
    };
    match text.first() {
        None => (Escape::Octets(b"\\".to_vec()), 0),
        Some(b'a') => octet(7),
        Some(b'b') => octet(8),
        Some(b'e' | b'E') => octet(27),
        Some(b'f') => octet(12),
        Some(b'n') => octet(b'\n'),
        Some(b'r') => octet(b'\r'),
        Some(b't') => octet(b'\t'),
        Some(b'v') => octet(11),
        Some(b'\\') => octet(b'\\'),
        Some(&c @ (b'\'' | b'"' | b'?')) if dialect == Dialect::Format => octet(c),
        Some(b'c') if dialect == Dialect::Echo => (Escape::Stop, 1),
        Some(b'0') if dialect == Dialect::Echo => {
            let n = digits(1, 3, 8);
            (Escape::Octets(vec![(value(1, n, 8) & 0xff) as u8]), n + 1)
        }
        Some(b'0'..=b'7') => {
            let n = digits(0, 3, 8);
            (Escape::Octets(vec![(value(0, n, 8) & 0xff) as u8]), n)
        }
        Some(b'x') => match hex(2) {
            Some((v, n)) => (Escape::Octets(vec![(v & 0xff) as u8]), n),
            None => (Escape::NoDigits('x'), 1),
        },
        Some(&c @ (b'u' | b'U')) => match hex(if c == b'u' { 4 } else { 8 }) {
            Some((v, n)) => {
                let c = char::from_u32(v).unwrap_or(char::REPLACEMENT_CHARACTER);
                (Escape::Octets(c.to_string().into_bytes()), n)
            }
            None => (Escape::NoDigits(char::from(c)), 1),
        },
        Some(&c) => (Escape::Octets(vec![b'\\', c]), 1),
    }
}

/// Undoes all escapes of a `$'...'`.
pub(super) fn undo(text: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(&b) = text.get(at) {
        at += 1;
        if b != b'\\' {
            out.push(b);
            continue;
        }
        let (escape, taken) = one(text.get(at..).unwrap_or_default(), Dialect::Format);
        at += taken;
        match escape {
            Escape::Octets(octets) => out.extend(octets),
            Escape::NoDigits(c) => out.extend(format!("\\{c}").into_bytes()),
            Escape::Stop => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_bash_undoes_them() {
        for (text, format, echo) in [
            (&b"n"[..], &b"\n"[..], &b"\n"[..]),
            (b"0anna", b"\0", b"\0"),
            (b"060", b"0", b"0"),
            (b"0101", b"\x08", b"A"),
            (b"101", b"A", b"A"),
            (b"x41", b"A", b"A"),
            (b"u00e4", "ä".as_bytes(), "ä".as_bytes()),
            (b"q", b"\\q", b"\\q"),
            (b"'", b"'", b"\\'"),
            (b"", b"\\", b"\\"),
        ] {
            assert_eq!(
                one(text, Dialect::Format).0,
                Escape::Octets(format.to_vec()),
                "{}",
                text.escape_ascii()
            );
            assert_eq!(one(text, Dialect::Echo).0, Escape::Octets(echo.to_vec()), "{}", text.escape_ascii());
        }
        assert_eq!(one(b"c", Dialect::Echo).0, Escape::Stop);
        assert_eq!(one(b"xZZ", Dialect::Format), (Escape::NoDigits('x'), 1));
        assert_eq!(undo(br"a\tb\'c\r\n"), b"a\tb'c\r\n");
    }
}
