//! `date`: the lab's time, and dates of mail headers turned into another form or into UTC.

use super::super::io::Io;
use super::{Flow, find, text};
use crate::units::{Offset, Time};
use jiff::civil::DateTime;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// What `date` prints without a format, and dig after `WHEN:`.
const USUAL: &str = "%a %b %e %H:%M:%S %Z %Y";

/// `date`.
pub(super) fn date(io: &mut Io, args: &[Vec<u8>]) -> Flow {
    let Some(spec) = find("date") else { return Flow::Exit(1) };
    let given = match spec.read(io, args) {
        Ok(given) => given,
        Err(status) => return Flow::Exit(status),
    };
    let offset = if given.has('u') { Offset(0) } else { io.machine.offset };
    let mut format = match given.last_of("RI") {
        Some('R') => "%a, %d %b %Y %H:%M:%S %z".to_owned(),
        Some(_) => "%Y-%m-%d".to_owned(),
        None => USUAL.to_owned(),
    };
    for operand in &given.operands {
        let operand = text(operand);
        match operand.strip_prefix('+') {
            Some(f) => f.clone_into(&mut format),
            None => {
                io.complain(&format!("date: invalid date ‘{operand}’\n"));
                return Flow::Exit(1);
            }
        }
    }
    let time = match given.value('d') {
        None => io.now(),
        Some(shown) => {
            let shown = text(shown);
            let Some(time) = read(&shown, io.now(), offset) else {
                io.complain(&format!("date: invalid date ‘{shown}’\n"));
                return Flow::Exit(1);
            };
            time
        }
    };
    let line = formatted(time, offset, &format);
    io.print(&format!("{line}\n"));
    Flow::Exit(0)
}

/// A date as mail headers and standards write it, `@seconds`, or `now`.
fn read(shown: &str, now: Time, offset: Offset) -> Option<Time> {
    let shown = shown.trim();
    let micros = |stamp: jiff::Timestamp| Time(stamp.as_microsecond());
    if shown.is_empty() || shown == "now" {
        return Some(now);
    }
    if let Some(seconds) = shown.strip_prefix('@') {
        return seconds.parse::<i64>().ok()?.checked_mul(1_000_000).map(Time);
    }
    // A comment such as (CEST) after the zone says nothing new.
    let bare = shown.split_once(" (").map_or(shown, |(date, _)| date);
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(bare) {
        return Some(micros(zoned.timestamp()));
    }
    if let Ok(stamp) = shown.parse::<jiff::Timestamp>() {
        return Some(micros(stamp));
    }
    let civil: DateTime = shown.parse().ok()?;
    let zone = jiff::tz::Offset::from_seconds(i32::from(offset.0) * 60).ok()?;
    zone.to_timestamp(civil).ok().map(micros)
}

/// The time as `date` prints it without a format; `padded` as `strftime`'s `%d` does, for dig.
pub(super) fn when(time: Time, offset: Offset) -> String {
    formatted(time, offset, "%a %b %d %H:%M:%S %Z %Y")
}

/// The time as a long listing of files shows it.
pub(super) fn listed(time: Time, offset: Offset) -> String {
    formatted(time, offset, "%b %e %H:%M")
}

/// The name of a zone: UTC, else its number, as zones without a name of their own have it.
fn zone(offset: Offset) -> String {
    let number = offset.hhmm();
    if offset.0 == 0 { "UTC".to_owned() } else { number.strip_suffix("00").unwrap_or(&number).to_owned() }
}

fn formatted(time: Time, offset: Offset, format: &str) -> String {
    let c = time.civil(offset);
    let day = DAYS.get(usize::from(c.weekday().to_monday_zero_offset().unsigned_abs())).unwrap_or(&"");
    let month = MONTHS.get((c.month().unsigned_abs() as usize).wrapping_sub(1)).unwrap_or(&"");
    let short = |name: &str| name.get(..3).unwrap_or_default().to_owned();
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(ch) = chars.next() {
        if ch != '%' {
            out.push(ch);
            continue;
        }
        let Some(kind) = chars.next() else {
            out.push('%');
            break;
        };
        let shown = match kind {
            'a' => short(day),
            'A' => (*day).to_owned(),
            'b' | 'h' => short(month),
            'B' => (*month).to_owned(),
            'c' => formatted(time, offset, "%a %b %e %H:%M:%S %Y"),
            'd' => format!("{:02}", c.day()),
            'D' => formatted(time, offset, "%m/%d/%y"),
            'e' => format!("{:2}", c.day()),
            'F' => formatted(time, offset, "%Y-%m-%d"),
            'H' => format!("{:02}", c.hour()),
            'I' => format!("{:02}", (c.hour() + 11) % 12 + 1),
            'j' => format!("{:03}", c.day_of_year()),
            'm' => format!("{:02}", c.month()),
            'M' => format!("{:02}", c.minute()),
            'n' => "\n".to_owned(),
            'N' => format!("{:09}", time.0.rem_euclid(1_000_000) * 1000),
            'p' => (if c.hour() < 12 { "AM" } else { "PM" }).to_owned(),
            'R' => formatted(time, offset, "%H:%M"),
            's' => time.unix_seconds().to_string(),
            'S' => format!("{:02}", c.second()),
            't' => "\t".to_owned(),
            'T' => formatted(time, offset, "%H:%M:%S"),
            'u' => c.weekday().to_monday_one_offset().to_string(),
            'w' => c.weekday().to_sunday_zero_offset().to_string(),
            'y' => format!("{:02}", c.year().rem_euclid(100)),
            'Y' => c.year().to_string(),
            'z' => offset.hhmm(),
            'Z' => zone(offset),
            '%' => "%".to_owned(),
            other => format!("%{other}"),
        };
        out.push_str(&shown);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_coreutils_prints_them() {
        let t = Time(1_404_118_587_000_000);
        for (offset, format, shown) in [
            (0, USUAL, "Mon Jun 30 08:56:27 UTC 2014"),
            (120, USUAL, "Mon Jun 30 10:56:27 +02 2014"),
            (-210, "%Y-%m-%d %H:%M:%S %z", "2014-06-30 05:26:27 -0330"),
            (0, "%s %j %I%p %e%%%q", "1404118587 181 08AM 30%%q"),
        ] {
            assert_eq!(formatted(t, Offset(offset), format), shown);
        }
    }

    #[test]
    fn dates_are_read_as_headers_write_them() {
        let now = Time(5);
        for (shown, seconds) in [
            ("Mon, 30 Jun 2014 10:56:27 +0200", Some(1_404_118_587)),
            ("30 Jun 2014 10:56:27 +0200 (CEST)", Some(1_404_118_587)),
            ("2014-06-30T08:56:27Z", Some(1_404_118_587)),
            ("2014-06-30 08:56:27", Some(1_404_118_587)),
            ("@1404118587", Some(1_404_118_587)),
            ("now", Some(0)),
            ("bogus", None),
            ("@99999999999999999999", None),
        ] {
            assert_eq!(read(shown, now, Offset(0)).map(Time::unix_seconds), seconds, "{shown}");
        }
    }
}
