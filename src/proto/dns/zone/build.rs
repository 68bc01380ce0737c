//! Making [`Zones`]: what the scenario wrote, and what every zone must have besides.

use super::{Data, HostData, Node, Zone, ZoneData, Zones};
use crate::event::{Question, Record, RecordData, RecordType};
use crate::proto::dns::name::{ancestors, canonical, is_within, parent};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Time to live of records that are made up, in seconds.
const TTL: u32 = 3600;

/// The zones while they are being built, by canonical name.
#[derive(Default)]
struct Draft {
    zones: BTreeMap<String, DraftZone>,
}

#[derive(Default)]
struct DraftZone {
    backdrop: bool,
    /// The records by canonical owner.
    nodes: BTreeMap<String, Vec<Record>>,
}

/// Builds the zones: the scenario's, then those for hosts and addresses that lie in none, then the backdrop; then
/// records into them, and last SOA and NS.
pub(super) fn build(written: &[ZoneData], hosts: &[HostData], resolver: IpAddr) -> Zones {
    let mut zones = Draft::default();
    for zone in written {
        let name = canonical(&zone.name);
        zones.zones.entry(name.clone()).or_default();
        for record in zone.records.iter().filter(|r| is_within(&canonical(&r.name), &name)) {
            zones.put(&name, record.clone());
        }
    }
    let made_up = host_records(hosts);
    let missing: Vec<&Record> = made_up.iter().filter(|r| !zones.has(&r.name, r.data.rtype())).collect();
    for name in made_up.iter().map(|r| &r.name) {
        zones.ensure_zone(name);
    }
    let missing: Vec<Record> = missing.into_iter().cloned().collect();
    zones.ensure_backdrop();
    for record in missing {
        let zone = zones.name_of_zone(&record.name);
        zones.put(&zone, record);
    }
    zones.ensure_authority(hosts, resolver);
    zones.ensure_path_to_zones();
    zones.finish()
}

/// A and AAAA for the hosts' names, PTR for their addresses.
fn host_records(hosts: &[HostData]) -> Vec<Record> {
    let mut records = Vec::new();
    for host in hosts {
        let data = match host.address {
            IpAddr::V4(a) => RecordData::A(a),
            IpAddr::V6(a) => RecordData::Aaaa(a),
        };
        records.push(record(&host.name, data));
        if let Some(ptr) = &host.ptr {
            records.push(record(&Question::reverse(host.address).name, RecordData::Ptr(ptr.clone())));
        }
    }
    records
}

fn record(name: &str, data: RecordData) -> Record {
    Record { name: name.strip_suffix('.').unwrap_or(name).to_owned(), ttl: TTL, data }
}

/// The zone a name goes to where the scenario has none: the domain above a host, the network of an address (/24
/// or /64), the name itself where it has only one or two labels.
fn zone_for(name: &str) -> String {
    let labels = ancestors(name).count() - 1;
    let drop = if is_within(name, "ip6.arpa") { 16 } else { usize::from(labels > 2) };
    ancestors(name).nth(drop).unwrap_or(name).to_owned()
}

impl Draft {
    /// The zones in their final form.
    fn finish(self) -> Zones {
        Zones { zones: self.zones.into_iter().map(|(name, zone)| zone.finish(name)).collect() }
    }

    /// Adds a record to a zone, its owner and the names between them existing from then on.
    fn put(&mut self, zone: &str, record: Record) {
        let owner = canonical(&record.name);
        let Some(zone_data) = self.zones.get_mut(zone) else { return };
        for name in ancestors(&owner).take_while(|n| is_within(n, zone)) {
            zone_data.nodes.entry(name.to_owned()).or_default();
        }
        let node = zone_data.nodes.entry(owner).or_default();
        if !node.iter().any(|r| r.data == record.data) {
            node.push(record);
        }
    }

    /// Did the scenario write records of this type, or an alias, at this very name?
    fn has(&self, name: &str, rtype: RecordType) -> bool {
        let name = canonical(name);
        let node = self.zone_of(&name).and_then(|z| z.nodes.get(&name));
        node.is_some_and(|n| n.iter().any(|r| [rtype, RecordType::Cname].contains(&r.data.rtype())))
    }

    /// The zone with the longest name that `name` lies in.
    fn zone_of(&self, name: &str) -> Option<&DraftZone> {
        ancestors(name).find_map(|a| self.zones.get(a))
    }

    fn name_of_zone(&self, name: &str) -> String {
        let name = canonical(name);
        ancestors(&name).find(|a| self.zones.contains_key(*a)).unwrap_or_default().to_owned()
    }

    fn ensure_zone(&mut self, name: &str) {
        let name = canonical(name);
        if self.zone_of(&name).is_none() {
            self.zones.entry(zone_for(&name)).or_default();
        }
    }

    /// The root and the two trees for addresses, where the scenario has none, with the SOA that the internet's have.
    fn ensure_backdrop(&mut self) {
        for (zone, server, contact, timers) in [
            ("", "a.root-servers.net", "nstld.verisign-grs.com", [1800, 900, 604_800, 86_400]),
            ("in-addr.arpa", "b.in-addr-servers.arpa", "nstld.iana.org", [1800, 900, 604_800, 3600]),
            ("ip6.arpa", "b.ip6-servers.arpa", "nstld.iana.org", [1800, 900, 604_800, 3600]),
        ] {
            if self.zones.contains_key(zone) {
                continue;
            }
            self.zones.insert(zone.to_owned(), DraftZone { backdrop: true, ..DraftZone::default() });
            let ttl = if zone.is_empty() { 86_400 } else { TTL };
            let soa = soa(server, contact, timers);
            self.put(zone, Record { name: zone.to_owned(), ttl, data: soa });
            self.put(zone, Record { name: zone.to_owned(), ttl, data: RecordData::Ns(server.to_owned()) });
        }
    }

    /// SOA and NS for zones that have none.
    fn ensure_authority(&mut self, hosts: &[HostData], resolver: IpAddr) {
        let names: Vec<String> = self.zones.keys().cloned().collect();
        for name in names {
            let apex = |zones: &Draft, rtype| {
                let node = zones.zones.get(&name).and_then(|z| z.nodes.get(&name));
                node.and_then(|n| n.iter().find(|r| r.data.rtype() == rtype)).cloned()
            };
            if apex(self, RecordType::Ns).is_none() {
                for server in self.servers_for(&name, hosts, resolver) {
                    self.put(&name, record(&name, RecordData::Ns(server)));
                }
            }
            if apex(self, RecordType::Soa).is_none()
                && let Some(Record { data: RecordData::Ns(server), .. }) = apex(self, RecordType::Ns)
            {
                let contact = below("hostmaster", &name);
                self.put(&name, record(&name, soa(&server, &contact, [10_800, 3600, 604_800, 3600])));
            }
        }
    }

    /// The names of the servers of a zone: hosts in the zone that answer DNS questions, else all such hosts, else
    /// `ns` in the zone, which then gets the resolver's address.
    fn servers_for(&mut self, zone: &str, hosts: &[HostData], resolver: IpAddr) -> Vec<String> {
        let all = hosts.iter().filter(|h| h.dns);
        let inside: Vec<&HostData> = all.clone().filter(|h| is_within(&canonical(&h.name), zone)).collect();
        let chosen: Vec<&HostData> = if inside.is_empty() { all.collect() } else { inside };
        if !chosen.is_empty() {
            return chosen.iter().map(|h| h.name.clone()).collect();
        }
        // Addresses' zones have no hosts of their own: their server's name lies in the first zone that does.
        let in_arpa = |z: &str| is_within(z, "arpa");
        let forward = self.zones.iter().find(|(n, z)| in_arpa(zone) && !z.backdrop && !in_arpa(n));
        let zone = forward.map_or_else(|| zone.to_owned(), |(n, _)| n.clone());
        let name = below("ns", &zone);
        let data = match resolver {
            IpAddr::V4(a) => RecordData::A(a),
            IpAddr::V6(a) => RecordData::Aaaa(a),
        };
        if !self.has(&name, data.rtype()) {
            self.put(&zone, record(&name, data));
        }
        vec![name]
    }

    /// Names above a zone exist in the zone that encloses it: `tld` is there when `example.tld` is.
    fn ensure_path_to_zones(&mut self) {
        let names: Vec<String> = self.zones.keys().cloned().collect();
        for above in names.iter().filter_map(|n| parent(n)) {
            let zone = self.name_of_zone(above);
            if let Some(z) = self.zones.get_mut(&zone) {
                for name in ancestors(above).take_while(|n| is_within(n, &zone)) {
                    z.nodes.entry(name.to_owned()).or_default();
                }
            }
        }
    }
}

impl DraftZone {
    fn finish(self, name: String) -> Zone {
        let apex = self.nodes.get(&name).into_iter().flatten();
        let soa = apex.into_iter().find(|r| r.data.rtype() == RecordType::Soa);
        let written = soa.filter(|soa| soa.name != name).map(|soa| soa.name.as_str().into());
        let data = |record: Record| Data { ttl: record.ttl, data: record.data };
        let node = |(name, records): (String, Vec<Record>)| Node {
            name: name.into(),
            records: records.into_iter().map(data).collect(),
        };
        let nodes = self.nodes.into_iter().map(node).collect();
        Zone { name: name.into(), backdrop: self.backdrop, nodes, written }
    }
}

fn below(label: &str, zone: &str) -> String {
    if zone.is_empty() { label.to_owned() } else { format!("{label}.{zone}") }
}

fn soa(server: &str, contact: &str, [refresh, retry, expire, minimum]: [u32; 4]) -> RecordData {
    RecordData::Soa {
        mname: server.to_owned(),
        rname: contact.to_owned(),
        serial: 2_026_010_100,
        refresh,
        retry,
        expire,
        minimum,
    }
}
