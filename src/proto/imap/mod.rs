//! IMAP4rev1 (RFC 3501) with what clients expect beside it: the words of the protocol as types (`ast`), and what they
//! mean for messages as pure functions: `fetch`, with `bodystructure`, `section` and `strings`; `search`, with
//! `fold` and `numbers`; `utf7` for names of mailboxes.

mod ast;
mod bodystructure;
mod fetch;
mod fold;
mod numbers;
mod search;
mod section;
mod strings;
pub mod utf7;

pub use ast::{
    FetchItem, Flag, Flags, InternalDate, Keywords, ListOptions, ListSelect, MailboxName, Num, Partial,
    Search, SearchKey, SearchReturn, Section, SectionText, SequenceSet, SpecialUse, StatusItem, StoreMode,
    StoredMessage, SystemFlag,
};
pub use bodystructure::{BodyWords, write_envelope, write_structure};
pub use fetch::{Fetched, date_time, write_flags};
pub use numbers::{NumberSet, write_numbers};
pub use search::{Bounds, CHARSETS, Searcher, UnknownCharset};
pub use section::{section_name, section_octets};
pub use strings::{write_literal, write_nstring, write_string};
