//! Legs to the next host: real sessions of the SMTP client against that host's server.

use super::super::World;
use super::super::ends::Client;
use super::{Errand, Parcel, service_name};
use crate::event::{ConnectFailure, DeliveryFailure, LegTrouble, Reply, TlsLevel};
use crate::mail::ForwardPath;
use crate::proto::{Out, Session, smtp};
use std::collections::VecDeque;
use std::net::IpAddr;

/// A parcel on its way over one connection.
#[derive(Debug)]
pub(in crate::world) struct Leg {
    pub(in crate::world) session: smtp::ClientSession,
    pub(in crate::world) parcel: Parcel,
    /// The host that is tried.
    at: IpAddr,
    /// Further hosts to try where this one cannot be reached.
    further: VecDeque<IpAddr>,
    pub(in crate::world) outcomes: Vec<(ForwardPath, Outcome)>,
}

type Outcome = Result<Reply, smtp::ClientFailure>;

impl World {
    /// Tries the first of `hosts`.
    pub(super) fn send_on(&mut self, parcel: Parcel, hosts: VecDeque<IpAddr>, none: DeliveryFailure) {
        let host = self.hosts.get(parcel.host);
        let tls = host.map(|h| h.setup.outgoing.tls.clone()).unwrap_or_default();
        self.send_with(parcel, hosts, none, tls);
    }

    /// Tries the first of `hosts` with this level of TLS.
    pub(super) fn send_with(
        &mut self,
        parcel: Parcel,
        mut hosts: VecDeque<IpAddr>,
        none: DeliveryFailure,
        tls: TlsLevel,
    ) {
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
            tls,
            tls_first: false,
            login: None,
        });
        let from = (host.setup.name.clone(), host.setup.ip);
        let leg = Box::new(Leg { session, parcel, at: ip, further: hosts, outcomes: Vec::new() });
        self.open(from, ip, 25, Client::Relay(leg));
    }

    /// The next host could not be reached: the one after it, or later.
    pub(in crate::world) fn leg_failed(&mut self, leg: Leg, why: ConnectFailure) {
        let Leg { parcel, further, .. } = leg;
        if further.is_empty() {
            let to = parcel.to.clone();
            self.defer(parcel, to, &DeliveryFailure::Connect(why));
        } else {
            self.queue.due.push_front(Errand::GoOn(parcel, further, DeliveryFailure::Connect(why)));
        }
    }

    /// The connection to the next host has ended: what became of each recipient?
    pub(in crate::world) fn leg_done(&mut self, leg: Leg) {
        let Leg { mut session, parcel, at, mut further, mut outcomes } = leg;
        while let Some(out) = session.poll() {
            if let Out::Delivery { to, outcome } = out {
                outcomes.push((to, outcome));
            }
        }
        if self.goes_on_plain(&session, &parcel, &outcomes) {
            further.push_front(at);
            let why = DeliveryFailure::ConnectionLost;
            self.queue.due.push_front(Errand::Plain(parcel, further, why));
            return;
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
                Err(smtp::ClientFailure::Trouble(why)) if why.is_permanent() => {
                    self.give_up(&parcel, &to, DeliveryFailure::Leg(why));
                }
                Err(smtp::ClientFailure::Trouble(why)) => {
                    why_later = DeliveryFailure::Leg(why);
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

    /// A handshake failed with a host that need not have one: is the same host tried at once without TLS? As Postfix does
    /// it, the mail must have waited for a while first, so that a passing trouble does not lay it open.
    fn goes_on_plain(
        &self,
        session: &smtp::ClientSession,
        parcel: &Parcel,
        outcomes: &[(ForwardPath, Outcome)],
    ) -> bool {
        let handshake = |outcome: &Outcome| {
            matches!(outcome, Err(smtp::ClientFailure::Trouble(LegTrouble::Handshake(_))))
        };
        *session.tls_level() == TlsLevel::May
            && self.now.since(parcel.queued) >= super::retry::FIRST_WAIT
            && !outcomes.is_empty()
            && outcomes.iter().all(|(_, outcome)| handshake(outcome))
    }
}
