//! What a learner is to do: the steps of a scenario with its variables drawn, as the grader and the pages read them.
//!
//! Texts and patterns stand behind [`Arc`]: those without a variable come out the same in every attempt, and all
//! attempts at a scenario share them in memory.

mod pattern;

pub use pattern::{
    CodePattern, DnsPattern, FlaggedPattern, ImapKind, ImapPattern, Pattern, Pop3Pattern, ReasonPattern,
    Same, SenderKind, SenderPattern, SmtpKind, SmtpPattern, Sought, Tie, TlsKind, TlsPattern,
};

use crate::mail::Glob;
use crate::units::{Points, Text, Time};
use std::net::IpAddr;
use std::sync::Arc;

/// One step, variables filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its id, unique in the scenario.
    pub id: String,
    /// What it is worth in all.
    pub points: Points,
    /// The whole is done without it.
    pub optional: bool,
    /// Its heading.
    pub title: Arc<Text>,
    /// What is to be done.
    pub task: Arc<Text>,
    /// How it is known to be done.
    pub check: Check,
    /// Its hints, in the order in which they are given.
    pub hints: Vec<Hint>,
    /// What people get wrong here.
    pub mistakes: Vec<Arc<Mistake>>,
    /// What the page keeps back until it is done.
    pub hides: Vec<Hidden>,
}

/// Something that the page shows, and keeps back where it would give an answer away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// Where a letter comes from, what its lines are worth, what was found of SPF, DKIM and DMARC.
    Analysis,
    /// What stands in base64 in a line that is opened.
    Decoding,
    /// That a fault of the scenario struck, and what was changed on the way.
    Faults,
    /// What lies in the mailboxes.
    Mailboxes,
    /// At which ports a host listens, until they were tried.
    Ports,
    /// The settings of the hosts that are open to the learner.
    Settings,
}

impl Hidden {
    /// All of them.
    pub const ALL: [Hidden; 6] = [
        Hidden::Analysis,
        Hidden::Decoding,
        Hidden::Faults,
        Hidden::Mailboxes,
        Hidden::Ports,
        Hidden::Settings,
    ];

    /// Its name, as scenarios write it.
    pub fn name(self) -> &'static str {
        match self {
            Hidden::Analysis => "analysis",
            Hidden::Decoding => "decoding",
            Hidden::Faults => "faults",
            Hidden::Mailboxes => "mailboxes",
            Hidden::Ports => "ports",
            Hidden::Settings => "settings",
        }
    }
}

impl Step {
    /// Everything that it expects, in all ways.
    pub fn expectations(&self) -> impl Iterator<Item = &Expectation> {
        let ways = match &self.check {
            Check::Events(ways) => ways.as_slice(),
            Check::Question { .. } => &[],
        };
        ways.iter().flat_map(|way| &way.expect)
    }
}

/// How a step is known to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// By what happened, in one of these ways.
    Events(Vec<Conversation>),
    /// By an answer to a question.
    Question {
        /// The question.
        ask: Arc<Text>,
        /// The right answer.
        answer: Answer,
        /// Wrong answers that deserve a word of their own.
        wrong: Vec<WrongAnswer>,
    },
}

/// Expectations that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// All of them on one connection to this host and port; `None`: anywhere.
    pub on: Option<(String, u16)>,
    /// In the order written, or in any. Without `on`, each after the one before it, wherever that was.
    pub ordered: bool,
    /// What is expected.
    pub expect: Vec<Expectation>,
}

/// One expected event.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// What must happen.
    pub what: Arc<Sought>,
    /// When it holds.
    pub how: How,
    /// Points for this alone, out of the step's.
    pub points: Option<Points>,
    /// The step is done without it; only its own points are lost then.
    pub optional: bool,
}

/// When an expectation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Once it has happened.
    Happened,
    /// While it is so: what can be undone.
    Now,
    /// As long as it has not happened in the same mail transaction, on the same connection, at all.
    Never(Same),
}

/// The right answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// An address.
    Ip(IpAddr),
    /// A text, any of these.
    Text(Vec<Glob>),
    /// A whole number.
    Number(i64),
    /// A moment.
    Time(Time),
    /// A line of a message's header, any of these, white space and folds not counted.
    Line {
        /// The right ones.
        right: Vec<Glob>,
        /// The mailbox whose newest message offers its lines to pick from.
        of: Option<String>,
    },
    /// One of several, by its id.
    Choice {
        /// The ids with what the learner reads, in the order shown.
        options: Vec<(String, Arc<Text>)>,
        /// The right one's id.
        right: String,
    },
    /// Several of a list, by their ids.
    Several {
        /// The ids with what the learner reads, in the order shown.
        options: Vec<(String, Arc<Text>)>,
        /// The ids of the right ones: exactly these are to be chosen.
        right: Vec<String>,
        /// What is said where all that is chosen is right, and something is missing.
        missing: Option<Arc<Text>>,
    },
}

/// A wrong answer that deserves a word of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongAnswer {
    /// What was answered.
    pub is: Glob,
    /// What is said then.
    pub say: Arc<Text>,
}

/// A hint.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// What it costs, out of the step's points.
    pub cost: Points,
    /// What it says; where it is commands, one on each line.
    pub text: Arc<Text>,
    /// It is the commands themselves, to be shown as they are typed.
    pub commands: bool,
}

/// Something people get wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// Its id, unique in the step; its number from 1 where the author gave none.
    pub id: String,
    /// Restricts it to connections to this host and port; the step's `on` unless the author says otherwise.
    pub on: Option<(String, u16)>,
    /// What gives it away.
    pub when: Arc<Sought>,
    /// What the step expects gives it away, too.
    pub even_if_expected: bool,
    /// What is said then, once.
    pub say: Arc<Text>,
}
