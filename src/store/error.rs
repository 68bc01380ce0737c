//! What can go wrong with the store, and what to do about it, in both languages.

use super::AttemptId;
use crate::units::Text;
use std::path::{Path, PathBuf};

/// Why the store could not do what it was asked. Nothing of a write that failed is in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// Another helo works in this data directory.
    InUse {
        /// The directory.
        dir: PathBuf,
        /// Its process id, where it could be read.
        pid: Option<u32>,
    },
    /// The data directory cannot be made, opened or written to.
    Directory {
        /// The directory or the file in it.
        path: PathBuf,
        /// What the operating system said.
        what: String,
    },
    /// Another program has locked the database for longer than the store waits.
    Busy {
        /// The database.
        path: PathBuf,
    },
    /// There is no room for more.
    Full {
        /// The database.
        path: PathBuf,
    },
    /// The database may be read only.
    ReadOnly {
        /// The database.
        path: PathBuf,
    },
    /// The file is damaged, or is no database.
    Damaged {
        /// The database.
        path: PathBuf,
        /// What the database said.
        what: String,
    },
    /// A newer helo has written this database.
    Newer {
        /// The database.
        path: PathBuf,
        /// The version of its schema.
        found: i64,
        /// The newest version this helo knows.
        known: i64,
    },
    /// The database was made by another build, whose migration of this number was a different one.
    OtherHistory {
        /// The database.
        path: PathBuf,
        /// The migration.
        version: i64,
    },
    /// The rows given do not follow the ones the attempt has: it has gone on since, or is frozen, or is not there.
    Conflict {
        /// The attempt.
        attempt: AttemptId,
    },
    /// Something with this name or number is there already.
    Taken {
        /// What the database said.
        what: String,
    },
    /// Something that was named is not there.
    Unknown {
        /// What the database said.
        what: String,
    },
    /// The store has been closed.
    Closed,
    /// Anything else.
    Failed {
        /// What the database said.
        what: String,
    },
}

impl StoreError {
    /// What it means and what to do now.
    pub fn text(&self) -> Text {
        let (de, en) = match self {
            StoreError::InUse { dir, pid } => in_use(dir, *pid),
            StoreError::Directory { path, what } => directory(path, what),
            StoreError::Busy { path } => busy(path),
            StoreError::Full { path } => full(path),
            StoreError::ReadOnly { path } => read_only(path),
            StoreError::Damaged { path, what } => damaged(path, what),
            StoreError::Newer { path, found, known } => newer(path, *found, *known),
            StoreError::OtherHistory { path, version } => other_history(path, *version),
            StoreError::Conflict { attempt } => (
                format!(
                    "Versuch {attempt} ist anderswo schon weitergegangen oder abgeschlossen. Lade ihn neu und mach dort weiter."
                ),
                format!(
                    "attempt {attempt} has gone on elsewhere or is closed. Load it again and go on from there."
                ),
            ),
            StoreError::Taken { what } => (
                format!("Das gibt es schon ({what}). Wähle einen anderen Namen."),
                format!("that is there already ({what}). Choose another name."),
            ),
            StoreError::Unknown { what } => (
                format!("Etwas, worauf sich das bezieht, gibt es nicht (mehr): {what}. Lade die Seite neu."),
                format!("something this refers to is not there (any more): {what}. Load the page again."),
            ),
            StoreError::Closed => (
                "helo wird gerade beendet. Starte es wieder; was gespeichert war, ist noch da.".to_owned(),
                "helo is shutting down. Start it again; what was saved is still there.".to_owned(),
            ),
            StoreError::Failed { what } => (
                format!(
                    "Die Datenbank meldet: {what}. Nichts Halbes ist gespeichert; versuch es noch einmal."
                ),
                format!("the database says: {what}. Nothing was saved by halves; try again."),
            ),
        };
        Text { de, en }
    }

    /// Only the one write is wrong, and others in the same transaction need not suffer for it.
    pub(super) fn is_about_one_write(&self) -> bool {
        matches!(self, StoreError::Conflict { .. } | StoreError::Taken { .. } | StoreError::Unknown { .. })
    }

    /// What `error` means for the database at `path`.
    pub(super) fn from_sqlx(error: &sqlx::Error, path: &Path) -> StoreError {
        let path = path.to_owned();
        let what = error.to_string();
        let Some(database) = error.as_database_error() else {
            return match error {
                sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => StoreError::Closed,
                sqlx::Error::PoolTimedOut => StoreError::Busy { path },
                _ => StoreError::Failed { what },
            };
        };
        match database.kind() {
            sqlx::error::ErrorKind::UniqueViolation => return StoreError::Taken { what },
            sqlx::error::ErrorKind::ForeignKeyViolation => return StoreError::Unknown { what },
            _ => {}
        }
        StoreError::from_code(database.code().and_then(|c| c.parse().ok()).unwrap_or(0), what, path)
    }

    /// What `error` of the writer means for the database at `path`.
    pub(super) fn from_sqlite(error: &rusqlite::Error, path: &Path) -> StoreError {
        let code = error.sqlite_error().map_or(0, |e| e.extended_code);
        StoreError::from_code(code, error.to_string(), path.to_owned())
    }

    /// SQLite's result codes: the low octet is the kind, the rest the detail.
    fn from_code(code: i32, what: String, path: PathBuf) -> StoreError {
        use rusqlite::ffi;
        match code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => StoreError::Taken { what },
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StoreError::Unknown { what },
            _ => match code & 0xff {
                ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => StoreError::Busy { path },
                ffi::SQLITE_READONLY => StoreError::ReadOnly { path },
                ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => StoreError::Damaged { path, what },
                ffi::SQLITE_FULL => StoreError::Full { path },
                ffi::SQLITE_CANTOPEN => StoreError::Directory { path, what },
                _ => StoreError::Failed { what },
            },
        }
    }

    /// What a failed migration means for the database at `path`.
    pub(super) fn from_migrate(error: &sqlx::migrate::MigrateError, path: &Path, known: i64) -> StoreError {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::VersionMissing(found) => {
                StoreError::Newer { path: path.to_owned(), found: *found, known }
            }
            MigrateError::VersionMismatch(version) => {
                StoreError::OtherHistory { path: path.to_owned(), version: *version }
            }
            MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => StoreError::from_sqlx(e, path),
            other => StoreError::Failed { what: other.to_string() },
        }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for StoreError {}

fn in_use(dir: &Path, pid: Option<u32>) -> (String, String) {
    let (dir, pid) = (dir.display(), pid.map_or(String::new(), |p| format!(" (pid {p})")));
    (
        format!(
            "Das Verzeichnis {dir} gehört gerade einem anderen helo{pid}. Beende jenes zuerst, oder gib diesem mit \
             --data ein eigenes Verzeichnis."
        ),
        format!(
            "the data directory {dir} is in use by another helo{pid}. Stop that one first, or give this one a \
             directory of its own with --data."
        ),
    )
}

fn directory(path: &Path, what: &str) -> (String, String) {
    let path = path.display();
    (
        format!(
            "{path} lässt sich nicht anlegen oder öffnen: {what}. Prüfe, ob es den Ort gibt und ob du dort schreiben \
             darfst, oder nenne mit --data einen anderen."
        ),
        format!(
            "{path} cannot be made or opened: {what}. Check that the place exists and that you may write there, or \
             name another with --data."
        ),
    )
}

fn busy(path: &Path) -> (String, String) {
    let path = path.display();
    (
        format!(
            "Ein anderes Programm hält {path} gesperrt (eine sqlite3-Shell, eine Datensicherung?). Beende es und \
             versuch es dann noch einmal."
        ),
        format!("another program keeps {path} locked (a sqlite3 shell, a backup?). End it, then try again."),
    )
}

fn full(path: &Path) -> (String, String) {
    let path = path.display();
    (
        format!(
            "Für {path} ist kein Platz mehr. Bis hierher ist alles gespeichert; die letzte Eingabe nicht. Schaffe \
             Platz auf dem Datenträger, dann geht es weiter."
        ),
        format!(
            "there is no room left for {path}. Everything up to here is saved; the last input is not. Make room on \
             the disk, then go on."
        ),
    )
}

fn read_only(path: &Path) -> (String, String) {
    let path = path.display();
    (
        format!("In {path} darf helo nicht schreiben. Gib dem Konto, unter dem helo läuft, das Recht dazu."),
        format!("helo may not write to {path}. Give the account it runs under the right to."),
    )
}

fn damaged(path: &Path, what: &str) -> (String, String) {
    let path = path.display();
    (
        format!(
            "{path} ist beschädigt oder keine Datenbank von helo ({what}). Lege die Datei samt -wal und -shm beiseite \
             und spiele deine Sicherung zurück."
        ),
        format!(
            "{path} is damaged or no database of helo's ({what}). Put the file aside with its -wal and -shm, and \
             restore your backup."
        ),
    )
}

fn newer(path: &Path, found: i64, known: i64) -> (String, String) {
    let path = path.display();
    (
        format!(
            "{path} hat ein neueres helo geschrieben (Schema {found}); dieses kennt nur Schema {known}. Nimm das \
             neuere helo. Es wurde nichts verändert."
        ),
        format!(
            "a newer helo has written {path} (schema {found}); this one knows schema {known} at most. Use the newer \
             helo. Nothing was changed."
        ),
    )
}

fn other_history(path: &Path, version: i64) -> (String, String) {
    let path = path.display();
    (
        format!(
            "{path} stammt aus einem anderen Bau von helo: Schritt {version} des Schemas war dort ein anderer. Nimm \
             den Bau, der es angelegt hat, oder mit --data ein neues Verzeichnis. Es wurde nichts verändert."
        ),
        format!(
            "{path} comes from another build of helo: step {version} of its schema was a different one there. Use the \
             build that made it, or a new directory with --data. Nothing was changed."
        ),
    )
}
