//! The world's setup: hosts, zones, mailboxes, the workstation and its files, ports.

use super::value::{find_host, help_with};
use super::{Draw, letter};
use crate::event::RecordData;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{HostModel, LetterModel, MailboxModel, PtrModel, RelayModel, ServiceModel};
use crate::scenario::read::network;
use crate::scenario::template::{At, Str, Texts};
use crate::units::Bytes;
use crate::world::{
    HostSetup, MailboxSetup, Network, Pop3Service, Relay, Setup, SmtpService, WorkstationSetup, ZoneSetup,
    parse_record,
};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Range;

/// The workstation's name and address, and the name server it asks, where the scenario names no others.
const WORKSTATION: (&str, Ipv4Addr) = ("ws.lab.test", Ipv4Addr::new(198, 51, 100, 17));
const USER: &str = "lab";
const RESOLVER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 53);

impl Draw<'_> {
    /// The world at its start.
    pub(super) fn setup(&mut self) -> Setup {
        let workstation = self.workstation();
        let mut setup = Setup {
            workstation,
            hosts: Vec::new(),
            zones: Vec::new(),
            mailboxes: Vec::new(),
            ports: BTreeMap::new(),
        };
        self.addresses(&mut setup);
        for (i, host) in self.model.hosts.iter().enumerate() {
            if let Some(drawn) = setup.hosts.get_mut(i) {
                self.host(host, drawn);
            }
        }
        self.zones(&mut setup);
        self.domains(&mut setup);
        self.mailboxes(&mut setup);
        setup.workstation.files = self.files();
        for (service, to) in &self.model.ports {
            if let Some(place) = self.place(&setup, to) {
                setup.ports.insert(service.value.clone(), place);
            }
        }
        setup
    }

    fn workstation(&mut self) -> WorkstationSetup {
        let model = &self.model.workstation;
        let name =
            model.name.as_ref().and_then(|n| self.host_name(n)).unwrap_or_else(|| WORKSTATION.0.into());
        let ip = model.ip.as_ref().and_then(|ip| self.ip(ip)).unwrap_or(WORKSTATION.1.into());
        let user = model.user.as_ref().and_then(|u| self.fill(u)).unwrap_or_else(|| USER.into());
        let resolver = model.resolver.as_ref().and_then(|ip| self.ip(ip)).unwrap_or(RESOLVER.into());
        let facts = [("name", name.clone()), ("ip", ip.to_string()), ("user", user.clone())];
        self.facts.extend(facts.map(|(key, value)| (format!("workstation.{key}"), value)));
        let offset = model.offset.unwrap_or_default();
        WorkstationSetup { name, ip, user, resolver, offset, files: BTreeMap::new() }
    }

    /// Names and addresses of all hosts first, so that everything else may speak of them.
    fn addresses(&mut self, setup: &mut Setup) {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut addresses: BTreeMap<IpAddr, String> = BTreeMap::new();
        names.insert(setup.workstation.name.to_lowercase(), "the workstation".into());
        addresses.insert(setup.workstation.ip, "the workstation".into());
        for model in &self.model.hosts {
            let name = self.host_name(&model.name);
            let ip = model.ip.as_ref().and_then(|ip| self.ip(ip));
            if let Some(name) = &name
                && let Some(other) = names.insert(name.to_lowercase(), "another host".into())
            {
                let message = format!("{other} is called `{name}` too");
                self.error("duplicate", &model.name, message, "give each host a name of its own");
            }
            if let (Some(ip), Some(at)) = (ip, &model.ip) {
                let label = name.clone().unwrap_or_else(|| "another host".into());
                if let Some(other) = addresses.insert(ip, label) {
                    let message = format!("{other} has the address {ip} too");
                    self.error("same-address", at, message, "give each host an address of its own");
                }
            }
            let name = name.unwrap_or_else(|| model.name.value.clone());
            let ip = ip.unwrap_or(Ipv4Addr::UNSPECIFIED.into());
            self.facts.insert(format!("host.{}.ip", name.to_lowercase()), ip.to_string());
            setup.hosts.push(bare_host(name, ip));
        }
    }

    fn host(&mut self, model: &HostModel, host: &mut HostSetup) {
        host.ptr = match &model.ptr {
            PtrModel::Own => Some(host.name.clone()),
            PtrModel::Nothing => None,
            PtrModel::Other(name) => self.host_name(name),
        };
        host.offset = model.offset;
        host.dns = model.dns;
        host.relay = match &model.relay {
            RelayModel::Nobody => Relay::Nobody,
            RelayModel::Anybody => Relay::Anybody,
            RelayModel::Networks(list) => {
                Relay::Networks(list.iter().filter_map(|n| self.network(n)).collect())
            }
        };
        host.smtp = model.smtp.as_ref().and_then(|s| self.smtp(s, &host.name));
        host.pop3 = model.pop3.as_ref().and_then(|s| self.pop3(s, &host.name));
        let mut ports: BTreeSet<u16> = host.smtp.iter().flat_map(|s| s.ports.iter().copied()).collect();
        for port in host.pop3.iter().flat_map(|s| s.ports.iter()) {
            if !ports.insert(*port) {
                let span = model.pop3.as_ref().map(|s| port_span(s, *port)).unwrap_or_default();
                self.faults.push(
                    Diagnostic::error(
                        "same-port",
                        span,
                        format!("port {port} is taken by the host's SMTP server"),
                    )
                    .help("a port has one server"),
                );
            }
        }
    }

    fn network(&mut self, template: &Str) -> Option<Network> {
        let text = self.fill(template)?;
        let net =
            network(&text).or_else(|| text.trim().parse().ok().map(|base| Network { base, prefix: 32 }));
        if net.is_none() {
            let message = format!("\"{}\" is no network", text.escape_debug());
            self.error("bad-value", template, message, "write an IPv4 network such as \"198.51.100.0/24\"");
        }
        net
    }

    fn style(
        &mut self,
        model: &ServiceModel,
        styles: &[&'static str],
        usual: &'static str,
    ) -> Option<&'static str> {
        let Some(written) = &model.style else { return Some(usual) };
        let name = self.fill(written)?;
        let found = styles.iter().find(|s| s.eq_ignore_ascii_case(name.trim()));
        if found.is_none() {
            let message = format!("there is no style `{}`", name.escape_debug());
            self.error("unknown-style", written, message, help_with(&name, styles, ""));
        }
        found.copied()
    }

    fn smtp(&mut self, model: &ServiceModel, host: &str) -> Option<SmtpService> {
        let style = self.style(model, &SmtpService::styles(), "postfix");
        let banner = self.banner_name(model, host);
        let without = self.without(model);
        let texts = self.server_texts(model);
        let mut service = SmtpService::named(style?, &banner)?;
        service.config.strict = model.strict;
        service.config.size_limit = model.size_limit.unwrap_or(service.config.size_limit);
        service.config.without = without;
        service.config.texts = texts;
        if let Some(ports) = &model.ports {
            service.ports = ports.iter().map(|p| p.value).collect();
        }
        Some(service)
    }

    fn pop3(&mut self, model: &ServiceModel, host: &str) -> Option<Pop3Service> {
        let style = self.style(model, &Pop3Service::styles(), "dovecot");
        let banner = self.banner_name(model, host);
        let without = self.without(model);
        let texts = self.server_texts(model);
        let mut service = Pop3Service::named(style?, &banner)?;
        service.config.without = without;
        service.config.texts = texts;
        if let Some(ports) = &model.ports {
            service.ports = ports.iter().map(|p| p.value).collect();
        }
        Some(service)
    }

    fn banner_name(&mut self, model: &ServiceModel, host: &str) -> String {
        model.banner_name.as_ref().and_then(|n| self.host_name(n)).unwrap_or_else(|| host.to_owned())
    }

    fn without(&mut self, model: &ServiceModel) -> Vec<String> {
        model.without.iter().filter_map(|w| self.fill(w)).map(|w| w.trim().to_uppercase()).collect()
    }

    fn server_texts(&mut self, model: &ServiceModel) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (key, text) in &model.texts {
            if let Some(text) = self.world_text(text) {
                texts.insert(key.value.clone(), text);
            }
        }
        texts
    }

    fn zones(&mut self, setup: &mut Setup) {
        let mut names = BTreeSet::new();
        for domain in &self.model.domains {
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
                    Ok(record) => records.push(record),
                    Err(fault) => {
                        let span = inside(self.source, line, &text, fault.span.start..fault.span.end);
                        self.faults
                            .push(Diagnostic::error("bad-record", span, fault.message).help(
                                "a record is written as in a zone file: \"@ MX 10 mail.example.tld.\"",
                            ));
                    }
                }
            }
            setup.zones.push(ZoneSetup { name, records });
        }
    }

    /// The domains for which each host is the last stop: those it names, else those whose best mail exchanger it is.
    fn domains(&mut self, setup: &mut Setup) {
        for (i, model) in self.model.hosts.iter().enumerate() {
            let domains = match &model.domains {
                Some(named) => named.iter().filter_map(|d| self.host_name(d)).collect(),
                None => match setup.hosts.get(i) {
                    Some(host) if host.smtp.is_some() => {
                        let best = |z: &&ZoneSetup| {
                            best_exchangers(z).iter().any(|x| x.eq_ignore_ascii_case(&host.name))
                        };
                        setup.zones.iter().filter(best).map(|z| z.name.clone()).collect()
                    }
                    _ => Vec::new(),
                },
            };
            if let Some(host) = setup.hosts.get_mut(i) {
                host.domains = domains;
            }
        }
    }

    fn mailboxes(&mut self, setup: &mut Setup) {
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
            let messages = model.messages.iter().filter_map(|m| self.letter(m, &address)).collect();
            let password = model.password.as_ref().and_then(|p| self.fill(p)).unwrap_or_default();
            if let Some(host) = host {
                setup.mailboxes.push(MailboxSetup { address, host, password, messages, quota: model.quota });
            }
        }
    }

    /// The host a mailbox lies on: the one named, else the one that is the last stop for its domain.
    fn mailbox_host(&mut self, setup: &Setup, model: &MailboxModel, domain: &str) -> Option<String> {
        let serves = |h: &HostSetup| h.domains.iter().any(|d| d.eq_ignore_ascii_case(domain));
        let Some(named) = &model.host else {
            let zone = setup.zones.iter().find(|z| z.name.eq_ignore_ascii_case(domain));
            let best = zone.map(best_exchangers).unwrap_or_default();
            let mut hosts: Vec<&HostSetup> = setup.hosts.iter().filter(|h| serves(h)).collect();
            hosts.sort_by_key(|h| !best.iter().any(|x| x.eq_ignore_ascii_case(&h.name)));
            if hosts.is_empty() && !self.model.lost_hosts {
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

    fn files(&mut self) -> BTreeMap<String, Bytes> {
        let mut files = BTreeMap::new();
        for (name, text) in &self.model.files {
            let filled = self.fill(name);
            if filled.as_ref().is_some_and(|n| n.contains('/') || n.trim().is_empty() || n.starts_with('.')) {
                let message = format!("`{}` is no file's name", name.value.escape_debug());
                self.error(
                    "bad-value",
                    name,
                    message,
                    "files lie in one folder; a name has no / and no leading dot",
                );
            }
            if let (Some(name), Some(text)) = (filled, self.file_text(text)) {
                files.insert(name, text);
            }
        }
        files
    }

    fn file_text(&mut self, text: &Texts) -> Option<Bytes> {
        self.world_text(text).map(|t| t.as_str().into())
    }
}

fn bare_host(name: String, ip: IpAddr) -> HostSetup {
    HostSetup {
        ptr: Some(name.clone()),
        name,
        ip,
        offset: Default::default(),
        domains: Vec::new(),
        relay: Relay::Nobody,
        smtp: None,
        pop3: None,
        dns: false,
    }
}

fn is_address(local: &str, domain: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '@' | ',' | '*' | '?');
    !local.is_empty() && !local.contains(bad) && super::value::is_host_name(domain)
}

/// The hosts a zone's own MX records name at the best preference; the zone's own name where there are none
/// (RFC 5321 section 5.1).
pub(super) fn best_exchangers(zone: &ZoneSetup) -> Vec<String> {
    let at_apex = zone.records.iter().filter(|r| r.name.eq_ignore_ascii_case(&zone.name));
    let exchangers: Vec<(u16, &String)> = at_apex
        .filter_map(|r| match &r.data {
            RecordData::Mx { preference, exchange } => Some((*preference, exchange)),
            _ => None,
        })
        .collect();
    match exchangers.iter().map(|(preference, _)| *preference).min() {
        Some(best) => exchangers.iter().filter(|(p, _)| *p == best).map(|(_, x)| (*x).clone()).collect(),
        None => vec![zone.name.clone()],
    }
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

fn port_span(service: &ServiceModel, port: u16) -> Range<usize> {
    let at = service.ports.iter().flatten().find(|p: &&At<u16>| p.value == port);
    at.map_or_else(|| service.span.clone(), |p| p.span.clone())
}
