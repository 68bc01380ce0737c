//! `openssl s_client`: a connection under TLS, with the real one's trap: of what is typed, a line that begins with Q, R,
//! K or k is a command to s_client itself unless `-quiet`, `-ign_eof` or `-nocommands` says otherwise.

use super::super::super::io::Io;
use super::super::super::lookup::{Family, Lookup, LookupState};
use super::super::super::services;
use super::super::{Flow, KeyUse, conn_of};
use super::arguments::{Command, Given, Opt, Takes, flag, value};
use super::certificate::{Certificate, date};
use super::names::Form;
use super::report::{Report, hello_size};
use super::starttls::{Next, PROTOCOLS, Protocol, Starttls};
use super::verify::{Fault, Question, Roots, Step, verify};
use super::{errors, text};
use crate::event::{CloseReason, ConnectFailure, Event, Key, TlsEvent, TlsFailure, TlsVersion};
use crate::units::{ConnId, Time};
use crate::world::{ClientHello, Notice, Secured};
use std::collections::VecDeque;
use std::net::IpAddr;

/// Whom the system trusts.
pub(in super::super) const TRUSTED: &str = "/etc/ssl/certs/ca-certificates.crt";
/// The port without another.
const PORT: &str = "4433";

const OPTIONS: &[Opt] = &[
    value("connect", Takes::Value, "TCP/IP where to connect; default: localhost:4433"),
    value("host", Takes::Value, "Use -connect instead"),
    value("port", Takes::Value, "Use -connect instead"),
    flag("4", "Use IPv4 only"),
    flag("6", "Use IPv6 only"),
    value("starttls", Takes::Value, "Use the appropriate STARTTLS command before starting TLS"),
    value("xmpphost", Takes::Value, ""),
    value("name", Takes::Value, "Hostname to use for \"-starttls lmtp\" or \"-starttls smtp\""),
    flag("crlf", "Convert LF from terminal into CRLF"),
    flag("quiet", "No s_client output"),
    flag("ign_eof", "Ignore input EOF (default when -quiet)"),
    flag("no_ign_eof", "Don't ignore input EOF"),
    flag("nocommands", "Do not use interactive command letters"),
    flag("brief", "Restrict output to brief summary of connection parameters"),
    flag("showcerts", "Show all certificates sent by the server"),
    flag("prexit", "Print session information when the program exits"),
    value("servername", Takes::Value, "Set TLS extension servername (SNI) in ClientHello (default)"),
    flag("noservername", "Do not send the server name (SNI) extension in the ClientHello"),
    flag("tls1", "Just use TLSv1"),
    flag("tls1_1", "Just use TLSv1.1"),
    flag("tls1_2", "Just use TLSv1.2"),
    flag("tls1_3", "Just use TLSv1.3"),
    flag("no_tls1", "Just disable TLSv1"),
    flag("no_tls1_1", "Just disable TLSv1.1"),
    flag("no_tls1_2", "Just disable TLSv1.2"),
    flag("no_tls1_3", "Just disable TLSv1.3"),
    flag("no_ssl3", ""),
    value("min_protocol", Takes::Value, "Specify the minimum protocol version to be used"),
    value("max_protocol", Takes::Value, "Specify the maximum protocol version to be used"),
    value("cipher", Takes::Value, "Specify TLSv1.2 and below cipher list to be used (DEFAULT@SECLEVEL=0)"),
    value("ciphersuites", Takes::Value, ""),
    value("CAfile", Takes::Value, "PEM format file of CA's"),
    value("CApath", Takes::Value, ""),
    flag("no-CAfile", "Do not load the default certificates file"),
    flag("no-CApath", ""),
    flag("no-CAstore", ""),
    value("verify", Takes::Number, "Turn on peer certificate verification"),
    flag("verify_return_error", "Close connection on verification error"),
    flag("verify_quiet", "Restrict verify output to errors"),
    value("verify_hostname", Takes::Value, "Expected peer hostname"),
    value("verify_ip", Takes::Value, "Expected peer IP address"),
    value("nameopt", Takes::Value, "Certificate subject/issuer name printing options"),
    flag("debug", ""),
    flag("msg", ""),
    flag("state", ""),
    flag("trace", ""),
    flag("tlsextdebug", ""),
    flag("status", ""),
    flag("no_ticket", ""),
    flag("bugs", ""),
    flag("legacy_renegotiation", ""),
    flag("security_debug", ""),
    value("alpn", Takes::Value, ""),
    value("servername_type", Takes::Value, ""),
];

/// `s_client`.
pub(super) static S_CLIENT: Command = Command {
    name: "s_client",
    operands: "[host:port]",
    summary: "speak with a server under TLS",
    options: OPTIONS,
};

/// `s_client`.
#[derive(Debug, Default)]
pub(super) struct Client {
    settings: Settings,
    roots: Roots,
    host: String,
    port: u16,
    state: State,
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
struct Settings {
    crlf: bool,
    quiet: bool,
    brief: bool,
    ignore_end: bool,
    commands: bool,
    show_all: bool,
    at_exit: bool,
    strict: bool,
    verify_quiet: bool,
    starttls: Option<Protocol>,
    name: Option<String>,
    server_name: Option<String>,
    expected: Option<String>,
    versions: Option<(TlsVersion, TlsVersion)>,
    /// The versions were restricted by the command line.
    restricted: bool,
    family: Option<Family>,
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
        let read = S_CLIENT.read(io, args, false).and_then(|given| self.read(io, &given));
        if let Err(status) = read {
            return Flow::Exit(status);
        }
        let family = self.settings.family.unwrap_or(Family::Any);
        match Lookup::local(&self.host, family, io) {
            Some(Ok(ips)) => self.next_address(io, ips.into(), ConnectFailure::Refused),
            Some(Err(fault)) => {
                errors::no_address(io, fault);
                Flow::Exit(1)
            }
            None => {
                self.state = State::Looking(Lookup::new(&self.host, family, io));
                self.look(io)
            }
        }
    }

    /// Takes the options in; the exit status where it ends here.
    fn read(&mut self, io: &mut Io, given: &Given) -> Result<(), u8> {
        self.target(io, given)?;
        let starttls = match given.value("starttls") {
            None => None,
            Some(name) => Some(protocol(io, &name)?),
        };
        if given.has("servername") && given.has("noservername") {
            return Err(S_CLIENT.fault(io, "Can't use -servername and -noservername together"));
        }
        let (versions, restricted) = versions(io, given)?;
        let quiet_word = given.names().filter(|n| ["quiet", "ign_eof", "no_ign_eof"].contains(n)).last();
        let named = given.value("servername");
        let server_name = named.or_else(|| Some(self.host.clone()).filter(|h| is_dns_name(h)));
        self.settings = Settings {
            crlf: given.has("crlf"),
            quiet: given.has("quiet") || given.has("brief"),
            brief: given.has("brief"),
            ignore_end: matches!(quiet_word, Some("quiet" | "ign_eof")),
            commands: !given.has("nocommands"),
            show_all: given.has("showcerts"),
            at_exit: given.has("prexit"),
            strict: given.has("verify_return_error"),
            verify_quiet: given.has("verify_quiet") || given.has("brief"),
            starttls,
            name: given.value("name"),
            server_name: server_name.filter(|_| !given.has("noservername")),
            expected: given.value("verify_hostname").or_else(|| given.value("verify_ip")),
            versions,
            restricted,
            family: given
                .names()
                .filter_map(|n| match n {
                    "4" => Some(Family::V4),
                    "6" => Some(Family::V6),
                    _ => None,
                })
                .last(),
        };
        self.trust(io, given)
    }

    /// Where to connect.
    fn target(&mut self, io: &mut Io, given: &Given) -> Result<(), u8> {
        let place = match given.operands.as_slice() {
            [] => given.value("connect"),
            [place] => Some(text(place)),
            _ => return Err(S_CLIENT.use_help(io)),
        };
        let host = given.value("host").unwrap_or_else(|| "localhost".to_owned());
        let port = given.value("port").unwrap_or_else(|| PORT.to_owned());
        let place = place.unwrap_or_else(|| format!("{host}:{port}"));
        let (host, port) = match (place.strip_prefix('['), place.rsplit_once(':')) {
            (Some(rest), _) => match rest.split_once(']') {
                Some((ip, port)) => (ip.to_owned(), port.trim_start_matches(':').to_owned()),
                None => (rest.to_owned(), String::new()),
            },
            (None, Some((host, port))) => (host.to_owned(), port.to_owned()),
            (None, None) => (place, port),
        };
        self.host = if host.is_empty() { "localhost".to_owned() } else { host };
        let port = if port.is_empty() { PORT } else { port.as_str() };
        let Some(port) = services::port(port).or_else(|| port.parse().ok()) else {
            errors::not_found(io, "Servname not supported for ai_socktype");
            return Err(1);
        };
        self.port = port;
        Ok(())
    }

    /// Whom to trust.
    fn trust(&mut self, io: &mut Io, given: &Given) -> Result<(), u8> {
        if let Some(path) = given.value("CAfile") {
            match io.machine.files.read(&path) {
                Ok(octets) => self.roots = Roots::from_pem(octets),
                Err(fault) => {
                    let fault = fault.to_string();
                    errors::no_file(io, &path, &fault, "r");
                    errors::print(
                        io,
                        &["error:05880002:x509 certificate routines:X509_load_cert_crl_file_ex:system \
                           lib:../crypto/x509/by_file.c:229:"],
                    );
                    return Err(1);
                }
            }
            if self.roots.0.is_empty() {
                errors::print(
                    io,
                    &[
                        "error:05880088:x509 certificate routines:X509_load_cert_crl_file_ex:no certificate or crl \
                       found:../crypto/x509/by_file.c:251:",
                    ],
                );
                return Err(1);
            }
        }
        if !given.has("no-CAfile")
            && let Ok(octets) = io.machine.files.read(TRUSTED)
        {
            self.roots.0.extend(Roots::from_pem(octets).0);
        }
        Ok(())
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
        let conn = io.connect(ip, self.port);
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
            None => self.shake_hands(io, conn),
        }
        Flow::Running
    }

    fn shake_hands(&mut self, io: &mut Io, conn: ConnId) {
        self.state = State::Handshake(conn);
        let versions = match self.settings.versions {
            Some((from, to)) => from..=to,
            // A range without members: versions that Debian's security level 2 rules out are offered, and come to
            // nothing.
            None => TlsVersion::Tls13..=TlsVersion::Tls10,
        };
        io.start_tls(conn, &ClientHello { server_name: self.settings.server_name.clone(), versions });
    }

    /// The report as far as it is known.
    fn begin_report(&mut self) {
        let versions = self.settings.versions.unwrap_or((TlsVersion::Tls10, TlsVersion::Tls11));
        self.report.show_all = self.settings.show_all;
        self.report.read = self.before.0;
        self.report.written = self.before.1 + hello_size(versions, self.settings.server_name.as_deref());
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
            roots: &self.roots,
            name: self.settings.expected.as_deref(),
            now: io.now(),
        };
        let (chain, steps) = verify(&question, self.settings.strict);
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
                self.report.read += 7;
                match self.settings.versions {
                    Some((_, TlsVersion::Tls13)) if !self.settings.restricted => errors::LEGACY,
                    Some((TlsVersion::Tls12, TlsVersion::Tls12)) => errors::UNSUPPORTED,
                    _ => errors::ALERT_VERSION,
                }
            }
            TlsFailure::ServerSpeaksPlain | TlsFailure::NotAHandshake => {
                self.report.read += 5;
                errors::WRONG_VERSION
            }
            TlsFailure::CertificateRefused | TlsFailure::CutOff => errors::UNEXPECTED_EOF,
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
                self.sent = true;
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
                self.shake_hands(io, conn);
                Flow::Running
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

/// The protocol of `-starttls`.
fn protocol(io: &mut Io, name: &str) -> Result<Protocol, u8> {
    match PROTOCOLS.iter().find(|(n, _)| *n == name) {
        Some((_, Some(protocol))) => Ok(*protocol),
        Some((_, None)) => {
            io.hint(&format!("nobody speaks {name} in this lab; -starttls knows smtp, pop3 and imap here"));
            Err(1)
        }
        None => {
            let mut list = String::from("s_client: Value must be one of:\n");
            PROTOCOLS.iter().for_each(|(n, _)| list.push_str(&format!("\t{n}\n")));
            io.complain(&list);
            Err(1)
        }
    }
}

/// The oldest and the newest version to offer (`None`: none that could work), and whether they were restricted.
type Offered = (Option<(TlsVersion, TlsVersion)>, bool);

/// Reads which versions are wanted.
fn versions(io: &mut Io, given: &Given) -> Result<Offered, u8> {
    const NAMES: [(&str, &str); 4] =
        [("tls1", "no_tls1"), ("tls1_1", "no_tls1_1"), ("tls1_2", "no_tls1_2"), ("tls1_3", "no_tls1_3")];
    let only: Vec<TlsVersion> =
        TlsVersion::ALL.into_iter().zip(NAMES).filter(|(_, (n, _))| given.has(n)).map(|(v, _)| v).collect();
    let without: Vec<TlsVersion> =
        TlsVersion::ALL.into_iter().zip(NAMES).filter(|(_, (_, n))| given.has(n)).map(|(v, _)| v).collect();
    if only.len() > 1 {
        io.complain("Cannot supply multiple protocol flags\n");
        return Err(1);
    }
    if !only.is_empty() && !without.is_empty() {
        io.complain("Cannot supply both a protocol flag and '-no_<prot>'\n");
        return Err(1);
    }
    let bound =
        |name: &str| given.value(name).and_then(|v| TlsVersion::ALL.into_iter().find(|t| t.name() == v));
    let (least, most) = (bound("min_protocol"), bound("max_protocol"));
    // Below security level 1 TLS 1.0 and 1.1 may sign with SHA-1.
    let weak = given.value("cipher").is_some_and(|c| c.contains("@SECLEVEL=0"));
    let wanted = |v: &TlsVersion| {
        (only.is_empty() || only.contains(v))
            && !without.contains(v)
            && least.is_none_or(|l| *v >= l)
            && most.is_none_or(|m| *v <= m)
            && (weak || *v >= TlsVersion::Tls12)
    };
    let offered: Vec<TlsVersion> = TlsVersion::ALL.into_iter().filter(wanted).collect();
    let restricted = !only.is_empty() || !without.is_empty() || least.is_some() || most.is_some();
    Ok((offered.first().copied().zip(offered.last().copied()), restricted))
}

/// Does this look like a name with at least two labels, which alone goes into the ClientHello by itself?
fn is_dns_name(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let label = |l: &&str| {
        (1..64).contains(&l.len())
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    labels.len() > 1 && labels.iter().all(label) && host.bytes().any(|b| b.is_ascii_alphabetic())
}
