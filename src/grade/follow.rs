//! One connection held against what a conversation expects of it.
//!
//! A learner may do a thing twice, wrongly first, or begin again with RSET; to take the first event that fits would
//! then be a mistake. So the ways in which the events so far can be read as the conversation are followed side by
//! side, as [`Thread`]s, and one is dropped only when another can do everything it can. What holds in every thread:
//!
//! - each event stands for one expectation at most, and in an ordered conversation for one after those met before;
//!   what was missed may be skipped, because expectations with points of their own are worth them alone;
//! - what belongs to one mail transaction (RFC 5321 section 3.3) comes from one: see [`Slot::group`];
//! - a mail transaction counts under the HELO or EHLO that is in force in it, not under one that was replaced;
//! - what must never happen is noted for its connection and transaction, and held against the readings that took it.

use super::seen::Seen;
use crate::event::SmtpVerb;
use crate::scenario::{Conversation, How, Pattern, Same, SmtpKind, Sought};
use crate::units::{EventNo, Points};
use std::sync::Arc;

/// Readings followed at once on one connection. Few conversations need ten.
const THREADS: usize = 64;
/// Transactions remembered of one connection in which something happened that must not.
const BROKEN: usize = 64;

/// What a conversation expects on its connection, prepared for following.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    ordered: bool,
    groups: usize,
    slots: Vec<Slot>,
    nevers: Vec<Never>,
}

/// What must not happen on the connection, or in a mail transaction.
#[derive(Debug, Clone)]
struct Never {
    /// Its place among the conversation's expectations.
    place: usize,
    what: Arc<Sought>,
    /// The mail transaction that it must not happen in; `None`: nowhere on the connection.
    group: Option<usize>,
}

/// One expectation.
#[derive(Debug, Clone)]
struct Slot {
    /// Its place among the conversation's expectations.
    place: usize,
    what: Arc<Sought>,
    points: Points,
    /// It comes when the servers get to it, in any order: a delivery, or its failure.
    floating: bool,
    /// The mail transaction it belongs to, counted within the conversation; `None` for what belongs to none, and
    /// for a command that is expected to be refused.
    group: Option<usize>,
    hello: bool,
}

/// One connection's readings.
#[derive(Debug, Clone)]
pub(super) struct Follower {
    threads: Vec<Thread>,
    /// What must not have happened and did: the never's number, and in which transaction.
    broken: Vec<(usize, u32)>,
    /// The connection has ended; only what floats can still come.
    pub(super) ended: bool,
}

/// One reading of the events so far.
#[derive(Debug, Clone)]
struct Thread {
    /// The number of the event that met each slot, 0 where none has: readings are many, and `Option` is twice as wide.
    met: Box<[u64]>,
    /// In an ordered conversation: the first slot that may still be met.
    next: usize,
    /// The mail transaction each group was found in.
    bound: Box<[Option<u32>]>,
    points: Points,
    count: usize,
}

/// A slot that no event has met; events are numbered from 1.
const OPEN: u64 = 0;

/// The event that met a slot.
fn event(met: u64) -> Option<EventNo> {
    (met != OPEN).then_some(EventNo(met))
}

/// How much of a conversation was found on one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    /// The expectations' own points.
    pub(super) points: Points,
    /// The expectations that were met, by place, with their events.
    pub(super) met: Vec<(usize, EventNo)>,
    /// What must not have happened and did, by place.
    pub(super) broken: Vec<usize>,
}

/// What an event led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The best reading that it is a part of.
    pub(super) best: Option<Standing>,
    /// It is something that must not happen.
    pub(super) broke: bool,
}

impl Standing {
    /// Nothing was found.
    pub(super) const NONE: Standing = Standing { points: Points::ZERO, met: Vec::new(), broken: Vec::new() };

    /// More points, or as many with more expectations met, or as many without what must not happen.
    pub(super) fn is_better_than(&self, other: &Standing) -> bool {
        self.rank() > other.rank()
    }

    fn rank(&self) -> (Points, usize, bool) {
        (self.points, self.met.len(), self.broken.is_empty())
    }
}

impl Plan {
    /// Takes those of the conversation's expectations that happen on its connection; the others are for themselves.
    pub(super) fn new(conversation: &Conversation) -> Plan {
        let (mut slots, mut nevers): (Vec<Slot>, Vec<Never>) = (Vec::new(), Vec::new());
        let (mut groups, mut has_mail, mut has_other) = (0, false, false);
        for (place, expectation) in conversation.expect.iter().enumerate() {
            let what = &expectation.what.what;
            let never = match expectation.how {
                How::Never(same) => Some(same),
                _ => None,
            };
            if !happens_on(what, conversation) || never == Some(Same::Attempt) {
                continue;
            }
            let floating = what.is_aftermath();
            let of_mail = what.is_of_mail() && never != Some(Same::Connection);
            let group = of_mail.then(|| {
                // The next MAIL begins the next transaction; written first or, in any order, anywhere among its own.
                let mail = what.smtp_verb() == Some(SmtpVerb::Mail) && never.is_none();
                if groups == 0 || (mail && (has_mail || (conversation.ordered && has_other))) {
                    groups += 1;
                    (has_mail, has_other) = (false, false);
                }
                has_mail |= mail;
                has_other |= !mail && !floating && never.is_none();
                groups - 1
            });
            let what = expectation.what.clone();
            if never.is_some() {
                nevers.push(Never { place, what, group });
                continue;
            }
            let (points, hello) = (expectation.points.unwrap_or_default(), is_hello(&what.what));
            slots.push(Slot { place, what, points, floating, group, hello });
        }
        Plan { ordered: conversation.ordered, groups, slots, nevers }
    }

    /// There is nothing to follow on a connection.
    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Is this expectation one to be met on the connection?
    pub(super) fn has(&self, place: usize) -> bool {
        self.slots.iter().any(|slot| slot.place == place)
            || self.nevers.iter().any(|never| never.place == place)
    }

    /// Something may still come after the connection has ended.
    pub(super) fn floats(&self) -> bool {
        self.slots.iter().any(|slot| slot.floating) || self.may_be_undone()
    }

    /// What must not become of a message may still come when all else is done.
    pub(super) fn may_be_undone(&self) -> bool {
        self.nevers.iter().any(|never| never.what.what.is_aftermath())
    }
}

/// Does this happen on the conversation's connection? A DNS question and a program do not.
fn happens_on(what: &Pattern, conversation: &Conversation) -> bool {
    let Some((host, port)) = &conversation.on else { return false };
    match what {
        Pattern::Smtp(_)
        | Pattern::Pop3(_)
        | Pattern::Imap(_)
        | Pattern::Delivered { .. }
        | Pattern::Undeliverable { .. }
        | Pattern::Deferred { .. }
        | Pattern::Reported { .. }
        | Pattern::Expanded { .. } => true,
        Pattern::Tls(tls) => {
            tls.from.is_none()
                && tls.host.as_ref().is_none_or(|wanted| wanted.matches(host))
                && tls.port.is_none_or(|at| at == *port)
        }
        Pattern::Connect { host: wanted, port: at, answered: true }
        | Pattern::Closed { host: wanted, port: at, .. } => {
            wanted.matches(host) && at.is_none_or(|at| at == *port)
        }
        Pattern::Connect { .. }
        | Pattern::Removed { .. }
        | Pattern::Flagged(_)
        | Pattern::Holds { .. }
        | Pattern::Dns(_)
        | Pattern::Person { .. }
        | Pattern::Ran { .. } => false,
        Pattern::Fault { .. } | Pattern::Setting { .. } | Pattern::Zone { .. } => false,
        Pattern::Sender(_) => false,
    }
}

fn is_hello(what: &Pattern) -> bool {
    let Pattern::Smtp(smtp) = what else { return false };
    let hello = smtp.command == SmtpKind::Hello;
    !what.is_refused() && (hello || matches!(what.smtp_verb(), Some(SmtpVerb::Helo | SmtpVerb::Ehlo)))
}

impl Follower {
    /// Nothing has been found yet.
    pub(super) fn new(plan: &Plan) -> Follower {
        let nothing = Thread {
            met: vec![OPEN; plan.slots.len()].into(),
            next: 0,
            bound: vec![None; plan.groups].into(),
            points: Points::ZERO,
            count: 0,
        };
        Follower { threads: vec![nothing], broken: Vec::new(), ended: false }
    }

    /// Takes an event of this connection, and gives what it led to.
    pub(super) fn step(&mut self, plan: &Plan, seen: &Seen<'_>) -> Outcome {
        let broke = self.breaks(plan, seen);
        let fits: Vec<usize> = (0..plan.slots.len())
            .filter(|i| plan.slots.get(*i).is_some_and(|slot| seen.fits(&slot.what)))
            .collect();
        let mut grown: Vec<Thread> = Vec::new();
        for thread in &self.threads {
            for slot in &fits {
                grown.extend(thread.grown(plan, seen, *slot, &fits));
            }
        }
        let best = grown.iter().map(|t| t.standing(plan, &self.broken)).max_by_key(Standing::rank);
        for thread in grown {
            self.insert(plan, seen, thread);
        }
        Outcome { best, broke }
    }

    /// Notes what must not happen; says whether something did.
    fn breaks(&mut self, plan: &Plan, seen: &Seen<'_>) -> bool {
        let mut broke = false;
        for (n, _) in plan.nevers.iter().enumerate().filter(|(_, never)| seen.fits(&never.what)) {
            let broken = (n, seen.transaction());
            broke = true;
            self.broken.retain(|other| *other != broken);
            self.broken.push(broken);
            if self.broken.len() > BROKEN {
                self.broken.remove(0);
            }
        }
        broke
    }

    /// The best of all readings, as things stand.
    pub(super) fn best(&self, plan: &Plan) -> Option<Standing> {
        self.threads.iter().map(|t| t.standing(plan, &self.broken)).max_by_key(Standing::rank)
    }

    /// Adds a reading unless another can do all it can, and drops those that it makes needless.
    fn insert(&mut self, plan: &Plan, seen: &Seen<'_>, thread: Thread) {
        if self.threads.iter().any(|other| other.covers(&thread, plan, seen)) {
            return;
        }
        self.threads.retain(|other| !thread.covers(other, plan, seen));
        self.threads.push(thread);
        if self.threads.len() > THREADS {
            // What is bound to no transaction goes last: from it the learner can begin again.
            let now = seen.link().map_or(0, |link| link.transaction);
            let past = |t: &Thread| t.bound.iter().flatten().any(|transaction| *transaction < now);
            let free = |t: &Thread| t.bound.iter().all(Option::is_none);
            let rank = |t: &Thread| (!past(t), free(t), t.points, t.count);
            let ranked = self.threads.iter().enumerate().min_by_key(|(_, t)| rank(t));
            if let Some((weakest, _)) = ranked {
                self.threads.remove(weakest);
            }
        }
    }
}

impl Thread {
    /// This reading with the event taken for slot `i`; `None` where that cannot be.
    fn grown(&self, plan: &Plan, seen: &Seen<'_>, i: usize, fits: &[usize]) -> Option<Thread> {
        let slot = plan.slots.get(i)?;
        let is_met = |i: usize| self.met.get(i).is_none_or(|met| *met != OPEN);
        // Of expectations that are the same, the first is met first.
        let twin = fits.iter().any(|j| {
            let open = *j < i && !is_met(*j) && (!plan.ordered || *j >= self.next);
            open && plan
                .slots
                .get(*j)
                .is_some_and(|other| other.what == slot.what && other.group == slot.group)
        });
        let past = plan.ordered && !slot.floating && i < self.next;
        if is_met(i) || twin || past {
            return None;
        }
        let mut grown = self.clone();
        if let Some(bound) = slot.group.and_then(|group| grown.bound.get_mut(group)) {
            match bound {
                Some(transaction) if *transaction != seen.transaction() => return None,
                Some(_) => {}
                None if !self.is_greeted_as(plan, seen) => return None,
                None => *bound = Some(seen.transaction()),
            }
        }
        *grown.met.get_mut(i)? = seen.n.0;
        if plan.ordered && !slot.floating {
            grown.next = i + 1;
        }
        grown.points = grown.points + slot.points;
        grown.count += 1;
        Some(grown)
    }

    /// Is the last HELO or EHLO this reading took the one in force?
    fn is_greeted_as(&self, plan: &Plan, seen: &Seen<'_>) -> bool {
        let hellos = plan.slots.iter().zip(&self.met).filter(|(slot, _)| slot.hello);
        let last = hellos.filter_map(|(_, met)| event(*met)).max();
        let in_force = seen.link().and_then(|link| link.hello);
        last.is_none() || in_force.is_none() || last == in_force
    }

    /// Can this reading do everything that the other can, and has it as much already?
    fn covers(&self, other: &Thread, plan: &Plan, seen: &Seen<'_>) -> bool {
        // A transaction that is over gives nothing more, save what floats.
        let now = seen.link().map_or(u32::MAX, |link| link.transaction);
        let open = |bound: &Option<u32>| bound.is_none_or(|transaction| plan.floats() || transaction >= now);
        let looser = self.bound.iter().zip(&other.bound).all(|(a, b)| a.is_none() || a == b || !open(b));
        let greeted = self.is_greeted_as(plan, seen) || !other.is_greeted_as(plan, seen);
        let has_all = |floating_only: bool| {
            plan.slots
                .iter()
                .zip(self.met.iter().zip(&other.met))
                .all(|(slot, (a, b))| *a != OPEN || *b == OPEN || (floating_only && !slot.floating))
        };
        let further = if plan.ordered {
            self.next <= other.next
                && (self.points, self.count) >= (other.points, other.count)
                && self.count >= other.count
                && (!self.has_gap(plan) || other.has_gap(plan))
                && has_all(true)
        } else {
            has_all(false)
        };
        looser && greeted && further
    }

    /// Something was skipped that can no longer be met.
    fn has_gap(&self, plan: &Plan) -> bool {
        let before = plan.slots.iter().zip(&self.met).take(self.next);
        before.into_iter().any(|(slot, met)| !slot.floating && *met == OPEN)
    }

    /// `broken` is what must not have happened on the connection and did, with the transaction it was in.
    fn standing(&self, plan: &Plan, broken: &[(usize, u32)]) -> Standing {
        let concerns = |group: Option<usize>, transaction: u32| match group {
            None => true,
            Some(group) => self.bound.get(group).is_some_and(|bound| *bound == Some(transaction)),
        };
        let nevers = plan.nevers.iter().enumerate();
        let broken = nevers.filter(|(n, never)| {
            broken.iter().any(|(which, transaction)| which == n && concerns(never.group, *transaction))
        });
        let broken = broken.map(|(_, never)| never.place).collect();
        let met = plan.slots.iter().zip(&self.met);
        let met = met.filter_map(|(slot, met)| event(*met).map(|n| (slot.place, n))).collect();
        Standing { points: self.points, met, broken }
    }
}
