//! The transcript's vocabulary: everything that can happen in an attempt, typed, versioned and free of any
//! human language. Grading, the page, replay, statistics and exports read these and nothing else.

mod dns;
mod fault;
mod folder;
mod imap;
mod key;
mod kinds;
mod leg;
mod limit;
mod mistake;
mod octets;
mod parts;
mod person;
mod policy;
mod pop3;
mod post;
#[cfg(test)]
pub(crate) mod samples;
mod search_word;
mod sender;
mod smtp;
mod tls;
mod verb_rule;
mod zone;

pub use dns::{DnsFailure, Question, Rcode, Record, RecordData, RecordType, UnknownRecordType};
pub use fault::{FaultKind, SmtpStage};
pub use folder::{FolderChange, FolderRefusal};
pub use imap::{
    ImapArgument, ImapCommand, ImapExchange, ImapKnown, ImapReason, ImapState, ImapStatus, ImapVerb,
};
pub use key::Key;
pub use leg::LegTrouble;
pub use limit::Limit;
pub use mistake::CommonMistake;
pub use parts::Parts;
pub use person::{PersonEvent, PersonLetter};
pub use policy::{Envelope, Holder, PolicyQuestion, PolicyVerdict, RecipientVerdict};
pub use pop3::{Pop3Command, Pop3Exchange, Pop3Reason, Pop3State};
pub use post::{DeliveryFailure, Expansion, Reported, Silence};
pub use search_word::{SEARCH_WORDS, SearchArgument, SearchRole, SearchWord};
pub use sender::{SenderEvent, SenderRefusal};
pub use smtp::{
    EnhancedCode, LooksLike, MailParams, Notify, OriginalRecipient, RcptParams, Reply, Ret, SmtpCommand,
    SmtpExchange, SmtpReason, SmtpVerb, Tolerance,
};
pub use tls::{ServerCertificate, TlsEvent, TlsFailure, TlsLevel, TlsSession, TlsVersion};
pub use verb_rule::pop3_verb_rule;
pub use zone::ZoneChange;

use crate::mail::Message;
use crate::units::{Bytes, ConnId, EventNo, InputNo, MessageId, TermId, Time};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The version of this vocabulary. An attempt's record names the version it was written with.
pub const VERSION: u32 = 1;

/// One numbered line of the transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub n: EventNo,
    /// When it happened, on the attempt's clock.
    pub at: Time,
    /// The input that caused it.
    pub input: InputNo,
    /// What happened.
    pub event: Event,
}

/// One end of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// The host's name in the scenario; the workstation's is its own.
    pub host: String,
    /// Its address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
}

/// The side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The one that opened it.
    Client,
    /// The one that listened.
    Server,
}

/// Why no connection came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectFailure {
    /// The host is there, nothing listens on the port.
    Refused,
    /// No host answers at the address.
    TimedOut,
    /// No route: an address of a kind this world does not have.
    Unreachable,
    /// The workstation has as many connections open as it may.
    TooMany,
    /// The client gave up before there was an answer.
    GivenUp,
}

/// Why a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseReason {
    /// In order, after the protocol's good-bye or by closing the socket.
    Closed,
    /// The program was killed or the socket vanished.
    Lost,
    /// The server waited too long for the next command.
    Idle,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A line was typed at a terminal's prompt or into the program running there.
    Typed {
        /// The terminal.
        term: TermId,
        /// The line without its end, as the octets that were typed.
        text: Bytes,
        /// The connection the line went to, where a program at this terminal has one open; `None` for the shell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conn: Option<ConnId>,
    },
    /// Keys that went to a connection one by one, of a line that is not finished yet: it stands whole in the
    /// [`Event::Typed`] of its end.
    Keyed {
        /// The terminal.
        term: TermId,
        /// The octets that the keys send.
        octets: Bytes,
        /// The connection.
        conn: ConnId,
        /// The terminal shows them itself; else nobody does.
        echo: bool,
    },
    /// A program wants each key as it is pressed from now on, or lines again.
    KeyMode {
        /// The terminal.
        term: TermId,
        /// Keys.
        on: bool,
    },
    /// A key was pressed.
    Pressed {
        /// The terminal.
        term: TermId,
        /// The key.
        key: Key,
    },
    /// A terminal showed text. The echo of what was typed is not repeated here.
    Printed {
        /// The terminal.
        term: TermId,
        /// The text; it need not end with a line's end (a prompt does not).
        text: String,
        /// The connection the text came over; `None` for what programs and the shell say themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conn: Option<ConnId>,
    },
    /// A program was started on the workstation.
    Ran {
        /// The terminal.
        term: TermId,
        /// Its name and arguments after the shell's quoting was undone.
        argv: Vec<String>,
    },
    /// A program ended, or could not be started: status 126 or 127, and no [`Event::Ran`] before it.
    Exited {
        /// The terminal.
        term: TermId,
        /// Its name.
        program: String,
        /// Its exit status as the shell would show it.
        status: u8,
    },
    /// A terminal was opened.
    TerminalOpened {
        /// The terminal.
        term: TermId,
    },
    /// A DNS question was answered (or not).
    Dns {
        /// Name of the host that asked.
        asker: String,
        /// Address of the server that was asked.
        server: IpAddr,
        /// What was asked.
        question: Question,
        /// How it ended.
        outcome: Result<Rcode, DnsFailure>,
        /// The records of the answer section.
        answers: Vec<Record>,
    },
    /// A connection was opened.
    Connected {
        /// The connection.
        conn: ConnId,
        /// Who opened it.
        from: Endpoint,
        /// Who listened.
        to: Endpoint,
    },
    /// A connection could not be opened.
    ConnectFailed {
        /// The number it would have had.
        conn: ConnId,
        /// Who tried.
        from: Endpoint,
        /// Address tried, with the host's name where there is one, else the address again.
        to: Endpoint,
        /// Why not.
        why: ConnectFailure,
    },
    /// A connection ended.
    Closed {
        /// The connection.
        conn: ConnId,
        /// Who ended it.
        by: Side,
        /// How.
        why: CloseReason,
    },
    /// Octets travelled.
    Wire {
        /// The connection.
        conn: ConnId,
        /// Who sent them.
        from: Side,
        /// The octets; where the connection is encrypted, what stands in the envelopes of TLS.
        octets: Bytes,
        /// They travelled encrypted.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        tls: bool,
    },
    /// Something happened to TLS on a connection.
    Tls {
        /// The connection.
        conn: ConnId,
        /// What.
        what: TlsEvent,
    },
    /// An SMTP server heard a command (or a message's end) and answered it.
    Smtp {
        /// The connection.
        conn: ConnId,
        /// Command, answer and reason.
        exchange: SmtpExchange,
    },
    /// A POP3 server heard a command and answered it.
    Pop3 {
        /// The connection.
        conn: ConnId,
        /// Command, answer and reason.
        exchange: Pop3Exchange,
    },
    /// An IMAP server heard a command and answered it, or spoke up by itself.
    Imap {
        /// The connection.
        conn: ConnId,
        /// Command, answer and reason.
        exchange: ImapExchange,
    },
    /// A session asked its host something, and what the host decided.
    Policy {
        /// The connection.
        conn: ConnId,
        /// What was asked.
        question: PolicyQuestion,
        /// The verdict.
        verdict: PolicyVerdict,
    },
    /// A host found something out about where a mail comes from, or did something about it.
    Sender {
        /// The host.
        host: String,
        /// The connection the mail came over.
        conn: ConnId,
        /// What.
        what: Box<SenderEvent>,
    },
    /// A host took responsibility for a message (RFC 5321 section 6.1).
    Accepted {
        /// The message.
        id: MessageId,
        /// The host.
        host: String,
        /// The connection it came over.
        conn: ConnId,
        /// The host's own name for it in its queue.
        queue_id: String,
        /// Sender and recipients.
        envelope: Envelope,
        /// As handed over, without the lines this host adds.
        message: Message,
    },
    /// A message lay in a mailbox before the attempt began.
    Present {
        /// The message.
        id: MessageId,
        /// The host of the mailbox.
        host: String,
        /// The mailbox's address.
        mailbox: String,
        /// The message.
        message: Message,
    },
    /// A message was put into a mailbox.
    Delivered {
        /// The message.
        id: MessageId,
        /// The host of the mailbox.
        host: String,
        /// The mailbox's address.
        mailbox: String,
        /// As it lies there, with the lines on top.
        message: Message,
        /// The folder: the inbox, or that for junk.
        #[serde(default = "inbox", skip_serializing_if = "is_inbox")]
        folder: String,
    },
    /// A host could not yet pass a message on and will try again.
    Deferred {
        /// The message.
        id: MessageId,
        /// The host that holds it.
        host: String,
        /// The recipient.
        recipient: String,
        /// When it tries again.
        until: Time,
        /// Why.
        why: DeliveryFailure,
        /// The status code of it (RFC 3463).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<EnhancedCode>,
    },
    /// A host has given a recipient up.
    Undeliverable {
        /// The message.
        id: MessageId,
        /// The host that gave up.
        host: String,
        /// The recipient.
        recipient: String,
        /// Why.
        why: DeliveryFailure,
        /// The status code of it (RFC 3463).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<EnhancedCode>,
        /// It might still have gone well, but took longer than the host waits.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        expired: bool,
    },
    /// Messages left a mailbox for good (POP3 QUIT after DELE, IMAP EXPUNGE).
    Removed {
        /// The host of the mailbox.
        host: String,
        /// The mailbox's address.
        mailbox: String,
        /// The messages.
        ids: Vec<MessageId>,
        /// The folder they lay in.
        #[serde(default = "inbox", skip_serializing_if = "is_inbox")]
        folder: String,
    },
    /// A message was put into a folder other than by delivery: by APPEND, or before the attempt began.
    Appended {
        /// The message.
        id: MessageId,
        /// The host of the mailbox.
        host: String,
        /// The mailbox's address.
        mailbox: String,
        /// The folder.
        folder: String,
        /// Its flags.
        flags: Vec<String>,
        /// The message.
        message: Message,
    },
    /// Messages were copied into another folder of the mailbox. Those that were moved are gone from the first; no
    /// [`Event::Removed`] says so again.
    Copied {
        /// The messages.
        ids: Vec<MessageId>,
        /// The host of the mailbox.
        host: String,
        /// The mailbox's address.
        mailbox: String,
        /// Out of this folder.
        from: String,
        /// Into this one.
        to: String,
        /// Moved.
        moved: bool,
    },
    /// Messages have these flags now, and no others. One event for those that have the same.
    Flagged {
        /// The messages.
        ids: Vec<MessageId>,
        /// The host of the mailbox.
        host: String,
        /// The mailbox's address.
        mailbox: String,
        /// The folder.
        folder: String,
        /// The flags.
        flags: Vec<String>,
    },
    /// Something happened to the folders of a mailbox.
    Folder {
        /// The host of the mailbox.
        host: String,
        /// The mailbox's address.
        mailbox: String,
        /// What.
        what: FolderChange,
    },
    /// A fault of the scenario struck.
    Fault {
        /// The scenario's name for it.
        fault: String,
        /// What goes wrong.
        what: FaultKind,
        /// The host, zone or mailbox it belongs to.
        place: String,
        /// The connection, where it is one that is struck.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conn: Option<ConnId>,
    },
    /// Somebody on the way changed what was sent: this is what arrived instead. What was sent stands in the
    /// [`Event::Wire`] before it.
    Tampered {
        /// The connection.
        conn: ConnId,
        /// Who had sent it.
        from: Side,
        /// What arrived.
        octets: Bytes,
    },
    /// A setting of a host was changed.
    Setting {
        /// The host.
        host: String,
        /// The setting's name, as the host's mail system calls it.
        name: String,
        /// The new value.
        value: String,
    },
    /// A zone was changed.
    Zone {
        /// The zone.
        zone: String,
        /// What.
        what: ZoneChange,
        /// Its serial number from now on.
        serial: u32,
    },
    /// A person of the scenario did something, or did not.
    Person {
        /// The person's name.
        name: String,
        /// Their address.
        address: String,
        /// What.
        what: PersonEvent,
    },
    /// The learner took a hint.
    HintTaken {
        /// The step.
        step: String,
        /// Which of the step's hints, from 1.
        number: u32,
    },
    /// The learner answered a step's question.
    Answered {
        /// The step.
        step: String,
        /// The answer as given.
        text: String,
    },
    /// The learner has handed in: nothing that comes later counts.
    HandedIn {},
    /// With what mail is signed and encrypted here (RFC 8550), so that whoever reads the transcript can judge it: at the start.
    MailCertificates {
        /// The authorities that everybody believes, in DER.
        authorities: Vec<Bytes>,
        /// Everybody's certificate for mail, in DER.
        certificates: Vec<Bytes>,
    },
    /// Simulated time moved on.
    TimePassed {
        /// The new time.
        to: Time,
    },
    /// A bound was reached and what went beyond it was left out.
    LimitReached {
        /// The bound.
        limit: Limit,
        /// Its size.
        at: u64,
    },
    /// Other recipients took the place of one.
    Expanded {
        /// The message.
        id: MessageId,
        /// The host.
        host: String,
        /// The recipient.
        recipient: String,
        /// Those who get the message instead; the recipient itself among them where a copy stays.
        into: Vec<String>,
        /// Why.
        by: Expansion,
    },
    /// A host wrote a delivery report (RFC 3464); it is a message of its own that now goes its way.
    Reported {
        /// The report.
        id: MessageId,
        /// The message it is about.
        about: MessageId,
        /// The host.
        host: String,
        /// The host's own name for the report in its queue.
        queue_id: String,
        /// To whom it goes: the envelope's sender of that message, or the host's postmaster.
        to: String,
        /// What it says.
        recipients: Vec<Reported>,
        /// The report itself.
        message: Message,
    },
    /// There was something to report, and nobody to hear it.
    Unreported {
        /// The message.
        id: MessageId,
        /// The host.
        host: String,
        /// Of these recipients.
        recipients: Vec<String>,
        /// Why not.
        why: Silence,
    },
    /// The learner looked at a host's queue.
    QueueListed {
        /// The host.
        host: String,
        /// How many messages lay in it.
        messages: u32,
    },
}

fn inbox() -> String {
    "INBOX".to_owned()
}

fn is_inbox(folder: &str) -> bool {
    folder == "INBOX"
}
