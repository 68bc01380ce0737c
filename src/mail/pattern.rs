//! What a message or a text must be like: wildcards, header fields by their decoded values, fields that must or must not
//! be there, the body's text. Steps of a scenario look at mail so, and so do the persons who live in it.

use super::certificate::Certificate;
use super::smime::{Protection, SmimeCheck, Trust, judge, readable_text};
use super::{Fields, glob_matches};
use crate::units::{Bytes, Time};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A text with wildcards: `*` any run of characters, `?` any one. Compared without regard to case; `\*`, `\?` and
/// `\\` stand for `*`, `?` and `\` themselves. It must match the whole text, white space at both ends not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob(pub String);

/// What a text must be like: one of some globs, and none of some others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Like {
    /// One of these matches; where there are none, anything does.
    pub like: Vec<Glob>,
    /// None of these matches.
    pub without: Vec<Glob>,
}

impl From<Glob> for Like {
    fn from(glob: Glob) -> Like {
        Like { like: vec![glob], without: Vec::new() }
    }
}

impl Like {
    /// What is just this text.
    pub fn literal(text: &str) -> Like {
        Glob::literal(text).into()
    }

    /// Is the text as it must be?
    pub fn matches(&self, text: &str) -> bool {
        self.has(text) && !self.excludes(text)
    }

    /// One of the globs that must match does, or there are none.
    fn has(&self, text: &str) -> bool {
        self.like.is_empty() || self.like.iter().any(|glob| glob.matches(text))
    }

    /// One of the globs that must not match does.
    fn excludes(&self, text: &str) -> bool {
        self.without.iter().any(|glob| glob.matches(text))
    }
}

/// What a message must be like.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MessagePattern {
    /// Fields by name (`From`, `Subject`, ...) with what their decoded value must be like; each must be there once at
    /// least, and none of that name may be as it must not be.
    pub fields: BTreeMap<String, Like>,
    /// Fields that must be there.
    pub headers: Vec<String>,
    /// Fields that must not be there.
    pub without: Vec<String>,
    /// The body's text.
    pub body: Option<Like>,
    /// The header ended with an empty line, or without one: at a line that is no field, or with the message.
    pub empty_line: Option<bool>,
    /// Whether it is signed (RFC 8551), by whom, and what is wrong with that.
    pub signed: Option<SignedLike>,
    /// Whether it is encrypted, and for whom.
    pub encrypted: Option<EncryptedLike>,
}

/// Whether a message is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedLike {
    /// It is not.
    Not,
    /// It is.
    Is {
        /// An address in the signer's certificate is like this.
        by: Option<Like>,
        /// This is wrong with it, by [`SmimeFault::kind`]; nothing is where none is named.
        ///
        /// [`SmimeFault::kind`]: super::smime::SmimeFault::kind
        reason: Option<String>,
    },
}

/// Whether a message is encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncryptedLike {
    /// It is not.
    Not,
    /// It is, for somebody like this.
    Is(Option<Like>),
}

/// The authorities that are believed, and everybody's certificates for mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    /// The authorities, in DER.
    pub roots: Vec<Bytes>,
    /// The certificates.
    pub certificates: Vec<Certificate>,
}

impl Directory {
    /// The same, at this time.
    pub fn at(&self, now: Time) -> Known<'_> {
        Known { roots: &self.roots, certificates: &self.certificates, now }
    }
}

/// What a message's signatures are held against, and by what its recipients are known.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The authorities that are believed, in DER.
    pub roots: &'a [Bytes],
    /// Certificates for mail.
    pub certificates: &'a [Certificate],
    /// The time.
    pub now: Time,
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
    known: Known<'a>,
    /// The message as it came, where it was encrypted and this is what was in it.
    sealed: Option<&'a [u8]>,
    protection: OnceCell<Protection>,
}

impl<'a> Mail<'a> {
    /// A message to be looked at.
    pub fn new(octets: &'a [u8]) -> Mail<'a> {
        Mail::among(octets, Known { roots: &[], certificates: &[], now: Time(0) })
    }

    /// A message to be looked at by somebody who knows these authorities and people.
    pub fn among(octets: &'a [u8], known: Known<'a>) -> Mail<'a> {
        let (body, protection) = (OnceCell::new(), OnceCell::new());
        Mail { octets, fields: Fields::parse(octets), body, known, sealed: None, protection }
    }

    /// What was in the encrypted message `sealed`, to be looked at by whom it was for.
    pub fn opened(octets: &'a [u8], sealed: &'a [u8], known: Known<'a>) -> Mail<'a> {
        Mail { sealed: Some(sealed), ..Mail::among(octets, known) }
    }

    /// The body's text; where it lies inside a signature (RFC 8551 section 3.5.2), that.
    fn text(&self) -> String {
        readable_text(self.octets)
    }

    fn protection(&self) -> &Protection {
        let trust = Trust { roots: self.known.roots, now: self.known.now };
        self.protection.get_or_init(|| judge(self.octets, trust))
    }

    /// Is it signed so? Of several signatures one is enough.
    fn is_signed(&self, wanted: &SignedLike) -> bool {
        let none: &[SmimeCheck] = &[];
        let checks = match self.protection() {
            Protection::Signed(checks) => checks.as_slice(),
            _ => none,
        };
        match wanted {
            SignedLike::Not => checks.is_empty(),
            SignedLike::Is { by, reason } => checks.iter().any(|check| {
                let named = |like: &Like| check.addresses.iter().any(|a| like.matches(a));
                by.as_ref().is_none_or(named)
                    && match reason {
                        None => check.holds(),
                        Some(reason) => check.faults.iter().any(|fault| fault.kind() == reason),
                    }
            }),
        }
    }

    fn is_encrypted(&self, wanted: &EncryptedLike) -> bool {
        let trust = Trust { roots: self.known.roots, now: self.known.now };
        let outside = self.sealed.map(|sealed| judge(sealed, trust));
        let recipients = match outside.as_ref().unwrap_or_else(|| self.protection()) {
            Protection::Encrypted(recipients, _) => Some(recipients),
            _ => None,
        };
        match (wanted, recipients) {
            (EncryptedLike::Not, recipients) => recipients.is_none(),
            (EncryptedLike::Is(None), recipients) => recipients.is_some(),
            (EncryptedLike::Is(Some(_)), None) => false,
            (EncryptedLike::Is(Some(whom)), Some(recipients)) => {
                let mut those = self.known.certificates.iter().filter(|c| recipients.iter().any(|r| r.is(c)));
                those.any(|c| c.mail_addresses().iter().any(|a| whom.matches(a)))
            }
        }
    }

    /// Is it as the pattern says? Of a field that stands there more than once, one that matches is enough.
    pub fn is_like(&self, wanted: &MessagePattern) -> bool {
        let has = |name: &String| self.fields.get(name).is_some();
        let body = || self.body.get_or_init(|| self.text());
        wanted.headers.iter().all(has)
            && !wanted.without.iter().any(has)
            && wanted.fields.iter().all(|(name, like)| {
                let values: Vec<_> = self.fields.all(name).map(|field| field.decoded()).collect();
                values.iter().any(|v| like.has(v)) && !values.iter().any(|v| like.excludes(v))
            })
            && wanted.empty_line.is_none_or(|line| line == self.fields.split.has_empty_line())
            && wanted.body.as_ref().is_none_or(|glob| glob.matches(body()))
            && wanted.signed.as_ref().is_none_or(|signed| self.is_signed(signed))
            && wanted.encrypted.as_ref().is_none_or(|encrypted| self.is_encrypted(encrypted))
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
    fn one_of_some_globs_and_none_of_others() {
        let like = |like: &[&str], without: &[&str]| {
            let globs = |texts: &[&str]| texts.iter().map(|t| Glob((*t).to_owned())).collect();
            Like { like: globs(like), without: globs(without) }
        };
        for (like, text, result) in [
            (like(&["s_client*"], &["*-crlf*"]), "s_client -connect x", true),
            (like(&["s_client*"], &["*-crlf*"]), "s_client -crlf", false),
            (like(&["a*", "b*"], &[]), "bee", true),
            (like(&["a*", "b*"], &[]), "cat", false),
            (like(&[], &["cat", "dog"]), "bee", true),
            (like(&[], &["cat", "dog"]), "Dog", false),
            (Like::default(), "anything", true),
            (Like::literal("5 * 3"), "5 * 3", true),
            (Like::literal("5 * 3"), "5 and 3", false),
        ] {
            assert_eq!(like.matches(text), result, "{like:?} {text:?}");
        }
        let wanted = |without: &str| MessagePattern {
            fields: BTreeMap::from([("Received".to_owned(), like(&["*by a*"], &[without]))]),
            ..MessagePattern::default()
        };
        let mail = Mail::new(b"Received: by a.test\r\nReceived: by b.test\r\n\r\nText\r\n");
        assert!(mail.is_like(&wanted("*by c*")));
        assert!(!mail.is_like(&wanted("*by b*")), "not one of them may be as it must not be");
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
