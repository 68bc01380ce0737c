//! The page's WebSocket over a real port: resuming from any event, sending again what was not acknowledged.

mod web_support;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use web_support::World;

/// The site on a port of its own.
struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    async fn new(world: &World) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = world.router();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Server { address, task }
    }

    /// Opens a WebSocket and says nothing yet.
    async fn open(&self, token: &str, origin: Option<&str>) -> Result<Page, Error> {
        let mut request = format!("ws://{}/attempts/{token}/ws", self.address).into_client_request()?;
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", HeaderValue::from_str(origin).unwrap());
        }
        let (socket, _) = connect_async(request).await?;
        Ok(Page { socket, views: Vec::new(), last: 0, acked: 0, steps: Value::Null, refused: Vec::new() })
    }

    /// A page that has seen everything up to `from`, caught up with what it missed.
    async fn page(&self, token: &str, client: &str, from: u64) -> (Page, u64) {
        let mut page = self.open(token, None).await.unwrap();
        page.last = from;
        page.say(json!({"hello": {"client": client, "from": from}})).await;
        let welcome = page.read().await.unwrap();
        let (seq, last) = (&welcome["welcome"]["seq"], &welcome["welcome"]["last"]);
        let (seq, last) = (seq.as_u64().unwrap(), last.as_u64().unwrap());
        page.until(|p| p.last >= last && !p.steps.is_null()).await;
        (page, seq)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    views: Vec<Value>,
    last: u64,
    acked: u64,
    steps: Value,
    refused: Vec<Value>,
}

impl Page {
    async fn say(&mut self, message: Value) {
        self.socket.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn line(&mut self, seq: u64, text: &str) {
        self.say(json!({"line": {"seq": seq, "term": 1, "text": text}})).await;
    }

    /// The next message; the reason where the connection was closed.
    async fn read(&mut self) -> Result<Value, (u16, String)> {
        loop {
            let came = timeout(Duration::from_secs(30), self.socket.next()).await.expect("an answer in time");
            match came {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Err((frame.code.into(), frame.reason.to_string()));
                }
                Some(Ok(_)) => {}
                other => return Err((0, format!("{other:?}"))),
            }
        }
    }

    async fn until(&mut self, enough: impl Fn(&Page) -> bool) {
        while !enough(self) {
            let message = self.read().await.unwrap();
            if let Some(events) = message.get("events") {
                let last = events["last"].as_u64().unwrap();
                assert!(last > self.last, "events come once and in order");
                self.last = last;
                self.views.extend(events["views"].as_array().unwrap().iter().cloned());
            } else if let Some(steps) = message.get("steps") {
                self.steps = steps.clone();
            } else if let Some(ack) = message.get("ack") {
                self.acked = ack["seq"].as_u64().unwrap();
            } else if let Some(refused) = message.get("refused") {
                self.refused.push(refused.clone());
            } else {
                panic!("{message}");
            }
        }
    }

    async fn acked(&mut self, seq: u64) {
        self.until(|p| p.acked >= seq).await;
    }

    /// Everything printed and typed, in one text.
    fn screen(&self) -> String {
        let text = |v: &Value| {
            let pieces = v.get("printed").or(v.get("typed"))?["text"].as_array()?.clone();
            let text: String = pieces.iter().filter_map(Value::as_str).collect();
            Some(if v.get("typed").is_some() { format!("{text}\n") } else { text })
        };
        self.views.iter().filter_map(text).collect()
    }
}

#[tokio::test]
async fn a_line_is_acknowledged_and_shown() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let (mut page, seq) = server.page(&token, "page-1", 0).await;
    assert_eq!(seq, 0);
    assert!(page.screen().ends_with("lab@ws:~$ "), "{}", page.screen());
    for (n, text) in (1..).zip(["telnet mail.example.org 25", "EHLO ws.lab.test", "RCPT TO:<x@y>"]) {
        page.line(n, text).await;
        page.acked(n).await;
    }
    page.until(|p| p.screen().contains("\n503 ")).await;
    page.until(|p| p.steps["steps"][1]["said"][0]["html"].is_string()).await;
    assert_eq!(page.steps["summary"], "1 of 10 points");
    assert!(page.screen().contains("220 mail.example.org ESMTP"), "{}", page.screen());
    let replies: Vec<&Value> = page.views.iter().filter_map(|v| v.get("reply")).collect();
    let shown: Vec<String> =
        replies.iter().map(|r| format!("{} {} {}", r["status"], r["class"], r["lines"])).collect();
    assert_eq!(shown, [r#""220" "done" 1"#, r#""250" "done" 11"#, r#""503" "no" 1"#]);
    assert!(replies[2]["why"]["text"].as_str().unwrap().contains("MAIL"), "{}", replies[2]);
    let step = &page.steps["steps"][0];
    assert_eq!(
        (&step["done"], &step["evidence"][0]["text"][0]),
        (&json!(true), &json!("EHLO ws.lab.test → 250 mail.example.org"))
    );
    let mistake = page.steps["steps"][1]["said"][0]["html"].as_str().unwrap();
    assert!(mistake.contains("<code>MAIL FROM:</code>"), "{mistake}");
}

#[tokio::test]
async fn a_page_resumes_from_any_event() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let (mut page, _) = server.page(&token, "page-1", 0).await;
    for (n, text) in (1..).zip(["telnet mail.example.org 25", "EHLO ws.lab.test", "QUIT"]) {
        page.line(n, text).await;
        page.acked(n).await;
    }
    let (whole, _) = server.page(&token, "page-2", 0).await;
    assert!(whole.views.len() > 10);
    for from in 0..=whole.last {
        let (resumed, _) = server.page(&token, "page-3", from).await;
        let expected: Vec<&Value> = whole.views.iter().filter(|v| v["n"].as_u64().unwrap() > from).collect();
        assert_eq!(resumed.views.iter().collect::<Vec<_>>(), expected, "from {from}");
    }
    let (beyond, _) = server.page(&token, "page-4", whole.last + 5).await;
    assert!(beyond.views.is_empty());
}

#[tokio::test]
async fn what_is_sent_again_is_not_done_again() {
    let world = World::new().await;
    let token = world.begin("send-by-hand").await;
    let world = {
        let server = Server::new(&world).await;
        let (mut page, _) = server.page(&token, "page-1", 0).await;
        page.line(1, "echo one").await;
        page.line(2, "echo two").await;
        page.acked(2).await;
        // Sent again on the same connection, then on a new one, then after helo was started again.
        page.line(1, "echo one").await;
        page.line(2, "echo two").await;
        let (mut page, seq) = server.page(&token, "page-1", page.last).await;
        assert_eq!(seq, 2);
        page.line(2, "echo two").await;
        page.acked(2).await;
        drop(server);
        world.restarted().await
    };
    let server = Server::new(&world).await;
    let (mut page, seq) = server.page(&token, "page-1", 0).await;
    assert_eq!(seq, 2);
    page.line(2, "echo two").await;
    page.line(3, "echo three").await;
    page.acked(3).await;
    page.until(|p| p.screen().contains("\nthree\n")).await;
    for once in ["\none\n", "\ntwo\n", "\nthree\n"] {
        assert_eq!(page.screen().matches(once).count(), 1, "{}", page.screen());
    }
    // Another page has numbers of its own.
    let (mut other, seq) = server.page(&token, "page-2", page.last).await;
    assert_eq!(seq, 0);
    other.line(1, "echo other").await;
    other.acked(1).await;
    page.until(|p| p.screen().contains("\nother\n")).await;
}

#[tokio::test]
async fn a_restart_in_the_middle_of_data_goes_on_there() {
    let world = World::new().await;
    let token = world.begin("send-by-hand").await;
    let drawn = world.lab.open(&token).await.unwrap().subscribe(helo::units::EventNo(1)).await.unwrap();
    let vars = drawn.snapshot.about.drawn.as_ref().unwrap().vars.clone();
    drop(drawn);
    let (sender, recipient) = (&vars["sender"], &vars["recipient"]);
    let before = [
        "telnet mail.example.org 25".to_owned(),
        "EHLO ws.lab.test".to_owned(),
        format!("MAIL FROM:<{sender}@example.org>"),
        format!("RCPT TO:<{recipient}@example.org>"),
        "DATA".to_owned(),
        "Subject: interrupted".to_owned(),
    ];
    let server = Server::new(&world).await;
    let (mut page, _) = server.page(&token, "page-1", 0).await;
    for (n, text) in (1..).zip(&before) {
        page.line(n, text).await;
        page.acked(n).await;
    }
    let last = page.last;
    drop(server);
    let world = world.restarted().await;
    let server = Server::new(&world).await;
    let (mut page, seq) = server.page(&token, "page-1", last).await;
    assert_eq!(seq, 6);
    for (n, text) in (7..).zip(["", "and continued", ".", "QUIT"]) {
        page.line(n, text).await;
        page.acked(n).await;
    }
    page.until(|p| p.screen().contains("queued as")).await;
    page.until(|p| p.steps["steps"][3]["done"] == true).await;
    assert_eq!(page.steps["points"], "8");
    assert!(page.views.iter().any(|v| v["mail"]["mailbox"] == format!("{recipient}@example.org")));
}

#[tokio::test]
async fn hints_and_answers_show_at_once() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let (mut page, _) = server.page(&token, "page-1", 0).await;
    let greet = |p: &Page| p.steps["steps"][0].clone();
    assert_eq!(greet(&page)["next"], json!({"number": 1, "cost": "0.25", "commands": false}));
    page.say(json!({"hint": {"seq": 1, "step": "greet"}})).await;
    page.say(json!({"hint": {"seq": 2, "step": "greet"}})).await;
    page.until(|p| greet(p)["hints"].as_array().unwrap().len() == 2).await;
    assert!(greet(&page)["hints"][1].as_str().unwrap().starts_with("<pre><code>telnet mail.example.org 25"));
    assert_eq!(greet(&page)["next"], Value::Null);
    page.say(json!({"answer": {"seq": 3, "step": "code", "text": "250"}})).await;
    page.until(|p| p.steps["steps"][4]["said"][0]["html"].is_string()).await;
    page.say(json!({"answer": {"seq": 4, "step": "code", "text": " 354 "}})).await;
    page.until(|p| p.steps["steps"][4]["done"] == true).await;
}

#[tokio::test]
async fn what_does_not_keep_to_the_protocol_is_told_so() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let hello = r#"{"hello":{"client":"page-1","from":0}}"#;
    for (messages, code, reason) in [
        (vec![Message::text(r#"{"open":{"seq":1}}"#)], 1008, "the first message must be hello"),
        (vec![Message::text(r#"{"hello":{"client":"ä b","from":0}}"#)], 1008, "client: up to 40"),
        (vec![Message::text("nonsense")], 1008, "not understood"),
        (vec![Message::binary(vec![1, 2, 3])], 1008, "binary message"),
        (vec![Message::text(hello), Message::text(hello)], 1008, "a second hello"),
        (
            vec![Message::text(hello), Message::text(r#"{"key":{"seq":1,"term":0,"key":"^C"}}"#)],
            1008,
            "terminals",
        ),
        (vec![Message::text(hello), Message::text("x".repeat(3 << 20))], 1009, "cut pastes into pieces"),
    ] {
        let mut page = server.open(&token, None).await.unwrap();
        for message in messages {
            // The server may close while a very long message is still on its way.
            let _ = page.socket.send(message).await;
        }
        let closed = loop {
            if let Err(closed) = page.read().await {
                break closed;
            }
        };
        assert!(
            closed.0 == code && closed.1.starts_with(reason)
                || code == 1009 && closed.0 == 0
                || closed.1.contains(reason),
            "{reason}: {closed:?}"
        );
    }
}

#[tokio::test]
async fn a_message_opens_the_next_terminal_and_none_beyond_it() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let opened =
        |p: &Page| -> Vec<u64> { p.views.iter().filter_map(|v| v.get("opened")?["term"].as_u64()).collect() };
    for (n, beyond) in [
        ("a", json!({"line": {"seq": 1, "term": 99, "text": "echo far"}})),
        ("b", json!({"line": {"seq": 1, "term": 3, "text": "echo near"}})),
        ("c", json!({"paste": {"seq": 1, "term": 64, "text": "echo pasted\n"}})),
        ("d", json!({"keys": {"seq": 1, "term": 255, "text": "echo keyed\r"}})),
        ("e", json!({"key": {"seq": 1, "term": 3, "key": "^C"}})),
    ] {
        let (mut page, _) = server.page(&token, n, 0).await;
        page.say(beyond).await;
        let closed = page.read().await.unwrap_err();
        assert_eq!(
            closed,
            (1008, "there is no such terminal: the next one that can be opened is number 2.".into())
        );
        // Nothing was done: neither is a terminal there that was not, nor is the number taken.
        let (page, seq) = server.page(&token, n, 0).await;
        assert_eq!((opened(&page), seq), (vec![1], 0), "{n}");
    }
    let (mut page, _) = server.page(&token, "page-1", 0).await;
    page.say(json!({"line": {"seq": 1, "term": 2, "text": "echo next"}})).await;
    page.acked(1).await;
    page.say(json!({"line": {"seq": 2, "term": 3, "text": "echo after"}})).await;
    page.until(|p| p.acked == 2 && p.screen().contains("\nafter\n")).await;
    assert_eq!(opened(&page), [1, 2, 3]);
    // Where there are as many as there may be, the next is refused as a bound, in words for the learner.
    for seq in 3..64 {
        page.say(json!({"open": {"seq": seq}})).await;
    }
    page.say(json!({"line": {"seq": 64, "term": 65, "text": "echo too many"}})).await;
    page.until(|p| p.acked == 64 && p.views.iter().any(|v| v.get("limit").is_some())).await;
    assert_eq!(opened(&page), (1..=64).collect::<Vec<_>>());
    assert!(!page.screen().contains("too many"), "{}", page.screen());
}

#[tokio::test]
async fn pages_from_elsewhere_get_no_websocket() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let own = format!("http://{}", server.address);
    for (origin, status) in [
        (Some(own.as_str()), 101),
        (None, 101),
        (Some("https://evil.example"), 403),
        (Some("http://localhost"), 403),
        (Some("null"), 403),
    ] {
        let found = match server.open(&token, origin).await {
            Ok(_) => 101,
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(found, status, "{origin:?}");
    }
    match server.open("0123", None).await {
        Err(Error::Http(response)) => assert_eq!(response.status().as_u16(), 404),
        _ => panic!("an attempt that is not there"),
    }
}

#[tokio::test]
async fn a_long_paste_goes_through_in_pieces() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let (mut page, _) = server.page(&token, "page-1", 0).await;
    page.line(1, "cat").await;
    let piece = "0123456789\n".repeat(6_000);
    for seq in 2..=6 {
        page.say(json!({"paste": {"seq": seq, "term": 1, "text": piece}})).await;
    }
    page.acked(6).await;
    page.say(json!({"key": {"seq": 7, "term": 1, "key": "^D"}})).await;
    page.acked(7).await;
    page.until(|p| p.screen().ends_with("lab@ws:~$ ")).await;
}

#[tokio::test]
async fn who_types_too_fast_is_told_to_wait_and_loses_nothing() {
    let world = World::new().await;
    let server = Server::new(&world).await;
    let token = world.begin("send-by-hand").await;
    let (mut page, _) = server.page(&token, "page-1", 0).await;
    let all = 300;
    let mut next = 1;
    while page.acked < all {
        for seq in next..=all {
            page.line(seq, &format!("echo {seq}")).await;
        }
        let refused = page.refused.len();
        page.until(|p| p.acked >= all || p.refused.len() > refused).await;
        if let Some(refused) = page.refused.get(refused) {
            assert_eq!((&refused["why"], &refused["again"]), (&json!("too-fast"), &json!(true)));
            next = refused["seq"].as_u64().unwrap();
            tokio::time::sleep(Duration::from_millis(refused["wait_ms"].as_u64().unwrap())).await;
        }
    }
    page.until(|p| p.screen().contains("\n300\n")).await;
    let screen = page.screen();
    let echoed: Vec<u64> = screen.lines().filter_map(|l| l.parse().ok()).collect();
    assert_eq!(echoed, (1..=all).collect::<Vec<_>>());
}
