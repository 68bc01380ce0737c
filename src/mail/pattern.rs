//! What a message or a text must be like: wildcards, header fields by their decoded values, fields that must or must not
//! be there, the body's text. Steps of a scenario look at mail so, and so do the persons who live in it.

use super::{Fields, glob_matches, text_body};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A text with wildcards: `*` any run of characters, `?` any one. Compared without regard to case; `\*`, `\?` and
/// `\\` stand for `*`, `?` and `\` themselves. It must match the whole text, white space at both ends not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob(pub String);

/// What a message must be like.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MessagePattern {
    /// Fields by name (`From`, `Subject`, ...), whose decoded value must match; each must be there once at least.
    pub fields: BTreeMap<String, Glob>,
    /// Fields that must be there.
    pub headers: Vec<String>,
    /// Fields that must not be there.
    pub without: Vec<String>,
    /// The body's text.
    pub body: Option<Glob>,
    /// The header ended with an empty line, or without one: at a line that is no field, or with the message.
    pub empty_line: Option<bool>,
}

impl Glob {
    /// A glob that matches exactly `text`: its wildcards stand for themselves.
    pub fn literal(text: &str) -> Glob {
        Glob(Glob::escape(text))
    }

    /// `text` with `*`, `?` and `\` written so that they stand for themselves.
    pub fn escape(text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, '*' | '?' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }

    /// Does the whole of `text` match, white space at both ends not counted? Case does not matter.
    ///
    /// The work is bounded by the length of the text times that of the glob, whatever both contain: only the
    /// last `*` is ever gone back to, because an earlier one can take nothing that the last could not.
    pub fn matches(&self, text: &str) -> bool {
        glob_matches(&self.0, text)
    }
}

/// A message, split into fields and body once.
#[derive(Debug)]
pub struct Mail<'a> {
    octets: &'a [u8],
    fields: Fields,
    body: OnceCell<String>,
}

impl<'a> Mail<'a> {
    /// A message to be looked at.
    pub fn new(octets: &'a [u8]) -> Mail<'a> {
        Mail { octets, fields: Fields::parse(octets), body: OnceCell::new() }
    }

    /// Is it as the pattern says? Of a field that stands there more than once, one that matches is enough.
    pub fn is_like(&self, wanted: &MessagePattern) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn globs_match_as_people_read_them() {
        for (glob, text, result) in [
            ("noname@example.tld", "NoName@Example.TLD", true),
            ("noname@example.tld", " noname@example.tld\r\n", true),
            ("noname@example.tld", "noname@example.tld.", false),
            ("*@tester.tld", "test@tester.tld", true),
            ("*@tester.tld", "@tester.tld", true),
            ("*@tester.tld", "test@tester.tld.org", false),
            ("*The Faker*", "\"The Faker\" <test@tester.tld>", true),
            ("*a*b*c*", "xxaxxbxxcxx", true),
            ("*a*b*c*", "xxcxxbxxaxx", false),
            ("a*", "a", true),
            ("", "", true),
            ("", "x", false),
            ("", "  ", true),
            ("*", "", true),
            ("?*", "", false),
            ("?*", "\r\n \r\n", false),
            ("?*", "Text,\r\nText\r\n", true),
            ("?", "ü", true),
            ("grüße", "GRÜSSE", false),
            ("GRÜẞE", "grüße", true),
            (r"what\?", "what?", true),
            (r"what\?", "whats", false),
            (r"5 \* 3", "5 * 3", true),
            (r"\\*", r"\deleted", true),
            (r"\deleted", r"\Deleted", true),
            (r"end\", r"end\", true),
        ] {
            assert_eq!(Glob(glob.into()).matches(text), result, "{glob:?} {text:?}");
        }
    }

    #[test]
    fn many_wildcards_on_a_long_text_take_no_time() {
        let text = "a".repeat(200_000);
        assert!(!Glob("*a*a*a*a*a*a*a*a*a*b".into()).matches(&text));
    }

    proptest! {
        #[test]
        fn an_escaped_text_matches_itself_and_a_star_everything(text in any::<String>()) {
            prop_assert!(Glob::literal(text.trim()).matches(&text));
            prop_assert!(Glob("*".into()).matches(&text));
        }
    }
}
