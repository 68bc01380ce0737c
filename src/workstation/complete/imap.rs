//! IMAP's commands after their tag (RFC 3501), and what may follow them.

use super::{Completion, Offer, Scene, addresses, plain};
use crate::event::{SEARCH_WORDS, SearchRole, SearchWord};

const VERBS: [&str; 25] = [
    "CAPABILITY",
    "NOOP",
    "LOGOUT",
    "STARTTLS",
    "AUTHENTICATE",
    "LOGIN",
    "SELECT",
    "EXAMINE",
    "CREATE",
    "DELETE",
    "RENAME",
    "SUBSCRIBE",
    "UNSUBSCRIBE",
    "LIST",
    "LSUB",
    "STATUS",
    "APPEND",
    "CHECK",
    "CLOSE",
    "EXPUNGE",
    "SEARCH",
    "FETCH",
    "STORE",
    "COPY",
    "UID",
];
/// What nothing follows.
const ALONE: [&str; 10] = [
    "CAPABILITY",
    "NOOP",
    "LOGOUT",
    "STARTTLS",
    "CHECK",
    "CLOSE",
    "EXPUNGE",
    "IDLE",
    "NAMESPACE",
    "UNSELECT",
];
/// Commands of extensions, with the capability that announces them (RFC 2177, 6851, 2342, 3691, 5161, 2971, 9208).
const EXTENSIONS: [(&str, &str); 8] = [
    ("IDLE", "IDLE"),
    ("MOVE", "MOVE"),
    ("NAMESPACE", "NAMESPACE"),
    ("UNSELECT", "UNSELECT"),
    ("ENABLE", "ENABLE"),
    ("ID", "ID"),
    ("QUOTA", "GETQUOTA"),
    ("QUOTA", "GETQUOTAROOT"),
];
const AFTER_UID: [&str; 4] = ["FETCH", "STORE", "COPY", "SEARCH"];
const ITEMS: [&str; 21] = [
    "ALL",
    "FAST",
    "FULL",
    "BODY",
    "BODY[]",
    "BODY[HEADER]",
    "BODY[TEXT]",
    "BODY[HEADER.FIELDS",
    "BODY.PEEK[]",
    "BODY.PEEK[HEADER]",
    "BODY.PEEK[TEXT]",
    "BODY.PEEK[HEADER.FIELDS",
    "BODYSTRUCTURE",
    "ENVELOPE",
    "FLAGS",
    "INTERNALDATE",
    "RFC822",
    "RFC822.HEADER",
    "RFC822.SIZE",
    "RFC822.TEXT",
    "UID",
];
const STORES: [&str; 6] = ["FLAGS", "FLAGS.SILENT", "+FLAGS", "+FLAGS.SILENT", "-FLAGS", "-FLAGS.SILENT"];
const FLAGS: [&str; 5] = ["\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft"];
const STATUS: [&str; 5] = ["MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN"];

/// How a command could go on. Before the tag there is nothing to offer: it is the learner's own.
pub(super) fn complete(scene: &Scene, before: &str) -> Completion {
    let (done, typed) = words(before);
    let upper = |at: usize| done.get(at).map(|w| w.to_ascii_uppercase()).unwrap_or_default();
    let uid = upper(1) == "UID";
    let (verb, args) =
        if uid { (upper(2), done.len().saturating_sub(3)) } else { (upper(1), done.len().saturating_sub(2)) };
    let offers = match (done.len(), verb.as_str(), args) {
        (0, ..) => Vec::new(),
        (1, ..) => verbs(scene),
        (2, ..) if uid => after_uid(scene),
        (
            _,
            "SELECT" | "EXAMINE" | "CREATE" | "DELETE" | "RENAME" | "SUBSCRIBE" | "UNSUBSCRIBE"
            | "GETQUOTAROOT",
            0,
        )
        | (_, "RENAME", 1) => folders(scene, ""),
        (_, "STATUS" | "APPEND", 0) => folders(scene, " "),
        (_, "COPY" | "MOVE", 1) => folders(scene, ""),
        (_, "LOGIN", 0) => addresses(scene),
        (_, "AUTHENTICATE", 0) => {
            let mechanisms = scene.heard.all().filter_map(|c| c.strip_prefix("AUTH="));
            mechanisms.map(|m| Offer::verb(m).then("")).collect()
        }
        (_, "LIST" | "LSUB", 0) => vec![Offer::exact("\"\"")],
        (_, "LIST" | "LSUB", 1) => vec![Offer::exact("\"*\"").then(""), Offer::exact("\"%\"").then("")],
        (_, "STATUS", _) => keywords(&STATUS),
        (_, "FETCH", 1..) => keywords(&ITEMS),
        (_, "STORE", 1) => STORES.map(|word| Offer::verb(word).then(" ")).to_vec(),
        (_, "STORE", 2..) | (_, "APPEND", 1) => FLAGS.map(|flag| Offer::name(flag).then("")).to_vec(),
        (_, "SEARCH", _) => search(before),
        _ => Vec::new(),
    };
    plain(before, typed, offers)
}

/// A line taken apart at blanks and opening parentheses; a quoted string is one word.
fn words(before: &str) -> (Vec<&str>, &str) {
    let (mut done, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in before.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ' ' | '(' if !quoted => {
                done.extend(before.get(start..at).filter(|word| !word.is_empty()));
                start = at + 1;
            }
            _ => {}
        }
    }
    (done, before.get(start..).unwrap_or_default())
}

fn verbs(scene: &Scene) -> Vec<Offer> {
    let can = |capability: &str| scene.heard.announced(capability).is_some();
    let announced = EXTENSIONS.iter().filter(|(capability, _)| can(capability)).map(|(_, verb)| *verb);
    let after = |verb| if ALONE.contains(&verb) { "" } else { " " };
    VERBS.into_iter().chain(announced).map(|verb| Offer::verb(verb).then(after(verb))).collect()
}

fn after_uid(scene: &Scene) -> Vec<Offer> {
    let extensions = [("UIDPLUS", "EXPUNGE"), ("MOVE", "MOVE")];
    let announced =
        extensions.iter().filter(|(c, _)| scene.heard.announced(c).is_some()).map(|(_, verb)| *verb);
    AFTER_UID.into_iter().chain(announced).map(Offer::verb).collect()
}

fn folders(scene: &Scene, after: &'static str) -> Vec<Offer> {
    let named = scene.known.folders().filter(|name| !name.eq_ignore_ascii_case("INBOX"));
    let named = named.map(Offer::exact);
    std::iter::once(Offer::verb("INBOX")).chain(named).map(|o| o.then(after)).collect()
}

/// The keys; after `RETURN (` what that can be asked for.
fn search(before: &str) -> Vec<Offer> {
    let is_open = before.rsplit_once('(').is_some_and(|(start, list)| {
        !list.contains(')') && start.trim_end().to_ascii_uppercase().ends_with(" RETURN")
    });
    let fits = |word: &SearchWord| match word.role {
        SearchRole::Option => is_open,
        SearchRole::Key | SearchRole::Before => !is_open || word.name == "ALL",
    };
    let found: Vec<&str> = SEARCH_WORDS.iter().filter(|word| fits(word)).map(|word| word.name).collect();
    keywords(&found)
}

fn keywords(all: &[&str]) -> Vec<Offer> {
    all.iter().map(|word| Offer::verb(*word).then("")).collect()
}
