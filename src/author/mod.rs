//! Tools for those who write scenarios: playing scripts as a learner would type them, and checking that a
//! scenario's solutions and counterexamples come out as it says; the files an author works on, and scripts played line by
//! line.

mod check;
mod mutate;
mod playback;
mod player;
mod shelf;
mod trial;

pub use check::{SEEDS, conclude, trials};
pub use mutate::{Line, Mutant, Mutants, Row, Rows};
pub use playback::{Playback, PlayedLine, play_back, schedule};
pub use player::{KEYSTROKES, Moment, Player, START};
pub use shelf::{Draft, Shelf, same_id};
pub use trial::{Finding, Trial, run};
