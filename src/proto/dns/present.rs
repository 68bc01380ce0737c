//! Records in presentation form (RFC 1035 section 5.1), as dig prints them. Columns are dig's own business.

use crate::event::RecordData;
use std::fmt::Write as _;

/// A name with its final dot, as zone files and dig write absolute names; the root is `.`.
pub fn absolute(name: &str) -> String {
    format!("{}.", name.strip_suffix('.').unwrap_or(name))
}

/// The value of a record, as dig's last column and `+short` show it: names absolute, text quoted and escaped.
pub fn value(data: &RecordData) -> String {
    match data {
        RecordData::A(a) => a.to_string(),
        RecordData::Aaaa(a) => a.to_string(),
        RecordData::Mx { preference, exchange } => format!("{preference} {}", absolute(exchange)),
        RecordData::Txt(strings) => strings.iter().map(|s| quoted(s)).collect::<Vec<_>>().join(" "),
        RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => absolute(name),
        RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum } => {
            format!("{} {} {serial} {refresh} {retry} {expire} {minimum}", absolute(mname), absolute(rname))
        }
    }
}

/// One string of a TXT record: in quotes, `"` and `\` escaped, octets beyond printable ASCII as `\DDD`.
fn quoted(string: &str) -> String {
    let mut shown = String::from("\"");
    for octet in string.bytes() {
        match octet {
            b'"' | b'\\' => {
                shown.push('\\');
                shown.push(char::from(octet));
            }
            b' '..=b'~' => shown.push(char::from(octet)),
            _ => {
                let _ = write!(shown, "\\{octet:03}");
            }
        }
    }
    shown + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_dig_prints_them() {
        let soa = RecordData::Soa {
            mname: "ns.example.tld".into(),
            rname: "hostmaster.example.tld".into(),
            serial: 7,
            refresh: 1,
            retry: 2,
            expire: 3,
            minimum: 4,
        };
        for (data, shown) in [
            (RecordData::A([192, 0, 2, 25].into()), "192.0.2.25"),
            (RecordData::Aaaa("2001:db8::25".parse().unwrap()), "2001:db8::25"),
            (RecordData::Mx { preference: 10, exchange: "mail.example.tld".into() }, "10 mail.example.tld."),
            (RecordData::Mx { preference: 0, exchange: String::new() }, "0 ."),
            (RecordData::Txt(vec!["v=spf1 mx -all".into()]), r#""v=spf1 mx -all""#),
            (RecordData::Txt(vec!["a\"b\\".into(), "ü;\t".into()]), r#""a\"b\\" "\195\188;\009""#),
            (RecordData::Ptr("mail.example.tld".into()), "mail.example.tld."),
            (soa, "ns.example.tld. hostmaster.example.tld. 7 1 2 3 4"),
        ] {
            assert_eq!(value(&data), shown);
        }
    }
}
