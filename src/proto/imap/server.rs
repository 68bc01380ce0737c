//! The server's side of an IMAP session: states, the flow of commands, time, mistakes and news. `login.rs` has the
//! commands before the login, `folders.rs` those about mailboxes, `messages.rs` those about messages.

use super::Style;
use super::command::{self, Heard, Request};
use super::host::{FolderAnswer, FolderAsk, News};
use super::login::Sasl;
use super::messages::FetchJob;
use super::reader::{COMMAND_LIMIT, MESSAGE_LIMIT, Raw, Read, Reader};
use super::reply::{Fills, Reply, Voice, line, rule};
use super::style::Manner;
use super::texts::Key;
use super::view::View;
use crate::event::{
    CloseReason, ImapArgument as A, ImapCommand, ImapExchange, ImapReason, ImapState, ImapStatus, ImapVerb,
    TlsSession,
};
use crate::mail::sasl::Mechanism;
use crate::proto::{Answer, Ask, AskId, Out, Session, TlsOffer};
use crate::units::{Span, Time};
use std::collections::{BTreeMap, VecDeque};

/// How an IMAP server behaves. Everything here belongs to one host of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerConfig {
    /// Whose manner it has.
    pub style: Style,
    /// The name it gives itself.
    pub name: String,
    /// Texts of this host alone, by the key of the style's table ([`Style::reply_keys`]): the words, without status and
    /// code.
    pub texts: BTreeMap<String, String>,
    /// Capabilities it does not have although it could, in capitals. What needs one is no command there.
    pub without: Vec<String>,
    /// Passwords are taken in the clear too; otherwise LOGINDISABLED (RFC 3501 section 6.2.3).
    pub plain_logins: bool,
    /// SASL mechanisms, in the order in which they are listed.
    pub mechanisms: Vec<Mechanism>,
}

impl ServerConfig {
    /// The style's usual behaviour under the name `name`.
    pub fn new(style: Style, name: &str) -> ServerConfig {
        ServerConfig {
            style,
            name: name.to_owned(),
            texts: BTreeMap::new(),
            without: Vec::new(),
            plain_logins: true,
            mechanisms: Mechanism::ALL.to_vec(),
        }
    }
}

/// The server's side of one IMAP session.
#[derive(Debug)]
pub struct ServerSession {
    pub(super) voice: Voice,
    pub(super) manner: &'static Manner,
    reader: Reader,
    out: VecDeque<Out>,
    pub(super) phase: Phase,
    /// The address the session is logged in as; empty before.
    pub(super) user: String,
    /// The open folder.
    pub(super) view: Option<View>,
    pub(super) tls: TlsOffer,
    /// The connection is under TLS.
    pub(super) secured: bool,
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

/// What the session is doing.
#[derive(Debug)]
pub(super) enum Phase {
    New,
    /// Reads commands.
    Ready,
    /// Waits for the host's answer, with which the command goes on.
    Asking(AskId, Box<Heard>, Stage),
    /// Waits for the client's next line of AUTHENTICATE.
    Sasl(Box<Sasl>),
    /// Waits for the host's word in AUTHENTICATE.
    SaslAsking(AskId, Box<Sasl>),
    /// IDLE.
    Idling(Box<Heard>),
    /// Sends what FETCH found, piece by piece.
    Fetching(Box<FetchJob>),
    /// Waits for TLS.
    Securing,
    Over,
}

/// How far a command has come that asks more than once.
#[derive(Debug)]
pub(super) enum Stage {
    /// It asks once, or for the first time.
    First,
    /// LOGIN.
    Login,
    /// CLOSE after the messages have gone.
    Leaving,
    /// LIST with STATUS: the answer without it.
    Counting(Vec<(String, Vec<u8>)>),
    /// FETCH after \Seen was set, for these numbers.
    Seen(Vec<u32>),
    /// The command is refused, and what was open is to be left first: the answer.
    Refused(Box<Reply>),
}

impl ServerSession {
    /// A session that greets as `config` says and does about TLS what `tls` says.
    pub fn new(config: &ServerConfig, tls: TlsOffer) -> ServerSession {
        ServerSession {
            voice: Voice::new(config),
            manner: config.style.manner(),
            reader: Reader::new(),
            out: VecDeque::new(),
            phase: Phase::New,
            user: String::new(),
            view: None,
            tls,
            secured: tls == TlsOffer::Implicit,
            mistakes: 0,
            asked: 0,
            deadline: None,
            ended: false,
            busy: None,
        }
    }

    /// A session that turns the client away at once (BYE), because it has `limit` connections open already.
    pub fn busy(config: &ServerConfig, tls: TlsOffer, limit: u32) -> ServerSession {
        ServerSession { busy: Some(limit), ..ServerSession::new(config, tls) }
    }

    /// The state the session is in (RFC 3501 section 3).
    pub(super) fn state(&self) -> ImapState {
        match () {
            () if matches!(self.phase, Phase::Over) => ImapState::Logout,
            () if self.user.is_empty() => ImapState::NotAuthenticated,
            () if self.view.is_none() => ImapState::Authenticated,
            () => ImapState::Selected,
        }
    }

    /// Does the next thing; `false` where there is nothing to do. Commands are read one at a time and only once
    /// everything said before was taken.
    fn step(&mut self) -> bool {
        match &self.phase {
            Phase::New | Phase::Asking(..) | Phase::SaslAsking(..) | Phase::Securing | Phase::Over => false,
            Phase::Fetching(_) => self.fetch_on(),
            Phase::Ready => self.next_command(),
            Phase::Sasl(_) => match self.reader.line() {
                Some(raw) => self.sasl_line(&raw),
                None => self.ends(),
            },
            Phase::Idling(_) => {
                if self.news_while_idle() {
                    return true;
                }
                match self.reader.line() {
                    Some(raw) => self.idle_over(&raw),
                    None => self.ends(),
                }
            }
        }
    }

    /// The session ends where nothing more can come.
    fn ends(&mut self) -> bool {
        if self.ended {
            self.close(CloseReason::Closed);
        }
        self.ended
    }

    fn next_command(&mut self) -> bool {
        if self.view.as_ref().is_some_and(|v| v.lost) {
            let reply = self.voice.say(Key::MailboxGone, &[], ImapReason::MailboxGone);
            self.send(&Heard::nothing(ImapCommand::Silence, b""), reply);
            self.close(CloseReason::Closed);
            return true;
        }
        match self.reader.next() {
            None => return self.ends(),
            Some(Read::Command(raw)) => self.command(&raw),
            Some(Read::Asked(octets)) => self.literal(octets, true),
            Some(Read::Announced(octets)) => self.literal(octets, false),
        }
        true
    }

    /// A literal is announced: is it taken? One that would be for nothing is not asked for, and the command is over.
    fn literal(&mut self, octets: usize, waits: bool) {
        let heard = self.parse(self.reader.so_far());
        let append = heard.command.verb() == Some(ImapVerb::Append);
        let limit = if append { MESSAGE_LIMIT } else { COMMAND_LIMIT };
        let plus = |c: &str| c == "LITERAL+" && !self.without(c);
        if octets > limit || !append && self.reader.kept() + octets > COMMAND_LIMIT {
            let mut heard = {
                let raw = self.reader.refuse();
                self.parse(&raw)
            };
            let at = Span::new(heard.line.iter().rposition(|b| *b == b'{').unwrap_or(0), heard.line.len());
            heard.request = Err(None);
            let reason = ImapReason::LiteralTooBig { limit };
            let fills = [("verb", heard.name()), ("limit", limit.to_string())];
            let reply = self.voice.say(Key::LiteralTooBig, &fills, reason).at(at);
            return self.say(&heard, reply);
        }
        if waits {
            if command::wrong_so_far(self.reader.so_far(), self.manner.bears_blanks) {
                let raw = self.reader.refuse();
                return self.command(&raw);
            }
            let octets = u32::try_from(octets).unwrap_or(u32::MAX);
            let reply = self.voice.say(Key::Literal, &[], ImapReason::LiteralWanted { octets });
            self.send(&Heard { request: Err(None), ..heard }, reply);
        } else if !self.manner.late.iter().any(|c| plus(c)) {
            let raw = self.reader.refuse();
            return self.command(&raw);
        }
        self.reader.go_on();
    }

    fn command(&mut self, raw: &Raw) {
        if let Some(octets) = raw.overlong {
            let reason = ImapReason::LineTooLong { limit: COMMAND_LIMIT };
            let reply = self.voice.say(Key::LineTooLong, &[("limit", COMMAND_LIMIT.to_string())], reason);
            let mut heard = self.parse(raw);
            heard.command = ImapCommand::Overlong { octets };
            return self.say(&heard, reply);
        }
        let heard = self.parse(raw);
        match self.refused(&heard) {
            Some(reply) if reply.status == ImapStatus::No && heard.selects() => {
                self.not_selected(heard, reply)
            }
            Some(reply) => self.say(&heard, reply),
            None => self.carry_out(heard),
        }
    }

    fn parse(&self, raw: &Raw) -> Heard {
        command::parse(raw, self.manner.bears_blanks)
    }

    /// Is this capability held back?
    pub(super) fn without(&self, capability: &str) -> bool {
        self.voice.config().without.iter().any(|w| w.eq_ignore_ascii_case(capability))
    }

    /// A well-formed command in its place.
    fn carry_out(&mut self, heard: Heard) {
        let Ok(request) = heard.request.clone() else { return };
        match request {
            Request::Plain(verb) => self.plain(verb, heard),
            Request::Id(_) => {
                let data = format!("* ID {}\r\n", self.manner.id).into_bytes();
                let reply = self.done(Key::Id).with(data);
                self.say(&heard, reply);
            }
            Request::Enable(_) => {
                // Nothing that could be enabled is offered, so nothing is (RFC 5161 section 3.1).
                let reply = self.done(Key::Enable).with(b"* ENABLED\r\n".to_vec());
                self.say(&heard, reply);
            }
            Request::Authenticate(..) | Request::Login { .. } => self.log_in(heard, request),
            Request::Select(..)
            | Request::Folder(..)
            | Request::Rename(..)
            | Request::List(_)
            | Request::Lsub(_)
            | Request::Status(..)
            | Request::Append { .. } => self.about_folders(heard, request),
            Request::Expunge(_)
            | Request::Search(_)
            | Request::Fetch(..)
            | Request::Store { .. }
            | Request::Copy(..) => self.about_messages(heard, request),
        }
    }

    /// Commands without arguments.
    fn plain(&mut self, verb: ImapVerb, heard: Heard) {
        let reply = match verb {
            ImapVerb::Capability => {
                let data = format!("* CAPABILITY {}\r\n", self.capabilities()).into_bytes();
                let key = if self.user.is_empty() { Key::CapabilityEarly } else { Key::Capability };
                self.done(key).with(data)
            }
            ImapVerb::Logout => {
                let bye = self.voice.say(Key::Bye, &[], ImapReason::Closing);
                let data = line("*", &bye);
                let reply = self.voice.say(Key::Logout, &[], ImapReason::Closing).with(data);
                self.send(&heard, reply);
                return self.close(CloseReason::Closed);
            }
            ImapVerb::Starttls => return self.starttls(&heard),
            ImapVerb::Idle => {
                let reply = self.voice.say(Key::IdleBegins, &[], ImapReason::Idling);
                self.send(&heard, reply);
                self.phase = Phase::Idling(Box::new(heard));
                return;
            }
            ImapVerb::Namespace => {
                let Manner { prefix, separator, .. } = self.manner;
                let data = format!("* NAMESPACE ((\"{prefix}\" \"{separator}\")) NIL NIL\r\n").into_bytes();
                self.done(Key::Namespace).with(data)
            }
            ImapVerb::Close | ImapVerb::Unselect => return self.leave(heard, verb == ImapVerb::Close),
            ImapVerb::Check => self.done(Key::Check),
            _ => self.done(Key::Noop),
        };
        self.say(&heard, reply);
    }

    /// The client ends IDLE, or says something else in it (RFC 2177 section 3).
    fn idle_over(&mut self, raw: &Raw) -> bool {
        let Phase::Idling(begun) = std::mem::replace(&mut self.phase, Phase::Ready) else { return false };
        let command = ImapCommand::Continuation { verb: ImapVerb::Idle };
        let heard = Heard { tag: begun.tag, ..Heard::nothing(command, &raw.octets) };
        let done = raw.octets.trim_ascii_end().eq_ignore_ascii_case(b"DONE");
        let reply = if done {
            self.done(Key::Idle)
        } else {
            let reason = ImapReason::BadArgument { wanted: A::End };
            self.voice.say(Key::IdleExpected, &[], reason).at(Span::new(0, heard.line.len()))
        };
        self.say(&heard, reply);
        true
    }

    /// Tells what happened while the client waits; `false` where nothing did.
    fn news_while_idle(&mut self) -> bool {
        if self.view.as_ref().is_some_and(|v| v.lost) {
            self.phase = Phase::Ready;
            return true;
        }
        let (data, reason) = self.news(true);
        if data.is_empty() {
            return false;
        }
        let heard = Heard::nothing(ImapCommand::Silence, b"");
        let reply =
            Reply { status: ImapStatus::Data, code: None, text: String::new(), reason, span: None, data };
        self.exchange(&heard, &reply);
        self.out.push_back(Out::Send(reply.data));
        true
    }

    /// The answer to a command that did what it should and has nothing to say about it.
    pub(super) fn done(&self, key: Key) -> Reply {
        self.voice.say(key, &[], ImapReason::Done)
    }

    /// An answer with the command's verb filled in.
    pub(super) fn verbed(&self, key: Key, heard: &Heard, fills: Fills<'_>, reason: ImapReason) -> Reply {
        let mut all = fills.to_vec();
        all.push(("verb", heard.name()));
        self.voice.say(key, &all, reason)
    }

    /// Asks the host, and goes on with `heard` when it has answered.
    pub(super) fn ask(&mut self, ask: Ask, heard: Heard, stage: Stage) {
        let id = self.question(ask);
        self.phase = Phase::Asking(id, Box::new(heard), stage);
    }

    /// Asks the host about folders.
    pub(super) fn ask_folders(&mut self, what: FolderAsk, heard: Heard, stage: Stage) {
        self.ask(Ask::Folders { user: self.user.clone(), what }, heard, stage);
    }

    pub(super) fn question(&mut self, ask: Ask) -> AskId {
        self.asked = self.asked.wrapping_add(1);
        let id = AskId(self.asked);
        self.out.push_back(Out::Ask(id, ask));
        id
    }

    /// Answers, with the news that may be told now, and after one mistake too many ends the session.
    pub(super) fn say(&mut self, heard: &Heard, mut reply: Reply) {
        let bad = reply.status == ImapStatus::Bad;
        self.mistakes = if bad { self.mistakes.saturating_add(1) } else { 0 };
        let bears = if self.user.is_empty() { self.manner.bears.0 } else { self.manner.bears.1 };
        if let Some(limit) = bears.filter(|limit| self.mistakes >= *limit) {
            let reason = ImapReason::TooManyErrors { limit };
            let bye = self.voice.say(Key::TooManyErrors, &[("limit", limit.to_string())], reason);
            if self.manner.bears_and_says && !self.user.is_empty() {
                self.send(heard, reply);
                self.send(&Heard::nothing(ImapCommand::Silence, b""), bye);
            } else {
                self.send(heard, Reply { span: reply.span, ..bye });
            }
            return self.close(CloseReason::Closed);
        }
        if !bad {
            let numbered = !heard.uid
                && matches!(heard.command.verb(), Some(ImapVerb::Fetch | ImapVerb::Store | ImapVerb::Search));
            let (news, _) = self.news(!numbered);
            reply.data.extend_from_slice(&news);
        }
        self.send(heard, reply);
    }

    /// Answers.
    pub(super) fn send(&mut self, heard: &Heard, reply: Reply) {
        let tag = match reply.status {
            ImapStatus::Continue => "",
            ImapStatus::Bye => "*",
            _ if heard.tag.is_empty() => "*",
            _ => &heard.tag,
        };
        let last = line(tag, &reply);
        self.exchange(heard, &reply);
        let mut octets = reply.data;
        octets.extend_from_slice(&last);
        self.out.push_back(Out::Send(octets));
    }

    /// Writes down what was heard and how it was answered.
    pub(super) fn exchange(&mut self, heard: &Heard, reply: &Reply) {
        let end = heard.line.len();
        self.out.push_back(Out::Imap(ImapExchange {
            tag: heard.tag.clone(),
            command: heard.command.clone(),
            line: heard.line.clone(),
            status: reply.status,
            code: reply.code.clone(),
            text: reply.text.clone(),
            rule: rule(&heard.command, &reply.reason),
            reason: reply.reason.clone(),
            span: reply.span.map(|s| Span::new(s.start.min(end), s.end.min(end))),
            user: self.user.clone(),
            mailbox: self.view.as_ref().map(|v| v.folder.clone()),
        }));
    }

    /// Sends data of an answer that goes on.
    pub(super) fn send_data(&mut self, octets: Vec<u8>) {
        self.out.push_back(Out::Send(octets));
    }

    pub(super) fn close(&mut self, why: CloseReason) {
        if !matches!(self.phase, Phase::Over) {
            self.out.push_back(Out::Close(why));
            self.phase = Phase::Over;
        }
        self.reader.discard();
    }

    /// TLS begins after this answer (RFC 3501 section 6.2.1); what was sent too early is forgotten.
    pub(super) fn secure(&mut self, heard: &Heard, reply: Reply) {
        self.send(heard, reply);
        self.out.push_back(Out::StartTls);
        self.phase = Phase::Securing;
        self.reader.discard();
    }

    fn wait_from(&mut self, now: Time) {
        self.deadline = Some(now.plus(self.manner.patience));
    }

    fn greet(&mut self) {
        let mut reply = self.voice.say(Key::Greeting, &[], ImapReason::Greeting);
        if self.manner.tells_capabilities {
            reply = reply.coded(format!("CAPABILITY {}", self.capabilities()));
        }
        self.send(&Heard::nothing(ImapCommand::Connect, b""), reply);
    }
}

impl Session for ServerSession {
    fn start(&mut self, now: Time) {
        if !matches!(self.phase, Phase::New) {
            return;
        }
        self.wait_from(now);
        if let Some(limit) = self.busy {
            let reason = ImapReason::TooManyConnections { limit };
            let reply = self.voice.say(Key::TooManyConnections, &[("limit", limit.to_string())], reason);
            self.send(&Heard::nothing(ImapCommand::Silence, b""), reply);
            return self.close(CloseReason::Closed);
        }
        self.phase = Phase::Ready;
        self.greet();
    }

    fn feed(&mut self, now: Time, octets: &[u8]) {
        let deaf = self.ended || matches!(self.phase, Phase::Over | Phase::Securing);
        if !octets.is_empty() && !deaf {
            self.reader.feed(octets);
            self.wait_from(now);
        }
    }

    fn tls_started(&mut self, now: Time, _tls: &TlsSession) {
        self.wait_from(now);
        self.reader.discard();
        self.secured = true;
        if matches!(self.phase, Phase::Securing) {
            self.phase = Phase::Ready;
        }
    }

    fn end_of_input(&mut self, _now: Time) {
        self.ended = true;
        if matches!(self.phase, Phase::Securing) {
            self.close(CloseReason::Closed);
        }
    }

    fn answer(&mut self, now: Time, id: AskId, answer: Answer) {
        match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Asking(open, heard, stage) if open == id => {
                self.wait_from(now);
                self.phase = Phase::Ready;
                match (stage, answer) {
                    (Stage::Login, answer) => self.logged_in(&heard, answer),
                    (stage, Answer::Folders(answer)) => self.folders_answered(*heard, stage, answer),
                    (_, _) => self.folders_answered(*heard, Stage::First, FolderAnswer::Done),
                }
            }
            Phase::SaslAsking(open, sasl) if open == id => {
                self.wait_from(now);
                self.phase = Phase::Ready;
                self.sasl_answer(*sasl, answer);
            }
            other => self.phase = other,
        }
    }

    fn news(&mut self, _now: Time, news: News) {
        if let Some(view) = &mut self.view {
            view.hear(news);
        }
    }

    fn wake(&mut self, now: Time) {
        let waits = matches!(self.phase, Phase::Ready | Phase::Sasl(_) | Phase::Idling(_));
        if waits && self.deadline.is_some_and(|deadline| now >= deadline) {
            let reply = self.voice.say(Key::TimedOut, &[], ImapReason::TimedOut);
            self.send(&Heard::nothing(ImapCommand::Silence, b""), reply);
            self.close(CloseReason::Idle);
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        let waits = matches!(self.phase, Phase::Ready | Phase::Sasl(_) | Phase::Idling(_));
        self.deadline.filter(|_| waits)
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
