//! The reference: commands, answers, header fields and the index of RFCs, as a page of its own and as a fragment that the
//! lab fetches when its tab is first opened. It is the same for everybody, so each language's is made once.

mod content;
mod entries;

pub(super) use content::Both;

use super::assets;
use super::pages::{Frame, page};
use super::ui::Ui;
use crate::rfc::Section;
use crate::units::Lang;
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use entries::{Group, groups};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Where a section of an RFC stands in the reference.
pub(super) fn place(section: &Section) -> String {
    format!("/reference#{}", entries::rfc_id(section.rfc, Some(&section.section)))
}

/// How this language names a section.
pub(super) fn name(ui: &Ui, rule: &Section) -> String {
    let variables = [("rfc", rule.rfc.to_string().into()), ("section", rule.section.to_string().into())];
    ui.with("ref-rule", &variables)
}

/// A rule as a page cites it: a link to where the reference says what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cited {
    /// `RFC 5321 section 4.1.1.2`, in the page's language.
    pub(super) text: String,
    /// Where it stands in the reference.
    pub(super) place: String,
}

/// Cites a rule.
pub(super) fn cite(ui: &Ui, rule: &Section) -> Cited {
    Cited { text: name(ui, rule), place: place(rule) }
}

/// What the entry or the part of the reference with this id is called.
pub(super) fn entry_name(ui: &'static Ui, id: &str) -> Option<String> {
    made(ui).names.get(id).cloned()
}

#[derive(Template)]
#[template(path = "reference/body.html")]
struct Body {
    ui: &'static Ui,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "reference/page.html")]
struct ReferencePage {
    ui: &'static Ui,
    frame: Frame,
    body: &'static str,
    script: String,
}

/// One language's reference.
struct Made {
    html: String,
    hash: String,
    /// The names of entries and groups, by id.
    names: BTreeMap<String, String>,
}

/// The reference in this language, made when it is first asked for.
fn made(ui: &'static Ui) -> &'static Made {
    static DE: OnceLock<Made> = OnceLock::new();
    static EN: OnceLock<Made> = OnceLock::new();
    let make = || {
        let groups = groups(ui);
        let mut names: BTreeMap<String, String> =
            groups.iter().map(|g| (format!("ref-{}", g.id), g.title.clone())).collect();
        let entries = groups.iter().flat_map(|g| &g.chapters).flat_map(|c| &c.entries);
        names.extend(entries.map(|e| (e.id.clone(), e.name.clone())));
        let html = Body { ui, groups }.render().unwrap_or_default();
        let digest = Sha256::digest(html.as_bytes());
        let hash = digest.iter().take(10).map(|octet| format!("{octet:02x}")).collect();
        Made { html, hash, names }
    };
    match ui.lang {
        Lang::De => DE.get_or_init(make),
        Lang::En => EN.get_or_init(make),
    }
}

/// `GET /reference`.
pub(super) async fn get(headers: HeaderMap) -> Response {
    let ui = Ui::for_browser(&headers);
    let template = ReferencePage {
        ui,
        frame: Frame::new(ui, "reference", &ui.t("reference"), "/reference"),
        body: &made(ui).html,
        script: assets::address("js/reference-page.js"),
    };
    page(&template, &headers)
}

/// Where the lab finds the fragment: the address names its content, so that a browser may keep it.
pub(super) fn fragment_address(ui: &'static Ui) -> String {
    format!("/reference/fragment?lang={}&v={}", ui.lang.code(), made(ui).hash)
}

/// Which fragment.
#[derive(Deserialize)]
pub(super) struct Which {
    lang: Option<String>,
    v: Option<String>,
}

/// `GET /reference/fragment`.
pub(super) async fn fragment(Query(which): Query<Which>, headers: HeaderMap) -> Response {
    let lang: Option<Lang> = which.lang.as_deref().and_then(|lang| lang.parse().ok());
    let made = made(lang.map_or_else(|| Ui::for_browser(&headers), Ui::of));
    let lasting = lang.is_some() && which.v.as_deref() == Some(made.hash.as_str());
    let keep = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = Html(made.html.as_str()).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
