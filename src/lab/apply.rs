//! The attempt's task at work: an input is applied, whoever may be told at once is told, the rest when it is on the disk.

use super::pending::{Done, Written, lines};
use super::promise::{lasts, tells};
use super::record::{Body, load, progress};
use super::socket::heard_by;
use super::subscription::{Subscriber, Update};
use super::task::Task;
use super::waiting::{Answering, Waiting};
use super::{LabError, Receipt, WhyFrozen, socket};
use crate::attempt::{Input, SocketInput};
use crate::event::{Entry, Event};
use crate::store::{Append, AttemptState, Lines, Sent};
use crate::units::{EventNo, InputNo};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio::time::Instant;

/// Inputs with more octets are applied on a thread of their own, so that no other attempt waits for them.
const LONG_INPUT: u64 = 64 << 10;
/// Where events have more octets, they are written as JSON on another thread, for the same reason.
const LONG_APPEND: u64 = 64 << 10;

impl Task {
    /// Applies an input; after a fall, what the fall brings with it too.
    pub(super) async fn apply(&mut self, one: Waiting) -> Result<(), LabError> {
        let (mut next, mut waiting) = (Some(one), VecDeque::new());
        while let Some(one) = next.take().or_else(|| waiting.pop_front()) {
            if let Some(Sent { client, seq }) = &one.sent
                && *seq <= self.seq_of(client).await?
            {
                // What came a second time is answered when what came the first time is on the disk.
                let flushed = self.flush().await;
                one.reply.answer(flushed.clone().map(|()| self.receipt()));
                flushed?;
                continue;
            }
            match self.apply_one(one).await {
                Ok(Some(done)) => self.keep(done),
                Ok(None) => {}
                Err(reply) => {
                    // The attempt in memory is in a state nobody knows; what was done before is whole.
                    self.flush().await?;
                    // As rare as it is large: a task need not have room for it all its life.
                    Box::pin(self.reload()).await?;
                    reply.answer(Err(LabError::Crashed));
                    // Before anything else happens, so that it is not done on a connection that is gone.
                    self.lost_sockets().into_iter().rev().for_each(|lost| waiting.push_front(lost));
                }
            }
            if self.pending.is_full() {
                self.finish().await?;
            }
        }
        Ok(())
    }

    /// Applies one input. `None` where the attempt takes no more; the error is who waits for an input that crashed.
    async fn apply_one(&mut self, one: Waiting) -> Result<Option<Done>, Answering> {
        let Waiting { mut input, after, sent, reply } = one;
        let mut attempt = match std::mem::replace(&mut self.loaded.body, Body::Lost) {
            Body::Live(attempt) => attempt,
            other => {
                let why = match &other {
                    Body::Frozen { why, .. } => why.clone(),
                    Body::Live(_) | Body::Lost => WhyFrozen::ReplayCrashes,
                };
                self.loaded.body = other;
                reply.answer(Err(LabError::Frozen { why }));
                return Ok(None);
            }
        };
        if let Input::Socket { socket, what: SocketInput::Open(_) } = &mut input {
            *socket = attempt.next_socket();
        }
        self.clock.skip(after);
        let at = self.clock.now().max(attempt.now());
        let (long, passes) = (input.octets() > LONG_INPUT, matches!(input, Input::Pass));
        let apply = move || {
            #[cfg(test)]
            super::tests::fall_if_asked(&input);
            let applied = attempt.apply(at, input);
            (attempt, applied)
        };
        let apply = move || catch_unwind(AssertUnwindSafe(apply));
        let applied = if long {
            tokio::task::spawn_blocking(apply).await.unwrap_or_else(|e| Err(Box::new(e)))
        } else {
            apply()
        };
        let Ok((mut attempt, applied)) = applied else { return Err(reply) };
        let (inputs, entries) = attempt.hand_over();
        self.stuck = passes
            && entries.iter().all(|e| matches!(e.event, Event::TimePassed { .. }))
            && attempt.next_wakeup().is_some_and(|due| due <= attempt.now());
        self.loaded.body = Body::Live(attempt);
        // An attempt that is used up takes no input.
        let Some((at, input)) = inputs.into_iter().next() else {
            self.stuck = true;
            reply.answer(Err(LabError::UsedUp));
            return Ok(None);
        };
        let reply = self.opened(reply, &input);
        if let Some(Sent { client, seq }) = &sent {
            self.loaded.clients.heard(client, *seq);
        }
        let (number, ticks) = (applied.input, applied.ticks);
        Ok(Some(Done { sent, at, input, number, entries, ticks, reply, told: false }))
    }

    /// Gives a program that has just connected its socket.
    fn opened(&mut self, reply: Answering, input: &Input) -> Answering {
        let Answering::Opener(reply) = reply else { return reply };
        let found = match (input, &self.loaded.body) {
            (Input::Socket { socket, what: SocketInput::Open(service) }, Body::Live(attempt)) => {
                attempt.socket_conn(*socket).map(|conn| (*socket, conn, service.clone()))
            }
            _ => None,
        };
        let Some((number, conn, service)) = found else { return Answering::Opener(reply) };
        let socket =
            self.sockets.open(number, conn, service, self.loaded.about.clone(), self.address.clone());
        self.clock.run();
        Answering::Opened(reply, socket)
    }

    /// Keeps what was done until it is on the disk. Programs are told at once where that promises nothing, and tells of
    /// nothing that is still on its way there: they would see it, and after a fall it would not have been.
    fn keep(&mut self, mut done: Done) {
        let lasting = lasts(&done.entries, &done.ticks);
        let mut waits = true;
        if lasting {
            if let Body::Live(attempt) = &self.loaded.body {
                self.progress = progress(&attempt.report());
            }
        } else if !self.pending.lasts() || self.is_apart(&done.entries) {
            self.sockets.show(&done.entries);
            done.told = true;
            self.stand_if_alone();
            if done.reply.is_program() {
                let (event, calm) = (self.last_event(), self.pending.is_calm());
                std::mem::replace(&mut done.reply, Answering::Nobody).answer(Ok(Receipt {
                    input: done.number,
                    event,
                    calm,
                }));
                waits = false;
            }
        }
        self.pending.push(done, lasting, waits);
    }

    /// Do these events tell of nothing that is on its way to the disk, and does nobody who hears of them still have to
    /// hear something that came before?
    fn is_apart(&self, entries: &[Entry]) -> bool {
        !tells(entries) && !self.pending.is_awaited_by(heard_by(entries))
    }

    /// Begins to write what is to be written now, if anything is.
    pub(super) fn write(&mut self) {
        let Some(batch) = self.pending.take(Instant::now()) else { return };
        let elsewhere = !batch.awaited || batch.octets > LONG_APPEND;
        let lab = self.lab.clone();
        let to = Append {
            attempt: self.loaded.id,
            after_input: self.loaded.inputs,
            after_event: self.loaded.events,
            inputs: Lines::default(),
            events: Arc::default(),
            sent: Vec::new(),
            progress: self.progress,
            now: (self.lab.options.wall_clock)(),
        };
        self.pending.begin(Box::pin(async move {
            let write_down = move || {
                let append = lines(&batch.done, batch.octets, to);
                (batch.done, append)
            };
            let written = if elsewhere { lab.scribes.run(write_down).await } else { Some(write_down()) };
            let (done, append) = written.unwrap_or((Vec::new(), Err(LabError::Crashed)));
            let result = match append {
                Ok(append) => {
                    let events = append.events.clone();
                    lab.store.append(append).await.map(|()| events).map_err(LabError::Store)
                }
                Err(error) => Err(error),
            };
            Written { done, result }
        }));
    }

    /// An append has come to its end: now everybody is told. Where it could not be written, it did not happen, nor did
    /// anything after it.
    pub(super) fn committed(&mut self, written: Written) -> Result<(), LabError> {
        let Written { done, result } = written;
        let lines = match result {
            Ok(lines) => lines,
            Err(error) => {
                for one in done {
                    one.reply.answer(Err(error.clone()));
                }
                self.pending.refuse(&error);
                return Err(error);
            }
        };
        let Some(last) = done.last() else { return Ok(()) };
        let (input, now, before) = (last.number, last.at, self.loaded.events);
        let lines = self.subscribers.values().any(Subscriber::wants_lines).then_some(lines);
        let events_wanted = !self.subscribers.values().all(Subscriber::wants_lines);
        let (mut entries, mut ticks, mut replies) = (Vec::new(), Vec::new(), Vec::new());
        self.loaded.inputs = input.0;
        for one in done {
            if !one.told {
                self.sockets.show(&one.entries);
            }
            if let Some(last) = one.entries.last() {
                self.loaded.events = last.n.0;
            }
            if events_wanted {
                entries.extend(one.entries);
            }
            ticks.extend(one.ticks);
            if !matches!(one.reply, Answering::Nobody) {
                replies.push((one.reply, self.receipt_at(one.number)));
            }
        }
        if self.loaded.events > before || !ticks.is_empty() {
            let event = EventNo(self.loaded.events);
            let used_up = matches!(&self.loaded.body, Body::Live(attempt) if attempt.is_used_up());
            self.show(Update { input, event, entries, lines, ticks, now, used_up });
        }
        self.stand_if_alone();
        for (reply, receipt) in replies {
            reply.answer(Ok(receipt));
        }
        Ok(())
    }

    /// Shows an update to everybody who looks. Who is too slow is dropped.
    fn show(&mut self, update: Update) {
        let update = Arc::new(update);
        self.subscribers.retain(|_, subscriber| subscriber.send(&update));
    }

    /// Returns when all that was done until now is on the disk.
    pub(super) async fn flush(&mut self) -> Result<(), LabError> {
        while !self.pending.is_empty() {
            self.finish().await?;
        }
        Ok(())
    }

    /// Returns when an append has come to its end. There is something to be written.
    async fn finish(&mut self) -> Result<(), LabError> {
        self.pending.hurry();
        self.write();
        let written = self.pending.written().await;
        self.committed(written)
    }

    /// Up to where everything is on the disk.
    fn receipt(&self) -> Receipt {
        self.receipt_at(InputNo(self.loaded.inputs))
    }

    fn receipt_at(&self, input: InputNo) -> Receipt {
        Receipt { input, event: EventNo(self.loaded.events), calm: self.pending.is_calm() }
    }

    /// The last event there is, on the disk or not.
    fn last_event(&self) -> EventNo {
        match &self.loaded.body {
            Body::Live(attempt) => attempt.last_event(),
            Body::Frozen { .. } | Body::Lost => EventNo(self.loaded.events),
        }
    }

    /// Brings the attempt back from what is recorded, after an input has broken the one in memory.
    async fn reload(&mut self) -> Result<(), LabError> {
        let note = Some(format!("crashed at input {}", self.loaded.inputs + 1));
        self.lab.store.set_state(self.loaded.id, AttemptState::Open, note).await?;
        self.loaded = load(&self.lab.store, &self.lab.versions, &self.token).await?;
        match &self.loaded.body {
            Body::Frozen { why, .. } => Err(LabError::Frozen { why: why.clone() }),
            Body::Live(attempt) => {
                self.progress = progress(&attempt.report());
                Ok(())
            }
            Body::Lost => Ok(()),
        }
    }

    /// The inputs that say of the sockets which the record leaves open that they are gone.
    pub(super) fn lost_sockets(&mut self) -> Vec<Waiting> {
        self.sockets.clear();
        let Body::Live(attempt) = &self.loaded.body else { return Vec::new() };
        let gone = |number| Waiting::unasked(socket::lost(number));
        attempt.open_sockets().into_iter().map(gone).collect()
    }
}
