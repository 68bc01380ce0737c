//! Looking at an attempt as it stood after any of its events: read from the store alone. It is not brought into memory,
//! its clock does not run, and it makes no difference whether it can still be worked on.

use super::record::{about, entries, graded, numbered, redrawn};
use super::{About, Handle, Lab, LabError, Snapshot, WhyFrozen};
use crate::event::Entry;
use crate::store::AttemptState;
use crate::units::EventNo;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Lab {
    /// How the attempt with this token stood after event `upto`; `None` is how it stands. What is not on the disk yet
    /// has not happened. Points and evidence come from the events, so that they are those of that moment; the points of
    /// a frozen attempt as it stands are those that were recorded. The attempt's keys are not in its setup.
    ///
    /// # Errors
    /// [`LabError::NoSuchAttempt`], or trouble with the store.
    pub async fn past(&self, token: &str, upto: Option<EventNo>) -> Result<Snapshot, LabError> {
        let store = &self.inner.store;
        let row = store.attempt_by_token(token).await?.ok_or(LabError::NoSuchAttempt)?;
        let scenario = self.inner.versions.get(store, &row.scenario_hash).await?;
        let drawn = redrawn(&row, scenario.as_deref());
        let last = upto.map_or(row.events, |n| n.0.min(row.events));
        let mut entries = entries(store, row.id, 0, last).await?;
        // They come by the page.
        entries.retain(|entry| entry.n.0 <= last);
        let frozen = row.state == AttemptState::Frozen;
        let mut report = graded(&row, drawn.as_deref(), &entries);
        if frozen && last == row.events {
            (report.points, report.max_points) = (row.progress.points, row.progress.max_points);
        }
        Ok(Snapshot {
            about: about(&row, drawn),
            now: entries.last().map_or(row.start, |e| e.at),
            entries,
            report,
            frozen: frozen.then(|| WhyFrozen::from_note(row.note.as_deref().unwrap_or_default())),
        })
    }

    /// What does not change of the attempt with this token, and its event `n`, which is all that is read of its record;
    /// `None` where there is no such event.
    ///
    /// # Errors
    /// [`LabError::NoSuchAttempt`], or trouble with the store.
    pub async fn event(&self, token: &str, n: EventNo) -> Result<(Arc<About>, Option<Entry>), LabError> {
        let store = &self.inner.store;
        let row = store.attempt_by_token(token).await?.ok_or(LabError::NoSuchAttempt)?;
        let found = numbered(store, row.id, &BTreeSet::from([n.0])).await?.pop();
        let scenario = self.inner.versions.get(store, &row.scenario_hash).await?;
        Ok((about(&row, redrawn(&row, scenario.as_deref())), found))
    }
}

impl Handle {
    /// The attempt's events from `from` on, at most `most`, as far as they are on the disk: for whoever has fallen behind by
    /// more than there should be room for in memory. Read from the store alone.
    ///
    /// # Errors
    /// [`LabError::NoSuchAttempt`], or trouble with the store.
    pub async fn recorded(&self, from: EventNo, most: u32) -> Result<Vec<Entry>, LabError> {
        let store = &self.lab.store;
        let row = store.attempt_by_token(&self.token).await?.ok_or(LabError::NoSuchAttempt)?;
        let after = from.0.saturating_sub(1);
        let last = row.events.min(after.saturating_add(most.into()));
        let mut entries = entries(store, row.id, after, last).await?;
        // They come by the page.
        entries.retain(|entry| entry.n.0 <= last);
        Ok(entries)
    }
}
