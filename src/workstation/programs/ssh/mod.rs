//! `ssh HOST COMMAND...`: runs a command on a host that the scenario opens to the learner, who is its administrator there.
//! There is no shell and no key to accept: what can be run is in one table.

mod mailq;
mod postconf;

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
    let words = words(&line.join(" "));
    let Some((name, rest)) = words.split_first() else {
        io.hint(&format!("name a command too, such as: ssh {host} postconf -n"));
        return Flow::Exit(255);
    };
    let name = name.rsplit('/').next().unwrap_or(name);
    let known = COMMANDS.iter().find(|(known, _)| *known == name);
    match known {
        Some((_, command)) => Flow::Exit(command(io, &host, rest)),
        None => {
            io.complain(&format!("bash: line 1: {name}: command not found\n"));
            let names: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
            io.hint(&format!("on the lab's hosts there are {}", names.join(", ")));
            Flow::Exit(127)
        }
    }
}

fn hostname(io: &mut Io, host: &str, _args: &[String]) -> u8 {
    io.print(&format!("{host}\n"));
    0
}

/// The words of a line as the shell on the host takes it apart: quotes keep blanks together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_with(String::new);
            }
            (None, ' ' | '\t') => words.extend(word.take()),
            (_, c) => word.get_or_insert_with(String::new).push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn quotes_keep_blanks_together() {
        for (line, expected) in [
            ("postconf  -n", &["postconf", "-n"][..]),
            ("postconf -e 'a = b c'", &["postconf", "-e", "a = b c"]),
            ("a \"\" 'b", &["a", "", "b"]),
            ("", &[]),
        ] {
            assert_eq!(words(line), expected, "{line}");
        }
    }
}
