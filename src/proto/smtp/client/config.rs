//! What an SMTP client hands over, as whom, and what it insists on.

use crate::event::{LegTrouble, MailParams, RcptParams, Reply, TlsLevel};
use crate::mail::sasl::Mechanism;
use crate::mail::{ForwardPath, ReversePath};
use crate::units::Bytes;

/// What an SMTP client hands over, and as whom.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientConfig {
    /// The name it gives itself in EHLO, or HELO where EHLO is refused.
    pub name: String,
    /// The envelope's sender.
    pub from: ReversePath,
    /// What is to be said with MAIL, as far as the server offers it.
    pub params: MailParams,
    /// The recipients.
    pub to: Vec<ForwardPath>,
    /// What is to be said with RCPT for each of them, in their order, where the server offers DSN; it may be shorter.
    pub rcpt_params: Vec<RcptParams>,
    /// The message with CRLF line ends, not dot-stuffed.
    pub message: Bytes,
    /// What it asks of TLS.
    pub tls: TlsLevel,
    /// TLS comes before everything else, as at port 465 (RFC 8314 section 3.3). The level is then at least
    /// [`TlsLevel::Encrypt`], whatever stands in `tls`.
    pub tls_first: bool,
    /// Whom it logs in as, where the server offers AUTH.
    pub login: Option<ClientLogin>,
    /// How it takes a refusal.
    pub manner: Manner,
}

/// How a client takes a refusal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Manner {
    /// As a relay, which says things together where PIPELINING is offered and hands the message over to whoever is left.
    #[default]
    Relay,
    /// As s-nail, which says one thing at a time: whatever is refused, be it one recipient of many, ends it all, without
    /// QUIT, and nobody gets the message.
    AllOrNothing,
}

/// Whom a client logs in as (RFC 4954).
#[derive(Clone, PartialEq, Eq)]
pub struct ClientLogin {
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
    /// Printable ASCII without comma, fresh for each session: the client's part of SCRAM's nonce.
    pub nonce: String,
    /// The mechanisms it may use.
    pub mechanisms: Vec<Mechanism>,
    /// It sends a password where no TLS hides it, if there is no better mechanism.
    pub in_the_clear: bool,
    /// It hands nothing over without having logged in; else it goes on where the server offers no AUTH.
    pub required: bool,
}

/// Why a recipient was not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientFailure {
    /// The server said no.
    Reply(Reply),
    /// The connection ended, or what came was not SMTP.
    ConnectionLost,
    /// The server was silent too long (RFC 5321 section 4.5.3.2).
    TimedOut,
    /// TLS, AUTH or an extension that the message needs was not to be had.
    Trouble(LegTrouble),
}

impl ClientConfig {
    /// A client called `name` that hands `message` from `from` over to `to`, without TLS and without logging in.
    pub fn new(name: &str, from: ReversePath, to: Vec<ForwardPath>, message: Bytes) -> ClientConfig {
        ClientConfig {
            name: name.to_owned(),
            from,
            params: MailParams::default(),
            to,
            rcpt_params: Vec::new(),
            message,
            tls: TlsLevel::None,
            tls_first: false,
            login: None,
            manner: Manner::Relay,
        }
    }
}

impl ClientLogin {
    /// A login with any mechanism, the password being sent under TLS only, and nothing handed over without it.
    pub fn new(user: &str, password: &str, nonce: &str) -> ClientLogin {
        ClientLogin {
            user: user.to_owned(),
            password: password.to_owned(),
            nonce: nonce.to_owned(),
            mechanisms: Mechanism::ALL.to_vec(),
            in_the_clear: false,
            required: true,
        }
    }
}

/// The password hides itself.
impl std::fmt::Debug for ClientLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientLogin").field("user", &self.user).finish_non_exhaustive()
    }
}
