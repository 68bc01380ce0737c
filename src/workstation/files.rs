//! The workstation's own small file store: one folder, a bound on everything, and the few system files one looks at.

use crate::units::Time;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Octets of all files together.
pub(super) const FILE_LIMIT: usize = 4 << 20;
/// How many files there may be.
const FILES: usize = 200;
/// The longest name, as on Linux.
const NAME: usize = 255;

/// Why a file could not be read or written, worded as `strerror` words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileFault {
    /// No file of that name, or a folder that does not exist.
    Missing,
    /// A folder.
    Directory,
    /// A system file.
    Denied,
    /// No room for more.
    Full,
    /// A name longer than 255 octets.
    NameTooLong,
}

impl std::fmt::Display for FileFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            FileFault::Missing => "No such file or directory",
            FileFault::Directory => "Is a directory",
            FileFault::Denied => "Permission denied",
            FileFault::Full => "No space left on device",
            FileFault::NameTooLong => "File name too long",
        })
    }
}

/// The system's few files by their full path.
pub(super) type SystemFiles = Vec<(&'static str, Cow<'static, [u8]>)>;

/// The files.
#[derive(Debug)]
pub(super) struct Files {
    home: String,
    /// The time, for files that are written now.
    now: Time,
    own: BTreeMap<String, File>,
    system: SystemFiles,
}

/// One file of the user's.
#[derive(Debug)]
struct File {
    octets: Vec<u8>,
    written: Time,
}

/// What a path leads to.
enum Place {
    Own(String),
    System(String),
    Null,
}

impl Files {
    /// The files of a user whose home is `home`, with the system's files by their full path.
    pub(super) fn new(home: String, now: Time, own: BTreeMap<String, Vec<u8>>, system: SystemFiles) -> Files {
        let own = own.into_iter().map(|(name, octets)| (name, File { octets, written: now })).collect();
        Files { home, now, own, system }
    }

    /// Time has passed.
    pub(super) fn set_time(&mut self, now: Time) {
        self.now = now;
    }

    /// The octets of a file.
    pub(super) fn read(&self, path: &str) -> Result<&[u8], FileFault> {
        match self.place(path)? {
            Place::Null => Ok(b""),
            Place::Own(name) => self.own.get(&name).map(|f| f.octets.as_slice()).ok_or(FileFault::Missing),
            Place::System(name) => self.system(&name).ok_or(FileFault::Missing),
        }
    }

    fn system(&self, path: &str) -> Option<&[u8]> {
        self.system.iter().find(|(name, _)| *name == path).map(|(_, octets)| &**octets)
    }

    /// Makes sure that a file can be written; empties it unless `keep` is set.
    pub(super) fn open(&mut self, path: &str, keep: bool) -> Result<(), FileFault> {
        match self.place(path)? {
            Place::Null => {}
            Place::System(name) if self.system(&name).is_some() => return Err(FileFault::Denied),
            Place::System(_) => return Err(FileFault::Missing),
            Place::Own(name) => {
                if self.own.len() >= FILES && !self.own.contains_key(&name) {
                    return Err(FileFault::Full);
                }
                let now = self.now;
                let file = self.own.entry(name).or_insert_with(|| File { octets: Vec::new(), written: now });
                if !keep {
                    *file = File { octets: Vec::new(), written: now };
                }
            }
        }
        Ok(())
    }

    /// Writes at a file's end.
    pub(super) fn append(&mut self, path: &str, octets: &[u8]) -> Result<(), FileFault> {
        let used: usize = self.own.values().map(|f| f.octets.len()).sum();
        match self.place(path)? {
            Place::Null => Ok(()),
            Place::System(_) => Err(FileFault::Denied),
            Place::Own(name) => {
                let room = FILE_LIMIT.saturating_sub(used);
                let taken = octets.get(..room).unwrap_or(octets);
                let now = self.now;
                let file = self.own.entry(name).or_insert_with(|| File { octets: Vec::new(), written: now });
                file.octets.extend_from_slice(taken);
                file.written = now;
                if taken.len() < octets.len() { Err(FileFault::Full) } else { Ok(()) }
            }
        }
    }

    /// Removes a file.
    pub(super) fn remove(&mut self, path: &str) -> Result<(), FileFault> {
        match self.place(path)? {
            Place::Own(name) => self.own.remove(&name).map(|_| ()).ok_or(FileFault::Missing),
            Place::System(name) if self.system(&name).is_none() => Err(FileFault::Missing),
            Place::System(_) | Place::Null => Err(FileFault::Denied),
        }
    }

    /// The user's home.
    pub(super) fn home(&self) -> &str {
        &self.home
    }

    /// The full paths of the system's files.
    pub(super) fn system_paths(&self) -> impl Iterator<Item = &str> {
        self.system.iter().map(|(path, _)| *path)
    }

    /// The user's own files in the order of their names, with their sizes.
    pub(super) fn list(&self) -> impl Iterator<Item = (&str, usize)> {
        self.own.iter().map(|(name, file)| (name.as_str(), file.octets.len()))
    }

    /// When a file was written last; for what is no file of the user's, now.
    pub(super) fn written(&self, path: &str) -> Time {
        match self.place(path) {
            Ok(Place::Own(name)) => self.own.get(&name).map_or(self.now, |f| f.written),
            _ => self.now,
        }
    }

    /// Is this the user's own folder?
    pub(super) fn is_home(&self, path: &str) -> bool {
        matches!(self.place(path), Err(FileFault::Directory))
            && path != "/"
            && path != "/etc"
            && path != "/dev"
    }

    fn place(&self, path: &str) -> Result<Place, FileFault> {
        if path == "/dev/null" {
            return Ok(Place::Null);
        }
        let home =
            path.strip_prefix(self.home.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let mut name = home.unwrap_or(path);
        let absolute = path.starts_with('/') && home.is_none();
        while let Some(rest) =
            name.strip_prefix("./").or_else(|| name.strip_prefix('/').filter(|_| !absolute))
        {
            name = rest;
        }
        match name {
            "" if path.is_empty() => Err(FileFault::Missing),
            "" | "." => Err(FileFault::Directory),
            "/" | "/etc" | "/dev" | "/home" | ".." => Err(FileFault::Directory),
            _ if absolute => Ok(Place::System(name.to_owned())),
            _ if name.contains('/') => Err(FileFault::Missing),
            _ if name.len() > NAME => Err(FileFault::NameTooLong),
            _ => Ok(Place::Own(name.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        let system = [("/etc/resolv.conf", b"nameserver 192.0.2.53\n".as_slice().into())];
        Files::new(
            "/home/lab".into(),
            Time(0),
            [("mail.txt".to_owned(), b"Hi\n".to_vec())].into(),
            system.into(),
        )
    }

    #[test]
    fn paths_lead_where_a_shell_would_go() {
        for (path, read) in [
            ("mail.txt", Ok("Hi\n")),
            ("./mail.txt", Ok("Hi\n")),
            ("/home/lab/mail.txt", Ok("Hi\n")),
            ("/etc/resolv.conf", Ok("nameserver 192.0.2.53\n")),
            ("/dev/null", Ok("")),
            ("/home/labor", Err(FileFault::Missing)),
            ("nosuch", Err(FileFault::Missing)),
            ("sub/mail.txt", Err(FileFault::Missing)),
            ("", Err(FileFault::Missing)),
            (".", Err(FileFault::Directory)),
            ("/home/lab", Err(FileFault::Directory)),
            ("/", Err(FileFault::Directory)),
        ] {
            assert_eq!(files().read(path), read.map(str::as_bytes), "{path}");
        }
    }

    #[test]
    fn the_store_has_a_bound() {
        let mut f = files();
        assert_eq!(f.append("big", &vec![0; FILE_LIMIT]), Err(FileFault::Full));
        assert_eq!(f.list().map(|(_, n)| n).sum::<usize>(), FILE_LIMIT);
        f.remove("big").unwrap();
        for n in 0..FILES - 1 {
            f.open(&format!("f{n}"), false).unwrap();
        }
        assert_eq!(f.open("one-more", false), Err(FileFault::Full));
        assert_eq!(f.open("/etc/resolv.conf", false), Err(FileFault::Denied));
        assert_eq!(f.open(&"n".repeat(256), false), Err(FileFault::NameTooLong));
    }
}
