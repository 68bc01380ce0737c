//! Lines: framing of what arrives, in any chunking, with a bound on what is kept of one line; and dot-stuffing.

use memchr::{memchr, memchr_iter, memmem};

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
    /// What arrived, and how much of it was read: while a session waits for an answer, nothing is.
    waiting: Vec<u8>,
    read: usize,
    /// The beginning of a line whose end has not arrived.
    text: Vec<u8>,
    octets: usize,
    /// The octet before was a CR; it is not yet part of `text`, because a LF may follow.
    cr: bool,
}

impl LineReader {
    /// A reader that keeps `limit` octets of a line, its end not counted.
    pub fn new(limit: usize) -> LineReader {
        LineReader { limit, waiting: Vec::new(), read: 0, text: Vec::new(), octets: 0, cr: false }
    }

    /// From the next line on, keeps so many octets of a line; to be called between lines.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Octets arrived.
    pub fn feed(&mut self, octets: &[u8]) {
        // What was read makes room only when it is most of it, so that nothing is moved often.
        if self.read > self.waiting.len() / 2 {
            self.waiting.drain(..self.read);
            self.read = 0;
        }
        self.waiting.extend_from_slice(octets);
    }

    /// The next complete line; `None` until more arrives.
    pub fn line(&mut self) -> Option<Line> {
        let unread = self.waiting.get(self.read..).unwrap_or_default();
        let end = memchr(b'\n', unread);
        let part = unread.get(..end.unwrap_or(unread.len())).unwrap_or_default();
        let (mut text, limit) = (std::mem::take(&mut self.text), self.limit);
        let mut keep = |octets: &[u8]| {
            let room = limit.saturating_sub(text.len()).min(octets.len());
            text.extend_from_slice(octets.get(..room).unwrap_or_default());
        };
        if self.cr && !part.is_empty() {
            keep(b"\r");
            self.cr = false;
        }
        match part.split_last() {
            Some((b'\r', before)) => {
                keep(before);
                self.cr = true;
            }
            _ => keep(part),
        }
        let octets = part.len();
        self.octets += octets;
        if end.is_none() {
            self.text = text;
            self.skip(octets);
            return None;
        }
        self.skip(octets + 1);
        let end = if self.cr { LineEnd::CrLf } else { LineEnd::Lf };
        let line = Line { text, octets: self.octets + 1, end };
        (self.octets, self.cr) = (0, false);
        Some(line)
    }

    /// What arrived and was not yet read, for a reader of another kind that takes over at a line's start (the data after
    /// DATA). It says with [`LineReader::skip`] how much it has read.
    pub fn unread(&self) -> &[u8] {
        debug_assert!(self.octets == 0, "octets are taken at a line's start only");
        self.waiting.get(self.read..).unwrap_or_default()
    }

    /// So many octets more were read.
    pub fn skip(&mut self, octets: usize) {
        self.read = self.read.saturating_add(octets).min(self.waiting.len());
        if self.read == self.waiting.len() {
            self.waiting.clear();
            self.read = 0;
        }
    }

    /// How many octets arrived and were not yet read.
    pub fn backlog(&self) -> usize {
        self.waiting.len() - self.read
    }

    /// Forgets everything that arrived and was not read (for STARTTLS, and for a session that ends).
    pub fn discard(&mut self) {
        *self = LineReader::new(self.limit);
    }
}

/// Does every line end with CR LF, the last one too?
pub fn all_crlf(octets: &[u8]) -> bool {
    let ended = |at: usize| at.checked_sub(1).and_then(|before| octets.get(before)) == Some(&b'\r');
    (octets.is_empty() || octets.ends_with(b"\n")) && memchr_iter(b'\n', octets).all(ended)
}

/// The octets with a dot more before each line that begins with one (RFC 5321 section 4.5.2, RFC 1939 section 3). A
/// line begins at the start and after CR LF.
pub fn dot_stuffed(octets: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len() + octets.len() / 64 + 5);
    if octets.starts_with(b".") {
        out.push(b'.');
    }
    let mut copied = 0;
    for end in memmem::find_iter(octets, b"\r\n.") {
        out.extend_from_slice(octets.get(copied..end + 2).unwrap_or_default());
        out.push(b'.');
        copied = end + 2;
    }
    out.extend_from_slice(octets.get(copied..).unwrap_or_default());
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
    fn lines_that_all_end_with_cr_lf() {
        for (octets, all) in [
            (&b""[..], true),
            (b"\r\n", true),
            (b"a\r\n\r\nb\r\n", true),
            (b"\n", false),
            (b"a\r\n\n", false),
            (b"a\nb\r\n", false),
            (b"a\r\nb", false),
            (b"a\r", false),
        ] {
            assert_eq!(all_crlf(octets), all, "{}", octets.escape_ascii());
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
