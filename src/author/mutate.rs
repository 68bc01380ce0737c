//! Which lines of a solution matter: each is left out once, and each is swapped with the one after it, and what is earned
//! then is compared with what the whole solution earns.
//!
//! A line that can be left out without losing a point is a finding: either the grading asks for less than the task does, or
//! the author says that the line is optional. Some lines are harmless of themselves, whatever a task asks ([`Line::Harmless`]).

use super::player::Stage;
use crate::event::Key;
use crate::scenario::{Diagnostic, Scenario, Script, ScriptLine, Solution};
use crate::units::{Lang, Points, TermId};
use std::collections::BTreeSet;

/// Programs of the workstation that look and change nothing.
const LOOKING: [&str; 15] = [
    "cat", "ls", "head", "echo", "printf", "base64", "dig", "host", "nslookup", "help", "man", "history",
    "clear", "pwd", "whoami",
];
/// Commands that only ask or greet. A server may do without a greeting, and what is read is proved by an answer; where a
/// task is about one of them, leaving it out loses points.
const ASKING: [&str; 19] = [
    "helo",
    "ehlo",
    "noop",
    "help",
    "vrfy",
    "expn",
    "capa",
    "stat",
    "list",
    "uidl",
    "retr",
    "top",
    "capability",
    "fetch",
    "search",
    "status",
    "lsub",
    "check",
    "namespace",
];
/// What ends a conversation. Where it matters (POP3's removals) leaving it out loses points.
const ENDING: [&str; 5] = ["quit", "logout", "exit", "bye", "close"];

/// All that is changed in a scenario's solutions, one thing at a time.
#[derive(Debug)]
pub struct Mutants {
    stage: Stage,
    solutions: Vec<Solution>,
}

/// One thing that is changed in a solution, both by their places from 0; the line of `lines`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// Nothing, for comparison.
    Whole(usize),
    /// A line is left out.
    Dropped(usize, usize),
    /// A line comes after the one that follows it.
    Swapped(usize, usize),
}

/// What can be said of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Without it points are lost.
    Needed,
    /// It can be left out, and the script says so.
    Optional,
    /// It can be left out, and is of a kind that no task is about: it only looks, or ends a conversation.
    Harmless,
    /// It can be left out, and nobody says so.
    Idle,
}

/// A line of a solution, and what is lost without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number in the script, from 1.
    pub number: usize,
    /// What is typed.
    pub line: ScriptLine,
    /// Points lost where it is left out.
    pub dropped: Points,
    /// Points lost where it comes after the line that follows it; `None` for the last line, and within a letter's text.
    pub swapped: Option<Points>,
    /// What that means.
    pub standing: Line,
}

/// A solution, line by line.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The solution's name.
    pub solution: String,
    /// What it earns.
    pub points: Points,
    /// Its lines.
    pub rows: Vec<Row>,
}

impl Mutants {
    /// Of all solutions under this seed in this language.
    ///
    /// # Errors
    /// What is wrong with the scenario under this seed.
    pub fn of(scenario: &Scenario, seed: u64, lang: Lang) -> Result<Mutants, Vec<Diagnostic>> {
        let solutions = scenario.draw_trials(seed, lang)?.solutions;
        Ok(Mutants { stage: Stage::new(scenario, seed, lang)?, solutions })
    }

    /// Everything that is to be played; each by itself, in whatever order.
    pub fn all(&self) -> Vec<Mutant> {
        let of = |(s, solution): (usize, &Solution)| {
            let lines = solution.script.lines.len();
            let letters = Letters::of(&solution.script);
            let dropped = (0..lines).map(move |line| Mutant::Dropped(s, line));
            let swaps = (0..lines.saturating_sub(1)).filter(move |line| !letters.both_in_text(*line));
            std::iter::once(Mutant::Whole(s))
                .chain(dropped)
                .chain(swaps.map(move |line| Mutant::Swapped(s, line)))
        };
        self.solutions.iter().enumerate().flat_map(of).collect()
    }

    /// What is earned.
    pub fn play(&self, mutant: Mutant) -> Points {
        let (Mutant::Whole(s) | Mutant::Dropped(s, _) | Mutant::Swapped(s, _)) = mutant;
        let Some(solution) = self.solutions.get(s) else { return Points::ZERO };
        let mut lines: Vec<&ScriptLine> = solution.script.lines.iter().map(|(_, line)| line).collect();
        match mutant {
            Mutant::Dropped(_, line) if line < lines.len() => {
                lines.remove(line);
            }
            Mutant::Swapped(_, line) if line + 1 < lines.len() => lines.swap(line, line + 1),
            _ => {}
        }
        let mut player = self.stage.player();
        for line in lines {
            player.perform(line);
        }
        player.finish();
        player.attempt().report().points
    }

    /// What came of them, as tables, and what is to be said of it. What was not played is left out.
    pub fn conclude(&self, played: &[(Mutant, Points)]) -> (Vec<Rows>, Vec<Diagnostic>) {
        let earned = |mutant: Mutant| played.iter().find(|(of, _)| *of == mutant).map(|(_, points)| *points);
        let mut tables = Vec::new();
        let mut faults = Vec::new();
        for (s, solution) in self.solutions.iter().enumerate() {
            let Some(points) = earned(Mutant::Whole(s)) else { continue };
            let letters = Letters::of(&solution.script);
            let mut rows = Vec::new();
            for (i, (number, line)) in solution.script.lines.iter().enumerate() {
                let lost = |mutant| earned(mutant).map(|rest| points - rest);
                let Some(dropped) = lost(Mutant::Dropped(s, i)) else { continue };
                let optional = solution.script.optional.contains(number);
                let standing = match (dropped > Points::ZERO, optional) {
                    (true, _) => Line::Needed,
                    (false, true) => Line::Optional,
                    (false, false) if harmless(line) || letters.is_one_of_several(i) => Line::Harmless,
                    (false, false) => Line::Idle,
                };
                let told = match standing {
                    Line::Idle => Some(idle(solution, *number)),
                    Line::Needed if optional => Some(needed(solution, *number, dropped)),
                    _ => None,
                };
                faults.extend(told);
                let swapped = lost(Mutant::Swapped(s, i));
                rows.push(Row { number: *number, line: line.clone(), dropped, swapped, standing });
            }
            tables.push(Rows { solution: solution.name.clone(), points, rows });
        }
        (tables, faults)
    }
}

fn idle(solution: &Solution, number: usize) -> Diagnostic {
    let message = format!("solution `{}` earns the same without this line", solution.name);
    Diagnostic::error("idle-line", solution.at.line(number), message)
        .label("nobody asks for it")
        .help("let a step ask for it, take it out, or write `@optional` before it where a learner may well leave it out")
}

fn needed(solution: &Solution, number: usize, lost: Points) -> Diagnostic {
    let message = format!("without this optional line solution `{}` loses {lost}", solution.name);
    Diagnostic::error("needed-line", solution.at.line(number), message)
        .help("take `@optional` away, or let the grading do without it")
}

/// Is it of a kind that no task is about?
fn harmless(line: &ScriptLine) -> bool {
    match line {
        // An exam that is not handed in is handed in at the end.
        ScriptLine::Wait(_) | ScriptLine::HandIn => true,
        ScriptLine::Press { key, .. } => matches!(key, Key::Escape | Key::EndOfFile | Key::Interrupt),
        ScriptLine::Type { text, .. } => {
            let text = text.lossy();
            let mut words = text.split_whitespace();
            let first = words.next().unwrap_or_default().to_ascii_lowercase();
            // An IMAP command has its tag before it.
            let second = words.next().unwrap_or_default().to_ascii_lowercase();
            first.is_empty()
                || LOOKING.contains(&first.as_str())
                || ENDING.contains(&first.as_str())
                || ASKING.contains(&first.as_str())
                || asks_with_tag(&second, words)
        }
        ScriptLine::Paste { .. }
        | ScriptLine::Keys { .. }
        | ScriptLine::Hint { .. }
        | ScriptLine::Answer { .. } => false,
    }
}

/// An IMAP command after its tag that asks, or says goodbye.
fn asks_with_tag<'w>(command: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
    match command {
        "logout" => words.next().is_none(),
        "uid" => words.next().is_some_and(|word| ASKING.contains(&word.to_ascii_lowercase().as_str())),
        _ => ASKING.contains(&command),
    }
}

/// Which lines of a script are the text of a letter: what is typed after DATA and an empty line, up to the lone dot.
struct Letters {
    /// For each line the letter whose text it belongs to.
    text: Vec<Option<usize>>,
}

impl Letters {
    fn of(script: &Script) -> Letters {
        let (mut text, mut letter) = (Vec::new(), 0);
        // The terminals at which a letter is being typed, and those of them where its header is over.
        let (mut open, mut body): (BTreeSet<TermId>, BTreeSet<TermId>) = (BTreeSet::new(), BTreeSet::new());
        for (_, line) in &script.lines {
            let ScriptLine::Type { term, text: typed } = line else {
                text.push(None);
                continue;
            };
            let typed = typed.lossy();
            let in_body = body.contains(term) && typed != ".";
            text.push(in_body.then_some(letter));
            if !open.contains(term) {
                if typed.trim().eq_ignore_ascii_case("data") {
                    open.insert(*term);
                    letter += 1;
                }
            } else if typed == "." {
                open.remove(term);
                body.remove(term);
            } else if typed.trim().is_empty() {
                body.insert(*term);
            }
        }
        Letters { text }
    }

    /// A letter may be longer than it must: one line of several makes no difference.
    fn is_one_of_several(&self, line: usize) -> bool {
        let of = self.text.get(line).copied().flatten();
        of.is_some() && self.text.iter().filter(|other| **other == of).count() > 1
    }

    fn both_in_text(&self, line: usize) -> bool {
        let at = |line: usize| self.text.get(line).copied().flatten();
        at(line).is_some() && at(line) == at(line + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_letter_is_told_from_its_header() {
        let script = "helo x\ndata\nSubject: a\n\none\n\ntwo\n.\n@2 data\n@2 \n@2 x\n@2 .\none\n";
        let letters = Letters::of(&Script::parse(script.as_bytes()).unwrap_or_default());
        let several: Vec<usize> = (0..13).filter(|line| letters.is_one_of_several(*line)).collect();
        assert_eq!(several, [4, 5, 6]);
        assert!(letters.both_in_text(5) && !letters.both_in_text(3) && !letters.both_in_text(6));
    }

    #[test]
    fn what_only_looks_or_ends_is_harmless() {
        for (line, is) in [
            ("quit", true),
            ("QUIT", true),
            ("a7 logout", true),
            ("@key ^]", true),
            ("@wait 60s", true),
            ("", true),
            ("cat letter.eml", true),
            ("dig +short MX example.org", true),
            ("noop", true),
            ("EHLO ws.lab.test", true),
            ("a1 noop", true),
            ("a1 uid fetch 1 full", true),
            ("RETR 1", true),
            ("rset", false),
            ("dele 1", false),
            ("a1 uid store 1 +flags x", false),
            ("@answer code 354", false),
            ("swaks --to x", false),
        ] {
            let script = Script::parse(format!("{line}\n").as_bytes()).unwrap_or_default();
            assert_eq!(script.lines.first().map(|(_, line)| harmless(line)), Some(is), "{line}");
        }
    }
}
