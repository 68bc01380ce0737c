//! helo is killed at any moment; whoever comes back goes on in the middle of the sentence.
#![allow(clippy::disallowed_methods)] // a second process is started, and told by its environment what to do

mod lab_support;

use helo::units::{EventNo, Stream};
use lab_support::{TempDir, begin, codes, lab, lab_with, numbers, options, solution};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Not a test of its own: the process that is killed. A learner goes on with the attempt that is there, or begins one,
/// and says `ack TOKEN INPUT EVENT` for each line.
#[tokio::test]
async fn child_learner_types_until_it_is_killed() {
    let Some(dir) = std::env::var_os("HELO_TEST_CRASH") else { return };
    let (lab, learner) = lab_with(Path::new(&dir), options()).await;
    loop {
        let latest = lab.store().latest_per_scenario(learner).await.unwrap().pop();
        let attempt = match latest.filter(|a| !a.progress.done) {
            Some(unfinished) => lab.open(&unfinished.token).await.unwrap(),
            None => begin(&lab, learner).await,
        };
        let page = attempt.subscribe(EventNo(1)).await.unwrap();
        assert_eq!(page.snapshot.frozen, None, "what was recorded is what comes out");
        let done = lab.find(attempt.token()).await.unwrap().unwrap().inputs;
        for input in solution(&page.snapshot.about).into_iter().skip(done as usize) {
            match attempt.input(input).await {
                Ok(receipt) => println!("\nack {} {} {}", attempt.token(), receipt.input, receipt.event),
                Err(helo::lab::LabError::TooFast { wait }) => panic!("a finished attempt is short: {wait:?}"),
                Err(error) => panic!("{error}"),
            }
        }
        println!("\nfinished {}", attempt.token());
    }
}

#[tokio::test]
async fn killed_at_any_moment_the_attempt_goes_on_and_earns_everything() {
    let dir = TempDir::new();
    let mut moments = Stream::new(2, "kill moments");
    let mut finished = 0;
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_learner_types_until_it_is_killed", "--nocapture"])
            .env("HELO_TEST_CRASH", dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let kill_after = 1 + moments.below(20);
        let (mut seen, mut last) = (0, None);
        while let Some(Ok(said)) = lines.next() {
            match said.split(' ').collect::<Vec<_>>().as_slice() {
                ["ack", token, input, event] => {
                    // The kill may have cut the last line off in the middle of a number.
                    if let (Ok(input), Ok(event)) = (input.parse::<u64>(), event.parse::<u64>()) {
                        last = Some(((*token).to_owned(), input, event));
                        seen += 1;
                    }
                }
                ["finished", _] => finished += 1,
                _ => {}
            }
            if seen == kill_after {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        let (token, input, event) = last.unwrap_or_else(|| panic!("round {round}: nothing was typed"));
        assert!(seen >= kill_after, "round {round}: the child ended by itself");
        let (lab, _) = lab(&dir).await;
        let kept = lab.find(&token).await.unwrap().unwrap();
        assert!(
            kept.inputs >= input && kept.events >= event,
            "round {round}: {kept:?} after {input} {event}"
        );
        lab.store().close().await;
    }
    finish(&dir).await;
    assert!(finished > 0, "some attempts came to their end between the kills");
}

/// Types what is left of every attempt.
async fn finish(dir: &TempDir) {
    let (lab, learner) = lab(dir).await;
    for kept in lab.store().attempts_of(learner).await.unwrap() {
        let attempt = lab.open(&kept.token).await.unwrap();
        let page = attempt.subscribe(EventNo(1)).await.unwrap();
        assert_eq!(numbers(&page.snapshot.entries), (1..=kept.events).collect::<Vec<_>>());
        for input in solution(&page.snapshot.about).into_iter().skip(kept.inputs as usize) {
            attempt.input(input).await.unwrap();
        }
        let page = attempt.subscribe(EventNo(1)).await.unwrap();
        assert_eq!(codes(&page.snapshot.entries), [220, 250, 250, 250, 354, 250, 221]);
        assert_eq!(page.snapshot.report.points, page.snapshot.report.max_points);
    }
    lab.close().await;
    lab.store().close().await;
}
