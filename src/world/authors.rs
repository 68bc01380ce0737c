//! Who wrote what comes over a connection: known to the world, and to no host in it.

use super::World;
use crate::mail::{Author, Message};
use crate::units::{Bytes, ConnId};

impl World {
    /// A program on the workstation says who wrote the mail that it is about to hand over on this connection. Where
    /// something else is handed over after all, this does not count.
    pub fn hands_over(&mut self, conn: ConnId, message: Message) {
        self.drafts.insert(conn, message);
    }

    /// These octets have come over a connection: the message with its authors.
    pub(super) fn handed_over(&self, conn: ConnId, octets: &Bytes) -> Message {
        let sent = self.net.letter(conn).and_then(|letter| self.queue.letter(letter));
        if let Some((sent, carrier)) = sent.zip(self.net.relay_ends(conn)) {
            return sent.message.arrived(octets, &Author::Host(carrier.0));
        }
        match self.drafts.get(&conn).filter(|draft| draft.octets == *octets) {
            Some(draft) => Message { octets: octets.clone(), ..draft.clone() },
            // At a real port sits the learner too, with a telnet or a mail program of theirs.
            None if self.net.holder(conn).is_some() => Message::by(Author::Learner, octets.clone()),
            None => Message::new(octets.clone()),
        }
    }
}
