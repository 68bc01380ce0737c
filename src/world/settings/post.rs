//! Settings of what a host does with mail it has taken: where it goes, what parts a recipient's name, how long it waits.

use super::super::{HostSetup, Schedule, Smarthost};
use crate::proto::smtp::Style;
use std::time::Duration;

const RELAYHOST: &str =
    "a host in brackets or a domain, a port behind a colon if need be: [mail.example.org]:587";
const DELIMITER: &str = "one character such as +, or nothing";
const TIME: &str = "a time such as 300s, 5m, 4h or 5d";
/// The longest time that Postfix can keep, in seconds.
const LONGEST: u64 = i32::MAX as u64;
const DAY: u64 = 86_400;

/// When the host tries again and gives up.
pub(super) fn schedule(host: &HostSetup) -> Schedule {
    let style = host.smtp.as_ref().map_or(Style::Postfix, |s| s.config.style);
    host.post.schedule.clone().unwrap_or_else(|| Schedule::of(style))
}

/// The wait after the first try.
pub(super) fn shortest_wait(host: &HostSetup) -> Duration {
    schedule(host).wait(0)
}

/// The wait after late tries.
pub(super) fn longest_wait(host: &HostSetup) -> Duration {
    schedule(host).wait(u32::MAX)
}

/// Sets one of the two; a mail waits as long as it is old, within these bounds (postconf(5)).
pub(super) fn set_waits(
    host: &mut HostSetup,
    shortest: Option<&str>,
    longest: Option<&str>,
) -> Result<(), &'static str> {
    let read = |text: Option<&str>, usual: Duration| match text {
        Some(text) => time(text, 1).ok_or(TIME),
        None => Ok(usual),
    };
    let least = read(shortest, shortest_wait(host))?.max(Duration::from_secs(1));
    let most = read(longest, longest_wait(host))?.max(least);
    let (mut retry, mut age) = (Vec::new(), Duration::ZERO);
    while retry.last() != Some(&most) {
        let wait = age.clamp(least, most);
        retry.push(wait);
        age += wait;
    }
    host.post.schedule = Some(Schedule { retry, ..schedule(host) });
    Ok(())
}

/// Sets after how long a message is given up.
pub(super) fn set_lifetime(host: &mut HostSetup, value: &str) -> Result<(), &'static str> {
    let expire = time(value, DAY).ok_or(TIME)?;
    host.post.schedule = Some(Schedule { expire, ..schedule(host) });
    Ok(())
}

/// Sets what parts a recipient's name.
pub(super) fn set_delimiter(host: &mut HostSetup, value: &str) -> Result<(), &'static str> {
    let mut characters = value.trim().chars();
    let delimiter = characters.next();
    let bad = |c: char| c.is_alphanumeric() || c.is_whitespace() || "@<>,".contains(c);
    if characters.next().is_some() || delimiter.is_some_and(bad) {
        return Err(DELIMITER);
    }
    host.post.delimiter = delimiter;
    Ok(())
}

/// The host that takes all mail on to elsewhere, as `relayhost` names it.
pub(super) fn relayhost(host: &HostSetup) -> String {
    host.post.smarthost.as_ref().map_or_else(String::new, |to| {
        let name = if to.exchangers { to.host.clone() } else { format!("[{}]", to.host) };
        if to.port == 25 { name } else { format!("{name}:{}", to.port) }
    })
}

/// Sets it: `[host]` and `[address]` are looked up as they are, a bare name by its mail exchangers.
pub(super) fn set_relayhost(host: &mut HostSetup, value: &str) -> Result<(), &'static str> {
    let value = value.trim();
    if value.is_empty() {
        host.post.smarthost = None;
        return Ok(());
    }
    let (name, port, exchangers) = match value.strip_prefix('[') {
        Some(rest) => {
            let (name, port) = rest.split_once(']').ok_or(RELAYHOST)?;
            (name, port.strip_prefix(':').or(port.is_empty().then_some("25")), false)
        }
        None => {
            let (name, port) = value.split_once(':').unwrap_or((value, "25"));
            (name, Some(port), true)
        }
    };
    let port = match port.ok_or(RELAYHOST)? {
        "smtp" => 25,
        "submission" => 587,
        port => port.parse().ok().filter(|port| *port > 0).ok_or(RELAYHOST)?,
    };
    let good = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c) || (c == ':' && !exchangers);
    if name.is_empty() || !name.chars().all(good) {
        return Err(RELAYHOST);
    }
    host.post.smarthost = Some(Smarthost { host: name.to_owned(), port, exchangers, login: None });
    Ok(())
}

/// The password belongs to the host for which it was written down (smtp_sasl_password_maps), and is there again where that
/// one is named again.
pub(super) fn keep_login(host: &mut HostSetup, base: &HostSetup) {
    if let (Some(now), Some(usual)) = (&mut host.post.smarthost, &base.post.smarthost)
        && now.port == usual.port
        && now.host.eq_ignore_ascii_case(&usual.host)
    {
        now.login.clone_from(&usual.login);
    }
}

/// A time as Postfix writes it; a number alone counts `unit` seconds.
fn time(text: &str, unit: u64) -> Option<Duration> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, name) = text.split_at_checked(end)?;
    let unit = match name.to_ascii_lowercase().as_str() {
        "" => unit,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => DAY,
        "w" => 7 * DAY,
        _ => return None,
    };
    let seconds = number.parse::<u64>().ok()?.checked_mul(unit)?;
    (seconds <= LONGEST).then(|| Duration::from_secs(seconds))
}

/// A time in seconds.
pub(super) fn shown_seconds(time: Duration) -> String {
    format!("{}s", time.as_secs())
}

/// A time in the largest unit that it is a multiple of, up to days.
pub(super) fn shown_days(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [(DAY, 'd'), (3600, 'h'), (60, 'm')];
    let unit = units.into_iter().find(|(unit, _)| seconds.is_multiple_of(*unit)).unwrap_or((1, 's'));
    format!("{}{}", seconds / unit.0, unit.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (text, seconds) in [
            ("300s", Some(300)),
            ("5", Some(5 * DAY)),
            ("5D", Some(5 * DAY)),
            (" 1w ", Some(7 * DAY)),
            ("0", Some(0)),
            ("2147483647s", Some(LONGEST)),
            ("2147483648s", None),
            ("99999999999999999999", None),
            ("300000000000000000w", None),
            ("", None),
            ("-1s", None),
            ("5 d", None),
            ("5y", None),
            ("dä", None),
        ] {
            assert_eq!(time(text, DAY), seconds.map(Duration::from_secs), "{text}");
        }
        for (seconds, shown) in [(5 * DAY, "5d"), (3600, "1h"), (5400, "90m"), (61, "61s"), (0, "0d")] {
            assert_eq!(shown_days(Duration::from_secs(seconds)), shown);
        }
    }
}
