//! The command line as scripts and people use it.

mod check;
mod new;
mod play;
mod support;
mod usage;
