//! What `dig` prints, line by line, and a DNS question as an event: header, flags, sections, the fields of records
//! (RFC 1035 sections 4.1.1 and 3.2.2).

use super::opening::Opening;
use super::shell::type_of;
use crate::event::{DnsFailure, Question, Rcode, Record, RecordData};
use crate::explain::say::Say;
use crate::rfc::section;

/// One line of dig's output.
pub(super) fn dig(o: &mut Opening<'_>, line: &str) {
    if let Some(rest) = line.strip_prefix(";; ->>HEADER<<- ") {
        return header(o, rest);
    }
    if let Some(rest) = line.strip_prefix(";; flags:") {
        return flags(o, rest);
    }
    const BEGINS: [(&str, &str); 16] = [
        ("; <<>> DiG", "dig-banner"),
        (";; global options:", "dig-options"),
        (";; Got answer:", "dig-got"),
        (";; WARNING: recursion requested", "dig-no-recursion"),
        (";; OPT PSEUDOSECTION:", "dig-opt"),
        ("; EDNS:", "dig-edns"),
        ("; COOKIE:", "dig-cookie"),
        (";; QUESTION SECTION:", "dig-question"),
        (";; ANSWER SECTION:", "dig-answer"),
        (";; AUTHORITY SECTION:", "dig-authority"),
        (";; ADDITIONAL SECTION:", "dig-additional"),
        (";; Query time:", "dig-time"),
        (";; SERVER:", "dig-asked"),
        (";; WHEN:", "dig-when"),
        (";; MSG SIZE", "dig-size"),
        (";; connection timed out", "dig-timed-out"),
    ];
    for (begin, key) in BEGINS {
        if let Some(rest) = line.strip_prefix(begin) {
            o.what(Say::new(key));
            o.part(0, begin, Say::new(key));
            if !rest.trim().is_empty() {
                o.part(1, rest.trim(), Say::new("output-value"));
            }
            return o.rule(section(1035, "4.1.1"));
        }
    }
    if line.starts_with(";;") {
        o.what(Say::new("dig-remark"));
        return o.part(0, line, Say::new("dig-remark"));
    }
    if let Some(question) = line.strip_prefix(';') {
        o.what(Say::new("dig-question-line"));
        o.rule(section(1035, "4.1.2"));
        return fields(o, question);
    }
    let words = line.split_whitespace().count();
    if words < 4 || !line.split_whitespace().any(|w| w == "IN") {
        o.what(Say::new("dig-short"));
        return o.part(0, line, Say::new("output-value"));
    }
    o.what(Say::new("dig-record"));
    o.rule(section(1035, "4.1.3"));
    fields(o, line);
}

/// `opcode: QUERY, status: NOERROR, id: 4711`.
fn header(o: &mut Opening<'_>, rest: &str) {
    o.what(Say::new("dig-header"));
    o.rule(section(1035, "4.1.1"));
    for field in rest.split(", ") {
        let (name, value) = field.split_once(": ").unwrap_or((field, ""));
        let say = match (name, value) {
            ("opcode", _) => Say::new("dig-opcode"),
            ("status", status) => self::status(status),
            ("id", _) => Say::new("dig-id"),
            _ => Say::new("output-value"),
        };
        o.part(0, field, say);
    }
}

/// What a status means (RFC 1035 section 4.1.1).
fn status(word: &str) -> Say {
    Say::new(match word {
        "NOERROR" => "dig-status-noerror",
        "FORMERR" => "dig-status-formerr",
        "SERVFAIL" => "dig-status-servfail",
        "NXDOMAIN" => "dig-status-nxdomain",
        "NOTIMP" => "dig-status-notimp",
        "REFUSED" => "dig-status-refused",
        _ => "dig-status-other",
    })
}

/// ` qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1`.
fn flags(o: &mut Opening<'_>, rest: &str) {
    o.what(Say::new("dig-flags"));
    o.rule(section(1035, "4.1.1"));
    let (flags, counts) = rest.split_once(';').unwrap_or((rest, ""));
    for flag in flags.split_whitespace() {
        o.part(
            0,
            flag,
            Say::new(match flag {
                "qr" => "dig-flag-qr",
                "aa" => "dig-flag-aa",
                "tc" => "dig-flag-tc",
                "rd" => "dig-flag-rd",
                "ra" => "dig-flag-ra",
                "ad" => "dig-flag-ad",
                "cd" => "dig-flag-cd",
                _ => "dig-flag-other",
            }),
        );
    }
    for count in counts.split(", ").map(str::trim).filter(|c| !c.is_empty()) {
        let key = match count.split(':').next().unwrap_or_default() {
            "QUERY" => "dig-count-query",
            "ANSWER" => "dig-count-answer",
            "AUTHORITY" => "dig-count-authority",
            _ => "dig-count-additional",
        };
        o.part(0, count, Say::new(key));
    }
}

/// Name, time to live, class, type and value of a record, or of a question.
fn fields(o: &mut Opening<'_>, line: &str) {
    record(o, 0, line);
}

/// The same at a depth: a record as zone files write it (RFC 1035 section 5.1), or as `dig` prints it.
pub(super) fn record(o: &mut Opening<'_>, depth: u8, line: &str) {
    let mut rest = line.trim_start();
    let mut word = || {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after.trim_start();
        (!word.is_empty()).then_some(word)
    };
    if let Some(name) = word() {
        o.part(depth, name, Say::new(if name == "@" { "zone-at" } else { "record-name" }));
    }
    let mut rtype = "";
    while let Some(next) = word() {
        if next.bytes().all(|b| b.is_ascii_digit())
            || next.ends_with('s') && next.starts_with(|c: char| c.is_ascii_digit())
        {
            o.part(depth, next, Say::new("record-ttl"));
        } else if ["IN", "CH", "HS"].iter().any(|class| next.eq_ignore_ascii_case(class)) {
            o.part(depth, next, Say::new("record-class"));
        } else {
            rtype = next;
            break;
        }
    }
    if rtype.is_empty() {
        return;
    }
    o.part(depth, rtype, type_of(rtype).unwrap_or_else(|| Say::new("record-type")));
    if !rest.is_empty() {
        value(o, depth, &rtype.to_ascii_uppercase(), rest);
    }
}

/// The value of a record, by its type.
fn value(o: &mut Opening<'_>, depth: u8, rtype: &str, value: &str) {
    let words: Vec<&str> = value.split_whitespace().collect();
    match (rtype, words.as_slice()) {
        ("MX", [preference, exchange, ..]) => {
            o.rule(section(1035, "3.3.9"));
            o.part(depth, preference, Say::new("record-preference"));
            let null = *exchange == ".";
            o.part(depth, exchange, Say::new(if null { "record-null-mx" } else { "record-exchange" }));
            if null {
                o.rule(section(7505, "3"));
            }
        }
        ("SOA", words) => {
            o.rule(section(1035, "3.3.13"));
            const KEYS: [&str; 7] = [
                "record-soa-mname",
                "record-soa-rname",
                "record-soa-serial",
                "record-soa-refresh",
                "record-soa-retry",
                "record-soa-expire",
                "record-soa-minimum",
            ];
            words.iter().zip(KEYS).for_each(|(word, key)| o.part(depth, word, Say::new(key)));
        }
        ("TXT", _) => {
            o.rule(section(1035, "3.3.14"));
            text(o, depth, value.trim_matches('"'), value);
        }
        _ => o.part(depth, value, Say::new("output-value")),
    }
}

/// A text record: SPF, DKIM and DMARC are named.
fn text(o: &mut Opening<'_>, depth: u8, text: &str, shown: &str) {
    let (key, rule) = if text.starts_with("v=spf1") {
        ("record-spf", Some(section(7208, "3.3")))
    } else if text.starts_with("v=DMARC1") {
        ("record-dmarc", None)
    } else if text.starts_with("v=DKIM1") || text.contains("p=") {
        ("record-dkim", Some(section(6376, "3.6.1")))
    } else {
        ("record-text", None)
    };
    o.part(depth, shown, Say::new(key));
    rule.into_iter().for_each(|rule| o.rule(rule));
    if key == "record-text" {
        return;
    }
    let spf = key == "record-spf";
    let pieces: Vec<&str> =
        if spf { text.split_whitespace().collect() } else { text.split(';').map(str::trim).collect() };
    for piece in pieces.into_iter().filter(|p| !p.is_empty()).take(40) {
        let say = if spf { spf_term(piece) } else { Say::new(tag(piece, key == "record-dmarc")) };
        o.part(depth + 1, piece, say);
    }
}

/// A term of an SPF record (RFC 7208 section 4.6.1).
fn spf_term(term: &str) -> Say {
    let (sign, bare) = match term.bytes().next() {
        Some(b'-') => ("fail", term.get(1..)),
        Some(b'~') => ("softfail", term.get(1..)),
        Some(b'?') => ("neutral", term.get(1..)),
        Some(b'+') => ("pass", term.get(1..)),
        _ => ("pass", Some(term)),
    };
    let name =
        bare.unwrap_or_default().split([':', '/', '=']).next().unwrap_or_default().to_ascii_lowercase();
    let key = match name.as_str() {
        "v" => "spf-term-version",
        "all" => "spf-term-all",
        "mx" => "spf-term-mx",
        "a" => "spf-term-a",
        "ip4" | "ip6" => "spf-term-ip",
        "include" => "spf-term-include",
        "exists" => "spf-term-exists",
        "ptr" => "spf-term-ptr",
        "redirect" => "spf-term-redirect",
        "exp" => "spf-term-exp",
        _ => return Say::new("spf-term-other"),
    };
    Say::new(key).own("sign", sign)
}

/// A tag of a DKIM key or a DMARC record.
fn tag(piece: &str, dmarc: bool) -> &'static str {
    match (piece.split('=').next().unwrap_or_default().trim(), dmarc) {
        ("v", _) => "tag-version",
        ("p", true) => "tag-policy",
        ("sp", true) => "tag-subdomain-policy",
        ("rua", true) => "tag-rua",
        ("ruf", true) => "tag-ruf",
        ("adkim" | "aspf", true) => "tag-alignment",
        ("pct", true) => "tag-pct",
        ("p", false) => "tag-key",
        ("k", false) => "tag-key-type",
        ("t", _) => "tag-testing",
        _ => "tag-other",
    }
}

/// A question with its answer, as an event.
pub(super) fn event(
    o: &mut Opening<'_>,
    question: &Question,
    outcome: &Result<Rcode, DnsFailure>,
    answers: &[Record],
) {
    let name = if question.name.is_empty() { "." } else { &question.name };
    o.part(0, name, Say::new("dig-name"));
    let rtype = question.qtype.mnemonic();
    o.part(0, rtype, type_of(rtype).unwrap_or_else(|| Say::new("record-type")));
    if let Ok(rcode) = outcome {
        o.part(0, rcode.to_string(), status(&rcode.to_string()));
    }
    for record in answers.iter().take(100) {
        o.part(0, &record.name, Say::new("record-name"));
        o.part(1, record.ttl.to_string(), Say::new("record-ttl"));
        let rtype = record.data.rtype().mnemonic();
        o.part(1, rtype, type_of(rtype).unwrap_or_else(|| Say::new("record-type")));
        match &record.data {
            RecordData::Mx { preference, exchange } => {
                value(o, 0, "MX", &format!("{preference} {exchange}."))
            }
            RecordData::Txt(strings) => text(o, 0, &strings.concat(), &strings.concat()),
            RecordData::A(a) => o.part(0, a.to_string(), Say::new("output-value")),
            RecordData::Aaaa(a) => o.part(0, a.to_string(), Say::new("output-value")),
            RecordData::Cname(n) | RecordData::Ptr(n) | RecordData::Ns(n) => {
                o.part(0, n, Say::new("output-value"))
            }
            RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum } => {
                value(o, 0, "SOA", &format!("{mname} {rname} {serial} {refresh} {retry} {expire} {minimum}"));
            }
        }
    }
}
