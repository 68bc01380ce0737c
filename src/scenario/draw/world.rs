//! The world's setup: the workstation and its files, hosts with their servers, ports.

use super::Draw;
use super::value::help_with;
use crate::event::TlsLevel;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{HostModel, PtrModel, RelayModel, ServiceModel};
use crate::scenario::read::network;
use crate::scenario::suggest::nearest;
use crate::scenario::template::{At, Str, Texts};
use crate::units::Bytes;
use crate::world::{
    HostSetup, Network, Outgoing, Pop3Service, PostSetup, Relay, Setup, SmtpService, WorkstationSetup,
};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Range;
use std::sync::Arc;

/// The workstation's name and address, and the name server it asks, where the scenario names no others.
const WORKSTATION: (&str, Ipv4Addr) = ("ws.lab.test", Ipv4Addr::new(198, 51, 100, 17));
const USER: &str = "lab";
const RESOLVER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 53);

impl Draw<'_> {
    /// The world at its start.
    pub(super) fn setup(&mut self) -> Setup {
        let workstation = Arc::new(self.workstation());
        let mut setup = Setup {
            workstation,
            hosts: Vec::new(),
            zones: Vec::new(),
            mailboxes: Vec::new(),
            faults: Vec::new(),
            people: Vec::new(),
            ports: BTreeMap::new(),
            dkim: Vec::new(),
            mail_keys: Vec::new(),
            keyring: Arc::default(),
        };
        self.addresses(&mut setup);
        for (i, host) in self.model.hosts.iter().enumerate() {
            if let Some(drawn) = setup.hosts.get_mut(i) {
                self.host(host, Arc::make_mut(drawn));
            }
        }
        self.zones(&mut setup);
        self.domains(&mut setup);
        self.posts(&mut setup);
        Arc::make_mut(&mut setup.workstation).files = self.files();
        self.mail_keys(&mut setup);
        self.mailboxes(&mut setup);
        self.people(&mut setup);
        self.faults(&mut setup);
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
        let zone = model.zone.unwrap_or_default();
        WorkstationSetup { name, ip, user, resolver, zone, files: BTreeMap::new(), account: None }
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
            setup.hosts.push(Arc::new(bare_host(name, ip)));
        }
    }

    fn host(&mut self, model: &HostModel, host: &mut HostSetup) {
        host.ptr = match &model.ptr {
            PtrModel::Own => Some(host.name.clone()),
            PtrModel::Nothing => None,
            PtrModel::Other(name) => self.host_name(name),
        };
        host.zone = model.zone;
        host.dns = model.dns;
        host.open = model.open;
        host.relay = match &model.relay {
            RelayModel::Nobody => Relay::Nobody,
            RelayModel::Anybody => Relay::Anybody,
            RelayModel::Networks(list) => {
                Relay::Networks(list.iter().filter_map(|n| self.network(n)).collect())
            }
        };
        host.verify = model.verify;
        host.relay_for = model.relay_for.iter().filter_map(|d| self.host_name(d)).collect();
        host.tls = model.tls.as_ref().and_then(|tls| self.tls(tls));
        if let Some(tls) = &host.tls {
            host.outgoing = Outgoing { tls: TlsLevel::May, versions: tls.versions.clone() };
        }
        if let Some(outgoing) = &model.outgoing {
            self.outgoing(outgoing, &mut host.outgoing);
        }
        let imap = model.imap.as_ref().map(|i| &i.service);
        for service in [model.smtp.as_ref(), model.pop3.as_ref(), imap] {
            self.tls_ports(model, service);
        }
        host.smtp = model.smtp.as_ref().and_then(|s| self.smtp(s, &host.name));
        if let (Some(written), Some(service), None) = (&model.smtp, &host.smtp, &host.tls) {
            self.tls_wanted(written, service);
        }
        host.pop3 = model.pop3.as_ref().and_then(|s| self.pop3(s, &host.name));
        host.imap = model.imap.as_ref().and_then(|s| self.imap(s, &host.name));
        let pop3 = host.pop3.iter().flat_map(|s| &s.ports).map(|port| (*port, "POP3", model.pop3.as_ref()));
        let imap = host.imap.iter().flat_map(|s| &s.ports);
        let imap = imap.map(|port| (*port, "IMAP", model.imap.as_ref().map(|i| &i.service)));
        let mut taken: BTreeMap<u16, &str> =
            host.smtp.iter().flat_map(|s| s.ports.iter().map(|port| (*port, "SMTP"))).collect();
        for (port, server, service) in pop3.chain(imap) {
            if let Some(other) = taken.insert(port, server) {
                let span = service.map(|s| port_span(s, port)).unwrap_or_default();
                let message = format!("port {port} is taken by the host's {other} server");
                self.faults.push(Diagnostic::error("same-port", span, message).help("a port has one server"));
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

    pub(super) fn style(
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
        let texts = self.server_texts(model, &SmtpService::text_keys(), SmtpService::placeholders);
        let mut service = SmtpService::named(style?, &banner)?;
        let without = self.without(model, &service.extensions());
        service.config.strict = model.strict;
        service.config.size_limit = model.size_limit.unwrap_or(service.config.size_limit);
        service.config.without = without;
        service.config.texts = texts;
        set_ports(model, &mut service.ports, &mut service.tls_ports);
        self.smtp_extras(model, &mut service);
        Some(service)
    }

    fn pop3(&mut self, model: &ServiceModel, host: &str) -> Option<Pop3Service> {
        let style = self.style(model, &Pop3Service::styles(), "dovecot");
        let banner = self.banner_name(model, host);
        let texts = self.server_texts(model, &Pop3Service::text_keys(), Pop3Service::placeholders);
        let mut service = Pop3Service::named(style?, &banner)?;
        let without = self.without(model, &service.extensions());
        service.config.without = without;
        let keys = &model.pop3;
        service.config.apop = keys.apop;
        service.config.auth_without_tls = keys.auth_without_tls.unwrap_or(true);
        service.config.mechanisms = keys.auth.clone().unwrap_or(service.config.mechanisms);
        service.config.autologout = keys.autologout.unwrap_or(service.config.autologout);
        service.config.texts = texts;
        set_ports(model, &mut service.ports, &mut service.tls_ports);
        Some(service)
    }

    pub(super) fn banner_name(&mut self, model: &ServiceModel, host: &str) -> String {
        model.banner_name.as_ref().and_then(|n| self.host_name(n)).unwrap_or_else(|| host.to_owned())
    }

    /// Keywords of EHLO or CAPA in capitals.
    pub(super) fn without(&mut self, model: &ServiceModel, offered: &[&str]) -> Vec<String> {
        let mut without = Vec::new();
        for template in &model.without {
            let Some(keyword) = self.fill(template).map(|w| w.trim().to_uppercase()) else { continue };
            if !offered.iter().any(|o| o.eq_ignore_ascii_case(&keyword)) {
                let message = format!("this server does not offer `{}` anyway", keyword.escape_debug());
                self.error(
                    "unknown-extension",
                    template,
                    message,
                    help_with(&keyword, offered, "leave it out"),
                );
            }
            without.push(keyword);
        }
        without
    }

    /// A host's own wording, by the keys of its style's table.
    pub(super) fn server_texts(
        &mut self,
        model: &ServiceModel,
        keys: &[&str],
        placeholders: impl Fn(&str) -> Vec<&'static str>,
    ) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (key, text) in &model.texts {
            if !keys.contains(&key.value.as_str()) {
                let message = format!("there is no text `{}`", key.value.escape_debug());
                let near = nearest(&key.value, keys.iter().copied());
                self.faults.push(
                    Diagnostic::error("unknown-text", key.span.clone(), message)
                        .label("no such key in the styles' table")
                        .suggest(near, || "docs/scenarios.md lists the keys".to_owned()),
                );
                continue;
            }
            let template = self.of_lang(text, self.lang).clone();
            if let Some(text) = self.world_text(text) {
                self.words_only(&template, &text);
                self.braces(&template, &text, &placeholders(&key.value));
                texts.insert(key.value.clone(), text);
            }
        }
        texts
    }

    /// Codes are the style's own: a text that began with one would be sent with two.
    fn words_only(&mut self, template: &Str, text: &str) {
        let code = text.split([' ', '-']).next().unwrap_or_default();
        let smtp = code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
        if smtp || text.starts_with("+OK") || text.starts_with("-ERR") {
            let help = "write the words alone; the code comes from the style";
            self.error("code-in-text", template, "this text begins with a reply's code", help);
        }
    }

    /// What stands in braces in a server's text is filled in by the server, if it knows it.
    fn braces(&mut self, template: &Str, text: &str, known: &[&str]) {
        for (at, _) in text.match_indices('{') {
            let after = text.get(at + 1..).unwrap_or_default();
            let Some((name, _)) = after.split_once('}') else { continue };
            let word = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            if word && !known.contains(&name) {
                let help = help_with(name, known, "");
                self.error(
                    "unknown-placeholder",
                    template,
                    format!("no server fills in {{{name}}} here"),
                    help,
                );
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
        zone: Default::default(),
        domains: Vec::new(),
        relay: Relay::Nobody,
        relay_for: Vec::new(),
        tls: None,
        verify: Default::default(),
        outgoing: Outgoing::default(),
        smtp: None,
        pop3: None,
        imap: None,
        dns: false,
        post: PostSetup::default(),
        open: false,
    }
}

/// The ports a server listens on, and those of them where TLS comes first.
pub(super) fn set_ports(model: &ServiceModel, ports: &mut Vec<u16>, tls_ports: &mut Vec<u16>) {
    if let Some(named) = &model.ports {
        *ports = named.iter().map(|p| p.value).collect();
    }
    *tls_ports = model.tls_ports.iter().map(|p| p.value).collect();
    ports.extend(tls_ports.iter());
    ports.sort_unstable();
    ports.dedup();
}

fn port_span(service: &ServiceModel, port: u16) -> Range<usize> {
    let at = service
        .ports
        .iter()
        .flatten()
        .chain(&service.tls_ports)
        .chain(&service.smtp.submission_ports)
        .find(|p: &&At<u16>| p.value == port);
    at.map_or_else(|| service.span.clone(), |p| p.span.clone())
}
