//! The WebSocket of one open page: what the learner does goes in, what happened comes out. docs/page-protocol.md.

use super::Site;
use super::error::Problem;
use super::guard;
use super::kept_back::{is_shown, kept_back};
use super::protocol::{FromPage, MESSAGE_OCTETS, Refusal, ToPage, is_client};
use super::shown::Shown;
use super::steps::state;
use super::ui::Ui;
use super::view::Viewer;
use crate::attempt::Completion;
use crate::event::{Entry, Event};
use crate::lab::{About, End, Ended, Handle, LabError, Subscription};
use crate::scenario::Hidden;
use crate::store::Sent;
use crate::units::{EventNo, TermId};
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

/// Octets of each buffer. The default of a hundred times as much is what an open page would cost most.
const BUFFER: usize = 1 << 10;
/// How many events go into one message.
const EVENTS_PER_MESSAGE: usize = 256;
/// How long a page may take for its `hello`.
const HELLO: Duration = Duration::from_secs(10);
/// How often the page's machine is asked whether it is still there.
const PING: Duration = Duration::from_secs(20);
/// How long it may be silent.
const SILENCE: Duration = Duration::from_secs(65);
/// How long a page waits before it tries again what could not be stored.
const NOT_STORED_MS: u64 = 2_000;

/// `GET /attempts/{token}/ws`.
pub(super) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let ui = Ui::for_browser(&headers);
    if !guard::same_origin(&headers) {
        return Problem::ForeignPage.page_in(ui);
    }
    let handle = match site.lab.open(&token).await {
        Ok(handle) => handle,
        Err(error) => return Problem::Lab(error).page_in(ui),
    };
    upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_message_size(MESSAGE_OCTETS)
        .max_frame_size(MESSAGE_OCTETS)
        .on_upgrade(move |socket| talk(socket, handle, ui))
}

/// Why a conversation ends.
enum Bye {
    /// The page is gone.
    Gone,
    /// Tell it this.
    Say(u16, String),
}

impl Bye {
    /// The page has not kept to the protocol.
    fn protocol(what: &str) -> Bye {
        Bye::Say(close_code::POLICY, what.to_owned())
    }
}

impl From<axum::Error> for Bye {
    fn from(_: axum::Error) -> Bye {
        Bye::Gone
    }
}

impl From<LabError> for Bye {
    fn from(error: LabError) -> Bye {
        match error {
            LabError::Closing => Bye::Say(close_code::AWAY, "helo is shutting down".to_owned()),
            error @ LabError::NoSuchTerminal { .. } => Bye::protocol(&error.to_string()),
            error => Bye::Say(close_code::AGAIN, error.to_string()),
        }
    }
}

async fn talk(socket: WebSocket, handle: Handle, ui: &'static Ui) {
    let (to_page, mut from_page) = socket.split();
    let mut out = Out { sink: to_page, waiting: false };
    let bye = match converse(&mut out, &mut from_page, handle, ui).await {
        Ok(()) | Err(Bye::Gone) => return,
        Err(Bye::Say(code, reason)) => (code, reason),
    };
    // A close frame has room for 123 octets of reason (RFC 6455 section 5.5.1).
    let end = (0..=bye.1.len().min(120)).rev().find(|n| bye.1.is_char_boundary(*n)).unwrap_or(0);
    let reason = bye.1.get(..end).unwrap_or_default();
    let frame = CloseFrame { code: bye.0, reason: reason.into() };
    // Where the page is gone already there is nobody to tell.
    let _ = out.sink.send(Message::Close(Some(frame))).await;
}

async fn converse(
    out: &mut Out,
    from_page: &mut SplitStream<WebSocket>,
    handle: Handle,
    ui: &'static Ui,
) -> Result<(), Bye> {
    let hello = timeout(HELLO, next(from_page)).await.map_err(|_| Bye::protocol("no hello came"))??;
    let FromPage::Hello { client, from } = hello else {
        return Err(Bye::protocol("the first message must be hello"));
    };
    if !is_client(&client) {
        return Err(Bye::protocol("client: up to 40 letters, digits and hyphens"));
    }
    let mut subscription = handle.subscribe(EventNo(from.saturating_add(1))).await?;
    let seq = handle.seq_of(&client).await?;
    let last = EventNo(subscription.resume().0.saturating_sub(1));
    out.feed(&ToPage::Welcome { seq, last: last.0 }).await?;
    let mut page = Page {
        client,
        done: seq,
        blocked: None,
        viewer: viewer(ui, &subscription.snapshot.about),
        about: subscription.snapshot.about.clone(),
        handle,
        ui,
        hidden: {
            let report = subscription.snapshot.report.clone().for_learner();
            kept_back(subscription.snapshot.about.drawn.as_deref(), &report)
        },
    };
    page.begin(out, &subscription).await?;
    // What was shown need not be kept as long as the page is open.
    subscription.snapshot.entries = Vec::new();
    subscription.snapshot.report.steps = Vec::new();
    page.run(out, from_page, subscription).await
}

/// Whose eyes the page sees with.
pub(super) fn viewer(ui: &Ui, about: &About) -> Viewer {
    let workstation = about.drawn.as_ref().map(|d| &d.setup.workstation);
    Viewer {
        lang: ui.lang,
        zone: workstation.map(|w| w.zone).unwrap_or_default(),
        workstation: workstation.map_or_else(String::new, |w| w.name.clone()),
    }
}

/// The way to the page. What is fed goes out when there is nothing else to do, so that an acknowledgement and what
/// it brought about travel together.
struct Out {
    sink: SplitSink<WebSocket, Message>,
    waiting: bool,
}

impl Out {
    async fn feed(&mut self, message: &ToPage) -> Result<(), Bye> {
        // Writing these types as JSON cannot fail.
        let json = serde_json::to_string(message).unwrap_or_default();
        self.waiting = true;
        Ok(self.sink.feed(Message::text(json)).await?)
    }

    async fn flush(&mut self) -> Result<(), Bye> {
        self.waiting = false;
        Ok(self.sink.flush().await?)
    }
}

/// The next message of the page.
async fn next(from_page: &mut SplitStream<WebSocket>) -> Result<FromPage, Bye> {
    loop {
        if let Some(message) = read(from_page.next().await)? {
            return Ok(message);
        }
    }
}

/// A message; `None` for a sign of life alone.
fn read(came: Option<Result<Message, axum::Error>>) -> Result<Option<FromPage>, Bye> {
    match came {
        None | Some(Ok(Message::Close(_))) => Err(Bye::Gone),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Binary(_))) => {
            Err(Bye::protocol("binary message; JSON in text frames was expected"))
        }
        Some(Ok(Message::Text(text))) => {
            serde_json::from_str(&text).map(Some).map_err(|e| Bye::protocol(&format!("not understood: {e}")))
        }
        // The commonest fault that can still be answered is a message beyond the bound.
        Some(Err(error)) => Err(Bye::Say(
            close_code::SIZE,
            format!("messages have at most {MESSAGE_OCTETS} octets: cut pastes into pieces ({error})"),
        )),
    }
}

/// An open page.
struct Page {
    client: String,
    /// The highest number that was dealt with.
    done: u64,
    /// The number that must come again before any other.
    blocked: Option<u64>,
    viewer: Viewer,
    about: Arc<About>,
    handle: Handle,
    ui: &'static Ui,
    /// What is kept back as things stand.
    hidden: BTreeSet<Hidden>,
}

impl Page {
    /// Shows how things stand.
    async fn begin(&mut self, out: &mut Out, subscription: &Subscription) -> Result<(), Bye> {
        let there = &subscription.snapshot;
        self.show(out, &there.entries).await?;
        self.steps(out).await?;
        if let Some(why) = &there.frozen {
            out.feed(&ToPage::Frozen { text: why.text().get(self.ui.lang).to_owned() }).await?;
        }
        Ok(())
    }

    async fn run(
        &mut self,
        out: &mut Out,
        from_page: &mut SplitStream<WebSocket>,
        mut subscription: Subscription,
    ) -> Result<(), Bye> {
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                biased;
                update = subscription.next() => match update {
                    Ok(update) => {
                        self.show(out, &update.entries).await?;
                        if !update.ticks.is_empty() || update.entries.iter().any(changes_steps) {
                            self.steps(out).await?;
                        }
                    }
                    Err(Ended { why: End::Slow, resume }) => {
                        subscription = self.handle.subscribe(resume).await?;
                        let entries = std::mem::take(&mut subscription.snapshot.entries);
                        self.show(out, &entries).await?;
                        self.steps(out).await?;
                    }
                    Err(Ended { why: End::Trouble(error), .. }) => return Err(error.into()),
                },
                came = from_page.next() => {
                    heard = Instant::now();
                    if let Some(message) = read(came)? {
                        self.take(out, message).await?;
                    }
                }
                () = std::future::ready(()), if out.waiting => out.flush().await?,
                _ = ping.tick() => {
                    if heard.elapsed() > SILENCE {
                        return Err(Bye::Gone);
                    }
                    out.sink.send(Message::Ping(Vec::new().into())).await?;
                }
            }
        }
    }

    async fn show(&self, out: &mut Out, entries: &[Entry]) -> Result<(), Bye> {
        for some in entries.chunks(EVENTS_PER_MESSAGE) {
            let last = some.last().map_or(0, |e| e.n.0);
            let shown = some.iter().filter(|entry| is_shown(&self.hidden, entry));
            out.feed(&ToPage::Events { last, views: self.viewer.views(shown) }).await?;
        }
        Ok(())
    }

    async fn steps(&mut self, out: &mut Out) -> Result<(), Bye> {
        let (report, entries) = self.handle.evidence().await?;
        let (drawn, report) = (self.about.drawn.as_deref(), report.for_learner());
        self.hidden = kept_back(drawn, &report);
        out.feed(&ToPage::Steps(state(self.ui, drawn, &report, &self.hidden, &entries))).await
    }

    /// Does what the page asks for.
    async fn take(&mut self, out: &mut Out, message: FromPage) -> Result<(), Bye> {
        if let FromPage::Complete { ask, term, text } = message {
            return self.complete(out, ask, term, text).await;
        }
        let Some(seq) = message.seq() else { return Err(Bye::protocol("a second hello")) };
        if seq <= self.done {
            return out.feed(&ToPage::Ack { seq: self.done }).await;
        }
        if self.blocked.is_some_and(|wanted| wanted != seq) {
            return Ok(());
        }
        self.blocked = None;
        let sent = Sent { client: self.client.clone(), seq };
        let done = if let FromPage::Pass { seconds, next, .. } = message {
            let time = (!next).then(|| Duration::from_secs(seconds.into()));
            self.handle.pass_once(sent, time).await
        } else {
            let input = message.input().ok_or_else(|| Bye::protocol("terminals are numbered from 1"))?;
            self.handle.input_once(sent, input).await
        };
        match done {
            Ok(_) => {
                self.done = seq;
                out.feed(&ToPage::Ack { seq }).await
            }
            Err(error) => self.refuse(out, seq, error).await,
        }
    }

    /// Answers the Tab key. Nobody else is told, and nothing is kept.
    async fn complete(&self, out: &mut Out, ask: u64, term: u8, text: String) -> Result<(), Bye> {
        let found = self.handle.complete(TermId(term), &text).await?;
        let off = found.is_none();
        let found = found.unwrap_or_else(|| Completion { text, ..Completion::default() });
        let candidates = found.candidates.iter().map(|word| Shown::text(word)).collect();
        out.feed(&ToPage::Completed { ask, text: found.text, candidates, more: found.more, off }).await
    }

    async fn refuse(&mut self, out: &mut Out, seq: u64, error: LabError) -> Result<(), Bye> {
        let text = error.text().get(self.ui.lang).to_owned();
        let (why, again) = match &error {
            LabError::TooFast { wait } => {
                (Refusal::TooFast, Some(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(10)))
            }
            LabError::Store(_) => (Refusal::NotStored, Some(NOT_STORED_MS)),
            LabError::UsedUp => (Refusal::Full, None),
            LabError::Crashed => (Refusal::Crashed, None),
            LabError::Frozen { .. } => return out.feed(&ToPage::Frozen { text }).await,
            _ => return Err(error.into()),
        };
        match again {
            Some(_) => self.blocked = Some(seq),
            None => self.done = seq,
        }
        out.feed(&ToPage::Refused { seq, why, text, again: again.is_some(), wait_ms: again.unwrap_or(0) })
            .await
    }
}

/// Hints and answers change what a step shows, points or not.
fn changes_steps(entry: &Entry) -> bool {
    matches!(entry.event, Event::HintTaken { .. } | Event::Answered { .. } | Event::HandedIn {})
}
