//! Connections: who is connected to whom, and the octets, questions and answers that go to and fro.
//!
//! Everything that sessions want done goes through [`World::pump`], one connection after the other from a list of
//! those with something to do, never by recursion, so that no chain of hosts can exhaust the stack.

mod talk;

use super::ends::{Client, Server};
use super::faults::Impaired;
use super::names::ClientNames;
use super::queue::Parcel;
use super::tls::Secured;
use super::{HostSetup, SmtpService, World, tls};
use crate::event::{CloseReason, ConnectFailure, Endpoint, Event, Holder, Side, TlsEvent, TlsFailure};
use crate::proto::{Session, TlsOffer, imap, pop3, smtp};
use crate::units::{Bytes, ConnId, TermId, Time};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

/// How long a connection is tried where nobody answers: what Linux does with its usual six retries.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(131);
/// How many connections the workstation may have open at once.
const OPEN_CONNECTIONS: usize = 256;

/// News for a program on the workstation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The connection stands.
    Connected(ConnId),
    /// The connection could not be opened.
    Failed(ConnId, ConnectFailure),
    /// Octets arrived.
    Data(ConnId, Vec<u8>),
    /// A TLS handshake succeeded.
    Secured(ConnId, Box<Secured>),
    /// A TLS handshake failed.
    TlsFailed(ConnId, TlsFailure),
    /// The server closed the connection.
    Closed(ConnId, CloseReason),
}

/// All connections of a world.
#[derive(Debug, Default)]
pub(super) struct Net {
    last: u32,
    /// In boxes, because a map has room for eleven as soon as there is one, and most attempts have one.
    conns: BTreeMap<ConnId, Box<Conn>>,
    /// Connections that are being tried, and will fail at this time.
    trying: BTreeMap<ConnId, Trying>,
    /// Connections whose sessions may have something to say.
    busy: BTreeSet<ConnId>,
    notices: VecDeque<Notice>,
}

/// A connection that is being tried and will not come about.
#[derive(Debug)]
struct Trying {
    until: Time,
    why: ConnectFailure,
    from: Endpoint,
    to: Endpoint,
    client: Client,
}

/// An open connection.
#[derive(Debug)]
struct Conn {
    /// The host that listens, by its place in [`World::hosts`].
    host: usize,
    from: Endpoint,
    to: Endpoint,
    layer: Layer,
    /// Until when a handshake must have come, where one is due, and what came instead.
    handshake: Option<(Time, Vec<u8>)>,
    /// What a fault does to it.
    impaired: Option<Box<Impaired>>,
    /// The server has said something.
    greeted: bool,
    server: Server,
    client: Client,
    /// The client has hung up, for this reason; what it had sent is still worked off.
    left: Option<CloseReason>,
    /// What the DNS called the client when it connected, where the server wants to know.
    names: ClientNames,
}

/// Who answers at a port: the host by its place, its session, what octets are at first, what the client is called.
type Listener = (usize, Server, Layer, ClientNames);

/// What octets on a connection are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    /// Plain text.
    Plain,
    /// Plain text until now; the client's next octets must be a TLS handshake.
    Expected,
    /// Under TLS.
    Secured,
}

impl Conn {
    fn next_wakeup(&self) -> Option<Time> {
        let client = match &self.client {
            Client::Workstation(_) | Client::Socket | Client::Left { .. } => None,
            Client::Relay(leg) => leg.session.next_wakeup(),
            Client::Person(handing) => handing.session.next_wakeup(),
        };
        // A server that waits for a handshake waits for nothing else.
        let server = match &self.handshake {
            Some((until, _)) => Some(*until),
            None if self.impaired.as_ref().is_some_and(|i| i.is_mute()) => None,
            None => self.server.next_wakeup(),
        };
        let coming = self.impaired.as_ref().and_then(|i| i.next_wakeup());
        server.into_iter().chain(client).chain(coming).min()
    }
}

impl Net {
    /// When a connection wants to be woken next.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        let open = self.conns.values().filter_map(|c| c.next_wakeup());
        open.chain(self.trying.values().map(|t| t.until)).min()
    }

    /// The host that listens and the client's address of an open connection.
    pub(super) fn ends(&self, conn: ConnId) -> Option<(usize, IpAddr)> {
        self.conns.get(&conn).map(|c| (c.host, c.from.ip))
    }

    /// The host that listens, and what the octets of an open connection are.
    pub(super) fn layer(&self, conn: ConnId) -> Option<(usize, Layer)> {
        self.conns.get(&conn).map(|c| (c.host, c.layer))
    }

    /// The host that passes mail on over this connection, by name, and the one that listens.
    pub(super) fn relay_ends(&self, conn: ConnId) -> Option<(String, usize)> {
        self.conns.get(&conn).map(|c| (c.from.host.clone(), c.host))
    }

    /// What the DNS called the client of an open connection when it connected.
    pub(super) fn client_names(&self, conn: ConnId) -> ClientNames {
        self.conns.get(&conn).map(|c| c.names.clone()).unwrap_or_default()
    }

    /// What is on its way between hosts, over connections that stand or are being tried.
    pub(super) fn parcels(&self) -> impl Iterator<Item = &Parcel> {
        let clients = self.conns.values().map(|c| &c.client).chain(self.trying.values().map(|t| &t.client));
        clients.filter_map(|client| match client {
            Client::Relay(leg) => Some(&leg.parcel),
            Client::Workstation(_) | Client::Socket | Client::Person(_) | Client::Left { .. } => None,
        })
    }

    /// The session of the host that passes mail on over this connection, or of the person who hands some in.
    pub(super) fn relay(&mut self, conn: ConnId) -> Option<&mut smtp::ClientSession> {
        self.conns.get_mut(&conn)?.client.session()
    }

    /// The number the next connection gets.
    pub(super) fn next_conn(&self) -> ConnId {
        ConnId(self.last + 1)
    }

    /// Does a person hand mail in over this connection?
    pub(super) fn is_persons(&self, conn: ConnId) -> bool {
        let persons = |c: &Conn| matches!(c.client, Client::Person(_) | Client::Left { person: true, .. });
        self.conns.get(&conn).is_some_and(|c| persons(c))
    }

    /// Both ends of an open connection.
    pub(super) fn endpoints(&self, conn: ConnId) -> Option<(Endpoint, Endpoint)> {
        self.conns.get(&conn).map(|c| (c.from.clone(), c.to.clone()))
    }

    /// What faults do to a connection.
    pub(super) fn impaired(&mut self, conn: ConnId) -> Option<&mut Impaired> {
        self.conns.get_mut(&conn)?.impaired.as_deref_mut()
    }

    /// Has the server said nothing yet?
    pub(super) fn has_said_nothing(&self, conn: ConnId) -> bool {
        self.conns.get(&conn).is_some_and(|c| !c.greeted)
    }

    /// Octets of the client arrive at the server.
    pub(super) fn feed(&mut self, conn: ConnId, now: Time, octets: &[u8]) {
        if let Some(c) = self.conns.get_mut(&conn) {
            c.server.session().feed(now, octets);
            self.busy.insert(conn);
        }
    }

    /// The server hears that the client sends nothing more.
    pub(super) fn end_input(&mut self, conn: ConnId, now: Time) {
        if let Some(c) = self.conns.get_mut(&conn) {
            c.server.session().end_of_input(now);
            self.busy.insert(conn);
        }
    }

    /// All that has come where a handshake is due, with these octets at the end.
    pub(super) fn early(&mut self, conn: ConnId, octets: &[u8]) -> Option<Vec<u8>> {
        let (_, read) = self.conns.get_mut(&conn)?.handshake.as_mut()?;
        read.extend_from_slice(octets);
        Some(read.clone())
    }

    /// Leaves news for the workstation.
    pub(super) fn notify(&mut self, notice: Notice) {
        self.notices.push_back(notice);
    }

    /// The parcel that a relaying host hands over on this connection.
    pub(super) fn parcel(&self, conn: ConnId) -> Option<&Parcel> {
        match &self.conns.get(&conn)?.client {
            Client::Relay(leg) => Some(&leg.parcel),
            _ => None,
        }
    }

    /// The letter that a relaying host hands over on this connection, or did before it hung up.
    pub(super) fn letter(&self, conn: ConnId) -> Option<u64> {
        match &self.conns.get(&conn)?.client {
            Client::Relay(leg) => Some(leg.parcel.letter),
            Client::Left { letter, .. } => *letter,
            _ => None,
        }
    }

    /// Who has this connection open, where it is the workstation.
    pub(super) fn holder(&self, conn: ConnId) -> Option<Holder> {
        match self.conns.get(&conn)?.client {
            Client::Workstation(term) => Some(Holder { conn, term }),
            Client::Socket => Some(Holder { conn, term: None }),
            Client::Relay(_) | Client::Person(_) | Client::Left { .. } => None,
        }
    }

    /// Is this connection open?
    pub(super) fn is_open(&self, conn: ConnId) -> bool {
        self.conns.contains_key(&conn)
    }

    /// Is this connection open, and has its client not hung up?
    pub(super) fn is_used(&self, conn: ConnId) -> bool {
        self.conns.get(&conn).is_some_and(|c| c.left.is_none())
    }

    /// Does a program at a real port talk on this connection?
    pub(super) fn is_socket(&self, conn: ConnId) -> bool {
        self.conns.get(&conn).is_some_and(|c| matches!(c.client, Client::Socket))
    }
}

impl World {
    /// A program on the workstation opens a connection. What becomes of it comes as a [`Notice`]: at once, or
    /// after minutes where nobody answers at the address.
    pub fn connect(&mut self, to: IpAddr, port: u16) -> ConnId {
        let from = (self.workstation.name.clone(), self.workstation.ip);
        self.open(from, to, port, Client::Workstation(None))
    }

    /// A connection of the workstation belongs to the program at this terminal.
    pub fn belongs_to(&mut self, conn: ConnId, term: TermId) {
        if let Some(Client::Workstation(owner)) = self.net.conns.get_mut(&conn).map(|c| &mut c.client) {
            *owner = Some(term);
        }
    }

    /// Sends octets on a connection of the workstation; on one that is closed they are lost.
    pub fn send(&mut self, conn: ConnId, octets: &[u8]) {
        self.send_shared(conn, octets.into());
    }

    /// The same with octets that somebody else has too.
    pub fn send_shared(&mut self, conn: ConnId, octets: Bytes) {
        let open = self.net.conns.get(&conn).filter(|c| c.left.is_none() && !octets.is_empty());
        let Some(layer) = open.map(|c| c.layer) else { return };
        if layer == Layer::Expected {
            self.log(Event::Wire { conn, from: Side::Client, octets: octets.clone(), tls: false });
            return self.early(conn, &octets);
        }
        self.carry(conn, octets, layer == Layer::Secured);
        self.pump();
    }

    /// The workstation will send nothing more on this connection; the server may still answer.
    pub fn finish(&mut self, conn: ConnId) {
        let now = self.now;
        if self.net.layer(conn).is_some_and(|(_, layer)| layer == Layer::Expected) {
            return self.no_handshake(conn, TlsFailure::CutOff);
        }
        if !self.ends_later(conn) {
            self.net.end_input(conn, now);
        }
        self.pump();
    }

    /// The workstation closes a connection, or gives up opening it. No notice follows. What was sent before still arrives,
    /// unless the connection is lost.
    pub fn close(&mut self, conn: ConnId, why: CloseReason) {
        if let Some(trying) = self.net.trying.remove(&conn) {
            let Trying { from, to, .. } = trying;
            self.log(Event::ConnectFailed { conn, from, to, why: ConnectFailure::GivenUp });
        }
        self.hang_up(conn, why);
        self.net.notices.retain(|n| n.conn() != conn);
        self.pump();
    }

    /// The next news for the workstation.
    pub fn next_notice(&mut self) -> Option<Notice> {
        self.net.notices.pop_front()
    }

    /// Opens a connection for a client.
    pub(super) fn open(
        &mut self,
        (host, from_ip): (String, IpAddr),
        to: IpAddr,
        port: u16,
        client: Client,
    ) -> ConnId {
        self.net.last += 1;
        let conn = ConnId(self.net.last);
        // Ephemeral ports as Linux gives them out: from 32768 on.
        let from_port = 32_768 + u16::try_from(conn.0 % 28_000).unwrap_or(0);
        let from = Endpoint { host, ip: from_ip, port: from_port };
        let target = self.hosts.iter().position(|h| h.setup.ip == to);
        let name =
            target.and_then(|h| self.hosts.get(h)).map_or_else(|| to.to_string(), |h| h.setup.name.clone());
        let to = Endpoint { host: name, ip: to, port };
        let wrong = self.connect_fault(conn, &from, &to);
        let listener = wrong.and_then(|reset| Ok((self.listener(target, &from, to.port)?, reset)));
        match listener {
            Ok(((host, server, layer, names), reset)) => {
                self.log(Event::Connected { conn, from: from.clone(), to: to.clone() });
                if layer == Layer::Expected {
                    self.log(Event::Tls { conn, what: TlsEvent::Expected });
                }
                if matches!(client, Client::Workstation(_)) {
                    self.net.notices.push_back(Notice::Connected(conn));
                }
                let now = self.now;
                let handshake = (layer == Layer::Expected).then(|| (now.plus(tls::PATIENCE), Vec::new()));
                let impaired = self.impairment(conn, &from, &to);
                let (greeted, left) = (false, None);
                let open =
                    Conn { host, from, to, layer, handshake, impaired, greeted, server, client, left, names };
                self.net.conns.insert(conn, Box::new(open));
                if reset {
                    return self.reset(conn);
                }
                if let Some(c) = self.net.conns.get_mut(&conn) {
                    // Where TLS comes first, the server greets after it.
                    if layer == Layer::Plain {
                        c.server.session().start(now);
                    }
                    if let Some(session) = c.client.session() {
                        session.start(now);
                    }
                }
                self.touch(conn);
                // A relay's connection is pumped by the loop that opened it.
                if self.net.conns.get(&conn).is_some_and(|c| !matches!(c.client, Client::Relay(_))) {
                    self.pump();
                }
            }
            Err(ConnectFailure::TimedOut) => {
                let until = self.now.plus(CONNECT_TIMEOUT);
                let trying = Trying { until, why: ConnectFailure::TimedOut, from, to, client };
                self.net.trying.insert(conn, trying);
            }
            Err(why) => self.failed(conn, Trying { until: self.now, why, from, to, client }),
        }
        conn
    }

    /// The host at the other end takes a connection back that has just come about.
    fn reset(&mut self, conn: ConnId) -> ConnId {
        let relay = self.net.relay(conn).is_some();
        let now = self.now;
        if let Some(session) = self.net.relay(conn) {
            session.start(now);
        }
        self.server_closed(conn, CloseReason::Lost);
        if !relay {
            self.pump();
        }
        conn
    }

    /// The session that would serve a connection from `from` to this host and port.
    fn listener(
        &self,
        target: Option<usize>,
        from: &Endpoint,
        port: u16,
    ) -> Result<Listener, ConnectFailure> {
        let open = |c: &Conn| c.from.ip == from.ip;
        if self.net.conns.values().filter(|c| open(c)).count() >= OPEN_CONNECTIONS {
            return Err(ConnectFailure::TooMany);
        }
        let (at, host) =
            target.and_then(|h| Some((h, &self.hosts.get(h)?.setup))).ok_or(ConnectFailure::TimedOut)?;
        let same = |c: &Conn| c.from.ip == from.ip && c.host == at && c.to.port == port;
        let open = u32::try_from(self.net.conns.values().filter(|c| same(c)).count()).unwrap_or(u32::MAX);
        let listens = |ports: &[u16], tls_ports: &[u16]| {
            // Without a certificate there is nothing to listen with where TLS comes first.
            ports.contains(&port) && (!tls_ports.contains(&port) || self.certified(at))
        };
        if let Some(s) = host.smtp.as_ref().filter(|s| listens(&s.ports, &s.tls_ports)) {
            let names = self.client_names(from.ip);
            let zone = host.zone.at(self.now);
            let session = match s.config.style.connection_limit().filter(|limit| open >= *limit) {
                Some(limit) => smtp::ServerSession::busy(&s.config, zone, from.ip, limit),
                None => smtp::ServerSession::new(&s.config, zone, from.ip, names.verified.as_deref())
                    .at(self.smtp_door(host, s, port)),
            };
            return Ok((at, Server::Smtp(Box::new(session)), first_layer(&s.tls_ports, port), names));
        }
        if let Some(s) = host.pop3.as_ref().filter(|s| listens(&s.ports, &s.tls_ports)) {
            let limit = s.config.style.connection_limit();
            let session = if open >= limit {
                pop3::ServerSession::busy(&s.config, limit)
            } else {
                pop3::ServerSession::new(&s.config).with_tls(self.tls_offer(host, &s.tls_ports, port))
            };
            let layer = first_layer(&s.tls_ports, port);
            return Ok((at, Server::Pop3(Box::new(session)), layer, ClientNames::default()));
        }
        if let Some(s) = host.imap.as_ref().filter(|s| listens(&s.ports, &s.tls_ports)) {
            let limit = s.config.style.connection_limit();
            let tls = self.tls_offer(host, &s.tls_ports, port);
            let session = if open >= limit {
                imap::ServerSession::busy(&s.config, tls, limit)
            } else {
                imap::ServerSession::new(&s.config, tls)
            };
            let layer = first_layer(&s.tls_ports, port);
            return Ok((at, Server::Imap(Box::new(session)), layer, ClientNames::default()));
        }
        Err(ConnectFailure::Refused)
    }

    /// What a server of this host can do about TLS at this port.
    fn tls_offer(&self, host: &HostSetup, tls_ports: &[u16], port: u16) -> TlsOffer {
        if tls_ports.contains(&port) {
            TlsOffer::Implicit
        } else if host.tls.is_some() && self.keyring.hosts.contains_key(&host.name) {
            TlsOffer::Upgrade
        } else {
            TlsOffer::None
        }
    }

    /// What a client finds at this port of an SMTP server.
    fn smtp_door(&self, host: &HostSetup, service: &SmtpService, port: u16) -> smtp::Door {
        let tls = self.tls_offer(host, &service.tls_ports, port);
        smtp::Door {
            tls,
            submission: service.submission_ports.contains(&port),
            troubled: self.faults.answers(&host.name),
        }
    }

    /// A connection did not come about.
    fn failed(&mut self, conn: ConnId, trying: Trying) {
        let Trying { why, from, to, client, .. } = trying;
        self.log(Event::ConnectFailed { conn, from, to, why });
        match client {
            Client::Workstation(_) => self.net.notices.push_back(Notice::Failed(conn, why)),
            Client::Socket | Client::Left { .. } => {}
            Client::Relay(leg) => self.leg_failed(*leg, why),
            Client::Person(handing) => self.not_handed_in(*handing, why),
        }
    }

    /// Sessions that waited for this time go on.
    pub(super) fn wake_net(&mut self) {
        let now = self.now;
        let due: Vec<ConnId> =
            self.net.trying.iter().filter(|(_, t)| t.until <= now).map(|(id, _)| *id).collect();
        for conn in due {
            if let Some(trying) = self.net.trying.remove(&conn) {
                self.failed(conn, trying);
            }
        }
        let (mut woken, mut late) = (Vec::new(), Vec::new());
        for (id, c) in &mut self.net.conns {
            if c.next_wakeup().is_some_and(|t| t <= now) {
                match &c.handshake {
                    Some((until, _)) if *until <= now => late.push(*id),
                    Some(_) => {}
                    None if c.impaired.as_ref().is_some_and(|i| i.is_mute()) => {}
                    None => c.server.session().wake(now),
                }
                if let Some(session) = c.client.session() {
                    session.wake(now);
                }
                woken.push(*id);
            }
        }
        for conn in &woken {
            self.arrive(*conn);
        }
        self.net.busy.extend(woken);
        for conn in late {
            self.no_handshake(conn, TlsFailure::TimedOut);
        }
        self.pump();
    }

    /// Something happened in the folder that the session on this connection has open.
    pub(super) fn bring_news(&mut self, conn: ConnId, news: imap::News) {
        let now = self.now;
        if let Some(c) = self.net.conns.get_mut(&conn) {
            c.server.session().news(now, news);
            self.touch(conn);
        }
    }
}

fn first_layer(tls_ports: &[u16], port: u16) -> Layer {
    if tls_ports.contains(&port) { Layer::Expected } else { Layer::Plain }
}

impl Notice {
    /// The connection it is about.
    fn conn(&self) -> ConnId {
        match self {
            Notice::Connected(c)
            | Notice::Failed(c, _)
            | Notice::Data(c, _)
            | Notice::Secured(c, _)
            | Notice::TlsFailed(c, _)
            | Notice::Closed(c, _) => *c,
        }
    }
}
