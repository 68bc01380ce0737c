//! A live attempt does not keep its transcript in memory: whoever begins to look reads it from the store.

mod lab_support;

use helo::attempt::Input;
use helo::event::Entry;
use helo::lab::{Handle, LabError, LabOptions};
use helo::units::{EventNo, TermId};
use lab_support::{
    TempDir, begin, edit_records, lab, lab_with, numbers, options, printed, solution, store, typed, watch,
};
use std::collections::BTreeSet;

/// More events than the store gives at once.
const MANY: u64 = 5_000;

/// Pastes lines until the attempt has many events; gives the last one.
async fn long(attempt: &Handle) -> EventNo {
    let mut last = EventNo(0);
    for round in 0.. {
        let text: String = (0..500).map(|n| format!("echo {round} {n}\n")).collect();
        let input = Input::Paste { term: TermId(1), text: text.as_str().into() };
        last = attempt.input(input).await.unwrap().event;
        if last.0 > MANY {
            break;
        }
    }
    last
}

async fn from(attempt: &Handle, n: u64) -> Vec<Entry> {
    attempt.subscribe(EventNo(n)).await.unwrap().snapshot.entries
}

#[tokio::test]
async fn who_comes_late_reads_what_others_saw_happen() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut first = attempt.subscribe(EventNo(1)).await.unwrap();
    let last = long(&attempt).await;
    let seen = watch(&mut first, last).await;
    assert_eq!(numbers(&seen), (1..=last.0).collect::<Vec<_>>());
    // From the start, around where one read from the store ends and the next begins, and at the end.
    for n in [0, 1, 2, 4095, 4096, 4097, 4098, last.0 - 1, last.0, last.0 + 1, u64::MAX] {
        let place = usize::try_from(n.max(1) - 1).unwrap_or(usize::MAX).min(seen.len());
        assert_eq!(from(&attempt, n).await, seen[place..], "from event {n}");
    }
    lab.close().await;
    lab.store().close().await;
    // After a restart the same again, from an attempt that was replayed.
    let (again, _) = lab_with(dir.path(), options()).await;
    let attempt = again.open(attempt.token()).await.unwrap();
    assert_eq!(from(&attempt, 1).await, seen);
    assert_eq!(from(&attempt, last.0).await, seen[seen.len() - 1..]);
    again.close().await;
    again.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_while_things_happen_misses_nothing_and_sees_nothing_twice() {
    let dir = TempDir::new();
    let fast = LabOptions { inputs_per_second: 100_000, burst: 100_000, ..options() };
    let (lab, learner) = lab_with(dir.path(), fast).await;
    let attempt = begin(&lab, learner).await;
    let typist = {
        let attempt = attempt.clone();
        tokio::spawn(async move {
            let mut last = EventNo(0);
            for n in 0..200 {
                last = typed(&attempt, &format!("echo {n}")).await.event;
            }
            last
        })
    };
    let mut pages = Vec::new();
    while !typist.is_finished() && pages.len() < 10 {
        pages.push(attempt.subscribe(EventNo(1)).await.unwrap());
        tokio::task::yield_now().await;
    }
    let last = typist.await.unwrap();
    let whole = from(&attempt, 1).await;
    assert_eq!(whole.len() as u64, last.0);
    assert!(!pages.is_empty());
    for mut page in pages {
        assert_eq!(watch(&mut page, last).await, whole);
    }
    assert!(printed(&whole).contains("199\n"));
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn the_evidence_of_a_report_is_read_from_the_store() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    long(&attempt).await;
    let about = attempt.subscribe(EventNo(u64::MAX)).await.unwrap().snapshot.about.clone();
    for input in solution(&about) {
        attempt.input(input).await.unwrap();
    }
    let (report, entries) = attempt.evidence().await.unwrap();
    assert_eq!(report.points, report.max_points);
    let named: BTreeSet<u64> = report.steps.iter().flat_map(|s| &s.evidence).map(|n| n.0).collect();
    assert_eq!(numbers(&entries), named.iter().copied().collect::<Vec<_>>());
    assert!(named.first().is_some_and(|n| *n > MANY), "all of it came after what is no longer in memory");
    for entry in &entries {
        assert_eq!(from(&attempt, entry.n.0).await.first(), Some(entry));
    }
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn a_transcript_with_a_hole_is_not_shown_as_if_it_were_whole() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    for n in 0..5 {
        typed(&attempt, &format!("echo {n}")).await;
    }
    // Whoever looks already sees on; the store is changed behind the lab's back.
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    edit_records(&dir, |line| {
        (!line.starts_with(r#"{"n":7,"at":"#) || !line.contains("event")).then(|| line.to_owned())
    });
    let hole = LabError::Unreadable { what: "event 7 is missing".to_owned() };
    assert_eq!(attempt.subscribe(EventNo(1)).await.unwrap_err(), hole);
    assert_eq!(attempt.subscribe(EventNo(7)).await.unwrap_err(), hole);
    assert!(!from(&attempt, 8).await.is_empty(), "what comes after it can be read");
    let receipt = typed(&attempt, "echo goes on").await;
    assert!(printed(&watch(&mut page, receipt.event).await).contains("goes on\n"));
    lab.close().await;
    lab.store().close().await;
    // Brought back it cannot be compared with what was recorded.
    let (again, _) = lab_with(dir.path(), options()).await;
    let attempt = again.open(attempt.token()).await.unwrap();
    assert_eq!(attempt.subscribe(EventNo(1)).await.unwrap_err(), hole);
    again.close().await;
    again.store().close().await;
}

#[tokio::test]
async fn a_store_that_is_gone_is_an_error_and_no_empty_transcript() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    typed(&attempt, "echo one").await;
    lab.store().close().await;
    assert!(matches!(attempt.subscribe(EventNo(1)).await, Err(LabError::Store(_))));
    lab.close().await;
    drop(store(dir.path()).await);
}
