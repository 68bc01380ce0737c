//! `helo play` for somebody who sits at a terminal: the scenario's workstation line by line, without a browser.

use super::play::{report, show_moment, wire};
use super::screen::Screen;
use super::{CLEAN, Streams};
use crate::author::Player;
use crate::event::Key;
use crate::grade::Tick;
use crate::scenario::{Answer, Check, Drawn, Script, ScriptLine, Step};
use crate::units::{Lang, TermId};
use std::io::{self, BufRead, BufReader, Write};

/// What telnet's escape character is when a terminal hands it on within a line.
const ESCAPE: u8 = 0x1d;
/// The longest paste, in lines.
const PASTE: usize = 10_000;

/// Reads lines until the input ends, does each at once, and shows at the end what was said on the wire and earned.
pub(super) fn play(mut player: Player, lang: Lang, streams: &mut Streams<'_>) -> io::Result<u8> {
    let mut screen = Screen::default();
    story(player.attempt().drawn(), lang, streams.out)?;
    for entry in player.attempt().entries() {
        screen.event(&entry.event, streams.out)?;
    }
    streams.out.flush()?;
    let mut input = BufReader::new(&mut *streams.input);
    while let Some(text) = next(&mut input)? {
        match lines(&text) {
            Ok(lines) => {
                for line in lines {
                    let mut moment = player.perform(&line);
                    let settled = player.settle();
                    moment.entries.end = settled.entries.end;
                    moment.ticks.extend(settled.ticks);
                    show_moment(player.attempt(), &moment, lang, &mut screen, true, streams.out)?;
                    let told = player.attempt().report().is_told();
                    for tick in moment.ticks.iter().filter(|_| told) {
                        progress(player.attempt().drawn(), tick, lang, &mut screen, streams.out)?;
                    }
                }
            }
            Err(fault) => screen.note(&fault, streams.out)?,
        }
        streams.out.flush()?;
    }
    let moment = player.finish();
    show_moment(player.attempt(), &moment, lang, &mut screen, true, streams.out)?;
    screen.leave(streams.out)?;
    wire(player.attempt().entries(), streams.out)?;
    report(&player.attempt().report(), lang, streams.out)?;
    Ok(CLEAN)
}

/// The next line, or a whole paste from `@paste` to `@end`; `None` at the input's end.
fn next(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut text = Vec::new();
    if input.read_until(b'\n', &mut text)? == 0 {
        return Ok(None);
    }
    let pasted = text.trim_ascii().ends_with(b"paste") && text.starts_with(b"@");
    for _ in 0..PASTE {
        let line_ended = text.ends_with(b"\n@end\n") || text.ends_with(b"\n@end\r\n");
        if !pasted || line_ended || input.read_until(b'\n', &mut text)? == 0 {
            break;
        }
    }
    Ok(Some(text))
}

/// What was typed, as a script has it.
fn lines(text: &[u8]) -> Result<Vec<ScriptLine>, String> {
    if text.contains(&ESCAPE) {
        return Ok(vec![ScriptLine::Press { term: TermId(1), key: Key::Escape }]);
    }
    match Script::parse(text) {
        Ok(script) => Ok(script.lines.into_iter().map(|(_, line)| line).collect()),
        Err(faults) => Err(faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("\n")),
    }
}

/// What it is about, what is to be done, and how to do what is no typing.
fn story(drawn: &Drawn, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n\n{}\n", drawn.title.get(lang), drawn.brief.get(lang).trim())?;
    for step in drawn.steps.iter() {
        writeln!(out, "[{}] {} ({})", step.id, step.title.get(lang), step.points)?;
        for line in step.task.get(lang).trim().lines() {
            writeln!(out, "    {line}")?;
        }
        question(step, lang, out)?;
    }
    writeln!(
        out,
        "\n{}\n",
        match (drawn.exam, lang) {
            (false, Lang::De) =>
                "@hint SCHRITT nimmt einen Hinweis, @answer SCHRITT TEXT beantwortet eine Frage, @wait 10m lässt Zeit \
                         vergehen,\n@key ^C drückt eine Taste, @2 ZEILE tippt an Terminal 2. Strg-D beendet und zeigt den Bericht.",
            (false, Lang::En) =>
                "@hint STEP takes a hint, @answer STEP TEXT answers a question, @wait 10m lets time pass,\n\
                         @key ^C presses a key, @2 LINE types at terminal 2. Ctrl-D ends and shows the report.",
            (true, Lang::De) =>
                "Das ist eine Prüfung: keine Hinweise, und von mehreren Antworten zählt die letzte. @answer SCHRITT TEXT beantwortet\n\
                         eine Frage, @hand-in gibt ab, @wait 10m lässt Zeit vergehen, @key ^C drückt eine Taste, @2 ZEILE tippt an Terminal 2.\n\
                         Strg-D beendet, gibt ab, was nicht abgegeben ist, und zeigt den Bericht.",
            (true, Lang::En) =>
                "This is an exam: no hints, and of several answers the last one counts. @answer STEP TEXT answers a question,\n\
                         @hand-in hands in, @wait 10m lets time pass, @key ^C presses a key, @2 LINE types at terminal 2.\n\
                         Ctrl-D ends, hands in what is not handed in, and shows the report.",
        }
    )
}

/// What is asked, and the ids of what there is to choose from.
fn question(step: &Step, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let Check::Question { ask, answer, .. } = &step.check else { return Ok(()) };
    for line in ask.get(lang).trim().lines() {
        writeln!(out, "    {line}")?;
    }
    let id = &step.id;
    let (options, how) = match (answer, lang) {
        (Answer::Choice { options, .. }, Lang::De) => (options, format!("@answer {id} und eines davon:")),
        (Answer::Choice { options, .. }, Lang::En) => (options, format!("@answer {id} and one of these:")),
        (Answer::Several { options, .. }, Lang::De) => {
            (options, format!("@answer {id} und alle, die stimmen, mit Komma dazwischen:"))
        }
        (Answer::Several { options, .. }, Lang::En) => {
            (options, format!("@answer {id} and all that are right, with commas between them:"))
        }
        _ => return Ok(()),
    };
    writeln!(out, "    {how}")?;
    for (id, text) in options {
        writeln!(out, "      {id}: {}", text.get(lang))?;
    }
    Ok(())
}

/// Says that a step is done.
fn progress(
    drawn: &Drawn,
    tick: &Tick,
    lang: Lang,
    screen: &mut Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Tick::Progress { step, points, done: true, .. } = tick else { return Ok(()) };
    let title = drawn.steps.iter().find(|s| s.id == *step).map_or("", |s| s.title.get(lang));
    let done = match lang {
        Lang::De => "geschafft",
        Lang::En => "done",
    };
    screen.note(&format!("✓ {title}: {done} ({points})"), out)
}
