//! Which hosts the learner has met, and what they know of each: what the texts on the page say, what DNS has answered, and
//! what came of connections. The map shows no more than that, so that it gives away no answer and no fault.

use crate::event::{ConnectFailure, Endpoint, Entry, Event, RecordData, TlsEvent};
use crate::scenario::{Check, Drawn};
use crate::units::ConnId;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// Whose place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The learner's own machine.
    Workstation,
    /// The name server that the workstation asks.
    Resolver,
    /// A host of the scenario.
    Host,
    /// A person's own device.
    Person,
}

/// What is known of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// Nobody has been there yet.
    NotYet,
    /// Something answered.
    Open,
    /// Nothing listens.
    Refused,
    /// No answer.
    Silent,
}

/// A place on the map.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) kind: Kind,
    /// Its name in the scenario; of a person's device the person's.
    pub(super) name: String,
    pub(super) address: IpAddr,
    /// Its name was seen.
    pub(super) named: bool,
    /// Its address was seen.
    pub(super) addressed: bool,
    /// DNS has named it as the mail host of a domain.
    pub(super) exchanger: bool,
    /// What was found at its ports.
    pub(super) tried: BTreeMap<u16, Tried>,
}

/// A connection.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) port: u16,
    /// The version of TLS, once it is encrypted.
    pub(super) tls: Option<&'static str>,
    /// It has not ended.
    pub(super) live: bool,
}

/// All places, met or not, and who has talked to whom.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) places: Vec<Place>,
    pub(super) links: BTreeMap<ConnId, Link>,
    /// Who has asked whom in the DNS.
    pub(super) asked: BTreeSet<(usize, usize)>,
}

impl Known {
    /// What is known before anything has happened: the workstation, its name server, and what the page's own texts name.
    pub(super) fn new(drawn: &Drawn) -> Known {
        let place = |kind, name: &str, address| Place {
            kind,
            name: name.to_owned(),
            address,
            named: false,
            addressed: false,
            exchanger: false,
            tried: BTreeMap::new(),
        };
        let setup = &drawn.setup;
        let workstation = &setup.workstation;
        let mut places = vec![Place {
            named: true,
            addressed: true,
            ..place(Kind::Workstation, &workstation.name, workstation.ip)
        }];
        // Where a host of the scenario answers for the zones, it is on the map as a host.
        let host_is_resolver = setup.hosts.iter().any(|h| h.ip == workstation.resolver);
        if !host_is_resolver {
            let resolver = place(Kind::Resolver, "", workstation.resolver);
            places.push(Place { named: true, addressed: true, ..resolver });
        }
        let texts = texts(drawn);
        for host in &setup.hosts {
            let address = host.ip.to_string();
            let mut found = place(Kind::Host, &host.name, host.ip);
            found.named = texts.iter().any(|text| names(text, &host.name));
            found.addressed =
                host.ip == workstation.resolver || texts.iter().any(|text| names(text, &address));
            places.push(found);
        }
        for person in &setup.people {
            let name = person.account.owner.name.clone();
            let name = name.unwrap_or_else(|| person.account.owner.address.to_string());
            places.push(place(Kind::Person, &name, person.ip));
        }
        let mut known = Known { places, links: BTreeMap::new(), asked: BTreeSet::new() };
        known.account(drawn);
        known
    }

    /// The servers that the workstation's mail program is set up with.
    fn account(&mut self, drawn: &Drawn) {
        let Some(account) = &drawn.setup.workstation.account else { return };
        let doors = std::iter::once(&account.submission).chain(account.mailbox.iter().map(|(_, door)| door));
        for door in doors {
            if let Some(place) = self.named(&door.host) {
                place.named = true;
            }
        }
    }

    fn named(&mut self, name: &str) -> Option<&mut Place> {
        let name = name.trim_end_matches('.');
        self.places.iter_mut().find(|p| p.kind != Kind::Person && p.name.eq_ignore_ascii_case(name))
    }

    fn addressed(&mut self, ip: IpAddr) -> Option<&mut Place> {
        self.places.iter_mut().find(|p| p.address == ip)
    }

    /// The place with this name or address.
    pub(super) fn find(&self, name: &str, ip: Option<IpAddr>) -> Option<usize> {
        let by_name = |p: &Place| p.kind != Kind::Person && p.name.eq_ignore_ascii_case(name);
        let named = self.places.iter().position(by_name);
        named.or_else(|| self.places.iter().position(|p| Some(p.address) == ip))
    }

    /// Has the learner met it?
    pub(super) fn is_met(&self, place: usize) -> bool {
        self.places.get(place).is_some_and(|p| p.named || p.addressed)
    }

    /// Learns from what has happened.
    pub(super) fn follow(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Dns { asker, server, answers, .. } => {
                for record in answers {
                    if let Some(place) = self.named(&record.name) {
                        place.named = true;
                    }
                    self.record(&record.data);
                }
                if let (Some(asker), Some(server)) = (self.find(asker, None), self.find("", Some(*server))) {
                    self.asked.insert((asker, server));
                }
            }
            Event::Connected { conn, from, to } => {
                let (Some(from), Some(to_place)) = (self.end(from), self.end(to)) else { return };
                self.found(to_place, to.port, Tried::Open);
                let link = Link { from, to: to_place, port: to.port, tls: None, live: true };
                self.links.insert(*conn, link);
            }
            Event::ConnectFailed { to, why, .. } => {
                let found = match why {
                    ConnectFailure::Refused => Tried::Refused,
                    ConnectFailure::TimedOut => Tried::Silent,
                    _ => return,
                };
                if let Some(place) = self.find(&to.host, Some(to.ip)) {
                    self.meet(place);
                    self.found(place, to.port, found);
                }
            }
            Event::Tls { conn, what: TlsEvent::Established(session) } => {
                if let Some(link) = self.links.get_mut(conn) {
                    link.tls = Some(session.version.name());
                }
            }
            Event::Closed { conn, .. } => {
                if let Some(link) = self.links.get_mut(conn) {
                    link.live = false;
                }
            }
            _ => {}
        }
    }

    /// A record has told names and addresses.
    fn record(&mut self, data: &RecordData) {
        match data {
            RecordData::A(ip) => self.address_seen((*ip).into()),
            RecordData::Aaaa(ip) => self.address_seen((*ip).into()),
            RecordData::Mx { exchange, .. } => {
                if let Some(place) = self.named(exchange) {
                    (place.named, place.exchanger) = (true, true);
                }
            }
            RecordData::Ptr(name) | RecordData::Cname(name) | RecordData::Ns(name) => {
                if let Some(place) = self.named(name) {
                    place.named = true;
                }
            }
            RecordData::Txt(_) | RecordData::Soa { .. } => {}
        }
    }

    fn address_seen(&mut self, ip: IpAddr) {
        if let Some(place) = self.addressed(ip) {
            place.addressed = true;
        }
    }

    /// An end of a connection: from here on it is known by name and address.
    fn end(&mut self, end: &Endpoint) -> Option<usize> {
        let place = self.find(&end.host, Some(end.ip))?;
        self.meet(place);
        Some(place)
    }

    fn meet(&mut self, place: usize) {
        if let Some(place) = self.places.get_mut(place) {
            (place.named, place.addressed) = (true, true);
        }
    }

    fn found(&mut self, place: usize, port: u16, tried: Tried) {
        if let Some(place) = self.places.get_mut(place) {
            place.tried.insert(port, tried);
        }
    }
}

/// What the page says about the scenario before anything is done.
fn texts(drawn: &Drawn) -> Vec<&str> {
    let mut texts = vec![&drawn.title, &drawn.brief];
    for step in drawn.steps.iter() {
        texts.extend([&step.title, &step.task]);
        if let Check::Question { ask, .. } = &step.check {
            texts.push(ask);
        }
    }
    texts.iter().flat_map(|text| [text.de.as_str(), text.en.as_str()]).collect()
}

/// Does a text name this host or address, and not merely one that begins or ends so?
fn names(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let mut after = text.get(at + name.len()..).unwrap_or_default().chars();
        let ends = match after.next() {
            Some('.') => !after.next().is_some_and(part),
            next => !next.is_some_and(part),
        };
        ends && !before.is_some_and(|c| part(c) || c == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_text_names_a_host_only_in_full() {
        for (text, named) in [
            ("Connect to `mail.example.org`, port 25.", true),
            ("It is mail.example.org.", true),
            ("user@mail.example.org: that is all", true),
            ("mail.example.org.uk", false),
            ("webmail.example.org", false),
            ("a.mail.example.org", false),
            ("mail.example.organic", false),
            ("", false),
        ] {
            assert_eq!(names(text, "mail.example.org"), named, "{text}");
        }
        assert!(!names("192.0.2.251", "192.0.2.25") && names("(192.0.2.25)", "192.0.2.25"));
    }
}
