//! What somebody who looks at an attempt gets: how it stands, then everything that happens.

use super::task::Message;
use super::{LabError, WhyFrozen};
use crate::event::Entry;
use crate::grade::{Report, Tick};
use crate::scenario::Drawn;
use crate::store::Lines;
use crate::units::{EventNo, InputNo, Lang, Time};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// What does not change about an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Its name for the outside.
    pub token: String,
    /// The scenario's id.
    pub scenario: String,
    /// Which attempt of this learner at this scenario it is, from 1.
    pub number: u32,
    /// The seed.
    pub seed: u64,
    /// The language of the texts inside its world.
    pub lang: Lang,
    /// When its clock began.
    pub start: Time,
    /// Its story and steps as drawn; `None` for a frozen attempt whose scenario this helo cannot read.
    pub drawn: Option<Arc<Drawn>>,
}

/// How an attempt stands at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// What does not change.
    pub about: Arc<About>,
    /// The events from the number asked for up to now.
    pub entries: Vec<Entry>,
    /// Points and evidence.
    pub report: Report,
    /// The time on the attempt's clock.
    pub now: Time,
    /// Why the attempt can only be looked at; `None` where it can be worked on.
    pub frozen: Option<WhyFrozen>,
}

/// What inputs brought about. It is on the disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// The last input it is about.
    pub input: InputNo,
    /// The last event it is about.
    pub event: EventNo,
    /// The events, numbered on from what was sent before; none where everybody who looks wants their lines instead.
    pub entries: Vec<Entry>,
    /// The same as they stand in the record, a line of JSON each, where somebody wants them: [`Subscription::with_lines`].
    pub lines: Option<Arc<Lines>>,
    /// What changed in the grading.
    pub ticks: Vec<Tick>,
    /// The time on the attempt's clock.
    pub now: Time,
    /// A bound of the whole attempt was reached: nothing can be done in it any more. What says so is among these events or
    /// among the next ones.
    pub used_up: bool,
}

/// Why no more updates come.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// They were not taken fast enough, and there is a bound to how many wait.
    Slow,
    /// Something went wrong.
    Trouble(LabError),
}

/// No more updates come on this subscription. Subscribe again to go on.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// Why.
    pub why: End,
    /// The first event that was not seen.
    pub resume: EventNo,
}

/// Somebody looks at an attempt. While there is one, the attempt's clock runs; dropping it is leaving.
#[derive(Debug)]
pub struct Subscription {
    /// How things stood when it began. Take the events out of it once they are sent: they stay in memory as long as
    /// they are here.
    pub snapshot: Snapshot,
    next: EventNo,
    updates: mpsc::Receiver<Arc<Update>>,
    shared: Arc<Shared>,
    _leave: Leave,
}

/// What both sides of a subscription see.
#[derive(Debug, Default)]
struct Shared {
    /// Why no more updates come.
    why: Mutex<Option<End>>,
    /// The lines of the record are wanted.
    lines: AtomicBool,
}

/// Tells the attempt that somebody left.
#[derive(Debug)]
struct Leave {
    id: u64,
    task: mpsc::UnboundedSender<Box<Message>>,
}

impl Drop for Leave {
    fn drop(&mut self) {
        // Where the attempt is not live any more, there is nobody to tell.
        let _ = self.task.send(Box::new(Message::Left(self.id)));
    }
}

impl Subscription {
    /// The same, and updates that are made from now on have the lines of the record with them, and the events only where
    /// somebody else wants those: each would wait in memory for who has no use for it.
    pub fn with_lines(self) -> Subscription {
        self.shared.lines.store(true, Ordering::Relaxed);
        self
    }

    /// The next update, in the order of events and without a gap after the snapshot. Safe to cancel: nothing is lost.
    ///
    /// # Errors
    /// [`Ended`] when no more come, with the number to resume from.
    pub async fn next(&mut self) -> Result<Arc<Update>, Ended> {
        match self.updates.recv().await {
            Some(update) => {
                self.next = EventNo(update.event.0 + 1);
                Ok(update)
            }
            None => {
                let why = self.shared.why.lock().unwrap_or_else(PoisonError::into_inner).clone();
                Err(Ended { why: why.unwrap_or(End::Trouble(LabError::Crashed)), resume: self.next })
            }
        }
    }

    /// The first event that was not seen yet.
    pub fn resume(&self) -> EventNo {
        self.next
    }
}

/// The attempt's side of a subscription.
#[derive(Debug)]
pub(super) struct Subscriber {
    updates: mpsc::Sender<Arc<Update>>,
    shared: Arc<Shared>,
}

impl Subscriber {
    /// Both sides. `last` is the last event there is.
    pub(super) fn new(
        snapshot: Snapshot,
        last: EventNo,
        buffer: usize,
        id: u64,
        task: mpsc::UnboundedSender<Box<Message>>,
    ) -> (Subscriber, Subscription) {
        let (sender, updates) = mpsc::channel(buffer.max(1));
        let shared = Arc::new(Shared::default());
        let next = EventNo(last.0 + 1);
        let _leave = Leave { id, task };
        let subscription = Subscription { snapshot, next, updates, shared: shared.clone(), _leave };
        (Subscriber { updates: sender, shared }, subscription)
    }

    /// Hands over an update. `false` where the buffer is full: then the subscription has been ended.
    pub(super) fn send(&self, update: &Arc<Update>) -> bool {
        match self.updates.try_send(update.clone()) {
            // Who is gone says so with a message of its own.
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => true,
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.end(End::Slow);
                false
            }
        }
    }

    /// Does it want the lines of the record?
    pub(super) fn wants_lines(&self) -> bool {
        self.shared.lines.load(Ordering::Relaxed)
    }

    /// Says why no more updates come. They end when this subscriber is dropped.
    pub(super) fn end(&self, why: End) {
        *self.shared.why.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
    }
}
