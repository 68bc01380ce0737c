//! What can be read, on connections that do nothing else.

use super::body::unpack;
use super::rows::{
    Assignment, AssignmentId, Attempt, AttemptId, AttemptState, Counts, CourseId, Enrolment, Learner,
    LearnerId, Line, Override, Progress, Role, ScenarioVersion, Secret,
};
use super::{Store, StoreError};
use crate::units::{Lang, Points, Time};
use futures_util::TryStreamExt as _;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row as _};
use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Unbounded};

const ATTEMPT: &str = "SELECT id, token, learner, assignment, scenario, number, scenario_hash, engine, event_version, \
     seed, lang, start, vars, bounds, state, note, inputs, events, points, max_points, done, created, touched FROM attempt";

/// One of the two kinds of lines in a row of the record.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Inputs,
    Events,
}

impl Store {
    /// The attempt with this token.
    ///
    /// # Errors
    /// See [`StoreError`]; not there is no error.
    pub async fn attempt_by_token(&self, token: &str) -> Result<Option<Attempt>, StoreError> {
        let sql = format!("{ATTEMPT} WHERE token = $1");
        self.one(sqlx::query(AssertSqlSafe(sql)).bind(token), attempt).await
    }

    /// The attempt with this number.
    ///
    /// # Errors
    /// See [`StoreError`]; not there is no error.
    pub async fn attempt(&self, id: AttemptId) -> Result<Option<Attempt>, StoreError> {
        let sql = format!("{ATTEMPT} WHERE id = $1");
        self.one(sqlx::query(AssertSqlSafe(sql)).bind(id.0), attempt).await
    }

    /// All attempts of a learner, the newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn attempts_of(&self, learner: LearnerId) -> Result<Vec<Attempt>, StoreError> {
        let sql = format!("{ATTEMPT} WHERE learner = $1 ORDER BY id DESC");
        self.many(sqlx::query(AssertSqlSafe(sql)).bind(learner.0), attempt).await
    }

    /// The newest attempt of a learner at each scenario, whatever the assignment, by scenario.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn latest_per_scenario(&self, learner: LearnerId) -> Result<Vec<Attempt>, StoreError> {
        let sql = format!(
            "{ATTEMPT} WHERE id IN (SELECT MAX(id) FROM attempt WHERE learner = $1 GROUP BY scenario) \
             ORDER BY scenario"
        );
        self.many(sqlx::query(AssertSqlSafe(sql)).bind(learner.0), attempt).await
    }

    /// The keys kept with an attempt.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn keys(&self, id: AttemptId) -> Result<Option<Secret>, StoreError> {
        let query = sqlx::query("SELECT keys FROM attempt WHERE id = $1").bind(id.0);
        Ok(self.one(query, |row| row.try_get::<Option<Vec<u8>>, _>(0)).await?.flatten().map(Secret))
    }

    /// An attempt's inputs after number `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn inputs(&self, id: AttemptId, after: u64, limit: u32) -> Result<Vec<Line>, StoreError> {
        let query = sqlx::query(
            "SELECT last_input, inputs, events, body FROM record WHERE attempt = $1 AND last_input > $2 \
             ORDER BY last_event, last_input",
        );
        let query = query.bind(id.0).bind(signed(after));
        self.lines(query, Kind::Inputs, limit, |n| n > after).await
    }

    /// The highest number of what this client has sent to an attempt; 0 where there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn last_seq(&self, id: AttemptId, client: &str) -> Result<u64, StoreError> {
        let query = sqlx::query("SELECT seq FROM sent WHERE attempt = $1 AND client = $2");
        Ok(self.one(query.bind(id.0).bind(client), |row| unsigned(row, 0)).await?.unwrap_or(0))
    }

    /// An attempt's events after number `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn events(&self, id: AttemptId, after: u64, limit: u32) -> Result<Vec<Line>, StoreError> {
        let query = sqlx::query(
            "SELECT last_event, inputs, events, body FROM record WHERE attempt = $1 AND last_event > $2 \
             ORDER BY last_event, last_input",
        );
        let query = query.bind(id.0).bind(signed(after));
        self.lines(query, Kind::Events, limit, |n| n > after).await
    }

    /// Those of an attempt's events that have these numbers, in order.
    ///
    /// # Errors
    /// See [`StoreError`]; not there is no error.
    pub async fn events_numbered(
        &self,
        id: AttemptId,
        numbers: &BTreeSet<u64>,
    ) -> Result<Vec<Line>, StoreError> {
        let (mut found, mut after) = (Vec::new(), 0);
        while let Some(next) = numbers.range((Excluded(after), Unbounded)).next() {
            // The row that has this one may have others of them.
            let query = sqlx::query(
                "SELECT last_event, inputs, events, body FROM record WHERE attempt = $1 AND last_event >= $2 \
                 ORDER BY last_event, last_input LIMIT 1",
            );
            after = *next;
            let query = query.bind(id.0).bind(signed(*next));
            found.extend(self.lines(query, Kind::Events, u32::MAX, |n| numbers.contains(&n)).await?);
            after = found.last().map_or(after, |line: &Line| line.n.max(after));
        }
        Ok(found)
    }

    /// Those lines of one kind, out of rows of the record, that are `wanted`, at most `limit`.
    async fn lines(
        &self,
        query: Query<'_, Any, AnyArguments>,
        kind: Kind,
        limit: u32,
        wanted: impl Fn(u64) -> bool,
    ) -> Result<Vec<Line>, StoreError> {
        let mut lines = Vec::new();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let fault = |e: sqlx::Error| self.backend.fault(&e);
        // A row at a time: how many lines each has is not known before.
        let mut rows = query.fetch(&self.readers);
        while lines.len() < limit
            && let Some(row) = rows.try_next().await.map_err(fault)?
        {
            let number = |column: usize| unsigned(&row, column).map_err(fault);
            let (last, inputs, events) = (number(0)?, number(1)?, number(2)?);
            let damaged = || self.backend.damaged(&format!("the row of the record up to {kind:?} {last}"));
            let row = unpack(row.try_get(3).map_err(fault)?, inputs, events).ok_or_else(damaged)?;
            let (count, texts): (_, &mut dyn Iterator<Item = &str>) = match kind {
                Kind::Inputs => (inputs, &mut row.inputs()),
                Kind::Events => (events, &mut row.events()),
            };
            let first = last.checked_sub(count).ok_or_else(damaged)? + 1;
            let those = (first..).zip(texts).filter(|(n, _)| wanted(*n)).take(limit - lines.len());
            lines.extend(those.map(|(n, json)| Line { n, json: json.to_owned() }));
        }
        Ok(lines)
    }

    /// A version of a scenario.
    ///
    /// # Errors
    /// See [`StoreError`]; not there is no error.
    pub async fn scenario_version(&self, hash: &str) -> Result<Option<ScenarioVersion>, StoreError> {
        let query = sqlx::query("SELECT hash, scenario, text FROM scenario_version WHERE hash = $1");
        self.one(query.bind(hash), |row| {
            Ok(ScenarioVersion { hash: row.try_get(0)?, scenario: row.try_get(1)?, text: row.try_get(2)? })
        })
        .await
    }

    /// A learner.
    ///
    /// # Errors
    /// See [`StoreError`]; not there is no error.
    pub async fn learner_by_id(&self, id: LearnerId) -> Result<Option<Learner>, StoreError> {
        let query = sqlx::query("SELECT handle, name, created FROM learner WHERE id = $1").bind(id.0);
        self.one(query, |row| {
            Ok(Learner { id, handle: row.try_get(0)?, name: row.try_get(1)?, created: Time(row.try_get(2)?) })
        })
        .await
    }

    /// The places of a learner in courses.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn enrolments_of(&self, learner: LearnerId) -> Result<Vec<Enrolment>, StoreError> {
        let query =
            sqlx::query("SELECT course, role, team FROM enrolment WHERE learner = $1 ORDER BY course");
        self.many(query.bind(learner.0), |row| {
            let role: String = row.try_get(1)?;
            let role = Role::from_code(&role).ok_or_else(|| unreadable("role", &role))?;
            Ok(Enrolment { course: CourseId(row.try_get(0)?), learner, role, group: row.try_get(2)? })
        })
        .await
    }

    /// What is given out in a course, oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn assignments_of(&self, course: CourseId) -> Result<Vec<Assignment>, StoreError> {
        let query = sqlx::query("SELECT id, scenario, rules FROM assignment WHERE course = $1 ORDER BY id");
        self.many(query.bind(course.0), |row| {
            let id = AssignmentId(row.try_get(0)?);
            Ok(Assignment { id, course, scenario: row.try_get(1)?, rules: row.try_get(2)? })
        })
        .await
    }

    /// Points by hand in an attempt, oldest first. The newest for each step counts.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn overrides_of(&self, attempt: AttemptId) -> Result<Vec<Override>, StoreError> {
        let query = sqlx::query(
            "SELECT step, points, comment, made_by, made FROM override WHERE attempt = $1 ORDER BY id",
        );
        self.many(query.bind(attempt.0), |row| {
            Ok(Override {
                attempt,
                step: row.try_get(0)?,
                points: Points(row.try_get(1)?),
                comment: row.try_get(2)?,
                made_by: LearnerId(row.try_get(3)?),
                made: Time(row.try_get(4)?),
            })
        })
        .await
    }

    /// What is remembered under this name.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is no error.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let query = sqlx::query("SELECT value FROM setting WHERE name = $1").bind(name);
        self.one(query, |row| row.try_get(0)).await
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let query = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM learner), (SELECT COUNT(*) FROM attempt), \
             (SELECT CAST(COALESCE(SUM(inputs), 0) AS BIGINT) FROM record), \
             (SELECT CAST(COALESCE(SUM(events), 0) AS BIGINT) FROM record)",
        );
        let counts = self.one(query, |row| {
            Ok(Counts {
                learners: unsigned(row, 0)?,
                attempts: unsigned(row, 1)?,
                inputs: unsigned(row, 2)?,
                events: unsigned(row, 3)?,
            })
        });
        Ok(counts.await?.unwrap_or_default())
    }

    async fn one<T>(
        &self,
        query: Query<'_, Any, AnyArguments>,
        read: impl Fn(&AnyRow) -> Result<T, sqlx::Error>,
    ) -> Result<Option<T>, StoreError> {
        let row = query.fetch_optional(&self.readers).await.map_err(|e| self.backend.fault(&e))?;
        row.as_ref().map(read).transpose().map_err(|e| self.backend.fault(&e))
    }

    async fn many<T>(
        &self,
        query: Query<'_, Any, AnyArguments>,
        read: impl Fn(&AnyRow) -> Result<T, sqlx::Error>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = query.fetch_all(&self.readers).await.map_err(|e| self.backend.fault(&e))?;
        rows.iter().map(read).collect::<Result<_, _>>().map_err(|e| self.backend.fault(&e))
    }
}

fn attempt(row: &AnyRow) -> Result<Attempt, sqlx::Error> {
    let (lang, state): (String, String) = (row.try_get("lang")?, row.try_get("state")?);
    Ok(Attempt {
        id: AttemptId(row.try_get("id")?),
        token: row.try_get("token")?,
        learner: LearnerId(row.try_get("learner")?),
        assignment: row.try_get::<Option<i64>, _>("assignment")?.map(AssignmentId),
        scenario: row.try_get("scenario")?,
        number: u32::try_from(unsigned(row, "number")?).unwrap_or(u32::MAX),
        scenario_hash: row.try_get("scenario_hash")?,
        engine: row.try_get("engine")?,
        event_version: u32::try_from(unsigned(row, "event_version")?).unwrap_or(u32::MAX),
        seed: row.try_get::<i64, _>("seed")?.cast_unsigned(),
        lang: lang.parse::<Lang>().map_err(|()| unreadable("language", &lang))?,
        start: Time(row.try_get("start")?),
        vars: row.try_get("vars")?,
        bounds: row.try_get("bounds")?,
        state: AttemptState::from_code(&state).ok_or_else(|| unreadable("state", &state))?,
        note: row.try_get("note")?,
        inputs: unsigned(row, "inputs")?,
        events: unsigned(row, "events")?,
        progress: Progress {
            points: Points(row.try_get("points")?),
            max_points: Points(row.try_get("max_points")?),
            done: row.try_get::<i64, _>("done")? != 0,
        },
        created: Time(row.try_get("created")?),
        touched: Time(row.try_get("touched")?),
    })
}

/// A count out of a BIGINT column.
fn unsigned<I: sqlx::ColumnIndex<AnyRow>>(row: &AnyRow, column: I) -> Result<u64, sqlx::Error> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0))
}

/// A number for a BIGINT parameter.
fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn unreadable(what: &str, value: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("{what} `{value}` is none this helo knows").into())
}
