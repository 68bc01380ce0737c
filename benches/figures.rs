//! `cargo bench`: what an attempt, a line, a page cost, beside what they are meant to cost. Times are medians; the
//! echo and the learner are measured in the same run, because machines differ and get busy.

#[path = "../tests/common/http.rs"]
#[expect(dead_code, reason = "each user needs its part of what is shared")]
mod http;
#[path = "../tests/common/learner.rs"]
#[expect(dead_code, reason = "each user needs its part of what is shared")]
mod learner;
#[path = "../tests/common/process.rs"]
#[expect(dead_code, reason = "each user needs its part of what is shared")]
mod process;
#[path = "../tests/common/site.rs"]
mod site;

use axum::Router;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::routing::any;
use futures_util::{SinkExt as _, StreamExt as _};
use helo::attempt::{Attempt, Input, Prepared};
use helo::keys;
use helo::lab::LabOptions;
use helo::units::{Lang, TermId, Time};
use http::begin;
use learner::Learner;
use process::Helo;
use serde_json::json;
use site::{Served, data, scenario, site};
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// The tasks' aims.
const CREATE: Duration = Duration::from_millis(1);
const LINE: Duration = Duration::from_micros(50);
const TIMES_THE_ECHO: f64 = 2.0;
const MEMORY: f64 = 32.0;

/// Round trips that are measured, and those before them that are not.
const ROUNDS: usize = 1_000;
const WARM: usize = 50;

const SCENARIO: &str = "send-by-hand";
const WITH_TLS: &str = "playground";
/// Events that an attempt has when its memory is measured.
const EVENTS: u64 = 100;

/// Some measurements of the same thing, sorted.
struct Times(Vec<Duration>);

impl Times {
    fn of(mut times: Vec<Duration>) -> Times {
        times.sort_unstable();
        Times(times)
    }

    /// The value that so many of a hundred do not exceed.
    fn percent(&self, percent: usize) -> Duration {
        self.0.get(self.0.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
    }

    fn median(&self) -> Duration {
        self.percent(50)
    }
}

fn say(what: &str, times: &Times, aim: Option<Duration>) {
    let aim = aim.map_or_else(String::new, |aim| {
        format!("   aim {aim:?}: {}", if times.median() <= aim { "kept" } else { "MISSED" })
    });
    println!("{what:<58} {:>10.1?}   p99 {:>10.1?}{aim}", times.median(), times.percent(99));
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    // Kept to the end, so that no memory that became free is used again and not counted.
    let _kept = [attempts_alone(0), attempts_alone(EVENTS)];
    begin_attempts();
    type_lines();
    runtime.block_on(async {
        create_attempts().await;
        round_trips().await;
        memory().await;
    });
}

/// An attempt alone: its world, workstation and grade.
fn begin_attempts() {
    let scenario = scenario(SCENARIO);
    let one = |seed: u64| {
        let before = Instant::now();
        let attempt = Attempt::begin(&scenario, seed, Lang::En, Time(0)).expect("an attempt");
        let took = before.elapsed();
        drop(attempt);
        took
    };
    (0..50).for_each(|seed| _ = one(seed));
    say("an attempt is begun, in memory", &Times::of((0..1_000).map(one).collect()), Some(CREATE));
    begin_with_keys();
}

/// An attempt whose three hosts have TLS: their keys and certificates are made, and the attempt begins with them.
fn begin_with_keys() {
    let scenario = self::scenario(WITH_TLS);
    let one = |seed: u64| {
        let before = Instant::now();
        let prepared = Prepared::new(&scenario, seed, Lang::En).expect("an attempt");
        let keyring = keys::make(&prepared.certificates(), Time(0)).expect("keys");
        let attempt = prepared.begin(Time(0), keyring);
        let took = before.elapsed();
        drop(attempt);
        took
    };
    (0..20).for_each(|seed| _ = one(seed));
    say("one with three TLS hosts, in memory", &Times::of((0..200).map(one).collect()), Some(CREATE));
}

/// From a line to the events it caused, without disk and page.
fn type_lines() {
    let scenario = scenario(SCENARIO);
    let mut attempt = Attempt::begin(&scenario, 1, Lang::En, Time(0)).expect("an attempt");
    let mut now = Time(0);
    let mut one = |text: &str| {
        now = now.plus(Duration::from_secs(1));
        let input = Input::Line { term: TermId(1), text: text.into() };
        let before = Instant::now();
        let applied = attempt.apply(now, input);
        let took = before.elapsed();
        assert!(!applied.entries.is_empty(), "{text}: nothing happened");
        took
    };
    one("telnet mail.example.org 25");
    one("EHLO ws.lab.test");
    let (mut noop, mut mail, mut data) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..100 {
        for _ in 0..10 {
            noop.push(one("NOOP"));
        }
        for line in ["MAIL FROM:<emil@example.org>", "RCPT TO:<anna@example.org>", "RSET"] {
            mail.push(one(line));
        }
        for line in
            ["MAIL FROM:<emil@example.org>", "RCPT TO:<anna@example.org>", "DATA", "Subject: x", "", "x"]
        {
            one(line);
        }
        data.push(one("."));
    }
    say("a typed line (NOOP) to its events", &Times::of(noop), Some(LINE));
    say("a typed line (MAIL, RCPT, RSET) to its events", &Times::of(mail), Some(LINE));
    say("the dot after a letter, up to its delivery, to its events", &Times::of(data), None);
}

/// With its rows on the disk.
async fn create_attempts() {
    let site = site(&data("bench-create"), &[SCENARIO], LabOptions::default()).await;
    let learner = site.lab.store().learner("local", "you", Time(0)).await.expect("a learner");
    let mut times = Vec::new();
    for _ in 0..200 {
        let before = Instant::now();
        site.lab.create(learner.id, SCENARIO, Lang::En).await.expect("an attempt");
        times.push(before.elapsed());
    }
    say("an attempt is begun, on the disk", &Times::of(times), None);
    site.lab.close().await;
}

/// A line over the WebSocket until its events are back, beside an echo. Nothing is shown before it is on the disk, so
/// there is an echo too that syncs a file before it answers: no line can be faster than that. All take turns, so that
/// what else the machine does disturbs all of them alike.
async fn round_trips() {
    let (disk, memory) = (data("bench-lines"), Path::new("/dev/shm"));
    let mut typist = Typist::new(&disk).await;
    let memory = memory.is_dir().then(|| memory.join(format!("helo-bench-{}", std::process::id())));
    let mut in_memory = match &memory {
        Some(dir) => Some(Typist::new(dir).await),
        None => None,
    };
    let (mut echo, mut kept) = (Echo::new(false).await, Echo::new(true).await);
    let mut sync = disk_file();
    let mut times: [Vec<Duration>; 5] = Default::default();
    for round in 0..ROUNDS + WARM {
        let taken = [
            echo.round().await,
            synced(&mut sync, round),
            kept.round().await,
            typist.round(round).await,
            match &mut in_memory {
                Some(typist) => typist.round(round).await,
                None => Duration::ZERO,
            },
        ];
        if round >= WARM {
            times.iter_mut().zip(taken).for_each(|(times, time)| times.push(time));
        }
    }
    typist.close().await;
    if let Some(typist) = in_memory {
        typist.close().await;
    }
    let [echo, sync, kept, lines, in_memory] = times.map(Times::of);
    say("a bare echo over a WebSocket", &echo, None);
    say("4 KiB written and synced to the disk", &sync, None);
    say("an echo that does so before it answers", &kept, None);
    say("a line over the WebSocket until its events are back", &lines, None);
    compare("  beside the echo", &lines, &echo, Some(TIMES_THE_ECHO));
    compare("  beside the echo that syncs", &lines, &kept, None);
    if let Some(memory) = memory {
        let _ = std::fs::remove_dir_all(memory);
        say("a line, its data directory in memory", &in_memory, None);
        compare("  beside the echo", &in_memory, &echo, None);
    }
}

fn compare(what: &str, times: &Times, echo: &Times, aim: Option<f64>) {
    let ratio = times.median().as_secs_f64() / echo.median().as_secs_f64().max(1e-9);
    let aim = aim.map_or_else(String::new, |aim| {
        format!("   aim {aim}: {}", if ratio <= aim { "kept" } else { "MISSED" })
    });
    println!("{what:<58} {ratio:>7.1} times{aim}");
}

/// Somebody with one attempt, who types one line after the other.
struct Typist {
    site: Served,
    learner: Learner,
}

impl Typist {
    async fn new(data: &Path) -> Typist {
        let fast = LabOptions { inputs_per_second: 1_000_000, burst: 1_000_000, ..LabOptions::default() };
        let site = site(data, &[SCENARIO], fast).await;
        let token = begin(&site.address, SCENARIO).await;
        let mut learner = Learner::new(&site.address, &token, "bench");
        learner.connect().await.expect("a connection");
        learner.line("telnet mail.example.org 25").await.expect("sent");
        learner.line("EHLO ws.lab.test").await.expect("sent");
        learner.settle().await.expect("acknowledged");
        Typist { site, learner }
    }

    async fn round(&mut self, round: usize) -> Duration {
        // An acknowledgement may come before the events of what it acknowledges, so each line must be known again. Postfix
        // hangs up on who says NOOP too often; HELO it hears as long as one likes.
        let text = format!("HELO ws{round}.lab.test");
        let seen = json!([text.clone()]);
        let before = Instant::now();
        self.learner.line(&text).await.expect("sent");
        self.learner
            .until(|l| l.views.iter().rev().take(64).any(|v| v["typed"]["text"] == seen))
            .await
            .expect("its events");
        let took = before.elapsed();
        self.learner.settle().await.expect("acknowledged");
        took
    }

    async fn close(self) {
        self.site.lab.close().await;
        self.site.lab.store().close().await;
    }
}

/// A WebSocket that answers the same.
struct Echo {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    line: String,
}

impl Echo {
    /// `keep`: it writes to the disk before it answers.
    async fn new(keep: bool) -> Echo {
        async fn answer(mut socket: WebSocket, keep: bool) {
            let mut file = disk_file();
            let mut round = 0;
            while let Some(Ok(message)) = socket.recv().await {
                if keep {
                    synced(&mut file, round);
                    round += 1;
                }
                if socket.send(message).await.is_err() {
                    return;
                }
            }
        }
        let small = move |upgrade: WebSocketUpgrade| async move {
            upgrade.read_buffer_size(1024).write_buffer_size(1024).on_upgrade(move |s| answer(s, keep))
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/", any(small))).await });
        let (socket, _) = connect_async(format!("ws://{address}/")).await.expect("the echo");
        Echo { socket, line: json!({"line": {"seq": 1, "term": 1, "text": "NOOP"}}).to_string() }
    }

    async fn round(&mut self) -> Duration {
        let before = Instant::now();
        self.socket.send(Message::text(self.line.clone())).await.expect("sent");
        self.socket.next().await.expect("an answer").expect("an answer");
        before.elapsed()
    }
}

/// A file on the disk with the data, as long as a write-ahead log is before it is written over from its start.
fn disk_file() -> File {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("bench-disk-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let mut file = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)).expect("a file");
    file.write_all(&vec![0; BLOCKS * BLOCK]).expect("written");
    file.sync_all().expect("on the disk");
    file
}

/// Blocks of that file, and the octets of each.
const BLOCKS: usize = 1_000;
const BLOCK: usize = 4_096;

/// What the disk alone takes to keep a little.
fn synced(file: &mut File, round: usize) -> Duration {
    let before = Instant::now();
    file.seek(SeekFrom::Start((round % BLOCKS * BLOCK) as u64)).expect("there");
    file.write_all(&[7; BLOCK]).expect("written");
    file.sync_data().expect("on the disk");
    before.elapsed()
}

/// How many attempts are there before memory is measured, so that what all of them share is not counted.
const FIRST: usize = 60;
/// How many attempts more memory is measured with.
const THEN: usize = 400;

/// What an attempt alone keeps resident: what was drawn, world, workstation, grade, and its events.
fn attempts_alone(events: u64) -> Vec<Attempt> {
    let scenario = scenario(SCENARIO);
    let one = |seed: usize| {
        let mut attempt = Attempt::begin(&scenario, seed as u64, Lang::En, Time(0)).expect("an attempt");
        let begin = ["telnet mail.example.org 25", "EHLO ws.lab.test"];
        for text in begin.into_iter().filter(|_| events > 0) {
            attempt.apply(Time(0), Input::Line { term: TermId(1), text: text.into() });
        }
        while (attempt.entries().len() as u64) < events {
            attempt.apply(Time(0), Input::Line { term: TermId(1), text: "NOOP".into() });
        }
        attempt
    };
    let mut all: Vec<Attempt> = (0..FIRST).map(one).collect();
    let before = resident(std::process::id()).unwrap_or_default();
    all.extend((FIRST..FIRST + THEN).map(one));
    let after = resident(std::process::id()).unwrap_or_default();
    let what = format!("resident memory per attempt without store and page, {} events", events);
    println!("{what:<58} {:>7.1} KiB", (after - before) / THEN as f64);
    all
}

/// What a live attempt with its page keeps resident, in a helo of its own.
async fn memory() {
    let helo = Helo::start("bench-memory").await;
    let Some(_) = resident(helo.id()) else {
        println!("memory per live attempt: not measured, there is no /proc here");
        return;
    };
    let mut open = Vec::new();
    pages(&helo, FIRST, &mut open).await;
    let before = resident(helo.id()).unwrap_or_default();
    pages(&helo, THEN, &mut open).await;
    let after = resident(helo.id()).unwrap_or_default();
    let each = (after - before) / THEN as f64;
    let kept = if each <= MEMORY { "kept" } else { "MISSED" };
    let what = format!("resident memory per live attempt, {EVENTS} events, one page");
    println!("{what:<58} {each:>7.1} KiB   aim {MEMORY} KiB: {kept}");
}

/// Opens so many attempts more, each with a page and its events.
async fn pages(helo: &Helo, number: usize, open: &mut Vec<Learner>) {
    let new: Vec<_> = (0..number)
        .map(|n| {
            let address = helo.address.clone();
            tokio::spawn(async move {
                let token = begin(&address, SCENARIO).await;
                let mut learner = Learner::new(&address, &token, &format!("page-{n}"));
                learner.connect().await.expect("a connection");
                learner.line("telnet mail.example.org 25").await.expect("sent");
                learner.line("EHLO ws.lab.test").await.expect("sent");
                while learner.last < EVENTS {
                    learner.line("NOOP").await.expect("sent");
                    learner.settle().await.expect("acknowledged");
                    let seen = learner.last;
                    learner.until(|l| l.last >= seen).await.expect("events");
                }
                learner
            })
        })
        .collect();
    for learner in new {
        open.push(learner.await.expect("a learner"));
    }
}

/// Resident memory of a process in KiB.
fn resident(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}
