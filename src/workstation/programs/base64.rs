//! `base64`, as coreutils has it: encodes with lines of 76 characters, decodes strictly.

use super::super::io::Io;
use super::filters::{self, Work};
use super::options::Given;
use super::{Flow, Spec, text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Reads what `base64` is to do.
pub(super) fn base64(io: &mut Io, spec: &'static Spec, given: &Given) -> Result<Work, u8> {
    let mut wrap = 76;
    if let Some(columns) = given.value('w') {
        let columns = text(columns);
        let number = columns.bytes().all(|b| b.is_ascii_digit()) && !columns.is_empty();
        if !number {
            io.complain(&format!("base64: invalid wrap size: ‘{columns}’\n"));
            return Err(1);
        }
        // More columns than can be counted are one line.
        wrap = columns.parse().unwrap_or(0);
    }
    if let Some(extra) = given.operands.get(1) {
        return Err(spec.extra_operand(io, extra));
    }
    let (decode, ignore) = (given.has('d'), given.has('i'));
    Ok(Work::new(given.operands.clone(), move |io, files| {
        let (octets, mut status) = filters::joined(io, "base64", files);
        if decode {
            status |= decoded(io, &octets, ignore);
        } else {
            io.out(&encoded(&octets, wrap));
        }
        Flow::Exit(status)
    }))
}

fn encoded(octets: &[u8], wrap: usize) -> Vec<u8> {
    let text = STANDARD.encode(octets);
    if wrap == 0 {
        return text.into_bytes();
    }
    let mut out = Vec::with_capacity(text.len() + text.len() / wrap + 1);
    for line in text.as_bytes().chunks(wrap) {
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    out
}

/// Writes what can be decoded; a broken group is decoded as far as it goes, and ends it with a complaint.
fn decoded(io: &mut Io, octets: &[u8], ignore: bool) -> u8 {
    let letter = |b: &u8| b.is_ascii_alphanumeric() || b"+/".contains(b);
    let kept: Vec<u8> =
        octets.iter().copied().filter(|b| *b != b'\n' && (!ignore || letter(b) || *b == b'=')).collect();
    let mut out = Vec::with_capacity(kept.len() / 4 * 3);
    let mut good = true;
    for group in kept.chunks(4) {
        let letters = group.iter().take_while(|b| letter(b)).count();
        out.extend(bits(group.get(..letters).unwrap_or_default()));
        // The unused last bits before the padding are not looked at.
        let padded = group.iter().skip(letters).all(|b| *b == b'=');
        good = group.len() == 4 && letters >= 2 && padded;
        if !good {
            break;
        }
    }
    io.out(&out);
    if good {
        return 0;
    }
    io.complain("base64: invalid input\n");
    1
}

/// The whole octets in up to four letters.
fn bits(letters: &[u8]) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let padded = letters.iter().copied().chain(*b"AAAA").take(4);
    let joined = padded.fold(0u32, |v, b| (v << 6) | u32::from(value(b)));
    (joined << 8).to_be_bytes().into_iter().take(letters.len() * 6 / 8).collect()
}
