//! `[mistakes]`: the shared catalogue, silenced or said in the scenario's own words.

use super::keys::{Keys, Reader};
use crate::event::CommonMistake;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::Model;
use crate::scenario::suggest::nearest;
use std::ops::Range;

pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>, model: &mut Model) {
    let example = "{ silence = [\"second-mail\"] }";
    let Some(node) = keys.get("mistakes") else { return };
    let Some(mut keys) = r.table(&node, "what is done about common mistakes", example) else { return };
    if let Some(node) = keys.get("silence") {
        for name in r.strings(&node, "[\"second-mail\"]") {
            model.common.silenced.extend(mistake(r, &name.value, name.span));
        }
    }
    if let Some(node) = keys.get("say")
        && let Some(said) = r.table(
            &node,
            "what is said of common mistakes",
            "{ second-mail = { en = \"...\", de = \"...\" } }",
        )
    {
        for node in said.others() {
            let texts = r.texts(&node);
            let Some(found) = mistake(r, &node.name, node.key.clone()) else { continue };
            if model.common.silenced.contains(&found) {
                r.faults.push(
                    Diagnostic::error(
                        "silent-mistake",
                        node.key,
                        format!("`{}` is silenced and is said", node.name),
                    )
                    .help("take it out of `silence`, or out of `say`"),
                );
                continue;
            }
            model.common.said.extend(texts.map(|texts| (found, texts)));
        }
    }
    keys.finish(r);
}

/// A mistake of the catalogue by its name.
fn mistake(r: &mut Reader, name: &str, span: Range<usize>) -> Option<CommonMistake> {
    let found = CommonMistake::named(name);
    if found.is_none() {
        let known: Vec<&str> = CommonMistake::ALL.iter().map(|m| m.name()).collect();
        r.faults.push(unknown_mistake(name, span, &known));
    }
    found
}

/// A name that the catalogue does not have.
pub(crate) fn unknown_mistake(name: &str, span: Range<usize>, known: &[&str]) -> Diagnostic {
    let message = format!("the catalogue has no mistake `{}`", name.escape_debug());
    Diagnostic::error("unknown-mistake", span, message)
        .suggest(nearest(name, known.iter().copied()), || "docs/scenarios.md lists the catalogue".to_owned())
}
