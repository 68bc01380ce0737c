//! Scenarios: the TOML model, its variables and texts, loading with diagnostics, and what is drawn from a
//! scenario and a seed: a world's setup and the steps to be done. docs/scenarios.md is the author's manual.
//!
//! A file goes through `read` (text to [`model`], syntax and types), `draw` (model, seed and language to a world and
//! steps; every value is judged here) and `check` (what only shows when one looks at the whole).

mod check;
mod codes;
mod common;
mod diagnostic;
mod draw;
mod model;
mod read;
mod schema;
mod script;
mod suggest;
mod task;
mod template;

pub use common::{COMMON, Common};
pub use diagnostic::{Diagnostic, Severity, render};
pub use schema::schema;
pub use script::{Script, ScriptFault, ScriptLine};
pub use task::{
    Answer, Check, CodePattern, Conversation, DnsPattern, Expectation, FlaggedPattern, Hidden, Hint, How,
    ImapKind, ImapPattern, Mistake, Pattern, Pop3Pattern, ReasonPattern, Same, SenderKind, SenderPattern,
    SmtpKind, SmtpPattern, Sought, Step, Tie, TlsKind, TlsPattern, WrongAnswer,
};

use crate::units::{Lang, Points, Text};
use crate::world::Setup;
use diagnostic::in_file_order;
use model::Model;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use template::{Texts, with_gaps};

/// A scenario file that was read without an error. It knows both languages and every variable's range.
#[derive(Debug, Clone)]
pub struct Scenario {
    source: String,
    hash: String,
    model: Model,
    warnings: Vec<Diagnostic>,
    /// What one seed draws in each language. Most of it comes out the same under all seeds, and is kept once.
    usual: [Drawn; 2],
}

/// A scenario with its variables drawn from a seed and the texts of the world in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The scenario's id.
    pub id: String,
    /// Its title.
    pub title: Arc<Text>,
    /// The story, variables filled in.
    pub brief: Arc<Text>,
    /// What it means outside the lab, told at the end.
    pub closing: Option<Arc<Text>>,
    /// How the same is done with a real mail program, told after the closing words.
    pub real: Option<Arc<Text>>,
    /// No hints, and nothing is told before it is handed in.
    pub exam: bool,
    /// The variables by name.
    pub vars: BTreeMap<String, String>,
    /// The world at its start.
    pub setup: Arc<Setup>,
    /// What is to be done.
    pub steps: Arc<[Step]>,
    /// What it does about the shared catalogue of mistakes.
    pub common: Arc<Common>,
}

/// What a scenario is tried with, variables filled in. No attempt needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Trials {
    /// Scripts that earn everything.
    pub solutions: Vec<Solution>,
    /// Scripts that must earn less, and why.
    pub counterexamples: Vec<Counterexample>,
}

/// A script that earns everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// Its name, for messages; `solution 1` where the author gave none.
    pub name: String,
    /// What is typed.
    pub script: Script,
    /// Where the script stands in the file.
    pub at: Place,
}

/// A script that makes a mistake people really make.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterexample {
    /// The mistake's name.
    pub name: String,
    /// What is typed.
    pub script: Script,
    /// What each step must earn, exactly; steps not named may earn anything.
    pub earns: BTreeMap<String, Points>,
    /// Mistakes that must be said, as `step` (any of its mistakes) or `step/mistake`, and no others.
    pub says: Vec<String>,
    /// Where the script stands in the file.
    pub at: Place,
    /// Where each of `earns` stands.
    pub earns_at: BTreeMap<String, Range<usize>>,
    /// Where each of `says` stands.
    pub says_at: Vec<Range<usize>>,
}

/// Where a script stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The whole of it, quotes included.
    pub whole: Range<usize>,
    /// Each line of the script, where the file has it on a line of its own.
    lines: Vec<Range<usize>>,
}

impl Place {
    /// Where the line with this number stands, counted from 1; the whole script where that cannot be told.
    pub fn line(&self, number: usize) -> Range<usize> {
        number.checked_sub(1).and_then(|i| self.lines.get(i)).unwrap_or(&self.whole).clone()
    }
}

impl Scenario {
    /// Reads a scenario. `_file` is its name, as for [`render`] to show.
    ///
    /// # Errors
    /// Every fault found, in the order of the file, warnings too. Warnings alone do not make an error; see
    /// [`Scenario::warnings`].
    pub fn load(_file: &str, text: &str) -> Result<Scenario, Vec<Diagnostic>> {
        let (model, mut faults) = read::read(text);
        if let Some(model) = &model {
            faults.extend(check::check(text, model));
        }
        let faults = in_file_order(faults);
        match model {
            Some(model) if faults.iter().all(|f| f.severity == Severity::Warning) => {
                let usual = Lang::ALL.map(|lang| draw::draw(text, &model, 0, lang).0);
                Ok(Scenario { source: text.to_owned(), hash: hash(text), model, warnings: faults, usual })
            }
            _ => Err(faults),
        }
    }

    /// What is not wrong but should be looked at, in the order of the file.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The scenario's id.
    pub fn id(&self) -> &str {
        self.model.id.as_ref().map_or("", |id| &id.value)
    }

    /// The lower-case hexadecimal SHA-256 of the file's text: the version an attempt's record names.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The file's text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its title, `…` in the place of what is drawn for each attempt.
    pub fn title(&self) -> Text {
        outline(self.model.title.as_ref())
    }

    /// The story, `…` in the place of what is drawn for each attempt.
    pub fn brief(&self) -> Text {
        outline(self.model.brief.as_ref())
    }

    /// What it is about, such as `smtp`.
    pub fn topics(&self) -> &[String] {
        &self.model.topics
    }

    /// It is an exam: no hints, and nothing is told before it is handed in.
    pub fn is_exam(&self) -> bool {
        self.model.exam
    }

    /// About how long it takes.
    pub fn minutes(&self) -> u32 {
        self.model.minutes
    }

    /// Where it stands in a catalogue: the smaller the earlier; `None` after all that have one.
    pub fn order(&self) -> Option<u32> {
        self.model.order
    }

    /// The ids of the scenarios that it builds on. Where they stand alone they need not all be there.
    pub fn after(&self) -> impl Iterator<Item = &str> {
        self.model.after.iter().map(|id| id.value.as_str())
    }

    /// A fault for each scenario that it builds on and that is not among those with these ids.
    pub fn lost_after<'a>(&self, known: impl Iterator<Item = &'a str> + Clone) -> Vec<Diagnostic> {
        let lost = self.model.after.iter().filter(|id| !known.clone().any(|other| other == id.value));
        let fault = |id: &template::Str| {
            let message = format!("there is no scenario `{}`", id.value.escape_debug());
            let near = suggest::nearest(&id.value, known.clone().filter(|other| *other != self.id()));
            let none = || "`after` names scenarios by their `id`".to_owned();
            Diagnostic::error(LOST_AFTER, id.span.clone(), message).suggest(near, none)
        };
        lost.map(fault).collect()
    }

    /// What can be earned in all.
    pub fn max_points(&self) -> Points {
        // What there is to earn is the same in every draw.
        let [_, english] = &self.usual;
        english.steps.iter().map(|step| step.points).sum()
    }

    /// Each step's id, heading and points, in their order.
    pub fn steps(&self) -> Vec<(&str, Text, Points)> {
        let steps = self.model.steps.iter();
        steps.map(|s| (s.id.value.as_str(), outline(s.title.as_ref()), draw::points(s))).collect()
    }

    /// Draws the variables of `seed` and fills them in. `lang` is the language of the texts in the world.
    ///
    /// # Errors
    /// What only shows once variables have values: an address that is none, a host that does not exist ...
    pub fn draw(&self, seed: u64, lang: Lang) -> Result<Drawn, Vec<Diagnostic>> {
        let (mut drawn, faults) = draw::draw(&self.source, &self.model, seed, lang);
        sound(faults)?;
        let [german, english] = &self.usual;
        draw::share(&mut drawn, if lang == Lang::De { german } else { english });
        Ok(drawn)
    }

    /// Draws the solutions and counterexamples that belong to [`Scenario::draw`] with the same seed and language.
    ///
    /// # Errors
    /// The same, and scripts that cannot be read.
    pub fn draw_trials(&self, seed: u64, lang: Lang) -> Result<Trials, Vec<Diagnostic>> {
        let tried = draw::draw_with_trials(&self.source, &self.model, seed, lang);
        sound(tried.faults).map(|()| tried.trials)
    }
}

/// The code of an `after` that leads nowhere.
pub const LOST_AFTER: &str = "unknown-scenario";

/// Nothing of what was found is an error.
fn sound(faults: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    let wrong = faults.iter().any(|f| f.severity == Severity::Error);
    if wrong { Err(in_file_order(faults)) } else { Ok(()) }
}

fn outline(texts: Option<&Texts>) -> Text {
    let gaps = |text: &str| with_gaps(text);
    texts.map(|t| Text { de: gaps(&t.de.value), en: gaps(&t.en.value) }).unwrap_or_default()
}

fn hash(text: &str) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
