//! The way a message came, as an honest analyst reads it off the message alone, for the mailboxes of the lab page.

use super::reference::{Cited, cite};
use super::shown::Shown;
use super::ui::Ui;
use crate::explain::{Explainer, Explanation};
use crate::mail::trace::{Finding, Hop, Inside, Trace, TrustedHost, View, Weight};
use crate::mail::{Author, Message};
use crate::units::Span;

/// A host on the way.
#[derive(Debug)]
pub(super) struct HopShown {
    /// Who took the message.
    pub(super) who: Shown,
    /// From whom, when, how long after.
    pub(super) told: Vec<Shown>,
    /// The line can be believed.
    pub(super) sure: bool,
    /// The part that can be believed ends with it.
    pub(super) last_sure: bool,
}

/// Something to say beside a line.
#[derive(Debug)]
pub(super) struct Remark {
    /// `note`, `doubt` or `contradiction`, for styles and tests.
    pub(super) weight: &'static str,
    /// The same in the page's language.
    pub(super) label: String,
    pub(super) text: Shown,
    pub(super) rule: Option<Cited>,
}

/// What a field is worth.
#[derive(Debug)]
pub(super) struct Worth {
    pub(super) text: Shown,
    pub(super) rule: Option<Cited>,
}

/// The analysis of one message.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) hops: Vec<HopShown>,
    /// Where it comes from.
    pub(super) conclusion: Shown,
    trace: Trace,
}

impl Way {
    /// The way of a message that lies in the mailbox of a reader who believes these hosts.
    pub(super) fn of(ui: &Ui, message: &Message, trusted: &[TrustedHost]) -> Way {
        // What somebody put into the folder by hand has no line of a server on top, whatever it looks like.
        let delivered =
            message.authors().first().is_some_and(|a| matches!(a.by, Author::Host(_) | Author::Scenario));
        let trusted = if delivered { trusted } else { &[] };
        let trace = Trace::of(&message.octets, View { trusted, now: None });
        let last = trace.trusted_hops().count().checked_sub(1);
        let hop = |(n, hop): (usize, &Hop)| HopShown {
            who: who(ui, hop),
            told: told(ui, hop),
            sure: hop.trusted,
            last_sure: last == Some(n),
        };
        let hops = trace.hops.iter().enumerate().map(hop).collect();
        let conclusion = Explainer::of(ui.lang).explain_origin(trace.origin.as_ref());
        Way { hops, conclusion: Shown::text(&conclusion.text), trace }
    }

    /// What there is to say beside the line at this place.
    pub(super) fn remarks(&self, ui: &Ui, line: Span) -> Vec<Remark> {
        self.trace.findings_in(line).map(|finding| remark(ui, finding)).collect()
    }

    /// What the field at this place is worth.
    pub(super) fn worth(&self, ui: &Ui, line: Span) -> Option<Worth> {
        let claim = self.trace.claims.iter().find(|c| c.span == line)?;
        let Explanation { text, notes, rule } = Explainer::of(ui.lang).explain_field(claim);
        let whole = std::iter::once(text).chain(notes).collect::<Vec<_>>().join(" ");
        Some(Worth { text: Shown::text(&whole), rule: rule.map(|r| cite(ui, &r)) })
    }
}

fn remark(ui: &Ui, finding: &Finding) -> Remark {
    let (weight, key) = match finding.kind.weight() {
        Weight::Note => ("note", "weight-note"),
        Weight::Doubt => ("doubt", "weight-doubt"),
        Weight::Contradiction => ("contradiction", "weight-contradiction"),
    };
    let text = Shown::text(&Explainer::of(ui.lang).explain_finding(finding).text);
    Remark { weight, label: ui.t(key), text, rule: Some(cite(ui, &finding.rule)) }
}

/// Who took the message.
fn who(ui: &Ui, hop: &Hop) -> Shown {
    match (&hop.line.by, hop.line.inside) {
        (Some(by), _) => Shown::text(&by.text),
        (None, Some(Inside::Network)) => Shown::text(&ui.t("way-queue")),
        (None, _) => Shown::text(&ui.t("way-unnamed")),
    }
}

/// From whom, when, and how long after the line below.
fn told(ui: &Ui, hop: &Hop) -> Vec<Shown> {
    let line = &hop.line;
    let mut told = Vec::new();
    let word = |w: &Option<crate::mail::trace::Word>| w.as_ref().map(|w| w.text.clone());
    let (name, ip) = (word(&line.reverse), line.address.as_ref().map(|a| a.word.text.clone()));
    let from = match (name, ip) {
        (Some(name), Some(ip)) => Some(format!("{name} [{ip}]")),
        (name, ip) => ip.map(|ip| format!("[{ip}]")).or(name),
    };
    told.extend(from.map(|from| ui.x("way-from", from)));
    told.extend(word(&line.helo).map(|helo| ui.x("way-helo", helo)));
    told.extend(word(&line.user).map(|user| ui.x("way-user", user)));
    if let Some(date) = line.date {
        told.push(ui.x("way-at", date.at.utc()));
    }
    match hop.delay {
        Some(delay) if delay >= 0 => told.push(ui.x("way-after", Explainer::stretch(delay.unsigned_abs()))),
        Some(delay) => told.push(ui.x("way-before", Explainer::stretch(delay.unsigned_abs()))),
        None => {}
    }
    if !hop.trusted {
        told.push(ui.t("way-claimed"));
    }
    told.iter().map(|text| Shown::text(text)).collect()
}
