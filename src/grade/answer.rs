//! Answers to questions: which are right, and what a wrong one costs.
//!
//! A wrong answer to an open question costs nothing, and the right one earns everything whenever it comes: who looks
//! again has learnt. Where the answers stand there to choose from, trying them all would be no knowledge, so each
//! different wrong choice takes an equal share of the points, and who is left with the last one earns none; of a
//! message's lines, each wrong one takes a third. Where several are to be chosen, only exactly the right ones are right,
//! and there are as many shares as options.

use crate::mail::Glob;
use crate::mail::trace::{date, is_moment};
use crate::scenario::{Answer, WrongAnswer};
use crate::units::{Points, Text};
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

/// Different wrong answers remembered; what comes after is not said again.
const WRONG: usize = 64;

/// After so many wrong lines nothing is left to be earned.
const WRONG_LINES: i64 = 3;

/// What stands between the ids of a selection.
const SEPARATOR: &str = ", ";

/// The octets of an answer that are looked at.
const LENGTH: usize = 512;

/// The answers given to one question so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    wrong: BTreeSet<String>,
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// It is right.
    Right,
    /// It is wrong, for the first time, with what there is to say to it.
    Wrong(Option<Arc<Text>>),
    /// It was given before, or is none of the choices.
    Nothing,
}

impl Given {
    /// Judges the next answer.
    pub(super) fn judge(&mut self, text: &str, answer: &Answer, wrong: &[WrongAnswer]) -> Outcome {
        let text = shortened(text.trim());
        let key = match answer {
            Answer::Choice { options, right } => match option(text, options) {
                Some(id) if id == right => return Outcome::Right,
                Some(id) => id.to_owned(),
                None => return Outcome::Nothing,
            },
            Answer::Several { options, right, .. } => match selected(text, options) {
                Some(ids) if ids.len() == right.len() && ids.iter().all(|id| has(right, id)) => {
                    return Outcome::Right;
                }
                Some(ids) => ids.join(SEPARATOR),
                None => return Outcome::Nothing,
            },
            Answer::Line { right, .. } => {
                let line = unfolded(text);
                if right.iter().any(|glob| Glob(unfolded(&glob.0)).matches(&line)) {
                    return Outcome::Right;
                }
                line.to_lowercase()
            }
            _ if is_right(text, answer) => return Outcome::Right,
            _ => text.to_lowercase(),
        };
        if text.is_empty() || self.wrong.contains(&key) || self.wrong.len() >= WRONG {
            return Outcome::Nothing;
        }
        let word = match answer {
            Answer::Several { right, missing, .. } => word_of_several(&key, right, missing.as_ref(), wrong),
            _ => wrong.iter().find(|w| names(w, &key) || names(w, text)).map(|w| &w.say),
        };
        let word = word.cloned();
        self.wrong.insert(key);
        Outcome::Wrong(word)
    }

    /// What of `points` is still to be earned.
    pub(super) fn left(&self, points: Points, answer: &Answer) -> Points {
        let shares = match answer {
            Answer::Choice { options, .. } => {
                i64::try_from(options.len()).unwrap_or(i64::MAX).saturating_sub(1).max(1)
            }
            Answer::Several { options, .. } => i64::try_from(options.len()).unwrap_or(i64::MAX).max(1),
            Answer::Line { .. } => WRONG_LINES,
            _ => return points,
        };
        let lost = i64::try_from(self.wrong.len()).unwrap_or(i64::MAX).min(shares);
        Points(points.0.saturating_mul(shares - lost) / shares)
    }
}

fn is_right(text: &str, answer: &Answer) -> bool {
    match answer {
        Answer::Ip(ip) => address(text).is_some_and(|given| given == ip.to_canonical()),
        // A name copied from a DNS answer ends in the root's dot.
        Answer::Text(right) => {
            let without_dot = text.strip_suffix('.');
            right.iter().any(|glob| glob.matches(text) || without_dot.is_some_and(|t| glob.matches(t)))
        }
        Answer::Number(number) => text.parse::<i64>().is_ok_and(|given| given == *number),
        Answer::Time(at) => is_moment(text, *at),
        Answer::Choice { right, .. } => same(right, text),
        Answer::Line { .. } | Answer::Several { .. } => false,
    }
}

/// The option that is meant, by its id or by what it says.
fn option<'o>(text: &str, options: &'o [(String, Arc<Text>)]) -> Option<&'o str> {
    let meant = |(id, shown): &&(String, Arc<Text>)| {
        [id.as_str(), &shown.de, &shown.en].iter().any(|name| same(name, text))
    };
    options.iter().find(meant).map(|(id, _)| id.as_str())
}

/// The options that are meant, each once and in the order shown; `None` where there are none, or one is unknown. Commas
/// part them; ids may have blanks between them as well.
fn selected<'o>(text: &str, options: &'o [(String, Arc<Text>)]) -> Option<Vec<&'o str>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let by_id = |word: &str| options.iter().map(|(id, _)| id.as_str()).find(|id| same(id, word));
    let of = |part| match option(part, options) {
        Some(id) => Some(vec![id]),
        None => part.split_whitespace().map(by_id).collect(),
    };
    let meant: Vec<&str> = parts.map(of).collect::<Option<Vec<_>>>()?.concat();
    let ids = options.iter().map(|(id, _)| id.as_str()).filter(|id| meant.contains(id));
    (!meant.is_empty()).then(|| ids.collect())
}

/// What there is to say to a selection: to all of it, to an option in it that is wrong, or that something is missing.
fn word_of_several<'w>(
    key: &str,
    right: &[String],
    missing: Option<&'w Arc<Text>>,
    wrong: &'w [WrongAnswer],
) -> Option<&'w Arc<Text>> {
    let amiss = || key.split(SEPARATOR).filter(|id| !has(right, id));
    let word = wrong.iter().find(|w| names(w, key) || amiss().any(|id| names(w, id)));
    word.map(|w| &w.say).or(missing.filter(|_| amiss().next().is_none()))
}

fn has(right: &[String], id: &str) -> bool {
    right.iter().any(|other| other == id)
}

fn names(wrong: &WrongAnswer, text: &str) -> bool {
    let address_of = |text: &str| address(text.trim());
    let moment = || date(&wrong.is.0).is_some_and(|dated| is_moment(text, dated.at));
    wrong.is.matches(text)
        || moment()
        || address_of(&wrong.is.0).is_some_and(|ip| address_of(text) == Some(ip))
}

/// An address in any of its spellings, also as an address literal `[192.0.2.1]`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    bare.trim().parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}

/// A line with every fold and run of white space made one blank.
fn unfolded(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.to_lowercase()
}

fn shortened(text: &str) -> &str {
    let mut end = text.len().min(LENGTH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(t: &str) -> Arc<Text> {
        Arc::new(Text { de: format!("{t} (de)"), en: t.to_owned() })
    }

    fn choice() -> Answer {
        let options = ["mail", "helo", "rcpt"].map(|id| (id.to_owned(), text(&format!("The {id} command"))));
        Answer::Choice { options: options.to_vec(), right: "rcpt".to_owned() }
    }

    fn several() -> Answer {
        let options =
            ["from", "to", "bcc", "date"].map(|id| (id.to_owned(), text(&format!("The {id} field"))));
        let right = ["from", "date"].map(str::to_owned).to_vec();
        Answer::Several { options: options.to_vec(), right, missing: Some(text("not all of them")) }
    }

    #[test]
    fn right_answers_in_other_words() {
        let ip = |t: &str| Answer::Ip(t.parse().unwrap());
        let words = |globs: &[&str]| Answer::Text(globs.iter().map(|g| Glob((*g).to_owned())).collect());
        for (answer, given, right) in [
            (ip("192.0.2.25"), "192.0.2.25", true),
            (ip("192.0.2.25"), "  192.0.2.25 ", true),
            (ip("192.0.2.25"), "[192.0.2.25]", true),
            (ip("192.0.2.25"), "::ffff:192.0.2.25", true),
            (ip("192.0.2.25"), "192.0.2.2", false),
            (ip("192.0.2.25"), "192.0.2.25 or so", false),
            (ip("2001:db8::1"), "2001:DB8:0:0::1", true),
            (words(&["mail.example.tld"]), " Mail.Example.TLD ", true),
            (words(&["mail.example.tld"]), "mail.example.tld.", true),
            (words(&["mail.example.tld"]), "example.tld", false),
            (words(&["no*", "null*"]), "Null path", true),
            (words(&["*"]), "", true),
            (Answer::Number(354), " 354 ", true),
            (Answer::Number(354), "+354", true),
            (Answer::Number(354), "354 ", true),
            (Answer::Number(354), "3 54", false),
            (Answer::Number(-2), "-2", true),
            (choice(), "RCPT", true),
            (choice(), "the rcpt command", true),
            (choice(), "The rcpt command (de)", true),
            (choice(), "mail", false),
        ] {
            let outcome = Given::default().judge(given, &answer, &[]);
            assert_eq!(outcome == Outcome::Right, right, "{given:?} to {answer:?}");
        }
    }

    #[test]
    fn lines_and_moments_in_other_words() {
        let line = Answer::Line {
            right: vec![Glob("Received: from faked.tester.tld * by server11011.net *".to_owned())],
            of: None,
        };
        let time = Answer::Time(date("1 Sep 2018 13:55:38 +0200").unwrap().at);
        let folded = "Received: from faked.tester.tld (faked.tester.tld [123.45.67.89])\n  by server11011.net with SMTP";
        for (answer, given, right) in [
            (&line, folded, true),
            (&line, "received:  from faked.tester.tld (x) by server11011.net with SMTP", true),
            (&line, "Received: from m198 (HELO faked.tester.tld) by server11011.net with SMTP", false),
            (&time, "2018-09-01 11:55:38 UTC", true),
            (&time, "11:55:38", true),
            (&time, "13:55:38", false),
        ] {
            let outcome = Given::default().judge(given, answer, &[]);
            assert_eq!(outcome == Outcome::Right, right, "{given}");
        }
        let forgot =
            [WrongAnswer { is: Glob("2018-09-01 13:55:38 UTC".to_owned()), say: text("not yet UTC") }];
        assert_eq!(
            Given::default().judge("1.9.2018 13:55:38", &time, &forgot),
            Outcome::Wrong(Some(text("not yet UTC")))
        );
        let mut given = Given::default();
        for (picked, left) in
            [("From: a", 200), ("from:  A", 200), ("To: b", 100), ("Cc: c", 0), ("Date: d", 0)]
        {
            given.judge(picked, &line, &[]);
            assert_eq!(given.left(Points(300), &line), Points(left), "{picked}");
        }
    }

    #[test]
    fn each_different_wrong_answer_is_said_once() {
        let wrong = [WrongAnswer { is: Glob("123.45.*".to_owned()), say: text("the sender's own line") }];
        let answer = Answer::Ip("192.0.2.25".parse().unwrap());
        let said = || Outcome::Wrong(Some(text("the sender's own line")));
        let mut given = Given::default();
        for (answered, outcome) in [
            ("123.45.67.89", said()),
            (" 123.45.67.89", Outcome::Nothing),
            ("123.45.67.90", said()),
            ("198.51.100.1", Outcome::Wrong(None)),
            ("198.51.100.1", Outcome::Nothing),
            ("", Outcome::Nothing),
            ("192.0.2.25", Outcome::Right),
        ] {
            assert_eq!(given.judge(answered, &answer, &wrong), outcome, "{answered}");
        }
        assert_eq!(given.left(Points(200), &answer), Points(200));
    }

    #[test]
    fn guessing_among_choices_does_not_pay() {
        for (tried, left) in [
            (&["rcpt"][..], 300),
            (&["mail"], 150),
            (&["mail", "MAIL", "The mail command"], 150),
            (&["mail", "helo"], 0),
            (&["none of these", "data"], 300),
        ] {
            let mut given = Given::default();
            for answer in tried {
                given.judge(answer, &choice(), &[]);
            }
            assert_eq!(given.left(Points(300), &choice()), Points(left), "{tried:?}");
        }
    }

    #[test]
    fn several_are_right_when_exactly_they_are_chosen() {
        let wrong = [WrongAnswer { is: Glob("bcc".to_owned()), say: text("nobody sees that") }];
        let bcc = || Outcome::Wrong(Some(text("nobody sees that")));
        let missing = || Outcome::Wrong(Some(text("not all of them")));
        for (given, outcome, left) in [
            ("from, date", Outcome::Right, 400),
            ("date, from", Outcome::Right, 400),
            ("  date ,from  ", Outcome::Right, 400),
            ("FROM,Date,", Outcome::Right, 400),
            ("The date command, from (de)", Outcome::Nothing, 400),
            ("The date field, The from field (de)", Outcome::Right, 400),
            ("from, date, from", Outcome::Right, 400),
            ("from", missing(), 300),
            ("from, from", missing(), 300),
            ("from, to, date", Outcome::Wrong(None), 300),
            ("from, to", Outcome::Wrong(None), 300),
            ("from, bcc, date", bcc(), 300),
            ("bcc", bcc(), 300),
            ("from, dat", Outcome::Nothing, 400),
            ("from date", Outcome::Right, 400),
            ("  Date\tfrom ", Outcome::Right, 400),
            ("from to, date", Outcome::Wrong(None), 300),
            ("from bcc", bcc(), 300),
            ("from dat", Outcome::Nothing, 400),
            ("The from field (de) date", Outcome::Nothing, 400),
            ("", Outcome::Nothing, 400),
            (" , ", Outcome::Nothing, 400),
        ] {
            let mut so_far = Given::default();
            assert_eq!(so_far.judge(given, &several(), &wrong), outcome, "{given:?}");
            assert_eq!(so_far.left(Points(400), &several()), Points(left), "{given:?}");
        }
    }

    #[test]
    fn trying_every_selection_does_not_pay() {
        let mut given = Given::default();
        for (tried, left) in [
            ("from", 300),
            (" FROM, from", 300),
            ("to, date", 200),
            ("date, to", 200),
            ("date", 100),
            ("bcc", 0),
            ("from, to, bcc, date", 0),
        ] {
            given.judge(tried, &several(), &[]);
            assert_eq!(given.left(Points(400), &several()), Points(left), "{tried}");
        }
        assert_eq!(given.judge("from, date", &several(), &[]), Outcome::Right);
    }

    #[test]
    fn endless_answers_are_not_remembered_for_ever() {
        let mut given = Given::default();
        for n in 0..1000 {
            given.judge(&format!("{n}{}", "ä".repeat(5000)), &Answer::Number(-1), &[]);
        }
        assert_eq!(given.wrong.len(), WRONG);
        assert!(given.wrong.iter().all(|w| w.len() <= LENGTH));
    }
}
