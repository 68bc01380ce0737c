//! The examples of the reference are true: each is typed into the small internet of `reference/world.toml`, and what the
//! servers and programs there say is compared line by line.

use helo::author::Player;
use helo::capture::wire_lines;
use helo::event::{Entry, Event};
use helo::scenario::{Scenario, Script};
use helo::units::{ConnId, Lang};
use std::path::Path;
use toml::{Table, Value};

/// An example of one command.
struct Example {
    /// Protocol and command.
    name: String,
    /// What telnet is told: host and port; empty for a shell's own.
    to: String,
    /// What is typed before it.
    before: Vec<String>,
    /// `C: …` and `S: …`, or `$ …` and what is printed.
    lines: Vec<String>,
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn examples(protocol: &str, usual: &str) -> Vec<Example> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/reference/{protocol}.toml"));
    let table: Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
    let lists = ["command", "keyword", "answer"].into_iter().filter_map(|key| table.get(key)?.as_array());
    let commands = lists.flatten().filter_map(Value::as_table);
    let example = |command: &Table| {
        let lines: Vec<String> = text(command, "example").lines().map(str::to_owned).collect();
        let before = command.get("before").and_then(Value::as_array).into_iter().flatten();
        let at = text(command, "at");
        (!lines.is_empty()).then(|| Example {
            name: format!("{protocol} {}", text(command, "name")),
            to: if at.is_empty() { usual.to_owned() } else { at },
            before: before.filter_map(Value::as_str).map(str::to_owned).collect(),
            lines,
        })
    };
    commands.filter_map(example).collect()
}

fn play(typed: &str) -> Player {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/world.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let scenario = Scenario::load("world.toml", &text).unwrap_or_else(|faults| panic!("{faults:?}"));
    let mut player = Player::begin(&scenario, 1, Lang::En).unwrap();
    for (_, line) in &Script::parse(typed.as_bytes()).unwrap().lines {
        player.perform(line);
    }
    player.settle();
    player
}

/// What stood on the learner's own connection.
fn wire(player: &Player) -> Vec<String> {
    let entries = player.attempt().entries();
    let workstation = &player.attempt().drawn().setup.workstation.name;
    let own = |entry: &Entry| match &entry.event {
        Event::Connected { conn, from, .. } if &from.host == workstation => Some(*conn),
        _ => None,
    };
    let conn: ConnId = entries.iter().find_map(own).expect("a connection");
    let lines = wire_lines(entries);
    lines.iter().filter(|l| l.conn == conn).map(|l| l.to_string().trim_end().to_owned()).collect()
}

/// What a program has printed, its prompt left out.
fn printed(player: &Player) -> Vec<String> {
    let mut text = String::new();
    for entry in player.attempt().entries() {
        match &entry.event {
            Event::Typed { .. } => text.clear(),
            Event::Printed { text: more, .. } => text.push_str(more),
            _ => {}
        }
    }
    let mut lines: Vec<String> = text.replace('\r', "").split('\n').map(str::to_owned).collect();
    lines.pop();
    lines
}

#[test]
fn every_example_can_be_typed_and_is_answered_so() {
    let usual = [
        ("smtp", "mail.example.org 25"),
        ("pop3", "mail.example.org 110"),
        ("imap", "mail.example.org 143"),
        ("dns", ""),
    ];
    let mut wrong = String::new();
    let mut count = 0;
    for example in usual.into_iter().flat_map(|(protocol, to)| examples(protocol, to)) {
        count += 1;
        let expected: Vec<String> = example.lines.iter().map(|l| l.trim_end().to_owned()).collect();
        let found = if example.to.is_empty() {
            let typed = expected[0].strip_prefix("$ ").expect("a command first");
            let mut found = printed(&play(&format!("{typed}\n")));
            found.insert(0, expected[0].clone());
            found
        } else {
            let own = example.lines.iter().filter_map(|l| l.strip_prefix("C:"));
            let own = own.map(|l| l.strip_prefix(' ').unwrap_or(l).to_owned());
            let typed: Vec<String> = example.before.iter().cloned().chain(own).collect();
            wire(&play(&format!("telnet {}\n{}\n", example.to, typed.join("\n"))))
        };
        let tail = &found[found.len().saturating_sub(expected.len())..];
        if tail != expected.as_slice() {
            wrong += &format!("== {}\n{}\n", example.name, found.join("\n"));
        }
    }
    assert!(count > 60, "{count} examples");
    assert!(wrong.is_empty(), "these examples are not so, but:\n{wrong}");
}

/// Each scenario that comes with helo says, in both languages, how the same is done with programs that people have.
#[test]
fn every_scenario_says_how_it_is_done_with_a_real_program() {
    let programs = [
        "swaks",
        "openssl",
        "curl",
        "telnet",
        "Thunderbird",
        "mutt",
        "dig",
        "Gmail",
        "Outlook",
        "tcpdump",
        "postconf",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let table: Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        let name = path.display();
        let real =
            table.get("real").and_then(Value::as_table).unwrap_or_else(|| panic!("{name} has no `real`"));
        let said = ["en", "de"].map(|lang| text(real, lang));
        for said in &said {
            let named = programs.iter().filter(|program| said.contains(*program)).count();
            assert!(named >= 2, "{name} names too few programs: {said}");
        }
        let [en, de] = said.map(|said| said.lines().filter(|l| l.starts_with("- ")).count());
        assert!(en >= 3 && en == de, "{name}: {en} things in English, {de} in German");
        count += 1;
    }
    assert!(count > 20, "{count} scenarios");
}
