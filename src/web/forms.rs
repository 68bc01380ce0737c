//! What is sent with POST: a new attempt, another language. Each answers with 303 to a page, so that reloading sends nothing twice.

use super::Site;
use super::error::Problem;
use super::ui::{COOKIE, Ui};
use crate::lab::{Handle, LabError};
use crate::units::Lang;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Begins an attempt.
#[derive(Deserialize)]
pub(super) struct Begin {
    scenario: String,
}

/// Chooses a language.
#[derive(Deserialize)]
pub(super) struct Language {
    lang: String,
    back: String,
}

/// `POST /attempts`.
pub(super) async fn begin(
    State(site): State<Site>,
    headers: HeaderMap,
    form: Result<Form<Begin>, FormRejection>,
) -> Response {
    match form {
        Ok(Form(begin)) => new_attempt(&site, &headers, &begin.scenario).await,
        Err(rejection) => Problem::of_status(rejection.status()).page(&headers),
    }
}

/// `POST /attempts/{token}/reset`.
pub(super) async fn reset(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    match site.lab.find(&token).await {
        // An author's preview is begun anew under its seed, and stays a preview.
        Ok(Some(old)) if old.learner != site.learner => {
            begun(site.lab.create_with(old.learner, &old.scenario, old.lang, old.seed).await, &headers)
        }
        Ok(Some(old)) => new_attempt(&site, &headers, &old.scenario).await,
        Ok(None) => Problem::NotFound.page(&headers),
        Err(error) => Problem::Lab(error).page(&headers),
    }
}

async fn new_attempt(site: &Site, headers: &HeaderMap, scenario: &str) -> Response {
    let lang = Ui::for_browser(headers).lang;
    begun(site.lab.create(site.learner, scenario, lang).await, headers)
}

/// To the attempt's page.
fn begun(attempt: Result<Handle, LabError>, headers: &HeaderMap) -> Response {
    match attempt {
        Ok(handle) => Redirect::to(&format!("/attempts/{}", handle.token())).into_response(),
        Err(error) => Problem::Lab(error).page(headers),
    }
}

/// `POST /language`.
pub(super) async fn language(headers: HeaderMap, form: Result<Form<Language>, FormRejection>) -> Response {
    let Ok(Form(Language { lang, back })) = form else { return Problem::BadRequest.page(&headers) };
    let Ok(lang) = lang.parse::<Lang>() else { return Problem::BadRequest.page(&headers) };
    let Ok(address) = HeaderValue::from_str(own(&back)) else { return Problem::BadRequest.page(&headers) };
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.code());
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, address);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// An address of our own, or the catalogue's. `//host` and `/\host` lead elsewhere.
fn own(back: &str) -> &str {
    let path = back.strip_prefix('/');
    if path.is_some_and(|p| !p.starts_with(['/', '\\']) && p.bytes().all(|b| b.is_ascii_graphic())) {
        back
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn the_way_back_stays_here() {
        for (back, to) in [
            ("/", "/"),
            ("/attempts/ab", "/attempts/ab"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(own(back), to, "{back:?}");
        }
    }
}
