//! What IMAP lines are made of: atoms, strings, lists (RFC 3501 section 4), read leniently, each with its text.

/// Lists deeper than this are not taken apart.
const DEPTH: usize = 24;
/// More values than these are not looked at.
const VALUES: usize = 5_000;

/// A value, and as it stands in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) source: String,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A word, numbers and NIL among them.
    Atom,
    /// A quoted string, its quoting undone.
    Quoted(String),
    /// A literal of so many octets: its content.
    Literal(Vec<u8>),
    List(Vec<Value>),
}

impl Value {
    /// What it says, for what is no list.
    pub(super) fn text(&self) -> String {
        match &self.what {
            What::Quoted(text) => text.clone(),
            What::Literal(octets) => String::from_utf8_lossy(octets).into_owned(),
            What::Atom | What::List(_) => self.source.clone(),
        }
    }

    /// Its values, where it is a list.
    pub(super) fn list(&self) -> Option<&[Value]> {
        match &self.what {
            What::List(values) => Some(values),
            _ => None,
        }
    }

    /// Is it this word, in any case?
    pub(super) fn is(&self, word: &str) -> bool {
        self.what == What::Atom && self.source.eq_ignore_ascii_case(word)
    }
}

/// Reads all values of a line, or of several with literals in them.
pub(super) fn values(octets: &[u8]) -> Vec<Value> {
    let mut reader = Reader { octets, at: 0, count: 0 };
    let mut found = Vec::new();
    while let Some(value) = reader.value(0) {
        found.push(value);
    }
    found
}

struct Reader<'a> {
    octets: &'a [u8],
    at: usize,
    count: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.octets.get(self.at).copied()
    }

    fn source(&self, start: usize) -> String {
        String::from_utf8_lossy(self.octets.get(start..self.at).unwrap_or_default()).into_owned()
    }

    /// The next value; `None` at the end and at a closing parenthesis.
    fn value(&mut self, depth: usize) -> Option<Value> {
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        let start = self.at;
        self.count += 1;
        if self.count > VALUES {
            return None;
        }
        let what = match self.peek()? {
            b')' if depth > 0 => return None,
            b'(' if depth < DEPTH => {
                self.at += 1;
                let mut values = Vec::new();
                while let Some(value) = self.value(depth + 1) {
                    values.push(value);
                }
                if self.peek() == Some(b')') {
                    self.at += 1;
                }
                What::List(values)
            }
            b'"' => What::Quoted(self.quoted()),
            b'{' => match self.literal() {
                Some(content) => {
                    // Its announcement; what it holds may be long.
                    let announced = self.octets.get(start..self.at).unwrap_or_default();
                    let brace = announced.iter().position(|b| *b == b'}').map_or(0, |at| at + 1);
                    let source = String::from_utf8_lossy(announced.get(..brace).unwrap_or_default());
                    return Some(Value { source: source.into_owned(), what: What::Literal(content) });
                }
                None => self.atom(),
            },
            _ => self.atom(),
        };
        Some(Value { source: self.source(start), what })
    }

    fn quoted(&mut self) -> String {
        let mut text = Vec::new();
        self.at += 1;
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'"' => break,
                b'\\' => {
                    text.extend(self.peek());
                    self.at += 1;
                }
                _ => text.push(b),
            }
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    /// `{n}` or `{n+}`, the line's end, and so many octets; what is missing of these is left out.
    fn literal(&mut self) -> Option<Vec<u8>> {
        let rest = self.octets.get(self.at + 1..)?;
        let close = rest.iter().position(|b| *b == b'}')?;
        let digits = std::str::from_utf8(rest.get(..close)?).ok()?.trim_end_matches('+');
        let size: usize = digits.parse().ok()?;
        let after = rest.get(close + 1..)?;
        let end = if after.starts_with(b"\r\n") { 2 } else { usize::from(after.starts_with(b"\n")) };
        let content = after.get(end..)?;
        let content = content.get(..size).unwrap_or(content);
        self.at += 1 + close + 1 + end + content.len();
        Some(content.to_vec())
    }

    /// Up to a blank or a parenthesis; blanks between brackets belong to it (`BODY[HEADER.FIELDS (To)]`).
    fn atom(&mut self) -> What {
        let (start, mut brackets) = (self.at, 0u32);
        while let Some(b) = self.peek() {
            match b {
                b'[' => brackets += 1,
                b']' => brackets = brackets.saturating_sub(1),
                b'\r' | b'\n' => break,
                b' ' | b'\t' | b'(' | b')' if brackets == 0 && self.at > start => break,
                _ => {}
            }
            self.at += 1;
        }
        What::Atom
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(line: &str) -> Vec<String> {
        values(line.as_bytes()).into_iter().map(|v| v.source).collect()
    }

    #[test]
    fn lines_fall_into_values() {
        for (line, expected) in [
            (
                "a1 FETCH 1:* (FLAGS BODY[HEADER.FIELDS (To From)]<0.5>)",
                vec!["a1", "FETCH", "1:*", "(FLAGS BODY[HEADER.FIELDS (To From)]<0.5>)"],
            ),
            (
                "* 12 FETCH (BODY[] {3}\r\na b FLAGS ())",
                vec!["*", "12", "FETCH", "(BODY[] {3}\r\na b FLAGS ())"],
            ),
            ("a LOGIN \"a\\\"b\" {2+}\r\nxy", vec!["a", "LOGIN", "\"a\\\"b\"", "{2+}"]),
            ("a (b", vec!["a", "(b"]),
            (") x", vec![")", "x"]),
            ("\"open", vec!["\"open"]),
            ("{9}\r\nabc", vec!["{9}"]),
            ("{x}", vec!["{x}"]),
            ("", vec![]),
        ] {
            assert_eq!(sources(line), expected, "{line}");
        }
    }

    #[test]
    fn depth_and_number_are_bounded() {
        assert_eq!(values("(".repeat(100_000).as_bytes()).len(), 1);
        assert!(values("x ".repeat(100_000).as_bytes()).len() <= VALUES);
    }
}
