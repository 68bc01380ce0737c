//! Matching: texts with wildcards and reply codes by class. Everything a pattern compares goes through here.

use super::{CodePattern, Glob};
use crate::mail::glob_matches;

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

impl CodePattern {
    /// Does this reply code match?
    pub fn matches(self, code: u16) -> bool {
        match self {
            CodePattern::Exact(exact) => code == exact,
            CodePattern::Class(first) => code / 100 == u16::from(first),
        }
    }

    /// Reads `250` or `2xx`; `None` for what is neither, or no code SMTP can have (RFC 5321 section 4.2.1).
    pub fn parse(text: &str) -> Option<CodePattern> {
        let first = text.bytes().next().filter(|d| (b'2'..=b'5').contains(d))?;
        match text.get(1..)? {
            "xx" | "XX" => Some(CodePattern::Class(first - b'0')),
            rest if rest.len() == 2 && rest.bytes().all(|d| d.is_ascii_digit()) => {
                text.parse().ok().map(CodePattern::Exact)
            }
            _ => None,
        }
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
    fn codes_match_exactly_or_by_class() {
        for (pattern, code, result) in
            [("250", 250, true), ("250", 251, false), ("2xx", 251, true), ("5XX", 451, false)]
        {
            assert_eq!(
                CodePattern::parse(pattern).map(|p| p.matches(code)),
                Some(result),
                "{pattern} {code}"
            );
        }
        for bad in ["", "2", "25", "2500", "xx", "1xx", "650", "2x0", "2x", "ü50", "25ü"] {
            assert_eq!(CodePattern::parse(bad), None, "{bad}");
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
