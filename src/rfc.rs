//! References to RFCs as data. Every rule that helo teaches names the document and section it comes from, so
//! that a page can link to it and a test can check that the index below knows it.

use serde::{Deserialize, Serialize};

/// A place in an RFC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Section {
    /// The RFC's number.
    pub rfc: u16,
    /// The section's number as printed, such as `4.1.1.2`.
    pub section: std::borrow::Cow<'static, str>,
}

/// Section `section` of RFC `rfc`.
pub const fn section(rfc: u16, section: &'static str) -> Section {
    Section { rfc, section: std::borrow::Cow::Borrowed(section) }
}

impl std::fmt::Display for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RFC {} section {}", self.rfc, self.section)
    }
}
