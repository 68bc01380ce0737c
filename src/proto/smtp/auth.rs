//! AUTH (RFC 4954): the lines around the mechanisms of SASL, which are in `mail::sasl`.

use super::config::SUBMISSION_MECHANISMS;
use super::server::{AUTH_LINE, ServerSession, Turn};
use super::transaction::Pending;
use crate::event::{SmtpCommand, SmtpReason};
use crate::mail::sasl::{Mechanism, SaslFault, ServerExchange, Step};
use crate::proto::line::Line;
use crate::proto::{Answer, Ask};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// An authentication in progress.
#[derive(Debug)]
pub(super) struct Login {
    exchange: ServerExchange,
    /// Who it is, once the host has said so; some mechanisms go on after that.
    who: Option<String>,
}

impl ServerSession {
    /// The mechanisms of this door, whether or not TLS is missing for them.
    pub(super) fn known_mechanisms(&self) -> &[Mechanism] {
        let of_host = self.config.auth.as_slice();
        if of_host.is_empty() && self.door.submission { SUBMISSION_MECHANISMS } else { of_host }
    }

    /// The mechanisms that may be used now: those that send the password under TLS only.
    pub(super) fn mechanisms(&self) -> impl Iterator<Item = Mechanism> {
        let hidden = self.secured.is_some() || self.config.auth_without_tls;
        self.known_mechanisms().iter().copied().filter(move |m| hidden || !m.sends_password())
    }

    /// AUTH, with or without the client's first message.
    pub(super) fn auth(&mut self, turn: Turn, named: &str) {
        let place = Some(turn.heard.argument);
        let known = Mechanism::parse(named).filter(|m| self.known_mechanisms().contains(m));
        let Some(mechanism) = known else {
            return self.reply(turn, SmtpReason::UnknownMechanism { name: named.to_owned() }, place);
        };
        if !self.mechanisms().any(|m| m == mechanism) {
            let mechanism = mechanism.name().to_owned();
            return self.reply(turn, SmtpReason::EncryptionNeeded { mechanism }, place);
        }
        let argument = turn.line.get(turn.heard.argument.start..turn.heard.argument.end).unwrap_or_default();
        let initial = argument.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).nth(1);
        let initial = match initial {
            None => None,
            // A message of nothing, which could not be seen otherwise.
            Some(b"=") => Some(Vec::new()),
            Some(text) => match BASE64.decode(text) {
                Ok(octets) => Some(octets),
                Err(_) => return self.reply(turn, SmtpReason::BadBase64, place),
            },
        };
        let mut exchange = ServerExchange::new(mechanism);
        let step = exchange.start(initial.as_deref());
        self.login_step(turn, Login { exchange, who: None }, step);
    }

    /// The client's answer to a challenge.
    pub(super) fn response(&mut self, mut login: Login, mut line: Line) {
        let command = SmtpCommand::AuthResponse { mechanism: login.exchange.mechanism() };
        let mut turn = Turn::without_line(command);
        let overlong = line.overlong() || line.text.len() > AUTH_LINE;
        line.text.truncate(AUTH_LINE);
        turn.heard.argument = crate::units::Span::new(0, line.text.len());
        turn.line = line.text.into();
        if overlong {
            return self.reply(turn, SmtpReason::AuthTooLong { limit: AUTH_LINE + 2 }, None);
        }
        let text = turn.line.trim_ascii();
        if text == b"*" {
            return self.reply(turn, SmtpReason::AuthCancelled, None);
        }
        match BASE64.decode(text) {
            Ok(octets) => {
                let step = login.exchange.response(&octets);
                self.login_step(turn, login, step);
            }
            Err(_) => {
                let place = turn.heard.argument;
                self.reply(turn, SmtpReason::BadBase64, Some(place));
            }
        }
    }

    fn login_step(&mut self, mut turn: Turn, login: Login, step: Step) {
        match step {
            Step::Challenge(octets) => {
                turn.challenge = Some(BASE64.encode(octets));
                self.reply(turn, SmtpReason::Challenge, None);
                self.begin_response(login);
            }
            Step::NeedSalted { user } => {
                self.ask(Ask::Numbers { user }, Pending::Login(turn, Box::new(login)))
            }
            Step::Check(credentials) => {
                self.ask(Ask::Authenticate(credentials), Pending::Login(turn, Box::new(login)));
            }
            Step::Done => match login.who {
                Some(user) => {
                    self.user = Some(user.clone());
                    self.reply(turn, SmtpReason::Authenticated { user }, None);
                }
                None => self.reply(turn, SmtpReason::AuthFailed { fault: SaslFault::Wrong }, None),
            },
            Step::Fault(fault) => self.reply(turn, SmtpReason::AuthFailed { fault }, None),
        }
    }

    /// The host has given its numbers or its verdict.
    pub(super) fn login_answered(&mut self, turn: Turn, mut login: Login, answer: Answer) {
        let step = match answer {
            Answer::Numbers(salted) => login.exchange.salted(salted, &self.config.name),
            Answer::Authenticated { user, verified } => {
                login.who = Some(user);
                login.exchange.verdict(Some(&verified))
            }
            Answer::Verdict(_) | Answer::Maildrop { .. } | Answer::Folders(_) => login.exchange.verdict(None),
        };
        self.login_step(turn, login, step);
    }
}
