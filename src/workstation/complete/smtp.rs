//! SMTP's commands with their parameters; what is an extension, as far as the server has announced it.

use super::words::Words;
use super::{Completion, Offer, Scene, addresses, hosts, plain};

/// The commands of RFC 5321 section 4.1.1.
const VERBS: [&str; 11] =
    ["HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "VRFY", "EXPN", "HELP", "QUIT"];
/// Those of extensions, with the keyword that announces them.
const EXTENSIONS: [(&str, &str); 4] =
    [("STARTTLS", "STARTTLS"), ("AUTH", "AUTH"), ("CHUNKING", "BDAT"), ("ETRN", "ETRN")];
/// What nothing follows.
const ALONE: [&str; 4] = ["DATA", "RSET", "QUIT", "STARTTLS"];
/// Parameters of MAIL, with the keyword that announces them (RFC 1870, 6152, 3030, 6531, 3461, 4954).
const MAIL: [(&str, &str); 9] = [
    ("SIZE", "SIZE="),
    ("8BITMIME", "BODY=7BIT"),
    ("8BITMIME", "BODY=8BITMIME"),
    ("BINARYMIME", "BODY=BINARYMIME"),
    ("SMTPUTF8", "SMTPUTF8"),
    ("DSN", "RET=FULL"),
    ("DSN", "RET=HDRS"),
    ("DSN", "ENVID="),
    ("AUTH", "AUTH=<>"),
];
/// Parameters of RCPT (RFC 3461).
const RCPT: [(&str, &str); 5] = [
    ("DSN", "NOTIFY=NEVER"),
    ("DSN", "NOTIFY=SUCCESS"),
    ("DSN", "NOTIFY=FAILURE"),
    ("DSN", "NOTIFY=DELAY"),
    ("DSN", "ORCPT=rfc822;"),
];

/// How a command could go on.
pub(super) fn complete(scene: &Scene, before: &str) -> Completion {
    let words = Words::of(before);
    let offers = match (words.upper(0).as_str(), words.done.len()) {
        (_, 0) => verbs(scene),
        ("HELO" | "EHLO", 1) => hosts(scene).into_iter().map(|o| o.then("")).collect(),
        ("MAIL", _) => path(scene, &words, "FROM:", &MAIL),
        ("RCPT", _) => path(scene, &words, "TO:", &RCPT),
        ("VRFY" | "EXPN", 1) => addresses(scene).into_iter().map(|o| o.then("")).collect(),
        ("AUTH", 1) => {
            let mechanisms = scene.heard.announced("AUTH").unwrap_or_default();
            mechanisms.split_whitespace().map(|m| Offer::verb(m).then("")).collect()
        }
        ("HELP", 1) => verbs(scene).into_iter().map(|o| o.then("")).collect(),
        _ => Vec::new(),
    };
    plain(before, words.typed, offers)
}

fn verbs(scene: &Scene) -> Vec<Offer> {
    let announced = EXTENSIONS.iter().filter(|(keyword, _)| scene.heard.announced(keyword).is_some());
    let all = VERBS.into_iter().chain(announced.map(|(_, verb)| *verb));
    all.map(|verb| Offer::verb(verb).then(if ALONE.contains(&verb) { "" } else { " " })).collect()
}

/// MAIL and RCPT: the word with its colon, the path, then parameters.
fn path(scene: &Scene, words: &Words, word: &str, parameters: &[(&str, &str)]) -> Vec<Offer> {
    let begun = words.done.get(1).copied().unwrap_or_default();
    let same = |s: &str| s.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    let stands_alone = begun.eq_ignore_ascii_case(word);
    match words.done.len() {
        1 if !same(words.typed) => vec![Offer::verb(format!("{word}<")).then("")],
        1 => people(scene, words.typed, word.len()),
        // Some servers let a blank stand after the colon.
        2 if stands_alone => people(scene, words.typed, 0),
        n if n > 2 || same(begun) => {
            let announced = parameters.iter().filter(|(keyword, _)| scene.heard.announced(keyword).is_some());
            announced.map(|(_, parameter)| Offer::verb(*parameter).then("")).collect()
        }
        _ => Vec::new(),
    }
}

/// Addresses behind what was typed up to `at`, in brackets where one was opened.
fn people(scene: &Scene, typed: &str, at: usize) -> Vec<Offer> {
    let (head, rest) = typed.split_at_checked(at).unwrap_or((typed, ""));
    let (open, close) = if rest.starts_with('<') || rest.is_empty() { ("<", ">") } else { ("", "") };
    addresses(scene)
        .into_iter()
        .map(|o| Offer::name(format!("{head}{open}{}{close}", o.word)).then(""))
        .collect()
}
