//! Lists of tags, `a=b; c=d`, as DKIM and DMARC write them (RFC 6376 section 3.2).

/// Most tags in one list; real ones have a dozen.
const TAGS: usize = 64;

/// The tags of a list, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::mail) struct Tags(Vec<(String, String)>);

impl Tags {
    /// Reads a list: folds undone, white space around names and values taken off. `None` where an entry is no tag, or a
    /// name stands there twice.
    pub(in crate::mail) fn parse(text: &str) -> Option<Tags> {
        let mut tags: Vec<(String, String)> = Vec::new();
        let mut parts = text.split(';').peekable();
        while let Some(part) = parts.next() {
            if is_blank(part) && parts.peek().is_none() {
                break;
            }
            let (name, value) = part.split_once('=')?;
            let (name, value) = (name.trim_matches(WHITE), value.trim_matches(WHITE));
            let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.bytes().all(word) {
                return None;
            }
            if tags.len() >= TAGS || tags.iter().any(|(known, _)| known == name) {
                return None;
            }
            tags.push((name.to_owned(), value.to_owned()));
        }
        Some(Tags(tags))
    }

    /// A tag's value.
    pub(in crate::mail) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A tag's value without any white space in it, as base64 is read.
    pub(in crate::mail) fn packed(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| value.chars().filter(|c| !WHITE.contains(c)).collect())
    }

    /// The first tag's name.
    pub(in crate::mail) fn first(&self) -> Option<&str> {
        self.0.first().map(|(name, _)| name.as_str())
    }

    /// A tag's value as a list, its items parted by `:`.
    pub(in crate::mail) fn list(&self, name: &str) -> Option<Vec<String>> {
        let items = |value: &str| value.split(':').map(|item| item.trim_matches(WHITE).to_owned()).collect();
        self.get(name).map(items)
    }
}

const WHITE: &[char] = &[' ', '\t', '\r', '\n'];

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| WHITE.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_can_be_read() {
        for (text, expected) in [
            ("v=1; a=x", Some(vec![("v", "1"), ("a", "x")])),
            (" v = 1 ;\r\n\ta= x y ; ", Some(vec![("v", "1"), ("a", "x y")])),
            ("p=", Some(vec![("p", "")])),
            ("a=b=c;", Some(vec![("a", "b=c")])),
            ("", Some(vec![])),
            ("v=1;; a=x", None),
            ("v=1; v=1", None),
            ("v", None),
            ("1v=1", None),
            ("v-a=1", None),
        ] {
            let read = Tags::parse(text);
            let shown =
                read.as_ref().map(|t| t.0.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>());
            assert_eq!(shown, expected, "{text}");
        }
        let long: String = (0..99).map(|n| format!("t{n}=;")).collect();
        assert_eq!(Tags::parse(&long), None);
        let tags = Tags::parse("h=From : To:subject; b=ab\r\n cd").unwrap();
        assert_eq!(tags.list("h").unwrap(), ["From", "To", "subject"]);
        assert_eq!(tags.packed("b").unwrap(), "abcd");
    }
}
