//! Octets made visible: nothing in a transcript or a page may act on the terminal or the browser that shows it.

use std::fmt::Write as _;

/// Octets as text in which everything can be seen: `\r`, `\n`, `\x1b` for control characters, `\xff` for what is not
/// UTF-8, `\u{202e}` for characters that [turn text around or hide](hides). Tabs and backslashes stay, so this is for people; where every
/// octet counts there is [`Bytes`](super::Bytes).
pub fn visible(octets: &[u8]) -> String {
    let mut shown = String::with_capacity(octets.len());
    show(octets, &mut shown);
    shown
}

/// The same, at the end of a text.
pub fn show(octets: &[u8], to: &mut String) {
    // Nearly all that is ever shown is UTF-8, and to find that out as a whole is quicker than piece by piece.
    if let Ok(text) = std::str::from_utf8(octets) {
        return show_text(text, to);
    }
    for chunk in octets.utf8_chunks() {
        show_text(chunk.valid(), to);
        for octet in chunk.invalid() {
            let _ = write!(to, "\\x{octet:02x}");
        }
    }
}

/// Takes over plain stretches as they are, and looks at what is between them.
fn show_text(text: &str, to: &mut String) {
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(|o| !matches!(o, b'\t' | b' '..=b'~')).unwrap_or(rest.len());
        let (stretch, other) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        to.push_str(stretch);
        let mut chars = other.chars();
        let Some(c) = chars.next() else { return };
        match c {
            '\r' => to.push_str("\\r"),
            '\n' => to.push_str("\\n"),
            '\0'..='\x1f' | '\x7f' => {
                let _ = write!(to, "\\x{:02x}", u32::from(c));
            }
            _ if hides(c) => {
                let _ = write!(to, "\\u{{{:x}}}", u32::from(c));
            }
            _ => to.push(c),
        }
        rest = chars.as_str();
    }
}

/// Would this character turn text around, hide, or act on what shows it? Such are control characters (a tab and a line
/// feed are not meant), the format characters of bidirectional text, invisible ones, and the tags of plane 14.
pub fn hides(c: char) -> bool {
    let format = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    format || (c.is_control() && c != '\n' && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_hidden() {
        for (octets, shown) in [
            (&b"MAIL FROM:<a@b>\r\n"[..], "MAIL FROM:<a@b>\\r\\n"),
            (b"\x1b[2J\x07", "\\x1b[2J\\x07"),
            ("ü\t\u{202e}\u{85}".as_bytes(), "ü\t\\u{202e}\\u{85}"),
            ("a\u{200b}b\u{ad}".as_bytes(), "a\\u{200b}b\\u{ad}"),
            ("äöü".as_bytes(), "äöü"),
            (b"\x00~\x7f", "\\x00~\\x7f"),
            (b"a\xff\xc3", "a\\xff\\xc3"),
        ] {
            assert_eq!(visible(octets), shown);
        }
    }
}
