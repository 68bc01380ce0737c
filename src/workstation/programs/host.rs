//! `host`, as BIND 9.18 prints it.

use super::super::io::Io;
use super::dig::render::{self, Header, Style};
use super::dig::{other_type, reverse};
use super::options::Given;
use super::resolver::{Answer, Ask, Asked, PORT};
use super::{Flow, Program, find, text};
use crate::event::{Question, Rcode, Record, RecordData, RecordType};
use crate::proto::dns::{absolute, check_name, value};
use crate::units::Time;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

/// What stands under a complaint about an option.
pub(super) const USAGE: &str = "\
Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only
";

/// `host`.
#[derive(Debug)]
pub(super) struct Host {
    /// The names to try, the best one first, each with how it is shown where it does not exist.
    names: VecDeque<(String, String)>,
    /// Types that are still to be asked for.
    types: VecDeque<RecordType>,
    /// A type was named: that there is no record of it is said.
    explicit: bool,
    server: Option<String>,
    port: u16,
    tries: u32,
    patience: Duration,
    recurse: bool,
    verbose: bool,
    current: Option<Ask>,
    server_shown: bool,
}

impl Host {
    pub(super) fn new() -> Host {
        Host {
            names: VecDeque::new(),
            types: VecDeque::new(),
            explicit: false,
            server: None,
            port: PORT,
            tries: 2,
            patience: Duration::from_secs(5),
            recurse: true,
            verbose: false,
            current: None,
            server_shown: false,
        }
    }

    /// Reads the arguments; the exit status where it ends here.
    fn read(&mut self, io: &mut Io, given: &Given) -> Result<(), u8> {
        if given.has('V') {
            io.print("host 9.18.49-1~deb12u3-Debian\n");
            return Err(0);
        }
        if let Some(option) = given.last_of("lC") {
            io.hint(&format!(
                "host -{option} needs zone transfers or many servers, which the lab does not have"
            ));
            return Err(1);
        }
        if given.value('c').is_some_and(|c| !c.eq_ignore_ascii_case(b"in")) {
            io.hint("zones of the lab are of class IN");
            return Err(1);
        }
        let Some(name) = given.operands.first().map(|n| text(n)) else {
            io.complain(USAGE);
            return Err(1);
        };
        self.server = given.operands.get(1).map(|s| text(s));
        self.verbose = given.last_of("aAvd").is_some();
        self.recurse = !given.has('r');
        let number = |letter: char| given.value(letter).map(text).and_then(|v| v.parse::<u32>().ok());
        if let Some(port) = number('p') {
            self.port = u16::try_from(port).unwrap_or(0);
        }
        if let Some(retries) = number('R') {
            self.tries = retries.saturating_add(1).min(100);
        }
        if let Some(seconds) = number('W') {
            self.patience = Duration::from_secs(u64::from(seconds.clamp(1, 3600)));
        }
        let asked_type = given.value('t').map(text);
        let explicit = match (&asked_type, given.last_of("aA")) {
            (Some(word), _) => Some(named_type(io, word)?),
            (None, Some(_)) => Some(RecordType::Any),
            (None, None) => None,
        };
        self.explicit = explicit.is_some();
        self.name(io, &name, explicit)
    }

    fn name(&mut self, io: &mut Io, name: &str, explicit: Option<RecordType>) -> Result<(), u8> {
        if let Ok(ip) = name.parse::<IpAddr>() {
            let name = reverse(name);
            let shown = if ip.is_ipv4() { absolute(&name) } else { name.clone() };
            self.names.push_back((name, shown));
            self.types.push_back(explicit.unwrap_or(RecordType::Ptr));
            return Ok(());
        }
        if let Err(fault) = check_name(name) {
            io.complain(&format!("host: '{name}' is not a legal name ({fault})\n"));
            return Err(1);
        }
        let bare = name.strip_suffix('.').unwrap_or(name).to_owned();
        if !name.contains('.')
            && let Some(domain) = io.machine.domain()
        {
            self.names.push_back((format!("{bare}.{domain}"), bare.clone()));
        }
        self.names.push_back((bare.clone(), bare));
        match explicit {
            Some(qtype) => self.types.push_back(qtype),
            None => self.types.extend([RecordType::A, RecordType::Aaaa, RecordType::Mx]),
        }
        Ok(())
    }

    fn go_on(&mut self, io: &mut Io) -> Flow {
        loop {
            let Some(mut ask) = self.current.take().or_else(|| self.next(io)) else { return Flow::Exit(0) };
            match ask.go(io) {
                Asked::Waiting => {
                    self.current = Some(ask);
                    return Flow::Running;
                }
                Asked::NoServer(name) => {
                    io.complain(&format!("host: couldn't get address for '{name}': not found\n"));
                    return Flow::Exit(1);
                }
                Asked::Lost => {
                    io.print(";; no servers could be reached\n");
                    return Flow::Exit(1);
                }
                Asked::Answer(answer) => {
                    if !self.show(io, &answer) {
                        return Flow::Exit(1);
                    }
                }
            }
        }
    }

    fn next(&mut self, io: &mut Io) -> Option<Ask> {
        let qtype = *self.types.front()?;
        let (name, _) = self.names.front()?;
        if self.verbose {
            io.print(&format!("Trying \"{name}\"\n"));
        }
        let question = Question { name: name.clone(), qtype };
        Some(Ask::new(self.server.as_deref(), self.port, question, self.tries, self.patience))
    }

    /// Shows an answer; false where it ends the program without success.
    fn show(&mut self, io: &mut Io, answer: &Answer) -> bool {
        let response = &answer.response;
        if response.rcode == Rcode::NxDomain && self.names.len() > 1 {
            self.names.pop_front();
            return true;
        }
        if self.server.is_some() && !std::mem::replace(&mut self.server_shown, true) {
            io.print(&format!(
                "Using domain server:\nName: {}\nAddress: {}#{}\nAliases: \n\n",
                answer.server, answer.ip, answer.port
            ));
        }
        let (name, shown) = self.names.front().cloned().unwrap_or_default();
        let received =
            format!("Received {} bytes from {}#{} in 0 ms\n", answer.octets(false), answer.ip, answer.port);
        if response.rcode != Rcode::NoError {
            io.print(&format!("Host {shown} not found: {}({})\n", response.rcode.number(), response.rcode));
            if self.verbose {
                io.print(&received);
            }
            return false;
        }
        let qtype = self.types.pop_front().unwrap_or(RecordType::A);
        if self.verbose {
            io.print(&self.message(answer));
            io.print(&received);
        } else if self.explicit && response.answers.is_empty() {
            io.print(&format!("{name} has no {qtype} record\n"));
        } else {
            io.print(&response.answers.iter().map(in_words).collect::<String>());
        }
        // What comes next is asked for the name behind the aliases.
        let canonical = response.answers.iter().rev().find_map(|r| match &r.data {
            RecordData::Cname(to) => Some(to.clone()),
            _ => None,
        });
        let name = canonical.unwrap_or(name);
        self.names = [(name, shown)].into();
        true
    }

    fn message(&self, answer: &Answer) -> String {
        let response = &answer.response;
        let flags =
            [("qr", true), ("aa", response.authoritative), ("rd", self.recurse), ("ra", response.recursion)];
        let flags: Vec<&str> = flags.into_iter().filter(|(_, on)| *on).map(|(f, _)| f).collect();
        let counts = [response.answers.len(), response.authority.len(), response.additional.len()];
        let header = Header { id: answer.id, rcode: response.rcode, flags: &flags, counts };
        let style = Style::usual();
        [
            header.lines(),
            "\n".to_owned(),
            render::question(&response.question, style),
            render::section("ANSWER", &response.answers, style),
            render::section("AUTHORITY", &response.authority, style),
            render::section("ADDITIONAL", &response.additional, style),
        ]
        .concat()
    }
}

fn named_type(io: &mut Io, word: &str) -> Result<RecordType, u8> {
    if let Ok(qtype) = word.parse() {
        return Ok(qtype);
    }
    match other_type(&word.to_ascii_uppercase()) {
        Some(hint) => {
            io.hint(&hint);
            Err(1)
        }
        None => {
            io.complain(&format!("host: invalid type: {word}\n\n"));
            Err(2)
        }
    }
}

fn in_words(r: &Record) -> String {
    let says = match r.data {
        RecordData::A(_) => "has address",
        RecordData::Aaaa(_) => "has IPv6 address",
        RecordData::Mx { .. } => "mail is handled by",
        RecordData::Txt(_) => "descriptive text",
        RecordData::Cname(_) => "is an alias for",
        RecordData::Ptr(_) => "domain name pointer",
        RecordData::Ns(_) => "name server",
        RecordData::Soa { .. } => "has SOA record",
    };
    format!("{} {says} {}\n", r.name, value(&r.data))
}

impl Program for Host {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let Some(spec) = find("host") else { return Flow::Exit(1) };
        let read = spec.read(io, args).and_then(|given| self.read(io, &given));
        match read {
            Ok(()) => self.go_on(io),
            Err(status) => Flow::Exit(status),
        }
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        self.go_on(io)
    }

    fn next_wakeup(&self) -> Option<Time> {
        self.current.as_ref().and_then(Ask::next_wakeup)
    }
}
