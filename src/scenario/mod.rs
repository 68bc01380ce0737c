//! Scenarios: the TOML model, its variables and texts, loading with diagnostics, and what is drawn from a
//! scenario and a seed: a world's setup and the steps to be done. docs/scenarios.md is the author's manual.

mod diagnostic;
mod glob;
mod script;
mod suggest;
mod task;

pub use diagnostic::{Diagnostic, Severity};
pub use script::{Script, ScriptFault, ScriptLine};
pub use task::{
    Answer, Check, CodePattern, Conversation, DnsPattern, Expectation, Glob, Hint, MessagePattern, Mistake,
    Pattern, Pop3Pattern, SmtpKind, SmtpPattern, Step, WrongAnswer,
};

use crate::units::{Lang, Points, Text};
use crate::world::Setup;
use std::collections::BTreeMap;

/// A scenario file that was read without an error. It knows both languages and every variable's range.
#[derive(Debug, Clone)]
pub struct Scenario {}

/// A scenario with its variables drawn from a seed and the texts of the world in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The scenario's id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The story, variables filled in.
    pub brief: Text,
    /// The variables by name.
    pub vars: BTreeMap<String, String>,
    /// The world at its start.
    pub setup: Setup,
    /// What is to be done.
    pub steps: Vec<Step>,
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
}

impl Scenario {
    /// Reads a scenario. `file` is its name for messages.
    ///
    /// # Errors
    /// Every fault found, in the order of the file. Warnings alone do not make an error; see [`Scenario::warnings`].
    pub fn load(file: &str, text: &str) -> Result<Scenario, Vec<Diagnostic>> {
        unimplemented!("{file}{text}")
    }

    /// What is not wrong but should be looked at.
    pub fn warnings(&self) -> &[Diagnostic] {
        &[]
    }

    /// The scenario's id.
    pub fn id(&self) -> &str {
        unimplemented!()
    }

    /// The lower-case hexadecimal SHA-256 of the file's text: the version an attempt's record names.
    pub fn hash(&self) -> &str {
        unimplemented!()
    }

    /// Draws the variables of `seed` and fills them in.
    ///
    /// # Errors
    /// What only shows once variables have values: an address that is none, a host that does not exist ...
    pub fn draw(&self, seed: u64, lang: Lang) -> Result<Drawn, Vec<Diagnostic>> {
        unimplemented!("{seed}{lang:?}")
    }
}
