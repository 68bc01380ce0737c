//! A host for one POP3 session: one mailbox, one connection, everything it said written down.

#![allow(dead_code, reason = "each test uses its part")]

use helo::event::{CloseReason, PolicyVerdict, Pop3Exchange};
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
        };
        host.session.start(host.now);
        host.take();
        host
    }

    pub(crate) fn feed(&mut self, octets: &[u8]) {
        self.session.feed(self.now, octets);
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

    fn take(&mut self) {
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
                Out::StartTls | Out::Smtp(_) | Out::Delivery { .. } => {
                    panic!("not of a POP3 server: {out:?}")
                }
            }
        }
    }

    fn decide(&mut self, id: AskId, ask: Ask) {
        let answer =
            match ask {
                Ask::Login { user, password }
                    if user == self.mailbox.user && password == self.mailbox.password =>
                {
                    if self.mailbox.locked { Answer::Verdict(PolicyVerdict::Locked) } else { self.maildrop() }
                }
                Ask::Login { .. } => Answer::Verdict(PolicyVerdict::No),
                Ask::Remove { ids } => {
                    self.removed = Some(ids.iter().map(|id| id.0).collect());
                    Answer::Verdict(PolicyVerdict::Yes)
                }
                _ => panic!("no question of a POP3 server: {ask:?}"),
            };
        self.session.answer(self.now, id, answer);
    }

    fn maildrop(&self) -> Answer {
        let message = |(id, (uidl, octets)): (u32, &(String, Vec<u8>))| MaildropMessage {
            id: MessageId(id),
            uidl: uidl.clone(),
            octets: octets.as_slice().into(),
        };
        let messages = (1..).zip(&self.mailbox.messages).map(message).collect();
        Answer::Maildrop { mailbox: self.mailbox.user.clone(), messages }
    }
}
