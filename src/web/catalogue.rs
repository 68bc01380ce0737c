//! The catalogue: what there is to do, and how far the learner has come.

use super::Site;
use super::error::Problem;
use super::markup;
use super::pages::{Frame, page};
use super::steps::{points_of, worth};
use super::ui::Ui;
use crate::scenario::Scenario;
use crate::store;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use std::collections::BTreeMap;

/// One scenario on offer.
#[derive(Debug)]
struct Card {
    id: String,
    title: String,
    /// The first paragraph of its story, as HTML.
    brief: String,
    topics: String,
    minutes: u32,
    worth: String,
    /// The newest attempt at it.
    attempt: Option<Tried>,
}

/// An attempt; where there is nothing to earn, `summary` is empty.
#[derive(Debug)]
struct Tried {
    token: String,
    points: String,
    summary: String,
    percent: i64,
    number: u32,
    done: bool,
    frozen: bool,
}

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CataloguePage {
    ui: &'static Ui,
    frame: Frame,
    cards: Vec<Card>,
    any: bool,
}

/// `GET /`.
pub(super) async fn get(State(site): State<Site>, headers: HeaderMap) -> Response {
    let ui = Ui::for_browser(&headers);
    let latest = match site.lab.store().latest_per_scenario(site.learner).await {
        Ok(latest) => latest,
        Err(error) => return Problem::Lab(error.into()).page_in(ui),
    };
    let latest: BTreeMap<String, store::Attempt> =
        latest.into_iter().map(|a| (a.scenario.clone(), a)).collect();
    // The short ones first: they are the ones to begin with.
    let mut scenarios: Vec<_> = site.lab.catalogue().scenarios().collect();
    scenarios.sort_by_key(|s| (s.minutes(), s.id()));
    let cards: Vec<Card> = scenarios.iter().map(|s| card(ui, s, latest.get(s.id()))).collect();
    let any = cards.iter().any(|c| c.attempt.is_some());
    let frame = Frame::new(ui, "catalogue", &ui.t("catalogue"), "/");
    page(&CataloguePage { ui, frame, cards, any }, &headers)
}

fn card(ui: &Ui, scenario: &Scenario, attempt: Option<&store::Attempt>) -> Card {
    let brief = scenario.brief();
    let first = brief.get(ui.lang).split("\n\n").find(|p| !p.trim().is_empty()).unwrap_or_default();
    Card {
        id: scenario.id().to_owned(),
        title: scenario.title().get(ui.lang).to_owned(),
        brief: markup::blocks(first),
        topics: topics(ui, scenario.topics()),
        minutes: scenario.minutes(),
        worth: worth(ui, scenario.max_points()),
        attempt: attempt.map(|a| Tried {
            token: a.token.clone(),
            points: ui.points(a.progress.points),
            summary: points_of(ui, a.progress.points, a.progress.max_points),
            percent: (a.progress.points.0 * 100 / a.progress.max_points.0.max(1)).clamp(0, 100),
            number: a.number,
            done: a.progress.done,
            frozen: a.state == store::AttemptState::Frozen,
        }),
    }
}

/// `SMTP · DNS`: names of protocols in capitals, common words in the page's language, others as the author has them.
pub(super) fn topics(ui: &Ui, topics: &[String]) -> String {
    let name = |topic: &String| match topic.as_str() {
        "smtp" | "pop3" | "imap" | "dns" | "tls" | "sasl" | "spf" | "dkim" | "dmarc" | "mime" | "s/mime" => {
            topic.to_uppercase()
        }
        "headers" => ui.t("topic-headers"),
        "delivery" => ui.t("topic-delivery"),
        "encryption" => ui.t("topic-encryption"),
        "security" => ui.t("topic-security"),
        _ => topic.clone(),
    };
    topics.iter().map(name).collect::<Vec<_>>().join(" · ")
}
