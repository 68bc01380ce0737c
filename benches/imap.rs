//! `cargo bench --bench imap`: what IMAP costs over a real port with the journal on, beside Dovecot where it is installed
//! and in the same run, and how a mailbox of ten thousand messages behaves.
#![allow(clippy::disallowed_methods)] // processes are started and sockets opened, all of them on this machine

mod common;

use common::{Dovecot, Host, USERS, fill, turns};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Messages in the mailbox whose rates are measured, commands of one measurement, and sessions.
const MAILBOX: u32 = 100;
const COMMANDS: u32 = 10_000;
const SESSIONS: u32 = 600;
const APPENDS: u32 = 500;
/// What is put into it.
const MESSAGE: &[u8] = b"Subject: x\r\n\r\nA short one.\r\n";
/// Messages in the large mailbox.
const LARGE: u32 = 10_000;
/// The aims: times Dovecot, for commands and for whole sessions.
const TIMES: f64 = 2.0;
const TIMES_SESSIONS: f64 = 10.0;

fn main() {
    let host = Host::start();
    fill(host.smtp, USERS[0], MAILBOX);
    let dovecot = Dovecot::start(MAILBOX);
    for connections in [1, 10] {
        for (what, command) in COMMAND {
            let (ours, theirs) = turns(
                || commands(host.imap, connections, command),
                || dovecot.as_ref().map(|d| commands(d.imap, connections, command)),
            );
            compare(&format!("{what}, {connections} connections"), ours, theirs, TIMES);
        }
        let (ours, theirs) = turns(
            || sessions(host.imap, connections),
            || dovecot.as_ref().map(|d| sessions(d.imap, connections)),
        );
        compare(&format!("session, {connections} connections"), ours, theirs, TIMES_SESSIONS);
    }
    let (ours, theirs) = turns(|| appends(host.imap), || dovecot.as_ref().map(|d| appends(d.imap)));
    compare("APPEND, the literal's end apart, 1 connection", ours, theirs, TIMES);
    drop((host, dovecot));
    large();
}

/// What is asked; `#` is the number of a message, `~` a sign that changes each time all messages were named, so that a
/// flag is always changed.
const COMMAND: [(&str, &str); 6] = [
    ("NOOP", "NOOP"),
    ("FETCH n BODY.PEEK[HEADER]", "FETCH # BODY.PEEK[HEADER]"),
    ("FETCH n BODY.PEEK[]", "FETCH # BODY.PEEK[]"),
    ("FETCH 1:* FLAGS", "FETCH 1:* FLAGS"),
    ("UID SEARCH", "UID SEARCH SUBJECT x UNFLAGGED"),
    ("STORE FLAGS", "STORE # ~FLAGS.SILENT (\\Flagged)"),
];

fn compare(what: &str, ours: f64, theirs: Option<f64>, aim: f64) {
    println!("{:<62} {ours:>9.0} /s", format!("helo: IMAP {what}"));
    if let Some(theirs) = theirs {
        println!("{:<62} {theirs:>9.0} /s", format!("Dovecot: IMAP {what}"));
        let times = ours / theirs.max(0.1);
        println!(
            "    {times:.1} times Dovecot (aim {aim}: {})",
            if times >= aim { "kept" } else { "MISSED" }
        );
    }
}

/// A connection that asks and reads.
struct Imap {
    socket: BufReader<TcpStream>,
    line: Vec<u8>,
    rest: Vec<u8>,
}

impl Imap {
    fn connect(port: u16) -> Imap {
        let socket = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        let _ = socket.set_nodelay(true);
        let mut imap = Imap { socket: BufReader::new(socket), line: Vec::new(), rest: Vec::new() };
        imap.read();
        imap
    }

    fn selected(port: u16) -> Imap {
        let mut imap = Imap::connect(port);
        imap.ask("LOGIN alice secret");
        imap.ask("SELECT INBOX");
        imap
    }

    fn read(&mut self) {
        self.line.clear();
        assert!(
            self.socket.read_until(b'\n', &mut self.line).expect("a line") > 0,
            "the connection was closed"
        );
    }

    /// Asks, and reads up to the tagged answer; octets of literals are read by their number.
    fn ask(&mut self, command: &str) -> Duration {
        let before = Instant::now();
        self.say(format!("a {command}\r\n").as_bytes());
        self.answered(command);
        before.elapsed()
    }

    fn say(&mut self, octets: &[u8]) {
        self.socket.get_mut().write_all(octets).expect("what is said is taken");
    }

    /// Reads up to the tagged answer.
    fn answered(&mut self, command: &str) {
        loop {
            self.read();
            while let Some(octets) = literal(&self.line) {
                self.rest.resize(octets, 0);
                self.socket.read_exact(&mut self.rest).expect("a literal");
                self.read();
            }
            if self.line.starts_with(b"a ") {
                let shown = String::from_utf8_lossy(&self.line);
                assert!(self.line.starts_with(b"a OK"), "{command}: {shown}");
                return;
            }
        }
    }
}

/// The octets that a line announces at its end.
fn literal(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"}\r\n")?;
    let open = line.iter().rposition(|octet| *octet == b'{')?;
    std::str::from_utf8(line.get(open + 1..)?).ok()?.parse().ok()
}

/// Commands a second.
fn commands(port: u16, connections: u32, command: &str) -> f64 {
    let each = COMMANDS / connections;
    let open: Vec<_> = (0..connections).map(|_| Imap::selected(port)).collect();
    let before = Instant::now();
    let threads: Vec<_> = open
        .into_iter()
        .map(|mut imap| {
            let command = command.to_owned();
            std::thread::spawn(move || {
                for n in 0..each {
                    let sign = if (n / MAILBOX).is_multiple_of(2) { "+" } else { "-" };
                    let number = (n % MAILBOX + 1).to_string();
                    imap.ask(&command.replace('#', &number).replace('~', sign));
                }
                imap
            })
        })
        .collect();
    let open: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("no command failed")).collect();
    let rate = f64::from(each * connections) / before.elapsed().as_secs_f64();
    open.into_iter().for_each(|mut imap| _ = imap.ask("LOGOUT"));
    rate
}

/// Whole sessions a second: connection, LOGIN, SELECT, LOGOUT.
fn sessions(port: u16, connections: u32) -> f64 {
    let each = SESSIONS / connections;
    let before = Instant::now();
    let threads: Vec<_> = (0..connections)
        .map(|_| std::thread::spawn(move || (0..each).for_each(|_| _ = Imap::selected(port).ask("LOGOUT"))))
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("no session failed"));
    f64::from(each * connections) / before.elapsed().as_secs_f64()
}

/// Messages put into the mailbox a second, as Python's `imaplib` does it: the command's last CRLF is sent by itself, and its system
/// holds it back until the literal before it is acknowledged.
fn appends(port: u16) -> f64 {
    let mut imap = Imap::selected(port);
    imap.socket.get_ref().set_nodelay(false).expect("a socket");
    let before = Instant::now();
    for _ in 0..APPENDS {
        imap.say(format!("a APPEND INBOX {{{}}}\r\n", MESSAGE.len()).as_bytes());
        imap.read();
        assert!(imap.line.starts_with(b"+"), "{}", String::from_utf8_lossy(&imap.line));
        imap.say(MESSAGE);
        imap.say(b"\r\n");
        imap.answered("APPEND");
    }
    f64::from(APPENDS) / before.elapsed().as_secs_f64()
}

/// A mailbox of ten thousand messages: how long its commands take, and what a message keeps resident.
fn large() {
    let host = Host::start();
    fill(host.smtp, USERS[0], MAILBOX);
    let before = host.resident();
    fill(host.smtp, USERS[0], LARGE - MAILBOX);
    if let (Some(before), Some(after)) = (before, host.resident()) {
        let each = (after - before) / f64::from(LARGE - MAILBOX);
        println!("{:<62} {each:>9.1} KiB", "helo: resident memory per message of 4 KiB, events included");
    }
    let dovecot = Dovecot::start(LARGE);
    for (name, port) in [("helo", Some(host.imap)), ("Dovecot", dovecot.as_ref().map(|d| d.imap))] {
        let Some(port) = port else { continue };
        let mut imap = Imap::connect(port);
        imap.ask("LOGIN alice secret");
        for command in
            ["SELECT INBOX", "SELECT INBOX", "UID SEARCH UNFLAGGED", "SEARCH SUBJECT x", "FETCH 1:* FLAGS"]
        {
            let took = imap.ask(command);
            println!("{:<62} {took:>12.1?}", format!("{name}: {LARGE} messages, {command}"));
        }
    }
}
