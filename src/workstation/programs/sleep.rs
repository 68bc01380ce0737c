//! `sleep`: lets the lab's time pass.

use super::super::io::Io;
use super::{Flow, Program, find, text};
use crate::units::Time;
use std::time::Duration;

/// What is longer than this is for ever.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// `sleep`.
#[derive(Debug)]
pub(super) struct Sleep {
    until: Option<Time>,
}

impl Sleep {
    pub(super) fn new() -> Sleep {
        Sleep { until: None }
    }
}

/// A number with `s`, `m`, `h` or `d` after it, or `infinity`.
fn interval(arg: &str) -> Option<Duration> {
    if matches!(arg, "infinity" | "inf") {
        return Some(Duration::MAX);
    }
    let (number, unit) = match arg.char_indices().next_back()? {
        (i, 's') => (arg.get(..i)?, 1.0),
        (i, 'm') => (arg.get(..i)?, 60.0),
        (i, 'h') => (arg.get(..i)?, 3600.0),
        (i, 'd') => (arg.get(..i)?, 86400.0),
        _ => (arg, 1.0),
    };
    let plain = number.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let seconds = number.parse::<f64>().ok().filter(|_| plain)? * unit;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

impl Program for Sleep {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let Some(spec) = find("sleep") else { return Flow::Exit(1) };
        let given = match spec.read(io, args) {
            Ok(given) => given,
            Err(status) => return Flow::Exit(status),
        };
        if given.operands.is_empty() {
            io.complain("sleep: missing operand\n");
            return Flow::Exit(spec.try_help(io));
        }
        let (mut total, mut wrong) = (Duration::ZERO, false);
        for operand in &given.operands {
            let operand = text(operand);
            match interval(&operand) {
                Some(d) => total = total.saturating_add(d),
                None => {
                    io.complain(&format!("sleep: invalid time interval ‘{operand}’\n"));
                    wrong = true;
                }
            }
        }
        if wrong {
            return Flow::Exit(spec.try_help(io));
        }
        if total.is_zero() {
            return Flow::Exit(0);
        }
        if total > LONGEST {
            io.hint("that is longer than any attempt; ^C wakes it up");
        } else {
            self.until = Some(io.now().plus(total));
        }
        Flow::Running
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        if self.until.is_some_and(|until| io.now() >= until) { Flow::Exit(0) } else { Flow::Running }
    }

    fn next_wakeup(&self) -> Option<Time> {
        self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_as_coreutils_reads_them() {
        for (arg, seconds) in [
            ("10", Some(10.0)),
            ("0.5", Some(0.5)),
            (".5", Some(0.5)),
            ("2m", Some(120.0)),
            ("1h", Some(3600.0)),
            ("1x", None),
            ("-1", None),
            ("", None),
            ("m", None),
            ("NaN", None),
        ] {
            assert_eq!(interval(arg).map(|d| d.as_secs_f64()), seconds, "{arg}");
        }
        assert_eq!(interval("1e300"), Some(Duration::MAX));
    }
}
