//! Lines for `mail`: answers to its prompts, the text of a letter with its tilde escapes, and the commands with which a
//! mailbox is read. What is explained is what the program makes of them on the wire.

use super::super::opening::Opening;
use super::prompts::{Asked, addresses};
use crate::explain::say::Say;
use crate::rfc::section;

/// What mail reads just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Subject,
    To,
    Cc,
    Bcc,
    /// The text of the letter.
    Letter,
    /// A command for the mailbox.
    Command,
    /// What it is cannot be told: the letter was sent with the line before.
    Unknown,
}

/// The escapes: the character behind the tilde and the text on it. tests.rs holds them against the program's own list.
#[rustfmt::skip]
pub(in crate::explain::line) const ESCAPES: &[(char, &str)] = &[
    ('.', "mail-escape-send"), ('?', "mail-escape-help"), ('~', "mail-escape-tilde"), ('s', "mail-escape-subject"),
    ('t', "mail-escape-to"), ('c', "mail-escape-cc"), ('b', "mail-escape-bcc"), ('h', "mail-escape-header"),
    ('@', "mail-escape-attach"), ('r', "mail-escape-read"), ('<', "mail-escape-read"), ('m', "mail-escape-quote"),
    ('M', "mail-escape-quote"), ('f', "mail-escape-forward"), ('F', "mail-escape-forward"), ('p', "mail-escape-print"),
    ('w', "mail-escape-write"), ('e', "mail-escape-editor"), ('v', "mail-escape-editor"), ('q', "mail-escape-quit"),
    ('x', "mail-escape-exit"),
];

/// The commands: the word, how far it may be shortened, and the text. The first that fits holds, as in the program.
#[rustfmt::skip]
pub(in crate::explain::line) const COMMANDS: &[(&str, usize, &str)] = &[
    ("type", 1, "mail-command-type"), ("print", 1, "mail-command-type"), ("Type", 1, "mail-command-type-all"),
    ("Print", 1, "mail-command-type-all"), ("next", 1, "mail-command-next"), ("headers", 1, "mail-command-headers"),
    ("from", 1, "mail-command-from"), ("delete", 1, "mail-command-delete"), ("dp", 2, "mail-command-delete-next"),
    ("dt", 2, "mail-command-delete-next"), ("undelete", 1, "mail-command-undelete"), ("reply", 1, "mail-command-reply-all"),
    ("respond", 2, "mail-command-reply-all"), ("Reply", 1, "mail-command-reply"), ("Respond", 2, "mail-command-reply"),
    ("forward", 2, "mail-command-forward"), ("mail", 1, "mail-command-mail"), ("save", 1, "mail-command-save"),
    ("quit", 1, "mail-command-quit"), ("xit", 1, "mail-command-exit"), ("exit", 2, "mail-command-exit"),
    ("help", 2, "mail-command-help"),
];

/// A line for mail.
pub(super) fn typed(o: &mut Opening<'_>, asked: Asked<'_>) {
    let stage = asked.before.iter().fold(Stage::at(asked.prompt), |stage, line| stage.after(line));
    match stage {
        Stage::Subject => subject(o, asked.line.trim()),
        Stage::To => recipients(o, asked.line.trim(), "mail-asks-to"),
        Stage::Cc => recipients(o, asked.line.trim(), "mail-asks-cc"),
        Stage::Bcc => recipients(o, asked.line.trim(), "mail-asks-bcc"),
        Stage::Letter => letter(o, asked.line),
        Stage::Command => command(o, asked.line.trim()),
        Stage::Unknown => o.part(0, asked.line, Say::new("mail-line-after")),
    }
}

impl Stage {
    /// By its prompt; while a letter is written there is none.
    fn at(prompt: &str) -> Stage {
        match prompt.split([':', ' ']).next().unwrap_or_default() {
            "Subject" => Stage::Subject,
            "To" => Stage::To,
            "Cc" => Stage::Cc,
            "Bcc" => Stage::Bcc,
            "?" => Stage::Command,
            _ => Stage::Letter,
        }
    }

    /// After a line that was pasted with the next.
    fn after(self, line: &str) -> Stage {
        match self {
            Stage::To => Stage::Cc,
            Stage::Cc => Stage::Bcc,
            Stage::Bcc => Stage::Subject,
            Stage::Subject => Stage::Letter,
            Stage::Letter if line == "." => Stage::Unknown,
            Stage::Letter => match line.strip_prefix('~').and_then(|rest| rest.chars().next()) {
                Some('.' | 'q' | 'x') => Stage::Unknown,
                Some('h') => Stage::To,
                _ => Stage::Letter,
            },
            Stage::Command => match found(line.trim()).map(|(_, key)| key) {
                Some("mail-command-mail") => Stage::Subject,
                Some("mail-command-reply" | "mail-command-reply-all" | "mail-command-forward") => {
                    Stage::Letter
                }
                Some("mail-command-quit" | "mail-command-exit") => Stage::Unknown,
                _ => Stage::Command,
            },
            Stage::Unknown => Stage::Unknown,
        }
    }
}

fn subject(o: &mut Opening<'_>, line: &str) {
    o.what(Say::new("mail-asks-subject"));
    o.rule(section(5322, "3.6.5"));
    next_in_letter(o);
    if line.is_empty() {
        return o.what(Say::new("mail-asks-nothing"));
    }
    o.part(0, line, Say::new("value-subject"));
    if !line.is_ascii() {
        o.what(Say::new("mail-subject-encoded"));
        o.rule(section(2047, "2"));
    }
}

fn recipients(o: &mut Opening<'_>, line: &str, key: &'static str) {
    o.what(Say::new(key));
    o.rule(section(5322, "3.6.3"));
    if line.is_empty() {
        return o.what(Say::new("mail-asks-nothing"));
    }
    addresses(o, 0, line, "mail-address");
}

/// A line while a letter is written.
fn letter(o: &mut Opening<'_>, line: &str) {
    if line == "." {
        o.what(Say::new("mail-text-end"));
        return o.part(0, line, Say::new("mail-text-end"));
    }
    if let Some(rest) = line.strip_prefix('~') {
        return escape(o, rest);
    }
    o.what(Say::new("mail-text-line"));
    let key = match line {
        "" => "mail-text-empty",
        "-- " => "mail-text-signature",
        quoted if quoted.starts_with('>') => "mail-text-quoted",
        dotted if dotted.starts_with('.') => {
            o.rule(section(5321, "4.5.2"));
            "mail-text-dot"
        }
        field if is_field(field) => {
            o.rule(section(5322, "2.1"));
            "mail-text-field"
        }
        _ => "mail-text-words",
    };
    match line {
        "" => o.what(Say::new(key)),
        _ => o.part(0, line, Say::new(key)),
    }
    if !line.is_ascii() {
        o.what(Say::new("mail-text-encoded"));
        o.rule(section(2045, "6"));
    }
    next_in_letter(o);
}

/// Does it look like a line of a header that people type at its place?
fn is_field(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    const NAMES: [&str; 8] = ["From", "To", "Cc", "Bcc", "Subject", "Reply-To", "Date", "Sender"];
    name.len() < line.len() && NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn next_in_letter(o: &mut Opening<'_>) {
    o.next(".", "mail-next-send");
    o.next("~s …", "mail-next-subject");
    o.next("~?", "mail-next-escapes");
}

/// What follows the tilde.
fn escape(o: &mut Opening<'_>, rest: &str) {
    let mut chars = rest.chars();
    let letter = chars.next();
    let argument = chars.as_str().trim();
    let known = letter.and_then(|l| ESCAPES.iter().find(|(name, _)| *name == l));
    let key = known.map_or("mail-escape-other", |(_, key)| *key);
    o.what(Say::new("mail-escape"));
    o.part(0, letter.map_or("~".to_owned(), |l| format!("~{l}")), Say::new(key));
    match letter {
        _ if argument.is_empty() => {}
        Some('s') => o.part(1, argument, Say::new("value-subject")),
        Some('t' | 'c' | 'b') => {
            o.rule(section(5322, "3.6.3"));
            addresses(o, 1, argument, "mail-address");
        }
        Some('@' | 'r' | '<' | 'w') => {
            argument.split_whitespace().take(50).for_each(|f| o.part(1, f, Say::new("mail-file")));
        }
        Some('m' | 'M' | 'f' | 'F') => messages(o, argument),
        Some('~') => o.part(1, rest, Say::new("mail-text-words")),
        _ => o.part(1, argument, Say::new("shell-argument")),
    }
    if !matches!(letter, Some('.' | 'q' | 'x')) {
        next_in_letter(o);
    }
}

/// The word of a command and the key of its text; a list of messages alone means `type`.
fn found(line: &str) -> Option<(&str, &'static str)> {
    match line.chars().next() {
        None => return Some(("", "mail-command-next")),
        Some('+') => return Some(("+", "mail-command-next")),
        Some('?') => return Some(("?", "mail-command-help")),
        Some(c) if c.is_ascii_digit() || matches!(c, '.' | '$' | '^' | '*' | '-') => {
            return Some(("", "mail-command-type"));
        }
        _ => {}
    }
    let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
    let word = line.get(..end)?;
    let known = |(name, least, _): &&(&str, usize, &str)| name.starts_with(word) && word.len() >= *least;
    COMMANDS.iter().find(known).map(|(_, _, key)| (word, *key))
}

/// A command for the mailbox.
fn command(o: &mut Opening<'_>, line: &str) {
    o.what(Say::new("mail-command"));
    for (word, key) in [("set ", "mail-command-set"), ("unset ", "mail-command-unset")] {
        if let Some(rest) = line.strip_prefix(word) {
            o.part(0, word.trim(), Say::new(key));
            return rest.split_whitespace().take(50).for_each(|v| o.part(1, v, Say::new("mail-variable")));
        }
    }
    let Some((word, key)) = found(line) else {
        o.part(0, line, Say::new("mail-command-other"));
        return next_in_mailbox(o);
    };
    let argument = line.get(word.len()..).unwrap_or_default().trim();
    if word.is_empty() && argument.is_empty() {
        o.what(Say::new(key));
    } else if !word.is_empty() {
        o.part(0, word, Say::new(key));
    } else {
        o.what(Say::new(key));
    }
    match key {
        "mail-command-mail" => addresses(o, 1, argument, "mail-address"),
        "mail-command-forward" | "mail-command-save" => {
            let (list, last) = argument.rsplit_once(' ').unwrap_or(("", argument));
            messages(o, list);
            match key {
                "mail-command-forward" => addresses(o, 1, last, "mail-address"),
                _ => o.part(1, last, Say::new("mail-file")),
            }
        }
        "mail-command-quit" | "mail-command-exit" | "mail-command-help" | "mail-command-next" => {}
        _ => messages(o, argument),
    }
    if matches!(key, "mail-command-reply" | "mail-command-reply-all") {
        o.rule(section(5322, "3.6.2"));
        return next_in_letter(o);
    }
    if !matches!(
        key,
        "mail-command-quit" | "mail-command-exit" | "mail-command-mail" | "mail-command-forward"
    ) {
        next_in_mailbox(o);
    }
}

fn next_in_mailbox(o: &mut Opening<'_>) {
    o.next("1", "mail-next-type");
    o.next("Reply 1", "mail-next-reply");
    o.next("?", "mail-next-commands");
    o.next("quit", "mail-next-quit");
}

/// Which messages a command is about.
fn messages(o: &mut Opening<'_>, list: &str) {
    if list.is_empty() {
        return o.what(Say::new("mail-list-none"));
    }
    for word in list.split([' ', ',']).filter(|w| !w.is_empty()).take(100) {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let key = match word {
            "." => "mail-list-dot",
            "$" => "mail-list-last",
            "^" => "mail-list-first",
            "*" => "mail-list-all",
            "+" => "mail-list-after",
            "-" => "mail-list-before",
            ":n" => "mail-list-new",
            ":o" => "mail-list-old",
            ":r" => "mail-list-read",
            ":u" => "mail-list-unread",
            ":d" => "mail-list-deleted",
            _ if word.starts_with('/') => "mail-list-subject",
            _ if digits(word) => "mail-list-number",
            _ if word.split_once('-').is_some_and(|(a, b)| digits(a) && (digits(b) || b == "$")) => {
                "mail-list-range"
            }
            _ => "mail-list-sender",
        };
        o.part(1, word, Say::new(key));
    }
}
