//! Notices that files in the folder of scenarios have changed, are new or are gone.
//!
//! By looking, once a second, at each file's time and size, and now and then at what it says (an editor may write twice within
//! the grain of a clock). The operating system's own news would come a little sooner, but not from network folders, containers
//! and editors that replace a file instead of writing to it; thirty files cost a thousandth of a second.

use crate::config::{Found, judge, text_of, toml_files};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often the folder is looked at.
pub(super) const EVERY: Duration = Duration::from_secs(1);
/// Each of so many looks reads what the files say, whatever their times and sizes.
const THOROUGH: u32 = 15;

/// What was seen of the folder's files.
#[derive(Debug, Default)]
pub(super) struct Watch {
    folder: PathBuf,
    seen: BTreeMap<PathBuf, Seen>,
    looks: u32,
}

#[derive(Debug, PartialEq)]
struct Seen {
    stamp: Option<(SystemTime, u64)>,
    /// What it said; nothing where it could not be read.
    text: Option<String>,
}

/// What is new about a file.
#[derive(Debug)]
pub(super) enum News {
    /// It is new, or says something else.
    Read(Box<Found>),
    /// It is there and cannot be read: its name, and why.
    Unreadable(String, String),
    /// It is gone.
    Gone(String),
}

impl Watch {
    /// Begins with what has been read already.
    pub(super) fn new(folder: &Path, found: &[Found]) -> Watch {
        let seen = found.iter().map(|file| {
            let path = PathBuf::from(&file.file);
            (path.clone(), Seen { stamp: stamp(&path), text: Some(file.text.clone()) })
        });
        Watch { folder: folder.to_owned(), seen: seen.collect(), looks: 0 }
    }

    /// What is new since the last look. A folder that cannot be read for the moment says nothing of its files.
    pub(super) fn look(&mut self) -> Vec<News> {
        let Ok(files) = toml_files(&self.folder) else { return Vec::new() };
        self.looks = self.looks.wrapping_add(1);
        let thorough = self.looks.is_multiple_of(THOROUGH);
        let mut news = Vec::new();
        self.seen.retain(|path, _| {
            let stays = files.contains(path);
            if !stays {
                news.push(News::Gone(path.display().to_string()));
            }
            stays
        });
        for path in files {
            let stamp = stamp(&path);
            let before = self.seen.get(&path);
            if !thorough && before.is_some_and(|seen| seen.stamp == stamp && stamp.is_some()) {
                continue;
            }
            let read = text_of(&path);
            let text = read.as_ref().ok().cloned();
            // Judged is only what is new: all files together take most of a second.
            if before.is_none_or(|seen| seen.text != text) {
                news.push(match read {
                    Ok(text) => News::Read(Box::new(judge(&path, text))),
                    Err(why) => News::Unreadable(path.display().to_string(), why),
                });
            }
            self.seen.insert(path, Seen { stamp, text });
        }
        news
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let data = fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}
