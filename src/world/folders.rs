//! What IMAP sessions do with folders and what lies in them (RFC 3501 sections 6.3 and 6.4): the host's side.

use super::World;
use super::folder::Folder;
use super::mailbox::{Mailbox, Watch};
use crate::event::{Event, FolderChange, FolderRefusal, Limit};
use crate::proto::imap::{
    Flag, FolderAnswer, FolderAsk, FolderCounts, FolderInfo, InternalDate, Keywords, News, OpenFolder,
    StoreMode, StoredMessage, SystemFlag,
};
use crate::units::{Bytes, ConnId, MessageId};
use std::collections::{BTreeMap, BTreeSet};

/// How many folders a mailbox can have, and how many names can be subscribed to.
pub const FOLDERS: u32 = 250;
/// How long a folder's name can be, in octets.
pub const FOLDER_NAME: usize = 255;

type Done = Result<FolderAnswer, FolderRefusal>;

impl World {
    /// The answer of host `at` to a question about the folders of `user`.
    pub(super) fn folders(&mut self, at: usize, conn: ConnId, user: &str, what: FolderAsk) -> FolderAnswer {
        let Some(place) = self.mailboxes.iter().position(|m| m.host == at && m.address == user) else {
            return FolderAnswer::Refused(FolderRefusal::NoSuchFolder);
        };
        let done = match what {
            FolderAsk::List => Ok(FolderAnswer::Folders(self.folder_infos(place))),
            FolderAsk::Open { folder, read_only } => self.open_folder(conn, place, &folder, read_only),
            FolderAsk::Leave => {
                self.watches.remove(&conn);
                Ok(FolderAnswer::Done)
            }
            FolderAsk::Count { folders } => Ok(FolderAnswer::Counts(self.count_folders(place, &folders))),
            FolderAsk::Create { folder } => self.create_folder(place, &folder),
            FolderAsk::Delete { folder } => self.delete_folder(place, &folder),
            FolderAsk::Rename { from, to } => self.rename_folder(place, &from, &to),
            FolderAsk::Subscribe { folder, on } => self.subscribe(place, folder, on),
            FolderAsk::Append { folder, flags, date, octets } => {
                self.append(conn, place, &folder, &flags, date, octets)
            }
            FolderAsk::Store { uids, mode, flags } => self.store_flags(conn, &uids, mode, &flags),
            FolderAsk::Expunge { uids } => self.expunge(conn, uids),
            FolderAsk::Copy { uids, to, moving } => self.copy(conn, &uids, &to, moving),
        };
        done.unwrap_or_else(FolderAnswer::Refused)
    }

    fn folder_infos(&self, place: usize) -> Vec<FolderInfo> {
        let Some(mailbox) = self.mailboxes.get(place) else { return Vec::new() };
        let folder = |f: &Folder| FolderInfo {
            name: f.name.clone(),
            exists: true,
            subscribed: mailbox.subscribed.contains(&f.name),
            special: f.special,
        };
        let mut infos: Vec<FolderInfo> = mailbox.folders.iter().map(folder).collect();
        let lost = mailbox.subscribed.iter().filter(|name| mailbox.folder(name).is_none());
        infos.extend(lost.map(|name| FolderInfo {
            name: name.clone(),
            exists: false,
            subscribed: true,
            special: None,
        }));
        infos.sort_by(|a, b| a.name.cmp(&b.name));
        infos
    }

    fn open_folder(&mut self, conn: ConnId, place: usize, name: &str, read_only: bool) -> Done {
        // RFC 3501 section 6.3.1: what was open is no longer, also where this fails.
        self.watches.remove(&conn);
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        let at = mailbox.folder(name).ok_or_else(|| missing(mailbox, name))?;
        let folder = mailbox.folders.get_mut(at).ok_or(FolderRefusal::NoSuchFolder)?;
        let recent = |m: &StoredMessage| StoredMessage { recent: folder.is_recent(m.uid), ..m.clone() };
        let open = OpenFolder {
            validity: folder.validity,
            uid_next: folder.uid_next(),
            keywords: folder.keywords.clone(),
            messages: folder.messages.iter().map(recent).collect(),
        };
        if !read_only {
            folder.tell();
        }
        self.watches.insert(conn, Watch { mailbox: place, folder: open.validity, read_only });
        Ok(FolderAnswer::Opened(Box::new(open)))
    }

    fn count_folders(&self, place: usize, names: &[String]) -> Vec<(String, FolderCounts)> {
        let Some(mailbox) = self.mailboxes.get(place) else { return Vec::new() };
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let count = |name: &String| {
            let folder = mailbox.folders.get(mailbox.folder(name)?)?;
            let of =
                |fits: &dyn Fn(&&StoredMessage) -> bool| number(folder.messages.iter().filter(fits).count());
            let counts = FolderCounts {
                messages: number(folder.messages.len()),
                recent: of(&|m| folder.is_recent(m.uid)),
                uid_next: folder.uid_next(),
                validity: folder.validity,
                unseen: of(&|m| !m.flags.has(SystemFlag::Seen)),
                octets: folder.octets(),
            };
            Some((name.clone(), counts))
        };
        names.iter().filter_map(count).collect()
    }

    fn create_folder(&mut self, place: usize, name: &str) -> Done {
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        if mailbox.folder(name).is_some() {
            return Err(FolderRefusal::Exists);
        }
        may_be(mailbox, name, 1)?;
        mailbox.add_folder(name);
        self.folder_changed(place, FolderChange::Created { folder: name.to_owned() });
        Ok(FolderAnswer::Done)
    }

    fn delete_folder(&mut self, place: usize, name: &str) -> Done {
        if name == "INBOX" {
            return Err(FolderRefusal::InboxStays);
        }
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        let Some(at) = mailbox.folder(name) else {
            let level = mailbox.folders.iter().any(|f| below(&f.name, name));
            return Err(if level { FolderRefusal::HasChildren } else { FolderRefusal::NoSuchFolder });
        };
        let folder = mailbox.folders.remove(at);
        let ids: Vec<MessageId> = folder.messages.iter().map(|m| m.id).collect();
        let (host, address) = (mailbox.host, mailbox.address.clone());
        if !ids.is_empty() {
            self.gone(ids.len(), folder.octets());
            let (host, folder) = (self.host_name(host), name.to_owned());
            self.log(Event::Removed { host, mailbox: address, ids, folder });
        }
        self.folder_changed(place, FolderChange::Deleted { folder: name.to_owned() });
        self.tell(place, folder.validity, None, &News::FolderGone);
        self.watches.retain(|_, w| w.mailbox != place || w.folder != folder.validity);
        Ok(FolderAnswer::Done)
    }

    /// RENAME (RFC 3501 section 6.3.5): the folders below go with it; the inbox stays and gives away what is in it.
    fn rename_folder(&mut self, place: usize, from: &str, to: &str) -> Done {
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        let at = mailbox.folder(from);
        if at.is_none() && !mailbox.folders.iter().any(|f| below(&f.name, from)) {
            return Err(FolderRefusal::NoSuchFolder);
        }
        // A level of other names is a name that is taken, too: what goes there could meet its like.
        if mailbox.folder(to).is_some() || mailbox.folders.iter().any(|f| below(&f.name, to)) {
            return Err(FolderRefusal::Exists);
        }
        may_be(mailbox, to, u32::from(from == "INBOX"))?;
        if from == "INBOX" {
            return self.empty_inbox(place, to);
        }
        if below(to, from) {
            return Err(FolderRefusal::BadName);
        }
        let longer = to.len().saturating_sub(from.len());
        let moves = |f: &&Folder| f.name == from || below(&f.name, from);
        if mailbox.folders.iter().filter(moves).any(|f| f.name.len() + longer > FOLDER_NAME) {
            return Err(FolderRefusal::BadName);
        }
        for folder in &mut mailbox.folders {
            if folder.name == from || below(&folder.name, from) {
                let rest = folder.name.get(from.len()..).unwrap_or_default();
                folder.name = format!("{to}{rest}");
            }
        }
        self.folder_changed(place, FolderChange::Renamed { from: from.to_owned(), to: to.to_owned() });
        Ok(FolderAnswer::Done)
    }

    /// What lies in the inbox goes into a new folder.
    fn empty_inbox(&mut self, place: usize, to: &str) -> Done {
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        let (host, address) = (mailbox.host, mailbox.address.clone());
        let Some(inbox) = mailbox.folders.first_mut() else { return Err(FolderRefusal::NoSuchFolder) };
        let (validity, keywords, messages) = (inbox.validity, inbox.keywords.clone(), inbox.take(|_| true));
        let folder = mailbox.add_folder(to);
        folder.keywords = keywords;
        for m in &messages {
            folder.put(m.id, m.flags, m.date, m.octets.clone());
        }
        self.folder_changed(place, FolderChange::Created { folder: to.to_owned() });
        let ids: Vec<MessageId> = messages.iter().map(|m| m.id).collect();
        if !ids.is_empty() {
            let (host, from) = (self.host_name(host), "INBOX".to_owned());
            self.log(Event::Copied { ids, host, mailbox: address, from, to: to.to_owned(), moved: true });
        }
        for m in messages {
            self.tell(place, validity, None, &News::Gone(m.uid));
        }
        Ok(FolderAnswer::Done)
    }

    fn subscribe(&mut self, place: usize, folder: String, on: bool) -> Done {
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        let changed = if on {
            // A level of other names is a name that LIST shows.
            let level = mailbox.folders.iter().any(|f| below(&f.name, &folder));
            if mailbox.folder(&folder).is_none() && !level {
                return Err(FolderRefusal::NoSuchFolder);
            }
            if mailbox.subscribed.len() as u64 >= u64::from(FOLDERS) && !mailbox.subscribed.contains(&folder)
            {
                return Err(FolderRefusal::TooManyFolders { limit: FOLDERS });
            }
            mailbox.subscribed.insert(folder.clone())
        } else {
            mailbox.subscribed.remove(&folder)
        };
        if changed {
            let change =
                if on { FolderChange::Subscribed { folder } } else { FolderChange::Unsubscribed { folder } };
            self.folder_changed(place, change);
        }
        Ok(FolderAnswer::Done)
    }

    fn append(
        &mut self,
        conn: ConnId,
        place: usize,
        name: &str,
        flags: &[Flag],
        date: Option<InternalDate>,
        octets: Bytes,
    ) -> Done {
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        let at = mailbox.folder(name).ok_or_else(|| missing(mailbox, name))?;
        if !mailbox.has_room(octets.len() as u64) {
            return Err(FolderRefusal::Full);
        }
        let folder = mailbox.folders.get_mut(at).ok_or(FolderRefusal::NoSuchFolder)?;
        let before = folder.keywords.clone();
        let bits = folder.bits(flags).ok_or(TOO_MANY_KEYWORDS)?;
        let (validity, host, address) = (folder.validity, mailbox.host, mailbox.address.clone());
        let message = self.handed_over(conn, &octets);
        let id = self.admit(&message).ok_or(FolderRefusal::NoRoom)?;
        let zone = self.hosts.get(host).map(|h| h.setup.zone.at(self.now)).unwrap_or_default();
        let date = date.unwrap_or(InternalDate { at: self.now, zone });
        let mailbox = self.mailboxes.get_mut(place).ok_or(FolderRefusal::NoSuchFolder)?;
        let folder = mailbox.folders.get_mut(at).ok_or(FolderRefusal::NoSuchFolder)?;
        let stored = folder.put(id, bits, date, message.octets.0.clone());
        let keywords = folder.keywords.clone();
        let flags = bits.names(&keywords).iter().map(|n| (*n).to_owned()).collect();
        let (host, folder, uid) = (self.host_name(host), name.to_owned(), stored.uid);
        self.log(Event::Appended { id, host, mailbox: address, folder, flags, message });
        self.tell_keywords(place, validity, None, &before, &keywords);
        self.tell_arrival(place, validity, Some(conn), stored);
        Ok(FolderAnswer::Appended { id, validity, uid })
    }

    /// The folder that a connection has open, where it may be changed.
    fn watched(&mut self, conn: ConnId) -> Result<(Watch, &mut Folder), FolderRefusal> {
        let watch = self.watches.get(&conn).copied().ok_or(FolderRefusal::NoSuchFolder)?;
        let mailbox = self.mailboxes.get_mut(watch.mailbox).ok_or(FolderRefusal::NoSuchFolder)?;
        let at = mailbox.folder_of(watch.folder).ok_or(FolderRefusal::NoSuchFolder)?;
        Ok((watch, mailbox.folders.get_mut(at).ok_or(FolderRefusal::NoSuchFolder)?))
    }

    fn store_flags(&mut self, conn: ConnId, uids: &[u32], mode: StoreMode, flags: &[Flag]) -> Done {
        let (watch, folder) = self.watched(conn)?;
        let before = folder.keywords.clone();
        let bits = folder.bits(flags).ok_or(TOO_MANY_KEYWORDS)?;
        let stored = folder.store(uids, mode, bits);
        let (keywords, name) = (folder.keywords.clone(), folder.name.clone());
        let mut same: BTreeMap<Vec<String>, Vec<MessageId>> = BTreeMap::new();
        for (uid, flags, _) in stored.iter().filter(|(_, _, changed)| *changed) {
            let names = flags.names(&keywords).iter().map(|n| (*n).to_owned()).collect();
            same.entry(names).or_default().extend(folder.find(*uid).map(|m| m.id));
        }
        let (host, mailbox) = self.whose(watch.mailbox);
        for (flags, ids) in same {
            let (host, mailbox, folder) = (host.clone(), mailbox.clone(), name.clone());
            self.log(Event::Flagged { ids, host, mailbox, folder, flags });
        }
        self.tell_keywords(watch.mailbox, watch.folder, Some(conn), &before, &keywords);
        for (uid, flags, changed) in &stored {
            if *changed {
                self.tell(watch.mailbox, watch.folder, Some(conn), &News::Flagged(*uid, *flags));
            }
        }
        let flags = stored.into_iter().map(|(uid, flags, _)| (uid, flags)).collect();
        Ok(FolderAnswer::Stored { flags, keywords: (before != keywords).then_some(keywords) })
    }

    fn expunge(&mut self, conn: ConnId, uids: Option<Vec<u32>>) -> Done {
        let (watch, folder) = self.watched(conn)?;
        let uids: Option<BTreeSet<u32>> = uids.map(|uids| uids.into_iter().collect());
        let among = |uid: u32| uids.as_ref().is_none_or(|uids| uids.contains(&uid));
        let gone = folder.take(|m| m.flags.has(SystemFlag::Deleted) && among(m.uid));
        let name = folder.name.clone();
        let ids: Vec<MessageId> = gone.iter().map(|m| m.id).collect();
        if !ids.is_empty() {
            self.gone(ids.len(), gone.iter().map(|m| m.octets.len() as u64).sum());
            let (host, mailbox) = self.whose(watch.mailbox);
            self.log(Event::Removed { host, mailbox, ids, folder: name });
        }
        for m in &gone {
            self.tell(watch.mailbox, watch.folder, Some(conn), &News::Gone(m.uid));
        }
        Ok(FolderAnswer::Expunged(gone.iter().map(|m| m.uid).collect()))
    }

    fn copy(&mut self, conn: ConnId, uids: &[u32], to: &str, moving: bool) -> Done {
        let (watch, folder) = self.watched(conn)?;
        let (from, keywords) = (folder.name.clone(), folder.keywords.clone());
        let found: Option<Vec<StoredMessage>> = uids.iter().map(|uid| folder.find(*uid).cloned()).collect();
        let mailbox = self.mailboxes.get_mut(watch.mailbox).ok_or(FolderRefusal::NoSuchFolder)?;
        let at = mailbox.folder(to).ok_or_else(|| missing(mailbox, to))?;
        // All or nothing (RFC 3501 section 6.4.7): who is told OK believes that there is a copy of each.
        let messages = found.ok_or(FolderRefusal::MessagesGone)?;
        let count = u32::try_from(messages.len()).unwrap_or(u32::MAX);
        let octets: u64 = messages.iter().map(|m| m.octets.len() as u64).sum();
        if !moving && !mailbox.has_room(octets) {
            return Err(FolderRefusal::Full);
        }
        let most = self.bounds.copies;
        if self.copies.saturating_add(count) > most {
            self.log(Event::LimitReached { limit: Limit::Copies, at: u64::from(most) });
            return Err(FolderRefusal::NoRoom);
        }
        self.copies += count;
        let mailbox = self.mailboxes.get_mut(watch.mailbox).ok_or(FolderRefusal::NoSuchFolder)?;
        let target = mailbox.folders.get_mut(at).ok_or(FolderRefusal::NoSuchFolder)?;
        let (validity, before) = (target.validity, target.keywords.clone());
        let mut copies = Vec::with_capacity(messages.len());
        for m in &messages {
            let flags = target.translated(m.flags, &keywords);
            copies.push((m.uid, target.put(m.id, flags, m.date, m.octets.clone())));
        }
        let after = target.keywords.clone();
        let ids: Vec<MessageId> = messages.iter().map(|m| m.id).collect();
        if moving {
            let gone: BTreeSet<u32> = messages.iter().map(|m| m.uid).collect();
            self.watched(conn)?.1.take(|m| gone.contains(&m.uid));
        }
        if !ids.is_empty() {
            let (host, mailbox) = self.whose(watch.mailbox);
            self.log(Event::Copied { ids, host, mailbox, from, to: to.to_owned(), moved: moving });
        }
        self.tell_keywords(watch.mailbox, validity, None, &before, &after);
        let pairs = copies.iter().map(|(old, m)| (*old, m.uid)).collect();
        for (old, copy) in copies {
            self.tell_arrival(watch.mailbox, validity, Some(conn), copy);
            if moving {
                self.tell(watch.mailbox, watch.folder, Some(conn), &News::Gone(old));
            }
        }
        Ok(FolderAnswer::Copied { validity, uids: pairs })
    }

    /// Tells of new keywords, where there are any.
    fn tell_keywords(
        &mut self,
        mailbox: usize,
        folder: u32,
        save: Option<ConnId>,
        before: &Keywords,
        now: &Keywords,
    ) {
        if before != now {
            self.tell(mailbox, folder, save, &News::Keywords(now.clone()));
        }
    }

    /// The host's name and the address of a mailbox.
    fn whose(&self, place: usize) -> (String, String) {
        let mailbox = self.mailboxes.get(place);
        mailbox.map(|m| (self.host_name(m.host), m.address.clone())).unwrap_or_default()
    }

    fn folder_changed(&mut self, place: usize, what: FolderChange) {
        let (host, mailbox) = self.whose(place);
        self.log(Event::Folder { host, mailbox, what });
    }
}

const TOO_MANY_KEYWORDS: FolderRefusal = FolderRefusal::TooManyKeywords { limit: Keywords::MOST as u32 };

/// Is `name` below `level`?
fn below(name: &str, level: &str) -> bool {
    name.strip_prefix(level).is_some_and(|rest| rest.starts_with('/'))
}

/// Why there is no folder of this name: there may be some below it.
fn missing(mailbox: &Mailbox, name: &str) -> FolderRefusal {
    if mailbox.folders.iter().any(|f| below(&f.name, name)) {
        FolderRefusal::NotSelectable
    } else {
        FolderRefusal::NoSuchFolder
    }
}

/// Can there be a folder of this name, and `more` in all?
fn may_be(mailbox: &Mailbox, name: &str, more: u32) -> Result<(), FolderRefusal> {
    if name.len() > FOLDER_NAME {
        return Err(FolderRefusal::BadName);
    }
    let count = u32::try_from(mailbox.folders.len()).unwrap_or(u32::MAX);
    if count.saturating_add(more) > FOLDERS {
        return Err(FolderRefusal::TooManyFolders { limit: FOLDERS });
    }
    Ok(())
}
