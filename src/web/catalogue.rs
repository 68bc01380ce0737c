//! The first page: what helo is, for whoever comes for the first time; how far one has come and where to go on, for whoever
//! comes back; and all scenarios, in the order of the curriculum, with what builds on what.

mod path;

use super::Site;
use super::error::Problem;
use super::markup;
use super::pages::{Frame, moment, page};
use super::steps::{points_of, worth};
use super::ui::Ui;
use crate::scenario::Scenario;
use crate::store;
use crate::units::{Offset, Points};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use path::{Path, Stand};
use serde::Deserialize;
use std::sync::Arc;

/// A whole scenario, as an author writes it; a test loads it.
const EXCERPT: &str = include_str!("catalogue/excerpt.toml");
/// The same with a slip of the pen, and what `helo check` says to it; a test compares.
const SLIP: &str = include_str!("catalogue/slip.txt");
/// How many earlier attempts at a scenario are listed.
const EARLIER: usize = 8;

/// What of the catalogue is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    topic: Option<String>,
}

/// One scenario on offer.
#[derive(Debug)]
struct Card {
    id: String,
    /// Its place, from 1; `None` for one outside the curriculum.
    number: Option<usize>,
    title: String,
    /// The first paragraph of its story, as HTML.
    brief: String,
    topics: String,
    minutes: u32,
    worth: String,
    stand: Stand,
    /// What it builds on: the title, and whether that is done.
    after: Vec<(String, bool)>,
    /// The newest attempt at it.
    attempt: Option<Tried>,
    /// Older ones.
    earlier: Vec<Earlier>,
}

/// An attempt; where there is nothing to earn, `summary` is empty.
#[derive(Debug, Clone)]
struct Tried {
    token: String,
    points: String,
    summary: String,
    percent: i64,
    number: u32,
    done: bool,
    frozen: bool,
}

/// An older attempt.
#[derive(Debug)]
struct Earlier {
    token: String,
    number: u32,
    summary: String,
    begun: String,
}

/// A topic that one can choose.
#[derive(Debug)]
struct Topic {
    id: String,
    /// The same as part of an address.
    address: String,
    name: String,
    count: usize,
    chosen: bool,
}

/// How far the learner has come in all.
#[derive(Debug)]
struct Total {
    /// `5 of 20 scenarios done`.
    done: String,
    points: String,
    percent: i64,
}

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CataloguePage {
    ui: &'static Ui,
    frame: Frame,
    /// All cards, for the path.
    way: Vec<Mark>,
    cards: Vec<Card>,
    topics: Vec<Topic>,
    /// Somebody who has begun something before.
    returning: bool,
    total: Total,
    /// Where the learner left off.
    open: Option<Now>,
    /// What comes next.
    next: Option<Now>,
    /// A topic is chosen.
    filtered: bool,
    excerpt: &'static str,
    slip: &'static str,
    /// There is an author's desk.
    desk: bool,
}

/// A station of the path.
#[derive(Debug)]
struct Mark {
    id: String,
    number: usize,
    title: String,
    stand: Stand,
}

/// What to do now.
#[derive(Debug, Clone)]
struct Now {
    id: String,
    title: String,
    minutes: u32,
    worth: String,
    attempt: Option<Tried>,
}

/// `GET /`.
pub(super) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(Wanted { topic }): Query<Wanted>,
) -> Response {
    let ui = Ui::for_browser(&headers);
    let attempts = match site.lab.store().attempts_of(site.learner).await {
        Ok(attempts) => attempts,
        Err(error) => return Problem::Lab(error.into()).page_in(ui),
    };
    let path = Path::of(site.lab.catalogue().scenarios().cloned().collect(), attempts);
    let shown = catalogue(ui, &path, topic.as_deref());
    page(&CataloguePage { desk: site.desk.is_some(), ..shown }, &headers)
}

fn catalogue(ui: &'static Ui, path: &Path, topic: Option<&str>) -> CataloguePage {
    let mut topics: Vec<Topic> = Vec::new();
    for id in path.scenarios().flat_map(|s| s.topics()) {
        match topics.iter_mut().find(|t| t.id == *id) {
            Some(known) => known.count += 1,
            None => topics.push(Topic {
                id: id.clone(),
                address: encoded(id),
                name: topic_name(ui, id),
                count: 1,
                chosen: topic == Some(id.as_str()),
            }),
        }
    }
    let chosen = topics.iter().find(|t| t.chosen).map(|t| t.id.clone());
    let wanted = |s: &&Arc<Scenario>| chosen.as_ref().is_none_or(|topic| s.topics().contains(topic));
    let back = chosen.as_ref().map_or_else(|| "/".to_owned(), |topic| format!("/?topic={}", encoded(topic)));
    let now = |s: &Arc<Scenario>| Now {
        id: s.id().to_owned(),
        title: s.title().get(ui.lang).to_owned(),
        minutes: s.minutes(),
        worth: worth(ui, s.max_points()),
        attempt: path.newest(s.id()).map(|a| tried(ui, a)),
    };
    let title = ui.t("catalogue");
    CataloguePage {
        frame: Frame::new(ui, "catalogue", &title, &back),
        way: (path.scenarios().zip(1..))
            .filter(|(s, _)| s.order().is_some())
            .map(|(s, number)| Mark {
                id: s.id().to_owned(),
                number,
                title: s.title().get(ui.lang).to_owned(),
                stand: path.stand(s),
            })
            .collect(),
        cards: path.scenarios().filter(wanted).map(|s| card(ui, path, s)).collect(),
        returning: path.begun(),
        total: total(ui, path),
        open: path.open().map(now),
        next: path.next().map(now),
        filtered: chosen.is_some(),
        topics,
        excerpt: EXCERPT,
        slip: SLIP,
        desk: false,
        ui,
    }
}

fn total(ui: &Ui, path: &Path) -> Total {
    let graded = || path.scenarios().filter(|s| s.max_points() != Points::ZERO);
    let (done, of) = (graded().filter(|s| path.stand(s) == Stand::Done).count(), graded().count());
    let max: Points = graded().map(|s| s.max_points()).sum();
    let earned: Points = graded().map(|s| path.best(s.id())).sum();
    let percent = (earned.0 * 100 / max.0.max(1)).clamp(0, 100);
    let done = ui.with("catalogue-done", &[("x", done.into()), ("of", of.into())]);
    Total { done, points: points_of(ui, earned, max), percent }
}

fn card(ui: &Ui, path: &Path, scenario: &Scenario) -> Card {
    let brief = scenario.brief();
    let first = brief.get(ui.lang).split("\n\n").find(|p| !p.trim().is_empty()).unwrap_or_default();
    let on = |id: &str| path.scenarios().find(|s| s.id() == id);
    let mut attempts = path.attempts(scenario.id());
    let newest = attempts.next();
    Card {
        id: scenario.id().to_owned(),
        number: scenario.order().and_then(|_| path.place(scenario.id())),
        title: scenario.title().get(ui.lang).to_owned(),
        brief: markup::blocks(first),
        topics: topics(ui, scenario.topics()),
        minutes: scenario.minutes(),
        worth: worth(ui, scenario.max_points()),
        stand: path.stand(scenario),
        after: (scenario.after().filter_map(on))
            .map(|s| (s.title().get(ui.lang).to_owned(), path.stand(s) == Stand::Done))
            .collect(),
        attempt: newest.map(|a| tried(ui, a)),
        earlier: attempts
            .take(EARLIER)
            .map(|a| Earlier {
                token: a.token.clone(),
                number: a.number,
                summary: points_of(ui, a.progress.points, a.progress.max_points),
                begun: moment(ui, a.start, Offset(0)),
            })
            .collect(),
    }
}

fn tried(ui: &Ui, a: &store::Attempt) -> Tried {
    Tried {
        token: a.token.clone(),
        points: ui.points(a.progress.points),
        summary: points_of(ui, a.progress.points, a.progress.max_points),
        percent: (a.progress.points.0 * 100 / a.progress.max_points.0.max(1)).clamp(0, 100),
        number: a.number,
        done: a.progress.done,
        frozen: a.state == store::AttemptState::Frozen,
    }
}

/// `SMTP · DNS`: names of protocols in capitals, common words in the page's language, others as the author has them.
pub(super) fn topics(ui: &Ui, topics: &[String]) -> String {
    topics.iter().map(|topic| topic_name(ui, topic)).collect::<Vec<_>>().join(" · ")
}

fn topic_name(ui: &Ui, topic: &str) -> String {
    match topic {
        "smtp" | "pop3" | "imap" | "dns" | "tls" | "sasl" | "spf" | "dkim" | "dmarc" | "mime" | "s/mime" => {
            topic.to_uppercase()
        }
        "headers" => ui.t("topic-headers"),
        "delivery" => ui.t("topic-delivery"),
        "encryption" => ui.t("topic-encryption"),
        "security" => ui.t("topic-security"),
        _ => topic.to_owned(),
    }
}

/// A word as part of an address (RFC 3986 section 2.1).
fn encoded(word: &str) -> String {
    let octet = |o: u8| {
        let plain = o.is_ascii_alphanumeric() || b"-._~".contains(&o);
        if plain { char::from(o).to_string() } else { format!("%{o:02X}") }
    };
    word.bytes().map(octet).collect()
}

#[cfg(test)]
mod tests;
