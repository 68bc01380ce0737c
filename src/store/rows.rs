//! The rows of the store as plain data. JSON and scenario texts are strings here: what is in them is not the store's.

use super::Lines;
use crate::units::{Lang, Points, Time};
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A learner's number.
    LearnerId
}
id! {
    /// A course's number.
    CourseId
}
id! {
    /// An assignment's number.
    AssignmentId
}
id! {
    /// An attempt's number. For the outside an attempt is named by its token.
    AttemptId
}

/// Somebody who works with helo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// The number.
    pub id: LearnerId,
    /// How the learner is found again, unique: `local` for the one of a self-study run.
    pub handle: String,
    /// How the learner is called; a pseudonym will do.
    pub name: String,
    /// Since when.
    pub created: Time,
}

/// What somebody may do in a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Works on assignments.
    Learner,
    /// Gives out assignments, sees and corrects results.
    Instructor,
}

/// Somebody's place in a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The course.
    pub course: CourseId,
    /// Who.
    pub learner: LearnerId,
    /// As what.
    pub role: Role,
    /// In which group.
    pub group: Option<String>,
}

/// A scenario given out in a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The number.
    pub id: AssignmentId,
    /// The course.
    pub course: CourseId,
    /// The scenario's id.
    pub scenario: String,
    /// The rules as JSON.
    pub rules: String,
}

/// A version of a scenario, named by its text's hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioVersion {
    /// The lower-case hexadecimal SHA-256 of the text.
    pub hash: String,
    /// The scenario's id.
    pub scenario: String,
    /// The text.
    pub text: String,
}

/// What becomes of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttemptState {
    /// It can be worked on.
    Open,
    /// It can only be looked at: its record stays as it is.
    Frozen,
}

/// How far an attempt has come, kept beside it so that lists need not replay it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Points earned.
    pub points: Points,
    /// Points that can be earned.
    pub max_points: Points,
    /// Every step is done.
    pub done: bool,
}

/// Octets that are kept and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Secret").finish_non_exhaustive()
    }
}

/// An attempt to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttempt {
    /// Its name for the outside, which nobody can guess.
    pub token: String,
    /// Whose it is.
    pub learner: LearnerId,
    /// For which assignment, if any.
    pub assignment: Option<AssignmentId>,
    /// The scenario, which is kept where it is not there yet.
    pub scenario: ScenarioVersion,
    /// The version of helo that began it.
    pub engine: String,
    /// The version of the events' vocabulary.
    pub event_version: u32,
    /// The seed.
    pub seed: u64,
    /// The language of the texts inside its world.
    pub lang: Lang,
    /// When its own clock began.
    pub start: Time,
    /// The variables as drawn, as JSON.
    pub vars: String,
    /// Keys and certificates, in a form only their maker reads.
    pub keys: Option<Secret>,
    /// How far it may go, as JSON; `None` for a learner's bounds.
    pub bounds: Option<String>,
    /// What stands in its transcript at the start.
    pub events: Lines,
    /// How far it has come.
    pub progress: Progress,
    /// The real time.
    pub now: Time,
}

/// An attempt without its inputs and events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its number.
    pub id: AttemptId,
    /// Its name for the outside.
    pub token: String,
    /// Whose it is.
    pub learner: LearnerId,
    /// For which assignment, if any.
    pub assignment: Option<AssignmentId>,
    /// The scenario's id.
    pub scenario: String,
    /// Which attempt of this learner at this scenario and assignment it is, from 1.
    pub number: u32,
    /// The version of the scenario.
    pub scenario_hash: String,
    /// The version of helo that began it.
    pub engine: String,
    /// The version of the events' vocabulary.
    pub event_version: u32,
    /// The seed.
    pub seed: u64,
    /// The language of the texts inside its world.
    pub lang: Lang,
    /// When its own clock began.
    pub start: Time,
    /// The variables as drawn, as JSON.
    pub vars: String,
    /// How far it may go, as JSON; `None` for a learner's bounds.
    pub bounds: Option<String>,
    /// What became of it.
    pub state: AttemptState,
    /// Why, for people.
    pub note: Option<String>,
    /// How many inputs it has.
    pub inputs: u64,
    /// How many events it has.
    pub events: u64,
    /// How far it has come.
    pub progress: Progress,
    /// The real time when it was begun.
    pub created: Time,
    /// The real time of the last input.
    pub touched: Time,
}

/// Who sent an input, and as which number of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Whoever numbers what it sends: an open page.
    pub client: String,
    /// The number, rising.
    pub seq: u64,
}

/// An input or an event as it was written. Its number is its place among the attempt's inputs, or events, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number.
    pub n: u64,
    /// What was written, as JSON.
    pub json: String,
}

/// Inputs with what they caused, to be written as one: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    /// The attempt.
    pub attempt: AttemptId,
    /// How many inputs it has before.
    pub after_input: u64,
    /// How many events it has before.
    pub after_event: u64,
    /// The inputs, numbered on from there.
    pub inputs: Lines,
    /// The events, numbered on from there. Whoever shows them has them in common with the store.
    pub events: Arc<Lines>,
    /// Who of those that number what they send has sent some of the inputs, with the highest number of each.
    pub sent: Vec<Sent>,
    /// How far the attempt has come with them.
    pub progress: Progress,
    /// The real time.
    pub now: Time,
}

/// What an instructor puts in the place of computed points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The attempt.
    pub attempt: AttemptId,
    /// The step; `None` for the whole attempt.
    pub step: Option<String>,
    /// The points.
    pub points: Points,
    /// Why.
    pub comment: String,
    /// Who.
    pub made_by: LearnerId,
    /// When, in real time.
    pub made: Time,
}

/// How many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Learners.
    pub learners: u64,
    /// Attempts.
    pub attempts: u64,
    /// Inputs of all attempts.
    pub inputs: u64,
    /// Events of all attempts.
    pub events: u64,
}

impl Role {
    pub(super) fn code(self) -> &'static str {
        match self {
            Role::Learner => "learner",
            Role::Instructor => "instructor",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Role> {
        [Role::Learner, Role::Instructor].into_iter().find(|r| r.code() == code)
    }
}

impl AttemptState {
    pub(super) fn code(self) -> &'static str {
        match self {
            AttemptState::Open => "open",
            AttemptState::Frozen => "frozen",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<AttemptState> {
        [AttemptState::Open, AttemptState::Frozen].into_iter().find(|s| s.code() == code)
    }
}

impl Append {
    /// About how many octets it takes in memory.
    pub(super) fn octets(&self) -> usize {
        self.inputs.octets() + self.events.octets() + 128
    }
}
