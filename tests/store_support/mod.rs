//! What the tests of the store share: directories that vanish, and rows to write.
#![allow(dead_code, unreachable_pub)] // each test file uses some of it

use helo::store::{
    Append, AttemptId, LearnerId, Line, Lines, NewAttempt, Progress, ScenarioVersion, Sent, Store,
    StoreOptions,
};
use helo::units::{Lang, Points, Time};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A directory of its own, removed at the end.
pub struct TempDir(PathBuf);

impl TempDir {
    pub fn new() -> TempDir {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("store-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&dir).unwrap();
        TempDir(dir)
    }

    pub fn path(&self) -> PathBuf {
        // With characters that a URL would take for something else.
        self.0.join("data dir #1?%20 ü")
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub async fn open(dir: &TempDir) -> Store {
    Store::open(&dir.path(), StoreOptions::default()).await.unwrap()
}

/// An attempt at `send-by-hand` with two events at its start.
pub fn new_attempt(learner: LearnerId, token: &str) -> NewAttempt {
    NewAttempt {
        token: token.to_owned(),
        learner,
        assignment: None,
        scenario: ScenarioVersion {
            hash: "aa11".to_owned(),
            scenario: "send-by-hand".to_owned(),
            text: "format = 1\n# Grüße \u{1F4EE}".to_owned(),
        },
        engine: "0.1.0".to_owned(),
        event_version: 1,
        seed: u64::MAX - 1,
        lang: Lang::De,
        start: Time(1_756_713_600_000_000),
        vars: r#"{"user":"hedwig"}"#.to_owned(),
        keys: None,
        bounds: None,
        events: lines(&[event(1, 0), event(2, 0)]),
        progress: Progress { points: Points(0), max_points: Points(1000), done: false },
        now: Time(1_763_773_200_000_000),
    }
}

pub async fn begin(store: &Store, learner: LearnerId, token: &str) -> AttemptId {
    store.begin(new_attempt(learner, token)).await.unwrap().0
}

/// Input number `n` of an attempt begun by [`new_attempt`], with its three events.
pub fn append(attempt: AttemptId, n: u64) -> Append {
    let before = 2 + 3 * (n - 1);
    Append {
        attempt,
        after_input: n - 1,
        after_event: before,
        inputs: lines(&[input(n)]),
        events: Arc::new(lines(&events(n))),
        sent: n
            .is_multiple_of(2)
            .then(|| Sent { client: "page-1".to_owned(), seq: n * 10 })
            .into_iter()
            .collect(),
        progress: Progress { points: Points(n.cast_signed()), max_points: Points(1000), done: n == 10 },
        now: Time(1_763_773_200_000_000 + n.cast_signed()),
    }
}

pub fn lines(lines: &[Line]) -> Lines {
    lines.iter().map(|line| &line.json).collect()
}

/// The same with other inputs.
pub fn with_inputs(append: Append, inputs: &[&str]) -> Append {
    Append { inputs: inputs.iter().collect(), ..append }
}

pub fn input(n: u64) -> Line {
    let json = format!(r#"{{"n":{n},"at":{},"input":{{"line":{{"term":1,"text":"NOOP {n}"}}}}}}"#, n * 1000);
    Line { n, json }
}

/// The events of input number `n`.
pub fn events(n: u64) -> Vec<Line> {
    let before = 2 + 3 * (n - 1);
    (before + 1..=before + 3).map(|e| event(e, n)).collect()
}

pub fn event(n: u64, input: u64) -> Line {
    let event = format!(r#"{{"printed":{{"term":1,"text":"{} {n}"}}}}"#, "250 Ok ".repeat(20));
    Line { n, json: format!(r#"{{"n":{n},"at":{},"input":{input},"event":{event}}}"#, input * 1000) }
}
