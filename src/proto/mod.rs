//! Protocol sessions without I/O: one contract for each side of each protocol.
//!
//! A session is driven by its owner (the world) and does nothing by itself:
//!
//! 1. The owner calls [`Session::start`] once, when the connection stands.
//! 2. It gives the session what arrives ([`Session::feed`], in any chunking; [`Session::end_of_input`]), the
//!    answers to what the session asked ([`Session::answer`]) and the time it asked for ([`Session::wake`]).
//! 3. After **every** such call it takes [`Out`]s from [`Session::poll`] until there is none.
//!
//! While a question is open the session keeps what arrives and reads on after the answer, so that the owner may
//! take its time. A session never panics, reads no clock, draws no random number, and its output is the same
//! for every chunking of the same input. Answers to a question that is no longer open are ignored.

pub mod dns;
pub mod imap;
pub mod line;
pub mod looks_like;
pub mod pop3;
pub mod smtp;
mod template;

use crate::event::PolicyVerdict;
use crate::event::{
    CloseReason, Envelope, ImapExchange, Pop3Exchange, Reply, SmtpExchange, SmtpStage, TlsFailure, TlsSession,
};
use crate::mail::sasl::{Credentials, Salted, Verified};
use crate::mail::{ForwardPath, ReversePath};
use crate::units::{Bytes, MessageId, Time};

/// One side of one protocol session. See the [module](self) for who calls what when.
pub trait Session {
    /// The connection stands.
    fn start(&mut self, now: Time);
    /// Octets arrived.
    fn feed(&mut self, now: Time, octets: &[u8]);
    /// The connection is encrypted from here on. Comes after [`Out::StartTls`], or before [`Session::start`] where TLS
    /// came first. A server forgets what arrived before and was not read (RFC 3207 section 4.2), so that nothing sent in
    /// the clear is ever taken for something sent under TLS.
    fn tls_started(&mut self, now: Time, tls: &TlsSession);
    /// The handshake that a client asked for with [`Out::StartTls`] failed, and the connection is of no more use. A
    /// server is told by [`Session::end_of_input`] instead.
    fn tls_failed(&mut self, _now: Time, _why: TlsFailure) {}
    /// The peer will send nothing more, or the connection is gone.
    fn end_of_input(&mut self, now: Time);
    /// The answer to the question `id`.
    fn answer(&mut self, now: Time, id: AskId, answer: Answer);
    /// Something happened in the folder that the session has open. A session of another protocol has none.
    fn news(&mut self, _now: Time, _news: imap::News) {}
    /// The time [`Session::next_wakeup`] named has come. Called too early it does nothing.
    fn wake(&mut self, now: Time);
    /// When the session wants to be woken, if no input comes before.
    fn next_wakeup(&self) -> Option<Time>;
    /// What the session wants done next; `None` until the next call of another method.
    fn poll(&mut self) -> Option<Out>;
}

/// Names a question of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskId(pub u32);

/// What a session wants done, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Out {
    /// Send these octets to the peer.
    Send(Vec<u8>),
    /// The next octets from the peer are a TLS handshake; the owner answers with [`Session::tls_started`], or the
    /// connection ends. Until then nothing is fed.
    StartTls,
    /// Answer this question. There is at most one open question in a session.
    Ask(AskId, Ask),
    /// An SMTP server heard and answered something; comes right before the reply's [`Out::Send`].
    Smtp(SmtpExchange),
    /// A POP3 server heard and answered something; comes right before the reply's [`Out::Send`].
    Pop3(Pop3Exchange),
    /// An IMAP server heard something, answered it, or has something to tell; comes right before the [`Out::Send`].
    Imap(ImapExchange),
    /// An SMTP client is done with one recipient; comes once for each.
    Delivery {
        /// The recipient.
        to: ForwardPath,
        /// Taken by the server, or why not.
        outcome: Result<Reply, smtp::ClientFailure>,
    },
    /// Close the connection once everything is sent. Nothing follows.
    Close(CloseReason),
}

/// What a server can do about TLS at the port a client came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TlsOffer {
    /// Nothing: the host has no certificate.
    #[default]
    None,
    /// Upgrade a plain connection (STARTTLS, STLS).
    Upgrade,
    /// TLS came first (RFC 8314 section 3).
    Implicit,
}

/// What a session must know from its host.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// May this sender begin a transaction? Answered by `Yes`, `No`, `NotYours` or `NoRoom`.
    Sender {
        /// MAIL FROM.
        from: ReversePath,
        /// The name given in HELO or EHLO.
        helo: String,
        /// Who has logged in, by address.
        user: Option<String>,
    },
    /// Is mail for this recipient taken? Answered by [`PolicyVerdict::Recipient`].
    Recipient {
        /// RCPT TO.
        to: ForwardPath,
        /// Who has logged in, by address.
        user: Option<String>,
    },
    /// Take this message. Answered by `Taken`, `NoRoom` or `TooManyHops`.
    Message {
        /// The envelope; `client` is filled in by the host.
        envelope: Envelope,
        /// The message, dot-stuffing undone, CRLF line ends.
        octets: Bytes,
        /// Which of the session's mail transactions it ends, from 1.
        transaction: u32,
    },
    /// Does the server answer as it should, here where nothing else is asked? Answered by `Yes` or `Trouble`.
    Stage {
        /// Where in the session.
        at: SmtpStage,
    },
    /// Send what waits for this domain (ETRN). Answered by `Yes` or `No`.
    Flush {
        /// The domain.
        domain: String,
    },
    /// Is there such a user (VRFY)? Answered by `Known` or `No`.
    User {
        /// As asked.
        what: String,
    },
    /// Who is behind this list (EXPN)? Answered by `Members` or `No`.
    List {
        /// As asked.
        what: String,
    },
    /// Open this user's maildrop. Answered by [`Answer::Maildrop`], or `Locked` or `No`.
    Login {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// Numbers for a challenge. Answered by [`Answer::Numbers`].
    Numbers {
        /// The user whose salt is wanted, where the mechanism has named one. One whom nobody knows gets numbers too, so
        /// that nothing is given away.
        user: Option<String>,
    },
    /// Is this user who they say? Answered by [`Answer::Authenticated`] or `No`.
    Authenticate(Credentials),
    /// Open the maildrop of this user, who has proved who they are. Answered as [`Ask::Login`].
    Maildrop {
        /// The user's address.
        user: String,
    },
    /// Something about folders, or about the messages in the open one. Answered by [`Answer::Folders`].
    Folders {
        /// Whose.
        user: String,
        /// What.
        what: imap::FolderAsk,
    },
    /// Remove these messages from the open maildrop. Answered by `Yes`.
    Remove {
        /// Which.
        ids: Vec<MessageId>,
    },
}

/// The host's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// About folders.
    Folders(imap::FolderAnswer),
    /// A verdict without data.
    Verdict(PolicyVerdict),
    /// Numbers for a challenge.
    Numbers(Salted),
    /// The user is who they say.
    Authenticated {
        /// The user's address.
        user: String,
        /// With what the host proves in turn that it knows the password.
        verified: Verified,
    },
    /// The maildrop as it is at this moment; the session holds it until it ends.
    Maildrop {
        /// The mailbox's address.
        mailbox: String,
        /// Its messages in the order of their numbers.
        messages: Vec<MaildropMessage>,
    },
}

/// A message of an open maildrop.
#[derive(Debug, Clone, PartialEq)]
pub struct MaildropMessage {
    /// The message.
    pub id: MessageId,
    /// Its unique id (RFC 1939 section 7, UIDL).
    pub uidl: String,
    /// The whole message.
    pub octets: std::sync::Arc<[u8]>,
    /// Each of its lines is known to end in CR LF. Else the session looks, and sends it as if they did.
    pub crlf: bool,
}
