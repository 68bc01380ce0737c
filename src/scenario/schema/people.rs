//! The tables of people: persons, what they do, and the workstation's account.

use super::Table;
use super::shape::{Key, boolean, duration, integer, key, named, needed, one_of, word, words, world_text};
use serde_json::json;

pub(super) fn tables() -> Vec<Table> {
    vec![account(), person(), habit(), occasion(), letter()]
}

fn account_keys() -> Vec<Key> {
    vec![
        needed("address", word(), "Of a [[mailbox]]."),
        key("name", world_text(), "Their name, as their letters have it."),
        key("password", word(), "The mailbox's where nothing is said."),
        key(
            "smtp",
            word(),
            "Where mail is handed in: \"mail.example.tld:587\"; found out where nothing is said.",
        ),
        key(
            "mailbox",
            word(),
            "Where mail is fetched: \"mail.example.tld:110\"; found out where nothing is said.",
        ),
    ]
}

fn account() -> Table {
    Table::new("an account", "account", "What the workstation's mail program works with.", account_keys())
}

fn person() -> Table {
    let mut keys = account_keys();
    keys.extend([
        needed("ip", word(), "The address of their device, from which they hand mail in."),
        key("device", word(), "Its name; made of the address where nothing is said."),
        key("timezone", super::world::timezone(), "Of their dates, such as \"Europe/Berlin\"."),
        key("limit", integer(0, 1000), "How many letters they write at most, in the whole attempt."),
        needed(
            "does",
            json!({ "type": "array", "items": named("habit") }),
            "What they do, and what makes them do it.",
        ),
    ]);
    Table::new("a person", "person", "Somebody who reads what comes into their mailbox, and writes.", keys)
}

fn habit() -> Table {
    let keys = vec![
        key("when", named("message"), "A message like this came into their own mailbox; {} is any."),
        key("at", duration(), "So long after the attempt's start."),
        key("upon", named("occasion"), "Something happened to somebody else."),
        key("after", duration(), "How long they take; \"1m\" where nothing is said."),
        key("once", boolean(), "It happens once only."),
        key("all", boolean(), "With `reply`: to everybody."),
        key("quote", boolean(), "With `reply`: the message below."),
        key(
            "reply",
            world_text(),
            "Opens it and answers, to Reply-To or From. {{mail.name}} quotes the message.",
        ),
        key("forward", word(), "Opens it and forwards it to this address."),
        key("text", world_text(), "With `forward`: what stands above it."),
        key("send", named("written"), "A letter of their own."),
        key(
            "receipt",
            one_of(&["manual", "automatic", "never"]),
            "Opens it; a receipt goes where one was asked for (RFC 8098).",
        ),
        key("away", world_text(), "An out-of-office note (RFC 3834)."),
        key("subject", world_text(), "With `away`: its subject."),
        key("file", word(), "Puts it into this folder."),
        key("flag", words(), "Flags it, such as '\\Flagged'."),
        key("read", boolean(), "Just opens it."),
        key("sign", boolean(), "What they write is signed with their certificate for mail."),
        key("encrypt", boolean(), "What they write is encrypted for those to whom it goes."),
    ];
    let about = "Something a person does: one occasion (when, at, upon) and one act.";
    Table::new("something a person does", "habit", about, keys).one_of(&["when", "at", "upon"])
}

fn occasion() -> Table {
    let keys = vec![
        key("login", word(), "Somebody signed in with this address."),
        key("delivered", word(), "A message came into this mailbox ..."),
        key("message", named("message"), "... that is like this."),
    ];
    let about = "An occasion that is not a person's own mail.";
    Table::new("an occasion", "occasion", about, keys).one_of(&["login", "delivered"])
}

fn letter() -> Table {
    let keys = vec![
        key("to", world_text(), "To whom."),
        key("cc", world_text(), "Who gets a copy."),
        key("bcc", world_text(), "Who gets one in secret."),
        key("reply-to", world_text(), "Where answers are to go."),
        key("subject", world_text(), "Its subject."),
        key("body", world_text(), "Its text."),
        key("receipt", boolean(), "It asks for a receipt."),
    ];
    let about = "A letter of a person's own; any other key is a header field.";
    Table::new("a letter", "written", about, keys).others(world_text())
}
