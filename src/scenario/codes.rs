//! Reply codes, one or a class of them.

use super::CodePattern;

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
}
