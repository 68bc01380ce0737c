//! Mail itself, apart from any protocol: addresses, header fields, messages and who wrote which line. Pure.

mod address;
mod message;

pub use address::{
    AddressFault, AddressFaultKind, Brackets, Domain, ForwardPath, Mailbox, PathText, ReversePath,
};
pub use message::{Mark, Message};
