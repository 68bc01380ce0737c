//! Samples of what an analyst notices.

use crate::explain::say::Say;
use crate::explain::trace;
use crate::mail::trace::{FieldKind, FindingKind as F, Inside, Origin};

/// Every kind of finding.
fn findings() -> Vec<F> {
    let some = || "some".to_owned();
    vec![
        F::HandedOverInside { how: Inside::Network },
        F::HandedOverInside { how: Inside::User },
        F::HandedOverInside { how: Inside::Alias },
        F::HandedOverInside { how: Inside::Report },
        F::DateFar { seconds: 90_061, later: true },
        F::DateFar { seconds: 0, later: false },
        F::WrongWeekday { said: "Mon", right: "Tue" },
        F::FieldMissing { name: "Date" },
        F::TimeGoesBack { seconds: 7_200 },
        F::LongWait { seconds: 7_200 },
        F::InFuture { seconds: 7_200 },
        F::NothingTrusted,
        F::TrustEnds,
        F::BelowBoundary,
        F::NoAddress,
        F::NoBy,
        F::NoDate,
        F::ZoneUnknown,
        F::NullSender,
        F::BccVisible,
        F::HighPriority,
        F::ClaimsTrusted { by: some() },
        F::NoReverseName { ip: some() },
        F::MayBeForged { name: some() },
        F::AddressPrivate { ip: some() },
        F::AddressReserved { ip: some() },
        F::AddressImpossible { text: some() },
        F::BadDate { text: some() },
        F::UnknownProtocol { with: some() },
        F::SenderDiffers { sender: some() },
        F::FieldTwice { name: some() },
        F::AuthBelieved { host: some() },
        F::AuthNotBelieved { host: some() },
        F::ChainBroken { by: some(), from: some() },
        F::HelloDiffers { helo: some(), name: some() },
        F::EnvelopeDiffers { from: some(), path: some() },
        F::ReplyElsewhere { from: some(), reply: some() },
        F::NameHasAddress { shown: some(), address: some() },
        F::MessageIdElsewhere { domain: some(), from: some() },
    ]
}

pub(super) fn says() -> Vec<Say> {
    let from = |name: Option<&str>, inside: bool| Origin {
        hop: 0,
        ip: "203.0.113.9".parse().ok().filter(|_| !inside),
        name: name.map(str::to_owned),
        helo: None,
        user: None,
        at: None,
        inside,
    };
    let origins =
        [Some(from(Some("pc.example.net"), false)), Some(from(None, false)), Some(from(None, true)), None];
    let mut says: Vec<Say> = findings().iter().map(trace::finding).collect();
    says.extend(origins.iter().map(|o| trace::origin(o.as_ref())));
    says.extend(FieldKind::ALL.iter().map(|kind| trace::field(*kind)));
    says.extend([true, false].map(trace::worth));
    says
}

#[test]
fn stretches_of_time_are_said_in_two_units() {
    let said = [0, 59, 60, 175, 3600, 3601, 7260, 86_400, 90_061, 86_460].map(trace::span);
    let expected = ["0 s", "59 s", "1 min", "2 min 55 s", "1 h", "1 h", "2 h 1 min", "1 d", "1 d 1 h", "1 d"];
    assert_eq!(said, expected);
}
