//! Between an attempt and its rows in the store: writing down what was applied, and bringing an attempt back.

use super::catalogue::Versions;
use super::clients::Clients;
use super::subscription::About;
use super::{LabError, WhyFrozen};
use crate::attempt::{Attempt, Header, Input};
use crate::event::Entry;
use crate::grade::{Grade, Report};
use crate::mail::Keyring;
use crate::scenario::{Drawn, Scenario};
use crate::store;
use crate::store::{AttemptId, AttemptState, Line, Lines, Progress, Secret, Store};
use crate::units::{Bounds, EventNo, InputNo, Points, Time};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many rows are read at once.
const PAGE: u32 = 4096;
/// How many inputs are applied before what came of them is compared, when an attempt is brought back.
const AT_ONCE: usize = 256;

/// An attempt as it comes out of the store.
#[derive(Debug)]
pub(super) enum Body {
    /// It can be worked on.
    Live(Box<Attempt>),
    /// Its recorded transcript can be looked at.
    Frozen {
        /// The points as recorded.
        report: Report,
        /// The time of the last event.
        now: Time,
        /// Why it is frozen.
        why: WhyFrozen,
    },
    /// An input has broken it; it is about to be brought back from its record.
    Lost,
}

/// An attempt with what is known about it.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) id: AttemptId,
    pub(super) about: Arc<About>,
    pub(super) body: Body,
    /// How many inputs are in the store.
    pub(super) inputs: u64,
    /// How many events are in the store.
    pub(super) events: u64,
    /// What clients have sent.
    pub(super) clients: Clients,
}

/// An input as it stands in the record. An event stands there as its [`Entry`].
#[derive(Serialize, Deserialize)]
struct InputLine<'a> {
    n: InputNo,
    at: Time,
    input: Cow<'a, Input>,
}

/// Writes an event behind the others.
///
/// # Errors
/// What cannot be written as JSON.
pub(super) fn push_event(lines: &mut Lines, entry: &Entry) -> Result<(), LabError> {
    lines.push(|text| serde_json::to_writer(text, entry)).map_err(unreadable)
}

/// Writes an input behind the others.
///
/// # Errors
/// What cannot be written as JSON.
pub(super) fn push_input(lines: &mut Lines, n: InputNo, at: Time, input: &Input) -> Result<(), LabError> {
    let line = InputLine { n, at, input: Cow::Borrowed(input) };
    lines.push(|text| serde_json::to_writer(text, &line)).map_err(unreadable)
}

/// How far a report has come; of an exam nothing is known before it is handed in.
pub(super) fn progress(report: &Report) -> Progress {
    let points = if report.is_told() { report.points } else { Points::ZERO };
    Progress { points, max_points: report.max_points, done: report.is_done() }
}

/// A value as JSON.
///
/// # Errors
/// What cannot be written so.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<String, LabError> {
    serde_json::to_string(value).map_err(unreadable)
}

/// An attempt's keyring as the store keeps it; nothing where there is nothing in it.
///
/// # Errors
/// What cannot be written as JSON.
pub(super) fn kept_keys(keyring: &Keyring) -> Result<Option<Secret>, LabError> {
    let kept = (!keyring.is_empty()).then(|| json(keyring)).transpose()?;
    Ok(kept.map(|text| Secret(text.into_bytes())))
}

/// An attempt's bounds as the store keeps them; nothing where they are a learner's.
///
/// # Errors
/// What cannot be written as JSON.
pub(super) fn kept_bounds(bounds: Bounds) -> Result<Option<String>, LabError> {
    (!bounds.is_learners()).then(|| json(&bounds)).transpose()
}

fn unreadable(error: serde_json::Error) -> LabError {
    LabError::Unreadable { what: error.to_string() }
}

/// What does not change about an attempt.
pub(super) fn about(row: &store::Attempt, drawn: Option<Arc<Drawn>>) -> Arc<About> {
    Arc::new(About {
        token: row.token.clone(),
        scenario: row.scenario.clone(),
        number: row.number,
        seed: row.seed,
        lang: row.lang,
        start: row.start,
        drawn,
    })
}

/// Brings an attempt back: its inputs are applied anew, and what comes out is compared with what was recorded. Where
/// it differs, the attempt is frozen with its recorded transcript and points, in the store too. However long the record,
/// only a stretch of it is in memory.
///
/// # Errors
/// No such attempt, or trouble with the store.
pub(super) async fn load(store: &Store, versions: &Versions, token: &str) -> Result<Loaded, LabError> {
    let row = store.attempt_by_token(token).await?.ok_or(LabError::NoSuchAttempt)?;
    let scenario = versions.get(store, &row.scenario_hash).await?;
    let header = header(store, &row).await?;
    let clients = Clients::default();
    let why = match (row.state, &scenario) {
        (AttemptState::Frozen, _) => WhyFrozen::from_note(row.note.as_deref().unwrap_or_default()),
        (AttemptState::Open, None) => WhyFrozen::ScenarioUnreadable,
        (AttemptState::Open, Some(scenario)) => match replay(store, &row, scenario.clone(), header).await? {
            Ok(attempt) => {
                let about = about(&row, Some(attempt.drawn().clone()));
                let (id, inputs, events) = (row.id, row.inputs, row.events);
                return Ok(Loaded { id, about, body: Body::Live(attempt), inputs, events, clients });
            }
            Err(why) => why,
        },
    };
    let drawn = redrawn(&row, scenario.as_deref());
    let (mut report, now) = recorded(store, &row, drawn.as_deref()).await?;
    (report.points, report.max_points) = (row.progress.points, row.progress.max_points);
    if row.state == AttemptState::Open {
        store.set_state(row.id, AttemptState::Frozen, Some(why.note())).await?;
    }
    let about = about(&row, drawn);
    let body = Body::Frozen { report, now, why };
    Ok(Loaded { id: row.id, about, body, inputs: row.inputs, events: row.events, clients })
}

/// What an attempt was begun with.
async fn header(store: &Store, row: &store::Attempt) -> Result<Header, LabError> {
    Ok(Header {
        engine: row.engine.clone(),
        events: row.event_version,
        scenario: row.scenario.clone(),
        hash: row.scenario_hash.clone(),
        seed: row.seed,
        lang: row.lang,
        start: row.start,
        vars: serde_json::from_str(&row.vars).map_err(unreadable)?,
        keyring: match store.keys(row.id).await? {
            Some(Secret(kept)) => serde_json::from_slice(&kept).map_err(unreadable)?,
            None => Keyring::default(),
        },
        bounds: match &row.bounds {
            Some(kept) => serde_json::from_str(kept).map_err(unreadable)?,
            None => Bounds::LEARNER,
        },
    })
}

/// The next inputs of an attempt after number `after`: at least one.
async fn inputs(store: &Store, id: AttemptId, mut after: u64) -> Result<Vec<(Time, Input)>, LabError> {
    let mut inputs = Vec::new();
    for line in store.inputs(id, after, PAGE).await? {
        let next: InputLine<'_> = serde_json::from_str(&line.json).map_err(unreadable)?;
        if next.n.0 != after + 1 {
            return Err(missing("input", after));
        }
        after += 1;
        inputs.push((next.at, next.input.into_owned()));
    }
    if inputs.is_empty() { Err(missing("input", after)) } else { Ok(inputs) }
}

/// An attempt's events after number `after`, of the `last` that it has. A live attempt does not keep them in memory.
///
/// # Errors
/// Trouble with the store, or with what stands there.
pub(super) async fn entries(
    store: &Store,
    id: AttemptId,
    mut after: u64,
    last: u64,
) -> Result<Vec<Entry>, LabError> {
    let mut entries = Vec::new();
    while after < last {
        let page = store.events(id, after, PAGE).await?;
        if page.is_empty() {
            return Err(missing("event", after));
        }
        for line in page {
            let next = entry(&line)?;
            if next.n.0 != after + 1 {
                return Err(missing("event", after));
            }
            after += 1;
            entries.push(next);
        }
    }
    Ok(entries)
}

/// The events that the points of a report rest on.
///
/// # Errors
/// Trouble with the store, or with what stands there.
pub(super) async fn evidence(store: &Store, id: AttemptId, report: &Report) -> Result<Vec<Entry>, LabError> {
    let numbers: BTreeSet<u64> = report.steps.iter().flat_map(|s| &s.evidence).map(|n| n.0).collect();
    numbered(store, id, &numbers).await
}

/// The events with these numbers, as far as there are such.
///
/// # Errors
/// Trouble with the store, or with what stands there.
pub(super) async fn numbered(
    store: &Store,
    id: AttemptId,
    numbers: &BTreeSet<u64>,
) -> Result<Vec<Entry>, LabError> {
    store.events_numbered(id, numbers).await?.iter().map(entry).collect()
}

fn entry(line: &Line) -> Result<Entry, LabError> {
    serde_json::from_str(&line.json).map_err(unreadable)
}

fn missing(what: &str, before: u64) -> LabError {
    LabError::Unreadable { what: format!("{what} {} is missing", before + 1) }
}

/// Applies what is recorded to a new world, on threads of their own, because a long record takes its time. Where what comes
/// out is not what was recorded, there is the reason.
async fn replay(
    store: &Store,
    row: &store::Attempt,
    scenario: Arc<Scenario>,
    header: Header,
) -> Result<Result<Box<Attempt>, WhyFrozen>, LabError> {
    let mut attempt = match elsewhere(move || header.begin(&scenario).map(Box::new)).await? {
        Ok(Ok(attempt)) => attempt,
        Ok(Err(_)) => return Ok(Err(WhyFrozen::ScenarioUnusable)),
        Err(why) => return Ok(Err(why)),
    };
    let (mut done, mut told) = (0, 0);
    let mut waiting = Vec::new().into_iter();
    loop {
        // The store has them; see [`entries`].
        let (_, made) = attempt.hand_over();
        if let Some(at) = differs(store, row, told, &made).await? {
            return Ok(Err(WhyFrozen::Diverged { at }));
        }
        told += made.len() as u64;
        if waiting.len() == 0 && done < row.inputs {
            waiting = inputs(store, row.id, done).await?.into_iter();
        }
        let some: Vec<(Time, Input)> = waiting.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        done += some.len() as u64;
        let apply = move || {
            for (at, input) in some {
                attempt.apply(at, input);
            }
            attempt
        };
        attempt = match elsewhere(apply).await? {
            Ok(attempt) => attempt,
            Err(why) => return Ok(Err(why)),
        };
    }
    let all = told == row.events;
    Ok(if all { Ok(attempt) } else { Err(WhyFrozen::Diverged { at: EventNo(told + 1) }) })
}

/// Does something on a thread of its own; why the attempt is frozen where that panics.
async fn elsewhere<T: Send + 'static>(
    what: impl FnOnce() -> T + Send + 'static,
) -> Result<Result<T, WhyFrozen>, LabError> {
    match tokio::task::spawn_blocking(what).await {
        Ok(done) => Ok(Ok(done)),
        Err(failed) if failed.is_panic() => Ok(Err(WhyFrozen::ReplayCrashes)),
        Err(_) => Err(LabError::Closing),
    }
}

/// The first of these events, which come after number `after`, that is not as it was recorded.
async fn differs(
    store: &Store,
    row: &store::Attempt,
    after: u64,
    made: &[Entry],
) -> Result<Option<EventNo>, LabError> {
    let last = row.events.min(after.saturating_add(made.len() as u64));
    let recorded = entries(store, row.id, after, last).await?;
    let same = made.iter().zip(&recorded).take_while(|(new, old)| new == old).count();
    Ok((same < made.len()).then(|| EventNo(after + same as u64 + 1)))
}

/// Points and evidence of what is recorded, and the time of the last event.
async fn recorded(
    store: &Store,
    row: &store::Attempt,
    drawn: Option<&Drawn>,
) -> Result<(Report, Time), LabError> {
    let mut grade = drawn.map(Grade::of);
    let (mut after, mut now) = (0, row.start);
    while after < row.events {
        // As many as come at once.
        for entry in entries(store, row.id, after, after + 1).await? {
            (after, now) = (entry.n.0, entry.at);
            if let Some(grade) = &mut grade {
                grade.step(&entry);
            }
        }
    }
    Ok((grade.map_or_else(|| as_recorded(row), |grade| grade.report()), now))
}

/// The points of an attempt whose steps are not known.
fn as_recorded(row: &store::Attempt) -> Report {
    let (points, max_points) = (row.progress.points, row.progress.max_points);
    Report { points, max_points, ..Report::default() }
}

/// What was drawn when the attempt was begun, where this helo draws the same again: another engine may draw otherwise, and
/// steps with other names and addresses would be a lie.
pub(super) fn redrawn(row: &store::Attempt, scenario: Option<&Scenario>) -> Option<Arc<Drawn>> {
    let vars: BTreeMap<String, String> = serde_json::from_str(&row.vars).ok()?;
    let drawn = scenario?.draw(row.seed, row.lang).ok()?;
    (drawn.vars == vars).then(|| Arc::new(drawn))
}

/// Points and evidence of recorded events; where the steps are not known, the points as they were recorded.
pub(super) fn graded(row: &store::Attempt, drawn: Option<&Drawn>, entries: &[Entry]) -> Report {
    let Some(drawn) = drawn else { return as_recorded(row) };
    let mut grade = Grade::of(drawn);
    for entry in entries {
        grade.step(entry);
    }
    grade.report()
}
