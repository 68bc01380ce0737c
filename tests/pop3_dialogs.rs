//! POP3 dialogues as text: what a client types and what the server says to it, line by line.
//!
//! A file in tests/dialogs/pop3 begins with the host (`style`, `name`, `text KEY = TEXT`, `without CAPABILITY`, `apop`,
//! `auth MECHANISM ...`, `nonce NONCE`, `autologout SECONDS`, `tls upgrade`, `tls implicit`, `tls required`: an upgrade
//! before any password) and its mailbox (`mailbox USER PASSWORD`, `locked`, `message UIDL` with the message's lines after
//! `| `). After a line `---`
//! stands the dialogue: `C:` what the client sends (`c:` with a bare LF at the end), `S:` what the server sends, and
//! between them
//!
//! - `-- 600s`: time passes; `-- end`: the client sends nothing more;
//! - `-- tls`: a TLS handshake succeeds;
//! - `-- removed N ...`: messages left the mailbox; `-- closed`, `-- closed idle`: the server closed the connection.
//!
//! `#` begins a comment.

mod pop3_host;

use helo::event::CloseReason;
use helo::mail::sasl::Mechanism;
use helo::proto::TlsOffer;
use helo::proto::pop3::{ServerConfig, ServerSession, Style};
use pop3_host::{Host, Mailbox};
use std::path::Path;
use std::time::Duration;

/// The host that the head of a file describes.
fn host(head: &str) -> Host {
    let (mut style, mut name) = (Style::Courier, "mail.example.tld");
    let (mut texts, mut without, mut mailbox) = (Vec::new(), Vec::new(), Mailbox::default());
    let (mut auth, mut apop, mut autologout) = (None, false, None);
    let (mut offer, mut required) = (TlsOffer::None, false);
    for line in head.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(text) = line.strip_prefix('|') {
            let (_, octets) = mailbox.messages.last_mut().expect("`message` comes before its lines");
            octets.extend_from_slice(text.strip_prefix(' ').unwrap_or(text).as_bytes());
            octets.extend_from_slice(b"\r\n");
            continue;
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "style" => style = rest.parse().expect("a style"),
            "name" => name = rest,
            "text" => texts.push(rest.split_once(" =").expect("KEY = TEXT")),
            "without" => without.push(rest.to_owned()),
            "mailbox" => {
                let (user, password) = rest.split_once(' ').expect("USER PASSWORD");
                (mailbox.user, mailbox.password) = (user.to_owned(), password.to_owned());
            }
            "auth" => {
                auth = Some(rest.split(' ').map(|m| Mechanism::parse(m).expect("a mechanism")).collect())
            }
            "apop" => apop = true,
            "nonce" => mailbox.nonce = rest.to_owned(),
            "autologout" => autologout = Some(Duration::from_secs(rest.parse().expect("seconds"))),
            "tls" => {
                required = rest == "required";
                offer = if rest == "implicit" { TlsOffer::Implicit } else { TlsOffer::Upgrade };
            }
            "locked" => mailbox.locked = true,
            "message" => mailbox.messages.push((rest.to_owned(), Vec::new())),
            _ => panic!("what is {line:?}?"),
        }
    }
    let mut config = ServerConfig::new(style, name);
    for (key, text) in texts {
        assert!(Style::reply_keys().any(|known| known == key), "{key} is no key");
        config.texts.insert(key.to_owned(), text.trim_start().to_owned());
    }
    config.without = without;
    (config.apop, config.auth_without_tls) = (apop, !required);
    config.mechanisms = auth.unwrap_or(config.mechanisms);
    config.autologout = autologout.unwrap_or(config.autologout);
    Host::with(ServerSession::new(&config).with_tls(offer), mailbox)
}

/// Plays the client's lines of a dialogue and writes down what comes of it.
fn play(host: &mut Host, dialogue: &str) -> String {
    let mut played = String::new();
    note(host, &mut played);
    for line in dialogue.lines() {
        let copied = match line.split_once(' ').unwrap_or((line, "")) {
            ("C:", text) => {
                host.feed(format!("{text}\r\n").as_bytes());
                true
            }
            ("c:", text) => {
                host.feed(format!("{text}\n").as_bytes());
                true
            }
            ("--", "tls") => {
                host.secure();
                true
            }
            ("--", "end") => {
                host.end();
                true
            }
            ("--", text) => match text.strip_suffix('s').and_then(|n| n.parse().ok()) {
                Some(seconds) => {
                    host.wait(Duration::from_secs(seconds));
                    true
                }
                None => false,
            },
            _ => line.is_empty() || line.starts_with('#'),
        };
        if copied {
            // What the server did comes after the line that made it, so the line is written first.
            let mut after = String::new();
            note(host, &mut after);
            played.push_str(line);
            played.push('\n');
            played.push_str(&after);
        }
    }
    played
}

/// Writes down what the server did since the last time.
fn note(host: &mut Host, played: &mut String) {
    // The host removes before the server says so.
    if let Some(removed) = host.removed.take() {
        let numbers: Vec<String> = removed.iter().map(u32::to_string).collect();
        played.push_str(&format!("-- removed {}\n", numbers.join(" ")));
    }
    let said = String::from_utf8(host.said()).expect("dialogues are UTF-8");
    for line in said.split_terminator("\r\n") {
        assert!(!line.contains(['\r', '\n']), "every line ends in CRLF: {line:?}");
        played.push_str(format!("S: {line}").trim_end());
        played.push('\n');
    }
    assert!(said.is_empty() || said.ends_with("\r\n"));
    match host.closed {
        Some(CloseReason::Closed) if !played.ends_with("-- closed\n") => played.push_str("-- closed\n"),
        Some(CloseReason::Idle) => played.push_str("-- closed idle\n"),
        _ => {}
    }
}

#[test]
fn dialogues_are_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/pop3");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 15, "the dialogues are there");
    let mut wrong = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (head, dialogue) = text.split_once("---\n").expect("a head, `---` and a dialogue");
        let played = play(&mut host(head), dialogue);
        if played != dialogue {
            wrong.push_str(&format!("=== {} plays as\n{played}\n", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
