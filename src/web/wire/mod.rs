//! The Wire tab: what each event of the transcript puts into the drawing of all conversations, small enough to go to the
//! page at once. What somebody looks at closer is fetched: octets ([`bytes`]), and what can be read on the way ([`ears`]).
//!
//! One event is turned into what is drawn of it without looking at any other, so that a page may begin anywhere in the
//! transcript. What belongs together (an answer and its arrow, the lines of a letter) the page itself puts together.

mod bytes;
mod ears;
mod page;
mod secrets;
#[cfg(test)]
mod tests;

pub(super) use page::{bytes_of_connection, octets, overheard};

use super::evidence::data;
use super::protocol::Class;
use super::shown::Shown;
use super::view::{Viewer, class};
use crate::event::{
    CloseReason, Endpoint, Event, ImapExchange, ImapReason, ImapStatus, PolicyVerdict, Pop3Exchange,
    Pop3Reason, Rcode, RecipientVerdict, Side, SmtpCommand, SmtpExchange, SmtpReason, TlsEvent, TlsSession,
};
use crate::explain::{Explainer, Explanation};
use crate::units::{ConnId, MessageId};
use serde::Serialize;

/// How much of one arrow's text goes to the page at once, in octets: the answer to EHLO fits, a letter does not.
const TEXT_OCTETS: usize = 480;
/// How many records of a DNS answer go to the page.
const ANSWERS: usize = 12;
/// How many messages one note names.
const IDS: usize = 50;

/// One end of an arrow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct End {
    host: String,
    ip: String,
    port: u16,
}

/// What is drawn of one event.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Drawn {
    /// A connection.
    Opened { conn: u32, from: End, to: End },
    /// None.
    Failed { conn: u32, from: End, to: End, text: Shown },
    /// Its end.
    Closed { conn: u32, by: Side, why: &'static str, text: Shown },
    /// Octets travelled.
    Octets {
        conn: u32,
        by: Side,
        /// All of them.
        size: usize,
        /// The beginning.
        text: Shown,
        /// There are more than `text` has.
        #[serde(skip_serializing_if = "is_false")]
        cut: bool,
        #[serde(skip_serializing_if = "is_false")]
        tls: bool,
        /// They end with the lone dot.
        #[serde(skip_serializing_if = "is_false")]
        dot: bool,
    },
    /// What arrived instead of the octets before.
    Altered { conn: u32, by: Side, size: usize, text: Shown },
    /// What kind of answer comes next from the server.
    Answer {
        conn: u32,
        class: Class,
        /// A letter may come now.
        #[serde(skip_serializing_if = "is_false")]
        letter: bool,
        /// It answers a letter.
        #[serde(skip_serializing_if = "is_false")]
        whole: bool,
        /// Why the server refuses.
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<Shown>,
    },
    /// Something about TLS: `secured`, `failed`, `good` (the certificate) or `bad`.
    Tls {
        conn: u32,
        state: &'static str,
        text: Shown,
        /// The same in few words: version, suite, the name that was asked for.
        facts: Vec<Shown>,
        /// What the server's certificate says, and whether people on the way could read it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        certificate: Vec<Shown>,
    },
    /// A DNS question and its answer.
    Dns {
        asker: String,
        /// The address of the server that was asked.
        server: String,
        question: Shown,
        ok: bool,
        answers: Vec<Shown>,
        text: Shown,
    },
    /// What a server asked itself.
    Policy { conn: u32, question: Shown, verdict: Shown, yes: bool },
    /// What happened without words on the wire.
    Note {
        kind: &'static str,
        text: Shown,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<Shown>,
        #[serde(skip_serializing_if = "Option::is_none")]
        host: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        conn: Option<u32>,
        /// The messages it is about.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        ids: Vec<u32>,
    },
}

fn is_false(b: &bool) -> bool {
    !b
}

/// What is drawn of this event.
pub(super) fn drawn(viewer: &Viewer, event: &Event) -> Option<Drawn> {
    let e = Explainer::of(viewer.lang);
    Some(match event {
        Event::Connected { conn, from, to } => Drawn::Opened { conn: conn.0, from: end(from), to: end(to) },
        Event::ConnectFailed { conn, from, to, why } => Drawn::Failed {
            conn: conn.0,
            from: end(from),
            to: end(to),
            text: Shown::text(&e.explain_connect(to, *why).text),
        },
        Event::Closed { conn, by, why } => Drawn::Closed {
            conn: conn.0,
            by: *by,
            why: match why {
                CloseReason::Closed => "closed",
                CloseReason::Lost => "lost",
                CloseReason::Idle => "idle",
            },
            text: Shown::text(&e.explain_close(*by, *why).text),
        },
        Event::Wire { conn, from, octets, tls } => {
            let text = beginning(octets);
            Drawn::Octets {
                conn: conn.0,
                by: *from,
                size: octets.len(),
                text: Shown::octets(text),
                cut: text.len() < octets.len(),
                tls: *tls,
                dot: **octets == *b".\r\n" || octets.ends_with(b"\r\n.\r\n"),
            }
        }
        Event::Tampered { conn, from, octets } => Drawn::Altered {
            conn: conn.0,
            by: *from,
            size: octets.len(),
            text: Shown::octets(beginning(octets)),
        },
        Event::Smtp { conn, exchange } => smtp(e, *conn, exchange),
        Event::Pop3 { conn, exchange } => pop3(e, *conn, exchange),
        Event::Imap { conn, exchange } => imap(e, *conn, exchange),
        Event::Tls { conn, what } => tls(e, *conn, what)?,
        Event::Dns { asker, server, question, outcome, answers } => Drawn::Dns {
            asker: asker.clone(),
            server: server.to_string(),
            question: Shown::text(&format!("{} {}", question.qtype, question.name)),
            ok: *outcome == Ok(Rcode::NoError) && !answers.is_empty(),
            answers: answers.iter().take(ANSWERS).map(|r| Shown::text(&data(&r.data))).collect(),
            text: Shown::text(&e.explain_dns(*server, question, outcome, answers).text),
        },
        Event::Policy { conn, question, verdict } => {
            let [question, said] = e.explain_policy(question, verdict);
            Drawn::Policy {
                conn: conn.0,
                question: Shown::text(&question),
                verdict: Shown::text(&said),
                yes: is_yes(verdict),
            }
        }
        _ => note(viewer, e, event)?,
    })
}

/// What happened between the arrows.
fn note(viewer: &Viewer, e: &Explainer, event: &Event) -> Option<Drawn> {
    let (kind, about) = kind(event)?;
    Some(match event {
        Event::Sender { host, what, .. } => {
            let Explanation { text, notes, .. } = e.explain_sender(what);
            about.note(kind, &format!("{host}: {text}"), &notes)
        }
        event => about.note(kind, &e.describe(event, viewer.zone), &[]),
    })
}

/// What kind of note an event is, and what it is about. All kinds of events stand here, so that a new one has to be
/// thought of.
fn kind(event: &Event) -> Option<(&'static str, About)> {
    let of = |kind, host: &String, ids: &[MessageId], conn: Option<ConnId>| {
        let ids = ids.iter().take(IDS).map(|id| id.0).collect();
        Some((kind, About { host: Some(host.clone()), ids, conn: conn.map(|c| c.0) }))
    };
    let nowhere =
        |kind, conn: Option<ConnId>| Some((kind, About { conn: conn.map(|c| c.0), ..About::default() }));
    match event {
        Event::Accepted { id, host, conn, .. } => of("accepted", host, &[*id], Some(*conn)),
        Event::Delivered { id, host, .. } => of("delivered", host, &[*id], None),
        Event::Deferred { id, host, .. } => of("deferred", host, &[*id], None),
        Event::Undeliverable { id, host, .. } => of("given-up", host, &[*id], None),
        Event::Expanded { id, host, .. } => of("expanded", host, &[*id], None),
        Event::Reported { id, about, host, .. } => of("reported", host, &[*id, *about], None),
        Event::Unreported { id, host, .. } => of("unreported", host, &[*id], None),
        Event::Removed { host, ids, .. } => of("removed", host, ids, None),
        Event::Sender { host, conn, .. } => of("sender", host, &[], Some(*conn)),
        Event::Setting { host, .. } => of("setting", host, &[], None),
        Event::Fault { conn, .. } => nowhere("fault", *conn),
        Event::Zone { .. } => nowhere("zone", None),
        Event::Person { .. } => nowhere("person", None),
        Event::TimePassed { .. } => nowhere("time", None),
        Event::LimitReached { .. } => nowhere("limit", None),
        // What is drawn otherwise, what is typed and shown at a terminal, what lay there before, what IMAP changed (its
        // words on the wire say so), and what the learner does beside the wire.
        Event::Connected { .. }
        | Event::ConnectFailed { .. }
        | Event::Closed { .. }
        | Event::Wire { .. }
        | Event::Tampered { .. }
        | Event::Smtp { .. }
        | Event::Pop3 { .. }
        | Event::Imap { .. }
        | Event::Tls { .. }
        | Event::Dns { .. }
        | Event::Policy { .. }
        | Event::Typed { .. }
        | Event::Keyed { .. }
        | Event::KeyMode { .. }
        | Event::Pressed { .. }
        | Event::Printed { .. }
        | Event::Ran { .. }
        | Event::Exited { .. }
        | Event::TerminalOpened { .. }
        | Event::Present { .. }
        | Event::Appended { .. }
        | Event::Copied { .. }
        | Event::Flagged { .. }
        | Event::Folder { .. }
        | Event::HintTaken { .. }
        | Event::Answered { .. }
        | Event::HandedIn {}
        | Event::MailCertificates { .. }
        | Event::QueueListed { .. } => None,
    }
}

/// What a note is about.
#[derive(Default)]
struct About {
    host: Option<String>,
    conn: Option<u32>,
    ids: Vec<u32>,
}

impl About {
    fn note(self, kind: &'static str, text: &str, notes: &[String]) -> Drawn {
        let About { host, conn, ids } = self;
        let notes = notes.iter().map(|note| Shown::text(note)).collect();
        Drawn::Note { kind, text: Shown::text(text), notes, host, conn, ids }
    }
}

fn end(end: &Endpoint) -> End {
    End { host: end.host.clone(), ip: end.ip.to_string(), port: end.port }
}

/// No more of them than go to the page at once, and no character of UTF-8 cut through.
fn beginning(octets: &[u8]) -> &[u8] {
    if octets.len() <= TEXT_OCTETS {
        return octets;
    }
    let inside = |n: usize| octets.get(n).is_some_and(|o| o & 0b1100_0000 == 0b1000_0000);
    let end = (TEXT_OCTETS - 3..=TEXT_OCTETS).rev().find(|n| !inside(*n)).unwrap_or(TEXT_OCTETS);
    octets.get(..end).unwrap_or(octets)
}

fn smtp(e: &Explainer, conn: ConnId, exchange: &SmtpExchange) -> Drawn {
    answer(conn, class(exchange.reply.code), || e.explain_smtp(exchange))
        .letter(exchange.reason == SmtpReason::StartMail)
        .whole(matches!(exchange.command, SmtpCommand::Message { .. }))
}

fn pop3(e: &Explainer, conn: ConnId, exchange: &Pop3Exchange) -> Drawn {
    let class = match (&exchange.reason, exchange.ok) {
        (Pop3Reason::Challenge { .. }, _) => Class::More,
        (_, true) => Class::Done,
        (_, false) => Class::No,
    };
    answer(conn, class, || e.explain_pop3(exchange))
}

fn imap(e: &Explainer, conn: ConnId, exchange: &ImapExchange) -> Drawn {
    let class = match exchange.status {
        ImapStatus::Ok | ImapStatus::Data => Class::Done,
        ImapStatus::Continue => Class::More,
        // RFC 3501 section 7.1.5: BYE belongs to a good-bye too.
        ImapStatus::Bye if exchange.reason == ImapReason::Closing => Class::Done,
        ImapStatus::No | ImapStatus::Bad | ImapStatus::Bye => Class::No,
    };
    answer(conn, class, || e.explain_imap(exchange))
}

/// An answer; why the server refuses is said at once.
fn answer(conn: ConnId, class: Class, why: impl FnOnce() -> Explanation) -> Drawn {
    let refuses = matches!(class, Class::No | Class::Later);
    let text = refuses.then(|| Shown::text(&why().text));
    Drawn::Answer { conn: conn.0, class, letter: false, whole: false, text }
}

impl Drawn {
    fn letter(mut self, now: bool) -> Drawn {
        if let Drawn::Answer { letter, .. } = &mut self {
            *letter = now;
        }
        self
    }

    fn whole(mut self, now: bool) -> Drawn {
        if let Drawn::Answer { whole, .. } = &mut self {
            *whole = now;
        }
        self
    }
}

/// Nothing is drawn of a handshake that is due.
fn tls(e: &Explainer, conn: ConnId, what: &TlsEvent) -> Option<Drawn> {
    let (state, facts) = match what {
        TlsEvent::Expected => return None,
        TlsEvent::Established(TlsSession { version, cipher, server_name, .. }) => {
            let name = server_name.as_deref().map(Shown::text);
            let facts = [Shown::text(version.name()), Shown::text(cipher)];
            ("secured", facts.into_iter().chain(name).collect())
        }
        TlsEvent::Failed(_) => ("failed", Vec::new()),
        TlsEvent::Verified { name, fault } => {
            let state = if fault.is_none() { "good" } else { "bad" };
            (state, name.as_deref().map(Shown::text).into_iter().collect())
        }
    };
    let certificate = match what {
        TlsEvent::Established(session) => e.explain_certificate(session),
        _ => Vec::new(),
    };
    let certificate = certificate.iter().map(|line| Shown::text(line)).collect();
    Some(Drawn::Tls { conn: conn.0, state, text: Shown::text(&e.explain_tls(what)), facts, certificate })
}

/// Did the host say yes? All verdicts stand here.
fn is_yes(verdict: &PolicyVerdict) -> bool {
    use PolicyVerdict as V;
    match verdict {
        V::Yes
        | V::Recipient(RecipientVerdict::Local | RecipientVerdict::Relay)
        | V::Taken { .. }
        | V::Opened { .. }
        | V::Numbers { .. }
        | V::Authenticated { .. }
        | V::Known { .. }
        | V::Members { .. } => true,
        V::Recipient(_)
        | V::Refused(_)
        | V::Trouble { .. }
        | V::NotYours
        | V::Locked { .. }
        | V::NotBelieved(_)
        | V::NoRoom
        | V::TooManyHops
        | V::No => false,
    }
}
