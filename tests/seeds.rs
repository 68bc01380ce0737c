//! The dialogues of the four source texts, typed as they are printed: each `dialogs/seeds/NAME.txt` is played with
//! telnet in the world of the `NAME.toml` beside it, and what stood on the wire is compared line by line. The format
//! of a transcript is told in docs/seeds.md, with every departure from print.

use helo::author::Player;
use helo::capture::wire_lines;
use helo::event::{Entry, Event};
use helo::scenario::{Scenario, Script};
use helo::units::{ConnId, Lang};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One connection of a transcript.
#[derive(Debug, Default)]
struct Conversation {
    /// What telnet is told: host and port.
    to: String,
    /// `C: ...` and `S: ...`.
    lines: Vec<String>,
}

fn transcripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/seeds");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    files
}

fn read(text: &str) -> Vec<Conversation> {
    let mut conversations: Vec<Conversation> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(to) = line.strip_prefix("@connect ") {
            conversations.push(Conversation { to: to.to_owned(), ..Conversation::default() });
            continue;
        }
        // An editor may have taken the space off an empty line.
        let line = if matches!(line, "C:" | "S:") { format!("{line} ") } else { line.to_owned() };
        assert!(line.starts_with("C: ") || line.starts_with("S: "), "no line of a transcript: {line:?}");
        conversations.last_mut().expect("@connect comes first").lines.push(line);
    }
    conversations
}

/// What a learner types for it all.
fn script(conversations: &[Conversation]) -> Script {
    let mut typed = String::new();
    for conversation in conversations {
        typed.push_str(&format!("telnet {}\n", conversation.to));
        for line in conversation.lines.iter().filter_map(|line| line.strip_prefix("C: ")) {
            typed.push_str(&format!("{line}\n"));
        }
    }
    Script::parse(typed.as_bytes()).unwrap()
}

/// What stood on the learner's own connections, in the order in which they were opened.
fn wire(workstation: &str, entries: &[Entry]) -> Vec<Vec<String>> {
    let own = |entry: &Entry| match &entry.event {
        Event::Connected { conn, from, .. } if from.host == workstation => Some(*conn),
        _ => None,
    };
    let lines = wire_lines(entries);
    let of = |conn: ConnId| lines.iter().filter(move |l| l.conn == conn).map(ToString::to_string).collect();
    entries.iter().filter_map(own).map(of).collect()
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The line with its placeholders, held against one from the wire. `seen` keeps the values of `{octets}`, which must
/// be the same throughout: what LIST announces, RETR gives.
fn matches(expected: &str, found: &str, seen: &mut BTreeMap<&'static str, String>) -> bool {
    let Some((before, rest)) = expected.split_once('{') else { return expected == found };
    let Some((name, after)) = rest.split_once('}') else { return expected == found };
    let Some(value) = found.strip_prefix(before) else { return false };
    if digits(name) {
        // The octets of an IMAP literal.
        return value.strip_prefix(&format!("{{{name}}}")).is_some_and(|rest| matches(after, rest, seen));
    }
    // What follows a placeholder in a line is literal, up to the next one.
    let literal = after.split('{').next().unwrap_or_default();
    let end = if after.is_empty() { Some(value.len()) } else { value.find(literal) };
    let Some((value, rest)) = end.and_then(|end| value.split_at_checked(end)) else { return false };
    let good = match name {
        "date" => value.contains("Sep 2025") && value.contains(':') && value.contains("+0"),
        "queue-id" => value.len() > 5 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' '),
        "pid" | "number" => digits(value),
        "ip" => value.parse::<std::net::IpAddr>().is_ok(),
        "octets" => digits(value) && seen.entry("octets").or_insert_with(|| value.to_owned()) == value,
        "any" => !value.is_empty(),
        _ => panic!("unknown placeholder {{{name}}} in {expected:?}"),
    };
    good && matches(after, rest, seen)
}

fn play(path: &Path, seed: u64, lang: Lang) -> (Vec<Conversation>, Player) {
    let world = path.with_extension("toml");
    let (name, text) = (world.display().to_string(), std::fs::read_to_string(&world).unwrap());
    let scenario = Scenario::load(&name, &text).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
    let conversations = read(&std::fs::read_to_string(path).unwrap());
    let mut player = Player::begin(&scenario, seed, lang).unwrap();
    for (_, line) in &script(&conversations).lines {
        player.perform(line);
    }
    player.finish();
    (conversations, player)
}

#[test]
fn the_printed_dialogues_can_be_typed() {
    let files = transcripts();
    assert_eq!(files.len(), 7, "{files:?}");
    for path in files {
        for (seed, lang) in [(1, Lang::De), (2, Lang::En), (77, Lang::De)] {
            let (conversations, player) = play(&path, seed, lang);
            let attempt = player.attempt();
            let found = wire(&attempt.drawn().setup.workstation.name, attempt.entries());
            let name = path.file_name().unwrap().display();
            assert_eq!(found.len(), conversations.len(), "{name}: connections");
            let mut seen = BTreeMap::new();
            for (conversation, found) in conversations.iter().zip(&found) {
                let shown = found.join("\n");
                for (expected, found) in conversation.lines.iter().zip(found) {
                    assert!(
                        matches(expected, found, &mut seen),
                        "{name}, seed {seed}:\nprint {expected}\nwire  {found}\n\n{shown}"
                    );
                }
                assert_eq!(found.len(), conversation.lines.len(), "{name}: lines\n\n{shown}");
            }
            let report = attempt.report();
            assert_eq!(report.points, report.max_points, "{name}: {report:?}");
        }
    }
}

/// The sizes that servers announce are those of the lines they send (RFC 1939 section 11).
#[test]
fn a_message_has_as_many_octets_as_its_server_says() {
    for (name, announced) in [("gaijin-pop3.txt", "S: 1 "), ("koeln-pop3.txt", "S: 1 ")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/seeds").join(name);
        let (_, player) = play(&path, 1, Lang::De);
        let attempt = player.attempt();
        let lines = wire(&attempt.drawn().setup.workstation.name, attempt.entries()).pop().unwrap();
        let size = lines.iter().find_map(|line| line.strip_prefix(announced)?.parse::<usize>().ok());
        let retr = lines.iter().position(|line| line.to_lowercase() == "c: retr 1").unwrap();
        let message = lines[retr + 2..].iter().take_while(|line| *line != "S: .");
        assert_eq!(size, Some(message.map(|line| line.len() - "S: ".len() + 2).sum()), "{name}");
    }
}

#[test]
fn placeholders_stand_for_what_differs() {
    for (expected, found, same) in [
        ("S: 250 ok {queue-id}", "S: 250 ok 1157111913 qp 7263", true),
        ("S: 250 ok {queue-id}", "S: 250 ok ", false),
        ("S: 250 ok {queue-id}", "S: 451 ok 1157111913 qp 7263", false),
        (
            "S: Received: (qmail {pid} invoked); {date}",
            "S: Received: (qmail 78 invoked); 1 Sep 2025 10:00:33 +0200",
            true,
        ),
        (
            "S: Received: (qmail {pid} invoked); {date}",
            "S: Received: (qmail x invoked); 1 Sep 2025 10:00:33 +0200",
            false,
        ),
        ("S: +OK {octets} of {octets}", "S: +OK 12 of 12", true),
        ("S: +OK {octets} of {octets}", "S: +OK 12 of 13", false),
        ("S: from ({ip})", "S: from (192.0.2.1)", true),
        ("S: from ({ip})", "S: from (192.0.2)", false),
        ("S: {any}", "S: ", false),
        ("S: (BODY[HEADER] {342}", "S: (BODY[HEADER] {342}", true),
        ("S: (BODY[HEADER] {342}", "S: (BODY[HEADER] {343}", false),
        ("S: .", "S: .", true),
        ("S: .", "S: ..", false),
    ] {
        assert_eq!(matches(expected, found, &mut BTreeMap::new()), same, "{expected} / {found}");
    }
}
