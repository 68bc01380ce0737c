//! A script played back, line by line: what was typed, what came, which points it earned, what was said.

use super::desk::{Desk, ScriptName};
use super::{desk, encoded, find, playable};
use crate::author::{Playback, PlayedLine};
use crate::explain::Explainer;
use crate::grade::Tick;
use crate::scenario::{Scenario, ScriptLine};
use crate::units::{Lang, TermId};
use crate::web::Site;
use crate::web::error::Problem;
use crate::web::markup;
use crate::web::pages::{Frame, page};
use crate::web::shown::Shown;
use crate::web::ui::Ui;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// Which attempt a script is played on, and up to which of its lines.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Choice {
    pub(super) seed: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) line: Option<String>,
    /// For a preview: the script that is put in first.
    pub(super) script: Option<String>,
}

impl Choice {
    /// The seed; 1 where nothing is said.
    pub(super) fn seed(&self) -> Result<u64, Problem> {
        match self.seed.as_deref().map(str::trim) {
            None | Some("") => Ok(1),
            Some(seed) => seed.parse().map_err(|_| Problem::BadRequest),
        }
    }

    /// The world's language; the page's where nothing is said.
    pub(super) fn lang(&self, ui: &Ui) -> Lang {
        self.lang.as_deref().and_then(|lang| lang.parse().ok()).unwrap_or(ui.lang)
    }

    /// How many lines, of so many.
    pub(super) fn lines(&self, all: usize) -> usize {
        self.line.as_deref().and_then(|n| n.parse().ok()).unwrap_or(0).min(all)
    }
}

/// A line that has been played.
#[derive(Debug)]
struct Line {
    /// Its place, from 1.
    place: usize,
    /// The terminal, where it is not the first.
    terminal: Option<String>,
    /// What was typed or done; nothing for the time after the last line.
    typed: Option<Shown>,
    printed: Vec<(Option<String>, Shown)>,
    /// Points, and the step they are in.
    earned: Vec<(String, bool)>,
    /// As HTML.
    said: Vec<String>,
}

#[derive(Template)]
#[template(path = "author/playback.html")]
struct PlaybackPage {
    ui: &'static Ui,
    frame: Frame,
    file: String,
    title: String,
    kind: String,
    name: String,
    script: ScriptName,
    seed: u64,
    lang: &'static str,
    lines: Vec<Line>,
    coming: Vec<Shown>,
    at: usize,
    all: usize,
    progress: String,
    points: String,
    percent: i64,
}

/// `GET /author/{file}/play/{script}`.
pub(super) async fn get(
    State(site): State<Site>,
    Path((file, script)): Path<(String, String)>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Response {
    let ui = Ui::for_browser(&headers);
    match shown(ui, &site, &file, &script, &choice).await {
        Ok(template) => page(&template, &headers),
        Err(problem) => problem.page_in(ui),
    }
}

/// A script as it was played on the last good version of a file.
pub(super) async fn played(
    desk: &Desk,
    scenario: &Arc<Scenario>,
    script: ScriptName,
    choice: &Choice,
    ui: &Ui,
) -> Result<Arc<Playback>, Problem> {
    let (seed, lang) = (choice.seed()?, choice.lang(ui));
    match desk.play(scenario, script, seed, lang).await {
        Some(Ok(playback)) => Ok(playback),
        Some(Err(faults)) => {
            Err(Problem::Lab(crate::lab::LabError::Scenario { id: scenario.id().to_owned(), faults }))
        }
        None => Err(Problem::NotFound),
    }
}

async fn shown(
    ui: &'static Ui,
    site: &Site,
    file: &str,
    script: &str,
    choice: &Choice,
) -> Result<PlaybackPage, Problem> {
    let desk = desk(site)?;
    let (_, draft) = find(desk, file)?;
    let scenario = playable(&draft)?;
    let script = ScriptName::parse(script).ok_or(Problem::NotFound)?;
    let playback = played(desk, scenario, script, choice, ui).await?;
    let (seed, lang) = (choice.seed()?, choice.lang(ui));
    let trials = scenario.draw_trials(seed, lang).map_err(|_| Problem::NotFound)?;
    let (name, _) = script.of(&trials).ok_or(Problem::NotFound)?;
    let all = playback.lines.len();
    let at = choice.lines(all);
    let (done, coming) = playback.lines.split_at_checked(at).unwrap_or((&playback.lines, &[]));
    let points = done.last().map(|line| line.points).unwrap_or_default();
    let kind = match script {
        ScriptName::Solution(_) => ui.t("author-solution"),
        ScriptName::Counterexample(_) => ui.t("author-counterexample"),
    };
    let title = scenario.title().get(ui.lang).to_owned();
    let address =
        format!("/author/{}/play/{script}?seed={seed}&lang={}&line={at}", encoded(file), lang.code());
    let counted = [("line", at.into()), ("all", all.into())];
    Ok(PlaybackPage {
        frame: Frame::new(ui, "author", &format!("{name} · {title}"), &address),
        file: encoded(file),
        name: name.to_owned(),
        lines: done.iter().zip(1..).map(|(line, place)| line_shown(ui, line, place)).collect(),
        coming: coming.iter().filter_map(|line| line.line.as_ref()).map(|line| typed(line).1).collect(),
        progress: ui.with("author-played", &counted),
        points: crate::web::steps::points_of(ui, points, playback.max),
        percent: (points.0 * 100 / playback.max.0.max(1)).clamp(0, 100),
        lang: lang.code(),
        kind,
        title,
        script,
        seed,
        at,
        all,
        ui,
    })
}

fn line_shown(ui: &Ui, played: &PlayedLine, place: usize) -> Line {
    let terminal = |term: TermId| (term != TermId(1)).then(|| ui.x("author-terminal", term.0));
    let (term, typed) = match &played.line {
        Some(line) => {
            let (term, text) = typed(line);
            (term.and_then(terminal), Some(text))
        }
        None => (None, None),
    };
    let earned = played.earned.iter().map(|(step, points, done)| {
        let sign = if points.0 > 0 { "+" } else { "" };
        let points = format!("{sign}{}", ui.points(*points));
        (ui.with("author-earned", &[("points", points.into()), ("step", step.clone().into())]), *done)
    });
    let said = played.said.iter().filter_map(|tick| match tick {
        Tick::Said { said, .. } => Some(markup::inline(said.text.get(ui.lang))),
        Tick::Slip(slip) => Some(match &slip.text {
            Some(text) => markup::inline(text.get(ui.lang)),
            None => Shown::text(&Explainer::of(ui.lang).explain_mistake(slip.mistake).text).to_string(),
        }),
        Tick::Progress { .. } => None,
    });
    Line {
        place,
        terminal: term,
        typed,
        printed: played
            .printed
            .iter()
            .map(|(term, text)| (terminal(*term), Shown::text(text.trim_end())))
            .collect(),
        earned: earned.collect(),
        said: said.collect(),
    }
}

/// What is done, as a script has it, and at which terminal.
fn typed(line: &ScriptLine) -> (Option<TermId>, Shown) {
    match line {
        ScriptLine::Type { term, text } => (Some(*term), Shown::octets(text)),
        ScriptLine::Paste { term, text } => {
            let mut octets = b"@paste\n".to_vec();
            octets.extend_from_slice(text);
            octets.extend_from_slice(b"@end");
            (Some(*term), Shown::octets(&octets))
        }
        ScriptLine::Keys { term, octets } => (Some(*term), Shown::text(&format!("@keys {}", octets.lossy()))),
        ScriptLine::Press { term, key } => (Some(*term), Shown::text(&format!("@key {}", key.name()))),
        ScriptLine::Wait(time) => {
            let (seconds, millis) = (time.as_secs(), time.subsec_millis());
            let text = if millis > 0 {
                format!("@wait {}ms", time.as_millis())
            } else {
                format!("@wait {seconds}s")
            };
            (None, Shown::text(&text))
        }
        ScriptLine::Hint { step } => (None, Shown::text(&format!("@hint {step}"))),
        ScriptLine::Answer { step, text } => (None, Shown::text(&format!("@answer {step} {text}"))),
        ScriptLine::HandIn => (None, Shown::text("@hand-in")),
    }
}
