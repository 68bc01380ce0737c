//! One learner's internet: hosts, zone, connections, policy, mailboxes and the mail that travels between them.
//!
//! The world does nothing by itself. Its owner (the attempt) moves its clock with [`World::advance`] and lets the
//! workstation's programs act on it; everything that happens is written to a log of typed events, which the owner
//! takes with [`World::take_log`]. One struct holds the state; its behaviour is split by job: `net` (connections),
//! `policy` (what hosts answer their sessions), `delivery` (queue, relays, mailboxes), `names` (DNS).

mod delivery;
mod mailbox;
mod named;
mod names;
mod net;
mod policy;
mod setup;
mod stamp;

pub use named::parse_record;
pub use net::Notice;
pub use setup::{
    HostSetup, MailboxSetup, Network, Pop3Service, Relay, Setup, SmtpService, WorkstationSetup, ZoneSetup,
};

use crate::event::{Event, Limit};
use crate::mail::Message;
use crate::proto::dns::Zones;
use crate::units::{MessageId, Stream, Time};
use delivery::Queue;
use mailbox::Mailbox;
use net::Net;
use std::sync::Arc;

/// How many events one input may cause before the rest is cut off.
pub const EVENTS_PER_INPUT: usize = 100_000;
/// How many messages a world holds, mailboxes and queues together.
pub const MESSAGES: u32 = 5_000;
/// How many octets all messages of a world may have together.
pub const MESSAGE_OCTETS: u64 = 128 << 20;

/// One learner's internet.
#[derive(Debug)]
pub struct World {
    now: Time,
    /// When the attempt began; mailboxes take their UIDVALIDITY from it.
    started: Time,
    workstation: Arc<WorkstationSetup>,
    hosts: Vec<Host>,
    zones: Zones,
    mailboxes: Vec<Mailbox>,
    net: Net,
    queue: Queue,
    messages: u32,
    message_octets: u64,
    log: Vec<(Time, Event)>,
    logged: usize,
}

/// A host with what it needs beside its setup.
#[derive(Debug)]
struct Host {
    setup: Arc<HostSetup>,
    /// Draws queue ids and process numbers.
    ids: Stream,
}

impl World {
    /// The world of `setup` at the time `start`, with the randomness of `seed`.
    pub fn new(setup: &Setup, seed: u64, start: Time) -> World {
        let host = |h: &Arc<HostSetup>| Host {
            setup: h.clone(),
            ids: Stream::new(seed, &format!("queue ids of {}", h.name)),
        };
        let mut world = World {
            now: start,
            started: start,
            workstation: setup.workstation.clone(),
            hosts: setup.hosts.iter().map(host).collect(),
            zones: names::zones(setup),
            mailboxes: Vec::new(),
            net: Net::default(),
            queue: Queue::default(),
            messages: 0,
            message_octets: 0,
            log: Vec::new(),
            logged: 0,
        };
        for m in &setup.mailboxes {
            world.add_mailbox(m);
        }
        world
    }

    /// The time on this world's clock.
    pub fn now(&self) -> Time {
        self.now
    }

    /// When something happens by itself next: a time-out, another try of a relay.
    pub fn next_wakeup(&self) -> Option<Time> {
        self.net.next_wakeup().into_iter().chain(self.queue.next_wakeup()).min()
    }

    /// Moves the clock to `to` and carries out what was due until then. The clock never goes back.
    pub fn advance(&mut self, to: Time) {
        while let Some(due) = self.next_wakeup().filter(|due| *due <= to) {
            self.now = self.now.max(due);
            self.wake_net();
            self.wake_queue();
            if self.exhausted() {
                break;
            }
        }
        self.now = self.now.max(to);
    }

    /// Writes an event into the transcript. Past [`EVENTS_PER_INPUT`] one [`Event::LimitReached`] is written and
    /// nothing more until [`World::take_log`].
    pub fn log(&mut self, event: Event) {
        match self.logged.cmp(&EVENTS_PER_INPUT) {
            std::cmp::Ordering::Less => self.log.push((self.now, event)),
            std::cmp::Ordering::Equal => {
                let limit = Event::LimitReached { limit: Limit::EventsPerInput, at: EVENTS_PER_INPUT as u64 };
                self.log.push((self.now, limit));
            }
            std::cmp::Ordering::Greater => {}
        }
        self.logged += 1;
    }

    /// Has this input caused more events than it may? Loops that could go on for ever end then.
    pub fn exhausted(&self) -> bool {
        self.logged > EVENTS_PER_INPUT
    }

    /// What happened since the last call, with its times.
    pub fn take_log(&mut self) -> Vec<(Time, Event)> {
        self.logged = 0;
        std::mem::take(&mut self.log)
    }

    /// Gives a message its number and counts it; `None` where the world holds all it may.
    fn admit(&mut self, message: &Message) -> Option<MessageId> {
        let octets = message.octets.len() as u64;
        if self.messages >= MESSAGES || self.message_octets + octets > MESSAGE_OCTETS {
            return None;
        }
        self.messages += 1;
        self.message_octets += octets;
        Some(MessageId(self.messages))
    }
}
