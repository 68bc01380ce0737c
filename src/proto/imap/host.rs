//! What an IMAP session asks its host about mailboxes, what the host answers, and the news it brings of its own accord.
//!
//! Folders are named by their path with `/` between the levels, whatever separator a server shows; INBOX is `INBOX`.

use super::ast::{Flag, Flags, InternalDate, Keywords, SpecialUse, StoreMode, StoredMessage};
use crate::event::{FolderRefusal, ImapVerb};
use crate::units::{Bytes, MessageId};

/// A question about a user's folders. The ones about messages concern the folder that the session has open.
#[derive(Debug, Clone, PartialEq)]
pub enum FolderAsk {
    /// Which folders are there? Answered by [`FolderAnswer::Folders`].
    List,
    /// Open a folder; another that was open is no longer. From now on the host tells the session what happens in it.
    /// Answered by [`FolderAnswer::Opened`].
    Open {
        /// Its name.
        folder: String,
        /// Nothing is to be changed through this session.
        read_only: bool,
    },
    /// No folder is open any more. Answered by [`FolderAnswer::Done`].
    Leave,
    /// How many messages lie in it, and so on. Answered by [`FolderAnswer::Counts`].
    Count {
        /// The folders; those that are not there are left out of the answer.
        folders: Vec<String>,
    },
    /// Make a folder. Answered by [`FolderAnswer::Done`].
    Create {
        /// Its name.
        folder: String,
    },
    /// Remove a folder with what lies in it. Answered by [`FolderAnswer::Done`].
    Delete {
        /// Its name.
        folder: String,
    },
    /// Give a folder and those below it another name. Answered by [`FolderAnswer::Done`].
    Rename {
        /// The old name.
        from: String,
        /// The new one.
        to: String,
    },
    /// Subscribe to a name, or no longer. Answered by [`FolderAnswer::Done`].
    Subscribe {
        /// The name.
        folder: String,
        /// Subscribe.
        on: bool,
    },
    /// Put a message into a folder. Answered by [`FolderAnswer::Appended`].
    Append {
        /// Its name.
        folder: String,
        /// The message's flags.
        flags: Vec<Flag>,
        /// When it came; now, where nothing is said.
        date: Option<InternalDate>,
        /// The message.
        octets: Bytes,
    },
    /// Change flags. Answered by [`FolderAnswer::Stored`].
    Store {
        /// Unique ids.
        uids: Vec<u32>,
        /// How.
        mode: StoreMode,
        /// Which.
        flags: Vec<Flag>,
    },
    /// Remove what is marked \Deleted. Answered by [`FolderAnswer::Expunged`].
    Expunge {
        /// Only these; all where nothing is said.
        uids: Option<Vec<u32>>,
    },
    /// Copy messages into another folder. Answered by [`FolderAnswer::Copied`].
    Copy {
        /// Unique ids.
        uids: Vec<u32>,
        /// The folder.
        to: String,
        /// Remove them where they are.
        moving: bool,
    },
}

impl FolderAsk {
    /// The command it belongs to, and the folder it names, for the transcript.
    pub fn about(&self) -> (ImapVerb, Option<&str>) {
        match self {
            FolderAsk::List => (ImapVerb::List, None),
            FolderAsk::Open { folder, read_only: false } => (ImapVerb::Select, Some(folder)),
            FolderAsk::Open { folder, read_only: true } => (ImapVerb::Examine, Some(folder)),
            FolderAsk::Leave => (ImapVerb::Unselect, None),
            FolderAsk::Count { folders } => (ImapVerb::Status, folders.first().map(String::as_str)),
            FolderAsk::Create { folder } => (ImapVerb::Create, Some(folder)),
            FolderAsk::Delete { folder } => (ImapVerb::Delete, Some(folder)),
            FolderAsk::Rename { from, .. } => (ImapVerb::Rename, Some(from)),
            FolderAsk::Subscribe { folder, on: true } => (ImapVerb::Subscribe, Some(folder)),
            FolderAsk::Subscribe { folder, on: false } => (ImapVerb::Unsubscribe, Some(folder)),
            FolderAsk::Append { folder, .. } => (ImapVerb::Append, Some(folder)),
            FolderAsk::Store { .. } => (ImapVerb::Store, None),
            FolderAsk::Expunge { .. } => (ImapVerb::Expunge, None),
            FolderAsk::Copy { to, moving: false, .. } => (ImapVerb::Copy, Some(to)),
            FolderAsk::Copy { to, moving: true, .. } => (ImapVerb::Move, Some(to)),
        }
    }
}

/// The host's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum FolderAnswer {
    /// Done.
    Done,
    /// The folders of the user.
    Folders(Vec<FolderInfo>),
    /// The folder is open.
    Opened(Box<OpenFolder>),
    /// What was counted, folder by folder.
    Counts(Vec<(String, FolderCounts)>),
    /// The message lies in the folder.
    Appended {
        /// The message.
        id: MessageId,
        /// UIDVALIDITY of the folder.
        validity: u32,
        /// Its unique id there.
        uid: u32,
    },
    /// Flags were changed.
    Stored {
        /// Unique ids, and the flags these messages have now.
        flags: Vec<(u32, Flags)>,
        /// The folder's keywords, where there are new ones.
        keywords: Option<Keywords>,
    },
    /// Messages were removed: their unique ids.
    Expunged(Vec<u32>),
    /// Messages were copied.
    Copied {
        /// UIDVALIDITY of the folder they are in now.
        validity: u32,
        /// Unique ids before and after.
        uids: Vec<(u32, u32)>,
    },
    /// Not done.
    Refused(FolderRefusal),
}

/// A folder as LIST shows it, or a name that is subscribed to and is no folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderInfo {
    /// Its name.
    pub name: String,
    /// There is such a folder.
    pub exists: bool,
    /// The user has subscribed to it.
    pub subscribed: bool,
    /// What it is for.
    pub special: Option<SpecialUse>,
}

/// What STATUS tells of a folder (RFC 3501 section 6.3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderCounts {
    /// Messages.
    pub messages: u32,
    /// Those with \Recent.
    pub recent: u32,
    /// The next unique id.
    pub uid_next: u32,
    /// UIDVALIDITY.
    pub validity: u32,
    /// Those without \Seen.
    pub unseen: u32,
    /// Octets of all messages (RFC 8438 section 3).
    pub octets: u64,
}

/// A folder that a session opens, as it is at this moment.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenFolder {
    /// UIDVALIDITY.
    pub validity: u32,
    /// The next unique id.
    pub uid_next: u32,
    /// Its keywords.
    pub keywords: Keywords,
    /// Its messages, by unique id.
    pub messages: Vec<StoredMessage>,
}

/// Something that somebody else did in the folder a session has open.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// A message came.
    Arrived(StoredMessage),
    /// A message is gone: its unique id.
    Gone(u32),
    /// A message has these flags now: its unique id and they.
    Flagged(u32, Flags),
    /// The folder has more keywords: all it has.
    Keywords(Keywords),
    /// The folder itself is gone.
    FolderGone,
}
