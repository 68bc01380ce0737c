//! What all trials of a scenario come to: one diagnostic for each fault, whatever the number of trials that show it.
//!
//! Trials are independent of each other; whoever checks may run them side by side ([`trials`], then `run` on each)
//! and put the findings together in the order of the trials ([`conclude`]).

use super::trial::{Finding, Trial, UNUSED_WAY};
use crate::scenario::Diagnostic;
use crate::units::Lang;

/// How many seeds every solution and counterexample is played with, from 1.
pub const SEEDS: u64 = 20;

/// All trials: every seed in both languages.
pub fn trials() -> Vec<Trial> {
    (1..=SEEDS).flat_map(|seed| Lang::ALL.map(|lang| Trial { seed, lang })).collect()
}

/// One diagnostic for each fault found, with the first trial that shows it, in the order of the file.
pub fn conclude(found: &[(Trial, Vec<Finding>)]) -> Vec<Diagnostic> {
    let mut faults: Vec<(&Finding, Vec<Trial>)> = Vec::new();
    for (trial, findings) in found {
        for finding in findings {
            let same = |other: &Finding| {
                (other.diagnostic.code, &other.about) == (finding.diagnostic.code, &finding.about)
            };
            match faults.iter_mut().find(|(other, _)| same(other)) {
                Some((_, seen)) if seen.last() == Some(trial) => {}
                Some((_, seen)) => seen.push(*trial),
                None => faults.push((finding, vec![*trial])),
            }
        }
    }
    faults.retain(|(finding, seen)| finding.diagnostic.code != UNUSED_WAY || seen.len() == found.len());
    faults.sort_by_key(|(finding, _)| finding.diagnostic.span.clone().map_or((1, 0), |span| (0, span.start)));
    faults.into_iter().map(|(finding, seen)| named(finding, &seen, found.len())).collect()
}

/// The diagnostic, with the trials that show it where it is not all of them.
fn named(finding: &Finding, seen: &[Trial], all: usize) -> Diagnostic {
    let mut diagnostic = finding.diagnostic.clone();
    if let Some(first) = seen.first()
        && seen.len() < all
    {
        let lang = first.lang.code();
        let more = match seen.len() - 1 {
            0 => String::new(),
            more => format!(", and with {more} more"),
        };
        diagnostic.message.push_str(&format!(" (with --seed {} --lang {lang}{more})", first.seed));
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Severity;

    fn finding(code: &'static str, about: &str, message: &str, at: usize) -> Finding {
        let (severity, span) = (Severity::Error, Some(at..at + 1));
        let (message, label, help) = (message.to_owned(), String::new(), None);
        Finding {
            diagnostic: Diagnostic { severity, code, message, span, label, help },
            about: about.to_owned(),
        }
    }

    #[test]
    fn a_fault_of_many_trials_is_shown_once() {
        let trials = trials();
        assert_eq!(trials.len(), 40);
        let found: Vec<_> = (trials.into_iter().zip(0..))
            .map(|(trial, n)| {
                let mut findings = vec![finding("always", "a", &format!("drawn {n}"), 20)];
                findings.extend((n >= 38).then(|| finding("seldom", "b", "late", 10)));
                findings.extend((n == 3).then(|| finding("once", "c", "English only", 30)));
                (trial, findings)
            })
            .collect();
        let shown: Vec<String> = conclude(&found).into_iter().map(|d| d.message).collect();
        assert_eq!(
            shown,
            [
                "late (with --seed 20 --lang de, and with 1 more)",
                "drawn 0",
                "English only (with --seed 2 --lang en)",
            ]
        );
    }
}
