//! dig's arguments: names, types, servers, `-x`, `+options`, before and after the names.

use super::super::text;
use crate::event::{Question, RecordType};
use crate::proto::dns::{NameFault, Type, check_name};
use std::time::Duration;

/// The version dig shows.
pub(super) const VERSION: &str = "DiG 9.18.49-1~deb12u3-Debian";

/// What stands under a complaint about an option.
pub(super) const USAGE: &str = "\
Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use \"dig -h\" (or \"dig -h | more\") for complete list of options
";

/// The most questions of one command.
const QUESTIONS: usize = 100;

/// One question with how it is to be asked and shown.
#[derive(Debug, Clone)]
pub(super) struct Query {
    pub(super) name: String,
    pub(super) qtype: RecordType,
    pub(super) server: Option<String>,
    pub(super) port: u16,
    pub(super) show: Show,
    pub(super) tries: u32,
    pub(super) patience: Duration,
    pub(super) recurse: bool,
    pub(super) checking_disabled: bool,
    pub(super) edns: bool,
    pub(super) tcp: bool,
    /// A name of one label is looked for in the workstation's own domain first.
    pub(super) search: bool,
    /// The name was written with its final dot.
    pub(super) whole: bool,
    /// The name without that domain, where that is what is asked for.
    pub(super) bare: Option<String>,
    type_given: bool,
}

/// What of the answer is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Show {
    pub(super) question: bool,
    pub(super) answer: bool,
    pub(super) authority: bool,
    pub(super) additional: bool,
    pub(super) comments: bool,
    pub(super) stats: bool,
    pub(super) class: bool,
    pub(super) ttl: bool,
    pub(super) ttl_units: bool,
    pub(super) multiline: bool,
    pub(super) identify: bool,
    pub(super) usec: bool,
}

/// A whole command line.
#[derive(Debug)]
pub(super) struct Arguments {
    /// The questions in their order.
    pub(super) queries: Vec<Query>,
    /// Answers alone.
    pub(super) short: bool,
    /// The line that begins the output.
    pub(super) greeting: bool,
    /// Warnings, printed first.
    pub(super) warnings: Vec<String>,
}

/// Why dig does not ask.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A complaint about an option, in full; the usage follows.
    Usage(String),
    /// A complaint, in full, and the exit status.
    Complaint(String, u8),
    /// A word of helo's own: the real dig would do it.
    Hint(String),
    /// `-h`
    Help,
    /// `-v`
    Version,
}

/// Types that zones outside the lab may have.
const OTHER_TYPES: [&str; 22] = [
    "SRV",
    "CAA",
    "DNSKEY",
    "DS",
    "HINFO",
    "AXFR",
    "IXFR",
    "NAPTR",
    "RRSIG",
    "SPF",
    "SSHFP",
    "TLSA",
    "SVCB",
    "HTTPS",
    "LOC",
    "NSEC",
    "NSEC3",
    "RP",
    "AFSDB",
    "DNAME",
    "CDS",
    "OPENPGPKEY",
];

/// `+options` that change nothing here, as the lab's name servers do not differ by them.
const WITHOUT_EFFECT: [&str; 16] = [
    "aaflag",
    "aaonly",
    "adflag",
    "badcookie",
    "besteffort",
    "cookie",
    "crypto",
    "ednsnegotiation",
    "fail",
    "idnin",
    "idnout",
    "ignore",
    "keepopen",
    "rrcomments",
    "showsearch",
    "bufsize",
];

/// `+options` that need more than the lab has.
const NOT_HERE: [(&str, &str); 9] = [
    ("trace", "the lab has no root servers; ask the name server of a zone itself with @SERVER"),
    ("nssearch", "ask each name server itself with @SERVER"),
    ("yaml", "the lab's dig shows answers as text only"),
    ("tls", "name servers of the lab speak plain DNS"),
    ("https", "name servers of the lab speak plain DNS"),
    ("dnssec", "zones of the lab are not signed"),
    ("subnet", "name servers of the lab answer everybody alike"),
    ("nsid", "name servers of the lab have no identifiers"),
    ("qr", "the question is in the answer's QUESTION SECTION"),
];

const SWITCHES: [&str; 25] = [
    "defname",
    "search",
    "additional",
    "all",
    "answer",
    "authority",
    "cdflag",
    "class",
    "cmd",
    "comments",
    "edns",
    "identify",
    "multiline",
    "question",
    "rdflag",
    "recurse",
    "short",
    "stats",
    "tcp",
    "ttlid",
    "ttlunits",
    "vc",
    "time",
    "timeout",
    "tries",
];

/// The `+options` that do something here.
pub(in crate::workstation) fn plus_options() -> impl Iterator<Item = String> {
    // Those that are mostly switched off are known by that.
    let off = ["all", "recurse", "comments", "stats", "question", "authority", "additional", "cmd"];
    let off = off.into_iter().map(|name| format!("no{name}"));
    let number = |name| matches!(name, "time" | "timeout" | "tries");
    SWITCHES
        .iter()
        .map(move |name| if number(*name) { format!("{name}=") } else { (*name).to_owned() })
        .chain(off)
}

impl Arguments {
    /// Reads the arguments after the program's name.
    pub(super) fn read(args: &[Vec<u8>]) -> Result<Arguments, Refusal> {
        let mut reader = Reader {
            out: Arguments { queries: Vec::new(), short: false, greeting: true, warnings: Vec::new() },
            default: Query::new(),
        };
        let mut args = args.iter().skip(1).map(|a| text(a));
        while let Some(arg) = args.next() {
            if let Some(server) = arg.strip_prefix('@') {
                reader.current().server = Some(server.to_owned());
            } else if let Some(option) = arg.strip_prefix('+') {
                reader.plus(option)?;
            } else if arg.len() > 1 && arg.starts_with('-') {
                reader.dash(&arg, &mut args)?;
            } else if !reader.type_or_class(&arg)? {
                reader.name(&arg)?;
            }
        }
        let Reader { mut out, default } = reader;
        if out.queries.is_empty() {
            out.queries.push(Query { qtype: RecordType::Ns, ..default });
        }
        Ok(out)
    }
}

struct Reader {
    out: Arguments,
    /// What stands before the first name holds for all.
    default: Query,
}

impl Query {
    fn new() -> Query {
        let show = Show {
            question: true,
            answer: true,
            authority: true,
            additional: true,
            comments: true,
            stats: true,
            class: true,
            ttl: true,
            ttl_units: false,
            multiline: false,
            identify: false,
            usec: false,
        };
        Query {
            name: String::new(),
            qtype: RecordType::A,
            server: None,
            port: super::super::resolver::PORT,
            show,
            tries: 3,
            patience: Duration::from_secs(5),
            recurse: true,
            checking_disabled: false,
            edns: true,
            tcp: false,
            search: false,
            whole: false,
            bare: None,
            type_given: false,
        }
    }
}

impl Reader {
    fn current(&mut self) -> &mut Query {
        self.out.queries.last_mut().unwrap_or(&mut self.default)
    }

    fn name(&mut self, name: &str) -> Result<(), Refusal> {
        if let Err(fault) = check_name(name) {
            return Err(illegal("dig", name, fault, 10));
        }
        if self.out.queries.len() >= QUESTIONS {
            return Err(Refusal::Hint(format!("at most {QUESTIONS} questions in one go")));
        }
        let whole = name.ends_with('.');
        let name = name.strip_suffix('.').unwrap_or(name).to_owned();
        self.out.queries.push(Query { name, whole, ..self.default.clone() });
        Ok(())
    }

    /// Takes a type or a class; false where the word is neither.
    fn type_or_class(&mut self, word: &str) -> Result<bool, Refusal> {
        let upper = word.to_ascii_uppercase();
        if let Some(qtype) = record_type(&upper) {
            let twice = self.current().type_given;
            if twice {
                self.out.warnings.push(";; Warning, extra type option\n".to_owned());
            }
            let query = self.current();
            (query.qtype, query.type_given) = (qtype, true);
            return Ok(true);
        }
        if let Some(hint) = other_type(&upper) {
            return Err(Refusal::Hint(hint));
        }
        match upper.as_str() {
            "IN" => Ok(true),
            "CH" | "CHAOS" | "HS" => {
                Err(Refusal::Hint(format!("zones of the lab are of class IN; {word} has none")))
            }
            _ => Ok(false),
        }
    }

    fn dash(&mut self, arg: &str, args: &mut impl Iterator<Item = String>) -> Result<(), Refusal> {
        let invalid = || Refusal::Usage(format!("Invalid option: {arg}\n"));
        for (at, letter) in arg.char_indices().skip(1) {
            match letter {
                '4' | '6' | 'm' | 'r' | 'i' => continue,
                'u' => {
                    self.current().show.usec = true;
                    continue;
                }
                'h' => return Err(Refusal::Help),
                'v' => return Err(Refusal::Version),
                'b' | 'c' | 'f' | 'k' | 'p' | 'q' | 't' | 'x' | 'y' => {}
                _ => return Err(invalid()),
            }
            let attached = arg.get(at + 1..).filter(|rest| !rest.is_empty()).map(str::to_owned);
            let value = attached.or_else(|| args.next()).ok_or_else(invalid)?;
            return self.option(letter, &value);
        }
        Ok(())
    }

    fn option(&mut self, letter: char, value: &str) -> Result<(), Refusal> {
        match letter {
            'p' => match value.parse() {
                Ok(port) if port > 0 => self.current().port = port,
                _ => {
                    let said = format!(
                        "invalid port number '{value}': not a valid number\ndig: Couldn't parse port number\n"
                    );
                    return Err(Refusal::Complaint(said, 10));
                }
            },
            'q' => return self.name(value),
            't' => {
                let upper = value.to_ascii_uppercase();
                match (record_type(&upper), other_type(&upper)) {
                    (Some(qtype), _) => {
                        let query = self.current();
                        (query.qtype, query.type_given) = (qtype, true);
                    }
                    (None, Some(hint)) => return Err(Refusal::Hint(hint)),
                    (None, None) => {
                        self.out.warnings.push(format!(";; Warning, ignoring invalid type {value}\n"))
                    }
                }
            }
            'c' if !value.eq_ignore_ascii_case("in") => {
                return Err(Refusal::Hint(format!("zones of the lab are of class IN; {value} has none")));
            }
            'x' => {
                self.name(&reverse(value))?;
                let query = self.current();
                (query.qtype, query.type_given) = (RecordType::Ptr, true);
            }
            'f' | 'k' | 'y' => {
                return Err(Refusal::Hint(format!(
                    "dig -{letter} is not for this lab: give the questions one by one"
                )));
            }
            _ => {}
        }
        Ok(())
    }

    fn plus(&mut self, option: &str) -> Result<(), Refusal> {
        let (word, value) = option.split_once('=').map_or((option, None), |(w, v)| (w, Some(v)));
        let invalid = || Refusal::Usage(format!("Invalid option: +{word}\n"));
        let lower = word.to_ascii_lowercase();
        let known = |name: &str| {
            let all = SWITCHES.iter().chain(&WITHOUT_EFFECT).chain(NOT_HERE.iter().map(|(n, _)| n));
            let all = all.chain(&["retry", "ndots", "domain", "split", "padding"]);
            let mut near = all.filter(|n| n.starts_with(name) && !name.is_empty()).copied().peekable();
            let first = near.peek().copied();
            let near: Vec<&str> = near.collect();
            near.iter().find(|n| **n == name).copied().or(first.filter(|_| near.len() == 1))
        };
        // `+rec` is `+recurse` and so on, where only one can be meant.
        let (name, on) = match (known(&lower), lower.strip_prefix("no")) {
            (Some(name), _) => (name, true),
            (None, Some(rest)) => (known(rest).ok_or_else(invalid)?, false),
            (None, None) => return Err(invalid()),
        };
        if let Some((_, why)) = NOT_HERE.iter().find(|(n, _)| *n == name) {
            return if on { Err(Refusal::Hint(format!("dig +{name}: {why}"))) } else { Ok(()) };
        }
        if let Some(what) = ["time", "timeout", "tries", "retry"].into_iter().find(|n| *n == name) {
            return self.number(what, value.ok_or_else(invalid)?);
        }
        self.switch(name, on);
        Ok(())
    }

    fn number(&mut self, what: &str, value: &str) -> Result<(), Refusal> {
        let what = if what == "time" { "timeout" } else { what };
        let Ok(n) = value.parse::<u32>() else {
            let said = format!("invalid {what} '{value}': not a valid number\ndig: Couldn't parse {what}\n");
            return Err(Refusal::Complaint(said, 10));
        };
        let query = self.current();
        match what {
            "timeout" => query.patience = Duration::from_secs(u64::from(n.clamp(1, 3600))),
            "tries" => query.tries = n.clamp(1, 100),
            _ => query.tries = n.saturating_add(1).min(100),
        }
        Ok(())
    }

    fn switch(&mut self, name: &str, on: bool) {
        match name {
            "cmd" => self.out.greeting = on,
            "short" => self.out.short = on,
            _ => {}
        }
        let query = self.current();
        let show = &mut query.show;
        match name {
            "additional" => show.additional = on,
            "answer" => show.answer = on,
            "authority" => show.authority = on,
            "question" => show.question = on,
            "comments" => show.comments = on,
            "stats" => show.stats = on,
            "class" => show.class = on,
            "ttlid" => show.ttl = on,
            "ttlunits" => (show.ttl_units, show.ttl) = (on, true),
            "multiline" => show.multiline = on,
            "identify" => show.identify = on,
            "recurse" | "rdflag" => query.recurse = on,
            "cdflag" => query.checking_disabled = on,
            "edns" => query.edns = on,
            "tcp" | "vc" => query.tcp = on,
            "search" | "defname" => query.search = on,
            "all" => {
                show.question = on;
                show.answer = on;
                show.authority = on;
                show.additional = on;
                show.comments = on;
                show.stats = on;
                self.out.greeting = on;
            }
            _ => {}
        }
    }
}

/// A type of the lab's zones, by name or as `TYPE15`; `word` is in capitals.
fn record_type(word: &str) -> Option<RecordType> {
    let number = |n: &str| n.parse::<u16>().ok().map(Type::from_number);
    match word.strip_prefix("TYPE").and_then(number) {
        Some(Type::Known(known)) => Some(known),
        _ => word.parse().ok(),
    }
}

/// What is said about a type that exists outside the lab only.
pub(in crate::workstation::programs) fn other_type(word: &str) -> Option<String> {
    let number = word.strip_prefix("TYPE").is_some_and(|n| n.parse::<u16>().is_ok());
    let known = OTHER_TYPES.contains(&word) || number;
    known.then(|| {
        format!("zones of the lab have no {word}; they have A, AAAA, MX, TXT, CNAME, PTR, NS and SOA")
    })
}

fn illegal(program: &str, name: &str, fault: NameFault, status: u8) -> Refusal {
    Refusal::Complaint(format!("{program}: '{name}' is not a legal name ({fault})\n"), status)
}

/// The name to ask for in reverse; part of an address has part of the name.
pub(in crate::workstation::programs) fn reverse(address: &str) -> String {
    match address.parse() {
        Ok(ip) => Question::reverse(ip).name,
        Err(_) => {
            let labels: Vec<&str> = address.trim_end_matches('.').rsplit('.').collect();
            format!("{}.in-addr.arpa", labels.join("."))
        }
    }
}
