//! How a line could go on: what Tab offers.

use crate::workstation;

/// How a line could go on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// What stood before the cursor, with as much behind it as all candidates have in common; where there is only one,
    /// with what follows it too, mostly a blank.
    pub text: String,
    /// What the word could become; of very many the first hundred.
    pub candidates: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl From<workstation::Completion> for Completion {
    fn from(found: workstation::Completion) -> Completion {
        let workstation::Completion { text, candidates, more } = found;
        Completion { text, candidates, more }
    }
}
