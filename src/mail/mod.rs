//! Mail itself, apart from any protocol: addresses, header fields, messages and who wrote which line. Pure.

mod address;
pub mod certificate;
pub mod compose;
pub mod dkim;
pub mod dmarc;
mod glob;
mod header;
mod keyring;
pub mod lookup;
mod message;
pub mod mime;
mod pattern;
pub mod pem;
pub mod report;
pub mod results;
pub mod sasl;
pub mod smime;
pub mod spf;
pub mod trace;
pub mod xtext;

pub use address::{
    AddressFault, AddressFaultKind, Brackets, Domain, ForwardPath, Mailbox, PathText, ReversePath,
    is_host_label,
};
pub use glob::glob_matches;
pub use header::{Field, Fields, Outline, Place, decode_words, text_body};
pub use keyring::{CertificateKind, CertificateOrder, HostKeys, Keyring, MailOrder, SigningOrder};
pub use message::{Author, Authored, Edit, Mark, Message, Part};
pub use pattern::{Directory, EncryptedLike, Glob, Known, Like, Mail, MessagePattern, SignedLike};
