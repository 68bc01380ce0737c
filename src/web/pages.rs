//! What all pages have in common: the frame around them, and how a template becomes an answer.

use super::assets;
use super::error::Problem;
use super::ui::Ui;
use crate::lab::{Handle, Snapshot};
use crate::units::{EventNo, Offset, Time};
use askama::Template;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};

/// What stands around a page.
#[derive(Debug)]
pub(super) struct Frame {
    /// Which page it is, for styles and tests.
    pub(super) page: &'static str,
    /// The language's code.
    pub(super) lang: &'static str,
    /// What the browser's tab says.
    pub(super) title: String,
    /// Where the language switch comes back to.
    pub(super) back: String,
    /// The style sheets' addresses, the common one first.
    pub(super) styles: Vec<String>,
    /// The icon's address.
    pub(super) icon: String,
}

impl Frame {
    /// For a page of this kind at this address.
    pub(super) fn new(ui: &Ui, page: &'static str, title: &str, back: &str) -> Frame {
        Frame {
            page,
            lang: ui.lang.code(),
            title: format!("{title} · helo"),
            back: back.to_owned(),
            styles: assets::styles(),
            icon: assets::address("icon.svg"),
        }
    }
}

/// A template as a page.
pub(super) fn page(template: &impl Template, headers: &HeaderMap) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => Problem::Internal.page(headers),
    }
}

/// Everything else.
pub(super) async fn not_found(headers: HeaderMap) -> Response {
    Problem::NotFound.page(&headers)
}

/// How an attempt stands, with its whole transcript.
pub(super) async fn snapshot(handle: &Handle) -> Result<Snapshot, Problem> {
    Ok(handle.subscribe(EventNo(1)).await?.snapshot)
}

/// A day and a time: `2026-11-22, 14:05`; in German `22.11.2026, 14:05`.
pub(super) fn moment(ui: &Ui, at: Time, offset: Offset) -> String {
    let c = at.civil(offset);
    ui.with(
        "moment",
        &[
            ("year", format!("{:04}", c.year()).into()),
            ("month", format!("{:02}", c.month()).into()),
            ("day", format!("{:02}", c.day()).into()),
            ("time", format!("{:02}:{:02}", c.hour(), c.minute()).into()),
        ],
    )
}
