//! The message after DATA: its end, dot-stuffing, and line ends that are none (RFC 5321 sections 4.1.1.4 and 4.5.2).

use super::manners::BareLf;
use memchr::memchr;

/// Collects the octets of a message. Only CR LF dot CR LF ends it, whatever the style; that is what keeps one server
/// from seeing two messages where another saw one.
#[derive(Debug)]
pub(super) struct DataReader {
    bare_lf: BareLf,
    limit: u64,
    at: At,
    /// The line before ended with a bare LF.
    after_bare_lf: bool,
    octets: Vec<u8>,
    count: u64,
    /// A line feed alone will do in the place of CR LF, also beside the lone dot.
    weak: bool,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// More is to come.
    More,
    /// The lone dot was there.
    End,
    /// A bare LF (or CR) on which this style closes the connection.
    Bare {
        /// It is a CR.
        carriage_return: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    LineStart,
    Dot,
    DotCr,
    Text,
    Cr,
}

impl DataReader {
    /// A reader for a message of at most `limit` octets; of a longer one nothing is kept.
    pub(super) fn new(bare_lf: BareLf, limit: u64) -> DataReader {
        DataReader {
            bare_lf,
            limit,
            at: At::LineStart,
            after_bare_lf: false,
            octets: Vec::new(),
            count: 0,
            weak: false,
        }
    }

    /// The same on a host that takes a line feed alone for a line's end, and so finds ends of messages where others see
    /// none.
    pub(super) fn weak(self) -> DataReader {
        DataReader { weak: true, bare_lf: BareLf::Normalized, ..self }
    }

    /// Takes the next octets, up to where the message ends: how many, and how far it has come.
    pub(super) fn take(&mut self, octets: &[u8]) -> (usize, Progress) {
        let mut taken = 0;
        while let Some(&first) = octets.get(taken) {
            let rest = octets.get(taken..).unwrap_or_default();
            if self.at == At::LineStart {
                let lines = plain_lines(rest);
                if !lines.is_empty() {
                    self.keep(lines);
                    self.after_bare_lf = false;
                    taken += lines.len();
                    continue;
                }
            }
            taken += 1;
            let progress = self.octet(first);
            if progress != Progress::More {
                return (taken, progress);
            }
        }
        (taken, Progress::More)
    }

    fn octet(&mut self, b: u8) -> Progress {
        match (self.at, b) {
            (At::LineStart, b'.') => self.at = At::Dot,
            (At::LineStart | At::Text, b'\r') => self.at = At::Cr,
            (At::LineStart | At::Text, b'\n') => return self.bare_line_feed(),
            (At::LineStart | At::Text, _) => self.text(b),
            (At::Cr, b'\n') => self.line_end(),
            (At::Cr, _) => {
                if self.bare_lf == BareLf::RefusedWithCr {
                    return Progress::Bare { carriage_return: true };
                }
                self.keep(b"\r");
                if b != b'\r' {
                    self.text(b);
                }
            }
            (At::Dot, b'\r') => self.at = At::DotCr,
            (At::Dot | At::DotCr, b'\n') if self.weak => return Progress::End,
            (At::Dot, b'\n') if self.bare_lf == BareLf::Normalized => {
                (self.at, self.after_bare_lf) = (At::LineStart, true);
            }
            (At::Dot, b'\n') if self.bare_lf == BareLf::Kept => {
                self.keep(b".");
                self.text(b'\n');
            }
            (At::Dot, b'\n') => return Progress::Bare { carriage_return: false },
            (At::Dot, _) => self.text(b),
            (At::DotCr, b'\n') if self.after_bare_lf => {
                (self.at, self.after_bare_lf) = (At::LineStart, false);
            }
            (At::DotCr, b'\n') => return Progress::End,
            (At::DotCr, _) => return self.dot_and_bare_cr(b),
        }
        Progress::More
    }

    /// The message, dot-stuffing undone; `None` where it is larger than the limit.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        (self.count <= self.limit).then_some(self.octets)
    }

    fn keep(&mut self, octets: &[u8]) {
        self.count = self.count.saturating_add(octets.len() as u64);
        if self.count <= self.limit {
            self.octets.extend_from_slice(octets);
        } else {
            self.octets = Vec::new();
        }
    }

    fn text(&mut self, b: u8) {
        self.keep(&[b]);
        self.at = At::Text;
    }

    fn line_end(&mut self) {
        self.keep(b"\r\n");
        (self.at, self.after_bare_lf) = (At::LineStart, false);
    }

    fn bare_line_feed(&mut self) -> Progress {
        match self.bare_lf {
            BareLf::Normalized => {}
            // What follows is no new line: a dot there is a dot.
            BareLf::Kept => {
                self.text(b'\n');
                return Progress::More;
            }
            BareLf::Refused | BareLf::RefusedWithCr => return Progress::Bare { carriage_return: false },
        }
        self.line_end();
        self.after_bare_lf = true;
        Progress::More
    }

    /// A line that begins with a dot and a bare CR: qmail keeps the dot, the others take it for stuffing.
    fn dot_and_bare_cr(&mut self, b: u8) -> Progress {
        if self.bare_lf == BareLf::RefusedWithCr {
            return Progress::Bare { carriage_return: true };
        }
        if self.bare_lf == BareLf::Refused {
            self.keep(b".");
        }
        self.keep(b"\r");
        if b == b'\r' {
            self.at = At::Cr;
        } else {
            self.text(b);
        }
        Progress::More
    }
}

/// The whole lines at the beginning of these octets in which nothing has to be judged, whatever the style: no dot at the
/// beginning, and neither CR nor LF but together at the end.
fn plain_lines(octets: &[u8]) -> &[u8] {
    let mut end = 0;
    while let Some(rest) = octets.get(end..).filter(|rest| !rest.starts_with(b".")) {
        let Some(length) = memchr(b'\n', rest) else { break };
        let text = rest.get(..length).and_then(|line| line.strip_suffix(b"\r"));
        if text.is_none_or(|text| memchr(b'\r', text).is_some()) {
            break;
        }
        end += length + 1;
    }
    octets.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bare_lf: BareLf, input: &[u8]) -> String {
        let whole = in_chunks(bare_lf, input, input.len().max(1));
        for size in 1..input.len() {
            assert_eq!(in_chunks(bare_lf, input, size), whole, "chunks of {size}: {}", input.escape_ascii());
        }
        whole
    }

    fn in_chunks(bare_lf: BareLf, input: &[u8], size: usize) -> String {
        let mut reader = DataReader::new(bare_lf, 20);
        let mut before = 0;
        for chunk in input.chunks(size) {
            let (taken, progress) = reader.take(chunk);
            before += taken;
            match progress {
                Progress::More => assert_eq!(taken, chunk.len()),
                Progress::Bare { carriage_return } => {
                    let n = before - 1;
                    return format!("bare {} at {n}", if carriage_return { "CR" } else { "LF" });
                }
                Progress::End => {
                    let rest = input.get(before..).unwrap_or_default().escape_ascii().to_string();
                    let rest = if rest.is_empty() { rest } else { format!(" rest {rest}") };
                    let kept = reader.finish().map(|o| o.escape_ascii().to_string());
                    return format!("{}{rest}", kept.unwrap_or_else(|| "too big".to_owned()));
                }
            }
        }
        "open".to_owned()
    }

    #[test]
    fn where_messages_end_and_what_is_kept() {
        use BareLf::{Normalized as Postfix, Refused as Qmail, RefusedWithCr as Sendmail};
        let rows: &[(BareLf, &[u8], &str)] = &[
            (Postfix, b".\r\n", ""),
            (Postfix, b"a\r\n.\r\nQUIT", r"a\r\n rest QUIT"),
            (Postfix, b"..\r\n...b\r\n.c\r\n.\r\n", r".\r\n..b\r\nc\r\n"),
            (Postfix, b"a\r\n.\r", "open"),
            (Postfix, b"a\nb\r\n.\r\n", r"a\r\nb\r\n"),
            (Postfix, b"a\n.\nb\r\n.\r\n", r"a\r\nb\r\n"),
            (Postfix, b"a\n.\r\nb\r\n.\r\n", r"a\r\nb\r\n"),
            (Postfix, b"a\r\n.\nb\r\n.\r\n", r"a\r\nb\r\n"),
            (Postfix, b"a\r\n.\n.\r\n\r\n.\r\n", r"a\r\n\r\n"),
            (Postfix, b"a\rb\r\r\n.\r\n", r"a\rb\r\r\n"),
            (Postfix, b".\ra\r\n.\r\n", r"\ra\r\n"),
            (Postfix, b"\x00\xff\r\n.\r\n", r"\x00\xff\r\n"),
            (Postfix, b"123456789012345678\r\n.\r\n", r"123456789012345678\r\n"),
            (Postfix, b"1234567890123456789\r\n.\r\n", "too big"),
            (Qmail, b".a\r\n.\r\n", r"a\r\n"),
            (Qmail, b".\ra\r\n.\r\n", r".\ra\r\n"),
            (Qmail, b"a\rb\r\n.\r\n", r"a\rb\r\n"),
            (Qmail, b"a\nb", "bare LF at 1"),
            (Qmail, b"a\r\n.\n", "bare LF at 4"),
            (Qmail, b"\n", "bare LF at 0"),
            (Sendmail, b"a\n", "bare LF at 1"),
            (Sendmail, b"a\rb", "bare CR at 2"),
            (Sendmail, b"a\r\n.\rb", "bare CR at 5"),
            (Sendmail, b"a\r\n..\r\n.\r\n", r"a\r\n.\r\n"),
        ];
        for (style, input, expected) in rows {
            assert_eq!(&read(*style, input), expected, "{style:?} {}", input.escape_ascii());
        }
    }
}
