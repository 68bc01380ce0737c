//! POP3's commands (RFC 1939, 2449, 2595, 5034).

use super::words::Words;
use super::{Completion, Offer, Scene, addresses, plain};

const VERBS: [&str; 14] = [
    "USER", "PASS", "APOP", "AUTH", "CAPA", "STLS", "STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET",
    "NOOP",
];
/// What nothing need follow.
const ALONE: [&str; 8] = ["CAPA", "STLS", "STAT", "LIST", "UIDL", "RSET", "NOOP", "QUIT"];

/// How a command could go on.
pub(super) fn complete(scene: &Scene, before: &str) -> Completion {
    let words = Words::of(before);
    let offers = match (words.upper(0).as_str(), words.done.len()) {
        (_, 0) => {
            let after = |verb| if ALONE.contains(&verb) { "" } else { " " };
            VERBS.into_iter().chain(["QUIT"]).map(|verb| Offer::verb(verb).then(after(verb))).collect()
        }
        ("USER" | "APOP", 1) => users(scene),
        ("AUTH", 1) => {
            let mechanisms = scene.heard.announced("SASL").unwrap_or_default();
            mechanisms.split_whitespace().map(|m| Offer::verb(m).then("")).collect()
        }
        _ => Vec::new(),
    };
    plain(before, words.typed, offers)
}

/// Names to log in with: addresses, of which some servers take the first part alone.
pub(super) fn users(scene: &Scene) -> Vec<Offer> {
    addresses(scene).into_iter().map(|o| o.then("")).collect()
}
