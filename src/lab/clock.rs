//! Where the real world comes in: the wall clock, the operating system's entropy, and the clock of one attempt.

use super::LabError;
use crate::units::Time;
use std::time::Duration;
use tokio::time::Instant;

/// The wall clock.
#[allow(clippy::disallowed_methods)] // the one place that reads it
pub(super) fn wall_clock() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Time(0).plus(since.unwrap_or_default())
}

/// A name that nobody can guess: 128 random bits in hexadecimal.
pub(super) fn token() -> Result<String, LabError> {
    let bits = u128::from(entropy()?) << 64 | u128::from(entropy()?);
    Ok(format!("{bits:032x}"))
}

/// A seed. It has 53 bits, so that a page's JavaScript can show it without rounding.
pub(super) fn seed() -> Result<u64, LabError> {
    Ok(entropy()? >> 11)
}

fn entropy() -> Result<u64, LabError> {
    getrandom::u64().map_err(|e| LabError::NoEntropy { what: e.to_string() })
}

/// The clock of one attempt: it moves only while somebody is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttemptClock {
    stood_at: Time,
    running_since: Option<Instant>,
}

impl AttemptClock {
    /// A clock that stands at `now`.
    pub(super) fn standing(now: Time) -> AttemptClock {
        AttemptClock { stood_at: now, running_since: None }
    }

    /// The time it shows.
    pub(super) fn now(&self) -> Time {
        self.running_since.map_or(self.stood_at, |since| self.stood_at.plus(since.elapsed()))
    }

    /// Somebody is there.
    pub(super) fn run(&mut self) {
        if self.running_since.is_none() {
            self.running_since = Some(Instant::now());
        }
    }

    /// Nobody is there any more.
    pub(super) fn stand(&mut self) {
        *self = AttemptClock::standing(self.now());
    }

    /// Puts it forward.
    pub(super) fn skip(&mut self, time: Duration) {
        self.stood_at = self.stood_at.plus(time);
    }

    /// When it will show `due`; `None` while it stands.
    pub(super) fn moment(&self, due: Time) -> Option<Instant> {
        self.running_since?;
        // Nothing in a world waits for longer than this without being looked at again.
        let wait = due.since(self.now()).min(Duration::from_secs(86_400));
        Some(Instant::now() + wait)
    }
}

/// How fast inputs may come: a bucket that fills at a steady rate, and of which each input takes one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    per_second: f64,
    burst: f64,
    left: f64,
    filled: Instant,
}

impl Pace {
    /// A full bucket.
    pub(super) fn new(per_second: u32, burst: u32) -> Pace {
        let burst = f64::from(burst.max(1));
        Pace { per_second: f64::from(per_second.max(1)), burst, left: burst, filled: Instant::now() }
    }

    /// Takes one.
    ///
    /// # Errors
    /// How long to wait where there is none.
    pub(super) fn take(&mut self) -> Result<(), Duration> {
        let now = Instant::now();
        let filled = now.saturating_duration_since(self.filled).as_secs_f64() * self.per_second;
        (self.left, self.filled) = ((self.left + filled).min(self.burst), now);
        if self.left >= 1.0 {
            self.left -= 1.0;
            return Ok(());
        }
        Err(Duration::from_secs_f64((1.0 - self.left) / self.per_second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_attempts_clock_stands_while_nobody_is_there() {
        let mut clock = AttemptClock::standing(Time(1_000_000));
        let hour = Duration::from_secs(3600);
        tokio::time::advance(hour).await;
        assert_eq!((clock.now(), clock.moment(Time(2_000_000))), (Time(1_000_000), None));
        clock.run();
        tokio::time::advance(Duration::from_secs(5)).await;
        clock.run();
        assert_eq!(clock.now(), Time(6_000_000));
        assert_eq!(clock.moment(Time(7_000_000)), Some(Instant::now() + Duration::from_secs(1)));
        assert_eq!(clock.moment(Time(1)), Some(Instant::now()), "what is overdue is due now");
        assert!(clock.moment(Time(i64::MAX)).is_some());
        clock.stand();
        tokio::time::advance(hour).await;
        assert_eq!(clock.now(), Time(6_000_000));
        for (go, shows) in [(0, 3_606_000_000), (4, 3_610_000_000)] {
            clock.run();
            tokio::time::advance(Duration::from_secs(go)).await;
            if go == 0 {
                clock.skip(hour);
            }
            assert_eq!(clock.now(), Time(shows), "it goes on from where it was put");
        }
        clock.stand();
        clock.skip(hour);
        assert_eq!(clock.now(), Time(7_210_000_000), "it can be put forward while it stands");
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_and_then_the_rate_counts() {
        let mut pace = Pace::new(10, 3);
        let taken = |pace: &mut Pace| (0..10).filter(|_| pace.take().is_ok()).count();
        assert_eq!(taken(&mut pace), 3);
        assert_eq!(pace.take(), Err(Duration::from_millis(100)));
        tokio::time::advance(Duration::from_millis(200)).await;
        assert_eq!(taken(&mut pace), 2);
        tokio::time::advance(Duration::from_secs(3600)).await;
        assert_eq!(taken(&mut pace), 3);
    }

    #[test]
    fn tokens_and_seeds() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert_ne!(one, other);
        assert!(one.len() == 32 && one.bytes().all(|b| b.is_ascii_hexdigit()), "{one}");
        assert!(seed().unwrap() < 1 << 53);
    }
}
