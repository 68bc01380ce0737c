//! `imap` of a host, and what only IMAP shows of a mailbox: folders, flags, when a message arrived.

use super::keys::{Keys, Node, Reader};
use super::world::{named_texts, ports};
use crate::scenario::model::{FolderModel, ImapModel, PlaceModel, ServiceModel};

/// What a folder can be for (RFC 6154 section 2), as scenarios write it.
const SPECIAL: [&str; 7] = ["all", "archive", "drafts", "flagged", "junk", "sent", "trash"];

/// `imap = { style = "dovecot" }`.
pub(super) fn service(r: &mut Reader, node: &Node<'_>) -> Option<ImapModel> {
    let mut keys = r.table(node, "an IMAP server", "{ style = \"dovecot\" }")?;
    let service = ServiceModel {
        smtp: Default::default(),
        style: keys.get("style").and_then(|n| r.word(&n, "\"dovecot\"")),
        banner_name: keys.get("banner_name").and_then(|n| r.word(&n, "\"imap.example.tld\"")),
        ports: keys.get("ports").map(|n| ports(r, &n, "[143]")),
        tls_ports: keys.get("tls_ports").map(|n| ports(r, &n, "[993]")).unwrap_or_default(),
        strict: false,
        size_limit: None,
        without: keys.get("without").map(|n| r.strings(&n, "[\"IDLE\"]")).unwrap_or_default(),
        texts: named_texts(r, &mut keys, "texts", "a server's texts", "{ greeting = \"...\" }"),
        span: node.key.clone(),
        pop3: Default::default(),
    };
    let auth = keys.get("auth").map(|n| r.strings(&n, "[\"PLAIN\", \"LOGIN\"]"));
    let auth_without_tls = keys.get("auth_without_tls").and_then(|n| r.boolean(&n)).unwrap_or(true);
    keys.finish(r);
    Some(ImapModel { service, auth, auth_without_tls })
}

/// `folders` of a mailbox: names, or tables.
pub(super) fn folders(r: &mut Reader, keys: &mut Keys<'_>) -> Vec<FolderModel> {
    let Some(node) = keys.get("folders") else { return Vec::new() };
    let items = r.list(&node, "[\"Archive\", { name = \"Sent\", special = \"sent\" }]");
    items.iter().filter_map(|item| folder(r, item)).collect()
}

fn folder(r: &mut Reader, node: &Node<'_>) -> Option<FolderModel> {
    if node.is_string() {
        let name = r.word(node, "\"Archive\"")?;
        return Some(FolderModel { name, special: None, subscribed: true });
    }
    let mut keys = r.table(node, "a folder", "{ name = \"Sent\", special = \"sent\" }")?;
    let name = keys.need("name", "\"Sent\"").and_then(|n| r.word(&n, "\"Sent\""));
    let special = keys.get("special").and_then(|n| r.one_of(&n, &SPECIAL.map(|name| (name, name))));
    let subscribed = keys.get("subscribed").and_then(|n| r.boolean(&n)).unwrap_or(true);
    keys.finish(r);
    Some(FolderModel { name: name?, special, subscribed })
}

/// `folder`, `flags` and `arrived` of a message.
pub(super) fn place(r: &mut Reader, keys: &mut Keys<'_>) -> PlaceModel {
    PlaceModel {
        smime: None,
        folder: keys.get("folder").and_then(|n| r.word(&n, "\"Archive\"")),
        flags: keys.get("flags").map(|n| r.strings(&n, "['\\Seen']")).unwrap_or_default(),
        arrived: keys.get("arrived").and_then(|n| r.word(&n, "\"17-Jul-1996 02:44:25 -0700\"")),
    }
}
