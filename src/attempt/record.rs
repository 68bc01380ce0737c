//! An attempt's record: the little that decides everything, its inputs, and the events they caused.

use super::{Attempt, Input, Prepared};
use crate::event;
use crate::event::Entry;
use crate::mail::Keyring;
use crate::scenario::{Diagnostic, Drawn, Scenario};
use crate::units::{Bounds, EventNo, Lang, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an attempt was begun with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of helo that began it.
    pub engine: String,
    /// The version of the events' vocabulary.
    pub events: u32,
    /// The scenario's id.
    pub scenario: String,
    /// SHA-256 of the scenario's text.
    pub hash: String,
    /// The seed.
    pub seed: u64,
    /// The language of the texts inside the world.
    pub lang: Lang,
    /// When the attempt's clock began.
    pub start: Time,
    /// The variables as drawn. A regrading reads them here and never draws again.
    pub vars: BTreeMap<String, String>,
    /// Its certificates and keys. Of an attempt without TLS, and of one from before there was any, there are none.
    #[serde(default, skip_serializing_if = "Keyring::is_empty")]
    pub keyring: Keyring,
    /// How far it may go. Where nothing is said, a learner's bounds.
    #[serde(default, skip_serializing_if = "Bounds::is_learners")]
    pub bounds: Bounds,
}

impl Header {
    /// Begins the attempt as it was begun. Its inputs are still to be applied.
    ///
    /// # Errors
    /// The record is another scenario's, or this one cannot be begun under its seed: see [`ReplayFault`].
    pub fn begin(&self, scenario: &Scenario) -> Result<Attempt, ReplayFault> {
        if scenario.hash() != self.hash {
            let (wanted, found) = (self.hash.clone(), scenario.hash().to_owned());
            return Err(ReplayFault::OtherScenario { wanted, found });
        }
        let prepared = Prepared::new(scenario, self.seed, self.lang).map_err(ReplayFault::Scenario)?;
        Ok(prepared.within(self.bounds).begin(self.start, self.keyring.clone()))
    }
}

/// What of a [`Header`] a live attempt has to keep: the rest it has in what was drawn.
#[derive(Debug)]
pub(super) struct Origin {
    hash: Box<str>,
    seed: u64,
    lang: Lang,
    start: Time,
    bounds: Bounds,
}

impl Origin {
    pub(super) fn new(hash: &str, seed: u64, lang: Lang, start: Time, bounds: Bounds) -> Origin {
        Origin { hash: hash.into(), seed, lang, start, bounds }
    }

    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    pub(super) fn header(&self, drawn: &Drawn) -> Header {
        Header {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            events: event::VERSION,
            scenario: drawn.id.clone(),
            hash: self.hash.to_string(),
            seed: self.seed,
            lang: self.lang,
            start: self.start,
            vars: drawn.vars.clone(),
            keyring: Keyring::clone(&drawn.setup.keyring),
            bounds: self.bounds,
        }
    }
}

/// Everything needed to bring an attempt back, and what happened in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// What it was begun with.
    pub header: Header,
    /// The inputs with their times; the first is number 1.
    pub inputs: Vec<(Time, Input)>,
    /// What they caused, and before them what was so at the start.
    pub entries: Vec<Entry>,
}

/// Why a record could not be brought back.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplayFault {
    /// The record belongs to another version of the scenario.
    OtherScenario {
        /// The hash the record names.
        wanted: String,
        /// The hash of the scenario given.
        found: String,
    },
    /// The scenario cannot be begun under the record's seed.
    Scenario(Vec<Diagnostic>),
    /// The events come out differently from this one on: helo has changed since. The record stays as it is.
    Diverged {
        /// The first event that differs.
        at: EventNo,
    },
}

impl Record {
    /// Applies the recorded inputs to a new world, and compares what comes out with what was recorded.
    ///
    /// # Errors
    /// See [`ReplayFault`].
    pub fn replay(&self, scenario: &Scenario) -> Result<Attempt, ReplayFault> {
        let mut attempt = self.header.begin(scenario)?;
        for (at, input) in &self.inputs {
            attempt.apply(*at, input.clone());
        }
        let differs = attempt.entries().iter().zip(&self.entries).position(|(new, old)| new != old);
        let shorter = attempt.entries().len().min(self.entries.len());
        match differs {
            Some(place) => Err(ReplayFault::Diverged { at: EventNo(place as u64 + 1) }),
            None if attempt.entries().len() != self.entries.len() => {
                Err(ReplayFault::Diverged { at: EventNo(shorter as u64 + 1) })
            }
            None => Ok(attempt),
        }
    }
}
