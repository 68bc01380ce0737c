//! `[mistakes]`: what a scenario does about the shared catalogue of mistakes.

use crate::event::CommonMistake;
use crate::units::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What stands before a mistake of the catalogue in `says`, where else a step does: `common/second-mail`.
pub const COMMON: &str = "common";

/// Every mistake of the catalogue is said in the catalogue's words, save these.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Common {
    /// They are no mistakes here.
    pub silenced: BTreeSet<CommonMistake>,
    /// What the scenario says in their place.
    pub said: BTreeMap<CommonMistake, Arc<Text>>,
}
