//! The tables of what is to be done: steps, questions, hints, mistakes.

use super::Table;
use super::shape::{
    boolean, integer, key, list, list_of, named, needed, of_any, one_of, points, some_of, string, texts,
    word, world_text,
};
use crate::scenario::Hidden;
use serde_json::{Value, json};

pub(super) fn tables() -> Vec<Table> {
    vec![step(), way(), hint(), mistake(), answer(), wrong(), option()]
}

fn step() -> Table {
    let keys = vec![
        needed("id", named("id"), "Its name, for scripts and `earns`."),
        key("points", points(), "1, or the sum of its expectations' points, where nothing is said."),
        key("optional", boolean(), "The whole is done without it; it is worth its points all the same."),
        needed("title", texts(), "Its heading."),
        key("task", texts(), "What is to be done. A question needs none."),
        key(
            "on",
            word(),
            "All of it happens on one connection to this host and port: \"mail.example.tld:25\".",
        ),
        order(),
        key("expect", expect(), "What must happen for it to be done."),
        key("way", list_of("way"), "Several ways to do it, instead of `expect`."),
        key("ask", texts(), "A question, instead of `expect`."),
        key("answer", named("answer"), "The right answer."),
        key("hints", list_of("hint"), "Given in their order, each for its price."),
        key("mistake", list_of("mistake"), "What is said at once when something goes wrong."),
        key(
            "hides",
            hides(),
            "What the page keeps back until the step is done, because it would tell the answer.",
        ),
    ];
    Table::new("a step", "step", "Something to be done, or a question.", keys)
        .one_of(&["expect", "ask", "way"])
}

fn hides() -> Value {
    list(one_of(&Hidden::ALL.map(Hidden::name)))
}

fn expect() -> Value {
    json!({ "type": "array", "minItems": 1, "items": named("expectation") })
}

fn order() -> super::Key {
    let about = "In which order; as listed where nothing is said and there is `on`, else in any.";
    key("order", one_of(&["listed", "any"]), about)
}

fn way() -> Table {
    let keys = vec![
        key("on", word(), "All of it happens on one connection to this host and port."),
        order(),
        needed("expect", expect(), "What must happen for it to be done this way."),
    ];
    Table::new("a way to do the step", "way", "One of several ways to do a step.", keys)
}

fn hint() -> Table {
    let keys = vec![
        key("cost", points(), "What it takes off the step's points; 0 where nothing is said."),
        key("en", string(), "In English."),
        key("de", string(), "In German."),
        key("commands", json!({ "enum": [true] }), "It shows what the first solution types for this step."),
    ];
    Table::new("a hint", "hint", "A hint: a text in both languages, or the commands.", keys)
}

fn mistake() -> Table {
    let keys = vec![
        key("id", named("id"), "Its name, for `says`; its number where nothing is said."),
        needed("when", named("event"), "What gives it away."),
        key("on", word(), "Where it is looked for, if not where the step is done; \"any\": anywhere."),
        key("even_if_expected", boolean(), "What the step expects gives it away, too."),
        needed("say", texts(), "What is said."),
    ];
    Table::new("a mistake", "mistake", "A mistake, and what is said of it at once.", keys)
}

fn answer() -> Table {
    let texts_right = || of_any(vec![world_text(), some_of(world_text())]);
    let number = of_any(vec![json!({ "type": "integer" }), word()]);
    let options = json!({ "type": "array", "items": named("option"), "minItems": 2 });
    let several = some_of(word());
    let keys = vec![
        key("ip", word(), "An address, compared as such."),
        key("text", texts_right(), "A text, as a pattern; in two languages both are right."),
        key("texts", texts_right(), "Several right texts."),
        key("number", number, "A number, compared as such."),
        key("time", word(), "A moment, as mail writes it with its zone; right in every way people write it."),
        key("line", texts_right(), "A line of a message, as a pattern; several right ones as a list."),
        key("of", word(), "With `line`: the mailbox whose newest message the page offers to pick from."),
        key("choice", word(), "The id of the right one of `options`."),
        key(
            "several",
            several,
            "The ids of all the right ones of `options`; exactly these are to be chosen.",
        ),
        key("missing", texts(), "With `several`: what is said where nothing wrong is chosen, but not all."),
        key("options", options, "What there is to choose from."),
        key("wrong", list_of("wrong_answer"), "Wrong answers that deserve a word of their own."),
    ];
    let about = "The right answer to a step's question.";
    Table::new("an answer", "answer", about, keys)
        .one_of(&["ip", "text", "texts", "number", "time", "line", "choice", "several"])
}

fn wrong() -> Table {
    let is = of_any(vec![word(), json!({ "type": "integer" })]);
    let keys = vec![
        needed("is", is, "The wrong answer, as a pattern."),
        needed("en", string(), "What is said, in English."),
        needed("de", string(), "What is said, in German."),
    ];
    Table::new("a wrong answer", "wrong_answer", "A wrong answer and what is said of it.", keys)
}

fn option() -> Table {
    let keys = vec![
        needed("id", named("id"), "Its name."),
        needed("en", string(), "What it says, in English."),
        needed("de", string(), "What it says, in German."),
    ];
    Table::new("an option", "option", "Something to choose.", keys)
}

/// What a reply code can be.
pub(super) fn code() -> Value {
    of_any(vec![integer(200, 599), json!({ "type": "string", "pattern": "^[2-5]([0-9][0-9]|[xX][xX])$" })])
}

/// What a message must be like.
pub(super) fn message_keys() -> Vec<super::Key> {
    vec![
        key("headers", super::words(), "Header fields that must be there."),
        key("without", super::words(), "Header fields that must not."),
        key("body", super::shape::like(), "Its decoded text."),
        key("empty_line", boolean(), "The header ended with an empty line, or not."),
        key(
            "signed",
            super::of_any(vec![boolean(), super::named("signed")]),
            "Whether it is signed (S/MIME).",
        ),
        key(
            "encrypted",
            super::of_any(vec![boolean(), super::shape::like()]),
            "Whether it is encrypted (S/MIME), and for whom.",
        ),
    ]
}
