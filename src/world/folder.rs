//! Folders: the messages in them with their flags, and the numbers that make them known (RFC 3501 section 2.3).

use crate::proto::imap::{
    Flag, Flags, InternalDate, Keywords, SpecialUse, StoreMode, StoredMessage, SystemFlag,
};
use crate::proto::line::all_crlf;
use crate::units::MessageId;
use std::sync::Arc;

/// One folder.
#[derive(Debug)]
pub(super) struct Folder {
    /// Its path, `/` between levels; `INBOX` for the inbox.
    pub(super) name: String,
    /// UIDVALIDITY, which no other folder of the mailbox ever has, and so the folder's own name for ever.
    pub(super) validity: u32,
    /// What it is for.
    pub(super) special: Option<SpecialUse>,
    pub(super) keywords: Keywords,
    /// By unique id. \Recent is nobody's here.
    pub(super) messages: Vec<StoredMessage>,
    /// How many octets they have together.
    octets: u64,
    /// The last unique id given to a message; never used again.
    last_uid: u32,
    /// Messages up to this unique id were told to somebody, and are no longer recent.
    told: u32,
    /// Every line of every message that came here ended in CR LF.
    pub(super) crlf: bool,
}

impl Folder {
    pub(super) fn new(name: &str, validity: u32) -> Folder {
        Folder {
            name: name.to_owned(),
            validity,
            special: None,
            keywords: Keywords::default(),
            messages: Vec::new(),
            octets: 0,
            last_uid: 0,
            told: 0,
            crlf: true,
        }
    }

    /// Gives the folder a new name for ever and its messages new numbers, as where a mailbox was made anew.
    pub(super) fn renumber(&mut self, validity: u32) {
        self.validity = validity;
        self.last_uid = 0;
        for message in &mut self.messages {
            self.last_uid = self.last_uid.saturating_add(1);
            message.uid = self.last_uid;
        }
        self.told = self.last_uid;
    }

    /// The unique id the next message gets.
    pub(super) fn uid_next(&self) -> u32 {
        self.last_uid.saturating_add(1)
    }

    /// Puts a message into it.
    pub(super) fn put(
        &mut self,
        id: MessageId,
        flags: Flags,
        date: InternalDate,
        octets: Arc<[u8]>,
    ) -> StoredMessage {
        self.last_uid = self.last_uid.saturating_add(1);
        self.crlf &= all_crlf(&octets);
        let message = StoredMessage { id, uid: self.last_uid, flags, recent: false, date, octets };
        self.octets += message.octets.len() as u64;
        self.messages.push(message.clone());
        message
    }

    /// The message with this unique id.
    pub(super) fn find(&self, uid: u32) -> Option<&StoredMessage> {
        let place = self.messages.binary_search_by_key(&uid, |m| m.uid).ok()?;
        self.messages.get(place)
    }

    /// How many octets lie in it.
    pub(super) fn octets(&self) -> u64 {
        self.octets
    }

    /// Is a message recent for whoever asks next?
    pub(super) fn is_recent(&self, uid: u32) -> bool {
        uid > self.told
    }

    /// Everything in it was told to a session; from now on it is recent for no other.
    pub(super) fn tell(&mut self) {
        self.told = self.last_uid;
    }

    /// These flags as bits, with new keywords where there is room; `None` where there is not.
    pub(super) fn bits(&mut self, flags: &[Flag]) -> Option<Flags> {
        let mut keywords = self.keywords.clone();
        let mut bits = Flags::default();
        for flag in flags {
            bits = match flag {
                Flag::System(flag) => bits.with(*flag),
                Flag::Keyword(word) => bits.with_keyword(keywords.add(word)?),
            };
        }
        self.keywords = keywords;
        Some(bits)
    }

    /// The flags of another folder's message as bits here, keywords by their names. What has no room is left out.
    pub(super) fn translated(&mut self, flags: Flags, keywords: &Keywords) -> Flags {
        let mut bits = Flags::default();
        for flag in SystemFlag::ALL {
            if flags.has(flag) {
                bits = bits.with(flag);
            }
        }
        for (word, place) in keywords.iter().zip(0u8..) {
            if flags.has_keyword(place)
                && let Some(place) = self.keywords.add(word)
            {
                bits = bits.with_keyword(place);
            }
        }
        bits
    }

    /// Changes the flags of these messages. Told are those that are there, with the flags they have now and whether
    /// these are others.
    pub(super) fn store(&mut self, uids: &[u32], mode: StoreMode, flags: Flags) -> Vec<(u32, Flags, bool)> {
        let mut changed = Vec::new();
        for uid in uids {
            let Ok(place) = self.messages.binary_search_by_key(uid, |m| m.uid) else { continue };
            let Some(message) = self.messages.get_mut(place) else { continue };
            let now = match mode {
                StoreMode::Replace => flags,
                StoreMode::Add => message.flags.union(flags),
                StoreMode::Remove => message.flags.without(flags),
            };
            changed.push((*uid, now, now != message.flags));
            message.flags = now;
        }
        changed
    }

    /// Takes out the messages that fit.
    pub(super) fn take(&mut self, fits: impl Fn(&StoredMessage) -> bool) -> Vec<StoredMessage> {
        let mut taken: Vec<StoredMessage> = Vec::new();
        self.messages.retain(|m| {
            let goes = fits(m);
            if goes {
                taken.push(m.clone());
            }
            !goes
        });
        let octets: u64 = taken.iter().map(|m| m.octets.len() as u64).sum();
        self.octets = self.octets.saturating_sub(octets);
        taken
    }
}
