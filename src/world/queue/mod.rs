//! From "250 queued" to a mailbox: each host's queue, local delivery, and legs to the next host, which are real
//! sessions of the SMTP client against that host's server (RFC 5321 sections 3.6 and 4.5.4).

mod legs;
mod local;
mod retry;

pub(super) use legs::Leg;

use super::{HostSetup, World};
use crate::event::{DeliveryFailure, MailParams, RcptParams, TlsLevel};
use crate::mail::{ForwardPath, Message, ReversePath};
use crate::units::{MessageId, Time};
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

/// What all hosts still have to do for mail they accepted.
#[derive(Debug, Default)]
pub(super) struct Queue {
    due: VecDeque<Errand>,
    waiting: BTreeMap<(Time, u64), Parcel>,
    serial: u64,
}

/// What is to be done with a parcel.
#[derive(Debug)]
enum Errand {
    /// Deal with it from the start.
    Begin(Parcel),
    /// Try the next of these hosts, the one before having failed so. Taken from the queue instead of at once, so that
    /// no list of hosts, however long, can exhaust the stack.
    GoOn(Parcel, VecDeque<IpAddr>, DeliveryFailure),
    /// The same, without TLS at the first of them.
    Plain(Parcel, VecDeque<IpAddr>, DeliveryFailure),
}

/// A message in a host's queue, for recipients that go the same way.
#[derive(Debug, Clone)]
pub(super) struct Parcel {
    pub(super) id: MessageId,
    /// The host, by its place in [`World::hosts`].
    pub(super) host: usize,
    pub(super) from: ReversePath,
    pub(super) params: MailParams,
    pub(super) to: Vec<ForwardPath>,
    /// For each of `to`, in their order.
    pub(super) rcpt_params: Vec<RcptParams>,
    pub(super) way: Way,
    /// With the trace line of this host on top.
    pub(super) message: Message,
    pub(super) queued: Time,
    pub(super) tries: u32,
}

/// Where a parcel goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// Into mailboxes of the host itself.
    Local,
    /// To the mail host of this domain.
    Domain(String),
    /// To the host with this address (an address literal).
    Address(IpAddr),
}

impl Parcel {
    /// The same for these of its recipients.
    fn only(self, to: Vec<ForwardPath>) -> Parcel {
        let params_of = |one: &ForwardPath| {
            let place = self.to.iter().position(|other| other == one);
            place.and_then(|n| self.rcpt_params.get(n)).cloned().unwrap_or_default()
        };
        let rcpt_params = to.iter().map(params_of).collect();
        Parcel { to, rcpt_params, ..self }
    }
}

/// The name a host gives itself in SMTP.
pub(super) fn service_name(host: &HostSetup) -> String {
    host.smtp.as_ref().map_or(&host.name, |s| &s.config.name).clone()
}

impl Queue {
    /// When the next retry is due.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.waiting.keys().next().map(|(at, _)| *at)
    }

    /// A parcel is dealt with as soon as nothing else is to be done.
    pub(super) fn begin(&mut self, parcel: Parcel) {
        self.due.push_back(Errand::Begin(parcel));
    }
}

impl World {
    /// Deals with one parcel that is due; false where there is none.
    pub(super) fn run_queue(&mut self) -> bool {
        let parcel = match self.queue.due.pop_front() {
            None => return false,
            Some(Errand::Begin(parcel)) => parcel,
            Some(Errand::GoOn(parcel, hosts, why)) => {
                self.send_on(parcel, hosts, why);
                return true;
            }
            Some(Errand::Plain(parcel, hosts, why)) => {
                self.send_with(parcel, hosts, why, TlsLevel::None);
                return true;
            }
        };
        match &parcel.way {
            Way::Local => {
                for to in &parcel.to {
                    self.deliver(&parcel, to);
                }
            }
            Way::Address(ip) => {
                let ip = *ip;
                self.send_on(parcel, VecDeque::from([ip]), DeliveryFailure::DnsTrouble);
            }
            Way::Domain(domain) => match self.mail_hosts(parcel.host, domain) {
                Ok(hosts) => self.send_on(parcel, hosts.into(), DeliveryFailure::NoSuchDomain),
                Err(DeliveryFailure::DnsTrouble) => {
                    let to = parcel.to.clone();
                    self.defer(parcel, to, &DeliveryFailure::DnsTrouble);
                }
                Err(why) => {
                    for to in &parcel.to {
                        self.give_up(&parcel, to, why.clone());
                    }
                }
            },
        }
        true
    }

    /// Retries that are due join the queue again.
    pub(super) fn wake_queue(&mut self) {
        while let Some(((at, serial), parcel)) = self.queue.waiting.pop_first() {
            if at > self.now {
                self.queue.waiting.insert((at, serial), parcel);
                break;
            }
            self.queue.due.push_back(Errand::Begin(parcel));
        }
        self.pump();
    }

    /// The name of a host in the scenario.
    pub(super) fn host_name(&self, at: usize) -> String {
        self.hosts.get(at).map(|h| h.setup.name.clone()).unwrap_or_default()
    }
}
