//! Mailboxes: what lies in them, and who has one open.

use super::{MailboxSetup, World};
use crate::event::{DeliveryFailure, Event};
use crate::mail::Message;
use crate::proto::{MaildropMessage, pop3};
use crate::units::{Bytes, ConnId, MessageId};
use std::sync::Arc;

/// Addresses and user names are compared without regard to case, as practically every mail system does.
pub(super) fn fold_case(name: &str) -> String {
    name.to_lowercase()
}

/// One mailbox.
#[derive(Debug)]
pub(super) struct Mailbox {
    /// Its address in lower case.
    pub(super) address: String,
    /// The host it lies on, by its place in [`World::hosts`].
    pub(super) host: usize,
    /// `None`: nobody can log in (a postmaster's mailbox that the scenario does not mention).
    pub(super) password: Option<String>,
    quota: Option<u64>,
    stored: Vec<Stored>,
    /// The last number given to a message, for unique ids; never used again.
    last_uid: u32,
    /// The POP3 session that has the maildrop open (RFC 1939 section 4).
    pub(super) locked_by: Option<ConnId>,
}

#[derive(Debug)]
struct Stored {
    id: MessageId,
    uid: u32,
    octets: Arc<[u8]>,
}

impl Mailbox {
    /// An empty mailbox.
    pub(super) fn new(address: &str, host: usize, password: Option<String>, quota: Option<u64>) -> Mailbox {
        let address = fold_case(address);
        Mailbox { address, host, password, quota, stored: Vec::new(), last_uid: 0, locked_by: None }
    }

    /// Has it room for so many octets more?
    pub(super) fn has_room(&self, octets: u64) -> bool {
        let used: u64 = self.stored.iter().map(|s| s.octets.len() as u64).sum();
        self.quota.is_none_or(|quota| used + octets <= quota)
    }

    /// The messages as a POP3 server of this style presents them.
    pub(super) fn maildrop(&self, style: pop3::Style, validity: i64) -> Vec<MaildropMessage> {
        let uidl = |uid: u32| match style {
            pop3::Style::Courier => format!("UID{uid}-{validity}"),
            pop3::Style::Dovecot => format!("{uid:08x}{validity:08x}"),
        };
        let message = |s: &Stored| MaildropMessage { id: s.id, uidl: uidl(s.uid), octets: s.octets.clone() };
        self.stored.iter().map(message).collect()
    }

    fn put(&mut self, id: MessageId, octets: Arc<[u8]>) {
        self.last_uid += 1;
        self.stored.push(Stored { id, uid: self.last_uid, octets });
    }
}

impl World {
    /// Creates a mailbox with what lies in it from the start.
    pub(super) fn add_mailbox(&mut self, setup: &MailboxSetup) {
        let Some(host) = self.hosts.iter().position(|h| h.setup.name == setup.host) else { return };
        let mut mailbox = Mailbox::new(&setup.address, host, Some(setup.password.clone()), setup.quota);
        for octets in &setup.messages {
            let message = Message::new(Bytes::from(&**octets));
            let Some(id) = self.admit(&message) else { break };
            mailbox.put(id, octets.clone());
            let (host, mailbox) = (setup.host.clone(), setup.address.clone());
            self.log(Event::Present { id, host, mailbox, message });
        }
        self.mailboxes.push(mailbox);
    }

    /// Puts a message into a mailbox of a host.
    pub(super) fn store(
        &mut self,
        host: usize,
        address: &str,
        id: MessageId,
        message: &Message,
    ) -> Result<(), DeliveryFailure> {
        let folded = fold_case(address);
        if !self.mailboxes.iter().any(|m| m.host == host && m.address == folded) {
            // Mail for the postmaster is always taken, also where nobody reads it (RFC 5321 section 4.5.1).
            self.mailboxes.push(Mailbox::new(address, host, None, None));
        }
        let place = self.mailboxes.iter().position(|m| m.host == host && m.address == folded);
        let place = place.ok_or(DeliveryFailure::NoSuchUser)?;
        let octets = message.octets.len() as u64;
        if self.mailboxes.get(place).is_some_and(|m| !m.has_room(octets)) {
            return Err(DeliveryFailure::MailboxFull);
        }
        if !self.make_room(message) {
            return Err(DeliveryFailure::NoRoom);
        }
        if let Some(mailbox) = self.mailboxes.get_mut(place) {
            mailbox.put(id, message.octets.0.clone());
        }
        Ok(())
    }

    /// Removes messages from the mailbox that a connection has open.
    pub(super) fn remove(&mut self, conn: ConnId, ids: &[MessageId]) {
        let Some(mailbox) = self.mailboxes.iter_mut().find(|m| m.locked_by == Some(conn)) else { return };
        let gone: Vec<MessageId> =
            mailbox.stored.iter().map(|s| s.id).filter(|id| ids.contains(id)).collect();
        mailbox.stored.retain(|s| !ids.contains(&s.id));
        let (at, address) = (mailbox.host, mailbox.address.clone());
        if !gone.is_empty() {
            self.log(Event::Removed { host: self.host_name(at), mailbox: address, ids: gone });
        }
    }

    /// A connection has ended: its maildrop is free again.
    pub(super) fn release_maildrops(&mut self, conn: ConnId) {
        for mailbox in self.mailboxes.iter_mut().filter(|m| m.locked_by == Some(conn)) {
            mailbox.locked_by = None;
        }
    }
}
