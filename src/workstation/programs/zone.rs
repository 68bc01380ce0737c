//! `zone`: shows and changes a zone that the scenario opens to the learner. No program of this name is on real machines;
//! there one edits the zone's file, or a provider's form, and raises the serial number. What may stand in a line is the
//! same: `NAME [TTL] [IN] TYPE VALUE`.

use super::super::io::Io;
use super::{Flow, Program, find, text};
use crate::event::{Record, RecordData, RecordType, ZoneChange};
use crate::proto::dns::{RecordFault, absolute, parse_record, value};
use crate::world::ZoneFault;

/// How much may be pasted into one edit, in octets.
const PASTED: usize = 256 << 10;

/// `zone`.
#[derive(Debug)]
pub(super) struct Zone {
    /// The zone whose records are being pasted, and what came so far.
    editing: Option<(String, Vec<u8>)>,
}

impl Zone {
    pub(super) fn new() -> Zone {
        Zone { editing: None }
    }

    /// All was pasted: the lines become the zone's records.
    fn finish(&mut self, io: &mut Io) -> Flow {
        let Some((zone, pasted)) = self.editing.take() else { return Flow::Exit(0) };
        Flow::Exit(replace(io, &zone, &String::from_utf8_lossy(&pasted)))
    }
}

impl Program for Zone {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let Some(spec) = find("zone") else { return Flow::Exit(1) };
        let given = match spec.read(io, args) {
            Ok(given) => given,
            Err(status) => return Flow::Exit(status),
        };
        let words: Vec<String> = given.operands.iter().map(|o| text(o)).collect();
        let (what, rest) = match words.split_first() {
            Some((what, rest)) => (what.as_str(), rest),
            None => ("list", &[][..]),
        };
        match (what, rest) {
            ("list", []) => Flow::Exit(list(io)),
            ("show", [zone]) => Flow::Exit(show(io, zone)),
            ("add", [zone, record @ ..]) if !record.is_empty() => {
                Flow::Exit(add(io, zone, &record.join(" ")))
            }
            ("delete" | "del", [zone, record @ ..]) if !record.is_empty() => {
                Flow::Exit(delete(io, zone, &record.join(" ")))
            }
            ("edit", [zone]) => match io.net.zone(zone) {
                Ok(_) => {
                    if io.interactive {
                        io.print("The lines that follow become the zone's records. End with a dot alone on a line.\n");
                    }
                    self.editing = Some((zone.clone(), Vec::new()));
                    Flow::Running
                }
                Err(why) => Flow::Exit(complain(io, zone, &why)),
            },
            _ => {
                io.complain(&format!("usage: zone {}\n", spec.synopsis));
                Flow::Exit(2)
            }
        }
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        let Some((_, pasted)) = &mut self.editing else { return Flow::Running };
        for line in octets.split_inclusive(|b| *b == b'\n') {
            if line.trim_ascii() == b"." {
                return self.finish(io);
            }
            if pasted.len() + line.len() <= PASTED {
                pasted.extend_from_slice(line);
            }
        }
        Flow::Running
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        self.finish(io)
    }

    fn reads(&self) -> bool {
        self.editing.is_some()
    }
}

fn list(io: &mut Io) -> u8 {
    let zones = io.net.open_zones();
    if zones.is_empty() {
        io.hint("no zone of this scenario can be changed");
    }
    for zone in zones {
        io.print(&format!("{zone}\n"));
    }
    0
}

/// The zone as its file would have it.
fn show(io: &mut Io, zone: &str) -> u8 {
    let records = match io.net.zone(zone) {
        Ok(records) => records,
        Err(why) => return complain(io, zone, &why),
    };
    io.print(&format!("$ORIGIN {}\n$TTL 3600\n", absolute(zone)));
    let owners: Vec<String> = records.iter().map(|r| owner(&r.name, zone)).collect();
    let width = owners.iter().map(String::len).max().unwrap_or(0);
    for (owner, record) in owners.iter().zip(&records) {
        let ttl = if record.ttl == 3600 { String::new() } else { format!("{} ", record.ttl) };
        let rtype = record.data.rtype();
        io.print(&format!("{owner:width$} {ttl}IN {rtype} {}\n", value(&record.data)));
    }
    0
}

/// A record's owner as the zone's file has it.
fn owner(name: &str, zone: &str) -> String {
    let (lower, zone) = (name.to_ascii_lowercase(), zone.trim_end_matches('.').to_ascii_lowercase());
    if lower == zone {
        return "@".to_owned();
    }
    let below = lower.strip_suffix(&zone).and_then(|rest| rest.strip_suffix('.'));
    below.map_or_else(|| absolute(name), str::to_owned)
}

fn add(io: &mut Io, zone: &str, line: &str) -> u8 {
    match parse_record(line, zone.trim_end_matches('.')) {
        Ok(record) => {
            warn(io, zone, &record);
            change(io, zone, vec![ZoneChange::Added(record)])
        }
        Err(fault) => caret(io, line, &fault),
    }
}

/// Takes out one record, or all of a name and type where no value is given.
fn delete(io: &mut Io, zone: &str, line: &str) -> u8 {
    let records = match io.net.zone(zone) {
        Ok(records) => records,
        Err(why) => return complain(io, zone, &why),
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let of_type = match words.as_slice() {
        [name, rtype] => rtype.parse::<RecordType>().ok().map(|rtype| (*name, rtype)),
        _ => None,
    };
    let gone: Vec<ZoneChange> = match of_type {
        Some((name, rtype)) => {
            let there = |r: &&Record| {
                let shown = owner(&r.name, zone);
                r.data.rtype() == rtype
                    && (shown.eq_ignore_ascii_case(name) || absolute(&r.name).eq_ignore_ascii_case(name))
            };
            records.iter().filter(there).cloned().map(ZoneChange::Deleted).collect()
        }
        None => match parse_record(line, zone.trim_end_matches('.')) {
            Ok(record) => vec![ZoneChange::Deleted(record)],
            Err(fault) => return caret(io, line, &fault),
        },
    };
    if gone.is_empty() {
        return complain(io, zone, &ZoneFault::NotThere);
    }
    change(io, zone, gone)
}

/// The pasted lines become the zone's records. What `zone show` prints may be pasted back: directives and comments are
/// passed over, and the SOA stays the name server's.
fn replace(io: &mut Io, zone: &str, pasted: &str) -> u8 {
    let records = match io.net.zone(zone) {
        Ok(records) => records,
        Err(why) => return complain(io, zone, &why),
    };
    let (mut wanted, mut status) = (Vec::new(), 0);
    for line in pasted.lines().map(str::trim) {
        if line.is_empty() || line.starts_with([';', '$']) {
            continue;
        }
        match parse_record(line, zone.trim_end_matches('.')) {
            Ok(record) if record.data.rtype() == RecordType::Soa => {}
            Ok(record) => wanted.push(record),
            Err(fault) => status = caret(io, line, &fault),
        }
    }
    if status != 0 {
        io.complain("zone: nothing has changed\n");
        return status;
    }
    let is = |a: &Record, b: &Record| a.name.eq_ignore_ascii_case(&b.name) && a.data == b.data;
    // SOA and NS are the name server's, unless new NS records are written.
    let kept = |r: &&Record| !matches!(r.data.rtype(), RecordType::Soa | RecordType::Ns);
    let gone = records.iter().filter(kept).filter(|r| !wanted.iter().any(|w| is(w, r)));
    let mut changes: Vec<ZoneChange> = gone.cloned().map(ZoneChange::Deleted).collect();
    for record in &wanted {
        let there = records.iter().any(|r| is(r, record));
        let twice = changes.iter().any(|c| matches!(c, ZoneChange::Added(r) if is(r, record)));
        if !there && !twice {
            changes.push(ZoneChange::Added(record.clone()));
        }
    }
    if changes.is_empty() {
        io.print("nothing has changed\n");
        return 0;
    }
    change(io, zone, changes)
}

fn change(io: &mut Io, zone: &str, changes: Vec<ZoneChange>) -> u8 {
    let added = changes.iter().filter(|c| matches!(c, ZoneChange::Added(_))).count();
    let deleted = changes.len() - added;
    match io.net.change_zone(zone, changes) {
        Ok(serial) => {
            let count = |n: usize, what: &str| match n {
                0 => None,
                1 => Some(format!("1 record {what}")),
                n => Some(format!("{n} records {what}")),
            };
            let done: Vec<String> =
                [count(added, "added"), count(deleted, "deleted")].into_iter().flatten().collect();
            io.print(&format!("{}: {}, serial {serial}\n", zone.trim_end_matches('.'), done.join(", ")));
            0
        }
        Err(why) => complain(io, zone, &why),
    }
}

/// What is allowed and yet hardly meant.
fn warn(io: &mut Io, zone: &str, record: &Record) {
    let Ok(records) = io.net.zone(zone) else { return };
    let spf = |r: &Record| matches!(&r.data, RecordData::Txt(t) if t.concat().to_ascii_lowercase().starts_with("v=spf1"));
    if spf(record) && records.iter().any(|r| spf(r) && r.name.eq_ignore_ascii_case(&record.name)) {
        io.hint(
            "there are two SPF records at this name now, and that counts as an error: delete the old one",
        );
    }
    if let RecordData::Mx { exchange, .. } = &record.data
        && records
            .iter()
            .any(|r| r.data.rtype() == RecordType::Cname && r.name.eq_ignore_ascii_case(exchange))
    {
        io.hint("this MX names an alias; it has to name a host that has an address of its own");
    }
}

/// The line with a caret under what is wrong in it.
fn caret(io: &mut Io, line: &str, fault: &RecordFault) -> u8 {
    let before = line.get(..fault.span.start).map_or(fault.span.start, |t| t.chars().count());
    let there = line.get(fault.span.start..fault.span.end).map_or(1, |t| t.chars().count()).max(1);
    let (gap, carets) = (" ".repeat(before), "^".repeat(there));
    io.complain(&format!("{line}\n{gap}{carets}\nzone: {}\n", fault.message));
    1
}

fn complain(io: &mut Io, zone: &str, why: &ZoneFault) -> u8 {
    let text = match why {
        ZoneFault::Unknown => format!("{zone}: no such zone"),
        ZoneFault::Closed => format!("{zone}: not yours to change"),
        ZoneFault::Soa => {
            "the SOA is kept by the name server, which raises its serial number by itself".to_owned()
        }
        ZoneFault::There => "this record is there already".to_owned(),
        ZoneFault::NotThere => format!("{zone} has no such record (zone show {zone} lists what it has)"),
        ZoneFault::AliasNotAlone { name } => {
            format!("{name}: a CNAME stands alone; no other record may have its name")
        }
        ZoneFault::Full => format!("{zone} has as many records as it may"),
    };
    io.complain(&format!("zone: {text}\n"));
    1
}
