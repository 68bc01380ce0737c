//! `helo serve` as a process: where it listens, what it says when it cannot, how it stops.
#![allow(clippy::disallowed_methods)] // processes are started and sockets opened, all of them on this machine

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running helo, killed at the end where it still runs.
struct Running {
    child: Child,
    address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("serve-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    dir
}

fn helo(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_helo"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts helo and reads where it is.
fn start(data: &Path, web: &str) -> Running {
    let mut child =
        helo(&["serve", "--no-mail", "--data", data.to_str().unwrap(), "--web", web]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.split("http://").nth(1).unwrap_or_else(|| panic!("{line}"));
    let address = url.split('/').next().unwrap().to_owned();
    Running { child, address }
}

fn get(address: &str, path: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    write!(socket, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_serves_until_it_is_told_to_stop() {
    let data = folder("stop");
    let mut running = start(&data, "127.0.0.1:0");
    let page = get(&running.address, "/");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("data-scenario=\"send-by-hand\""), "{page}");
    // Somebody's connection that stays open does not keep it from stopping.
    let idle = TcpStream::connect(&running.address).unwrap();
    let pid = running.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
    drop(idle);
    let again = start(&data, "127.0.0.1:0");
    assert!(get(&again.address, "/").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_taken_port_makes_way_for_the_next() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut running = start(&folder("port"), &format!("127.0.0.1:{port}"));
    let next: u16 = running.address.rsplit(':').next().unwrap().parse().unwrap();
    assert!(next > port && next <= port + 50, "{port} -> {next}");
    running.child.kill().unwrap();
    let mut said = String::new();
    running.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let expected = format!("helo: port {port} is taken by another program, so it is {next} this time");
    assert!(said.contains(&expected), "{said}");
}

#[test]
fn what_keeps_it_from_starting_is_said() {
    let data = folder("said");
    let running = start(&data, "127.0.0.1:0");
    let data = data.to_str().unwrap();
    for (args, status, said) in [
        (vec!["--data", data, "--web", "127.0.0.1:0"], 1, "another helo"),
        (vec!["--data", "/dev/null/x", "--web", "127.0.0.1:0"], 1, "/dev/null/x"),
        (vec!["--web", "0.0.0.0:8025"], 2, "can be reached from other machines"),
        (vec!["--web", "localhost:port"], 2, "an address and a port were expected"),
        (vec!["--scenarios", "nowhere"], 2, "nowhere: there is no such folder"),
    ] {
        let out = helo(&[&["serve"], args.as_slice()].concat()).output().unwrap();
        let err = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.code() == Some(status) && err.contains(said), "{args:?}: {:?} {err}", out.status);
    }
    drop(running);
}
