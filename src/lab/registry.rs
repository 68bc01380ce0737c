//! Which attempts are in memory, and the way to each one's task.
//!
//! A message is put into a task's queue only under the registry's lock, and a task takes itself out of the registry
//! under the same lock, after a look at its queue: so no message is ever lost between the two.

use super::record::Loaded;
use super::task::{Message, Start, run};
use super::{Inner, LabError};
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};

/// How many attempts are asked at once to make room.
const ASKED_TO_LEAVE: usize = 16;

/// The attempts in memory.
#[derive(Debug, Default)]
pub(super) struct Registry {
    slots: Mutex<Slots>,
    /// Told whenever an attempt has left.
    left: Notify,
}

#[derive(Debug, Default)]
struct Slots {
    by_token: BTreeMap<Arc<str>, Slot>,
    next: u64,
    closing: bool,
    /// The last token that was asked to leave, so that the next to be asked is another.
    asked: Option<Arc<str>>,
}

#[derive(Debug, Clone)]
struct Slot {
    id: u64,
    queue: mpsc::UnboundedSender<Box<Message>>,
    /// Places in the queue.
    room: Arc<Semaphore>,
}

impl Registry {
    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many attempts are in memory.
    pub(super) fn live(&self) -> usize {
        self.slots().by_token.len()
    }

    /// Tells every task to end, and waits until all have.
    pub(super) async fn close(&self) {
        loop {
            let mut left = pin!(self.left.notified());
            left.as_mut().enable();
            {
                let mut slots = self.slots();
                slots.closing = true;
                if slots.by_token.is_empty() {
                    return;
                }
                for slot in slots.by_token.values() {
                    let _ = slot.queue.send(Box::new(Message::Close));
                }
            }
            left.await;
        }
    }
}

impl Inner {
    /// The task of this slot is no longer to be found.
    pub(super) fn remove(&self, token: &str, slot: u64) {
        self.remove_if(token, slot, || true);
    }

    /// The same, if `leave` says so while nobody can put anything into the task's queue.
    pub(super) fn remove_if(&self, token: &str, slot: u64, leave: impl FnOnce() -> bool) -> bool {
        let mut slots = self.registry.slots();
        if slots.by_token.get(token).is_none_or(|found| found.id != slot) || !leave() {
            return false;
        }
        if let Some(slot) = slots.by_token.remove(token) {
            slot.room.close();
        }
        drop(slots);
        self.registry.left.notify_waiters();
        true
    }
}

/// Puts a message into the queue of an attempt's task. Where there is no task, it is started; where the queue is full,
/// this waits.
pub(super) async fn send(
    lab: &Arc<Inner>,
    token: &Arc<str>,
    message: impl FnOnce(OwnedSemaphorePermit) -> Message,
) -> Result<(), LabError> {
    loop {
        let slot = slot(lab, token).await?;
        // The semaphore is closed when the task leaves: then there is a new task to be found.
        let Ok(room) = slot.room.clone().acquire_owned().await else { continue };
        let slots = lab.registry.slots();
        if slots.by_token.get(token).is_some_and(|found| found.id == slot.id) {
            // The receiver lives as long as its slot, or has fallen and is about to be removed; then the message is
            // dropped, and its reply with it, which the waiting side takes for what it is.
            let _ = slot.queue.send(Box::new(message(room)));
            return Ok(());
        }
    }
}

/// Makes an attempt that has just been begun live, where there is room.
pub(super) fn insert(lab: &Arc<Inner>, token: &Arc<str>, loaded: Loaded) {
    let mut slots = lab.registry.slots();
    if !slots.closing && slots.by_token.len() < lab.options.max_live && !slots.by_token.contains_key(token) {
        start(lab, &mut slots, token, Some(loaded));
    }
}

/// The slot of an attempt, with a task that serves it or is loading it.
async fn slot(lab: &Arc<Inner>, token: &Arc<str>) -> Result<Slot, LabError> {
    let (limit, patience) = (lab.options.max_live, lab.options.wait_for_room);
    let waiting = async {
        loop {
            let mut left = pin!(lab.registry.left.notified());
            left.as_mut().enable();
            {
                let mut slots = lab.registry.slots();
                if slots.closing {
                    return Err(LabError::Closing);
                }
                if let Some(found) = slots.by_token.get(token) {
                    return Ok(found.clone());
                }
                if slots.by_token.len() < limit {
                    return Ok(start(lab, &mut slots, token, None));
                }
                make_room(&mut slots);
            }
            // Who was asked may have somebody looking: ask others after a while.
            let _ = tokio::time::timeout(patience / 10, left).await;
        }
    };
    tokio::time::timeout(patience, waiting).await.unwrap_or(Err(LabError::TooManyAttempts { limit }))
}

/// Asks some attempts to leave, others each time.
fn make_room(slots: &mut Slots) {
    use std::ops::Bound::{Excluded, Unbounded};
    let from = slots.asked.take().map_or(Unbounded, Excluded);
    let after = slots.by_token.range::<Arc<str>, _>((from, Unbounded));
    let asked: Vec<_> =
        after.take(ASKED_TO_LEAVE).map(|(token, slot)| (token.clone(), slot.clone())).collect();
    for (_, slot) in &asked {
        let _ = slot.queue.send(Box::new(Message::MakeRoom));
    }
    slots.asked = asked.last().map(|(token, _)| token.clone());
}

fn start(lab: &Arc<Inner>, slots: &mut Slots, token: &Arc<str>, loaded: Option<Loaded>) -> Slot {
    slots.next += 1;
    let (queue, messages) = mpsc::unbounded_channel();
    let room = Arc::new(Semaphore::new(lab.options.queue.max(1)));
    let slot = Slot { id: slots.next, queue: queue.clone(), room };
    slots.by_token.insert(token.clone(), slot.clone());
    let start =
        Start { lab: lab.clone(), slot: slot.id, token: token.clone(), messages, address: queue, loaded };
    let task = tokio::spawn(run(start));
    let (lab, token, id) = (lab.clone(), token.clone(), slot.id);
    tokio::spawn(async move {
        // However the task ends, nobody waits for it in vain. After a fall the next use starts a new one.
        let _ = task.await;
        lab.remove(&token, id);
    });
    slot
}
