//! Certificates and keys belong to an attempt: its record keeps them, and nothing shows them.

use crate::{START, scenario};
use helo::attempt::{Prepared, Record};
use helo::keys;
use helo::units::Lang;

#[test]
fn the_keyring_survives_the_journal_and_is_shown_nowhere() {
    let scenario = scenario("forge-a-sender");
    let prepared = Prepared::new(&scenario, 1, Lang::En).expect("it is drawn");
    let orders = prepared.certificates();
    assert_eq!(orders.iter().map(|order| order.host.as_str()).collect::<Vec<_>>(), ["mail.example.tld"]);
    let keyring = keys::make(&orders, START).expect("a keyring");
    let mut attempt = prepared.begin(START, keyring.clone());
    crate::line(&mut attempt, 1, b"dig MX example.tld");
    let record = attempt.record().unwrap();
    assert_eq!(record.header.keyring, keyring);
    let decoded = Record::decode(&record.encode()).expect("it can be read");
    assert_eq!(decoded, record);
    let again = decoded.replay(&scenario).expect("nothing differs");
    assert_eq!(again.header().keyring, keyring);
    let key = format!("{:?}", keyring.hosts["mail.example.tld"].key);
    let secret = &key[2..60];
    for shown in [format!("{again:?}"), format!("{record:?}"), format!("{:?}", again.drawn())] {
        assert!(!shown.contains(secret));
    }
}

#[test]
fn a_record_from_before_there_were_keys_is_read() {
    let attempt = crate::begin();
    let journal = attempt.record().unwrap().encode();
    assert!(!journal.contains("keyring"), "nothing is written where there is nothing");
    assert!(Record::decode(&journal).unwrap().header.keyring.is_empty());
}
