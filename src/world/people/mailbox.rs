//! What persons do with the mail in their mailbox: they open it, flag it, file it. IMAP sessions that look are told.

use super::PersonSetup;
use crate::event::{Event, PersonEvent};
use crate::proto::imap::{Flag, News, StoreMode, SystemFlag};
use crate::units::{Bytes, MessageId};
use crate::world::World;
use crate::world::mailbox::fold_case;

/// Where a message lies: the mailbox's place, the folder's place, its unique id.
type Lies = (usize, usize, u32);

impl World {
    fn where_mail_lies(&self, setup: &PersonSetup, id: MessageId) -> Option<Lies> {
        let own = fold_case(&setup.account.owner.address.to_string());
        let place = self.mailboxes.iter().position(|m| m.address == own)?;
        let folders = self.mailboxes.get(place)?.folders.iter().enumerate();
        let found = folders.flat_map(|(at, f)| f.messages.iter().map(move |m| (at, m)));
        found.filter(|(_, m)| m.id == id).map(|(at, m)| (place, at, m.uid)).next()
    }

    /// The octets of a message in a person's mailbox.
    pub(super) fn find_mail(&self, setup: &PersonSetup, id: MessageId) -> Option<Bytes> {
        let (place, at, uid) = self.where_mail_lies(setup, id)?;
        let message = self.mailboxes.get(place)?.folders.get(at)?.find(uid)?;
        Some(Bytes(message.octets.clone()))
    }

    /// Opens a message, which is read from then on.
    pub(super) fn open_mail(&mut self, setup: &PersonSetup, id: MessageId) {
        self.person_did(setup, PersonEvent::Reads { id });
        self.flag_mail(setup, id, &[Flag::System(SystemFlag::Seen)]);
    }

    /// Marks a message as answered.
    pub(super) fn answered(&mut self, setup: &PersonSetup, id: MessageId) {
        self.flag_mail(setup, id, &[Flag::System(SystemFlag::Answered)]);
    }

    /// Adds flags to a message.
    pub(super) fn flag_mail(&mut self, setup: &PersonSetup, id: MessageId, flags: &[Flag]) {
        let Some((place, at, uid)) = self.where_mail_lies(setup, id) else { return };
        let Some(mailbox) = self.mailboxes.get_mut(place) else { return };
        let (host, address) = (mailbox.host, mailbox.address.clone());
        let Some(folder) = mailbox.folders.get_mut(at) else { return };
        let before = folder.keywords.clone();
        let Some(bits) = folder.bits(flags) else { return };
        let Some((_, now, true)) = folder.store(&[uid], StoreMode::Add, bits).into_iter().next() else {
            return;
        };
        let (keywords, validity, name) = (folder.keywords.clone(), folder.validity, folder.name.clone());
        let flags = now.names(&keywords).iter().map(|n| (*n).to_owned()).collect();
        let host = self.host_name(host);
        self.log(Event::Flagged { ids: vec![id], host, mailbox: address, folder: name, flags });
        if before != keywords {
            self.tell(place, validity, None, &News::Keywords(keywords));
        }
        self.tell(place, validity, None, &News::Flagged(uid, now));
    }

    /// Puts a message into another folder, which is made where there is none.
    pub(super) fn file_mail(&mut self, setup: &PersonSetup, id: MessageId, name: &str) {
        let Some((place, at, uid)) = self.where_mail_lies(setup, id) else { return };
        let Some(mailbox) = self.mailboxes.get_mut(place) else { return };
        let (host, address) = (mailbox.host, mailbox.address.clone());
        let target = match mailbox.folder(name) {
            Some(target) if target == at => return,
            Some(target) => target,
            None => {
                mailbox.add_folder(name);
                mailbox.folders.len().saturating_sub(1)
            }
        };
        let Some(source) = mailbox.folders.get_mut(at) else { return };
        let (from, keywords, validity) = (source.name.clone(), source.keywords.clone(), source.validity);
        let Some(moved) = source.take(|m| m.uid == uid).into_iter().next() else { return };
        let Some(folder) = mailbox.folders.get_mut(target) else { return };
        let flags = folder.translated(moved.flags, &keywords);
        let copy = folder.put(id, flags, moved.date, moved.octets);
        let there = folder.validity;
        let host = self.host_name(host);
        let (ids, to) = (vec![id], name.to_owned());
        self.log(Event::Copied { ids, host, mailbox: address, from, to, moved: true });
        self.tell(place, validity, None, &News::Gone(uid));
        self.tell_arrival(place, there, None, copy);
    }
}
