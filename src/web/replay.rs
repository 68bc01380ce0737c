//! The past of an attempt: how everything stood after one of its events, and the lab page as a replay, to be looked at and
//! not to be worked with. All of it is read from the store: the attempt is not woken and its clock stands still.

use super::Site;
use super::attempt::{Mode, lab_page, unreadable};
use super::error::Problem;
use super::kept_back::Look;
use super::pages::page;
use super::protocol::View;
use super::socket::viewer;
use super::steps::state;
use super::ui::Ui;
use crate::units::EventNo;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// Which moment is asked for.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct At {
    /// After this event; without it, as things stand.
    at: Option<u64>,
}

impl At {
    /// As things stand.
    pub(super) const NOW: At = At { at: None };

    /// After this event, where one is named.
    pub(super) fn after(at: Option<u64>) -> At {
        At { at }
    }

    /// A moment is named: others may have followed.
    pub(super) fn is_past(self) -> bool {
        self.at.is_some()
    }
}

/// Everything there is to see of an attempt.
#[derive(Debug, Serialize)]
struct Views {
    /// The newest event there is.
    last: u64,
    views: Vec<View>,
}

/// What `make` makes of how the attempt with this token stood, or the page that says what went wrong.
pub(super) async fn past(
    site: &Site,
    headers: &HeaderMap,
    token: &str,
    At { at }: At,
    make: impl FnOnce(&'static Ui, &Look) -> Result<Response, Problem>,
) -> Response {
    let ui = Ui::for_browser(headers);
    let made = match site.lab.past(token, at.map(EventNo)).await {
        Ok(there) => make(ui, &Look::at(there)),
        Err(error) => Err(Problem::Lab(error)),
    };
    made.unwrap_or_else(|problem| problem.page_in(ui))
}

/// `GET /attempts/{token}/replay`.
pub(super) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Query(at): Query<At>,
) -> Response {
    // The page asks for each moment by itself; the questions of its steps are those of the whole attempt.
    past(&site, &headers, &token, At::NOW, |ui, there| {
        let mode = Mode::Replay { at: at.at };
        let template = lab_page(ui, &site, there, mode).ok_or_else(|| Problem::Lab(unreadable(there)))?;
        Ok(page(&template, &headers))
    })
    .await
}

/// `GET /attempts/{token}/views`.
pub(super) async fn views(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    past(&site, &headers, &token, At::NOW, |ui, there| {
        let views = viewer(ui, &there.about).views(&there.entries);
        json(&Views { last: there.entries.last().map_or(0, |e| e.n.0), views })
    })
    .await
}

/// `GET /attempts/{token}/steps`.
pub(super) async fn steps(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Query(at): Query<At>,
) -> Response {
    past(&site, &headers, &token, at, |ui, there| {
        let drawn = there.about.drawn.as_deref();
        json(&state(ui, drawn, &there.report, &there.hidden, &there.entries))
    })
    .await
}

fn json(value: &impl Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_string(value).map_err(|_| Problem::Internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
