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
use helo::attempt::{Attempt, Input};
use helo::lab::LabOptions;
use helo::units::{Lang, TermId, Time};
use http::begin;
use learner::Learner;
use process::Helo;
use serde_json::json;
use site::{scenario, site};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

/// The tasks' aims.
const CREATE: Duration = Duration::from_millis(1);
const LINE: Duration = Duration::from_micros(50);
const TIMES_THE_ECHO: f64 = 2.0;
const MEMORY: f64 = 32.0;

const SCENARIO: &str = "send-by-hand";
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
    let site = site("bench-create", &[SCENARIO], LabOptions::default()).await;
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

/// A line over the WebSocket until its events are back, beside an echo and the disk.
async fn round_trips() {
    const ROUNDS: usize = 1_000;
    let echo = Times::of(echo(ROUNDS).await);
    let disk = Times::of(disk(ROUNDS));
    let fast = LabOptions { inputs_per_second: 1_000_000, burst: 1_000_000, ..LabOptions::default() };
    let site = site("bench-lines", &[SCENARIO], fast).await;
    let token = begin(&site.address, SCENARIO).await;
    let mut learner = Learner::new(&site.address, &token, "bench");
    learner.connect().await.expect("a connection");
    let mut times = Vec::new();
    for round in 0..ROUNDS + 50 {
        let text = match round {
            0 => "telnet mail.example.org 25",
            1 => "EHLO ws.lab.test",
            _ => "NOOP",
        };
        let seen = learner.last;
        let before = Instant::now();
        learner.line(text).await.expect("sent");
        learner.until(|l| l.last > seen).await.expect("its events");
        times.push(before.elapsed());
        learner.settle().await.expect("acknowledged");
    }
    let times = Times::of(times.split_off(50));
    say("a line over the WebSocket until its events are back", &times, None);
    say("  a bare echo over a WebSocket", &echo, None);
    say("  4 KiB written to the end of a file, and fsync", &disk, None);
    let ratio = times.median().as_secs_f64() / echo.median().as_secs_f64().max(1e-9);
    let without =
        times.median().saturating_sub(disk.median()).as_secs_f64() / echo.median().as_secs_f64().max(1e-9);
    let kept = if ratio <= TIMES_THE_ECHO { "kept" } else { "MISSED" };
    println!(
        "  a line costs {ratio:.1} echoes ({without:.1} without one fsync)   aim {TIMES_THE_ECHO}: {kept}"
    );
    site.lab.close().await;
}

/// Round trips of a line over a WebSocket that answers the same.
async fn echo(rounds: usize) -> Vec<Duration> {
    async fn answer(mut socket: WebSocket) {
        while let Some(Ok(message)) = socket.recv().await {
            if socket.send(message).await.is_err() {
                return;
            }
        }
    }
    let small = |upgrade: WebSocketUpgrade| async {
        upgrade.read_buffer_size(1024).write_buffer_size(1024).on_upgrade(answer)
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", any(small))).await });
    let (mut socket, _) = connect_async(format!("ws://{address}/")).await.expect("the echo");
    let line = json!({"line": {"seq": 1, "term": 1, "text": "NOOP"}}).to_string();
    let mut times = Vec::new();
    for _ in 0..rounds + 50 {
        let before = Instant::now();
        socket.send(Message::text(line.clone())).await.expect("sent");
        socket.next().await.expect("an answer").expect("an answer");
        times.push(before.elapsed());
    }
    times.split_off(50)
}

/// What the disk alone takes to keep a little.
fn disk(rounds: usize) -> Vec<Duration> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-disk");
    let mut file = std::fs::File::create(file).expect("a file");
    let mut times = Vec::new();
    for _ in 0..rounds / 4 {
        let before = Instant::now();
        file.write_all(&[7; 4096]).expect("written");
        file.sync_data().expect("on the disk");
        times.push(before.elapsed());
    }
    times
}

/// What a live attempt with its page keeps resident, in a helo of its own.
async fn memory() {
    const FIRST: usize = 60;
    const THEN: usize = 400;
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
