//! `ssh HOST COMMAND...`: runs a command on a host that the scenario opens to the learner, who is its administrator there.
//! There is no key to accept, and no prompt: ssh joins the command's words with blanks, a shell there takes them apart once
//! more, and what it can run is in one table.

mod mailq;
mod postconf;
mod shell;

use super::super::io::Io;
use super::{Flow, find, text};

/// A command on a host: what it prints goes to the terminal, and the number is its exit status.
type Command = fn(&mut Io, host: &str, args: &[String]) -> u8;

/// What can be run on hosts. Postfix's own commands are known where Postfix runs.
const COMMANDS: &[(&str, Command)] = &[
    ("hostname", hostname),
    ("mailq", mailq::mailq),
    ("postqueue", mailq::postqueue),
    ("sendmail", mailq::sendmail),
    ("exim", mailq::exim),
    ("qmail-qread", mailq::qmail_qread),
    ("postconf", postconf::postconf),
    ("postfix", postconf::postfix),
];

/// The names of what can be run on hosts.
pub(in crate::workstation) fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, _)| *name)
}

/// `ssh`.
pub(super) fn ssh(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("ssh") else { return Flow::Exit(1) };
    let (mut args, mut place) = (args.iter().skip(1).map(|a| text(a)).peekable(), None);
    // Options of ssh itself stand before the host; what comes after it is the command's.
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--help" | "-h" => {
                io.complain(&format!("usage: ssh {}\n", spec.synopsis));
                return Flow::Exit(255);
            }
            "-l" | "-p" | "-o" | "-i" => _ = args.next(),
            _ if arg.starts_with('-') && arg.len() > 1 => {}
            _ => {
                place = Some(arg);
                break;
            }
        }
    }
    let Some(place) = place else {
        io.complain(&format!("usage: ssh {}\n", spec.synopsis));
        return Flow::Exit(255);
    };
    let host = place.rsplit_once('@').map_or(place.as_str(), |(_, host)| host).to_owned();
    let Some((host, open)) = io.net.host_named(&host) else {
        io.complain(&format!("ssh: Could not resolve hostname {host}: Name or service not known\n"));
        return Flow::Exit(255);
    };
    if !open {
        io.complain(&format!("ssh: connect to host {host} port 22: Connection refused\n"));
        return Flow::Exit(255);
    }
    let line: Vec<String> = args.collect();
    let line = line.join(" ");
    if line.trim().is_empty() {
        io.hint(&format!("name a command too, such as: ssh {host} postconf -n"));
        return Flow::Exit(255);
    }
    Flow::Exit(shell::run(io, &host, &line))
}

fn hostname(io: &mut Io, host: &str, _args: &[String]) -> u8 {
    io.print(&format!("{host}\n"));
    0
}
