//! TLS in the world: where it comes first, what comes of handshakes and of what is none, and certificates that are right
//! and wrong.

use crate::internet::Internet;
use crate::small_internet::{START, drawn};
use helo::event::{ConnectFailure, Event, Side, TlsEvent, TlsFailure, TlsVersion};
use helo::keys;
use helo::mail::certificate::{Certificate, CertificateFault, KeyKind, SignatureAlgorithm, verify};
use helo::units::{Bytes, Time};
use helo::world::{ClientHello, Secured, Setup};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

/// Hosts whose certificates are right and wrong, and one that speaks old versions only.
pub(crate) const HOSTS: &str = r#"
[[host]]
name = "mail.example.org"
ip = "192.0.2.25"
tls = { names = ["mx.example.org", "*.in.example.org"] }
domains = ["example.org"]
smtp = { style = "postfix", tls_ports = [465] }
pop3 = { style = "dovecot", tls_ports = [995] }

[[host]]
name = "expired.example.org"
ip = "192.0.2.26"
tls = { certificate = "expired" }
smtp = { style = "postfix", tls_ports = [465] }

[[host]]
name = "self.example.org"
ip = "192.0.2.27"
tls = { certificate = "self-signed" }
smtp = { style = "postfix", tls_ports = [465] }

[[host]]
name = "unknown.example.org"
ip = "192.0.2.28"
tls = { certificate = "unknown-issuer" }
smtp = { style = "postfix", tls_ports = [465] }

[[host]]
name = "moved.example.org"
ip = "192.0.2.29"
tls = { certificate = { other_name = "mail.other.test" } }
smtp = { style = "postfix", tls_ports = [465] }

[[host]]
name = "old.example.org"
ip = "192.0.2.30"
tls = { versions = ["1.0", "1.1"] }
smtp = { style = "sendmail", tls_ports = [465] }
"#;

const MODERN: RangeInclusive<TlsVersion> = TlsVersion::Tls12..=TlsVersion::Tls13;

fn hello(name: &str, versions: RangeInclusive<TlsVersion>) -> ClientHello {
    ClientHello { server_name: Some(name.to_owned()), versions }
}

fn setup() -> Setup {
    let mut setup = Setup::clone(&drawn(HOSTS).setup);
    setup.keyring = Arc::new(keys::make(&setup.certificates(), START).expect("certificates"));
    setup
}

/// A handshake with this host at 465.
fn handshake(net: &mut Internet, ip: &str, name: &str) -> Secured {
    let conn = net.connect(ip, 465);
    let (secured, _) = net.start_tls(conn, &hello(name, MODERN));
    secured.expect("an answer").expect("a handshake")
}

fn tls(events: &[Event]) -> Vec<&TlsEvent> {
    events.iter().filter_map(|e| if let Event::Tls { what, .. } = e { Some(what) } else { None }).collect()
}

#[test]
fn where_tls_comes_first_the_server_greets_after_it_and_everything_is_encrypted() {
    let mut net = Internet::new(HOSTS);
    for (port, greeting) in [(465, "220 mail.example.org"), (995, "+OK ")] {
        let conn = net.connect("192.0.2.25", port);
        assert_eq!(net.heard(conn), "", "nothing in plain text at {port}");
        assert_eq!(tls(&net.events()), [&TlsEvent::Expected]);
        let (secured, events) = net.start_tls(conn, &hello("mail.example.org", MODERN));
        let session = secured.expect("an answer").expect("a handshake").session;
        assert_eq!((session.version, session.cipher.as_str()), (TlsVersion::Tls13, "TLS_AES_256_GCM_SHA384"));
        assert_eq!(session.server_name.as_deref(), Some("mail.example.org"));
        assert_eq!(tls(&events), [&TlsEvent::Established(session)]);
        assert!(net.heard(conn).starts_with(greeting));
        let said = net.say(conn, "NOOP");
        let wires = events.iter().chain(&said).filter_map(|e| match e {
            Event::Wire { tls, .. } => Some(*tls),
            _ => None,
        });
        assert_eq!(wires.collect::<Vec<_>>(), [true, true, true], "greeting, command, reply");
    }
}

#[test]
fn each_certificate_is_what_the_scenario_says() {
    let setup = setup();
    let roots = [setup.keyring.authority.clone().expect("an authority")];
    let mut net = Internet::of(&setup);
    let issuer = |fault: Result<(), CertificateFault>| match fault {
        Err(CertificateFault::UnknownIssuer { issuer }) => issuer,
        other => panic!("{other:?}"),
    };
    for (ip, host, fault) in [
        ("192.0.2.25", "mail.example.org", None),
        ("192.0.2.26", "expired.example.org", Some("expired")),
        ("192.0.2.27", "self.example.org", Some("self-signed")),
        ("192.0.2.28", "unknown.example.org", Some("unknown-issuer")),
        ("192.0.2.29", "moved.example.org", Some("wrong-name")),
    ] {
        let secured = handshake(&mut net, ip, host);
        let found = verify(&secured.chain, &roots, Some(host), net.world().now());
        assert_eq!(found.as_ref().err().map(CertificateFault::kind), fault, "{host}");
        match found {
            Err(CertificateFault::Expired { until }) => {
                assert_eq!(until, Time(START.0 - 30 * 86_400 * 1_000_000));
            }
            Err(CertificateFault::WrongName { wanted, found }) => {
                assert_eq!((wanted.as_str(), found), (host, vec!["DNS:mail.other.test".to_owned()]));
            }
            Err(CertificateFault::UnknownIssuer { .. }) => {
                assert!(issuer(found).starts_with("O = helo, CN = unlisted CA "));
            }
            _ => {}
        }
    }
    let secured = handshake(&mut net, "192.0.2.25", "mx.example.org");
    let good = |name: &str, at: Time| verify(&secured.chain, &roots, Some(name), at).err().map(|f| f.kind());
    for name in ["MAIL.example.org.", "mx.example.org", "a.in.example.org", "localhost", "127.0.0.1", "::1"] {
        assert_eq!(good(name, START), None, "{name}");
    }
    for name in ["example.org", "a.b.in.example.org", "192.0.2.25", ""] {
        assert_eq!(good(name, START), Some("wrong-name"), "{name}");
    }
    assert_eq!(good("mail.example.org", START.plus(Duration::from_secs(363 * 86_400))), None);
    assert_eq!(good("mail.example.org", START.plus(Duration::from_secs(365 * 86_400))), Some("expired"));
}

#[test]
fn a_certificate_can_be_read_and_no_other_authority_will_do() {
    let (one, two) = (setup(), setup());
    let mail = &one.keyring.hosts["mail.example.org"].chain;
    let certificate = Certificate::read(&mail[0]).expect("it can be read");
    assert_eq!(certificate.subject.to_string(), "O = helo, CN = mail.example.org");
    assert!(certificate.issuer.to_string().starts_with("O = helo, CN = helo lab CA "));
    let names: Vec<String> = certificate.names.iter().map(ToString::to_string).collect();
    let expected = [
        "DNS:mail.example.org",
        "DNS:mx.example.org",
        "DNS:*.in.example.org",
        "DNS:localhost",
        "IP Address:127.0.0.1",
        "IP Address:::1",
    ];
    assert_eq!(names, expected);
    assert_eq!((&certificate.key.kind, certificate.key.octets.len()), (&KeyKind::P256, 65));
    assert_eq!(certificate.signed_with, SignatureAlgorithm::EcdsaSha256);
    assert_eq!((certificate.version, certificate.authority, certificate.for_servers), (3, false, Some(true)));
    assert!(certificate.key_usage.is_some_and(|usage| usage.digital_signature && !usage.certificates));
    assert_eq!(certificate.fingerprint().len(), 32);

    let roots = |setup: &Setup| [setup.keyring.authority.clone().expect("an authority")];
    assert_ne!(roots(&one), roots(&two), "each attempt has its own");
    let kind = |result: Result<(), CertificateFault>| result.err().map(|f| f.kind());
    assert_eq!(kind(verify(mail, &roots(&one), None, START)), None);
    assert_eq!(kind(verify(mail, &roots(&two), None, START)), Some("unknown-issuer"));
    assert_eq!(kind(verify(mail, &[] as &[Bytes], None, START)), Some("unknown-issuer"));
    assert_eq!(kind(verify(&[] as &[Bytes], &roots(&one), None, START)), Some("malformed"));
    // Whoever is trusted by name is trusted, self-signed or not.
    let own = &one.keyring.hosts["self.example.org"].chain;
    assert_eq!(kind(verify(own, own, Some("self.example.org"), START)), None);
    // An authority that nobody trusts does not become one by being sent along.
    let sent = [mail[0].clone(), roots(&one)[0].clone()];
    assert_eq!(kind(verify(&sent, &roots(&two), None, START)), Some("unknown-issuer"));
    // A host's certificate issues nothing.
    assert_eq!(kind(verify(&sent, &[mail[0].clone()], None, START)), None);
}

#[test]
fn one_wrong_bit_anywhere_is_noticed_and_breaks_nothing() {
    let setup = setup();
    let roots = [setup.keyring.authority.clone().expect("an authority")];
    let der = setup.keyring.hosts["mail.example.org"].chain[0].to_vec();
    for at in 0..der.len() {
        let mut bent = der.clone();
        bent[at] ^= 1 << (at % 8);
        let found = verify(&[bent.clone()], &roots, Some("mail.example.org"), START);
        assert!(found.is_err(), "octet {at} of {}", der.len());
        let cut = verify(&[&der[..at]], &roots, None, START);
        assert_eq!(cut, Err(CertificateFault::Malformed), "{at} octets");
    }
}

#[test]
fn plain_text_at_a_tls_port_ends_without_a_word() {
    let mut net = Internet::new(HOSTS);
    let conn = net.connect("192.0.2.25", 465);
    net.events();
    // OpenSSL reads five octets before it judges.
    net.world().send(conn, b"EHL");
    assert_eq!(tls(&net.events()), [] as [&TlsEvent; 0]);
    let events = net.say(conn, "O ws.lab.test");
    assert_eq!(tls(&events), [&TlsEvent::Failed(TlsFailure::NotAHandshake)]);
    assert!(events.iter().any(|e| matches!(e, Event::Closed { by: Side::Server, .. })), "{events:?}");
    assert_eq!(net.heard(conn), "");
    assert!(events.iter().all(|e| !matches!(e, Event::Smtp { .. })), "no session has heard of it");

    let conn = net.connect("192.0.2.25", 995);
    net.events();
    net.world().send(conn, b"\x16\x03\x01\x00\x05\x01\x00\x00");
    assert_eq!(tls(&net.events()), [] as [&TlsEvent; 0], "the record is not complete");
    net.world().send(conn, b"\x01\x00");
    let events = net.events();
    assert_eq!(tls(&events), [&TlsEvent::Failed(TlsFailure::NotAHandshake)]);
    let alert: &[u8] = b"\x15\x03\x03\x00\x02\x02\x32";
    let wire = |e: &Event| matches!(e, Event::Wire { from: Side::Server, octets, tls: false, .. } if **octets == *alert);
    assert!(events.iter().any(wire), "{events:?}");
}

#[test]
fn tls_at_a_plain_port_fails_for_the_client() {
    let mut net = Internet::new(HOSTS);
    let conn = net.connect("192.0.2.25", 25);
    let (secured, events) = net.start_tls(conn, &hello("mail.example.org", MODERN));
    assert_eq!(secured, Some(Err(TlsFailure::ServerSpeaksPlain)));
    assert_eq!(tls(&events), [&TlsEvent::Failed(TlsFailure::ServerSpeaksPlain)]);
    let first = events.first();
    assert!(
        matches!(first, Some(Event::Wire { from: Side::Client, octets, tls: false, .. }) if octets.starts_with(b"\x16\x03\x01")),
        "{first:?}"
    );
}

#[test]
fn versions_are_agreed_on_or_not() {
    let mut net = Internet::new(HOSTS);
    let mut meet = |ip: &str, versions: RangeInclusive<TlsVersion>| {
        let conn = net.connect(ip, 465);
        let (secured, _) = net.start_tls(conn, &hello("x", versions));
        secured.expect("an answer").map(|s| (s.session.version, s.session.cipher))
    };
    let suite = |version, cipher: &str| Ok((version, cipher.to_owned()));
    let (all, none) = (TlsVersion::Tls10..=TlsVersion::Tls13, Err(TlsFailure::NoCommonVersion));
    assert_eq!(
        meet("192.0.2.25", TlsVersion::Tls12..=TlsVersion::Tls12),
        suite(TlsVersion::Tls12, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
    );
    assert_eq!(
        meet("192.0.2.30", all.clone()),
        suite(TlsVersion::Tls11, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA")
    );
    assert_eq!(meet("192.0.2.30", MODERN), none);
    assert_eq!(meet("192.0.2.25", TlsVersion::Tls10..=TlsVersion::Tls11), none);
    assert_eq!(meet("192.0.2.25", all).map(|s| s.0), Ok(TlsVersion::Tls13));
}

#[test]
fn a_handshake_that_does_not_come_is_not_waited_for_for_ever() {
    let mut net = Internet::new(HOSTS);
    net.connect("192.0.2.25", 465);
    net.events();
    assert_eq!(net.pass(299), []);
    let events = net.pass(2);
    assert_eq!(tls(&events), [&TlsEvent::Failed(TlsFailure::TimedOut)]);
    assert!(events.iter().any(|e| matches!(e, Event::Closed { by: Side::Server, .. })), "{events:?}");

    let conn = net.connect("192.0.2.25", 465);
    net.events();
    net.world().finish(conn);
    assert_eq!(tls(&net.events()), [&TlsEvent::Failed(TlsFailure::CutOff)]);
}

#[test]
fn without_a_certificate_nothing_listens_where_tls_comes_first() {
    let mut net = Internet::of(&drawn(HOSTS).setup);
    net.connect("192.0.2.25", 465);
    let events = net.events();
    let refused = |e: &Event| matches!(e, Event::ConnectFailed { why: ConnectFailure::Refused, .. });
    assert!(events.iter().any(refused), "{events:?}");
    let conn = net.connect("192.0.2.25", 25);
    net.say(conn, "EHLO ws.lab.test");
    assert!(!net.heard(conn).contains("STARTTLS"));
}
