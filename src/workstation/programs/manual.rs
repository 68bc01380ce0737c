//! `help` and `man`: which programs there are, and a short page on each, from the table of the programs.

use super::super::io::Io;
use super::table::PROGRAMS;
use super::{Flow, find, openssl, text};

/// `help` and `man`.
pub(super) fn help(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let called = args.first().map_or_else(|| "help".to_owned(), |a| text(a));
    let topics: Vec<String> = args.iter().skip(1).map(|a| text(a)).collect();
    if topics.is_empty() && called == "man" {
        io.complain("What manual page do you want?\nFor example, try 'man telnet'.\n");
        return Flow::Exit(1);
    }
    if topics.is_empty() {
        overview(io);
        return Flow::Exit(0);
    }
    let mut status = 0;
    for topic in &topics {
        match find(topic) {
            Some(spec) => {
                let options = spec.option_lines();
                let gap = if options.is_empty() { "" } else { "\n" };
                let notes = if spec.notes.is_empty() { String::new() } else { format!("\n{}\n", spec.notes) };
                let page = format!(
                    "{} - {}\n\n  {} {}\n{gap}{options}{notes}",
                    spec.name, spec.summary, spec.name, spec.synopsis
                );
                io.print(&page);
            }
            None if openssl::page(topic).is_some() => {
                io.print(&openssl::page(topic).unwrap_or_default());
            }
            None if called == "man" => {
                io.complain(&format!("No manual entry for {topic}\n"));
                status = 16;
            }
            None => {
                io.complain(&format!("bash: help: no help topics match `{topic}'.  Try `help help'.\n"));
                status = 1;
            }
        }
    }
    Flow::Exit(status)
}

fn overview(io: &mut Io) {
    let mut out = String::from("Programs of this workstation; `help NAME` tells more about one.\n\n");
    for spec in PROGRAMS {
        out.push_str(&format!("  {:<10} {}\n", spec.name, spec.summary));
    }
    out.push_str(
        "\nThe shell knows quotes, variables, * and ?, ; && ||, pipes |, groups ( ), redirections > >> < <<< and\n\
         !! for the last command. ^C ends a program, ^D ends its input, ^] leads out of telnet.\n",
    );
    io.print(&out);
}
