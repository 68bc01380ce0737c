//! What values are like: the small parts that the schema is made of.

use crate::event::CommonMistake;
use serde_json::{Map, Value, json};

/// A key of a table.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What its value is like.
    pub(super) shape: Value,
    pub(super) needed: bool,
    /// What it means, for the editor to show.
    pub(super) about: &'static str,
}

/// A key that may be there.
pub(super) fn key(name: &'static str, shape: Value, about: &'static str) -> Key {
    Key { name, shape, needed: false, about }
}

/// A key that must be there.
pub(super) fn needed(name: &'static str, shape: Value, about: &'static str) -> Key {
    Key { needed: true, ..key(name, shape, about) }
}

/// A table with these keys, and with names of the author's own where `others` says what stands there.
pub(super) fn object(about: &str, keys: &[Key], others: Option<Value>) -> Value {
    let property = |key: &Key| {
        // Draft-04 reads nothing beside a $ref, so that the description goes around it.
        let value = match key.shape.get("$ref") {
            Some(_) => json!({ "allOf": [key.shape], "description": key.about }),
            None => {
                let mut value = key.shape.clone();
                if let Some(map) = value.as_object_mut() {
                    map.insert("description".to_owned(), json!(key.about));
                }
                value
            }
        };
        (key.name.to_owned(), value)
    };
    let mut properties: Map<String, Value> = keys.iter().map(property).collect();
    // Whatever stands in a list may be there for some learners only.
    properties.insert("only".to_owned(), named("only"));
    let required: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut value = json!({
        "type": "object",
        "description": about,
        "properties": properties,
        "additionalProperties": others.unwrap_or(Value::Bool(false)),
    });
    if let (false, Some(map)) = (required.is_empty(), value.as_object_mut()) {
        map.insert("required".to_owned(), json!(required));
    }
    value
}

/// A definition by its name.
pub(super) fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// The tables of `[[name]]`.
pub(super) fn list_of(name: &str) -> Value {
    json!({ "type": "array", "items": named(name) })
}

/// One of these.
pub(super) fn of_any(shapes: Vec<Value>) -> Value {
    json!({ "anyOf": shapes })
}

/// A text in both languages, for the learner to read.
pub(super) fn texts() -> Value {
    named("texts")
}

/// A text of the world: one string for both languages, or both.
pub(super) fn world_text() -> Value {
    named("world_text")
}

/// A string that stands for one thing.
pub(super) fn word() -> Value {
    named("word")
}

/// A list of strings.
pub(super) fn words() -> Value {
    list(string())
}

/// A list of what is no table. Each may be there for some learners only, in a table beside that.
pub(super) fn list(item: Value) -> Value {
    let sometimes = json!({
        "type": "object",
        "properties": { "value": item, "only": named("only") },
        "required": ["value", "only"],
        "additionalProperties": false,
    });
    json!({ "type": "array", "items": of_any(vec![item, sometimes]) })
}

/// The same with at least one in it.
pub(super) fn some_of(item: Value) -> Value {
    let mut list = list(item);
    if let Some(map) = list.as_object_mut() {
        map.insert("minItems".to_owned(), json!(1));
    }
    list
}

/// A variable that stands where a number or a word of a list belongs.
fn variable() -> Value {
    json!({ "type": "string", "pattern": "\\{\\{" })
}

/// One word, or a list of them.
pub(super) fn word_or_words() -> Value {
    of_any(vec![word(), words()])
}

pub(super) fn string() -> Value {
    json!({ "type": "string" })
}

pub(super) fn boolean() -> Value {
    of_any(vec![json!({ "type": "boolean" }), variable()])
}

pub(super) fn integer(least: i64, most: i64) -> Value {
    of_any(vec![json!({ "type": "integer", "minimum": least, "maximum": most }), variable()])
}

/// Points: never negative.
pub(super) fn points() -> Value {
    of_any(vec![json!({ "type": "number", "minimum": 0 }), variable()])
}

/// A pattern in which `*` is any run of characters and `?` any one.
pub(super) fn glob() -> Value {
    named("glob")
}

/// What a text must be like: a pattern in which `*` is any run of characters and `?` any one, several of which one must
/// match, or a table that says what must not match as well.
pub(super) fn like() -> Value {
    named("like")
}

/// One pattern, or a list of them.
pub(super) fn globs() -> Value {
    of_any(vec![glob(), some_of(glob())])
}

pub(super) fn duration() -> Value {
    named("duration")
}

pub(super) fn ports() -> Value {
    list(integer(1, 65535))
}

/// One of these words. Where they have capitals, in any case: it does not count there.
pub(super) fn one_of<S: AsRef<str>>(words: &[S]) -> Value {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let choice = json!({ "type": "string", "enum": words });
    let choice = of_any(vec![choice, variable()]);
    if !words.iter().any(|word| word.contains(|c: char| c.is_ascii_uppercase())) {
        return choice;
    }
    let any_case = |c: char| match c.is_ascii_alphabetic() {
        true => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
        false => c.to_string(),
    };
    let spelt: Vec<String> = words.iter().map(|word| word.chars().map(any_case).collect()).collect();
    of_any(vec![choice, json!({ "type": "string", "pattern": format!("^({})$", spelt.join("|")) })])
}

/// The same, or a variable that stands for one.
pub(super) fn one_of_or_variable<S: AsRef<str>>(words: &[S]) -> Value {
    one_of(words)
}

/// A list of these words.
pub(super) fn several_of<S: AsRef<str>>(words: &[S]) -> Value {
    list(one_of_or_variable(words))
}

/// For which learners something is there: a variable's value, or one of several.
fn only() -> Value {
    let value = json!({ "type": ["string", "integer"] });
    json!({
        "type": "object",
        "description": "It is there only where these variables have these values.",
        "minProperties": 1,
        "additionalProperties": of_any(vec![value.clone(), json!({ "type": "array", "items": value })]),
    })
}

/// The definitions that are no tables, and those that are used everywhere.
pub(super) fn definitions() -> Map<String, Value> {
    let text = |language: &str| json!({ "type": "string", "minLength": 1, "description": format!("In {language}.") });
    let texts = json!({
        "type": "object",
        "description": "A text in English and in German.",
        "properties": { "en": text("English"), "de": text("German") },
        "required": ["en", "de"],
        "additionalProperties": false,
    });
    let all: [(&str, Value); 12] = [
        ("texts", texts),
        ("world_text", of_any(vec![string(), named("texts")])),
        ("value", json!({ "anyOf": [{ "type": ["string", "integer"] }, named("texts")] })),
        ("word", json!({ "type": "string", "pattern": "\\S" })),
        (
            "id",
            json!({
                "type": "string", "pattern": "^[a-z][a-z0-9_-]*$",
                "description": "Lower-case letters, digits and hyphens, beginning with a letter.",
            }),
        ),
        (
            "glob",
            json!({
                "type": "string",
                "description": "A pattern: * is any run of characters, ? any one; case does not matter, the whole text must match.",
            }),
        ),
        ("only", only()),
        ("like", of_any(vec![globs(), named("likeness")])),
        (
            "duration",
            json!({
                "type": "string", "pattern": "^\\d+[smh]$|\\{\\{",
                "description": "Seconds, minutes or hours, from one second to a day: \"90s\", \"10m\", \"2h\".",
            }),
        ),
        (
            "span",
            json!({
                "type": "string", "pattern": "^\\d+[smhd]$|\\{\\{",
                "description": "Seconds, minutes, hours or days, up to 60 days: \"90s\", \"10m\", \"4h\", \"5d\".",
            }),
        ),
        (
            "common_mistake",
            one_of(&CommonMistake::ALL.iter().map(|mistake| mistake.name()).collect::<Vec<_>>()),
        ),
        ("named_texts", json!({ "type": "object", "additionalProperties": world_text() })),
    ];
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
