//! What can be written, and its queries. Each runs inside the transaction that the writer has begun.
//!
//! One statement writes one row and stays prepared: to SQLite that is a call and no journey. Parameters are numbered in
//! the order in which they appear, because SQLite counts `$n` so.

use super::Lines;
use super::body::{Packer, parts};
use super::rows::{
    Append, AssignmentId, AttemptId, AttemptState, CourseId, Enrolment, Learner, LearnerId, NewAttempt,
    Override, ScenarioVersion, Sent,
};
use crate::units::Time;
use rusqlite::{Connection, Error, ErrorCode, OptionalExtension as _, params};

/// One thing to be written.
#[derive(Debug, Clone)]
pub(super) enum Write {
    /// The learner with this handle, made where there is none.
    Learner { handle: String, name: String, now: Time },
    /// A new course.
    Course { title: String, now: Time },
    /// Somebody's place in a course, in the place of the one there was.
    Enrol { enrolment: Enrolment, now: Time },
    /// A new assignment.
    Assign { course: CourseId, scenario: String, rules: String, now: Time },
    /// A new attempt.
    Begin(Box<NewAttempt>),
    /// More of an attempt's record.
    Append(Append),
    /// What became of an attempt.
    State { attempt: AttemptId, state: AttemptState, note: Option<String> },
    /// Points by hand.
    Override(Override),
    /// What helo remembers under this name; `None` for nothing any more.
    Setting { name: &'static str, value: Option<String> },
}

/// What a write gives back.
#[derive(Debug, Clone)]
pub(super) enum Written {
    /// Nothing but that it is done.
    Done,
    /// A number.
    Id(i64),
    /// A learner.
    Learner(Learner),
    /// A new attempt: its number in the table and its number for the learner.
    Attempt(AttemptId, u32),
}

impl Write {
    /// About how many octets it takes in memory.
    pub(super) fn octets(&self) -> usize {
        match self {
            Write::Append(append) => append.octets(),
            Write::Begin(new) => new.events.octets() + new.scenario.text.len() + new.vars.len() + 128,
            Write::Override(o) => o.comment.len() + 128,
            Write::Assign { rules, .. } => rules.len() + 128,
            _ => 128,
        }
    }
}

/// Why a write did not succeed.
#[derive(Debug)]
pub(super) enum WriteFault {
    /// Rows that do not follow the ones there are.
    Conflict(AttemptId),
    /// What SQLite says.
    Sqlite(Error),
}

impl From<Error> for WriteFault {
    fn from(error: Error) -> WriteFault {
        WriteFault::Sqlite(error)
    }
}

/// Writes one thing and gives back what it gives.
pub(super) fn one(conn: &Connection, packer: &mut Packer, write: &Write) -> Result<Written, WriteFault> {
    let written = match write {
        Write::Append(lines) => return append(conn, packer, lines),
        Write::Learner { handle, name, now } => learner(conn, handle, name, *now),
        Write::Course { title, now } => course(conn, title, *now),
        Write::Enrol { enrolment, now } => enrol(conn, enrolment, *now),
        Write::Assign { course, scenario, rules, now } => assign(conn, *course, scenario, rules, *now),
        Write::Begin(new) => begin(conn, packer, new),
        Write::Override(made) => override_points(conn, made),
        Write::State { attempt, state, note } => set_state(conn, *attempt, *state, note.as_deref()),
        Write::Setting { name, value } => set(conn, name, value.as_deref()),
    };
    Ok(written?)
}

/// The next number of a kind of row.
fn next(conn: &Connection, counter: &str) -> Result<i64, Error> {
    conn.prepare_cached("UPDATE counter SET next = next + 1 WHERE name = $1 RETURNING next - 1")?
        .query_row(params![counter], |row| row.get(0))
}

fn learner(conn: &Connection, handle: &str, name: &str, now: Time) -> Result<Written, Error> {
    let found = conn
        .prepare_cached("SELECT id, name, created FROM learner WHERE handle = $1")?
        .query_row(params![handle], |row| {
            let (id, name, created) = (LearnerId(row.get(0)?), row.get(1)?, Time(row.get(2)?));
            Ok(Learner { id, handle: handle.to_owned(), name, created })
        })
        .optional()?;
    if let Some(found) = found {
        return Ok(Written::Learner(found));
    }
    let id = next(conn, "learner")?;
    conn.prepare_cached("INSERT INTO learner (id, handle, name, created) VALUES ($1, $2, $3, $4)")?
        .execute(params![id, handle, name, now.0])?;
    let (handle, name) = (handle.to_owned(), name.to_owned());
    Ok(Written::Learner(Learner { id: LearnerId(id), handle, name, created: now }))
}

fn course(conn: &Connection, title: &str, now: Time) -> Result<Written, Error> {
    let id = next(conn, "course")?;
    conn.prepare_cached("INSERT INTO course (id, title, created) VALUES ($1, $2, $3)")?
        .execute(params![id, title, now.0])?;
    Ok(Written::Id(id))
}

fn enrol(conn: &Connection, e: &Enrolment, now: Time) -> Result<Written, Error> {
    conn.prepare_cached(
        "INSERT INTO enrolment (course, learner, role, team, created) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (course, learner) DO UPDATE SET role = excluded.role, team = excluded.team",
    )?
    .execute(params![e.course.0, e.learner.0, e.role.code(), e.group, now.0])?;
    Ok(Written::Done)
}

fn assign(
    conn: &Connection,
    course: CourseId,
    scenario: &str,
    rules: &str,
    now: Time,
) -> Result<Written, Error> {
    let id = AssignmentId(next(conn, "assignment")?);
    conn.prepare_cached(
        "INSERT INTO assignment (id, course, scenario, rules, created) VALUES ($1, $2, $3, $4, $5)",
    )?
    .execute(params![id.0, course.0, scenario, rules, now.0])?;
    Ok(Written::Id(id.0))
}

fn keep_scenario(conn: &Connection, version: &ScenarioVersion, now: Time) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO scenario_version (hash, scenario, text, first_seen) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (hash) DO NOTHING",
    )?
    .execute(params![version.hash, version.scenario, version.text, now.0])?;
    Ok(())
}

fn begin(conn: &Connection, packer: &mut Packer, new: &NewAttempt) -> Result<Written, Error> {
    keep_scenario(conn, &new.scenario, new.now)?;
    let assignment = new.assignment.map(|a| a.0);
    let number: i64 = conn
        .prepare_cached(
            "SELECT COALESCE(MAX(number), 0) + 1 FROM attempt \
             WHERE learner = $1 AND scenario = $2 AND COALESCE(assignment, 0) = $3",
        )?
        .query_row(params![new.learner.0, new.scenario.scenario, assignment.unwrap_or(0)], |row| {
            row.get(0)
        })?;
    let id = next(conn, "attempt")?;
    conn.prepare_cached(
        "INSERT INTO attempt (id, token, learner, assignment, scenario, number, scenario_hash, engine, \
         event_version, seed, lang, start, vars, keys, state, note, inputs, events, points, max_points, done, \
         created, touched, bounds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18, $19, $20, $21, $22, $23, $24)",
    )?
    .execute(params![
        id,
        new.token,
        new.learner.0,
        assignment,
        new.scenario.scenario,
        number,
        new.scenario.hash,
        new.engine,
        i64::from(new.event_version),
        new.seed.cast_signed(),
        new.lang.code(),
        new.start.0,
        new.vars,
        new.keys.as_ref().map(|keys| keys.0.as_slice()),
        AttemptState::Open.code(),
        None::<&str>,
        0_i64,
        signed(new.events.count()),
        new.progress.points.0,
        new.progress.max_points.0,
        i64::from(new.progress.done),
        new.now.0,
        new.now.0,
        new.bounds,
    ])?;
    insert_record(conn, packer, id, (0, 0), (&Lines::default(), &new.events))?;
    Ok(Written::Attempt(AttemptId(id), u32::try_from(number).unwrap_or(u32::MAX)))
}

fn set_state(
    conn: &Connection,
    attempt: AttemptId,
    state: AttemptState,
    note: Option<&str>,
) -> Result<Written, Error> {
    conn.prepare_cached("UPDATE attempt SET state = $1, note = $2 WHERE id = $3")?.execute(params![
        state.code(),
        note,
        attempt.0
    ])?;
    Ok(Written::Done)
}

fn set(conn: &Connection, name: &str, value: Option<&str>) -> Result<Written, Error> {
    conn.prepare_cached("DELETE FROM setting WHERE name = $1")?.execute(params![name])?;
    if let Some(value) = value {
        conn.prepare_cached("INSERT INTO setting (name, value) VALUES ($1, $2)")?
            .execute(params![name, value])?;
    }
    Ok(Written::Done)
}

fn override_points(conn: &Connection, made: &Override) -> Result<Written, Error> {
    let id = next(conn, "override")?;
    conn.prepare_cached(
        "INSERT INTO override (id, attempt, step, points, comment, made_by, made) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )?
    .execute(params![
        id,
        made.attempt.0,
        made.step,
        made.points.0,
        made.comment,
        made.made_by.0,
        made.made.0
    ])?;
    Ok(Written::Id(id))
}

/// Writes more of an attempt's record, if it follows what there is.
fn append(conn: &Connection, packer: &mut Packer, append: &Append) -> Result<Written, WriteFault> {
    let conflict = || WriteFault::Conflict(append.attempt);
    // The attempt moves on only from where it is thought to stand.
    let moved = conn
        .prepare_cached(
            "UPDATE attempt SET inputs = $1, events = $2, points = $3, max_points = $4, done = $5, touched = $6 \
             WHERE id = $7 AND inputs = $8 AND events = $9 AND state = 'open'",
        )?
        .execute(params![
            signed(append.after_input.saturating_add(append.inputs.count())),
            signed(append.after_event.saturating_add(append.events.count())),
            append.progress.points.0,
            append.progress.max_points.0,
            i64::from(append.progress.done),
            append.now.0,
            append.attempt.0,
            signed(append.after_input),
            signed(append.after_event),
        ])?;
    if moved != 1 {
        return Err(conflict());
    }
    let (after, lines) = ((append.after_input, append.after_event), (&append.inputs, &*append.events));
    match insert_record(conn, packer, append.attempt.0, after, lines) {
        Ok(()) => {}
        // Rows that are there already say the same as an attempt that has not moved.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            return Err(conflict());
        }
        Err(error) => return Err(error.into()),
    }
    for sent in &append.sent {
        remember(conn, append.attempt.0, sent)?;
    }
    Ok(Written::Done)
}

/// Writes inputs and events that come after so many.
pub(super) fn insert_record(
    conn: &Connection,
    packer: &mut Packer,
    attempt: i64,
    after: (u64, u64),
    (inputs, events): (&Lines, &Lines),
) -> Result<(), Error> {
    let (mut last_input, mut last_event) = after;
    for part in parts(inputs, events) {
        last_input = last_input.saturating_add(part.inputs);
        last_event = last_event.saturating_add(part.events);
        conn.prepare_cached(
            "INSERT INTO record (attempt, last_event, last_input, inputs, events, body) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )?
        .execute(params![
            attempt,
            signed(last_event),
            signed(last_input),
            signed(part.inputs),
            signed(part.events),
            packer.pack(&part, inputs, events),
        ])?;
    }
    Ok(())
}

/// Remembers how far a client has come.
pub(super) fn remember(conn: &Connection, attempt: i64, sent: &Sent) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO sent (attempt, client, seq) VALUES ($1, $2, $3) \
         ON CONFLICT (attempt, client) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > sent.seq",
    )?
    .execute(params![attempt, sent.client, signed(sent.seq)])?;
    Ok(())
}

/// A count for a BIGINT column. Counts never come near its end.
pub(super) fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
