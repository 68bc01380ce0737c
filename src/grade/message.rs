//! What a message must be like: header fields by their decoded values, fields that must or must not be there, the
//! body's text.

use crate::mail::{Fields, text_body};
use crate::scenario::MessagePattern;
use std::cell::OnceCell;

/// A message, split into fields and body once.
pub(super) struct Mail<'a> {
    octets: &'a [u8],
    fields: Fields,
    body: OnceCell<String>,
}

impl<'a> Mail<'a> {
    pub(super) fn new(octets: &'a [u8]) -> Mail<'a> {
        Mail { octets, fields: Fields::parse(octets), body: OnceCell::new() }
    }

    /// Is it as the pattern says? Of a field that stands there more than once, one that matches is enough.
    pub(super) fn is_like(&self, wanted: &MessagePattern) -> bool {
        let has = |name: &String| self.fields.get(name).is_some();
        let body = || self.body.get_or_init(|| text_body(self.octets));
        wanted.headers.iter().all(has)
            && !wanted.without.iter().any(has)
            && (wanted.fields.iter())
                .all(|(name, glob)| self.fields.all(name).any(|field| glob.matches(&field.decoded())))
            && wanted.empty_line.is_none_or(|line| line == self.fields.has_empty_line())
            && wanted.body.as_ref().is_none_or(|glob| glob.matches(body()))
    }
}
