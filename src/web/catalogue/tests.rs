//! The first page: the order of the curriculum, what is next for whom, and that what it shows of a scenario is true.

use super::path::{Path, Stand};
use super::{EXCERPT, SLIP, encoded};
use crate::scenario::{Scenario, render};
use crate::store::{Attempt, AttemptId, AttemptState, LearnerId, Progress};
use crate::units::{Lang, Points, Time};
use std::sync::Arc;

#[test]
fn the_scenario_on_the_first_page_is_one() {
    let faults = |text: &str| match Scenario::load("first-letter.toml", text) {
        Ok(scenario) => scenario.warnings().to_vec(),
        Err(faults) => faults,
    };
    assert!(EXCERPT.lines().all(|line| line.chars().count() <= 72), "it is to be read beside something");
    let shown = |text: &str| {
        // Of the counterexamples the page shows only that there are some.
        let mut faults = faults(text);
        faults.retain(|fault| fault.code != "few-counterexamples");
        render("first-letter.toml", text, &faults, false)
    };
    assert_eq!(shown(EXCERPT), "");
    let slip = EXCERPT.replacen("to = \"{{reader}}@", "to = \"{{raeder}}@", 1);
    assert_eq!(shown(&slip).trim_end(), SLIP.trim_end());
}

/// A scenario with these links, worth one point.
fn scenario(id: &str, order: Option<u32>, after: &[&str], minutes: u32) -> Arc<Scenario> {
    let order = order.map_or_else(String::new, |n| format!("order = {n}\n"));
    let head = format!("id = \"{id}\"\n{order}after = {after:?}\n");
    let text = EXCERPT.replacen("id = \"first-letter\"\n", &head, 1);
    let text = text.replacen("minutes = 10", &format!("minutes = {minutes}"), 1);
    Arc::new(Scenario::load("x.toml", &text).unwrap())
}

fn attempt(id: i64, scenario: &str, points: i64, done: bool, touched: i64) -> Attempt {
    Attempt {
        id: AttemptId(id),
        token: format!("token{id}"),
        learner: LearnerId(1),
        assignment: None,
        scenario: scenario.to_owned(),
        number: 1,
        scenario_hash: String::new(),
        engine: String::new(),
        event_version: 1,
        seed: 0,
        lang: Lang::En,
        start: Time(0),
        vars: "{}".to_owned(),
        bounds: None,
        state: AttemptState::Open,
        note: None,
        inputs: 1,
        events: 1,
        progress: Progress { points: Points(points), max_points: Points(300), done },
        created: Time(0),
        touched: Time(touched),
    }
}

fn scenarios() -> Vec<Arc<Scenario>> {
    vec![
        scenario("d", None, &[], 20),
        scenario("e", None, &[], 10),
        scenario("c", Some(30), &["a", "gone"], 5),
        scenario("b", Some(20), &["a"], 5),
        scenario("a", Some(10), &[], 5),
    ]
}

#[test]
fn the_order_is_the_curriculums_and_then_the_short_ones_first() {
    let path = Path::of(scenarios(), Vec::new());
    assert_eq!(path.scenarios().map(|s| s.id()).collect::<Vec<_>>(), ["a", "b", "c", "e", "d"]);
    assert_eq!(path.place("b"), Some(2));
}

#[test]
fn what_is_next_follows_what_is_done() {
    // What was tried (the newest first); where one left off, what is next, and how one stands with a to e.
    use Stand::{Done, Later, Open, Ready};
    for (attempts, open, next, stands) in [
        (vec![], None, Some("a"), [Ready, Later, Later, Ready, Ready]),
        (vec![attempt(1, "a", 100, false, 1)], Some("a"), Some("b"), [Open, Later, Later, Ready, Ready]),
        // What somebody has passed over is not offered first, and keeps nobody from what builds on it.
        (vec![attempt(1, "b", 100, false, 1)], Some("b"), Some("c"), [Ready, Open, Ready, Ready, Ready]),
        (vec![attempt(1, "a", 300, true, 1)], None, Some("b"), [Done, Ready, Ready, Ready, Ready]),
        // Done is done, also when one has begun anew since; that one can be gone on with all the same.
        (
            vec![attempt(2, "a", 0, false, 5), attempt(1, "a", 300, true, 1)],
            Some("a"),
            Some("b"),
            [Done, Ready, Ready, Ready, Ready],
        ),
        // Of several the one that was touched last.
        (
            vec![attempt(3, "d", 0, false, 3), attempt(2, "b", 0, false, 9), attempt(1, "a", 300, true, 1)],
            Some("b"),
            Some("c"),
            [Done, Open, Ready, Ready, Open],
        ),
    ] {
        let path = Path::of(scenarios(), attempts);
        assert_eq!(path.open().map(|s| s.id()), open);
        assert_eq!(path.next().map(|s| s.id()), next);
        assert_eq!(path.scenarios().map(|s| path.stand(s)).collect::<Vec<_>>(), stands);
    }
}

#[test]
fn the_best_attempt_counts() {
    let tries = vec![attempt(2, "a", 0, false, 5), attempt(1, "a", 250, false, 1)];
    let path = Path::of(scenarios(), tries);
    assert_eq!((path.best("a"), path.best("b")), (Points(250), Points::ZERO));
    assert_eq!(path.newest("a").map(|a| a.id.0), Some(2));
}

#[test]
fn a_topic_in_an_address() {
    assert_eq!(encoded("s/mime & Co"), "s%2Fmime%20%26%20Co");
    assert_eq!(encoded("smtp"), "smtp");
}

/// The curriculum that helo brings along: every name leads somewhere, and what comes first stands first.
#[test]
fn the_curriculum_builds_on_what_is_there() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let head = text.split("\n[").next().unwrap();
        let head: toml::Table = head.parse().unwrap();
        let id = head["id"].as_str().unwrap().to_owned();
        let order = head.get("order").map(|o| o.as_integer().unwrap());
        let after: Vec<String> = head.get("after").map_or_else(Vec::new, |a| {
            a.as_array().unwrap().iter().map(|a| a.as_str().unwrap().to_owned()).collect()
        });
        all.push((id, order, after));
    }
    assert!(all.len() >= 20);
    for (id, order, after) in &all {
        for before in after {
            let found = all.iter().find(|(id, ..)| id == before);
            let (_, earlier, _) =
                found.unwrap_or_else(|| panic!("{id} builds on {before}, which is not there"));
            assert!(earlier < order, "{id} stands before {before}");
        }
        let same = all.iter().filter(|(_, other, _)| other.is_some() && other == order).count();
        assert!(same <= 1, "{id} shares its place");
    }
}
