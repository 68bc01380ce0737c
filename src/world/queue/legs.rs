//! Legs to the next host: real sessions of the SMTP client against that host's server.

use super::super::World;
use super::super::ends::Client;
use super::told::{Trouble, cause_of_reply, told};
use super::{Errand, Parcel, Recipient, service_name};
use crate::event::{
    ConnectFailure, DeliveryFailure, LegTrouble, Notify, OriginalRecipient, RcptParams, Reply, TlsLevel,
};
use crate::mail::ForwardPath;
use crate::mail::report::{Action, Remote, Status};
use crate::proto::smtp::Style;
use crate::proto::{Out, Session, smtp};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

/// How long nobody on a host tries a way again on which nobody was to be reached (Postfix: transport_retry_time).
const SUSPENDED: Duration = Duration::from_secs(60);
/// How long mail has waited at least before it goes without TLS where TLS fails.
const FIRST_WAIT: Duration = Duration::from_secs(300);

/// A host to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::world) struct Hop {
    /// Its name in DNS.
    pub(in crate::world) name: String,
    pub(in crate::world) ip: IpAddr,
    pub(in crate::world) port: u16,
    /// User and password, where it is to know who comes.
    pub(in crate::world) login: Option<(String, String)>,
}

/// A parcel on its way over one connection.
#[derive(Debug)]
pub(in crate::world) struct Leg {
    pub(in crate::world) session: smtp::ClientSession,
    pub(in crate::world) parcel: Parcel,
    hop: Hop,
    /// Further hosts to try where this one cannot be reached.
    further: VecDeque<Hop>,
    pub(in crate::world) outcomes: Vec<(ForwardPath, Outcome)>,
}

type Outcome = Result<Reply, smtp::ClientFailure>;

impl World {
    /// Tries the first of `hops`.
    pub(super) fn send_on(&mut self, parcel: Parcel, hops: VecDeque<Hop>, none: Trouble) {
        let host = self.hosts.get(parcel.host);
        let tls = host.map(|h| h.setup.outgoing.tls.clone()).unwrap_or_default();
        self.send_with(parcel, hops, none, tls);
    }

    /// Tries the first of `hops` with this level of TLS.
    pub(super) fn send_with(
        &mut self,
        parcel: Parcel,
        mut hops: VecDeque<Hop>,
        none: Trouble,
        tls: TlsLevel,
    ) {
        let (Some(hop), Some(host), Some(letter)) =
            (hops.pop_front(), self.hosts.get(parcel.host), self.queue.letter(parcel.letter))
        else {
            return self.fail_all(parcel, &none);
        };
        let session = smtp::ClientSession::new(smtp::ClientConfig {
            name: service_name(&host.setup),
            from: letter.from.clone(),
            params: letter.params.clone(),
            to: parcel.to.iter().map(|r| r.to.clone()).collect(),
            rcpt_params: parcel.to.iter().map(|r| told_on(self.mail_style(parcel.host), r)).collect(),
            message: letter.message.octets.clone(),
            tls,
            // Where TLS comes first, it comes first at port 465 (RFC 8314 section 3.3).
            tls_first: hop.port == 465,
            login: hop.login.as_ref().map(|(user, password)| {
                let nonce = format!("{}.{}", parcel.letter, self.now.0);
                smtp::ClientLogin { in_the_clear: true, ..smtp::ClientLogin::new(user, password, &nonce) }
            }),
            manner: smtp::Manner::Relay,
        });
        let from = (host.setup.name.clone(), host.setup.ip);
        let (ip, port) = (hop.ip, hop.port);
        let leg = Box::new(Leg { session, parcel, hop, further: hops, outcomes: Vec::new() });
        self.open(from, ip, port, Client::Relay(leg));
    }

    /// The next host could not be reached: the one after it, or later.
    pub(in crate::world) fn leg_failed(&mut self, leg: Leg, why: ConnectFailure) {
        let Leg { parcel, hop, further, .. } = leg;
        let why =
            Trouble { remote: Some(Box::new(remote(&hop))), ..Trouble::of(DeliveryFailure::Connect(why)) };
        if further.is_empty() {
            let until = self.now.plus(SUSPENDED);
            self.queue.dead.insert((parcel.host, parcel.way.clone()), (until, why.clone()));
            self.defer_all(parcel, &why);
        } else {
            self.queue.due.push_front(Errand::GoOn(parcel, further, why));
        }
    }

    /// The connection to the next host has ended: what became of each recipient?
    pub(in crate::world) fn leg_done(&mut self, mut leg: Leg) {
        while let Some(out) = leg.session.poll() {
            if let Out::Delivery { to, outcome } = out {
                leg.outcomes.push((to, outcome));
            }
        }
        let Leg { session, parcel, hop, mut further, outcomes } = leg;
        if self.goes_on_plain(&session, &parcel, &outcomes) {
            further.push_front(hop);
            let why = Trouble::of(DeliveryFailure::ConnectionLost);
            self.queue.due.push_front(Errand::Plain(parcel, further, why));
            return;
        }
        let Parcel { letter, host, mut to, way, tries } = parcel;
        let told_on = session.passes_on_dsn();
        let mut later: Vec<Recipient> = Vec::new();
        for (address, outcome) in outcomes {
            let command = session.command_before(&address);
            let Some(place) = to.iter().position(|r| r.to == address) else { continue };
            let mut recipient = to.remove(place);
            let trouble = match outcome {
                Ok(reply) => {
                    if !told_on && recipient.params.notify.contains(&Notify::Success) {
                        let cause = cause_of_reply(&reply, command);
                        let (action, remote) = (Action::Relayed, Some(remote(&hop)));
                        let told = told(&recipient, action, Status(2, 0, 0), remote, cause);
                        self.note(letter, recipient, told);
                    }
                    continue;
                }
                Err(smtp::ClientFailure::Reply(reply)) => Trouble::of(DeliveryFailure::Reply(reply)),
                Err(smtp::ClientFailure::Trouble(why)) => Trouble::of(DeliveryFailure::Leg(why)),
                Err(smtp::ClientFailure::ConnectionLost) => Trouble::of(DeliveryFailure::ConnectionLost),
                Err(smtp::ClientFailure::TimedOut) => {
                    Trouble { silent: true, ..Trouble::of(DeliveryFailure::ConnectionLost) }
                }
            };
            let trouble = Trouble { remote: Some(Box::new(remote(&hop))), command, ..trouble };
            match &trouble.why {
                DeliveryFailure::Reply(reply) if reply.code >= 500 => {
                    self.fail(letter, recipient, &trouble, false);
                }
                DeliveryFailure::Leg(why) if why.is_permanent() => {
                    self.fail(letter, recipient, &trouble, false);
                }
                _ => {
                    recipient.why = Some(trouble);
                    later.push(recipient);
                }
            }
        }
        // Nothing was said of these, which a session never leaves so: they are tried again.
        later.extend(to.into_iter().map(|mut recipient| {
            let lost = Trouble {
                remote: Some(Box::new(remote(&hop))),
                ..Trouble::of(DeliveryFailure::ConnectionLost)
            };
            recipient.why = Some(lost);
            recipient
        }));
        let parcel = Parcel { letter, host, to: later, way, tries };
        match parcel.to.first().and_then(|r| r.why.clone()) {
            Some(why) if !further.is_empty() => {
                self.queue.due.push_front(Errand::GoOn(parcel, further, why));
                return;
            }
            Some(_) => self.defer(parcel),
            None => {}
        }
        self.put_down(letter);
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
        let queued = self.queue.letter(parcel.letter).map_or(self.now, |letter| letter.queued);
        *session.tls_level() == TlsLevel::May
            && self.now.since(queued) >= FIRST_WAIT
            && !outcomes.is_empty()
            && outcomes.iter().all(|(_, outcome)| handshake(outcome))
    }
}

/// What is said of a recipient with RCPT. Postfix names the address as it came even where the sender said none, so that
/// a report from further on can (RFC 3461 section 5.2.1 leaves that to it); the others pass on what they were told.
fn told_on(style: Style, recipient: &Recipient) -> RcptParams {
    let mut params = recipient.params.clone();
    if style == Style::Postfix && params.orcpt.is_none() {
        params.orcpt = Some(OriginalRecipient::of(recipient.original.0.to_string()));
    }
    params
}

fn remote(hop: &Hop) -> Remote {
    Remote { name: hop.name.clone(), ip: hop.ip, port: hop.port }
}
