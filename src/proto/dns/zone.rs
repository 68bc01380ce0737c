//! Answers out of the world's zones (RFC 1034 section 4.3.2, wildcards by RFC 4592, negative answers by RFC 2308).

mod build;

use super::Response;
use super::name::{ancestors, canonical, check_name};
use crate::event::{Question, Rcode, Record, RecordData, RecordType};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// How many aliases are followed for one question; BIND stops at about as many.
const MAX_ALIASES: usize = 16;
/// The most addresses that are added for the names in an answer.
const MAX_ADDITIONAL: usize = 64;

/// A zone as a scenario writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneData {
    /// Its name, such as `example.tld`; empty for the root.
    pub name: String,
    /// Its records. Those outside the zone are left out, as name servers do.
    pub records: Vec<Record>,
}

/// A host whose addresses the zones are to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostData {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: IpAddr,
    /// What the reverse look-up of its address says, if anything.
    pub ptr: Option<String>,
    /// It answers DNS questions, and so is named in NS records.
    pub dns: bool,
}

/// All zones of one world. Where a scenario left them out, each has an SOA and an NS record, hosts have addresses
/// and their addresses names. Above them stands the root, which knows nothing else.
///
/// Every world has its own, so they are kept in few and exactly fitting pieces, sorted by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    /// By canonical name; the root is always there.
    zones: Box<[Zone]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Zone {
    /// Its canonical name.
    name: Box<str>,
    /// It was made up, because the internet has it: the root, `in-addr.arpa`, `ip6.arpa`.
    backdrop: bool,
    /// By canonical name. Names that only have names below them are there without records (empty non-terminals,
    /// RFC 4592 section 2.2.2).
    nodes: Box<[Node]>,
    /// The owner of the SOA as it was written; `None` where that is the canonical name.
    written: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    /// Its canonical name.
    name: Box<str>,
    records: Box<[Data]>,
}

/// A record without its owner, which is always named as the question named it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Data {
    ttl: u32,
    data: RecordData,
}

impl Data {
    fn of(&self, owner: &str) -> Record {
        Record { name: owner.to_owned(), ttl: self.ttl, data: self.data.clone() }
    }
}

impl Zones {
    /// The zones of a world. `resolver` is the address of the name server that stands in NS records where no host is
    /// said to answer DNS questions.
    pub fn new(zones: &[ZoneData], hosts: &[HostData], resolver: IpAddr) -> Zones {
        build::build(zones, hosts, resolver)
    }

    /// The answer to a question: as one of the zones' own servers (`authoritative`: it refuses what lies in no zone
    /// of the scenario), or as the resolver that asks them on the learner's behalf.
    pub fn answer(&self, question: &Question, authoritative: bool) -> Response {
        let mut response = Response {
            question: question.clone(),
            rcode: Rcode::NoError,
            authoritative,
            recursion: !authoritative,
            answers: Vec::new(),
            authority: Vec::new(),
            additional: Vec::new(),
        };
        if check_name(&question.name).is_err() {
            (response.rcode, response.authoritative) = (Rcode::FormErr, false);
            return response;
        }
        self.follow(&mut response);
        if response.rcode == Rcode::Refused {
            response.authoritative = false;
        }
        response.additional = self.addresses_for(&response.answers);
        response
    }

    /// Looks the question's name up, and each alias's target after it.
    fn follow(&self, response: &mut Response) {
        let qtype = response.question.qtype;
        let mut owner =
            response.question.name.strip_suffix('.').unwrap_or(&response.question.name).to_owned();
        let mut seen = BTreeSet::new();
        loop {
            let name = canonical(&owner);
            let Some(zone) = self.zone_of(&name) else { return };
            if zone.backdrop && response.authoritative {
                // The target of an alias is left for the asker to look up; a question is refused.
                if response.answers.is_empty() {
                    response.rcode = Rcode::Refused;
                }
                return;
            }
            let Some(records) = zone.records(&name) else {
                response.rcode = Rcode::NxDomain;
                response.authority.extend(zone.negative());
                return;
            };
            let alias = records.iter().find(|r| r.data.rtype() == RecordType::Cname);
            if let (Some(record), false) = (alias, matches!(qtype, RecordType::Cname | RecordType::Any)) {
                if !seen.insert(name) || seen.len() > MAX_ALIASES {
                    // A loop is an error (RFC 1034 section 3.6.2); a resolver says so.
                    if response.recursion {
                        response.rcode = Rcode::ServFail;
                    }
                    return;
                }
                response.answers.push(record.of(&owner));
                let RecordData::Cname(target) = &record.data else { return };
                owner = target.clone();
                continue;
            }
            let found = records.iter().filter(|r| qtype == RecordType::Any || r.data.rtype() == qtype);
            let before = response.answers.len();
            response.answers.extend(found.map(|r| r.of(&owner)));
            if response.answers.len() == before {
                response.authority.extend(zone.negative());
            }
            return;
        }
    }

    /// The zone with the longest name that `name` lies in.
    fn zone_of(&self, name: &str) -> Option<&Zone> {
        ancestors(name).find_map(|a| found(&self.zones, |zone| &zone.name, a))
    }

    /// Addresses of the mail exchangers and name servers in an answer (RFC 1034 section 4.3.2, step 6).
    fn addresses_for(&self, answers: &[Record]) -> Vec<Record> {
        let mut found: Vec<Record> = Vec::new();
        let mut names = BTreeSet::new();
        for record in answers {
            let (RecordData::Mx { exchange: target, .. } | RecordData::Ns(target)) = &record.data else {
                continue;
            };
            let name = canonical(target);
            let records = self.zone_of(&name).and_then(|z| z.records(&name)).unwrap_or_default();
            if !names.insert(name) {
                continue;
            }
            for wanted in [RecordType::A, RecordType::Aaaa] {
                for r in records.iter().filter(|r| r.data.rtype() == wanted) {
                    let r = r.of(target.strip_suffix('.').unwrap_or(target));
                    if found.len() < MAX_ADDITIONAL && !answers.contains(&r) {
                        found.push(r);
                    }
                }
            }
        }
        found
    }
}

impl Zone {
    /// The records of a name, out of a wildcard where there is one for it; `None` where there is no such name.
    fn records(&self, name: &str) -> Option<&[Data]> {
        if let Some(records) = self.own(name) {
            return Some(records);
        }
        // The closest encloser is the nearest name above that exists; only its own wildcard counts (RFC 4592
        // section 3.3.1).
        let encloser = ancestors(name).find(|a| self.own(a).is_some())?;
        let wildcard = if encloser.is_empty() { "*".to_owned() } else { format!("*.{encloser}") };
        self.own(&wildcard)
    }

    /// The records that stand at this very name.
    fn own(&self, name: &str) -> Option<&[Data]> {
        found(&self.nodes, |node| &node.name, name).map(|node| &*node.records)
    }

    /// The SOA as it comes with a negative answer, whose time to live is that of the answer (RFC 2308 section 3).
    /// Every zone has one.
    fn negative(&self) -> Option<Record> {
        let soa = self.own(&self.name)?.iter().find(|r| r.data.rtype() == RecordType::Soa)?;
        let mut soa = soa.of(self.written.as_ref().unwrap_or(&self.name));
        if let RecordData::Soa { minimum, .. } = soa.data {
            soa.ttl = soa.ttl.min(minimum);
        }
        Some(soa)
    }
}

/// What has this name, in a list sorted by it.
fn found<'a, T>(sorted: &'a [T], name_of: impl Fn(&T) -> &str, name: &str) -> Option<&'a T> {
    sorted.binary_search_by(|each| name_of(each).cmp(name)).ok().and_then(|at| sorted.get(at))
}

#[cfg(test)]
mod tests;
