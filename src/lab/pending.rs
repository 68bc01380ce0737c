//! What an attempt has done and what is not on the disk yet, in the order in which it was done.
//!
//! One append is under way at most; what is done meanwhile goes into the next one. Where nobody waits for it (a program
//! at a real port has its answer already) it is given a moment to become more, because a hundred commands cost the disk
//! no more than one.

use super::LabError;
use super::record::{push_event, push_input};
use super::socket::heard_by;
use super::waiting::Answering;
use crate::attempt::Input;
use crate::event::Entry;
use crate::grade::Tick;
use crate::store::{Append, Lines, Sent};
use crate::units::{ConnId, InputNo, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long something that nobody waits for is kept from the disk at most.
const LAG: Duration = Duration::from_millis(5);
/// With so many octets it is written at once.
const PLENTY: u64 = 256 << 10;
/// With so many, nothing more is done before it is on the disk.
const FULL: u64 = 4 << 20;
/// How many octets of a line are not the event's own, about.
const LINE: usize = 160;

/// What an input brought about.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) sent: Option<Sent>,
    pub(super) at: Time,
    pub(super) input: Input,
    pub(super) number: InputNo,
    pub(super) entries: Vec<Entry>,
    pub(super) ticks: Vec<Tick>,
    /// Who waits until it is on the disk.
    pub(super) reply: Answering,
    /// Programs at real ports have been told already.
    pub(super) told: bool,
}

/// What is to be written in one append.
pub(super) struct Batch {
    /// About how many octets.
    pub(super) octets: u64,
    /// Somebody waits for something in it.
    pub(super) awaited: bool,
    pub(super) done: Vec<Done>,
}

/// What has become of an append.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) done: Vec<Done>,
    /// The events as they stand in the record.
    pub(super) result: Result<Arc<Lines>, LabError>,
}

/// An append that is under way.
pub(super) type UnderWay = Pin<Box<dyn Future<Output = Written> + Send>>;

/// What is not on the disk yet.
#[derive(Default)]
pub(super) struct Pending {
    queue: Vec<Done>,
    octets: u64,
    /// Something in the queue lasts.
    lasts: bool,
    /// Somebody waits for something in the queue.
    awaited: bool,
    /// When the queue is to be written at the latest.
    due: Option<Instant>,
    under_way: Option<UnderWay>,
    /// Something that is under way lasts.
    lasts_under_way: bool,
    /// To whom something in the queue is to be said when it is on the disk.
    hears: BTreeSet<ConnId>,
    /// To whom something that is under way is.
    hears_under_way: BTreeSet<ConnId>,
}

impl Pending {
    /// Is everything on the disk?
    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.under_way.is_none()
    }

    /// Is nothing on its way there, and nothing waited for that will be?
    pub(super) fn is_calm(&self) -> bool {
        self.under_way.is_none() && !self.awaited
    }

    /// Is as much waiting as may?
    pub(super) fn is_full(&self) -> bool {
        self.octets >= FULL
    }

    /// Does something that is not on the disk yet outlast the connections?
    pub(super) fn lasts(&self) -> bool {
        self.lasts || self.lasts_under_way
    }

    /// Is there something that one of these connections will only hear when it is on the disk?
    pub(super) fn is_awaited_by(&self, mut conns: impl Iterator<Item = ConnId>) -> bool {
        conns.any(|conn| self.hears.contains(&conn) || self.hears_under_way.contains(&conn))
    }

    /// One more. `waits`: somebody does, so that it is to be written as soon as it can be.
    pub(super) fn push(&mut self, done: Done, lasts: bool, waits: bool) {
        let octets: u64 = done.entries.iter().map(|entry| entry.event.octets()).sum();
        self.octets += octets + done.input.octets();
        self.lasts |= lasts;
        if !done.told {
            self.hears.extend(heard_by(&done.entries));
        }
        self.queue.push(done);
        self.awaited |= waits;
        if waits || self.octets >= PLENTY {
            self.hurry();
        } else if self.due.is_none() {
            self.due = Some(Instant::now() + LAG);
        }
    }

    /// The queue is to be written as soon as it can be.
    pub(super) fn hurry(&mut self) {
        if !self.queue.is_empty() {
            self.due = Some(Instant::now());
        }
    }

    /// When the queue wants to be written; `None` while there is nothing in it, or an append is under way.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due.filter(|_| self.under_way.is_none())
    }

    /// What is to be written now, if anything is.
    pub(super) fn take(&mut self, now: Instant) -> Option<Batch> {
        self.due().filter(|due| *due <= now)?;
        (self.lasts_under_way, self.lasts, self.due) = (self.lasts, false, None);
        self.hears_under_way = std::mem::take(&mut self.hears);
        let (octets, awaited) = (std::mem::take(&mut self.octets), std::mem::take(&mut self.awaited));
        Some(Batch { octets, awaited, done: std::mem::take(&mut self.queue) })
    }

    /// It is under way.
    pub(super) fn begin(&mut self, work: UnderWay) {
        self.under_way = Some(work);
    }

    /// What has become of the append that is under way; never where none is. Safe to cancel.
    pub(super) async fn written(&mut self) -> Written {
        let Some(work) = &mut self.under_way else { return std::future::pending().await };
        let written = work.await;
        (self.under_way, self.lasts_under_way) = (None, false);
        self.hears_under_way.clear();
        written
    }

    /// Tells whoever waits that what is in the queue will not be written.
    pub(super) fn refuse(&mut self, error: &LabError) {
        for one in std::mem::take(&mut self.queue) {
            one.reply.answer(Err(error.clone()));
        }
    }
}

/// What was done, about so many octets, as it is to stand in the record.
///
/// # Errors
/// What cannot be written as JSON.
pub(super) fn lines(done: &[Done], octets: u64, to: Append) -> Result<Append, LabError> {
    let events: usize = done.iter().map(|one| one.entries.len()).sum();
    // What grows by and by is copied as often.
    let room = usize::try_from(octets).unwrap_or(0).saturating_add(events * LINE);
    let (mut inputs, mut events) = (Lines::default(), Lines::with_capacity(room));
    let mut latest = BTreeMap::new();
    for one in done {
        push_input(&mut inputs, one.number, one.at, &one.input)?;
        for entry in &one.entries {
            push_event(&mut events, entry)?;
        }
        if let Some(Sent { client, seq }) = &one.sent {
            let known = latest.entry(client.as_str()).or_insert(0);
            *known = (*known).max(*seq);
        }
    }
    let sent = latest.into_iter().map(|(client, seq)| Sent { client: client.to_owned(), seq });
    Ok(Append { inputs, events: Arc::new(events), sent: sent.collect(), ..to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Side};
    use crate::units::EventNo;

    fn done(number: u64) -> Done {
        Done {
            sent: None,
            at: Time(0),
            input: Input::Pass,
            number: InputNo(number),
            entries: Vec::new(),
            ticks: Vec::new(),
            reply: Answering::Nobody,
            told: false,
        }
    }

    fn under_way(done: Vec<Done>) -> UnderWay {
        Box::pin(async move { Written { done, result: Ok(Arc::default()) } })
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_waits_for_is_written_a_moment_later_and_together() {
        let mut pending = Pending::default();
        assert_eq!((pending.is_empty(), pending.due()), (true, None));
        pending.push(done(1), false, false);
        pending.push(done(2), false, false);
        assert_eq!(pending.due(), Some(Instant::now() + LAG));
        assert!(pending.take(Instant::now()).is_none(), "not yet");
        tokio::time::advance(LAG).await;
        let batch = pending.take(Instant::now()).unwrap();
        assert_eq!((batch.done.len(), batch.awaited), (2, false));
        assert!(!pending.lasts());
    }

    #[tokio::test(start_paused = true)]
    async fn one_append_at_a_time_and_what_lasts_is_known_until_it_is_written() {
        let mut pending = Pending::default();
        pending.push(done(1), true, true);
        let taken = pending.take(Instant::now()).unwrap().done;
        pending.begin(under_way(taken));
        assert!(pending.lasts() && !pending.is_empty());
        pending.push(done(2), false, true);
        assert!(pending.due().is_none() && pending.take(Instant::now()).is_none(), "one is under way");
        let written = pending.written().await;
        assert_eq!(written.done.len(), 1);
        assert!(!pending.lasts() && !pending.is_empty());
        let batch = pending.take(Instant::now()).unwrap();
        assert_eq!((batch.done.len(), batch.awaited), (1, true));
    }

    #[tokio::test(start_paused = true)]
    async fn who_will_hear_something_is_known_until_it_is_written() {
        let wire =
            Event::Wire { conn: ConnId(1), from: Side::Server, octets: "250 Ok\r\n".into(), tls: false };
        let entry = Entry { n: EventNo(1), at: Time(0), input: InputNo(1), event: wire };
        let mut pending = Pending::default();
        let awaits = |pending: &Pending, conn| pending.is_awaited_by(std::iter::once(ConnId(conn)));
        pending.push(Done { entries: vec![entry.clone()], told: true, ..done(1) }, false, true);
        assert!(!awaits(&pending, 1), "it has heard it");
        pending.push(Done { entries: vec![entry], ..done(2) }, true, true);
        assert!(awaits(&pending, 1) && !awaits(&pending, 2));
        let taken = pending.take(Instant::now()).unwrap().done;
        pending.begin(under_way(taken));
        assert!(awaits(&pending, 1), "not yet");
        pending.written().await;
        assert!(!awaits(&pending, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn plenty_is_written_at_once() {
        let mut pending = Pending::default();
        let long = Input::Line { term: crate::units::TermId(1), text: "x".repeat(300_000).as_str().into() };
        pending.push(Done { input: long, ..done(1) }, false, false);
        assert!(!pending.is_full());
        assert!(pending.take(Instant::now()).is_some());
    }
}
