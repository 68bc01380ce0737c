//! `ls` and `rm`: what is in the workstation's one folder.

use super::super::io::Io;
use super::{Flow, find, text};

/// `ls`.
pub(super) fn ls(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("ls") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(_) => return Flow::Exit(2),
    };
    let (long, all) = (given.has('l'), given.has('a'));
    let mut status = 0;
    let mut files: Vec<(String, usize)> = Vec::new();
    let mut folders = Vec::new();
    let operands: Vec<String> = given.operands.iter().map(|o| text(o)).collect();
    let operands = if operands.is_empty() { vec![".".to_owned()] } else { operands };
    for name in &operands {
        match io.machine.files.read(name) {
            Ok(octets) => files.push((name.clone(), octets.len())),
            Err(_) if io.machine.files.is_home(name) => folders.push(name),
            Err(fault) => {
                io.complain(&format!("ls: cannot access '{name}': {fault}\n"));
                status = 2;
            }
        }
    }
    let headed = operands.len() > 1;
    show(io, &files, long);
    for (i, folder) in folders.into_iter().enumerate() {
        if headed {
            let gap = if i == 0 && files.is_empty() { "" } else { "\n" };
            io.print(&format!("{gap}{folder}:\n"));
        }
        let hidden = |n: &str| n.starts_with('.') && !all && !given.has('A');
        let mut list: Vec<(String, usize)> = io
            .machine
            .files
            .list()
            .filter(|(n, _)| !hidden(n))
            .map(|(n, size)| (n.to_owned(), size))
            .collect();
        if all {
            list.splice(0..0, [(".".to_owned(), 4096), ("..".to_owned(), 4096)]);
        }
        if long {
            let blocks: usize = list.iter().map(|(_, size)| size.div_ceil(4096) * 4).sum();
            io.print(&format!("total {blocks}\n"));
        }
        show(io, &list, long);
    }
    Flow::Exit(status)
}

fn show(io: &mut Io, list: &[(String, usize)], long: bool) {
    let user = io.machine.user.clone();
    let width = list.iter().map(|(_, size)| size.to_string().len()).max().unwrap_or(1);
    let mut out = String::new();
    for (name, size) in list {
        let shown = quoted(name);
        if long {
            let mode = if matches!(name.as_str(), "." | "..") { "drwxr-xr-x 2" } else { "-rw-r--r-- 1" };
            out.push_str(&format!("{mode} {user} {user} {size:>width$} {shown}\n"));
        } else {
            out.push_str(&shown);
            out.push('\n');
        }
    }
    io.print(&out);
}

/// A name with blanks or signs of the shell stands in quotes, as on a terminal.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || "._-+@%:,/".contains(c));
    match (plain, name.contains('\'')) {
        (true, _) => name.to_owned(),
        (false, false) => format!("'{name}'"),
        (false, true) => format!("\"{name}\""),
    }
}

/// `rm`.
pub(super) fn rm(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("rm") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(status) => return Flow::Exit(status),
    };
    let force = given.has('f');
    if given.operands.is_empty() && !force {
        io.complain("rm: missing operand\n");
        return Flow::Exit(spec.try_help(io));
    }
    let mut status = 0;
    for name in &given.operands {
        let name = text(name);
        match io.machine.files.remove(&name) {
            Err(super::super::files::FileFault::Missing) if force => {}
            Err(fault) => {
                io.complain(&format!("rm: cannot remove '{name}': {fault}\n"));
                status = 1;
            }
            Ok(()) => {}
        }
    }
    Flow::Exit(status)
}
