//! Octets of a line that are no characters: keys that correct a line elsewhere, and telnet's own words.

use super::opening::Opening;
use crate::explain::say::Say;

/// "Interpret as command" (RFC 854).
const IAC: u8 = 255;
/// The first of telnet's commands that are followed by an option: WILL, WONT, DO, DONT.
const WILL: u8 = 251;
/// So many of one line are named.
const NAMED: usize = 20;

/// Names what of this line no character stands for; nothing where it has none such.
pub(super) fn in_line(o: &mut Opening<'_>, octets: &[u8]) {
    let mut named = 0;
    let mut keys = false;
    let mut rest = octets;
    while let Some((taken, key)) = first(rest) {
        let (piece, after) = rest.split_at_checked(taken).unwrap_or((rest, &[]));
        rest = after;
        let Some(key) = key.filter(|_| named < NAMED) else { continue };
        if key != "line-telnet-command" && !std::mem::replace(&mut keys, true) {
            o.what(Say::new("line-with-keys"));
        }
        named += 1;
        // As octets: telnet's words are not UTF-8.
        let piece: String = piece.iter().map(|octet| char::from(*octet)).collect();
        o.part(0, if key == "line-telnet-command" { numbers(&piece) } else { piece }, Say::new(key));
    }
}

/// How many octets of the line are next, and what they are where that is no character; `None` at the end.
fn first(octets: &[u8]) -> Option<(usize, Option<&'static str>)> {
    Some(match octets {
        [] => return None,
        [0x08, ..] => (1, Some("line-key-backspace")),
        [0x7f, ..] => (1, Some("line-key-delete")),
        [0x1b, b'[', b'A'..=b'D', ..] => (3, Some("line-key-cursor")),
        [IAC, IAC, ..] => (2, None),
        [IAC, WILL..=254, _, ..] => (3, Some("line-telnet-command")),
        [IAC, 240..=250, ..] => (2, Some("line-telnet-command")),
        _ => (1, None),
    })
}

/// Octets as their numbers.
fn numbers(piece: &str) -> String {
    piece.chars().map(|c| u32::from(c).to_string()).collect::<Vec<_>>().join(" ")
}
