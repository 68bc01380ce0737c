//! From "250 queued" to a mailbox: each host's queue, local delivery, legs to the next host, which are real sessions of the
//! SMTP client against that host's server, and reports (RFC 5321 sections 3.6, 4.5.4 and 6.1).
//!
//! A [`Letter`] is a message that a host is responsible for. Its recipients travel in [`Parcels`](Parcel), as many as go the
//! same way; each is due, on its way over a connection, or waits for its next try. When none of a letter's is due or on
//! its way any more, the sender is told what there is to tell, and when none waits either, the letter is gone.

mod legs;
mod list;
mod local;
mod reports;
mod resolve;
mod retry;
mod told;

pub(super) use legs::{Hop, Leg};
pub use list::{Access, Queued, QueuedRecipient};
pub(super) use told::Trouble;

use super::{HostSetup, World};
use crate::event::{DeliveryFailure, EnhancedCode, Event, MailParams, RcptParams, TlsLevel};
use crate::mail::report::Told;
use crate::mail::{ForwardPath, Message, ReversePath};
use crate::proto::smtp::Style;
use crate::units::{MessageId, Time};
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

/// How many letters wait or are due in all queues of a world together, before no host takes more.
pub(super) const LETTERS: usize = 20_000;

/// What all hosts still have to do for mail they accepted.
#[derive(Debug, Default)]
pub(super) struct Queue {
    letters: BTreeMap<u64, Letter>,
    due: VecDeque<Errand>,
    waiting: BTreeMap<(Time, u64), Parcel>,
    /// Ways on which a host has just failed to reach anybody; until then it does not try again.
    dead: BTreeMap<(usize, Way), (Time, Trouble)>,
    serial: u64,
}

/// What is to be done with a parcel.
#[derive(Debug)]
enum Errand {
    /// Deal with it from the start.
    Begin(Parcel),
    /// Try the next of these hosts, the one before having failed so. Taken from the queue instead of at once, so that
    /// no list of hosts, however long, can exhaust the stack.
    GoOn(Parcel, VecDeque<Hop>, Trouble),
    /// The same, without TLS at the first of them.
    Plain(Parcel, VecDeque<Hop>, Trouble),
}

/// A message that a host is responsible for.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) id: MessageId,
    /// The host, by its place in [`World::hosts`].
    pub(super) host: usize,
    /// The host's own name for it.
    pub(super) queue_id: String,
    pub(super) from: ReversePath,
    pub(super) params: MailParams,
    /// With the trace line of this host on top.
    pub(super) message: Message,
    pub(super) queued: Time,
    /// Who brought it: a name and an address in brackets; empty where the host wrote it itself.
    pub(super) client: String,
    /// Nobody is told what becomes of it, not even the postmaster.
    pub(super) last_word: bool,
    /// Parcels that are due or on their way.
    active: usize,
    /// Parcels that wait.
    waiting: usize,
    /// What there is to tell of this run.
    outcomes: Vec<(Recipient, Told)>,
    /// The sender has been told that it takes long.
    warned: bool,
}

/// One recipient of a letter.
#[derive(Debug, Clone)]
pub(super) struct Recipient {
    pub(super) to: ForwardPath,
    /// The address for which it came to this host.
    pub(super) original: ForwardPath,
    pub(super) params: RcptParams,
    /// Mailboxes of this host that have sent it on, so that it does not go in circles.
    pub(super) trail: Vec<String>,
    /// Others have been sent it already; only the copy that stays is still to be delivered.
    pub(super) sent_on: bool,
    /// Why it could not be delivered yet.
    why: Option<Trouble>,
}

/// Recipients of a letter that go the same way.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) letter: u64,
    pub(super) host: usize,
    pub(super) to: Vec<Recipient>,
    pub(super) way: Way,
    pub(super) tries: u32,
}

/// Where a parcel goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Into mailboxes of the host itself.
    Local,
    /// To the mail host of this domain.
    Domain(String),
    /// To the host with this address (an address literal).
    Address(IpAddr),
    /// To the host that takes everything, at this port.
    Smarthost { host: String, port: u16, exchangers: bool },
}

impl Recipient {
    /// A recipient as it came.
    pub(super) fn new(to: ForwardPath, params: RcptParams) -> Recipient {
        Recipient { original: to.clone(), to, params, trail: Vec::new(), sent_on: false, why: None }
    }
}

/// The name a host gives itself in SMTP.
pub(super) fn service_name(host: &HostSetup) -> String {
    host.smtp.as_ref().map_or(&host.name, |s| &s.config.name).clone()
}

/// How many recipients a program hands over in one go: qmail-remote knows one, Postfix fifty
/// (smtp_destination_recipient_limit), the others a hundred.
fn recipients_at_once(style: Style) -> usize {
    match style {
        Style::Qmail => 1,
        Style::Postfix => 50,
        Style::Sendmail | Style::Exim | Style::Exchange => 100,
    }
}

impl Queue {
    /// When the next retry is due.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.waiting.keys().next().map(|(at, _)| *at)
    }

    /// A letter that has not been dealt with.
    pub(super) fn letter(&self, letter: u64) -> Option<&Letter> {
        self.letters.get(&letter)
    }

    /// The messages of all letters.
    pub(super) fn messages(&self) -> impl Iterator<Item = &Message> {
        self.letters.values().map(|letter| &letter.message)
    }

    /// Is there room for more?
    pub(super) fn is_full(&self) -> bool {
        self.letters.len() >= LETTERS
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
}

impl World {
    /// The program a host's queue belongs to.
    fn mail_style(&self, at: usize) -> Style {
        let service = self.hosts.get(at).and_then(|h| h.setup.smtp.as_ref());
        service.map_or(Style::Postfix, |s| s.config.style)
    }

    /// A host has taken a letter over, or written it: from now on it is responsible. Its recipients are sorted by where
    /// their mail goes next.
    pub(super) fn enqueue(&mut self, letter: Letter, recipients: Vec<Recipient>) {
        let serial = self.queue.next_serial();
        self.queue.letters.insert(serial, letter);
        self.sort_out(serial, recipients);
        self.put_down(serial);
    }

    /// Sorts recipients of a letter by where their mail goes next. The caller has the letter in hand, so that it is not
    /// put down meanwhile.
    fn sort_out(&mut self, letter: u64, recipients: Vec<Recipient>) {
        let Some(at) = self.queue.letter(letter).map(|l| l.host) else { return };
        let most = recipients_at_once(self.mail_style(at));
        let mut ways: Vec<(Way, Vec<Recipient>)> = Vec::new();
        for (way, recipient) in self.destinations(letter, recipients) {
            let most = if way == Way::Local { usize::MAX } else { most };
            match ways.iter_mut().find(|(w, to)| *w == way && to.len() < most) {
                Some((_, to)) => to.push(recipient),
                None => ways.push((way, vec![recipient])),
            }
        }
        if let Some(l) = self.queue.letters.get_mut(&letter) {
            l.active += ways.len();
        }
        for (way, to) in ways {
            self.queue.due.push_back(Errand::Begin(Parcel { letter, host: at, to, way, tries: 0 }));
        }
    }

    /// A letter is dealt with for now as far as one parcel, or whoever had it in hand, is concerned.
    fn put_down(&mut self, letter: u64) {
        let Some(l) = self.queue.letters.get_mut(&letter) else { return };
        l.active = l.active.saturating_sub(1);
        if l.active > 0 {
            return;
        }
        self.tell_sender(letter);
        if self.queue.letters.get(&letter).is_some_and(|l| l.active == 0 && l.waiting == 0)
            && let Some(done) = self.queue.letters.remove(&letter)
        {
            self.gone(1, done.message.octets.len() as u64);
        }
    }

    /// Deals with one parcel that is due; false where there is none.
    pub(super) fn run_queue(&mut self) -> bool {
        let parcel = match self.queue.due.pop_front() {
            None => return false,
            Some(Errand::Begin(parcel)) => parcel,
            Some(Errand::GoOn(parcel, hops, why)) => {
                self.send_on(parcel, hops, why);
                return true;
            }
            Some(Errand::Plain(parcel, hops, why)) => {
                self.send_with(parcel, hops, why, TlsLevel::None);
                return true;
            }
        };
        if parcel.way == Way::Local {
            let letter = parcel.letter;
            self.deliver_all(parcel);
            self.put_down(letter);
            return true;
        }
        if let Some((until, why)) = self.queue.dead.get(&(parcel.host, parcel.way.clone())) {
            if *until > self.now {
                let why = Trouble { suspended: true, ..why.clone() };
                self.defer_all(parcel, &why);
                return true;
            }
            self.queue.dead.remove(&(parcel.host, parcel.way.clone()));
        }
        match self.hops(parcel.host, &parcel.way) {
            Ok(hops) => {
                let none = Trouble::of(DeliveryFailure::NoMailHost);
                self.send_on(parcel, hops.into(), none);
            }
            Err(why) if why.is_temporary() => self.defer_all(parcel, &why),
            Err(why) => self.fail_all(parcel, &why),
        }
        true
    }

    /// The hosts to try for a way, best first.
    fn hops(&mut self, at: usize, way: &Way) -> Result<Vec<Hop>, Trouble> {
        match way {
            Way::Local => Err(Trouble::of(DeliveryFailure::NoSuchUser)),
            Way::Address(ip) => Ok(vec![Hop { name: format!("[{ip}]"), ip: *ip, port: 25, login: None }]),
            Way::Domain(domain) => self.mail_hosts(at, domain),
            Way::Smarthost { host, port, exchangers } => {
                let now = self.hosts.get(at).and_then(|h| h.setup.post.smarthost.as_ref());
                // Mail that waits may have been meant for another; no password goes there.
                let same = now.filter(|now| now.port == *port && now.host.eq_ignore_ascii_case(host));
                let login = same.and_then(|now| now.login.clone());
                if *exchangers {
                    let found =
                        self.mail_hosts(at, host).map_err(|_| Trouble::of(DeliveryFailure::DnsTrouble))?;
                    let hop = |hop: Hop| Hop { port: *port, login: login.clone(), ..hop };
                    return Ok(found.into_iter().map(hop).collect());
                }
                // That it is not found is a mistake of the host's own settings; the mail waits for somebody to see to it.
                let found = match host.parse() {
                    Ok(ip) => vec![ip],
                    Err(_) => self.host_addresses(at, host).unwrap_or_default(),
                };
                if found.is_empty() {
                    return Err(Trouble::of(DeliveryFailure::DnsTrouble));
                }
                let hop = |ip| Hop { name: host.clone(), ip, port: *port, login: login.clone() };
                Ok(found.into_iter().map(hop).collect())
            }
        }
    }

    /// Retries that are due join the queue again.
    pub(super) fn wake_queue(&mut self) {
        while let Some(((at, serial), parcel)) = self.queue.waiting.pop_first() {
            if at > self.now {
                self.queue.waiting.insert((at, serial), parcel);
                break;
            }
            self.take_up(parcel);
        }
        self.pump();
    }

    /// A parcel that waited is due.
    fn take_up(&mut self, parcel: Parcel) {
        if let Some(l) = self.queue.letters.get_mut(&parcel.letter) {
            l.waiting = l.waiting.saturating_sub(1);
            l.active += 1;
            self.queue.due.push_back(Errand::Begin(parcel));
        }
    }

    /// All recipients of a parcel are given up.
    fn fail_all(&mut self, parcel: Parcel, why: &Trouble) {
        for recipient in parcel.to {
            self.fail(parcel.letter, recipient, why, false);
        }
        self.put_down(parcel.letter);
    }

    /// A recipient is given up.
    fn fail(&mut self, letter: u64, recipient: Recipient, why: &Trouble, expired: bool) {
        let Some(l) = self.queue.letters.get(&letter) else { return };
        let (id, at) = (l.id, l.host);
        let program = told::program(self.mail_style(at));
        let told = why.told(program, &recipient, crate::mail::report::Action::Failed);
        let status = Some(EnhancedCode(told.status.0, told.status.1, told.status.2));
        let (host, address) = (self.host_name(at), recipient.to.0.to_string());
        self.log(Event::Undeliverable {
            id,
            host,
            recipient: address,
            why: why.why.clone(),
            status,
            expired,
        });
        self.note(letter, recipient, told);
    }

    /// Keeps in mind what there is to tell of a recipient.
    fn note(&mut self, letter: u64, recipient: Recipient, told: Told) {
        if let Some(l) = self.queue.letters.get_mut(&letter) {
            l.outcomes.push((recipient, told));
        }
    }

    /// The name of a host in the scenario.
    pub(super) fn host_name(&self, at: usize) -> String {
        self.hosts.get(at).map(|h| h.setup.name.clone()).unwrap_or_default()
    }
}
