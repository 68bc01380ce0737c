//! A tiny host for SMTP sessions under test: answers what they ask, from a few lists.

#![allow(dead_code, reason = "each test crate uses a part")]

use helo::event::{Envelope, PolicyVerdict, RecipientVerdict, SmtpExchange};
use helo::mail::Mailbox;
use helo::mail::sasl::Salted;
use helo::proto::{Answer, Ask, AskId, Out, Session};
use helo::units::{Bytes, MessageId, Time};
use std::net::{IpAddr, Ipv4Addr};

/// The client's address in all tests.
pub(crate) const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10));

/// What a host knows and wants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Host {
    /// Mailboxes.
    pub(crate) users: Vec<String>,
    /// Lists and their members.
    pub(crate) lists: Vec<(String, Vec<String>)>,
    /// Mailboxes without room.
    pub(crate) full: Vec<String>,
    /// Senders that are not welcome.
    pub(crate) refused: Vec<String>,
    /// It passes mail on for everybody.
    pub(crate) relay: bool,
    /// It stands in for these domains.
    pub(crate) relay_for: Vec<String>,
    /// Passwords, by address.
    pub(crate) passwords: Vec<(String, String)>,
    /// Whoever has logged in has but their own address.
    pub(crate) own_sender: bool,
    /// The nonce of every challenge.
    pub(crate) nonce: String,
    /// The salt of every password.
    pub(crate) salt: Vec<u8>,
    /// It has no room for messages.
    pub(crate) no_room: bool,
    /// A message with more `Received` lines than this goes round in circles.
    pub(crate) hops: Option<usize>,
    /// Its name for the next message.
    pub(crate) queue_id: String,
    /// What it took.
    pub(crate) taken: Vec<(Envelope, Bytes)>,
}

impl Host {
    fn local_domain(&self, domain: &str) -> bool {
        let same = |u: &String| u.split('@').nth(1).is_some_and(|d| d.eq_ignore_ascii_case(domain));
        self.users.iter().chain(&self.full).any(same)
    }

    fn recipient(&self, to: &Mailbox) -> RecipientVerdict {
        let lists = |list: &[String]| list.iter().any(|u| u.parse::<Mailbox>().unwrap().same_as(to));
        let local = to.domain_name().is_none_or(|d| self.local_domain(d));
        match local {
            _ if lists(&self.full) => RecipientVerdict::MailboxFull,
            _ if lists(&self.users) || to.is_postmaster() => RecipientVerdict::Local,
            true => RecipientVerdict::NoSuchUser,
            false if !self.relay => RecipientVerdict::RelayDenied,
            false if to.domain_name().is_some_and(|d| d.ends_with(".invalid")) => {
                RecipientVerdict::NoSuchDomain
            }
            false => RecipientVerdict::Relay,
        }
    }

    /// Answers a question.
    pub(crate) fn answer(&mut self, ask: Ask) -> Answer {
        Answer::Verdict(match ask {
            Ask::Sender { from, user: Some(user), .. }
                if self.own_sender && from.0.as_ref().is_none_or(|f| f.to_string() != user) =>
            {
                PolicyVerdict::NotYours
            }
            Ask::Sender { from, .. } => match from.0 {
                Some(from) if self.refused.contains(&from.to_string()) => PolicyVerdict::No,
                _ if self.no_room && self.hops.is_none() => PolicyVerdict::NoRoom,
                _ => PolicyVerdict::Yes,
            },
            Ask::Recipient { to, user } => PolicyVerdict::Recipient(match self.recipient(&to.0) {
                RecipientVerdict::RelayDenied if user.is_some() => RecipientVerdict::Relay,
                other => other,
            }),
            Ask::Stage { .. } => PolicyVerdict::Yes,
            Ask::Flush { domain } => match self.relay_for.contains(&domain) {
                true => PolicyVerdict::Yes,
                false => PolicyVerdict::No,
            },
            Ask::User { what } => {
                let name = what.to_lowercase();
                let elsewhere = what.parse::<Mailbox>().ok().map(|to| self.recipient(&to));
                if elsewhere == Some(RecipientVerdict::RelayDenied) {
                    return Answer::Verdict(PolicyVerdict::Recipient(RecipientVerdict::RelayDenied));
                }
                let known = self.users.iter().find(|u| **u == name || u.split('@').next() == Some(&name));
                known.map_or(PolicyVerdict::No, |u| PolicyVerdict::Known { address: u.clone() })
            }
            Ask::List { what } => {
                let list = self.lists.iter().find(|(name, _)| *name == what.to_lowercase());
                let members = |(_, members): &(String, Vec<String>)| members.clone();
                list.map_or(PolicyVerdict::No, |l| PolicyVerdict::Members { addresses: members(l) })
            }
            Ask::Message { envelope, octets, .. } => {
                let hops = octets.lossy().lines().filter(|l| l.starts_with("Received:")).count();
                if self.hops.is_some_and(|limit| hops > limit) {
                    return Answer::Verdict(PolicyVerdict::TooManyHops);
                }
                if self.no_room {
                    return Answer::Verdict(PolicyVerdict::NoRoom);
                }
                self.taken.push((envelope, octets));
                let id = MessageId(u32::try_from(self.taken.len()).unwrap());
                PolicyVerdict::Taken { id, queue_id: self.queue_id.clone() }
            }
            Ask::Numbers { .. } => {
                let (nonce, salt) = (self.nonce.clone(), self.salt.clone());
                return Answer::Numbers(Salted { nonce, salt, iterations: 4096 });
            }
            Ask::Authenticate(credentials) => {
                let named = |user: &str| {
                    user == credentials.user || user.split('@').next() == Some(credentials.user.as_str())
                };
                let found = self.passwords.iter().filter(|(user, _)| named(user));
                let mut proven = found.filter_map(|(u, p)| Some((u.clone(), credentials.proof.check(p)?)));
                match proven.next() {
                    Some((user, verified)) => return Answer::Authenticated { user, verified },
                    None => PolicyVerdict::No,
                }
            }
            Ask::Login { .. } | Ask::Maildrop { .. } | Ask::Folders { .. } | Ask::Remove { .. } => {
                PolicyVerdict::No
            }
        })
    }

    /// Takes everything a session wants done, answering as it asks.
    pub(crate) fn drain(&mut self, now: Time, session: &mut dyn Session) -> Vec<Out> {
        let mut done = Vec::new();
        while let Some(out) = session.poll() {
            match out {
                Out::Ask(id, ask) => self.reply(now, session, id, ask),
                other => done.push(other),
            }
        }
        done
    }

    fn reply(&mut self, now: Time, session: &mut dyn Session, id: AskId, ask: Ask) {
        let answer = self.answer(ask);
        session.answer(now, id, answer);
    }
}

/// The octets that were sent, all in one.
pub(crate) fn sent(outs: &[Out]) -> Vec<u8> {
    let octets =
        outs.iter().filter_map(|o| if let Out::Send(octets) = o { Some(octets.clone()) } else { None });
    octets.flatten().collect()
}

/// The exchanges.
pub(crate) fn exchanges(outs: &[Out]) -> Vec<SmtpExchange> {
    outs.iter().filter_map(|o| if let Out::Smtp(e) = o { Some(e.clone()) } else { None }).collect()
}
