//! The ways to log in beside USER and PASS: APOP (RFC 1939 section 7) and AUTH (RFC 5034); and STLS (RFC 2595), which
//! hides them all.

use super::command::Heard;
use super::reply::Reply;
use super::server::{Login, Phase, ServerSession};
use super::style::{ANSWER_LIMIT, Key};
use crate::event::{CloseReason, Pop3Command, Pop3Reason};
use crate::mail::sasl::{Credentials, Mechanism, Proof, SaslFault, ServerExchange, Step};
use crate::proto::line::Line;
use crate::proto::{Answer, Ask, Out, TlsOffer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// An authentication that AUTH began.
#[derive(Debug)]
pub(super) struct Sasl {
    exchange: ServerExchange,
    /// How many challenges went out.
    challenges: u32,
    /// The address of the user, once the host has found the proof right.
    address: String,
}

impl ServerSession {
    /// Would a password travel for everybody to read, where the host does not want that?
    pub(super) fn too_open(&self) -> bool {
        !self.tls && !self.voice.config().auth_without_tls
    }

    /// The mechanisms that can be used now.
    pub(super) fn mechanisms(&self) -> impl Iterator<Item = Mechanism> {
        let too_open = self.too_open();
        let offered = self.voice.config().offered_mechanisms();
        offered.iter().copied().filter(move |m| !(too_open && m.sends_password()))
    }

    /// Can STLS be done now?
    pub(super) fn can_start_tls(&self) -> bool {
        self.offer == TlsOffer::Upgrade && !self.tls
    }

    /// A password came, or is about to, in the clear.
    pub(super) fn tls_first(&self, heard: &Heard) -> Reply {
        let key = if heard.is("AUTH") { Key::TlsRequiredAuth } else { Key::TlsRequired };
        self.refusal(key, &[("verb", heard.name())], Pop3Reason::TlsRequired, Some(heard.verb))
    }

    /// STLS. What the client has sent after it in the clear is dropped unread, by [`LineReader::discard`] here and once
    /// more when TLS stands (RFC 2595 section 4).
    ///
    /// [`LineReader::discard`]: crate::proto::line::LineReader::discard
    pub(super) fn stls(&mut self, heard: &Heard) {
        if !self.can_start_tls() {
            let reply = self.refusal(Key::TlsActive, &[], Pop3Reason::TlsActive, Some(heard.verb));
            return self.say(heard, reply);
        }
        self.say(heard, Reply::ok(self.text(Key::Stls, &[]), Pop3Reason::TlsBegins));
        self.out.push_back(Out::StartTls);
        self.phase = Phase::StartingTls;
        self.reader.discard();
        self.named = None;
        self.user.clear();
    }

    /// APOP: the digest of the greeting's timestamp and the password.
    pub(super) fn apop(&mut self, heard: Heard) {
        let Pop3Command::Apop { name } = &heard.command else { return };
        self.user.clone_from(name);
        let timestamp = self.timestamp.clone().unwrap_or_default();
        let proof = Proof::Apop { timestamp, digest: heard.password.clone() };
        let who = Credentials { acting_as: None, user: name.clone(), proof };
        let id = self.ask(Ask::Authenticate(who));
        self.phase = Phase::LoggingIn(id, heard, Login::Apop);
    }

    /// AUTH: the list of mechanisms, or one of them, perhaps with the client's first message.
    pub(super) fn auth(&mut self, heard: Heard) {
        let Pop3Command::Auth { mechanism } = &heard.command else { return };
        let Some(name) = mechanism.clone() else {
            let reply = self.mechanism_list(&heard);
            return self.say(&heard, reply);
        };
        let offered =
            Mechanism::parse(&name).filter(|m| self.voice.config().offered_mechanisms().contains(m));
        let Some(mechanism) = offered else {
            let reason = Pop3Reason::UnknownMechanism { name };
            let reply = self.refusal(Key::BadMechanism, &[], reason, Some(heard.argument));
            return self.say(&heard, reply);
        };
        if self.too_open() && mechanism.sends_password() {
            let reply = self.tls_first(&heard);
            return self.say(&heard, reply);
        }
        let mut sasl = Box::new(Sasl {
            exchange: ServerExchange::new(mechanism),
            challenges: 0,
            address: String::new(),
        });
        let initial = match heard.initial.as_deref() {
            None => None,
            // RFC 5034 section 4: a message of no octets at all.
            Some(b"=") => Some(Vec::new()),
            Some(text) => match BASE64.decode(text) {
                Ok(octets) => Some(octets),
                Err(_) => return self.not_base64(&heard, Key::BadInitial),
            },
        };
        let step = sasl.exchange.start(initial.as_deref());
        self.authenticate(heard, sasl, step);
    }

    fn mechanism_list(&self, heard: &Heard) -> Reply {
        if !self.manner.lists_mechanisms {
            return self.refusal(Key::AuthMissing, &[], Pop3Reason::MissingArgument, Some(heard.argument));
        }
        let data = self.mechanisms().map(|m| format!("{}\r\n", m.name())).collect::<String>();
        Reply::ok(self.text(Key::AuthList, &[]), Pop3Reason::Done).with_data(data.into_bytes())
    }

    /// The client's answer to a challenge.
    pub(super) fn auth_answer(&mut self, mut sasl: Box<Sasl>, line: Line) {
        let command = Pop3Command::AuthAnswer { mechanism: sasl.exchange.mechanism() };
        let (overlong, mut heard) = (line.overlong(), Heard::new(command, line.text));
        heard.argument.end = heard.line.len();
        self.phase = Phase::Authorization;
        if overlong {
            let reason = Pop3Reason::LineTooLong { limit: ANSWER_LIMIT };
            let fills = [("limit", ANSWER_LIMIT.to_string())];
            let reply = self.refusal(Key::LineTooLongEarly, &fills, reason, None);
            self.say(&heard, reply);
            if self.manner.gives_up {
                self.close(CloseReason::Closed);
            }
        } else if &*heard.line == b"*" {
            let reply = self.refusal(Key::AuthCancelled, &[], Pop3Reason::AuthCancelled, None);
            self.say(&heard, reply);
        } else {
            match BASE64.decode(&*heard.line) {
                Ok(octets) => {
                    let step = sasl.exchange.response(&octets);
                    self.authenticate(heard, sasl, step);
                }
                Err(_) => self.not_base64(&heard, Key::BadBase64),
            }
        }
    }

    fn not_base64(&mut self, heard: &Heard, key: Key) {
        let reply = self.refusal(key, &[], Pop3Reason::BadBase64, Some(heard.argument));
        self.say(heard, reply);
    }

    /// Goes on with an authentication.
    fn authenticate(&mut self, heard: Heard, mut sasl: Box<Sasl>, step: Step) {
        match step {
            Step::Challenge(octets) => {
                sasl.challenges = sasl.challenges.saturating_add(1);
                let mechanism = sasl.exchange.mechanism();
                let reason = Pop3Reason::Challenge { mechanism, number: sasl.challenges };
                self.say(&heard, Reply::ok(BASE64.encode(octets), reason));
                self.phase = Phase::Answering(sasl);
            }
            Step::NeedSalted { user } => {
                let id = self.ask(Ask::Numbers { user });
                self.phase = Phase::LoggingIn(id, heard, Login::Sasl(sasl));
            }
            Step::Check(who) => {
                self.user.clone_from(&who.user);
                let id = self.ask(Ask::Authenticate(who));
                self.phase = Phase::LoggingIn(id, heard, Login::Sasl(sasl));
            }
            Step::Done => self.open(heard, std::mem::take(&mut sasl.address)),
            Step::Fault(fault) => {
                let reason = match fault {
                    SaslFault::Wrong => Pop3Reason::LoginFailed,
                    fault => Pop3Reason::AuthFailed { fault },
                };
                self.phase = Phase::Authorization;
                let reply = self.refusal(Key::AuthFailed, &[], reason, Some(heard.argument));
                self.say(&heard, reply);
            }
        }
    }

    /// The host's word in the middle of an authentication.
    pub(super) fn auth_answered(&mut self, heard: Heard, mut sasl: Box<Sasl>, answer: Answer) {
        let step = match answer {
            Answer::Numbers(salted) => {
                let host = self.voice.config().name.clone();
                sasl.exchange.salted(salted, &host)
            }
            Answer::Authenticated { user, verified } => {
                sasl.address = user;
                sasl.exchange.verdict(Some(&verified))
            }
            _ => sasl.exchange.verdict(None),
        };
        self.authenticate(heard, sasl, step);
    }

    /// The user is who they say: is the maildrop free?
    pub(super) fn open(&mut self, heard: Heard, address: String) {
        let id = self.ask(Ask::Maildrop { user: address });
        self.phase = Phase::LoggingIn(id, heard, Login::Maildrop);
    }
}
