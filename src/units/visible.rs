//! Octets made visible: nothing in a transcript or a page may act on the terminal or the browser that shows it.

use std::fmt::Write as _;

/// Octets as text in which everything can be seen: `\r`, `\n`, `\x1b` for control characters, `\xff` for what is not
/// UTF-8, `\u{202e}` for characters that [turn text around or hide](hides). Tabs and backslashes stay, so this is for people; where every
/// octet counts there is [`Bytes`](super::Bytes).
pub fn visible(octets: &[u8]) -> String {
    let mut shown = String::with_capacity(octets.len());
    for chunk in octets.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\t' => shown.push(c),
                '\r' => shown.push_str("\\r"),
                '\n' => shown.push_str("\\n"),
                '\0'..='\x1f' | '\x7f' => {
                    let _ = write!(shown, "\\x{:02x}", u32::from(c));
                }
                _ if hides(c) => {
                    let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
                }
                _ => shown.push(c),
            }
        }
        for octet in chunk.invalid() {
            let _ = write!(shown, "\\x{octet:02x}");
        }
    }
    shown
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
            (b"a\xff\xc3", "a\\xff\\xc3"),
        ] {
            assert_eq!(visible(octets), shown);
        }
    }
}
