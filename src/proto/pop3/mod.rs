//! POP3 (RFC 1939): server sessions, commands, replies and the styles of well-known servers.

mod auth;
mod command;
mod maildrop;
mod reply;
mod server;
mod style;
mod transaction;

pub use server::{ServerConfig, ServerSession};
pub use style::Style;
