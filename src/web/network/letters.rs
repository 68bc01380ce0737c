//! Where each mail is: on its way, waiting, delivered, given up; and how it moved from place to place.

use super::known::Known;
use crate::event::{DeliveryFailure, Entry, Event, ImapReason, Pop3Command};
use crate::units::{ConnId, EventNo, MessageId, Time};

/// How many moves are told: the newest.
const MOVES: usize = 12;
/// How many letters are listed: the newest.
const LETTERS: usize = 40;

/// What happened to a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Handed over from one host to another.
    Handed,
    /// Put into a mailbox.
    Delivered,
    /// To be tried again.
    Deferred,
    /// Given up.
    GivenUp,
    /// A report was written about one.
    Reported,
    /// Somebody fetched it from a mailbox.
    Fetched,
}

impl What {
    /// For styles, modules and tests.
    pub(super) fn code(self) -> &'static str {
        match self {
            What::Handed => "handed",
            What::Delivered => "delivered",
            What::Deferred => "deferred",
            What::GivenUp => "given-up",
            What::Reported => "reported",
            What::Fetched => "fetched",
        }
    }
}

/// A letter moved, or did not.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) n: EventNo,
    pub(super) at: Time,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) what: What,
    pub(super) letter: Option<MessageId>,
}

/// A recipient that a host still has to deal with.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) recipient: String,
    /// When it is tried again, and why that is needed.
    pub(super) again: Option<(Time, DeliveryFailure)>,
}

/// A letter in the queue of a host.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) place: usize,
    pub(super) queue_id: String,
    pub(super) waiting: Vec<Waiting>,
}

/// A letter, wherever its copies are.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) id: MessageId,
    /// The sender on the envelope; empty where it is a report.
    pub(super) from: String,
    pub(super) held: Vec<Held>,
    /// The mailboxes it lies in.
    pub(super) delivered: Vec<String>,
    /// Who does not get it, and why.
    pub(super) given_up: Vec<(String, DeliveryFailure)>,
}

/// All letters and their moves.
#[derive(Debug, Clone, Default)]
pub(super) struct Letters {
    pub(super) letters: Vec<Letter>,
    pub(super) moves: Vec<Move>,
}

impl Letters {
    /// Follows what happens; `known` has followed it already.
    pub(super) fn follow(&mut self, entry: &Entry, known: &Known) {
        let place = |host: &str| known.find(host, None);
        match &entry.event {
            Event::Accepted { id, host, conn, queue_id, envelope, .. } => {
                let Some(to) = place(host) else { return };
                let from = known.links.get(conn).map_or(to, |link| link.from);
                let recipients: Vec<String> = envelope.to.iter().map(|path| path.0.to_string()).collect();
                let sender = envelope.from.0.as_ref().map_or_else(String::new, ToString::to_string);
                let letter = self.letter(*id, &sender);
                if let Some(held) = letter.held.iter_mut().find(|h| h.place == from) {
                    held.waiting.retain(|w| !recipients.iter().any(|r| same(r, &w.recipient)));
                }
                letter.hold(to, queue_id, recipients);
                self.moved(entry, from, to, What::Handed, Some(*id));
            }
            Event::Reported { id, host, queue_id, to, .. } => {
                let Some(at) = place(host) else { return };
                self.letter(*id, "").hold(at, queue_id, vec![to.clone()]);
                self.moved(entry, at, at, What::Reported, Some(*id));
            }
            Event::Expanded { id, host, recipient, into, .. } => {
                let Some(at) = place(host) else { return };
                let Some(held) = self.held(*id, at) else { return };
                held.waiting.retain(|w| !same(&w.recipient, recipient));
                let new = into.iter().filter(|r| !held.waiting.iter().any(|w| same(&w.recipient, r)));
                let new: Vec<Waiting> = new.map(|r| Waiting { recipient: r.clone(), again: None }).collect();
                held.waiting.extend(new);
            }
            Event::Delivered { id, host, mailbox, .. } => {
                let Some(at) = place(host) else { return };
                self.done(*id, at, mailbox);
                self.letter(*id, "").delivered.push(mailbox.clone());
                self.moved(entry, at, at, What::Delivered, Some(*id));
            }
            Event::Deferred { id, host, recipient, until, why, .. } => {
                let Some(at) = place(host) else { return };
                let held = self.held(*id, at);
                let waiting = held.and_then(|h| h.waiting.iter_mut().find(|w| same(&w.recipient, recipient)));
                if let Some(waiting) = waiting {
                    waiting.again = Some((*until, why.clone()));
                }
                self.moved(entry, at, at, What::Deferred, Some(*id));
            }
            Event::Undeliverable { id, host, recipient, why, .. } => {
                let Some(at) = place(host) else { return };
                self.done(*id, at, recipient);
                self.letter(*id, "").given_up.push((recipient.clone(), why.clone()));
                self.moved(entry, at, at, What::GivenUp, Some(*id));
            }
            _ => self.fetched(entry, known),
        }
    }

    /// A mail program gets a letter out of a mailbox.
    fn fetched(&mut self, entry: &Entry, known: &Known) {
        let (conn, letter): (ConnId, Option<MessageId>) = match &entry.event {
            Event::Pop3 { conn, exchange } if exchange.ok => match exchange.command {
                Pop3Command::Retr { .. } => (*conn, None),
                _ => return,
            },
            Event::Imap { conn, exchange } => match &exchange.reason {
                ImapReason::Fetched { ids } if !ids.is_empty() => {
                    let line = exchange.line.lossy().to_ascii_uppercase();
                    let whole = ["BODY[", "BODY.PEEK[", "RFC822"].iter().any(|item| line.contains(item));
                    if !whole {
                        return;
                    }
                    (*conn, if let [one] = ids.as_slice() { Some(*one) } else { None })
                }
                _ => return,
            },
            _ => return,
        };
        if let Some(link) = known.links.get(&conn) {
            self.moved(entry, link.to, link.from, What::Fetched, letter);
        }
    }

    fn letter(&mut self, id: MessageId, from: &str) -> &mut Letter {
        let at = self.letters.iter().position(|l| l.id == id).unwrap_or_else(|| {
            let new = Letter {
                id,
                from: from.to_owned(),
                held: Vec::new(),
                delivered: Vec::new(),
                given_up: Vec::new(),
            };
            self.letters.push(new);
            self.letters.len() - 1
        });
        &mut self.letters[at]
    }

    fn held(&mut self, id: MessageId, place: usize) -> Option<&mut Held> {
        let letter = self.letters.iter_mut().find(|l| l.id == id)?;
        letter.held.iter_mut().rev().find(|h| h.place == place)
    }

    /// The host has dealt with a recipient.
    fn done(&mut self, id: MessageId, place: usize, recipient: &str) {
        if let Some(held) = self.held(id, place) {
            held.waiting.retain(|w| !same(&w.recipient, recipient));
        }
    }

    fn moved(&mut self, entry: &Entry, from: usize, to: usize, what: What, letter: Option<MessageId>) {
        self.moves.push(Move { n: entry.n, at: entry.at, from, to, what, letter });
        if self.moves.len() > MOVES {
            self.moves.remove(0);
        }
    }

    /// How many letters wait in the queue of a host.
    pub(super) fn queued(&self, place: usize) -> usize {
        let waits = |l: &&Letter| l.held.iter().any(|h| h.place == place && !h.waiting.is_empty());
        self.letters.iter().filter(waits).count()
    }

    /// The letters that are listed, the newest first.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Letter> {
        self.letters.iter().rev().take(LETTERS)
    }
}

impl Letter {
    fn hold(&mut self, place: usize, queue_id: &str, recipients: Vec<String>) {
        let waiting = recipients.into_iter().map(|recipient| Waiting { recipient, again: None }).collect();
        self.held.push(Held { place, queue_id: queue_id.to_owned(), waiting });
    }
}

/// Do two addresses mean the same mailbox, as far as its host is free to say so?
fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}
