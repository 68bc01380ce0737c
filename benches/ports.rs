//! `cargo bench --bench ports`: what goes through the real ports with the journal on, beside Postfix and smtp-sink where
//! they are installed and in the same run, because machines differ and get busy. Load is Postfix's smtp-source where it
//! is there, and a small client of our own for POP3.
#![allow(clippy::disallowed_methods)] // processes are started and sockets opened, all of them on this machine

mod common;

use common::{Dovecot, Host, OCTETS, Running, fill, free_port, installed, turns, wait_for};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Messages of one run: below what a world takes. One connection alone waits for the disk at each step.
const MESSAGES: u32 = 1_000;
const MESSAGES_ALONE: u32 = 200;
/// Messages in the mailbox that is fetched from, connections, and how often each fetches.
const MAILBOX: u32 = 100;
const FETCHES: u32 = 1_000;
const SESSIONS: u32 = 200;
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
    fill(host.smtp, MAILBOX);
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
struct Pop(BufReader<TcpStream>);

impl Pop {
    fn login(port: u16, user: &str) -> Pop {
        let socket = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        let _ = socket.set_nodelay(true);
        let mut pop = Pop(BufReader::new(socket));
        pop.line();
        pop.ask(&format!("USER {user}"));
        assert!(pop.ask("PASS secret").starts_with("+OK"));
        pop
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).expect("a line");
        line
    }

    fn ask(&mut self, command: &str) -> String {
        self.0.get_mut().write_all(format!("{command}\r\n").as_bytes()).expect("a command is taken");
        self.line()
    }

    fn retr(&mut self, number: u32) {
        assert!(self.ask(&format!("RETR {number}")).starts_with("+OK"));
        while self.line() != ".\r\n" {}
    }
}

/// RETR a second by alice, while bob asks for nothing beside her: a maildrop has one reader at a time.
fn retr(port: u16, connections: u32) -> f64 {
    let others: Vec<_> = (1..connections).map(|_| Pop::login(port, "bob")).collect();
    let mut pop = Pop::login(port, "alice");
    let before = Instant::now();
    for n in 0..FETCHES {
        pop.retr(n % MAILBOX + 1);
    }
    let rate = f64::from(FETCHES) / before.elapsed().as_secs_f64();
    pop.ask("QUIT");
    drop(others);
    rate
}

/// Whole sessions a second: connection, login, STAT, QUIT.
fn sessions(port: u16, connections: u32) -> f64 {
    let each = SESSIONS / connections;
    let before = Instant::now();
    let users = ["alice", "bob"];
    let threads: Vec<_> = users
        .into_iter()
        .take(connections as usize)
        .map(|user| {
            std::thread::spawn(move || {
                for _ in 0..each {
                    let mut pop = Pop::login(port, user);
                    assert!(pop.ask("STAT").starts_with("+OK"));
                    pop.ask("QUIT");
                    pop.line();
                }
            })
        })
        .collect();
    let count = threads.len() as f64 * f64::from(each);
    for thread in threads {
        thread.join().expect("no session failed");
    }
    count / before.elapsed().as_secs_f64()
}
