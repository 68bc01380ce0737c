//! `[[step]]` with its expectations or question, hints and mistakes.

use super::keys::{Keys, Node, Reader};
use super::{pattern, tables};
use crate::scenario::Hidden;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{
    AnswerModel, CheckModel, ExpectModel, HintModel, HowModel, MistakeModel, Model, OnModel, StepModel,
    WayModel, WhatModel,
};
use crate::scenario::template::{At, Str, Texts};

const TEXTS: &str = "{ en = \"...\", de = \"...\" }";
const ANSWERS: [&str; 8] = ["ip", "text", "texts", "number", "time", "line", "choice", "several"];

pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>, model: &mut Model) {
    let steps = tables(r, keys, "step");
    // Without a step a scenario is for free play, and then nothing solves it or fails at it.
    let played = !keys.which(&["solution", "counterexample"]).is_empty();
    if played && keys.which(&["step"]).is_empty() {
        r.faults.push(
            Diagnostic::error(
                "missing-key",
                0..0,
                "what is solved or failed at is a step, and there is none",
            )
            .help("add [[step]] with `id`, `title`, `task` and `expect` or `ask`")
            .whole_file(),
        );
    }
    for node in &steps {
        let step = r.table(node, "a step", "...").and_then(|keys| step(r, keys));
        model.lost_steps |= step.is_none();
        model.steps.extend(step);
    }
}

fn step(r: &mut Reader, mut keys: Keys<'_>) -> Option<StepModel> {
    let id = keys.need("id", "\"hand-over\"").and_then(|n| r.id(&n, "\"hand-over\""));
    let points = keys.get("points").and_then(|n| Some(At { value: r.points(&n)?, span: n.span.clone() }));
    let optional = keys.get("optional").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let title = keys.need("title", TEXTS).and_then(|n| r.texts(&n));
    // A question may say all there is to do.
    let task = match keys.which(&["ask"]).is_empty() {
        true => keys.need("task", TEXTS),
        false => keys.get("task"),
    };
    let task = task.and_then(|n| r.texts(&n));
    let check = check(r, &mut keys);
    let hints = keys.get("hints").map(|n| r.list(&n, "[{ cost = 0.5, en = \"...\", de = \"...\" }]"));
    let hints = hints.unwrap_or_default().iter().filter_map(|node| hint(r, node)).collect();
    let mistakes = tables(r, &mut keys, "mistake");
    let mistakes = mistakes.iter().enumerate().filter_map(|(i, node)| mistake(r, node, i + 1)).collect();
    let hides = keys.get("hides").map(|n| r.list(&n, "[\"mailboxes\"]")).unwrap_or_default();
    let words = Hidden::ALL.map(|hidden| (hidden.name(), hidden));
    let hides = hides.iter().filter_map(|node| r.one_of(node, &words)).collect();
    keys.finish(r);
    Some(StepModel { id: id?, points, optional, title, task, check, hints, mistakes, hides })
}

fn check(r: &mut Reader, keys: &mut Keys<'_>) -> Option<CheckModel> {
    let ways = tables(r, keys, "way");
    let [on, order, expect, ask, answer] =
        ["on", "order", "expect", "ask", "answer"].map(|key| keys.get(key));
    let question = ask.as_ref().or(answer.as_ref());
    match (expect, question) {
        (Some(expect), None) if ways.is_empty() => {
            let way = way(r, on.as_ref(), order.as_ref(), &expect);
            Some(CheckModel::Events(vec![way]))
        }
        (None, None) if !ways.is_empty() => {
            for node in on.iter().chain(order.iter()) {
                r.bad_value(
                    node.key.clone(),
                    format!("each way has `{}` of its own", node.name),
                    "write it in [[step.way]]",
                );
            }
            Some(CheckModel::Events(ways.iter().filter_map(|node| way_table(r, node)).collect()))
        }
        (None, Some(_)) if ways.is_empty() => {
            for node in on.iter().chain(order.iter()) {
                r.bad_value(
                    node.key.clone(),
                    format!("`{}` has no meaning for a question", node.name),
                    "leave it out, or write `expect` instead of `ask`",
                );
            }
            let ask = keys.need("ask", TEXTS).and_then(|n| r.texts(&n));
            let (answer, wrong) = keys
                .need("answer", "{ ip = \"{{workstation.ip}}\" }")
                .and_then(|n| r.table(&n, "an answer", "{ text = \"...\" }"))
                .map_or((None, Vec::new()), |keys| self::answer(r, keys));
            Some(CheckModel::Question { ask, answer, wrong })
        }
        (None, None) => {
            r.faults.push(
                Diagnostic::error(
                    "missing-key",
                    keys.span(),
                    "nothing says how this step is known to be done",
                )
                .label("`expect` or `ask` is missing")
                .help("add `expect = [ ... ]`, or `ask` and `answer`"),
            );
            None
        }
        (Some(expect), None) => {
            r.bad_value(
                expect.key,
                "this step expects events and has ways besides",
                "make what is expected here a way of its own: [[step.way]]",
            );
            None
        }
        (expect, Some(question)) => {
            r.bad_value(
                expect.map_or_else(|| question.key.clone(), |expect| expect.key),
                "this step expects events and asks a question",
                "make it two steps: one with `expect`, one with `ask` and `answer`",
            );
            None
        }
    }
}

/// `[[step.way]]`.
fn way_table(r: &mut Reader, node: &Node<'_>) -> Option<WayModel> {
    let mut keys = r.table(node, "a way to do the step", "...")?;
    let [on, order] = ["on", "order"].map(|key| keys.get(key));
    let expect = keys.need("expect", "[{ smtp = \"MAIL\", reply = 250 }]");
    let way = expect.map(|expect| way(r, on.as_ref(), order.as_ref(), &expect));
    keys.finish(r);
    way
}

fn way(r: &mut Reader, on: Option<&Node<'_>>, order: Option<&Node<'_>>, expect: &Node<'_>) -> WayModel {
    let on = on.and_then(|n| r.word(n, "\"mail.example.tld:25\""));
    let ordered = order.and_then(|n| r.one_of(n, &[("listed", true), ("any", false)]));
    let items = r.list(expect, "[{ smtp = \"MAIL\", reply = 250 }]");
    if items.is_empty() && expect.is_list() {
        r.bad_value(
            expect.span.clone(),
            "nothing is expected here",
            "for example [{ smtp = \"MAIL\", reply = 250 }]",
        );
    }
    let listed: Vec<ExpectModel> = items.iter().filter_map(|node| expectation(r, node)).collect();
    let never = |e: &ExpectModel| matches!(e.how, HowModel::Never(_));
    if listed.len() == items.len()
        && listed.iter().all(|e| never(e) || e.optional)
        && !listed.iter().all(never)
    {
        r.bad_value(
            expect.span.clone(),
            "all that is expected here is optional, and so nothing says when it is done",
            "let one of them be needed, or make the whole step optional",
        );
    }
    if listed.len() == items.len() && !listed.is_empty() && listed.iter().all(never) {
        r.bad_value(
            expect.span.clone(),
            "what must never happen alone is done before anything was typed",
            "expect something that must happen as well",
        );
    }
    WayModel { on, ordered, expect: listed }
}

fn expectation(r: &mut Reader, node: &Node<'_>) -> Option<ExpectModel> {
    let mut keys = r.table(node, "an expectation", "[{ smtp = \"MAIL\", reply = 250 }]")?;
    if let Some(never) = keys.get("never") {
        let mut inner = r.table(&never, "what must never happen", "{ smtp = \"AUTH\" }")?;
        let sought = pattern::read(r, &mut inner);
        inner.finish(r);
        let same = pattern::same(r, &mut keys);
        keys.finish(r);
        return Some(ExpectModel {
            sought: sought?,
            points: None,
            how: HowModel::Never(same),
            optional: false,
        });
    }
    let points = keys.get("points").and_then(|n| r.points(&n));
    let optional = keys.get("optional").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let sought = pattern::read(r, &mut keys);
    let what = sought.as_ref().map(|sought| &sought.what);
    // Of what happens and is over nothing is so now; there it is a key that nobody knows.
    let undone = matches!(
        what,
        Some(WhatModel::Setting { .. } | WhatModel::Zone { .. } | WhatModel::Flagged(_)) | None
    );
    let now = if undone { keys.get("now").and_then(|n| r.boolean(&n)).unwrap_or(false) } else { false };
    let now = now || matches!(what, Some(WhatModel::Holds { .. }));
    keys.finish(r);
    let how = if now { HowModel::Now } else { HowModel::Happened };
    Some(ExpectModel { sought: sought?, points, how, optional })
}

fn hint(r: &mut Reader, node: &Node<'_>) -> Option<HintModel> {
    let mut keys = r.table(node, "a hint", "[{ cost = 0.5, en = \"...\", de = \"...\" }]")?;
    let cost = keys.get("cost").and_then(|n| r.points(&n)).unwrap_or_default();
    let span = node.span.clone();
    let commands = keys.get("commands");
    let hint = match commands {
        Some(commands) => {
            if r.boolean(&commands) == Some(false) {
                r.bad_value(
                    commands.span,
                    "`commands = false` says nothing",
                    "write the hint's text: en and de",
                );
            }
            Some(HintModel { cost, text: None, span })
        }
        None => r.both("hint", &mut keys).map(|text| HintModel { cost, text: Some(text), span }),
    };
    keys.finish(r);
    hint
}

fn mistake(r: &mut Reader, node: &Node<'_>, n: usize) -> Option<MistakeModel> {
    let mut keys = r.table(node, "a mistake", "...")?;
    let id = match keys.get("id") {
        Some(node) => r.id(&node, "\"headers-first\""),
        None => Some(At { value: n.to_string(), span: node.span.clone() }),
    };
    let when = keys.need("when", "{ smtp = \"unknown\" }").and_then(|node| {
        let mut keys = r.table(&node, "what gives a mistake away", "{ smtp = \"unknown\" }")?;
        let when = pattern::read(r, &mut keys);
        keys.finish(r);
        when
    });
    let on = match keys.get("on").and_then(|n| r.word(&n, "\"mail.example.tld:25\"")) {
        None => OnModel::AsStep,
        Some(on) if on.value == "any" => OnModel::Anywhere,
        Some(on) => OnModel::There(on),
    };
    let expected = keys.get("even_if_expected").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let say = keys.need("say", TEXTS).and_then(|n| r.texts(&n));
    keys.finish(r);
    Some(MistakeModel { id: id?, on, when, even_if_expected: expected, say })
}

fn answer(r: &mut Reader, mut keys: Keys<'_>) -> (Option<AnswerModel>, Vec<(Option<Str>, Texts)>) {
    let model = match keys.which(&ANSWERS).as_slice() {
        [kind] => keys.get(kind).and_then(|node| match *kind {
            "ip" => r.word(&node, "\"{{workstation.ip}}\"").map(AnswerModel::Ip),
            "number" => number(r, &node).map(AnswerModel::Number),
            "time" => r.word(&node, "\"1 Sep 2018 13:55:38 +0200\"").map(AnswerModel::Time),
            "line" => line(r, &mut keys, &node),
            "choice" => choice(r, &mut keys, &node),
            "several" => several(r, &mut keys, &node),
            _ => texts(r, &node),
        }),
        [] => {
            r.faults.push(Diagnostic::error("missing-key", keys.span(), "which answer is right?").help(
                    "an answer has one of `ip`, `text`, `texts`, `number`, `time`, `line`, `choice` and `several`",
                ));
            keys.forgive();
            None
        }
        [_, second, ..] => {
            let at = keys.get(second).map_or_else(|| keys.span(), |n| n.key);
            r.bad_value(
                at,
                "two kinds of answers to one question",
                "several right texts are `texts = [ ... ]`",
            );
            keys.forgive();
            None
        }
    };
    let wrong = keys.get("wrong").map(|n| r.list(&n, "[{ is = \"...\", en = \"...\", de = \"...\" }]"));
    let wrong = wrong.unwrap_or_default().iter().filter_map(|node| wrong_answer(r, node)).collect();
    keys.finish(r);
    (model, wrong)
}

fn wrong_answer(r: &mut Reader, node: &Node<'_>) -> Option<(Option<Str>, Texts)> {
    let mut keys = r.table(node, "a wrong answer", "[{ is = \"...\", en = \"...\", de = \"...\" }]")?;
    let is = keys.need("is", "\"...\"");
    let is = is.and_then(|n| one_answer(r, &n));
    let say = r.both("wrong", &mut keys);
    keys.finish(r);
    Some((is, say?))
}

/// The answer that is wrong: a text, or a number. A number of them has to be written one by one.
fn one_answer(r: &mut Reader, node: &Node<'_>) -> Option<Str> {
    if node.is_string() {
        return r.word(node, "\"...\"");
    }
    if node.is_integer() {
        return number(r, node);
    }
    if node.is_list() {
        let fault = Diagnostic::error("wrong-type", node.span.clone(), "`is` must be one answer, not a list");
        let help = "write one entry for each: `wrong = [{ is = \"a\", ... }, { is = \"b\", ... }]`";
        r.faults.push(fault.label("a list").help(help));
    } else {
        r.wrong_type(node, "a text or a whole number", "\"...\"");
    }
    None
}

/// A number, or a string in which a variable stands for one.
fn number(r: &mut Reader, node: &Node<'_>) -> Option<Str> {
    if node.is_string() {
        return r.word(node, "\"{{number}}\"");
    }
    let number = r.integer(node, i64::MIN, i64::MAX)?;
    Some(At { value: number.to_string(), span: node.span.clone() })
}

/// Each right text; of a text in two languages both are right.
fn texts(r: &mut Reader, node: &Node<'_>) -> Option<AnswerModel> {
    let items = if node.is_list() { r.list(node, "[\"...\"]") } else { vec![node.clone()] };
    let mut right: Vec<Str> = Vec::new();
    for item in &items {
        if let Some(text) = r.world_text(item) {
            if text.en != text.de {
                right.push(text.de);
            }
            right.push(text.en);
        }
    }
    if items.is_empty() {
        r.bad_value(node.span.clone(), "no answer would be right", "write one right answer at least");
    }
    (!right.is_empty()).then_some(AnswerModel::Text(right))
}

/// The right lines, and where the learner may pick one.
fn line(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<AnswerModel> {
    let of = keys.get("of").and_then(|n| r.word(&n, "\"anna@example.org\""));
    match texts(r, node)? {
        AnswerModel::Text(right) => Some(AnswerModel::Line { right, of }),
        _ => None,
    }
}

fn choice(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<AnswerModel> {
    let right = r.word(node, "\"first\"");
    let options = options(r, keys)?;
    right.map(|right| AnswerModel::Choice { options, right })
}

fn several(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<AnswerModel> {
    let items = r.list(node, "[\"first\", \"third\"]");
    let right = items.iter().filter_map(|item| r.word(item, "\"first\"")).collect();
    if items.is_empty() && node.is_list() {
        r.bad_value(
            node.span.clone(),
            "no option would be right",
            "write the id of one right option at least",
        );
    }
    let missing = keys.get("missing").and_then(|n| r.texts(&n)).map(Box::new);
    Some(AnswerModel::Several { options: options(r, keys)?, right, missing })
}

/// What there is to choose from.
fn options(r: &mut Reader, keys: &mut Keys<'_>) -> Option<Vec<(Str, Texts)>> {
    let example = "[{ id = \"first\", en = \"...\", de = \"...\" }]";
    let listed = keys.need("options", example)?;
    let items = r.list(&listed, example);
    let mut options = Vec::new();
    for item in &items {
        let Some(mut keys) = r.table(item, "an option", example) else { continue };
        let id = keys.need("id", "\"first\"").and_then(|n| r.id(&n, "\"first\""));
        let text = r.both("option", &mut keys);
        keys.finish(r);
        options.extend(id.zip(text));
    }
    if items.len() < 2 && listed.is_list() {
        r.bad_value(listed.span, "there is nothing to choose from", "a choice has two options at least");
    }
    Some(options)
}
