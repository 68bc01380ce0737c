//! What differs from learner to learner, and exams.

use helo::author::Player;
use helo::scenario::{Scenario, Script, render};
use helo::units::{Lang, Points};
use std::collections::BTreeSet;

const HEAD: &str = r#"
format = 1
id = "variants"
title = { en = "x", de = "x" }
minutes = 1
brief = { en = "x", de = "x" }
"#;

const WORLD: &str = r#"
[vars]
broken = { pick = ["mx", "mail"] }
limit = { number = { min = 2000, max = 2009 } }

[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
domains = ["example.tld"]
smtp = { size_limit = "{{limit}}" }

[[host]]
name = "other.example.tld"
ip = "192.0.2.26"
smtp = {}
only = { broken = "mx" }

[[domain]]
name = "example.tld"
records = [{ value = "@ MX 10 mail.example.tld.", only = { broken = "mail" } }, { value = "@ MX 10 other.example.tld.", only = { broken = ["mx"] } }]

[[step]]
id = "ask"
points = 2
title = { en = "x", de = "x" }
ask = { en = "x", de = "x" }
answer = { text = "{{broken}}" }

[[step]]
id = "greet"
title = { en = "x", de = "x" }
task = { en = "x", de = "x" }
expect = [{ smtp = "HELO", only = { broken = "mx" } }, { smtp = "EHLO", only = { broken = "mail" } }]
"#;

fn load(head: &str) -> Scenario {
    let text = format!("{HEAD}{head}{WORLD}");
    Scenario::load("x.toml", &text)
        .unwrap_or_else(|faults| panic!("{}", render("x.toml", &text, &faults, false)))
}

fn played(scenario: &Scenario, seed: u64, script: &str) -> Player {
    let mut player = Player::begin(scenario, seed, Lang::En).unwrap();
    for (_, line) in &Script::parse(script.as_bytes()).unwrap().lines {
        player.perform(line);
    }
    player
}

#[test]
fn what_a_draw_leaves_out_is_not_there() {
    let scenario = load("");
    let mut seen = BTreeSet::new();
    for seed in 0..20 {
        let drawn = scenario.draw(seed, Lang::En).unwrap();
        let mx = drawn.vars["broken"] == "mx";
        assert_eq!(drawn.setup.hosts.len(), if mx { 2 } else { 1 });
        let limit: u64 = drawn.vars["limit"].parse().unwrap();
        assert_eq!(drawn.setup.hosts[0].smtp.as_ref().unwrap().config.size_limit, limit);
        let hello = |word| format!("telnet mail.example.tld 25\n{word} x.test\n");
        for (word, done) in [("helo", mx), ("ehlo", !mx)] {
            assert_eq!(played(&scenario, seed, &hello(word)).attempt().report().steps[1].done, done);
        }
        seen.insert(mx);
    }
    assert_eq!(seen.len(), 2, "both were drawn");
    assert_eq!(scenario.max_points(), Points(300));
}

#[test]
fn an_exam_tells_nothing_before_it_is_handed_in() {
    let scenario = load("exam = true\n");
    let right = scenario.draw(1, Lang::En).unwrap().vars["broken"].clone();
    let before = format!(
        "@answer ask nonsense\n@answer ask {right}\ntelnet mail.example.tld 25\nhelo x.test\nehlo x.test\n"
    );
    let report = played(&scenario, 1, &before).attempt().report();
    assert_eq!(report.points, Points(300));
    assert!(!report.is_told() && !report.is_done());
    let shown = report.for_learner();
    assert_eq!((shown.points, shown.max_points), (Points::ZERO, Points(300)));
    assert!(shown.steps.iter().all(|s| !s.done && s.evidence.is_empty() && s.points == Points::ZERO));
    let report = played(&scenario, 1, &format!("{before}@hand-in\n")).attempt().report();
    assert!(report.is_told() && report.is_done());
    assert_eq!(report.for_learner().points, Points(300));
    // The last answer is the one that is meant, and after handing in none is.
    let changed =
        played(&scenario, 1, &format!("{before}@answer ask nonsense\n@hand-in\n@answer ask {right}\n"));
    assert_eq!(changed.attempt().report().points, Points(100));
}
