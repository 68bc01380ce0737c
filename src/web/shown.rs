//! Text from a mail, a terminal or a learner, ready to be shown: what could act on the page or deceive the eye is marked
//! and named instead.

use crate::units::hides;
use serde::Serialize;
use std::fmt;

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Piece {
    /// To be shown as it is.
    Text(String),
    /// Stands for something that is not shown itself: a character such as `U+202E`, or an octet such as `0xFF` where the
    /// text is not UTF-8.
    Code {
        /// Its name.
        code: String,
    },
}

/// Text in pieces. As HTML the pieces that stand for something are marked as such; everything is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Shown(pub(super) Vec<Piece>);

impl Shown {
    /// From octets of whatever kind. Line feeds, tabs and the CR before a line feed stay.
    pub(super) fn octets(octets: &[u8]) -> Shown {
        let mut shown = Pieces::default();
        for chunk in octets.utf8_chunks() {
            shown.text(chunk.valid());
            for octet in chunk.invalid() {
                shown.code(format!("0x{octet:02X}"));
            }
        }
        shown.finish()
    }

    /// How many characters and octets are named instead of shown.
    pub(super) fn marks(&self) -> usize {
        self.0.iter().filter(|piece| matches!(piece, Piece::Code { .. })).count()
    }

    /// From text.
    pub(super) fn text(text: &str) -> Shown {
        let mut shown = Pieces::default();
        shown.text(text);
        shown.finish()
    }
}

#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    open: String,
}

impl Pieces {
    fn text(&mut self, text: &str) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\r' && chars.peek() == Some(&'\n') {
                continue;
            }
            if hides(c) { self.code(format!("U+{:04X}", u32::from(c))) } else { self.open.push(c) }
        }
    }

    fn code(&mut self, code: String) {
        if !self.open.is_empty() {
            self.done.push(Piece::Text(std::mem::take(&mut self.open)));
        }
        self.done.push(Piece::Code { code });
    }

    fn finish(mut self) -> Shown {
        if !self.open.is_empty() {
            self.done.push(Piece::Text(self.open));
        }
        Shown(self.done)
    }
}

/// As HTML.
impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => f.write_str(&escape(text))?,
                Piece::Code { code } => write!(f, "<span class=\"code-point\">{}</span>", escape(code))?,
            }
        }
        Ok(())
    }
}

impl askama::filters::HtmlSafe for Shown {}

/// Text as HTML shows it, good inside attributes with quotes too.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_named_instead() {
        for (octets, html) in [
            (&b"EHLO x\r\n"[..], "EHLO x\n"),
            (b"<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"),
            (b"a\xff\xc3(", "a<span class=\"code-point\">0xFF</span><span class=\"code-point\">0xC3</span>("),
            ("a\u{202e}b".as_bytes(), "a<span class=\"code-point\">U+202E</span>b"),
            (
                b"\x1b[2J\r",
                "<span class=\"code-point\">U+001B</span>[2J<span class=\"code-point\">U+000D</span>",
            ),
            ("Grüße\tan 日本".as_bytes(), "Grüße\tan 日本"),
        ] {
            assert_eq!(Shown::octets(octets).to_string(), html);
        }
    }

    #[test]
    fn pieces_are_a_list_in_json() {
        let shown = serde_json::to_string(&Shown::text("a\u{200b}b")).unwrap();
        assert_eq!(shown, r#"["a",{"code":"U+200B"},"b"]"#);
    }
}
