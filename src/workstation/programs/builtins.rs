//! Commands of the shell itself: `history`, `exit`, `pwd`, `cd`, `type`, `export`, `true`, `false`, `:`.

use super::super::files::FileFault;
use super::super::io::Io;
use super::{Flow, find, text};

pub(super) fn yes(_io: &mut Io, _args: &[Vec<u8>]) -> Flow {
    Flow::Exit(0)
}

pub(super) fn no(_io: &mut Io, _args: &[Vec<u8>]) -> Flow {
    Flow::Exit(1)
}

/// `pwd`: there is one folder.
pub(super) fn pwd(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("pwd") else { return Flow::Exit(1) };
    if let Err(status) = spec.read(io, args) {
        return Flow::Exit(status);
    }
    let home = format!("/home/{}\n", io.machine.user);
    io.print(&home);
    Flow::Exit(0)
}

/// `cd`: goes nowhere but home.
pub(super) fn cd(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(to) = args.get(1).map(|a| text(a)) else { return Flow::Exit(0) };
    if io.machine.files.is_home(&to) && to != ".." && to != "/home" {
        return Flow::Exit(0);
    }
    let said = match io.machine.files.read(&to) {
        Ok(_) => "Not a directory".to_owned(),
        Err(FileFault::Directory) => "Permission denied".to_owned(),
        Err(fault) => fault.to_string(),
    };
    io.complain(&format!("bash: cd: {to}: {said}\n"));
    io.hint("this workstation has one folder only");
    Flow::Exit(1)
}

/// `exit`.
pub(super) fn exit(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    match args.get(1).map(|a| text(a)) {
        None => Flow::Leave(io.env.status),
        Some(status) => match status.trim().parse::<i64>() {
            Ok(_) if args.len() > 2 => {
                io.complain("bash: exit: too many arguments\n");
                Flow::Exit(1)
            }
            // As a process's exit status: its last eight bits.
            Ok(n) => Flow::Leave((n & 0xff) as u8),
            Err(_) => {
                io.complain(&format!("bash: exit: {status}: numeric argument required\n"));
                Flow::Leave(2)
            }
        },
    }
}

/// `history`.
pub(super) fn history(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("history") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(status) => return Flow::Exit(status),
    };
    if given.has('c') {
        io.env.history.clear();
        return Flow::Exit(0);
    }
    let mut most = usize::MAX;
    if let Some(n) = given.operands.first() {
        let n = text(n);
        match n.parse() {
            Ok(n) => most = n,
            Err(_) => {
                io.complain(&format!("bash: history: {n}: numeric argument required\n"));
                return Flow::Exit(1);
            }
        }
    }
    let lines = io.env.history.lines();
    let skip = lines.len().saturating_sub(most);
    let mut out = Vec::new();
    for (number, line) in lines.skip(skip) {
        out.extend(format!("{number:>5}  ").into_bytes());
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    io.out(&out);
    Flow::Exit(0)
}

/// `type` and `which`: where a program is.
pub(super) fn which(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let (command, names) = args.split_first().map_or(("type".to_owned(), &[][..]), |(c, n)| (text(c), n));
    let mut status = 0;
    for name in names {
        let name = text(name);
        match find(&name) {
            Some(spec) if spec.manner == super::options::Manner::Builtin && command == "type" => {
                io.print(&format!("{name} is a shell builtin\n"));
            }
            Some(_) if command == "type" => io.print(&format!("{name} is /usr/bin/{name}\n")),
            Some(_) => io.print(&format!("/usr/bin/{name}\n")),
            None if command == "type" => {
                io.complain(&format!("bash: type: {name}: not found\n"));
                status = 1;
            }
            None => status = 1,
        }
    }
    Flow::Exit(status)
}

/// `export`: every variable is known to every program here.
pub(super) fn export(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let mut status = 0;
    for arg in args.iter().skip(1) {
        let arg = text(arg);
        let (name, value) = arg.split_once('=').map_or((arg.as_str(), None), |(n, v)| (n, Some(v)));
        let legal = !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !legal {
            io.complain(&format!("bash: export: `{arg}': not a valid identifier\n"));
            status = 1;
        } else if let Some(value) = value {
            io.env.set(name, value.as_bytes().to_vec());
        }
    }
    Flow::Exit(status)
}
