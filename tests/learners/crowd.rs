//! Two hundred learners at once, each with an attempt, a page and a solution of their own.

use crate::http::begin;
use crate::learner::{Broken, Learner};
use crate::site::{Served, data, site};
use helo::lab::LabOptions;
use helo::scenario::ScriptLine;
use serde_json::json;
use std::io::Write as _;
use std::time::Duration;
use tokio::time::Instant;

const LEARNERS: usize = 200;
/// Scenarios whose solutions need no waiting.
const SCENARIOS: [&str; 4] = ["send-by-hand", "first-contact", "pop3-by-hand", "forge-a-sender"];

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_learners_at_once_all_solve_their_tasks() {
    let site = site(&data("crowd"), &SCENARIOS, LabOptions::default()).await;
    let begun = Instant::now();
    let learners: Vec<_> = (0..LEARNERS)
        .map(|number| {
            let served = Served { address: site.address.clone(), lab: site.lab.clone() };
            tokio::spawn(async move { solve(&served, number).await })
        })
        .collect();
    let mut waits: Vec<Duration> = Vec::new();
    for (number, learner) in learners.into_iter().enumerate() {
        waits.extend(learner.await.unwrap_or_else(|e| panic!("learner {number}: {e}")));
    }
    let took = begun.elapsed();
    waits.sort_unstable();
    let at = |percent: usize| waits[(waits.len() - 1) * percent / 100];
    let _ = writeln!(
        std::io::stderr(),
        "{LEARNERS} learners at once: all solved, {} inputs in {took:.1?} ({:.0}/s); from input to acknowledgement \
         p50 {:.1?}, p99 {:.1?}; {} live attempts",
        waits.len(),
        waits.len() as f64 / took.as_secs_f64(),
        at(50),
        at(99),
        site.lab.live()
    );
}

/// Begins an attempt and types a solution of it. Gives how long each input took until it was on the disk and said.
async fn solve(site: &Served, number: usize) -> Vec<Duration> {
    let scenario = SCENARIOS[number % SCENARIOS.len()];
    let token = begin(&site.address, scenario).await;
    let attempt = site.lab.find(&token).await.unwrap().expect("the attempt");
    let trials = site.lab.catalogue().get(scenario).unwrap().draw_trials(attempt.seed, attempt.lang).unwrap();
    let solution = &trials.solutions[number / SCENARIOS.len() % trials.solutions.len()];

    let mut learner = Learner::new(&site.address, &token, &format!("learner-{number}"));
    learner.connect().await.unwrap();
    let mut waits = Vec::new();
    for (_, line) in &solution.script.lines {
        let sent = Instant::now();
        perform(&mut learner, line).await.unwrap();
        learner.settle().await.unwrap();
        waits.push(sent.elapsed());
    }
    learner.until(|l| l.steps["done"] == true).await.unwrap();
    assert_eq!(learner.steps["points"], learner.steps["max"], "{scenario}, {}", solution.name);
    assert_eq!(learner.refusals, Vec::<serde_json::Value>::new());
    waits
}

async fn perform(learner: &mut Learner, line: &ScriptLine) -> Result<(), Broken> {
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    match line {
        ScriptLine::Type { term, text: line } => {
            learner.send("line", json!({"term": term.0, "text": text(line)})).await
        }
        ScriptLine::Keys { term, octets } => {
            learner.send("keys", json!({"term": term.0, "text": text(octets)})).await
        }
        ScriptLine::Press { term, key } => learner.send("key", json!({"term": term.0, "key": key})).await,
        ScriptLine::Paste { term, text: lines } => {
            learner.send("paste", json!({"term": term.0, "text": text(lines)})).await
        }
        ScriptLine::Hint { step } => learner.send("hint", json!({"step": step})).await,
        ScriptLine::Answer { step, text } => {
            learner.send("answer", json!({"step": step, "text": text})).await
        }
        ScriptLine::HandIn => learner.send("hand-in", json!({})).await,
        ScriptLine::Wait(time) => panic!("this solution waits {time:?}: choose another scenario"),
    }
}
