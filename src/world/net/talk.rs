//! What goes to and fro on connections: what sessions want done is carried out, one thing after the other.

use super::super::faults::Kept;
use super::super::{World, tls};
use super::{Client, Layer, Notice};
use crate::event::{CloseReason, Event, Side, TlsEvent, TlsFailure, TlsSession};
use crate::proto::{Out, Session};
use crate::units::ConnId;

impl World {
    pub(in crate::world) fn touch(&mut self, conn: ConnId) {
        self.net.busy.insert(conn);
    }

    /// Carries out what sessions want until none wants anything, and what is due in the queue.
    pub(in crate::world) fn pump(&mut self) {
        while !self.exhausted() {
            if let Some(conn) = self.net.busy.first().copied() {
                if !(self.serve(conn) | self.run_client(conn)) {
                    self.net.busy.remove(&conn);
                    self.leave_off(conn);
                }
            } else if !self.run_queue() {
                break;
            }
        }
    }

    /// One thing the server's session wants; false where it wants nothing.
    fn serve(&mut self, conn: ConnId) -> bool {
        let now = self.now;
        let Some(c) = self.net.conns.get_mut(&conn) else { return false };
        if c.impaired.as_ref().is_some_and(|i| i.is_waiting(now)) {
            return false;
        }
        let arrived = c.impaired.as_mut().and_then(|i| i.arrived());
        let fresh = arrived.is_none();
        let Some(out) = arrived.or_else(|| c.server.session().poll()) else { return false };
        let out = match self.pass(conn, out, fresh) {
            Ok(out) => out,
            Err(Kept::Later) => return true,
            Err(Kept::Cut) => {
                self.server_closed(conn, CloseReason::Lost);
                return true;
            }
        };
        match out {
            Out::Send(octets) => self.server_says(conn, octets),
            Out::Ask(id, ask) => {
                let answer = self.decide(conn, ask);
                if let Some(c) = self.net.conns.get_mut(&conn) {
                    c.server.session().answer(now, id, answer);
                }
            }
            Out::StartTls => {
                if let Some(c) = self.net.conns.get_mut(&conn) {
                    c.layer = Layer::Expected;
                    c.handshake = Some((now.plus(tls::PATIENCE), Vec::new()));
                }
                self.log(Event::Tls { conn, what: TlsEvent::Expected });
            }
            Out::Smtp(exchange) => self.log(Event::Smtp { conn, exchange }),
            Out::Pop3(exchange) => self.log(Event::Pop3 { conn, exchange }),
            Out::Imap(exchange) => self.log(Event::Imap { conn, exchange }),
            Out::Close(why) => self.server_closed(conn, why),
            Out::Delivery { .. } => {} // a client's word; servers never say it
        }
        true
    }

    /// Octets of the server go to the client, and through the hands of whoever is in the middle.
    fn server_says(&mut self, conn: ConnId, octets: Vec<u8>) {
        let now = self.now;
        let changed = self.tampered(conn, &octets);
        let Some(c) = self.net.conns.get_mut(&conn) else { return };
        c.greeted = true;
        let tls = c.layer == Layer::Secured;
        let wire = Event::Wire { conn, from: Side::Server, octets: octets.as_slice().into(), tls };
        let tampered = changed.as_ref().map(|changed| Event::Tampered {
            conn,
            from: Side::Server,
            octets: changed.as_slice().into(),
        });
        let arrives = changed.unwrap_or(octets);
        match &mut c.client {
            // Nobody is there any more to hear it.
            _ if c.left.is_some() => {}
            Client::Relay(leg) => leg.session.feed(now, &arrives),
            Client::Person(handing) => handing.session.feed(now, &arrives),
            Client::Workstation(_) => self.net.notices.push_back(Notice::Data(conn, arrives)),
            Client::Socket | Client::Left { .. } => {}
        }
        self.log(wire);
        if let Some(tampered) = tampered {
            self.log(tampered);
        }
    }

    /// One thing the relaying client's session wants; false where it wants nothing or there is none.
    fn run_client(&mut self, conn: ConnId) -> bool {
        let Some(c) = self.net.conns.get_mut(&conn) else { return false };
        let Some(out) = c.client.session().and_then(|session| session.poll()) else { return false };
        let tls = c.layer == Layer::Secured;
        match out {
            Out::Send(octets) => self.carry(conn, octets.into(), tls),
            Out::Delivery { to, outcome } => match &mut c.client {
                Client::Relay(leg) => leg.outcomes.push((to, outcome)),
                Client::Person(handing) => handing.outcomes.push((to, outcome)),
                Client::Workstation(_) | Client::Socket | Client::Left { .. } => {}
            },
            Out::Close(why) => self.hang_up(conn, why),
            Out::StartTls => {
                let person = matches!(c.client, Client::Person(_));
                // The server that has just agreed to it has yet to say so to its owner.
                while self.serve(conn) {}
                if person { self.person_tls(conn) } else { self.relay_tls(conn) }
            }
            Out::Ask(..) | Out::Smtp(_) | Out::Pop3(_) | Out::Imap(_) => {} // a server's words
        }
        true
    }

    /// From here on this connection is encrypted.
    pub(in crate::world) fn secure(&mut self, conn: ConnId, session: &TlsSession) {
        self.log(Event::Tls { conn, what: TlsEvent::Established(session.clone()) });
        let now = self.now;
        if let Some(c) = self.net.conns.get_mut(&conn) {
            c.layer = Layer::Secured;
            c.handshake = None;
            c.server.session().tls_started(now, session);
            if let Some(client) = c.client.session() {
                client.tls_started(now, session);
            }
            // Does nothing where the server has greeted before.
            c.server.session().start(now);
        }
        self.touch(conn);
    }

    /// The server ended the connection, or the last of what a client had sent that hung up before is worked off.
    pub(in crate::world) fn server_closed(&mut self, conn: ConnId, why: CloseReason) {
        let now = self.now;
        let Some(c) = self.net.conns.remove(&conn) else { return };
        self.faults.forget(conn);
        self.release_maildrops(conn);
        if let Some(why) = c.left {
            if c.handshake.is_some() {
                self.log(Event::Tls { conn, what: TlsEvent::Failed(TlsFailure::CutOff) });
            }
            return self.log(Event::Closed { conn, by: Side::Client, why });
        }
        self.log(Event::Closed { conn, by: Side::Server, why });
        match c.client {
            Client::Workstation(_) => self.net.notices.push_back(Notice::Closed(conn, why)),
            Client::Socket | Client::Left { .. } => {}
            Client::Relay(mut leg) => {
                leg.session.end_of_input(now);
                self.leg_done(*leg);
            }
            Client::Person(mut handing) => {
                handing.session.end_of_input(now);
                self.handed_in(*handing);
            }
        }
    }

    /// The client ended the connection. What it had sent before still arrives, and the server works it off before it learns
    /// of the end; only where the connection was lost is the rest lost, too. Answers go to nobody.
    pub(in crate::world) fn hang_up(&mut self, conn: ConnId, why: CloseReason) {
        let now = self.now;
        let Some(c) = self.net.conns.get_mut(&conn).filter(|c| c.left.is_none()) else { return };
        c.left = Some(why);
        let client = c.client.leave();
        if why == CloseReason::Lost || c.handshake.is_some() {
            self.server_closed(conn, why);
        } else {
            if !self.ends_later(conn) {
                self.net.end_input(conn, now);
            }
            while !self.exhausted() && self.serve(conn) {}
            if !self.exhausted() {
                self.leave_off(conn);
            }
        }
        match client {
            Some(Client::Relay(leg)) => self.leg_done(*leg),
            Some(Client::Person(handing)) => self.handed_in(*handing),
            _ => {}
        }
    }

    /// The server has nothing to do at the moment. Where the client has hung up and nothing of it is on its way, or the
    /// server does nothing ever again, that is the end of the connection.
    fn leave_off(&mut self, conn: ConnId) {
        let Some(c) = self.net.conns.get(&conn) else { return };
        let coming = c.impaired.as_ref().is_some_and(|i| !i.is_mute() && i.next_wakeup().is_some());
        if let Some(why) = c.left.filter(|_| !coming) {
            self.server_closed(conn, why);
        }
    }
}
