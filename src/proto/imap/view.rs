//! The open folder as one session sees it: numbers stay as they were told until the session tells that they have
//! changed (RFC 3501 sections 5.2, 5.5 and 7.4.1).

use super::ast::{Flags, Keywords, SequenceSet, StoredMessage};
use super::host::{News, OpenFolder};
use std::collections::BTreeSet;

/// An open folder.
#[derive(Debug)]
pub(super) struct View {
    /// Its name with `/` between levels.
    pub(super) folder: String,
    pub(super) read_only: bool,
    pub(super) validity: u32,
    pub(super) keywords: Keywords,
    /// What the client knows of, by unique id; its numbers are the places here.
    pub(super) messages: Vec<StoredMessage>,
    /// How many of them have \Recent.
    recent: usize,
    /// What came and was not told yet, by unique id.
    arrived: Vec<StoredMessage>,
    /// What is gone and was not told yet: unique ids.
    gone: BTreeSet<u32>,
    /// Whose flags changed and were not told yet: unique ids.
    flagged: BTreeSet<u32>,
    /// There are more keywords than were told.
    new_keywords: bool,
    /// The folder is gone.
    pub(super) lost: bool,
}

/// What there is to tell, in the order in which it is told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The keywords, if there are more.
    pub(super) keywords: bool,
    /// Numbers of messages that are gone, each as it is when those before are gone already.
    pub(super) expunged: Vec<u32>,
    /// How many messages there are, if there are more.
    pub(super) exists: Option<u32>,
    /// How many have \Recent, if that has changed.
    pub(super) recent: Option<u32>,
    /// Numbers of messages whose flags changed.
    pub(super) flagged: Vec<u32>,
}

impl Told {
    /// Is there nothing to tell?
    pub(super) fn is_empty(&self) -> bool {
        *self == Told::default()
    }
}

impl View {
    pub(super) fn new(folder: String, read_only: bool, open: OpenFolder) -> View {
        View {
            folder,
            read_only,
            validity: open.validity,
            keywords: open.keywords,
            recent: recent(&open.messages),
            messages: open.messages,
            arrived: Vec::new(),
            gone: BTreeSet::new(),
            flagged: BTreeSet::new(),
            new_keywords: false,
            lost: false,
        }
    }

    /// How many messages the client knows of.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.messages.len()).unwrap_or(u32::MAX)
    }

    /// How many of them have \Recent.
    pub(super) fn recent(&self) -> u32 {
        u32::try_from(self.recent).unwrap_or(u32::MAX)
    }

    /// The largest unique id the client knows of; 0 where there is none.
    fn last_uid(&self) -> u32 {
        self.messages.last().map_or(0, |m| m.uid)
    }

    fn place(&self, uid: u32) -> Option<usize> {
        self.messages.binary_search_by_key(&uid, |m| m.uid).ok()
    }

    fn place_of_arrived(&self, uid: u32) -> Option<usize> {
        self.arrived.binary_search_by_key(&uid, |m| m.uid).ok()
    }

    /// The message of this number.
    pub(super) fn get(&self, number: u32) -> Option<&StoredMessage> {
        self.messages.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The number of the message with this unique id.
    pub(super) fn number(&self, uid: u32) -> Option<u32> {
        self.place(uid).and_then(|place| u32::try_from(place + 1).ok())
    }

    /// The numbers of the messages in a set of unique ids, which may name some that are not there, or of numbers.
    /// `Err`: the first number that names no message.
    pub(super) fn numbers(&self, set: &SequenceSet, uid: bool) -> Result<Vec<u32>, u32> {
        let last = if uid { self.last_uid() } else { self.count() };
        let mut ranges: Vec<(u32, u32)> = set.ranges(last).collect();
        ranges.sort_unstable();
        let (mut numbers, mut done) = (Vec::new(), 0);
        for (from, to) in ranges {
            let (from, to) = if uid {
                let first = self.messages.partition_point(|m| m.uid < from);
                let after = self.messages.partition_point(|m| m.uid <= to);
                (first + 1, after)
            } else {
                if from == 0 || to > self.count() {
                    return Err(to.max(1));
                }
                (usize::try_from(from).unwrap_or(usize::MAX), usize::try_from(to).unwrap_or(0))
            };
            let from = from.max(done + 1);
            numbers.extend((from..=to).filter_map(|n| u32::try_from(n).ok()));
            done = done.max(to);
        }
        Ok(numbers)
    }

    /// Something happened in the folder.
    pub(super) fn hear(&mut self, news: News) {
        match news {
            News::Arrived(message) => self.arrived.push(message),
            News::Gone(uid) => {
                if self.place(uid).is_some() || self.place_of_arrived(uid).is_some() {
                    self.gone.insert(uid);
                }
            }
            News::Flagged(uid, flags) => {
                if self.set_flags(uid, flags) {
                    self.flagged.insert(uid);
                } else if let Some(m) = self.place_of_arrived(uid).and_then(|at| self.arrived.get_mut(at)) {
                    m.flags = flags;
                }
            }
            News::Keywords(keywords) => self.learn(keywords),
            News::FolderGone => self.lost = true,
        }
    }

    /// The folder has these keywords now.
    pub(super) fn learn(&mut self, keywords: Keywords) {
        self.new_keywords |= keywords != self.keywords;
        self.keywords = keywords;
    }

    /// Are there keywords to be told? They are as good as told then.
    pub(super) fn takes_new_keywords(&mut self) -> bool {
        std::mem::take(&mut self.new_keywords)
    }

    /// The message has these flags now; false where the client knows no such message.
    pub(super) fn set_flags(&mut self, uid: u32, flags: Flags) -> bool {
        let Some(m) = self.place(uid).and_then(|place| self.messages.get_mut(place)) else { return false };
        m.flags = flags;
        true
    }

    /// These are gone, through this session itself: they are told with the rest.
    pub(super) fn expunged(&mut self, uids: &[u32]) {
        for uid in uids {
            self.hear(News::Gone(*uid));
        }
    }

    /// Takes what is to be told now. Numbers change only where `expunge`; `descending`: from the last one on.
    pub(super) fn tell(&mut self, expunge: bool, descending: bool) -> Told {
        let before = self.recent();
        // What came and went without having been told is never told.
        self.arrived.retain(|m| !self.gone.remove(&m.uid));
        let mut told = Told { keywords: std::mem::take(&mut self.new_keywords), ..Told::default() };
        if expunge && !self.gone.is_empty() {
            let gone = std::mem::take(&mut self.gone);
            let places = gone.iter().filter_map(|uid| self.place(*uid));
            let mut numbers: Vec<u32> = places.filter_map(|place| u32::try_from(place + 1).ok()).collect();
            self.messages.retain(|m| !gone.contains(&m.uid));
            self.recent = recent(&self.messages);
            self.flagged.retain(|uid| !gone.contains(uid));
            if descending {
                numbers.reverse();
            } else {
                for (earlier, number) in (0..).zip(&mut numbers) {
                    *number -= earlier;
                }
            }
            told.expunged = numbers;
        }
        if !self.arrived.is_empty() {
            self.recent += recent(&self.arrived);
            self.messages.append(&mut self.arrived);
            told.exists = Some(self.count());
        }
        let recent = self.recent();
        told.recent = (recent != before || told.exists.is_some()).then_some(recent);
        let flagged = std::mem::take(&mut self.flagged);
        told.flagged = flagged.into_iter().filter_map(|uid| self.number(uid)).collect();
        told
    }
}

/// How many of these have \Recent.
fn recent(messages: &[StoredMessage]) -> usize {
    messages.iter().filter(|m| m.recent).count()
}
