//! How many octets the messages of a world may have that lie in it at the same time.
//!
//! Copies are counted as they come. What goes is only noted: copies in folders share their octets, and how many are left of
//! a message is not known where one of them is removed. Where room is wanting, what is there is counted anew.

use super::World;
use crate::event::{Event, Limit};
use crate::mail::Message;
use crate::units::Bytes;
use std::sync::Arc;

/// Everything is counted anew only after one of so many messages is gone, so that this costs each message that comes next to
/// nothing, also in a world that is full and stays so.
const ONE_OF: u64 = 256;

/// What lies in a world.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// How many octets, with those that have gone since they were counted last.
    octets: u64,
    /// How many octets have gone since then at most.
    gone: u64,
    /// How many messages.
    messages_gone: u64,
}

impl World {
    /// Counts a copy of a message; false where the world holds all it may.
    pub(super) fn make_room(&mut self, copy: &Message) -> bool {
        let (more, most) = (copy.octets.len() as u64, self.bounds.message_octets);
        if self.room.octets.saturating_add(more) > most && self.may_have_room(more) {
            self.count_anew();
        }
        let octets = self.room.octets.saturating_add(more);
        if octets > most {
            self.log(Event::LimitReached { limit: Limit::MessageOctets, at: most });
            return false;
        }
        self.room.octets = octets;
        true
    }

    /// Messages of so many octets together have left a queue or a folder.
    pub(super) fn gone(&mut self, messages: usize, octets: u64) {
        self.room.messages_gone = self.room.messages_gone.saturating_add(messages as u64);
        self.room.gone = self.room.gone.saturating_add(octets);
    }

    /// Could there be room for so many octets more, if all were counted anew, and is that worth it?
    fn may_have_room(&self, more: u64) -> bool {
        let Room { octets, gone, messages_gone } = self.room;
        let stored: usize = self.mailboxes.iter().flat_map(|m| &m.folders).map(|f| f.messages.len()).sum();
        let wanting = octets.saturating_add(more).saturating_sub(self.bounds.message_octets);
        gone >= wanting && messages_gone.saturating_mul(ONE_OF) >= stored as u64
    }

    /// Counts what lies in queues and folders, octets that are shared once.
    fn count_anew(&mut self) {
        let folders = self.mailboxes.iter().flat_map(|m| &m.folders);
        let stored = folders.flat_map(|f| &f.messages).map(|m| &m.octets);
        let queued = self.queue.messages().map(|Message { octets: Bytes(octets), .. }| octets);
        let place = |octets: &Arc<[u8]>| (octets.as_ptr().addr(), octets.len() as u64);
        let mut all: Vec<(usize, u64)> = stored.chain(queued).map(place).collect();
        all.sort_unstable();
        all.dedup();
        let octets = all.into_iter().map(|(_, octets)| octets).sum();
        self.room = Room { octets, ..Room::default() };
    }
}
