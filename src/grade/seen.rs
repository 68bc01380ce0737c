//! One event with what is known around it, and the closed set of predicates a scenario can ask of it.

mod exchange;

use super::known::{Known, Link};
use super::ties::Where;
use super::{sender, state};
use crate::event::{
    CloseReason, ConnectFailure, DnsFailure, Endpoint, EnhancedCode, Entry, Event, PersonEvent, Question,
    Rcode, Record, RecordType, Reported, Side, TlsEvent, ZoneChange,
};
use crate::mail::{Glob, Like, Mail, MessagePattern};
use crate::scenario::{DnsPattern, Pattern, Sought, Tie, TlsKind, TlsPattern};
use crate::units::{ConnId, EventNo, InputNo, MessageId, Time};
use std::cell::OnceCell;

/// One event, being graded.
pub(super) struct Seen<'a> {
    /// Its number.
    pub(super) n: EventNo,
    /// When it happened.
    pub(super) at: Time,
    /// The event.
    pub(super) event: &'a Event,
    /// The world is set up; before that nothing is so *now*.
    pub(super) begun: bool,
    /// What is known from earlier events.
    pub(super) known: &'a Known,
    /// The message the event carries, split once however many patterns ask.
    mail: OnceCell<Mail<'a>>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(entry: &'a Entry, known: &'a Known) -> Seen<'a> {
        Seen {
            n: entry.n,
            at: entry.at,
            event: &entry.event,
            begun: entry.input > InputNo(0),
            known,
            mail: OnceCell::new(),
        }
    }

    /// Where it happened, as other events are held against it.
    pub(super) fn place(&self) -> Where {
        Where { at: self.at, conn: self.conn(), transaction: self.transaction() }
    }

    /// Is this what is looked for, and has come before it what must have? On which connection of the learner's is not
    /// asked here.
    pub(super) fn fits(&self, sought: &Sought) -> bool {
        let come = |tie: &Tie| self.known.ties().has_come(tie, self.place());
        self.is(&sought.what)
            && self.is_between(sought)
            && sought.after.as_ref().is_none_or(come)
            && !sought.before.as_ref().is_some_and(come)
    }

    /// Is this what is looked for; or, where that is what lies in a mailbox, does it lie there now?
    pub(super) fn is_so(&self, sought: &Sought) -> bool {
        match sought.what {
            Pattern::Holds { .. } => self.begun && self.known.is_now(sought),
            _ => self.fits(sought),
        }
    }

    /// Are these the hosts that are looked for?
    fn is_between(&self, sought: &Sought) -> bool {
        // The end of a connection is the learner's where no other client is named.
        let own = sought.client.is_none() && matches!(sought.what, Pattern::Closed { .. });
        if sought.at.is_none() && sought.client.is_none() && !own {
            return true;
        }
        let Some(link) = self.link() else { return false };
        let at = |(host, port): &(Glob, Option<u16>)| {
            host.matches(&link.host) && port.is_none_or(|port| port == link.port)
        };
        (link.own || !own)
            && sought.at.as_ref().is_none_or(at)
            && sought.client.as_ref().is_none_or(|client| client.matches(&link.from))
    }

    /// The places of those events that others are held against and that this is one of.
    pub(super) fn ties(&self) -> Vec<usize> {
        let sought = self.known.ties().sought().iter().enumerate();
        sought.filter(|(_, one)| self.fits(one)).map(|(place, _)| place).collect()
    }

    /// The connection this happened on. A delivery or its failure belongs to the connection its message came over.
    pub(super) fn conn(&self) -> Option<ConnId> {
        match self.event {
            Event::Connected { conn, .. }
            | Event::Closed { conn, .. }
            | Event::Tls { conn, .. }
            | Event::Smtp { conn, .. }
            | Event::Pop3 { conn, .. }
            | Event::Imap { conn, .. } => Some(*conn),
            event => of_message(event).and_then(|id| self.known.origin(id)).map(|(conn, _)| conn),
        }
    }

    /// The connection, while it is open.
    pub(super) fn link(&self) -> Option<&'a Link> {
        self.conn().and_then(|conn| self.known.link(conn))
    }

    /// The mail transaction this belongs to; 0 for none.
    pub(super) fn transaction(&self) -> u32 {
        match self.event {
            Event::Smtp { exchange, .. } => exchange.transaction,
            event => of_message(event).and_then(|id| self.known.origin(id)).map_or(0, |(_, number)| number),
        }
    }

    /// Is this event what the pattern looks for?
    fn is(&self, pattern: &Pattern) -> bool {
        match (pattern, self.event) {
            (Pattern::Smtp(wanted), Event::Smtp { exchange, .. }) => {
                self.is_smtp(wanted, exchange) && self.is_secured(wanted)
            }
            (Pattern::Pop3(wanted), Event::Pop3 { conn, exchange }) => self.is_pop3(wanted, *conn, exchange),
            (Pattern::Imap(wanted), Event::Imap { exchange, .. }) => self.is_imap(wanted, exchange),
            (Pattern::Closed { .. }, Event::Closed { conn, by, why }) => {
                self.is_end(pattern, *conn, *by, *why)
            }
            (Pattern::Dns(wanted), Event::Dns { asker, question, outcome, answers, .. }) => {
                self.known.is_workstation(asker) && is_dns(wanted, question, outcome, answers)
            }
            (Pattern::Connect { host, port, answered: true }, Event::Connected { from, to, .. }) => {
                self.is_call(host, *port, from, to)
            }
            (
                Pattern::Connect { host, port, answered: false },
                Event::ConnectFailed { from, to, why, .. },
            ) => *why != ConnectFailure::TooMany && self.is_call(host, *port, from, to),
            (Pattern::Tls(wanted), Event::Tls { conn, what }) => self.is_tls(wanted, *conn, what),
            (Pattern::Sender(wanted), Event::Sender { host, what, .. }) => {
                wanted.host.as_ref().is_none_or(|h| h.matches(host)) && sender::is(wanted, what)
            }
            (
                Pattern::Delivered { to, folder, message },
                Event::Delivered { mailbox, message: mail, folder: into, .. },
            ) => {
                to.matches(mailbox)
                    && folder.as_ref().is_none_or(|folder| folder.matches(into))
                    && self.is_like(message, &mail.octets)
            }
            (Pattern::Removed { from, message }, Event::Removed { mailbox, ids, .. }) => {
                from.matches(mailbox) && ids.iter().any(|id| self.known.held(mailbox, *id, message))
            }
            (Pattern::Flagged(wanted), Event::Flagged { mailbox, folder, flags, ids, .. }) => {
                wanted.mailbox.matches(mailbox)
                    && says(&wanted.folder, Some(folder))
                    && state::has_flags(wanted, flags)
                    && ids.iter().any(|id| self.known.held(mailbox, *id, &wanted.message))
            }
            (Pattern::Fault { id }, Event::Fault { fault, .. }) => fault == id,
            (Pattern::Setting { name, host, value }, Event::Setting { host: at, name: set, value: to }) => {
                set == name && says(host, Some(at)) && says(value, Some(to))
            }
            (Pattern::Zone { record, zone, added }, Event::Zone { zone: changed, what, .. }) => {
                *added == matches!(what, ZoneChange::Added(_))
                    && says(zone, Some(changed))
                    && what.lines(changed).iter().any(|line| record.matches(line))
            }
            (Pattern::Undeliverable { .. }, Event::Undeliverable { .. })
            | (Pattern::Deferred { .. }, Event::Deferred { .. })
            | (Pattern::Reported { .. }, Event::Reported { .. })
            | (Pattern::Expanded { .. }, Event::Expanded { .. }) => is_of_queue(pattern, self.event),
            (Pattern::Person { who, does, to }, Event::Person { address, what, .. }) => {
                who.matches(address) && is_act(does.as_deref(), to.as_ref(), what)
            }
            (Pattern::Ran { program, args }, Event::Ran { argv, .. }) => match argv.split_first() {
                Some((name, rest)) => name == program && args.matches(&rest.join(" ")),
                None => false,
            },
            _ => false,
        }
    }

    /// Did a connection to this place end so?
    fn is_end(&self, pattern: &Pattern, conn: ConnId, by: Side, why: CloseReason) -> bool {
        let Pattern::Closed { host, port, by: wanted_by, why: wanted_why } = pattern else { return false };
        self.known.link(conn).is_some_and(|link| {
            host.matches(&link.host)
                && port.is_none_or(|port| port == link.port)
                && wanted_by.is_none_or(|wanted| wanted == by)
                && wanted_why.is_none_or(|wanted| wanted == why)
        })
    }

    /// Is it the workstation that called, and this host and port that were called?
    fn is_call(&self, host: &Glob, port: Option<u16>, from: &Endpoint, to: &Endpoint) -> bool {
        self.known.is_workstation(&from.host)
            && (host.matches(&to.host) || host.matches(&to.ip.to_string()))
            && port.is_none_or(|port| port == to.port)
    }

    fn is_tls(&self, wanted: &TlsPattern, conn: ConnId, what: &TlsEvent) -> bool {
        let Some(link) = self.known.link(conn) else { return false };
        let (kind, version, name, reason) = match what {
            TlsEvent::Expected => return false,
            TlsEvent::Established(s) => {
                (TlsKind::Established, Some(s.version), s.server_name.as_deref(), None)
            }
            TlsEvent::Failed(why) => (TlsKind::Failed, None, None, Some(why.kind())),
            TlsEvent::Verified { name, fault: None } => (TlsKind::Verified, None, name.as_deref(), None),
            TlsEvent::Verified { name, fault: Some(fault) } => {
                (TlsKind::Distrusted, None, name.as_deref(), Some(fault.kind()))
            }
        };
        let caller = match &wanted.from {
            Some(from) => from.matches(&link.from),
            None => link.own,
        };
        caller
            && wanted.what == kind
            && wanted.host.as_ref().is_none_or(|host| host.matches(&link.host))
            && wanted.port.is_none_or(|port| port == link.port)
            && (wanted.version.is_none() || wanted.version == version)
            && says(&wanted.name, name)
            && wanted.reason.as_deref().is_none_or(|wanted| reason == Some(wanted))
    }

    fn mail(&self, octets: &'a [u8]) -> &Mail<'a> {
        self.mail.get_or_init(|| Mail::among(octets, self.known.mail_at(self.at)))
    }

    fn is_like(&self, wanted: &MessagePattern, octets: &'a [u8]) -> bool {
        *wanted == MessagePattern::default() || self.mail(octets).is_like(wanted)
    }
}

/// The message whose fate this is; a report is a part of the fate of what it is about.
fn of_message(event: &Event) -> Option<MessageId> {
    match event {
        Event::Delivered { id, .. }
        | Event::Undeliverable { id, .. }
        | Event::Deferred { id, .. }
        | Event::Expanded { id, .. }
        | Event::Reported { about: id, .. } => Some(*id),
        _ => None,
    }
}

/// Is what happened in a queue what the pattern looks for?
fn is_of_queue(pattern: &Pattern, event: &Event) -> bool {
    let has = |wanted: &Option<Like>, status: &Option<EnhancedCode>| {
        wanted.as_ref().is_none_or(|glob| status.is_some_and(|status| glob.matches(&status.to_string())))
    };
    match (pattern, event) {
        (
            Pattern::Undeliverable { to, status: wanted, expired: late },
            Event::Undeliverable { recipient, status, expired, .. },
        ) => to.matches(recipient) && has(wanted, status) && late.is_none_or(|late| late == *expired),
        (Pattern::Deferred { to, status: wanted }, Event::Deferred { recipient, status, .. }) => {
            to.matches(recipient) && has(wanted, status)
        }
        (
            Pattern::Reported { action, recipient, to: wanted, status },
            Event::Reported { to, recipients, .. },
        ) => {
            let told = |one: &Reported| {
                action.is_none_or(|action| action == one.action)
                    && says(recipient, Some(&one.recipient))
                    && has(status, &Some(one.status))
            };
            says(wanted, Some(to)) && recipients.iter().any(told)
        }
        (Pattern::Expanded { from, into: wanted, by: way }, Event::Expanded { recipient, into, by, .. }) => {
            from.matches(recipient)
                && wanted.as_ref().is_none_or(|glob| into.iter().any(|one| glob.matches(one)))
                && way.is_none_or(|way| way == *by)
        }
        _ => false,
    }
}

/// Is this what a person is to do?
fn is_act(does: Option<&str>, wanted: Option<&Like>, what: &PersonEvent) -> bool {
    match what {
        PersonEvent::Reads { .. } => wanted.is_none() && does.is_none_or(|does| does == "read"),
        PersonEvent::Writes { what, to, .. } => {
            does.is_none_or(|does| does == what.kind())
                && wanted.is_none_or(|wanted| to.iter().any(|to| wanted.matches(to)))
        }
        _ => false,
    }
}

pub(super) fn says(wanted: &Option<Like>, found: Option<&str>) -> bool {
    wanted.as_ref().is_none_or(|glob| found.is_some_and(|found| glob.matches(found)))
}

fn is_dns(
    wanted: &DnsPattern,
    question: &Question,
    outcome: &Result<Rcode, DnsFailure>,
    answers: &[Record],
) -> bool {
    let answered = outcome.is_ok() && !answers.is_empty();
    let name = question.name.trim_end_matches('.');
    let by_name = || wanted.name.matches(name) || wanted.name.matches(&format!("{name}."));
    let by_address = || {
        question.qtype == RecordType::Ptr
            && question.reversed_address().is_some_and(|ip| wanted.name.matches(&ip.to_string()))
    };
    wanted.qtype.is_none_or(|qtype| qtype == question.qtype)
        && wanted.answered.is_none_or(|wanted| wanted == answered)
        && (by_name() || by_address())
}
