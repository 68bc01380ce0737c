//! Plays the dialogues under tests/dialogs/smtp: text that a mail person can read.
//!
//! A file begins with lines `name: value` that set up server and host. After an empty line the dialogue follows:
//!
//! ```text
//! C: line          the client sends it with CRLF
//! C-LF: line       with a bare LF
//! C-RAW: octets    exactly these, with \r, \n, \t, \0, \\, \xff; and \*9000 repeats what came before it in the line
//! S: line          the server's next line
//! S: (closed)      the server closed the connection
//! = kind ...       the reason of the last reply; then what was let pass, then `at` and the place in the line
//! = taken from <a> to <b>: text    the message the host took last
//! = envelope ...   what was said of that message beside sender and recipients, as JSON
//! @ 300s           time passes in silence
//! TLS              client and server shake hands
//! # ...            a remark
//! ```

mod smtp_host;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use helo::event::{SmtpExchange, TlsSession, TlsVersion};
use helo::mail::sasl::Mechanism;
use helo::proto::smtp::{Door, ServerConfig, ServerSession, Weakness};
use helo::proto::{Out, Session as _, TlsOffer};
use helo::units::{Offset, Time};
use smtp_host::{CLIENT, Host, exchanges, sent};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

struct Stage {
    session: ServerSession,
    host: Host,
    now: Time,
    lines: VecDeque<String>,
    last: Option<SmtpExchange>,
    /// The server waits for a TLS handshake.
    handshake: bool,
}

/// What client and server agree on in all dialogues.
fn tls() -> TlsSession {
    let cipher = "TLS_AES_256_GCM_SHA384".to_owned();
    TlsSession { version: TlsVersion::Tls13, cipher, server_name: None, certificate: None }
}

/// A line of a head that is about TLS or logging in; false where it is not.
fn about_users(name: &str, value: &str, config: &mut ServerConfig, door: &mut Door, host: &mut Host) -> bool {
    let words = || value.split(' ').map(str::to_owned).collect::<Vec<_>>();
    match name {
        "tls" => {
            door.tls = match value {
                "upgrade" => TlsOffer::Upgrade,
                "implicit" => TlsOffer::Implicit,
                _ => panic!("tls: {value}"),
            }
        }
        "submission" => door.submission = value == "yes",
        "auth" => {
            config.auth = words().iter().map(|name| Mechanism::parse(name).unwrap()).collect();
        }
        "auth-without-tls" => config.auth_without_tls = value == "yes",
        "require-tls" => config.require_tls = value == "yes",
        "own-sender" => host.own_sender = value == "yes",
        "vulnerable" => {
            let named = |name: &String| Weakness::ALL.into_iter().find(|w| w.name() == name).unwrap();
            config.vulnerable = words().iter().map(named).collect();
        }
        "password" => {
            let (user, password) = value.split_once(' ').unwrap();
            host.passwords.push((user.to_owned(), password.to_owned()));
        }
        "nonce" => host.nonce = value.to_owned(),
        "salt" => host.salt = BASE64.decode(value).unwrap(),
        "relay-for" => host.relay_for = words(),
        _ => return false,
    }
    true
}

impl Stage {
    /// Sets up server and host as the head of a file says.
    fn new(head: &str) -> Stage {
        let mut config = ServerConfig::new("postfix".parse().unwrap(), "mail.example.tld");
        let mut host = Host { queue_id: "4F2A31C0B2".to_owned(), ..Host::default() };
        let (mut client_name, mut busy) = (None, None);
        let mut door = Door::default();
        let mut now = Time(1_404_118_587_000_000);
        for line in head.lines().filter(|l| !l.starts_with('#')) {
            let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("head line {line:?}"));
            let words = || value.split(' ').map(str::to_owned).collect::<Vec<_>>();
            match name {
                "style" => {
                    config.style = value.parse().unwrap();
                    config.size_limit = config.style.message_size();
                }
                "name" => config.name = value.to_owned(),
                "strict" => config.strict = value == "yes",
                "size" => config.size_limit = value.parse().unwrap(),
                "without" => config.without = words(),
                "client-name" => client_name = Some(value.to_owned()),
                "busy" => busy = Some(value.parse().unwrap()),
                "time" => now = Time(value.parse::<i64>().unwrap() * 1_000_000),
                "users" => host.users = words(),
                _ if about_users(name, value, &mut config, &mut door, &mut host) => {}
                "list" => {
                    let mut words = words();
                    config.lists = true;
                    host.lists.push((words.remove(0), words));
                }
                "full" => host.full = words(),
                "refused" => host.refused = words(),
                "relay" => host.relay = value == "yes",
                "no-room" => host.no_room = value == "yes",
                "hops" => host.hops = Some(value.parse().unwrap()),
                "queue-id" => host.queue_id = value.to_owned(),
                _ => {
                    let key = name.strip_prefix("text ").unwrap_or_else(|| panic!("head line {line:?}"));
                    assert!(helo::proto::smtp::Style::reply_keys().contains(&key), "{key}");
                    config.texts.insert(key.to_owned(), value.replace("\\n", "\n"));
                }
            }
        }
        let session = match busy {
            Some(limit) => ServerSession::busy(&config, Offset(120), CLIENT, limit),
            None => ServerSession::new(&config, Offset(120), CLIENT, client_name.as_deref()),
        };
        let (session, lines) = (session.at(door), VecDeque::new());
        let mut stage = Stage { session, host, now, lines, last: None, handshake: false };
        if door.tls == TlsOffer::Implicit {
            stage.session.tls_started(stage.now, &tls());
        }
        stage.session.start(stage.now);
        stage.take();
        stage
    }

    fn take(&mut self) {
        let outs = self.host.drain(self.now, &mut self.session);
        let text = String::from_utf8(sent(&outs)).unwrap();
        self.lines.extend(text.split_terminator("\r\n").map(str::to_owned));
        if outs.iter().any(|o| matches!(o, Out::Close(_))) {
            self.lines.push_back("(closed)".to_owned());
        }
        self.handshake |= outs.contains(&Out::StartTls);
        self.last = exchanges(&outs).pop().or(self.last.take());
    }

    /// The handshake that the server waits for.
    fn handshake(&mut self) {
        assert_eq!(self.lines, [""; 0], "said and not in the dialogue");
        assert!(std::mem::take(&mut self.handshake), "the server expects no handshake");
        self.session.tls_started(self.now, &tls());
        self.take();
    }

    fn client(&mut self, octets: &[u8]) {
        assert!(!self.handshake, "the server expects a handshake");
        assert_eq!(self.lines, [""; 0], "said and not in the dialogue");
        self.session.feed(self.now, octets);
        self.take();
    }

    fn pass(&mut self, seconds: &str) {
        let end = self.now.plus(Duration::from_secs(seconds.trim_end_matches('s').parse().unwrap()));
        while let Some(at) = self.session.next_wakeup().filter(|&at| at <= end) {
            self.now = at;
            self.session.wake(at);
            self.take();
        }
        self.now = end;
    }

    /// What `=` lines say of the last exchange, or of the message taken last.
    fn understood(&self, as_message: bool, as_envelope: bool) -> String {
        if as_envelope {
            let (envelope, _) = self.host.taken.last().expect("a message was taken");
            let mut json = serde_json::to_value(envelope).unwrap();
            for known in ["from", "to", "helo", "esmtp", "client"] {
                json.as_object_mut().unwrap().remove(known);
            }
            return format!("envelope {json}");
        }
        if as_message {
            let (envelope, octets) = self.host.taken.last().expect("a message was taken");
            let to: Vec<String> = envelope.to.iter().map(ToString::to_string).collect();
            return format!("taken from {} to {}: {}", envelope.from, to.join(" "), octets.escape_ascii());
        }
        let e = self.last.as_ref().expect("something was said");
        let kebab = |t| serde_json::to_value(t).unwrap().as_str().unwrap().to_owned();
        let tolerated: String = e.tolerated.iter().map(|t| format!(" {}", kebab(t))).collect();
        let place = e.span.map_or(String::new(), |s| format!(" at {}-{}", s.start, s.end));
        format!("{}{tolerated}{place}", e.reason.kind())
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let escaped = (c == '\\').then(|| rest.chars().next()).flatten();
        match escaped {
            None => octets.extend_from_slice(c.to_string().as_bytes()),
            Some('x') => {
                octets.push(u8::from_str_radix(&rest[1..3], 16).unwrap());
                rest = &rest[3..];
            }
            Some('*') => {
                let digits: String = rest[1..].chars().take_while(char::is_ascii_digit).collect();
                octets = octets.repeat(digits.parse().unwrap());
                rest = &rest[1 + digits.len()..];
            }
            Some(e) => {
                let b = match e {
                    'r' => b'\r',
                    'n' => b'\n',
                    't' => b'\t',
                    '0' => 0,
                    '\\' => b'\\',
                    other => panic!("\\{other}"),
                };
                octets.push(b);
                rest = &rest[1..];
            }
        }
    }
    octets
}

fn play(text: &str) {
    let (head, dialogue) = text.split_once("\n\n").expect("an empty line after the head");
    let mut stage = Stage::new(head);
    for line in dialogue.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (who, what) = line.split_once(' ').unwrap_or((line, ""));
        match who {
            "C:" => stage.client(format!("{what}\r\n").as_bytes()),
            "C-LF:" => stage.client(format!("{what}\n").as_bytes()),
            "C-RAW:" => stage.client(&unescape(what)),
            "S:" => assert_eq!(stage.lines.pop_front().as_deref(), Some(what), "at {line:?}"),
            "=" => assert_eq!(
                stage.understood(what.starts_with("taken "), what.starts_with("envelope ")),
                what,
                "at {line:?}"
            ),
            "@" => stage.pass(what),
            "TLS" => stage.handshake(),
            _ => panic!("line {line:?}"),
        }
    }
    assert_eq!(stage.lines, [""; 0], "said after the end of the dialogue");
}

#[test]
fn dialogues() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/dialogs/smtp");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 30, "dialogues were found: {}", files.len());
    let mut failed = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        if let Err(why) = std::panic::catch_unwind(|| play(&text)) {
            let why = why.downcast_ref::<String>().cloned().unwrap_or_default();
            failed.push(format!("{}: {why}", file.file_name().unwrap().to_string_lossy()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
