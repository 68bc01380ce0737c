//! The octets themselves: beside each other as numbers and as text, one line of the protocol beginning each row, so that
//! line ends, dots that were doubled and what is not ASCII can be seen.

use crate::event::{Entry, Event, Side, SmtpReason};
use crate::units::ConnId;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many octets stand in a row, a line end after them aside.
const ROW: usize = 16;

/// What kind of octet it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// What can be printed in ASCII.
    Plain,
    /// CR LF, the line end of the protocols.
    LineEnd,
    /// An LF without its CR.
    BareLf,
    /// A CR without its LF.
    BareCr,
    /// A dot that was put before one at the beginning of a line (RFC 5321 section 4.5.2).
    Stuffed,
    /// The dot that stands alone and ends it.
    End,
    /// A control character.
    Control,
    /// Beyond ASCII.
    High,
}

impl Kind {
    /// For styles and texts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Plain => "plain",
            Kind::LineEnd => "eol",
            Kind::BareLf => "bare-lf",
            Kind::BareCr => "bare-cr",
            Kind::Stuffed => "stuffed",
            Kind::End => "end",
            Kind::Control => "control",
            Kind::High => "high",
        }
    }
}

/// Octets of one kind beside each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) kind: Kind,
    /// `0d 0a`.
    pub(super) hex: String,
    pub(super) text: String,
}

/// A row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Where it begins, from the beginning of what is shown: `0010`.
    pub(super) offset: String,
    /// Whose octets begin here, where the row above is not of the same piece.
    pub(super) piece: Option<(u64, Side, bool)>,
    pub(super) runs: Vec<Run>,
}

/// What one side sent at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// The number of its event.
    pub(super) n: u64,
    pub(super) from: Side,
    pub(super) tls: bool,
    pub(super) octets: &'a [u8],
}

/// Rows, and how they came about.
#[derive(Debug, Default)]
pub(super) struct Dump {
    pub(super) rows: Vec<Row>,
    /// How many octets there are of each kind that is not plain, shown or not; a CR LF counts once.
    pub(super) found: BTreeMap<Kind, usize>,
    /// The place of the first octet that is not shown, where there is one.
    pub(super) next: Option<usize>,
    /// How many octets there are altogether.
    pub(super) size: usize,
}

/// The pieces of a connection, in their order.
pub(super) fn pieces(entries: &[Entry], conn: ConnId) -> impl Iterator<Item = Piece<'_>> {
    entries.iter().filter_map(move |e| match &e.event {
        Event::Wire { conn: c, from, octets, tls } if *c == conn => {
            Some(Piece { n: e.n.0, from: *from, tls: *tls, octets })
        }
        _ => None,
    })
}

/// The pieces of a connection that `wanted` wants, from octet `offset` of these on, `room` octets of them.
pub(super) fn dump(
    entries: &[Entry],
    conn: ConnId,
    wanted: impl Fn(&Piece<'_>) -> bool,
    offset: usize,
    room: usize,
) -> Dump {
    let mut marks = Marks::of(entries, conn);
    let mut dump = Dump::default();
    let end = offset.saturating_add(room);
    for piece in pieces(entries, conn) {
        let kinds = marks.of_piece(&piece);
        if !wanted(&piece) {
            continue;
        }
        dump.count(piece.octets, &kinds);
        let begins = dump.size;
        dump.size += piece.octets.len();
        let (from, to) = (offset.max(begins).min(dump.size), end.min(dump.size));
        if from < to {
            let shown = from - begins..to - begins;
            if let (Some(octets), Some(kinds)) = (piece.octets.get(shown.clone()), kinds.get(shown)) {
                dump.piece(&piece, octets, kinds, from);
            }
        }
    }
    dump.next = (end < dump.size).then_some(end);
    dump
}

impl Dump {
    fn count(&mut self, octets: &[u8], kinds: &[Kind]) {
        for (octet, kind) in octets.iter().zip(kinds) {
            // Of the pair the LF counts.
            if *kind != Kind::Plain && (*kind, *octet) != (Kind::LineEnd, b'\r') {
                *self.found.entry(*kind).or_default() += 1;
            }
        }
    }

    fn piece(&mut self, piece: &Piece<'_>, octets: &[u8], kinds: &[Kind], offset: usize) {
        let mut at = offset;
        let mut head = Some((piece.n, piece.from, piece.tls));
        for line in octets.split_inclusive(|o| *o == b'\n') {
            for row in rows(line) {
                let place = at - offset;
                let of_row = kinds.get(place..place + row.len()).unwrap_or_default();
                self.rows.push(Row {
                    offset: format!("{at:04x}"),
                    piece: head.take(),
                    runs: runs(row, of_row),
                });
                at += row.len();
            }
        }
    }
}

/// A line in rows. A line end stays with what it ends.
fn rows(mut line: &[u8]) -> Vec<&[u8]> {
    let mut rows = Vec::new();
    while !line.is_empty() {
        let whole = line.len() <= ROW || line.len() <= ROW + 2 && line.ends_with(b"\r\n");
        let (row, rest) = line.split_at(if whole { line.len() } else { ROW });
        rows.push(row);
        line = rest;
    }
    rows
}

fn runs(octets: &[u8], kinds: &[Kind]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut place = 0;
    for same in kinds.chunk_by(|a, b| a == b) {
        let octets = octets.get(place..place + same.len()).unwrap_or_default();
        place += same.len();
        let Some(&kind) = same.first() else { continue };
        let mut hex = String::with_capacity(octets.len() * 3);
        for octet in octets {
            let _ = write!(hex, "{}{octet:02x}", if hex.is_empty() { "" } else { " " });
        }
        runs.push(Run { kind, hex, text: text(kind, octets) });
    }
    runs
}

/// Line ends by their names, control characters as terminals write them (`^[`); beyond ASCII the characters, where they
/// are whole and cannot deceive the eye.
fn text(kind: Kind, octets: &[u8]) -> String {
    let caret = |o: &u8| format!("^{}", char::from(o ^ 0x40));
    match kind {
        Kind::High => match std::str::from_utf8(octets) {
            Ok(text) if text.chars().all(char::is_alphanumeric) => text.to_owned(),
            _ => "·".repeat(octets.len()),
        },
        Kind::Control => octets.iter().map(caret).collect(),
        Kind::LineEnd | Kind::BareCr | Kind::BareLf => {
            let names: Vec<&str> = octets.iter().map(|o| if *o == b'\r' { "CR" } else { "LF" }).collect();
            names.join(" ")
        }
        // A tab would move what stands behind it.
        _ => octets.iter().map(|o| if *o == b'\t' { '→' } else { char::from(*o) }).collect(),
    }
}

/// Which octet is of which kind. A dot is doubled only inside a letter or a long answer: that is remembered from piece
/// to piece.
#[derive(Debug)]
struct Marks {
    /// A letter follows DATA, because the server has once said 354.
    letters: bool,
    /// Long answers end with a dot (RFC 1939 section 3).
    pop3: bool,
    /// For each side: inside a letter.
    inside: [bool; 2],
    /// The line so far, where it is short.
    line: [Vec<u8>; 2],
}

impl Marks {
    fn of(entries: &[Entry], conn: ConnId) -> Marks {
        let mut marks = Marks { letters: false, pop3: false, inside: [false; 2], line: Default::default() };
        for entry in entries {
            match &entry.event {
                Event::Smtp { conn: c, exchange } if *c == conn => {
                    marks.letters |= exchange.reason == SmtpReason::StartMail;
                }
                Event::Pop3 { conn: c, .. } if *c == conn => marks.pop3 = true,
                _ => {}
            }
        }
        marks.inside = [false, marks.pop3];
        marks
    }

    fn of_piece(&mut self, piece: &Piece<'_>) -> Vec<Kind> {
        let side = usize::from(piece.from == Side::Server);
        let mut kinds: Vec<Kind> = Vec::with_capacity(piece.octets.len());
        for (place, &octet) in piece.octets.iter().enumerate() {
            let next = piece.octets.get(place + 1).copied();
            let line = self.line.get(side).map_or(&[][..], Vec::as_slice);
            let dots = self.inside.get(side).copied().unwrap_or(false);
            let kind = match octet {
                b'\n' if line.last() == Some(&b'\r') => Kind::LineEnd,
                b'\n' => Kind::BareLf,
                // Whether it has its LF is seen with the next piece; so far it has.
                b'\r' if next.is_none_or(|o| o == b'\n') => Kind::LineEnd,
                b'\r' => Kind::BareCr,
                b'.' if dots && line.is_empty() && next == Some(b'.') => Kind::Stuffed,
                b'.' if dots && line.is_empty() && matches!(next, None | Some(b'\r')) => Kind::End,
                b'\t' | b' '..=b'~' => Kind::Plain,
                0x80.. => Kind::High,
                _ => Kind::Control,
            };
            kinds.push(kind);
            self.step(side, octet);
        }
        kinds
    }

    /// The line goes on, or ends and says what comes after it.
    fn step(&mut self, side: usize, octet: u8) {
        let Some(line) = self.line.get_mut(side) else { return };
        if octet != b'\n' {
            // As much of a line as tells DATA and a lone dot from others, and its last octet.
            if line.len() > 8 {
                line.truncate(8);
            }
            line.push(octet);
            return;
        }
        let whole = std::mem::take(line);
        let word = whole.strip_suffix(b"\r").unwrap_or(&whole);
        let client = side == 0;
        if client && self.letters {
            let inside = self.inside.get(side).copied().unwrap_or(false);
            let now =
                if inside { whole != b".\r" } else { word.trim_ascii_end().eq_ignore_ascii_case(b"data") };
            if let Some(inside) = self.inside.get_mut(side) {
                *inside = now;
            }
        }
    }
}
