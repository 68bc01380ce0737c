//! Delivery reports: what a mail system writes to the sender of a message about its recipients (RFC 3464), in the form and
//! the words of the program that writes it. Pure: what happened is given, the message with its header comes out.
//!
//! Postfix, Sendmail, Exim and Exchange write a `multipart/report` (RFC 6522) of three parts: for a person, for a program
//! (`message/delivery-status`), and the message or its header. qmail writes plain text in a form of its own, QSBMF.

mod exchange;
mod exim;
mod postfix;
mod qmail;
mod reason;
mod sendmail;
#[cfg(test)]
mod tests;
mod text;

pub use reason::reason;

use super::Fields;
use crate::units::{Offset, Time};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The program that writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Postfix 3.
    Postfix,
    /// Sendmail 8.
    Sendmail,
    /// qmail 1.03.
    Qmail,
    /// Exim 4.
    Exim,
    /// Microsoft Exchange.
    Exchange,
}

/// What became of a recipient (RFC 3464 section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Given up.
    Failed,
    /// Not yet, and it will be tried again.
    Delayed,
    /// In a mailbox.
    Delivered,
    /// Passed on to a host that will not tell.
    Relayed,
    /// Several recipients took its place.
    Expanded,
}

/// A status code (RFC 3463), such as `5.1.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status(pub u8, pub u16, pub u16);

/// The host that mail was to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Its name in DNS, or its address in brackets.
    pub name: String,
    /// Its address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
}

/// What there is to say of a recipient, without words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The next host answered so, to this command.
    Reply {
        /// The code.
        code: u16,
        /// The enhanced code, where there was one.
        status: Option<Status>,
        /// The lines without codes.
        lines: Vec<String>,
        /// `RCPT TO`, `end of DATA` ...
        command: String,
    },
    /// No connection to the next host: refused, silence, no way there, or nobody tried because it had just failed.
    Connect {
        /// As `strerror` words it: `Connection refused`.
        why: &'static str,
        /// It was not tried now, because it failed a moment ago.
        suspended: bool,
    },
    /// The connection ended while this was being said.
    Lost {
        /// `RCPT TO`, `end of DATA` ...
        command: String,
    },
    /// The next host was silent after this.
    Silent {
        /// `RCPT TO`, `end of DATA` ...
        command: String,
    },
    /// DNS knows no such domain.
    NoSuchDomain,
    /// DNS knows the domain, but no host of it has an address.
    NoMailHost,
    /// DNS did not answer.
    DnsTrouble,
    /// The domain takes no mail (RFC 7505).
    NullMx,
    /// The best host for the domain is this one, which does not know it.
    LoopsBack,
    /// The message has been in this mailbox before.
    ForwardingLoop,
    /// Aliases lead back to themselves.
    AliasLoop,
    /// Too many hosts had it.
    TooManyHops,
    /// No room in the mailbox.
    MailboxFull,
    /// Nobody of that name.
    NoSuchUser,
    /// The host has no room.
    NoRoom,
    /// Something else, in words of its own.
    Other(String),
    /// It lies in a mailbox.
    Stored,
    /// Others stand for it.
    Expanded,
}

/// One recipient and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The address that was tried.
    pub address: String,
    /// The address as the sender wrote it first, with its kind (ORCPT, RFC 3461 section 4.2), or as it came.
    pub original: (String, String),
    /// What became of it.
    pub action: Action,
    /// The status.
    pub status: Status,
    /// Whom it was to go to, where that is known.
    pub remote: Option<Remote>,
    /// Why.
    pub cause: Cause,
}

/// What the report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Somebody will not get the message.
    Failure,
    /// Somebody has not got it yet.
    Delay,
    /// Somebody got it, or it went beyond where this host can see.
    Success,
    /// For the postmaster: a report, which has no sender, could not be delivered itself.
    Postmaster,
}

/// Everything a report is made of.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// Who writes.
    pub program: Program,
    /// What it is for.
    pub notice: Notice,
    /// The name of the host that writes.
    pub host: &'a str,
    /// Its name for the report in its queue.
    pub queue_id: &'a str,
    /// Its name for the message that is reported on.
    pub about: &'a str,
    /// The envelope's sender of that message; empty for the null path.
    pub sender: &'a str,
    /// To whom it goes.
    pub to: &'a str,
    /// The sender's own name for the envelope (ENVID, RFC 3461 section 4.4).
    pub envid: Option<&'a str>,
    /// The time.
    pub now: Time,
    /// When the message came.
    pub arrival: Time,
    /// The host's time zone.
    pub offset: Offset,
    /// Until when it is tried.
    pub retry_until: Time,
    /// Who handed the message in: a name and an address in brackets; empty where nobody did.
    pub client: &'a str,
    /// Of whom there is something to tell.
    pub recipients: &'a [Told],
    /// The message, with what this host put on top.
    pub message: &'a [u8],
    /// All of the message is returned, not its header alone.
    pub whole: bool,
    /// The message needed SMTPUTF8, so the report may go beyond ASCII too (RFC 6533 section 4).
    pub smtputf8: bool,
}

impl Report<'_> {
    /// The report with its header, CRLF at the end of each line; the trace line of the host is not in it.
    pub fn compose(&self) -> Vec<u8> {
        // An address is a line's part, whatever was in it.
        let tame = |told: &Told| Told { address: text::field(&told.address), ..told.clone() };
        let recipients: Vec<Told> = self.recipients.iter().map(tame).collect();
        let report = Report { recipients: &recipients, ..self.clone() };
        let mut octets = match self.program {
            Program::Postfix => report.postfix(),
            Program::Sendmail => report.sendmail(),
            Program::Qmail => report.qmail(),
            Program::Exim => report.exim(),
            Program::Exchange => report.exchange(),
        };
        if !octets.ends_with(b"\r\n") {
            octets.extend_from_slice(b"\r\n");
        }
        octets
    }

    /// The trace line that the host puts on top of its own report.
    pub fn trace(&self) -> String {
        let (host, id) = (self.host, self.queue_id);
        match self.program {
            Program::Postfix => {
                format!("Received: by {host} (Postfix)\r\n\tid {id}; {}\r\n", self.date_with_zone(self.now))
            }
            Program::Sendmail => format!(
                "Received: from localhost (localhost)\r\n\tby {host} (8.13.8/8.13.8) id {id};\r\n\t{}\r\n",
                self.date(self.now)
            ),
            Program::Qmail => {
                let pid = id.rsplit(' ').next().unwrap_or_default();
                format!(
                    "Received: (qmail {pid} invoked for bounce); {}\r\n",
                    self.now.day_and_time(Offset(0))
                )
            }
            Program::Exim => {
                format!("Received: by {host} (Exim 4.96)\r\n\tid {id};\r\n\t{}\r\n", self.date(self.now))
            }
            Program::Exchange => String::new(),
        }
    }

    fn date(&self, at: Time) -> String {
        at.rfc5322(self.offset)
    }

    fn date_with_zone(&self, at: Time) -> String {
        text::with_zone_name(at, self.offset)
    }

    /// What comes back: the message, or its header with its last line ended.
    fn returned(&self) -> &[u8] {
        if self.whole {
            return self.message;
        }
        let header = Fields::parse(self.message).split.header;
        self.message.get(header.start..header.end).unwrap_or_default()
    }

    /// The subject of the message, for programs that repeat it.
    fn subject(&self) -> String {
        Fields::parse(self.message).get("Subject").map(|f| f.value.clone()).unwrap_or_default()
    }

    /// How long the message has been here, in hours.
    fn hours(&self) -> u64 {
        self.now.since(self.arrival).as_secs() / 3600
    }

    /// How old a message becomes at most.
    fn lifetime(&self) -> u64 {
        self.retry_until.since(self.arrival).as_secs()
    }
}

impl Status {
    /// The same as a failure that will pass (`4`), or that will not (`5`).
    pub fn class(self, class: u8) -> Status {
        Status(class, self.1, self.2)
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 5] =
        [Action::Failed, Action::Delayed, Action::Delivered, Action::Relayed, Action::Expanded];

    /// As it stands in a report, and in scenarios.
    pub fn name(self) -> &'static str {
        match self {
            Action::Failed => "failed",
            Action::Delayed => "delayed",
            Action::Delivered => "delivered",
            Action::Relayed => "relayed",
            Action::Expanded => "expanded",
        }
    }
}

impl Cause {
    /// The reply as it stood on the wire, its lines in one; `None` where nobody replied.
    pub fn reply(&self) -> Option<String> {
        let Cause::Reply { code, status, lines, .. } = self else { return None };
        let enhanced = status.map_or(String::new(), |status| format!("{status} "));
        let last = lines.len().saturating_sub(1);
        let line = |(n, text): (usize, &String)| {
            let mark = if n < last { '-' } else { ' ' };
            format!("{code}{mark}{enhanced}{text}")
        };
        Some(lines.iter().enumerate().map(line).collect::<Vec<_>>().join(" "))
    }

    /// Is it good news?
    pub fn is_success(&self) -> bool {
        match self {
            Cause::Stored | Cause::Expanded => true,
            Cause::Reply { code, .. } => *code < 400,
            _ => false,
        }
    }
}
