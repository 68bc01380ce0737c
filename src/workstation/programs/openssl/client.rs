//! `openssl s_client`: a connection under TLS, with the real one's trap: of what is typed, a line that begins with Q, R,
//! K or k is a command to s_client itself unless `-quiet`, `-ign_eof` or `-nocommands` says otherwise.

use super::super::super::io::Io;
use super::super::super::lookup::{Family, Lookup, LookupState};
use super::super::{Flow, KeyUse, conn_of};
use super::agreement::{Mismatch, mismatch, usable};
use super::certificate::{Certificate, date};
use super::names::Form;
use super::report::{Report, hello_size};
use super::settings::{S_CLIENT, Settings};
use super::starttls::{Next, Starttls};
use super::verify::{Fault, Question, Step, verify};
use super::{errors, text};
use crate::event::{CloseReason, ConnectFailure, Event, Key, TlsEvent, TlsFailure, TlsVersion};
use crate::units::{ConnId, Time};
use crate::world::{ClientHello, Notice, Secured};
use std::collections::VecDeque;
use std::net::IpAddr;

/// `s_client`.
#[derive(Debug, Default)]
pub(super) struct Client {
    settings: Settings,
    state: State,
    /// Why there is no session, should there be none.
    mismatch: Mismatch,
    /// What was sent and read in plain text.
    before: (usize, usize),
    last: Vec<u8>,
    report: Report,
    sent: bool,
    input_ended: bool,
    /// When the handshake was done; a pipe's octets are read once what the server says at the same moment was heard.
    opened: Option<Time>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    New,
    Looking(Lookup),
    Trying {
        conn: ConnId,
        rest: VecDeque<IpAddr>,
    },
    Plain {
        conn: ConnId,
        dialogue: Starttls,
    },
    Handshake(ConnId),
    Open(ConnId),
    Over,
}

impl Client {
    pub(super) fn new() -> Client {
        Client::default()
    }

    pub(super) fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let read = S_CLIENT.read(io, args, false).and_then(|given| Settings::read(io, &given));
        match read {
            Ok(settings) => self.settings = settings,
            Err(status) => return Flow::Exit(status),
        }
        let family = self.settings.family.unwrap_or(Family::Any);
        match Lookup::local(&self.settings.host, family, io) {
            Some(Ok(ips)) => self.next_address(io, ips.into(), ConnectFailure::Refused),
            Some(Err(fault)) => {
                errors::no_address(io, fault);
                Flow::Exit(1)
            }
            None => {
                self.state = State::Looking(Lookup::new(&self.settings.host, family, io));
                self.look(io)
            }
        }
    }

    fn look(&mut self, io: &mut Io) -> Flow {
        let State::Looking(lookup) = &mut self.state else { return Flow::Running };
        match lookup.go(io) {
            LookupState::Waiting => Flow::Running,
            LookupState::Done(Ok(ips)) => self.next_address(io, ips.into(), ConnectFailure::Refused),
            LookupState::Done(Err(fault)) => {
                errors::no_address(io, fault);
                Flow::Exit(1)
            }
        }
    }

    fn next_address(&mut self, io: &mut Io, mut rest: VecDeque<IpAddr>, why: ConnectFailure) -> Flow {
        let Some(ip) = rest.pop_front() else {
            errors::not_connected(io, why);
            return Flow::Exit(1);
        };
        let conn = io.connect(ip, self.settings.port);
        self.state = State::Trying { conn, rest };
        Flow::Running
    }

    fn connected(&mut self, io: &mut Io, conn: ConnId) -> Flow {
        if !self.settings.quiet {
            io.print("CONNECTED(00000003)\n");
        }
        match self.settings.starttls {
            Some(protocol) => {
                let dialogue = Starttls::new(protocol, self.settings.name.clone());
                self.state = State::Plain { conn, dialogue };
            }
            None => return self.shake_hands(io, conn),
        }
        Flow::Running
    }

    fn shake_hands(&mut self, io: &mut Io, conn: ConnId) -> Flow {
        self.state = State::Handshake(conn);
        let offered = self.settings.versions;
        self.mismatch = mismatch(offered, io.net.server_versions(conn).as_ref());
        if self.mismatch == Mismatch::NothingOffered {
            return self.failed(io, TlsFailure::NoCommonVersion);
        }
        let versions = match offered {
            Some((from, to)) if self.settings.weak => from..=to,
            offered => usable(offered),
        };
        io.start_tls(conn, &ClientHello { server_name: self.settings.server_name.clone(), versions });
        Flow::Running
    }

    /// The report as far as it is known.
    fn begin_report(&mut self) {
        self.report.show_all = self.settings.show_all;
        self.report.read = self.before.0;
        let hello = self
            .settings
            .versions
            .map_or(0, |versions| hello_size(versions, self.settings.server_name.as_deref()));
        self.report.written = self.before.1 + hello;
    }

    fn secured(&mut self, io: &mut Io, conn: ConnId, secured: &Secured) -> Flow {
        self.begin_report();
        if self.settings.server_name.is_none() {
            io.complain("Can't use SSL_get_servername\n");
        }
        self.report.session = Some(secured.session.clone());
        self.report.sent = secured.chain.iter().filter_map(|der| Certificate::from_der(der)).collect();
        let question = Question {
            sent: &self.report.sent,
            roots: &self.settings.roots,
            name: self.settings.expected.as_deref(),
            now: io.now(),
        };
        let (chain, steps) = verify(&question, self.settings.strict);
        // What it prints is told step by step; the transcript gets what was found.
        let (roots, name) = (self.settings.roots.ders(), self.settings.expected.as_deref());
        let _ = io.verify(conn, &secured.chain, &roots, name);
        self.tell(io, &chain, &steps);
        self.report.fault = steps.iter().rev().find_map(|s| s.fault);
        if self.settings.strict && self.report.fault.is_some() {
            return self.refuse(io, conn);
        }
        self.report.peer_name = self.settings.expected.clone().filter(|_| self.report.fault.is_none());
        if self.settings.brief {
            self.report.brief(io);
        }
        if !self.settings.quiet {
            self.report.print(io);
        }
        if !self.last.is_empty() {
            let last = std::mem::take(&mut self.last);
            io.complain(&text(&last).replace('\r', ""));
        }
        if !self.settings.quiet {
            self.report.tickets(io);
        }
        self.opened = Some(io.now()).filter(|_| !io.interactive);
        self.state = State::Open(conn);
        Flow::Running
    }

    /// The steps of the verification, as they are told on the way.
    fn tell(&self, io: &mut Io, chain: &[Certificate], steps: &[Step]) {
        let quiet = self.settings.verify_quiet;
        let mut last = None;
        for step in steps {
            last = step.fault.or(last);
            let certificate = chain.get(step.depth);
            if !quiet || step.fault.is_some() {
                let name = certificate.map_or_else(|| "<no cert>".to_owned(), |c| c.subject(Form::Oneline));
                io.complain(&format!("depth={} {name}\n", step.depth));
            }
            if let Some(fault) = step.fault {
                let (number, words) = fault.words();
                io.complain(&format!("verify error:num={number}:{words}\n"));
            }
            match (last, certificate) {
                (Some(Fault::Expired), Some(c)) => {
                    io.complain(&format!("notAfter={}\n", date(c.not_after())))
                }
                (Some(Fault::NotYetValid), Some(c)) => {
                    io.complain(&format!("notBefore={}\n", date(c.not_before())));
                }
                _ => {}
            }
            let ends = self.settings.strict && step.fault.is_some();
            if !quiet && !ends {
                io.complain("verify return:1\n");
            }
        }
    }

    /// The server's certificate is not wanted.
    fn refuse(&mut self, io: &mut Io, conn: ConnId) -> Flow {
        errors::print(io, &[errors::VERIFY_FAILED]);
        io.log(Event::Tls { conn, what: TlsEvent::Failed(TlsFailure::CertificateRefused) });
        self.report.refused = true;
        self.end(io, 1, true)
    }

    fn failed(&mut self, io: &mut Io, why: TlsFailure) -> Flow {
        self.begin_report();
        let line = match why {
            TlsFailure::NoCommonVersion => {
                self.report.mismatched(self.mismatch, self.settings.versions);
                self.mismatch.line()
            }
            TlsFailure::ServerSpeaksPlain | TlsFailure::NotAHandshake => {
                self.report.read += 5;
                errors::WRONG_VERSION
            }
            TlsFailure::CertificateRefused | TlsFailure::CutOff | TlsFailure::TimedOut => {
                errors::UNEXPECTED_EOF
            }
        };
        errors::print(io, &[line]);
        if why == TlsFailure::ServerSpeaksPlain {
            io.hint(if self.settings.starttls.is_some() {
                "the server did not agree to TLS, so its answer to the handshake was plain text"
            } else {
                "the server speaks plain text on this port; where it offers an upgrade, -starttls smtp, pop3 or imap asks for it"
            });
        }
        self.end(io, 1, true)
    }

    /// It is over; the report comes first where it is due.
    fn end(&mut self, io: &mut Io, status: u8, report: bool) -> Flow {
        if (report || self.settings.at_exit) && !self.settings.quiet {
            self.report.print(io);
        }
        self.hang_up(io, CloseReason::Closed);
        Flow::Exit(status)
    }

    fn hang_up(&mut self, io: &mut Io, why: CloseReason) {
        if let Some(conn) = self.line_conn() {
            io.close(conn, why);
        }
        self.state = State::Over;
    }

    fn line_conn(&self) -> Option<ConnId> {
        match &self.state {
            State::Trying { conn, .. } | State::Plain { conn, .. } => Some(*conn),
            State::Handshake(conn) | State::Open(conn) => Some(*conn),
            State::New | State::Looking(_) | State::Over => None,
        }
    }

    pub(super) fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        let State::Open(conn) = self.state else { return Flow::Running };
        let letter = octets.first().copied().filter(|_| self.settings.commands && !self.settings.ignore_end);
        match letter {
            Some(b'Q') => {
                io.complain("DONE\n");
                if octets.starts_with(b"QUIT") {
                    io.hint("a line that begins with Q ends s_client: the server never saw the QUIT; -quiet or -nocommands lets it pass, and so does a small q");
                }
                self.end(io, 0, false)
            }
            Some(b'R') => self.renegotiate(io, octets),
            Some(key @ (b'K' | b'k')) if self.is_13() => {
                io.complain("KEYUPDATE\n");
                io.hint(&format!(
                    "a line that begins with {} makes s_client change its keys: nothing of it was sent; -quiet or -nocommands turns that off",
                    char::from(key)
                ));
                Flow::Running
            }
            _ => {
                let mut out = Vec::with_capacity(octets.len() + 8);
                for &b in octets {
                    if b == b'\n' && self.settings.crlf {
                        out.push(b'\r');
                    }
                    out.push(b);
                }
                self.sent |= !octets.trim_ascii().is_empty();
                io.send(conn, &out);
                Flow::Running
            }
        }
    }

    fn is_13(&self) -> bool {
        self.report.session.as_ref().is_some_and(|s| s.version == TlsVersion::Tls13)
    }

    /// The trap: `RCPT TO:` is a wish for a new handshake, which TLS 1.3 does not know and servers of TLS 1.2 refuse.
    fn renegotiate(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        io.complain("RENEGOTIATING\n");
        let line = if self.is_13() { errors::NO_RENEGOTIATION_13 } else { errors::NO_RENEGOTIATION };
        errors::print(io, &[line]);
        let typed = text(octets);
        let word = typed.split_whitespace().next().unwrap_or("R").to_owned();
        io.hint(&format!(
            "a line that begins with R is a command to s_client (renegotiate): the server never saw the {word}, and the connection is gone; -quiet or -nocommands lets it pass, and so does a small r"
        ));
        self.end(io, 1, false)
    }

    pub(super) fn end_of_input(&mut self, io: &mut Io) -> Flow {
        self.input_ended = true;
        if self.settings.ignore_end {
            return Flow::Running;
        }
        io.complain("DONE\n");
        if self.sent && !io.interactive {
            io.hint("s_client hung up at the end of its input, before the answers came; with -quiet or -ign_eof it waits for the server to close");
        }
        self.end(io, 0, false)
    }

    pub(super) fn key(&mut self, io: &mut Io, key: Key) -> KeyUse {
        let waits = key == Key::EndOfFile && self.settings.ignore_end && matches!(self.state, State::Open(_));
        if waits {
            io.hint("with -quiet or -ign_eof s_client goes on after the end of its input, until the server closes; ^C ends it");
        }
        KeyUse::Usual
    }

    pub(super) fn notice(&mut self, io: &mut Io, notice: &Notice) -> Flow {
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
                self.next_address(io, rest, *why)
            }
            Notice::Secured(_, secured) => self.secured(io, conn, secured),
            Notice::TlsFailed(_, why) => self.failed(io, *why),
            Notice::Data(_, octets) => self.arrived(io, conn, octets),
            Notice::Closed(_, why) => self.closed(io, *why),
        }
    }

    fn arrived(&mut self, io: &mut Io, conn: ConnId, octets: &[u8]) -> Flow {
        match &mut self.state {
            State::Open(_) => {
                io.out_from(conn, octets);
                Flow::Running
            }
            State::Plain { dialogue, .. } => {
                if dialogue.feed(io, conn, octets) == Next::Wait {
                    return Flow::Running;
                }
                self.before = (dialogue.read, dialogue.sent);
                self.last = std::mem::take(&mut dialogue.last);
                self.shake_hands(io, conn)
            }
            _ => Flow::Running,
        }
    }

    fn closed(&mut self, io: &mut Io, why: CloseReason) -> Flow {
        let open = matches!(self.state, State::Open(_));
        self.state = State::Over;
        if !open {
            return self.failed(io, TlsFailure::CutOff);
        }
        if why == CloseReason::Lost {
            errors::print(io, &[errors::UNEXPECTED_EOF]);
            return self.end(io, 1, false);
        }
        if !self.settings.quiet {
            io.print("closed\n");
        }
        self.end(io, 0, false)
    }

    pub(super) fn wake(&mut self, io: &mut Io) -> Flow {
        self.opened = None;
        self.look(io)
    }

    pub(super) fn next_wakeup(&self) -> Option<Time> {
        match &self.state {
            State::Looking(lookup) => lookup.next_wakeup(),
            State::Open(_) => self.opened,
            _ => None,
        }
    }

    pub(super) fn reads(&self) -> bool {
        matches!(self.state, State::Open(_)) && !self.input_ended && self.opened.is_none()
    }

    pub(super) fn conn(&self) -> Option<ConnId> {
        match self.state {
            State::Open(conn) => Some(conn),
            _ => None,
        }
    }

    pub(super) fn stop(&mut self, io: &mut Io) {
        self.hang_up(io, CloseReason::Lost);
    }
}
