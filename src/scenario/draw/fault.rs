//! The faults of a world, and what a host does where it is the client.

use super::Draw;
use super::value::{find_host, help_with, host_and_port};
use crate::event::{FaultKind, TlsLevel};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{FaultModel, OutgoingModel};
use crate::scenario::template::Str;
use crate::world::{FaultSetup, Outgoing, Setup};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Draw<'_> {
    pub(super) fn faults(&mut self, setup: &mut Setup) {
        let mut ids = BTreeSet::new();
        let model = self.model;
        for fault in &model.faults {
            if !ids.insert(fault.id.value.as_str()) {
                let message = format!("two faults are called `{}`", fault.id.value);
                self.error("duplicate", &fault.id, message, "give each a name of its own");
            }
            let drawn = self.fault(setup, fault);
            setup.faults.extend(drawn.map(Arc::new));
        }
    }

    fn fault(&mut self, setup: &Setup, model: &FaultModel) -> Option<FaultSetup> {
        let (host, port) = match &model.on {
            Some(on) => self.fault_place(setup, on)?,
            None => (None, None),
        };
        let anywhere = matches!(
            model.kind,
            FaultKind::ServFail
                | FaultKind::DnsSilent
                | FaultKind::Locked
                | FaultKind::Renumbered
                | FaultKind::Full
        );
        if host.is_none() && !anywhere {
            self.faults.push(
                Diagnostic::error("missing-key", model.span.clone(), "at which host does this go wrong?")
                    .help("add `on = \"mx.example.net:25\"`, or the host's name alone"),
            );
        }
        let mut kind = model.kind.clone();
        if let (FaultKind::Reply { text, .. }, Some(template)) = (&mut kind, &model.text) {
            *text = Some(self.reply_text(template)?);
        }
        Some(FaultSetup {
            id: model.id.value.clone(),
            kind,
            host,
            port,
            from: match &model.from {
                Some(from) => Some(self.caller(setup, from)?),
                None => None,
            },
            tries: model.tries,
            after: model.after,
            lasts: model.lasts,
            sender: self.filled(&model.sender)?,
            recipient: self.filled(&model.recipient)?,
            name: self.filled(&model.name)?,
        })
    }

    /// What a reply says; a value of several lines would be more than one.
    fn reply_text(&mut self, template: &Str) -> Option<String> {
        let text = self.fill(template)?;
        if text.chars().any(char::is_control) {
            let message = "the text of a reply is one line";
            self.error("bad-value", template, message, "leave out line ends, and variables that have some");
            return None;
        }
        Some(text)
    }

    fn filled(&mut self, template: &Option<Str>) -> Option<Option<String>> {
        match template {
            Some(template) => self.fill(template).map(Some),
            None => Some(None),
        }
    }

    /// A host, or a host and a port at which something listens.
    fn fault_place(&mut self, setup: &Setup, on: &Str) -> Option<(Option<String>, Option<u16>)> {
        let text = self.fill(on)?;
        if host_and_port(&text).is_some() {
            let (host, port) = self.place(setup, on)?;
            return Some((Some(host), Some(port)));
        }
        self.known_host(setup, on, text.trim()).map(|host| (Some(host), None))
    }

    /// A host that opens connections; the workstation is one too.
    pub(super) fn caller(&mut self, setup: &Setup, from: &Str) -> Option<String> {
        let text = self.fill(from)?;
        let name = text.trim();
        if setup.workstation.name.eq_ignore_ascii_case(name) {
            return Some(setup.workstation.name.clone());
        }
        if find_host(setup, name).is_none() && !self.model.lost_hosts {
            let mut names: Vec<&str> = setup.hosts.iter().map(|h| h.name.as_str()).collect();
            names.push(&setup.workstation.name);
            let help = help_with(name, &names, "");
            self.error("unknown-host", from, format!("there is no host `{}`", name.escape_debug()), help);
            return None;
        }
        Some(name.to_owned())
    }

    /// Does the author name a host that opens the connection, another one than the workstation?
    pub(super) fn is_others(&mut self, setup: &Setup, client: Option<&Str>) -> bool {
        let Some(client) = client else { return false };
        // What is wrong with the name is told where it is looked for.
        let told = self.faults.len();
        let name = self.fill(client);
        self.faults.truncate(told);
        name.is_some_and(|name| !setup.workstation.name.eq_ignore_ascii_case(name.trim()))
    }

    /// What a host asks of TLS where it is the client.
    pub(super) fn outgoing(&mut self, model: &OutgoingModel, outgoing: &mut Outgoing) {
        if let Some(level) = &model.level {
            let names: Vec<String> = model.names.iter().filter_map(|name| self.fill(name)).collect();
            outgoing.tls = match level {
                TlsLevel::Verify(_) => TlsLevel::Verify(names),
                level => level.clone(),
            };
        }
        if let Some(versions) = &model.versions {
            outgoing.versions = versions.clone();
        }
    }
}
