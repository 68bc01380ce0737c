//! The server's side of a POP3 session.

use super::Style;
use crate::proto::{Answer, AskId, Out, Session};
use crate::units::Time;
use std::collections::BTreeMap;

/// How a POP3 server behaves. Everything here belongs to one host of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerConfig {
    /// Whose wording it uses.
    pub style: Style,
    /// The name it gives itself.
    pub name: String,
    /// Texts of this host alone, by the key of the style's table (`greeting`, `logged-in`, ...); see docs/scenarios.md.
    pub texts: BTreeMap<String, String>,
    /// Capabilities it does not list although it could, by CAPA keyword in capitals.
    pub without: Vec<String>,
}

impl ServerConfig {
    /// The style's usual behaviour under the name `name`.
    pub fn new(style: Style, name: &str) -> ServerConfig {
        ServerConfig { style, name: name.to_owned(), texts: BTreeMap::new(), without: Vec::new() }
    }
}

/// The server's side of one POP3 session.
#[derive(Debug)]
pub struct ServerSession {}

impl ServerSession {
    /// A session that greets as `config` says.
    pub fn new(config: &ServerConfig) -> ServerSession {
        unimplemented!("{config:?}")
    }

    /// A session that turns the client away at once (-ERR), because it has `limit` connections open already.
    pub fn busy(config: &ServerConfig, limit: u32) -> ServerSession {
        unimplemented!("{config:?}{limit}")
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
