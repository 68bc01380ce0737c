//! Real ports: what a program outside does is an input, counts as if done at the terminal, and is replayed without it.

use crate::{START, line, scenario};
use helo::attempt::{Attempt, Input, SocketInput};
use helo::event::{CloseReason, Entry, Event, Side, TlsFailure, TlsSession, TlsVersion};
use helo::units::{ConnId, Lang, Points};
use std::time::Duration;

fn socket(attempt: &mut Attempt, socket: u32, what: SocketInput) {
    let at = attempt.now().plus(Duration::from_secs(1));
    attempt.apply(at, Input::Socket { socket, what });
}

fn open(attempt: &mut Attempt, service: &str) -> (u32, ConnId) {
    let number = attempt.next_socket();
    socket(attempt, number, SocketInput::Open(service.to_owned()));
    (number, attempt.socket_conn(number).expect("a connection"))
}

fn say(attempt: &mut Attempt, number: u32, text: &str) {
    socket(attempt, number, SocketInput::Octets(text.into()));
}

fn said(attempt: &Attempt, conn: ConnId) -> String {
    let octets = |e: &Entry| match &e.event {
        Event::Wire { conn: on, from: Side::Server, octets, .. } if *on == conn => Some(octets.clone()),
        _ => None,
    };
    attempt.entries().iter().filter_map(octets).map(|o| o.lossy().into_owned()).collect()
}

fn begin(name: &str) -> Attempt {
    Attempt::begin(&scenario(name), 1, Lang::En, START).unwrap_or_else(|f| panic!("{f:#?}"))
}

fn points(attempt: &Attempt) -> Vec<(String, Points)> {
    attempt.report().steps.into_iter().map(|s| (s.id, s.points)).collect()
}

/// What goes over the wire, and who with whom, without what the terminal shows.
fn on_the_wire(attempt: &Attempt) -> Vec<Event> {
    let kept = |e: &Entry| {
        !matches!(
            e.event,
            Event::Typed { .. }
                | Event::Printed { .. }
                | Event::Ran { .. }
                | Event::Exited { .. }
                | Event::Dns { .. }
                | Event::TerminalOpened { .. }
        )
    };
    attempt.entries().iter().filter(|e| kept(e)).map(|e| e.event.clone()).collect()
}

/// The lines of the mail conversation of `send-by-hand`.
fn conversation(attempt: &Attempt) -> Vec<String> {
    let vars = &attempt.drawn().vars;
    let (sender, recipient) = (&vars["sender"], &vars["recipient"]);
    let text = format!(
        "EHLO ws.lab.test\nMAIL FROM:<{sender}@example.org>\nRCPT TO:<{recipient}@example.org>\nDATA\nSubject: By \
         hand\n\nHello!\n.\nQUIT"
    );
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_real_program_earns_what_the_terminal_earns() {
    let (mut outside, mut typed) = (begin("send-by-hand"), begin("send-by-hand"));
    let lines = conversation(&outside);
    let (number, conn) = open(&mut outside, "smtp");
    line(&mut typed, 1, b"telnet mail.example.org 25");
    for text in &lines {
        say(&mut outside, number, &format!("{text}\r\n"));
        line(&mut typed, 1, text.as_bytes());
    }
    assert_eq!(points(&outside), points(&typed));
    let earned: Vec<i64> = outside.report().steps.iter().map(|s| s.points.0).collect();
    assert!(earned.iter().filter(|p| **p > 0).count() >= 4, "{earned:?}");
    // The same to the last octet: the names, the address, the lines the server puts on top.
    assert_eq!(on_the_wire(&outside), on_the_wire(&typed));
    assert!(said(&outside, conn).ends_with("221 2.0.0 Bye\r\n"));
    assert!(outside.open_sockets().is_empty());
}

#[test]
fn what_came_from_outside_is_replayed_without_it() {
    let mut attempt = begin("send-by-hand");
    let (first, _) = open(&mut attempt, "smtp");
    let (second, conn) = open(&mut attempt, "pop3");
    say(&mut attempt, first, "EHLO a\r\nMAIL FROM:<x@y.example>\r\n");
    say(&mut attempt, second, "CAPA\r\n");
    socket(&mut attempt, second, SocketInput::End);
    assert!(said(&attempt, conn).contains("UIDL\r\n"));
    let record = attempt.record().unwrap();
    let mut again = record.replay(&scenario("send-by-hand")).unwrap();
    // The record ends while the first is open: that is found out, and said.
    assert_eq!(again.open_sockets(), [first]);
    assert_eq!(again.next_socket(), attempt.next_socket());
    socket(&mut again, first, SocketInput::Closed(CloseReason::Lost));
    let last = again.entries().last().unwrap().event.clone();
    assert!(matches!(last, Event::Closed { by: Side::Client, why: CloseReason::Lost, .. }), "{last:?}");
    assert!(again.open_sockets().is_empty());
    let journal = again.record().unwrap().encode();
    assert_eq!(helo::attempt::Record::decode(&journal).unwrap(), again.record().unwrap());
}

#[test]
fn what_cannot_be_does_nothing() {
    let mut attempt = begin("send-by-hand");
    let before = attempt.entries().len();
    let session = TlsSession {
        version: TlsVersion::Tls13,
        cipher: String::new(),
        server_name: None,
        certificate: None,
    };
    for (number, what) in [
        (1, SocketInput::Open("gopher".to_owned())),
        (7, SocketInput::Octets("QUIT\r\n".into())),
        (7, SocketInput::End),
        (7, SocketInput::Closed(CloseReason::Lost)),
    ] {
        socket(&mut attempt, number, what);
    }
    assert_eq!(attempt.entries().len(), before);
    let (number, conn) = open(&mut attempt, "smtp");
    // A number that was given out is not given out again, and no handshake was due.
    let before = attempt.entries().len();
    socket(&mut attempt, number, SocketInput::Open("smtp".to_owned()));
    socket(&mut attempt, number, SocketInput::Secured(session));
    socket(&mut attempt, number, SocketInput::TlsFailed(TlsFailure::CutOff));
    assert_eq!(attempt.entries().len(), before);
    assert_eq!(attempt.open_sockets(), [number]);
    assert!(said(&attempt, conn).starts_with("220 "));
}

#[test]
fn the_terminals_hear_nothing_of_what_is_for_the_program_outside() {
    let mut attempt = begin("send-by-hand");
    line(&mut attempt, 1, b"telnet mail.example.org 25");
    let (number, _) = open(&mut attempt, "smtp");
    let printed = |e: &Entry| matches!(e.event, Event::Printed { .. });
    let before = attempt.entries().iter().filter(|e| printed(e)).count();
    say(&mut attempt, number, "NOOP\r\nQUIT\r\n");
    assert_eq!(attempt.entries().iter().filter(|e| printed(e)).count(), before);
    line(&mut attempt, 1, b"NOOP");
    assert!(attempt.entries().iter().filter(|e| printed(e)).count() > before);
}
