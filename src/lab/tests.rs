//! What only shows when an input makes helo itself panic, which from outside none can.

use super::{Catalogue, Lab, LabError, LabOptions};
use crate::attempt::Input;
use crate::scenario::Scenario;
use crate::store::{Store, StoreOptions};
use crate::units::{EventNo, Lang, TermId, Time};

/// The answer that falls.
const FALL: &str = "fall, please";

/// Panics at an answer made for it, as a fault in the core would.
pub(super) fn fall_if_asked(input: &Input) {
    let asked = matches!(input, Input::Answer { step, .. } if step == FALL);
    assert!(!asked, "a test wanted a fall");
}

fn fall(octets: usize) -> Input {
    Input::Answer { step: FALL.to_owned(), text: "x".repeat(octets) }
}

#[tokio::test]
async fn an_input_that_panics_is_left_out_and_its_neighbours_are_kept() {
    let dir = std::env::temp_dir().join(format!("helo-lab-fall-{}", std::process::id()));
    let text = include_str!("../../scenarios/send-by-hand.toml");
    let scenario = Scenario::load("send-by-hand.toml", text).unwrap();
    let store = Store::open(&dir, StoreOptions::default()).await.unwrap();
    let lab = Lab::new(store, Catalogue::new([scenario]), LabOptions::default());
    let learner = lab.store().learner("local", "you", Time(0)).await.unwrap().id;
    let attempt = lab.create(learner, "send-by-hand", Lang::De).await.unwrap();
    let mut page = attempt.subscribe(EventNo(1)).await.unwrap();
    let echo = |text: &str| attempt.input(Input::Line { term: TermId(1), text: text.into() });
    // Short ones are applied on the task, long ones on a thread of their own.
    for (octets, first) in [(1, 1), (100_000, 3)] {
        let (before, fallen, after) =
            tokio::join!(echo("echo before"), attempt.input(fall(octets)), echo("echo after"));
        assert_eq!(fallen, Err(LabError::Crashed));
        let (before, after) = (before.unwrap(), after.unwrap());
        assert_eq!((before.input.0, after.input.0), (first, first + 1));
        while page.resume() <= after.event {
            page.next().await.unwrap();
        }
    }
    let kept = lab.find(attempt.token()).await.unwrap().unwrap();
    assert_eq!((kept.inputs, kept.note.as_deref()), (4, Some("crashed at input 4")));
    lab.close().await;
    lab.store().close().await;
    std::fs::remove_dir_all(dir).unwrap();
}
