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
pub(super) enum Answering {
    /// Nobody.
    Nobody,
    /// Somebody who did something.
    Doer(Reply<Receipt>),
    /// A program that connects.
    Opener(Reply<Socket>),
    /// A program that has connected, once that is on the disk.
    Opened(Reply<Socket>, Socket),
}

impl Answering {
    /// Tells whoever waits. Who no longer does finds out from the transcript.
    pub(super) fn answer(self, with: Result<Receipt, LabError>) {
        match self {
            Answering::Nobody => {}
            Answering::Doer(reply) => drop(reply.send(with)),
            Answering::Opener(reply) => drop(reply.send(Err(with.err().unwrap_or(LabError::SocketGone)))),
            Answering::Opened(reply, socket) => drop(reply.send(with.map(|_| socket))),
        }
    }
}
