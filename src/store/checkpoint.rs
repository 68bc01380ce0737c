//! Moves what is in the write-ahead log into the database, on a thread and a connection of its own: whoever waits for
//! a commit waits for the log's fsync and not for this.

use super::backend::Backend;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

/// After about so many octets in the log it is done.
const EVERY: usize = 1 << 20;
/// About how much of the log a commit takes, with however little in it: four pages.
const COMMIT: usize = 4 * 4096;
/// A record is packed to about this part of what it was.
const PACKED: usize = 4;

/// The way to the thread. Where it could not be started, the writer does all of it when the log is at its longest.
#[derive(Debug, Default)]
pub(super) struct Checkpointer {
    thread: Option<(SyncSender<()>, JoinHandle<()>)>,
    written: usize,
}

impl Checkpointer {
    /// Starts the thread.
    pub(super) fn start(backend: &Backend) -> Checkpointer {
        let (ask, asked) = sync_channel(1);
        let backend = backend.clone();
        let thread = Builder::new().name("helo-checkpoint".to_owned()).spawn(move || run(&backend, &asked));
        Checkpointer { thread: thread.ok().map(|thread| (ask, thread)), written: 0 }
    }

    /// A commit more is in the log, of writes with so many octets.
    pub(super) fn wrote(&mut self, octets: usize) {
        self.written = self.written.saturating_add(COMMIT + octets / PACKED);
        if let Some((ask, _)) = self.thread.as_ref().filter(|_| self.written >= EVERY) {
            // Where it is still at it, it has been asked already.
            let _ = ask.try_send(());
            self.written = 0;
        }
    }

    /// Ends the thread, and returns when its connection is closed.
    pub(super) fn stop(self) {
        if let Some((ask, thread)) = self.thread {
            drop(ask);
            let _ = thread.join();
        }
    }
}

fn run(backend: &Backend, asked: &Receiver<()>) {
    let mut conn = None;
    while asked.recv().is_ok() {
        if conn.is_none() {
            conn = backend.connect().ok();
        }
        // Whatever keeps it from moving everything: next time, or when the writer does it.
        let moved = conn.as_ref().map(|c| c.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())));
        if matches!(moved, Some(Err(_))) {
            conn = None;
        }
    }
}
