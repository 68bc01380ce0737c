//! The shared catalogue of mistakes: each is recognised where it is made and not in what is close to it, is said once,
//! and yields to what a scenario has to say.

use helo::author::Player;
use helo::event::CommonMistake;
use helo::grade::Tick;
use helo::scenario::{Scenario, Script};
use helo::units::Lang;
use std::collections::BTreeSet;

const WORLD: &str = include_str!("world.toml");
const ROWS: &str = include_str!("rows.txt");

/// A mistake's name, a script that makes it and one that does not.
fn rows() -> Vec<(&'static str, &'static str, &'static str)> {
    let each = ROWS.split("\n== ").skip(1).map(|row| {
        let (name, scripts) = row.split_once('\n').unwrap();
        let (with, without) = scripts.split_once("\n--\n").unwrap();
        (name, with, without)
    });
    each.collect()
}

fn player(more: &str) -> Player {
    let text = format!("{WORLD}\n{more}");
    let scenario = Scenario::load("world.toml", &text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    Player::begin(&scenario, 1, Lang::En).unwrap()
}

/// What is said by the way, and what by steps, when the lines are typed.
fn played(player: &mut Player, script: &str) -> (Vec<&'static str>, Vec<String>) {
    let script = Script::parse(script.trim_start_matches('\n').as_bytes()).unwrap();
    let mut ticks: Vec<Tick> = Vec::new();
    for (_, line) in &script.lines {
        ticks.extend(player.perform(line).ticks);
    }
    ticks.extend(player.finish().ticks);
    let (mut slips, mut said) = (Vec::new(), Vec::new());
    for tick in ticks {
        match tick {
            Tick::Slip(slip) => slips.push(slip.mistake.name()),
            Tick::Said { step, said: told } => said.push(format!("{step}/{}", told.mistake)),
            Tick::Progress { .. } => {}
        }
    }
    (slips, said)
}

#[test]
fn each_mistake_is_recognised_and_what_is_close_to_it_is_not() {
    let mut wrong = Vec::new();
    for (name, with, without) in rows() {
        let made = played(&mut player(""), with).0;
        if made != [name] {
            wrong.push(format!("{name}: recognised as {made:?} in\n{with}"));
        }
        let made = played(&mut player(""), without).0;
        if !made.is_empty() {
            wrong.push(format!("{name}: {made:?} where there is none, in\n{without}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_mistake_of_the_catalogue_is_made_here() {
    let made: BTreeSet<&str> = rows().into_iter().map(|(name, ..)| name).collect();
    let all: BTreeSet<&str> = CommonMistake::ALL.iter().map(|mistake| mistake.name()).collect();
    assert_eq!(made, all);
}

const TWICE: &str =
    "telnet mail.lab.test 25\nhelo ws.lab.test\nrcpt to:<anna@lab.test>\nrcpt to:<anna@lab.test>\n";

#[test]
fn a_mistake_is_said_once_and_stands_in_the_report() {
    let mut player = player("");
    assert_eq!(played(&mut player, TWICE).0, ["rcpt-before-mail"]);
    let slips = player.attempt().report().slips;
    assert_eq!(slips.len(), 1);
    assert_eq!(slips[0].text, None, "the catalogue's own words");
}

#[test]
fn a_scenario_silences_a_mistake_or_says_it_in_its_own_words() {
    let mut silent = player("[mistakes]\nsilence = [\"rcpt-before-mail\"]\n");
    assert_eq!(played(&mut silent, TWICE).0, [""; 0]);
    let mut other =
        player("[mistakes.say]\nrcpt-before-mail = { en = \"Who writes?\", de = \"Wer schreibt?\" }\n");
    assert_eq!(played(&mut other, TWICE).0, ["rcpt-before-mail"]);
    let slips = other.attempt().report().slips;
    assert_eq!(slips[0].text.as_ref().unwrap().get(Lang::De), "Wer schreibt?");
}

const STEP: &str = r#"
[[step]]
id = "one"
title = { en = "x", de = "x" }
task = { en = "x", de = "x" }
on = "mail.lab.test:25"
"#;

#[test]
fn what_a_step_expects_is_no_mistake() {
    let step = format!("{STEP}expect = [{{ smtp = \"RCPT\", reply = 503 }}]\n");
    assert_eq!(played(&mut player(&step), TWICE), (vec![], vec![]));
}

#[test]
fn a_step_with_a_word_of_its_own_speaks_alone() {
    let step = format!(
        "{STEP}expect = [{{ smtp = \"QUIT\" }}]\n[[step.mistake]]\nid = \"first\"\nwhen = {{ smtp = \"RCPT\", reply = 503 }}\n\
         say = {{ en = \"x\", de = \"x\" }}\n"
    );
    assert_eq!(played(&mut player(&step), TWICE), (vec![], vec!["one/first".to_owned()]));
}
