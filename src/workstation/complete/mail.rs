//! What stands in letters, and the commands of the mail program's reader.

use super::super::programs::MAILBOX_COMMANDS;
use super::words::Words;
use super::{Completion, Offer, Scene, addresses, plain};

/// Fields that people write by hand (RFC 5322 section 3.6), and those of MIME.
const FIELDS: [&str; 15] = [
    "From:",
    "To:",
    "Cc:",
    "Subject:",
    "Date:",
    "Message-ID:",
    "Reply-To:",
    "Sender:",
    "In-Reply-To:",
    "References:",
    "MIME-Version:",
    "Content-Type:",
    "Content-Transfer-Encoding:",
    "Disposition-Notification-To:",
    "Received:",
];
/// Those in which people stand.
const OF_PEOPLE: [&str; 7] =
    ["from:", "to:", "cc:", "bcc:", "reply-to:", "sender:", "disposition-notification-to:"];

/// How a line of a letter's header could go on.
pub(super) fn header(scene: &Scene, before: &str) -> Completion {
    let words = Words::of(before);
    let field = words.done.first().map(|w| w.to_ascii_lowercase()).unwrap_or_default();
    let offers = match words.done.len() {
        0 => FIELDS.map(Offer::name).to_vec(),
        _ if OF_PEOPLE.contains(&field.as_str()) => {
            let open = words.typed.starts_with('<');
            let written = |a: Offer| if open { format!("<{}>", a.word) } else { a.word };
            addresses(scene).into_iter().map(|a| Offer::name(written(a)).then("")).collect()
        }
        _ => Vec::new(),
    };
    plain(before, words.typed, offers)
}

/// How a command at the mailbox could go on.
pub(super) fn complete(scene: &Scene, before: &str) -> Completion {
    let words = Words::of(before);
    let offers = match (words.done.first().copied(), words.done.len()) {
        (None, _) => MAILBOX_COMMANDS.iter().map(|name| Offer::exact(*name)).collect(),
        (Some("mail" | "forward"), _) => addresses(scene),
        (Some("save"), 2) => scene.machine.files.list().map(|(name, _)| Offer::exact(name)).collect(),
        _ => Vec::new(),
    };
    plain(before, words.typed, offers)
}
