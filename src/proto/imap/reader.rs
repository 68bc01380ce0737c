//! From octets to whole commands: lines and the literals in them (RFC 3501 sections 2.2.1 and 4.3, RFC 7888), in any
//! chunking and with a bound on what is kept.

use std::collections::VecDeque;

/// The longest command, its literals counted, that of APPEND's message not.
pub(super) const COMMAND_LIMIT: usize = 64 << 10;
/// The largest message that APPEND takes.
pub(super) const MESSAGE_LIMIT: usize = 32 << 20;

/// A literal in a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Literal {
    /// Where its `{` stands.
    pub(super) head: usize,
    /// Its first octet.
    pub(super) start: usize,
    /// One past its last octet.
    pub(super) end: usize,
}

/// A command, or its beginning, as it came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Raw {
    /// Everything, line ends before literals included and the last one not.
    pub(super) octets: Vec<u8>,
    /// Its literals, in their order.
    pub(super) literals: Vec<Literal>,
    /// How many octets came in all, where not all were kept.
    pub(super) overlong: Option<usize>,
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// A whole command.
    Command(Raw),
    /// A literal of so many octets is announced, and the client waits for leave to send it. The owner calls
    /// [`Reader::go_on`] or [`Reader::refuse`].
    Asked(usize),
    /// The same, and the client does not wait: the octets come anyhow.
    Announced(usize),
}

/// What is due next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Line,
    /// The owner's word on a literal of so many octets that begins where the kept octets end.
    Word {
        head: usize,
        octets: usize,
        waits: bool,
    },
    Literal {
        left: usize,
    },
    /// Octets of a literal that nobody wants.
    Skip {
        left: usize,
    },
}

/// Collects octets into commands.
#[derive(Debug)]
pub(super) struct Reader {
    waiting: VecDeque<u8>,
    raw: Raw,
    /// Where the line that is being read begins.
    line: usize,
    /// How many octets of the line were dropped.
    dropped: usize,
    due: Due,
}

impl Reader {
    pub(super) fn new() -> Reader {
        Reader { waiting: VecDeque::new(), raw: Raw::default(), line: 0, dropped: 0, due: Due::Line }
    }

    /// Octets arrived.
    pub(super) fn feed(&mut self, octets: &[u8]) {
        self.waiting.extend(octets);
    }

    /// Forgets what was not read.
    pub(super) fn discard(&mut self) {
        *self = Reader::new();
    }

    /// The next line, whatever it ends with; for AUTHENTICATE and IDLE.
    pub(super) fn line(&mut self) -> Option<Raw> {
        self.complete_line().then(|| self.take())
    }

    /// What is read next; `None` until more arrives.
    pub(super) fn next(&mut self) -> Option<Read> {
        loop {
            match self.due {
                Due::Word { .. } => return None,
                Due::Skip { left } => {
                    let n = left.min(self.waiting.len());
                    self.waiting.drain(..n);
                    if n < left {
                        self.due = Due::Skip { left: left - n };
                        return None;
                    }
                    self.due = Due::Line;
                }
                Due::Literal { left } => {
                    let n = left.min(self.waiting.len());
                    self.raw.octets.extend(self.waiting.drain(..n));
                    if n < left {
                        self.due = Due::Literal { left: left - n };
                        return None;
                    }
                    if let Some(literal) = self.raw.literals.last_mut() {
                        literal.end = self.raw.octets.len();
                    }
                    self.line = self.raw.octets.len();
                    self.due = Due::Line;
                }
                Due::Line => {
                    if !self.complete_line() {
                        return None;
                    }
                    let Some((head, octets, waits)) = self.announced() else {
                        return Some(Read::Command(self.take()));
                    };
                    self.due = Due::Word { head, octets, waits };
                    return Some(if waits { Read::Asked(octets) } else { Read::Announced(octets) });
                }
            }
        }
    }

    /// What has come of the command, while the owner's word on a literal is due.
    pub(super) fn so_far(&self) -> &Raw {
        &self.raw
    }

    /// How many octets are kept of this command.
    pub(super) fn kept(&self) -> usize {
        self.raw.octets.len()
    }

    /// The literal that was announced is taken.
    pub(super) fn go_on(&mut self) {
        if let Due::Word { head, octets, .. } = self.due {
            self.raw.octets.extend_from_slice(b"\r\n");
            let start = self.raw.octets.len();
            self.raw.literals.push(Literal { head, start, end: start });
            self.due = Due::Literal { left: octets };
        }
    }

    /// The literal that was announced is not taken, and the command is over. What a client sends that does not wait
    /// is read and dropped.
    pub(super) fn refuse(&mut self) -> Raw {
        let left = match self.due {
            Due::Word { octets, waits: false, .. } => octets,
            _ => 0,
        };
        let mut raw = self.take();
        // The announcement stands at the end; it is no part of any argument.
        raw.overlong = None;
        self.due = if left > 0 { Due::Skip { left } } else { Due::Line };
        raw
    }

    /// Moves octets into the line; true where its end has come, which is not kept.
    fn complete_line(&mut self) -> bool {
        while let Some(b) = self.waiting.pop_front() {
            if b == b'\n' {
                if self.raw.octets.len() > self.line && self.raw.octets.last() == Some(&b'\r') {
                    self.raw.octets.pop();
                }
                return true;
            }
            // One more than the limit, for the CR of the line's end.
            if self.raw.octets.len() - self.line <= COMMAND_LIMIT {
                self.raw.octets.push(b);
            } else {
                self.dropped += 1;
            }
        }
        false
    }

    /// A literal announced at the end of the line: where its `{` stands, its size, and whether the client waits.
    fn announced(&self) -> Option<(usize, usize, bool)> {
        let line = self.raw.octets.get(self.line..)?;
        let inside = line.strip_suffix(b"}")?;
        let head = inside.iter().rposition(|b| *b == b'{')?;
        let number = inside.get(head + 1..)?;
        let (digits, waits) = match number.strip_suffix(b"+") {
            Some(digits) => (digits, false),
            None => (number, true),
        };
        if digits.is_empty() || digits.len() > 10 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let octets = digits.iter().fold(0usize, |n, d| n.saturating_mul(10) + usize::from(d - b'0'));
        (self.dropped == 0).then_some((self.line + head, octets, waits))
    }

    fn take(&mut self) -> Raw {
        let mut raw = std::mem::take(&mut self.raw);
        if self.dropped > 0 {
            raw.overlong = Some(raw.octets.len() + self.dropped);
        }
        (self.line, self.dropped, self.due) = (0, 0, Due::Line);
        raw
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(chunks: &[&[u8]]) -> Vec<String> {
        let (mut reader, mut found) = (Reader::new(), Vec::new());
        for chunk in chunks {
            reader.feed(chunk);
            while let Some(read) = reader.next() {
                match read {
                    Read::Command(raw) => {
                        let literals: Vec<_> = raw
                            .literals
                            .iter()
                            .map(|l| raw.octets[l.start..l.end].escape_ascii().to_string())
                            .collect();
                        found.push(format!("{} {literals:?}", raw.octets.escape_ascii()));
                    }
                    Read::Asked(octets) | Read::Announced(octets) if octets > 100 => {
                        found.push(format!("no: {}", reader.refuse().octets.escape_ascii()));
                    }
                    Read::Asked(_) | Read::Announced(_) => reader.go_on(),
                }
            }
        }
        found
    }

    #[test]
    fn commands_are_the_same_in_any_chunking() {
        let input: &[u8] =
            b"a noop\r\na login {4}\r\nanna {5+}\r\ntu\r\nl\r\nb x {999}\r\nc {101+}\r\n".as_slice();
        let skipped = [b'x'; 101];
        let input = [input, &skipped, b"d {0}\r\n\ne {x}\n"].concat();
        let expected = [
            "a noop []",
            r#"a login {4}\r\nanna {5+}\r\ntu\r\nl ["anna", "tu\\r\\nl"]"#,
            "no: b x {999}",
            "no: c {101+}",
            r#"d {0}\r\n [""]"#,
            "e {x} []",
        ];
        for size in 1..input.len() {
            assert_eq!(read(&input.chunks(size).collect::<Vec<_>>()), expected, "chunks of {size}");
        }
    }

    #[test]
    fn a_line_without_end_costs_no_memory() {
        let mut reader = Reader::new();
        for _ in 0..100 {
            reader.feed(&[b'x'; 4096]);
            assert_eq!(reader.next(), None);
        }
        reader.feed(b"{5}\r\n");
        let Some(Read::Command(raw)) = reader.next() else { panic!("no literal is announced there") };
        assert_eq!(raw.overlong, Some(100 * 4096 + 4));
        assert!(raw.octets.len() <= COMMAND_LIMIT + 1);
    }
}
