//! What only shows when one looks at the whole of a scenario: values over several draws, ids and what refers to
//! them, points, texts, names that belong to someone.

mod real;
mod steps;
mod texts;

use super::diagnostic::Diagnostic;
use super::draw::draw_with_trials;
use super::model::Model;
use crate::units::{Lang, Points};
use std::collections::BTreeSet;

/// For how many seeds values are looked at.
const SEEDS: u64 = 12;

/// Everything that can be found without playing.
pub(crate) fn check(source: &str, model: &Model) -> Vec<Diagnostic> {
    let (mut faults, mut worth) = (Vec::new(), BTreeSet::new());
    for seed in 0..SEEDS {
        for lang in Lang::ALL {
            let tried = draw_with_trials(source, model, seed, lang);
            faults.extend(tried.faults);
            let own = tried.own.as_ref().unwrap_or(model);
            texts::answers_in_hints(own, &tried.drawn, &mut faults);
            if seed == 0 || model.varies {
                steps::scripts(model, &tried.trials, &mut faults);
            }
            worth.insert(tried.drawn.steps.iter().map(|step| step.points).sum::<Points>());
        }
    }
    if let [least, .., most] = worth.iter().collect::<Vec<_>>()[..] {
        let message =
            format!("what there is to earn differs from learner to learner: {least} points, or {most}");
        faults.push(
            Diagnostic::error("uneven-points", 0..0, message)
                .help("steps that `only` some learners have should be worth as much as those that the others have")
                .whole_file(),
        );
    }
    steps::check(model, &mut faults);
    texts::check(source, model, &mut faults);
    real::check(source, model, &mut faults);
    faults
}
