//! Tools for those who write scenarios: playing scripts as a learner would type them, and checking that a
//! scenario's solutions and counterexamples come out as it says.

mod check;
mod player;
mod trial;

pub use check::{SEEDS, conclude, trials};
pub use player::{KEYSTROKES, Moment, Player, START};
pub use trial::{Finding, Trial, run};
