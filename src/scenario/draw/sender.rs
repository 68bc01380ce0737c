//! The keys that domains sign with, and what is looked for in what hosts find out about senders.

use super::Draw;
use crate::mail::is_host_label;
use crate::scenario::SenderPattern;
use crate::scenario::model::{DomainModel, SenderPatternModel};
use crate::world::{Setup, SigningSetup};

/// The most keys in a scenario: each is made for each attempt.
const KEYS: usize = 8;

impl Draw<'_> {
    /// The keys of a domain, whose zone is called `domain`.
    pub(super) fn keys_of(&mut self, setup: &mut Setup, model: &DomainModel, domain: &str) {
        for key in &model.dkim {
            let Some(selector) = self.fill(&key.selector).map(|s| s.trim().to_ascii_lowercase()) else {
                continue;
            };
            if !selector.split('.').all(|label| is_host_label(label.as_bytes())) {
                let message = format!("\"{}\" is no selector", selector.escape_debug());
                self.error(
                    "bad-value",
                    &key.selector,
                    message,
                    "a selector is a label as in a host's name, such as \"lab\"",
                );
                continue;
            }
            let host = match &key.host {
                None => None,
                Some(named) => {
                    let Some(name) = self.fill(named) else { continue };
                    let Some(host) = self.known_host(setup, named, name.trim()) else { continue };
                    Some(host)
                }
            };
            let (algorithm, publish) = (key.algorithm, key.publish);
            let signing = SigningSetup { domain: domain.to_owned(), selector, algorithm, publish, host };
            if setup.dkim.iter().any(|other| other.record_name() == signing.record_name()) {
                let message = format!("there are two keys `{}`", signing.selector);
                self.error(
                    "duplicate",
                    &key.selector,
                    message,
                    "give each key of a domain a selector of its own",
                );
                continue;
            }
            if setup.dkim.len() >= KEYS {
                let message = format!("more than {KEYS} keys to sign with");
                self.error(
                    "bad-value",
                    &key.selector,
                    message,
                    "each attempt makes all of them: leave some out",
                );
                return;
            }
            setup.dkim.push(signing);
        }
    }

    pub(super) fn sender_pattern(&mut self, model: &SenderPatternModel) -> Option<SenderPattern> {
        Some(SenderPattern {
            kind: model.kind,
            result: model.result,
            host: self.like_if(&model.host)?,
            domain: self.like_if(&model.domain)?,
            selector: self.like_if(&model.selector)?,
            disposition: model.disposition,
        })
    }
}
