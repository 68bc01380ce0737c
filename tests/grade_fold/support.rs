//! Steps and transcripts in short notation, so that a test is a table.
//!
//! An expectation is a line such as `MAIL from=anna@* reply=250 points=1`. A transcript is a list of lines:
//! `1 connect mx.test:25` opens connection 1 from the workstation (`1 relay mx.test:25` from another server), and
//! `1 helo ws.test` says something on it. What the server answers, and to which mail transaction it counts a
//! command, is worked out here as an SMTP server does it: a recipient at `refused.test` is refused, a message is
//! delivered at once to all its recipients.

use helo::event::{
    CloseReason, Endpoint, Entry, Envelope, Event, LooksLike, MailParams, PolicyQuestion, PolicyVerdict,
    Pop3Command, Pop3Exchange, Pop3Reason, Question, Rcode, RcptParams, Record, RecordData, Reply, Side,
    SmtpCommand, SmtpExchange, SmtpReason, SmtpVerb,
};
use helo::grade::{Grade, Report, Tick};
use helo::mail::sasl::Mechanism;
use helo::mail::{Domain, ForwardPath, Glob, Like, Mailbox, Message, MessagePattern, ReversePath};
use helo::rfc::section;
use helo::scenario::{
    Check, CodePattern, Conversation, DnsPattern, Expectation, Hint, How, Mistake, Pattern, Pop3Pattern,
    ReasonPattern, SmtpKind, SmtpPattern, Sought, Step,
};
use helo::units::{Bytes, ConnId, EventNo, InputNo, MessageId, Points, TermId, Text, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The workstation's name.
pub(crate) const WORKSTATION: &str = "ws.test";

pub(crate) fn text(t: &str) -> Arc<Text> {
    Arc::new(Text { de: format!("{t} (de)"), en: t.to_owned() })
}

/// A step worth `points` whole points.
pub(crate) fn step(id: &str, points: i64, check: Check) -> Step {
    let (title, task) = (text(id), text(id));
    let (hints, mistakes) = (Vec::new(), Vec::new());
    let (id, optional) = (id.to_owned(), false);
    Step {
        id,
        points: Points(points * 100),
        optional,
        title,
        task,
        check,
        hints,
        mistakes,
        hides: Vec::new(),
    }
}

/// `on` is `host:port` or empty; each line of `expect` is one expectation.
pub(crate) fn conversation(on: &str, ordered: bool, expect: &str) -> Check {
    let on = on.rsplit_once(':').map(|(host, port)| (host.to_owned(), port.parse().unwrap()));
    let lines = expect.lines().map(str::trim).filter(|line| !line.is_empty());
    Check::Events(vec![Conversation { on, ordered, expect: lines.map(expectation).collect() }])
}

pub(crate) fn hint(cost: i64) -> Hint {
    Hint { cost: Points(cost), text: text("hint"), commands: false }
}

pub(crate) fn mistake(id: &str, on: &str, when: &str) -> Arc<Mistake> {
    let on = on.rsplit_once(':').map(|(host, port)| (host.to_owned(), port.parse().unwrap()));
    let (id, say) = (id.to_owned(), text(id));
    Arc::new(Mistake { id, on, when: expectation(when).what, even_if_expected: false, say })
}

/// One expectation in short notation; `/` stands for a space within a value.
pub(crate) fn expectation(line: &str) -> Expectation {
    let mut words = line.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let mut values: BTreeMap<&str, String> =
        words.map(|w| w.split_once('=').unwrap()).map(|(k, v)| (k, v.replace('/', " "))).collect();
    let points = values.remove("points").map(|p| Points::from_number(p.parse().unwrap()).unwrap());
    let optional = values.remove("optional").is_some();
    let what = Arc::new(Sought::from(pattern(kind, &mut values)));
    assert!(values.is_empty(), "left over in {line:?}: {values:?}");
    Expectation { what, how: How::Happened, points, optional }
}

fn pattern(kind: &str, values: &mut BTreeMap<&str, String>) -> Pattern {
    let mut take = |key: &str| values.remove(key);
    let glob = |v: Option<String>| Glob(v.unwrap_or_else(|| "*".to_owned()));
    let like = |v: Option<String>| Like::from(glob(v));
    let like_if = |v: Option<String>| v.map(|v| Like::from(Glob(v)));
    let reason = |v: Option<String>| v.map(|kind| ReasonPattern { kind, part: None });
    match kind {
        "run" => Pattern::Ran { program: take("program").unwrap(), args: like(take("args")) },
        "connected" => Pattern::Connect {
            host: glob(take("host")),
            port: take("port").map(|p| p.parse().unwrap()),
            answered: take("answered").is_none_or(|a| a == "yes"),
        },
        "removed" => {
            Pattern::Removed { from: like(take("from")), message: message(values).unwrap_or_default() }
        }
        "delivered" => Pattern::Delivered {
            to: like(take("to")),
            folder: None,
            message: message(values).unwrap_or_default(),
        },
        "dns" => Pattern::Dns(DnsPattern {
            name: like(take("name")),
            qtype: take("type").map(|t| serde_json::from_value(t.into()).unwrap()),
            answered: take("answered").map(|a| a == "yes"),
        }),
        "pop3" => Pattern::Pop3(Box::new(Pop3Pattern {
            command: take("verb"),
            ok: take("ok").map(|ok| ok == "yes"),
            user: like_if(take("user")),
            mechanism: take("mechanism"),
            tls: take("tls").map(|tls| tls == "yes"),
            number: take("number").map(|n| n.parse().unwrap()),
            looks_like: take("like"),
            reason: reason(take("reason")),
            message: message(values),
            ..Default::default()
        })),
        _ => Pattern::Smtp(Box::new(SmtpPattern {
            command: match kind {
                "any" => SmtpKind::Any,
                "greeting" => SmtpKind::Connect,
                "HELLO" => SmtpKind::Hello,
                "unknown" => SmtpKind::Unknown,
                verb => SmtpKind::Verb(serde_json::from_value::<SmtpVerb>(verb.into()).unwrap()),
            },
            name: like_if(take("name")),
            from: like_if(take("from")),
            to: like_if(take("to")),
            reply: take("reply").map(|code| match code.strip_suffix("xx") {
                Some(class) => CodePattern::Class(class.parse().unwrap()),
                None => CodePattern::Exact(code.parse().unwrap()),
            }),
            mechanism: take("mechanism").map(|name| Mechanism::parse(&name).unwrap()),
            tls: take("tls").map(|tls| tls == "yes"),
            auth: like_if(take("auth")),
            looks_like: take("like"),
            reason: reason(take("reason")),
            message: message(values),
            ..Default::default()
        })),
    }
}

fn message(values: &mut BTreeMap<&str, String>) -> Option<MessagePattern> {
    let mut wanted = MessagePattern::default();
    for name in ["Subject", "From"] {
        wanted.fields.extend(values.remove(name).map(|v| (name.to_owned(), Glob(v).into())));
    }
    wanted.headers.extend(values.remove("with"));
    wanted.without.extend(values.remove("without"));
    wanted.body = values.remove("body").map(|v| Glob(v).into());
    wanted.empty_line = values.remove("empty-line").map(|e| e == "yes");
    (wanted != MessagePattern::default()).then_some(wanted)
}

/// What a fake server remembers of one connection.
#[derive(Default)]
struct Session {
    transactions: u32,
    from: Option<Option<Mailbox>>,
    to: Vec<Mailbox>,
}

/// A transcript being written and graded.
pub(crate) struct Lab {
    pub(crate) grade: Grade,
    pub(crate) ticks: Vec<Tick>,
    pub(crate) entries: Vec<Entry>,
    sessions: BTreeMap<u32, Session>,
    messages: u32,
}

impl Lab {
    pub(crate) fn new(steps: &[Step]) -> Lab {
        let grade = Grade::new(steps.into(), Arc::default(), WORKSTATION);
        let (ticks, entries, sessions) = (Vec::new(), Vec::new(), BTreeMap::new());
        Lab { grade, ticks, entries, sessions, messages: 0 }
    }

    /// Grades one more event; gives its number.
    pub(crate) fn log(&mut self, event: Event) -> u64 {
        let n = self.entries.len() as u64 + 1;
        let entry = Entry { n: EventNo(n), at: Time(0), input: InputNo(1), event };
        self.ticks.extend(self.grade.step(&entry));
        self.entries.push(entry);
        n
    }

    /// Takes a transcript in short notation.
    pub(crate) fn play(&mut self, lines: &str) -> &mut Lab {
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.line(line);
        }
        self
    }

    pub(crate) fn report(&self) -> Report {
        self.grade.report()
    }

    /// The points of the step `id`, as printed.
    pub(crate) fn points(&self, id: &str) -> String {
        let report = self.report();
        report.steps.iter().find(|s| s.id == id).map(|s| s.points.to_string()).unwrap_or_default()
    }

    /// What was said, as `step/mistake`.
    pub(crate) fn said(&self) -> Vec<String> {
        let steps = self.report().steps;
        let said = steps.iter().flat_map(|s| s.said.iter().map(|m| format!("{}/{}", s.id, m.mistake)));
        said.collect()
    }

    fn line(&mut self, line: &str) {
        let (first, rest) = line.split_once(' ').unwrap();
        let Ok(conn) = first.parse::<u32>() else {
            match first {
                "run" => {
                    let argv = rest.split(' ').map(str::to_owned).collect();
                    self.log(Event::Ran { term: TermId(1), argv });
                }
                "hint" => {
                    let (step, number) = rest.split_once(' ').unwrap();
                    self.log(Event::HintTaken { step: step.to_owned(), number: number.parse().unwrap() });
                }
                "answer" => {
                    let (step, text) = rest.split_once(' ').unwrap();
                    self.log(Event::Answered { step: step.to_owned(), text: text.to_owned() });
                }
                other => panic!("{other:?}"),
            }
            return;
        };
        match rest.split_once(' ').unwrap_or((rest, "")) {
            ("connect", to) => self.connect(conn, WORKSTATION, to),
            ("relay", to) => self.connect(conn, "other.test", to),
            ("close", _) => {
                self.sessions.remove(&conn);
                self.log(Event::Closed { conn: ConnId(conn), by: Side::Client, why: CloseReason::Closed });
            }
            ("retr", number) => self.retr(conn, number.parse().unwrap()),
            (verb, argument) => self.smtp(conn, verb, argument),
        }
    }

    fn connect(&mut self, conn: u32, from: &str, to: &str) {
        let end =
            |name: &str, port| Endpoint { host: name.to_owned(), ip: "192.0.2.1".parse().unwrap(), port };
        let (host, port) = to.rsplit_once(':').unwrap();
        let (from, to) = (end(from, 40_000), end(host, port.parse().unwrap()));
        self.sessions.insert(conn, Session::default());
        self.log(Event::Connected { conn: ConnId(conn), from, to });
    }

    fn smtp(&mut self, conn: u32, verb: &str, argument: &str) {
        let mut session = self.sessions.remove(&conn).unwrap_or_default();
        let address = || mailbox(argument);
        let open = session.from.is_some();
        let mut transaction = if open { session.transactions } else { 0 };
        let (command, code, reason) = match verb.to_ascii_lowercase().as_str() {
            "helo" | "ehlo" => {
                (session.from, session.to) = (None, Vec::new());
                let name = argument.to_owned();
                let helo = verb.eq_ignore_ascii_case("helo");
                let command = if helo { SmtpCommand::Helo { name } } else { SmtpCommand::Ehlo { name } };
                (command, 250, SmtpReason::Hello)
            }
            "mail" => {
                let from = (!argument.is_empty()).then(address);
                let command =
                    SmtpCommand::Mail { from: ReversePath(from.clone()), params: MailParams::default() };
                if open {
                    (command, 503, SmtpReason::NestedMail)
                } else {
                    session.transactions += 1;
                    transaction = session.transactions;
                    session.from = Some(from);
                    (command, 250, SmtpReason::SenderAccepted)
                }
            }
            "rcpt" => {
                let command = SmtpCommand::Rcpt { to: ForwardPath(address()), params: RcptParams::default() };
                if !open {
                    (command, 503, SmtpReason::OutOfOrder { wanted: vec![SmtpVerb::Mail] })
                } else if argument.ends_with("refused.test") {
                    (command, 550, SmtpReason::NoSuchUser { address: argument.to_owned() })
                } else {
                    session.to.push(address());
                    (command, 250, SmtpReason::RecipientAccepted)
                }
            }
            "data" => self.data(conn, &mut session, argument),
            "rset" => {
                (session.from, session.to) = (None, Vec::new());
                (SmtpCommand::Rset, 250, SmtpReason::Reset)
            }
            "noop" => (SmtpCommand::Noop, 250, SmtpReason::Nothing),
            "quit" => (SmtpCommand::Quit, 221, SmtpReason::Closing),
            _ => {
                let looks_like =
                    verb.strip_suffix(':').map(|name| LooksLike::Header { name: name.to_owned() });
                (SmtpCommand::Unknown { verb: verb.to_owned(), looks_like }, 500, SmtpReason::UnknownCommand)
            }
        };
        if matches!(command, SmtpCommand::Message { .. }) {
            (session.from, session.to) = (None, Vec::new());
        }
        self.sessions.insert(conn, session);
        self.exchange(conn, command, code, reason, transaction);
    }

    /// DATA and, where it may begin, the whole message: `Name: value|Name: value||body`.
    fn data(&mut self, conn: u32, session: &mut Session, message: &str) -> (SmtpCommand, u16, SmtpReason) {
        if session.to.is_empty() {
            return (SmtpCommand::Data, 503, SmtpReason::NoRecipients);
        }
        self.exchange(conn, SmtpCommand::Data, 354, SmtpReason::StartMail, session.transactions);
        self.messages += 1;
        let id = MessageId(self.messages);
        let octets = Bytes::from(format!("{}\r\n", message.replace('|', "\r\n")).into_bytes());
        let envelope = Envelope {
            from: ReversePath(session.from.clone().flatten()),
            to: session.to.iter().cloned().map(ForwardPath).collect(),
            helo: String::new(),
            esmtp: false,
            client: "192.0.2.1".parse().unwrap(),
            params: MailParams::default(),
            rcpt_params: Vec::new(),
            user: None,
            tls: None,
            submission: false,
        };
        let (host, queue_id) = ("mx.test".to_owned(), "Q".to_owned());
        let accepted = Message::new(octets.clone());
        let stamped = accepted.stamped(&host, "Received: from ws.test\r\n");
        self.log(Event::Accepted {
            id,
            host: host.clone(),
            conn: ConnId(conn),
            queue_id: queue_id.clone(),
            envelope,
            message: accepted,
        });
        for to in &session.to {
            let (host, mailbox, message) = (host.clone(), to.to_string(), stamped.clone());
            let folder = "INBOX".to_owned();
            self.log(Event::Delivered { id, host, mailbox, message, folder });
        }
        (SmtpCommand::Message { octets }, 250, SmtpReason::MessageAccepted { id, queue_id })
    }

    fn exchange(&mut self, conn: u32, command: SmtpCommand, code: u16, reason: SmtpReason, transaction: u32) {
        let exchange = SmtpExchange {
            command,
            line: Bytes::default(),
            reply: Reply { code, enhanced: None, lines: vec![String::new()] },
            reason,
            span: None,
            tolerated: Vec::new(),
            rule: section(5321, "4.1.1"),
            transaction,
        };
        self.log(Event::Smtp { conn: ConnId(conn), exchange });
    }

    /// Message `number` is read over POP3.
    pub(crate) fn retr(&mut self, conn: u32, number: u32) {
        let exchange = Pop3Exchange {
            command: Pop3Command::Retr { number },
            line: Bytes::default(),
            ok: true,
            text: String::new(),
            reason: Pop3Reason::MessageGiven { id: MessageId(number) },
            span: None,
            rule: section(1939, "5"),
            user: "anna".to_owned(),
            tls: false,
        };
        self.log(Event::Pop3 { conn: ConnId(conn), exchange });
    }

    /// The maildrop of `mailbox` is opened on a connection.
    pub(crate) fn login(&mut self, conn: u32, mailbox: &str) {
        let question = PolicyQuestion::Login { user: "anna".to_owned() };
        let verdict = PolicyVerdict::Opened { mailbox: mailbox.to_owned(), messages: 1 };
        self.log(Event::Policy { conn: ConnId(conn), question, verdict });
    }

    /// `asker` asks for an MX (or, for a reverse name, a PTR) record; `answered` says whether there is one.
    pub(crate) fn dns(&mut self, asker: &str, name: &str, answered: bool) {
        let data = RecordData::Mx { preference: 10, exchange: "mx.test".to_owned() };
        let record = Record { name: name.to_owned(), ttl: 3600, data };
        let reverse = name.ends_with(".arpa");
        let qtype = if reverse { helo::event::RecordType::Ptr } else { helo::event::RecordType::Mx };
        self.log(Event::Dns {
            asker: asker.to_owned(),
            server: "192.0.2.53".parse().unwrap(),
            question: Question { name: name.to_owned(), qtype },
            outcome: Ok(Rcode::NoError),
            answers: if answered { vec![record] } else { Vec::new() },
        });
    }
}

fn mailbox(address: &str) -> Mailbox {
    let (local, domain) = address.split_once('@').unwrap();
    Mailbox { local: local.to_owned(), domain: Some(Domain::Name(domain.to_owned())) }
}
