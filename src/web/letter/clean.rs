//! HTML mail made harmless: written anew out of the few elements and attributes that format text. Nothing in it runs, loads,
//! leads away or sends; and what was left out is told, because that is what the learner is to see.
//!
//! The browser holds the second line: the frame has no scripts and an origin of its own, and its policy lets nothing
//! load ([`super::FRAME_POLICY`]).

use super::super::shown::{Shown, escape};
use super::tokens::{Attribute, Token, Tokens};

/// How much HTML is read of one part, in octets.
const READ: usize = 256 << 10;
/// How deep elements may lie in each other; what is deeper keeps its text only.
const DEPTH: usize = 100;
/// How many addresses of each kind are told.
const TOLD: usize = 20;
/// How much of an address is told, in characters.
const LONG: usize = 200;

/// Elements that format text.
const FORMAT: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];
/// Those of them that have no content.
const EMPTY: &[&str] = &["br", "hr"];
/// Elements whose content means nothing without them.
const WHOLE: &[&str] = &[
    "script", "style", "svg", "math", "object", "applet", "template", "audio", "video", "canvas", "iframe",
    "frameset", "noembed", "noframes", "title", "textarea", "select", "xmp",
];
/// Attributes that format text.
const ATTRIBUTES: &[&str] = &[
    "align",
    "valign",
    "bgcolor",
    "color",
    "border",
    "cellpadding",
    "cellspacing",
    "width",
    "height",
    "colspan",
    "rowspan",
    "size",
    "start",
    "lang",
];
/// Properties that format text.
const PROPERTIES: &[&str] = &[
    "color",
    "background-color",
    "background",
    "font-size",
    "font-weight",
    "font-style",
    "font-family",
    "text-align",
    "text-decoration",
    "line-height",
    "padding",
    "margin",
    "border",
    "width",
    "display",
    "visibility",
    "opacity",
];

/// HTML that can be shown, and what it would have done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Clean {
    /// What is left.
    pub(super) html: String,
    /// What is not.
    pub(super) blocked: Blocked,
}

/// What was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Blocked {
    /// Scripts, and attributes that hold some.
    pub(super) scripts: usize,
    /// What would have been loaded: pictures, styles, sounds, frames.
    pub(super) loads: Vec<String>,
    /// How many that were in all.
    pub(super) load_count: usize,
    /// Where links would have led: what they say, and the address.
    pub(super) links: Vec<(String, String)>,
    /// How many that were in all.
    pub(super) link_count: usize,
    /// Forms and their fields.
    pub(super) forms: usize,
    /// Jumps to another page by themselves.
    pub(super) jumps: usize,
    /// Characters that turn text around or hide.
    pub(super) marks: usize,
    /// It is too long, and this many octets were not read.
    pub(super) left_out: usize,
}

impl Blocked {
    /// Was there anything?
    pub(super) fn is_empty(&self) -> bool {
        *self == Blocked::default()
    }
}

/// Makes HTML harmless.
pub(super) fn clean(html: &str) -> Clean {
    let end = (0..=READ.min(html.len())).rev().find(|n| html.is_char_boundary(*n)).unwrap_or(0);
    let mut work = Work::default();
    work.blocked.left_out = html.len() - end;
    for token in Tokens::new(html.get(..end).unwrap_or_default()) {
        work.token(token);
    }
    while let Some(name) = work.open.pop() {
        work.end(&name);
    }
    Clean { html: work.html, blocked: work.blocked }
}

#[derive(Default)]
struct Work {
    html: String,
    blocked: Blocked,
    /// The elements that are open.
    open: Vec<String>,
    /// The element that is left out with all that is in it, and how often it lies in itself.
    skipped: Option<(String, usize)>,
    /// The link that is open: where it leads, and what it says so far.
    link: Option<(String, String)>,
}

impl Work {
    fn token(&mut self, token: Token) {
        if let Some((name, depth)) = self.skipped.take() {
            let depth = match &token {
                Token::Open { name: inner, .. } if *inner == name => depth + 1,
                Token::Close { name: inner } if *inner == name => depth - 1,
                _ => depth,
            };
            if let Token::Open { name, attributes } = &token {
                self.note(name, attributes);
            }
            if let (Token::Raw(text), "style") = (&token, name.as_str()) {
                self.loads_of_style(text);
            }
            self.skipped = (depth > 0).then_some((name, depth));
            return;
        }
        match token {
            Token::Text(text) => self.text(&text),
            Token::Open { name, attributes } => self.start(&name, &attributes),
            Token::Close { name } => {
                if let Some(at) = self.open.iter().rposition(|open| *open == name) {
                    for name in self.open.split_off(at).iter().rev() {
                        self.end(name);
                    }
                }
            }
            Token::Comment | Token::Raw(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        let shown = Shown::text(text);
        self.blocked.marks += shown.marks();
        self.html.push_str(&shown.to_string());
        if let Some((_, says)) = &mut self.link {
            says.push_str(text);
        }
    }

    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        self.note(name, attributes);
        if WHOLE.contains(&name) {
            self.skipped = Some((name.to_owned(), 1));
        } else if name == "img" {
            let alt = value(attributes, "alt").unwrap_or_default();
            self.html.push_str("<span class=\"picture\">");
            self.text(&cut(alt));
            self.html.push_str("</span>");
        } else if EMPTY.contains(&name) {
            self.html.push_str(&format!("<{name}>"));
        } else if FORMAT.contains(&name) && self.open.len() < DEPTH {
            self.html.push_str(&format!("<{name}"));
            for (attribute, value) in attributes {
                self.attribute(attribute, value);
            }
            self.html.push('>');
            self.open.push(name.to_owned());
            if let ("a", Some(href)) = (name, value(attributes, "href")) {
                self.link = Some((cut(href), String::new()));
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let short = value.len() <= LONG;
        if name == "style" {
            let kept = style(value);
            if !kept.is_empty() {
                self.html.push_str(&format!(" style=\"{}\"", escape(&kept)));
            }
        } else if short
            && ATTRIBUTES.contains(&name)
            && value.chars().all(|c| c.is_ascii_alphanumeric() || "#%.- ".contains(c))
        {
            self.html.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
    }

    fn end(&mut self, name: &str) {
        self.html.push_str(&format!("</{name}>"));
        if let ("a", Some((href, says))) = (name, self.link.take_if(|_| name == "a")) {
            let says = cut(says.trim());
            self.blocked.link_count += 1;
            if self.blocked.links.len() < TOLD {
                self.blocked.links.push((says, href));
            }
        }
    }

    /// Notes what an element would have done.
    fn note(&mut self, name: &str, attributes: &[Attribute]) {
        let blocked = &mut self.blocked;
        match name {
            "script" => blocked.scripts += 1,
            "form" | "input" | "button" | "select" | "textarea" | "isindex" | "keygen" => blocked.forms += 1,
            "meta" => {
                let refresh =
                    value(attributes, "http-equiv").is_some_and(|v| v.eq_ignore_ascii_case("refresh"));
                blocked.jumps += usize::from(refresh);
            }
            "base" => blocked.jumps += 1,
            _ => {}
        }
        for (attribute, value) in attributes {
            let code = value.trim_start().get(..11).is_some_and(|v| v.eq_ignore_ascii_case("javascript:"));
            if attribute.starts_with("on") || code {
                self.blocked.scripts += 1;
            }
            let loads = match attribute.as_str() {
                "src" | "srcset" | "background" | "poster" | "data" | "lowsrc" | "dynsrc" | "codebase"
                | "archive" | "classid" | "srcdoc" => true,
                "href" | "xlink:href" => !matches!(name, "a" | "area" | "base"),
                _ => false,
            };
            if loads && !code {
                self.load(value);
            }
            if attribute == "style" {
                self.loads_of_style(value);
            }
        }
    }

    fn load(&mut self, address: &str) {
        self.blocked.load_count += 1;
        if self.blocked.loads.len() < TOLD {
            self.blocked.loads.push(cut(address.trim()));
        }
    }

    /// What a style would load: `url(...)` and `@import`.
    fn loads_of_style(&mut self, css: &str) {
        let lower = css.to_ascii_lowercase();
        for (at, found) in lower.match_indices("url(").chain(lower.match_indices("@import")).take(TOLD * 2) {
            let rest = css.get(at + found.len()..).unwrap_or_default();
            let end = rest.find([')', ';']).unwrap_or(rest.len());
            let address = rest.get(..end).unwrap_or_default().trim_matches([' ', '"', '\'']);
            // An import that names a url is counted by that.
            if !address.to_ascii_lowercase().starts_with("url(") {
                self.load(address);
            }
        }
    }
}

fn value<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// The declarations that only format text.
fn style(css: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || " #%.,-!'".contains(c);
    let mut kept = Vec::new();
    for declaration in css.split(';').take(40) {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
        let property_known = PROPERTIES.contains(&property.as_str());
        if property_known && value.len() <= LONG && value.chars().all(harmless) {
            kept.push(format!("{property}: {value}"));
        }
    }
    kept.join("; ")
}

/// The beginning of a long text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formatting_stays_and_nothing_else() {
        for (html, left) in [
            ("<p>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>"),
            ("<p onclick=x>a<script>alert(1)</script>b", "<p>ab</p>"),
            ("<a href=http://evil.example>bank</a>", "<a>bank</a>"),
            ("<img src=http://evil.example/x.png alt='a <b>'>", "<span class=\"picture\">a &lt;b&gt;</span>"),
            ("<svg><a><svg>x</svg><b>y</b></a></svg>z", "z"),
            ("<form action=/x><input name=a>text</form>", "text"),
            ("<td style='color:red;background:url(http://x)'>", "<td style=\"color: red\"></td>"),
            ("<p style=\"color:red&quot;><script>\">", "<p></p>"),
            ("<b><i></b></i>", "<b><i></i></b>"),
            ("<meta http-equiv=refresh content='0;url=/x'>a", "a"),
            ("&lt;script&gt;&#x202e;", "&lt;script&gt;<span class=\"code-point\">U+202E</span>"),
            ("<p dir=rtl align=center>", "<p align=\"center\"></p>"),
            ("<noscript><img src=x></noscript>a", "a"),
            ("<x-y>a</x-y>", "a"),
            ("<math><mtext><table><mglyph><style><img src onerror=x>", ""),
        ] {
            assert_eq!(clean(html).html, left, "{html}");
        }
    }

    #[test]
    fn what_was_left_out_is_told() {
        let blocked = clean(
            "<style>@import 'http://a.example/x.css'; p { background: url(http://b.example/y) }</style>\
             <a href='http://evil.example/' onmouseover=x>www.bank.example</a><img src=http://c.example/z.gif>\
             <form><input></form><meta http-equiv=Refresh content=0><script src=http://d.example/s.js></script>\
             <a href=' javascript:alert(1)'>b</a>\u{200b}",
        )
        .blocked;
        assert_eq!(blocked.scripts, 3);
        assert_eq!((blocked.forms, blocked.jumps, blocked.marks), (2, 1, 1));
        let loads = [
            "http://b.example/y",
            "http://a.example/x.css",
            "http://c.example/z.gif",
            "http://d.example/s.js",
        ];
        assert_eq!(blocked.loads, loads);
        assert_eq!(blocked.links[0], ("www.bank.example".to_owned(), "http://evil.example/".to_owned()));
        assert!(clean("<p>Hello</p>").blocked.is_empty());
    }

    #[test]
    fn what_is_deep_or_long_is_bounded() {
        let deep = clean(&"<div>".repeat(100_000));
        assert!(deep.html.len() < 2_000);
        let long = clean(&"a".repeat(READ + 7));
        assert_eq!((long.html.len(), long.blocked.left_out), (READ, 7));
        assert_eq!(clean(&"<a href=x>y</a>".repeat(500)).blocked.links.len(), TOLD);
    }

    proptest! {
        /// Whatever comes in, only elements of the list come out, without a handler or an address.
        #[test]
        fn only_what_is_allowed_is_written(html in "(<|>|/|a|b|img|script|svg|style|p| on|x=|href=|src=|'|\"|&#60;|&lt;|!--|-->|ä){0,60}") {
            for token in Tokens::new(&clean(&html).html) {
                if let Token::Open { name, attributes } = token {
                    prop_assert!(FORMAT.contains(&name.as_str()) || EMPTY.contains(&name.as_str()), "{name}");
                    for (attribute, _) in attributes {
                        let known = ATTRIBUTES.contains(&attribute.as_str());
                        prop_assert!(known || attribute == "style" || attribute == "class", "{attribute}");
                    }
                }
            }
        }
    }
}
