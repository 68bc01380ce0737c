//! A workstation without servers, for the tests of its shell and its programs; what each is about stands in files of their own.

mod completion;
mod connect;
mod keys;
mod lookup;
mod secured;
mod shell;
mod small;
mod terminal;

use super::*;
use crate::event::{CloseReason, ConnectFailure, DnsFailure, Question};
use crate::proto::dns::Response;
use crate::units::{Bytes, ConnId, Stream, Zone};
use crate::world::{ClientHello, Notice};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

/// A network in which nobody answers, that remembers everything.
struct Silence {
    now: i64,
    events: Vec<Event>,
    sent: Vec<u8>,
    conns: u32,
    notices: VecDeque<Notice>,
    /// A connection is made at once; else it is being tried for ever.
    open: bool,
    /// And greets.
    greets: bool,
}

impl Net for Silence {
    fn now(&self) -> Time {
        Time(1_404_118_587_000_000 + self.now)
    }
    fn log(&mut self, event: Event) {
        self.events.push(event);
    }
    fn resolve(&mut self, _server: IpAddr, _question: Question) -> Result<Response, DnsFailure> {
        Err(DnsFailure::TimedOut)
    }
    fn connect(&mut self, _to: IpAddr, port: u16) -> ConnId {
        self.conns += 1;
        let conn = ConnId(self.conns);
        if port == 2 {
            self.notices.push_back(Notice::Failed(conn, ConnectFailure::Refused));
        } else if self.open {
            self.notices.push_back(Notice::Connected(conn));
            if self.greets {
                self.notices.push_back(Notice::Data(conn, b"220 ready\r\n".to_vec()));
            }
        }
        conn
    }
    fn belongs_to(&mut self, _conn: ConnId, _term: TermId) {}
    fn send(&mut self, _conn: ConnId, octets: &[u8]) {
        self.sent.extend_from_slice(octets);
    }
    fn start_tls(&mut self, _conn: ConnId, _hello: &ClientHello) {
        self.sent.extend_from_slice(b"<tls>");
    }
    fn finish(&mut self, _conn: ConnId) {
        self.sent.extend_from_slice(b"<fin>");
    }
    fn close(&mut self, _conn: ConnId, _why: CloseReason) {
        self.sent.extend_from_slice(b"<close>");
    }
    fn exhausted(&self) -> bool {
        self.events.len() > 100_000
    }
    fn authority(&self) -> Option<Vec<u8>> {
        None
    }
    fn stream(&self, purpose: &str) -> Stream {
        Stream::new(1, purpose)
    }
    fn next_notice(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }
    fn has_name(&self, name: &str) -> bool {
        !name.ends_with(".txt")
    }
}

/// A workstation without servers.
struct Desk {
    net: Silence,
    ws: Workstation,
}

impl Desk {
    fn new() -> Desk {
        let setup = WorkstationSetup {
            name: "ws.lab.test".into(),
            ip: [198, 51, 100, 17].into(),
            user: "lab".into(),
            resolver: [192, 0, 2, 53].into(),
            zone: Zone::default(),
            files: [
                ("mail.txt".to_owned(), Bytes::from("Subject: Hi\n\nHello\n")),
                ("notes.txt".to_owned(), Bytes::from("one\ntwo\nthree\n")),
                ("odd name".to_owned(), Bytes::from("a\tb\r\n\u{1}\n")),
            ]
            .into(),
            account: None,
        };
        let mut net = Silence {
            now: 0,
            events: Vec::new(),
            sent: Vec::new(),
            conns: 0,
            notices: VecDeque::new(),
            open: false,
            greets: true,
        };
        let ws = Workstation::with_net(&setup, &mut net);
        let mut desk = Desk { net, ws };
        assert_eq!(desk.shown(), "lab@ws:~$ ");
        desk
    }

    /// What was shown since the last call.
    fn shown(&mut self) -> String {
        let events = std::mem::take(&mut self.net.events);
        let printed = events.into_iter().filter_map(|e| match e {
            Event::Printed { text, .. } => Some(text),
            _ => None,
        });
        printed.collect()
    }

    fn line(&mut self, text: &str) -> String {
        self.ws.typed(&mut self.net, TermId(1), text.as_bytes());
        self.shown()
    }

    fn key(&mut self, key: Key) -> String {
        self.ws.pressed(&mut self.net, TermId(1), key);
        self.shown()
    }

    /// Lets time pass to the next wake-up.
    fn wait(&mut self) -> String {
        let due = self.ws.next_wakeup().expect("somebody waits");
        self.net.now += i64::try_from(due.since(self.net.now()).as_micros()).unwrap();
        self.ws.waken(&mut self.net);
        self.shown()
    }

    fn notice(&mut self, notice: Notice) -> String {
        self.net.notices.push_back(notice);
        self.ws.hear(&mut self.net);
        self.shown()
    }
}

/// Types each row's lines into a fresh workstation; the prompt after the last is left out.
fn rows(rows: &[(&str, &str)]) {
    for (typed, shown) in rows {
        let mut desk = Desk::new();
        let mut all = String::new();
        for line in typed.split('\n') {
            all = desk.line(line);
        }
        let all = all.strip_suffix("lab@ws:~$ ").unwrap_or(&all);
        assert_eq!(all, *shown, "after: {typed}");
    }
}
