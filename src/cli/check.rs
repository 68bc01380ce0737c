//! `helo check`: the faults of scenarios, on both cores.

use super::args::Parsed;
use super::{CLEAN, FAULTS, Streams, USAGE, scenario_file};
use crate::author::{self, Finding, SEEDS, Trial};
use crate::scenario::{Diagnostic, Scenario, Severity, render};
use crate::units::Lang;
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
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        let found = match scenario_file(&file) {
            Ok((name, text)) => check(&name, &text, &mut ids, streams)?,
            Err(fault) => {
                writeln!(streams.err, "helo: {fault}")?;
                USAGE
            }
        };
        status = status.max(found);
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

/// Checks one scenario; says on standard output what was checked, on standard error what is wrong.
fn check(
    name: &str,
    text: &str,
    ids: &mut BTreeMap<String, String>,
    streams: &mut Streams<'_>,
) -> io::Result<u8> {
    let show = |faults: &[Diagnostic], streams: &mut Streams<'_>| {
        write!(streams.err, "{}", render(name, text, faults, streams.colour))
    };
    let scenario = match Scenario::load(name, text) {
        Ok(scenario) => scenario,
        Err(faults) => {
            show(&faults, streams)?;
            writeln!(streams.out, "{name}: {}", counted(&faults))?;
            return Ok(FAULTS);
        }
    };
    let mut faults = scenario.warnings().to_vec();
    if let Some(first) = ids.insert(scenario.id().to_owned(), name.to_owned()) {
        faults.push(same_id(scenario.id(), &first));
    }
    faults.extend(author::conclude(&trials(&scenario)));
    show(&faults, streams)?;
    let errors = faults.iter().any(|fault| fault.severity == Severity::Error);
    let trials = scenario.draw_trials(1, Lang::En).ok();
    let solutions = trials.as_ref().map_or(0, |t| t.solutions.len());
    let counterexamples = trials.as_ref().map_or(0, |t| t.counterexamples.len());
    let verdict = if faults.is_empty() { "clean".to_owned() } else { counted(&faults) };
    writeln!(
        streams.out,
        "{}: {}, {}, {SEEDS} seeds in {} languages: {verdict}",
        scenario.id(),
        number(solutions, "solution"),
        number(counterexamples, "counterexample"),
        Lang::ALL.len()
    )?;
    Ok(if errors { FAULTS } else { CLEAN })
}

fn same_id(id: &str, first: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "same-id",
        message: format!("the id `{id}` is that of {first} too"),
        span: None,
        label: String::new(),
        help: Some("each scenario has an id of its own".to_owned()),
    }
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
