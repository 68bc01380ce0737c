//! DNS as the world's hosts and the workstation see it: one tree of zones, asked through the resolver or through a
//! name server of the world directly.

use super::queue::{Hop, Trouble};
use super::{Setup, World};
use crate::event::{DeliveryFailure, DnsFailure, Event, Question, Rcode, Record, RecordData, RecordType};
use crate::mail::dkim::DkimKey;
use crate::mail::report::Remote;
use crate::proto::dns::{HostData, Response, ZoneData, Zones};
use crate::units::Stream;
use std::net::IpAddr;
use std::sync::Arc;

/// What the zones of a world are made of.
#[derive(Debug)]
pub(super) struct Source {
    /// What the scenario has written.
    pub(super) zones: Vec<ZoneData>,
    /// The hosts whose addresses the zones know.
    pub(super) hosts: Vec<HostData>,
    /// The zones the learner may change, by name.
    pub(super) open: Vec<String>,
}

/// What the DNS calls a client.
#[derive(Debug, Clone, Default)]
pub(super) struct ClientNames {
    /// The name of its address as the reverse zone has it, whoever wrote it there.
    pub(super) reverse: Option<String>,
    /// That name, if it leads back to the address.
    pub(super) verified: Option<String>,
}

/// What the zones of this setup are made of.
pub(super) fn source(setup: &Setup) -> Source {
    let zone = |z: &super::ZoneSetup| ZoneData { name: z.name.clone(), records: z.records.clone() };
    let host = |h: &Arc<super::HostSetup>| HostData {
        name: h.name.clone(),
        address: h.ip,
        ptr: h.ptr.clone(),
        dns: h.dns,
    };
    let workstation = HostData {
        name: setup.workstation.name.clone(),
        address: setup.workstation.ip,
        ptr: Some(setup.workstation.name.clone()),
        dns: false,
    };
    let mut zones: Vec<ZoneData> = setup.zones.iter().map(zone).collect();
    for signing in setup.dkim.iter().filter(|s| s.publish) {
        let key = setup.keyring.dkim.get(&signing.record_name());
        let zone = zones.iter_mut().find(|zone| zone.name.eq_ignore_ascii_case(&signing.domain));
        if let Some((key, zone)) = key.zip(zone) {
            zone.records.push(key_record(signing, key));
        }
    }
    Source {
        zones,
        hosts: setup.hosts.iter().map(host).chain([workstation]).collect(),
        open: setup.zones.iter().filter(|z| z.open).map(|z| z.name.clone()).collect(),
    }
}

/// The zones of a world with the hosts' addresses in them.
pub(super) fn zones(setup: &Setup) -> Zones {
    let source = source(setup);
    Zones::new(&source.zones, &source.hosts, setup.workstation.resolver)
}

/// The record that publishes a key.
fn key_record(signing: &super::SigningSetup, key: &DkimKey) -> Record {
    Record { name: signing.record_name(), ttl: 3600, data: RecordData::Txt(key.strings()) }
}

impl World {
    /// Is there anything of this name in the DNS, of whichever type?
    pub fn has_name(&self, name: &str) -> bool {
        let question = Question { name: name.to_owned(), qtype: RecordType::Any };
        self.zones.answer(&question, true).rcode == Rcode::NoError
    }

    /// A program on the workstation asks `server` a DNS question. Answered at once.
    ///
    /// # Errors
    /// Nobody answers there, or no name server.
    pub fn resolve(&mut self, server: IpAddr, question: Question) -> Result<Response, DnsFailure> {
        let asker = self.workstation.name.clone();
        self.ask(&asker, server, question)
    }

    /// A host asks the resolver.
    pub(super) fn lookup(
        &mut self,
        at: usize,
        name: &str,
        qtype: RecordType,
    ) -> Result<Response, DnsFailure> {
        let (asker, server) = (self.host_name(at), self.workstation.resolver);
        self.ask(&asker, server, Question { name: name.to_owned(), qtype })
    }

    fn ask(&mut self, asker: &str, server: IpAddr, question: Question) -> Result<Response, DnsFailure> {
        let wrong = self.dns_fault(asker, &question.name);
        let response = if let Some(wrong) = wrong {
            wrong.map(|rcode| Response {
                rcode,
                answers: Vec::new(),
                authority: Vec::new(),
                additional: Vec::new(),
                ..self.zones.answer(&question, false)
            })
        } else if server == self.workstation.resolver {
            Ok(self.zones.answer(&question, false))
        } else {
            match self.hosts.iter().find(|h| h.setup.ip == server) {
                Some(host) if host.setup.dns => Ok(self.zones.answer(&question, true)),
                Some(_) => Err(DnsFailure::PortUnreachable),
                None => Err(DnsFailure::TimedOut),
            }
        };
        let answers = response.as_ref().map(|r| r.answers.clone()).unwrap_or_default();
        let outcome = response.as_ref().map(|r| r.rcode).map_err(|e| *e);
        let asker = asker.to_owned();
        self.log(Event::Dns { asker, server, question, outcome, answers });
        response
    }

    /// What a server finds out about the name of a client that connects. Servers ask this of every client, once; it is not
    /// written into the transcript.
    pub(super) fn client_names(&self, ip: IpAddr) -> ClientNames {
        let Some(reverse) = self.reverse_name(ip) else { return ClientNames::default() };
        let qtype = if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa };
        let back = self.zones.answer(&Question { name: reverse.clone(), qtype }, false);
        let verified = back.answers.iter().any(|r| address(r) == Some(ip)).then(|| reverse.clone());
        ClientNames { reverse: Some(reverse), verified }
    }

    fn reverse_name(&self, ip: IpAddr) -> Option<String> {
        let answer = self.zones.answer(&Question::reverse(ip), false);
        answer.answers.iter().find_map(|r| match &r.data {
            RecordData::Ptr(name) => Some(name.clone()),
            _ => None,
        })
    }

    /// The hosts that take mail for a domain, best first (RFC 5321 section 5.1): its MX hosts by preference, equal ones in an
    /// order of chance, only those better than `at` itself where that is one of them; or the domain's own address.
    ///
    /// An MX record whose name is an alias is against the standard (section 5.1); Postfix and Exim follow it all the same,
    /// and so do the hosts here.
    pub(super) fn mail_hosts(&mut self, at: usize, domain: &str) -> Result<Vec<Hop>, Trouble> {
        let trouble = || Trouble::of(DeliveryFailure::DnsTrouble);
        let mx = self.lookup(at, domain, RecordType::Mx).map_err(|_| trouble())?;
        match mx.rcode {
            Rcode::NoError => {}
            Rcode::NxDomain => return Err(Trouble::of(DeliveryFailure::NoSuchDomain)),
            _ => return Err(trouble()),
        }
        let mut exchanges: Vec<(u16, u64, String)> = Vec::new();
        for (preference, name) in mx.answers.iter().filter_map(exchange) {
            exchanges.push((preference, 0, name));
        }
        if exchanges.iter().any(|(_, _, name)| name.is_empty()) {
            return Err(Trouble::of(DeliveryFailure::NullMx));
        }
        if exchanges.is_empty() {
            exchanges.push((0, 0, domain.to_owned()));
        }
        self.shuffle(at, &mut exchanges);
        let own = self.hosts.get(at).map(|h| h.setup.ip);
        let (mut hops, mut looped, mut unknown) = (Vec::new(), None, false);
        let mut without = None;
        for (preference, _, name) in exchanges {
            // Whoever is as good as this host itself would send the mail back.
            if looped.is_some_and(|own| preference >= own) {
                break;
            }
            match self.host_addresses(at, &name) {
                Err(_) => unknown = true,
                Ok(found) if own.is_some_and(|own| found.contains(&own)) => {
                    looped = Some(preference);
                    hops.retain(|(at, _): &(u16, Hop)| *at < preference);
                }
                Ok(found) if found.is_empty() => without = Some(name),
                Ok(found) => {
                    let hop = |ip| Hop { name: name.clone(), ip, port: 25, login: None };
                    hops.extend(found.into_iter().map(|ip| (preference, hop(ip))));
                }
            }
        }
        match hops.is_empty() {
            false => Ok(hops.into_iter().map(|(_, hop)| hop).collect()),
            true if unknown => Err(trouble()),
            true if looped.is_some() => Err(Trouble::of(DeliveryFailure::LoopsBack)),
            true => {
                let name = without.unwrap_or_else(|| domain.to_owned());
                let (ip, port) = (std::net::Ipv4Addr::UNSPECIFIED.into(), 25);
                Err(Trouble {
                    remote: Some(Box::new(Remote { name, ip, port })),
                    ..Trouble::of(DeliveryFailure::NoMailHost)
                })
            }
        }
    }

    /// The addresses of a host.
    ///
    /// # Errors
    /// DNS gave no answer that can be relied on.
    pub(super) fn host_addresses(&mut self, at: usize, name: &str) -> Result<Vec<IpAddr>, DnsFailure> {
        let mut found = Vec::new();
        for qtype in [RecordType::Aaaa, RecordType::A] {
            let answer = self.lookup(at, name, qtype)?;
            if !matches!(answer.rcode, Rcode::NoError | Rcode::NxDomain) {
                return Err(DnsFailure::TimedOut);
            }
            found.extend(answer.answers.iter().filter_map(address));
        }
        Ok(found)
    }

    /// Sorts mail hosts by preference. Equally good ones come in an order of chance, which spreads the load (RFC 5321
    /// section 5.1); it is drawn only where there are such.
    fn shuffle(&mut self, at: usize, exchanges: &mut [(u16, u64, String)]) {
        exchanges.sort();
        let equal = exchanges.windows(2).any(|two| matches!(two, [a, b] if a.0 == b.0 && a.2 != b.2));
        if !equal {
            return;
        }
        let seed = self.seed;
        if let Some(host) = self.hosts.get_mut(at) {
            let purpose = format!("mail hosts as {} tries them", host.setup.name);
            let routes = host.routes.get_or_insert_with(|| Box::new(Stream::new(seed, &purpose)));
            exchanges.iter_mut().for_each(|exchange| exchange.1 = routes.bits());
        }
        exchanges.sort();
    }
}

fn exchange(record: &Record) -> Option<(u16, String)> {
    match &record.data {
        RecordData::Mx { preference, exchange } => Some((*preference, exchange.clone())),
        _ => None,
    }
}

fn address(record: &Record) -> Option<IpAddr> {
    match record.data {
        RecordData::A(ip) => Some(ip.into()),
        RecordData::Aaaa(ip) => Some(ip.into()),
        _ => None,
    }
}
