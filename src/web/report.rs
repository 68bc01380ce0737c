//! The report of one attempt: points and what they rest on, with the lines of the transcript; and the transcript to keep.

use super::Site;
use super::assets;
use super::attempt::unreadable;
use super::error::Problem;
use super::markup;
use super::pages::{Frame, moment, page};
use super::protocol::{Progress, StepState};
use super::quote::{Lines, Part};
use super::reference;
use super::replay::{At, past};
use super::shown::Shown;
use super::steps::{hint, points_of, progress};
use super::ui::Ui;
use crate::capture;
use crate::event::{Entry, Event};
use crate::explain::Explainer;
use crate::grade::StepReport;
use crate::lab::Snapshot;
use crate::rfc::Section;
use crate::scenario::{Hint, Step};
use crate::units::{EventNo, Points, Time, Zone};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    ui: &'static Ui,
    frame: Frame,
    token: String,
    title: String,
    /// Several short statements about the whole: when, how long, what hints cost.
    facts: Vec<(String, String)>,
    progress: Progress,
    steps: Vec<StepShown>,
    /// Mistakes that no step is about.
    along: Vec<Row>,
    again: Vec<Again>,
    /// Scenarios that build on this one: id and title.
    next: Vec<(String, String)>,
    closing: String,
    real: String,
    script: String,
}

/// One step.
#[derive(Debug)]
struct StepShown {
    state: StepState,
    title: String,
    /// When it was done, and what hints took off; in words.
    remarks: Vec<String>,
    hints: Vec<HintShown>,
    rows: Vec<Row>,
}

/// A hint that was taken.
#[derive(Debug)]
struct HintShown {
    n: u64,
    html: String,
    cost: String,
}

/// A row of an excerpt.
#[derive(Debug)]
enum Row {
    /// A line of the transcript.
    Line {
        n: u64,
        at: String,
        who: &'static str,
        mark: &'static str,
        text: Shown,
        /// It has earned something; it has brought a remark.
        earned: bool,
        said: bool,
    },
    /// What was said of the line above, as HTML.
    Said { n: u64, html: String },
    /// Lines were left out.
    Gap,
    /// The rest was left out.
    End,
}

/// Something to look at again.
#[derive(Debug)]
struct Again {
    step: String,
    title: String,
    why: Vec<String>,
    /// Rules that the mistakes were about: where each stands in the reference, and what it is called.
    rules: Vec<(String, String)>,
}

/// `GET /attempts/{token}/report`.
pub(super) async fn get(State(site): State<Site>, headers: HeaderMap, Path(token): Path<String>) -> Response {
    past(&site, &headers, &token, At::NOW, |ui, there| {
        let template = report_page(ui, &site, there).ok_or_else(|| Problem::Lab(unreadable(there)))?;
        Ok(page(&template, &headers))
    })
    .await
}

fn report_page(ui: &'static Ui, site: &Site, there: &Snapshot) -> Option<ReportPage> {
    let about = &there.about;
    let drawn = about.drawn.as_ref()?;
    let title = drawn.title.get(ui.lang).to_owned();
    let state = progress(ui, &drawn.steps, &there.report, &there.entries);
    let book = Book {
        ui,
        zone: drawn.setup.workstation.zone,
        start: about.start,
        lines: Lines::of(ui, &there.entries),
        entries: &there.entries,
    };
    let steps: Vec<StepShown> = there
        .report
        .steps
        .iter()
        .zip(&state.steps)
        .filter_map(|(report, state)| {
            let step = drawn.steps.iter().find(|s| s.id == report.id)?;
            Some(book.step(step, report, state))
        })
        .collect();
    let said: Vec<(EventNo, String)> = state.slips.iter().map(|s| (EventNo(s.n), s.html.clone())).collect();
    Some(ReportPage {
        frame: Frame::new(ui, "report", &title, &format!("/attempts/{}/report", about.token)),
        token: about.token.clone(),
        facts: book.facts(there, &drawn.steps),
        again: book.again(&steps, there),
        along: book.rows(&[], &said),
        next: next(ui, site, &about.scenario),
        steps,
        closing: drawn.closing.as_ref().map_or_else(String::new, |c| markup::blocks(c.get(ui.lang))),
        real: drawn.real.as_ref().map_or_else(String::new, |r| markup::blocks(r.get(ui.lang))),
        script: assets::address("js/report.js"),
        progress: state,
        title,
        ui,
    })
}

/// The scenarios on offer that build on this one.
fn next(ui: &Ui, site: &Site, id: &str) -> Vec<(String, String)> {
    let catalogue = site.lab.catalogue();
    let mut next: Vec<_> = catalogue.scenarios().filter(|s| s.after().any(|after| after == id)).collect();
    next.sort_by_key(|s| (s.order().unwrap_or(u32::MAX), s.id()));
    next.iter().map(|s| (s.id().to_owned(), s.title().get(ui.lang).to_owned())).collect()
}

/// What a report is written from.
struct Book<'a> {
    ui: &'static Ui,
    zone: Zone,
    start: Time,
    lines: Lines,
    entries: &'a [Entry],
}

impl Book<'_> {
    fn step(&self, step: &Step, report: &StepReport, state: &StepState) -> StepShown {
        let hints = self.hints(step, report);
        let said: Vec<(EventNo, String)> =
            state.said.iter().map(|s| (EventNo(s.n), s.html.clone())).collect();
        let mut remarks = Vec::new();
        let done = report.evidence.last().filter(|_| report.done).and_then(|n| self.entry(*n));
        if let Some(done) = done {
            let text = [("at", self.clock(done.at).into()), ("after", self.since(done.at).into())];
            remarks.push(self.ui.with("report-done-at", &text));
        }
        StepShown {
            title: step.title.get(self.ui.lang).to_owned(),
            remarks,
            hints: hints
                .iter()
                .map(|(n, taken, cost)| HintShown {
                    n: n.0,
                    html: hint(self.ui, taken),
                    cost: if *cost == Points::ZERO {
                        self.ui.t("report-hint-free")
                    } else {
                        self.ui.amount("report-hint-cost", *cost)
                    },
                })
                .collect(),
            rows: self.rows(&report.evidence, &said),
            state: state.clone(),
        }
    }

    /// The hints that were taken, each with the event and what it took off: nothing once the step was done.
    fn hints<'s>(&self, step: &'s Step, report: &StepReport) -> Vec<(EventNo, &'s Hint, Points)> {
        let done = report.evidence.last().filter(|_| report.done);
        let taken = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::HintTaken { step: id, number } if *id == step.id => Some((entry.n, *number)),
            _ => None,
        });
        let known = |number: u32| step.hints.get(usize::try_from(number).ok()?.checked_sub(1)?);
        taken
            .filter_map(|(n, number)| {
                let hint = known(number)?;
                let free = done.is_some_and(|done| *done < n);
                Some((n, hint, if free { Points::ZERO } else { hint.cost }))
            })
            .collect()
    }

    /// The lines around what earned something and what was said, with what was said below each.
    fn rows(&self, earned: &[EventNo], said: &[(EventNo, String)]) -> Vec<Row> {
        let mut events: Vec<EventNo> = earned.to_vec();
        events.extend(said.iter().map(|(n, _)| *n));
        let mut open: BTreeMap<u64, Vec<&String>> = BTreeMap::new();
        for (n, html) in said {
            open.entry(n.0).or_default().push(html);
        }
        let mut rows = Vec::new();
        let mut last = None;
        for part in self.lines.around(&events) {
            let n = match &part {
                Part::Line { line, .. } => Some(line.n),
                Part::Gap | Part::End => None,
            };
            if let Some(before) = last.filter(|_| n != last) {
                remarks(&mut open, before, &mut rows);
            }
            last = n;
            rows.push(match part {
                Part::Line { line, about } => Row::Line {
                    n: line.n,
                    at: self.clock(line.at),
                    who: line.who.code(),
                    mark: line.who.mark(),
                    text: line.text.clone(),
                    earned: about && earned.iter().any(|n| n.0 == line.n),
                    said: about && open.contains_key(&line.n),
                },
                Part::Gap => Row::Gap,
                Part::End => Row::End,
            });
        }
        // Also what was said of something that has no line.
        let rest: Vec<u64> = last.into_iter().chain(open.keys().copied()).collect();
        for n in rest {
            remarks(&mut open, n, &mut rows);
        }
        rows
    }

    fn facts(&self, there: &Snapshot, steps: &[Step]) -> Vec<(String, String)> {
        let ui = self.ui;
        let mut facts = vec![
            (ui.t("report-fact-begun"), moment(ui, self.start, self.zone.at(self.start))),
            (ui.t("report-fact-attempt"), there.about.number.to_string()),
            (ui.t("report-fact-time"), Explainer::stretch(there.now.since(self.start).as_secs())),
        ];
        let hints: Vec<Points> = (there.report.steps.iter())
            .filter_map(|report| Some((steps.iter().find(|s| s.id == report.id)?, report)))
            .flat_map(|(step, report)| self.hints(step, report))
            .map(|(_, _, cost)| cost)
            .collect();
        if !there.report.steps.is_empty() {
            let cost: Points = hints.iter().copied().sum();
            let taken = match hints.len() {
                0 => ui.t("report-no-hints"),
                n => ui.with("report-hints", &[("x", n.into()), ("cost", ui.points(cost).into())]),
            };
            facts.push((ui.t("report-fact-hints"), taken));
            let said =
                there.report.steps.iter().map(|s| s.said.len()).sum::<usize>() + there.report.slips.len();
            facts.push((ui.t("report-fact-mistakes"), said.to_string()));
        }
        facts
    }

    /// What is worth another look: steps that are open, that needed help, or in which something went wrong.
    fn again(&self, steps: &[StepShown], there: &Snapshot) -> Vec<Again> {
        let ui = self.ui;
        let rules = |report: &StepReport| {
            let rules: BTreeSet<Section> = report.said.iter().filter_map(|s| self.rule(s.event)).collect();
            rules.iter().map(|rule| (reference::place(rule), reference::name(ui, rule))).collect()
        };
        let look = |(step, report): (&StepShown, &StepReport)| {
            let mut why = Vec::new();
            if !report.done {
                why.push(ui.t("again-open"));
            } else if report.points < report.max {
                let lost = Points(report.max.0 - report.points.0);
                why.push(ui.amount("again-lost", lost));
            }
            if !step.hints.is_empty() {
                why.push(ui.x("hints-taken", step.hints.len()));
            }
            if !report.said.is_empty() {
                why.push(ui.x("again-said", report.said.len()));
            }
            let again =
                || Again { step: report.id.clone(), title: step.title.clone(), why, rules: rules(report) };
            (!report.done || !step.hints.is_empty() || !report.said.is_empty() || report.points < report.max)
                .then(again)
        };
        steps.iter().zip(&there.report.steps).filter_map(look).collect()
    }

    /// The rule that the answer to what happened rests on.
    fn rule(&self, n: EventNo) -> Option<Section> {
        match &self.entry(n)?.event {
            Event::Smtp { exchange, .. } => Some(exchange.rule.clone()),
            Event::Pop3 { exchange, .. } => Some(exchange.rule.clone()),
            Event::Imap { exchange, .. } => Some(exchange.rule.clone()),
            _ => None,
        }
    }

    fn entry(&self, n: EventNo) -> Option<&Entry> {
        let place = self.entries.binary_search_by_key(&n, |e| e.n).ok()?;
        self.entries.get(place)
    }

    fn clock(&self, at: Time) -> String {
        let c = at.civil(self.zone.at(at));
        format!("{:02}:{:02}:{:02}", c.hour(), c.minute(), c.second())
    }

    /// How long after the beginning.
    fn since(&self, at: Time) -> String {
        let since: Duration = at.since(self.start);
        Explainer::stretch(since.as_secs())
    }
}

/// What was said of this event, below its lines.
fn remarks(open: &mut BTreeMap<u64, Vec<&String>>, n: u64, rows: &mut Vec<Row>) {
    let said = open.remove(&n).unwrap_or_default();
    rows.extend(said.into_iter().map(|html| Row::Said { n, html: html.clone() }));
}

/// `GET /attempts/{token}/transcript.txt`.
pub(super) async fn transcript_text(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    past(&site, &headers, &token, At::NOW, |ui, there| {
        let zone = there.about.drawn.as_ref().map(|d| d.setup.workstation.zone).unwrap_or_default();
        let title = there.about.drawn.as_ref().map_or("", |d| d.title.get(ui.lang));
        let points = points_of(ui, there.report.points, there.report.max_points);
        let about = [
            ("title", title.to_owned().into()),
            ("number", there.about.number.into()),
            ("when", moment(ui, there.about.start, zone.at(there.about.start)).into()),
        ];
        let mut text = format!("{}\n", ui.with("transcript-of", &about));
        if !points.is_empty() {
            text += &format!("{points}\n");
        }
        text += &format!("{}\n\n", ui.t("transcript-legend"));
        text += &capture::text(&there.entries, Explainer::of(ui.lang), zone);
        Ok(download(there, "txt", "text/plain; charset=utf-8", text))
    })
    .await
}

/// `GET /attempts/{token}/transcript.json`.
pub(super) async fn transcript_json(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    past(&site, &headers, &token, At::NOW, |_, there| {
        let json = capture::json(&there.entries).map_err(|_| Problem::Internal)?;
        Ok(download(there, "json", "application/json", json))
    })
    .await
}

/// A file to keep, named after the scenario and the attempt's number.
fn download(there: &Snapshot, extension: &str, kind: &'static str, content: String) -> Response {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let scenario: String = there.about.scenario.chars().filter(|c| plain(*c)).collect();
    let name = format!("attachment; filename=\"helo-{scenario}-{}.{extension}\"", there.about.number);
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], content).into_response()
}
