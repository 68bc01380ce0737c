//! A host for one POP3 session: one mailbox, one connection, everything it said written down.

#![allow(dead_code, reason = "each test uses its part")]

use helo::event::{CloseReason, PolicyVerdict, Pop3Exchange, TlsSession, TlsVersion};
use helo::mail::sasl::Salted;
use helo::proto::pop3::{ServerConfig, ServerSession};
use helo::proto::{Answer, Ask, AskId, MaildropMessage, Out, Session};
use helo::units::{MessageId, Time};
use std::time::Duration;

/// Its mailbox.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mailbox {
    pub(crate) user: String,
    pub(crate) password: String,
    /// Unique ids and octets.
    pub(crate) messages: Vec<(String, Vec<u8>)>,
    pub(crate) locked: bool,
    /// The nonce that the host gives out.
    pub(crate) nonce: String,
}

/// The host, with what came of the session so far.
pub(crate) struct Host {
    pub(crate) session: ServerSession,
    pub(crate) mailbox: Mailbox,
    pub(crate) now: Time,
    pub(crate) sent: Vec<u8>,
    pub(crate) exchanges: Vec<Pop3Exchange>,
    pub(crate) removed: Option<Vec<u32>>,
    pub(crate) closed: Option<CloseReason>,
    /// Questions wait until they are asked for.
    pub(crate) slow: bool,
    pub(crate) open: Option<(AskId, Ask)>,
    /// A handshake is due: nothing may be fed before it.
    pub(crate) tls_due: bool,
}

impl Host {
    pub(crate) fn new(config: &ServerConfig, mailbox: Mailbox) -> Host {
        Host::with(ServerSession::new(config), mailbox)
    }

    pub(crate) fn with(session: ServerSession, mailbox: Mailbox) -> Host {
        let mut host = Host {
            session,
            mailbox,
            now: Time(0),
            sent: Vec::new(),
            exchanges: Vec::new(),
            removed: None,
            closed: None,
            slow: false,
            open: None,
            tls_due: false,
        };
        host.session.start(host.now);
        host.take();
        host
    }

    /// Octets arrive; in the clear where a handshake is due, they go nowhere.
    pub(crate) fn feed(&mut self, octets: &[u8]) {
        if self.tls_due {
            return;
        }
        self.session.feed(self.now, octets);
        self.take();
    }

    /// The handshake that is due succeeds, or comes first.
    pub(crate) fn secure(&mut self) {
        self.tls_due = false;
        let session = TlsSession {
            version: TlsVersion::Tls13,
            cipher: String::new(),
            server_name: None,
            certificate: None,
        };
        self.session.tls_started(self.now, &session);
        self.session.start(self.now);
        self.take();
    }

    pub(crate) fn end(&mut self) {
        self.session.end_of_input(self.now);
        self.take();
    }

    pub(crate) fn wait(&mut self, time: Duration) {
        let until = self.now.plus(time);
        while let Some(at) = self.session.next_wakeup().filter(|at| *at <= until) {
            self.now = at;
            self.session.wake(at);
            self.take();
        }
        self.now = until;
    }

    /// Answers the open question of a slow host.
    pub(crate) fn answer(&mut self) {
        if let Some((id, ask)) = self.open.take() {
            self.decide(id, ask);
            self.take();
        }
    }

    /// Everything sent since the last time.
    pub(crate) fn said(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.sent)
    }

    pub(crate) fn take(&mut self) {
        while let Some(out) = self.session.poll() {
            assert_eq!(self.closed, None, "nothing follows a close: {out:?}");
            match out {
                Out::Send(octets) => self.sent.extend_from_slice(&octets),
                Out::Pop3(exchange) => self.exchanges.push(exchange),
                Out::Close(why) => self.closed = Some(why),
                Out::Ask(id, ask) => {
                    assert_eq!(self.open, None, "one question at a time");
                    if self.slow {
                        self.open = Some((id, ask));
                    } else {
                        self.decide(id, ask);
                    }
                }
                Out::StartTls => self.tls_due = true,
                Out::Smtp(_) | Out::Imap(_) | Out::Delivery { .. } => {
                    panic!("not of a POP3 server: {out:?}")
                }
            }
        }
    }

    fn decide(&mut self, id: AskId, ask: Ask) {
        let mine = |user: &str| user == self.mailbox.user;
        let answer = match ask {
            Ask::Login { user, password } if mine(&user) && password == self.mailbox.password => {
                self.maildrop()
            }
            Ask::Maildrop { user } if mine(&user) => self.maildrop(),
            Ask::Login { .. } | Ask::Maildrop { .. } => Answer::Verdict(PolicyVerdict::No),
            Ask::Numbers { .. } => {
                let nonce = self.mailbox.nonce.clone();
                Answer::Numbers(Salted { nonce, salt: b"salt of the host".to_vec(), iterations: 64 })
            }
            Ask::Authenticate(who) => {
                let may = mine(&who.user) && who.acting_as.as_deref().is_none_or(mine);
                match who.proof.check(&self.mailbox.password).filter(|_| may) {
                    Some(verified) => Answer::Authenticated { user: who.user, verified },
                    None => Answer::Verdict(PolicyVerdict::No),
                }
            }
            Ask::Remove { ids } => {
                self.removed = Some(ids.iter().map(|id| id.0).collect());
                Answer::Verdict(PolicyVerdict::Yes)
            }
            _ => panic!("no question of a POP3 server: {ask:?}"),
        };
        self.session.answer(self.now, id, answer);
    }

    fn maildrop(&self) -> Answer {
        if self.mailbox.locked {
            return Answer::Verdict(PolicyVerdict::Locked { by: None });
        }
        let message = |(id, (uidl, octets)): (u32, &(String, Vec<u8>))| MaildropMessage {
            id: MessageId(id),
            uidl: uidl.clone(),
            crlf: false,
            octets: octets.as_slice().into(),
        };
        let messages = (1..).zip(&self.mailbox.messages).map(message).collect();
        Answer::Maildrop { mailbox: self.mailbox.user.clone(), messages }
    }
}
