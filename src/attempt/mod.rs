//! One attempt: a world, a workstation and a grade, driven by numbered inputs and nothing else.
//!
//! An attempt keeps its inputs and its transcript until somebody else takes them over: [`Attempt::hand_over`].
//!
//! [`Attempt::apply`] is the only way in, for the browser's terminal, real sockets, tests and replay alike. Given the
//! same scenario, seed, language, start and inputs (each with its time), the same events come out, always.

mod completion;
mod input;
mod journal;
mod record;
mod sockets;

pub use completion::Completion;
pub use input::{Input, SocketInput};
pub use journal::JournalFault;
pub use record::{Header, Record, ReplayFault};

use crate::event::{Entry, Event, Limit};
use crate::grade::{Grade, Report, Tick};
use crate::mail::{CertificateOrder, Keyring, MailOrder, SigningOrder};
use crate::scenario::{Check, Diagnostic, Drawn, Scenario, Step};
use crate::units::{Bounds, Bytes, EventNo, InputNo, Lang, TermId, Time};
use crate::workstation::Workstation;
use crate::world::World;
use record::Origin;
use sockets::Sockets;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// How many octets one input may have: more than any host's largest message, so that pasting one shows what the
/// server says to it.
pub const INPUT_OCTETS: usize = 16 << 20;

/// One attempt.
#[derive(Debug)]
pub struct Attempt {
    origin: Origin,
    drawn: Arc<Drawn>,
    world: World,
    workstation: Workstation,
    sockets: Sockets,
    grade: Grade,
    /// How many inputs and events were handed over.
    handed_over: (u64, u64),
    inputs: Vec<(Time, Input)>,
    entries: Vec<Entry>,
    /// How many octets all inputs and events so far have.
    recorded: u64,
    hints: BTreeMap<String, u32>,
    /// When something happens by itself next. Only [`Attempt::apply`] changes it.
    due: Option<Time>,
}

/// What an input brought about.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The number of the input.
    pub input: InputNo,
    /// Its events, as places in [`Attempt::entries`] at that moment.
    pub entries: Range<usize>,
    /// What changed in the grading.
    pub ticks: Vec<Tick>,
}

/// An attempt that has been drawn and not begun: its hosts may want certificates first, and those are made outside.
#[derive(Debug, Clone)]
pub struct Prepared {
    hash: String,
    seed: u64,
    lang: Lang,
    bounds: Bounds,
    drawn: Drawn,
}

impl Prepared {
    /// Draws the scenario. The attempt is going to have a learner's bounds.
    ///
    /// # Errors
    /// What is wrong with the scenario under this seed.
    pub fn new(scenario: &Scenario, seed: u64, lang: Lang) -> Result<Prepared, Vec<Diagnostic>> {
        let drawn = scenario.draw(seed, lang)?;
        let bounds = Bounds::default();
        Ok(Prepared { hash: scenario.hash().to_owned(), seed, lang, bounds, drawn })
    }

    /// The same with these bounds.
    pub fn within(self, bounds: Bounds) -> Prepared {
        Prepared { bounds, ..self }
    }

    /// The certificates that its hosts are to have; none where no host has TLS.
    pub fn certificates(&self) -> Vec<CertificateOrder> {
        self.drawn.setup.certificates()
    }

    /// The certificates for mail that its people are to have.
    pub fn mail_certificates(&self) -> Vec<MailOrder> {
        self.drawn.setup.mail_certificates()
    }

    /// The keys that its domains are to sign with.
    pub fn signing_keys(&self) -> Vec<SigningOrder> {
        self.drawn.setup.signing_keys()
    }

    /// Begins the attempt at the time `start`. What is so at the start stands in the transcript under input 0. A host
    /// that has nothing in the keyring offers no TLS.
    pub fn begin(self, start: Time, keyring: Keyring) -> Attempt {
        let Prepared { hash, seed, lang, bounds, mut drawn } = self;
        if !keyring.is_empty() {
            let setup = Arc::make_mut(&mut drawn.setup);
            setup.keyring = Arc::new(keyring);
            setup.hand_out_key_records();
            setup.use_mail_keys(seed, start);
        }
        let (drawn, origin) = (Arc::new(drawn), Origin::new(&hash, seed, lang, start, bounds));
        let mut world = World::within(bounds, &drawn.setup, seed, start);
        let workstation = Workstation::new(&drawn.setup.workstation, &mut world);
        let grade = Grade::of(&drawn);
        let (inputs, entries, hints) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut attempt = Attempt {
            origin,
            drawn,
            world,
            workstation,
            sockets: Sockets::default(),
            grade,
            handed_over: (0, 0),
            inputs,
            entries,
            recorded: 0,
            hints,
            due: None,
        };
        attempt.settle();
        attempt.look_ahead();
        attempt.collect(InputNo(0));
        attempt
    }
}

impl Attempt {
    /// Begins an attempt without certificates, so that no host has TLS, at the time `start`.
    ///
    /// # Errors
    /// What is wrong with the scenario under this seed.
    pub fn begin(
        scenario: &Scenario,
        seed: u64,
        lang: Lang,
        start: Time,
    ) -> Result<Attempt, Vec<Diagnostic>> {
        Ok(Prepared::new(scenario, seed, lang)?.begin(start, Keyring::default()))
    }

    /// Does one thing at the time `at`. What was due before it happens first; a time before the attempt's clock is
    /// taken as now. The input whose number is [`Bounds::inputs`], or with which the record reaches
    /// [`Bounds::record_octets`], is the last one that does anything, and says so.
    pub fn apply(&mut self, at: Time, input: Input) -> Applied {
        let last = self.last_input();
        if self.is_used_up() {
            return self.collect(last);
        }
        let (at, input) = (at.max(self.world.now()), input.cut());
        let number = InputNo(last.0 + 1);
        self.inputs.push((at, input.clone()));
        let octets = input.octets();
        self.pass(at);
        self.act(input);
        self.settle();
        self.look_ahead();
        self.recorded += octets + self.world.logged_octets();
        let Bounds { inputs, record_octets, .. } = self.origin.bounds();
        if number.0 >= inputs {
            self.world.log(Event::LimitReached { limit: Limit::Inputs, at: inputs });
        } else if self.recorded >= record_octets {
            self.world.log(Event::LimitReached { limit: Limit::RecordOctets, at: record_octets });
        }
        self.collect(number)
    }

    /// Has it reached the bound of its inputs or of its record, so that nothing can be done in it any more?
    pub fn is_used_up(&self) -> bool {
        let Bounds { inputs, record_octets, .. } = self.origin.bounds();
        self.last_input().0 >= inputs || self.recorded >= record_octets
    }

    /// Carries out everything that is due up to `to`, in the order of time.
    fn pass(&mut self, to: Time) {
        while let Some(due) = self.due.filter(|due| *due <= to) {
            self.world.advance(due);
            self.workstation.wake(&mut self.world);
            self.settle();
            self.look_ahead();
            if self.world.exhausted() {
                break;
            }
        }
        self.world.wait(to);
        self.workstation.wake(&mut self.world);
    }

    /// Finds out when something happens by itself next. Every connection is asked, so this is done once for an input and not
    /// whenever somebody wants to know.
    fn look_ahead(&mut self) {
        self.due = self.world.next_wakeup().into_iter().chain(self.workstation.next_wakeup()).min();
    }

    fn act(&mut self, input: Input) {
        match input {
            Input::Line { term, text } => {
                let text = self.bounded(text);
                self.workstation.line(&mut self.world, term, &text);
            }
            Input::Paste { term, text } => {
                let text = self.bounded(text);
                self.workstation.paste(&mut self.world, term, &text);
            }
            Input::Keys { term, octets } => {
                let octets = self.bounded(octets);
                self.workstation.keys(&mut self.world, term, &octets);
            }
            Input::Key { term, key } => self.workstation.key(&mut self.world, term, key),
            Input::OpenTerminal => {
                self.workstation.open_terminal(&mut self.world);
            }
            Input::Pass => {
                let to = self.world.now();
                self.world.log(Event::TimePassed { to });
            }
            Input::Hint { step } => self.take_hint(step),
            Input::Answer { step, text } => {
                let asked = |s: &Step| s.id == step && matches!(s.check, Check::Question { .. });
                if self.drawn.steps.iter().any(asked) {
                    self.world.log(Event::Answered { step, text });
                }
            }
            Input::HandIn => {
                // Only an exam is handed in, and once.
                if self.drawn.exam && self.grade.handed_in().is_none() {
                    self.world.log(Event::HandedIn {});
                }
            }
            Input::Socket { socket, what } => self.socket(socket, what),
        }
    }

    fn take_hint(&mut self, step: String) {
        if self.drawn.exam {
            return;
        }
        let Some(found) = self.drawn.steps.iter().find(|s| s.id == step) else { return };
        let taken = self.hints.entry(step.clone()).or_default();
        if (*taken as usize) < found.hints.len() {
            *taken += 1;
            let number = *taken;
            self.world.log(Event::HintTaken { step, number });
        }
    }

    fn bounded(&mut self, text: Bytes) -> Bytes {
        match text.get(..INPUT_OCTETS) {
            Some(beginning) if beginning.len() < text.len() => {
                self.world.log(Event::LimitReached { limit: Limit::InputOctets, at: INPUT_OCTETS as u64 });
                beginning.into()
            }
            _ => text,
        }
    }

    /// Gives the workstation's programs what the world has for them, until nothing moves.
    fn settle(&mut self) {
        self.workstation.notices(&mut self.world);
    }

    /// Numbers what happened and shows it to the grader.
    fn collect(&mut self, input: InputNo) -> Applied {
        let first = self.entries.len();
        let mut ticks = Vec::new();
        for (at, event) in self.world.take_log() {
            let entry = Entry { n: EventNo(self.last_event().0 + 1), at, input, event };
            ticks.extend(self.grade.step(&entry));
            self.entries.push(entry);
        }
        Applied { input, entries: first..self.entries.len(), ticks }
    }

    /// What the attempt was begun with.
    pub fn header(&self) -> Header {
        self.origin.header(&self.drawn)
    }

    /// The number of the last input; 0 before the first.
    pub fn last_input(&self) -> InputNo {
        InputNo(self.handed_over.0 + self.inputs.len() as u64)
    }

    /// The number of the last event.
    pub fn last_event(&self) -> EventNo {
        EventNo(self.handed_over.1 + self.entries.len() as u64)
    }

    /// Hands over the inputs and events that it has, to be kept elsewhere. Neither the world nor the grade needs them,
    /// and they would be most of a long attempt's memory.
    pub fn hand_over(&mut self) -> (Vec<(Time, Input)>, Vec<Entry>) {
        self.handed_over = (self.last_input().0, self.last_event().0);
        (std::mem::take(&mut self.inputs), std::mem::take(&mut self.entries))
    }

    /// The transcript: from its start, or from where it was handed over last.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The time on the attempt's clock.
    pub fn now(&self) -> Time {
        self.world.now()
    }

    /// When something happens by itself next.
    pub fn next_wakeup(&self) -> Option<Time> {
        self.due
    }

    /// The terminal that would be opened next. An input that names a later one opens all up to it.
    pub fn next_terminal(&self) -> TermId {
        self.workstation.next_terminal()
    }

    /// Would a line typed at this terminal now be read now? Not while a program there waits for time to pass.
    pub fn ready(&self, term: TermId) -> bool {
        self.workstation.ready(term)
    }

    /// How a line typed at this terminal could go on, whose part before the cursor is `before`. This is no input: it changes
    /// nothing, and no record tells of it. Names are those that the learner has seen at the terminals or reads in the
    /// brief and the tasks.
    pub fn complete(&self, term: TermId, before: &str) -> Completion {
        let texts = std::iter::once(&self.drawn.brief).chain(self.drawn.steps.iter().map(|step| &step.task));
        let told = texts.flat_map(|text| [Lang::De, Lang::En].map(|lang| text.get(lang)));
        self.workstation.complete(&self.world, term, before, told).into()
    }

    /// How things stand.
    pub fn report(&self) -> Report {
        self.grade.report()
    }

    /// What was drawn: texts, steps, variables.
    pub fn drawn(&self) -> &Arc<Drawn> {
        &self.drawn
    }

    /// Everything needed to bring this attempt back, and what happened in it; `None` once some of it was handed over.
    pub fn record(&self) -> Option<Record> {
        let whole = self.handed_over == (0, 0);
        whole.then(|| Record {
            header: self.header(),
            inputs: self.inputs.clone(),
            entries: self.entries.clone(),
        })
    }
}
