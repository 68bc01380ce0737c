//! Host styles: how well-known POP3 servers word their replies, as one table of data.

use serde::{Deserialize, Serialize};

/// Whose wording a server uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Courier.
    Courier,
    /// Dovecot 2.
    Dovecot,
}
