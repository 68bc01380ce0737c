//! What the persons of a scenario do: read, answer, forward, send receipts, keep still.

use super::DeliveryFailure;
use crate::mail::compose::Restraint;
use crate::units::{ConnId, MessageId, Time};
use serde::{Deserialize, Serialize};

/// Something a person did, or did not do although they might have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonEvent {
    /// Opens a message in the mailbox.
    Reads {
        /// The message.
        id: MessageId,
    },
    /// Hands a letter to their provider.
    Writes {
        /// What it is.
        what: PersonLetter,
        /// The message it is about, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<MessageId>,
        /// To whom it goes.
        to: Vec<String>,
        /// The connection it goes over.
        conn: ConnId,
    },
    /// The provider did not take a letter.
    NotSent {
        /// For whom it was.
        to: String,
        /// Why.
        why: DeliveryFailure,
        /// When it is tried again; `None` where it is given up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<Time>,
    },
    /// Does not write, although the scenario has them do so.
    KeepsStill {
        /// What they would have written.
        what: PersonLetter,
        /// The message it would have been about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<MessageId>,
        /// Why not.
        why: Restraint,
    },
    /// Wanted to do something with a message that is no longer in the mailbox.
    Misses {
        /// The message.
        id: MessageId,
    },
}

/// What a person writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonLetter {
    /// A letter of their own accord.
    New,
    /// An answer.
    Reply,
    /// A forward.
    Forward,
    /// A receipt: that a message was displayed (RFC 8098).
    Receipt,
    /// That they are away (RFC 3834).
    Away,
}

impl PersonLetter {
    /// All of them.
    pub const ALL: [PersonLetter; 5] = [
        PersonLetter::New,
        PersonLetter::Reply,
        PersonLetter::Forward,
        PersonLetter::Receipt,
        PersonLetter::Away,
    ];

    /// Its name, as serde writes it.
    pub fn kind(self) -> &'static str {
        match self {
            PersonLetter::New => "new",
            PersonLetter::Reply => "reply",
            PersonLetter::Forward => "forward",
            PersonLetter::Receipt => "receipt",
            PersonLetter::Away => "away",
        }
    }
}
