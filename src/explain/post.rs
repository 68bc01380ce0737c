//! What hosts do with mail they have taken, in one line: what waits, what is given up, recipients that stand for
//! others, and reports.

use super::Explainer;
use super::say::Say;
use crate::event::{Event, Reported};
use crate::units::{MessageId, Zone};

/// The event in one line; an empty one for what is told elsewhere.
pub(super) fn line(e: &Explainer, event: &Event, zone: Zone) -> Say {
    let about = |key, id: &MessageId, host: &str| Say::new(key).own("id", id.to_string()).text("host", host);
    match event {
        Event::Present { id, host, mailbox, .. } => about("event-present", id, host).text("mailbox", mailbox),
        Event::Delivered { id, host, mailbox, .. } => {
            about("event-delivered", id, host).text("mailbox", mailbox)
        }
        Event::Deferred { id, host, recipient, until, why, .. } => about("event-deferred", id, host)
            .text("recipient", recipient)
            .own("until", until.rfc5322(zone.at(*until)))
            .own("why", e.explain_delivery(recipient, why).text),
        Event::Undeliverable { id, host, recipient, why, expired, .. } => {
            about("event-undeliverable", id, host)
                .text("recipient", recipient)
                .choice("expired", *expired)
                .own("why", e.explain_delivery(recipient, why).text)
        }
        Event::Expanded { id, host, recipient, into, by } => about("event-expanded", id, host)
            .text("recipient", recipient)
            .text("into", &into.join(", "))
            .own("by", by.name()),
        Event::Reported { id, about: of, host, to, recipients, .. } => about("event-reported", id, host)
            .own("about", of.to_string())
            .text("to", to)
            .text("says", &recipients.iter().map(said).collect::<Vec<_>>().join(", ")),
        Event::Unreported { id, host, recipients, why } => {
            let why = match why {
                crate::event::Silence::NullSender => "null-sender",
                crate::event::Silence::NotWanted => "not-wanted",
                crate::event::Silence::NoRoom => "no-room",
            };
            about("event-unreported", id, host).text("recipients", &recipients.join(", ")).own("why", why)
        }
        Event::QueueListed { host, messages } => {
            Say::new("event-queue-listed").text("host", host).number("count", u64::from(*messages))
        }
        // Nothing else is told here.
        _ => Say::new("event-queue-listed").text("host", "").number("count", 0),
    }
}

fn said(one: &Reported) -> String {
    format!("{} {} {}", one.recipient, one.action.name(), one.status)
}
