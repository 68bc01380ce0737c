//! Lines that a program reads at a prompt of its own: what swaks asks for, the records that `zone edit` takes; which
//! prompt it was is read from what the program had printed.

use super::super::dns;
use super::super::opening::Opening;
use super::mail;
use crate::explain::say::Say;
use crate::rfc::section;

/// A line, and what is known of the moment it was typed in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// What the program had printed without ending the line: its prompt, or nothing.
    pub(super) prompt: &'a str,
    /// Lines that were pasted together with this one, before it.
    pub(super) before: &'a [&'a str],
    /// The line.
    pub(super) line: &'a str,
}

/// A line for a running program; false where nothing is known of its lines.
pub(super) fn typed(o: &mut Opening<'_>, program: &str, asked: Asked<'_>) -> bool {
    match program {
        "mail" => mail::typed(o, asked),
        "swaks" => swaks(o, asked),
        "zone" => zone(o, asked),
        _ => return false,
    }
    true
}

/// The prompts of swaks, each with the text on what is asked for.
pub(in crate::explain::line) const SWAKS: &[(&str, &str)] = &[
    ("From: ", "swaks-asks-from"),
    ("Helo: ", "swaks-asks-helo"),
    ("To: ", "swaks-asks-to"),
    ("Server: ", "swaks-asks-server"),
    ("Port: ", "swaks-asks-port"),
    ("Data: ", "swaks-asks-data"),
    ("Timeout: ", "swaks-asks-timeout"),
    ("Body: ", "swaks-asks-body"),
    ("Attach: ", "swaks-asks-attach"),
    ("Username: ", "swaks-asks-username"),
    ("Password: ", "swaks-asks-password"),
];

/// An answer to a question of swaks.
fn swaks(o: &mut Opening<'_>, asked: Asked<'_>) {
    let known = SWAKS.iter().find(|(prompt, _)| *prompt == asked.prompt && asked.before.is_empty());
    let Some((prompt, key)) = known else {
        return o.part(0, asked.line, Say::new("swaks-asks-other"));
    };
    o.what(Say::new(key));
    if asked.line.is_empty() {
        return o.what(Say::new("swaks-asks-nothing"));
    }
    match *prompt {
        "From: " | "To: " => {
            o.rule(section(5321, if *prompt == "To: " { "4.1.1.3" } else { "4.1.1.2" }));
            addresses(o, 0, asked.line, "swaks-address");
        }
        _ => o.part(0, asked.line, Say::new(key)),
    }
}

/// Addresses with commas between them, each with its parts.
pub(super) fn addresses(o: &mut Opening<'_>, depth: u8, list: &str, key: &'static str) {
    for one in list.split(',').map(str::trim).filter(|one| !one.is_empty()).take(100) {
        o.part(depth, one, Say::new(key));
        let bare = match one.split_once('<') {
            Some((name, rest)) => {
                let name = name.trim().trim_matches('"');
                if !name.is_empty() {
                    o.part(depth + 1, name, Say::new("value-display-name"));
                }
                rest.split('>').next().unwrap_or(rest)
            }
            None => one,
        };
        if let Some((local, domain)) = bare.rsplit_once('@') {
            o.part(depth + 1, local, Say::new("smtp-part-local"));
            o.part(depth + 1, domain, Say::new("value-domain"));
        }
    }
}

/// A line for `zone edit` (RFC 1035 section 5.1).
fn zone(o: &mut Opening<'_>, asked: Asked<'_>) {
    let line = asked.line.trim();
    if line == "." {
        o.what(Say::new("zone-edit-end"));
        return o.part(0, ".", Say::new("zone-edit-end"));
    }
    o.rule(section(1035, "5.1"));
    o.next(".", "zone-edit-next-end");
    match line.bytes().next() {
        None => o.what(Say::new("zone-edit-empty")),
        Some(b';') => {
            o.what(Say::new("zone-edit-comment"));
            o.part(0, line, Say::new("zone-edit-comment"));
        }
        Some(b'$') => {
            o.what(Say::new("zone-edit-directive"));
            o.part(0, line, Say::new("zone-edit-directive"));
        }
        Some(_) => {
            o.what(Say::new("zone-edit-record"));
            dns::record(o, 0, line);
        }
    }
}
