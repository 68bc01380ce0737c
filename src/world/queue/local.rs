//! Local delivery: a message goes into a mailbox of the host that holds it.

use super::super::{World, stamp};
use super::Parcel;
use crate::event::{DeliveryFailure, Event};
use crate::mail::ForwardPath;

impl World {
    /// Puts a message into a mailbox of the host.
    pub(super) fn deliver(&mut self, parcel: &Parcel, to: &ForwardPath) {
        let Some(address) = self.local_address(parcel.host, to) else {
            self.give_up(parcel, to, DeliveryFailure::NoSuchUser);
            return;
        };
        let Some(host) = self.hosts.get(parcel.host) else { return };
        let system = host.setup.smtp.as_ref().map(|s| s.config.style);
        let lines = stamp::final_delivery(system, &parcel.from, &address, self.now, host.setup.offset);
        let message = parcel.message.stamped(&host.setup.name, &lines);
        match self.store(parcel.host, &address, parcel.id, &message) {
            Ok(folder) => {
                let host = self.host_name(parcel.host);
                self.log(Event::Delivered { id: parcel.id, host, mailbox: address, message, folder });
            }
            Err(why) => self.give_up(parcel, to, why),
        }
    }
}
