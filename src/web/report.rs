//! The report of one attempt, and its transcript to keep.

use super::Site;
use super::assets;
use super::attempt::{shown, unreadable};
use super::error::Problem;
use super::markup;
use super::pages::{Frame, moment, page};
use super::protocol::Progress;
use super::steps::progress;
use super::ui::Ui;
use crate::capture;
use crate::explain::Explainer;
use crate::lab::Snapshot;
use crate::units::Offset;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    ui: &'static Ui,
    frame: Frame,
    token: String,
    title: String,
    began: String,
    progress: Progress,
    /// The steps' headings, in the order of `progress`.
    titles: Vec<String>,
    closing: String,
    script: String,
}

/// `GET /attempts/{token}/report`.
pub(super) async fn get(State(site): State<Site>, headers: HeaderMap, Path(token): Path<String>) -> Response {
    shown(&site, &headers, &token, |ui, there| {
        let template = report_page(ui, there).ok_or_else(|| Problem::Lab(unreadable(there)))?;
        Ok(page(&template, &headers))
    })
    .await
}

fn report_page(ui: &'static Ui, there: &Snapshot) -> Option<ReportPage> {
    let about = &there.about;
    let drawn = about.drawn.as_ref()?;
    let title = drawn.title.get(ui.lang).to_owned();
    let progress = progress(ui, &drawn.steps, &there.report, &there.entries);
    let when = moment(ui, about.start, drawn.setup.workstation.offset);
    let heading =
        |id: &String| drawn.steps.iter().find(|s| &s.id == id).map(|s| s.title.get(ui.lang).to_owned());
    Some(ReportPage {
        frame: Frame::new(ui, "report", &title, &format!("/attempts/{}/report", about.token)),
        token: about.token.clone(),
        began: ui.with("report-began", &[("when", when.into()), ("number", about.number.into())]),
        titles: progress.steps.iter().map(|s| heading(&s.id).unwrap_or_else(|| s.id.clone())).collect(),
        closing: drawn.closing.as_ref().map_or_else(String::new, |c| markup::blocks(c.get(ui.lang))),
        script: assets::address("js/report.js"),
        progress,
        title,
        ui,
    })
}

/// `GET /attempts/{token}/transcript.txt`.
pub(super) async fn transcript_text(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    shown(&site, &headers, &token, |ui, there| {
        let offset = there.about.drawn.as_ref().map_or(Offset(0), |d| d.setup.workstation.offset);
        let text = capture::text(&there.entries, Explainer::of(ui.lang), offset);
        Ok(download(there, "txt", "text/plain; charset=utf-8", text))
    })
    .await
}

/// `GET /attempts/{token}/transcript.json`.
pub(super) async fn transcript_json(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    shown(&site, &headers, &token, |_, there| {
        let json = capture::json(&there.entries).map_err(|_| Problem::Internal)?;
        Ok(download(there, "json", "application/json", json))
    })
    .await
}

/// A file to keep, named after the scenario and the attempt's number.
fn download(there: &Snapshot, extension: &str, kind: &'static str, content: String) -> Response {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let scenario: String = there.about.scenario.chars().filter(|c| plain(*c)).collect();
    let name = format!("attachment; filename=\"helo-{scenario}-{}.{extension}\"", there.about.number);
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], content).into_response()
}
