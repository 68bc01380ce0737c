//! An input on its way through an attempt's task, and who waits for it.

use super::socket::Socket;
use super::task::Reply;
use super::{LabError, Receipt};
use crate::attempt::Input;
use crate::store::Sent;
use std::time::Duration;

/// An input that waits to be applied; nobody waits for one that time itself brought.
pub(super) struct Waiting {
    pub(super) input: Input,
    /// How much time passes before it.
    pub(super) after: Duration,
    pub(super) sent: Option<Sent>,
    pub(super) reply: Answering,
}

impl Waiting {
    /// An input that nobody waits for.
    pub(super) fn unasked(input: Input) -> Waiting {
        Waiting { input, after: Duration::ZERO, sent: None, reply: Answering::Nobody }
    }
}

/// Who waits for an input to be done.
#[derive(Debug)]
pub(super) enum Answering {
    /// Nobody.
    Nobody,
    /// Somebody who did something, until it is on the disk.
    Doer(Reply<Receipt>),
    /// A program at a real port, until its answer may leave.
    Program(Reply<Receipt>),
    /// A program that connects.
    Opener(Reply<Socket>),
    /// A program that has connected.
    Opened(Reply<Socket>, Socket),
}

impl Answering {
    /// Is it a program at a real port, which need not wait for the disk where nothing lasting was promised?
    pub(super) fn is_program(&self) -> bool {
        matches!(self, Answering::Program(_) | Answering::Opened(..))
    }

    /// Tells whoever waits. Who no longer does finds out from the transcript.
    pub(super) fn answer(self, with: Result<Receipt, LabError>) {
        match self {
            Answering::Nobody => {}
            Answering::Doer(reply) | Answering::Program(reply) => drop(reply.send(with)),
            Answering::Opener(reply) => drop(reply.send(Err(with.err().unwrap_or(LabError::SocketGone)))),
            Answering::Opened(reply, socket) => drop(reply.send(with.map(|_| socket))),
        }
    }
}
