//! Lines for the shell and its programs, and keys: which program runs, its options one by one, what the shell does around
//! it. What was run is known from the events; of the line itself only what stands between the programs is read.

mod command;
pub(super) mod mail;
mod output;
pub(super) mod programs;
pub(super) mod prompts;

use super::opening::Opening;
use super::{find, lines_of, open_text};
use crate::event::{Entry, Event, Key};
use crate::explain::say::Say;
use crate::units::{EventNo, TermId};

pub(super) use output::{printed, type_of};

/// Line `at` of what was typed at a terminal in event `n` and not sent over a connection.
pub(super) fn typed(
    o: &mut Opening<'_>,
    entries: &[Entry],
    (n, at): (EventNo, usize),
    term: TermId,
    line: &str,
) {
    if let Some(program) = running(entries, n, term) {
        return input(o, entries, (n, at), (term, program), line);
    }
    let ran = ran_after(entries, n, term);
    let runs = ran.iter().filter_map(|entry| match &entry.event {
        Event::Ran { argv, .. } => Some(argv),
        _ => None,
    });
    let runs: Vec<&Vec<String>> = runs.collect();
    o.what(Say::new("shell-line"));
    if line.trim().is_empty() {
        return o.what(Say::new("shell-empty"));
    }
    for argv in &runs {
        command::run(o, argv);
    }
    let missing = ran.iter().find_map(|entry| match &entry.event {
        Event::Exited { program, status: 126 | 127, .. } => Some(program),
        _ => None,
    });
    if let Some(program) = missing.filter(|_| runs.is_empty()) {
        o.what(Say::new("shell-unknown-why"));
        o.part(0, program, Say::new("shell-unknown"));
    }
    command::around(o, line, runs.is_empty() && missing.is_none());
    if runs.is_empty() {
        o.next("help", "shell-next-help");
        o.next("telnet mail.example.org 25", "shell-next-telnet");
    }
}

/// A key that was pressed.
pub(super) fn pressed(o: &mut Opening<'_>, key: Key) {
    let key = match key {
        Key::Interrupt => "shell-key-C",
        Key::EndOfFile => "shell-key-D",
        Key::Suspend => "shell-key-Z",
        Key::Escape => "shell-key-escape",
    };
    o.what(Say::new(key));
}

/// A line that a running program reads.
fn input(
    o: &mut Opening<'_>,
    entries: &[Entry],
    (n, at): (EventNo, usize),
    (term, program): (TermId, &str),
    line: &str,
) {
    o.what(Say::new("shell-input").text("program", program));
    if program == "telnet" {
        o.what(Say::new("shell-input-of-telnet"));
        return command::telnet(o, line);
    }
    let whole = match find(entries, n).map(|entry| &entry.event) {
        Some(Event::Typed { text, .. }) => text.lossy().into_owned(),
        _ => String::new(),
    };
    let before: Vec<&str> = lines_of(&whole).take(at).collect();
    let prompt = open_text(entries, n, term);
    if !prompts::typed(o, program, prompts::Asked { prompt: &prompt, before: &before, line }) {
        o.part(0, line, Say::new("shell-argument"));
    }
}

/// A line that a program with a connection kept to itself.
pub(super) fn kept(o: &mut Opening<'_>, entries: &[Entry], n: EventNo, term: TermId, line: &str) {
    match running(entries, n, term) {
        Some("openssl") => o.what(Say::new("shell-input-of-s-client")),
        Some("telnet") => {
            o.what(Say::new("shell-input-of-telnet"));
            return command::telnet(o, line);
        }
        _ => o.what(Say::new("line-kept")),
    }
    o.part(0, line, Say::new("line-kept"));
}

/// The program in front at a terminal just before event `n`; `None` for the shell.
pub(super) fn running(entries: &[Entry], n: EventNo, term: TermId) -> Option<&str> {
    let mut front: Vec<&str> = Vec::new();
    for entry in entries.iter().take_while(|e| e.n < n) {
        match &entry.event {
            Event::Ran { term: t, argv } if *t == term => front.extend(argv.first().map(String::as_str)),
            Event::Exited { term: t, program, .. } if *t == term => {
                if let Some(at) = front.iter().rposition(|name| name == program) {
                    front.remove(at);
                }
            }
            _ => {}
        }
    }
    front.last().copied()
}

/// What ran because of what was typed in event `n`: up to the next thing typed there.
fn ran_after(entries: &[Entry], n: EventNo, term: TermId) -> Vec<&Entry> {
    let after = entries.iter().skip_while(|e| e.n <= n);
    let until = after.take_while(|e| !matches!(&e.event, Event::Typed { term: t, .. } if *t == term));
    until
        .filter(|e| match &e.event {
            Event::Ran { term: t, .. } | Event::Exited { term: t, .. } => *t == term,
            _ => false,
        })
        .take(50)
        .collect()
}
