//! Two people who type the same in other words get the same points, and a typical mistake is named.

use crate::scenario;
use helo::author::Player;
use helo::grade::Report;
use helo::scenario::Script;
use helo::units::{Lang, Points};

/// The report after these lines were typed in `send-by-hand` under seed 1, where emil writes to clara.
fn typed(lines: &str) -> Report {
    let script = Script::parse(lines.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let mut player =
        Player::begin(&scenario("send-by-hand"), 1, Lang::En).unwrap_or_else(|f| panic!("{f:#?}"));
    for (_, line) in &script.lines {
        player.perform(line);
    }
    player.finish();
    player.attempt().report()
}

const AS_THE_BOOK_SAYS: &str = "telnet mail.example.org 25
EHLO ws.lab.test
MAIL FROM:<emil@example.org>
RCPT TO:<clara@example.org>
DATA
Subject: x

Hi
.
QUIT
@answer code 354";

#[test]
fn case_spacing_greeting_detours_and_corrected_mistakes_cost_nothing() {
    let book = typed(AS_THE_BOOK_SAYS);
    assert_eq!((book.points, book.max_points), (Points(1000), Points(1000)));
    assert!(book.steps.iter().all(|step| step.said.is_empty()), "{book:#?}");

    let other = typed(
        "telnet mail.example.org smtp
nonsense
helo   ws.lab.test
rcpt to:<clara@example.org>
noop
mail from:   emil@example.org
rset
Mail From: emil@example.org
rcpt TO: niemand@example.org
RcPt To:<clara@example.org>
data
subject: x

Hi
.
quit
@answer code  354 ",
    );
    let points = |report: &Report| report.steps.iter().map(|s| (s.id.clone(), s.points)).collect::<Vec<_>>();
    assert_eq!(points(&other), points(&book));
    let said: Vec<&str> =
        other.steps.iter().flat_map(|s| s.said.iter().map(|said| said.mistake.as_str())).collect();
    assert!(said.contains(&"rcpt-first"), "the recipient before the sender is named: {said:?}");
}
