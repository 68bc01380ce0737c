//! What earned points, in one line as the learner remembers it: what was typed, an arrow, what came back.

use super::shown::Shown;
use super::ui::Ui;
use crate::event::{Event, RecordData, Reply, SmtpCommand};

/// The longest part of such a line, in characters.
const LONG: usize = 90;

/// The event in one line; `None` for what never earns anything.
pub(super) fn evidence(ui: &Ui, event: &Event) -> Option<Shown> {
    let line = match event {
        Event::Smtp { exchange, .. } => {
            let said = match &exchange.command {
                SmtpCommand::Message { .. } => ui.t("evidence-message"),
                _ => exchange.line.lossy().into_owned(),
            };
            arrow(&said, &reply(&exchange.reply))
        }
        Event::Pop3 { exchange, .. } => {
            arrow(&exchange.line.lossy(), &format!("{} {}", exchange.status(), exchange.text))
        }
        Event::Imap { exchange, .. } => {
            arrow(&exchange.line.lossy(), &format!("{} {}", exchange.status.word(), exchange.text))
        }
        Event::Dns { question, answers, .. } => {
            let records: Vec<String> = answers.iter().map(|r| data(&r.data)).collect();
            let answer = if records.is_empty() { "–".to_owned() } else { records.join(", ") };
            arrow(&format!("{} {}", question.name, question.qtype), &answer)
        }
        Event::Connected { to, .. } => arrow("", &format!("{}:{}", to.host, to.port)),
        Event::ConnectFailed { to, .. } => arrow("", &format!("{}:{} –", to.host, to.port)),
        Event::Delivered { mailbox, .. } => arrow("", &ui.x("evidence-delivered", short(mailbox))),
        Event::Undeliverable { recipient, .. } => {
            arrow("", &ui.x("evidence-undeliverable", short(recipient)))
        }
        Event::Deferred { recipient, .. } => arrow("", &ui.x("evidence-deferred", short(recipient))),
        Event::Expanded { recipient, into, .. } => arrow(recipient, &into.join(", ")),
        Event::Reported { to, .. } => arrow("", &ui.x("evidence-reported", short(to))),
        Event::Removed { mailbox, .. } => arrow("", &ui.x("evidence-removed", short(mailbox))),
        Event::Ran { argv, .. } => short(&argv.join(" ")),
        Event::Answered { text, .. } => arrow(&ui.t("evidence-answer"), text),
        _ => return None,
    };
    Some(Shown::text(&line))
}

fn arrow(from: &str, to: &str) -> String {
    let (from, to) = (short(from), short(to));
    if from.is_empty() { format!("→ {to}") } else { format!("{from} → {to}") }
}

fn reply(reply: &Reply) -> String {
    let enhanced = reply.enhanced.map_or_else(String::new, |e| format!("{e} "));
    format!("{} {enhanced}{}", reply.code, reply.lines.first().map_or("", String::as_str))
}

/// The beginning of a long text.
fn short(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

/// A record's data as `dig +short` has it.
pub(super) fn data(data: &RecordData) -> String {
    match data {
        RecordData::A(ip) => ip.to_string(),
        RecordData::Aaaa(ip) => ip.to_string(),
        RecordData::Mx { preference, exchange } => format!("{preference} {exchange}."),
        RecordData::Txt(strings) => strings.iter().map(|s| format!("\"{s}\"")).collect::<Vec<_>>().join(" "),
        RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => format!("{name}."),
        RecordData::Soa { mname, rname, serial, .. } => format!("{mname}. {rname}. {serial}"),
    }
}
