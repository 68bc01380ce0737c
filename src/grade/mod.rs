//! Grading: a pure fold over the transcript. It never looks at the world and never at the text of a reply.
//!
//! - A step with a place (`on`) is done when all it expects happened on **one** connection of the learner's to that
//!   host and port; of several connections the best counts. Connections between servers are not the learner's.
//! - Expectations of one mail transaction must come from one; a mistake that was corrected is none.
//! - A step without a place is done when each of its expectations happened, wherever that was.
//! - Expectations with points of their own are worth them alone; the rest of the step's points is for the whole.
//! - Hints take their cost off the step, down to nothing; after the step is done they are free.
//! - A mistake is said once, and only while its step is not done. What the step expects is no mistake.
//! - The mistakes of the shared catalogue are recognised beside the steps, each once in an attempt, unless a step expects what
//!   happened, has a word of its own for it, or the scenario silences them.

mod answer;
mod common;
mod follow;
mod known;
mod seen;
mod sender;
mod step;

pub use self::common::Slip;

use self::common::Spotter;
use self::known::Known;
use self::seen::Seen;
use self::step::StepState;
use crate::event::{CommonMistake, Entry};
use crate::scenario::{Common, Step};
use crate::units::{EventNo, Points, Text};
use std::sync::Arc;

/// The state of an attempt's grading. Its size is bounded whatever happens.
#[derive(Debug, Clone)]
pub struct Grade {
    known: Known,
    steps: Arc<[Step]>,
    /// What the scenario does about the shared catalogue.
    common: Arc<Common>,
    spotter: Spotter,
    /// The state of each step.
    states: Vec<StepState>,
}

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
    /// A mistake of the shared catalogue is named.
    Slip(Slip),
}

/// A mistake that was named.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The mistake's id in its step; `answer` for a wrong answer with a word of its own.
    pub mistake: String,
    /// The event that gave it away.
    pub event: EventNo,
    /// What is said.
    pub text: Arc<Text>,
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
    /// The mistakes of the shared catalogue that were named, in order.
    pub slips: Vec<Slip>,
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
    /// Expectations that were not met on the best connection, by their place from 0; none for a question.
    pub missing: Vec<usize>,
    /// How many hints were taken.
    pub hints: u32,
    /// The mistakes that were named, in order.
    pub said: Vec<Said>,
}

impl Grade {
    /// Nothing has happened yet. `workstation` is the name of the learner's own machine, as events have it.
    /// `common` is what the scenario does about the shared catalogue of mistakes.
    pub fn new(steps: Arc<[Step]>, common: Arc<Common>, workstation: &str) -> Grade {
        let known = Known::new(&steps, workstation);
        let states = steps.iter().map(StepState::new).collect();
        Grade { known, steps, common, spotter: Spotter::default(), states }
    }

    /// Takes the next event into account. Entries must come in the order of their numbers.
    pub fn step(&mut self, entry: &Entry) -> Vec<Tick> {
        let mut ticks = Vec::new();
        self.known.before(entry.n, &entry.event);
        let seen = Seen::new(entry.n, &entry.event, &self.known);
        for (state, step) in self.states.iter_mut().zip(self.steps.iter()) {
            state.step(step, &seen, &mut ticks);
        }
        let made = self.spotter.spot(&seen);
        if let Some(mistake) =
            made.filter(|mistake| !is_none_here(*mistake, &self.common, &self.steps, &seen))
        {
            // A step that has named it in words of its own is enough.
            let in_own_words = ticks.iter().any(|tick| matches!(tick, Tick::Said { .. }));
            let slip = Slip { mistake, event: entry.n, text: self.common.said.get(&mistake).cloned() };
            self.spotter.said(slip.clone(), !in_own_words);
            ticks.extend((!in_own_words).then_some(Tick::Slip(slip)));
        }
        self.known.after(&entry.event);
        ticks
    }

    /// How things stand.
    pub fn report(&self) -> Report {
        let steps: Vec<StepReport> =
            self.states.iter().zip(self.steps.iter()).map(|(state, step)| state.report(step)).collect();
        Report {
            points: steps.iter().map(|step| step.points).sum(),
            max_points: steps.iter().map(|step| step.max).sum(),
            steps,
            slips: self.spotter.slips().to_vec(),
        }
    }
}

/// The scenario silences the mistake, or a step wants what happened.
fn is_none_here(mistake: CommonMistake, common: &Common, steps: &[Step], seen: &Seen<'_>) -> bool {
    common.silenced.contains(&mistake) || steps.iter().any(|step| step::is_expected(step, seen))
}
