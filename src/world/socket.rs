//! Real ports: programs outside of the world that talk to its hosts. What they do comes as inputs; what the hosts say
//! to them stands in the transcript, and nowhere else.

use super::World;
use super::ends::Client;
use super::net::Layer;
use crate::event::{CloseReason, Event, TlsEvent, TlsFailure, TlsSession};
use crate::units::ConnId;

impl World {
    /// A program outside opens a connection to the port of a host, as if from the workstation; `None` where there is
    /// no such host.
    pub fn connect_socket(&mut self, host: &str, port: u16) -> Option<ConnId> {
        let to = self.hosts.iter().find(|h| h.setup.name == host)?.setup.ip;
        let from = (self.workstation.name.clone(), self.workstation.ip);
        Some(self.open(from, to, port, Client::Socket))
    }

    /// A real TLS handshake came to this. Says nothing where none was due.
    pub fn socket_secured(&mut self, conn: ConnId, session: &TlsSession) {
        if self.awaits_handshake(conn) {
            self.secure(conn, session);
            self.pump();
        }
    }

    /// A real TLS handshake failed, and the server hangs up. Does nothing where none was due.
    pub fn socket_not_secured(&mut self, conn: ConnId, why: TlsFailure) {
        if self.awaits_handshake(conn) {
            self.log(Event::Tls { conn, what: TlsEvent::Failed(why) });
            self.server_closed(conn, CloseReason::Closed);
            self.pump();
        }
    }

    /// Is this connection open?
    pub fn is_open(&self, conn: ConnId) -> bool {
        self.net.is_used(conn)
    }

    fn awaits_handshake(&self, conn: ConnId) -> bool {
        matches!(self.net.layer(conn), Some((_, Layer::Expected)))
    }
}
