//! SMTP (RFC 5321): server and client sessions, commands, replies and the styles of well-known servers.

mod auth;
mod chunks;
mod client;
#[cfg(test)]
mod codes;
mod command;
mod conduct;
mod config;
mod data;
mod manners;
mod params;
mod path;
mod received;
mod replies;
mod reply;
mod rule;
mod secure;
mod server;
mod style;
mod terms;
mod transaction;

pub use client::{ClientConfig, ClientFailure, ClientLogin, ClientSession, Manner};
pub use config::{Door, ServerConfig, Weakness};
pub use server::ServerSession;
pub use style::Style;
