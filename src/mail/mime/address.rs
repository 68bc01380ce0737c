//! Addresses of an originator or destination field, as IMAP's ENVELOPE wants them: name, route, mailbox, host, as raw
//! octets, encoded words left alone (RFC 3501 section 7.4.2). What is broken is filled in with words that a person
//! who looks at them understands.

use super::token::{Reader, Went};

/// One entry of an address list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnvelopeAddress {
    /// The display name, or the comment behind an old address.
    pub name: Option<Vec<u8>>,
    /// A source route, `@a,@b` (RFC 5322 section 4.4).
    pub route: Option<Vec<u8>>,
    /// The local part; at the start of a group its name; `None` at a group's end.
    pub mailbox: Option<Vec<u8>>,
    /// The domain; `None` at the start and at the end of a group.
    pub host: Option<Vec<u8>>,
}

impl EnvelopeAddress {
    /// Is this the start or the end of a group rather than an address (RFC 3501 section 7.4.2)?
    pub fn is_group_mark(&self) -> bool {
        self.host.is_none()
    }
}

/// What stands where an address has no local part, or no domain.
pub(in crate::mail) const MISSING_MAILBOX: &str = "MISSING_MAILBOX";
pub(in crate::mail) const MISSING_HOST: &str = "MISSING_DOMAIN";
const BROKEN_ROUTE: &[u8] = b"INVALID_ROUTE";
const BROKEN_HOST: &[u8] = b"SYNTAX_ERROR";

/// Reads a list of addresses; never fails.
pub(super) fn addresses(value: &[u8]) -> Vec<EnvelopeAddress> {
    let mut list = List { reader: Reader::new(value), word: Vec::new(), found: Vec::new() };
    match list.reader.blank() {
        Went::On => list.read(),
        Went::End => {}
        Went::Broken => list.add(EnvelopeAddress::default()),
    }
    list.found
}

struct List<'a> {
    reader: Reader<'a>,
    /// The local part read last, as far as it could be read.
    word: Vec<u8>,
    found: Vec<EnvelopeAddress>,
}

impl List<'_> {
    /// address *("," address)
    fn read(&mut self) {
        loop {
            let place = self.reader.place();
            if self.group().is_broken() {
                self.reader.back_to(place);
                let _ = self.mailbox();
            }
            if self.reader.peek() != Some(b',') {
                return;
            }
            self.reader.skip();
            match self.reader.blank() {
                Went::On => {}
                Went::End => return,
                Went::Broken => return self.add(EnvelopeAddress::default()),
            }
        }
    }

    /// Adds an address, what is missing filled in.
    fn add(&mut self, mut address: EnvelopeAddress) {
        address.mailbox.get_or_insert_with(|| MISSING_MAILBOX.as_bytes().to_vec());
        if address.host.as_ref().is_none_or(Vec::is_empty) {
            address.host = Some(MISSING_HOST.as_bytes().to_vec());
        }
        self.found.push(address);
    }

    /// display-name ":" [mailbox-list] ";", or nothing at all.
    fn group(&mut self) -> Went {
        let mut name = Vec::new();
        if self.reader.phrase(&mut name) != Went::On || self.reader.peek() != Some(b':') {
            return Went::Broken;
        }
        self.reader.skip();
        let mut went = self.reader.blank();
        self.found.push(EnvelopeAddress { mailbox: Some(name), ..EnvelopeAddress::default() });
        if went == Went::On && self.reader.peek() != Some(b';') {
            loop {
                let _ = self.mailbox();
                if self.reader.peek() != Some(b',') {
                    break;
                }
                self.reader.skip();
                if self.reader.blank() != Went::On {
                    went = Went::Broken;
                    break;
                }
            }
        }
        if !went.is_broken() && self.reader.peek() == Some(b';') {
            self.reader.skip();
            went = self.reader.blank();
        }
        self.found.push(EnvelopeAddress::default());
        if went == Went::End { Went::End } else { Went::On }
    }

    /// name-addr / addr-spec
    fn mailbox(&mut self) -> Went {
        let place = self.reader.place();
        let mut address = EnvelopeAddress::default();
        let mut went = self.name_addr(&mut address);
        if went.is_broken() {
            self.reader.back_to(place);
            let (spec, valid) = self.addr_spec(&mut address);
            went = spec;
            if !valid && address.name.is_none() && address.host.is_none() {
                address.name = address.mailbox.take();
            }
        }
        self.add(address);
        went
    }

    /// [display-name] angle-addr
    fn name_addr(&mut self, address: &mut EnvelopeAddress) -> Went {
        let mut name = Vec::new();
        if self.reader.phrase(&mut name) != Went::On || self.reader.peek() != Some(b'<') {
            return Went::Broken;
        }
        address.name = Some(name).filter(|name| !name.is_empty());
        if self.angle_addr(address).is_broken() {
            address.host = Some(BROKEN_HOST.to_vec());
        }
        if self.reader.peek().is_some() { Went::On } else { Went::End }
    }

    /// "<" [route ":"] local-part "@" domain ">"
    fn angle_addr(&mut self, address: &mut EnvelopeAddress) -> Went {
        self.reader.skip();
        if self.reader.blank() != Went::On {
            return Went::Broken;
        }
        if self.reader.peek() == Some(b'@') {
            if self.route(address) == Went::On && self.reader.peek() == Some(b':') {
                self.reader.skip();
            } else {
                address.route = Some(BROKEN_ROUTE.to_vec());
            }
            if self.reader.blank() != Went::On {
                return Went::Broken;
            }
        }
        if self.reader.peek() != Some(b'>') {
            if self.local_part(address) != Went::On {
                return Went::Broken;
            }
            if self.reader.peek() == Some(b'@') && self.host(address) != Went::On {
                return Went::Broken;
            }
        }
        if self.reader.peek() != Some(b'>') {
            return Went::Broken;
        }
        self.reader.skip();
        self.reader.blank()
    }

    /// "@" domain *("," "@" domain), obsolete (RFC 5322 section 4.4)
    fn route(&mut self, address: &mut EnvelopeAddress) -> Went {
        let mut route = Vec::new();
        while self.reader.peek() == Some(b'@') {
            if !route.is_empty() {
                route.push(b',');
            }
            route.push(b'@');
            let went = self.reader.domain(&mut route);
            if went != Went::On {
                return went;
            }
            while self.reader.blank() == Went::On && self.reader.peek() == Some(b',') {
                self.reader.skip();
            }
        }
        if self.reader.peek().is_none() {
            return Went::End;
        }
        address.route = Some(route);
        Went::On
    }

    fn local_part(&mut self, address: &mut EnvelopeAddress) -> Went {
        self.word.clear();
        let went = if self.reader.peek() == Some(b'"') {
            self.reader.quoted(&mut self.word)
        } else {
            self.reader.loose_dot_atom(&mut self.word)
        };
        if !went.is_broken() {
            address.mailbox = Some(self.word.clone());
        }
        went
    }

    fn host(&mut self, address: &mut EnvelopeAddress) -> Went {
        let mut host = Vec::new();
        let went = self.reader.domain(&mut host);
        if !went.is_broken() {
            address.host = Some(host);
        }
        went
    }

    /// local-part "@" domain; and whether it was a whole one.
    fn addr_spec(&mut self, address: &mut EnvelopeAddress) -> (Went, bool) {
        self.reader.comment.clear();
        let quoted = self.reader.peek() == Some(b'"');
        let mut went = self.local_part(address);
        let mut valid = went == Went::On;
        let has_host = went != Went::End && self.reader.peek() == Some(b'@');
        if has_host {
            let host = self.host(address);
            if host != Went::On {
                went = host;
            }
        }
        if !self.reader.comment.is_empty() {
            address.name = Some(std::mem::take(&mut self.reader.comment));
        } else if !has_host {
            // A single word is a mailbox; with more words after it, it is a name without an address.
            let mut words = std::mem::take(&mut self.word);
            words.push(b' ');
            let one = words.len();
            let _ = self.reader.phrase(&mut words);
            if words.len() != one {
                address.mailbox = None;
                address.name = Some(words);
            } else if !quoted {
                address.host = Some(Vec::new());
            }
            valid = false;
            went = Went::Broken;
        }
        (went, valid)
    }
}
