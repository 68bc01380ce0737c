//! Steps, and what refers to them: ids, points, counterexamples, scripts.

use crate::event::CommonMistake;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::draw::{part_points, points};
use crate::scenario::model::{CheckModel, CounterModel, Model, StepModel};
use crate::scenario::read::{there_are, unknown_mistake};
use crate::scenario::suggest::nearest;
use crate::scenario::template::{At, Str};
use crate::scenario::{COMMON, Place, Script, ScriptLine, Trials};
use std::collections::BTreeSet;
use std::ops::Range;

/// How many counterexamples a scenario should have.
const COUNTEREXAMPLES: usize = 3;

pub(super) fn check(model: &Model, faults: &mut Vec<Diagnostic>) {
    let ids = model.steps.iter().map(|s| &s.id);
    unique(ids, "steps", faults);
    for step in &model.steps {
        unique(step.mistakes.iter().map(|m| &m.id), "mistakes of this step", faults);
        worth(step, faults);
        for mistake in step.mistakes.iter().filter(|m| m.id.value == "answer") {
            faults.push(
                Diagnostic::error(
                    "bad-value",
                    mistake.id.span.clone(),
                    "a mistake cannot be called `answer`",
                )
                .help("`answer` stands for the step's wrong answers"),
            );
        }
    }
    for example in &model.counterexamples {
        counterexample(model, example, faults);
    }
    if model.exam {
        exam(model, faults);
    }
    if model.steps.is_empty() {
        return;
    }
    if model.solutions.is_empty() {
        faults.push(
            Diagnostic::warning("no-solution", 0..0, "nobody has solved this scenario yet")
                .help("add a [[solution]] whose `script` earns everything")
                .whole_file(),
        );
    }
    if model.counterexamples.len() < COUNTEREXAMPLES {
        let message = format!(
            "a scenario has {COUNTEREXAMPLES} counterexamples at least, this one has {}",
            model.counterexamples.len()
        );
        faults.push(
            Diagnostic::warning("few-counterexamples", 0..0, message)
                .help("add a [[counterexample]] for each mistake people really make")
                .whole_file(),
        );
    }
}

/// An exam gives no hints, and without a step there is nothing to hand in.
fn exam(model: &Model, faults: &mut Vec<Diagnostic>) {
    for hint in model.steps.iter().flat_map(|step| &step.hints) {
        faults.push(
            Diagnostic::error("exam-hint", hint.span.clone(), "an exam gives no hints")
                .help("leave out the hints, or `exam = true`"),
        );
    }
    if model.steps.is_empty() && !model.lost_steps {
        faults.push(
            Diagnostic::error("missing-key", 0..0, "an exam asks for something, and there is no step")
                .help("add [[step]], or leave out `exam = true`")
                .whole_file(),
        );
    }
}

fn unique<'m>(ids: impl Iterator<Item = &'m At<String>>, what: &str, faults: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(&id.value) {
            let message = format!("two {what} are called `{}`", id.value);
            faults.push(
                Diagnostic::error("duplicate", id.span.clone(), message)
                    .label("stands here again")
                    .help("give each an id of its own"),
            );
        }
    }
}

fn worth(step: &StepModel, faults: &mut Vec<Diagnostic>) {
    let (parts, whole) = (part_points(step), points(step));
    if let Some(written) = step.points.as_ref().filter(|p| p.value < parts) {
        let message =
            format!("the expectations of `{}` are worth {parts} points, the step {whole}", step.id.value);
        faults.push(
            Diagnostic::error("points-mismatch", written.span.clone(), message)
                .help(format!("give the step {parts} points or more, or leave `points` out")),
        );
    }
    for hint in step.hints.iter().filter(|h| h.cost > whole) {
        let message = format!("this hint costs {} points and the step is worth {whole}", hint.cost);
        faults.push(
            Diagnostic::warning("hint-cost", hint.span.clone(), message)
                .help("a hint should cost no more than its step is worth"),
        );
    }
}

fn counterexample(model: &Model, example: &CounterModel, faults: &mut Vec<Diagnostic>) {
    for (step, earned) in &example.earns {
        let Some(known) = find(model, step, &step.value, faults) else { continue };
        if *earned > points(known) {
            let message = format!("`{}` is worth {} points, not {earned}", step.value, points(known));
            faults.push(
                Diagnostic::error("points-mismatch", step.span.clone(), message)
                    .help("a counterexample earns less than everything"),
            );
        }
    }
    for said in &example.says {
        let (id, mistake) = match said.value.split_once('/') {
            Some((id, mistake)) => (id, Some(mistake)),
            None => (said.value.as_str(), None),
        };
        if let (COMMON, Some(mistake)) = (id, mistake) {
            faults.extend(common(model, said, mistake));
            continue;
        }
        let Some(step) = find(model, said, id, faults) else { continue };
        let Some(mistake) = mistake else { continue };
        let mut known: Vec<&str> = step.mistakes.iter().map(|m| m.id.value.as_str()).collect();
        if matches!(&step.check, Some(CheckModel::Question { wrong, .. }) if !wrong.is_empty()) {
            known.push("answer");
        }
        if !known.contains(&mistake) {
            let message = format!("`{id}` has no mistake `{}`", mistake.escape_debug());
            faults.push(Diagnostic::error("unknown-mistake", said.span.clone(), message).suggest(
                nearest(mistake, known.iter().copied()),
                || match known.as_slice() {
                    [] => "add a [[step.mistake]] to the step".to_owned(),
                    known => there_are(known),
                },
            ));
        }
    }
}

/// What is wrong with a mistake of the catalogue that is to be said.
fn common(model: &Model, said: &Str, name: &str) -> Option<Diagnostic> {
    let known: Vec<&str> = CommonMistake::ALL.iter().map(|m| m.name()).collect();
    let Some(mistake) = CommonMistake::named(name) else {
        return Some(unknown_mistake(name, said.span.clone(), &known));
    };
    model.common.silenced.contains(&mistake).then(|| {
        Diagnostic::error(
            "silent-mistake",
            said.span.clone(),
            format!("`{name}` is silenced in this scenario"),
        )
        .help("take it out of `silence` in [mistakes], or out of `says`")
    })
}

fn find<'m>(model: &'m Model, at: &Str, id: &str, faults: &mut Vec<Diagnostic>) -> Option<&'m StepModel> {
    let step = model.steps.iter().find(|s| s.id.value == id);
    if step.is_none() && !model.lost_steps {
        faults.push(unknown_step(model, at.span.clone(), id));
    }
    step
}

fn unknown_step(model: &Model, span: Range<usize>, id: &str) -> Diagnostic {
    let known: Vec<&str> = model.steps.iter().map(|s| s.id.value.as_str()).collect();
    Diagnostic::error("unknown-step", span, format!("there is no step `{}`", id.escape_debug())).suggest(
        nearest(id, known.iter().copied()),
        || match known.as_slice() {
            [] => "add a [[step]]".to_owned(),
            known => there_are(known),
        },
    )
}

/// What scripts say of steps: `@hint`, `@answer` and `# step:`.
pub(super) fn scripts(model: &Model, trials: &Trials, faults: &mut Vec<Diagnostic>) {
    if model.lost_steps {
        return;
    }
    let solutions = trials.solutions.iter().map(|s| (&s.script, &s.at));
    let counterexamples = trials.counterexamples.iter().map(|c| (&c.script, &c.at));
    for (script, at) in solutions.chain(counterexamples) {
        self::script(model, script, at, faults);
    }
}

fn script(model: &Model, script: &Script, at: &Place, faults: &mut Vec<Diagnostic>) {
    for (line, id) in &script.parts {
        if !model.steps.iter().any(|s| s.id.value == *id) {
            faults.push(unknown_step(model, at.line(*line), id));
        }
    }
    for (line, what) in &script.lines {
        let (id, answers) = match what {
            ScriptLine::Hint { step } => (step, false),
            ScriptLine::Answer { step, .. } => (step, true),
            _ => continue,
        };
        let fault = match model.steps.iter().find(|s| s.id.value == *id) {
            None => unknown_step(model, at.line(*line), id),
            Some(step) if answers && !matches!(step.check, Some(CheckModel::Question { .. }) | None) => {
                Diagnostic::error("no-question", at.line(*line), format!("`{id}` asks no question"))
                    .help("only steps with `ask` can be answered")
            }
            Some(step) if !answers && step.hints.is_empty() => {
                Diagnostic::error("no-hint", at.line(*line), format!("`{id}` has no hints"))
                    .help("give the step `hints`, or leave this line out")
            }
            Some(_) => continue,
        };
        faults.push(fault);
    }
}
