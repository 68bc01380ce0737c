//! A mail account, as a mail program is told of it: whose it is, and by which doors mail leaves and is fetched.

use super::{HostSetup, Setup};
use crate::event::TlsLevel;
use crate::mail::compose::Correspondent;
use crate::mail::{ForwardPath, ReversePath};
use crate::proto::smtp;
use crate::units::Bytes;

/// A mail account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSetup {
    /// The address, and the name that stands beside it in From.
    pub owner: Correspondent,
    /// The password.
    pub password: String,
    /// Where mail is handed in.
    pub submission: Door,
    /// Where mail is fetched; `None` where the provider offers neither POP3 nor IMAP.
    pub mailbox: Option<(Fetching, Door)>,
}

/// A port of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The host's name.
    pub host: String,
    /// The port.
    pub port: u16,
    /// TLS comes first there (RFC 8314 section 3.3).
    pub tls_first: bool,
}

/// How mail is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetching {
    /// RFC 1939.
    Pop3,
    /// RFC 3501.
    Imap,
}

impl AccountSetup {
    /// Where users of this host hand mail in: the first port for them, best one with TLS by upgrade (RFC 6409 section
    /// 3.1), else the port for everybody. `None` where it takes no mail.
    pub fn submission_at(host: &HostSetup) -> Option<Door> {
        let service = host.smtp.as_ref()?;
        let plain = |port: &&u16| !service.tls_ports.contains(port);
        let of_users = service.submission_ports.iter().find(plain).or(service.submission_ports.first());
        let port = of_users.or_else(|| service.ports.iter().find(plain)).or(service.ports.first())?;
        Some(Door::new(host, *port))
    }

    /// Where users of this host fetch mail: over POP3 where that is offered, else over IMAP.
    pub fn mailbox_at(host: &HostSetup) -> Option<(Fetching, Door)> {
        let best = |ports: &[u16], tls: &[u16]| {
            ports.iter().find(|port| !tls.contains(port)).or(ports.first()).copied()
        };
        let pop3 = host.pop3.as_ref().and_then(|s| best(&s.ports, &s.tls_ports));
        let imap = host.imap.as_ref().and_then(|s| best(&s.ports, &s.tls_ports));
        let (kind, port) =
            pop3.map(|port| (Fetching::Pop3, port)).or(imap.map(|port| (Fetching::Imap, port)))?;
        Some((kind, Door::new(host, port)))
    }

    /// How mail fetched at this port is fetched.
    pub fn fetching_at(host: &HostSetup, port: u16) -> Option<Fetching> {
        let pop3 = host.pop3.as_ref().is_some_and(|s| s.ports.contains(&port));
        let imap = host.imap.as_ref().is_some_and(|s| s.ports.contains(&port));
        pop3.then_some(Fetching::Pop3).or(imap.then_some(Fetching::Imap))
    }

    /// What its mail program says to the server to hand a message in: as its user, under TLS where that is offered, the
    /// password in the clear only where nothing better is (as mail programs do when they are set up by themselves).
    pub fn client(
        &self,
        called: &str,
        (from, to): (ReversePath, Vec<ForwardPath>),
        message: Bytes,
        nonce: &str,
    ) -> smtp::ClientConfig {
        let login = smtp::ClientLogin {
            in_the_clear: true,
            required: false,
            ..smtp::ClientLogin::new(&self.owner.address.to_string(), &self.password, nonce)
        };
        smtp::ClientConfig {
            tls: TlsLevel::May,
            tls_first: self.submission.tls_first,
            login: Some(login),
            ..smtp::ClientConfig::new(called, from, to, message)
        }
    }
}

impl Door {
    /// This port of a host.
    pub fn new(host: &HostSetup, port: u16) -> Door {
        let smtp = host.smtp.iter().flat_map(|s| &s.tls_ports);
        let pop3 = host.pop3.iter().flat_map(|s| &s.tls_ports);
        let imap = host.imap.iter().flat_map(|s| &s.tls_ports);
        let tls_first = smtp.chain(pop3).chain(imap).any(|tls| *tls == port);
        Door { host: host.name.clone(), port, tls_first }
    }
}

impl Setup {
    /// The host of this name.
    pub fn host(&self, name: &str) -> Option<&HostSetup> {
        self.hosts.iter().map(|h| &**h).find(|h| h.name.eq_ignore_ascii_case(name))
    }
}
