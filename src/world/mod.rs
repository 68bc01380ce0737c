//! One learner's internet: hosts, zone, connections, policy, mailboxes and the mail that travels between them.
//!
//! The world does nothing by itself. Its owner (the attempt) moves its clock with [`World::advance`] and lets the
//! workstation's programs act on it; everything that happens is written to a log of typed events, which the owner
//! takes with [`World::take_log`]. One struct holds the state; its behaviour is split by job: `net` (connections),
//! `policy` (what hosts answer their sessions), `intake` (taking a message over), `queue`
//! (relays, local delivery), `names` (DNS).

mod account;
mod auth;
mod authors;
mod ends;
mod faults;
mod folder;
mod folders;
mod intake;
mod mail_keys;
mod mailbox;
mod named;
mod names;
mod net;
mod people;
mod policy;
mod post;
mod queue;
mod room;
mod settings;
mod setup;
mod socket;
mod stamp;
mod tls;
mod trust;
mod verify;
mod zones;

pub use account::{AccountSetup, Door, Fetching};
pub use faults::FaultSetup;
pub use folders::{FOLDER_NAME, FOLDERS};
pub use mail_keys::{MailKeySetup, ProtectSetup};
pub use named::parse_record;
pub use net::Notice;
pub use people::{Act, Habit, LETTERS, LetterSetup, Occasion, PersonSetup};
pub use post::{Alias, Forward, FullMailbox, PostSetup, Schedule, Smarthost};
pub use queue::{Access, Queued, QueuedRecipient};
pub use settings::{Setting, SettingFault};
pub use setup::{
    Checking, FolderSetup, HostSetup, ImapService, MailboxSetup, MessageSetup, Network, Outgoing,
    Pop3Service, Relay, Setup, SigningSetup, SmtpService, TlsSetup, VerifySetup, WorkstationSetup, ZoneSetup,
};
pub use tls::{ClientHello, Secured};
pub use verify::found;
pub use zones::{ServedRecord, ServedZone, ZoneFault};

use crate::event::{Event, Limit};
use crate::mail::{Directory, Keyring, Message};
use crate::proto::dns::Zones;
use crate::units::{Bounds, ConnId, MessageId, Stream, Time};
use faults::Faults;
use mailbox::{Mailbox, Watch};
use net::Net;
use people::People;
use queue::Queue;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use verify::Sender;

/// How many events one input may cause before the rest is cut off.
pub const EVENTS_PER_INPUT: usize = 100_000;
/// How many octets the events of one input may have before the rest is cut off: enough for the longest paste, as it is
/// typed, sent, accepted and delivered.
pub const EVENT_OCTETS_PER_INPUT: u64 = 256 << 20;
/// How often hosts take one message over from each other: more than any list of recipients needs, less than a mail that
/// multiplies in circles would.
pub const PASSED: u32 = 2_000;

/// One learner's internet.
#[derive(Debug)]
pub struct World {
    now: Time,
    /// When the attempt began; mailboxes take their UIDVALIDITY from it.
    started: Time,
    seed: u64,
    bounds: Bounds,
    workstation: Arc<WorkstationSetup>,
    keyring: Arc<Keyring>,
    /// What is in the keyring for everybody to see.
    directory: Arc<Directory>,
    /// Who signs for which domain.
    dkim: Vec<SigningSetup>,
    /// The mail transactions whose sender is to be checked, or was.
    senders: BTreeMap<ConnId, Sender>,
    /// Messages that a host has taken and will put among the junk, with the host's place.
    junk: BTreeSet<(usize, MessageId)>,
    hosts: Vec<Host>,
    zones: Zones,
    /// What the zones are made of, where the learner may change some.
    written: Option<Box<names::Source>>,
    mailboxes: Vec<Mailbox>,
    /// Which folders IMAP sessions have open.
    watches: BTreeMap<ConnId, Watch>,
    /// The mail that programs on the workstation said they will hand over.
    drafts: BTreeMap<ConnId, Message>,
    /// How many copies of messages were made in folders.
    copies: u32,
    net: Net,
    faults: Faults,
    queue: Queue,
    people: People,
    messages: u32,
    room: room::Room,
    /// How often hosts took each message over, from each other or from themselves.
    passed: BTreeMap<MessageId, u32>,
    log: Vec<(Time, Event)>,
    logged_octets: u64,
    exhausted: bool,
}

/// A host with what it needs beside its setup.
#[derive(Debug)]
struct Host {
    setup: Arc<HostSetup>,
    /// Draws queue ids and process numbers.
    ids: Stream,
    /// Draws nonces, from the first one on.
    nonces: Option<Box<Stream>>,
    /// What the learner has set on it.
    settings: settings::Settings,
    /// How it was before that.
    base: Option<Arc<HostSetup>>,
    /// Draws the order of mail hosts that are equally good, from the first one on.
    routes: Option<Box<Stream>>,
}

impl World {
    /// The world of `setup` at the time `start`, with the randomness of `seed` and a learner's [bounds](Bounds).
    pub fn new(setup: &Setup, seed: u64, start: Time) -> World {
        World::within(Bounds::default(), setup, seed, start)
    }

    /// The same with these bounds.
    pub fn within(bounds: Bounds, setup: &Setup, seed: u64, start: Time) -> World {
        let host = |h: &Arc<HostSetup>| Host {
            setup: h.clone(),
            ids: Stream::new(seed, &format!("queue ids of {}", h.name)),
            nonces: None,
            settings: settings::Settings::new(),
            base: None,
            routes: None,
        };
        let mut world = World {
            now: start,
            started: start,
            seed,
            bounds,
            workstation: setup.workstation.clone(),
            keyring: setup.keyring.clone(),
            directory: Arc::new(setup.keyring.directory()),
            dkim: setup.dkim.clone(),
            senders: BTreeMap::new(),
            junk: BTreeSet::new(),
            hosts: setup.hosts.iter().map(host).collect(),
            zones: names::zones(setup),
            written: zones::written(names::source(setup)),
            mailboxes: Vec::new(),
            watches: BTreeMap::new(),
            drafts: BTreeMap::new(),
            copies: 0,
            net: Net::default(),
            faults: Faults::new(&setup.faults),
            queue: Queue::default(),
            people: People::new(&setup.people, seed, start),
            messages: 0,
            room: room::Room::default(),
            passed: BTreeMap::new(),
            log: Vec::new(),
            logged_octets: 0,
            exhausted: false,
        };
        if !world.keyring.mail.is_empty() {
            let authorities = world.keyring.authority.iter().cloned().collect();
            let certificates = world.keyring.mail.values().flat_map(|keys| keys.chain.first().cloned());
            let certificates = certificates.collect();
            world.log(Event::MailCertificates { authorities, certificates });
        }
        for m in &setup.mailboxes {
            world.add_mailbox(m);
        }
        world
    }

    /// The certificate of this world's own authority, in DER; `None` where no host has TLS.
    pub fn authority(&self) -> Option<&[u8]> {
        self.keyring.authority.as_deref()
    }

    /// This world's randomness for one purpose of somebody who acts in it.
    pub fn stream(&self, purpose: &str) -> Stream {
        Stream::new(self.seed, purpose)
    }

    /// The time on this world's clock.
    pub fn now(&self) -> Time {
        self.now
    }

    /// When something happens by itself next: a time-out, another try of a relay.
    pub fn next_wakeup(&self) -> Option<Time> {
        let faults = self.faults.next_wakeup(self.started);
        let due = self.net.next_wakeup().into_iter().chain(self.queue.next_wakeup()).chain(faults);
        due.chain(self.people.next_wakeup()).min()
    }

    /// Moves the clock to `to` and carries out what was due until then. The clock never goes back.
    pub fn advance(&mut self, to: Time) {
        while let Some(due) = self.next_wakeup().filter(|due| *due <= to) {
            self.now = self.now.max(due);
            self.wake_faults();
            self.wake_net();
            self.wake_queue();
            self.wake_people();
            if self.exhausted() {
                break;
            }
        }
        self.now = self.now.max(to);
    }

    /// Moves the clock to `to` and does nothing: to be called where nothing is due until then, or nothing more may be done.
    pub fn wait(&mut self, to: Time) {
        self.now = self.now.max(to);
    }

    /// Writes an event into the transcript. Past [`EVENTS_PER_INPUT`] or [`EVENT_OCTETS_PER_INPUT`] one
    /// [`Event::LimitReached`] is written and nothing more until [`World::take_log`].
    pub fn log(&mut self, event: Event) {
        self.people_see(&event);
        let (limit, at) = if self.log.len() >= EVENTS_PER_INPUT {
            (Limit::EventsPerInput, EVENTS_PER_INPUT as u64)
        } else if self.logged_octets >= EVENT_OCTETS_PER_INPUT {
            (Limit::EventOctetsPerInput, EVENT_OCTETS_PER_INPUT)
        } else {
            self.logged_octets += event.octets();
            self.log.push((self.now, event));
            return;
        };
        if !std::mem::replace(&mut self.exhausted, true) {
            self.log.push((self.now, Event::LimitReached { limit, at }));
        }
    }

    /// Has this input caused more events than it may? Loops that could go on for ever end then.
    pub fn exhausted(&self) -> bool {
        self.exhausted
    }

    /// How many octets the events have that were not taken yet.
    pub fn logged_octets(&self) -> u64 {
        self.logged_octets
    }

    /// What happened since the last call, with its times.
    pub fn take_log(&mut self) -> Vec<(Time, Event)> {
        (self.logged_octets, self.exhausted) = (0, false);
        std::mem::take(&mut self.log)
    }

    /// Gives a message its number and counts it; `None` where the world holds all it may.
    fn admit(&mut self, message: &Message) -> Option<MessageId> {
        let most = self.bounds.messages;
        if self.messages >= most {
            self.log(Event::LimitReached { limit: Limit::Messages, at: u64::from(most) });
            return None;
        }
        if !self.make_room(message) {
            return None;
        }
        self.messages += 1;
        Some(MessageId(self.messages))
    }

    /// Counts that a message is taken over by one more host, or sent on by one; false where that happened so often that it
    /// must be going round and multiplying.
    fn may_pass_again(&mut self, id: MessageId) -> bool {
        let passed = self.passed.entry(id).or_insert(0);
        *passed = passed.saturating_add(1);
        if *passed > PASSED {
            self.log(Event::LimitReached { limit: Limit::CopiesOfMessage, at: u64::from(PASSED) });
            return false;
        }
        true
    }
}
