//! From a [`Model`], a seed and a language to what is played: variables drawn, names filled in, values judged.
//!
//! What is wrong with a value shows here and only here, because a value may hold a variable: loading a scenario
//! draws it for a few seeds and both languages and collects what comes up.

mod fault;
mod imap;
mod letter;
mod mail;
mod pattern;
mod person;
mod post;
mod script;
mod sender;
mod share;
mod smime;
mod smtp;
mod step;
mod tls;
mod value;
mod vars;
mod words;
mod world;

use super::diagnostic::Diagnostic;
use super::model::Model;
use super::suggest::nearest;
use super::template::{Piece, Str, Texts, pieces, place_of};
use super::{Common, Drawn, Trials};
use crate::mail::Glob;
use crate::units::{Lang, Text};
pub(crate) use share::share;
use std::collections::BTreeMap;
use std::sync::Arc;
pub(crate) use step::{part_points, points};
pub(crate) use vars::draw as draw_vars;

/// Draws what an attempt needs. The result is of use only where no fault is an error.
pub(crate) fn draw(source: &str, model: &Model, seed: u64, lang: Lang) -> (Drawn, Vec<Diagnostic>) {
    let Read { vars, own, faults } = read_for(source, model, seed, lang);
    let mut draw = Draw::new(source, own.as_ref().unwrap_or(model), vars, lang);
    draw.faults = faults;
    let drawn = draw.drawn();
    (drawn, draw.faults)
}

/// A file as one draw reads it.
struct Read {
    vars: BTreeMap<String, String>,
    /// Where it is not as every draw reads it.
    own: Option<Model>,
    faults: Vec<Diagnostic>,
}

fn read_for(source: &str, model: &Model, seed: u64, lang: Lang) -> Read {
    let vars = vars::draw(model, seed, lang);
    if !model.varies {
        return Read { vars, own: None, faults: Vec::new() };
    }
    let (own, faults) = super::read::read_for(source, &vars);
    Read { vars, own: Some(own), faults }
}

/// What came of a draw with everything.
pub(crate) struct Tried {
    pub(crate) drawn: Drawn,
    pub(crate) trials: Trials,
    pub(crate) faults: Vec<Diagnostic>,
    /// The file as this draw reads it, where that is not as every draw does.
    pub(crate) own: Option<Model>,
}

/// Draws what the scenario is tried with too.
pub(crate) fn draw_with_trials(source: &str, model: &Model, seed: u64, lang: Lang) -> Tried {
    let Read { vars, own, faults } = read_for(source, model, seed, lang);
    let mut draw = Draw::new(source, own.as_ref().unwrap_or(model), vars, lang);
    draw.faults = faults;
    let drawn = draw.drawn();
    let trials = Trials { solutions: draw.solutions(), counterexamples: draw.counterexamples() };
    let faults = draw.faults;
    Tried { drawn, trials, faults, own }
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

impl<'m> Draw<'m> {
    fn new(source: &'m str, model: &'m Model, vars: BTreeMap<String, String>, lang: Lang) -> Draw<'m> {
        let (facts, faults) = (BTreeMap::new(), Vec::new());
        Draw { source, model, lang, vars, facts, faults }
    }

    fn drawn(&mut self) -> Drawn {
        let model = self.model;
        let setup = self.setup();
        let steps = self.steps(&setup).into();
        let said = model.common.said.iter().map(|(mistake, texts)| (*mistake, self.text(texts))).collect();
        let common = Arc::new(Common { silenced: model.common.silenced.iter().copied().collect(), said });
        Drawn {
            id: model.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            title: self.text_if(&model.title),
            brief: self.text_if(&model.brief),
            closing: model.closing.as_ref().map(|t| self.text(t)),
            real: model.real.as_ref().map(|t| self.text(t)),
            exam: model.exam,
            vars: self.vars.clone(),
            setup: Arc::new(setup),
            steps,
            common,
        }
    }

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
        // It is kept as long as its attempt, and what was reserved too much with it.
        out.shrink_to_fit();
        known.then_some(out)
    }

    fn unknown(&mut self, template: &Str, name: &str) {
        // Where something is missing from the model the name may be right.
        let lost = match name.split('.').next() {
            Some("host") => self.model.lost_hosts,
            Some("workstation") => false,
            _ => self.model.lost_vars,
        };
        if lost {
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
    fn text(&mut self, texts: &Texts) -> Arc<Text> {
        let [de, en] = [&texts.de, &texts.en].map(|t| self.fill(t).unwrap_or_default());
        Arc::new(Text { de, en })
    }

    /// A text that may be missing, which has been reported then.
    fn text_if(&mut self, texts: &Option<Texts>) -> Arc<Text> {
        texts.as_ref().map(|t| self.text(t)).unwrap_or_default()
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
