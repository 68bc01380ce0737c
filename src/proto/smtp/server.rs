//! The server's side of an SMTP session: what arrives is read line by line (or as a message after DATA, a chunk after
//! BDAT, an answer in an authentication), one thing at a time, and each is answered before the next is looked at. What a
//! command does is in `transaction`, `auth`, `chunks` and `secure`.

use super::auth::Login;
use super::chunks::Chunk;
use super::command::{self, Heard, Offers, Rules};
use super::config::{Door, ServerConfig, Weakness};
use super::data::{DataReader, Progress};
use super::manners::Manners;
use super::replies::Key;
use super::reply::{self, Voice};
use super::rule::rule;
use super::terms::Terms;
use super::transaction::{Hello, Pending, Transaction};
use crate::event::{
    CloseReason, Reply, SmtpCommand, SmtpExchange, SmtpReason, SmtpStage, SmtpVerb, TlsSession,
};
use crate::proto::line::{Line, LineReader};
use crate::proto::{Answer, Ask, AskId, Out, Session, TlsOffer};
use crate::units::{Bytes, Offset, Span, Time};
use std::collections::VecDeque;
use std::net::IpAddr;

/// The longest line of an authentication, its CRLF not counted (RFC 4954 section 4: 12288 with it).
pub(super) const AUTH_LINE: usize = 12_286;
/// What may wait unread while the host thinks about an answer; a client that sends more is cut off.
const WAITING_LIMIT: usize = 64 << 20;

/// The server's side of one SMTP session.
#[derive(Debug)]
pub struct ServerSession {
    pub(super) config: ServerConfig,
    pub(super) door: Door,
    /// What is on offer at this door, known from the start.
    offers: Offers,
    pub(super) offset: Offset,
    pub(super) client: IpAddr,
    pub(super) client_name: Option<String>,
    /// So many connections are open that this one is turned away.
    busy: Option<u32>,
    pub(super) now: Time,
    /// When the client has been silent too long.
    deadline: Option<Time>,
    input: LineReader,
    input_ended: bool,
    out: VecDeque<Out>,
    state: State,
    pub(super) hello: Option<Hello>,
    /// The TLS it is under.
    pub(super) secured: Option<TlsSession>,
    /// Who has logged in, by address.
    pub(super) user: Option<String>,
    pub(super) transaction: Option<Transaction>,
    /// How many transactions were begun.
    pub(super) transactions: u32,
    asked: u32,
    pub(super) mistakes: u32,
    pub(super) junk: u32,
    /// The next line is the first.
    first_line: bool,
}

/// What the session is about.
#[derive(Debug)]
enum State {
    /// Not started.
    Idle,
    /// Lines are commands.
    Commands,
    /// Octets are a message.
    Data(DataReader),
    /// Octets are a chunk of a message.
    Chunk(Box<Chunk>),
    /// The next line is the client's answer in an authentication.
    Login(Box<Login>),
    /// A TLS handshake is due.
    Handshake,
    /// The host was asked; nothing is read until it answers.
    Asked(AskId, Box<Pending>),
    /// Nothing follows.
    Closed,
}

/// What is answered, apart from why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn {
    /// What was understood.
    pub(super) heard: Heard,
    /// The line as it came.
    pub(super) line: Bytes,
    /// What the server says in an authentication, in base64.
    pub(super) challenge: Option<String>,
}

impl Turn {
    /// Something other than a line: the opening, a message, silence.
    pub(super) fn without_line(command: SmtpCommand) -> Turn {
        let heard =
            Heard { command, fault: None, argument: Span::at(0), path: Span::at(0), tolerated: Vec::new() };
        Turn { heard, line: Bytes::default(), challenge: None }
    }
}

impl ServerSession {
    /// A session for a client that connected from `client`, whose reverse name is `client_name`. Dates in
    /// replies are those of the time zone `offset`.
    pub fn new(
        config: &ServerConfig,
        offset: Offset,
        client: IpAddr,
        client_name: Option<&str>,
    ) -> ServerSession {
        ServerSession {
            config: config.clone(),
            door: Door::default(),
            offers: Offers::default(),
            offset,
            client,
            client_name: client_name.map(str::to_owned),
            busy: None,
            now: Time(0),
            deadline: None,
            input: LineReader::new(config.style.manners().line_limit.max(AUTH_LINE)),
            input_ended: false,
            out: VecDeque::new(),
            state: State::Idle,
            hello: None,
            secured: None,
            user: None,
            transaction: None,
            transactions: 0,
            asked: 0,
            mistakes: 0,
            junk: 0,
            first_line: true,
        }
    }

    /// A session that turns the client away at once (421), because it has `limit` connections open already.
    pub fn busy(config: &ServerConfig, offset: Offset, client: IpAddr, limit: u32) -> ServerSession {
        ServerSession { busy: Some(limit), ..ServerSession::new(config, offset, client, None) }
    }

    /// The same at a door other than a plain port without TLS.
    #[must_use]
    pub fn at(self, door: Door) -> ServerSession {
        ServerSession { door, ..self }
    }

    pub(super) fn manners(&self) -> &'static Manners {
        self.config.style.manners()
    }

    /// The EHLO keywords of the style's extensions which the host does not do without.
    fn extensions(&self) -> impl Iterator<Item = &'static str> {
        let without = |keyword: &str| self.config.without.iter().any(|w| w.eq_ignore_ascii_case(keyword));
        self.config.style.extensions().filter(move |keyword| !without(keyword))
    }

    /// Has it the extension of this EHLO keyword?
    pub(super) fn has(&self, keyword: &str) -> bool {
        self.extensions().any(|k| k == keyword)
    }

    /// Does the answer to EHLO list the keyword?
    fn lists(&self, keyword: &str) -> bool {
        self.has(keyword)
            && match keyword {
                "STARTTLS" => self.door.tls == TlsOffer::Upgrade && self.secured.is_none(),
                "AUTH" => self.mechanisms().next().is_some(),
                "EXPN" => self.config.lists,
                _ => true,
            }
    }

    fn keywords(&self) -> Vec<String> {
        let mechanisms: Vec<&str> = self.mechanisms().map(|m| m.name()).collect();
        let listed = |k: &&&str| self.lists(k.split([' ', '=']).next().unwrap_or(k));
        let keywords = self.manners().keywords.iter().filter(listed);
        let filled = |k: &&str| {
            let limit = self.config.size_limit.to_string();
            k.replace("{limit}", &limit).replace("{mechanisms}", &mechanisms.join(" "))
        };
        keywords.map(filled).collect()
    }

    /// Is the client's greeting one of EHLO?
    pub(super) fn esmtp(&self) -> bool {
        self.hello.as_ref().is_some_and(|h| h.esmtp)
    }

    /// What the style knows about a topic of HELP.
    pub(super) fn help_on(&self, topic: &str) -> Option<Vec<String>> {
        let (_, text) =
            self.manners().topics.iter().find(|(verb, _)| verb.name().eq_ignore_ascii_case(topic))?;
        Some(text.split('\n').chain(["End of HELP info"]).map(str::to_owned).collect())
    }

    /// Answers a turn: the exchange for the transcript, then the reply.
    pub(super) fn reply(&mut self, turn: Turn, reason: SmtpReason, span: Option<Span>) {
        let key = reply::key(&turn.heard.command, &reason);
        self.reply_with(key, turn, reason, span);
    }

    /// The same with a row of the table that the reason alone does not tell.
    pub(super) fn reply_with(&mut self, key: Key, turn: Turn, reason: SmtpReason, span: Option<Span>) {
        let terms = Terms { session: self, turn: &turn, reason: &reason, span };
        let enhanced = !self.config.without.iter().any(|w| w.eq_ignore_ascii_case("ENHANCEDSTATUSCODES"));
        let voice = Voice { style: self.config.style, texts: &self.config.texts, enhanced };
        let mut reply = voice.say(key, |name: &str| terms.get(name));
        if let (Key::Expanded, SmtpReason::Expanded { members, .. }) = (key, &reason) {
            let line = |member: &String| {
                let address = || reply::quotable(member.as_bytes()).into();
                voice.say(key, |name: &str| (name == "address").then(address)).lines
            };
            reply.lines = members.iter().flat_map(line).collect();
        }
        if key == Key::Ehlo {
            reply.lines.extend(self.keywords());
        }
        if let (Key::Help, SmtpCommand::Help { topic: Some(topic) }) = (key, &turn.heard.command) {
            reply.lines = self.help_on(topic).unwrap_or(reply.lines);
        }
        self.put(reply, turn, reason, span);
    }

    /// Answers a turn with this reply.
    pub(super) fn put(&mut self, reply: Reply, turn: Turn, reason: SmtpReason, span: Option<Span>) {
        let octets = reply::wire(&reply);
        self.count(&turn.heard.command, reply.code, &reason);
        let transaction = self.transaction.as_ref().map_or(0, |t| t.number);
        let rule = rule(&turn.heard.command, &reason);
        let Turn { heard: Heard { command, tolerated, .. }, line, .. } = turn;
        self.out.push_back(Out::Smtp(SmtpExchange {
            command,
            line,
            reply,
            reason,
            span,
            tolerated,
            rule,
            transaction,
        }));
        self.out.push_back(Out::Send(octets));
    }

    /// Asks the host; `pending` goes on with its answer.
    pub(super) fn ask(&mut self, ask: Ask, pending: Pending) {
        self.asked = self.asked.wrapping_add(1);
        let id = AskId(self.asked);
        self.state = State::Asked(id, Box::new(pending));
        self.out.push_back(Out::Ask(id, ask));
    }

    /// The message follows.
    pub(super) fn begin_data(&mut self) {
        let reader = DataReader::new(self.manners().bare_lf, self.config.size_limit);
        let weak = self.config.vulnerable.contains(&Weakness::BareLfEnd);
        self.state = State::Data(if weak { reader.weak() } else { reader });
    }

    /// A chunk follows.
    pub(super) fn begin_chunk(&mut self, chunk: Chunk) {
        self.state = State::Chunk(Box::new(chunk));
    }

    /// The client's answer to a challenge follows.
    pub(super) fn begin_response(&mut self, login: Login) {
        self.state = State::Login(Box::new(login));
    }

    /// A TLS handshake follows.
    pub(super) fn begin_handshake(&mut self) {
        self.out.push_back(Out::StartTls);
        self.state = State::Handshake;
    }

    /// Is the next line a command?
    pub(super) fn hears_commands(&self) -> bool {
        matches!(self.state, State::Commands)
    }

    /// Ends the session once everything is sent.
    pub(super) fn close(&mut self, why: CloseReason) {
        self.out.push_back(Out::Close(why));
        self.state = State::Closed;
        self.deadline = None;
        self.input.discard();
    }

    /// Does one thing, if there is something to do.
    fn step(&mut self) -> bool {
        match &mut self.state {
            State::Idle | State::Closed => false,
            State::Asked(..) => {
                let flooded = self.input.backlog() > WAITING_LIMIT;
                if flooded {
                    self.close(CloseReason::Lost);
                }
                flooded
            }
            State::Data(reader) => {
                let (taken, progress) = reader.take(self.input.unread());
                self.input.skip(taken);
                if progress == Progress::More {
                    return self.out_of_input();
                }
                self.data_over(progress);
                true
            }
            State::Chunk(chunk) => {
                let taken = chunk.take(self.input.unread());
                self.input.skip(taken);
                if !chunk.is_whole() {
                    return self.out_of_input();
                }
                if let State::Chunk(chunk) = std::mem::replace(&mut self.state, State::Commands) {
                    self.chunk_over(*chunk);
                    self.mistakes_borne();
                }
                true
            }
            State::Handshake => self.out_of_input(),
            State::Login(_) => {
                let Some(line) = self.input.line() else { return self.out_of_input() };
                if let State::Login(login) = std::mem::replace(&mut self.state, State::Commands) {
                    self.response(*login, line);
                    self.mistakes_borne();
                }
                true
            }
            State::Commands => match self.input.line() {
                Some(line) => {
                    self.line(line);
                    true
                }
                None => self.out_of_input(),
            },
        }
    }

    /// Everything was read; a client that will send nothing more is let go.
    fn out_of_input(&mut self) -> bool {
        if self.input_ended {
            self.close(CloseReason::Closed);
        }
        self.input_ended
    }

    fn data_over(&mut self, progress: Progress) {
        let State::Data(reader) = std::mem::replace(&mut self.state, State::Commands) else { return };
        match progress {
            Progress::Bare { carriage_return } => {
                let turn = Turn::without_line(SmtpCommand::Malformed { verb: SmtpVerb::Data });
                self.reply(turn, SmtpReason::BareLineEnd { carriage_return }, None);
                self.close(CloseReason::Closed);
            }
            Progress::End | Progress::More => self.message(reader.finish()),
        }
    }

    fn line(&mut self, line: Line) {
        let first = std::mem::replace(&mut self.first_line, false);
        // What goes into an authentication may be longer than other commands (RFC 4954 section 4).
        let auth = line.text.get(..5).is_some_and(|verb| verb.eq_ignore_ascii_case(b"AUTH "));
        let limit = if auth { AUTH_LINE } else { self.manners().line_limit };
        if line.text.len() > limit || line.overlong() {
            return self.overlong(line);
        }
        let turn =
            Turn { heard: command::read(&line, self.rules()), line: line.text.into(), challenge: None };
        match &turn.heard.command {
            SmtpCommand::Unknown { .. } => self.unknown(turn, first),
            _ if self.manners().wants_text && std::str::from_utf8(&turn.line).is_err() => {
                self.not_text(turn);
            }
            _ => self.obey(turn),
        }
        self.mistakes_borne();
    }

    /// All of them at once: for each session they are looked up anew.
    fn offers(&self) -> Offers {
        let mut offers = Offers::default();
        for keyword in self.extensions() {
            match keyword {
                "SIZE" => offers.size = true,
                "8BITMIME" => offers.body = true,
                "BINARYMIME" => offers.binary = true,
                "CHUNKING" => offers.chunking = true,
                "DSN" => offers.dsn = true,
                "SMTPUTF8" => offers.utf8 = true,
                "STARTTLS" => offers.starttls = self.door.tls != TlsOffer::None,
                "AUTH" => offers.auth = !self.known_mechanisms().is_empty(),
                "ETRN" => offers.etrn = true,
                "EXPN" => offers.expn = self.config.lists,
                _ => {}
            }
        }
        offers.binary &= offers.chunking;
        offers
    }

    fn rules(&self) -> Rules {
        Rules {
            manners: self.manners(),
            strict: self.config.strict,
            esmtp: self.esmtp(),
            utf8: self.transaction.as_ref().is_some_and(Transaction::is_utf8),
            offers: self.offers,
        }
    }

    fn overlong(&mut self, mut line: Line) {
        let limit = self.manners().line_limit;
        let mut turn = Turn::without_line(SmtpCommand::Overlong { octets: line.octets });
        line.text.truncate(limit);
        turn.line = line.text.into();
        self.reply(turn, SmtpReason::LineTooLong { limit }, Some(Span::new(limit, line.octets.max(limit))));
        if self.manners().overlong_closes {
            self.close(CloseReason::Closed);
        }
    }

    fn heard_from(&mut self, now: Time) {
        self.now = now;
        if self.deadline.is_some() {
            self.deadline = Some(now.plus(self.manners().idle));
        }
    }
}

impl Session for ServerSession {
    fn start(&mut self, now: Time) {
        if !matches!(self.state, State::Idle) {
            return;
        }
        self.state = State::Commands;
        self.offers = self.offers();
        self.deadline = Some(now.plus(self.manners().idle));
        self.now = now;
        match self.busy {
            Some(limit) => {
                let turn = Turn::without_line(SmtpCommand::Silence);
                self.reply(turn, SmtpReason::TooManyConnections { limit }, None);
                self.close(CloseReason::Closed);
            }
            None if self.door.troubled => {
                let turn = Turn::without_line(SmtpCommand::Connect);
                self.ask(Ask::Stage { at: SmtpStage::Connect }, Pending::Stage(turn));
            }
            None => self.reply(Turn::without_line(SmtpCommand::Connect), SmtpReason::Greeting, None),
        }
    }

    fn feed(&mut self, now: Time, octets: &[u8]) {
        self.heard_from(now);
        if !matches!(self.state, State::Closed) {
            self.input.feed(octets);
        }
    }

    fn tls_started(&mut self, now: Time, tls: &TlsSession) {
        self.heard_from(now);
        if !self.config.vulnerable.contains(&Weakness::StarttlsInjection) {
            self.input.discard();
        }
        self.forget_client();
        self.secured = Some(tls.clone());
        if matches!(self.state, State::Handshake) {
            self.state = State::Commands;
        }
    }

    fn end_of_input(&mut self, now: Time) {
        self.heard_from(now);
        self.input_ended = true;
    }

    fn answer(&mut self, now: Time, id: AskId, answer: Answer) {
        match std::mem::replace(&mut self.state, State::Commands) {
            State::Asked(open, pending) if open == id => {
                self.heard_from(now);
                self.answered(*pending, answer);
                self.mistakes_borne();
            }
            other => self.state = other,
        }
    }

    fn wake(&mut self, now: Time) {
        if self.next_wakeup().is_some_and(|at| at <= now) {
            self.now = now;
            self.reply(Turn::without_line(SmtpCommand::Silence), SmtpReason::TimedOut, None);
            self.close(CloseReason::Idle);
        }
    }

    /// While the host thinks about an answer the client is not the one who is waited for.
    fn next_wakeup(&self) -> Option<Time> {
        match self.state {
            State::Asked(..) => None,
            _ => self.deadline,
        }
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
