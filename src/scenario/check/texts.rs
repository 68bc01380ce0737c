//! Texts: variables nobody uses, translations that say different things, hints that say too much.

use crate::mail::Glob;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{HintModel, Model, StepModel, VarKind};
use crate::scenario::template::{Str, Texts, names, place_of};
use crate::scenario::{Answer, Check, Drawn, Step};
use crate::units::{Points, Text};
use std::collections::BTreeSet;

/// How short a text answer may be before its turning up in a hint says nothing.
const TELLING: usize = 4;

pub(super) fn check(source: &str, model: &Model, faults: &mut Vec<Diagnostic>) {
    let used = model.strings.iter().flat_map(|s| names(&s.value));
    let used = used.chain(model.decides.iter().map(String::as_str));
    let used: BTreeSet<&str> = used.map(|name| name.split('.').next().unwrap_or_default()).collect();
    for var in model.vars.iter().filter(|v| !used.contains(v.name.value.as_str())) {
        let name = &var.name.value;
        faults.push(
            Diagnostic::warning(
                "unused-variable",
                var.name.span.clone(),
                format!("`{name}` is used nowhere"),
            )
            .help(format!("write {{{{{name}}}}} where it belongs, or leave the variable out")),
        );
    }
    for texts in &model.translations {
        translation(source, model, texts, faults);
    }
    for var in model.vars.iter().filter(|v| v.secret) {
        let hints = model.steps.iter().flat_map(|s| &s.hints).filter_map(|h| h.text.as_ref());
        for text in hints.chain(&model.brief).flat_map(|t| [&t.en, &t.de]) {
            secret(source, text, &var.name.value, &var.kind, faults);
        }
    }
}

/// Both languages must speak of the same things.
fn translation(source: &str, model: &Model, texts: &Texts, faults: &mut Vec<Diagnostic>) {
    // A misspelt name is told as such; what it should be is not known.
    let known = |name: &str| name.contains('.') || model.vars.iter().any(|v| v.name.value == name);
    if [&texts.en, &texts.de].iter().any(|text| names(&text.value).any(|name| !known(name))) {
        return;
    }
    let of = |text: &Str| names(&text.value).map(str::to_owned).collect::<BTreeSet<String>>();
    let (en, de) = (of(&texts.en), of(&texts.de));
    let pairs = [(&texts.en, &en, &de, "English", "German"), (&texts.de, &de, &en, "German", "English")];
    for (text, here, there, this, other) in pairs {
        if let Some(name) = here.difference(there).next() {
            let message = format!("the {this} text has {{{{{name}}}}}, the {other} has not");
            faults.push(
                Diagnostic::warning("translation-variables", place_of(source, &text.span, name), message)
                    .help("both languages should give the learner the same facts"),
            );
        }
    }
}

/// A secret variable in a text that everybody may read.
fn secret(source: &str, text: &Str, name: &str, kind: &VarKind, faults: &mut Vec<Diagnostic>) {
    let named = names(&text.value).any(|n| n.split('.').next() == Some(name));
    let values: Vec<&Str> = match kind {
        VarKind::Pick(picks) | VarKind::Shuffle(picks) => picks.iter().flat_map(|t| [&t.en, &t.de]).collect(),
        _ => Vec::new(),
    };
    let literal = values.iter().find(|v| contains_word(&text.value, &v.value));
    let span = match (named, literal) {
        (true, _) => place_of(source, &text.span, name),
        (false, Some(_)) => text.span.clone(),
        (false, None) => return,
    };
    faults.push(
        Diagnostic::warning("leaking-hint", span, format!("this gives away the secret `{name}`"))
            .help("say where the learner finds it; or take `secret = true` from the variable"),
    );
}

/// Hints in which the right answer to a question stands, for the values of one draw. A hint that costs all the step
/// is worth may tell everything.
pub(super) fn answers_in_hints(model: &Model, drawn: &Drawn, faults: &mut Vec<Diagnostic>) {
    for (asking, question) in model.steps.iter().zip(drawn.steps.iter()) {
        let Check::Question { answer, .. } = &question.check else { continue };
        for (step, drawn_step) in model.steps.iter().zip(drawn.steps.iter()) {
            // A number is in many texts; only the question's own hints would make it the answer.
            if matches!(answer, Answer::Number(_)) && step.id != asking.id {
                continue;
            }
            hints(asking, answer, step, drawn_step, faults);
        }
    }
}

fn hints(asking: &StepModel, answer: &Answer, step: &StepModel, drawn: &Step, faults: &mut Vec<Diagnostic>) {
    for (hint, told) in step.hints.iter().zip(&drawn.hints) {
        let HintModel { text: Some(texts), cost, .. } = hint else { continue };
        if *cost >= drawn.points && *cost > Points::ZERO {
            continue;
        }
        let Text { de, en } = &*told.text;
        for (text, at) in [(en, &texts.en), (de, &texts.de)] {
            if tells(text, answer) {
                let message = format!("this hint tells the answer to `{}`", asking.id.value);
                faults.push(
                    Diagnostic::warning("leaking-hint", at.span.clone(), message)
                        .help("say how to find it, or let the hint cost all the step is worth"),
                );
            }
        }
    }
}

fn tells(text: &str, answer: &Answer) -> bool {
    match answer {
        Answer::Ip(ip) => contains_word(text, &ip.to_string()),
        Answer::Number(n) => contains_word(text, &n.to_string()),
        Answer::Text(globs) => globs.iter().filter_map(plain).any(|word| contains_word(text, &word)),
        Answer::Time(at) => at.utc().split(' ').nth(1).is_some_and(|clock| contains_word(text, clock)),
        Answer::Line { right, .. } => right.iter().filter_map(plain).any(|line| contains_word(text, &line)),
        // Ids of options are not what the learner reads.
        Answer::Choice { .. } | Answer::Several { .. } => false,
    }
}

/// What a glob stands for, where that is one text long enough to be telling.
fn plain(glob: &Glob) -> Option<String> {
    let text = glob.0.trim_matches('*').trim();
    let plain = !text.contains(['*', '?', '\\']) && text.chars().count() >= TELLING;
    plain.then(|| text.to_owned())
}

/// Does `word` stand in `text`, not as a part of a longer word or number? Case does not matter.
fn contains_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    if word.is_empty() {
        return false;
    }
    let part = |c: char| c.is_alphanumeric();
    text.match_indices(&word).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let mut after = text.get(at + word.len()..).unwrap_or_default().chars();
        let end = match after.next() {
            // A sentence may end after an address, an address does not.
            Some('.') => !after.next().is_some_and(part),
            Some(c) => !part(c),
            None => true,
        };
        end && !before.is_some_and(|c| part(c) || c == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_told_when_it_stands_there_as_a_word() {
        for (text, word, told) in [
            ("It is 192.0.2.2.", "192.0.2.2", true),
            ("It is 192.0.2.25.", "192.0.2.2", false),
            ("It is 5.192.0.2.2", "192.0.2.2", false),
            ("The code (354) is it", "354", true),
            ("1354", "354", false),
            ("Hedwigs Post", "hedwig", false),
            ("an Hedwig!", "hedwig", true),
            ("", "", false),
        ] {
            assert_eq!(contains_word(text, word), told, "{text:?} {word:?}");
        }
    }
}
