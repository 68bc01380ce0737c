//! A letter on its way out: the SMTP client's session with the server of the account, shown line by line where that is
//! wanted.

use super::super::super::io::Io;
use super::call::{Call, Rung, distrust};
use crate::event::{CloseReason, LegTrouble, Reply, TlsFailure};
use crate::mail::{ForwardPath, Message};
use crate::proto::smtp::{ClientFailure, ClientSession};
use crate::proto::{Out, Session};
use crate::units::{ConnId, Time};
use crate::world::{AccountSetup, Notice};

/// A letter on its way out.
#[derive(Debug)]
pub(super) struct Sending {
    session: ClientSession,
    call: Call,
    /// Show each line of the dialogue.
    verbose: bool,
    outcomes: Vec<(ForwardPath, Result<Reply, ClientFailure>)>,
    /// Why it failed, where the session itself does not know.
    said: Option<String>,
    over: bool,
    /// The letter, with who wrote what of it.
    letter: Option<Message>,
}

/// What became of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// It is under way.
    Waiting,
    /// Everybody's mail was taken.
    Done,
    /// These things went wrong, each in a line.
    Failed(Vec<String>),
}

impl Sending {
    /// Calls the server.
    pub(super) fn begin(
        io: &mut Io,
        account: &AccountSetup,
        session: ClientSession,
        letter: Message,
        verbose: bool,
    ) -> (Sending, Sent) {
        let (call, rung) = Call::begin(io, &account.submission);
        let mut sending = Sending {
            session,
            call,
            verbose,
            outcomes: Vec::new(),
            said: None,
            over: false,
            letter: Some(letter),
        };
        let sent = sending.rung(io, rung);
        (sending, sent)
    }

    /// The connection its dialogue goes over.
    pub(super) fn conn(&self) -> Option<ConnId> {
        self.call.conn()
    }

    fn rung(&mut self, io: &mut Io, rung: Rung) -> Sent {
        match rung {
            Rung::Nothing => Sent::Waiting,
            Rung::Failed(said) => Sent::Failed(vec![said]),
            Rung::Connected => {
                if let (Some(conn), Some(letter)) = (self.call.conn(), self.letter.take()) {
                    io.hands_over(conn, letter);
                }
                self.session.start(io.now());
                self.go_on(io)
            }
        }
    }

    /// Carries out what the session wants.
    fn go_on(&mut self, io: &mut Io) -> Sent {
        while let Some(out) = self.session.poll() {
            match out {
                Out::Send(octets) => {
                    self.show(io, ">>> ", &octets);
                    self.call.send(io, &octets);
                }
                Out::StartTls => self.call.start_tls(io),
                Out::Delivery { to, outcome } => self.outcomes.push((to, outcome)),
                Out::Close(why) => {
                    self.call.close(io, why);
                    self.over = true;
                }
                _ => {}
            }
        }
        if self.over { self.result() } else { Sent::Waiting }
    }

    fn show(&self, io: &mut Io, before: &str, octets: &[u8]) {
        if self.verbose {
            for line in String::from_utf8_lossy(octets).lines() {
                io.print(&format!("{before}{line}\n"));
            }
        }
    }

    fn result(&self) -> Sent {
        if let Some(said) = &self.said {
            return Sent::Failed(vec![said.clone()]);
        }
        let mut failed: Vec<String> = Vec::new();
        for (_, outcome) in &self.outcomes {
            let Err(why) = outcome else { continue };
            for line in explained(why) {
                if !failed.contains(&line) {
                    failed.push(line);
                }
            }
        }
        if failed.is_empty() { Sent::Done } else { Sent::Failed(failed) }
    }

    /// News of its connection.
    pub(super) fn notice(&mut self, io: &mut Io, notice: &Notice) -> Sent {
        let now = io.now();
        match notice {
            Notice::Data(_, octets) => {
                self.show(io, "", octets);
                self.session.feed(now, octets);
            }
            Notice::Secured(_, secured) => match self.call.trusts(io, secured) {
                Ok(()) => self.session.tls_started(now, &secured.session),
                Err(fault) => {
                    self.said = Some(distrust(&fault));
                    self.session.tls_failed(now, TlsFailure::CertificateRefused);
                }
            },
            Notice::TlsFailed(_, why) => self.session.tls_failed(now, *why),
            Notice::Closed(..) => {
                self.call.notice(io, notice);
                self.session.end_of_input(now);
                self.over = true;
            }
            Notice::Connected(_) | Notice::Failed(..) => {
                let rung = self.call.notice(io, notice);
                return self.rung(io, rung);
            }
        }
        self.go_on(io)
    }

    /// Time has passed.
    pub(super) fn wake(&mut self, io: &mut Io) -> Sent {
        match self.call.wake(io) {
            Rung::Nothing => {
                self.session.wake(io.now());
                self.go_on(io)
            }
            rung => self.rung(io, rung),
        }
    }

    /// When it wants to go on by itself.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.call.next_wakeup().or_else(|| self.session.next_wakeup())
    }

    /// It is ended from outside.
    pub(super) fn stop(&mut self, io: &mut Io) {
        self.call.close(io, CloseReason::Lost);
    }
}

/// Why a recipient was not taken, as s-nail says it.
fn explained(why: &ClientFailure) -> Vec<String> {
    let server = |reply: &Reply| {
        let code = reply.code;
        let status = reply.enhanced.map(|e| format!("{}.{}.{} ", e.0, e.1, e.2)).unwrap_or_default();
        reply.lines.iter().map(|line| format!("SMTP server: {code} {status}{line}")).collect::<Vec<_>>()
    };
    let one = |said: &str| vec![said.to_owned()];
    match why {
        ClientFailure::Reply(reply) => server(reply),
        ClientFailure::ConnectionLost => one("SMTP server: unexpected EOF"),
        ClientFailure::TimedOut => one("SMTP server: timeout"),
        ClientFailure::Trouble(trouble) => match trouble {
            LegTrouble::TurnedAway(reply)
            | LegTrouble::TlsRefused(reply)
            | LegTrouble::LoginRefused(reply) => server(reply),
            LegTrouble::TlsNotOffered => one("SMTP server does not offer STARTTLS"),
            LegTrouble::Handshake(_) => one("TLS handshake failed"),
            LegTrouble::Certificate(fault) => vec![distrust(fault)],
            LegTrouble::NoMechanism => one("SMTP server offers no usable AUTH mechanism"),
            LegTrouble::LoginBroken(_) => one("SMTP AUTH: the server could not be believed"),
            LegTrouble::NoSmtpUtf8 => one("SMTP server does not offer SMTPUTF8, which an address needs"),
            LegTrouble::TooBig { limit } => {
                vec![format!("SMTP server takes no message beyond {limit} octets")]
            }
        },
    }
}
