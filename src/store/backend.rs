//! The database itself: where it lies, how connections to it behave, and the migrations of its schema.
//!
//! What only SQLite knows is here and in the [writer](super::writer), which drives SQLite itself: a driver that goes
//! through a thread of its own for each statement costs as much as the disk. The text of the queries is the same for
//! PostgreSQL.

use super::StoreError;
use super::convert::{Unmoved, convert};
use rusqlite::{Connection, OpenFlags};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _, Connection as _, SqlSafeStr as _};
use std::path::{Path, PathBuf};

/// The name of the database's file in the data directory.
const FILE: &str = "helo.db";
/// How many connections read at the same time.
const READERS: u32 = 4;

/// The steps of the schema, in order. What has shipped is never edited: a change is a new step at the end.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../../migrations/0001_first.sql")),
    (2, "sent", include_str!("../../migrations/0002_sent.sql")),
    (3, "setting", include_str!("../../migrations/0003_setting.sql")),
    (4, "record", include_str!("../../migrations/0004_record.sql")),
    (5, "moved", include_str!("../../migrations/0005_moved.sql")),
    (6, "bounds", include_str!("../../migrations/0006_bounds.sql")),
];
/// Before this step what is in the tables that it takes away is [moved](super::convert).
const MOVED: i64 = 5;

/// How long a connection waits for a lock, as SQLite's busy handler counts.
const SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;";
/// What is acknowledged is on the disk: each commit waits for the write-ahead log's fsync, on macOS for the real one.
const DURABLE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;";
/// At so many pages of log the writer moves them into the database itself, which lets the log begin anew. Before that the
/// [checkpointer](super::checkpoint) has moved most of them where nobody waits for it. A log that begins anew before long
/// is soon as large as it ever gets, and from then on a commit's sync has nothing to note about the file but its octets.
const LONGEST_LOG: &str = "PRAGMA wal_autocheckpoint = 1024;";
/// How much of the database the writer keeps in memory: what it goes on writing at, and no more of what it has written.
const WRITER_CACHE: &str = "PRAGMA cache_size = -512;";
/// The same for each connection that reads. A record is read as a whole, and seldom twice.
const READER_CACHE: &str = "PRAGMA cache_size = -256;";
/// How many statements stay prepared.
const STATEMENTS: usize = 32;

/// Where a database lies and how it is connected to.
#[derive(Debug, Clone)]
pub(super) struct Backend {
    path: PathBuf,
    url: String,
    max_pages: Option<u64>,
}

impl Backend {
    /// The database of the data directory `dir`, which must exist.
    pub(super) fn new(dir: &Path, max_octets: Option<u64>) -> Result<Backend, StoreError> {
        install_default_drivers();
        let fault = |what: &str| StoreError::Directory { path: dir.to_owned(), what: what.to_owned() };
        let path = dir.canonicalize().map_err(|e| fault(&e.to_string()))?.join(FILE);
        let name = path.to_str().ok_or_else(|| fault("its name is not valid UTF-8"))?;
        let url = format!("sqlite://{}?mode=rwc", percent_encoded(name));
        // SQLite's pages have 4096 octets unless the file was made with others.
        Ok(Backend { path, url, max_pages: max_octets.map(|n| (n / 4096).max(1)) })
    }

    /// Where the database lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What `error` means here.
    pub(super) fn fault(&self, error: &sqlx::Error) -> StoreError {
        StoreError::from_sqlx(error, &self.path)
    }

    /// What `error` of the writer means here.
    pub(super) fn write_fault(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(error, &self.path)
    }

    /// The database is damaged; `what` is where.
    pub(super) fn damaged(&self, what: &str) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), what: what.to_owned() }
    }

    fn options(&self) -> Result<AnyConnectOptions, sqlx::Error> {
        Ok(self.url.parse::<AnyConnectOptions>()?.disable_statement_logging())
    }

    /// The connection that writes. There is only ever one, and it waits in the calling thread.
    pub(super) fn writer(&self) -> Result<Connection, StoreError> {
        let connect = || {
            let conn = self.connect()?;
            conn.execute_batch(LONGEST_LOG)?;
            conn.execute_batch(WRITER_CACHE)?;
            conn.set_prepared_statement_cache_capacity(STATEMENTS);
            if let Some(pages) = self.max_pages {
                conn.execute_batch(&format!("PRAGMA max_page_count = {pages}"))?;
            }
            Ok(conn)
        };
        connect().map_err(|e| self.write_fault(&e))
    }

    /// A connection that moves what is in the log into the database.
    pub(super) fn connect(&self) -> Result<Connection, rusqlite::Error> {
        // The connection is used by one thread at a time, so SQLite need not lock it.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags)?;
        conn.execute_batch(SETTINGS)?;
        conn.execute_batch(DURABLE)?;
        Ok(conn)
    }

    /// Connections that only read.
    pub(super) fn readers(&self) -> Result<AnyPool, StoreError> {
        let options = self.options().map_err(|e| self.fault(&e))?;
        let pool = AnyPoolOptions::new().max_connections(READERS).idle_timeout(None).max_lifetime(None);
        let pool = pool.after_connect(|conn, _| {
            Box::pin(async move {
                sqlx::raw_sql(SETTINGS).execute(&mut *conn).await?;
                sqlx::raw_sql("PRAGMA query_only = ON").execute(&mut *conn).await?;
                sqlx::raw_sql(READER_CACHE).execute(&mut *conn).await?;
                Ok(())
            })
        });
        Ok(pool.connect_lazy_with(options))
    }

    /// Makes the database where there is none, and brings its schema up to date. Each step is one transaction.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        let connect = async {
            let mut conn = AnyConnection::connect_with(&self.options()?).await?;
            sqlx::raw_sql(SETTINGS).execute(&mut conn).await?;
            sqlx::raw_sql(DURABLE).execute(&mut conn).await?;
            Ok(conn)
        };
        let mut conn = connect.await.map_err(|e| self.fault(&e))?;
        // Where there is no such table yet, nothing was done yet; whatever else is wrong comes up again below.
        let done = sqlx::query_scalar::<_, i64>("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations");
        let migrated = if done.fetch_one(&mut conn).await.unwrap_or(0) < MOVED {
            match self.steps(&mut conn, MOVED - 1).await {
                Ok(()) => match self.move_over().await {
                    Ok(()) => self.steps(&mut conn, i64::MAX).await,
                    failed => failed,
                },
                failed => failed,
            }
        } else {
            self.steps(&mut conn, i64::MAX).await
        };
        let closed = conn.close().await;
        migrated?;
        closed.map_err(|e| self.fault(&e))
    }

    /// Does those steps of the schema up to this one that have not been done.
    async fn steps(&self, conn: &mut AnyConnection, last: i64) -> Result<(), StoreError> {
        let known = MIGRATIONS.iter().map(|(version, _, _)| *version).max().unwrap_or(0);
        let steps =
            MIGRATIONS.iter().filter(|(version, _, _)| *version <= last).map(|(version, name, sql)| {
                Migration::new(*version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
            });
        let migrator = Migrator::with_migrations(steps.collect());
        let done = migrator.run_direct(None, conn, false).await;
        done.map_err(|e| StoreError::from_migrate(&e, &self.path, known))
    }

    /// Moves the records of an older helo into the form of this one.
    async fn move_over(&self) -> Result<(), StoreError> {
        let backend = self.clone();
        let work = move || {
            let conn = backend.writer()?;
            convert(&conn).map_err(|fault| match fault {
                Unmoved::Sqlite(error) => backend.write_fault(&error),
                Unmoved::Gap(what) => backend.damaged(&what),
            })
        };
        tokio::task::spawn_blocking(work)
            .await
            .unwrap_or_else(|e| Err(StoreError::Failed { what: e.to_string() }))
    }
}

/// `path` for a URL: what is not plainly harmless is written as %XX.
fn percent_encoded(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for octet in path.bytes() {
        match octet {
            b'/' | b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                url.push(octet.into())
            }
            _ => url.push_str(&format!("%{octet:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    #[test]
    fn migrations_that_shipped_are_never_edited() {
        for ((version, name, sql), pinned) in MIGRATIONS.iter().zip(PINNED) {
            let hash: String = Sha256::digest(sql).iter().take(8).map(|b| format!("{b:02x}")).collect();
            assert_eq!(hash, *pinned, "migration {version} ({name}) was changed: add a new one instead");
        }
        assert_eq!(MIGRATIONS.len(), PINNED.len(), "a new migration is pinned here");
        let versions: Vec<i64> = MIGRATIONS.iter().map(|(version, _, _)| *version).collect();
        assert_eq!(
            versions,
            (1..=MIGRATIONS.len() as i64).collect::<Vec<_>>(),
            "numbered from 1 without gaps"
        );
    }

    const PINNED: &[&str] = &[
        "c1c5beefbf0ae0d9",
        "0308343714db7d17",
        "f35dfc4e7642e5eb",
        "55a0622f5df73338",
        "bfcb4ea946c42af8",
        "d635ac38a716c2f6",
    ];

    #[test]
    fn only_column_types_that_every_back_end_reads() {
        let odd = [
            " INT ",
            " INTEGER",
            " BOOLEAN",
            " BLOB",
            " TIMESTAMP",
            " SERIAL",
            " REAL",
            " JSON ",
            " VARCHAR",
        ];
        for (version, _, sql) in MIGRATIONS {
            for ty in odd {
                assert!(!sql.contains(ty), "migration {version} uses{ty}");
            }
        }
    }

    #[test]
    fn paths_survive_the_url() {
        assert_eq!(percent_encoded("/srv/a b?c#d%e/ü"), "/srv/a%20b%3Fc%23d%25e/%C3%BC");
    }
}
