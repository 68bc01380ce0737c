//! What a scenario can ask about TLS.

use crate::support::{Lab, step};
use helo::event::{Event, TlsEvent, TlsFailure, TlsSession, TlsVersion};
use helo::mail::Glob;
use helo::mail::certificate::CertificateFault;
use helo::scenario::{Check, Conversation, Expectation, How, Pattern, Sought, TlsKind, TlsPattern};
use helo::units::{ConnId, Time};
use std::sync::Arc;

fn any(what: TlsKind) -> TlsPattern {
    TlsPattern { what, from: None, host: None, port: None, version: None, name: None, reason: None }
}

fn at(pattern: TlsPattern, host: &str, port: u16) -> TlsPattern {
    TlsPattern { host: Some(Glob(host.to_owned()).into()), port: Some(port), ..pattern }
}

fn because(pattern: TlsPattern, reason: &str) -> TlsPattern {
    TlsPattern { reason: Some(reason.to_owned()), ..pattern }
}

fn established(version: TlsVersion) -> TlsEvent {
    let (cipher, server_name) = ("x".to_owned(), Some("mx.test".to_owned()));
    TlsEvent::Established(TlsSession { version, cipher, server_name, certificate: None })
}

fn verified(name: Option<&str>, fault: Option<CertificateFault>) -> TlsEvent {
    TlsEvent::Verified { name: name.map(str::to_owned), fault }
}

/// Is the pattern met by this on a connection to mx.test, port 465?
fn met(on: Option<(&str, u16)>, pattern: TlsPattern, opened: &str, what: TlsEvent) -> bool {
    let sought = Arc::new(Sought::from(Pattern::Tls(pattern)));
    let expect = vec![Expectation { what: sought, how: How::Happened, points: None, optional: false }];
    let on = on.map(|(host, port)| (host.to_owned(), port));
    let check = Check::Events(vec![Conversation { on, ordered: true, expect }]);
    let mut lab = Lab::new(&[step("tls", 2, check)]);
    lab.play(opened);
    lab.log(Event::Tls { conn: ConnId(1), what: TlsEvent::Expected });
    assert_eq!(lab.points("tls"), "0", "nothing has come of it yet");
    lab.log(Event::Tls { conn: ConnId(1), what });
    lab.report().steps[0].done
}

#[test]
fn a_handshake_is_asked_for_by_place_version_and_name() {
    use TlsKind::{Established, Failed};
    const OWN: &str = "1 connect mx.test:465";
    let new = || established(TlsVersion::Tls13);
    let version = |version| TlsPattern { version: Some(version), ..any(Established) };
    let name = |name: &str| TlsPattern { name: Some(Glob(name.to_owned()).into()), ..any(Established) };
    for (pattern, good) in [
        (any(Established), true),
        (at(any(Established), "mx.test", 465), true),
        (at(any(Established), "*.test", 465), true),
        (at(any(Established), "mx.test", 25), false),
        (at(any(Established), "other.test", 465), false),
        (version(TlsVersion::Tls13), true),
        (version(TlsVersion::Tls12), false),
        (name("MX.test"), true),
        (name("other.test"), false),
        (any(Failed), false),
    ] {
        for on in [None, Some(("mx.test", 465))] {
            assert_eq!(met(on, pattern.clone(), OWN, new()), good, "{on:?} {pattern:?}");
        }
        assert!(!met(None, pattern.clone(), "1 relay mx.test:465", new()), "two servers among themselves");
    }
    let failed = || TlsEvent::Failed(TlsFailure::NotAHandshake);
    assert!(met(None, any(Failed), OWN, failed()));
    assert!(met(None, because(any(Failed), "not-a-handshake"), OWN, failed()));
    assert!(!met(None, because(any(Failed), "timed-out"), OWN, failed()));
}

#[test]
fn a_look_at_the_certificate_is_asked_for_by_what_it_found() {
    use TlsKind::{Distrusted, Verified};
    const OWN: &str = "1 connect mx.test:465";
    let expired = || verified(None, Some(CertificateFault::Expired { until: Time(0) }));
    let named = |name: &str| TlsPattern { name: Some(Glob(name.to_owned()).into()), ..any(Verified) };
    assert!(met(None, any(Verified), OWN, verified(None, None)));
    assert!(met(None, named("mx.test"), OWN, verified(Some("mx.test"), None)));
    assert!(!met(None, named("mx.test"), OWN, verified(None, None)), "the name was not asked for");
    assert!(!met(None, any(Verified), OWN, expired()));
    assert!(met(None, any(Distrusted), OWN, expired()));
    assert!(met(None, because(any(Distrusted), "expired"), OWN, expired()));
    assert!(!met(None, because(any(Distrusted), "self-signed"), OWN, expired()));
    assert!(!met(None, any(Distrusted), OWN, established(TlsVersion::Tls13)));
}
