//! TLS as a learner meets it: an attempt's own certificates, what a program finds in them, and what that earns.

use crate::START;
use helo::attempt::{Attempt, Prepared, Record};
use helo::event::{Event, TlsEvent};
use helo::keys;
use helo::scenario::Scenario;
use helo::units::Lang;

const SCENARIO: &str = r#"
format = 1
id = "certificates"
title = { en = "Certificates", de = "Zertifikate" }
minutes = 5
brief = { en = "-", de = "-" }

[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
tls = true
domains = ["example.tld"]
smtp = { style = "postfix", tls_ports = [465] }

[[host]]
name = "bad.example.tld"
ip = "192.0.2.26"
tls = { certificate = "expired", versions = ["1.2"] }
domains = ["bad.example.tld"]
smtp = { style = "postfix", tls_ports = [465] }

[[domain]]
name = "example.tld"
records = ["@ MX 10 mail.example.tld."]

[[step]]
id = "good"
points = 1
title = { en = "-", de = "-" }
task = { en = "-", de = "-" }
expect = [
  { tls = "established", to = "mail.example.tld:465", version = "1.3", name = "mail.example.tld" },
  { tls = "verified", to = "mail.example.tld:465", name = "mail.example.tld" },
]

[[step]]
id = "expired"
points = 1
title = { en = "-", de = "-" }
task = { en = "-", de = "-" }
on = "bad.example.tld:465"
expect = [{ tls = "established", version = "1.2" }, { tls = "distrusted", reason = "expired" }, { smtp = "QUIT" }]

[[step]]
id = "plain"
points = 1
title = { en = "-", de = "-" }
task = { en = "-", de = "-" }
expect = [{ tls = "failed", to = "mail.example.tld:465", reason = "not-a-handshake" }]
"#;

fn begin(scenario: &Scenario) -> Attempt {
    let prepared = Prepared::new(scenario, 1, Lang::En).expect("it is drawn");
    let keyring = keys::make(&prepared.certificates(), START).expect("certificates");
    prepared.begin(START, keyring)
}

#[test]
fn what_a_program_finds_in_a_certificate_earns_points_and_is_replayed() {
    let scenario = Scenario::load("tls.toml", SCENARIO).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let mut attempt = begin(&scenario);
    let points = |attempt: &Attempt| -> Vec<String> {
        attempt.report().steps.iter().map(|step| step.points.to_string()).collect()
    };
    for line in [
        "openssl s_client -connect mail.example.tld:465 -verify_hostname mail.example.tld",
        "Q",
        "openssl s_client -quiet -connect bad.example.tld:465 -verify_hostname bad.example.tld",
        "quit",
    ] {
        crate::line(&mut attempt, 1, line.as_bytes());
    }
    let found: Vec<&TlsEvent> = attempt
        .entries()
        .iter()
        .filter_map(|e| if let Event::Tls { what, .. } = &e.event { Some(what) } else { None })
        .collect();
    assert_eq!(points(&attempt), ["1", "1", "0"], "{found:#?}");
    crate::line(&mut attempt, 1, b"telnet mail.example.tld 465");
    crate::line(&mut attempt, 1, b"EHLO ws.lab.test");
    assert_eq!(points(&attempt), ["1", "1", "1"]);

    let record = attempt.record().unwrap();
    let decoded = Record::decode(&record.encode()).expect("it can be read");
    assert_eq!(decoded.replay(&scenario).expect("nothing differs").report(), attempt.report());
    // Whatever is the same in two attempts, their certificates are not.
    assert_ne!(begin(&scenario).header().keyring.authority, record.header.keyring.authority);
}
