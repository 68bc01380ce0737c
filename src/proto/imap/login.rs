//! The commands before the login: STARTTLS, LOGIN, AUTHENTICATE (RFC 3501 section 6.2), and the list of capabilities.

use super::command::{Heard, Request};
use super::reader::Raw;
use super::reply::Reply;
use super::server::{Phase, ServerSession, Stage};
use super::texts::Key;
use crate::event::{ImapArgument, ImapCommand, ImapReason, ImapVerb};
use crate::mail::sasl::{Credentials, Mechanism, Proof, SaslFault, ServerExchange, Step};
use crate::proto::{Answer, Ask, TlsOffer};
use crate::units::Span;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// An AUTHENTICATE that goes on.
#[derive(Debug)]
pub(super) struct Sasl {
    exchange: ServerExchange,
    /// Who the client is, once the host has said so; it counts when the exchange is over.
    user: String,
    /// What was heard last; the answer belongs to it.
    heard: Heard,
}

/// The longest message of a client, in octets before base64 is undone.
const MESSAGE: usize = 12 << 10;

impl ServerSession {
    /// Are passwords taken as they are on this connection?
    fn takes_plain(&self) -> bool {
        self.secured || self.voice.config().plain_logins
    }

    /// The mechanisms that can be used on this connection now.
    fn mechanisms(&self) -> impl Iterator<Item = Mechanism> {
        let plain = self.takes_plain();
        self.voice.config().mechanisms.iter().copied().filter(move |m| plain || !m.sends_password())
    }

    /// What CAPABILITY says now (RFC 3501 section 6.1.1): only what works.
    pub(super) fn capabilities(&self) -> String {
        let early = self.user.is_empty();
        let mut words = Vec::new();
        for capability in if early { self.manner.early } else { self.manner.late } {
            if *capability != "STARTTLS" {
                if !self.without(capability) {
                    words.push((*capability).to_owned());
                }
                continue;
            }
            if self.tls == TlsOffer::Upgrade && !self.secured {
                words.push("STARTTLS".to_owned());
            }
            if !self.takes_plain() {
                words.push("LOGINDISABLED".to_owned());
            }
            words.extend(self.mechanisms().map(|m| format!("AUTH={}", m.name())));
        }
        words.join(" ")
    }

    /// STARTTLS (RFC 3501 section 6.2.1).
    pub(super) fn starttls(&mut self, heard: &Heard) {
        let at = heard.verb_at;
        if self.secured {
            let reply = self.voice.say(Key::TlsAlready, &[], ImapReason::TlsAlready).at(at);
            return self.say(heard, reply);
        }
        if self.tls != TlsOffer::Upgrade {
            let reply = self.voice.say(Key::TlsNotOffered, &[], ImapReason::TlsNotOffered).at(at);
            return self.say(heard, reply);
        }
        let reply = self.voice.say(Key::TlsBegins, &[], ImapReason::TlsBegins);
        self.secure(heard, reply);
    }

    /// LOGIN and AUTHENTICATE.
    pub(super) fn log_in(&mut self, heard: Heard, request: Request) {
        let command = [("command", heard.name())];
        match request {
            Request::Login { .. } if !self.takes_plain() => {
                let reply =
                    self.voice.say(Key::LoginDisabled, &command, ImapReason::LoginDisabled).at(heard.verb_at);
                self.say(&heard, reply);
            }
            Request::Login { user, password } => {
                let credentials = Credentials { acting_as: None, user, proof: Proof::Password(password) };
                self.ask(Ask::Authenticate(credentials), heard, Stage::Login);
            }
            Request::Authenticate(name, initial) => self.authenticate(heard, &name, initial.as_deref()),
            _ => {}
        }
    }

    fn authenticate(&mut self, heard: Heard, name: &str, initial: Option<&str>) {
        let known = Mechanism::parse(name).filter(|m| self.voice.config().mechanisms.contains(m));
        let Some(mechanism) = known else {
            let at = heard.verb_at.end + 1;
            let fills = [("mechanism", name.to_ascii_uppercase())];
            let reason = ImapReason::NoSuchMechanism { mechanism: name.to_ascii_uppercase() };
            let reply =
                self.voice.say(Key::NoSuchMechanism, &fills, reason).at(Span::new(at, at + name.len()));
            return self.say(&heard, reply);
        };
        if mechanism.sends_password() && !self.takes_plain() {
            let fills = [("command", heard.name())];
            let reply =
                self.voice.say(Key::LoginDisabled, &fills, ImapReason::LoginDisabled).at(heard.verb_at);
            return self.say(&heard, reply);
        }
        let mut sasl =
            Box::new(Sasl { exchange: ServerExchange::new(mechanism), user: String::new(), heard });
        let message = match initial {
            None => None,
            // RFC 4959 section 3: a lone `=` is the empty message.
            Some("=") => Some(Vec::new()),
            Some(text) => match BASE64.decode(text) {
                Ok(message) => Some(message),
                Err(_) => return self.not_base64(&sasl.heard),
            },
        };
        let step = sasl.exchange.start(message.as_deref());
        self.sasl_step(sasl, step);
    }

    /// A line of the client in AUTHENTICATE.
    pub(super) fn sasl_line(&mut self, raw: &Raw) -> bool {
        let Phase::Sasl(mut sasl) = std::mem::replace(&mut self.phase, Phase::Ready) else { return false };
        let command = ImapCommand::Continuation { verb: ImapVerb::Authenticate };
        sasl.heard =
            Heard { tag: std::mem::take(&mut sasl.heard.tag), ..Heard::nothing(command, &raw.octets) };
        if raw.octets == b"*" {
            let reply = self.voice.say(Key::Cancelled, &[], ImapReason::Cancelled);
            self.say(&sasl.heard, reply);
            return true;
        }
        match BASE64.decode(raw.octets.trim_ascii_end()) {
            Ok(message) if raw.octets.len() <= MESSAGE => {
                let step = sasl.exchange.response(&message);
                self.sasl_step(sasl, step);
            }
            _ => self.not_base64(&sasl.heard),
        }
        true
    }

    /// The host's word in AUTHENTICATE.
    pub(super) fn sasl_answer(&mut self, mut sasl: Sasl, answer: Answer) {
        let step = match answer {
            Answer::Numbers(salted) => {
                let host = self.voice.config().name.clone();
                sasl.exchange.salted(salted, &host)
            }
            Answer::Authenticated { user, verified } => {
                sasl.user = user;
                sasl.exchange.verdict(Some(&verified))
            }
            _ => sasl.exchange.verdict(None),
        };
        self.sasl_step(Box::new(sasl), step);
    }

    fn sasl_step(&mut self, sasl: Box<Sasl>, step: Step) {
        match step {
            Step::Challenge(message) => {
                let mut reply = self.voice.say(Key::Challenge, &[], ImapReason::Challenge);
                reply.text = BASE64.encode(message);
                self.send(&sasl.heard, reply);
                self.phase = Phase::Sasl(sasl);
            }
            Step::NeedSalted { user } => {
                let id = self.question(Ask::Numbers { user });
                self.phase = Phase::SaslAsking(id, sasl);
            }
            Step::Check(credentials) => {
                let id = self.question(Ask::Authenticate(credentials));
                self.phase = Phase::SaslAsking(id, sasl);
            }
            Step::Done => {
                self.user.clone_from(&sasl.user);
                self.voice.late = true;
                self.welcome(&sasl.heard, "AUTHENTICATE");
            }
            Step::Fault(fault) => {
                let at = Span::new(0, sasl.heard.line.len());
                let reply = if fault == SaslFault::Wrong {
                    self.login_failed("AUTHENTICATE")
                } else {
                    self.voice.say(Key::BadSasl, &[], ImapReason::Sasl { fault })
                };
                self.say(&sasl.heard, reply.at(at));
            }
        }
    }

    fn not_base64(&mut self, heard: &Heard) {
        let reason = ImapReason::BadArgument { wanted: ImapArgument::Base64 };
        let at = Span::new(0, heard.line.len());
        let reply = self.voice.say(Key::BadBase64, &[], reason).at(at);
        self.say(heard, reply);
    }

    fn login_failed(&self, command: &str) -> Reply {
        self.voice.say(Key::LoginFailed, &[("command", command.to_owned())], ImapReason::LoginFailed)
    }

    /// The host's word on LOGIN.
    pub(super) fn logged_in(&mut self, heard: &Heard, answer: Answer) {
        match answer {
            Answer::Authenticated { user, .. } => {
                self.user = user;
                self.voice.late = true;
                self.welcome(heard, "LOGIN");
            }
            _ => {
                let arguments = Span::new(heard.verb_at.end + 1, heard.line.len());
                let reply = self.login_failed("LOGIN").at(arguments);
                self.say(heard, reply);
            }
        }
    }

    fn welcome(&mut self, heard: &Heard, command: &str) {
        let fills = [("command", command.to_owned()), ("user", self.user.clone())];
        let mut reply = self.voice.say(Key::LoggedIn, &fills, ImapReason::LoggedIn);
        if self.manner.tells_capabilities {
            reply = reply.coded(format!("CAPABILITY {}", self.capabilities()));
        }
        self.say(heard, reply);
    }
}
