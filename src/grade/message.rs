//! What a message must be like: header fields by their decoded values, fields that must or must not be there, the
//! body's text.

use crate::mail::Fields;
use crate::scenario::MessagePattern;

/// A message, split into fields and body once.
pub(super) struct Mail<'a> {
    fields: Fields<'a>,
}
