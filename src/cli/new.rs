//! `helo new`: a scenario to start from.

use super::args::Parsed;
use super::schema::FILE;
use super::{CLEAN, Streams, USAGE};
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// A whole scenario that `helo check` finds clean, with a word on each part.
const TEMPLATE: &str = include_str!("new.toml");
/// The id the template has.
const ID: &str = "my-scenario";

pub(super) fn run(parsed: &Parsed, streams: &mut Streams<'_>) -> io::Result<u8> {
    let Some(file) = parsed.operands.first() else {
        return writeln!(streams.err, "helo: `helo new` needs FILE").map(|()| USAGE);
    };
    let path = Path::new(file);
    let shown = path.display();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if path.extension().is_none_or(|e| e != "toml") || stem.is_empty() || !stem.chars().all(good) {
        let fault = "a scenario's file is named after its id, in lower-case letters, digits and hyphens: my-scenario.toml";
        return writeln!(streams.err, "helo: {shown}: {fault}").map(|()| USAGE);
    }
    let written = OpenOptions::new().write(true).create_new(true).open(path);
    let written = written.and_then(|mut file| file.write_all(TEMPLATE.replace(ID, &stem).as_bytes()));
    match written {
        Ok(()) => {
            writeln!(
                streams.out,
                "{shown} is there. Write it, then try it:\n  helo check {shown}\n  helo play {shown}\nThe manual is \
                 docs/scenarios.md."
            )?;
            let beside = path.with_file_name(FILE);
            if !beside.exists() {
                let beside = beside.display();
                writeln!(streams.out, "Your editor completes its keys after\n  helo schema > {beside}")?;
            }
            Ok(CLEAN)
        }
        Err(fault) if fault.kind() == ErrorKind::AlreadyExists => {
            writeln!(streams.err, "helo: {shown} is there already, and is left as it is").map(|()| USAGE)
        }
        Err(fault) => writeln!(streams.err, "helo: {shown}: {fault}").map(|()| USAGE),
    }
}
