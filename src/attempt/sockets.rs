//! Real ports: which socket is which connection of the world.
//!
//! A program outside is a client like telnet on the workstation. It is driven by inputs, so that what it did is replayed
//! without it; what goes back to it is read in the transcript. A record may end while sockets are open: whoever brings
//! the attempt back finds them with [`Attempt::open_sockets`] and says that they are gone.

use super::{Attempt, SocketInput};
use crate::units::ConnId;
use std::collections::BTreeMap;

/// The sockets of an attempt.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    last: u32,
    /// Those whose connection is not known to have ended: who is gone is found out when a socket says something after its
    /// end, and when another is opened.
    open: BTreeMap<u32, ConnId>,
}

impl Attempt {
    /// The number of the next socket that is opened.
    pub fn next_socket(&self) -> u32 {
        self.sockets.last.saturating_add(1)
    }

    /// The connection of a socket, from the input that opened it on; until when after its end, is not promised.
    pub fn socket_conn(&self, socket: u32) -> Option<ConnId> {
        self.sockets.open.get(&socket).copied()
    }

    /// The sockets that are open.
    pub fn open_sockets(&self) -> Vec<u32> {
        let open = self.sockets.open.iter().filter(|(_, conn)| self.world.is_open(**conn));
        open.map(|(socket, _)| *socket).collect()
    }

    /// A program outside did something. What it does on a connection that has ended is lost, as on the wire.
    pub(super) fn socket(&mut self, socket: u32, what: SocketInput) {
        if let SocketInput::Open(service) = &what {
            return self.open_socket(socket, service);
        }
        let Some(conn) = self.socket_conn(socket) else { return };
        if !self.world.is_open(conn) {
            self.sockets.open.remove(&socket);
            return;
        }
        match what {
            SocketInput::Open(_) => {}
            SocketInput::Octets(octets) => {
                let octets = self.bounded(octets);
                self.world.send_shared(conn, octets);
            }
            SocketInput::Secured(session) => self.world.socket_secured(conn, &session),
            SocketInput::TlsFailed(why) => self.world.socket_not_secured(conn, why),
            SocketInput::End => self.world.finish(conn),
            SocketInput::Closed(why) => self.world.close(conn, why),
        }
    }

    fn open_socket(&mut self, socket: u32, service: &str) {
        let Some((host, port)) = self.drawn.setup.ports.get(service) else { return };
        if socket < self.next_socket() {
            return;
        }
        let world = &self.world;
        self.sockets.open.retain(|_, conn| world.is_open(*conn));
        self.sockets.last = socket;
        if let Some(conn) = self.world.connect_socket(host, *port) {
            self.sockets.open.insert(socket, conn);
        }
    }
}
