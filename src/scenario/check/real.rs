//! Names and addresses that belong to someone: a scenario must use those set aside for examples, so that nobody's
//! host is blamed in a lesson and nothing typed here works outside by accident.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{Model, PtrModel, VarKind};
use crate::scenario::template::Str;
use crate::world::Network;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// Networks no one outside is at: documentation (RFC 5737), private use (RFC 1918), loopback and this host
/// (RFC 1122 section 3.2.1.3), shared (RFC 6598), link-local (RFC 3927), benchmarking (RFC 2544); and those that
/// stand in helo's source texts.
const NETWORKS: [([u8; 4], u8); 14] = [
    ([192, 0, 2, 0], 24),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([10, 0, 0, 0], 8),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
    ([127, 0, 0, 0], 8),
    ([0, 0, 0, 0], 32),
    ([100, 64, 0, 0], 10),
    ([169, 254, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([123, 45, 0, 0], 16),
    ([62, 46, 14, 170], 32),
    ([12, 34, 56, 78], 32),
];

/// Names set aside (RFC 2606, RFC 6761, RFC 8375), and endings nobody can register.
const RESERVED: [&str; 9] = [
    "test",
    "example",
    "invalid",
    "localhost",
    "example.com",
    "example.net",
    "example.org",
    "home.arpa",
    "local",
];

/// Names that stand in helo's source texts. `tld` and `ext` are no one's top-level domains.
const SOURCES: [&str; 11] = [
    "tld",
    "ext",
    "server11011.net",
    "highway.telekom.at",
    "uni-koeln.de",
    "gmx.de",
    "tu-darmstadt.de",
    "cac.washington.edu",
    "mit.edu",
    "cnri.reston.va.us",
    "in-addr.arpa",
];

const HELP_ADDRESS: &str = "use 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24 (RFC 5737)";
const HELP_NAME: &str = "use names under .test or .example, or example.com, .net and .org (RFC 2606)";

pub(super) fn check(source: &str, model: &Model, faults: &mut Vec<Diagnostic>) {
    for text in &model.strings {
        addresses(source, text, faults);
        mailboxes(source, text, faults);
    }
    for name in names(model) {
        if let Some(fault) = real_name(name) {
            faults.push(fault);
        }
    }
    for var in &model.vars {
        if let VarKind::Ip(net) = &var.kind
            // A network that begins elsewhere was found among the addresses.
            && set_aside(Network { prefix: 32, ..net.value })
            && !set_aside(net.value)
        {
            let message = format!(
                "addresses in this network belong to someone: {}/{}",
                net.value.base, net.value.prefix
            );
            faults.push(Diagnostic::warning("real-address", net.span.clone(), message).help(HELP_ADDRESS));
        }
    }
}

/// The names of hosts and domains.
fn names(model: &Model) -> Vec<&Str> {
    let mut names: Vec<&Str> = model.workstation.name.iter().collect();
    for host in &model.hosts {
        names.push(&host.name);
        names.extend(host.domains.iter().flatten());
        names.extend([&host.smtp, &host.pop3].into_iter().flatten().filter_map(|s| s.banner_name.as_ref()));
        if let PtrModel::Other(name) = &host.ptr {
            names.push(name);
        }
    }
    names.extend(model.domains.iter().map(|d| &d.name));
    names
}

fn real_name(name: &Str) -> Option<Diagnostic> {
    let shown = name.value.trim();
    // What ends in a variable is judged by nobody; a single label is no name in DNS.
    if shown.ends_with("}}") || !shown.contains('.') || is_reserved(shown) {
        return None;
    }
    let message = format!("{} may be somebody's name", shown.escape_debug());
    Some(Diagnostic::warning("real-name", name.span.clone(), message).help(HELP_NAME))
}

fn is_reserved(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_lowercase();
    RESERVED
        .iter()
        .chain(&SOURCES)
        .any(|end| name.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

fn within(inner: Network, outer: Network) -> bool {
    inner.prefix >= outer.prefix && outer.contains(inner.base.into())
}

fn set_aside(net: Network) -> bool {
    NETWORKS
        .iter()
        .any(|(base, prefix)| within(net, Network { base: Ipv4Addr::from(*base), prefix: *prefix }))
}

/// Is it an address of an example, or one nobody outside has? For IPv6: documentation (RFC 3849, RFC 9637),
/// loopback, unique local (RFC 4193) and link-local addresses, and the one in helo's source texts.
fn is_set_aside(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(base) => set_aside(Network { base, prefix: 32 }),
        IpAddr::V6(ip) => {
            let [a, b, ..] = ip.segments();
            let source: Ipv6Addr = Ipv6Addr::new(0x2001, 0x41b8, 0x83f, 0x1611, 0, 0, 0, 0x150);
            (a == 0x2001 && b == 0xdb8)
                || (a == 0x3fff && b < 0x1000)
                || a & 0xfe00 == 0xfc00
                || a & 0xffc0 == 0xfe80
                || ip.is_loopback()
                || ip.is_unspecified()
                || ip == source
        }
    }
}

/// Where a word of a string stands, at its first place; the whole string where the file has it in another form.
fn place(source: &str, text: &Str, word: &str) -> Range<usize> {
    let at = source.get(text.span.clone()).and_then(|raw| raw.find(word));
    at.map_or_else(|| text.span.clone(), |at| text.span.start + at..text.span.start + at + word.len())
}

/// Addresses in a text: what can be read as one between characters that cannot belong to it.
fn addresses(source: &str, text: &Str, faults: &mut Vec<Diagnostic>) {
    let part = |c: char| c.is_ascii_hexdigit() || matches!(c, '.' | ':');
    let mut rest = 0;
    for run in text.value.split(|c| !part(c)) {
        let before = text.value.get(..rest).unwrap_or_default();
        let after = text.value.get(rest + run.len()..).unwrap_or_default();
        rest += run.len() + after.chars().next().map_or(0, char::len_utf8);
        let word = run.trim_end_matches(['.', ':']);
        // An IPv6 address has two colons at least; clock times are no addresses.
        let looks = word.contains('.') || word.matches(':').count() >= 2;
        let Some(ip) = word.parse::<IpAddr>().ok().filter(|ip| looks && !is_set_aside(*ip)) else { continue };
        if is_section(before, word) || is_turned(ip, run, after) {
            continue;
        }
        let message = format!("{ip} belongs to someone");
        faults
            .push(Diagnostic::warning("real-address", place(source, text, word), message).help(HELP_ADDRESS));
    }
}

/// Is it the number of a section, such as RFC 5321's 4.5.4.1? Then a word that says so stands shortly before it, and its
/// numbers are small.
fn is_section(before: &str, word: &str) -> bool {
    const WORDS: [&str; 5] = ["section", "abschnitt", "rfc", "§", "chapter"];
    let said = |one: &str| {
        let one = one.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '§').to_lowercase();
        WORDS.iter().any(|word| one.starts_with(word))
    };
    word.split('.').all(|n| n.len() <= 2) && before.split_whitespace().rev().take(5).any(said)
}

/// Is it an address of an example, turned around for a name in the DNS (RFC 1035 section 3.5)?
fn is_turned(ip: IpAddr, run: &str, after: &str) -> bool {
    let IpAddr::V4(ip) = ip else { return false };
    let [a, b, c, d] = ip.octets();
    let ending = after.get(..12).is_some_and(|name| name.eq_ignore_ascii_case("in-addr.arpa"));
    run.ends_with('.') && ending && is_set_aside(Ipv4Addr::new(d, c, b, a).into())
}

/// Mail addresses in a text.
fn mailboxes(source: &str, text: &Str, faults: &mut Vec<Diagnostic>) {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    for (at, _) in text.value.match_indices('@') {
        let local = text.value.get(..at).and_then(|t| t.chars().next_back());
        let after = text.value.get(at + 1..).unwrap_or_default();
        let domain = after.split(|c| !part(c)).next().unwrap_or_default().trim_end_matches(['.', '-']);
        let filled_in = after.get(domain.len()..).is_some_and(|rest| rest.starts_with("{{"));
        let in_an_address =
            local.is_some_and(|c| c.is_alphanumeric() || matches!(c, '*' | '}' | '_' | '.' | '-'));
        if in_an_address && !filled_in && domain.contains('.') && !is_reserved(domain) {
            let message = format!("mail addresses at {domain} may be somebody's");
            faults
                .push(Diagnostic::warning("real-name", place(source, text, domain), message).help(HELP_NAME));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str) -> Vec<&'static str> {
        let text = Str { value: value.into(), span: 0..1 };
        let mut faults = Vec::new();
        addresses("", &text, &mut faults);
        mailboxes("", &text, &mut faults);
        faults.extend(real_name(&text).filter(|_| !value.contains([' ', '@', ':', '('])));
        faults.iter().map(|f| f.code).collect()
    }

    #[test]
    fn names_and_addresses_of_examples_pass_and_others_do_not() {
        const NONE: &[&str] = &[];
        for (text, codes) in [
            ("mail.example.tld", NONE),
            ("server11011.net", NONE),
            ("m198p010.dipool.highway.telekom.at", NONE),
            ("example.com.", NONE),
            ("a.b.test", NONE),
            ("{{name}}.lab.test", NONE),
            ("mail.{{domain}}", NONE),
            ("ws", NONE),
            ("mail.notexample.com", &["real-name"]),
            ("gmail.com", &["real-name"]),
            ("from faked.tester.tld (faked.tester.tld [123.45.67.89])", NONE),
            ("(62.46.14.170)", NONE),
            ("at 192.0.2.25.", NONE),
            ("at 8.8.8.8.", &["real-address"]),
            ("Sendmail 8.13.8/8.13.8", NONE),
            ("at 10:56:27 or 12::", NONE),
            ("at 71.100.51.198.in-addr.arpa and 4.2.8.8.in-addr.arpa", &["real-address"]),
            ("at 71.100.51.198", &["real-address"]),
            ("see RFC 5321 section 4.5.4.1, and Abschnitt 4.5.3.1", NONE),
            ("(RFC 5321, 4.5.4.1)", NONE),
            ("a section on 217.160.0.1", &["real-address"]),
            ("::1 and 2001:db8::25 and 2001:41b8:83f:1611::150", NONE),
            ("over 2a00:1450::8", &["real-address"]),
            ("write to anna@example.org, then <x@tu-darmstadt.de>", NONE),
            ("write to bill@microsoft.com.", &["real-name"]),
            ("{{victim}}@posteo.de", &["real-name"]),
            ("*@tester.tld and lab@ws:~$ and @wait 1.5s and x@{{domain}}", NONE),
        ] {
            assert_eq!(found(text), codes, "{text}");
        }
    }
}
