//! `cargo bench --bench ports`: what goes through the real ports with the journal on, beside Postfix and smtp-sink where
//! they are installed and in the same run, because machines differ and get busy. Load is Postfix's smtp-source where it
//! is there, and a small client of our own for POP3.
#![allow(clippy::disallowed_methods)] // processes are started and sockets opened, all of them on this machine

mod common;

use common::{Dovecot, Host, OCTETS, Running, USERS, fill, free_port, installed, turns, wait_for};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Messages of one run: enough that it takes half a second or more. One connection alone waits for the disk at each.
const MESSAGES: u32 = 4_000;
const MESSAGES_ALONE: u32 = 800;
/// Messages in each mailbox that is fetched from, how often each connection fetches, and sessions.
const MAILBOX: u32 = 100;
const FETCHES: u32 = 5_000;
const SESSIONS: u32 = 600;
/// The aim: times Postfix.
const TIMES_POSTFIX: f64 = 5.0;
/// The aim: times Dovecot.
const TIMES_DOVECOT: f64 = 2.0;

fn main() {
    if installed("smtp-source") {
        for (keep, connections) in [(true, 1), (true, 10), (true, 40), (false, 10)] {
            let load = |port: u16| smtp_source(port, connections, keep);
            let say = |server: &str, rate: f64| println!("{}", line(server, rate, connections, keep));
            let (host, postfix) = (Host::start(), Postfix::start());
            let (ours, theirs) = turns(|| load(host.smtp), || postfix.as_ref().map(|p| load(p.port)));
            drop((host, postfix));
            say("helo", ours);
            if let Some((_sink, port)) = sink() {
                say("smtp-sink, the ceiling", load(port));
            }
            if let Some(theirs) = theirs {
                say("Postfix, queue on disk, delivery discarded", theirs);
                println!("    {:.1} times Postfix (aim {TIMES_POSTFIX})", ours / theirs.max(0.1));
            }
        }
    } else {
        println!("smtp-source is not installed: nothing is sent");
    }
    let host = Host::start();
    USERS.into_iter().for_each(|user| fill(host.smtp, user, MAILBOX));
    let dovecot = Dovecot::start(MAILBOX);
    for connections in [1, 2] {
        for (what, rate) in
            [("RETR", retr as fn(u16, u32) -> f64), ("session", sessions as fn(u16, u32) -> f64)]
        {
            let (ours, theirs) =
                turns(|| rate(host.pop, connections), || dovecot.as_ref().map(|d| rate(d.pop, connections)));
            println!("{:<62} {ours:>9.0} /s", format!("helo: POP3 {what}, {connections} connections"));
            let Some(theirs) = theirs else { continue };
            println!("{:<62} {theirs:>9.0} /s", format!("Dovecot: POP3 {what}, {connections} connections"));
            println!("    {:.1} times Dovecot (aim {TIMES_DOVECOT})", ours / theirs.max(0.1));
        }
    }
}

fn line(server: &str, rate: f64, connections: u32, keep: bool) -> String {
    let kept = if keep { "kept" } else { "new for each" };
    format!("{:<62} {rate:>9.0} /s", format!("{server}: messages, {connections} connections, {kept}"))
}

fn sink() -> Option<(Running, u16)> {
    let port = free_port();
    let mut command = Command::new("/usr/sbin/smtp-sink");
    // As root it insists on being told who to become, and as anybody else on not being told.
    if Path::new("/root").read_dir().is_ok() {
        command.args(["-u", "nobody"]);
    }
    let child = command.arg(format!("127.0.0.1:{port}")).arg("200").spawn().ok()?;
    let running = Running(child);
    wait_for(port).then_some((running, port))
}

/// Messages a second.
fn smtp_source(port: u16, connections: u32, keep: bool) -> f64 {
    let mut command = Command::new("/usr/sbin/smtp-source");
    let text = |n: u32| n.to_string();
    let messages = if connections == 1 { MESSAGES_ALONE } else { MESSAGES };
    command.args(["-s", &text(connections), "-m", &text(messages), "-l", &text(OCTETS)]);
    if keep {
        command.arg("-d");
    }
    command.args(["-f", "bob@lab.test", "-t", "alice@lab.test", &format!("127.0.0.1:{port}")]);
    let before = Instant::now();
    let status = command.status().expect("smtp-source can be started");
    assert!(status.success(), "smtp-source: {status}");
    f64::from(messages) / before.elapsed().as_secs_f64()
}

/// A Postfix of its own, in folders of its own.
struct Postfix {
    folder: PathBuf,
    port: u16,
}

impl Postfix {
    fn start() -> Option<Postfix> {
        if !installed("postfix") {
            println!("Postfix is not installed");
            return None;
        }
        let (folder, port) = (PathBuf::from("/var/tmp/helo-bench-postfix"), free_port());
        let _ = std::fs::remove_dir_all(&folder);
        for name in ["etc", "spool", "data"] {
            std::fs::create_dir_all(folder.join(name)).ok()?;
        }
        let shown = folder.display();
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {shown}/spool\ndata_directory = {shown}/data\nmail_owner = postfix\n\
             setgid_group = postdrop\ninet_interfaces = loopback-only\nmyhostname = mail.lab.test\nmydestination = \
             lab.test\nmynetworks = 127.0.0.0/8\nlocal_recipient_maps =\nlocal_transport = discard:\ndefault_transport = \
             discard:\nsmtpd_client_connection_count_limit = 0\ndefault_process_limit = 100\nmaillog_file =\n"
        );
        // Only cleanup and the queue manager are looked for among the public sockets.
        let service = |name: &str, kind: &str, program: &str| {
            let private = if kind == "inet" || name == "cleanup" { "n" } else { "-" };
            // What each of these requires: as many processes as come.
            let limit = if ["cleanup", "bounce"].contains(&program) { "0" } else { "-" };
            format!("{name} {kind} {private} - n - {limit} {program}\n")
        };
        let mut master = service(&format!("127.0.0.1:{port}"), "inet", "smtpd");
        for (name, program) in [
            ("cleanup", "cleanup"),
            ("rewrite", "trivial-rewrite"),
            ("bounce", "bounce"),
            ("defer", "bounce"),
            ("trace", "bounce"),
            ("discard", "discard"),
            ("anvil", "anvil"),
            ("proxymap", "proxymap"),
        ] {
            master.push_str(&service(name, "unix", program));
        }
        master.push_str("qmgr unix n - n 300 1 qmgr\n");
        std::fs::write(folder.join("etc/main.cf"), main).ok()?;
        std::fs::write(folder.join("etc/master.cf"), master).ok()?;
        let data = folder.join("data").display().to_string();
        let _ = Command::new("chown").args(["postfix", &data]).status();
        let postfix = Postfix { folder, port };
        let started = postfix.tell("start") && wait_for(port);
        if !started {
            println!("Postfix is installed and cannot be started here");
        }
        started.then_some(postfix)
    }

    fn tell(&self, what: &str) -> bool {
        let mut command = Command::new("/usr/sbin/postfix");
        command.arg("-c").arg(self.folder.join("etc")).arg(what);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        self.tell("abort");
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A connection that asks and reads.
struct Pop {
    socket: BufReader<TcpStream>,
    line: Vec<u8>,
}

impl Pop {
    fn login(port: u16, user: &str) -> Pop {
        let socket = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        let _ = socket.set_nodelay(true);
        let mut pop = Pop { socket: BufReader::with_capacity(16 << 10, socket), line: Vec::new() };
        pop.read();
        pop.ask(&format!("USER {user}"));
        assert!(pop.ask("PASS secret").starts_with(b"+OK"));
        pop
    }

    fn read(&mut self) -> &[u8] {
        self.line.clear();
        self.socket.read_until(b'\n', &mut self.line).expect("a line");
        &self.line
    }

    fn ask(&mut self, command: &str) -> &[u8] {
        self.socket.get_mut().write_all(format!("{command}\r\n").as_bytes()).expect("a command is taken");
        self.read()
    }

    fn retr(&mut self, number: u32) {
        assert!(self.ask(&format!("RETR {number}")).starts_with(b"+OK"));
        while self.read() != b".\r\n" {}
    }
}

/// So many times a second: each connection does it `each` times in a maildrop of its own, because one has one reader at a
/// time.
fn rate(connections: u32, each: u32, what: impl Fn(&str, u32) + Sync) -> f64 {
    let (before, what) = (Instant::now(), &what);
    let users = USERS.into_iter().take(connections as usize);
    std::thread::scope(|scope| users.for_each(|user| _ = scope.spawn(move || what(user, each))));
    f64::from(connections * each) / before.elapsed().as_secs_f64()
}

/// RETR a second.
fn retr(port: u16, connections: u32) -> f64 {
    rate(connections, FETCHES, |user, each| {
        let mut pop = Pop::login(port, user);
        (0..each).for_each(|n| pop.retr(n % MAILBOX + 1));
        pop.ask("QUIT");
    })
}

/// Whole sessions a second: connection, login, STAT, QUIT.
fn sessions(port: u16, connections: u32) -> f64 {
    rate(connections, SESSIONS / connections, |user, each| {
        for _ in 0..each {
            let mut pop = Pop::login(port, user);
            assert!(pop.ask("STAT").starts_with(b"+OK"));
            pop.ask("QUIT");
            pop.read();
        }
    })
}
