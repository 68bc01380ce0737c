//! Excerpts of the transcript, for the report: the lines around what earned or cost something, as one remembers them.
//! Commands and answers stand as `C:` and `S:` lines do, what was typed at the prompt and what programs printed beside
//! them; what happened without a line says so in a few words.

use super::evidence::evidence;
use super::shown::Shown;
use super::ui::Ui;
use super::view::imap_status;
use crate::event::{Entry, Event, Reply, SmtpCommand};
use crate::units::{ConnId, EventNo, Time};
use std::collections::BTreeSet;

/// How many lines are quoted before and after what an excerpt is about.
const AROUND: usize = 2;
/// How many lines of one letter or output are quoted, and of one answer.
const OF_ONE: usize = 8;
const OF_ANSWER: usize = 4;
/// How many lines one excerpt has.
const LINES: usize = 60;
/// How much of a line is quoted, in octets.
const LINE_OCTETS: usize = 400;

/// Who is behind a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// The side that speaks first to a server: mostly the learner.
    Client,
    /// A server.
    Server,
    /// The learner at the prompt.
    Prompt,
    /// A program on the workstation.
    Program,
    /// Nobody: it happened.
    Nobody,
}

impl Who {
    /// For styles and tests.
    pub(super) fn code(self) -> &'static str {
        match self {
            Who::Client => "client",
            Who::Server => "server",
            Who::Prompt => "prompt",
            Who::Program => "program",
            Who::Nobody => "nobody",
        }
    }

    /// How the line begins.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Who::Client => "C:",
            Who::Server => "S:",
            Who::Prompt => "$",
            Who::Program | Who::Nobody => "",
        }
    }
}

/// A line of the transcript.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its event.
    pub(super) n: u64,
    pub(super) at: Time,
    pub(super) who: Who,
    pub(super) text: Shown,
    conn: Option<ConnId>,
    /// The first of those that belong together: of an answer of several lines it is quoted beside something else.
    first: bool,
}

/// A part of an excerpt.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// A line; the first of those that the excerpt is about has `about`.
    Line { line: &'a Line, about: bool },
    /// Lines were left out.
    Gap,
    /// As many lines as an excerpt may have: the rest is left out.
    End,
}

/// The whole transcript as lines.
#[derive(Debug)]
pub(super) struct Lines(Vec<Line>);

impl Lines {
    pub(super) fn of(ui: &Ui, entries: &[Entry]) -> Lines {
        let mut lines = Lines(Vec::new());
        for entry in entries {
            lines.add(ui, entry);
        }
        lines
    }

    /// The lines around these events.
    pub(super) fn around(&self, events: &[EventNo]) -> Vec<Part<'_>> {
        let mut quoted: BTreeSet<usize> = BTreeSet::new();
        for n in events {
            self.choose(n.0, &mut quoted);
        }
        let mut parts = Vec::new();
        let (mut last, mut known) = (None, BTreeSet::new());
        for place in quoted.iter().take(LINES) {
            let Some(line) = self.0.get(*place) else { continue };
            if last.is_some_and(|last| last + 1 < *place) {
                parts.push(Part::Gap);
            }
            last = Some(*place);
            let about = events.iter().any(|n| n.0 == line.n) && known.insert(line.n);
            parts.push(Part::Line { line, about });
        }
        if quoted.len() > LINES {
            parts.push(Part::End);
        }
        parts
    }

    /// The places of the event's lines and of those around it in the same conversation.
    fn choose(&self, n: u64, quoted: &mut BTreeSet<usize>) {
        let first = self.0.partition_point(|line| line.n < n);
        let after = self.0.partition_point(|line| line.n <= n);
        let Some(conn) = self.0.get(first..after).and_then(|own| own.first()).map(|line| line.conn) else {
            return;
        };
        let same = |place: &usize| self.0.get(*place).is_some_and(|line| line.conn == conn && line.first);
        quoted.extend(first..after);
        quoted.extend((0..first).rev().filter(same).take(AROUND));
        quoted.extend((after..self.0.len()).filter(same).take(AROUND));
    }

    fn add(&mut self, ui: &Ui, entry: &Entry) {
        match &entry.event {
            Event::Smtp { conn, exchange } => {
                match &exchange.command {
                    SmtpCommand::Message { octets } if exchange.line.is_empty() => {
                        self.several(entry, Some(*conn), Who::Client, octets, OF_ONE);
                        self.push(entry, Some(*conn), Who::Client, b".");
                    }
                    _ => self.command(entry, *conn, &exchange.line),
                }
                let reply = reply(&exchange.reply);
                self.several(entry, Some(*conn), Who::Server, reply.as_bytes(), OF_ANSWER);
            }
            Event::Pop3 { conn, exchange } => {
                self.command(entry, *conn, &exchange.line);
                let answer = format!("{} {}", exchange.status(), exchange.text);
                self.push(entry, Some(*conn), Who::Server, answer.trim_end().as_bytes());
            }
            Event::Imap { conn, exchange } => {
                self.command(entry, *conn, &exchange.line);
                let code = exchange.code.as_ref().map_or_else(String::new, |code| format!(" [{code}]"));
                let answer = format!("{}{code} {}", imap_status(exchange), exchange.text);
                self.push(entry, Some(*conn), Who::Server, answer.trim_end().as_bytes());
            }
            Event::Typed { text, conn: None, .. } => self.push(entry, None, Who::Prompt, text),
            Event::Printed { text, conn: None, .. } => {
                // What stands after the last line feed is the next prompt.
                let whole = text.rfind('\n').and_then(|end| text.get(..end)).unwrap_or_default();
                if !whole.is_empty() {
                    self.several(entry, None, Who::Program, whole.as_bytes(), OF_ONE);
                }
            }
            Event::Typed { .. } | Event::Printed { .. } | Event::Ran { .. } => {}
            Event::HintTaken { number, .. } => {
                let text = ui.x("quote-hint", *number);
                self.push(entry, None, Who::Nobody, text.as_bytes());
            }
            event => {
                if let Some(text) = evidence(ui, event) {
                    let who = Who::Nobody;
                    self.0.push(Line { n: entry.n.0, at: entry.at, who, text, conn: None, first: true });
                }
            }
        }
    }

    fn command(&mut self, entry: &Entry, conn: ConnId, line: &[u8]) {
        if !line.is_empty() {
            self.push(entry, Some(conn), Who::Client, line);
        }
    }

    /// A text of several lines; of more than `most` the beginning.
    fn several(&mut self, entry: &Entry, conn: Option<ConnId>, who: Who, octets: &[u8], most: usize) {
        let begin = self.0.len();
        let octets = octets.strip_suffix(b"\n").unwrap_or(octets);
        let mut lines = octets.split(|o| *o == b'\n');
        for line in lines.by_ref().take(most) {
            self.push(entry, conn, who, line.strip_suffix(b"\r").unwrap_or(line));
        }
        let more = lines.count();
        if more > 0 {
            self.push(entry, conn, who, format!("[+{more}]").as_bytes());
        }
        self.0.iter_mut().skip(begin + 1).for_each(|line| line.first = false);
    }

    fn push(&mut self, entry: &Entry, conn: Option<ConnId>, who: Who, line: &[u8]) {
        let text = Shown::octets(line.get(..LINE_OCTETS).unwrap_or(line));
        self.0.push(Line { n: entry.n.0, at: entry.at, who, text, conn, first: true });
    }
}

/// A reply as it stood on the wire.
fn reply(reply: &Reply) -> String {
    let enhanced = reply.enhanced.map_or_else(String::new, |e| format!("{e} "));
    let last = reply.lines.len().saturating_sub(1);
    let line = |(n, text): (usize, &String)| {
        let dash = if n == last { ' ' } else { '-' };
        format!("{:03}{dash}{enhanced}{text}", reply.code)
    };
    reply.lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
