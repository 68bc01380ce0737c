//! Records that this helo would play differently, stores that cannot be written to, tasks that fall.

mod lab_support;

use helo::attempt::Input;
use helo::event::{Event, Limit};
use helo::lab::{Catalogue, End, Handle, Lab, LabError, LabOptions, WhyFrozen};
use helo::store::{AttemptState, Sent, Store, StoreError, StoreOptions};
use helo::units::{Bounds, EventNo, Stream};
use lab_support::{
    NOW, SEND_BY_HAND, TempDir, begin, edit_records, is_frozen, lab, lab_with, line, options, printed,
    scenario, store, typed, watch,
};
use sqlx::{AnyConnection, Connection as _};
use std::cell::Cell;

/// Changes something in the database as no helo would.
async fn tamper(dir: &TempDir, sql: &'static str) {
    sqlx::any::install_default_drivers();
    let path = dir.path().join("helo.db");
    let mut shell = AnyConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    sqlx::query(sql).execute(&mut shell).await.unwrap();
    shell.close().await.unwrap();
}

/// An attempt with a line typed, in a store that has been closed.
async fn left_behind(dir: &TempDir) -> String {
    let (lab, learner) = lab(dir).await;
    let attempt = begin(&lab, learner).await;
    typed(&attempt, "telnet mail.example.org 25").await;
    typed(&attempt, "HELO ws.lab.test").await;
    lab.close().await;
    lab.store().close().await;
    attempt.token().to_owned()
}

/// What a learner finds who comes back to a frozen attempt.
async fn finds_it_frozen(lab: &Lab, attempt: &Handle, why: WhyFrozen) {
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.frozen, Some(why.clone()));
    let refused = attempt.input(line("QUIT")).await;
    assert!(is_frozen(&refused), "{refused:?}");
    let text = refused.unwrap_err().text();
    assert!(text.de.contains(&why.text().de) && text.de.contains("bleibt"), "{}", text.de);
    let kept = lab.find(attempt.token()).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.inputs), (AttemptState::Frozen, 2));
    assert_eq!(kept.events as usize, page.snapshot.entries.len(), "everything that was recorded is shown");
    let report = attempt.report().await.unwrap();
    assert_eq!((report.points, report.max_points), (kept.progress.points, kept.progress.max_points));
}

#[tokio::test]
async fn a_record_that_plays_differently_is_frozen_as_it_was() {
    let dir = TempDir::new();
    let token = left_behind(&dir).await;
    edit_records(&dir, |line| Some(line.replace("250", "299")));
    tamper(&dir, "UPDATE attempt SET points = 175").await;
    for _ in 0..2 {
        let (lab, learner) = lab(&dir).await;
        let attempt = lab.open(&token).await.unwrap();
        let page = attempt.subscribe(EventNo(1)).await.unwrap();
        let Some(WhyFrozen::Diverged { at }) = page.snapshot.frozen.clone() else {
            panic!("{:?}", page.snapshot)
        };
        let differs = &page.snapshot.entries[at.0 as usize - 1];
        assert!(serde_json::to_string(differs).unwrap().contains("299"), "{differs:?}");
        finds_it_frozen(&lab, &attempt, WhyFrozen::Diverged { at }).await;
        assert_eq!(attempt.report().await.unwrap().points.0, 175);
        let fresh = begin(&lab, learner).await;
        typed(&fresh, "echo a fresh world works").await;
        lab.close().await;
        lab.store().close().await;
    }
}

#[tokio::test]
async fn an_old_version_of_a_scenario_is_played_from_the_store() {
    let dir = TempDir::new();
    let token = left_behind(&dir).await;
    let mended = format!("{SEND_BY_HAND}\n# mended since\n");
    let new = helo::scenario::Scenario::load("send-by-hand.toml", &mended).unwrap();
    assert_ne!(new.hash(), scenario().hash());
    let lab = Lab::new(store(dir.path()).await, Catalogue::new([new]), options());
    let attempt = lab.open(&token).await.unwrap();
    let receipt = typed(&attempt, "QUIT").await;
    assert_eq!(receipt.input.0, 3);
    let kept = lab.find(&token).await.unwrap().unwrap();
    assert_eq!(kept.scenario_hash, scenario().hash());
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn an_attempt_whose_scenario_cannot_be_read_any_more_can_be_looked_at() {
    let dir = TempDir::new();
    let token = left_behind(&dir).await;
    tamper(&dir, "UPDATE scenario_version SET text = 'format = 99'").await;
    let lab = Lab::new(store(dir.path()).await, Catalogue::default(), options());
    let attempt = lab.open(&token).await.unwrap();
    finds_it_frozen(&lab, &attempt, WhyFrozen::ScenarioUnreadable).await;
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn certificates_come_back_with_their_attempt() {
    let dir = TempDir::new();
    let keyring = async |attempt: &Handle| {
        let page = attempt.subscribe(EventNo(1)).await.unwrap();
        assert_eq!(page.snapshot.frozen, None);
        page.snapshot.about.drawn.as_ref().unwrap().setup.keyring.clone()
    };
    let lab = Lab::new(store(dir.path()).await, Catalogue::new([scenario()]), options());
    let learner = lab.store().learner("local", "you", NOW).await.unwrap().id;
    let (one, two) = (begin(&lab, learner).await, begin(&lab, learner).await);
    let made = keyring(&one).await;
    assert!(made.authority.is_some() && made.hosts.len() == 1, "{made:?}");
    assert_ne!(keyring(&two).await.authority, made.authority, "each attempt has its own authority");
    typed(&one, "echo hello").await;
    let token = one.token().to_owned();
    lab.close().await;
    lab.store().close().await;

    let lab = Lab::new(store(dir.path()).await, Catalogue::new([scenario()]), options());
    let again = lab.open(&token).await.unwrap();
    assert_eq!(keyring(&again).await, made);
    lab.close().await;
    lab.store().close().await;

    tamper(&dir, "UPDATE attempt SET keys = NULL").await;
    let lab = Lab::new(store(dir.path()).await, Catalogue::new([scenario()]), options());
    let without = lab.open(&token).await.unwrap();
    assert!(keyring(&without).await.is_empty(), "one from before there were keys is played without");
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn a_record_with_a_hole_is_said_to_have_one() {
    let dir = TempDir::new();
    let token = left_behind(&dir).await;
    edit_records(&dir, |line| {
        (!line.starts_with(r#"{"n":2,"at":"#) || line.contains("event")).then(|| line.to_owned())
    });
    let (lab, _) = lab(&dir).await;
    let attempt = lab.open(&token).await.unwrap();
    let holed = attempt.subscribe(EventNo(1)).await.unwrap_err();
    assert_eq!(holed, LabError::Unreadable { what: "input 2 is missing".to_owned() });
    assert_eq!(lab.live(), 0, "nothing of it stays in memory");
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn what_cannot_be_kept_did_not_happen() {
    let dir = TempDir::new();
    let narrow = Store::open(dir.path(), StoreOptions { max_octets: Some(600 << 10) }).await.unwrap();
    let lab = Lab::new(narrow, Catalogue::new([scenario()]), options());
    let learner = lab.store().learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(&lab, learner).await;
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    let (mut last, mut inputs, mut odd) = (EventNo(0), 0, Stream::new(1, "odd"));
    let error = loop {
        // Nothing in it repeats, so that it cannot be packed.
        let long: String = (0..9_000).map(|_| char::from(b'a' + odd.below(26) as u8)).collect();
        match attempt.input(line(&format!("echo {long}"))).await {
            Ok(receipt) => (last, inputs) = (receipt.event, receipt.input.0),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, LabError::Store(StoreError::Full { .. })), "{error:?}");
    assert!(inputs > 3, "{inputs}");
    watch(&mut page, last).await;
    let ended = page.next().await.unwrap_err();
    assert_eq!(ended.resume, EventNo(last.0 + 1), "what was not kept was not shown");
    assert_eq!(ended.why, End::Trouble(error));
    lab.close().await;
    lab.store().close().await;

    let (roomy, _) = lab_with(dir.path(), options()).await;
    let attempt = roomy.open(attempt.token()).await.unwrap();
    let mut page = attempt.subscribe(ended.resume).await.unwrap();
    assert_eq!(page.snapshot.entries, []);
    let receipt = typed(&attempt, "echo there is room again").await;
    assert_eq!(receipt.input.0, inputs + 1);
    assert!(printed(&watch(&mut page, receipt.event).await).contains("there is room again"));
    roomy.close().await;
    roomy.store().close().await;
}

thread_local! {
    static FALLS: Cell<bool> = const { Cell::new(false) };
}

#[tokio::test]
async fn a_task_that_falls_takes_no_other_with_it() {
    let dir = TempDir::new();
    let falling = helo::lab::LabOptions {
        wall_clock: || {
            assert!(!FALLS.get(), "this test wants a fall");
            NOW
        },
        ..options()
    };
    let (lab, learner) = lab_with(dir.path(), falling).await;
    let (one, other) = (begin(&lab, learner).await, begin(&lab, learner).await);
    let mut looks_at_other = other.subscribe(EventNo(1)).await.unwrap();
    let mut looks_at_one = one.subscribe(EventNo(1)).await.unwrap();
    typed(&one, "echo before").await;
    FALLS.set(true);
    assert_eq!(one.input(line("echo falls")).await, Err(LabError::Crashed));
    FALLS.set(false);
    let _ = looks_at_one.next().await.unwrap();
    let ended = looks_at_one.next().await.unwrap_err();
    assert_eq!(ended.why, End::Trouble(LabError::Crashed));
    let unharmed = typed(&other, "echo unharmed").await;
    assert!(printed(&watch(&mut looks_at_other, unharmed.event).await).contains("unharmed"));
    let receipt = typed(&one, "echo after").await;
    assert_eq!(receipt.input.0, 2, "the one that fell is not in the record");
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn what_a_page_sends_again_is_not_done_again() {
    let sent = |client: &str, seq| Sent { client: client.to_owned(), seq };
    let dir = TempDir::new();
    let token = {
        let (lab, learner) = lab(&dir).await;
        let attempt = begin(&lab, learner).await;
        assert_eq!(attempt.seq_of("page-1").await, Ok(0));
        let first = attempt.input_once(sent("page-1", 1), line("echo one"));
        let again = attempt.input_once(sent("page-1", 1), line("echo one"));
        let (first, again) = tokio::join!(first, again);
        assert_eq!(first.unwrap(), again.unwrap());
        attempt.input_once(sent("page-1", 4), line("echo four")).await.unwrap();
        attempt.input_once(sent("page-2", 1), line("echo other")).await.unwrap();
        attempt.input_once(sent("page-1", 3), line("echo three")).await.unwrap();
        lab.store().close().await;
        attempt.token().to_owned()
    };
    let (lab, _) = lab(&dir).await;
    let attempt = lab.open(&token).await.unwrap();
    for (client, seq) in [("page-1", 4), ("page-2", 1), ("page-3", 0)] {
        assert_eq!(attempt.seq_of(client).await, Ok(seq), "{client}");
    }
    attempt.input_once(sent("page-1", 4), line("echo four")).await.unwrap();
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    let shown = printed(&page.snapshot.entries).replace("lab@ws:~$ ", "");
    assert_eq!(shown.lines().collect::<Vec<_>>(), ["one", "four", "other"]);
}

#[tokio::test]
async fn any_number_of_clients_is_known_by_what_it_sent() {
    let sent = |n: usize, seq| Sent { client: format!("page-{n}"), seq };
    let dir = TempDir::new();
    let (lab, learner) = lab_with(dir.path(), LabOptions { burst: 100_000, ..options() }).await;
    let attempt = begin(&lab, learner).await;
    // So many that those before have long been forgotten in memory, some of them in one batch.
    for some in (0..1000).collect::<Vec<_>>().chunks(200) {
        let all = some.iter().map(|n| attempt.input_once(sent(*n, 7), Input::Pass));
        for done in futures_util::future::join_all(all).await {
            done.unwrap();
        }
    }
    let kept = lab.find(attempt.token()).await.unwrap().unwrap().inputs;
    assert_eq!(kept, 1000);
    for n in [0, 1, 500, 999] {
        assert_eq!(attempt.seq_of(&format!("page-{n}")).await, Ok(7), "page {n}");
        attempt.input_once(sent(n, 7), Input::Pass).await.unwrap();
        attempt.input_once(sent(n, 6), Input::Pass).await.unwrap();
    }
    assert_eq!(lab.find(attempt.token()).await.unwrap().unwrap().inputs, kept, "nothing was done twice");
    let next = attempt.input_once(sent(0, 8), Input::Pass).await.unwrap();
    assert_eq!(next.input.0, kept + 1);
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn an_attempt_keeps_its_bounds_whoever_goes_on_with_it() {
    let dir = TempDir::new();
    let bounds = Bounds { inputs: 3, ..Bounds::ALONE };
    let (narrow, learner) = lab_with(dir.path(), LabOptions { bounds, ..options() }).await;
    let attempt = begin(&narrow, learner).await;
    for _ in 0..2 {
        typed(&attempt, "echo one").await;
    }
    let kept = narrow.find(attempt.token()).await.unwrap().unwrap().bounds.unwrap();
    assert_eq!(serde_json::from_str::<Bounds>(&kept).unwrap(), bounds);
    narrow.close().await;
    narrow.store().close().await;

    let (lab, learner) = lab_with(dir.path(), options()).await;
    let again = lab.open(attempt.token()).await.unwrap();
    let mut page = again.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.frozen, None);
    let receipt = typed(&again, "echo last").await;
    let update = page.next().await.unwrap();
    assert!(update.used_up && update.event == receipt.event, "{update:?}");
    let last = &update.entries.last().unwrap().event;
    assert_eq!(*last, Event::LimitReached { limit: Limit::Inputs, at: 3 });
    for refused in [again.input(line("echo more")).await.map(drop), again.connect("smtp").await.map(drop)] {
        assert_eq!(refused, Err(LabError::UsedUp));
    }
    let usual = begin(&lab, learner).await;
    assert_eq!(lab.find(usual.token()).await.unwrap().unwrap().bounds, None, "a learner's are not written");
    lab.close().await;
    lab.store().close().await;

    // Played as a learner's it comes out differently at its end.
    tamper(&dir, "UPDATE attempt SET bounds = NULL").await;
    let (lab, _) = lab_with(dir.path(), options()).await;
    let without = lab.open(attempt.token()).await.unwrap();
    let page = without.subscribe(EventNo(1)).await.unwrap();
    assert_eq!(page.snapshot.frozen, Some(WhyFrozen::Diverged { at: receipt.event }));
    lab.close().await;
    lab.store().close().await;
}

#[tokio::test]
async fn what_is_on_the_disk_is_read_a_page_at_a_time() {
    let dir = TempDir::new();
    let (lab, learner) = lab(&dir).await;
    let attempt = begin(&lab, learner).await;
    let mut last = EventNo(0);
    for n in 0..20 {
        last = typed(&attempt, &format!("echo {n}")).await.event;
    }
    let whole = attempt.subscribe(EventNo(1)).await.unwrap().snapshot.entries;
    assert_eq!(whole.len() as u64, last.0);
    let mut read = Vec::new();
    loop {
        let page = attempt.recorded(EventNo(read.len() as u64 + 1), 7).await.unwrap();
        assert!(page.len() <= 7);
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    assert_eq!(read, whole);
    assert_eq!(attempt.recorded(EventNo(last.0 + 100), 7).await.unwrap(), []);
    lab.close().await;
    lab.store().close().await;
}
