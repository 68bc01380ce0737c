//! Plays script lines on an attempt, as a learner types who waits for what is on the screen.

use crate::attempt::{Attempt, Input, Prepared};
use crate::event::Event;
use crate::grade::Tick;
use crate::keys;
use crate::mail::Keyring;
use crate::scenario::{Diagnostic, Scenario, ScriptLine, Severity};
use crate::units::{Lang, TermId, Time};
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

/// When a played attempt begins: Mon, 1 Sep 2025 08:00:00 UTC, always, so that runs can be compared.
pub const START: Time = Time(1_756_713_600_000_000);

/// How long a line takes to type, a key to press, a paste to be made, an answer to be given.
pub const KEYSTROKES: Duration = Duration::from_secs(1);

/// How long the learner looks on after the last line, so that mail on its way arrives.
const LOOK_ON: Duration = Duration::from_secs(30);

/// How long a learner waits for a terminal to be ready before typing all the same.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);

/// How often something may happen by itself meanwhile.
const WAKEUPS: usize = 10_000;

/// What one script line brought about.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The events, as places in [`Attempt::entries`].
    pub entries: Range<usize>,
    /// What changed in the grading.
    pub ticks: Vec<Tick>,
}

/// An attempt that is ready to be begun, any number of times: what is drawn and the keys, which take longest, are there.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    prepared: Prepared,
    keyring: Keyring,
}

impl Stage {
    /// Draws the attempt and makes its keys.
    ///
    /// # Errors
    /// What is wrong with the scenario under this seed.
    pub(super) fn new(scenario: &Scenario, seed: u64, lang: Lang) -> Result<Stage, Vec<Diagnostic>> {
        let prepared = Prepared::new(scenario, seed, lang)?;
        let mut keyring =
            keys::make_with_mail(&prepared.certificates(), &prepared.mail_certificates(), START)
                .map_err(|fault| vec![no_keys(&fault)])?;
        keys::add_signing(&mut keyring, &prepared.signing_keys()).map_err(|fault| vec![no_keys(&fault)])?;
        Ok(Stage { prepared, keyring })
    }

    /// A learner who begins it.
    pub(super) fn player(&self) -> Player {
        let attempt = self.prepared.clone().begin(START, self.keyring.clone());
        Player { attempt, terminals: BTreeSet::from([TermId(1)]), looked_at: 0 }
    }
}

/// A learner at an attempt.
#[derive(Debug)]
pub struct Player {
    attempt: Attempt,
    terminals: BTreeSet<TermId>,
    /// Entries whose terminals are known already.
    looked_at: usize,
}

impl Player {
    /// Begins an attempt.
    ///
    /// # Errors
    /// What is wrong with the scenario under this seed.
    pub fn begin(scenario: &Scenario, seed: u64, lang: Lang) -> Result<Player, Vec<Diagnostic>> {
        Ok(Stage::new(scenario, seed, lang)?.player())
    }

    /// The attempt as it stands.
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// Does what the line says. Before typing, time passes while that terminal reads nothing (`sleep`, a connection
    /// being tried).
    pub fn perform(&mut self, line: &ScriptLine) -> Moment {
        let mut moment = Moment { entries: self.here()..self.here(), ticks: Vec::new() };
        let input = match line.clone() {
            ScriptLine::Type { term, text } => {
                self.wait_for(term, &mut moment);
                Input::Line { term, text }
            }
            ScriptLine::Paste { term, text } => {
                self.wait_for(term, &mut moment);
                Input::Paste { term, text }
            }
            ScriptLine::Keys { term, octets } => {
                self.wait_for(term, &mut moment);
                Input::Keys { term, octets }
            }
            ScriptLine::Press { term, key } => Input::Key { term, key },
            ScriptLine::Wait(time) => {
                self.apply(self.attempt.now().plus(time), Input::Pass, &mut moment);
                return moment;
            }
            ScriptLine::Hint { step } => Input::Hint { step },
            ScriptLine::Answer { step, text } => Input::Answer { step, text },
            ScriptLine::HandIn => Input::HandIn,
        };
        self.apply(self.attempt.now().plus(KEYSTROKES), input, &mut moment);
        moment
    }

    /// Waits until every terminal is ready for the next line.
    pub fn settle(&mut self) -> Moment {
        let mut moment = Moment { entries: self.here()..self.here(), ticks: Vec::new() };
        self.see_terminals();
        for term in self.terminals.clone() {
            self.wait_for(term, &mut moment);
        }
        moment
    }

    /// Looks on after the last line, until every terminal is ready and mail on its way has arrived, and hands an exam in.
    pub fn finish(&mut self) -> Moment {
        let mut moment = self.settle();
        self.apply(self.attempt.now().plus(LOOK_ON), Input::Pass, &mut moment);
        if self.attempt.drawn().exam {
            self.apply(self.attempt.now(), Input::HandIn, &mut moment);
        }
        moment
    }

    /// Everything that was done to the attempt so far, each with the time that passed before it.
    pub fn inputs(&self) -> Vec<(Duration, Input)> {
        let Some(record) = self.attempt.record() else { return Vec::new() };
        let mut before = record.header.start;
        let each = record.inputs.into_iter().map(|(at, input)| {
            let after = at.since(before);
            before = at;
            (after, input)
        });
        each.collect()
    }

    fn here(&self) -> usize {
        self.attempt.entries().len()
    }

    fn apply(&mut self, at: Time, input: Input, moment: &mut Moment) {
        let applied = self.attempt.apply(at, input);
        moment.entries.end = applied.entries.end;
        moment.ticks.extend(applied.ticks);
    }

    /// Lets time pass until the terminal reads, from one thing that happens by itself to the next. A terminal that is
    /// still to be opened is not waited for.
    fn wait_for(&mut self, term: TermId, moment: &mut Moment) {
        self.see_terminals();
        let until = self.attempt.now().plus(PATIENCE);
        for _ in 0..WAKEUPS {
            let due = self.attempt.next_wakeup().filter(|due| *due <= until);
            match due {
                Some(due) if self.terminals.contains(&term) && !self.attempt.ready(term) => {
                    self.apply(due, Input::Pass, moment);
                }
                _ => return,
            }
        }
    }

    fn see_terminals(&mut self) {
        let new = self.attempt.entries().get(self.looked_at..).unwrap_or_default();
        for entry in new {
            if let Event::TerminalOpened { term } = entry.event {
                self.terminals.insert(term);
            }
        }
        self.looked_at = self.attempt.entries().len();
    }
}

/// The certificates of its hosts cannot be made.
fn no_keys(fault: &keys::KeysFault) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "no-certificate",
        message: fault.to_string(),
        span: None,
        label: String::new(),
        help: Some("a certificate's names are host names or addresses".to_owned()),
    }
}
