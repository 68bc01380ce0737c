//! What a host found out about a sender, against what is looked for.

use crate::event::SenderEvent;
use crate::mail::Like;
use crate::mail::dmarc::DmarcPolicy;
use crate::scenario::{SenderKind, SenderPattern};

/// Is one of the results of this event the one that is looked for?
pub(super) fn is(wanted: &SenderPattern, what: &SenderEvent) -> bool {
    match (wanted.kind, what) {
        (SenderKind::Spf, SenderEvent::Spf(check)) => {
            fits(wanted, check.result.name(), &check.domain, None, None)
        }
        // A message without a signature has no domain to ask for.
        (SenderKind::Dkim, SenderEvent::Dkim(checks)) if checks.is_empty() => {
            wanted.domain.is_none() && wanted.selector.is_none() && wanted.result.is_none_or(|r| r == "none")
        }
        (SenderKind::Dkim, SenderEvent::Dkim(checks)) => checks
            .iter()
            .any(|check| fits(wanted, check.result.name(), &check.domain, Some(&check.selector), None)),
        (SenderKind::Dmarc, SenderEvent::Dmarc(check)) => {
            fits(wanted, check.result.name(), &check.author, None, Some(check.disposition))
        }
        _ => false,
    }
}

fn fits(
    wanted: &SenderPattern,
    result: &str,
    domain: &str,
    selector: Option<&str>,
    disposition: Option<DmarcPolicy>,
) -> bool {
    let says = |glob: &Option<Like>, text: Option<&str>| {
        glob.as_ref().is_none_or(|glob| text.is_some_and(|text| glob.matches(text)))
    };
    wanted.result.is_none_or(|wanted| wanted == result)
        && says(&wanted.domain, Some(domain))
        && says(&wanted.selector, selector)
        && wanted.disposition.is_none_or(|wanted| disposition == Some(wanted))
}
