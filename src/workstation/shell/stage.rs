//! One command of a pipeline: finds its program, opens what is redirected, before it starts.

use super::super::io::{Io, Outputs, Sink};
use super::super::programs;
use super::expand;
use super::hints;
use super::job::{Job, Runs};
use super::lex::RedirectKind;
use super::parse::{Body, Command, Redirect};
use crate::event::Event;

/// The most octets the arguments of a program may have, as on Linux.
const ARGUMENTS: usize = 2 << 20;

/// Where a command reads from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The terminal.
    Terminal,
    /// What the shell hands it: a pipe's octets, a file's.
    Fed,
}

/// One command of the pipeline that runs now.
#[derive(Debug)]
pub(super) struct Stage {
    /// What runs.
    pub(super) runs: Runs,
    /// Where it reads from.
    pub(super) source: Source,
    /// It reads what its job reads.
    pub(super) inherits: bool,
    /// What came and was not read yet.
    pub(super) inbox: Vec<u8>,
    /// Nothing more will come.
    pub(super) input_ended: bool,
    /// It has been told that its input ended.
    pub(super) told: bool,
    /// Where it writes.
    pub(super) outputs: Outputs,
    /// A write to a file failed.
    pub(super) write_failed: bool,
    /// Its exit status, once it has ended.
    pub(super) status: Option<u8>,
}

impl Stage {
    /// Expands a command and opens what it redirects; the status where it cannot be run or is done already.
    pub(super) fn prepare(&mut self, command: Command, line: &[u8], io: &mut Io) -> Result<(), u8> {
        self.redirect(&command.redirects, line, io)?;
        match command.body {
            Body::Group(list) => {
                let mut job = Job::with(list, line.to_vec(), self.source, self.outputs.clone());
                // What was redirected into the group is there from the start.
                job.inbox = std::mem::take(&mut self.inbox);
                job.input_ended = self.input_ended;
                self.runs = Runs::Group(Box::new(job));
                Ok(())
            }
            Body::Simple(words) => {
                let names: Vec<String> = io.machine.files.list().map(|(n, _)| n.to_owned()).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let (mut args, mut octets): (Vec<Vec<u8>>, usize) = (Vec::new(), 0);
                // Before a program's name an assignment is the program's alone, and none here looks at it.
                let only_assigns = words.iter().all(|w| expand::assignment(w, io.env).is_some());
                for word in &words {
                    let assigned = args.is_empty().then(|| expand::assignment(word, io.env)).flatten();
                    match assigned {
                        Some((name, value)) if only_assigns => io.env.set(&name, value),
                        Some(_) => {}
                        None => {
                            let more = expand::arguments(word, io.env, &names);
                            octets += more.iter().map(|a| a.len() + 8).sum::<usize>();
                            args.extend(more);
                        }
                    }
                    if octets > ARGUMENTS {
                        let name = args.first().map(|n| programs::text(n)).unwrap_or_default();
                        io.complain(&format!("bash: {name}: Argument list too long\n"));
                        return Err(126);
                    }
                }
                self.find(args, line, io)
            }
        }
    }

    /// Finds the program the first argument names.
    fn find(&mut self, args: Vec<Vec<u8>>, line: &[u8], io: &mut Io) -> Result<(), u8> {
        let Some(name) = args.first().map(|n| programs::text(n)) else { return Err(0) };
        if let Some(spec) = programs::find(&name) {
            self.runs = Runs::Program { spec, args, program: (spec.make)() };
            return Ok(());
        }
        let outer = std::mem::replace(&mut io.outputs, self.outputs.clone());
        let (said, status) = match io.machine.files.read(&name) {
            _ if !name.contains('/') => ("command not found".to_owned(), 127),
            Ok(_) => ("Permission denied".to_owned(), 126),
            Err(fault) => (fault.to_string(), 127),
        };
        io.complain(&format!("bash: {name}: {said}\n"));
        io.outputs = outer;
        if let Some(hint) = hints::not_found(&name, line) {
            io.screen.write(format!("{hint}\n").as_bytes());
        }
        // The transcript has the whole line already; of a name without end a part will do.
        io.log(Event::Exited { term: io.term, program: name.chars().take(64).collect(), status });
        Err(status)
    }

    fn redirect(&mut self, redirects: &[Redirect], line: &[u8], io: &mut Io) -> Result<(), u8> {
        for r in redirects {
            let word = expand::text(&r.word, io.env);
            if r.kind == RedirectKind::HereString {
                self.inbox = word;
                if !r.document {
                    self.inbox.push(b'\n');
                }
                self.feed();
                continue;
            }
            let name = programs::text(&word);
            let opened = match r.kind {
                RedirectKind::Read => io.machine.files.read(&name).map(<[u8]>::to_vec).map(|octets| {
                    self.inbox = octets;
                    self.feed();
                }),
                RedirectKind::Duplicate => {
                    self.duplicate(r.fd.unwrap_or(1), &name, io)?;
                    Ok(())
                }
                _ => {
                    let keep = matches!(r.kind, RedirectKind::Append | RedirectKind::AppendBoth);
                    io.machine.files.open(&name, keep).map(|()| self.lead(r, &name))
                }
            };
            if let Err(fault) = opened {
                io.complain(&format!("bash: {name}: {fault}\n"));
                if let Some(hint) = hints::protocol(line) {
                    io.screen.write(format!("{hint}\n").as_bytes());
                }
                return Err(1);
            }
        }
        Ok(())
    }

    fn feed(&mut self) {
        self.source = Source::Fed;
        self.inherits = false;
        self.input_ended = true;
    }

    fn lead(&mut self, r: &Redirect, name: &str) {
        let both = matches!(r.kind, RedirectKind::WriteBoth | RedirectKind::AppendBoth);
        let sink = Sink::File(name.to_owned());
        if both || r.fd.unwrap_or(1) == 1 {
            self.outputs.out = sink.clone();
        }
        if both || r.fd == Some(2) {
            self.outputs.err = sink;
        }
    }

    /// `2>&1` and `>&2`.
    fn duplicate(&mut self, fd: u8, to: &str, io: &mut Io) -> Result<(), u8> {
        let sink = match to {
            "1" => self.outputs.out.clone(),
            "2" => self.outputs.err.clone(),
            _ => {
                io.complain(&format!("bash: {to}: Bad file descriptor\n"));
                return Err(1);
            }
        };
        match fd {
            1 => self.outputs.out = sink,
            2 => self.outputs.err = sink,
            _ => {}
        }
        Ok(())
    }
}
