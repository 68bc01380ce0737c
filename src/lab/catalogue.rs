//! The scenarios on offer, and the older versions that attempts still run on.

use super::LabError;
use crate::scenario::Scenario;
use crate::store::Store;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

/// The scenarios that an attempt can be begun with, by id.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    scenarios: BTreeMap<String, Arc<Scenario>>,
}

impl Catalogue {
    /// A catalogue of these. Of two with the same id the later counts.
    pub fn new<S: Into<Arc<Scenario>>>(scenarios: impl IntoIterator<Item = S>) -> Catalogue {
        let by_id = |s: Arc<Scenario>| (s.id().to_owned(), s);
        Catalogue { scenarios: scenarios.into_iter().map(Into::into).map(by_id).collect() }
    }

    /// All of them, by id.
    pub fn scenarios(&self) -> impl Iterator<Item = &Arc<Scenario>> {
        self.scenarios.values()
    }

    /// The one with this id.
    ///
    /// # Errors
    /// [`LabError::NoSuchScenario`], with the one that was probably meant.
    pub fn get(&self, id: &str) -> Result<&Arc<Scenario>, LabError> {
        self.scenarios.get(id).ok_or_else(|| {
            let near = |known: &&String| strsim::damerau_levenshtein(id, known);
            let similar = self.scenarios.keys().min_by_key(near).filter(|k| near(k) <= 3).cloned();
            LabError::NoSuchScenario { id: id.chars().take(80).collect(), similar }
        })
    }
}

/// What is on offer now, and scenarios by hash: those on offer, and older ones as long as an attempt on them is live.
#[derive(Debug)]
pub(super) struct Versions {
    offered: RwLock<Offered>,
    older: Mutex<BTreeMap<String, Weak<Scenario>>>,
}

#[derive(Debug, Default)]
struct Offered {
    catalogue: Arc<Catalogue>,
    by_hash: BTreeMap<String, Arc<Scenario>>,
}

impl Versions {
    pub(super) fn new(catalogue: Catalogue) -> Versions {
        let versions = Versions { offered: RwLock::default(), older: Mutex::default() };
        versions.offer(catalogue);
        versions
    }

    /// The scenarios on offer.
    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        self.offered.read().unwrap_or_else(PoisonError::into_inner).catalogue.clone()
    }

    /// From now on these are on offer. Attempts under way keep the version they were begun with.
    pub(super) fn offer(&self, catalogue: Catalogue) {
        let by_hash = catalogue.scenarios().map(|s| (s.hash().to_owned(), s.clone())).collect();
        let now = Offered { catalogue: Arc::new(catalogue), by_hash };
        let before =
            std::mem::replace(&mut *self.offered.write().unwrap_or_else(PoisonError::into_inner), now);
        for scenario in before.by_hash.values() {
            self.remember(scenario);
        }
    }

    fn remember(&self, scenario: &Arc<Scenario>) {
        let mut older = self.older.lock().unwrap_or_else(PoisonError::into_inner);
        older.retain(|_, weak| weak.strong_count() > 0);
        older.insert(scenario.hash().to_owned(), Arc::downgrade(scenario));
    }

    /// The version with this hash; `None` where its text is lost or this helo cannot read it any more.
    pub(super) async fn get(&self, store: &Store, hash: &str) -> Result<Option<Arc<Scenario>>, LabError> {
        let offered = self.offered.read().unwrap_or_else(PoisonError::into_inner).by_hash.get(hash).cloned();
        if let Some(found) = offered.or_else(|| self.older(hash)) {
            return Ok(Some(found));
        }
        let Some(version) = store.scenario_version(hash).await? else { return Ok(None) };
        let file = format!("{}.toml", version.scenario);
        let Ok(scenario) = Scenario::load(&file, &version.text) else { return Ok(None) };
        let scenario = Arc::new(scenario);
        self.remember(&scenario);
        Ok(Some(scenario))
    }

    fn older(&self, hash: &str) -> Option<Arc<Scenario>> {
        self.older.lock().unwrap_or_else(PoisonError::into_inner).get(hash)?.upgrade()
    }
}
