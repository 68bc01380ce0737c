//! The author's desk: the files of the folder that is being served, what came of playing their scripts, and whose the
//! previews are.
//!
//! Playing costs processor time. It happens on threads of its own, one trial at a time whoever asks, so that learners' lines
//! never wait for it; what came of a version is kept by the version's hash.

use crate::author;
use crate::author::{Finding, Playback, Shelf, Trial};
use crate::scenario::{Diagnostic, Scenario, Script};
use crate::store::LearnerId;
use crate::units::Lang;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Of how many versions it is kept what came of playing their scripts.
const VERDICTS: usize = 200;
/// How many scripts are kept as they were played.
const PLAYED: usize = 16;

/// The author's desk. Cloning it is cheap; all clones are the same desk.
#[derive(Debug, Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    shelf: Mutex<Shelf>,
    verdicts: Mutex<BTreeMap<String, Verdict>>,
    played: Mutex<Vec<(Which, Arc<Playback>)>>,
    /// Whose turn it is to play.
    turn: Semaphore,
    learner: LearnerId,
}

/// What came of playing all scripts of a version.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    /// So many trials of so many are done.
    Running(usize, usize),
    /// This was found.
    Found(Arc<[Diagnostic]>),
    /// helo fell over it.
    Crashed,
}

/// A script, as the page names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScriptName {
    /// The solution with this place, from 1.
    Solution(usize),
    /// The counterexample with this place, from 1.
    Counterexample(usize),
}

/// A script of a version under a seed and in a language.
#[derive(Debug, Clone, PartialEq)]
struct Which {
    hash: String,
    script: ScriptName,
    seed: u64,
    lang: Lang,
}

/// Whatever panicked while it had the lock, what is behind it is whole: nothing is changed in two steps.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// A desk for these files. Previews are attempts of `learner`, who is nobody else.
    pub fn new(shelf: Shelf, learner: LearnerId) -> Desk {
        let inner = Inner {
            shelf: Mutex::new(shelf),
            verdicts: Mutex::default(),
            played: Mutex::default(),
            turn: Semaphore::new(1),
            learner,
        };
        Desk { inner: Arc::new(inner) }
    }

    /// Changes the files, as they have changed in the folder.
    pub fn change<T>(&self, change: impl FnOnce(&mut Shelf) -> T) -> T {
        change(&mut lock(&self.inner.shelf))
    }

    /// Whose the previews are.
    pub(super) fn learner(&self) -> LearnerId {
        self.inner.learner
    }

    /// A look at the files.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Shelf) -> T) -> T {
        look(&lock(&self.inner.shelf))
    }

    /// What came of playing this version's scripts, if anybody has asked.
    pub(super) fn verdict(&self, hash: &str) -> Option<Verdict> {
        lock(&self.inner.verdicts).get(hash).cloned()
    }

    /// The same; whoever asks first has them played.
    pub(super) fn judge(&self, scenario: &Arc<Scenario>) -> Verdict {
        let mut verdicts = lock(&self.inner.verdicts);
        if let Some(verdict) = verdicts.get(scenario.hash()) {
            return verdict.clone();
        }
        if verdicts.len() >= VERDICTS {
            verdicts.retain(|_, verdict| matches!(verdict, Verdict::Running(..)));
        }
        let trials = author::trials();
        let verdict = Verdict::Running(0, trials.len());
        verdicts.insert(scenario.hash().to_owned(), verdict.clone());
        tokio::spawn(self.clone().play_all(scenario.clone(), trials));
        verdict
    }

    /// Plays everything, as `helo check` does, until it is done or the version is on the desk no more.
    async fn play_all(self, scenario: Arc<Scenario>, trials: Vec<Trial>) {
        let all = trials.len();
        let mut found: Vec<(Trial, Vec<Finding>)> = Vec::new();
        for trial in trials {
            let wanted = self.look(|shelf| {
                shelf
                    .files()
                    .any(|(_, draft)| draft.good.as_ref().is_some_and(|g| g.hash() == scenario.hash()))
            });
            let Some(turn) = self.inner.turn.acquire().await.ok().filter(|_| wanted) else {
                lock(&self.inner.verdicts).remove(scenario.hash());
                return;
            };
            let of = scenario.clone();
            let findings = spawn_blocking(move || author::run(&of, trial)).await;
            drop(turn);
            let Ok(findings) = findings else { return self.keep(&scenario, Verdict::Crashed) };
            found.push((trial, findings));
            self.keep(&scenario, Verdict::Running(found.len(), all));
        }
        self.keep(&scenario, Verdict::Found(author::conclude(&found).into()));
    }

    fn keep(&self, scenario: &Scenario, verdict: Verdict) {
        lock(&self.inner.verdicts).insert(scenario.hash().to_owned(), verdict);
    }

    /// Plays one script; `None` where the scenario has none of that name, or helo fell over it.
    pub(super) async fn play(
        &self,
        scenario: &Arc<Scenario>,
        script: ScriptName,
        seed: u64,
        lang: Lang,
    ) -> Option<Result<Arc<Playback>, Vec<Diagnostic>>> {
        let which = Which { hash: scenario.hash().to_owned(), script, seed, lang };
        if let Some((_, playback)) = lock(&self.inner.played).iter().find(|(of, _)| *of == which) {
            return Some(Ok(playback.clone()));
        }
        let _turn = self.inner.turn.acquire().await.ok()?;
        let of = scenario.clone();
        let play = move || {
            let trials = match of.draw_trials(seed, lang) {
                Ok(trials) => trials,
                Err(faults) => return Some(Err(faults)),
            };
            script.of(&trials).map(|(_, script)| author::play_back(&of, seed, lang, script))
        };
        let playback = spawn_blocking(play).await.ok()??;
        Some(playback.map(|playback| {
            let playback = Arc::new(playback);
            let mut played = lock(&self.inner.played);
            if played.len() >= PLAYED {
                played.remove(0);
            }
            played.push((which, playback.clone()));
            playback
        }))
    }
}

impl ScriptName {
    /// Reads `solution-1` or `counterexample-2`.
    pub(super) fn parse(text: &str) -> Option<ScriptName> {
        let (kind, number) = text.rsplit_once('-')?;
        let number = number.parse().ok().filter(|n| *n > 0)?;
        match kind {
            "solution" => Some(ScriptName::Solution(number)),
            "counterexample" => Some(ScriptName::Counterexample(number)),
            _ => None,
        }
    }

    /// The script and the name its author gave it.
    pub(super) fn of(self, trials: &crate::scenario::Trials) -> Option<(&str, &Script)> {
        match self {
            ScriptName::Solution(n) => {
                trials.solutions.get(n.checked_sub(1)?).map(|s| (s.name.as_str(), &s.script))
            }
            ScriptName::Counterexample(n) => {
                trials.counterexamples.get(n.checked_sub(1)?).map(|c| (c.name.as_str(), &c.script))
            }
        }
    }
}

impl std::fmt::Display for ScriptName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ScriptName::Solution(n) => write!(f, "solution-{n}"),
            ScriptName::Counterexample(n) => write!(f, "counterexample-{n}"),
        }
    }
}
