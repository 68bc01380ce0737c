//! What a learner does to a zone of their own.

use super::{Record, RecordData};
use serde::{Deserialize, Serialize};

/// A change of a zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneChange {
    /// A record was put in.
    Added(Record),
    /// A record was taken out.
    Deleted(Record),
}

impl ZoneChange {
    /// The record.
    pub fn record(&self) -> &Record {
        match self {
            ZoneChange::Added(record) | ZoneChange::Deleted(record) => record,
        }
    }

    /// The record in one line, such as `@ TXT v=spf1 mx -all`: with its owner as zone files shorten it, and in full.
    /// Texts are without quotes, names with their final dot.
    pub fn lines(&self, zone: &str) -> [String; 2] {
        let record = self.record();
        let line = |owner: &str| format!("{owner} {} {}", record.data.rtype(), value(&record.data));
        [line(&relative(&record.name, zone)), line(&record.name)]
    }

    /// About how many octets it takes.
    pub(super) fn octets(&self) -> usize {
        value(&self.record().data).len()
    }
}

/// An owner as zone files shorten it within `zone`.
fn relative(name: &str, zone: &str) -> String {
    let (lower, zone) = (name.to_ascii_lowercase(), zone.to_ascii_lowercase());
    if lower == zone {
        return "@".to_owned();
    }
    let below = lower.strip_suffix(&zone).and_then(|rest| rest.strip_suffix('.'));
    below.map_or_else(|| name.to_owned(), str::to_owned)
}

fn value(data: &RecordData) -> String {
    match data {
        RecordData::A(a) => a.to_string(),
        RecordData::Aaaa(a) => a.to_string(),
        RecordData::Mx { preference, exchange } => format!("{preference} {exchange}."),
        RecordData::Txt(strings) => strings.concat(),
        RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => format!("{name}."),
        RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum } => {
            format!("{mname}. {rname}. {serial} {refresh} {retry} {expire} {minimum}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_in_one_line() {
        let record = |name: &str, data| ZoneChange::Added(Record { name: name.into(), ttl: 60, data });
        let spf = record("Example.org", RecordData::Txt(vec!["v=spf1 ".into(), "mx -all".into()]));
        assert_eq!(spf.lines("example.org"), ["@ TXT v=spf1 mx -all", "Example.org TXT v=spf1 mx -all"]);
        let mx = record("a.example.org", RecordData::Mx { preference: 5, exchange: "mx.test".into() });
        assert_eq!(mx.lines("example.org")[0], "a MX 5 mx.test.");
        assert_eq!(mx.lines("other.test")[0], "a.example.org MX 5 mx.test.");
    }
}
