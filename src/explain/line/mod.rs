//! A line, opened: what it is, why it is so, its parts one by one with what each means, the rules, and what is possible
//! next. All of it comes from the typed events around the line; what is printed is read only where it is itself what
//! there is to explain, such as the data of an IMAP answer or the output of `dig`.

mod auth;
mod dns;
mod header;
mod imap;
mod keys;
pub mod names;
mod opening;
mod pop3;
mod shell;
mod smtp;
mod talk;

pub use header::FieldText;

use super::Explainer;
use super::say::Say;
use crate::event::{Entry, Event, TlsEvent};
use crate::rfc::{Section, section};
use crate::units::{ConnId, EventNo, Offset, TermId};
use opening::Opening;
use talk::{Exchange, Role, Talk};

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As it stands there; it comes from outside.
    pub piece: String,
    /// What it means; words of a learner's or a mail's in it are shortened and harmless.
    pub meaning: String,
    /// 0, or how deep it lies in the part before it.
    pub depth: u8,
}

/// What there is to see behind a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// What it is, what happened and why: a sentence or two each.
    pub what: Vec<String>,
    /// Its parts in their order.
    pub parts: Vec<Part>,
    /// The rules, without repetition.
    pub rules: Vec<Section>,
    /// What could be typed now, and what it would do; empty where nothing can.
    pub next: Vec<Part>,
}

impl Explainer {
    /// Opens line `line`, counted from 0, of the text of event `n` (something typed or printed): of what is printed the
    /// lines that end in it. `entries` is the transcript. `None` where there is no such line.
    pub fn open_line(&self, entries: &[Entry], n: EventNo, line: usize) -> Option<Opened> {
        let mut o = Opening::new(self);
        match &find(entries, n)?.event {
            Event::Typed { term, text, conn } => {
                let typed = lines_of(&text.lossy()).nth(line)?.to_owned();
                match conn {
                    Some(conn) => self.typed(&mut o, entries, (n, line), (*term, *conn), &typed),
                    None => shell::typed(&mut o, entries, (n, line), *term, &typed),
                }
            }
            Event::Pressed { key, .. } if line == 0 => shell::pressed(&mut o, *key),
            Event::Printed { conn: Some(conn), .. } => printed(&mut o, entries, (n, line), *conn)?,
            Event::Printed { term, conn: None, .. } => {
                let text = printed_line(entries, n, line)?;
                shell::printed(&mut o, shell::running(entries, n, *term), &text);
            }
            _ => return None,
        }
        Some(o.done())
    }

    /// Opens event `n` itself, with all its lines: an exchange with a server (command and answer), a DNS question, what
    /// happened to TLS. `None` where there is no such event, or nothing to say about it beyond its own line.
    pub fn open_event(&self, entries: &[Entry], n: EventNo) -> Option<Opened> {
        let mut o = Opening::new(self);
        match &find(entries, n)?.event {
            Event::Smtp { conn, .. } | Event::Pop3 { conn, .. } | Event::Imap { conn, .. } => {
                let talk = Talk::of(entries, *conn);
                let turn = talk.turn_of(n)?;
                match talk.at(Some(turn))?.exchange {
                    Exchange::Smtp(e) => smtp::both(&mut o, &talk, turn, e),
                    Exchange::Pop3(e) => pop3::both(&mut o, &talk, turn, e),
                    Exchange::Imap(e) => imap::both(&mut o, &talk, turn, e),
                }
            }
            Event::Dns { server, question, outcome, answers, .. } => {
                o.why(self.explain_dns(*server, question, outcome, answers));
                dns::event(&mut o, question, outcome, answers);
            }
            Event::Tls { what, .. } => {
                o.what(super::event::tls_event(what));
                handshake(&mut o, what);
            }
            Event::ConnectFailed { to, why, .. } => o.why(self.explain_connect(to, *why)),
            Event::Closed { by, why, .. } => o.why(self.explain_close(*by, *why)),
            Event::Sender { what, .. } => o.why(self.explain_sender(what)),
            _ => return None,
        }
        Some(o.done())
    }

    /// A line typed to a server.
    fn typed(
        &self,
        o: &mut Opening<'_>,
        entries: &[Entry],
        (n, line): (EventNo, usize),
        (term, conn): (TermId, ConnId),
        text: &str,
    ) {
        let talk = Talk::of(entries, conn);
        let there = talk.typed(entries, n, line).and_then(|at| Some((at, talk.client().get(at)?)));
        let Some((at, heard)) = there else {
            return shell::kept(o, entries, n, term, text);
        };
        let turn = heard.turn.zip(talk.at(heard.turn));
        match (heard.role, turn) {
            (Role::Message, _) => self.message(o, &talk, at),
            (Role::Command, Some((turn, at_turn))) => match at_turn.exchange {
                Exchange::Smtp(e) => smtp::command(o, &talk, turn, e),
                Exchange::Pop3(e) => pop3::command(o, &talk, turn, e),
                Exchange::Imap(e) => imap::command(o, &talk, at, turn, e),
            },
            _ => {
                o.what(Say::new("line-unanswered"));
                o.part(0, text, Say::new("line-sent"));
            }
        }
        keys::in_line(o, &heard.octets);
        if heard.tls {
            o.what(Say::new("line-encrypted"));
        }
    }

    /// A line of a message on its way to an SMTP server.
    fn message(&self, o: &mut Opening<'_>, talk: &Talk<'_>, at: usize) {
        let Some(line) = talk.client().get(at) else { return };
        let before = talk.client().get(talk.message_begins(at)..at).unwrap_or_default();
        let after = talk.client().get(at + 1..).unwrap_or_default();
        let place = header::place(before).with_folds(after);
        let turn = line.turn.zip(talk.at(line.turn));
        // A piece of BDAT is counted, and its turn has a line of its own.
        let counted =
            matches!(turn, Some((_, t)) if matches!(t.exchange, Exchange::Smtp(e) if !e.line.is_empty()));
        let seen = if counted { header::Seen::Counted } else { header::Seen::Typed };
        let ends = seen == header::Seen::Typed && *line.octets == *b".";
        header::line(o, &line.octets, place, seen);
        match turn {
            Some((turn, at_turn)) if ends => {
                if let Exchange::Smtp(e) = at_turn.exchange {
                    smtp::command(o, talk, turn, e);
                }
            }
            _ => {
                let state = smtp::State::after(
                    talk.turns.get(..line.turn.unwrap_or(talk.turns.len())).unwrap_or_default(),
                );
                o.states(&state.says(), &state.says());
                state.next(o);
            }
        }
        o.rule(section(5321, "4.1.1.4"));
    }
}

/// What a handshake has settled, and the certificate in it.
fn handshake(o: &mut Opening<'_>, what: &TlsEvent) {
    o.rule(section(8446, "4.1.2"));
    let TlsEvent::Established(session) = what else { return };
    o.part(0, session.version.name(), Say::new("tls-part-version"));
    o.part(0, &session.cipher, Say::new("tls-part-cipher"));
    if let Some(name) = &session.server_name {
        o.part(0, name, Say::new("tls-part-server-name"));
        o.rule(section(6066, "3"));
    }
    let Some(shown) = &session.certificate else {
        return o.what(Say::new("tls-no-certificate"));
    };
    o.what(super::event::tls_certificate(shown));
    o.what(super::event::tls_certificate_way(session));
    let clear = session.certificate_in_the_clear();
    o.rule(if clear { section(5246, "7.4.2") } else { section(8446, "4.4.2") });
    o.rule(section(5280, "4.2.1.6"));
    o.part(0, &shown.subject, Say::new("tls-part-subject"));
    for name in &shown.names {
        o.part(1, name, Say::new("tls-part-name"));
    }
    o.part(1, &shown.issuer, Say::new("tls-part-issuer"));
    for (time, key) in [(shown.from, "tls-part-from"), (shown.until, "tls-part-until")] {
        o.part(1, time.rfc5322(Offset(0)), Say::new(key));
    }
}

/// A line that came from a server; `None` where the event printed no such line.
fn printed(o: &mut Opening<'_>, entries: &[Entry], (n, line): (EventNo, usize), conn: ConnId) -> Option<()> {
    let text = printed_line(entries, n, line)?;
    let talk = Talk::of(entries, conn);
    let there = talk.printed(entries, n, line).and_then(|at| Some((at, talk.server().get(at)?)));
    let turn = there.and_then(|(at, said)| Some((at, said.turn?, talk.at(said.turn)?)));
    match turn {
        Some((at, turn, at_turn)) => {
            let line = at - talk.answer(turn).0;
            match at_turn.exchange {
                Exchange::Smtp(e) => smtp::answer(o, &talk, turn, e, line),
                Exchange::Pop3(e) => pop3::answer(o, &talk, turn, e, line),
                Exchange::Imap(e) => imap::answer(o, &talk, turn, e, line),
            }
        }
        None => {
            o.what(Say::new("line-of-server"));
            o.part(0, &text, Say::new("line-of-server"));
        }
    }
    if there.is_some_and(|(_, said)| said.tls) {
        o.what(Say::new("line-encrypted"));
    }
    Some(())
}

/// The `line`-th line that ends in what event `n` printed, with what stood before it on the terminal's line.
fn printed_line(entries: &[Entry], n: EventNo, line: usize) -> Option<String> {
    let Event::Printed { term, text, .. } = &find(entries, n)?.event else { return None };
    let mut ends = text.split('\n');
    ends.next_back();
    let own = ends.nth(line)?;
    if line > 0 {
        return Some(own.to_owned());
    }
    Some(open_text(entries, n, *term) + own)
}

/// What was printed at a terminal before event `n` and not ended with a line feed, since something was last typed there: a
/// prompt, or the beginning of a line.
fn open_text(entries: &[Entry], n: EventNo, term: TermId) -> String {
    let mut open = String::new();
    for entry in entries.iter().rev().skip_while(|e| e.n >= n) {
        match &entry.event {
            Event::Printed { term: t, text, .. } if *t == term => match text.rsplit_once('\n') {
                Some((_, rest)) => {
                    open.insert_str(0, rest);
                    break;
                }
                None => open.insert_str(0, text),
            },
            Event::Typed { term: t, .. } | Event::Pressed { term: t, .. } if *t == term => break,
            _ => {}
        }
    }
    open
}

/// The lines of something typed: one at least, and no empty one after the last line feed.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.strip_suffix('\n').unwrap_or(text);
    whole.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// The entry of event `n`.
fn find(entries: &[Entry], n: EventNo) -> Option<&Entry> {
    entries.get(entries.binary_search_by_key(&n, |e| e.n).ok()?)
}

#[cfg(test)]
mod tests;
