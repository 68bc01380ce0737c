//! `helo check`: what it says of a clean scenario, and how it finds each fault that only playing shows.

use crate::support::{folder, helo, project};
use std::fs;

fn lesson() -> String {
    fs::read_to_string(project("tests/cli/lesson.toml")).unwrap()
}

/// The lesson with one text changed, checked: exit status and standard error.
fn checked(name: &str, from: &str, to: &str) -> (u8, String) {
    let text = lesson();
    assert!(text.contains(from), "{name}: the lesson has no {from:?}");
    let file = folder(&format!("check {name}").replace(' ', "-")).join("lesson.toml");
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
    let (status, _, err) = helo(&format!("check {}", file.display()), "");
    (status, err)
}

#[test]
fn a_clean_scenario_is_one_line() {
    let (status, out, err) = helo(&format!("check {}", project("tests/cli/lesson.toml").display()), "");
    assert_eq!(err, "");
    assert_eq!(out, "lesson: 1 solution, 3 counterexamples, 20 seeds in 2 languages: clean\n");
    assert_eq!(status, 0);
}

/// Checks the lesson with one text changed, row by row: name, what is changed to what, what is then shown.
fn rows(rows: &[(&str, &str, &str, &[&str])]) {
    for (name, from, to, shown) in rows {
        let (status, err) = checked(name, from, to);
        assert_eq!(status, 1, "{name}: {err}");
        for part in *shown {
            assert!(err.contains(part), "{name}: no {part:?} in\n{err}");
        }
    }
}

#[test]
fn a_solution_that_falls_short_is_pointed_at() {
    rows(&[
        (
            "a refused line",
            "MAIL FROM:<me@lab.test>\nRCPT",
            "RCPT",
            &[
                "error[solution-makes-mistake]: solution `brackets` is told of the mistake `letter/order`",
                "error[solution-falls-short]: solution `brackets` earns 0 of 3 in step `letter`",
                "RCPT TO:<{{recipient}}@example.org>",
                "refused",
                "expectation 1, 2, 3 of 3 was not met on one connection to mail.example.org:25",
            ],
        ),
        (
            "nothing refused",
            "Subject: hello\n",
            "",
            &[
                "error[solution-falls-short]: solution `brackets` earns 1 of 3 in step `letter`",
                "played to here, and nothing was refused",
                "expectation 3 of 3 was not met",
            ],
        ),
        (
            "no answer",
            "@answer code 354\n",
            "",
            &[
                "solution `brackets` earns 0 of 2 in step `code`",
                "the right answer was not given: `@answer code ...`",
            ],
        ),
        (
            "a hint",
            "# step: letter\n",
            "# step: letter\n@hint letter\n",
            &["solution `brackets` earns 2.5 of 3 in step `letter`", "it takes 1 hint(s), which cost points"],
        ),
        (
            "only some seeds",
            "RCPT TO:<{{recipient}}@example.org>\nDATA",
            "RCPT TO:<anna@example.org>\nDATA",
            &["earns 1 of 3 in step `letter` (with --seed "],
        ),
    ]);
}

#[test]
fn a_counterexample_that_comes_out_otherwise_is_pointed_at() {
    rows(&[
        (
            "earns otherwise",
            "earns = { greet = 1, letter = 0 }",
            "earns = { greet = 1, letter = 0.5 }",
            &[
                "error[counterexample-earns-otherwise]: counterexample `too early` earns 0 in step `letter`, and says 0.5",
                "earns = { greet = 1, letter = 0.5 }",
            ],
        ),
        (
            "says more",
            "says = [\"letter/order\"]",
            "says = []",
            &[
                "error[counterexample-says-more]: counterexample `too early` is told of the mistake `letter/order`",
                "MAIL comes first.",
            ],
        ),
        (
            "says less",
            "says = [\"greet\"]",
            "says = [\"greet\", \"letter\"]",
            &[
                "error[counterexample-says-less]: counterexample `in words` is not told of the mistake `letter`",
            ],
        ),
    ]);
}

#[test]
fn a_counterexample_that_solves_everything_is_none() {
    let text = lesson();
    let solution = text.split_once("name = \"brackets\"\n").unwrap().1;
    let solution = solution.split_once("[[counterexample]]").unwrap().0;
    let example = format!(
        "[[counterexample]]\nname = \"a solution\"\n{solution}\nearns = {{ letter = 3 }}\nsays = []\n\n[[counterexample]]"
    );
    let (status, err) = checked("solves", "[[counterexample]]", &example);
    assert_eq!(status, 1, "{err}");
    assert!(err.contains("counterexample `a solution` earns everything and is told of no mistake"), "{err}");
}

#[test]
fn all_scenarios_are_checked_and_the_worst_counts() {
    let folder = folder("check-many");
    fs::create_dir(folder.join("deeper")).unwrap();
    fs::write(folder.join("deeper/lesson.toml"), lesson()).unwrap();
    fs::write(folder.join("notes.txt"), "not a scenario").unwrap();
    let check = |more: &str| helo(&format!("check {} {more}", folder.display()), "");
    assert_eq!(check("").0, 0);
    fs::write(folder.join("broken.toml"), "format = 1\nid = broken\n").unwrap();
    let (status, out, err) = check("");
    assert_eq!(status, 1);
    assert!(err.starts_with("error") && err.contains("broken.toml:2:"), "{err}");
    assert!(out.contains("lesson: 1 solution") && out.contains("broken.toml: "), "{out}");
    let (status, out, err) = check("no-such-folder");
    assert_eq!(status, 2, "{err}");
    assert!(out.contains("lesson: 1 solution"), "the rest is checked all the same: {out}");
}

#[test]
fn two_scenarios_cannot_have_one_id() {
    let folder = folder("check-twice");
    for name in ["a", "b"] {
        fs::create_dir(folder.join(name)).unwrap();
        fs::write(folder.join(name).join("lesson.toml"), lesson()).unwrap();
    }
    let (status, _, err) = helo(&format!("check {}", folder.display()), "");
    assert_eq!(status, 1);
    assert!(err.contains("error[same-id]: the id `lesson` is that of "), "{err}");
}

#[test]
fn editors_get_the_faults_as_json() {
    let folder = folder("check-json");
    let file = folder.join("lesson.toml");
    fs::write(&file, lesson().replace("minutes = ", "title2 = \"ä\"\nminuts = ")).unwrap();
    let (status, out, err) = helo(&format!("check --json {}", file.display()), "");
    assert_eq!((status, err.as_str()), (1, ""));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let found = &json["files"][0];
    assert_eq!((found["file"].as_str(), &found["id"]), (file.to_str(), &serde_json::Value::Null));
    let misspelt =
        found["faults"].as_array().unwrap().iter().find(|f| f["label"] == "a scenario has no such key");
    let misspelt = misspelt.unwrap_or_else(|| panic!("{out}"));
    assert_eq!(
        (misspelt["severity"].as_str(), misspelt["code"].as_str()),
        (Some("error"), Some("unknown-key"))
    );
    assert_eq!(misspelt["start"]["column"], 1);
    let (status, out, _) = helo(&format!("check --json {}", project("tests/cli/lesson.toml").display()), "");
    assert_eq!(status, 0);
    assert!(out.contains("\"faults\":[]") && out.contains("\"id\":\"lesson\""), "{out}");
}

#[test]
fn a_way_that_no_solution_goes_is_warned_of() {
    let (status, err) = checked(
        "way",
        "on = \"mail.example.org:25\"\nexpect = [{ smtp = \"HELLO\", reply = 250 }]",
        "[[step.way]]\non = \"mail.example.org:25\"\nexpect = [{ smtp = \"HELLO\", reply = 250 }]\n\
         [[step.way]]\nexpect = [{ run = \"swaks\" }]",
    );
    assert_eq!(status, 0, "a warning: {err}");
    assert!(err.contains("warning[unused-way]: no solution goes way 2 of step `greet`"), "{err}");
}

#[test]
fn what_a_scenario_builds_on_must_be_in_its_folder() {
    let folder = folder("check-after");
    let file = folder.join("lesson.toml");
    fs::write(&file, lesson().replace("minutes = 5", "minutes = 5\nafter = [\"lessn\"]")).unwrap();
    let (status, _, err) = helo(&format!("check {}", file.display()), "");
    assert_eq!(status, 0, "by itself it may build on others elsewhere: {err}");
    fs::write(folder.join("other.toml"), lesson().replace("id = \"lesson\"", "id = \"lessons\"")).unwrap();
    let (status, _, err) = helo(&format!("check {}", folder.display()), "");
    assert_eq!(status, 1, "{err}");
    assert!(err.contains("error[unknown-scenario]: there is no scenario `lessn`"), "{err}");
    assert!(err.contains("did you mean `lessons`?"), "{err}");
}
