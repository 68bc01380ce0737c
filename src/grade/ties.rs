//! What is remembered of events that others are held against (`after`, `before`): when each came last, in the attempt, on
//! each connection and in each mail transaction. How much that can be is bounded by the scenario and by what stands here.

use super::known::bounded_insert;
use crate::scenario::{Same, Sought, Tie};
use crate::units::{ConnId, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Connections remembered, closed ones among them; beyond it the oldest is forgotten.
const CONNECTIONS: usize = 512;
/// Mail transactions remembered of one connection for each event.
const TRANSACTIONS: usize = 16;

/// When the events came that others are held against.
#[derive(Debug, Clone, Default)]
pub(super) struct Ties {
    /// The events, one for each description.
    sought: Vec<Arc<Sought>>,
    /// When each came last.
    ever: Vec<Option<Time>>,
    /// The same for each connection, by transaction.
    on: BTreeMap<ConnId, Vec<Vec<(u32, Time)>>>,
}

/// Where an event happened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Where {
    /// When.
    pub(super) at: Time,
    /// The connection, where it belongs to one.
    pub(super) conn: Option<ConnId>,
    /// The mail transaction, 0 for none.
    pub(super) transaction: u32,
}

impl Ties {
    /// All events that these are held against, and those that these in turn are.
    pub(super) fn new<'a>(all: impl Iterator<Item = &'a Sought>) -> Ties {
        let mut sought: Vec<Arc<Sought>> = Vec::new();
        let mut rest: Vec<Arc<Sought>> = all.flat_map(ties).collect();
        while let Some(one) = rest.pop() {
            rest.extend(ties(&one));
            if !sought.contains(&one) {
                sought.push(one);
            }
        }
        Ties { ever: vec![None; sought.len()], sought, on: BTreeMap::new() }
    }

    /// The events that are remembered.
    pub(super) fn sought(&self) -> &[Arc<Sought>] {
        &self.sought
    }

    /// An event has come that is one of these, by their places.
    pub(super) fn met(&mut self, which: &[usize], here: Where) {
        for place in which {
            if let Some(last) = self.ever.get_mut(*place) {
                *last = Some(here.at);
            }
        }
        let Some(conn) = here.conn.filter(|_| !which.is_empty()) else { return };
        if !self.on.contains_key(&conn) {
            let nothing = vec![Vec::new(); self.sought.len()];
            bounded_insert(&mut self.on, CONNECTIONS, conn, nothing);
        }
        let Some(on) = self.on.get_mut(&conn) else { return };
        for place in which {
            let Some(times) = on.get_mut(*place) else { continue };
            times.retain(|(transaction, _)| *transaction != here.transaction);
            times.push((here.transaction, here.at));
            if times.len() > TRANSACTIONS {
                times.remove(0);
            }
        }
    }

    /// Has the other event come, in what both must have in common, and lately enough?
    pub(super) fn has_come(&self, tie: &Tie, here: Where) -> bool {
        let Some(place) = self.sought.iter().position(|one| *one == tie.sought) else { return false };
        let on = || here.conn.and_then(|conn| self.on.get(&conn)).and_then(|on| on.get(place));
        let last = match tie.same {
            Same::Attempt => self.ever.get(place).copied().flatten(),
            Same::Connection => on().and_then(|times| times.iter().map(|(_, at)| *at).max()),
            Same::Mail => on().and_then(|times| {
                times.iter().find(|(transaction, _)| *transaction == here.transaction).map(|(_, at)| *at)
            }),
        };
        last.is_some_and(|last| tie.within.is_none_or(|within| here.at <= last.plus(within)))
    }
}

/// What an event is held against.
fn ties(sought: &Sought) -> Vec<Arc<Sought>> {
    sought.after.iter().chain(&sought.before).map(|tie| tie.sought.clone()).collect()
}
