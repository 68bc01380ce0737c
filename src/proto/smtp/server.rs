//! The server's side of an SMTP session.

use super::Style;
use crate::proto::{Answer, AskId, Out, Session};
use crate::units::Time;
use std::collections::BTreeMap;

/// How an SMTP server behaves. Everything here belongs to one host of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerConfig {
    /// Whose wording it uses.
    pub style: Style,
    /// The name it gives itself.
    pub name: String,
    /// Texts of this host alone, by the key of the style's table (`greeting`, `start-mail`, ...); see docs/scenarios.md.
    pub texts: BTreeMap<String, String>,
    /// It insists on the letter of the standard where the style's original would be lenient.
    pub strict: bool,
    /// The largest message in octets (SIZE, RFC 1870).
    pub size_limit: u64,
    /// Extensions it does not offer although it could, by EHLO keyword in capitals.
    pub without: Vec<String>,
}

impl ServerConfig {
    /// The style's usual behaviour under the name `name`.
    pub fn new(style: Style, name: &str) -> ServerConfig {
        ServerConfig {
            style,
            name: name.to_owned(),
            texts: BTreeMap::new(),
            strict: false,
            size_limit: 10_240_000,
            without: Vec::new(),
        }
    }
}

/// The server's side of one SMTP session.
#[derive(Debug)]
pub struct ServerSession {}

impl ServerSession {
    /// A session for a client that connected from `client`, whose reverse name is `client_name`. Dates in
    /// replies are those of the time zone `offset`.
    pub fn new(
        config: &ServerConfig,
        offset: crate::units::Offset,
        client: std::net::IpAddr,
        client_name: Option<&str>,
    ) -> ServerSession {
        unimplemented!("{config:?}{offset:?}{client}{client_name:?}")
    }

    /// A session that turns the client away at once (421), because it has `limit` connections open already.
    pub fn busy(
        config: &ServerConfig,
        offset: crate::units::Offset,
        client: std::net::IpAddr,
        limit: u32,
    ) -> ServerSession {
        unimplemented!("{config:?}{offset:?}{client}{limit}")
    }
}

impl Session for ServerSession {
    fn start(&mut self, _now: Time) {
        unimplemented!()
    }
    fn feed(&mut self, _now: Time, _octets: &[u8]) {
        unimplemented!()
    }
    fn end_of_input(&mut self, _now: Time) {
        unimplemented!()
    }
    fn answer(&mut self, _now: Time, _id: AskId, _answer: Answer) {
        unimplemented!()
    }
    fn wake(&mut self, _now: Time) {
        unimplemented!()
    }
    fn next_wakeup(&self) -> Option<Time> {
        unimplemented!()
    }
    fn poll(&mut self) -> Option<Out> {
        unimplemented!()
    }
}
