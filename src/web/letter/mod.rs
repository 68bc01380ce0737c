//! One message, taken apart: its MIME structure with each part decoded, its attachments, its HTML.
//!
//! A message is named by the number of the event that put it where it lies. What a mail contains never acts: text is
//! shown as [`Shown`](super::shown::Shown) pieces, attachments are downloads of unknown type, HTML is [written anew](clean)
//! and stands in a frame that may do nothing.

mod clean;
mod seal;
mod structure;
mod tokens;
mod verdicts;

pub(super) use seal::Seals;
pub(super) use structure::Outline;
pub(super) use verdicts::{VerdictShown, Verdicts};

use super::Site;
use super::error::Problem;
use super::kept_back::Look;
use super::pages::page;
use super::shown::escape;
use super::ui::Ui;
use crate::event::Event;
use crate::mail::Message;
use crate::scenario::{Drawn, Hidden};
use crate::units::EventNo;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use structure::Structure;

/// What the frame of an HTML mail may do: show text in colours. `sandbox` gives it an origin of its own, no scripts, no
/// forms, no way out; nothing loads. Styles may stand in the text, because nothing else of the mail's own is left.
const FRAME_POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                            frame-ancestors 'self'";
/// The same for a download.
const DOWNLOAD_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// The longest name of a file, in characters.
const NAME: usize = 80;

/// What the frame looks like: a letter on white paper, links and pictures without their addresses.
const FRAME_STYLE: &str = "body{margin:12px;font:15px/1.45 system-ui,sans-serif;color:#1b2330;background:#fff;overflow-wrap:anywhere}\
     a{color:#1d4f9e;text-decoration:underline}table{max-width:100%}\
     .picture{display:inline-block;min-width:24px;min-height:18px;padding:0 6px;border:1px dashed #5f6b7a;color:#4d5867;font-size:12px}\
     .code-point{padding:0 3px;border:1px solid;border-radius:3px;font:600 11px monospace}";

/// What a page shows of the HTML of a mail: the door for whoever tests that with input of their own.
pub fn harmless_html(html: &str) -> String {
    clean::clean(html).html
}

/// What `make` makes of the message that event `n` has put somewhere, or the page that says what went wrong. Of the
/// record only this event is read, unless the scenario keeps mailboxes back for a while.
async fn letter(
    site: &Site,
    headers: &HeaderMap,
    (token, n): (&str, u64),
    make: impl FnOnce(&'static Ui, &Message) -> Result<Response, Problem>,
) -> Response {
    let ui = Ui::for_browser(headers);
    let made = async {
        let (about, entry) = site.lab.event(token, EventNo(n)).await.map_err(Problem::Lab)?;
        let keeps = |d: &Arc<Drawn>| d.steps.iter().any(|step| step.hides.contains(&Hidden::Mailboxes));
        if about.drawn.as_ref().is_some_and(keeps) {
            let there = Look::at(site.lab.past(token, None).await.map_err(Problem::Lab)?);
            if there.hidden.contains(&Hidden::Mailboxes) {
                return Err(Problem::NotFound);
            }
        }
        match entry.map(|entry| entry.event) {
            Some(
                Event::Present { message, .. }
                | Event::Delivered { message, .. }
                | Event::Appended { message, .. },
            ) => make(ui, &message),
            _ => Err(Problem::NotFound),
        }
    };
    made.await.unwrap_or_else(|problem| problem.page_in(ui))
}

/// `GET /attempts/{token}/messages/{n}`: the structure as a fragment.
pub(super) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Path((token, n)): Path<(String, u64)>,
) -> Response {
    letter(&site, &headers, (&token, n), |ui, message| {
        let base = format!("/attempts/{token}/messages/{n}");
        Ok(page(&Structure::new(ui, &base, &message.octets), &headers))
    })
    .await
}

/// `GET /attempts/{token}/messages/{n}/parts/{k}`: a part as a download.
pub(super) async fn part(
    State(site): State<Site>,
    headers: HeaderMap,
    Path((token, n, k)): Path<(String, u64, usize)>,
) -> Response {
    letter(&site, &headers, (&token, n), |_, message| {
        let (name, octets) = structure::file(&message.octets, k).ok_or(Problem::NotFound)?;
        let mut response = octets.into_response();
        let told = response.headers_mut();
        told.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        told.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOWNLOAD_POLICY));
        let disposition = HeaderValue::from_str(&disposition(&name, k));
        told.insert(
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or(HeaderValue::from_static("attachment")),
        );
        Ok(response)
    })
    .await
}

/// `GET /attempts/{token}/messages/{n}/html/{k}`: a part of HTML, for the frame.
pub(super) async fn html(
    State(site): State<Site>,
    headers: HeaderMap,
    Path((token, n, k)): Path<(String, u64, usize)>,
) -> Response {
    letter(&site, &headers, (&token, n), |ui, message| {
        let html = structure::html(&message.octets, k).ok_or(Problem::NotFound)?;
        let title = escape(&ui.t("part-html-frame"));
        let page = format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"only light\">\
             <title>{title}</title><style>{FRAME_STYLE}</style></head><body>{}</body></html>",
            ui.lang.code(),
            clean::clean(&html).html
        );
        let mut response = axum::response::Html(page).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAME_POLICY));
        Ok(response)
    })
    .await
}

/// The header field that makes a download of a part: whatever its sender called it, the file is called `.bin`, so that no
/// system takes it for a program (RFC 6266).
fn disposition(name: &str, k: usize) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let good = |c: &char| c.is_alphanumeric() || " ._-()".contains(*c);
    let kept: String = last.trim_start_matches('.').chars().filter(good).take(NAME).collect();
    let kept = if kept.trim().is_empty() { format!("part-{k}") } else { kept.trim().to_owned() };
    let ascii: String = kept.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let mut encoded = String::new();
    for octet in kept.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => encoded.push(char::from(octet)),
            _ => encoded.push_str(&format!("%{octet:02X}")),
        }
    }
    format!("attachment; filename=\"{ascii}.bin\"; filename*=UTF-8''{encoded}.bin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder_or_is_a_program() {
        for (name, plain) in [
            ("report.pdf", "report.pdf.bin"),
            ("../../etc/passwd", "passwd.bin"),
            ("C:\\Windows\\evil.exe", "evil.exe.bin"),
            ("a\"; filename=\"b.exe", "a filenameb.exe.bin"),
            ("\u{202e}gpj.exe", "gpj.exe.bin"),
            ("x\r\nSet-Cookie: a", "xSet-Cookie a.bin"),
            ("...", "part-3.bin"),
            ("", "part-3.bin"),
        ] {
            let field = disposition(name, 3);
            assert!(field.starts_with(&format!("attachment; filename=\"{plain}\";")), "{name}: {field}");
        }
        assert!(disposition("Grüße.txt", 1).ends_with("filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt.bin"));
        assert!(disposition(&"a".repeat(5000), 1).len() < 300);
    }
}
