//! The parts of an IMAP answer: status lines with their codes, untagged data named, what stands in a literal
//! (RFC 3501 sections 7.1 to 7.5).

use super::super::auth::{self, Asked, By};
use super::super::header;
use super::super::names;
use super::super::opening::{Opening, text};
use super::super::talk::Line;
use super::command::{self, Login};
use super::fetch;
use super::value::{Value, values};
use crate::event::ImapExchange;
use crate::explain::say::Say;
use crate::rfc::section;

/// Longer data are not taken apart, only shown.
const DATA: usize = 256 << 10;

/// Where a line stands in what a server said.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// It begins data or a status; the octets of the whole, literals and all.
    Begins(Vec<u8>),
    /// Inside of a literal whose first line this is (by its place).
    Inside(usize),
    /// After a literal, going on with what began before.
    GoesOn,
}

/// How many octets the literal has that a line ends with.
fn literal_at_end(octets: &[u8]) -> Option<usize> {
    let inside = octets.strip_suffix(b"}")?;
    let start = inside.iter().rposition(|b| *b == b'{')?;
    std::str::from_utf8(inside.get(start + 1..)?).ok()?.parse().ok()
}

/// Finds where line `at` stands, going through the lines of the answer from the first.
fn place(lines: &[Line<'_>], at: usize) -> Place {
    let mut next = 0;
    while next < lines.len() {
        // One piece of data, from line `next` on.
        let (begin, mut whole) = (next, Vec::new());
        loop {
            let Some(line) = lines.get(next) else { return Place::Begins(whole) };
            whole.extend_from_slice(&line.octets);
            whole.extend_from_slice(b"\r\n");
            let here = next;
            next += 1;
            let tail = line.octets.as_ref();
            let Some(mut size) = literal_at_end(tail) else {
                if begin < here && here == at {
                    return Place::GoesOn;
                }
                break;
            };
            if begin < here && here == at {
                return Place::GoesOn;
            }
            let first = next;
            // Whole lines of the literal; the line in which it ends goes on with the data.
            while let Some(inside) = lines.get(next).filter(|line| line.octets.len() + 2 <= size) {
                if next == at {
                    return Place::Inside(first);
                }
                whole.extend_from_slice(&inside.octets);
                whole.extend_from_slice(b"\r\n");
                size -= inside.octets.len() + 2;
                next += 1;
            }
            if size > 0 && next == at {
                return Place::Inside(first);
            }
        }
        if begin == at {
            return Place::Begins(whole);
        }
    }
    Place::GoesOn
}

/// Line `at` of an answer.
pub(super) fn line(
    o: &mut Opening<'_>,
    exchange: &ImapExchange,
    lines: &[Line<'_>],
    at: usize,
    login: Login,
    tls: bool,
) {
    let Some(here) = lines.get(at) else { return };
    match place(lines, at) {
        Place::Begins(whole) => begins(o, exchange, &whole, login, tls),
        Place::GoesOn => {
            o.what(Say::new("imap-answer-rest"));
            o.part(0, text(&here.octets), Say::new("imap-answer-rest"));
        }
        Place::Inside(first) => {
            o.what(Say::new("imap-answer-inside"));
            o.rule(section(3501, "4.3"));
            let before = lines.get(first..at).unwrap_or_default();
            let after = lines.get(at + 1..).unwrap_or_default();
            header::line(o, &here.octets, header::place(before).with_folds(after), header::Seen::Counted);
        }
    }
}

/// The line that ends the answer, for who looks at the exchange as a whole.
pub(super) fn status_line(o: &mut Opening<'_>, exchange: &ImapExchange, login: Login, tls: bool) {
    let code = exchange.code.as_ref().map(|c| format!("[{c}] ")).unwrap_or_default();
    let word = exchange.status.word();
    let begin = match (word, exchange.tag.as_str()) {
        ("+", _) => "+".to_owned(),
        ("", _) => return,
        ("BYE", _) | (_, "") => format!("* {word}"),
        (word, tag) => format!("{tag} {word}"),
    };
    let line = format!("{begin} {code}{}", exchange.text);
    begins(o, exchange, line.as_bytes(), login, tls);
}

fn begins(o: &mut Opening<'_>, exchange: &ImapExchange, whole: &[u8], login: Login, tls: bool) {
    let line = text(whole);
    let line = line.trim_end_matches(['\r', '\n']);
    if whole.len() > DATA {
        return o.part(0, line, Say::new("imap-answer-values"));
    }
    let (tag, rest) = line.split_once(' ').unwrap_or((line, ""));
    match tag {
        "+" => return goes_on(o, rest, exchange, login, tls),
        "*" => {
            o.part(0, "*", Say::new("imap-answer-star"));
            o.rule(section(3501, "2.2.2"));
        }
        _ => {
            o.part(0, tag, Say::new("imap-answer-tag"));
            o.rule(section(3501, "2.2.1"));
        }
    }
    let (word, words) = rest.split_once(' ').unwrap_or((rest, ""));
    if let Some(say) = names::STATUS_WORDS.say(word) {
        o.part(0, word, say);
        o.rule(section(3501, "7.1"));
        return status(o, words);
    }
    let after = whole.get(tag.len()..).unwrap_or_default();
    data(o, &values(after));
}

/// `+`, and the challenge or the words behind it.
fn goes_on(o: &mut Opening<'_>, rest: &str, exchange: &ImapExchange, login: Login, tls: bool) {
    o.part(0, "+", Say::new("imap-answer-plus"));
    o.rule(section(3501, "7.5"));
    if rest.is_empty() {
        return;
    }
    if matches!(exchange.reason, crate::event::ImapReason::Challenge) {
        o.part(0, rest, Say::new("line-base64"));
        return auth::message(o, 1, rest, login.mechanism, (By::Server, Asked::Nothing), tls);
    }
    o.part(0, rest, Say::new("imap-answer-words"));
}

/// What follows OK, NO and the like: perhaps a code in brackets, and words.
fn status(o: &mut Opening<'_>, words: &str) {
    let (code, words) = match words.strip_prefix('[').and_then(|w| w.split_once(']')) {
        Some((code, words)) => (Some(code), words.trim_start()),
        None => (None, words),
    };
    if let Some(code) = code {
        let (name, arguments) = code.split_once(' ').unwrap_or((code, ""));
        if let Some(say) = names::CODES.say(name) {
            o.part(0, format!("[{code}]"), say);
        }
        let arguments = values(arguments.as_bytes());
        match name.to_ascii_uppercase().as_str() {
            "CAPABILITY" => capabilities(o, 1, &arguments),
            "PERMANENTFLAGS" => arguments.iter().for_each(|v| fetch::flags(o, 1, v)),
            _ => arguments.iter().for_each(|v| o.part(1, &v.source, Say::new("imap-answer-values"))),
        }
    }
    if !words.is_empty() {
        o.part(0, words, Say::new("imap-answer-words"));
    }
}

/// Untagged data.
fn data(o: &mut Opening<'_>, values: &[Value]) {
    let Some((first, rest)) = values.split_first() else { return };
    let number = first.source.bytes().all(|b| b.is_ascii_digit());
    let (name, rest) = match rest.split_first() {
        Some((name, after)) if number => {
            let counts = name.is("EXISTS") || name.is("RECENT");
            let key = if counts { "imap-answer-count" } else { "imap-answer-number" };
            o.part(0, &first.source, Say::new(key));
            (name, after)
        }
        _ => (first, rest),
    };
    if let Some(say) = names::UNTAGGED.say(&name.source) {
        o.part(0, &name.source, say);
    }
    match (name.source.to_ascii_uppercase().as_str(), rest) {
        ("FETCH", [list, ..]) => fetch::data(o, list.list().unwrap_or_default()),
        ("FLAGS", [list, ..]) => {
            o.rule(section(3501, "7.2.6"));
            fetch::flags(o, 0, list);
        }
        ("LIST" | "LSUB", rest) => mailbox(o, rest),
        ("CAPABILITY", rest) => {
            o.rule(section(3501, "7.2.1"));
            capabilities(o, 0, rest);
        }
        ("STATUS", [mailbox, items, ..]) => {
            o.part(0, &mailbox.source, Say::new("imap-part-mailbox"));
            for pair in items.list().unwrap_or_default().chunks(2) {
                let [item, value] = pair else { continue };
                let say = names::STATUS.say(&item.source).unwrap_or_else(|| Say::new("line-argument"));
                o.part(0, &item.source, say);
                o.part(1, &value.source, Say::new("imap-answer-values"));
            }
        }
        ("SEARCH", rest) => {
            o.rule(section(3501, "7.2.5"));
            rest.iter().for_each(|v| o.part(0, &v.source, Say::new("imap-answer-number")));
        }
        ("ESEARCH", rest) => esearch(o, rest),
        ("EXISTS", _) => o.rule(section(3501, "7.3.1")),
        ("RECENT", _) => o.rule(section(3501, "7.3.2")),
        ("EXPUNGE", _) => o.rule(section(3501, "7.4.1")),
        (_, rest) => rest.iter().for_each(|v| o.part(0, &v.source, Say::new("imap-answer-values"))),
    }
}

/// Attributes, separator and name of a mailbox.
fn mailbox(o: &mut Opening<'_>, values: &[Value]) {
    o.rule(section(3501, "7.2.2"));
    let [attributes, separator, name, rest @ ..] = values else { return };
    for attribute in attributes.list().unwrap_or_default() {
        if let Some(say) = names::ATTRIBUTES.say(&attribute.source) {
            o.part(0, &attribute.source, say);
        }
    }
    o.part(0, &separator.source, Say::new("imap-answer-separator"));
    let inbox = name.text().eq_ignore_ascii_case("INBOX");
    o.part(0, &name.source, Say::new(if inbox { "imap-part-inbox" } else { "imap-part-mailbox" }));
    rest.iter().for_each(|v| o.part(0, &v.source, Say::new("imap-answer-values")));
}

fn capabilities(o: &mut Opening<'_>, depth: u8, values: &[Value]) {
    for value in values {
        let word = &value.source;
        match word.split_once('=') {
            Some((name, mechanism)) if name.eq_ignore_ascii_case("AUTH") => {
                if let Some(say) = names::CAPABILITIES.say("AUTH=") {
                    o.part(depth, word, say);
                }
                let upper = mechanism.to_ascii_uppercase();
                o.part(depth + 1, mechanism, Say::new("ehlo-mechanism").text("mechanism", &upper));
            }
            _ => {
                if let Some(say) = names::CAPABILITIES.say(word) {
                    o.part(depth, word, say);
                }
            }
        }
    }
}

/// `(TAG "a3") UID COUNT 2 ALL 3,7`.
fn esearch(o: &mut Opening<'_>, values: &[Value]) {
    o.rule(section(4731, "3.1"));
    let mut uid = false;
    let mut rest = values;
    while let Some((value, after)) = rest.split_first() {
        rest = after;
        if value.list().is_some() {
            o.part(0, &value.source, Say::new("esearch-tag"));
        } else if value.is("UID") {
            uid = true;
            o.part(0, &value.source, Say::new("esearch-uid"));
        } else {
            let say = match value.is("ALL") {
                true => Some(Say::new("esearch-all")),
                false => names::SEARCH.say(&value.source),
            };
            o.part(0, &value.source, say.unwrap_or_else(|| Say::new("imap-answer-values")));
            let Some((number, after)) = rest.split_first() else { return };
            rest = after;
            match value.is("ALL") {
                true => command::set(o, 1, &number.source, uid),
                false => o.part(1, &number.source, Say::new("imap-part-number")),
            }
        }
    }
}
