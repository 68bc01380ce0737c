//! Opening the store: the lock, the schema's versions, and what is said when it cannot be.
#![allow(clippy::disallowed_methods)] // one test starts a second process

mod store_support;

use helo::store::{Store, StoreError, StoreOptions};
use helo::units::{Lang, Stream, Time};
use sqlx::{AnyConnection, Connection as _};
use std::process::{Command, Stdio};
use store_support::{TempDir, append, begin, open, with_inputs};

async fn fails(dir: &TempDir) -> StoreError {
    Store::open(&dir.path(), StoreOptions::default()).await.unwrap_err()
}

/// A connection beside the store's own, as a sqlite3 shell would have one.
async fn shell(dir: &TempDir) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let path = dir.path().join("helo.db");
    let path = path.to_str().unwrap().replace('#', "%23").replace('?', "%3F").replace("%20", "%2520");
    AnyConnection::connect(&format!("sqlite://{}", path.replace(' ', "%20"))).await.unwrap()
}

async fn run(shell: &mut AnyConnection, sql: &'static str) {
    sqlx::query(sql).execute(shell).await.unwrap();
}

#[tokio::test]
async fn the_directory_is_made_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = TempDir::new();
    let store = open(&dir).await;
    assert_eq!(std::fs::metadata(dir.path()).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(store.path(), dir.path().canonicalize().unwrap().join("helo.db"));
    store.close().await;
}

#[tokio::test]
async fn two_helos_never_open_the_same_directory() {
    let dir = TempDir::new();
    let first = open(&dir).await;
    let second = fails(&dir).await;
    assert_eq!(second, StoreError::InUse { dir: dir.path(), pid: Some(std::process::id()) });
    let text = second.text();
    assert!(text.en.contains("in use by another helo (pid ") && text.en.contains("--data"), "{}", text.en);
    assert!(text.de.contains("gehört gerade einem anderen helo (pid "), "{}", text.de);
    first.close().await;
    open(&dir).await.close().await;
}

#[tokio::test]
async fn dropping_the_last_clone_lets_go_of_the_directory() {
    let dir = TempDir::new();
    let store = open(&dir).await;
    let learner = store.learner("local", "you", Time(0)).await.unwrap();
    drop(store);
    let again = loop {
        match Store::open(&dir.path(), StoreOptions::default()).await {
            Ok(store) => break store,
            Err(StoreError::InUse { .. }) => tokio::task::yield_now().await,
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(again.learner_by_id(learner.id).await.unwrap(), Some(learner));
    again.close().await;
}

/// Not a test of its own: the second process of the next one.
#[tokio::test]
async fn child_holds_the_lock() {
    let Some(dir) = std::env::var_os("HELO_TEST_HOLD") else { return };
    let _store = Store::open(dir.as_ref(), StoreOptions::default()).await.unwrap();
    println!("held");
    let _ = std::io::stdin().read_line(&mut String::new());
    std::process::abort();
}

#[tokio::test]
async fn the_lock_of_another_process_goes_when_it_is_killed() {
    use std::io::{BufRead as _, BufReader};
    let dir = TempDir::new();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_holds_the_lock", "--nocapture"])
        .env("HELO_TEST_HOLD", dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().ends_with("held")));
    assert_eq!(fails(&dir).await, StoreError::InUse { dir: dir.path(), pid: Some(child.id()) });
    child.kill().unwrap();
    child.wait().unwrap();
    open(&dir).await.close().await;
}

#[tokio::test]
async fn the_database_is_set_up_for_safety() {
    let dir = TempDir::new();
    let store = open(&dir).await;
    let mut shell = shell(&dir).await;
    let row = sqlx::query("PRAGMA journal_mode").fetch_one(&mut shell).await.unwrap();
    assert_eq!(sqlx::Row::get::<String, _>(&row, 0), "wal");
    shell.close().await.unwrap();
    store.close().await;
    assert!(!dir.path().join("helo.db-wal").exists(), "closing leaves one file that can be copied");
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    let dir = TempDir::new();
    open(&dir).await.close().await;
    let mut shell = shell(&dir).await;
    run(
        &mut shell,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (99, 'from the future', 1, x'00', 0)",
    )
    .await;
    shell.close().await.unwrap();
    let error = fails(&dir).await;
    assert!(matches!(error, StoreError::Newer { found: 99, known: 6, .. }), "{error:?}");
    assert!(error.text().de.contains("Nimm das neuere helo"), "{}", error.text().de);
    assert!(matches!(fails(&dir).await, StoreError::Newer { .. }), "and the lock was let go");
}

#[tokio::test]
async fn another_history_is_left_alone() {
    let dir = TempDir::new();
    open(&dir).await.close().await;
    let mut shell = shell(&dir).await;
    run(&mut shell, "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1").await;
    shell.close().await.unwrap();
    let error = fails(&dir).await;
    assert!(matches!(error, StoreError::OtherHistory { version: 1, .. }), "{error:?}");
}

#[tokio::test]
async fn what_is_no_database_is_said_to_be_none() {
    let dir = TempDir::new();
    std::fs::create_dir_all(dir.path()).unwrap();
    std::fs::write(dir.path().join("helo.db"), "Dear diary, ".repeat(1000)).unwrap();
    let error = fails(&dir).await;
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert!(error.text().en.contains("restore your backup"), "{error}");
}

#[tokio::test]
async fn a_place_that_cannot_be_made_is_named() {
    let dir = TempDir::new();
    std::fs::write(dir.path(), "a file, not a directory").unwrap();
    let error = fails(&dir).await;
    assert!(matches!(&error, StoreError::Directory { path, .. } if *path == dir.path()), "{error:?}");
}

#[tokio::test]
async fn a_full_disk_is_said_and_nothing_half_stays() {
    let dir = TempDir::new();
    let store = Store::open(&dir.path(), StoreOptions { max_octets: Some(400 << 10) }).await.unwrap();
    let learner = store.learner("local", "you", Time(0)).await.unwrap().id;
    let attempt = begin(&store, learner, "t1").await;
    let (mut written, mut odd) = (0, Stream::new(1, "odd"));
    let error = loop {
        // Nothing in it repeats, so that it cannot be packed.
        let long: String = (0..20_000).map(|_| char::from(b'a' + odd.below(26) as u8)).collect();
        let rows = with_inputs(append(attempt, written + 1), &[&format!("\"{long}\"")]);
        match store.append(rows).await {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
    assert!(error.text().de.contains("kein Platz mehr"), "{}", error.text().de);
    assert!(written > 3, "{written}");
    let found = store.attempt(attempt).await.unwrap().unwrap();
    assert_eq!((found.inputs, found.events), (written, 2 + 3 * written));
    assert_eq!(store.inputs(attempt, 0, 10_000).await.unwrap().len() as u64, written);
    store.close().await;
    let roomier = open(&dir).await;
    roomier.append(append(attempt, written + 1)).await.unwrap();
    roomier.close().await;
}

#[tokio::test]
async fn a_locked_database_is_waited_for() {
    let dir = TempDir::new();
    let store = open(&dir).await;
    let mut shell = shell(&dir).await;
    run(&mut shell, "BEGIN IMMEDIATE").await;
    let (learner, ()) = tokio::join!(store.learner("local", "you", Time(0)), async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        run(&mut shell, "COMMIT").await;
    });
    assert_eq!(learner.unwrap().name, "you");
    shell.close().await.unwrap();
    store.close().await;
}

#[test]
fn every_error_says_what_to_do_in_both_languages() {
    let path = std::path::PathBuf::from("/srv/helo");
    let what = String::from("odd");
    let errors = [
        StoreError::InUse { dir: path.clone(), pid: None },
        StoreError::Directory { path: path.clone(), what: what.clone() },
        StoreError::Busy { path: path.clone() },
        StoreError::Full { path: path.clone() },
        StoreError::ReadOnly { path: path.clone() },
        StoreError::Damaged { path: path.clone(), what: what.clone() },
        StoreError::Newer { path: path.clone(), found: 2, known: 1 },
        StoreError::OtherHistory { path, version: 1 },
        StoreError::Conflict { attempt: helo::store::AttemptId(1) },
        StoreError::Taken { what: what.clone() },
        StoreError::Unknown { what: what.clone() },
        StoreError::Closed,
        StoreError::Failed { what },
    ];
    for error in errors {
        for lang in Lang::ALL {
            let text = error.text();
            assert!(text.get(lang).trim_end().ends_with('.'), "{}", text.get(lang));
            assert!(!text.get(lang).contains("  "), "{}", text.get(lang));
            assert_ne!(text.de, text.en);
        }
    }
}
