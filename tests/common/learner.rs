//! A learner without a browser: speaks docs/page-protocol.md, keeps what is not acknowledged, comes back after a
//! break and sends it again, as the page does.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The connection broke.
#[derive(Debug)]
pub(crate) struct Broken(pub(crate) String);

/// A learner at one attempt.
pub(crate) struct Learner {
    address: String,
    token: String,
    client: String,
    socket: Option<WebSocketStream<MaybeTlsStream<TcpStream>>>,
    /// The number of the last thing sent.
    seq: u64,
    /// What was sent and is not known to be on the disk.
    kept: VecDeque<(u64, Value)>,
    /// The newest event seen.
    pub(crate) last: u64,
    /// Everything seen, in its order.
    pub(crate) views: Vec<Value>,
    /// How the steps stand.
    pub(crate) steps: Value,
    /// What the server would not take, each time it said so.
    pub(crate) refusals: Vec<Value>,
}

impl Learner {
    /// A learner who looks at an attempt as a page with this id; not connected yet.
    pub(crate) fn new(address: &str, token: &str, client: &str) -> Learner {
        Learner {
            address: address.to_owned(),
            token: token.to_owned(),
            client: client.to_owned(),
            socket: None,
            seq: 0,
            kept: VecDeque::new(),
            last: 0,
            views: Vec::new(),
            steps: Value::Null,
            refusals: Vec::new(),
        }
    }

    /// Connects, is told how things stand, and sends again what the server has not got.
    pub(crate) async fn connect(&mut self) -> Result<(), Broken> {
        let url = format!("ws://{}/attempts/{}/ws", self.address, self.token);
        let mut request = url.as_str().into_client_request().expect("an address");
        let origin = format!("http://{}", self.address).parse().expect("an origin");
        request.headers_mut().insert("origin", origin);
        let (socket, _) = connect_async(request).await.map_err(|e| Broken(e.to_string()))?;
        self.socket = Some(socket);
        let hello = json!({"hello": {"client": self.client, "from": self.last}});
        self.write(&hello).await?;
        let welcome = self.read().await?;
        let Some(seq) = welcome["welcome"]["seq"].as_u64() else { panic!("no welcome: {welcome}") };
        self.acknowledged(seq);
        self.send_again().await
    }

    /// Comes back after a break, however long that takes within reason.
    pub(crate) async fn reconnect(&mut self) {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.connect().await {
                Ok(()) => return,
                Err(Broken(why)) => assert!(Instant::now() < end, "{}: cannot come back: {why}", self.client),
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sends something; its number is put in. It is kept until the server has it, whatever happens to the connection.
    pub(crate) async fn send(&mut self, kind: &str, mut fields: Value) -> Result<(), Broken> {
        self.seq += 1;
        fields["seq"] = json!(self.seq);
        let message = json!({ kind: fields });
        self.kept.push_back((self.seq, message.clone()));
        self.write(&message).await
    }

    /// Types a line at terminal 1.
    pub(crate) async fn line(&mut self, text: &str) -> Result<(), Broken> {
        self.send("line", json!({"term": 1, "text": text})).await
    }

    /// How many things are not known to be on the disk.
    pub(crate) fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Takes what comes until everything sent is on the disk.
    pub(crate) async fn settle(&mut self) -> Result<(), Broken> {
        while !self.kept.is_empty() {
            self.next().await?;
        }
        Ok(())
    }

    /// Takes what comes until it has seen what it waits for.
    pub(crate) async fn until(&mut self, seen: impl Fn(&Learner) -> bool) -> Result<(), Broken> {
        while !seen(self) {
            self.next().await?;
        }
        Ok(())
    }

    /// Takes the next message.
    pub(crate) async fn next(&mut self) -> Result<(), Broken> {
        let mut message = self.read().await?;
        let Some(kind) = message.as_object().and_then(|o| o.keys().next()).cloned() else {
            panic!("a message must be an object: {message}")
        };
        let what = message[&kind].take();
        match kind.as_str() {
            "events" => self.seen(what),
            "steps" => self.steps = what,
            "ack" => self.acknowledged(what["seq"].as_u64().expect("a number")),
            "refused" => {
                let seq = what["seq"].as_u64().expect("a number");
                let wait = Duration::from_millis(what["wait_ms"].as_u64().unwrap_or(0));
                let again = what["again"] == true;
                self.refusals.push(what);
                if again {
                    sleep(wait).await;
                    return self.send_again().await;
                }
                self.acknowledged(seq);
            }
            other => panic!("{}: unexpected {other}: {what}", self.client),
        }
        Ok(())
    }

    fn seen(&mut self, mut events: Value) {
        if let Value::Array(views) = events["views"].take() {
            for view in views {
                let n = view["n"].as_u64().expect("a number");
                assert!(n > self.last, "{}: event {n} came after {} was seen", self.client, self.last);
                self.views.push(view);
            }
        }
        let last = events["last"].as_u64().expect("a number");
        assert!(last >= self.last, "{}: events go back from {} to {last}", self.client, self.last);
        self.last = last;
    }

    fn acknowledged(&mut self, seq: u64) {
        assert!(seq <= self.seq, "{}: {seq} is acknowledged, sent was up to {}", self.client, self.seq);
        while self.kept.front().is_some_and(|(n, _)| *n <= seq) {
            self.kept.pop_front();
        }
    }

    async fn send_again(&mut self) -> Result<(), Broken> {
        for (_, message) in self.kept.clone() {
            self.write(&message).await?;
        }
        Ok(())
    }

    async fn write(&mut self, message: &Value) -> Result<(), Broken> {
        let Some(socket) = &mut self.socket else { return Err(Broken("not connected".to_owned())) };
        let sent = socket.send(Message::text(message.to_string())).await;
        sent.map_err(|e| self.broken(&e.to_string()))
    }

    async fn read(&mut self) -> Result<Value, Broken> {
        loop {
            let Some(socket) = &mut self.socket else { return Err(Broken("not connected".to_owned())) };
            let Ok(came) = timeout(PATIENCE, socket.next()).await else {
                panic!(
                    "{}: nothing came for {PATIENCE:?}; last event {}, {} kept",
                    self.client,
                    self.last,
                    self.kept()
                )
            };
            match came {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).expect("JSON")),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(other)) => return Err(self.broken(&format!("{other:?}"))),
                Some(Err(error)) => return Err(self.broken(&error.to_string())),
                None => return Err(self.broken("end")),
            }
        }
    }

    fn broken(&mut self, why: &str) -> Broken {
        self.socket = None;
        Broken(why.to_owned())
    }
}
