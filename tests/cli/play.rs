//! `helo play`: what it shows, its JSON, and that the same thing said in other words earns the same.

use crate::support::{helo, project};
use serde_json::Value;
use std::fs;

fn play(options: &str, script: &str) -> (u8, String, String) {
    let lesson = project("tests/cli/lesson.toml");
    helo(&format!("play {} {options}", lesson.display()), script)
}

fn json(options: &str, script: &str) -> Value {
    let (status, out, err) = play(&format!("--json {options}"), script);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(out.lines().count(), 1, "one object on one line");
    serde_json::from_str(&out).unwrap()
}

/// Whom the mail goes to under a seed: the one local part the server takes.
fn recipient(seed: u64) -> &'static str {
    let script = "telnet mail.example.org 25\nHELO x\nMAIL FROM:<me@lab.test>\n";
    let takes = |name: &&str| {
        let played = json(&format!("--seed {seed}"), &format!("{script}RCPT TO:<{name}@example.org>\n"));
        played["events"].to_string().contains("recipient-accepted")
    };
    ["anna", "bilal", "clara", "david"].into_iter().find(takes).unwrap()
}

const DIALOGUE: &str = "telnet mail.example.org 25\n\
    HELO ws.lab.test\n\
    RCPT TO:<otto@example.org>\n\
    QUIT\n\
    @hint letter\n\
    @hint letter\n\
    @answer code 250\n\
    @answer code 251\n\
    @answer code 354\n\
    @answer code 1\n";

#[test]
fn the_terminal_the_wire_and_the_report_are_shown() {
    let (status, out, err) = play("", DIALOGUE);
    assert_eq!((status, err.as_str()), (0, ""));
    let mut rest = out.as_str();
    for part in [
        "telnet mail.example.org 25\n",
        "220 mail.example.org ESMTP Postfix\nHELO ws.lab.test\n250 mail.example.org\n",
        "RCPT TO:<otto@example.org>\n503 5.5.1 Error: need MAIL command\n# MAIL comes first.\n",
        "# Hint 1 (costs 0.5): Begin with MAIL.\n",
        "# There is no other hint here.\n",
        "# 250 says done.\n",
        "# That is not it.\n",
        "# Right.\n",
        "# The question is answered already.\n",
        "--- connection 1: ws.lab.test -> mail.example.org port 25 ---\nS: 220 ",
        "C: HELO ws.lab.test\nS: 250 mail.example.org\nC: RCPT TO:<otto@example.org>\nS: 503 5.5.1 Error: need MAIL command\nC: QUIT\nS: 221 ",
        "--- report ---\n",
        "greet   1 of 1  (evidence: events ",
        "letter  0 of 3  (hints: 1)\n        # MAIL comes first. (event ",
        "code    2 of 2  (evidence: events ",
        "        # 250 says done. (event ",
        "points: 3 of 6\n",
    ] {
        let Some(at) = rest.find(part) else { panic!("no {part:?} in its place in\n{out}") };
        rest = &rest[at + part.len()..];
    }
    assert_eq!(rest, "");
}

#[test]
fn german_is_spoken_where_it_is_asked_for() {
    let (status, out, _) = play("--lang de", DIALOGUE);
    assert_eq!(status, 0);
    for part in
        ["# Zuerst kommt MAIL.", "# Hinweis 1 (Preis 0.5): Beginn mit MAIL.", "# Richtig.", "--- Bericht ---"]
    {
        assert!(out.contains(part), "no {part:?} in\n{out}");
    }
    assert_eq!(json("--lang de", DIALOGUE)["steps"][1]["said"][0], "Zuerst kommt MAIL.");
}

#[test]
fn json_is_one_object_with_what_others_script_against() {
    let played = json("--seed 7", DIALOGUE);
    assert_eq!(played["scenario"], "lesson");
    assert_eq!(played["seed"], 7);
    assert_eq!((&played["points"], &played["max_points"]), (&3.into(), &6.into()));
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&played), "events max_points points scenario seed steps");
    assert_eq!(keys(&played["steps"][0]), "evidence id max points said");
    let events = played["events"].as_array().unwrap();
    assert!(events.iter().zip(1..).all(|(event, n)| event["n"] == n), "numbered without gaps");
    let evidence = played["steps"][0]["evidence"][0].as_u64().unwrap();
    let event = &events[usize::try_from(evidence).unwrap() - 1];
    assert_eq!(event["event"]["smtp"]["exchange"]["line"], "HELO ws.lab.test");
    assert_eq!(played["steps"][1]["said"], serde_json::json!(["MAIL comes first."]));
}

#[test]
fn a_run_can_be_had_again() {
    for seed in [1, 2] {
        let options = format!("--seed {seed}");
        assert_eq!(play(&options, DIALOGUE), play(&options, DIALOGUE));
        assert_eq!(json(&options, DIALOGUE), json(&options, DIALOGUE));
    }
    assert!((1..20).any(|seed| recipient(seed) != recipient(1)), "the seed draws the recipient");
}

#[test]
fn the_same_in_other_words_earns_the_same() {
    let to = recipient(1);
    let right = format!(
        "telnet mail.example.org 25\nEHLO ws.lab.test\nMAIL FROM:<me@lab.test>\nRCPT TO:<{to}@example.org>\n\
         DATA\nSubject: hello\n\nHello!\n.\nQUIT\n@answer code 354\n"
    );
    let dropped =
        format!("telnet mail.example.org 25\nHELO x\nMAIL FROM:<me@lab.test>\n@key ^]\nquit\n{right}");
    for (name, script) in [
        ("as in the solution", right.clone()),
        ("HELO", right.replace("EHLO", "HELO")),
        (
            "small letters",
            right.replace("EHLO", "ehlo").replace("MAIL FROM", "mail from").replace("DATA", "data"),
        ),
        ("spaces, no brackets", right.replace("FROM:<me@lab.test>", "FROM: me@lab.test")),
        ("capitals in the address", right.replace("me@lab.test", "ME@LAB.TEST")),
        ("NOOP in between", right.replace("DATA", "NOOP\nDATA")),
        ("a mistake corrected", right.replace("RCPT", "RCTP\nRCPT")),
        ("begun again with RSET", right.replace("MAIL", "MAIL FROM:<you@lab.test>\nRSET\nMAIL")),
        ("an answer corrected", right.replace("@answer", "@answer code 250\n@answer")),
        ("a connection that dropped", dropped),
        ("the final dot of the name", right.replace("telnet mail.example.org", "telnet mail.example.org.")),
        ("CRLF", right.replace('\n', "\r\n")),
    ] {
        let played = json("", &script);
        assert_eq!(played["points"], 6, "{name}: {}", played["steps"]);
    }
}

#[test]
fn a_script_with_faults_is_not_played() {
    for (script, said) in [
        ("ls\n@wiat 5s\n", "helo: standard input, line 2: "),
        (
            "@hint leter\n",
            "helo: standard input, line 1: there is no step `leter`; the scenario has greet, letter, code\n",
        ),
        (
            "ls\n@answer greet 1\n",
            "helo: standard input, line 2: no step `greet` asks a question; questions are asked by code\n",
        ),
    ] {
        let (status, out, err) = play("", script);
        assert_eq!((status, out.as_str()), (2, ""), "{script:?}");
        assert!(err.starts_with(said), "{script:?}: {err}");
    }
}

#[test]
fn a_scenario_with_faults_is_not_played() {
    let file = crate::support::folder("play-broken").join("broken.toml");
    fs::write(&file, "format = 1\nid = broken\n").unwrap();
    let (status, out, err) = helo(&format!("play {}", file.display()), "");
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("broken.toml:2:"), "{err}");
}

#[test]
fn odd_input_is_played_too() {
    for script in [
        "",
        "\n\n\n",
        "telnet mail.example.org 25",
        "\u{0}\u{1b}[31m\u{202e}\n",
        "telnet mail.example.org 25\n\u{7}\n",
    ] {
        let (status, out, err) = play("", script);
        assert_eq!((status, err.as_str()), (0, ""), "{script:?}");
        assert!(!out.contains('\u{1b}'), "nothing typed reaches the screen as a control code");
    }
}

#[test]
fn the_example_in_the_readme_works() {
    let readme = fs::read_to_string(project("README.md")).unwrap();
    let example = readme.split_once("-- play ").unwrap().1;
    let (file, rest) = example.split_once(" <<'END'\n").unwrap();
    let script = rest.split_once("END\n").unwrap().0;
    let (status, out, err) = helo(&format!("play {}", project(file).display()), script);
    assert_eq!((status, err.as_str()), (0, ""));
    for line in script.lines() {
        assert!(out.contains(line), "{line:?} is not shown in\n{out}");
    }
    assert!(out.contains("\ngreet     1 of 1"), "it earns something:\n{out}");
}

/// What `helo play` says to somebody who types this at a terminal; it finds nothing wrong.
fn played_at_a_terminal(scenario: &str, typed: &str) -> String {
    use helo::cli::{Streams, run_on};
    let args = ["play".to_owned(), project(scenario).display().to_string()].map(Into::into);
    let (mut input, mut out, mut err) = (typed.as_bytes(), Vec::new(), Vec::new());
    let streams =
        &mut Streams { input: &mut input, out: &mut out, err: &mut err, colour: false, typed: true };
    assert_eq!(run_on(&args, streams), 0);
    assert_eq!(err, b"");
    String::from_utf8(out).unwrap()
}

/// Somebody types at a terminal, which shows what they type.
#[test]
fn at_a_terminal_each_line_is_done_at_once_and_not_shown_twice() {
    let typed = "telnet mail.example.org 25\nHELO ws.lab.test\nRCPT TO:<otto@example.org>\n\x1d\nquit\n@nonsense\n\
                 @answer code 354\n";
    let out = played_at_a_terminal("tests/cli/lesson.toml", typed);
    let (terminal, wire) = out.split_once("--- connection 1").unwrap();
    for part in [
        "[greet] ",
        "@hint STEP",
        "220 mail.example.org ESMTP",
        "503 5.5.1",
        "# MAIL comes first.",
        "telnet> ",
        "# Right.",
    ] {
        assert!(terminal.contains(part), "no {part:?} in\n{terminal}");
    }
    assert!(!terminal.contains("HELO ws.lab.test\n"), "the terminal has shown it already:\n{terminal}");
    assert!(wire.contains("C: HELO ws.lab.test\n") && wire.contains("--- report ---"), "{wire}");
}

/// An exam at a terminal: several of a list are chosen, it is handed in, and what comes after that does not count.
#[test]
fn at_a_terminal_an_exam_is_handed_in_once() {
    let typed = "@answer code 250\n@answer fields subject, nonsense\n@answer fields return-path, received\n@hint fields\n\
                 @hand-in\n@answer code 354\n@hand-in\n";
    let out = played_at_a_terminal("tests/browser/exam.toml", typed);
    let mut rest = out.as_str();
    for part in [
        "@answer fields and all that are right, with commas between them:\n      received: Received\n",
        "This is an exam: no hints",
        "# The answer is noted.",
        "# \u{201c}nonsense\u{201d} is no option; there are received, subject, return-path.",
        "# Handed in: 6 of 7 points.",
        "# What is handed in is handed in",
        "--- report ---",
        "code    2 of 2",
        "fields  4 of 4",
    ] {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("no {part:?} in\n{rest}")).1;
    }
    assert!(!rest.contains("Handed in"), "once:\n{out}");
}
