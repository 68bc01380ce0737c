//! A message of eight bits made one of seven, for a server that takes no other (RFC 6152 section 3): what its header
//! calls `8bit` or `binary` is written as quoted-printable (RFC 2045 section 6.7). As with Postfix, the header is
//! believed: what it says nothing of, or calls `7bit`, stays as it is, whatever it holds.

use super::lines::{Lines, slice};
use super::structure::{Inside, Part};
use crate::units::Span;

/// Where a line of quoted-printable is broken, with room for the sign that says so.
const LINE: usize = 72;

/// The message with every part that is said to need eight bits in quoted-printable.
pub fn seven_bit(message: &[u8]) -> Vec<u8> {
    let mut changes = Vec::new();
    changes_in(message, &Part::parse(message), &mut changes);
    let mut octets = Vec::with_capacity(message.len());
    let mut at = 0;
    for (span, text) in changes {
        octets.extend_from_slice(slice(message, at, span.start));
        octets.extend_from_slice(&text);
        at = span.end.max(at);
    }
    octets.extend_from_slice(slice(message, at, message.len()));
    octets
}

/// What stands in the place of what, in the order of the message. The parts lie at most as deep as the parser takes
/// them apart, which bounds the recursion.
fn changes_in(message: &[u8], part: &Part, changes: &mut Vec<(Span, Vec<u8>)>) {
    let wide = |text: &[u8]| text.eq_ignore_ascii_case(b"8bit") || text.eq_ignore_ascii_case(b"binary");
    let whole = matches!(part.inside, Inside::Text | Inside::Data);
    if part.content.encoding.as_deref().is_some_and(wide) {
        let fields = Lines::new(message, part.header);
        let is_encoding = |name: Span| {
            slice(message, name.start, name.end).eq_ignore_ascii_case(b"Content-Transfer-Encoding")
        };
        for field in fields.filter(|f| is_encoding(f.name)) {
            // A part that holds others has no encoding of its own (RFC 2045 section 6.4).
            let now: &[u8] = if whole { b" quoted-printable" } else { b" 7bit" };
            changes.push((field.value, now.to_vec()));
        }
        if whole {
            let body = slice(message, part.body.start, part.body.end);
            changes.push((part.body, quoted_printable(body)));
        }
    }
    match &part.inside {
        Inside::Parts(parts) => parts.iter().for_each(|p| changes_in(message, p, changes)),
        Inside::Message(inner) => changes_in(message, inner, changes),
        Inside::Text | Inside::Data | Inside::TooDeep => {}
    }
}

/// Octets as quoted-printable. Lines stay lines; blanks at their ends, the equals sign and all that is not printable
/// ASCII are written in hexadecimal, and what grows too long is broken softly.
pub fn quoted_printable(octets: &[u8]) -> Vec<u8> {
    let mut written = Vec::with_capacity(octets.len() + octets.len() / 4);
    let mut column = 0;
    let mut rest = octets;
    while let Some((&octet, after)) = rest.split_first() {
        if rest.starts_with(b"\r\n") || octet == b'\n' {
            let end = if octet == b'\n' { 1 } else { 2 };
            written.extend_from_slice(slice(rest, 0, end));
            rest = slice(rest, end, rest.len());
            column = 0;
            continue;
        }
        let at_end = after.is_empty() || after.starts_with(b"\r\n") || after.starts_with(b"\n");
        let plain = match octet {
            b'=' => false,
            b' ' | b'\t' => !at_end,
            _ => octet.is_ascii_graphic(),
        };
        let width = if plain { 1 } else { 3 };
        if column + width > LINE {
            written.extend_from_slice(b"=\r\n");
            column = 0;
        }
        if plain {
            written.push(octet);
        } else {
            written.extend_from_slice(format!("={octet:02X}").as_bytes());
        }
        column += width;
        rest = after;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_is_read_back() {
        for (text, expected) in [
            (&b"plain text\r\n"[..], "plain text\r\n"),
            ("Grüße = \r\n".as_bytes(), "Gr=C3=BC=C3=9Fe =3D=20\r\n"),
            (b"a\tb\t\n", "a\tb=09\n"),
            (b"\0\r", "=00=0D"),
            (b" ", "=20"),
        ] {
            let written = quoted_printable(text);
            assert_eq!(String::from_utf8_lossy(&written), expected);
        }
        let long = quoted_printable("ü".repeat(40).as_bytes());
        let lines: Vec<&[u8]> = long.split(|b| *b == b'\n').collect();
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|l| l.len() <= 76), "{}", String::from_utf8_lossy(&long));
        let undone: Vec<u8> = long.iter().copied().filter(|b| b.is_ascii_hexdigit()).collect();
        assert_eq!(undone, b"C3BC".repeat(40));
    }

    #[test]
    fn what_is_said_to_have_eight_bits_is_written_with_seven() {
        let part =
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8BIT\r\n\r\nGrüße\r\n";
        let alone = format!("Subject: x\r\nMIME-Version: 1.0\r\n{part}");
        let written = seven_bit(alone.as_bytes());
        assert_eq!(
            String::from_utf8_lossy(&written),
            "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n"
        );
        let several = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\ncontent-transfer-encoding: 8bit\r\n\r\n\
             --b\r\n{part}--b\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ==\r\n--b--\r\n"
        );
        let written = String::from_utf8(seven_bit(several.as_bytes())).unwrap();
        assert!(written.contains("content-transfer-encoding: 7bit\r\n"), "{written}");
        assert!(written.contains("Gr=C3=BC=C3=9Fe\r\n--b\r\n"), "{written}");
        assert!(written.ends_with("\r\nQQ==\r\n--b--\r\n"), "{written}");
        // What is not labelled is not touched, and neither is what is no MIME.
        for same in ["Subject: ü\r\n\r\nGrüße\r\n", "", "\r\nx"] {
            assert_eq!(seven_bit(same.as_bytes()), same.as_bytes());
        }
    }
}
