//! What persons of a scenario do, as messages.

use super::Explainer;
use super::say::Say;
use crate::event::{PersonEvent, PersonLetter};
use crate::mail::compose::Restraint;
use crate::rfc::{Section, section};
use crate::units::Zone;

/// What a person did, in one line, times being those of the zone.
pub(super) fn line(e: &Explainer, name: &str, what: &PersonEvent, zone: Zone) -> Say {
    let say = |key| Say::new(key).text("name", name);
    match what {
        PersonEvent::Reads { id } => say("person-reads").own("id", id.to_string()),
        PersonEvent::Misses { id } => say("person-misses").own("id", id.to_string()),
        PersonEvent::Writes { what, about, to, conn } => {
            let to = to.join(", ");
            let key = match what {
                PersonLetter::New => "person-writes-new",
                PersonLetter::Reply => "person-writes-reply",
                PersonLetter::Forward => "person-writes-forward",
                PersonLetter::Receipt => "person-writes-receipt",
                PersonLetter::Away => "person-writes-away",
            };
            let about = about.map(|id| id.to_string()).unwrap_or_default();
            say(key).text("to", &to).own("id", about).own("conn", conn.to_string())
        }
        PersonEvent::NotSent { to, why, again } => {
            let why = e.explain_delivery(to, why).text;
            match again {
                Some(at) => say("person-not-sent-yet").own("again", at.rfc5322(zone.at(*at))),
                None => say("person-not-sent"),
            }
            .text("to", to)
            .own("why", why)
        }
        PersonEvent::KeepsStill { what, about, why } => {
            let key = match what {
                PersonLetter::New => "person-keeps-still-new",
                PersonLetter::Reply => "person-keeps-still-reply",
                PersonLetter::Forward => "person-keeps-still-forward",
                PersonLetter::Receipt => "person-keeps-still-receipt",
                PersonLetter::Away => "person-keeps-still-away",
            };
            let about = about.map(|id| id.to_string()).unwrap_or_default();
            say(key).own("id", about).own("why", e.say(restraint(*why)))
        }
    }
}

/// Why a message is not answered.
pub(super) fn restraint(why: Restraint) -> Say {
    Say::new(match why {
        Restraint::NullSender => "restraint-null-sender",
        Restraint::AutoSubmitted => "restraint-auto-submitted",
        Restraint::List => "restraint-list",
        Restraint::RoleSender => "restraint-role-sender",
        Restraint::NotAddressed => "restraint-not-addressed",
        Restraint::ToldBefore => "restraint-told-before",
        Restraint::Own => "restraint-own",
        Restraint::NotAskedFor => "restraint-not-asked-for",
        Restraint::OtherAddress => "restraint-other-address",
        Restraint::Denied => "restraint-denied",
        Restraint::Receipt => "restraint-receipt",
        Restraint::Enough => "restraint-enough",
        Restraint::NoCertificate => "restraint-no-certificate",
    })
}

/// The rule behind what a person did or left, where there is one.
pub(super) fn rule(what: &PersonEvent) -> Option<Section> {
    match what {
        PersonEvent::Writes { what, .. } => match what {
            PersonLetter::New | PersonLetter::Forward => Some(section(5322, "3.6.3")),
            PersonLetter::Reply => Some(section(5322, "3.6.4")),
            PersonLetter::Receipt => Some(section(8098, "3")),
            PersonLetter::Away => Some(section(3834, "2")),
        },
        PersonEvent::KeepsStill { why, .. } => match why {
            Restraint::AutoSubmitted => Some(section(3834, "5")),
            Restraint::NotAskedFor | Restraint::OtherAddress | Restraint::Receipt | Restraint::Denied => {
                Some(section(8098, "2.1"))
            }
            Restraint::Enough => None,
            _ => Some(section(3834, "2")),
        },
        _ => None,
    }
}
