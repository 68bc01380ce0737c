//! What `s_client -starttls` says before the handshake, in plain text.

use super::super::super::io::Io;
use crate::units::ConnId;

/// The longest answer that is kept.
const KEPT: usize = 16 << 10;

/// A protocol with an upgrade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    /// RFC 3207.
    Smtp,
    /// The same with LHLO (RFC 2033).
    Lmtp,
    /// RFC 2595 section 4.
    Pop3,
    /// RFC 2595 section 3, RFC 3501 section 6.2.1.
    Imap,
}

/// All protocols that the real one knows, in its order; `None`: not in this lab.
pub(super) const PROTOCOLS: [(&str, Option<Protocol>); 14] = [
    ("smtp", Some(Protocol::Smtp)),
    ("pop3", Some(Protocol::Pop3)),
    ("imap", Some(Protocol::Imap)),
    ("ftp", None),
    ("xmpp", None),
    ("xmpp-server", None),
    ("telnet", None),
    ("irc", None),
    ("mysql", None),
    ("postgres", None),
    ("lmtp", Some(Protocol::Lmtp)),
    ("nntp", None),
    ("sieve", None),
    ("ldap", None),
];

/// How far the dialogue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Greeting,
    /// What the server can do.
    Offers,
    /// The answer to the command itself.
    Go,
}

/// The dialogue before the handshake.
#[derive(Debug)]
pub(super) struct Starttls {
    protocol: Protocol,
    name: String,
    state: State,
    offered: bool,
    /// What came and is no whole line yet.
    partial: Vec<u8>,
    /// The line that stays in the buffer, and is shown after the handshake.
    pub(super) last: Vec<u8>,
    /// Octets that came and went, for the report.
    pub(super) read: usize,
    /// The same, sent.
    pub(super) sent: usize,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Wait for more.
    Wait,
    /// The handshake.
    Handshake {
        /// The server did not offer it.
        unoffered: bool,
    },
}

impl Starttls {
    /// The dialogue of a protocol; `name` goes into EHLO.
    pub(super) fn new(protocol: Protocol, name: Option<String>) -> Starttls {
        Starttls {
            protocol,
            name: name.unwrap_or_else(|| "mail.example.com".to_owned()),
            state: State::Greeting,
            offered: false,
            partial: Vec::new(),
            last: Vec::new(),
            read: 0,
            sent: 0,
        }
    }

    /// Octets of the server.
    pub(super) fn feed(&mut self, io: &mut Io, conn: ConnId, octets: &[u8]) -> Next {
        self.read += octets.len();
        let room = KEPT.saturating_sub(self.partial.len());
        self.partial.extend_from_slice(octets.get(..room).unwrap_or(octets));
        while let Some(end) = self.partial.iter().position(|b| *b == b'\n') {
            let line: Vec<u8> = self.partial.drain(..=end).collect();
            if let Some(next) = self.line(io, conn, line) {
                return next;
            }
        }
        Next::Wait
    }

    /// A whole line; what follows from it.
    fn line(&mut self, io: &mut Io, conn: ConnId, line: Vec<u8>) -> Option<Next> {
        let more = match (self.protocol, self.state) {
            (Protocol::Smtp | Protocol::Lmtp, _) => line.get(3) == Some(&b'-'),
            (Protocol::Imap, State::Offers) => !line.starts_with(b"."),
            _ => false,
        };
        if self.state == State::Offers && line.windows(8).any(|w| w == b"STARTTLS") {
            self.offered = true;
        }
        if self.state != State::Go {
            self.last.clone_from(&line);
        } else if self.protocol == Protocol::Pop3 {
            // s_client shows as much of the greeting as this answer is long.
            self.last.truncate(line.len());
        }
        if more {
            return None;
        }
        let name = &self.name;
        let (say, state) = match (self.protocol, self.state) {
            (_, State::Go) => {
                return Some(Next::Handshake { unoffered: self.protocol != Protocol::Pop3 && !self.offered });
            }
            (Protocol::Smtp, State::Greeting) => (format!("EHLO {name}\r\n"), State::Offers),
            (Protocol::Lmtp, State::Greeting) => (format!("LHLO {name}\r\n"), State::Offers),
            (Protocol::Imap, State::Greeting) => (". CAPABILITY\r\n".to_owned(), State::Offers),
            (Protocol::Pop3, _) => ("STLS\r\n".to_owned(), State::Go),
            (Protocol::Smtp | Protocol::Lmtp, State::Offers) => ("STARTTLS\r\n".to_owned(), State::Go),
            (Protocol::Imap, State::Offers) => (". STARTTLS\r\n".to_owned(), State::Go),
        };
        if state == State::Go && self.protocol != Protocol::Pop3 && !self.offered {
            io.complain("Didn't find STARTTLS in server response, trying anyway...\n");
        }
        self.state = state;
        self.sent += say.len();
        io.send(conn, say.as_bytes());
        None
    }
}
