//! One DNS question to one server, with patience and repetition, as `dig` and `host` ask it.

use super::super::io::Io;
use super::super::lookup::{Family, Lookup, LookupState};
use crate::event::{DnsFailure, Question};
use crate::proto::dns::{Message, Response, encode};
use crate::units::{Stream, Time};
use std::net::IpAddr;
use std::time::Duration;

/// The port of name servers (RFC 1035).
pub(super) const PORT: u16 = 53;

/// A question that is being asked.
#[derive(Debug)]
pub(super) struct Ask {
    /// The server as it was named; `None` is the workstation's resolver.
    server: Option<String>,
    port: u16,
    question: Question,
    tries: u32,
    patience: Duration,
    lookup: Option<Lookup>,
    ip: Option<IpAddr>,
    until: Option<Time>,
}

/// How a question stands.
#[derive(Debug)]
pub(super) enum Asked {
    /// Nobody has answered yet.
    Waiting,
    /// The answer.
    Answer(Box<Answer>),
    /// The server's name has no address.
    NoServer(String),
    /// Nobody answered.
    Lost,
}

/// An answer with what is said about it.
#[derive(Debug)]
pub(super) struct Answer {
    /// What the server said.
    pub(super) response: Response,
    /// Where it came from.
    pub(super) ip: IpAddr,
    /// The port it came from.
    pub(super) port: u16,
    /// The server as it was named.
    pub(super) server: String,
    /// The message's number.
    pub(super) id: u16,
}

impl Ask {
    /// Asks `server` (the resolver, where none is named) up to `tries` times, waiting `patience` for each.
    pub(super) fn new(
        server: Option<&str>,
        port: u16,
        question: Question,
        tries: u32,
        patience: Duration,
    ) -> Ask {
        let server = server.map(str::to_owned);
        Ask { server, port, question, tries, patience, lookup: None, ip: None, until: None }
    }

    /// Goes on as far as nobody has to be waited for.
    pub(super) fn go(&mut self, io: &mut Io) -> Asked {
        if self.until.is_some_and(|until| io.now() < until) {
            return Asked::Waiting;
        }
        let ip = match self.address(io) {
            Ok(Some(ip)) => ip,
            Ok(None) => return Asked::Waiting,
            Err(name) => return Asked::NoServer(name),
        };
        if self.until.take().is_some() {
            self.trouble(io, ip, "timed out");
        }
        while self.tries > 0 {
            // The lab's name servers answer on their own port only.
            let asked = if self.port == PORT {
                io.resolve(ip, self.question.clone())
            } else {
                Err(DnsFailure::PortUnreachable)
            };
            match asked {
                Ok(response) => {
                    let seed = io.now().0.unsigned_abs().wrapping_add(io.machine.queries);
                    let id = Stream::new(seed, "dns message id").below(1 << 16) as u16;
                    let server = self.server.clone().unwrap_or_else(|| ip.to_string());
                    return Asked::Answer(Box::new(Answer { response, ip, port: self.port, server, id }));
                }
                Err(DnsFailure::TimedOut) => {
                    self.until = Some(io.now().plus(self.patience));
                    return Asked::Waiting;
                }
                Err(DnsFailure::PortUnreachable) => self.trouble(io, ip, "connection refused"),
            }
        }
        Asked::Lost
    }

    /// When it wants to go on.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.until.or_else(|| self.lookup.as_ref().and_then(Lookup::next_wakeup))
    }

    fn trouble(&mut self, io: &mut Io, ip: IpAddr, what: &str) {
        io.print(&format!(";; communications error to {ip}#{}: {what}\n", self.port));
        self.tries = self.tries.saturating_sub(1);
    }

    /// The server's address; `None` while its name is being looked up, the name where it has none.
    fn address(&mut self, io: &mut Io) -> Result<Option<IpAddr>, String> {
        if self.ip.is_none() {
            let Some(name) = &self.server else {
                self.ip = Some(io.machine.resolver);
                return Ok(self.ip);
            };
            let found = match (&mut self.lookup, Lookup::local(name, Family::Any, io)) {
                (None, Some(found)) => found,
                (lookup, _) => {
                    let lookup = lookup.get_or_insert_with(|| Lookup::new(name, Family::Any, io));
                    match lookup.go(io) {
                        LookupState::Waiting => return Ok(None),
                        LookupState::Done(found) => found,
                    }
                }
            };
            self.ip = found.ok().and_then(|ips| ips.first().copied());
            if self.ip.is_none() {
                return Err(name.clone());
            }
        }
        Ok(self.ip)
    }
}

impl Answer {
    /// The length of the message that brought the answer, in octets; with EDNS where the question had it.
    pub(super) fn octets(&self, edns: bool) -> usize {
        let mut query = Message::query(self.id, &self.response.question, 1232);
        if !edns {
            query.edns = None;
        }
        encode(&Message::response(&query, &self.response)).map_or(0, |octets| octets.len())
    }
}
