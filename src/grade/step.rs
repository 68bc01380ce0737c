//! One step: what of it has been done, with which events, what hints and wrong choices took off, what was said.

use super::answer::{Given, Outcome};
use super::seen::Seen;
use super::way::{WayState, is_on};
use super::{Said, StepReport, Tick};
use crate::event::Event;
use crate::scenario::{Check, Conversation, Expectation, How, Mistake, Pattern, Step};
use crate::units::{EventNo, Points};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The state of one step.
#[derive(Debug, Clone)]
pub(super) struct StepState {
    /// Each way to do it.
    ways: Vec<WayState>,
    /// The one that leads furthest.
    best: usize,
    given: Given,
    done: bool,
    /// Before hints.
    points: Points,
    evidence: Vec<EventNo>,
    hints: BTreeSet<u32>,
    cost: Points,
    said: Vec<Said>,
}

impl StepState {
    pub(super) fn new(step: &Step) -> StepState {
        StepState {
            ways: ways(step).iter().map(WayState::new).collect(),
            best: 0,
            given: Given::default(),
            done: false,
            points: Points::ZERO,
            evidence: Vec::new(),
            hints: BTreeSet::new(),
            cost: Points::ZERO,
            said: Vec::new(),
        }
    }

    /// Takes the next event into account.
    pub(super) fn step(&mut self, step: &Step, seen: &Seen<'_>, exam: bool, ticks: &mut Vec<Tick>) {
        match seen.event {
            Event::HintTaken { step: id, number } if *id == step.id => self.hint(step, *number),
            Event::Answered { step: id, text } if *id == step.id => {
                if exam {
                    // Nobody says whether it is right, so that the last answer is the one that is meant.
                    (self.given, self.done, self.points) = (Given::default(), false, Points::ZERO);
                    self.evidence = Vec::new();
                }
                self.answer(step, seen.n, text, ticks);
            }
            _ if self.done && !self.may_change(step) => {}
            _ => {
                self.expect(step, seen, ticks);
                self.mistake(step, seen, ticks);
            }
        }
    }

    /// It is done, and what it is worth may still become less, or more by what is optional.
    fn may_change(&self, step: &Step) -> bool {
        let way = self.ways.get(self.best).zip(ways(step).get(self.best));
        way.is_some_and(|(state, way)| state.may_be_undone() || state.forgone(way) > Points::ZERO)
    }

    fn hint(&mut self, step: &Step, number: u32) {
        let place = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        if let Some(hint) = place.and_then(|place| step.hints.get(place))
            && self.hints.insert(number)
            && !self.done
        {
            self.cost = self.cost + hint.cost;
        }
    }

    fn answer(&mut self, step: &Step, n: EventNo, text: &str, ticks: &mut Vec<Tick>) {
        let Check::Question { answer, wrong, .. } = &step.check else { return };
        if self.done {
            return;
        }
        match self.given.judge(text, answer, wrong) {
            Outcome::Right => {
                self.points = self.given.left(step.points, answer);
                self.evidence = vec![n];
                self.done = true;
                ticks.push(self.progress(step, n));
            }
            Outcome::Wrong(Some(text)) => {
                self.say(step, Said { mistake: "answer".to_owned(), event: n, text }, ticks);
            }
            Outcome::Wrong(None) | Outcome::Nothing => {}
        }
    }

    fn expect(&mut self, step: &Step, seen: &Seen<'_>, ticks: &mut Vec<Tick>) {
        let ways = ways(step);
        let mut changed = false;
        for (state, way) in self.ways.iter_mut().zip(ways) {
            changed |= state.step(way, seen);
        }
        if !changed {
            return;
        }
        let (was_done, had) = (self.done, self.points);
        let rank = |(n, (state, way)): &(usize, (&WayState, &Conversation))| {
            // Of ways that lead as far, the first counts.
            (state.is_done(way), state.points(way), state.met().count(), std::cmp::Reverse(*n))
        };
        let Some((best, (state, way))) = self.ways.iter().zip(ways).enumerate().max_by_key(rank) else {
            return;
        };
        let own = |place: usize| way.expect.get(place).and_then(|e| e.points);
        self.done = state.is_done(way);
        let whole = step.points - state.forgone(way);
        self.points = if self.done { whole } else { state.points(way).min(step.points) };
        let counts = |place: usize| self.done || own(place).is_some();
        self.evidence = state.met().filter(|(place, _)| counts(*place)).map(|(_, n)| n).collect();
        self.evidence.sort_unstable();
        self.evidence.dedup();
        self.best = best;
        if self.done {
            // Only what can still be undone, or be worth more, is followed further.
            let over = |state: &WayState, way| !state.may_be_undone() && state.forgone(way) == Points::ZERO;
            let states = self.ways.iter_mut().zip(ways);
            states.filter(|(state, way)| over(state, way)).for_each(|(state, _)| state.forget());
        }
        if self.done != was_done || self.points != had {
            ticks.push(self.progress(step, seen.n));
        }
    }

    fn mistake(&mut self, step: &Step, seen: &Seen<'_>, ticks: &mut Vec<Tick>) {
        if self.done || step.mistakes.is_empty() {
            return;
        }
        let expected = is_expected(step, seen);
        // What lies somewhere is no event that could be expected, nor on a connection.
        let lies = |m: &Mistake| matches!(m.when.what, Pattern::Holds { .. });
        let open = |m: &&Arc<Mistake>| {
            (m.even_if_expected || !expected || lies(m)) && !self.said.iter().any(|said| said.mistake == m.id)
        };
        let made = |m: &&Arc<Mistake>| (lies(m) || is_where(m, seen)) && seen.is_so(&m.when);
        let made: Vec<Said> = (step.mistakes.iter().filter(open).filter(made))
            .map(|m| Said { mistake: m.id.clone(), event: seen.n, text: m.say.clone() })
            .collect();
        for said in made {
            self.say(step, said, ticks);
        }
    }

    fn say(&mut self, step: &Step, said: Said, ticks: &mut Vec<Tick>) {
        self.said.push(said.clone());
        ticks.push(Tick::Said { step: step.id.clone(), said });
    }

    fn earned(&self) -> Points {
        (self.points - self.cost).max(Points::ZERO)
    }

    fn progress(&self, step: &Step, event: EventNo) -> Tick {
        Tick::Progress { step: step.id.clone(), points: self.earned(), done: self.done, event }
    }

    /// How the step stands.
    pub(super) fn report(&self, step: &Step) -> StepReport {
        StepReport {
            id: step.id.clone(),
            points: self.earned(),
            max: step.points,
            done: self.done,
            optional: step.optional,
            evidence: self.evidence.clone(),
            way: self.best,
            missing: self.missing(step),
            hints: u32::try_from(self.hints.len()).unwrap_or(u32::MAX),
            said: self.said.clone(),
        }
    }

    fn missing(&self, step: &Step) -> Vec<usize> {
        let way = self.ways.get(self.best).zip(ways(step).get(self.best));
        way.map(|(state, way)| state.missing(way)).unwrap_or_default()
    }
}

/// The ways to do a step; a question has none.
fn ways(step: &Step) -> &[Conversation] {
    match &step.check {
        Check::Events(ways) => ways,
        Check::Question { .. } => &[],
    }
}

/// Is it what the step expects, where it expects it? Then it is no mistake, whatever else it looks like. What must never
/// happen there is not expected, though something else that it tells should be: one report may speak of two recipients.
pub(super) fn is_expected(step: &Step, seen: &Seen<'_>) -> bool {
    ways(step).iter().any(|way| {
        let (nevers, wanted): (Vec<&Expectation>, Vec<&Expectation>) =
            way.expect.iter().partition(|e| matches!(e.how, How::Never(_)));
        let is_one = |of: &[&Expectation]| of.iter().any(|e| seen.fits(&e.what));
        is_one(&wanted) && !is_one(&nevers) && is_on(&way.on, seen)
    })
}

/// Sessions are held to be where the mistake belongs; what happens outside them can happen anywhere. Only what the
/// learner's own connections carry is a learner's mistake, save where the host is named that opened the connection.
fn is_where(mistake: &Mistake, seen: &Seen<'_>) -> bool {
    match seen.event {
        Event::Smtp { .. } | Event::Pop3 { .. } | Event::Imap { .. } => {
            let own = seen.link().is_none_or(|link| link.own);
            is_on(&mistake.on, seen) && (own || mistake.when.client.is_some())
        }
        _ => true,
    }
}
