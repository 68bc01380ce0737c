//! The files of a folder as their author works on them: what each says now, what is wrong with it, and which version of
//! it is on offer. A fault takes nothing away: the last good version stays until there is a better one.

use crate::scenario::{Diagnostic, LOST_AFTER, Scenario, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All files of a folder, by name.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    files: BTreeMap<String, Draft>,
}

/// One file.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// What it says now; of a file that cannot be read, what it said before.
    pub text: Arc<str>,
    /// What is wrong with that, warnings too, in its order.
    pub faults: Arc<[Diagnostic]>,
    /// The last version without an error, if there was one.
    pub good: Option<Arc<Scenario>>,
    /// How often it has changed since helo began.
    pub revision: u64,
}

impl Draft {
    /// Is what it says now the version on offer?
    pub fn is_current(&self) -> bool {
        self.good.as_ref().is_some_and(|good| *good.source() == *self.text) && !self.has_errors()
    }

    /// Is there more than warnings?
    pub fn has_errors(&self) -> bool {
        self.faults.iter().any(|fault| fault.severity == Severity::Error)
    }
}

impl Shelf {
    /// All files, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Draft)> {
        self.files.iter().map(|(name, draft)| (name.as_str(), draft))
    }

    /// The file of this name.
    pub fn get(&self, name: &str) -> Option<&Draft> {
        self.files.get(name)
    }

    /// The file says this now, of which came that.
    pub fn put(&mut self, name: &str, text: &str, loaded: Result<Scenario, Vec<Diagnostic>>) {
        let draft = self.files.entry(name.to_owned()).or_default();
        draft.text = text.into();
        draft.revision += 1;
        match loaded {
            Ok(scenario) => {
                draft.faults = scenario.warnings().into();
                draft.good = Some(Arc::new(scenario));
            }
            Err(faults) => draft.faults = faults.into(),
        }
        self.settle_ids();
    }

    /// The file is there and cannot be read.
    pub fn unreadable(&mut self, name: &str, why: &str) {
        let fault = Diagnostic::error("unreadable", 0..0, why).whole_file();
        let draft = self.files.entry(name.to_owned()).or_default();
        draft.faults = Arc::new([fault]);
        draft.revision += 1;
    }

    /// The file is gone, and with it what it had on offer.
    pub fn remove(&mut self, name: &str) {
        self.files.remove(name);
        self.settle_ids();
    }

    /// The scenarios on offer: of each file the last good version, of two with one id the first file's.
    pub fn offered(&self) -> Vec<Arc<Scenario>> {
        let mut taken = BTreeSet::new();
        let good = self.files.values().filter_map(|draft| draft.good.as_ref());
        good.filter(|scenario| taken.insert(scenario.id().to_owned())).cloned().collect()
    }

    /// Says of the later of two files with one id that it is not on offer, and what builds on a scenario that is not there.
    fn settle_ids(&mut self) {
        let ids: BTreeSet<String> =
            self.files.values().filter_map(|draft| Some(draft.good.as_ref()?.id().to_owned())).collect();
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        for (name, draft) in &mut self.files {
            let faults =
                draft.faults.iter().filter(|fault| !matches!(fault.code, SAME_ID | LOST_AFTER)).cloned();
            let mut faults: Vec<Diagnostic> = faults.collect();
            if let Some(good) = &draft.good {
                faults.extend(good.lost_after(ids.iter().map(String::as_str)));
                match first.get(good.id()) {
                    Some(other) => faults.push(same_id(good.id(), other)),
                    None => {
                        first.insert(good.id().to_owned(), name.clone());
                    }
                }
            }
            if !draft.faults.iter().eq(&faults) {
                draft.faults = faults.into();
            }
        }
    }
}

/// The code of two scenarios with one id.
const SAME_ID: &str = "same-id";

/// Two files have one id; `first` is the other's name.
pub fn same_id(id: &str, first: &str) -> Diagnostic {
    Diagnostic::error(SAME_ID, 0..0, format!("the id `{id}` is that of {first} too"))
        .help("each scenario has an id of its own")
        .whole_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "format = 1\nid = \"a\"\ntitle = { en = \"x\", de = \"x\" }\nminutes = 1\nbrief = { en = \"x\", de = \"x\" }\n";

    fn put(shelf: &mut Shelf, name: &str, text: &str) {
        shelf.put(name, text, Scenario::load(name, text));
    }

    fn offered(shelf: &Shelf) -> Vec<String> {
        shelf.offered().iter().map(|s| format!("{} {}", s.id(), s.minutes())).collect()
    }

    #[test]
    fn the_last_good_version_stays_on_offer() {
        let mut shelf = Shelf::default();
        put(&mut shelf, "a.toml", "nonsense");
        assert!(offered(&shelf).is_empty() && shelf.get("a.toml").is_some_and(Draft::has_errors));
        put(&mut shelf, "a.toml", GOOD);
        assert_eq!(offered(&shelf), ["a 1"]);
        put(&mut shelf, "a.toml", &GOOD.replace("minutes = 1", "minutes = 0"));
        assert_eq!(offered(&shelf), ["a 1"]);
        assert!(shelf.get("a.toml").is_some_and(|d| d.has_errors() && !d.is_current()));
        shelf.unreadable("a.toml", "permission denied");
        assert_eq!(offered(&shelf), ["a 1"]);
        put(&mut shelf, "a.toml", &GOOD.replace("minutes = 1", "minutes = 2"));
        assert_eq!(offered(&shelf), ["a 2"]);
        assert!(shelf.get("a.toml").is_some_and(Draft::is_current));
        shelf.remove("a.toml");
        assert!(offered(&shelf).is_empty());
    }

    #[test]
    fn of_two_with_one_id_the_first_is_on_offer_until_it_goes() {
        let mut shelf = Shelf::default();
        put(&mut shelf, "b.toml", &GOOD.replace("minutes = 1", "minutes = 2"));
        put(&mut shelf, "a.toml", GOOD);
        assert_eq!(offered(&shelf), ["a 1"]);
        assert!(shelf.get("b.toml").is_some_and(|d| d.faults.iter().any(|f| f.code == "same-id")));
        shelf.remove("a.toml");
        assert_eq!(offered(&shelf), ["a 2"]);
        assert!(shelf.get("b.toml").is_some_and(Draft::is_current));
    }
}
