//! `swaks`, the Swiss Army Knife for SMTP, as Debian 12 has it: it sends one message and shows every line.

mod arguments;
mod message;
mod output;
mod settings;
mod talk;

use super::super::io::{Io, PIPE_LIMIT};
use super::super::lookup::{Family, Lookup, LookupFault, LookupState};
use super::openssl::{self, Roots};
use super::{Flow, Program, conn_of, find, text};
use crate::event::{
    CloseReason, ConnectFailure, DnsFailure, Event, Question, RecordData, RecordType, TlsEvent, TlsFailure,
};
use crate::units::{ConnId, Time};
use crate::world::{ClientHello, Notice, Secured};
pub(in crate::workstation) use arguments::names as options;
use arguments::{Fault, Given};
use message::{Loaded, Tokens, VERSION};
use output::{Kind, Output};
use settings::{Prompt, Settings, prompts};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;
use talk::{Talk, Then};

/// How long a name server is waited for, and how often it is asked.
const PATIENCE: Duration = Duration::from_secs(5);
const ATTEMPTS: u8 = 4;

/// What `help swaks` adds.
pub(super) const NOTES: &str = "\
swaks --to ADDRESS sends a small letter to the mail exchanger of the address; --server HOST[:PORT] to this server.
  -f, --from ADDRESS; -t, --to ADDRESS[,ADDRESS]; --helo NAME; -p, --port PORT
  --auth [MECHANISM] -au USER -ap PASSWORD; --tls (STARTTLS), -tlsc (TLS from the start), --tls-verify, --tls-ca-path FILE
  --h-Subject TEXT, --header 'Name: TEXT', --add-header 'Name: TEXT', --body TEXT|@FILE|-, --data TEXT|@FILE|-,
  --attach TEXT|@FILE, --attach-type TYPE, --attach-name NAME
  -q, --quit-after CONNECT|EHLO|TLS|AUTH|MAIL|RCPT; --drop-after (also DATA, DOT); --pipeline; --timeout TIME
  --protocol SMTP|ESMTP|ESMTPS|ESMTPA|ESMTPSA|SSMTP|LMTP; -n leaves the data out; --silent [1|2|3]; --hide-receive,
  --hide-send, --hide-informational, --hide-all, --no-hints";

/// `swaks`.
#[derive(Debug, Default)]
pub(super) struct Swaks {
    given: Given,
    state: State,
    mismatch: openssl::Mismatch,
    /// What stood in files or came as input, for the options that take a text.
    talk: Talk,
    server: String,
    /// When it stops waiting.
    until: Option<Time>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    New,
    /// It asks for what is missing.
    Asking(VecDeque<Prompt>),
    /// A text is its input.
    Reading(Vec<u8>),
    /// The mail exchanger of the recipient's domain is looked up.
    Routing {
        domain: String,
        attempts: u8,
        until: Option<Time>,
    },
    Looking(Lookup),
    Trying {
        conn: ConnId,
        rest: VecDeque<IpAddr>,
    },
    Handshake(ConnId),
    Talking(ConnId),
    Over,
}

impl Swaks {
    pub(super) fn new() -> Swaks {
        Swaks::default()
    }

    fn say(&mut self, io: &mut Io, kind: Kind, text: &str) {
        self.talk.output.say(io, kind, text, false);
    }

    /// Asks for the next thing, or goes on.
    fn ask(&mut self, io: &mut Io) -> Flow {
        if let State::Asking(prompts) = &self.state
            && let Some((_, prompt, _)) = prompts.front()
        {
            io.print(prompt);
            return Flow::Running;
        }
        let from_input = ["data", "body", "attach", "attach-body"]
            .iter()
            .any(|o| self.given.value(o).is_some_and(|v| v == "-"));
        if from_input {
            self.state = State::Reading(Vec::new());
            return Flow::Running;
        }
        self.compose(io, &[])
    }

    /// Everything is known: the message is made, and the server looked for.
    fn compose(&mut self, io: &mut Io, input: &[u8]) -> Flow {
        let read = load(io, &mut self.talk.output, &self.given, input)
            .and_then(|loaded| Settings::read(io, &mut self.talk.output, &self.given).map(|s| (loaded, s)));
        let (loaded, settings) = match read {
            Ok(read) => read,
            Err(status) => return Flow::Exit(status),
        };
        let process = io.random(4).iter().fold(0u32, |n, b| (n << 8) | u32::from(*b)) % 32_000 + 1_000;
        let now = io.now().civil(io.offset());
        let id = format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}.{process:06}@{}",
            now.year(),
            now.month(),
            now.day(),
            now.hour(),
            now.minute(),
            now.second(),
            io.machine.name
        );
        // With a zero before a day of one digit, as strftime's %d has it.
        let date = io.now().rfc5322(io.offset());
        let date = if now.day() < 10 { date.replacen(", ", ", 0", 1) } else { date };
        let tokens = Tokens { from: settings.from.clone(), to: settings.to.clone(), date, id, process };
        self.talk.data = message::data(&self.given, &loaded, &tokens);
        self.talk.written = Some(message::written(&self.given, &self.talk.data));
        if self.given.has("dump-mail") {
            let data = self.talk.data.strip_suffix('.').unwrap_or(&self.talk.data).to_owned();
            io.print(&data);
            return Flow::Exit(0);
        }
        self.talk.settings = settings;
        match self.talk.settings.server.clone() {
            Some(server) => self.find(io, server),
            None => self.route(io),
        }
    }

    /// Without a server the recipient's domain says where mail goes.
    fn route(&mut self, io: &mut Io) -> Flow {
        let copied = self.given.value("copy-routing").filter(|d| !d.is_empty());
        let address = copied.unwrap_or_else(|| self.talk.settings.to.clone());
        let domain = address.rsplit_once('@').map_or(address.as_str(), |(_, domain)| domain).to_owned();
        if let Some(literal) = domain.strip_prefix('[').and_then(|d| d.strip_suffix(']')) {
            return self.find(io, literal.to_owned());
        }
        if domain.is_empty() {
            return self.find(io, "localhost".to_owned());
        }
        self.state = State::Routing { domain, attempts: 0, until: None };
        self.ask_exchanger(io)
    }

    fn ask_exchanger(&mut self, io: &mut Io) -> Flow {
        let State::Routing { domain, attempts, until } = &mut self.state else { return Flow::Running };
        if until.is_some_and(|u| io.now() < u) {
            return Flow::Running;
        }
        let name = domain.clone();
        let server = io.machine.resolver;
        while *attempts < ATTEMPTS {
            *attempts += 1;
            match io.resolve(server, Question { name: name.clone(), qtype: RecordType::Mx }) {
                Ok(response) => {
                    let exchangers = response.answers.iter().filter_map(|r| match &r.data {
                        RecordData::Mx { preference, exchange } => Some((*preference, exchange.to_string())),
                        _ => None,
                    });
                    // Of several that are equally good the first is taken.
                    let best = exchangers.min_by_key(|(preference, _)| *preference).map(|(_, host)| host);
                    let host = best.map(|h| h.strip_suffix('.').unwrap_or(&h).to_owned());
                    return self.find(io, host.unwrap_or(name));
                }
                Err(DnsFailure::TimedOut) => {
                    *until = Some(io.now().plus(PATIENCE));
                    return Flow::Running;
                }
                Err(DnsFailure::PortUnreachable) => {}
            }
        }
        self.find(io, name)
    }

    fn find(&mut self, io: &mut Io, server: String) -> Flow {
        self.say(io, Kind::Info, &format!("Trying {server}:{}...", self.talk.settings.port));
        self.server = server;
        let family = if self.given.has("6") { Family::V6 } else { Family::Any };
        match Lookup::local(&self.server, family, io) {
            Some(found) => self.found(io, found),
            None => {
                self.state = State::Looking(Lookup::new(&self.server, family, io));
                self.look(io)
            }
        }
    }

    fn look(&mut self, io: &mut Io) -> Flow {
        let State::Looking(lookup) = &mut self.state else { return Flow::Running };
        match lookup.go(io) {
            LookupState::Waiting => Flow::Running,
            LookupState::Done(found) => self.found(io, found),
        }
    }

    fn found(&mut self, io: &mut Io, found: Result<Vec<IpAddr>, LookupFault>) -> Flow {
        match found {
            Ok(ips) => self.next_address(io, ips.into(), "connect: Connection refused"),
            Err(_) => {
                let said = format!("Bad hostname '{}'", self.server);
                self.not_connected(io, &said)
            }
        }
    }

    fn next_address(&mut self, io: &mut Io, mut rest: VecDeque<IpAddr>, said: &str) -> Flow {
        let Some(ip) = rest.pop_front() else { return self.not_connected(io, said) };
        let conn = io.connect(ip, self.talk.settings.port);
        self.until = Some(io.now().plus(self.talk.settings.timeout));
        self.state = State::Trying { conn, rest };
        Flow::Running
    }

    fn not_connected(&mut self, io: &mut Io, said: &str) -> Flow {
        let text = format!(
            "Error connecting to {}:{}:\n\tIO::Socket::INET: {said}",
            self.server, self.talk.settings.port
        );
        self.say(io, Kind::Error, &text);
        Flow::Exit(2)
    }

    fn connected(&mut self, io: &mut Io, conn: ConnId) -> Flow {
        let text = format!("Connected to {}.", self.server);
        self.say(io, Kind::Info, &text);
        self.talk.begin(conn);
        self.state = State::Talking(conn);
        if self.talk.settings.tls_on_connect { self.shake_hands(io, conn) } else { self.wait(io) }
    }

    fn wait(&mut self, io: &Io) -> Flow {
        self.until = self.talk.waits().then(|| io.now().plus(self.talk.settings.timeout));
        Flow::Running
    }

    fn shake_hands(&mut self, io: &mut Io, conn: ConnId) -> Flow {
        self.state = State::Handshake(conn);
        self.until = None;
        let settings = &self.talk.settings;
        let offered = settings.tls_versions;
        self.mismatch = openssl::mismatch(offered, io.net.server_versions(conn).as_ref());
        if self.mismatch == openssl::Mismatch::NothingOffered {
            return self.no_tls(io, self.mismatch.reason());
        }
        let versions = openssl::usable(offered);
        io.start_tls(conn, &ClientHello { server_name: settings.tls_name.clone(), versions });
        Flow::Running
    }

    fn secured(&mut self, io: &mut Io, conn: ConnId, secured: &Secured) -> Flow {
        if self.talk.settings.tls_verify && !self.trusts(io, conn, secured) {
            io.log(Event::Tls { conn, what: TlsEvent::Failed(TlsFailure::CertificateRefused) });
            return self.no_tls(io, "0A000086:SSL routines::certificate verify failed");
        }
        let session = &secured.session;
        let cipher = openssl::cipher(&session.cipher);
        let bits = if cipher.contains("128") { 128 } else { 256 };
        let subject = openssl::subject(&secured.chain);
        self.say(
            io,
            Kind::Info,
            &format!("TLS started with cipher {}:{cipher}:{bits}", session.version.name()),
        );
        self.say(io, Kind::Info, "TLS no local certificate set");
        self.say(io, Kind::Info, &format!("TLS peer DN=\"{subject}\""));
        if self.talk.settings.tls_show
            && let Some(pem) = openssl::pem(&secured.chain)
        {
            self.say(io, Kind::Info, pem.trim_end());
        }
        self.state = State::Talking(conn);
        let then = self.talk.secured(io);
        self.then(io, then)
    }

    /// Is the server's certificate to be trusted? For which name it is, swaks does not ask.
    fn trusts(&self, io: &mut Io, conn: ConnId, secured: &Secured) -> bool {
        let path = self.talk.settings.tls_authorities.as_deref().unwrap_or(openssl::TRUSTED);
        let roots = io.machine.files.read(path).map(Roots::from_pem).unwrap_or_default();
        io.verify(conn, &secured.chain, &roots.ders(), None).is_ok()
    }

    fn no_tls(&mut self, io: &mut Io, error: &str) -> Flow {
        let text = format!("TLS startup failed (connect(): error:{error})");
        self.say(io, Kind::Error, &text);
        let then = self.talk.not_secured(io);
        self.then(io, then)
    }

    fn then(&mut self, io: &mut Io, then: Then) -> Flow {
        match (then, self.line_conn()) {
            (Then::Wait, _) => self.wait(io),
            (Then::Handshake, Some(conn)) => self.shake_hands(io, conn),
            (Then::Handshake, None) => Flow::Exit(29),
            (Then::End(status), _) => {
                self.hang_up(io, CloseReason::Closed);
                Flow::Exit(status)
            }
        }
    }

    fn hang_up(&mut self, io: &mut Io, why: CloseReason) {
        if let Some(conn) = self.line_conn() {
            io.close(conn, why);
        }
        self.state = State::Over;
    }

    fn line_conn(&self) -> Option<ConnId> {
        match &self.state {
            State::Trying { conn, .. } | State::Handshake(conn) | State::Talking(conn) => Some(*conn),
            _ => None,
        }
    }

    /// A line typed at a prompt.
    fn answer(&mut self, io: &mut Io, line: &[u8]) -> Flow {
        let State::Asking(prompts) = &mut self.state else { return Flow::Running };
        if let Some((name, _, empty)) = prompts.front().copied()
            && (empty || !line.is_empty())
        {
            prompts.pop_front();
            self.given.set(name, line);
        }
        self.ask(io)
    }
}

/// The texts of the options that take one, with what `@` and `-` stand for.
fn load(io: &mut Io, out: &mut Output, given: &Given, input: &[u8]) -> Result<Vec<Loaded>, u8> {
    let mut loaded = Vec::new();
    for (name, value) in given.all() {
        if ["attach-type", "attach-name"].contains(&name) {
            loaded.push((name, value, None));
            continue;
        }
        if !["data", "body", "attach", "attach-body"].contains(&name) {
            continue;
        }
        let (body, file) = if value == "-" {
            (text(input), None)
        } else if let Some(literal) = value.strip_prefix("@@") {
            (format!("@{literal}"), None)
        } else if let Some(path) = value.strip_prefix('@') {
            match io.machine.files.read(path) {
                Ok(octets) => (text(octets), path.rsplit('/').next().map(str::to_owned)),
                Err(fault) => {
                    let said = format!(
                        "Option processing error: file {path} not openable for option {name} ({fault})"
                    );
                    out.say(io, Kind::Error, &said, false);
                    return Err(1);
                }
            }
        } else {
            inferred(io, out, name, value)?
        };
        loaded.push((name, body, file));
    }
    Ok(loaded)
}

/// A text without `@` that names a file: the old way, about which swaks complains.
fn inferred(
    io: &mut Io,
    out: &mut Output,
    name: &str,
    value: String,
) -> Result<(String, Option<String>), u8> {
    let mut warn = |io: &mut Io| {
        let said = format!(
            "DEPRECATION WARNING: Inferring a filename from the argument to --{name} will be removed in the future.  \
             Prefix filenames with '@' instead."
        );
        out.say(io, Kind::Error, &said, false);
    };
    let read = io.machine.files.read(&value).map(text);
    if name != "data" {
        return Ok(match read {
            Ok(body) => {
                warn(io);
                (body, Some(value))
            }
            Err(_) => (value, None),
        });
    }
    if value.contains("\\n") || value.contains('\n') || value.contains("%NEWLINE%") {
        return Ok((value, None));
    }
    warn(io);
    match read {
        Ok(body) => Ok((body, None)),
        Err(fault) => {
            let said = format!("data option appears to be a file but is not openable: {value} ({fault})");
            out.say(io, Kind::Error, &said, false);
            Err(1)
        }
    }
}

/// What only prints something.
fn information(io: &mut Io, given: &Given) -> bool {
    if given.has("help") {
        io.print(&find("swaks").map(super::Spec::help).unwrap_or_default());
    } else if given.has("version") {
        io.print(&format!("swaks version {VERSION}\n"));
    } else if given.has("support") {
        for what in [
            "AUTH CRAM-MD5",
            "Basic AUTH",
            "Date Manipulation",
            "Local Hostname Detection",
            "MX Routing",
            "TLS",
        ] {
            io.print(&format!("=== {what} supported\n"));
        }
    } else {
        return false;
    }
    true
}

impl Program for Swaks {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        match arguments::read(args) {
            Ok(given) => self.given = given,
            Err(faults) => {
                for fault in faults {
                    match fault {
                        Fault::Said(said) => io.complain(&format!("{said}\n")),
                        Fault::Elsewhere(name) => {
                            io.hint(&format!(
                                "swaks has no --{name} on this workstation; `help swaks` lists what it has"
                            ));
                        }
                    }
                }
                return Flow::Exit(1);
            }
        }
        if information(io, &self.given) {
            return Flow::Exit(0);
        }
        self.talk.output = Output::new(&self.given);
        if let Err(status) = settings::check(io, &mut self.talk.output, &self.given) {
            return Flow::Exit(status);
        }
        self.state = State::Asking(prompts(&self.given).into());
        self.ask(io)
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        for line in octets.split_inclusive(|b| *b == b'\n') {
            let flow = match &mut self.state {
                State::Asking(_) => self.answer(io, line.strip_suffix(b"\n").unwrap_or(line)),
                State::Reading(input) => {
                    let room = PIPE_LIMIT.saturating_sub(input.len());
                    input.extend_from_slice(line.get(..room).unwrap_or(line));
                    Flow::Running
                }
                _ => Flow::Running,
            };
            if flow != Flow::Running {
                return flow;
            }
        }
        Flow::Running
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        match std::mem::take(&mut self.state) {
            State::Reading(input) => self.compose(io, &input),
            State::Asking(mut prompts) => {
                // The end of the input is an empty answer, which does not do everywhere.
                if prompts.iter().any(|(_, _, empty)| !empty) {
                    io.print("\n");
                    io.hint("swaks needs this, and its input has ended; give it as an option");
                    return Flow::Exit(1);
                }
                for (i, (name, prompt, _)) in prompts.drain(..).enumerate() {
                    if i > 0 {
                        io.print(prompt);
                    }
                    self.given.set(name, b"");
                }
                self.compose(io, &[])
            }
            other => {
                self.state = other;
                Flow::Running
            }
        }
    }

    fn notice(&mut self, io: &mut Io, notice: &Notice) -> Flow {
        let conn = conn_of(notice);
        if self.line_conn() != Some(conn) {
            return Flow::Running;
        }
        match notice {
            Notice::Connected(_) => self.connected(io, conn),
            Notice::Failed(_, why) => {
                let rest = match &mut self.state {
                    State::Trying { rest, .. } => std::mem::take(rest),
                    _ => VecDeque::new(),
                };
                let said = match why {
                    ConnectFailure::TimedOut => "connect: timeout".to_owned(),
                    why => format!("connect: {}", super::failure(*why)),
                };
                self.next_address(io, rest, &said)
            }
            Notice::Secured(_, secured) => self.secured(io, conn, secured),
            Notice::TlsFailed(_, why) => {
                let error = match why {
                    TlsFailure::NoCommonVersion => self.mismatch.reason(),
                    TlsFailure::ServerSpeaksPlain | TlsFailure::NotAHandshake => {
                        "0A00010B:SSL routines::wrong version number"
                    }
                    _ => "0A000126:SSL routines::unexpected eof while reading",
                };
                self.no_tls(io, error)
            }
            // What came before the handshake began was not meant for it.
            Notice::Data(..) if matches!(self.state, State::Handshake(_)) => Flow::Running,
            Notice::Data(_, octets) => {
                let then = self.talk.feed(io, octets);
                self.then(io, then)
            }
            Notice::Closed(..) => {
                let handshake = matches!(self.state, State::Handshake(_));
                self.state = State::Over;
                if handshake {
                    return self.no_tls(io, "0A000126:SSL routines::unexpected eof while reading");
                }
                let then = self.talk.lost(io);
                self.then(io, then)
            }
        }
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        match &self.state {
            State::Routing { .. } => return self.ask_exchanger(io),
            State::Looking(_) => return self.look(io),
            _ => {}
        }
        if self.until.is_none_or(|until| io.now() < until) {
            return Flow::Running;
        }
        self.until = None;
        match &mut self.state {
            State::Trying { conn, rest } => {
                let (conn, rest) = (*conn, std::mem::take(rest));
                io.close(conn, CloseReason::Closed);
                self.next_address(io, rest, "connect: timeout")
            }
            State::Talking(_) => {
                let then = self.talk.timed_out(io);
                self.then(io, then)
            }
            _ => Flow::Running,
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        match &self.state {
            State::Routing { until, .. } => *until,
            State::Looking(lookup) => lookup.next_wakeup(),
            State::Trying { .. } | State::Talking(_) => self.until,
            _ => None,
        }
    }

    fn reads(&self) -> bool {
        matches!(self.state, State::Asking(_) | State::Reading(_))
    }

    fn stop(&mut self, io: &mut Io) {
        self.hang_up(io, CloseReason::Lost);
    }
}
