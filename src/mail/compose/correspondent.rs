//! People as they stand in a header: an address and perhaps a name.

use crate::mail::mime::{EnvelopeAddress, MISSING_HOST, MISSING_MAILBOX, address_list};
use crate::mail::{Mailbox, decode_words};

/// Somebody who writes or is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// The name, as a person reads it.
    pub name: Option<String>,
    /// The address.
    pub address: Mailbox,
}

/// Something in a list of addresses that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnAddress {
    /// As it was written.
    pub text: String,
}

impl Correspondent {
    /// Somebody without a name.
    pub fn new(address: Mailbox) -> Correspondent {
        Correspondent { name: None, address }
    }

    /// Reads a list such as `Anna <anna@example.org>, bob@example.org`; names may be encoded words. A group counts for
    /// those in it.
    ///
    /// # Errors
    /// The first entry that is no address.
    pub fn list(text: &str) -> Result<Vec<Correspondent>, NotAnAddress> {
        let mut found = Vec::new();
        for entry in address_list(text.as_bytes()) {
            if entry.is_group_mark() {
                continue;
            }
            // A local user has no `@`, and what has one needs something behind it.
            let cut_off = |one: &Correspondent| {
                one.address.domain.is_none() && text.contains(&format!("{}@", one.address))
            };
            match Correspondent::read(&entry).filter(|one| !cut_off(one)) {
                Some(one) => found.push(one),
                None => return Err(NotAnAddress { text: text.trim().to_owned() }),
            }
        }
        // What cannot be read behind an address is passed over by the reader, and is no good to a writer.
        let ats = |text: &str| text.matches('@').count();
        let lost = ats(text) > found.iter().map(|one| ats(&one.to_string())).sum();
        if lost || found.is_empty() && !text.trim().is_empty() {
            return Err(NotAnAddress { text: text.trim().to_owned() });
        }
        Ok(found)
    }

    /// Those in a field that can be read; what is none is left out.
    pub fn all_in(value: &str) -> Vec<Correspondent> {
        address_list(value.as_bytes()).iter().filter_map(Correspondent::read).collect()
    }

    fn read(entry: &EnvelopeAddress) -> Option<Correspondent> {
        let text = |octets: &Vec<u8>| String::from_utf8_lossy(octets).into_owned();
        let (local, host) = (text(entry.mailbox.as_ref()?), text(entry.host.as_ref()?));
        if host == MISSING_HOST {
            // A word alone is the name of a local user.
            let word = if local == MISSING_MAILBOX { text(entry.name.as_ref()?) } else { local };
            return Mailbox::parse(&word).ok().map(Correspondent::new);
        }
        let address = Mailbox::parse(&format!("{local}@{host}")).ok().filter(|_| local != MISSING_MAILBOX)?;
        let name = entry.name.as_ref().map(|n| decode_words(&text(n))).filter(|n| !n.trim().is_empty());
        Some(Correspondent { name, address })
    }

    /// The name, or the address where there is none.
    pub fn shown(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.address.to_string())
    }
}

impl std::fmt::Display for Correspondent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => write!(f, "{}", self.address),
        }
    }
}
