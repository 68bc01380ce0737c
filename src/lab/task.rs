//! The task of one live attempt: it alone owns the attempt. What it does with an input is in [`apply`](super::apply).

use super::clock::{AttemptClock, Pace};
use super::pending::Pending;
use super::record::{Body, Loaded, entries, evidence, load, progress};
use super::socket::{self, Socket, Sockets};
use super::subscription::{End, Snapshot, Subscriber, Subscription};
use super::waiting::{Answering, Waiting};
use super::{Inner, LONGEST_PASS, LabError, Receipt};
use crate::attempt::{Completion, Input, SocketInput};
use crate::event::Entry;
use crate::grade::Report;
use crate::store::{Progress, Sent};
use crate::units::{EventNo, TermId, Time};
use std::collections::BTreeMap;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::{Instant, Sleep, sleep_until};

/// How many messages that wait are dealt with before what they brought about is written.
const BATCH: usize = 64;

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, LabError>>;

/// What comes to an attempt's task. Each but a socket's and the last four holds a place in the attempt's queue. It travels in a
/// `Box`: a queue has room for many, and most attempts never have more than one waiting.
#[derive(Debug)]
pub(super) enum Message {
    /// Do this.
    Input(Input, Option<Sent>, Reply<Receipt>, OwnedSemaphorePermit),
    /// Let so much time pass; `None`: until something happens by itself.
    Pass(Option<Duration>, Sent, Reply<Receipt>, OwnedSemaphorePermit),
    /// A program connects to the real port of this service.
    OpenSocket(String, Reply<Socket>, OwnedSemaphorePermit),
    /// The program at this socket did something. It has one input under way at most, and waits for it: that is its pace.
    Socket(u32, SocketInput, Reply<Receipt>),
    /// Somebody wants to look, from this event on.
    Subscribe(EventNo, Reply<Subscription>, OwnedSemaphorePermit),
    /// How does it stand?
    Report(Reply<Report>, OwnedSemaphorePermit),
    /// The highest number of what this client has sent.
    SeqOf(String, Reply<u64>, OwnedSemaphorePermit),
    /// How does it stand, and what does that rest on?
    Evidence(Reply<(Report, Vec<Entry>)>, OwnedSemaphorePermit),
    /// How could a line go on?
    Complete(TermId, String, Reply<Option<Completion>>, OwnedSemaphorePermit),
    /// The subscriber with this number is gone.
    Left(u64),
    /// Nobody holds the socket with this number any more.
    SocketLost(u32),
    /// Room is needed: leave memory, if nobody is looking.
    MakeRoom,
    /// The lab is being closed.
    Close,
}

/// The task.
pub(super) struct Task {
    pub(super) lab: Arc<Inner>,
    slot: u64,
    pub(super) token: Arc<str>,
    messages: mpsc::UnboundedReceiver<Box<Message>>,
    /// Its own address, for subscriptions and sockets.
    pub(super) address: mpsc::UnboundedSender<Box<Message>>,
    pub(super) loaded: Loaded,
    /// How far the attempt has come, with all that was applied.
    pub(super) progress: Progress,
    /// What is not on the disk yet.
    pub(super) pending: Pending,
    pub(super) clock: AttemptClock,
    pace: Pace,
    pub(super) subscribers: BTreeMap<u64, Subscriber>,
    next_subscriber: u64,
    pub(super) sockets: Sockets,
    /// Since when nobody has looked or typed.
    quiet_since: Instant,
    /// Others need the room: leave as soon as nobody looks and nothing waits.
    make_room: bool,
    /// The world wants to be woken at once, again and again, without anything happening: it waits for an input.
    pub(super) stuck: bool,
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
        None => Box::pin(load(&lab.store, &lab.versions, &token)).await,
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
                progress: progress(&report_of(&loaded)),
                loaded,
                pending: Pending::default(),
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
            Message::Input(_, _, reply, _) | Message::Pass(_, _, reply, _) | Message::Socket(_, _, reply) => {
                drop(reply.send(Err(error.clone())));
            }
            Message::OpenSocket(_, reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Subscribe(_, reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Report(reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Evidence(reply, _) => drop(reply.send(Err(error.clone()))),
            Message::SeqOf(_, reply, _) => drop(reply.send(Err(error.clone()))),
            Message::Complete(_, _, reply, _) => drop(reply.send(Err(error.clone()))),
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

fn report_of(loaded: &Loaded) -> Report {
    match &loaded.body {
        Body::Live(attempt) => attempt.report(),
        Body::Frozen { report, .. } => report.clone(),
        Body::Lost => Report::default(),
    }
}

impl Task {
    async fn serve(mut self) {
        // One alarm that is only ever put forward: to set one anew for each input would cost more than the input.
        let mut alarm = pin!(sleep_until(Instant::now()));
        let mut goes_on = self.lose_sockets().await;
        let error = loop {
            if let Err(error) = goes_on {
                break error;
            }
            self.write();
            let rings = self.set(alarm.as_mut());
            goes_on = tokio::select! {
                biased;
                written = self.pending.written() => self.committed(written),
                message = self.messages.recv() => match message {
                    Some(message) => self.handle_all(*message).await,
                    None => Err(LabError::Closing),
                },
                () = alarm.as_mut(), if rings => match self.in_time().await {
                    Ok(true) => return,
                    Ok(false) => Ok(()),
                    Err(error) => Err(error),
                },
            };
        };
        self.lab.remove(&self.token, self.slot);
        for subscriber in self.subscribers.values() {
            subscriber.end(End::Trouble(error.clone()));
        }
        refuse(&mut self.messages, &error);
    }

    /// Sees to it that the alarm rings when something is to be done, or earlier; false where nothing ever is.
    fn set(&self, alarm: Pin<&mut Sleep>) -> bool {
        let next = self.wake_at().into_iter().chain(self.leave_at()).chain(self.pending.due()).min();
        let Some(next) = next else { return false };
        if alarm.is_elapsed() || next < alarm.deadline() {
            alarm.reset(next);
        }
        true
    }

    /// Does what is due now; true where that was to leave.
    async fn in_time(&mut self) -> Result<bool, LabError> {
        let (wake, leave) = (self.wake_at(), self.leave_at());
        // Read after the two: what is overdue is due at the moment of asking.
        let now = Instant::now();
        let due = |moment: Option<Instant>| moment.is_some_and(|moment| moment <= now);
        if due(wake) {
            self.apply(Waiting::unasked(Input::Pass)).await?;
        } else if due(leave) {
            let Task { lab, messages, .. } = self;
            return Ok(lab.remove_if(&self.token, self.slot, || messages.is_empty()));
        }
        Ok(false)
    }

    /// Deals with a message and with those that wait behind it, so that they are written together.
    async fn handle_all(&mut self, message: Message) -> Result<(), LabError> {
        (self.quiet_since, self.make_room) = (Instant::now(), false);
        self.handle(message).await?;
        for _ in 1..BATCH {
            let Ok(next) = self.messages.try_recv() else { break };
            self.handle(*next).await?;
        }
        Ok(())
    }

    async fn handle(&mut self, message: Message) -> Result<(), LabError> {
        let one = match message {
            Message::Input(input, sent, reply, _room) => self.admit(input, Duration::ZERO, sent, reply),
            Message::Pass(time, sent, reply, _room) => {
                let time = time.unwrap_or_else(|| self.until_next()).min(LONGEST_PASS);
                self.admit(Input::Pass, time, Some(sent), reply)
            }
            Message::OpenSocket(service, reply, _room) => {
                let reply = Answering::Opener(reply);
                Some(Waiting { reply, ..Waiting::unasked(socket::open(service)) })
            }
            Message::Socket(number, what, reply) if self.sockets.contains(number) => {
                let reply = Answering::Program(reply);
                Some(Waiting { reply, ..Waiting::unasked(Input::Socket { socket: number, what }) })
            }
            Message::Socket(_, _, reply) => {
                drop(reply.send(Err(LabError::SocketGone)));
                None
            }
            Message::SocketLost(number) => {
                self.sockets.contains(number).then(|| Waiting::unasked(socket::lost(number)))
            }
            // Rarer than inputs, and larger: a task need not have room for it all its life.
            other => return Box::pin(self.look(other)).await,
        };
        match one {
            Some(one) => self.apply(one).await,
            None => Ok(()),
        }
    }

    /// May a page's input be done now?
    fn admit(
        &mut self,
        input: Input,
        after: Duration,
        sent: Option<Sent>,
        reply: Reply<Receipt>,
    ) -> Option<Waiting> {
        let refused = match (&self.loaded.body, &input) {
            (Body::Frozen { why, .. }, _) => Some(LabError::Frozen { why: why.clone() }),
            // What a program does comes from its socket.
            (_, Input::Socket { .. }) => Some(LabError::SocketGone),
            // A page has all the terminals before it, so that nobody has left one out by mistake. Scripts may.
            (Body::Live(attempt), input)
                if sent.is_some() && input.terminal() > Some(attempt.next_terminal()) =>
            {
                Some(LabError::NoSuchTerminal { next: attempt.next_terminal() })
            }
            _ => self.pace.take().err().map(|wait| LabError::TooFast { wait }),
        };
        match refused {
            None => Some(Waiting { input, after, sent, reply: Answering::Doer(reply) }),
            Some(error) => {
                drop(reply.send(Err(error)));
                None
            }
        }
    }

    /// How long it is to what happens by itself next.
    fn until_next(&self) -> Duration {
        let next = match &self.loaded.body {
            Body::Live(attempt) => attempt.next_wakeup(),
            _ => None,
        };
        next.map_or(Duration::ZERO, |due| due.since(self.clock.now()))
    }

    /// Deals with what is no input.
    async fn look(&mut self, message: Message) -> Result<(), LabError> {
        // Who asks how things stand is told of nothing that is not on the disk.
        if !matches!(message, Message::Left(_) | Message::MakeRoom) {
            self.flush().await?;
        }
        match message {
            Message::Subscribe(from, reply, _room) => {
                let subscription = self.subscribe(from).await;
                // Where nobody waits for it any more, dropping it says so.
                drop(reply.send(subscription));
            }
            Message::Report(reply, _room) => drop(reply.send(Ok(report_of(&self.loaded)))),
            Message::Evidence(reply, _room) => drop(reply.send(self.evidence().await)),
            Message::Complete(term, before, reply, _room) => {
                let completion = match &self.loaded.body {
                    Body::Live(attempt) if !attempt.drawn().exam => Some(attempt.complete(term, &before)),
                    Body::Live(_) | Body::Frozen { .. } | Body::Lost => None,
                };
                drop(reply.send(Ok(completion)));
            }
            Message::SeqOf(client, reply, _room) => drop(reply.send(self.seq_of(&client).await)),
            Message::Left(id) => {
                self.subscribers.remove(&id);
                self.stand_if_alone();
            }
            Message::MakeRoom => self.make_room = true,
            Message::Close => return Err(LabError::Closing),
            Message::Input(..)
            | Message::Pass(..)
            | Message::OpenSocket(..)
            | Message::Socket(..)
            | Message::SocketLost(_) => {}
        }
        Ok(())
    }

    /// Records that the sockets are gone which the record leaves open: helo was stopped, or fell.
    async fn lose_sockets(&mut self) -> Result<(), LabError> {
        for lost in self.lost_sockets() {
            self.apply(lost).await?;
        }
        Ok(())
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
            report: report_of(&self.loaded),
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

    pub(super) async fn seq_of(&mut self, client: &str) -> Result<u64, LabError> {
        if let Some(seq) = self.loaded.clients.known(client) {
            return Ok(seq);
        }
        // Of what is not on the disk yet the store knows nothing.
        self.flush().await?;
        self.loaded.clients.seq(&self.lab.store, self.loaded.id, client).await
    }

    async fn evidence(&mut self) -> Result<(Report, Vec<Entry>), LabError> {
        let report = report_of(&self.loaded);
        let entries = evidence(&self.lab.store, self.loaded.id, &report).await?;
        Ok((report, entries))
    }

    pub(super) fn stand_if_alone(&mut self) {
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
        let nothing_left = self.alone() && self.pending.is_empty();
        let quiet = if self.make_room { Duration::ZERO } else { self.lab.options.passivate_after };
        nothing_left.then(|| self.quiet_since.checked_add(quiet)).flatten()
    }
}
