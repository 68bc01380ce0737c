//! The command line. Others script against its names, options and exit codes.

mod args;
mod check;
mod host;
mod live;
mod mutate;
mod new;
mod play;
mod schema;
mod screen;
mod serve;
mod signal;
mod watch;

use self::args::Asked;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// All went well.
const CLEAN: u8 = 0;
/// The scenario has faults.
const FAULTS: u8 = 1;
/// The command was not understood, or what it names cannot be read.
const USAGE: u8 = 2;

/// Where a command reads and writes.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
    /// Standard error is a terminal that shows colours.
    pub colour: bool,
    /// Standard input is a terminal at which somebody types, who sees what they type.
    pub typed: bool,
}

/// Runs helo with these arguments (without the program's name) on the process's own streams.
pub fn run(args: Vec<OsString>) -> ExitCode {
    let colour = io::stderr().is_terminal();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (input, err) = (&mut io::stdin().lock(), &mut io::stderr().lock());
    let typed = io::stdin().is_terminal();
    ExitCode::from(run_on(&args, &mut Streams { input, out: &mut out, err, colour, typed }))
}

/// Runs helo with these arguments on these streams; gives its exit status. Where nobody reads the output any more
/// (`helo play ... | head`), it ends without a word.
pub fn run_on(args: &[OsString], streams: &mut Streams<'_>) -> u8 {
    let done = dispatch(args, streams).and_then(|status| streams.out.flush().map(|()| status));
    match done {
        Ok(status) => status,
        Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => CLEAN,
        Err(fault) => {
            // There is nowhere left to say so where this fails too.
            let _ = writeln!(streams.err, "helo: cannot write: {fault}");
            USAGE
        }
    }
}

fn dispatch(args: &[OsString], streams: &mut Streams<'_>) -> io::Result<u8> {
    match args::parse(args) {
        Ok(Asked::Help(command)) => write!(streams.out, "{}", args::help(command)).map(|()| CLEAN),
        Ok(Asked::Version) => writeln!(streams.out, "helo {}", env!("CARGO_PKG_VERSION")).map(|()| CLEAN),
        Ok(Asked::Run(parsed)) => (parsed.command.run)(&parsed, streams),
        Err(fault) => {
            writeln!(streams.err, "helo: {fault}\nTry `helo --help`.")?;
            Ok(USAGE)
        }
    }
}

/// Reads a scenario's file: its name for messages, and its text.
fn scenario_file(path: &Path) -> Result<(String, String), String> {
    let name = path.display().to_string();
    let octets = fs::read(path).map_err(|fault| format!("{name}: {fault}"))?;
    match String::from_utf8(octets) {
        Ok(text) => Ok((name, text)),
        Err(fault) => {
            let at = fault.utf8_error().valid_up_to();
            Err(format!("{name}: not UTF-8 (octet {}); a scenario is written in UTF-8", at + 1))
        }
    }
}
