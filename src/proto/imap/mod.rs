//! IMAP4rev1 (RFC 3501) with what clients expect beside it: the words of the protocol as types (`ast`), and what they
//! mean for messages as pure functions: `fetch`, with `bodystructure`, `section` and `strings`; `search`, with
//! `fold` and `numbers`; `utf7` for names of mailboxes.
//!
//! The server: `reader` cuts octets into commands, `command` reads them, `server` carries them out with `refuse`,
//! `login`, `folders` and `messages`; `host` is what it asks, `view` what it knows of the open folder; `style` and `texts` make
//! it Dovecot or another.

mod ast;
mod bodystructure;
mod command;
mod fetch;
mod fold;
mod folders;
mod host;
mod list;
mod login;
mod messages;
mod names;
mod numbers;
mod reader;
mod refuse;
mod reply;
mod search;
mod section;
mod server;
mod strings;
mod style;
mod texts;
pub mod utf7;
mod view;

pub use ast::{
    FetchItem, Flag, Flags, InternalDate, Keywords, ListOptions, ListSelect, MailboxName, Num, Partial,
    Search, SearchKey, SearchReturn, Section, SectionText, SequenceSet, SpecialUse, StatusItem, StoreMode,
    StoredMessage, SystemFlag,
};
pub use bodystructure::{BodyWords, write_envelope, write_structure};
pub use fetch::{Fetched, date_time, write_flags};
pub use host::{FolderAnswer, FolderAsk, FolderCounts, FolderInfo, News, OpenFolder};
pub use list::{Listed, list, lsub};
pub use numbers::{NumberSet, write_numbers};
pub use search::{Bounds, CHARSETS, Searcher, UnknownCharset};
pub use section::{section_name, section_octets};
pub use server::{ServerConfig, ServerSession};
pub use strings::{write_literal, write_nstring, write_string};
pub use style::Style;
