//! The author's pages: what is wrong with each scenario of the folder, its text, previews, and its scripts played back.

mod desk;
mod kinds;
mod list;
mod playback;
mod preview;
mod scenario;
mod text;

pub use desk::Desk;
pub(super) use preview::is_preview;

use super::Site;
use super::error::Problem;
use super::ui::Ui;
use crate::author::Draft;
use crate::scenario::Scenario;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::Verdict;
use std::path::Path;
use std::sync::Arc;

/// The pages below `/author`.
pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/author", get(list::get))
        .route("/author/check", post(list::check))
        .route("/author/state", get(list::state))
        .route("/author/{file}", get(scenario::get))
        .route("/author/{file}/state", get(scenario::state))
        .route("/author/{file}/preview", post(preview::begin))
        .route("/author/{file}/play/{script}", get(playback::get))
}

/// The desk, where a folder is being served.
fn desk(site: &Site) -> Result<&Desk, Problem> {
    site.desk.as_ref().ok_or(Problem::NotFound)
}

/// A file as the pages name it: its name without folder and ending.
fn stem(name: &str) -> String {
    Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The file that the pages name so: its whole name, and what is on the desk of it.
fn find(desk: &Desk, wanted: &str) -> Result<(String, Draft), Problem> {
    desk.look(|shelf| {
        let mut files = shelf.files();
        files.find(|(name, _)| stem(name) == wanted).map(|(name, draft)| (name.to_owned(), draft.clone()))
    })
    .ok_or(Problem::NotFound)
}

/// The version that is played and previewed: the last good one.
fn playable(draft: &Draft) -> Result<&Arc<Scenario>, Problem> {
    draft.good.as_ref().ok_or(Problem::NotFound)
}

/// A name as a part of an address.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for octet in name.bytes() {
        if octet.is_ascii_alphanumeric() || b"-_.".contains(&octet) {
            out.push(char::from(octet));
        } else {
            out.push_str(&format!("%{octet:02X}"));
        }
    }
    out
}

/// How a file stands: a word for styles and tests, and what to say.
fn standing(ui: &Ui, draft: &Draft, verdict: Option<&Verdict>) -> (&'static str, Vec<String>) {
    let mut said = Vec::new();
    let mut found = draft.faults.len();
    let state = match verdict.filter(|_| draft.is_current()) {
        _ if draft.has_errors() || !draft.is_current() => "faults",
        Some(Verdict::Found(more)) => {
            found += more.len();
            if found == 0 {
                said.push(ui.t("author-state-clean"));
            }
            if more.is_empty() { "clean" } else { "faults" }
        }
        Some(Verdict::Running(done, all)) => {
            let counted = [("done", (*done).into()), ("all", (*all).into())];
            said.push(ui.with("author-state-running", &counted));
            "running"
        }
        Some(Verdict::Crashed) => {
            said.push(ui.t("author-state-crashed"));
            "faults"
        }
        None => {
            said.push(ui.t("author-state-readable"));
            "readable"
        }
    };
    if found > 0 {
        said.insert(0, ui.x("author-faults", found));
    }
    if !draft.is_current() {
        let old = if draft.good.is_some() { ui.t("author-state-old") } else { ui.t("author-state-none") };
        said.push(old);
    }
    (state, said)
}

/// Something that is another as soon as the page would show something else.
fn mark(draft: &Draft, verdict: Option<&Verdict>) -> String {
    let codes: Vec<&str> = draft.faults.iter().map(|fault| fault.code).collect();
    let good = draft.good.as_ref().map_or("", |good| good.hash());
    let played = match verdict {
        None => "-".to_owned(),
        Some(Verdict::Running(done, _)) => done.to_string(),
        Some(Verdict::Found(found)) => format!("f{}", found.len()),
        Some(Verdict::Crashed) => "c".to_owned(),
    };
    format!(
        "{}.{}.{}.{played}.{}",
        draft.revision,
        draft.text.len(),
        good.get(..8).unwrap_or_default(),
        codes.join(",")
    )
}

/// The mark, as the pages' module asks for it.
fn marked(mark: &str) -> Response {
    let json = serde_json::json!({ "mark": mark }).to_string();
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}
