//! S/MIME beside the real OpenSSL: the same files, the same command lines, on the workstation and on this machine. What they
//! say and how they end must be the same, and each reads what the other one writes.

use crate::host::installed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use helo::attempt::{Attempt, Input, Prepared};
use helo::event::{Event, Key};
use helo::keys;
use helo::scenario::Scenario;
use helo::units::{Lang, TermId, Time};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

const TERM: TermId = TermId(1);
const SCENARIO: &str = r#"
format = 1
id = "beside-openssl"
title = { en = "x", de = "x" }
minutes = 5
brief = { en = "x", de = "x" }

[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
tls = true
smtp = {}

[[mail_certificate]]
address = "anna@example.tld"
name = "Anna Berg"
file = "anna.pem"
key_file = "anna.key"

[[mail_certificate]]
address = "bob@example.tld"
name = "Bob Tal"
file = "bob.pem"
key_file = "bob.key"

[[mail_certificate]]
address = "old@example.tld"
name = "Old"
certificate = "expired"
file = "old.pem"
key_file = "old.key"

[[mail_certificate]]
address = "eve@example.tld"
name = "Eve"
certificate = "unknown-issuer"
file = "eve.pem"
key_file = "eve.key"

[[mail_certificate]]
address = "self@example.tld"
name = "Self"
certificate = "self-signed"
file = "self.pem"
key_file = "self.key"

[[mail_certificate]]
address = "www@example.tld"
name = "Server"
certificate = "for-servers"
file = "www.pem"
key_file = "www.key"

[files]
"text.txt" = "Grüße aus Köln,\nzweite Zeile\nEnde\n"
"plain.eml" = "From: a@b.tld\nContent-Type: text/plain\n\nText\n"
"none.eml" = "From: a@b.tld\n\nText\n"

[[step]]
id = "one"
title = { en = "x", de = "x" }
task = { en = "x", de = "x" }
expect = [{ run = "openssl" }]
[[solution]]
script = "openssl version"
"#;

/// A workstation, and a folder with the same files.
struct Desk {
    attempt: Attempt,
    at: Time,
    folder: PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let at = Time(i64::try_from(now.as_micros()).unwrap());
        let scenario = Scenario::load("beside-openssl.toml", SCENARIO).unwrap_or_else(|f| panic!("{f:?}"));
        let prepared = Prepared::new(&scenario, 1, Lang::En).unwrap();
        let ring = keys::make_with_mail(&prepared.certificates(), &prepared.mail_certificates(), at).unwrap();
        let ca = ring.authority_pem().unwrap();
        let attempt = prepared.begin(at, ring);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("smime-beside");
        std::fs::create_dir_all(&folder).unwrap();
        for (name, octets) in &attempt.drawn().setup.workstation.files {
            std::fs::write(folder.join(name), &octets[..]).unwrap();
        }
        let mut desk = Desk { attempt, at, folder };
        desk.lay("ca.pem", ca.as_bytes());
        desk
    }

    fn input(&mut self, input: Input) -> (String, u8) {
        let applied = self.attempt.apply(self.at, input);
        let (mut printed, mut status) = (String::new(), 0);
        for entry in &self.attempt.entries()[applied.entries] {
            match &entry.event {
                Event::Printed { text, .. } => printed.push_str(text),
                Event::Exited { status: ended, .. } => status = *ended,
                _ => {}
            }
        }
        (printed, status)
    }

    /// What a line shows, without the prompt behind it, and the exit status.
    fn ours(&mut self, line: &str) -> (String, u8) {
        let (shown, status) = self.input(Input::Line { term: TERM, text: line.into() });
        let end = shown.rfind("lab@ws").unwrap_or(shown.len());
        (shown[..end].to_owned(), status)
    }

    /// The same line on this machine.
    fn theirs(&self, line: &str) -> (String, u8) {
        let done = Command::new("sh").args(["-c", line]).current_dir(&self.folder).output().unwrap();
        let said = [done.stdout, done.stderr].map(|o| String::from_utf8_lossy(&o).into_owned()).concat();
        (said, u8::try_from(done.status.code().unwrap()).unwrap())
    }

    /// A file on both.
    fn lay(&mut self, name: &str, octets: &[u8]) {
        std::fs::write(self.folder.join(name), octets).unwrap();
        self.input(Input::Line { term: TERM, text: format!("base64 -d > {name}").as_str().into() });
        let text = STANDARD.encode(octets);
        for line in text.as_bytes().chunks(1000) {
            self.input(Input::Line { term: TERM, text: line.into() });
        }
        self.input(Input::Key { term: TERM, key: Key::EndOfFile });
    }

    /// What the workstation wrote, laid beside the real files too.
    fn written(&mut self, name: &str) {
        let (text, _) = self.ours(&format!("base64 -w 0 {name}"));
        let octets = STANDARD.decode(text.trim()).unwrap_or_else(|e| panic!("{name}: {e}: {text}"));
        std::fs::write(self.folder.join(name), octets).unwrap();
    }

    /// What this machine wrote, laid on the workstation too.
    fn fetched(&mut self, name: &str) {
        let octets = std::fs::read(self.folder.join(name)).unwrap();
        self.lay(name, &octets);
    }

    fn same(&mut self, line: &str) {
        let (ours, theirs) = (self.ours(line), self.theirs(line));
        assert_eq!((tidy(&ours.0), ours.1), (tidy(&theirs.0), theirs.1), "{line}\n");
    }
}

/// Without what differs from run to run and from one version of OpenSSL to the next: the thread, places in its sources.
fn tidy(said: &str) -> String {
    let line = |line: &str| {
        let line = match line.split_once(":error:") {
            Some((thread, rest)) if thread.chars().all(|c| c.is_ascii_hexdigit()) => rest,
            _ => line,
        };
        let mut parts: Vec<&str> = line.split(':').collect();
        if let Some(file) = parts.iter().position(|p| p.ends_with(".c"))
            && let Some(number) = parts.get_mut(file + 1)
        {
            *number = "";
        }
        parts.join(":")
    };
    said.replace('\r', "").lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_workstation_signs_and_encrypts_as_openssl_does_and_says_the_same() {
    if !installed("openssl") {
        return;
    }
    let mut desk = Desk::new();
    for name in ["smime", "cms"] {
        signed_both_ways(&mut desk, name);
        encrypted_both_ways(&mut desk, name);
        for line in MISTAKES {
            desk.same(&format!("openssl {name} {line}"));
        }
        in_pem_and_who_signed(&mut desk, name);
    }
    for who in ["anna", "eve", "www", "ca"] {
        for option in
            ["-text", "-email", "-purpose", "-subject", "-modulus", "-ext extendedKeyUsage,subjectAltName"]
        {
            desk.same(&format!("openssl x509 -in {who}.pem -noout {option}"));
        }
    }
}

/// What one signs the other one verifies.
fn signed_both_ways(desk: &mut Desk, name: &str) {
    let o = format!("openssl {name}");
    let sign = |who: &str, more: &str, out: &str| {
        format!(
            "{o} -sign -in text.txt -text -signer {who}.pem -inkey {who}.key {more} -from {who}@example.tld -out {out}"
        )
    };
    for (way, more) in
        [("plain", ""), ("opaque", "-nodetach"), ("attributes", "-noattr"), ("stream", "-stream")]
    {
        for who in ["anna", "old", "eve", "self", "www"] {
            let (mine, real) = (format!("{name}-{way}-{who}-ws.eml"), format!("{name}-{way}-{who}.eml"));
            desk.same(&sign(who, more, &mine));
            desk.written(&mine);
            assert_eq!(desk.theirs(&sign(who, more, &real)).1, 0);
            desk.fetched(&real);
            for file in [&mine, &real] {
                desk.same(&format!("{o} -verify -in {file} -CAfile ca.pem"));
                desk.same(&format!(
                    "{o} -verify -in {file} -CAfile ca.pem -noverify -text -out text-{name}.txt"
                ));
                desk.same(&format!("{o} -verify -in {file} -CAfile anna.pem -no-CAfile -no-CApath"));
            }
            if way == "plain" && who == "anna" {
                for file in [mine, real] {
                    let text = std::fs::read_to_string(desk.folder.join(&file)).unwrap();
                    desk.lay("changed.eml", text.replace("zweite", "Zweite").as_bytes());
                    desk.same(&format!("{o} -verify -in changed.eml -CAfile ca.pem"));
                }
            }
        }
    }
}

/// What one encrypts the other one decrypts, and nobody else.
fn encrypted_both_ways(desk: &mut Desk, name: &str) {
    let o = format!("openssl {name}");
    for cipher in ["aes128", "aes192", "aes256"] {
        let encrypt = |more: &str, out: &str| {
            format!(
                "{o} -encrypt -{cipher} {more} -in text.txt -from anna@example.tld -subject x -out {out} bob.pem anna.pem"
            )
        };
        for more in ["", "-stream"] {
            let (mine, real) = (format!("{name}-{cipher}-ws.eml"), format!("{name}-{cipher}.eml"));
            desk.same(&encrypt(more, &mine));
            desk.written(&mine);
            assert_eq!(desk.theirs(&encrypt(more, &real)).1, 0);
            desk.fetched(&real);
            for file in [mine, real] {
                desk.same(&format!("{o} -decrypt -in {file} -recip bob.pem -inkey bob.key"));
                desk.same(&format!("{o} -decrypt -in {file} -inkey anna.key"));
                desk.same(&format!("{o} -decrypt -in {file} -recip eve.pem -inkey eve.key"));
                desk.same(&format!("{o} -verify -in {file} -CAfile ca.pem"));
            }
        }
    }
}

/// A signature that lies in a file of its own, and the certificate it was made with.
fn in_pem_and_who_signed(desk: &mut Desk, name: &str) {
    let o = format!("openssl {name}");
    desk.same(&format!(
        "{o} -sign -in text.txt -signer anna.pem -inkey anna.key -outform pem -out {name}.pem"
    ));
    desk.written(&format!("{name}.pem"));
    desk.same(&format!("{o} -verify -inform pem -in {name}.pem -CAfile ca.pem -content text.txt"));
    desk.same(&format!("{o} -verify -inform pem -in {name}.pem -CAfile ca.pem"));
    desk.same(&format!("{o} -verify -in {name}-plain-anna.eml -CAfile ca.pem -signer who.pem -out said.txt"));
    desk.written("who.pem");
    assert_eq!(
        std::fs::read(desk.folder.join("who.pem")).unwrap(),
        std::fs::read(desk.folder.join("anna.pem")).unwrap()
    );
}

/// What people get wrong.
const MISTAKES: [&str; 18] = [
    "",
    "-sign -in text.txt",
    "-sign -in text.txt -signer anna.pem",
    "-sign -in text.txt -signer anna.pem -inkey bob.key",
    "-sign -in text.txt -signer missing.pem",
    "-sign -in text.txt -signer anna.pem -inkey missing.key",
    "-sign -in text.txt -signer anna.key -inkey anna.key",
    "-sign -in missing.txt -signer anna.pem -inkey anna.key",
    "-verify -in missing.eml -CAfile ca.pem",
    "-verify -in plain.eml -CAfile ca.pem",
    "-verify -in none.eml -CAfile ca.pem",
    "-verify -in smime-plain-anna.eml -CAfile missing.pem",
    "-verify -in smime-plain-anna.eml -CAfile text.txt",
    "-encrypt -aes256 -in text.txt",
    "-encrypt -aes256 -in text.txt missing.pem",
    "-decrypt -in smime-plain-anna.eml -recip bob.pem -inkey bob.key",
    "-decrypt -in smime-plain-anna.eml",
    "-verify -inform xx -in smime-plain-anna.eml",
];
