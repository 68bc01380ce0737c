//! The world's mail: zones, which host is the last stop for which domain, mailboxes and what lies in them.

use super::value::{find_host, help_with, is_host_name};
use super::{Draw, letter};
use crate::event::{RecordData, RecordType};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{LetterModel, MailboxModel};
use crate::scenario::suggest::nearest;
use crate::scenario::template::Str;
use crate::units::Bytes;
use crate::world::{HostSetup, MailboxSetup, Setup, ZoneSetup, parse_record};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

impl Draw<'_> {
    pub(super) fn zones(&mut self, setup: &mut Setup) {
        let mut names = BTreeSet::new();
        let mut exchangers: Vec<(&Str, String)> = Vec::new();
        let model = self.model;
        for domain in &model.domains {
            let Some(name) = self.host_name(&domain.name) else { continue };
            if !names.insert(name.to_lowercase()) {
                let message = format!("there are two domains `{name}`");
                self.error(
                    "duplicate",
                    &domain.name,
                    message,
                    "put all records of a domain into one [[domain]]",
                );
                continue;
            }
            let mut records = Vec::new();
            for line in &domain.records {
                let Some(text) = self.fill(line) else { continue };
                match parse_record(&text, &name) {
                    Ok(record) => {
                        if let RecordData::Mx { exchange, .. } = &record.data {
                            exchangers.push((line, exchange.clone()));
                        }
                        records.push(record);
                    }
                    Err(fault) => {
                        let span = inside(self.source, line, &text, fault.span.start..fault.span.end);
                        self.faults
                            .push(Diagnostic::error("bad-record", span, fault.message).help(
                                "a record is written as in a zone file: \"@ MX 10 mail.example.tld.\"",
                            ));
                    }
                }
            }
            setup.zones.push(ZoneSetup { name: name.clone(), records, open: domain.open });
            self.keys_of(setup, domain, &name);
        }
        for (line, exchange) in exchangers {
            self.exchanger(setup, line, &exchange);
        }
        for (host, model) in setup.hosts.iter().zip(&model.hosts) {
            self.reachable(setup, host, &model.name);
        }
    }

    /// Does an MX record lead to a host that takes mail? An empty one says that the domain takes none (RFC 7505).
    fn exchanger(&mut self, setup: &Setup, line: &Str, exchange: &str) {
        if exchange.is_empty() || self.model.lost_hosts {
            return;
        }
        let names = setup.hosts.iter().map(|h| h.name.as_str());
        let fault = match find_host(setup, exchange) {
            _ if is_alias(&setup.zones, exchange) => Diagnostic::warning(
                "mx-alias",
                line.span.clone(),
                format!("`{exchange}` is an alias (CNAME), and an MX record must name a host (RFC 5321 section 5.1)"),
            )
            .help("Postfix and Exim find the host all the same, and so do the hosts here; others need not"),
            Some(host) if host.smtp.is_some() || self.takes_none(setup, host) => return,
            Some(host) => {
                let message = format!("{} takes no mail", host.name);
                Diagnostic::warning("dangling-mx", line.span.clone(), message)
                    .help("give the host a server: `smtp = { style = \"postfix\" }`; or say that it has none: `smtp = false`")
            }
            None if has_address(&setup.zones, exchange) => return,
            None => Diagnostic::warning(
                "dangling-mx",
                line.span.clone(),
                format!("there is no host `{exchange}`"),
            )
            .label("leads nowhere")
            .suggest(nearest(exchange, names), || "add a [[host]] of that name, or an A record".to_owned()),
        };
        self.faults.push(fault);
    }

    /// Does the scenario say that the host takes no mail?
    fn takes_none(&self, setup: &Setup, host: &HostSetup) -> bool {
        setup.hosts.iter().zip(&self.model.hosts).any(|(h, model)| h.name == host.name && model.no_smtp)
    }

    /// A host's name leads to its address, unless a zone says something else.
    fn reachable(&mut self, setup: &Setup, host: &HostSetup, at: &Str) {
        let records: Vec<&RecordData> = records_at(&setup.zones, &host.name).collect();
        let own = |data: &&RecordData| match data {
            RecordData::A(ip) => host.ip == *ip,
            RecordData::Aaaa(ip) => host.ip == *ip,
            _ => false,
        };
        let elsewhere =
            |data: &&RecordData| matches!(data.rtype(), RecordType::A | RecordType::Aaaa | RecordType::Cname);
        if records.iter().any(elsewhere) && !records.iter().any(own) {
            let message = format!("nobody finds {} by its name: its records lead elsewhere", host.name);
            let fault = Diagnostic::warning("unresolvable-host", at.span.clone(), message);
            self.faults.push(fault.help("leave out its A record (it is made from `ip`), or correct it"));
        }
    }

    /// The domains for which each host is the last stop: those it names, else those whose best mail exchanger it is.
    pub(super) fn domains(&mut self, setup: &mut Setup) {
        for (i, model) in self.model.hosts.iter().enumerate() {
            let domains = match &model.domains {
                Some(named) => named.iter().filter_map(|d| self.host_name(d)).collect(),
                None => match setup.hosts.get(i) {
                    Some(host) if host.smtp.is_some() => {
                        let mut domains = mail_domains(&setup.zones);
                        let here = |x: &String| x.eq_ignore_ascii_case(&host.name);
                        domains.retain(|domain| best_exchangers(&setup.zones, domain).iter().any(here));
                        domains
                    }
                    _ => Vec::new(),
                },
            };
            if let Some(host) = setup.hosts.get_mut(i) {
                Arc::make_mut(host).domains = domains;
            }
        }
    }

    pub(super) fn mailboxes(&mut self, setup: &mut Setup) {
        let mut addresses = BTreeSet::new();
        for model in &self.model.mailboxes {
            let Some(address) = self.fill(&model.address) else { continue };
            let address = address.trim().to_owned();
            let Some((_, domain)) =
                address.split_once('@').filter(|(local, domain)| is_address(local, domain))
            else {
                let message = format!("\"{}\" is no mailbox's address", address.escape_debug());
                self.error("bad-value", &model.address, message, "for example \"hedwig@example.tld\"");
                continue;
            };
            if !addresses.insert(address.to_lowercase()) {
                let message = format!("there are two mailboxes `{address}`");
                self.error("duplicate", &model.address, message, "give each mailbox an address of its own");
                continue;
            }
            let host = self.mailbox_host(setup, model, domain);
            let folders = self.folders(&model.folders);
            let mut messages = Vec::new();
            for (letter, place) in &model.messages {
                if let Some(octets) = self.letter(letter, &address) {
                    let mut message = self.placed(octets, place);
                    if let Some(smime) = &place.smime {
                        message.protect = self.protect(setup, smime);
                        if let Some(protect) = &message.protect {
                            self.changes_something(smime, protect, &message.octets);
                        }
                    }
                    messages.push(message);
                }
            }
            // Recent is what came after the last message that was read.
            let mut read = std::collections::BTreeSet::new();
            for message in messages.iter_mut().rev() {
                if message.is_seen() {
                    read.insert(message.folder.clone());
                }
                message.recent = !read.contains(&message.folder);
            }
            let password = model.password.as_ref().and_then(|p| self.fill(p)).unwrap_or_default();
            if let Some(host) = host {
                let quota = model.quota;
                let forward = model.forward.as_ref().and_then(|forward| self.forward(forward));
                setup.mailboxes.push(MailboxSetup {
                    address,
                    host,
                    password,
                    folders,
                    messages,
                    quota,
                    forward,
                });
            }
        }
    }

    /// The host a mailbox lies on: the one named, else the one that is the last stop for its domain.
    fn mailbox_host(&mut self, setup: &Setup, model: &MailboxModel, domain: &str) -> Option<String> {
        let serves = |h: &HostSetup| h.domains.iter().any(|d| d.eq_ignore_ascii_case(domain));
        let Some(named) = &model.host else {
            let best = best_exchangers(&setup.zones, domain);
            let mut hosts: Vec<&HostSetup> = setup.hosts.iter().map(|h| &**h).filter(|h| serves(h)).collect();
            hosts.sort_by_key(|h| !best.iter().any(|x| x.eq_ignore_ascii_case(&h.name)));
            if hosts.is_empty() && !self.model.lost_hosts && !self.model.lost_domains {
                let message = format!("no host is the last stop for mail to {domain}");
                let help = format!(
                    "give {domain} an MX record that names a host with an SMTP server, or a host `domains = [\"{domain}\"]`"
                );
                self.error("no-mail-host", &model.address, message, help);
            }
            return hosts.first().map(|h| h.name.clone());
        };
        let name = self.fill(named)?;
        let name = self.known_host(setup, named, name.trim())?;
        if find_host(setup, &name).is_some_and(|h| !serves(h)) {
            let message = format!("{name} is not the last stop for mail to {domain}");
            let help = format!("add \"{domain}\" to the host's `domains`, or an MX record that names it");
            self.error("no-mail-host", named, message, help);
        }
        Some(name)
    }

    fn letter(&mut self, model: &LetterModel, mailbox: &str) -> Option<Bytes> {
        match model {
            LetterModel::Raw(text) => self.world_text(text).map(|t| letter::raw(&t)),
            LetterModel::File(file) => {
                let name = self.fill(file)?;
                let text =
                    self.model.files.iter().find(|(key, _)| key.value == name).map(|(_, text)| text.clone());
                if text.is_none() {
                    let known: Vec<&str> =
                        self.model.files.iter().map(|(key, _)| key.value.as_str()).collect();
                    let help = help_with(&name, &known, "add it to [files]");
                    self.error(
                        "unknown-file",
                        file,
                        format!("there is no file `{}`", name.escape_debug()),
                        help,
                    );
                }
                self.world_text(&text?).map(|t| letter::raw(&t))
            }
            LetterModel::Fields(fields, body) => {
                let mut filled: Vec<(String, String)> = Vec::new();
                for (name, value) in fields {
                    filled.push((name.clone(), self.world_text(value)?));
                }
                if !filled.iter().any(|(name, _)| name.eq_ignore_ascii_case("To")) {
                    filled.push(("To".into(), mailbox.to_owned()));
                }
                let body = body.as_ref().and_then(|b| self.world_text(b)).unwrap_or_default();
                Some(letter::compose(&filled, &body))
            }
        }
    }
}

fn is_address(local: &str, domain: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '@' | ',' | '*' | '?');
    !local.is_empty() && !local.contains(bad) && is_host_name(domain)
}

fn records_at<'z>(zones: &'z [ZoneSetup], name: &str) -> impl Iterator<Item = &'z RecordData> {
    let records = zones.iter().flat_map(|z| &z.records);
    records.filter(move |r| r.name.eq_ignore_ascii_case(name)).map(|r| &r.data)
}

/// Is the name another one's alias?
fn is_alias(zones: &[ZoneSetup], name: &str) -> bool {
    records_at(zones, name).any(|data| data.rtype() == RecordType::Cname)
}

/// Do the zones themselves say where this name leads, be it to an address where nobody is?
fn has_address(zones: &[ZoneSetup], name: &str) -> bool {
    let leads =
        |data: &RecordData| matches!(data.rtype(), RecordType::A | RecordType::Aaaa | RecordType::Cname);
    let wildcard = name.split_once('.').map(|(_, rest)| format!("*.{rest}")).unwrap_or_default();
    records_at(zones, name).any(leads) || records_at(zones, &wildcard).any(leads)
}

/// The hosts that take mail for a domain at the best preference: its own name where it has no MX records
/// (RFC 5321 section 5.1).
fn best_exchangers(zones: &[ZoneSetup], domain: &str) -> Vec<String> {
    let exchangers: Vec<(u16, &String)> = records_at(zones, domain)
        .filter_map(|data| match data {
            RecordData::Mx { preference, exchange } => Some((*preference, exchange)),
            _ => None,
        })
        .collect();
    match exchangers.iter().map(|(preference, _)| *preference).min() {
        Some(best) => exchangers.iter().filter(|(p, _)| *p == best).map(|(_, x)| (*x).clone()).collect(),
        None => vec![domain.to_owned()],
    }
}

/// All names for which mail may be taken: the zones' own, and those inside with MX records.
fn mail_domains(zones: &[ZoneSetup]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for zone in zones {
        let with_mx = zone.records.iter().filter(|r| r.data.rtype() == RecordType::Mx).map(|r| &r.name);
        for name in [&zone.name].into_iter().chain(with_mx) {
            if !name.starts_with('*') && !names.iter().any(|n| n.eq_ignore_ascii_case(name)) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// Where a part of a filled-in string stands in the file; the whole string where it was not taken over as written.
fn inside(source: &str, at: &Str, filled: &str, part: Range<usize>) -> Range<usize> {
    let inner = at.span.start + 1..at.span.end.saturating_sub(1);
    if source.get(inner.clone()) == Some(filled) && part.end <= filled.len() {
        inner.start + part.start..inner.start + part.end
    } else {
        at.span.clone()
    }
}
