//! What hosts do with mail they have taken, with names and addresses filled in.

use super::Draw;
use super::value::find_host;
use crate::mail::{ForwardPath, Mailbox};
use crate::scenario::model::{ForwardModel, PostModel, QueueModel};
use crate::scenario::template::Str;
use crate::world::{Alias, Forward, HostSetup, PostSetup, Schedule, Setup, Smarthost, SmtpService};
use std::sync::Arc;

impl Draw<'_> {
    /// For all hosts, once it is known for which domains each is the last stop.
    pub(super) fn posts(&mut self, setup: &mut Setup) {
        for (i, model) in self.model.hosts.iter().enumerate() {
            let Some(host) = setup.hosts.get(i).cloned() else { continue };
            let post = self.post(setup, &host, &model.post);
            if let Some(host) = setup.hosts.get_mut(i) {
                let host = Arc::make_mut(host);
                if let Some(smtp) = &mut host.smtp {
                    smtp.config.lists = !post.aliases.is_empty();
                }
                host.post = post;
            }
        }
    }

    fn post(&mut self, setup: &Setup, host: &HostSetup, model: &PostModel) -> PostSetup {
        let mut aliases: Vec<Alias> = Vec::new();
        for (name, to) in &model.aliases {
            let Some(filled) = self.alias_name(host, name) else { continue };
            if aliases.iter().any(|alias| alias.name == filled) {
                let message = format!("there are two aliases `{}`", filled.escape_debug());
                self.error("duplicate", name, message, "write all its members into one list");
                continue;
            }
            let to: Vec<ForwardPath> = to.iter().filter_map(|to| self.member(host, to)).collect();
            aliases.push(Alias { name: filled, to });
        }
        let smarthost = model.smarthost.as_ref().and_then(|smarthost| {
            let (to, port) = self.place(setup, &smarthost.place)?;
            if find_host(setup, &to).is_some_and(|other| other.ip == host.ip) {
                let help = "name another host";
                self.error("bad-value", &smarthost.place, "a host cannot be its own smarthost", help);
            }
            let login = smarthost.login.as_ref();
            let login = login.and_then(|(user, password)| Some((self.fill(user)?, self.fill(password)?)));
            Some(Smarthost { host: to, port, exchangers: false, login })
        });
        let schedule = model.queue.as_ref().map(|queue| schedule(host.smtp.as_ref(), queue));
        PostSetup { aliases, delimiter: model.delimiter, smarthost, schedule, full: model.full }
    }

    /// `team`, `team@example.tld` or `@example.tld`, in lower case; the domain must be one of the host's.
    fn alias_name(&mut self, host: &HostSetup, template: &Str) -> Option<String> {
        let name = self.fill(template)?.trim().to_lowercase();
        let (local, domain) = match name.split_once('@') {
            Some((local, domain)) => (local, Some(domain)),
            None => (name.as_str(), None),
        };
        let good = |part: &str| !part.contains(|c: char| c.is_whitespace() || "<>@,*?".contains(c));
        if !good(local) || !domain.is_none_or(good) || (local.is_empty() && domain.is_none_or(str::is_empty))
        {
            let message = format!("\"{}\" is no name for others", name.escape_debug());
            let help = "for example \"team@example.tld\", \"team\" or, for whatever comes for nobody, \"@example.tld\"";
            self.error("bad-value", template, message, help);
            return None;
        }
        let serves = |domain: &str| host.domains.iter().any(|d| d.eq_ignore_ascii_case(domain));
        if let Some(domain) = domain.filter(|domain| !serves(domain))
            && !self.model.lost_domains
        {
            let message = format!("{} is not the last stop for mail to {domain}", host.name);
            let help = format!("add \"{domain}\" to the host's `domains`, or an MX record that names it");
            self.error("no-mail-host", template, message, help);
        }
        Some(name)
    }

    /// A member of an alias; without a domain it is one of the host's own.
    fn member(&mut self, host: &HostSetup, template: &Str) -> Option<ForwardPath> {
        let text = self.fill(template)?;
        let text = match (text.contains('@'), host.domains.first()) {
            (false, Some(domain)) => format!("{}@{domain}", text.trim()),
            _ => text.trim().to_owned(),
        };
        self.mail_address(template, &text)
    }

    fn mail_address(&mut self, template: &Str, text: &str) -> Option<ForwardPath> {
        let address = Mailbox::parse(text).ok().filter(|address| address.domain.is_some());
        if address.is_none() {
            let message = format!("\"{}\" is no mail address", text.escape_debug());
            self.error("bad-value", template, message, "for example \"hedwig@example.tld\"");
        }
        address.map(ForwardPath)
    }

    /// What the owner of a mailbox has sent on.
    pub(super) fn forward(&mut self, model: &ForwardModel) -> Option<Forward> {
        let mut to = Vec::new();
        for template in &model.to {
            if let Some(text) = self.fill(template) {
                to.extend(self.mail_address(template, text.trim()));
            }
        }
        (!to.is_empty()).then_some(Forward { to, keep: model.keep, own_sender: model.own_sender })
    }
}

/// The program's own schedule with what the scenario says otherwise.
fn schedule(service: Option<&SmtpService>, model: &QueueModel) -> Schedule {
    let usual = Schedule::of(service.map(|s| s.config.style).unwrap_or_default());
    Schedule {
        retry: model.retry.clone().unwrap_or(usual.retry),
        warn: model.warn.unwrap_or(usual.warn),
        expire: model.expire.unwrap_or(usual.expire),
    }
}
