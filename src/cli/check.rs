//! `helo check`: the faults of scenarios, on both cores.

use super::args::Parsed;
use super::{CLEAN, FAULTS, Streams, USAGE, mutate, scenario_file};
use crate::author::{self, Finding, Rows, SEEDS, Trial};
use crate::scenario::{Diagnostic, Scenario, Severity, render};
use crate::units::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

/// Where scenarios are looked for when nothing is named.
const DEFAULT: &str = "scenarios";

pub(super) fn run(parsed: &Parsed, streams: &mut Streams<'_>) -> io::Result<u8> {
    let default = [OsString::from(DEFAULT)];
    let named = if parsed.operands.is_empty() { &default[..] } else { &parsed.operands };
    let mut status = CLEAN;
    let mut files: Vec<PathBuf> = Vec::new();
    for name in named {
        match scenarios_in(Path::new(name)) {
            Ok(found) => files.extend(found),
            Err(fault) => {
                writeln!(streams.err, "helo: {fault}")?;
                status = USAGE;
            }
        }
    }
    files.dedup();
    let mut texts = Vec::new();
    for file in files {
        match scenario_file(&file) {
            Ok(read) => texts.push(read),
            Err(fault) => {
                writeln!(streams.err, "helo: {fault}")?;
                status = USAGE;
            }
        }
    }
    // One file by itself may build on others that are elsewhere.
    let whole = named.iter().any(|name| Path::new(name).is_dir());
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let loaded: Vec<_> = texts.iter().map(|(name, text)| Scenario::load(name, text)).collect();
    let known: Vec<String> =
        loaded.iter().filter_map(|found| Some(found.as_ref().ok()?.id().to_owned())).collect();
    let mut checked = Vec::new();
    for ((name, text), scenario) in texts.iter().zip(loaded) {
        let mut outcome = check(name, scenario, &mut ids, parsed.option("mutate").is_some());
        if let Some(scenario) = outcome.scenario.as_ref().filter(|_| whole) {
            outcome.faults.splice(0..0, scenario.lost_after(known.iter().map(String::as_str)));
        }
        status = status.max(if outcome.has_errors() { FAULTS } else { CLEAN });
        match parsed.option("json") {
            Some(_) => checked.push(json(name, text, &outcome)),
            None => show(name, text, &outcome, streams)?,
        }
    }
    if parsed.option("json").is_some() {
        serde_json::to_writer(&mut *streams.out, &json!({ "files": checked })).map_err(io::Error::from)?;
        writeln!(streams.out)?;
    }
    Ok(status)
}

/// The files that an operand names: itself, or those of a folder and of the folders in it, sorted.
fn scenarios_in(name: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |path: &Path, fault: io::Error| format!("{}: {fault}", path.display());
    if !fs::metadata(name).map_err(|fault| unreadable(name, fault))?.is_dir() {
        return Ok(vec![name.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![name.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|fault| unreadable(&folder, fault))? {
            let entry = entry.map_err(|fault| unreadable(&folder, fault))?;
            // A link to a folder is not followed: it may lead in a circle.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|e| e == "toml") {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(format!("{}: no scenario (*.toml) in this folder", name.display()));
    }
    Ok(files)
}

/// What was found in one file.
struct Outcome {
    /// The scenario, where it can be used.
    scenario: Option<Scenario>,
    faults: Vec<Diagnostic>,
    /// Which lines of its solutions matter, where that was asked.
    lines: Option<Vec<Rows>>,
}

impl Outcome {
    fn has_errors(&self) -> bool {
        self.faults.iter().any(|fault| fault.severity == Severity::Error)
    }
}

/// Checks one scenario.
fn check(
    name: &str,
    loaded: Result<Scenario, Vec<Diagnostic>>,
    ids: &mut BTreeMap<String, String>,
    mutate: bool,
) -> Outcome {
    let scenario = match loaded {
        Ok(scenario) => scenario,
        Err(faults) => return Outcome { scenario: None, faults, lines: None },
    };
    let mut faults = scenario.warnings().to_vec();
    if let Some(first) = ids.insert(scenario.id().to_owned(), name.to_owned()) {
        faults.push(author::same_id(scenario.id(), &first));
    }
    if mutate {
        let (lines, found) = mutate::run(&scenario);
        faults.extend(found);
        return Outcome { scenario: Some(scenario), faults, lines: Some(lines) };
    }
    faults.extend(author::conclude(&trials(&scenario)));
    Outcome { scenario: Some(scenario), faults, lines: None }
}

/// Says on standard output what was checked, on standard error what is wrong.
fn show(name: &str, text: &str, outcome: &Outcome, streams: &mut Streams<'_>) -> io::Result<()> {
    let faults = &outcome.faults;
    write!(streams.err, "{}", render(name, text, faults, streams.colour))?;
    let Some(scenario) = &outcome.scenario else {
        return writeln!(streams.out, "{name}: {}", counted(faults));
    };
    if let Some(lines) = &outcome.lines {
        return mutate::show(scenario.id(), lines, streams.out);
    }
    let trials = scenario.draw_trials(1, Lang::En).ok();
    let solutions = trials.as_ref().map_or(0, |t| t.solutions.len());
    let counterexamples = trials.as_ref().map_or(0, |t| t.counterexamples.len());
    let verdict = if faults.is_empty() { "clean".to_owned() } else { counted(faults) };
    writeln!(
        streams.out,
        "{}: {}, {}, {SEEDS} seeds in {} languages: {verdict}",
        scenario.id(),
        number(solutions, "solution"),
        number(counterexamples, "counterexample"),
        Lang::ALL.len()
    )
}

/// The same for editors. Lines and columns count from 1, columns in characters; what is about the whole file has no
/// place.
fn json(name: &str, text: &str, outcome: &Outcome) -> Value {
    let place = |at: usize| {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        json!({ "line": before.matches('\n').count() + 1, "column": line.chars().count() + 1 })
    };
    let faults = outcome.faults.iter().map(|fault| {
        json!({
            "severity": match fault.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "code": fault.code,
            "message": fault.message,
            "label": fault.label,
            "help": fault.help,
            "start": fault.span.as_ref().map(|span| place(span.start)),
            "end": fault.span.as_ref().map(|span| place(span.end)),
        })
    });
    json!({
        "file": name,
        "id": outcome.scenario.as_ref().map(Scenario::id),
        "faults": faults.collect::<Vec<_>>(),
        "solutions": outcome.lines.as_deref().map(mutate::json),
    })
}

/// Runs all trials, shared out among the cores; the result is in the order of the trials, whoever was first.
fn trials(scenario: &Scenario) -> Vec<(Trial, Vec<Finding>)> {
    let trials = author::trials();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = trials.len().div_ceil(cores).max(1);
    let run = |share: &[Trial]| share.iter().map(|t| (*t, author::run(scenario, *t))).collect::<Vec<_>>();
    thread::scope(|scope| {
        let started: Vec<_> = trials.chunks(share).map(|share| scope.spawn(move || run(share))).collect();
        let results = started.into_iter().flat_map(|thread| match thread.join() {
            Ok(found) => found,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        results.collect()
    })
}

fn counted(faults: &[Diagnostic]) -> String {
    let of = |severity| faults.iter().filter(|f| f.severity == severity).count();
    let parts = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning")];
    let parts = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| number(n, what));
    parts.collect::<Vec<_>>().join(", ")
}

fn number(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
