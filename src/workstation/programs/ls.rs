//! `ls` and `rm`: what is in the workstation's one folder.

use super::super::files::FileFault;
use super::super::io::{Io, Sink};
use super::{Flow, date, find, text};

/// The width of the terminal, and what stands between two columns.
const WIDTH: usize = 80;
const GAP: usize = 2;

/// `ls`.
pub(super) fn ls(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("ls") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(_) => return Flow::Exit(2),
    };
    let (long, all, single) = (given.has('l'), given.has('a'), given.last_of("1C") == Some('1'));
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
    show(io, &files, long, single);
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
        show(io, &list, long, single);
    }
    Flow::Exit(status)
}

fn show(io: &mut Io, list: &[(String, usize)], long: bool, single: bool) {
    let terminal = io.outputs.out == Sink::Screen;
    let names: Vec<String> =
        list.iter().map(|(name, _)| if terminal { quoted(name) } else { name.clone() }).collect();
    // Beside a name in quotes the others stand one column further in.
    let any_quoted = list.iter().zip(&names).any(|((name, _), shown)| name != shown);
    let names = names.into_iter().zip(list).map(|(shown, (name, _))| {
        if any_quoted && shown == *name && (long || !single) { format!(" {shown}") } else { shown }
    });
    let names: Vec<String> = names.collect();
    let out = if long {
        let width = list.iter().map(|(_, size)| size.to_string().len()).max().unwrap_or(1);
        let user = &io.machine.user;
        let lines = list.iter().zip(&names).map(|((name, size), shown)| {
            let mode = if matches!(name.as_str(), "." | "..") { "drwxr-xr-x 2" } else { "-rw-r--r-- 1" };
            let time = date::listed(io.machine.files.written(name), io.machine.zone);
            format!("{mode} {user} {user} {size:>width$} {time} {shown}\n")
        });
        lines.collect()
    } else if terminal && !single {
        columns(&names)
    } else {
        names.iter().map(|n| format!("{n}\n")).collect()
    };
    io.print(&out);
}

/// Names in as many columns as fit, from top to bottom and then from left to right.
fn columns(names: &[String]) -> String {
    let widths: Vec<usize> = names.iter().map(|n| n.chars().count()).collect();
    let fits = |columns: usize| {
        let rows = names.len().div_ceil(columns);
        let each: Vec<usize> = widths.chunks(rows).map(|c| c.iter().max().copied().unwrap_or(0)).collect();
        let whole = each.iter().sum::<usize>() + GAP * each.len().saturating_sub(1);
        (whole <= WIDTH && each.len() == columns).then_some((rows, each))
    };
    let Some((rows, each)) = (1..=names.len()).rev().find_map(fits) else {
        return names.iter().map(|n| format!("{n}\n")).collect();
    };
    let mut out = String::new();
    for row in 0..rows {
        let mut line = String::new();
        for (column, width) in each.iter().enumerate() {
            if let Some(name) = names.get(column * rows + row) {
                line.push_str(&format!("{:<1$}", name, width + GAP));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
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
            Err(FileFault::Missing) if force => {}
            Err(fault) => {
                io.complain(&format!("rm: cannot remove '{name}': {fault}\n"));
                status = 1;
            }
            Ok(()) => {}
        }
    }
    Flow::Exit(status)
}
