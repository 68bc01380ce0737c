//! The shell on a host: it reads the line that ssh hands over, after the shell on the workstation has read it already.
//! What was between quotes there stands bare here. Nobody can look at the files there, so what is led into one is gone.

use super::super::super::io::{Io, Sink};
use super::super::super::shell::env::Env;
use super::super::super::shell::expand;
use super::super::super::shell::lex::{Lexer, Progress, RedirectKind, Token, Word};
use super::super::super::shell::parse::{Body, Command, Connector, List, Pipeline, Redirect, parse};
use super::super::text;
use super::COMMANDS;

/// The exit status of a line that is not one.
const NO_COMMAND: u8 = 2;
/// The most octets the arguments of a command may have, as on Linux.
const ARGUMENTS: usize = 2 << 20;
/// The exit status of a command that is not there.
const NOT_FOUND: u8 = 127;

/// Runs a line on a host; the exit status of what ran last.
pub(super) fn run(io: &mut Io, host: &str, line: &str) -> u8 {
    let read = tokens(line).and_then(|tokens| {
        parse(tokens).map_err(|said| match said.strip_prefix("bash: ") {
            Some(said) if said.ends_with("end of file") => format!("bash: -c: line 2: {said}"),
            Some(said) => format!("bash: -c: line 1: {said}\nbash: -c: line 1: `{line}'"),
            None => said,
        })
    });
    match read {
        Ok(list) => {
            let mut env = Env::new(&[("HOME", "/root"), ("USER", "root"), ("PWD", "/root")]);
            Shell { host, env: &mut env }.list(io, list)
        }
        Err(said) => {
            io.complain(&format!("{said}\n"));
            NO_COMMAND
        }
    }
}

/// The tokens of the line, or what is said where it has no end.
fn tokens(line: &str) -> Result<Vec<Token>, String> {
    let mut lexer = Lexer::new();
    let mut progress = Progress::Complete(Vec::new());
    for one in line.split('\n') {
        progress = lexer.line(one.as_bytes());
        if matches!(progress, Progress::Refused(_) | Progress::TooLong) {
            break;
        }
    }
    match progress {
        Progress::Complete(tokens) => Ok(tokens),
        Progress::Refused(said) => Err(said.to_owned()),
        Progress::TooLong => Err("bash: -c: Argument list too long".to_owned()),
        Progress::More => Err(match lexer.open_quote() {
            Some(quote) => format!("bash: -c: line 1: unexpected EOF while looking for matching `{quote}'"),
            None => "bash: -c: line 2: syntax error: unexpected end of file".to_owned(),
        }),
    }
}

struct Shell<'a> {
    host: &'a str,
    env: &'a mut Env,
}

impl Shell<'_> {
    fn list(&mut self, io: &mut Io, list: List) -> u8 {
        let mut status = 0;
        for (connector, pipeline) in list {
            if io.net.exhausted() {
                break;
            }
            let skip = match connector {
                Connector::Always => false,
                Connector::And => status != 0,
                Connector::Or => status == 0,
            };
            if !skip {
                status = self.pipeline(io, pipeline);
                self.env.status = status;
            }
        }
        status
    }

    /// Commands one after the other: none there reads what another one writes.
    fn pipeline(&mut self, io: &mut Io, pipeline: Pipeline) -> u8 {
        let last = pipeline.commands.len().saturating_sub(1);
        let mut status = 0;
        for (i, command) in pipeline.commands.into_iter().enumerate() {
            let before = io.outputs.clone();
            if i < last {
                io.outputs.out = Sink::Nowhere;
            }
            status = self.command(io, command);
            io.outputs = before;
        }
        if last > 0 && status == NOT_FOUND {
            io.hint(&format!(
                "that pipe was laid on {}; outside the quotes, what the command prints comes to this side: ssh {} \
                 mailq | grep ...",
                self.host, self.host
            ));
        }
        if pipeline.negate { u8::from(status == 0) } else { status }
    }

    fn command(&mut self, io: &mut Io, command: Command) -> u8 {
        let before = io.outputs.clone();
        let opened = self.redirect(io, &command.redirects);
        let (led, status, name) = match (opened, command.body) {
            (Err(status), _) => (None, status, String::new()),
            (Ok(led), Body::Group(list)) => (led, self.list(io, list), String::new()),
            (Ok(led), Body::Simple(words)) => match self.arguments(io, &words) {
                Ok(args) => (led, self.start(io, &args), args.into_iter().next().unwrap_or_default()),
                Err(status) => (None, status, String::new()),
            },
        };
        io.outputs = before;
        match led {
            None => {}
            Some(file) if name == "postconf" => io.hint(&format!(
                "your shell has taken the quotes away, and the shell on {host} reads the line anew: there `>` made a file \
                 {file} and is no part of a value; keep one pair for it: ssh {host} \"postconf -e 'NAME=VALUE'\"",
                host = self.host
            )),
            Some(file) => io.hint(&format!(
                "what was printed lies in a file {file} on {}, and here nobody can look into it; without quotes, `>` is \
                 read by your own shell, and the file is on the workstation",
                self.host
            )),
        }
        status
    }

    /// The arguments of a command, its name first; none where it only sets variables.
    fn arguments(&mut self, io: &mut Io, words: &[Word]) -> Result<Vec<String>, u8> {
        let only_assigns = words.iter().all(|word| expand::assignment(word, self.env).is_some());
        let (mut args, mut octets): (Vec<String>, usize) = (Vec::new(), 0);
        for word in words {
            match expand::assignment(word, self.env).filter(|_| args.is_empty()) {
                Some((name, value)) if only_assigns => self.env.set(&name, value),
                Some(_) => {}
                None => {
                    let more = expand::arguments(word, self.env, &[]);
                    octets += more.iter().map(|arg| arg.len() + 8).sum::<usize>();
                    args.extend(more.iter().map(|arg| text(arg)));
                }
            }
            if octets > ARGUMENTS {
                let name = args.first().map_or("", String::as_str);
                io.complain(&format!("bash: line 1: {name}: Argument list too long\n"));
                return Err(126);
            }
        }
        Ok(args)
    }

    /// Opens what is redirected; the name of a file into which the output goes.
    fn redirect(&self, io: &mut Io, redirects: &[Redirect]) -> Result<Option<String>, u8> {
        let mut led = None;
        for redirect in redirects {
            let name = text(&expand::text(&redirect.word, self.env));
            match (redirect.kind, redirect.fd) {
                (RedirectKind::HereString, _) => {}
                (RedirectKind::Read, _) => {
                    io.complain(&format!("bash: line 1: {name}: No such file or directory\n"));
                    return Err(1);
                }
                (RedirectKind::Duplicate, fd) => {
                    let sink = match name.as_str() {
                        "1" => io.outputs.out.clone(),
                        "2" => io.outputs.err.clone(),
                        _ => {
                            io.complain(&format!("bash: line 1: {name}: Bad file descriptor\n"));
                            return Err(1);
                        }
                    };
                    if fd == Some(2) { io.outputs.err = sink } else { io.outputs.out = sink }
                }
                (kind, fd) => {
                    let both = matches!(kind, RedirectKind::WriteBoth | RedirectKind::AppendBoth);
                    if both || fd == Some(2) {
                        io.outputs.err = Sink::Nowhere;
                    }
                    if both || fd.is_none_or(|fd| fd == 1) {
                        io.outputs.out = Sink::Nowhere;
                    }
                    led = Some(name).filter(|name| name != "/dev/null");
                }
            }
        }
        Ok(led)
    }

    fn start(&mut self, io: &mut Io, args: &[String]) -> u8 {
        let Some((name, rest)) = args.split_first() else { return 0 };
        let name = name.rsplit('/').next().unwrap_or(name);
        if let Some((_, command)) = COMMANDS.iter().find(|(known, _)| *known == name) {
            return command(io, self.host, rest);
        }
        io.complain(&format!("bash: line 1: {name}: command not found\n"));
        let names: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
        io.hint(&format!("on the lab's hosts there are {}", names.join(", ")));
        NOT_FOUND
    }
}
