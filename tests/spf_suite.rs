//! The public test suite of RFC 7208 (tests/spf/rfc7208-tests.json, its YAML turned into JSON and nothing else; licence
//! beside it) against the evaluation, asked through the world's own zones.

use helo::event::{Question, Record, RecordData, RecordType};
use helo::mail::lookup::{Answer, LookupFailure, LookupType};
use helo::mail::spf::{SpfIdentity, SpfQuery};
use helo::proto::dns::{ZoneData, Zones};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One of the suite's little internets.
struct Internet {
    zones: Zones,
    /// Names at which a look-up of this type, or of any (`None`), gets no answer.
    silent: BTreeSet<(String, Option<LookupType>)>,
    /// Names that have an answer for a type in spite of that.
    answered: BTreeSet<(String, LookupType)>,
}

const TYPES: [(&str, LookupType, RecordType); 5] = [
    ("A", LookupType::A, RecordType::A),
    ("AAAA", LookupType::Aaaa, RecordType::Aaaa),
    ("MX", LookupType::Mx, RecordType::Mx),
    ("TXT", LookupType::Txt, RecordType::Txt),
    ("PTR", LookupType::Ptr, RecordType::Ptr),
];

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().map(text).collect(),
        one => vec![text(one)],
    }
}

fn name(value: &Value) -> String {
    let name = text(value);
    name.strip_suffix('.').unwrap_or(&name).to_owned()
}

fn data(rtype: &str, value: &Value) -> RecordData {
    match rtype {
        "A" => RecordData::A(text(value).parse().unwrap()),
        "AAAA" => RecordData::Aaaa(text(value).parse().unwrap()),
        "MX" => RecordData::Mx {
            preference: u16::try_from(value[0].as_u64().unwrap()).unwrap(),
            exchange: name(&value[1]),
        },
        "TXT" => RecordData::Txt(strings(value)),
        "PTR" => RecordData::Ptr(name(value)),
        "CNAME" => RecordData::Cname(name(value)),
        other => panic!("what is {other}?"),
    }
}

impl Internet {
    fn new(zonedata: &Value) -> Internet {
        let mut records = Vec::new();
        let (mut silent, mut answered) = (BTreeSet::new(), BTreeSet::new());
        for (owner, entries) in zonedata.as_object().unwrap() {
            let owner = owner.strip_suffix('.').unwrap_or(owner).to_owned();
            let entries = entries.as_array().unwrap();
            // What stands there as SPF is meant as TXT, unless there are TXT records (the suite's own drivers do so).
            let has_txt = entries.iter().any(|e| e.get("TXT").is_some());
            for entry in entries {
                if entry == "TIMEOUT" {
                    silent.insert((owner.to_lowercase(), None));
                    continue;
                }
                let (rtype, value) = entry.as_object().unwrap().iter().next().unwrap();
                let rtype = match rtype.as_str() {
                    "SPF" if has_txt => continue,
                    "SPF" => "TXT",
                    other => other,
                };
                let asked = TYPES.iter().find(|t| t.0 == rtype).map(|t| t.1);
                match (value.as_str(), asked) {
                    (Some("TIMEOUT"), asked) => {
                        silent.insert((owner.to_lowercase(), asked));
                    }
                    (Some("NONE"), _) => {}
                    (_, asked) => {
                        answered.extend(asked.map(|asked| (owner.to_lowercase(), asked)));
                        records.push(Record { name: owner.clone(), ttl: 60, data: data(rtype, value) });
                    }
                }
            }
        }
        // Records outside a zone are left out of it, so that all can be offered to each.
        let zone = |name: &str| ZoneData { name: name.to_owned(), records: records.clone() };
        let zones = ["", "in-addr.arpa", "ip6.arpa"].map(zone);
        let zones = Zones::new(&zones, &[], [192, 0, 2, 53].into());
        Internet { zones, silent, answered }
    }

    fn look_up(&self, name: &str, rtype: LookupType) -> Answer {
        let key = name.to_lowercase();
        let says_something = self.answered.contains(&(key.clone(), rtype));
        if self.silent.contains(&(key.clone(), Some(rtype)))
            || (self.silent.contains(&(key, None)) && !says_something)
        {
            return Err(LookupFailure::Trouble);
        }
        let qtype = TYPES.iter().find(|t| t.1 == rtype).unwrap().2;
        let response = self.zones.answer(&Question { name: name.to_owned(), qtype }, false);
        helo::world::found(Ok(response), rtype)
    }
}

/// What is told of one test where it fails.
fn run(internet: &Internet, test: &Value) -> Result<(), String> {
    let field = |key: &str| test[key].as_str().unwrap_or_default().to_owned();
    let (helo, mailfrom) = (field("helo"), field("mailfrom"));
    let (identity, (local, domain)) = match mailfrom.rsplit_once('@') {
        Some((local, domain)) => (SpfIdentity::MailFrom, (local.to_owned(), domain.to_owned())),
        None if mailfrom.is_empty() => (SpfIdentity::Helo, ("postmaster".to_owned(), helo.clone())),
        None => (SpfIdentity::MailFrom, (String::new(), mailfrom)),
    };
    let query = SpfQuery {
        client: field("host").parse().unwrap(),
        helo,
        identity,
        local,
        domain,
        receiver: String::new(),
        seconds: 0,
    };
    let check = query.check(&mut |name: &str, rtype: LookupType| internet.look_up(name, rtype));
    let wanted = strings(&test["result"]);
    let told = serde_json::to_string_pretty(&check).unwrap();
    assert_eq!(serde_json::from_str::<helo::mail::spf::SpfCheck>(&told).unwrap(), check);
    if !wanted.iter().any(|w| w == check.result.name()) {
        return Err(format!("{} and not {wanted:?}\n{told}", check.result.name()));
    }
    let explanation = check.explanation.as_deref().unwrap_or("DEFAULT");
    match test["explanation"].as_str() {
        Some(wanted) if wanted != explanation => {
            Err(format!("says {explanation:?} and not {wanted:?}\n{told}"))
        }
        _ => Ok(()),
    }
}

#[test]
fn all_of_the_suite_of_rfc_7208() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spf/rfc7208-tests.json");
    let suite: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let (mut count, mut failed) = (0, BTreeMap::new());
    for group in suite.as_array().unwrap() {
        let internet = Internet::new(&group["zonedata"]);
        for (name, test) in group["tests"].as_object().unwrap() {
            count += 1;
            if let Err(why) = run(&internet, test) {
                failed.insert(
                    format!("{}: {name} (RFC 7208 section {})", group["description"], test["spec"]),
                    why,
                );
            }
        }
    }
    let told: String = failed.iter().map(|(name, why)| format!("{name}: {why}\n")).collect();
    assert!(failed.is_empty(), "{} of {count} tests failed:\n{told}", failed.len());
    assert_eq!(count, 203, "the whole suite was run");
}
