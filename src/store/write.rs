//! What can be written, and its queries. Each runs inside the transaction that the writer has begun.

use super::rows::{
    Append, AssignmentId, AttemptId, AttemptState, CourseId, Enrolment, EventRow, InputRow, Learner,
    LearnerId, NewAttempt, Override, Progress, ScenarioVersion,
};
use super::{StoreError, backend::Backend};
use crate::units::Time;
use futures_util::TryStreamExt as _;
use sqlx::any::AnyArguments;
use sqlx::{
    Any, AnyConnection, Arguments as _, AssertSqlSafe, Either, Encode, Executor as _, Row as _, Type,
};
use std::collections::BTreeMap;

/// How many rows go into one statement: enough to be fast, few enough for every database's number of parameters.
const ROWS: usize = 128;

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
            Write::Begin(new) => {
                let events: usize = new.events.iter().map(|e| e.json.len() + 64).sum();
                events + new.scenario.text.len() + new.vars.len()
            }
            Write::Override(o) => o.comment.len() + 128,
            Write::Assign { rules, .. } => rules.len() + 128,
            _ => 128,
        }
    }
}

/// Begins a transaction, writes all of `writes` and gives what each gives back, in the same order.
pub(super) async fn all(
    backend: &Backend,
    conn: &mut AnyConnection,
    writes: &[&Write],
) -> Result<Vec<Written>, StoreError> {
    // Most transactions are appends alone, which begin it themselves.
    let begun = writes.iter().any(|write| !matches!(write, Write::Append(_)));
    if begun {
        sqlx::query(backend.begin()).execute(&mut *conn).await.map_err(|e| backend.fault(&e))?;
    }
    let mut appends = Vec::new();
    let mut written = Vec::with_capacity(writes.len());
    for write in writes {
        written.push(match write {
            Write::Append(append) => {
                appends.push(append);
                Written::Done
            }
            other => one(backend, conn, other).await?,
        });
    }
    if !appends.is_empty() {
        append(backend, conn, &appends, (!begun).then(|| backend.begin())).await?;
    }
    Ok(written)
}

async fn one(backend: &Backend, conn: &mut AnyConnection, write: &Write) -> Result<Written, StoreError> {
    let result = match write {
        Write::Learner { handle, name, now } => learner(conn, handle, name, *now).await,
        Write::Course { title, now } => course(conn, title, *now).await,
        Write::Enrol { enrolment, now } => enrol(conn, enrolment, *now).await,
        Write::Assign { course, scenario, rules, now } => assign(conn, *course, scenario, rules, *now).await,
        Write::Begin(new) => begin(conn, new).await,
        Write::Override(made) => override_points(conn, made).await,
        Write::State { attempt, state, note } => set_state(conn, *attempt, *state, note.as_deref()).await,
        Write::Append(_) => Ok(Written::Done),
    };
    result.map_err(|e| backend.fault(&e))
}

/// The next number of a kind of row.
async fn next(conn: &mut AnyConnection, counter: &str) -> Result<i64, sqlx::Error> {
    sqlx::query("UPDATE counter SET next = next + 1 WHERE name = $1 RETURNING next - 1")
        .bind(counter)
        .fetch_one(conn)
        .await?
        .try_get(0)
}

async fn learner(
    conn: &mut AnyConnection,
    handle: &str,
    name: &str,
    now: Time,
) -> Result<Written, sqlx::Error> {
    let found = sqlx::query("SELECT id, name, created FROM learner WHERE handle = $1")
        .bind(handle)
        .fetch_optional(&mut *conn)
        .await?;
    let handle = handle.to_owned();
    if let Some(row) = found {
        let (id, name, created) = (LearnerId(row.try_get(0)?), row.try_get(1)?, Time(row.try_get(2)?));
        return Ok(Written::Learner(Learner { id, handle, name, created }));
    }
    let id = next(conn, "learner").await?;
    sqlx::query("INSERT INTO learner (id, handle, name, created) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(&handle)
        .bind(name)
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(Written::Learner(Learner { id: LearnerId(id), handle, name: name.to_owned(), created: now }))
}

async fn course(conn: &mut AnyConnection, title: &str, now: Time) -> Result<Written, sqlx::Error> {
    let id = next(conn, "course").await?;
    sqlx::query("INSERT INTO course (id, title, created) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(title)
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(Written::Id(id))
}

async fn enrol(conn: &mut AnyConnection, e: &Enrolment, now: Time) -> Result<Written, sqlx::Error> {
    sqlx::query(
        "INSERT INTO enrolment (course, learner, role, team, created) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (course, learner) DO UPDATE SET role = excluded.role, team = excluded.team",
    )
    .bind(e.course.0)
    .bind(e.learner.0)
    .bind(e.role.code())
    .bind(e.group.as_deref())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(Written::Done)
}

async fn assign(
    conn: &mut AnyConnection,
    course: CourseId,
    scenario: &str,
    rules: &str,
    now: Time,
) -> Result<Written, sqlx::Error> {
    let id = AssignmentId(next(conn, "assignment").await?);
    sqlx::query("INSERT INTO assignment (id, course, scenario, rules, created) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.0)
        .bind(course.0)
        .bind(scenario)
        .bind(rules)
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(Written::Id(id.0))
}

async fn keep_scenario(
    conn: &mut AnyConnection,
    version: &ScenarioVersion,
    now: Time,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO scenario_version (hash, scenario, text, first_seen) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (hash) DO NOTHING",
    )
    .bind(&version.hash)
    .bind(&version.scenario)
    .bind(&version.text)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

async fn begin(conn: &mut AnyConnection, new: &NewAttempt) -> Result<Written, sqlx::Error> {
    keep_scenario(conn, &new.scenario, new.now).await?;
    let assignment = new.assignment.map(|a| a.0);
    let number: i64 = sqlx::query(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM attempt \
         WHERE learner = $1 AND scenario = $2 AND COALESCE(assignment, 0) = $3",
    )
    .bind(new.learner.0)
    .bind(&new.scenario.scenario)
    .bind(assignment.unwrap_or(0))
    .fetch_one(&mut *conn)
    .await?
    .try_get(0)?;
    let id = next(conn, "attempt").await?;
    sqlx::query(
        "INSERT INTO attempt (id, token, learner, assignment, scenario, number, scenario_hash, engine, \
         event_version, seed, lang, start, vars, keys, state, note, inputs, events, points, max_points, done, \
         created, touched) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18, $19, $20, $21, $22, $23)",
    )
    .bind(id)
    .bind(&new.token)
    .bind(new.learner.0)
    .bind(assignment)
    .bind(&new.scenario.scenario)
    .bind(number)
    .bind(&new.scenario.hash)
    .bind(&new.engine)
    .bind(i64::from(new.event_version))
    .bind(new.seed.cast_signed())
    .bind(new.lang.code())
    .bind(new.start.0)
    .bind(&new.vars)
    .bind(new.keys.as_ref().map(|keys| keys.0.as_slice()))
    .bind(AttemptState::Open.code())
    .bind(None::<&str>)
    .bind(0_i64)
    .bind(signed(new.events.len() as u64))
    .bind(new.progress.points.0)
    .bind(new.progress.max_points.0)
    .bind(i64::from(new.progress.done))
    .bind(new.now.0)
    .bind(new.now.0)
    .execute(&mut *conn)
    .await?;
    let rows: Vec<_> = new.events.iter().map(|row| (id, row)).collect();
    let mut script = Script::default();
    for rows in rows.chunks(ROWS) {
        insert_events(&mut script, rows);
    }
    script.run(conn).await?;
    Ok(Written::Attempt(AttemptId(id), u32::try_from(number).unwrap_or(u32::MAX)))
}

async fn set_state(
    conn: &mut AnyConnection,
    attempt: AttemptId,
    state: AttemptState,
    note: Option<&str>,
) -> Result<Written, sqlx::Error> {
    sqlx::query("UPDATE attempt SET state = $2, note = $3 WHERE id = $1")
        .bind(attempt.0)
        .bind(state.code())
        .bind(note)
        .execute(conn)
        .await?;
    Ok(Written::Done)
}

async fn override_points(conn: &mut AnyConnection, made: &Override) -> Result<Written, sqlx::Error> {
    let id = next(conn, "override").await?;
    sqlx::query(
        "INSERT INTO override (id, attempt, step, points, comment, made_by, made) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(made.attempt.0)
    .bind(made.step.as_deref())
    .bind(made.points.0)
    .bind(&made.comment)
    .bind(made.made_by.0)
    .bind(made.made.0)
    .execute(conn)
    .await?;
    Ok(Written::Id(id))
}

/// Where an attempt stands before and after all appends to it in this transaction.
struct Heads {
    after: (u64, u64),
    then: (u64, u64),
    progress: Progress,
    now: Time,
}

/// Writes appends to any number of attempts with few statements. `first` is what the transaction begins with, if it
/// has not begun.
async fn append(
    backend: &Backend,
    conn: &mut AnyConnection,
    appends: &[&Append],
    first: Option<&'static str>,
) -> Result<(), StoreError> {
    let heads = heads(appends)?;
    let inputs: Vec<_> = appends.iter().flat_map(|a| a.inputs.iter().map(|row| (a.attempt.0, row))).collect();
    let events: Vec<_> = appends.iter().flat_map(|a| a.events.iter().map(|row| (a.attempt.0, row))).collect();
    let mut script = Script::default();
    script.begin(first);
    let mut wanted = Vec::new();
    for heads in heads.chunks(ROWS) {
        wanted.push((script.statements, heads));
        move_heads(&mut script, heads);
    }
    for rows in inputs.chunks(ROWS) {
        insert_inputs(&mut script, rows);
    }
    for rows in events.chunks(ROWS) {
        insert_events(&mut script, rows);
    }
    // Rows that are there already, or belong to an attempt that is not, say the same as an attempt that has not moved.
    let fault = |e: sqlx::Error| match (backend.fault(&e), appends.first()) {
        (StoreError::Taken { .. } | StoreError::Unknown { .. }, Some(append)) => {
            StoreError::Conflict { attempt: append.attempt }
        }
        (other, _) => other,
    };
    let changed = script.run(conn).await.map_err(fault)?;
    for (statement, heads) in wanted {
        // Each attempt has moved on only from where it is thought to stand.
        let moved = changed.get(statement).copied().unwrap_or(0);
        if let (Some((attempt, _)), true) = (heads.first(), moved != heads.len() as u64) {
            return Err(StoreError::Conflict { attempt: *attempt });
        }
    }
    Ok(())
}

/// Where the attempts stand, if the appends to each follow one another.
fn heads(appends: &[&Append]) -> Result<Vec<(AttemptId, Heads)>, StoreError> {
    let mut heads: BTreeMap<AttemptId, Heads> = BTreeMap::new();
    for append in appends {
        let after = (append.after_input, append.after_event);
        let then = (
            after.0.saturating_add(append.inputs.len() as u64),
            after.1.saturating_add(append.events.len() as u64),
        );
        let head = heads.entry(append.attempt).or_insert(Heads {
            after,
            then: after,
            progress: append.progress,
            now: append.now,
        });
        if head.then != after || !append.is_in_order() {
            return Err(StoreError::Conflict { attempt: append.attempt });
        }
        (head.then, head.progress, head.now) = (then, append.progress, append.now);
    }
    Ok(heads.into_iter().collect())
}

/// Moves the attempts on, those of them that stand where they are thought to.
fn move_heads(script: &mut Script, heads: &[(AttemptId, Heads)]) {
    // The casts tell PostgreSQL what parameters without a column are; SQLite does not mind them.
    let places = script.places(heads.len(), 9);
    script.add(&format!(
        "UPDATE attempt SET inputs = CAST(v.column4 AS BIGINT), events = CAST(v.column5 AS BIGINT), \
         points = CAST(v.column6 AS BIGINT), max_points = CAST(v.column7 AS BIGINT), \
         done = CAST(v.column8 AS BIGINT), touched = CAST(v.column9 AS BIGINT) \
         FROM (VALUES {places}) AS v WHERE attempt.id = CAST(v.column1 AS BIGINT) \
         AND attempt.inputs = CAST(v.column2 AS BIGINT) AND attempt.events = CAST(v.column3 AS BIGINT) \
         AND attempt.state = 'open'"
    ));
    for (attempt, head) in heads {
        for number in [attempt.0, signed(head.after.0), signed(head.after.1), signed(head.then.0)] {
            script.bind(number);
        }
        script.bind(signed(head.then.1));
        script.bind(head.progress.points.0);
        script.bind(head.progress.max_points.0);
        script.bind(i64::from(head.progress.done));
        script.bind(head.now.0);
    }
}

fn insert_inputs(script: &mut Script, rows: &[(i64, &InputRow)]) {
    let places = script.places(rows.len(), 6);
    script.add(&format!("INSERT INTO input (attempt, n, at, json, client, seq) VALUES {places}"));
    for (attempt, row) in rows {
        let (client, seq) = row.sent.as_ref().map(|s| (s.client.clone(), signed(s.seq))).unzip();
        script.bind(*attempt);
        script.bind(signed(row.n));
        script.bind(row.at.0);
        script.bind(row.json.clone());
        script.bind(client);
        script.bind(seq);
    }
}

fn insert_events(script: &mut Script, rows: &[(i64, &EventRow)]) {
    let places = script.places(rows.len(), 5);
    script.add(&format!("INSERT INTO event (attempt, n, input, at, json) VALUES {places}"));
    for (attempt, row) in rows {
        script.bind(*attempt);
        script.bind(signed(row.n));
        script.bind(signed(row.input));
        script.bind(row.at.0);
        script.bind(row.json.clone());
    }
}

/// Statements that go to the database together: each way to the connection's thread and back takes as long as the
/// statement itself. Their parameters are numbered on through all of them, as SQLite wants it; a database that takes
/// one statement at a time would get each by itself.
#[derive(Default)]
struct Script {
    sql: String,
    statements: usize,
    /// How many rows they write.
    rows: usize,
    arguments: AnyArguments,
    /// The first argument that could not be encoded.
    fault: Option<sqlx::Error>,
}

impl Script {
    /// What a transaction begins with.
    fn begin(&mut self, sql: Option<&str>) {
        if let Some(sql) = sql {
            self.add(sql);
        }
    }

    /// Another statement.
    fn add(&mut self, sql: &str) {
        if self.statements > 0 {
            self.sql.push_str("; ");
        }
        self.sql.push_str(sql);
        self.statements += 1;
    }

    /// `($1, $2), ($3, $4)` for two rows of two columns, whose values are bound next.
    fn places(&mut self, rows: usize, columns: usize) -> String {
        self.rows += rows;
        let first = self.arguments.len();
        let row = |r: usize| {
            let places: Vec<String> =
                (1..=columns).map(|c| format!("${}", first + r * columns + c)).collect();
            format!("({})", places.join(", "))
        };
        (0..rows).map(row).collect::<Vec<_>>().join(", ")
    }

    fn bind<'t, T: Encode<'t, Any> + Type<Any>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.fault.get_or_insert(sqlx::Error::Encode(error));
        }
    }

    /// Runs them; gives how many rows each has changed.
    async fn run(self, conn: &mut AnyConnection) -> Result<Vec<u64>, sqlx::Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        // Only scripts of a size that comes again are kept prepared.
        let query = sqlx::query_with(AssertSqlSafe(self.sql), self.arguments).persistent(self.rows <= 16);
        let mut results = conn.fetch_many(query);
        let mut changed = Vec::with_capacity(self.statements);
        while let Some(result) = results.try_next().await? {
            if let Either::Left(done) = result {
                changed.push(done.rows_affected());
            }
        }
        Ok(changed)
    }
}

/// A count for a BIGINT column. Counts never come near its end.
fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
