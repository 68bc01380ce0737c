//! All files of the folder, each with how it stands.

use super::{desk, encoded, mark, standing, stem};
use crate::web::Site;
use crate::web::assets;
use crate::web::error::Problem;
use crate::web::pages::{Frame, page};
use crate::web::ui::Ui;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

/// A file.
#[derive(Debug)]
struct Line {
    /// As addresses name it.
    file: String,
    name: String,
    /// The scenario's title; the file's name where nobody could read one yet.
    title: String,
    state: &'static str,
    said: Vec<String>,
}

#[derive(Template)]
#[template(path = "author/list.html")]
struct ListPage {
    ui: &'static Ui,
    frame: Frame,
    files: Vec<Line>,
    mark: String,
    script: String,
}

/// `GET /author`.
pub(super) async fn get(State(site): State<Site>, headers: HeaderMap) -> Response {
    let ui = Ui::for_browser(&headers);
    match shown(ui, &site) {
        Ok(template) => page(&template, &headers),
        Err(problem) => problem.page_in(ui),
    }
}

fn shown(ui: &'static Ui, site: &Site) -> Result<ListPage, Problem> {
    let desk = desk(site)?;
    let files = desk.look(|shelf| {
        let line = |(name, draft): (&str, &crate::author::Draft)| {
            let verdict = draft.good.as_ref().and_then(|good| desk.verdict(good.hash()));
            let (state, said) = standing(ui, draft, verdict.as_ref());
            let title = draft.good.as_ref().map(|good| good.title().get(ui.lang).to_owned());
            Line {
                file: encoded(&stem(name)),
                name: name.to_owned(),
                title: title.unwrap_or_else(|| stem(name)),
                state,
                said,
            }
        };
        shelf.files().map(line).collect()
    });
    Ok(ListPage {
        ui,
        frame: Frame::new(ui, "author", &ui.t("author"), "/author"),
        files,
        mark: marks(site)?,
        script: assets::address("js/author.js"),
    })
}

fn marks(site: &Site) -> Result<String, Problem> {
    let desk = desk(site)?;
    let marks = desk.look(|shelf| {
        let each = shelf.files().map(|(name, draft)| {
            let verdict = draft.good.as_ref().and_then(|good| desk.verdict(good.hash()));
            format!("{name} {}", mark(draft, verdict.as_ref()))
        });
        each.collect::<Vec<_>>().join(" ")
    });
    Ok(marks)
}

/// `GET /author/state`: another as soon as the page would show something else.
pub(super) async fn state(State(site): State<Site>, headers: HeaderMap) -> Response {
    match marks(&site) {
        Ok(mark) => super::marked(&mark),
        Err(problem) => problem.page(&headers),
    }
}

/// `POST /author/check`: has all scripts played.
pub(super) async fn check(State(site): State<Site>, headers: HeaderMap) -> Response {
    let desk = match desk(&site) {
        Ok(desk) => desk,
        Err(problem) => return problem.page(&headers),
    };
    for scenario in desk.look(crate::author::Shelf::offered) {
        desk.judge(&scenario);
    }
    Redirect::to("/author").into_response()
}
