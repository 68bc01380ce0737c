//! IMAP4rev1 (RFC 3501) with what clients expect beside it: the words of the protocol as types (`ast`).

mod ast;

pub use ast::{
    FetchItem, Flag, Flags, InternalDate, Keywords, ListOptions, ListSelect, MailboxName, Num, Partial,
    Search, SearchKey, SearchReturn, Section, SectionText, SequenceSet, SpecialUse, StatusItem, StoreMode,
    StoredMessage, SystemFlag,
};
