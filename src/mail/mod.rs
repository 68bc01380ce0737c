//! Mail itself, apart from any protocol: addresses, header fields, messages and who wrote which line. Pure.

mod address;
mod header;
mod message;

pub use address::{
    AddressFault, AddressFaultKind, Brackets, Domain, ForwardPath, Mailbox, PathText, ReversePath,
    is_host_label,
};
pub use header::{Field, Fields, text_body};
pub use message::{Mark, Message};
