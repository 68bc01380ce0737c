//! SMTP (RFC 5321): server and client sessions, commands, replies and the styles of well-known servers.

mod client;
#[cfg(test)]
mod codes;
mod command;
mod data;
mod path;
mod received;
mod replies;
mod reply;
mod rule;
mod server;
mod style;
mod transaction;

pub use client::{ClientConfig, ClientFailure, ClientSession};
pub use server::{ServerConfig, ServerSession};
pub use style::Style;
