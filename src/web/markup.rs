//! The little markup of scenario texts, as HTML: paragraphs, lists, `` `code` ``, `**strong**`, `*emphasis*`. Everything else is text and
//! is escaped; an author cannot put HTML or a link into a page.

use super::shown::Shown;
use std::fmt::Write as _;

/// A text as HTML paragraphs and lists.
pub(super) fn blocks(text: &str) -> String {
    let mut html = String::new();
    for block in paragraphs(text) {
        let items: Option<Vec<&str>> = block.iter().map(|l| l.strip_prefix("- ")).collect();
        match items {
            Some(items) => {
                html.push_str("<ul>");
                for item in items {
                    let _ = write!(html, "<li>{}</li>", inline(item));
                }
                html.push_str("</ul>");
            }
            None => {
                let _ = write!(html, "<p>{}</p>", inline(&block.join("\n")));
            }
        }
    }
    html
}

/// Runs of lines between empty ones.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut inside = false;
    for line in text.lines().map(str::trim_end) {
        match (line.is_empty(), inside) {
            (true, _) => inside = false,
            (false, true) => {
                if let Some(last) = found.last_mut() {
                    last.push(line);
                }
            }
            (false, false) => {
                found.push(vec![line]);
                inside = true;
            }
        }
    }
    found
}

/// A text within one line, as HTML.
pub(super) fn inline(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*']) {
        let (before, from) = rest.split_at(at);
        html.push_str(&Shown::text(before).to_string());
        let (mark, tag) = match from {
            _ if from.starts_with('`') => ("`", "code"),
            _ if from.starts_with("**") => ("**", "strong"),
            _ => ("*", "em"),
        };
        let after = from.get(mark.len()..).unwrap_or_default();
        match after.find(mark).filter(|end| encloses(after, *end, tag)) {
            Some(end) => {
                let inner = after.get(..end).unwrap_or_default();
                let inner = if tag == "code" { Shown::text(inner).to_string() } else { inline(inner) };
                let _ = write!(html, "<{tag}>{inner}</{tag}>");
                rest = after.get(end + mark.len()..).unwrap_or_default();
            }
            None => {
                html.push_str(mark);
                rest = after;
            }
        }
    }
    html.push_str(&Shown::text(rest).to_string());
    html
}

/// A star that stands beside white space is a star.
fn encloses(after: &str, end: usize, tag: &str) -> bool {
    let inner = after.get(..end).unwrap_or_default();
    !inner.is_empty() && (tag == "code" || (!inner.starts_with(' ') && !inner.ends_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_as_authors_write_them() {
        for (text, html) in [
            ("One.\nTwo.\n\n\nThree.\n", "<p>One.\nTwo.</p><p>Three.</p>"),
            (
                "Say `RCPT TO:<a@b>` **now**, *please*.",
                "<p>Say <code>RCPT TO:&lt;a@b&gt;</code> <strong>now</strong>, <em>please</em>.</p>",
            ),
            ("**a `*` b**", "<p><strong>a <code>*</code> b</strong></p>"),
            ("2 * 3 * 4 ` * **", "<p>2 * 3 * 4 ` * **</p>"),
            ("- a\n- `b`", "<ul><li>a</li><li><code>b</code></li></ul>"),
            ("<b onclick=\"x\">&amp;</b>", "<p>&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;</p>"),
            ("", ""),
        ] {
            assert_eq!(blocks(text), html);
        }
    }
}
