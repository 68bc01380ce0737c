//! What is fetched when somebody looks closer, as fragments of HTML: the octets of an arrow or of a connection, the text
//! of a letter, and what can be read on the way.

use super::bytes::{Dump, Kind, Row, dump, pieces};
use super::ears::{Heard, Item, Talk, heard, talks};
use crate::event::{Entry, Event, Side};
use crate::lab::Snapshot;
use crate::units::{ConnId, Zone};
use crate::web::Site;
use crate::web::error::Problem;
use crate::web::pages::page;
use crate::web::replay::{At, past};
use crate::web::shown::Shown;
use crate::web::ui::Ui;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

/// How many octets one fragment shows as numbers.
const BYTES: usize = 2048;
/// How many octets of a letter are shown as text.
const TEXT_OCTETS: usize = 32 << 10;

/// What part of an arrow is wanted.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Part {
    /// The last event of the arrow, where it is made of several.
    last: Option<u64>,
    /// From this octet on.
    #[serde(default)]
    offset: usize,
    /// As text instead of numbers.
    #[serde(default)]
    text: bool,
}

/// Which connection is wanted.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Which {
    conn: Option<u32>,
    #[serde(default)]
    offset: usize,
    /// As it was after this event.
    at: Option<u64>,
}

/// `GET /attempts/{token}/wire/{n}`.
pub(in crate::web) async fn octets(
    State(site): State<Site>,
    headers: HeaderMap,
    Path((token, n)): Path<(String, u64)>,
    Query(part): Query<Part>,
) -> Response {
    past(&site, &headers, &token, At::NOW, |ui, there| {
        let last = part.last.unwrap_or(n);
        let first = there.entries.iter().find(|e| e.n.0 == n).ok_or(Problem::NotFound)?;
        let Event::Wire { conn, from, .. } = &first.event else { return Err(Problem::NotFound) };
        if part.text {
            return Ok(page(&letter(ui, &there.entries, *conn, *from, n..=last), &headers));
        }
        let wanted = |p: &super::bytes::Piece<'_>| p.from == *from && (n..=last).contains(&p.n);
        let dump = dump(&there.entries, *conn, wanted, part.offset, BYTES);
        Ok(page(&BytesPart::of(ui, dump, part.offset), &headers))
    })
    .await
}

/// `GET /attempts/{token}/wire?conn=N`.
pub(in crate::web) async fn bytes_of_connection(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Query(which): Query<Which>,
) -> Response {
    past(&site, &headers, &token, At::after(which.at), |ui, there| {
        let conn = ConnId(which.conn.ok_or(Problem::NotFound)?);
        let dump = dump(&there.entries, conn, |_| true, which.offset, BYTES);
        Ok(page(&BytesPart::of(ui, dump, which.offset), &headers))
    })
    .await
}

/// `GET /attempts/{token}/eavesdropper`, of all connections or of one.
pub(in crate::web) async fn overheard(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Query(which): Query<Which>,
) -> Response {
    past(&site, &headers, &token, At::after(which.at), |ui, there| {
        let entries = &there.entries;
        Ok(match which.conn {
            Some(conn) => page(&EarsPart::of(ui, there, entries, ConnId(conn)), &headers),
            None => page(&TalksPart { ui, talks: talks(ui, entries, zone(there)) }, &headers),
        })
    })
    .await
}

fn zone(there: &Snapshot) -> Zone {
    there.about.drawn.as_ref().map(|d| d.setup.workstation.zone).unwrap_or_default()
}

/// What one side sent from one event to another, as text.
fn letter(
    ui: &'static Ui,
    entries: &[Entry],
    conn: ConnId,
    from: Side,
    range: std::ops::RangeInclusive<u64>,
) -> LetterPart {
    let mut octets = Vec::new();
    let mut size = 0;
    for piece in pieces(entries, conn).filter(|p| p.from == from && range.contains(&p.n)) {
        size += piece.octets.len();
        let room = TEXT_OCTETS.saturating_sub(octets.len()).min(piece.octets.len());
        octets.extend(piece.octets.iter().take(room));
    }
    LetterPart { ui, text: Shown::octets(&octets), left_out: size - octets.len() }
}

#[derive(Debug, Template)]
#[template(path = "wire/letter.html")]
struct LetterPart {
    ui: &'static Ui,
    text: Shown,
    left_out: usize,
}

/// A kind of octet that was found, and what is to be said of it.
#[derive(Debug)]
struct Found {
    kind: &'static str,
    text: String,
}

#[derive(Debug, Template)]
#[template(path = "wire/bytes.html")]
pub(super) struct BytesPart {
    ui: &'static Ui,
    rows: Vec<Row>,
    found: Vec<Found>,
    /// It is the beginning.
    first: bool,
    /// All of it was encrypted.
    tls: bool,
    size: usize,
    next: Option<usize>,
}

impl BytesPart {
    pub(super) fn of(ui: &'static Ui, dump: Dump, offset: usize) -> BytesPart {
        let found = dump.found.iter().map(|(kind, count)| {
            let key = match kind {
                Kind::Plain | Kind::LineEnd => "wire-bytes-eol",
                Kind::BareLf => "wire-bytes-bare-lf",
                Kind::BareCr => "wire-bytes-bare-cr",
                Kind::Stuffed => "wire-bytes-stuffed",
                Kind::End => "wire-bytes-end",
                Kind::Control => "wire-bytes-control",
                Kind::High => "wire-bytes-high",
            };
            Found { kind: kind.name(), text: ui.x(key, *count) }
        });
        BytesPart {
            found: found.collect(),
            tls: dump.rows.iter().filter_map(|r| r.piece).all(|(_, _, tls)| tls),
            first: offset == 0,
            size: dump.size,
            next: dump.next,
            rows: dump.rows,
            ui,
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "wire/talks.html")]
struct TalksPart {
    ui: &'static Ui,
    talks: Vec<Talk>,
}

#[derive(Debug, Template)]
#[template(path = "wire/ears.html")]
struct EarsPart {
    ui: &'static Ui,
    conn: u32,
    heard: Heard,
}

impl EarsPart {
    fn of(ui: &'static Ui, there: &Snapshot, entries: &[Entry], conn: ConnId) -> EarsPart {
        EarsPart { ui, conn: conn.0, heard: heard(ui, entries, conn, zone(there)) }
    }
}
