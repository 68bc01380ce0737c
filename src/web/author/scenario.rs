//! One file: how it stands, what is wrong with it, its scripts, a preview, and its text.

use super::desk::{ScriptName, Verdict};
use super::text::{Fault, Row, faults, rows};
use super::{desk, encoded, find, mark, standing};
use crate::author::Draft;
use crate::scenario::{Diagnostic, Scenario};
use crate::units::Lang;
use crate::web::Site;
use crate::web::assets;
use crate::web::error::Problem;
use crate::web::pages::{Frame, page};
use crate::web::ui::Ui;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

/// A script that can be played back.
#[derive(Debug)]
struct Listed {
    /// As addresses name it.
    script: ScriptName,
    /// Solution or counterexample, in the page's language.
    kind: String,
    /// The name its author gave it.
    name: String,
}

#[derive(Template)]
#[template(path = "author/scenario.html")]
struct ScenarioPage {
    ui: &'static Ui,
    frame: Frame,
    file: String,
    name: String,
    title: String,
    state: &'static str,
    said: Vec<String>,
    faults: Vec<Fault>,
    rows: Vec<Row>,
    scripts: Vec<Listed>,
    playable: bool,
    mark: String,
    script: String,
}

/// `GET /author/{file}`.
pub(super) async fn get(State(site): State<Site>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let ui = Ui::for_browser(&headers);
    match shown(ui, &site, &file) {
        Ok(template) => page(&template, &headers),
        Err(problem) => problem.page_in(ui),
    }
}

/// The file, and what came of playing its scripts: whoever looks has them played.
fn judged(site: &Site, file: &str) -> Result<(String, Draft, Option<Verdict>), Problem> {
    let desk = desk(site)?;
    let (name, draft) = find(desk, file)?;
    let verdict = draft.good.as_ref().filter(|_| draft.is_current()).map(|good| desk.judge(good));
    Ok((name, draft, verdict))
}

fn shown(ui: &'static Ui, site: &Site, file: &str) -> Result<ScenarioPage, Problem> {
    let (name, draft, verdict) = judged(site, file)?;
    let (state, said) = standing(ui, &draft, verdict.as_ref());
    let mut found: Vec<Diagnostic> = draft.faults.to_vec();
    if let (true, Some(Verdict::Found(more))) = (draft.is_current(), &verdict) {
        found.extend(more.iter().cloned());
    }
    let good = draft.good.as_ref();
    let title = good.map_or_else(|| file.to_owned(), |good| good.title().get(ui.lang).to_owned());
    let address = format!("/author/{}", encoded(file));
    Ok(ScenarioPage {
        frame: Frame::new(ui, "author", &title, &address),
        file: encoded(file),
        name,
        state,
        said,
        faults: faults(ui, &draft.text, &found),
        rows: rows(ui, &draft.text, &found),
        scripts: good.map(|good| scripts(ui, good)).unwrap_or_default(),
        playable: good.is_some(),
        mark: mark(&draft, verdict.as_ref()),
        script: assets::address("js/author.js"),
        title,
        ui,
    })
}

fn scripts(ui: &Ui, scenario: &Scenario) -> Vec<Listed> {
    // Names and number of the scripts are the same under all seeds.
    let Ok(trials) = scenario.draw_trials(1, Lang::En) else { return Vec::new() };
    let solutions = trials.solutions.iter().zip(1..).map(|(solution, n)| Listed {
        script: ScriptName::Solution(n),
        kind: ui.t("author-solution"),
        name: solution.name.clone(),
    });
    let counterexamples = trials.counterexamples.iter().zip(1..).map(|(example, n)| Listed {
        script: ScriptName::Counterexample(n),
        kind: ui.t("author-counterexample"),
        name: example.name.clone(),
    });
    solutions.chain(counterexamples).collect()
}

/// `GET /author/{file}/state`: another as soon as the page would show something else.
pub(super) async fn state(
    State(site): State<Site>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    match judged(&site, &file) {
        Ok((_, draft, verdict)) => super::marked(&mark(&draft, verdict.as_ref())),
        Err(problem) => problem.page(&headers),
    }
}
