//! Host styles: how well-known SMTP servers word their replies, as one table of data.

use serde::{Deserialize, Serialize};

/// Whose wording a server uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Postfix 3.
    Postfix,
    /// Sendmail 8.
    Sendmail,
    /// qmail 1.03 and notqmail.
    Qmail,
}
