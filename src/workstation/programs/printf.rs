//! `printf`, as bash has it: escapes, conversions, the format used again while arguments are left.

use super::super::escape::{self, Dialect, Escape};
use super::super::io::Io;
use super::echo::undo;
use super::{Flow, find, text};

/// The most octets one `printf` writes.
const OUTPUT: usize = 1 << 20;
/// The widest field.
const WIDTH: usize = 64 << 10;

/// A conversion such as `%-5.2s`.
#[derive(Debug, Default)]
struct Conversion {
    left: bool,
    zero: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
}

/// One run of `printf`.
struct Run<'a> {
    args: std::slice::Iter<'a, Vec<u8>>,
    /// An argument was asked for in this round of the format.
    consumed: bool,
    out: Vec<u8>,
    said: Vec<String>,
    failed: bool,
}

/// What ends the whole output.
enum End {
    /// `\c` in a `%b`.
    Stop,
    /// A conversion that is none: the message.
    Bad(String),
}

pub(super) fn printf(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("printf") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(status) => return Flow::Exit(status),
    };
    let Some((format, operands)) = given.operands.split_first() else {
        io.complain("printf: usage: printf [-v var] format [arguments]\n");
        return Flow::Exit(2);
    };
    let mut run =
        Run { args: operands.iter(), consumed: false, out: Vec::new(), said: Vec::new(), failed: false };
    loop {
        run.consumed = false;
        match run.format(format) {
            Err(End::Stop) => break,
            Err(End::Bad(message)) => {
                run.said.push(message);
                run.failed = true;
                break;
            }
            Ok(()) if run.args.len() == 0 || !run.consumed || run.out.len() >= OUTPUT => break,
            Ok(()) => {}
        }
    }
    for message in &run.said {
        io.complain(&format!("bash: printf: {message}\n"));
    }
    match given.value('v') {
        Some(name) => io.env.set(&text(name), run.out),
        None => io.out(&run.out),
    }
    Flow::Exit(u8::from(run.failed))
}

impl Run<'_> {
    fn format(&mut self, format: &[u8]) -> Result<(), End> {
        let mut at = 0;
        while let Some(&b) = format.get(at) {
            at += 1;
            let rest = format.get(at..).unwrap_or_default();
            match b {
                b'\\' => {
                    let (escape, taken) = escape::one(rest, Dialect::Format);
                    at += taken;
                    match escape {
                        Escape::Octets(octets) => self.out.extend(octets),
                        Escape::NoDigits(c) => {
                            self.said.push(format!("missing hex digit for \\{c}"));
                            self.out.extend(format!("\\{c}").into_bytes());
                        }
                        Escape::Stop => return Err(End::Stop),
                    }
                }
                b'%' => at += self.conversion(rest)?,
                _ => self.out.push(b),
            }
        }
        Ok(())
    }

    /// The conversion in front of `rest`; how many octets it has.
    fn conversion(&mut self, rest: &[u8]) -> Result<usize, End> {
        let mut c = Conversion::default();
        let mut at = 0;
        while let Some(flag) = rest.get(at) {
            match flag {
                b'-' => c.left = true,
                b'0' => c.zero = true,
                b'+' => c.plus = true,
                b' ' => c.space = true,
                b'#' => c.alternate = true,
                b'\'' => {}
                _ => break,
            }
            at += 1;
        }
        let (width, taken) = self.number(rest.get(at..).unwrap_or_default());
        at += taken;
        c.left |= width < 0;
        c.width = usize::try_from(width.unsigned_abs()).unwrap_or(WIDTH).min(WIDTH);
        if rest.get(at) == Some(&b'.') {
            let (precision, taken) = self.number(rest.get(at + 1..).unwrap_or_default());
            at += taken + 1;
            c.precision = usize::try_from(precision).ok().map(|p| p.min(WIDTH));
        }
        while matches!(rest.get(at), Some(b'h' | b'l' | b'L' | b'j' | b'z' | b't')) {
            at += 1;
        }
        let Some(&kind) = rest.get(at) else {
            let shown = text(rest.get(..at).unwrap_or_default());
            return Err(End::Bad(format!("`%{shown}': missing format character")));
        };
        match kind {
            b'%' => self.out.push(b'%'),
            b's' => {
                let s = self.argument();
                self.pad(&c, cut(&s, c.precision));
            }
            b'c' => {
                let s = self.argument();
                self.pad(&c, s.get(..1).unwrap_or_default());
            }
            b'b' => {
                let (s, stop) = undo(&self.argument());
                self.pad(&c, cut(&s, c.precision));
                if stop {
                    return Err(End::Stop);
                }
            }
            b'q' => {
                let s = quoted(&self.argument());
                self.pad(&c, &s);
            }
            b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => {
                let n = self.integer();
                self.integer_out(&c, kind, n);
            }
            b'f' | b'F' | b'e' | b'E' | b'g' | b'G' => {
                let n = self.float();
                self.float_out(&c, kind, n);
            }
            _ => return Err(End::Bad(format!("`{}': invalid format character", char::from(kind)))),
        }
        Ok(at + 1)
    }

    /// A width or precision: digits, or `*` and an argument.
    fn number(&mut self, rest: &[u8]) -> (i64, usize) {
        if rest.first() == Some(&b'*') {
            return (i64::try_from(self.integer()).unwrap_or(0), 1);
        }
        let n = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let digits = std::str::from_utf8(rest.get(..n).unwrap_or_default()).unwrap_or_default();
        (if n == 0 { 0 } else { digits.parse().unwrap_or(i64::from(u32::MAX)) }, n)
    }

    fn argument(&mut self) -> Vec<u8> {
        self.consumed = true;
        self.args.next().cloned().unwrap_or_default()
    }

    /// An argument as a number: decimal, 0octal, 0xhex or 'c.
    fn integer(&mut self) -> i128 {
        let arg = text(&self.argument());
        let s = arg.trim_start();
        if let Some(c) = s.strip_prefix(['\'', '"']).and_then(|s| s.chars().next()) {
            return i128::from(u32::from(c));
        }
        let (sign, digits) = match s.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, s.strip_prefix('+').unwrap_or(s)),
        };
        let lower = digits.to_ascii_lowercase();
        let (radix, digits) = match lower.strip_prefix("0x") {
            Some(hex) => (16, hex.to_owned()),
            None if lower.starts_with('0') => (8, lower),
            None => (10, lower),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let (number, rest) = digits.split_at(end);
        if !rest.is_empty() || (number.is_empty() && !s.is_empty()) {
            self.said.push(format!("{arg}: invalid number"));
            self.failed = true;
        }
        let value = number.chars().try_fold(0i128, |v, c| {
            v.checked_mul(i128::from(radix))?.checked_add(i128::from(c.to_digit(radix).unwrap_or(0)))
        });
        let value = sign * value.unwrap_or(i128::from(i64::MAX));
        value.clamp(i128::from(i64::MIN), i128::from(u64::MAX))
    }

    fn float(&mut self) -> f64 {
        let arg = text(&self.argument());
        if arg.is_empty() {
            return 0.0;
        }
        arg.trim().parse().unwrap_or_else(|_| {
            self.said.push(format!("{arg}: invalid number"));
            self.failed = true;
            0.0
        })
    }

    fn integer_out(&mut self, c: &Conversion, kind: u8, n: i128) {
        // A negative number shown without sign is its two's complement in 64 bits.
        let unsigned = n.rem_euclid(1 << 64);
        let mut digits = match kind {
            b'd' | b'i' => n.unsigned_abs().to_string(),
            b'u' => unsigned.to_string(),
            b'o' => format!("{}{unsigned:o}", if c.alternate { "0" } else { "" }),
            b'x' => format!("{}{unsigned:x}", if c.alternate { "0x" } else { "" }),
            _ => format!("{}{unsigned:X}", if c.alternate { "0X" } else { "" }),
        };
        let sign = match kind {
            b'd' | b'i' if n < 0 => "-",
            b'd' | b'i' if c.plus => "+",
            b'd' | b'i' if c.space => " ",
            _ => "",
        };
        let wanted = match c.precision {
            Some(p) => p,
            None if c.zero && !c.left => c.width.saturating_sub(sign.len()),
            None => 0,
        };
        if digits.len() < wanted {
            digits.insert_str(0, &"0".repeat(wanted - digits.len()));
        }
        self.pad(c, format!("{sign}{digits}").as_bytes());
    }

    fn float_out(&mut self, c: &Conversion, kind: u8, n: f64) {
        let precision = c.precision.unwrap_or(6).min(300);
        let shown = match kind.to_ascii_lowercase() {
            b'f' => format!("{n:.precision$}"),
            b'e' => exponent(&format!("{n:.precision$e}")),
            _ => format!("{n}"),
        };
        let shown = if c.plus && n >= 0.0 { format!("+{shown}") } else { shown };
        self.pad(c, shown.as_bytes());
    }

    fn pad(&mut self, c: &Conversion, s: &[u8]) {
        let fill = vec![b' '; c.width.saturating_sub(s.len())];
        if self.out.len() + fill.len() + s.len() > OUTPUT {
            return;
        }
        if c.left {
            self.out.extend_from_slice(s);
            self.out.extend(fill);
        } else {
            self.out.extend(fill);
            self.out.extend_from_slice(s);
        }
    }
}

/// Rust writes `1.5e0` where C writes `1.5e+00`.
fn exponent(s: &str) -> String {
    let Some((mantissa, exponent)) = s.split_once('e') else { return s.to_owned() };
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |d| ('-', d));
    format!("{mantissa}e{sign}{digits:0>2}")
}

fn cut(s: &[u8], precision: Option<usize>) -> &[u8] {
    precision.and_then(|p| s.get(..p)).unwrap_or(s)
}

/// `%q`: quoted so that the shell would read it back.
fn quoted(s: &[u8]) -> Vec<u8> {
    if s.is_empty() {
        return b"''".to_vec();
    }
    let mut out = Vec::new();
    for &b in s {
        if !(b.is_ascii_alphanumeric() || b >= 0x80 || b"_-./:=@%+,".contains(&b)) {
            out.push(b'\\');
        }
        out.push(b);
    }
    out
}
