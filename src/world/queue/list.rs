//! A host's queue as its administrator sees it (`mailq`).

use super::super::World;
use super::told;
use super::{Errand, Letter, Parcel};
use crate::event::Event;
use crate::mail::report::{Action, Program, reason};
use crate::units::{Offset, Time};

/// May the learner look into a host?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    Open {
        /// Its name.
        host: String,
        /// Its mail system.
        program: Program,
    },
    /// No.
    Closed,
    /// There is no host of that name.
    Unknown,
}

/// A message in a host's queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The host's own name for it.
    pub queue_id: String,
    /// It is being dealt with now.
    pub active: bool,
    /// Its size in octets.
    pub octets: usize,
    /// When it came.
    pub arrived: Time,
    /// The envelope's sender; empty for the null path.
    pub sender: String,
    /// Who has not got it yet.
    pub recipients: Vec<QueuedRecipient>,
}

/// A recipient that a message waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedRecipient {
    /// The address.
    pub address: String,
    /// Why it waits, in the words of the host's program; empty before the first try.
    pub why: String,
}

impl World {
    /// May the learner look into this host?
    pub fn access(&self, host: &str) -> Access {
        let named = self.hosts.iter().map(|h| &h.setup).find(|h| h.name.eq_ignore_ascii_case(host));
        match named {
            None => Access::Unknown,
            Some(setup) => match setup.smtp.as_ref().filter(|_| setup.open) {
                None => Access::Closed,
                Some(smtp) => {
                    Access::Open { host: setup.name.clone(), program: told::program(smtp.config.style) }
                }
            },
        }
    }

    /// The time zone of a host that the learner may look into, and its queue, the oldest message first; `None` where they
    /// may not. That it was looked at stands in the transcript.
    pub fn queue_of(&mut self, host: &str) -> Option<(Offset, Vec<Queued>)> {
        let at = self.open_host(host)?;
        let setup = self.hosts.get(at)?.setup.clone();
        let program = told::program(self.mail_style(at));
        let due = self.queue.due.iter().map(|errand| match errand {
            Errand::Begin(parcel) | Errand::GoOn(parcel, ..) | Errand::Plain(parcel, ..) => parcel,
        });
        let parcels: Vec<&Parcel> =
            self.queue.waiting.values().chain(due).chain(self.net.parcels()).collect();
        let mut listed = Vec::new();
        for (serial, letter) in self.queue.letters.iter().filter(|(_, l)| l.host == at) {
            let own = parcels.iter().filter(|p| p.letter == *serial);
            listed.push(queued(program, letter, own.copied()));
        }
        let messages = u32::try_from(listed.len()).unwrap_or(u32::MAX);
        self.log(Event::QueueListed { host: setup.name.clone(), messages });
        Some((setup.zone.at(self.now), listed))
    }

    /// What waits on a host, for one domain or for all, is tried now. False where the learner may not do that.
    pub fn flush_queue(&mut self, host: &str, domain: Option<&str>) -> bool {
        let at = self.open_host(host);
        if let Some(at) = at {
            self.flush_all(at, domain);
        }
        at.is_some()
    }

    fn open_host(&self, host: &str) -> Option<usize> {
        self.hosts.iter().position(|h| h.setup.open && h.setup.name.eq_ignore_ascii_case(host))
    }
}

fn queued<'a>(program: Program, letter: &Letter, parcels: impl Iterator<Item = &'a Parcel>) -> Queued {
    let recipients = parcels.flat_map(|parcel| &parcel.to).map(|recipient| QueuedRecipient {
        address: recipient.to.0.to_string(),
        why: recipient
            .why
            .as_ref()
            .map_or_else(String::new, |why| reason(program, &why.told(program, recipient, Action::Delayed))),
    });
    Queued {
        queue_id: letter.queue_id.clone(),
        active: letter.active > 0,
        octets: letter.message.octets.len(),
        arrived: letter.queued,
        sender: letter.from.0.as_ref().map(ToString::to_string).unwrap_or_default(),
        recipients: recipients.collect(),
    }
}
