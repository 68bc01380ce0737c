//! The schema and the reader know the same keys.
//!
//! What the reader asks for is seen while it reads all there is to read: the manual's examples, every scenario, and what
//! `helo new` writes. So a key that is new needs an example in docs/scenarios.md, and a line in the schema.

use super::{pattern, root, schema, step, tables};
use crate::scenario::read::asked;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What the reader calls tables that are no [`super::Table`]: texts, and what can be expected.
const TEXT: &str = "a text";
const EXPECTATION: &str = "an expectation";
const EVENT: &str = "what gives a mistake away";
const TIE: &str = "another event";
const NEVER: &str = "what must never happen";
const MESSAGE: &str = "what a message must be like";

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Everything there is to read.
fn sources() -> Vec<String> {
    let manual = fs::read_to_string(project("docs/scenarios.md")).unwrap();
    let mut all: Vec<String> = manual
        .split("```toml\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect();
    all.push(include_str!("../../cli/new.toml").to_owned());
    for folder in ["scenarios", "tests/scenario_files", "tests/cli"] {
        for entry in fs::read_dir(project(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "toml") {
                all.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    assert!(all.len() > 40, "there is too little to read");
    all
}

fn in_the_schema() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for table in tables().into_iter().chain([root()]) {
        known.entry(table.what).or_default().extend(table.keys.iter().map(|key| key.name));
    }
    known.insert(TEXT, BTreeSet::from(["en", "de"]));
    for table in [EXPECTATION, EVENT, TIE, NEVER] {
        known.insert(table, pattern::keys(table).into_iter().collect());
    }
    known.insert(MESSAGE, step::message_keys().iter().map(|key| key.name).collect());
    known
}

#[test]
fn the_reader_and_the_schema_know_the_same_keys() {
    let known = in_the_schema();
    let read: BTreeSet<(&str, &str)> = sources().iter().flat_map(|source| asked(source)).collect();
    let mut faults = String::new();
    for (table, key) in &read {
        match known.get(table) {
            None => {
                faults +=
                    &format!("the schema (src/scenario/schema) has no table for `{table}` (key `{key}`)\n")
            }
            Some(keys) if !keys.contains(key) => {
                faults += &format!("the schema (src/scenario/schema) does not know `{key}` of `{table}`\n");
            }
            Some(_) => {}
        }
    }
    // A server's texts are asked for by no name. The others with events have what an expectation has.
    let silent = ["a server's texts", EVENT, TIE, NEVER];
    for (table, keys) in known.iter().filter(|(table, _)| !silent.contains(table)) {
        let asked = |key: &str| {
            let event =
                *table == EXPECTATION && [EVENT, TIE, NEVER].iter().any(|t| read.contains(&(*t, key)));
            event || read.contains(&(*table, key))
        };
        for key in keys.iter().filter(|key| !asked(key)) {
            faults += &format!(
                "nobody asks for `{key}` of `{table}`: take it out of the schema, or give docs/scenarios.md an example\n"
            );
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Every key that the reader's source names is one that the test above sees it ask for.
#[test]
fn no_key_of_the_reader_is_without_an_example() {
    let read: BTreeSet<&str> =
        sources().iter().flat_map(|source| asked(source)).map(|(_, key)| key).collect();
    let mut missing = BTreeSet::new();
    for entry in fs::read_dir(project("src/scenario/read")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        for call in [".get(\"", ".need(\"", "keys, \"", "(r, \""] {
            for after in text.split(call).skip(1) {
                let key = after.split('"').next().unwrap();
                let word =
                    key.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b'0'..=b'9'));
                if word && !key.is_empty() && !read.contains(key) {
                    missing.insert(key.to_owned());
                }
            }
        }
    }
    assert!(missing.is_empty(), "docs/scenarios.md has no example with {missing:?}");
}

#[test]
fn every_reference_leads_somewhere_and_every_definition_is_used() {
    let schema = schema();
    let definitions: BTreeSet<String> = schema["definitions"].as_object().unwrap().keys().cloned().collect();
    let mut used = BTreeSet::new();
    let mut rest = vec![&schema];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(map) => {
                if let Some(to) = map.get("$ref").and_then(Value::as_str) {
                    used.insert(to.strip_prefix("#/definitions/").unwrap().to_owned());
                }
                rest.extend(map.values());
            }
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    assert_eq!(used, definitions);
}

#[test]
fn every_key_says_what_it_means() {
    for table in tables().into_iter().chain([root()]) {
        for key in &table.keys {
            assert!(key.about.ends_with(['.', ':']), "{} of {}: {:?}", key.name, table.what, key.about);
        }
    }
}
