//! One row per question, the answer at the end of the line.

use super::*;
use crate::proto::dns::{parse_record, value};

const ZONE: &[&str] = &[
    "@ MX 10 mail.example.tld.",
    "@ MX 20 backup.other.test.",
    "@ TXT v=spf1 mx -all",
    "www CNAME @",
    "ftp CNAME www",
    "out CNAME host.other.test.",
    "gone CNAME nothing.other.test.",
    "loop CNAME pool",
    "pool CNAME loop",
    "a.b.deep A 192.0.2.77",
    "*.wild MX 5 mail",
    "x.y.wild TXT here",
    "null MX 0 .",
];

fn zone(name: &str, records: &[&str]) -> ZoneData {
    let records = records.iter().map(|r| parse_record(r, name).unwrap()).collect();
    ZoneData { name: name.to_owned(), records }
}

fn host(name: &str, ip: &str, dns: bool) -> HostData {
    HostData { name: name.to_owned(), address: ip.parse().unwrap(), ptr: Some(name.to_owned()), dns }
}

fn world() -> Zones {
    let hosts = [
        host("mail.example.tld", "192.0.2.25", false),
        host("mail.example.tld", "2001:db8::25", false),
        host("ns.example.tld", "192.0.2.53", true),
        host("host.other.test", "198.51.100.7", false),
        HostData { ptr: None, ..host("shy.example.tld", "192.0.2.99", false) },
    ];
    Zones::new(&[zone("example.tld", ZONE)], &hosts, "192.0.2.53".parse().unwrap())
}

/// `RCODE answers / authority / additional`, each record without its time to live, `SOA` and the zone alone for an SOA.
fn shown(r: &Response) -> String {
    let section = |records: &[Record]| {
        let one = |r: &Record| match r.data {
            RecordData::Soa { .. } => format!("{}. SOA", r.name),
            _ => format!("{}. {} {}", r.name, r.data.rtype(), value(&r.data)),
        };
        records.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let sections = [&r.answers, &r.authority, &r.additional].map(|s| section(s));
    format!("{} {}", r.rcode, sections.join(" / ")).trim_end_matches([' ', '/']).to_owned()
}

fn asked(zones: &Zones, question: &str, authoritative: bool) -> String {
    let (name, qtype) = question.split_once(' ').unwrap();
    shown(&zones.answer(&Question { name: name.to_owned(), qtype: qtype.parse().unwrap() }, authoritative))
}

#[test]
fn answers_of_the_resolver() {
    let zones = world();
    for (question, answer) in [
        ("mail.example.tld A", "NOERROR mail.example.tld. A 192.0.2.25"),
        ("MAIL.example.TLD. A", "NOERROR MAIL.example.TLD. A 192.0.2.25"),
        ("mail.example.tld AAAA", "NOERROR mail.example.tld. AAAA 2001:db8::25"),
        (
            "example.tld MX",
            "NOERROR example.tld. MX 10 mail.example.tld., example.tld. MX 20 backup.other.test. /  / \
             mail.example.tld. A 192.0.2.25, mail.example.tld. AAAA 2001:db8::25",
        ),
        ("null.example.tld MX", "NOERROR null.example.tld. MX 0 ."),
        ("example.tld TXT", "NOERROR example.tld. TXT \"v=spf1 mx -all\""),
        ("example.tld NS", "NOERROR example.tld. NS ns.example.tld. /  / ns.example.tld. A 192.0.2.53"),
        ("example.tld SOA", "NOERROR example.tld. SOA"),
        // no data, no name
        ("mail.example.tld MX", "NOERROR  / example.tld. SOA"),
        ("nobody.example.tld A", "NXDOMAIN  / example.tld. SOA"),
        ("b.deep.example.tld A", "NOERROR  / example.tld. SOA"),
        ("c.b.deep.example.tld A", "NXDOMAIN  / example.tld. SOA"),
        ("tld MX", "NOERROR  / . SOA"),
        ("elsewhere.tld MX", "NXDOMAIN  / . SOA"),
        ("example.com MX", "NXDOMAIN  / . SOA"),
        // aliases
        ("www.example.tld CNAME", "NOERROR www.example.tld. CNAME example.tld."),
        (
            "ftp.example.tld TXT",
            "NOERROR ftp.example.tld. CNAME www.example.tld., www.example.tld. CNAME example.tld., \
             example.tld. TXT \"v=spf1 mx -all\"",
        ),
        ("www.example.tld A", "NOERROR www.example.tld. CNAME example.tld. / example.tld. SOA"),
        (
            "out.example.tld A",
            "NOERROR out.example.tld. CNAME host.other.test., host.other.test. A 198.51.100.7",
        ),
        ("gone.example.tld A", "NXDOMAIN gone.example.tld. CNAME nothing.other.test. / other.test. SOA"),
        (
            "loop.example.tld A",
            "SERVFAIL loop.example.tld. CNAME pool.example.tld., pool.example.tld. CNAME loop.example.tld.",
        ),
        // wildcards (RFC 4592)
        (
            "any.wild.example.tld MX",
            "NOERROR any.wild.example.tld. MX 5 mail.example.tld. /  / \
             mail.example.tld. A 192.0.2.25, mail.example.tld. AAAA 2001:db8::25",
        ),
        ("any.wild.example.tld A", "NOERROR  / example.tld. SOA"),
        ("a.b.c.wild.example.tld TXT", "NOERROR  / example.tld. SOA"),
        ("wild.example.tld MX", "NOERROR  / example.tld. SOA"),
        ("z.y.wild.example.tld MX", "NXDOMAIN  / example.tld. SOA"),
        // the way back
        ("25.2.0.192.in-addr.arpa PTR", "NOERROR 25.2.0.192.in-addr.arpa. PTR mail.example.tld."),
        ("99.2.0.192.in-addr.arpa PTR", "NXDOMAIN  / 2.0.192.in-addr.arpa. SOA"),
        ("2.0.192.in-addr.arpa PTR", "NOERROR  / 2.0.192.in-addr.arpa. SOA"),
        ("1.113.0.203.in-addr.arpa PTR", "NXDOMAIN  / in-addr.arpa. SOA"),
        (
            "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR",
            "NOERROR 5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mail.example.tld.",
        ),
        // hosts without a zone of the scenario's
        ("host.other.test A", "NOERROR host.other.test. A 198.51.100.7"),
        ("other.test NS", "NOERROR other.test. NS ns.example.tld. /  / ns.example.tld. A 192.0.2.53"),
        (". NS", "NOERROR . NS a.root-servers.net."),
        ("a..b A", "FORMERR"),
    ] {
        assert_eq!(asked(&zones, question, false), answer, "{question}");
    }
}

#[test]
fn answers_of_a_zones_own_server() {
    let zones = world();
    for (question, answer) in [
        ("mail.example.tld A", "NOERROR mail.example.tld. A 192.0.2.25"),
        ("nobody.example.tld A", "NXDOMAIN  / example.tld. SOA"),
        ("example.com MX", "REFUSED"),
        (
            "loop.example.tld A",
            "NOERROR loop.example.tld. CNAME pool.example.tld., pool.example.tld. CNAME loop.example.tld.",
        ),
    ] {
        assert_eq!(asked(&zones, question, true), answer, "{question}");
    }
    let flags = |q: &str, authoritative| {
        let r = zones.answer(&Question { name: q.into(), qtype: RecordType::A }, authoritative);
        (r.authoritative, r.recursion)
    };
    assert_eq!(flags("mail.example.tld", true), (true, false));
    assert_eq!(flags("mail.example.tld", false), (false, true));
    assert_eq!(flags("example.com", true), (false, false));
}

#[test]
fn any_gives_all_there_is() {
    let r = world().answer(&Question { name: "example.tld".into(), qtype: RecordType::Any }, false);
    let types: Vec<RecordType> = r.answers.iter().map(|r| r.data.rtype()).collect();
    use RecordType::{Mx, Ns, Soa, Txt};
    assert_eq!(types, [Mx, Mx, Txt, Ns, Soa]);
}

#[test]
fn what_the_scenario_wrote_comes_first() {
    let records = ["@ 60 SOA ns1 admin 5 1 2 3 30", "@ NS ns1", "ns1 A 192.0.2.1", "mail A 192.0.2.200"];
    let hosts = [host("mail.example.tld", "192.0.2.25", true)];
    let reverse = zone("2.0.192.in-addr.arpa", &["25 PTR relay.example.tld."]);
    let zones = Zones::new(&[zone("Example.tld", &records), reverse], &hosts, "192.0.2.53".parse().unwrap());
    for (question, answer) in [
        ("mail.example.tld A", "NOERROR mail.example.tld. A 192.0.2.200"),
        ("example.tld NS", "NOERROR example.tld. NS ns1.Example.tld. /  / ns1.Example.tld. A 192.0.2.1"),
        ("25.2.0.192.in-addr.arpa PTR", "NOERROR 25.2.0.192.in-addr.arpa. PTR relay.example.tld."),
    ] {
        assert_eq!(asked(&zones, question, false), answer, "{question}");
    }
    let none = zones.answer(&Question { name: "none.example.tld".into(), qtype: RecordType::A }, false);
    assert_eq!(none.authority.iter().map(|r| r.ttl).collect::<Vec<_>>(), [30]);
}

#[test]
fn without_a_host_that_answers_questions_the_zone_names_the_resolver() {
    let hosts = [host("mail.example.tld", "192.0.2.25", false)];
    let zones = Zones::new(&[zone("example.tld", &[])], &hosts, "192.0.2.53".parse().unwrap());
    for name in ["example.tld", "2.0.192.in-addr.arpa"] {
        let answer = format!("NOERROR {name}. NS ns.example.tld. /  / ns.example.tld. A 192.0.2.53");
        assert_eq!(asked(&zones, &format!("{name} NS"), false), answer);
    }
}

proptest::proptest! {
    #[test]
    fn no_question_makes_it_panic_or_talk_for_ever(
        name in "([a-z*@\\\\.0-9]{0,12}\\.)?(wild\\.|deep\\.|loop\\.)?(example\\.tld|in-addr\\.arpa|\\PC{0,9})",
        qtype in proptest::sample::select(RecordType::ALL.to_vec()),
        authoritative: bool,
    ) {
        let r = world().answer(&Question { name, qtype }, authoritative);
        let records = r.answers.len() + r.authority.len() + r.additional.len();
        proptest::prop_assert!(records <= 30, "{records} records");
    }
}
