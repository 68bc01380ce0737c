//! What the grader remembers of earlier events: open connections, which connection a message came over, and
//! which of the looked-for descriptions each message in a mailbox answers to. No message text is kept.

use super::state::States;
use super::ties::{Ties, Where};
use crate::event::{Event, PolicyVerdict, Side, SmtpCommand, SmtpExchange, SmtpReason, TlsEvent};
use crate::mail::certificate::Certificate;
use crate::mail::{Directory, Known as Those, Mail, Message, MessagePattern};
use crate::scenario::{Pattern, Sought, Step};
use crate::units::{ConnId, EventNo, MessageId, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Open connections remembered at once. A world has far fewer; beyond it the oldest is forgotten.
const LINKS: usize = 512;

/// Messages remembered, of those that came over a connection and of those that lie in mailboxes.
const MESSAGES: usize = 8192;

/// One connection.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// The host that listens.
    pub(super) host: String,
    /// The port it listens on.
    pub(super) port: u16,
    /// The host that opened it.
    pub(super) from: String,
    /// The learner's own, not one between two servers.
    pub(super) own: bool,
    /// The last HELO or EHLO that was taken.
    pub(super) hello: Option<EventNo>,
    /// The latest mail transaction.
    pub(super) transaction: u32,
    /// It is under TLS.
    pub(super) tls: bool,
    /// Who has logged in to an SMTP server, by address.
    pub(super) user: Option<String>,
    /// The mailbox that is open in a POP3 session.
    maildrop: Option<String>,
    /// How many commands were answered since the client said something.
    answered: u32,
}

impl Link {
    /// Was the command that is being answered sent before the one ahead of it was answered (RFC 2920)?
    pub(super) fn pipelined(&self) -> bool {
        self.answered > 1
    }

    /// An SMTP server has answered a command.
    fn heard(&mut self, n: EventNo, exchange: &SmtpExchange) {
        self.transaction = self.transaction.max(exchange.transaction);
        let hello = matches!(exchange.command, SmtpCommand::Helo { .. } | SmtpCommand::Ehlo { .. });
        if hello && exchange.reply.code / 100 == 2 {
            self.hello = Some(n);
        }
        if let SmtpReason::Authenticated { user } = &exchange.reason {
            self.user = Some(user.clone());
        }
    }
}

/// Everything that is remembered.
#[derive(Debug, Clone)]
pub(super) struct Known {
    workstation: String,
    /// In boxes, because a map has room for eleven as soon as there is one.
    links: BTreeMap<ConnId, Box<Link>>,
    /// Over which connection, and in which mail transaction, a message first came into this world.
    origins: BTreeMap<MessageId, (ConnId, u32)>,
    /// Patterns that look for a description in mailboxes: what POP3 and IMAP gave, what was removed. One for each description.
    looked_for: Vec<Arc<Sought>>,
    /// For each message by mailbox: the descriptions it answers to, by their place in `looked_for`.
    mail: BTreeMap<(MessageId, String), Vec<usize>>,
    /// Events that others are held against.
    ties: Ties,
    /// What may be so now.
    states: States,
    /// With what mail is signed and encrypted in this world.
    directory: Directory,
}

impl Known {
    /// Nothing yet. `workstation` is the name of the learner's machine.
    pub(super) fn new(steps: &[Step], workstation: &str) -> Known {
        let sought = || {
            steps.iter().flat_map(|step| {
                let mistakes = step.mistakes.iter().map(|mistake| &mistake.when);
                step.expectations().map(|e| &e.what).chain(mistakes)
            })
        };
        let ties = Ties::new(sought().map(|one| &**one));
        let mut looked_for: Vec<Arc<Sought>> = Vec::new();
        for one in sought().chain(ties.sought()) {
            let known = |message| looked_for.iter().any(|p| looks_for(&p.what) == Some(message));
            if looks_for(&one.what).is_some_and(|message| !known(message)) {
                looked_for.push(one.clone());
            }
        }
        Known {
            workstation: workstation.to_owned(),
            links: BTreeMap::new(),
            origins: BTreeMap::new(),
            looked_for,
            mail: BTreeMap::new(),
            ties,
            states: States::new(steps),
            directory: Directory::default(),
        }
    }

    /// Is asked whether a setting or a record is so now?
    pub(super) fn asks_for_settings(&self) -> bool {
        self.states.asks_for_settings()
    }

    /// Takes in what is so before anything has happened.
    pub(super) fn at_start(&mut self, event: &Event) {
        self.states.take(event, self.directory.at(Time(0)));
    }

    /// What a message that is seen at this time is held against.
    pub(super) fn mail_at(&self, now: Time) -> Those<'_> {
        self.directory.at(now)
    }

    /// Takes in what an event says before it is graded.
    pub(super) fn before(&mut self, n: EventNo, at: Time, event: &Event) {
        if let Event::MailCertificates { authorities, certificates } = event {
            let certificates = certificates.iter().filter_map(|der| Certificate::read(der).ok()).collect();
            self.directory = Directory { roots: authorities.clone(), certificates };
        }
        self.states.take(event, self.directory.at(at));
        if let Event::Smtp { conn, .. } | Event::Pop3 { conn, .. } | Event::Imap { conn, .. } = event
            && let Some(link) = self.links.get_mut(conn)
        {
            link.answered = link.answered.saturating_add(1);
        }
        match event {
            Event::Connected { conn, from, to } => {
                let own = from.host.eq_ignore_ascii_case(&self.workstation);
                let link = Link {
                    host: to.host.clone(),
                    port: to.port,
                    from: from.host.clone(),
                    own,
                    hello: None,
                    transaction: 0,
                    tls: false,
                    user: None,
                    maildrop: None,
                    answered: 0,
                };
                bounded_insert(&mut self.links, LINKS, *conn, Box::new(link));
            }
            Event::Smtp { conn, exchange } => {
                if let Some(link) = self.links.get_mut(conn) {
                    link.heard(n, exchange);
                }
            }
            Event::Tls { conn, what: TlsEvent::Established(_) } => {
                if let Some(link) = self.links.get_mut(conn) {
                    // What was said before counts no more (RFC 3207 section 4.2).
                    (link.tls, link.user, link.hello) = (true, None, None);
                }
            }
            Event::Wire { conn, from: Side::Client, .. } => {
                if let Some(link) = self.links.get_mut(conn) {
                    link.answered = 0;
                }
            }
            Event::Policy { conn, verdict: PolicyVerdict::Opened { mailbox, .. }, .. } => {
                if let Some(link) = self.links.get_mut(conn) {
                    link.maildrop = Some(mailbox.to_lowercase());
                }
            }
            Event::Accepted { id, conn, .. } => {
                if let Some(link) = self.links.get(conn)
                    && !self.origins.contains_key(id)
                {
                    let origin = (*conn, link.transaction);
                    bounded_insert(&mut self.origins, MESSAGES, *id, origin);
                }
            }
            // A report belongs to the connection on which the message came that it is about.
            Event::Reported { id, about, .. } => {
                if let Some(origin) = self.origins.get(about).copied() {
                    bounded_insert(&mut self.origins, MESSAGES, *id, origin);
                }
            }
            Event::Present { id, mailbox, message, .. }
            | Event::Delivered { id, mailbox, message, .. }
            | Event::Appended { id, mailbox, message, .. } => {
                self.remember(*id, at, mailbox, message);
            }
            _ => {}
        }
    }

    /// Takes in what an event says after it was graded. `met` are the places of those events that others are held against
    /// and that this is one of.
    pub(super) fn after(&mut self, event: &Event, met: &[usize], here: Where) {
        self.ties.met(met, here);
        match event {
            Event::Closed { conn, .. } => {
                self.links.remove(conn);
            }
            Event::Removed { mailbox, ids, .. } => {
                let mailbox = mailbox.to_lowercase();
                for id in ids {
                    self.mail.remove(&(*id, mailbox.clone()));
                }
            }
            _ => {}
        }
    }

    /// Events that others are held against.
    pub(super) fn ties(&self) -> &Ties {
        &self.ties
    }

    /// Is it so now?
    pub(super) fn is_now(&self, sought: &Sought) -> bool {
        self.states.holds(sought)
    }

    /// An open connection.
    pub(super) fn link(&self, conn: ConnId) -> Option<&Link> {
        self.links.get(&conn).map(|link| &**link)
    }

    /// The workstation's name.
    pub(super) fn is_workstation(&self, host: &str) -> bool {
        host.eq_ignore_ascii_case(&self.workstation)
    }

    /// The connection and transaction a message first came over.
    pub(super) fn origin(&self, id: MessageId) -> Option<(ConnId, u32)> {
        self.origins.get(&id).copied()
    }

    /// Does message `id`, read on `conn`, answer to `pattern`? Where the mailbox of the session is not known, any
    /// mailbox's copy counts.
    pub(super) fn given(&self, conn: ConnId, id: MessageId, pattern: &MessagePattern) -> bool {
        let Some(place) = self.place(pattern) else { return false };
        let mailbox = self.links.get(&conn).and_then(|l| l.maildrop.clone());
        match mailbox {
            Some(mailbox) => self.mail.get(&(id, mailbox)).is_some_and(|found| found.contains(&place)),
            None => {
                let copies = self.mail.range((id, String::new())..).take_while(|((of, _), _)| *of == id);
                copies.into_iter().any(|(_, found)| found.contains(&place))
            }
        }
    }

    /// Does message `id` in this mailbox answer to `pattern`?
    pub(super) fn held(&self, mailbox: &str, id: MessageId, pattern: &MessagePattern) -> bool {
        let Some(place) = self.place(pattern) else { return false };
        self.mail.get(&(id, mailbox.to_lowercase())).is_some_and(|found| found.contains(&place))
    }

    /// The place of a description among those looked for.
    fn place(&self, pattern: &MessagePattern) -> Option<usize> {
        self.looked_for.iter().position(|p| looks_for(&p.what) == Some(pattern))
    }

    fn remember(&mut self, id: MessageId, at: Time, mailbox: &str, message: &Message) {
        if self.looked_for.is_empty() {
            return;
        }
        let mail = Mail::among(&message.octets, self.directory.at(at));
        let found = self.looked_for.iter().map(|p| looks_for(&p.what)).enumerate();
        let found = found.filter(|(_, p)| p.is_some_and(|p| mail.is_like(p))).map(|(i, _)| i);
        let found = found.collect();
        bounded_insert(&mut self.mail, MESSAGES, (id, mailbox.to_lowercase()), found);
    }
}

/// The description of a message that this pattern looks for in mailboxes.
fn looks_for(pattern: &Pattern) -> Option<&MessagePattern> {
    match pattern {
        Pattern::Pop3(pop3) => pop3.message.as_ref(),
        Pattern::Imap(imap) => imap.message.as_ref(),
        Pattern::Removed { message, .. } => Some(message),
        Pattern::Flagged(flagged) => Some(&flagged.message),
        _ => None,
    }
}

/// Inserts, and forgets the first (the oldest, ids being given out in order) where there would be more than `most`.
pub(super) fn bounded_insert<K: Ord, V>(map: &mut BTreeMap<K, V>, most: usize, key: K, value: V) {
    map.insert(key, value);
    if map.len() > most {
        map.pop_first();
    }
}
