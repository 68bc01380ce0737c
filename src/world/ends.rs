//! Who sits at the two ends of a connection.

use super::people::HandingIn;
use super::queue::Leg;
use crate::proto::{Session, imap, pop3, smtp};
use crate::units::{TermId, Time};

/// The session of the host that listens.
#[derive(Debug)]
pub(super) enum Server {
    Smtp(Box<smtp::ServerSession>),
    Pop3(Box<pop3::ServerSession>),
    Imap(Box<imap::ServerSession>),
}

/// Who opened the connection.
#[derive(Debug)]
pub(super) enum Client {
    /// A program on the workstation, at this terminal where it is known.
    Workstation(Option<TermId>),
    /// A program outside of the world, through a real port; the world takes it for one on the workstation. It reads in
    /// the transcript what the server says.
    Socket,
    /// A host that passes mail on.
    Relay(Box<Leg>),
    /// A person who hands a letter in.
    Person(Box<HandingIn>),
    /// A host or a person that has hung up while something of theirs was still on its way.
    Left {
        /// The letter of the queue that a host passed on.
        letter: Option<u64>,
        /// It was a person.
        person: bool,
    },
}

impl Client {
    /// The session of a client that lives in the world.
    pub(super) fn session(&mut self) -> Option<&mut smtp::ClientSession> {
        match self {
            Client::Workstation(_) | Client::Socket | Client::Left { .. } => None,
            Client::Relay(leg) => Some(&mut leg.session),
            Client::Person(handing) => Some(&mut handing.session),
        }
    }

    /// A client that lives in the world goes its way; who it was stays known.
    pub(super) fn leave(&mut self) -> Option<Client> {
        let left = match self {
            Client::Relay(leg) => Client::Left { letter: Some(leg.parcel.letter), person: false },
            Client::Person(_) => Client::Left { letter: None, person: true },
            Client::Workstation(_) | Client::Socket | Client::Left { .. } => return None,
        };
        Some(std::mem::replace(self, left))
    }
}

impl Server {
    pub(super) fn session(&mut self) -> &mut dyn Session {
        match self {
            Server::Smtp(s) => s.as_mut(),
            Server::Pop3(s) => s.as_mut(),
            Server::Imap(s) => s.as_mut(),
        }
    }

    pub(super) fn next_wakeup(&self) -> Option<Time> {
        match self {
            Server::Smtp(s) => s.next_wakeup(),
            Server::Pop3(s) => s.next_wakeup(),
            Server::Imap(s) => s.next_wakeup(),
        }
    }
}
