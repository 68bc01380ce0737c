//! The mailboxes as the lab page shows them: each message as its reader sees it, and beside it the source, every line
//! labelled with who wrote it.

use super::shown::Shown;
use super::ui::Ui;
use crate::event::{Entry, Event};
use crate::mail::{Fields, Message};
use crate::units::{MessageId, Span};
use askama::Template;

/// How much of one message is shown, in octets.
const SHOWN_OCTETS: usize = 32 << 10;
/// How many messages of one mailbox are shown: the newest.
const SHOWN_MESSAGES: usize = 50;

/// Who wrote a part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    /// The server that the mailbox lies on.
    Own,
    /// Another server on the way.
    Other(String),
    /// Whoever handed the message over.
    Sender,
    /// They too, and it looks like a server's line.
    Imitation,
    /// It lay here before the attempt began: nobody saw who wrote it.
    Before,
}

/// A part of the source: a header field with its folds, or the body.
#[derive(Debug)]
struct Part {
    by: By,
    text: Shown,
    /// Who, in the page's language; empty where the part above has the same.
    label: String,
}

/// One message.
#[derive(Debug)]
struct Letter {
    id: MessageId,
    from: Shown,
    to: Shown,
    subject: Option<Shown>,
    date: Shown,
    text: Shown,
    parts: Vec<Part>,
    /// How much is left out, in octets.
    left_out: usize,
}

/// One mailbox.
#[derive(Debug)]
struct Mailbox {
    address: String,
    host: String,
    letters: Vec<Letter>,
    count: usize,
}

/// The fragment.
#[derive(Debug, Template)]
#[template(path = "mailboxes.html")]
pub(super) struct Mailboxes {
    ui: &'static Ui,
    mailboxes: Vec<Mailbox>,
}

/// What lies in a mailbox: the message and whether it was there before the attempt began.
struct Lying<'a> {
    id: MessageId,
    message: &'a Message,
    before: bool,
}

/// The mailboxes after these events, `known` (address and host) even where nothing has come.
pub(super) fn mailboxes(ui: &'static Ui, known: &[(String, String)], entries: &[Entry]) -> Mailboxes {
    let mut boxes: Vec<((String, String), Vec<Lying<'_>>)> =
        known.iter().map(|k| (k.clone(), Vec::new())).collect();
    for entry in entries {
        match &entry.event {
            Event::Present { id, host, mailbox, message } => {
                put(&mut boxes, mailbox, host, Lying { id: *id, message, before: true });
            }
            Event::Delivered { id, host, mailbox, message } => {
                put(&mut boxes, mailbox, host, Lying { id: *id, message, before: false });
            }
            Event::Removed { mailbox, ids, .. } => {
                if let Some((_, lying)) = boxes.iter_mut().find(|((address, _), _)| address == mailbox) {
                    lying.retain(|l| !ids.contains(&l.id));
                }
            }
            _ => {}
        }
    }
    let mailboxes = boxes.into_iter().map(|((address, host), lying)| Mailbox {
        count: lying.len(),
        letters: lying.iter().rev().take(SHOWN_MESSAGES).map(|l| letter(ui, &host, l)).collect(),
        address,
        host,
    });
    Mailboxes { ui, mailboxes: mailboxes.collect() }
}

fn put<'a>(boxes: &mut Vec<((String, String), Vec<Lying<'a>>)>, address: &str, host: &str, lying: Lying<'a>) {
    match boxes.iter_mut().find(|((a, _), _)| a == address) {
        Some((_, there)) => there.push(lying),
        None => boxes.push(((address.to_owned(), host.to_owned()), vec![lying])),
    }
}

fn letter(ui: &Ui, host: &str, lying: &Lying<'_>) -> Letter {
    let message = lying.message;
    let fields = message.fields();
    let field = |name: &str| fields.get(name).map(|f| Shown::text(&cut(&f.decoded(), SHOWN_OCTETS)));
    let none = || Shown::text("–");
    Letter {
        id: lying.id,
        from: field("From").unwrap_or_else(none),
        to: field("To").unwrap_or_else(none),
        subject: field("Subject"),
        date: field("Date").unwrap_or_default(),
        text: Shown::text(&cut(&message.text(), SHOWN_OCTETS)),
        parts: parts(ui, host, lying, &fields),
        left_out: message.octets.len().saturating_sub(SHOWN_OCTETS),
    }
}

/// The beginning of a long text.
fn cut(text: &str, octets: usize) -> String {
    let end = (0..=octets.min(text.len())).rev().find(|n| text.is_char_boundary(*n));
    text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
}

fn parts(ui: &Ui, host: &str, lying: &Lying<'_>, fields: &Fields) -> Vec<Part> {
    let octets = lying.message.octets.get(..SHOWN_OCTETS).unwrap_or(&lying.message.octets);
    let piece = |span: Span| octets.get(span.start..span.end.min(octets.len())).unwrap_or_default();
    let mut parts: Vec<Part> = Vec::new();
    for field in fields.iter() {
        parts.push(part(author(host, lying, field.span.start, Some(&field.name)), piece(field.span)));
    }
    let rest = Span::new(fields.header().end, octets.len());
    let body = part(author(host, lying, rest.start, None), piece(rest));
    parts.push(body);
    parts.retain(|p| !p.text.0.is_empty());
    let mut last = None;
    for part in &mut parts {
        if last.as_ref() != Some(&part.by) {
            part.label = part.by.label(ui);
            last = Some(part.by.clone());
        }
    }
    parts
}

fn part(by: By, octets: &[u8]) -> Part {
    let line = octets.strip_suffix(b"\n").map_or(octets, |o| o.strip_suffix(b"\r").unwrap_or(o));
    Part { by, text: Shown::octets(line), label: String::new() }
}

/// Who wrote what begins at this octet? `name` is the field's.
fn author(host: &str, lying: &Lying<'_>, at: usize, name: Option<&str>) -> By {
    let mut end = 0;
    for mark in &lying.message.marks {
        end += mark.octets;
        if at < end {
            return if mark.host == host { By::Own } else { By::Other(mark.host.clone()) };
        }
    }
    match name {
        _ if lying.before => By::Before,
        Some(name) if is_trace(name) => By::Imitation,
        _ => By::Sender,
    }
}

/// Is it a field that servers write (RFC 5321 section 4.4 and its kin)?
fn is_trace(name: &str) -> bool {
    ["Received", "Return-Path", "Delivered-To", "X-Original-To", "Authentication-Results", "Received-SPF"]
        .iter()
        .any(|trace| trace.eq_ignore_ascii_case(name))
}

impl By {
    /// For styles and tests.
    fn code(&self) -> &'static str {
        match self {
            By::Own => "own",
            By::Other(_) => "other",
            By::Sender => "sender",
            By::Imitation => "imitation",
            By::Before => "before",
        }
    }

    fn label(&self, ui: &Ui) -> String {
        match self {
            By::Own => ui.t("by-own"),
            By::Other(host) => ui.x("by-other", host.clone()),
            By::Sender => ui.t("by-sender"),
            By::Imitation => ui.t("by-imitation"),
            By::Before => ui.t("by-before"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{EventNo, InputNo, Lang, Time};

    fn delivered(message: Message) -> Entry {
        let (host, mailbox) = ("mail.example.tld".to_owned(), "noname@example.tld".to_owned());
        let event = Event::Delivered { id: MessageId(1), host, mailbox, message };
        Entry { n: EventNo(1), at: Time(0), input: InputNo(1), event }
    }

    fn shown(message: Message) -> Mailboxes {
        mailboxes(Ui::of(Lang::En), &[], &[delivered(message)])
    }

    #[test]
    fn each_line_has_its_author() {
        let sent =
            "Received: from faked.tester.tld\r\n (x)\r\nFrom: The Faker <test@tester.tld>\r\n\r\nText\r\n";
        let there = Message::new(sent)
            .stamped("relay.example.tld", "Received: from ws\r\n")
            .stamped("mail.example.tld", "Return-Path: <test@tester.tld>\r\nReceived: from relay\r\n");
        let fragment = shown(there);
        let letter = &fragment.mailboxes[0].letters[0];
        let lines: Vec<String> =
            letter.parts.iter().map(|p| format!("{}: {}", p.by.code(), p.text)).collect();
        assert_eq!(
            lines,
            [
                "own: Return-Path: &lt;test@tester.tld&gt;",
                "own: Received: from relay",
                "other: Received: from ws",
                "imitation: Received: from faked.tester.tld\n (x)",
                "sender: From: The Faker &lt;test@tester.tld&gt;",
                "sender: \nText",
            ]
        );
        let labels: Vec<bool> = letter.parts.iter().map(|p| p.label.is_empty()).collect();
        assert_eq!(labels, [false, true, false, false, false, true]);
        assert_eq!(letter.from.to_string(), "The Faker &lt;test@tester.tld&gt;");
    }

    #[test]
    fn a_hostile_mail_is_only_text() {
        let evil = "<script>alert(1)</script>\u{202e}\u{0}\"'><img src=x onerror=alert(1)>";
        let mut octets = Vec::new();
        for name in ["Received", "From", "To", "Subject", "Date", "X-Any", "Content-Type"] {
            octets.extend_from_slice(format!("{name}: {evil}").as_bytes());
            octets.extend_from_slice(b"\xff\xfe\x80\r\n");
        }
        octets.extend_from_slice(b"\r\n");
        octets.extend_from_slice(evil.as_bytes());
        octets.extend_from_slice(b"\xff\r\n");
        let html = shown(Message::new(octets)).render().unwrap();
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(!html.chars().any(|c| c == '\u{202e}' || (c.is_control() && c != '\n' && c != '\t')));
        assert!(html.contains("&lt;script&gt;") && html.contains("U+202E") && html.contains("0xFF"));
    }

    #[test]
    fn a_huge_message_is_shown_in_part() {
        let fragment = shown(Message::new("a: b\r\n\r\n".to_owned().into_bytes().repeat(200_000)));
        assert!(fragment.render().unwrap().len() < 500_000);
        assert_eq!(fragment.mailboxes[0].letters[0].left_out, 1_600_000 - SHOWN_OCTETS);
    }

    #[test]
    fn what_was_removed_is_gone() {
        let (host, mailbox) = ("mail.example.tld".to_owned(), "noname@example.tld".to_owned());
        let folder = "INBOX".to_owned();
        let removed = Event::Removed { host, mailbox, ids: vec![MessageId(1)], folder };
        let entries = [
            delivered(Message::new("a: b\r\n")),
            Entry { n: EventNo(2), event: removed, ..delivered(Message::new("")) },
        ];
        assert_eq!(mailboxes(Ui::of(Lang::En), &[], &entries).mailboxes[0].count, 0);
    }
}
