//! What stood on the wire, as lines: `C: ` for the side that opened the connection, `S: ` for the one that listened.

use crate::event::{Entry, Event, Side};
use crate::units::{ConnId, EventNo, Time, visible};
use std::collections::BTreeMap;

/// The longest line that is shown whole, in octets.
const SHOWN: usize = 4096;

/// One line that one side sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireLine {
    /// The event that brought its end.
    pub n: EventNo,
    /// When that was.
    pub at: Time,
    /// The connection.
    pub conn: ConnId,
    /// Who sent it.
    pub from: Side,
    /// The line without its CRLF, control characters made visible; a bare LF at its end shows as `\n`. Of a very
    /// long line the beginning, and how many octets follow.
    pub text: String,
    /// It came to its end; not so for the last octets before a connection closed or the transcript stopped.
    pub complete: bool,
}

impl std::fmt::Display for WireLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let side = match self.from {
            Side::Client => "C",
            Side::Server => "S",
        };
        write!(f, "{side}: {}", self.text)
    }
}

/// Collects lines from a transcript that comes entry by entry, as `helo play` and the live page see it.
#[derive(Debug, Clone, Default)]
pub struct WireLines {
    open: BTreeMap<(ConnId, Side), Part>,
}

/// A line whose end has not come yet.
#[derive(Debug, Clone)]
struct Part {
    n: EventNo,
    at: Time,
    /// No more than can be shown.
    octets: Vec<u8>,
    /// What came beyond that.
    more: usize,
    /// The last octet, shown or not.
    last: u8,
}

impl WireLines {
    /// Nothing has come yet.
    pub fn new() -> WireLines {
        WireLines::default()
    }

    /// Takes the next entry; gives the lines that it completes. A connection's end completes what is left of it.
    pub fn push(&mut self, entry: &Entry) -> Vec<WireLine> {
        match &entry.event {
            Event::Wire { conn, from, octets, .. } => {
                let lines = octets.split_inclusive(|o| *o == b'\n');
                lines.filter_map(|l| self.piece(entry, (*conn, *from), l)).collect()
            }
            Event::Closed { conn, .. } => {
                let rest = [Side::Client, Side::Server].map(|side| (*conn, side));
                rest.into_iter().filter_map(|key| Some(self.open.remove(&key)?.line(key, false))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is left without its end when the transcript stops.
    pub fn finish(self) -> Vec<WireLine> {
        self.open.into_iter().map(|(key, part)| part.line(key, false)).collect()
    }

    fn piece(&mut self, entry: &Entry, key: (ConnId, Side), piece: &[u8]) -> Option<WireLine> {
        let new = || Part { n: entry.n, at: entry.at, octets: Vec::new(), more: 0, last: 0 };
        let part = self.open.entry(key).or_insert_with(new);
        (part.n, part.at) = (entry.n, entry.at);
        part.keep(piece);
        if part.last == b'\n' { Some(self.open.remove(&key)?.line(key, true)) } else { None }
    }
}

impl Part {
    fn keep(&mut self, piece: &[u8]) {
        let room = SHOWN.saturating_sub(self.octets.len()).min(piece.len());
        self.octets.extend_from_slice(piece.get(..room).unwrap_or(piece));
        self.more += piece.len() - room;
        self.last = piece.last().copied().unwrap_or(self.last);
    }

    fn line(self, (conn, from): (ConnId, Side), complete: bool) -> WireLine {
        let text = visible(self.octets.strip_suffix(b"\r\n").unwrap_or(&self.octets));
        let text = if self.more == 0 { text } else { format!("{text} [+{} octets]", self.more) };
        WireLine { n: self.n, at: self.at, conn, from, text, complete }
    }
}

/// All lines of a transcript, in the order in which they were complete.
pub fn wire_lines(entries: &[Entry]) -> Vec<WireLine> {
    let mut lines = WireLines::new();
    let mut all: Vec<WireLine> = entries.iter().flat_map(|e| lines.push(e)).collect();
    all.extend(lines.finish());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::CloseReason;
    use crate::units::InputNo;

    fn entries(wire: &[(u32, Side, &[u8])]) -> Vec<Entry> {
        let event = |(n, (conn, from, octets)): (usize, &(u32, Side, &[u8]))| Entry {
            n: EventNo(n as u64 + 1),
            at: Time(0),
            input: InputNo(1),
            event: match *octets {
                b"closed" => Event::Closed { conn: ConnId(*conn), by: *from, why: CloseReason::Closed },
                _ => Event::Wire { conn: ConnId(*conn), from: *from, octets: (*octets).into(), tls: false },
            },
        };
        wire.iter().enumerate().map(event).collect()
    }

    fn shown(entries: &[Entry]) -> Vec<String> {
        wire_lines(entries).iter().map(|l| format!("{} {} {l}", l.n, l.conn)).collect()
    }

    #[test]
    fn a_conversation_in_lines() {
        use Side::{Client as C, Server as S};
        let wire = entries(&[
            (1, S, b"220 mail.example.tld ESMTP\r\n"),
            (1, C, b"HE"),
            (2, S, b"+OK\r\n"),
            (1, C, b"LO x\r\nNOOP\r\n"),
            (1, S, b"250-a\r\n250 b\r\n"),
            (1, C, b"QUIT\n"),
            (1, C, b"\x1b[31m\xff\tx\r\n"),
            (1, C, b"rest\r"),
            (1, S, b"closed"),
            (2, C, b"left"),
        ]);
        let lines = [
            "1 1 S: 220 mail.example.tld ESMTP",
            "3 2 S: +OK",
            "4 1 C: HELO x",
            "4 1 C: NOOP",
            "5 1 S: 250-a",
            "5 1 S: 250 b",
            "6 1 C: QUIT\\n",
            "7 1 C: \\x1b[31m\\xff\tx",
            "8 1 C: rest\\r",
            "10 2 C: left",
        ];
        assert_eq!(shown(&wire), lines);
        assert!(!wire_lines(&wire).last().unwrap().complete);
    }

    #[test]
    fn the_chunks_on_the_wire_do_not_matter() {
        let talk = b"MAIL FROM:<a@b.tld>\r\n\r\n.\r\nQUIT\n";
        let texts = |size| {
            let chunks: Vec<_> = talk.chunks(size).map(|c| (1, Side::Client, c)).collect();
            wire_lines(&entries(&chunks)).into_iter().map(|l| l.text).collect::<Vec<_>>()
        };
        for size in 1..talk.len() {
            assert_eq!(texts(size), ["MAIL FROM:<a@b.tld>", "", ".", "QUIT\\n"], "chunks of {size}");
        }
    }

    #[test]
    fn a_line_without_end_is_shown_in_part() {
        let long = vec![b'a'; 5000];
        let wire =
            entries(&[(1, Side::Client, &long), (1, Side::Client, b"\r\n"), (1, Side::Client, b"NOOP\r\n")]);
        let texts: Vec<String> = wire_lines(&wire).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, [format!("{} [+906 octets]", "a".repeat(4096)), "NOOP".to_owned()]);
    }
}
