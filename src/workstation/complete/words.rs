//! A line of a protocol in words: those that are complete, and the one that is being typed.

/// A line up to the cursor.
pub(super) struct Words<'t> {
    /// The complete ones.
    pub(super) done: Vec<&'t str>,
    /// The last one, as far as it has come; empty after a blank.
    pub(super) typed: &'t str,
}

impl<'t> Words<'t> {
    /// Takes a line apart at its blanks.
    pub(super) fn of(line: &'t str) -> Words<'t> {
        let mut done: Vec<&str> = line.split(' ').collect();
        let typed = done.pop().unwrap_or_default();
        done.retain(|word| !word.is_empty());
        Words { done, typed }
    }

    /// The complete word at this place, from 0, in capitals; empty where there is none.
    pub(super) fn upper(&self, at: usize) -> String {
        self.done.get(at).map(|word| word.to_ascii_uppercase()).unwrap_or_default()
    }
}
