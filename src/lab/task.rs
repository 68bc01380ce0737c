//! The task of one live attempt: it alone owns the attempt, and what it shows has been committed before.

use super::clock::{AttemptClock, Pace};
use super::record::{Body, Loaded, entries, event_rows, evidence, input_row, load, progress};
use super::socket::{self, Socket, Sockets};
use super::subscription::{End, Snapshot, Subscriber, Subscription, Update};
use super::waiting::{Answering, Waiting};
use super::{Handle, Inner, LabError, Receipt, WhyFrozen};
use crate::attempt::{Input, SocketInput};
use crate::event::{Entry, Event};
use crate::grade::{Report, Tick};
use crate::store::{Append, AttemptState, Progress, Sent};
use crate::units::{EventNo, InputNo, Points, Time};
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::Instant;

/// How many inputs that wait are applied and committed together.
pub(super) const BATCH: usize = 64;
/// Inputs with more octets are applied on a thread of their own, so that no other attempt waits for them.
const LONG_INPUT: u64 = 64 << 10;

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, LabError>>;

/// What comes to an attempt's task. Each but the last four holds a place in the attempt's queue. It travels in a
/// `Box`: a queue has room for many, and most attempts never have more than one waiting.
#[derive(Debug)]
pub(super) enum Message {
    /// Do this.
    Input(Input, Option<Sent>, Reply<Receipt>, OwnedSemaphorePermit),
    /// Let so much time pass.
    Pass(Duration, Sent, Reply<Receipt>, OwnedSemaphorePermit),
    /// A program connects to the real port of this service.
    OpenSocket(String, Reply<Socket>, OwnedSemaphorePermit),
    /// Somebody wants to look, from this event on.
    Subscribe(EventNo, Reply<Subscription>, OwnedSemaphorePermit),
    /// How does it stand?
    Report(Reply<Report>, OwnedSemaphorePermit),
    /// The highest number of what this client has sent.
    SeqOf(String, Reply<u64>, OwnedSemaphorePermit),
    /// How does it stand, and what does that rest on?
    Evidence(Reply<(Report, Vec<Entry>)>, OwnedSemaphorePermit),
    /// The subscriber with this number is gone.
    Left(u64),
    /// Nobody holds the socket with this number any more.
    SocketLost(u32),
    /// Room is needed: leave memory, if nobody is looking.
    MakeRoom,
    /// The lab is being closed.
    Close,
}

/// What an input brought about, not yet committed.
struct Done {
    sent: Option<Sent>,
    at: Time,
    input: Input,
    number: InputNo,
    entries: Vec<Entry>,
    ticks: Vec<Tick>,
    progress: Progress,
    reply: Answering,
}

/// The task.
pub(super) struct Task {
    lab: Arc<Inner>,
    slot: u64,
    token: Arc<str>,
    messages: mpsc::UnboundedReceiver<Box<Message>>,
    /// Its own address, for subscriptions that want to say good-bye.
    address: mpsc::UnboundedSender<Box<Message>>,
    loaded: Loaded,
    clock: AttemptClock,
    pace: Pace,
    subscribers: BTreeMap<u64, Subscriber>,
    next_subscriber: u64,
    sockets: Sockets,
    /// Since when nobody has looked or typed.
    quiet_since: Instant,
    /// Others need the room: leave as soon as nobody looks and nothing waits.
    make_room: bool,
    /// The world wants to be woken at once, again and again, without anything happening: it waits for an input.
    stuck: bool,
}

/// What a task is started with.
pub(super) struct Start {
    pub(super) lab: Arc<Inner>,
    pub(super) slot: u64,
    pub(super) token: Arc<str>,
    pub(super) messages: mpsc::UnboundedReceiver<Box<Message>>,
    pub(super) address: mpsc::UnboundedSender<Box<Message>>,
    /// The attempt, where it has just been begun.
    pub(super) loaded: Option<Loaded>,
}

/// Loads the attempt and serves it until nobody needs it any more.
pub(super) async fn run(start: Start) {
    let Start { lab, slot, token, mut messages, address, loaded } = start;
    let loaded = match loaded {
        Some(loaded) => Ok(loaded),
        None => load(&lab.store, &lab.versions, &token).await,
    };
    match loaded {
        Ok(loaded) => {
            let pace = Pace::new(lab.options.inputs_per_second, lab.options.burst);
            let clock = AttemptClock::standing(clock_of(&loaded));
            let task = Task {
                lab,
                slot,
                token,
                messages,
                address,
                loaded,
                clock,
                pace,
                subscribers: BTreeMap::new(),
                next_subscriber: 1,
                sockets: Sockets::default(),
                quiet_since: Instant::now(),
                make_room: false,
                stuck: false,
            };
            task.serve().await;
        }
        Err(error) => {
            lab.remove(&token, slot);
            refuse(&mut messages, &error);
        }
    }
}

/// Answers everything that waits with the same error. Called when the task can no longer be reached.
fn refuse(messages: &mut mpsc::UnboundedReceiver<Box<Message>>, error: &LabError) {
    while let Ok(message) = messages.try_recv() {
        match *message {
            Message::Input(_, _, reply, _) | Message::Pass(_, _, reply, _) => {
                drop(reply.send(Err(error.clone())));
            }
            Message::OpenSocket(_, reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Subscribe(_, reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Report(reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Evidence(reply, _) => drop(reply.send(Err(error.clone()))),
            Message::SeqOf(_, reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Left(_) | Message::SocketLost(_) | Message::MakeRoom | Message::Close => {}
        }
    }
}

fn clock_of(loaded: &Loaded) -> Time {
    match &loaded.body {
        Body::Live(attempt) => attempt.now(),
        Body::Frozen { now, .. } => *now,
        Body::Lost => loaded.about.start,
    }
}

impl Task {
    async fn serve(mut self) {
        let mut goes_on = self.lose_sockets().await;
        let error = loop {
            if let Err(error) = goes_on {
                break error;
            }
            let (wake, leave) = (self.wake_at(), self.leave_at());
            goes_on = tokio::select! {
                biased;
                message = self.messages.recv() => match message {
                    Some(message) => self.handle(*message).await,
                    None => Err(LabError::Closing),
                },
                () = at(wake) => self.wake().await,
                () = at(leave) => {
                    let Task { lab, messages, .. } = &self;
                    if lab.remove_if(&self.token, self.slot, || messages.is_empty()) {
                        return;
                    }
                    Ok(())
                }
            };
        };
        self.lab.remove(&self.token, self.slot);
        for subscriber in self.subscribers.values() {
            subscriber.end(End::Trouble(error.clone()));
        }
        refuse(&mut self.messages, &error);
    }

    /// Deals with a message and, where it is an input, with the inputs that wait behind it.
    async fn handle(&mut self, message: Message) -> Result<(), LabError> {
        (self.quiet_since, self.make_room) = (Instant::now(), false);
        let mut next = Some(message);
        let mut batch = Vec::new();
        while let Some(message) = next.take() {
            let (input, after, sent, reply) = match message {
                Message::Input(input, sent, reply, _room) => (input, Duration::ZERO, sent, reply),
                Message::Pass(time, sent, reply, _room) => (Input::Pass, time, Some(sent), reply),
                Message::OpenSocket(service, reply, _room) => {
                    let (input, reply) = (socket::open(service), Answering::Opener(reply));
                    batch.push(Waiting { reply, ..Waiting::unasked(input) });
                    next = self.another(&batch);
                    continue;
                }
                Message::SocketLost(number) if self.sockets.contains(number) => {
                    batch.push(Waiting::unasked(socket::lost(number)));
                    next = self.another(&batch);
                    continue;
                }
                other => {
                    self.apply(std::mem::take(&mut batch)).await?;
                    self.look(other).await?;
                    break;
                }
            };
            match self.admit(&input, sent.as_ref()).await {
                Ok(()) => batch.push(Waiting { input, after, sent, reply: Answering::Doer(reply) }),
                Err(error) => drop(reply.send(Err(error))),
            }
            next = self.another(&batch);
        }
        self.apply(batch).await
    }

    /// The next message that waits already, where the batch has room for it.
    fn another(&mut self, batch: &[Waiting]) -> Option<Message> {
        if batch.len() < BATCH { self.messages.try_recv().ok().map(|next| *next) } else { None }
    }

    /// Deals with what is no input.
    async fn look(&mut self, message: Message) -> Result<(), LabError> {
        match message {
            Message::Subscribe(from, reply, _room) => {
                let subscription = self.subscribe(from).await;
                // Where nobody waits for it any more, dropping it says so.
                drop(reply.send(subscription));
            }
            Message::Report(reply, _room) => drop(reply.send(Ok(self.report()))),
            Message::Evidence(reply, _room) => drop(reply.send(self.evidence().await)),
            Message::SeqOf(client, reply, _room) => drop(reply.send(self.seq_of(&client).await)),
            Message::Left(id) => {
                self.subscribers.remove(&id);
                self.stand_if_alone();
            }
            Message::MakeRoom => self.make_room = true,
            Message::Close => return Err(LabError::Closing),
            Message::Input(..) | Message::Pass(..) | Message::OpenSocket(..) | Message::SocketLost(_) => {}
        }
        Ok(())
    }

    /// May this input be done now? A program at a socket has one input under way at most, and waits for it: that is
    /// its pace.
    async fn admit(&mut self, input: &Input, sent: Option<&Sent>) -> Result<(), LabError> {
        if let Body::Frozen { why, .. } = &self.loaded.body {
            return Err(LabError::Frozen { why: why.clone() });
        }
        // Looked up now, so that the store need not be asked between what is applied and its commit.
        if let Some(Sent { client, .. }) = sent {
            self.seq_of(client).await?;
        }
        match input {
            Input::Socket { socket, .. } if self.sockets.contains(*socket) => Ok(()),
            Input::Socket { .. } => Err(LabError::SocketGone),
            _ => self.pace.take().map_err(|wait| LabError::TooFast { wait }),
        }
    }

    /// Records that the sockets are gone which the record leaves open: helo was stopped, or fell.
    async fn lose_sockets(&mut self) -> Result<(), LabError> {
        let batch = self.lost_sockets();
        self.apply(batch).await
    }

    fn lost_sockets(&mut self) -> Vec<Waiting> {
        self.sockets.clear();
        let Body::Live(attempt) = &self.loaded.body else { return Vec::new() };
        let gone = |number| Waiting::unasked(socket::lost(number));
        attempt.open_sockets().into_iter().map(gone).collect()
    }

    /// Time has brought something about.
    async fn wake(&mut self) -> Result<(), LabError> {
        self.apply(vec![Waiting::unasked(Input::Pass)]).await
    }

    /// Applies inputs, commits them, and only then answers and shows what they brought about.
    async fn apply(&mut self, batch: Vec<Waiting>) -> Result<(), LabError> {
        let mut waiting = VecDeque::from(batch);
        while !waiting.is_empty() {
            let mut done = Vec::new();
            let mut again = Vec::new();
            let mut crashed = None;
            while let Some(one) = waiting.pop_front() {
                if let Some(Sent { client, seq }) = &one.sent
                    && *seq <= self.seq_of(client).await?
                {
                    again.push(one.reply);
                    continue;
                }
                match self.apply_one(one).await {
                    Ok(Some(one)) => done.push(one),
                    Ok(None) => {}
                    Err(reply) => {
                        crashed = Some(reply);
                        break;
                    }
                }
            }
            let committed = self.commit(done).await;
            // What came a second time is answered when what came the first time is on the disk.
            let receipt = Receipt { input: InputNo(self.loaded.inputs), event: EventNo(self.loaded.events) };
            for reply in again {
                reply.answer(committed.clone().map(|()| receipt));
            }
            committed?;
            if let Some(reply) = crashed {
                // The attempt in memory is in a state nobody knows; what is recorded is whole.
                self.reload().await?;
                reply.answer(Err(LabError::Crashed));
                // Before anything else happens, so that it is not done on a connection that is gone.
                self.lost_sockets().into_iter().rev().for_each(|lost| waiting.push_front(lost));
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
                let why = if let Body::Frozen { why, .. } = &other {
                    why.clone()
                } else {
                    WhyFrozen::ReplayCrashes
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
        let progress = progress(&attempt.report());
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
        Ok(Some(Done {
            sent,
            at,
            input,
            number: applied.input,
            entries,
            ticks: applied.ticks,
            progress,
            reply,
        }))
    }

    /// Writes what was done, then tells everybody. Where it cannot be written, it did not happen.
    async fn commit(&mut self, done: Vec<Done>) -> Result<(), LabError> {
        let Some(last) = done.last() else { return Ok(()) };
        let (number, progress) = (last.number, last.progress);
        let mut update = Update { input: number, entries: Vec::new(), ticks: Vec::new(), now: last.at };
        let (mut inputs, mut replies) = (Vec::new(), Vec::new());
        for one in done {
            inputs.push((one.number, one.at, one.input, one.sent));
            update.entries.extend(one.entries);
            update.ticks.extend(one.ticks);
            let last = update.entries.last().map_or(self.loaded.events, |e| e.n.0);
            replies.push((one.reply, Receipt { input: one.number, event: EventNo(last) }));
        }
        let written = match self.rows(&inputs, &update.entries, progress) {
            Ok(append) => self.lab.store.append(append).await.map_err(LabError::Store),
            Err(error) => Err(error),
        };
        if written.is_ok() {
            self.loaded.inputs = number.0;
            self.loaded.events += update.entries.len() as u64;
            self.show(update);
        }
        for (reply, receipt) in replies {
            reply.answer(written.clone().map(|()| receipt));
        }
        written
    }

    /// Gives a program that has just connected its socket, which it gets when that is on the disk.
    fn opened(&mut self, reply: Answering, input: &Input) -> Answering {
        let Answering::Opener(reply) = reply else { return reply };
        let found = match (input, &self.loaded.body) {
            (Input::Socket { socket, what: SocketInput::Open(service) }, Body::Live(attempt)) => {
                attempt.socket_conn(*socket).map(|conn| (*socket, conn, service.clone()))
            }
            _ => None,
        };
        let Some((number, conn, service)) = found else { return Answering::Opener(reply) };
        let handle = Handle { lab: self.lab.clone(), token: self.token.clone() };
        let socket =
            self.sockets.open(number, conn, service, self.loaded.about.clone(), handle, self.address.clone());
        self.clock.run();
        Answering::Opened(reply, socket)
    }

    fn rows(
        &self,
        inputs: &[(InputNo, Time, Input, Option<Sent>)],
        entries: &[Entry],
        progress: Progress,
    ) -> Result<Append, LabError> {
        let inputs: Result<Vec<_>, LabError> =
            inputs.iter().map(|(n, at, input, sent)| input_row(*n, *at, input, sent.clone())).collect();
        Ok(Append {
            attempt: self.loaded.id,
            after_input: self.loaded.inputs,
            after_event: self.loaded.events,
            inputs: inputs?,
            events: event_rows(entries)?,
            progress,
            now: (self.lab.options.wall_clock)(),
        })
    }

    /// Shows an update to everybody who looks. Who is too slow is dropped.
    fn show(&mut self, update: Update) {
        if update.entries.is_empty() && update.ticks.is_empty() {
            return;
        }
        self.sockets.show(&update.entries);
        let update = Arc::new(update);
        self.subscribers.retain(|_, subscriber| subscriber.send(&update));
        self.stand_if_alone();
    }

    /// Brings the attempt back from what is recorded, after an input has broken the one in memory.
    async fn reload(&mut self) -> Result<(), LabError> {
        let note = Some(format!("crashed at input {}", self.loaded.inputs + 1));
        self.lab.store.set_state(self.loaded.id, AttemptState::Open, note).await?;
        self.loaded = load(&self.lab.store, &self.lab.versions, &self.token).await?;
        match &self.loaded.body {
            Body::Frozen { why, .. } => Err(LabError::Frozen { why: why.clone() }),
            Body::Live(_) | Body::Lost => Ok(()),
        }
    }

    async fn subscribe(&mut self, from: EventNo) -> Result<Subscription, LabError> {
        let limit = self.lab.options.max_subscribers;
        if self.subscribers.len() >= limit {
            return Err(LabError::TooManyPages { limit });
        }
        let after = from.0.saturating_sub(1);
        let entries = entries(&self.lab.store, self.loaded.id, after, self.loaded.events).await?;
        let frozen = match &self.loaded.body {
            Body::Live(_) => {
                self.clock.run();
                None
            }
            Body::Frozen { why, .. } => Some(why.clone()),
            Body::Lost => return Err(LabError::Crashed),
        };
        let snapshot = Snapshot {
            about: self.loaded.about.clone(),
            entries,
            report: self.report(),
            now: self.clock.now(),
            frozen,
        };
        let id = self.next_subscriber;
        self.next_subscriber += 1;
        let (last, buffer) = (EventNo(self.loaded.events), self.lab.options.buffer);
        let (subscriber, subscription) = Subscriber::new(snapshot, last, buffer, id, self.address.clone());
        self.subscribers.insert(id, subscriber);
        Ok(subscription)
    }

    async fn seq_of(&mut self, client: &str) -> Result<u64, LabError> {
        self.loaded.clients.seq(&self.lab.store, self.loaded.id, client).await
    }

    fn report(&self) -> Report {
        match &self.loaded.body {
            Body::Live(attempt) => attempt.report(),
            Body::Frozen { report, .. } => report.clone(),
            Body::Lost => Report {
                points: Points::ZERO,
                max_points: Points::ZERO,
                steps: Vec::new(),
                slips: Vec::new(),
            },
        }
    }

    async fn evidence(&mut self) -> Result<(Report, Vec<Entry>), LabError> {
        let report = self.report();
        let entries = evidence(&self.lab.store, self.loaded.id, &report).await?;
        Ok((report, entries))
    }

    fn stand_if_alone(&mut self) {
        if self.alone() {
            self.clock.stand();
        }
    }

    /// Is nobody there: no page, no program at a socket?
    fn alone(&self) -> bool {
        self.subscribers.is_empty() && self.sockets.is_empty()
    }

    /// When the world wants to go on by itself.
    fn wake_at(&self) -> Option<Instant> {
        match &self.loaded.body {
            Body::Live(attempt) if !self.stuck => {
                attempt.next_wakeup().and_then(|due| self.clock.moment(due))
            }
            _ => None,
        }
    }

    /// When the attempt leaves memory, if nothing happens until then.
    fn leave_at(&self) -> Option<Instant> {
        let alone = self.alone();
        let quiet = if self.make_room { Duration::ZERO } else { self.lab.options.passivate_after };
        alone.then(|| self.quiet_since.checked_add(quiet)).flatten()
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
