//! One way to do a step: what of it was found, on connections and elsewhere.

use super::follow::{Follower, Plan, Standing};
use super::known::bounded_insert;
use super::seen::Seen;
use crate::event::Event;
use crate::scenario::{Conversation, Expectation, How, Same, Sought};
use crate::units::{ConnId, EventNo, Points};
use std::collections::{BTreeMap, BTreeSet};

/// Connections followed at once for one way.
const FOLLOWED: usize = 64;

/// The state of one way.
#[derive(Debug, Clone)]
pub(super) struct WayState {
    plan: Plan,
    /// In boxes, because a map has room for eleven as soon as there is one.
    followed: BTreeMap<ConnId, Box<Follower>>,
    /// The most that was found on one connection, and on which.
    best: Standing,
    best_on: Option<ConnId>,
    /// The events of the expectations that are for themselves, by place.
    free: BTreeMap<usize, EventNo>,
    /// What must not have happened anywhere, and did, by place.
    broken: BTreeSet<usize>,
}

impl WayState {
    pub(super) fn new(way: &Conversation) -> WayState {
        WayState {
            plan: Plan::new(way),
            followed: BTreeMap::new(),
            best: Standing::NONE,
            best_on: None,
            free: BTreeMap::new(),
            broken: BTreeSet::new(),
        }
    }

    /// Takes the next event into account; has anything changed?
    pub(super) fn step(&mut self, way: &Conversation, seen: &Seen<'_>) -> bool {
        let free = if ordered_anywhere(way) { self.next_free(way, seen) } else { self.each_free(way, seen) };
        let now = self.now(way, seen);
        let broken = self.never(way, seen);
        let followed = self.follow(way, seen);
        free || now || broken || followed
    }

    /// Everything has happened that must, and nothing that must not.
    pub(super) fn is_done(&self, way: &Conversation) -> bool {
        let needed = |e: &Expectation| !e.optional && !matches!(e.how, How::Never(_));
        let met: BTreeSet<usize> = self.met().map(|(place, _)| place).collect();
        let mut places = way.expect.iter().enumerate().filter(|(_, e)| needed(e)).peekable();
        places.peek().is_some()
            && places.all(|(place, _)| met.contains(&place))
            && self.broken.is_empty()
            && self.best.broken.is_empty()
    }

    /// The points of what is optional and has not happened.
    pub(super) fn forgone(&self, way: &Conversation) -> Points {
        let met: BTreeSet<usize> = self.met().map(|(place, _)| place).collect();
        let open = |(place, e): &(usize, &Expectation)| e.optional && !met.contains(place);
        way.expect.iter().enumerate().filter(open).filter_map(|(_, e)| e.points).sum()
    }

    /// What must not become of a message may still undo it.
    pub(super) fn may_be_undone(&self) -> bool {
        self.plan.may_be_undone()
    }

    /// Nothing more is to be found.
    pub(super) fn forget(&mut self) {
        self.followed.clear();
    }

    /// The expectations that were met, by place, with their events.
    pub(super) fn met(&self) -> impl Iterator<Item = (usize, EventNo)> + '_ {
        let free = self.free.iter().map(|(place, n)| (*place, *n));
        self.best.met.iter().copied().chain(free)
    }

    /// The points that the expectations which were met have of their own.
    pub(super) fn points(&self, way: &Conversation) -> Points {
        self.met().filter_map(|(place, _)| way.expect.get(place).and_then(|e| e.points)).sum()
    }

    /// The expectations that do not hold, by place.
    pub(super) fn missing(&self, way: &Conversation) -> Vec<usize> {
        let met: BTreeSet<usize> = self.met().map(|(place, _)| place).collect();
        let holds = |(place, expectation): &(usize, &Expectation)| match expectation.how {
            _ if expectation.optional && expectation.points.is_none() => true,
            How::Never(_) => !self.broken.contains(place) && !self.best.broken.contains(place),
            _ => met.contains(place),
        };
        way.expect.iter().enumerate().filter(|one| !holds(one)).map(|(place, _)| place).collect()
    }

    /// The places of what is to happen for itself and has not.
    fn open<'w>(&self, way: &'w Conversation) -> Vec<(usize, &'w Sought)> {
        let places = way.expect.iter().enumerate();
        let open = |(place, e): &(usize, &Expectation)| {
            e.how == How::Happened && !self.plan.has(*place) && !self.free.contains_key(place)
        };
        places.filter(open).map(|(place, e)| (place, &*e.what)).collect()
    }

    /// Expectations that are for themselves. One event stands for one only among those that are the same.
    fn each_free(&mut self, way: &Conversation, seen: &Seen<'_>) -> bool {
        let mut taken: Vec<&Sought> = Vec::new();
        for (place, what) in self.open(way) {
            if !taken.contains(&what) && seen.fits(what) {
                taken.push(what);
                self.free.insert(place, seen.n);
            }
        }
        !taken.is_empty()
    }

    /// In order wherever they happen: of those after the last that was met the first alone, or what is optional before it.
    fn next_free(&mut self, way: &Conversation, seen: &Seen<'_>) -> bool {
        let happened = |place: &&usize| way.expect.get(**place).is_some_and(|e| e.how == How::Happened);
        let last = self.free.keys().rfind(happened).copied();
        let optional = |place: usize| way.expect.get(place).is_some_and(|e| e.optional);
        let mut found = None;
        for (place, what) in
            self.open(way).into_iter().filter(|(place, _)| last.is_none_or(|last| *place > last))
        {
            if seen.fits(what) {
                found = Some(place);
                break;
            }
            if !optional(place) {
                break;
            }
        }
        found.map(|place| self.free.insert(place, seen.n)).is_some()
    }

    /// What can be undone holds while it is so.
    fn now(&mut self, way: &Conversation, seen: &Seen<'_>) -> bool {
        let mut changed = false;
        if !seen.begun {
            return false;
        }
        for (place, expectation) in way.expect.iter().enumerate().filter(|(_, e)| e.how == How::Now) {
            let so = seen.known.is_now(&expectation.what);
            if so != self.free.contains_key(&place) {
                changed = true;
                if so {
                    self.free.insert(place, seen.n);
                } else {
                    self.free.remove(&place);
                }
            }
        }
        changed
    }

    /// What must never happen, wherever that is.
    fn never(&mut self, way: &Conversation, seen: &Seen<'_>) -> bool {
        let everywhere = |e: &Expectation| e.how == How::Never(Same::Attempt);
        let nevers = way.expect.iter().enumerate().filter(|(_, e)| everywhere(e));
        let broken: Vec<usize> =
            nevers.filter(|(_, e)| seen.is_so(&e.what)).map(|(place, _)| place).collect();
        let before = self.broken.len();
        self.broken.extend(broken);
        self.broken.len() > before
    }

    fn follow(&mut self, way: &Conversation, seen: &Seen<'_>) -> bool {
        if self.plan.is_empty() {
            return false;
        }
        let changed = self.follow_on(way, seen).unwrap_or(false);
        if let Event::Closed { conn, .. } = seen.event {
            if self.plan.floats() {
                self.followed.entry(*conn).and_modify(|follower| follower.ended = true);
            } else {
                self.followed.remove(conn);
            }
        }
        changed
    }

    fn follow_on(&mut self, way: &Conversation, seen: &Seen<'_>) -> Option<bool> {
        let conn = seen.conn()?;
        if !self.followed.contains_key(&conn) {
            if !is_on(&way.on, seen) {
                return None;
            }
            let ended = self.followed.iter().find(|(_, follower)| follower.ended).map(|(conn, _)| *conn);
            if let (true, Some(ended)) = (self.followed.len() >= FOLLOWED, ended) {
                self.followed.remove(&ended);
            }
            bounded_insert(&mut self.followed, FOLLOWED, conn, Box::new(Follower::new(&self.plan)));
        }
        let outcome = self.followed.get_mut(&conn)?.step(&self.plan, seen);
        let before = self.best.clone();
        if outcome.broke && self.best_on == Some(conn) {
            // What was best may be so no more.
            self.best = Standing::NONE;
            for (conn, follower) in &self.followed {
                if let Some(best) = follower.best(&self.plan).filter(|best| best.is_better_than(&self.best)) {
                    (self.best, self.best_on) = (best, Some(*conn));
                }
            }
        }
        if let Some(best) = outcome.best.filter(|best| best.is_better_than(&self.best)) {
            (self.best, self.best_on) = (best, Some(conn));
        }
        Some(self.best != before)
    }
}

/// Each after the one before it, wherever that was.
fn ordered_anywhere(way: &Conversation) -> bool {
    way.ordered && way.on.is_none()
}

/// Did this happen on a connection of the learner's to this host and port?
pub(super) fn is_on(on: &Option<(String, u16)>, seen: &Seen<'_>) -> bool {
    match (on, seen.link()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((host, port)), Some(link)) => {
            link.own && link.port == *port && link.host.eq_ignore_ascii_case(host)
        }
    }
}
