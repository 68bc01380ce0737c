//! One step: what of it has been done, with which events, what hints and wrong choices took off, what was said.

use super::answer::{Given, Outcome};
use super::follow::{Follower, Plan, Standing};
use super::known::bounded_insert;
use super::seen::Seen;
use super::{Said, StepReport, Tick};
use crate::event::Event;
use crate::scenario::{Check, Conversation, Mistake, Pattern, Step};
use crate::units::{ConnId, EventNo, Points};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Connections followed at once for one step.
const FOLLOWED: usize = 64;

/// The state of one step.
#[derive(Debug, Clone)]
pub(super) struct StepState {
    plan: Plan,
    followed: BTreeMap<ConnId, Follower>,
    /// The most that was found on one connection.
    best: Standing,
    /// The events of the expectations that are for themselves, by place.
    free: BTreeMap<usize, EventNo>,
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
        let nothing = Conversation { on: None, ordered: false, expect: Vec::new() };
        let plan = match &step.check {
            Check::Events(conversation) => Plan::new(conversation),
            Check::Question { .. } => Plan::new(&nothing),
        };
        StepState {
            plan,
            followed: BTreeMap::new(),
            best: Standing::NONE,
            free: BTreeMap::new(),
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
    pub(super) fn step(&mut self, step: &Step, seen: &Seen<'_>, ticks: &mut Vec<Tick>) {
        match seen.event {
            Event::HintTaken { step: id, number } if *id == step.id => self.hint(step, *number),
            Event::Answered { step: id, text } if *id == step.id => self.answer(step, seen.n, text, ticks),
            _ if self.done => {}
            _ => {
                self.expect(step, seen, ticks);
                self.mistake(step, seen, ticks);
            }
        }
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
        let found_free = self.expect_free(step, seen);
        let found = self.follow(step, seen).filter(|found| found.is_better_than(&self.best));
        if !found_free && found.is_none() {
            return;
        }
        if let Some(found) = found {
            self.best = found;
        }
        let Check::Events(conversation) = &step.check else { return };
        let before = self.points;
        let met = self.best.met.len() + self.free.len();
        self.done = met == conversation.expect.len();
        let own = |place: usize| conversation.expect.get(place).and_then(|e| e.points);
        let free = self.free.iter().map(|(place, n)| (*place, *n));
        let met = self.best.met.iter().copied().chain(free);
        let met: Vec<_> = met.filter(|(place, _)| self.done || own(*place).is_some()).collect();
        self.points = if self.done {
            step.points
        } else {
            let points: Points = met.iter().filter_map(|(place, _)| own(*place)).sum();
            points.min(step.points)
        };
        self.evidence = met.into_iter().map(|(_, n)| n).collect();
        self.evidence.sort_unstable();
        self.evidence.dedup();
        if self.done {
            self.followed.clear();
        }
        if self.done || self.points > before {
            ticks.push(self.progress(step, seen.n));
        }
    }

    /// Expectations that are for themselves. One event stands for one only among those that are the same.
    fn expect_free(&mut self, step: &Step, seen: &Seen<'_>) -> bool {
        let Check::Events(conversation) = &step.check else { return false };
        let mut taken: Vec<&Pattern> = Vec::new();
        for (place, expectation) in conversation.expect.iter().enumerate() {
            let what = &*expectation.what;
            let open = !self.plan.has(place) && !self.free.contains_key(&place);
            if open && !taken.contains(&what) && seen.is(what) {
                taken.push(what);
                self.free.insert(place, seen.n);
            }
        }
        !taken.is_empty()
    }

    fn follow(&mut self, step: &Step, seen: &Seen<'_>) -> Option<Standing> {
        if self.plan.is_empty() {
            return None;
        }
        if let Event::Closed { conn, .. } = seen.event {
            if self.plan.floats() {
                self.followed.entry(*conn).and_modify(|follower| follower.ended = true);
            } else {
                self.followed.remove(conn);
            }
            return None;
        }
        let conn = seen.conn()?;
        if !self.followed.contains_key(&conn) {
            let Check::Events(conversation) = &step.check else { return None };
            if !is_on(&conversation.on, seen) {
                return None;
            }
            let ended = self.followed.iter().find(|(_, follower)| follower.ended).map(|(conn, _)| *conn);
            if let (true, Some(ended)) = (self.followed.len() >= FOLLOWED, ended) {
                self.followed.remove(&ended);
            }
            bounded_insert(&mut self.followed, FOLLOWED, conn, Follower::new(&self.plan));
        }
        self.followed.get_mut(&conn)?.step(&self.plan, seen)
    }

    fn mistake(&mut self, step: &Step, seen: &Seen<'_>, ticks: &mut Vec<Tick>) {
        if self.done || is_expected(step, seen) {
            return;
        }
        let open = |m: &&Arc<Mistake>| !self.said.iter().any(|said| said.mistake == m.id);
        let made = |m: &&Arc<Mistake>| is_where(m, seen) && seen.is(&m.when);
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
            evidence: self.evidence.clone(),
            missing: self.missing(step),
            hints: u32::try_from(self.hints.len()).unwrap_or(u32::MAX),
            said: self.said.clone(),
        }
    }

    fn missing(&self, step: &Step) -> Vec<usize> {
        let Check::Events(conversation) = &step.check else { return Vec::new() };
        let met =
            |place: &usize| self.free.contains_key(place) || self.best.met.iter().any(|(p, _)| p == place);
        (0..conversation.expect.len()).filter(|place| !met(place)).collect()
    }
}

/// Is it what the step expects, where it expects it? Then it is no mistake, whatever else it looks like.
pub(super) fn is_expected(step: &Step, seen: &Seen<'_>) -> bool {
    let Check::Events(conversation) = &step.check else { return false };
    conversation.expect.iter().any(|e| seen.is(&e.what)) && is_on(&conversation.on, seen)
}

/// Did this happen on a connection of the learner's to this host and port?
fn is_on(on: &Option<(String, u16)>, seen: &Seen<'_>) -> bool {
    match (on, seen.link()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((host, port)), Some(link)) => {
            link.own && link.port == *port && link.host.eq_ignore_ascii_case(host)
        }
    }
}

/// Sessions are held to be where the mistake belongs; what happens outside them can happen anywhere. Only what the
/// learner's own connections carry is a learner's mistake.
fn is_where(mistake: &Mistake, seen: &Seen<'_>) -> bool {
    match seen.event {
        Event::Smtp { .. } | Event::Pop3 { .. } | Event::Imap { .. } => {
            is_on(&mistake.on, seen) && seen.link().is_none_or(|link| link.own)
        }
        _ => true,
    }
}
