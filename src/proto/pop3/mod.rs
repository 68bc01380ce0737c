//! POP3 (RFC 1939): server sessions, commands, replies and the styles of well-known servers.

mod command;
mod reply;
mod server;
mod style;

pub use server::{ServerConfig, ServerSession};
pub use style::Style;
