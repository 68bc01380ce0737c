//! Mailboxes: the folders of a user, what deliveries and POP3 do in the inbox, and who is told of it.

use super::folder::Folder;
use super::post::Forward;
use super::{FOLDERS, MailboxSetup, World};
use crate::event::{DeliveryFailure, Event};
use crate::mail::{Author, Message, glob_matches};
use crate::proto::imap::{Flags, InternalDate, News, SpecialUse};
use crate::proto::{MaildropMessage, pop3};
use crate::units::{Bytes, ConnId, MessageId};
use std::collections::BTreeSet;

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
    /// What its owner has sent on.
    pub(super) forward: Option<Forward>,
    /// Its folders; the inbox is the first and always there.
    pub(super) folders: Vec<Folder>,
    /// The last UIDVALIDITY given to a folder.
    pub(super) last_validity: u32,
    /// The names subscribed to (RFC 3501 section 6.3.6).
    pub(super) subscribed: BTreeSet<String>,
    /// The POP3 session that has the maildrop open (RFC 1939 section 4).
    pub(super) locked_by: Option<ConnId>,
}

/// The folder that an IMAP session has open, so that it is told what happens there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Watch {
    /// The mailbox, by its place in [`World::mailboxes`].
    pub(super) mailbox: usize,
    /// The folder, by its UIDVALIDITY.
    pub(super) folder: u32,
    pub(super) read_only: bool,
}

impl Mailbox {
    /// An empty mailbox whose inbox has this UIDVALIDITY.
    pub(super) fn new(
        address: &str,
        host: usize,
        password: Option<String>,
        quota: Option<u64>,
        validity: u32,
    ) -> Mailbox {
        Mailbox {
            address: fold_case(address),
            host,
            password,
            quota,
            forward: None,
            folders: vec![Folder::new("INBOX", validity)],
            last_validity: validity,
            subscribed: BTreeSet::new(),
            locked_by: None,
        }
    }

    /// Has it room for so many octets more?
    pub(super) fn has_room(&self, octets: u64) -> bool {
        let Some(quota) = self.quota else { return true };
        let used: u64 = self.folders.iter().map(Folder::octets).sum();
        used.saturating_add(octets) <= quota
    }

    /// The place of the folder of this name.
    pub(super) fn folder(&self, name: &str) -> Option<usize> {
        self.folders.iter().position(|f| f.name == name)
    }

    /// The place of the folder with this UIDVALIDITY.
    pub(super) fn folder_of(&self, validity: u32) -> Option<usize> {
        self.folders.iter().position(|f| f.validity == validity)
    }

    /// A new folder, of which there is none of this name yet.
    pub(super) fn add_folder(&mut self, name: &str) -> &mut Folder {
        self.last_validity = self.last_validity.saturating_add(1);
        self.folders.push(Folder::new(name, self.last_validity));
        let last = self.folders.len() - 1;
        &mut self.folders[last]
    }

    /// The place of the folder for junk (RFC 6154 section 2): the one that is marked so, or the one named so, or a new one,
    /// which the user is subscribed to. Where no further folder may be, it is the inbox.
    fn junk(&mut self) -> usize {
        let marked = self.folders.iter().position(|f| f.special == Some(SpecialUse::Junk));
        if let Some(place) = marked.or_else(|| self.folder("Junk")) {
            return place;
        }
        if self.folders.len() as u64 >= u64::from(FOLDERS) {
            return 0;
        }
        self.add_folder("Junk").special = Some(SpecialUse::Junk);
        self.subscribed.insert("Junk".to_owned());
        self.folders.len() - 1
    }

    /// The messages of the inbox as a POP3 server of this style presents them.
    pub(super) fn maildrop(&self, style: pop3::Style, validity: i64) -> Vec<MaildropMessage> {
        let validity = match style {
            pop3::Style::Courier => format!("-{validity}"),
            pop3::Style::Dovecot => format!("{validity:08x}"),
        };
        let uidl = |uid: u32| match style {
            pop3::Style::Courier => format!("UID{uid}") + &validity,
            pop3::Style::Dovecot => format!("{uid:08x}") + &validity,
        };
        let Some(inbox) = self.folders.first() else { return Vec::new() };
        let message = |m: &crate::proto::imap::StoredMessage| MaildropMessage {
            id: m.id,
            uidl: uidl(m.uid),
            octets: m.octets.clone(),
            crlf: inbox.crlf,
        };
        inbox.messages.iter().map(message).collect()
    }
}

impl World {
    /// UIDVALIDITY for the first folder of a mailbox: when the attempt began.
    fn first_validity(&self) -> u32 {
        u32::try_from(self.started.unix_seconds()).unwrap_or(1).max(1)
    }

    /// Creates a mailbox with what lies in it from the start.
    pub(super) fn add_mailbox(&mut self, setup: &MailboxSetup) {
        let Some(host) = self.hosts.iter().position(|h| h.setup.name == setup.host) else { return };
        let password = Some(setup.password.clone());
        let mut mailbox = Mailbox::new(&setup.address, host, password, setup.quota, self.first_validity());
        mailbox.forward = setup.forward.clone();
        for folder in &setup.folders {
            let place = mailbox.folder(&folder.name);
            let found = match place.and_then(|place| mailbox.folders.get_mut(place)) {
                Some(found) => found,
                None => mailbox.add_folder(&folder.name),
            };
            found.special = folder.special;
            if folder.subscribed {
                mailbox.subscribed.insert(folder.name.clone());
            }
        }
        let zone = self.hosts.get(host).map(|h| h.setup.zone.at(self.now)).unwrap_or_default();
        for letter in &setup.messages {
            let message = Message::by(Author::Scenario, Bytes::from(&*letter.octets));
            let Some(id) = self.admit(&message) else { break };
            let folder = match mailbox.folder(&letter.folder) {
                Some(place) => mailbox.folders.get_mut(place),
                None => Some(mailbox.add_folder(&letter.folder)),
            };
            let Some(folder) = folder else { continue };
            let flags = folder.bits(&letter.flags).unwrap_or_default();
            let date = letter.date.unwrap_or(InternalDate { at: self.now, zone });
            folder.put(id, flags, date, letter.octets.clone());
            if !letter.recent {
                folder.tell();
            }
            let names: Vec<String> = flags.names(&folder.keywords).iter().map(|n| (*n).to_owned()).collect();
            let (host, mailbox, folder) = (setup.host.clone(), setup.address.clone(), letter.folder.clone());
            if folder != "INBOX" {
                self.log(Event::Appended { id, host, mailbox, folder, flags: names, message });
                continue;
            }
            self.log(Event::Present { id, host: host.clone(), mailbox: mailbox.clone(), message });
            if !names.is_empty() {
                self.log(Event::Flagged { ids: vec![id], host, mailbox, folder, flags: names });
            }
        }
        self.mailboxes.push(mailbox);
    }

    /// Puts a message into the inbox of a mailbox of a host, or into the folder for junk where the host has said so; gives
    /// back the folder's name.
    pub(super) fn store(
        &mut self,
        host: usize,
        address: &str,
        id: MessageId,
        message: &Message,
    ) -> Result<String, DeliveryFailure> {
        let folded = fold_case(address);
        if !self.mailboxes.iter().any(|m| m.host == host && m.address == folded) {
            // Mail for the postmaster is always taken, also where nobody reads it (RFC 5321 section 4.5.1).
            let validity = self.first_validity();
            self.mailboxes.push(Mailbox::new(address, host, None, None, validity));
        }
        let place = self.mailboxes.iter().position(|m| m.host == host && m.address == folded);
        let place = place.ok_or(DeliveryFailure::NoSuchUser)?;
        let octets = message.octets.len() as u64;
        let name = self.host_name(host);
        if self.full_fault(&name, &folded) || self.mailboxes.get(place).is_some_and(|m| !m.has_room(octets)) {
            return Err(DeliveryFailure::MailboxFull);
        }
        if !self.make_room(message) {
            return Err(DeliveryFailure::NoRoom);
        }
        let zone = self.hosts.get(host).map(|h| h.setup.zone.at(self.now)).unwrap_or_default();
        let date = InternalDate { at: self.now, zone };
        let octets = message.octets.0.clone();
        let junk = self.junk.contains(&(host, id));
        let mailbox = self.mailboxes.get_mut(place).ok_or(DeliveryFailure::NoSuchUser)?;
        let folder = if junk { mailbox.junk() } else { 0 };
        let Some(folder) = mailbox.folders.get_mut(folder) else { return Err(DeliveryFailure::NoSuchUser) };
        let stored = folder.put(id, Flags::default(), date, octets);
        let (name, validity) = (folder.name.clone(), folder.validity);
        self.tell_arrival(place, validity, None, stored);
        Ok(name)
    }

    /// Removes messages from the maildrop that a connection has open.
    pub(super) fn remove(&mut self, conn: ConnId, ids: &[MessageId]) {
        let Some(place) = self.mailboxes.iter().position(|m| m.locked_by == Some(conn)) else { return };
        let Some(mailbox) = self.mailboxes.get_mut(place) else { return };
        let (at, address) = (mailbox.host, mailbox.address.clone());
        let ids: BTreeSet<MessageId> = ids.iter().copied().collect();
        let Some(inbox) = mailbox.folders.first_mut() else { return };
        let folder = inbox.validity;
        let gone = inbox.take(|m| ids.contains(&m.id));
        if gone.is_empty() {
            return;
        }
        let octets = gone.iter().map(|m| m.octets.len() as u64).sum();
        self.gone(gone.len(), octets);
        let (uids, ids) =
            (gone.iter().map(|m| m.uid).collect::<Vec<_>>(), gone.iter().map(|m| m.id).collect());
        self.log(Event::Removed {
            host: self.host_name(at),
            mailbox: address,
            ids,
            folder: "INBOX".to_owned(),
        });
        for uid in uids {
            self.tell(place, folder, None, &News::Gone(uid));
        }
    }

    /// All folders of the mailboxes like this get a new UIDVALIDITY and their messages new unique ids (RFC 3501 section
    /// 2.3.1.1). Sessions that have one open lose it. False where there is no such mailbox.
    pub(super) fn renumber(&mut self, host: Option<&str>, like: &str) -> bool {
        let mut gone: Vec<(usize, u32)> = Vec::new();
        for (place, mailbox) in self.mailboxes.iter_mut().enumerate() {
            let name = self.hosts.get(mailbox.host).map(|h| h.setup.name.as_str()).unwrap_or_default();
            let there = host.is_none_or(|host| host.eq_ignore_ascii_case(name));
            if !there || !glob_matches(like, &mailbox.address) {
                continue;
            }
            for folder in &mut mailbox.folders {
                mailbox.last_validity = mailbox.last_validity.saturating_add(1);
                gone.push((place, folder.validity));
                folder.renumber(mailbox.last_validity);
            }
        }
        for (place, validity) in &gone {
            self.tell(*place, *validity, None, &News::FolderGone);
            self.watches.retain(|_, w| w.mailbox != *place || w.folder != *validity);
        }
        !gone.is_empty()
    }

    /// A connection has ended: its maildrop is free again, and it hears no more news.
    pub(super) fn release_maildrops(&mut self, conn: ConnId) {
        for mailbox in self.mailboxes.iter_mut().filter(|m| m.locked_by == Some(conn)) {
            mailbox.locked_by = None;
        }
        self.watches.remove(&conn);
        self.drafts.remove(&conn);
    }

    /// Tells every session that has the folder open, save one, what happened there.
    pub(super) fn tell(&mut self, mailbox: usize, folder: u32, save: Option<ConnId>, news: &News) {
        let watching = |w: &Watch| w.mailbox == mailbox && w.folder == folder;
        let conns = self.watches.iter().filter(|(conn, w)| watching(w) && Some(**conn) != save);
        let conns: Vec<ConnId> = conns.map(|(conn, _)| *conn).collect();
        for conn in conns {
            self.bring_news(conn, news.clone());
        }
    }

    /// Tells that a message came. It is recent for the session that put it there, which is told at once, or else the first
    /// that can change the folder, and for no other; where there is none, for whoever looks next (RFC 3501 section 2.3.2).
    pub(super) fn tell_arrival(
        &mut self,
        mailbox: usize,
        folder: u32,
        by: Option<ConnId>,
        message: crate::proto::imap::StoredMessage,
    ) {
        let watching = |w: &Watch| w.mailbox == mailbox && w.folder == folder;
        let conns: Vec<(ConnId, bool)> =
            self.watches.iter().filter(|(_, w)| watching(w)).map(|(conn, w)| (*conn, w.read_only)).collect();
        let mut writing = conns.iter().filter(|(_, read_only)| !read_only).map(|(conn, _)| *conn);
        let first = writing.clone().find(|conn| Some(*conn) == by).or_else(|| writing.next());
        if first.is_some()
            && let Some(m) = self.mailboxes.get_mut(mailbox)
            && let Some(f) = m.folder_of(folder).and_then(|place| m.folders.get_mut(place))
        {
            f.tell();
        }
        for (conn, _) in conns {
            let recent = first.is_none_or(|first| first == conn);
            let message = crate::proto::imap::StoredMessage { recent, ..message.clone() };
            self.bring_news(conn, News::Arrived(message));
        }
    }
}
