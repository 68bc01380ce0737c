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
