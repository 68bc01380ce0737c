//! One attempt: a world, a workstation and a grade, driven by numbered inputs and nothing else.

mod input;

pub use input::Input;
