//! The arguments of the workstation's programs: their options, and what their operands are.

use super::super::programs::{
    self, Spec, dig_options, openssl_options, ssh_commands, swaks_options, telnet_commands, telnet_specials,
};
use super::super::services;
use super::shell::files;
use super::words::Words;
use super::{Completion, Offer, Scene, addresses, hosts, machines, plain};

/// What an operand or an option's argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing one could know.
    Free,
    File,
    /// A machine's name or address.
    Machine,
    /// A name of the DNS.
    Name,
    /// A mail address.
    Person,
    /// A port.
    Port,
    /// A program.
    Program,
    /// One of these.
    Of(&'static [&'static str]),
}

const TYPES: &[&str] = &["A", "AAAA", "ANY", "CNAME", "MX", "NS", "PTR", "SOA", "TXT"];
const ZONE: &[&str] = &["list", "show", "add", "delete", "edit"];
const STARTTLS: &[&str] = &["smtp", "pop3", "imap"];
const MECHANISMS: &[&str] = &["PLAIN", "LOGIN", "CRAM-MD5"];
/// The ports of mail.
const PORTS: [&str; 7] = ["25", "110", "143", "465", "587", "993", "995"];

/// How the word at the cursor could go on, after a program and the arguments before it.
pub(super) fn arguments(scene: &Scene, words: &[String], typed: &str) -> Vec<Offer> {
    let Some((name, args)) = words.split_first() else { return Vec::new() };
    let Some(spec) = programs::find(name) else { return files(scene, typed) };
    match spec.name {
        "openssl" => return openssl(scene, args, typed),
        "swaks" => return swaks(scene, args, typed),
        "dig" if typed.starts_with('@') => return prefixed("@", machines(scene)),
        "dig" if typed.starts_with('+') => {
            return prefixed("+", dig_options().map(Offer::exact).collect());
        }
        "ssh" if typed.contains('@') => {
            let user = typed.split('@').next().unwrap_or_default();
            return prefixed(&format!("{user}@"), machines(scene));
        }
        _ => {}
    }
    let kind = args.last().and_then(|last| argument_of(spec, last));
    match kind {
        Some(kind) => offers(scene, kind, typed),
        None if typed.starts_with('-') => options(spec),
        None => operands(scene, spec, args, typed),
    }
}

fn prefixed(prefix: &str, offers: Vec<Offer>) -> Vec<Offer> {
    offers.into_iter().map(|o| Offer { word: format!("{prefix}{}", o.word), ..o }).collect()
}

/// What comes after this option, where it takes an argument and has none yet.
fn argument_of(spec: &Spec, option: &str) -> Option<Kind> {
    let long = option.strip_prefix("--");
    let letter = option.strip_prefix('-').and_then(|o| o.chars().last());
    let takes = spec.options.iter().filter(|o| !o.value.is_empty());
    let mut takes = takes.filter(|o| match long {
        Some(long) => !o.long.is_empty() && o.long == long,
        None => Some(o.short) == letter,
    });
    Some(match (takes.next()?.value, spec.name) {
        ("FILE", _) => Kind::File,
        ("TYPE", "dig" | "host") => Kind::Of(TYPES),
        ("NAME", "dig") => Kind::Name,
        ("ADDRESS" | "FROM" | "CC" | "BCC", "mail") => Kind::Person,
        ("ADDRESS", "dig") => Kind::Machine,
        _ => Kind::Free,
    })
}

fn options(spec: &Spec) -> Vec<Offer> {
    let short = spec.options.iter().filter(|o| o.short != '\0').map(|o| format!("-{}", o.short));
    let long = spec.options.iter().filter(|o| !o.long.is_empty()).map(|o| format!("--{}", o.long));
    short.chain(long).map(Offer::exact).collect()
}

fn operands(scene: &Scene, spec: &Spec, args: &[String], typed: &str) -> Vec<Offer> {
    // The arguments that are neither options nor what belongs to one.
    let mut taken = 0;
    let mut before: Option<&String> = None;
    for arg in args {
        let of_option = before.is_some_and(|b| argument_of(spec, b).is_some());
        let is_option = arg.len() > 1 && arg.starts_with(['-', '+', '@']);
        if !of_option && !is_option {
            taken += 1;
        }
        before = Some(arg);
    }
    let first = args.first().map(String::as_str).unwrap_or_default();
    let kind = match (spec.name, taken) {
        ("telnet" | "nc" | "ssh", 0) | ("host", 1) => Kind::Machine,
        ("telnet" | "nc", 1) => Kind::Port,
        ("ssh", 1) => return ssh_commands().map(Offer::exact).collect(),
        ("host", 0) => Kind::Name,
        ("dig", _) => {
            let types = if taken > 0 { offers(scene, Kind::Of(TYPES), typed) } else { Vec::new() };
            return hosts(scene).into_iter().chain(types).collect();
        }
        ("mail", _) => Kind::Person,
        ("help" | "man" | "type" | "which", _) => Kind::Program,
        ("zone", 0) => Kind::Of(ZONE),
        ("zone", 1) if first != "list" => {
            return scene.net.open_zones().into_iter().map(Offer::name).collect();
        }
        ("cat" | "ls" | "rm" | "head" | "tail" | "wc" | "base64" | "md5sum" | "echo" | "printf", _)
        | ("grep" | "sed", 1..) => Kind::File,
        _ => Kind::Free,
    };
    offers(scene, kind, typed)
}

fn offers(scene: &Scene, kind: Kind, typed: &str) -> Vec<Offer> {
    match kind {
        Kind::Free => Vec::new(),
        Kind::File => files(scene, typed),
        Kind::Machine => machines(scene),
        Kind::Name => hosts(scene),
        Kind::Person => addresses(scene),
        Kind::Port if typed.starts_with(|c: char| c.is_ascii_digit()) => PORTS.map(Offer::exact).to_vec(),
        Kind::Port => services::names().map(Offer::exact).collect(),
        Kind::Program => programs::names().map(Offer::exact).collect(),
        Kind::Of(words) => words.iter().map(|word| Offer::verb(*word)).collect(),
    }
}

fn openssl(scene: &Scene, args: &[String], typed: &str) -> Vec<Offer> {
    let Some((command, rest)) = args.split_first() else {
        return openssl_options(None).into_iter().map(|(name, _)| Offer::exact(name)).collect();
    };
    let last = rest.last().map(String::as_str).unwrap_or_default();
    let takes =
        last.starts_with('-') && openssl_options(Some(command)).iter().any(|(o, takes)| *takes && o == last);
    match last.trim_start_matches('-') {
        "connect" if takes => with_port(scene, typed),
        "starttls" if takes => offers(scene, Kind::Of(STARTTLS), typed),
        "servername" | "verify_hostname" if takes => offers(scene, Kind::Name, typed),
        "inform" | "outform" if takes => offers(scene, Kind::Of(&["PEM", "DER"]), typed),
        "in" | "out" | "CAfile" if takes => offers(scene, Kind::File, typed),
        _ if takes => Vec::new(),
        _ if typed.starts_with('-') => {
            openssl_options(Some(command)).into_iter().map(|(o, _)| Offer::exact(o)).collect()
        }
        _ if command == "s_client" => Vec::new(),
        _ => offers(scene, Kind::File, typed),
    }
}

/// HOST:PORT, a part at a time.
fn with_port(scene: &Scene, typed: &str) -> Vec<Offer> {
    match typed.rsplit_once(':') {
        Some((host, _)) => PORTS.iter().map(|port| Offer::exact(format!("{host}:{port}"))).collect(),
        None => machines(scene)
            .into_iter()
            .map(|o| Offer { word: format!("{}:", o.word), ..o }.then(""))
            .collect(),
    }
}

fn swaks(scene: &Scene, args: &[String], typed: &str) -> Vec<Offer> {
    let last = args.last().map(String::as_str).unwrap_or_default();
    let takes = swaks_options().find(|(name, takes)| *takes && last.strip_prefix("--") == Some(*name));
    let kind = match takes.map(|(name, _)| name) {
        Some("to" | "from" | "auth-user") => Kind::Person,
        Some("server") => Kind::Machine,
        Some("helo" | "tls-sni") => Kind::Name,
        Some("port") => Kind::Port,
        Some("auth") => Kind::Of(MECHANISMS),
        Some("data" | "body" | "attach" | "attach-body") if typed.starts_with('@') => {
            return prefixed("@", files(scene, typed.get(1..).unwrap_or_default()));
        }
        Some(_) => Kind::Free,
        None => return swaks_options().map(|(name, _)| Offer::exact(format!("--{name}"))).collect(),
    };
    offers(scene, kind, typed)
}

/// How a command at telnet's own prompt could go on.
pub(super) fn telnet_command(scene: &Scene, before: &str) -> Completion {
    let words = Words::of(before);
    let all = match (words.done.first().copied(), words.done.len()) {
        (None, _) | (Some("?" | "help"), 1) => telnet_commands().map(Offer::exact).collect(),
        (Some("open"), 1) => offers(scene, Kind::Machine, words.typed),
        (Some("open"), 2) => offers(scene, Kind::Port, words.typed),
        (Some("send"), _) => telnet_specials().map(Offer::exact).collect(),
        _ => Vec::new(),
    };
    plain(before, words.typed, all)
}
