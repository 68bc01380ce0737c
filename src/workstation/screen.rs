//! What a terminal shows: octets made into harmless text, in any chunking, with a bound on each input's output.

use super::complete::heard::Heard;
use std::fmt::Write as _;

/// How many octets a terminal shows for one input.
pub(super) const OUTPUT_LIMIT: usize = 1 << 20;

/// The screen's end of a terminal: collects what is to be printed next.
///
/// Control characters never reach the page as such: CR LF becomes a line's end, everything else but tab and line feed
/// stands in caret notation, so that no server can move a cursor or fake a prompt. Octets that are not UTF-8 show as
/// U+FFFD, as on a real terminal.
#[derive(Debug, Default)]
pub(super) struct Screen {
    text: String,
    /// The beginning of a UTF-8 character whose rest has not come yet.
    partial: Vec<u8>,
    /// The last octet was a CR; what it means depends on the next.
    cr: bool,
    /// Octets shown for this input.
    shown: usize,
    /// Text was left out, and that has not yet been told.
    cut: bool,
    told: bool,
    /// What the server of the last connection has said.
    pub(super) heard: Heard,
}

impl Screen {
    /// A new input came: its output counts from zero.
    pub(super) fn begin(&mut self) {
        self.shown = 0;
        self.cut = false;
        self.told = false;
    }

    /// Shows octets.
    pub(super) fn write(&mut self, octets: &[u8]) {
        let room = OUTPUT_LIMIT.saturating_sub(self.shown);
        let taken = octets.get(..room).unwrap_or(octets);
        self.cut |= taken.len() < octets.len();
        self.shown += taken.len();
        let mut joined;
        let mut rest = taken;
        if !self.partial.is_empty() {
            joined = std::mem::take(&mut self.partial);
            joined.extend_from_slice(taken);
            rest = &joined;
        }
        let whole = rest.len() - incomplete_tail(rest);
        let (whole, tail) = rest.split_at(whole);
        for chunk in whole.utf8_chunks() {
            chunk.valid().chars().for_each(|c| self.show(c));
            if !chunk.invalid().is_empty() {
                self.show(char::REPLACEMENT_CHARACTER);
            }
        }
        self.partial = tail.to_vec();
    }

    /// Shows a text of the terminal itself, limit or not.
    pub(super) fn say(&mut self, text: &str) {
        self.settle();
        self.text.push_str(text);
    }

    /// Octets that wait for their rest are shown as what they are: a character cut off, a lone CR.
    fn settle(&mut self) {
        if !std::mem::take(&mut self.partial).is_empty() {
            self.show(char::REPLACEMENT_CHARACTER);
        }
        self.cr = false;
    }

    /// What is to be printed since the last call.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Was something left out since it was last asked? True once for each input.
    pub(super) fn take_cut(&mut self) -> bool {
        let first = self.cut && !self.told;
        self.told |= first;
        first
    }

    fn show(&mut self, c: char) {
        if std::mem::take(&mut self.cr) && c != '\n' {
            self.text.push_str("^M");
        }
        match c {
            '\r' => self.cr = true,
            '\n' | '\t' => self.text.push(c),
            '\0'..='\x1f' | '\x7f' => {
                self.text.push('^');
                self.text.push(char::from(c as u8 ^ 0x40));
            }
            '\u{80}'..='\u{9f}' => {
                let _ = write!(self.text, "\\x{:02x}", u32::from(c));
            }
            _ => self.text.push(c),
        }
    }
}

/// How many octets at the end may be the beginning of a character.
fn incomplete_tail(octets: &[u8]) -> usize {
    for back in 1..=3 {
        let Some(&b) = octets.len().checked_sub(back).and_then(|i| octets.get(i)) else { return 0 };
        let length = match b {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xbf => continue,
            _ => return 0,
        };
        return if back < length { back } else { 0 };
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(chunks: &[&[u8]]) -> String {
        let mut screen = Screen::default();
        chunks.iter().for_each(|c| screen.write(c));
        screen.say("");
        screen.take()
    }

    #[test]
    fn octets_become_harmless_text_in_any_chunking() {
        for (octets, text) in [
            (&b"220 ready\r\n"[..], "220 ready\n"),
            (b"a\tb\n", "a\tb\n"),
            (b"\x1b[2J\x07", "^[[2J^G"),
            (b"over\rwritten", "over^Mwritten"),
            (b"a\r\r\nb", "a^M\nb"),
            ("Grüße, 日本 🙂\n".as_bytes(), "Grüße, 日本 🙂\n"),
            (b"gr\xfc\xdfe", "gr\u{fffd}\u{fffd}e"),
            (b"\xc2\x9b31m", "\\x9b31m"),
            (b"cut \xe2\x82", "cut \u{fffd}"),
            (b"\0\x7f", "^@^?"),
        ] {
            assert_eq!(shown(&[octets]), text);
            for size in 1..octets.len() {
                assert_eq!(shown(&octets.chunks(size).collect::<Vec<_>>()), text, "chunks of {size}");
            }
        }
    }

    #[test]
    fn output_has_a_bound_for_each_input() {
        let mut screen = Screen::default();
        for _ in 0..3 {
            screen.write(&vec![b'x'; OUTPUT_LIMIT / 2]);
        }
        assert_eq!(screen.take().len(), OUTPUT_LIMIT);
        assert!(screen.take_cut());
        assert!(!screen.take_cut());
        screen.write(b"more");
        assert_eq!(screen.take(), "");
        screen.begin();
        screen.write(b"more");
        assert_eq!(screen.take(), "more");
    }
}
