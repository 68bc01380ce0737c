//! One attempt as a whole, through `apply`: replay, determinism, and what happens to input that is bad.

mod bad_input;
mod bounds;
mod keyring;
mod other_words;
mod replay;
mod sockets;
mod tls;
mod zones;

use helo::attempt::{Attempt, Input};
use helo::scenario::Scenario;
use helo::units::{Lang, TermId, Time};

/// Where every attempt of these tests begins: Mon, 1 Sep 2025 08:00:00 UTC.
pub(crate) const START: Time = Time(1_756_713_600_000_000);

/// A scenario of the repository.
pub(crate) fn scenario(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    Scenario::load(&path, &text).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// An attempt at `forge-a-sender`.
pub(crate) fn begin() -> Attempt {
    Attempt::begin(&scenario("forge-a-sender"), 1, Lang::En, START).unwrap_or_else(|f| panic!("{f:#?}"))
}

/// Types a line at a terminal, a second after what was before.
pub(crate) fn line(attempt: &mut Attempt, term: u8, text: &[u8]) {
    let at = attempt.now().plus(std::time::Duration::from_secs(1));
    attempt.apply(at, Input::Line { term: TermId(term), text: text.into() });
}
