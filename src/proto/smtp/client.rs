//! The client's side of an SMTP session: hands over one message to one server, as a relaying MTA does.

use crate::event::{CloseReason, Reply};
use crate::mail::{ForwardPath, ReversePath};
use crate::proto::{Answer, AskId, Out, Session};
use crate::units::{Bytes, Time};

/// What an SMTP client hands over, and as whom.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientConfig {
    /// The name it gives itself in EHLO, or HELO where EHLO is refused.
    pub name: String,
    /// The envelope's sender.
    pub from: ReversePath,
    /// The recipients.
    pub to: Vec<ForwardPath>,
    /// The message with CRLF line ends, not dot-stuffed.
    pub message: Bytes,
}

/// Why a recipient was not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientFailure {
    /// The server said no.
    Reply(Reply),
    /// The connection ended, or what came was not SMTP.
    ConnectionLost,
    /// The server was silent too long (RFC 5321 section 4.5.3.2).
    TimedOut,
}

/// The client's side of one SMTP session.
#[derive(Debug)]
pub struct ClientSession {}

impl ClientSession {
    /// A session that hands over what `config` says, and quits.
    pub fn new(config: ClientConfig) -> ClientSession {
        unimplemented!("{config:?}{:?}", CloseReason::Closed)
    }
}

impl Session for ClientSession {
    fn start(&mut self, _now: Time) {
        unimplemented!()
    }
    fn feed(&mut self, _now: Time, _octets: &[u8]) {
        unimplemented!()
    }
    fn end_of_input(&mut self, _now: Time) {
        unimplemented!()
    }
    fn answer(&mut self, _now: Time, _id: AskId, _answer: Answer) {
        unimplemented!()
    }
    fn wake(&mut self, _now: Time) {
        unimplemented!()
    }
    fn next_wakeup(&self) -> Option<Time> {
        unimplemented!()
    }
    fn poll(&mut self) -> Option<Out> {
        unimplemented!()
    }
}
