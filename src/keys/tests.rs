//! What is ordered is made; that it is what it says, openssl and the core's own verification say in tests/.

use super::*;

/// Mon, 1 Sep 2025 08:00:00 UTC.
const START: Time = Time(1_756_713_600_000_000);

fn order(host: &str, kind: CertificateKind) -> CertificateOrder {
    CertificateOrder { host: host.to_owned(), names: vec![host.to_owned()], kind }
}

#[test]
fn nothing_is_made_where_nothing_is_ordered() {
    assert_eq!(make(&[], START), Ok(Keyring::default()));
}

#[test]
fn no_two_attempts_share_an_authority_or_a_key() {
    let orders = [order("a.test", CertificateKind::Valid), order("b.test", CertificateKind::UnknownIssuer)];
    let [one, two] = [make(&orders, START).unwrap(), make(&orders, START).unwrap()];
    assert_ne!(one.authority, two.authority);
    let keys = |ring: &Keyring| ring.hosts.values().map(|h| h.key.clone()).collect::<Vec<_>>();
    let all = [keys(&one), keys(&two)].concat();
    for (i, key) in all.iter().enumerate() {
        assert!(!all[..i].contains(key));
    }
}

#[test]
fn a_name_that_cannot_be_written_is_told_with_its_host() {
    let fault = make(&[order("zürich.test", CertificateKind::Valid)], START).unwrap_err();
    assert_eq!(fault.host.as_deref(), Some("zürich.test"));
    assert!(fault.to_string().contains("zürich.test"), "{fault}");
}

#[test]
fn any_start_and_any_length_of_name_will_do() {
    let long = vec!["x".repeat(60); 4].join(".");
    for start in [Time(i64::MIN), Time(-1), Time(0), START, Time(i64::MAX)] {
        for kind in [CertificateKind::Valid, CertificateKind::Expired, CertificateKind::SelfSigned] {
            let ring = make(&[order(&long, kind)], start).unwrap();
            assert!(ring.authority_pem().unwrap().starts_with("-----BEGIN CERTIFICATE-----\n"));
            assert_eq!(ring.hosts[&long].chain.len(), 1);
        }
    }
}

#[test]
fn what_is_debug_printed_shows_no_key() {
    let ring = make(&[order("a.test", CertificateKind::Valid)], START).unwrap();
    let shown = format!("{ring:?} {:?}", ring.hosts["a.test"]);
    let key = format!("{:?}", ring.hosts["a.test"].key);
    assert!(!shown.contains(key.trim_start_matches("b\"").get(..40).unwrap()), "{shown}");
}
