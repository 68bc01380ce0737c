//! AUTH from the client's side (RFC 4954): the best mechanism that both have, and its messages in base64.

use super::config::{ClientFailure, ClientLogin};
use super::{ClientSession, Expecting};
use crate::event::{LegTrouble, Reply};
use crate::mail::sasl::{Client, ClientFault, Mechanism};
use crate::units::Time;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// What is tried first: those that do not send the password, the newest before the older.
const PREFERENCE: [Mechanism; 4] =
    [Mechanism::ScramSha256, Mechanism::CramMd5, Mechanism::Plain, Mechanism::Login];

/// The best mechanism that the server offers and that the client may use.
fn best(login: &ClientLogin, offered: &[Mechanism], secured: bool) -> Option<Mechanism> {
    let may = |m: &Mechanism| secured || login.in_the_clear || !m.sends_password();
    PREFERENCE.into_iter().find(|m| login.mechanisms.contains(m) && offered.contains(m) && may(m))
}

impl ClientSession {
    /// Logs in, where the client is to; then the transaction.
    pub(super) fn log_in(&mut self, now: Time) {
        let Some(login) = &self.config.login else { return self.begin_transaction(now) };
        let Some(mechanism) = best(login, &self.offers.mechanisms, self.secured) else {
            if login.required {
                return self.troubled(now, LegTrouble::NoMechanism);
            }
            return self.begin_transaction(now);
        };
        let mut client = Client::new(mechanism, &login.user, &login.password, &login.nonce);
        let line = match client.initial() {
            None => format!("AUTH {}", mechanism.name()),
            Some(first) if first.is_empty() => format!("AUTH {} =", mechanism.name()),
            Some(first) => format!("AUTH {} {}", mechanism.name(), BASE64.encode(first)),
        };
        self.sasl = Some(client);
        self.send(now, &line, Expecting::Login);
    }

    /// The server's turn in an authentication.
    pub(super) fn login_heard(&mut self, now: Time, reply: Reply) {
        let Some(client) = &mut self.sasl else { return self.refused(now, reply) };
        match reply.code {
            334 => {
                let text = reply.lines.first().map(|l| l.trim()).unwrap_or_default();
                match BASE64.decode(text).map_err(|_| ClientFault::NotText).and_then(|c| client.answer(&c)) {
                    Ok(answer) => self.send(now, &BASE64.encode(answer), Expecting::Login),
                    Err(fault) => {
                        self.broken = Some(fault);
                        self.send(now, "*", Expecting::LoginCancelled);
                    }
                }
            }
            200..=299 => match client.accepted(None) {
                Ok(()) => {
                    self.sasl = None;
                    self.begin_transaction(now);
                }
                Err(fault) => self.troubled(now, LegTrouble::LoginBroken(fault)),
            },
            _ => self.refused_with(now, reply.code, ClientFailure::Trouble(LegTrouble::LoginRefused(reply))),
        }
    }

    /// The server has heard that the client breaks the authentication off (RFC 4954 section 4).
    pub(super) fn login_cancelled(&mut self, now: Time) {
        let fault = self.broken.take().unwrap_or(ClientFault::NotText);
        self.troubled(now, LegTrouble::LoginBroken(fault));
    }
}
