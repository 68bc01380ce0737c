//! What the hosts on a message's way found out about where it comes from: SPF, DKIM, DMARC, step by step.

use super::super::reference::{Cited, cite};
use super::super::shown::Shown;
use super::super::ui::Ui;
use crate::event::{Entry, Event, SenderEvent};
use crate::explain::Explainer;
use crate::units::{ConnId, MessageId};
use std::collections::BTreeMap;

/// A verdict, in words.
#[derive(Debug)]
pub(in crate::web) struct VerdictShown {
    /// `spf`, `dkim`, `dmarc`, `forged`, `junk`, `signed` or `smime`, for styles and tests.
    pub(in crate::web) code: &'static str,
    /// What was checked, as people call it.
    pub(in crate::web) name: &'static str,
    /// The result as headers write it; empty where there is none.
    pub(in crate::web) result: &'static str,
    /// `good`, `bad` or `open`.
    pub(in crate::web) mood: &'static str,
    /// By which host; empty where the reader's program found it out.
    pub(in crate::web) host: String,
    /// The conclusion.
    pub(in crate::web) text: Shown,
    /// What was asked and found, in order.
    pub(in crate::web) steps: Vec<Shown>,
    pub(in crate::web) rule: Option<Cited>,
}

/// The verdicts on each message.
#[derive(Debug, Default)]
pub(in crate::web) struct Verdicts<'a> {
    of: BTreeMap<MessageId, Vec<(&'a str, &'a SenderEvent)>>,
}

impl<'a> Verdicts<'a> {
    /// Gathers them: what a host found out on a connection belongs to the message that it takes next there.
    pub(in crate::web) fn gather(entries: &'a [Entry]) -> Verdicts<'a> {
        let mut verdicts = Verdicts::default();
        let mut open: BTreeMap<(&str, ConnId), Vec<&'a SenderEvent>> = BTreeMap::new();
        let mut taken: BTreeMap<(&str, ConnId), MessageId> = BTreeMap::new();
        for entry in entries {
            match &entry.event {
                Event::Sender { host, conn, what } => match what.as_ref() {
                    SenderEvent::Quarantined { id, .. } | SenderEvent::Signed { id, .. } => {
                        verdicts.of.entry(*id).or_default().push((host, what));
                    }
                    // It was found out after the message was taken.
                    SenderEvent::ForgedResults { .. } => {
                        if let Some(id) = taken.get(&(host.as_str(), *conn)) {
                            verdicts.of.entry(*id).or_default().push((host, what));
                        }
                    }
                    _ => {
                        let found = open.entry((host, *conn)).or_default();
                        found.retain(|other| kind(other) != kind(what));
                        found.push(what);
                    }
                },
                Event::Accepted { id, host, conn, .. } => {
                    taken.insert((host, *conn), *id);
                    for what in open.remove(&(host.as_str(), *conn)).unwrap_or_default() {
                        verdicts.of.entry(*id).or_default().push((host, what));
                    }
                }
                _ => {}
            }
        }
        verdicts
    }

    /// Those on this message, in words.
    pub(in crate::web) fn on(&self, ui: &Ui, id: MessageId) -> Vec<VerdictShown> {
        let all = self.of.get(&id).map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|(host, what)| verdict(ui, host, what)).collect()
    }
}

fn kind(what: &SenderEvent) -> std::mem::Discriminant<SenderEvent> {
    std::mem::discriminant(what)
}

fn verdict(ui: &Ui, host: &str, what: &SenderEvent) -> VerdictShown {
    let (code, name, result) = match what {
        SenderEvent::Spf(check) => ("spf", "SPF", check.result.name()),
        SenderEvent::Dkim(checks) => {
            // One good signature is enough (RFC 6376 section 6.1).
            let good = checks.iter().find(|check| check.result.name() == "pass");
            ("dkim", "DKIM", good.or(checks.first()).map_or("none", |check| check.result.name()))
        }
        SenderEvent::Dmarc(check) => ("dmarc", "DMARC", check.result.name()),
        SenderEvent::ForgedResults { .. } => ("forged", "Authentication-Results", ""),
        SenderEvent::Quarantined { .. } => ("junk", "DMARC", ""),
        SenderEvent::Signed { .. } => ("signed", "DKIM", ""),
    };
    let mood = match (code, result) {
        ("signed", _) | (_, "pass") => "good",
        ("forged" | "junk", _) | (_, "fail" | "softfail" | "permerror") => "bad",
        _ => "open",
    };
    let told = Explainer::of(ui.lang).explain_sender(what);
    VerdictShown {
        code,
        name,
        result,
        mood,
        host: host.to_owned(),
        text: Shown::text(&told.text),
        steps: told.notes.iter().map(|step| Shown::text(step)).collect(),
        rule: told.rule.map(|rule| cite(ui, &rule)),
    }
}
