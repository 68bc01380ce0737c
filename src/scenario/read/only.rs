//! What holds for some learners only. Any table in a list may say `only = { variable = "value" }`, and any other value in
//! a list may stand in a table beside it, as `value`. It is taken out of the tree before anything else is read, so that no
//! other reader need know of it: once for the file as it stands, with everything in it, and once more for each draw, without
//! what that draw leaves out.

use super::keys::{Keys, Node, Reader};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{Var, VarKind};
use crate::scenario::suggest::nearest;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The key, and the one beside which any value may stand.
const ONLY: &str = "only";
const VALUE: &str = "value";

/// One variable of an `only`, with the values under which it holds.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    name: String,
    name_at: Range<usize>,
    values: Vec<(String, Range<usize>)>,
}

/// Takes every `only` out of the tree; with `drawn`, what it does not hold for as well. Gives what was asked.
pub(super) fn take<'t>(
    r: &mut Reader,
    tree: &mut DeTable<'t>,
    drawn: Option<&BTreeMap<String, String>>,
) -> Vec<Condition> {
    let mut found = Vec::new();
    for (key, value) in tree.iter_mut() {
        // Variables decide; they are not decided upon.
        if key.get_ref().as_ref() != "vars" {
            within(r, value, drawn, &mut found);
        }
    }
    found
}

/// The parser bounds how deep values are nested.
fn within<'t>(
    r: &mut Reader,
    value: &mut Spanned<DeValue<'t>>,
    drawn: Option<&BTreeMap<String, String>>,
    found: &mut Vec<Condition>,
) {
    match value.get_mut() {
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| within(r, value, drawn, found)),
        DeValue::Array(items) => {
            let all = std::mem::replace(items, DeArray::new());
            for item in all {
                let Some(mut item) = kept(r, item, drawn, found) else { continue };
                within(r, &mut item, drawn, found);
                items.push(item);
            }
        }
        _ => {}
    }
}

/// The item without its `only`, unless that leaves it out.
fn kept<'t>(
    r: &mut Reader,
    mut item: Spanned<DeValue<'t>>,
    drawn: Option<&BTreeMap<String, String>>,
    found: &mut Vec<Condition>,
) -> Option<Spanned<DeValue<'t>>> {
    let DeValue::Table(table) = item.get_mut() else { return Some(item) };
    let Some((key, asked)) = table.remove_entry(ONLY) else { return Some(item) };
    let conditions = conditions(r, &Node::new(&key, &asked));
    let holds = |condition: &Condition| {
        let is = |drawn: &BTreeMap<String, String>| {
            drawn.get(&condition.name).is_some_and(|value| condition.values.iter().any(|(v, _)| v == value))
        };
        drawn.is_none_or(is)
    };
    let keep = conditions.iter().all(holds);
    found.extend(conditions);
    let alone = table.len() == 1 && table.contains_key(VALUE);
    if alone && let Some(value) = table.remove(VALUE) {
        item = value;
    }
    keep.then_some(item)
}

fn conditions(r: &mut Reader, node: &Node<'_>) -> Vec<Condition> {
    let example = "{ fault = \"mx\" }";
    let Some(table) = r.table(node, "what it depends on", example) else { return Vec::new() };
    let mut conditions = Vec::new();
    for node in table.others() {
        let items = if node.is_list() { r.list(&node, "[\"mx\"]") } else { vec![node.clone()] };
        let values = items.iter().filter_map(|item| match item.value {
            DeValue::Integer(n) => Some((n.as_str().to_owned(), item.span.clone())),
            _ => r.string(item, "\"mx\"").map(|text| (text.value, text.span)),
        });
        let values: Vec<(String, Range<usize>)> = values.collect();
        conditions.push(Condition { name: node.name.clone(), name_at: node.key.clone(), values });
    }
    if conditions.is_empty() {
        r.bad_value(
            node.span.clone(),
            "nothing says on which variable it depends",
            format!("for example `only = {example}`"),
        );
    }
    conditions
}

/// What is asked of variables that there are not, and of values that they never have.
pub(super) fn check(r: &mut Reader, conditions: &[Condition], vars: &[Var], lost_vars: bool) {
    for condition in conditions {
        let name = &condition.name;
        // A part of a variable is worth what is drawn; a variable's own values may be known.
        let own = name.split('.').next().unwrap_or_default();
        let Some(var) = vars.iter().find(|var| var.name.value == own) else {
            if !lost_vars {
                let known: Vec<&str> = vars.iter().map(|var| var.name.value.as_str()).collect();
                let message = format!("there is no variable `{}`", name.escape_debug());
                r.faults.push(
                    Diagnostic::error("unknown-variable", condition.name_at.clone(), message)
                        .suggest(nearest(name, known.iter().copied()), || "declare it in [vars]".to_owned()),
                );
            }
            continue;
        };
        let VarKind::Pick(picks) = &var.kind else { continue };
        let known: Vec<&str> =
            picks.iter().flat_map(|t| [t.en.value.as_str(), t.de.value.as_str()]).collect();
        for (value, at) in condition.values.iter().filter(|(value, _)| !known.contains(&value.as_str())) {
            let message = format!("`{name}` is never \"{}\"", value.escape_debug());
            r.faults.push(
                Diagnostic::error("bad-value", at.clone(), message)
                    .suggest(nearest(value, known.iter().copied()), || super::there_are(&known)),
            );
        }
    }
}

impl Condition {
    /// The variable that it asks for.
    pub(super) fn variable(&self) -> &str {
        &self.name
    }
}

/// The variables of a file, before anything else of it is read; what is wrong with them is told when they are read
/// again.
pub(super) fn variables(tree: &DeTable<'_>) -> crate::scenario::model::Model {
    let mut model = crate::scenario::model::Model::default();
    let mut silent = Reader::default();
    let mut keys = Keys::root(tree);
    super::vars::read(&mut silent, &mut keys, &mut model);
    model
}
