//! SMTP (RFC 5321): server and client sessions, commands, replies and the styles of well-known servers.

mod client;
mod command;
mod reply;
mod server;
mod style;

pub use client::{ClientConfig, ClientFailure, ClientSession};
pub use server::{ServerConfig, ServerSession};
pub use style::Style;
