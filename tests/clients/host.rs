//! `helo host` as a process, and a mailbox looked into without any program's help.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long anything may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A running `helo host`, stopped at the end.
pub(crate) struct Host {
    child: Child,
    ports: BTreeMap<String, u16>,
    folder: PathBuf,
    printed: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Host {
    /// Serves a scenario of the project at ports that are free.
    pub(crate) fn start(scenario: &str, test: &str) -> Host {
        let path = format!("{}/scenarios/{scenario}.toml", env!("CARGO_MANIFEST_DIR"));
        Host::serve(&std::fs::read_to_string(path).unwrap(), test)
    }

    /// Serves the text of a scenario.
    pub(crate) fn serve(text: &str, test: &str) -> Host {
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("clients-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let services = ["smtp", "submission", "smtps", "pop3", "pop3s", "imap", "imaps"];
        let ports: Vec<String> = services.iter().map(|s| format!("{s}=0")).collect();
        let mut command = Command::new(env!("CARGO_BIN_EXE_helo"));
        let scenario = folder.join("scenario.toml");
        std::fs::write(&scenario, text).unwrap();
        command.arg("host").arg(&scenario);
        command.args(["--json", "--ports", &ports.join(","), "--data"]).arg(folder.join("data"));
        if text.contains("\ntls = ") {
            command.arg("--ca").arg(folder.join("ca.pem"));
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut found = BTreeMap::new();
        loop {
            let mut line = String::new();
            assert!(out.read_line(&mut line).unwrap() > 0, "helo host ended before it was ready");
            if line == "ready\n" {
                break;
            }
            let mut words = line.split_whitespace();
            let (service, address) = (words.next().unwrap(), words.next().unwrap());
            found.insert(service.to_owned(), address.rsplit(':').next().unwrap().parse().unwrap());
        }
        let printed = Arc::new(Mutex::new(String::new()));
        let into = printed.clone();
        let reader = std::thread::spawn(move || {
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|n| n > 0) {
                into.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        Host { child, ports: found, folder, printed, reader: Some(reader) }
    }

    /// The port of a service.
    pub(crate) fn port(&self, service: &str) -> u16 {
        *self.ports.get(service).unwrap_or_else(|| panic!("no port for {service}: {:?}", self.ports))
    }

    /// A file of this test's own.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The certificate of the attempt's authority.
    pub(crate) fn ca(&self) -> String {
        self.file("ca.pem").display().to_string()
    }

    /// A plain connection.
    pub(crate) fn connect(&self, service: &str) -> TcpStream {
        let socket = TcpStream::connect(("127.0.0.1", self.port(service))).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        socket
    }

    /// All that comes back for these lines, sent at once.
    pub(crate) fn ask(&self, service: &str, lines: &str) -> String {
        let mut socket = self.connect(service);
        socket.write_all(lines.replace('\n', "\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// All messages of alice's mailbox.
    pub(crate) fn mailbox(&self) -> String {
        let stat = self.ask("pop3", "USER alice\nPASS secret\nSTAT\nQUIT\n");
        let count = stat.lines().find_map(|l| l.strip_prefix("+OK ")?.split(' ').next()?.parse::<u32>().ok());
        let count = count.unwrap_or_else(|| panic!("{stat}"));
        let retr: String = (1..=count).map(|n| format!("RETR {n}\n")).collect();
        self.ask("pop3", &format!("USER alice\nPASS secret\n{retr}QUIT\n"))
    }

    /// Ends it as Ctrl-C does, and gives what it printed, an event or the report in each line.
    pub(crate) fn stop(mut self) -> Vec<serde_json::Value> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        self.reader.take().unwrap().join().unwrap();
        let printed = self.printed.lock().unwrap().clone();
        printed.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{l}: {e}"))).collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Is a program of this name installed? Where all must be, one that is missing is a failure, else a reason to skip.
pub(crate) fn installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    assert!(there || std::env::var_os("HELO_CI").is_none(), "{program} is not installed");
    if !there {
        eprintln!("skipped: {program} is not installed");
    }
    there
}

/// Runs a program to its end; gives what it printed.
pub(crate) fn run(program: &str, args: &[&str], input: &str) -> String {
    let mut command = Command::new("timeout");
    command.arg(PATIENCE.as_secs().to_string()).arg(program).args(args);
    command.env("HOME", env!("CARGO_TARGET_TMPDIR")).env("LC_ALL", "C");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read it all has its reasons.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let out = child.wait_with_output().unwrap();
    let printed = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{program} {args:?}: {:?}\n{printed}", out.status.code());
    printed
}

/// Types lines into a program, each when the one before has been answered: when a line has come that begins with what is
/// named beside it; at once where nothing is. Gives what came.
pub(crate) fn converse(program: &str, args: &[&str], turns: &[(&str, &str)]) -> String {
    let mut command = Command::new("timeout");
    command.arg(PATIENCE.as_secs().to_string()).arg(program).args(args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut input, mut out) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut came = String::new();
    for (awaited, typed) in turns {
        while !awaited.is_empty() {
            let mut line = Vec::new();
            let read = out.read_until(b'\n', &mut line).unwrap();
            assert!(read > 0, "{program} ended before {awaited}:\n{came}");
            let line = String::from_utf8_lossy(&line).into_owned();
            came.push_str(&line);
            if line.starts_with(awaited) {
                break;
            }
        }
        input.write_all(typed.as_bytes()).unwrap();
        input.flush().unwrap();
    }
    // Some programs do not end before their input does.
    drop(input);
    let _ = out.read_to_string(&mut came);
    let _ = child.wait();
    came
}
