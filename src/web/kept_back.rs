//! What the page keeps back while a step is open, because it would give the answer away. The scenario says it with
//! `hides`; it holds until the step is done, or the attempt is over.

use crate::event::{Entry, Event};
use crate::grade::Report;
use crate::lab::Snapshot;
use crate::scenario::{Answer, Check, Drawn, Hidden, Step};
use crate::units::{InputNo, Text};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is kept back as things stand.
pub(super) fn kept_back(drawn: Option<&Drawn>, report: &Report) -> BTreeSet<Hidden> {
    let over = report.handed_in.is_some() || report.is_told() && report.is_done();
    let open = |step: &&Step| !over && report.steps.iter().any(|s| s.id == step.id && !s.done);
    let steps = drawn.map_or(&[][..], |d| &d.steps);
    let mut hidden = BTreeSet::new();
    for step in steps.iter().filter(open) {
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
pub(super) fn for_learner(mut there: Snapshot) -> Snapshot {
    there.report = there.report.for_learner();
    let hidden = kept_back(there.about.drawn.as_deref(), &there.report);
    if !hidden.is_empty() {
        there.entries.retain(|entry| is_shown(&hidden, entry));
    }
    there
}

/// The heading of the step for which this is kept back.
pub(super) fn title(drawn: &Drawn, report: &Report, what: Hidden) -> Option<Arc<Text>> {
    let open = |step: &&Step| report.steps.iter().any(|s| s.id == step.id && !s.done);
    drawn.steps.iter().filter(open).find(|s| s.hides.contains(&what)).map(|s| s.title.clone())
}
