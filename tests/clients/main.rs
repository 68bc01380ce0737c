//! Real mail programs at the ports of `helo host`: each sends, fetches or both, without TLS, with STARTTLS and with TLS from
//! the first octet. A program that is not installed is skipped with a line that says so, and under HELO_CI not at all.
#![allow(clippy::disallowed_methods)] // processes are started and sockets opened, all of them on this machine

mod fetchers;
mod host;
mod imap;
mod keepers;
mod mailboxes;
mod mode;
mod points;
mod programs;
mod real;
mod senders;
mod smime;
mod sockets;
