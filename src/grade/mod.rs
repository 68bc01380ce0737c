//! Grading: a pure fold over the transcript. It never looks at the world and never at the text of a reply.
//!
//! - A step with a place (`on`) is done when all it expects happened on **one** connection of the learner's to that
//!   host and port; of several connections the best counts. Connections between servers are not the learner's.
//! - Expectations of one mail transaction must come from one; a mistake that was corrected is none.
//! - A step without a place is done when each of its expectations happened, wherever that was, in order where that is asked.
//! - Of several ways to do a step the one that leads furthest counts.
//! - What must never happen is held against the connection, the mail transaction or the attempt. Once a step is done it stays
//!   done, save that what must not become of a message may come later and undo it.
//! - What can be undone (a setting, a flag) holds while it is so, until its step is done.
//! - Expectations with points of their own are worth them alone; the rest of the step's points is for the whole.
//! - Hints take their cost off the step, down to nothing; after the step is done they are free.
//! - A mistake is said once, and only while its step is not done. What the step expects is no mistake.
//! - What comes after an exam was handed in does not count.
//! - The mistakes of the shared catalogue are recognised beside the steps, each once in an attempt, unless a step expects what
//!   happened, has a word of its own for it, or the scenario silences them.

mod answer;
mod common;
mod follow;
mod known;
mod seen;
mod sender;
mod state;
mod step;
mod ties;
mod way;

pub use self::common::Slip;

use self::common::Spotter;
use self::known::Known;
use self::seen::Seen;
use self::step::StepState;
use crate::event::{CommonMistake, Entry, Event};
use crate::scenario::{Common, Drawn, Step};
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
    /// It is an exam.
    exam: bool,
    /// With this event it was handed in.
    handed_in: Option<EventNo>,
}

/// What a new event changed, for the live page.
#[derive(Debug, Clone, PartialEq)]
pub enum Tick {
    /// A step has more points than before or is done; or fewer and is not, because of something that must not happen.
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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Points in all.
    pub points: Points,
    /// What could be earned.
    pub max_points: Points,
    /// Each step, in the scenario's order.
    pub steps: Vec<StepReport>,
    /// The mistakes of the shared catalogue that were named, in order.
    pub slips: Vec<Slip>,
    /// It is an exam.
    pub exam: bool,
    /// The event with which the exam was handed in.
    pub handed_in: Option<EventNo>,
}

/// Points and evidence of one step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StepReport {
    /// The step.
    pub id: String,
    /// Points earned, hints taken off.
    pub points: Points,
    /// What could be earned.
    pub max: Points,
    /// Everything it asks for has happened.
    pub done: bool,
    /// The whole is done without it.
    pub optional: bool,
    /// The events that earned the points, in order.
    pub evidence: Vec<EventNo>,
    /// The way that leads furthest, by its place from 0.
    pub way: usize,
    /// Expectations of that way that do not hold on the best connection, by their place from 0; none for a question.
    pub missing: Vec<usize>,
    /// How many hints were taken.
    pub hints: u32,
    /// The mistakes that were named, in order.
    pub said: Vec<Said>,
}

impl Report {
    /// May the learner be told what was earned and said? In an exam only when it is handed in.
    pub fn is_told(&self) -> bool {
        !self.exam || self.handed_in.is_some()
    }

    /// The report as the learner may see it.
    pub fn for_learner(mut self) -> Report {
        if self.is_told() {
            return self;
        }
        self.points = Points::ZERO;
        self.slips = Vec::new();
        for step in &mut self.steps {
            let (id, max, optional) = (std::mem::take(&mut step.id), step.max, step.optional);
            *step = StepReport { id, max, optional, ..StepReport::default() };
        }
        self
    }

    /// Everything has been done that must be; an exam is done when it is handed in. Free play has no steps, and so
    /// nothing that could be done.
    pub fn is_done(&self) -> bool {
        if self.exam {
            return self.handed_in.is_some();
        }
        !self.steps.is_empty() && self.steps.iter().all(|step| step.done || step.optional)
    }
}

impl Grade {
    /// Nothing has happened yet. `workstation` is the name of the learner's own machine, as events have it.
    /// `common` is what the scenario does about the shared catalogue of mistakes.
    pub fn new(steps: Arc<[Step]>, common: Arc<Common>, workstation: &str) -> Grade {
        let known = Known::new(&steps, workstation);
        let states = steps.iter().map(StepState::new).collect();
        let spotter = Spotter::default();
        Grade { known, steps, common, spotter, states, exam: false, handed_in: None }
    }

    /// The same for what was drawn from a scenario.
    pub fn of(drawn: &Drawn) -> Grade {
        let grade = Grade::new(drawn.steps.clone(), drawn.common.clone(), &drawn.setup.workstation.name);
        let mut grade = Grade { exam: drawn.exam, ..grade };
        if grade.known.asks_for_settings() {
            for event in drawn.setup.at_start() {
                grade.known.at_start(&event);
            }
        }
        grade
    }

    /// The event with which an exam was handed in.
    pub fn handed_in(&self) -> Option<EventNo> {
        self.handed_in
    }

    /// Takes the next event into account. Entries must come in the order of their numbers.
    pub fn step(&mut self, entry: &Entry) -> Vec<Tick> {
        let mut ticks = Vec::new();
        if self.handed_in.is_some() {
            return ticks;
        }
        if matches!(entry.event, Event::HandedIn {}) {
            self.handed_in = Some(entry.n);
            return ticks;
        }
        self.known.before(entry.n, entry.at, &entry.event);
        let seen = Seen::new(entry, &self.known);
        for (state, step) in self.states.iter_mut().zip(self.steps.iter()) {
            state.step(step, &seen, self.exam, &mut ticks);
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
        let (met, here) = (seen.ties(), seen.place());
        self.known.after(&entry.event, &met, here);
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
            exam: self.exam,
            handed_in: self.handed_in,
        }
    }
}

/// The scenario silences the mistake, or a step wants what happened.
fn is_none_here(mistake: CommonMistake, common: &Common, steps: &[Step], seen: &Seen<'_>) -> bool {
    common.silenced.contains(&mistake) || steps.iter().any(|step| step::is_expected(step, seen))
}
