//! Recognises the mistakes of the shared catalogue ([`CommonMistake`]) in the learner's own doings, each once in an
//! attempt. A fold like the steps', over the same events; of replies it reads the typed reasons, never the text.

mod message;
mod session;

use super::known::bounded_insert;
use super::seen::Seen;
use crate::event::{CommonMistake as M, Event, Side, TlsEvent, TlsFailure};
use crate::units::{ConnId, EventNo, TermId, Text};
use session::Talk;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Connections and terminals remembered at once; beyond it the oldest is forgotten.
const REMEMBERED: usize = 512;
/// telnet's own port, where a mail server never listens.
const TELNET: u16 = 23;
/// Verbs that nobody types at a shell but by mistake.
const VERBS: &[&str] = &[
    "HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "STARTTLS", "AUTH", "USER", "PASS",
    "STAT", "RETR", "DELE", "UIDL", "CAPA", "APOP", "STLS", "VRFY", "EXPN",
];

/// A mistake that was made, and the event that gave it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Which.
    pub mistake: M,
    /// The event.
    pub event: EventNo,
    /// The scenario's own words for it; else the catalogue's are said.
    pub text: Option<Arc<Text>>,
}

/// What has been recognised, and what must be remembered of earlier events for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Spotter {
    /// In boxes, because a map has room for eleven as soon as there is one.
    talks: BTreeMap<ConnId, Box<Talk>>,
    terminals: BTreeMap<TermId, Terminal>,
    known: BTreeSet<M>,
    slips: Vec<Slip>,
}

/// What runs at a terminal.
#[derive(Debug, Clone, Copy, Default)]
struct Terminal {
    /// `openssl s_client` that reads commands of its own.
    takes_lines: bool,
    /// The command had typographic marks in it.
    typographic: bool,
}

impl Spotter {
    /// What the event shows, or `None`: nothing, or what was said before.
    pub(super) fn spot(&mut self, seen: &Seen<'_>) -> Option<M> {
        let mistake = self.recognise(seen)?;
        (!self.known.contains(&mistake)).then_some(mistake)
    }

    /// It has been said, here or by a step in its own words.
    pub(super) fn said(&mut self, slip: Slip, here: bool) {
        if self.known.insert(slip.mistake) && here {
            self.slips.push(slip);
        }
    }

    /// Everything that was said here, in its order.
    pub(super) fn slips(&self) -> &[Slip] {
        &self.slips
    }

    fn recognise(&mut self, seen: &Seen<'_>) -> Option<M> {
        match seen.event {
            Event::Connected { conn, from, .. } if seen.known.is_workstation(&from.host) => {
                bounded_insert(&mut self.talks, REMEMBERED, *conn, Box::default());
                None
            }
            Event::ConnectFailed { from, to, .. } if seen.known.is_workstation(&from.host) => match to.port {
                _ if to.ip.is_loopback() || seen.known.is_workstation(&to.host) => Some(M::OwnMachine),
                TELNET => Some(M::NoPort),
                _ => None,
            },
            Event::Ran { term, argv } => {
                bounded_insert(&mut self.terminals, REMEMBERED, *term, Terminal::running(argv));
                called(argv)
            }
            Event::Exited { term, program, status } => self.exited(*term, program, *status),
            Event::Typed { term, text, conn: Some(conn) } => self.typed(*term, text, *conn),
            Event::Closed { conn, by, .. } => self.talks.remove(conn)?.closed(*by),
            Event::Tls { conn, what } => self.tls(*conn, what),
            Event::Wire { conn, from: Side::Client, octets, .. } => self.talks.get(conn)?.sent(octets),
            Event::Smtp { conn, exchange } => self.talks.get_mut(conn)?.smtp(exchange),
            Event::Pop3 { conn, exchange } => self.talks.get_mut(conn)?.pop3(exchange),
            Event::Imap { conn, exchange } => self.talks.get_mut(conn)?.imap(exchange),
            _ => None,
        }
    }

    fn exited(&mut self, term: TermId, program: &str, status: u8) -> Option<M> {
        let terminal = self.terminals.remove(&term).unwrap_or_default();
        let verb = VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(program.trim_end_matches(':')));
        match status {
            127 if verb => Some(M::SessionInShell),
            127 if typographic(program.as_bytes()) => Some(M::TypographicMarks),
            1.. if terminal.typographic => Some(M::TypographicMarks),
            _ => None,
        }
    }

    /// What begins with Q or R in capitals never reaches the server while s_client reads commands.
    fn typed(&self, term: TermId, text: &[u8], conn: ConnId) -> Option<M> {
        let takes = self.terminals.get(&term).is_some_and(|t| t.takes_lines);
        let secured = self.talks.get(&conn).is_some_and(|talk| talk.tls);
        (takes && secured && matches!(text.first(), Some(b'Q' | b'R'))).then_some(M::ClientTookLine)
    }

    fn tls(&mut self, conn: ConnId, what: &TlsEvent) -> Option<M> {
        let talk = self.talks.get_mut(&conn)?;
        match what {
            TlsEvent::Established(_) => {
                talk.secured();
                None
            }
            TlsEvent::Failed(TlsFailure::NotAHandshake) if talk.spoken => Some(M::PlainAfterStarttls),
            TlsEvent::Failed(TlsFailure::NotAHandshake) => Some(M::PlainToTlsPort),
            TlsEvent::Failed(TlsFailure::ServerSpeaksPlain) => Some(M::TlsToPlainPort),
            _ => None,
        }
    }
}

impl Terminal {
    fn running(argv: &[String]) -> Terminal {
        let client = matches!(argv, [program, command, ..] if program == "openssl" && command == "s_client");
        let quiet = |word: &String| {
            let option = word.trim_start_matches('-');
            word.starts_with('-') && matches!(option, "quiet" | "nocommands")
        };
        Terminal {
            takes_lines: client && !argv.iter().any(quiet),
            typographic: argv.iter().any(|word| typographic(word.as_bytes())),
        }
    }
}

/// How telnet and nc were told whom to call. That the port is missing is known before anybody has been called, so that a
/// step's own words about the command are enough.
fn called(argv: &[String]) -> Option<M> {
    let [program, words @ ..] = argv else { return None };
    if !matches!(program.as_str(), "telnet" | "nc") {
        return None;
    }
    let colon = |word: &String| {
        let port = word.split_once(':').filter(|(host, _)| !host.is_empty() && !host.starts_with('-'));
        port.is_some_and(|(_, port)| port.bytes().all(|octet| octet.is_ascii_digit()))
    };
    if words.iter().any(colon) {
        return Some(M::PortAfterColon);
    }
    let alone = matches!(words, [host] if !host.starts_with('-') && host != "localhost");
    (alone && program == "telnet").then_some(M::NoPort)
}

/// Quotation marks, dashes and blanks as word processors and phones set them: U+2010 to U+201F, and U+00A0.
fn typographic(octets: &[u8]) -> bool {
    let general = octets.windows(3).any(|w| matches!(w, [0xe2, 0x80, 0x90..=0x9f]));
    general || octets.windows(2).any(|w| w == [0xc2, 0xa0])
}
