//! Persons: what they do in the world when something happens, or when it is time. They see what lies in their mailbox and
//! hand their letters in at their provider, over connections from their own device, as the learner does.
//!
//! [`World::log`] shows them every event; what an event makes them do is noted with its time, and done when the world's
//! clock gets there. So nothing is done in the middle of somebody else's session.

mod letters;
mod mailbox;
mod sending;
mod setup;

pub use setup::{Act, Habit, LetterSetup, Occasion, PersonSetup};

pub(super) use sending::HandingIn;

use super::World;
use super::mailbox::fold_case;
use crate::event::{Event, PersonEvent, PersonLetter, PolicyVerdict};
use crate::mail::compose::Restraint;
use crate::mail::smime::bared;
use crate::mail::{Keyring, Known, Mail};
use crate::units::{Bytes, ConnId, MessageId, Stream, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many things all persons may still have to do.
const ERRANDS: usize = 10_000;
/// How many letters a person writes, where the scenario does not say.
pub const LETTERS: u32 = 20;

/// All persons of a world.
#[derive(Debug, Default)]
pub(super) struct People {
    persons: Vec<Person>,
    /// What is to be done, by time and then by the order in which it came up.
    due: BTreeMap<(Time, u64), Errand>,
    serial: u64,
}

/// A person with what they remember.
#[derive(Debug)]
struct Person {
    setup: Arc<PersonSetup>,
    /// Draws ids of messages and nonces.
    ids: Stream,
    /// How many letters they have written.
    written: u32,
    /// Whom they have told that they are away.
    told: BTreeSet<String>,
    /// Is what they write now signed, and encrypted?
    protects: (bool, bool),
    /// The habits that are to be followed once and were.
    done: BTreeSet<usize>,
}

/// Something a person is going to do.
#[derive(Debug)]
enum Errand {
    /// A habit, about a message of their mailbox.
    Habit { person: usize, habit: usize, about: Option<MessageId> },
    /// A letter is handed in once more.
    Again(Box<sending::Letters>),
}

impl People {
    /// The persons of a scenario, at the start of an attempt.
    pub(super) fn new(setups: &[Arc<PersonSetup>], seed: u64, start: Time) -> People {
        let person = |setup: &Arc<PersonSetup>| Person {
            ids: Stream::new(seed, &format!("person {}", setup.account.owner.address)),
            setup: setup.clone(),
            written: 0,
            told: BTreeSet::new(),
            protects: (false, false),
            done: BTreeSet::new(),
        };
        let mut people =
            People { persons: setups.iter().map(person).collect(), due: BTreeMap::new(), serial: 0 };
        for (person, setup) in setups.iter().enumerate() {
            for (habit, what) in setup.habits.iter().enumerate() {
                if let Occasion::At(after) = what.when {
                    people.note(start.plus(after), Errand::Habit { person, habit, about: None });
                }
            }
        }
        people
    }

    /// When somebody does something next.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.due.keys().next().map(|(at, _)| *at)
    }

    /// Are there any?
    pub(super) fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    fn note(&mut self, at: Time, errand: Errand) {
        if self.due.len() < ERRANDS {
            self.serial += 1;
            self.due.insert((at, self.serial), errand);
        }
    }

    /// What an event makes somebody do. `persons_own` is true where it happened on a person's own connection. Each opens what
    /// was encrypted for them with their own key.
    pub(super) fn observe(
        &mut self,
        now: Time,
        event: &Event,
        persons_own: bool,
        keyring: &Keyring,
        known: Known<'_>,
    ) {
        let mut noted = Vec::new();
        // Split once, however many habits look at it.
        let mut mail: Option<Mail<'_>> = None;
        for (number, person) in self.persons.iter_mut().enumerate() {
            // Opened once too, and only where somebody wants to look.
            let mut inside: Option<Option<Vec<u8>>> = None;
            for (place, habit) in person.setup.habits.iter().enumerate() {
                let about = match (&habit.when, event) {
                    (Occasion::Mail(wanted), Event::Delivered { id, mailbox, message, .. }) => {
                        let address = person.setup.account.owner.address.to_string();
                        let own = fold_case(&address) == fold_case(mailbox);
                        if own && inside.is_none() {
                            inside = Some(keyring.opened(&address, &message.octets));
                        }
                        let fits = match inside.iter().flatten().next() {
                            Some(inside) => Mail::opened(inside, &message.octets, known).is_like(wanted),
                            None => {
                                let mail = mail.get_or_insert_with(|| Mail::among(&message.octets, known));
                                own && mail.is_like(wanted)
                            }
                        };
                        fits.then_some(Some(*id))
                    }
                    (
                        Occasion::Delivered { to, message: wanted },
                        Event::Delivered { mailbox, message, .. },
                    ) => {
                        let mail = mail.get_or_insert_with(|| Mail::among(&message.octets, known));
                        (to.matches(mailbox) && mail.is_like(wanted)).then_some(None)
                    }
                    (Occasion::Login { user }, Event::Policy { verdict, .. }) if !persons_own => {
                        signed_in(verdict).filter(|who| user.matches(who)).map(|_| None)
                    }
                    _ => None,
                };
                let Some(about) = about else { continue };
                if habit.once && !person.done.insert(place) {
                    continue;
                }
                noted.push((now.plus(habit.after), Errand::Habit { person: number, habit: place, about }));
            }
        }
        for (at, errand) in noted {
            self.note(at, errand);
        }
    }
}

/// Who has just signed in, by address.
fn signed_in(verdict: &PolicyVerdict) -> Option<&str> {
    match verdict {
        PolicyVerdict::Opened { mailbox: who, .. } | PolicyVerdict::Authenticated { user: who } => Some(who),
        _ => None,
    }
}

impl World {
    /// Shows an event to the persons.
    pub(super) fn people_see(&mut self, event: &Event) {
        if self.people.is_empty() {
            return;
        }
        let conn: Option<ConnId> = match event {
            Event::Policy { conn, .. } => Some(*conn),
            Event::Delivered { .. } => None,
            _ => return,
        };
        let persons_own = conn.is_some_and(|conn| self.net.is_persons(conn));
        let known = self.directory.at(self.now);
        self.people.observe(self.now, event, persons_own, &self.keyring, known);
    }

    /// Persons do what is due.
    pub(super) fn wake_people(&mut self) {
        while let Some(entry) = self.people.due.first_entry().filter(|entry| entry.key().0 <= self.now) {
            match entry.remove() {
                Errand::Habit { person, habit, about } => self.follow(person, habit, about),
                Errand::Again(letters) => self.hand_in(*letters),
            }
            if self.exhausted() {
                break;
            }
        }
        self.pump();
    }

    fn follow(&mut self, number: usize, habit: usize, about: Option<MessageId>) {
        let Some(setup) = self.people.persons.get(number).map(|p| p.setup.clone()) else { return };
        let Some(habit) = setup.habits.get(habit) else { return };
        let lies = about.map(|id| (id, self.find_mail(&setup, id)));
        let original = match lies {
            Some((id, None)) => return self.person_did(&setup, PersonEvent::Misses { id }),
            Some((id, Some(octets))) => {
                let address = setup.account.owner.address.to_string();
                let opened = self.keyring.opened(&address, &octets).map(Bytes::from);
                let octets = opened.unwrap_or(octets);
                Some((id, bared(&octets).map_or(octets, Bytes::from)))
            }
            None => None,
        };
        if let Some(person) = self.people.persons.get_mut(number) {
            person.protects = (habit.sign, habit.encrypt);
        }
        match (&habit.act, &original) {
            (Act::Send(letter), _) => self.send_new(number, &setup, letter),
            (_, None) => {}
            (Act::Read, Some((id, _))) => self.open_mail(&setup, *id),
            (Act::Reply { text, all, quote }, Some((id, octets))) => {
                self.open_mail(&setup, *id);
                self.send_reply(number, &setup, (*id, octets), text, (*all, *quote));
            }
            (Act::Forward { to, text }, Some((id, octets))) => {
                self.open_mail(&setup, *id);
                self.send_forward(number, &setup, (*id, octets), to, text);
            }
            (Act::Receipt(mode), Some((id, octets))) => {
                self.open_mail(&setup, *id);
                self.send_receipt(number, &setup, (*id, octets), *mode);
            }
            (Act::Away { subject, text }, Some((id, octets))) => {
                self.send_away(number, &setup, (*id, octets), subject.as_deref(), text);
            }
            (Act::File { folder }, Some((id, _))) => self.file_mail(&setup, *id, folder),
            (Act::Flag { flags }, Some((id, _))) => self.flag_mail(&setup, *id, flags),
        }
    }

    fn person_did(&mut self, setup: &PersonSetup, what: PersonEvent) {
        let name = setup.account.owner.shown();
        self.log(Event::Person { name, address: setup.account.owner.address.to_string(), what });
    }

    fn keeps_still(&mut self, setup: &PersonSetup, what: PersonLetter, about: MessageId, why: Restraint) {
        self.person_did(setup, PersonEvent::KeepsStill { what, about: Some(about), why });
    }
}
