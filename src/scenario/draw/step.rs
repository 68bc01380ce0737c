//! Steps with their names filled in: patterns, questions, hints, mistakes.

use super::Draw;
use super::value::{Service, find_host, host_and_port, service_at};
use crate::mail::trace::date;
use crate::mail::{Glob, MessagePattern};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{
    AnswerModel, CheckModel, HintModel, LetterPattern, OnModel, PatternModel, StepModel, TlsPatternModel,
    WhatModel,
};
use crate::scenario::template::Str;
use crate::scenario::{
    Answer, Check, Conversation, DnsPattern, Expectation, Hint, ImapPattern, Mistake, Pattern, Pop3Pattern,
    Script, ScriptLine, SmtpPattern, Step, TlsPattern, WrongAnswer,
};
use crate::units::{Lang, Points, TermId, Text};
use crate::world::Setup;
use std::sync::Arc;

impl Draw<'_> {
    pub(super) fn steps(&mut self, setup: &Setup) -> Vec<Step> {
        self.model.steps.iter().map(|step| self.step(setup, step)).collect()
    }

    fn step(&mut self, setup: &Setup, model: &StepModel) -> Step {
        let (title, task) = (self.text_if(&model.title), self.text_if(&model.task));
        let check = self.check(setup, model.check.as_ref());
        let on = match &check {
            Check::Events(conversation) => conversation.on.clone(),
            Check::Question { .. } => None,
        };
        let hints = model.hints.iter().map(|hint| self.hint(model, hint)).collect();
        let mut mistakes = Vec::new();
        for mistake in &model.mistakes {
            let place = match &mistake.on {
                OnModel::AsStep => on.clone(),
                OnModel::Anywhere => None,
                OnModel::There(place) => {
                    let place = self.place(setup, place);
                    if let (Some(when), Some(_)) = (&mistake.when, &place) {
                        self.on_this_connection(setup, place.as_ref(), when);
                    }
                    place
                }
            };
            let say = self.text_if(&mistake.say);
            let Some(when) = &mistake.when else { continue };
            if let Some(pattern) = self.pattern(setup, when) {
                let named = matches!(mistake.on, OnModel::There(_));
                let on = place.filter(|place| named || happens_at(setup, &pattern, place));
                let (id, when) = (mistake.id.value.clone(), Arc::new(pattern));
                mistakes.push(Arc::new(Mistake { id, on, when, say }));
            }
        }
        Step { id: model.id.value.clone(), points: points(model), title, task, check, hints, mistakes }
    }

    fn check(&mut self, setup: &Setup, model: Option<&CheckModel>) -> Check {
        match model {
            Some(CheckModel::Events { on, ordered, expect }) => {
                let place = on.as_ref().and_then(|on| self.place(setup, on));
                let mut expectations = Vec::new();
                for one in expect {
                    if on.is_some() {
                        self.on_this_connection(setup, place.as_ref(), &one.what);
                    }
                    if let Some(what) = self.pattern(setup, &one.what) {
                        expectations.push(Expectation { what: Arc::new(what), points: one.points });
                    }
                }
                Check::Events(Conversation { on: place, ordered: *ordered, expect: expectations })
            }
            Some(CheckModel::Question { ask, answer, wrong }) => {
                let ask = self.text_if(ask);
                let answer = answer.as_ref().and_then(|a| self.answer(a)).unwrap_or(Answer::Text(Vec::new()));
                let mut said = Vec::new();
                for (is, say) in wrong {
                    let say = self.text(say);
                    if let Some(is) = is.as_ref().and_then(|is| self.glob(is)) {
                        said.push(WrongAnswer { is, say });
                    }
                }
                Check::Question { ask, answer, wrong: said }
            }
            None => Check::Events(Conversation { on: None, ordered: true, expect: Vec::new() }),
        }
    }

    /// With `on`, everything expected must be able to happen on that connection.
    fn on_this_connection(&mut self, setup: &Setup, place: Option<&(String, u16)>, model: &PatternModel) {
        let service = place.and_then(|(host, port)| service_at(find_host(setup, host)?, *port));
        let (what, wanted) = match &model.what {
            WhatModel::Tls(_) => return,
            WhatModel::Smtp(_) => ("SMTP", Some(Service::Smtp)),
            WhatModel::Pop3(_) => ("POP3", Some(Service::Pop3)),
            WhatModel::Imap(_) => ("IMAP", Some(Service::Imap)),
            // What becomes of a message belongs to the connection it came over.
            WhatModel::Connect { answered: true, .. }
            | WhatModel::Delivered { .. }
            | WhatModel::Undeliverable { .. }
            | WhatModel::Deferred { .. }
            | WhatModel::Reported { .. }
            | WhatModel::Expanded { .. } => return,
            WhatModel::Connect { .. } => ("a failed connection", None),
            WhatModel::Dns { .. } => ("a DNS question", None),
            WhatModel::Removed { .. } => ("a removal", None),
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

    fn pattern(&mut self, setup: &Setup, model: &PatternModel) -> Option<Pattern> {
        Some(match &model.what {
            WhatModel::Smtp(m) => Pattern::Smtp(SmtpPattern {
                command: m.command,
                name: self.glob_if(&m.name)?,
                from: self.glob_if(&m.from)?,
                to: self.glob_if(&m.to)?,
                reply: m.reply,
                mechanism: m.mechanism,
                tls: m.tls,
                auth: self.glob_if(&m.auth)?,
                message: self.message_if(&m.message)?,
                looks_like: m.looks_like.clone(),
                reason: m.reason.clone(),
            }),
            WhatModel::Pop3(m) => Pattern::Pop3(Pop3Pattern {
                command: m.command.clone(),
                ok: m.ok,
                user: self.glob_if(&m.user)?,
                mechanism: m.mechanism.clone(),
                tls: m.tls,
                number: m.number,
                message: self.message_if(&m.message)?,
                looks_like: m.looks_like.clone(),
                reason: m.reason.clone(),
            }),
            WhatModel::Imap(m) => Pattern::Imap(ImapPattern {
                command: m.command,
                ok: m.ok,
                user: self.glob_if(&m.user)?,
                mailbox: self.glob_if(&m.mailbox)?,
                set: self.glob_if(&m.set)?,
                uid: m.uid,
                items: m.items.clone(),
                flags: m.flags.clone(),
                message: self.message_if(&m.message)?,
                looks_like: m.looks_like.clone(),
                reason: m.reason.clone(),
            }),
            WhatModel::Dns { name, qtype, answered } => {
                let name = self.glob_if(name)?.unwrap_or_else(|| Glob("*".into()));
                Pattern::Dns(DnsPattern { name, qtype: *qtype, answered: *answered })
            }
            WhatModel::Connect { to, answered } => self.connect(setup, to, *answered)?,
            WhatModel::Tls(m) => Pattern::Tls(self.tls_pattern(setup, m)?),
            WhatModel::Sender(m) => Pattern::Sender(self.sender_pattern(m)?),
            WhatModel::Delivered { to, folder, message } => {
                self.known_mailbox(setup, to);
                let folder = self.glob_if(folder)?;
                Pattern::Delivered { to: self.glob(to)?, folder, message: self.message(message)? }
            }
            WhatModel::Removed { from, message } => {
                self.known_mailbox(setup, from);
                Pattern::Removed { from: self.glob(from)?, message: self.message(message)? }
            }
            WhatModel::Undeliverable { .. }
            | WhatModel::Deferred { .. }
            | WhatModel::Reported { .. }
            | WhatModel::Expanded { .. } => self.post_pattern(&model.what)?,
            WhatModel::Person { who, does, to } => {
                self.known_person(setup, who);
                Pattern::Person { who: self.glob(who)?, does: does.clone(), to: self.glob_if(to)? }
            }
            WhatModel::Ran { program, args } => {
                let args = self.glob_if(args)?.unwrap_or_else(|| Glob("*".into()));
                Pattern::Ran { program: self.fill(program)?, args }
            }
            WhatModel::Fault(_) | WhatModel::Setting { .. } | WhatModel::Zone { .. } => {
                self.circumstance(&model.what)?
            }
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
                host: self.glob_if(host)?,
                value: self.glob_if(value)?,
            },
            WhatModel::Zone { record, zone, added } => {
                Pattern::Zone { record: self.glob(record)?, zone: self.glob_if(zone)?, added: *added }
            }
            _ => return None,
        })
    }

    /// What becomes of mail in queues.
    fn post_pattern(&mut self, what: &WhatModel) -> Option<Pattern> {
        Some(match what {
            WhatModel::Undeliverable { to, status, expired } => {
                let (to, status) = (self.glob(to)?, self.glob_if(status)?);
                Pattern::Undeliverable { to, status, expired: *expired }
            }
            WhatModel::Deferred { to, status } => {
                Pattern::Deferred { to: self.glob(to)?, status: self.glob_if(status)? }
            }
            WhatModel::Reported { action, recipient, to, status } => {
                let (recipient, to) = (self.glob_if(recipient)?, self.glob_if(to)?);
                Pattern::Reported { action: *action, recipient, to, status: self.glob_if(status)? }
            }
            WhatModel::Expanded { from, into, by } => {
                Pattern::Expanded { from: self.glob(from)?, into: self.glob_if(into)?, by: *by }
            }
            _ => return None,
        })
    }

    /// A glob that may be left out: the outer `None` is a fault, the inner one "anything".
    pub(super) fn glob_if(&mut self, template: &Option<Str>) -> Option<Option<Glob>> {
        match template {
            Some(template) => self.glob(template).map(Some),
            None => Some(None),
        }
    }

    fn message_if(&mut self, model: &Option<LetterPattern>) -> Option<Option<MessagePattern>> {
        match model {
            Some(model) => self.message(model).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn message(&mut self, model: &LetterPattern) -> Option<MessagePattern> {
        let mut pattern = MessagePattern {
            headers: model.headers.clone(),
            without: model.without.clone(),
            body: self.glob_if(&model.body)?,
            empty_line: model.empty_line,
            ..MessagePattern::default()
        };
        for (name, value) in &model.fields {
            pattern.fields.insert(name.clone(), self.glob(value)?);
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
        let name = self.glob_if(&model.name)?;
        let from = match &model.from {
            Some(from) => Some(Glob::literal(&self.caller(setup, from)?)),
            None => None,
        };
        Some(TlsPattern {
            what: model.what,
            from,
            host,
            port,
            version: model.version,
            name,
            reason: model.reason.clone(),
        })
    }

    /// A delivery that is expected must have a mailbox to go to.
    pub(super) fn known_mailbox(&mut self, setup: &Setup, to: &Str) {
        let Some(glob) = self.glob(to) else { return };
        let known: Vec<&str> = setup.mailboxes.iter().map(|m| m.address.as_str()).collect();
        // Mailboxes that could not be set up have a fault of their own.
        let all = !self.model.lost_mailboxes && known.len() == self.model.mailboxes.len();
        if all && !known.iter().any(|address| glob.matches(address)) {
            let shown = self.fill(to).unwrap_or_default();
            let help = super::value::help_with(&shown, &known, "add a [[mailbox]] with this address");
            self.error(
                "unknown-mailbox",
                to,
                format!("there is no mailbox `{}`", shown.escape_debug()),
                help,
            );
        }
    }

    fn answer(&mut self, model: &AnswerModel) -> Option<Answer> {
        match model {
            AnswerModel::Ip(ip) => self.ip(ip).map(Answer::Ip),
            AnswerModel::Text(texts) => {
                let globs: Vec<Glob> = texts.iter().filter_map(|t| self.glob(t)).collect();
                Some(Answer::Text(globs))
            }
            AnswerModel::Number(template) => {
                let text = self.fill(template)?;
                let number = text.trim().parse().ok();
                if number.is_none() {
                    let message = format!("\"{}\" is no whole number", text.escape_debug());
                    self.error("bad-value", template, message, "for example `number = 250`");
                }
                number.map(Answer::Number)
            }
            AnswerModel::Time(template) => {
                let text = self.fill(template)?;
                let dated = date(&text).filter(|d| d.offset.is_some());
                if dated.is_none() {
                    let message = format!("\"{}\" is no moment", text.escape_debug());
                    let help =
                        "a date with its zone, as mail writes it: `time = \"1 Sep 2018 13:55:38 +0200\"`";
                    self.error("bad-value", template, message, help);
                }
                dated.map(|d| Answer::Time(d.at))
            }
            AnswerModel::Line { right, of } => {
                let right = right.iter().filter_map(|t| self.glob(t)).collect();
                let of = of.as_ref().and_then(|of| self.fill(of));
                Some(Answer::Line { right, of })
            }
            AnswerModel::Choice { options, right } => {
                let mut drawn: Vec<(String, Arc<Text>)> = Vec::new();
                for (id, text) in options {
                    if drawn.iter().any(|(other, _)| *other == id.value) {
                        let message = format!("there are two options `{}`", id.value);
                        self.error("duplicate", id, message, "give each option an id of its own");
                    }
                    let text = self.text(text);
                    drawn.push((id.value.clone(), text));
                }
                let chosen = self.fill(right)?.trim().to_owned();
                if !drawn.is_empty() && !drawn.iter().any(|(id, _)| *id == chosen) {
                    let known: Vec<&str> = drawn.iter().map(|(id, _)| id.as_str()).collect();
                    let help = super::value::help_with(&chosen, &known, "");
                    let message = format!("no option has the id `{}`", chosen.escape_debug());
                    self.error("unknown-option", right, message, help);
                }
                Some(Answer::Choice { options: drawn, right: chosen })
            }
        }
    }

    fn hint(&mut self, step: &StepModel, model: &HintModel) -> Hint {
        let text = match &model.text {
            Some(texts) => self.text(texts),
            None => self.commands(step, model),
        };
        Hint { cost: model.cost, text, commands: model.text.is_none() }
    }

    /// The lines of the first solution that belong to the step, in both languages.
    fn commands(&mut self, step: &StepModel, hint: &HintModel) -> Arc<Text> {
        let Some(script) = self.model.solutions.first().and_then(|s| s.script.as_ref()) else {
            if self.model.solutions.is_empty() {
                self.faults.push(
                    Diagnostic::error(
                        "no-commands",
                        hint.span.clone(),
                        "there is no solution to take commands from",
                    )
                    .help("add a [[solution]] with a `script`"),
                );
            }
            return Arc::default();
        };
        let mut missing = false;
        let [de, en] = [Lang::De, Lang::En].map(|lang| {
            let template = self.of_lang(script, lang);
            let Some(text) = self.fill(template) else { return String::new() };
            let Ok(script) = Script::parse(text.as_bytes()) else { return String::new() };
            let lines = commands(&script, &step.id.value);
            missing |= lines.is_empty();
            lines
        });
        if missing {
            let id = &step.id.value;
            self.faults.push(
                Diagnostic::error(
                    "no-commands",
                    hint.span.clone(),
                    format!("the first solution does not say which commands belong to `{id}`"),
                )
                .help(format!("put the line `# step: {id}` before them, in the solution's script")),
            );
        }
        Arc::new(Text { de, en })
    }
}

/// What a step is worth: what the author says, else the sum of its expectations' points, else 1.
pub(crate) fn points(model: &StepModel) -> Points {
    let sum = part_points(model);
    match &model.points {
        Some(points) => points.value,
        None if sum > Points::ZERO => sum,
        None => Points(100),
    }
}

/// The points that expectations have of their own.
pub(crate) fn part_points(model: &StepModel) -> Points {
    match &model.check {
        Some(CheckModel::Events { expect, .. }) => expect.iter().filter_map(|e| e.points).sum(),
        _ => Points::ZERO,
    }
}

/// Can it happen on a connection to this place? A mistake may well happen elsewhere than where its step is done: a
/// DNS question, SMTP spoken to the POP3 server.
fn happens_at(setup: &Setup, pattern: &Pattern, (host, port): &(String, u16)) -> bool {
    let service = find_host(setup, host).and_then(|host| service_at(host, *port));
    match pattern {
        Pattern::Smtp(_) => service == Some(Service::Smtp),
        Pattern::Pop3(_) => service == Some(Service::Pop3),
        Pattern::Imap(_) => service == Some(Service::Imap),
        Pattern::Tls(_) => service.is_some(),
        _ => false,
    }
}

/// What is typed for a step, one line each, as a hint shows it. Answers are left out.
fn commands(script: &Script, step: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let at = |term: &TermId| if *term == TermId(1) { String::new() } else { format!("[{term}] ") };
    for line in script.part(step) {
        match line {
            ScriptLine::Type { term, text } => lines.push(format!("{}{}", at(term), text.lossy())),
            ScriptLine::Paste { term, text } => {
                lines.extend(text.lossy().lines().map(|line| format!("{}{line}", at(term))));
            }
            ScriptLine::Press { term, key } => {
                lines.push(format!("{}{}", at(term), key.name()));
            }
            ScriptLine::Wait(_) | ScriptLine::Hint { .. } | ScriptLine::Answer { .. } => {}
        }
    }
    lines.join("\n")
}
