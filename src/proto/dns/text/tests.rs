//! One row per line of a zone, what it means or what is said about it at the end.

use super::*;
use crate::proto::dns::value;
use proptest::prelude::*;

#[test]
fn records_as_scenarios_write_them() {
    for (line, record) in [
        ("@ MX 10 mail.example.tld.", "example.tld 3600 MX 10 mail.example.tld."),
        ("@ TXT v=spf1 mx -all", "example.tld 3600 TXT \"v=spf1 mx -all\""),
        ("@ TXT v=DKIM1; k=rsa  ", "example.tld 3600 TXT \"v=DKIM1; k=rsa\""),
        (r#"@ TXT "one" "t\"w\111" ; twice"#, r#"example.tld 3600 TXT "one" "t\"wo""#),
        ("www CNAME @ ; the domain itself", "www.example.tld 3600 CNAME example.tld."),
        ("* MX 10 mx", "*.example.tld 3600 MX 10 mx.example.tld."),
        ("mail 300 IN A 192.0.2.25", "mail.example.tld 300 A 192.0.2.25"),
        ("Mail in 1h30m a 192.0.2.25", "Mail.example.tld 5400 A 192.0.2.25"),
        ("mail AAAA 2001:DB8::25", "mail.example.tld 3600 AAAA 2001:db8::25"),
        ("example.tld. NS ns.other.test.", "example.tld 3600 NS ns.other.test."),
        ("_dmarc TXT v=DMARC1; p=none", "_dmarc.example.tld 3600 TXT \"v=DMARC1; p=none\""),
        ("@ MX 0 .", "example.tld 3600 MX 0 ."),
        (
            "@ SOA ns hostmaster 2026010101 3h 1h 1w 1h",
            "example.tld 3600 SOA ns.example.tld. hostmaster.example.tld. 2026010101 10800 3600 604800 3600",
        ),
    ] {
        let r = parse_record(line, "example.tld").unwrap();
        assert_eq!(format!("{} {} {} {}", r.name, r.ttl, r.data.rtype(), value(&r.data)), record, "{line}");
    }
    let r = parse_record("25 PTR mail.example.tld.", "2.0.192.in-addr.arpa.").unwrap();
    assert_eq!((r.name.as_str(), value(&r.data).as_str()), ("25.2.0.192.in-addr.arpa", "mail.example.tld."));
    let long = parse_record(&format!("@ TXT {}", "ä".repeat(200)), "example.tld").unwrap();
    assert!(
        matches!(long.data, RecordData::Txt(s) if s.iter().map(String::len).collect::<Vec<_>>() == [254, 146])
    );
}

/// The line, the octets at fault, what is said.
const FAULTS: &[(&str, &str, &str)] = &[
    ("", "", "expected a name (`@` for the domain itself), a type such as MX, and its value"),
    ("mail", "", "expected a record type such as A, MX or TXT after `mail`"),
    ("MX 10 mail", "MX", "a record begins with a name: write `@ MX …` for the domain itself"),
    ("@ MX mail", "mail", "MX needs a preference (a number, the lowest is tried first) before the host"),
    ("@ MX", "", "MX needs a preference (a number, the lowest is tried first) before the host"),
    ("@ MX 10", "", "MX needs the name of a host after the preference"),
    ("@ MX 70000 mail", "70000", "a preference is at most 65535"),
    (
        "@ MX 10 192.0.2.25",
        "192.0.2.25",
        "MX needs the name of a host after the preference; `192.0.2.25` is an address: give it a name with an A \
             record",
    ),
    (
        "@ MX 10 mail.example.tld",
        "mail.example.tld",
        "`mail.example.tld` without a final dot means `mail.example.tld.example.tld.`: add the dot, or leave the \
             domain away",
    ),
    ("@ MX 5 .", "5", "a null MX (`0 .`) has preference 0"),
    ("mail A mail2", "mail2", "`mail2` is not an IPv4 address such as 192.0.2.25"),
    (
        "mail A 192.0.2.25 192.0.2.26",
        "192.0.2.26",
        "`192.0.2.26` is too much: the A record is complete before it",
    ),
    ("mail AAAA 192.0.2.25", "192.0.2.25", "`192.0.2.25` is not an IPv6 address such as 2001:db8::25"),
    (
        "_sip SRV 0 0 1 x",
        "SRV",
        "`SRV` is no record type the lab knows (A, AAAA, MX, TXT, CNAME, PTR, NS, SOA)",
    ),
    ("@ CH TXT hi", "CH", "expected the class IN: the lab's zones have no other"),
    ("@ ANY x", "ANY", "ANY is a type for questions, no record has it"),
    (
        "mail 99999999999 A 192.0.2.1",
        "99999999999",
        "`99999999999` is longer than 2147483647 seconds, the longest time DNS has",
    ),
    ("mail 5x A 192.0.2.1", "5x", "`5x` is no time: expected seconds, or 30m, 1h, 2d, 1w"),
    ("@ TXT", "", "TXT needs a text"),
    ("@ TXT \"open", "\"open", "this string has no closing `\"`"),
    ("@ TXT \"a\" b", "b", "expected another string in quotes: text without quotes must stand alone"),
    (
        "@ CNAME www",
        "@",
        "a domain's own name cannot be an alias: it has SOA and NS records, and a CNAME stands alone",
    ),
    (
        "mail.other.test. A 192.0.2.1",
        "mail.other.test.",
        "`mail.other.test.` does not lie in the zone `example.tld.`",
    ),
    (
        "my_host A 192.0.2.1",
        "my_host",
        "`my_host` cannot be part of a host's name: letters, digits, and hyphens in between",
    ),
    ("a..b A 192.0.2.1", "a..b", "`a..b` is no domain name: empty label"),
    (
        "@ SOA ns admin@x 1 2 3 4 5",
        "admin@x",
        "in an SOA the `@` of the contact's address is written as a dot",
    ),
    ("www SOA ns admin 1 2 3 4 5", "www", "an SOA stands at the zone's own name: write `@`"),
    (
        "@ SOA ns admin 1 2 3 4",
        "",
        "expected SOA's minimum: serial, refresh, retry, expire and minimum follow the names",
    ),
];

#[test]
fn faults_say_what_came_and_what_was_expected() {
    for &(line, at, message) in FAULTS {
        let fault = parse_record(line, "example.tld").unwrap_err();
        assert_eq!(fault.message, message, "{line}");
        assert_eq!(&line[fault.span.start..fault.span.end], at, "{line}");
    }
}

proptest! {
    #[test]
    fn no_line_makes_it_panic_and_spans_lie_in_the_line(line in "\\PC{0,60}", origin in "\\PC{0,20}") {
        if let Err(fault) = parse_record(&line, &origin) {
            prop_assert!(line.get(fault.span.start..fault.span.end).is_some());
        }
    }

    #[test]
    fn what_is_nearly_a_record_does_not_panic(
        owner in "[a-z@*.\\\\]{1,8}",
        rtype in "(A|AAAA|MX|TXT|CNAME|PTR|NS|SOA|ANY|IN MX|60 A)",
        value in "[ a-z0-9.:@;\"\\\\ä]{0,30}",
    ) {
        let line = format!("{owner} {rtype} {value}");
        match parse_record(&line, "example.tld") {
            Ok(r) => prop_assert!(check_name(&r.name).is_ok()),
            Err(fault) => prop_assert!(line.get(fault.span.start..fault.span.end).is_some()),
        }
    }
}
