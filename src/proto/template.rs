//! Texts of servers with placeholders in braces, such as `{host}`.

use std::borrow::Cow;

/// The template with its placeholders filled in. What no value is known for stays as it stands, and what is filled in
/// is never read for placeholders itself, so that a client cannot have its words replaced.
pub(super) fn fill<'v>(template: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, from)) = rest.split_once('{') {
        text.push_str(before);
        match from.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                text.push_str(&value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = from;
            }
        }
    }
    text.push_str(rest);
    text
}

/// The text with blanks in the place of what must not stand in a line, all of it ASCII.
pub(super) fn without(text: String, unfit: &[char]) -> String {
    // Hardly ever is there anything, and octets are looked through faster than characters.
    if text.bytes().any(|octet| unfit.contains(&char::from(octet))) { text.replace(unfit, " ") } else { text }
}
