//! DKIM against dkimpy (Debian's python3-dkim), which knows nothing of this code: it verifies what is signed here, and what
//! it signs is verified here. Without it the test is skipped, and says so; with HELO_CI it fails.

#![allow(clippy::disallowed_methods)] // the real program is what is asked, and the environment says whether it must be there

use helo::keys;
use helo::mail::dkim::{Canonicalization, DkimAlgorithm, DkimResult, Signer, verify};
use helo::mail::lookup::{Answer, Found, LookupFailure, LookupType};
use helo::mail::{Keyring, SigningOrder};
use std::io::Write as _;
use std::process::{Command, Stdio};

const PYTHON: &str = "/usr/bin/python3";

/// Gives the program a message and arguments; what it printed.
fn python(program: &str, arguments: &[&str], message: &[u8]) -> Vec<u8> {
    let mut child = Command::new(PYTHON)
        .args(["-c", program])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    child.stdin.take().expect("its input").write_all(message).expect("it reads");
    let out = child.wait_with_output().expect("it ends");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
    out.stdout
}

const VERIFY: &str = "
import dkim, sys
message = sys.stdin.buffer.read()
print(dkim.DKIM(message).verify(dnsfunc=lambda name, timeout=5: sys.argv[1].encode()))
";

const SIGN: &str = "
import base64, dkim, sys
message = sys.stdin.buffer.read()
kind, key, header, body = sys.argv[1:5]
canon = (header.encode(), body.encode())
sys.stdout.buffer.write(dkim.sign(message, b'lab', b'bank.test', key.encode(), canonicalize=canon, signature_algorithm=kind.encode()))
";

fn installed() -> bool {
    let found = Command::new(PYTHON).args(["-c", "import dkim, nacl"]).stderr(Stdio::null()).status();
    let found = found.is_ok_and(|status| status.success());
    assert!(
        found || std::env::var_os("HELO_CI").is_none(),
        "python3-dkim and python3-nacl are not installed"
    );
    if !found {
        eprintln!("SKIPPED: python3-dkim is not installed, and DKIM was compared with nobody");
    }
    found
}

const LETTERS: [&str; 4] = [
    "From: anna@bank.test\r\nTo: b@c.test\r\nSubject: Hi\r\n\r\nHi\r\n",
    "From: Anna\r\n <anna@bank.test>\r\nSUBJECT:  two \t words \r\n\tfolded \r\nX: y\r\n\r\n\r\n  a \t b \r\n\r\n\r\n",
    "From: anna@bank.test\r\nReceived: x\r\nReceived: y\r\n\r\n",
    "Subject: =?utf-8?q?=C3=BC?=\r\nFrom: anna@bank.test\r\nCc: \r\n\r\nZeile mit \u{fc}\r\n.\r\n \r\n",
];

#[test]
fn each_verifies_what_the_other_signs() {
    if !installed() {
        return;
    }
    let mut ring = Keyring::default();
    let algorithms = [DkimAlgorithm::Ed25519Sha256, DkimAlgorithm::RsaSha256];
    let orders = algorithms.map(|algorithm| SigningOrder { name: algorithm.name().to_owned(), algorithm });
    keys::add_signing(&mut ring, &orders).unwrap();
    let forms = [Canonicalization::Relaxed, Canonicalization::Simple];
    for algorithm in algorithms {
        let key = &ring.dkim[algorithm.name()];
        let record = key.record();
        let private = match algorithm {
            // dkimpy wants the seed in base64, which stands at the end of the PKCS #8 structure.
            DkimAlgorithm::Ed25519Sha256 => base64(&key.private[key.private.len() - 32..]),
            DkimAlgorithm::RsaSha256 => helo::mail::pem::encode("PRIVATE KEY", &key.private),
        };
        for (letter, form) in LETTERS.iter().zip(forms.iter().cycle()) {
            let signer = Signer {
                domain: "bank.test",
                selector: "lab",
                key,
                header: *form,
                body: *form,
                now: 1_756_713_600,
            };
            let signed = format!("{}{letter}", signer.sign(letter.as_bytes()).unwrap());
            let told = python(VERIFY, &[&record], signed.as_bytes());
            assert_eq!(String::from_utf8_lossy(&told).trim(), "True", "dkimpy on {signed}");
            let field =
                python(SIGN, &[algorithm.name(), &private, form.name(), form.name()], letter.as_bytes());
            let theirs = [&field[..], letter.as_bytes()].concat();
            let checks = verify(&theirs, i64::MAX / 2, &mut |_: &str, rtype: LookupType| -> Answer {
                let text = (rtype == LookupType::Txt).then(|| Found::Text(record.clone()));
                text.map(|text| vec![text]).ok_or(LookupFailure::NoSuchName)
            });
            let results: Vec<_> = checks.iter().map(|c| c.result).collect();
            assert_eq!(results, [DkimResult::Pass], "{checks:#?}\n{}", String::from_utf8_lossy(&theirs));
        }
    }
}

fn base64(octets: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(octets)
}
