//! One of everything that persons do.

use crate::event::{DeliveryFailure, Event, PersonEvent, PersonLetter};
use crate::explain::person::restraint;
use crate::explain::say::Say;
use crate::mail::compose::Restraint;
use crate::units::{ConnId, MessageId, Time};

pub(super) fn events() -> Vec<Event> {
    use PersonEvent as P;
    let (id, conn, to) = (MessageId(1), ConnId(2), || "noname@example.tld".to_owned());
    let why = || DeliveryFailure::ConnectionLost;
    let mut all = vec![
        P::Reads { id },
        P::Misses { id },
        P::NotSent { to: to(), why: why(), again: None },
        P::NotSent { to: to(), why: why(), again: Some(Time(0)) },
    ];
    for what in PersonLetter::ALL {
        all.push(P::Writes { what, about: Some(id), to: vec![to()], conn });
        all.push(P::KeepsStill { what, about: Some(id), why: Restraint::Enough });
    }
    let what = PersonLetter::Away;
    all.extend(Restraint::ALL.map(|why| P::KeepsStill { what, about: Some(id), why }));
    let event = |what| Event::Person { name: "Hedwig".to_owned(), address: to(), what };
    all.into_iter().map(event).collect()
}

/// Why a message is not answered, which stands within what is said of an event.
pub(super) fn says() -> Vec<Say> {
    Restraint::ALL.map(restraint).to_vec()
}
