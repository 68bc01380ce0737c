//! `telnet`, as GNU inetutils 2.4 behaves: a line typed goes out with CR LF, what comes back is shown.
//!
//! One departure is on purpose: after ^C the real one shows nothing of the server until that has answered a timing
//! mark, which a mail server never does. Here the output goes on, and a hint says what was sent.

mod command;
mod mode;
mod nvt;

use super::super::complete::Asks;
use super::super::io::Io;
use super::super::lookup::{Family, Lookup, LookupFault, LookupState};
use super::super::services;
use super::{Flow, KeyUse, Keying, Program, find, text};
use crate::event::{CloseReason, ConnectFailure, Key};
use crate::units::{ConnId, Time};
use crate::world::Notice;
use command::{Asked, Standing};
use mode::Mode;
use nvt::Nvt;
use std::collections::VecDeque;
use std::net::IpAddr;

/// How many octets are kept while telnet's own prompt stands and nothing is shown.
const HELD: usize = 1 << 20;

/// `telnet`.
#[derive(Debug)]
pub(super) struct Telnet {
    family: Family,
    /// `None` after `-E`.
    escape: bool,
    /// A host was named on the command line: with that connection telnet ends.
    once: bool,
    /// `toggle crlf`: Enter is CR LF in character mode too.
    crlf: bool,
    /// What Enter is in character mode was said.
    enter_explained: bool,
    host: String,
    /// As it was typed.
    service: String,
    port: u16,
    state: State,
}

#[derive(Debug)]
enum State {
    /// `telnet> ` without a connection.
    Prompt,
    /// `(to) `
    AskHost,
    Looking(Lookup),
    Trying {
        conn: ConnId,
        rest: VecDeque<IpAddr>,
    },
    Connected(Line),
    /// `telnet> ` with a connection: what arrives is shown afterwards.
    Command {
        line: Line,
        held: Vec<u8>,
        closed: bool,
    },
}

/// A connection that stands.
#[derive(Debug)]
struct Line {
    conn: ConnId,
    nvt: Nvt,
    mode: Mode,
    /// What came with end-of-file keys before the line's end.
    begun: Vec<u8>,
}

impl Telnet {
    pub(super) fn new() -> Telnet {
        Telnet {
            family: Family::Any,
            escape: true,
            once: true,
            crlf: false,
            enter_explained: false,
            host: String::new(),
            service: String::new(),
            port: 23,
            state: State::Prompt,
        }
    }

    fn escape_name(&self) -> &'static str {
        if self.escape { "^]" } else { "off" }
    }

    /// Begins to connect to the host and port named by `words`.
    fn open(&mut self, io: &mut Io, words: &[String]) -> Flow {
        let Some(host) = words.first() else { return self.give_up(io) };
        self.host = host.clone();
        let port = words.get(1).map_or("telnet", |p| p.strip_prefix('-').unwrap_or(p));
        self.service = port.to_owned();
        match port_number(host, port) {
            Ok(port) => self.port = port,
            Err(said) => {
                io.print(&said);
                return self.give_up(io);
            }
        }
        match Lookup::local(&self.host, self.family, io) {
            Some(Ok(ips)) => self.try_next(io, ips.into()),
            Some(Err(fault)) => self.not_found(io, fault),
            None => {
                self.state = State::Looking(Lookup::new(&self.host, self.family, io));
                self.look(io)
            }
        }
    }

    fn look(&mut self, io: &mut Io) -> Flow {
        let State::Looking(lookup) = &mut self.state else { return Flow::Running };
        match lookup.go(io) {
            LookupState::Waiting => Flow::Running,
            LookupState::Done(Ok(ips)) => self.try_next(io, ips.into()),
            LookupState::Done(Err(fault)) => self.not_found(io, fault),
        }
    }

    fn not_found(&mut self, io: &mut Io, fault: LookupFault) -> Flow {
        io.print(&format!("Server lookup failure:  {}:{}, {fault}\n", self.host, self.service));
        self.give_up(io)
    }

    fn try_next(&mut self, io: &mut Io, mut rest: VecDeque<IpAddr>) -> Flow {
        let Some(ip) = rest.pop_front() else { return self.give_up(io) };
        io.print(&format!("Trying {ip}...\n"));
        let conn = io.connect(ip, self.port);
        self.state = State::Trying { conn, rest };
        Flow::Running
    }

    fn failed(&mut self, io: &mut Io, why: ConnectFailure) -> Flow {
        let State::Trying { rest, .. } = &mut self.state else { return Flow::Running };
        let rest = std::mem::take(rest);
        let said = super::failure(why);
        if why == ConnectFailure::TooMany {
            io.complain(&format!("telnet: socket: {said}\n"));
            return self.give_up(io);
        }
        if rest.is_empty() {
            io.complain(&format!("telnet: Unable to connect to remote host: {said}\n"));
            return self.give_up(io);
        }
        io.complain(&format!("Connection failed: {said}\n"));
        self.try_next(io, rest)
    }

    /// No connection came about: telnet ends, or asks what else to do.
    fn give_up(&mut self, io: &mut Io) -> Flow {
        if self.once {
            return Flow::Exit(1);
        }
        self.prompt(io)
    }

    /// The connection is gone.
    fn gone(&mut self, io: &mut Io) -> Flow {
        if let State::Connected(line) | State::Command { line, .. } = &mut self.state {
            line.mode.leave(io);
        }
        if self.once {
            return Flow::Exit(0);
        }
        self.prompt(io)
    }

    fn prompt(&mut self, io: &mut Io) -> Flow {
        self.state = State::Prompt;
        io.print("telnet> ");
        Flow::Running
    }

    /// A line at `telnet> `.
    fn command(&mut self, io: &mut Io, typed: &str) -> Flow {
        let peer = matches!(self.state, State::Command { .. }).then(|| self.host.clone());
        let character = matches!(&self.state, State::Command { line, .. } if line.mode.character());
        let standing =
            Standing { peer: peer.as_deref(), escape: self.escape_name(), character, crlf: self.crlf };
        let asked = command::run(io, typed, &standing);
        match asked {
            Asked::Quit => {
                self.hang_up(io);
                Flow::Exit(0)
            }
            Asked::Close => {
                self.hang_up(io);
                self.gone(io)
            }
            Asked::Open(words) if words.is_empty() => {
                io.print("(to) ");
                self.state = State::AskHost;
                Flow::Running
            }
            Asked::Open(words) => self.open(io, &words),
            Asked::Prompt => {
                io.print("telnet> ");
                Flow::Running
            }
            Asked::Crlf => {
                self.crlf = !self.crlf;
                let sent = if self.crlf { "<CR><LF>" } else { "<CR><NUL>" };
                io.print(&format!("Will send carriage returns as telnet {sent}.\n"));
                if peer.is_none() { self.prompt(io) } else { self.resume(io, &[]) }
            }
            Asked::Mode { character } => {
                let asks = match &mut self.state {
                    State::Command { line, .. } => line.mode.set(io, character),
                    _ => Vec::new(),
                };
                self.resume(io, &asks)
            }
            Asked::Resume if peer.is_none() => self.prompt(io),
            Asked::Resume => self.resume(io, &[]),
            Asked::Send(octets) => self.resume(io, &octets),
        }
    }

    /// Back from telnet's prompt to the connection: shows what arrived meanwhile.
    fn resume(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        match std::mem::replace(&mut self.state, State::Prompt) {
            State::Command { line, held, closed } => {
                io.out_from(line.conn, &held);
                if closed {
                    return self.closed(io);
                }
                if !octets.is_empty() {
                    io.send(line.conn, octets);
                }
                self.state = State::Connected(line);
                Flow::Running
            }
            other => {
                self.state = other;
                Flow::Running
            }
        }
    }

    fn hang_up(&mut self, io: &mut Io) {
        if let State::Connected(line) | State::Command { line, .. } = &mut self.state {
            let conn = line.conn;
            line.mode.leave(io);
            io.close(conn, CloseReason::Closed);
            io.print("Connection closed.\n");
        }
    }

    fn closed(&mut self, io: &mut Io) -> Flow {
        io.complain("Connection closed by foreign host.\n");
        self.gone(io)
    }

    /// The connection that stands or is being tried.
    fn line_conn(&self) -> Option<ConnId> {
        match &self.state {
            State::Trying { conn, .. } => Some(*conn),
            State::Connected(line) | State::Command { line, .. } => Some(line.conn),
            _ => None,
        }
    }

    /// What Enter sends now.
    fn enter(&mut self, io: &mut Io) -> &'static [u8] {
        let character = matches!(&self.state, State::Connected(line) if line.mode.character());
        if !character || self.crlf {
            return b"\r\n";
        }
        if !std::mem::replace(&mut self.enter_explained, true) {
            io.hint(
                "in character mode telnet sends CR NUL for Enter, which ends no line for a mail server; at telnet's \
                 prompt (^]) `toggle crlf` makes it CR LF, and `mode line` goes back to whole lines",
            );
        }
        b"\r\0"
    }

    fn arrived(&mut self, io: &mut Io, octets: &[u8]) {
        let (State::Connected(line) | State::Command { line, .. }) = &mut self.state else { return };
        let conn = line.conn;
        let (text, answer) = line.nvt.feed(octets);
        match &mut self.state {
            State::Command { held, .. } => {
                let room = HELD.saturating_sub(held.len());
                held.extend_from_slice(text.get(..room).unwrap_or(&text));
            }
            _ => io.out_from(conn, &text),
        }
        if !answer.is_empty() {
            io.send(conn, &answer);
        }
    }
}

/// The commands at telnet's own prompt.
pub(in crate::workstation) fn commands() -> impl Iterator<Item = &'static str> {
    command::names()
}

/// What its command `send` can send.
pub(in crate::workstation) fn specials() -> impl Iterator<Item = &'static str> {
    nvt::SPECIALS.iter().map(|(name, ..)| *name)
}

/// The port a word names; else what telnet says.
fn port_number(host: &str, port: &str) -> Result<u16, String> {
    if !port.starts_with(|c: char| c.is_ascii_digit()) {
        return services::port(port).ok_or_else(|| {
            format!("Server lookup failure:  {host}:{port}, Servname not supported for ai_socktype\n")
        });
    }
    if !port.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("Invalid port name '{port}'.\n"));
    }
    port.parse().ok().filter(|p| *p > 0).ok_or_else(|| format!("Port number {port} is out of range.\n"))
}

impl Program for Telnet {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let Some(spec) = find("telnet") else { return Flow::Exit(1) };
        let given = match spec.read(io, args) {
            Ok(given) => given,
            Err(status) => return Flow::Exit(status),
        };
        self.family = match given.last_of("46") {
            Some('4') => Family::V4,
            Some('6') => Family::V6,
            _ => Family::Any,
        };
        self.escape = !given.has('E');
        if given.value('e').is_some_and(|e| e != b"^]" && e != b"\x1d") {
            io.hint("the only escape character of this terminal is ^]");
        }
        let words: Vec<String> = given.operands.iter().map(|o| text(o)).collect();
        match words.len() {
            0 => {
                self.once = false;
                self.prompt(io)
            }
            1 | 2 => self.open(io, &words),
            _ => {
                io.complain("telnet: too many arguments\n");
                Flow::Exit(1)
            }
        }
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        // From a pipe or a file several lines may come at once, and the last may have no end.
        let (mut rest, mut sent) = (octets, Vec::new());
        while !rest.is_empty() {
            let end = rest.iter().position(|b| *b == b'\n');
            let (typed, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after.get(1..).unwrap_or_default();
            let flow = match &mut self.state {
                State::Connected(line) if line.mode.character() => {
                    sent.extend(nvt::keys(typed, b""));
                    if end.is_some() {
                        sent.extend(self.enter(io));
                    }
                    Flow::Running
                }
                State::Connected(line) => {
                    line.begun.extend_from_slice(typed);
                    if end.is_some() {
                        sent.extend(nvt::line(&std::mem::take(&mut line.begun)));
                    }
                    Flow::Running
                }
                State::Prompt | State::Command { .. } => self.command(io, &text(typed)),
                State::AskHost => {
                    let words: Vec<String> = text(typed).split_whitespace().map(str::to_owned).collect();
                    if words.is_empty() {
                        io.print("usage: open [-4] [-6] [-l user] [-b addr] [-a] host-name [port]\n");
                    }
                    self.open(io, &words)
                }
                State::Looking(_) | State::Trying { .. } => Flow::Running,
            };
            if flow != Flow::Running {
                return flow;
            }
        }
        if let State::Connected(Line { conn, .. }) = self.state
            && !sent.is_empty()
        {
            io.send(conn, &sent);
        }
        Flow::Running
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        match self.state {
            State::Prompt | State::AskHost | State::Command { .. } => {
                io.print("\n");
                self.hang_up(io);
                Flow::Exit(0)
            }
            // The end of a pipe or a file: telnet hangs up at once, and what the server still says is lost.
            State::Connected(Line { conn, .. }) => {
                io.close(conn, CloseReason::Closed);
                io.complain("Connection closed by foreign host.\n");
                io.hint("telnet hung up at the end of its input; to see all answers use nc -q 1");
                Flow::Exit(0)
            }
            State::Looking(_) | State::Trying { .. } => Flow::Running,
        }
    }

    fn key(&mut self, io: &mut Io, key: Key) -> KeyUse {
        let escape = self.escape;
        match (&self.state, key) {
            (State::Connected(line), Key::Escape) if escape => {
                // Nobody shows the key in character mode.
                io.print(if line.mode.character() { "\ntelnet> " } else { "^]\ntelnet> " });
                if let State::Connected(line) = std::mem::replace(&mut self.state, State::Prompt) {
                    self.state = State::Command { line, held: Vec::new(), closed: false };
                }
            }
            (State::Connected(line), key) if line.mode.character() => {
                let octet = match key {
                    Key::Interrupt => 3,
                    Key::EndOfFile => 4,
                    Key::Suspend => 0x1a,
                    Key::Escape => 0x1d,
                };
                io.send(line.conn, &[octet]);
            }
            (State::Connected(line), key) => {
                let conn = line.conn;
                let (shown, octets, said): (&str, &[u8], &str) = match key {
                    Key::Interrupt => {
                        ("^C\n", &nvt::INTERRUPT, "Interrupt Process (octets 255 244 255 253 6)")
                    }
                    Key::Suspend => ("^Z\n", &nvt::SUSPEND, "Suspend Process (octets 255 237 255 253 6)"),
                    Key::EndOfFile => ("", &[4], "octet 4"),
                    Key::Escape => ("^]\n", &[0x1d], "octet 29"),
                };
                io.print(shown);
                io.hint(&format!(
                    "telnet passed the key on to the server: {said}; to end telnet press ^] and type quit"
                ));
                io.send(conn, octets);
            }
            (State::Command { .. }, Key::Interrupt) => io.print("^C\ntelnet> "),
            (State::Command { .. } | State::Prompt | State::AskHost, Key::Escape) => io.print("^]\ntelnet> "),
            _ => return KeyUse::Usual,
        }
        KeyUse::Taken(Flow::Running)
    }

    fn keying(&self) -> Option<Keying> {
        let State::Connected(line) = &self.state else { return None };
        let character = line.mode.character();
        Some(Keying { conn: line.conn, echo: !character, ends: !character || self.crlf })
    }

    fn keys(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        let State::Connected(line) = &self.state else { return Flow::Running };
        let (conn, mut sent) = (line.conn, Vec::with_capacity(octets.len() + 2));
        for piece in octets.split_inclusive(|b| *b == b'\r') {
            match piece.strip_suffix(b"\r") {
                Some(before) => {
                    sent.extend(nvt::keys(before, b""));
                    sent.extend(self.enter(io));
                }
                None => sent.extend(nvt::keys(piece, b"")),
            }
        }
        io.send(conn, &sent);
        Flow::Running
    }

    fn notice(&mut self, io: &mut Io, notice: &Notice) -> Flow {
        match notice {
            _ if self.line_conn() != Some(super::conn_of(notice)) => {}
            Notice::Connected(conn) => {
                self.state = State::Connected(Line {
                    conn: *conn,
                    nvt: Nvt::default(),
                    mode: Mode::default(),
                    begun: Vec::new(),
                });
                io.print(&format!(
                    "Connected to {}.\nEscape character is '{}'.\n",
                    self.host,
                    self.escape_name()
                ));
            }
            // It speaks no TLS.
            Notice::Secured(..) | Notice::TlsFailed(..) => {}
            Notice::Failed(_, why) => return self.failed(io, *why),
            Notice::Data(_, octets) => self.arrived(io, octets),
            Notice::Closed(..) => match &mut self.state {
                State::Command { closed, .. } => *closed = true,
                _ => return self.closed(io),
            },
        }
        Flow::Running
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        self.look(io)
    }

    fn next_wakeup(&self) -> Option<Time> {
        match &self.state {
            State::Looking(lookup) => lookup.next_wakeup(),
            _ => None,
        }
    }

    fn reads(&self) -> bool {
        !matches!(self.state, State::Looking(_) | State::Trying { .. })
    }

    fn conn(&self) -> Option<ConnId> {
        match &self.state {
            State::Connected(line) => Some(line.conn),
            _ => None,
        }
    }

    fn asks(&self) -> Asks {
        match &self.state {
            State::Connected(_) => Asks::Server,
            State::Prompt | State::Command { .. } => Asks::Telnet,
            _ => Asks::Text,
        }
    }

    fn stop(&mut self, io: &mut Io) {
        if let State::Connected(line) | State::Command { line, .. } = &mut self.state {
            line.mode.leave(io);
        }
        if let Some(conn) = self.line_conn() {
            io.close(conn, CloseReason::Lost);
        }
    }
}
