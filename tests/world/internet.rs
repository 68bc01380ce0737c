//! A small internet for tests: a world from a scenario's hosts, driven as the workstation's programs drive it.

use crate::small_internet::{START, drawn};
use helo::event::{DeliveryFailure, Event, TlsFailure};
use helo::keys;
use helo::mail::Message;
use helo::units::ConnId;
use helo::world::{ClientHello, Notice, Secured, Setup, World};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// A world, and what its connections said.
pub(crate) struct Internet {
    world: World,
    heard: BTreeMap<ConnId, String>,
    secured: BTreeMap<ConnId, Result<Secured, TlsFailure>>,
}

impl Internet {
    /// The world of these hosts, domains and mailboxes, as a scenario file writes them.
    pub(crate) fn new(hosts: &str) -> Internet {
        let mut setup = Setup::clone(&drawn(hosts).setup);
        let mut keyring = keys::make(&setup.certificates(), START).expect("certificates");
        keys::add_signing(&mut keyring, &setup.signing_keys()).expect("keys");
        setup.keyring = Arc::new(keyring);
        Internet::of(&setup)
    }

    /// The world of this setup.
    pub(crate) fn of(setup: &Setup) -> Internet {
        let mut world = World::new(setup, 1, START);
        world.take_log();
        Internet { world, heard: BTreeMap::new(), secured: BTreeMap::new() }
    }

    /// The world itself.
    pub(crate) fn world(&mut self) -> &mut World {
        &mut self.world
    }

    /// Opens a connection from the workstation.
    pub(crate) fn connect(&mut self, ip: &str, port: u16) -> ConnId {
        let conn = self.world.connect(ip.parse().expect("an address"), port);
        self.listen();
        conn
    }

    /// Sends a line; what happened then.
    pub(crate) fn say(&mut self, conn: ConnId, line: &str) -> Vec<Event> {
        self.world.take_log();
        self.world.send(conn, format!("{line}\r\n").as_bytes());
        self.listen();
        self.events()
    }

    /// What the server said on this connection since the last call.
    pub(crate) fn heard(&mut self, conn: ConnId) -> String {
        self.heard.remove(&conn).unwrap_or_default()
    }

    /// Begins a handshake; what came of it, and what happened.
    pub(crate) fn start_tls(
        &mut self,
        conn: ConnId,
        hello: &ClientHello,
    ) -> (Option<Result<Secured, TlsFailure>>, Vec<Event>) {
        self.world.take_log();
        self.world.start_tls(conn, hello);
        self.listen();
        (self.secured.remove(&conn), self.events())
    }

    /// Hands a small mail to the host at `ip`; everything that happened.
    pub(crate) fn send_mail(&mut self, ip: &str, from: &str, to: &[&str]) -> Vec<Event> {
        self.world.take_log();
        let conn = self.connect(ip, 25);
        let recipients: String = to.iter().map(|to| format!("RCPT TO:<{to}>\r\n")).collect();
        let text = format!(
            "EHLO ws\r\nMAIL FROM:<{from}>\r\n{recipients}DATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n"
        );
        self.world.send(conn, text.as_bytes());
        self.listen();
        self.events()
    }

    /// Lets seconds pass; what happened then.
    pub(crate) fn pass(&mut self, seconds: u64) -> Vec<Event> {
        let mut events = Vec::new();
        let end = self.world.now().plus(Duration::from_secs(seconds));
        while let Some(due) = self.world.next_wakeup().filter(|due| *due <= end) {
            self.world.advance(due);
            self.listen();
            events.extend(self.events());
        }
        self.world.advance(end);
        self.listen();
        events.extend(self.events());
        events
    }

    /// What happened since the last look.
    pub(crate) fn events(&mut self) -> Vec<Event> {
        self.world.take_log().into_iter().map(|(_, event)| event).collect()
    }

    fn listen(&mut self) {
        while let Some(notice) = self.world.next_notice() {
            match notice {
                Notice::Data(conn, octets) => {
                    self.heard.entry(conn).or_default().push_str(&String::from_utf8_lossy(&octets));
                }
                Notice::Secured(conn, secured) => _ = self.secured.insert(conn, Ok(*secured)),
                Notice::TlsFailed(conn, why) => _ = self.secured.insert(conn, Err(why)),
                _ => {}
            }
        }
    }
}

/// Mailbox and message of each delivery.
pub(crate) fn delivered(events: &[Event]) -> Vec<(String, Message)> {
    let found = events.iter().filter_map(|e| match e {
        Event::Delivered { mailbox, message, .. } => Some((mailbox.clone(), message.clone())),
        _ => None,
    });
    found.collect()
}

/// Recipient and reason of each failure for good.
pub(crate) fn undeliverable(events: &[Event]) -> Vec<(String, DeliveryFailure)> {
    let found = events.iter().filter_map(|e| match e {
        Event::Undeliverable { recipient, why, .. } => Some((recipient.clone(), why.clone())),
        _ => None,
    });
    found.collect()
}

/// The octets of a connection as `C: ` and `S: ` chunks.
pub(crate) fn wire(events: &[Event], conn: u32) -> String {
    let mut text = String::new();
    for event in events {
        if let Event::Wire { conn: ConnId(n), from, octets, .. } = event
            && *n == conn
        {
            let who = if *from == helo::event::Side::Client { "C: " } else { "S: " };
            for line in octets.lossy().split_inclusive('\n') {
                text.push_str(who);
                text.push_str(line);
            }
        }
    }
    text
}
