//! References to RFCs as data. Every rule that helo teaches names the document and section it comes from, so
//! that a page can link to it and a test can check that the index below knows it.

mod dns;
mod imap;
mod mail;
mod net;
mod pop3;
mod security;
mod sender;
mod smime;
mod smtp;

use serde::{Deserialize, Serialize};

/// A place in an RFC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Section {
    /// The RFC's number.
    pub rfc: u16,
    /// The section's number as printed, such as `4.1.1.2`.
    pub section: std::borrow::Cow<'static, str>,
}

/// Section `section` of RFC `rfc`.
pub const fn section(rfc: u16, section: &'static str) -> Section {
    Section { rfc, section: std::borrow::Cow::Borrowed(section) }
}

impl std::fmt::Display for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RFC {} section {}", self.rfc, self.section)
    }
}

/// How much of a section helo does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// All that concerns a lab.
    Yes,
    /// Some of it.
    Partial,
    /// Nothing; it is named because something near it is done, or to say so.
    No,
}

/// An RFC that helo names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rfc {
    /// Its number.
    pub number: u16,
    /// Its title in short.
    pub title: &'static str,
    /// The sections helo has to do with, in their order.
    pub sections: &'static [Entry],
}

/// A section of an RFC, and how much of it helo does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its number as printed.
    pub section: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// How much of it helo does.
    pub coverage: Coverage,
    /// What is done or left out; never empty where the coverage is not [`Coverage::Yes`].
    pub note: &'static str,
}

/// Every RFC that helo names, in groups by subject. To add one, or a section, add it to the group's file; a test
/// finds references in the sources that are missing.
pub fn index() -> impl Iterator<Item = &'static Rfc> {
    let groups = [
        smtp::RFCS,
        pop3::RFCS,
        imap::RFCS,
        mail::RFCS,
        dns::RFCS,
        net::RFCS,
        security::RFCS,
        sender::RFCS,
        smime::RFCS,
    ];
    groups.into_iter().flatten()
}

/// The RFC of this number, if helo names it.
pub fn find(number: u16) -> Option<&'static Rfc> {
    index().find(|r| r.number == number)
}

impl Section {
    /// What the index says about this section, if it knows it.
    pub fn entry(&self) -> Option<&'static Entry> {
        find(self.rfc)?.sections.iter().find(|s| s.section == self.section)
    }

    /// Where it can be read.
    pub fn url(&self) -> String {
        format!("https://www.rfc-editor.org/rfc/rfc{}#section-{}", self.rfc, self.section)
    }
}

const fn yes(section: &'static str, title: &'static str) -> Entry {
    Entry { section, title, coverage: Coverage::Yes, note: "" }
}

const fn partial(section: &'static str, title: &'static str, note: &'static str) -> Entry {
    Entry { section, title, coverage: Coverage::Partial, note }
}

const fn no(section: &'static str, title: &'static str, note: &'static str) -> Entry {
    Entry { section, title, coverage: Coverage::No, note }
}
