//! Putting an [`Opened`] together.

use super::{Opened, Part};
use crate::explain::say::Say;
use crate::explain::{Explainer, Explanation};
use crate::rfc::Section;

/// More parts than these are not listed one by one.
const PARTS: usize = 400;
/// More of a piece than so many characters is not shown.
const PIECE: usize = 2_000;

/// What is being put together, in one language.
pub(super) struct Opening<'e> {
    pub(super) explainer: &'e Explainer,
    opened: Opened,
}

impl<'e> Opening<'e> {
    pub(super) fn new(explainer: &'e Explainer) -> Opening<'e> {
        Opening { explainer, opened: Opened::default() }
    }

    /// A sentence on the whole.
    pub(super) fn what(&mut self, say: Say) {
        self.opened.what.push(self.explainer.say(say));
    }

    /// What happened and why, with all notes and the rule.
    pub(super) fn why(&mut self, why: Explanation) {
        self.opened.what.push(why.text);
        self.opened.what.extend(why.notes);
        why.rule.into_iter().for_each(|rule| self.rule(rule));
    }

    /// A part.
    pub(super) fn part(&mut self, depth: u8, piece: impl AsRef<str>, say: Say) {
        if self.opened.parts.len() < PARTS {
            self.opened.parts.push(self.made(depth, piece.as_ref(), say));
        }
    }

    /// A rule, unless it is there already.
    pub(super) fn rule(&mut self, rule: Section) {
        if !self.opened.rules.contains(&rule) {
            self.opened.rules.push(rule);
        }
    }

    /// Something that could be typed next.
    pub(super) fn next(&mut self, piece: impl AsRef<str>, key: &'static str) {
        let next = self.made(0, piece.as_ref(), Say::new(key));
        self.opened.next.push(next);
    }

    fn made(&self, depth: u8, piece: &str, say: Say) -> Part {
        let mut shown: String = piece.chars().take(PIECE).collect();
        if shown.len() < piece.len() {
            shown.push('…');
        }
        Part { piece: shown, meaning: self.explainer.say(say), depth }
    }

    /// Says what the state was and what it is now.
    pub(super) fn states(&mut self, before: &[Say], after: &[Say]) {
        let said = |says: &[Say]| says.iter().map(|s| self.explainer.say(s.clone())).collect::<String>();
        let (before, after) = (said(before), said(after));
        let say = match before == after {
            true => Say::new("line-state-stays").own("state", after),
            false => Say::new("line-state-changes").own("before", before).own("after", after),
        };
        self.what(say);
    }

    pub(super) fn done(self) -> Opened {
        self.opened
    }
}

/// Octets as text, with U+FFFD in the place of what is none.
pub(super) fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}
