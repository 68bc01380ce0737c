//! The path through the curriculum: in which order the scenarios come, what of them the learner has done, and what is next.

use crate::scenario::Scenario;
use crate::store::{Attempt, AttemptState};
use crate::units::Points;
use std::sync::Arc;

/// How a learner stands with a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Everything in it has been done, in one attempt or another.
    Done,
    /// Begun.
    Open,
    /// Not begun; what it builds on is done, or was passed over on the way to something that was begun.
    Ready,
    /// Not begun; something that should come before it is not done. Nobody is kept from it.
    Later,
}

impl Stand {
    /// For styles and tests.
    pub(super) fn code(self) -> &'static str {
        match self {
            Stand::Done => "done",
            Stand::Open => "open",
            Stand::Ready => "ready",
            Stand::Later => "later",
        }
    }
}

/// Scenarios in their order, and a learner's attempts at them.
#[derive(Debug)]
pub(super) struct Path {
    scenarios: Vec<Arc<Scenario>>,
    /// The newest first.
    attempts: Vec<Attempt>,
}

impl Path {
    /// `attempts` are the learner's, the newest first.
    pub(super) fn of(mut scenarios: Vec<Arc<Scenario>>, attempts: Vec<Attempt>) -> Path {
        // Those without a place come last, the short ones first: they are the ones to begin with.
        scenarios.sort_by(|a, b| key(a).cmp(&key(b)));
        Path { scenarios, attempts }
    }

    pub(super) fn scenarios(&self) -> impl Iterator<Item = &Arc<Scenario>> {
        self.scenarios.iter()
    }

    /// The scenario's place, from 1.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.scenarios.iter().position(|s| s.id() == id).map(|place| place + 1)
    }

    /// The attempts at a scenario, the newest first.
    pub(super) fn attempts<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Attempt> {
        self.attempts.iter().filter(move |a| a.scenario == id)
    }

    /// The newest attempt at a scenario.
    pub(super) fn newest(&self, id: &str) -> Option<&Attempt> {
        self.attempts.iter().find(|a| a.scenario == id)
    }

    /// The most that was earned in one attempt.
    pub(super) fn best(&self, id: &str) -> Points {
        self.attempts(id).map(|a| a.progress.points).max().unwrap_or(Points::ZERO)
    }

    /// Has anything been begun?
    pub(super) fn begun(&self) -> bool {
        !self.attempts.is_empty()
    }

    pub(super) fn stand(&self, scenario: &Scenario) -> Stand {
        if self.is_done(scenario.id()) {
            return Stand::Done;
        }
        if self.newest(scenario.id()).is_some() {
            return Stand::Open;
        }
        if self.before(scenario).all(|s| self.is_known(s)) { Stand::Ready } else { Stand::Later }
    }

    /// Where the learner left off: the newest attempt at each scenario counts, and of these the one that was touched last
    /// and can be gone on with.
    pub(super) fn open(&self) -> Option<&Arc<Scenario>> {
        let goes_on = |a: &&Attempt| a.state == AttemptState::Open && !a.progress.done;
        let newest = self.scenarios.iter().filter_map(|s| Some((s, self.newest(s.id()).filter(goes_on)?)));
        let open = newest.filter(|(s, _)| s.max_points() != Points::ZERO);
        open.max_by_key(|(_, a)| a.touched).map(|(s, _)| s)
    }

    /// What comes next: the first that is not begun and was not passed over, and that builds on what is begun; where there
    /// is none, the first not begun.
    pub(super) fn next(&self) -> Option<&Arc<Scenario>> {
        let new = |s: &&Arc<Scenario>| {
            s.max_points() != Points::ZERO && matches!(self.stand(s), Stand::Ready | Stand::Later)
        };
        let laid = |s: &&Arc<Scenario>| {
            !self.is_passed(s) && self.before(s).all(|b| self.is_known(b) || self.newest(b.id()).is_some())
        };
        let ready = self.scenarios.iter().filter(new).find(laid);
        ready.or_else(|| self.scenarios.iter().find(new))
    }

    /// The scenarios on offer that this one builds on. What is not on offer cannot be waited for.
    fn before<'a>(&'a self, scenario: &'a Scenario) -> impl Iterator<Item = &'a Arc<Scenario>> {
        self.scenarios.iter().filter(|s| scenario.after().any(|id| id == s.id()))
    }

    fn is_known(&self, scenario: &Scenario) -> bool {
        self.is_done(scenario.id()) || self.is_passed(scenario)
    }

    /// Does something that was begun build on it, however far up?
    fn is_passed(&self, scenario: &Scenario) -> bool {
        let mut found = vec![scenario.id()];
        let mut at = 0;
        while let Some(id) = found.get(at).copied() {
            at += 1;
            for above in self.scenarios.iter().filter(|s| s.after().any(|after| after == id)) {
                if self.newest(above.id()).is_some() {
                    return true;
                }
                if !found.contains(&above.id()) {
                    found.push(above.id());
                }
            }
        }
        false
    }

    fn is_done(&self, id: &str) -> bool {
        self.attempts(id).any(|a| a.progress.done)
    }
}

fn key(scenario: &Scenario) -> (u32, u32, &str) {
    (scenario.order().unwrap_or(u32::MAX), scenario.minutes(), scenario.id())
}
