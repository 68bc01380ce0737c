//! From a host's name to its addresses, as the C library's `getaddrinfo` does it for `telnet` and `nc`.

use super::io::Io;
use crate::event::{DnsFailure, Question, Rcode, RecordData, RecordType};
use crate::proto::dns::check_name;
use crate::units::Time;
use std::net::IpAddr;
use std::time::Duration;

/// How long the resolver waits for an answer, and how often it asks (resolv.conf's `timeout` and `attempts`).
const PATIENCE: Duration = Duration::from_secs(5);
const ATTEMPTS: u8 = 2;

/// Which kinds of address are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Any.
    Any,
    /// IPv4 only.
    V4,
    /// IPv6 only.
    V6,
}

impl Family {
    fn wants(self, ip: IpAddr) -> bool {
        match self {
            Family::Any => true,
            Family::V4 => ip.is_ipv4(),
            Family::V6 => ip.is_ipv6(),
        }
    }
}

/// Why there are no addresses, worded as `gai_strerror` words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LookupFault {
    /// No such name.
    Unknown,
    /// The name has no address.
    NoAddress,
    /// No name server answered, or none that could.
    Trouble,
    /// An address of the other kind.
    Family,
}

impl std::fmt::Display for LookupFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LookupFault::Unknown => "Name or service not known",
            LookupFault::NoAddress => "No address associated with hostname",
            LookupFault::Trouble => "Temporary failure in name resolution",
            LookupFault::Family => "Address family for hostname not supported",
        })
    }
}

/// How far a look-up is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LookupState {
    /// It waits for an answer until [`Lookup::next_wakeup`].
    Waiting,
    /// The addresses in the order in which they are to be tried, or why there are none.
    Done(Result<Vec<IpAddr>, LookupFault>),
}

/// A look-up that is under way.
#[derive(Debug)]
pub(super) struct Lookup {
    /// The names to ask for, one after the other.
    names: Vec<String>,
    family: Family,
    attempts: u8,
    until: Option<Time>,
}

/// One round of questions.
enum Round {
    Found(Vec<IpAddr>),
    Failed(LookupFault),
    Again,
}

impl Lookup {
    /// Begins to look `host` up. [`Lookup::go`] says how it stands.
    pub(super) fn new(host: &str, family: Family, io: &Io) -> Lookup {
        let name = host.strip_suffix('.').unwrap_or(host).to_owned();
        let mut names = Vec::new();
        // A name of one label is looked for in the workstation's own domain first (resolv.conf's `search`).
        if !host.contains('.')
            && let Some(domain) = io.machine.domain()
        {
            names.push(format!("{name}.{domain}"));
        }
        names.push(name);
        names.reverse();
        Lookup { names, family, attempts: 0, until: None }
    }

    /// What is known without asking anybody: addresses and the names in /etc/hosts.
    pub(super) fn local(host: &str, family: Family, io: &Io) -> Option<Result<Vec<IpAddr>, LookupFault>> {
        let machine = &*io.machine;
        let same = |name: &str| host.eq_ignore_ascii_case(name);
        let ip = match host.parse::<IpAddr>() {
            Ok(ip) => ip,
            Err(_) if same("localhost") => IpAddr::from([127, 0, 0, 1]),
            Err(_) if same(&machine.name) || same(machine.short_name()) => machine.ip,
            Err(_) if host.is_empty() || check_name(host).is_err() => return Some(Err(LookupFault::Unknown)),
            Err(_) => return None,
        };
        Some(if family.wants(ip) { Ok(vec![ip]) } else { Err(LookupFault::Family) })
    }

    /// Asks, as far as nobody has to be waited for.
    pub(super) fn go(&mut self, io: &mut Io) -> LookupState {
        if self.until.is_some_and(|until| io.now() < until) {
            return LookupState::Waiting;
        }
        if self.until.take().is_some() && self.attempts >= ATTEMPTS {
            return LookupState::Done(Err(LookupFault::Trouble));
        }
        loop {
            let Some(name) = self.names.last().cloned() else {
                return LookupState::Done(Err(LookupFault::Unknown));
            };
            match self.round(&name, io) {
                Round::Found(ips) => return LookupState::Done(Ok(ips)),
                Round::Failed(LookupFault::Unknown | LookupFault::NoAddress) if self.names.len() > 1 => {
                    self.names.pop();
                    self.attempts = 0;
                }
                Round::Failed(fault) => return LookupState::Done(Err(fault)),
                Round::Again if self.until.is_some() => return LookupState::Waiting,
                Round::Again if self.attempts >= ATTEMPTS => {
                    return LookupState::Done(Err(LookupFault::Trouble));
                }
                Round::Again => {}
            }
        }
    }

    /// When it wants to go on.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.until
    }

    /// Asks for both kinds of address at once, as the C library does.
    fn round(&mut self, name: &str, io: &mut Io) -> Round {
        self.attempts += 1;
        let server = io.machine.resolver;
        let (mut ips, mut exists, mut trouble) = (Vec::new(), false, false);
        for qtype in [RecordType::A, RecordType::Aaaa] {
            let unwanted = match self.family {
                Family::Any => false,
                Family::V4 => qtype == RecordType::Aaaa,
                Family::V6 => qtype == RecordType::A,
            };
            if unwanted {
                continue;
            }
            match io.resolve(server, Question { name: name.to_owned(), qtype }) {
                Ok(response) => {
                    exists |= response.rcode == Rcode::NoError;
                    trouble |= !matches!(response.rcode, Rcode::NoError | Rcode::NxDomain);
                    ips.extend(response.answers.iter().filter_map(|r| match r.data {
                        RecordData::A(ip) => Some(IpAddr::V4(ip)),
                        RecordData::Aaaa(ip) => Some(IpAddr::V6(ip)),
                        _ => None,
                    }));
                }
                Err(DnsFailure::TimedOut) => {
                    self.until = Some(io.now().plus(PATIENCE));
                    trouble = true;
                }
                Err(DnsFailure::PortUnreachable) => trouble = true,
            }
        }
        // First those that this machine can reach (RFC 6724 section 6, rule 1).
        let own = io.machine.ip;
        ips.sort_by_key(|ip| ip.is_ipv4() != own.is_ipv4());
        match (ips.is_empty(), trouble, exists) {
            (false, ..) => {
                self.until = None;
                Round::Found(ips)
            }
            (true, true, _) => Round::Again,
            (true, false, true) => Round::Failed(LookupFault::NoAddress),
            (true, false, false) => Round::Failed(LookupFault::Unknown),
        }
    }
}
