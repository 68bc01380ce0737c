//! What the lab page and the server say to each other: docs/page-protocol.md in types, one enum each way.

use super::shown::Shown;
use super::wire::Drawn;
use crate::attempt::Input;
use crate::event::Key;
use crate::units::{Bytes, TermId};
use serde::{Deserialize, Serialize};

/// The longest message a page may send, in octets.
pub(super) const MESSAGE_OCTETS: usize = 2 << 20;
/// The longest id a page may give itself.
const CLIENT_OCTETS: usize = 40;

/// From the page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum FromPage {
    /// The first message.
    Hello { client: String, from: u64 },
    /// A line was typed.
    Line { seq: u64, term: u8, text: String },
    /// Keys that go out one by one.
    Keys { seq: u64, term: u8, text: String },
    /// A key was pressed.
    Key { seq: u64, term: u8, key: Key },
    /// Several lines were pasted.
    Paste { seq: u64, term: u8, text: String },
    /// Another terminal.
    Open { seq: u64 },
    /// The next hint of a step.
    Hint { seq: u64, step: String },
    /// An answer to a step's question.
    Answer { seq: u64, step: String, text: String },
    /// How could this go on? No input: it has no number.
    Complete { ask: u64, term: u8, text: String },
    /// An exam is handed in.
    HandIn { seq: u64 },
    /// Time passes: up to now, and so much more.
    Pass {
        seq: u64,
        #[serde(default)]
        seconds: u32,
        /// Up to what happens by itself next, instead.
        #[serde(default)]
        next: bool,
    },
}

/// To the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ToPage {
    /// Answers `hello`.
    Welcome { seq: u64, last: u64 },
    /// What there is to see of the events up to `last`.
    Events { last: u64, views: Vec<View> },
    /// How the steps stand.
    Steps(Progress),
    /// On the disk.
    Ack { seq: u64 },
    /// Not taken.
    Refused { seq: u64, why: Refusal, text: String, again: bool, wait_ms: u64 },
    /// How a line could go on. `off`: nothing is offered in this attempt.
    Completed {
        ask: u64,
        text: String,
        candidates: Vec<Shown>,
        more: usize,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        off: bool,
    },
    /// Nothing more will be taken.
    Frozen { text: String },
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Refusal {
    /// More a second than one attempt may have.
    TooFast,
    /// The attempt holds all the inputs it may.
    Full,
    /// It could not be written down: the disk is full, or the like.
    NotStored,
    /// helo itself stumbled over it.
    Crashed,
}

/// What there is to see of one event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct View {
    /// The event's number.
    pub(super) n: u64,
    /// Clock time on the workstation.
    pub(super) at: String,
    /// What.
    #[serde(flatten)]
    pub(super) seen: Option<Seen>,
    /// What the Wire tab draws.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) wire: Option<Drawn>,
}

/// What there is to see.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Seen {
    /// A line was typed.
    Typed {
        term: u8,
        text: Shown,
        #[serde(skip_serializing_if = "Option::is_none")]
        conn: Option<u32>,
    },
    /// Keys of a line that is not finished went to a connection; without `echo` the terminal does not show them.
    Keyed { term: u8, text: Shown, conn: u32, echo: bool },
    /// A program wants each key as it is pressed, or lines again.
    KeyMode { term: u8, on: bool },
    /// A key was pressed.
    Pressed { term: u8, key: Key },
    /// Output.
    Printed {
        term: u8,
        text: Shown,
        #[serde(skip_serializing_if = "Option::is_none")]
        conn: Option<u32>,
    },
    /// `clear` was run.
    Cleared { term: u8 },
    /// A program runs at a terminal; without a name none does any more.
    Program {
        term: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// A terminal.
    Opened { term: u8 },
    /// The workstation has a connection.
    Connected { conn: u32, host: String, port: u16 },
    /// A server's answer, before its text.
    Reply { conn: u32, status: String, class: Class, lines: usize, why: Why },
    /// A connection is encrypted from here on.
    Secured { conn: u32, version: &'static str },
    /// A connection ended.
    Closed { conn: u32, why: &'static str },
    /// A step's question was answered.
    Answered { step: String, text: Shown },
    /// Something changed in a mailbox.
    Mail { mailbox: String },
    /// Time passed.
    Passed {},
    /// A bound was reached.
    Limit { text: String },
}

/// Why a server answered as it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Why {
    pub(super) text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
}

/// What kind of answer (RFC 5321 section 4.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Class {
    /// Done: 2xx, `+OK`, `OK`.
    Done,
    /// Go on: 3xx, `+`.
    More,
    /// Not now: 4xx.
    Later,
    /// No: 5xx, `-ERR`, `NO`, `BAD`, `BYE`.
    No,
}

/// How the steps stand. Numbers are written in the page's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Progress {
    /// `6 of 10 points`.
    pub(super) summary: String,
    pub(super) points: String,
    pub(super) max: String,
    pub(super) percent: u8,
    /// Everything has been done.
    pub(super) done: bool,
    /// It is an exam that has not been handed in: nothing is told of what was earned.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) secret: bool,
    /// What the page keeps back for now, because it would give an answer away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hidden: Vec<&'static str>,
    pub(super) steps: Vec<StepState>,
    /// Mistakes of the shared catalogue that were named.
    pub(super) slips: Vec<SaidHtml>,
}

/// How one step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct StepState {
    pub(super) id: String,
    pub(super) points: String,
    pub(super) max: String,
    pub(super) done: bool,
    /// The whole is done without it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) optional: bool,
    /// What earned it.
    pub(super) evidence: Vec<Evidence>,
    /// Mistakes that were named, as HTML.
    pub(super) said: Vec<SaidHtml>,
    /// Hints that were taken, as HTML.
    pub(super) hints: Vec<String>,
    /// The next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<NextHint>,
}

/// An event that earned points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Evidence {
    pub(super) n: u64,
    pub(super) text: Shown,
}

/// A mistake that was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct SaidHtml {
    pub(super) n: u64,
    pub(super) html: String,
}

/// A hint that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct NextHint {
    pub(super) number: usize,
    pub(super) cost: String,
    /// It is the commands themselves.
    pub(super) commands: bool,
}

impl FromPage {
    /// Its number; `None` for `hello` and for questions.
    pub(super) fn seq(&self) -> Option<u64> {
        use FromPage as P;
        match self {
            P::Hello { .. } | P::Complete { .. } => None,
            P::Line { seq, .. }
            | P::Keys { seq, .. }
            | P::Key { seq, .. }
            | P::Paste { seq, .. }
            | P::Open { seq }
            | P::Hint { seq, .. }
            | P::Answer { seq, .. }
            | P::HandIn { seq }
            | P::Pass { seq, .. } => Some(*seq),
        }
    }

    /// What it does to the attempt; `None` for `hello`, for questions, for time that passes and for a terminal 0, which there is not.
    pub(super) fn input(self) -> Option<Input> {
        let term = |n: u8| (n > 0).then_some(TermId(n));
        let bytes = |text: String| Bytes::from(text.into_bytes());
        Some(match self {
            FromPage::Hello { .. } | FromPage::Complete { .. } | FromPage::Pass { .. } => return None,
            FromPage::Line { term: t, text, .. } => Input::Line { term: term(t)?, text: bytes(text) },
            FromPage::Keys { term: t, text, .. } => Input::Keys { term: term(t)?, octets: bytes(text) },
            FromPage::Key { term: t, key, .. } => Input::Key { term: term(t)?, key },
            FromPage::Paste { term: t, text, .. } => Input::Paste { term: term(t)?, text: bytes(text) },
            FromPage::Open { .. } => Input::OpenTerminal,
            FromPage::Hint { step, .. } => Input::Hint { step },
            FromPage::Answer { step, text, .. } => Input::Answer { step, text },
            FromPage::HandIn { .. } => Input::HandIn,
        })
    }
}

/// Reads a message of the lab page, as the WebSocket does, and says what it does to the attempt: the door for whoever tests
/// the reader with input of their own.
///
/// # Errors
/// It is no message of docs/page-protocol.md.
pub fn page_input(text: &str) -> Result<Option<Input>, serde_json::Error> {
    serde_json::from_str::<FromPage>(text).map(FromPage::input)
}

/// Is it an id that a page may give itself?
pub(super) fn is_client(id: &str) -> bool {
    !id.is_empty() && id.len() <= CLIENT_OCTETS && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_as_the_document_has_them() {
        for (json, message) in [
            (
                r#"{"hello":{"client":"k3v9","from":17}}"#,
                Some(FromPage::Hello { client: "k3v9".to_owned(), from: 17 }),
            ),
            (
                r#"{"line":{"seq":1,"term":1,"text":"EHLO ws.lab.test"}}"#,
                Some(FromPage::Line { seq: 1, term: 1, text: "EHLO ws.lab.test".to_owned() }),
            ),
            (
                r#"{"keys":{"seq":3,"term":1,"text":"NOO\b\r"}}"#,
                Some(FromPage::Keys { seq: 3, term: 1, text: "NOO\u{8}\r".to_owned() }),
            ),
            (
                r#"{"key":{"seq":2,"term":1,"key":"^]"}}"#,
                Some(FromPage::Key { seq: 2, term: 1, key: Key::Escape }),
            ),
            (
                r#"{"complete":{"ask":1,"term":1,"text":"teln"}}"#,
                Some(FromPage::Complete { ask: 1, term: 1, text: "teln".to_owned() }),
            ),
            (r#"{"open":{"seq":4}}"#, Some(FromPage::Open { seq: 4 })),
            (r#"{"hand-in":{"seq":9}}"#, Some(FromPage::HandIn { seq: 9 })),
            (r#"{"pass":{"seq":7}}"#, Some(FromPage::Pass { seq: 7, seconds: 0, next: false })),
            (
                r#"{"pass":{"seq":7,"seconds":600}}"#,
                Some(FromPage::Pass { seq: 7, seconds: 600, next: false }),
            ),
            (r#"{"pass":{"seq":7,"next":true}}"#, Some(FromPage::Pass { seq: 7, seconds: 0, next: true })),
            (r#"{"pass":{"seq":7,"seconds":-1}}"#, None),
            (r#"{"pass":{"seq":7,"until":"tomorrow"}}"#, None),
            (r#"{"pass":{"seq":-7}}"#, None),
            (r#"{"erase":{"seq":7}}"#, None),
            (r#"{"key":{"seq":2,"term":1,"key":"^Q"}}"#, None),
            ("", None),
        ] {
            assert_eq!(serde_json::from_str::<FromPage>(json).ok(), message, "{json}");
        }
        let printed = Seen::Printed { term: 1, text: Shown::text("220 x\n"), conn: Some(3) };
        for (message, json) in [
            (ToPage::Ack { seq: 7 }, r#"{"ack":{"seq":7}}"#),
            (
                ToPage::Completed {
                    ask: 1,
                    text: "telnet ".to_owned(),
                    candidates: vec![Shown::text("telnet")],
                    more: 0,
                    off: false,
                },
                r#"{"completed":{"ask":1,"text":"telnet ","candidates":[["telnet"]],"more":0}}"#,
            ),
            (
                ToPage::Events {
                    last: 43,
                    views: vec![View { n: 43, at: "10:02:31".to_owned(), seen: Some(printed), wire: None }],
                },
                r#"{"events":{"last":43,"views":[{"n":43,"at":"10:02:31","printed":{"term":1,"text":["220 x\n"],"conn":3}}]}}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&message).unwrap(), json);
        }
    }

    #[test]
    fn ids_of_pages() {
        for (id, good) in [("k3v9-A", true), ("", false), ("a b", false), ("ü", false)] {
            assert_eq!(is_client(id), good, "{id}");
        }
        assert!(!is_client(&"a".repeat(41)));
    }
}
