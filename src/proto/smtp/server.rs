//! The server's side of an SMTP session: what arrives is read line by line (or as a message after DATA), one thing
//! at a time, and each is answered before the next is looked at. What a command does is in `transaction`.

use super::Style;
use super::command::{self, Heard, Rules};
use super::data::{DataReader, Progress};
use super::replies::Key;
use super::reply::{self, Terms, Voice};
use super::rule::rule;
use super::style::{ErrorLimit, Manners};
use super::transaction::{Hello, Pending, Transaction};
use crate::event::{CloseReason, LooksLike, SmtpCommand, SmtpExchange, SmtpReason, SmtpVerb, TlsSession};
use crate::mail::{AddressFault, AddressFaultKind, Mailbox};
use crate::proto::line::{Line, LineReader};
use crate::proto::{Answer, Ask, AskId, Out, Session};
use crate::units::{Bytes, Offset, Span, Time};
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

/// What may wait unread while the host thinks about an answer; a client that sends more is cut off.
const WAITING_LIMIT: usize = 64 << 20;

/// How an SMTP server behaves. Everything here belongs to one host of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerConfig {
    /// Whose wording it uses.
    pub style: Style,
    /// The name it gives itself.
    pub name: String,
    /// Texts of this host alone, by the key of the style's table (`greeting`, `start-mail`, ...); see docs/scenarios.md.
    /// A text stands in the place of the words: the code and the enhanced code stay the style's.
    pub texts: BTreeMap<String, String>,
    /// It insists on the letter of the standard where the style's original would be lenient.
    pub strict: bool,
    /// The largest message in octets (SIZE, RFC 1870).
    pub size_limit: u64,
    /// Extensions it does not offer although it could, by EHLO keyword in capitals. Without `VRFY` it tells nobody
    /// who exists, without `ENHANCEDSTATUSCODES` it sends none.
    pub without: Vec<String>,
}

impl ServerConfig {
    /// The style's usual behaviour under the name `name`.
    pub fn new(style: Style, name: &str) -> ServerConfig {
        ServerConfig {
            style,
            name: name.to_owned(),
            texts: BTreeMap::new(),
            strict: false,
            size_limit: 10_240_000,
            without: Vec::new(),
        }
    }
}

/// The server's side of one SMTP session.
#[derive(Debug)]
pub struct ServerSession {
    pub(super) config: ServerConfig,
    offset: Offset,
    pub(super) client: IpAddr,
    client_name: Option<String>,
    /// So many connections are open that this one is turned away.
    busy: Option<u32>,
    now: Time,
    /// When the client has been silent too long.
    deadline: Option<Time>,
    input: LineReader,
    input_ended: bool,
    out: VecDeque<Out>,
    state: State,
    pub(super) hello: Option<Hello>,
    pub(super) transaction: Option<Transaction>,
    /// How many transactions were begun.
    pub(super) transactions: u32,
    asked: u32,
    mistakes: u32,
    junk: u32,
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
}

impl Turn {
    /// Something other than a line: the opening, a message, silence.
    pub(super) fn without_line(command: SmtpCommand) -> Turn {
        let heard =
            Heard { command, fault: None, argument: Span::at(0), path: Span::at(0), tolerated: Vec::new() };
        Turn { heard, line: Bytes::default() }
    }

    fn quoted(&self, span: Span) -> String {
        reply::quotable(self.line.get(span.start..span.end).unwrap_or_default())
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
            offset,
            client,
            client_name: client_name.map(str::to_owned),
            busy: None,
            now: Time(0),
            deadline: None,
            input: LineReader::new(config.style.manners().line_limit),
            input_ended: false,
            out: VecDeque::new(),
            state: State::Idle,
            hello: None,
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

    pub(super) fn manners(&self) -> &'static Manners {
        self.config.style.manners()
    }

    /// Is the extension of this EHLO keyword on offer?
    pub(super) fn offers(&self, keyword: &str) -> bool {
        let without = self.config.without.iter().any(|w| w.eq_ignore_ascii_case(keyword));
        !without && self.config.style.extensions().any(|k| k == keyword)
    }

    /// Is the client's greeting one of EHLO?
    pub(super) fn esmtp(&self) -> bool {
        self.hello.as_ref().is_some_and(|h| h.esmtp)
    }

    /// Answers a turn: the exchange for the transcript, then the reply.
    pub(super) fn reply(&mut self, turn: Turn, reason: SmtpReason, span: Option<Span>) {
        let key = reply::key(&turn.heard.command, &reason);
        self.reply_with(key, turn, reason, span);
    }

    /// The same with a row of the table that the reason alone does not tell.
    pub(super) fn reply_with(&mut self, key: Key, turn: Turn, reason: SmtpReason, span: Option<Span>) {
        let terms = self.terms(&turn, &reason, span);
        let enhanced = !self.config.without.iter().any(|w| w.eq_ignore_ascii_case("ENHANCEDSTATUSCODES"));
        let voice = Voice { style: self.config.style, texts: &self.config.texts, enhanced };
        let mut reply = voice.say(key, &terms);
        if key == Key::Ehlo {
            let offered =
                self.manners().keywords.iter().filter(|k| self.offers(k.split(' ').next().unwrap_or(k)));
            reply.lines.extend(offered.map(|k| k.replace("{limit}", &self.config.size_limit.to_string())));
        }
        if let (Key::Help, SmtpCommand::Help { topic: Some(topic) }) = (key, &turn.heard.command) {
            reply.lines = self.help_on(topic).unwrap_or(reply.lines);
        }
        let octets = reply::wire(&reply);
        self.count(&turn.heard.command, reply.code, &reason);
        let transaction = self.transaction.as_ref().map_or(0, |t| t.number);
        let rule = rule(&turn.heard.command, &reason);
        let Turn { heard: Heard { command, tolerated, .. }, line } = turn;
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

    /// What the style knows about a topic of HELP.
    pub(super) fn help_on(&self, topic: &str) -> Option<Vec<String>> {
        let (_, text) =
            self.manners().topics.iter().find(|(verb, _)| verb.name().eq_ignore_ascii_case(topic))?;
        Some(text.split('\n').chain(["End of HELP info"]).map(str::to_owned).collect())
    }

    fn terms(&self, turn: &Turn, reason: &SmtpReason, span: Option<Span>) -> Terms {
        let mut terms = Terms::new();
        let verb = turn.heard.command.verb().map_or("", SmtpVerb::name);
        let peer = match &self.client_name {
            Some(name) => format!("{name} [{}]", self.client),
            None => format!("[{}]", self.client),
        };
        terms.insert("host", self.config.name.clone());
        terms.insert("client", self.client.to_string());
        terms.insert("client_name", self.client_name.clone().unwrap_or_else(|| "unknown".to_owned()));
        terms.insert("peer", peer);
        terms.insert("helo", self.hello.as_ref().map_or(String::new(), |h| h.name.clone()));
        terms.insert("verb", verb.to_owned());
        terms.insert("date", self.now.rfc5322(self.offset));
        let word = turn.line.trim_ascii_start().split(u8::is_ascii_whitespace).next().unwrap_or_default();
        terms.insert("word", reply::quotable(word));
        terms.insert("line", reply::quotable(&turn.line));
        terms.insert("argument", turn.quoted(turn.heard.argument));
        let argument = turn.line.get(turn.heard.argument.start..turn.heard.argument.end).unwrap_or_default();
        let scanned = argument.split(|b| *b == b':' || b.is_ascii_whitespace()).next().unwrap_or_default();
        terms.insert("scanned", reply::quotable(scanned));
        terms.insert("path", turn.quoted(turn.heard.path));
        let parameter = turn.quoted(span.unwrap_or(turn.heard.argument));
        let (keyword, value) = parameter.split_once('=').unwrap_or((&parameter, ""));
        terms.insert("keyword", keyword.to_owned());
        terms.insert("value", value.to_owned());
        terms.insert("parameter", parameter);
        terms.insert("limit", self.config.size_limit.to_string());
        let address = match &turn.heard.command {
            SmtpCommand::Rcpt { to } => Some(&to.0),
            SmtpCommand::Mail { from, .. } => from.0.as_ref(),
            _ => None,
        };
        let address = address.map_or(String::new(), Mailbox::unquoted);
        terms.insert("address", reply::quotable(address.as_bytes()));
        reason_terms(reason, &mut terms);
        terms
    }

    /// Counts mistakes (and, where the style does, commands that do no work).
    fn count(&mut self, command: &SmtpCommand, code: u16, reason: &SmtpReason) {
        let manners = self.manners();
        match manners.errors {
            ErrorLimit::None => {}
            ErrorLimit::Refusals(_) => {
                let refused = code >= 400 && !matches!(reason, SmtpReason::TooManyRecipients { .. });
                self.mistakes += u32::from(refused);
                let idle = matches!(
                    command.verb(),
                    Some(SmtpVerb::Helo | SmtpVerb::Ehlo | SmtpVerb::Noop | SmtpVerb::Rset | SmtpVerb::Vrfy)
                );
                self.junk += u32::from(idle);
                self.mistakes +=
                    u32::from(idle && manners.junk_limit.is_some_and(|limit| self.junk > limit + 1));
                if matches!(reason, SmtpReason::MessageAccepted { .. }) {
                    (self.mistakes, self.junk) = (0, 0);
                }
            }
            ErrorLimit::UnknownCommands(_) => {
                self.mistakes += u32::from(matches!(command, SmtpCommand::Unknown { .. }));
            }
        }
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
        self.state = State::Data(DataReader::new(self.manners().bare_lf, self.config.size_limit));
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
                let flooded = self.input.unread() > WAITING_LIMIT;
                if flooded {
                    self.close(CloseReason::Lost);
                }
                flooded
            }
            State::Data(reader) => {
                while let Some(b) = self.input.octet() {
                    let progress = reader.take(b);
                    if progress != Progress::More {
                        self.data_over(progress);
                        return true;
                    }
                }
                self.out_of_input()
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
        if line.overlong() {
            return self.overlong(line);
        }
        let rules = Rules {
            manners: self.manners(),
            strict: self.config.strict,
            esmtp: self.esmtp(),
            size: self.offers("SIZE"),
            body: self.offers("8BITMIME"),
        };
        let turn = Turn { heard: command::read(&line, rules), line: line.text.into() };
        match &turn.heard.command {
            SmtpCommand::Unknown { .. } => self.unknown(turn, first),
            _ if self.manners().wants_text && std::str::from_utf8(&turn.line).is_err() => {
                self.not_text(turn);
            }
            _ => self.obey(turn),
        }
        self.mistakes_borne();
    }

    fn overlong(&mut self, line: Line) {
        let limit = self.manners().line_limit;
        let mut turn = Turn::without_line(SmtpCommand::Overlong { octets: line.octets });
        turn.line = line.text.into();
        self.reply(turn, SmtpReason::LineTooLong { limit }, Some(Span::new(limit, line.octets.max(limit))));
        if self.manners().overlong_closes {
            self.close(CloseReason::Closed);
        }
    }

    fn unknown(&mut self, turn: Turn, first: bool) {
        if let ErrorLimit::UnknownCommands(limit) = self.manners().errors
            && self.mistakes >= limit
        {
            self.reply(turn, SmtpReason::TooManyErrors { limit }, None);
            return self.close(CloseReason::Closed);
        }
        let hangs_up = self.hangs_up_on(&turn.line, first);
        let text = std::str::from_utf8(&turn.line).is_ok();
        let span = turn.heard.fault.as_ref().and_then(|f| f.span);
        let key = match &turn.heard.command {
            _ if !text && self.manners().wants_text => Key::NotText,
            SmtpCommand::Unknown { looks_like: Some(LooksLike::Empty), .. } => Key::EmptyLine,
            _ if hangs_up => Key::NotSmtp,
            _ => Key::UnknownCommand,
        };
        self.reply_with(key, turn, SmtpReason::UnknownCommand, span);
        if key == Key::NotSmtp {
            self.close(CloseReason::Closed);
        }
    }

    /// A command whose octets are no text is not looked at further.
    fn not_text(&mut self, mut turn: Turn) {
        let Some(verb) = turn.heard.command.verb() else { return self.obey(turn) };
        let (reason, span) = match (turn.heard.fault.take(), verb) {
            (Some(fault), _) => (fault.reason, fault.span),
            (None, SmtpVerb::Helo | SmtpVerb::Ehlo) => (SmtpReason::BadHostName, None),
            (None, _) => (SmtpReason::UnexpectedArgument, None),
        };
        let span = span.or(Some(turn.heard.argument));
        turn.heard.command = SmtpCommand::Malformed { verb };
        self.reply_with(Key::NotText, turn, reason, span);
    }

    /// Is this a line on which the style's original hangs up?
    fn hangs_up_on(&self, line: &[u8], first: bool) -> bool {
        let rules = &self.manners().hangs_up;
        let line = line.trim_ascii();
        let word = line.split(|b| b.is_ascii_whitespace()).next().unwrap_or_default();
        let verb = rules.verbs.iter().any(|v| word.eq_ignore_ascii_case(v.as_bytes()));
        let colon = word.iter().position(|&b| b == b':').unwrap_or(0);
        let header = rules.header
            && colon > 0
            && word.get(..colon).is_some_and(|name| name.iter().all(u8::is_ascii_graphic));
        let no_letter = rules.no_letter && word.first().is_some_and(|b| !b.is_ascii_alphabetic());
        verb && (first || !rules.first_line_only) && (!rules.first_line_only || line.len() > word.len())
            || header
            || no_letter
    }

    /// Closes where the client made as many mistakes as the style bears.
    pub(super) fn mistakes_borne(&mut self) {
        if let (ErrorLimit::Refusals(limit), State::Commands) = (self.manners().errors, &self.state)
            && self.mistakes >= limit
        {
            let turn = Turn::without_line(SmtpCommand::Silence);
            self.reply(turn, SmtpReason::TooManyErrors { limit }, None);
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

/// What a reason adds to what a reply may name.
fn reason_terms(reason: &SmtpReason, terms: &mut Terms) {
    use SmtpReason as R;
    let mut set = |name, value: String| {
        terms.insert(name, value);
    };
    match reason {
        R::NoSuchUser { address }
        | R::RelayDenied { address }
        | R::SenderRefused { address }
        | R::MailboxFull { address }
        | R::Verified { address } => set("address", reply::quotable(address.as_bytes())),
        R::NoSuchDomain { domain } => set("domain", reply::quotable(domain.as_bytes())),
        R::MessageAccepted { queue_id, .. } => set("queue_id", queue_id.clone()),
        R::TooBig { limit } => set("limit", limit.to_string()),
        R::TooManyRecipients { limit }
        | R::TooManyConnections { limit }
        | R::TooManyErrors { limit }
        | R::TooManyHops { limit } => set("limit", limit.to_string()),
        R::LineTooLong { limit } => set("limit", limit.to_string()),
        R::UnclosedBracket => set("delimiter", "<".to_owned()),
        R::BadAddress(AddressFault { kind: AddressFaultKind::StrayBracket, .. }) => {
            set("delimiter", ">".to_owned());
        }
        R::BadAddress(_) => set("delimiter", "\"".to_owned()),
        _ => {}
    }
}

impl Session for ServerSession {
    fn start(&mut self, now: Time) {
        if !matches!(self.state, State::Idle) {
            return;
        }
        self.state = State::Commands;
        self.deadline = Some(now.plus(self.manners().idle));
        self.now = now;
        match self.busy {
            Some(limit) => {
                let turn = Turn::without_line(SmtpCommand::Silence);
                self.reply(turn, SmtpReason::TooManyConnections { limit }, None);
                self.close(CloseReason::Closed);
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

    fn tls_started(&mut self, now: Time, _tls: &TlsSession) {
        self.now = now;
        self.input.discard();
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
