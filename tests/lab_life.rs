//! An attempt's life in the lab: begun, typed at, looked at by many, left, forgotten and brought back.

mod lab_support;

use helo::attempt::Input;
use helo::lab::{End, Ended, LONGEST_PASS, LabError, LabOptions};
use helo::store::Sent;
use helo::units::{EventNo, Lang, Time};
use lab_support::{
    NOW, TempDir, TimeStands, begin, codes, lab, lab_with, line, numbers, options, printed, solution, typed,
    watch,
};
use std::time::Duration;
use tokio::time::advance;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn what_is_shown_is_on_the_disk() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.entries[0].n, EventNo(1), "the start is in the transcript");
    assert_eq!(page.snapshot.about.number, 1);
    let receipt = typed(&attempt, "echo hello").await;
    let kept = lab.find(attempt.token()).await.unwrap().unwrap();
    assert_eq!((kept.inputs, kept.events), (receipt.input.0, receipt.event.0));
    let seen = watch(&mut page, receipt.event).await;
    assert_eq!(numbers(&seen), (1..=receipt.event.0).collect::<Vec<_>>());
    assert!(printed(&seen).contains("hello\n"), "{}", printed(&seen));
    let rows = lab.store().events(kept.id, 0, 1000).await.unwrap();
    for (row, entry) in rows.iter().zip(&seen) {
        assert_eq!((row.n, &row.json), (entry.n.0, &serde_json::to_string(entry).unwrap()));
    }
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn the_next_line_continues_the_data_that_a_crash_cut_off() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let all = solution(&attempt.subscribe(EventNo(1)).await.unwrap().snapshot.about);
    let dot = all.iter().position(|input| *input == line(".")).unwrap();
    for input in &all[..dot] {
        attempt.input(input.clone()).await.unwrap();
    }
    // The store goes away under the lab, as it would with the process: nothing was announced, nothing tidied up.
    lab.store().close().await;
    let lost = attempt.input(line("a line that nobody kept")).await;
    assert!(matches!(lost, Err(LabError::Store(_))), "{lost:?}");

    let (again, learner_again) = lab_with(dir.path(), options()).await;
    assert_eq!(learner_again, learner);
    let attempt = again.open(attempt.token()).await.unwrap();
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.frozen, None);
    assert_eq!(codes(&page.snapshot.entries).last(), Some(&354), "in the middle of DATA");
    let receipt = typed(&attempt, ".").await;
    let seen = watch(&mut page, receipt.event).await;
    assert_eq!(codes(&seen).last(), Some(&250));
    assert!(!serde_json::to_string(&seen).unwrap().contains("nobody kept"));
    for input in &all[dot + 1..] {
        attempt.input(input.clone()).await.unwrap();
    }
    let report = attempt.report().await.unwrap();
    assert_eq!(report.points, report.max_points);
    let kept = again.find(attempt.token()).await.unwrap().unwrap();
    assert!(kept.progress.done);
    assert_eq!(kept.progress.points, report.points);
    again.close().await;
    again.store().close().await;
}

#[tokio::test]
async fn two_pages_see_the_same_and_a_third_resumes() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let other = lab.open(attempt.token()).await.unwrap();
    let mut one = attempt.subscribe(EventNo(1)).await.unwrap();
    let first = typed(&other, "telnet mail.example.org 25").await;
    let mut two = other.subscribe(EventNo(1)).await.unwrap();
    let second = typed(&attempt, "HELO ws.lab.test").await;
    let third = typed(&other, "QUIT").await;
    let (seen_by_one, seen_by_two) = (watch(&mut one, third.event).await, watch(&mut two, third.event).await);
    assert_eq!(seen_by_one, seen_by_two);
    assert_eq!(codes(&seen_by_one), [220, 250, 221]);
    let resumed = attempt.subscribe(EventNo(first.event.0 + 1)).await.unwrap();
    assert_eq!(resumed.snapshot.entries, seen_by_one[first.event.0 as usize..]);
    assert!(second.event > first.event);
    let beyond = attempt.subscribe(EventNo(u64::MAX)).await.unwrap();
    assert_eq!((beyond.snapshot.entries.len(), beyond.resume()), (0, EventNo(third.event.0 + 1)));
    lab.close().await;
}

#[tokio::test]
async fn who_is_too_slow_is_dropped_and_resumes_without_a_gap() {
    let dir = TempDir::new();
    let (lab, learner) = lab_with(dir.path(), LabOptions { buffer: 4, ..options() }).await;
    let attempt = begin(&lab, learner).await;
    let mut slow = attempt.subscribe(EventNo(1)).await.unwrap();
    let mut quick = attempt.subscribe(EventNo(1)).await.unwrap();
    let mut seen = quick.snapshot.entries.clone();
    let mut last = EventNo(0);
    for n in 0..20 {
        last = typed(&attempt, &format!("echo {n}")).await.event;
        while quick.resume() <= last {
            seen.extend(quick.next().await.unwrap().entries.iter().cloned());
        }
    }
    let mut late = slow.snapshot.entries.clone();
    let ended = loop {
        match slow.next().await {
            Ok(update) => late.extend(update.entries.iter().cloned()),
            Err(ended) => break ended,
        }
    };
    let resume = EventNo(late.len() as u64 + 1);
    assert_eq!(ended, Ended { why: End::Slow, resume });
    assert!(resume < last, "it was dropped before the end");
    let again = attempt.subscribe(ended.resume).await.unwrap();
    late.extend(again.snapshot.entries.iter().cloned());
    assert_eq!(late, seen);
    lab.close().await;
}

#[tokio::test(start_paused = true)]
async fn the_clock_stands_still_while_nobody_is_there() {
    let dir = TempDir::new();
    let time = TimeStands::now();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    typed(&attempt, "sleep 10").await;
    drop(page);
    // A question, so that the attempt has heard of it before time moves.
    attempt.report().await.unwrap();
    advance(9 * MINUTE).await;
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.now, NOW, "nine minutes of nobody");
    advance(Duration::from_secs(4)).await;
    drop(page);
    attempt.report().await.unwrap();
    advance(9 * MINUTE).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.now, NOW.plus(Duration::from_secs(4)));
    let before = page.resume();
    advance(Duration::from_secs(6)).await;
    let update = page.next().await.unwrap();
    assert_eq!(update.entries[0].n, before);
    assert_eq!(update.now, NOW.plus(Duration::from_secs(10)), "and then sleep is over, to the second");
    assert!(printed(&update.entries).ends_with("$ "), "{:?}", update.entries);
    lab.close().await;
    drop(time);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_nobody_looks_at_leaves_memory_and_comes_back() {
    let dir = TempDir::new();
    let time = TimeStands::now();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    typed(&attempt, "telnet mail.example.org 25").await;
    advance(MINUTE).await;
    let before = typed(&attempt, "HELO ws.lab.test").await;
    let seen = watch(&mut page, before.event).await;
    advance(30 * MINUTE).await;
    attempt.report().await.unwrap();
    assert_eq!(lab.live(), 1, "somebody looks");
    drop(page);
    attempt.report().await.unwrap();
    advance(9 * MINUTE).await;
    tokio::task::yield_now().await;
    assert_eq!(lab.live(), 1, "not yet");
    advance(2 * MINUTE).await;
    while lab.live() > 0 {
        tokio::task::yield_now().await;
    }
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(lab.live(), 1);
    assert_eq!(page.snapshot.entries[..seen.len()], seen[..]);
    let last = page.snapshot.entries.last().unwrap().at;
    assert_eq!(page.snapshot.now, last, "the clock goes on from what was recorded last");
    assert!(page.snapshot.now >= NOW.plus(MINUTE) && page.snapshot.now < NOW.plus(32 * MINUTE));
    let after = typed(&attempt, "echo and on").await;
    assert!(printed(&watch(&mut page, after.event).await).contains("and on"), "whichever program reads it");
    lab.close().await;
    drop(time);
}

#[tokio::test]
async fn limits_are_said() {
    let dir = TempDir::new();
    let tight = LabOptions { max_subscribers: 2, inputs_per_second: 1, burst: 3, ..options() };
    let (lab, learner) = lab_with(dir.path(), tight).await;
    let attempt = begin(&lab, learner).await;
    let (_one, two) =
        (attempt.subscribe(EventNo(1)).await.unwrap(), attempt.subscribe(EventNo(1)).await.unwrap());
    let three = attempt.subscribe(EventNo(1)).await.unwrap_err();
    assert_eq!(three, LabError::TooManyPages { limit: 2 });
    drop(two);
    assert!(attempt.subscribe(EventNo(1)).await.is_ok(), "who leaves makes room");
    for n in 0..3 {
        typed(&attempt, &format!("echo {n}")).await;
    }
    let fast = attempt.input(line("echo too fast")).await.unwrap_err();
    assert!(matches!(fast, LabError::TooFast { wait } if wait <= Duration::from_secs(1)), "{fast:?}");
    assert!(fast.text().de.contains("füge sie zusammen ein"), "{}", fast.text().de);
    assert_eq!(lab.find(attempt.token()).await.unwrap().unwrap().inputs, 3);
    let unknown = lab.open("0123456789abcdef").await.unwrap_err();
    assert_eq!(unknown, LabError::NoSuchAttempt);
    let misspelt = lab.create(learner, "send-by-hnad", Lang::De).await.unwrap_err();
    let similar = Some("send-by-hand".to_owned());
    assert_eq!(misspelt, LabError::NoSuchScenario { id: "send-by-hnad".to_owned(), similar });
    lab.close().await;
}

#[tokio::test]
async fn attempts_nobody_looks_at_make_room_for_others() {
    let dir = TempDir::new();
    let few = LabOptions { max_live: 2, wait_for_room: Duration::from_millis(300), ..options() };
    let (lab, learner) = lab_with(dir.path(), few).await;
    let (one, two, three) =
        (begin(&lab, learner).await, begin(&lab, learner).await, begin(&lab, learner).await);
    assert_eq!(lab.live(), 2);
    let _looks_at_one = one.subscribe(EventNo(1)).await.unwrap();
    typed(&three, "echo three").await;
    let _looks_at_three = three.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(lab.live(), 2);
    let full = two.input(line("echo two")).await;
    assert_eq!(full, Err(LabError::TooManyAttempts { limit: 2 }));
    drop(_looks_at_one);
    typed(&two, "echo two").await;
    assert_eq!(lab.live(), 2);
    lab.close().await;
    assert_eq!(lab.live(), 0);
}

#[tokio::test]
async fn closing_tells_everybody_and_keeps_everything() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    let receipt = typed(&attempt, "echo before").await;
    lab.close().await;
    watch(&mut page, receipt.event).await;
    let resume = EventNo(receipt.event.0 + 1);
    assert_eq!(page.next().await, Err(Ended { why: End::Trouble(LabError::Closing), resume }));
    assert_eq!(attempt.input(line("echo after")).await, Err(LabError::Closing));
    assert_eq!(lab.find(attempt.token()).await.unwrap().unwrap().inputs, 1);
    lab.store().close().await;
}

#[tokio::test]
async fn inputs_in_flight_keep_their_order_and_share_commits() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let before = lab.store().writer_stats().commits;
    let typing: Vec<_> = (0..100)
        .map(|n| {
            let attempt = attempt.clone();
            tokio::spawn(async move { attempt.input(line(&format!("echo {n}"))).await.unwrap() })
        })
        .collect();
    let mut receipts = Vec::new();
    for one in typing {
        receipts.push(one.await.unwrap());
    }
    let inputs: Vec<u64> = receipts.iter().map(|r| r.input.0).collect();
    assert_eq!(inputs, (1..=100).collect::<Vec<_>>());
    let commits = lab.store().writer_stats().commits - before;
    assert!(commits < 20, "{commits} commits for 100 lines in flight");
    lab.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_learners_at_once() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let learners: Vec<_> = (0..200)
        .map(|n| {
            let lab = lab.clone();
            tokio::spawn(async move {
                let attempt = begin(&lab, learner).await;
                let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
                let mut last = EventNo(0);
                for input in solution(&page.snapshot.about) {
                    last = attempt.input(input).await.unwrap().event;
                }
                let seen = watch(&mut page, last).await;
                assert_eq!(numbers(&seen), (1..=last.0).collect::<Vec<_>>(), "learner {n}");
                let report = attempt.report().await.unwrap();
                assert_eq!(report.points, report.max_points, "learner {n}: {report:?}");
                attempt.token().to_owned()
            })
        })
        .collect();
    let mut tokens = Vec::new();
    for learner in learners {
        tokens.push(learner.await.unwrap());
    }
    assert_eq!(lab.live(), 200);
    let done = lab.store().attempts_of(learner).await.unwrap();
    assert_eq!(done.iter().filter(|a| a.progress.done).count(), 200);
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 200, "each has a name of its own");
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn who_wants_them_gets_the_lines_of_the_record() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    typed(&attempt, "echo without").await;
    assert_eq!(page.next().await.unwrap().lines, None, "no page has a use for them");
    let mut host = attempt.subscribe(EventNo(1)).await.unwrap().with_lines();
    let receipt = typed(&attempt, "echo with").await;
    let update = host.next().await.unwrap();
    let kept = lab.find(attempt.token()).await.unwrap().unwrap();
    let first = update.entries[0].n.0;
    let rows = lab.store().events(kept.id, first - 1, 1000).await.unwrap();
    assert_eq!(rows.last().map(|row| row.n), Some(receipt.event.0));
    let rows: String = rows.iter().map(|row| format!("{}\n", row.json)).collect();
    assert_eq!(update.lines.as_ref().unwrap().text(), rows.as_bytes());
    watch(&mut host, receipt.event).await;
    drop(page);
    let receipt = typed(&attempt, "echo alone").await;
    let update = host.next().await.unwrap();
    let (lines, events) = (update.lines.as_ref().unwrap().count(), receipt.event.0 - (host.resume().0 - 1));
    assert!(update.entries.is_empty() && lines > 0, "nobody has a use for the events");
    assert_eq!((update.event, events), (receipt.event, 0), "where to go on is known without them");
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn time_that_passes_is_an_input_too() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    typed(&attempt, "sleep 0.05").await;
    let update = loop {
        let update = page.next().await.unwrap();
        if update.input.0 == 2 {
            break update;
        }
    };
    let kept = lab.find(attempt.token()).await.unwrap().unwrap();
    let rows = lab.store().inputs(kept.id, 1, 10).await.unwrap();
    let line: serde_json::Value = serde_json::from_str(&rows[0].json).unwrap();
    assert_eq!(line["input"], serde_json::to_value(Input::Pass).unwrap());
    assert_eq!((rows[0].n, line["n"].as_u64()), (2, Some(2)));
    assert!(update.now >= Time(NOW.0 + 50_000), "{:?}", update.now);
    assert_eq!(line["at"].as_i64(), Some(update.now.0));
    lab.close().await;
}

#[tokio::test]
async fn a_long_line_is_applied_like_any_other() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    typed(&attempt, "telnet mail.example.org 25").await;
    let long = attempt.input(line(&"x".repeat(100_000)));
    let (long, after) = tokio::join!(long, attempt.input(line("NOOP")));
    assert_eq!((long.unwrap().input.0, after.unwrap().input.0), (2, 3));
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(codes(&page.snapshot.entries), [220, 500, 250]);
    lab.close().await;
}

#[tokio::test]
async fn time_passes_to_what_happens_next() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    let before = page.snapshot.now;
    typed(&attempt, "sleep 3000; echo awake").await;
    let sent = |seq| Sent { client: "page".to_owned(), seq };
    let receipt = attempt.pass_once(sent(1), None).await.unwrap();
    assert!(printed(&watch(&mut page, receipt.event).await).contains("awake\n"));
    let passed = async || attempt.subscribe(EventNo(u64::MAX)).await.unwrap().snapshot.now.since(before);
    let slept = passed().await;
    assert!(slept >= Duration::from_secs(3000) && slept < Duration::from_secs(3100), "{slept:?}");
    // Nothing is to come now, and so no time passes by itself.
    attempt.pass_once(sent(2), None).await.unwrap();
    assert!(passed().await < Duration::from_secs(3200));
    lab.close().await;
}

#[tokio::test]
async fn time_that_is_let_pass_brings_what_is_due_and_is_not_passed_twice() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    let before = page.snapshot.now;
    typed(&attempt, "sleep 600; echo awake").await;
    let sent = |seq| Sent { client: "page".to_owned(), seq };
    let ten_minutes = Duration::from_secs(601);
    let receipt = attempt.pass_once(sent(1), Some(ten_minutes)).await.unwrap();
    assert_eq!(attempt.pass_once(sent(1), Some(ten_minutes)).await, Ok(receipt));
    assert!(printed(&watch(&mut page, receipt.event).await).contains("awake\n"));
    let passed = async || attempt.subscribe(EventNo(u64::MAX)).await.unwrap().snapshot.now.since(before);
    let once = passed().await;
    assert!(once >= ten_minutes && once < 2 * ten_minutes, "{once:?}");
    attempt.pass_once(sent(2), Some(100 * LONGEST_PASS)).await.unwrap();
    let bounded = passed().await;
    assert!(bounded >= LONGEST_PASS && bounded < LONGEST_PASS + 2 * ten_minutes, "{bounded:?}");
    lab.close().await;
    lab.store().close().await;
    // Played again it is the same: how much has passed stands in the record.
    let (again, _) = lab_with(dir.path(), options()).await;
    let page = again.open(attempt.token()).await.unwrap().subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.frozen, None);
    assert!(page.snapshot.now.since(before) >= LONGEST_PASS);
    again.close().await;
    again.store().close().await;
}
