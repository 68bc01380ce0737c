//! `helo play`: a script from standard input, played on a scenario, with all that came of it.

use super::args::Parsed;
use super::screen::Screen;
use super::{CLEAN, FAULTS, Streams, USAGE, live, scenario_file};
use crate::attempt::Attempt;
use crate::author::{Moment, Player};
use crate::capture::{WireLine, wire_lines};
use crate::event::{ConnectFailure, Entry, Event};
use crate::explain::Explainer;
use crate::grade::{Report, Slip, Tick};
use crate::scenario::{Answer, Check, Diagnostic, Scenario, Script, ScriptFault, ScriptLine, Step, render};
use crate::units::{ConnId, EventNo, Lang, Points, visible};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(parsed: &Parsed, streams: &mut Streams<'_>) -> io::Result<u8> {
    let (seed, lang) = match (seed(parsed), lang(parsed)) {
        (Ok(seed), Ok(lang)) => (seed, lang),
        (Err(fault), _) | (_, Err(fault)) => return usage(streams, &fault),
    };
    let Some(file) = parsed.operands.first() else { return usage(streams, "`helo play` needs FILE") };
    let (name, text) = match scenario_file(Path::new(file)) {
        Ok(read) => read,
        Err(fault) => return usage(streams, &fault),
    };
    let faulty = |streams: &mut Streams<'_>, faults: &[Diagnostic]| {
        write!(streams.err, "{}", render(&name, &text, faults, streams.colour)).map(|()| FAULTS)
    };
    let scenario = match Scenario::load(&name, &text) {
        Ok(scenario) => scenario,
        Err(faults) => return faulty(streams, &faults),
    };
    if streams.typed && parsed.option("json").is_none() {
        return match Player::begin(&scenario, seed, lang) {
            Ok(player) => live::play(player, lang, streams),
            Err(faults) => faulty(streams, &faults),
        };
    }
    let mut typed = Vec::new();
    if let Err(fault) = streams.input.read_to_end(&mut typed) {
        return usage(streams, &format!("standard input: {fault}"));
    }
    let script = match Script::parse(&typed) {
        Ok(script) => script,
        Err(faults) => return script_faults(&faults, streams),
    };
    let player = match Player::begin(&scenario, seed, lang) {
        Ok(player) => player,
        Err(faults) => return faulty(streams, &faults),
    };
    let faults = steps_not_there(&script, &player.attempt().drawn().steps);
    if !faults.is_empty() {
        script_faults(&faults, streams)
    } else if parsed.option("json").is_some() {
        play_json(player, (scenario.id(), seed), &script, lang, streams.out)
    } else {
        play_text(player, &script, lang, streams.out)
    }
}

/// `@hint` and `@answer` lines for steps that the scenario does not have, or that ask nothing.
fn steps_not_there(script: &Script, steps: &[Step]) -> Vec<ScriptFault> {
    let names = |of: &dyn Fn(&Step) -> bool| {
        let ids: Vec<&str> = steps.iter().filter(|s| of(s)).map(|s| s.id.as_str()).collect();
        if ids.is_empty() { "no step".to_owned() } else { ids.join(", ") }
    };
    let asks = |s: &Step| matches!(s.check, Check::Question { .. });
    let faults = script.lines.iter().filter_map(|(line, what)| {
        let message = match what {
            ScriptLine::Hint { step } if !steps.iter().any(|s| s.id == *step) => {
                format!("there is no step `{step}`; the scenario has {}", names(&|_| true))
            }
            ScriptLine::Answer { step, .. } if !steps.iter().any(|s| s.id == *step && asks(s)) => {
                format!("no step `{step}` asks a question; questions are asked by {}", names(&asks))
            }
            _ => return None,
        };
        Some(ScriptFault { line: *line, message })
    });
    faults.collect()
}

fn usage(streams: &mut Streams<'_>, fault: &str) -> io::Result<u8> {
    writeln!(streams.err, "helo: {fault}").map(|()| USAGE)
}

pub(super) fn seed(parsed: &Parsed) -> Result<u64, String> {
    let Some(seed) = parsed.option("seed") else { return Ok(1) };
    seed.parse().map_err(|_| format!("`--seed {seed}`: a seed is a whole number from 0 to {}", u64::MAX))
}

pub(super) fn lang(parsed: &Parsed) -> Result<Lang, String> {
    let Some(lang) = parsed.option("lang") else { return Ok(Lang::En) };
    lang.parse().map_err(|()| format!("`--lang {lang}`: there are de and en"))
}

fn script_faults(faults: &[ScriptFault], streams: &mut Streams<'_>) -> io::Result<u8> {
    for fault in faults {
        // The message may quote what stood there, whatever octets it was.
        let message = visible(fault.message.as_bytes());
        writeln!(streams.err, "helo: standard input, line {}: {message}", fault.line)?;
    }
    Ok(USAGE)
}

fn play_json(
    mut player: Player,
    (scenario, seed): (&str, u64),
    script: &Script,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<u8> {
    for (_, line) in &script.lines {
        player.perform(line);
    }
    player.finish();
    let attempt = player.attempt();
    let report = attempt.report();
    let played = json!({
        "scenario": scenario,
        "seed": seed,
        "points": report.points,
        "max_points": report.max_points,
        "steps": steps_json(&report, lang),
        "events": attempt.entries(),
    });
    serde_json::to_writer(&mut *out, &played).map_err(io::Error::from)?;
    writeln!(out).map(|()| CLEAN)
}

/// What came of each step.
pub(super) fn steps_json(report: &Report, lang: Lang) -> Value {
    let steps = report.steps.iter().map(|step| {
        let said: Vec<&str> = step.said.iter().map(|said| said.text.get(lang)).collect();
        json!({
            "id": step.id, "points": step.points, "max": step.max, "evidence": step.evidence, "said": said,
        })
    });
    steps.collect()
}

fn play_text(mut player: Player, script: &Script, lang: Lang, out: &mut dyn Write) -> io::Result<u8> {
    let mut screen = Screen::default();
    for entry in player.attempt().entries() {
        screen.event(&entry.event, out)?;
    }
    for (_, line) in &script.lines {
        let moment = player.perform(line);
        show_moment(player.attempt(), &moment, lang, &mut screen, false, out)?;
        if matches!(line, ScriptLine::Hint { .. }) && !hinted(player.attempt(), &moment) {
            screen.note(no_hint(lang), out)?;
        }
    }
    let moment = player.finish();
    show_moment(player.attempt(), &moment, lang, &mut screen, false, out)?;
    screen.leave(out)?;
    wire(player.attempt().entries(), out)?;
    report(&player.attempt().report(), lang, out)?;
    Ok(CLEAN)
}

/// Shows what a line brought about: on the terminals, and after that what was hinted, answered and said. `echoed`: whoever typed
/// the line has seen it.
pub(super) fn show_moment(
    attempt: &Attempt,
    moment: &Moment,
    lang: Lang,
    screen: &mut Screen,
    echoed: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut notes: Vec<String> = Vec::new();
    let said = moment.ticks.iter().filter_map(|tick| match tick {
        Tick::Said { said, .. } => Some(said.text.get(lang).to_owned()),
        Tick::Slip(slip) => Some(slip_text(slip, lang)),
        Tick::Progress { .. } => None,
    });
    for entry in attempt.entries().get(moment.entries.clone()).unwrap_or_default() {
        if echoed {
            screen.echoed(&entry.event, out)?
        } else {
            screen.event(&entry.event, out)?
        }
        match &entry.event {
            Event::HintTaken { step, number } => notes.push(hint(attempt, step, *number, lang)),
            Event::Answered { step, text } => {
                notes.extend(no_option(attempt, step, text, lang));
                notes.extend(answered(attempt, moment, (entry.n, step), lang));
            }
            Event::HandedIn {} => notes.push(handed_in(&attempt.report(), lang)),
            _ => {}
        }
    }
    // An exam tells nothing by the way.
    if !attempt.drawn().exam {
        notes.extend(said);
    }
    notes.iter().try_for_each(|note| screen.note(note, out))
}

/// What is said of a mistake of the shared catalogue.
fn slip_text(slip: &Slip, lang: Lang) -> String {
    match &slip.text {
        Some(text) => text.get(lang).to_owned(),
        None => Explainer::of(lang).explain_mistake(slip.mistake).text,
    }
}

fn hint(attempt: &Attempt, step: &str, number: u32, lang: Lang) -> String {
    let step = attempt.drawn().steps.iter().find(|s| s.id == step);
    let place = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let hint = step.and_then(|s| s.hints.get(place));
    let Some(hint) = hint else { return String::new() };
    let text = hint.text.get(lang);
    match lang {
        Lang::De => format!("Hinweis {number} (Preis {}): {text}", hint.cost),
        Lang::En => format!("Hint {number} (costs {}): {text}", hint.cost),
    }
}

fn hinted(attempt: &Attempt, moment: &Moment) -> bool {
    let entries = attempt.entries().get(moment.entries.clone()).unwrap_or_default();
    entries.iter().any(|entry| matches!(entry.event, Event::HintTaken { .. }))
}

fn no_hint(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "Hier gibt es keinen weiteren Hinweis.",
        Lang::En => "There is no other hint here.",
    }
}

/// Names what of an answer is none of the options there are to choose from, and which there are.
fn no_option(attempt: &Attempt, step: &str, text: &str, lang: Lang) -> Option<String> {
    let step = attempt.drawn().steps.iter().find(|s| s.id == step)?;
    let Check::Question { answer, .. } = &step.check else { return None };
    let (options, chosen): (_, Vec<&str>) = match answer {
        Answer::Several { options, .. } => (options, text.split(',').map(str::trim).collect()),
        Answer::Choice { options, .. } => (options, vec![text.trim()]),
        _ => return None,
    };
    let known = |id: &str| options.iter().any(|(option, _)| option.eq_ignore_ascii_case(id));
    let other = chosen.into_iter().find(|id| !known(id))?;
    let ids = options.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ");
    let other = visible(other.as_bytes());
    Some(match lang {
        Lang::De => format!("„{other}“ steht nicht zur Wahl; es gibt {ids}."),
        Lang::En => format!("\u{201c}{other}\u{201d} is no option; there are {ids}."),
    })
}

/// What handing in has come to.
fn handed_in(report: &Report, lang: Lang) -> String {
    match lang {
        Lang::De => format!(
            "Abgegeben: {} von {} Punkten. Was jetzt noch kommt, zählt nicht mehr.",
            report.points, report.max_points
        ),
        Lang::En => format!(
            "Handed in: {} of {} points. What comes now does not count any more.",
            report.points, report.max_points
        ),
    }
}

/// What to say to an answer; nothing where the scenario has a word of its own for it.
fn answered(attempt: &Attempt, moment: &Moment, (n, step): (EventNo, &str), lang: Lang) -> Option<String> {
    if attempt.report().handed_in.is_some_and(|handed_in| handed_in < n) {
        let late = match lang {
            Lang::De => "Abgegeben ist abgegeben: Diese Antwort zählt nicht mehr.",
            Lang::En => "What is handed in is handed in: this answer does not count any more.",
        };
        return Some(late.to_owned());
    }
    if attempt.drawn().exam {
        let noted = match lang {
            Lang::De => "Die Antwort ist notiert.",
            Lang::En => "The answer is noted.",
        };
        return Some(noted.to_owned());
    }
    let right = |tick: &Tick| matches!(tick, Tick::Progress { step: of, done: true, .. } if of == step);
    let done = attempt.report().steps.iter().any(|s| s.id == step && s.done);
    let text = match (moment.ticks.iter().any(right), done, lang) {
        (true, _, Lang::De) => "Richtig.",
        (true, _, Lang::En) => "Right.",
        (false, true, Lang::De) => "Die Frage ist schon richtig beantwortet.",
        (false, true, Lang::En) => "The question is answered already.",
        (false, false, _) if !moment.ticks.is_empty() => return None,
        (false, false, Lang::De) => "Das ist es nicht.",
        (false, false, Lang::En) => "That is not it.",
    };
    Some(text.to_owned())
}

/// The conversations, connection by connection.
pub(super) fn wire(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let mut lines: BTreeMap<ConnId, Vec<WireLine>> = BTreeMap::new();
    for line in wire_lines(entries) {
        lines.entry(line.conn).or_default().push(line);
    }
    for entry in entries {
        match &entry.event {
            Event::Connected { conn, from, to } => {
                writeln!(out, "\n--- connection {conn}: {} -> {} port {} ---", from.host, to.host, to.port)?;
                for line in lines.get(conn).into_iter().flatten() {
                    writeln!(out, "{line}")?;
                }
            }
            Event::ConnectFailed { conn, from, to, why } => {
                let (from, to, port) = (&from.host, &to.host, to.port);
                writeln!(out, "\n--- connection {conn}: {from} -> {to} port {port}: {} ---", failure(*why))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn failure(why: ConnectFailure) -> &'static str {
    match why {
        ConnectFailure::Refused => "refused",
        ConnectFailure::TimedOut => "timed out",
        ConnectFailure::Unreachable => "unreachable",
        ConnectFailure::TooMany => "too many connections",
        ConnectFailure::GivenUp => "given up",
    }
}

pub(super) fn report(report: &Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let word = |de: &'static str, en: &'static str| match lang {
        Lang::De => de,
        Lang::En => en,
    };
    writeln!(out, "\n--- {} ---", word("Bericht", "report"))?;
    let of = word("von", "of");
    let width = report.steps.iter().map(|s| s.id.len()).max().unwrap_or_default();
    for step in &report.steps {
        write!(out, "{:width$}  {} {of} {}", step.id, step.points, step.max)?;
        if !step.evidence.is_empty() {
            let numbers: Vec<String> = step.evidence.iter().map(ToString::to_string).collect();
            write!(out, "  ({} {})", word("Belege: Ereignisse", "evidence: events"), numbers.join(", "))?;
        }
        if step.hints > 0 {
            write!(out, "  ({}: {})", word("Hinweise", "hints"), step.hints)?;
        }
        writeln!(out)?;
        for said in &step.said {
            let text = said.text.get(lang).lines().collect::<Vec<_>>().join(" ");
            writeln!(out, "{:width$}  # {text} ({} {})", "", word("Ereignis", "event"), said.event)?;
        }
    }
    for slip in &report.slips {
        let text = slip_text(slip, lang).lines().collect::<Vec<_>>().join(" ");
        writeln!(out, "# {text} ({} {})", word("Ereignis", "event"), slip.event)?;
    }
    if report.steps.is_empty() {
        return writeln!(out, "{}", word("Aufgaben gab es hier keine.", "There were no tasks here."));
    }
    let (points, max): (Points, Points) = (report.points, report.max_points);
    writeln!(out, "{}: {points} {of} {max}", word("Punkte", "points"))
}
