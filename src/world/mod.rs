//! One learner's internet: hosts, zone, connections, policy, mailboxes and the mail that travels between them.

mod named;
mod setup;

pub use named::{POP3_STYLES, SMTP_STYLES, parse_record};
pub use setup::{
    HostSetup, MailboxSetup, Network, Pop3Service, Relay, Setup, SmtpService, WorkstationSetup, ZoneSetup,
};

use crate::event::{CloseReason, ConnectFailure, DnsFailure, Event, Question};
use crate::proto::dns::Response;
use crate::units::{ConnId, Time};
use std::net::IpAddr;

/// One learner's internet.
#[derive(Debug)]
pub struct World {}

/// News for a program on the workstation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The connection stands.
    Connected(ConnId),
    /// The connection could not be opened.
    Failed(ConnId, ConnectFailure),
    /// Octets arrived.
    Data(ConnId, Vec<u8>),
    /// The server closed the connection.
    Closed(ConnId, CloseReason),
}

impl World {
    /// The time on this world's clock.
    pub fn now(&self) -> Time {
        unimplemented!()
    }

    /// Writes an event into the transcript.
    pub fn log(&mut self, event: Event) {
        unimplemented!("{event:?}")
    }

    /// A program on the workstation asks `server` a DNS question. Answered at once.
    ///
    /// # Errors
    /// Nobody answers there.
    pub fn resolve(&mut self, server: IpAddr, question: Question) -> Result<Response, DnsFailure> {
        unimplemented!("{server}{question:?}")
    }

    /// A program on the workstation opens a connection. What becomes of it comes as a [`Notice`]: at once, or
    /// after minutes where nobody answers at the address.
    pub fn connect(&mut self, to: IpAddr, port: u16) -> ConnId {
        unimplemented!("{to}{port}")
    }

    /// Sends octets on a connection of the workstation; on one that is closed they are lost.
    pub fn send(&mut self, conn: ConnId, octets: &[u8]) {
        unimplemented!("{conn}{octets:?}")
    }

    /// The workstation will send nothing more on this connection; the server may still answer.
    pub fn finish(&mut self, conn: ConnId) {
        unimplemented!("{conn}")
    }

    /// The workstation closes a connection, or gives up opening it. No notice follows.
    pub fn close(&mut self, conn: ConnId, why: CloseReason) {
        unimplemented!("{conn}{why:?}")
    }

    /// The next news for the workstation.
    pub fn next_notice(&mut self) -> Option<Notice> {
        unimplemented!()
    }
}
