//! `openssl rand`: octets of the attempt's own randomness, the same in every replay.

use super::super::super::io::Io;
use super::arguments::{Command, Takes, flag, value};
use super::{Begun, encode, written};

/// How many octets it draws at most.
const MOST: u64 = 1 << 20;

/// `rand`.
pub(super) static RAND: Command = Command {
    name: "rand",
    operands: "num",
    summary: "random octets",
    options: &[
        flag("base64", "Base64 encode output"),
        flag("hex", "Hex encode output"),
        value("out", Takes::Value, "Output file"),
    ],
};

/// `rand`.
pub(super) fn rand(io: &mut Io, args: &[Vec<u8>]) -> Begun {
    match drawn(io, args) {
        Ok(status) | Err(status) => Begun::Done(status),
    }
}

fn drawn(io: &mut Io, args: &[Vec<u8>]) -> Result<u8, u8> {
    let given = RAND.read(io, args, false)?;
    let count = match given.operands.as_slice() {
        [] => 0,
        [count] => {
            let count = super::text(count);
            count
                .parse::<u64>()
                .map_err(|_| RAND.fault(io, &format!("Can't parse \"{count}\" as a number")))?
        }
        _ => return Err(RAND.use_help(io)),
    };
    if count > MOST {
        io.hint(&format!("at most {MOST} random octets in one go"));
        return Err(1);
    }
    let octets = io.random(usize::try_from(count).unwrap_or(0));
    let shown = if given.has("hex") {
        let mut hex: String = octets.iter().map(|b| format!("{b:02x}")).collect();
        hex.push('\n');
        hex.into_bytes()
    } else if given.has("base64") {
        encode::lines(&octets)
    } else {
        octets
    };
    Ok(written(io, given.value("out").as_deref(), &shown))
}
