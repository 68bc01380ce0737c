//! The options of `swaks`, as Perl's Getopt::Long reads them: one hyphen or two, shortened as far as only one is meant,
//! each with a `no-` before it.

use super::super::text;

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing.
    Nothing,
    /// What follows, unless it looks like an option.
    Perhaps,
    /// What follows.
    Value,
}

/// An option: its names, the first being the one it is known by here.
type Opt = (&'static [&'static str], Takes);

use Takes::{Nothing, Perhaps, Value};

/// All options.
const OPTIONS: &[Opt] = &[
    (&["from", "f"], Perhaps),
    (&["to", "t"], Perhaps),
    (&["helo", "ehlo", "lhlo", "h"], Perhaps),
    (&["server", "s"], Perhaps),
    (&["4"], Nothing),
    (&["6"], Nothing),
    (&["copy-routing"], Perhaps),
    (&["port", "p"], Perhaps),
    (&["protocol"], Value),
    (&["data", "d"], Perhaps),
    (&["timeout"], Perhaps),
    (&["quit-after", "quit", "q"], Value),
    (&["drop-after", "drop", "da"], Value),
    (&["drop-after-send", "das"], Value),
    (&["suppress-data", "n"], Nothing),
    (&["auth", "a"], Perhaps),
    (&["auth-user", "au"], Perhaps),
    (&["auth-password", "ap"], Perhaps),
    (&["auth-hide-password", "ahp"], Perhaps),
    (&["auth-plaintext", "apt"], Nothing),
    (&["auth-optional", "ao"], Perhaps),
    (&["auth-optional-strict", "aos"], Perhaps),
    (&["support"], Nothing),
    (&["tls"], Nothing),
    (&["tls-optional", "tlso"], Nothing),
    (&["tls-optional-strict", "tlsos"], Nothing),
    (&["tls-on-connect", "tlsc"], Nothing),
    (&["tls-protocol", "tlsp"], Value),
    (&["tls-cipher"], Value),
    (&["tls-get-peer-cert"], Perhaps),
    (&["tls-sni"], Value),
    (&["tls-verify"], Nothing),
    (&["tls-ca-path"], Value),
    (&["silent", "S"], Perhaps),
    (&["no-strip-from", "nsf"], Nothing),
    (&["no-hints", "nth"], Nothing),
    (&["no-send-hints", "nsh"], Nothing),
    (&["no-receive-hints", "nrh"], Nothing),
    (&["no-info-hints", "nih"], Nothing),
    (&["hide-receive", "hr"], Nothing),
    (&["hide-send", "hs"], Nothing),
    (&["hide-informational", "hi"], Nothing),
    (&["hide-all", "ha"], Nothing),
    (&["protect-prompt", "pp"], Nothing),
    (&["version"], Nothing),
    (&["help"], Nothing),
    (&["no-data-fixup", "ndf"], Nothing),
    (&["body"], Perhaps),
    (&["attach-name"], Perhaps),
    (&["attach-type"], Perhaps),
    (&["attach"], Perhaps),
    (&["attach-body"], Perhaps),
    (&["add-header", "ah"], Perhaps),
    (&["header"], Perhaps),
    (&["dump-mail"], Nothing),
    (&["pipeline"], Nothing),
];

/// The options by the names they are known by, and whether something follows.
pub(in crate::workstation) fn names() -> impl Iterator<Item = (&'static str, bool)> {
    OPTIONS.iter().filter_map(|(names, takes)| Some((*names.first()?, *takes != Nothing)))
}

/// Options of the real one that are of no use in this lab.
const ELSEWHERE: [&str; 18] = [
    "config",
    "pipe",
    "socket",
    "local-interface",
    "li",
    "local-port",
    "lp",
    "tls-cert",
    "tls-key",
    "xclient",
    "proxy",
    "prdr",
    "dump",
    "dump-as-body",
    "output",
    "output-file",
    "show-raw-text",
    "show-time-lapse",
];

/// The options that were given, in their order.
#[derive(Debug, Default)]
pub(super) struct Given(Vec<(&'static str, Option<Vec<u8>>)>);

/// Why arguments could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// As Getopt::Long words it.
    Said(String),
    /// An option of the real one that is missing here.
    Elsewhere(String),
}

impl Given {
    /// Was the option given?
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| *n == name)
    }

    /// The option's argument: `None` where it was not given, empty where it was given without one.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let given = self.0.iter().rev().find(|(n, _)| *n == name)?;
        Some(given.1.as_deref().map(text).unwrap_or_default())
    }

    /// Sets what was asked for meanwhile.
    pub(super) fn set(&mut self, name: &'static str, value: &[u8]) {
        self.0.retain(|(n, _)| *n != name);
        self.0.push((name, Some(value.to_vec())));
    }

    /// All options with their arguments, in the order in which they were given.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.0.iter().map(|(n, v)| (*n, v.as_deref().map(text).unwrap_or_default()))
    }

    /// Takes an option back.
    fn forget(&mut self, name: &str) {
        self.0.retain(|(n, _)| *n != name);
    }
}

/// Reads the arguments after the program's name.
pub(super) fn read(args: &[Vec<u8>]) -> Result<Given, Vec<Fault>> {
    let (mut given, mut faults) = (Given::default(), Vec::new());
    let mut args = args.iter().skip(1).peekable();
    while let Some(arg) = args.next() {
        let word = text(arg);
        let Some(name) = word.strip_prefix("--").or_else(|| word.strip_prefix('-')).filter(|n| !n.is_empty())
        else {
            // What is no option is passed over.
            continue;
        };
        // `--h-Subject text` is short for `--header "Subject: text"`.
        if let Some(field) = name.strip_prefix("header-").or_else(|| name.strip_prefix("h-")) {
            let body = args.next().map(|b| text(b)).unwrap_or_default();
            given.0.push(("header", Some(format!("{}: {body}", field.trim_end_matches(':')).into_bytes())));
            continue;
        }
        if name == "g" {
            given.0.push(("data", Some(b"-".to_vec())));
            continue;
        }
        let (name, joined) = match name.split_once('=') {
            Some((name, value)) => (name, Some(value.as_bytes().to_vec())),
            None => (name, None),
        };
        let (long, takes) = match find(name) {
            Ok(found) => found,
            Err(fault) => {
                if let Some(kept) = name.strip_prefix("no-").and_then(|n| find(n).ok()) {
                    given.forget(kept.0);
                } else {
                    faults.push(fault);
                }
                continue;
            }
        };
        let looks_like_option = |a: &Vec<u8>| a.len() > 1 && a.starts_with(b"-");
        let value = match (takes, joined) {
            (_, Some(value)) => Some(value),
            (Nothing, None) => None,
            (Perhaps, None) => args.next_if(|a| !looks_like_option(a)).cloned(),
            (Value, None) => match args.next() {
                Some(value) => Some(value.clone()),
                None => {
                    faults.push(Fault::Said(format!("Option {name} requires an argument")));
                    continue;
                }
            },
        };
        given.0.push((long, value));
    }
    if faults.is_empty() { Ok(given) } else { Err(faults) }
}

/// The option of this name, which may be shortened.
fn find(name: &str) -> Result<(&'static str, Takes), Fault> {
    let known = |o: &&Opt| o.0.contains(&name);
    if let Some((names, takes)) = OPTIONS.iter().find(known) {
        return names
            .first()
            .map(|n| (*n, *takes))
            .ok_or_else(|| Fault::Said(format!("Unknown option: {name}")));
    }
    if ELSEWHERE.contains(&name) || name.starts_with("xclient-") || name.starts_with("proxy-") {
        return Err(Fault::Elsewhere(name.to_owned()));
    }
    let near: Vec<(&'static str, &Opt)> = OPTIONS
        .iter()
        .flat_map(|o| o.0.iter().filter(|n| n.starts_with(name)).map(move |n| (*n, o)))
        .collect();
    match near.as_slice() {
        [(_, (names, takes))] => {
            names.first().map(|n| (*n, *takes)).ok_or_else(|| Fault::Said(format!("Unknown option: {name}")))
        }
        [] => Err(Fault::Said(format!("Unknown option: {name}"))),
        several => {
            let names: Vec<&str> = several.iter().map(|(n, _)| *n).collect();
            Err(Fault::Said(format!("Option {name} is ambiguous ({})", names.join(", "))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<Vec<u8>> {
        line.split(' ').map(|w| w.as_bytes().to_vec()).collect()
    }

    #[test]
    fn options_as_getopt_reads_them() {
        let given = read(&args(
            "swaks -s mail.example.tld --to=anna@example.tld -tls --h-Subject Hi -q RCPT -a --auth-u anna",
        ))
        .unwrap();
        let shown: Vec<(&str, String)> = given.all().collect();
        let expected = [
            ("server", "mail.example.tld"),
            ("to", "anna@example.tld"),
            ("tls", ""),
            ("header", "Subject: Hi"),
            ("quit-after", "RCPT"),
            ("auth", ""),
            ("auth-user", "anna"),
        ];
        let shown: Vec<(&str, &str)> = shown.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(shown, expected);
        for (line, fault) in [
            ("swaks --bogus", Fault::Said("Unknown option: bogus".into())),
            ("swaks --quit", Fault::Said("Option quit requires an argument".into())),
            ("swaks --protocol", Fault::Said("Option protocol requires an argument".into())),
            ("swaks --pipe x", Fault::Elsewhere("pipe".into())),
        ] {
            assert_eq!(read(&args(line)).unwrap_err(), [fault], "{line}");
        }
        assert!(
            matches!(read(&args("swaks --atta x")).unwrap_err().as_slice(), [Fault::Said(said)] if said.contains("ambiguous"))
        );
        assert!(!read(&args("swaks --tls --no-tls")).unwrap().has("tls"));
    }
}
