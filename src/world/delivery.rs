//! From "250 queued" to a mailbox: each host's queue, local delivery, and legs to the next host, which are real
//! sessions of the SMTP client against that host's server (RFC 5321 sections 3.6 and 4.5.4).

use super::net::Client;
use super::{HostSetup, World, stamp};
use crate::event::{
    ConnectFailure, DeliveryFailure, Envelope, Event, MailParams, PolicyVerdict, RcptParams,
    RecipientVerdict, Reply,
};
use crate::mail::{Domain, Fields, ForwardPath, Message, ReversePath};
use crate::proto::{Out, Session, smtp};
use crate::units::{Bytes, ConnId, MessageId, Time};
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

/// The wait after a first failed try; it doubles with every further one up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(300);
const LONGEST_WAIT: Duration = Duration::from_secs(4000);
/// A message that could not be passed on for so long is given up (RFC 5321 section 4.5.4.1).
const LIFETIME: Duration = Duration::from_secs(5 * 24 * 3600);

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
}

/// A message in a host's queue, for recipients that go the same way.
#[derive(Debug, Clone)]
pub(super) struct Parcel {
    pub(super) id: MessageId,
    /// The host, by its place in [`World::hosts`].
    host: usize,
    from: ReversePath,
    params: MailParams,
    to: Vec<ForwardPath>,
    /// For each of `to`, in their order.
    rcpt_params: Vec<RcptParams>,
    way: Way,
    /// With the trace line of this host on top.
    message: Message,
    queued: Time,
    tries: u32,
}

/// Where a parcel goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// Into mailboxes of the host itself.
    Local,
    /// To the mail host of this domain.
    Domain(String),
    /// To the host with this address (an address literal).
    Address(IpAddr),
}

/// A parcel on its way over one connection.
#[derive(Debug)]
pub(super) struct Leg {
    pub(super) session: smtp::ClientSession,
    pub(super) parcel: Parcel,
    /// Further hosts to try where this one cannot be reached.
    further: VecDeque<IpAddr>,
    pub(super) outcomes: Vec<(ForwardPath, Outcome)>,
}

type Outcome = Result<Reply, smtp::ClientFailure>;

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
fn service_name(host: &HostSetup) -> String {
    host.smtp.as_ref().map_or(&host.name, |s| &s.config.name).clone()
}

impl Queue {
    /// When the next retry is due.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.waiting.keys().next().map(|(at, _)| *at)
    }
}

impl World {
    /// A host takes a message over (the end of DATA).
    pub(super) fn take(
        &mut self,
        at: usize,
        conn: ConnId,
        envelope: Envelope,
        octets: &Bytes,
    ) -> PolicyVerdict {
        let verified = self.verified_name(envelope.client);
        // A relayed message keeps its number and the marks of the hosts before.
        let relayed = self.net.parcel(conn).map(|p| (p.id, p.message.marks.clone()));
        let (relayed, marks) = relayed.map_or((None, Vec::new()), |(id, marks)| (Some(id), marks));
        let mut message = Message { octets: octets.clone(), marks };
        let Some(host) = self.hosts.get(at) else { return PolicyVerdict::No };
        let Some(service) = &host.setup.smtp else { return PolicyVerdict::No };
        let system = service.config.style;
        // RFC 5321 section 6.3: the count of Received lines tells a loop.
        if Fields::parse(octets).hops() as u64 > u64::from(system.hop_limit()) {
            return PolicyVerdict::TooManyHops;
        }
        let id = match relayed {
            Some(id) => self.make_room(&message).then_some(id),
            None => self.admit(&message),
        };
        let Some(id) = id else { return PolicyVerdict::NoRoom };
        let now = self.now;
        let Some(host) = self.hosts.get_mut(at) else { return PolicyVerdict::No };
        let queue_id = stamp::queue_id(system, now, &mut host.ids);
        let shown = stamp::shown_id(system, &queue_id, octets, &service_name(&host.setup));
        self.log(Event::Accepted {
            id,
            host: self.host_name(at),
            conn,
            queue_id: shown.clone(),
            envelope: envelope.clone(),
            message: message.clone(),
        });
        if let Some(host) = self.hosts.get_mut(at) {
            let lines = stamp::received(&mut stamp::Arrival {
                host: &host.setup,
                ids: &mut host.ids,
                envelope: &envelope,
                client_name: verified.as_deref(),
                queue_id: &queue_id,
                now,
            });
            message = stamp::completed(system, &message, &envelope, now, &host.setup, &queue_id)
                .stamped(&host.setup.name, &lines);
        }
        self.enqueue(at, id, &envelope, &message);
        PolicyVerdict::Taken { id, queue_id: shown }
    }

    /// Sorts the recipients by where their mail goes next.
    fn enqueue(&mut self, at: usize, id: MessageId, envelope: &Envelope, message: &Message) {
        let mut ways: Vec<(Way, Vec<(ForwardPath, RcptParams)>)> = Vec::new();
        for (place, to) in envelope.to.iter().enumerate() {
            let way = self.way(at, to, envelope);
            let recipient = (to.clone(), envelope.of_recipient(place));
            match ways.iter_mut().find(|(w, _)| *w == way) {
                Some((_, recipients)) => recipients.push(recipient),
                None => ways.push((way, vec![recipient])),
            }
        }
        for (way, recipients) in ways {
            let (to, rcpt_params) = recipients.into_iter().unzip();
            let (from, message) = (envelope.from.clone(), message.clone());
            let params = envelope.params.clone();
            let (host, queued, tries) = (at, self.now, 0);
            let parcel = Parcel { id, host, from, params, to, rcpt_params, way, message, queued, tries };
            self.queue.due.push_back(Errand::Begin(parcel));
        }
    }

    fn way(&self, at: usize, to: &ForwardPath, envelope: &Envelope) -> Way {
        let user = envelope.user.as_deref();
        match (self.judge_recipient(at, to, envelope.client, user), &to.0.domain) {
            (RecipientVerdict::Relay, Some(Domain::Name(name))) => Way::Domain(name.to_ascii_lowercase()),
            (RecipientVerdict::Relay, Some(Domain::Literal(ip))) => Way::Address(*ip),
            _ => Way::Local,
        }
    }

    /// Deals with one parcel that is due; false where there is none.
    pub(super) fn run_queue(&mut self) -> bool {
        let parcel = match self.queue.due.pop_front() {
            None => return false,
            Some(Errand::Begin(parcel)) => parcel,
            Some(Errand::GoOn(parcel, hosts, why)) => {
                self.send_on(parcel, hosts, why);
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

    /// Puts a message into a mailbox of the host.
    fn deliver(&mut self, parcel: &Parcel, to: &ForwardPath) {
        let Some(address) = self.local_address(parcel.host, to) else {
            self.give_up(parcel, to, DeliveryFailure::NoSuchUser);
            return;
        };
        let Some(host) = self.hosts.get(parcel.host) else { return };
        let system = host.setup.smtp.as_ref().map(|s| s.config.style);
        let lines = stamp::final_delivery(system, &parcel.from, &address, self.now, host.setup.offset);
        let message = parcel.message.stamped(&host.setup.name, &lines);
        match self.store(parcel.host, &address, parcel.id, &message) {
            Ok(()) => {
                let host = self.host_name(parcel.host);
                self.log(Event::Delivered { id: parcel.id, host, mailbox: address, message });
            }
            Err(why) => self.give_up(parcel, to, why),
        }
    }

    /// Tries the first of `hosts`.
    fn send_on(&mut self, parcel: Parcel, mut hosts: VecDeque<IpAddr>, none: DeliveryFailure) {
        let (Some(ip), Some(host)) = (hosts.pop_front(), self.hosts.get(parcel.host)) else {
            for to in &parcel.to {
                self.give_up(&parcel, to, none.clone());
            }
            return;
        };
        let session = smtp::ClientSession::new(smtp::ClientConfig {
            name: service_name(&host.setup),
            from: parcel.from.clone(),
            params: parcel.params.clone(),
            to: parcel.to.clone(),
            rcpt_params: parcel.rcpt_params.clone(),
            message: parcel.message.octets.clone(),
        });
        let from = (host.setup.name.clone(), host.setup.ip);
        let leg = Box::new(Leg { session, parcel, further: hosts, outcomes: Vec::new() });
        self.open(from, ip, 25, Client::Relay(leg));
    }

    /// The next host could not be reached: the one after it, or later.
    pub(super) fn leg_failed(&mut self, leg: Leg, why: ConnectFailure) {
        let Leg { parcel, further, .. } = leg;
        if further.is_empty() {
            let to = parcel.to.clone();
            self.defer(parcel, to, &DeliveryFailure::Connect(why));
        } else {
            self.queue.due.push_front(Errand::GoOn(parcel, further, DeliveryFailure::Connect(why)));
        }
    }

    /// The connection to the next host has ended: what became of each recipient?
    pub(super) fn leg_done(&mut self, leg: Leg) {
        let Leg { mut session, parcel, further, mut outcomes } = leg;
        while let Some(out) = session.poll() {
            if let Out::Delivery { to, outcome } = out {
                outcomes.push((to, outcome));
            }
        }
        let mut later = Vec::new();
        let mut why_later = DeliveryFailure::ConnectionLost;
        for (to, outcome) in outcomes {
            match outcome {
                Ok(_) => {}
                Err(smtp::ClientFailure::Reply(reply)) if reply.code >= 500 => {
                    self.give_up(&parcel, &to, DeliveryFailure::Reply(reply));
                }
                Err(smtp::ClientFailure::Reply(reply)) => {
                    why_later = DeliveryFailure::Reply(reply);
                    later.push(to);
                }
                Err(smtp::ClientFailure::ConnectionLost | smtp::ClientFailure::TimedOut) => later.push(to),
            }
        }
        if later.is_empty() {
            return;
        }
        if further.is_empty() {
            self.defer(parcel, later, &why_later);
        } else {
            self.queue.due.push_front(Errand::GoOn(parcel.only(later), further, why_later));
        }
    }

    /// Keeps a parcel for another try, or gives it up where it is too old.
    fn defer(&mut self, parcel: Parcel, to: Vec<ForwardPath>, why: &DeliveryFailure) {
        let wait = FIRST_WAIT.saturating_mul(1 << parcel.tries.min(10)).min(LONGEST_WAIT);
        let until = self.now.plus(wait);
        if until.since(parcel.queued) > LIFETIME {
            for to in &to {
                self.give_up(&parcel, to, why.clone());
            }
            return;
        }
        for to in &to {
            let (host, recipient) = (self.host_name(parcel.host), to.0.to_string());
            self.log(Event::Deferred { id: parcel.id, host, recipient, until, why: why.clone() });
        }
        self.queue.serial += 1;
        let key = (until, self.queue.serial);
        let tries = parcel.tries + 1;
        self.queue.waiting.insert(key, Parcel { tries, ..parcel.only(to) });
    }

    /// What waits on a host for a domain is due now (ETRN). False where the host does not stand in for the domain.
    pub(super) fn flush(&mut self, at: usize, domain: &str) -> bool {
        let stands_in = |h: &super::Host| h.setup.relay_for.iter().any(|d| d.eq_ignore_ascii_case(domain));
        if !self.hosts.get(at).is_some_and(stands_in) {
            return false;
        }
        let way = Way::Domain(domain.to_ascii_lowercase());
        let wanted = |p: &Parcel| p.host == at && p.way == way;
        let keys: Vec<(Time, u64)> =
            self.queue.waiting.iter().filter(|(_, p)| wanted(p)).map(|(key, _)| *key).collect();
        for key in keys {
            self.queue.due.extend(self.queue.waiting.remove(&key).map(Errand::Begin));
        }
        true
    }

    fn give_up(&mut self, parcel: &Parcel, to: &ForwardPath, why: DeliveryFailure) {
        let (host, recipient) = (self.host_name(parcel.host), to.0.to_string());
        self.log(Event::Undeliverable { id: parcel.id, host, recipient, why });
    }

    /// The name of a host in the scenario.
    pub(super) fn host_name(&self, at: usize) -> String {
        self.hosts.get(at).map(|h| h.setup.name.clone()).unwrap_or_default()
    }
}
