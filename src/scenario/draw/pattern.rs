//! What is looked for, with its names filled in.

use super::Draw;
use super::value::{Service, find_host, host_and_port, service_at};
use crate::mail::{Glob, Like, MessagePattern};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{
    LetterPattern, LikeModel, ParamModel, ReasonModel, SoughtModel, TieModel, TlsPatternModel, WhatModel,
};
use crate::scenario::template::Str;
use crate::scenario::{
    DnsPattern, FlaggedPattern, ImapPattern, Pattern, Pop3Pattern, ReasonPattern, Same, SmtpPattern, Sought,
    Tie, TlsPattern,
};
use crate::world::Setup;
use std::sync::Arc;

impl Draw<'_> {
    /// `placed`: what is looked for here belongs to one connection.
    pub(super) fn sought(&mut self, setup: &Setup, model: &SoughtModel, placed: bool) -> Option<Sought> {
        let what = self.pattern(setup, &model.what);
        let at = match &model.at {
            Some(at) => Some(self.place_pattern(setup, at, true)?),
            None => None,
        };
        let client = match &model.client {
            Some(client) => Some(Glob::literal(&self.caller(setup, client)?)),
            None => None,
        };
        let what = what?;
        let after = self.tie_if(setup, &what, model.after.as_deref(), placed)?;
        let before = self.tie_if(setup, &what, model.before.as_deref(), placed)?;
        Some(Sought { what, at, client, after, before })
    }

    /// What comes before; the outer `None` is a fault.
    fn tie_if(
        &mut self,
        setup: &Setup,
        what: &Pattern,
        model: Option<&TieModel>,
        placed: bool,
    ) -> Option<Option<Tie>> {
        let Some(model) = model else { return Some(None) };
        let sought = self.sought(setup, &model.sought, placed)?;
        let same = self.same(model.same, what, &sought.what, placed, &model.sought)?;
        Some(Some(Tie { sought: Arc::new(sought), same, within: model.within }))
    }

    /// What two events must have in common: what the author says, else as much as both can have, where they belong to
    /// one connection at all.
    fn same(
        &mut self,
        said: Option<Same>,
        one: &Pattern,
        other: &Pattern,
        placed: bool,
        at: &SoughtModel,
    ) -> Option<Same> {
        let most = if one.is_of_mail() && other.is_of_mail() {
            Same::Mail
        } else if one.is_on_connection() && other.is_on_connection() {
            Same::Connection
        } else {
            Same::Attempt
        };
        let Some(said) = said else { return Some(if placed { most } else { Same::Attempt }) };
        let rank = |same: Same| Same::ALL.iter().position(|(_, other)| *other == same);
        if rank(said) < rank(most) {
            let what = if said == Same::Mail { "in one mail transaction" } else { "on one connection" };
            let message = format!("these two do not happen {what}");
            self.faults.push(
                Diagnostic::error("not-on-connection", at.span.clone(), message)
                    .help("leave `same` out, or write `same = \"attempt\"`"),
            );
            return None;
        }
        Some(said)
    }

    /// Where a `never` is looked for: on the step's connection, in its mail transaction, or everywhere.
    pub(super) fn never(
        &mut self,
        said: Option<Same>,
        what: &Pattern,
        placed: bool,
        at: &SoughtModel,
    ) -> Same {
        let same = if placed { self.same(said, what, what, placed, at) } else { None };
        if !placed && said.is_some_and(|said| said != Same::Attempt) {
            self.faults.push(
                Diagnostic::error(
                    "not-on-connection",
                    at.span.clone(),
                    "without `on` there is no connection or mail that it could be the same as",
                )
                .help("give the step `on`, or leave `same` out"),
            );
        }
        same.unwrap_or(Same::Attempt)
    }

    fn pattern(&mut self, setup: &Setup, model: &WhatModel) -> Option<Pattern> {
        Some(match model {
            WhatModel::Smtp(_) | WhatModel::Pop3(_) | WhatModel::Imap(_) => self.exchange(model)?,
            WhatModel::Dns { name, qtype, answered } => {
                let name = self.like_or_any(name)?;
                Pattern::Dns(DnsPattern { name, qtype: *qtype, answered: *answered })
            }
            WhatModel::Connect { to, answered } => self.connect(setup, to, *answered)?,
            WhatModel::Closed { to, by, why } => {
                let (host, port) = self.place_pattern(setup, to, true)?;
                Pattern::Closed { host, port, by: *by, why: *why }
            }
            WhatModel::Tls(m) => Pattern::Tls(self.tls_pattern(setup, m)?),
            WhatModel::Sender(m) => Pattern::Sender(self.sender_pattern(m)?),
            WhatModel::Delivered { .. }
            | WhatModel::Removed { .. }
            | WhatModel::Flagged(_)
            | WhatModel::Holds { .. } => self.mailbox_pattern(setup, model)?,
            WhatModel::Undeliverable { .. }
            | WhatModel::Deferred { .. }
            | WhatModel::Reported(_)
            | WhatModel::Expanded { .. } => self.post_pattern(model)?,
            WhatModel::Person { who, does, to } => {
                self.known_person(setup, who);
                Pattern::Person { who: self.like(who)?, does: does.clone(), to: self.like_if(to)? }
            }
            WhatModel::Ran { program, args } => {
                let args = self.like_or_any(args)?;
                Pattern::Ran { program: self.fill(program)?, args }
            }
            WhatModel::Fault(_) | WhatModel::Setting { .. } | WhatModel::Zone { .. } => {
                self.circumstance(model)?
            }
        })
    }

    /// What a server heard.
    fn exchange(&mut self, model: &WhatModel) -> Option<Pattern> {
        Some(match model {
            WhatModel::Smtp(m) => {
                let mut params = std::collections::BTreeMap::new();
                for (name, param) in &m.params {
                    let like = match param {
                        ParamModel::Given(like) => Some(self.like(like)?),
                        ParamModel::Missing => None,
                    };
                    params.insert(name.clone(), like);
                }
                Pattern::Smtp(Box::new(SmtpPattern {
                    command: m.command,
                    name: self.like_if(&m.name)?,
                    from: self.like_if(&m.from)?,
                    to: self.like_if(&m.to)?,
                    params,
                    reply: m.reply,
                    mechanism: m.mechanism,
                    tls: m.tls,
                    pipelined: m.pipelined,
                    auth: self.like_if(&m.auth)?,
                    message: self.message_if(&m.message)?,
                    word: self.like_if(&m.word)?,
                    looks_like: m.looks_like.clone(),
                    reason: self.reason_if(&m.reason)?,
                }))
            }
            WhatModel::Pop3(m) => Pattern::Pop3(Box::new(Pop3Pattern {
                command: m.command.clone(),
                ok: m.ok,
                user: self.like_if(&m.user)?,
                mechanism: m.mechanism.clone(),
                tls: m.tls,
                pipelined: m.pipelined,
                number: m.number,
                message: self.message_if(&m.message)?,
                word: self.like_if(&m.word)?,
                looks_like: m.looks_like.clone(),
                reason: self.reason_if(&m.reason)?,
            })),
            WhatModel::Imap(m) => Pattern::Imap(Box::new(ImapPattern {
                command: m.command,
                ok: m.ok,
                user: self.like_if(&m.user)?,
                mailbox: self.like_if(&m.mailbox)?,
                set: self.like_if(&m.set)?,
                uid: m.uid,
                tls: m.tls,
                pipelined: m.pipelined,
                items: self.words(&m.items)?,
                flags: self.words(&m.flags)?,
                message: self.message_if(&m.message)?,
                word: self.like_if(&m.word)?,
                looks_like: m.looks_like.clone(),
                reason: self.reason_if(&m.reason)?,
            })),
            _ => return None,
        })
    }

    fn reason_if(&mut self, model: &Option<ReasonModel>) -> Option<Option<ReasonPattern>> {
        let Some(model) = model else { return Some(None) };
        let part = match &model.part {
            Some(part) => Some(self.glob(part)?),
            None => None,
        };
        Some(Some(ReasonPattern { kind: model.kind.clone(), part }))
    }

    /// What happens in mailboxes, and what lies there.
    fn mailbox_pattern(&mut self, setup: &Setup, model: &WhatModel) -> Option<Pattern> {
        Some(match model {
            WhatModel::Delivered { to, folder, message } => {
                self.known_mailbox(setup, to);
                let folder = self.like_if(folder)?;
                Pattern::Delivered { to: self.like(to)?, folder, message: self.message(message)? }
            }
            WhatModel::Removed { from, message } => {
                self.known_mailbox(setup, from);
                Pattern::Removed { from: self.like(from)?, message: self.message(message)? }
            }
            WhatModel::Flagged(m) => {
                self.known_mailbox(setup, &m.mailbox);
                Pattern::Flagged(Box::new(FlaggedPattern {
                    mailbox: self.like(&m.mailbox)?,
                    folder: self.like_if(&m.folder)?,
                    flags: self.words(&m.flags)?,
                    unset: self.words(&m.unset)?,
                    message: self.message(&m.message)?,
                }))
            }
            WhatModel::Holds { mailbox, folder, message, count } => {
                self.known_mailbox(setup, mailbox);
                Pattern::Holds {
                    mailbox: self.like(mailbox)?,
                    folder: self.like_if(folder)?,
                    message: self.message(message)?,
                    count: *count,
                }
            }
            _ => return None,
        })
    }

    /// A fault, a setting or a change of a zone.
    fn circumstance(&mut self, what: &WhatModel) -> Option<Pattern> {
        Some(match what {
            WhatModel::Fault(id) => {
                let name = self.fill(id)?;
                let known: Vec<&str> = self.model.faults.iter().map(|f| f.id.value.as_str()).collect();
                if !known.contains(&name.as_str()) {
                    let help = super::value::help_with(&name, &known, "add a [[fault]] of that name");
                    let message = format!("there is no fault `{}`", name.escape_debug());
                    self.error("unknown-fault", id, message, help);
                }
                Pattern::Fault { id: name }
            }
            WhatModel::Setting { name, host, value } => Pattern::Setting {
                name: self.fill(name)?,
                host: self.like_if(host)?,
                value: self.like_if(value)?,
            },
            WhatModel::Zone { record, zone, added } => {
                Pattern::Zone { record: self.like(record)?, zone: self.like_if(zone)?, added: *added }
            }
            _ => return None,
        })
    }

    /// What becomes of mail in queues.
    fn post_pattern(&mut self, what: &WhatModel) -> Option<Pattern> {
        Some(match what {
            WhatModel::Undeliverable { to, status, expired } => {
                let (to, status) = (self.like(to)?, self.like_if(status)?);
                Pattern::Undeliverable { to, status, expired: *expired }
            }
            WhatModel::Deferred { to, status } => {
                Pattern::Deferred { to: self.like(to)?, status: self.like_if(status)? }
            }
            WhatModel::Reported(m) => Pattern::Reported {
                action: m.action,
                recipient: self.like_if(&m.recipient)?,
                to: self.like_if(&m.to)?,
                status: self.like_if(&m.status)?,
            },
            WhatModel::Expanded { from, into, by } => {
                Pattern::Expanded { from: self.like(from)?, into: self.like_if(into)?, by: *by }
            }
            _ => return None,
        })
    }

    /// What a text must be like, which may be left out: the outer `None` is a fault, the inner one "anything".
    pub(super) fn like_if(&mut self, model: &Option<LikeModel>) -> Option<Option<Like>> {
        match model {
            Some(model) => self.like(model).map(Some),
            None => Some(None),
        }
    }

    /// What a text must be like.
    pub(super) fn like(&mut self, model: &LikeModel) -> Option<Like> {
        let mut globs = |templates: &[Str]| -> Option<Vec<Glob>> {
            // All of them are filled in, so that each fault is told.
            let globs: Vec<Option<Glob>> = templates.iter().map(|t| self.glob(t)).collect();
            globs.into_iter().collect()
        };
        let (like, without) = (globs(&model.like), globs(&model.without));
        Some(Like { like: like?, without: without? })
    }

    /// Words that are all asked for, each with its names filled in.
    fn words(&mut self, templates: &[Str]) -> Option<Vec<String>> {
        // All of them are filled in, so that each fault is told.
        let words: Vec<Option<String>> = templates.iter().map(|t| self.fill(t)).collect();
        words.into_iter().collect()
    }

    /// What a text must be like, anything where nothing is said.
    fn like_or_any(&mut self, model: &Option<LikeModel>) -> Option<Like> {
        Some(self.like_if(model)?.unwrap_or_default())
    }

    fn message_if(&mut self, model: &Option<LetterPattern>) -> Option<Option<MessagePattern>> {
        match model {
            Some(model) => self.message(model).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn message(&mut self, model: &LetterPattern) -> Option<MessagePattern> {
        let mut pattern = MessagePattern {
            headers: self.words(&model.headers)?,
            without: self.words(&model.without)?,
            body: self.like_if(&model.body)?,
            empty_line: model.empty_line,
            signed: self.signed(&model.signed)?,
            encrypted: self.encrypted(&model.encrypted)?,
            ..MessagePattern::default()
        };
        for (name, value) in &model.fields {
            pattern.fields.insert(name.clone(), self.like(value)?);
        }
        Some(pattern)
    }

    /// `host:port`, or a host alone. Without wildcards it must be a place where something listens; one where nobody
    /// answers need only be a host.
    fn connect(&mut self, setup: &Setup, to: &Str, answered: bool) -> Option<Pattern> {
        let (host, port) = self.place_pattern(setup, to, answered)?;
        Some(Pattern::Connect { host, port, answered })
    }

    fn place_pattern(&mut self, setup: &Setup, to: &Str, answered: bool) -> Option<(Glob, Option<u16>)> {
        let text = self.fill(to)?;
        if text.contains(['*', '?']) {
            let (host, port) = match host_and_port(&text) {
                Some((host, port)) => (host, Some(port)),
                None => (text.strip_suffix(":*").unwrap_or(&text), None),
            };
            return Some((Glob(host.trim().to_owned()), port));
        }
        if let (false, Some((host, port))) = (answered, host_and_port(&text)) {
            let host = self.known_host(setup, to, host.trim())?;
            return Some((Glob::literal(&host), Some(port)));
        }
        let (host, port) = if text.contains(':') {
            let (host, port) = self.place(setup, to)?;
            (host, Some(port))
        } else {
            (self.known_host(setup, to, text.trim())?, None)
        };
        Some((Glob::literal(&host), port))
    }

    fn tls_pattern(&mut self, setup: &Setup, model: &TlsPatternModel) -> Option<TlsPattern> {
        let place = model.to.as_ref().map(|to| self.place_pattern(setup, to, true));
        let (host, port) = match place {
            Some(place) => place.map(|(host, port)| (Some(host), port))?,
            None => (None, None),
        };
        let name = self.like_if(&model.name)?;
        let from = match &model.from {
            Some(from) => Some(Like::literal(&self.caller(setup, from)?)),
            None => None,
        };
        Some(TlsPattern {
            what: model.what,
            from,
            host: host.map(Like::from),
            port,
            version: model.version,
            name,
            reason: model.reason.clone(),
        })
    }

    /// With `on`, everything expected must be able to happen on that connection.
    pub(super) fn on_this_connection(
        &mut self,
        setup: &Setup,
        place: Option<&(String, u16)>,
        model: &SoughtModel,
    ) {
        let service = place.and_then(|(host, port)| service_at(find_host(setup, host)?, *port));
        if self.is_others(setup, model.client.as_ref()) {
            let span = model.client.as_ref().map_or(0..0, |client| client.span.clone());
            self.faults.push(
                Diagnostic::error(
                    "not-on-connection",
                    span,
                    "`on` is a connection of the learner's, `client` another host",
                )
                .help("leave out `on` and say with `at` which server hears it, or leave out `client`"),
            );
            return;
        }
        let (what, wanted) = match &model.what {
            WhatModel::Tls(_) => return,
            WhatModel::Smtp(_) => ("SMTP", Some(Service::Smtp)),
            WhatModel::Pop3(_) => ("POP3", Some(Service::Pop3)),
            WhatModel::Imap(_) => ("IMAP", Some(Service::Imap)),
            // What becomes of a message belongs to the connection it came over.
            WhatModel::Connect { answered: true, .. }
            | WhatModel::Closed { .. }
            | WhatModel::Delivered { .. }
            | WhatModel::Undeliverable { .. }
            | WhatModel::Deferred { .. }
            | WhatModel::Reported(_)
            | WhatModel::Expanded { .. } => return,
            WhatModel::Connect { .. } => ("a failed connection", None),
            WhatModel::Dns { .. } => ("a DNS question", None),
            WhatModel::Removed { .. } => ("a removal", None),
            WhatModel::Flagged(_) => ("a change of flags", None),
            WhatModel::Holds { .. } => ("what lies in a mailbox", None),
            WhatModel::Sender(_) => ("a sender's check", None),
            WhatModel::Person { .. } => ("what a person does", None),
            WhatModel::Ran { .. } => ("a program's start", None),
            WhatModel::Fault(_) => ("a fault", None),
            WhatModel::Setting { .. } => ("a setting", None),
            WhatModel::Zone { .. } => ("a change of a zone", None),
        };
        let fault = match (wanted, service) {
            (Some(wanted), Some(service)) if wanted != service => Diagnostic::error(
                "wrong-protocol",
                model.span.clone(),
                format!("`on` leads to no {what} server"),
            )
            .help("expect what that server hears, or change the port in `on`"),
            (None, _) => Diagnostic::error(
                "not-on-connection",
                model.span.clone(),
                format!("{what} does not happen on one connection"),
            )
            .help("make it a step of its own, or leave out `on`"),
            _ => return,
        };
        self.faults.push(fault);
    }

    /// What is expected in a mailbox must have a mailbox to be in.
    pub(super) fn known_mailbox(&mut self, setup: &Setup, to: &LikeModel) {
        let known: Vec<&str> = setup.mailboxes.iter().map(|m| m.address.as_str()).collect();
        // Mailboxes that could not be set up have a fault of their own.
        if self.model.lost_mailboxes || known.len() != self.model.mailboxes.len() {
            return;
        }
        for to in &to.like {
            let Some(glob) = self.glob(to) else { continue };
            if known.iter().any(|address| glob.matches(address)) {
                continue;
            }
            let shown = self.fill(to).unwrap_or_default();
            let help = super::value::help_with(&shown, &known, "add a [[mailbox]] with this address");
            let message = format!("there is no mailbox `{}`", shown.escape_debug());
            self.error("unknown-mailbox", to, message, help);
        }
    }
}

/// Can it happen on a connection to this place? A mistake may well happen elsewhere than where its step is done: a
/// DNS question, SMTP spoken to the POP3 server.
pub(super) fn happens_at(setup: &Setup, pattern: &Pattern, (host, port): &(String, u16)) -> bool {
    let service = find_host(setup, host).and_then(|host| service_at(host, *port));
    match pattern {
        Pattern::Smtp(_) => service == Some(Service::Smtp),
        Pattern::Pop3(_) => service == Some(Service::Pop3),
        Pattern::Imap(_) => service == Some(Service::Imap),
        Pattern::Tls(_) => service.is_some(),
        _ => false,
    }
}
