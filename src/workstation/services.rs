//! The names of ports, as /etc/services has them on Debian.

use std::sync::LazyLock;

/// Name, TCP port, other names.
const SERVICES: [(&str, u16, &[&str]); 20] = [
    ("echo", 7, &[]),
    ("discard", 9, &["sink", "null"]),
    ("daytime", 13, &[]),
    ("ftp", 21, &[]),
    ("ssh", 22, &[]),
    ("telnet", 23, &[]),
    ("smtp", 25, &["mail"]),
    ("time", 37, &["timserver"]),
    ("domain", 53, &[]),
    ("finger", 79, &[]),
    ("http", 80, &["www"]),
    ("pop3", 110, &["pop-3"]),
    ("nntp", 119, &["readnews", "untp"]),
    ("imap2", 143, &["imap"]),
    ("ldap", 389, &[]),
    ("https", 443, &[]),
    ("submissions", 465, &["ssmtp", "smtps", "urd"]),
    ("submission", 587, &[]),
    ("imaps", 993, &[]),
    ("pop3s", 995, &[]),
];

/// The port of a service.
pub(super) fn port(name: &str) -> Option<u16> {
    SERVICES.iter().find(|(n, _, others)| *n == name || others.contains(&name)).map(|(_, port, _)| *port)
}

/// The service on a port.
pub(super) fn name(port: u16) -> Option<&'static str> {
    SERVICES.iter().find(|(_, p, _)| *p == port).map(|(n, ..)| *n)
}

/// The names of all services.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().flat_map(|(name, _, others)| std::iter::once(*name).chain(others.iter().copied()))
}

/// As a file.
pub(super) fn file() -> &'static str {
    static FILE: LazyLock<String> = LazyLock::new(|| {
        let line = |(name, port, others): &(&str, u16, &[&str])| {
            format!("{name}\t{port}/tcp\t{}\n", others.join(" "))
        };
        SERVICES.iter().map(line).collect()
    });
    &FILE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_found_by_every_name() {
        for (name, port) in [("smtp", 25), ("pop3", 110), ("imap", 143), ("submission", 587), ("smtps", 465)]
        {
            assert_eq!(super::port(name), Some(port));
        }
        assert_eq!(port("smtpx"), None);
        assert_eq!(name(110), Some("pop3"));
        assert_eq!(name(2525), None);
    }
}
