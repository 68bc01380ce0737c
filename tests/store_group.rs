//! Group commit: what many write at once costs few rounds of waiting for the disk, and one write costs one.

mod store_support;

use helo::store::{Store, StoreOptions};
use helo::units::Time;
use store_support::{TempDir, append, begin, open, with_inputs};

#[tokio::test]
async fn one_append_is_one_round() {
    let dir = TempDir::new();
    let store = open(&dir).await;
    let learner = store.learner("local", "you", Time(0)).await.unwrap().id;
    let attempt = begin(&store, learner, "t1").await;
    let before = store.writer_stats();
    store.append(append(attempt, 1)).await.unwrap();
    let after = store.writer_stats();
    assert_eq!((after.commits - before.commits, after.writes - before.writes), (1, 1));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_learners_press_enter_at_once() {
    let dir = TempDir::new();
    let store = open(&dir).await;
    let learner = store.learner("local", "you", Time(0)).await.unwrap().id;
    let mut attempts = Vec::new();
    for n in 0..200 {
        attempts.push(begin(&store, learner, &format!("t{n}")).await);
    }
    let before = store.writer_stats();
    for n in 1..=10 {
        // All of them at once, and nobody reads in between: how many go together must not depend on how fast readers are.
        let tasks: Vec<_> = attempts
            .iter()
            .map(|attempt| {
                let (store, attempt) = (store.clone(), *attempt);
                tokio::spawn(async move { store.append(append(attempt, n)).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        for attempt in &attempts {
            let seen = store.inputs(*attempt, n - 1, 1).await.unwrap();
            assert_eq!(seen.first().map(|i| i.n), Some(n), "acknowledged is readable");
        }
    }
    let after = store.writer_stats();
    assert_eq!(after.writes - before.writes, 2000);
    let rounds = after.commits - before.commits;
    assert!(rounds <= 500, "{rounds} rounds for 2000 appends of 200 learners");
    for attempt in attempts {
        let found = store.attempt(attempt).await.unwrap().unwrap();
        assert_eq!((found.inputs, found.events), (10, 32));
    }
    store.close().await;
}

#[tokio::test]
async fn writers_wait_for_room_instead_of_filling_memory() {
    let dir = TempDir::new();
    let store = Store::open(&dir.path(), StoreOptions::default()).await.unwrap();
    let learner = store.learner("local", "you", Time(0)).await.unwrap().id;
    let mut tasks = Vec::new();
    for t in 0..12 {
        let attempt = begin(&store, learner, &format!("t{t}")).await;
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            // Twelve of these are more than may wait at once: the last ones queue up before the queue.
            let long = format!("\"{}\"", "x".repeat(8 << 20));
            store.append(with_inputs(append(attempt, 1), &[&long])).await
        }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(store.counts().await.unwrap().inputs, 12);
    store.close().await;
}
