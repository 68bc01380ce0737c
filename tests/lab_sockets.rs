//! Real ports in the lab: what goes out is on the disk before, and a connection that helo's end cuts off is recorded as
//! lost.

mod lab_support;

use helo::event::{CloseReason, Entry, Event, Side};
use helo::lab::{Handle, LabError, LabOptions, News, Socket};
use helo::units::EventNo;
use lab_support::{NOW, TempDir, begin, lab, lab_with, options, typed};
use std::time::Duration;

/// What a socket has to say at this moment, once it has been asked something.
fn said(socket: &mut Socket) -> String {
    let mut text = String::new();
    while let Some(news) = socket.try_next() {
        match news {
            News::Octets(octets) => text.push_str(&octets.lossy()),
            other => text.push_str(&format!("[{other:?}]")),
        }
    }
    text
}

async fn entries(attempt: &Handle) -> Vec<Entry> {
    attempt.subscribe(EventNo(1)).await.unwrap().snapshot.entries
}

fn lost(entries: &[Entry]) -> usize {
    let lost = |e: &&Entry| matches!(e.event, Event::Closed { by: Side::Client, why: CloseReason::Lost, .. });
    entries.iter().filter(lost).count()
}

#[tokio::test]
async fn what_goes_out_is_on_the_disk() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut socket = attempt.connect("smtp").await.unwrap();
    assert!(said(&mut socket).starts_with("220 mail.example.org "));
    let receipt = socket.octets(b"EHLO ws.lab.test\r\nNOOP\r\n").await.unwrap();
    let kept = lab.find(attempt.token()).await.unwrap().unwrap();
    assert_eq!((kept.inputs, kept.events), (receipt.input.0, receipt.event.0));
    let text = said(&mut socket);
    assert!(text.starts_with("250-mail.example.org") && text.ends_with("250 2.0.0 Ok\r\n"), "{text}");
    socket.octets(b"QUIT\r\n").await.unwrap();
    assert_eq!(said(&mut socket), "221 2.0.0 Bye\r\n[Closed(Closed)]");
    assert_eq!(socket.next().await, None);
    assert_eq!(socket.octets(b"NOOP\r\n").await, Err(LabError::SocketGone));
    assert!(matches!(attempt.connect("gopher").await, Err(LabError::SocketGone)));
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn the_pace_of_a_page_is_not_that_of_a_program() {
    let dir = TempDir::new();
    let slow = LabOptions { inputs_per_second: 1, burst: 1, ..options() };
    let (lab, learner) = lab_with(dir.path(), slow).await;
    let attempt = begin(&lab, learner).await;
    let socket = attempt.connect("smtp").await.unwrap();
    for _ in 0..50 {
        socket.octets(b"NOOP\r\n").await.unwrap();
    }
    typed(&attempt, "echo one").await;
    let next = attempt.input(lab_support::line("echo two")).await;
    assert!(matches!(next, Err(LabError::TooFast { .. })), "{next:?}");
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn a_socket_that_is_dropped_is_a_lost_connection() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let socket = attempt.connect("pop3").await.unwrap();
    socket.octets(b"USER x\r\n").await.unwrap();
    drop(socket);
    assert_eq!(lost(&entries(&attempt).await), 1);
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn a_restart_records_that_open_sockets_are_lost() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut sockets = Vec::new();
    for _ in 0..3 {
        sockets.push(attempt.connect("smtp").await.unwrap());
    }
    sockets[0].octets(b"EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n").await.unwrap();
    // As in a crash: nothing can be written any more.
    lab.store().close().await;
    let told = sockets[1].octets(b"EHLO x\r\n").await;
    assert!(matches!(told, Err(LabError::Store(_))), "{told:?}");
    for mut socket in sockets {
        while socket.next().await.is_some() {}
    }

    let (again, _) = lab_with(dir.path(), options()).await;
    let attempt = again.open(attempt.token()).await.unwrap();
    assert_eq!(lost(&entries(&attempt).await), 3);
    let kept = again.find(attempt.token()).await.unwrap().unwrap();
    assert_eq!(kept.inputs, 3 + 1 + 3, "each is an input of the record");
    let mut socket = attempt.connect("smtp").await.unwrap();
    assert!(said(&mut socket).starts_with("220 "), "the ports go on");
    drop(socket);
    again.close().await;
    again.store().close().await;
}

#[tokio::test]
async fn an_open_socket_keeps_the_attempt_in_memory_and_its_clock_going() {
    let dir = TempDir::new();
    let short = LabOptions { passivate_after: Duration::from_millis(30), wall_clock: || NOW, ..options() };
    let (lab, learner) = lab_with(dir.path(), short).await;
    let attempt = begin(&lab, learner).await;
    let socket = attempt.connect("smtp").await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(lab.live(), 1);
    socket.octets(b"NOOP\r\n").await.unwrap();
    let times: Vec<_> = entries(&attempt).await.iter().map(|e| e.at).collect();
    assert!(times.last().unwrap().since(*times.first().unwrap()) >= Duration::from_millis(200));
    drop(socket);
    for _ in 0..200 {
        if lab.live() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(lab.live(), 0);
    lab.store().close().await;
}
