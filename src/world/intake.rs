//! From the end of DATA to the queue: a host takes responsibility for a message, stamps it, and hands it to its queue
//! (RFC 5321 sections 4.2.5 and 4.4).

use super::names::ClientNames;
use super::queue::{Letter, Recipient, service_name};
use super::{World, stamp};
use crate::event::{Envelope, Event, PolicyVerdict};
use crate::mail::Outline;
use crate::units::{Bytes, ConnId};

impl World {
    /// A host takes a message over (the end of DATA) that was the connection's transaction of this number.
    pub(super) fn take(
        &mut self,
        at: usize,
        (conn, transaction): (ConnId, u32),
        envelope: Envelope,
        octets: &Bytes,
    ) -> PolicyVerdict {
        let ClientNames { verified, reverse } = self.net.client_names(conn);
        // A relayed message keeps its number, and with its authors the lines of the hosts before. A relay hands over one on
        // a connection; whatever else the server reads out of it (RFC 5321 section 4.1.1.4) is a message of its own.
        let relayed = self.net.letter(conn).filter(|_| transaction == 1);
        let relayed = relayed.and_then(|letter| self.queue.letter(letter)).map(|l| l.id);
        let mut message = self.handed_over(conn, octets);
        let Some(host) = self.hosts.get(at) else { return PolicyVerdict::No };
        let Some(service) = &host.setup.smtp else { return PolicyVerdict::No };
        let system = service.config.style;
        // RFC 5321 section 6.3: the count of Received lines tells a loop.
        if system.too_many_hops(Outline::of(octets).hops() as u64) {
            return PolicyVerdict::TooManyHops;
        }
        // What is found out about the sender is about the message as it came; refused, it is nobody's yet.
        let found = match self.check_message(at, conn, &envelope, octets) {
            Ok(found) => found,
            Err(refusal) => return PolicyVerdict::NotBelieved(refusal),
        };
        let id = match relayed {
            _ if self.queue.is_full() => None,
            Some(id) => (self.may_pass_again(id) && self.make_room(&message)).then_some(id),
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
        // What this host adds itself in a moment does not make it a message that comes back.
        let returns = self.hosts.get(at).is_some_and(|h| message.passed(&h.setup.name));
        let stamped = self
            .hosts
            .get(at)
            .map(|host| stamp::completed(system, &message, &envelope, now, &host.setup, &queue_id));
        message = stamped.unwrap_or(message);
        let signature = if returns { String::new() } else { self.sign(at, conn, id, &envelope, &message) };
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
        let name = verified.unwrap_or_else(|| envelope.helo.clone());
        let client = format!("{name} [{}]", envelope.client);
        let mut letter = Letter::new(id, at, queue_id, envelope.from.clone(), message, now);
        (letter.params, letter.client) = (envelope.params.clone(), client);
        let recipients = envelope.to.iter().enumerate();
        let recipients = recipients.map(|(n, to)| Recipient::new(to.clone(), envelope.of_recipient(n)));
        self.enqueue(letter, recipients.collect());
        PolicyVerdict::Taken { id, queue_id: shown }
    }
}
