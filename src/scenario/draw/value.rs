//! Single values: addresses, host names, places such as `mail.example.tld:25`.

use super::Draw;
use crate::mail::is_host_label;
use crate::scenario::read::there_are;
use crate::scenario::suggest::nearest;
use crate::scenario::template::Str;
use crate::world::{HostSetup, Setup};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// Splits `mail.example.tld:25`.
pub(super) fn host_and_port(text: &str) -> Option<(&str, u16)> {
    let (host, port) = text.trim().rsplit_once(':')?;
    Some((host, port.parse().ok().filter(|p| *p > 0)?)).filter(|(host, _)| !host.is_empty())
}

/// Can a host be called so? Letters, digits and hyphens in labels of at most 63 (RFC 1123 section 2.1).
pub(super) fn is_host_name(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(|label| is_host_label(label.as_bytes()))
}

/// What a host listens for at a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Smtp,
    Pop3,
    Imap,
}

pub(super) fn service_at(host: &HostSetup, port: u16) -> Option<Service> {
    if host.smtp.as_ref().is_some_and(|s| s.ports.contains(&port)) {
        Some(Service::Smtp)
    } else if host.pop3.as_ref().is_some_and(|s| s.ports.contains(&port)) {
        Some(Service::Pop3)
    } else if host.imap.as_ref().is_some_and(|s| s.ports.contains(&port)) {
        Some(Service::Imap)
    } else {
        None
    }
}

pub(super) fn find_host<'s>(setup: &'s Setup, name: &str) -> Option<&'s HostSetup> {
    setup.hosts.iter().map(|h| &**h).find(|h| h.name.eq_ignore_ascii_case(name))
}

/// What to do about a name that is not one of `known`.
pub(super) fn help_with(word: &str, known: &[&str], otherwise: &str) -> String {
    match (nearest(word, known.iter().copied()), known) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => otherwise.to_owned(),
        (None, known) => there_are(known),
    }
}

impl Draw<'_> {
    /// An address.
    pub(super) fn ip(&mut self, template: &Str) -> Option<IpAddr> {
        let text = self.fill(template)?;
        let ip = text.trim().parse().ok();
        if ip.is_none() {
            let message = format!("\"{}\" is no address", text.escape_debug());
            let help = "an address is four numbers from 0 to 255, such as \"192.0.2.25\"";
            self.error("bad-value", template, message, help);
        }
        ip
    }

    /// A host's or domain's name, without a final dot.
    pub(super) fn host_name(&mut self, template: &Str) -> Option<String> {
        let text = self.fill(template)?;
        let name = text.trim().strip_suffix('.').unwrap_or(text.trim());
        if is_host_name(name) {
            return Some(name.to_owned());
        }
        let message = format!("\"{}\" is no host name", text.escape_debug());
        let help =
            "a name has labels of letters, digits and hyphens with dots between, such as mail.example.tld";
        self.error("bad-value", template, message, help);
        None
    }

    /// A host of the scenario, by name.
    pub(super) fn known_host(&mut self, setup: &Setup, template: &Str, name: &str) -> Option<String> {
        if let Some(host) = find_host(setup, name) {
            return Some(host.name.clone());
        }
        if !self.model.lost_hosts {
            let mut names: Vec<&str> = setup.hosts.iter().map(|h| h.name.as_str()).collect();
            names.dedup();
            let help = help_with(name, &names, "add a [[host]] of that name");
            self.error("unknown-host", template, format!("there is no host `{}`", name.escape_debug()), help);
        }
        None
    }

    /// A host of the scenario and a port at which something listens.
    pub(super) fn place(&mut self, setup: &Setup, template: &Str) -> Option<(String, u16)> {
        let text = self.fill(template)?;
        let Some((name, port)) = host_and_port(&text) else {
            let message = format!("\"{}\" is no host and port", text.escape_debug());
            let help = "write the host's name, a colon and the port: \"mail.example.tld:25\"";
            self.error("bad-value", template, message, help);
            return None;
        };
        let name = self.known_host(setup, template, name)?;
        let host = find_host(setup, &name)?;
        if service_at(host, port).is_none() {
            let smtp = host.smtp.iter().flat_map(|s| &s.ports);
            let pop3 = host.pop3.iter().flat_map(|s| &s.ports);
            let imap = host.imap.iter().flat_map(|s| &s.ports);
            let ports: BTreeSet<u16> = smtp.chain(pop3).chain(imap).copied().collect();
            let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
            let help = match ports.as_slice() {
                [] => "give the host a server: `smtp = { style = \"postfix\" }`".to_owned(),
                ports => format!("it listens at {}", ports.join(" and ")),
            };
            let message = format!("nothing listens at port {port} of {name}");
            self.error("nothing-listens", template, message, help);
            return None;
        }
        Some((name, port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_names() {
        for (text, place) in [
            ("mail.example.tld:25", Some(("mail.example.tld", 25))),
            ("mail.example.tld", None),
            ("mail.example.tld:", None),
            ("mail.example.tld:0", None),
            ("mail.example.tld:65536", None),
            (":25", None),
        ] {
            assert_eq!(host_and_port(text), place, "{text}");
        }
        for (name, good) in [
            ("mail.example.tld", true),
            ("m198p010.dipool.highway.telekom.at", true),
            ("ws", true),
            ("", false),
            ("a..b", false),
            ("-a.b", false),
            ("a_b.test", false),
            ("mail example.tld", false),
        ] {
            assert_eq!(is_host_name(name), good, "{name}");
        }
    }
}
