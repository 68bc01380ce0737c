//! Small programs about the machine and its user: `hostname`, `whoami`, `id`, `uname`, `clear`.

use super::super::io::Io;
use super::{Flow, find};

/// `hostname`.
pub(super) fn hostname(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("hostname") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(status) => return Flow::Exit(status),
    };
    if !given.operands.is_empty() {
        io.complain("hostname: you must be root to change the host name\n");
        return Flow::Exit(1);
    }
    let shown = match given.last_of("fdiIs") {
        Some('f') => io.machine.name.clone(),
        Some('d') => io.machine.domain().unwrap_or_default().to_owned(),
        Some('i' | 'I') => io.machine.ip.to_string(),
        _ => io.machine.short_name().to_owned(),
    };
    io.print(&format!("{shown}\n"));
    Flow::Exit(0)
}

/// `whoami`.
pub(super) fn whoami(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("whoami") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(status) => return Flow::Exit(status),
    };
    if let Some(extra) = given.operands.first() {
        return Flow::Exit(spec.extra_operand(io, extra));
    }
    let user = io.machine.user.clone();
    io.print(&format!("{user}\n"));
    Flow::Exit(0)
}

/// `clear`: the page empties the screen when it sees that it ran.
pub(super) fn clear(_io: &mut Io, _args: &[Vec<u8>]) -> Flow {
    Flow::Exit(0)
}
