//! Everything that outlives the process: learners, courses, scenario versions, attempts and their records.
//!
//! All SQL is in here and nothing else is: JSON and scenario texts are plain strings to the store, packed or not. One data directory
//! holds one SQLite database and belongs to one helo at a time.
//!
//! - [`Store::open`] makes or opens the directory, locks it and brings the schema up to date.
//! - A write returns when it is **on the disk**, fsync and all. There is one writer, and everything that was queued
//!   while it waited for the disk goes into its next transaction, so that 200 learners who press Enter at once cost
//!   a few rounds and not 200. A write that fails has left nothing behind and disturbs no other.
//! - Reads run beside it on their own connections and see whole transactions only.
//! - A [`Store`] is cheap to clone. [`Store::close`] writes what is queued and closes the database; a process that
//!   is killed instead loses nothing that was acknowledged.
//!
//! ```no_run
//! # async fn example() -> Result<(), helo::store::StoreError> {
//! use helo::store::{Store, StoreOptions};
//! use helo::units::Time;
//!
//! let store = Store::open("helo-data".as_ref(), StoreOptions::default()).await?;
//! let learner = store.learner("local", "you", Time(0)).await?;
//! for attempt in store.attempts_of(learner.id).await? {
//!     println!("{} {}/{}", attempt.scenario, attempt.progress.points, attempt.progress.max_points);
//! }
//! store.close().await;
//! # Ok(())
//! # }
//! ```

mod backend;
mod body;
mod checkpoint;
mod convert;
mod error;
mod lines;
mod lock;
mod read;
mod rows;
mod write;
mod writer;

pub use error::StoreError;
pub use lines::Lines;
pub use rows::{
    Append, Assignment, AssignmentId, Attempt, AttemptId, AttemptState, Counts, CourseId, Enrolment, Learner,
    LearnerId, Line, NewAttempt, Override, Progress, Role, ScenarioVersion, Secret, Sent,
};
pub use writer::WriterStats;

use crate::units::Time;
use backend::Backend;
use lock::DirLock;
use sqlx::AnyPool;
use std::path::Path;
use write::{Write, Written};
use writer::Writer;

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoreOptions {
    /// How large the database may grow, in octets; at its end writes fail with [`StoreError::Full`]. `None`: as large
    /// as the disk lets it.
    pub max_octets: Option<u64>,
}

/// The store. Cloning it is cheap; all clones are the same store.
#[derive(Debug, Clone)]
pub struct Store {
    backend: Backend,
    readers: AnyPool,
    writer: Writer,
}

impl Store {
    /// Opens the data directory `dir`; makes it where it is missing.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another helo works in it, [`StoreError::Newer`] where a newer helo wrote it, and
    /// whatever the operating system has against it.
    pub async fn open(dir: &Path, options: StoreOptions) -> Result<Store, StoreError> {
        let lock = DirLock::take(dir)?;
        let backend = Backend::new(dir, options.max_octets)?;
        backend.migrate().await?;
        let readers = backend.readers()?;
        let writer = Writer::start(backend.clone(), lock)?;
        Ok(Store { backend, readers, writer })
    }

    /// Writes what is queued, then closes the database and lets go of the directory. What comes later, from whichever
    /// clone, fails with [`StoreError::Closed`].
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Where the database lies.
    pub fn path(&self) -> &Path {
        self.backend.path()
    }

    /// Figures of the writer since the store was opened.
    pub fn writer_stats(&self) -> WriterStats {
        self.writer.stats()
    }

    /// The learner with this handle, made with this name where there is none yet.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn learner(&self, handle: &str, name: &str, now: Time) -> Result<Learner, StoreError> {
        let write = Write::Learner { handle: handle.to_owned(), name: name.to_owned(), now };
        match self.writer.write(write).await? {
            Written::Learner(learner) => Ok(learner),
            _ => Err(StoreError::Closed),
        }
    }

    /// Makes a course.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn new_course(&self, title: &str, now: Time) -> Result<CourseId, StoreError> {
        Ok(CourseId(self.number(Write::Course { title: title.to_owned(), now }).await?))
    }

    /// Gives somebody a place in a course, or another role or group where they have one.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] where the course or the learner is not there.
    pub async fn enrol(&self, enrolment: Enrolment, now: Time) -> Result<(), StoreError> {
        self.writer.write(Write::Enrol { enrolment, now }).await.map(drop)
    }

    /// Gives out a scenario in a course. `rules` is JSON.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] where the course is not there.
    pub async fn new_assignment(
        &self,
        course: CourseId,
        scenario: &str,
        rules: &str,
        now: Time,
    ) -> Result<AssignmentId, StoreError> {
        let (scenario, rules) = (scenario.to_owned(), rules.to_owned());
        Ok(AssignmentId(self.number(Write::Assign { course, scenario, rules, now }).await?))
    }

    /// Begins an attempt: its row, its scenario's text and the events of its start. Gives its number in the store
    /// and which attempt of the learner at this scenario and assignment it is.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] where the learner or the assignment is not there, [`StoreError::Taken`] for the token
    /// of another attempt.
    pub async fn begin(&self, new: NewAttempt) -> Result<(AttemptId, u32), StoreError> {
        match self.writer.write(Write::Begin(Box::new(new))).await? {
            Written::Attempt(id, number) => Ok((id, number)),
            _ => Err(StoreError::Closed),
        }
    }

    /// Appends inputs and their events to an attempt's record, all of it or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where they do not follow the ones the attempt has, where it is frozen or is not there.
    pub async fn append(&self, append: Append) -> Result<(), StoreError> {
        self.writer.write(Write::Append(append)).await.map(drop)
    }

    /// Says what became of an attempt, and why.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn set_state(
        &self,
        attempt: AttemptId,
        state: AttemptState,
        note: Option<String>,
    ) -> Result<(), StoreError> {
        self.writer.write(Write::State { attempt, state, note }).await.map(drop)
    }

    /// Puts other points in the place of computed ones. Earlier overrides stay in the record.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] where the attempt or the learner is not there.
    pub async fn override_points(&self, made: Override) -> Result<(), StoreError> {
        self.writer.write(Write::Override(made)).await.map(drop)
    }

    /// Remembers a value under a name, in the place of the one there was; `None` forgets it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn set_setting(&self, name: &'static str, value: Option<String>) -> Result<(), StoreError> {
        self.writer.write(Write::Setting { name, value }).await.map(drop)
    }

    async fn number(&self, write: Write) -> Result<i64, StoreError> {
        match self.writer.write(write).await? {
            Written::Id(id) => Ok(id),
            _ => Err(StoreError::Closed),
        }
    }
}
