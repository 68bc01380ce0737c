//! One sample at least for everything that is told about senders.

use crate::event::{SenderEvent, SenderRefusal};
use crate::explain::say::Say;
use crate::explain::sender::{refusal, steps, summary};
use crate::mail::dkim::{DkimCheck, DkimFault, DkimResult, DkimStep};
use crate::mail::dmarc::{AlignmentMode, DmarcCheck, DmarcFault, DmarcPolicy, DmarcResult, DmarcStep};
use crate::mail::lookup::{Lookup, LookupFailure, LookupType};
use crate::mail::spf::{
    RecordFault, SpfCheck, SpfFault, SpfIdentity, SpfLimit, SpfResult, SpfStep, SpfWhat, TermFault,
};
use crate::units::MessageId;

fn s() -> String {
    "example.tld".to_owned()
}

fn lookups() -> Vec<Lookup> {
    let outcomes =
        [Ok(vec![s()]), Ok(Vec::new()), Err(LookupFailure::NoSuchName), Err(LookupFailure::Trouble)];
    outcomes.into_iter().map(|outcome| Lookup { name: s(), rtype: LookupType::Txt, outcome }).collect()
}

fn spf(result: SpfResult, term: Option<String>, fault: Option<SpfFault>, what: Vec<SpfWhat>) -> SenderEvent {
    SenderEvent::Spf(SpfCheck {
        client: "192.0.2.1".parse().unwrap(),
        helo: s(),
        identity: SpfIdentity::MailFrom,
        sender: s(),
        domain: s(),
        result,
        term,
        explanation: Some(s()),
        fault,
        steps: what.into_iter().map(|what| SpfStep { depth: 0, what }).collect(),
    })
}

fn spf_events() -> Vec<SenderEvent> {
    use TermFault as T;
    let terms = [
        T::UnknownMechanism,
        T::UnexpectedArgument,
        T::MissingArgument,
        T::BadDomain,
        T::BadAddress,
        T::BadPrefix,
        T::Twice,
        T::BadModifier,
        T::NotText,
        T::TooLong,
    ];
    let unreadable = |kind| SpfWhat::Unreadable(RecordFault { term: s(), kind });
    let limits = [SpfLimit::Lookups, SpfLimit::VoidLookups, SpfLimit::Exchanges, SpfLimit::Names];
    let mut what = vec![
        SpfWhat::NoDomain { domain: String::new() },
        SpfWhat::NoRecord { domain: s() },
        SpfWhat::Record { domain: s(), text: s() },
        SpfWhat::Expanded { term: s(), to: s() },
        SpfWhat::Tried { term: s(), matched: true },
        SpfWhat::Tried { term: s(), matched: false },
        SpfWhat::Included { domain: s(), result: SpfResult::Pass },
        SpfWhat::Redirected { domain: s() },
        SpfWhat::NothingMatched,
    ];
    what.extend(lookups().into_iter().map(SpfWhat::LookedUp));
    what.extend(terms.map(unreadable));
    what.extend(limits.map(SpfWhat::Limit));
    let faults = [
        SpfFault::DnsTrouble { name: s() },
        SpfFault::Record(RecordFault { term: s(), kind: T::Twice }),
        SpfFault::SeveralRecords { domain: s() },
        SpfFault::TooManyLookups,
        SpfFault::TooManyVoidLookups,
        SpfFault::TooManyExchanges { domain: s() },
        SpfFault::NoRecordThere { domain: s() },
    ];
    let mut events = vec![spf(SpfResult::None, None, None, what)];
    for result in SpfResult::ALL {
        events.push(spf(result, None, None, Vec::new()));
        events.push(spf(result, Some(s()), None, Vec::new()));
    }
    events.extend(faults.map(|fault| spf(SpfResult::PermError, None, Some(fault), Vec::new())));
    events
}

fn dkim(fault: Option<DkimFault>, testing: bool, steps: Vec<DkimStep>) -> DkimCheck {
    DkimCheck {
        domain: s(),
        selector: "lab".to_owned(),
        algorithm: String::new(),
        identity: None,
        result: fault.as_ref().map_or(DkimResult::Pass, DkimFault::result),
        fault,
        testing,
        beginning: String::new(),
        steps,
    }
}

fn dkim_events() -> Vec<SenderEvent> {
    use DkimFault as F;
    let body = |computed: &str, beyond| DkimStep::Body {
        octets: 3,
        beyond,
        computed: computed.to_owned(),
        claimed: "a".to_owned(),
    };
    let header = |good| DkimStep::Header { absent: vec!["from".to_owned()], text: s(), hash: s(), good };
    let steps = vec![
        DkimStep::Read { form: s(), fields: vec![s()], identity: s(), signed: None, expires: None },
        DkimStep::Key { bits: None },
        DkimStep::Key { bits: Some(2048) },
        body("a", 0),
        body("b", 2),
        header(true),
        header(false),
    ];
    let faults = [
        F::Unreadable,
        F::UnknownVersion,
        F::MissingTag { tag: "b".to_owned() },
        F::BadTag { tag: "b".to_owned() },
        F::UnknownAlgorithm,
        F::Sha1,
        F::FromNotSigned,
        F::IdentityOutside,
        F::UnknownQuery,
        F::Expired { at: 1 },
        F::TooMany,
        F::NoKey,
        F::DnsTrouble,
        F::KeyUnreadable,
        F::KeyRevoked,
        F::KeyNotForMail,
        F::KeyOfOtherKind,
        F::HashNotAllowed,
        F::IdentityNotStrict,
        F::KeyTooShort { bits: 512 },
        F::KeyTooLong { bits: 8192 },
        F::BodyTooShort,
        F::BodyChanged,
        F::SignatureWrong,
    ];
    let mut checks = vec![dkim(None, false, steps), dkim(None, true, Vec::new())];
    checks.extend(faults.map(|fault| dkim(Some(fault), false, Vec::new())));
    vec![SenderEvent::Dkim(Vec::new()), SenderEvent::Dkim(checks)]
}

fn dmarc(result: DmarcResult, fault: Option<DmarcFault>, disposition: DmarcPolicy) -> DmarcCheck {
    let (published_by, policy) = (Some(s()), Some(disposition));
    DmarcCheck { author: s(), result, fault, published_by, policy, disposition, steps: Vec::new() }
}

fn dmarc_events() -> Vec<SenderEvent> {
    let policy = |testing| DmarcStep::Policy {
        domain: s(),
        tag: "p".to_owned(),
        policy: DmarcPolicy::Reject,
        testing,
        percent: None,
    };
    let mut steps = vec![
        DmarcStep::LookedUp(lookups().remove(0)),
        DmarcStep::Record { domain: s(), text: s() },
        DmarcStep::NoUse { domain: s() },
        DmarcStep::Organization { of: s(), domain: s() },
        policy(false),
        policy(true),
    ];
    for mode in [AlignmentMode::Strict, AlignmentMode::Relaxed] {
        for (pass, aligned) in [(true, true), (true, false), (false, false)] {
            let (spf, dkim) = match pass {
                true => (SpfResult::Pass, DkimResult::Pass),
                false => (SpfResult::Fail, DkimResult::Fail),
            };
            steps.push(DmarcStep::Spf { domain: s(), result: spf, mode, aligned });
            steps.push(DmarcStep::Dkim { domain: s(), result: dkim, mode, aligned });
        }
    }
    let faults =
        [DmarcFault::NoAuthor, DmarcFault::SeveralAuthors, DmarcFault::BadDomain, DmarcFault::DnsTrouble];
    let none = DmarcPolicy::None;
    let mut checks = vec![DmarcCheck { steps, ..dmarc(DmarcResult::None, None, none) }];
    checks.push(dmarc(DmarcResult::Pass, None, none));
    checks.extend(DmarcPolicy::ALL.map(|policy| dmarc(DmarcResult::Fail, None, policy)));
    checks.extend(faults.map(|fault| dmarc(DmarcResult::PermError, Some(fault), none)));
    checks.into_iter().map(SenderEvent::Dmarc).collect()
}

/// One of each.
pub(in crate::explain::tests) fn events() -> Vec<SenderEvent> {
    let id = MessageId(1);
    let mut all = vec![
        SenderEvent::ForgedResults { count: 1 },
        SenderEvent::ForgedResults { count: 2 },
        SenderEvent::Quarantined { id, domain: s() },
        SenderEvent::Signed { id, domain: s(), selector: s(), algorithm: s() },
    ];
    all.extend(spf_events());
    all.extend(dkim_events());
    all.extend(dmarc_events());
    all
}

/// Everything that is said about them, and why mail is refused for it.
pub(in crate::explain::tests) fn all() -> Vec<Say> {
    let mut said: Vec<Say> = events().iter().flat_map(|what| [summary(what), steps(what)].concat()).collect();
    said.push(refusal(&SenderRefusal::Spf { domain: s(), explanation: None }));
    said.push(refusal(&SenderRefusal::Dmarc { domain: s() }));
    said
}
