//! The steps with what the learner has earned: for the live page and the report alike.

use super::evidence::evidence;
use super::markup;
use super::protocol::{Evidence, NextHint, Progress, SaidHtml, StepState};
use super::shown::Shown;
use super::ui::Ui;
use crate::event::Entry;
use crate::explain::Explainer;
use crate::grade::{Report, Slip, StepReport};
use crate::scenario::{Drawn, Hidden, Hint, Step};
use crate::units::{EventNo, Points};
use std::collections::BTreeSet;

/// How the steps of an attempt stand, and what the page keeps back meanwhile. `entries` as for [`progress`].
pub(super) fn state(
    ui: &Ui,
    drawn: Option<&Drawn>,
    report: &Report,
    hidden: &BTreeSet<Hidden>,
    entries: &[Entry],
) -> Progress {
    let steps = drawn.map_or(&[][..], |d| &d.steps);
    let hidden = hidden.iter().map(|what| what.name()).collect();
    Progress { hidden, ..progress(ui, steps, report, entries) }
}

/// How the steps stand. `entries` has at least the events that earned points, in their order.
pub(super) fn progress(ui: &Ui, steps: &[Step], report: &Report, entries: &[Entry]) -> Progress {
    let state = |r: &StepReport| {
        let step = steps.iter().find(|s| s.id == r.id);
        step_state(ui, step, r, entries)
    };
    if !report.is_told() {
        return secret(ui, report);
    }
    let percent = report.points.0.max(0) * 100 / report.max_points.0.max(1);
    Progress {
        summary: points_of(ui, report.points, report.max_points),
        points: ui.points(report.points),
        max: ui.points(report.max_points),
        percent: u8::try_from(percent.min(100)).unwrap_or(100),
        done: report.is_done(),
        steps: report.steps.iter().map(state).collect(),
        slips: report.slips.iter().map(|slip| said_along(ui, slip)).collect(),
        secret: false,
        hidden: Vec::new(),
    }
}

/// An exam that has not been handed in: what each step is worth, and nothing of what was earned or said.
fn secret(ui: &Ui, report: &Report) -> Progress {
    let state = |step: &StepReport| StepState {
        id: step.id.clone(),
        points: "–".to_owned(),
        max: ui.points(step.max),
        done: false,
        optional: step.optional,
        evidence: Vec::new(),
        said: Vec::new(),
        hints: Vec::new(),
        next: None,
    };
    Progress {
        summary: worth(ui, report.max_points),
        points: "–".to_owned(),
        max: ui.points(report.max_points),
        percent: 0,
        done: false,
        steps: report.steps.iter().map(state).collect(),
        slips: Vec::new(),
        secret: true,
        hidden: Vec::new(),
    }
}

/// `6 of 10 points`; nothing where there is nothing to earn.
pub(super) fn points_of(ui: &Ui, points: Points, max: Points) -> String {
    if max == Points::ZERO {
        return String::new();
    }
    ui.with("points-of", &[("points", ui.points(points).into()), ("max", ui.points(max).into())])
}

/// `10 points`, or that nothing is asked.
pub(super) fn worth(ui: &Ui, max: Points) -> String {
    if max == Points::ZERO { ui.t("free-play") } else { ui.amount("max-points", max) }
}

fn step_state(ui: &Ui, step: Option<&Step>, report: &StepReport, entries: &[Entry]) -> StepState {
    let taken = report.hints as usize;
    let hints = step.map_or(&[][..], |s| &s.hints);
    let next = hints.get(taken).map(|hint| {
        let cost = if report.done { Points::ZERO } else { hint.cost };
        NextHint { number: taken + 1, cost: ui.points(cost), commands: hint.commands }
    });
    StepState {
        id: report.id.clone(),
        points: ui.points(report.points),
        max: ui.points(report.max),
        done: report.done,
        optional: report.optional,
        evidence: report.evidence.iter().filter_map(|n| line(ui, *n, entries)).collect(),
        said: report
            .said
            .iter()
            .map(|s| SaidHtml { n: s.event.0, html: markup::inline(s.text.get(ui.lang)) })
            .collect(),
        hints: hints.iter().take(taken).map(|h| hint(ui, h)).collect(),
        next,
    }
}

/// What is said of a mistake of the shared catalogue, as HTML.
fn said_along(ui: &Ui, slip: &Slip) -> SaidHtml {
    let html = match &slip.text {
        Some(text) => markup::inline(text.get(ui.lang)),
        None => Shown::text(&Explainer::of(ui.lang).explain_mistake(slip.mistake).text).to_string(),
    };
    SaidHtml { n: slip.event.0, html }
}

/// A hint as HTML.
pub(super) fn hint(ui: &Ui, hint: &Hint) -> String {
    let text = hint.text.get(ui.lang);
    if hint.commands {
        format!("<pre><code>{}</code></pre>", Shown::text(text))
    } else {
        markup::blocks(text)
    }
}

/// The event as evidence. Where the transcript is not the whole one, its number must do.
fn line(ui: &Ui, n: EventNo, entries: &[Entry]) -> Option<Evidence> {
    let place = entries.binary_search_by_key(&n, |e| e.n).ok();
    let text = match place.and_then(|i| entries.get(i)) {
        Some(entry) => evidence(ui, &entry.event)?,
        None => Shown::text(&ui.x("evidence-event", n.0)),
    };
    Some(Evidence { n: n.0, text })
}
