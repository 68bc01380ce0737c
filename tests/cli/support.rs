//! Runs the command line within the test.

use helo::cli::{Streams, run_on};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// What came of a command: exit status, standard output, standard error.
pub(crate) fn helo(line: &str, input: &str) -> (u8, String, String) {
    let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = input.as_bytes();
    let streams =
        &mut Streams { input: &mut input, out: &mut out, err: &mut err, colour: false, typed: false };
    let status = run_on(&args, streams);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// A folder of one test's own, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file of the project.
pub(crate) fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}
