//! What can keep one host from handing mail to the next over a connection that stands, beside what the next host replies.

use super::{EnhancedCode, Reply, TlsFailure};
use crate::mail::certificate::CertificateFault;
use crate::mail::sasl::ClientFault;
use serde::{Deserialize, Serialize};

/// Why a client would not, or could not, hand a message over, although the server did not refuse it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegTrouble {
    /// The server turned the client away with its first word, for now or for good. Another host of the domain may be
    /// in better shape, and so may this one later, whatever the code says (Postfix's `smtp_skip_5xx_greeting`).
    TurnedAway(Reply),
    /// The client sends nothing without TLS, and the server does not offer it.
    TlsNotOffered,
    /// The client sends nothing without TLS, and the server refused to begin it.
    TlsRefused(Reply),
    /// The handshake failed.
    Handshake(TlsFailure),
    /// The client sends nothing to a server that cannot show who it is.
    Certificate(CertificateFault),
    /// The client is to log in, and the server offers no way that it has and may use.
    NoMechanism,
    /// The server does not let the client in.
    LoginRefused(Reply),
    /// The client broke the authentication off.
    LoginBroken(ClientFault),
    /// The message needs SMTPUTF8, and the server does not offer it (RFC 6531 section 3.2).
    NoSmtpUtf8,
    /// The server says in its answer to EHLO that it takes no message as large as this one (RFC 1870 section 6.1).
    TooBig {
        /// What it takes at most, in octets.
        limit: u64,
    },
}

impl LegTrouble {
    /// Its status as a report says it (RFC 3463). What begins with 5 is given up; with 4 tried again. Those that
    /// Postfix knows have the code Postfix gives them.
    pub fn status(&self) -> EnhancedCode {
        match self {
            LegTrouble::TurnedAway(reply) => {
                reply.enhanced.map_or(EnhancedCode(4, 0, 0), |e| EnhancedCode(4, e.1, e.2))
            }
            LegTrouble::TlsNotOffered | LegTrouble::TlsRefused(_) => EnhancedCode(4, 7, 4),
            LegTrouble::Handshake(_) | LegTrouble::Certificate(_) => EnhancedCode(4, 7, 5),
            LegTrouble::NoMechanism | LegTrouble::LoginBroken(_) => EnhancedCode(4, 7, 0),
            LegTrouble::LoginRefused(reply) => {
                reply.enhanced.map_or(EnhancedCode(4, 7, 0), |e| EnhancedCode(4, e.1, e.2))
            }
            LegTrouble::NoSmtpUtf8 => EnhancedCode(5, 6, 7),
            LegTrouble::TooBig { .. } => EnhancedCode(5, 3, 4),
        }
    }

    /// Is another try of no use?
    pub fn is_permanent(&self) -> bool {
        self.status().0 == 5
    }
}
