//! STARTTLS (RFC 3207), and what a server does not do before it.

use super::server::{ServerSession, Turn};
use crate::event::{SmtpReason, SmtpVerb};

impl ServerSession {
    /// The handshake may begin. What the client has said so far counts no more (RFC 3207 section 4.2).
    pub(super) fn starttls(&mut self, turn: Turn) {
        self.reply(turn, SmtpReason::StartTls, None);
        self.forget_client();
        self.begin_handshake();
    }

    /// Everything learnt from the client is forgotten.
    pub(super) fn forget_client(&mut self) {
        (self.hello, self.user, self.transaction) = (None, None, None);
    }

    /// Does the server insist on STARTTLS before this command?
    pub(super) fn tls_missing(&self, verb: SmtpVerb) -> bool {
        self.config.require_tls && self.secured.is_none() && !self.manners().before_tls.contains(&verb)
    }
}
