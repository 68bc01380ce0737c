//! Folders of a mailbox: what becomes of them, and why something is not done about them.

use serde::{Deserialize, Serialize};

/// Why a host did not do something about folders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FolderRefusal {
    /// No folder has this name.
    NoSuchFolder,
    /// The name is only a level of others.
    NotSelectable,
    /// There is one of this name.
    Exists,
    /// There are folders below it.
    HasChildren,
    /// INBOX is always there.
    InboxStays,
    /// No folder can have this name.
    BadName,
    /// Somebody has removed some of the messages meanwhile.
    MessagesGone,
    /// As many folders as there can be.
    TooManyFolders {
        /// The limit.
        limit: u32,
    },
    /// As many keywords as there can be.
    TooManyKeywords {
        /// The limit.
        limit: u32,
    },
    /// The mailbox is full.
    Full,
    /// The world holds as much as it may.
    NoRoom,
}

/// What happened to a user's folders. Names are paths with `/` between levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FolderChange {
    /// A folder was made.
    Created {
        /// Its name.
        folder: String,
    },
    /// A folder is gone, with what lay in it.
    Deleted {
        /// Its name.
        folder: String,
    },
    /// A folder has another name.
    Renamed {
        /// The old one.
        from: String,
        /// The new one.
        to: String,
    },
    /// The user subscribed to a name.
    Subscribed {
        /// The name.
        folder: String,
    },
    /// The user no longer subscribes to a name.
    Unsubscribed {
        /// The name.
        folder: String,
    },
}
