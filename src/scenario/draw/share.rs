//! What comes out the same under every seed is kept in memory once, not once for each attempt.

use crate::scenario::{Answer, Check, Drawn, Mistake, Step};
use crate::world::Setup;
use std::sync::Arc;

/// Takes from `usual`, which was drawn from the same scenario in the same language, everything that is equal.
pub(crate) fn share(drawn: &mut Drawn, usual: &Drawn) {
    take(&mut drawn.title, &usual.title);
    take(&mut drawn.brief, &usual.brief);
    if let (Some(new), Some(usual)) = (&mut drawn.closing, &usual.closing) {
        take(new, usual);
    }
    if let (Some(new), Some(usual)) = (&mut drawn.real, &usual.real) {
        take(new, usual);
    }
    take(&mut drawn.common, &usual.common);
    take(&mut drawn.setup, &usual.setup);
    if let Some(new) = Arc::get_mut(&mut drawn.setup) {
        setup(new, &usual.setup);
    }
    take(&mut drawn.steps, &usual.steps);
    for (new, usual) in Arc::get_mut(&mut drawn.steps).into_iter().flatten().zip(usual.steps.iter()) {
        step(new, usual);
    }
}

/// Replaces a value by an equal one that is there already.
fn take<T: PartialEq + ?Sized>(new: &mut Arc<T>, usual: &Arc<T>) {
    if new == usual {
        *new = usual.clone();
    }
}

fn setup(new: &mut Setup, usual: &Setup) {
    take(&mut new.workstation, &usual.workstation);
    for (new, usual) in new.hosts.iter_mut().zip(&usual.hosts) {
        take(new, usual);
    }
    for (new, usual) in new.people.iter_mut().zip(&usual.people) {
        take(new, usual);
    }
    for (new, usual) in new.mailboxes.iter_mut().zip(&usual.mailboxes) {
        for (new, usual) in new.messages.iter_mut().zip(&usual.messages) {
            take(&mut new.octets, &usual.octets);
        }
    }
}

fn step(new: &mut Step, usual: &Step) {
    take(&mut new.title, &usual.title);
    take(&mut new.task, &usual.task);
    for (new, usual) in new.hints.iter_mut().zip(&usual.hints) {
        take(&mut new.text, &usual.text);
    }
    for (new, usual) in new.mistakes.iter_mut().zip(&usual.mistakes) {
        take(new, usual);
        if let Some(Mistake { when, say, .. }) = Arc::get_mut(new) {
            take(when, &usual.when);
            take(say, &usual.say);
        }
    }
    check(&mut new.check, &usual.check);
}

fn check(new: &mut Check, usual: &Check) {
    match (new, usual) {
        (Check::Events(new), Check::Events(usual)) => {
            for (new, usual) in new.iter_mut().zip(usual) {
                for (new, usual) in new.expect.iter_mut().zip(&usual.expect) {
                    take(&mut new.what, &usual.what);
                }
            }
        }
        (
            Check::Question { ask, answer, wrong },
            Check::Question { ask: usual_ask, answer: usual_answer, wrong: usual_wrong },
        ) => {
            take(ask, usual_ask);
            if let (
                Answer::Several { missing: Some(new), .. },
                Answer::Several { missing: Some(usual), .. },
            ) = (&mut *answer, usual_answer)
            {
                take(new, usual);
            }
            if let (
                Answer::Choice { options, .. } | Answer::Several { options, .. },
                Answer::Choice { options: usual, .. } | Answer::Several { options: usual, .. },
            ) = (answer, usual_answer)
            {
                for ((_, new), (_, usual)) in options.iter_mut().zip(usual) {
                    take(new, usual);
                }
            }
            for (new, usual) in wrong.iter_mut().zip(usual_wrong) {
                take(&mut new.say, &usual.say);
            }
        }
        (Check::Events(_), Check::Question { .. }) | (Check::Question { .. }, Check::Events(_)) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;
    use crate::units::Lang;
    use std::sync::Arc;

    const TEXT: &str = include_str!("../../../scenarios/send-by-hand.toml");

    #[test]
    fn draws_share_what_is_equal_and_nothing_else() {
        let scenario = Scenario::load("send-by-hand.toml", TEXT).unwrap();
        for lang in Lang::ALL {
            let (a, b) = (scenario.draw(7, lang).unwrap(), scenario.draw(8, lang).unwrap());
            assert_ne!(a.vars, b.vars);
            let alone = super::super::draw(TEXT, &scenario.model, 7, lang).0;
            assert_eq!(a, alone, "sharing changes nothing");
            let (mut shared, mut own) = (0, 0);
            for (a, b) in a.steps.iter().zip(b.steps.iter()) {
                for (a, b) in a.mistakes.iter().zip(&b.mistakes) {
                    assert_eq!(Arc::ptr_eq(a, b), a == b, "{}", a.id);
                    assert_eq!(Arc::ptr_eq(&a.say, &b.say), a.say == b.say, "{}", a.id);
                    *if a == b { &mut shared } else { &mut own } += 1;
                }
            }
            assert!(shared > own && own > 0, "{shared} shared, {own} own");
            assert!(Arc::ptr_eq(&a.setup.hosts[0], &b.setup.hosts[0]));
        }
    }
}
