//! Replies as a client reads them, in any chunking (RFC 5321 section 4.2.1).

use crate::event::{EnhancedCode, Reply};
use crate::proto::line::LineReader;

/// Longer lines and more of them than any server sends; the standard's own bound is 512 octets.
const LINE_LIMIT: usize = 2048;
const LINES_LIMIT: usize = 200;

/// Collects the lines of replies.
#[derive(Debug)]
pub(super) struct ReplyReader {
    lines: LineReader,
    /// The lines of a reply whose last has not come.
    begun: Option<Reply>,
    /// Octets since the last line's end.
    open: usize,
}

/// What came.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// Nothing whole yet.
    More,
    /// A reply.
    Reply(Reply),
    /// Something that is no reply.
    Garbage,
}

impl ReplyReader {
    pub(super) fn new() -> ReplyReader {
        ReplyReader { lines: LineReader::new(LINE_LIMIT), begun: None, open: 0 }
    }

    /// Octets arrived.
    pub(super) fn feed(&mut self, octets: &[u8]) {
        self.lines.feed(octets);
        self.open = match octets.iter().rposition(|&b| b == b'\n') {
            Some(last) => octets.len() - last - 1,
            None => self.open.saturating_add(octets.len()),
        };
    }

    /// The next reply.
    pub(super) fn next(&mut self) -> Incoming {
        while let Some(line) = self.lines.line() {
            let Some((code, last, text)) = parts(&line.text).filter(|_| !line.overlong()) else {
                return Incoming::Garbage;
            };
            let (found, text) = split_enhanced(code, text);
            let reply = self.begun.get_or_insert(Reply { code, enhanced: found, lines: Vec::new() });
            if reply.code != code || reply.lines.len() >= LINES_LIMIT {
                return Incoming::Garbage;
            }
            reply.enhanced = reply.enhanced.or(found);
            reply.lines.push(text);
            if last && let Some(reply) = self.begun.take() {
                return Incoming::Reply(reply);
            }
        }
        // A line that will be too long is so before its end comes, which may be never.
        if self.open > LINE_LIMIT + 2 { Incoming::Garbage } else { Incoming::More }
    }
}

/// Code, whether the line is its reply's last, and text.
fn parts(line: &[u8]) -> Option<(u16, bool, String)> {
    let (code, rest) = line.split_at_checked(3)?;
    let [a @ b'2'..=b'5', b @ b'0'..=b'9', c @ b'0'..=b'9'] = code else { return None };
    let code = u16::from(a - b'0') * 100 + u16::from(b - b'0') * 10 + u16::from(c - b'0');
    let last = match rest.first() {
        None | Some(b' ') => true,
        Some(b'-') => false,
        Some(_) => return None,
    };
    Some((code, last, String::from_utf8_lossy(rest.get(1..).unwrap_or_default()).into_owned()))
}

/// Takes an enhanced code of the reply's own class off the text (RFC 2034 section 4).
fn split_enhanced(code: u16, text: String) -> (Option<EnhancedCode>, String) {
    let word = text.split(' ').next().unwrap_or_default();
    match EnhancedCode::parse(word).filter(|e| u16::from(e.0) == code / 100) {
        Some(found) => (Some(found), text.get(word.len() + 1..).unwrap_or_default().to_owned()),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &[u8]) -> Vec<String> {
        let mut reader = ReplyReader::new();
        reader.feed(input);
        let mut said = Vec::new();
        loop {
            match reader.next() {
                Incoming::More => return said,
                Incoming::Garbage => {
                    said.push("garbage".to_owned());
                    return said;
                }
                Incoming::Reply(r) => {
                    let enhanced = r.enhanced.map_or(String::new(), |e| format!(" {e}"));
                    said.push(format!("{}{enhanced} {}", r.code, r.lines.join("|")));
                }
            }
        }
    }

    #[test]
    fn replies_and_what_is_none() {
        let rows: &[(&[u8], &[&str])] = &[
            (b"220 mail.example.tld ESMTP\r\n", &["220 mail.example.tld ESMTP"]),
            (b"250-mail\r\n250-SIZE 10\r\n250 HELP\r\n", &["250 mail|SIZE 10|HELP"]),
            (b"250 2.1.0 Ok\n354\r\n", &["250 2.1.0 Ok", "354 "]),
            (b"550-5.1.1 no\r\n550 5.1.1 body\r\n", &["550 5.1.1 no|body"]),
            (b"550 2.1.1 other class\r\n", &["550 2.1.1 other class"]),
            (b"250 ok 1157111913 qp 7263\r\n", &["250 ok 1157111913 qp 7263"]),
            (b"220 half", &[]),
            (b"250-a\r\n251 b\r\n", &["garbage"]),
            (b"HTTP/1.1 400 Bad Request\r\n", &["garbage"]),
            (b"\r\n", &["garbage"]),
            (b"2500\r\n", &["garbage"]),
            (b"+OK\r\n", &["garbage"]),
            (&[b'2'; 3000], &["garbage"]),
        ];
        for (input, expected) in rows {
            let shown = input.get(..40).unwrap_or(input).escape_ascii();
            assert_eq!(read(input), *expected, "{shown}");
        }
        assert_eq!(read("250-x\r\n".repeat(LINES_LIMIT + 1).as_bytes()), ["garbage"]);
    }
}
