//! A helo that is killed in the middle of writing has lost nothing it acknowledged, and left nothing torn.
#![allow(clippy::disallowed_methods)] // a second process is started, and told by its environment what to do

mod store_support;

use helo::store::{AttemptId, Store, StoreOptions};
use helo::units::{Stream, Time};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use store_support::{TempDir, append, begin, event, events, input};

const ATTEMPTS: usize = 8;

/// Not a test of its own: the process that is killed. Says `ack ATTEMPT INPUT` for each append it saw committed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_appends_until_it_is_killed() {
    let Some(dir) = std::env::var_os("HELO_TEST_CRASH") else { return };
    let store = Store::open(dir.as_ref(), StoreOptions::default()).await.unwrap();
    let learner = store.learner("local", "you", Time(0)).await.unwrap().id;
    let known: BTreeMap<AttemptId, u64> =
        store.attempts_of(learner).await.unwrap().into_iter().map(|a| (a.id, a.inputs)).collect();
    let mut attempts: Vec<(AttemptId, u64)> = known.into_iter().collect();
    while attempts.len() < ATTEMPTS {
        attempts.push((begin(&store, learner, &format!("t{}", attempts.len())).await, 0));
    }
    let tasks: Vec<_> = attempts
        .into_iter()
        .map(|(attempt, inputs)| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in inputs + 1.. {
                    store.append(append(attempt, n)).await.unwrap();
                    println!("\nack {attempt} {n}");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn kill_minus_nine_at_any_moment() {
    let dir = TempDir::new();
    let mut moments = Stream::new(1, "kill moments");
    let mut acknowledged: BTreeMap<i64, u64> = BTreeMap::new();
    for round in 0..8 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_appends_until_it_is_killed", "--nocapture"])
            .env("HELO_TEST_CRASH", dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let kill_after = 1 + moments.below(200);
        let mut seen = 0;
        // After the kill the pipe still holds what was said before it.
        while let Some(Ok(line)) = lines.next() {
            let words: Vec<&str> = line.split(' ').collect();
            let ["ack", attempt, n] = words.as_slice() else { continue };
            // A line may itself be cut off by the kill; then its number is only smaller.
            if let (Ok(attempt), Ok(n)) = (attempt.parse(), n.parse::<u64>()) {
                let last = acknowledged.entry(attempt).or_default();
                *last = n.max(*last);
                seen += 1;
            }
            if seen == kill_after {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(seen >= kill_after, "round {round}: the child ended by itself after {seen}");
        check(&dir, &acknowledged, round).await;
    }
}

/// Everything acknowledged is there, and everything there is whole.
async fn check(dir: &TempDir, acknowledged: &BTreeMap<i64, u64>, round: usize) {
    let store = Store::open(&dir.path(), StoreOptions::default()).await.unwrap();
    for (attempt, last) in acknowledged {
        let id = AttemptId(*attempt);
        let found = store.attempt(id).await.unwrap().unwrap();
        assert!(found.inputs >= *last, "round {round}: attempt {attempt} has {}, not {last}", found.inputs);
        let inputs = store.inputs(id, 0, u32::MAX).await.unwrap();
        assert_eq!(inputs, (1..=found.inputs).map(input).collect::<Vec<_>>());
        let expected = [event(1, 0), event(2, 0)];
        let caused = (1..=found.inputs).flat_map(events);
        let expected: Vec<_> = expected.into_iter().chain(caused).collect();
        assert_eq!(found.events, expected.len() as u64);
        assert_eq!(store.events(id, 0, u32::MAX).await.unwrap(), expected);
    }
    store.close().await;
}
