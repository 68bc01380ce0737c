//! Persons as a scenario has them: whose mailbox, with which device, and what they do when.

use crate::mail::compose::{Correspondent, ReceiptMode};
use crate::mail::{Glob, MessagePattern};
use crate::proto::imap::Flag;
use crate::units::{Lang, Zone};
use crate::world::AccountSetup;
use std::net::IpAddr;
use std::time::Duration;

/// A person who lives in the world.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonSetup {
    /// Name, address, password, and the server that takes their mail.
    pub account: AccountSetup,
    /// The name their device gives itself.
    pub device: String,
    /// Its address.
    pub ip: IpAddr,
    /// Its time zone.
    pub zone: Zone,
    /// The language they write in.
    pub lang: Lang,
    /// How many letters they write at most.
    pub limit: u32,
    /// What they do.
    pub habits: Vec<Habit>,
}

/// One thing a person does.
#[derive(Debug, Clone, PartialEq)]
pub struct Habit {
    /// What makes them do it.
    pub when: Occasion,
    /// How long it takes them.
    pub after: Duration,
    /// They do it once, however often the occasion comes.
    pub once: bool,
    /// What they write is signed with their certificate for mail.
    pub sign: bool,
    /// What they write is encrypted for those to whom it goes.
    pub encrypt: bool,
    /// What they do.
    pub act: Act,
}

/// What makes a person do something.
#[derive(Debug, Clone, PartialEq)]
pub enum Occasion {
    /// A message like this came into their mailbox.
    Mail(MessagePattern),
    /// So long after the attempt's start.
    At(Duration),
    /// A message like this came into somebody's mailbox.
    Delivered {
        /// The mailbox's address.
        to: Glob,
        /// What the message must be like.
        message: MessagePattern,
    },
    /// Somebody signed in at a server.
    Login {
        /// The address.
        user: Glob,
    },
}

/// What a person does. Texts may hold `{{mail.from}}` and its like, which the message fills in.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Opens the message.
    Read,
    /// Opens and answers it.
    Reply {
        /// What they write.
        text: String,
        /// To everybody whom the message went to.
        all: bool,
        /// With the message quoted below.
        quote: bool,
    },
    /// Opens and forwards it.
    Forward {
        /// To whom.
        to: Vec<Correspondent>,
        /// What they write above it.
        text: String,
    },
    /// Writes a letter.
    Send(LetterSetup),
    /// Opens it; a receipt is sent in this way if one is asked for, or never.
    Receipt(Option<ReceiptMode>),
    /// Tells the sender that they are away, without opening it; each sender once.
    Away {
        /// The subject; `Auto: ` and that of the message where there is none (RFC 3834 section 3.1.5).
        subject: Option<String>,
        /// What they say.
        text: String,
    },
    /// Puts it into a folder.
    File {
        /// Its path.
        folder: String,
    },
    /// Flags it.
    Flag {
        /// The flags.
        flags: Vec<Flag>,
    },
}

/// A letter that a person writes of their own accord.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LetterSetup {
    /// To.
    pub to: Vec<Correspondent>,
    /// Cc.
    pub cc: Vec<Correspondent>,
    /// Bcc.
    pub bcc: Vec<Correspondent>,
    /// Where answers go.
    pub reply_to: Vec<Correspondent>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// A receipt is asked for.
    pub receipt: bool,
    /// Further fields by name.
    pub further: Vec<(String, String)>,
}

impl Act {
    /// A flag by its name, as [`Act::Flag`] has it; `None` where that is none.
    pub fn flag(name: &str) -> Option<Flag> {
        Flag::parse(name)
    }
}
