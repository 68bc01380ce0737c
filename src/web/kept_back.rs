//! What the page keeps back while a step is open, because it would give the answer away. The scenario says it with
//! `hides`; it holds until the step is done, or the attempt is over.

use crate::event::{Entry, Event};
use crate::grade::Report;
use crate::lab::Snapshot;
use crate::scenario::{Answer, Check, Drawn, Hidden, Step};
use crate::units::{InputNo, Text};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

/// The steps that still keep something back.
fn open_steps<'a>(drawn: Option<&'a Drawn>, report: &'a Report) -> impl Iterator<Item = &'a Step> {
    let over = report.handed_in.is_some() || report.is_told() && report.is_done();
    let open = move |step: &&Step| !over && report.steps.iter().any(|s| s.id == step.id && !s.done);
    drawn.map_or(&[][..], |d| &d.steps).iter().filter(open)
}

/// What is kept back as things stand. The report is the learner's.
pub(super) fn kept_back(drawn: Option<&Drawn>, report: &Report) -> BTreeSet<Hidden> {
    let mut hidden = BTreeSet::new();
    for step in open_steps(drawn, report) {
        hidden.extend(step.hides.iter().copied());
        if asks_for_the_way(step) {
            hidden.insert(Hidden::Analysis);
        }
    }
    hidden
}

/// Does it ask for what the analysis of a message would tell?
fn asks_for_the_way(step: &Step) -> bool {
    match &step.check {
        Check::Question { answer, .. } => {
            matches!(answer, Answer::Ip(_) | Answer::Line { .. } | Answer::Time(_))
        }
        Check::Events(_) => false,
    }
}

/// Is this event to be seen?
pub(super) fn is_shown(hidden: &BTreeSet<Hidden>, entry: &Entry) -> bool {
    let kind = match &entry.event {
        Event::Fault { .. } | Event::Tampered { .. } => Hidden::Faults,
        // What a learner puts there is no secret.
        Event::Present { .. } | Event::Appended { .. } if entry.input == InputNo(0) => Hidden::Mailboxes,
        _ => return true,
    };
    !hidden.contains(&kind)
}

/// How an attempt stands as its learner may see it.
pub(super) struct Look {
    there: Snapshot,
    /// What is kept back of it.
    pub(super) hidden: BTreeSet<Hidden>,
}

impl Look {
    /// Without what is not for the learner yet.
    pub(super) fn at(mut there: Snapshot) -> Look {
        there.report = there.report.for_learner();
        let hidden = kept_back(there.about.drawn.as_deref(), &there.report);
        if !hidden.is_empty() {
            there.entries.retain(|entry| is_shown(&hidden, entry));
        }
        Look { there, hidden }
    }

    /// The heading of the step for which this is kept back; `None` where it is not.
    pub(super) fn until(&self, what: Hidden) -> Option<Arc<Text>> {
        let mut open = open_steps(self.about.drawn.as_deref(), &self.report);
        open.find(|step| step.hides.contains(&what)).map(|step| step.title.clone())
    }
}

impl Deref for Look {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.there
    }
}
