//! The shell's command line: which command the cursor stands in, which word of it, and how what is added is quoted.

use super::super::programs;
use super::programs::arguments;
use super::{Completion, Offer, Scene, go_on};

/// The quote that is open at the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

/// Where the cursor stands.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    /// The complete words of the command, quotes undone; the program first.
    words: Vec<String>,
    /// The word at the cursor, quotes undone.
    typed: String,
    quote: Quote,
    /// The word is a file's name after `<` or `>`.
    redirect: bool,
    /// Nothing is read here: a comment.
    comment: bool,
}

/// How the command line could go on.
pub(super) fn complete(scene: &Scene, before: &str) -> Completion {
    let place = Place::of(before);
    if place.comment {
        return Completion::none(before);
    }
    if let Some(name) = variable(before).filter(|_| place.quote != Quote::Single) {
        let offers = scene.env.names().map(|n| Offer::exact(n).then("")).collect();
        return go_on(before, name, offers, |rest, _, after| format!("{rest}{after}"));
    }
    let offers = if place.redirect {
        files(scene, &place.typed)
    } else if place.words.is_empty() {
        programs::names().map(Offer::exact).collect()
    } else {
        arguments(scene, &place.words, &place.typed)
    };
    go_on(before, &place.typed, offers, |rest, only, after| quoted(place.quote, rest, only, after))
}

/// What is added, so that the shell reads it as it is.
fn quoted(quote: Quote, rest: &str, only: bool, after: &str) -> String {
    let special: &[char] = match quote {
        Quote::None => &[
            ' ', '\t', '\\', '\'', '"', '$', '`', '|', '&', ';', '(', ')', '<', '>', '*', '?', '#', '!', '[',
            ']', '{', '}', '~',
        ],
        Quote::Double => &['\\', '"', '$', '`', '!'],
        Quote::Single => &['\''],
    };
    let mut text = String::with_capacity(rest.len() + 2);
    for c in rest.chars() {
        match quote {
            Quote::Single if special.contains(&c) => text.push_str("'\\'"),
            _ if special.contains(&c) => text.push('\\'),
            _ => {}
        }
        text.push(c);
    }
    match quote {
        Quote::Single if only && after == " " => text.push('\''),
        Quote::Double if only && after == " " => text.push('"'),
        _ => {}
    }
    text + after
}

/// The name after a `$` at the end of the line.
fn variable(before: &str) -> Option<&str> {
    let (head, name) = before.rsplit_once('$')?;
    let legal = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (legal && !head.ends_with('\\')).then_some(name)
}

impl Place {
    fn of(before: &str) -> Place {
        let mut place = Place {
            words: Vec::new(),
            typed: String::new(),
            quote: Quote::None,
            redirect: false,
            comment: false,
        };
        let mut word: Option<String> = None;
        let mut chars = before.chars().peekable();
        while let Some(c) = chars.next() {
            match (place.quote, c) {
                (Quote::Single, '\'') | (Quote::Double, '"') => place.quote = Quote::None,
                (Quote::Double, '\\') if chars.peek().is_some_and(|c| "\"\\$`".contains(*c)) => {
                    word.get_or_insert_default().extend(chars.next());
                }
                (Quote::Single | Quote::Double, c) => word.get_or_insert_default().push(c),
                (Quote::None, '\'' | '"') => {
                    place.quote = if c == '"' { Quote::Double } else { Quote::Single };
                    word.get_or_insert_default();
                }
                (Quote::None, '\\') => word.get_or_insert_default().extend(chars.next()),
                (Quote::None, ' ' | '\t') => place.end(word.take()),
                (Quote::None, '#') if word.is_none() => place.comment = true,
                (Quote::None, '|' | ';' | '&' | '(' | ')') => {
                    // The ampersand of `2>&1` and `&>` belongs to the redirection.
                    if c != '&' || !place.redirect {
                        (place.words, place.redirect) = (Vec::new(), false);
                    }
                    word = None;
                }
                (Quote::None, '<' | '>') => {
                    // Digits right before are a descriptor.
                    let descriptor = word.as_ref().is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
                    place.end(word.take().filter(|_| !descriptor));
                    place.redirect = true;
                }
                (Quote::None, c) => word.get_or_insert_default().push(c),
            }
        }
        place.typed = word.unwrap_or_default();
        place
    }

    /// A word is complete.
    fn end(&mut self, word: Option<String>) {
        let Some(word) = word else { return };
        if std::mem::take(&mut self.redirect) {
            return;
        }
        // What may stand before a command: a group's brace, `!`, an assignment.
        let assigns = || word.split_once('=').is_some_and(|(name, _)| is_name(name));
        if !self.words.is_empty() || !(matches!(word.as_str(), "{" | "}" | "!") || assigns()) {
            self.words.push(word);
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Files whose path begins like this: of longer paths the next folder.
pub(super) fn files(scene: &Scene, typed: &str) -> Vec<Offer> {
    let files = &scene.machine.files;
    let home = format!("{}/", files.home());
    let own = |prefix: &str, hidden: bool| {
        let names = files.list().map(|(name, _)| name).filter(|name| hidden || !name.starts_with('.'));
        names.map(|name| format!("{prefix}{name}")).collect::<Vec<_>>()
    };
    let inside = ["./", "~/", home.as_str()].into_iter().find(|prefix| typed.starts_with(prefix));
    let paths = match inside {
        Some(prefix) => own(prefix, typed.get(prefix.len()..).is_some_and(|t| t.starts_with('.'))),
        None if typed.starts_with('/') => {
            let system = files.system_paths().chain(["/dev/null"]).map(str::to_owned);
            system.chain(own(&home, false)).collect()
        }
        None => own("", typed.starts_with('.')),
    };
    paths.into_iter().map(|path| next_part(&path, typed)).collect()
}

/// The path up to the next slash after what was typed.
fn next_part(path: &str, typed: &str) -> Offer {
    let rest = path.strip_prefix(typed).unwrap_or_default();
    match rest.find('/').and_then(|at| path.get(..=typed.len() + at)) {
        Some(folder) => Offer::exact(folder).then(""),
        None => Offer::exact(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_found_among_quotes_and_operators() {
        for (before, words, typed) in [
            ("tel", &[][..], "tel"),
            ("telnet mail", &["telnet"][..], "mail"),
            ("printf 'a b' | base", &[], "base"),
            ("cat <no", &["cat"], "no"),
            ("cat < notes.txt ", &["cat"], ""),
            ("cat 2>&1 no", &["cat"], "no"),
            ("X=1 ls \"odd na", &["ls"], "odd na"),
            ("{ cat odd\\ n", &["cat"], "odd n"),
            ("true && ls -", &["ls"], "-"),
            ("ls &> no", &[], "no"),
            ("echo 'it''s ", &["echo"], "its "),
        ] {
            let place = Place::of(before);
            assert_eq!(
                (place.words, place.typed.as_str()),
                (words.iter().map(|w| (*w).to_owned()).collect(), typed),
                "{before}"
            );
        }
        assert!(Place::of("ls # no").comment);
        assert!(!Place::of("ls a#no").comment);
    }
}
