//! What only shows when one looks at the whole of a scenario: values over several draws, ids and what refers to
//! them, points, texts, names that belong to someone.

mod real;
mod steps;
mod texts;

use super::diagnostic::Diagnostic;
use super::draw::draw_with_trials;
use super::model::Model;
use crate::units::Lang;

/// For how many seeds values are looked at.
const SEEDS: u64 = 12;

/// Everything that can be found without playing.
pub(crate) fn check(source: &str, model: &Model) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for seed in 0..SEEDS {
        for lang in Lang::ALL {
            let (drawn, trials, found) = draw_with_trials(source, model, seed, lang);
            faults.extend(found);
            texts::answers_in_hints(model, &drawn, &mut faults);
            if seed == 0 {
                steps::scripts(model, &trials, &mut faults);
            }
        }
    }
    steps::check(model, &mut faults);
    texts::check(source, model, &mut faults);
    real::check(source, model, &mut faults);
    faults
}
