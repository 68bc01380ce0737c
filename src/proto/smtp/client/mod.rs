//! The client's side of an SMTP session: hands over one message to one server, as a relaying MTA or a mail program does.
//! Greeting, EHLO and STARTTLS are here; logging in and the transaction in files of their own.

mod config;
mod login;
mod offers;
mod transaction;

pub use config::{ClientConfig, ClientFailure, ClientLogin, Manner};

use super::received::{Incoming, ReplyReader};
use crate::event::{CloseReason, LegTrouble, Reply, TlsFailure, TlsLevel, TlsSession};
use crate::mail::ForwardPath;
use crate::mail::certificate::CertificateFault;
use crate::mail::sasl::{Client, ClientFault};
use crate::proto::{Answer, AskId, Out, Session};
use crate::units::Time;
use offers::Offers;
use std::collections::VecDeque;
use std::time::Duration;

/// The client's side of one SMTP session.
///
/// Where it says [`Out::StartTls`], its owner makes the handshake. It looks at the server's certificate, tells with
/// [`ClientSession::certificate`] what is wrong with it, if the client's level asks for that, and only then calls
/// [`Session::tls_started`]; where there is no handshake, [`Session::tls_failed`].
#[derive(Debug)]
pub struct ClientSession {
    config: ClientConfig,
    /// What is waited for, in this order; more than one where commands went out together.
    awaited: VecDeque<Expecting>,
    started: bool,
    ended: bool,
    /// What became of each recipient so far.
    recipients: Vec<Recipient>,
    /// What had been said last when it did.
    decided: Vec<&'static str>,
    /// What the last reply answered, or was waited for when the connection ended.
    phase: &'static str,
    /// What the server offers.
    offers: Offers,
    /// TLS is on.
    secured: bool,
    /// What is wrong with the server's certificate.
    certificate: Option<CertificateFault>,
    /// An authentication in progress, and why the client broke it off.
    sasl: Option<Client>,
    broken: Option<ClientFault>,
    input: ReplyReader,
    deadline: Option<Time>,
    out: VecDeque<Out>,
}

/// What the client waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expecting {
    /// 220.
    Greeting,
    /// The reply to EHLO.
    Ehlo,
    /// The reply to HELO.
    Helo,
    /// The reply to STARTTLS.
    StartTls,
    /// The end of the handshake; no reply.
    Handshake,
    /// The server's turn in an authentication.
    Login,
    /// The reply to `*`.
    LoginCancelled,
    /// The reply to MAIL.
    Mail,
    /// The reply to RCPT for the recipient of this number.
    Rcpt(usize),
    /// 354.
    Data,
    /// The reply to the lone dot.
    Verdict,
    /// The reply to a lone dot after no message.
    Nobody,
    /// 221.
    Quit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipient {
    /// Not yet asked for.
    Open,
    /// RCPT was accepted.
    Accepted,
    /// Its outcome was told.
    Done,
}

impl Expecting {
    /// What is answered, as reports name it.
    fn command(self) -> &'static str {
        match self {
            Expecting::Greeting | Expecting::Handshake => "",
            Expecting::Ehlo => "EHLO",
            Expecting::Helo => "HELO",
            Expecting::StartTls => "STARTTLS",
            Expecting::Login | Expecting::LoginCancelled => "AUTH",
            Expecting::Mail => "MAIL FROM",
            Expecting::Rcpt(_) => "RCPT TO",
            Expecting::Data => "DATA",
            Expecting::Verdict | Expecting::Nobody => "end of DATA",
            Expecting::Quit => "QUIT",
        }
    }

    /// How long the server may take (RFC 5321 section 4.5.3.2).
    fn patience(self) -> Duration {
        Duration::from_secs(match self {
            Expecting::Data => 120,
            Expecting::Verdict | Expecting::Nobody => 600,
            _ => 300,
        })
    }
}

impl ClientSession {
    /// A session that hands over what `config` says, and quits.
    pub fn new(config: ClientConfig) -> ClientSession {
        ClientSession {
            recipients: vec![Recipient::Open; config.to.len()],
            decided: vec![""; config.to.len()],
            phase: "",
            config,
            awaited: VecDeque::new(),
            started: false,
            ended: false,
            offers: Offers::default(),
            secured: false,
            certificate: None,
            sasl: None,
            broken: None,
            input: ReplyReader::new(),
            deadline: None,
            out: VecDeque::new(),
        }
    }

    /// What the client asks of TLS.
    pub fn tls_level(&self) -> &TlsLevel {
        match (&self.config.tls, self.config.tls_first) {
            (TlsLevel::None | TlsLevel::May, true) => &TlsLevel::Encrypt,
            (level, _) => level,
        }
    }

    /// What is wrong with the certificate the server has shown, if anything. Counts where the level asks for it.
    pub fn certificate(&mut self, fault: Option<CertificateFault>) {
        self.certificate = fault;
    }

    /// Has the server taken over what the sender asked to be told (DSN, RFC 3461)?
    pub fn passes_on_dsn(&self) -> bool {
        self.offers.dsn
    }

    /// What had been said to the server when it was clear what becomes of this recipient, as reports name it: `RCPT TO`,
    /// `end of DATA` ...; nothing before the first command.
    pub fn command_before(&self, to: &ForwardPath) -> &'static str {
        let place = self.config.to.iter().position(|one| one == to);
        place.and_then(|n| self.decided.get(n)).copied().unwrap_or_default()
    }

    /// Is TLS on?
    pub fn is_secured(&self) -> bool {
        self.secured
    }

    fn expect(&mut self, now: Time, state: Expecting) {
        self.awaited.push_back(state);
        if let [only] = self.awaited.make_contiguous() {
            self.deadline = Some(now.plus(only.patience()));
        }
    }

    /// Has something been sent that is not answered yet?
    fn awaits_more(&self) -> bool {
        !self.awaited.is_empty()
    }

    fn send(&mut self, now: Time, line: &str, then: Expecting) {
        self.send_group(now, &[(line.to_owned(), then)]);
    }

    /// Sends commands together.
    fn send_group(&mut self, now: Time, lines: &[(String, Expecting)]) {
        let mut octets: Vec<u8> = Vec::new();
        for (line, _) in lines {
            // A line end within an address would make two commands of one.
            octets.extend(line.bytes().filter(|b| !matches!(b, b'\r' | b'\n')));
            octets.extend_from_slice(b"\r\n");
        }
        self.out.push_back(Out::Send(octets));
        for (_, then) in lines {
            self.expect(now, *then);
        }
    }

    /// Tells the outcome of every recipient that has none yet.
    fn all_failed(&mut self, failure: &ClientFailure) {
        self.settle(|_| true, &Err(failure.clone()));
    }

    fn settle(&mut self, which: impl Fn(Recipient) -> bool, outcome: &Result<Reply, ClientFailure>) {
        for ((to, state), decided) in self.config.to.iter().zip(&mut self.recipients).zip(&mut self.decided) {
            if *state != Recipient::Done && which(*state) {
                (*state, *decided) = (Recipient::Done, self.phase);
                self.out.push_back(Out::Delivery { to: to.clone(), outcome: outcome.clone() });
            }
        }
    }

    fn close(&mut self, why: CloseReason) {
        self.out.push_back(Out::Close(why));
        self.ended = true;
        self.awaited.clear();
        self.deadline = None;
        self.input = ReplyReader::new();
    }

    /// The connection is of no more use.
    fn lost(&mut self, failure: &ClientFailure, why: CloseReason) {
        if self.started && !self.ended {
            self.phase = self.awaited.front().map_or(self.phase, |awaited| awaited.command());
            self.all_failed(failure);
            self.close(why);
        }
    }

    /// A reply came.
    fn heard(&mut self, now: Time, reply: Reply) {
        let Some(state) = self.awaited.pop_front() else {
            // Nobody has asked: 421, it may be, before the server closes.
            return self.refused(now, reply);
        };
        self.phase = state.command();
        self.deadline = self.awaited.front().map(|next| now.plus(next.patience()));
        let positive = reply.code / 100 == 2;
        match state {
            Expecting::Quit => self.close(CloseReason::Closed),
            _ if reply.code == 421 => {
                let turned_away = state == Expecting::Greeting;
                let failure = match turned_away {
                    true => ClientFailure::Trouble(LegTrouble::TurnedAway(reply)),
                    false => ClientFailure::Reply(reply),
                };
                self.refused_with(now, 421, failure);
            }
            Expecting::Greeting if positive => self.hello(now),
            Expecting::Greeting => {
                let code = reply.code;
                self.refused_with(now, code, ClientFailure::Trouble(LegTrouble::TurnedAway(reply)));
            }
            Expecting::Ehlo if positive => {
                self.offers = Offers::read(&reply);
                self.introduced(now);
            }
            // RFC 5321 section 3.2 has this for 5xx; Postfix does it for any refusal but 421.
            Expecting::Ehlo => {
                let hello = format!("HELO {}", self.config.name);
                self.send(now, &hello, Expecting::Helo);
            }
            Expecting::Helo if positive => {
                self.offers = Offers::default();
                self.introduced(now);
            }
            Expecting::StartTls if positive => {
                self.out.push_back(Out::StartTls);
                self.expect(now, Expecting::Handshake);
            }
            Expecting::StartTls => self.tls_refused(now, reply),
            // Nothing is fed during a handshake.
            Expecting::Handshake => self.lost(&ClientFailure::ConnectionLost, CloseReason::Lost),
            Expecting::Login => self.login_heard(now, reply),
            Expecting::LoginCancelled => self.login_cancelled(now),
            Expecting::Mail => self.mail_heard(now, reply),
            Expecting::Rcpt(n) => self.rcpt_heard(now, n, reply),
            Expecting::Data => self.data_heard(now, reply),
            Expecting::Verdict => self.verdict_heard(now, reply),
            Expecting::Nobody => self.quit(now),
            Expecting::Helo => self.refused(now, reply),
        }
    }

    fn hello(&mut self, now: Time) {
        let hello = format!("EHLO {}", self.config.name);
        self.send(now, &hello, Expecting::Ehlo);
    }

    /// The greetings are over: TLS where it is wanted and to be had, then the rest.
    fn introduced(&mut self, now: Time) {
        let level = self.tls_level();
        if self.secured || *level == TlsLevel::None {
            return self.log_in(now);
        }
        match (self.offers.starttls, level.is_required()) {
            (true, _) => self.send(now, "STARTTLS", Expecting::StartTls),
            (false, true) => self.troubled(now, LegTrouble::TlsNotOffered),
            (false, false) => self.log_in(now),
        }
    }

    /// The server offers STARTTLS and does not do it.
    fn tls_refused(&mut self, now: Time, reply: Reply) {
        if self.tls_level().is_required() {
            return self.troubled(now, LegTrouble::TlsRefused(reply));
        }
        self.offers.starttls = false;
        self.log_in(now);
    }
}

impl Session for ClientSession {
    fn start(&mut self, now: Time) {
        if std::mem::replace(&mut self.started, true) {
            return;
        }
        if self.config.tls_first {
            self.out.push_back(Out::StartTls);
            self.expect(now, Expecting::Handshake);
        } else {
            self.expect(now, Expecting::Greeting);
        }
    }

    fn feed(&mut self, now: Time, octets: &[u8]) {
        if !self.started || self.ended {
            return;
        }
        self.input.feed(octets);
        // What the server sends behind its consent to TLS was sent in the clear, by whomever.
        while !self.ended && self.awaited.front() != Some(&Expecting::Handshake) {
            match self.input.next() {
                Incoming::More => break,
                Incoming::Reply(reply) => self.heard(now, reply),
                Incoming::Garbage => self.lost(&ClientFailure::ConnectionLost, CloseReason::Lost),
            }
        }
    }

    /// Nothing that was said before counts (RFC 3207 section 4.2).
    fn tls_started(&mut self, now: Time, _tls: &TlsSession) {
        if self.awaited.front() != Some(&Expecting::Handshake) {
            return;
        }
        self.awaited.clear();
        self.input = ReplyReader::new();
        self.offers = Offers::default();
        self.secured = true;
        let distrusted =
            matches!(self.tls_level(), TlsLevel::Verify(_)).then(|| self.certificate.take()).flatten();
        match distrusted {
            Some(fault) if self.config.tls_first => {
                // There was no greeting yet, and none is waited for.
                self.all_failed(&ClientFailure::Trouble(LegTrouble::Certificate(fault)));
                self.close(CloseReason::Closed);
            }
            Some(fault) => self.troubled(now, LegTrouble::Certificate(fault)),
            None if self.config.tls_first => self.expect(now, Expecting::Greeting),
            None => self.hello(now),
        }
    }

    fn tls_failed(&mut self, _now: Time, why: TlsFailure) {
        self.lost(&ClientFailure::Trouble(LegTrouble::Handshake(why)), CloseReason::Lost);
    }

    fn end_of_input(&mut self, _now: Time) {
        let failure = match self.awaited.front() {
            Some(Expecting::Handshake) => ClientFailure::Trouble(LegTrouble::Handshake(TlsFailure::CutOff)),
            _ => ClientFailure::ConnectionLost,
        };
        self.lost(&failure, CloseReason::Closed);
    }

    /// A client asks its host nothing.
    fn answer(&mut self, _now: Time, _id: AskId, _answer: Answer) {}

    fn wake(&mut self, now: Time) {
        if self.deadline.is_some_and(|at| at <= now) {
            self.lost(&ClientFailure::TimedOut, CloseReason::Idle);
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        self.deadline
    }

    fn poll(&mut self) -> Option<Out> {
        self.out.pop_front()
    }
}
