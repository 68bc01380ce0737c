//! The command line. Others script against its names, options and exit codes.

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs helo with these arguments (without the program's name).
pub fn run(args: Vec<OsString>) -> ExitCode {
    unimplemented!("{args:?}")
}
