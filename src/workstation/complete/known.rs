//! The names that have stood on the learner's screen: hosts, addresses of machines and of people, folders.

use std::collections::VecDeque;
use std::net::IpAddr;

/// How many names of a kind are kept; of more, the latest.
const NAMES: usize = 200;
/// The longest name.
const LENGTH: usize = 254;
/// How much of one text is read.
const READ: usize = 64 << 10;

/// What the learner has read.
#[derive(Debug, Clone, Default)]
pub(in crate::workstation) struct Known {
    hosts: VecDeque<Box<str>>,
    ips: VecDeque<Box<str>>,
    addresses: VecDeque<Box<str>>,
    folders: VecDeque<Box<str>>,
}

impl Known {
    /// A text was shown or typed.
    pub(in crate::workstation) fn read(&mut self, text: &str) {
        let end = (0..=text.len().min(READ)).rev().find(|at| text.is_char_boundary(*at));
        let text = text.get(..end.unwrap_or(0)).unwrap_or_default();
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@' | ':');
        for word in text.split(|c| !part(c)).filter(|w| w.len() <= LENGTH) {
            self.word(word.trim_matches(['.', '-', ':']));
        }
    }

    fn word(&mut self, word: &str) {
        if let Some((local, domain)) = word.rsplit_once('@') {
            if is_host(domain) {
                keep(&mut self.hosts, domain);
                // What is mostly digits names a message and nobody.
                let digits = local.bytes().filter(u8::is_ascii_digit).count();
                if !local.is_empty() && digits < 6 && !local.contains(['@', ':']) {
                    keep(&mut self.addresses, word);
                }
            }
        } else if is_host(word.split(':').next().unwrap_or_default()) {
            keep(&mut self.hosts, word.split(':').next().unwrap_or_default());
        } else if let Some(ip) = ip(word) {
            keep(&mut self.ips, ip);
        }
    }

    /// A server has named a folder, as it must be typed.
    pub(in crate::workstation) fn folder(&mut self, name: &str) {
        if name.len() <= LENGTH {
            keep(&mut self.folders, name);
        }
    }

    /// Names of hosts and domains.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &str> {
        self.hosts.iter().map(|name| &**name)
    }

    /// Addresses of machines.
    pub(super) fn ips(&self) -> impl Iterator<Item = &str> {
        self.ips.iter().map(|ip| &**ip)
    }

    /// Mail addresses.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.addresses.iter().map(|address| &**address)
    }

    /// Folders.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(|name| &**name)
    }
}

fn keep(names: &mut VecDeque<Box<str>>, name: &str) {
    if names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return;
    }
    if names.len() >= NAMES {
        names.pop_front();
    }
    names.push_back(name.into());
}

/// An address, where it is one with its port or without.
fn ip(word: &str) -> Option<&str> {
    let v4 = word.split_once(':').map_or(word, |(ip, _)| ip);
    [word, v4].into_iter().find(|w| w.len() > 3 && w.contains(['.', ':']) && w.parse::<IpAddr>().is_ok())
}

/// Does it look like the name of a host or domain: labels, and a last one of letters?
fn is_host(word: &str) -> bool {
    let label =
        |l: &str| !l.is_empty() && l.len() <= 63 && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let last = word.rsplit('.').next().unwrap_or_default();
    word.contains('.')
        && word.split('.').all(label)
        && last.len() > 1
        && last.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_what_is_shown() {
        for (text, hosts, ips, addresses) in [
            ("220 mail.example.org ESMTP Postfix (Debian)\n", &["mail.example.org"][..], &[][..], &[][..]),
            ("Trying 192.0.2.25...\n", &[], &["192.0.2.25"], &[]),
            ("RCPT TO:<anna@example.org>", &["example.org"], &[], &["anna@example.org"]),
            ("(mail.example.org:587), 2001:db8::25.", &["mail.example.org"], &["2001:db8::25"], &[]),
            ("Message-ID: <20261126045512.4711@ws.lab.test>", &["ws.lab.test"], &[], &[]),
            ("Escape character is '^]'.\nOpenSSL 3.0.19 a.b-.c", &[], &[], &[]),
            ("Grüße an hedwig@example.net, ja?", &["example.net"], &[], &["hedwig@example.net"]),
            ("@example.org @@ a@b@example.org", &["example.org"], &[], &[]),
        ] {
            let mut known = Known::default();
            known.read(text);
            known.read(text);
            assert_eq!(known.hosts().collect::<Vec<_>>(), hosts, "{text}");
            assert_eq!(known.ips().collect::<Vec<_>>(), ips, "{text}");
            assert_eq!(known.addresses().collect::<Vec<_>>(), addresses, "{text}");
        }
    }

    #[test]
    fn the_latest_are_kept() {
        let mut known = Known::default();
        (0..NAMES + 10).for_each(|n| known.read(&format!("h{n}.example.org")));
        assert_eq!(known.hosts().count(), NAMES);
        assert_eq!(known.hosts().next(), Some("h10.example.org"));
        known.read(&format!("{}.org", "a.".repeat(200)));
        assert_eq!(known.hosts().count(), NAMES);
    }
}
