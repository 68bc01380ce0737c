//! When mail that could not be passed on is tried again, and when it is given up (RFC 5321 section 4.5.4.1).

use super::super::post::Schedule;
use super::super::{Host, World};
use super::told::{self, Trouble};
use super::{Parcel, Recipient, Way};
use crate::event::{DeliveryFailure, EnhancedCode, Event};
use crate::mail::report::Action;
use crate::units::Time;

impl World {
    /// When a host tries again, warns and gives up.
    pub(super) fn schedule(&self, at: usize) -> Schedule {
        let own = self.hosts.get(at).and_then(|h| h.setup.post.schedule.clone());
        own.unwrap_or_else(|| Schedule::of(self.mail_style(at)))
    }

    /// Keeps a parcel for another try for the same reason for all, and puts its letter down.
    pub(super) fn defer_all(&mut self, mut parcel: Parcel, why: &Trouble) {
        for recipient in &mut parcel.to {
            recipient.why = Some(why.clone());
        }
        let letter = parcel.letter;
        self.defer(parcel);
        self.put_down(letter);
    }

    /// Keeps a parcel for another try, or gives it up where its letter is too old. Each recipient knows why.
    pub(super) fn defer(&mut self, parcel: Parcel) {
        let Some(l) = self.queue.letters.get_mut(&parcel.letter) else { return };
        let (id, at, queued, warned) = (l.id, l.host, l.queued, l.warned);
        let schedule = self.schedule(at);
        let age = self.now.since(queued);
        let unknown = || Trouble::of(DeliveryFailure::ConnectionLost);
        let why_of = |r: &Recipient| r.why.clone().unwrap_or_else(unknown);
        if age >= schedule.expire {
            for recipient in parcel.to {
                let why = why_of(&recipient);
                self.fail(parcel.letter, recipient, &why, true);
            }
            return;
        }
        let until = self.now.plus(schedule.wait(parcel.tries));
        let program = told::program(self.mail_style(at));
        let warn = !warned && schedule.warn.is_some_and(|after| age >= after);
        for recipient in &parcel.to {
            let trouble = why_of(recipient);
            let told = trouble.told(program, recipient, Action::Delayed);
            let status = Some(EnhancedCode(told.status.0, told.status.1, told.status.2));
            let (host, address) = (self.host_name(at), recipient.to.0.to_string());
            self.log(Event::Deferred { id, host, recipient: address, until, why: trouble.why, status });
            if warn {
                self.note(parcel.letter, recipient.clone(), told);
            }
        }
        let key = (until, self.queue.next_serial());
        if let Some(l) = self.queue.letters.get_mut(&parcel.letter) {
            l.waiting += 1;
        }
        self.queue.waiting.insert(key, Parcel { tries: parcel.tries.saturating_add(1), ..parcel });
    }

    /// What waits on a host for a domain is due now (ETRN). False where the host does not stand in for the domain.
    pub(in crate::world) fn flush(&mut self, at: usize, domain: &str) -> bool {
        let stands_in = |h: &Host| h.setup.relay_for.iter().any(|d| d.eq_ignore_ascii_case(domain));
        if !self.hosts.get(at).is_some_and(stands_in) {
            return false;
        }
        let way = Way::Domain(domain.to_ascii_lowercase());
        self.make_due(|p| p.host == at && p.way == way);
        true
    }

    /// All that waits on a host, or what waits there for one domain, is due now, whatever failed a moment ago
    /// (`postqueue -f`).
    pub(in crate::world) fn flush_all(&mut self, at: usize, domain: Option<&str>) {
        let way = domain.map(|domain| Way::Domain(domain.to_ascii_lowercase()));
        self.make_due(|p| p.host == at && way.as_ref().is_none_or(|way| *way == p.way));
        self.pump();
    }

    fn make_due(&mut self, wanted: impl Fn(&Parcel) -> bool) {
        let keys: Vec<(Time, u64)> =
            self.queue.waiting.iter().filter(|(_, p)| wanted(p)).map(|(key, _)| *key).collect();
        for key in keys {
            if let Some(parcel) = self.queue.waiting.remove(&key) {
                self.queue.dead.remove(&(parcel.host, parcel.way.clone()));
                self.take_up(parcel);
            }
        }
    }
}
