//! The background chapters: what the source texts tell beside the protocols, as pages with figures. Texts, labels and
//! figures stand in `content/background/`; a figure becomes part of the page, so that it takes its colours and language.

use super::Site;
use super::error::Problem;
use super::markup;
use super::pages::{Frame, page};
use super::reference::{self, Both};
use super::shown::Shown;
use super::ui::Ui;
use crate::rfc::Section;
use crate::units::Lang;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A chapter as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chapter {
    id: String,
    title: Both,
    lead: Both,
    part: Vec<Part>,
}

/// A part of a chapter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    heading: Both,
    text: Both,
    /// The figure's name, and what it shows in words.
    figure: Option<String>,
    alt: Option<Both>,
    /// The figure's labels by the name in braces there.
    #[serde(default)]
    labels: BTreeMap<String, Both>,
    /// A list of years.
    #[serde(default)]
    years: Vec<Year>,
    /// Where to go from here: `scenario ID`, `chapter ID`, `rfc NUMBER SECTION`, or an id of the reference.
    #[serde(default)]
    see: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: String,
    text: Both,
}

macro_rules! chapters {
    ($($file:literal)*) => { [$(include_str!(concat!("../../content/background/", $file, ".toml"))),*] };
}

macro_rules! figures {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../content/background/figures/", $name, ".svg")))),*]
    };
}

/// The chapters' files, in their order.
const CHAPTERS: [&str; 12] = chapters! {
    "01-history" "02-agents" "03-letter" "04-mail-program" "05-ports" "06-login" "07-pop3-imap" "08-postcard"
    "09-encryption" "10-certificates" "11-receipts" "12-trace"
};

const FIGURES: [(&str, &str); 12] = figures! {
    "agents" "certificates" "encryption" "history" "letter" "login" "mail-program" "pop3-imap" "ports" "postcard"
    "receipts" "trace"
};

/// All chapters. One that cannot be read is left out; a test sees to it that there is none.
fn chapters() -> &'static [Chapter] {
    static ALL: OnceLock<Vec<Chapter>> = OnceLock::new();
    ALL.get_or_init(|| CHAPTERS.iter().filter_map(|text| toml::from_str(text).ok()).collect())
}

/// A part as the page shows it; texts are HTML.
#[derive(Debug)]
struct Shows {
    heading: String,
    text: String,
    figure: String,
    years: Vec<(String, String)>,
    see: Vec<Link>,
}

/// Somewhere to go.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) place: String,
    pub(super) text: String,
}

#[derive(Template)]
#[template(path = "background/chapter.html")]
struct ChapterPage {
    ui: &'static Ui,
    frame: Frame,
    title: String,
    lead: String,
    parts: Vec<Shows>,
    before: Option<Link>,
    after: Option<Link>,
}

#[derive(Template)]
#[template(path = "background/contents.html")]
struct Contents {
    ui: &'static Ui,
    frame: Frame,
    /// Each with its first sentences.
    chapters: Vec<(Link, String)>,
}

fn link(chapter: &Chapter, lang: Lang) -> Link {
    Link { place: format!("/background/{}", chapter.id), text: chapter.title.get(lang).to_owned() }
}

/// `GET /background`.
pub(super) async fn contents(headers: HeaderMap) -> Response {
    let ui = Ui::for_browser(&headers);
    let chapters = chapters().iter().map(|c| (link(c, ui.lang), c.lead.get(ui.lang).to_owned())).collect();
    let frame = Frame::new(ui, "background", &ui.t("background"), "/background");
    page(&Contents { ui, frame, chapters }, &headers)
}

/// `GET /background/{chapter}`.
pub(super) async fn chapter(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let ui = Ui::for_browser(&headers);
    let all = chapters();
    let Some(at) = all.iter().position(|chapter| chapter.id == id) else {
        return Problem::NotFound.page(&headers);
    };
    let Some(chapter) = all.get(at) else { return Problem::NotFound.page(&headers) };
    let title = chapter.title.get(ui.lang).to_owned();
    let template = ChapterPage {
        ui,
        frame: Frame::new(ui, "chapter", &title, &format!("/background/{}", chapter.id)),
        lead: markup::inline(chapter.lead.get(ui.lang)),
        parts: chapter.part.iter().map(|part| shows(ui, &site, part)).collect(),
        before: at.checked_sub(1).and_then(|at| all.get(at)).map(|c| link(c, ui.lang)),
        after: all.get(at + 1).map(|c| link(c, ui.lang)),
        title,
    };
    page(&template, &headers)
}

fn shows(ui: &'static Ui, site: &Site, part: &Part) -> Shows {
    let years = part.years.iter().map(|y| (y.year.clone(), markup::inline(y.text.get(ui.lang))));
    Shows {
        heading: part.heading.get(ui.lang).to_owned(),
        text: markup::blocks(part.text.get(ui.lang)),
        figure: figure(part, ui.lang).unwrap_or_default(),
        years: years.collect(),
        see: part.see.iter().filter_map(|see| leads(ui, site, see)).collect(),
    }
}

/// A part's figure as HTML, its labels filled in.
fn figure(part: &Part, lang: Lang) -> Option<String> {
    let name = part.figure.as_deref()?;
    let (_, drawing) = FIGURES.iter().find(|(known, _)| *known == name)?;
    let alt = Shown::text(part.alt.as_ref()?.get(lang)).to_string();
    let begin = format!("<svg class=\"fig\" role=\"img\" aria-label=\"{alt}\" ");
    let mut html = drawing.replacen("<svg ", &begin, 1);
    for (label, text) in &part.labels {
        html = html.replace(&format!("{{{label}}}"), &Shown::text(text.get(lang)).to_string());
    }
    Some(html)
}

/// Where a `see` leads; a scenario that is not offered here leads nowhere.
fn leads(ui: &'static Ui, site: &Site, see: &str) -> Option<Link> {
    match see.split_once(' ') {
        Some(("scenario", id)) => {
            let catalogue = site.lab.catalogue();
            let scenario = catalogue.get(id).ok()?;
            let text = ui.x("see-scenario", scenario.title().get(ui.lang).to_owned());
            Some(Link { place: format!("/#scenario-{id}"), text })
        }
        Some(("chapter", id)) => chapter_link(ui, id),
        Some(("rfc", rule)) => {
            let (rfc, part) = rule.split_once(' ')?;
            let rule = Section { rfc: rfc.parse().ok()?, section: part.to_owned().into() };
            Some(Link { place: reference::place(&rule), text: reference::name(ui, &rule) })
        }
        _ => {
            let name = reference::entry_name(ui, see)?;
            Some(Link { place: format!("/reference#{see}"), text: ui.x("see-reference", name) })
        }
    }
}

/// The chapter with this id.
pub(super) fn chapter_link(ui: &Ui, id: &str) -> Option<Link> {
    chapters().iter().find(|chapter| chapter.id == id).map(|chapter| link(chapter, ui.lang))
}

/// The chapters that lead to this scenario: there they matter.
pub(super) fn about(ui: &Ui, scenario: &str) -> Vec<Link> {
    let here = format!("scenario {scenario}");
    let leads = |chapter: &&Chapter| chapter.part.iter().any(|part| part.see.contains(&here));
    chapters().iter().filter(leads).map(|chapter| link(chapter, ui.lang)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn read() -> Vec<Chapter> {
        CHAPTERS.iter().map(|text| toml::from_str(text).unwrap()).collect()
    }

    #[test]
    fn every_chapter_is_whole_in_both_languages() {
        let chapters = read();
        let ids: BTreeSet<&str> = chapters.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids.len(), chapters.len());
        for chapter in &chapters {
            for lang in Lang::ALL {
                assert!(!chapter.title.get(lang).is_empty() && chapter.lead.get(lang).len() > 40);
                for part in &chapter.part {
                    assert!(!part.heading.get(lang).is_empty(), "{}", chapter.id);
                    assert!(part.text.get(lang).len() > 80, "{}: {:?}", chapter.id, part.heading);
                    for year in &part.years {
                        assert!(year.text.get(lang).len() > 20, "{}", year.year);
                    }
                }
            }
            assert!(chapter.part.iter().any(|p| p.figure.is_some()), "{} has no figure", chapter.id);
            assert!(chapter.part.iter().any(|p| !p.see.is_empty()), "{} leads nowhere", chapter.id);
        }
    }

    #[test]
    fn every_figure_is_used_and_its_labels_are_filled_in() {
        let mut drawn = BTreeSet::new();
        for part in read().iter().flat_map(|c| &c.part) {
            let Some(name) = &part.figure else {
                assert!(part.labels.is_empty() && part.alt.is_none());
                continue;
            };
            let (_, drawing) = FIGURES.iter().find(|(known, _)| known == name).unwrap();
            for label in part.labels.keys() {
                assert!(drawing.contains(&format!("{{{label}}}")), "{name} has no {label}");
            }
            for lang in Lang::ALL {
                let html = figure(part, lang).unwrap();
                assert!(!html.contains('{'), "{name}: {html}");
                assert!(html.contains("role=\"img\" aria-label=\"") && !html.contains("aria-label=\"\""));
                assert!(!html.contains("style"), "{name} has styles of its own");
            }
            drawn.insert(name.clone());
        }
        assert_eq!(drawn.len(), FIGURES.len());
    }

    #[test]
    fn what_one_should_see_is_there() {
        let scenarios = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let chapters = read();
        let ids: BTreeSet<&str> = chapters.iter().map(|c| c.id.as_str()).collect();
        for see in chapters.iter().flat_map(|c| &c.part).flat_map(|p| &p.see) {
            match see.split_once(' ') {
                Some(("scenario", id)) => assert!(scenarios.join(format!("{id}.toml")).exists(), "{see}"),
                Some(("chapter", id)) => assert!(ids.contains(id), "{see}"),
                Some(("rfc", rule)) => {
                    let (rfc, part) = rule.split_once(' ').unwrap();
                    let rule = Section { rfc: rfc.parse().unwrap(), section: part.to_owned().into() };
                    assert!(rule.entry().is_some(), "{see}");
                }
                _ => assert!(reference::entry_name(Ui::of(Lang::En), see).is_some(), "{see}"),
            }
        }
    }
}
