//! The `helo` program: hands its arguments to [`helo::cli`] and exits with what comes back.

use std::process::ExitCode;

#[allow(clippy::disallowed_methods)] // the one place that reads the arguments
fn main() -> ExitCode {
    helo::cli::run(std::env::args_os().skip(1).collect())
}
