//! Simulated time: microseconds since the Unix epoch, always an argument, never read from a clock in the core.

use jiff::tz;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A moment of an attempt's clock, in microseconds since 1970-01-01 00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

/// A time zone as mail writes it: minutes east of UTC, `+0200` being 120 (RFC 5322 section 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Offset(pub i16);

/// Where a clock hangs: how far it is from UTC, and whether it is put forward in summer as the European Union does it
/// (directive 2000/84/EC: from the last Sunday of March to the last of October, one o'clock UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zone {
    /// In winter, or always.
    pub offset: Offset,
    /// What the time is called in winter and, an hour more, in summer; `None` where nobody touches the clock.
    pub names: Option<(&'static str, &'static str)>,
}

const WESTERN: (&str, &str) = ("WET", "WEST");
const CENTRAL: (&str, &str) = ("CET", "CEST");
const EASTERN: (&str, &str) = ("EET", "EEST");

/// Zones by name, what they are in winter, and what their time is called.
const ZONES: [(&str, i16, (&str, &str)); 13] = [
    ("Europe/Amsterdam", 60, CENTRAL),
    ("Europe/Athens", 120, EASTERN),
    ("Europe/Berlin", 60, CENTRAL),
    ("Europe/Helsinki", 120, EASTERN),
    ("Europe/Lisbon", 0, WESTERN),
    ("Europe/London", 0, ("GMT", "BST")),
    ("Europe/Madrid", 60, CENTRAL),
    ("Europe/Paris", 60, CENTRAL),
    ("Europe/Prague", 60, CENTRAL),
    ("Europe/Rome", 60, CENTRAL),
    ("Europe/Vienna", 60, CENTRAL),
    ("Europe/Warsaw", 60, CENTRAL),
    ("Europe/Zurich", 60, CENTRAL),
];

impl Zone {
    /// By its name in the zone database, such as `Europe/Berlin`; only some of Europe are known.
    pub fn named(name: &str) -> Option<Zone> {
        let (_, winter, names) = ZONES.iter().find(|(known, ..)| *known == name)?;
        Some(Zone { offset: Offset(*winter), names: Some(*names) })
    }

    /// The names that are known.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ZONES.iter().map(|(name, ..)| *name)
    }

    /// What the clock is from UTC at this moment.
    pub fn at(self, now: Time) -> Offset {
        let more = if self.names.is_some() && now.is_summer() { 60 } else { 0 };
        Offset(self.offset.0.saturating_add(more))
    }

    /// What the time is called at this moment, such as `CEST`; `None` where it has no name.
    pub fn name_at(self, now: Time) -> Option<&'static str> {
        self.names.map(|(winter, summer)| if now.is_summer() { summer } else { winter })
    }

    /// The moment at which a clock of this zone shows this; the later one where it does so twice, as `date` has it. `None` for what it never
    /// shows, because it is put forward over it.
    pub fn when(self, shown: jiff::civil::DateTime) -> Option<Time> {
        let summer = Offset(self.offset.0.saturating_add(60));
        let at = |offset: Offset| {
            let zone = tz::Offset::from_seconds(i32::from(offset.0) * 60).ok()?;
            let time = Time(zone.to_timestamp(shown).ok()?.as_microsecond());
            (self.at(time) == offset).then_some(time)
        };
        at(self.offset).or_else(|| at(summer))
    }
}

impl From<Offset> for Zone {
    /// A clock that nobody touches.
    fn from(offset: Offset) -> Zone {
        Zone { offset, names: None }
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Offset {
    /// `+hhmm` or `-hhmm`.
    pub fn hhmm(self) -> String {
        let m = self.0.unsigned_abs();
        format!("{}{:02}{:02}", if self.0 < 0 { '-' } else { '+' }, m / 60, m % 60)
    }
}

impl Time {
    /// This moment, `d` later. Stops at the end of what can be counted instead of overflowing.
    pub fn plus(self, d: Duration) -> Time {
        Time(self.0.saturating_add(i64::try_from(d.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero where it is before.
    pub fn since(self, earlier: Time) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The moment at which a clock of the zone `offset` shows this; `None` where no calendar or clock does. Second 60, the
    /// leap second, is the one before.
    pub fn of_clock(date: (i16, i8, i8), clock: (i8, i8, i8), offset: Offset) -> Option<Time> {
        let ((year, month, day), (hour, minute, second)) = (date, clock);
        let second = if second == 60 { 59 } else { second };
        let shown = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
        let stamp = tz::Offset::UTC.to_timestamp(shown).ok()?;
        Some(Time(stamp.as_microsecond().checked_sub(i64::from(offset.0) * 60_000_000)?))
    }

    /// Is it summer time in the European Union?
    pub fn is_summer(self) -> bool {
        let c = self.civil(Offset(0));
        // March and October have 31 days each.
        let changed = jiff::civil::Date::new(c.year(), c.month(), 31).is_ok_and(|last| {
            let sunday = 31 - last.weekday().to_sunday_zero_offset();
            (c.day(), c.hour()) >= (sunday, 1)
        });
        match c.month() {
            3 => changed,
            4..=9 => true,
            10 => !changed,
            _ => false,
        }
    }

    /// `2018-09-01 11:55:38`, in UTC.
    pub fn utc(self) -> String {
        let c = self.civil(Offset(0));
        let (date, clock) = ((c.year(), c.month(), c.day()), (c.hour(), c.minute(), c.second()));
        format!("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", date.0, date.1, date.2, clock.0, clock.1, clock.2)
    }

    /// The day of the week at `offset`, as mail writes it: `Mon`.
    pub fn weekday(self, offset: Offset) -> &'static str {
        let c = self.civil(offset);
        DAYS[usize::from(c.weekday().to_monday_zero_offset().unsigned_abs()) % 7]
    }

    /// Whole seconds since the epoch.
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The calendar date and clock time at `offset`. Times no calendar reaches are shown as the epoch.
    pub fn civil(self, offset: Offset) -> jiff::civil::DateTime {
        let stamp = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let off = tz::Offset::from_seconds(i32::from(offset.0) * 60).unwrap_or(tz::Offset::UTC);
        off.to_datetime(stamp)
    }

    /// As a header writes it: `Mon, 30 Jun 2014 10:56:27 +0200` (RFC 5322 section 3.3).
    pub fn rfc5322(self, offset: Offset) -> String {
        format!("{}, {}", self.weekday(offset), self.day_and_time(offset))
    }

    /// The same without the day of the week, as qmail writes it: `1 Sep 2018 13:53:24 +0200`.
    pub fn day_and_time(self, offset: Offset) -> String {
        let c = self.civil(offset);
        let month = MONTHS[(c.month().unsigned_abs() as usize + 11) % 12];
        format!(
            "{} {month} {} {:02}:{:02}:{:02} {}",
            c.day(),
            c.year(),
            c.hour(),
            c.minute(),
            c.second(),
            offset.hhmm()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_put_forward_on_sundays() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        for (date, clock, hours) in [
            ((2026, 1, 15), (12, 0, 0), 1),
            ((2026, 3, 29), (0, 59, 59), 1),
            ((2026, 3, 29), (1, 0, 0), 2),
            ((2026, 7, 31), (23, 0, 0), 2),
            ((2026, 10, 25), (0, 59, 59), 2),
            ((2026, 10, 25), (1, 0, 0), 1),
            ((2026, 10, 31), (12, 0, 0), 1),
            // A month whose last day is the Sunday.
            ((2027, 10, 31), (0, 0, 0), 2),
            ((2027, 10, 31), (1, 0, 0), 1),
            ((2026, 12, 31), (23, 59, 59), 1),
        ] {
            let now = Time::of_clock(date, clock, Offset(0)).unwrap();
            assert_eq!(berlin.at(now), Offset(hours * 60), "{date:?} {clock:?}");
            assert_eq!(Zone::from(Offset(120)).at(now), Offset(120), "a fixed one stays");
        }
        assert_eq!(Zone::named("Mars/Olympus"), None);
    }

    #[test]
    fn dates_as_mail_writes_them() {
        let t = Time(1_404_118_587_000_000);
        assert_eq!(t.rfc5322(Offset(120)), "Mon, 30 Jun 2014 10:56:27 +0200");
        assert_eq!(t.day_and_time(Offset(-210)), "30 Jun 2014 05:26:27 -0330");
        assert_eq!(Time::of_clock((2014, 6, 30), (10, 56, 27), Offset(120)), Some(t));
        assert_eq!(Time::of_clock((2014, 2, 29), (10, 56, 27), Offset(0)), None);
        assert_eq!(Time::of_clock((2014, 6, 30), (24, 0, 0), Offset(0)), None);
        assert_eq!((t.utc().as_str(), t.weekday(Offset(0))), ("2014-06-30 08:56:27", "Mon"));
        assert_eq!(Time(i64::MAX).rfc5322(Offset(0)), "Thu, 1 Jan 1970 00:00:00 +0000");
        assert_eq!(Time(i64::MAX).plus(Duration::MAX), Time(i64::MAX));
        assert_eq!(Time(0).since(Time(5)), Duration::ZERO);
    }
}
