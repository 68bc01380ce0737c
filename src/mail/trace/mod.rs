//! What an honest analyst can conclude from a message alone: the way it came, how far its lines can be believed, and
//! what contradicts itself. The truth, which the lab knows ([`super::Message::authors`]), plays no part here.
//!
//! The reasoning is that of whoever reads mail headers for a living. Each server puts its line on top, so the topmost is
//! that of the reader's own server, which they trust. It saw the address that called. Where that is another server they
//! trust, the next line is that server's; where it is not, the trustworthy part ends here, and the address is the true
//! origin as far as it can be known. All below is the word of whoever called from there.

mod address;
mod chain;
mod date;
mod fields;
mod received;

pub use address::{AddressUse, use_of};
pub use date::{Dated, date, is_moment};
pub use fields::{Claim, FieldKind};
pub use received::{Address, Inside, Received, System, Word};

use super::Fields;
use crate::rfc::{Section, section};
use crate::units::{Span, Time};
use std::net::IpAddr;

/// No honest mail has so many `Received` lines; what lies below is not looked at.
const HOPS: usize = 128;

/// A host whose lines the reader believes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedHost {
    /// The names under which it writes lines.
    pub names: Vec<String>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
}

/// What the reader knows beside the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View<'a> {
    /// The hosts they believe; the first is the one that their mailbox lies on.
    pub trusted: &'a [TrustedHost],
    /// When they look; `None` where nobody knows, and then nothing is in the future but what is after the last line.
    pub now: Option<Time>,
}

/// One `Received` line on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// What it says.
    pub line: Received,
    /// It stands in the trustworthy part.
    pub trusted: bool,
    /// Seconds since the next line below that has a date; negative where the clock went back.
    pub delay: Option<i64>,
}

/// Who handed the message to the trusted part of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The line that tells it, by its place in [`Trace::hops`].
    pub hop: usize,
    /// The address that called; `None` where the line tells none, or the message began on the host itself.
    pub ip: Option<IpAddr>,
    /// The name that the server found for it.
    pub name: Option<String>,
    /// What it called itself.
    pub helo: Option<String>,
    /// Who had logged in.
    pub user: Option<String>,
    /// When.
    pub at: Option<Time>,
    /// It was handed over inside of the host.
    pub inside: bool,
}

/// What can be concluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The `Received` lines, topmost first.
    pub hops: Vec<Hop>,
    /// Where the trustworthy part ends: all above this octet was written by hosts that are trusted.
    pub boundary: usize,
    /// The true origin, as far as it can be known; `None` where no line can be believed.
    pub origin: Option<Origin>,
    /// The other fields, with what each is worth.
    pub claims: Vec<Claim>,
    /// What there is to say, in the order of the message.
    pub findings: Vec<Finding>,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Worth knowing.
    Note,
    /// Odd, but honest mail has it too.
    Doubt,
    /// Cannot be true.
    Contradiction,
}

/// Something the analyst noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// Where in the message.
    pub span: Span,
    /// The rule it is about.
    pub rule: Section,
}

/// What an analyst notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// No line can be believed: the topmost is not by the reader's own server.
    NothingTrusted,
    /// The trustworthy part ends below this line.
    TrustEnds,
    /// The line stands below it: the sender may have written it.
    BelowBoundary,
    /// And it claims to be by a server that is trusted and has said above from whom it had the message.
    ClaimsTrusted {
        /// The server.
        by: String,
    },
    /// Whoever took the message by this line is not who handed it over by the line above.
    ChainBroken {
        /// Who took it here.
        by: String,
        /// Who handed it over above.
        from: String,
    },
    /// A hand-over inside of the host.
    HandedOverInside {
        /// Who did.
        how: Inside,
    },
    /// The client called itself other than its address is called.
    HelloDiffers {
        /// What it said.
        helo: String,
        /// The name found.
        name: String,
    },
    /// The address has no name.
    NoReverseName {
        /// The address.
        ip: String,
    },
    /// The name does not lead back to the address.
    MayBeForged {
        /// The name.
        name: String,
    },
    /// An address that means nothing outside of one network.
    AddressPrivate {
        /// The address.
        ip: String,
    },
    /// An address set aside.
    AddressReserved {
        /// The address.
        ip: String,
    },
    /// What stands there is no address.
    AddressImpossible {
        /// As it stands there.
        text: String,
    },
    /// The line names no address that called.
    NoAddress,
    /// The line does not say who took the message.
    NoBy,
    /// The line has no date.
    NoDate,
    /// What stands there is no date.
    BadDate {
        /// As it stands there.
        text: String,
    },
    /// That date is another day of the week.
    WrongWeekday {
        /// The day that stands there.
        said: &'static str,
        /// The right one.
        right: &'static str,
    },
    /// The date has no zone, or one nobody knows.
    ZoneUnknown,
    /// The line below is later.
    TimeGoesBack {
        /// By so many seconds.
        seconds: u64,
    },
    /// A long time after the line below.
    LongWait {
        /// Seconds.
        seconds: u64,
    },
    /// After the moment of looking, or after the topmost line.
    InFuture {
        /// By so many seconds.
        seconds: u64,
    },
    /// No such protocol is known.
    UnknownProtocol {
        /// As it stands there.
        with: String,
    },
    /// The date of the letter is far from the moment when it was handed over.
    DateFar {
        /// By so many seconds.
        seconds: u64,
        /// It is later.
        later: bool,
    },
    /// The sender shown is of another domain than the one on the envelope.
    EnvelopeDiffers {
        /// The one shown.
        from: String,
        /// The one on the envelope.
        path: String,
    },
    /// The envelope had no sender: a report, or an answer by a machine.
    NullSender,
    /// An answer would go elsewhere.
    ReplyElsewhere {
        /// The sender shown.
        from: String,
        /// Who would get the answer.
        reply: String,
    },
    /// Sender and From differ.
    SenderDiffers {
        /// In Sender.
        sender: String,
    },
    /// The display name looks like an address, and another one than the true one.
    NameHasAddress {
        /// In the name.
        shown: String,
        /// The address itself.
        address: String,
    },
    /// The Message-ID was made in another domain than the sender's.
    MessageIdElsewhere {
        /// The domain in the Message-ID.
        domain: String,
        /// The sender's.
        from: String,
    },
    /// A field that every letter has is missing.
    FieldMissing {
        /// Its name.
        name: &'static str,
    },
    /// A field that may stand once stands there again.
    FieldTwice {
        /// Its name.
        name: String,
    },
    /// A Bcc field was left in.
    BccVisible,
    /// It pretends to be urgent.
    HighPriority,
    /// A result of checks that a trusted host has written.
    AuthBelieved {
        /// By whom.
        host: String,
    },
    /// One that anybody may have written.
    AuthNotBelieved {
        /// Whom it names.
        host: String,
    },
}

impl FindingKind {
    /// How much it weighs.
    pub fn weight(&self) -> Weight {
        use FindingKind as F;
        match self {
            F::ClaimsTrusted { .. }
            | F::ChainBroken { .. }
            | F::AddressImpossible { .. }
            | F::WrongWeekday { .. }
            | F::InFuture { .. } => Weight::Contradiction,
            F::NothingTrusted
            | F::HelloDiffers { .. }
            | F::MayBeForged { .. }
            | F::AddressReserved { .. }
            | F::NoBy
            | F::NoDate
            | F::BadDate { .. }
            | F::TimeGoesBack { .. }
            | F::UnknownProtocol { .. }
            | F::DateFar { .. }
            | F::ReplyElsewhere { .. }
            | F::NameHasAddress { .. }
            | F::FieldMissing { .. }
            | F::FieldTwice { .. }
            | F::AuthNotBelieved { .. } => Weight::Doubt,
            F::TrustEnds
            | F::BelowBoundary
            | F::HandedOverInside { .. }
            | F::NoReverseName { .. }
            | F::AddressPrivate { .. }
            | F::NoAddress
            | F::ZoneUnknown
            | F::LongWait { .. }
            | F::EnvelopeDiffers { .. }
            | F::NullSender
            | F::SenderDiffers { .. }
            | F::MessageIdElsewhere { .. }
            | F::BccVisible
            | F::HighPriority
            | F::AuthBelieved { .. } => Weight::Note,
        }
    }

    /// The rule it is about.
    pub fn rule(&self) -> Section {
        use FindingKind as F;
        match self {
            F::NothingTrusted | F::TrustEnds | F::BelowBoundary | F::ClaimsTrusted { .. } => {
                section(5321, "7.1")
            }
            F::ChainBroken { .. } | F::HandedOverInside { .. } | F::NoAddress | F::NoBy | F::NoDate => {
                section(5321, "4.4")
            }
            F::HelloDiffers { .. } => section(5321, "4.1.4"),
            F::NoReverseName { .. } | F::MayBeForged { .. } => section(1035, "3.5"),
            F::AddressPrivate { .. } => section(1918, "3"),
            F::AddressReserved { .. } => section(6890, "2.2.2"),
            F::AddressImpossible { .. } => section(5321, "4.1.3"),
            F::BadDate { .. } | F::WrongWeekday { .. } | F::ZoneUnknown => section(5322, "3.3"),
            F::TimeGoesBack { .. } | F::LongWait { .. } | F::InFuture { .. } => section(5321, "4.4"),
            F::UnknownProtocol { .. } => section(3848, "1"),
            F::DateFar { .. } => section(5322, "3.6.1"),
            F::EnvelopeDiffers { .. } | F::NullSender => section(5321, "4.4"),
            F::ReplyElsewhere { .. } | F::SenderDiffers { .. } => section(5322, "3.6.2"),
            F::NameHasAddress { .. } => section(5322, "3.4"),
            F::MessageIdElsewhere { .. } => section(5322, "3.6.4"),
            F::FieldMissing { .. } | F::FieldTwice { .. } => section(5322, "3.6"),
            F::BccVisible => section(5322, "3.6.3"),
            F::HighPriority => section(5322, "3.6.8"),
            F::AuthBelieved { .. } | F::AuthNotBelieved { .. } => section(8601, "7.1"),
        }
    }
}

impl Finding {
    fn new(kind: FindingKind, span: Span) -> Finding {
        let rule = kind.rule();
        Finding { kind, span, rule }
    }
}

impl Trace {
    /// Reads a message as `view` lets it be read. Never fails: where nothing can be read, nothing is concluded.
    pub fn of(message: &[u8], view: View<'_>) -> Trace {
        let fields = Fields::parse(message);
        let lines = fields.all("Received").take(HOPS);
        let lines: Vec<Received> = lines.map(|f| Received::parse(message, f.span, f.raw)).collect();
        let mut trace = chain::follow(lines, view);
        chain::examine(&mut trace, view);
        fields::examine(&mut trace, message, &fields, view);
        trace.findings.sort_by_key(|f| (f.span.start, f.span.end));
        trace
    }

    /// What there is to say about a stretch of the message.
    pub fn findings_in(&self, span: Span) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |f| f.span.start >= span.start && f.span.start < span.end)
    }

    /// The `Received` lines that can be believed.
    pub fn trusted_hops(&self) -> impl Iterator<Item = &Hop> {
        self.hops.iter().filter(|h| h.trusted)
    }
}

impl TrustedHost {
    /// Does it go by this name?
    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|n| n.eq_ignore_ascii_case(name))
    }

    /// Is it at this address?
    fn is_at(&self, ip: IpAddr) -> bool {
        self.addresses.iter().any(|a| a.to_canonical() == ip)
    }
}

#[cfg(test)]
mod tests;
