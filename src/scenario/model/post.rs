//! What a file says a host does with mail it has taken, what owners of mailboxes have sent on, and where
//! in a mailbox a message lies.

use super::CertificateModel;
use crate::scenario::template::{Str, Texts};
use crate::world::FullMailbox;
use std::time::Duration;

/// What a host does with mail it has taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct PostModel {
    pub(crate) aliases: Vec<(Str, Vec<Str>)>,
    pub(crate) delimiter: Option<char>,
    pub(crate) smarthost: Option<SmarthostModel>,
    pub(crate) queue: Option<QueueModel>,
    pub(crate) full: FullMailbox,
}

/// `smarthost` of a host.
#[derive(Debug, Clone)]
pub(crate) struct SmarthostModel {
    pub(crate) place: Str,
    /// User and password.
    pub(crate) login: Option<(Str, Str)>,
}

/// `queue` of a host; what is not said is as the host's program has it.
#[derive(Debug, Clone)]
pub(crate) struct QueueModel {
    pub(crate) retry: Option<Vec<Duration>>,
    pub(crate) warn: Option<Option<Duration>>,
    pub(crate) expire: Option<Duration>,
}

/// `forward` of a mailbox.
#[derive(Debug, Clone)]
pub(crate) struct ForwardModel {
    pub(crate) to: Vec<Str>,
    pub(crate) keep: bool,
    pub(crate) own_sender: bool,
}

/// A folder of a mailbox.
#[derive(Debug, Clone)]
pub(crate) struct FolderModel {
    pub(crate) name: Str,
    /// What it is for, by the name scenarios give it.
    pub(crate) special: Option<&'static str>,
    pub(crate) subscribed: bool,
}

/// Where and how a message lies in a mailbox.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlaceModel {
    pub(crate) folder: Option<Str>,
    pub(crate) flags: Vec<Str>,
    pub(crate) arrived: Option<Str>,
    /// How it is signed and encrypted.
    pub(crate) smime: Option<ProtectModel>,
}

/// How a message is signed and encrypted.
#[derive(Debug, Clone)]
pub(crate) struct ProtectModel {
    pub(crate) sign: Option<Str>,
    pub(crate) opaque: bool,
    /// What of it changes on the way.
    pub(crate) change: Option<(Texts, Texts)>,
    pub(crate) encrypt: Vec<Str>,
}

/// `[[mail_certificate]]`.
#[derive(Debug, Clone)]
pub(crate) struct MailKeyModel {
    pub(crate) owner: Str,
    pub(crate) name: Str,
    pub(crate) certificate: CertificateModel,
    pub(crate) for_servers: bool,
    pub(crate) file: Option<Str>,
    pub(crate) key_file: Option<Str>,
}
