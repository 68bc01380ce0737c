//! Steps with their names filled in: patterns, questions, hints, mistakes.

use super::Draw;
use super::pattern::happens_at;
use crate::mail::Glob;
use crate::mail::trace::date;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{
    AnswerModel, CheckModel, HintModel, HowModel, MistakeModel, OnModel, StepModel, WayModel,
};
use crate::scenario::template::{Str, Texts};
use crate::scenario::{
    Answer, Check, Conversation, Expectation, Hint, How, Mistake, Script, ScriptLine, Step, WrongAnswer,
};
use crate::units::{Lang, Points, TermId, Text};
use crate::world::Setup;
use std::sync::Arc;

impl Draw<'_> {
    pub(super) fn steps(&mut self, setup: &Setup) -> Vec<Step> {
        self.model.steps.iter().map(|step| self.step(setup, step)).collect()
    }

    fn step(&mut self, setup: &Setup, model: &StepModel) -> Step {
        let (title, task) = (self.text_if(&model.title), self.text_if(&model.task));
        let check = self.check(setup, model.check.as_ref());
        // Where the step is done in one place only, its mistakes are made there.
        let on = match &check {
            Check::Events(ways) => match ways.as_slice() {
                [first, rest @ ..] if rest.iter().all(|way| way.on == first.on) => first.on.clone(),
                _ => None,
            },
            Check::Question { .. } => None,
        };
        let hints = model.hints.iter().map(|hint| self.hint(model, hint)).collect();
        let mistakes = model.mistakes.iter().filter_map(|m| self.mistake(setup, m, on.as_ref())).collect();
        let (id, optional, hides) = (model.id.value.clone(), model.optional, model.hides.clone());
        Step { id, points: points(model), optional, title, task, check, hints, mistakes, hides }
    }

    fn mistake(
        &mut self,
        setup: &Setup,
        model: &MistakeModel,
        on: Option<&(String, u16)>,
    ) -> Option<Arc<Mistake>> {
        let client = model.when.as_ref().and_then(|when| when.client.as_ref());
        let place = match &model.on {
            // The step is done on a connection of the learner's, which is not what is meant.
            OnModel::AsStep if self.is_others(setup, client) => None,
            OnModel::AsStep => on.cloned(),
            OnModel::Anywhere => None,
            OnModel::There(place) => {
                let place = self.place(setup, place);
                if let (Some(when), Some(_)) = (&model.when, &place) {
                    self.on_this_connection(setup, place.as_ref(), when);
                }
                place
            }
        };
        let say = self.text_if(&model.say);
        let when = self.sought(setup, model.when.as_ref()?, place.is_some())?;
        let named = matches!(model.on, OnModel::There(_));
        let on = place.filter(|place| named || happens_at(setup, &when.what, place));
        let (id, when, even_if_expected) = (model.id.value.clone(), Arc::new(when), model.even_if_expected);
        Some(Arc::new(Mistake { id, on, when, even_if_expected, say }))
    }

    /// One way to do a step.
    fn way(&mut self, setup: &Setup, model: &WayModel) -> Conversation {
        let place = model.on.as_ref().and_then(|on| self.place(setup, on));
        let placed = model.on.is_some();
        let mut expect = Vec::new();
        for one in &model.expect {
            if placed {
                self.on_this_connection(setup, place.as_ref(), &one.sought);
            }
            let Some(what) = self.sought(setup, &one.sought, placed) else { continue };
            let how = match one.how {
                HowModel::Happened => How::Happened,
                HowModel::Now => How::Now,
                HowModel::Never(same) => How::Never(self.never(same, &what.what, placed, &one.sought)),
            };
            expect.push(Expectation {
                what: Arc::new(what),
                how,
                points: one.points,
                optional: one.optional,
            });
        }
        Conversation { on: place, ordered: model.ordered.unwrap_or(placed), expect }
    }

    fn check(&mut self, setup: &Setup, model: Option<&CheckModel>) -> Check {
        match model {
            Some(CheckModel::Events(ways)) => {
                Check::Events(ways.iter().map(|way| self.way(setup, way)).collect())
            }
            Some(CheckModel::Question { ask, answer, wrong }) => {
                let ask = self.text_if(ask);
                let answer = answer.as_ref().and_then(|a| self.answer(a)).unwrap_or(Answer::Text(Vec::new()));
                let mut said = Vec::new();
                for (is, say) in wrong {
                    let say = self.text(say);
                    if let Some(is) = is.as_ref().and_then(|is| self.glob(is)) {
                        said.push(WrongAnswer { is, say });
                    }
                }
                Check::Question { ask, answer, wrong: said }
            }
            None => Check::Events(Vec::new()),
        }
    }

    fn answer(&mut self, model: &AnswerModel) -> Option<Answer> {
        match model {
            AnswerModel::Ip(ip) => self.ip(ip).map(Answer::Ip),
            AnswerModel::Text(texts) => {
                let globs: Vec<Glob> = texts.iter().filter_map(|t| self.glob(t)).collect();
                Some(Answer::Text(globs))
            }
            AnswerModel::Number(template) => {
                let text = self.fill(template)?;
                let number = text.trim().parse().ok();
                if number.is_none() {
                    let message = format!("\"{}\" is no whole number", text.escape_debug());
                    self.error("bad-value", template, message, "for example `number = 250`");
                }
                number.map(Answer::Number)
            }
            AnswerModel::Time(template) => {
                let text = self.fill(template)?;
                let dated = date(&text).filter(|d| d.offset.is_some());
                if dated.is_none() {
                    let message = format!("\"{}\" is no moment", text.escape_debug());
                    let help =
                        "a date with its zone, as mail writes it: `time = \"1 Sep 2018 13:55:38 +0200\"`";
                    self.error("bad-value", template, message, help);
                }
                dated.map(|d| Answer::Time(d.at))
            }
            AnswerModel::Line { right, of } => {
                let right = right.iter().filter_map(|t| self.glob(t)).collect();
                let of = of.as_ref().and_then(|of| self.fill(of));
                Some(Answer::Line { right, of })
            }
            AnswerModel::Choice { options, right } => {
                let options = self.options(options);
                let right = self.right_option(&options, right)?;
                Some(Answer::Choice { options, right })
            }
            AnswerModel::Several { options, right, missing } => {
                let options = self.options(options);
                let right = self.right_options(&options, right);
                let missing = missing.as_ref().map(|texts| self.text(texts));
                Some(Answer::Several { options, right, missing })
            }
        }
    }

    fn options(&mut self, options: &[(Str, Texts)]) -> Vec<(String, Arc<Text>)> {
        let mut drawn: Vec<(String, Arc<Text>)> = Vec::new();
        for (id, text) in options {
            if drawn.iter().any(|(other, _)| *other == id.value) {
                let message = format!("there are two options `{}`", id.value);
                self.error("duplicate", id, message, "give each option an id of its own");
            }
            let text = self.text(text);
            drawn.push((id.value.clone(), text));
        }
        drawn
    }

    /// The id of an option that is right.
    fn right_option(&mut self, options: &[(String, Arc<Text>)], right: &Str) -> Option<String> {
        let chosen = self.fill(right)?.trim().to_owned();
        if !options.is_empty() && !options.iter().any(|(id, _)| *id == chosen) {
            let known: Vec<&str> = options.iter().map(|(id, _)| id.as_str()).collect();
            let help = super::value::help_with(&chosen, &known, "");
            let message = format!("no option has the id `{}`", chosen.escape_debug());
            self.error("unknown-option", right, message, help);
        }
        Some(chosen)
    }

    fn right_options(&mut self, options: &[(String, Arc<Text>)], right: &[Str]) -> Vec<String> {
        let mut chosen: Vec<String> = Vec::new();
        for template in right {
            let Some(id) = self.right_option(options, template) else { continue };
            if chosen.contains(&id) {
                let message = format!("`{}` is among the right ones twice", id.escape_debug());
                self.error("duplicate", template, message, "name each right option once");
            }
            chosen.push(id);
        }
        if let Some(last) = right.last()
            && options.len() > 1
            && options.iter().all(|(id, _)| chosen.contains(id))
        {
            let span = last.span.clone();
            let fault =
                Diagnostic::warning("all-right", span, "every option is right, which is soon guessed");
            self.faults.push(fault.help("add an option that is wrong"));
        }
        chosen
    }

    fn hint(&mut self, step: &StepModel, model: &HintModel) -> Hint {
        let text = match &model.text {
            Some(texts) => self.text(texts),
            None => self.commands(step, model),
        };
        Hint { cost: model.cost, text, commands: model.text.is_none() }
    }

    /// The lines of the first solution that belong to the step, in both languages.
    fn commands(&mut self, step: &StepModel, hint: &HintModel) -> Arc<Text> {
        let Some(script) = self.model.solutions.first().and_then(|s| s.script.as_ref()) else {
            if self.model.solutions.is_empty() {
                self.faults.push(
                    Diagnostic::error(
                        "no-commands",
                        hint.span.clone(),
                        "there is no solution to take commands from",
                    )
                    .help("add a [[solution]] with a `script`"),
                );
            }
            return Arc::default();
        };
        let mut missing = false;
        let [de, en] = [Lang::De, Lang::En].map(|lang| {
            let template = self.of_lang(script, lang);
            let Some(text) = self.fill(template) else { return String::new() };
            let Ok(script) = Script::parse(text.as_bytes()) else { return String::new() };
            let lines = commands(&script, &step.id.value);
            missing |= lines.is_empty();
            lines
        });
        if missing {
            let id = &step.id.value;
            self.faults.push(
                Diagnostic::error(
                    "no-commands",
                    hint.span.clone(),
                    format!("the first solution does not say which commands belong to `{id}`"),
                )
                .help(format!("put the line `# step: {id}` before them, in the solution's script")),
            );
        }
        Arc::new(Text { de, en })
    }
}

/// What a step is worth: what the author says, else the most that the expectations of one way are worth, else 1.
pub(crate) fn points(model: &StepModel) -> Points {
    let sum = part_points(model);
    match &model.points {
        Some(points) => points.value,
        None if sum > Points::ZERO => sum,
        None => Points(100),
    }
}

/// The points that expectations have of their own, in the way where they are most.
pub(crate) fn part_points(model: &StepModel) -> Points {
    match &model.check {
        Some(CheckModel::Events(ways)) => {
            let sums = ways.iter().map(|way| way.expect.iter().filter_map(|e| e.points).sum());
            sums.max().unwrap_or(Points::ZERO)
        }
        _ => Points::ZERO,
    }
}

/// What is typed for a step, one line each, as a hint shows it. Answers are left out.
fn commands(script: &Script, step: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let at = |term: &TermId| if *term == TermId(1) { String::new() } else { format!("[{term}] ") };
    for line in script.part(step) {
        match line {
            ScriptLine::Type { term, text } => lines.push(format!("{}{}", at(term), text.lossy())),
            ScriptLine::Paste { term, text } => {
                lines.extend(text.lossy().lines().map(|line| format!("{}{line}", at(term))));
            }
            ScriptLine::Keys { term, octets } => {
                lines.push(format!("{}{}", at(term), crate::units::visible(octets)));
            }
            ScriptLine::Press { term, key } => {
                lines.push(format!("{}{}", at(term), key.name()));
            }
            ScriptLine::Wait(_)
            | ScriptLine::Hint { .. }
            | ScriptLine::Answer { .. }
            | ScriptLine::HandIn => {}
        }
    }
    lines.join("\n")
}
