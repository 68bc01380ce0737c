//! The one writer: a thread with the only connection that writes, which puts everything that was queued while the last
//! transaction was being written into the next one. It calls SQLite itself, without a driver's queues between.

use super::StoreError;
use super::backend::Backend;
use super::body::Packer;
use super::checkpoint::Checkpointer;
use super::lock::DirLock;
use super::write::{self, Write, WriteFault, Written};
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::Builder;
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
    pub(super) fn start(backend: Backend, lock: DirLock) -> Result<Writer, StoreError> {
        let (queue, messages) = mpsc::channel(QUEUE);
        let counters = Arc::new(Counters::default());
        let conn = Some(backend.writer()?);
        let checkpointer = Checkpointer::start(&backend);
        let thread = Thread {
            backend,
            conn,
            packer: Packer::default(),
            counters: counters.clone(),
            checkpointer,
            _lock: lock,
        };
        let run = move || thread.run(messages);
        let failed = |e: std::io::Error| StoreError::Failed { what: e.to_string() };
        Builder::new().name("helo-writer".to_owned()).spawn(run).map_err(failed)?;
        Ok(Writer { queue, room: Arc::new(Semaphore::new(QUEUE_KIB as usize)), counters })
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

struct Thread {
    backend: Backend,
    /// `None` after an error that may have left the connection in a state nobody knows.
    conn: Option<Connection>,
    packer: Packer,
    counters: Arc<Counters>,
    checkpointer: Checkpointer,
    _lock: DirLock,
}

impl Thread {
    fn run(mut self, mut messages: mpsc::Receiver<Message>) {
        let (mut jobs, mut closers) = (Vec::new(), Vec::new());
        while let Some(message) = messages.blocking_recv() {
            let mut next = Some(message);
            while let Some(message) = next {
                match message {
                    Message::Write(job) => jobs.push(job),
                    Message::Close(reply) => {
                        messages.close();
                        closers.push(reply);
                    }
                }
                next = if jobs.len() < GROUP { messages.try_recv().ok() } else { None };
            }
            self.answer(std::mem::take(&mut jobs));
        }
        let Thread { conn, checkpointer, _lock, .. } = self;
        // The last connection to be closed moves what is in the log into the database, and removes the log.
        checkpointer.stop();
        drop(conn);
        drop(_lock);
        for closer in closers {
            let _ = closer.send(());
        }
    }

    /// Writes a group and tells everybody how it went. Where one write spoils it, each is written by itself.
    fn answer(&mut self, jobs: Vec<Job>) {
        let writes: Vec<&Write> = jobs.iter().map(|job| &job.write).collect();
        let result = if writes.is_empty() { Ok(Vec::new()) } else { self.commit(&writes) };
        match result {
            Ok(written) => {
                for (job, written) in jobs.into_iter().zip(written) {
                    // Who gave up waiting still has what was written.
                    let _ = job.reply.send(Ok(written));
                }
            }
            Err(error) if error.is_about_one_write() && jobs.len() > 1 => {
                for job in jobs {
                    let alone = self.commit(&[&job.write]);
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
    fn commit(&mut self, writes: &[&Write]) -> Result<Vec<Written>, StoreError> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.backend.writer()?,
        };
        let result = transaction(&conn, &mut self.packer, writes).map_err(|fault| match fault {
            WriteFault::Conflict(attempt) => StoreError::Conflict { attempt },
            WriteFault::Sqlite(error) => self.backend.write_fault(&error),
        });
        match &result {
            Ok(_) => {
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
                self.counters.writes.fetch_add(writes.len() as u64, Ordering::Relaxed);
                self.checkpointer.wrote(writes.iter().map(|write| write.octets()).sum());
                self.conn = Some(conn);
            }
            // After a full disk or an I/O error, whether a transaction is still open is hard to know: begin anew.
            Err(error) => {
                let undone = conn.is_autocommit() || conn.execute_batch("ROLLBACK").is_ok();
                if undone && error.is_about_one_write() {
                    self.conn = Some(conn);
                }
            }
        }
        result
    }
}

/// Begun so that nobody else can come between reading and writing.
fn transaction(
    conn: &Connection,
    packer: &mut Packer,
    writes: &[&Write],
) -> Result<Vec<Written>, WriteFault> {
    conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let written = writes.iter().map(|write| write::one(conn, packer, write)).collect::<Result<_, _>>()?;
    conn.prepare_cached("COMMIT")?.execute([])?;
    Ok(written)
}
