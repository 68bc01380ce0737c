//! Whole journeys of a mail, as text that a mail person can read: each `dialogs/journeys/NAME.toml` is a small internet with
//! a solution, `NAME.txt` beside it what comes of it: every line that stood on every wire, then the message as it lies in the
//! mailbox with the author of each line, then what an honest analyst concludes from it alone.

use helo::author::Player;
use helo::capture::wire_lines;
use helo::event::{Entry, Event, TlsEvent};
use helo::explain::Explainer;
use helo::mail::trace::{Trace, View};
use helo::mail::{Author, Message};
use helo::scenario::{Drawn, Scenario};
use helo::units::Lang;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn journeys() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/journeys");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

/// Plays the first solution.
fn play(path: &Path) -> Player {
    let text = std::fs::read_to_string(path).unwrap();
    let scenario = Scenario::load(&path.display().to_string(), &text).unwrap_or_else(|f| panic!("{f:#?}"));
    let mut player = Player::begin(&scenario, 1, Lang::En).unwrap_or_else(|f| panic!("{f:#?}"));
    let trials = scenario.draw_trials(1, Lang::En).unwrap_or_else(|f| panic!("{f:#?}"));
    let solution = trials.solutions.first().expect("a solution");
    for (_, line) in &solution.script.lines {
        player.perform(line);
    }
    player.finish();
    player
}

/// Everything on the wire, connection by connection.
fn wires(entries: &[Entry]) -> String {
    let lines = wire_lines(entries);
    let mut text = String::new();
    for entry in entries {
        let Event::Connected { conn, from, to } = &entry.event else { continue };
        writeln!(text, "== {} calls {}:{}", from.host, to.host, to.port).unwrap();
        let secured = entries.iter().find(
            |e| matches!(&e.event, Event::Tls { conn: c, what: TlsEvent::Established(_) } if c == conn),
        );
        let mut under = false;
        for line in lines.iter().filter(|l| l.conn == *conn) {
            if !under && secured.is_some_and(|s| line.n > s.n) {
                under = true;
                writeln!(text, "-- TLS").unwrap();
            }
            writeln!(text, "{}", line.to_string().trim_end()).unwrap();
        }
        text.push('\n');
    }
    text
}

fn name(author: &Author) -> &str {
    match author {
        Author::Learner => "the learner",
        Author::Program(name) | Author::Person(name) | Author::Host(name) => name,
        Author::Scenario => "the scenario",
        Author::Unknown => "nobody knows",
    }
}

/// Each line of the message with its author.
fn authors(message: &Message) -> String {
    let mut text = String::new();
    for part in message.parts() {
        let octets = message.octets.get(part.span.start..part.span.end).unwrap_or_default();
        for line in String::from_utf8_lossy(octets).lines() {
            let said = format!("{:>16} | {line}", name(part.by().unwrap()));
            writeln!(text, "{}", said.trim_end()).unwrap();
        }
    }
    text
}

/// What an analyst says, each finding with the beginning of the line it stands in.
fn analysis(drawn: &Drawn, mailbox: &str, host: &str, message: &Message) -> String {
    let trusted = drawn.setup.trusted_by(mailbox, host);
    let trace = Trace::of(&message.octets, View { trusted: &trusted, now: None });
    let mut text = String::new();
    for hop in &trace.hops {
        let by = hop.line.by.as_ref().map_or("a queue", |w| &w.text);
        let from = hop.line.ip().map_or("-".to_owned(), |ip| ip.to_string());
        let at = hop.line.date.map_or("-".to_owned(), |d| d.at.utc());
        let trust = if hop.trusted { "believed" } else { "claimed" };
        writeln!(text, "{trust}: {by} from {from} at {at} UTC").unwrap();
    }
    for lang in Lang::ALL {
        let explainer = Explainer::new(lang);
        writeln!(text, "\n[{}] {}", lang.code(), explainer.explain_origin(trace.origin.as_ref()).text)
            .unwrap();
        for finding in &trace.findings {
            let rest = message.octets.get(finding.span.start..).unwrap_or_default();
            let there: String =
                String::from_utf8_lossy(rest).lines().next().unwrap_or_default().chars().take(30).collect();
            writeln!(text, "  {there} … {}", explainer.explain_finding(finding).text).unwrap();
        }
    }
    text
}

fn told(path: &Path) -> String {
    let player = play(path);
    let attempt = player.attempt();
    let mut text = wires(attempt.entries());
    for entry in attempt.entries() {
        if let Event::Delivered { host, mailbox, message, .. }
        | Event::Present { host, mailbox, message, .. } = &entry.event
        {
            let who = name(&message.origin);
            writeln!(text, "== In the mailbox of {mailbox}, set going by {who}").unwrap();
            text.push_str(&authors(message));
            text.push_str("\n== What can be concluded\n");
            text.push_str(&analysis(attempt.drawn(), mailbox, host, message));
        }
    }
    text
}

#[test]
fn journeys_go_as_they_are_told() {
    let files = journeys();
    assert!(files.len() >= 2, "{files:?}");
    for path in files {
        let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        let expected: String =
            expected.lines().filter(|l| !l.starts_with('#')).map(|l| format!("{l}\n")).collect();
        let found = told(&path);
        assert!(found.trim_end() == expected.trim_end(), "{} goes like this:\n{found}", path.display());
    }
}
