//! Real ports in the lab: what promises something lasting is on the disk before it goes out, and a connection that
//! helo's end cuts off is recorded as lost.

mod lab_support;

use helo::event::{CloseReason, Entry, Event, Side};
use helo::lab::{Handle, Lab, LabError, LabOptions, News, Socket};
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

/// Somebody whom the mail host takes mail for.
async fn recipient(attempt: &Handle) -> String {
    let about = attempt.subscribe(EventNo(u64::MAX)).await.unwrap().snapshot.about.clone();
    let mailboxes = &about.drawn.as_ref().unwrap().setup.mailboxes;
    mailboxes.iter().find(|m| m.host == "mail.example.org").unwrap().address.clone()
}

/// How much of the record is on the disk.
async fn kept(lab: &Lab, attempt: &Handle) -> (u64, u64) {
    let kept = lab.find(attempt.token()).await.unwrap().unwrap();
    (kept.inputs, kept.events)
}

#[tokio::test]
async fn a_promise_is_on_the_disk_before_it_goes_out_and_so_is_all_before_it() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut socket = attempt.connect("smtp").await.unwrap();
    assert!(said(&mut socket).starts_with("220 mail.example.org "));
    socket.octets(b"EHLO ws.lab.test\r\nNOOP\r\n").await.unwrap();
    let text = said(&mut socket);
    assert!(text.starts_with("250-mail.example.org") && text.ends_with("250 2.0.0 Ok\r\n"), "{text}");
    let to = format!("RCPT TO:<{}>", recipient(&attempt).await);
    for (n, text) in [(1, "one"), (2, "two")] {
        for line in ["MAIL FROM:<a@example.org>", &to, "DATA"] {
            socket.octets(format!("{line}\r\n").as_bytes()).await.unwrap();
        }
        assert!(said(&mut socket).contains("\r\n354 "), "message {n}");
        let receipt = socket.octets(format!("Subject: {text}\r\n\r\n.\r\n").as_bytes()).await.unwrap();
        assert_eq!(kept(&lab, &attempt).await, (receipt.input.0, receipt.event.0), "message {n}");
        assert!(said(&mut socket).starts_with("250 2.0.0 "), "message {n}");
    }
    socket.octets(b"QUIT\r\n").await.unwrap();
    assert_eq!(said(&mut socket), "221 2.0.0 Bye\r\n[Closed(Closed)]");
    assert_eq!(socket.next().await, None);
    assert_eq!(socket.octets(b"NOOP\r\n").await, Err(LabError::SocketGone));
    assert!(matches!(attempt.connect("gopher").await, Err(LabError::SocketGone)));
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn talk_goes_out_at_once_and_is_on_the_disk_together_a_moment_later() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut socket = attempt.connect("smtp").await.unwrap();
    let before = lab.store().writer_stats().commits;
    let mut receipt = None;
    for _ in 0..80 {
        receipt = Some(socket.octets(b"NOOP\r\n").await.unwrap());
        assert!(said(&mut socket).ends_with("\r\n"), "the answer is there");
    }
    let commits = lab.store().writer_stats().commits - before;
    assert!(commits < 40, "{commits} commits for 80 commands");
    // A page that looks sees what is on the disk, and all of it.
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    let receipt = receipt.unwrap();
    assert_eq!(page.snapshot.entries.last().unwrap().n, receipt.event);
    assert_eq!(kept(&lab, &attempt).await, (receipt.input.0, receipt.event.0));
    // Nobody asks, and it comes all the same.
    let receipt = socket.octets(b"NOOP\r\n").await.unwrap();
    let mut page = page;
    while page.resume() <= receipt.event {
        page.next().await.unwrap();
    }
    assert_eq!(kept(&lab, &attempt).await, (receipt.input.0, receipt.event.0));
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn while_something_that_lasts_is_on_its_way_nobody_hears_of_it() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let (sender, mut other) =
        (attempt.connect("smtp").await.unwrap(), attempt.connect("smtp").await.unwrap());
    let mut reader = attempt.connect("pop3").await.unwrap();
    said(&mut reader);
    sender.octets(b"EHLO x\r\nMAIL FROM:<a@example.org>\r\n").await.unwrap();
    let to = format!("RCPT TO:<{}>\r\nDATA\r\n", recipient(&attempt).await);
    sender.octets(to.as_bytes()).await.unwrap();
    // Both are applied before anything of either can be written: what the other is told comes after what lasts.
    let (taken, told, read) = tokio::join!(
        sender.octets(b"Subject: x\r\n\r\n.\r\n"),
        other.octets(b"NOOP\r\n"),
        reader.octets(b"USER nobody\r\nPASS secret\r\n")
    );
    let (taken, told, read) = (taken.unwrap(), told.unwrap(), read.unwrap());
    assert!(told.input > taken.input && read.input > taken.input);
    assert!(kept(&lab, &attempt).await.0 >= read.input.0, "who signs in waits for it");
    assert!(said(&mut reader).contains("-ERR"));
    assert!(kept(&lab, &attempt).await.0 >= told.input.0);
    assert!(said(&mut other).ends_with("2.0.0 Ok\r\n"));
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
    let to = recipient(&attempt).await;
    let talk = format!("EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<{to}>\r\nDATA\r\n");
    sockets[0].octets(talk.as_bytes()).await.unwrap();
    attempt.report().await.unwrap();
    // As in a crash: nothing can be written any more.
    lab.store().close().await;
    sockets[1].octets(b"EHLO x\r\n").await.unwrap();
    let told = sockets[0].octets(b"Subject: x\r\n\r\n.\r\n").await;
    assert!(matches!(told, Err(LabError::Store(_))), "{told:?}");
    for mut socket in sockets {
        let mut said = String::new();
        while let Some(news) = socket.next().await {
            said.push_str(&format!("{news:?}"));
        }
        assert!(!said.contains("queued as"), "what could not be kept was not promised: {said}");
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
