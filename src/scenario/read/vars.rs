//! `[vars]`: what is drawn for each learner.

use super::keys::{Keys, Node, Reader};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{Derivation, Model, Var, VarKind};
use crate::scenario::suggest::nearest;
use crate::scenario::template::{At, Texts, names};
use crate::world::Network;
use jiff::civil::Date;

const KINDS: [&str; 15] = [
    "pick", "same", "word", "name", "ip", "number", "domain", "date", "shuffle", "text", "base64", "md5",
    "upper", "lower", "sum",
];
const ONE_OF: &str = "a variable has one of `pick`, `same`, `word`, `name`, `ip`, `number`, `domain`, `date`, `shuffle`, `text`, \
                      `base64`, `md5`, `upper`, `lower` and `sum`";
const EXAMPLE: &str = "{ pick = [\"hedwig\", \"ottokar\"] }";

pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>, model: &mut Model) {
    let Some(node) = keys.get("vars") else { return };
    let Some(table) = r.table(&node, "[vars]", EXAMPLE) else {
        model.lost_vars = true;
        return;
    };
    for node in table.others() {
        match variable(r, &node, model) {
            Some(var) => model.vars.push(var),
            None => model.lost_vars = true,
        }
    }
}

fn variable(r: &mut Reader, node: &Node<'_>, model: &Model) -> Option<Var> {
    let name = At { value: node.name.clone(), span: node.key.clone() };
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.value.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.value.chars().all(good) {
        let shown = name.value.escape_debug().to_string();
        r.bad_value(
            name.span,
            format!("`{shown}` is no name for a variable"),
            "a name has letters, digits, `_` and `-` and begins with a letter",
        );
        return None;
    }
    if !node.is_table() {
        let kind = VarKind::Pick(vec![fixed(r, node)?]);
        return Some(Var { name, kind, secret: false });
    }
    let mut keys = r.table(node, "a variable", EXAMPLE)?;
    let secret = keys.get("secret").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let kind = match keys.which(&KINDS).as_slice() {
        [kind] => match Derivation::ALL.iter().find(|(name, _)| name == kind) {
            Some((_, how)) => derived(r, &mut keys, kind, *how, model),
            None => self::kind(r, &mut keys, kind),
        },
        [] => {
            none_of_the_kinds(r, &mut keys, node);
            return None;
        }
        [_, second, ..] => {
            let at = keys.get(second).map_or_else(|| keys.span(), |n| n.key);
            r.bad_value(at, format!("`{}` has two sources for its value", name.value), ONE_OF);
            return None;
        }
    };
    keys.finish(r);
    Some(Var { name, kind: kind?, secret })
}

/// Points at a misspelt kind rather than at what is missing.
fn none_of_the_kinds(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) {
    let known = KINDS.iter().copied();
    let misspelt =
        keys.others().into_iter().find_map(|n| nearest(&n.name, known.clone()).map(|near| (n, near)));
    let fault = match misspelt {
        Some((other, near)) => {
            Diagnostic::error("unknown-key", other.key, format!("unknown key `{}`", other.name))
                .label("a variable has no such key")
                .help(format!("did you mean `{near}`?"))
        }
        None => Diagnostic::error(
            "missing-key",
            node.span.clone(),
            format!("nothing says where the value of `{}` comes from", node.name),
        )
        .help(ONE_OF),
    };
    r.faults.push(fault);
}

fn kind(r: &mut Reader, keys: &mut Keys<'_>, kind: &'static str) -> Option<VarKind> {
    let node = keys.get(kind)?;
    match kind {
        "same" => Some(VarKind::Pick(vec![fixed(r, &node)?])),
        "pick" => pick(r, &node).map(VarKind::Pick),
        "shuffle" => shuffle(r, &node),
        "domain" => domain(r, &node),
        "date" => date(r, &node),
        "ip" => {
            let text = r.word(&node, "\"198.51.100.0/24\"")?;
            match network(&text.value) {
                Some(net) if net.prefix <= 30 => Some(VarKind::Ip(At { value: net, span: text.span })),
                _ => {
                    r.bad_value(
                        text.span,
                        format!("\"{}\" is no network to draw an address from", text.value.escape_debug()),
                        "write an IPv4 network such as \"198.51.100.0/24\", with room for two hosts at least",
                    );
                    None
                }
            }
        }
        "number" => {
            let mut range = r.table(&node, "a range of numbers", "{ min = 1, max = 9 }")?;
            const MOST: i64 = 1_000_000_000_000;
            let [min, max] = ["min", "max"].map(|end| {
                range.need(end, if end == "min" { "1" } else { "9" }).and_then(|n| r.integer(&n, -MOST, MOST))
            });
            range.finish(r);
            let (min, max) = (min?, max?);
            if min > max {
                r.bad_value(node.span, "no number is in this range", "`min` must not be greater than `max`");
                return None;
            }
            Some(VarKind::Number(min, max))
        }
        _ => match r.boolean(&node)? {
            true if kind == "word" => Some(VarKind::Word),
            true => Some(VarKind::Name),
            false => {
                r.bad_value(
                    node.span,
                    format!("`{kind} = false` draws nothing"),
                    format!("write `{kind} = true`"),
                );
                None
            }
        },
    }
}

fn pick(r: &mut Reader, node: &Node<'_>) -> Option<Vec<Texts>> {
    let items = r.list(node, "[\"hedwig\", \"ottokar\"]");
    let choices: Vec<Texts> = items.iter().filter_map(|item| fixed(r, item)).collect();
    if items.is_empty() && node.is_list() {
        r.bad_value(
            node.span.clone(),
            "there is nothing to pick from",
            "for example [\"hedwig\", \"ottokar\"]",
        );
    }
    (!choices.is_empty()).then_some(choices)
}

/// A list to be put in any order. A comma in an item would make two of it.
fn shuffle(r: &mut Reader, node: &Node<'_>) -> Option<VarKind> {
    let items = pick(r, node)?;
    let comma = items.iter().flat_map(|t| [&t.en, &t.de]).find(|text| text.value.contains(", "));
    if let Some(text) = comma {
        r.bad_value(
            text.span.clone(),
            "an item of a shuffled list cannot hold a comma and a blank",
            "leave one of them out",
        );
        return None;
    }
    Some(VarKind::Shuffle(items))
}

fn domain(r: &mut Reader, node: &Node<'_>) -> Option<VarKind> {
    let parent = r.word(node, "\"example\"")?;
    let label = |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !parent.value.trim_start_matches('.').split('.').all(label) {
        r.bad_value(
            parent.span,
            format!("\"{}\" is no domain to draw another below", parent.value.escape_debug()),
            "write a domain such as \"example\" or \"lab.test\"",
        );
        return None;
    }
    Some(VarKind::Domain(parent))
}

fn date(r: &mut Reader, node: &Node<'_>) -> Option<VarKind> {
    let mut range = r.table(node, "a range of days", "{ from = \"2026-01-05\", to = \"2026-03-20\" }")?;
    let [from, to] = ["from", "to"].map(|end| {
        let example = "\"2026-01-05\"";
        let text = range.need(end, example).and_then(|n| r.word(&n, example))?;
        let date = text.value.parse::<Date>().ok();
        if date.is_none() {
            let message = format!("\"{}\" is no day", text.value.escape_debug());
            r.bad_value(text.span, message, "write year, month and day: \"2026-01-05\"");
        }
        date
    });
    range.finish(r);
    let (from, to) = (from?, to?);
    if from > to {
        r.bad_value(node.span.clone(), "no day is in this range", "`from` must not be after `to`");
        return None;
    }
    Some(VarKind::Date(from, to))
}

/// A value that is worked out from variables above it in the file.
fn derived(
    r: &mut Reader,
    keys: &mut Keys<'_>,
    key: &'static str,
    how: Derivation,
    model: &Model,
) -> Option<VarKind> {
    let node = keys.get(key)?;
    let texts: Vec<Texts> = match how {
        Derivation::Sum => {
            let items = r.list(&node, "[\"{{hour}}\", 2]");
            items.iter().filter_map(|item| summand(r, item)).collect()
        }
        _ => vec![r.world_text(&node)?],
    };
    let mut known = true;
    for text in texts.iter().flat_map(|t| [&t.en, &t.de]) {
        for name in names(&text.value) {
            let base = name.split('.').next().unwrap_or_default();
            if model.vars.iter().any(|var| var.name.value == base) || model.lost_vars {
                continue;
            }
            known = false;
            let above: Vec<&str> = model.vars.iter().map(|var| var.name.value.as_str()).collect();
            let message = format!("there is no variable `{}` above this one", name.escape_debug());
            r.faults.push(
                Diagnostic::error("unknown-variable", text.span.clone(), message)
                    .suggest(nearest(name, above), || {
                        "a value is worked out from variables that stand above it in [vars]".to_owned()
                    }),
            );
        }
    }
    (known && !texts.is_empty()).then_some(VarKind::Derived(how, texts))
}

/// A number, or a variable that is one.
fn summand(r: &mut Reader, node: &Node<'_>) -> Option<Texts> {
    if let toml::de::DeValue::Integer(_) = node.value {
        return fixed(r, node);
    }
    let text = r.word(node, "\"{{hour}}\"")?;
    if text.value.trim().parse::<i64>().is_err() && names(&text.value).next().is_none() {
        let message = format!("\"{}\" is no number", text.value.escape_debug());
        r.bad_value(text.span, message, "write a number, or the name of a variable that is one");
        return None;
    }
    Some(Texts { de: text.clone(), en: text })
}

/// A value the author wrote. It may be a number, and is one line without variables.
fn fixed(r: &mut Reader, node: &Node<'_>) -> Option<Texts> {
    if let toml::de::DeValue::Integer(_) = node.value {
        let number = r.integer(node, i64::MIN, i64::MAX)?;
        let text = At { value: number.to_string(), span: node.span.clone() };
        return Some(Texts { de: text.clone(), en: text });
    }
    let texts = r.world_text(node)?;
    for text in [&texts.en, &texts.de] {
        if text.value.contains(['\n', '\r']) || text.value.contains("{{") {
            let (message, help) = match names(&text.value).next() {
                Some(name) => (
                    format!("a variable's value cannot use `{{{{{name}}}}}`"),
                    "write the value out, or let it be worked out: `{ text = \"...\" }` may name variables above it",
                ),
                None => (
                    "a variable's value is one line without `{{`".to_owned(),
                    "longer texts go where they are used",
                ),
            };
            r.bad_value(text.span.clone(), message, help);
            return None;
        }
    }
    Some(texts)
}

/// Reads `192.0.2.0/24`.
pub(crate) fn network(text: &str) -> Option<Network> {
    let (base, prefix) = text.trim().split_once('/')?;
    let base = base.parse().ok()?;
    let prefix = prefix.parse().ok().filter(|p| *p <= 32)?;
    Some(Network { base, prefix })
}
