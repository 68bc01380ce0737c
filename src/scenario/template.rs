//! Texts as the author wrote them, with their place in the file, and the `{{names}}` in them.

use std::ops::Range;

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// A string of the file in which `{{name}}` may stand.
pub(crate) type Str = At<String>;

/// A text in both languages; where the author wrote one string for both, both are that string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) de: Str,
    pub(crate) en: Str,
}

/// A stretch of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Stands for itself.
    Text(&'a str),
    /// `{{name}}`, white space around the name left out.
    Name(&'a str),
    /// `{{` without its `}}` in the same line, and what follows it.
    Open(&'a str),
}

/// Splits a template.
pub(crate) fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = match rest.split_once("{{") {
            Some(("", inside)) => {
                let line = inside.lines().next().unwrap_or_default();
                match line.split_once("}}") {
                    Some((name, _)) => {
                        (Piece::Name(name.trim()), inside.get(name.len() + 2..).unwrap_or_default())
                    }
                    None => (Piece::Open(inside), ""),
                }
            }
            Some((text, _)) => (Piece::Text(text), rest.get(text.len()..).unwrap_or_default()),
            None => (Piece::Text(rest), ""),
        };
        rest = after;
        Some(piece)
    })
}

/// The names in a template, in their order.
pub(crate) fn names(template: &str) -> impl Iterator<Item = &str> {
    pieces(template).filter_map(|piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Text(_) | Piece::Open(_) => None,
    })
}

/// The template with `...` in the place of each name, for where no attempt has drawn values yet.
pub(crate) fn with_gaps(template: &str) -> String {
    pieces(template)
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Open(text) => text,
            Piece::Name(_) => "…",
        })
        .collect()
}

/// Where `{{name}}` stands in the file: inside `span` if it is found there as written, else `span` itself.
pub(crate) fn place_of(source: &str, span: &Range<usize>, name: &str) -> Range<usize> {
    let inside = source.get(span.clone()).unwrap_or_default();
    for (at, _) in inside.match_indices("{{") {
        let after = inside.get(at + 2..).unwrap_or_default();
        if let Some((found, _)) = after.split_once("}}")
            && found.trim() == name
        {
            let start = span.start + at;
            return start..start + found.len() + 4;
        }
    }
    span.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Name, Open, Text};

    #[test]
    fn templates_split_into_text_and_names() {
        for (template, split) in [
            ("", &[][..]),
            ("a", &[Text("a")]),
            ("{{victim}}@example.tld", &[Name("victim"), Text("@example.tld")]),
            ("<{{ a }}{{host.mx.test.ip}}>", &[Text("<"), Name("a"), Name("host.mx.test.ip"), Text(">")]),
            ("}} {{}}", &[Text("}} "), Name("")]),
            ("a {{b\n}}", &[Text("a "), Open("b\n}}")]),
            ("{ {x} }", &[Text("{ {x} }")]),
        ] {
            assert_eq!(pieces(template).collect::<Vec<_>>(), split, "{template:?}");
        }
        assert_eq!(with_gaps("mail {{victim}} now"), "mail … now");
    }

    #[test]
    fn a_name_is_found_where_it_stands() {
        let source = "to = \"{{ a }} {{b}}\"";
        assert_eq!(place_of(source, &(5..20), "b"), 14..19);
        assert_eq!(place_of(source, &(5..20), "a"), 6..13);
        assert_eq!(place_of(source, &(5..20), "c"), 5..20);
    }
}
