//! How far an attempt may go: each bound is reached, says so, and is the attempt's own wherever it is brought back.

use crate::{START, scenario};
use helo::attempt::{Attempt, Input, Prepared, Record, ReplayFault, SocketInput};
use helo::event::{Entry, Event, Limit, Side};
use helo::mail::Keyring;
use helo::units::{Bounds, ConnId, EventNo, Lang};
use std::time::Duration;

/// An attempt at the playground with these bounds.
fn begin(bounds: Bounds) -> Attempt {
    let prepared = Prepared::new(&scenario("playground"), 1, Lang::En).unwrap();
    prepared.within(bounds).begin(START, Keyring::default())
}

/// A program's conversation with a service.
struct Program {
    number: u32,
    conn: ConnId,
}

fn act(attempt: &mut Attempt, socket: u32, what: SocketInput) {
    let at = attempt.now().plus(Duration::from_millis(1));
    attempt.apply(at, Input::Socket { socket, what });
}

impl Program {
    fn connect(attempt: &mut Attempt, service: &str) -> Program {
        let number = attempt.next_socket();
        act(attempt, number, SocketInput::Open(service.to_owned()));
        Program { number, conn: attempt.socket_conn(number).expect("a connection") }
    }

    /// Sends lines and gives what is answered to them.
    fn say(&self, attempt: &mut Attempt, lines: &str) -> String {
        let before = attempt.entries().len();
        act(attempt, self.number, SocketInput::Octets(lines.replace('\n', "\r\n").as_str().into()));
        let octets = |e: &Entry| match &e.event {
            Event::Wire { conn, from: Side::Server, octets, .. } if *conn == self.conn => {
                Some(octets.clone())
            }
            _ => None,
        };
        attempt.entries()[before..].iter().filter_map(octets).map(|o| o.lossy().into_owned()).collect()
    }

    /// Hands in a mail for alice; gives the answer to its end.
    fn mail(&self, attempt: &mut Attempt, body: &str) -> String {
        self.say(attempt, "MAIL FROM:<bob@lab.test>\nRCPT TO:<alice@lab.test>\nDATA\n");
        self.say(attempt, &format!("Subject: x\n\n{body}\n.\n"))
    }
}

fn smtp(attempt: &mut Attempt) -> Program {
    let program = Program::connect(attempt, "smtp");
    assert!(program.say(attempt, "EHLO ws.lab.test\n").contains("250"));
    program
}

/// The bounds that were reached, in order.
fn limits(attempt: &Attempt) -> Vec<(Limit, u64)> {
    let limit = |e: &Entry| match e.event {
        Event::LimitReached { limit, at } => Some((limit, at)),
        _ => None,
    };
    attempt.entries().iter().filter_map(limit).collect()
}

fn delivered(attempt: &Attempt) -> usize {
    attempt.entries().iter().filter(|e| matches!(e.event, Event::Delivered { .. })).count()
}

/// Brought back from its journal it has come as far, within the same bounds.
fn comes_back(attempt: &Attempt) {
    let record = attempt.record().unwrap();
    let read = Record::decode(&record.encode()).unwrap();
    assert_eq!(read, record);
    let again = read.replay(&scenario("playground")).unwrap_or_else(|fault| panic!("{fault:?}"));
    assert_eq!(again.entries(), attempt.entries());
    assert_eq!((again.header().bounds, again.is_used_up()), (attempt.header().bounds, attempt.is_used_up()));
}

/// Without its bounds, as a learner's, it would come out differently from this event on.
fn is_another_without(attempt: &Attempt, at: EventNo) {
    let mut record = attempt.record().unwrap();
    record.header.bounds = Bounds::default();
    let fault = record.replay(&scenario("playground")).map(|_| ()).unwrap_err();
    assert_eq!(fault, ReplayFault::Diverged { at });
}

fn number_of(attempt: &Attempt, limit: Limit) -> EventNo {
    let reached = |e: &&Entry| matches!(e.event, Event::LimitReached { limit: l, .. } if l == limit);
    attempt.entries().iter().find(reached).expect("it was reached").n
}

#[test]
fn the_last_input_says_so_and_nothing_comes_after_it() {
    let mut attempt = begin(Bounds { inputs: 5, ..Bounds::default() });
    let program = smtp(&mut attempt);
    for last in [false, false, true] {
        assert!(!attempt.is_used_up());
        assert!(program.say(&mut attempt, "NOOP\n").starts_with("250"));
        assert_eq!(limits(&attempt), if last { vec![(Limit::Inputs, 5)] } else { vec![] });
    }
    assert!(attempt.is_used_up());
    let entries = attempt.entries().len();
    assert_eq!(program.say(&mut attempt, "NOOP\n"), "");
    assert_eq!((attempt.entries().len(), attempt.last_input().0), (entries, 5));
    comes_back(&attempt);
    is_another_without(&attempt, attempt.last_event());
}

#[test]
fn a_record_that_is_long_enough_takes_nothing_more() {
    let mut attempt = begin(Bounds { record_octets: 20_000, ..Bounds::default() });
    let program = smtp(&mut attempt);
    let mut mails = 0;
    while !attempt.is_used_up() {
        let said = program.mail(&mut attempt, &"x".repeat(60));
        assert!(said.contains("queued as") || attempt.is_used_up(), "{said}");
        mails += 1;
        assert!(mails < 100, "20000 octets are never reached");
    }
    assert!(mails > 2, "{mails}");
    assert_eq!(limits(&attempt), [(Limit::RecordOctets, 20_000)]);
    assert_eq!(program.say(&mut attempt, "NOOP\n"), "");
    comes_back(&attempt);
    is_another_without(&attempt, attempt.last_event());
}

#[test]
fn a_world_that_has_its_messages_refuses_the_next_and_goes_on() {
    let mut attempt = begin(Bounds { messages: 3, ..Bounds::default() });
    let program = smtp(&mut attempt);
    for _ in 0..3 {
        assert!(program.mail(&mut attempt, "x").contains("queued as"));
    }
    assert_eq!(limits(&attempt), []);
    assert!(program.mail(&mut attempt, "x").starts_with("451 4.3.0 "));
    assert_eq!((limits(&attempt), delivered(&attempt)), (vec![(Limit::Messages, 3)], 3));
    assert!(program.say(&mut attempt, "NOOP\n").starts_with("250"), "the session goes on");
    let reader = Program::connect(&mut attempt, "pop3");
    assert!(reader.say(&mut attempt, "USER alice\nPASS secret\nSTAT\n").contains("+OK 3 "));
    comes_back(&attempt);
    is_another_without(&attempt, number_of(&attempt, Limit::Messages));
}

#[test]
fn a_world_that_has_its_octets_takes_small_mail_on() {
    let most = 8_000;
    let mut attempt = begin(Bounds { message_octets: most, ..Bounds::default() });
    let program = smtp(&mut attempt);
    // What was delivered is counted in the mailbox.
    assert!(program.mail(&mut attempt, &"x".repeat(3_000)).contains("queued as"));
    assert!(program.mail(&mut attempt, &"x".repeat(5_000)).starts_with("451 4.3.0 "));
    assert_eq!((limits(&attempt), delivered(&attempt)), (vec![(Limit::MessageOctets, most)], 1));
    assert!(program.mail(&mut attempt, "small").contains("queued as"));
    assert_eq!(delivered(&attempt), 2);
    comes_back(&attempt);
    is_another_without(&attempt, number_of(&attempt, Limit::MessageOctets));
}

#[test]
fn what_was_deleted_makes_room_again() {
    let mut attempt = begin(Bounds { message_octets: 60_000, ..Bounds::default() });
    let (program, body) = (smtp(&mut attempt), "x".repeat(5_000));
    let fill = |attempt: &mut Attempt| {
        let mut taken = 0;
        while program.mail(attempt, &body).contains("queued as") && limits(attempt).is_empty() {
            taken += 1;
        }
        taken
    };
    // Once it was delivered, the host's own copy is gone.
    assert_eq!(fill(&mut attempt), 10);
    let reader = Program::connect(&mut attempt, "imap");
    let said =
        reader.say(&mut attempt, "a LOGIN alice secret\nb CREATE Kept\nc SELECT INBOX\nd COPY 1:3 Kept\n");
    assert!(said.contains("d OK"), "{said}");
    reader.say(&mut attempt, "e STORE 1:3 +FLAGS (\\Deleted)\nf EXPUNGE\n");
    let refused = limits(&attempt).len();
    program.mail(&mut attempt, &body);
    assert!(limits(&attempt).len() > refused, "the copies have the octets still");
    let pop3 = Program::connect(&mut attempt, "pop3");
    assert!(reader.say(&mut attempt, "g DELETE Kept\n").contains("g OK"));
    pop3.say(&mut attempt, "USER alice\nPASS secret\nDELE 1\nQUIT\n");
    let (refused, before) = (limits(&attempt).len(), delivered(&attempt));
    for _ in 0..4 {
        assert!(program.mail(&mut attempt, &body).contains("queued as"));
    }
    assert_eq!((limits(&attempt).len(), delivered(&attempt)), (refused, before + 4));
    comes_back(&attempt);
}

#[test]
fn copies_are_made_until_there_are_enough() {
    let mut attempt = begin(Bounds { copies: 4, ..Bounds::default() });
    let program = smtp(&mut attempt);
    for _ in 0..2 {
        program.mail(&mut attempt, "x");
    }
    let reader = Program::connect(&mut attempt, "imap");
    let said = reader.say(&mut attempt, "a LOGIN alice secret\nb CREATE Kept\nc SELECT INBOX\n");
    assert!(said.contains("c OK"), "{said}");
    for line in ["d COPY 1:2 Kept\n", "e COPY 1 Kept\n"] {
        let said = reader.say(&mut attempt, line);
        assert!(said.contains(" OK"), "{said}");
    }
    let said = reader.say(&mut attempt, "f COPY 1:2 Kept\n");
    assert!(said.starts_with("f NO "), "all of them or none: {said}");
    assert_eq!(limits(&attempt), [(Limit::Copies, 4)]);
    let said = reader.say(&mut attempt, "g MOVE 1 Kept\nh STATUS Kept (MESSAGES)\n");
    assert!(said.contains("g OK") && said.contains("(MESSAGES 4)"), "{said}");
    assert!(reader.say(&mut attempt, "i COPY 1 Kept\n").starts_with("i NO "));
    comes_back(&attempt);
    is_another_without(&attempt, number_of(&attempt, Limit::Copies));
}

#[test]
fn a_record_that_says_nothing_of_bounds_is_a_learners() {
    let learners = begin(Bounds::default()).record().unwrap();
    assert!(!learners.encode().contains("bounds"), "what is usual is not written");
    let wide = begin(Bounds::ALONE);
    let journal = wide.record().unwrap().encode();
    assert!(journal.contains(r#""bounds":{"inputs":1000000000,"#), "{}", journal.lines().next().unwrap());
    comes_back(&wide);
    assert_eq!(Record::decode(&learners.encode()).unwrap().header.bounds, Bounds::LEARNER);
    // A bound that a record does not know yet is a learner's.
    let few: Bounds = serde_json::from_str(r#"{"inputs":7}"#).unwrap();
    assert_eq!(few, Bounds { inputs: 7, ..Bounds::LEARNER });
}
