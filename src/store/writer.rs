//! The one writer: a task with the only connection that writes, which puts everything that was queued while the last
//! transaction was being written into the next one.

use super::StoreError;
use super::backend::Backend;
use super::lock::DirLock;
use super::write::{self, Write, Written};
use sqlx::{AnyConnection, Connection as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

/// How many writes may wait. Who comes later waits until there is room.
const QUEUE: usize = 1024;
/// How many writes one transaction takes at most.
const GROUP: usize = 256;
/// How many KiB of writes may wait or be under way.
const QUEUE_KIB: u32 = 64 << 10;

/// Figures of the writer since the store was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterStats {
    /// Transactions committed: each one round of waiting for the disk.
    pub commits: u64,
    /// Writes in them.
    pub writes: u64,
}

#[derive(Debug, Default)]
struct Counters {
    commits: AtomicU64,
    writes: AtomicU64,
}

/// What comes to the writer.
#[derive(Debug)]
enum Message {
    Write(Job),
    /// Take nothing more; answer when everything before is written and the database is closed.
    Close(oneshot::Sender<()>),
}

/// A write on its way, and who waits for it.
#[derive(Debug)]
struct Job {
    write: Write,
    reply: oneshot::Sender<Result<Written, StoreError>>,
    _room: OwnedSemaphorePermit,
}

/// The way to the writer.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
    room: Arc<Semaphore>,
    counters: Arc<Counters>,
}

impl Writer {
    /// Starts the writer. It ends, and lets go of the lock, when the last [`Writer`] is gone or was closed, and
    /// everything queued is written.
    pub(super) fn start(backend: Backend, conn: AnyConnection, lock: DirLock) -> Writer {
        let (queue, messages) = mpsc::channel(QUEUE);
        let counters = Arc::new(Counters::default());
        let task = Task { backend, conn: Some(conn), counters: counters.clone(), _lock: lock };
        tokio::spawn(task.run(messages));
        Writer { queue, room: Arc::new(Semaphore::new(QUEUE_KIB as usize)), counters }
    }

    /// Writes. Returns when it is on the disk.
    pub(super) async fn write(&self, write: Write) -> Result<Written, StoreError> {
        let kib = u32::try_from(write.octets() / 1024).unwrap_or(u32::MAX).saturating_add(1).min(QUEUE_KIB);
        let room = self.room.clone().acquire_many_owned(kib).await.map_err(|_| StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let job = Message::Write(Job { write, reply, _room: room });
        self.queue.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Takes nothing more, writes what is queued, and returns when the database is closed.
    pub(super) async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.queue.send(Message::Close(reply)).await.is_ok() {
            let _ = closed.await;
        }
    }

    pub(super) fn stats(&self) -> WriterStats {
        WriterStats {
            commits: self.counters.commits.load(Ordering::Relaxed),
            writes: self.counters.writes.load(Ordering::Relaxed),
        }
    }
}

struct Task {
    backend: Backend,
    /// `None` after an error that may have left the connection in a state nobody knows.
    conn: Option<AnyConnection>,
    counters: Arc<Counters>,
    _lock: DirLock,
}

impl Task {
    async fn run(mut self, mut messages: mpsc::Receiver<Message>) {
        let (mut group, mut closers) = (Vec::new(), Vec::new());
        while messages.recv_many(&mut group, GROUP).await > 0 {
            let mut jobs = Vec::with_capacity(group.len());
            for message in group.drain(..) {
                match message {
                    Message::Write(job) => jobs.push(job),
                    Message::Close(reply) => {
                        messages.close();
                        closers.push(reply);
                    }
                }
            }
            self.answer(jobs).await;
        }
        if let Some(conn) = self.conn.take() {
            let _ = conn.close().await;
        }
        drop(self);
        for closer in closers {
            let _ = closer.send(());
        }
    }

    /// Writes a group and tells everybody how it went. Where one write spoils it, each is written by itself.
    async fn answer(&mut self, jobs: Vec<Job>) {
        let writes: Vec<&Write> = jobs.iter().map(|job| &job.write).collect();
        let result = if writes.is_empty() { Ok(Vec::new()) } else { self.commit(&writes).await };
        match result {
            Ok(written) => {
                for (job, written) in jobs.into_iter().zip(written) {
                    // Who gave up waiting still has what was written.
                    let _ = job.reply.send(Ok(written));
                }
            }
            Err(error) if error.is_about_one_write() && jobs.len() > 1 => {
                for job in jobs {
                    let alone = self.commit(&[&job.write]).await;
                    let alone = alone.and_then(|w| w.into_iter().next().ok_or(StoreError::Closed));
                    let _ = job.reply.send(alone);
                }
            }
            Err(error) => {
                for job in jobs {
                    let _ = job.reply.send(Err(error.clone()));
                }
            }
        }
    }

    /// Writes all of it in one transaction, or nothing.
    async fn commit(&mut self, writes: &[&Write]) -> Result<Vec<Written>, StoreError> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.backend.writer().await?,
        };
        let result = transaction(&self.backend, &mut conn, writes).await;
        match &result {
            Ok(_) => {
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
                self.counters.writes.fetch_add(writes.len() as u64, Ordering::Relaxed);
                self.conn = Some(conn);
            }
            // After a full disk or an I/O error, whether a transaction is still open is hard to know: begin anew.
            Err(error) => {
                let undone = sqlx::query("ROLLBACK").execute(&mut conn).await.is_ok();
                if undone && error.is_about_one_write() {
                    self.conn = Some(conn);
                } else {
                    let _ = conn.close_hard().await;
                }
            }
        }
        result
    }
}

async fn transaction(
    backend: &Backend,
    conn: &mut AnyConnection,
    writes: &[&Write],
) -> Result<Vec<Written>, StoreError> {
    let written = write::all(backend, conn, writes).await?;
    sqlx::query("COMMIT").execute(&mut *conn).await.map_err(|e| backend.fault(&e))?;
    Ok(written)
}
