//! Grading: a pure fold over the transcript. It never looks at the world and never at the text of a reply.

use crate::event::Entry;
use crate::scenario::Step;
use crate::units::{EventNo, Points, Text};

/// The state of an attempt's grading.
#[derive(Debug, Clone)]
pub struct Grade {}

/// What a new event changed, for the live page.
#[derive(Debug, Clone, PartialEq)]
pub enum Tick {
    /// A step has more points than before, or is done.
    Progress {
        /// The step.
        step: String,
        /// Its points now.
        points: Points,
        /// Everything it asks for has happened.
        done: bool,
        /// The event that did it.
        event: EventNo,
    },
    /// A mistake is named.
    Said {
        /// The step.
        step: String,
        /// What is said.
        said: Said,
    },
}

/// A mistake that was named.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The mistake's id in its step; `answer` for a wrong answer with a word of its own.
    pub mistake: String,
    /// The event that gave it away.
    pub event: EventNo,
    /// What is said.
    pub text: Text,
}

/// Points and evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Points in all.
    pub points: Points,
    /// What could be earned.
    pub max_points: Points,
    /// Each step, in the scenario's order.
    pub steps: Vec<StepReport>,
}

/// Points and evidence of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepReport {
    /// The step.
    pub id: String,
    /// Points earned, hints taken off.
    pub points: Points,
    /// What could be earned.
    pub max: Points,
    /// Everything it asks for has happened.
    pub done: bool,
    /// The events that earned the points, in order.
    pub evidence: Vec<EventNo>,
    /// How many hints were taken.
    pub hints: u32,
    /// The mistakes that were named, in order.
    pub said: Vec<Said>,
}

impl Grade {
    /// Nothing has happened yet.
    pub fn new(steps: &[Step]) -> Grade {
        unimplemented!("{steps:?}")
    }

    /// Takes the next event into account. Entries must come in the order of their numbers.
    pub fn step(&mut self, entry: &Entry) -> Vec<Tick> {
        unimplemented!("{entry:?}")
    }

    /// How things stand.
    pub fn report(&self) -> Report {
        unimplemented!()
    }
}
