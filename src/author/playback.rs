//! A script played line by line, with what each line brought about: what was shown, which points it earned, what was said.

use super::player::{KEYSTROKES, Moment, Player};
use crate::attempt::Input;
use crate::event::Event;
use crate::grade::Tick;
use crate::scenario::{Diagnostic, Scenario, Script, ScriptLine};
use crate::units::{Lang, Points, TermId};
use std::time::Duration;

/// A script as it was played.
#[derive(Debug, Clone, PartialEq)]
pub struct Playback {
    /// Each line, and at the end the time in which mail on its way arrives.
    pub lines: Vec<PlayedLine>,
    /// What could be earned.
    pub max: Points,
    /// Everything that was done to the attempt, each with the time that passed before it.
    pub inputs: Vec<(Duration, Input)>,
}

/// One line of a script, and what it brought about.
#[derive(Debug, Clone, PartialEq)]
pub struct PlayedLine {
    /// Its number in the script, from 1; 0 for the time after the last line.
    pub number: usize,
    /// What was done; `None` for that time.
    pub line: Option<ScriptLine>,
    /// What the terminals showed, in order.
    pub printed: Vec<(TermId, String)>,
    /// The steps that came on: id, the points that this line brought, done.
    pub earned: Vec<(String, Points, bool)>,
    /// What was said of mistakes.
    pub said: Vec<Tick>,
    /// All points so far.
    pub points: Points,
    /// How many inputs there were when it was done.
    pub inputs: usize,
}

/// Plays a script under this seed in this language.
///
/// # Errors
/// What is wrong with the scenario under this seed.
pub fn play_back(
    scenario: &Scenario,
    seed: u64,
    lang: Lang,
    script: &Script,
) -> Result<Playback, Vec<Diagnostic>> {
    let mut player = Player::begin(scenario, seed, lang)?;
    let mut lines = Vec::new();
    for (number, line) in &script.lines {
        let before = points(&player);
        let moment = player.perform(line);
        lines.push(played(&player, *number, Some(line.clone()), moment, &before));
    }
    let before = points(&player);
    let moment = player.finish();
    lines.push(played(&player, 0, None, moment, &before));
    let max = player.attempt().report().max_points;
    Ok(Playback { lines, max, inputs: player.inputs() })
}

/// The points of each step.
fn points(player: &Player) -> Vec<(String, Points)> {
    player.attempt().report().steps.into_iter().map(|step| (step.id, step.points)).collect()
}

fn played(
    player: &Player,
    number: usize,
    line: Option<ScriptLine>,
    moment: Moment,
    before: &[(String, Points)],
) -> PlayedLine {
    let report = player.attempt().report();
    let inputs = usize::try_from(player.attempt().last_input().0).unwrap_or(usize::MAX);
    let entries = player.attempt().entries().get(moment.entries).unwrap_or_default();
    let mut printed: Vec<(TermId, String)> = Vec::new();
    for entry in entries {
        let Event::Printed { term, text, .. } = &entry.event else { continue };
        match printed.last_mut() {
            Some((last, shown)) if last == term => shown.push_str(text),
            _ => printed.push((*term, text.clone())),
        }
    }
    let done = |id: &str| {
        moment.ticks.iter().any(|t| matches!(t, Tick::Progress { step, done: true, .. } if step == id))
    };
    let came_on = report.steps.iter().zip(before).filter_map(|(now, (_, was))| {
        let (more, done) = (now.points - *was, done(&now.id));
        (more != Points::ZERO || done).then(|| (now.id.clone(), more, done))
    });
    let earned = came_on.collect();
    let said = moment.ticks.into_iter().filter(|tick| !matches!(tick, Tick::Progress { .. })).collect();
    PlayedLine { number, line, printed, earned, said, points: report.points, inputs }
}

/// What a learner at an attempt in the lab does to have done the same: each input, with the time to be let pass before it.
/// The seconds that typing takes are made up for where time is let pass anyway.
pub fn schedule(inputs: &[(Duration, Input)]) -> Vec<(Duration, Input)> {
    let mut typing = Duration::ZERO;
    let mut planned = Vec::new();
    for (after, input) in inputs {
        match input {
            Input::Pass => planned.push((*after + std::mem::take(&mut typing), Input::Pass)),
            _ => {
                typing += (*after).min(KEYSTROKES);
                planned.push((Duration::ZERO, input.clone()));
            }
        }
    }
    planned
}
