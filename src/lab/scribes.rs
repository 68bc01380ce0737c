//! Threads that write down as JSON what somebody need not wait for, or what takes long: meanwhile the attempt goes on.

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// How many write at the same time. More would take the processor from those who are waited for.
const SCRIBES: usize = 2;

/// All of a lab's.
#[derive(Debug)]
pub(super) struct Scribes(Semaphore);

impl Default for Scribes {
    fn default() -> Scribes {
        Scribes(Semaphore::new(SCRIBES))
    }
}

impl Scribes {
    /// Does this work on another thread; `None` where it fell, or where everything ends. Safe to cancel: then the work is
    /// done all the same, or was not begun.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        // It is never closed.
        let _place = self.0.acquire().await.ok()?;
        spawn_blocking(work).await.ok()
    }
}
