//! Help, exit codes, wrong usage, files and streams that cannot be read or written.

use crate::support::{folder, helo, project};
use helo::cli::{Streams, run_on};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};

#[test]
fn the_help_is_as_it_was_agreed() {
    let shown: String = [
        "--help",
        "check --help",
        "new --help",
        "play --help",
        "schema --help",
        "host --help",
        "serve --help",
    ]
    .iter()
    .map(|line| {
        let (status, out, err) = helo(line, "");
        assert_eq!((status, err.as_str()), (0, ""), "{line}");
        format!("$ helo {line}\n{out}\n")
    })
    .collect();
    let agreed = fs::read_to_string(project("tests/cli/help.txt")).unwrap();
    assert_eq!(shown, agreed, "if the new help is right, write it to tests/cli/help.txt");
    assert!(agreed.lines().all(|line| line.chars().count() <= 120), "lines fit a terminal");
}

#[test]
fn help_and_version_come_in_each_usual_way() {
    let all = helo("--help", "");
    for line in ["-h", "help"] {
        assert_eq!(helo(line, ""), all, "helo {line}");
    }
    assert_eq!(helo("help check", ""), helo("check -h", ""));
    let version = format!("helo {}\n", env!("CARGO_PKG_VERSION"));
    for line in ["--version", "-V"] {
        assert_eq!(helo(line, ""), (0, version.clone(), String::new()), "helo {line}");
    }
}

#[test]
fn wrong_usage_is_said_in_a_line_and_exits_with_2() {
    for (line, said) in [
        ("chekc", "unknown command `chekc`; did you mean `check`?"),
        ("play x.toml --jsn", "unknown option `--jsn`; did you mean `--json`?"),
        ("play", "`helo play` needs FILE"),
    ] {
        let (status, out, err) = helo(line, "");
        assert_eq!((status, out.as_str()), (2, ""), "helo {line}");
        assert_eq!(err, format!("helo: {said}\nTry `helo --help`.\n"), "helo {line}");
    }
    for (line, said) in [
        (
            "play x.toml --seed one",
            "helo: `--seed one`: a seed is a whole number from 0 to 18446744073709551615\n",
        ),
        ("play x.toml --lang fr", "helo: `--lang fr`: there are de and en\n"),
    ] {
        assert_eq!(helo(line, ""), (2, String::new(), said.to_owned()), "helo {line}");
    }
}

#[test]
fn what_cannot_be_read_exits_with_2() {
    let folder = folder("unreadable");
    let latin = folder.join("latin.toml");
    fs::write(&latin, b"title = \"K\xf6ln\"\n").unwrap();
    let empty = folder.join("empty");
    fs::create_dir(&empty).unwrap();
    for (line, said) in [
        ("check no-such-file.toml".to_owned(), "helo: no-such-file.toml: ".to_owned()),
        ("play no-such-file.toml".to_owned(), "helo: no-such-file.toml: ".to_owned()),
        (format!("check {}", empty.display()), format!("helo: {}: no scenario (*.toml)", empty.display())),
        (format!("check {}", latin.display()), format!("helo: {}: not UTF-8 (octet 11)", latin.display())),
        (format!("play {}", latin.display()), format!("helo: {}: not UTF-8 (octet 11)", latin.display())),
        (format!("play {}", folder.display()), format!("helo: {}: ", folder.display())),
    ] {
        let (status, out, err) = helo(&line, "");
        assert_eq!((status, out.as_str()), (2, ""), "helo {line}");
        assert!(err.starts_with(&said) && err.lines().count() == 1, "helo {line}: {err}");
    }
}

/// A pipe whose reader has gone.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

/// A disk that is full.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_output_that_nobody_reads_ends_quietly_and_a_full_disk_does_not() {
    let args = [OsString::from("--help")];
    let mut err = Vec::new();
    let streams =
        &mut Streams { input: &mut io::empty(), out: &mut Gone, err: &mut err, colour: false, typed: false };
    assert_eq!(run_on(&args, streams), 0);
    assert!(err.is_empty());
    let streams =
        &mut Streams { input: &mut io::empty(), out: &mut Full, err: &mut err, colour: false, typed: false };
    assert_eq!(run_on(&args, streams), 2);
    assert!(String::from_utf8(err).unwrap().starts_with("helo: cannot write: "));
}

/// A standard input that fails.
struct Unreadable;

impl Read for Unreadable {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the tape is torn"))
    }
}

#[test]
fn a_script_that_cannot_be_read_exits_with_2() {
    let args = [OsString::from("play"), project("tests/cli/lesson.toml").into()];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let streams =
        &mut Streams { input: &mut Unreadable, out: &mut out, err: &mut err, colour: false, typed: false };
    assert_eq!(run_on(&args, streams), 2);
    assert_eq!(String::from_utf8(err).unwrap(), "helo: standard input: the tape is torn\n");
    assert!(out.is_empty());
}
