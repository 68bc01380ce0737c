//! The lab page of one attempt, and its mailboxes.

use super::Site;
use super::assets;
use super::author::is_preview;
use super::background::{self, Link};
use super::catalogue::topics;
use super::error::Problem;
use super::kept_back::Look;
use super::mailboxes::{Known, Mailboxes, header_lines, mailboxes};
use super::markup;
use super::network::network;
use super::pages::{Frame, page, snapshot};
use super::ports::{Ports, ports};
use super::reference;
use super::replay::{At, past};
use super::shown::Shown;
use super::steps::{points_of, worth};
use super::ui::Ui;
use crate::event::Entry;
use crate::lab::{LabError, Snapshot};
use crate::scenario::{Answer, Check, Hidden, Step};
use crate::units::Text;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// A step as the page begins; what has been earned comes over the WebSocket.
#[derive(Debug)]
struct StepBrief {
    id: String,
    number: usize,
    title: String,
    /// What is to be done, as HTML.
    task: String,
    max: String,
    question: Option<Question>,
}

/// A step's question.
#[derive(Debug)]
struct Question {
    /// As HTML.
    ask: String,
    kind: Kind,
}

/// How it is answered.
#[derive(Debug)]
enum Kind {
    /// One of these: id and what it says.
    Choice(Vec<(String, String)>),
    /// Several of these.
    Several(Vec<(String, String)>),
    /// A whole number.
    Number,
    /// An address.
    Address,
    /// A moment.
    Time,
    /// One of the lines of a message's header: as it is sent, and as it is shown.
    Lines(Vec<(String, Shown)>),
    /// Words.
    Words,
}

/// What the lab page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// To work with.
    Live,
    /// To look at what was done, from this event on.
    Replay { at: Option<u64> },
}

#[derive(Template)]
#[template(path = "lab.html")]
pub(super) struct LabPage {
    ui: &'static Ui,
    frame: Frame,
    token: String,
    title: String,
    meta: String,
    brief: String,
    closing: String,
    /// How the same is done with a real program, as HTML.
    real: String,
    /// The chapters that tell the background.
    background: Vec<Link>,
    /// Where the reference is fetched.
    reference: String,
    steps: Vec<StepBrief>,
    mailboxes: Mailboxes,
    ports: Option<Ports>,
    workstation: String,
    /// The texts for the modules, as JSON.
    words: String,
    script: String,
    frozen: Option<String>,
    summary: String,
    worth: String,
    /// It is an exam, to be handed in.
    exam: bool,
    /// There is reason to let time pass.
    waits: bool,
    mode: Mode,
    /// It is an author's preview, and counts nowhere.
    preview: bool,
}

/// `GET /attempts/{token}`.
pub(super) async fn get(State(site): State<Site>, headers: HeaderMap, Path(token): Path<String>) -> Response {
    let preview = is_preview(&site, &token).await;
    shown(&site, &headers, &token, |ui, there| {
        let page_of = lab_page(ui, &site, there, Mode::Live).map(|page| LabPage { preview, ..page });
        let template = page_of.ok_or_else(|| Problem::Lab(unreadable(there)))?;
        Ok(page(&template, &headers))
    })
    .await
}

/// `GET /attempts/{token}/mailboxes`.
pub(super) async fn mailbox_fragment(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Query(at): Query<At>,
) -> Response {
    past(&site, &headers, &token, at, |ui, there| Ok(page(&mailboxes_of(ui, there), &headers))).await
}

/// `GET /attempts/{token}/network`.
pub(super) async fn network_fragment(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Query(at): Query<At>,
) -> Response {
    past(&site, &headers, &token, at, |ui, there| {
        let drawn = there.about.drawn.as_ref().ok_or_else(|| Problem::Lab(unreadable(there)))?;
        let fixed = there.frozen.is_some() || at.is_past();
        let shown = network(ui, drawn, &there.entries, fixed);
        Ok(page(&shown.keeping_back(&there.hidden), &headers))
    })
    .await
}

/// What `make` makes of the attempt with this token, or the page that says what went wrong.
pub(super) async fn shown(
    site: &Site,
    headers: &HeaderMap,
    token: &str,
    make: impl FnOnce(&'static Ui, &Look) -> Result<Response, Problem>,
) -> Response {
    let ui = Ui::for_browser(headers);
    let made = match look(site, token).await {
        Ok(there) => make(ui, &there),
        Err(problem) => Err(problem),
    };
    made.unwrap_or_else(|problem| problem.page_in(ui))
}

/// How the attempt with this token stands.
async fn look(site: &Site, token: &str) -> Result<Look, Problem> {
    Ok(Look::at(snapshot(&site.lab.open(token).await?).await?))
}

/// The attempt is there, its scenario is not to be read any more.
pub(super) fn unreadable(there: &Snapshot) -> LabError {
    LabError::NoSuchScenario { id: there.about.scenario.clone(), similar: None }
}

fn mailboxes_of(ui: &'static Ui, there: &Look) -> Mailboxes {
    let drawn = there.about.drawn.iter();
    let known = drawn.flat_map(|d| {
        d.setup.mailboxes.iter().map(|m| Known {
            address: m.address.clone(),
            host: m.host.clone(),
            trusted: d.setup.trusted_by(&m.address, &m.host),
        })
    });
    let known: Vec<Known> = known.collect();
    let base = format!("/attempts/{}", there.about.token);
    let shown = mailboxes(ui, &base, &known, &there.entries);
    if let Some(title) = there.until(Hidden::Mailboxes) {
        return shown.kept_back(title.get(ui.lang));
    }
    if there.hidden.contains(&Hidden::Analysis) { shown.without_analysis() } else { shown }
}

/// The lab page of this attempt; `None` where its scenario cannot be read any more.
pub(super) fn lab_page(ui: &'static Ui, site: &Site, there: &Look, mode: Mode) -> Option<LabPage> {
    let about = &there.about;
    let drawn = about.drawn.as_ref()?;
    let title = drawn.title.get(ui.lang).to_owned();
    let meta = site.lab.catalogue().get(&about.scenario).map_or_else(
        |_| String::new(),
        |s| format!("{} · {}", topics(ui, s.topics()), ui.x("about-minutes", s.minutes())),
    );
    let back = match mode {
        Mode::Live => format!("/attempts/{}", about.token),
        Mode::Replay { at: None } => format!("/attempts/{}/replay", about.token),
        Mode::Replay { at: Some(at) } => format!("/attempts/{}/replay?at={at}", about.token),
    };
    Some(LabPage {
        frame: Frame::new(ui, "lab", &title, &back),
        token: about.token.clone(),
        meta,
        brief: markup::blocks(drawn.brief.get(ui.lang)),
        closing: drawn.closing.as_ref().map_or_else(String::new, |c| markup::blocks(c.get(ui.lang))),
        real: drawn.real.as_ref().map_or_else(String::new, |r| markup::blocks(r.get(ui.lang))),
        background: background::about(ui, &about.scenario),
        reference: reference::fragment_address(ui),
        steps: drawn
            .steps
            .iter()
            .zip(1..)
            .map(|(step, number)| step_brief(ui, step, number, &there.entries))
            .collect(),
        mailboxes: mailboxes_of(ui, there),
        ports: (mode == Mode::Live).then(|| ports(ui, &site.doors, there)),
        workstation: format!("{} {}", drawn.setup.workstation.name, drawn.setup.workstation.ip),
        words: ui.for_modules(),
        script: assets::address("js/lab.js"),
        frozen: there.frozen.as_ref().map(|why| why.text().get(ui.lang).to_owned()),
        summary: match there.report.is_told() {
            true => points_of(ui, there.report.points, there.report.max_points),
            false => worth(ui, there.report.max_points),
        },
        exam: drawn.exam,
        worth: worth(ui, there.report.max_points),
        waits: mode == Mode::Live && drawn.setup.mail_may_wait(),
        mode,
        preview: false,
        title,
        ui,
    })
}

/// The options' ids with what they say, as HTML.
fn options_shown(ui: &Ui, options: &[(String, Arc<Text>)]) -> Vec<(String, String)> {
    options.iter().map(|(id, text)| (id.clone(), markup::inline(text.get(ui.lang)))).collect()
}

fn step_brief(ui: &Ui, step: &Step, number: usize, entries: &[Entry]) -> StepBrief {
    let question = match &step.check {
        Check::Events(_) => None,
        Check::Question { ask, answer, .. } => {
            let kind = match answer {
                Answer::Choice { options, .. } => Kind::Choice(options_shown(ui, options)),
                Answer::Several { options, .. } => Kind::Several(options_shown(ui, options)),
                Answer::Number(_) => Kind::Number,
                Answer::Ip(_) => Kind::Address,
                Answer::Time(_) => Kind::Time,
                Answer::Line { of, .. } => match of.as_deref().map(|of| header_lines(of, entries)) {
                    Some(lines) if !lines.is_empty() => Kind::Lines(lines),
                    _ => Kind::Words,
                },
                Answer::Text(_) => Kind::Words,
            };
            Some(Question { ask: markup::blocks(ask.get(ui.lang)), kind })
        }
    };
    StepBrief {
        id: step.id.clone(),
        number,
        title: step.title.get(ui.lang).to_owned(),
        task: markup::blocks(step.task.get(ui.lang)),
        max: ui.points(step.points),
        question,
    }
}
