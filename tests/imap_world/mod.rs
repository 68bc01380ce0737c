//! A small world with one mail server, and IMAP connections into it.

#![allow(dead_code, reason = "each test uses its part")]

use helo::event::{CloseReason, Event, ImapExchange, TlsVersion};
use helo::mail::{CertificateKind, HostKeys, Keyring};
use helo::proto::imap::{Flag, ServerConfig, SpecialUse, Style};
use helo::proto::{pop3, smtp};
use helo::units::{Bytes, ConnId, Offset, Time, Zone};
use helo::world::{
    ClientHello, FolderSetup, HostSetup, ImapService, MailboxSetup, MessageSetup, Notice, Outgoing,
    Pop3Service, PostSetup, Relay, Setup, SmtpService, TlsSetup, WorkstationSetup, World, ZoneSetup,
};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// 2026-02-01 12:00:00 UTC.
pub(crate) const START: Time = Time(1_769_947_200_000_000);
const SERVER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 25));

/// The mail server of the world, and what lies in its mailboxes.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) config: ServerConfig,
    pub(crate) mailboxes: Vec<MailboxSetup>,
    pub(crate) offset: Offset,
    /// It has a certificate: STARTTLS at port 143, TLS from the start at 993, where nothing listens without one.
    pub(crate) tls: bool,
}

impl Site {
    pub(crate) fn new(style: Style) -> Site {
        let config = ServerConfig::new(style, "mail.example.tld");
        Site { config, mailboxes: Vec::new(), offset: Offset(0), tls: false }
    }

    /// A site with one mailbox that holds these messages.
    pub(crate) fn with(style: Style, messages: &[&str]) -> Site {
        let mut site = Site::new(style);
        site.mailbox("anna@example.tld", "tulpe");
        for message in messages {
            site.message(message.as_bytes().to_vec());
        }
        site
    }

    pub(crate) fn mailbox(&mut self, address: &str, password: &str) {
        self.mailboxes.push(MailboxSetup {
            address: address.to_owned(),
            host: "mail.example.tld".to_owned(),
            password: password.to_owned(),
            folders: Vec::new(),
            messages: Vec::new(),
            quota: None,
            forward: None,
        });
    }

    pub(crate) fn last(&mut self) -> &mut MailboxSetup {
        self.mailboxes.last_mut().expect("a mailbox comes first")
    }

    pub(crate) fn message(&mut self, octets: Vec<u8>) -> &mut MessageSetup {
        let message = MessageSetup::from(Arc::from(octets.as_slice()));
        let messages = &mut self.last().messages;
        messages.push(message);
        messages.last_mut().expect("one was pushed")
    }

    pub(crate) fn folder(&mut self, name: &str, special: Option<SpecialUse>, subscribed: bool) {
        self.last().folders.push(FolderSetup { name: name.to_owned(), special, subscribed });
    }

    /// What the server shows. Nobody here looks at the certificate.
    fn keyring(&self) -> Keyring {
        let mut keyring = Keyring::default();
        if self.tls {
            let keys = HostKeys { chain: vec![Bytes::from(&b"x"[..])], key: Bytes::from(&b"nobody's"[..]) };
            keyring.hosts.insert("mail.example.tld".to_owned(), keys);
        }
        keyring
    }

    fn setup(&self) -> Setup {
        let versions = TlsVersion::Tls12..=TlsVersion::Tls13;
        let tls = TlsSetup { certificate: CertificateKind::Valid, names: Vec::new(), versions };
        let host = HostSetup {
            name: "mail.example.tld".to_owned(),
            ip: SERVER,
            ptr: None,
            zone: self.offset.into(),
            domains: vec!["example.tld".to_owned()],
            relay: Relay::Nobody,
            relay_for: Vec::new(),
            tls: self.tls.then_some(tls),
            verify: Default::default(),
            outgoing: Outgoing::default(),
            smtp: Some(SmtpService {
                config: smtp::ServerConfig::new(smtp::Style::Postfix, "mail.example.tld"),
                ..SmtpService::named("postfix", "mail.example.tld").expect("a style")
            }),
            pop3: Some(Pop3Service {
                ports: vec![110],
                tls_ports: Vec::new(),
                config: pop3::ServerConfig::new(pop3::Style::Dovecot, "mail.example.tld"),
            }),
            imap: Some(ImapService {
                ports: vec![143, 993],
                tls_ports: vec![993],
                config: self.config.clone(),
            }),
            dns: false,
            post: PostSetup::default(),
            open: false,
        };
        Setup {
            workstation: Arc::new(WorkstationSetup {
                name: "ws.lab.test".to_owned(),
                ip: "198.51.100.17".parse().expect("an address"),
                user: "lab".to_owned(),
                resolver: SERVER,
                zone: Zone::default(),
                files: BTreeMap::new(),
                account: None,
            }),
            hosts: vec![Arc::new(host)],
            zones: vec![ZoneSetup { name: "example.tld".to_owned(), records: Vec::new(), open: false }],
            mailboxes: self.mailboxes.clone(),
            faults: Vec::new(),
            people: Vec::new(),
            ports: BTreeMap::new(),
            dkim: Vec::new(),
            mail_keys: Vec::new(),
            keyring: Arc::new(self.keyring()),
        }
    }

    pub(crate) fn open(&self) -> Lab {
        Lab { world: World::new(&self.setup(), 1, START), said: BTreeMap::new(), log: Vec::new() }
    }
}

/// The world with what came out of it.
pub(crate) struct Lab {
    pub(crate) world: World,
    said: BTreeMap<ConnId, (Vec<u8>, Option<CloseReason>)>,
    pub(crate) log: Vec<Event>,
}

impl Lab {
    pub(crate) fn connect(&mut self, port: u16) -> ConnId {
        let conn = self.world.connect(SERVER, port);
        self.take();
        conn
    }

    pub(crate) fn send(&mut self, conn: ConnId, octets: &[u8]) {
        self.world.send(conn, octets);
        self.take();
    }

    /// The client begins a TLS handshake.
    pub(crate) fn handshake(&mut self, conn: ConnId) {
        let versions = TlsVersion::Tls12..=TlsVersion::Tls13;
        self.world.start_tls(conn, &ClientHello { server_name: None, versions });
        self.take();
    }

    pub(crate) fn finish(&mut self, conn: ConnId) {
        self.world.finish(conn);
        self.take();
    }

    pub(crate) fn wait(&mut self, time: Duration) {
        let to = self.world.now().plus(time);
        self.world.advance(to);
        self.take();
    }

    /// What the server said on a connection since the last time.
    pub(crate) fn said(&mut self, conn: ConnId) -> Vec<u8> {
        self.said.get_mut(&conn).map(|(octets, _)| std::mem::take(octets)).unwrap_or_default()
    }

    pub(crate) fn closed(&self, conn: ConnId) -> Option<CloseReason> {
        self.said.get(&conn).and_then(|(_, closed)| *closed)
    }

    /// One command and its answer.
    pub(crate) fn command(&mut self, conn: ConnId, line: &str) -> String {
        self.said(conn);
        self.send(conn, format!("{line}\r\n").as_bytes());
        String::from_utf8_lossy(&self.said(conn)).into_owned()
    }

    /// A message comes in by SMTP.
    pub(crate) fn deliver(&mut self, to: &str, subject: &str) {
        let conn = self.connect(25);
        let lines = format!(
            "HELO ws.lab.test\r\nMAIL FROM:<otto@example.org>\r\nRCPT TO:<{to}>\r\nDATA\r\nSubject: {subject}\r\n\r\nHello.\r\n.\r\nQUIT\r\n"
        );
        self.send(conn, lines.as_bytes());
    }

    pub(crate) fn exchanges(&self) -> impl Iterator<Item = &ImapExchange> {
        self.log.iter().filter_map(|e| match e {
            Event::Imap { exchange, .. } => Some(exchange),
            _ => None,
        })
    }

    fn take(&mut self) {
        while let Some(notice) = self.world.next_notice() {
            match notice {
                Notice::Data(conn, octets) => self.said.entry(conn).or_default().0.extend(octets),
                Notice::Closed(conn, why) => self.said.entry(conn).or_default().1 = Some(why),
                _ => {}
            }
        }
        self.log.extend(self.world.take_log().into_iter().map(|(_, event)| event));
    }
}

/// Flags by their names, with commas between them.
pub(crate) fn flags(names: &str) -> Vec<Flag> {
    names.split(',').map(|name| Flag::parse(name).expect("a flag")).collect()
}
