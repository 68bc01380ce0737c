//! What can be read, on connections that do nothing else.

use super::rows::{
    Assignment, AssignmentId, Attempt, AttemptId, AttemptState, Counts, CourseId, Enrolment, EventRow,
    InputRow, Learner, LearnerId, Override, Progress, Role, ScenarioVersion, Secret, Sent,
};
use super::{Store, StoreError};
use crate::units::{Lang, Points, Time};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row as _};

const ATTEMPT: &str = "SELECT id, token, learner, assignment, scenario, number, scenario_hash, engine, event_version, \
     seed, lang, start, vars, state, note, inputs, events, points, max_points, done, created, touched FROM attempt";

/// How many events are asked for by their numbers at once.
const NUMBERS: usize = 100;

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
    pub async fn inputs(&self, id: AttemptId, after: u64, limit: u32) -> Result<Vec<InputRow>, StoreError> {
        let query = sqlx::query(
            "SELECT n, at, json, client, seq FROM input WHERE attempt = $1 AND n > $2 ORDER BY n LIMIT $3",
        );
        self.many(query.bind(id.0).bind(signed(after)).bind(i64::from(limit)), |row| {
            let (client, seq): (Option<String>, Option<i64>) = (row.try_get(3)?, row.try_get(4)?);
            let sent =
                client.zip(seq).map(|(client, seq)| Sent { client, seq: u64::try_from(seq).unwrap_or(0) });
            Ok(InputRow { n: unsigned(row, 0)?, at: Time(row.try_get(1)?), json: row.try_get(2)?, sent })
        })
        .await
    }

    /// The highest number of what this client has sent to an attempt; 0 where there is none. Looks through all its
    /// inputs.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn last_seq(&self, id: AttemptId, client: &str) -> Result<u64, StoreError> {
        let query = sqlx::query("SELECT COALESCE(MAX(seq), 0) FROM input WHERE attempt = $1 AND client = $2");
        Ok(self.one(query.bind(id.0).bind(client), |row| unsigned(row, 0)).await?.unwrap_or(0))
    }

    /// An attempt's events after number `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn events(&self, id: AttemptId, after: u64, limit: u32) -> Result<Vec<EventRow>, StoreError> {
        let query = sqlx::query(
            "SELECT n, input, at, json FROM event WHERE attempt = $1 AND n > $2 ORDER BY n LIMIT $3",
        );
        self.many(query.bind(id.0).bind(signed(after)).bind(i64::from(limit)), event).await
    }

    /// Those of an attempt's events that have these numbers, in order.
    ///
    /// # Errors
    /// See [`StoreError`]; not there is no error.
    pub async fn events_numbered(&self, id: AttemptId, numbers: &[u64]) -> Result<Vec<EventRow>, StoreError> {
        let mut found = Vec::new();
        for some in numbers.chunks(NUMBERS) {
            let places: Vec<String> = (2..).take(some.len()).map(|place| format!("${place}")).collect();
            let sql = format!(
                "SELECT n, input, at, json FROM event WHERE attempt = $1 AND n IN ({}) ORDER BY n",
                places.join(", ")
            );
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(id.0);
            for n in some {
                query = query.bind(signed(*n));
            }
            found.extend(self.many(query, event).await?);
        }
        Ok(found)
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
             (SELECT COUNT(*) FROM input), (SELECT COUNT(*) FROM event)",
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

fn event(row: &AnyRow) -> Result<EventRow, sqlx::Error> {
    let (n, input) = (unsigned(row, 0)?, unsigned(row, 1)?);
    Ok(EventRow { n, input, at: Time(row.try_get(2)?), json: row.try_get(3)? })
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
