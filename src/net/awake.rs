//! When a connection waits awake for the next command, and when it goes to sleep at once.
//!
//! A program that reads a mailbox sends its next command some ten microseconds after the answer. To be woken up takes longer
//! than that where a processor has gone to sleep meanwhile, so who stays awake for this moment answers up to twice as
//! fast. People who type, and programs that think first, are not waited for so: one moment in vain, and the
//! connection sleeps until commands come quickly again.

use std::time::Duration;
use tokio::time::Instant;

/// How long it stays awake.
const MOMENT: Duration = Duration::from_micros(50);
/// Commands that come so soon after an answer come quickly, also where being woken up is part of it.
const QUICK: Duration = Duration::from_micros(150);

/// A connection's habit.
#[derive(Debug, Default)]
pub(super) struct Awake {
    /// The last command came quickly.
    quick: bool,
    /// The disk has nothing to do. Else the processor is for whoever makes it ready.
    calm: bool,
    /// Since when it waits.
    since: Option<Instant>,
}

impl Awake {
    /// An input was done; is nothing under way to the disk?
    pub(super) fn done(&mut self, calm: bool) {
        self.calm = calm;
    }

    /// Begins to wait for a command; until when it stays awake.
    pub(super) fn waits(&mut self) -> Option<Instant> {
        let now = Instant::now();
        self.since = Some(now);
        (self.quick && self.calm).then(|| now + MOMENT)
    }

    /// The command has come.
    pub(super) fn came(&mut self) {
        self.quick = self.since.is_some_and(|since| since.elapsed() < QUICK);
    }

    /// It has not come in time.
    pub(super) fn in_vain(&mut self) {
        self.quick = false;
    }
}

/// Lets everybody else work, again and again, until this moment.
pub(super) async fn until(moment: Instant) {
    while Instant::now() < moment {
        tokio::task::yield_now().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::advance;

    /// A command that comes after so long; does the connection stay awake for the next one?
    async fn after(awake: &mut Awake, wait: Duration, calm: bool) -> bool {
        awake.waits();
        advance(wait).await;
        awake.came();
        awake.done(calm);
        awake.waits().is_some()
    }

    #[tokio::test(start_paused = true)]
    async fn only_where_commands_come_quickly_and_the_disk_has_nothing_to_do() {
        let mut awake = Awake::default();
        assert!(awake.waits().is_none(), "nothing has come yet");
        assert!(!after(&mut awake, Duration::from_millis(200), true).await, "somebody types");
        assert!(after(&mut awake, Duration::from_micros(90), true).await, "a program reads");
        assert!(!after(&mut awake, Duration::from_micros(90), false).await, "the disk is at work");
        assert!(after(&mut awake, Duration::from_micros(90), true).await);
        awake.in_vain();
        assert!(awake.waits().is_none(), "it has thought for a moment");
        assert!(after(&mut awake, Duration::from_micros(90), true).await, "it goes on");
    }

    #[tokio::test(start_paused = true)]
    async fn a_moment_is_over_when_it_is() {
        let begun = Instant::now();
        tokio::join!(until(begun + MOMENT), advance(MOMENT));
        assert_eq!(begun.elapsed(), MOMENT);
    }
}
