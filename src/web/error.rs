//! Pages for when something is not as it should be: what came, what to do now, and a way out.

use super::pages::Frame;
use super::ui::Ui;
use crate::lab::LabError;
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};

/// What is not as it should be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Problem {
    /// There is no such page.
    NotFound,
    /// The request names another machine than this one.
    ForeignHost,
    /// A form was sent from a page that is not helo's, or a WebSocket opened.
    ForeignPage,
    /// More was sent than is read.
    TooLarge,
    /// It took too long.
    TimedOut,
    /// The request cannot be understood.
    BadRequest,
    /// The lab says no.
    Lab(LabError),
    /// helo has a fault.
    Internal,
}

impl From<LabError> for Problem {
    fn from(error: LabError) -> Problem {
        Problem::Lab(error)
    }
}

impl Problem {
    /// What a status means that some layer below gave without a page.
    pub(super) fn of_status(status: StatusCode) -> Problem {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Problem::NotFound,
            StatusCode::FORBIDDEN => Problem::ForeignPage,
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Problem::TimedOut,
            s if s.is_client_error() => Problem::BadRequest,
            _ => Problem::Internal,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound | Problem::Lab(LabError::NoSuchAttempt | LabError::NoSuchScenario { .. }) => {
                StatusCode::NOT_FOUND
            }
            Problem::ForeignHost => StatusCode::MISDIRECTED_REQUEST,
            Problem::ForeignPage => StatusCode::FORBIDDEN,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Problem::BadRequest => StatusCode::BAD_REQUEST,
            Problem::Lab(LabError::TooFast { .. } | LabError::TooManyPages { .. }) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Problem::Lab(LabError::TooManyAttempts { .. } | LabError::Closing | LabError::Store(_)) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Problem::Lab(LabError::Frozen { .. } | LabError::UsedUp) => StatusCode::CONFLICT,
            Problem::Lab(_) | Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn texts(&self, ui: &Ui) -> (String, String) {
        match self {
            Problem::NotFound => (ui.t("error-not-found"), ui.t("error-not-found-text")),
            Problem::ForeignHost => (ui.t("error-host"), ui.t("error-host-text")),
            Problem::ForeignPage => (ui.t("error-origin"), ui.t("error-origin-text")),
            Problem::TooLarge => (ui.t("error-large"), ui.t("error-large-text")),
            Problem::TimedOut => (ui.t("error-slow"), ui.t("error-slow-text")),
            Problem::BadRequest => (ui.t("error-request"), ui.t("error-request-text")),
            Problem::Lab(error) => (ui.t("error-lab"), error.text().get(ui.lang).to_owned()),
            Problem::Internal => (ui.t("error-internal"), ui.t("error-internal-text")),
        }
    }

    /// As a page in the browser's language.
    pub(super) fn page(&self, headers: &HeaderMap) -> Response {
        self.page_in(Ui::for_browser(headers))
    }

    /// As a page in this language.
    pub(super) fn page_in(&self, ui: &'static Ui) -> Response {
        let (title, text) = self.texts(ui);
        let frame = Frame::new(ui, "error", &title, "/");
        let page = ErrorPage { ui, frame, title, text };
        (self.status(), Html(page.render().unwrap_or_default())).into_response()
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    ui: &'static Ui,
    frame: Frame,
    title: String,
    text: String,
}
