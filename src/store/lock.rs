//! The lock on a data directory: no two helos ever work in the same one.

use super::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

/// The name of the lock's file. It stays behind when helo ends; what counts is the operating system's lock on it,
/// which goes with the process however that ends.
const FILE: &str = "helo.lock";

/// Held as long as the store is open.
#[derive(Debug)]
pub(super) struct DirLock {
    _file: File,
}

impl DirLock {
    /// Makes the directory where it is missing, readable by its owner alone, and locks it.
    pub(super) fn take(dir: &Path) -> Result<DirLock, StoreError> {
        let fault = |path: &Path, what: std::io::Error| StoreError::Directory {
            path: path.to_owned(),
            what: what.to_string(),
        };
        make_private(dir).map_err(|e| fault(dir, e))?;
        let path = dir.join(FILE);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| fault(&path, e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let _ = (&mut file).take(32).read_to_string(&mut pid);
                return Err(StoreError::InUse { dir: dir.to_owned(), pid: pid.trim().parse().ok() });
            }
            Err(TryLockError::Error(e)) => return Err(fault(&path, e)),
        }
        // The number is for people only: whether it can be written does not matter to the lock.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}", std::process::id()));
        Ok(DirLock { _file: file })
    }
}

fn make_private(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(dir)
}
