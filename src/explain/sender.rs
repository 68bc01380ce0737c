//! What hosts find out about where mail comes from, step by step: SPF, DKIM, DMARC.

use super::say::Say;
use crate::event::{SenderEvent, SenderRefusal};
use crate::mail::dkim::{DkimCheck, DkimFault, DkimStep};
use crate::mail::dmarc::{AlignmentMode, DmarcCheck, DmarcFault, DmarcPolicy, DmarcResult, DmarcStep};
use crate::mail::lookup::{Lookup, LookupFailure};
use crate::mail::spf::{RecordFault, SpfCheck, SpfFault, SpfLimit, SpfResult, SpfWhat, TermFault};
use crate::rfc::{Section, section};

/// What happened, in a sentence or two.
pub(super) fn summary(what: &SenderEvent) -> Vec<Say> {
    match what {
        SenderEvent::Spf(check) => vec![spf(check)],
        SenderEvent::Dkim(checks) if checks.is_empty() => vec![Say::new("dkim-none")],
        SenderEvent::Dkim(checks) => checks.iter().map(dkim).collect(),
        SenderEvent::Dmarc(check) => vec![dmarc(check)],
        SenderEvent::ForgedResults { count } => {
            vec![Say::new("sender-forged-results").number("count", u64::from(*count))]
        }
        SenderEvent::Quarantined { id, domain } => {
            vec![Say::new("sender-quarantined").own("id", id.to_string()).text("domain", domain)]
        }
        SenderEvent::Signed { id, domain, selector, algorithm } => vec![
            Say::new("sender-signed")
                .own("id", id.to_string())
                .text("domain", domain)
                .text("selector", selector)
                .text("algorithm", algorithm),
        ],
    }
}

/// How it came about, in order.
pub(super) fn steps(what: &SenderEvent) -> Vec<Say> {
    match what {
        SenderEvent::Spf(check) => {
            let mut steps: Vec<Say> = check.steps.iter().map(|step| spf_step(&step.what)).collect();
            if let Some(text) = &check.explanation {
                steps.push(Say::new("spf-step-explained").long("text", text));
            }
            steps
        }
        SenderEvent::Dkim(checks) => {
            checks.iter().flat_map(|check| check.steps.iter().flat_map(dkim_step)).collect()
        }
        SenderEvent::Dmarc(check) => check.steps.iter().map(dmarc_step).collect(),
        _ => Vec::new(),
    }
}

/// The rule that decided.
pub(super) fn rule(what: &SenderEvent) -> Option<Section> {
    Some(match what {
        SenderEvent::Spf(check) => match &check.fault {
            Some(
                SpfFault::TooManyLookups | SpfFault::TooManyVoidLookups | SpfFault::TooManyExchanges { .. },
            ) => section(7208, "4.6.4"),
            Some(SpfFault::SeveralRecords { .. }) => section(7208, "4.5"),
            Some(SpfFault::Record(_)) => section(7208, "4.6"),
            Some(SpfFault::NoRecordThere { .. }) => section(7208, "5.2"),
            Some(SpfFault::DnsTrouble { .. }) => section(7208, "4.4"),
            None => section(7208, "2.6"),
        },
        SenderEvent::Dkim(_) => section(6376, "6.1"),
        SenderEvent::Dmarc(_) => section(9989, "4.4"),
        SenderEvent::ForgedResults { .. } => section(8601, "5"),
        SenderEvent::Quarantined { .. } => section(9989, "4.7"),
        SenderEvent::Signed { .. } => section(6376, "5"),
    })
}

/// Why a mail is not taken.
pub(super) fn refusal(why: &SenderRefusal) -> Say {
    match why {
        SenderRefusal::Spf { domain, .. } => Say::new("verdict-spf-failed").text("domain", domain),
        SenderRefusal::Dmarc { domain } => Say::new("verdict-dmarc-failed").text("domain", domain),
    }
}

fn lookup(lookup: &Lookup) -> Say {
    let say = |key| Say::new(key).own("type", lookup.rtype.mnemonic()).text("name", &lookup.name);
    match &lookup.outcome {
        Ok(found) if found.is_empty() => say("lookup-nothing"),
        Ok(found) => say("lookup-found").long("values", &found.join(", ")),
        Err(LookupFailure::NoSuchName) => say("lookup-no-name"),
        Err(LookupFailure::Trouble) => say("lookup-trouble"),
    }
}

fn spf(check: &SpfCheck) -> Say {
    let domain = if check.domain.is_empty() { "-" } else { &check.domain };
    let say = |key| Say::new(key).text("domain", domain).own("client", check.client.to_string());
    let by_term = |with, without| match &check.term {
        Some(term) => say(with).text("term", term),
        None => say(without),
    };
    match (check.result, &check.fault) {
        (_, Some(fault)) => spf_fault(say(spf_fault_key(fault)), fault),
        (SpfResult::None, _) => say("spf-none"),
        (SpfResult::Neutral, _) => by_term("spf-neutral-by", "spf-neutral"),
        (SpfResult::Pass, _) => by_term("spf-pass-by", "spf-pass"),
        (SpfResult::Fail, _) => by_term("spf-fail-by", "spf-fail"),
        (SpfResult::SoftFail, _) => by_term("spf-softfail-by", "spf-softfail"),
        (SpfResult::TempError, _) => say("spf-temperror"),
        (SpfResult::PermError, _) => say("spf-permerror"),
    }
}

fn spf_fault_key(fault: &SpfFault) -> &'static str {
    match fault {
        SpfFault::DnsTrouble { .. } => "spf-dns-trouble",
        SpfFault::Record(_) => "spf-unreadable",
        SpfFault::SeveralRecords { .. } => "spf-several-records",
        SpfFault::TooManyLookups => "spf-too-many-lookups",
        SpfFault::TooManyVoidLookups => "spf-too-many-void-lookups",
        SpfFault::TooManyExchanges { .. } => "spf-too-many-exchanges",
        SpfFault::NoRecordThere { .. } => "spf-no-record-there",
    }
}

fn spf_fault(say: Say, fault: &SpfFault) -> Say {
    match fault {
        SpfFault::DnsTrouble { name } => say.text("name", name),
        SpfFault::Record(RecordFault { term, .. }) => say.text("term", term),
        SpfFault::SeveralRecords { domain: at }
        | SpfFault::TooManyExchanges { domain: at }
        | SpfFault::NoRecordThere { domain: at } => say.text("at", at),
        SpfFault::TooManyLookups | SpfFault::TooManyVoidLookups => say,
    }
}

fn spf_step(step: &SpfWhat) -> Say {
    let say = Say::new;
    match step {
        SpfWhat::NoDomain { domain } => {
            say("spf-step-no-domain").text("domain", if domain.is_empty() { "-" } else { domain })
        }
        SpfWhat::LookedUp(found) => lookup(found),
        SpfWhat::NoRecord { domain } => say("spf-step-no-record").text("domain", domain),
        SpfWhat::Record { domain, text } => say("spf-step-record").text("domain", domain).long("text", text),
        SpfWhat::Expanded { term, to } => say("spf-step-expanded").text("term", term).text("to", to),
        SpfWhat::Tried { term, matched: true } => say("spf-step-matched").text("term", term),
        SpfWhat::Tried { term, matched: false } => say("spf-step-not-matched").text("term", term),
        SpfWhat::Included { domain, result } => {
            say("spf-step-included").text("domain", domain).own("result", result.name())
        }
        SpfWhat::Redirected { domain } => say("spf-step-redirected").text("domain", domain),
        SpfWhat::NothingMatched => say("spf-step-nothing-matched"),
        SpfWhat::Unreadable(fault) => say(term_fault(fault.kind)).text("term", &fault.term),
        SpfWhat::Limit(limit) => say(match limit {
            SpfLimit::Lookups => "spf-step-limit-lookups",
            SpfLimit::VoidLookups => "spf-step-limit-void-lookups",
            SpfLimit::Exchanges => "spf-step-limit-exchanges",
            SpfLimit::Names => "spf-step-limit-names",
        }),
    }
}

fn term_fault(kind: TermFault) -> &'static str {
    match kind {
        TermFault::UnknownMechanism => "spf-term-unknown-mechanism",
        TermFault::UnexpectedArgument => "spf-term-unexpected-argument",
        TermFault::MissingArgument => "spf-term-missing-argument",
        TermFault::BadDomain => "spf-term-bad-domain",
        TermFault::BadAddress => "spf-term-bad-address",
        TermFault::BadPrefix => "spf-term-bad-prefix",
        TermFault::Twice => "spf-term-twice",
        TermFault::BadModifier => "spf-term-bad-modifier",
        TermFault::NotText => "spf-term-not-text",
        TermFault::TooLong => "spf-term-too-long",
    }
}

fn dkim(check: &DkimCheck) -> Say {
    let name = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let say =
        |key| Say::new(key).text("domain", &name(&check.domain)).text("selector", &name(&check.selector));
    let Some(fault) = &check.fault else {
        return say(if check.testing { "dkim-pass-testing" } else { "dkim-pass" });
    };
    let say = |key| say(key).own("result", check.result.name());
    match fault {
        DkimFault::Unreadable => say("dkim-unreadable"),
        DkimFault::UnknownVersion => say("dkim-unknown-version"),
        DkimFault::MissingTag { tag } => say("dkim-missing-tag").text("tag", tag),
        DkimFault::BadTag { tag } => say("dkim-bad-tag").text("tag", tag),
        DkimFault::UnknownAlgorithm => say("dkim-unknown-algorithm"),
        DkimFault::Sha1 => say("dkim-sha1"),
        DkimFault::FromNotSigned => say("dkim-from-not-signed"),
        DkimFault::IdentityOutside => say("dkim-identity-outside"),
        DkimFault::UnknownQuery => say("dkim-unknown-query"),
        DkimFault::Expired { .. } => say("dkim-expired"),
        DkimFault::TooMany => say("dkim-too-many"),
        DkimFault::NoKey => say("dkim-no-key"),
        DkimFault::DnsTrouble => say("dkim-dns-trouble"),
        DkimFault::KeyUnreadable => say("dkim-key-unreadable"),
        DkimFault::KeyRevoked => say("dkim-key-revoked"),
        DkimFault::KeyNotForMail => say("dkim-key-not-for-mail"),
        DkimFault::KeyOfOtherKind => say("dkim-key-of-other-kind"),
        DkimFault::HashNotAllowed => say("dkim-hash-not-allowed"),
        DkimFault::IdentityNotStrict => say("dkim-identity-not-strict"),
        DkimFault::KeyTooShort { bits } => say("dkim-key-too-short").own("bits", bits.to_string()),
        DkimFault::KeyTooLong { bits } => say("dkim-key-too-long").own("bits", bits.to_string()),
        DkimFault::BodyTooShort => say("dkim-body-too-short"),
        DkimFault::BodyChanged => say("dkim-body-changed"),
        DkimFault::SignatureWrong => say("dkim-signature-wrong"),
    }
}

fn dkim_step(step: &DkimStep) -> Vec<Say> {
    let say = Say::new;
    match step {
        DkimStep::Read { form, fields, identity, .. } => vec![
            say("dkim-step-read")
                .own("form", form)
                .long("fields", &fields.join(", "))
                .text("identity", identity),
        ],
        DkimStep::LookedUp(found) => vec![lookup(found)],
        DkimStep::Key { bits: None } => vec![say("dkim-step-key")],
        DkimStep::Key { bits: Some(bits) } => vec![say("dkim-step-rsa-key").own("bits", bits.to_string())],
        DkimStep::Body { octets, beyond, computed, claimed } => {
            let same = computed == claimed;
            let mut steps = vec![
                say(if same { "dkim-step-body-same" } else { "dkim-step-body-differs" })
                    .own("octets", octets.to_string())
                    .own("computed", computed)
                    .text("claimed", claimed),
            ];
            if *beyond > 0 {
                steps.push(say("dkim-step-beyond").own("octets", beyond.to_string()));
            }
            steps
        }
        DkimStep::Header { absent, good, .. } => {
            let mut steps = Vec::new();
            if !absent.is_empty() {
                steps.push(say("dkim-step-absent").long("fields", &absent.join(", ")));
            }
            steps.push(say(if *good { "dkim-step-header-good" } else { "dkim-step-header-wrong" }));
            steps
        }
    }
}

fn dmarc(check: &DmarcCheck) -> Say {
    let say = |key| Say::new(key).text("domain", if check.author.is_empty() { "-" } else { &check.author });
    match (check.result, check.fault, check.disposition) {
        (_, Some(DmarcFault::NoAuthor), _) => say("dmarc-no-author"),
        (_, Some(DmarcFault::SeveralAuthors), _) => say("dmarc-several-authors"),
        (_, Some(DmarcFault::BadDomain), _) => say("dmarc-bad-domain"),
        (_, Some(DmarcFault::DnsTrouble), _) => say("dmarc-dns-trouble"),
        (DmarcResult::Pass, ..) => say("dmarc-pass"),
        (DmarcResult::Fail, _, DmarcPolicy::None) => say("dmarc-fail-none"),
        (DmarcResult::Fail, _, DmarcPolicy::Quarantine) => say("dmarc-fail-quarantine"),
        (DmarcResult::Fail, _, DmarcPolicy::Reject) => say("dmarc-fail-reject"),
        (DmarcResult::None | DmarcResult::TempError | DmarcResult::PermError, ..) => say("dmarc-none"),
    }
}

fn dmarc_step(step: &DmarcStep) -> Say {
    let say = Say::new;
    let mode = |say: Say, mode: &AlignmentMode| say.choice("strict", *mode == AlignmentMode::Strict);
    match step {
        DmarcStep::LookedUp(found) => lookup(found),
        DmarcStep::Record { domain, text } => {
            say("dmarc-step-record").text("domain", domain).long("text", text)
        }
        DmarcStep::NoUse { domain } => say("dmarc-step-no-use").text("domain", domain),
        DmarcStep::Organization { of, domain } => {
            say("dmarc-step-organization").text("of", of).text("domain", domain)
        }
        DmarcStep::Policy { domain, tag, policy, testing, .. } => {
            say(if *testing { "dmarc-step-policy-testing" } else { "dmarc-step-policy" })
                .text("domain", domain)
                .own("tag", tag)
                .own("policy", policy.name())
        }
        DmarcStep::Spf { domain, result, mode: m, aligned } => {
            let key = match (result, aligned) {
                (_, true) => "dmarc-step-spf-aligned",
                (SpfResult::Pass, false) => "dmarc-step-spf-not-aligned",
                _ => return say("dmarc-step-spf-not-passed").own("result", result.name()),
            };
            mode(say(key).text("domain", domain), m)
        }
        DmarcStep::Dkim { domain, result, mode: m, aligned } => {
            let domain = if domain.is_empty() { "-" } else { domain };
            let key = match (result, aligned) {
                (_, true) => "dmarc-step-dkim-aligned",
                (crate::mail::dkim::DkimResult::Pass, false) => "dmarc-step-dkim-not-aligned",
                _ => {
                    return say("dmarc-step-dkim-not-passed")
                        .text("domain", domain)
                        .own("result", result.name());
                }
            };
            mode(say(key).text("domain", domain), m)
        }
    }
}
