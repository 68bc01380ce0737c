//! The certificates of an attempt as the real OpenSSL sees them. Skipped, with a word, where there is none; never in CI.

use crate::small_internet::{START, drawn};
use crate::tls::HOSTS;
use helo::keys;
use helo::mail::pem;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs `openssl`; what it printed, both streams together. `None` where there is none.
#[expect(clippy::disallowed_methods, reason = "the real program is what is asked")]
fn openssl(arguments: &[&str]) -> Option<String> {
    match Command::new("openssl").args(arguments).output() {
        Ok(done) => {
            Some([done.stdout, done.stderr].map(|o| String::from_utf8_lossy(&o).into_owned()).concat())
        }
        Err(why) => {
            assert!(std::env::var_os("HELO_CI").is_none(), "openssl is needed: {why}");
            eprintln!("skipped: there is no openssl here ({why})");
            None
        }
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("openssl-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn openssl_finds_the_same_right_and_wrong() {
    let orders = drawn(HOSTS).setup.certificates();
    let ring = keys::make(&orders, START).expect("certificates");
    let folder = folder();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    std::fs::write(path("ca.pem"), ring.authority_pem().unwrap()).unwrap();
    let at = START.unix_seconds().to_string();
    for (host, says) in [
        ("mail.example.org", "mail.example.org.pem: OK"),
        ("old.example.org", "old.example.org.pem: OK"),
        ("expired.example.org", "error 10 at 0 depth lookup: certificate has expired"),
        ("self.example.org", "error 18 at 0 depth lookup: self-signed certificate"),
        ("unknown.example.org", "error 20 at 0 depth lookup: unable to get local issuer certificate"),
        ("moved.example.org", "error 62 at 0 depth lookup: hostname mismatch"),
    ] {
        let keys = &ring.hosts[host];
        let file = path(&format!("{host}.pem"));
        std::fs::write(&file, pem::encode(pem::CERTIFICATE, &keys.chain[0])).unwrap();
        let ca = path("ca.pem");
        let verify = ["verify", "-CAfile", &ca, "-x509_strict", "-purpose", "sslserver", "-attime", &at];
        let Some(said) = openssl(&[&verify[..], &["-verify_hostname", host, &file]].concat()) else { return };
        // "self signed" was written without its hyphen before OpenSSL 3.
        assert!(said.replace("self signed", "self-signed").contains(says), "{host}: {said}");
        let key = path("key.pem");
        std::fs::write(&key, pem::encode("PRIVATE KEY", &keys.key)).unwrap();
        let [of_key, of_certificate] = [
            openssl(&["pkey", "-in", &key, "-pubout"]),
            openssl(&["x509", "-in", &file, "-noout", "-pubkey"]),
        ];
        assert!(of_key.as_ref().is_some_and(|k| k.contains("PUBLIC KEY")), "{of_key:?}");
        assert_eq!(of_key, of_certificate, "{host}: the key belongs to the certificate");
    }
    let shown = openssl(&["x509", "-in", &path("mail.example.org.pem"), "-noout", "-text"]).unwrap();
    for line in [
        "Subject: O = helo, CN = mail.example.org",
        "DNS:mail.example.org, DNS:mx.example.org, DNS:*.in.example.org, DNS:localhost, IP Address:127.0.0.1",
        "Not Before: Aug 31 08:00:00 2025 GMT",
        "Not After : Aug 31 08:00:00 2026 GMT",
        "TLS Web Server Authentication",
        "ASN1 OID: prime256v1",
    ] {
        assert!(
            shown.contains(line) || shown.replace(" = ", "=").contains(&line.replace(" = ", "=")),
            "{line}\n{shown}"
        );
    }
    let _ = std::fs::remove_dir_all(&folder);
}
