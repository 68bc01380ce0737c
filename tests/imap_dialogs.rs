//! IMAP dialogues as text: what clients type and what the server says to them, line by line, in a world of one server.
//!
//! A file in tests/dialogs/imap begins with the server (`style`, `name`, `offset MINUTES`, `text KEY = TEXT`, `without
//! CAPABILITY`, `no plain logins`, `tls`) and its mailbox (`mailbox ADDRESS PASSWORD`, `quota N`, `folder NAME [SPECIAL]`,
//! `message [FOLDER]`, after which `flags A,B`, `date ...`, `read` and the message's lines after `| ` may come). After a
//! line `---` stands the dialogue: `C:` what the client sends, `S:` what the server sends; `2C:` and `2S:` belong to a
//! second connection, and so on. Between them
//!
//! - `-- 1800s`: time passes; `-- end`: the client sends nothing more; `-- deliver SUBJECT`: a message comes in;
//!   `-- pop3 LINE`: a POP3 session of the mailbox with these lines, `;` between them;
//! - `-- tls`: client and server shake hands; where a dialogue begins with it, at port 993;
//! - `-- closed`, `-- closed idle`: the server closed the connection.
//!
//! `\r\n` in a client's line is a line's end, what follows it comes in the same segment. `#` begins a comment.

mod imap_world;

use helo::event::CloseReason;
use helo::proto::imap::{InternalDate, SpecialUse, Style};
use helo::units::{ConnId, Offset};
use imap_world::{Lab, Site, flags};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// The server that the head of a file describes.
fn site(head: &str) -> Site {
    let mut site = Site::new(Style::Dovecot);
    for line in head.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(text) = line.strip_prefix('|') {
            let message = site.last().messages.last_mut().expect("`message` comes before its lines");
            let text = text.strip_prefix(' ').unwrap_or(text);
            message.octets = [&message.octets, text.as_bytes(), b"\r\n"].concat().into();
            continue;
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "style" => site.config.style = rest.parse().expect("a style"),
            "name" => site.config.name = rest.to_owned(),
            "offset" => site.offset = Offset(rest.parse().expect("minutes")),
            "text" => {
                let (key, text) = rest.split_once(" =").expect("KEY = TEXT");
                assert!(Style::reply_keys().any(|known| known == key), "{key} is no key");
                site.config.texts.insert(key.to_owned(), text.trim_start().to_owned());
            }
            "without" => site.config.without.push(rest.to_owned()),
            "tls" => site.tls = true,
            "no" => site.config.plain_logins = false,
            "mailbox" => {
                let (address, password) = rest.split_once(' ').expect("ADDRESS PASSWORD");
                site.mailbox(address, password);
            }
            "quota" => site.last().quota = Some(rest.parse().expect("octets")),
            "folder" => {
                let (name, special) = rest.split_once(' ').unwrap_or((rest, ""));
                let known = SpecialUse::ALL.into_iter().find(|s| s.name() == special);
                site.folder(name, known, special != "-");
            }
            "message" => {
                let message = site.message(Vec::new());
                if !rest.is_empty() {
                    message.folder = rest.to_owned();
                }
            }
            "flags" => site.last().messages.last_mut().expect("a message").flags = flags(rest),
            "read" => site.last().messages.last_mut().expect("a message").recent = false,
            "date" => {
                let message = site.last().messages.last_mut().expect("a message");
                message.date = Some(InternalDate::parse(rest).expect("a date"));
            }
            _ => panic!("what is {line:?}?"),
        }
    }
    site
}

/// The clients of a dialogue, by their numbers.
struct Clients {
    lab: Lab,
    conns: BTreeMap<u32, (ConnId, bool)>,
    user: String,
    password: String,
    /// Where the first client connects.
    port: u16,
}

impl Clients {
    fn get(&mut self, n: u32, played: &mut String) -> ConnId {
        if let Some((conn, _)) = self.conns.get(&n) {
            return *conn;
        }
        let conn = self.lab.connect(if n == 1 { self.port } else { 143 });
        self.conns.insert(n, (conn, false));
        self.note(played);
        conn
    }

    /// Writes down what the server said to each.
    fn note(&mut self, played: &mut String) {
        for (n, (conn, over)) in &mut self.conns {
            let n = if *n == 1 { String::new() } else { n.to_string() };
            let said = self.lab.said(*conn);
            for line in said.split_inclusive(|b| *b == b'\n') {
                let text = line.strip_suffix(b"\r\n").unwrap_or(line);
                let text = text.escape_ascii().to_string().replace("\\\"", "\"").replace("\\\\", "\\");
                let text = text.replace("\\\'", "'");
                let space = if text.is_empty() { "" } else { " " };
                played.push_str(&format!("{n}S:{space}{text}\n"));
            }
            if let Some(why) = self.lab.closed(*conn).filter(|_| !*over) {
                *over = true;
                let why = if why == CloseReason::Idle { " idle" } else { "" };
                played.push_str(&format!("-- closed{why}\n"));
            }
        }
    }

    fn direction(&mut self, what: &str) {
        let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
        match word {
            "end" => {
                let conn = self.conns[&1].0;
                self.lab.finish(conn);
            }
            "tls" => {
                let conn = self.conns[&1].0;
                self.lab.handshake(conn);
            }
            "deliver" => {
                let to = self.user.clone();
                self.lab.deliver(&to, rest);
            }
            "pop3" => {
                let conn = self.lab.connect(110);
                let login = format!("USER {}\r\nPASS {}\r\n", self.user, self.password);
                let lines = rest.split(';').map(|l| format!("{}\r\n", l.trim())).collect::<String>();
                self.lab.send(conn, format!("{login}{lines}QUIT\r\n").as_bytes());
            }
            _ => {
                let seconds = word.strip_suffix('s').and_then(|n| n.parse().ok()).expect("a direction");
                self.lab.wait(Duration::from_secs(seconds));
            }
        }
    }
}

/// Plays the clients' lines of a dialogue and writes down what comes of it.
fn play(site: &Site, dialogue: &str) -> String {
    let (mailbox, mut played) = (&site.mailboxes[0], String::new());
    let (user, password) = (mailbox.address.clone(), mailbox.password.clone());
    let port = if dialogue.starts_with("-- tls") { 993 } else { 143 };
    let mut clients = Clients { lab: site.open(), conns: BTreeMap::new(), user, password, port };
    clients.get(1, &mut played);
    for line in dialogue.lines() {
        let number = line.chars().take_while(char::is_ascii_digit).collect::<String>();
        let rest = &line[number.len()..];
        if let Some(text) = rest.strip_prefix("C:") {
            let n = number.parse().unwrap_or(1);
            let conn = clients.get(n, &mut played);
            played.push_str(&format!("{line}\n"));
            let text = text.strip_prefix(' ').unwrap_or(text).replace("\\r\\n", "\r\n");
            clients.lab.send(conn, format!("{text}\r\n").as_bytes());
        } else if let Some(what) = line.strip_prefix("-- ").filter(|w| !w.starts_with("closed")) {
            played.push_str(&format!("{line}\n"));
            clients.direction(what);
        } else if line.starts_with('#') || line.is_empty() {
            played.push_str(&format!("{line}\n"));
        }
        clients.note(&mut played);
    }
    played
}

#[test]
fn the_dialogues_go_as_written() {
    let folder = Path::new("tests/dialogs/imap");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("dialogues").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    assert!(files.len() > 25, "only {} dialogues found", files.len());
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("imap");
    std::fs::create_dir_all(&out).expect("a folder for what was played");
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a dialogue");
        let (head, dialogue) =
            text.split_once("---\n").unwrap_or_else(|| panic!("no --- in {}", file.display()));
        let played = play(&site(head), dialogue);
        let dialogue: String = dialogue.lines().map(|l| format!("{l}\n")).collect();
        if played != dialogue {
            let name = file.file_name().expect("a name");
            std::fs::write(out.join(name), format!("{head}---\n{played}")).expect("what was played");
            let first = played.lines().zip(dialogue.lines()).find(|(a, b)| a != b);
            wrong.push(format!("{}: {first:?}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "what was played lies in {}:\n{}", out.display(), wrong.join("\n"));
}
