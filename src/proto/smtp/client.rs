//! The client's side of an SMTP session: hands over one message to one server, as a relaying MTA does.

use super::received::{Incoming, ReplyReader};
use crate::event::{CloseReason, MailParams, RcptParams, Reply, TlsSession};
use crate::mail::{ForwardPath, ReversePath, xtext};
use crate::proto::line::dot_stuffed;
use crate::proto::{Answer, AskId, Out, Session};
use crate::units::{Bytes, Time};
use std::collections::VecDeque;
use std::time::Duration;

/// What an SMTP client hands over, and as whom.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientConfig {
    /// The name it gives itself in EHLO, or HELO where EHLO is refused.
    pub name: String,
    /// The envelope's sender.
    pub from: ReversePath,
    /// What is to be said with MAIL, as far as the server offers it.
    pub params: MailParams,
    /// The recipients.
    pub to: Vec<ForwardPath>,
    /// What is to be said with RCPT for each of them, in their order, where the server offers DSN; it may be shorter.
    pub rcpt_params: Vec<RcptParams>,
    /// The message with CRLF line ends, not dot-stuffed.
    pub message: Bytes,
}

/// Why a recipient was not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientFailure {
    /// The server said no.
    Reply(Reply),
    /// The connection ended, or what came was not SMTP.
    ConnectionLost,
    /// The server was silent too long (RFC 5321 section 4.5.3.2).
    TimedOut,
}

/// The client's side of one SMTP session.
#[derive(Debug)]
pub struct ClientSession {
    config: ClientConfig,
    state: Expecting,
    /// What became of each recipient so far.
    recipients: Vec<Recipient>,
    /// The server offers DSN (RFC 3461).
    dsn: bool,
    input: ReplyReader,
    deadline: Option<Time>,
    out: VecDeque<Out>,
}

/// What the client waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expecting {
    /// To be started.
    Start,
    /// 220.
    Greeting,
    /// The reply to EHLO.
    Ehlo,
    /// The reply to HELO.
    Helo,
    /// The reply to MAIL.
    Mail,
    /// The reply to RCPT for the recipient of this number.
    Rcpt(usize),
    /// 354.
    Data,
    /// The reply to the lone dot.
    Verdict,
    /// 221.
    Quit,
    /// Nothing.
    Nothing,
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
    /// How long the server may take (RFC 5321 section 4.5.3.2).
    fn patience(self) -> Duration {
        Duration::from_secs(match self {
            Expecting::Data => 120,
            Expecting::Verdict => 600,
            _ => 300,
        })
    }
}

impl ClientSession {
    /// A session that hands over what `config` says, and quits.
    pub fn new(config: ClientConfig) -> ClientSession {
        ClientSession {
            recipients: vec![Recipient::Open; config.to.len()],
            config,
            dsn: false,
            state: Expecting::Start,
            input: ReplyReader::new(),
            deadline: None,
            out: VecDeque::new(),
        }
    }

    fn expect(&mut self, now: Time, state: Expecting) {
        self.state = state;
        self.deadline = Some(now.plus(state.patience()));
    }

    fn send(&mut self, now: Time, line: &str, then: Expecting) {
        // A line end within an address would make two commands of one.
        let mut octets: Vec<u8> = line.bytes().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
        octets.extend_from_slice(b"\r\n");
        self.out.push_back(Out::Send(octets));
        self.expect(now, then);
    }

    /// Tells the outcome of every recipient that has none yet.
    fn all_failed(&mut self, failure: &ClientFailure) {
        self.settle(|_| true, &Err(failure.clone()));
    }

    fn settle(&mut self, which: impl Fn(Recipient) -> bool, outcome: &Result<Reply, ClientFailure>) {
        for (to, state) in self.config.to.iter().zip(&mut self.recipients) {
            if *state != Recipient::Done && which(*state) {
                *state = Recipient::Done;
                self.out.push_back(Out::Delivery { to: to.clone(), outcome: outcome.clone() });
            }
        }
    }

    fn close(&mut self, why: CloseReason) {
        self.out.push_back(Out::Close(why));
        self.state = Expecting::Nothing;
        self.deadline = None;
        self.input = ReplyReader::new();
    }

    /// The connection is of no more use.
    fn lost(&mut self, failure: &ClientFailure, why: CloseReason) {
        if !matches!(self.state, Expecting::Start | Expecting::Nothing) {
            self.all_failed(failure);
            self.close(why);
        }
    }

    fn quit(&mut self, now: Time) {
        self.send(now, "QUIT", Expecting::Quit);
    }

    /// The transaction is over for everybody: a refusal of the session, of MAIL or of DATA.
    fn refused(&mut self, now: Time, reply: Reply) {
        let gone = reply.code == 421;
        self.all_failed(&ClientFailure::Reply(reply));
        // After 421 the server closes by itself (RFC 5321 section 3.8).
        if gone { self.close(CloseReason::Closed) } else { self.quit(now) }
    }

    fn heard(&mut self, now: Time, reply: Reply) {
        let positive = reply.code / 100 == 2;
        match self.state {
            Expecting::Start | Expecting::Nothing => {}
            Expecting::Quit => self.close(CloseReason::Closed),
            _ if reply.code == 421 => self.refused(now, reply),
            Expecting::Greeting if positive => {
                let hello = format!("EHLO {}", self.config.name);
                self.send(now, &hello, Expecting::Ehlo);
            }
            Expecting::Ehlo if positive => self.mail(now, Some(&reply)),
            Expecting::Ehlo if reply.code / 100 == 5 => {
                let hello = format!("HELO {}", self.config.name);
                self.send(now, &hello, Expecting::Helo);
            }
            Expecting::Helo if positive => self.mail(now, None),
            Expecting::Mail if positive => self.rcpt(now, 0),
            Expecting::Rcpt(n) => self.rcpt_heard(now, n, reply),
            Expecting::Data if reply.code == 354 => {
                self.out.push_back(Out::Send(stuffed(&self.config.message)));
                self.expect(now, Expecting::Verdict);
            }
            Expecting::Verdict if positive => {
                self.settle(|r| r == Recipient::Accepted, &Ok(reply));
                self.quit(now);
            }
            _ => self.refused(now, reply),
        }
    }

    /// MAIL, with the parameters that the server's EHLO reply offers and the message asks for.
    fn mail(&mut self, now: Time, offer: Option<&Reply>) {
        let offers = |keyword: &str| {
            let lines = offer.iter().flat_map(|reply| reply.lines.iter().skip(1));
            lines.filter_map(|l| l.split(' ').next()).any(|word| word.eq_ignore_ascii_case(keyword))
        };
        let mut line = format!("MAIL FROM:{}", self.config.from);
        if offers("SIZE") {
            line.push_str(&format!(" SIZE={}", self.config.message.len()));
        }
        if offers("8BITMIME") && !self.config.message.is_ascii() {
            line.push_str(" BODY=8BITMIME");
        }
        let params = &self.config.params;
        if offers("SMTPUTF8") && params.smtputf8 {
            line.push_str(" SMTPUTF8");
        }
        self.dsn = offers("DSN");
        if self.dsn {
            line.extend(params.ret.map(|ret| format!(" RET={}", ret.name())));
            line.extend(params.envid.as_ref().map(|envid| format!(" ENVID={}", xtext::encode(envid))));
        }
        self.send(now, &line, Expecting::Mail);
    }

    /// The next recipient; after the last, the message, if anybody is to have it.
    fn rcpt(&mut self, now: Time, n: usize) {
        match self.config.to.get(n).map(|to| format!("RCPT TO:{to}{}", self.asked_for(n))) {
            Some(line) => self.send(now, &line, Expecting::Rcpt(n)),
            None if self.recipients.contains(&Recipient::Accepted) => self.send(now, "DATA", Expecting::Data),
            None => self.quit(now),
        }
    }

    /// The parameters of RCPT for the recipient of this number (RFC 3461 section 5.2.1: what was not asked for is not
    /// made up).
    fn asked_for(&self, n: usize) -> String {
        let mut text = String::new();
        if let Some(params) = self.config.rcpt_params.get(n).filter(|_| self.dsn) {
            let notify: Vec<&str> = params.notify.iter().map(|n| n.name()).collect();
            if !notify.is_empty() {
                text.push_str(&format!(" NOTIFY={}", notify.join(",")));
            }
            text.extend(params.orcpt.as_ref().map(|orcpt| format!(" ORCPT={orcpt}")));
        }
        text
    }

    fn rcpt_heard(&mut self, now: Time, n: usize, reply: Reply) {
        if let (Some(to), Some(state)) = (self.config.to.get(n), self.recipients.get_mut(n)) {
            if reply.code / 100 == 2 {
                *state = Recipient::Accepted;
            } else {
                *state = Recipient::Done;
                let outcome = Err(ClientFailure::Reply(reply));
                self.out.push_back(Out::Delivery { to: to.clone(), outcome });
            }
        }
        self.rcpt(now, n + 1);
    }
}

/// The message as it travels: dot-stuffed, its last line ended, and the lone dot (RFC 5321 section 4.5.2).
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut octets = dot_stuffed(message);
    if !message.is_empty() && !message.ends_with(b"\r\n") {
        octets.extend_from_slice(b"\r\n");
    }
    octets.extend_from_slice(b".\r\n");
    octets
}

impl Session for ClientSession {
    fn start(&mut self, now: Time) {
        if self.state == Expecting::Start {
            self.expect(now, Expecting::Greeting);
        }
    }

    fn feed(&mut self, now: Time, octets: &[u8]) {
        self.input.feed(octets);
        while !matches!(self.state, Expecting::Start | Expecting::Nothing) {
            match self.input.next() {
                Incoming::More => break,
                Incoming::Reply(reply) => self.heard(now, reply),
                Incoming::Garbage => self.lost(&ClientFailure::ConnectionLost, CloseReason::Lost),
            }
        }
        if self.state == Expecting::Nothing {
            self.input = ReplyReader::new();
        }
    }

    fn tls_started(&mut self, _now: Time, _tls: &TlsSession) {}

    fn end_of_input(&mut self, _now: Time) {
        self.lost(&ClientFailure::ConnectionLost, CloseReason::Closed);
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
