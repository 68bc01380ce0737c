//! Zones that the learner may change: what was written into them, and the world's DNS made anew after each change.

use super::World;
use super::names::Source;
use crate::event::{Event, Question, Record, RecordData, RecordType, ZoneChange};
use crate::proto::dns::Zones;

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
