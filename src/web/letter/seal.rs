//! What the reader's program says of a signed or encrypted message (S/MIME): by whom it is, whether that holds and why not,
//! for whom it is.

use super::super::reference::cite;
use super::super::shown::Shown;
use super::super::ui::Ui;
use super::VerdictShown;
use crate::event::{Entry, Event};
use crate::explain::{Explainer, Explanation};
use crate::mail::Directory;
use crate::mail::certificate::Certificate;
use crate::mail::smime::{Protection, Signer, SmimeCheck, Trust, judge};
use crate::units::Time;

/// With what messages are judged, as the transcript has it, and when.
#[derive(Debug)]
pub(in crate::web) struct Seals {
    directory: Directory,
    now: Time,
}

impl Seals {
    /// Gathers it from the events.
    pub(in crate::web) fn gather(entries: &[Entry]) -> Seals {
        let told = entries.iter().find_map(|entry| match &entry.event {
            Event::MailCertificates { authorities, certificates } => Some((authorities, certificates)),
            _ => None,
        });
        let directory = told.map(|(authorities, certificates)| Directory {
            roots: authorities.clone(),
            certificates: certificates.iter().filter_map(|der| Certificate::read(der).ok()).collect(),
        });
        let now = entries.last().map_or(Time(0), |entry| entry.at);
        Seals { directory: directory.unwrap_or_default(), now }
    }

    /// What is to be said of a message; nothing where it is neither signed nor encrypted.
    pub(in crate::web) fn on(&self, ui: &Ui, message: &[u8]) -> Vec<VerdictShown> {
        let explainer = Explainer::of(ui.lang);
        match judge(message, Trust { roots: &self.directory.roots, now: self.now }) {
            Protection::None => Vec::new(),
            Protection::Signed(checks) => {
                checks.iter().map(|check| signature(ui, explainer, check)).collect()
            }
            Protection::Encrypted(recipients, others) => {
                let known = self.names(&recipients);
                let others = others + recipients.iter().filter(|one| self.owner(one).is_none()).count();
                let told = explainer.explain_encrypted(&known, others);
                vec![shown(ui, told, ("encrypted", "open"))]
            }
            Protection::Broken(fault) => {
                vec![shown(ui, explainer.explain_cms(&fault), (fault.kind(), "bad"))]
            }
        }
    }

    fn owner(&self, one: &Signer) -> Option<&Certificate> {
        self.directory.certificates.iter().find(|certificate| one.is(certificate))
    }

    fn names(&self, recipients: &[Signer]) -> Vec<String> {
        recipients.iter().filter_map(|one| self.owner(one)).flat_map(Certificate::mail_addresses).collect()
    }
}

fn signature(ui: &Ui, explainer: &Explainer, check: &SmimeCheck) -> VerdictShown {
    let mut told = explainer.explain_signature(check);
    let notes = std::mem::take(&mut told.notes);
    told.text = format!("{} {}", told.text, notes.join(" "));
    let (result, mood) = match check.faults.first() {
        None => ("valid", "good"),
        Some(fault) => (fault.kind(), "bad"),
    };
    shown(ui, told, (result, mood))
}

fn shown(ui: &Ui, told: Explanation, (result, mood): (&'static str, &'static str)) -> VerdictShown {
    VerdictShown {
        code: "smime",
        name: "S/MIME",
        result,
        mood,
        host: String::new(),
        text: Shown::text(&told.text),
        steps: Vec::new(),
        rule: told.rule.map(|rule| cite(ui, &rule)),
    }
}
