//! The header fields of a message or of a part, as octets. They end at the first empty line, and at nothing else:
//! a line that is no field is passed over, as IMAP servers do (an MTA is stricter; see [`Fields`](crate::mail::Fields)).

use crate::units::Span;

/// One field as it stands; all spans count octets of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The name; empty where the line has no colon.
    pub name: Span,
    /// After the colon up to the end of the last folded line, that line's end not included.
    pub value: Span,
    /// The whole field with its line ends.
    pub whole: Span,
}

/// Goes over the fields of a header, topmost first.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    octets: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Lines<'a> {
    /// The fields between `header.start` and `header.end` of `octets`, the empty line that ends them left out.
    pub fn new(octets: &'a [u8], header: Span) -> Lines<'a> {
        Lines { octets, at: header.start, end: header.end.min(octets.len()) }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let start = self.at;
        let first = line_end(self.octets, start, self.end);
        if start >= self.end || is_empty_line(slice(self.octets, start, first)) {
            return None;
        }
        let mut end = first;
        while end < self.end && matches!(self.octets.get(end), Some(b' ' | b'\t')) {
            end = line_end(self.octets, end, self.end);
        }
        self.at = end;
        let line = slice(self.octets, start, first);
        let colon = line.iter().position(|b| *b == b':');
        let name = colon.map_or(0, |colon| {
            let blanks = slice(line, 0, colon).iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
            colon - blanks
        });
        let value = Span::new(
            start + colon.map_or(0, |colon| colon + 1),
            (start + without_end(slice(self.octets, start, end)))
                .max(start + colon.map_or(0, |colon| colon + 1)),
        );
        Some(Line { name: Span::new(start, start + name), value, whole: Span::new(start, end) })
    }
}

/// One past the header that starts at `start`: after the first empty line, or at `end`.
pub(super) fn header_end(octets: &[u8], start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        let next = line_end(octets, at, end);
        if is_empty_line(slice(octets, at, next)) {
            return next;
        }
        at = next;
    }
    end
}

/// The value as structured fields are read and as IMAP shows it: blanks before it gone, the CR of a folded line's end
/// left out. Its LF stays, so that a reader may tell a fold from a blank.
pub(super) fn value_of(octets: &[u8], value: Span) -> Vec<u8> {
    let raw = slice(octets, value.start, value.end);
    let blanks = raw.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    // A value of blanks alone loses one of them.
    let text = if blanks == raw.len() {
        slice(raw, blanks.min(1), raw.len())
    } else {
        slice(raw, blanks, raw.len())
    };
    let mut clean = Vec::with_capacity(text.len());
    for (at, b) in text.iter().enumerate() {
        if *b != b'\r' || text.get(at + 1) != Some(&b'\n') {
            clean.push(*b);
        }
    }
    clean
}

/// The octets from `start` to `end`, as many of them as there are.
pub(super) fn slice(octets: &[u8], start: usize, end: usize) -> &[u8] {
    octets.get(start..end.min(octets.len())).unwrap_or_default()
}

/// One past the line feed of the line that starts at `at`, at most `end`.
pub(super) fn line_end(octets: &[u8], at: usize, end: usize) -> usize {
    memchr::memchr(b'\n', slice(octets, at, end)).map_or(end, |n| at + n + 1)
}

pub(super) fn is_empty_line(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n")
}

/// The length of a line without its end.
pub(super) fn without_end(line: &[u8]) -> usize {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    text.strip_suffix(b"\r").unwrap_or(text).len()
}
