//! S/MIME held against OpenSSL 3.0: mail that it has signed and encrypted (tests/smime/, made with the commands below) is
//! judged as it is, and what is made here comes back whole. The other way round, that OpenSSL takes what is made here, is in
//! tests/clients.
//!
//! The files were made with `openssl cms` and `openssl smime` (`-cms` and `-smime` in their names), `-text`, by anna.pem; the
//! names tell the rest: `-stream` for indefinite lengths, `-nodetach` (opaque), `-noattr`, `-md sha512`, `-keyid`.

use helo::attempt::{Attempt, Input, Prepared, Record};
use helo::event::{Event, PersonEvent, PersonLetter};
use helo::keys;
use helo::mail::certificate::{Certificate, CertificateFault};
use helo::mail::compose::Restraint;
use helo::mail::smime::{
    Cipher, CmsFault, EntityFault, EnvelopedData, PrivateKey, Protection, SignFault, SignedData, Signing,
    SmimeCheck, SmimeFault, Trust, Types, Wrapped, alone, beside, canonical, judge, seal, unwrap,
};
use helo::mail::{CertificateKind, HostKeys, Keyring, MailOrder, pem};
use helo::scenario::{Scenario, render};
use helo::units::{Bytes, Lang, Stream, TermId, Time};
use std::time::Duration;

/// Thu, 26 Nov 2026 14:30:00 UTC: the certificates of the files are valid.
const NOW: Time = Time(1_795_703_400_000_000);
const TEXT: &str = "Content-Type: text/plain\r\n\r\nGrüße aus Köln,\r\nzweite Zeile\r\nEnde\r\n";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/smime/{name}", env!("CARGO_MANIFEST_DIR")))
        .unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn certificate(name: &str) -> Certificate {
    let blocks = pem::decode(&String::from_utf8(file(name)).unwrap());
    Certificate::read(&blocks[0].1).unwrap()
}

fn key(name: &str) -> PrivateKey {
    PrivateKey::from_pem(&String::from_utf8(file(name)).unwrap()).unwrap()
}

fn roots() -> Vec<Bytes> {
    vec![certificate("root.pem").der]
}

/// The one signature of a message, looked at by somebody who trusts the root.
fn only(message: &[u8], now: Time) -> SmimeCheck {
    let roots = roots();
    let Protection::Signed(mut checks) = judge(message, Trust { roots: &roots, now }) else {
        panic!("not signed");
    };
    assert_eq!(checks.len(), 1);
    checks.remove(0)
}

#[test]
fn what_openssl_signs_holds_and_a_changed_octet_is_found() {
    for name in [
        "signed-cms.eml",
        "signed-smime.eml",
        "signed-stream.eml",
        "signed-sha512.eml",
        "signed-keyid.eml",
        "signed-p256.eml",
        "no-attributes.eml",
        "opaque-stream.eml",
        "opaque-smime.eml",
    ] {
        // As a file on Unix, and as it lies on a server.
        for message in [file(name), canonical(&file(name))] {
            let check = only(&message, NOW);
            assert_eq!(check.faults, [], "{name}");
            assert_eq!(check.addresses, ["anna@example.org"], "{name}");
            assert!(check.issuer.contains("CN = helo lab CA"), "{name}: {}", check.issuer);
            let signed_at = check.signed_at.map(|at| NOW.since(at) < Duration::from_secs(3600));
            assert_eq!(signed_at, (name != "no-attributes.eml").then_some(true), "{name}");
        }
        if name.starts_with("signed") {
            let text = String::from_utf8(file(name)).unwrap();
            let changed = text.replace("zweite", "dritte");
            assert_eq!(
                only(changed.as_bytes(), NOW).faults,
                [SmimeFault::Signature(CmsFault::ContentChanged)]
            );
            // Line ends are none of the content's own.
            let blank = text.replace("Ende", "Ende ");
            assert_eq!(only(blank.as_bytes(), NOW).faults, [SmimeFault::Signature(CmsFault::ContentChanged)]);
        }
    }
    let changed = String::from_utf8(file("no-attributes.eml")).unwrap().replace("zweite", "dritte");
    let faults = only(changed.as_bytes(), NOW).faults;
    assert_eq!(
        faults,
        [SmimeFault::Signature(CmsFault::SignatureWrong)],
        "nothing tells the content's digest"
    );
}

#[test]
fn the_signed_content_can_be_read_out() {
    for name in ["opaque-stream.eml", "opaque-smime.eml"] {
        let Ok(Wrapped::Alone { cms }) = unwrap(&file(name)) else { panic!("{name}") };
        let data = SignedData::read(&cms).unwrap();
        assert_eq!(data.content.as_deref(), Some(TEXT.as_bytes()), "{name}");
        assert_eq!(data.certificates.len(), 1);
    }
    let Ok(Wrapped::Beside { content, cms }) = unwrap(&file("signed-stream.eml")) else { panic!() };
    assert_eq!(content, TEXT.as_bytes());
    assert_eq!(SignedData::read(&cms).unwrap().check(None, &[])[0].fault, Some(CmsFault::NoContent));
    let other = EnvelopedData::read(&cms).unwrap_err();
    assert_eq!(other, CmsFault::OtherContent { oid: "1.2.840.113549.1.7.2".into() });
}

#[test]
fn whose_certificate_it_is_and_since_when_is_judged() {
    let fault = |name: &str, now: Time| only(&file(name), now).faults.remove(0);
    let certificate = |fault: CertificateFault| SmimeFault::Certificate(fault);
    assert_eq!(
        fault("by-unknown-issuer.eml", NOW),
        certificate(CertificateFault::UnknownIssuer { issuer: "O = helo, CN = other CA".into() })
    );
    assert_eq!(fault("by-self-signed.eml", NOW), certificate(CertificateFault::SelfSigned));
    assert_eq!(fault("by-server.eml", NOW), certificate(CertificateFault::WrongPurpose));
    let later = NOW.plus(Duration::from_secs(400 * 86_400));
    assert!(matches!(
        fault("signed-cms.eml", later),
        SmimeFault::Certificate(CertificateFault::Expired { .. })
    ));
    let before = Time(NOW.0 - 86_400_000_000);
    let early = fault("signed-cms.eml", before);
    assert!(matches!(early, SmimeFault::Certificate(CertificateFault::NotYetValid { .. })));
}

#[test]
fn the_sender_must_be_whom_the_certificate_is_for() {
    let message = String::from_utf8(file("signed-cms.eml")).unwrap();
    let from = |from: &str| only(message.replacen("From: anna@example.org", from, 1).as_bytes(), NOW).faults;
    assert_eq!(from("From: \"Anna (Bob)\" <ANNA@Example.ORG>"), []);
    assert_eq!(from("From: boss@example.org\nSender: anna@example.org"), [], "RFC 8550 section 3: or Sender");
    let other = SmimeFault::OtherSender { from: vec!["boss@example.org".into()] };
    assert_eq!(from("From: Anna <boss@example.org>"), std::slice::from_ref(&other));
    assert_eq!(from("From: \"anna@example.org\" <boss@example.org>"), [other]);
    assert_eq!(from("X-From: anna@example.org"), [SmimeFault::OtherSender { from: vec![] }]);
}

#[test]
fn what_openssl_encrypts_is_decrypted_by_whom_it_is_for() {
    let (anna, bob) = (certificate("anna.pem"), certificate("bob.pem"));
    let (annas, bobs) = (key("anna.key"), key("bob.key"));
    let text = b"Gr\xc3\xbc\xc3\x9fe aus K\xc3\xb6ln,\r\nzweite Zeile\r\nEnde\r\n";
    for (name, cipher) in [
        ("encrypted-cms.eml", Cipher::Aes256),
        ("encrypted-smime.eml", Cipher::Aes128),
        ("encrypted-stream.eml", Cipher::Aes256),
        ("encrypted-keyid.eml", Cipher::Aes192),
    ] {
        let Ok(Wrapped::Alone { cms }) = unwrap(&file(name)) else { panic!("{name}") };
        let data = EnvelopedData::read(&cms).unwrap();
        assert_eq!(data.cipher(), Some(cipher), "{name}");
        assert!(data.is_for(&bob), "{name}");
        assert_eq!(data.open(&bobs, Some(&bob)).as_deref(), Ok(&text[..]), "{name}");
        assert_eq!(data.open(&bobs, None).as_deref(), Ok(&text[..]), "{name}");
        if name == "encrypted-smime.eml" {
            assert_eq!(data.open(&annas, Some(&anna)).as_deref(), Ok(&text[..]));
        } else {
            assert!(!data.is_for(&anna), "{name}");
            assert_eq!(data.open(&annas, Some(&anna)), Err(CmsFault::NotForThis), "{name}");
            assert_eq!(data.open(&annas, None), Err(CmsFault::WrongKey), "{name}");
        }
        let Protection::Encrypted(recipients, 0) = judge(&file(name), Trust { roots: &[], now: NOW }) else {
            panic!("{name}")
        };
        assert!(recipients.iter().any(|one| one.is(&bob)), "{name}");
    }
}

#[test]
fn other_mail_has_no_protection_and_broken_cms_is_told() {
    let look = |text: &str| judge(text.as_bytes(), Trust { roots: &[], now: NOW });
    assert_eq!(look("Subject: x\r\n\r\nText\r\n"), Protection::None);
    assert_eq!(look("Content-Type: text/plain\r\n\r\nText\r\n"), Protection::None);
    let broken = String::from_utf8(file("signed-cms.eml")).unwrap().replace("MII", "AAA");
    assert_eq!(look(&broken), Protection::Broken(CmsFault::Unreadable));
    assert_eq!(
        unwrap(b"Content-Type: application/x\n\n"),
        Err(EntityFault::OtherType("application/x".into()))
    );
}

fn ring(kind: CertificateKind, for_servers: bool) -> Keyring {
    let order = MailOrder {
        owner: "anna@example.org".into(),
        name: "Anna Berg".into(),
        addresses: vec!["anna@example.org".into()],
        kind,
        for_servers,
    };
    keys::make_with_mail(&[], &[order], NOW).unwrap()
}

/// A message signed with what the keyring has for anna.
fn signed(ring: &Keyring, opaque: bool) -> Vec<u8> {
    let (certificate, key) = ring.mail_of("Anna@Example.org").unwrap();
    let signing = Signing {
        certificate: &certificate,
        key: &key,
        others: &[],
        now: NOW,
        opaque,
        with_certificate: true,
        with_attributes: true,
    };
    let cms = signing.sign(TEXT.as_bytes()).unwrap();
    assert_eq!(cms, signing.sign(TEXT.as_bytes()).unwrap(), "the same each time");
    let mut message = b"From: anna@example.org\n".to_vec();
    message.extend(match opaque {
        true => alone(&cms, "signed-data", Types::Usual),
        false => beside(TEXT.as_bytes(), &cms, "----X", Types::Usual),
    });
    message
}

#[test]
fn certificates_of_every_kind_are_what_they_are_called() {
    let faults = |kind: CertificateKind, for_servers: bool| -> Vec<&'static str> {
        let ring = ring(kind, for_servers);
        let roots: Vec<Bytes> = ring.authority.iter().cloned().collect();
        for opaque in [false, true] {
            let Protection::Signed(checks) = judge(&signed(&ring, opaque), Trust { roots: &roots, now: NOW })
            else {
                panic!()
            };
            if opaque {
                return checks[0].faults.iter().map(SmimeFault::kind).collect();
            }
        }
        unreachable!()
    };
    let none: [&str; 0] = [];
    assert_eq!(faults(CertificateKind::Valid, false), none);
    assert_eq!(faults(CertificateKind::Expired, false), ["expired"]);
    assert_eq!(faults(CertificateKind::SelfSigned, false), ["self-signed"]);
    assert_eq!(faults(CertificateKind::UnknownIssuer, false), ["unknown-issuer"]);
    assert_eq!(faults(CertificateKind::OtherName("eve@example.net".into()), false), ["other-sender"]);
    assert_eq!(faults(CertificateKind::Valid, true), ["wrong-purpose"]);
    for kind in ["content-changed", "signature-wrong", "expired", "other-sender", "wrong-purpose"] {
        assert!(SmimeFault::KINDS.contains(&kind));
    }
}

#[test]
fn what_is_encrypted_here_is_decrypted_here_and_the_same_each_time() {
    let ring = ring(CertificateKind::Valid, false);
    let (certificate, key) = ring.mail_of("anna@example.org").unwrap();
    for (cipher, length) in [(Cipher::Aes128, 0), (Cipher::Aes192, 16), (Cipher::Aes256, 100_000)] {
        let content = vec![b'x'; length];
        let sealed = || {
            let mut random = Stream::new(1, "test");
            let mut octets = |n: usize| (0..n).map(|_| random.bits() as u8).collect::<Vec<u8>>();
            seal(&content, std::slice::from_ref(&certificate), cipher, &mut octets).unwrap()
        };
        assert_eq!(sealed(), sealed());
        assert_eq!(EnvelopedData::read(&sealed()).unwrap().open(&key, Some(&certificate)).unwrap(), content);
    }
    let mut zeros = |n: usize| vec![0; n];
    assert!(
        seal(b"x", std::slice::from_ref(&certificate), Cipher::Aes256, &mut zeros).is_err(),
        "ends all the same"
    );
}

#[test]
fn a_key_signs_only_with_its_own_certificate() {
    let (certificate, key) = (certificate("anna.pem"), key("bob.key"));
    let signing = Signing {
        certificate: &certificate,
        key: &key,
        others: &[],
        now: NOW,
        opaque: false,
        with_certificate: false,
        with_attributes: false,
    };
    assert_eq!(signing.sign(b"x"), Err(SignFault::OtherKey));
    assert!(PrivateKey::from_pkcs8(b"nothing").is_none());
    let HostKeys { key, .. } = &ring(CertificateKind::Valid, false).mail["anna@example.org"];
    assert!(PrivateKey::from_pkcs8(key).is_some());
}

/// Everything that is read is changed in every octet and cut at each, and nothing panics or hangs.
#[test]
fn hostile_cms_is_borne() {
    let bob = key("bob.key");
    let roots = roots();
    for name in ["signed-stream.eml", "encrypted-stream.eml", "encrypted-cms.eml", "opaque-stream.eml"] {
        let (cms, content) = match unwrap(&file(name)).unwrap() {
            Wrapped::Beside { content, cms } => (cms, Some(content)),
            Wrapped::Alone { cms } => (cms, None),
        };
        for at in 0..cms.len() {
            for to in [0x00, 0x80, 0xff, cms[at] ^ 1] {
                let mut changed = cms.clone();
                changed[at] = to;
                let _ = SignedData::read(&changed).map(|data| data.check(content.as_deref(), &[]));
                if at % 16 == 0 {
                    let _ = EnvelopedData::read(&changed).map(|data| data.open(&bob, None));
                    let _ = judge(&alone(&changed, "x", Types::Old), Trust { roots: &roots, now: NOW });
                }
            }
            let _ = SignedData::read(&cms[..at]);
            let _ = EnvelopedData::read(&cms[..at]);
        }
    }
}

/// What an attempt signs and encrypts comes out the same when its record is played again, and nobody's key is in it but in
/// the keyring.
#[test]
fn an_attempt_that_signs_and_encrypts_is_played_again_octet_for_octet() {
    let path = format!("{}/scenarios/smime.toml", env!("CARGO_MANIFEST_DIR"));
    let scenario = Scenario::load("smime.toml", &std::fs::read_to_string(path).unwrap()).unwrap();
    let prepared = Prepared::new(&scenario, 1, Lang::De).unwrap();
    let ring = keys::make_with_mail(&prepared.certificates(), &prepared.mail_certificates(), NOW).unwrap();
    let mut attempt = prepared.begin(NOW, ring.clone());
    let vars = attempt.header().vars;
    let (me, honest) = (&vars["me"], &vars["honest"]);
    let to = format!("--from {me}@holm.example --to {honest}@streuobst.example");
    for line in [
        "echo 'Gruß' > t".to_owned(),
        format!(
            "openssl cms -sign -in t -text -signer {me}.pem -inkey {me}.key -from {me}@holm.example -out s.eml"
        ),
        format!("swaks --server mail.holm.example {to} --data @s.eml"),
        format!("openssl smime -encrypt -aes128 -in s.eml -from {me}@holm.example -out e.eml {me}.pem"),
        format!("swaks --server mail.holm.example {to} --data @e.eml"),
        "sleep 60".to_owned(),
    ] {
        let at = attempt.now();
        attempt.apply(at, Input::Line { term: TermId(1), text: line.as_str().into() });
    }
    let later = attempt.now().plus(Duration::from_secs(120));
    attempt.apply(later, Input::Pass);
    let (roots, mut seen) = (vec![ring.authority.clone().unwrap()], (0, 0));
    for entry in attempt.entries() {
        let Event::Delivered { message, .. } = &entry.event else { continue };
        match judge(&message.octets, Trust { roots: &roots, now: entry.at }) {
            Protection::Signed(checks) if checks[0].holds() => seen.0 += 1,
            Protection::Encrypted(recipients, 0) => {
                let (own, key) = ring.mail_of(&format!("{me}@holm.example")).unwrap();
                assert!(recipients[0].is(&own));
                let inside = helo::mail::smime::opened(&message.octets, &key, &own).unwrap();
                assert!(String::from_utf8_lossy(&inside).contains("multipart/signed"));
                seen.1 += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seen, (1, 1));
    let record = attempt.record().unwrap();
    let again = Record::decode(&record.encode()).unwrap().replay(&scenario).expect("nothing differs");
    assert_eq!(again.entries(), attempt.entries());
    let key = format!("{:?}", ring.mail[&format!("{me}@holm.example")].key);
    let shown = format!("{again:?} {:?}", again.drawn());
    assert!(!shown.contains(&key[40..90]), "the key is shown nowhere");
}

const LAB: &str = r#"
format = 1
id = "sealed"
title = { de = "Versiegelt", en = "Sealed" }
brief = { de = "-", en = "-" }
minutes = 1

[workstation]
name = "ws.lab.test"
ip = "198.51.100.17"

[[host]]
name = "mail.lab.test"
ip = "198.51.100.25"
relay = ["198.51.100.0/24"]
smtp = { style = "postfix" }
pop3 = { style = "dovecot" }
imap = { style = "dovecot" }

[[domain]]
name = "lab.test"
records = ["@ MX 10 mail.lab.test."]

[[mail_certificate]]
address = "anna@lab.test"
name = "Anna Berg"
file = "anna.pem"
key_file = "anna.key"

[[mail_certificate]]
address = "hedwig@lab.test"
name = "Hedwig Busch"
file = "hedwig.pem"
"#;

/// An attempt at a scenario of [`LAB`] and more, and its keys.
fn begun(more: &str) -> (Scenario, Attempt, Keyring) {
    let text = format!("{LAB}{more}");
    let scenario = Scenario::load("sealed.toml", &text)
        .unwrap_or_else(|faults| panic!("{}", render("sealed.toml", &text, &faults, false)));
    let prepared = Prepared::new(&scenario, 1, Lang::En).unwrap();
    let ring = keys::make_with_mail(&prepared.certificates(), &prepared.mail_certificates(), NOW).unwrap();
    (scenario, prepared.begin(NOW, ring.clone()), ring)
}

fn typed(attempt: &mut Attempt, lines: &[&str]) {
    for line in lines {
        let at = attempt.now().plus(Duration::from_secs(1));
        attempt.apply(at, Input::Line { term: TermId(1), text: (*line).into() });
    }
}

fn passes(attempt: &mut Attempt, seconds: u64) {
    let later = attempt.now().plus(Duration::from_secs(seconds));
    attempt.apply(later, Input::Pass);
}

/// A step for each expectation, named by its place.
fn steps(expectations: &[String]) -> String {
    let step = |(n, expectation): (usize, &String)| {
        format!(
            "[[step]]\nid = \"row{n}\"\ntitle = {{ en = \"x\", de = \"x\" }}\ntask = {{ en = \"x\", de = \"x\" }}\n\
             expect = [{expectation}]\n"
        )
    };
    expectations.iter().enumerate().map(step).collect()
}

/// Mailboxes with one letter each: whose, from whom, how it is protected.
const LETTERS: [(&str, &str, &str); 14] = [
    ("plain", "anna", ""),
    ("good", "anna", "sign = 'anna@lab.test'"),
    ("shouted", "ANNA", "sign = 'Anna@LAB.test'"),
    ("opaque", "anna", "sign = 'anna@lab.test', opaque = true"),
    ("changed", "anna", "sign = 'anna@lab.test', change = { from = '4711', to = '4171' }"),
    ("borrowed", "boss", "sign = 'anna@lab.test'"),
    ("bought", "boss", "sign = 'boss@lab.test'"),
    ("both", "boss", "sign = 'anna@lab.test', change = { from = '4711', to = '4171' }"),
    ("expired", "old", "sign = 'old@lab.test'"),
    ("self", "self", "sign = 'self@lab.test'"),
    ("foreign", "foreign", "sign = 'foreign@lab.test'"),
    ("www", "www", "sign = 'www@lab.test'"),
    ("sealed", "anna", "encrypt = ['hedwig@lab.test', 'old@lab.test']"),
    ("within", "anna", "sign = 'anna@lab.test', encrypt = ['hedwig@lab.test']"),
];

/// What a message must be like, the mailboxes in which one is, and as many others as there are in which none is.
const PATTERNS: [(&str, &[&str]); 26] = [
    ("signed = true", &["good", "shouted", "opaque"]),
    ("signed = false", &["plain", "sealed", "within"]),
    ("signed = {}", &["good", "shouted", "opaque"]),
    ("signed = { by = 'anna@lab.test' }", &["good", "shouted", "opaque"]),
    ("signed = { by = '*@other.test' }", &[]),
    ("signed = { by = { without = 'anna@*' } }", &[]),
    ("signed = { by = ['boss@*', 'ANNA@*'] }", &["good", "shouted", "opaque"]),
    ("signed = { reason = 'content-changed' }", &["changed", "both"]),
    ("signed = { reason = 'other-sender' }", &["borrowed", "bought", "both"]),
    ("signed = { by = 'anna@*', reason = 'other-sender' }", &["borrowed", "both"]),
    ("signed = { by = 'eve@other.test', reason = 'other-sender' }", &["bought"]),
    ("signed = { by = 'boss@*', reason = 'other-sender' }", &[]),
    ("signed = { by = 'anna@*', reason = 'content-changed' }", &["changed", "both"]),
    ("signed = { by = 'hedwig@*', reason = 'content-changed' }", &[]),
    ("signed = { reason = 'expired' }", &["expired"]),
    ("signed = { reason = 'self-signed' }", &["self"]),
    ("signed = { reason = 'unknown-issuer' }", &["foreign"]),
    ("signed = { reason = 'wrong-purpose' }", &["www"]),
    ("signed = { reason = 'signature-wrong' }", &[]),
    ("encrypted = true", &["sealed", "within"]),
    ("encrypted = 'hedwig@lab.test'", &["sealed", "within"]),
    ("encrypted = ['old@lab.test', 'anna@lab.test']", &["sealed"]),
    ("encrypted = 'anna@lab.test'", &[]),
    ("encrypted = { without = 'hedwig@*' }", &["sealed"]),
    ("encrypted = true, signed = true", &[]),
    ("encrypted = false, signed = false, body = '*4711*'", &["plain"]),
];

#[test]
fn what_a_message_must_be_like_names_signature_and_encryption() {
    let certificate = |who: &str, kind: &str| {
        format!("[[mail_certificate]]\naddress = '{who}@lab.test'\nname = '{who}'\ncertificate = {kind}\n")
    };
    let certificates = [
        ("old", "'expired'"),
        ("self", "'self-signed'"),
        ("foreign", "'unknown-issuer'"),
        ("www", "'for-servers'"),
        ("boss", "{ other_address = 'eve@other.test' }"),
    ];
    let mut more: String = certificates.iter().map(|(who, kind)| certificate(who, kind)).collect();
    for (whose, from, protect) in LETTERS {
        let smime = if protect.is_empty() { String::new() } else { format!(", smime = {{ {protect} }}") };
        more += &format!(
            "[[mailbox]]\naddress = '{whose}@lab.test'\npassword = 'x'\n\
             messages = [{{ from = '{from}@lab.test', subject = 'x', body = 'Account 4711.'{smime} }}]\n"
        );
    }
    let rows: Vec<(&str, &str, bool)> = PATTERNS
        .iter()
        .flat_map(|(pattern, those)| LETTERS.map(|(whose, ..)| (*pattern, whose, those.contains(&whose))))
        .collect();
    let expectations: Vec<String> = rows
        .iter()
        .map(|(pattern, whose, _)| format!("{{ holds = '{whose}@lab.test', message = {{ {pattern} }} }}"))
        .collect();
    let (_, mut attempt, _) = begun(&(more + &steps(&expectations)));
    passes(&mut attempt, 1);
    let done: Vec<bool> = attempt.report().steps.iter().map(|step| step.done).collect();
    assert_eq!(done.len(), rows.len());
    let wrong: Vec<_> = rows.iter().zip(done).filter(|((.., is), done)| is != done).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Wherever an expectation may say what a message must be like, the attempt's authority and time are known.
#[test]
fn a_signature_is_looked_at_wherever_a_message_comes_by() {
    let doors = [
        "smtp = 'DATA'",
        "delivered = 'bob@lab.test'",
        "pop3 = 'RETR'",
        "imap = 'FETCH'",
        "flagged = 'bob@lab.test', flags = ['\\Flagged']",
        "removed = 'bob@lab.test'",
    ];
    let like = [
        ("signed = { by = 'anna@lab.test' }", true),
        ("signed = { by = 'hedwig@lab.test' }", false),
        ("signed = { reason = 'unknown-issuer' }", false),
        ("signed = false", false),
        ("encrypted = false", true),
    ];
    let rows: Vec<(&str, &str, bool)> =
        doors.iter().flat_map(|door| like.map(|(pattern, is)| (*door, pattern, is))).collect();
    let expectations: Vec<String> =
        rows.iter().map(|(door, pattern, _)| format!("{{ {door}, message = {{ {pattern} }} }}")).collect();
    let bob = "[[mailbox]]\naddress = 'bob@lab.test'\npassword = 'rose'\n";
    let (_, mut attempt, _) = begun(&format!("{bob}{}", steps(&expectations)));
    typed(
        &mut attempt,
        &[
            "echo text > t",
            "openssl cms -sign -in t -text -signer anna.pem -inkey anna.key -from anna@lab.test -out s.eml",
            "swaks --server mail.lab.test --from anna@lab.test --to bob@lab.test --data @s.eml",
        ],
    );
    passes(&mut attempt, 60);
    typed(
        &mut attempt,
        &[
            "telnet mail.lab.test 143",
            "a login bob@lab.test rose",
            "b select INBOX",
            "c fetch 1 BODY[]",
            "d store 1 +FLAGS (\\Flagged)",
            "e logout",
            "telnet mail.lab.test 110",
            "user bob@lab.test",
            "pass rose",
            "retr 1",
            "dele 1",
            "quit",
        ],
    );
    passes(&mut attempt, 60);
    let done: Vec<bool> = attempt.report().steps.iter().map(|step| step.done).collect();
    let wrong: Vec<_> = rows.iter().zip(done).filter(|((.., is), done)| is != done).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Hedwig has a certificate and Otto has none.
const PEOPLE: &str = r#"
[[mailbox]]
address = "anna@lab.test"
password = "tulpe"

[[mailbox]]
address = "hedwig@lab.test"
password = "rose"

[[mailbox]]
address = "otto@lab.test"
password = "nelke"

[[person]]
address = "hedwig@lab.test"
ip = "198.51.100.80"
does = [
  { when = { encrypted = true, signed = true, body = "*4711*" }, after = "5s", quote = true, reply = "Sealed and read: {{mail.text}}", sign = true, encrypt = true },
  { when = { encrypted = false, body = "*4711*" }, after = "5s", reply = "Anybody could read that.", sign = true },
  { when = { encrypted = true, signed = false, body = "*4711*" }, after = "5s", reply = "Who are you?" },
  { when = { subject = "To Otto" }, after = "5s", forward = "otto@lab.test", encrypt = true },
  { at = "1h", send = { to = "anna@lab.test", cc = "otto@lab.test", subject = "To both", body = "For two" }, encrypt = true },
  { at = "1h", send = { to = "anna@lab.test", subject = "To one", body = "For one" }, encrypt = true },
]

[[person]]
address = "otto@lab.test"
ip = "198.51.100.81"
does = [
  { when = { encrypted = true, body = "*4711*" }, after = "5s", reply = "I have read it." },
  { when = { encrypted = true, body = { without = "*4711*" } }, after = "5s", reply = "I cannot open that." },
]

[[step]]
id = "one"
title = { en = "x", de = "x" }
task = { en = "x", de = "x" }
expect = [{ delivered = "anna@lab.test" }]
"#;

const SIGN: &str = "openssl cms -sign -in t -text -signer anna.pem -inkey anna.key -from anna@lab.test";
const SEAL: &str = "-from anna@lab.test -out e.eml hedwig.pem";

/// What has come for Anna since the event `from`, and for nobody else but her.
fn for_anna(attempt: &Attempt, from: usize) -> Vec<Bytes> {
    let entries = attempt.entries()[from..].iter();
    entries
        .filter_map(|entry| match &entry.event {
            Event::Delivered { mailbox, message, .. } if mailbox == "anna@lab.test" => {
                Some(message.octets.clone())
            }
            _ => None,
        })
        .collect()
}

fn send(attempt: &mut Attempt, lines: &[&str], to: &str, file: &str) -> Vec<Bytes> {
    let from = attempt.entries().len();
    typed(attempt, lines);
    let swaks =
        format!("swaks --server mail.lab.test --from anna@lab.test --to {to}@lab.test --data @{file}");
    typed(attempt, &[&swaks]);
    passes(attempt, 120);
    for_anna(attempt, from)
}

#[test]
fn persons_open_what_is_for_them_and_sign_and_encrypt_what_they_answer() {
    let (scenario, mut attempt, ring) = begun(PEOPLE);
    let roots = vec![ring.authority.clone().unwrap()];
    let (annas, key) = ring.mail_of("anna@lab.test").unwrap();
    let trust = |now: Time| Trust { roots: &roots, now };
    typed(
        &mut attempt,
        &["echo 'Account 4711' > t", "printf 'From: anna@lab.test\\n\\nAccount 4711\\n' > clear.eml"],
    );

    // Signed beside the text or around it, then encrypted.
    for way in ["", "-nodetach"] {
        let (sign, seal) =
            (format!("{SIGN} {way} -out s.eml"), format!("openssl cms -encrypt -aes256 -in s.eml {SEAL}"));
        let came = send(&mut attempt, &[&sign, &seal], "hedwig", "e.eml");
        assert_eq!(came.len(), 1, "{way}");
        let Protection::Encrypted(recipients, 0) = judge(&came[0], trust(attempt.now())) else {
            panic!("{way}")
        };
        assert!(recipients.len() == 1 && recipients[0].is(&annas), "for the recipient alone");
        assert!(!came[0].lossy().contains("Sealed and read"));
        let inside = helo::mail::smime::opened(&came[0], &key, &annas).unwrap();
        let Protection::Signed(checks) = judge(&inside, trust(attempt.now())) else { panic!("{way}") };
        assert!(checks[0].holds() && checks[0].addresses == ["hedwig@lab.test"], "{checks:?}");
        let text = helo::mail::text_body(&inside);
        assert!(text.contains("Sealed and read: Account 4711") && text.contains("> Account 4711"), "{text}");
    }

    // In the clear: the answer is signed, and can be read by everybody.
    let came = send(&mut attempt, &[], "hedwig", "clear.eml");
    assert_eq!(came.len(), 1);
    let Protection::Signed(checks) = judge(&came[0], trust(attempt.now())) else { panic!() };
    assert!(checks[0].holds());
    assert!(helo::mail::text_body(&came[0]).contains("Anybody could read that."));
    // Encrypted and not signed; the answer is neither.
    let seal = format!("openssl cms -encrypt -aes128 -in t {SEAL}");
    let came = send(&mut attempt, &[&seal], "hedwig", "e.eml");
    assert_eq!(came.len(), 1);
    assert_eq!(judge(&came[0], trust(attempt.now())), Protection::None);
    assert!(came[0].lossy().contains("Who are you?"));
    // For Hedwig, and sent to Otto, who has no key at all.
    let came = send(&mut attempt, &[], "otto", "e.eml");
    assert_eq!(came.len(), 1);
    assert!(came[0].lossy().contains("I cannot open that."));

    let again = Record::decode(&attempt.record().unwrap().encode()).unwrap().replay(&scenario);
    assert_eq!(again.expect("nothing differs").entries(), attempt.entries());
}

#[test]
fn what_should_be_encrypted_for_somebody_without_a_certificate_is_not_sent() {
    let (_, mut attempt, ring) = begun(PEOPLE);
    typed(&mut attempt, &["printf 'From: anna@lab.test\\nSubject: To Otto\\n\\nHello\\n' > t"]);
    assert!(send(&mut attempt, &[], "hedwig", "t").is_empty());
    passes(&mut attempt, 3600);
    let kept: Vec<PersonLetter> = attempt
        .entries()
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Person {
                what: PersonEvent::KeepsStill { what, why: Restraint::NoCertificate, .. },
                ..
            } => Some(*what),
            _ => None,
        })
        .collect();
    assert_eq!(kept, [PersonLetter::Forward, PersonLetter::New]);
    // Nobody got anything, not even the one of two who has a certificate; and what is for one alone goes.
    let came = for_anna(&attempt, 0);
    assert_eq!(came.len(), 1);
    let (annas, key) = ring.mail_of("anna@lab.test").unwrap();
    let inside = helo::mail::smime::opened(&came[0], &key, &annas).unwrap();
    assert_eq!(helo::mail::text_body(&inside).trim(), "For one");
    let to_otto =
        |event: &Event| matches!(event, Event::Delivered { mailbox, .. } if mailbox == "otto@lab.test");
    assert!(!attempt.entries().iter().any(|entry| to_otto(&entry.event)));
}
