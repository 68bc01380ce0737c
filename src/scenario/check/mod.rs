//! What only shows when one looks at the whole of a scenario: values over several draws, references, points, texts.

use super::diagnostic::Diagnostic;
use super::draw::draw;
use super::model::Model;
use crate::units::Lang;

/// For how many seeds values are looked at.
const SEEDS: u64 = 12;

/// Everything that can be found without playing.
pub(crate) fn check(_file: &str, source: &str, model: &Model) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for seed in 0..SEEDS {
        for lang in Lang::ALL {
            let (_, found) = draw(source, model, seed, lang);
            faults.extend(found);
        }
    }
    faults
}
