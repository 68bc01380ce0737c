//! The mailbox while it is read: the connection to its server, and the messages on the desk.

use super::super::super::io::Io;
use super::call::{Call, Rung, distrust};
use super::desk::Desk;
use super::fetch::{Fetch, Want};
use crate::event::CloseReason;
use crate::units::{ConnId, Time};
use crate::world::{AccountSetup, Door, Fetching, Notice};
use std::time::Duration;

/// How long the server may take to answer: s-nail has no bound, and a lab needs one.
const PATIENCE: Duration = Duration::from_secs(300);

/// The mailbox while it is read.
#[derive(Debug)]
pub(super) struct Reader {
    call: Call,
    fetch: Fetch,
    /// The messages, once they are here.
    pub(super) desk: Desk,
    name: String,
    verbose: bool,
    tls_first: bool,
    interactive: bool,
    /// The server is to answer until then.
    until: Option<Time>,
    /// What was said when the connection went while one was reading.
    lost: Option<String>,
    opened: bool,
    /// What was done counts.
    keep: bool,
}

/// How the mailbox stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ReaderStep {
    /// Something is under way, or nothing has changed.
    Waiting,
    /// The messages are here.
    Opened,
    /// It is closed; where something went wrong, in these words.
    Closed(Option<String>),
}

impl Reader {
    /// Calls the server.
    pub(super) fn open(
        io: &mut Io,
        account: &AccountSetup,
        kind: Fetching,
        door: &Door,
        verbose: bool,
    ) -> (Reader, ReaderStep) {
        let scheme = match (kind, door.tls_first) {
            (Fetching::Pop3, false) => "pop3",
            (Fetching::Pop3, true) => "pop3s",
            (Fetching::Imap, false) => "imap",
            (Fetching::Imap, true) => "imaps",
        };
        let (call, rung) = Call::begin(io, door);
        let mut reader = Reader {
            call,
            fetch: Fetch::new(account, kind),
            desk: Desk::default(),
            name: format!("{scheme}://{}@{}:{}", account.owner.address.local, door.host, door.port),
            verbose,
            tls_first: door.tls_first,
            interactive: io.interactive,
            until: None,
            lost: None,
            opened: false,
            keep: false,
        };
        let step = reader.rung(io, rung);
        (reader, step)
    }

    /// The mailbox, as s-nail names it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The connection to its server.
    pub(super) fn conn(&self) -> Option<ConnId> {
        self.call.conn()
    }

    /// What is shown once the messages are here.
    pub(super) fn greet(&self, io: &mut Io, interactive: bool) {
        if interactive {
            io.print(&format!(
                "s-nail version v14.9.24.  Type `?' for help\n{}: {}\n",
                self.name,
                self.desk.summary()
            ));
            self.list(io);
        }
        self.prompt(io);
    }

    /// The list of messages.
    pub(super) fn list(&self, io: &mut Io) {
        let (zone, now) = (io.machine.zone, io.now());
        io.print(&self.desk.list(zone, now));
    }

    /// The prompt, where somebody sits there.
    pub(super) fn prompt(&self, io: &mut Io) {
        if self.interactive {
            io.print("? ");
        }
    }

    fn rung(&mut self, io: &mut Io, rung: Rung) -> ReaderStep {
        match rung {
            Rung::Nothing => ReaderStep::Waiting,
            Rung::Failed(said) => ReaderStep::Closed(Some(said)),
            Rung::Connected => {
                self.until = Some(io.now().plus(PATIENCE));
                if self.tls_first {
                    self.call.start_tls(io);
                }
                ReaderStep::Waiting
            }
        }
    }

    fn go_on(&mut self, io: &mut Io) -> ReaderStep {
        while let Some(want) = self.fetch.poll() {
            self.until = Some(io.now().plus(PATIENCE));
            match want {
                Want::Send(line) => {
                    if self.verbose {
                        io.print(&format!(">>> {line}\n"));
                    }
                    self.call.send(io, format!("{line}\r\n").as_bytes());
                }
                Want::StartTls => self.call.start_tls(io),
                Want::Opened => {
                    self.until = None;
                    self.opened = true;
                    self.desk = Desk::new(std::mem::take(&mut self.fetch.items));
                    return ReaderStep::Opened;
                }
                Want::Done => {
                    self.until = None;
                    self.call.close(io, CloseReason::Closed);
                    if self.keep {
                        io.print(&format!("{} updated.\n", self.name));
                    }
                    return ReaderStep::Closed(None);
                }
                Want::Failed(said) => {
                    self.until = None;
                    self.call.close(io, CloseReason::Closed);
                    if self.opened && !self.keep {
                        // One goes on reading what is there; what is done in it is lost.
                        self.lost = Some(said);
                        return ReaderStep::Waiting;
                    }
                    return ReaderStep::Closed(Some(said));
                }
            }
        }
        ReaderStep::Waiting
    }

    /// Closes the mailbox, having told the server what was read and deleted where `keep` says so.
    pub(super) fn close(&mut self, io: &mut Io, keep: bool) -> ReaderStep {
        let (read, deleted) = (self.desk.places(false), self.desk.places(true));
        if let Some(said) = self.lost.take() {
            if keep && !(deleted.is_empty() && read.is_empty()) {
                io.hint("the server had hung up long before, so that nothing was deleted or marked there");
            }
            return ReaderStep::Closed(Some(said));
        }
        if keep {
            self.keep = !(deleted.is_empty() && read.is_empty());
            self.fetch.finish(self.desk.count(), &read, &deleted);
        } else {
            self.fetch.finish(self.desk.count(), &[], &[]);
        }
        self.go_on(io)
    }

    /// News of its connection.
    pub(super) fn notice(&mut self, io: &mut Io, notice: &Notice) -> ReaderStep {
        match notice {
            Notice::Data(_, octets) => {
                if self.verbose {
                    for line in String::from_utf8_lossy(octets).lines() {
                        io.print(&format!("{line}\n"));
                    }
                }
                self.fetch.feed(octets);
            }
            Notice::Secured(_, secured) => match self.call.trusts(io, secured) {
                Ok(()) if self.tls_first => self.fetch.secured_first(),
                Ok(()) => self.fetch.tls_started(),
                Err(fault) => {
                    self.call.close(io, CloseReason::Closed);
                    return ReaderStep::Closed(Some(distrust(&fault)));
                }
            },
            Notice::TlsFailed(..) => {
                self.call.close(io, CloseReason::Closed);
                return ReaderStep::Closed(Some("TLS handshake failed".to_owned()));
            }
            Notice::Closed(..) => {
                self.call.notice(io, notice);
                self.fetch.lost();
            }
            Notice::Connected(_) | Notice::Failed(..) => {
                let rung = self.call.notice(io, notice);
                return self.rung(io, rung);
            }
        }
        self.go_on(io)
    }

    /// Time has passed.
    pub(super) fn wake(&mut self, io: &mut Io) -> ReaderStep {
        if self.until.is_some_and(|until| io.now() >= until) {
            self.until = None;
            self.call.close(io, CloseReason::Closed);
            return ReaderStep::Closed(Some("the server does not answer".to_owned()));
        }
        let rung = self.call.wake(io);
        self.rung(io, rung)
    }

    /// When it wants to go on by itself.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.call.next_wakeup().into_iter().chain(self.until).min()
    }

    /// It is ended from outside.
    pub(super) fn stop(&mut self, io: &mut Io) {
        self.call.close(io, CloseReason::Lost);
    }
}
