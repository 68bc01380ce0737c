//! What a running program has in its hands: the network, the files, the shell's state, and its three descriptors.

use super::complete::known::Known;
use super::files::Files;
use super::net::Net;
use super::screen::{OUTPUT_LIMIT, Screen};
use super::shell::env::Env;
use crate::event::{CloseReason, DnsFailure, Event, Limit, Question, TlsEvent};
use crate::mail::certificate::CertificateFault;
use crate::mail::{Message, certificate};
use crate::proto::dns::Response;
use crate::units::{Bytes, ConnId, Offset, Stream, TermId, Time, Zone};
use crate::world::{AccountSetup, ClientHello};
use std::net::IpAddr;
use std::sync::Arc;

/// How many octets wait in a pipe at most; what comes beyond is lost, as no program here writes for ever.
pub(super) const PIPE_LIMIT: usize = 4 << 20;

/// The machine behind all terminals.
#[derive(Debug)]
pub(super) struct Machine {
    /// Its name, fully qualified.
    pub(super) name: String,
    /// Its address.
    pub(super) ip: IpAddr,
    /// The user's name.
    pub(super) user: String,
    /// The name server it asks.
    pub(super) resolver: IpAddr,
    /// Its time zone.
    pub(super) zone: Zone,
    /// The account its mail program is set up with.
    pub(super) account: Option<Arc<AccountSetup>>,
    /// Its files.
    pub(super) files: Files,
    /// How many DNS messages it has sent; each gets a number of its own from it.
    pub(super) queries: u64,
    /// The names that have stood on its screens.
    pub(super) known: Known,
    /// Randomness for its programs, from the first use on.
    pub(super) random: Option<Box<Stream>>,
}

impl Machine {
    /// The first label of its name.
    pub(super) fn short_name(&self) -> &str {
        self.name.split('.').next().unwrap_or(&self.name)
    }

    /// The rest of its name, in which names of one label are looked up.
    pub(super) fn domain(&self) -> Option<&str> {
        self.name.split_once('.').map(|(_, domain)| domain).filter(|d| !d.is_empty())
    }
}

/// Where a descriptor leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sink {
    /// The terminal.
    Screen,
    /// The next program.
    Pipe,
    /// A file.
    File(String),
    /// Somewhere that nobody sees: a file on another machine.
    Nowhere,
}

/// Standard output and standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outputs {
    /// Standard output.
    pub(super) out: Sink,
    /// Standard error.
    pub(super) err: Sink,
}

/// What a running program has in its hands.
pub(super) struct Io<'a> {
    /// The world.
    pub(super) net: &'a mut dyn Net,
    /// The workstation.
    pub(super) machine: &'a mut Machine,
    /// The shell it was started by.
    pub(super) env: &'a mut Env,
    /// The terminal's screen.
    pub(super) screen: &'a mut Screen,
    /// The terminal.
    pub(super) term: TermId,
    /// Where the program writes.
    pub(super) outputs: Outputs,
    /// The program reads from the terminal.
    pub(super) interactive: bool,
    /// What was written into the pipe.
    pub(super) pipe: Vec<u8>,
    /// A write to a file failed; told once for each program.
    pub(super) write_failed: bool,
}

impl<'a> Io<'a> {
    /// For what runs at a terminal: it reads there and writes on its screen, until a command is redirected.
    pub(super) fn on_screen(
        net: &'a mut dyn Net,
        machine: &'a mut Machine,
        env: &'a mut Env,
        screen: &'a mut Screen,
        term: TermId,
    ) -> Io<'a> {
        let outputs = Outputs { out: Sink::Screen, err: Sink::Screen };
        Io {
            net,
            machine,
            env,
            screen,
            term,
            outputs,
            interactive: true,
            pipe: Vec::new(),
            write_failed: false,
        }
    }
}

impl Io<'_> {
    /// The time.
    pub(super) fn now(&self) -> Time {
        self.net.now()
    }

    /// How far the clock is from UTC now.
    pub(super) fn offset(&self) -> Offset {
        self.machine.zone.at(self.now())
    }

    /// Writes octets to standard output.
    pub(super) fn out(&mut self, octets: &[u8]) {
        let sink = self.outputs.out.clone();
        self.write(&sink, octets);
    }

    /// Writes octets that came over a connection to standard output.
    pub(super) fn out_from(&mut self, conn: ConnId, octets: &[u8]) {
        if self.outputs.out == Sink::Screen {
            self.flush();
            self.screen.write(octets);
            self.flush_from(Some(conn));
        } else {
            self.out(octets);
        }
    }

    /// Writes text to standard output.
    pub(super) fn print(&mut self, text: &str) {
        self.out(text.as_bytes());
    }

    /// Writes text to standard error.
    pub(super) fn complain(&mut self, text: &str) {
        let sink = self.outputs.err.clone();
        self.write(&sink, text.as_bytes());
    }

    /// A word of helo's own, which the real program would not say: always on the terminal, on a line of its own.
    pub(super) fn hint(&mut self, text: &str) {
        self.screen.write(format!("helo: {text}\n").as_bytes());
    }

    fn write(&mut self, sink: &Sink, octets: &[u8]) {
        match sink {
            Sink::Screen => self.screen.write(octets),
            Sink::Nowhere => {}
            Sink::Pipe => {
                let room = PIPE_LIMIT.saturating_sub(self.pipe.len());
                self.pipe.extend_from_slice(octets.get(..room).unwrap_or(octets));
            }
            Sink::File(name) => {
                if let Err(fault) = self.machine.files.append(name, octets)
                    && !std::mem::replace(&mut self.write_failed, true)
                {
                    self.screen.write(format!("write error: {fault}\n").as_bytes());
                    let at = super::files::FILE_LIMIT as u64;
                    self.log(Event::LimitReached { limit: Limit::FileOctets, at });
                }
            }
        }
    }

    /// Prints what the screen has collected.
    pub(super) fn flush(&mut self) {
        self.flush_from(None);
    }

    fn flush_from(&mut self, conn: Option<ConnId>) {
        let text = self.screen.take();
        let term = self.term;
        if !text.is_empty() {
            self.machine.known.read(&text);
            if let Some(conn) = conn {
                let known = &mut self.machine.known;
                self.screen.heard.hear(conn, &text, |folder| known.folder(folder));
            }
            self.net.log(Event::Printed { term, text, conn });
        }
        if self.screen.take_cut() {
            let text = format!(
                "\nhelo: more than {} KiB for one input; what came after that is not shown\n",
                OUTPUT_LIMIT >> 10
            );
            self.net.log(Event::Printed { term, text, conn: None });
            self.net.log(Event::LimitReached { limit: Limit::OutputOctets, at: OUTPUT_LIMIT as u64 });
        }
    }

    /// Writes an event into the transcript, after what was printed before it.
    pub(super) fn log(&mut self, event: Event) {
        self.flush();
        self.net.log(event);
    }

    /// Looks at what a server has shown: does it lead to one of `roots`, is it valid now, is it for `name`? What was found
    /// stands in the transcript; whether the program goes on is its own affair.
    pub(super) fn verify(
        &mut self,
        conn: ConnId,
        chain: &[Bytes],
        roots: &[&[u8]],
        name: Option<&str>,
    ) -> Result<(), CertificateFault> {
        let found = certificate::verify(chain, roots, name, self.now());
        let (name, fault) = (name.map(str::to_owned), found.clone().err());
        self.log(Event::Tls { conn, what: TlsEvent::Verified { name, fault } });
        found
    }

    /// Asks a name server.
    pub(super) fn resolve(&mut self, server: IpAddr, question: Question) -> Result<Response, DnsFailure> {
        self.flush();
        self.machine.queries += 1;
        self.net.resolve(server, question)
    }

    /// Opens a connection.
    pub(super) fn connect(&mut self, to: IpAddr, port: u16) -> ConnId {
        self.flush();
        let conn = self.net.connect(to, port);
        self.net.belongs_to(conn, self.term);
        conn
    }

    /// Says who wrote the mail that this connection is about to carry.
    pub(super) fn hands_over(&mut self, conn: ConnId, message: Message) {
        self.net.hands_over(conn, message);
    }

    /// Sends octets.
    pub(super) fn send(&mut self, conn: ConnId, octets: &[u8]) {
        self.flush();
        self.net.send(conn, octets);
    }

    /// Begins a TLS handshake.
    pub(super) fn start_tls(&mut self, conn: ConnId, hello: &ClientHello) {
        self.flush();
        self.net.start_tls(conn, hello);
    }

    /// Random octets.
    pub(super) fn random(&mut self, octets: usize) -> Vec<u8> {
        let net = &*self.net;
        let stream =
            self.machine.random.get_or_insert_with(|| Box::new(net.stream("programs of the workstation")));
        let mut drawn = Vec::with_capacity(octets.saturating_add(8));
        while drawn.len() < octets {
            drawn.extend(stream.bits().to_le_bytes());
        }
        drawn.truncate(octets);
        drawn
    }

    /// Nothing more will be sent.
    pub(super) fn finish(&mut self, conn: ConnId) {
        self.flush();
        self.net.finish(conn);
    }

    /// Closes a connection.
    pub(super) fn close(&mut self, conn: ConnId, why: CloseReason) {
        self.flush();
        self.net.close(conn, why);
    }
}
