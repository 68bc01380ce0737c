//! `dig`, as BIND 9.18 prints it.

mod arguments;
pub(super) mod render;

use super::super::io::Io;
use super::date;
use super::resolver::{Answer, Ask, Asked};
use super::{Flow, Program, find, text};
use crate::event::{Question, Rcode};
use crate::proto::dns::value;
use crate::units::Time;
pub(in crate::workstation) use arguments::plus_options;
use arguments::{Arguments, Query, Refusal, USAGE, VERSION};
pub(super) use arguments::{other_type, reverse};
use render::{Header, Style};
use std::collections::VecDeque;

/// The exit status where nobody answered.
const NO_REPLY: u8 = 9;

/// `dig`.
#[derive(Debug, Default)]
pub(super) struct Dig {
    queries: VecDeque<Query>,
    current: Option<(Query, Ask)>,
    short: bool,
    /// Printed in front of the first answer.
    greeting: Option<String>,
    status: u8,
}

impl Dig {
    pub(super) fn new() -> Dig {
        Dig::default()
    }

    fn go_on(&mut self, io: &mut Io) -> Flow {
        loop {
            let Some((query, mut ask)) = self.current.take().or_else(|| self.next()) else {
                return Flow::Exit(self.status);
            };
            match ask.go(io) {
                Asked::Waiting => {
                    self.current = Some((query, ask));
                    return Flow::Running;
                }
                Asked::NoServer(name) => {
                    io.complain(&format!("dig: couldn't get address for '{name}': not found\n"));
                    return Flow::Exit(1);
                }
                Asked::Lost => {
                    self.greet(io);
                    io.print(";; no servers could be reached\n");
                    self.status = NO_REPLY;
                }
                Asked::Answer(answer) if self.unknown_here(&query, &answer) => {}
                Asked::Answer(answer) if self.short => short(io, &query, &answer),
                Asked::Answer(answer) => {
                    self.greet(io);
                    io.print(&long(io, &query, &answer));
                }
            }
        }
    }

    fn next(&mut self) -> Option<(Query, Ask)> {
        let query = self.queries.pop_front()?;
        let question = Question { name: query.name.clone(), qtype: query.qtype };
        let ask = Ask::new(query.server.as_deref(), query.port, question, query.tries, query.patience);
        Some((query, ask))
    }

    /// With `+search`, is it only the name in the workstation's domain that does not exist? The name alone comes next.
    fn unknown_here(&mut self, query: &Query, answer: &Answer) -> bool {
        let Some(bare) = query.bare.clone().filter(|_| answer.response.rcode == Rcode::NxDomain) else {
            return false;
        };
        let mut next = query.clone();
        (next.name, next.bare) = (bare, None);
        self.queries.push_front(next);
        true
    }

    fn greet(&mut self, io: &mut Io) {
        if let Some(greeting) = self.greeting.take() {
            io.print(&greeting);
        }
    }
}

fn short(io: &mut Io, query: &Query, answer: &Answer) {
    if !query.show.answer {
        return;
    }
    let from =
        if query.show.identify { format!(" from server {} in 0 ms.", answer.ip) } else { String::new() };
    let lines: String =
        answer.response.answers.iter().map(|r| format!("{}{from}\n", value(&r.data))).collect();
    io.print(&lines);
}

fn long(io: &Io, query: &Query, answer: &Answer) -> String {
    let (show, response) = (query.show, &answer.response);
    let style = Style {
        comments: show.comments,
        class: show.class,
        ttl: show.ttl,
        ttl_units: show.ttl_units,
        multiline: show.multiline,
    };
    let mut out = String::new();
    if show.comments {
        let flags = [
            ("qr", true),
            ("aa", response.authoritative),
            ("rd", query.recurse),
            ("ra", response.recursion),
            ("cd", query.checking_disabled),
        ];
        let flags: Vec<&str> = flags.into_iter().filter(|(_, on)| *on).map(|(f, _)| f).collect();
        let additional = response.additional.len() + usize::from(query.edns);
        let header = Header {
            id: answer.id,
            rcode: response.rcode,
            flags: &flags,
            counts: [response.answers.len(), response.authority.len(), additional],
        };
        out.push_str(";; Got answer:\n");
        out.push_str(&header.lines());
        if query.recurse && !response.recursion {
            out.push_str(";; WARNING: recursion requested but not available\n");
        }
        out.push('\n');
        if query.edns {
            out.push_str(";; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n");
        }
    }
    if show.question {
        out.push_str(&render::question(&response.question, style));
    }
    for (name, shown, records) in [
        ("ANSWER", show.answer, &response.answers),
        ("AUTHORITY", show.authority, &response.authority),
        ("ADDITIONAL", show.additional, &response.additional),
    ] {
        if shown {
            out.push_str(&render::section(name, records, style));
        }
    }
    if show.stats {
        let unit = if show.usec { "usec" } else { "msec" };
        let transport = if query.tcp { "TCP" } else { "UDP" };
        let end = if show.comments { "\n" } else { "" };
        out.push_str(&format!(
            ";; Query time: 0 {unit}\n;; SERVER: {}#{}({}) ({transport})\n;; WHEN: {}\n;; MSG SIZE  rcvd: {}\n{end}",
            answer.ip,
            answer.port,
            answer.server,
            date::when(io.now(), io.machine.zone),
            answer.octets(query.edns),
        ));
    }
    out
}

impl Program for Dig {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let read = match Arguments::read(args) {
            Ok(read) => read,
            Err(refusal) => return Flow::Exit(refuse(io, &refusal)),
        };
        io.print(&read.warnings.concat());
        self.short = read.short;
        if read.greeting && !read.short {
            let typed: Vec<String> = args.iter().skip(1).map(|a| text(a)).collect();
            let servers = read.queries.first().is_some_and(|q| q.server.is_some());
            let found = if servers { "; (1 server found)\n" } else { "" };
            self.greeting = Some(format!(
                "\n; <<>> {VERSION} <<>> {}\n{found};; global options: +cmd\n",
                typed.join(" ")
            ));
        }
        self.queries = read.queries.into();
        if let Some(domain) = io.machine.domain() {
            let one_label =
                |q: &&mut Query| q.search && !q.whole && !q.name.contains('.') && !q.name.is_empty();
            for query in self.queries.iter_mut().filter(one_label) {
                let bare = std::mem::take(&mut query.name);
                query.name = format!("{bare}.{domain}");
                query.bare = Some(bare);
            }
        }
        self.go_on(io)
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        self.go_on(io)
    }

    fn next_wakeup(&self) -> Option<Time> {
        self.current.as_ref().and_then(|(_, ask)| ask.next_wakeup())
    }
}

/// Says why dig does not ask; the exit status.
fn refuse(io: &mut Io, refusal: &Refusal) -> u8 {
    match refusal {
        Refusal::Usage(said) => {
            io.complain(said);
            io.complain(USAGE);
            1
        }
        Refusal::Complaint(said, status) => {
            io.complain(said);
            *status
        }
        Refusal::Hint(said) => {
            io.hint(said);
            1
        }
        Refusal::Version => {
            io.print(&format!("{VERSION}\n"));
            0
        }
        Refusal::Help => {
            if let Some(spec) = find("dig") {
                io.print(&spec.help());
            }
            0
        }
    }
}
