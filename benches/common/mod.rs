//! What the benches of the real ports share: helo on ports of its own, Dovecot beside it, and letters for both.
#![allow(clippy::disallowed_methods, dead_code)] // processes and sockets of this machine; each bench needs its part

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How often each rate is measured, helo and the reference taking turns: on a machine that others use too a single
/// measurement says little.
const TURNS: usize = 5;

/// The median of some measurements of each of two, which take turns.
pub(crate) fn turns(
    mut ours: impl FnMut() -> f64,
    mut theirs: impl FnMut() -> Option<f64>,
) -> (f64, Option<f64>) {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        one.push(ours());
        other.extend(theirs());
    }
    (median(&mut one).unwrap_or_default(), median(&mut other))
}

/// The median of some measurements.
pub(crate) fn median(rates: &mut [f64]) -> Option<f64> {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied()
}

/// The octets of a message, about.
pub(crate) const OCTETS: u32 = 4_096;

/// A process that is stopped at the end.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn installed(program: &str) -> bool {
    ["/usr/sbin", "/usr/bin"].iter().any(|folder| Path::new(folder).join(program).is_file())
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port()
}

pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// `helo host` over a fresh data directory, and the ports it opened.
pub(crate) struct Host {
    running: Running,
    pub(crate) smtp: u16,
    pub(crate) pop: u16,
    pub(crate) imap: u16,
}

impl Host {
    /// Events are printed as they happen, and go where nobody reads them: who does would be part of the load.
    pub(crate) fn start() -> Host {
        let (smtp, pop, imap) = (free_port(), free_port(), free_port());
        let mut command = Command::new(env!("CARGO_BIN_EXE_helo"));
        command.arg("host").arg(format!("{}/scenarios/playground.toml", env!("CARGO_MANIFEST_DIR")));
        command.args(["--json", "--ports"]);
        command.arg(format!("smtp={smtp},pop3={pop},imap={imap},submission=0,smtps=0,pop3s=0,imaps=0"));
        command.arg("--data").arg(folder("bench-ports"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("helo can be started");
        let host = Host { running: Running(child), smtp, pop, imap };
        assert!([smtp, pop, imap].into_iter().all(wait_for), "helo opens its ports");
        host
    }

    /// Resident memory in KiB, where there is a /proc.
    pub(crate) fn resident(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.running.0.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").trim().parse().ok()
    }
}

pub(crate) fn wait_for(port: u16) -> bool {
    (0..200).any(|_| {
        let there = TcpStream::connect(("127.0.0.1", port)).is_ok();
        if !there {
            std::thread::sleep(Duration::from_millis(20));
        }
        there
    })
}

/// Who has a mailbox, on both servers, with the password `secret`.
pub(crate) const USERS: [&str; 2] = ["alice", "bob"];

/// Puts messages into somebody's mailbox.
pub(crate) fn fill(smtp: u16, user: &str, messages: u32) {
    let mut socket = BufReader::new(TcpStream::connect(("127.0.0.1", smtp)).expect("a connection"));
    let mut line = String::new();
    let mut ask = |text: &str| {
        line.clear();
        socket.get_mut().write_all(text.as_bytes()).expect("taken");
        socket.read_line(&mut line).expect("a line");
    };
    ask("");
    ask("HELO bench\r\n");
    let body = format!("{}.\r\n", message());
    for _ in 0..messages {
        ask("MAIL FROM:<bob@lab.test>\r\n");
        ask(&format!("RCPT TO:<{user}@lab.test>\r\n"));
        ask("DATA\r\n");
        ask(&body);
    }
}

/// A message of about four KiB.
pub(crate) fn message() -> String {
    let line = format!("{}\r\n", "x".repeat(70));
    format!("From: bob@lab.test\r\nSubject: x\r\n\r\n{}", line.repeat(OCTETS as usize / 72))
}

/// A Dovecot of its own, with the same messages in a Maildir for each user, and nothing synced to the disk.
pub(crate) struct Dovecot {
    running: Running,
    folder: PathBuf,
    pub(crate) pop: u16,
    pub(crate) imap: u16,
}

impl Dovecot {
    pub(crate) fn start(messages: u32) -> Option<Dovecot> {
        if !installed("dovecot") {
            println!("Dovecot is not installed");
            return None;
        }
        let (folder, pop, imap) = (PathBuf::from("/var/tmp/helo-bench-dovecot"), free_port(), free_port());
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("run")).ok()?;
        let (message, mail) = (message(), USERS.map(|user| folder.join(user)));
        for home in &mail {
            for name in ["Maildir/cur", "Maildir/new", "Maildir/tmp"] {
                std::fs::create_dir_all(home.join(name)).ok()?;
            }
            for n in 0..messages {
                let name = format!("Maildir/cur/{}.{n}.bench:2,", 1_700_000_000 + n);
                std::fs::write(home.join(name), &message).ok()?;
            }
        }
        let _ = Command::new("chown").args(["-R", "65534:65534"]).args(&mail).status();
        let shown = folder.display();
        let config = format!(
            "protocols = imap pop3\nlisten = 127.0.0.1\nbase_dir = {shown}/run\nstate_dir = {shown}/run\nssl = \
             no\ndisable_plaintext_auth = no\nlog_path = {shown}/log\nfirst_valid_uid = 1\nmail_fsync = \
             never\nmail_max_userip_connections = 1000\nauth_username_format = %n\nmail_location = \
             maildir:~/Maildir\npassdb {{\n driver = static\n args = password=secret\n}}\nuserdb {{\n driver = \
             static\n args = uid=65534 gid=65534 home={shown}/%n\n}}\nservice imap-login {{\n service_count = \
             0\n inet_listener imap {{\n port = {imap}\n }}\n inet_listener imaps {{\n port = 0\n }}\n}}\n\
             service pop3-login {{\n service_count = 0\n inet_listener pop3 {{\n port = {pop}\n }}\n \
             inet_listener pop3s {{\n port = 0\n }}\n}}\nservice imap {{\n service_count = 100\n}}\nservice pop3 \
             {{\n service_count = 100\n}}\n"
        );
        let file = folder.join("dovecot.conf");
        std::fs::write(&file, config).ok()?;
        let mut command = Command::new("/usr/sbin/dovecot");
        command.arg("-F").arg("-c").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        let dovecot = Dovecot { running: Running(command.spawn().ok()?), folder, pop, imap };
        let started = wait_for(imap) && wait_for(pop);
        if !started {
            println!("Dovecot is installed and cannot be started here");
        }
        started.then_some(dovecot)
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // Asked, so that it ends its own processes too.
        let _ = Command::new("/usr/sbin/dovecot")
            .arg("-c")
            .arg(self.folder.join("dovecot.conf"))
            .arg("stop")
            .status();
        let _ = self.running.0.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
