//! Faults of a scenario's hosts and of the ways between them: what goes wrong, and where in a session.

use serde::{Deserialize, Serialize};

/// Where in an SMTP session something goes wrong: in place of, or right after, the server's answer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmtpStage {
    /// The greeting. The only place that POP3 and IMAP have too.
    Connect,
    /// HELO and EHLO.
    Helo,
    /// MAIL.
    Mail,
    /// RCPT.
    Rcpt,
    /// DATA, the command.
    Data,
    /// The lone dot: the message has arrived.
    End,
}

impl SmtpStage {
    /// All of them, in the order of a session.
    pub const ALL: [SmtpStage; 6] = [
        SmtpStage::Connect,
        SmtpStage::Helo,
        SmtpStage::Mail,
        SmtpStage::Rcpt,
        SmtpStage::Data,
        SmtpStage::End,
    ];

    /// Its name, as scenarios write it.
    pub fn name(self) -> &'static str {
        match self {
            SmtpStage::Connect => "connect",
            SmtpStage::Helo => "helo",
            SmtpStage::Mail => "mail",
            SmtpStage::Rcpt => "rcpt",
            SmtpStage::Data => "data",
            SmtpStage::End => "end",
        }
    }
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The server refuses, for now (4xx) or for good (5xx).
    Reply {
        /// Where.
        at: SmtpStage,
        /// With this code.
        code: u16,
        /// In these words, the enhanced code before them; in those of the server's style where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// The server takes mail from a network, sender and recipient it has not seen together only after so many seconds.
    Greylist {
        /// Seconds.
        delay: u32,
    },
    /// Each answer of the server takes so long.
    Tarpit {
        /// Milliseconds.
        delay: u32,
    },
    /// The line carries no more than this.
    Slow {
        /// Octets in a second.
        rate: u32,
    },
    /// Nothing listens on the port.
    Refused,
    /// Nobody answers at the address.
    NoAnswer,
    /// The connection is taken and reset at once.
    Reset,
    /// From here on the server says nothing, and the connection stays open.
    Silent {
        /// In place of which answer.
        at: SmtpStage,
    },
    /// The connection breaks off.
    Cut {
        /// In place of which answer.
        at: SmtpStage,
    },
    /// The connection breaks off in the middle of the message.
    CutMessage {
        /// After so many octets of it.
        octets: u32,
    },
    /// The recipient's mailbox takes nothing.
    Full,
    /// Somebody on the way takes the offer of TLS out of what the server says.
    StripTls {
        /// It is written over with `X` instead of left out.
        masked: bool,
    },
    /// The name server cannot find out.
    ServFail,
    /// The name server does not answer.
    DnsSilent,
    /// Somebody else has the maildrop.
    Locked,
    /// The mailbox was made anew, and the numbers by which programs knew its messages are of no worth.
    Renumbered,
}

impl FaultKind {
    /// Its name in kebab-case.
    pub fn name(&self) -> &'static str {
        match self {
            FaultKind::Reply { .. } => "reply",
            FaultKind::Greylist { .. } => "greylist",
            FaultKind::Tarpit { .. } => "tarpit",
            FaultKind::Slow { .. } => "slow",
            FaultKind::Refused => "refused",
            FaultKind::NoAnswer => "no-answer",
            FaultKind::Reset => "reset",
            FaultKind::Silent { .. } => "silent",
            FaultKind::Cut { .. } => "cut",
            FaultKind::CutMessage { .. } => "cut-message",
            FaultKind::Full => "full",
            FaultKind::StripTls { .. } => "strip-tls",
            FaultKind::ServFail => "serv-fail",
            FaultKind::DnsSilent => "dns-silent",
            FaultKind::Locked => "locked",
            FaultKind::Renumbered => "renumbered",
        }
    }
}
