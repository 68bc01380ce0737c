//! S/MIME held against OpenSSL 3.0: mail that it has signed and encrypted (tests/smime/, made with the commands below) is
//! judged as it is, and what is made here comes back whole. The other way round, that OpenSSL takes what is made here, is in
//! tests/clients.
//!
//! The files were made with `openssl cms` and `openssl smime` (`-cms` and `-smime` in their names), `-text`, by anna.pem; the
//! names tell the rest: `-stream` for indefinite lengths, `-nodetach` (opaque), `-noattr`, `-md sha512`, `-keyid`.

use helo::attempt::{Input, Prepared, Record};
use helo::event::Event;
use helo::keys;
use helo::mail::certificate::{Certificate, CertificateFault};
use helo::mail::smime::{
    Cipher, CmsFault, EntityFault, EnvelopedData, PrivateKey, Protection, SignFault, SignedData, Signing,
    SmimeCheck, SmimeFault, Trust, Types, Wrapped, alone, beside, canonical, judge, seal, unwrap,
};
use helo::mail::{CertificateKind, HostKeys, Keyring, MailOrder, pem};
use helo::scenario::Scenario;
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
