//! The real ports of this process: which are open, and whose attempt they lead into.

use super::Handle;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::watch;

/// An open port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The service, as in a scenario's `[ports]`.
    pub service: String,
    /// Where it listens.
    pub address: SocketAddr,
}

/// All open ports, and the one attempt that they lead into. Cloning it is cheap; all clones are the same.
#[derive(Debug, Clone)]
pub struct Doors {
    open: Arc<[Door]>,
    pinned: Arc<watch::Sender<Option<Handle>>>,
}

impl Doors {
    /// These ports, which lead nowhere yet.
    pub fn new(open: Vec<Door>) -> Doors {
        Doors { open: open.into(), pinned: Arc::new(watch::Sender::new(None)) }
    }

    /// The ports.
    pub fn open(&self) -> &[Door] {
        &self.open
    }

    /// The attempt they lead into.
    pub fn pinned(&self) -> Option<Handle> {
        self.pinned.borrow().clone()
    }

    /// Leads them into this attempt. Programs that talk to another one lose their connections.
    pub fn pin(&self, attempt: &Handle) {
        self.pinned.send_replace(Some(attempt.clone()));
    }

    /// Leads them nowhere, if they lead into the attempt with this token.
    pub fn unpin(&self, token: &str) {
        self.pinned.send_if_modified(|pinned| pinned.take_if(|attempt| attempt.token() == token).is_some());
    }

    /// Says whenever they lead somewhere else.
    pub fn watch(&self) -> watch::Receiver<Option<Handle>> {
        self.pinned.subscribe()
    }
}
