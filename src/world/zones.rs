//! Zones that the learner may change: what was written into them, and the world's DNS made anew after each change.

use super::names::{self, Source};
use super::settings::Setting;
use super::{Setup, World};
use crate::event::{Event, Question, Record, RecordData, RecordType, ZoneChange};
use crate::proto::dns::{Zones, absolute, value};
use std::collections::BTreeMap;

/// How many records a zone may have.
const RECORDS: usize = 1000;

/// Why a zone was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneFault {
    /// There is no such zone.
    Unknown,
    /// The learner may not change it.
    Closed,
    /// Its SOA is kept by the name server.
    Soa,
    /// The record is there already.
    There,
    /// There is no such record.
    NotThere,
    /// An alias stands alone at its name (RFC 1034 section 3.6.2).
    AliasNotAlone {
        /// The name.
        name: String,
    },
    /// It has as many records as it may.
    Full,
}

/// A zone as DNS answers from it, whoever made its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedZone {
    /// Its name.
    pub name: String,
    /// Its records: those of the zone itself first, then name by name.
    pub records: Vec<ServedRecord>,
}

/// A record of such a zone, as a zone's file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedRecord {
    /// The owner: `@` for the zone itself, names in it without the zone's.
    pub owner: String,
    /// Seconds it may be kept.
    pub ttl: u32,
    /// The type.
    pub rtype: RecordType,
    /// The value, texts in quotes.
    pub value: String,
    /// Somebody wrote it into the zone, so that it can be taken out again; the others the name server has of itself.
    pub written: bool,
}

impl Setup {
    /// What the learner may change, as it is before anything was: the events that would have made it so.
    pub fn at_start(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for host in &self.hosts {
            let settings = host.settings(&BTreeMap::new()).unwrap_or_default().into_iter();
            let event = |s: Setting| Event::Setting { host: host.name.clone(), name: s.name, value: s.value };
            events.extend(settings.map(event));
        }
        let source = names::source(self);
        for zone in source.zones.iter().filter(|zone| source.open.iter().any(|open| same(open, &zone.name))) {
            let event = |record: &Record| Event::Zone {
                zone: zone.name.clone(),
                what: ZoneChange::Added(record.clone()),
                serial: 0,
            };
            events.extend(zone.records.iter().map(event));
        }
        events
    }

    /// The zones that the learner may change, as DNS answers from them after these changes: the zone's name, what was
    /// changed, and the serial number since.
    pub fn open_zones<'a>(
        &self,
        changes: impl Iterator<Item = (&'a str, &'a ZoneChange, u32)>,
    ) -> Vec<ServedZone> {
        let mut source = names::source(self);
        let mut serials: Vec<(&str, u32)> = Vec::new();
        for (zone, change, serial) in changes {
            if let Some(data) = source.zones.iter_mut().find(|z| same(&z.name, zone)) {
                // A change that was made once can be made again.
                let _ = apply(&mut data.records, change);
                serials.retain(|(name, _)| !same(name, zone));
                serials.push((zone, serial));
            }
        }
        let zones = Zones::new(&source.zones, &source.hosts, self.workstation.resolver);
        let serial =
            |name: &str| serials.iter().find(|(zone, _)| same(zone, name)).map(|(_, serial)| *serial);
        source.open.iter().map(|name| served(name, &source, &zones, serial(name))).collect()
    }
}

/// What DNS answers from a zone, for each name in it that something was written for.
fn served(zone: &str, source: &Source, zones: &Zones, last: Option<u32>) -> ServedZone {
    let written: &[Record] =
        source.zones.iter().find(|z| same(&z.name, zone)).map_or(&[], |z| z.records.as_slice());
    let inside = |name: &str| {
        let (name, zone) = (name.to_ascii_lowercase(), zone.to_ascii_lowercase());
        name.strip_suffix(&zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let owners = written.iter().map(|r| r.name.as_str()).chain(source.hosts.iter().map(|h| h.name.as_str()));
    let mut names = vec![zone];
    for owner in owners.filter(|owner| inside(owner)) {
        if !names.iter().any(|name| same(name, owner)) {
            names.push(owner);
        }
    }
    let mut records = Vec::new();
    for name in names {
        let question = Question { name: name.to_owned(), qtype: RecordType::Any };
        for mut record in zones.answer(&question, true).answers {
            if let (RecordData::Soa { serial, .. }, Some(last)) = (&mut record.data, last) {
                *serial = last;
            }
            let is = |r: &&Record| same(&r.name, &record.name) && r.data == record.data;
            let written = record.data.rtype() != RecordType::Soa && written.iter().any(|r| is(&r));
            records.push(ServedRecord {
                owner: relative(&record.name, zone),
                ttl: record.ttl,
                rtype: record.data.rtype(),
                value: value(&record.data),
                written,
            });
        }
    }
    ServedZone { name: zone.to_owned(), records }
}

/// A name as the zone's file has it.
fn relative(name: &str, zone: &str) -> String {
    if same(name, zone) {
        return "@".to_owned();
    }
    let end = name.len().checked_sub(zone.len()).filter(|_| !zone.is_empty());
    let parts = end.and_then(|end| name.split_at_checked(end));
    match parts.filter(|(_, rest)| same(rest, zone)).and_then(|(below, _)| below.strip_suffix('.')) {
        Some(below) => below.to_owned(),
        None => absolute(name),
    }
}

impl World {
    /// The zones the learner may change, by name.
    pub fn open_zones(&self) -> Vec<String> {
        self.written.as_ref().map(|w| w.open.clone()).unwrap_or_default()
    }

    /// The records of an open zone: SOA and NS as they are served, then what was written.
    ///
    /// # Errors
    /// The zone is none of those.
    pub fn zone(&self, name: &str) -> Result<Vec<Record>, ZoneFault> {
        let place = self.open_zone(name)?;
        let written = self.written.as_ref().and_then(|w| w.zones.get(place)).ok_or(ZoneFault::Unknown)?;
        let mut records = Vec::new();
        for qtype in [RecordType::Soa, RecordType::Ns] {
            let question = Question { name: written.name.clone(), qtype };
            records.extend(self.zones.answer(&question, true).answers);
        }
        let served = |r: &&Record| {
            let apex = same(&r.name, &written.name);
            r.data.rtype() != RecordType::Soa && !(apex && r.data.rtype() == RecordType::Ns)
        };
        records.extend(written.records.iter().filter(served).cloned());
        Ok(records)
    }

    fn open_zone(&self, name: &str) -> Result<usize, ZoneFault> {
        let written = self.written.as_ref().ok_or(ZoneFault::Unknown)?;
        let place = written.zones.iter().position(|z| same(&z.name, name)).ok_or(ZoneFault::Unknown)?;
        let open = written.open.iter().any(|open| same(open, name));
        if open { Ok(place) } else { Err(ZoneFault::Closed) }
    }

    /// Makes these changes of a zone, all or none, and raises its serial number. Asked now, DNS answers by them: what a
    /// resolver would keep for the time to live, the lab's forgets at once.
    ///
    /// # Errors
    /// Why nothing has changed.
    pub fn change_zone(&mut self, zone: &str, changes: Vec<ZoneChange>) -> Result<u32, ZoneFault> {
        let place = self.open_zone(zone)?;
        let mut written = self.written.take().ok_or(ZoneFault::Unknown)?;
        let before = written.zones.get(place).map(|z| (z.name.clone(), z.records.clone()));
        let done = written.zones.get_mut(place).ok_or(ZoneFault::Unknown).and_then(|data| {
            for change in &changes {
                apply(&mut data.records, change)?;
            }
            alone(&data.records)?;
            Ok(self.raise(&data.name, &mut data.records))
        });
        let done = match done {
            Ok(serial) => {
                self.zones = Zones::new(&written.zones, &written.hosts, self.workstation.resolver);
                for what in changes {
                    let zone = before.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
                    self.log(Event::Zone { zone, what, serial });
                }
                Ok(serial)
            }
            Err(why) => {
                if let (Some(data), Some((_, records))) = (written.zones.get_mut(place), before) {
                    data.records = records;
                }
                Err(why)
            }
        };
        self.written = Some(written);
        done
    }

    /// The zone's next serial number.
    fn raise(&self, zone: &str, records: &mut Vec<Record>) -> u32 {
        let question = Question { name: zone.to_owned(), qtype: RecordType::Soa };
        let mut soa = self.zones.answer(&question, true).answers.into_iter().next();
        let mut number = 1;
        if let Some(Record { data: RecordData::Soa { serial, .. }, .. }) = &mut soa {
            *serial = serial.wrapping_add(1);
            number = *serial;
        }
        records.retain(|r| r.data.rtype() != RecordType::Soa);
        records.extend(soa);
        number
    }
}

/// What is kept for a world with zones that may change.
pub(super) fn written(source: Source) -> Option<Box<Source>> {
    (!source.open.is_empty()).then(|| Box::new(source))
}

fn same(a: &str, b: &str) -> bool {
    a.trim_end_matches('.').eq_ignore_ascii_case(b.trim_end_matches('.'))
}

fn apply(records: &mut Vec<Record>, change: &ZoneChange) -> Result<(), ZoneFault> {
    let record = change.record();
    if record.data.rtype() == RecordType::Soa {
        return Err(ZoneFault::Soa);
    }
    let place = records.iter().position(|r| same(&r.name, &record.name) && r.data == record.data);
    match (change, place) {
        (ZoneChange::Added(_), Some(_)) => Err(ZoneFault::There),
        (ZoneChange::Added(_), None) if records.len() >= RECORDS => Err(ZoneFault::Full),
        (ZoneChange::Added(record), None) => {
            records.push(record.clone());
            Ok(())
        }
        (ZoneChange::Deleted(_), Some(place)) => {
            records.remove(place);
            Ok(())
        }
        (ZoneChange::Deleted(_), None) => Err(ZoneFault::NotThere),
    }
}

/// Does every alias stand alone at its name?
fn alone(records: &[Record]) -> Result<(), ZoneFault> {
    let alias = |r: &&Record| r.data.rtype() == RecordType::Cname;
    for cname in records.iter().filter(alias) {
        let others = records.iter().filter(|r| same(&r.name, &cname.name)).count();
        if others > 1 {
            return Err(ZoneFault::AliasNotAlone { name: cname.name.clone() });
        }
    }
    Ok(())
}
