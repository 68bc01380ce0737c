//! From the file's text to the [`Model`]: syntax, keys, types, and what can be judged of a value by itself.

mod exchange;
mod fault;
mod imap;
mod keys;
mod mistakes;
mod only;
mod pattern;
mod person;
mod post;
mod sender;
mod smime;
mod step;
mod tls;
mod vars;
mod world;

pub(crate) use keys::there_are;
pub(crate) use mistakes::unknown_mistake;
pub(crate) use pattern::event_words;
pub(crate) use vars::network;

use super::diagnostic::Diagnostic;
use super::draw::draw_vars;
use super::model::{CounterModel, Model, ScriptModel};
use super::template::{At, Str, Texts};
use crate::units::Lang;
use keys::{Keys, Node, Reader};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a file. The model is `None` where the syntax is so broken that what is missing says nothing.
pub(crate) fn read(source: &str) -> (Option<Model>, Vec<Diagnostic>) {
    let (mut tree, errors) = DeTable::parse_recoverable(source);
    // What is drawn shows whether a variable may stand where it stands.
    let vars = draw_vars(&only::variables(tree.get_ref()), 0, Lang::En);
    let mut r = Reader { vars, ..Reader::default() };
    let conditions = only::take(&mut r, tree.get_mut(), None);
    let mut model = scenario(&mut r, tree.get_ref());
    only::check(&mut r, &conditions, &model.vars, model.lost_vars);
    texts_of(tree.get_ref(), &mut model);
    model.decides = conditions.iter().map(|condition| condition.variable().to_owned()).collect();
    model.varies = r.varies || !conditions.is_empty();
    if errors.is_empty() {
        return (Some(model), r.faults);
    }
    // What the parser could not take in is missing from the tree, so that only faults in what is there count.
    let mut faults: Vec<Diagnostic> = errors.iter().map(|e| syntax(source, e)).collect();
    let lines: Vec<usize> =
        faults.iter().filter_map(|f| f.span.as_ref().map(|s| line_of(source, s.start))).collect();
    faults.extend(r.faults.into_iter().filter(|fault| {
        let line = fault.span.as_ref().map(|s| line_of(source, s.start));
        matches!(fault.code, "unknown-key" | "wrong-type" | "bad-value")
            && line.is_some_and(|line| !lines.contains(&line))
    }));
    (None, faults)
}

/// Reads a file without what these values of its variables leave out, and with them where a number or a word belongs.
pub(crate) fn read_for(source: &str, vars: &BTreeMap<String, String>) -> (Model, Vec<Diagnostic>) {
    let (mut tree, _) = DeTable::parse_recoverable(source);
    let mut r = Reader { vars: vars.clone(), ..Reader::default() };
    only::take(&mut r, tree.get_mut(), Some(vars));
    let mut model = scenario(&mut r, tree.get_ref());
    texts_of(tree.get_ref(), &mut model);
    (model, r.faults)
}

/// Every key that is asked for while this file is read, with the table that it is a key of.
#[cfg(test)]
pub(crate) fn asked(source: &str) -> std::collections::BTreeSet<(&'static str, &'static str)> {
    let (mut tree, _) = DeTable::parse_recoverable(source);
    let vars = draw_vars(&only::variables(tree.get_ref()), 0, Lang::En);
    let mut r = Reader { vars, ..Reader::default() };
    only::take(&mut r, tree.get_mut(), None);
    scenario(&mut r, tree.get_ref());
    r.asked
}

/// Gathers all strings and all texts in both languages, whatever they are for.
fn texts_of(table: &DeTable<'_>, model: &mut Model) {
    let string = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::String(s) => Some(At { value: s.to_string(), span: value.span() }),
        _ => None,
    };
    if let (Some(en), Some(de)) = (table.get("en").and_then(string), table.get("de").and_then(string)) {
        model.translations.push(Texts { de, en });
    }
    // The parser bounds how deep values are nested.
    let mut rest: Vec<&Spanned<DeValue<'_>>> = table.values().collect();
    while let Some(value) = rest.pop() {
        match value.get_ref() {
            DeValue::Table(table) => texts_of(table, model),
            DeValue::Array(items) => rest.extend(items.iter()),
            _ => model.strings.extend(string(value)),
        }
    }
}

fn line_of(source: &str, at: usize) -> usize {
    source.bytes().take(at).filter(|b| *b == b'\n').count()
}

fn syntax(source: &str, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or_default();
    let found = source.get(span.clone()).unwrap_or_default();
    let fault = Diagnostic::error("syntax", span, format!("this is not TOML: {}", error.message()));
    match error.message() {
        m if m.starts_with("duplicate key") => Diagnostic { code: "duplicate-key", ..fault }
            .message("this key is there already")
            .label("stands here again")
            .help("keep one of the two; several hosts, steps ... are written [[host]], [[step]] with two brackets"),
        m if m.contains("string") && found.contains(['„', '“', '”', '‘', '’']) => {
            fault.help("write straight quotes: \" or '")
        }
        _ => fault,
    }
}

fn scenario<'t>(r: &mut Reader, table: &'t DeTable<'t>) -> Model {
    let mut keys = Keys::root(table);
    let mut model = Model::default();
    if let Some(node) = keys.need("format", "1") {
        format_version(r, &node);
    }
    model.id = keys.need("id", "\"send-by-hand\"").and_then(|n| r.id(&n, "\"send-by-hand\""));
    model.title = keys.need("title", "{ en = \"...\", de = \"...\" }").and_then(|n| r.texts(&n));
    let topics = keys.get("topics").map(|n| r.strings(&n, "[\"smtp\"]")).unwrap_or_default();
    model.topics = topics.into_iter().map(|t| t.value).collect();
    let minutes = keys.need("minutes", "15").and_then(|n| r.integer(&n, 1, 600));
    model.minutes = minutes.and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
    let order = keys.get("order").and_then(|n| r.integer(&n, 1, 9999));
    model.order = order.and_then(|n| u32::try_from(n).ok());
    model.after = keys.get("after").map(|n| after(r, &n, model.id.as_ref())).unwrap_or_default();
    model.exam = keys.get("exam").and_then(|n| r.boolean(&n)).unwrap_or(false);
    model.brief = keys.need("brief", "{ en = \"...\", de = \"...\" }").and_then(|n| r.texts(&n));
    model.closing = keys.get("closing").and_then(|n| r.texts(&n));
    model.real = keys.get("real").and_then(|n| r.texts(&n));
    vars::read(r, &mut keys, &mut model);
    world::read(r, &mut keys, &mut model);
    smime::read(r, &mut keys, &mut model);
    person::read(r, &mut keys, &mut model);
    step::read(r, &mut keys, &mut model);
    mistakes::read(r, &mut keys, &mut model);
    for (n, node) in tables(r, &mut keys, "solution").iter().enumerate() {
        if let Some(mut keys) = r.table(node, "a solution", "...") {
            model.solutions.push(script(r, &mut keys, || format!("solution {}", n + 1)));
            keys.finish(r);
        }
    }
    for (n, node) in tables(r, &mut keys, "counterexample").iter().enumerate() {
        if let Some(keys) = r.table(node, "a counterexample", "...") {
            model.counterexamples.push(counterexample(r, keys, n + 1));
        }
    }
    for node in keys.others() {
        match keys.meant(&node.name) {
            Some("vars") => model.lost_vars = true,
            Some("host") => model.lost_hosts = true,
            Some("domain") => model.lost_domains = true,
            Some("mailbox") => model.lost_mailboxes = true,
            Some("mail_certificate") => model.lost_mail_keys = true,
            Some("step") => model.lost_steps = true,
            _ => {}
        }
    }
    keys.finish(r);
    model
}

/// The scenarios that this one builds on.
fn after(r: &mut Reader, node: &Node<'_>, own: Option<&Str>) -> Vec<Str> {
    let example = "[\"first-contact\"]";
    let ids: Vec<Str> = r.list(node, example).iter().filter_map(|n| r.id(n, "\"first-contact\"")).collect();
    for (n, id) in ids.iter().enumerate() {
        let again = ids.iter().take(n).any(|earlier| earlier.value == id.value);
        let fault = match own {
            Some(own) if own.value == id.value => "a scenario cannot build on itself".to_owned(),
            _ if again => format!("`{}` is named twice", id.value),
            _ => continue,
        };
        r.bad_value(id.span.clone(), fault, "name the scenarios that should come before this one, each once");
    }
    ids
}

fn format_version(r: &mut Reader, node: &Node<'_>) {
    let version = r.integer(node, 0, i64::MAX);
    if version.is_some_and(|v| v != 1) {
        r.bad_value(
            node.span.clone(),
            "this helo reads format 1",
            "write `format = 1`, or use a helo that reads this",
        );
    }
}

/// The tables of `[[name]]`.
fn tables<'t>(r: &mut Reader, keys: &mut Keys<'t>, name: &'static str) -> Vec<Node<'t>> {
    let Some(node) = keys.get(name) else { return Vec::new() };
    if node.is_table() {
        r.faults.push(
            Diagnostic::error(
                "wrong-type",
                node.span.clone(),
                format!("`{name}` is a list, and this is one table"),
            )
            .help(format!("write [[{name}]] with two brackets")),
        );
        return Vec::new();
    }
    r.list(&node, &format!("... (write [[{name}]])"))
}

fn script(r: &mut Reader, keys: &mut Keys<'_>, unnamed: impl FnOnce() -> String) -> ScriptModel {
    let name = keys.get("name").and_then(|n| r.word(&n, "\"with brackets\""));
    let script = keys.need("script", "'''...'''").and_then(|n| r.world_text(&n));
    ScriptModel { name: name.map_or_else(unnamed, |n| n.value), script }
}

fn counterexample(r: &mut Reader, mut keys: Keys<'_>, n: usize) -> CounterModel {
    let script = script(r, &mut keys, || format!("counterexample {n}"));
    let mut earns = Vec::new();
    let earns_example = "{ hand-over = 0 }";
    if let Some(node) = keys.need("earns", earns_example)
        && let Some(table) = r.table(&node, "what a counterexample earns", earns_example)
    {
        for node in table.others() {
            if let Some(points) = r.points(&node) {
                earns.push((At { value: node.name, span: node.key }, points));
            }
        }
    }
    let says = keys.get("says").map(|n| r.strings(&n, "[\"hand-over\"]")).unwrap_or_default();
    keys.finish(r);
    CounterModel { script, earns, says }
}
