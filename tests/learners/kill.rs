//! The server is killed without notice at random moments while a learner types, and started again each time. At the
//! end everything typed is there once, in its order, and everyone who looks sees the same.

use crate::http::{begin, get};
use crate::learner::{Broken, Learner};
use crate::process::Helo;
use helo::event::{Entry, Event};
use helo::units::Stream;
use serde_json::{Value, json};
use std::io::Write as _;
use std::time::Duration;
use tokio::time::sleep;

/// How often the server is killed.
const KILLS: usize = 24;
/// How many letters the learner writes.
const LETTERS: usize = 12;
/// The most that is sent before the learner looks what came.
const AHEAD: u64 = 6;

/// What the learner does, one thing after the other.
enum Deed {
    Line(String),
    Paste(Vec<String>),
}

/// One conversation with many letters, some lines of them pasted.
fn deeds(sender: &str, recipient: &str) -> Vec<Deed> {
    let mut all: Vec<Deed> =
        ["telnet mail.example.org 25", "EHLO ws.lab.test"].map(str::to_owned).map(Deed::Line).into();
    for letter in 1..=LETTERS {
        let envelope = [format!("MAIL FROM:<{sender}>"), format!("RCPT TO:<{recipient}>"), "DATA".to_owned()];
        all.extend(envelope.map(Deed::Line));
        all.push(Deed::Paste(vec![format!("Subject: Letter {letter}"), String::new()]));
        all.extend((1..=5).map(|n| Deed::Line(format!("line {n} of letter {letter}"))));
        all.push(Deed::Paste((6..=8).map(|n| format!("line {n} of letter {letter}")).collect()));
        all.push(Deed::Line(".".to_owned()));
    }
    all.push(Deed::Line("QUIT".to_owned()));
    all
}

/// What was typed of it, line by line.
fn typed(deeds: &[Deed]) -> Vec<String> {
    let lines = |deed: &Deed| match deed {
        Deed::Line(line) => vec![line.clone()],
        Deed::Paste(lines) => lines.clone(),
    };
    deeds.iter().flat_map(lines).collect()
}

async fn perform(learner: &mut Learner, deed: &Deed) -> Result<(), Broken> {
    match deed {
        Deed::Line(line) => learner.line(line).await,
        Deed::Paste(lines) => {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            learner.send("paste", json!({"term": 1, "text": text})).await
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_typed_is_lost_or_doubled_whenever_the_server_is_killed() {
    let mut random = Stream::new(20_260_101, "kill points");
    let mut helo = Helo::start("kill").await;
    let token = begin(&helo.address, "send-by-hand").await;
    let (sender, recipient) = addresses(&helo, &token).await;
    let deeds = deeds(&sender, &recipient);
    let mut kills: Vec<usize> = (0..KILLS).map(|_| random.below(deeds.len() as u64) as usize).collect();
    kills.sort_unstable();

    let mut learner = Learner::new(&helo.address, &token, "page-1");
    learner.connect().await.unwrap();
    let (mut ahead, mut unsure) = (random.below(AHEAD), 0);
    for (i, deed) in deeds.iter().enumerate() {
        if perform(&mut learner, deed).await.is_err() {
            learner.reconnect().await;
        }
        while kills.first() == Some(&i) {
            kills.remove(0);
            // Just sent, perhaps half done, perhaps on the disk and not said: that is what is to be tried.
            sleep(Duration::from_micros(random.below(8_000))).await;
            helo.kill().await;
            unsure += learner.kept();
            helo.start_again().await;
            learner.reconnect().await;
            ahead = random.below(AHEAD);
        }
        while learner.kept() as u64 > ahead {
            if learner.next().await.is_err() {
                learner.reconnect().await;
            }
        }
    }
    learner.settle().await.unwrap();
    assert!(unsure > KILLS / 2, "only {unsure} things were under way when the server was killed");
    finish(&mut helo, &token, &mut learner, &typed(&deeds)).await;
    let _ = writeln!(
        std::io::stderr(),
        "killed {KILLS} times while {} lines were typed ({unsure} things were under way): nothing lost, nothing doubled",
        typed(&deeds).len()
    );
}

/// Holds what the learner saw, what a page opened afterwards sees, and the transcript against what was typed.
async fn finish(helo: &mut Helo, token: &str, learner: &mut Learner, typed: &[String]) {
    let before = transcript(helo, token).await;
    helo.kill().await;
    helo.start_again().await;
    learner.reconnect().await;
    let entries = transcript(helo, token).await;
    assert_eq!(before, entries, "the transcript has changed by a restart");

    let numbers: Vec<u64> = entries.iter().map(|e| e.n.0).collect();
    assert_eq!(numbers, (1..=entries.len() as u64).collect::<Vec<_>>());
    let recorded: Vec<String> = entries
        .iter()
        .filter_map(|e| match &e.event {
            Event::Typed { text, .. } => Some(String::from_utf8_lossy(text).into_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(recorded, typed);
    letters(&entries);

    learner.until(|l| l.last as usize == entries.len()).await.unwrap();
    assert_eq!(typed_in(&learner.views), typed, "what the page has seen over all connections");
    let mut other = Learner::new(&helo.address, token, "page-2");
    other.connect().await.unwrap();
    other.until(|l| l.last as usize == entries.len()).await.unwrap();
    assert_eq!(
        other.views, learner.views,
        "a page opened now sees what the first has seen over all connections"
    );
}

/// Each letter has come whole, once.
fn letters(entries: &[Entry]) {
    let accepted = entries.iter().filter_map(|e| match &e.event {
        Event::Accepted { message, .. } => Some(String::from_utf8_lossy(&message.octets).into_owned()),
        _ => None,
    });
    let expected = (1..=LETTERS).map(|letter| {
        let lines: String = (1..=8).map(|n| format!("line {n} of letter {letter}\r\n")).collect();
        format!("Subject: Letter {letter}\r\n\r\n{lines}")
    });
    assert_eq!(accepted.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

fn typed_in(views: &[Value]) -> Vec<String> {
    let typed = views.iter().filter(|view| view.get("typed").is_some());
    typed.map(|view| pieces(&view["typed"]["text"])).collect()
}

/// The text of a list of pieces.
fn pieces(text: &Value) -> String {
    let pieces = text.as_array().map_or(&[][..], Vec::as_slice);
    pieces.iter().map(|piece| piece.as_str().unwrap_or("?")).collect()
}

async fn transcript(helo: &Helo, token: &str) -> Vec<Entry> {
    let answer = get(&helo.address, &format!("/attempts/{token}/transcript.json")).await.unwrap();
    assert_eq!(answer.status(), "200", "{}\n{}", answer.head, helo.said());
    serde_json::from_str(&answer.body).unwrap()
}

/// The addresses that the brief names: from whom, to whom.
async fn addresses(helo: &Helo, token: &str) -> (String, String) {
    let page = get(&helo.address, &format!("/attempts/{token}")).await.unwrap();
    let named = page.body.split(|c: char| !(c.is_ascii_alphanumeric() || "@.".contains(c)));
    let mut found: Vec<&str> = Vec::new();
    for word in named.map(|word| word.trim_matches('.')).filter(|word| word.ends_with("@example.org")) {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    match found[..] {
        [sender, recipient, ..] => (sender.to_owned(), recipient.to_owned()),
        _ => panic!("the page names no two addresses: {}", page.body),
    }
}
