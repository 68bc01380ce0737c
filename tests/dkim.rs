//! DKIM: the RFCs' own samples, what breaks a signature and what does not, and each fault by its own name. The keys of the
//! samples are those of RFC 6376 appendix C and RFC 8463 appendix A.

use helo::keys;
use helo::mail::dkim::{
    Canonicalization, DkimAlgorithm, DkimCheck, DkimFault, DkimKey, DkimResult, DkimStep, SIGNATURES,
    SignFault, Signer, verify,
};
use helo::mail::lookup::{Answer, Found, LookupFailure, LookupType};
use helo::mail::{Keyring, SigningOrder};
use std::path::Path;
use std::sync::OnceLock;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dkim").join(name)).unwrap()
}

/// Checks a message whose keys are these: `name text` in each line.
fn check(message: &[u8], keys: &str, now: i64) -> Vec<DkimCheck> {
    let checks = verify(message, now, &mut |name: &str, rtype: LookupType| -> Answer {
        assert_eq!(rtype, LookupType::Txt);
        if name.starts_with("silent.") {
            return Err(LookupFailure::Trouble);
        }
        let found: Vec<Found> = keys
            .lines()
            .filter_map(|line| line.split_once(' ').filter(|(owner, _)| *owner == name))
            .map(|(_, text)| Found::Text(text.to_owned()))
            .collect();
        if found.is_empty() { Err(LookupFailure::NoSuchName) } else { Ok(found) }
    });
    let json = serde_json::to_string(&checks).unwrap();
    assert_eq!(serde_json::from_str::<Vec<DkimCheck>>(&json).unwrap(), checks);
    checks
}

fn results(checks: &[DkimCheck]) -> Vec<DkimResult> {
    checks.iter().map(|c| c.result).collect()
}

#[test]
fn the_samples_of_the_rfcs_verify() {
    let keys = String::from_utf8(file("keys.txt")).unwrap();
    for (name, count) in [("rfc6376.eml", 1), ("rfc8463.eml", 2)] {
        let message = file(name);
        let checks = check(&message, &keys, 1_528_637_909);
        assert_eq!(results(&checks), vec![DkimResult::Pass; count], "{name}: {checks:#?}");
        // One octet of the body, one of a signed field: no more.
        let text = String::from_utf8(message).unwrap();
        for (from, to, fault) in [
            ("We lost", "We won ", DkimFault::BodyChanged),
            ("Is dinner ready?", "Is dinner ready!", DkimFault::SignatureWrong),
        ] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text);
            for check in check(changed.as_bytes(), &keys, 1_528_637_909) {
                assert_eq!(check.fault.as_ref(), Some(&fault), "{name}");
                assert_eq!(check.result, DkimResult::Fail);
            }
        }
    }
}

fn made(algorithm: DkimAlgorithm) -> &'static DkimKey {
    static MADE: OnceLock<Keyring> = OnceLock::new();
    let ring = MADE.get_or_init(|| {
        let mut ring = Keyring::default();
        let orders = [DkimAlgorithm::Ed25519Sha256, DkimAlgorithm::RsaSha256]
            .map(|algorithm| SigningOrder { name: algorithm.name().to_owned(), algorithm });
        keys::add_signing(&mut ring, &orders).unwrap();
        ring
    });
    &ring.dkim[algorithm.name()]
}

const MAIL: &str = "From: Anna <anna@bank.test>\r\nTo: b@c.test\r\nSubject:  Two\r\n  lines \r\n\r\nText \t here\r\n\r\n\r\n";

fn signed(message: &str, algorithm: DkimAlgorithm, form: Canonicalization) -> (String, String) {
    let key = made(algorithm);
    let signer = Signer { domain: "bank.test", selector: "lab", key, header: form, body: form, now: 1_000 };
    let field = signer.sign(message.as_bytes()).unwrap();
    assert_eq!(signer.sign(message.as_bytes()).unwrap(), field, "always the same");
    assert!(field.split("\r\n").all(|line| line.len() <= 78 || line.contains("bh=")), "{field}");
    (format!("{field}{message}"), format!("lab._domainkey.bank.test {}", key.record()))
}

/// What may happen to a signed mail on its way, and what becomes of the signature by each canonical form.
#[test]
fn what_changes_break_a_signature() {
    use Canonicalization::{Relaxed, Simple};
    let rows: &[(&str, &str, bool, bool)] = &[
        ("", "", true, true),
        // White space.
        ("Text \t here\r\n", "Text here \r\n", true, false),
        ("Subject:  Two\r\n  lines \r\n", "subject: Two lines\r\n", true, false),
        ("here\r\n\r\n\r\n", "here\r\n", true, true),
        ("here\r\n\r\n\r\n", "here\r\n\r\n\r\n\r\n", true, true),
        // A list's footer, a subject with the list's name, another author on top.
        ("here\r\n\r\n\r\n", "here\r\n\r\n-- \r\nThe list\r\n", false, false),
        ("Subject:  Two", "Subject:  [list] Two", false, false),
        ("From: Anna", "From: Boss <boss@bank.test>\r\nFrom: Anna", false, false),
        // What is not signed.
        ("To: b@c.test", "X-Spam: no\r\nTo: b@c.test", true, true),
    ];
    for algorithm in [DkimAlgorithm::Ed25519Sha256, DkimAlgorithm::RsaSha256] {
        for (from, to, relaxed, simple) in rows {
            for (form, good) in [(Relaxed, *relaxed), (Simple, *simple)] {
                let (message, key) = signed(MAIL, algorithm, form);
                let changed = message.replacen(from, to, 1);
                assert!(from.is_empty() || changed != message, "{from:?}");
                let checks = check(changed.as_bytes(), &key, 1_000);
                let expected = if good { DkimResult::Pass } else { DkimResult::Fail };
                assert_eq!(results(&checks), [expected], "{form:?} {from:?} {to:?}: {checks:#?}");
            }
        }
    }
    let no_from = Signer {
        domain: "bank.test",
        selector: "lab",
        key: made(DkimAlgorithm::Ed25519Sha256),
        header: Relaxed,
        body: Relaxed,
        now: 0,
    };
    assert_eq!(no_from.sign(b"To: a@b.test\r\n\r\nx\r\n"), Err(SignFault::NoFrom));
}

/// A signature whose length stops before the end: what follows is told.
#[test]
fn what_comes_after_the_signed_length_is_told() {
    let keys = String::from_utf8(file("keys.txt")).unwrap();
    let text = String::from_utf8(file("rfc6376.eml")).unwrap();
    // Not a good signature any more, but the body is looked at first.
    let body = |length: u64| {
        let changed = text.replacen("q=dns/txt;", &format!("q=dns/txt; l={length};"), 1) + "P.S.\r\n";
        check(changed.as_bytes(), &keys, 0).remove(0)
    };
    let whole = 5 + 2 + 39 + 2 + 6;
    let found = body(whole);
    let beyond = found.steps.iter().find_map(|step| match step {
        DkimStep::Body { octets, beyond, computed, claimed } => Some((*octets, *beyond, computed == claimed)),
        _ => None,
    });
    assert_eq!((beyond, found.fault), (Some((whole, 6, true)), Some(DkimFault::SignatureWrong)));
    assert_eq!(body(9_999).fault, Some(DkimFault::BodyTooShort));
}

/// Every fault of a signature or of a key's record by its own name.
#[test]
fn each_fault_has_its_name() {
    use DkimFault as F;
    let (message, record) = signed(MAIL, DkimAlgorithm::Ed25519Sha256, Canonicalization::Relaxed);
    let tag = |tag: &str| tag.to_owned();
    let in_signature: &[(&str, &str, F)] = &[
        ("v=1;", "v=2;", F::UnknownVersion),
        ("v=1;", "", F::MissingTag { tag: tag("v") }),
        ("v=1;", "v=1; v=1;", F::Unreadable),
        ("a=ed25519-sha256", "a=rsa-sha1", F::Sha1),
        ("a=ed25519-sha256", "a=rot13", F::UnknownAlgorithm),
        ("a=ed25519-sha256", "a=rsa-sha256", F::KeyOfOtherKind),
        ("c=relaxed/relaxed", "c=lazy", F::BadTag { tag: tag("c") }),
        ("d=bank.test;", "d=bank..test;", F::BadTag { tag: tag("d") }),
        ("d=bank.test;", "", F::MissingTag { tag: tag("d") }),
        ("d=bank.test;", "d=bank.test; i=@other.test;", F::IdentityOutside),
        ("d=bank.test;", "d=bank.test; i=anna;", F::BadTag { tag: tag("i") }),
        ("d=bank.test;", "d=bank.test; q=http;", F::UnknownQuery),
        ("d=bank.test;", "d=bank.test; x=1001;", F::Expired { at: 1001 }),
        ("d=bank.test;", "d=bank.test; x=1000;", F::BadTag { tag: tag("x") }),
        ("d=bank.test;", "d=bank.test; x=-1;", F::BadTag { tag: tag("x") }),
        ("d=bank.test;", "d=bank.test; l=many;", F::BadTag { tag: tag("l") }),
        ("h=from:from:", "h=", F::FromNotSigned),
        ("bh=", "bh=*", F::BadTag { tag: tag("bh") }),
        ("s=lab;", "s=none;", F::NoKey),
        ("s=lab;", "s=silent;", F::DnsTrouble),
        ("s=lab;", "s=l..ab;", F::BadTag { tag: tag("s") }),
        ("t=1000;", "t=1001;", F::SignatureWrong),
    ];
    for (from, to, fault) in in_signature {
        let changed = message.replacen(from, to, 1);
        assert_ne!(changed, message, "{from}");
        let found = check(changed.as_bytes(), &record, 5_000).remove(0);
        assert_eq!((found.fault.as_ref(), found.result), (Some(fault), fault.result()), "{to}");
    }
    let in_key: &[(&str, &str, Option<F>)] = &[
        ("v=DKIM1; ", "", None),
        ("v=DKIM1; ", "v=DKIM1; t=y:s; s=email; h=sha256; n=note; x=y; ", None),
        ("v=DKIM1; ", "v=DKIM2; ", Some(F::KeyUnreadable)),
        ("v=DKIM1; k=ed25519;", "k=ed25519; v=DKIM1;", Some(F::KeyUnreadable)),
        ("k=ed25519;", "", Some(F::KeyUnreadable)),
        ("k=ed25519;", "k=dsa;", Some(F::KeyOfOtherKind)),
        ("k=ed25519;", "k=ed25519; h=sha1;", Some(F::HashNotAllowed)),
        ("k=ed25519;", "k=ed25519; s=other;", Some(F::KeyNotForMail)),
        ("p=", "p=*", Some(F::KeyUnreadable)),
        ("p=", "p=; n=", Some(F::KeyRevoked)),
        ("p=", "n=", Some(F::KeyUnreadable)),
        ("p=", "p=AAAA; n=", Some(F::KeyUnreadable)),
    ];
    for (from, to, fault) in in_key {
        let changed = record.replacen(from, to, 1);
        assert_ne!(changed, record, "{from}");
        let found = check(message.as_bytes(), &changed, 1_000).remove(0);
        assert_eq!(found.fault, *fault, "{to}: {changed}");
    }
    let trying = check(message.as_bytes(), &record.replacen("k=", "t=y; k=", 1), 1_000).remove(0);
    assert!(trying.testing && trying.result == DkimResult::Pass);
    // A key of the domain alone does not speak for a name below it.
    let below = message.replacen("d=bank.test;", "d=bank.test; i=@a.bank.test;", 1);
    let found = check(below.as_bytes(), &record.replacen("k=", "t=s; k=", 1), 1_000).remove(0);
    assert_eq!(found.fault, Some(F::IdentityNotStrict));
    // Of several records the first that can be used.
    let two = format!("lab._domainkey.bank.test v=DKIM1; p=\n{record}");
    assert_eq!(results(&check(message.as_bytes(), &two, 1_000)), [DkimResult::Pass]);
}

/// RFC 8301 section 3.2: a key below 1024 bits can be broken, and one of 8192 nobody need compute with. Both were made with
/// openssl.
#[test]
fn a_short_key_proves_nothing() {
    let (message, _) = signed(MAIL, DkimAlgorithm::RsaSha256, Canonicalization::Relaxed);
    for (bits, key) in [
        (768, String::from_utf8(file("rsa768.txt")).unwrap()),
        (8192, String::from_utf8(file("rsa8192.txt")).unwrap()),
    ] {
        let record = format!("lab._domainkey.bank.test v=DKIM1; p={}", key.trim());
        let fault = check(message.as_bytes(), &record, 1_000).remove(0).fault;
        let expected = match bits {
            768 => DkimFault::KeyTooShort { bits },
            bits => DkimFault::KeyTooLong { bits },
        };
        assert_eq!(fault, Some(expected));
    }
}

#[test]
fn a_message_with_many_signatures_costs_no_more_than_a_few() {
    let (message, record) = signed(MAIL, DkimAlgorithm::Ed25519Sha256, Canonicalization::Relaxed);
    let field = message.strip_suffix(MAIL).unwrap();
    let many = format!("{}{MAIL}", field.repeat(50));
    let found = check(many.as_bytes(), &record, 1_000);
    assert_eq!(found.len(), SIGNATURES + 1);
    assert!(found.iter().take(SIGNATURES).all(|c| c.result == DkimResult::Pass));
    assert_eq!(found.last().unwrap().fault, Some(DkimFault::TooMany));
    assert!(check(MAIL.as_bytes(), "", 0).is_empty());
}
