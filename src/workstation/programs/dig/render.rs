//! Messages as dig shows them: header, sections, columns.

use crate::event::{Question, Rcode, Record, RecordData};
use crate::proto::dns::{absolute, value};

/// The columns of records, and what is left out of them.
#[derive(Debug, Clone, Copy)]
pub(in crate::workstation::programs) struct Style {
    /// Headings and the blank lines between sections.
    pub(in crate::workstation::programs) comments: bool,
    /// The class is shown.
    pub(in crate::workstation::programs) class: bool,
    /// The TTL is shown.
    pub(in crate::workstation::programs) ttl: bool,
    /// The TTL as `1h30m`.
    pub(in crate::workstation::programs) ttl_units: bool,
    /// SOA over several lines.
    pub(in crate::workstation::programs) multiline: bool,
}

impl Style {
    /// dig's own.
    pub(in crate::workstation::programs) fn usual() -> Style {
        Style { comments: true, class: true, ttl: true, ttl_units: false, multiline: false }
    }

    /// Where TTL, class, type and value begin.
    fn columns(self) -> [usize; 4] {
        match (self.multiline, self.ttl, self.class) {
            (true, ..) | (_, false, false) => [24, 24, 24, 32],
            (_, true, true) => [24, 32, 40, 48],
            _ => [24, 24, 32, 40],
        }
    }
}

/// The numbers in a message's header.
#[derive(Debug)]
pub(in crate::workstation::programs) struct Header<'a> {
    /// The message's number.
    pub(in crate::workstation::programs) id: u16,
    /// The status.
    pub(in crate::workstation::programs) rcode: Rcode,
    /// The flags that are set, in the order of the header.
    pub(in crate::workstation::programs) flags: &'a [&'a str],
    /// Records in the answer, authority and additional sections.
    pub(in crate::workstation::programs) counts: [usize; 3],
}

impl Header<'_> {
    /// Two lines.
    pub(in crate::workstation::programs) fn lines(&self) -> String {
        let flags: String = self.flags.iter().map(|f| format!(" {f}")).collect();
        let [answer, authority, additional] = self.counts;
        format!(
            ";; ->>HEADER<<- opcode: QUERY, status: {}, id: {}\n;; flags:{flags}; QUERY: 1, ANSWER: {answer}, \
             AUTHORITY: {authority}, ADDITIONAL: {additional}\n",
            self.rcode, self.id
        )
    }
}

/// The question section.
pub(in crate::workstation::programs) fn question(q: &Question, style: Style) -> String {
    let [_, class, rtype, _] = style.columns();
    let mut line = Line::new(&format!(";{}", absolute(&q.name)));
    if style.class {
        line.at(class, "IN");
    }
    line.at(rtype, q.qtype.mnemonic());
    let (heading, end) = if style.comments { (";; QUESTION SECTION:\n", "\n") } else { ("", "") };
    format!("{heading}{}\n{end}", line.text)
}

/// A section of records; nothing where it is empty.
pub(in crate::workstation::programs) fn section(name: &str, records: &[Record], style: Style) -> String {
    if records.is_empty() {
        return String::new();
    }
    let lines: String = records.iter().map(|r| record(r, style)).collect();
    if style.comments { format!(";; {name} SECTION:\n{lines}\n") } else { lines }
}

fn record(r: &Record, style: Style) -> String {
    let [ttl, class, rtype, data] = style.columns();
    let mut line = Line::new(&absolute(&r.name));
    if style.ttl {
        line.at(ttl, &if style.ttl_units { units(r.ttl) } else { r.ttl.to_string() });
    }
    if style.class {
        line.at(class, "IN");
    }
    line.at(rtype, r.data.rtype().mnemonic());
    match &r.data {
        RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum } if style.multiline => {
            line.at(data, &format!("{} {} (", absolute(mname), absolute(rname)));
            let tabs = "\t".repeat(data / 8);
            for (n, what) in [
                (serial, "serial"),
                (refresh, "refresh"),
                (retry, "retry"),
                (expire, "expire"),
                (minimum, "minimum"),
            ] {
                let long = if what == "serial" { String::new() } else { format!(" ({})", words(*n)) };
                line.text.push_str(&format!("\n{tabs}{n:<10} ; {what}{long}"));
            }
            line.text.push_str(&format!("\n{tabs})"));
        }
        other => line.at(data, &value(other)),
    }
    line.text + "\n"
}

/// A line with tab stops every eight columns.
struct Line {
    text: String,
    column: usize,
}

impl Line {
    fn new(text: &str) -> Line {
        Line { text: text.to_owned(), column: text.chars().count() }
    }

    /// Adds `text` at the column `to`, or after one blank where the line is longer already.
    fn at(&mut self, to: usize, text: &str) {
        let to = to.max(self.column + 1);
        let tabs = (to / 8).saturating_sub(self.column / 8);
        if tabs > 0 {
            self.text.push_str(&"\t".repeat(tabs));
            self.column = to / 8 * 8;
        }
        self.text.push_str(&" ".repeat(to - self.column));
        self.text.push_str(text);
        self.column = to + text.chars().count();
    }
}

const UNITS: [(u32, char, &str); 5] = [
    (604_800, 'w', "week"),
    (86_400, 'd', "day"),
    (3600, 'h', "hour"),
    (60, 'm', "minute"),
    (1, 's', "second"),
];

/// Seconds as `1h30m`.
fn units(mut seconds: u32) -> String {
    let mut out = String::new();
    for (size, letter, _) in UNITS {
        if seconds >= size {
            out.push_str(&format!("{}{letter}", seconds / size));
            seconds %= size;
        }
    }
    if out.is_empty() { "0s".to_owned() } else { out }
}

/// Seconds as `1 hour 30 minutes`.
fn words(mut seconds: u32) -> String {
    let mut out = Vec::new();
    for (size, _, word) in UNITS {
        let n = seconds / size;
        if n > 0 {
            out.push(format!("{n} {word}{}", if n == 1 { "" } else { "s" }));
            seconds %= size;
        }
    }
    if out.is_empty() { "0 seconds".to_owned() } else { out.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::RecordType;

    fn rec(name: &str, data: RecordData) -> Record {
        Record { name: name.into(), ttl: 3600, data }
    }

    #[test]
    fn records_stand_in_columns() {
        let mx = || RecordData::Mx { preference: 10, exchange: "mail.example.tld".into() };
        let a = || RecordData::A([192, 0, 2, 99].into());
        let usual = Style::usual();
        for (name, data, style, line) in [
            ("example.tld", mx(), usual, "example.tld.\t\t3600\tIN\tMX\t10 mail.example.tld.\n"),
            ("mail.example.tld", a(), usual, "mail.example.tld.\t3600\tIN\tA\t192.0.2.99\n"),
            ("25.2.0.192.in-addr.arpa", a(), usual, "25.2.0.192.in-addr.arpa. 3600\tIN\tA\t192.0.2.99\n"),
            (
                "long-name-of-a-host-in-this-zone.example.tld",
                a(),
                usual,
                "long-name-of-a-host-in-this-zone.example.tld. 3600 IN A\t192.0.2.99\n",
            ),
            (
                "example.tld",
                mx(),
                Style { ttl: false, ..usual },
                "example.tld.\t\tIN\tMX\t10 mail.example.tld.\n",
            ),
            (
                "example.tld",
                mx(),
                Style { ttl_units: true, ..usual },
                "example.tld.\t\t1h\tIN\tMX\t10 mail.example.tld.\n",
            ),
        ] {
            assert_eq!(record(&rec(name, data), style), line);
        }
    }

    #[test]
    fn questions_stand_in_columns() {
        let style = Style { comments: false, ..Style::usual() };
        for (name, qtype, line) in [
            ("example.tld", RecordType::Mx, ";example.tld.\t\t\tIN\tMX\n"),
            ("", RecordType::Ns, ";.\t\t\t\tIN\tNS\n"),
            ("25.2.0.192.in-addr.arpa", RecordType::Ptr, ";25.2.0.192.in-addr.arpa.\tIN\tPTR\n"),
            (
                "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                RecordType::Ptr,
                ";5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. IN PTR\n",
            ),
        ] {
            assert_eq!(question(&Question { name: name.into(), qtype }, style), line);
        }
    }

    #[test]
    fn a_soa_over_several_lines() {
        let soa = RecordData::Soa {
            mname: "ns.example.tld".into(),
            rname: "hostmaster.example.tld".into(),
            serial: 2_024_010_101,
            refresh: 7200,
            retry: 3600,
            expire: 1_209_600,
            minimum: 300,
        };
        let style = Style { multiline: true, ..Style::usual() };
        assert_eq!(
            record(&rec("example.tld", soa), style),
            "example.tld.\t\t3600 IN\tSOA ns.example.tld. hostmaster.example.tld. (\n\
             \t\t\t\t2024010101 ; serial\n\t\t\t\t7200       ; refresh (2 hours)\n\
             \t\t\t\t3600       ; retry (1 hour)\n\t\t\t\t1209600    ; expire (2 weeks)\n\
             \t\t\t\t300        ; minimum (5 minutes)\n\t\t\t\t)\n"
        );
    }
}
