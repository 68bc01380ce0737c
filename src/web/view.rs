//! From the transcript to what the lab page shows of it.

use super::protocol::{Class, Seen, View, Why};
use super::reference;
use super::shown::{Piece, Shown};
use super::ui::Ui;
use super::wire::drawn;
use crate::event::{CloseReason, Entry, Event, ImapExchange, ImapStatus, TlsEvent};
use crate::explain::{Explainer, Explanation};
use crate::units::{Lang, Time, Zone};

/// How much of one event's text is shown, in octets.
const SHOWN_OCTETS: usize = 64 << 10;

/// Whose eyes the transcript is seen with.
#[derive(Debug, Clone)]
pub(super) struct Viewer {
    /// The page's language.
    pub(super) lang: Lang,
    /// The workstation's time zone.
    pub(super) zone: Zone,
    /// The workstation's name: of the connections its own ones are shown.
    pub(super) workstation: String,
}

impl Viewer {
    /// What there is to see of these events.
    pub(super) fn views<'e>(&self, entries: impl IntoIterator<Item = &'e Entry>) -> Vec<View> {
        let view = |e: &Entry| {
            let (seen, wire) = (self.seen(&e.event), drawn(self, &e.event));
            let shows = seen.is_some() || wire.is_some();
            shows.then(|| View { n: e.n.0, at: self.clock(e.at), seen, wire })
        };
        entries.into_iter().filter_map(view).collect()
    }

    /// A time as the workstation's clock shows it.
    pub(super) fn clock(&self, at: Time) -> String {
        clock(at, self.zone)
    }

    fn why(&self, explanation: Explanation) -> Why {
        let rule = explanation.rule.map(|rule| reference::name(Ui::of(self.lang), &rule));
        Why { text: explanation.text, notes: explanation.notes, rule }
    }

    fn seen(&self, event: &Event) -> Option<Seen> {
        Some(match event {
            Event::Typed { term, text, conn } => {
                Seen::Typed { term: term.0, text: cut(text), conn: conn.map(|c| c.0) }
            }
            Event::Keyed { term, octets, conn, echo } => {
                Seen::Keyed { term: term.0, text: cut(octets), conn: conn.0, echo: *echo }
            }
            Event::KeyMode { term, on } => Seen::KeyMode { term: term.0, on: *on },
            Event::Pressed { term, key } => Seen::Pressed { term: term.0, key: *key },
            Event::Printed { term, text, conn } => {
                Seen::Printed { term: term.0, text: cut(text.as_bytes()), conn: conn.map(|c| c.0) }
            }
            Event::Ran { term, argv } if argv.first().is_some_and(|p| p == "clear") => {
                Seen::Cleared { term: term.0 }
            }
            // Only of telnet does the page need to know: its keys can be octets.
            Event::Ran { term, argv } if argv.first().is_some_and(|p| p == "telnet") => {
                Seen::Program { term: term.0, name: argv.first().cloned() }
            }
            Event::Exited { term, program, .. } if program == "telnet" => {
                Seen::Program { term: term.0, name: None }
            }
            Event::TerminalOpened { term } => Seen::Opened { term: term.0 },
            Event::Connected { conn, from, to } if from.host == self.workstation => {
                Seen::Connected { conn: conn.0, host: to.host.clone(), port: to.port }
            }
            Event::Tls { conn, what: TlsEvent::Established(session) } => {
                Seen::Secured { conn: conn.0, version: session.version.name() }
            }
            Event::Smtp { .. } | Event::Pop3 { .. } | Event::Imap { .. } => return self.reply(event),
            Event::Closed { conn, why, .. } => Seen::Closed {
                conn: conn.0,
                why: match why {
                    CloseReason::Closed => "closed",
                    CloseReason::Lost => "lost",
                    CloseReason::Idle => "idle",
                },
            },
            Event::Present { mailbox, .. }
            | Event::Delivered { mailbox, .. }
            | Event::Removed { mailbox, .. }
            | Event::Appended { mailbox, .. }
            | Event::Copied { mailbox, .. }
            | Event::Flagged { mailbox, .. }
            | Event::Folder { mailbox, .. } => Seen::Mail { mailbox: mailbox.clone() },
            Event::Answered { step, text } => Seen::Answered { step: step.clone(), text: Shown::text(text) },
            Event::TimePassed { .. } => Seen::Passed {},
            Event::LimitReached { limit, at } => {
                Seen::Limit { text: Explainer::of(self.lang).explain_limit(*limit, *at).text }
            }
            _ => return None,
        })
    }

    /// A server's answer.
    fn reply(&self, event: &Event) -> Option<Seen> {
        Some(match event {
            Event::Smtp { conn, exchange } => Seen::Reply {
                conn: conn.0,
                status: format!("{:03}", exchange.reply.code),
                class: class(exchange.reply.code),
                lines: exchange.reply.lines.len(),
                why: self.why(Explainer::of(self.lang).explain_smtp(exchange)),
            },
            Event::Pop3 { conn, exchange } => Seen::Reply {
                conn: conn.0,
                status: exchange.status().to_owned(),
                class: if exchange.ok { Class::Done } else { Class::No },
                lines: 1,
                why: self.why(Explainer::of(self.lang).explain_pop3(exchange)),
            },
            Event::Imap { conn, exchange } => Seen::Reply {
                conn: conn.0,
                status: imap_status(exchange),
                class: match exchange.status {
                    ImapStatus::Ok | ImapStatus::Data => Class::Done,
                    ImapStatus::Continue => Class::More,
                    ImapStatus::No | ImapStatus::Bad | ImapStatus::Bye => Class::No,
                },
                lines: 1,
                why: self.why(Explainer::of(self.lang).explain_imap(exchange)),
            },
            _ => return None,
        })
    }
}

/// A time as a clock in this zone shows it.
pub(super) fn clock(at: Time, zone: Zone) -> String {
    let c = at.civil(zone.at(at));
    format!("{:02}:{:02}:{:02}", c.hour(), c.minute(), c.second())
}

/// How the line of an IMAP answer begins that says how it ended: with the tag, or with `*` where there is none. What
/// comes before it is data.
pub(super) fn imap_status(exchange: &ImapExchange) -> String {
    match exchange.status {
        ImapStatus::Continue => "+".to_owned(),
        ImapStatus::Data => "*".to_owned(),
        // RFC 3501 section 7.1.5: never the answer to a tag, even where a command was the last straw.
        ImapStatus::Bye => "* BYE".to_owned(),
        status if exchange.tag.is_empty() => format!("* {}", status.word()),
        status => format!("{} {}", exchange.tag, status.word()),
    }
}

/// The text of one event, of a very long one the beginning. What a learner pastes by the megabyte is in the transcript.
fn cut(octets: &[u8]) -> Shown {
    match octets.get(..SHOWN_OCTETS) {
        None => Shown::octets(octets),
        Some(beginning) => {
            let mut shown = Shown::octets(beginning);
            if octets.len() > SHOWN_OCTETS {
                shown.0.push(Piece::Code { code: format!("… +{}", octets.len() - SHOWN_OCTETS) });
                shown.0.push(Piece::Text("\n".to_owned()));
            }
            shown
        }
    }
}

/// The class of an SMTP reply (RFC 5321 section 4.2.1).
pub(super) fn class(code: u16) -> Class {
    match code / 100 {
        2 => Class::Done,
        3 => Class::More,
        4 => Class::Later,
        _ => Class::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Reply, SmtpCommand, SmtpExchange, SmtpReason};
    use crate::rfc::section;
    use crate::units::Offset;
    use crate::units::{ConnId, EventNo, InputNo, TermId};

    #[test]
    fn a_refusal_as_the_page_gets_it() {
        let exchange = SmtpExchange {
            command: SmtpCommand::Quit,
            line: "QUIT".into(),
            reply: Reply { code: 503, enhanced: None, lines: vec!["no".to_owned()] },
            reason: SmtpReason::Closing,
            span: None,
            tolerated: Vec::new(),
            rule: section(5321, "4.1.4"),
            transaction: 0,
        };
        let event = |n, event| Entry { n: EventNo(n), at: Time(3_723_000_000), input: InputNo(1), event };
        let entries = [
            event(7, Event::Typed { term: TermId(1), text: "QU\u{202e}IT".into(), conn: Some(ConnId(2)) }),
            event(
                8,
                Event::Wire {
                    conn: ConnId(2),
                    from: crate::event::Side::Client,
                    octets: "QUIT\r\n".into(),
                    tls: false,
                },
            ),
            event(9, Event::Smtp { conn: ConnId(2), exchange }),
        ];
        let viewer =
            Viewer { lang: Lang::En, zone: Offset(60).into(), workstation: "ws.lab.test".to_owned() };
        let views = serde_json::to_value(viewer.views(&entries)).unwrap();
        assert_eq!(
            views.get(0).unwrap().to_string(),
            r#"{"at":"02:02:03","n":7,"typed":{"conn":2,"term":1,"text":["QU",{"code":"U+202E"},"IT"]}}"#
        );
        let reply = &views[2]["reply"];
        assert_eq!(
            (&reply["status"], &reply["class"], &reply["lines"]),
            (&"503".into(), &"no".into(), &1.into())
        );
        assert_eq!(reply["why"]["rule"], "RFC 5321 section 4.1.4");
        assert_eq!(views[1]["wire"]["octets"]["text"][0], "QUIT\n");
        assert_eq!(views[2]["wire"]["answer"]["class"], "no");
        assert_eq!(views.as_array().unwrap().len(), 3);
    }
}
