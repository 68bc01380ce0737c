//! From the end of DATA to the queue: a host takes responsibility for a message, stamps it, and sorts its recipients by
//! where their mail goes next (RFC 5321 sections 4.2.5 and 4.4).

use super::queue::{Parcel, Way, service_name};
use super::{World, stamp};
use crate::event::{Envelope, Event, PolicyVerdict, RcptParams, RecipientVerdict};
use crate::mail::{Domain, Fields, ForwardPath, Message};
use crate::units::{Bytes, ConnId, MessageId};

impl World {
    /// A host takes a message over (the end of DATA).
    pub(super) fn take(
        &mut self,
        at: usize,
        conn: ConnId,
        envelope: Envelope,
        octets: &Bytes,
    ) -> PolicyVerdict {
        let (verified, reverse) = (self.verified_name(envelope.client), self.reverse_name(envelope.client));
        // A relayed message keeps its number, and with its authors the lines of the hosts before.
        let relayed = self.net.parcel(conn).map(|p| p.id);
        let mut message = self.handed_over(conn, octets);
        let Some(host) = self.hosts.get(at) else { return PolicyVerdict::No };
        let Some(service) = &host.setup.smtp else { return PolicyVerdict::No };
        let system = service.config.style;
        // RFC 5321 section 6.3: the count of Received lines tells a loop.
        if Fields::parse(octets).hops() as u64 > u64::from(system.hop_limit()) {
            return PolicyVerdict::TooManyHops;
        }
        // What is found out about the sender is about the message as it came; refused, it is nobody's yet.
        let found = match self.check_message(at, conn, &envelope, octets) {
            Ok(found) => found,
            Err(refusal) => return PolicyVerdict::NotBelieved(refusal),
        };
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
        message = self.without_forged(at, conn, message);
        self.quarantine(at, conn, id, &found);
        let stamped = self
            .hosts
            .get(at)
            .map(|host| stamp::completed(system, &message, &envelope, now, &host.setup, &queue_id));
        message = stamped.unwrap_or(message);
        let signature = self.sign(at, conn, id, &envelope, &message);
        if let Some(host) = self.hosts.get_mut(at) {
            let lines = stamp::received(&mut stamp::Arrival {
                host: &host.setup,
                ids: &mut host.ids,
                envelope: &envelope,
                client_name: verified.as_deref(),
                reverse_name: reverse.as_deref(),
                queue_id: &queue_id,
                now,
            });
            message = message.stamped(&host.setup.name, &[found.fields, lines, signature].concat());
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
            self.queue.begin(parcel);
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
}
