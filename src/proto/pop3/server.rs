//! The server's side of a POP3 session: states, logins, time and mistakes. `transaction.rs` has the commands on an
//! open maildrop.

use super::Style;
use super::auth::Sasl;
use super::command::{self, FaultKind, Heard, Offered};
use super::maildrop::Maildrop;
use super::reply::{Reply, Voice, rule, status_line};
use super::style::{ANSWER_LIMIT, IDLE_LIMIT, Key, Manner};
use crate::event::{
    CloseReason, PolicyVerdict, Pop3Command, Pop3Exchange, Pop3Reason, Pop3State, TlsSession,
};
use crate::mail::sasl::Mechanism;
use crate::proto::line::{Line, LineReader};
use crate::proto::{Answer, Ask, AskId, Out, Session, TlsOffer};
use crate::units::{Span, Time};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// How a POP3 server behaves. Everything here belongs to one host of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerConfig {
    /// Whose wording it uses.
    pub style: Style,
    /// The name it gives itself.
    pub name: String,
    /// Texts of this host alone, by the key of the style's table (`greeting`, `logged-in`, ...; all of them are
    /// [`Style::reply_keys`]); see docs/scenarios.md.
    pub texts: BTreeMap<String, String>,
    /// Capabilities it does not list although it could, by CAPA keyword in capitals. Without TOP, UIDL or CAPA it
    /// does not offer these commands either; without SASL, no AUTH, and without STLS, no STLS.
    pub without: Vec<String>,
    /// The mechanisms of AUTH, in the order in which it lists them.
    pub mechanisms: Vec<Mechanism>,
    /// It greets with a timestamp and takes APOP (RFC 1939 section 7).
    pub apop: bool,
    /// It takes passwords in the clear, where everybody on the way can read them (RFC 2595 section 2.3).
    pub auth_without_tls: bool,
    /// How long a client may be silent.
    pub autologout: Duration,
}

impl ServerConfig {
    /// The style's usual behaviour under the name `name`.
    pub fn new(style: Style, name: &str) -> ServerConfig {
        ServerConfig {
            style,
            name: name.to_owned(),
            texts: BTreeMap::new(),
            without: Vec::new(),
            mechanisms: style.manner().mechanisms.to_vec(),
            apop: false,
            auth_without_tls: true,
            autologout: IDLE_LIMIT,
        }
    }

    /// The mechanisms of AUTH, unless it is without them.
    pub(super) fn offered_mechanisms(&self) -> &[Mechanism] {
        if self.is_without("SASL") { &[] } else { &self.mechanisms }
    }

    fn is_without(&self, capability: &str) -> bool {
        self.without.iter().any(|w| w.eq_ignore_ascii_case(capability))
    }
}

/// The server's side of one POP3 session.
#[derive(Debug)]
pub struct ServerSession {
    pub(super) voice: Voice,
    pub(super) manner: &'static Manner,
    pub(super) reader: LineReader,
    pub(super) out: VecDeque<Out>,
    pub(super) phase: Phase,
    /// What can be done about TLS here.
    pub(super) offer: TlsOffer,
    /// The connection is under TLS.
    pub(super) tls: bool,
    /// What the greeting gave out for APOP.
    pub(super) timestamp: Option<String>,
    /// Empty before the login.
    pub(super) maildrop: Maildrop,
    /// The name the session is logged in as or, before that, the last USER.
    pub(super) user: String,
    /// The name that waits for its PASS.
    pub(super) named: Option<String>,
    /// Mistakes in a row.
    mistakes: u32,
    asked: u32,
    /// When the session ends if nothing comes.
    deadline: Option<Time>,
    /// The peer sends nothing more.
    ended: bool,
    /// The client is turned away, because it has so many connections.
    busy: Option<u32>,
}

/// Where the session is (RFC 1939 section 3).
#[derive(Debug)]
pub(super) enum Phase {
    New,
    /// Waits for the numbers of the greeting's timestamp.
    Greeting(AskId),
    Authorization,
    /// In an authentication, of which the client has the next word.
    Answering(Box<Sasl>),
    /// Waits for the host's word on a login.
    LoggingIn(AskId, Heard, Login),
    /// STLS was answered; TLS is due.
    StartingTls,
    Transaction,
    /// Waits for the host to remove so many messages.
    Update(AskId, Heard, u32),
    Over,
}

/// What the host was asked about a login.
#[derive(Debug)]
pub(super) enum Login {
    /// To open the maildrop.
    Maildrop,
    /// Whether APOP's digest is right.
    Apop,
    /// Something an authentication needs.
    Sasl(Box<Sasl>),
}

impl ServerSession {
    /// A session that greets as `config` says.
    pub fn new(config: &ServerConfig) -> ServerSession {
        ServerSession {
            voice: Voice::new(config),
            manner: config.style.manner(),
            reader: LineReader::new(config.style.manner().line_limits.0 - 2),
            out: VecDeque::new(),
            phase: Phase::New,
            offer: TlsOffer::None,
            tls: false,
            timestamp: None,
            maildrop: Maildrop::new(Vec::new()),
            user: String::new(),
            named: None,
            mistakes: 0,
            asked: 0,
            deadline: None,
            ended: false,
            busy: None,
        }
    }

    /// The same at a port where so much can be done about TLS.
    pub fn with_tls(self, offer: TlsOffer) -> ServerSession {
        ServerSession { offer, ..self }
    }

    /// A session that turns the client away at once (-ERR), because it has `limit` connections open already.
    pub fn busy(config: &ServerConfig, limit: u32) -> ServerSession {
        ServerSession { busy: Some(limit), ..ServerSession::new(config) }
    }

    /// Reads and answers the next line; `false` where there is nothing to do. Lines are read one at a time and only
    /// once everything said before was taken: a thousand pasted RETRs are never answered all in memory.
    fn step(&mut self) -> bool {
        if !self.listens() {
            let cut_off = self.ended && matches!(self.phase, Phase::StartingTls);
            if cut_off {
                self.close(CloseReason::Closed);
            }
            return cut_off;
        }
        let answers = matches!(self.phase, Phase::Answering(_));
        self.reader.set_limit(if answers { ANSWER_LIMIT } else { self.line_limit() } - 2);
        match self.reader.line() {
            Some(line) => match std::mem::replace(&mut self.phase, Phase::Authorization) {
                Phase::Answering(sasl) => self.auth_answer(sasl, line),
                phase => {
                    self.phase = phase;
                    self.line(line);
                }
            },
            None if self.ended => self.close(CloseReason::Closed),
            None => return false,
        }
        true
    }

    fn listens(&self) -> bool {
        matches!(self.phase, Phase::Authorization | Phase::Answering(_) | Phase::Transaction)
    }

    fn logged_in(&self) -> bool {
        matches!(self.phase, Phase::Transaction)
    }

    fn line(&mut self, line: Line) {
        if line.overlong() {
            return self.overlong(line);
        }
        let config = self.voice.config();
        let offered = Offered {
            without: &config.without,
            apop: config.apop,
            auth: !config.offered_mechanisms().is_empty(),
            stls: self.offer != TlsOffer::None && !config.is_without("STLS"),
        };
        let heard = command::parse(line.text, self.manner, &offered);
        match (&heard.command, self.logged_in()) {
            (Pop3Command::Quit, true) => self.quit(heard),
            (Pop3Command::Quit, false) => {
                let text = self.text(Key::QuitEarly, &[]);
                self.say(&heard, Reply::ok(text, Pop3Reason::Closing { removed: 0 }));
                self.close(CloseReason::Closed);
            }
            (_, false) if self.too_open() && (heard.is("USER") || heard.is("PASS")) => {
                let reply = self.tls_first(&heard);
                self.say(&heard, reply);
            }
            (Pop3Command::Apop { .. }, false) => self.apop(heard),
            (Pop3Command::Auth { .. }, false) => self.auth(heard),
            (Pop3Command::Stls, false) => self.stls(&heard),
            (Pop3Command::Pass | Pop3Command::Malformed { .. }, false)
                if heard.is("PASS") && self.named.is_none() =>
            {
                let reply = self.refusal(Key::UserFirst, &[], Pop3Reason::UserFirst, Some(heard.verb));
                self.say(&heard, reply);
            }
            (Pop3Command::Pass, false) => self.log_in(heard),
            (_, logged_in) => {
                let reply = if logged_in { self.transaction(&heard) } else { self.authorization(&heard) };
                self.say(&heard, reply);
            }
        }
    }

    /// The longest line that is read now.
    fn line_limit(&self) -> usize {
        let (early, late) = self.manner.line_limits;
        if self.logged_in() { late } else { early }
    }

    /// A line longer than is read. Its beginning is all that is known of it.
    fn overlong(&mut self, line: Line) {
        let key = if self.logged_in() { Key::LineTooLong } else { Key::LineTooLongEarly };
        let limit = self.line_limit();
        let reason = Pop3Reason::LineTooLong { limit };
        let reply = self.refusal(key, &[("limit", limit.to_string())], reason, None);
        self.say(&Heard::new(Pop3Command::Overlong { octets: line.octets }, line.text), reply);
        if self.manner.gives_up {
            self.close(CloseReason::Closed);
        }
    }

    /// A command before the login, PASS and QUIT apart (RFC 1939 section 4).
    fn authorization(&mut self, heard: &Heard) -> Reply {
        match &heard.command {
            Pop3Command::User { name } => {
                self.user.clone_from(name);
                self.named = Some(name.clone());
                Reply::ok(self.text(Key::User, &[]), Pop3Reason::NameTaken)
            }
            Pop3Command::Capa => self.capabilities(false),
            Pop3Command::Unknown { .. } | Pop3Command::NotOffered { .. } => self.not_known(heard, false),
            Pop3Command::Malformed { .. }
                if matches!(heard.command.verb(), Some("USER" | "PASS" | "APOP")) =>
            {
                self.faulty(heard)
            }
            _ => {
                let reason = Pop3Reason::WrongState { wanted: Pop3State::Transaction };
                self.refusal(Key::LoginFirst, &[("verb", heard.name())], reason, Some(heard.verb))
            }
        }
    }

    /// PASS after USER: the host looks whether the two belong together and whether the maildrop is free.
    fn log_in(&mut self, heard: Heard) {
        let Some(user) = self.named.clone() else { return };
        if !self.manner.keeps_name {
            self.named = None;
        }
        let password = heard.password.clone();
        let id = self.ask(Ask::Login { user, password });
        self.phase = Phase::LoggingIn(id, heard, Login::Maildrop);
    }

    /// The host's word on a login.
    fn logged_in_or_not(&mut self, heard: Heard, login: Login, answer: Answer) {
        match (login, answer) {
            (Login::Sasl(sasl), answer) => self.auth_answered(heard, sasl, answer),
            (Login::Apop, Answer::Authenticated { user, .. }) => self.open(heard, user),
            (_, answer) => self.opened_or_not(&heard, answer),
        }
    }

    /// The host's word on a maildrop, or that a login is wrong.
    fn opened_or_not(&mut self, heard: &Heard, answer: Answer) {
        let (key, reason, span) = match answer {
            Answer::Maildrop { messages, .. } => {
                self.maildrop = Maildrop::new(messages);
                self.phase = Phase::Transaction;
                let messages = self.maildrop.count();
                let text = self.text(Key::LoggedIn, &[]);
                return self.say(heard, Reply::ok(text, Pop3Reason::LoggedIn { messages }));
            }
            Answer::Verdict(PolicyVerdict::Locked { by }) => (Key::Locked, Pop3Reason::Locked { by }, None),
            Answer::Verdict(_) | Answer::Numbers(_) | Answer::Authenticated { .. } | Answer::Folders(_) => {
                (Key::LoginFailed, Pop3Reason::LoginFailed, Some(heard.argument))
            }
        };
        self.phase = Phase::Authorization;
        let locked = matches!(reason, Pop3Reason::Locked { .. });
        let reply = self.refusal(key, &[], reason, span);
        self.say(heard, reply);
        if locked && self.manner.gives_up {
            self.close(CloseReason::Closed);
        }
    }

    /// QUIT with the maildrop open: only now the marked messages go (RFC 1939 section 6).
    fn quit(&mut self, heard: Heard) {
        let ids = self.maildrop.marked();
        if ids.is_empty() {
            return self.good_bye(&heard, Some(0));
        }
        let removed = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let id = self.ask(Ask::Remove { ids });
        self.phase = Phase::Update(id, heard, removed);
    }

    /// The last words, `removed` messages later; `None` where the host could not remove them.
    fn good_bye(&mut self, heard: &Heard, removed: Option<u32>) {
        let reply = match removed {
            Some(removed) => {
                let key = if removed == 0 { Key::Quit } else { Key::QuitDeleted };
                let text = self.text(key, &[("removed", removed.to_string())]);
                Reply::ok(text, Pop3Reason::Closing { removed })
            }
            None => self.refusal(Key::NotRemoved, &[], Pop3Reason::Closing { removed: 0 }, None),
        };
        self.say(heard, reply);
        self.close(CloseReason::Closed);
    }

    /// What the server says to a command that it does not know or offer.
    pub(super) fn not_known(&self, heard: &Heard, logged_in: bool) -> Reply {
        let (key, reason) = match &heard.command {
            Pop3Command::NotOffered { verb } => {
                let key = match verb.as_str() {
                    _ if logged_in => Key::NotOffered,
                    "APOP" => Key::NoApop,
                    "AUTH" => Key::NoAuth,
                    "STLS" => Key::NoStls,
                    _ => Key::NotOfferedEarly,
                };
                (key, Pop3Reason::NotImplemented)
            }
            _ if heard.verb.start == heard.verb.end => (Key::EmptyLine, Pop3Reason::UnknownCommand),
            _ if logged_in => (Key::Unknown, Pop3Reason::UnknownCommand),
            _ => (Key::UnknownEarly, Pop3Reason::UnknownCommand),
        };
        self.refusal(key, &[("verb", heard.name())], reason, Some(heard.verb))
    }

    /// What the server says to arguments it cannot read.
    pub(super) fn faulty(&self, heard: &Heard) -> Reply {
        let (kind, span, quoted) = match &heard.fault {
            Some(fault) => (fault.kind, fault.span, fault.quoted.clone()),
            None => (FaultKind::BadNumber, heard.argument, String::new()),
        };
        let reason =
            if span.start == span.end { Pop3Reason::MissingArgument } else { Pop3Reason::BadArgument };
        self.refusal(kind.key(), &[("argument", quoted)], reason, Some(span))
    }

    /// The text for `key`. `fills` come before what can be filled in everywhere.
    pub(super) fn text(&self, key: Key, fills: &[(&str, String)]) -> String {
        let mut all = fills.to_vec();
        all.push(("host", self.voice.config().name.clone()));
        all.push(("user", self.user.clone()));
        all.push(("messages", self.maildrop.left().count().to_string()));
        all.push(("octets", self.maildrop.octets().to_string()));
        self.voice.text(key, &all)
    }

    pub(super) fn refusal(
        &self,
        key: Key,
        fills: &[(&str, String)],
        reason: Pop3Reason,
        span: Option<Span>,
    ) -> Reply {
        Reply { ok: false, text: self.text(key, fills), reason, span, data: Vec::new() }
    }

    pub(super) fn ask(&mut self, ask: Ask) -> AskId {
        self.asked = self.asked.wrapping_add(1);
        let id = AskId(self.asked);
        self.out.push_back(Out::Ask(id, ask));
        id
    }

    /// Answers and, after one mistake too many, ends the session.
    pub(super) fn say(&mut self, heard: &Heard, reply: Reply) {
        // A command that only the login lacks is known to it all the same.
        let of_login = |verb: &str| matches!(verb, "APOP" | "AUTH" | "STLS");
        let unknown = match (&reply.reason, &heard.command) {
            (Pop3Reason::UnknownCommand | Pop3Reason::WrongState { .. }, _) => true,
            (Pop3Reason::NotImplemented, Pop3Command::NotOffered { verb }) => !of_login(verb),
            _ => false,
        };
        let (counts, bears, key) = match self.phase {
            Phase::Transaction => (!reply.ok, self.manner.bears, Key::TooManyErrors),
            _ => (unknown, self.manner.bears_early, Key::TooManyErrorsEarly),
        };
        self.mistakes = if counts { self.mistakes.saturating_add(1) } else { 0 };
        self.send(heard, reply);
        if let Some(limit) = bears
            && self.mistakes > limit
        {
            let reason = Pop3Reason::TooManyErrors { limit };
            let reply = self.refusal(key, &[("limit", limit.to_string())], reason, None);
            self.send(&Heard::new(Pop3Command::Silence, Vec::new()), reply);
            self.close(CloseReason::Closed);
        }
    }

    fn send(&mut self, heard: &Heard, reply: Reply) {
        let exchange = Pop3Exchange {
            command: heard.command.clone(),
            line: heard.line.clone(),
            ok: reply.ok,
            text: reply.text,
            rule: rule(&heard.command, &reply.reason),
            reason: reply.reason,
            span: reply.span,
            user: self.user.clone(),
            tls: self.tls,
        };
        let mut octets = status_line(exchange.status(), &exchange.text);
        octets.extend_from_slice(&reply.data);
        self.out.push_back(Out::Pop3(exchange));
        self.out.push_back(Out::Send(octets));
    }

    /// The greeting, with a timestamp where the host does APOP.
    fn greet(&mut self) {
        self.phase = Phase::Authorization;
        let mut text = self.text(Key::Greeting, &[]);
        if let Some(timestamp) = &self.timestamp {
            text = format!("{text} {timestamp}").trim_start().to_owned();
        }
        self.send(&Heard::new(Pop3Command::Connect, Vec::new()), Reply::ok(text, Pop3Reason::Greeting));
    }

    pub(super) fn close(&mut self, why: CloseReason) {
        if !matches!(self.phase, Phase::Over) {
            self.out.push_back(Out::Close(why));
            self.phase = Phase::Over;
        }
        self.reader.discard();
    }

    fn wait_from(&mut self, now: Time) {
        self.deadline = Some(now.plus(self.voice.config().autologout));
    }
}

impl Session for ServerSession {
    fn start(&mut self, now: Time) {
        if !matches!(self.phase, Phase::New) {
            return;
        }
        self.wait_from(now);
        if let Some(limit) = self.busy {
            let reason = Pop3Reason::TooManyConnections { limit };
            let reply = self.refusal(Key::TooManyConnections, &[("limit", limit.to_string())], reason, None);
            self.send(&Heard::new(Pop3Command::Silence, Vec::new()), reply);
            return self.close(CloseReason::Closed);
        }
        if self.voice.config().apop {
            let id = self.ask(Ask::Numbers { user: None });
            self.phase = Phase::Greeting(id);
        } else {
            self.greet();
        }
    }

    fn feed(&mut self, now: Time, octets: &[u8]) {
        if !octets.is_empty() && !self.ended && !matches!(self.phase, Phase::Over) {
            self.reader.feed(octets);
            self.wait_from(now);
        }
    }

    fn tls_started(&mut self, now: Time, _tls: &TlsSession) {
        self.wait_from(now);
        self.reader.discard();
        self.tls = true;
        if matches!(self.phase, Phase::StartingTls) {
            self.phase = Phase::Authorization;
        }
    }

    fn end_of_input(&mut self, _now: Time) {
        self.ended = true;
    }

    fn answer(&mut self, now: Time, id: AskId, answer: Answer) {
        let waits_for = |open: &AskId| *open == id;
        match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Greeting(open) if waits_for(&open) => {
                self.wait_from(now);
                if let Answer::Numbers(salted) = answer {
                    self.timestamp = Some(format!("<{}@{}>", salted.nonce, self.voice.config().name));
                }
                self.greet();
            }
            Phase::LoggingIn(open, heard, login) if waits_for(&open) => {
                self.wait_from(now);
                self.logged_in_or_not(heard, login, answer);
            }
            Phase::Update(open, heard, removed) if waits_for(&open) => {
                let done = answer == Answer::Verdict(PolicyVerdict::Yes);
                self.phase = Phase::Transaction;
                self.good_bye(&heard, done.then_some(removed));
            }
            other => self.phase = other,
        }
    }

    fn wake(&mut self, now: Time) {
        // The maildrop stays as it is: there is no UPDATE state after a time-out (RFC 1939 section 3).
        if self.listens() && self.deadline.is_some_and(|deadline| now >= deadline) {
            if !self.manner.ends_silently || self.voice.own(Key::TimedOut) {
                let reply = self.refusal(Key::TimedOut, &[], Pop3Reason::TimedOut, None);
                self.send(&Heard::new(Pop3Command::Silence, Vec::new()), reply);
            }
            self.close(CloseReason::Idle);
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        self.deadline.filter(|_| self.listens())
    }

    fn poll(&mut self) -> Option<Out> {
        loop {
            if let Some(out) = self.out.pop_front() {
                return Some(out);
            }
            if !self.step() {
                return None;
            }
        }
    }
}
