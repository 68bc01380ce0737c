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
    start_with(data, web, &[])
}

/// The same with further options.
fn start_with(data: &Path, web: &str, more: &[&str]) -> Running {
    let args = [&["serve", "--no-mail", "--data", data.to_str().unwrap(), "--web", web], more].concat();
    let mut child = helo(&args).spawn().unwrap();
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

/// Asks until the page is as it should be.
fn until(address: &str, path: &str, what: &str, is: impl Fn(&str) -> bool) -> String {
    let mut page = String::new();
    for _ in 0..100 {
        page = get(address, path);
        if is(&page) {
            return page;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{what}; the page says\n{page}");
}

#[test]
fn it_notices_what_is_saved_while_it_serves() {
    let (data, lessons) = (folder("noticed"), folder("noticed-lessons"));
    std::fs::create_dir_all(&lessons).unwrap();
    let lesson = std::fs::read_to_string("tests/cli/lesson.toml").unwrap();
    let file = lessons.join("lesson.toml");
    std::fs::write(&file, &lesson).unwrap();
    let named = ["--scenarios", lessons.to_str().unwrap()];
    let mut running = start_with(&data, "127.0.0.1:0", &named);
    let address = running.address.clone();
    assert!(get(&address, "/").contains("data-scenario=\"lesson\""));
    // New.
    std::fs::write(lessons.join("other.toml"), lesson.replacen("id = \"lesson\"", "id = \"other\"", 1))
        .unwrap();
    until(&address, "/", "the new file is on offer", |page| page.contains("data-scenario=\"other\""));
    // Broken: the fault is shown, the last good version stays.
    std::fs::write(&file, lesson.replacen("minutes = ", "minuts = ", 1)).unwrap();
    until(&address, "/author/lesson", "the fault is shown", |page| {
        page.contains("data-code=\"unknown-key\"")
    });
    assert!(get(&address, "/").contains("data-scenario=\"lesson\""));
    // Mended, and of the same length as before.
    std::fs::write(&file, lesson.replacen("minutes = ", "minutes  =", 1)).unwrap();
    until(&address, "/author/lesson", "the fault is gone", |page| {
        page.starts_with("HTTP/1.1 200") && !page.contains("data-code=\"unknown-key\"")
    });
    // Gone.
    std::fs::remove_file(lessons.join("other.toml")).unwrap();
    until(&address, "/", "the other is gone", |page| !page.contains("data-scenario=\"other\""));
    running.child.kill().unwrap();
    let mut said = String::new();
    running.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    for line in ["lesson.toml has faults, and its last good version stays on offer", "other.toml is gone"] {
        assert!(said.contains(line), "{said}");
    }
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
