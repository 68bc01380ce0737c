//! Dates as mail has them: RFC 5322 section 3.3, what came before it, and what real programs and people write instead.

use crate::units::{Offset, Time};

/// A date that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The moment. Where no zone is named, or one that nobody knows, as if it were UTC.
    pub at: Time,
    /// The zone; `None` where there is none or an unknown one.
    pub offset: Option<Offset>,
    /// The day of the week that stands there and the right one, where the two differ.
    pub wrong_day: Option<(&'static str, &'static str)>,
    /// The seconds stand there, and not only hour and minute.
    pub seconds: bool,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// As German writers have them, where they differ.
const MONATE: [(&str, i8); 5] = [("mär", 3), ("mrz", 3), ("mai", 5), ("okt", 10), ("dez", 12)];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Longer than any date; what is longer is none.
const LONGEST: usize = 120;

/// Reads a date. Lenient: the day of the week, the seconds and the zone may be missing, months may be written out, years
/// may have two digits (RFC 5322 section 4.3), zones may be names, and the orders of ctime, of ISO 8601 and of German
/// letters are understood. Comments do not count.
pub fn date(text: &str) -> Option<Dated> {
    if text.len() > LONGEST {
        return None;
    }
    let text = without_comments(text);
    let mut found = Found::default();
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        found.word(word)?;
    }
    found.finish()
}

/// Does a text, as people write it, name this moment? Without a zone it is taken for UTC; without seconds, any second of
/// the minute will do; without a date, any day.
pub fn is_moment(text: &str, at: Time) -> bool {
    let text = text.trim();
    let minute = |t: Time| t.unix_seconds().div_euclid(60);
    let same = |a: Time, b: Time, seconds: bool| {
        if seconds { a.unix_seconds() == b.unix_seconds() } else { minute(a) == minute(b) }
    };
    if let Some(dated) = date(text) {
        return same(dated.at, at, dated.seconds);
    }
    // The clock alone: as if of that day, or of one of its neighbours where the zone moves it there.
    [-1, 0, 1].into_iter().any(|days| {
        let day = Time(at.0.saturating_add(days * 86_400_000_000)).utc();
        let day = day.get(..10).unwrap_or_default();
        date(&format!("{day} {text}")).is_some_and(|dated| same(dated.at, at, dated.seconds))
    })
}

/// What of a date has been read.
#[derive(Default)]
struct Found {
    weekday: Option<&'static str>,
    month: Option<i8>,
    /// Numbers that are day or year, in their order.
    numbers: Vec<(i16, usize)>,
    /// Year, month and day where they stood together.
    together: Option<(i16, i8, i8)>,
    clock: Option<(i8, i8, Option<i8>)>,
    offset: Option<Offset>,
    zone: bool,
}

impl Found {
    /// Takes the next word; `None` where it cannot belong to a date.
    fn word(&mut self, word: &str) -> Option<()> {
        let lower = word.to_lowercase();
        let letters = lower.trim_end_matches('.');
        let named = |names: &[&str]| names.iter().position(|n| letters.starts_with(n) && letters.len() < 10);
        if self.clock.is_none() && word.contains(':') {
            // ISO 8601 joins date and clock by a T, and clock and zone by nothing.
            let (date, clock) = word.split_once(['T', 't']).map_or(("", word), |(d, c)| (d, c));
            if !date.is_empty() {
                self.together = Some(day_of_iso(date)?);
            }
            let end = clock.find(|c: char| !c.is_ascii_digit() && !":.".contains(c)).unwrap_or(clock.len());
            let (clock, zone) = clock.split_at_checked(end)?;
            self.clock = Some(clock_of(clock)?);
            return if zone.is_empty() { Some(()) } else { self.zone(zone) };
        }
        let is_letters = letters.chars().all(char::is_alphabetic);
        if is_letters && self.month.is_none() {
            let monat = MONATE.iter().find(|(name, _)| letters.starts_with(name)).map(|(_, m)| *m);
            let month = named(&MONTHS).and_then(|m| i8::try_from(m + 1).ok());
            if let Some(month) = month.or(monat).filter(|_| letters.chars().count() >= 3) {
                self.month = Some(month);
                return Some(());
            }
        }
        if is_letters && self.weekday.is_none() && self.numbers.is_empty() && self.together.is_none() {
            let day = DAYS.iter().find(|d| letters.starts_with(&d.to_lowercase()));
            if let Some(day) = day {
                self.weekday = Some(day);
                return Some(());
            }
        }
        if self.together.is_none() && word.contains('-') && word.starts_with(|c: char| c.is_ascii_digit()) {
            self.together = Some(day_of_iso(word)?);
            return Some(());
        }
        if self.together.is_none() && word.matches('.').count() == 2 && !is_letters {
            self.together = Some(day_of_german(word)?);
            return Some(());
        }
        let digits = word.trim_end_matches('.');
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !self.zone {
            self.numbers.push((digits.parse().ok()?, digits.len()));
            return (self.numbers.len() <= 2).then_some(());
        }
        match letters {
            // "um 11:55:38 Uhr", "at".
            "um" | "uhr" | "at" | "on" | "am" | "den" => Some(()),
            _ if self.clock.is_some() => self.zone(word),
            _ => None,
        }
    }

    /// Takes a zone: `+0200`, `+02:00`, or a name (RFC 5322 section 4.3).
    fn zone(&mut self, zone: &str) -> Option<()> {
        // One zone; a second one, such as `+0200 CEST`, says the same again.
        if std::mem::replace(&mut self.zone, true) && self.offset.is_some() {
            return Some(());
        }
        self.offset = offset_of(zone);
        // Letters are a zone that is not known; anything else is no date.
        let letters = zone.chars().all(|c| c.is_ascii_alphabetic());
        (self.offset.is_some() || (letters && zone.len() <= 5)).then_some(())
    }

    fn finish(self) -> Option<Dated> {
        let (year, month, day) = match (self.together, self.month, self.numbers.as_slice()) {
            (Some(date), None, []) => date,
            (None, Some(month), [(day, 1..=2), (year, digits)]) => {
                (full_year(*year, *digits)?, month, i8::try_from(*day).ok()?)
            }
            _ => return None,
        };
        let (hour, minute, second) = self.clock?;
        let offset = self.offset.unwrap_or_default();
        let clock = (hour, minute, second.unwrap_or(0));
        let at = Time::of_clock((year, month, day), clock, offset)?;
        let right = at.weekday(offset);
        let wrong_day = self.weekday.filter(|said| *said != right).map(|said| (said, right));
        Some(Dated { at, offset: self.offset, wrong_day, seconds: second.is_some() })
    }
}

/// Hour, minute and second, where there is one, of `11:55:38`; fractions do not count.
pub(super) fn clock_of(text: &str) -> Option<(i8, i8, Option<i8>)> {
    let mut parts = text.split(':');
    let number = |part: &str| {
        let part = part.split('.').next().unwrap_or_default();
        (1..=2).contains(&part.len()).then(|| part.parse::<i8>().ok()).flatten()
    };
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let second = match parts.next() {
        Some(second) => Some(number(second)?),
        None => None,
    };
    let good = hour < 24 && minute < 60 && second.is_none_or(|s| s <= 60) && parts.next().is_none();
    good.then_some((hour, minute, second))
}

/// `2018-09-01`.
fn day_of_iso(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = year.len() == 4 && parts.next().is_none();
    if whole { Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)) } else { None }
}

/// `1.9.2018` or `01.09.2018`.
fn day_of_german(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some((full_year(year.parse().ok()?, year.len())?, month.parse().ok()?, day.parse().ok()?))
}

/// RFC 5322 section 4.3: two digits below 50 are of this century, others of the last.
fn full_year(year: i16, digits: usize) -> Option<i16> {
    match digits {
        2 if year < 50 => Some(2000 + year),
        2 | 3 => Some(1900 + year),
        4 => Some(year),
        _ => None,
    }
}

fn offset_of(zone: &str) -> Option<Offset> {
    if let Some(digits) = zone.strip_prefix(['+', '-']) {
        let digits = digits.replace(':', "");
        let (hours, minutes) = digits.split_at_checked(2)?;
        let all = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
        let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
        let size = Some(hours * 60 + minutes).filter(|_| all && hours < 24 && minutes < 60)?;
        return Some(Offset(if zone.starts_with('-') { -size } else { size }));
    }
    let hours = match zone.to_ascii_uppercase().as_str() {
        "GMT" | "UT" | "UTC" | "Z" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "CET" | "MEZ" => 1,
        "CEST" | "MESZ" => 2,
        _ => return None,
    };
    Some(Offset(hours * 60))
}

fn without_comments(text: &str) -> String {
    let mut depth = 0usize;
    let kept = text.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_real_programs_and_people_write_them() {
        for (text, read) in [
            ("Mon, 30 Jun 2014 10:56:27 +0200 (CEST)", "2014-06-30 08:56:27 +0200"),
            ("1 Sep 2018 13:55:38 +0200", "2018-09-01 11:55:38 +0200"),
            ("Wed, 6 Sept 2018 10:02:47 +0000", "2018-09-06 10:02:47 +0000 Wed is Thu"),
            ("Mon, 18 Oct 2008 04:11:45 +0200", "2008-10-18 02:11:45 +0200 Mon is Sat"),
            ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)", "1996-07-17 09:23:25 -0700"),
            ("17 Jul 96 02:23 GMT", "1996-07-17 02:23:00 +0000"),
            ("Sat Sep  1 13:55:38 2018", "2018-09-01 13:55:38"),
            ("Sat Sep  1 13:55:38 CEST 2018", "none"),
            ("2018-09-01T11:55:38Z", "2018-09-01 11:55:38 +0000"),
            ("2018-09-01T13:55:38.123+02:00", "2018-09-01 11:55:38 +0200"),
            ("2018-09-01 11:55:38 UTC", "2018-09-01 11:55:38 +0000"),
            ("01.09.2018, um 11:55:38 UTC", "2018-09-01 11:55:38 +0000"),
            ("1.9.2018 13:55:38 MESZ", "2018-09-01 11:55:38 +0200"),
            ("1. September 2018, 11:55 Uhr UTC", "2018-09-01 11:55:00 +0000"),
            ("3 März 2026 10:00:00 +0100", "2026-03-03 09:00:00 +0100"),
            ("Fri, 31 Dec 1999 23:59:60 -0330", "2000-01-01 03:29:59 -0330"),
            ("1 Sep 2018 13:55:38", "2018-09-01 13:55:38"),
            ("1 Sep 2018 13:55:38 XYZ", "2018-09-01 13:55:38"),
            ("31 Feb 2018 13:55:38 +0200", "none"),
            ("1 Sep 2018 25:55:38 +0200", "none"),
            ("1 Sep 2018", "none"),
            ("1 Foo 2018 13:55:38 +0200", "none"),
            ("by server11011.net with SMTP", "none"),
            ("1 Sep 2018 13:55:38 +99", "none"),
            ("", "none"),
        ] {
            let shown = date(text).map_or("none".to_owned(), |d| {
                let zone = d.offset.map_or(String::new(), |o| format!(" {}", o.hhmm()));
                let day = d.wrong_day.map_or(String::new(), |(said, right)| format!(" {said} is {right}"));
                format!("{}{zone}{day}", d.at.utc())
            });
            assert_eq!(shown, read, "{text}");
        }
        assert_eq!(date(&"(".repeat(200)), None);
    }

    #[test]
    fn moments_as_people_name_them() {
        let at = date("1 Sep 2018 13:55:38 +0200").unwrap().at;
        for (text, same) in [
            ("2018-09-01 11:55:38 UTC", true),
            ("2018-09-01 11:55:38", true),
            ("01.09.2018, um 11:55:38 UTC", true),
            ("1 Sep 2018 13:55:38 +0200", true),
            ("2018-09-01T11:55:38Z", true),
            ("11:55:38", true),
            (" 11:55:38 UTC ", true),
            ("11:55", true),
            ("11.55", false),
            ("13:55:38", false),
            ("13:55:38 +0200", true),
            ("01:55:38 +1400", true),
            ("11:55:39", false),
            ("11:54", false),
            ("2018-09-02 11:55:38 UTC", false),
            ("", false),
            ("soon", false),
        ] {
            assert_eq!(is_moment(text, at), same, "{text}");
        }
    }
}
