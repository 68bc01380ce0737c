//! What a host does with mail it has taken, as data: other names for mailboxes, where mail goes that is not its own, and
//! how long it tries.

use crate::mail::ForwardPath;
use crate::proto::smtp::Style;
use std::time::Duration;

/// What a host does with mail it has taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostSetup {
    /// Addresses that stand for others.
    pub aliases: Vec<Alias>,
    /// Parts the name of a mailbox from what its owner puts behind it (RFC 5233 section 1): `anna+list` with `+`.
    pub delimiter: Option<char>,
    /// Where all mail goes that is not for the host itself; `None`: where DNS says.
    pub smarthost: Option<Smarthost>,
    /// When it tries again, warns and gives up; what its program does by itself where nothing is said.
    pub schedule: Option<Schedule>,
    /// What becomes of mail for a mailbox without room.
    pub full: FullMailbox,
}

/// An address that stands for others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// `team@example.tld`, `team` for all domains of the host, `@example.tld` for whatever nobody else takes there.
    pub name: String,
    /// For whom it stands.
    pub to: Vec<ForwardPath>,
}

/// The host that takes all mail on to elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smarthost {
    /// Its name.
    pub host: String,
    /// The name is a domain whose mail exchangers are meant; otherwise it is the host's own.
    pub exchangers: bool,
    /// The port.
    pub port: u16,
    /// User and password, where it wants to know who brings the mail.
    pub login: Option<(String, String)>,
}

/// When a host tries again, warns and gives up (RFC 5321 section 4.5.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The wait after each try, the last of them after all further ones.
    pub retry: Vec<Duration>,
    /// The sender is told once that it takes longer than this; `None`: never.
    pub warn: Option<Duration>,
    /// After so long a message is given up.
    pub expire: Duration,
}

/// What becomes of mail for a mailbox without room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FullMailbox {
    /// The recipient is refused, and what came nevertheless is returned.
    #[default]
    Refuse,
    /// It is taken, and waits until there is room.
    Defer,
}

/// What the owner of a mailbox has done with what comes for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// To whom it is sent on.
    pub to: Vec<ForwardPath>,
    /// A copy stays.
    pub keep: bool,
    /// It goes on under the mailbox's own address instead of the sender's, so that reports come to the owner.
    pub own_sender: bool,
}

/// The longest waits that a program's own schedule spells out.
const STEPS: u64 = 64;

impl Schedule {
    /// What the original does by itself.
    ///
    /// Postfix waits as long as the message is old, from 300 to 4000 seconds, for five days, and warns nobody. Sendmail's
    /// queue runs every hour; it warns after four hours and gives up after five days. qmail's waits grow with the square
    /// of the tries, for a week. Exim: a quarter of an hour for two hours, then half as long again each time up to 16
    /// hours, then six hours, until four days are over; a warning each day, of which here the first is sent. Exchange: six
    /// times five minutes, then ten; a notice after four hours, the end after two days.
    pub fn of(style: Style) -> Schedule {
        let minutes = |n: u64| Duration::from_secs(n * 60);
        let hours = |n: u64| minutes(n * 60);
        let (retry, warn, expire) = match style {
            Style::Postfix => {
                let steps = [300, 300, 600, 1200, 2400, 4000];
                (steps.map(Duration::from_secs).to_vec(), None, hours(120))
            }
            Style::Sendmail => (vec![hours(1)], Some(hours(4)), hours(120)),
            Style::Qmail => {
                let step = |n: u64| Duration::from_secs(400 * (2 * n + 1));
                ((0..STEPS).map(step).collect(), None, hours(168))
            }
            Style::Exim => {
                let mut steps = vec![minutes(15); 8];
                steps.extend([60, 90, 135, 203, 304].map(minutes));
                steps.push(hours(6));
                (steps, Some(hours(24)), hours(96))
            }
            Style::Exchange => {
                let mut steps = vec![minutes(5); 6];
                steps.push(minutes(10));
                (steps, Some(hours(4)), hours(48))
            }
        };
        Schedule { retry, warn, expire }
    }

    /// The wait after the try of this number, from 0.
    pub(in crate::world) fn wait(&self, tries: u32) -> Duration {
        let place = usize::try_from(tries).unwrap_or(usize::MAX).min(self.retry.len().saturating_sub(1));
        // Never at once, so that a schedule without waits cannot turn for ever.
        self.retry.get(place).copied().unwrap_or(Duration::from_secs(300)).max(Duration::from_secs(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_within_the_lifetime_of_each_program() {
        for (style, tries) in [
            (Style::Postfix, 112),
            (Style::Sendmail, 120),
            (Style::Qmail, 39),
            (Style::Exim, 27),
            (Style::Exchange, 291),
        ] {
            let schedule = Schedule::of(style);
            let (mut at, mut n) = (Duration::ZERO, 0);
            while at < schedule.expire {
                at += schedule.wait(n);
                n += 1;
            }
            assert_eq!(n, tries, "{style:?}");
        }
    }
}
