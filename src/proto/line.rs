//! Lines: framing of what arrives, in any chunking, with a bound on what is kept of one line; and dot-stuffing.

use std::collections::VecDeque;

/// How a line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// CR LF, as the standards demand (RFC 5321 section 2.3.8).
    CrLf,
    /// LF alone.
    Lf,
}

/// One line that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its octets without the end; no more than the limit, see [`Line::octets`].
    pub text: Vec<u8>,
    /// How many octets it had in all, its end included.
    pub octets: usize,
    /// How it ended.
    pub end: LineEnd,
}

impl Line {
    /// Was it longer than the reader's limit, so that [`Line::text`] is only its beginning?
    pub fn overlong(&self) -> bool {
        let end = if self.end == LineEnd::CrLf { 2 } else { 1 };
        self.octets - end > self.text.len()
    }
}

/// Collects octets into lines. What goes beyond the limit of a line is counted and dropped, so that a line without
/// end costs no memory.
#[derive(Debug, Clone)]
pub struct LineReader {
    limit: usize,
    /// What arrived and was not looked at yet: while a session waits for an answer, nothing is read.
    waiting: VecDeque<u8>,
    text: Vec<u8>,
    octets: usize,
    /// The octet before was a CR; it is not yet part of `text`, because a LF may follow.
    cr: bool,
}

impl LineReader {
    /// A reader that keeps `limit` octets of a line, its end not counted.
    pub fn new(limit: usize) -> LineReader {
        LineReader { limit, waiting: VecDeque::new(), text: Vec::new(), octets: 0, cr: false }
    }

    /// From the next line on, keeps so many octets of a line; to be called between lines.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Octets arrived.
    pub fn feed(&mut self, octets: &[u8]) {
        self.waiting.extend(octets);
    }

    /// The next complete line; `None` until more arrives.
    pub fn line(&mut self) -> Option<Line> {
        while let Some(b) = self.waiting.pop_front() {
            self.octets += 1;
            if b == b'\n' {
                let end = if self.cr { LineEnd::CrLf } else { LineEnd::Lf };
                let line = Line { text: std::mem::take(&mut self.text), octets: self.octets, end };
                (self.octets, self.cr) = (0, false);
                return Some(line);
            }
            if self.cr {
                self.keep(b'\r');
            }
            self.cr = b == b'\r';
            if !self.cr {
                self.keep(b);
            }
        }
        None
    }

    /// The next octet, for a reader of another kind that takes over at a line's start (the data after DATA).
    pub fn octet(&mut self) -> Option<u8> {
        debug_assert!(self.octets == 0, "octets are taken at a line's start only");
        self.waiting.pop_front()
    }

    /// How many octets arrived and were not yet read.
    pub fn unread(&self) -> usize {
        self.waiting.len()
    }

    /// Forgets everything that arrived and was not read (for STARTTLS, and for a session that ends).
    pub fn discard(&mut self) {
        *self = LineReader::new(self.limit);
    }

    fn keep(&mut self, b: u8) {
        if self.text.len() < self.limit {
            self.text.push(b);
        }
    }
}

/// The octets with a dot more before each line that begins with one (RFC 5321 section 4.5.2, RFC 1939 section 3). A
/// line begins at the start and after CR LF.
pub fn dot_stuffed(octets: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len() + octets.len() / 64 + 5);
    let mut at_start = true;
    for line in octets.split_inclusive(|b| *b == b'\n') {
        if at_start && line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
        at_start = line.ends_with(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(limit: usize, chunks: &[&[u8]]) -> Vec<(Vec<u8>, usize, LineEnd, bool)> {
        let mut reader = LineReader::new(limit);
        let mut lines = Vec::new();
        for chunk in chunks {
            reader.feed(chunk);
            while let Some(l) = reader.line() {
                let overlong = l.overlong();
                lines.push((l.text, l.octets, l.end, overlong));
            }
        }
        lines
    }

    #[test]
    fn dots_are_doubled_at_the_beginning_of_lines_alone() {
        for (octets, sent) in [
            (&b".\r\n..\r\na.\r\n"[..], &b"..\r\n...\r\na.\r\n"[..]),
            (b"a\n.\r.\r\n", b"a\n.\r.\r\n"),
            (b"", b""),
        ] {
            assert_eq!(dot_stuffed(octets), sent, "{}", octets.escape_ascii());
        }
    }

    #[test]
    fn lines_are_the_same_in_any_chunking() {
        use LineEnd::{CrLf, Lf};
        let input = b"NOOP\r\n\r\n.\nA\rB\r\r\nABCDEFGH\r\nABCDEFGHI\r\nrest";
        let whole = read(8, &[input]);
        let expected: Vec<(Vec<u8>, usize, LineEnd, bool)> = vec![
            (b"NOOP".to_vec(), 6, CrLf, false),
            (b"".to_vec(), 2, CrLf, false),
            (b".".to_vec(), 2, Lf, false),
            (b"A\rB\r".to_vec(), 6, CrLf, false),
            (b"ABCDEFGH".to_vec(), 10, CrLf, false),
            (b"ABCDEFGH".to_vec(), 11, CrLf, true),
        ];
        assert_eq!(whole, expected);
        for size in 1..input.len() {
            assert_eq!(read(8, &input.chunks(size).collect::<Vec<_>>()), expected, "chunks of {size}");
        }
    }
}
