//! `date`: the lab's time, and dates of mail headers turned into another form or into UTC.

use super::super::io::Io;
use super::{Flow, find, text};
use crate::units::{Time, Zone};
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
    let zone = if given.has('u') { Zone::default() } else { io.machine.zone };
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
            let Some(time) = read(&shown, io.now(), zone) else {
                io.complain(&format!("date: invalid date ‘{shown}’\n"));
                return Flow::Exit(1);
            };
            time
        }
    };
    let line = formatted(time, zone, &format);
    io.print(&format!("{line}\n"));
    Flow::Exit(0)
}

/// A date as mail headers and standards write it, `@seconds`, or `now`.
fn read(shown: &str, now: Time, zone: Zone) -> Option<Time> {
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
    zone.when(shown.parse::<DateTime>().ok()?)
}

/// The time as `date` prints it without a format; `padded` as `strftime`'s `%d` does, for dig.
pub(super) fn when(time: Time, zone: Zone) -> String {
    formatted(time, zone, "%a %b %d %H:%M:%S %Z %Y")
}

/// The time as a long listing of files shows it.
pub(super) fn listed(time: Time, zone: Zone) -> String {
    formatted(time, zone, "%b %e %H:%M")
}

/// What a zone's time is called: its name, or UTC, else its number, as zones without a name of their own have it.
fn name(time: Time, zone: Zone) -> String {
    let offset = zone.at(time);
    let number = offset.hhmm();
    match zone.name_at(time) {
        Some(name) => name.to_owned(),
        None if offset.0 == 0 => "UTC".to_owned(),
        None => number.strip_suffix("00").unwrap_or(&number).to_owned(),
    }
}

fn formatted(time: Time, zone: Zone, format: &str) -> String {
    let offset = zone.at(time);
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
            'c' => formatted(time, zone, "%a %b %e %H:%M:%S %Y"),
            'd' => format!("{:02}", c.day()),
            'D' => formatted(time, zone, "%m/%d/%y"),
            'e' => format!("{:2}", c.day()),
            'F' => formatted(time, zone, "%Y-%m-%d"),
            'H' => format!("{:02}", c.hour()),
            'I' => format!("{:02}", (c.hour() + 11) % 12 + 1),
            'j' => format!("{:03}", c.day_of_year()),
            'm' => format!("{:02}", c.month()),
            'M' => format!("{:02}", c.minute()),
            'n' => "\n".to_owned(),
            'N' => format!("{:09}", time.0.rem_euclid(1_000_000) * 1000),
            'p' => (if c.hour() < 12 { "AM" } else { "PM" }).to_owned(),
            'R' => formatted(time, zone, "%H:%M"),
            's' => time.unix_seconds().to_string(),
            'S' => format!("{:02}", c.second()),
            't' => "\t".to_owned(),
            'T' => formatted(time, zone, "%H:%M:%S"),
            'u' => c.weekday().to_monday_one_offset().to_string(),
            'w' => c.weekday().to_sunday_zero_offset().to_string(),
            'y' => format!("{:02}", c.year().rem_euclid(100)),
            'Y' => c.year().to_string(),
            'z' => offset.hhmm(),
            'Z' => name(time, zone),
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
    use crate::units::Offset;

    #[test]
    fn dates_as_coreutils_prints_them() {
        let t = Time(1_404_118_587_000_000);
        for (offset, format, shown) in [
            (0, USUAL, "Mon Jun 30 08:56:27 UTC 2014"),
            (120, USUAL, "Mon Jun 30 10:56:27 +02 2014"),
            (-210, "%Y-%m-%d %H:%M:%S %z", "2014-06-30 05:26:27 -0330"),
            (0, "%s %j %I%p %e%%%q", "1404118587 181 08AM 30%%q"),
        ] {
            assert_eq!(formatted(t, Offset(offset).into(), format), shown);
        }
    }

    /// As `TZ=Europe/Berlin date` has them, an hour before the clock is put back and an hour after.
    #[test]
    fn a_zone_with_summer_time_has_names_and_its_clock_is_put_back() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        for (seconds, shown) in [
            (1_761_438_600, "Sun Oct 26 02:30:00 CEST 2025 +0200"),
            (1_761_442_200, "Sun Oct 26 02:30:00 CET 2025 +0100"),
        ] {
            assert_eq!(formatted(Time(seconds * 1_000_000), berlin, "%a %b %e %H:%M:%S %Z %Y %z"), shown);
        }
        for (shown, seconds) in [
            ("2025-07-01 12:00:00", Some(1_751_364_000)),
            ("2025-12-01 12:00:00", Some(1_764_586_800)),
            ("2025-10-26 02:30:00", Some(1_761_442_200)),
            // The clock is put forward over it.
            ("2025-03-30 02:30:00", None),
        ] {
            assert_eq!(read(shown, Time(0), berlin).map(Time::unix_seconds), seconds, "{shown}");
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
            assert_eq!(read(shown, now, Zone::default()).map(Time::unix_seconds), seconds, "{shown}");
        }
    }
}
