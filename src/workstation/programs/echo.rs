//! `echo`, as bash has it.

use super::super::escape::{self, Dialect, Escape};
use super::super::io::Io;
use super::Flow;

pub(super) fn echo(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let (mut line_end, mut escapes) = (true, false);
    let mut words = args.get(1..).unwrap_or_default();
    while let Some((first, rest)) = words.split_first() {
        let Some(letters) = first.strip_prefix(b"-").filter(|l| !l.is_empty()) else { break };
        if !letters.iter().all(|b| b"neE".contains(b)) {
            break;
        }
        for letter in letters {
            match letter {
                b'n' => line_end = false,
                b'e' => escapes = true,
                _ => escapes = false,
            }
        }
        words = rest;
    }
    let mut out = words.join(&b' ');
    if escapes {
        let (undone, stop) = undo(&out);
        out = undone;
        line_end &= !stop;
    }
    if line_end {
        out.push(b'\n');
    }
    io.out(&out);
    Flow::Exit(0)
}

/// The text with its escapes undone, and whether `\c` ended it.
pub(super) fn undo(text: &[u8]) -> (Vec<u8>, bool) {
    let (mut out, mut at) = (Vec::with_capacity(text.len()), 0);
    while let Some(&b) = text.get(at) {
        at += 1;
        if b != b'\\' {
            out.push(b);
            continue;
        }
        let (escape, taken) = escape::one(text.get(at..).unwrap_or_default(), Dialect::Echo);
        at += taken;
        match escape {
            Escape::Octets(octets) => out.extend(octets),
            Escape::NoDigits(c) => out.extend(format!("\\{c}").into_bytes()),
            Escape::Stop => return (out, true),
        }
    }
    (out, false)
}
