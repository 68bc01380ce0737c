//! The connection to Chromium: numbered commands and their answers, and events, which are kept by session.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_tungstenite::connect_async_with_config;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// How long Chromium may take for one command.
const ANSWER: Duration = Duration::from_secs(60);

/// An event of a tab: its name and what it tells.
pub(super) type Event = (String, Value);

/// A connection; clones are the same one.
#[derive(Clone)]
pub(super) struct Wire {
    send: mpsc::UnboundedSender<String>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    next: AtomicU64,
    waiting: Mutex<BTreeMap<u64, oneshot::Sender<Value>>>,
    events: Mutex<BTreeMap<String, Vec<Event>>>,
}

impl Wire {
    pub(super) async fn connect(endpoint: &str) -> Wire {
        // Screenshots are long messages.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (mut socket, _) = connect_async_with_config(endpoint, Some(config), true)
            .await
            .unwrap_or_else(|e| panic!("Chromium's debugging port does not answer: {e}"));
        let (send, mut outgoing) = mpsc::unbounded_channel::<String>();
        let shared = Arc::new(Shared::default());
        let of_task = shared.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    text = outgoing.recv() => match text {
                        Some(text) => if socket.send(Message::text(text)).await.is_err() { break },
                        None => break,
                    },
                    message = socket.next() => match message {
                        Some(Ok(Message::Text(text))) => of_task.take(&text),
                        Some(Ok(_)) => {}
                        _ => break,
                    },
                }
            }
            // Whoever still waits hears that nothing will come.
            lock(&of_task.waiting).clear();
        });
        Wire { send, shared }
    }

    /// Gives a command and waits for what comes of it. `session` is the tab it is for.
    pub(super) async fn call(&self, session: Option<&str>, method: &str, params: Value) -> Value {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed) + 1;
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let (give, take) = oneshot::channel();
        lock(&self.shared.waiting).insert(id, give);
        let sent = self.send.send(message.to_string());
        assert!(sent.is_ok(), "Chromium is gone, before {method}");
        match timeout(ANSWER, take).await {
            Err(_) => panic!("Chromium has not answered {method} within {ANSWER:?}"),
            Ok(Err(_)) => panic!("Chromium has gone away during {method}"),
            Ok(Ok(mut answer)) => {
                assert!(answer.get("error").is_none(), "Chromium refuses {method}: {}", answer["error"]);
                answer["result"].take()
            }
        }
    }

    /// Gives a command whose answer nobody waits for.
    pub(super) fn tell(&self, method: &str, params: Value) {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed) + 1;
        // Where Chromium is gone there is nothing to be done.
        let _ = self.send.send(json!({"id": id, "method": method, "params": params}).to_string());
    }

    /// What a tab has told so far.
    pub(super) fn events(&self, session: &str) -> Vec<Event> {
        lock(&self.shared.events).get(session).cloned().unwrap_or_default()
    }
}

impl Shared {
    fn take(&self, text: &str) {
        let Ok(mut message) = serde_json::from_str::<Value>(text) else { return };
        if let Some(id) = message["id"].as_u64() {
            if let Some(waiting) = lock(&self.waiting).remove(&id) {
                let _ = waiting.send(message);
            }
        } else if let (Some(session), Some(method)) =
            (message["sessionId"].as_str(), message["method"].as_str())
        {
            let (session, method) = (session.to_owned(), method.to_owned());
            let params = message["params"].take();
            lock(&self.events).entry(session).or_default().push((method, params));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
