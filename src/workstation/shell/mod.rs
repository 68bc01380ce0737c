//! A small shell in bash's manner: words, quotes, lists, pipes, groups and redirections, and bash's own complaints.
//!
//! A typed line goes through [`history`] (`!!`), [`lex`] (tokens; a line may need more lines), [`parse`] (a list of
//! pipelines) and, when its turn comes, [`expand`] (variables, file names). [`job`] runs what came out, [`stage`] prepares each command. [`hints`]
//! says what was probably meant where bash would only complain.

pub(super) mod env;
pub(super) mod expand;
pub(super) mod hints;
pub(super) mod history;
pub(super) mod job;
pub(super) mod lex;
pub(super) mod parse;
mod stage;
