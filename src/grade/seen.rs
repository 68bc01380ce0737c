//! One event with what is known around it, and the closed set of predicates a scenario can ask of it.

use super::known::{Known, Link};
use super::sender;
use crate::event::{
    ConnectFailure, DnsFailure, Endpoint, EnhancedCode, Event, ImapCommand, ImapExchange, ImapReason,
    ImapStatus, ImapVerb, LooksLike, PersonEvent, Pop3Command, Pop3Exchange, Pop3Reason, Question, Rcode,
    Record, RecordType, Reported, SmtpCommand, SmtpExchange, SmtpVerb, TlsEvent, ZoneChange,
};
use crate::mail::sasl::Mechanism;
use crate::mail::{Glob, Mail, MessagePattern, ReversePath};
use crate::scenario::{
    DnsPattern, ImapKind, ImapPattern, Pattern, Pop3Pattern, SmtpKind, SmtpPattern, TlsKind, TlsPattern,
};
use crate::units::{ConnId, EventNo, MessageId};
use std::cell::OnceCell;

/// One event, being graded.
pub(super) struct Seen<'a> {
    /// Its number.
    pub(super) n: EventNo,
    /// The event.
    pub(super) event: &'a Event,
    /// What is known from earlier events.
    pub(super) known: &'a Known,
    /// The message the event carries, split once however many patterns ask.
    mail: OnceCell<Mail<'a>>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(n: EventNo, event: &'a Event, known: &'a Known) -> Seen<'a> {
        Seen { n, event, known, mail: OnceCell::new() }
    }

    /// The connection this happened on. A delivery or its failure belongs to the connection its message came over.
    pub(super) fn conn(&self) -> Option<ConnId> {
        match self.event {
            Event::Connected { conn, .. }
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

    /// Is this what the pattern looks for? On which connection is not asked here.
    pub(super) fn is(&self, pattern: &Pattern) -> bool {
        match (pattern, self.event) {
            (Pattern::Smtp(wanted), Event::Smtp { exchange, .. }) => {
                self.is_smtp(wanted, exchange) && self.is_secured(wanted)
            }
            (Pattern::Pop3(wanted), Event::Pop3 { conn, exchange }) => self.is_pop3(wanted, *conn, exchange),
            (Pattern::Imap(wanted), Event::Imap { exchange, .. }) => self.is_imap(wanted, exchange),
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

    fn is_like(&self, wanted: &MessagePattern, octets: &'a [u8]) -> bool {
        *wanted == MessagePattern::default() || self.mail.get_or_init(|| Mail::new(octets)).is_like(wanted)
    }

    /// Is the connection as private, and whoever talks on it who they should be?
    fn is_secured(&self, wanted: &SmtpPattern) -> bool {
        let link = self.link();
        wanted.tls.is_none_or(|tls| link.is_some_and(|link| link.tls == tls))
            && says(&wanted.auth, link.and_then(|link| link.user.as_deref()))
    }

    fn is_smtp(&self, wanted: &SmtpPattern, exchange: &'a SmtpExchange) -> bool {
        let command = &exchange.command;
        let kind = match wanted.command {
            SmtpKind::Any => true,
            SmtpKind::Connect => *command == SmtpCommand::Connect,
            SmtpKind::Hello => matches!(command, SmtpCommand::Helo { .. } | SmtpCommand::Ehlo { .. }),
            // A message with a line is one whose last chunk came with it.
            SmtpKind::Verb(SmtpVerb::Bdat) if !exchange.line.is_empty() => {
                matches!(command, SmtpCommand::Message { .. }) || command.verb() == Some(SmtpVerb::Bdat)
            }
            SmtpKind::Verb(verb) => command.verb() == Some(verb),
            SmtpKind::Unknown => {
                matches!(command, SmtpCommand::Unknown { .. } | SmtpCommand::Overlong { .. })
            }
        };
        let (name, from, to, octets, looks_like) = match command {
            SmtpCommand::Helo { name } | SmtpCommand::Ehlo { name } => (Some(name), None, None, None, None),
            SmtpCommand::Mail { from, .. } => (None, Some(address(from)), None, None, None),
            SmtpCommand::Rcpt { to, .. } => (None, None, Some(to.0.to_string()), None, None),
            SmtpCommand::Message { octets } => (None, None, None, Some(octets), None),
            SmtpCommand::Unknown { looks_like, .. } => (None, None, None, None, looks_like.as_ref()),
            _ => (None, None, None, None, None),
        };
        let mechanism = match command {
            SmtpCommand::Auth { mechanism } => Mechanism::parse(mechanism),
            SmtpCommand::AuthResponse { mechanism } => Some(*mechanism),
            _ => None,
        };
        kind && says(&wanted.name, name.map(String::as_str))
            && wanted.mechanism.is_none_or(|wanted| mechanism == Some(wanted))
            && says(&wanted.from, from.as_deref())
            && says(&wanted.to, to.as_deref())
            && wanted.reply.is_none_or(|code| code.matches(exchange.reply.code))
            && resembles(&wanted.looks_like, looks_like)
            && wanted.reason.as_ref().is_none_or(|reason| reason == exchange.reason.kind())
            && wanted.message.as_ref().is_none_or(|wanted| octets.is_some_and(|o| self.is_like(wanted, o)))
    }

    fn is_pop3(&self, wanted: &Pop3Pattern, conn: ConnId, exchange: &Pop3Exchange) -> bool {
        let command = &exchange.command;
        let kind = wanted.command.as_deref().is_none_or(|verb| match verb {
            "CONNECT" => *command == Pop3Command::Connect,
            "UNKNOWN" => matches!(command, Pop3Command::Unknown { .. } | Pop3Command::Overlong { .. }),
            _ => command.verb().is_some_and(|spoken| spoken.eq_ignore_ascii_case(verb)),
        });
        let (number, looks_like) = match command {
            Pop3Command::List { number } | Pop3Command::Uidl { number } => (*number, None),
            Pop3Command::Retr { number } | Pop3Command::Dele { number } => (Some(*number), None),
            Pop3Command::Top { number, .. } => (Some(*number), None),
            Pop3Command::Unknown { looks_like, .. } => (None, looks_like.as_ref()),
            _ => (None, None),
        };
        // A challenge is neither.
        let challenge = matches!(exchange.reason, Pop3Reason::Challenge { .. });
        let named = |wanted: &String| exchange.mechanism().is_some_and(|m| m.eq_ignore_ascii_case(wanted));
        kind && wanted.ok.is_none_or(|ok| ok == exchange.ok && !challenge)
            && wanted.mechanism.as_ref().is_none_or(named)
            && wanted.tls.is_none_or(|tls| tls == exchange.tls)
            && wanted.user.as_ref().is_none_or(|user| user.matches(&exchange.user))
            && wanted.number.is_none_or(|wanted| number == Some(wanted))
            && resembles(&wanted.looks_like, looks_like)
            && wanted.reason.as_ref().is_none_or(|reason| reason == exchange.reason.kind())
            && wanted.message.as_ref().is_none_or(|wanted| match exchange.reason {
                Pop3Reason::MessageGiven { id } => self.known.given(conn, id, wanted),
                _ => false,
            })
    }

    fn is_imap(&self, wanted: &ImapPattern, exchange: &ImapExchange) -> bool {
        let known = match &exchange.command {
            ImapCommand::Known(known) => Some(known),
            _ => None,
        };
        let looks_like = match &exchange.command {
            ImapCommand::Unknown { looks_like, .. } => looks_like.as_ref(),
            _ => None,
        };
        let ok = matches!(exchange.status, ImapStatus::Ok | ImapStatus::Continue | ImapStatus::Data);
        let mailbox = known.and_then(|known| known.mailbox.as_deref()).or(exchange.mailbox.as_deref());
        is_imap_command(wanted.command, &exchange.command)
            && wanted.ok.is_none_or(|wanted| wanted == ok)
            && wanted.user.as_ref().is_none_or(|user| user.matches(&exchange.user))
            && says(&wanted.mailbox, mailbox)
            && says(&wanted.set, known.and_then(|known| known.set.as_deref()))
            && wanted.uid.is_none_or(|uid| known.is_some_and(|known| known.uid == uid))
            && all_among(&wanted.items, &asked(known.map(|known| known.items.as_slice()).unwrap_or_default()))
            && all_among(&wanted.flags, known.map(|known| known.flags.as_slice()).unwrap_or_default())
            && resembles(&wanted.looks_like, looks_like)
            && wanted.reason.as_ref().is_none_or(|reason| reason == exchange.reason.kind())
            && wanted.message.as_ref().is_none_or(|wanted| match &exchange.reason {
                ImapReason::Fetched { ids } => {
                    ids.iter().any(|id| self.known.held(&exchange.user, *id, wanted))
                }
                ImapReason::Appended { id } => self.known.held(&exchange.user, *id, wanted),
                _ => false,
            })
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
    let has = |wanted: &Option<Glob>, status: &Option<EnhancedCode>| {
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

fn is_imap_command(wanted: ImapKind, command: &ImapCommand) -> bool {
    match wanted {
        ImapKind::Any => true,
        ImapKind::Connect => *command == ImapCommand::Connect,
        ImapKind::Verb(verb) => {
            command.verb() == Some(verb)
                && !matches!(command, ImapCommand::Continuation { verb: ImapVerb::Idle })
        }
        ImapKind::Done => matches!(command, ImapCommand::Continuation { verb: ImapVerb::Idle }),
        ImapKind::News => *command == ImapCommand::Silence,
        ImapKind::Unknown => matches!(command, ImapCommand::Unknown { .. } | ImapCommand::Overlong { .. }),
    }
}

/// Items with the macros of FETCH and what they stand for (RFC 3501 section 6.4.5).
fn asked(items: &[String]) -> Vec<String> {
    let mut asked = items.to_vec();
    for item in items {
        let stands_for: &[&str] = match item.to_ascii_uppercase().as_str() {
            "FAST" => &["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
            "ALL" => &["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"],
            "FULL" => &["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"],
            _ => &[],
        };
        asked.extend(stands_for.iter().map(|item| (*item).to_owned()));
    }
    asked
}

/// Is each of these words among those found, case aside?
fn all_among(wanted: &[String], found: &[String]) -> bool {
    wanted.iter().all(|word| found.iter().any(|f| f.eq_ignore_ascii_case(word)))
}

/// The address of MAIL as a pattern names it: nothing for the null path.
fn address(from: &ReversePath) -> String {
    from.0.as_ref().map(|mailbox| mailbox.to_string()).unwrap_or_default()
}

/// Is this what a person is to do?
fn is_act(does: Option<&str>, wanted: Option<&Glob>, what: &PersonEvent) -> bool {
    match what {
        PersonEvent::Reads { .. } => wanted.is_none() && does.is_none_or(|does| does == "read"),
        PersonEvent::Writes { what, to, .. } => {
            does.is_none_or(|does| does == what.kind())
                && wanted.is_none_or(|wanted| to.iter().any(|to| wanted.matches(to)))
        }
        _ => false,
    }
}

fn says(wanted: &Option<Glob>, found: Option<&str>) -> bool {
    wanted.as_ref().is_none_or(|glob| found.is_some_and(|found| glob.matches(found)))
}

fn resembles(wanted: &Option<String>, found: Option<&LooksLike>) -> bool {
    wanted.as_ref().is_none_or(|kind| found.is_some_and(|found| found.kind() == kind))
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
