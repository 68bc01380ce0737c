//! Takes HTML apart into tags and text, as tolerantly as mail needs and as strictly as safety does: whatever the octets
//! are, each of them ends up in exactly one piece. What a browser would make of broken HTML does not matter, because
//! only pieces that were understood are ever written again ([`super::clean`]).

/// An attribute: its name in small letters, its value with character references resolved.
pub(super) type Attribute = (String, String);

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, character references resolved.
    Text(String),
    /// A start tag.
    Open {
        /// Its name in small letters.
        name: String,
        /// At most [`ATTRIBUTES`].
        attributes: Vec<Attribute>,
    },
    /// An end tag.
    Close {
        /// Its name in small letters.
        name: String,
    },
    /// A comment, a doctype, a processing instruction.
    Comment,
    /// What stands in an element whose content is no HTML, such as a script; its end tag comes next.
    Raw(String),
}

/// How many attributes of a tag are read.
const ATTRIBUTES: usize = 64;
/// Elements whose content is no HTML up to their end tag.
const RAW: &[&str] =
    &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Reads HTML piece by piece.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The element whose raw content comes next.
    raw: Option<String>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { html, at: 0, raw: None }
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Takes as many octets.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or_else(|| self.rest());
        self.at += taken.len();
        taken
    }

    /// The content of a raw element: up to its end tag, which stays.
    fn raw_content(&mut self, name: &str) -> Token {
        let rest = self.rest();
        let end = rest.match_indices("</").map(|(at, _)| at).find(|at| {
            let tag = rest.get(at + 2..).unwrap_or_default();
            tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        Token::Raw(self.take(end.unwrap_or(rest.len())).to_owned())
    }

    fn comment(&mut self) -> Token {
        let rest = self.rest();
        let end = match rest.strip_prefix("<!--") {
            // `<!-->` is a whole comment, too.
            Some(inner) if inner.starts_with('>') => Some(5),
            Some(_) => rest.get(4..).and_then(|inner| inner.find("-->")).map(|at| at + 7),
            None => rest.find('>').map(|at| at + 1),
        };
        self.take(end.unwrap_or(rest.len()));
        Token::Comment
    }

    fn text(&mut self) -> Token {
        let rest = self.rest();
        // A `<` that begins no tag is text.
        let end = rest.get(1..).and_then(|r| r.find('<')).map_or(rest.len(), |at| at + 1);
        Token::Text(resolved(self.take(end)))
    }

    fn tag(&mut self, closes: bool) -> Token {
        self.take(if closes { 2 } else { 1 });
        let is_end = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
        let length = self.rest().find(is_end).unwrap_or(self.rest().len());
        let name = self.take(length).to_ascii_lowercase();
        let mut attributes = Vec::new();
        while let Some(attribute) = self.attribute() {
            let there = attributes.iter().any(|(name, _): &Attribute| *name == attribute.0);
            if !there && attributes.len() < ATTRIBUTES {
                attributes.push(attribute);
            }
        }
        if closes {
            return Token::Close { name };
        }
        if RAW.contains(&name.as_str()) {
            self.raw = Some(name.clone());
        }
        Token::Open { name, attributes }
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let length = self.rest().find(|c| !skipped(c)).unwrap_or(self.rest().len());
        self.take(length);
    }

    /// The next attribute of a tag; `None` at the tag's end, which is taken.
    fn attribute(&mut self) -> Option<Attribute> {
        self.skip(|c| c.is_ascii_whitespace() || c == '/');
        match self.rest().chars().next() {
            None => return None,
            Some('>') => {
                self.take(1);
                return None;
            }
            Some(_) => {}
        }
        let rest = self.rest();
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
        // A name may begin with `=`.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest.get(first..).and_then(|r| r.find(is_end)).map_or(rest.len(), |at| at + first);
        let name = self.take(length).to_ascii_lowercase();
        self.skip(|c| c.is_ascii_whitespace());
        if !self.rest().starts_with('=') {
            return Some((name, String::new()));
        }
        self.take(1);
        self.skip(|c| c.is_ascii_whitespace());
        Some((name, resolved(self.value())))
    }

    fn value(&mut self) -> &'a str {
        let rest = self.rest();
        match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                self.take(1);
                let length = self.rest().find(quote).unwrap_or(self.rest().len());
                let value = self.take(length);
                self.take(1);
                value
            }
            _ => {
                let is_end = |c: char| c.is_ascii_whitespace() || c == '>';
                self.take(rest.find(is_end).unwrap_or(rest.len()))
            }
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.at >= self.html.len() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            return Some(self.raw_content(&name));
        }
        let rest = self.rest();
        let letter = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
        Some(match () {
            () if !rest.starts_with('<') => self.text(),
            () if letter(1) => self.tag(false),
            () if rest.starts_with("</") && letter(2) => self.tag(true),
            () if rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("</") => {
                self.comment()
            }
            () => self.text(),
        })
    }
}

/// Text with its character references resolved: numbers, and those names that matter for reading mail. Another name
/// stays as it is written.
pub(super) fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from_here) = rest.split_at(at);
        out.push_str(before);
        match reference(from_here) {
            Some((c, length)) => {
                out.push(c);
                rest = from_here.get(length..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = from_here.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that the reference at the start of `text` stands for, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let (digits, radix, before) = hex.map_or((number, 10, 2), |digits| (digits, 16, 3));
        let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let value = u32::from_str_radix(digits.get(..length).filter(|d| !d.is_empty())?, radix);
        let c = value.ok().and_then(char::from_u32).filter(|c| *c != '\0').unwrap_or('\u{fffd}');
        let closed = usize::from(digits.get(length..).is_some_and(|r| r.starts_with(';')));
        return Some((c, before + length + closed));
    }
    let length = body.find(|c: char| !c.is_ascii_alphanumeric())?;
    let c = NAMES.iter().find(|(name, _)| body.get(..length) == Some(name)).map(|(_, c)| *c)?;
    body.get(length..)?.starts_with(';').then_some((c, length + 2))
}

/// Names of characters: those of HTML itself, those that act on text, and what German mail is full of.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("NoBreak", '\u{2060}'),
    ("colon", ':'),
    ("sol", '/'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("lpar", '('),
    ("rpar", ')'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("euro", '€'),
    ("copy", '©'),
    ("reg", '®'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("deg", '°'),
    ("times", '×'),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(html: &str) -> Vec<String> {
        let shown = |token| match token {
            Token::Text(text) => format!("text {text}"),
            Token::Open { name, attributes } => {
                let attributes: Vec<String> = attributes.iter().map(|(n, v)| format!(" {n}={v}")).collect();
                format!("open {name}{}", attributes.concat())
            }
            Token::Close { name } => format!("close {name}"),
            Token::Comment => "comment".to_owned(),
            Token::Raw(text) => format!("raw {text}"),
        };
        Tokens::new(html).map(shown).collect()
    }

    #[test]
    fn tags_text_and_what_is_neither() {
        for (html, tokens) in [
            ("a<b>c</b>", &["text a", "open b", "text c", "close b"][..]),
            ("<A HREF='x y' b=c d>", &["open a href=x y b=c d="]),
            ("<img/src=x/onerror=alert(1)>", &["open img src=x/onerror=alert(1)"]),
            ("<p a=1 a=2 =x>", &["open p a=1 =x="]),
            ("1 < 2 <3", &["text 1 ", "text < 2 ", "text <3"]),
            ("<!-- <b> -->x<!-->y<!doctype html>", &["comment", "text x", "comment", "text y", "comment"]),
            ("<script>a<b></scriPT >c", &["open script", "raw a<b>", "close script", "text c"]),
            ("<script>never", &["open script", "raw never"]),
            ("<style></style>", &["open style", "raw ", "close style"]),
            ("</ b>x", &["comment", "text x"]),
            ("<b", &["open b"]),
            ("<b x='", &["open b x="]),
            ("&lt;b&gt; &#60;&#x3C;&amp;amp; &nope; &lt", &["text <b> <<&amp; &nope; &lt"]),
            ("&#0;&#x110000;&#;", &["text \u{fffd}\u{fffd}&#;"]),
        ] {
            assert_eq!(read(html), tokens, "{html}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_every_reading_ends(html in "[<>/!?a-c '\"=&#x;s\\-ä]{0,80}") {
            prop_assert!(Tokens::new(&html).count() <= html.len() + 1);
        }
    }
}
