//! Records of a helo that kept each input and each event in a row of its own: moved, once, into the rows of today.
//!
//! That is done while nobody else works with the database, a bounded stretch in each transaction. Whenever it is cut
//! short, what was moved is gone from the old place, and the next start goes on from there.

use super::Lines;
use super::body::Packer;
use super::rows::Sent;
use super::write::{insert_record, remember, signed};
use rusqlite::{Connection, Error, Row, params};
use std::convert::Infallible;

/// How many inputs, and how many events, are moved at once at most.
const ROWS: i64 = 256;
/// With so many octets of either it is enough.
const OCTETS: usize = 256 << 10;

/// Why a record could not be moved.
#[derive(Debug)]
pub(super) enum Unmoved {
    /// What SQLite says.
    Sqlite(Error),
    /// A number is missing.
    Gap(String),
}

impl From<Error> for Unmoved {
    fn from(error: Error) -> Unmoved {
        Unmoved::Sqlite(error)
    }
}

/// Moves everything there is.
pub(super) fn convert(conn: &Connection) -> Result<(), Unmoved> {
    let mut packer = Packer::default();
    let left = "SELECT MIN(attempt) FROM (SELECT MIN(attempt) AS attempt FROM input UNION ALL \
                SELECT MIN(attempt) FROM event) AS rest";
    while let Some(attempt) = conn.query_row(left, [], |row| row.get::<_, Option<i64>>(0))? {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        let moved = stretch(conn, &mut packer, attempt);
        conn.execute_batch(if moved.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        moved?;
    }
    Ok(())
}

/// Moves the next stretch of an attempt's record.
fn stretch(conn: &Connection, packer: &mut Packer, attempt: i64) -> Result<(), Unmoved> {
    let after: (u64, u64) = conn
        .prepare_cached(
            "SELECT COALESCE(MAX(last_input), 0), COALESCE(MAX(last_event), 0) FROM record WHERE attempt = $1",
        )?
        .query_row(params![attempt], |row| Ok((unsigned(row, 0)?, unsigned(row, 1)?)))?;
    // What those inputs caused that were moved already comes before the next ones.
    let mut events = events(conn, attempt, after.1, after.0)?;
    let mut inputs = Lines::default();
    if events.count() == 0 {
        inputs = self::inputs(conn, attempt, after.0)?;
        events = self::events(conn, attempt, after.1, after.0 + inputs.count())?;
    }
    if inputs.count() + events.count() == 0 {
        let what = format!("the record of attempt {attempt} after input {} and event {}", after.0, after.1);
        return Err(Unmoved::Gap(what));
    }
    insert_record(conn, packer, attempt, after, (&inputs, &events))?;
    for (table, last) in [("input", after.0 + inputs.count()), ("event", after.1 + events.count())] {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE attempt = $1 AND n <= $2"))?
            .execute(params![attempt, signed(last)])?;
    }
    Ok(())
}

/// The next inputs, in the form in which they are written today; who sent them is remembered.
fn inputs(conn: &Connection, attempt: i64, after: u64) -> Result<Lines, Unmoved> {
    let mut select = conn.prepare_cached(
        "SELECT n, at, json, client, seq FROM input WHERE attempt = $1 AND n > $2 ORDER BY n LIMIT $3",
    )?;
    let mut rows = select.query(params![attempt, signed(after), ROWS])?;
    let mut lines = Lines::default();
    while lines.octets() < OCTETS
        && let Some(row) = rows.next()?
    {
        let (n, at, json): (_, i64, String) = (unsigned(row, 0)?, row.get(1)?, row.get(2)?);
        let sent = row.get::<_, Option<String>>(3)?.zip(row.get::<_, Option<i64>>(4)?);
        follows(attempt, "input", after + lines.count(), n)?;
        line(&mut lines, &format!(r#"{{"n":{n},"at":{at},"input":{json}}}"#));
        if let Some((client, seq)) = sent {
            remember(conn, attempt, &Sent { client, seq: u64::try_from(seq).unwrap_or(0) })?;
        }
    }
    Ok(lines)
}

/// The next events, up to those that this input caused.
fn events(conn: &Connection, attempt: i64, after: u64, last_input: u64) -> Result<Lines, Unmoved> {
    let mut select = conn.prepare_cached(
        "SELECT n, at, input, json FROM event WHERE attempt = $1 AND n > $2 ORDER BY n LIMIT $3",
    )?;
    let mut rows = select.query(params![attempt, signed(after), ROWS])?;
    let mut lines = Lines::default();
    while lines.octets() < OCTETS
        && let Some(row) = rows.next()?
    {
        let (n, at, input): (_, i64, _) = (unsigned(row, 0)?, row.get(1)?, unsigned(row, 2)?);
        if input > last_input {
            break;
        }
        follows(attempt, "event", after + lines.count(), n)?;
        let json: String = row.get(3)?;
        line(&mut lines, &format!(r#"{{"n":{n},"at":{at},"input":{input},"event":{json}}}"#));
    }
    Ok(lines)
}

fn follows(attempt: i64, what: &str, before: u64, n: u64) -> Result<(), Unmoved> {
    let gap = || Unmoved::Gap(format!("{what} {} of attempt {attempt} is missing", before + 1));
    (n == before + 1).then_some(()).ok_or_else(gap)
}

/// A count out of a BIGINT column.
fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, Error> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

fn line(lines: &mut Lines, json: &str) {
    let written: Result<(), Infallible> = lines.push(|text| {
        text.extend_from_slice(json.as_bytes());
        Ok(())
    });
    // There is no error of this kind.
    let Ok(()) = written;
}
