//! `nc`, as netcat-openbsd behaves on Debian: octets go out as they are typed, with LF alone unless `-C` is given.

use super::super::io::Io;
use super::super::lookup::{Family, Lookup, LookupFault, LookupState};
use super::super::services;
use super::options::Given;
use super::{Flow, Program, conn_of, failure, find, text};
use crate::event::{CloseReason, ConnectFailure};
use crate::units::{ConnId, Time};
use crate::world::Notice;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

/// How many ports may be tried in one go.
const PORTS: u16 = 1024;

/// The synopsis that stands under every complaint about options.
pub(super) const USAGE: &str = "\
usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
\t  [destination] [port]
";

/// `nc`.
#[derive(Debug, Default)]
pub(super) struct Nc {
    settings: Settings,
    host: String,
    ips: Vec<IpAddr>,
    /// Ports that are still to be tried.
    ports: VecDeque<u16>,
    port: u16,
    state: State,
    /// One port at least was open.
    succeeded: bool,
    input_ended: bool,
    /// When `-w` or `-q` ends the program.
    until: Option<Time>,
}

#[derive(Debug, Default)]
struct Settings {
    crlf: bool,
    /// `-N`
    shutdown: bool,
    verbose: bool,
    numeric: bool,
    /// `-z`
    scan: bool,
    /// `-d`
    deaf: bool,
    timeout: Option<Duration>,
    /// `-q`; `None` is for ever.
    quit: Option<Duration>,
    family: Option<Family>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    New,
    Looking(Lookup),
    Trying {
        conn: ConnId,
        ip: IpAddr,
        rest: VecDeque<IpAddr>,
    },
    Open {
        conn: ConnId,
        closed: bool,
        last: u8,
    },
}

impl Nc {
    pub(super) fn new() -> Nc {
        Nc::default()
    }

    /// Reads the arguments; the exit status where it ends here.
    fn read(&mut self, io: &mut Io, given: &Given) -> Result<(), u8> {
        if given.has('h') {
            let options = find("nc").map(super::Spec::option_lines).unwrap_or_default();
            io.complain(&format!(
                "OpenBSD netcat (Debian patchlevel 1.219-1)\n{USAGE}Options of this one:\n{options}"
            ));
            return Err(0);
        }
        if given.has('l') {
            io.hint("nothing may listen on this workstation, so nc -l has nobody to wait for; the servers are the other hosts");
            return Err(1);
        }
        if let Some(option) = given.last_of("uUXx") {
            io.hint(&format!(
                "nc -{option} is not for this lab: mail travels over TCP, and there is no proxy"
            ));
            return Err(1);
        }
        self.settings = Settings {
            crlf: given.has('C'),
            shutdown: given.has('N'),
            verbose: given.has('v'),
            numeric: given.has('n'),
            scan: given.has('z'),
            deaf: given.has('d'),
            timeout: seconds(io, given.value('w'), "timeout", 1)?,
            quit: match given.value('q') {
                Some(q) if q.starts_with(b"-") => None,
                q => seconds(io, q, "quit timer", 0)?,
            },
            family: given.last_of("46").map(|c| if c == '4' { Family::V4 } else { Family::V6 }),
        };
        let [host, rest @ ..] = given.operands.as_slice() else {
            io.complain(USAGE);
            return Err(1);
        };
        let Some(port) = rest.first() else {
            io.complain("nc: missing port number\n");
            return Err(1);
        };
        self.host = text(host);
        self.ports = ports(io, &text(port))?;
        Ok(())
    }

    fn family(&self) -> Family {
        self.settings.family.unwrap_or(Family::Any)
    }

    fn not_found(&mut self, io: &mut Io, fault: LookupFault) -> Flow {
        let port = self.ports.front().copied().unwrap_or_default();
        io.complain(&format!("nc: getaddrinfo for host \"{}\" port {port}: {fault}\n", self.host));
        Flow::Exit(1)
    }

    fn look(&mut self, io: &mut Io) -> Flow {
        let State::Looking(lookup) = &mut self.state else { return Flow::Running };
        match lookup.go(io) {
            LookupState::Waiting => Flow::Running,
            LookupState::Done(Err(fault)) => self.not_found(io, fault),
            LookupState::Done(Ok(ips)) => {
                self.ips = ips;
                self.next_port(io)
            }
        }
    }

    fn next_port(&mut self, io: &mut Io) -> Flow {
        let Some(port) = self.ports.pop_front() else { return Flow::Exit(u8::from(!self.succeeded)) };
        self.port = port;
        let ips = self.ips.clone().into();
        self.next_address(io, ips)
    }

    fn next_address(&mut self, io: &mut Io, mut rest: VecDeque<IpAddr>) -> Flow {
        let Some(ip) = rest.pop_front() else { return self.next_port(io) };
        let conn = io.connect(ip, self.port);
        self.until = self.settings.timeout.map(|t| io.now().plus(t));
        self.state = State::Trying { conn, ip, rest };
        Flow::Running
    }

    /// The host as messages name it: with its address where a name was looked up.
    fn named(&self, ip: IpAddr) -> String {
        let is_address = self.host.parse::<IpAddr>().is_ok();
        if is_address || self.settings.numeric { self.host.clone() } else { format!("{} ({ip})", self.host) }
    }

    fn failed(&mut self, io: &mut Io, said: &str) -> Flow {
        let State::Trying { ip, rest, .. } = &mut self.state else { return Flow::Running };
        let (ip, rest) = (*ip, std::mem::take(rest));
        if self.settings.verbose {
            io.complain(&format!("nc: connect to {} port {} (tcp) {said}\n", self.named(ip), self.port));
        }
        self.next_address(io, rest)
    }

    fn connected(&mut self, io: &mut Io, conn: ConnId, ip: IpAddr) -> Flow {
        self.succeeded = true;
        if self.settings.verbose {
            let service = services::name(self.port).filter(|_| !self.settings.numeric).unwrap_or("*");
            io.complain(&format!(
                "Connection to {} {} port [tcp/{service}] succeeded!\n",
                self.named(ip),
                self.port
            ));
        }
        if self.settings.scan {
            io.close(conn, CloseReason::Closed);
            return self.next_port(io);
        }
        self.state = State::Open { conn, closed: false, last: b'\n' };
        self.touch(io);
        if self.settings.deaf || self.input_ended { self.no_more_input(io) } else { Flow::Running }
    }

    /// Something happened: `-w` counts anew.
    fn touch(&mut self, io: &Io) {
        if !self.input_ended || self.settings.quit.is_none() {
            self.until = self.settings.timeout.map(|t| io.now().plus(t));
        }
    }

    fn no_more_input(&mut self, io: &mut Io) -> Flow {
        self.input_ended = true;
        let State::Open { conn, closed, .. } = self.state else { return Flow::Running };
        if closed {
            return self.done(io);
        }
        if self.settings.shutdown {
            io.finish(conn);
        }
        match self.settings.quit {
            Some(Duration::ZERO) => return self.done(io),
            Some(quit) => self.until = Some(io.now().plus(quit)),
            None if io.interactive && !self.settings.shutdown => {
                io.hint("nc's input has ended, and it waits for the server to hang up; ^C ends it");
            }
            None => {}
        }
        Flow::Running
    }

    /// This connection is over.
    fn done(&mut self, io: &mut Io) -> Flow {
        if let State::Open { conn, closed: false, .. } = self.state {
            io.close(conn, CloseReason::Closed);
        }
        self.state = State::New;
        self.next_port(io)
    }

    /// The connection that stands or is being tried.
    fn line_conn(&self) -> Option<ConnId> {
        match self.state {
            State::Trying { conn, .. } | State::Open { conn, .. } => Some(conn),
            State::New | State::Looking(_) => None,
        }
    }
}

/// A number of seconds given to an option.
fn seconds(io: &mut Io, value: Option<&[u8]>, what: &str, least: u64) -> Result<Option<Duration>, u8> {
    let Some(value) = value else { return Ok(None) };
    let value = text(value);
    let said = match value.parse::<u64>() {
        Ok(n) if n < least => "too small",
        Ok(n) if n > 2_147_483 => "too large",
        Ok(n) => return Ok(Some(Duration::from_secs(n))),
        Err(_) => "invalid",
    };
    io.complain(&format!("nc: {what} {said}: {value}\n"));
    Err(1)
}

/// One port, by number or name, or a range.
fn ports(io: &mut Io, given: &str) -> Result<VecDeque<u16>, u8> {
    if let Some(port) = services::port(given) {
        return Ok([port].into());
    }
    let number = |io: &mut Io, s: &str| {
        let said = match s.parse::<u64>() {
            Ok(0) => "too small",
            Ok(n) => match u16::try_from(n) {
                Ok(n) => return Ok(n),
                Err(_) => "too large",
            },
            Err(_) => "invalid",
        };
        io.complain(&format!("nc: port number {said}: {s}\n"));
        Err(1)
    };
    let Some((from, to)) = given.split_once('-') else { return Ok([number(io, given)?].into()) };
    let (from, to) = (number(io, from)?, number(io, to)?);
    let (from, to) = (from.min(to), from.max(to));
    if to - from >= PORTS {
        io.hint(&format!("at most {PORTS} ports in one go"));
        return Err(1);
    }
    Ok((from..=to).collect())
}

impl Program for Nc {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let Some(spec) = find("nc") else { return Flow::Exit(1) };
        let read = spec.read(io, args).and_then(|given| self.read(io, &given));
        if let Err(status) = read {
            return Flow::Exit(status);
        }
        match Lookup::local(&self.host, self.family(), io) {
            Some(Ok(ips)) => {
                self.ips = ips;
                self.next_port(io)
            }
            Some(Err(fault)) => self.not_found(io, fault),
            None if self.settings.numeric => self.not_found(io, LookupFault::Unknown),
            None => {
                self.state = State::Looking(Lookup::new(&self.host, self.family(), io));
                self.look(io)
            }
        }
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        let State::Open { conn, closed, last } = &mut self.state else { return Flow::Running };
        if *closed {
            // The first write after the server has hung up ends nc.
            return self.done(io);
        }
        let mut sent = Vec::with_capacity(octets.len() + 8);
        for &b in octets {
            if b == b'\n' && self.settings.crlf && *last != b'\r' {
                sent.push(b'\r');
            }
            sent.push(b);
            *last = b;
        }
        let conn = *conn;
        io.send(conn, &sent);
        self.touch(io);
        Flow::Running
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        self.no_more_input(io)
    }

    fn notice(&mut self, io: &mut Io, notice: &Notice) -> Flow {
        if self.line_conn() != Some(conn_of(notice)) {
            return Flow::Running;
        }
        match notice {
            Notice::Connected(conn) => match self.state {
                State::Trying { ip, .. } => self.connected(io, *conn, ip),
                _ => Flow::Running,
            },
            // It speaks no TLS.
            Notice::Secured(..) | Notice::TlsFailed(..) => Flow::Running,
            Notice::Failed(_, why) => {
                if *why == ConnectFailure::TooMany {
                    io.hint("this workstation has as many connections open as it may");
                }
                self.failed(io, &format!("failed: {}", failure(*why)))
            }
            Notice::Data(conn, octets) => {
                io.out_from(*conn, octets);
                self.touch(io);
                Flow::Running
            }
            Notice::Closed(..) => {
                if self.input_ended {
                    self.state = State::New;
                    return self.next_port(io);
                }
                if let State::Open { closed, .. } = &mut self.state {
                    *closed = true;
                }
                if io.interactive {
                    io.hint("the server has hung up; nc still reads: Enter or ^D ends it");
                }
                Flow::Running
            }
        }
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        if self.until.is_none_or(|until| io.now() < until) {
            return self.look(io);
        }
        self.until = None;
        match self.state {
            State::Trying { conn, .. } => {
                io.close(conn, CloseReason::Closed);
                self.failed(io, "timed out: Operation now in progress")
            }
            State::Open { .. } => self.done(io),
            State::New | State::Looking(_) => self.look(io),
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        match &self.state {
            State::Looking(lookup) => lookup.next_wakeup(),
            State::Trying { .. } | State::Open { .. } => self.until,
            State::New => None,
        }
    }

    fn reads(&self) -> bool {
        matches!(self.state, State::Open { .. }) && !self.input_ended
    }

    fn conn(&self) -> Option<ConnId> {
        match self.state {
            State::Open { conn, closed: false, .. } => Some(conn),
            _ => None,
        }
    }

    fn stop(&mut self, io: &mut Io) {
        if let Some(conn) = self.line_conn() {
            io.close(conn, CloseReason::Lost);
        }
    }
}
