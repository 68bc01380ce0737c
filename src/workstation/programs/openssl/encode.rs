//! `openssl base64` and `openssl enc -base64`: lines of 64 characters, and a decoder that, without `-A`, wants lines.

use super::super::super::io::Io;
use super::arguments::{Command, Given, Opt, Takes, flag, value};
use super::{Begun, Flow, errors, reading, text, written};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How many characters a line has.
const LINE: usize = 64;
/// The longest line that the decoder takes without `-A`.
const LONGEST: usize = 79;

const OPTIONS: &[Opt] = &[
    flag("e", "Encode"),
    flag("d", "Decode"),
    flag("a", "Base64 encode/decode"),
    flag("base64", "Same as option -a"),
    flag("A", "Used with -[base64|a] to specify base64 buffer as a single line"),
    value("in", Takes::Value, "Input file"),
    value("out", Takes::Value, "Output file"),
    flag("p", ""),
    flag("v", ""),
];

/// `base64`.
pub(super) static BASE64: Command =
    Command { name: "base64", operands: "", summary: "base64, there and back", options: OPTIONS };
/// `enc`.
pub(super) static ENC: Command =
    Command { name: "enc", operands: "", summary: "with -base64: the same", options: OPTIONS };

/// `base64` and `enc`.
pub(super) fn encode(io: &mut Io, args: &[Vec<u8>], command: &'static Command) -> Begun {
    match read(io, args, command) {
        Err(status) => Begun::Done(status),
        Ok(given) => {
            let path = given.value("in");
            let missing = |io: &mut Io, path: &str, said: &str| {
                io.complain(&format!("Can't open \"{path}\" for reading, {said}\n"));
                errors::no_file(io, path, said, "rb", &[]);
            };
            let base64 = command.name == "base64" || given.has("a") || given.has("base64");
            reading(io, path, missing, move |io, octets| finish(io, &given, base64, octets))
        }
    }
}

fn read(io: &mut Io, args: &[Vec<u8>], command: &'static Command) -> Result<Given, u8> {
    let given = command.read(io, args, true)?;
    if let Some(name) = given.unknown.first() {
        let status = command.fault(io, &format!("Unknown cipher: {name}"));
        let line = format!(
            "error:0308010C:digital envelope routines:inner_evp_generic_fetch:unsupported:../crypto/evp/evp_fetch.c:386:\
             Global default library context, Algorithm ({name} : 0), Properties (<null>)"
        );
        errors::print(io, &[&line]);
        return Err(status);
    }
    command.no_operands(io, &given)?;
    Ok(given)
}

fn finish(io: &mut Io, given: &Given, base64: bool, octets: Vec<u8>) -> Flow {
    let single = given.has("A");
    let out = match (base64, given.has("d")) {
        (false, _) => octets,
        (true, false) if single => STANDARD.encode(&octets).into_bytes(),
        (true, false) => lines(&octets),
        (true, true) => {
            let decoded = decoded(&octets, single);
            if decoded.is_empty() && !octets.is_empty() {
                io.hint(if single || octets.contains(&b'\n') {
                    "openssl base64 -d says nothing where its input is not base64"
                } else {
                    "openssl base64 -d wants whole lines with their line's end; -A takes a line without one"
                });
            }
            decoded
        }
    };
    Flow::Exit(written(io, given.value("out").as_deref(), &out))
}

/// Octets in base64, in lines as OpenSSL makes them.
pub(super) fn lines(octets: &[u8]) -> Vec<u8> {
    let text = STANDARD.encode(octets);
    let mut out = Vec::with_capacity(text.len() + text.len() / LINE + 1);
    for line in text.as_bytes().chunks(LINE) {
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    out
}

/// What OpenSSL decodes: as far as it goes, without a word about what does not.
fn decoded(octets: &[u8], single: bool) -> Vec<u8> {
    let written = text(octets);
    if single {
        let line: String = written.lines().next().unwrap_or_default().trim().to_owned();
        return STANDARD.decode(line).unwrap_or_default();
    }
    // The first line must be whole, and not too long for the decoder's buffer.
    let Some((first, _)) = written.split_once('\n') else { return Vec::new() };
    if first.trim_end().len() > LONGEST {
        return Vec::new();
    }
    let mut letters = String::new();
    for line in written.lines() {
        letters.push_str(line.trim());
        if line.contains('=') {
            break;
        }
    }
    let whole = letters.len() - letters.len() % 4;
    let mut out = Vec::new();
    for group in letters.as_bytes().get(..whole).unwrap_or_default().chunks(4) {
        match STANDARD.decode(group) {
            Ok(octets) => out.extend(octets),
            Err(_) => break,
        }
    }
    out
}
