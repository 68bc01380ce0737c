//! `helo check --mutate`: which lines of the solutions matter, as tables.

use crate::author::{Line, Mutant, Mutants, Row, Rows};
use crate::scenario::{Diagnostic, Scenario, ScriptLine};
use crate::units::{Lang, Points};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::num::NonZero;
use std::thread;

/// The seed that solutions are played under.
const SEED: u64 = 1;
/// How much of a line is shown, in characters.
const SHOWN: usize = 60;

/// Plays all solutions with single lines left out and swapped, shared out among the cores.
pub(super) fn run(scenario: &Scenario) -> (Vec<Rows>, Vec<Diagnostic>) {
    let mutants = match Mutants::of(scenario, SEED, Lang::En) {
        Ok(mutants) => mutants,
        Err(faults) => return (Vec::new(), faults),
    };
    let all = mutants.all();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // Neighbours take about as long as each other, so that shares of every second or third one are about equal.
    let play = |core: usize| -> Vec<(Mutant, Points)> {
        all.iter().skip(core).step_by(cores).map(|mutant| (*mutant, mutants.play(*mutant))).collect()
    };
    let played: Vec<(Mutant, Points)> = thread::scope(|scope| {
        let play = &play;
        let started: Vec<_> = (0..cores).map(|core| scope.spawn(move || play(core))).collect();
        let results = started.into_iter().flat_map(|thread| match thread.join() {
            Ok(played) => played,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        results.collect()
    });
    mutants.conclude(&played)
}

/// A table for each solution: what is lost without each line, and with the next one before it.
pub(super) fn show(id: &str, tables: &[Rows], out: &mut dyn Write) -> io::Result<()> {
    for table in tables {
        writeln!(out, "{id}: solution `{}`, {} points", table.solution, table.points)?;
        writeln!(out, "  line  without  swapped")?;
        for row in &table.rows {
            let lost = |points: Points| {
                if points == Points::ZERO { "0".to_owned() } else { (Points::ZERO - points).to_string() }
            };
            let swapped = row.swapped.map_or_else(|| "·".to_owned(), lost);
            writeln!(
                out,
                "  {:>4}  {:>7}  {swapped:>7}  {:<9} {}",
                row.number,
                lost(row.dropped),
                word(row),
                typed(row)
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn word(row: &Row) -> &'static str {
    match row.standing {
        Line::Needed => "",
        Line::Optional => "optional",
        Line::Harmless => "harmless",
        Line::Idle => "IDLE",
    }
}

/// What is typed, as a script has it.
fn typed(row: &Row) -> String {
    let text = match &row.line {
        ScriptLine::Type { term, text } if term.0 == 1 => text.lossy().into_owned(),
        ScriptLine::Type { term, text } => format!("@{} {}", term.0, text.lossy()),
        ScriptLine::Press { term, key } if term.0 == 1 => format!("@key {}", key.name()),
        ScriptLine::Press { term, key } => format!("@{} key {}", term.0, key.name()),
        ScriptLine::Keys { octets, .. } => format!("@keys {}", octets.lossy()),
        ScriptLine::Paste { text, .. } => {
            format!("@paste {}", text.lossy().lines().next().unwrap_or_default())
        }
        ScriptLine::Wait(time) => format!("@wait {}s", time.as_secs()),
        ScriptLine::Hint { step } => format!("@hint {step}"),
        ScriptLine::Answer { step, text } => format!("@answer {step} {text}"),
        ScriptLine::HandIn => "@hand-in".to_owned(),
    };
    let text: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// The same for programs.
pub(super) fn json(tables: &[Rows]) -> Value {
    let table = |table: &Rows| {
        let row = |row: &Row| {
            json!({
                "line": row.number, "typed": typed(row), "without": row.dropped, "swapped": row.swapped,
                "standing": match row.standing {
                    Line::Needed => "needed",
                    Line::Optional => "optional",
                    Line::Harmless => "harmless",
                    Line::Idle => "idle",
                },
            })
        };
        json!({ "name": table.solution, "points": table.points, "lines": table.rows.iter().map(row).collect::<Vec<_>>() })
    };
    tables.iter().map(table).collect()
}
