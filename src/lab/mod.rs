//! Live attempts: one task for each, which owns it; the only place with a real clock and real randomness.
//!
//! - [`Lab::create`] begins an attempt, [`Lab::open`] finds one by its token. Both give a [`Handle`], which is cheap,
//!   can be cloned, and stays good: an attempt that nobody has looked at for minutes leaves memory and is rebuilt
//!   from its record at the next use.
//! - [`Handle::input`] does something. It returns when input and events are **on the disk**; nothing is shown earlier.
//!   [`Handle::input_once`] does the same for somebody who numbers what it sends, and takes no number twice.
//! - [`Handle::connect`] is a program at a real port. Its answers wait for the disk where they promise something that
//!   outlasts the connection, as mail protocols do.
//! - [`Handle::subscribe`] gives how the attempt stands (a [`Snapshot`] with the events from a number on) and then
//!   each [`Update`] without a gap, to any number of pages alike. Who does not take them fast enough is dropped with
//!   the number to resume from, and subscribes again. Dropping a [`Subscription`] is leaving.
//! - [`Lab::past`] gives how an attempt stood after any of its events, from the store alone.
//! - The attempt's own clock runs only while somebody is subscribed. What is due then (a sleeping program, a retry, a
//!   time-out) comes by itself as an update.
//! - An attempt whose record this version of helo would play differently is **frozen**: it shows what was recorded,
//!   keeps its points, and takes no more inputs ([`Snapshot::frozen`]).
//! - Every error has a text in both languages that says what to do: [`LabError::text`].
//!
//! ```no_run
//! # async fn example(store: helo::store::Store, scenario: helo::scenario::Scenario)
//! # -> Result<(), helo::lab::LabError> {
//! use helo::attempt::Input;
//! use helo::lab::{Catalogue, Lab, LabOptions};
//! use helo::units::{EventNo, Lang, TermId, Time};
//!
//! let lab = Lab::new(store, Catalogue::new([scenario]), LabOptions::default());
//! let learner = lab.store().learner("local", "you", Time(0)).await?;
//! let attempt = lab.create(learner.id, "send-by-hand", Lang::En).await?;
//! let mut page = attempt.subscribe(EventNo(1)).await?;
//! println!("{} events so far", page.snapshot.entries.len());
//! attempt.input(Input::Line { term: TermId(1), text: "telnet mail.example.org 25".into() }).await?;
//! while let Ok(update) = page.next().await {
//!     println!("{:?}", update.entries);
//! }
//! # Ok(())
//! # }
//! ```

mod apply;
mod catalogue;
mod clients;
mod clock;
mod doors;
mod error;
mod past;
mod pending;
mod promise;
mod record;
mod registry;
mod scribes;
mod socket;
mod subscription;
mod task;
#[cfg(test)]
mod tests;
mod waiting;

pub use catalogue::Catalogue;
pub use doors::{Door, Doors};
pub use error::{LabError, WhyFrozen};
pub use socket::{Identity, News, Socket};
pub use subscription::{About, End, Ended, Snapshot, Subscription, Update};

use crate::attempt::{Attempt, Completion, Input, Prepared};
use crate::event::Entry;
use crate::grade::Report;
use crate::keys;
use crate::scenario::Scenario;
use crate::store;
use crate::store::{LearnerId, Lines, NewAttempt, ScenarioVersion, Sent, Store};
use crate::units::{Bounds, EventNo, InputNo, Lang, TermId, Time};
use catalogue::Versions;
use clients::Clients;
use record::{Body, Loaded, json, kept_bounds, kept_keys, progress, push_event};
use registry::Registry;
use scribes::Scribes;
use std::sync::Arc;
use std::time::Duration;
use task::{Message, Reply};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// How much time can be let pass at once.
pub const LONGEST_PASS: Duration = Duration::from_secs(86_400);

/// The name under which the store keeps into which attempt the real ports lead.
const PINNED: &str = "pinned";

/// The bounds of a lab.
#[derive(Debug, Clone, Copy)]
pub struct LabOptions {
    /// How long an attempt stays in memory while nobody looks at it or types.
    pub passivate_after: Duration,
    /// How many attempts are in memory at most.
    pub max_live: usize,
    /// How long somebody waits for another attempt to leave memory, where there are as many as there may be.
    pub wait_for_room: Duration,
    /// How many subscriptions an attempt has at most.
    pub max_subscribers: usize,
    /// How many updates wait for a subscriber before it is dropped as too slow.
    pub buffer: usize,
    /// How many inputs, subscriptions and questions wait for an attempt; who comes later waits before the door.
    pub queue: usize,
    /// How many inputs an attempt takes each second in the long run.
    pub inputs_per_second: u32,
    /// How many inputs an attempt takes in one go after a pause.
    pub burst: u32,
    /// How far the attempts may go that it begins. One that was begun before keeps the bounds that it was begun with.
    pub bounds: Bounds,
    /// Where the real time comes from; another one only in tests.
    pub wall_clock: fn() -> Time,
}

impl Default for LabOptions {
    fn default() -> LabOptions {
        LabOptions {
            passivate_after: Duration::from_secs(600),
            max_live: 4096,
            wait_for_room: Duration::from_secs(5),
            max_subscribers: 16,
            buffer: 256,
            queue: 64,
            inputs_per_second: 50,
            burst: 200,
            bounds: Bounds::LEARNER,
            wall_clock: clock::wall_clock,
        }
    }
}

/// That an input is done and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The number of the input.
    pub input: InputNo,
    /// The last event there is after it.
    pub event: EventNo,
    /// Nothing of this attempt is on its way to the disk just now, and nothing is waited for that will be.
    pub calm: bool,
}

/// All live attempts. Cloning it is cheap; all clones are the same lab.
#[derive(Debug, Clone)]
pub struct Lab {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    versions: Versions,
    options: LabOptions,
    registry: Registry,
    scribes: Scribes,
}

/// One attempt, live or not.
#[derive(Debug, Clone)]
pub struct Handle {
    lab: Arc<Inner>,
    token: Arc<str>,
}

impl Lab {
    /// A lab over a store, with the scenarios that attempts can be begun with. Needs a tokio runtime with its timer.
    pub fn new(store: Store, catalogue: Catalogue, options: LabOptions) -> Lab {
        let (versions, registry) = (Versions::new(catalogue), Registry::default());
        Lab { inner: Arc::new(Inner { store, versions, options, registry, scribes: Scribes::default() }) }
    }

    /// The scenarios on offer now.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.inner.versions.catalogue()
    }

    /// From now on these are on offer. Attempts under way keep the version they were begun with, which the store has.
    pub fn offer(&self, catalogue: Catalogue) {
        self.inner.versions.offer(catalogue);
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The real time, for rows of the store.
    pub fn wall_clock(&self) -> Time {
        (self.inner.options.wall_clock)()
    }

    /// How many attempts are in memory.
    pub fn live(&self) -> usize {
        self.inner.registry.live()
    }

    /// Begins an attempt. `lang` is the language of the texts inside its world. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`LabError::NoSuchScenario`], [`LabError::Scenario`] for one that cannot be begun, trouble with the store.
    pub async fn create(&self, learner: LearnerId, scenario: &str, lang: Lang) -> Result<Handle, LabError> {
        self.create_with(learner, scenario, lang, clock::seed()?).await
    }

    /// The same with this seed.
    ///
    /// # Errors
    /// As for [`Lab::create`].
    pub async fn create_with(
        &self,
        learner: LearnerId,
        scenario: &str,
        lang: Lang,
        seed: u64,
    ) -> Result<Handle, LabError> {
        let catalogue = self.catalogue();
        let scenario = catalogue.get(scenario)?;
        let start = self.wall_clock();
        let bounds = self.inner.options.bounds;
        // A key for RSA takes a tenth of a second, and there may be some: nobody else's line waits for them.
        let (offered, id) = (catalogue.clone(), scenario.id().to_owned());
        let begin = move || offered.get(&id).and_then(|s| begin(s, seed, lang, start, bounds)).map(Box::new);
        let begun = tokio::task::spawn_blocking(begin).await;
        let mut attempt = *begun.map_err(|failed| match failed.is_panic() {
            true => LabError::Crashed,
            false => LabError::Closing,
        })??;
        let (header, (_, entries)) = (attempt.header(), attempt.hand_over());
        let mut events = Lines::default();
        entries.iter().try_for_each(|entry| push_event(&mut events, entry))?;
        let new = NewAttempt {
            token: clock::token()?,
            learner,
            assignment: None,
            scenario: ScenarioVersion {
                hash: scenario.hash().to_owned(),
                scenario: scenario.id().to_owned(),
                text: scenario.source().to_owned(),
            },
            engine: header.engine,
            event_version: header.events,
            seed,
            lang,
            start,
            vars: json(&header.vars)?,
            keys: kept_keys(&header.keyring)?,
            bounds: kept_bounds(header.bounds)?,
            events,
            progress: progress(&attempt.report()),
            now: start,
        };
        let token: Arc<str> = new.token.as_str().into();
        let (id, number) = self.inner.store.begin(new).await?;
        let about = About {
            token: token.to_string(),
            scenario: scenario.id().to_owned(),
            number,
            seed,
            lang,
            start,
            drawn: Some(attempt.drawn().clone()),
        };
        let events = attempt.last_event().0;
        let loaded = Loaded {
            id,
            about: Arc::new(about),
            body: Body::Live(Box::new(attempt)),
            inputs: 0,
            events,
            clients: Clients::default(),
        };
        let handle = Handle { lab: self.inner.clone(), token };
        // Where there is no room for it now, it is rebuilt when it is needed.
        registry::insert(&self.inner, &handle.token, loaded);
        Ok(handle)
    }

    /// The attempt with this token.
    ///
    /// # Errors
    /// [`LabError::NoSuchAttempt`], or trouble with the store.
    pub async fn open(&self, token: &str) -> Result<Handle, LabError> {
        self.find(token).await?.ok_or(LabError::NoSuchAttempt)?;
        Ok(Handle { lab: self.inner.clone(), token: token.into() })
    }

    /// What the store knows about the attempt with this token, without bringing it into memory.
    ///
    /// # Errors
    /// Trouble with the store.
    pub async fn find(&self, token: &str) -> Result<Option<store::Attempt>, LabError> {
        Ok(self.inner.store.attempt_by_token(token).await?)
    }

    /// Remembers into which attempt the real ports lead, over a restart too; `None`: nowhere.
    ///
    /// # Errors
    /// Trouble with the store.
    pub async fn remember_pinned(&self, token: Option<&str>) -> Result<(), LabError> {
        Ok(self.inner.store.set_setting(PINNED, token.map(str::to_owned)).await?)
    }

    /// The attempt into which the real ports led last, if it is still there.
    ///
    /// # Errors
    /// Trouble with the store.
    pub async fn remembered_pinned(&self) -> Result<Option<Handle>, LabError> {
        let Some(token) = self.inner.store.setting(PINNED).await? else { return Ok(None) };
        match self.open(&token).await {
            Ok(handle) => Ok(Some(handle)),
            Err(LabError::NoSuchAttempt) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Ends all subscriptions with [`LabError::Closing`], takes no more inputs, and returns when no attempt is in
    /// memory any more. The store stays open.
    pub async fn close(&self) {
        self.inner.registry.close().await;
    }
}

/// Draws an attempt, has its certificates made, and begins it.
fn begin(
    scenario: &Scenario,
    seed: u64,
    lang: Lang,
    start: Time,
    bounds: Bounds,
) -> Result<Attempt, LabError> {
    let fault = |faults| LabError::Scenario { id: scenario.id().to_owned(), faults };
    let prepared = Prepared::new(scenario, seed, lang).map_err(fault)?;
    let mut keyring = keys::make_with_mail(&prepared.certificates(), &prepared.mail_certificates(), start)?;
    keys::add_signing(&mut keyring, &prepared.signing_keys())?;
    Ok(prepared.within(bounds).begin(start, keyring))
}

impl Handle {
    /// The attempt's name for the outside.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Does something. Returns when it is on the disk.
    ///
    /// # Errors
    /// Whatever the error, the input has not been done, or only together with what the transcript shows of it.
    pub async fn input(&self, input: Input) -> Result<Receipt, LabError> {
        self.ask(|reply, room| Message::Input(input, None, reply, room)).await
    }

    /// Does something that a client has numbered, once: what the same client sends again with the same or a lower number is
    /// acknowledged and not done again, also after a crash. So whoever has no answer may send again.
    ///
    /// # Errors
    /// As for [`Handle::input`]; [`LabError::NoSuchTerminal`] for a terminal beyond the next one that can be opened.
    pub async fn input_once(&self, sent: Sent, input: Input) -> Result<Receipt, LabError> {
        self.ask(|reply, room| Message::Input(input, Some(sent), reply, room)).await
    }

    /// Lets time pass on the attempt's clock, at most [`LONGEST_PASS`], as if somebody had looked on for so long: what is
    /// due until then happens. `None` is up to what happens by itself next, and no time where nothing is to come. Numbered as for [`Handle::input_once`].
    ///
    /// # Errors
    /// As for [`Handle::input`].
    pub async fn pass_once(&self, sent: Sent, time: Option<Duration>) -> Result<Receipt, LabError> {
        self.ask(|reply, room| Message::Pass(time, sent, reply, room)).await
    }

    /// The highest number of what this client has sent that is on the disk; 0 where there is none.
    ///
    /// # Errors
    /// [`LabError::TooManyAttempts`], trouble with the store.
    pub async fn seq_of(&self, client: &str) -> Result<u64, LabError> {
        let client = client.to_owned();
        self.ask(|reply, room| Message::SeqOf(client, reply, room)).await
    }

    /// A program outside connects to the real port of this service, by its name in the scenario's `[ports]`. What the host
    /// says comes from the socket.
    ///
    /// # Errors
    /// [`LabError::SocketGone`] where the scenario has no such port, [`LabError::TooManyAttempts`],
    /// [`LabError::Frozen`], [`LabError::UsedUp`], trouble with the store.
    pub async fn connect(&self, service: &str) -> Result<Socket, LabError> {
        let service = service.to_owned();
        self.ask(|reply, room| Message::OpenSocket(service, reply, room)).await
    }

    /// Looks at the attempt: its events from `from` on (the first is 1), then everything that happens.
    ///
    /// # Errors
    /// [`LabError::TooManyPages`], [`LabError::TooManyAttempts`], trouble with the store.
    pub async fn subscribe(&self, from: EventNo) -> Result<Subscription, LabError> {
        self.ask(|reply, room| Message::Subscribe(from, reply, room)).await
    }

    /// Points and evidence as they stand.
    ///
    /// # Errors
    /// [`LabError::TooManyAttempts`], trouble with the store.
    pub async fn report(&self) -> Result<Report, LabError> {
        self.ask(Message::Report).await
    }

    /// Points as they stand, and the events they rest on.
    ///
    /// # Errors
    /// [`LabError::TooManyAttempts`], trouble with the store.
    pub async fn evidence(&self) -> Result<(Report, Vec<Entry>), LabError> {
        self.ask(Message::Evidence).await
    }

    /// How a line typed at this terminal could go on, whose part before the cursor is `before`: what Tab offers. No input,
    /// and nothing is recorded. `None` where nothing is offered: in an exam, and where the attempt can only be read.
    ///
    /// # Errors
    /// [`LabError::TooManyAttempts`], trouble with the store.
    pub async fn complete(&self, term: TermId, before: &str) -> Result<Option<Completion>, LabError> {
        let before = before.to_owned();
        self.ask(|reply, room| Message::Complete(term, before, reply, room)).await
    }

    /// Puts a question to the attempt's task, which is started where there is none.
    async fn ask<T>(
        &self,
        message: impl FnOnce(Reply<T>, OwnedSemaphorePermit) -> Message,
    ) -> Result<T, LabError> {
        let (reply, answer) = oneshot::channel();
        registry::send(&self.lab, &self.token, |room| message(reply, room)).await?;
        // A task that is gone without an answer has fallen, which the registry hears of by itself.
        answer.await.unwrap_or(Err(LabError::Crashed))
    }
}
