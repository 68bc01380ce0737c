//! Between an attempt and its rows in the store: writing down what was applied, and bringing an attempt back.

use super::catalogue::Versions;
use super::clients::Clients;
use super::subscription::About;
use super::{LabError, WhyFrozen};
use crate::attempt::{Attempt, Header, Input, Record, ReplayFault};
use crate::event::Entry;
use crate::grade::{Grade, Report};
use crate::mail::Keyring;
use crate::scenario::{Drawn, Scenario};
use crate::store;
use crate::store::{AttemptId, AttemptState, Line, Lines, Progress, Secret, Store};
use crate::units::{Bounds, InputNo, Points, Time};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many rows are read at once.
const PAGE: u32 = 4096;

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
/// it differs, the attempt is frozen with its recorded transcript and points, in the store too.
///
/// # Errors
/// No such attempt, or trouble with the store.
pub(super) async fn load(store: &Store, versions: &Versions, token: &str) -> Result<Loaded, LabError> {
    let row = store.attempt_by_token(token).await?.ok_or(LabError::NoSuchAttempt)?;
    let scenario = versions.get(store, &row.scenario_hash).await?;
    let record = read(store, &row).await?;
    let clients = Clients::default();
    let (why, record) = match (row.state, &scenario) {
        (AttemptState::Frozen, _) => (WhyFrozen::from_note(row.note.as_deref().unwrap_or_default()), record),
        (AttemptState::Open, None) => (WhyFrozen::ScenarioUnreadable, record),
        (AttemptState::Open, Some(scenario)) => match replay(scenario.clone(), record).await? {
            Ok(mut attempt) => {
                // The store has them; see [`entries`].
                drop(attempt.hand_over());
                let about = about(&row, Some(attempt.drawn().clone()));
                let (id, inputs, events) = (row.id, row.inputs, row.events);
                return Ok(Loaded { id, about, body: Body::Live(attempt), inputs, events, clients });
            }
            Err((why, record)) => (why, record),
        },
    };
    if row.state == AttemptState::Open {
        store.set_state(row.id, AttemptState::Frozen, Some(why.note())).await?;
    }
    let drawn = redrawn(&row, scenario.as_deref());
    let mut report = graded(&row, drawn.as_deref(), &record.entries);
    (report.points, report.max_points) = (row.progress.points, row.progress.max_points);
    let about = about(&row, drawn);
    let now = record.entries.last().map_or(row.start, |e| e.at);
    let body = Body::Frozen { report, now, why };
    Ok(Loaded { id: row.id, about, body, inputs: row.inputs, events: row.events, clients })
}

async fn read(store: &Store, row: &store::Attempt) -> Result<Record, LabError> {
    let mut inputs = Vec::new();
    while (inputs.len() as u64) < row.inputs {
        let page = store.inputs(row.id, inputs.len() as u64, PAGE).await?;
        if page.is_empty() {
            return Err(missing("input", inputs.len() as u64));
        }
        for line in page {
            let next: InputLine<'_> = serde_json::from_str(&line.json).map_err(unreadable)?;
            if next.n.0 != inputs.len() as u64 + 1 {
                return Err(missing("input", inputs.len() as u64));
            }
            inputs.push((next.at, next.input.into_owned()));
        }
    }
    let entries = entries(store, row.id, 0, row.events).await?;
    let header = Header {
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
    };
    Ok(Record { header, inputs, entries })
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

/// Replays on a thread of its own, because a long record takes its time. Where that does not give what was recorded,
/// the record comes back with the reason.
async fn replay(
    scenario: Arc<Scenario>,
    record: Record,
) -> Result<Result<Box<Attempt>, (WhyFrozen, Record)>, LabError> {
    let kept = Arc::new(record);
    let record = kept.clone();
    let replayed = tokio::task::spawn_blocking(move || record.replay(&scenario)).await;
    let why = match replayed {
        Ok(Ok(attempt)) => return Ok(Ok(Box::new(attempt))),
        Ok(Err(ReplayFault::Diverged { at })) => WhyFrozen::Diverged { at },
        Ok(Err(ReplayFault::OtherScenario { .. } | ReplayFault::Scenario(_))) => WhyFrozen::ScenarioUnusable,
        Err(failed) if failed.is_panic() => WhyFrozen::ReplayCrashes,
        Err(_) => return Err(LabError::Closing),
    };
    let record = Arc::try_unwrap(kept).unwrap_or_else(|shared| (*shared).clone());
    Ok(Err((why, record)))
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
    let Some(drawn) = drawn else {
        let (points, max_points) = (row.progress.points, row.progress.max_points);
        return Report { points, max_points, ..Report::default() };
    };
    let mut grade = Grade::of(drawn);
    for entry in entries {
        grade.step(entry);
    }
    grade.report()
}
