//! The scenario format as a JSON Schema (draft-04, which is what editors of TOML understand): what `helo schema` prints.
//!
//! Each table of a scenario file is one [`Table`] here, named as the reader names it in its messages, so that a test
//! can hold the two against each other: every key that the reader asks for stands in the schema, and the other way round.
//! What a schema cannot say (that a host exists, that a step is worth what its expectations are) `helo check` says.

mod pattern;
mod people;
mod shape;
mod smime;
mod step;
#[cfg(test)]
mod tests;
mod world;

use serde_json::{Map, Value, json};
use shape::{
    Key, boolean, integer, key, list, list_of, named, needed, of_any, texts, word, words, world_text,
};

/// One kind of table.
#[derive(Debug)]
struct Table {
    /// What the reader calls it, such as "a host".
    what: &'static str,
    /// Its name among the schema's definitions.
    name: &'static str,
    /// What it is for.
    about: &'static str,
    keys: Vec<Key>,
    /// What values under names of the author's own are; none where every name is given.
    others: Option<Value>,
    /// Keys of which it has exactly one.
    one_of: Vec<&'static str>,
}

impl Table {
    fn new(what: &'static str, name: &'static str, about: &'static str, keys: Vec<Key>) -> Table {
        Table { what, name, about, keys, others: None, one_of: Vec::new() }
    }

    /// The same with names of the author's own.
    fn others(self, others: Value) -> Table {
        Table { others: Some(others), ..self }
    }

    /// The same with exactly one of these keys.
    fn one_of(self, one_of: &[&'static str]) -> Table {
        Table { one_of: one_of.to_vec(), ..self }
    }

    fn value(&self) -> Value {
        let mut value = shape::object(self.about, &self.keys, self.others.clone());
        let Some(map) = value.as_object_mut() else { return value };
        map.insert("title".to_owned(), json!(self.what));
        if !self.one_of.is_empty() {
            let each = self.one_of.iter().map(|key| json!({ "required": [key] }));
            map.insert("oneOf".to_owned(), each.collect());
        }
        value
    }
}

/// The schema of a scenario file.
pub fn schema() -> Value {
    let mut definitions: Map<String, Value> = shape::definitions();
    for table in tables() {
        definitions.insert(table.name.to_owned(), table.value());
    }
    definitions.extend(pattern::definitions());
    let root = root();
    let mut schema = root.value();
    if let Some(map) = schema.as_object_mut() {
        map.insert("$schema".to_owned(), json!("http://json-schema.org/draft-04/schema#"));
        map.insert("title".to_owned(), json!("A helo scenario"));
        map.insert("definitions".to_owned(), Value::Object(definitions));
    }
    schema
}

/// All tables but the file's own.
fn tables() -> Vec<Table> {
    let mut tables =
        vec![solution(), counterexample(), earns(), mistakes(), said(), variable(), numbers(), days()];
    tables.extend(world::tables());
    tables.extend(people::tables());
    tables.extend(smime::tables());
    tables.extend(step::tables());
    tables.extend(pattern::tables());
    tables
}

fn root() -> Table {
    let keys = vec![
        needed("format", json!({ "enum": [1] }), "The version of the format: 1."),
        needed(
            "id",
            named("id"),
            "The scenario's name among all scenarios; attempts and links name it. Lower-case letters, digits, hyphens.",
        ),
        needed("title", texts(), "What it is called, in both languages; better without variables."),
        key("topics", words(), "What it is about, such as \"smtp\", \"dns\", \"headers\"."),
        needed("minutes", integer(1, 600), "About how long it takes."),
        key("exam", boolean(), "No hints, and nothing is told before it is handed in."),
        key("order", integer(1, 9999), "Where it stands in the catalogue: the smaller the earlier."),
        key("after", list(named("id")), "The ids of scenarios that it builds on."),
        needed("brief", texts(), "The story. Say what is at stake, not what to type."),
        key("closing", texts(), "What it means outside the lab, told at the end."),
        key("real", texts(), "How the same is done with a real mail program, told after the closing words."),
        key(
            "vars",
            json!({ "type": "object", "additionalProperties": of_any(vec![
                json!({ "type": ["string", "integer"] }), named("texts"), named("variable") ]) }),
            "Values drawn for each learner; {{name}} stands for one in every text, address, record and script.",
        ),
        key("workstation", named("workstation"), "The learner's machine."),
        key("host", list_of("host"), "A machine with servers: SMTP, POP3, IMAP, DNS."),
        key("domain", list_of("domain"), "A DNS zone."),
        key("mail_certificate", list_of("mail_certificate"), "A certificate for mail, with its key."),
        key("mailbox", list_of("mailbox"), "A mailbox with its password and what lies in it at the start."),
        key(
            "fault",
            list_of("fault"),
            "Something that goes wrong: a busy server, a full mailbox, stripped TLS.",
        ),
        key("files", named("named_texts"), "Files on the learner's machine, by name, for `ls` and `cat`."),
        key("ports", named("ports"), "Where real programs on the learner's own machine get to."),
        key("person", list_of("person"), "Somebody who reads mail, answers, forwards, writes."),
        key("step", list_of("step"), "Something to be done or a question to be answered, with its points."),
        key("mistakes", named("mistakes"), "What to do about mistakes that helo knows by itself."),
        key(
            "solution",
            list_of("solution"),
            "What a learner types who knows everything: it earns all points.",
        ),
        key("counterexample", list_of("counterexample"), "A mistake people really make: it earns less."),
    ];
    Table::new(
        "a scenario",
        "scenario",
        "One exercise: a small internet, a story, steps, and scripts that prove it.",
        keys,
    )
}

fn script() -> Key {
    needed(
        "script",
        world_text(),
        "What is typed, line by line. @2 LINE goes to terminal 2, @key ^] presses a key, @wait 60s lets time pass, @hint STEP \
         takes a hint, @answer STEP TEXT answers, @paste to @end is pasted at once, # step: ID begins a step's lines.",
    )
}

fn solution() -> Table {
    let name = key("name", word(), "Its name, for messages.");
    Table::new(
        "a solution",
        "solution",
        "A script that earns everything without a mistake.",
        vec![name, script()],
    )
}

fn counterexample() -> Table {
    let keys = vec![
        key("name", word(), "The mistake's name, for messages."),
        script(),
        needed("earns", named("earns"), "What each step earns, exactly; steps not named may earn anything."),
        key(
            "says",
            words(),
            "The mistakes that must be said, and no others: \"step/mistake\", \"step\" for any of its, \"common/NAME\" for one of \
             the catalogue.",
        ),
    ];
    Table::new("a counterexample", "counterexample", "A script that makes a mistake.", keys)
}

fn earns() -> Table {
    let about = "Points by the step's id.";
    Table::new("what a counterexample earns", "earns", about, Vec::new()).others(shape::points())
}

fn mistakes() -> Table {
    let keys = vec![
        key("silence", list(named("common_mistake")), "These are no mistakes here."),
        key("say", named("said"), "What is said instead, by the mistake's name."),
    ];
    let about = "What is done about the catalogue of mistakes that people make everywhere.";
    Table::new("what is done about common mistakes", "mistakes", about, keys)
}

fn said() -> Table {
    let about = "Words of the scenario's own for mistakes of the catalogue.";
    Table::new("what is said of common mistakes", "said", about, Vec::new()).others(texts())
}

fn variable() -> Table {
    let pick = json!({ "type": "array", "minItems": 1, "items": named("value") });
    let sum = json!({ "type": "array", "items": { "type": ["string", "integer"] } });
    let yes = || json!({ "enum": [true] });
    let keys = vec![
        key("pick", pick.clone(), "One of these."),
        key("same", named("value"), "The same for everybody."),
        key("word", yes(), "An everyday word: tulip, in German tulpe."),
        key("name", yes(), "A first name in lower case: hedwig."),
        key("ip", word(), "An address of this network that a host can have: \"123.45.0.0/16\"."),
        key("number", named("numbers"), "A whole number, both ends included."),
        key(
            "domain",
            word(),
            "A domain of an everyday word below this one: \"example\" gives birch.example.",
        ),
        key("date", named("days"), "A day, both ends included: {{day}}, {{day.mail}}, {{day.text}}."),
        key("shuffle", pick, "These in any order: {{order.1}}, {{order.2}} ..."),
        key("text", world_text(), "Worked out from variables above: the text as it is."),
        key("base64", world_text(), "Worked out from variables above: in base64 (RFC 4648)."),
        key("md5", world_text(), "Worked out from variables above: its MD5 in hexadecimal."),
        key("upper", world_text(), "Worked out from variables above: in capitals."),
        key("lower", world_text(), "Worked out from variables above: in lower case."),
        key("sum", sum, "Worked out from variables above: the sum of these numbers."),
        key("secret", boolean(), "`helo check` looks whether a hint or the brief gives it away."),
    ];
    let kinds: Vec<&'static str> = keys.iter().map(|k| k.name).filter(|name| *name != "secret").collect();
    Table::new("a variable", "variable", "A value that is drawn or worked out.", keys).one_of(&kinds)
}

fn numbers() -> Table {
    let end = || json!({ "type": "integer" });
    let keys = vec![needed("min", end(), "The least."), needed("max", end(), "The greatest.")];
    Table::new("a range of numbers", "numbers", "Whole numbers, both ends included.", keys)
}

fn days() -> Table {
    let day = || json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" });
    let keys = vec![needed("from", day(), "The first: \"2026-01-05\"."), needed("to", day(), "The last.")];
    Table::new("a range of days", "days", "Days, both ends included.", keys)
}
