//! One connection as both sides heard it: the lines on the wire, and for each the exchange it belongs to. Put together
//! from the events, so that a line that was typed or printed finds the command and the reason behind it.

use crate::event::{
    Endpoint, Entry, Event, ImapCommand, ImapExchange, ImapReason, Pop3Command, Pop3Exchange, Side,
    SmtpCommand, SmtpExchange, SmtpReason, TlsEvent,
};
use crate::units::{Bytes, ConnId, EventNo};
use std::borrow::Cow;

/// An exchange of one of the protocols.
#[derive(Debug, Clone, Copy)]
pub(super) enum Exchange<'a> {
    Smtp(&'a SmtpExchange),
    Pop3(&'a Pop3Exchange),
    Imap(&'a ImapExchange),
}

/// An exchange in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn<'a> {
    /// Its event.
    pub(super) n: EventNo,
    pub(super) exchange: Exchange<'a>,
    /// The connection was encrypted when it took place.
    pub(super) tls: bool,
}

/// What a client's line was to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A command, an answer to a challenge, a literal's octets: what a turn's line holds.
    Command,
    /// A line of the message after DATA, or of a piece after BDAT.
    Message,
    /// Nobody has answered yet.
    Waiting,
}

/// A line on the wire.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// The event by which it travelled, the last one where it took several.
    pub(super) n: EventNo,
    /// Without its end.
    pub(super) octets: Cow<'a, [u8]>,
    /// How many octets its end has: 0 to 2.
    end: usize,
    pub(super) tls: bool,
    /// The exchange it belongs to, by its place in [`Talk::turns`].
    pub(super) turn: Option<usize>,
    pub(super) role: Role,
}

/// The lines of one side, and the beginning of one that is not complete.
#[derive(Debug, Default)]
struct Stream<'a> {
    lines: Vec<Line<'a>>,
    open: Vec<u8>,
}

/// A connection.
#[derive(Debug)]
pub(super) struct Talk<'a> {
    pub(super) conn: ConnId,
    /// Who listened.
    pub(super) to: Option<&'a Endpoint>,
    pub(super) turns: Vec<Turn<'a>>,
    client: Stream<'a>,
    server: Stream<'a>,
    tls: bool,
    /// The next client's line that nobody has answered.
    heard: usize,
    /// How many lines of a command with literals an earlier turn has claimed.
    held: usize,
    /// The client is in the middle of the message.
    in_message: bool,
}

impl<'a> Stream<'a> {
    fn hear(&mut self, n: EventNo, octets: &'a [u8], tls: bool, turn: Option<usize>) {
        for piece in octets.split_inclusive(|b| *b == b'\n') {
            let Some(line) = piece.strip_suffix(b"\n") else {
                self.open.extend_from_slice(piece);
                continue;
            };
            let octets = match self.open.is_empty() {
                true => Cow::Borrowed(line),
                false => {
                    self.open.extend_from_slice(line);
                    Cow::Owned(std::mem::take(&mut self.open))
                }
            };
            let (octets, end) = match octets {
                Cow::Borrowed([rest @ .., b'\r']) => (Cow::Borrowed(rest), 2),
                Cow::Owned(mut line) if line.ends_with(b"\r") => {
                    line.pop();
                    (Cow::Owned(line), 2)
                }
                line => (line, 1),
            };
            self.lines.push(Line { n, octets, end, tls, turn, role: Role::Waiting });
        }
    }
}

impl<'a> Talk<'a> {
    /// What was said on a connection, from the events of the whole attempt.
    pub(super) fn of(entries: &'a [Entry], conn: ConnId) -> Talk<'a> {
        let mut talk = Talk {
            conn,
            to: None,
            turns: Vec::new(),
            client: Stream::default(),
            server: Stream::default(),
            tls: false,
            heard: 0,
            held: 0,
            in_message: false,
        };
        // What the server had said before its last words: somebody on the way may have changed these.
        let mut before = (0, Vec::new());
        for entry in entries {
            match &entry.event {
                Event::Connected { conn: c, to, .. } if *c == conn => talk.to = Some(to),
                Event::Tls { conn: c, what: TlsEvent::Established(_) } if *c == conn => talk.tls = true,
                Event::Wire { conn: c, from: Side::Client, octets, tls } if *c == conn => {
                    talk.client.hear(entry.n, octets, *tls, None);
                }
                Event::Wire { conn: c, from: Side::Server, octets, tls } if *c == conn => {
                    before = (talk.server.lines.len(), talk.server.open.clone());
                    talk.server_says(entry.n, octets, *tls);
                }
                Event::Tampered { conn: c, from: Side::Server, octets } if *c == conn => {
                    talk.server.lines.truncate(before.0);
                    talk.server.open = before.1.clone();
                    talk.server_says(entry.n, octets, talk.tls);
                }
                Event::Smtp { conn: c, exchange } if *c == conn => {
                    talk.turn(entry.n, Exchange::Smtp(exchange));
                }
                Event::Pop3 { conn: c, exchange } if *c == conn => {
                    talk.turn(entry.n, Exchange::Pop3(exchange));
                }
                Event::Imap { conn: c, exchange } if *c == conn => {
                    talk.turn(entry.n, Exchange::Imap(exchange));
                }
                _ => {}
            }
        }
        if talk.in_message {
            let waiting = talk.client.lines.get_mut(talk.heard..).unwrap_or_default();
            waiting.iter_mut().for_each(|line| line.role = Role::Message);
        }
        talk
    }

    fn server_says(&mut self, n: EventNo, octets: &'a [u8], tls: bool) {
        self.server.hear(n, octets, tls, self.turns.len().checked_sub(1));
    }

    /// An exchange follows, and with it the client's lines that it is about.
    fn turn(&mut self, n: EventNo, exchange: Exchange<'a>) {
        self.turns.push(Turn { n, exchange, tls: self.tls });
        match exchange {
            Exchange::Smtp(e) => self.smtp_turn(e),
            Exchange::Pop3(e) => {
                if !matches!(e.command, Pop3Command::Connect | Pop3Command::Silence) {
                    self.claim(1, Role::Command);
                }
            }
            Exchange::Imap(e) => {
                if matches!(e.command, ImapCommand::Connect | ImapCommand::Silence) {
                    return;
                }
                let all = if e.line.len() < ImapExchange::LINE { lines_in(&e.line) } else { usize::MAX };
                self.claim(all.saturating_sub(self.held), Role::Command);
                let goes_on = matches!(e.reason, ImapReason::LiteralWanted { .. });
                self.held = if goes_on { all } else { 0 };
            }
        }
    }

    fn smtp_turn(&mut self, e: &SmtpExchange) {
        if matches!(e.command, SmtpCommand::Connect | SmtpCommand::Silence) {
            return;
        }
        if self.in_message {
            self.in_message = false;
            let rest = self.client.lines.get(self.heard..).unwrap_or_default();
            let dot = rest.iter().position(|line| *line.octets == *b".");
            return self.claim(dot.map_or(usize::MAX, |at| at + 1), Role::Message);
        }
        self.claim(lines_in(&e.line), Role::Command);
        if matches!(e.command, SmtpCommand::Bdat { .. } | SmtpCommand::Message { .. }) {
            let size = e.line.lossy().split_whitespace().nth(1).and_then(|word| word.parse().ok());
            self.claim_octets(size.unwrap_or(0));
        }
        self.in_message = matches!(e.reason, SmtpReason::StartMail);
    }

    /// So many of the client's lines belong to the last turn.
    fn claim(&mut self, lines: usize, role: Role) {
        let turn = self.turns.len().checked_sub(1);
        let rest = self.client.lines.get_mut(self.heard..).unwrap_or_default();
        for line in rest.iter_mut().take(lines) {
            (line.turn, line.role) = (turn, role);
            self.heard += 1;
        }
    }

    /// The client's lines that make up so many octets are a piece of the message.
    fn claim_octets(&mut self, mut octets: usize) {
        while let Some(line) = self.client.lines.get(self.heard).filter(|_| octets > 0) {
            octets = octets.saturating_sub(line.octets.len() + line.end);
            self.claim(1, Role::Message);
        }
    }

    /// The client's lines.
    pub(super) fn client(&self) -> &[Line<'a>] {
        &self.client.lines
    }

    /// The server's lines, as they arrived.
    pub(super) fn server(&self) -> &[Line<'a>] {
        &self.server.lines
    }

    /// The turn at this place.
    pub(super) fn at(&self, turn: Option<usize>) -> Option<&Turn<'a>> {
        self.turns.get(turn?)
    }

    /// The place of the turn that is event `n`.
    pub(super) fn turn_of(&self, n: EventNo) -> Option<usize> {
        self.turns.iter().position(|turn| turn.n == n)
    }

    /// The server's lines of a turn, and where the first of them stands among all.
    pub(super) fn answer(&self, turn: usize) -> (usize, &[Line<'a>]) {
        let is = |line: &Line<'_>| line.turn == Some(turn);
        let first = self.server.lines.iter().position(is).unwrap_or(0);
        let rest = self.server.lines.get(first..).unwrap_or_default();
        let count = rest.iter().take_while(|line| is(line)).count();
        (first, rest.get(..count).unwrap_or_default())
    }

    /// Which of the client's lines came of what was typed in event `n`, whose line `line` it was: the one that travelled
    /// after it and before the next thing was typed at that terminal.
    pub(super) fn typed(&self, entries: &[Entry], n: EventNo, line: usize) -> Option<usize> {
        let mut after = entries.iter().skip_while(|e| e.n <= n);
        let next = after.find(|e| matches!(&e.event, Event::Typed { conn: Some(c), .. } if *c == self.conn));
        let until = next.map_or(EventNo(u64::MAX), |e| e.n);
        let first = self.client.lines.iter().position(|l| n < l.n)?;
        let at = first.checked_add(line)?;
        (self.client.lines.get(at)?.n < until).then_some(at)
    }

    /// Which of the server's lines is the `line`-th that ends in what event `n` printed. What a program kept to itself is
    /// passed over.
    pub(super) fn printed(&self, entries: &[Entry], n: EventNo, line: usize) -> Option<usize> {
        let (mut next, mut open) = (0, String::new());
        for entry in entries.iter().take_while(|e| e.n <= n) {
            let Event::Printed { text, conn: Some(c), .. } = &entry.event else { continue };
            if *c != self.conn {
                continue;
            }
            let mut pieces = text.split('\n');
            let last = pieces.next_back().unwrap_or_default();
            for (at, piece) in pieces.enumerate() {
                let said = std::mem::take(&mut open) + piece;
                let found = self.find(next, &said);
                next = found.map_or(next, |place| place + 1);
                if entry.n == n && at == line {
                    return found;
                }
            }
            open.push_str(last);
        }
        None
    }

    /// The first of the server's lines from `from` on that reads so.
    fn find(&self, from: usize, said: &str) -> Option<usize> {
        let said = said.trim_end_matches('\r');
        let reads = |line: &Line<'_>| String::from_utf8_lossy(&line.octets) == said;
        let lines = self.server.lines.get(from..).unwrap_or_default();
        lines.iter().position(reads).map(|at| from + at)
    }

    /// The first client's line of the message that the client's line `at` is of.
    pub(super) fn message_begins(&self, at: usize) -> usize {
        let lines = self.client.lines.get(..at).unwrap_or_default();
        at - lines.iter().rev().take_while(|line| line.role == Role::Message).count()
    }
}

/// How many lines a command has, one at least.
fn lines_in(line: &Bytes) -> usize {
    1 + line.iter().filter(|b| **b == b'\n').count()
}
