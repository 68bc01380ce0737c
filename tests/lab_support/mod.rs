//! What the tests of the lab share: a lab over a data directory of its own, and hands that type.
#![allow(dead_code, unreachable_pub)] // each test file uses some of it

use helo::attempt::Input;
use helo::event::{Entry, Event};
use helo::lab::{About, Catalogue, Handle, Lab, LabError, LabOptions, Receipt, Subscription};
use helo::scenario::{Scenario, ScriptLine};
use helo::store::{LearnerId, Store, StoreOptions};
use helo::units::{EventNo, Lang, TermId, Time};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

pub const SEND_BY_HAND: &str = include_str!("../../scenarios/send-by-hand.toml");

/// Mon, 1 Sep 2025 08:00:00 UTC.
pub const NOW: Time = Time(1_756_713_600_000_000);

/// A data directory of its own, removed at the end.
pub struct TempDir(PathBuf);

impl TempDir {
    pub fn new() -> TempDir {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("lab-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&dir).unwrap();
        TempDir(dir)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Keeps tokio's paused clock from running ahead while the database's threads work; time moves by `advance` only.
pub struct TimeStands(Option<mpsc::Sender<()>>);

impl TimeStands {
    pub fn now() -> TimeStands {
        let (hold, held) = mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || held.recv());
        TimeStands(Some(hold))
    }
}

impl Drop for TimeStands {
    fn drop(&mut self) {
        self.0.take();
    }
}

pub fn options() -> LabOptions {
    LabOptions { wall_clock: || NOW, ..LabOptions::default() }
}

pub fn scenario() -> Scenario {
    Scenario::load("send-by-hand.toml", SEND_BY_HAND).unwrap()
}

pub async fn store(dir: &Path) -> Store {
    Store::open(dir, StoreOptions::default()).await.unwrap()
}

/// A lab over `dir` with the one learner of a self-study run.
pub async fn lab_with(dir: &Path, options: LabOptions) -> (Lab, LearnerId) {
    let lab = Lab::new(store(dir).await, Catalogue::new([scenario()]), options);
    let learner = lab.store().learner("local", "you", NOW).await.unwrap().id;
    (lab, learner)
}

pub async fn lab(dir: &TempDir) -> (Lab, LearnerId) {
    lab_with(dir.path(), options()).await
}

pub async fn begin(lab: &Lab, learner: LearnerId) -> Handle {
    lab.create(learner, "send-by-hand", Lang::En).await.unwrap()
}

pub fn line(text: &str) -> Input {
    Input::Line { term: TermId(1), text: text.into() }
}

pub async fn typed(attempt: &Handle, text: &str) -> Receipt {
    attempt.input(line(text)).await.unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// The first solution of an attempt as inputs.
pub fn solution(about: &About) -> Vec<Input> {
    static SCENARIO: LazyLock<Scenario> = LazyLock::new(scenario);
    let trials = SCENARIO.draw_trials(about.seed, about.lang).unwrap();
    let lines = trials.solutions[0].script.lines.iter();
    lines
        .map(|(_, line)| match line.clone() {
            ScriptLine::Type { term, text } => Input::Line { term, text },
            ScriptLine::Keys { term, octets } => Input::Keys { term, octets },
            ScriptLine::Press { term, key } => Input::Key { term, key },
            ScriptLine::Paste { term, text } => Input::Paste { term, text },
            ScriptLine::Wait(_) => Input::Pass,
            ScriptLine::Hint { step } => Input::Hint { step },
            ScriptLine::Answer { step, text } => Input::Answer { step, text },
            ScriptLine::HandIn => Input::HandIn,
        })
        .collect()
}

/// Everything up to and including event number `last`: the snapshot's events, then those of updates.
pub async fn watch(page: &mut Subscription, last: EventNo) -> Vec<Entry> {
    let mut seen = page.snapshot.entries.clone();
    while page.resume() <= last {
        let update = page.next().await.unwrap_or_else(|e| panic!("{e:?}"));
        if let Some(lines) = &update.lines {
            let told = update.entries.iter().map(|entry| serde_json::to_string(entry).unwrap() + "\n");
            assert_eq!(lines.text(), told.collect::<String>().as_bytes(), "told and kept are the same");
        }
        seen.extend(update.entries.iter().cloned());
    }
    seen
}

/// What terminal 1 printed.
pub fn printed(entries: &[Entry]) -> String {
    let text = |e: &Entry| match &e.event {
        Event::Printed { text, .. } => Some(text.clone()),
        _ => None,
    };
    entries.iter().filter_map(text).collect()
}

/// The codes of the SMTP replies.
pub fn codes(entries: &[Entry]) -> Vec<u16> {
    let code = |e: &Entry| match &e.event {
        Event::Smtp { exchange, .. } => Some(exchange.reply.code),
        _ => None,
    };
    entries.iter().filter_map(code).collect()
}

pub fn numbers(entries: &[Entry]) -> Vec<u64> {
    entries.iter().map(|e| e.n.0).collect()
}

pub fn is_frozen<T: std::fmt::Debug>(result: &Result<T, LabError>) -> bool {
    matches!(result, Err(LabError::Frozen { .. }))
}

/// Changes lines of the records in the database as no helo would: what `edit` gives `None` for is gone.
pub fn edit_records(dir: &TempDir, edit: impl Fn(&str) -> Option<String>) {
    let conn = rusqlite::Connection::open(dir.path().join("helo.db")).unwrap();
    let mut select = conn.prepare("SELECT rowid, inputs, events, body FROM record").unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    let rows: Vec<(i64, i64, i64, Vec<u8>)> = rows.map(Result::unwrap).collect();
    for (row, inputs, events, body) in rows {
        let text = match body.split_first().unwrap() {
            (0, text) => text.to_vec(),
            (_, rest) => {
                let (length, block) = rest.split_at(4);
                let length = u32::from_le_bytes(length.try_into().unwrap()) as usize;
                lz4_flex::block::decompress(block, length).unwrap()
            }
        };
        let text = String::from_utf8(text).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len() as i64, inputs + events);
        let (inputs, events) = lines.split_at(inputs as usize);
        let [inputs, events] =
            [inputs, events].map(|some| some.iter().filter_map(|line| edit(line)).collect::<Vec<_>>());
        let body = "\0".to_owned()
            + &[&inputs[..], &events[..]].concat().iter().map(|l| format!("{l}\n")).collect::<String>();
        let counts = (inputs.len() as i64, events.len() as i64);
        conn.execute(
            "UPDATE record SET inputs = ?1, events = ?2, body = ?3 WHERE rowid = ?4",
            (counts.0, counts.1, body.into_bytes(), row),
        )
        .unwrap();
    }
}
