//! Which number each client has come to, so that what is sent again is not done again.
//!
//! The store knows that of every client there ever was; memory, of those that were heard last.

use super::LabError;
use crate::store::{AttemptId, Store};

/// Of how many clients an attempt remembers how far they are.
const CLIENTS: usize = 64;

/// The clients that were heard last.
#[derive(Debug, Default)]
pub(super) struct Clients {
    /// Each with its highest number, the one heard last at the end.
    latest: Vec<(Box<str>, u64)>,
}

impl Clients {
    /// The highest number of what this client has sent that was applied, where it was heard lately.
    pub(super) fn known(&self, client: &str) -> Option<u64> {
        self.latest.iter().find(|(name, _)| **name == *client).map(|(_, seq)| *seq)
    }

    /// The same of any client, if all that was applied is in the store; 0 where there is none.
    ///
    /// # Errors
    /// Trouble with the store.
    pub(super) async fn seq(
        &mut self,
        store: &Store,
        attempt: AttemptId,
        client: &str,
    ) -> Result<u64, LabError> {
        if let Some(seq) = self.known(client) {
            return Ok(seq);
        }
        let seq = store.last_seq(attempt, client).await?;
        self.heard(client, seq);
        Ok(seq)
    }

    /// This client's input with this number was applied.
    pub(super) fn heard(&mut self, client: &str, seq: u64) {
        let known = self.latest.iter().position(|(name, _)| **name == *client);
        let name = match known {
            Some(place) => self.latest.remove(place).0,
            None => client.into(),
        };
        if self.latest.len() >= CLIENTS {
            self.latest.remove(0);
        }
        self.latest.push((name, seq));
    }

    /// Of how many clients something is remembered.
    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.latest.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_heard_last_are_remembered() {
        let mut clients = Clients::default();
        for n in 0..1000 {
            clients.heard(&format!("page-{n}"), n);
            clients.heard("stays", n);
        }
        assert_eq!(clients.remembered(), CLIENTS);
        assert_eq!(clients.latest.last(), Some(&("stays".into(), 999)));
        assert!(clients.latest.contains(&("page-999".into(), 999)));
        assert!(!clients.latest.contains(&("page-1".into(), 1)));
    }
}
