//! From a [`Model`], a seed and a language to what is played: variables drawn, names filled in, values judged.
//!
//! What is wrong with a value shows here and only here, because a value may hold a variable: loading a scenario
//! draws it for a few seeds and both languages and collects what comes up.

mod letter;
mod mail;
mod script;
mod step;
mod value;
mod vars;
mod words;
mod world;

use super::diagnostic::Diagnostic;
use super::model::Model;
use super::suggest::nearest;
use super::template::{Piece, Str, Texts, pieces, place_of};
use super::{Drawn, Glob};

use crate::units::{Lang, Text};
use std::collections::BTreeMap;
pub(crate) use step::{part_points, points};

/// Draws a scenario. The result is of use only where no fault is an error.
pub(crate) fn draw(source: &str, model: &Model, seed: u64, lang: Lang) -> (Drawn, Vec<Diagnostic>) {
    let mut draw = Draw {
        source,
        model,
        lang,
        vars: vars::draw(model, seed, lang),
        facts: BTreeMap::new(),
        faults: Vec::new(),
    };
    let setup = draw.setup();
    let steps = draw.steps(&setup);
    let solutions = draw.solutions();
    let counterexamples = draw.counterexamples();
    let text = |draw: &mut Draw<'_>, texts: &Option<Texts>| texts.as_ref().map(|t| draw.text(t));
    let drawn = Drawn {
        id: model.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        title: text(&mut draw, &model.title).unwrap_or_default(),
        brief: text(&mut draw, &model.brief).unwrap_or_default(),
        closing: text(&mut draw, &model.closing),
        vars: draw.vars,
        setup,
        steps,
        solutions,
        counterexamples,
    };
    (drawn, draw.faults)
}

/// One draw under way.
#[derive(Debug)]
struct Draw<'m> {
    source: &'m str,
    model: &'m Model,
    /// The language of the texts in the world.
    lang: Lang,
    vars: BTreeMap<String, String>,
    /// What `{{workstation.ip}}`, `{{host.NAME.ip}}` ... stand for; filled while the world is set up.
    facts: BTreeMap<String, String>,
    faults: Vec<Diagnostic>,
}

impl Draw<'_> {
    /// The template with its names filled in; `None` where one is unknown, which is reported.
    fn fill(&mut self, template: &Str) -> Option<String> {
        self.fill_each(template, str::to_owned)
    }

    /// The template as a glob: wildcards are the author's, what a name stands for is taken literally.
    fn glob(&mut self, template: &Str) -> Option<Glob> {
        self.fill_each(template, Glob::escape).map(Glob)
    }

    fn fill_each(&mut self, template: &Str, each: impl Fn(&str) -> String) -> Option<String> {
        let mut out = String::with_capacity(template.value.len());
        let mut known = true;
        for piece in pieces(&template.value) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Name(name) => {
                    match self.vars.get(name).or_else(|| self.facts.get(&name.to_lowercase())) {
                        Some(value) => out.push_str(&each(value)),
                        None => {
                            self.unknown(template, name);
                            known = false;
                        }
                    }
                }
                Piece::Open(_) => {
                    self.faults.push(
                        Diagnostic::error(
                            "open-variable",
                            template.span.clone(),
                            "`{{` without `}}` in its line",
                        )
                        .help("a variable is written {{name}}"),
                    );
                    known = false;
                }
            }
        }
        known.then_some(out)
    }

    fn unknown(&mut self, template: &Str, name: &str) {
        // Where something is missing from the model the name may be right.
        let dotted = name.contains('.');
        if dotted && self.model.lost_hosts || !dotted && self.model.lost_vars {
            return;
        }
        let known = self.vars.keys().chain(self.facts.keys()).map(String::as_str);
        let span = place_of(self.source, &template.span, name);
        self.faults.push(
            Diagnostic::error(
                "unknown-variable",
                span,
                format!("there is no variable `{}`", name.escape_debug()),
            )
            .label("not known here")
            .suggest(nearest(name, known), || {
                "declare it in [vars]; there are also workstation.ip, workstation.name, workstation.user and \
                     host.NAME.ip"
                    .to_owned()
            }),
        );
    }

    /// A text for the learner, in both languages.
    fn text(&mut self, texts: &Texts) -> Text {
        Text { de: self.fill(&texts.de).unwrap_or_default(), en: self.fill(&texts.en).unwrap_or_default() }
    }

    /// A text of the world, in the world's language.
    fn world_text(&mut self, texts: &Texts) -> Option<String> {
        match self.lang {
            Lang::De => self.fill(&texts.de),
            Lang::En => self.fill(&texts.en),
        }
    }

    /// Notes an error at a string of the file.
    fn error(&mut self, code: &'static str, at: &Str, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Diagnostic::error(code, at.span.clone(), message).help(help));
    }
}
