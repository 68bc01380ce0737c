//! helo is killed at any moment while programs talk at the real ports: what they had been promised is there afterwards,
//! and the record is played again as it was.
#![allow(clippy::disallowed_methods)] // a second process is started, and told by its environment what to do

mod lab_support;

use helo::event::{Entry, Event};
use helo::lab::{Catalogue, Handle, Lab, LabError, News, Socket};
use helo::scenario::Scenario;
use helo::units::{EventNo, Lang, MessageId, Stream};
use lab_support::{NOW, TempDir, options, store};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

const PLAYGROUND: &str = include_str!("../scenarios/playground.toml");

/// The attempt in this data directory, begun where there is none.
async fn attempt(dir: &Path) -> (Lab, Handle) {
    let scenario = Scenario::load("playground.toml", PLAYGROUND).unwrap();
    let lab = Lab::new(store(dir).await, Catalogue::new([scenario]), options());
    let learner = lab.store().learner("local", "you", NOW).await.unwrap().id;
    let attempt = match lab.store().attempts_of(learner).await.unwrap().pop() {
        Some(found) => lab.open(&found.token).await.unwrap(),
        None => lab.create_with(learner, "playground", Lang::En, 1).await.unwrap(),
    };
    (lab, attempt)
}

/// A program at a real port.
struct Program(Socket);

impl Program {
    async fn connect(attempt: &Handle, service: &str) -> Program {
        let mut program = Program(attempt.connect(service).await.unwrap());
        program.heard();
        program
    }

    fn heard(&mut self) -> String {
        let mut text = String::new();
        while let Some(news) = self.0.try_next() {
            if let News::Octets(octets) = news {
                text.push_str(&octets.lossy());
            }
        }
        text
    }

    async fn say(&mut self, text: &str) -> String {
        match self.0.octets(format!("{text}\r\n").as_bytes()).await {
            Ok(_) | Err(LabError::SocketGone) => self.heard(),
            Err(error) => panic!("{text}: {error}"),
        }
    }

    /// Says it and is promised something: the answer has to begin so.
    async fn must(&mut self, text: &str, answer: &str) -> String {
        let heard = self.say(text).await;
        assert!(heard.lines().last().is_some_and(|line| line.starts_with(answer)), "{text}: {heard}");
        heard
    }
}

fn promised(what: &str, subject: &str) {
    println!("\npromised {what} {subject}");
}

/// Sends letters to bob.
async fn sender(attempt: Handle, round: String) {
    let mut smtp = Program::connect(&attempt, "smtp").await;
    smtp.must("EHLO x.lab.test", "250").await;
    for n in 0.. {
        smtp.must("MAIL FROM:<alice@lab.test>", "250").await;
        smtp.must("RCPT TO:<bob@lab.test>", "250").await;
        smtp.must("DATA", "354").await;
        let subject = format!("sent-{round}-{n}");
        smtp.must(&format!("Subject: {subject}\r\n\r\nx\r\n."), "250").await;
        promised("accepted", &subject);
    }
}

/// Puts letters into the inbox of alice, marks them, and throws every other away.
async fn keeper(attempt: Handle, round: String) {
    let mut imap = Program::connect(&attempt, "imap").await;
    imap.must("a LOGIN alice@lab.test secret", "a OK").await;
    imap.must("a SELECT INBOX", "a OK").await;
    for n in 0.. {
        let subject = format!("kept-{round}-{n}");
        let letter = format!("Subject: {subject}\r\n\r\nx\r\n");
        imap.must(&format!("a APPEND INBOX {{{}}}", letter.len()), "+").await;
        imap.must(&letter, "a OK").await;
        promised("appended", &subject);
        let found = imap.must(&format!("a UID SEARCH SUBJECT {subject}"), "a OK").await;
        let uid = found.lines().find_map(|line| line.strip_prefix("* SEARCH ")).unwrap().to_owned();
        let uid = uid.split(' ').next_back().unwrap();
        imap.must(&format!("a UID STORE {uid} +FLAGS (\\Flagged)"), "a OK").await;
        promised("flagged", &subject);
        if n % 2 == 0 {
            imap.must(&format!("a UID STORE {uid} +FLAGS (\\Deleted)"), "a OK").await;
            imap.must("a EXPUNGE", "a OK").await;
            promised("removed", &subject);
        }
    }
}

/// Takes the letters of bob away.
async fn fetcher(attempt: Handle) {
    loop {
        let mut pop = Program::connect(&attempt, "pop3").await;
        pop.must("USER bob@lab.test", "+OK").await;
        pop.must("PASS secret", "+OK").await;
        let top = pop.say("RETR 1").await;
        let subject = top.lines().find_map(|line| line.strip_prefix("Subject: ")).map(str::to_owned);
        if subject.is_some() {
            pop.must("DELE 1", "+OK").await;
        }
        pop.must("QUIT", "+OK").await;
        match subject {
            Some(subject) => promised("removed", &subject),
            None => tokio::task::yield_now().await,
        }
    }
}

/// Not a test of its own: the process that is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_serves_programs_until_it_is_killed() {
    let Some(dir) = std::env::var_os("HELO_TEST_CRASH") else { return };
    let round = std::env::var("HELO_TEST_ROUND").unwrap();
    let (_lab, attempt) = attempt(Path::new(&dir)).await;
    let programs = [
        tokio::spawn(sender(attempt.clone(), round.clone())),
        tokio::spawn(keeper(attempt.clone(), round)),
        tokio::spawn(fetcher(attempt)),
    ];
    for program in programs {
        program.await.unwrap();
    }
}

#[tokio::test]
async fn killed_at_any_moment_every_promise_is_kept() {
    let dir = TempDir::new();
    let mut moments = Stream::new(3, "kill moments");
    let mut promises: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for round in 0..8 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_serves_programs_until_it_is_killed", "--nocapture"])
            .env("HELO_TEST_CRASH", dir.path())
            .env("HELO_TEST_ROUND", round.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let kill_after = 1 + moments.below(60);
        let mut seen = 0;
        // After the kill the pipe still holds what was said before it.
        while let Some(Ok(line)) = lines.next() {
            if let ["promised", what, subject] = line.split(' ').collect::<Vec<_>>().as_slice() {
                promises.entry((*what).to_owned()).or_default().insert((*subject).to_owned());
                seen += 1;
            }
            if seen == kill_after {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(seen >= kill_after, "round {round}: the child ended by itself after {seen}");
        let (lab, attempt) = attempt(dir.path()).await;
        let page = attempt.subscribe(EventNo(1)).await.unwrap();
        assert_eq!(page.snapshot.frozen, None, "what was recorded is what comes out");
        check(&page.snapshot.entries, &promises, round);
        lab.close().await;
        lab.store().close().await;
    }
    for what in ["accepted", "appended", "flagged", "removed"] {
        assert!(promises.get(what).is_some_and(|p| !p.is_empty()), "nothing was {what} between the kills");
    }
}

/// Is everything that was promised in the record? The last line may have been cut off by the kill: then the beginning of
/// a subject is enough.
fn check(entries: &[Entry], promises: &BTreeMap<String, BTreeSet<String>>, round: usize) {
    let mut subjects: BTreeMap<MessageId, String> = BTreeMap::new();
    let mut kept: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        let (what, ids) = match &entry.event {
            Event::Accepted { id, message, .. } => {
                subjects.insert(*id, subject(&message.octets));
                ("accepted", vec![*id])
            }
            Event::Appended { id, message, .. } => {
                subjects.insert(*id, subject(&message.octets));
                ("appended", vec![*id])
            }
            Event::Flagged { ids, flags, .. } if flags.iter().any(|f| f == "\\Flagged") => {
                ("flagged", ids.clone())
            }
            Event::Removed { ids, .. } => ("removed", ids.clone()),
            _ => continue,
        };
        let known = ids.iter().filter_map(|id| subjects.get(id).cloned());
        kept.entry(what).or_default().extend(known);
    }
    for (what, promised) in promises {
        let kept = kept.get(what.as_str()).cloned().unwrap_or_default();
        for subject in promised {
            let found = kept.iter().any(|kept| kept.starts_with(subject.as_str()));
            assert!(found, "round {round}: {subject} was promised to be {what}");
        }
    }
}

fn subject(octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets);
    text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default().to_owned()
}
