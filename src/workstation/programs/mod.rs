//! The programs: the contract they keep, the table that names them, one file for each.

mod base64;
mod builtins;
mod cat;
mod date;
mod dig;
mod echo;
mod filters;
mod grep;
mod host;
mod ls;
mod mail;
mod manual;
mod nc;
mod openssl;
pub(super) mod options;
mod printf;
mod resolver;
mod sed;
mod sleep;
mod ssh;
mod swaks;
mod system;
mod table;
mod telnet;
mod zone;

use super::complete::Asks;
use super::io::Io;
use crate::event::{ConnectFailure, Key};
use crate::units::{ConnId, Time};
use crate::world::Notice;
pub(super) use dig::plus_options as dig_options;
pub(super) use mail::COMMANDS as MAILBOX_COMMANDS;
pub(super) use openssl::{TRUSTED, completions as openssl_options};
pub(super) use options::Spec;
pub(super) use ssh::commands as ssh_commands;
pub(super) use swaks::options as swaks_options;
pub(super) use telnet::{commands as telnet_commands, specials as telnet_specials};

/// What becomes of a program after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// It goes on.
    Running,
    /// It has ended with this exit status.
    Exit(u8),
    /// It has ended, and the shell that started it ends too (`exit`).
    Leave(u8),
}

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyUse {
    /// The program took it.
    Taken(Flow),
    /// It means what the terminal makes of it: ^C ends the program, ^D ends its input.
    Usual,
}

/// How a program takes keys that come one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Keying {
    /// The connection they go to.
    pub(super) conn: ConnId,
    /// The terminal shows them.
    pub(super) echo: bool,
    /// Enter ends a line for the other side.
    pub(super) ends: bool,
}

/// A running program.
///
/// The shell calls [`Program::start`] once. After that, and as long as the answer is [`Flow::Running`], it passes on
/// whatever comes: input (only while [`Program::reads`]), its end (once, only while it reads), keys, notices of the
/// world (of every program's connections: look whose it is) and time. A program never waits: it names its
/// [`Program::next_wakeup`] and returns. When it is ended from outside, [`Program::stop`] is the last call; it closes
/// what is open there. After [`Flow::Exit`] nothing is called.
pub(super) trait Program: std::fmt::Debug + Send {
    /// The program starts; `args` are its arguments, its own name first.
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow;
    /// Octets of its input: a typed line with its LF, or what came through a pipe or from a file.
    fn input(&mut self, _io: &mut Io, _octets: &[u8]) -> Flow {
        Flow::Running
    }
    /// Its input has ended.
    fn end_of_input(&mut self, _io: &mut Io) -> Flow {
        Flow::Running
    }
    /// A key was pressed while its terminal was in the foreground.
    fn key(&mut self, _io: &mut Io, _key: Key) -> KeyUse {
        KeyUse::Usual
    }
    /// How it would take keys one by one now; `None` where it reads lines alone.
    fn keying(&self) -> Option<Keying> {
        None
    }
    /// Keys came one by one, a carriage return for Enter. Only while [`Program::keying`] says how.
    fn keys(&mut self, _io: &mut Io, _octets: &[u8]) -> Flow {
        Flow::Running
    }
    /// The world has news of a connection.
    fn notice(&mut self, _io: &mut Io, _notice: &Notice) -> Flow {
        Flow::Running
    }
    /// Time has passed, perhaps up to [`Program::next_wakeup`].
    fn wake(&mut self, _io: &mut Io) -> Flow {
        Flow::Running
    }
    /// When it wants to go on by itself.
    fn next_wakeup(&self) -> Option<Time> {
        None
    }
    /// Would it take input now?
    fn reads(&self) -> bool {
        false
    }
    /// The connection to which its input goes, if it has one open.
    fn conn(&self) -> Option<ConnId> {
        None
    }
    /// What it does with a line typed at it.
    fn asks(&self) -> Asks {
        if self.conn().is_some() { Asks::Server } else { Asks::Text }
    }
    /// It is ended from outside.
    fn stop(&mut self, _io: &mut Io) {}
}

/// A program that does its work at once, without reading.
#[derive(Debug)]
pub(super) struct Once(pub(super) fn(&mut Io, &[Vec<u8>]) -> Flow);

impl Program for Once {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        (self.0)(io, args)
    }
}

/// The program of this name.
pub(super) fn find(name: &str) -> Option<&'static Spec> {
    table::PROGRAMS.iter().find(|p| p.name == name)
}

/// The names of all programs, in the order of the table.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    table::PROGRAMS.iter().map(|p| p.name)
}

/// An argument as text; what is not UTF-8 is replaced.
pub(super) fn text(arg: &[u8]) -> String {
    String::from_utf8_lossy(arg).into_owned()
}

/// Why a connection did not come about, worded as `strerror` words it.
fn failure(why: ConnectFailure) -> &'static str {
    match why {
        ConnectFailure::Refused => "Connection refused",
        ConnectFailure::Unreachable => "Network is unreachable",
        ConnectFailure::TooMany => "Too many open files",
        _ => "Connection timed out",
    }
}

/// Whose news it is.
fn conn_of(notice: &Notice) -> ConnId {
    match notice {
        Notice::Connected(conn)
        | Notice::Failed(conn, _)
        | Notice::Data(conn, _)
        | Notice::Secured(conn, _)
        | Notice::TlsFailed(conn, _)
        | Notice::Closed(conn, _) => *conn,
    }
}
