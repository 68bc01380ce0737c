//! The grading of every scenario, held against its own solutions: each line is left out once, and points must be lost for
//! it unless the script says that it is optional, or it is of a kind that no task is about.
//!
//! `helo check --mutate` prints the whole table, swapped neighbours too. Here it is one seed and lines left out, so that it
//! takes seconds.

use helo::author::{Line, Mutant, Mutants};
use helo::scenario::{Scenario, render};
use helo::units::{Lang, Points};
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Plays these on all cores.
fn played(mutants: &Mutants, all: &[Mutant]) -> Vec<(Mutant, Points)> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let play = |core: usize| {
            let share = all.iter().skip(core).step_by(cores);
            share.map(|mutant| (*mutant, mutants.play(*mutant))).collect::<Vec<_>>()
        };
        let started: Vec<_> = (0..cores).map(|core| scope.spawn(move || play(core))).collect();
        started.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn every_line_of_every_solution_counts_or_may_be_left_out() {
    let mut shown = String::new();
    let (mut needed, mut all) = (0, 0);
    for entry in fs::read_dir(project("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let scenario = Scenario::load(&name, &text).unwrap();
        let mutants = Mutants::of(&scenario, 1, Lang::En).unwrap();
        let dropped: Vec<Mutant> =
            mutants.all().into_iter().filter(|m| !matches!(m, Mutant::Swapped(..))).collect();
        let (tables, faults) = mutants.conclude(&played(&mutants, &dropped));
        shown += &render(&name, &text, &faults, false);
        for row in tables.iter().flat_map(|table| &table.rows) {
            all += 1;
            needed += usize::from(row.standing == Line::Needed);
        }
    }
    assert!(shown.is_empty(), "\n{shown}");
    assert!(
        needed * 2 > all,
        "{needed} of {all} lines are needed: most of a solution is what the tasks ask for"
    );
}

#[test]
fn what_is_idle_what_is_needed_and_what_swapping_costs() {
    let lesson = fs::read_to_string(project("tests/cli/lesson.toml")).unwrap();
    let text = lesson
        .replacen("DATA\nSubject: hello\n", "RSET\nMAIL FROM:<me@lab.test>\n@optional RCPT TO:<{{recipient}}@example.org>\nDATA\nSubject: hello\nX-Idle: yes\n@optional X-Idle: no\n", 1);
    let scenario = Scenario::load("lesson.toml", &text).unwrap();
    let mutants = Mutants::of(&scenario, 1, Lang::En).unwrap();
    let (tables, faults) = mutants.conclude(&played(&mutants, &mutants.all()));
    let rows: Vec<String> = (tables[0].rows.iter())
        .map(|row| {
            let swapped = row.swapped.map_or("-".to_owned(), |lost| lost.to_string());
            format!("{:?} {} {swapped}", row.standing, row.dropped)
        })
        .collect();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(tables[0].points, Points(600));
    assert!(rows[0].starts_with("Needed 4 "), "{rows:?}");
    assert_eq!(codes.iter().filter(|code| **code == "needed-line").count(), 1, "{rows:?}");
    let idle: Vec<&str> = (faults.iter().filter(|fault| fault.code == "idle-line"))
        .map(|fault| text.get(fault.span.clone().unwrap()).unwrap())
        .collect();
    assert!(idle.contains(&"X-Idle: yes") && !idle.contains(&"@optional X-Idle: no"), "{idle:?}");
    assert!(rows.iter().any(|row| row.starts_with("Optional 0")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Harmless 0")), "{rows:?}");
}
