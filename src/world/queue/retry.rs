//! When mail that could not be passed on is tried again, and when it is given up (RFC 5321 section 4.5.4.1).

use super::super::{Host, World};
use super::{Errand, Parcel, Way};
use crate::event::{DeliveryFailure, Event};
use crate::mail::ForwardPath;
use crate::units::Time;
use std::time::Duration;

/// The wait after a first failed try; it doubles with every further one up to [`LONGEST_WAIT`].
pub(super) const FIRST_WAIT: Duration = Duration::from_secs(300);
const LONGEST_WAIT: Duration = Duration::from_secs(4000);
/// A message that could not be passed on for so long is given up (RFC 5321 section 4.5.4.1).
const LIFETIME: Duration = Duration::from_secs(5 * 24 * 3600);

impl World {
    /// Keeps a parcel for another try, or gives it up where it is too old.
    pub(super) fn defer(&mut self, parcel: Parcel, to: Vec<ForwardPath>, why: &DeliveryFailure) {
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
    pub(in crate::world) fn flush(&mut self, at: usize, domain: &str) -> bool {
        let stands_in = |h: &Host| h.setup.relay_for.iter().any(|d| d.eq_ignore_ascii_case(domain));
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

    /// A recipient of a parcel is given up.
    pub(super) fn give_up(&mut self, parcel: &Parcel, to: &ForwardPath, why: DeliveryFailure) {
        let (host, recipient) = (self.host_name(parcel.host), to.0.to_string());
        self.log(Event::Undeliverable { id: parcel.id, host, recipient, why });
    }
}
