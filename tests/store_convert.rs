//! A data directory of an older helo, which kept each input and each event in a row of its own, goes on as it was.

mod lab_support;

use helo::lab::{Lab, LabOptions};
use helo::store::{AttemptId, Line, Store, StoreError, StoreOptions};
use helo::units::{EventNo, Lang};
use lab_support::{TempDir, begin, lab, lab_with, numbers, options, solution, store, typed};
use rusqlite::{Connection, params};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Connection as _, SqlSafeStr as _, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;

/// The schema as it was, by its own steps.
const OLD: [(i64, &str, &str); 3] = [
    (1, "first", include_str!("../migrations/0001_first.sql")),
    (2, "sent", include_str!("../migrations/0002_sent.sql")),
    (3, "setting", include_str!("../migrations/0003_setting.sql")),
];
const NEXT: (i64, &str, &str) = (4, "record", include_str!("../migrations/0004_record.sql"));

async fn step(path: &Path, steps: &[(i64, &'static str, &'static str)]) {
    let mut conn = SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", path.display())).await.unwrap();
    let step = |(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(steps.iter().map(step).collect())
        .run_direct(None, &mut conn, false)
        .await
        .unwrap();
    conn.close().await.unwrap();
}

/// All that an attempt's record has.
async fn all(store: &Store, id: AttemptId) -> (Vec<Line>, Vec<Line>) {
    (store.inputs(id, 0, u32::MAX).await.unwrap(), store.events(id, 0, u32::MAX).await.unwrap())
}

type Records = BTreeMap<AttemptId, (Vec<Line>, Vec<Line>)>;

/// Makes of the closed database in `dir` one that an older helo has written, and gives its records as they were.
async fn make_old(dir: &Path, ids: &[AttemptId]) -> Records {
    let opened = store(dir).await;
    let mut records = Records::new();
    for id in ids {
        records.insert(*id, all(&opened, *id).await);
    }
    opened.close().await;
    let (new, old) = (dir.join("helo.db"), dir.join("old.db"));
    step(&old, &OLD).await;
    let conn = Connection::open(&old).unwrap();
    conn.execute("ATTACH DATABASE ?1 AS new", params![new.to_str().unwrap()]).unwrap();
    conn.execute_batch("DELETE FROM counter; BEGIN").unwrap();
    for table in ["counter", "learner", "scenario_version", "attempt", "setting"] {
        // What a later step has added to a row is not known to an old helo.
        let mut select = conn.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        let columns = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let columns = columns.map(Result::unwrap).collect::<Vec<_>>().join(", ");
        conn.execute_batch(&format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}"))
            .unwrap();
    }
    for (id, (inputs, events)) in &records {
        write_old(&conn, *id, inputs, events);
    }
    conn.execute_batch("COMMIT").unwrap();
    conn.close().unwrap();
    std::fs::rename(old, new).unwrap();
    records
}

/// Lines of a record as an older helo has them.
fn write_old(conn: &Connection, id: AttemptId, inputs: &[Line], events: &[Line]) {
    // Each line ends with what once was all of its JSON.
    let part = |line: &Line, name: &str| {
        let (_, part) = line.json.split_once(&format!("\"{name}\":")).unwrap();
        part.strip_suffix('}').unwrap().to_owned()
    };
    let number = |line: &Line, name: &str| {
        let parts: serde_json::Value = serde_json::from_str(&line.json).unwrap();
        parts[name].as_i64().unwrap()
    };
    for line in inputs {
        let n = line.n.cast_signed();
        let sent = (n % 3 == 0).then(|| (format!("page-{}", n % 2), n * 10)).unzip();
        let row = params![id.0, n, number(line, "at"), part(line, "input"), sent.0, sent.1];
        conn.prepare_cached(
            "INSERT INTO input (attempt, n, at, json, client, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .unwrap()
        .execute(row)
        .unwrap();
    }
    for line in events {
        let row = params![
            id.0,
            line.n.cast_signed(),
            number(line, "input"),
            number(line, "at"),
            part(line, "event")
        ];
        conn.prepare_cached("INSERT INTO event (attempt, n, input, at, json) VALUES (?1, ?2, ?3, ?4, ?5)")
            .unwrap()
            .execute(row)
            .unwrap();
    }
}

/// Attempts of all kinds: just begun, in the middle of a line, done, long.
async fn worked(lab: &Lab, learner: helo::store::LearnerId) -> Vec<AttemptId> {
    let mut ids = Vec::new();
    for lines in [0, 1, 600] {
        let attempt = begin(lab, learner).await;
        for n in 0..lines {
            let word = if n == 7 { "x".repeat(100_000) } else { format!("Zeile {n}") };
            typed(&attempt, &format!("echo {word}")).await;
        }
        ids.push(lab.find(attempt.token()).await.unwrap().unwrap().id);
    }
    let attempt = lab.create(learner, "send-by-hand", Lang::De).await.unwrap();
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    for input in solution(&page.snapshot.about) {
        attempt.input(input).await.unwrap();
    }
    ids.push(lab.find(attempt.token()).await.unwrap().unwrap().id);
    ids
}

async fn old_directory(dir: &TempDir) -> Records {
    let (lab, learner) = lab_with(dir.path(), LabOptions { burst: 10_000, ..options() }).await;
    let ids = worked(&lab, learner).await;
    lab.close().await;
    lab.store().close().await;
    make_old(dir.path(), &ids).await
}

#[tokio::test]
async fn an_old_record_comes_back_line_for_line_and_goes_on() {
    let dir = TempDir::new();
    let records = old_directory(&dir).await;
    let (lab, _) = lab(&dir).await;
    for (id, record) in &records {
        assert_eq!(all(lab.store(), *id).await, *record, "attempt {id}");
        let row = lab.store().attempt(*id).await.unwrap().unwrap();
        assert_eq!(row.bounds, None, "one from before there were others has a learner's");
        let attempt = lab.open(&row.token).await.unwrap();
        let page = attempt.subscribe(EventNo(1)).await.unwrap();
        assert_eq!(page.snapshot.frozen, None, "attempt {id} plays as it did");
        assert_eq!(numbers(&page.snapshot.entries), (1..=row.events).collect::<Vec<_>>());
        assert_eq!(page.snapshot.report.points, row.progress.points);
        let receipt = typed(&attempt, "echo weiter").await;
        assert_eq!(receipt.input.0, row.inputs + 1);
    }
    let long = records.keys().nth(2).unwrap();
    assert!(records[long].0.len() >= 600, "it takes more than one stretch");
    let last = |client| lab.store().last_seq(*long, client);
    assert_eq!((last("page-0").await.unwrap(), last("page-1").await.unwrap()), (6_000, 5_970));
    assert_eq!(lab.store().last_seq(*records.keys().next().unwrap(), "page-0").await.unwrap(), 0);
    lab.close().await;
    lab.store().close().await;
    let conn = Connection::open(dir.path().join("helo.db")).unwrap();
    let gone =
        conn.query_row("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('input', 'event')", [], |row| {
            row.get::<_, i64>(0)
        });
    assert_eq!(gone.unwrap(), 0);
}

#[tokio::test]
async fn what_was_cut_short_is_brought_to_its_end() {
    let dir = TempDir::new();
    let records = old_directory(&dir).await;
    // What is left of a helo that fell while it moved the long one.
    let path = dir.path().join("helo.db");
    step(&path, &[&OLD[..], &[NEXT]].concat()).await;
    let (id, (inputs, events)) = records.iter().nth(2).unwrap();
    let conn = Connection::open(&path).unwrap();
    let texts = inputs[..20].iter().chain(&events[..30]).map(|line| format!("{}\n", line.json));
    let body = [&b"\0"[..], texts.collect::<String>().as_bytes()].concat();
    conn.execute("INSERT INTO record VALUES (?1, 30, 20, 20, 30, ?2)", params![id.0, body]).unwrap();
    conn.execute("DELETE FROM input WHERE attempt = ?1 AND n <= 20", params![id.0]).unwrap();
    conn.execute("DELETE FROM event WHERE attempt = ?1 AND n <= 30", params![id.0]).unwrap();
    conn.close().unwrap();
    let opened = store(dir.path()).await;
    for (id, record) in &records {
        assert_eq!(all(&opened, *id).await, *record, "attempt {id}");
    }
    opened.close().await;
}

#[tokio::test]
async fn a_record_with_a_gap_is_not_closed_up_in_silence() {
    let dir = TempDir::new();
    old_directory(&dir).await;
    let conn = Connection::open(dir.path().join("helo.db")).unwrap();
    let event = "SELECT attempt, MAX(n) - 1 FROM event GROUP BY attempt ORDER BY 2 LIMIT 1";
    conn.execute(&format!("DELETE FROM event WHERE (attempt, n) IN ({event})"), []).unwrap();
    conn.close().unwrap();
    for _ in 0..2 {
        let error = Store::open(dir.path(), StoreOptions::default()).await.unwrap_err();
        assert!(matches!(&error, StoreError::Damaged { what, .. } if what.contains("missing")), "{error:?}");
    }
}
